import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedByPairs, writtenMemberships } from "../support/memberships.js";
import { seededServers, type Seeded } from "../support/seeded.js";

const written = writtenMemberships([
  new URL("../../seeds/report/forums.yaml", import.meta.url),
  new URL("../../seeds/facts/memberships.yaml", import.meta.url),
]);

interface Named {
  readonly code: string;
}
interface Slugged {
  readonly slug: string;
}
interface List<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
}
const sortedCodes = (nodes: readonly { readonly party: Named }[]) => nodes.map(({ party }) => party.code).sort();

const membersOn = /* GraphQL */ `
  query MembersOn($forum: String!, $asOf: Date!, $role: MembershipRole, $includeUncertain: Boolean! = false) {
    forum(slug: $forum) {
      memberships(asOf: $asOf, role: $role, includeUncertain: $includeUncertain, first: 100) {
        totalCount
        nodes { role party { code } }
      }
    }
  }
`;
const inOffice = /* GraphQL */ `
  query InOffice($code: String!, $kind: OfficeKind, $asOf: Date!, $includeUncertain: Boolean! = false) {
    state(code: $code) {
      offices(kind: $kind) { tenures(asOf: $asOf, includeUncertain: $includeUncertain) { person { slug } } }
    }
  }
`;
const lastMet = /* GraphQL */ `
  query LastMet($between: [String!]!, $level: EncounterLevel!, $office: OfficeKind, $before: Date) {
    lastMeeting(between: $between, level: $level, office: $office, before: $before) { slug }
  }
`;

