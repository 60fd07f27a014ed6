import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { openService, type ExportService } from "./service.js";

let seeded: Seeded;
let service: ExportService;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
  service = await openService(seeded.database);
});
afterAll(async () => {
  await service.close();
  await seeded.close();
});

type Line = Readonly<Record<string, string>>;

async function linesOf(url: string): Promise<Line[]> {
  const { statusCode, body } = await service.app.inject(url);
  expect([url, statusCode]).toEqual([url, 200]);
  return parse<Line>(body, { columns: true });
}

interface Pair {
  readonly count: number;
  readonly parties: readonly { readonly code: string; readonly __typename: string }[];
}

interface Listed {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly nodes: readonly Pair[];
}

/** The pairs of states that a connection counts, by both codes. */
async function counted(field: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let after: string | null = null;
  do {
    const from: string = after === null ? "" : `, after: ${JSON.stringify(after)}`;
    const { found }: { readonly found: Listed } = await seeded.ask<{
      found: Listed;
    }>(`{ found: ${field.replace(")", `, first: 100${from})`)} {
      pageInfo { hasNextPage endCursor } nodes { count parties { __typename code } } } }`);
    for (const { count, parties } of found.nodes)
      if (parties.every(({ __typename: type }) => type === "State"))
        counts.set(parties.map(({ code }) => code).join(" "), count);
    after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
  } while (after !== null);
  return counts;
}

/** The pairs of lines with a count above 0. */
const above = (lines: readonly Line[], column: string): Map<string, number> =>
  new Map(
    lines
      .filter((line) => line[column] !== "0")
      .map((line) => [`${line["party1"] ?? ""} ${line["party2"] ?? ""}`, Number(line[column])]),
  );

const sorted = (counts: ReadonlyMap<string, number>) => [...counts].sort();

describe("dyad-years", () => {
  it("have a row for each pair of states and year, whatever they share", async () => {
    const { rows } = await seeded.database.pool.query<{ code: string }>(
      `SELECT "code" FROM "Party" WHERE "kind" = 'STATE' ORDER BY "code" COLLATE "C"`,
    );
    const codes = rows.map(({ code }) => code);
    const expected = [2022, 2023, 2024].flatMap((year) =>
      codes.flatMap((one, index) => codes.slice(index + 1).map((other) => `${String(year)} ${one} ${other}`)),
    );
    const lines = await linesOf("/dyad-years.csv?from=2022&to=2024");
    expect(lines.map(({ year, party1, party2 }) => [year, party1, party2].join(" "))).toEqual(expected);
  });

  it("count shared memberships on the last day of the year as the matrix does, and meetings as statistics do", async () => {
    for (const year of [1995, 2024]) {
      const lines = await linesOf(`/dyad-years.csv?from=${String(year)}&to=${String(year)}`);
      const matrix = (rule: string) => counted(`jointMembershipMatrix(asOf: "${String(year)}-12-31", rule: ${rule})`);
      expect(sorted(above(lines, "jointMemberships"))).toEqual(sorted(await matrix("ANY_ROLE")));
      expect(sorted(above(lines, "jointFullMemberships"))).toEqual(sorted(await matrix("FULL_MEMBERS")));
      const during = `during: { from: "${String(year)}-01-01", to: "${String(year)}-12-31" }`;
      const met = await counted(`meetingCounts(by: [PAIR, YEAR], filter: { status: HELD, ${during} })`);
      expect(sorted(above(lines, "meetings"))).toEqual(sorted(met));
    }
    expect(above(await linesOf("/dyad-years.csv?from=2024&to=2024"), "meetings").get("CHN IND")).toBeGreaterThan(0);
    expect(above(await linesOf("/dyad-years.csv?from=2024&to=2024"), "jointFullMemberships").size).toBeGreaterThan(10);
  });

  it("are of the pairs with one party, or among several", async () => {
    const of = (lines: readonly Line[]) => lines.map(({ party1, party2 }) => [party1, party2]);
    const one = of(await linesOf("/dyad-years.csv?from=2024&to=2024&party=IND"));
    expect(one.length).toBeGreaterThan(10);
    expect(one.every((pair) => pair.includes("IND"))).toBe(true);
    const some = await linesOf("/dyad-years.csv?from=2024&to=2024&party=IND&party=CHN&party=LAO");
    expect(of(some)).toEqual([
      ["CHN", "IND"],
      ["CHN", "LAO"],
      ["IND", "LAO"],
    ]);
    expect(some[0]).toMatchObject({ party1Cow: "710", party2Cow: "750", party2Wikidata: "Q668" });
  });

  it("begin with the first year of the record and end with the current one, or that of the moment", async () => {
    const years = new Set((await linesOf("/dyad-years.csv?party=IND&party=CHN")).map(({ year }) => Number(year)));
    const { rows } = await seeded.database.pool.query<{ first: number }>(
      `SELECT extract(year FROM least((SELECT min("sinceEarliest") FROM "ForumMembership"), (SELECT min("onEarliest") FROM "Meeting")))::int AS "first"`,
    );
    const now = new Date().getUTCFullYear();
    expect(Math.min(...years)).toBe(rows[0]?.first);
    expect(Math.max(...years)).toBe(now);
    expect(years.size).toBe(now - Math.min(...years) + 1);
    expect(await linesOf("/dyad-years.csv?knownAt=1999-01-01T00:00:00Z")).toEqual([]);
    const { rows: clock } = await seeded.database.pool.query<{ now: Date }>("SELECT clock_timestamp() AS now");
    const moment = clock[0]?.now.toISOString() ?? "";
    expect(await linesOf(`/dyad-years.csv?from=2024&to=2024&knownAt=${moment}`)).toEqual(
      await linesOf("/dyad-years.csv?from=2024&to=2024"),
    );
  });

  it.each([
    ["/dyad-years.csv?from=24", 'from has to be a year such as 1970, but is "24"'],
    ["/dyad-years.csv?from=2024&to=2023", "from (2024) lies after to (2023)"],
    ["/dyad-years.csv?party=XXX", 'party has to be the code of a state of the record, but is "XXX".'],
    ["/dyad-years.csv?party=ASEAN", 'party has to be the code of a state of the record, but is "ASEAN".'],
    ["/edges.csv?status=MET", "status has to be one of UNKNOWN"],
    ["/edges.csv?party=XXX", 'party has to be the code of a state or organization of the record, but is "XXX".'],
    ["/matrix.csv?on=2024", 'on has to be a day such as 2024-11-20, but is "2024"'],
  ])("refuse %s", async (url, message) => {
    const { statusCode, body } = await service.app.inject(url);
    expect([statusCode, body]).toEqual([400, expect.stringContaining(JSON.stringify(message).slice(1, -1))]);
  });
});

