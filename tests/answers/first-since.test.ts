import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker, type Asker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { loadRandomRecord, randomRecord, type RandomRecord, type Row } from "../support/random.record.js";
import { rowsIn, type WrittenMeeting } from "../support/rows.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

interface Claim {
  readonly key: string;
  readonly verdict: string;
  readonly explanation: string;
  readonly counterexamples: readonly { readonly slug: string }[];
  readonly possibleCounterexamples: readonly { readonly slug: string }[];
}
const claims = /* GraphQL */ `
  query Claims($formats: [MeetingFormat!]) {
    firstSinceClaims(first: 50) {
      nodes {
        key
        verdict(formats: $formats)
        explanation(formats: $formats)
        counterexamples(formats: $formats) { slug }
        possibleCounterexamples(formats: $formats) { slug }
      }
    }
  }
`;
const judged = async (asker: Asker, formats: readonly string[] | null = null) =>
  (await asker.ask<{ firstSinceClaims: { nodes: Claim[] } }>(claims, { formats })).firstSinceClaims.nodes;
const inShort = ({ verdict, counterexamples, possibleCounterexamples }: Claim) =>
  [verdict, ...counterexamples.map(({ slug }) => slug), ...possibleCounterexamples.map(({ slug }) => `${slug}?`)].join(
    " ",
  );

describe("claims of sources, in the fact base", () => {
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await openSeeded(["report", "facts"]);
  });
  afterAll(() => seeded.close());

  it("wrong claims come out as wrong, and why is said in words", async () => {
    const of = (name: string, all: readonly Claim[]) => all.find(({ key }) => key.endsWith(`/${name}`));
    const all = await judged(seeded);
    expect(of("since-ladakh-standoff-business-standard", all)).toMatchObject({
      verdict: "CONTRADICTED",
      explanation: "They had met in between: India and China defence ministers meet in New Delhi, 27 April 2023.",
      counterexamples: [{ slug: "2023-04-27-ind-chn-new-delhi" }],
      // The standoff began some day in 2020.
      possibleCounterexamples: [{ slug: "2020-09-04-ind-chn-moscow" }],
    });
    expect(of("previous-in-delhi-asianet", all)).toMatchObject({
      verdict: "CONTRADICTED",
      explanation: "Not all of them attended India and China defence ministers meet in New Delhi, 27 April 2023.",
    });
    expect(of("previous-in-delhi-wion", all)).toMatchObject({
      verdict: "SUPPORTED",
      explanation: "The record holds no meeting of theirs in between.",
    });
    expect(of("since-disengagement-agreements", all)).toMatchObject({
      verdict: "UNVERIFIABLE",
      explanation: "The record is inconclusive because the day that it counts from is not known.",
      counterexamples: [],
      possibleCounterexamples: [{ slug: "2020-09-04-ind-chn-moscow" }, { slug: "2023-04-27-ind-chn-new-delhi" }],
    });
  });

  it("the last meeting before Kazan depends on whether a pull-aside counts", async () => {
    const before = async (formats: readonly string[] | null = null) => {
      const all = await judged(seeded, formats);
      return ["south-africa-zee", "johannesburg-jsb", "mamallapuram-hindustan-times"].map((name) =>
        all.find(({ key }) => key.endsWith(`/previous-in-${name}`)),
      );
    };
    const [bali, johannesburg] = [
      "Narendra Modi and Xi Jinping speak in Bali, 2022",
      "Narendra Modi and Xi Jinping speak in Johannesburg, 2023",
    ];
    const held = {
      verdict: "SUPPORTED",
      explanation: "The record holds no meeting of theirs in between.",
      counterexamples: [],
      possibleCounterexamples: [],
    };
    expect(await before()).toMatchObject([
      held,
      held,
      {
        verdict: "CONTRADICTED",
        explanation: `They had met in between: ${bali}; ${johannesburg}.`,
        counterexamples: [{ slug: "2022-ind-chn-bali" }, { slug: "2023-ind-chn-johannesburg" }],
      },
    ]);
    const other = {
      verdict: "CONTRADICTED",
      explanation: `Their meeting then has a format that does not count: ${johannesburg}.`,
      counterexamples: [],
    };
    expect(await before(["IN_PERSON", "VIDEO"])).toMatchObject([other, other, held]);
  });
});

