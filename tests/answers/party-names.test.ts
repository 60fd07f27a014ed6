import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { packageRoot } from "../../src/lib/root.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

interface ListedState {
  readonly code: string;
  readonly alpha2?: string;
  readonly identifiers: Readonly<Record<string, string>>;
}

const { states } = parse(readFileSync(`${packageRoot()}/seeds/reference/states.yaml`, "utf8")) as {
  readonly states: readonly ListedState[];
};

describe("the reference pack", () => {
  it("holds the 249 entries of ISO 3166-1, Kosovo, and 20 former states of the Correlates of War list", () => {
    const current = states.filter(({ alpha2 }) => alpha2 !== undefined);
    expect([current.length, states.length]).toEqual([250, 270]);
    const former = states.filter(({ alpha2 }) => alpha2 === undefined);
    expect(former.every(({ identifiers }) => identifiers["COW"] !== undefined)).toBe(true);
  });

  it("gives the 193 members of the United Nations and more a number of the Correlates of War", () => {
    const numbers = states.flatMap(({ identifiers }) => identifiers["COW"] ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThan(210);
  });
});

describe("a party in an argument", () => {
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await openSeeded(["reference", "report", "facts"]);
  });
  afterAll(() => seeded.close());

  const called = /* GraphQL */ `
    query Called($code: String!) {
      party(code: $code) {
        code
      }
    }
  `;

  it.each([
    ["US", "USA"],
    ["u.s.", "USA"],
    ["UK", "GBR"],
    ["PRC", "CHN"],
    ["Burma", "MMR"],
    ["Holland", "NLD"],
    ["Türkiye", "TUR"],
    ["turkiye", "TUR"],
    ["Turkey", "TUR"],
    ["EU", "EU"],
    ["European Union", "EU"],
    ["AU", "AUS"],
    ["African Union", "AFRICAN-UNION"],
    ["IN", "IND"],
    ["ind", "IND"],
    ["750", "IND"],
    ["M49:356", "IND"],
    ["Q668", "IND"],
    ["Swaziland", "SWZ"],
    ["Côte d’Ivoire", "CIV"],
    ["中国", "CHN"],
    ["Vietnam", "VNM"],
    ["Viet Nam", "VNM"],
    ["West Germany", "GFR"],
  ])("%s is %s", async (given, code) => {
    expect(await seeded.ask(called, { code: given })).toEqual({ party: { code } });
  });

  it.each(["Korean", "356", "Atlantis", ""])("%j is no party", async (given) => {
    expect(await seeded.ask(called, { code: given })).toEqual({ party: null });
  });

  it("means the same in filters, pairs and answers", async () => {
    const asked = /* GraphQL */ `
      query Meetings($one: String!, $other: String!) {
        meetings(first: 50, filter: { parties: [$one, $other] }) {
          totalCount
          nodes {
            slug
          }
        }
        lastMeeting(between: [$one, $other], level: PARTIES) {
          slug
        }
        jointMemberships(parties: [$one, $other], asOf: "2025-01-01", rule: ANY_ROLE) {
          forum {
            slug
          }
        }
      }
    `;
    const byCode = await seeded.ask(asked, { one: "IND", other: "CHN" });
    expect(byCode).toMatchObject({ lastMeeting: { slug: expect.any(String) as string } });
    expect(await seeded.ask(asked, { one: "India", other: "PRC" })).toEqual(byCode);
    expect(await seeded.ask(asked, { one: "IN", other: "710" })).toEqual(byCode);
  });
});
