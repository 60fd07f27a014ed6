import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker, type Asker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { rowsIn } from "../support/rows.js";
import { seededServers, type Seeded } from "../support/seeded.js";

const counts =
  "total announced open held expected declined cancelled postponed unknown addressesExpected addressesGiven";
interface Counts {
  readonly total: number;
  readonly announced: number;
  readonly open: number;
  readonly held: number;
  readonly expected: number;
  readonly declined: number;
  readonly cancelled: number;
  readonly postponed: number;
  readonly unknown: number;
}
interface Report {
  readonly status: string;
  readonly reportedOn: string | null;
  readonly citation: { readonly document: { readonly publisher: string } };
}
interface Entry {
  readonly meeting: { readonly slug: string };
  readonly status: string;
  readonly isOpen: boolean;
  readonly announcedBy: readonly Report[];
  readonly confirmedBy: readonly Report[];
  readonly otherReports: readonly Report[];
}
const nothing = {
  total: 0,
  announced: 0,
  open: 0,
  held: 0,
  expected: 0,
  declined: 0,
  cancelled: 0,
  postponed: 0,
  unknown: 0,
  addressesExpected: 0,
  addressesGiven: 0,
};

describe.each(await seededServers(["report", "facts"]))("ledgers of the fact base, on $name", ({ open, skip }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    if (!skip) seeded = await open();
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });
  const ledger = async <T = Counts>(field: string, selection = counts): Promise<T> => {
    const answer = await seeded.ask<Record<string, unknown>>(
      `{ ${field.replaceAll("LEDGER", `ledger { ${selection} }`)} }`,
    );
    let found: unknown = answer;
    while (typeof found === "object" && found !== null && !("ledger" in found)) found = Object.values(found)[0];
    return (found as { ledger: T }).ledger;
  };

  describe.skipIf(skip)("", () => {
    // By hand: nine bilaterals of India and one of five on the sidelines, all held; the meeting that China declined.
    it("of a session: what was held and declined on its sidelines", async () => {
      const found = await ledger(`meeting(slug: "admm-plus-11") { LEDGER }`);
      const { meeting } = await seeded.ask<{
        meeting: { sidelineMeetings: { totalCount: number; nodes: { status: string }[] } };
      }>(`{ meeting(slug: "admm-plus-11") { sidelineMeetings(first: 50) { totalCount nodes { status } } } }`);
      const of = (status: string) => meeting.sidelineMeetings.nodes.filter((node) => node.status === status).length;
      expect(found).toMatchObject({
        total: meeting.sidelineMeetings.totalCount,
        held: of("HELD"),
        declined: 1,
        expected: 0,
        open: 0,
        cancelled: 0,
        postponed: 0,
      });
      expect(found.held).toBeGreaterThanOrEqual(10);
    });

    it("of a journey: nine meetings, all announced and all held", async () => {
      const { person } = await seeded.ask<{ person: { visits: { nodes: { ledger: Counts }[] } } }>(
        `{ person(slug: "rajnath-singh") { visits(first: 1) { nodes { ledger { ${counts} } } } } }`,
      );
      expect(person.visits.nodes[0]?.ledger).toMatchObject({ total: 9, announced: 9, held: 9, open: 0, expected: 0 });
    });

    it("of a pair: who announced a meeting, and who confirmed it", async () => {
      const entries = (
        await ledger<{ entries: { nodes: Entry[] } }>(
          `ledger(between: ["CHN", "IND"], during: { from: "2024-11-01", to: "2024-11-30" }) { entries { totalCount nodes {
          meeting { slug } status isOpen
          announcedBy { status reportedOn citation { document { publisher } } }
          confirmedBy { status reportedOn citation { document { publisher } } }
          otherReports { status }
        } } }`,
          "",
        )
      ).entries.nodes;
      expect(entries).toHaveLength(1);
      const [entry] = entries;
      expect(entry).toMatchObject({
        meeting: { slug: "2024-11-20-ind-chn-vientiane" },
        status: "HELD",
        isOpen: false,
        otherReports: [],
      });
      expect(entry?.announcedBy.map(({ reportedOn }) => reportedOn)).toEqual([
        "2024-11-18",
        "2024-11-18",
        "2024-11-20",
        "2024-11-20",
      ]);
      expect(entry?.announcedBy[0]?.status).toBe("EXPECTED");
      expect(new Set(entry?.confirmedBy.map(({ status }) => status))).toEqual(new Set(["HELD"]));
      // The report itself, three dated pages and one without a date.
      expect(entry?.confirmedBy).toHaveLength(5);
      for (const { citation } of entry?.confirmedBy ?? []) expect(citation.document.publisher).not.toBe("");
    });

    it("of a pair that did not meet, of parties that are not known, and of a declined meeting", async () => {
      const between = (names: string) => ledger(`ledger(between: [${names}]) { ${counts} }`, "");
      expect(await between(`"LAO", "RUS"`)).toEqual(nothing);
      expect(await between(`"IND", "XXX"`)).toEqual(nothing);
      expect(await between(`"USA", "CHN"`)).toMatchObject({ total: 2, announced: 2, held: 1, declined: 1 });
      const { errors } = await seeded.answer(`{ ledger(between: ["IND"]) { total } }`);
      expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", argument: "between" }]);
    });

    it("of a party and of a forum, over the years", async () => {
      const fulfilment = async (field: string) =>
        (await ledger<{ fulfilment: unknown[] }>(field, "fulfilment { period announced held declined cancelled open }"))
          .fulfilment;
      expect(
        await fulfilment(
          `party(code: "USA") { ledger(during: { from: "2024-11-20", to: "2024-11-21" }) { fulfilment(by: MONTH) { period announced held declined cancelled open } } }`,
        ),
      ).toEqual([{ period: "2024-11", announced: 1, held: 1, declined: 0, cancelled: 0, open: 0 }]);
      // The nine bilaterals of India, and the meeting without a day that China declined.
      expect(await fulfilment(`forum(slug: "admm-plus") { LEDGER }`)).toEqual([
        { period: "2024", announced: 9, held: 9, declined: 0, cancelled: 0, open: 0 },
        { period: null, announced: 1, held: 0, declined: 1, cancelled: 0, open: 0 },
      ]);
      expect(await fulfilment(`forum(slug: "quad") { LEDGER }`)).toEqual([]);
    });
  });
});

