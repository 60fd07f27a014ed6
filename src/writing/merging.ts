import type { Fault, Place } from "../lib/faults.js";
import { newChangeSet } from "./change.set.js";
import type { Links } from "./links.js";
import { addMoves, type Merger } from "./merging.moves.js";
import type { Plan, PlanRule } from "./plan.js";
import { planChanges } from "./planning/planner.js";
import type { Cell, Detail, RecordKind } from "./records.js";
import { finalId, redirect, type Redirects } from "./redirects.js";
import { deleteRows, insertRows, rowsWhere, type Statements } from "./store.js";
import { writePlan } from "./write.js";

/** Two records that are one. */
export interface MergedRecords {
  /** The kind of both. */
  readonly kind: RecordKind;
  /** The id of the record that is merged into the other one. */
  readonly source: string;
  /** The id of the record that stays. */
  readonly target: string;
  /** Whether the value of the target stays where the two contradict each other. */
  readonly yields: boolean;
}

/** A row of a detail that lists a merged record. */
interface Relisting {
  readonly detail: Detail;
  readonly owner: Cell;
  readonly from: string;
  readonly to: string;
}

/** The changes of the record that follow from merging two records. Only a merging without faults may be written. */
export interface Merging {
  readonly plan: Plan;
  readonly relistings: readonly Relisting[];
  readonly faults: readonly Fault[];
}

// Parts have parts, and an office has tenures; nothing is deeper than this.
const mostRounds = 10;

/**
 * Works out the merging of two records: references to the source lead to the target, equal parts become one, values that
 * only one of them has are kept, and a contradiction is a fault. Writes nothing.
 * @param place the place of all faults.
 */
export async function planMerging(
  database: Statements,
  kinds: readonly RecordKind[],
  links: Links,
  records: MergedRecords,
  place: Place,
  rules: readonly PlanRule[] = [],
): Promise<Merging> {
  const { kind, source, target } = records;
  const redirects: Redirects = new Map([[kind.table, new Map([[source, target]])]]);
  const merger: Merger = { database, kinds, links, redirects, renamed: new Map(), keys: new Map() };
  let plan: Plan | undefined;
  // Records that turn out to be equal take their references along, which another round looks at.
  for (let round = 0; round < mostRounds; round += 1) {
    const changeSet = newChangeSet();
    await addMoves(merger, changeSet, records, place);
    plan = await planChanges(database, kinds, changeSet, rules);
    const isMore = [noteMerges(plan, redirects), noteKeys(plan, merger.renamed)].includes(true);
    if (plan.faults.length > 0 || !isMore) break;
  }
  if (plan === undefined) throw new Error("nothing was planned");
  return { plan, relistings: await relistings(merger), faults: plan.faults };
}

/** Writes a merging. The id and the key of the source lead to the target from then on. */
export async function writeMerging(database: Statements, merging: Merging): Promise<void> {
  for (const { detail, owner: id, from, to } of merging.relistings) {
    const { table, owner, identity } = detail;
    const held = await rowsWhere(database, table, [identity], owner, [String(id)]);
    const isListed = held.some((row) => row[identity] === to);
    if (!isListed) await insertRows(database, table, [{ [owner]: id, [identity]: to }]);
    await deleteRows(database, table, [owner, identity], [{ [owner]: id, [identity]: from }]);
  }
  await writePlan(database, merging.plan);
}

/** @returns whether a plan merges records that were not known to be equal. */
function noteMerges({ merges }: Plan, redirects: Redirects): boolean {
  const fresh = merges.filter(({ source }) => redirects.get(source.table)?.has(source.id) !== true);
  for (const { source, target } of fresh) redirect(redirects, source.table, source.id, target.id);
  return fresh.length > 0;
}

/** @returns whether a plan changes keys that were not known to change. */
function noteKeys({ records }: Plan, renamed: Redirects): boolean {
  const fresh = records.filter(({ table, id, key, stored, desired }) => {
    const before = desired === undefined ? undefined : stored?.[desired.kind.keyColumn];
    return before !== undefined && before !== key && renamed.get(table)?.get(id) !== key;
  });
  for (const { table, id, key } of fresh) redirect(renamed, table, id, key);
  return fresh.length > 0;
}

/** The rows of details of other records that list a merged record. */
async function relistings({ database, links, redirects }: Merger): Promise<Relisting[]> {
  const found: Relisting[] = [];
  for (const { kind, detail, to } of links.listings) {
    const { table, owner, identity } = detail;
    const merged = redirects.get(to)?.keys() ?? [];
    for (const row of await rowsWhere(database, table, [owner, identity], identity, merged)) {
      if (redirects.get(kind.table)?.has(String(row[owner])) === true) continue;
      const from = String(row[identity]);
      found.push({ detail, owner: row[owner] ?? null, from, to: finalId(redirects, to, from) });
    }
  }
  return found;
}
