import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, testDatabase } from "../support/database.js";
import { createAsker } from "../support/ask.js";
import { loadRandomRecord, randomRecord, type RandomRecord, type Row } from "../support/random.record.js";
import { openSeeded, seededServers, type Seeded } from "../support/seeded.js";

const [india, china] = ["sta_aelleeud5xsw2wrf", "sta_mrfpb3aqmkqk54bf"];
const [singh, dong] = ["per_dasjcc6y6hypu2sf", "per_cvi2dzjnfjdll7q6"];
const admmPlus = "frm_fyzyq47fku7rq3w6";
const report = "doc_qcotwrr32o2rdgjz";

interface Entry {
  readonly kind: string;
  readonly on: string | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly isExact: boolean;
  readonly endsOn: string | null;
  readonly summary: string;
  readonly entry: { readonly __typename: string; readonly id: string };
}
interface Page {
  readonly timeline: {
    readonly totalCount: number;
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
    readonly nodes: readonly Entry[];
  };
}

const question = /* GraphQL */ `
  query Timeline($of: ID!, $with: ID, $kinds: [TimelineKind!], $during: DateRange, $first: Int, $after: String, $last: Int, $before: String) {
    timeline(of: $of, with: $with, kinds: $kinds, during: $during, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { kind on earliest latest isExact endsOn summary entry { __typename ... on Node { id } } }
    }
  }
`;

const allKinds = [
  "MILESTONE",
  "TENURE_END",
  "TENURE_START",
  "MEMBERSHIP_END",
  "MEMBERSHIP_START",
  "VISIT",
  "MEETING",
  "STATUS_CHANGE",
  "COMMITMENT",
  "COMMITMENT_DUE",
  "AGREEMENT",
  "ACTIVITY",
  "STATEMENT",
  "FIRST_SINCE_CLAIM",
  "PUBLICATION",
];
const usualKinds = ["MILESTONE", "TENURE_START", "MEMBERSHIP_START", "VISIT", "MEETING", "AGREEMENT", "ACTIVITY"];

