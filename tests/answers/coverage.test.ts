import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker } from "../support/ask.js";
import { startPostgres, testDatabase } from "../support/database.js";
import { loadRandomRecord, randomRecord, type RandomRecord, type Row } from "../support/random.record.js";
import { rowsIn } from "../support/rows.js";
import { seededServers, type Seeded } from "../support/seeded.js";

const [india, china, dong] = ["sta_aelleeud5xsw2wrf", "sta_mrfpb3aqmkqk54bf", "per_cvi2dzjnfjdll7q6"];
const admmPlus = "frm_fyzyq47fku7rq3w6";

interface Answer {
  readonly coverage: readonly { readonly kind: string; readonly count: number }[];
  readonly gaps: {
    readonly totalCount: number;
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
    };
    readonly nodes: readonly {
      readonly kind: string;
      readonly sentence: string;
      readonly subject: { readonly __typename: string; readonly id: string };
    }[];
  };
}

const question = /* GraphQL */ `
  query Coverage($of: ID!, $with: ID, $asOf: Date! = "2026-01-01", $during: DateRange, $kinds: [GapKind!], $first: Int, $after: String, $last: Int, $before: String) {
    coverage(of: $of, with: $with, asOf: $asOf, during: $during) { kind count }
    gaps(of: $of, with: $with, asOf: $asOf, during: $during, kinds: $kinds, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
      nodes { kind sentence subject { __typename ... on Node { id } } }
    }
  }
`;

