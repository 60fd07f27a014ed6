import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { getIntrospectionQuery, parse } from "graphql";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { shippedMethods } from "../../src/generated/operations.js";
import { createSafelist, readManifest, type SafelistMode } from "../../src/http/plan/safelist.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { pageOperations } from "../../src/pages/texts.js";
import type { Operation } from "../../src/sdk/operation.js";
import { buildServer } from "../../src/server.js";
import { limits } from "../support/ask.js";
import { shippedOperations } from "../support/operations.js";
import { readingPool } from "../support/pool.js";
import { listen } from "./stand.in.js";

const schema = buildExecutableSchema();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const listed = "query Listed($slug: String!) {\n  # what it is called\n  meeting(slug: $slug) { title }\n}\n";
const other = '{ meeting(slug: "x") { title } }';

const apps: FastifyInstance[] = [];
afterEach(async () => void (await Promise.all(apps.splice(0).map((app) => app.close()))));

interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly code: unknown;
  readonly sent: number;
}

async function serviceWith(mode: SafelistMode, operations: readonly string[] = [listed]) {
  let sent = 0;
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trim().split("\n")) lines.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  });
  const pool = readingPool(() => ((sent += 1), "null"));
  const app = await buildServer({
    config: { playground: false, limits: { ...limits, maxEventLoopDelayMs: 0 } },
    schema,
    safelist: { mode, operations },
    createContext: createContextFactory({
      database: { pool, namedStatements: true },
      limits,
      version: "0.0.0-test",
    }),
    answersFrom: (context) => context,
    recordVersion: () => 1,
    ready: async () => true,
    log: createLogger({ level: "warn", destination }),
  });
  apps.push(app);
  const url = `${await listen(app)}/graphql`;
  const read = async (before: number, response: Response): Promise<Answer> => {
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
    return { status: response.status, data, code: errors?.[0]?.extensions.code, sent: sent - before };
  };
  return {
    lines,
    ask: async (body: object, headers: Record<string, string> = {}) => {
      const before = sent;
      return read(
        before,
        await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        }),
      );
    },
    get: async (parameters: Record<string, string>) => {
      const before = sent;
      return read(before, await fetch(`${url}?${new URLSearchParams(parameters).toString()}`));
    },
  };
}

describe("the safelist, enforced,", () => {
  it("answers what is in it, however it is laid out, and nothing else", async () => {
    const { ask, get } = await serviceWith("enforce");
    const variables = { slug: "x" };
    expect(await ask({ query: listed, variables })).toMatchObject({ status: 200, data: { meeting: null }, sent: 1 });
    expect(await ask({ query: listed, variables })).toMatchObject({ status: 200, data: { meeting: null } });
    expect(await ask({ query: "query Listed($slug:String!){meeting(slug:$slug){title}}", variables })).toMatchObject({
      data: { meeting: null },
    });
    for (const query of [other, listed.replace("title", "slug"), `${listed} query Another { service { version } }`]) {
      for (let turn = 0; turn < 2; turn += 1) {
        expect(
          await ask({ query, variables, operationName: query.includes("Listed") ? "Listed" : undefined }),
        ).toMatchObject({ status: 200, code: "QUERY_NOT_IN_SAFELIST", sent: 0 });
        expect(await get({ query, variables: JSON.stringify(variables) })).toMatchObject({
          code: "QUERY_NOT_IN_SAFELIST",
          sent: 0,
        });
      }
    }
    expect(await ask({ query: other }, { accept: "application/graphql-response+json" })).toMatchObject({
      status: 400,
      code: "QUERY_NOT_IN_SAFELIST",
    });
  });

  it("needs no text where a hash says which it is, and keeps no other text", async () => {
    const { ask, get } = await serviceWith("enforce");
    const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });
    expect(await ask({ extensions: persisted(listed), variables: { slug: "x" } })).toMatchObject({
      data: { meeting: null },
      sent: 1,
    });
    expect(await get({ extensions: JSON.stringify(persisted(listed)), variables: '{"slug":"y"}' })).toMatchObject({
      data: { meeting: null },
    });
    expect(await ask({ extensions: persisted(other) })).toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND", sent: 0 });
    expect(await ask({ query: other, extensions: persisted(other) })).toMatchObject({
      code: "QUERY_NOT_IN_SAFELIST",
      sent: 0,
    });
    expect(await ask({ extensions: persisted(other) })).toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND", sent: 0 });
  });

  it("lets everybody ask about the schema, and nothing beside it", async () => {
    const { ask } = await serviceWith("enforce");
    expect(await ask({ query: getIntrospectionQuery() })).toMatchObject({ status: 200, code: undefined });
    expect(await ask({ query: "{ __typename }" })).toMatchObject({ data: { __typename: "Query" } });
    expect(await ask({ query: "{ __typename service { version } }" })).toMatchObject({
      code: "QUERY_NOT_IN_SAFELIST",
      sent: 0,
    });
    expect(await ask({ query: "{ __typename ...f } fragment f on Query { service { version } }" })).toMatchObject({
      code: "QUERY_NOT_IN_SAFELIST",
      sent: 0,
    });
  });
});