describe.each(await seededServers(["report", "facts"]))("timelines, on $name", ({ open, skip }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    if (!skip) seeded = await open();
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  const ask = async (variables: Record<string, unknown>) =>
    (await seeded.ask<Page>(question, { first: 100, ...variables })).timeline;
  const lines = async (variables: Record<string, unknown>) =>
    (await ask(variables)).nodes.map(({ on, summary }) => [on, summary]);

  describe.skipIf(skip)("of two parties", () => {
    it("hold what both took part in and nothing of either alone; what has no date comes last", async () => {
      expect(await lines({ of: india, with: china, kinds: ["MILESTONE", "MEETING", "VISIT", "TENURE_START"] })).toEqual(
        [
          ["2019-10", "Narendra Modi and Xi Jinping meet in Mamallapuram (held)"],
          ["2020", "Border clashes between India and China"],
          ["2020", "Standoff in eastern Ladakh begins"],
          ["2020-09-04", "India and China defence ministers meet in Moscow (held)"],
          ["2022", "Narendra Modi and Xi Jinping speak in Bali (held)"],
          ["2023", "Narendra Modi and Xi Jinping speak in Johannesburg (held)"],
          ["2023-04-27", "India and China defence ministers meet in New Delhi (held)"],
          ["2024-10-23", "Narendra Modi and Xi Jinping meet on the sidelines of the BRICS summit (held)"],
          ["2024-11-20", "India and China defence ministers meet in Vientiane (held)"],
          ["2025-06-26", "India and China defence ministers meet in Qingdao (held)"],
          [null, "Disengagement agreements"],
        ],
      );
    });

    it("are the same from both sides", async () => {
      const one = await ask({ of: india, with: china, kinds: allKinds });
      expect(await ask({ of: china, with: india, kinds: allKinds })).toEqual(one);
      expect(one.totalCount).toBe(54);
    });

    it("tell how far an entry's place can be trusted", async () => {
      const { nodes } = await ask({ of: india, with: china, kinds: ["MILESTONE", "MEETING"] });
      const places = nodes.map(({ on, earliest, latest, isExact }) => ({ on, earliest, latest, isExact }));
      expect(places[0]).toEqual({ on: "2019-10", earliest: "2019-10-01", latest: "2019-10-31", isExact: false });
      expect(places[1]).toEqual({ on: "2020", earliest: "2020-01-01", latest: "2020-12-31", isExact: false });
      expect(places[3]).toEqual({ on: "2020-09-04", earliest: "2020-09-04", latest: "2020-09-04", isExact: true });
      expect(places.at(-1)).toEqual({ on: null, earliest: null, latest: null, isExact: false });
    });

    it("say how it came to a meeting and what was said of it, in the order of a day", async () => {
      const kinds = ["MEETING", "STATUS_CHANGE", "COMMITMENT", "STATEMENT", "FIRST_SINCE_CLAIM"];
      const found = await ask({ of: india, with: china, kinds, during: { from: "2024-11-18", to: "2024-11-20" } });
      expect(found.nodes.map(({ kind, on }) => `${on ?? ""} ${kind}`)).toEqual([
        "2024-11-18 STATUS_CHANGE",
        "2024-11-20 MEETING",
        "2024-11-20 STATUS_CHANGE",
        "2024-11-20 COMMITMENT",
        ...Array.from({ length: 3 }, () => "2024-11-20 STATEMENT"),
        ...Array.from({ length: 8 }, () => "2024-11-20 FIRST_SINCE_CLAIM"),
      ]);
      const summaries = found.nodes.map(({ summary }) => summary);
      expect(summaries[0]).toBe(
        "The Statesman reports as expected: India and China defence ministers meet in Vientiane",
      );
      expect(summaries[2]).toMatch(/ reports as held: India and China defence ministers meet in Vientiane$/);
      expect(summaries).toContain(
        "Business Standard claims: India and China defence ministers meet in Vientiane, the first time since Standoff in eastern Ladakh begins",
      );
    });

    it("do not take a report for news that says what is known: reports that repeat it are left out", async () => {
      const { nodes } = await ask({
        of: india,
        with: china,
        kinds: ["STATUS_CHANGE"],
        during: { from: "2020-09-04", to: "2020-09-04" },
      });
      expect(nodes.map(({ summary }) => summary)).toEqual([
        "The Hindu reports as expected: India and China defence ministers meet in Moscow",
        "The Hindu reports as held: India and China defence ministers meet in Moscow",
      ]);
    });

    it("are empty where the two share nothing, and where there is no such party", async () => {
      const nothing = {
        totalCount: 0,
        nodes: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      };
      expect(await ask({ of: india, with: "sta_aaaaaaaaaaaaaaaa" })).toEqual(nothing);
      expect(await ask({ of: "sta_aaaaaaaaaaaaaaaa", kinds: allKinds })).toEqual(nothing);
      expect(await ask({ of: "mtg_pdlbcd7wrcs6hdap" })).toEqual(nothing);
    });
  });

  describe.skipIf(skip)("of others", () => {
    it("two persons: their meetings, and nothing else unless they travelled to one", async () => {
      expect(await lines({ of: singh, with: dong })).toEqual([
        ["2024-11-20", "India and China defence ministers meet in Vientiane (held)"],
        ["2025-06-26", "India and China defence ministers meet in Qingdao (held)"],
        [null, "Rajnath Singh visits Vientiane"],
      ]);
    });

    it("a document: all that it is cited for, and its publication", async () => {
      const { totalCount, nodes } = await ask({ of: report });
      expect(totalCount).toBe(66);
      const counts = Object.fromEntries(
        allKinds.map((kind) => [kind, nodes.filter((entry) => entry.kind === kind).length]),
      );
      expect(counts).toEqual({
        MILESTONE: 2,
        TENURE_END: 0,
        TENURE_START: 4,
        MEMBERSHIP_END: 0,
        MEMBERSHIP_START: 38,
        VISIT: 1,
        MEETING: 12,
        STATUS_CHANGE: 1,
        COMMITMENT: 1,
        COMMITMENT_DUE: 0,
        AGREEMENT: 1,
        ACTIVITY: 0,
        STATEMENT: 3,
        FIRST_SINCE_CLAIM: 2,
        PUBLICATION: 1,
      });
      expect(await lines({ of: report, kinds: ["PUBLICATION", "STATUS_CHANGE"] })).toEqual([
        ["2024-11-20", "MENAFN reports as expected: 11th ASEAN Defence Ministers' Meeting-Plus"],
        [
          "2024-11-20",
          "MENAFN publishes: Defence Minister Rajnath Singh meets Chinese counterpart Dong Jun in Vientiane",
        ],
      ]);
    });

    it("a forum: ends beside beginnings, on the day they are known to", async () => {
      const { nodes } = await ask({ of: admmPlus, kinds: ["MEMBERSHIP_END"] });
      expect(nodes).toMatchObject([
        {
          on: "2025-10-26",
          summary: "Timor-Leste: no longer observer of ADMM-Plus",
          entry: { __typename: "ForumMembership" },
        },
      ]);
    });

    it("a party: without kinds the usual ones, as with an empty list of them", async () => {
      const usual = await ask({ of: india });
      // No activity of India is in these packs.
      expect(new Set(usual.nodes.map(({ kind }) => kind))).toEqual(new Set(usualKinds.slice(0, -1)));
      expect(await ask({ of: india, kinds: [] })).toEqual(usual);
      expect(await ask({ of: india, kinds: usualKinds })).toEqual(usual);
    });

    it("a meeting of several days says until when", async () => {
      const { forum } = await seeded.ask<{ forum: { id: string } }>('{ forum(slug: "brics") { id } }');
      const { nodes } = await ask({
        of: forum.id,
        during: { from: "2024-10-24", to: "2024-10-24" },
        kinds: ["MEETING"],
      });
      expect(nodes).toMatchObject([{ on: "2024-10-22", endsOn: "2024-10-24", summary: "BRICS summit (held)" }]);
    });
  });

  it.skipIf(skip)(
    "of everything in the record are in the documented order, entry by entry and page by page",
    async () => {
      const holders = await seeded.ask<Record<string, { nodes: { id: string }[] }>>(
        "{ states(first: 100) { nodes { id } } persons(first: 100) { nodes { id } } forums(first: 100) { nodes { id } } documents(first: 40) { nodes { id } } }",
      );
      let ties = 0;
      for (const { id } of Object.values(holders).flatMap(({ nodes }) => nodes)) {
        const { nodes } = await ask({ of: id, kinds: allKinds });
        const statuses = await statusesOf(nodes);
        const placeOf = ({ earliest, kind, entry }: Entry) => [
          earliest ?? "9",
          allKinds.indexOf(kind),
          strengths.indexOf(statuses.get(entry.id) ?? ""),
          entry.id,
        ];
        expect(nodes.map(placeOf)).toEqual(nodes.map(placeOf).sort(before));
        const tied = nodes.findIndex(
          (entry, index) =>
            index > 0 && entry.earliest === nodes[index - 1]?.earliest && entry.kind === nodes[index - 1]?.kind,
        );
        if (tied < 0 || ++ties % 10 !== 0) continue;
        const ids = nodes.map(({ entry }) => entry.id);
        const first = await ask({ of: id, kinds: allKinds, first: tied });
        const rest = await ask({ of: id, kinds: allKinds, after: first.pageInfo.endCursor });
        expect([...first.nodes, ...rest.nodes].map(({ entry }) => entry.id)).toEqual(ids);
        const backwards = await ask({
          of: id,
          kinds: allKinds,
          first: null,
          last: 100,
          before: rest.pageInfo.startCursor,
        });
        expect(backwards.nodes.map(({ entry }) => entry.id)).toEqual(ids.slice(0, tied));
      }
      expect(ties).toBeGreaterThan(20);
    },
  );

  async function statusesOf(nodes: readonly Entry[]): Promise<Map<string, string>> {
    const ids = nodes.filter(({ kind }) => kind === "STATUS_CHANGE").map(({ entry }) => entry.id);
    const found = await seeded.ask<{ nodes: ({ id: string; status: string } | null)[] }>(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on StatusReport { id status } } }",
      { ids },
    );
    return new Map(found.nodes.flatMap((report) => (report ? [[report.id, report.status]] : [])));
  }

  it.skipIf(skip)("of two are refused to what is neither party nor person, by the argument", async () => {
    for (const [of, other, argument] of [
      [admmPlus, india, "of"],
      [india, admmPlus, "with"],
      [singh, report, "with"],
    ]) {
      const { errors } = await seeded.answer(question, { of, with: other });
      expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", argument }]);
      expect(errors[0]?.message).toContain(
        "has to be the id of a state, an organization or a person where two are asked about",
      );
    }
  });

  it.skipIf(skip).each([
    ["timeline", "nodes { on }"],
    ["gaps", "nodes { sentence }"],
    ["coverage", "kind"],
  ])("a party cannot be combined with itself: %s", async (field, selection) => {
    const day = field === "timeline" ? "" : ', asOf: "2026-01-01"';
    const refused = {
      code: "BAD_USER_INPUT",
      argument: "with",
      message: expect.stringContaining('must be the id of another than "of"') as string,
    };
    for (const id of [india, singh]) {
      const { errors } = await seeded.answer(
        `query Same($with: ID) { ${field}(of: "${id}", with: $with${day}) { ${selection} } }`,
        { with: id },
      );
      expect(errors).toMatchObject([refused]);
    }
  });
});

