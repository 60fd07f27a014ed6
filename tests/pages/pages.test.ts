import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getOperationAST, parse, validate } from "graphql";
import * as operations from "../../src/generated/pages.js";
import { makeId } from "../../src/lib/ids.js";
import { SEARCH_BOX_ADDRESS } from "../../src/pages/search.box.js";
import { createOperationScale } from "../../src/limits/operation.limits.js";
import { openService, schema, type ExportService } from "../exports/service.js";
import { limits } from "../support/ask.js";
import { editorOf } from "../support/editors.js";
import { keeperOf, type Keeper } from "../support/keeper.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const DOCUMENT = "doc_qcotwrr32o2rdgjz";
const MEETING = "2024-11-20-ind-chn-vientiane";
const HOSTILE = `<img src=x onerror="alert(1)">'&`;

let seeded: Seeded;
let service: ExportService;
let keeper: Keeper;
/** The moment before anything below was changed. */
let before: string;

beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
  keeper = keeperOf(seeded);
  await keeper.correct(
    "A name that is hostile.",
    `UPDATE "Forum" SET "description" = '${HOSTILE.replaceAll("'", "''")}' WHERE "slug" = 'quad'`,
  );
  ({ before } = await keeper.moments());
  service = await openService(seeded.database);
});
afterAll(async () => {
  await service.close();
  await seeded.close();
});

interface Visited {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** The visible text, on one line. */
  readonly text: string;
}

async function visit(url: string, headers: Record<string, string> = {}): Promise<Visited> {
  const { statusCode, headers: answered, body } = await service.app.inject({ url, headers });
  const [, main = body] = /<main[^>]*>([^]*)<\/main>/.exec(body) ?? [];
  const text = main
    .replace(/<\/(p|li|t[dhr]|h\d|d[td]|div|caption|section|text|title|desc)>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
  return { status: statusCode, headers: answered, body, text };
}

/** A page, also where another address leads to it. */
async function follow(url: string): Promise<Visited> {
  const visited = await visit(url);
  const { location } = visited.headers;
  return typeof location === "string" ? visit(location.split("#")[0] ?? "") : visited;
}

/** Every address that a page leads to within the service. */
function linksOf(body: string): string[] {
  return [...body.matchAll(/<a [^>]*?href="(\/[^"]*)"/g)].map(([, address]) =>
    (address as string).replaceAll("&amp;", "&"),
  );
}

const pages = [
  "/documents",
  `/documents/${DOCUMENT}`,
  "/meetings",
  "/meetings?party=IND&party=CHN&status=HELD",
  "/meetings?topic=cyber",
  "/statements",
  "/commitments",
  "/commitments?party=JPN&status=AGREED&dueFrom=2020-01-01",
  "/visits",
  "/visits?party=USA&country=VNM&status=MADE",
  "/statements?party=CHN&topic=taiwan",
  `/meetings/${MEETING}`,
  "/persons",
  "/persons/rajnath-singh",
  "/states",
  "/states/IND",
  "/organizations/ASEAN",
  "/forums",
  "/forums/brics",
  "/offices?on=2023-11-15",
  "/pairs",
  "/pairs/IND-CHN",
  "/matrix?on=2024-11-20",
  "/statistics",
  "/statistics?party=IND",
  "/matrix/changes?from=2023-12-31&to=2024-12-31",
  "/matrix/changes?from=2023-12-31&to=2024-12-31&party=IND&party=EGY",
  "/ledger?party=IND&party=CHN",
  `/timeline?of=${DOCUMENT}`,
  "/gaps?of=sta_aelleeud5xsw2wrf",
  "/claims",
  "/claims?party=IND&party=CHN",
  "/conflicts",
  "/conflicts?subject=MEETING&open=yes",
  "/milestones",
  "/search",
  "/search?q=singh",
  "/search?q=Vientinae",
];

