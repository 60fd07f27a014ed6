import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPacks } from "../../src/packs/import.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

// Egypt and Tunisia met some day in 2011, and by video on 6 and 7 March 2025; Libya met neither.

let seeded: Seeded;
beforeAll(async () => {
  seeded = await openSeeded(["reference"]);
  await importPacks(seeded.database, [fileURLToPath(new URL("../packs/neighbours", import.meta.url))]);
});
afterAll(() => seeded.close());

async function unmet(how: string): Promise<unknown> {
  const { unmetPairs } = await seeded.ask<{
    unmetPairs: { nodes: { parties: { code: string }[]; possibleCount: number }[] };
  }>(`{ unmetPairs(parties: ["TUN", "EGY", "LBY"]${how}) { nodes { parties { code } possibleCount } } }`);
  return unmetPairs.nodes.map(({ parties, possibleCount }) => [
    parties.map(({ code }) => code).join("-"),
    possibleCount,
  ]);
}

describe("pairs of parties without a recorded meeting", () => {
  it.each([
    [
      "",
      [
        ["EGY-LBY", 0],
        ["LBY-TUN", 0],
      ],
    ],
    [
      `, during: { from: "2025-03-06", to: "2025-03-07" }`,
      [
        ["EGY-LBY", 0],
        ["LBY-TUN", 0],
      ],
    ],
    [
      `, during: { from: "2010-01-01", to: "2010-12-31" }`,
      [
        ["EGY-LBY", 0],
        ["EGY-TUN", 0],
        ["LBY-TUN", 0],
      ],
    ],
    [
      `, during: { from: "2011-03-01", to: "2011-05-31" }`,
      [
        ["EGY-LBY", 0],
        ["EGY-TUN", 1],
        ["LBY-TUN", 0],
      ],
    ],
  ])("%s", async (how, pairs) => {
    expect(await unmet(how)).toEqual(pairs);
  });

  it("differ from pairs that did not meet by what the record covers", async () => {
    expect(
      await seeded.ask(`{ unmetPairs(parties: ["EGY", "LBY"]) { totalCount nodes { coveredThrough explanation } } }`),
    ).toEqual({
      unmetPairs: {
        totalCount: 1,
        nodes: [
          {
            coveredThrough: null,
            explanation:
              "The record holds no such meeting, which does not mean that there was none. It holds no meeting at all of one of them.",
          },
        ],
      },
    });
  });
});
