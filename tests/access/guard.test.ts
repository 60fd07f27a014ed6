import { execute, getOperationAST, GraphQLError, parse, validate, type OperationDefinitionNode } from "graphql";
import { beforeEach, describe, expect, it } from "vitest";
import { createGuard } from "../../src/access/guard.js";
import { anonymous, scopesUpTo, type Principal, type Scope } from "../../src/access/principal.js";
import { fragmentsOf } from "../../src/reading/operation.js";
import { carriedOut, guardedSchema } from "./service.js";
import { measureProcessorTime } from "../support/time.js";

const schema = guardedSchema();
const guard = createGuard(schema);

beforeEach(() => {
  carriedOut.length = 0;
});

function somebody(scope: Scope): Principal {
  return { actor: `key:${scope}`, name: scope, scopes: scopesUpTo(scope) };
}

function asked(text: string) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return {
    operation: getOperationAST(document) as OperationDefinitionNode,
    fragments: () => Object.values(fragmentsOf(document)),
  };
}

/** The codes and scopes of the refusal, or null where there is none. */
function refusal(text: string, principal: Principal): object | null {
  try {
    guard.check(asked(text), principal);
    return null;
  } catch (error) {
    return (error as GraphQLError).extensions;
  }
}

const NEEDS: readonly (readonly [string, Scope | null])[] = [
  ["{ open }", "READ"],
  ["{ read }", "READ"],
  ["{ edit }", "EDIT"],
  ["{ admin }", "ADMIN"],
  ["{ open edit admin }", "ADMIN"],
  ["{ hidden: edit }", "EDIT"],
  ["{ edit @skip(if: true) }", "EDIT"],
  ["{ ... { edit } }", "EDIT"],
  ["{ ... on Query { edit } }", "EDIT"],
  ["{ open ...One } fragment One on Query { ...Two } fragment Two on Query { admin }", "ADMIN"],
  ["{ meeting { id } }", "READ"],
  ["{ meeting { notes } }", "EDIT"],
  ["{ node { id ... on Person { notes } } }", "READ"],
  ["{ node { id ... on Meeting { notes } } }", "EDIT"],
  ["{ anything { ... on Node { ... on Meeting { notes } } } }", "EDIT"],
  ["{ __schema { queryType { name } } __typename }", "READ"],
  ["mutation { read }", "READ"],
  ["mutation { edit }", "EDIT"],
  ["mutation { admin }", "ADMIN"],
  ["mutation { read edit }", "EDIT"],
  ["mutation { forgotten }", null],
  ["mutation { __typename }", "READ"],
];
const RANK = { READ: 0, EDIT: 1, PUBLISH: 2, ADMIN: 3 };

describe.each(NEEDS)("%s", (text, needed) => {
  it.each(["READ", "EDIT", "PUBLISH", "ADMIN"] as const)("with %s", (scope) => {
    if (needed === null) expect(refusal(text, somebody(scope))).toEqual({ code: "FORBIDDEN" });
    else
      expect(refusal(text, somebody(scope))).toEqual(
        RANK[scope] >= RANK[needed] ? null : { code: "FORBIDDEN", requires: needed },
      );
  });

  it("without a credential", () => {
    const expected = {
      READ: null,
      EDIT: { code: "UNAUTHENTICATED", requires: "EDIT" },
      PUBLISH: { code: "UNAUTHENTICATED", requires: "PUBLISH" },
      ADMIN: { code: "UNAUTHENTICATED", requires: "ADMIN" },
    };
    expect(refusal(text, anonymous)).toEqual(needed === null ? { code: "FORBIDDEN" } : expected[needed]);
  });

  it("is open to all only where everybody may ask for all of it", () => {
    expect(guard.isOpen(asked(text))).toBe(needed === "READ");
  });
});

it("names the fields and the scope, and points at them", () => {
  expect(() => {
    guard.check(asked("mutation {\n  read\n  edit\n  admin\n}"), anonymous);
  }).toThrow(
    expect.objectContaining({
      message:
        'Mutation.edit, Mutation.admin: this requires the scope ADMIN; send a key or a token that has it, as "authorization: Bearer …".',
      locations: [
        { line: 3, column: 3 },
        { line: 4, column: 3 },
      ],
    }) as Error,
  );
  expect(() => {
    guard.check(asked("mutation { edit }"), somebody("READ"));
  }).toThrow("Mutation.edit: this requires the scope EDIT; the credential has READ.");
});

it("looks at a document once, however often its fragments are spread", () => {
  const levels = 200;
  const fragments = Array.from(
    { length: levels },
    (_, level) => `fragment F${String(level)} on Query { ...F${String(level + 1)} ... { ...F${String(level + 1)} } }`,
  );
  const text = `{ ...F0 } ${fragments.join("\n")} fragment F${String(levels)} on Query { edit }`;
  const elapsed = measureProcessorTime();
  const document = parse(text);
  const operation = getOperationAST(document) as OperationDefinitionNode;
  expect(guard.isOpen({ operation, fragments: () => Object.values(fragmentsOf(document)) })).toBe(false);
  expect(elapsed()).toBeLessThan(1_000);
});

describe("an executor without a check of its own", () => {
  const run = async (text: string, principal: Principal) =>
    execute({ schema, document: parse(text), contextValue: { principal } });

  it("carries nothing out that is refused, in a mutation not even what would be allowed", async () => {
    const { data, errors } = await run("mutation { read edit }", somebody("READ"));
    expect(data).toEqual({ read: null, edit: null });
    expect(errors?.map(({ extensions }) => extensions["code"])).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    expect(carriedOut).toEqual([]);
  });

  it("carries out what is allowed", async () => {
    expect(await run("mutation { read edit }", somebody("EDIT"))).toEqual({
      data: { read: "key:EDIT", edit: "key:EDIT" },
    });
    expect(carriedOut).toEqual(["read", "edit"]);
  });

  it("refuses where it does not know who asks", async () => {
    const { errors } = await execute({ schema, document: parse("mutation { edit }"), contextValue: {} });
    expect(errors).toHaveLength(1);
    expect(carriedOut).toEqual([]);
  });
});