describe("the safelist, whatever else is in it,", () => {
  it("holds what our own pages ask", async () => {
    const { ask } = await serviceWith("enforce", []);
    for (const { text } of pageOperations)
      expect([text, (await ask({ query: text })).code]).not.toContain("QUERY_NOT_IN_SAFELIST");
    expect(pageOperations.length).toBeGreaterThan(10);
  });
});

describe("the safelist", () => {
  it("logs what is not in it, once, and answers it", async () => {
    const { ask, lines } = await serviceWith("log");
    const query = 'query Odd { meeting(slug: "secret") { title } }';
    for (let turn = 0; turn < 3; turn += 1) expect(await ask({ query })).toMatchObject({ data: { meeting: null } });
    await ask({ query: listed, variables: { slug: "x" } });
    expect(lines).toEqual([
      expect.objectContaining({ msg: "not in the safelist", sha256Hash: sha256(query), operations: ["Odd"] }),
    ]);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  it("rejects nothing where it is off; the hash of a listed document is enough", async () => {
    const { ask, lines } = await serviceWith("off");
    expect(await ask({ query: other })).toMatchObject({ data: { meeting: null } });
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(listed) } };
    expect(await ask({ extensions, variables: { slug: "x" } })).toMatchObject({ data: { meeting: null } });
    expect(lines).toEqual([]);
  });
});

describe("the manifest of the shipped operations", () => {
  const entries = readManifest("dist/operations.manifest.json");
  const documents = readManifest("dist/documents.manifest.json");
  const safelist = createSafelist([...entries, ...documents].map(({ body }) => body));

  it("holds what the client sends, and what the playground does", () => {
    const sent: string[] = [];
    const methods = shippedMethods(
      <Data, Variables>({ text }: Operation<Data, Variables>) => (sent.push(text), new Promise<Data>(() => undefined)),
    );
    for (const method of Object.values(methods) as ((variables: object) => unknown)[]) method({});
    const acts = parse(readFileSync("src/operations/acts/acts.graphql", "utf8")).definitions;
    expect(sent).toHaveLength(shippedOperations().length + acts.length);
    expect(sent.filter((text) => !safelist.has(text))).toEqual([]);
    for (const { document, text } of shippedOperations())
      expect([safelist.has(document), safelist.has(`${document.trimEnd()}\n`), safelist.has(text)]).toEqual([
        true,
        true,
        true,
      ]);
  });

  it("is in the format that other tools read: each entry is one operation, by its name", () => {
    const named = entries.map(({ body }) =>
      parse(body).definitions.flatMap((node) => ("operation" in node ? [node.name?.value] : [])),
    );
    expect(named).toEqual(entries.map(({ name }) => [name]));
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
    expect(safelist.textOf(sha256(entries[0]?.body ?? ""))).toBe(entries[0]?.body);
  });
});

describe("a manifest of one's own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sidelines-manifest-"));
  afterAll(() => rm(folder, { recursive: true }));
  const written = async (content: unknown): Promise<string> => {
    const path = join(folder, "manifest.json");
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const apollo = (operations: readonly object[]) => ({
    format: "apollo-persisted-query-manifest",
    version: 1,
    operations,
  });

  it("is read in both formats", async () => {
    expect(readManifest(await written({ [sha256(listed)]: listed }))).toEqual([{ name: sha256(listed), body: listed }]);
    expect(
      readManifest(await written(apollo([{ id: sha256(listed), name: "Listed", type: "query", body: listed }]))),
    ).toEqual([{ name: "Listed", body: listed }]);
  });

  it.each([
    ["no JSON", "{", /cannot be read/],
    ["another format", { format: "other", operations: [] }, /is no manifest of operations/],
    ["a wrong hash", { [sha256("x")]: listed }, /is not the SHA-256 of its text/],
    ["an invalid document", { [sha256("{")]: "{" }, /is no GraphQL document/],
  ])("is refused where it is %s", async (_what, content, reason) => {
    const path = await written(content);
    expect(() => readManifest(path)).toThrow(reason);
  });

  it("is refused where it is not there", () => {
    expect(() => readManifest(join(folder, "nowhere.json"))).toThrow(/nowhere\.json cannot be read/);
  });
});
