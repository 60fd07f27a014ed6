import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  parse,
  validate,
  type GraphQLInputType,
} from "graphql";
import { describe, expect, it } from "vitest";
import { asOf, worstInputs, type Facts } from "../../bench/worst.inputs.js";
import { listsOf } from "../../src/limits/list.arguments.js";
import { createOperationScale } from "../../src/limits/operation.limits.js";
import { limitsRule } from "../../src/limits/limits.rule.js";
import { shapeOf, type FieldShape, type Shape } from "../../src/limits/operation.shape.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { limits } from "../support/ask.js";
import { shippedOperations } from "../support/operations.js";

const schema = buildExecutableSchema();
const scale = createOperationScale(schema, limits);

const many = (prefix: string, length: number) => Array.from({ length }, (_, index) => `${prefix}${String(index)}`);
const facts: Facts = {
  parties: many("P", 200),
  partyIds: many("sta_", 200),
  strangers: ["P0", "P1"],
  organization: "ASEAN",
  persons: many("person-", 200),
  personIds: many("per_", 200),
  forums: ["one", "two"],
  forumIds: ["for_1", "for_2"],
  country: "P0",
  meeting: "meeting",
  host: "host",
  document: "doc_1",
  meetingIds: many("mtg_", 200),
  meetingSlugs: many("meeting-", 200),
  moment: "2026-11-01T00:00:00Z",
};
const published = worstInputs(facts);
const past = asOf(published, schema, facts.moment);
const inputs = [...published, ...past];

/** A list in the arguments of a field, and how many entries the worst input has to give: as many as are accepted, or as there are values. */
interface Place {
  readonly name: string;
  readonly entries: number;
}

function listsWithin(type: GraphQLInputType, path: string): readonly Place[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const named = getNamedType(nullable);
    return [{ name: path, entries: isEnumType(named) ? named.getValues().length : limits.maxListEntries }];
  }
  return isInputObjectType(nullable)
    ? Object.values(nullable.getFields()).flatMap((field) => listsWithin(field.type, `${path}.${field.name}`))
    : [];
}

const reading = Object.values(schema.getTypeMap()).filter(
  (type) =>
    isObjectType(type) &&
    !type.name.startsWith("__") &&
    type !== schema.getMutationType() &&
    type !== schema.getSubscriptionType(),
);
const places = reading.flatMap((type) =>
  isObjectType(type)
    ? Object.values(type.getFields()).flatMap((field) =>
        field.args.flatMap((argument) =>
          listsWithin(argument.type, argument.name).map((place) => ({
            ...place,
            name: `${type.name}.${field.name}: ${place.name}`,
          })),
        ),
      )
    : [],
);
/** Groupings have three dimensions at most, and pairs without a meeting are those of 40 parties. */
const fewer: Readonly<Record<string, number>> = { "Query.meetingCounts: by": 3, "Query.unmetPairs: parties": 40 };

function shapesOf(text: string) {
  const document = parse(text);
  const [shape] = shapeOf(schema, document).operations;
  if (!shape) throw new Error("no operation");
  return { document, shape };
}

function fieldsBelow(shape: Shape): readonly FieldShape[] {
  return shape.fields.flatMap((field) => [field, ...field.below.flatMap(fieldsBelow)]);
}

/** The lists that inputs give, with the most entries of each. */
const given = new Map<string, number>();
const roots = new Set<string>();
for (const { text, variables } of inputs) {
  const { shape } = shapesOf(text);
  for (const field of shape.root.fields) roots.add(field.name);
  for (const field of fieldsBelow(shape.root)) {
    for (const { argument, length } of listsOf(field, { values: variables, defaults: new Map() })) {
      const name = `${field.name}: ${argument}`;
      given.set(name, Math.max(length, given.get(name) ?? 0));
    }
  }
}

const costOf = (text: string, variables: Readonly<Record<string, unknown>> = {}) => {
  const { document, shape } = shapesOf(text);
  return scale.amountOf({ document, operation: shape.operation, variables }).cost;
};

