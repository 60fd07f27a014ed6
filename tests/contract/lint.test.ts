import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const eslint = new ESLint({ cwd: root });
const contract = await readFile(join(root, "schema.graphql"), "utf8");

/** The faults that the project's configuration finds in files, one line each. */
async function faultsIn(files: string[]) {
  const results = await eslint.lintFiles(files);
  expect(results.length, "files that were read").toBeGreaterThan(0);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, ruleId, message }) =>
        `${filePath.slice(root.length + 1)}:${String(line)} ${ruleId ?? "parse"}: ${message}`,
    ),
  );
}

/** The rules that a text breaks, were it the file at that path of the project; `parse` if it cannot be read at all. */
async function rulesBrokenBy(text: string, path: string) {
  const results = await eslint.lintText(text, { filePath: join(root, path) });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? "parse"));
}

describe("the contract", () => {
  it("keeps the rules of its style", async () => {
    expect(await faultsIn(["schema.graphql"])).toEqual([]);
  });

  // Each case adds one fault to the contract as it stands, so that a rule that has stopped working is found out.
  it.each([
    ["a type without description", `type Undescribed implements Node { "An id." id: ID! }`, "require-description"],
    [
      "a field without description",
      `"A type." type Bare implements Node { "An id." id: ID! bare: String }`,
      "require-description",
    ],
    [
      "an argument without description",
      `extend type Query { "A field." field(bare: Int): Int }`,
      "require-description",
    ],
    ["an enum value without description", `"An enum." enum Bare { ONE }`, "require-description"],
    ["an input field without description", `"An input." input Bare { one: Int }`, "require-description"],
    ["a field in snake case", `extend type Meeting { "A field." starts_on: Date }`, "naming-convention"],
    ["an enum value in lower case", `"An enum." enum Case { "One." one }`, "naming-convention"],
    ["a type in camel case", `"A type." scalar lowerCase`, "naming-convention"],
    ["a root field that begins with get", `extend type Query { "A field." getMeeting: Meeting }`, "naming-convention"],
    [
      "a field that repeats its type's name",
      `"A type." type Summit { "A field." summitTitle: String }`,
      "no-typename-prefix",
    ],
    ["a type that nothing leads to", `"A type." scalar Lonely`, "no-unreachable-types"],
    ["a type that is not there", `extend type Query { "A field." missing: Missing }`, "known-type-names"],
    [
      "a deprecation without reason",
      `extend type Query { "A field." old: Int @deprecated }`,
      "require-deprecation-reason",
    ],
    [
      "a connection without edges",
      `"A page." type HalfConnection { "Where." pageInfo: PageInfo! }`,
      "relay-connection-types",
    ],
    [
      "a connection that takes no page size",
      `extend type Query { "A page." all("A cursor." after: String): MeetingConnection! }`,
      "relay-arguments",
    ],
  ])("fails with %s", async (_, addition, rule) => {
    expect(await rulesBrokenBy(`${contract}\n${addition}\n`, "schema.graphql")).toContain(`@graphql-eslint/${rule}`);
  });
});

describe("the shipped operations", () => {
  it("keep the rules of their style", async () => {
    expect(await faultsIn(["src/operations/*.graphql"])).toEqual([]);
  });

  it.each([
    ["an operation without name", `{ service { version } }`, "no-anonymous-operations"],
    ["an operation named after its kind", `query MeetingsQuery { service { version } }`, "naming-convention"],
    ["an operation named twice", `query Meetings { service { version } }`, "unique-operation-name"],
    ["a field that is not there", `query Absent { service { absent } }`, "fields-on-correct-type"],
    ["an argument that is not there", `query Absent { person(name: "x") { name } }`, "known-argument-names"],
    ["a variable that is not used", `query Unused($id: ID!) { service { version } }`, "no-unused-variables"],
    [
      "a value of the wrong type",
      `query Wrong { meetings(first: "ten") { totalCount } }`,
      "value-literals-of-correct-type",
    ],
    ["a field asked for twice", `query Twice { service { version version } }`, "no-duplicate-fields"],
    ["a text that is no GraphQL", `query {`, "parse"],
  ])("fail with %s", async (_, text, rule) => {
    const broken = await rulesBrokenBy(text, "src/operations/fault.graphql");
    expect(broken.map((name) => name.replace("@graphql-eslint/", ""))).toContain(rule);
  });
});

describe("the service's source", () => {
  const reading = `export const port = process.env["PORT"];\n`;

  it.each(["src/server.ts", "src/lib/errors.ts"])("may not read the environment in %s", async (path) => {
    expect(await rulesBrokenBy(reading, path)).toContain("no-restricted-properties");
  });

  it("may not import the environment either", async () => {
    expect(
      await rulesBrokenBy(`import { env } from "node:process";\nexport const port = env["PORT"];\n`, "src/server.ts"),
    ).toContain("no-restricted-imports");
  });

  it("reads the environment in its configuration", async () => {
    expect(await rulesBrokenBy(reading, "src/config.ts")).toEqual([]);
  });

  it("may not say any", async () => {
    expect(await rulesBrokenBy("export function first(list: any) { return list[0]; }\n", "src/server.ts")).toContain(
      "@typescript-eslint/no-explicit-any",
    );
  });
});

it("is a contract that graphql-js accepts", () => {
  expect(() => buildSchema(contract)).not.toThrow();
});
