import type pg from "pg";
import { atOneMoment } from "./client.js";
import { impossiblePeriods, overlappingPeriods, periodTables } from "./periods.js";

/** Something about a database that is not as it has to be. */
export interface AuditFault {
  /** The rule, as a statement that should always be true. */
  readonly rule: string;
  /** The number of violations. */
  readonly count: number;
  /** Some of the places, at most five. */
  readonly examples: readonly string[];
}

interface Rule {
  readonly rule: string;
  /** Yields a row with `place` for everything that breaks the rule. */
  readonly query: string;
}

const ours = `n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'`;

// Triggers, constraints and indexes that enforce the rules. They may have been disabled by hand for a repair or a bulk
// load.
const keeping: readonly Rule[] = [
  {
    rule: "every trigger is awake",
    query: `SELECT format('%s.%I: %s', n.nspname, c.relname, t.tgname) AS place FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours} AND t.tgenabled <> 'O'`,
  },
  {
    rule: "every constraint was checked",
    query: `SELECT format('%s.%I: %s', n.nspname, c.relname, k.conname) AS place FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours} AND NOT k.convalidated`,
  },
  {
    rule: "every index is whole",
    query: `SELECT format('%s.%I', n.nspname, c.relname) AS place FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours} AND NOT i.indisvalid`,
  },
];

const record: readonly Rule[] = [
  {
    rule: "every fact has a source",
    query: `SELECT "table" || ' ' || "id" AS place FROM past."Uncited"`,
  },
  {
    rule: "every citation stands in its document",
    query: `SELECT c."id" AS place FROM "Citation" c JOIN "Document" d ON d."id" = c."documentId" WHERE "citationFault"(d, c."quote", c."start", c."locator") IS NOT NULL`,
  },
  {
    rule: "every document is as it was when its digest was made",
    query: `SELECT "id" AS place FROM "Document" WHERE "sha256" <> encode(sha256(convert_to(coalesce("text", "privateText"), 'UTF8')), 'hex')`,
  },
  {
    rule: "no text that is private now is in a public column",
    query: `SELECT "id" AS place FROM past."Document" WHERE "text" IS NOT NULL AND past."isTextPrivate"("id")`,
  },
  {
    rule: "every meeting's status follows from its reports",
    query: `SELECT "id" AS place FROM "Meeting" WHERE "status" <> "meetingStatus"("id")`,
  },
  {
    rule: "every seat has the days of its meeting",
    query: `SELECT p."id" AS place FROM "Participant" p JOIN "Meeting" m ON m."id" = p."meetingId"
      WHERE (p."meetingEarliest", p."meetingLatest") IS DISTINCT FROM (m."onEarliest", coalesce(m."endsOnLatest", m."onLatest"))`,
  },
];

const periods: readonly Rule[] = periodTables.flatMap((table) => [
  { rule: `every ${table.label} covers a day`, query: impossiblePeriods(table) },
  {
    rule: `no two ${table.label}s of the same overlap`,
    query: `SELECT one || ' and ' || other AS place FROM (${overlappingPeriods(table)}) AS pairs`,
  },
]);

/**
 * Checks the database against its own rules, read-only: whether triggers and constraints are enabled, whether every row
 * keeps the rules, and whether the history ends with the current rows.
 * @param url The database's address; its tables must be up to date.
 * @param progress Receives the name of each rule before its check.
 */
export async function audit(url: string, progress: (rule: string) => void = () => undefined): Promise<AuditFault[]> {
  return atOneMoment(url, "sidelines doctor", async (client) => {
    const faults: AuditFault[] = [];
    for (const rule of [...keeping, ...record, ...periods, ...(await history(client))]) {
      progress(rule.rule);
      const fault = await look(client, rule);
      if (fault) faults.push(fault);
    }
    return faults;
  });
}

async function look(client: pg.Client, { rule, query }: Rule): Promise<AuditFault | undefined> {
  const { rows } = await client.query<{ count: string; examples: string[] | null }>(
    `WITH broken AS (SELECT DISTINCT place FROM (${query}) AS found) SELECT (SELECT count(*) FROM broken)::text AS count, (SELECT array_agg(place) FROM (SELECT place FROM broken ORDER BY 1 LIMIT 5) b) AS examples`,
  );
  const count = Number(rows[0]?.count ?? 0);
  return count === 0 ? undefined : { rule, count, examples: rows[0]?.examples ?? [] };
}

async function history(client: pg.Client): Promise<Rule[]> {
  const { rows } = await client.query<{ table: string; columns: string }>(
    `SELECT "table", past."columns"(format('%I', "table")::regclass) AS columns FROM past."Kept" ORDER BY "number"`,
  );
  return rows.map(({ table, columns }) => ({
    rule: `the history of ${table} ends with what stands`,
    query: `SELECT coalesce(to_jsonb(d) ->> 'id', to_jsonb(d)::text) AS place FROM (
      (SELECT ${columns} FROM "${table}" EXCEPT SELECT ${columns} FROM past."${table}" WHERE "recordedUntil" = 'infinity')
      UNION (SELECT ${columns} FROM past."${table}" WHERE "recordedUntil" = 'infinity' EXCEPT SELECT ${columns} FROM "${table}")) AS d`,
  }));
}
