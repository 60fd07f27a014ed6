import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedByPairs, writtenMemberships } from "../support/memberships.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const written = writtenMemberships([
  new URL("../../seeds/report/forums.yaml", import.meta.url),
  new URL("../../seeds/facts/memberships.yaml", import.meta.url),
]);

interface Membership {
  readonly role: string;
  readonly party: { readonly code: string };
}
interface Change {
  readonly forum: { readonly slug: string };
  readonly kind: string;
  readonly before: readonly Membership[];
  readonly after: readonly Membership[];
}
interface Slugged {
  readonly slug: string;
}
interface PairChange {
  readonly parties: readonly { readonly code: string }[];
  readonly before: number;
  readonly after: number;
  readonly gained: readonly Slugged[];
  readonly lost: readonly Slugged[];
  readonly roleChanged: readonly Slugged[];
}

const changes = /* GraphQL */ `
  query Changes($parties: [String!]!, $from: Date!, $to: Date!, $rule: JointMembershipRule!, $uncertain: Boolean! = false) {
    jointMembershipChanges(parties: $parties, from: $from, to: $to, rule: $rule, includeUncertain: $uncertain) {
      forum { slug }
      kind
      before { role party { code } }
      after { role party { code } }
    }
  }
`;
const matrixChanges = /* GraphQL */ `
  query MatrixChanges($from: Date!, $to: Date!, $rule: JointMembershipRule!, $parties: [String!], $first: Int = 100, $after: String) {
    jointMembershipMatrixChanges(from: $from, to: $to, rule: $rule, parties: $parties, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { parties { code } before after gained { slug } lost { slug } roleChanged { slug } }
    }
  }
`;

let seeded: Seeded;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
});
afterAll(() => seeded.close());

const inWords = ({ forum, kind, before, after }: Change) =>
  [
    forum.slug,
    kind,
    ...before.map(({ party, role }) => `${party.code} ${role}`),
    "→",
    ...after.map(({ party, role }) => `${party.code} ${role}`),
  ].join(" ");
const changesOf = async (variables: Record<string, unknown>) =>
  (await seeded.ask<{ jointMembershipChanges: Change[] }>(changes, variables)).jointMembershipChanges
    .map(inWords)
    .sort();