describe.each(await seededServers(["report", "facts"]))("coverage, on $name", ({ open, skip }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    if (!skip) seeded = await open();
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  const ask = (variables: Record<string, unknown>) => seeded.ask<Answer>(question, { first: 100, ...variables });
  const sentences = async (variables: Record<string, unknown>) =>
    (await ask(variables)).gaps.nodes.map(({ sentence }) => sentence);

  describe.skipIf(skip)("says what the record does not hold", () => {
    it("of a party: how many gaps of each kind, those of which there are none included", async () => {
      const { coverage, gaps } = await ask({ of: india });
      expect(coverage).toEqual(
        Object.entries({
          OUTCOME_UNREPORTED: 1,
          MEETING_WITHOUT_STATUS: 0,
          MEETING_WITHOUT_DATE: 0,
          MEETING_DATE_INEXACT: 3,
          MEETING_WITHOUT_PLACE: 0,
          SEAT_UNNAMED: 1,
          ACCOUNT_MISSING: 36,
          MEMBERSHIP_WITHOUT_START: 1,
          MEMBERSHIP_WITHOUT_END: 0,
          TENURE_WITHOUT_START: 1,
          TENURE_WITHOUT_END: 1,
          NO_MEETING_RECORDED: 28,
        }).map(([kind, count]) => ({ kind, count })),
      );
      expect(gaps.totalCount).toBe(72);
    });

    it("in sentences, each about a record", async () => {
      const { gaps } = await ask({
        of: india,
        kinds: ["OUTCOME_UNREPORTED", "SEAT_UNNAMED", "MEMBERSHIP_WITHOUT_START", "TENURE_WITHOUT_END"],
      });
      expect(gaps.nodes.map(({ sentence, subject }) => [subject.__typename, sentence])).toEqual([
        [
          "Meeting",
          "The day of “SCO Defence Ministers' Meeting in New Delhi, 2023” has passed, and the last that the record holds of it is that it was expected.",
        ],
        [
          "Participant",
          "No source in the record names who sat for Kazakhstan at “SCO Defence Ministers' Meeting in Astana, 2024”.",
        ],
        [
          "ForumMembership",
          "No source in the record says since when India is or was member of Quad; the earliest day on which a source shows it is 2024-09-21.",
        ],
        ["Tenure", "No source in the record says whether Giridhar Aramane is still Defence Secretary of India."],
      ]);
    });

    it("and takes nothing for an outcome before its day", async () => {
      expect(await sentences({ of: india, kinds: ["OUTCOME_UNREPORTED"], asOf: "2023-04-28" })).toEqual([]);
      expect(await sentences({ of: india, kinds: ["OUTCOME_UNREPORTED"], asOf: "2023-04-29" })).toHaveLength(1);
    });

    it("of two parties: one side's account of their meetings", async () => {
      const found = await sentences({ of: india, with: china });
      // India's Defence Minister is quoted from the meeting in Vientiane; of the other seven neither side is, and three have no exact day.
      expect(found).toHaveLength(18);
      expect(found).toContain(
        "The record holds no account by China of “India and China defence ministers meet in Vientiane”.",
      );
      expect(found).not.toContain(
        "The record holds no account by India of “India and China defence ministers meet in Vientiane”.",
      );
    });

    it("a readout counts for the party that its publisher is named after", async () => {
      const { state } = await seeded.ask<{ state: { id: string } }>('{ state(code: "USA") { id } }');
      expect(await sentences({ of: india, with: state.id, kinds: ["ACCOUNT_MISSING"] })).toEqual([
        "The record holds no account by India of “Bilateral meeting of India and the United States in Vientiane”.",
        "The record holds no account by United States of “India and United States defence chiefs meet in Kuala Lumpur”.",
        "The record holds no account by India of “India and United States defence chiefs meet in Kuala Lumpur”.",
      ]);
    });

    it("says, if no meeting is recorded, that there may have been one", async () => {
      const { state } = await seeded.ask<{ state: { id: string } }>('{ state(code: "BRN") { id } }');
      const said =
        "The record holds no meeting of India and Brunei that was held, sessions of forums aside. There may have been one.";
      expect(await sentences({ of: india, with: state.id })).toEqual([said]);
      expect(await sentences({ of: india, kinds: ["NO_MEETING_RECORDED"] })).toContain(said);
    });

    it("of a forum: unnamed seats, and members that have no seat", async () => {
      const found = await sentences({ of: admmPlus });
      expect(found).toHaveLength(12);
      expect(found).toContain(
        "No source in the record names who sat for Malaysia at “12th ASEAN Defence Ministers' Meeting-Plus”.",
      );
      expect(found).toContain(
        "The record holds no seat of Japan at any session of ADMM-Plus. There may have been one.",
      );
    });

    it("of a forum with numbered sessions: the numbers that none has", async () => {
      const { forum } = await seeded.ask<{ forum: { id: string } }>('{ forum(slug: "shangri-la-dialogue") { id } }');
      const { coverage, gaps } = await ask({ of: forum.id, kinds: ["ORDINAL_MISSING"] });
      const missing = coverage.find(({ kind }) => kind === "ORDINAL_MISSING")?.count ?? 0;
      expect(gaps.totalCount).toBe(missing);
      expect(missing).toBeGreaterThan(0);
      expect(gaps.nodes[0]).toEqual({
        kind: "ORDINAL_MISSING",
        sentence: "The record holds no session no. 1 of SLD, although it holds a later one.",
        subject: { __typename: "Forum", id: forum.id },
      });
    });

    it("of a person: meetings without a date", async () => {
      expect((await sentences({ of: dong }))[0]).toBe(
        "No source in the record says when “Meeting of United States and China defence chiefs in Vientiane, sought and declined” was or is to be.",
      );
    });

    it("within a period: what may lie in it", async () => {
      const within = async (
        from: string | null,
        to: string | null,
        kinds: readonly string[],
        of = india,
        other?: string,
      ) =>
        sentences({
          of,
          ...(other !== undefined && { with: other }),
          kinds,
          during: { ...(from !== null && { from }), ...(to !== null && { to }) },
        });
      // The three inexact dates of India are those of its meetings with China: October 2019, 2022 and 2023.
      expect(await within("2023-05-01", "2023-05-31", ["MEETING_DATE_INEXACT"])).toEqual([
        "The date of “Narendra Modi and Xi Jinping speak in Johannesburg” is known only as 2023.",
      ]);
      expect(await within("2019-11-01", "2021-12-31", ["MEETING_DATE_INEXACT"])).toEqual([]);
      expect(await within(null, "2022-01-01", ["MEETING_DATE_INEXACT"])).toHaveLength(2);
      // A source shows India in Quad on 21 September 2024, so that it did not become a member later; of the end of a tenure nothing is known.
      expect(await within("2024-09-21", null, ["MEMBERSHIP_WITHOUT_START"])).toHaveLength(1);
      expect(await within("2024-09-22", null, ["MEMBERSHIP_WITHOUT_START"])).toEqual([]);
      expect(await within("2025-01-01", null, ["TENURE_WITHOUT_END"])).toHaveLength(1);
      expect(await within(null, "2000-01-01", ["TENURE_WITHOUT_END"])).toEqual([]);
      // A meeting without a date may be on any day.
      expect(await within("1990-01-01", "1990-12-31", ["MEETING_WITHOUT_DATE"], dong)).toHaveLength(1);
    });

    it("within a period: who was not met in it, and in which words", async () => {
      const { coverage, gaps } = await ask({
        of: india,
        with: china,
        during: { from: "2021-01-01", to: "2021-12-31" },
      });
      expect(coverage.filter(({ count }) => count > 0)).toEqual([{ kind: "NO_MEETING_RECORDED", count: 1 }]);
      expect(gaps.nodes.map(({ sentence }) => sentence)).toEqual([
        "The record holds no meeting of India and China from 1 January 2021 to 31 December 2021 that was held, sessions of forums aside. There may have been one.",
      ]);
      // A meeting that is known by its year may have been on any day of it.
      expect(
        await sentences({
          of: india,
          with: china,
          during: { from: "2022-03-01", to: "2022-03-31" },
          kinds: ["NO_MEETING_RECORDED"],
        }),
      ).toEqual([]);
      expect(
        await sentences({ of: india, with: china, during: { to: "2010-12-31" }, kinds: ["NO_MEETING_RECORDED"] }),
      ).toEqual([expect.stringContaining("China up to 31 December 2010 that was held")]);
      expect(
        await sentences({ of: india, with: china, during: { from: "2030-01-01" }, kinds: ["NO_MEETING_RECORDED"] }),
      ).toEqual([expect.stringContaining("China from 1 January 2030 on that was held")]);
    });

    it("within a period: sessions that their neighbours place in it, and members that had no seat in it", async () => {
      const { forum } = await seeded.ask<{ forum: { id: string } }>('{ forum(slug: "shangri-la-dialogue") { id } }');
      const numbers = async (during: Record<string, string>) =>
        (await ask({ of: forum.id, kinds: ["ORDINAL_MISSING"], during })).gaps.totalCount;
      const all = (await ask({ of: forum.id, kinds: ["ORDINAL_MISSING"] })).gaps.totalCount;
      expect(await numbers({ to: "2010-01-01" })).toBe(all);
      expect(await numbers({ from: "2030-01-01" })).toBe(0);
      const unseated = async (during: Record<string, string>) =>
        sentences({ of: admmPlus, kinds: ["NO_SEAT_RECORDED"], during });
      expect(await unseated({ from: "2024-11-20", to: "2024-11-22" })).toContain(
        "The record holds no seat of Japan at any session of ADMM-Plus from 20 November 2024 to 22 November 2024. There may have been one.",
      );
      expect(await unseated({ to: "2000-01-01" })).toEqual([]);
    });

    it("nothing of what it does not know at all: no count stands for that", async () => {
      for (const of of ["sta_aaaaaaaaaaaaaaaa", "doc_qcotwrr32o2rdgjz"]) {
        expect(await ask({ of })).toMatchObject({ coverage: [], gaps: { totalCount: 0, nodes: [] } });
      }
    });
  });
});

