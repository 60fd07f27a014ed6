import { isTouched, type PlanRule } from "../plan.js";
import type { PlannedRecord, RecordKind } from "../records.js";
import { wholeOf } from "../records.js";
import { correctedParents } from "./siblings.js";
import type { Planning } from "./state.js";

interface SiblingGroup {
  readonly kind: RecordKind;
  readonly parent: PlannedRecord;
  readonly siblings: readonly PlannedRecord[];
}

/** Applies the rules that stored records keep with those that change. */
export async function checkReferring({ database, tables, changes, recordOf, lookup }: Planning): Promise<void> {
  for (const kind of [...tables.values()].flatMap(({ kinds }) => kinds)) {
    if (kind.checkReferring === undefined) continue;
    const records = changes.flatMap(({ desired, isInvalid }) => {
      const record = desired.kind === kind && !isInvalid ? recordOf.get(desired) : undefined;
      return record !== undefined && record.stored !== null && isTouched(record) ? [record] : [];
    });
    if (records.length > 0) await kind.checkReferring(database, records, lookup);
  }
}

/** Applies the rules of each record, then those of siblings, then those of the whole plan. */
export function applyRules(planning: Planning, rules: readonly PlanRule[]): void {
  const { changes, recordOf, lookup, areAllChecked } = planning;
  const groups = new Map<string, SiblingGroup>();
  for (const change of changes) {
    const record = recordOf.get(change.desired);
    if (record === undefined || change.isInvalid || !(areAllChecked || isTouched(record))) continue;
    const { kind } = change.desired;
    // Rules compare values, and invalid values are missing.
    if (change.missing.size === 0) kind.check?.(record, lookup);
    const field = wholeOf(kind);
    if (kind.checkSiblings === undefined || field === undefined) continue;
    const parent = lookup.byId(field.to, record.row[field.column]);
    if (parent === undefined) continue;
    const siblings = lookup.siblings(kind.table, field.column, parent.id);
    groups.set(`${kind.table}\n${parent.id}`, { kind, parent, siblings });
  }
  for (const table of planning.tables.values()) {
    for (const { kind, column, parent } of correctedParents(planning, table)) {
      const siblings = lookup.siblings(kind.table, column, parent.id);
      groups.set(`${kind.table}\n${parent.id}`, { kind, parent, siblings });
    }
  }
  for (const { kind, parent, siblings } of groups.values()) kind.checkSiblings?.(parent, siblings, lookup);
  for (const rule of rules) rule(changes, lookup);
}