describe("edges", () => {
  it("are the pairs that met, with their first and last meeting", async () => {
    const lines = await linesOf("/edges.csv");
    const seats = await linesOf("/participants.csv");
    const meetings = new Map(
      (await linesOf("/meeting-list.csv")).map((meeting) => [meeting["meeting"] ?? meeting["slug"] ?? "", meeting]),
    );
    const together = new Map<string, Set<string>>();
    for (const one of seats)
      for (const other of seats) {
        const [first = "", second = "", meeting = ""] = [one["party"], other["party"], one["meeting"]];
        if (meeting !== other["meeting"] || first >= second) continue;
        if (one["attendance"] !== "" || other["attendance"] !== "" || meetings.get(meeting)?.["status"] !== "HELD")
          continue;
        const pair = `${first} ${second}`;
        together.set(pair, (together.get(pair) ?? new Set()).add(meeting));
      }
    expect(lines.map(({ party1 = "", party2 = "" }) => `${party1} ${party2}`)).toEqual([...together.keys()].sort());
    for (const line of lines) {
      const met = [...(together.get(`${line["party1"] ?? ""} ${line["party2"] ?? ""}`) ?? [])];
      expect(Number(line["meetings"])).toBe(met.length);
      const days = met.flatMap((meeting) => meetings.get(meeting)?.["onEarliest"] || []).sort();
      expect([line["firstOnEarliest"], met]).toEqual([days[0] ?? "", expect.arrayContaining([line["firstMeeting"]])]);
      const last = met
        .flatMap((meeting) => meetings.get(meeting)?.["onLatest"] || [])
        .sort()
        .at(-1);
      expect([line["lastOnLatest"], met]).toEqual([last ?? "", expect.arrayContaining([line["lastMeeting"]])]);
    }
  });

  it("are narrowed by the parameters of meetings", async () => {
    const all = above(await linesOf("/edges.csv"), "meetings");
    const ofForum = above(await linesOf("/edges.csv?forum=admm-plus&from=2010-01-01&to=2024-12-31"), "meetings");
    expect(ofForum.size).toBeGreaterThan(0);
    for (const [pair, count] of ofForum) expect(count).toBeLessThanOrEqual(all.get(pair) ?? 0);
    const withOne = await linesOf("/edges.csv?party=IND");
    expect(withOne.length).toBeGreaterThan(0);
    expect(withOne.every(({ party1, party2 }) => party1 === "IND" || party2 === "IND")).toBe(true);
    const pair = await linesOf("/edges.csv?party=IND&party=CHN");
    expect(pair).toEqual(withOne.filter(({ party1 }) => party1 === "CHN"));
    expect(await linesOf("/edges.csv?status=EXPECTED")).not.toEqual(await linesOf("/edges.csv"));
  });
});

describe("the matrix", () => {
  it("has a row and a column for each party, and is symmetric", async () => {
    const [header = [], ...rows] = parse((await service.app.inject("/matrix.csv?on=2024-12-31")).body);
    const codes = header.slice(1);
    expect(rows.map(([code]) => code)).toEqual(codes);
    expect(codes).toEqual([...codes].sort());
    const full = above(await linesOf("/dyad-years.csv?from=2024&to=2024"), "jointFullMemberships");
    rows.forEach((row, at) => {
      row.slice(1).forEach((cell, other) => {
        expect(cell).toBe(rows[other]?.[at + 1]);
        const pair = [codes[at] ?? "", codes[other] ?? ""].sort().join(" ");
        if (full.has(pair)) expect([pair, Number(cell)]).toEqual([pair, full.get(pair)]);
      });
    });
    expect(Number(rows[codes.indexOf("IND")]?.[codes.indexOf("IND") + 1])).toBeGreaterThan(0);
  });

  it("is of the parties, the rule and the moment that are asked for", async () => {
    const of = async (query: string) => (await service.app.inject(`/matrix.csv?on=2024-12-31${query}`)).body;
    const some = await of("&party=IND&party=LAO");
    expect(some).toMatch(/^party,IND,LAO\r\nIND,\d+,\d+\r\nLAO,\d+,\d+\r\n$/);
    expect(await of("&party=IND&party=LAO&rule=ANY_ROLE")).not.toBe(some);
    expect(await of("&knownAt=1999-01-01T00:00:00Z")).toBe("party\r\n");
  });
});