interface Page {
  readonly jointMembershipMatrixChanges: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly PairChange[];
  };
}
const allPairs = async (variables: Record<string, unknown>) => {
  const nodes: PairChange[] = [];
  let after: string | null = null;
  let total: number;
  do {
    const { jointMembershipMatrixChanges: page }: Page = await seeded.ask<Page>(matrixChanges, { ...variables, after });
    total = page.totalCount;
    nodes.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return { nodes, total };
};

describe("changes in shared forums between two days", () => {
  // By hand, from the dates of accession: India joined the SCO in full in 2017, BRICS in 2009 with Russia.
  it.each<[string, string, string, string[]]>([
    ["2016-01-01", "2024-11-20", "FULL_MEMBERS", ["sco GAINED → IND MEMBER RUS MEMBER"]],
    ["2016-01-01", "2024-11-20", "ANY_ROLE", ["sco ROLE_CHANGED IND OBSERVER RUS MEMBER → IND MEMBER RUS MEMBER"]],
    ["2024-11-20", "2016-01-01", "FULL_MEMBERS", ["sco LOST IND MEMBER RUS MEMBER →"]],
    ["2009-06-15", "2009-06-16", "FULL_MEMBERS", ["brics GAINED → IND MEMBER RUS MEMBER"]],
    ["2024-11-20", "2024-11-20", "ANY_ROLE", []],
    ["1950-01-01", "1951-01-01", "ANY_ROLE", []],
  ])("India and Russia from %s to %s, counting %s", async (from, to, rule, expected) => {
    expect((await changesOf({ parties: ["RUS", "IND"], from, to, rule })).map((line) => line.trim())).toEqual(expected);
  });

  it("counts what is uncertain only if asked for", async () => {
    const quad = { parties: ["AUS", "IND", "JPN", "USA"], from: "2024-09-20", to: "2024-09-21", rule: "FULL_MEMBERS" };
    expect(await changesOf(quad)).toEqual(["quad GAINED → AUS MEMBER IND MEMBER JPN MEMBER USA MEMBER"]);
    expect(await changesOf({ ...quad, uncertain: true })).toEqual([]);
  });

  it("needs two parties", async () => {
    const { errors } = await seeded.answer(changes, {
      parties: ["IND"],
      from: "2020-01-01",
      to: "2021-01-01",
      rule: "ANY_ROLE",
    });
    expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", argument: "parties" }]);
  });

  it("of all pairs: Timor-Leste's accession to ASEAN gives it a shared forum with each of the ten members", async () => {
    const { nodes, total } = await allPairs({ from: "2025-10-25", to: "2025-10-26", rule: "FULL_MEMBERS" });
    expect(total).toBe(10);
    for (const { parties, before, after, gained, lost, roleChanged } of nodes) {
      expect(parties.map(({ code }) => code)).toContain("TLS");
      expect({ before, after, gained, lost, roleChanged }).toEqual({
        before: 0,
        after: 1,
        gained: [{ slug: "asean" }],
        lost: [],
        roleChanged: [],
      });
    }
    // Its role in ADMM-Plus ended on that day, and the next one began with the session of 1 November.
    const anyRole = await allPairs({
      from: "2025-10-25",
      to: "2025-10-26",
      rule: "ANY_ROLE",
      parties: ["TLS", "VNM", "IDN"],
    });
    expect(anyRole.nodes).toMatchObject([
      {
        parties: [{ code: "IDN" }, { code: "TLS" }],
        gained: [],
        lost: [{ slug: "admm-plus" }],
        roleChanged: [{ slug: "asean" }],
      },
      {
        parties: [{ code: "TLS" }, { code: "VNM" }],
        gained: [],
        lost: [{ slug: "admm-plus" }],
        roleChanged: [{ slug: "asean" }],
      },
    ]);
  });

  const someDay = fc
    .integer({ min: 1967, max: 2026 })
    .chain((year) =>
      fc.constantFrom("01-01", "06-16", "07-04", "10-26", "12-31").map((day) => `${String(year)}-${day}`),
    );
  it("are those of all pairs that brute force finds", async () => {
    await fc.assert(
      fc.asyncProperty(someDay, someDay, fc.constantFrom("FULL_MEMBERS", "ANY_ROLE"), async (from, to, rule) => {
        const { nodes, total } = await allPairs({ from, to, rule });
        expect(nodes).toHaveLength(total);
        const [before, after] = [from, to].map((day) => sharedByPairs(written, day, rule === "FULL_MEMBERS"));
        const expected = new Map<string, { gained: string[]; lost: string[]; before: number; after: number }>();
        for (const pair of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
          const [were, are] = [before?.get(pair) ?? [], after?.get(pair) ?? []];
          const gained = are.filter((slug) => !were.includes(slug));
          const lost = were.filter((slug) => !are.includes(slug));
          if (gained.length + lost.length > 0)
            expected.set(pair, { gained, lost, before: were.length, after: are.length });
        }
        const found = nodes
          .filter(({ gained, lost }) => gained.length + lost.length > 0)
          .map(
            (node) =>
              [
                node.parties.map(({ code }) => code).join("-"),
                {
                  gained: node.gained.map(({ slug }) => slug).sort(),
                  lost: node.lost.map(({ slug }) => slug).sort(),
                  before: node.before,
                  after: node.after,
                },
              ] as const,
          );
        expect(new Map(found)).toEqual(expected);
        if (rule === "FULL_MEMBERS") expect(found).toHaveLength(total);
      }),
      { numRuns: 12 },
    );
  });
});
