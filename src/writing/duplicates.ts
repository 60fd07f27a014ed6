import { shown, type Fault, type Place } from "../lib/faults.js";
import type { Note, Plan } from "./plan.js";
import type { DuplicateClue, DuplicateRules, PlannedRecord, RecordKind } from "./records.js";
import { inChunks, insertRows, quoted, type Statements } from "./store.js";

/** A kind of record of which duplicates are looked for. */
export type ComparedKind = RecordKind & { readonly duplicates: DuplicateRules };

/** The kinds of which duplicates are looked for. */
export function comparedKinds(kinds: readonly RecordKind[]): readonly ComparedKind[] {
  return kinds.filter((kind): kind is ComparedKind => kind.duplicates !== undefined);
}

/** The name of a kind in the enum `DuplicateKind`. */
export function duplicateKind({ type }: RecordKind): string {
  return type.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

/** Points above the least ones from which two records are strongly alike. */
export const strongMargin = 3;

// With more records than this, all are compared with each other, which is one pass over the table.
const mostByIndex = 100;

/**
 * A query of likely duplicates: columns "one" and "other" with the ids (the lesser first), "points", "isStrong" and
 * "evidence", a list of phrases. Pairs that were dismissed are among them.
 * @param given SQL for the ids of which duplicates are looked for; all records of the kind if not said.
 */
export function duplicatesQuery(kind: ComparedKind, given?: string): string {
  const { columns, near = [], least, clues } = kind.duplicates;
  const keys = kind.duplicates.keys.map((texts) => `coalesce(${texts}, '{}')`).join(" || ");
  const chosen = [`r."id"`, ...Object.entries(columns).map(([name, value]) => `${value} AS ${quoted(name)}`)];
  const fixed = Object.entries(kind.fixed ?? {}).map(
    ([column, cell]) => ` AND r.${quoted(column)} = '${String(cell)}'`,
  );
  const profiles = (condition: string): string =>
    `SELECT p.*, ${keys} AS "keys" FROM (SELECT ${chosen.join(", ")} FROM ${quoted(kind.table)} r WHERE ${condition}${fixed.join("")} OFFSET 0) AS p`;
  const isNear = near.map((ids) => `SELECT n."id" FROM compared p CROSS JOIN LATERAL (${ids}) AS n("id")`);
  const isOther = near.length === 0 ? "true" : `r."id" IN (${isNear.join(" UNION ")})`;
  const keysOf = (from: string): string => `(SELECT c."id", k.key FROM ${from} c, unnest(c."keys") AS k(key))`;
  const keyed = (ones: string, others: string): string =>
    `"keyed" AS MATERIALIZED (SELECT DISTINCT least(a."id" COLLATE "C", b."id") AS "one", greatest(a."id" COLLATE "C", b."id") AS "other" FROM ${ones} AS a JOIN ${others} AS b ON a.key = b.key AND a."id" <> b."id")`;
  // Of all records only the keys are made, and what is compared of those that share one.
  const found =
    given === undefined
      ? [
          `"keys" AS MATERIALIZED (SELECT * FROM ${keysOf(`(${profiles("true")})`)} AS k)`,
          keyed(`"keys"`, `"keys"`),
          `candidates AS MATERIALIZED (${profiles(`r."id" IN (SELECT k."one" FROM "keyed" k UNION SELECT k."other" FROM "keyed" k)`)})`,
        ]
      : [
          `compared AS MATERIALIZED (${profiles(`r."id" = ANY (${given})`)})`,
          `"others" AS MATERIALIZED (${profiles(isOther)})`,
          keyed(keysOf("compared"), keysOf(`"others"`)),
          `candidates AS MATERIALIZED (SELECT * FROM compared UNION ALL SELECT * FROM "others" o WHERE o."id" NOT IN (SELECT c."id" FROM compared c))`,
        ];
  const scores = clues.map(({ points }, index) => `${points} AS ${quoted(clueColumn(index))}`);
  const sum = clues.map((_, index) => `s.${quoted(clueColumn(index))}`).join(" + ");
  const phrases = clues.flatMap((clue, index) => phraseOf(clue, index));
  return `WITH ${[
    ...found,
    `scored AS (SELECT s.*, ${sum} AS "points" FROM (SELECT k."one", k."other", ${scores.join(", ")} FROM "keyed" k JOIN candidates a ON a."id" = k."one" JOIN candidates b ON b."id" = k."other" OFFSET 0) AS s)`,
  ].join(", ")}
  SELECT s."one", s."other", s."points", s."points" >= ${String(least + strongMargin)} AS "isStrong", array_remove(ARRAY[${phrases.join(", ")}]::text[], NULL) AS "evidence"
  FROM scored s JOIN candidates a ON a."id" = s."one" JOIN candidates b ON b."id" = s."other" WHERE s."points" >= ${String(least)}`;
}

function clueColumn(index: number): string {
  return `clue${String(index)}`;
}

function phraseOf({ words }: DuplicateClue, index: number): string[] {
  const points = `s.${quoted(clueColumn(index))}`;
  return words === undefined ? [] : [`CASE WHEN ${points} > 0 THEN ${words.replaceAll("{points}", points)} END`];
}

/** That a pair was not dismissed. @param pair the alias of a row with "one" and "other". */
export function isOpen(pair: string): string {
  return `NOT EXISTS (SELECT FROM "DismissedDuplicate" d JOIN "Act" t ON t."number" = d."actNumber" WHERE d."oneId" = ${pair}."one" AND d."otherId" = ${pair}."other")`;
}

/** Two records that are likely the same. */
export interface LikelyDuplicate {
  readonly kind: ComparedKind;
  /** The ids. */
  readonly one: string;
  readonly other: string;
  readonly oneKey: string;
  readonly otherKey: string;
  readonly isStrong: boolean;
  /** Evidence, in phrases: "same day (20 November 2024)". */
  readonly evidence: readonly string[];
}

/** The likely duplicates of some records of a kind, or of all, that were not dismissed. */
export async function findDuplicates(
  statements: Statements,
  kind: ComparedKind,
  ids?: readonly string[],
): Promise<LikelyDuplicate[]> {
  if (ids === undefined) return pairsOf(statements, kind, duplicatesQuery(kind));
  if (ids.length <= mostByIndex) return pairsOf(statements, kind, duplicatesQuery(kind, "$1::text[]"), ids);
  const among = new Set(ids);
  const all = await pairsOf(statements, kind, duplicatesQuery(kind));
  return all.filter(({ one, other }) => among.has(one) || among.has(other));
}

async function pairsOf(
  statements: Statements,
  kind: ComparedKind,
  query: string,
  ...values: readonly unknown[]
): Promise<LikelyDuplicate[]> {
  const key = quoted(kind.keyColumn);
  const rows = await statements.$queryRawUnsafe<Omit<LikelyDuplicate, "kind">[]>(
    `SELECT q."one", q."other", q."isStrong", q."evidence", a.${key} AS "oneKey", b.${key} AS "otherKey"
      FROM (${query}) AS q JOIN ${quoted(kind.table)} a ON a."id" = q."one" JOIN ${quoted(kind.table)} b ON b."id" = q."other"
      WHERE ${isOpen("q")} ORDER BY q."points" DESC, a.${key}, b.${key}`,
    ...values,
  );
  return rows.map((row) => ({ kind, ...row }));
}

/** Faults and notes about likely duplicates of the records that a plan adds. */
export interface DuplicateCheck {
  readonly faults: readonly Fault[];
  readonly notes: readonly Note[];
}

/**
 * Looks for likely duplicates of the records that a plan has added. They are faults, unless they are acknowledged: then
 * each pair is dismissed for good, with a note.
 * @param plan is written by now, so that records of one plan are compared with each other, too.
 * @param areKept whether dismissals are stored. Those of drafts are not, because their acts are not public.
 */
export async function checkDuplicates(
  statements: Statements,
  kinds: readonly RecordKind[],
  plan: Plan,
  { isAcknowledged, areKept = true }: { readonly isAcknowledged: boolean; readonly areKept?: boolean },
): Promise<DuplicateCheck> {
  const found: LikelyDuplicate[] = [];
  for (const kind of comparedKinds(kinds)) {
    const ids = addedRecords(plan).flatMap(({ id, desired }) => (desired?.kind === kind ? [id] : []));
    if (ids.length > 0) found.push(...(await findDuplicates(statements, kind, ids)));
  }
  if (found.length === 0) return { faults: [], notes: [] };
  const warnings = warningsOf(found, plan);
  if (!isAcknowledged) {
    const advice = "use that key if they are one, or acknowledge LIKELY_DUPLICATE to record both";
    return {
      faults: warnings.map(({ place, text, other }) => ({
        code: "LIKELY_DUPLICATE",
        place,
        message: `${text}; ${advice}`,
        ...(other && { other }),
      })),
      notes: [],
    };
  }
  if (areKept) await dismissDuplicates(statements, found);
  const notes = warnings.map(({ place, text }): Note => ({
    kind: "LIKELY_DUPLICATE",
    place,
    message: `${text}; both are recorded, as acknowledged`,
  }));
  return { faults: [], notes };
}

/** Whether a plan adds records of which duplicates are looked for. */
export function addsCompared(plan: Plan): boolean {
  return addedRecords(plan).length > 0;
}

function addedRecords({ records }: Plan): PlannedRecord[] {
  return records.filter(({ stored, desired }) => stored === null && desired?.kind.duplicates !== undefined);
}

interface Warning {
  readonly place: Place;
  readonly text: string;
  readonly other?: Place;
}

/** One warning for each added record, about the record that it agrees with most. */
function warningsOf(found: readonly LikelyDuplicate[], plan: Plan): Warning[] {
  const records = addedRecords(plan);
  const added = new Map(records.map((record, index) => [record.id, { record, index }]));
  const warnings = new Map<string, Warning>();
  for (const pair of found) {
    const [one, other] = [added.get(pair.one), added.get(pair.other)];
    // Of two added records, the later one is the duplicate.
    const isOther = other !== undefined && (one === undefined || one.index < other.index);
    const [double, like] = isOther ? [other, one] : [one, other];
    if (double === undefined || warnings.has(double.record.id)) continue;
    warnings.set(double.record.id, {
      place: plan.placeOf(double.record),
      text: likenessText(pair.kind, isOther ? pair.oneKey : pair.otherKey, pair.evidence),
      ...(like && { other: plan.placeOf(like.record) }),
    });
  }
  return [...warnings.values()];
}

/** "Same day (20 November 2024) and same parties (China, India) as the meeting `2024-11-ind-chn-vientiane`" */
export function likenessText({ label }: RecordKind, key: string, evidence: readonly string[]): string {
  const phrases = listed(evidence);
  return `${phrases.charAt(0).toUpperCase()}${phrases.slice(1)} as the ${label} ${shown(key)}`;
}

function listed(phrases: readonly string[]): string {
  const [last, ...before] = [...phrases].reverse();
  return before.length === 0 ? (last ?? "") : `${before.reverse().join(", ")} and ${last ?? ""}`;
}

/** The decisions that pairs of records are different, for good: by the act of this transaction. */
export async function dismissDuplicates(
  statements: Statements,
  pairs: readonly Pick<LikelyDuplicate, "kind" | "one" | "other">[],
): Promise<void> {
  const rows = pairs.map(({ kind, one, other }) => ({ table: kind.table, ...inOrder(one, other) }));
  const known = new Set<string>();
  for (const some of inChunks(rows.map(({ oneId }) => oneId))) {
    const stored = await statements.$queryRawUnsafe<{ oneId: string; otherId: string }[]>(
      `SELECT "oneId", "otherId" FROM "DismissedDuplicate" WHERE "oneId" = ANY ($1::text[])`,
      some,
    );
    for (const { oneId, otherId } of stored) known.add(`${oneId} ${otherId}`);
  }
  const fresh = rows.filter(({ oneId, otherId }) => !known.has(`${oneId} ${otherId}`));
  if (fresh.length === 0) return;
  const [act] = await statements.$queryRawUnsafe<{ number: bigint }[]>(`SELECT "currentAct"() AS "number"`);
  await insertRows(
    statements,
    "DismissedDuplicate",
    fresh.map((row) => ({ ...row, actNumber: String(act?.number) })),
  );
}

function inOrder(one: string, other: string): { readonly oneId: string; readonly otherId: string } {
  return one < other ? { oneId: one, otherId: other } : { oneId: other, otherId: one };
}

/** Decisions about a merged record are about the survivor from then on. */
export async function moveDismissals(statements: Statements, source: string, target: string): Promise<void> {
  await statements.$executeRawUnsafe(
    `INSERT INTO "DismissedDuplicate" ("oneId", "otherId", "table", "actNumber")
      SELECT least(m.third COLLATE "C", $2), greatest(m.third COLLATE "C", $2), m."table", m."actNumber" FROM (
        SELECT CASE d."oneId" WHEN $1 THEN d."otherId" ELSE d."oneId" END AS third, d."table", d."actNumber"
        FROM "DismissedDuplicate" d WHERE $1 IN (d."oneId", d."otherId")) AS m
      WHERE m.third <> $2 ON CONFLICT DO NOTHING`,
    source,
    target,
  );
  await statements.$executeRawUnsafe(`DELETE FROM "DismissedDuplicate" WHERE $1 IN ("oneId", "otherId")`, source);
}
