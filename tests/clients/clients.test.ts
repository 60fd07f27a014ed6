import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheExchange, Client, fetchExchange, gql } from "@urql/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { createLogger } from "../../src/lib/log.js";
import { packageRoot } from "../../src/lib/root.js";
import { serve, type Running } from "../../src/main.js";
import { copyEmbedded } from "../support/templates.js";

// Clients of other projects, with their defaults, against the service as it is started.

const require = createRequire(import.meta.url);

let folder: string;
let service: Running;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-clients-"));
  await copyEmbedded(join(folder, "data"));
  const config = readConfig({ PORT: "0", SIDELINES_DATA_DIR: join(folder, "data") });
  const log = createLogger({ level: "silent" });
  service = await serve(config, { log, say: () => undefined, signal: new AbortController().signal });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const MEETING = gql`
  query Meeting($slug: String!) {
    meeting(slug: $slug) {
      id
      on
    }
  }
`;
const variables = { slug: "2024-11-20-ind-chn-vientiane" };

describe("urql", () => {
  it("gets answers with its defaults, which ask by GET", async () => {
    const asked: string[] = [];
    const watched: typeof fetch = (url, options) => {
      asked.push(options?.method ?? "GET");
      return fetch(url, options);
    };
    const client = new Client({
      url: `${service.url}/graphql`,
      exchanges: [cacheExchange, fetchExchange],
      preferGetMethod: "within-url-limit",
      fetch: watched,
    });
    const { data, error } = await client.query<object>(MEETING, variables).toPromise();
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ meeting: { on: "2024-11-20" } });
    expect(asked).toEqual(["GET"]);
  });
});

describe("Apollo's manifest of persisted queries", () => {
  it("holds operations whose hash alone is answered", async () => {
    const manifest = JSON.parse(readFileSync(join(packageRoot(), "dist/operations.manifest.json"), "utf8")) as {
      operations: { id: string; name: string; type: string }[];
    };
    const queries = manifest.operations.filter(({ type }) => type === "query");
    const codes = await Promise.all(
      queries.map(async ({ id, name }) => {
        const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
        const body = JSON.stringify({ operationName: name, variables: {}, extensions });
        const headers = { "content-type": "application/json" };
        const response = await fetch(`${service.url}/graphql`, { method: "POST", headers, body });
        const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
        return errors.map(({ extensions: { code } }) => code);
      }),
    );
    expect(queries.length).toBeGreaterThan(50);
    expect(codes.flat()).not.toContain("PERSISTED_QUERY_NOT_FOUND");
    expect(codes.flat()).not.toContain("OPERATION_RESOLUTION_FAILURE");
  });
});

describe("a client that batches", () => {
  it("gets one clear refusal", async () => {
    const response = await fetch(`${service.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        errors: [
          {
            message:
              "Batches are not served. Send one operation in each request, or ask for several root fields in one operation.",
            extensions: { code: "BAD_REQUEST" },
          },
        ],
      },
    ]);
  });
});

describe("a browser", () => {
  it.each([
    "content-type",
    "authorization",
    "x-purpose",
    "traceparent",
    "apollographql-client-name",
    "x-apollo-operation-name",
  ])("may send the header %s from a page of any origin", async (header) => {
    const { headers } = await fetch(`${service.url}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": header,
      },
    });
    expect(headers.get("access-control-allow-headers")?.toLowerCase()).toContain(header);
  });
});

describe("graphql-codegen with its classic plugins", () => {
  it("makes types of the served schema and a program that compile", async () => {
    await writeFile(join(folder, "schema.graphql"), await servedSchema());
    await writeFile(join(folder, "meeting.graphql"), MEETING.loc?.source.body ?? "");
    // A type of the schema named Record would hide the utility type of TypeScript.
    const scalars = {
      Date: "string",
      DateTime: "string",
      PartialDate: "string",
      URL: "string",
      Value: "Record<string, unknown> | string",
    };
    const config = {
      schema: join(folder, "schema.graphql"),
      documents: join(folder, "meeting.graphql"),
      generates: {
        [join(folder, "types.ts")]: {
          plugins: ["typescript", "typescript-operations"],
          config: { scalars, strictScalars: true, enumsAsTypes: true },
        },
      },
    };
    const file = join(folder, "codegen.json");
    await writeFile(file, JSON.stringify(config));
    const cli = join(require.resolve("@graphql-codegen/cli/package.json"), "..", "cjs/bin.js");
    await run([cli, "--config", file, "--errors-only"], packageRoot());
    const program = `import type { MeetingQuery } from "./types.js";
export const on = ({ meeting }: MeetingQuery): string | null => meeting?.on ?? null;\n`;
    await writeFile(join(folder, "program.ts"), program);
    const tsc = require.resolve("typescript/bin/tsc");
    const args = [
      tsc,
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      join(folder, "program.ts"),
    ];
    const { stdout } = await run(args, folder);
    expect(stdout).toBe("");
  });

  it("finds where each custom scalar is specified", async () => {
    const query = "{ __schema { types { kind name specifiedByURL } } }";
    const response = await fetch(`${service.url}/graphql?${new URLSearchParams({ query }).toString()}`);
    const { data } = (await response.json()) as {
      data: { __schema: { types: { kind: string; name: string; specifiedByURL: string | null }[] } };
    };
    const builtIn = new Set(["ID", "Int", "Float", "String", "Boolean", "_Any"]);
    const custom = data.__schema.types.filter(({ kind, name }) => kind === "SCALAR" && !builtIn.has(name));
    expect(custom.map(({ name }) => name).sort()).toEqual(["Date", "DateTime", "PartialDate", "URL", "Value"]);
    expect(custom.filter(({ specifiedByURL }) => !specifiedByURL?.startsWith("https://"))).toEqual([]);
  });
});

