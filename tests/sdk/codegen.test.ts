import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@graphql-codegen/cli";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-codegen-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The code that the plugin writes for one file of operations. */
async function codeFor(operations: string): Promise<string> {
  const documents = join(folder, "operations.graphql");
  await writeFile(documents, operations);
  const files = (await generate(
    {
      schema: join(root, "schema.graphql"),
      silent: true,
      generates: { [join(folder, "out.ts")]: { documents, plugins: [join(root, "scripts/codegen/client.plugin.js")] } },
    },
    false,
  )) as ReadonlyArray<{ readonly content: string }>;
  return files.map(({ content }) => content).join("\n");
}

/** The error of codegen, with its reasons. */
async function refusalOf(operations: string): Promise<string> {
  const error: unknown = await codeFor(operations).catch((reason: unknown) => reason);
  if (!(error instanceof Error)) throw new Error("The plugin accepted the operations.");
  return [error, ...(error instanceof AggregateError ? (error.errors as unknown[]) : [])].map(String).join("\n");
}

const sessions = (more = ""): string =>
  `query SessionsOf($slug: String!, $after: String) { its: forum(slug: $slug) { sessions(first: 2, after: $after) { pageInfo { hasNextPage endCursor } nodes { on } } ${more} } }`;

describe("the plugin", () => {
  it("documents a method by the comment above its operation, or else above the file", async () => {
    const code = await codeFor(
      "# About all of them.\n# In two lines.\nquery One { service { version } }\n# About */ two.\nquery Two { service { version } }\nquery Three { service { version } }",
    );
    expect(code).toContain(
      "  /** About all of them. In two lines. */\n  readonly one: (variables?: OneQueryVariables, options?: CallOptions) => Promise<OneQuery>;",
    );
    expect(code).toContain("  /** About * / two. */\n  readonly two:");
    expect(code).toContain("  /** About all of them. In two lines. */\n  readonly three:");
  });

  it("lets variables be left out only where all are optional", async () => {
    const code = await codeFor(
      "query A($n: Int! = 3, $m: Int) { meetings(first: $n, last: $m) { totalCount } } query B($s: String!) { forum(slug: $s) { id } }",
    );
    expect(code).toContain("readonly a: (variables?: AQueryVariables");
    expect(code).toContain("readonly b: (variables: BQueryVariables");
  });

  it("finds the list that pages, by response keys and through what may be null", async () => {
    const code = await codeFor(sessions());
    expect(code).toContain(
      'export type SessionsOfPage = NonNullable<NonNullable<SessionsOfQuery["its"]>["sessions"]>;',
    );
    expect(code).toContain(
      "sessionsOf: (variables, options) => walk(sessionsOfOperation, variables, (data) => data.its?.sessions, options)",
    );
  });

  it.each([
    ["takes no cursor", sessions().replace("after: $after", "").replace(", $after: String", "")],
    ["is not asked where it ends", sessions().replace("endCursor", "startCursor")],
    ["gives no nodes", sessions().replace("nodes { on }", "edges { cursor }")],
  ])("walks nothing where the list %s", async (_what, operations) => {
    expect(await codeFor(operations)).toContain("export interface ShippedWalks {\n\n}");
  });

  it("sends the fragments of an operation along", async () => {
    expect(await codeFor("query V { service { ...S } } fragment S on Service { version }")).toContain(
      '"query V{service{...S}}fragment S on Service{version}"',
    );
  });

  it.each([
    ["an operation without a name", "{ service { version } }", "a shipped operation needs a name"],
    ["a name of the client's own", "query Each { service { version } }", 'the client already has a method "each"'],
    [
      "a name that differs in case only",
      "query Same { service { version } } query same { service { version } }",
      'the client already has a method "same"',
    ],
    [
      "two lists that page by one cursor",
      sessions("memberships(after: $after) { pageInfo { hasNextPage endCursor } nodes { id } }"),
      "pages two lists by $after",
    ],
  ])("refuses %s", async (_what, operations, reason) => {
    expect(await refusalOf(operations)).toContain(reason);
  });
});
