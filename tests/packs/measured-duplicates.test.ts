import { afterAll, beforeAll, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../../src/database/open.js";
import { packageRoot } from "../../src/lib/root.js";
import { importPacks } from "../../src/packs/import.js";
import { storedDuplicates } from "../../src/packs/stored.js";
import { PackError } from "../../src/packs/faults.js";
import { anyDatabase } from "../support/database.js";
import { doublesOfSeeds, type Doubles } from "../support/doubles.js";
import { removeFolders, writePack } from "../support/packs.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase({ packs: ["reference", "report", "facts"] });
  await importPacks(database, [join(packageRoot(), "seeds", "record")]);
}, 300_000);
afterAll(async () => {
  await removeFolders();
  await database.close();
});

interface Measured {
  readonly made: number;
  readonly found: number;
  /** Alarms about another record than the original. */
  readonly wrong: number;
}

async function measure({ collection, pack, originals }: Doubles): Promise<Measured> {
  const source = await writePack({ "doubles.yaml": pack });
  const acknowledge = ["OFFICE_NOT_HELD"] as const;
  const error: unknown = await importPacks(database, [source], { dryRun: true, acknowledge }).catch(
    (reason: unknown) => reason,
  );
  if (!(error instanceof PackError)) throw new Error(`no double of ${collection} was found`);
  const others = error.places
    .filter(({ fault }) => fault.code !== "LIKELY_DUPLICATE")
    .map(({ fault }) => fault.message);
  expect(others).toEqual([]);
  const alarms = error.places.flatMap(({ place, fault }) => {
    const [list, index] = place.path;
    return list === collection ? [{ original: originals[Number(index)] ?? "", message: fault.message }] : [];
  });
  const right = alarms.filter(({ original, message }) => message.includes(`"${original}"`));
  if (process.env["SHOW_DOUBLES"] !== undefined) {
    const missed = originals.filter((original) => !right.some((one) => one.original === original));
    console.log(collection, { missed, wrong: alarms.filter((one) => !right.includes(one)) });
  }
  return { made: originals.length, found: right.length, wrong: alarms.length - right.length };
}

it("finds at least 95 % of the doubles of the seeds, with at most 5 % false alarms, as docs/editing.md says", async () => {
  const rows: string[] = [];
  const sum = { made: 0, found: 0, wrong: 0 };
  const stored = await storedDuplicates(database);
  for (const doubles of doublesOfSeeds()) {
    const { made, found, wrong } = await measure(doubles);
    rows.push(`| ${doubles.collection} | ${String(made)} | ${String(found)} | ${String(wrong)} |`);
    sum.made += made;
    sum.found += found;
    sum.wrong += wrong;
    expect.soft(found / made, doubles.collection).toBeGreaterThanOrEqual(0.95);
    expect.soft(wrong / (found + wrong), doubles.collection).toBeLessThanOrEqual(0.05);
  }
  console.log([...rows, `| all | ${String(sum.made)} | ${String(sum.found)} | ${String(sum.wrong)} |`].join("\n"));
  // All other pairs of the record are true non-pairs.
  expect(stored.map(({ oneKey, otherKey }) => `${oneKey} ${otherKey}`)).toEqual([]);
  const documented = readFileSync(join(packageRoot(), "docs", "editing.md"), "utf8");
  expect(rows.filter((row) => !documented.includes(row))).toEqual([]);
}, 300_000);
