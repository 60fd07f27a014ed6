import type { FieldNode } from "graphql";
import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import type { ObjectShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { all, enumerated, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { isOfMany, lastDay, overlaps, type MeetingRow } from "./meetings.lists.js";

type SeatRow = Row<Tables["Participant"]>;
type During = Traced<GQL.PartyLedgerArgs>["during"];

/** Another table that has the meetings of a ledger in the order of days. */
export interface Found {
  /** The table with its alias. */
  readonly table: Sql;
  readonly meetingId: Sql;
  /** The first day that the meeting can have been on, never null. */
  readonly day: Sql;
  readonly where: Sql;
  /** The table in its order, latest first, where no index has it so: then entries are looked at no further than the page reaches. */
  readonly inOrder?: Sql;
}

/** Which meetings a ledger is of. */
export interface LedgerScope {
  /** The conditions on its meetings. */
  readonly where: (meeting: MeetingRow) => readonly (Sql | undefined)[];
  /** The table that has them in order, if there is one. `alias` is free for it. */
  readonly found?: (alias: string) => Found;
  /** Which seats of speakers at which sessions are addresses of it. */
  readonly addresses: (session: MeetingRow, seat: SeatRow) => Sql;
}

/** The row of a ledger: its counts, what it is a ledger of, and the table of what is counted of its meetings. */
export interface LedgerRow extends Row {
  readonly scope: LedgerScope;
  readonly counted: Sql;
}

const meeting: MeetingRow = rowUnder("m");
const seat: SeatRow = rowUnder("p");

/** That a meeting is no sitting in which two are two of many, and overlaps the days that are asked for. */
export function withinDays(row: MeetingRow, during?: During): Sql {
  return all([sql`not ${isOfMany(row)}`, ...overlaps(row.col("onEarliest"), lastDay(row), during)]);
}

/**
 * Whether a meeting has a report other than held: expected, postponed, cancelled or declined. The status follows from
 * the reports. Therefore only meetings that were held need a look at them: an unknown status means none, and any other
 * status is that of a report.
 */
function wasAnnounced(row: MeetingRow): Sql {
  const otherReport = sql`exists (select 1 from "StatusReport" r where r."meetingId" = ${row.col("id")} and r."status" <> 'HELD')`;
  return sql`(${row.col("status")} not in ('UNKNOWN', 'HELD') or (${row.col("status")} = 'HELD' and ${otherReport}))`;
}

/** Whether an announced meeting still lacks a report on its outcome. */
export function isOpen(row: MeetingRow): Sql {
  return sql`${row.col("status")} in ('EXPECTED', 'POSTPONED')`;
}

/** The counted properties of a ledger's meetings: status, date, and whether they were announced. */
function countedMeetings({ where, found }: LedgerScope): Sql {
  const through = found?.("f");
  const within = through && sql`m."id" in (select ${through.meetingId} from ${through.table} where ${through.where})`;
  return sql`(select m."status", m."on", ${wasAnnounced(meeting)} as "isAnnounced" from "Meeting" m where ${all([within, ...where(meeting)])})`;
}

const hasStatus = (status: GQL.MeetingStatus): Sql => sql`m."status" = ${enumerated(status, "MeetingStatus")}`;

/** The counts of a ledger, by field. */
const counts: Readonly<Record<string, Sql>> = {
  total: sql`true`,
  announced: sql`m."isAnnounced"`,
  open: isOpen(meeting),
  held: hasStatus("HELD"),
  expected: hasStatus("EXPECTED"),
  declined: hasStatus("DECLINED"),
  cancelled: hasStatus("CANCELLED"),
  postponed: hasStatus("POSTPONED"),
  calledOff: hasStatus("CALLED_OFF"),
  unknown: hasStatus("UNKNOWN"),
};

/** The number of addresses to sessions that are expected or were given. */
export function countOfAddresses({ addresses }: LedgerScope, isExpected: boolean): Sql {
  const state = isExpected ? sql`p."isExpected"` : sql`not p."isExpected" and m."status" = 'HELD'`;
  return sql`(select count(*) from "Participant" p join "Meeting" m on m."id" = p."meetingId" where m."kind" = 'SESSION' and p."role" = 'SPEAKER' and ${addresses(meeting, seat)} and ${state})`;
}

/**
 * The ledger of a field's record. All counts use one pass and only if selected; those by period use the same meetings,
 * which are read once.
 */
export function ledgerOf<C, A = Record<string, unknown>>(
  scopeOf: (context: { readonly row: Row<C>; readonly args: A }) => LedgerScope,
): FieldDeclaration<C, A, ObjectShape<"Ledger">> {
  return {
    compile: ({ row, args, nodes, planner }) => {
      const scope = scopeOf({ row, args });
      const sums = planner.row();
      const counted = sql.id(`${sums.alias}_counted`);
      const asked = new Set(
        [...planner.select("Ledger", nodes).values()].map(([node]) => (node as FieldNode).name.value),
      );
      const columns = [...asked].flatMap((name) =>
        counts[name] ? [sql`count(*) filter (where ${counts[name]}) as ${sql.id(name)}`] : [],
      );
      const { sql: object, finish } = planner.object("Ledger", nodes, { ...sums, scope, counted } as LedgerRow);
      if (columns.length === 0 && !asked.has("fulfilment")) return { sql: object, finish };
      const from =
        columns.length === 0
          ? sql``
          : sql` from (select ${sql.join(columns)} from ${counted} m) as ${sql.ref(sums.alias)}`;
      return { sql: sql`(with ${counted} as ${countedMeetings(scope)} select ${object}${from})`, finish };
    },
  };
}

/** The ledger of those meetings at which a party has a seat. */
export function ledgerOfParty(id: Sql, during: During): LedgerScope {
  return {
    where: (row) => [withinDays(row, during)],
    found: (alias) => {
      const col = (name: string) => sql.ref(`${alias}.${name}`);
      const day = sql`coalesce(${col("meetingEarliest")}, '-infinity'::date)`;
      return {
        table: sql`"Participant" as ${sql.ref(alias)}`,
        meetingId: col("meetingId"),
        day,
        where: all([sql`${col("partyId")} = ${id}`, ...overlaps(col("meetingEarliest"), col("meetingLatest"), during)]),
      };
    },
    addresses: (session, speaker) =>
      all([sql`${speaker.col("partyId")} = ${id}`, ...overlaps(session.col("onEarliest"), lastDay(session), during)]),
  };
}

/** The ledger of those meetings that were to be held on the sidelines of a forum's sessions. */
export function ledgerOfForum(id: Sql, during: During): LedgerScope {
  return {
    where: (row) => [
      sql`${row.col("sidelinesOfId")} in (select s."id" from "Meeting" s where s."forumId" = ${id})`,
      withinDays(row, during),
    ],
    addresses: (session) =>
      all([sql`${session.col("forumId")} = ${id}`, ...overlaps(session.col("onEarliest"), lastDay(session), during)]),
  };
}
