import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readError } from "../../src/reading/answer.bytes.js";
import { createAsker } from "../support/ask.js";
import { startPostgres, testDatabase } from "../support/database.js";
import { loadRandomRecord, randomRecord, type RandomRecord, type Row } from "../support/random.record.js";
import { seededServers, type Seeded } from "../support/seeded.js";

interface Group {
  readonly count: number;
  readonly parties: readonly { readonly code: string }[];
  readonly year: number | null;
  readonly forum: { readonly slug: string } | null;
  readonly kind: string | null;
  readonly format: string | null;
  readonly status: string | null;
}
interface Page {
  readonly meetingCounts: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly Group[];
  };
}

const question = /* GraphQL */ `
  query Counts($by: [MeetingDimension!]!, $filter: MeetingFilter, $orderBy: MeetingCountOrder! = COUNT, $first: Int, $after: String) {
    meetingCounts(by: $by, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { count parties { code } year forum { slug } kind format status }
    }
  }
`;

/** The key of a group, in one text. */
const labelOf = ({ parties, year, forum, kind, format, status }: Group): string =>
  [...parties.map(({ code }) => code), year, forum?.slug, kind, format, status]
    .filter((part) => part !== null && part !== undefined)
    .join(" ");

describe.each(await seededServers(["report", "facts"]))("statistics, on $name", ({ open, skip }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    if (!skip) seeded = await open();
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  const ask = async (variables: Record<string, unknown>) =>
    (await seeded.ask<Page>(question, { first: 100, ...variables })).meetingCounts;
  const counts = async (variables: Record<string, unknown>) =>
    (await ask(variables)).nodes.map((group) => `${labelOf(group)}: ${String(group.count)}`);

  describe.skipIf(skip)("of meetings", () => {
    it("by year: those of India and China", async () => {
      expect(await counts({ by: ["YEAR"], filter: { parties: ["IND", "CHN"] }, orderBy: "GROUP" })).toEqual([
        "2019: 1",
        "2020: 1",
        "2022: 1",
        "2023: 2",
        "2024: 2",
        "2025: 1",
      ]);
    });

    it("by whom India met bilaterally, most often first", async () => {
      const filter = { parties: ["IND"], kind: "BILATERAL", status: "HELD" };
      expect(await counts({ by: ["PARTY"], filter })).toEqual([
        "CHN: 8",
        "MYS: 2",
        "USA: 2",
        "AUS: 1",
        "JPN: 1",
        "KOR: 1",
        "LAO: 1",
        "NZL: 1",
        "PHL: 1",
        "VNM: 1",
      ]);
    });

    it("by pair: with two parties in the filter only the pair of these", async () => {
      expect(await counts({ by: ["PAIR", "YEAR"], filter: { parties: ["IND", "CHN"] } })).toEqual([
        "CHN IND 2023: 2",
        "CHN IND 2024: 2",
        "CHN IND 2019: 1",
        "CHN IND 2020: 1",
        "CHN IND 2022: 1",
        "CHN IND 2025: 1",
      ]);
      expect((await counts({ by: ["PAIR"], filter: { status: "HELD" } }))[0]).toBe("CHN IND: 8");
    });

    it("by forum: sessions and what was on their sidelines; neither is a group of its own and comes last", async () => {
      expect(await counts({ by: ["FORUM", "STATUS"], orderBy: "GROUP" })).toEqual([
        "admm HELD: 4",
        "admm-plus DECLINED: 1",
        "admm-plus HELD: 27",
        "brics HELD: 4",
        "sco-defence-ministers EXPECTED: 1",
        "sco-defence-ministers HELD: 6",
        "shangri-la-dialogue HELD: 2",
        "HELD: 6",
      ]);
    });

    it("in all: every meeting is in a group", async () => {
      const { nodes } = await ask({ by: ["KIND", "FORMAT"] });
      expect(nodes.map((group) => `${labelOf(group)}: ${String(group.count)}`)).toEqual([
        "BILATERAL IN_PERSON: 23",
        "SESSION IN_PERSON: 21",
        "BILATERAL PULL_ASIDE: 2",
        "MULTILATERAL IN_PERSON: 2",
        "SESSION VIDEO: 2",
        "TRILATERAL IN_PERSON: 1",
      ]);
      expect(nodes.reduce((sum, { count }) => sum + count, 0)).toBe(51);
    });

    it("without a date: one group whose year is null, which is not left out", async () => {
      expect(await counts({ by: ["YEAR"], filter: { parties: ["USA", "CHN"] }, orderBy: "GROUP" })).toEqual([
        "2024: 1",
        ": 1",
      ]);
    });

    it("of an unknown party: none", async () => {
      expect(await ask({ by: ["PARTY"], filter: { parties: ["XXX"] } })).toMatchObject({ totalCount: 0, nodes: [] });
    });

    it("are the same from every standpoint, but for drafts, which editors alone count", async () => {
      const client = await seeded.database.pool.connect();
      const groupsIn = async (schema: string, grain: number) => {
        const { rows } = await client.query(
          `select "firstId", "secondId", "year", "kind", "format", "status", "forumId", sum("meetings")::int as "meetings" from ${schema}."meetingTally"(${String(grain)}) group by 1, 2, 3, 4, 5, 6, 7 having sum("meetings") <> 0 order by 1, 2, 3, 4, 5, 6, 7`,
        );
        return rows as readonly Record<string, unknown>[];
      };
      try {
        await client.query("begin");
        await client.query(`select set_config('sidelines.known_at', clock_timestamp()::text, true)`);
        for (const grain of [0, 1, 2, 3]) {
          const found = await groupsIn("public", grain);
          expect(found.length).toBeGreaterThan(0);
          expect(await groupsIn("editing", grain)).toEqual(found);
          expect(await groupsIn("known", grain)).toEqual(found);
        }
        const ofParties = async (schema: string) => {
          const { rows } = await client.query(
            `select y."code", t."grain", t."firstId", t."secondId", t."year", t."kind", t."format", t."status", t."forumId", sum(t."meetings")::int as "meetings" from "Party" y, generate_series(1, 3) as g("grain"), lateral ${schema}."meetingTally"(g."grain", y."id") as t group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(t."meetings") <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8, 9`,
          );
          return rows as readonly Record<string, unknown>[];
        };
        expect(await ofParties("known")).toEqual(await ofParties("public"));
        const before = await groupsIn("public", 1);
        await client.query("set local search_path = editing, public");
        await client.query(
          `insert into "Meeting" ("id", "slug", "title", "kind") values ('mtg_drafted', 'drafted', 'Drafted', 'BILATERAL')`,
        );
        await client.query(
          `insert into "Participant" ("id", "key", "meetingId", "partyId", "role", "position") select 'par_drafted', 'drafted', 'mtg_drafted', "id", 'PRINCIPAL', 0 from "Party" where "code" = 'IND'`,
        );
        expect(await groupsIn("public", 1)).toEqual(before);
        const [drafted, ...others] = (await groupsIn("editing", 1)).filter(
          (group) => !before.some((one) => JSON.stringify(one) === JSON.stringify(group)),
        );
        expect(others).toEqual([]);
        expect(drafted).toMatchObject({
          year: null,
          kind: "BILATERAL",
          format: null,
          status: "UNKNOWN",
          forumId: null,
          meetings: 1,
        });
      } finally {
        await client.query("rollback");
        client.release();
      }
    });

    it("are counted as of a moment up to a number of meetings, and refused beyond it with a way out", async () => {
      const fewEnough = (found: number) =>
        seeded.database.pool.query('SELECT "fewEnough"($1, 2, $2, $3) AS "is"', [
          found,
          "knownAt",
          "asks for too many.",
        ]);
      expect((await fewEnough(2)).rows).toEqual([{ is: true }]);
      const error = await fewEnough(3).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: "SLB02" });
      expect(readError(error, undefined)).toMatchObject({
        message: 'Argument "knownAt": asks for too many.',
        extensions: { code: "BAD_USER_INPUT", argument: "knownAt" },
      });
    });

    it("of a party or of several are counted as of a moment as they are now", async () => {
      const now = new Date().toISOString();
      for (const parties of [["IND"], ["IND", "CHN"], ["XXX"], ["IND", "XXX"]]) {
        for (const by of [["PARTY", "YEAR", "STATUS"], ["PAIR"], ["YEAR"]]) {
          const { nodes } = await ask({ by, filter: { parties } });
          const then = await seeded.ask<Page>(
            question.replace("filter: $filter,", `filter: $filter, knownAt: "${now}",`),
            { first: 100, by, filter: { parties } },
          );
          expect(then.meetingCounts.nodes, `${by.join()} of ${parties.join()}`).toEqual(nodes);
        }
      }
    });

    it("are refused where groups would be too many or contradict each other", async () => {
      for (const [by, problem] of [
        [[], "must name one to 3 different ones, but names 0."],
        [["YEAR", "KIND", "FORMAT", "STATUS"], "must name one to 3 different ones, but names 4."],
        [["PAIR", "PARTY"], "cannot name PAIR and PARTY together: a pair says both parties."],
        [
          ["PAIR", "FORUM"],
          'only for some of the meetings: name one of parties, persons, forum, onSidelinesOf, country in "filter", or during from and to with at most 366 days between them.',
        ],
        [["PAIR", "YEAR"], "can name PAIR together with FORUM or YEAR only for some of the meetings"],
        [["PAIR", "YEAR", "STATUS"], "can name PAIR together with FORUM or YEAR only for some of the meetings"],
      ] as const) {
        const { errors } = await seeded.answer(question, { by });
        expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", argument: "by" }]);
        expect(errors[0]?.message).toContain(problem);
      }
    });

    it("are refused before anything is read where seats would be looked at of too many days", async () => {
      const within = (from: string | null, to: string | null) =>
        seeded.answer(question, { by: ["PAIR"], filter: { during: { from, to } } });
      expect((await within("2024-01-01", "2025-01-01")).errors).toEqual([]);
      for (const [from, to] of [
        ["2024-01-01", "2025-01-02"],
        ["2024-01-01", null],
        [null, "2024-01-01"],
      ] as const) {
        const { errors } = await within(from, to);
        expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", argument: "filter.during" }]);
        expect(errors[0]?.message).toContain("is too long to group by PAIR with nothing else to go by");
      }
    });
  });

  it.skipIf(skip)("count no seat as confirmed at a meeting that did not take place or has not yet", async () => {
    const question = /* GraphQL */ `
      query ($status: MeetingStatus!) {
        meetings(filter: { status: $status }, first: 50) {
          nodes { participants(first: 50) { totalCount nodes { isExpected } } representation { seats ministers expected } }
        }
      }
    `;
    interface Counted {
      readonly participants: {
        readonly totalCount: number;
        readonly nodes: readonly { readonly isExpected: boolean }[];
      };
      readonly representation: Readonly<Record<string, number>>;
    }
    const ask = async (status: string) =>
      (await seeded.ask<{ meetings: { nodes: Counted[] } }>(question, { status })).meetings.nodes;
    const off = (await Promise.all(["EXPECTED", "POSTPONED", "CANCELLED", "DECLINED"].map(ask))).flat();
    expect(off.some(({ participants }) => participants.nodes.some(({ isExpected }) => !isExpected))).toBe(true);
    for (const { participants, representation } of off)
      expect(representation).toEqual({ seats: 0, ministers: 0, expected: participants.totalCount });
    for (const { participants, representation } of await ask("HELD")) {
      expect(representation).toMatchObject({
        seats: participants.nodes.filter(({ isExpected }) => !isExpected).length,
      });
    }
  });

  it.skipIf(skip)(
    "say how high a forum's sessions were attended: by offices, with expected and unknown seats apart",
    async () => {
      interface Sessions {
        readonly forum: {
          readonly sessions: {
            readonly nodes: readonly { readonly ordinal: number; readonly representation: Record<string, number> }[];
          };
        };
      }
      const { forum } = await seeded.ask<Sessions>(
        `{ forum(slug: "admm-plus") { sessions(first: 20) { nodes { ordinal representation { seats heads ministers deputies others unknown expected } } } } }`,
      );
      const levels = new Map(
        forum.sessions.nodes.map(({ ordinal, representation }) => [ordinal, Object.values(representation)]),
      );
      // seats, heads, ministers, deputies, others, unknown, expected
      expect(levels.get(12)).toEqual([1, 0, 0, 0, 0, 1, 0]); // the seat of Malaysia is unnamed
      expect(levels.get(11)).toEqual([3, 0, 1, 2, 0, 0, 1]);
      expect(levels.get(6)).toEqual([1, 0, 0, 0, 1, 0, 0]);
      expect(levels.get(1)).toEqual([1, 0, 1, 0, 0, 0, 0]);
    },
  );
});