describe.each(await seededServers(["report", "facts"]))("the report and the fact base, on $name", ({ open, skip }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    if (!skip) seeded = await open();
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  describe.skipIf(skip)("memberships on a day", () => {
    interface Answer {
      readonly forum: { readonly memberships: List<{ role: string; party: Named }> };
    }
    const members = async (variables: Record<string, unknown>) =>
      (await seeded.ask<Answer>(membersOn, variables)).forum.memberships;

    it.each([
      ["1967-08-07", []],
      ["1967-08-08", ["IDN", "MYS", "PHL", "SGP", "THA"]],
      ["1990-01-01", ["BRN", "IDN", "MYS", "PHL", "SGP", "THA"]],
      ["1996-01-01", ["BRN", "IDN", "MYS", "PHL", "SGP", "THA", "VNM"]],
      ["1999-04-29", ["BRN", "IDN", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"]],
      ["2025-10-25", ["BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"]],
      ["2025-10-27", ["BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "TLS", "VNM"]],
    ])("ASEAN's members on %s", async (asOf, codes) => {
      const { nodes, totalCount } = await members({ forum: "asean", asOf, role: "MEMBER" });
      expect(sortedCodes(nodes)).toEqual(codes);
      expect(totalCount).toBe(codes.length);
    });

    it("Timor-Leste is observer until the day it becomes a member, and never both", async () => {
      const rolesOn = async (asOf: string) =>
        (await members({ forum: "asean", asOf })).nodes
          .filter(({ party }) => party.code === "TLS")
          .map(({ role }) => role);
      expect(await rolesOn("2021-12-31")).toEqual([]);
      expect(await rolesOn("2025-10-25")).toEqual(["OBSERVER"]);
      expect(await rolesOn("2025-10-26")).toEqual(["MEMBER"]);
    });

    it.each([
      ["2009-12-31", false, []],
      ["2012-06-01", false, ["DIALOGUE_PARTNER"]],
      // It changed roles some time in 2015; which day is not known.
      ["2015-06-01", false, []],
      ["2015-06-01", true, ["DIALOGUE_PARTNER", "OBSERVER"]],
      ["2016-01-01", false, ["OBSERVER"]],
      ["2024-07-03", false, ["OBSERVER"]],
      ["2024-07-04", false, ["MEMBER"]],
    ])("Belarus in the SCO on %s, uncertain roles included: %s", async (asOf, includeUncertain, roles) => {
      const { nodes } = await members({ forum: "sco", asOf, includeUncertain });
      expect(
        nodes
          .filter(({ party }) => party.code === "BLR")
          .map(({ role }) => role)
          .sort(),
      ).toEqual(roles);
    });

    it("counts a membership with an unknown start from the first day a source attests it", async () => {
      expect((await members({ forum: "quad", asOf: "2024-09-20" })).totalCount).toBe(0);
      expect((await members({ forum: "quad", asOf: "2024-09-20", includeUncertain: true })).totalCount).toBe(4);
      expect(sortedCodes((await members({ forum: "quad", asOf: "2024-09-21" })).nodes)).toEqual([
        "AUS",
        "IND",
        "JPN",
        "USA",
      ]);
    });

    it("shows a disputed membership beside what each source claims", async () => {
      const { forum } = await seeded.ask<{
        forum: {
          memberships: List<{
            party: Named;
            isDisputed: boolean;
            conflicts: {
              resolution: string | null;
              claims: { value: string; citation: { document: { title: string } } }[];
            }[];
          }>;
        };
      }>(/* GraphQL */ `
        {
          forum(slug: "brics") {
            memberships(asOf: "2024-06-01", first: 50) {
              totalCount
              nodes {
                party { code }
                role
                isDisputed
                conflicts { field resolution claims { value citation { stance document { title url } } } }
              }
            }
          }
        }
      `);
      const disputed = forum.memberships.nodes.filter(({ isDisputed }) => isDisputed);
      expect(disputed).toMatchObject([
        { party: { code: "SAU" }, role: "MEMBER", conflicts: [{ field: "status", resolution: null }] },
      ]);
      const claims = disputed[0]?.conflicts[0]?.claims ?? [];
      expect(claims).toHaveLength(7);
      expect(claims.map(({ value }) => value)).toEqual(
        expect.arrayContaining([
          "full member since 2024-01-01",
          "invitation still being considered (January 2024)",
          "declined (October 2024)",
        ]),
      );
      for (const { citation } of claims) expect(citation.document.title).not.toBe("");
    });
  });

  describe.skipIf(skip)("offices on a day", () => {
    it.each([
      ["2020-09-03", false, []],
      ["2020-09-03", true, ["wei-fenghe"]],
      ["2020-09-04", false, ["wei-fenghe"]],
      ["2023-03-12", false, ["li-shangfu"]],
      ["2023-10-23", false, ["li-shangfu"]],
      // Vacant: a gap between two tenures.
      ["2023-10-24", false, []],
      ["2023-11-15", false, []],
      ["2023-12-28", false, []],
      ["2023-12-29", false, ["dong-jun"]],
      ["2025-11-01", false, ["dong-jun"]],
    ])("China's defence minister on %s, uncertain ones included: %s", async (asOf, includeUncertain, slugs) => {
      const { state } = await seeded.ask<{ state: { offices: { tenures: { person: Slugged }[] }[] } }>(inOffice, {
        code: "CHN",
        kind: "DEFENCE_MINISTER",
        asOf,
        includeUncertain,
      });
      expect(state.offices).toHaveLength(1);
      expect(state.offices[0]?.tenures.map(({ person }) => person.slug)).toEqual(slugs);
    });

    it("tells two terms of one person apart", async () => {
      const termsOf = (asOf: string | null) =>
        seeded.ask<{ person: { tenures: { since: string; until: string | null }[] } }>(
          `query Terms($asOf: Date) { person(slug: "gilberto-teodoro") { tenures(asOf: $asOf) { since until } } }`,
          { asOf },
        );
      const first = { since: "2007-08", until: "2009-11-15" };
      const second = { since: "2023-06-05", until: null };
      expect((await termsOf(null)).person.tenures).toEqual([second, first]);
      expect((await termsOf("2007-08-15")).person.tenures, "August 2007 has not certainly begun it").toEqual([]);
      expect((await termsOf("2008-01-01")).person.tenures).toEqual([first]);
      expect((await termsOf("2015-01-01")).person.tenures).toEqual([]);
      expect((await termsOf("2024-11-22")).person.tenures).toEqual([second]);
    });

    it("distinguishes a participant's own office from one that the participant represented", async () => {
      const { meeting } = await seeded.ask<{ meeting: unknown }>(/* GraphQL */ `
        {
          meeting(slug: "2024-11-21-ind-aus-vientiane") {
            participants { nodes { role party { code } person { name } office { title kind } } }
          }
        }
      `);
      expect(meeting).toMatchObject({
        participants: {
          nodes: [
            { party: { code: "IND" } },
            {
              role: "REPRESENTATIVE",
              party: { code: "AUS" },
              person: { name: "Pat Conroy" },
              office: { kind: "DEFENCE_INDUSTRY_MINISTER" },
            },
          ],
        },
      });
    });
  });

  describe.skipIf(skip)("outcomes of meetings", () => {
    const bilaterals = /* GraphQL */ `
      query Bilaterals($asOf: Date) {
        forum(slug: "admm-plus") {
          session(ordinal: 11) {
            sidelineMeetings(filter: { parties: ["IND"] }, first: 50) {
              totalCount
              nodes {
                status(asOf: $asOf)
                participants { nodes { isExpected party { code } person { slug } } }
                statusReports { status reportedOn citation { document { publisher } } }
              }
            }
          }
        }
      }
    `;
    interface Ledger {
      readonly forum: {
        readonly session: {
          readonly sidelineMeetings: List<{
            readonly status: string;
            readonly participants: {
              readonly nodes: readonly {
                readonly isExpected: boolean;
                readonly party: Named;
                readonly person: Slugged | null;
              }[];
            };
            readonly statusReports: readonly { readonly status: string; readonly reportedOn: string | null }[];
          }>;
        };
      };
    }
    const counterpartsByStatus = async (asOf: string | null) => {
      const { forum } = await seeded.ask<Ledger>(bilaterals, { asOf });
      const byStatus: Record<string, string[]> = {};
      for (const { status, participants } of forum.session.sidelineMeetings.nodes) {
        const other = participants.nodes.find(({ party }) => party.code !== "IND");
        (byStatus[status] ??= []).push(other?.party.code ?? "nobody");
        byStatus[status].sort();
      }
      return byStatus;
    };

    it("nine bilaterals of India go from expected to held, day by day", async () => {
      const all = ["AUS", "CHN", "JPN", "KOR", "LAO", "MYS", "NZL", "PHL", "USA"];
      expect(await counterpartsByStatus("2024-11-17")).toEqual({ UNKNOWN: all });
      expect(await counterpartsByStatus("2024-11-18")).toEqual({ EXPECTED: all });
      expect(await counterpartsByStatus("2024-11-20")).toEqual({
        EXPECTED: ["AUS", "JPN", "KOR", "NZL", "PHL", "USA"],
        HELD: ["CHN", "LAO", "MYS"],
      });
      expect(await counterpartsByStatus("2024-11-21")).toEqual({
        EXPECTED: ["JPN", "PHL"],
        HELD: ["AUS", "CHN", "KOR", "LAO", "MYS", "NZL", "USA"],
      });
      expect(await counterpartsByStatus("2024-11-22")).toEqual({ HELD: all });
      expect(await counterpartsByStatus(null)).toEqual({ HELD: all });
    });

    it("keeps the ledger readable: every bilateral was announced and confirmed, and its seats are confirmed and named", async () => {
      const { forum } = await seeded.ask<Ledger>(bilaterals);
      for (const { participants, statusReports } of forum.session.sidelineMeetings.nodes) {
        expect(new Set(statusReports.map(({ status }) => status))).toEqual(new Set(["EXPECTED", "HELD"]));
        for (const { isExpected, person } of participants.nodes) {
          expect(isExpected).toBe(false);
          expect(person).not.toBeNull();
        }
      }
    });

    it("a meeting that China declined is neither held nor anybody's last", async () => {
      const { meetings } = await seeded.ask<{ meetings: List<unknown> }>(/* GraphQL */ `
        {
          meetings(filter: { parties: ["USA", "CHN"], status: DECLINED }) {
            totalCount
            nodes {
              slug
              status
              on
              sidelinesOf { slug }
              statusReports { status reportedOn citation { document { publisher } } }
              participants { nodes { party { code } note } }
            }
          }
        }
      `);
      expect(meetings.totalCount).toBe(1);
      expect(meetings.nodes).toMatchObject([
        {
          status: "DECLINED",
          on: null,
          sidelinesOf: { slug: "admm-plus-11" },
          statusReports: [
            { status: "DECLINED", reportedOn: "2024-11-20" },
            { status: "DECLINED", reportedOn: "2024-11-21" },
          ],
        },
      ]);
      const last = await seeded.ask(lastMet, { between: ["USA", "CHN"], level: "PARTIES" });
      expect(last).toEqual({ lastMeeting: { slug: "2024-05-31-usa-chn-singapore" } });
    });
  });

  describe.skipIf(skip)("first since, last met", () => {
    it("judges what sources claim by what the record holds", async () => {
      const { meeting } = await seeded.ask<{
        meeting: {
          firstSinceClaims: {
            since: { __typename: string; label?: string; slug?: string };
            verdict: string;
            counterexamples: Slugged[];
          }[];
        };
      }>(/* GraphQL */ `
        {
          meeting(slug: "2024-11-20-ind-chn-vientiane") {
            firstSinceClaims {
              level
              since { __typename ... on Milestone { label on } ... on Meeting { slug on } }
              verdict
              counterexamples { slug on }
              citation { attributedTo document { publisher } }
            }
          }
        }
      `);
      const { firstSinceClaims } = meeting;
      expect(firstSinceClaims).toHaveLength(9);
      const about = (since: string) =>
        firstSinceClaims.filter((claim) => (claim.since.label ?? claim.since.slug) === since);

      expect(about("Standoff in eastern Ladakh begins")).toMatchObject([
        {
          level: "OFFICES",
          verdict: "CONTRADICTED",
          counterexamples: [{ slug: "2023-04-27-ind-chn-new-delhi", on: "2023-04-27" }],
        },
      ]);
      // One source takes Dong Jun for the minister of 2023.
      expect(about("2023-04-27-ind-chn-new-delhi")).toMatchObject([
        { level: "PERSONS", verdict: "CONTRADICTED", counterexamples: [] },
        { level: "OFFICES", verdict: "SUPPORTED", counterexamples: [] },
      ]);
      const sinceModiXi = about("2024-10-23-ind-chn-kazan");
      expect(sinceModiXi).toHaveLength(3);
      for (const claim of sinceModiXi) expect(claim).toMatchObject({ verdict: "SUPPORTED", counterexamples: [] });
      // The report calls these agreements recent and gives no day.
      const sinceAgreements = about("Disengagement agreements");
      expect(sinceAgreements).toHaveLength(3);
      for (const claim of sinceAgreements)
        expect(claim).toMatchObject({ verdict: "UNVERIFIABLE", counterexamples: [] });
    });

    it("finds claims by the parties of their meeting, and none where one of them was not there", async () => {
      const count = async (parties: string[]) =>
        (
          await seeded.ask<{ firstSinceClaims: List<unknown> }>(
            "query Claims($parties: [String!]) { firstSinceClaims(parties: $parties) { totalCount nodes { id } } }",
            { parties },
          )
        ).firstSinceClaims.totalCount;
      expect(await count(["IND", "CHN"])).toBe(12);
      expect(await count(["CHN"])).toBe(12);
      expect(await count(["IND", "RUS"])).toBe(0);
      expect(await count(["IND", "XXX"])).toBe(0);
    });

    it.each([
      [["IND", "CHN"], "OFFICES", "DEFENCE_MINISTER", null, "2025-06-26-ind-chn-qingdao"],
      [["IND", "CHN"], "OFFICES", "DEFENCE_MINISTER", "2025-06-26", "2024-11-20-ind-chn-vientiane"],
      [["CHN", "IND"], "OFFICES", "DEFENCE_MINISTER", "2024-11-20", "2023-04-27-ind-chn-new-delhi"],
      [["IND", "CHN"], "OFFICES", "DEFENCE_MINISTER", "2023-04-27", "2020-09-04-ind-chn-moscow"],
      [["IND", "CHN"], "OFFICES", "DEFENCE_MINISTER", "2020-09-04", null],
      // One is a head of government, the other a head of state.
      [["IND", "CHN"], "OFFICES", "HEAD_OF_GOVERNMENT", null, null],
      [["IND", "CHN"], "PARTIES", null, "2024-11-20", "2024-10-23-ind-chn-kazan"],
      [["IND", "CHN"], "PARTIES", null, null, "2025-06-26-ind-chn-qingdao"],
      [["rajnath-singh", "dong-jun"], "PERSONS", null, null, "2025-06-26-ind-chn-qingdao"],
      [["rajnath-singh", "dong-jun"], "PERSONS", null, "2024-11-20", null],
      [["rajnath-singh", "li-shangfu"], "PERSONS", null, null, "2023-04-27-ind-chn-new-delhi"],
      [["narendra-modi", "xi-jinping"], "PERSONS", null, null, "2024-10-23-ind-chn-kazan"],
      [["narendra-modi", "xi-jinping"], "PERSONS", null, "2024-10-23", "2023-ind-chn-johannesburg"],
      [["AUS", "JPN", "USA"], "PARTIES", null, null, "2024-11-21-usa-aus-jpn-phl-kor-vientiane"],
      [["AUS", "JPN", "USA"], "PARTIES", null, "2024-11-21", "2024-11-17-aus-jpn-usa-darwin"],
      // They sat in sessions together, which are no encounters of their own.
      [["LAO", "RUS"], "PARTIES", null, null, null],
    ])("%s last met at the level of %s %s before %s: %s", async (between, level, office, before, slug) => {
      const answer = await seeded.ask(lastMet, { between, level, office, before });
      expect(answer).toEqual({ lastMeeting: slug === null ? null : { slug } });
    });
  });

  describe.skipIf(skip)("shared forums", () => {
    const shared = /* GraphQL */ `
      query Shared($parties: [String!]!, $asOf: Date!, $rule: JointMembershipRule!, $includeUncertain: Boolean! = false) {
        jointMemberships(parties: $parties, asOf: $asOf, rule: $rule, includeUncertain: $includeUncertain) {
          forum { slug }
          memberships { role party { code } }
        }
      }
    `;
    interface Shared {
      readonly jointMemberships: readonly {
        readonly forum: Slugged;
        readonly memberships: readonly { readonly role: string; readonly party: Named }[];
      }[];
    }
    const sharedForums = async (variables: Record<string, unknown>) =>
      (await seeded.ask<Shared>(shared, variables)).jointMemberships.map(({ forum, memberships }) => [
        forum.slug,
        ...memberships.map(({ party, role }) => `${party.code} ${role}`),
      ]);

    // By hand, from the dates of accession.
    it.each<[string, string, string[][]]>([
      ["2016-01-01", "FULL_MEMBERS", [["brics", "IND MEMBER", "RUS MEMBER"]]],
      [
        "2016-01-01",
        "ANY_ROLE",
        [
          ["admm-plus", "IND DIALOGUE_PARTNER", "RUS DIALOGUE_PARTNER"],
          ["asean", "IND DIALOGUE_PARTNER", "RUS DIALOGUE_PARTNER"],
          ["brics", "IND MEMBER", "RUS MEMBER"],
          ["sco", "IND OBSERVER", "RUS MEMBER"],
        ],
      ],
      [
        "2024-11-20",
        "FULL_MEMBERS",
        [
          ["brics", "IND MEMBER", "RUS MEMBER"],
          ["sco", "IND MEMBER", "RUS MEMBER"],
        ],
      ],
      ["2009-06-15", "FULL_MEMBERS", []],
      [
        "2009-06-15",
        "ANY_ROLE",
        [
          ["asean", "IND DIALOGUE_PARTNER", "RUS DIALOGUE_PARTNER"],
          ["sco", "IND OBSERVER", "RUS MEMBER"],
        ],
      ],
    ])("of India and Russia on %s, counting %s", async (asOf, rule, expected) => {
      const answer = await sharedForums({ parties: ["RUS", "IND"], asOf, rule });
      expect(answer.sort((one, other) => String(one[0]).localeCompare(String(other[0])))).toEqual(expected);
    });

    it("of more than two parties, and with uncertain memberships only if asked for", async () => {
      const quad = ["AUS", "IND", "JPN", "USA"];
      const slugs = async (variables: Record<string, unknown>) =>
        (await sharedForums({ parties: quad, ...variables })).map(([slug]) => slug).sort();
      expect(await slugs({ asOf: "2024-09-20", rule: "FULL_MEMBERS" })).toEqual([]);
      expect(await slugs({ asOf: "2024-09-20", rule: "FULL_MEMBERS", includeUncertain: true })).toEqual(["quad"]);
      expect(await slugs({ asOf: "2024-09-21", rule: "FULL_MEMBERS" })).toEqual(["quad"]);
      expect(await slugs({ asOf: "2024-09-21", rule: "ANY_ROLE" })).toEqual(["admm-plus", "asean", "quad"]);
    });

    const matrix = /* GraphQL */ `
      query Matrix($asOf: Date!, $rule: JointMembershipRule!, $after: String) {
        jointMembershipMatrix(asOf: $asOf, rule: $rule, first: 100, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { parties { code } count forums { slug } }
        }
      }
    `;
    interface Matrix {
      readonly jointMembershipMatrix: {
        readonly totalCount: number;
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly {
          readonly parties: readonly Named[];
          readonly count: number;
          readonly forums: readonly Slugged[];
        }[];
      };
    }

    it.each([
      ["1990-01-01", "FULL_MEMBERS"],
      ["2005-12-31", "ANY_ROLE"],
      ["2016-06-01", "FULL_MEMBERS"],
      ["2024-11-20", "FULL_MEMBERS"],
      ["2024-11-20", "ANY_ROLE"],
      ["2025-11-02", "ANY_ROLE"],
    ])("of all pairs on %s, counting %s, are those that brute force finds", async (asOf, rule) => {
      const pairs: [string, string[]][] = [];
      const counts: number[] = [];
      let after: string | null = null;
      let total: number;
      do {
        const { jointMembershipMatrix: page }: Matrix = await seeded.ask<Matrix>(matrix, { asOf, rule, after });
        total = page.totalCount;
        for (const { parties, count, forums } of page.nodes) {
          expect(count).toBe(forums.length);
          counts.push(count);
          pairs.push([parties.map(({ code }) => code).join("-"), forums.map(({ slug }) => slug).sort()]);
        }
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      const expected = sharedByPairs(written, asOf, rule === "FULL_MEMBERS");
      expect(expected.size).toBeGreaterThan(0);
      expect(total).toBe(expected.size);
      expect(pairs).toHaveLength(expected.size);
      expect(new Map(pairs)).toEqual(expected);
      expect(counts, "most shared forums first").toEqual([...counts].sort((one, other) => other - one));
    });
  });

  describe.skipIf(skip)("timelines", () => {
    const timeline = /* GraphQL */ `
      query Timeline($of: ID!, $from: Date, $to: Date) {
        timeline(of: $of, during: { from: $from, to: $to }, first: 100) {
          totalCount
          nodes { on summary entry { __typename ... on Meeting { slug } ... on Node { id } } }
        }
      }
    `;
    interface Timeline {
      readonly timeline: List<{ on: string | null; summary: string; entry: { __typename: string; slug?: string } }>;
    }
    const idOf = async (field: string) =>
      Object.values(await seeded.ask<Record<string, { id: string }>>(`{ found: ${field} { id } }`))[0]?.id;

    it("show what happened around a person in its order, what has no day last", async () => {
      const of = await idOf(`person(slug: "dong-jun")`);
      const { timeline: all } = await seeded.ask<Timeline>(timeline, { of });
      expect(all.totalCount).toBe(5);
      expect(all.nodes.map(({ on, entry }) => [on, entry.slug ?? entry.__typename])).toEqual([
        ["2023-12-29", "Tenure"],
        ["2024-05-31", "2024-05-31-usa-chn-singapore"],
        ["2024-11-20", "2024-11-20-ind-chn-vientiane"],
        ["2025-06-26", "2025-06-26-ind-chn-qingdao"],
        [null, "2024-11-usa-chn-vientiane-declined"],
      ]);
      const { timeline: some } = await seeded.ask<Timeline>(timeline, { of, from: "2024-06-01", to: "2024-12-31" });
      expect(some.nodes.map(({ entry }) => entry.slug)).toEqual(["2024-11-20-ind-chn-vientiane"]);
    });

    it("of a state and of a forum are ordered, and hold everything that concerns them", async () => {
      const countOf = async (field: string) => {
        const { timeline: all } = await seeded.ask<Timeline>(timeline, { of: await idOf(field) });
        const days = all.nodes.map(({ on }) => on ?? "9999");
        // A year or a month begins with its first day.
        const firstDays = days.map((day) => `${day}-01-01`.slice(0, 10));
        expect(firstDays).toEqual([...firstDays].sort());
        expect(all.nodes).toHaveLength(Math.min(all.totalCount, 100));
        const counts: Record<string, number> = {};
        for (const { entry } of all.nodes) counts[entry.__typename] = (counts[entry.__typename] ?? 0) + 1;
        return counts;
      };
      // Twelve sessions; ten members, eight partners, and Timor-Leste twice.
      expect(await countOf(`forum(slug: "admm-plus")`)).toEqual({ ForumMembership: 20, Meeting: 12 });
      const { party } = await seeded.ask<{ party: { meetings: List<unknown>; memberships: List<unknown> } }>(
        `{ party(code: "CHN") { meetings { totalCount } memberships { totalCount } } }`,
      );
      expect(await countOf(`party(code: "CHN")`)).toEqual({
        Agreement: 1,
        ForumMembership: party.memberships.totalCount,
        Meeting: party.meetings.totalCount,
        Milestone: 3,
        Tenure: 4,
      });
    });
  });

  describe.skipIf(skip)("search", () => {
    interface Found {
      readonly search: List<{
        quality: string;
        snippet: string;
        match: { __typename: string; slug?: string; code?: string };
      }>;
    }
    const find = async (query: string) =>
      (
        await seeded.ask<Found>(
          /* GraphQL */ `
            query Search($query: String!) {
              search(query: $query, first: 50) {
                totalCount
                nodes {
                  quality
                  snippet
                  match { __typename ... on Person { slug } ... on State { code } ... on Organization { code } ... on Forum { slug } ... on Meeting { slug } }
                }
              }
            }
          `,
          { query },
        )
      ).search;
    const best = async (query: string) => {
      const { nodes } = await find(query);
      return nodes[0]?.match.slug ?? nodes[0]?.match.code;
    };

    it.each([
      ["Gen Nakatani", "gen-nakatani"],
      ["nakatani gen", "gen-nakatani"],
      ["  NAKATANI   GEN ", "gen-nakatani"],
      ["phan văn giang", "phan-van-giang"],
      ["Phan Van Giang", "phan-van-giang"],
      ["giang phan", "phan-van-giang"],
      ["PHAN VĂN", "phan-van-giang"],
      ["kim yong hyun", "kim-yong-hyun"],
      ["Yong-Hyun Kim", "kim-yong-hyun"],
      ["rajnath", "rajnath-singh"],
      ["lao pdr", "LAO"],
      ["india", "IND"],
      ["admm-plus", "admm-plus"],
      ["ADMM Plus", "admm-plus"],
      ["shangri-la dialogue", "shangri-la-dialogue"],
    ])("%s finds %s first", async (query, expected) => {
      expect(await best(query)).toBe(expected);
    });

    it("finds meetings by their place and documents by their publisher, each once", async () => {
      const { nodes, totalCount } = await find("qingdao");
      expect(nodes).toHaveLength(totalCount);
      expect(nodes.map(({ match }) => match.slug)).toEqual(
        expect.arrayContaining(["2025-06-26-ind-chn-qingdao", "sco-defence-ministers-2025-06-25"]),
      );
      expect((await find("menafn")).nodes.map(({ match }) => match.__typename)).toContain("Document");
    });

    it("finds nothing for an empty search and unknown words, and says that no record has words of different ones", async () => {
      for (const query of ["", "   ", "…", "zzzzqqq"]) expect((await find(query)).totalCount, query).toBe(0);
      const { nodes } = await find("nakatani qingdao");
      expect(new Set(nodes.map(({ quality }) => quality))).toEqual(new Set(["PART"]));
    });
  });
});
