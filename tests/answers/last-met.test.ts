import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePartialDate } from "../../src/lib/partial-dates.js";
import { createAsker, type Asker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { editorOf } from "../support/editors.js";
import { rowsIn, type WrittenMeeting } from "../support/rows.js";
import { seededServers, type Seeded } from "../support/seeded.js";

const encounter = "meeting { slug } isCertain contenders { slug } contenderCount explanation";
const lastMet = /* GraphQL */ `
  query LastMet($between: [String!]!, $level: EncounterLevel!, $office: OfficeKind, $otherOffice: OfficeKind, $rank: OfficeRank, $formats: [MeetingFormat!], $kinds: [MeetingKind!], $after: Date, $sinceMilestone: String, $before: Date, $beforeMilestone: String, $knownAt: DateTime) {
    found: lastMet(between: $between, level: $level, office: $office, otherOffice: $otherOffice, rank: $rank, formats: $formats, kinds: $kinds, after: $after, sinceMilestone: $sinceMilestone, before: $before, beforeMilestone: $beforeMilestone, knownAt: $knownAt) { ${encounter} }
    plain: lastMeeting(between: $between, level: $level, office: $office, otherOffice: $otherOffice, rank: $rank, formats: $formats, kinds: $kinds, after: $after, sinceMilestone: $sinceMilestone, before: $before, beforeMilestone: $beforeMilestone, knownAt: $knownAt) { slug }
  }
`;
const firstSince = /* GraphQL */ `
  query FirstSince($between: [String!]!, $level: EncounterLevel!, $office: OfficeKind, $otherOffice: OfficeKind, $rank: OfficeRank, $formats: [MeetingFormat!], $kinds: [MeetingKind!], $day: Date, $milestone: String, $meeting: String, $before: Date) {
    found: firstMeetingSince(between: $between, level: $level, office: $office, otherOffice: $otherOffice, rank: $rank, formats: $formats, kinds: $kinds, day: $day, milestone: $milestone, meeting: $meeting, before: $before) { ${encounter} }
  }
`;
interface Found {
  readonly meeting: { readonly slug: string } | null;
  readonly isCertain: boolean;
  readonly contenders: readonly { readonly slug: string }[];
  readonly contenderCount: number;
  readonly explanation: string;
}
type Arguments = Readonly<Record<string, unknown>>;

/** The result in short: the meeting, and after a question mark its contenders. */
function inShort({ meeting, isCertain, contenders, contenderCount, explanation }: Found): string {
  // That the record holds none does not make it certain that there was none.
  if (!meeting) expect(isCertain).toBe(false);
  const isNoneHeld = explanation === "The record holds no such meeting, which does not mean that there was none.";
  expect(contenders).toHaveLength(Math.min(contenderCount, 20));
  const names = contenders.map(({ slug }) => slug);
  return [meeting?.slug ?? "none", ...(isCertain || isNoneHeld ? [] : ["?", ...names])].join(" ");
}

async function askLast(asker: Asker, variables: Arguments): Promise<Found> {
  const { found, plain } = await asker.ask<{ found: Found; plain: { slug: string } | null }>(lastMet, variables);
  expect(plain).toEqual(found.meeting);
  return found;
}
const askFirst = async (asker: Asker, variables: Arguments) =>
  (await asker.ask<{ found: Found }>(firstSince, variables)).found;

const ministers = { between: ["IND", "CHN"], level: "OFFICES", office: "DEFENCE_MINISTER" };
const leaders = { between: ["IND", "CHN"], level: "OFFICES", rank: "LEADER" };
const states = { between: ["IND", "CHN"], level: "PARTIES" };

describe.each(await seededServers(["report", "facts"]))("meetings of the fact base, on $name", ({ open, skip }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    if (!skip) seeded = await open();
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  describe.skipIf(skip)("", () => {
    it.each<[Arguments, string]>([
      [ministers, "2025-06-26-ind-chn-qingdao"],
      [{ ...ministers, before: "2024-11-20" }, "2023-04-27-ind-chn-new-delhi"],
      [{ ...ministers, before: "2024-11-20", after: "2023-04-27" }, "none"],
      [{ ...states, before: "2024-11-20", after: "2023-04-27" }, "2024-10-23-ind-chn-kazan"],
      // The clashes were some time in 2020, and so was the meeting in Moscow.
      [
        { ...ministers, sinceMilestone: "border-clashes-2020", before: "2023-01-01" },
        "none ? 2020-09-04-ind-chn-moscow",
      ],
      [{ ...ministers, beforeMilestone: "border-clashes-2020" }, "none ? 2020-09-04-ind-chn-moscow"],
      // The date of the agreements is unknown.
      [
        { ...ministers, sinceMilestone: "disengagement-agreements", before: "2024-11-20" },
        "none ? 2023-04-27-ind-chn-new-delhi 2020-09-04-ind-chn-moscow",
      ],
      [{ ...ministers, sinceMilestone: "no-such-milestone" }, "none ?"],
      [{ between: ["IND", "XXX"], level: "PARTIES" }, "none ?"],
      [{ between: ["LAO", "RUS"], level: "PARTIES" }, "none"],
      [{ between: ["rajnath-singh", "dong-jun"], level: "PERSONS", before: "2024-11-20" }, "none"],
      [{ between: ["AUS", "JPN", "USA"], level: "PARTIES", before: "2024-11-21" }, "2024-11-17-aus-jpn-usa-darwin"],
    ])("%j last met at %s", async (variables, expected) => {
      expect(inShort(await askLast(seeded, variables))).toBe(expected);
    });

    it.each<[Arguments, string]>([
      // A prime minister and a president: neither heads of government nor heads of state, but both leaders.
      [leaders, "2024-10-23-ind-chn-kazan"],
      [{ ...leaders, rank: null, office: "HEAD_OF_GOVERNMENT" }, "none"],
      [{ ...leaders, rank: null, office: "HEAD_OF_STATE" }, "none"],
      [
        { ...leaders, rank: null, office: "HEAD_OF_GOVERNMENT", otherOffice: "HEAD_OF_STATE" },
        "2024-10-23-ind-chn-kazan",
      ],
      [{ ...leaders, rank: null, office: "HEAD_OF_STATE", otherOffice: "HEAD_OF_GOVERNMENT" }, "none"],
      [{ ...leaders, rank: "MINISTER" }, "2025-06-26-ind-chn-qingdao"],
    ])("%j last met at %s, by kinds or ranks of offices", async (variables, expected) => {
      expect(inShort(await askLast(seeded, variables))).toBe(expected);
    });

    it("tells certainty of the order and coverage of the record apart", async () => {
      const met = async (between: readonly string[], more = "") =>
        (
          await seeded.ask<{ lastMet: object }>(
            `{ lastMet(between: ${JSON.stringify(between)}, level: PARTIES${more}) { meeting { slug } isCertain coveredThrough } }`,
          )
        ).lastMet;
      // The fact base holds no meeting of the two, which is no evidence that there was none.
      expect(await met(["IND", "RUS"], ', before: "2020-01-01"')).toMatchObject({ meeting: null, isCertain: false });
      expect(await met(["LAO", "RUS"])).toMatchObject({ meeting: null, isCertain: false });
      const last = async (code: string) => {
        const { state } = await seeded.ask<{ state: { meetings: { nodes: { on: string }[] } } }>(
          `{ state(code: "${code}") { meetings(first: 1, filter: { status: HELD, during: { from: "1900-01-01" } }) { nodes { on } } } }`,
        );
        return state.meetings.nodes[0]?.on ?? "";
      };
      const [india, china] = [await last("IND"), await last("CHN")];
      expect(await met(["IND", "CHN"])).toEqual({
        meeting: { slug: "2025-06-26-ind-chn-qingdao" },
        isCertain: true,
        coveredThrough: india < china ? india : china,
      });
      expect(await met(["IND", "XXX"])).toMatchObject({ isCertain: false, coveredThrough: null });
    });

    it("lists and counts the meetings of leaders", async () => {
      const { meetings, meetingCounts } = await seeded.ask<{
        meetings: { nodes: { slug: string }[]; totalCount: number };
        meetingCounts: { nodes: { count: number }[] };
      }>(`{
        meetings(first: 1, filter: { parties: ["IND", "CHN"], rank: LEADER, kind: BILATERAL, during: { to: "2024-12-31" } }) { nodes { slug } totalCount }
        meetingCounts(first: 1, by: [KIND], filter: { parties: ["IND", "CHN"], rank: LEADER, kind: BILATERAL, during: { to: "2024-12-31" } }) { nodes { count } }
      }`);
      expect(meetings.nodes).toEqual([{ slug: "2024-10-23-ind-chn-kazan" }]);
      expect(meetingCounts.nodes).toEqual([{ count: meetings.totalCount }]);
      const ministers = await seeded.ask<{ meetings: { nodes: { slug: string }[] } }>(
        `{ meetings(first: 1, filter: { parties: ["IND", "CHN"], rank: MINISTER, kind: BILATERAL }) { nodes { slug } } }`,
      );
      expect(ministers.meetings.nodes).toEqual([{ slug: "2025-06-26-ind-chn-qingdao" }]);
    });

    it.each<[Arguments, string]>([
      [{ ...ministers, day: "2020-09-04" }, "2023-04-27-ind-chn-new-delhi"],
      [{ ...ministers, day: "2020-09-03" }, "2020-09-04-ind-chn-moscow"],
      [{ ...ministers, meeting: "2024-10-23-ind-chn-kazan" }, "2024-11-20-ind-chn-vientiane"],
      // In Johannesburg they spoke some day in 2023.
      [{ ...states, meeting: "2023-04-27-ind-chn-new-delhi" }, "2024-10-23-ind-chn-kazan ? 2023-ind-chn-johannesburg"],
      [{ between: ["narendra-modi", "xi-jinping"], level: "PERSONS", day: "2019-10-31" }, "2022-ind-chn-bali"],
      // "The first since the standoff": New Delhi for certain, unless Moscow was.
      [{ ...ministers, milestone: "ladakh-standoff-2020" }, "2023-04-27-ind-chn-new-delhi ? 2020-09-04-ind-chn-moscow"],
      [{ ...ministers, day: "2025-06-26" }, "none"],
      [{ ...ministers, day: "2020-09-04", before: "2023-04-27" }, "none"],
      [{ ...ministers, meeting: "no-such-meeting" }, "none ?"],
    ])("%j first met at %s", async (variables, expected) => {
      expect(inShort(await askFirst(seeded, variables))).toBe(expected);
    });

    it("says in words what was found and what is doubtful", async () => {
      const words = async (variables: Arguments) => (await askLast(seeded, variables)).explanation;
      expect(await words(ministers)).toBe(
        "India and China defence ministers meet in Qingdao, 26 June 2025; no other in the record can have been later.",
      );
      expect(await words({ between: ["LAO", "RUS"], level: "PARTIES" })).toBe(
        "The record holds no such meeting, which does not mean that there was none.",
      );
      expect(await words({ between: ["IND", "XXX", "YYY"], level: "PARTIES" })).toBe(
        "The record does not know XXX, YYY.",
      );
      expect(await words({ ...ministers, sinceMilestone: "nothing" })).toBe(
        "The record holds no milestone of that name.",
      );
      expect(await words({ ...ministers, sinceMilestone: "disengagement-agreements", before: "2023-01-01" })).toBe(
        "None counts for certain; 1 may, because days are not exact enough.",
      );
      expect((await askFirst(seeded, { ...ministers, milestone: "ladakh-standoff-2020" })).explanation).toBe(
        "India and China defence ministers meet in New Delhi, 27 April 2023; 1 other may have been earlier, because days are not exact enough.",
      );
    });

    it("counts a forum's own sessions only where they are asked for", async () => {
      const { found } = await seeded.ask<{ found: Found }>(
        `{ found: lastMet(between: ["LAO", "RUS"], level: PARTIES, kinds: [SESSION]) { ${encounter} } }`,
      );
      const { meetings } = await seeded.ask<{ meetings: { nodes: { slug: string }[] } }>(
        `{ meetings(first: 1, filter: { parties: ["LAO", "RUS"], kind: SESSION, status: HELD }) { nodes { slug } } }`,
      );
      expect(found.meeting).toEqual(meetings.nodes[0] ?? null);
    });

    it.each([
      [lastMet, { ...ministers, office: null }, "office"],
      [lastMet, { ...states, between: ["IND", "IND"] }, "between"],
      [lastMet, { ...ministers, rank: "MINISTER" }, "rank"],
      [lastMet, { ...ministers, between: ["IND", "CHN", "USA"], otherOffice: "FOREIGN_MINISTER" }, "otherOffice"],
      [lastMet, { ...states, after: "2020-01-01", sinceMilestone: "border-clashes-2020" }, "sinceMilestone"],
      [lastMet, { ...states, before: "2020-01-01", beforeMilestone: "border-clashes-2020" }, "beforeMilestone"],
      [firstSince, states, "day"],
      [firstSince, { ...states, day: "2020-01-01", meeting: "2024-10-23-ind-chn-kazan" }, "day"],
    ])("refuses what cannot be meant: %#", async (question, variables, argument) => {
      const { errors } = await seeded.answer(question, variables);
      expect(errors[0]).toMatchObject({ code: "BAD_USER_INPUT", argument });
    });

    it("finds in the history all meetings of two keys that stand now", async () => {
      const client = await seeded.database.pool.connect();
      try {
        await client.query("begin");
        await client.query(`select set_config('sidelines.known_at', clock_timestamp()::text, true)`);
        const { rows } = await client.query<{ found: number; other: string | null }>(`
          with party as (select "partyId" as id from "Participant" group by 1 order by count(*) desc, 1 limit 8),
          key as (
            select 1 as level, id as key from party union all select 2, id || ':person' from party union all
            select 3, id || ':' || kind from party, unnest(array['DEFENCE_MINISTER', 'HEAD_OF_GOVERNMENT', 'office']) as kind union all
            select 4, id || ':' || rank from party, unnest(array['rank:LEADER', 'rank:MINISTER', 'office']) as rank union all
            (select 2, "personId" from "Participant" where "personId" is not null group by 2 order by count(*) desc, 2 limit 12)),
          asked as (select a.key as one, b.key as other from key a join key b on b.level = a.level and b.key <> a.key)
          select now.found, case when not now.meetings <@ past.meetings then asked.one || ' ' || asked.other end as other from asked,
            lateral (select coalesce(array_agg(e::text), '{}') as meetings, count(*)::int as found from "metTogether"(one, other) e) as now,
            lateral (select coalesce(array_agg(e::text), '{}') as meetings from known."metTogether"(one, other) e) as past`);
        expect(rows.filter(({ other }) => other !== null)).toEqual([]);
        expect(rows.filter(({ found }) => found > 0).length).toBeGreaterThan(20);
      } finally {
        await client.query("rollback");
        client.release();
      }
    });

    it("finds meetings as of a moment that have lost a seat or its holder since", async () => {
      const client = await seeded.database.pool.connect();
      const met = async (schema: string): Promise<string[]> => {
        const party = (code: string) => `(select "id" from "Party" where "code" = '${code}')`;
        const { rows } = await client.query<{ meeting: string }>(
          `select "meetingId" || ' ' || "day" as meeting from ${schema}."metTogether"(${party("IND")}, ${party("CHN")}) order by 1`,
        );
        return rows.map(({ meeting }) => meeting);
      };
      try {
        await client.query("begin");
        await client.query(`select set_config('sidelines.known_at', now()::text, true)`);
        const before = await met("known");
        const [emptied, moved] = before.map((meeting) => meeting.split(" ")[0]);
        await client.query(`delete from "Participant" where "meetingId" = $1`, [emptied]);
        await client.query(
          `update "Participant" set "partyId" = (select "id" from "Party" where "code" = 'JPN'), "personId" = null, "officeId" = null, "isOfficeDoubtful" = false
           where "meetingId" = $1 and "partyId" = (select "id" from "Party" where "code" = 'CHN')`,
          [moved],
        );
        expect(await met("public")).toEqual(before.slice(2));
        expect(await met("known")).toEqual(before);
      } finally {
        await client.query("rollback");
        client.release();
      }
    });

    it("answers from every standpoint", async () => {
      expect(inShort(await askLast(seeded, { ...ministers, knownAt: "2001-01-01T00:00:00Z" }))).toBe("none ?");
      const { rows } = await seeded.database.pool.query<{ at: Date }>(
        `select "at" from "Act" order by "at" desc limit 1`,
      );
      expect(inShort(await askLast(seeded, { ...ministers, knownAt: rows[0]?.at.toISOString() }))).toBe(
        "2025-06-26-ind-chn-qingdao",
      );
      expect(
        inShort(await askLast(seeded, { ...states, before: "2024-11-20", knownAt: rows[0]?.at.toISOString() })),
      ).toBe("2024-10-23-ind-chn-kazan");
    });
  });
});

describe("meetings of small records", () => {
  let database: Awaited<ReturnType<typeof anyDatabase>>;
  let asker: Asker;
  let rows: ReturnType<typeof rowsIn>;
  beforeAll(async () => {
    database = await anyDatabase();
    asker = createAsker(database);
    rows = rowsIn(database);
  });
  afterAll(() => database.close());

  const parties = ["AAA", "BBB", "CCC"];
  const setUp = async (
    meetings: readonly WrittenMeeting[],
    milestones: readonly (readonly [string, (string | undefined)?])[] = [],
  ) => {
    await rows.empty();
    for (const code of parties) {
      await rows.state(code);
      await rows.person(`${code.toLowerCase()}-one`, code);
      await rows.person(`${code.toLowerCase()}-two`, code);
      await rows.office(`${code}/defence`, "DEFENCE_MINISTER");
      await rows.office(`${code}/head`, "HEAD_OF_GOVERNMENT");
    }
    for (const [key, on] of milestones) await rows.milestone(key, on);
    for (const meeting of meetings) await rows.meeting(meeting);
  };
  const both = [{ party: "AAA" }, { party: "BBB" }];
  const AB = { between: ["AAA", "BBB"], level: "PARTIES" };

  it("partial dates: what may have been later is named", async () => {
    await setUp([
      { slug: "in-2021", on: "2021", seats: both },
      { slug: "in-march", on: "2021-03", seats: both },
      { slug: "on-day", on: "2021-03-10", seats: both },
      { slug: "earlier", on: "2021-02-28", seats: both },
      { slug: "undated", seats: both },
      { slug: "expected", on: "2022-01-01", seats: both, reports: [{ status: "EXPECTED" }] },
      { slug: "untold", on: "2022-01-01", seats: both, reports: [] },
    ]);
    expect(inShort(await askLast(asker, AB))).toBe("on-day ? in-march in-2021 undated");
    expect(inShort(await askLast(asker, { ...AB, after: "2021-03-10" }))).toBe("none ? in-march in-2021 undated");
    expect(inShort(await askLast(asker, { ...AB, after: "2021-12-31" }))).toBe("none ? undated");
    expect(inShort(await askLast(asker, { ...AB, before: "2021-03-01" }))).toBe("earlier ? in-2021 undated");
    expect(inShort(await askFirst(asker, { ...AB, day: "2021-02-28" }))).toBe("on-day ? undated in-2021 in-march");
    expect(inShort(await askFirst(asker, { ...AB, day: "2020-12-31" }))).toBe("earlier ? undated in-2021");
  });

  it("a meeting of several days, and two on one day", async () => {
    await setUp([
      { slug: "days", on: "2021-03-10", endsOn: "2021-03-12", seats: both },
      { slug: "within", on: "2021-03-11", seats: both },
    ]);
    expect(inShort(await askLast(asker, AB))).toBe("within ? days");
    await setUp([
      { slug: "one", on: "2021-03-10", seats: both },
      { slug: "two", on: "2021-03-10", seats: both },
    ]);
    const found = await askLast(asker, AB);
    expect([found.meeting?.slug, ...found.contenders.map(({ slug }) => slug)].sort()).toEqual(["one", "two"]);
    expect(found.isCertain).toBe(false);
  });

  it("ranks: a seat whose office is unknown may be of any rank, one in another office is not", async () => {
    await rows.empty();
    for (const code of parties) await rows.state(code);
    await rows.office("AAA/president", "HEAD_OF_STATE");
    await rows.office("BBB/premier", "HEAD_OF_GOVERNMENT");
    await rows.office("AAA/foreign", "FOREIGN_MINISTER");
    await rows.office("BBB/interior", "OTHER_MINISTER");
    await rows.office("BBB/speaker", "OTHER");
    await rows.office("AAA/chief", "CHIEF_OF_DEFENCE");
    await rows.office("BBB/army", "SERVICE_CHIEF");
    const seats = (one: string | undefined, other: string | undefined) => [
      { party: "AAA", ...(one ? { office: `AAA/${one}` } : {}) },
      { party: "BBB", ...(other ? { office: `BBB/${other}` } : {}) },
    ];
    const meetings = [
      { slug: "leaders", on: "2021-01-01", seats: seats("president", "premier") },
      { slug: "ministers", on: "2021-02-01", seats: seats("foreign", "interior") },
      { slug: "uneven", on: "2021-03-01", seats: seats("president", "interior") },
      { slug: "generals", on: "2021-04-01", seats: seats("chief", "army") },
      { slug: "half-known", on: "2021-05-01", seats: seats("president", undefined) },
      { slug: "speaker", on: "2021-06-01", seats: seats("president", "speaker") },
    ];
    for (const meeting of meetings) await rows.meeting(meeting);
    const at = async (more: Arguments) =>
      inShort(await askLast(asker, { between: ["AAA", "BBB"], level: "OFFICES", ...more }));
    expect(await at({ rank: "LEADER" })).toBe("leaders ? half-known");
    expect(await at({ rank: "MINISTER" })).toBe("ministers");
    expect(await at({ rank: "CHIEF_OF_DEFENCE" })).toBe("none");
    expect(await at({ office: "CHIEF_OF_DEFENCE", otherOffice: "SERVICE_CHIEF" })).toBe("generals");
    expect(await at({ office: "HEAD_OF_STATE", otherOffice: "OTHER_MINISTER" })).toBe("uneven ? half-known");
    expect(await at({ rank: "LEADER", before: "2021-02-01" })).toBe("leaders");
  });

  it("series: sittings of two or few count, sittings of forums with many do not", async () => {
    await setUp([]);
    await rows.forum("two-plus-two", "BILATERAL_SERIES");
    await rows.forum("trilateral", "MINILATERAL");
    await rows.forum("plus", "MINISTERIAL");
    await rows.forum("unknown");
    const three = [...both, { party: "CCC" }];
    const meetings = [
      { slug: "third", on: "2021-01-01", forum: "two-plus-two", ordinal: 3, seats: both },
      { slug: "fourth", on: "2021-02-01", kind: "SESSION", forum: "two-plus-two", ordinal: 4, seats: both },
      { slug: "few", on: "2021-03-01", kind: "SESSION", forum: "trilateral", seats: three },
      { slug: "many", on: "2021-04-01", kind: "SESSION", forum: "plus", ordinal: 1, seats: three },
      { slug: "many-too", on: "2021-05-01", kind: "MULTILATERAL", forum: "plus", ordinal: 2, seats: three },
      { slug: "unsaid", on: "2021-06-01", kind: "SESSION", forum: "unknown", seats: three },
      { slug: "ad-hoc", on: "2020-06-01", kind: "MULTILATERAL", seats: three },
    ];
    for (const meeting of meetings) await rows.meeting(meeting);
    const last = async (more: Arguments = {}) => inShort(await askLast(asker, { ...AB, ...more }));
    expect(await last()).toBe("few");
    expect(await last({ before: "2021-03-01" })).toBe("fourth");
    expect(await last({ before: "2021-02-01" })).toBe("third");
    expect(await last({ before: "2021-01-01" })).toBe("ad-hoc");
    expect(await last({ between: ["AAA", "CCC"] })).toBe("few");
    expect(await last({ kinds: ["SESSION"] })).toBe("unsaid");
    expect(await last({ kinds: ["MULTILATERAL"] })).toBe("many-too");
    // Pairs follow the kinds of forums, and the forums of meetings.
    await database.pool.query(`update "Forum" set "kind" = 'MINILATERAL' where "slug" = 'plus'`);
    expect(await last()).toBe("many-too");
    await database.pool.query(`update "Meeting" set "forumId" = $1, "ordinal" = null where "slug" = 'many-too'`, [
      rows.ids.forum("unknown"),
    ]);
    expect(await last()).toBe("many");
    await database.pool.query(`update "Forum" set "kind" = 'SUMMIT' where "slug" in ('plus', 'trilateral')`);
    expect(await last()).toBe("fourth");
    const { forum } = await asker.ask<{ forum: { sessions: { nodes: { slug: string; ordinal: number }[] } } }>(
      `{ forum(slug: "two-plus-two") { kind sessions(orderBy: { field: DATE, direction: ASC }) { nodes { slug ordinal forum { slug } } } } }`,
    );
    expect(forum).toMatchObject({
      kind: "BILATERAL_SERIES",
      sessions: {
        nodes: [
          { slug: "third", ordinal: 3, forum: { slug: "two-plus-two" } },
          { slug: "fourth", ordinal: 4, forum: { slug: "two-plus-two" } },
        ],
      },
    });
  });

  it("formats and kinds: an unknown format counts perhaps", async () => {
    await setUp([
      { slug: "talks", on: "2021-03-10", format: "IN_PERSON", seats: both },
      { slug: "call", on: "2021-05-01", format: "CALL", seats: both },
      { slug: "aside", on: "2021-06-01", format: "PULL_ASIDE", seats: both },
      { slug: "who-knows", on: "2021-04-01", seats: both },
      { slug: "three", kind: "TRILATERAL", on: "2021-02-01", format: "IN_PERSON", seats: [...both, { party: "CCC" }] },
    ]);
    expect(inShort(await askLast(asker, AB))).toBe("aside");
    expect(inShort(await askLast(asker, { ...AB, formats: ["IN_PERSON", "VIDEO"] }))).toBe("talks ? who-knows");
    expect(inShort(await askLast(asker, { ...AB, formats: ["CALL"] }))).toBe("call");
    expect(inShort(await askLast(asker, { ...AB, formats: ["VIDEO"] }))).toBe("none ? who-knows");
    expect((await askLast(asker, { ...AB, formats: ["VIDEO"] })).explanation).toBe(
      "None counts for certain; 1 may, because a format is not recorded.",
    );
    expect(inShort(await askLast(asker, { ...AB, formats: [] }))).toBe("aside");
    expect(inShort(await askLast(asker, { ...AB, kinds: ["TRILATERAL", "MULTILATERAL"] }))).toBe("three");
    expect(inShort(await askLast(asker, { between: ["AAA", "BBB", "CCC"], level: "PARTIES" }))).toBe("three");
    expect(inShort(await askLast(asker, { between: ["CCC", "BBB", "AAA"], level: "PARTIES" }))).toBe("three");
    expect(inShort(await askLast(asker, { between: ["BBB", "AAA", "CCC", "XXX"], level: "PARTIES" }))).toBe("none ?");
  });

  it("persons and offices: a seat that is not named may be anybody of its party", async () => {
    await setUp([
      {
        slug: "named",
        on: "2021-01-01",
        seats: [
          { party: "AAA", person: "aaa-one", office: "AAA/defence" },
          { party: "BBB", person: "bbb-one", office: "BBB/defence" },
        ],
      },
      {
        slug: "others",
        on: "2021-06-01",
        seats: [
          { party: "AAA", person: "aaa-two", office: "AAA/head" },
          { party: "BBB", person: "bbb-one", office: "BBB/head" },
        ],
      },
      {
        slug: "unnamed",
        on: "2021-05-01",
        seats: [{ party: "AAA", person: "aaa-one", office: "AAA/defence" }, { party: "BBB" }],
      },
    ]);
    const persons = { between: ["aaa-one", "bbb-one"], level: "PERSONS" };
    expect(inShort(await askLast(asker, persons))).toBe("named ? unnamed");
    expect((await askLast(asker, persons)).explanation).toBe(
      "named, 1 January 2021; 1 other may have been later, because a seat is not named.",
    );
    expect(inShort(await askLast(asker, { between: ["aaa-two", "bbb-one"], level: "PERSONS" }))).toBe("others");
    expect(inShort(await askLast(asker, { between: ["aaa-two", "bbb-two"], level: "PERSONS" }))).toBe("none");
    expect(
      inShort(await askLast(asker, { between: ["AAA", "BBB"], level: "OFFICES", office: "DEFENCE_MINISTER" })),
    ).toBe("named ? unnamed");
    expect(
      inShort(await askLast(asker, { between: ["AAA", "BBB"], level: "OFFICES", office: "HEAD_OF_GOVERNMENT" })),
    ).toBe("others");
  });

  it("milestones: the order within a day, or without a date, is unknown", async () => {
    const milestones = [["day", "2021-03-10"], ["month", "2021-03"], ["never"]] as const;
    await setUp(
      [
        { slug: "same-day", on: "2021-03-10", seats: both },
        { slug: "after", on: "2021-04-01", seats: both },
        { slug: "before", on: "2021-02-01", seats: both },
      ],
      milestones,
    );
    expect(inShort(await askFirst(asker, { ...AB, milestone: "day" }))).toBe("after ? same-day");
    expect(inShort(await askFirst(asker, { ...AB, day: "2021-03-10" }))).toBe("after");
    expect(inShort(await askFirst(asker, { ...AB, milestone: "month" }))).toBe("after ? same-day");
    expect(inShort(await askFirst(asker, { ...AB, milestone: "never" }))).toBe("none ? before same-day after");
    expect(inShort(await askFirst(asker, { ...AB, meeting: "same-day" }))).toBe("after");
    expect(inShort(await askLast(asker, { ...AB, beforeMilestone: "day" }))).toBe("before ? same-day");
    expect(inShort(await askLast(asker, { ...AB, beforeMilestone: "month" }))).toBe("before ? same-day");
    expect(inShort(await askLast(asker, { ...AB, beforeMilestone: "never" }))).toBe("none ? after same-day before");
  });

  it("follows every change of seats, days, kinds and offices", async () => {
    await setUp([
      { slug: "one", on: "2021-03-10", seats: both },
      {
        slug: "two",
        on: "2021-04-10",
        seats: [
          { party: "AAA", office: "AAA/defence" },
          { party: "CCC", office: "CCC/defence" },
        ],
      },
    ]);
    const sql = (text: string, ...values: string[]) => database.pool.query(text, values);
    expect(inShort(await askLast(asker, AB))).toBe("one");
    await sql(
      `update "Participant" set "partyId" = $1 where "partyId" = $2`,
      rows.ids.party("BBB"),
      rows.ids.party("CCC"),
    );
    expect(inShort(await askLast(asker, AB))).toBe("two");
    await sql(
      `update "Meeting" set "on" = '2020', "onEarliest" = '2020-01-01', "onLatest" = '2020-12-31' where "slug" = 'two'`,
    );
    expect(inShort(await askLast(asker, AB))).toBe("one");
    await sql(
      `update "Meeting" set "kind" = 'SESSION', "forumId" = $1 where "slug" = 'one'`,
      await rows.forum("f").then(() => rows.ids.forum("f")),
    );
    expect(inShort(await askLast(asker, AB))).toBe("two");
    expect(inShort(await askLast(asker, { ...AB, kinds: ["SESSION"] }))).toBe("one");
    expect(
      inShort(await askLast(asker, { between: ["AAA", "BBB"], level: "OFFICES", office: "DEFENCE_MINISTER" })),
    ).toBe("two");
    await sql(`update "Office" set "kind" = 'OTHER' where "key" = 'AAA/defence'`);
    expect(
      inShort(await askLast(asker, { between: ["AAA", "BBB"], level: "OFFICES", office: "DEFENCE_MINISTER" })),
    ).toBe("none");
    await sql(`delete from "Participant" where "partyId" = $1`, rows.ids.party("BBB"));
    expect(inShort(await askLast(asker, AB))).toBe("none");
    await sql(`delete from "Meeting" where "slug" = 'two'`);
    expect((await database.pool.query(`select 1 from derived."Pair"`)).rowCount).toBe(0);
  });

  it("is answered for editors with what is drafted", async () => {
    await setUp([{ slug: "one", on: "2021-03-10", seats: both }]);
    const client = await database.pool.connect();
    try {
      await client.query("begin; set local search_path = editing, public");
      await client.query(
        `insert into "Meeting" ("id", "slug", "title", "kind", "on", "onEarliest", "onLatest") values ('mtg_aaaaaaaaaaaaaaaa', 'drafted', 'drafted', 'BILATERAL', '2022-01-01', '2022-01-01', '2022-01-01')`,
      );
      for (const [index, code] of ["AAA", "BBB"].entries()) {
        await client.query(
          `insert into "Participant" ("id", "key", "meetingId", "partyId", "role", "position") values ($1, $1, 'mtg_aaaaaaaaaaaaaaaa', $2, 'PRINCIPAL', 0)`,
          [`par_${String(index)}aaaaaaaaaaaaaaa`, rows.ids.party(code)],
        );
      }
      await client.query(
        `insert into "StatusReport" ("id", "key", "meetingId", "status") values ('rep_aaaaaaaaaaaaaaaa', 'r', 'mtg_aaaaaaaaaaaaaaaa', 'HELD')`,
      );
      await client.query("commit");
    } finally {
      client.release();
    }
    expect(inShort(await askLast(asker, AB))).toBe("one");
    expect(inShort(await askLast(editorOf(database), AB))).toBe("drafted");
    await database.pool.query(
      `delete from drafts."StatusReport"; delete from drafts."Participant"; delete from drafts."Meeting"`,
    );
  });

  // Naive: every meeting looked at in memory.
  const someDate = fc.option(
    fc
      .tuple(
        fc.integer({ min: 2019, max: 2021 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(4, 7, 10),
      )
      .map(([year, month, dayOfMonth, length]) =>
        `${String(year)}-0${String(month)}-0${String(dayOfMonth)}`.slice(0, length),
      ),
    { nil: undefined },
  );
  const someSeat = (party: string) =>
    fc.record({
      party: fc.constant(party),
      person: fc.constantFrom(undefined, `${party.toLowerCase()}-one`, `${party.toLowerCase()}-two`),
      office: fc.constantFrom(undefined, `${party}/defence`, `${party}/head`),
    });
  const someMeeting = fc.record({
    on: someDate,
    lasts: fc.boolean(),
    format: fc.constantFrom(undefined, "IN_PERSON", "CALL"),
    kind: fc.constantFrom("BILATERAL", "BILATERAL", "MULTILATERAL"),
    status: fc.constantFrom("HELD", "HELD", "HELD", "EXPECTED"),
    seats: fc
      .constantFrom(["AAA", "BBB"], ["AAA", "BBB"], ["AAA", "CCC"], ["AAA", "BBB", "CCC"])
      .chain((codes) => fc.tuple(...codes.map(someSeat))),
  });
  type Some = typeof someMeeting extends fc.Arbitrary<infer T> ? T : never;
  type Seat = Some["seats"][number];
  const someBound = fc.record({ on: someDate, asDay: fc.boolean() });

  interface Naive {
    readonly slug: string;
    readonly first: string;
    readonly last: string;
    readonly isCertain: boolean;
  }
  const [never, ever] = ["0000", "9999"];
  const spanOf = (on: string | undefined, lasts = false) => {
    if (on === undefined) return { first: never, last: ever };
    const { earliest, latest } = parsePartialDate(on);
    return { first: earliest, last: lasts && on.length === 10 ? `${on.slice(0, 8)}20` : latest };
  };

  function consider(
    meetings: readonly Some[],
    level: string,
    formats: readonly string[] | undefined,
    since: { on: string | undefined; asDay: boolean } | undefined,
    until: { on: string | undefined; asDay: boolean } | undefined,
  ): Naive[] {
    const match = (seat: Seat, party: string): "yes" | "perhaps" | "no" => {
      if (seat.party !== party) return "no";
      if (level === "PARTIES") return "yes";
      const [value, wanted] =
        level === "PERSONS" ? [seat.person, `${party.toLowerCase()}-one`] : [seat.office, `${party}/defence`];
      return value === wanted ? "yes" : value === undefined ? "perhaps" : "no";
    };
    return meetings.flatMap((meeting, index) => {
      if (meeting.status !== "HELD") return [];
      const { first, last } = spanOf(meeting.on, meeting.lasts);
      const parts: ("yes" | "perhaps" | "no")[] = ["AAA", "BBB"].map((party) => {
        const found = meeting.seats.map((seat) => match(seat, party));
        return found.includes("yes") ? "yes" : found.includes("perhaps") ? "perhaps" : "no";
      });
      if (formats)
        parts.push(meeting.format === undefined ? "perhaps" : formats.includes(meeting.format) ? "yes" : "no");
      if (since) {
        const span = spanOf(since.on);
        parts.push(
          first > span.last && first !== never
            ? "yes"
            : (since.asDay ? last > span.last : last >= span.first)
              ? "perhaps"
              : "no",
        );
      }
      if (until) {
        const span = spanOf(until.on);
        parts.push(
          last < span.first && last !== ever
            ? "yes"
            : (until.asDay ? first < span.first : first <= span.last)
              ? "perhaps"
              : "no",
        );
      }
      return parts.includes("no")
        ? []
        : [{ slug: `m${String(index)}`, first, last, isCertain: !parts.includes("perhaps") }];
    });
  }

  const pick = (end: "LAST" | "FIRST", all: readonly Naive[]) => {
    const certain = all.filter(({ isCertain }) => isCertain);
    const best =
      end === "LAST"
        ? certain
            .map(({ first }) => first)
            .sort()
            .at(-1)
        : certain.map(({ last }) => last).sort()[0];
    const bests = certain.filter(({ first, last }) => (end === "LAST" ? first : last) === best);
    const contenders = (chosen: string) =>
      all
        .filter(
          ({ slug, first, last }) =>
            slug !== chosen &&
            (best === undefined || best === never || best === ever || (end === "LAST" ? last >= best : first <= best)),
        )
        .map(({ slug }) => slug)
        .sort();
    return { bests: bests.map(({ slug }) => slug), contenders };
  };

  it("are what one finds meeting by meeting", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someMeeting, { maxLength: 8 }),
        fc.constantFrom("PARTIES", "PERSONS", "OFFICES"),
        fc.option(fc.constantFrom(["IN_PERSON"], ["CALL", "VIDEO"]), { nil: undefined }),
        fc.option(someBound, { nil: undefined }),
        fc.option(someBound, { nil: undefined }),
        async (meetings, level, formats, someSince, someUntil) => {
          // Only days that are exact can be given as such.
          const settle = (bound: typeof someSince) =>
            bound && { on: bound.on, asDay: bound.asDay && bound.on?.length === 10 };
          const [since, until] = [settle(someSince), settle(someUntil)];
          await setUp(
            meetings.map(({ on, lasts, format, kind, status, seats }, index) => ({
              slug: `m${String(index)}`,
              on,
              endsOn: lasts && on?.length === 10 ? `${on.slice(0, 8)}20` : undefined,
              format,
              kind,
              seats,
              reports: [{ status }],
            })),
            [
              ["since", since?.on],
              ["until", until?.on],
            ] as const,
          );
          const asked = {
            between: level === "PERSONS" ? ["aaa-one", "bbb-one"] : ["AAA", "BBB"],
            level,
            office: "DEFENCE_MINISTER",
            formats,
          };
          const all = consider(meetings, level, formats, since, until);
          const compare = (end: "LAST" | "FIRST", found: Found) => {
            const { bests, contenders } = pick(end, all);
            if (bests.length === 0) expect(found.meeting).toBeNull();
            else expect(bests).toContain(found.meeting?.slug);
            expect(found.contenders.map(({ slug }) => slug).sort()).toEqual(contenders(found.meeting?.slug ?? ""));
            expect(found.isCertain).toBe(found.meeting !== null && found.contenderCount === 0);
          };
          compare(
            "LAST",
            await askLast(asker, {
              ...asked,
              ...(since && (since.asDay ? { after: since.on } : { sinceMilestone: "since" })),
              ...(until && (until.asDay ? { before: until.on } : { beforeMilestone: "until" })),
            }),
          );
          if (since && (!until || until.asDay)) {
            compare(
              "FIRST",
              await askFirst(asker, {
                ...asked,
                ...(since.asDay ? { day: since.on } : { milestone: "since" }),
                before: until?.on,
              }),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
