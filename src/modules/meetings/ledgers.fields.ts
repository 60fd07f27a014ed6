import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Order } from "../../reading/connection.js";
import { rowUnder, type FieldContext, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, list, type ListShape, type ObjectShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { enumerated, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { byDay, byId } from "../orders.js";
import { countOfAddresses, isOpen, type Found, type LedgerRow, type LedgerScope } from "./ledgers.lists.js";
import type { MeetingRow } from "./meetings.lists.js";

type AnyRow = Record<string, unknown>;
type EntryArguments = Traced<GQL.LedgerEntriesArgs>;
type FulfilmentArguments = Traced<GQL.LedgerFulfilmentArgs>;

const scopeOf = ({ row }: { readonly row: Row }): LedgerScope => (row as LedgerRow).scope;
const foundFor = (context: { readonly row: Row; readonly target: Row<Tables["Meeting"]> }): Found | undefined =>
  scopeOf(context).found?.(`${context.target.alias}_found`);

/** Latest first, in the order of the index where there is one. */
function entryOrder(row: MeetingRow, found: Found | undefined): Order {
  const [day, id] = [byDay(row.col("onEarliest"), "DESC"), byId(row.col("id"), "DESC")];
  return {
    name: "ledger",
    terms: found
      ? [
          { ...day, seek: found.day },
          { ...id, seek: found.meetingId },
        ]
      : [day, id],
  };
}

const entries: FieldDeclaration<AnyRow, EntryArguments, ObjectShape<"LedgerEntryConnection">> = connection<
  "LedgerEntryConnection",
  AnyRow,
  Tables["Meeting"],
  EntryArguments
>("LedgerEntry", {
  through: (context) => {
    const found = foundFor(context);
    return found && { table: found.inOrder ?? found.table, key: found.meetingId, where: [found.where] };
  },
  where: ({ row, target, args }) => [
    ...scopeOf({ row }).where(target),
    args.status ? sql`${target.col("status")} = ${enumerated(args.status, "MeetingStatus")}` : undefined,
  ],
  order: (context) => entryOrder(context.target, foundFor(context)),
});

/** Length of a period's date: `2024` or `2024-11`. Less exact dates are their own group. */
const lengths = { YEAR: 4, MONTH: 7 } as const;

const fulfilment: FieldDeclaration<AnyRow, FulfilmentArguments, ListShape<"Fulfilment">> = list<
  "Fulfilment",
  AnyRow,
  AnyRow,
  FulfilmentArguments
>("Fulfilment", {
  from: ({ row, args }) => {
    const meeting: MeetingRow = rowUnder("m");
    const count = (condition: Sql) => sql`count(*) filter (where ${condition})`;
    return sql`(select substring(left(m."on", ${sql.lit(lengths[args.by ?? "YEAR"])}) from '^[0-9]{4}(?:-[0-9]{2})?') as "period", count(*) as "announced", ${count(sql`m."status" = 'HELD'`)} as "held",
      ${count(sql`m."status" = 'DECLINED'`)} as "declined", ${count(sql`m."status" = 'CANCELLED'`)} as "cancelled", ${count(sql`m."status" = 'CALLED_OFF'`)} as "calledOff", ${count(isOpen(meeting))} as "open"
      from ${(row as unknown as LedgerRow).counted} m where m."isAnnounced" group by 1)`;
  },
  where: () => sql`true`,
  order: ({ target }) => [sql`${target.col("period")} nulls last`],
});

function counted(name: string): FieldDeclaration<AnyRow, never, number> {
  return { compile: ({ row }: FieldContext) => ({ sql: row.col(name), isValue: true }) };
}

/** The reports of a meeting for which a condition holds, earliest first. */
function reportsOf(row: MeetingRow, target: Row<Tables["StatusReport"]>, condition: Sql): Sql {
  return sql`${target.col("meetingId")} = ${row.col("id")} and ${condition}`;
}
const earliestFirst = ({ target }: { readonly target: Row<Tables["StatusReport"]> }) => [
  sql`${target.col("reportedOnEarliest")} nulls last`,
  target.col("id"),
];

/** The types of ledgers. */
export const ledgerTypes = [
  objectType<GQL.Ledger>()("Ledger", null, {}, (from) => ({
    total: counted("total"),
    announced: counted("announced"),
    open: counted("open"),
    held: counted("held"),
    expected: counted("expected"),
    declined: counted("declined"),
    calledOff: counted("calledOff"),
    cancelled: counted("cancelled"),
    postponed: counted("postponed"),
    unknown: counted("unknown"),
    addressesExpected: from.expression<number>((context) => countOfAddresses(scopeOf(context), true)),
    addressesGiven: from.expression<number>((context) => countOfAddresses(scopeOf(context), false)),
    entries,
    fulfilment,
  })),

  objectType<GQL.LedgerEntry>()("LedgerEntry", "Meeting", {}, (from) => ({
    meeting: from.group("Meeting"),
    status: from.column("status"),
    isOpen: from.expression<boolean>(({ row }) => isOpen(row)),
    announcedBy: from.list("StatusReport", {
      where: ({ row, target }) => reportsOf(row, target, sql`${target.col("status")} = 'EXPECTED'`),
      order: earliestFirst,
    }),
    confirmedBy: from.list("StatusReport", {
      where: ({ row, target }) =>
        reportsOf(
          row,
          target,
          sql`${target.col("status")} <> 'EXPECTED' and ${target.col("status")} = ${row.col("status")}`,
        ),
      order: earliestFirst,
    }),
    otherReports: from.list("StatusReport", {
      where: ({ row, target }) =>
        reportsOf(
          row,
          target,
          sql`${target.col("status")} <> 'EXPECTED' and ${target.col("status")} <> ${row.col("status")}`,
        ),
      order: earliestFirst,
    }),
  })),

  objectType<GQL.Fulfilment>()("Fulfilment", null, {}, (from) => ({
    period: from.expression(({ row }) => row.col("period")),
    announced: from.expression(({ row }) => row.col("announced")),
    held: from.expression(({ row }) => row.col("held")),
    declined: from.expression(({ row }) => row.col("declined")),
    calledOff: from.expression(({ row }) => row.col("calledOff")),
    cancelled: from.expression(({ row }) => row.col("cancelled")),
    open: from.expression(({ row }) => row.col("open")),
  })),
];