// ------------------------------------------------------------------------------------ against a naive computation

const kindOf: Readonly<Record<string, string>> = {
  sta: "party",
  org: "party",
  per: "person",
  frm: "forum",
  doc: "document",
};
const before = (a: readonly (string | number)[], b: readonly (string | number)[]): number => {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] as string) < (b[at] as string) ? -1 : 1;
};

interface Naive {
  readonly kind: string;
  readonly id: string;
  readonly on: string | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly within: number;
}

const strengths = ["EXPECTED", "POSTPONED", "CANCELLED", "DECLINED", "HELD"];
const text = (row: Row | undefined, name: string) => (row?.[name] ?? null) as string | null;

/** All entries that a record holds, each with those whose timeline it belongs to. */
function everything(record: RandomRecord): (Naive & {
  readonly belongs: (of: string) => boolean;
  readonly belongsToTwo: (one: string, other: string) => boolean;
})[] {
  const seatsAt = (meetingId: unknown) => record.Participant.filter((seat) => seat["meetingId"] === meetingId);
  const tookPart = (meetingId: unknown, who: string) =>
    seatsAt(meetingId).some((seat) => seat["partyId"] === who || seat["personId"] === who);
  const meetingOf = (row: Row) => record.Meeting.find(({ id }) => id === row["meetingId"]);
  const ofForum = (meeting: Row | undefined, who: string) => meeting?.["forumId"] === who;
  const citedBy = (document: string, ...subjects: readonly [string, unknown][]) =>
    record.Citation.some(
      (row) =>
        row["documentId"] === document &&
        row["stance"] === "SUPPORTS" &&
        subjects.some(([column, id]) => row[column] === id),
    );
  const sourceOf = (column: string, id: string) =>
    record.Document.find(
      (document) => document.id === record.Citation.find((row) => row[column] === id)?.["documentId"],
    );
  const areParties = (...ids: string[]) => ids.every((id) => kindOf[id.slice(0, 3)] === "party");
  const dates = (row: Row | undefined, name: string, end?: string) => ({
    on: text(row, name),
    earliest: text(row, `${name}Earliest`),
    latest: (end === undefined ? null : text(row, `${end}Latest`)) ?? text(row, `${name}Latest`),
  });
  const entries: ReturnType<typeof everything> = [];
  const add = (
    kind: string,
    row: Row,
    at: ReturnType<typeof dates>,
    belongs: (of: string) => boolean,
    belongsToTwo: (one: string, other: string) => boolean,
    within = 0,
  ) => {
    entries.push({ kind, id: row.id, ...at, within, belongs, belongsToTwo });
  };
  const never = () => false;

  for (const row of record.Meeting) {
    const documented: readonly [string, unknown][] = [
      ["meetingId", row.id],
      ...seatsAt(row.id).map((seat) => ["participantId", seat.id] as const),
      ...record.StatusReport.filter((one) => one["meetingId"] === row.id).map(
        (one) => ["statusReportId", one.id] as const,
      ),
    ] as [string, unknown][];
    add(
      "MEETING",
      row,
      dates(row, "on", "endsOn"),
      (of) => tookPart(row.id, of) || ofForum(row, of) || citedBy(of, ...documented),
      (one, other) => tookPart(row.id, one) && tookPart(row.id, other),
    );
  }
  const ofMeeting = (row: Row, column: string) => ({
    belongs: (of: string) =>
      tookPart(row["meetingId"], of) || ofForum(meetingOf(row), of) || citedBy(of, [column, row.id]),
    two: (one: string, other: string) => tookPart(row["meetingId"], one) && tookPart(row["meetingId"], other),
  });
  for (const row of record.StatusReport) {
    const placeOf = (one: Row) => {
      const meeting = meetingOf(one);
      const day =
        text(one, "reportedOnLatest") ??
        text(sourceOf("statusReportId", one.id), "publishedOnLatest") ??
        text(meeting, "endsOnLatest") ??
        text(meeting, "onLatest") ??
        "";
      return [day, strengths.indexOf(one["status"] as string), one.id];
    };
    const earlier = record.StatusReport.filter(
      (one) => one["meetingId"] === row["meetingId"] && before(placeOf(one), placeOf(row)) < 0,
    );
    const last = [...earlier].sort((a, b) => before(placeOf(a), placeOf(b))).at(-1)?.["status"];
    const stood = earlier.some((one) => one["status"] === "HELD") ? "HELD" : (last ?? "UNKNOWN");
    if (stood === row["status"] || stood === "HELD") continue;
    const own = dates(row, "reportedOn");
    const { belongs, two } = ofMeeting(row, "statusReportId");
    add(
      "STATUS_CHANGE",
      row,
      own.on === null ? dates(sourceOf("statusReportId", row.id), "publishedOn") : own,
      belongs,
      two,
      strengths.indexOf(row["status"] as string),
    );
  }
  for (const row of record.FirstSinceClaim) {
    const { belongs, two } = ofMeeting(row, "firstSinceClaimId");
    add("FIRST_SINCE_CLAIM", row, dates(sourceOf("firstSinceClaimId", row.id), "publishedOn"), belongs, two);
  }
  for (const row of record.Commitment) {
    const commits = (who: string) =>
      record.CommitmentParty.some((one) => one["commitmentId"] === row.id && one["partyId"] === who);
    const { two } = ofMeeting(row, "commitmentId");
    const belongs = (of: string) =>
      areParties(of)
        ? commits(of)
        : (of.startsWith("per") && tookPart(row["meetingId"], of)) ||
          ofForum(meetingOf(row), of) ||
          citedBy(of, ["commitmentId", row.id]);
    const together = (one: string, other: string) =>
      areParties(one, other) ? commits(one) && commits(other) : two(one, other);
    add("COMMITMENT", row, dates(meetingOf(row), "on", "endsOn"), belongs, together);
    if (row["dueOn"]) add("COMMITMENT_DUE", row, dates(row, "dueOn"), belongs, together);
  }
  for (const row of record.Statement) {
    const isOf = (who: string) => row["partyId"] === who || row["personId"] === who;
    const { two } = ofMeeting(row, "statementId");
    add(
      "STATEMENT",
      row,
      dates(row, "on"),
      (of) => isOf(of) || ofForum(meetingOf(row), of) || citedBy(of, ["statementId", row.id]),
      (one, other) => two(one, other) && (isOf(one) || isOf(other)),
    );
  }
  for (const row of record.ForumMembership) {
    const belongs = (of: string) =>
      row["partyId"] === of || row["forumId"] === of || citedBy(of, ["membershipId", row.id]);
    const inForum = (who: string) =>
      record.ForumMembership.some((one) => one["forumId"] === row["forumId"] && one["partyId"] === who);
    const two = (one: string, other: string) =>
      areParties(one, other) && [one, other].includes(row["partyId"] as string) && inForum(one) && inForum(other);
    add("MEMBERSHIP_START", row, dates(row, "since"), belongs, two);
    if (row["hasEnded"] === true) add("MEMBERSHIP_END", row, dates(row, "until"), belongs, two);
  }
  for (const row of record.Tenure) {
    const party = record.Office.find(({ id }) => id === row["officeId"])?.["partyId"];
    const belongs = (of: string) => row["personId"] === of || party === of || citedBy(of, ["tenureId", row.id]);
    add("TENURE_START", row, dates(row, "since"), belongs, never);
    if (row["hasEnded"] === true) add("TENURE_END", row, dates(row, "until"), belongs, never);
  }
  for (const row of record.Visit) {
    const home = record.Person.find(({ id }) => id === row["personId"])?.["stateId"];
    const there = record.Place.find(({ id }) => id === row["placeId"])?.["stateId"];
    const metOn = (who: string) =>
      record.VisitMeeting.some((one) => one["visitId"] === row.id && tookPart(one["meetingId"], who));
    const belongs = (of: string) => row["personId"] === of || home === of || citedBy(of, ["visitId", row.id]);
    const two = (one: string, other: string) =>
      areParties(one, other)
        ? (home === one && there === other) || (home === other && there === one)
        : (row["personId"] === one && metOn(other)) || (row["personId"] === other && metOn(one));
    add("VISIT", row, dates(row, "from"), belongs, two);
  }
  for (const row of record.Milestone) {
    const names = (who: string) =>
      record.MilestoneParty.some((one) => one["milestoneId"] === row.id && one["partyId"] === who);
    add(
      "MILESTONE",
      row,
      dates(row, "on"),
      (of) => names(of) || citedBy(of, ["milestoneId", row.id]),
      (one, other) => names(one) && names(other),
    );
  }
  for (const row of record.Activity) {
    const takesPart = (who: string) =>
      record.ActivityParty.some((one) => one["activityId"] === row.id && one["partyId"] === who);
    add(
      "ACTIVITY",
      row,
      dates(row, "from", "to"),
      (of) => takesPart(of) || row["forumId"] === of || citedBy(of, ["activityId", row.id]),
      (one, other) => takesPart(one) && takesPart(other),
    );
  }
  for (const row of record.Agreement) {
    const signed = (who: string) =>
      who.startsWith("per")
        ? record.Signatory.some((one) => one["agreementId"] === row.id && one["personId"] === who)
        : record.AgreementParty.some((one) => one["agreementId"] === row.id && one["partyId"] === who);
    add(
      "AGREEMENT",
      row,
      dates(row, "signedOn"),
      (of) => signed(of) || citedBy(of, ["agreementId", row.id]),
      (one, other) => signed(one) && signed(other),
    );
  }
  for (const row of record.Document) add("PUBLICATION", row, dates(row, "publishedOn"), (of) => of === row.id, never);
  return entries;
}

