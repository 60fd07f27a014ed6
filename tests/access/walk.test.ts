import {
  getOperationAST,
  parse,
  print,
  type GraphQLError,
  type GraphQLObjectType,
  type OperationDefinitionNode,
} from "graphql";
import { describe, expect, it } from "vitest";
import { createGuard } from "../../src/access/guard.js";
import { anonymous, scopesUpTo, type Principal } from "../../src/access/principal.js";
import { acts } from "../../src/acts/acts.js";
import { buildExecutableSchema } from "../../src/schema.js";

const schema = buildExecutableSchema();
const guard = createGuard(schema);
const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
const streams = Object.keys(schema.getSubscriptionType()?.getFields() ?? {});
const queries = Object.keys(schema.getQueryType()?.getFields() ?? {});

const askers: readonly (readonly [string, Principal])[] = [
  ["nobody", anonymous],
  ...(["READ", "EDIT", "ADMIN"] as const).map(
    (scope) => [scope, { actor: `key:${scope}`, name: scope, scopes: scopesUpTo(scope) }] as const,
  ),
];

/** The code with which a field is refused, or null where it is allowed. */
function refusal(kind: "query" | "mutation" | "subscription", field: string, principal: Principal): unknown {
  const document = parse(`${kind} { ${field} { __typename } }`);
  try {
    guard.check({ operation: getOperationAST(document) as OperationDefinitionNode, fragments: () => [] }, principal);
    return null;
  } catch (error) {
    return (error as GraphQLError).extensions["code"];
  }
}

describe.each(mutations)("the mutation %s", (field) => {
  it("is for editors alone, and is carried out by an act", () => {
    expect(askers.map(([name, principal]) => [name, refusal("mutation", field, principal)])).toEqual([
      ["nobody", "UNAUTHENTICATED"],
      ["READ", "FORBIDDEN"],
      ["EDIT", null],
      ["ADMIN", null],
    ]);
    expect(acts.has(field)).toBe(true);
  });
});

it("no act is without a mutation", () => {
  expect([...acts.keys()].sort()).toEqual([...mutations].sort());
});

/** Root fields about what is not published, and one that compares all records. */
const ofEditors = ["drafts", "duplicates", "mistakeReports", "submission", "submissions"];

it("every question about the record may be asked by everybody", () => {
  for (const field of queries.filter((name) => !ofEditors.includes(name))) {
    for (const [, principal] of askers) expect([field, refusal("query", field, principal)]).toEqual([field, null]);
  }
});

it.each(ofEditors)("the question %s is for editors alone", (field) => {
  expect(askers.map(([name, principal]) => [name, refusal("query", field, principal)])).toEqual([
    ["nobody", "UNAUTHENTICATED"],
    ["READ", "FORBIDDEN"],
    ["EDIT", null],
    ["ADMIN", null],
  ]);
});

it("every stream is open to anonymous clients and reports published records only", () => {
  expect(streams).not.toEqual([]);
  for (const field of streams) {
    for (const [, principal] of askers)
      expect([field, refusal("subscription", field, principal)]).toEqual([field, null]);
  }
});

it("no field of any type requires more than reading but those of mutations and of the desk", () => {
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => "getFields" in type && type !== schema.getMutationType(),
  );
  const required = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, astNode }) => {
      const written = astNode?.directives?.find((directive) => directive.name.value === "requires");
      return written ? [`${type.name}.${name} ${print(written)}`] : [];
    }),
  );
  const editing = ofEditors.map((name) => `Query.${name} @requires(scope: EDIT)`);
  expect(required.filter((field) => !field.endsWith("@requires(scope: READ)")).sort()).toEqual(editing);
});
