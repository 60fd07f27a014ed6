import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPacks } from "../../src/packs/import.js";
import { draftPack, type PackFact } from "../../src/reader/pack.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const reports = new URL("../reader/reports/dev/", import.meta.url);

interface FactsFile {
  readonly publishedOn?: string;
  readonly facts: readonly PackFact[];
}

/** A report with the facts that an editor recorded from it. */
async function reportOf(name: string) {
  const text = await readFile(new URL(`${name}.txt`, reports), "utf8");
  const { publishedOn, facts } = JSON.parse(
    await readFile(new URL(`${name}.facts.json`, reports), "utf8"),
  ) as FactsFile;
  return draftPack({ name: `report-${name}`, text, publishedOn, facts });
}

const names = (await readdir(reports)).filter((file) => file.endsWith(".txt")).map((file) => file.slice(0, -4));

// The first report has two talks, on days next to each other.
const acknowledge = ["LIKELY_DUPLICATE"] as const;

describe("a draft pack of the facts of a report", () => {
  let seeded: Seeded;
  let folder: string;
  const count: Record<string, number> = {};
  beforeAll(async () => {
    seeded = await openSeeded(["reference"]);
    folder = await mkdtemp(join(tmpdir(), "sidelines-drafts-"));
  });
  afterAll(async () => {
    await seeded.close();
    await rm(folder, { recursive: true });
  });

  it.each(names)("%s can be imported whole", async (name) => {
    const { files, leftOut } = await reportOf(name);
    const pack = join(folder, name);
    await mkdir(pack);
    for (const [file, text] of files) await writeFile(join(pack, file), text);
    const { leftOut: faults } = await importPacks(seeded.database, [pack], {
      keepGoing: true,
      dryRun: true,
      acknowledge,
    });
    expect(faults).toEqual([]);
    for (const { kind } of leftOut) count[kind] = (count[kind] ?? 0) + 1;
  });

  it("loads with all others into one record, one report after the other", async () => {
    const one = await openSeeded(["reference"]);
    for (const name of names) {
      const { leftOut: faults } = await importPacks(one.database, [join(folder, name)], {
        keepGoing: true,
        acknowledge,
      });
      expect(faults, name).toEqual([]);
    }
    const { rows } = await one.database.pool.query(
      `SELECT t."attestedOn", t."attestedUntil" FROM "Tenure" t JOIN "Person" e ON e."id" = t."personId"
       WHERE t."attestedUntil" IS NOT NULL ORDER BY e."slug"`,
    );
    expect(rows).not.toEqual([]);
    await one.close();
  });

  it("leaves nothing out", () => {
    expect(count).toEqual({});
  });
});
