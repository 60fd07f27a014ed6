import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type Row } from "../../reading/declarations.js";
import type { Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { covers, latestPeriodFirst, mayCover } from "../periods.js";

type SeatRow = Row<Tables["Participant"]>;
type TenureRow = Row<Tables["Tenure"]>;

/** A tenure under an alias of our own choosing, for queries that no field stands for. */
const tenure: TenureRow = rowUnder("t");

/** Which of an office's tenures say anything of a seat, and what. */
function tenuresOf(seat: SeatRow, target: TenureRow) {
  const [from, to] = [seat.col("meetingEarliest"), seat.col("meetingLatest")];
  const isOwn = sql`${target.col("personId")} = ${seat.col("personId")}`;
  return {
    inOffice: sql`${target.col("officeId")} = ${seat.col("officeId")}`,
    isOwn,
    covers: covers(target, from, to),
    ownCovers: sql`${isOwn} and ${covers(target, from, to)}`,
    ownMay: sql`${isOwn} and ${mayCover(target, from, to)}`,
  };
}

/**
 * The verdict of the tenures on a seat. The rule is that of `offices.commands.ts`, which rejects seats in offices that
 * the person did not hold. Here, a single tenure must cover all possible days of the meeting.
 */
function verdictOf(seat: SeatRow): Sql {
  const rule = tenuresOf(seat, tenure);
  const some = (condition: Sql) =>
    sql`exists (select 1 from "Tenure" ${sql.ref(tenure.alias)} where ${rule.inOffice} and ${condition})`;
  return sql`case when ${seat.col("meetingEarliest")} is null then 'UNKNOWN' when ${some(rule.ownCovers)} then 'IN_OFFICE' when ${some(rule.ownMay)} then 'UNKNOWN' when ${some(rule.isOwn)} or ${some(rule.covers)} then 'NOT_IN_OFFICE' else 'UNKNOWN' end`;
}

/** Whether the participants of meetings were in the offices that they are named in. */
export const officeCheckTypes = [
  objectType<GQL.OfficeCheck>()("OfficeCheck", "Participant", {}, (from) => ({
    verdict: from.expression<GQL.OfficeCheckVerdict>(({ row }) => verdictOf(row)),
    tenure: from.one("Tenure", {
      where: ({ row, target }) => {
        const rule = tenuresOf(row, target);
        return sql`${rule.inOffice} and (${rule.isOwn} or ${rule.covers})`;
      },
      // The most conclusive tenure: the person's own that covers the meeting, that may cover it, or any; otherwise that
      // of another holder.
      order: ({ row, target }) => {
        const rule = tenuresOf(row, target);
        const first = (condition: Sql) => sql`(${condition}) is true desc`;
        return [first(rule.ownCovers), first(rule.ownMay), first(rule.isOwn), ...latestPeriodFirst(target)];
      },
    }),
  })),
];

/** Whether a seat has both a person and an office. */
export function namesOfficeHolder(seat: SeatRow): Sql {
  return sql`${seat.col("personId")} is not null and ${seat.col("officeId")} is not null`;
}
