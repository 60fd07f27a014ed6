import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Order } from "../../reading/connection.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, type ObjectShape, type RelationContext } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { isNamed } from "../history/history.lists.js";
import { byDay, byId } from "../orders.js";
import { areAboutInWords } from "../topics.lists.js";

type StatementRow = Row<Tables["Statement"]>;
type StatementArguments = Traced<GQL.QueryStatementsArgs>;

const person = rowUnder<Tables["Person"]>("e");
const party = rowUnder<Tables["Party"]>("y");
const meeting = rowUnder<Tables["Meeting"]>("m");

/** A day of a statement: its own, or else that of its meeting. */
function dayOf(row: StatementRow, end: "Earliest" | "Latest"): Sql {
  const ofMeeting = end === "Earliest" ? sql`m."onEarliest"` : sql`coalesce(m."endsOnLatest", m."onLatest")`;
  return sql`coalesce(${row.col(`on${end}`)}, (select ${ofMeeting} from "Meeting" m where m."id" = ${row.col("meetingId")}))`;
}

/** The conditions of a StatementFilter. */
function statementsMatching(row: StatementRow, filter: StatementArguments["filter"]): readonly (Sql | undefined)[] {
  if (!filter) return [];
  const { speaker, during } = filter;
  const id = row.col("id");
  const speakerIds = (slug: NonNullable<typeof speaker>): Sql =>
    sql`(select e."id" from "Person" e where ${isNamed(person, "slug", "Person", slug)})`;
  const partyIds = (code: NonNullable<typeof filter.party>): Sql =>
    sql`(select y."id" from "Party" y where ${isNamed(party, "code", "Party", code)})`;
  return [
    speaker
      ? sql`(${row.col("personId")} in ${speakerIds(speaker)} or ${id} in (select j."statementId" from "StatementPerson" j where j."personId" in ${speakerIds(speaker)}))`
      : undefined,
    filter.party
      ? sql`(${row.col("partyId")} in ${partyIds(filter.party)} or ${id} in (select j."statementId" from "StatementParty" j where j."partyId" in ${partyIds(filter.party)}))`
      : undefined,
    filter.meeting
      ? sql`${row.col("meetingId")} in (select m."id" from "Meeting" m where ${isNamed(meeting, "slug", "Meeting", filter.meeting)})`
      : undefined,
    areAboutInWords(row.col("topics"), filter.topics),
    during?.from ? sql`${dayOf(row, "Latest")} >= ${parameter(during.from, "date")}` : undefined,
    during?.to ? sql`${dayOf(row, "Earliest")} <= ${parameter(during.to, "date")}` : undefined,
  ];
}

/** A paged and filtered list of statements. */
function statementsOf<C>(
  order: (row: StatementRow) => Order,
  where?: (context: RelationContext<C, Tables["Statement"], StatementArguments>) => Sql,
): FieldDeclaration<C, never, ObjectShape<"StatementConnection">> {
  return connection<"StatementConnection", C, Tables["Statement"], StatementArguments>("Statement", {
    where: (context) => [where?.(context), ...statementsMatching(context.target, context.args.filter)],
    order: ({ target }) => order(target),
  });
}

/** All statements, the latest first. */
export const allStatements = statementsOf<Record<string, unknown>>((row) => ({
  name: "latest",
  terms: [byDay(dayOf(row, "Earliest"), "DESC"), byId(row.col("id"), "DESC")],
}));

/** The statements made at a meeting or about it, in the order of its source. */
export const statementsOfMeeting = statementsOf<Tables["Meeting"]>(
  (row) => ({
    name: "position",
    terms: [{ by: row.col("position"), type: "int", direction: "ASC" }, byId(row.col("id"))],
  }),
  ({ row, target }) => sql`${target.col("meetingId")} = ${row.col("id")}`,
);

/** The statements of a person, alone or with others, by day. */
export const statementsOfPerson = statementsOf<Tables["Person"]>(
  (row) => ({
    name: "said",
    terms: [
      { by: sql`coalesce(${row.col("onEarliest")}, 'infinity'::date)`, type: "date", direction: "ASC" },
      { by: row.col("position"), type: "int", direction: "ASC" },
      byId(row.col("id")),
    ],
  }),
  ({ row, target }) =>
    sql`(${target.col("personId")} = ${row.col("id")} or ${target.col("id")} = any(array(select j."statementId" from "StatementPerson" j where j."personId" = ${row.col("id")})))`,
);
