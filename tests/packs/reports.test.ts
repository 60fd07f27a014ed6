import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPacks } from "../../src/packs/import.js";
import { draftPack, type PackFact } from "../../src/reader/pack.js";
import { readText } from "../docs/markdown.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

// Twelve reports with the facts that an editor recorded from each: as packs in one record, one after the other, and the
// questions of an analyst, with answers read from the reports.

const reports = new URL("../reader/reports/dev/", import.meta.url);
const names = (await readdir(reports)).filter((file) => file.endsWith(".txt")).map((file) => file.slice(0, -4));

interface Report {
  readonly facts: readonly PackFact[];
  readonly lines: number;
  readonly leftOut: readonly PackFact[];
  readonly files: ReadonlyMap<string, string>;
}

const drafted = new Map<string, Report>();
for (const name of names) {
  const text = await readFile(new URL(`${name}.txt`, reports), "utf8");
  const { publishedOn, facts } = JSON.parse(await readFile(new URL(`${name}.facts.json`, reports), "utf8")) as {
    readonly publishedOn?: string;
    readonly facts: readonly PackFact[];
  };
  const { files, leftOut } = draftPack({ name: `report-${name}`, text, publishedOn, facts });
  const lines = (files.get("pack.yaml") ?? "").split("\n").filter((line) => line.trim() !== "").length;
  drafted.set(name, { facts, lines, leftOut, files });
}

let seeded: Seeded;
let folder: string;
beforeAll(async () => {
  seeded = await openSeeded(["reference"]);
  folder = await mkdtemp(join(tmpdir(), "sidelines-reports-"));
  for (const [name, { files }] of drafted) {
    await mkdir(join(folder, name));
    for (const [file, text] of files) await writeFile(join(folder, name, file), text);
    await importPacks(seeded.database, [join(folder, name)]);
  }
});
afterAll(async () => {
  await seeded.close();
  await rm(folder, { recursive: true, force: true });
});

/** A numbered sitting is recorded once: two further meetings at the eighth exchange have its series without the number. */
function areLost({ facts }: Report): number {
  const numbered = facts.filter(({ kind, ordinal }) => kind === "series" && ordinal !== undefined);
  return numbered.length - new Set(numbered.map(({ name, ordinal }) => JSON.stringify([name, ordinal]))).size;
}

describe("the facts of twelve reports", () => {
  it("are recorded as the table in docs/intake.md says", () => {
    const rows = [...drafted].map(([name, report]) => {
      const { facts, lines, leftOut } = report;
      const lossy = areLost(report);
      const whole = facts.length - leftOut.length - lossy;
      return [name.slice(0, 2), facts.length, whole, lossy, leftOut.length, lines] as const;
    });
    const sum = (column: 1 | 2 | 3 | 4 | 5): number => rows.reduce((total, row) => total + row[column], 0);
    const total = ["all", sum(1), sum(2), sum(3), sum(4), sum(5)] as const;
    const table = [...rows, total].map(
      (row) => `| ${row.join(" | ")} | ${(Number(row[5]) / Number(row[1])).toFixed(1)} |`,
    );
    for (const row of table) expect(readText("docs/intake.md").includes(`${row}\n`), row).toBe(true);
    expect(sum(2) / sum(1)).toBeGreaterThan(0.95);
    expect(sum(4) / sum(1)).toBeLessThan(0.01);
  });
});

async function lastMet(between: readonly string[], how: string): Promise<string | undefined> {
  const { lastMet: last } = await seeded.ask<{ lastMet: { meeting: { slug: string } | null } }>(
    `query Q($between: [String!]!) { lastMet(between: $between, level: OFFICES, ${how}) { meeting { slug } } }`,
    { between },
  );
  return last.meeting?.slug;
}

async function idOf(code: string): Promise<string> {
  return (await seeded.ask<{ party: { id: string } }>(`{ party(code: "${code}") { id } }`)).party.id;
}