describe("ledgers of small records", () => {
  let database: Awaited<ReturnType<typeof anyDatabase>>;
  let asker: Asker;
  let rows: ReturnType<typeof rowsIn>;
  beforeAll(async () => {
    database = await anyDatabase();
    asker = createAsker(database);
    rows = rowsIn(database);
  });
  afterAll(() => database.close());

  const statuses = ["HELD", "EXPECTED", "POSTPONED", "CANCELLED", "DECLINED"] as const;
  const someMeeting = fc.record({
    on: fc.constantFrom(undefined, "2020", "2021-03", "2021-03-10", "2021-11-20", "2022-01-01"),
    kind: fc.constantFrom("BILATERAL", "BILATERAL", "SESSION"),
    seats: fc.constantFrom<string[]>(["AAA", "BBB"], ["AAA", "CCC"], ["BBB", "CCC"], ["AAA", "AAA"]),
    aside: fc.boolean(),
    reports: fc.array(
      fc.record({
        status: fc.constantFrom(...statuses),
        on: fc.constantFrom("2020-01-01", "2020-01-02", "2020-01-03"),
      }),
      { maxLength: 3 },
    ),
  });

  it("are what one counts meeting by meeting", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someMeeting, { maxLength: 8 }), async (meetings) => {
        await rows.empty();
        for (const code of ["AAA", "BBB", "CCC"]) await rows.state(code);
        await rows.forum("forum");
        await rows.meeting({
          slug: "session",
          kind: "SESSION",
          forum: "forum",
          on: "2021-06-01",
          seats: [],
          reports: [],
        });
        for (const [index, { on, kind, seats, aside, reports }] of meetings.entries()) {
          await rows.meeting({
            slug: `m${String(index)}`,
            on,
            kind,
            ...(kind === "SESSION" ? { forum: "forum" } : {}),
            ...(aside ? { sidelinesOf: "session" } : {}),
            seats: seats.map((party) => ({ party })),
            reports,
          });
        }
        const answer = await asker.ask<
          Record<
            string,
            {
              ledger: Counts & {
                entries: { totalCount: number; nodes: Entry[] };
                fulfilment: { period: string | null; announced: number; held: number }[];
              };
            }
          > & { pair: Counts & { entries: { totalCount: number; nodes: Entry[] } } }
        >(/* GraphQL */ `
          {
            meeting(slug: "session") { ledger { ...of } }
            forum(slug: "forum") { ledger { ...of } }
            party(code: "AAA") { ledger { ...of } }
            pair: ledger(between: ["BBB", "AAA"]) { ...of }
          }
          fragment of on Ledger {
            total announced open held expected declined cancelled postponed unknown
            entries(first: 100) { totalCount nodes { meeting { slug } status isOpen announcedBy { status } confirmedBy { status } otherReports { status } } }
            fulfilment { period announced held declined cancelled open }
          }
        `);
        // The rule of statuses, said once more: held if anybody says so, else what was said last, the most final first.
        const statusOf = ({ reports }: (typeof meetings)[number]) => {
          if (reports.some(({ status }) => status === "HELD")) return "HELD";
          const finality = ["DECLINED", "CANCELLED", "POSTPONED", "EXPECTED"];
          return (
            [...reports].sort(
              (a, b) => b.on.localeCompare(a.on) || finality.indexOf(a.status) - finality.indexOf(b.status),
            )[0]?.status ?? "UNKNOWN"
          );
        };
        const expectation = (choose: (meeting: (typeof meetings)[number]) => boolean) => {
          const chosen = meetings
            .map((meeting, index) => ({ ...meeting, slug: `m${String(index)}`, now: statusOf(meeting) }))
            .filter((meeting) => meeting.kind !== "SESSION" && choose(meeting));
          const of = (...wanted: string[]) => chosen.filter(({ now }) => wanted.includes(now)).length;
          const announced = chosen.filter(({ reports }) => reports.some(({ status }) => status !== "HELD"));
          return {
            chosen,
            counts: {
              total: chosen.length,
              announced: announced.length,
              open: of("EXPECTED", "POSTPONED"),
              held: of("HELD"),
              expected: of("EXPECTED"),
              declined: of("DECLINED"),
              cancelled: of("CANCELLED"),
              postponed: of("POSTPONED"),
              unknown: of("UNKNOWN"),
            },
            years: [...new Set(announced.map(({ on }) => on?.slice(0, 4) ?? null))]
              .sort((a, b) => (a ?? "9999").localeCompare(b ?? "9999"))
              .map((period) => {
                const within = announced.filter(({ on }) => (on?.slice(0, 4) ?? null) === period);
                return { period, announced: within.length, held: within.filter(({ now }) => now === "HELD").length };
              }),
          };
        };
        const compare = (
          found: Counts & {
            entries: { totalCount: number; nodes: Entry[] };
            fulfilment?: { period: string | null; announced: number; held: number }[];
          },
          choose: (meeting: (typeof meetings)[number]) => boolean,
        ) => {
          const { chosen, counts: expected, years } = expectation(choose);
          expect(found).toMatchObject(expected);
          expect(found.fulfilment).toMatchObject(years);
          expect(found.entries.totalCount).toBe(chosen.length);
          expect(found.entries.nodes.map(({ meeting, status }) => `${meeting.slug} ${status}`).sort()).toEqual(
            chosen.map(({ slug, now }) => `${slug} ${now}`).sort(),
          );
          for (const { meeting, status, announcedBy, confirmedBy, otherReports } of found.entries.nodes) {
            const reports =
              chosen.find(({ slug }) => slug === meeting.slug)?.reports.map((report) => report.status) ?? [];
            expect([...announcedBy, ...confirmedBy, ...otherReports].map((report) => report.status).sort()).toEqual(
              [...reports].sort(),
            );
            expect(confirmedBy.every((report) => report.status === status)).toBe(true);
            expect(announcedBy.every((report) => report.status === "EXPECTED")).toBe(true);
          }
        };
        const ledgerOf = (name: string) => (answer[name] as { ledger: Parameters<typeof compare>[0] }).ledger;
        compare(ledgerOf("meeting"), ({ aside }) => aside);
        compare(ledgerOf("forum"), ({ aside }) => aside);
        compare(ledgerOf("party"), ({ seats }) => seats.includes("AAA"));
        compare(answer.pair, ({ seats }) => seats.includes("AAA") && seats.includes("BBB"));
      }),
      { numRuns: 20 },
    );
  });
});