describe("every page", () => {
  it.each(pages)(
    "%s is whole: one heading, a description, its one address, no script but that of the search box, and light",
    async (url) => {
      const { status, headers, body } = await visit(url);
      expect(status).toBe(200);
      expect(headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(headers["content-security-policy"]).toMatch(/^default-src 'none'.*form-action 'self'.*style-src 'sha256-/);
      expect(headers["cache-control"]).toBe("public, no-cache");
      expect(body.match(/<h1[ >]/g)).toHaveLength(1);
      expect(body).toMatch(/<meta name="description" content="[^"]{20,}">/);
      const [, canonical = "none"] = /<link rel="canonical" href="(http:\/\/[^"]+)">/.exec(body) ?? [];
      expect(body).toContain(`<meta property="og:url" content="${canonical}">`);
      const [, title = "none"] = /<title>(.*?) · Sidelines<\/title>/.exec(body) ?? [];
      expect(body).toContain(`<meta property="og:title" content="${title}">`);
      expect(body.match(/<script[^>]*>/g)).toEqual([`<script src="${SEARCH_BOX_ADDRESS}" defer>`]);
      expect(body).not.toMatch(/ style="| on[a-z]+="/);
      expect(body.length).toBeLessThan(100_000);
      const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      const anchors = [...body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
      expect(anchors.filter((id) => !ids.includes(id))).toEqual([]);
    },
  );

  it("leads only to pages that are there, at places that are there", async () => {
    const found = new Set<string>();
    for (const url of pages) {
      const links = linksOf((await visit(url)).body);
      // Of the sources of a page a few: each is looked up on its own.
      const isSource = (link: string): boolean => link.startsWith("/records/");
      for (const link of [...links.filter((one) => !isSource(one)), ...links.filter(isSource).slice(0, 3)])
        found.add(link);
    }
    const wanted = [...found].filter(
      (link) =>
        !/^\/(playground|map|desk|schema\.graphql|meetings\.|corrections|search)/.test(link) &&
        !/\.(ics|atom|jsonld|csv|jsonl|bib|csl\.json)$/.test(link),
    );
    const citing = [...found].filter((link) => /\.(bib|csl\.json)$/.test(link));
    expect(citing.length).toBeGreaterThan(3);
    for (const file of citing) expect([file, (await visit(file)).status]).toEqual([file, 200]);
    const tables = [...found].filter((link) => /^\/[a-z-]+\.(csv|jsonl)$/.test(link));
    expect(tables).toEqual(expect.arrayContaining(["/statements.csv", "/persons.jsonl", "/meeting-list.csv"]));
    for (const table of tables) expect([table, (await visit(table)).status]).toEqual([table, 200]);
    expect(wanted.length).toBeGreaterThan(300);
    const bodies = new Map<string, string>();
    const broken: string[] = [];
    for (const link of wanted) {
      const [path = "", anchor] = link.split("#");
      const page = bodies.get(path) ?? (await follow(path)).body;
      bodies.set(path, page);
      if (
        !page.includes("<main") ||
        page.includes("<h1>No such ") ||
        (anchor !== undefined && !page.includes(` id="${anchor}"`))
      )
        broken.push(link);
    }
    expect(broken).toEqual([]);
  });

  it("is not sent again to who has it, until the record changes", async () => {
    const first = await visit("/forums/asean");
    const again = await visit("/forums/asean", { "if-none-match": String(first.headers["etag"]) });
    expect([again.status, again.body]).toEqual([304, ""]);
    await keeper.correct(
      "Spelling",
      `UPDATE "Forum" SET "description" = 'Ten states, then eleven.' WHERE "slug" = 'asean'`,
    );
    await expect
      .poll(async () => (await visit("/forums/asean", { "if-none-match": String(first.headers["etag"]) })).status)
      .toBe(200);
    expect((await visit("/forums/asean")).text).toContain("Ten states, then eleven.");
  });

  it("names its one address by the host it came by, and nothing hostile of it", async () => {
    expect((await visit("/states/IND", { host: "sidelines.example" })).body).toContain(
      `<link rel="canonical" href="http://sidelines.example/states/IND">`,
    );
    expect((await visit("/states/IND", { host: `"><script>` })).body).not.toContain("<script>");
  });

  it("is answered to HEAD and compressed for who can read it", async () => {
    expect((await service.app.inject({ method: "HEAD", url: "/states/IND" })).statusCode).toBe(200);
    const { rawPayload } = await service.app.inject({ url: "/states/IND", headers: { "accept-encoding": "gzip" } });
    expect(gunzipSync(rawPayload).toString()).toContain("<h1>India");
  });
});

describe("a client with a budget", () => {
  it("is charged for its reads, one point for cached ones, and is rejected when the limit is used up", async () => {
    const poor = await openService(seeded.database, {
      config: { limits: { ...limits, maxEventLoopDelayMs: 0, pointsPerHour: 400 } },
    });
    const get = (url: string) => poor.app.inject({ url, remoteAddress: "203.0.113.9" });
    const first = await get("/forums");
    expect(first.statusCode).toBe(200);
    const left = ({ headers }: typeof first) => Number(/r=(\d+)/.exec(String(headers["ratelimit"]))?.[1]);
    const before = left(first);
    expect(before).toBeLessThan(400);
    expect(left(await get("/forums"))).toBe(before - 1);
    expect((await get("/search?q=singh")).statusCode).toBe(200);
    const refused = await get("/search?q=dong");
    expect([refused.statusCode, refused.headers["cache-control"]]).toEqual([429, "no-store"]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.body).toContain("<h1>Too many requests</h1>");
    await poor.close();
  });
});

describe("the operations of the pages", () => {
  const all = Object.values(operations);
  it.each(all.map((operation) => [operation.name, operation] as const))(
    "%s is valid and keeps the limits that the service starts with, also as of a moment",
    (_, { text }) => {
      const document = parse(text);
      expect(validate(schema, document)).toEqual([]);
      const operation = getOperationAST(document);
      if (!operation) throw new Error("no operation");
      const asks = (name: string) =>
        operation.variableDefinitions?.some(({ variable }) => variable.name.value === name) ?? false;
      // The worst that a page asks for: the longest list, a pair, and a question of many words.
      const variables = {
        ...(asks("first") && { first: 50 }),
        ...(asks("of") && { of: "sta_aelleeud5xsw2wrf" }),
        ...(asks("with") && { with: "sta_mrfpb3aqmkqk54bf" }),
        ...(asks("query") && { query: "India and China ministers of defence meeting beside a summit in New Delhi" }),
        ...(asks("kinds") && { kinds: ["MEETING"] }),
      };
      for (const moment of [{}, { knownAt: "2026-01-01T00:00:00Z" }]) {
        const asked = { document, operation, variables: { ...variables, ...moment } };
        expect(createOperationScale(schema, limits).admit(asked)).toBeDefined();
      }
    },
  );

  it("are shown with their variables and lead into the playground", async () => {
    const { body, text } = await visit(`/meetings/${MEETING}`);
    expect(text).toContain("query MeetingPage(");
    const link = linksOf(body).find((address) => address.startsWith("/playground?")) ?? "";
    const parameters = new URL(link, "http://localhost").searchParams;
    expect(parameters.get("query")).toBe(operations.meetingPage.text);
    expect(JSON.parse(parameters.get("variables") ?? "") as unknown).toEqual({ slug: MEETING });
  });

  it("are all answered without a fault as they are shown", async () => {
    const asked = new Map<string, string>();
    for (const url of [
      ...pages,
      "/matrix/changes",
      "/matrix/changes?to=2018-12-31",
      `/documents/${DOCUMENT}?knownAt=${before}`,
    ]) {
      for (const link of linksOf((await visit(url)).body)) if (link.startsWith("/playground?")) asked.set(link, url);
    }
    expect(asked.size).toBeGreaterThan(35);
    for (const [link, url] of asked) {
      const { searchParams } = new URL(link, "http://localhost");
      const payload = {
        query: searchParams.get("query"),
        variables: JSON.parse(searchParams.get("variables") ?? "") as unknown,
      };
      const answer = await service.app.inject({ method: "POST", url: "/graphql", payload });
      expect([url, answer.statusCode, answer.json<{ errors?: unknown }>().errors]).toEqual([url, 200, undefined]);
    }
  });

  it.each([
    [`/documents/${DOCUMENT}`, ["DocumentPage"]],
    ["/forums/brics", ["ForumPage", "PageGaps"]],
    ["/pairs/IND-CHN", ["PairPage", "PairTimeline", "PairOfPersons", "PageGaps"]],
    ["/matrix?on=2024-11-20", ["MatrixPage", "MatrixPicture"]],
  ])("of %s are all shown, each with its way into the playground", async (url, names) => {
    const asked = linksOf((await visit(url)).body)
      .filter((link) => link.startsWith("/playground?"))
      .map((link) => new URL(link, "http://localhost").searchParams.get("query") ?? "");
    expect(asked.map((text) => getOperationAST(parse(text))?.name?.value)).toEqual(names);
  });
});

describe("a document", () => {
  it("has its text letter by letter, with every passage leading to what it supports", async () => {
    const { body } = await visit(`/documents/${DOCUMENT}`);
    const { document } = await seeded.ask<{ document: { text: string; citations: { totalCount: number } } }>(
      `{ document(id: "${DOCUMENT}") { text citations { totalCount } } }`,
    );
    const [, shown = ""] = /<div class="text"[^>]*>([^]*?)<\/div>/.exec(body) ?? [];
    const letters = shown
      .replace(/<sup>.*?<\/sup>/g, "")
      .replace(/<[^>]*>/g, "")
      .replaceAll("&#39;", "'")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
    expect(letters).toBe(document.text);
    expect([...shown.matchAll(/<i id="cit_/g)]).toHaveLength(document.citations.totalCount);
    const entries = [...body.matchAll(/<li id="p(\d+)">(.*?)<\/ul><\/li>/gs)].map(
      ([, number, entry]) => [number, entry] as const,
    );
    expect(entries).toHaveLength(77);
    const dong = entries.find(([, entry]) => entry?.includes("<q>Chinese Defence Minister Dong Jun</q>"))?.[1] ?? "";
    expect(linksOf(dong)).toEqual(
      expect.arrayContaining([
        "/persons/dong-jun",
        expect.stringMatching(/^\/states\/CHN#ofc_/) as unknown,
        expect.stringMatching(/^\/persons\/dong-jun#ten_/) as unknown,
      ]),
    );
  });

  it("in another language says so of its title, wherever that stands", async () => {
    const { documents } = await seeded.ask<{
      documents: { nodes: { id: string; language: string; titleIsOurs: boolean }[] };
    }>(`{ documents(first: 100) { nodes { id language titleIsOurs } } }`);
    const { id } = documents.nodes.find(({ language, titleIsOurs }) => language === "id" && !titleIsOurs) ?? { id: "" };
    const { body, text } = await visit(`/documents/${id}`);
    expect(body).toContain('<h1 lang="id">');
    expect(text).toContain("Language Indonesian");
    expect((await visit("/documents")).body).toMatch(/<a href="\/documents\/doc_[a-z2-7]{16}" lang="(id|pt|ru)">/);
    expect((await visit(`/documents/${DOCUMENT}`)).body).not.toMatch(/<(h1|q|div class="text") lang=/);
  });

  it("without a text gives locations instead", async () => {
    const { documents } = await seeded.ask<{
      documents: { nodes: { id: string; text: string | null; citations: { nodes: { id: string }[] } }[] };
    }>(`{ documents(first: 5) { nodes { id text citations(first: 1) { nodes { id } } } } }`);
    const without = documents.nodes.find(({ text, citations }) => text === null && citations.nodes.length > 0);
    const { text, body } = await visit(`/documents/${without?.id ?? ""}`);
    expect(text).toContain("The record does not hold this source’s text.");
    expect(body).toContain(`<li id="${without?.citations.nodes[0]?.id ?? ""}">`);
  });
});

describe("a meeting", () => {
  it("shows participants, status reports and sources", async () => {
    const { text, body } = await visit(`/meetings/${MEETING}`);
    expect(text).toContain("India and China defence ministers meet in Vientiane");
    expect(text).toContain("held · 20 November 2024");
    expect(text).toMatch(
      /India Rajnath Singh[\d, ]* Defence Minister ?in office on that day, according to the record Principal/,
    );
    expect(text).toMatch(
      /is said to be the first since Standoff in eastern Ladakh begins \(2020\), at the level of the same offices\.\d+ Contradicted by the record\. They had met in between: India and China defence ministers meet in New Delhi \(27 April 2023\)\./,
    );
    expect(text).toMatch(
      /at the level of the same persons\.\d+ Contradicted by the record\. Not all of them attended India and China defence ministers meet in New Delhi/,
    );
    expect(text).toContain("Undecided. The record is inconclusive because the day that it counts from is not known.");
    expect(body).toContain(
      `<link rel="alternate" type="application/ld+json" title="This meeting as linked data (JSON-LD)" href="/meetings/${MEETING}.jsonld">`,
    );
    expect(text).toContain(
      "Rajnath Singh on Wednesday held a bilateral meeting with Chinese Defence Minister Dong Jun",
    );
    const linked = await visit(`/meetings/${MEETING}.jsonld`);
    expect(linked.headers["content-type"]).toContain("application/ld+json");
  });

  it("that is expected and has no report says so, and has unnamed seats", async () => {
    const { meetings } = await seeded.ask<{ meetings: { nodes: { slug: string }[] } }>(
      `{ meetings(filter: { status: EXPECTED }, first: 1) { nodes { slug } } }`,
    );
    const { text } = await visit(`/meetings/${meetings.nodes[0]?.slug ?? ""}`);
    expect(text).toMatch(/expected, (no report since|day unknown)/);
  });

  it("that was declined says so, and that its day is not known", async () => {
    expect((await visit("/meetings/2024-11-usa-chn-vientiane-declined")).text).toContain(
      "declined by one side · day unknown",
    );
  });
});

describe("a forum", () => {
  it("draws who belonged to it as what, hatches what is disputed, and lets unknown starts fade", async () => {
    const { body } = await visit("/forums/brics");
    const [, chart = ""] = /<svg class="wide-svg"([^]*?)<\/svg>/.exec(body) ?? [];
    expect(chart).toContain('<title id="chart-title">Members of BRICS over time</title>');
    const bars = [...chart.matchAll(/<g><title>(.*?)<\/title>(.*?)<\/g>/gs)].map(
      ([, title, drawn]) => [title, drawn] as const,
    );
    expect(bars).toHaveLength(23);
    const drawn = (title: string) => bars.find(([name]) => name === title)?.[1] ?? "";
    expect(drawn("Saudi Arabia: Member, disputed, since 2024-01-01")).toContain('fill="url(#disputed)"');
    expect(drawn("Brazil: Member, since 2009-06-16")).not.toContain("url(#disputed)");
    expect(drawn("Nigeria: Partner country, start unknown, attested 2025-07")).toContain('fill="url(#fade-in)"');
    expect(drawn("Brazil: Member, since 2009-06-16")).not.toContain("url(#fade-in)");
    expect(drawn("Argentina: Invited, since 2023-08-24, until 2023-12")).toContain('fill="url(#role-INVITED)"');
  });

  it("says the same in a table, and both sides of what sources disagree about", async () => {
    const { text } = await visit("/forums/brics");
    expect(text).toMatch(/Nigeria Partner country start unknown, attested in July 2025/);
    expect(text).toMatch(/Saudi Arabia Member disputed since 1 January 2024/);
    expect(text).toMatch(
      /full member since 2024-01-01.*no answer given to the invitation.*open The record takes no side\./,
    );
  });

  it("says how high its sessions were represented, as far as seats are known", async () => {
    const { text } = await visit("/forums/admm-plus");
    expect(text).toMatch(/11th ASEAN Defence Ministers' Meeting-Plus ?21 November 2024 0 1 2 0 0 1 /);
    expect((await visit("/forums/quad")).text).not.toContain("Level of representation");
  });

  it("says who belonged to it on a day, by role, and is asked for by a form that knows no names", async () => {
    expect((await visit("/forums/brics?on=2023-12-31")).text).toContain(
      "Member (5) Brazil, China, India, Russia, South Africa Partner country (2) perhaps Nigeria, perhaps Vietnam Membership over time",
    );
    expect((await visit("/forums/brics?on=2023-12-15")).text).toContain(
      "Invited (1) perhaps Argentina Membership over time",
    );
    expect((await visit("/forums/brics?on=2024-11-20")).text).toMatch(
      /Membership on 20 November 2024 .*Member \(10\) .*Saudi Arabia disputed/,
    );
    expect((await visit("/forums/asean?on=1900-01-01")).text).toContain(
      "No known members on that day. Memberships that the record does not hold may have been in force.",
    );
    const asked = await visit("/forums?forum=brics&on=2024-11-20");
    expect([asked.status, asked.headers["location"]]).toEqual([302, "/forums/brics?on=2024-11-20#on-the-day"]);
  });

  it("without memberships does not say that it has none", async () => {
    expect((await visit("/forums/shangri-la-dialogue")).text).toContain(
      "The record holds no memberships. There may be some that it does not know.",
    );
  });
});

describe("gaps", () => {
  it("is said of a pair, a forum, a party and a person, one by one", async () => {
    for (const url of ["/pairs/IND-CHN", "/forums/brics", "/states/IND", "/persons/rajnath-singh"])
      expect((await visit(url)).text, url).toContain("Gaps in the record");
    expect((await visit("/forums/brics")).text).toContain("Memberships without a start date: 2");
    const [address = ""] = linksOf((await visit("/forums/brics")).body).filter((link) =>
      link.endsWith("kind=MEMBERSHIP_WITHOUT_START"),
    );
    const { body, text } = await visit(address);
    expect(text).toMatch(/^Gaps · memberships without a start date Gaps in the record BRICS · all kinds of gaps /);
    expect([...body.matchAll(/No source in the record says since when/g)]).toHaveLength(2);
    expect((await visit("/gaps?of=sta_aelleeud5xsw2wrf&with=sta_mrfpb3aqmkqk54bf")).text).toContain(
      "The record holds no account by China of",
    );
    const { text: in2021 } = await visit(
      "/gaps?of=sta_aelleeud5xsw2wrf&with=sta_mrfpb3aqmkqk54bf&from=2021-01-01&to=2021-12-31",
    );
    expect(in2021).toContain(
      "The record holds no meeting of India and China from 1 January 2021 to 31 December 2021 that was held",
    );
    expect(in2021).not.toContain("The record holds no account by China of");
    expect((await visit("/gaps?of=doc_aaaaaaaaaaaaaaaa")).status).toBe(404);
  });
});

describe("statistics", () => {
  it("count meetings by year and pair as the record holds them", async () => {
    const { meetings } = await seeded.ask<{ meetings: { totalCount: number } }>(
      `{ meetings(filter: { parties: ["IND", "CHN"] }) { totalCount } }`,
    );
    const { text } = await visit("/statistics?party=IND");
    expect(text).toMatch(
      new RegExp(`China and India ${String(meetings.totalCount)} |India and China ${String(meetings.totalCount)} `),
    );
    expect(text).toContain("It is not complete");
    expect((await visit("/statistics?party=LAO&party=BOL")).text).toContain("No meetings in the record.");
  });
});

describe("offices", () => {
  it("on a day have holders or vacancies", async () => {
    const { text } = await visit("/offices?on=2023-11-15&kind=DEFENCE_MINISTER");
    expect(text).toContain("Office holders on 15 November 2023");
    expect(text).toMatch(/Defence Minister China vacant, according to the record/);
    expect(text).toMatch(/Defence Minister India Rajnath Singh since/);
    expect((await visit("/offices?on=2024-01-15&kind=DEFENCE_MINISTER")).text).toMatch(
      /Defence Minister China Dong Jun since 29 December 2023/,
    );
    expect((await visit("/offices?kind=KING")).status).toBe(400);
  });

  it("of a state list vacancies", async () => {
    expect((await visit("/states/CHN")).text).toMatch(
      /No known holder from 24 October 2023 until 29 December 2023: the office was vacant, or the record lacks the holder\./,
    );
  });

  it("are compared with the participants of meetings", async () => {
    expect((await visit(`/meetings/${MEETING}`)).text).toMatch(
      /Defence Minister ?in office on that day, according to the record/,
    );
  });
});

describe("a pair", () => {
  it("says when they last met at each level, and draws when they did", async () => {
    const { text, body } = await visit("/pairs/IND-CHN");
    expect(text).toMatch(
      /^Pair India and China India · China Last met: India and China defence ministers meet in Qingdao \(26 June 2025\)\. /,
    );
    expect(text).toMatch(
      /The same offices defence ministers India and China defence ministers meet in Qingdao \(26 June 2025\)/,
    );
    expect(text).toMatch(
      /The same rank leaders: heads of state and of government Narendra Modi and Xi Jinping meet [^(]*\(\d+ \w+ 202\d\)/,
    );
    expect(text).toContain("The same offices chiefs of defence no recorded meeting");
    expect(text).toMatch(
      /The same persons Rajnath Singh and Dong Jun, the last known defence ministers India and China defence ministers meet in Qingdao/,
    );
    const [, chart = ""] = /<svg class="wide-svg"([^]*?)<\/svg>/.exec(body) ?? [];
    expect([...chart.matchAll(/class="sign held"/g)]).toHaveLength(8);
    expect(chart).toContain("Standoff in eastern Ladakh begins");
    expect(body).toMatch(/href="\/meetings\.csv\?party=IND&amp;party=CHN"/);
  });

  it("lists what happened in order, at the first day that it can mean, and what has no day at the end", async () => {
    const { text, body } = await visit("/pairs/IND-CHN");
    const [, list = ""] = /.*Events in order(.*?)Announcements and outcomes/.exec(text) ?? [];
    expect(list).toMatch(
      /2020 ?Border clashes between India and China 2020 ?Standoff in eastern Ladakh begins 4 September 2020 ?India and China defence ministers meet in Moscow \(held\)/,
    );
    expect(list).toMatch(/day unknown ?Disengagement agreements day unknown ?Disengagement agreements \(announced\) $/);
    const { timeline } = await seeded.ask<{ timeline: { totalCount: number } }>(
      `{ timeline(of: "sta_aelleeud5xsw2wrf", with: "sta_mrfpb3aqmkqk54bf", kinds: [MILESTONE, VISIT, MEETING, COMMITMENT, AGREEMENT, ACTIVITY]) { totalCount } }`,
    );
    const [, rows = ""] = /<h2 id="happened">([^]*?)<\/ul>/.exec(body) ?? [];
    expect([...rows.matchAll(/<li>/g)]).toHaveLength(timeline.totalCount);
    expect(rows).toMatch(new RegExp(`href="/meetings/${MEETING}#cmt_`));
  });

  it("sums up the claims about a meeting, and shows those of several sources once", async () => {
    const { text, body } = await visit("/pairs/IND-CHN");
    const { firstSinceClaims } = await seeded.ask<{
      firstSinceClaims: { nodes: { id: string; verdict: string; meeting: { slug: string } }[] };
    }>(`{ firstSinceClaims(parties: ["IND", "CHN"], first: 20) { nodes { id verdict meeting { slug } } } }`);
    const about = firstSinceClaims.nodes.filter(({ meeting }) => meeting.slug === MEETING);
    const of = (verdict: string): string => String(about.filter((one) => one.verdict === verdict).length);
    expect(text).toContain(
      `is called the first of its kind in ${String(about.length)} claims: the record supports ${of("SUPPORTED")}, contradicts ${of("CONTRADICTED")} and cannot decide ${of("UNVERIFIABLE")}.`,
    );
    for (const { id } of firstSinceClaims.nodes) expect(body.split(`id="${id}"`)).toHaveLength(2);
    expect(body.match(/is said to be the first/g)?.length).toBeLessThan(firstSinceClaims.nodes.length);
  });

  it("begins with a list of its sections, each of which exists", async () => {
    const { body } = await visit("/pairs/IND-CHN");
    const [, list = ""] = /<nav class="on-page"[^>]*>([^]*?)<\/nav>/.exec(body) ?? [];
    const ids = [...list.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id as string);
    expect(ids.length).toBeGreaterThan(5);
    for (const id of ids) expect(body).toContain(`<h2 id="${id}">`);
    expect((await visit("/search")).body).not.toContain('class="on-page"');
  });

  it("offers its calendar for subscription", async () => {
    const { body } = await visit("/pairs/IND-CHN");
    expect(body).toMatch(
      /href="webcal:\/\/localhost[^"]*\/meetings\.ics\?party=(IND&amp;party=CHN|CHN&amp;party=IND)"/,
    );
  });

  it.each([
    ["/meetings", "Meetings"],
    ["/meetings?party=IND&party=CHN", "Meetings of India and China"],
    ["/meetings?party=IND&party=CHN&party=USA&status=HELD", "Meetings of India, China and 1 more (held)"],
    ["/meetings?forum=admm-plus", "Sessions of ASEAN Defence Ministers' Meeting-Plus"],
    [
      "/meetings?onSidelinesOf=admm-plus&from=2024-01-01",
      "Meetings on the sidelines of ASEAN Defence Ministers' Meeting-Plus (from 1 January 2024)",
    ],
    ["/meetings?person=rajnath-singh&kind=BILATERAL", "Meetings of Rajnath Singh (bilateral meeting)"],
  ])("%s is titled by what it lists", async (url, title) => {
    const { text, body } = await visit(url);
    expect(text.startsWith(`${title} Planned and held`)).toBe(true);
    expect(body).toContain(`<title>${title.replaceAll("'", "&#39;")} · Sidelines</title>`);
  });

  it("draws what was declined as declined", async () => {
    const { body } = await visit("/pairs/USA-CHN");
    expect(body).toMatch(/sought and declined, day unknown: declined by one side<\/title>.*class="sign lost"/);
  });

  it("of which the record holds no meeting does not say that there was none", async () => {
    const { text } = await visit("/pairs/BRA-JPN");
    expect(text).toContain("The record holds no meeting of the two. There may be some that it does not know.");
    expect(text).toContain(
      "The record holds no meeting of the two that was held, excluding sessions of forums. There may be some that it does not know.",
    );
  });

  it("has one address whichever comes first, and is found by two codes", async () => {
    expect((await visit("/pairs/IND-CHN")).body).toContain('/pairs/CHN-IND">');
    const found = await visit("/pairs?one=ind&other=CHN");
    expect([found.status, found.headers["location"]]).toEqual([302, "/pairs/IND-CHN"]);
    expect((await visit("/pairs?one=IND&other=IND")).status).toBe(400);
    const unknown = await visit("/pairs/IND-XXX");
    expect([
      unknown.status,
      unknown.text.startsWith(
        "No such state or organization in the record The record holds no state or organization called XXX.",
      ),
    ]).toEqual([404, true]);
    expect(unknown.body).toMatch(/name="one"[^>]* value="IND".*name="other"[^>]* value="XXX"/);
    expect((await visit("/pairs/IND")).status).toBe(404);
  });
});

describe("the matrix", () => {
  it("counts shared forums on a day by either rule", async () => {
    const any = await visit("/matrix?on=2024-11-20&rule=ANY_ROLE");
    expect(any.text).toContain("273 pairs of parties shared at least one forum on 20 November 2024");
    expect(any.text).toMatch(/China and India 4 ADMM-Plus, ASEAN, BRICS, SCO|India and China 4/);
    const full = await visit("/matrix?on=2024-11-20&rule=FULL_MEMBERS");
    expect(full.text).toMatch(/Roles other than full membership do not count\./);
    expect(full.text).not.toContain("273 pairs");
  });

  it("of a day before all forums is empty, and says that this may be ours", async () => {
    expect((await visit("/matrix?on=1900-01-01")).text).toContain(
      "0 pairs of parties shared at least one forum on 1 January 1900; any role counts. No known shared memberships.",
    );
  });

  it.each([
    "/matrix?on=2024-02-30",
    "/matrix?on=yesterday",
    "/matrix?rule=SOME",
    "/matrix/changes?from=2025-01-01&to=2024-01-01",
    "/matrix/changes?party=IND",
    "/conflicts?subject=PERSON",
    "/conflicts?open=maybe",
    "/ledger",
    "/ledger?party=IND",
    "/timeline",
    "/gaps",
    "/gaps?of=x&kind=NONE",
    "/gaps?of=sta_aelleeud5xsw2wrf&from=2025-01-01&to=2024-01-01",
    "/meetings?colour=red",
    "/meetings?from=2025-01-01&to=2024-01-01",
    "/meetings?kind=PARTY",
    "/meetings?after=x",
    "/documents?kind=POEM",
    "/forums/brics?knownAt=soon",
    "/forums/brics?knownAt=2100-01-01T00:00:00Z",
  ])("%s is refused with the reason", async (url) => {
    const { status, text } = await visit(url);
    expect(status).toBe(400);
    expect(text).toMatch(/^This address cannot be used .{20,}/);
  });
});

describe("changes between two days", () => {
  it("of two parties are listed by forum, with their roles on both days", async () => {
    const { text } = await visit("/matrix/changes?from=2023-12-31&to=2024-12-31&party=IND&party=EGY");
    expect(text).toContain("Changes between 31 December 2023 and 31 December 2024");
    expect(text).toMatch(
      /IND and EGY: 1 forum; any role counts\. .*BRICS gained not shared Egypt: memberIndia: member/,
    );
    expect((await visit("/matrix/changes?from=2024-12-31&to=2024-12-31&party=IND&party=EGY")).text).toContain(
      "EGY: no recorded changes",
    );
  });

  it("of all pairs are sorted by number, and follow the rule", async () => {
    const { text, body } = await visit("/matrix/changes?from=2023-12-31&to=2024-01-01&rule=FULL_MEMBERS");
    expect(text).toMatch(/Pairs of parties whose shared forums changed; both full members/);
    expect(text).toMatch(/Brazil and Egypt 0 1 BRICS /);
    expect(body).toContain('value="FULL_MEMBERS" checked');
  });

  it("leads from the matrix and the pair, and without a first day reaches back until something changed", async () => {
    // There was no change within a year before; India and others became members of the SCO on 9 June 2017.
    const { text, body } = await visit("/matrix/changes?to=2018-12-31&rule=FULL_MEMBERS");
    expect(text).toMatch(
      /^Matrix · Changes Changes between 31 December 2016 and 31 December 2018 .*The record holds no change within the year before 31 December 2018, so this page goes back 2 years\. Pairs of parties whose shared forums changed/,
    );
    const asked = new URL(linksOf(body).find((link) => link.startsWith("/playground?")) ?? "", "http://localhost")
      .searchParams;
    expect(JSON.parse(asked.get("variables") ?? "")).toMatchObject({ from: "2016-12-31", to: "2018-12-31" });
    expect((await visit("/matrix/changes?to=1900-01-01")).text).toContain(
      "The record holds no change within the 100 years before 1 January 1900.",
    );
    expect(linksOf((await visit("/pairs/IND-CHN?on=2024-02-29")).body)).toContain(
      "/matrix/changes?party=IND&party=CHN&to=2024-02-29",
    );
    expect((await visit("/matrix/changes?to=2024-02-29")).text).toContain(
      "between 28 February 2023 and 29 February 2024",
    );
    expect((await visit("/matrix/changes")).text).not.toContain("No recorded changes");
  });
});

describe("conflicts", () => {
  it("are filtered by kind of record, field and status", async () => {
    const count = async (url: string): Promise<number> =>
      Number(/(\d+) conflicts?\./.exec((await visit(url)).text)?.[1]);
    const all = await count("/conflicts");
    expect(await count("/conflicts?field=status")).toBe(2);
    expect((await count("/conflicts?open=yes")) + (await count("/conflicts?open=no"))).toBe(all);
    expect(
      (await count("/conflicts?subject=MEETING")) +
        (await count("/conflicts?subject=FORUM")) +
        (await count("/conflicts?subject=MEMBERSHIP")),
    ).toBe(all);
    expect((await visit("/conflicts?subject=MEETING")).body).toContain(
      '<option value="MEETING" selected>meetings</option>',
    );
  });
});

describe("lists that are cut", () => {
  it("lead to the whole ledger", async () => {
    const { body, text } = await visit("/states/IND");
    const total = Number(/The first 10 of (\d+)\. The whole ledger/.exec(text)?.[1]);
    const [address = ""] = linksOf(body).filter((link) => link.startsWith("/ledger"));
    const whole = (await visit(address)).body;
    expect([...whole.matchAll(/<tr><th scope="row"><a href="\/meetings\//g)]).toHaveLength(total);
    expect((await visit("/ledger?party=IND&party=CHN")).text).toMatch(
      /^Ledger Announcements and outcomes India and China · \d+ meetings Meetings: \d+ held; /,
    );
    expect((await visit("/ledger?of=per_aaaaaaaaaaaaaaaa")).status).toBe(404);
  });

  it("lead to the whole timeline, of a source as well", async () => {
    const { body, text } = await visit(`/documents/${DOCUMENT}`);
    expect(text).toMatch(/Events it reports, in order Earliest first.*The first 20 of \d+\. The whole timeline/);
    const whole = await visit(`/timeline?of=${DOCUMENT}`);
    expect(linksOf(body)).toContain(`/timeline?of=${DOCUMENT}`);
    const total = Number(/The first 20 of (\d+)\./.exec(text)?.[1]);
    const walked = [...whole.body.matchAll(/<li><span class="when">/g)].length;
    const next = linksOf(whole.body).find((link) => link.includes("after="));
    expect(
      walked + (next === undefined ? 0 : [...(await visit(next)).body.matchAll(/<li><span class="when">/g)].length),
    ).toBe(total);
    expect((await visit("/timeline?of=sta_aelleeud5xsw2wrf&with=sta_mrfpb3aqmkqk54bf")).text).toContain(
      "India and China · ",
    );
  });

  it("go on by a cursor in the address and lead back to their beginning", async () => {
    await keeper.correct(
      "More journeys.",
      `INSERT INTO "Visit" ("id", "key", "personId", "from", "fromEarliest", "fromLatest", "purpose")
       SELECT 'vis_aaaaaaaaaaaaaaa' || letter, 'test/' || letter, (SELECT "id" FROM "Person" WHERE "slug" = 'gen-nakatani'), '2001-01-01', '2001-01-01', '2001-01-01', 'Journey ' || letter FROM unnest(string_to_array('a,b,c,d,e,f,g', ',')) AS letter`,
    );
    const journeys = (text: string): string[] =>
      [...text.matchAll(/Journey ([a-g])/g)].map(([, letter]) => letter as string);
    await expect.poll(async () => journeys((await visit("/persons/gen-nakatani")).text)).toHaveLength(5);
    const first = await visit("/persons/gen-nakatani");
    const next = linksOf(first.body).find((link) => link.includes("visits=")) ?? "";
    expect(next).toMatch(/^\/persons\/gen-nakatani\?visits=[^#]+#visits$/);
    const second = await visit(next.split("#")[0] ?? "");
    expect([...journeys(first.text), ...journeys(second.text)].sort()).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
    expect(linksOf(second.body)).toContain("/persons/gen-nakatani#visits");
  });
});

describe("a search", () => {
  it("marks the words that were found, where they stand", async () => {
    const { body, text } = await visit("/search?q=SINGH+rajn%C3%A1t");
    expect(text).toMatch(/results for SINGH rajnát, best matches first\. Person Rajnath Singh /);
    expect(body).toContain('<a href="/persons/rajnath-singh"><mark>Rajnath</mark> <mark>Singh</mark></a>');
  });

  it("leads from a passage to its place in the document and to the record that it supports", async () => {
    const { body, text } = await visit("/search?q=roadmap+mutual+trust&kind=PASSAGE");
    expect(text).toContain(
      "1 result for roadmap mutual trust among the passages, best matches first. Passage Defence Minister Rajnath Singh meets Chinese counterpart Dong Jun in Vientiane",
    );
    expect(body).toContain(
      "<q>Both sides agreed to work together towards a <mark>roadmap</mark> for rebuilding <mark>mutual</mark> <mark>trust</mark> and understanding.</q>",
    );
    const [passage = ""] = linksOf(body).filter((link) => link.startsWith("/records/"));
    const [subject] = linksOf(body).filter((link) => link.includes("#") && !link.startsWith("#"));
    const { location } = (await visit(passage)).headers;
    expect(location).toBe(`/documents/${DOCUMENT}#${passage.split("/").at(-1) ?? ""}`);
    expect((await visit(`/documents/${DOCUMENT}`)).body).toContain(`<i id="${passage.split("/").at(-1) ?? ""}"></i>`);
    expect(subject).toMatch(new RegExp(`^/meetings/${MEETING}#cmt_`));
  });

  it("looks for one kind only, if that is asked for, by a plain form that keeps the words", async () => {
    const { body, text } = await visit("/search?q=singh&kind=PERSON");
    expect(text).toContain("1 result for singh among the persons");
    expect(body).toContain('<input type="hidden" name="q" value="singh">');
    expect(body).toContain('<option value="PERSON" selected>persons</option>');
    expect(body).toMatch(/<link rel="canonical" href="[^"]*\/search\?q=singh&amp;kind=PERSON">/);
    expect((await visit("/search?q=singh&kind=")).text).toContain(" results for singh, best matches first.");
    const refused = await visit("/search?q=singh&kind=%3Cb%3E");
    expect([refused.status, refused.body.includes("but is “&lt;b&gt;”")]).toEqual([400, true]);
  });

  it("says when a meeting was and who published a source", async () => {
    expect((await visit("/search?q=vientiane&kind=MEETING")).text).toMatch(
      /India and China defence ministers meet in Vientiane ?20 November 2024/,
    );
    expect((await visit("/search?q=singh&kind=DOCUMENT")).text).toMatch(
      /border demarcation ?[A-Z][\w ]+, \d+ \w+ \d{4}/,
    );
  });

  it("asks what was meant where nothing has the words themselves", async () => {
    const { body, text } = await visit("/search?q=Vientinae");
    expect(text).toMatch(/No results with the exact words Vientinae\. Did you mean Place /);
    expect(body).toContain("Bilateral meeting of India and the Philippines in <mark>Vientiane</mark>");
    const nothing = (await visit("/search?q=qqqq")).text;
    expect(nothing).toContain("No results for qqqq.");
    expect(nothing).not.toContain("Did you mean");
  });

  it("marks letters, not halves of them, and takes no title for markup", async () => {
    await keeper.correct(
      "A title with signs.",
      `UPDATE "Document" SET "title" = '🤝🤝 <b>Handclasp</b> & "more"' WHERE "id" = 'doc_h4f2bi7k35aq56fb'`,
    );
    await expect
      .poll(async () => (await visit("/search?q=handclasp")).body)
      .toContain(
        '<a href="/documents/doc_h4f2bi7k35aq56fb">🤝🤝 &lt;b&gt;<mark>Handclasp</mark>&lt;/b&gt; &amp; &quot;more&quot;</a>',
      );
    expect((await visit(`/search?q=${encodeURIComponent(`handclasp "><script>`)}`)).body).not.toContain("<script>");
  });
});

describe("the suggestions of the search box", () => {
  const suggest = async (query: string): Promise<unknown> =>
    JSON.parse((await visit(`/suggestions?${query}`)).body) as unknown;

  it("are names that begin so, with their kind and page, and days", async () => {
    expect(await suggest("q=rajna")).toEqual([
      { kind: "Person", label: "Rajnath Singh", address: "/persons/rajnath-singh" },
    ]);
    expect(await suggest("q=2024-11-2")).toContainEqual({
      kind: "Meetings",
      label: "20 November 2024",
      address: "/search?q=2024-11-20",
    });
    expect(await suggest("q=qqqq")).toEqual([]);
    expect(await suggest("q=")).toEqual([]);
  });

  it("are those of a moment, and lead to its pages", async () => {
    expect(await suggest("q=rajna&knownAt=2001-01-01T00:00:00Z")).toEqual([]);
  });

  it("come as JSON, and the script under an address that never changes", async () => {
    const { headers } = await visit("/suggestions?q=rajna");
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    const script = await visit(SEARCH_BOX_ADDRESS);
    expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(script.headers["cache-control"]).toContain("immutable");
  });
});

describe("an unknown name", () => {
  it.each([
    ["/persons/singh", "/persons/rajnath-singh"],
    ["/forums/shangri-la", "/forums/shangri-la-dialogue"],
    ["/states/Inida", "/states/IND"],
  ])("%s suggests %s", async (url, suggested) => {
    const { status, body } = await visit(url);
    expect(status).toBe(404);
    expect(linksOf(body)).toContain(suggested);
  });

  it.each([
    "/meetings/none-of-this",
    "/documents/doc_aaaaaaaaaaaaaaaa",
    "/records/x",
    "/organizations/NONE",
    "/persons/%3Cscript%3E",
  ])("%s is a page that says so", async (url) => {
    const { status, body, text } = await visit(url);
    expect([status, text.startsWith("No such ")]).toEqual([404, true]);
    expect(body).not.toContain("<script>");
  });

  it("is not confused with a file: exports keep their addresses", async () => {
    expect((await visit("/meetings/nothing.jsonld")).headers["content-type"]).toContain("application/json");
    expect((await visit("/forums/brics.ics")).headers["content-type"]).toContain("text/calendar");
  });
});

describe("a party that is asked for", () => {
  it.each([
    ["/pairs?one=India&other=united+states", "/pairs/IND-USA"],
    ["/pairs?one=asean&other=chn", "/pairs/ASEAN-CHN"],
    ["/statistics?party=india", "/statistics?party=IND"],
    ["/meetings?status=HELD&party=India,+China", "/meetings?status=HELD&party=IND&party=CHN"],
    ["/claims?party=ind+chn", "/claims?party=IND&party=CHN"],
    ["/ledger?party=India&party=China", "/ledger?party=IND&party=CHN"],
    [
      "/matrix/changes?from=2023-12-31&to=2024-12-31&party=India,+Egypt",
      "/matrix/changes?from=2023-12-31&to=2024-12-31&party=IND&party=EGY",
    ],
  ])("by its name or in small letters at %s leads to %s", async (url, to) => {
    const { status, headers } = await visit(url);
    expect([status, headers["location"]]).toEqual([302, to]);
  });

  it.each([
    "/pairs?one=Kora&other=IND",
    "/statistics?party=Kora",
    "/meetings?status=HELD&party=IND,+Kora",
    "/claims?party=Kora",
    "/ledger?party=IND&party=Kora",
    "/matrix/changes?party=IND,+Kora",
  ])("and an unknown party is said at %s, with what may have been meant and what was typed", async (url) => {
    const { status, text, body } = await visit(url);
    expect([status, text.includes("We don’t know a state or organization called “Kora”")]).toEqual([400, true]);
    expect(text).toContain("Did you mean State South Korea");
    expect(
      linksOf(body).find((link) => link.includes("KOR") && link.startsWith(`${url.split("?")[0] ?? ""}?`)),
    ).toBeDefined();
    for (const [name, value] of new URL(url, "http://localhost").searchParams)
      expect(body).toContain(`name="${name}" value="${value}"`);
  });

  it("differs from a party without meetings", async () => {
    expect((await visit("/meetings?party=BOL")).text).toContain(
      "0 meetings. There may be some that the record does not know.",
    );
  });
});

describe("an address that cannot be used", () => {
  it("keeps what was typed for another try, and leads on", async () => {
    const { body, text } = await visit("/matrix?on=2024-13-01&rule=FULL_MEMBERS");
    expect(text).toContain("“on” must be a day such as 2024-11-20, but is “2024-13-01”.");
    expect(body).toContain(
      '<form class="ask" action="/matrix"><label>Date <input name="on" value="2024-13-01" maxlength="200"></label><label>Memberships <input name="rule" value="FULL_MEMBERS" maxlength="200"></label>',
    );
    expect(linksOf(body)).toEqual(
      expect.arrayContaining(["/matrix", "/meetings", "/persons", "/states", "/forums", "/documents"]),
    );
  });

  it("asks for no cursor once more, and shows nothing hostile", async () => {
    const { body, text } = await visit("/meetings?after=zzz");
    expect(body).not.toContain('name="after"');
    expect(text).toContain("Go to the first page");
    expect(
      (await visit(`/meetings?colour=${encodeURIComponent(HOSTILE)}&${encodeURIComponent(HOSTILE)}=1`)).body,
    ).not.toMatch(/<img|onerror="/);
  });

  it("that is nowhere is a page for people and an answer for programs", async () => {
    const page = await visit("/nowhere/at/<all>", { accept: "text/html,application/xhtml+xml" });
    expect([page.status, page.text.startsWith("Page not found There is no page at /nowhere/at/")]).toEqual([404, true]);
    expect(page.body).not.toContain("<all>");
    expect((await visit("/nowhere", { accept: "application/json" })).headers["content-type"]).toContain(
      "application/json",
    );
  });
});

describe("other addresses of a record", () => {
  it("lead to its own: ids, codes in small letters, the other kind of party", async () => {
    const { meeting } = await seeded.ask<{ meeting: { id: string; participants: { nodes: { id: string }[] } } }>(
      `{ meeting(slug: "${MEETING}") { id participants(first: 1) { nodes { id } } } }`,
    );
    const to = async (url: string) => (await visit(url)).headers["location"];
    expect(await to(`/records/${meeting.id}`)).toBe(`/meetings/${MEETING}`);
    expect(await to(`/records/${meeting.participants.nodes[0]?.id ?? ""}`)).toBe(
      `/meetings/${MEETING}#${meeting.participants.nodes[0]?.id ?? ""}`,
    );
    expect(await to(`/meetings/${meeting.id}`)).toBe(`/meetings/${MEETING}`);
    expect(await to("/states/ind")).toBe("/states/IND");
    expect(await to("/states/ASEAN")).toBe("/organizations/ASEAN");
    expect(await to("/organizations/IND?knownAt=2001-01-01T00:00:00Z")).toBeUndefined();
  });

  it("lead to all fields of a record that no other page shows", async () => {
    const { meeting } = await seeded.ask<{
      meeting: { place: { id: string; city: string; country: { id: string; name: string } } };
    }>(`{ meeting(slug: "${MEETING}") { place { id city country { id name } } } }`);
    const { id, city, country } = meeting.place;
    const { status, body } = await visit(`/records/${id}`);
    expect(status).toBe(200);
    expect(body).toContain(`${city}</dd>`);
    expect(body).toContain(`<dt>Country</dt><dd><a href="/records/${country.id}">${country.name}</a></dd>`);
    const changes = linksOf(body).find((link) => link === `/corrections?of=${id}`);
    expect((await visit(changes ?? "")).status).toBe(200);
  });

  it("lead to the one that stands for both after a merge", async () => {
    const twice = makeId("per", "dong-twice");
    await keeper.correct(
      "A second spelling.",
      `INSERT INTO "Person" ("id", "slug", "name") VALUES ('${twice}', 'dong-twice', 'Dong Chun')`,
      `INSERT INTO "PersonName" ("personId", "text", "kind") VALUES ('${twice}', 'Dong Chun', 'PRIMARY')`,
      `INSERT INTO "Citation" ("id", "key", "documentId", "personId", "locator") SELECT '${makeId("cit", "dong-twice")}', 'dong-twice', "id", '${twice}', 'p. 1' FROM "Document" ORDER BY "id" LIMIT 1`,
    );
    await expect.poll(async () => (await visit("/persons/dong-twice")).status).toBe(200);
    await keeper.merge("One and the same minister.", "Person", "dong-twice", "dong-jun");
    await expect.poll(async () => (await visit("/persons/dong-twice")).status).toBe(301);
    expect((await visit("/persons/dong-twice")).headers["location"]).toBe("/persons/dong-jun");
    expect((await visit(`/records/${twice}`)).headers["location"]).toBe("/persons/dong-jun");
  });
});

describe("as it was known", () => {
  it("shows the record of that moment, says so, and leads on within it", async () => {
    await keeper.correct(
      "A better title.",
      `UPDATE "Meeting" SET "title" = 'Delegation-level talks' WHERE "slug" = '${MEETING}'`,
    );
    await expect.poll(async () => (await visit(`/meetings/${MEETING}`)).text).toContain("Delegation-level talks");
    const { text, body } = await visit(`/meetings/${MEETING}?knownAt=${before}`);
    expect(text).toMatch(/^This page shows the record as of .*\. See the current version\./);
    expect(text).toContain("India and China defence ministers meet in Vientiane");
    expect(
      linksOf(body)
        .filter((link) => /^\/persons\//.test(link))
        .every((link) => link.includes(`knownAt=${encodeURIComponent(before)}`)),
    ).toBe(true);
    expect((await visit("/forums/brics?knownAt=2001-01-01T00:00:00Z")).status).toBe(404);
  });
});

describe("stored text", () => {
  it("is text, wherever it stands", async () => {
    const quoted = HOSTILE.replaceAll("'", "''");
    await keeper.correct(
      "Hostile names.",
      `UPDATE "Person" SET "name" = '${quoted}' WHERE "slug" = 'rajnath-singh'`,
      `UPDATE "Party" SET "name" = '${quoted}' WHERE "code" = 'CHN'`,
      `UPDATE "Meeting" SET "title" = '${quoted}', "note" = '${quoted}' WHERE "slug" = '${MEETING}'`,
      `UPDATE "Document" SET "title" = '${quoted}', "publisher" = '${quoted}', "url" = 'https://example.org/"><script>' WHERE "id" = '${DOCUMENT}'`,
      `UPDATE "Milestone" SET "label" = '${quoted}'`,
    );
    await expect.poll(async () => (await visit("/states/CHN")).text).toContain(HOSTILE);
    for (const url of [
      ...pages,
      "/states/CHN",
      "/forums/quad",
      `/search?q=${encodeURIComponent(HOSTILE)}`,
      `/persons/${encodeURIComponent(HOSTILE)}`,
    ]) {
      const { body } = await visit(url);
      expect(body, url).not.toMatch(/<img|<script>|onerror="/);
    }
    expect((await visit(`/meetings/${MEETING}`)).text).toContain(HOSTILE);
  });

  it("leads nowhere but onto the web", async () => {
    await keeper.correct(
      "A hostile address.",
      `UPDATE "Citation" SET "locator" = 'javascript:alert(1)' WHERE "quote" IS NULL`,
    );
    await expect.poll(async () => (await visit("/forums/brics")).text).toContain("javascript:alert(1)");
    for (const url of ["/forums/brics", "/documents", `/meetings/${MEETING}`])
      expect((await visit(url)).body).not.toMatch(/href="(?!https?:|webcal:\/\/localhost|\/|#|data:image\/svg)/);
  });

  it("of a draft is not shown", async () => {
    const editor = editorOf(seeded.database);
    const { userErrors } = await editor.act("recordMilestone", {
      key: "a-draft",
      label: "Only a draft",
      draft: true,
      cite: [{ document: "usni-2024-11-21-china-declines-austin", locator: "p. 1" }],
      parties: ["IND"],
    });
    expect(userErrors).toEqual([]);
    const { milestones } = await editor.ask<{ milestones: { nodes: { label: string }[] } }>(
      `{ milestones(first: 100) { nodes { label } } }`,
    );
    expect(milestones.nodes.map(({ label }) => label)).toContain("Only a draft");
    for (const url of ["/milestones", "/pairs/IND-CHN", "/search?q=only+a+draft"])
      expect(
        (await visit(`${url}${url.includes("?") ? "&" : "?"}after=`)).body.replace(
          /value="[^"]*"|<q>[^<]*<\/q>|<title>[^<]*<\/title>/g,
          "",
        ),
      ).not.toMatch(/only a draft/i);
  });
});
