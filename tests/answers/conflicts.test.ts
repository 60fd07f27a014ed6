import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker } from "../support/ask.js";
import { testDatabase } from "../support/database.js";
import { rowsIn } from "../support/rows.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const conflicts = /* GraphQL */ `
  query Conflicts($filter: ConflictFilter, $first: Int = 100) {
    conflicts(filter: $filter, first: $first) {
      totalCount
      nodes { key field isOpen resolution }
    }
  }
`;
interface Found {
  readonly totalCount: number;
  readonly nodes: readonly { readonly key: string; readonly field: string; readonly isOpen: boolean; readonly resolution: string | null }[];
}

let seeded: Seeded;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
}, 120_000);
afterAll(() => seeded.close());

const found = async (filter: Record<string, unknown> | null) => (await seeded.ask<{ conflicts: Found }>(conflicts, { filter })).conflicts;
const keys = async (filter: Record<string, unknown> | null) => (await found(filter)).nodes.map(({ key }) => key);

describe("conflicts between sources", () => {
  it("are open where the record follows nobody", async () => {
    const all = await found(null);
    expect(all.totalCount).toBe(22);
    for (const { isOpen, resolution } of all.nodes) expect(isOpen).toBe(resolution === null);
    expect(await keys({ isOpen: true })).toEqual(["brics/SAU/status"]);
    expect((await found({ isOpen: false })).totalCount).toBe(21);
  });

  it("are found by what they are about", async () => {
    expect(await keys({ field: "on" })).toEqual(["2024-10-23-ind-chn-kazan/on", "2025-06-26-ind-chn-qingdao/on", "admm-plus-8/on"]);
    expect(await keys({ subject: "FORUM" })).toEqual(["brics/foundedOn", "brics/partnerCount"]);
    expect(await keys({ subject: "MEMBERSHIP", field: "status" })).toEqual(["brics/SAU/status", "sco/BLR/status"]);
    const { meeting } = await seeded.ask<{ meeting: { id: string } }>(`{ meeting(slug: "2024-10-23-ind-chn-kazan") { id } }`);
    expect(await keys({ about: meeting.id })).toEqual(["2024-10-23-ind-chn-kazan/on", "2024-10-23-ind-chn-kazan/place", "2024-10-23-ind-chn-kazan/previousMeeting"]);
    expect(await keys({ about: meeting.id, field: "since" })).toEqual([]);
    expect(await keys({ about: "mtg_aaaaaaaaaaaaaaaa" })).toEqual([]);
  });
});

describe("which side the record follows", () => {
  it("is said of each claim, and of none while the question is open or depends on what is asked", async () => {
    const { conflicts: all } = await seeded.ask<{ conflicts: { nodes: { key: string; isOpen: boolean; claims: { value: string; isFollowed: boolean | null }[]; follows: { value: string }[] }[] } }>(
      "{ conflicts(first: 100) { nodes { key isOpen claims { value isFollowed } follows { value } } } }",
    );
    for (const { isOpen, claims, follows, key } of all.nodes) {
      expect(follows.map(({ value }) => value), key).toEqual(claims.filter(({ isFollowed }) => isFollowed === true).map(({ value }) => value));
      const isSettled = !isOpen && !key.endsWith("/previousMeeting");
      for (const { isFollowed } of claims) expect(typeof isFollowed, key).toBe(isSettled ? "boolean" : "object");
      if (isSettled) expect(follows.length, key).toBeGreaterThan(0);
    }
    const of = (key: string) => all.nodes.find((conflict) => conflict.key === key)?.follows.map(({ value }) => value);
    expect(of("2025-06-26-ind-chn-qingdao/on")).toEqual(["2025-06-26 (Thursday)", "2025-06-26 (Thursday evening)"]);
    expect(of("admm-plus-4/place")).toEqual(["Clark, Pampanga"]);
  });
});

describe("contradictions that show in the record itself", () => {
  it("are none in the fact base", async () => {
    expect(await seeded.ask("{ contradictions { totalCount nodes { kind } } }")).toEqual({ contradictions: { totalCount: 0, nodes: [] } });
  });

  it("are reports that exclude each other, and sources that dispute", async () => {
    const database = await testDatabase();
    try {
      const rows = rowsIn(database);
      await rows.state("AAA");
      await rows.insert("Document", { id: "doc_aaaaaaaaaaaaaaaa", key: "page", kind: "NEWS_REPORT", title: "T", publisher: "P", language: "en", url: "https://example.org/" });
      const meetings = {
        "held-and-declined": [["HELD", "2024-05-02"], ["DECLINED", "2024-05-03"]],
        "held-and-undated": [["HELD", "2024-05-02"], ["CANCELLED"]],
        "called-off-before": [["CANCELLED", "2024-05-01"], ["HELD", "2024-05-02"]],
        "put-off-and-held": [["POSTPONED", "2024-05-03"], ["HELD", "2024-05-02"]],
        "only-declined": [["DECLINED", "2024-05-03"]],
      };
      for (const [slug, reports] of Object.entries(meetings)) {
        await rows.meeting({ slug, on: "2024-05-02", seats: [{ party: "AAA" }], reports: reports.map(([status = "", on]) => (on === undefined ? { status } : { status, on })) });
      }
      await database.pool.query(`insert into "Citation" ("id", "key", "documentId", "statusReportId") select 'cit_' || right("id", 16), "id", 'doc_aaaaaaaaaaaaaaaa', "id" from "StatusReport"`);
      await database.pool.query(
        `insert into "Citation" ("id", "key", "documentId", "stance", "meetingId") select 'cit_' || left(md5(s), 16), 'c' || s, 'doc_aaaaaaaaaaaaaaaa', s::"CitationStance", $1 from unnest(array['SUPPORTS', 'DISPUTES']) as s`,
        [rows.ids.meeting("only-declined")],
      );
      const { contradictions } = await createAsker(database).ask<{ contradictions: { nodes: { kind: string; subject: { slug: string }; supporting: unknown[]; disputing: unknown[] }[] } }>(
        "{ contradictions { nodes { kind subject { ... on Meeting { slug } } supporting { id } disputing { stance } } } }",
      );
      expect(contradictions.nodes.map(({ kind, subject, supporting, disputing }) => [kind, subject.slug, supporting.length, disputing.length]).sort()).toEqual([
        ["DISPUTING_SOURCE", "only-declined", 1, 1],
        ["STATUS_REPORTS", "held-and-declined", 1, 1],
        ["STATUS_REPORTS", "held-and-undated", 1, 1],
      ]);
    } finally {
      await database.close();
    }
  }, 120_000);
});