// ------------------------------------------------------------------------------------ against a naive computation

interface Asked {
  readonly by: readonly string[];
  readonly filter: {
    readonly parties: readonly string[] | null;
    readonly kind: string | null;
    readonly during: { readonly from: string; readonly to: string } | null;
  };
}

const dimensions = ["YEAR", "FORUM", "KIND", "FORMAT", "STATUS", "PARTY", "PAIR"];

function naively(record: RandomRecord, { by, filter }: Asked): Map<string, number> {
  const codeOf = (id: unknown) => record.Party.find((party) => party.id === id)?.["code"] as string;
  const codesAt = (meeting: Row) =>
    [
      ...new Set(
        record.Participant.filter((seat) => seat["meetingId"] === meeting.id).map((seat) => codeOf(seat["partyId"])),
      ),
    ].sort();
  const wanted = filter.parties ?? [];
  const { during } = filter;
  const chosen = record.Meeting.filter((meeting) => {
    const latest = (meeting["endsOnLatest"] ?? meeting["onLatest"] ?? "") as string;
    const isWithin =
      during === null ||
      (latest >= during.from && meeting["onEarliest"] !== undefined && (meeting["onEarliest"] as string) <= during.to);
    return (
      isWithin &&
      (filter.kind === null || meeting["kind"] === filter.kind) &&
      wanted.every((code) => codesAt(meeting).includes(code))
    );
  });
  const found = new Map<string, number>();
  for (const meeting of chosen) {
    const others = codesAt(meeting).filter((code) => !wanted.includes(code));
    const pairs = codesAt(meeting).flatMap((one, at, all) => all.slice(at + 1).map((other) => [one, other]));
    const host = record.Meeting.find(({ id }) => id === meeting["sidelinesOfId"]);
    const forum = record.Forum.find(({ id }) => id === (meeting["forumId"] ?? host?.["forumId"]));
    const values: Record<string, readonly (readonly unknown[])[]> = {
      YEAR: [[meeting["on"] === undefined ? null : Number((meeting["on"] as string).slice(0, 4))]],
      FORUM: [[forum?.["slug"]]],
      KIND: [[meeting["kind"]]],
      FORMAT: [[meeting["format"]]],
      STATUS: [[meeting["status"]]],
      PARTY: others.map((code) => [code]),
      PAIR: pairs.filter((pair) => pair.filter((code) => wanted.includes(code)).length >= Math.min(2, wanted.length)),
    };
    const groups = by.reduce<(readonly unknown[])[]>(
      (so, dimension) => so.flatMap((group) => (values[dimension] ?? []).map((value) => [...group, ...value.flat()])),
      [[]],
    );
    for (const group of groups) found.set(sorted(group), (found.get(sorted(group)) ?? 0) + 1);
  }
  return found;
}