describe("claims of sources, in small records", () => {
  let database: Awaited<ReturnType<typeof anyDatabase>>;
  let asker: Asker;
  let rows: ReturnType<typeof rowsIn>;
  beforeAll(async () => {
    database = await anyDatabase();
    asker = createAsker(database);
    rows = rowsIn(database);
  });
  afterAll(() => database.close());

  const seats = (person?: string): WrittenMeeting["seats"] => [
    { party: "AAA", person: "aaa" },
    { party: "BBB", person },
  ];
  /** The claim that the meeting of June 2024 was the first since an event, at a level, with other meetings beside it. */
  const judge = async (
    level: string,
    since: { milestone?: string; meeting?: string; isPrevious?: boolean },
    meetings: readonly WrittenMeeting[],
    formats?: readonly string[],
    sat = seats("bbb"),
  ) => {
    await rows.empty();
    for (const code of ["AAA", "BBB"]) await rows.state(code);
    for (const slug of ["aaa", "bbb", "ccc", "ddd"])
      await rows.person(slug, slug === "aaa" || slug === "ddd" ? "AAA" : "BBB");
    await rows.milestone("event", since.milestone);
    for (const meeting of [{ slug: "claimed", on: "2024-06-01", seats: sat }, ...meetings]) await rows.meeting(meeting);
    const { rows: milestones } = await database.pool.query<{ id: string }>(`select "id" from "Milestone"`);
    await rows.insert("FirstSinceClaim", {
      id: "fsc_aaaaaaaaaaaaaaaa",
      key: "claim",
      meetingId: rows.ids.meeting("claimed"),
      level,
      sinceMilestoneId: since.meeting === undefined ? milestones[0]?.id : null,
      sinceMeetingId: since.meeting === undefined ? null : rows.ids.meeting(since.meeting),
      isPreviousMeeting: since.isPrevious ?? false,
    });
    const [claim] = await judged(asker, formats);
    return claim ? inShort(claim) : "";
  };

  it("between, on the same day, and without a day", async () => {
    const since = { milestone: "2024-01-01" };
    expect(await judge("PARTIES", since, [])).toBe("SUPPORTED");
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024-03-01", seats: seats("bbb") }])).toBe(
      "CONTRADICTED x",
    );
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024-01-01", seats: seats("bbb") }])).toBe(
      "UNVERIFIABLE x?",
    );
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2023-12-31", seats: seats("bbb") }])).toBe("SUPPORTED");
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024", seats: seats("bbb") }])).toBe("UNVERIFIABLE x?");
    expect(await judge("PARTIES", since, [{ slug: "x", seats: seats("bbb") }])).toBe("UNVERIFIABLE x?");
    expect(
      await judge("PARTIES", since, [
        { slug: "x", on: "2024-03-01", seats: seats("bbb"), reports: [{ status: "EXPECTED" }] },
      ]),
    ).toBe("SUPPORTED");
    expect(await judge("PARTIES", {}, [])).toBe("UNVERIFIABLE");
  });

  it("persons: another person, and an unnamed seat", async () => {
    const since = { milestone: "2024-01-01" };
    expect(await judge("PERSONS", since, [{ slug: "x", on: "2024-03-01", seats: seats("ccc") }])).toBe("SUPPORTED");
    expect(await judge("PERSONS", since, [{ slug: "x", on: "2024-03-01", seats: seats() }])).toBe("UNVERIFIABLE x?");
    expect(await judge("PERSONS", since, [{ slug: "x", on: "2024-03-01", seats: seats("bbb") }])).toBe(
      "CONTRADICTED x",
    );
  });

  it("unnamed seats of a party may be either of two persons, and a single party met no other", async () => {
    const since = { milestone: "2024-01-01" };
    const delegation = [
      { party: "AAA", person: "aaa" },
      { party: "AAA", person: "ddd" },
      { party: "BBB", person: "bbb" },
    ];
    const judgeOf = async (seats: WrittenMeeting["seats"], meetings: readonly WrittenMeeting[]) =>
      judge("PERSONS", since, meetings, undefined, seats);
    expect(await judgeOf(delegation, [{ slug: "x", on: "2024-03-01", seats: delegation }])).toBe("CONTRADICTED x");
    expect(
      await judgeOf(delegation, [
        { slug: "x", on: "2024-03-01", seats: [{ party: "AAA" }, { party: "BBB", person: "bbb" }] },
      ]),
    ).toBe("UNVERIFIABLE x?");
    expect(await judgeOf(delegation.slice(0, 2), [{ slug: "x", on: "2024-03-01", seats: delegation }])).toBe(
      "UNVERIFIABLE",
    );
  });

  it("formats: the same claim may be wrong of all meetings and right of those in person", async () => {
    const since = { milestone: "2024-01-01" };
    const call = [{ slug: "x", on: "2024-03-01", format: "CALL", seats: seats("bbb") }];
    expect(await judge("PARTIES", since, call)).toBe("CONTRADICTED x");
    expect(await judge("PARTIES", since, call, ["IN_PERSON"])).toBe("SUPPORTED");
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024-03-01", seats: seats("bbb") }], ["IN_PERSON"])).toBe(
      "UNVERIFIABLE x?",
    );
  });

  it("the previous meeting: it has to be one of theirs", async () => {
    const then = (person?: string): WrittenMeeting => ({ slug: "then", on: "2023-04-27", seats: seats(person) });
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [then("bbb")])).toBe("SUPPORTED");
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [then("ccc")])).toBe("CONTRADICTED");
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [then()])).toBe("UNVERIFIABLE");
    expect(await judge("PERSONS", { meeting: "then" }, [then("ccc")])).toBe("SUPPORTED");
    // If calls do not count, a call was not the last meeting. For a meeting of unknown format, the answer is unknown.
    const call = { ...then("bbb"), format: "CALL" };
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [call])).toBe("SUPPORTED");
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [call], ["IN_PERSON"])).toBe("CONTRADICTED");
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [then("bbb")], ["IN_PERSON"])).toBe(
      "UNVERIFIABLE",
    );
    expect(await judge("PERSONS", { meeting: "then" }, [call], ["IN_PERSON"])).toBe("SUPPORTED");
    await expect(judge("PERSONS", { milestone: "2024-01-01", isPrevious: true }, [])).rejects.toMatchObject({
      constraint: "FirstSinceClaim_previous_is_a_meeting",
    });
  });
});

