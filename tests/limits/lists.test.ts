import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from "graphql";
import { describe, expect, it } from "vitest";
import { createOperationScale } from "../../src/limits/operation.limits.js";
import { shapeOf } from "../../src/limits/operation.shape.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { limits } from "../support/ask.js";

const schema = buildExecutableSchema();
const scale = createOperationScale(schema, limits);

/** A list somewhere in the arguments of a field of the schema. */
interface Place {
  readonly name: string;
  readonly operation: (variable: string) => string;
  readonly type: GraphQLInputType;
  /** The argument of an error, and a value of its variable with so many entries. */
  readonly argument: string;
  readonly given: (length: number) => unknown;
}

function listsWithin(
  type: GraphQLInputType,
  argument: string,
  seen: readonly string[],
): readonly Pick<Place, "argument" | "given">[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const within = listsWithin(nullable.ofType, `${argument}[0]`, seen).map((one) => ({
      ...one,
      given: (length: number) => [one.given(length)],
    }));
    const entry = isInputObjectType(getNamedType(nullable)) ? {} : "x";
    return [{ argument, given: (length) => Array.from({ length }, () => entry) }, ...within];
  }
  if (!isInputObjectType(nullable) || seen.includes(nullable.name)) return [];
  return Object.values(nullable.getFields()).flatMap((field) =>
    listsWithin(field.type, `${argument}.${field.name}`, [...seen, nullable.name]).map((one) => ({
      ...one,
      given: (length: number) => ({ [field.name]: one.given(length) }),
    })),
  );
}

function placesOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): readonly Place[] {
  return field.args.flatMap((argument) =>
    listsWithin(argument.type, argument.name, []).map((found) => ({
      name: `${type.name}.${field.name}: ${found.argument}`,
      type: argument.type,
      ...found,
      operation: (variable) => {
        const asked = `${field.name}(${argument.name}: ${variable}) { __typename }`;
        if (type === schema.getQueryType()) return `query ($v: ${String(argument.type)}) { ${asked} }`;
        if (type === schema.getMutationType()) return `mutation ($v: ${String(argument.type)}) { ${asked} }`;
        if (type === schema.getSubscriptionType()) return `subscription ($v: ${String(argument.type)}) { ${asked} }`;
        return `query ($v: ${String(argument.type)}) { node(id: "x") { ... on ${type.name} { ${asked} } } }`;
      },
    })),
  );
}

const objects = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith("__"));
const places = objects.flatMap((type) => Object.values(type.getFields()).flatMap((field) => placesOf(type, field)));

/** The text of a value as it stands in a document. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, inner]) => `${name}: ${written(inner)}`)
      .join(", ")} }`;
  return JSON.stringify(value);
}

function weigh(text: string, variables: Readonly<Record<string, unknown>>) {
  const document = parse(text);
  const [shape] = shapeOf(schema, document).operations;
  if (!shape) throw new Error("no operation");
  const asked = { document, operation: shape.operation, variables };
  return {
    cost: scale.amountOf(asked).cost,
    check: () => scale.check(asked),
    isAdmitted: scale.admit(asked) !== undefined,
  };
}

describe("every list in an argument of the schema", () => {
  it("is found by walking it", () => {
    expect(places.length).toBeGreaterThan(60);
    expect(places.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "Query.meetings: filter.parties",
        "Query.nodes: ids",
        "Query._entities: representations",
        "Mutation.recordMeeting: input.participants[0].cite",
      ]),
    );
  });

  it.each(places.map((place) => [place.name, place] as const))(
    "%s: is bounded as a variable and as it is written",
    (_name, { argument, given, operation }) => {
      const { maxListEntries } = limits;
      const [most, more] = [given(maxListEntries), given(maxListEntries + 1)];
      const expected = {
        extensions: {
          code: "LIMIT_EXCEEDED",
          limit: "maxListEntries",
          allowed: maxListEntries,
          found: maxListEntries + 1,
          argument,
        },
      };
      for (const ask of [
        (value: unknown) => weigh(operation("$v"), { v: value }),
        (value: unknown) => weigh(operation(written(value)), {}),
      ]) {
        expect(ask(most).check).not.toThrow(/maxListEntries/);
        const refused = ask(more);
        expect(refused.isAdmitted).toBe(false);
        let error: unknown;
        try {
          refused.check();
        } catch (thrown) {
          error = thrown;
        }
        expect(error).toMatchObject(expected);
        expect(String(error)).toContain(`"${argument}" has ${String(maxListEntries + 1)} entries`);
      }
    },
  );

  it.each(places.map((place) => [place.name, place] as const))("%s: is weighed", (_name, { given, operation }) => {
    const cost = (length: number) => weigh(operation("$v"), { v: given(length) }).cost;
    expect(cost(100) - cost(1)).toBeGreaterThanOrEqual(4);
  });
});

describe("lists", () => {
  it("count as often as their field may be read", () => {
    const text =
      "query ($v: [MeetingFormat!]) { firstSinceClaims(first: 50) { nodes { verdict(formats: $v) { __typename } } } }";
    const cost = (length: number) => weigh(text, { v: Array.from({ length }, () => "VIDEO") }).cost;
    expect(cost(41) - cost(1)).toBe(100);
  });

  it("may come by the default of a variable, as one value or within a list that is written", () => {
    const codes = written(Array.from({ length: 101 }, () => "IND"));
    expect(
      weigh(`query ($v: [String!] = ${codes}) { meetings(filter: { parties: $v }) { __typename } }`, {}).check,
    ).toThrow(/filter\.parties/);
    expect(
      weigh(`query ($v: [String!] = ${codes}) { meetings(filter: { parties: $v }) { __typename } }`, { v: "IND" })
        .check,
    ).not.toThrow();
    expect(
      weigh(`query ($v: MeetingFilter) { meetings(filter: $v) { __typename } }`, { v: { parties: null, persons: "x" } })
        .check,
    ).not.toThrow();
  });
});