// ------------------------------------------------------------------------------------ against a naive computation

const partyIds = (id: string) => id.startsWith("sta") || id.startsWith("org");

interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** Gaps as kind and id of the subject, in any order. */
function naively(
  record: RandomRecord,
  of: string,
  other: string | null,
  asOf: string,
  { from = "0001-01-01", to = "9999-12-31" }: Days,
): string[] {
  const found: string[] = [];
  const add = (kind: string, id: string) => found.push(`${kind} ${id}`);
  const seatsAt = (meeting: Row) => record.Participant.filter((seat) => seat["meetingId"] === meeting.id);
  const tookPart = (meeting: Row, who: string) =>
    seatsAt(meeting).some((seat) => seat["partyId"] === who || seat["personId"] === who);
  const isForum = of.startsWith("frm");
  /** Days between the first and the last that something can have been on, each null where nothing is known of it. */
  const mayLie = (earliest: unknown, latest: unknown) =>
    ((latest ?? to) as string) >= from && ((earliest ?? from) as string) <= to;
  const lastOf = (meeting: Row) => meeting["endsOnLatest"] ?? meeting["onLatest"];
  const allMeetings = record.Meeting.filter((one) =>
    isForum ? one["forumId"] === of : tookPart(one, of) && (other === null || tookPart(one, other)),
  );
  const meetings = allMeetings.filter((one) => mayLie(one["onEarliest"], lastOf(one)));
  const citationsOf = (meeting: Row) => {
    const subjects = [
      meeting.id,
      ...seatsAt(meeting).map(({ id }) => id),
      ...record.StatusReport.filter((one) => one["meetingId"] === meeting.id).map(({ id }) => id),
    ];
    return record.Citation.filter((one) =>
      subjects.includes((one["meetingId"] ?? one["participantId"] ?? one["statusReportId"]) as string),
    );
  };
  const sourcesOf = (meeting: Row) =>
    citationsOf(meeting).map((one) => record.Document.find(({ id }) => id === one["documentId"]));
  const hasAccount = (meeting: Row, party: unknown) => {
    const name = record.Party.find(({ id }) => id === party)?.["name"];
    const seated = seatsAt(meeting)
      .filter((seat) => seat["partyId"] === party)
      .map((seat) => record.Person.find(({ id }) => id === seat["personId"])?.["name"]);
    const isSide = (attributed: unknown) =>
      attributed === `officials of ${String(name)}` || seated.includes(attributed ?? null);
    const words = [...record.Statement, ...record.Commitment]
      .filter((one) => one["meetingId"] === meeting.id)
      .map(({ id }) => id);
    return (
      citationsOf(meeting).some((citation) => isSide(citation["attributedTo"])) ||
      record.Citation.some(
        (citation) =>
          words.includes((citation["statementId"] ?? citation["commitmentId"]) as string) &&
          isSide(citation["attributedTo"]),
      ) ||
      record.Statement.some((one) => one["meetingId"] === meeting.id && one["partyId"] === party) ||
      sourcesOf(meeting).some(
        (document) =>
          document?.["kind"] === "JOINT_STATEMENT" ||
          (document?.["kind"] === "READOUT" && document["publisher"] === name),
      )
    );
  };
  for (const one of meetings) {
    const on = (one["on"] ?? null) as string | null;
    const last = (one["endsOnLatest"] ?? one["onLatest"] ?? null) as string | null;
    if (["EXPECTED", "POSTPONED"].includes(one["status"] as string) && last !== null && last < asOf)
      add("OUTCOME_UNREPORTED", one.id);
    if (one["status"] === "UNKNOWN") add("MEETING_WITHOUT_STATUS", one.id);
    if (on === null) add("MEETING_WITHOUT_DATE", one.id);
    if (on !== null && on.length < 10) add("MEETING_DATE_INEXACT", one.id);
    if ((one["placeId"] ?? null) === null && one["format"] !== "CALL") add("MEETING_WITHOUT_PLACE", one.id);
    if (isForum && seatsAt(one).length === 0) add("SESSION_WITHOUT_SEATS", one.id);
    seatsAt(one).forEach((seat, at, all) => {
      if ((seat["personId"] ?? null) === null) add("SEAT_UNNAMED", seat.id);
      const isFirst = all.findIndex((earlier) => earlier["partyId"] === seat["partyId"]) === at;
      if (one["kind"] === "BILATERAL" && one["status"] === "HELD" && isFirst && !hasAccount(one, seat["partyId"]))
        add("ACCOUNT_MISSING", seat.id);
    });
  }
  const isOpen = (row: Row) =>
    (row["hasEnded"] ?? null) === null || (row["hasEnded"] === true && row["until"] === undefined);
  for (const one of record.ForumMembership.filter(
    (row) => other === null && (row["partyId"] === of || row["forumId"] === of),
  )) {
    if (one["since"] === undefined && mayLie(null, one["untilLatest"])) add("MEMBERSHIP_WITHOUT_START", one.id);
    if (isOpen(one) && mayLie(one["sinceEarliest"], null)) add("MEMBERSHIP_WITHOUT_END", one.id);
  }
  const partyOf = (row: Row) => record.Office.find(({ id }) => id === row["officeId"])?.["partyId"];
  for (const one of record.Tenure.filter((row) => other === null && (row["personId"] === of || partyOf(row) === of))) {
    if (one["since"] === undefined && mayLie(null, one["untilLatest"])) add("TENURE_WITHOUT_START", one.id);
    if (isOpen(one) && mayLie(one["sinceEarliest"], null)) add("TENURE_WITHOUT_END", one.id);
  }
  if (isForum) {
    const numberOf = (one: Row) => (one["ordinal"] ?? 0) as number;
    for (let number = 1; number <= Math.max(0, ...allMeetings.map(numberOf)); number++) {
      const isPlaced = allMeetings.every((one) => {
        if (numberOf(one) === 0) return true;
        if (numberOf(one) > number) return ((lastOf(one) ?? from) as string) >= from;
        return numberOf(one) < number && ((one["onEarliest"] ?? to) as string) <= to;
      });
      if (isPlaced) add("ORDINAL_MISSING", of);
    }
    const isMember = (row: Row) =>
      ((row["sinceEarliest"] ?? to) as string) <= to && ((row["untilLatest"] ?? "9999-12-32") as string) > from;
    const members = record.Party.filter(({ id }) =>
      record.ForumMembership.some((row) => row["forumId"] === of && row["partyId"] === id && isMember(row)),
    );
    for (const { id } of members) if (!meetings.some((one) => tookPart(one, id))) add("NO_SEAT_RECORDED", id);
  }
  const encounters = meetings.filter((one) => one["status"] === "HELD" && one["kind"] !== "SESSION");
  if (other !== null && encounters.length === 0) add("NO_MEETING_RECORDED", other);
  if (other === null && partyIds(of)) {
    const takesPart = (id: unknown) =>
      [...record.Participant, ...record.ForumMembership].some(({ partyId }) => partyId === id);
    for (const { id, kind } of record.Party as readonly (Row & { kind?: unknown })[])
      if (id !== of && kind === "STATE" && takesPart(id) && !encounters.some((one) => tookPart(one, id)))
        add("NO_MEETING_RECORDED", id);
  }
  return found.sort();
}