describe("claims of sources, in random records", () => {
  const [never, ever] = ["0000", "9999"];
  const text = (row: Row | undefined, column: string): string | undefined =>
    (row?.[column] ?? undefined) as string | undefined;
  /** First and last day that an event can have been on. */
  const spanOf = (row: Row | undefined) => ({
    first: text(row, "onEarliest") ?? never,
    last: text(row, "endsOnLatest") ?? text(row, "onLatest") ?? ever,
  });

  /** Verdict and counter-examples, certain and possible, by looking at every meeting. */
  function naively(record: RandomRecord, claim: Row, formats: readonly string[] | null): string {
    const seatsOf = (meetingId: unknown) => record.Participant.filter((seat) => seat["meetingId"] === meetingId);
    const meeting = record.Meeting.find(({ id }) => id === claim["meetingId"]);
    const then = record.Meeting.find(({ id }) => id === claim["sinceMeetingId"]);
    const since = then ?? record.Milestone.find(({ id }) => id === claim["sinceMilestoneId"]);
    const column = { PARTIES: "partyId", OFFICES: "officeId", PERSONS: "personId" }[String(claim["level"])] ?? "";
    const seats = seatsOf(claim["meetingId"]);
    // A meeting needs two different persons for different parties.
    const isOneWith = (one: Row, other: Row) =>
      one["partyId"] === other["partyId"] || (one[column] === other[column] && text(one, column) !== undefined);
    const hasTwo = seats.some((one) => seats.some((other) => !isOneWith(one, other)));
    const sat = (meetingId: unknown, isOpen: boolean) =>
      seats.every((one) =>
        seatsOf(meetingId).some(
          (other) =>
            other["partyId"] === one["partyId"] &&
            ((text(one, column) !== undefined && other[column] === one[column]) ||
              (isOpen && text(other, column) === undefined)),
        ),
      );
    const counts = (row: Row | undefined): "yes" | "perhaps" | "no" => {
      if (!formats) return "yes";
      const format = text(row, "format");
      return format === undefined ? "perhaps" : formats.includes(format) ? "yes" : "no";
    };
    const [from, to] = [spanOf(since), spanOf(meeting)];
    const others = hasTwo
      ? record.Meeting.filter(
          (row) => row !== meeting && row !== then && row["status"] === "HELD" && row["kind"] !== "SESSION",
        )
      : [];
    const certain = others.filter(
      (row) =>
        counts(row) === "yes" &&
        sat(row.id, false) &&
        spanOf(row).first > from.last &&
        spanOf(row).last < to.first &&
        spanOf(row).first !== never,
    );
    const possible = others.filter(
      (row) =>
        counts(row) !== "no" &&
        sat(row.id, true) &&
        spanOf(row).last >= from.first &&
        spanOf(row).first <= to.last &&
        !certain.includes(row),
    );
    const isWrong = claim["isPreviousMeeting"] === true && (!sat(then?.id, true) || counts(then) === "no");
    const isUnclear = claim["isPreviousMeeting"] === true && (!sat(then?.id, false) || counts(then) === "perhaps");
    const isUnknown =
      from.last === ever || to.first === never || !hasTwo || seats.some((seat) => text(seat, column) === undefined);
    const verdict =
      isWrong || certain.length > 0
        ? "CONTRADICTED"
        : isUnclear || isUnknown || possible.length > 0
          ? "UNVERIFIABLE"
          : "SUPPORTED";
    return [verdict, ...certain.map(({ id }) => id).sort(), ...possible.map(({ id }) => `${id}?`).sort()].join(" ");
  }

  it("comes out as a look at every meeting says", async () => {
    const database = await anyDatabase();
    const asker = createAsker(database);
    const found: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        randomRecord,
        fc.constantFrom(null, null, ["IN_PERSON"], ["CALL", "VIDEO"]),
        async (record, formats) => {
          await loadRandomRecord(database, record);
          const answered = new Map((await judged(asker, formats)).map((claim) => [claim.key, claim]));
          expect([...answered.keys()].sort()).toEqual(record.FirstSinceClaim.map(({ id }) => id).sort());
          for (const claim of record.FirstSinceClaim) {
            const answer = answered.get(claim.id);
            const slugs = (meetings: Claim["counterexamples"] | undefined, mark = "") =>
              (meetings ?? []).map(({ slug }) => `${slug.replace("meeting-", "mtg_")}${mark}`).sort();
            expect(
              [answer?.verdict, ...slugs(answer?.counterexamples), ...slugs(answer?.possibleCounterexamples, "?")].join(
                " ",
              ),
            ).toBe(naively(record, claim, formats));
            expect(answer?.explanation).toMatch(/^(Not all|They|Their|The) .*\.$/);
            found.push(answer?.verdict ?? "");
          }
        },
      ),
      { numRuns: 60 },
    );
    // The records are such that all three come out.
    expect([...new Set(found)].sort()).toEqual(["CONTRADICTED", "SUPPORTED", "UNVERIFIABLE"]);
    await database.close();
  });
});
