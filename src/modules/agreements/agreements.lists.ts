import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, type ObjectShape, type RelationContext } from "../../reading/fields.js";
import type { Leaf, Traced } from "../../reading/inputs.js";
import { enumerated, parameter, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { isNamed, survivingKeys } from "../history/history.lists.js";
import { byNameOrDay } from "../orders.js";
import { areAbout } from "../topics.lists.js";

type AgreementRow = Row<Tables["Agreement"]>;
type AgreementArguments = Traced<GQL.QueryAgreementsArgs>;

/** A table between records and their parties. */
type PartyTable =
  | { readonly table: "AgreementParty"; readonly owner: "agreementId" }
  | { readonly table: "ActivityParty"; readonly owner: "activityId" }
  | { readonly table: "CommitmentParty"; readonly owner: "commitmentId" };

/** That all of the given parties are among those of a record. */
export function hasParties(id: Sql, { table, owner }: PartyTable, codes: Leaf<readonly string[]>): Sql {
  const isParty = sql`exists (select 1 from ${sql.table(table)} x join "Party" p on p."id" = x."partyId"
    where x.${sql.id(owner)} = ${id} and p."code" = k."code")`;
  return sql`not exists (select 1 from unnest(${survivingKeys("Party", codes)}) as k("code") where not ${isParty})`;
}

const person = rowUnder<Tables["Person"]>("e");
const meeting = rowUnder<Tables["Meeting"]>("m");

/** The conditions of an AgreementFilter. */
function agreementsMatching(row: AgreementRow, filter: AgreementArguments["filter"]): readonly (Sql | undefined)[] {
  if (!filter) return [];
  const { parties, signedDuring } = filter;
  const id = row.col("id");
  return [
    parties ? hasParties(id, { table: "AgreementParty", owner: "agreementId" }, parties) : undefined,
    filter.person
      ? sql`${id} in (select s."agreementId" from "Signatory" s join "Person" e on e."id" = s."personId" where ${isNamed(person, "slug", "Person", filter.person)})`
      : undefined,
    filter.meeting
      ? sql`${row.col("meetingId")} in (select m."id" from "Meeting" m where ${isNamed(meeting, "slug", "Meeting", filter.meeting)})`
      : undefined,
    filter.kind ? sql`${row.col("kind")} = ${enumerated(filter.kind, "AgreementKind")}` : undefined,
    filter.status ? sql`${row.col("status")} = ${enumerated(filter.status, "AgreementStatus")}` : undefined,
    filter.inForceOn ? sql`"agreementInForce"(${id}, ${parameter(filter.inForceOn, "date")})` : undefined,
    signedDuring?.from ? sql`${row.col("signedOnLatest")} >= ${parameter(signedDuring.from, "date")}` : undefined,
    signedDuring?.to ? sql`${row.col("signedOnEarliest")} <= ${parameter(signedDuring.to, "date")}` : undefined,
    areAbout(row.col("topics"), filter.topics),
    filter.name
      ? sql`strpos("fold"(coalesce(${row.col("name")}, ${row.col("key")})), nullif("fold"(${parameter(filter.name, "text")}), '')) > 0`
      : undefined,
  ];
}

type AgreementListContext<C> = RelationContext<C, Tables["Agreement"], AgreementArguments>;

/** A paged, filtered and ordered list of agreements; of all agreements, if no condition is given. */
export function agreementsOf<C>(
  where?: (context: AgreementListContext<C>) => Sql,
): FieldDeclaration<C, never, ObjectShape<"AgreementConnection">> {
  return connection<"AgreementConnection", C, Tables["Agreement"], AgreementArguments>("Agreement", {
    where: (context) => [where?.(context), ...agreementsMatching(context.target, context.args.filter)],
    order: ({ target, args }) => byNameOrDay(target, target.col("signedOnEarliest"), "signed", args.orderBy),
  });
}

/** The agreements of a party. */
export const agreementsOfParty = agreementsOf<Tables["Party"]>(
  ({ row, target }) =>
    sql`${target.col("id")} in (select x."agreementId" from "AgreementParty" x where x."partyId" = ${row.col("id")})`,
);

/** The agreements that a person signed or witnessed. */
export const agreementsOfPerson = agreementsOf<Tables["Person"]>(
  ({ row, target }) =>
    sql`${target.col("id")} in (select s."agreementId" from "Signatory" s where s."personId" = ${row.col("id")})`,
);

/** The agreements that were signed at a meeting. */
export const agreementsOfMeeting = agreementsOf<Tables["Meeting"]>(
  ({ row, target }) => sql`${target.col("meetingId")} = ${row.col("id")}`,
);
