import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { parsePartialDate } from "../../src/lib/partial-dates.js";
import { importPack } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { removeFolders, writePack } from "../support/packs.js";

const days = {
  "on-the-day": "2024-05-13",
  "some-day": "2024-05-12/2024-05-14",
  "next-day": "2024-05-14",
  month: "2024-05~",
  perhaps: "2024-05-13?",
  earlier: "2024-05-11",
};

interface Page {
  readonly meetings: {
    readonly nodes: readonly { readonly slug: string; readonly on: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

const pack = {
  "x.yaml": `documents:
  - {key: page, kind: OFFICIAL_PAGE, title: Page, publisher: P, language: en, url: "https://example.org/"}
states:
  - {code: AAA, name: Alpha, cite: [page]}
  - {code: BBB, name: Beta, cite: [page]}
places:
  - {key: AAA/alpha-city, city: Alpha City, state: AAA}
  - {key: BBB/beta-city, city: Beta City, state: BBB}
meetings:
${Object.entries(days)
  .map(
    ([slug, on]) => `  - slug: ${slug}
    title: ${slug}
    kind: BILATERAL
    on: "${on}"
    cite: [page]
    participants: [{party: AAA, role: PRINCIPAL, cite: [page]}, {party: BBB, role: PRINCIPAL, cite: [page]}]
    statusReports: [{status: HELD, cite: [page]}]
`,
  )
  .join("")}`,
};

describe("dates as imprecise as their sources", () => {
  let database: Database;
  let editor: Editor;
  beforeAll(async () => {
    database = await anyDatabase();
    editor = editorOf(database);
    await importPack(database, await writePack(pack));
  });
  afterAll(async () => {
    await removeFolders();
    await database.close();
  });

  it("mean the same days in the database", async () => {
    const texts = ["2024", "2024~", "2024-02?", "2024-05-12%", "2024-05-12/2024-05-14", "2023?/2024-02~"];
    for (const text of texts) {
      const { earliest, latest } = parsePartialDate(text);
      const { rows } = await database.pool.query(
        `select "earliestDay"($1)::text as "earliest", "latestDay"($1)::text as "latest", "isPartialDate"($1, $2::date, $3::date) as "is"`,
        [text, earliest, latest],
      );
      expect(rows).toEqual([{ earliest, latest, is: true }]);
    }
    const { rows } = await database.pool.query(
      `select t from unnest($1::text[]) as t where "isPartialDate"(t, "earliestDay"(t), "latestDay"(t))`,
      [["~2024", "2024~~", "2024/", "2024-05-14/2024-05-12", "2024/2023", "2022/2023/2024", "2024-13~"]],
    );
    expect(rows).toEqual([]);
  });

  it("sort by their earliest day, page after page", async () => {
    const all: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await editor.ask<Page>(
        `query Page($after: String) { meetings(first: 2, after: $after, orderBy: { field: DATE, direction: ASC }) { nodes { slug on } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      const { meetings } = page;
      for (const { slug, on } of meetings.nodes) expect(on).toBe(days[slug as keyof typeof days]);
      all.push(...meetings.nodes.map(({ slug }) => slug));
      after = meetings.pageInfo.hasNextPage ? meetings.pageInfo.endCursor : null;
    } while (after !== null);
    expect(all.slice(0, 3)).toEqual(["month", "earlier", "some-day"]);
    expect(all.slice(3, 5).sort()).toEqual(["on-the-day", "perhaps"]);
    expect(all.slice(5)).toEqual(["next-day"]);
  });

  it("are found by each day that they can mean", async () => {
    const found = async (from: string, to: string) => {
      const { meetings } = await editor.ask<{ meetings: { nodes: { slug: string }[] } }>(
        `query Days($during: DateRange) { meetings(filter: { during: $during }) { nodes { slug } } }`,
        { during: { from, to } },
      );
      return meetings.nodes.map(({ slug }) => slug).sort();
    };
    expect(await found("2024-05-12", "2024-05-12")).toEqual(["month", "some-day"]);
    expect(await found("2024-05-13", "2024-05-13")).toEqual(["month", "on-the-day", "perhaps", "some-day"]);
    expect(await found("2024-05-15", "2024-05-20")).toEqual(["month"]);
  });

  it("leave the order uncertain where they overlap", async () => {
    const { lastMet } = await editor.ask<{
      lastMet: { meeting: { slug: string }; isCertain: boolean; contenders: { slug: string }[] };
    }>(`{ lastMet(between: ["AAA", "BBB"], level: PARTIES) { meeting { slug } isCertain contenders { slug } } }`);
    expect(lastMet.meeting.slug).toBe("next-day");
    expect(lastMet.isCertain).toBe(false);
    expect(lastMet.contenders.map(({ slug }) => slug).sort()).toEqual(["month", "some-day"]);
  });

  it("come with a local start, a duration, a venue, and a place for each side of a call", async () => {
    const call = (startTime: string) =>
      editor.act<{ meeting: object }>(
        "recordMeeting",
        {
          slug: `call-${startTime.toLowerCase().replace(":", "-")}`,
          title: "Call",
          kind: "BILATERAL",
          format: "CALL",
          on: "2024-06-01",
          startTime,
          durationMinutes: 60,
          venue: "Ministry of Defence",
          cite: [{ document: "page" }],
          participants: [
            { party: "AAA", place: "AAA/alpha-city", role: "PRINCIPAL", cite: [{ document: "page" }] },
            { party: "BBB", place: "BBB/beta-city", role: "PRINCIPAL", cite: [{ document: "page" }] },
          ],
        },
        "meeting { startTime durationMinutes venue participants { nodes { place { city } } } }",
      );
    expect(await call("10:30")).toEqual({
      meeting: {
        startTime: "10:30",
        durationMinutes: 60,
        venue: "Ministry of Defence",
        participants: { nodes: [{ place: { city: "Alpha City" } }, { place: { city: "Beta City" } }] },
      },
      userErrors: [],
    });
    expect((await call("MORNING")).userErrors).toEqual([]);
    expect(faultsOf(await call("25:00"))).toEqual(["INVALID input.startTime"]);
  });
});
