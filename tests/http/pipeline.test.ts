import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { createPipeline, STAGES, type StageName, type Stages } from "../../src/http/pipeline.js";
import { Refusal } from "../../src/http/refusal.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits as usual } from "../support/ask.js";
import { readingPool } from "../support/pool.js";
import { acceptAll, listen } from "../server/stand.in.js";

/** A busy machine is late for everything; that is not tested here. */
const limits = { ...usual, maxEventLoopDelayMs: 0, pointsPerHour: 0 };

interface Step {
  readonly kind: string;
  readonly stage: StageName;
}

describe("the stages of a request", () => {
  let app: FastifyInstance;
  let url: string;
  const steps: Step[] = [];
  const record = (step: unknown): void => void steps.push(step as Step);

  beforeAll(async () => {
    const pool = readingPool(() => '{"totalCount":0,"nodes":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}');
    const database = { pool, namedStatements: true };
    app = await buildServer({
      config: { playground: false, limits },
      schema: buildExecutableSchema(),
      createContext: createContextFactory({ database, limits, version: "0.0.0-test" }),
      authenticate: acceptAll,
      answersFrom: (context) => context,
      exportsFrom: (context) => context,
      recordVersion: () => 1,
      ready: async () => true,
      log: createLogger({ level: "silent" }),
    });
    url = await listen(app);
    subscribe("sidelines.request.stage", record);
  });
  afterAll(async () => {
    unsubscribe("sidelines.request.stage", record);
    await app.close();
  });

  /** The stages that a request passes, by the kind of the pipeline. */
  async function stagesOf(path: string, init: RequestInit = {}): Promise<Record<string, readonly StageName[]>> {
    steps.length = 0;
    await (await fetch(`${url}${path}`, init)).text();
    const kinds = new Map<string, StageName[]>();
    for (const { kind, stage } of steps) kinds.set(kind, [...(kinds.get(kind) ?? []), stage]);
    return Object.fromEntries(kinds);
  }

  const post = (query: string, headers: Record<string, string> = {}): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  const query = "{ meetings { totalCount } }";
  const untilCache: readonly StageName[] = ["parse", "authenticate", "limit", "cache"];
  const withoutCredential: readonly StageName[] = STAGES.filter((stage) => stage !== "authenticate");

  it("are all of them for GraphQL by POST with a credential, and for the first request without one", async () => {
    expect(await stagesOf("/graphql", post(query, { authorization: "Bearer x" }))).toEqual({ graphql: STAGES });
    // The fast path leaves an operation that is not prepared to the route.
    expect(await stagesOf("/graphql", post("{ forums { totalCount } }"))).toEqual({
      "fast path": ["parse", "limit", "cache", "plan", "respond"],
      graphql: STAGES,
    });
  });

  it("are fewer on the fast path: a cache hit ends it, and a prepared operation is executed without a credential", async () => {
    await stagesOf("/graphql", post(query));
    expect(await stagesOf("/graphql", post(query))).toEqual({ "fast path": ["parse", "limit", "cache", "respond"] });
    const other = JSON.stringify({ query, variables: { other: true } });
    expect(await stagesOf("/graphql", { ...post(query), body: other })).toEqual({ "fast path": withoutCredential });
  });

  it("are the same for GraphQL by GET, up to a cache hit", async () => {
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    expect(await stagesOf(path)).toEqual({ graphql: STAGES });
    expect(await stagesOf(path)).toEqual({ graphql: [...untilCache, "respond"] });
  });

  it("are the same for an event stream", async () => {
    const subscription = post("subscription { recordChanged { id } }", { accept: "text/event-stream" });
    expect(await stagesOf("/graphql", subscription)).toEqual({ graphql: STAGES });
  });

  it.each([
    ["a page", "/meetings", "page", ["parse", "limit", "cache", "execute", "respond"]],
    ["the first page", "/", "home page", ["limit", "execute", "respond"]],
    ["the page of corrections", "/corrections", "corrections page", ["parse", "limit", "execute", "respond"]],
    ["an export", "/meetings.csv", "export", [...untilCache, "execute", "respond"]],
  ])("are fewer for %s", async (_what, path, kind, expected) => {
    expect(await stagesOf(path)).toEqual({ [kind]: expected });
  });

  it("end early for a refusal, which is the response", async () => {
    expect(await stagesOf("/graphql", { ...post(query, { authorization: "Bearer x" }), body: "{" })).toEqual({
      graphql: ["parse", "respond"],
    });
  });
});

describe("a pipeline", () => {
  interface Passed {
    readonly stages: StageName[];
    released: number;
  }
  const pass = (stage: StageName) => (request: Passed) => {
    request.stages.push(stage);
    return undefined;
  };
  const stages: Stages<Passed, string, string> = {
    // Declared in another order than they run.
    respond: (request, outcome) => {
      request.stages.push("respond");
      return outcome instanceof Refusal ? `refused: ${outcome.message}` : outcome;
    },
    execute: (request) => {
      request.stages.push("execute");
      return "done";
    },
    plan: pass("plan"),
    cache: pass("cache"),
    limit: pass("limit"),
    authenticate: async (request) => pass("authenticate")(request),
    parse: pass("parse"),
    refusalOf: (error) => new Refusal(500, "INTERNAL_SERVER_ERROR", (error as Error).message),
    release: (request) => void (request.released += 1),
  };
  const passed = (): Passed => ({ stages: [], released: 0 });

  it("runs its stages in the one order, however they are declared", async () => {
    const request = passed();
    expect(await createPipeline("test", stages)(request)).toBe("done");
    expect(request).toEqual({ stages: STAGES, released: 1 });
  });

  it("makes a refusal of an error, and releases after the response all the same", async () => {
    const request = passed();
    const failing = { ...stages, limit: () => Promise.reject(new Error("broken")) };
    expect(await createPipeline("test", failing)(request)).toBe("refused: broken");
    expect(request).toEqual({ stages: ["parse", "authenticate", "respond"], released: 1 });
  });

  it("reports stages that all pass the request on", async () => {
    const silent = { ...stages, execute: () => undefined };
    const run = async (): Promise<string> => createPipeline("test", silent)(passed());
    await expect(run()).rejects.toThrow("No stage of the test pipeline");
  });
});

describe("the folders of src/http", () => {
  it.each(STAGES)("hold the stage %s, and there is a test of it", (stage) => {
    const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
    expect(existsSync(at(`src/http/${stage}`)), `src/http/${stage}`).toBe(true);
    expect(existsSync(at(`tests/http/${stage}.test.ts`)), `tests/http/${stage}.test.ts`).toBe(true);
  });
});
