import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, type ObjectShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { enumerated, parameter, type Sql } from "../../reading/sql.js";
import { hasParties } from "../agreements/agreements.lists.js";
import type { Tables } from "../declare.js";
import { isNamed } from "../history/history.lists.js";
import { byId } from "../orders.js";

type CommitmentRow = Row<Tables["Commitment"]>;
type CommitmentArguments = Traced<GQL.QueryCommitmentsArgs>;

const meeting = rowUnder<Tables["Meeting"]>("m");

/** A day on which a commitment was made: its own, or else that of its meeting. */
function madeOn(row: CommitmentRow, end: "Earliest" | "Latest"): Sql {
  const ofMeeting = end === "Earliest" ? sql`m."onEarliest"` : sql`coalesce(m."endsOnLatest", m."onLatest")`;
  return sql`coalesce(${row.col(`on${end}`)}, (select ${ofMeeting} from "Meeting" m where m."id" = ${row.col("meetingId")}))`;
}

/** The conditions of a CommitmentFilter. */
function commitmentsMatching(row: CommitmentRow, filter: CommitmentArguments["filter"]): readonly (Sql | undefined)[] {
  if (!filter) return [];
  const { madeDuring, dueDuring } = filter;
  return [
    filter.parties
      ? hasParties(row.col("id"), { table: "CommitmentParty", owner: "commitmentId" }, filter.parties)
      : undefined,
    filter.meeting
      ? sql`${row.col("meetingId")} in (select m."id" from "Meeting" m where ${isNamed(meeting, "slug", "Meeting", filter.meeting)})`
      : undefined,
    filter.kind ? sql`${row.col("kind")} = ${enumerated(filter.kind, "CommitmentKind")}` : undefined,
    filter.status ? sql`${row.col("status")} = ${enumerated(filter.status, "CommitmentStatus")}` : undefined,
    filter.openOn
      ? sql`${row.col("status")} not in ('FULFILLED', 'LAPSED') and coalesce(${madeOn(row, "Earliest")}, '-infinity'::date) <= ${parameter(filter.openOn, "date")}`
      : undefined,
    madeDuring?.from ? sql`${madeOn(row, "Latest")} >= ${parameter(madeDuring.from, "date")}` : undefined,
    madeDuring?.to ? sql`${madeOn(row, "Earliest")} <= ${parameter(madeDuring.to, "date")}` : undefined,
    dueDuring?.from ? sql`${row.col("dueOnLatest")} >= ${parameter(dueDuring.from, "date")}` : undefined,
    dueDuring?.to ? sql`${row.col("dueOnEarliest")} <= ${parameter(dueDuring.to, "date")}` : undefined,
  ];
}

/** All commitments, the first due first; those without a due date come last, the latest made first. */
export const allCommitments: FieldDeclaration<
  Record<string, unknown>,
  never,
  ObjectShape<"CommitmentConnection">
> = connection<"CommitmentConnection", Record<string, unknown>, Tables["Commitment"], CommitmentArguments>(
  "Commitment",
  {
    where: ({ target, args }) => commitmentsMatching(target, args.filter),
    order: ({ target }) => ({
      name: "due",
      terms: [
        { by: sql`coalesce(${target.col("dueOnEarliest")}, 'infinity'::date)`, type: "date", direction: "ASC" },
        { by: sql`coalesce(${madeOn(target, "Earliest")}, '-infinity'::date)`, type: "date", direction: "DESC" },
        byId(target.col("id"), "DESC"),
      ],
    }),
  },
);
