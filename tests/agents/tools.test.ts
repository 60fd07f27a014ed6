import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentTools } from "../../src/agents/tools.js";
import { runCommand } from "../../src/cli.js";
import { readConfig } from "../../src/config.js";
import { createLogger } from "../../src/lib/log.js";
import { serve, type Running } from "../../src/main.js";
import { blocksOf, readText } from "../docs/markdown.js";
import { copyEmbedded } from "../support/templates.js";
import { call, closeClients, overHttp, overStdio } from "./clients.js";

let folder: string;
let service: Running;
let key: string;
const clients = new Map<string, Client>();

/** A result of 8 kB; the newest version of the protocol adds some words of its own to each. */
const EIGHT_KB = 8 * 1024;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-agents-"));
  const data = join(folder, "data");
  await copyEmbedded(data);
  let made = "";
  const output = { out: (text: string) => void (made += text), err: () => undefined, isWatched: false };
  const create = ["key", "create", "--name", "test", "--scope", "EDIT", "--json", "--data-dir", data];
  expect(await runCommand(create, { ...output, environment: {} })).toBe(0);
  ({ key } = JSON.parse(made) as { key: string });
  const config = readConfig({ PORT: "0", SIDELINES_DATA_DIR: data });
  const log = createLogger({ level: "silent" });
  service = await serve(config, { log, say: () => undefined, signal: new AbortController().signal });
  clients.set("http", await overHttp(service.url));
  clients.set("http before 2026", await overHttp(service.url, "legacy"));
  clients.set("stdio", await overStdio(["--url", service.url]));
  clients.set("stdio before 2026", await overStdio(["--url", service.url], "legacy"));
});

