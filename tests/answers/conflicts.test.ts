import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { loadRandomRecord, randomRecord, type RandomRecord, type Row } from "../support/random.record.js";
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
  readonly nodes: readonly {
    readonly key: string;
    readonly field: string;
    readonly isOpen: boolean;
    readonly resolution: string | null;
  }[];
}

let seeded: Seeded;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
});
afterAll(() => seeded.close());

const found = async (filter: Record<string, unknown> | null) =>
  (await seeded.ask<{ conflicts: Found }>(conflicts, { filter })).conflicts;
const keys = async (filter: Record<string, unknown> | null) => (await found(filter)).nodes.map(({ key }) => key);

describe("conflicts between sources", () => {
  it("are open if the record follows neither side", async () => {
    const all = await found(null);
    expect(all.totalCount).toBe(22);
    for (const { isOpen, resolution } of all.nodes) expect(isOpen).toBe(resolution === null);
    expect(await keys({ isOpen: true })).toEqual(["brics/SAU/status"]);
    expect((await found({ isOpen: false })).totalCount).toBe(21);
  });

  it("are found by what they are about", async () => {
    expect(await keys({ field: "on" })).toEqual([
      "2024-10-23-ind-chn-kazan/on",
      "2025-06-26-ind-chn-qingdao/on",
      "admm-plus-8/on",
    ]);
    expect(await keys({ subject: "FORUM" })).toEqual(["brics/foundedOn", "brics/partnerCount"]);
    expect(await keys({ subject: "MEMBERSHIP", field: "status" })).toEqual(["brics/SAU/status", "sco/BLR/status"]);
    const { meeting } = await seeded.ask<{ meeting: { id: string } }>(
      `{ meeting(slug: "2024-10-23-ind-chn-kazan") { id } }`,
    );
    expect(await keys({ about: meeting.id })).toEqual([
      "2024-10-23-ind-chn-kazan/on",
      "2024-10-23-ind-chn-kazan/place",
      "2024-10-23-ind-chn-kazan/previousMeeting",
    ]);
    expect(await keys({ about: meeting.id, field: "since" })).toEqual([]);
    expect(await keys({ about: "mtg_aaaaaaaaaaaaaaaa" })).toEqual([]);
  });
});

