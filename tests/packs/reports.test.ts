import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPacks } from "../../src/packs/import.js";
import { draftPack, type PackFact } from "../../src/reader/pack.js";
import { readText } from "../docs/markdown.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { check, readHeld, type Checked, type Held } from "./recorded.js";

// Twelve reports with the facts that an editor recorded from each, in one record, one after the other: five as packs that
// are written by hand, the others as `sidelines draft` writes them. The record is read through GraphQL and compared fact
// by fact; the questions of an analyst have answers that were read from the reports.

const reports = new URL("../reader/reports/dev/", import.meta.url);
const byHand = new URL("reports/", import.meta.url);
const names = (await readdir(reports)).filter((file) => file.endsWith(".txt")).map((file) => file.slice(0, -4));
const written = new Set(await readdir(byHand));

interface Report {
  readonly facts: readonly PackFact[];
  readonly files: ReadonlyMap<string, string>;
  /** The key of its document. */
  readonly document: string;
  readonly isByHand: boolean;
}

async function readReport(name: string): Promise<Report> {
  const text = await readFile(new URL(`${name}.txt`, reports), "utf8");
  const { publishedOn, facts } = JSON.parse(await readFile(new URL(`${name}.facts.json`, reports), "utf8")) as {
    readonly publishedOn?: string;
    readonly facts: readonly PackFact[];
  };
  const file = `${name.slice(0, 2)}.yaml`;
  const isByHand = written.has(file);
  const files = new Map(draftPack({ name: `report-${name}`, text, publishedOn, facts }).files);
  if (isByHand) files.set("pack.yaml", await readFile(new URL(file, byHand), "utf8"));
  const [, document = ""] = /^document: (\S+)$/m.exec(files.get("pack.yaml") ?? "") ?? [];
  return { facts, files, document, isByHand };
}

let seeded: Seeded;
let folder: string;
let held: Held;
const all = new Map<string, Report>();
beforeAll(async () => {
  seeded = await openSeeded(["reference"]);
  folder = await mkdtemp(join(tmpdir(), "sidelines-reports-"));
  for (const name of names) {
    const report = await readReport(name);
    all.set(name, report);
    await mkdir(join(folder, name));
    for (const [file, text] of report.files) await writeFile(join(folder, name, file), text);
    await importPacks(seeded.database, [join(folder, name)]);
  }
  held = await readHeld(seeded);
});
afterAll(async () => {
  await seeded.close();
  await rm(folder, { recursive: true, force: true });
});

type Row = readonly [name: string, facts: number, whole: number, lossy: number, missing: number];

function rowOf(name: string, checked: readonly Checked[]): Row {
  const count = (outcome: Checked["outcome"]): number => checked.filter((one) => one.outcome === outcome).length;
  return [name, checked.length, count("whole"), count("lossy"), count("missing")];
}

/** A property of a fact with another value. */
function otherThan(value: unknown): unknown {
  if (Array.isArray(value)) return ["XXX"];
  return typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : "XXX-0000";
}

describe("the facts of twelve reports", () => {
  it("are recorded as the tables in docs/intake.md say", () => {
    const rows = [...all].map(([name, { facts, files, document, isByHand }]) => {
      const lines = (files.get("pack.yaml") ?? "").split("\n").filter((line) => line.trim() !== "").length;
      const cells = rowOf(name.slice(0, 2), check(facts, held, document));
      return [...cells, isByHand ? "hand" : "draft", lines, (lines / facts.length).toFixed(1)].join(" | ");
    });
    const checked = [...all.values()].flatMap(({ facts, document }) => check(facts, held, document));
    const kinds = [...new Set(checked.map(({ fact }) => fact.kind))].sort();
    const ofKinds = kinds.map((kind) =>
      rowOf(
        kind,
        checked.filter(({ fact }) => fact.kind === kind),
      ).join(" | "),
    );
    const total = rowOf("all", checked);
    const page = readText("docs/intake.md");
    for (const row of [...rows, ...ofKinds, total.join(" | ")]) expect(page.includes(`\n| ${row} |`), row).toBe(true);
    expect(total[2] / total[1]).toBeGreaterThan(0.95);
    expect(total[4] / total[1]).toBeLessThan(0.01);
  });

  it("are lost to the check if a property of them is another one", () => {
    const passed: unknown[] = [];
    for (const { facts, document } of all.values()) {
      for (const fact of facts) {
        for (const property of Object.keys(fact)) {
          if (["kind", "id", "quote", "action"].includes(property)) continue;
          const wrong = { ...fact, [property]: otherThan(fact[property]) };
          const others = facts.map((one) => (one === fact ? wrong : one));
          const found = check(others, held, document).find((one) => one.fact === wrong);
          if (found?.outcome === "whole") passed.push(wrong);
        }
      }
    }
    expect(passed).toEqual([]);
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

describe("further questions of an analyst", () => {
  it("commitments that are due by a day", async () => {
    const { commitments } = await seeded.ask<{ commitments: { nodes: unknown[] } }>(
      `{ commitments(filter: { parties: ["NATO"], dueDuring: { to: "2020-12-31" } }) { nodes { dueOn status } } }`,
    );
    expect(commitments.nodes).toEqual([{ dueOn: "2020", status: "AGREED" }]);
  });

  it.each([
    [`status: MADE`, ["khamlieng-outhakaisone", "li-shangfu", "nancy-pelosi"]],
    [`status: CANCELLED`, ["ruslan-zhaksylykov"]],
    [`status: MADE, country: "IND"`, ["li-shangfu"]],
    [`status: POSTPONED, party: "USA"`, ["antony-blinken"]],
    [`during: { from: "2022-06-03", to: "2022-06-30" }`, ["khamlieng-outhakaisone"]],
  ])("visits with %s: %j", async (filter, slugs) => {
    const { visits } = await seeded.ask<{ visits: { nodes: { person: { slug: string } }[] } }>(
      `{ visits(filter: { ${filter} }) { nodes { person { slug } } } }`,
    );
    expect(visits.nodes.map(({ person }) => person.slug).sort()).toEqual(slugs);
  });

  it("the chairs of a session", async () => {
    expect(
      await seeded.ask(`{ forum(slug: "india-asean-defence-ministers-meeting") { session(ordinal: 1) {
        chairs { party { code } person { slug } } } } }`),
    ).toEqual({
      forum: {
        session: {
          chairs: [
            { party: { code: "IND" }, person: { slug: "rajnath-singh" } },
            { party: { code: "KHM" }, person: { slug: "tea-banh" } },
          ],
        },
      },
    });
  });

  it("a sitting by its number, although a meeting with that number was put off", async () => {
    expect(
      await seeded.ask(`{ forum(slug: "china-vietnam-border-exchange") {
        session(ordinal: 8) { slug } sessions(orderBy: { field: DATE, direction: ASC }) { nodes { slug ordinal status } } } }`),
    ).toEqual({
      forum: {
        session: { slug: "2024-04-11-chn-vnm-lao-cai" },
        sessions: {
          nodes: [
            { slug: "2023-09-07-chn-vnm", ordinal: 8, status: "POSTPONED" },
            { slug: "2024-04-11-chn-vnm-lao-cai", ordinal: 8, status: "HELD" },
            { slug: "2024-04-12-chn-vnm-hekou", ordinal: 8, status: "HELD" },
          ],
        },
      },
    });
  });
});