describe("the worst inputs of the benchmark", () => {
  it.each(Object.keys(schema.getQueryType()?.getFields() ?? {}))("ask for the root field %s", (name) => {
    expect(roots).toContain(`Query.${name}`);
  });

  it.each(places.map((place) => [place.name, place] as const))(
    "give the list %s as long as it may be",
    (_name, { name, entries }) => {
      expect(given.get(name)).toBe(fewer[name] ?? entries);
    },
  );

  it.each(inputs.map((input) => [input.label, input] as const))(
    "%s: is valid and within the limits on structure",
    (_label, { text }) => {
      expect(validate(schema, parse(text), [limitsRule(limits)])).toEqual([]);
      expect(validate(schema, parse(text))).toEqual([]);
    },
  );

  it("have labels of their own", () => {
    expect(new Set(inputs.map(({ label }) => label)).size).toBe(inputs.length);
  });

  it("are asked as of a moment wherever the root field allows it", () => {
    const fields = Object.values(schema.getQueryType()?.getFields() ?? {}).filter((field) =>
      field.args.some(({ name }) => name === "knownAt"),
    );
    const asked = new Set(past.flatMap(({ text }) => shapesOf(text).shape.root.fields.map(({ name }) => name)));
    expect([...asked].sort()).toEqual(fields.map(({ name }) => `Query.${name}`).sort());
  });
});

describe("the cost of an operation", () => {
  it.each(shippedOperations().map((operation) => [operation.name, operation] as const))(
    "%s: is well within the limit",
    (_name, { document, variables, name }) => {
      const parsed = parse(document);
      const shape =
        shapeOf(schema, parsed).operations.find(
          ({ operation }) => name === undefined || operation.name?.value === name,
        ) ?? shapeOf(schema, parsed).operations[0];
      if (!shape) throw new Error("no operation");
      expect(
        scale.amountOf({ document: parsed, operation: shape.operation, variables: variables ?? {} }).cost,
      ).toBeLessThanOrEqual(limits.maxCost * 0.9);
    },
  );

  it("depends on the order, on what is counted and on the conditions of a list", () => {
    const page = (args: string, fields = "nodes { id }") =>
      costOf(`{ state(code: "IND") { meetings(first: 20${args}) { ${fields} } } }`);
    expect(page("")).toBeLessThan(10);
    expect(page("", "totalCount")).toBeGreaterThan(page("") + 20);
    expect(page(", filter: { status: HELD }")).toBeGreaterThan(page("") + 100);
    expect(page(", orderBy: { field: TITLE, direction: ASC }")).toBeGreaterThan(page("") + 100);
    expect(page(", filter: { status: null }")).toBe(page(""));
  });

  it("depends on values that come in variables, or by their defaults", () => {
    const text =
      'query ($filter: MeetingFilter, $level: EncounterLevel = PARTIES) { meetings(filter: $filter) { nodes { id } } lastMet(between: ["IND", "CHN"], level: $level) { explanation } }';
    expect(costOf(text, { filter: { status: "HELD" } })).toBeGreaterThan(costOf(text) + 50);
    expect(costOf(text, { filter: {} })).toBe(costOf(text));
    const kinds =
      'query ($kinds: [MeetingKind!] = [SESSION]) { lastMet(between: ["IND", "CHN"], level: PARTIES, kinds: $kinds) { explanation } }';
    expect(costOf(kinds)).toBeGreaterThan(costOf(kinds, { kinds: ["BILATERAL"] }) + 100);
    expect(costOf(kinds)).toBe(costOf(kinds, { kinds: "SESSION" }));
  });

  it("is higher as of a moment, wherever that stands", () => {
    const text = (of: string) =>
      `query ($at: DateTime) { meetings(first: 20, filter: { parties: ["IND", "CHN"] }${of}) { nodes { id } } }`;
    expect(costOf(text(', knownAt: "2024-01-01T00:00:00Z"'))).toBeGreaterThan(costOf(text("")));
    expect(costOf(text(", knownAt: $at"), { at: "2024-01-01T00:00:00Z" })).toBe(
      costOf(text(', knownAt: "2024-01-01T00:00:00Z"')),
    );
    expect(costOf(text(", knownAt: $at"))).toBe(costOf(text("")));
  });
});