describe("relay-compiler", () => {
  it("compiles pagination and refetching of the served schema", async () => {
    const home = join(folder, "relay");
    await mkdir(home);
    await writeFile(join(home, "schema.graphql"), await servedSchema());
    const module = `import { graphql } from "relay-runtime";
graphql\`fragment Case_meeting on Meeting @refetchable(queryName: "CaseMeetingRefetchQuery")
    @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" }) {
  title
  participants(first: $count, after: $cursor) @connection(key: "Case_participants") { edges { node { id } } }
}\`;
graphql\`query CaseQuery($id: ID!, $at: DateTime!) {
  node(id: $id) { ...Case_meeting @alias }
  then: nodeAsKnown(id: $id, knownAt: $at) { ... on Meeting { title } ... on VersionedRecord { version } }
}\`;
`;
    await writeFile(join(home, "Case.ts"), module);
    const config = { src: ".", schema: "schema.graphql", language: "typescript", eagerEsModules: true };
    await writeFile(join(home, "relay.config.json"), JSON.stringify(config));
    const { stdout, stderr } = await run([require.resolve("relay-compiler/cli.js"), "relay.config.json"], home);
    expect([stdout, stderr].join("\n")).not.toMatch(/error/i);
    const refetching = await readFile(join(home, "__generated__/CaseMeetingRefetchQuery.graphql.ts"), "utf8");
    expect(refetching).toContain("node(id: $id)");

    const text = /"text": "(.*)"/.exec(refetching)?.[1] ?? "";
    const { meeting } = await ask<{ meeting: { id: string } }>(`{ meeting(slug: "${variables.slug}") { id } }`);
    const { node } = await ask<{ node: { title: string; participants: { edges: object[] } } }>(
      JSON.parse(`"${text}"`) as string,
      { id: meeting.id, count: 2 },
    );
    expect(node.title).toContain("India");
    expect(node.participants.edges).toHaveLength(2);
  });
});

describe("gql.tada", () => {
  it("infers types from the served schema", async () => {
    const home = join(folder, "tada");
    await mkdir(home);
    await writeFile(join(home, "schema.graphql"), await servedSchema());
    const options = { strict: true, noEmit: true, module: "nodenext", target: "es2022", skipLibCheck: true };
    const plugin = {
      name: "gql.tada/ts-plugin",
      schema: "./schema.graphql",
      tadaOutputLocation: "./introspection.d.ts",
    };
    const include = ["program.ts"];
    const config = { compilerOptions: { ...options, plugins: [plugin] }, include };
    await writeFile(join(home, "tsconfig.json"), JSON.stringify(config));
    await writeFile(join(home, "package.json"), JSON.stringify({ type: "module" }));
    await symlink(join(packageRoot(), "node_modules"), join(home, "node_modules"));
    const program = `import { initGraphQLTada, type ResultOf } from "gql.tada";
import type { introspection } from "./introspection.d.ts";
const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Date: string; DateTime: string; PartialDate: string; URL: string };
}>();
const meeting = graphql(\`query Meeting($slug: String!) {
  meeting(slug: $slug) { on status participants(first: 2) { nodes { role party { code } } } }
}\`);
type Meeting = NonNullable<ResultOf<typeof meeting>["meeting"]>;
export const on = (one: Meeting): string | null => one.on;
export const codes = (one: Meeting): (string | undefined)[] => one.participants.nodes.map(({ party }) => party?.code);
// @ts-expect-error A status is not a number.
export const status = (one: Meeting): number => one.status;
`;
    await writeFile(join(home, "program.ts"), program);
    const cli = join(require.resolve("gql.tada/package.json"), "..", "bin/cli.js");
    await run([cli, "generate-output"], home);
    const { stdout } = await run([require.resolve("typescript/bin/tsc"), "-p", "."], home);
    expect(stdout).toBe("");
  });
});

async function servedSchema(): Promise<string> {
  return (await fetch(`${service.url}/schema.graphql`)).text();
}

async function ask<T>(query: string, given: object = {}): Promise<T> {
  const body = JSON.stringify({ query, variables: given });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${service.url}/graphql`, { method: "POST", headers, body });
  return ((await response.json()) as { data: T }).data;
}

/** Runs a program for Node. The output of a program that fails is part of the answer. */
async function run(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, args, { cwd }).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
}
