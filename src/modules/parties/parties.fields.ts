import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { conflictsOf } from "../answers/answers.lists.js";
import type { Row } from "../../reading/declarations.js";
import type { Traced } from "../../reading/inputs.js";
import type { Order } from "../../reading/connection.js";
import { enumerated, parameter, type Sql } from "../../reading/sql.js";
import { interfaceType, objectType, type Sources, type Tables } from "../declare.js";
import { activitiesOfParty } from "../activities/activities.lists.js";
import { agreementsOfParty, agreementsOfPerson } from "../agreements/agreements.lists.js";
import { citationsOf } from "../documents/documents.lists.js";
import { chairsOf } from "../forums/chairs.lists.js";
import { membershipsOf } from "../forums/forums.lists.js";
import { isNamed, recordFields } from "../history/history.lists.js";
import { identifiersField, partyIdentifiersField } from "../identifiers.fields.js";
import { ledgerOf, ledgerOfParty } from "../meetings/ledgers.lists.js";
import { meetingsOf } from "../meetings/meetings.lists.js";
import { statementsOfPerson } from "../meetings/statements.lists.js";
import { alphabetical, byDay, byId } from "../orders.js";
import { latestPeriodFirst, type AsOf } from "../periods.js";
import { vacancies } from "./offices.fields.js";

type PartyRow = Row<Tables["Party"]>;

const isState = (row: PartyRow) => sql`${row.col("kind")} = 'STATE'`;
const isOrganization = (row: PartyRow) => sql`${row.col("kind")} = 'ORGANIZATION'`;

