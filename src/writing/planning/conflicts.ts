import { shown } from "../../lib/faults.js";
import {
  columnsOf,
  inputPath,
  type Cell,
  type Detail,
  type Field,
  type PlannedChange,
  type PlannedRecord,
} from "../records.js";
import { rowsWhere } from "../store.js";
import { addNote, type Planning } from "./state.js";

/** A given value that contradicts the one of the record. */
export interface Conflict {
  readonly record: PlannedRecord;
  readonly change: PlannedChange;
  readonly name: string;
  readonly field: Field;
  readonly held: Cell;
  readonly given: Cell;
}

/** A conflict that may be none, because the given text may be in a list of other texts: the names of a record. */
export interface NameConflict extends Conflict {
  readonly detail: Detail;
}

/** Reports a value that contradicts the record. */
export function reportConflict(planning: Planning, { record, change, name, field, held, given }: Conflict): void {
  const [column] = columnsOf(name, field);
  const { kind, place, revision } = change.desired;
  const [one, other] = differing(shownCell(planning, field, held), shownCell(planning, field, given));
  const value = `${inputPath(name, field).join(".")} of the ${kind.label} ${shown(record.key)} is ${one}`;
  const own = planning.tables.get(record.table)?.byId.get(revision?.id ?? "");
  const message =
    own === undefined
      ? `${value} in the record and ${other} here; correcting it is an act of its own (correctRecord)`
      : `${value} and that of ${shown(own.stored?.[kind.keyColumn])} is ${other}; ` +
        "correct one of the two first, or prefer what stays";
  planning.lookup.report({ code: "CONFLICT", place: change.places.get(column) ?? place, message });
}

/** Reports names that contradict the record, except for those that are other names of it. */
export async function settleNames(planning: Planning, conflicts: readonly NameConflict[]): Promise<void> {
  for (const detail of new Set(conflicts.map((conflict) => conflict.detail))) {
    const here = conflicts.filter((conflict) => conflict.detail === detail);
    const { table, owner, identity } = detail;
    const ids = here.map(({ record }) => record.id);
    const rows = await rowsWhere(planning.database, table, [owner, identity], owner, ids);
    for (const conflict of here) {
      const { record, change, held, given } = conflict;
      const { kind, place } = change.desired;
      const fields = Object.entries(kind.fields).filter(([, { type }]) => type === "text");
      const texts = fields.map(([name]) => record.row[name]);
      const names = [...texts, ...rows.flatMap((row) => (row[owner] === record.id ? [row[identity]] : []))];
      if (names.some((name) => typeof name === "string" && foldedName(name) === foldedName(String(given)))) {
        const stays = `the ${kind.label} ${shown(record.key)} stays ${shown(held)}`;
        addNote(planning, "OTHER_NAME", place, `${stays}; ${shown(given)} is another name of it already`);
      } else reportConflict(planning, conflict);
    }
  }
}

/** A cell as messages show it: a reference by its key. */
export function shownCell({ lookup }: Planning, field: Field, cell: Cell): Cell {
  return field.type === "reference" ? (lookup.byId(field.to, cell)?.key ?? cell) : cell;
}

/** Two different values as text. Texts that begin alike are shown from shortly before their difference. */
export function differing(one: Cell, other: Cell): [string, string] {
  const [first, second] = [shown(one), shown(other)];
  if (first !== second || typeof one !== "string" || typeof other !== "string") return [first, second];
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const start = Math.max(0, from - 20);
  return [`…${shown(one.slice(start))}`, `…${shown(other.slice(start))}`];
}

/** A name without case, accents and punctuation, for comparison. */
function foldedName(name: string): string {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