afterAll(async () => {
  await closeClients();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const over = (name: string): Client => clients.get(name) as Client;
// Each transport with every question, and both versions of the protocol.
const transports = ["http", "stdio before 2026"];

/** Questions with answers that were worked out from the seeds by hand. */
const questions: [name: string, given: Record<string, unknown>, answer: object, words: RegExp][] = [
  [
    "search",
    { query: "Rajnath Dong Vientiane" },
    { certainty: "RECORDED", items: [{ kind: "MEETING", ref: "2024-11-20-ind-chn-vientiane", status: "HELD" }] },
    /“Rajnath Singh on Wednesday held a bilateral meeting .*” \(MENAFN, 2024-11-20\) http.*\/documents\/doc_.*#cit_/,
  ],
  [
    "last_met",
    { between: ["India", "China"], office: "DEFENCE_MINISTER" },
    {
      certainty: "RECORDED",
      coveredThrough: "2026-05-06",
      meeting: { slug: "2025-06-26-ind-chn-qingdao", on: "2025-06-26", status: "HELD" },
      contenders: [],
    },
    /later days are not known\. The record is not complete/,
  ],
  [
    "last_met",
    { between: ["Australia", "Brunei"], office: "DEFENCE_MINISTER" },
    { certainty: "NOT_RECORDED", meeting: null, contenderCount: 0 },
    /which does not mean|not recorded|no such meeting|no meeting|may have happened all the same/,
  ],
  [
    "last_met",
    { between: ["Brunei", "Indonesia"], office: "DEFENCE_MINISTER" },
    { certainty: "UNCERTAIN", meeting: null, contenderCount: 2 },
    /May count instead:/,
  ],
  [
    "first_since",
    { between: ["IND", "CHN"], day: "2024-11-01", office: "DEFENCE_MINISTER" },
    { certainty: "RECORDED", meeting: { slug: "2024-11-20-ind-chn-vientiane" } },
    /India and China defence ministers meet in Vientiane/,
  ],
  [
    "first_since_claims",
    { parties: ["India", "China"] },
    { certainty: "DISPUTED", total: 12, items: [{ verdict: "CONTRADICTED" }] },
    /CONTRADICTED: .*UNVERIFIABLE: /s,
  ],
  [
    "members_on",
    { forum: "ADMM-Plus", on: "2012-01-01" },
    { certainty: "RECORDED", total: 18, forum: "admm-plus" },
    /Australia \(AUS\): DIALOGUE_PARTNER, since 2010-10-12/,
  ],
  [
    "members_on",
    { forum: "BRICS", on: "2025-01-01" },
    { certainty: "DISPUTED", total: 21 },
    /Note: Sources disagree about Saudi Arabia\./,
  ],
  [
    "members_on",
    { forum: "BRICS", on: "2025-01-01", role: "MEMBER" },
    { certainty: "DISPUTED", total: 10 },
    /Saudi Arabia \(SAU\): .* \[DISPUTED\]\n  Conflict: .*The record follows no side/,
  ],
  [
    "members_on",
    { forum: "admm-plus", on: "2009-01-01" },
    { certainty: "NOT_RECORDED", total: 0, items: [] },
    /are recorded\.\nThe record is not complete/,
  ],
  [
    "who_held",
    { party: "India", office: "DEFENCE_MINISTER", on: "2024-11-20" },
    { certainty: "RECORDED", items: [{ holders: [{ slug: "rajnath-singh", isCertain: true, since: "2019-06-01" }] }] },
    /Defence Minister of India on 2024-11-20: Rajnath Singh\./,
  ],
  [
    "who_held",
    { party: "France", office: "DEFENCE_MINISTER", on: "2012-01-01" },
    {
      certainty: "UNCERTAIN",
      items: [{ occupancy: "UNKNOWN", holders: [{ person: "Hervé Morin", isCertain: false }] }],
    },
    /not certain, possibly Hervé Morin/,
  ],
  [
    "timeline",
    { of: "India", with: "China", from: "2024-11-01", to: "2024-11-30", kinds: ["MEETING"] },
    {
      items: [
        { kind: "MEETING", on: "2024-11-20", isExact: true, status: "HELD", ref: "2024-11-20-ind-chn-vientiane" },
      ],
    },
    /Read as India \(party IND\) and China \(party CHN\)/,
  ],
  [
    "meetings",
    { parties: ["United States", "China"], from: "2023-11-01", to: "2023-11-30", kind: "BILATERAL" },
    { certainty: "DISPUTED", items: [{ slug: "2023-11-usa-chn-woodside", isDisputed: true }] },
    /Conflict: on: .*The record follows no side/,
  ],
  [
    "document_passages",
    { document: "doc_qcotwrr32o2rdgjz", naming: "China" },
    { certainty: "RECORDED" },
    /“Rajnath Singh on Wednesday held a bilateral meeting with Chinese Defence Minister Dong Jun/,
  ],
  [
    "graphql",
    {
      query: "query($slug: String!) { meeting(slug: $slug) { on status } }",
      variables: { slug: "2024-11-20-ind-chn-vientiane" },
    },
    { data: { meeting: { on: "2024-11-20", status: "HELD" } }, errors: [] },
    /\{"meeting":\{"on":"2024-11-20","status":"HELD"\}\}/,
  ],
];

/** The expectation for the first entries of a list, and for some members of an object. */
function like(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.length === 0 ? [] : expected.map(like);
  if (typeof expected !== "object" || expected === null) return expected;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, like(value)])),
  );
}

function expectLike(actual: unknown, expected: object): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = (actual as Record<string, unknown>)[name];
    const first =
      Array.isArray(value) && value.length > 0 && Array.isArray(found) ? found.slice(0, value.length) : found;
    expect([name, first]).toEqual([name, like(value)]);
  }
}

