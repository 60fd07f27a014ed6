import { buildSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { createPreparedOperations } from "../../src/http/plan/prepared.operations.js";

describe("prepared operations", () => {
  const schema = buildSchema("type Query { hello(name: String): String } type Mutation { touch: String }");
  const text = "query Hello($name: String) { hello(name: $name) }";
  const mutation = "mutation { touch }";
  const amount = { cost: 3, nodes: 1 };
  let isAllowed = true;
  const operations = createPreparedOperations(schema, () => (isAllowed ? amount : undefined));
  for (const each of [text, mutation]) operations.put(each, parse(each));

  it("are found by their text, with their fields and their cost for these variables", () => {
    const found = operations.find({ query: text, variables: { name: "a" }, operationName: "Hello" });
    expect(found).toMatchObject({ amount, fields: [{ key: "hello" }] });
  });

  it.each([
    ["another text", { query: "{ hello }" }],
    ["a mutation", { query: mutation }],
    ["extensions, such as a hash", { query: text, extensions: { persistedQuery: {} } }],
    ["a name that no operation has", { query: text, operationName: "Other" }],
    ["variables of the wrong type", { query: text, variables: { name: [1] } }],
    ["variables in a list", { query: text, variables: [] }],
    ["no object", null],
  ])("are not found for %s: the executor answers these", (_what, body) => {
    expect(operations.find(body)).toBeUndefined();
  });

  it("are not found if they cost too much, or need permission", () => {
    isAllowed = false;
    expect(operations.find({ query: text })).toBeUndefined();
    isAllowed = true;
  });
});