describe("the questions of an analyst", () => {
  it.each([
    [["JPN", "PHL"], "office: FOREIGN_MINISTER", "2024-07-08-jpn-phl-manila"],
    [["KOR", "SWE"], "rank: LEADER", undefined],
    [["LAO", "VNM"], "office: CHIEF_OF_DEFENCE", "2022-06-02-lao-vnm-hanoi"],
    [["RUS", "USA"], "office: DEFENCE_MINISTER", "2022-10-23-rus-usa"],
    [["CHN", "USA"], "office: DEFENCE_MINISTER", "2022-11-22-chn-usa-siem-reap"],
  ])("%s last met at the level of %s: %s", async (between, how, slug) => {
    expect(await lastMet(between, how)).toBe(slug);
  });

  it("meetings on a topic", async () => {
    const { meetings } = await seeded.ask<{ meetings: { nodes: { slug: string }[] } }>(
      `{ meetings(filter: { topics: ["ukraine"] }, orderBy: { field: TITLE, direction: ASC }) { nodes { slug } } }`,
    );
    expect(meetings.nodes.map(({ slug }) => slug).sort()).toEqual(["2022-10-23-gbr-rus", "2022-10-23-rus-usa"]);
  });

  it("commitments that were due", async () => {
    const { timeline } = await seeded.ask<{ timeline: { nodes: { on: string }[] } }>(
      `query Q($of: ID!) { timeline(of: $of, kinds: [COMMITMENT_DUE]) { nodes { on } } }`,
      { of: await idOf("NATO") },
    );
    expect(timeline.nodes).toEqual([{ on: "2020" }]);
  });

  it("agreements of a pair, and those in force", async () => {
    expect(
      await seeded.ask(`{
        signed: agreements(filter: { parties: ["JPN", "PHL"] }) { nodes { name signedOn status signatories { totalCount } } }
        inForce: agreements(filter: { inForceOn: "2024-12-01" }) { totalCount }
      }`),
    ).toEqual({
      signed: {
        nodes: [
          {
            name: "Reciprocal Access Agreement",
            signedOn: "2024-07-08",
            status: "SIGNED",
            signatories: { totalCount: 5 },
          },
        ],
      },
      inForce: { totalCount: 0 },
    });
  });

  it.each([
    ["li-shangfu", ["MADE"]],
    ["khamlieng-outhakaisone", ["MADE"]],
    ["nancy-pelosi", ["MADE"]],
    ["ruslan-zhaksylykov", ["CANCELLED"]],
    ["gen-nakatani", ["POSTPONED"]],
    ["antony-blinken", ["POSTPONED"]],
    ["lloyd-austin", ["PLANNED"]],
  ])("visits of %s: %j", async (slug, statuses) => {
    const { person } = await seeded.ask<{ person: { visits: { nodes: { status: string }[] } } }>(
      `{ person(slug: "${slug}") { visits { nodes { status } } } }`,
    );
    expect(person.visits.nodes.map(({ status }) => status)).toEqual(statuses);
  });

  it("patrols and exercises of a pair", async () => {
    expect(await seeded.ask(`{ activities(filter: { parties: ["CHN", "VNM"] }) { nodes { kind from } } }`)).toEqual({
      activities: { nodes: [{ kind: "PATROL", from: "2024-04-12" }] },
    });
  });

  it("chairs of a forum on a day", async () => {
    const chair =
      "{ holders { party { code } } possibleHolders { party { code } isExpected } seats { party { code } } }";
    expect(
      await seeded.ask(`{
        sco: forum(slug: "sco") { report: chair(on: "2023-04-27") ${chair} later: chair(on: "2023-06-01") ${chair} }
        plus: forum(slug: "asean-defence-ministers-meeting-plus") { sitting: chair(on: "2022-11-23") ${chair} announced: chair(on: "2023-06-01") ${chair} }
      }`),
    ).toEqual({
      sco: {
        report: { holders: [{ party: { code: "IND" } }], possibleHolders: [], seats: [] },
        later: { holders: [], possibleHolders: [{ party: { code: "IND" }, isExpected: false }], seats: [] },
      },
      plus: {
        sitting: { holders: [], possibleHolders: [], seats: [{ party: { code: "KHM" } }] },
        announced: { holders: [], possibleHolders: [{ party: { code: "IDN" }, isExpected: true }], seats: [] },
      },
    });
  });
});