describe.each(transports)("the official client over %s", (transport) => {
  it("lists every tool as read-only, with schemas of its input and result", async () => {
    const { tools } = await over(transport).listTools();
    expect(tools.map(({ name }) => name)).toEqual(agentTools.map(({ name }) => name));
    for (const { inputSchema, outputSchema, annotations, description } of tools) {
      expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema?.properties).toHaveProperty("certainty");
      expect(outputSchema?.properties).toHaveProperty("coverage");
      expect(annotations?.readOnlyHint).toBe(true);
      expect(description?.length).toBeGreaterThan(60);
    }
    // The list is in the context of a model as long as it talks.
    expect(JSON.stringify(tools).length).toBeLessThan(40_000);
  });

  it.each(questions)("gets the answer of %s to %j", async (name, given, answer, words) => {
    const { text, structured, isError, bytes } = await call(over(transport), name, given);
    expect({ isError, text }).toMatchObject({ isError: false });
    expectLike(structured, answer);
    expect(text).toMatch(words);
    expect(bytes).toBeLessThanOrEqual(EIGHT_KB);
  });

  it.each<[name: string, given: Record<string, unknown>, words: string]>([
    [
      "last_met",
      { between: ["Indja", "China"] },
      'NOT_FOUND: The record has no state or organization or person called "Indja". Did you mean IND (India)',
    ],
    ["last_met", { between: ["India", "Rajnath Singh"] }, "Give either parties or persons in between, not both"],
    ["last_met", { between: ["India"] }, "between"],
    ["first_since", { between: ["India", "China"] }, "Give exactly one of day, milestone and meeting."],
    ["members_on", { forum: "admm", on: "yesterday" }, "Give a day as YYYY-MM-DD"],
    ["members_on", { forum: "The Xyzzy Club" }, 'The record has no forum called "The Xyzzy Club".'],
    ["who_held", { party: "India", office: "KING" }, "office"],
    ["timeline", { of: "India", until: "2024-01-01" }, "until"],
    ["document_passages", {}, "Give exactly one of document and meeting."],
    ["document_passages", { meeting: "no-such-meeting" }, 'no meeting with the slug "no-such-meeting"'],
    ["meetings", { after: "nonsense" }, "after"],
    ["graphql", { query: "{ nope }" }, 'GRAPHQL_VALIDATION_FAILED: Cannot query field "nope"'],
    ["graphql", { query: "{" }, "GRAPHQL_PARSE_FAILED"],
    [
      "graphql",
      { query: 'mutation { withdrawRecord(input: { id: "x", reason: "y" }) { __typename } }' },
      "FORBIDDEN: This tool is read-only, but the text has a mutation.",
    ],
    [
      "graphql",
      { query: "query A { __typename } query B { __typename }" },
      "The text has 2 queries. Give exactly one.",
    ],
    [
      "graphql",
      { query: "{ meetings(first: 100) { nodes { title participants(first: 5) { nodes { id } } } } }" },
      "LIMIT_EXCEEDED: The result has",
    ],
    ["search", { query: "India", maxBytes: 100 }, "maxBytes"],
  ])("gets an error of %s for %j that says what is wrong", async (name, given, words) => {
    const { isError, text, bytes } = await call(over(transport), name, given);
    expect(isError).toBe(true);
    expect(text).toContain(words);
    expect(bytes).toBeLessThan(2_000);
  });
});

it.each(["http before 2026", "stdio"])("the official client over %s lists and calls tools", async (transport) => {
  const { tools } = await over(transport).listTools();
  expect(tools).toHaveLength(agentTools.length);
  const { structured } = await call(over(transport), "who_held", {
    party: "IND",
    office: "DEFENCE_MINISTER",
    on: "2024-11-20",
  });
  expect(structured["answer"]).toBe("Defence Minister of India on 2024-11-20: Rajnath Singh.");
});

describe("pages of a result", () => {
  it.each([
    ["timeline", { of: "India", with: "China" }, 55],
    ["meetings", { parties: ["India", "China"] }, undefined],
    ["members_on", { forum: "nato", on: "2024-01-01" }, undefined],
    ["document_passages", { meeting: "2024-11-20-ind-chn-vientiane" }, 10],
  ] as const)("of %s for %j hold every entry once, and each fits into its bytes", async (name, given, known) => {
    const seen: string[] = [];
    let after: string | null = null;
    let total = Infinity;
    do {
      const page: Awaited<ReturnType<typeof call>> = await call(over("http"), name, {
        ...given,
        maxBytes: 5_000,
        ...(after !== null && { after }),
      });
      expect(page.isError).toBe(false);
      expect(page.bytes).toBeLessThan(5_200);
      const { items, next } = page.structured as { items: object[]; next: string | null; total: number };
      ({ total } = page.structured as { total: number });
      seen.push(...items.map((item) => JSON.stringify(item)));
      expect(page.text.includes("More follows")).toBe(next !== null);
      after = next;
    } while (after !== null);
    expect(seen.length).toBe(total);
    expect(new Set(seen).size).toBe(total);
    if (known !== undefined) expect(total).toBe(known);
  });

  it("are larger if more is asked for", async () => {
    const given = { of: "India", with: "China", first: 50, maxBytes: 64_000 };
    const { bytes, structured } = await call(over("http"), "timeline", given);
    expect(bytes).toBeGreaterThan(EIGHT_KB);
    expect(structured["items"]).toHaveLength(50);
  });
});