/** Combinations that are rejected: pairs of all meetings with filters or dimensions that stored counts lack. */
const isOfAllPairs = ({ by, filter }: Asked): boolean =>
  by.includes("PAIR") &&
  filter.parties === null &&
  filter.during === null &&
  (by.includes("FORUM") || by.includes("YEAR"));

/** A label that does not depend on the order of what it is made of. */
const sorted = (parts: readonly unknown[]) =>
  parts
    .filter((part) => part !== null && part !== undefined)
    .map(String)
    .sort()
    .join(" ");

describe("statistics of random records", () => {
  const server = startPostgres();
  const opened = server.then((postgres) => testDatabase(postgres ? { postgres } : {}));
  const asker = opened.then((database) => createAsker(database));
  afterAll(async () => {
    await (await opened).close();
    await (await server)?.stop();
  });

  const asked: fc.Arbitrary<Asked> = fc.record({
    by: fc
      .uniqueArray(fc.constantFrom(...dimensions), { minLength: 1, maxLength: 2 })
      .filter((by) => !(by.includes("PAIR") && by.includes("PARTY"))),
    filter: fc.record({
      parties: fc.constantFrom(null, null, ["AAA"], ["AAA", "BAA"]),
      kind: fc.constantFrom(null, null, "BILATERAL"),
      during: fc.constantFrom(null, null, { from: "2020-06-01", to: "2020-12-31" }),
    }),
  });

  it("count what a naive computation counts, each group once over all pages", async () => {
    const { ask } = await asker;
    const database = await opened;
    await fc.assert(
      fc.asyncProperty(randomRecord, fc.array(asked, { minLength: 3, maxLength: 3 }), async (record, questions) => {
        await loadRandomRecord(database, record);
        for (const variables of questions.filter((one) => !isOfAllPairs(one))) {
          const expected = naively(record, variables);
          const nodes: Group[] = [];
          for (let after: string | null = null; ;) {
            const page: Page["meetingCounts"] = (await ask<Page>(question, { ...variables, first: 5, after }))
              .meetingCounts;
            expect(page.totalCount).toBe(expected.size);
            nodes.push(...page.nodes);
            after = page.pageInfo.endCursor;
            if (!page.pageInfo.hasNextPage) break;
          }
          expect(
            new Map(nodes.map((group) => [sorted(labelOf(group).split(" ").filter(Boolean)), group.count])),
          ).toEqual(expected);
          expect(nodes).toHaveLength(expected.size);
          expect(nodes.map(({ count }) => count)).toEqual(nodes.map(({ count }) => count).sort((a, b) => b - a));
        }
      }),
      { numRuns: 12 },
    );
  });

  it("follow writes: the stored counts equal a rebuild", async () => {
    const { pool } = await opened;
    const columns = `"grain", "firstId", "secondId", "year", "kind", "format", "status", "forumId", "meetings"`;
    const kept = async () =>
      (await pool.query(`select ${columns} from derived."Tally" order by ${columns}`)).rows as readonly unknown[];
    const nth = (table: string, number: number) =>
      `(select "id" from "${table}" order by "id" offset ${String(number)} limit 1)`;
    const writes: fc.Arbitrary<string> = fc.tuple(fc.nat(6), fc.nat(12)).map(([number, kind]) => {
      const meeting = nth("Meeting", number);
      const writes = [
        `update "Meeting" set "on" = '2022', "onEarliest" = '2022-01-01', "onLatest" = '2022-12-31', "endsOn" = null, "endsOnEarliest" = null, "endsOnLatest" = null where "id" = ${meeting}`,
        `update "Meeting" set "on" = null, "onEarliest" = null, "onLatest" = null, "endsOn" = null, "endsOnEarliest" = null, "endsOnLatest" = null where "id" = ${meeting}`,
        `update "Meeting" set "format" = 'VIDEO' where "kind" = 'BILATERAL'`,
        `update "Meeting" set "kind" = 'TRILATERAL', "forumId" = null, "ordinal" = null where "id" = ${meeting}`,
        `update "Meeting" set "kind" = 'SESSION', "ordinal" = null, "forumId" = 'frm_b' where "id" = ${meeting}`,
        `update "Meeting" set "forumId" = 'frm_a', "ordinal" = null where "kind" = 'SESSION'`,
        `update "Meeting" set "sidelinesOfId" = null where "id" = ${meeting}`,
        `update "Participant" set "partyId" = 'sta_b' where "id" = ${nth("Participant", number)}`,
        `update "Participant" set "meetingId" = ${meeting} where "id" = ${nth("Participant", number)}`,
        `delete from "Participant" where "id" = ${nth("Participant", number)}`,
        `delete from "Participant" where "partyId" = 'sta_a'`,
        `insert into "Meeting" ("id", "slug", "title", "kind") values ('mtg_new', 'new', 'New', 'BILATERAL') on conflict do nothing`,
        `delete from "Meeting" where "id" = 'mtg_new'`,
      ];
      return writes[kind] ?? "";
    });
    await fc.assert(
      fc.asyncProperty(randomRecord, fc.array(writes, { minLength: 5, maxLength: 10 }), async (record, statements) => {
        await loadRandomRecord(await opened, record);
        for (const statement of statements) {
          // Statements that break a rule of the record write nothing.
          await pool.query(statement).catch(() => undefined);
          const found = await kept();
          await pool.query(`select derived."countAllAnew"()`);
          expect(found).toEqual(await kept());
        }
      }),
      { numRuns: 8 },
    );
  });
});