describe("which side the record follows", () => {
  it("is said of each claim, and of none while the question is open or depends on what is asked", async () => {
    const { conflicts: all } = await seeded.ask<{
      conflicts: {
        nodes: {
          key: string;
          isOpen: boolean;
          claims: { value: string; isFollowed: boolean | null }[];
          follows: { value: string }[];
        }[];
      };
    }>("{ conflicts(first: 100) { nodes { key isOpen claims { value isFollowed } follows { value } } } }");
    for (const { isOpen, claims, follows, key } of all.nodes) {
      expect(
        follows.map(({ value }) => value),
        key,
      ).toEqual(claims.filter(({ isFollowed }) => isFollowed === true).map(({ value }) => value));
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
    expect(await seeded.ask("{ contradictions { totalCount nodes { kind } } }")).toEqual({
      contradictions: { totalCount: 0, nodes: [] },
    });
  });

  it("are reports that exclude each other, and sources that dispute", async () => {
    const database = await anyDatabase();
    try {
      const rows = rowsIn(database);
      await rows.state("AAA");
      await rows.insert("Document", {
        id: "doc_aaaaaaaaaaaaaaaa",
        key: "page",
        kind: "NEWS_REPORT",
        title: "T",
        publisher: "P",
        language: "en",
        url: "https://example.org/",
      });
      const meetings = {
        "held-and-declined": [
          ["HELD", "2024-05-02"],
          ["DECLINED", "2024-05-03"],
        ],
        "held-and-undated": [["HELD", "2024-05-02"], ["CANCELLED"]],
        "called-off-before": [
          ["CANCELLED", "2024-05-01"],
          ["HELD", "2024-05-02"],
        ],
        "put-off-and-held": [
          ["POSTPONED", "2024-05-03"],
          ["HELD", "2024-05-02"],
        ],
        "only-declined": [["DECLINED", "2024-05-03"]],
      };
      for (const [slug, reports] of Object.entries(meetings)) {
        await rows.meeting({
          slug,
          on: "2024-05-02",
          seats: [{ party: "AAA" }],
          reports: reports.map(([status = "", on]) => (on === undefined ? { status } : { status, on })),
        });
      }
      await database.pool.query(
        `insert into "Citation" ("id", "key", "documentId", "statusReportId") select 'cit_' || right("id", 16), "id", 'doc_aaaaaaaaaaaaaaaa', "id" from "StatusReport"`,
      );
      await database.pool.query(
        `insert into "Citation" ("id", "key", "documentId", "stance", "meetingId") select 'cit_' || left(md5(s), 16), 'c' || s, 'doc_aaaaaaaaaaaaaaaa', s::"CitationStance", $1 from unnest(array['SUPPORTS', 'DISPUTES']) as s`,
        [rows.ids.meeting("only-declined")],
      );
      const { contradictions } = await createAsker(database).ask<{
        contradictions: {
          nodes: { kind: string; subject: { slug: string }; supporting: unknown[]; disputing: unknown[] }[];
        };
      }>(
        "{ contradictions { nodes { kind subject { ... on Meeting { slug } } supporting { id } disputing { stance } } } }",
      );
      expect(
        contradictions.nodes
          .map(({ kind, subject, supporting, disputing }) => [kind, subject.slug, supporting.length, disputing.length])
          .sort(),
      ).toEqual([
        ["DISPUTING_SOURCE", "only-declined", 1, 1],
        ["STATUS_REPORTS", "held-and-declined", 1, 1],
        ["STATUS_REPORTS", "held-and-undated", 1, 1],
      ]);
    } finally {
      await database.close();
    }
  });
});

describe("conflicts and contradictions of random records", () => {
  const question = /* GraphQL */ `
    query Conflicts($filter: ConflictFilter, $first: Int!, $after: String) {
      conflicts(filter: $filter, first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          key
          isOpen
          subject { ... on Node { id } }
          claims { key value isFollowed conflict { key } citation { document { key } } }
          follows { key }
        }
      }
      contradictions(first: 100) {
        totalCount
        nodes { kind subject { ... on Node { id } } supporting { key } disputing { key } }
      }
    }
  `;
  interface Keyed {
    readonly key: string;
  }
  interface Answer {
    readonly conflicts: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: readonly {
        readonly key: string;
        readonly isOpen: boolean;
        readonly subject: { readonly id: string };
        readonly claims: readonly {
          readonly key: string;
          readonly value: string;
          readonly isFollowed: boolean | null;
          readonly conflict: Keyed;
          readonly citation: { readonly document: Keyed };
        }[];
        readonly follows: readonly Keyed[];
      }[];
    };
    readonly contradictions: {
      readonly totalCount: number;
      readonly nodes: readonly {
        readonly kind: string;
        readonly subject: { readonly id: string };
        readonly supporting: readonly Keyed[];
        readonly disputing: readonly Keyed[];
      }[];
    };
  }
  const tableOf: Readonly<Record<string, keyof RandomRecord>> = {
    MEETING: "Meeting",
    MEMBERSHIP: "ForumMembership",
    FORUM: "Forum",
  };
  const subjectOf = (row: Row) => row["meetingId"] ?? row["membershipId"] ?? row["forumId"];
  const someFilter = fc.record({
    field: fc.constantFrom(null, null, "on", "status"),
    isOpen: fc.constantFrom(null, null, true, false),
    subject: fc.constantFrom(null, null, "MEETING", "MEMBERSHIP", "FORUM"),
    about: fc.constantFrom(null, null, null, "mtg_0", "frm_a"),
  });
  type Filter = typeof someFilter extends fc.Arbitrary<infer T> ? T : never;

  function conflictsNaively(
    record: RandomRecord,
    { field, isOpen, subject, about }: Filter,
  ): Answer["conflicts"]["nodes"] {
    const among = subject === null ? undefined : record[tableOf[subject] ?? "Meeting"].map(({ id }) => id);
    return record.Conflict.filter(
      (row) =>
        (field === null || row["field"] === field) &&
        (isOpen === null || (row["resolution"] === null) === isOpen) &&
        (about === null || subjectOf(row) === about) &&
        (!among || among.includes(String(subjectOf(row)))),
    )
      .map((row) => {
        const claims = record.ConflictClaim.filter((claim) => claim["conflictId"] === row.id).map((claim) => ({
          key: claim.id,
          value: String(claim["value"]),
          isFollowed: claim["isFollowed"] as boolean | null,
          conflict: { key: row.id },
          citation: {
            document: {
              key: String(record.Citation.find((citation) => citation["conflictClaimId"] === claim.id)?.["documentId"]),
            },
          },
        }));
        return {
          key: row.id,
          isOpen: row["resolution"] === null,
          subject: { id: String(subjectOf(row)) },
          claims,
          follows: claims.filter(({ isFollowed }) => isFollowed === true).map(({ key }) => ({ key })),
        };
      })
      .sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  /** One line for each contradiction: what excludes each other report by report, and each source that disputes. */
  function contradictionsNaively(record: RandomRecord): string[] {
    const line = (kind: string, subject: unknown, supporting: readonly Row[], disputing: readonly Row[]) =>
      [
        kind,
        String(subject),
        ...supporting.map(({ id }) => id).sort(),
        "/",
        ...disputing.map(({ id }) => id).sort(),
      ].join(" ");
    const reports = record.Meeting.flatMap((meeting) => {
      const of = record.StatusReport.filter((report) => report["meetingId"] === meeting.id);
      const held = of.filter((report) => report["status"] === "HELD");
      // A meeting may be scheduled again after a cancellation that was certainly reported before it was held.
      const isBefore = (report: Row, other: Row) =>
        ((report["reportedOnLatest"] as string | undefined) ?? "9999") <
        ((other["reportedOnEarliest"] as string | undefined) ?? "0000");
      const against = of.filter(
        (report) => report["status"] === "DECLINED" && held.some((other) => !isBefore(report, other)),
      );
      const cited = (rows: readonly Row[]) =>
        record.Citation.filter((citation) => rows.some(({ id }) => citation["statusReportId"] === id));
      const putOff = of.filter((report) => report["status"] === "POSTPONED");
      const calledOff = of.filter((report) =>
        ["CANCELLED", "DECLINED", "CALLED_OFF"].includes(String(report["status"])),
      );
      if (held.length === 0 && putOff.length > 0 && calledOff.length > 0)
        return [line("STATUS_REPORTS", meeting.id, cited(putOff), cited(calledOff))];
      return against.length === 0 ? [] : [line("STATUS_REPORTS", meeting.id, cited(held), cited(against))];
    });
    const subject = (citation: Row) =>
      Object.entries(citation).find(
        ([column, value]) => column.endsWith("Id") && column !== "documentId" && value !== undefined,
      ) ?? [];
    const disputes = record.Citation.filter((citation) => citation["stance"] === "DISPUTES").map((citation) => {
      const [column = "", id] = subject(citation);
      return line(
        "DISPUTING_SOURCE",
        id,
        record.Citation.filter((other) => other["stance"] === "SUPPORTS" && other[column] === id),
        [citation],
      );
    });
    return [...reports, ...disputes].sort();
  }

  it("are those that a look at every row finds, on one page and on many", async () => {
    const database = await anyDatabase();
    const { ask } = createAsker(database);
    const seen = { conflicts: 0, contradictions: new Set<string>() };
    await fc.assert(
      fc.asyncProperty(randomRecord, someFilter, async (record, filter) => {
        await loadRandomRecord(database, record);
        const expected = conflictsNaively(record, filter);
        const whole = await ask<Answer>(question, { filter, first: 100 });
        expect(whole.conflicts.nodes).toEqual(expected);
        const paged: unknown[] = [];
        for (let after: string | null = null; ;) {
          const { conflicts: page }: Answer = await ask<Answer>(question, { filter, first: 1, after });
          paged.push(...page.nodes);
          expect(page.totalCount).toBe(expected.length);
          after = page.pageInfo.endCursor;
          if (!page.pageInfo.hasNextPage) break;
        }
        expect(paged).toEqual(expected);
        const keysOf = (citations: readonly Keyed[]) => citations.map(({ key }) => key).sort();
        const lines = whole.contradictions.nodes.map(({ kind, subject, supporting, disputing }) =>
          [kind, subject.id, ...keysOf(supporting), "/", ...keysOf(disputing)].join(" "),
        );
        expect(lines.sort()).toEqual(contradictionsNaively(record));
        expect(whole.contradictions.totalCount).toBe(lines.length);
        seen.conflicts += expected.length;
        whole.contradictions.nodes.forEach(({ kind }) => seen.contradictions.add(kind));
      }),
      { numRuns: 40 },
    );
    expect(seen.conflicts).toBeGreaterThan(0);
    expect(seen.contradictions.size).toBe(2);
    await database.close();
  });
});