describe("coverage of random records", () => {
  const server = startPostgres();
  const opened = server.then((postgres) => testDatabase(postgres ? { postgres } : {}));
  const asker = opened.then((database) => createAsker(database));
  afterAll(async () => {
    await (await opened).close();
    await (await server)?.stop();
  });

  const asked = fc.constantFrom(
    { of: "sta_a", with: null },
    { of: "org_d", with: null },
    { of: "per_a", with: null },
    { of: "frm_a", with: null },
    { of: "sta_a", with: "sta_b" },
    { of: "per_a", with: "sta_b" },
  );

  it("a fact attributed to a side by name is its account, and one attributed to some ministry is not", async () => {
    const database = await opened;
    const { ask } = await asker;
    const rows = rowsIn(database);
    const missing = async (subject: "meetingId" | "participantId" | "statementId", attributedTo: string | null) => {
      await rows.empty();
      await rows.state("AAA", "Alpha");
      await rows.insert("PartyName", { partyId: rows.ids.party("AAA"), text: "Alphan", kind: "DEMONYM" });
      await rows.state("BBB", "Beta");
      await rows.insert("Person", { id: rows.ids.person("ann"), slug: "ann", name: "Ann Other" });
      await rows.meeting({ slug: "met", on: "2024-01-01", seats: [{ party: "AAA", person: "ann" }, { party: "BBB" }] });
      await rows.insert("Document", {
        id: "doc_aaaaaaaaaaaaaaaa",
        key: "page",
        kind: "NEWS_REPORT",
        title: "T",
        publisher: "P",
        language: "en",
        url: "https://example.org/",
      });
      await rows.insert("Statement", {
        id: "stm_aaaaaaaaaaaaaaaa",
        key: "said",
        personId: rows.ids.person("ann"),
        meetingId: rows.ids.meeting("met"),
        text: "Words",
        isVerbatim: false,
        topics: [],
      });
      const { rows: seats } = await database.pool.query<{ id: string }>(
        `select "id" from "Participant" where "position" = 1`,
      );
      const ids = {
        meetingId: rows.ids.meeting("met"),
        participantId: seats[0]?.id,
        statementId: "stm_aaaaaaaaaaaaaaaa",
      };
      await rows.insert("Citation", {
        id: "cit_aaaaaaaaaaaaaaaa",
        key: "c",
        documentId: "doc_aaaaaaaaaaaaaaaa",
        attributedTo,
        [subject]: ids[subject],
      });
      const { gaps } = await ask<Answer>(question, { of: rows.ids.party("AAA"), kinds: ["ACCOUNT_MISSING"] });
      return gaps.nodes.map(({ sentence }) => sentence.replace(/^The record holds no account by (\w+) of .*$/, "$1"));
    };
    expect(await missing("meetingId", null)).toEqual(["Alpha", "Beta"]);
    expect(await missing("meetingId", "the Ministry of Defence")).toEqual(["Alpha", "Beta"]);
    expect(await missing("meetingId", "Alpha's Ministry of Defence")).toEqual(["Beta"]);
    expect(await missing("participantId", "an Alphan official")).toEqual(["Beta"]);
    expect(await missing("statementId", "BETA's embassy")).toEqual(["Alpha"]);
    expect(await missing("statementId", "Ann Other")).toEqual(["Beta"]);
    // Another word with the same beginning, and a person who did not attend.
    expect(await missing("meetingId", "the Alphabet Group")).toEqual(["Alpha", "Beta"]);
    expect(await missing("meetingId", "Ann Othersen")).toEqual(["Alpha", "Beta"]);
  });

  it("is what a naive computation finds, counted and page by page", async () => {
    const { ask } = await asker;
    const database = await opened;
    await fc.assert(
      fc.asyncProperty(
        randomRecord,
        fc.array(asked, { minLength: 2, maxLength: 2 }),
        fc.constantFrom("2020-06-10", "2022-01-01"),
        fc.constantFrom<Days>(
          {},
          { from: "2020-06-01", to: "2020-06-05" },
          { from: "2020-06-10" },
          { to: "2020-06-01" },
        ),
        async (record, questions, asOf, during) => {
          await loadRandomRecord(database, record);
          for (const variables of questions) {
            const expected = naively(record, variables.of, variables.with, asOf, during);
            const found: string[] = [];
            let counted = 0;
            for (let after: string | null = null; ;) {
              const { coverage, gaps }: Answer = await ask<Answer>(question, {
                ...variables,
                asOf,
                during,
                first: 7,
                after,
              });
              counted = coverage.reduce((sum, { count }) => sum + count, 0);
              found.push(...gaps.nodes.map(({ kind, subject }) => `${kind} ${subject.id}`));
              for (const { sentence } of gaps.nodes) expect(sentence).toMatch(/^(The|No) .*\.$/);
              after = gaps.pageInfo.endCursor;
              if (!gaps.pageInfo.hasNextPage) break;
            }
            const backwards: string[] = [];
            for (let before: string | null = null; ;) {
              const { gaps }: Answer = await ask<Answer>(question, { ...variables, asOf, during, last: 7, before });
              backwards.unshift(...gaps.nodes.map(({ kind, subject }) => `${kind} ${subject.id}`));
              before = gaps.pageInfo.startCursor;
              if (!gaps.pageInfo.hasPreviousPage) break;
            }
            expect(backwards).toEqual(found);
            expect(found.sort()).toEqual(expected);
            expect(counted).toBe(expected.length);
          }
        },
      ),
      { numRuns: 10 },
    );
  });
});
