import {
  getOperationAST,
  getVariableValues,
  GraphQLInputObjectType,
  parse,
  type OperationDefinitionNode,
} from "graphql";
import { describe, expect, it } from "vitest";
import {
  Input,
  joinLeaves,
  mapLeaf,
  settleArgument,
  signatureOf,
  traceVariables,
  type Leaf,
} from "../../src/reading/inputs.js";
import { schema } from "./library.js";

const operation = getOperationAST(
  parse(
    `query Q($title: String, $titles: [String!], $genre: Genre, $genres: [Genre!], $flag: Boolean, $filter: BookFilter, $filters: [BookFilter!], $first: Int = 7) { __typename }`,
  ),
) as OperationDefinitionNode;

const readOf = (leaf: Leaf<unknown>, variables: Record<string, unknown>) =>
  leaf instanceof Input ? (leaf as Input<unknown>).read(variables) : leaf;
const coerced = (given: Record<string, unknown>) => {
  const { coerced: values, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (!values) throw errors[0] ?? new Error("no values");
  return values;
};
const traced = (given: Record<string, unknown>) =>
  traceVariables(schema, operation, coerced(given)) as Record<string, unknown>;
const signed = (given: Record<string, unknown>) => signatureOf(schema, operation, coerced(given));

describe("traced variables", () => {
  it("leave scalars open, and keep what decides the shape of a plan", () => {
    const variables = traced({ title: "a", titles: ["a", "b"], genre: "NOVEL", genres: ["POEM"], flag: true });
    expect(variables["title"]).toBeInstanceOf(Input);
    expect(variables["titles"]).toBeInstanceOf(Input);
    expect(variables["first"]).toBeInstanceOf(Input);
    expect(variables).toMatchObject({ genre: "NOVEL", genres: ["POEM"], flag: true });
  });

  it("read their values out of any request of the same shape", () => {
    const variables = traced({
      filter: { titles: ["a"], printed: { after: "1800-01-01" } },
      filters: [{ titles: ["x"] }],
    });
    const filter = variables["filter"] as { titles: Input<string[]>; printed: { after: Input<string> } };
    const [first] = variables["filters"] as [{ titles: Input<string[]> }];
    const request = coerced({
      filter: { titles: ["b", "c"], printed: { after: "1900-01-01" } },
      filters: [{ titles: ["y"] }],
    });
    expect(filter.titles.read(request)).toEqual(["b", "c"]);
    expect(filter.printed.after.read(request)).toBe("1900-01-01");
    expect(first.titles.read(request)).toEqual(["y"]);
  });

  it("keep null apart from left out", () => {
    expect(traced({ title: null, filter: null })).toMatchObject({ title: null, filter: null });
    expect(Object.hasOwn(traced({}), "title")).toBe(false);
    expect(traced({ filter: { titles: null } })).toMatchObject({ filter: { titles: null } });
  });
});

describe("the signature of variables", () => {
  it.each([
    [{ title: "a" }, { title: "b" }],
    [{ titles: ["c"] }, { titles: ["a", "b"] }],
    [{ first: 1 }, {}],
    [
      { filter: { titles: ["a"], printed: { atLeast: 1 } } },
      { filter: { titles: ["b", "c"], printed: { atLeast: 2 } } },
    ],
    [{ filters: [{ titles: ["a"] }] }, { filters: [{ titles: ["b", "c"] }] }],
  ])("%j and %j share a plan", (one, other) => {
    expect(signed(one)).toBe(signed(other));
  });

  it.each([
    [{}, { title: "a" }],
    [{}, { title: null }],
    [{ title: null }, { title: "a" }],
    [{ genre: "NOVEL" }, { genre: "POEM" }],
    [{ genres: ["NOVEL"] }, { genres: ["NOVEL", "NOVEL"] }],
    [{ genres: [] }, { genres: null }],
    [{ flag: true }, { flag: false }],
    [{ flag: false }, {}],
    [{ filter: {} }, {}],
    [{ filter: { printed: {} } }, { filter: { printed: { after: "1800-01-01" } } }],
    [{ filter: { printed: { after: "1800-01-01" } } }, { filter: { printed: { atLeast: 1 } } }],
    [{ filter: { printed: null } }, { filter: {} }],
    [{ filters: [{}] }, { filters: [{}, {}] }],
    [
      { title: "a", first: null },
      { title: null, first: 1 },
    ],
    [{ filters: [{ isBound: true }, {}] }, { filters: [{}, { isBound: true }] }],
  ])("%j and %j do not", (one, other) => {
    expect(signed(one)).not.toBe(signed(other));
  });
});

describe("settled arguments", () => {
  const type = schema.getType("BookFilter") as GraphQLInputObjectType;
  const place = { argument: "filter", nodes: [] };
  const titleOf = (settled: unknown) => (settled as { titles: unknown }).titles;

  it("make a list with a variable in it one value", () => {
    const other = new Input((variables) => variables["other"] as string);
    const settled = titleOf(settleArgument(type, { titles: ["a", other] }, place));
    expect((settled as Input<string[]>).read({ other: "b" })).toEqual(["a", "b"]);
  });

  it("refuse a NUL by the path to it, at once or when it comes", () => {
    expect(() => settleArgument(type, { titles: ["a\0"] }, place)).toThrow(
      'Argument "filter.titles": must not hold a NUL character.',
    );
    const given = titleOf(
      settleArgument(type, { titles: new Input((variables) => variables["titles"] as string[]) }, place),
    ) as Input<string[]>;
    expect(given.read({ titles: ["fine"] })).toEqual(["fine"]);
    expect(() => given.read({ titles: ["fine", "\0"] })).toThrow('Argument "filter.titles"');
  });

  it("pass on what there is nothing to say about", () => {
    expect(settleArgument(type, null, place)).toBeNull();
    expect(settleArgument(type, { genres: ["NOVEL"], isBound: null, printed: {} }, place)).toEqual({
      genres: ["NOVEL"],
      isBound: null,
      printed: {},
    });
  });

  it("change leaves when they are read", () => {
    expect(
      readOf(
        mapLeaf(new Input((variables) => Number(variables["n"])), (n) => n + 1),
        { n: 1 },
      ),
    ).toBe(2);
    expect(() =>
      readOf(
        mapLeaf(5, () => {
          throw new Error("late");
        }),
        {},
      ),
    ).toThrow("late");
    expect(
      readOf(
        joinLeaves(new Input((variables) => Number(variables["n"])), 5, (n, five) => n * five),
        { n: 3 },
      ),
    ).toBe(15);
  });
});
