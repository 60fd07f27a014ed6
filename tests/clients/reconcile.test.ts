import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { createLogger } from "../../src/lib/log.js";
import { serve, type Running } from "../../src/main.js";
import { copyEmbedded } from "../support/templates.js";

// Requests in the shapes that OpenRefine sends: the manifest by GET, batches of queries as a form, suggestions and
// previews by GET.

let folder: string;
let service: Running;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-reconcile-"));
  await copyEmbedded(join(folder, "data"));
  const config = readConfig({
    PORT: "0",
    SIDELINES_DATA_DIR: join(folder, "data"),
  });
  const log = createLogger({ level: "silent" });
  service = await serve(config, { log, say: () => undefined, signal: new AbortController().signal });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly score: number;
  readonly match: boolean;
  readonly type: { id: string; name: string }[];
}
type Results = Readonly<Record<string, { readonly result: readonly Candidate[] }>>;

/** Sends as OpenRefine does, again while a busy machine sheds load. */
async function send(path: string, options: RequestInit = {}): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    const response = await fetch(`${service.url}${path}`, options);
    if (response.status !== 503 || tries === 20) return response;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const post = (queries: unknown, more: Record<string, string> = {}): Promise<Response> =>
  send("/reconcile", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded; charset=UTF-8", ...more },
    body: new URLSearchParams({ queries: typeof queries === "string" ? queries : JSON.stringify(queries) }).toString(),
  });
const reconcile = async (queries: object): Promise<Results> => (await (await post(queries)).json()) as Results;

describe("the reconciliation service", () => {
  it("has a manifest, which pages of any origin may read", async () => {
    const response = await send("/reconcile", { headers: { origin: "https://reconcile.example" } });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    const manifest = (await response.json()) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      versions: ["0.1", "0.2"],
      identifierSpace: `${service.url}/records/`,
      defaultTypes: expect.arrayContaining([{ id: "Person", name: "Person" }]) as unknown,
      view: { url: `${service.url}/records/{{id}}` },
      batchSize: 10,
    });
    expect(typeof manifest["name"]).toBe("string");
    expect(typeof manifest["schemaSpace"]).toBe("string");
  });

  it("matches a batch of names with persons, parties and forums", async () => {
    const results = await reconcile({
      q0: { query: "Rajnath Singh", type: "Person", type_strict: "should", limit: 3 },
      q1: { query: "Burma", type: "State" },
      q2: { query: "ASEAN Defence Ministers' Meeting-Plus", type: "Forum", properties: [] },
      q3: { query: "Atlantis of the Deep" },
      q4: { query: "WIKIDATA:Q668" },
      q5: { query: "India", properties: [{ pid: "WIKIDATA", v: "Q668" }] },
    });
    expect(Object.keys(results)).toEqual(["q0", "q1", "q2", "q3", "q4", "q5"]);
    const best = (name: string): Candidate | undefined => results[name]?.result[0];
    expect(best("q0")).toMatchObject({ name: "Rajnath Singh", match: true, type: [{ id: "Person", name: "Person" }] });
    expect(best("q1")).toMatchObject({ name: "Myanmar", match: true, score: 100 });
    expect(best("q2")).toMatchObject({ match: true, type: [{ id: "Forum" }] });
    expect(results["q3"]?.result.filter(({ match }) => match)).toEqual([]);
    expect(best("q4")).toMatchObject({ name: "India", match: true });
    expect(best("q5")).toMatchObject({ name: "India", match: true });
    expect(results["q0"]?.result.length).toBeLessThanOrEqual(3);
    const preview = await send(`/reconcile/preview?id=${best("q0")?.id ?? ""}`);
    expect(preview.headers.get("content-type")).toContain("text/html");
    expect(await preview.text()).toContain("Rajnath Singh</a>");
    expect((await send(`/records/${best("q0")?.id ?? ""}`)).status).toBe(200);
  });

  it("takes no match that a property contradicts", async () => {
    const asked = (state: string) => ({
      query: "Rajnath Singh",
      type: "Person",
      properties: [{ pid: "state", v: state }],
    });
    const results = await reconcile({ india: asked("IND"), china: asked("CHN"), named: asked("India") });
    expect(results["india"]?.result[0]?.match).toBe(true);
    expect(results["named"]?.result[0]?.match).toBe(true);
    expect(results["china"]?.result.filter(({ match }) => match)).toEqual([]);
  });

  it("answers queries by GET, and the single query of version 0.1", async () => {
    const queries = new URLSearchParams({ queries: JSON.stringify({ q0: { query: "India", type: "State" } }) });
    const byGet = (await (await send(`/reconcile?${queries.toString()}`)).json()) as Results;
    expect(byGet["q0"]?.result[0]).toMatchObject({ name: "India", match: true });
    const single = (await (await send("/reconcile?query=India")).json()) as Results[string];
    expect(single.result[0]).toMatchObject({ name: "India" });
  });

  it("suggests records, types and properties while one types", async () => {
    const suggested = async (of: string, prefix: string) =>
      (await (await send(`/reconcile/suggest/${of}?${new URLSearchParams({ prefix }).toString()}`)).json()) as {
        result: { id: string; name: string }[];
      };
    expect((await suggested("entity", "Rajn")).result.map(({ name }) => name)).toContain("Rajnath Singh");
    expect((await suggested("type", "per")).result).toEqual([{ id: "Person", name: "Person" }]);
    expect((await suggested("property", "wikid")).result).toMatchObject([{ id: "WIKIDATA" }]);
    expect((await suggested("entity", "")).result).toEqual([]);
  });

  it.each<[what: string, queries: unknown, words: string]>([
    [
      "too many queries",
      Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`q${String(n)}`, { query: "x" }])),
      "at most 10",
    ],
    ["queries that are not JSON", "{", "must be a JSON object"],
    ["a query that is too long", { q0: { query: "x".repeat(201) } }, "q0.query"],
  ])("refuses %s", async (_what, queries, words) => {
    const response = await post(queries);
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(errors[0]?.message).toContain(words);
  });

  it("charges each request to its client", async () => {
    const remaining = async (queries: object): Promise<number> => {
      // Requests of the machine itself are not counted; those that a proxy forwards are.
      const { headers } = await post(queries, { "x-forwarded-for": "192.0.2.7" });
      return Number(/r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1]);
    };
    const one = { query: "India", type: "State" };
    const before = await remaining({ q0: one });
    const afterOne = await remaining({ q0: one });
    const afterThree = await remaining({ q0: one, q1: one, q2: one });
    expect(before - afterOne).toBeGreaterThan(0);
    expect(afterOne - afterThree).toBeGreaterThan(before - afterOne);
  });

  it("has no preview of what is no record", async () => {
    expect((await send("/reconcile/preview?id=per_nobody")).status).toBe(404);
  });
});
