import { shown, type Fault, type Place } from "../lib/faults.js";
import { formerNames, formerText } from "./names.js";
import type { PlannedRecord, RecordKind, Row } from "./records.js";
import { hasCells, quoted, rowsWhere, type Statements } from "./store.js";

/** Drafts that are to be published. */
export interface Publication {
  /** Their ids, with those of their parts. */
  readonly ids: readonly string[];
  readonly place: Place;
  readonly acknowledged: ReadonlySet<string>;
}

/**
 * Finds faults of drafts that came after they were drafted: their name was taken or given up, another record has an
 * identifier of theirs, or a passage is not in its document any more.
 */
export async function publishingFaults(
  database: Statements,
  kinds: readonly RecordKind[],
  publication: Publication,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const kind of kinds) {
    const drafted = await draftsOf(database, kind, publication.ids);
    if (drafted.length === 0) continue;
    // A citation begins with the name of its subject, whose fault is enough.
    const isCitation = Object.values(kind.fields).some(({ type }) => type === "owner");
    if (!isCitation || faults.length === 0) faults.push(...(await nameFaults(database, kind, drafted, publication)));
    for (const detail of kind.details ?? []) {
      const { unique, owner, identity } = detail;
      if (unique === undefined) continue;
      const columns = [owner, identity, ...detail.columns].map((column) => `d.${quoted(column)}`).join(", ");
      const same = unique.columns.map((column) => `t.${quoted(column)} = d.${quoted(column)}`).join(" AND ");
      const rows = await database.$queryRawUnsafe<(Row & { other: string })[]>(
        `SELECT ${columns}, t.${quoted(owner)} AS "other" FROM drafts.${quoted(detail.table)} d
          JOIN public.${quoted(detail.table)} t ON ${same} AND t.${quoted(owner)} <> d.${quoted(owner)} WHERE d.${quoted(owner)} = ANY($1::text[])`,
        drafted.map(({ id }) => String(id)),
      );
      for (const row of rows) {
        const [other] = await rowsWhere(database, kind.table, ["id", kind.keyColumn, ...textColumns(kind)], "id", [
          row.other,
        ]);
        if (other !== undefined)
          faults.push({
            code: "CONFLICT",
            place: publication.place,
            message: unique.message(row, entryOf(kind, other)),
          });
      }
    }
  }
  const misquotes = await database.$queryRawUnsafe<{ key: string; fault: string }[]>(
    `SELECT c."key", "citationFault"(d, c."quote", c."start", c."locator") AS "fault" FROM drafts."Citation" c
      JOIN public."Document" d ON d."id" = c."documentId"
      WHERE c."id" = ANY($1::text[]) AND "citationFault"(d, c."quote", c."start", c."locator") IS NOT NULL ORDER BY c."key"`,
    publication.ids,
  );
  for (const { key, fault } of misquotes)
    faults.push({ code: "MISQUOTED", place: publication.place, message: `the citation ${shown(key)} ${fault}` });
  return faults;
}

function textColumns({ fields }: RecordKind): string[] {
  return Object.entries(fields).flatMap(([name, field]) => (field.type === "text" ? [name] : []));
}

async function draftsOf(database: Statements, kind: RecordKind, ids: readonly string[]): Promise<Row[]> {
  const fixed = Object.keys(kind.fixed ?? {});
  const columns = [...new Set(["id", kind.keyColumn, ...fixed])].map(quoted).join(", ");
  const rows = await database.$queryRawUnsafe<Row[]>(
    `SELECT ${columns} FROM drafts.${quoted(kind.table)} WHERE "id" = ANY($1::text[])`,
    ids,
  );
  return rows.filter((row) => hasCells(row, kind.fixed));
}

async function nameFaults(
  database: Statements,
  kind: RecordKind,
  drafted: readonly Row[],
  { place, acknowledged }: Publication,
): Promise<Fault[]> {
  const { table, keyColumn, label } = kind;
  const keys = drafted.map((row) => String(row[keyColumn]));
  const taken = await rowsWhere(database, table, [keyColumn], keyColumn, keys);
  const faults = taken.map((row): Fault => ({
    code: "DUPLICATE",
    place,
    message: `the record has the ${label} ${shown(row[keyColumn])} already`,
  }));
  for (const [name, former] of await formerNames(database, table, keys)) {
    const said = formerText(label, name, former);
    if (former.fate !== "withdrawn")
      faults.push({
        code: "DUPLICATE",
        place,
        message: `${said}; a former name is never given again: discard the draft`,
      });
    else if (!acknowledged.has("WITHDRAWN"))
      faults.push({ code: "WITHDRAWN", place, message: `${said}; acknowledge WITHDRAWN to record it again` });
  }
  return faults;
}

// The parts of a record that messages use.
function entryOf({ table, keyColumn }: RecordKind, row: Row): PlannedRecord {
  return {
    table,
    id: String(row["id"]),
    key: String(row[keyColumn]),
    row: { ...row },
    stored: row,
    changed: new Set(),
    hasChangedDetails: false,
  };
}
