import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePartialDate } from "../../src/lib/partial-dates.js";
import { importPack } from "../../src/packs/import.js";
import { createAsker, type Asker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { removeFolders, writePack } from "../support/packs.js";
import { rowsIn, type WrittenPeriod } from "../support/rows.js";
import { seededServers, type Seeded } from "../support/seeded.js";

interface Who {
  readonly person: { readonly slug: string };
}
interface Holding {
  readonly office: { readonly key: string };
  readonly occupancy: string;
  readonly holders: readonly Who[];
  readonly possibleHolders: readonly Who[];
}
const holdersOn = /* GraphQL */ `
  query Holders($asOf: Date!, $kind: OfficeKind, $parties: [String!], $first: Int = 100) {
    officeHolders(asOf: $asOf, kind: $kind, parties: $parties, first: $first) {
      totalCount
      nodes { office { key } occupancy holders { person { slug } } possibleHolders { person { slug } } }
    }
  }
`;
const written = ({ office, occupancy, holders, possibleHolders }: Holding) =>
  [
    office.key,
    occupancy,
    ...holders.map(({ person }) => person.slug),
    ...possibleHolders.map(({ person }) => `${person.slug}?`),
  ].join(" ");

describe.each(await seededServers(["report", "facts"]))("offices of the fact base, on $name", ({ open, skip }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    if (!skip) seeded = await open();
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  describe.skipIf(skip)("", () => {
    const holders = async (variables: Record<string, unknown>) =>
      (await seeded.ask<{ officeHolders: { nodes: Holding[] } }>(holdersOn, variables)).officeHolders.nodes.map(
        written,
      );

    // By hand, from seeds/facts/tenures.yaml.
    it.each([
      [
        "2023-11-15",
        [
          "CHN/defence-minister VACANT",
          "IND/defence-minister HELD rajnath-singh",
          "KOR/minister-of-national-defense UNKNOWN shin-won-sik?",
        ],
      ],
      [
        "2024-11-20",
        [
          "CHN/defence-minister HELD dong-jun",
          "IND/defence-minister HELD rajnath-singh",
          "KOR/minister-of-national-defense HELD kim-yong-hyun",
        ],
      ],
      [
        "2025-01-01",
        [
          "CHN/defence-minister HELD dong-jun",
          "IND/defence-minister HELD rajnath-singh",
          "KOR/minister-of-national-defense VACANT",
        ],
      ],
      // Chairs of sessions were in office on their days; on others nothing is certain.
      [
        "2090-01-01",
        [
          "CHN/defence-minister UNKNOWN dong-jun?",
          "IND/defence-minister UNKNOWN rajnath-singh?",
          "KOR/minister-of-national-defense UNKNOWN ahn-gyu-back?",
        ],
      ],
      // Wei Fenghe is attested from September 2020 on; the start of the tenure is unknown.
      [
        "2019-01-01",
        [
          "CHN/defence-minister UNKNOWN wei-fenghe?",
          "IND/defence-minister UNKNOWN",
          "KOR/minister-of-national-defense UNKNOWN shin-won-sik?",
        ],
      ],
    ])("the defence ministers of three states on %s", async (asOf, expected) => {
      expect(await holders({ asOf, kind: "DEFENCE_MINISTER", parties: ["KOR", "IND", "CHN"] })).toEqual(expected);
    });

    it("rests on every seat in office, and is bounded by predecessor and successor", async () => {
      const ministers = async (asOf: string) =>
        (await holders({ asOf, parties: ["LAO"] })).filter((line) => line.startsWith("LAO/minister-of-national"));
      // Attested on 2023-11-16, and as chair of the two sessions; the successor is attested from 2025-10-31 on.
      expect(await ministers("2024-11-20")).toEqual(["LAO/minister-of-national-defence HELD chansamone-chanyalath"]);
      expect(await ministers("2024-11-21")).toEqual(["LAO/minister-of-national-defence HELD chansamone-chanyalath"]);
      expect(await ministers("2023-11-16")).toEqual(["LAO/minister-of-national-defence HELD chansamone-chanyalath"]);
      expect(await ministers("2025-10-30")).toEqual([
        "LAO/minister-of-national-defence UNKNOWN khamlieng-outhakaisone? chansamone-chanyalath?",
      ]);
      expect(await ministers("2025-11-01")).toEqual(["LAO/minister-of-national-defence HELD khamlieng-outhakaisone"]);
    });

    it("has no certain holder after the last attestation", async () => {
      const { officeHolders } = await seeded.ask<{
        officeHolders: { nodes: (Holding & { attestedUntil: string | null })[] };
      }>(
        `{ officeHolders(asOf: "2090-01-01", first: 100) { nodes { attestedUntil office { key } occupancy holders { person { slug } } possibleHolders { person { slug } } } } }`,
      );
      expect(officeHolders.nodes.length).toBeGreaterThan(20);
      for (const { holders: certain, possibleHolders, attestedUntil, office } of officeHolders.nodes) {
        expect(certain).toEqual([]);
        expect(attestedUntil === null || attestedUntil < "2026-12-31").toBe(true);
        // At most one person is left in an office with one holder.
        if (office.key.includes("defence-minister")) expect(possibleHolders.length).toBeLessThan(2);
      }
    });

    it("has no holder between two ministers of a month, and reads nothing for unknown parties", async () => {
      expect(await holders({ asOf: "2025-01-15", kind: "DEFENCE_MINISTER", parties: ["USA"] })).toEqual([
        "USA/secretary-of-defense UNKNOWN lloyd-austin?",
      ]);
      expect(await holders({ asOf: "2025-01-15", parties: ["XXX"] })).toEqual([]);
      expect(await holders({ asOf: "2025-01-15", parties: [] })).toEqual([]);
    });

    it.each([
      [
        "CHN",
        [
          {
            from: "2023-10-24",
            to: "2023-12-29",
            isCertain: true,
            predecessor: { person: { slug: "li-shangfu" } },
            successor: { person: { slug: "dong-jun" } },
          },
        ],
      ],
      [
        "KOR",
        [
          {
            from: "2024-12-05",
            to: "2025-07-25",
            isCertain: true,
            predecessor: { person: { slug: "kim-yong-hyun" } },
            successor: { person: { slug: "ahn-gyu-back" } },
          },
        ],
      ],
      // Austin left on an unknown day of January 2025; the successor took over on the 25th.
      [
        "USA",
        [
          {
            from: "2025-01-01",
            to: "2025-01-25",
            isCertain: false,
            predecessor: { person: { slug: "lloyd-austin" } },
            successor: { person: { slug: "pete-hegseth" } },
          },
        ],
      ],
      // Hamada was replaced on an unknown day, and Kihara is attested only from May 2024 on.
      [
        "JPN",
        [
          {
            from: "2022-10-02",
            to: "2024-05-02",
            isCertain: false,
            predecessor: { person: { slug: "yasukazu-hamada" } },
            successor: { person: { slug: "minoru-kihara" } },
          },
        ],
      ],
      ["IND", []],
    ])("vacancies of the defence minister of %s", async (code, vacancies) => {
      const { state } = await seeded.ask<{ state: { offices: unknown[] } }>(
        `query Vacancies($code: String!) { state(code: $code) { offices(kind: DEFENCE_MINISTER) { vacancies { from to isCertain predecessor { person { slug } } successor { person { slug } } } } } }`,
        { code },
      );
      expect(state.offices).toEqual([{ vacancies }]);
    });

    it("checks for each participant whether the named office was held, and by which tenure", async () => {
      const check = async (slug: string) => {
        const { meeting } = await seeded.ask<{
          meeting: {
            participants: {
              nodes: { party: { code: string }; inOffice: { verdict: string; tenure: Who | null } | null }[];
            };
          };
        }>(
          `query Check($slug: String!) { meeting(slug: $slug) { participants { nodes { party { code } inOffice { verdict tenure { person { slug } } } } } } }`,
          { slug },
        );
        return meeting.participants.nodes.map(({ party, inOffice }) => [
          party.code,
          inOffice?.verdict,
          inOffice?.tenure?.person.slug,
        ]);
      };
      expect(await check("2024-11-20-ind-chn-vientiane")).toEqual([
        ["IND", "IN_OFFICE", "rajnath-singh"],
        ["CHN", "IN_OFFICE", "dong-jun"],
      ]);
      expect(await check("2020-09-04-ind-chn-moscow")).toEqual([
        ["IND", "IN_OFFICE", "rajnath-singh"],
        ["CHN", "IN_OFFICE", "wei-fenghe"],
      ]);
    });
  });
});

describe("offices of small records", () => {
  let asker: Asker;
  let database: Awaited<ReturnType<typeof anyDatabase>>;
  let rows: ReturnType<typeof rowsIn>;
  beforeAll(async () => {
    database = await anyDatabase();
    asker = createAsker(database);
    rows = rowsIn(database);
  });
  afterAll(() => database.close());

  const setUp = async (tenures: readonly (WrittenPeriod & { readonly person: string })[]) => {
    await rows.empty();
    await rows.state("AAA");
    await rows.office("AAA/minister", "DEFENCE_MINISTER");
    for (const person of ["one", "two"]) await rows.person(person, "AAA");
    for (const [index, { person, ...period }] of tenures.entries())
      await rows.tenure(`t${String(index)}`, person, "AAA/minister", period);
  };
  const verdicts = async (
    meetings: readonly {
      readonly slug: string;
      readonly on?: string;
      readonly endsOn?: string;
      readonly person?: string;
    }[],
  ) => {
    for (const { slug, on, endsOn, person } of meetings) {
      await rows.meeting({ slug, on, endsOn, seats: [{ party: "AAA", person, office: "AAA/minister" }] });
    }
    const answer = await asker.ask<{
      meetings: {
        nodes: {
          slug: string;
          participants: {
            nodes: { inOffice: { verdict: string; tenure: { person: { slug: string } } | null } | null }[];
          };
        }[];
      };
    }>(
      "{ meetings(first: 100) { nodes { slug participants { nodes { inOffice { verdict tenure { person { slug } } } } } } } }",
    );
    return Object.fromEntries(
      answer.meetings.nodes.map(({ slug, participants }) => {
        const check = participants.nodes[0]?.inOffice;
        return [slug, check ? `${check.verdict} ${check.tenure?.person.slug ?? "-"}` : null];
      }),
    );
  };

  it("yes, no, or unknown", async () => {
    await setUp([
      { person: "one", since: "2020-03-01", until: "2022", hasEnded: true },
      { person: "two", since: "2023-05", hasEnded: false },
    ]);
    expect(
      await verdicts([
        { slug: "within", on: "2021", person: "one" },
        { slug: "first-day", on: "2020-03-01", person: "one" },
        { slug: "begins-before", on: "2020-02-29", endsOn: "2020-03-02", person: "one" },
        { slug: "before", on: "2020-02-29", person: "one" },
        { slug: "in-the-year-he-left", on: "2022-06-01", person: "one" },
        { slug: "after", on: "2023-01-01", person: "one" },
        { slug: "undated", person: "one" },
        { slug: "unnamed", on: "2021-01-01" },
        { slug: "month-of-start", on: "2023-05-20", person: "two" },
        { slug: "later", on: "2024", person: "two" },
        { slug: "under-the-other", on: "2021-01-01", person: "two" },
      ]),
    ).toEqual({
      within: "IN_OFFICE one",
      "first-day": "IN_OFFICE one",
      "begins-before": "UNKNOWN one",
      before: "NOT_IN_OFFICE one",
      "in-the-year-he-left": "UNKNOWN one",
      after: "NOT_IN_OFFICE one",
      undated: "UNKNOWN one",
      unnamed: null,
      "month-of-start": "UNKNOWN two",
      later: "IN_OFFICE two",
      "under-the-other": "NOT_IN_OFFICE two",
    });
  });

  it("are attested by signatures and witnesses of agreements signed on a day", async () => {
    const signing = await anyDatabase();
    const agreement = (key: string, signedOn: string, role: string, person: string) =>
      `  - {key: ${key}, name: ${key}, kind: MEMORANDUM, parties: [AAA, BBB], ${signedOn}cite: [d], signatories: [{party: AAA, person: ${person}, office: AAA/minister, role: ${role}, cite: [d]}]}\n`;
    try {
      await importPack(
        signing,
        await writePack({
          "records.yaml": `documents: [{key: d, kind: NEWS_REPORT, title: D, publisher: P, language: en, publishedOn: 2024-01-01, url: "https://example.org/d"}]
states: [{code: AAA, name: Alpha, cite: [d]}, {code: BBB, name: Beta, cite: [d]}]
persons: [{slug: one, name: Ona Uno, state: AAA, cite: [d]}, {slug: two, name: Bea Duo, state: AAA, cite: [d]}]
offices: [{key: AAA/minister, party: AAA, title: Minister, kind: DEFENCE_MINISTER, cite: [d]}]
tenures:
  - {person: one, office: AAA/minister, since: 2020-01-01, cite: [d]}
  - {person: two, office: AAA/minister, attestedOn: 2023-06-01, cite: [d]}
agreements:
${agreement("signed", "signedOn: 2021-05-10, ", "SIGNED", "one")}${agreement("witnessed", "signedOn: 2022-02, ", "WITNESSED", "one")}${agreement("undated", "", "SIGNED", "one")}`,
        }),
      );
      const ask = createAsker(signing);
      const holders = async (asOf: string) => {
        const { officeHolders } = await ask.ask<{ officeHolders: { nodes: Holding[] } }>(holdersOn, { asOf });
        return officeHolders.nodes.map(written);
      };
      expect(await holders("2022-02-01")).toEqual(["AAA/minister HELD one"]);
      expect(await holders("2022-02-02")).toEqual(["AAA/minister UNKNOWN two? one?"]);
      expect(await holders("2023-06-01")).toEqual(["AAA/minister HELD two"]);
    } finally {
      await signing.close();
      await removeFolders();
    }
  });

  it("a person without a tenure: no if another certainly held the office, otherwise unknown", async () => {
    await setUp([{ person: "one", since: "2020-01-01", until: "2021-01-01", hasEnded: true }]);
    expect(
      await verdicts([
        { slug: "then", on: "2020-06", person: "two" },
        { slug: "later", on: "2021-06", person: "two" },
      ]),
    ).toEqual({
      then: "NOT_IN_OFFICE one",
      later: "UNKNOWN -",
    });
  });

  // Naive: day by day, from what is written.
  const firstDay = new Date("2020-01-01T00:00:00Z");
  const days = Array.from({ length: 3 * 366 }, (_, index) =>
    new Date(firstDay.getTime() + index * 86_400_000).toISOString().slice(0, 10),
  );
  const coversDay = ({ since, until, hasEnded, attestedOn }: WrittenPeriod, day: string) => {
    const starts = [since, attestedOn].flatMap((text) => (text === undefined ? [] : [parsePartialDate(text).latest]));
    if (!starts.some((start) => start <= day)) return false;
    if (until !== undefined) return day < parsePartialDate(until).earliest;
    if (hasEnded === false) return true;
    return day <= parsePartialDate((attestedOn ?? since) as string).latest;
  };
  // Certain and possible holders: no tenure reaches into the certain days of another person.
  const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const certainRange = ({ since, until, attestedOn }: WrittenPeriod) => {
    const starts = [since, attestedOn].flatMap((text) => (text === undefined ? [] : [parsePartialDate(text).latest]));
    if (starts.length === 0) return undefined;
    const first = starts.sort()[0] as string;
    const last =
      until === undefined
        ? parsePartialDate((attestedOn ?? since) as string).latest
        : dayBefore(parsePartialDate(until).earliest);
    return first <= last ? { first, last } : undefined;
  };
  type Held = { readonly person: string; readonly period: WrittenPeriod };
  const isHolder = ({ period }: Held, day: string) => {
    const range = certainRange(period);
    return range !== undefined && range.first <= day && day <= range.last;
  };
  const mayHold = (one: Held, tenures: readonly Held[], day: string) => {
    if (isHolder(one, day) || !canCoverDay(one.period, day)) return false;
    if (tenures.some((other) => isHolder(other, day))) return false;
    const range = certainRange(one.period);
    if (range === undefined) return true;
    return !tenures.some((other) => {
      const theirs = certainRange(other.period);
      if (other.person === one.person || theirs === undefined) return false;
      if (theirs.first > range.last) return day >= theirs.first;
      return theirs.last < range.first && day <= theirs.last;
    });
  };
  const canCoverDay = ({ since, until }: WrittenPeriod, day: string) =>
    (since === undefined || parsePartialDate(since).earliest <= day) &&
    (until === undefined || day < parsePartialDate(until).latest);

  const someDay = fc.integer({ min: 20, max: days.length - 40 }).map((index) => days[index] as string);
  const someDate = fc.tuple(someDay, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.slice(0, length));
  const somePeriod = fc
    .record({
      since: fc.option(someDate, { nil: undefined }),
      until: fc.option(someDate, { nil: undefined }),
      attestedOn: fc.option(someDay, { nil: undefined }),
      open: fc.boolean(),
    })
    .map(({ since, until, attestedOn, open }): WrittenPeriod => {
      const isOrdered =
        since === undefined || until === undefined || parsePartialDate(since).latest < parsePartialDate(until).earliest;
      const end = isOrdered ? until : undefined;
      // The record refuses an attestation outside of the period, and one beside a start that is known adds nothing.
      const seen = since === undefined && end === undefined ? attestedOn : undefined;
      return { since, until: end, attestedOn: seen, hasEnded: end !== undefined ? true : open ? false : undefined };
    });

  it("are what one finds day by day", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ person: fc.constantFrom("one", "two"), period: somePeriod }), { maxLength: 4 }),
        someDay,
        async (tenures, asOf) => {
          await setUp(tenures.map(({ person, period }) => ({ person, ...period })));
          const { officeHolders } = await asker.ask<{
            officeHolders: {
              nodes: (Holding & { office: { vacancies: { from: string; to: string | null; isCertain: boolean }[] } })[];
            };
          }>(
            `query Q($asOf: Date!) { officeHolders(asOf: $asOf) { nodes { occupancy office { key vacancies { from to isCertain } } holders { person { slug } } possibleHolders { person { slug } } } } }`,
            { asOf },
          );
          const [found] = officeHolders.nodes;
          const periods = tenures.map(({ period }) => period);
          expect(found?.holders.length).toBe(tenures.filter((one) => isHolder(one, asOf)).length);
          expect(found?.possibleHolders.length).toBe(tenures.filter((one) => mayHold(one, tenures, asOf)).length);

          const empty = days.map((day) => !periods.some((period) => coversDay(period, day)));
          const first = empty.indexOf(false);
          const mayRun = periods.some(({ hasEnded, until }) => hasEnded !== true && until === undefined);
          const expected: { from: string; to: string | null; isCertain: boolean }[] = [];
          for (let index = Math.max(first, 0); first >= 0 && index < days.length; index++) {
            if (!empty[index] || !(empty[index - 1] === false)) continue;
            const next = empty.indexOf(false, index);
            if (next < 0 && mayRun) continue;
            const within = days.slice(index, next < 0 ? undefined : next);
            expected.push({
              from: days[index] as string,
              to: next < 0 ? null : (days[next] as string),
              isCertain: within.some((day) => !periods.some((period) => canCoverDay(period, day))),
            });
          }
          expect(found?.office.vacancies).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });
});
