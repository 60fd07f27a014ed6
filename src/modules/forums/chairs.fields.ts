import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type Row } from "../../reading/declarations.js";
import { all, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { citationsOf } from "../documents/documents.lists.js";
import { recordFields } from "../history/history.lists.js";
import type { ChairRow } from "./chairs.lists.js";
import { covers, latestPeriodFirst, mayCover } from "../periods.js";

const chairRow = (row: unknown): ChairRow => row as ChairRow;

type TermRow = Row<Tables["ChairTerm"]>;

const other: TermRow = rowUnder("c");

/** That a term is one of the forum of a row, and covers its day for certain. Announced terms are not certain. */
function holds(row: ChairRow, term: TermRow): Sql {
  const day = row.day;
  return all([
    sql`${term.col("forumId")} = ${row.col("id")}`,
    sql`not ${term.col("isExpected")}`,
    covers(term, day, day),
  ]);
}

/** That a term may cover the day: its period allows it, and so does the year that it is named after. */
function mayHold(row: ChairRow, term: TermRow): Sql {
  const day = row.day;
  const isHeld = sql`exists (select 1 from "ChairTerm" c where ${holds(row, other)})`;
  return all([
    sql`${term.col("forumId")} = ${row.col("id")}`,
    mayCover(term, day, day),
    sql`(${term.col("term")} is null or ${day} between ${term.col("termEarliest")} and ${term.col("termLatest")})`,
    sql`not ${isHeld}`,
  ]);
}

/** Chair terms of forums, and the chair of a forum on a day. */
export const chairTypes = [
  objectType<GQL.ChairTerm>()("ChairTerm", "ChairTerm", {}, (from) => ({
    ...recordFields<Tables["ChairTerm"]>("ChairTerm"),
    id: from.word("id"),
    key: from.column("key"),
    forum: from.one("Forum", "forumId"),
    party: from.one("Party", "partyId"),
    person: from.one("Person", "personId"),
    term: from.column("term"),
    since: from.column("since"),
    until: from.column("until"),
    hasEnded: from.column("hasEnded"),
    attestedOn: from.column("attestedOn"),
    attestedUntil: from.column("attestedUntil"),
    isExpected: from.column("isExpected"),
    note: from.prose("note"),
    citations: citationsOf<Tables["ChairTerm"]>("chairTermId"),
  })),

  objectType<GQL.ForumChair>()("ForumChair", null, {}, (from) => ({
    holders: from.list("ChairTerm", {
      where: ({ row, target }) => holds(chairRow(row), target),
      order: ({ target }) => [...latestPeriodFirst(target)],
    }),
    possibleHolders: from.list("ChairTerm", {
      where: ({ row, target }) => mayHold(chairRow(row), target),
      order: ({ target }) => [...latestPeriodFirst(target)],
    }),
    seats: from.list("Participant", {
      where: ({ row, target }) =>
        sql`${target.col("role")} = 'CHAIR' and not ${target.col("isExpected")} and ${target.col("meetingId")} in (select m."id" from "Meeting" m where m."forumId" = ${row.col("id")} and ${chairRow(row).day} between m."onEarliest" and coalesce(m."endsOnLatest", m."onLatest"))`,
      order: ({ target }) => [target.col("meetingId"), target.col("position"), target.col("id")],
    }),
  })),
];