function partyFields(from: Sources<Tables["Party"]>) {
  return {
    ...recordFields<Tables["Party"]>("Party"),
    id: from.word("id"),
    code: from.word("code"),
    name: from.column("name"),
    officialName: from.column("officialName"),
    names: from.list("PartyName", {
      where: ({ row, target }) => sql`${target.col("partyId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("kind"), target.col("text")],
    }),
    identifiers: partyIdentifiersField<Tables["Party"]>(),
    memberships: membershipsOf<Tables["Party"]>("partyId"),
    chairs: chairsOf<Tables["Party"]>("partyId"),
    meetings: meetingsOf<Tables["Party"]>({ seatsOf: "partyId" }),
    agreements: agreementsOfParty,
    activities: activitiesOfParty,
    ledger: ledgerOf<Tables["Party"], Traced<GQL.PartyLedgerArgs>>(({ row, args }) =>
      ledgerOfParty(row.col("id"), args.during),
    ),
    offices: from.list<"Office", Traced<GQL.StateOfficesArgs>>("Office", {
      where: ({ row, target, args }) =>
        args.kind
          ? sql`${target.col("partyId")} = ${row.col("id")} and ${target.col("kind")} = ${enumerated(args.kind, "OfficeKind")}`
          : sql`${target.col("partyId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("kind"), target.col("title"), target.col("id")],
    }),
    citations: citationsOf<Tables["Party"]>("partyId"),
  };
}

/** By name, as a reader would look them up. */
function byName(row: Row<{ name: string; id: string }>): Order {
  return {
    name: "name",
    terms: [{ by: alphabetical(row.col("name")), type: "text", direction: "ASC" }, byId(row.col("id"))],
  };
}

const tenures = (from: Sources<Tables["Person"]> | Sources<Tables["Office"]>, column: "personId" | "officeId") =>
  (from as Sources<{ id: string }>).list<"Tenure", AsOf>("Tenure", {
    where: ({ row, target, args }) => {
      const mine: Sql = sql`${target.col(column)} = ${row.col("id")}`;
      if (args.asOf === null || args.asOf === undefined) return mine;
      const certain = args.includeUncertain ? sql`` : sql` and d."isCertain"`;
      const found = sql`select 1 from "tenuresOn"(${target.col("officeId")}, ${parameter(args.asOf, "date")}) d where d."tenureId" = ${target.col("id")}${certain}`;
      return sql`${mine} and exists (${found})`;
    },
    order: ({ target }) => latestPeriodFirst(target),
  });

/** A day of a tenure that follows from all that attests it, and from the tenures beside it. */
function dayOf(row: Row<Tables["Tenure"]>, column: string): Sql {
  return sql`(select d.${sql.id(column)} from "tenureDays"(${row.col("officeId")}) d where d."tenureId" = ${row.col("id")})`;
}

/** States, organizations, persons, and the offices they hold. */
export const partyTypes = [
  interfaceType("Party", "Party", [
    { type: "State", when: isState },
    { type: "Organization", when: isOrganization },
  ]),

  objectType<GQL.State>()("State", "Party", { only: isState }, (from) => ({
    ...partyFields(from),
    alpha2: from.word("alpha2"),
  })),

  objectType<GQL.Organization>()("Organization", "Party", { only: isOrganization }, partyFields),

  objectType<GQL.PartyName>()("PartyName", "PartyName", {}, (from) => ({
    text: from.column("text"),
    kind: from.column("kind"),
    language: from.column("language"),
    since: from.column("since"),
    until: from.column("until"),
  })),

  objectType<GQL.Person>()("Person", "Person", {}, (from) => ({
    ...recordFields<Tables["Person"]>("Person"),
    identifiers: identifiersField<Tables["Person"]>(),
    id: from.word("id"),
    slug: from.word("slug"),
    name: from.column("name"),
    nameOrder: from.column("nameOrder"),
    names: from.list("PersonName", {
      where: ({ row, target }) => sql`${target.col("personId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("kind"), target.col("text")],
    }),
    state: from.one("State", "stateId"),
    tenures: tenures(from, "personId"),
    visits: from.connection("Visit", {
      where: ({ row, target }) => [sql`${target.col("personId")} = ${row.col("id")}`],
      order: ({ target }) => ({
        name: "visit",
        terms: [byDay(target.col("fromEarliest"), "DESC"), byId(target.col("id"), "DESC")],
      }),
    }),
    meetings: meetingsOf<Tables["Person"]>({ seatsOf: "personId" }),
    agreements: agreementsOfPerson,
    statements: statementsOfPerson,
    chairs: chairsOf<Tables["Person"]>("personId"),
    citations: citationsOf<Tables["Person"]>("personId"),
  })),

  objectType<GQL.PersonName>()("PersonName", "PersonName", {}, (from) => ({
    text: from.column("text"),
    kind: from.column("kind"),
    language: from.column("language"),
  })),

  objectType<GQL.Office>()("Office", "Office", {}, (from) => ({
    ...recordFields<Tables["Office"]>("Office"),
    identifiers: identifiersField<Tables["Office"]>(),
    id: from.word("id"),
    key: from.column("key"),
    title: from.column("title"),
    otherTitles: from.column("otherTitles"),
    kind: from.column("kind"),
    rank: from.expression<GQL.OfficeRank | null>(({ row }) => sql`derived."rankOf"(${row.col("kind")}::text)`),
    party: from.one("Party", "partyId"),
    tenures: tenures(from, "officeId"),
    vacancies,
    citations: citationsOf<Tables["Office"]>("officeId"),
  })),

  objectType<GQL.Tenure>()("Tenure", "Tenure", {}, (from) => ({
    ...recordFields<Tables["Tenure"]>("Tenure"),
    id: from.word("id"),
    key: from.column("key"),
    person: from.one("Person", "personId"),
    office: from.one("Office", "officeId"),
    acting: from.column("acting"),
    since: from.column("since"),
    until: from.column("until"),
    hasEnded: from.column("hasEnded"),
    attestedOn: from.column("attestedOn"),
    attestedUntil: from.column("attestedUntil"),
    certainFrom: from.expression<string | null>(({ row }) => dayOf(row, "certainFrom")),
    certainUntil: from.expression<string | null>(({ row }) => dayOf(row, "certainTo")),
    possibleFrom: from.expression<string | null>(({ row }) => dayOf(row, "possibleFrom")),
    possibleUntil: from.expression<string | null>(({ row }) => dayOf(row, "possibleTo")),
    note: from.prose("note"),
    conflicts: conflictsOf<Tables["Tenure"]>("tenureId"),
    citations: citationsOf<Tables["Tenure"]>("tenureId"),
  })),
];

/** The root fields of this module. */
export const partyRoots = objectType<
  Pick<GQL.Query, "state" | "states" | "organization" | "party" | "person" | "persons">
>()("Query", null, {}, (from) => ({
  state: from.one<"State", Traced<GQL.QueryStateArgs>>("State", {
    where: ({ target, args }) => isNamed(target, "code", "Party", args.code),
  }),
  states: from.connection("State", { order: ({ target }) => byName(target) }),
  organization: from.one<"Organization", Traced<GQL.QueryOrganizationArgs>>("Organization", {
    where: ({ target, args }) => isNamed(target, "code", "Party", args.code),
  }),
  party: from.one<"Party", Traced<GQL.QueryPartyArgs>>("Party", {
    where: ({ target, args }) => isNamed(target, "code", "Party", args.code),
  }),
  person: from.one<"Person", Traced<GQL.QueryPersonArgs>>("Person", {
    where: ({ target, args }) => isNamed(target, "slug", "Person", args.slug),
  }),
  persons: from.connection("Person", { order: ({ target }) => byName(target) }),
}));
