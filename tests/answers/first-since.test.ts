import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker, type Asker } from "../support/ask.js";
import { testDatabase } from "../support/database.js";
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
  [verdict, ...counterexamples.map(({ slug }) => slug), ...possibleCounterexamples.map(({ slug }) => `${slug}?`)].join(" ");

describe("what sources claim, by the fact base", () => {
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await openSeeded(["report", "facts"]);
  }, 120_000);
  afterAll(() => seeded.close());

  it("wrong claims come out as wrong, and why is said in words", async () => {
    const of = (name: string, all: readonly Claim[]) => all.find(({ key }) => key.endsWith(`/${name}`));
    const all = await judged(seeded);
    expect(of("since-ladakh-standoff-business-standard", all)).toMatchObject({
      verdict: "CONTRADICTED",
      explanation: "They had met in between: India and China defence ministers meet in New Delhi, 2023-04-27.",
      counterexamples: [{ slug: "2023-04-27-ind-chn-new-delhi" }],
      // The standoff began some day in 2020.
      possibleCounterexamples: [{ slug: "2020-09-04-ind-chn-moscow" }],
    });
    expect(of("previous-in-delhi-asianet", all)).toMatchObject({
      verdict: "CONTRADICTED",
      explanation: "They did not meet then: others sat at India and China defence ministers meet in New Delhi, 2023-04-27.",
    });
    expect(of("previous-in-delhi-wion", all)).toMatchObject({ verdict: "SUPPORTED", explanation: "The record holds no meeting of theirs in between." });
    expect(of("since-disengagement-agreements", all)).toMatchObject({
      verdict: "UNVERIFIABLE",
      explanation: "It cannot be told, because the day that it counts from is not known.",
      counterexamples: [],
      possibleCounterexamples: [{ slug: "2020-09-04-ind-chn-moscow" }, { slug: "2023-04-27-ind-chn-new-delhi" }],
    });
  });
});

describe("what sources claim, by small records", () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let asker: Asker;
  let rows: ReturnType<typeof rowsIn>;
  beforeAll(async () => {
    database = await testDatabase();
    asker = createAsker(database);
    rows = rowsIn(database);
  }, 120_000);
  afterAll(() => database.close());

  const seats = (person?: string) => [{ party: "AAA", person: "aaa" }, { party: "BBB", person }];
  const claimed: WrittenMeeting = { slug: "claimed", on: "2024-06-01", seats: seats("bbb") };
  /** The claim that the meeting of June 2024 was the first since an event, at a level, with other meetings beside it. */
  const judge = async (level: string, since: { milestone?: string; meeting?: string; isPrevious?: boolean }, meetings: readonly WrittenMeeting[], formats?: readonly string[]) => {
    await rows.empty();
    for (const code of ["AAA", "BBB"]) await rows.state(code);
    for (const slug of ["aaa", "bbb", "ccc"]) await rows.person(slug, slug === "aaa" ? "AAA" : "BBB");
    await rows.milestone("event", since.milestone);
    for (const meeting of [claimed, ...meetings]) await rows.meeting(meeting);
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
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024-03-01", seats: seats("bbb") }])).toBe("CONTRADICTED x");
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024-01-01", seats: seats("bbb") }])).toBe("UNVERIFIABLE x?");
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2023-12-31", seats: seats("bbb") }])).toBe("SUPPORTED");
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024", seats: seats("bbb") }])).toBe("UNVERIFIABLE x?");
    expect(await judge("PARTIES", since, [{ slug: "x", seats: seats("bbb") }])).toBe("UNVERIFIABLE x?");
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024-03-01", seats: seats("bbb"), reports: [{ status: "EXPECTED" }] }])).toBe("SUPPORTED");
    expect(await judge("PARTIES", {}, [])).toBe("UNVERIFIABLE");
  });

  it("persons: somebody else, and nobody named", async () => {
    const since = { milestone: "2024-01-01" };
    expect(await judge("PERSONS", since, [{ slug: "x", on: "2024-03-01", seats: seats("ccc") }])).toBe("SUPPORTED");
    expect(await judge("PERSONS", since, [{ slug: "x", on: "2024-03-01", seats: seats() }])).toBe("UNVERIFIABLE x?");
    expect(await judge("PERSONS", since, [{ slug: "x", on: "2024-03-01", seats: seats("bbb") }])).toBe("CONTRADICTED x");
  });

  it("formats: the same claim may be wrong of all meetings and right of those in person", async () => {
    const since = { milestone: "2024-01-01" };
    const call = [{ slug: "x", on: "2024-03-01", format: "CALL", seats: seats("bbb") }];
    expect(await judge("PARTIES", since, call)).toBe("CONTRADICTED x");
    expect(await judge("PARTIES", since, call, ["IN_PERSON"])).toBe("SUPPORTED");
    expect(await judge("PARTIES", since, [{ slug: "x", on: "2024-03-01", seats: seats("bbb") }], ["IN_PERSON"])).toBe("UNVERIFIABLE x?");
  });

  it("the previous meeting: it has to be one of theirs", async () => {
    const then = (person?: string): WrittenMeeting => ({ slug: "then", on: "2023-04-27", seats: seats(person) });
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [then("bbb")])).toBe("SUPPORTED");
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [then("ccc")])).toBe("CONTRADICTED");
    expect(await judge("PERSONS", { meeting: "then", isPrevious: true }, [then()])).toBe("UNVERIFIABLE");
    expect(await judge("PERSONS", { meeting: "then" }, [then("ccc")])).toBe("SUPPORTED");
    await expect(judge("PERSONS", { milestone: "2024-01-01", isPrevious: true }, [])).rejects.toMatchObject({ constraint: "FirstSinceClaim_previous_is_a_meeting" });
  });
});
