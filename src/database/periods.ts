// The rules of periods as SQL over stored rows, for doctor. Writes are checked before, by modules/periods.rules.ts, which
// knows the place of each value.

/** A table of records with a period. */
interface PeriodTable {
  readonly name: "Tenure" | "ForumMembership";
  /** The noun for one record. */
  readonly label: string;
  /** Columns that two records about the same thing have in common. */
  readonly same: readonly string[];
}

/** The tables with periods. */
export const periodTables: readonly PeriodTable[] = [
  { name: "Tenure", label: "tenure", same: ["personId", "officeId"] },
  { name: "ForumMembership", label: "membership", same: ["forumId", "partyId", "role"] },
];

/** The day from which a period is certain, the row under an alias. */
function begin(row: string): string {
  return `least(${row}."sinceLatest", ${row}."attestedOnLatest")`;
}

/** The day before which a period is certain. */
function end(row: string): string {
  const attested = `greatest(coalesce(${row}."attestedOnLatest", ${row}."sinceLatest"), ${row}."attestedUntilEarliest") + 1`;
  return `coalesce(${row}."untilEarliest", CASE WHEN ${row}."hasEnded" IS FALSE THEN 'infinity'::date ELSE ${attested} END)`;
}

/** Ids of records whose period has no day, or that are attested outside of it, for all possible dates. */
export function impossiblePeriods({ name }: PeriodTable): string {
  return `SELECT "id" AS place FROM "${name}"
    WHERE "sinceEarliest" >= "untilLatest" OR "attestedOnLatest" < "sinceEarliest" OR "attestedOnEarliest" >= "untilLatest"`;
}

/** The keys, `one` and `other`, of records that speak of the same thing and cover the same day for certain. */
export function overlappingPeriods({ name, same }: PeriodTable): string {
  const begins = (row: string): string => `${begin(row)} < ${end(row)}`;
  return `SELECT o."key" AS one, p."key" AS other FROM "${name}" o
    JOIN "${name}" p ON ${same.map((column) => `p."${column}" = o."${column}"`).join(" AND ")} AND o."id" < p."id"
    WHERE ${begins("o")} AND ${begins("p")} AND ${begin("o")} < ${end("p")} AND ${begin("p")} < ${end("o")}`;
}