/** Calls of tools on the page, each with the text that it shows as the result. */
function walk(): [name: string, given: Record<string, unknown>, shown: string][] {
  const blocks = blocksOf("docs/agents.md");
  return blocks.flatMap((block, index) => {
    if (block.language !== "json" || !block.text.includes('"arguments"')) return [];
    const { name, arguments: given } = JSON.parse(block.text) as { name: string; arguments: Record<string, unknown> };
    return [[name, given, blocks[index + 1]?.text ?? ""]];
  });
}

describe("docs/agents.md", () => {
  it.each(walk())("shows the text of %s for %j", async (name, given, shown) => {
    const { text } = await call(over("http"), name, given);
    expect(text.replaceAll(service.url, "http://localhost:4000")).toBe(shown.trim());
  });

  it("explains each tool, and walks through at least five questions", () => {
    const page = readText("docs/agents.md");
    expect(agentTools.filter(({ name }) => !page.includes(`| \`${name}\` |`))).toEqual([]);
    expect(walk().length).toBeGreaterThanOrEqual(5);
  });
});

it("lists the tables in /llms.txt, each of which is served", async () => {
  const text = await (await fetch(`${service.url}/llms.txt`)).text();
  const tables = [...text.matchAll(/^- \[[^\]]+\]\((http[^)]+\.csv)\): .+/gm)].map(([, address]) => address as string);
  expect(tables.length).toBeGreaterThan(10);
  const statuses = await Promise.all(tables.map(async (address) => (await fetch(address, { method: "HEAD" })).status));
  // Some are refused without a filter.
  expect(new Set(statuses).has(404)).toBe(false);
});

describe("private texts", () => {
  const text = "The zibblewick talks went on in Delhi for two days.";
  const about = {
    key: "private-report",
    kind: "NEWS_REPORT",
    publisher: "The Daily",
    language: "en",
    title: "Quillfeather report",
    access: "PRIVATE",
    text,
  };
  const read = {
    query:
      '{ search(query: "Quillfeather report", kinds: [DOCUMENT]) { nodes { match { ... on Document { title text } } } } }',
  };

  beforeAll(async () => {
    const query = "mutation($input: AddDocumentInput!) { addDocument(input: $input) { userErrors { message } } }";
    const response = await fetch(`${service.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables: { input: about } }),
    });
    expect(await response.json()).toMatchObject({ data: { addDocument: { userErrors: [] } } });
  });

  it("stay private for tools without a key", async () => {
    const [found, asked] = [
      await call(over("http"), "search", { query: "zibblewick" }),
      await call(over("http"), "graphql", read),
    ];
    expect(found.text + asked.text).not.toContain("talks went on");
    expect(asked.text).toContain('"title":"Quillfeather report","text":null');
  });

  it("are shown to the editor whose key a client sends", async () => {
    const editor = await overHttp(service.url, "auto", { authorization: `Bearer ${key}` });
    expect((await call(editor, "graphql", read)).text).toContain(text);
  });

  it("are not shown for a key that is none", async () => {
    await expect(overHttp(service.url, "legacy", { authorization: "Bearer sdl_nonsense" })).rejects.toThrow();
  });
});

it("answers from a database of its own where no service is named", async () => {
  const data = join(folder, "own");
  await copyEmbedded(data);
  const client = await overStdio(["--data-dir", data]);
  const { structured } = await call(client, "who_held", { party: "IND", office: "DEFENCE_MINISTER", on: "2024-11-20" });
  expect(structured["answer"]).toBe("Defence Minister of India on 2024-11-20: Rajnath Singh.");
});
