import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { conflictsOf } from "../answers/answers.lists.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter } from "../../reading/sql.js";
import { activitiesOfAgreement } from "../activities/activities.lists.js";
import { objectType, type Tables } from "../declare.js";
import { citationsOf } from "../documents/documents.lists.js";
import { isNamed, recordFields } from "../history/history.lists.js";
import { identifiersField } from "../identifiers.fields.js";
import { alphabetical, byId } from "../orders.js";
import { agreementsOf } from "./agreements.lists.js";

/** Agreements with those who signed them and the reports on their status. */
export const agreementTypes = [
  objectType<GQL.Agreement>()("Agreement", "Agreement", {}, (from) => ({
    ...recordFields<Tables["Agreement"]>("Agreement"),
    identifiers: identifiersField<Tables["Agreement"]>(),
    id: from.word("id"),
    key: from.column("key"),
    title: from.expression<string>(({ row }) => sql`"agreementTitle"(${row.col("id")})`),
    name: from.column("name"),
    kind: from.column("kind"),
    status: from.expression<GQL.AgreementStatus, Traced<GQL.AgreementStatusArgs>>(({ row, args }) =>
      args.asOf ? sql`"agreementStatus"(${row.col("id")}, ${parameter(args.asOf, "date")})` : row.col("status"),
    ),
    parties: from.list("Party", {
      where: ({ row, target }) =>
        sql`${target.col("id")} in (select x."partyId" from "AgreementParty" x where x."agreementId" = ${row.col("id")})`,
      order: ({ target }) => [alphabetical(target.col("name")), target.col("id")],
    }),
    signedOn: from.column("signedOn"),
    meeting: from.one("Meeting", "meetingId"),
    since: from.column("since"),
    until: from.column("until"),
    hasEnded: from.column("hasEnded"),
    attestedOn: from.column("attestedOn"),
    attestedUntil: from.column("attestedUntil"),
    parent: from.one("Agreement", "parentId"),
    children: agreementsOf<Tables["Agreement"]>(({ row, target }) => sql`${target.col("parentId")} = ${row.col("id")}`),
    activities: activitiesOfAgreement,
    topics: from.column("topics"),
    note: from.prose("note"),
    signatories: from.connection("Signatory", {
      where: ({ row, target }) => [sql`${target.col("agreementId")} = ${row.col("id")}`],
      order: ({ target }) => ({
        name: "position",
        terms: [{ by: target.col("position"), type: "int", direction: "ASC" }, byId(target.col("id"))],
      }),
    }),
    claims: from.list("AgreementClaim", {
      where: ({ row, target }) => sql`${target.col("agreementId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("key")],
    }),
    reports: from.list("AgreementReport", {
      where: ({ row, target }) => sql`${target.col("agreementId")} = ${row.col("id")}`,
      order: ({ target }) => [
        sql`coalesce(${target.col("onEarliest")}, ${target.col("reportedOnEarliest")}) nulls last`,
        target.col("status"),
        target.col("id"),
      ],
    }),
    conflicts: conflictsOf<Tables["Agreement"]>("agreementId"),
    citations: citationsOf<Tables["Agreement"]>("agreementId"),
  })),

  objectType<GQL.Signatory>()("Signatory", "Signatory", {}, (from) => ({
    ...recordFields<Tables["Signatory"]>("Signatory"),
    id: from.word("id"),
    key: from.column("key"),
    agreement: from.one("Agreement", "agreementId"),
    party: from.one("Party", "partyId"),
    person: from.one("Person", "personId"),
    office: from.one("Office", "officeId"),
    role: from.column("role"),
    citations: citationsOf<Tables["Signatory"]>("signatoryId"),
  })),

  objectType<GQL.AgreementClaim>()("AgreementClaim", "AgreementClaim", {}, (from) => ({
    ...recordFields<Tables["AgreementClaim"]>("AgreementClaim"),
    id: from.word("id"),
    key: from.column("key"),
    agreement: from.one("Agreement", "agreementId"),
    since: from.column("since"),
    isFirstEver: from.expression<boolean>(
      ({ row }) => sql`(num_nonnulls(${row.col("since")}, ${row.col("words")}) = 0)`,
    ),
    words: from.column("words"),
    scope: from.column("scope"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("agreementClaimId")} = ${row.col("id")}`,
    }),
  })),

  objectType<GQL.AgreementReport>()("AgreementReport", "AgreementReport", {}, (from) => ({
    ...recordFields<Tables["AgreementReport"]>("AgreementReport"),
    id: from.word("id"),
    key: from.column("key"),
    agreement: from.one("Agreement", "agreementId"),
    status: from.column("status"),
    on: from.column("on"),
    reportedOn: from.column("reportedOn"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("agreementReportId")} = ${row.col("id")}`,
    }),
  })),
];

/** The root fields of this module. */
export const agreementRoots = objectType<Pick<GQL.Query, "agreement" | "agreements">>()("Query", null, {}, (from) => ({
  agreement: from.one<"Agreement", Traced<GQL.QueryAgreementArgs>>("Agreement", {
    where: ({ target, args }) => isNamed(target, "key", "Agreement", args.key),
  }),
  agreements: agreementsOf<Record<string, unknown>>(),
}));