interface Asked {
  readonly of: string;
  readonly with: string | null;
  readonly kinds: readonly string[];
  readonly during: { readonly from: string | null; readonly to: string | null } | null;
}

function naively(record: RandomRecord, asked: Asked): readonly [string, string, string | null][] {
  const chosen = everything(record).filter(({ kind, earliest, latest, belongs, belongsToTwo }) => {
    if (!asked.kinds.includes(kind)) return false;
    if (asked.with === null ? !belongs(asked.of) : !belongsToTwo(asked.of, asked.with)) return false;
    const { from, to } = asked.during ?? { from: null, to: null };
    return (
      (from === null || (latest !== null && latest >= from)) && (to === null || (earliest !== null && earliest <= to))
    );
  });
  const placeOf = (entry: Naive) => [entry.earliest ?? "9", allKinds.indexOf(entry.kind), entry.within, entry.id];
  return chosen.sort((a, b) => before(placeOf(a), placeOf(b))).map(({ kind, id, on }) => [kind, id, on]);
}

describe("timelines of random records", () => {
  // A server plans these statements many times as fast as the embedded database does.
  const server = startPostgres();
  const opened = server.then((postgres) => testDatabase(postgres ? { postgres } : {}));
  const asker = opened.then((database) => createAsker(database));
  afterAll(async () => {
    await (await opened).close();
    await (await server)?.stop();
  });

  const partner = fc.constantFrom("sta_a", "sta_b", "org_d", "per_a", "per_b");
  const asked: fc.Arbitrary<Asked> = fc
    .record({
      of: fc.constantFrom("sta_a", "sta_b", "per_a", "frm_a", "doc_a"),
      pair: fc.option(
        fc.tuple(partner, partner).filter(([one, other]) => one !== other),
        { nil: null },
      ),
      kinds: fc.constantFrom(
        allKinds,
        allKinds,
        ["MEETING", "STATUS_CHANGE", "VISIT"],
        ["MEMBERSHIP_START", "MEMBERSHIP_END", "STATEMENT"],
      ),
      during: fc.constantFrom(
        null,
        null,
        { from: "2020-01-10", to: null },
        { from: null, to: "2020-06-15" },
        { from: "2020-06-01", to: "2020-12-31" },
      ),
    })
    .map(({ pair, ...rest }) => (pair ? { ...rest, of: pair[0], with: pair[1] } : { ...rest, with: null }));

  it("say what a naive computation says, on one page and on many, forwards and backwards", async () => {
    const { ask } = await asker;
    const database = await opened;
    await fc.assert(
      fc.asyncProperty(randomRecord, fc.array(asked, { minLength: 3, maxLength: 3 }), async (record, questions) => {
        await loadRandomRecord(database, record);
        for (const variables of questions) {
          const expected = naively(record, variables);
          const said = (page: Page) => page.timeline.nodes.map(({ kind, on, entry }) => [kind, entry.id, on]);
          const whole = await ask<Page>(question, { ...variables, first: 100 });
          expect(said(whole)).toEqual(expected);
          expect(whole.timeline.totalCount).toBe(expected.length);

          const forwards: unknown[] = [];
          for (let after: string | null = null; ;) {
            const page: Page = await ask<Page>(question, { ...variables, first: 6, after });
            forwards.push(...said(page));
            expect(page.timeline.pageInfo.hasPreviousPage).toBe(after !== null);
            after = page.timeline.pageInfo.endCursor;
            if (!page.timeline.pageInfo.hasNextPage) break;
          }
          expect(forwards).toEqual(expected);

          const backwards: unknown[] = [];
          for (let start: string | null = null; ;) {
            const page: Page = await ask<Page>(question, { ...variables, last: 6, before: start });
            backwards.unshift(...said(page));
            expect(page.timeline.pageInfo.hasNextPage).toBe(start !== null);
            start = page.timeline.pageInfo.startCursor;
            if (!page.timeline.pageInfo.hasPreviousPage) break;
          }
          expect(backwards).toEqual(expected);
        }
      }),
      { numRuns: 8 },
    );
  });

  it("follow what is written: what is kept of reports and claims is what standing ones come to", async () => {
    const { pool } = await opened;
    const kept = async () =>
      (await pool.query(`select * from derived."Reported" order by "holderId", "kind", "day", "id"`))
        .rows as readonly unknown[];
    const nth = (table: string, number: number) =>
      `(select "id" from "${table}" order by "id" offset ${String(number)} limit 1)`;
    const writes: fc.Arbitrary<string> = fc.tuple(fc.nat(6), fc.nat(12)).map(([number, kind]) => {
      const [meeting, seat, report, claim] = [
        nth("Meeting", number),
        nth("Participant", number),
        nth("StatusReport", number),
        nth("FirstSinceClaim", number),
      ];
      const writes = [
        `update "Participant" set "partyId" = 'sta_b' where "id" = ${seat}`,
        `update "Participant" set "personId" = 'per_c' where "id" = ${seat}`,
        `update "Participant" set "meetingId" = ${meeting} where "id" = ${seat}`,
        `delete from "Participant" where "partyId" = 'sta_a'`,
        `insert into "StatusReport" ("id", "key", "meetingId", "status") select 'rep_new', 'new', ${meeting}, 'POSTPONED' on conflict do nothing`,
        `update "StatusReport" set "meetingId" = ${meeting} where "id" = ${report}`,
        `update "StatusReport" set "reportedOn" = '2022', "reportedOnEarliest" = '2022-01-01', "reportedOnLatest" = '2022-12-31' where "id" = ${report}`,
        `update "StatusReport" set "reportedOn" = null, "reportedOnEarliest" = null, "reportedOnLatest" = null where "status" = 'HELD'`,
        `delete from "StatusReport" where "id" = ${report}`,
        `update "FirstSinceClaim" set "meetingId" = ${meeting} where "id" = ${claim}`,
        `update "Document" set "publishedOn" = '2022-02', "publishedOnEarliest" = '2022-02-01', "publishedOnLatest" = '2022-02-28' where "id" = 'doc_a'`,
        `update "Citation" set "documentId" = 'doc_b' where "documentId" = 'doc_a'`,
        `delete from "Meeting" where "id" = ${meeting} and "kind" <> 'SESSION'`,
      ];
      return writes[kind] ?? "";
    });
    let written = 0;
    await fc.assert(
      fc.asyncProperty(randomRecord, fc.array(writes, { minLength: 5, maxLength: 10 }), async (record, statements) => {
        await loadRandomRecord(await opened, record);
        for (const statement of statements) {
          // Statements that break a rule of the record write nothing.
          written += (await pool.query(statement).catch(() => undefined))?.rowCount ?? 0;
          const found = await kept();
          await pool.query(`select derived."settleAllReported"()`);
          expect(found).toEqual(await kept());
        }
      }),
      { numRuns: 8 },
    );
    expect(written).toBeGreaterThan(0);
  });
});

it("the seeds' timelines can be read whole in pages of one", async () => {
  const seeded = await openSeeded(["report"]);
  const whole = (await seeded.ask<Page>(question, { of: india, first: 100, kinds: allKinds })).timeline;
  const found: Entry[] = [];
  for (let after: string | null = null; ;) {
    const { timeline }: Page = await seeded.ask<Page>(question, { of: india, first: 1, after, kinds: allKinds });
    found.push(...timeline.nodes);
    after = timeline.pageInfo.endCursor;
    if (!timeline.pageInfo.hasNextPage) break;
  }
  expect(found).toEqual(whole.nodes);
  await seeded.close();
});
