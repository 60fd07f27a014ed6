import { groupedBy } from "../lib/grouped.js";
import { columnsOf, type RecordKind, type Row } from "../writing/records.js";
import { subjectOf, type WholeRecord } from "./record.js";
import { recordKinds } from "../modules/kinds.js";
import { partKinds } from "./sections.js";
import { conflictRecord } from "../modules/answers/conflict.record.js";

/** Kinds whose records go along with the meeting or the conflict that they belong to or speak about. */
const alongKinds: readonly RecordKind[] = [...partKinds, conflictRecord.kind];

/**
 * The part of the record that belongs to some meetings: the meetings with all their parts and conflicts, and every
 * record that these refer to, down to the documents. Records that refer to them (tenures, memberships, visits) are not
 * included.
 * @param meetings Ids; unknown ones are ignored.
 */
export function partOf(record: WholeRecord, meetings: Iterable<string>): WholeRecord {
  const belonging = alongKinds.flatMap((kind) =>
    wholesOf(kind).map((column) => ({
      table: kind.table,
      by: groupedBy([...(record.tables.get(kind.table)?.values() ?? [])], (row) => String(row[column])),
    })),
  );
  const kept = new Map<string, Map<string, Row>>();
  const waiting: (readonly [table: string, id: unknown])[] = [...meetings].map((id) => ["Meeting", id]);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [table, id] = next;
    const row = typeof id === "string" ? record.tables.get(table)?.get(id) : undefined;
    const here = kept.get(table) ?? new Map<string, Row>();
    kept.set(table, here);
    if (row === undefined || here.has(String(id))) continue;
    here.set(String(id), row);
    waiting.push(...referencesOf(table, row, record));
    for (const one of belonging) for (const part of one.by.get(String(id)) ?? []) waiting.push([one.table, part["id"]]);
    for (const citation of record.citations.get(String(id)) ?? []) waiting.push(["Citation", citation["id"]]);
  }
  const citations = [...(kept.get("Citation")?.values() ?? [])];
  return {
    tables: new Map(recordKinds.map(({ table }) => [table, kept.get(table) ?? new Map<string, Row>()])),
    details: record.details,
    citations: groupedBy(citations, subjectOf),
  };
}

/** The columns that hold the id of what a record of a kind belongs to or speaks about, as far as that takes it along. */
function wholesOf(kind: RecordKind): string[] {
  const names = kind === conflictRecord.kind ? ["meeting"] : kind.within === undefined ? [] : [kind.within];
  return names.flatMap((name) => {
    const field = kind.fields[name];
    return field === undefined ? [] : [columnsOf(name, field)[0]];
  });
}

function referencesOf(table: string, row: Row, record: WholeRecord): (readonly [string, unknown])[] {
  return recordKinds
    .filter((kind) => kind.table === table)
    .flatMap((kind) => [
      ...Object.values(kind.fields).flatMap((field) =>
        field.type === "reference" ? [[field.to, row[field.column]] as const] : [],
      ),
      ...(kind.details ?? []).flatMap(({ table: of, to, identity }) =>
        to === undefined
          ? []
          : (record.details.get(of)?.get(String(row["id"])) ?? []).map((one) => [to, one[identity]] as const),
      ),
    ]);
}
