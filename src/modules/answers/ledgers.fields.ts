import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Traced } from "../../reading/inputs.js";
import { all, parameter } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { survivingKey } from "../history/history.lists.js";
import { ledgerOf, withinDays, type LedgerScope } from "../meetings/ledgers.lists.js";
import { lastDay, overlaps, type MeetingRow } from "../meetings/meetings.lists.js";
import { atLeastTwo } from "./encounters.lists.js";

type LedgerArguments = Traced<GQL.QueryLedgerArgs>;

/** The ledger of the meetings at which all of some parties have seats, found by the pair of the first two. */
function ledgerBetween({ between, during }: LedgerArguments): LedgerScope {
  const names = parameter(atLeastTwo(between, "between"), "text[]");
  // Looked up once. An unknown name has no id, so the counts differ and no meeting matches.
  const ids = sql`array(select w."id" from unnest(${names}) with ordinality as n("name", "place") join "Party" w on w."code" = ${survivingKey("Party", sql.ref("n.name"))} order by n."place")`;
  const allSat = (row: MeetingRow) =>
    sql`(select count(distinct s."partyId") from "Participant" s where s."meetingId" = ${row.col("id")} and s."partyId" = any(${ids})) = cardinality(${names})`;
  return {
    where: (row) => [withinDays(row, during), allSat(row)],
    found: (alias) => {
      const met = sql`"metTogether"((${ids})[1], (${ids})[2])`;
      return {
        table: sql`${met} as ${sql.ref(alias)}`,
        meetingId: sql.ref(`${alias}.meetingId`),
        day: sql.ref(`${alias}.day`),
        where: sql`true`,
        inOrder: sql`(select * from ${met} as t order by t."day" desc, t."meetingId" desc) as ${sql.ref(alias)}`,
      };
    },
    addresses: (session, seat) =>
      all([
        sql`${seat.col("partyId")} = any(${ids})`,
        allSat(session),
        ...overlaps(session.col("onEarliest"), lastDay(session), during),
      ]),
  };
}

/** The root field for ledgers. */
export const ledgerRoots = objectType<Pick<GQL.Query, "ledger">>()("Query", null, {}, () => ({
  ledger: ledgerOf<Record<string, unknown>, LedgerArguments>(({ args }) => ledgerBetween(args)),
}));
