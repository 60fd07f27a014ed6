import type { FieldNode } from "graphql";
import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { FieldDeclaration, Row } from "../../reading/declarations.js";
import type { ObjectShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { all, enumerated, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { lastDay, overlaps, type MeetingRow } from "./meetings.lists.js";

type SeatRow = Row<Tables["Participant"]>;
type During = Traced<GQL.PartyLedgerArgs>["during"];

/** Where the meetings of a ledger stand in the order of days, as rows of another table. */
export interface Found {
  /** The table with its alias. */
  readonly table: Sql;
  readonly meetingId: Sql;
  /** The first day that the meeting can have been on, never null. */
  readonly day: Sql;
  readonly where: Sql;
}

/** Which meetings a ledger is of. */
export interface LedgerScope {
  /** What its meetings have to fulfil. */
  readonly where: (meeting: MeetingRow) => readonly (Sql | undefined)[];
  /** Where they are found, if another table has them in order. `alias` is free for it. */
  readonly found?: (alias: string) => Found;
  /** Which seats of speakers at which sessions are addresses of it. */
  readonly addresses: (session: MeetingRow, seat: SeatRow) => Sql;
}

/** The row of a ledger: its counts, and what it is a ledger of. */
export interface LedgerRow extends Row {
  readonly scope: LedgerScope;
}

const meeting: MeetingRow = { alias: "m", col: (name) => sql.ref(`m.${name}`) };
const seat: SeatRow = { alias: "p", col: (name) => sql.ref(`p.${name}`) };

/** That a meeting is none of a forum's own sessions, and overlaps the days that are asked for. */
export function withinDays(row: MeetingRow, during?: During): Sql {
  return all([sql`${row.col("kind")} <> 'SESSION'`, ...overlaps(row.col("onEarliest"), lastDay(row), during)]);
}

/** That somebody reported a meeting otherwise than as held: it was expected, put off, called off or declined. */
export function wasAnnounced(row: MeetingRow): Sql {
  return sql`exists (select 1 from "StatusReport" r where r."meetingId" = ${row.col("id")} and r."status" <> 'HELD')`;
}

/** That nobody has reported yet what became of a meeting that was announced. */
export function isOpen(row: MeetingRow): Sql {
  return sql`${row.col("status")} in ('EXPECTED', 'POSTPONED')`;
}

/** The meetings of a ledger, under the alias `m`. */
export function meetingsOfLedger({ where, found }: LedgerScope): Sql {
  const through = found?.("f");
  const within = through && sql`m."id" in (select ${through.meetingId} from ${through.table} where ${through.where})`;
  return sql`from "Meeting" m where ${all([within, ...where(meeting)])}`;
}

const hasStatus = (status: GQL.MeetingStatus): Sql => sql`m."status" = ${enumerated(status, "MeetingStatus")}`;

/** What is counted of the meetings of a ledger, by field. */
const counted: Readonly<Record<string, Sql>> = {
  total: sql`true`,
  announced: wasAnnounced(meeting),
  open: isOpen(meeting),
  held: hasStatus("HELD"),
  expected: hasStatus("EXPECTED"),
  declined: hasStatus("DECLINED"),
  cancelled: hasStatus("CANCELLED"),
  postponed: hasStatus("POSTPONED"),
  unknown: hasStatus("UNKNOWN"),
};

/** How many addresses to sessions are expected, or were given. */
export function countOfAddresses({ addresses }: LedgerScope, isExpected: boolean): Sql {
  const state = isExpected ? sql`p."isExpected"` : sql`not p."isExpected" and m."status" = 'HELD'`;
  return sql`(select count(*) from "Participant" p join "Meeting" m on m."id" = p."meetingId" where m."kind" = 'SESSION' and p."role" = 'SPEAKER' and ${addresses(meeting, seat)} and ${state})`;
}

/** The ledger of what a field belongs to. What is counted is counted in one go, and only if it is asked for. */
export function ledgerOf<C, A = Record<string, unknown>>(scopeOf: (context: { readonly row: Row<C>; readonly args: A }) => LedgerScope): FieldDeclaration<C, A, ObjectShape<"Ledger">> {
  return {
    compile: ({ row, args, nodes, planner }) => {
      const scope = scopeOf({ row, args });
      const counts = planner.row();
      const asked = [...planner.select("Ledger", nodes).values()].map(([node]) => (node as FieldNode).name.value);
      const columns = [...new Set(asked)].flatMap((name) => (counted[name] ? [sql`count(*) filter (where ${counted[name]}) as ${sql.id(name)}`] : []));
      const { sql: object, finish } = planner.object("Ledger", nodes, { ...counts, scope } as LedgerRow);
      if (columns.length === 0) return { sql: object, finish };
      return { sql: sql`(select ${object} from (select ${sql.join(columns)} ${meetingsOfLedger(scope)}) as ${sql.ref(counts.alias)})`, finish };
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
    addresses: (session, speaker) => all([sql`${speaker.col("partyId")} = ${id}`, ...overlaps(session.col("onEarliest"), lastDay(session), during)]),
  };
}

/** The ledger of those meetings that were to be held on the sidelines of a forum's sessions. */
export function ledgerOfForum(id: Sql, during: During): LedgerScope {
  return {
    where: (row) => [sql`${row.col("sidelinesOfId")} in (select s."id" from "Meeting" s where s."forumId" = ${id})`, withinDays(row, during)],
    addresses: (session) => all([sql`${session.col("forumId")} = ${id}`, ...overlaps(session.col("onEarliest"), lastDay(session), during)]),
  };
}
