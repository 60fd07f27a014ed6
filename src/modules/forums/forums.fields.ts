import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Row } from "../../reading/declarations.js";
import type { Traced } from "../../reading/inputs.js";
import { inputError } from "../../lib/errors.js";
import { parameter } from "../../reading/sql.js";
import { activitiesOfForum } from "../activities/activities.lists.js";
import { objectType, type Tables } from "../declare.js";
import { citationsOf } from "../documents/documents.lists.js";
import { conflictsOf } from "../answers/answers.lists.js";
import { isNamed, recordFields } from "../history/history.lists.js";
import { identifiersField } from "../identifiers.fields.js";
import { ledgerOf, ledgerOfForum } from "../meetings/ledgers.lists.js";
import { meetingsOf } from "../meetings/meetings.lists.js";
import { alphabetical, byId } from "../orders.js";
import { chairTypes } from "./chairs.fields.js";
import { chairOn, chairsOf } from "./chairs.lists.js";
import { membershipsOf } from "./forums.lists.js";

const byName = (row: Row<Tables["Forum"]>) => [alphabetical(row.col("name")), row.col("id")];

/** Forums and who belongs to them. */
export const forumTypes = [
  ...chairTypes,
  objectType<GQL.Forum>()("Forum", "Forum", {}, (from) => ({
    ...recordFields<Tables["Forum"]>("Forum"),
    identifiers: identifiersField<Tables["Forum"]>(),
    id: from.word("id"),
    slug: from.word("slug"),
    acronym: from.column("acronym"),
    name: from.column("name"),
    aliases: from.values<string>(
      ({ row }) => sql`(select n."text" from "ForumName" n where n."forumId" = ${row.col("id")} order by n."text")`,
    ),
    kind: from.column("kind"),
    description: from.prose("description"),
    foundedOn: from.column("foundedOn"),
    endedOn: from.column("endedOn"),
    names: from.list("ForumName", {
      where: ({ row, target }) => sql`${target.col("forumId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("text")],
    }),
    parent: from.one("Forum", "parentId"),
    children: from.list("Forum", {
      where: ({ row, target }) => sql`${target.col("parentId")} = ${row.col("id")}`,
      order: ({ target }) => byName(target),
    }),
    organization: from.one("Organization", "organizationId"),
    memberships: membershipsOf<Tables["Forum"]>("forumId"),
    chairs: chairsOf<Tables["Forum"]>("forumId"),
    chair: chairOn,
    sessions: meetingsOf<Tables["Forum"]>({
      where: ({ row, target }) => sql`${target.col("forumId")} = ${row.col("id")}`,
    }),
    session: from.one<"Meeting", Traced<GQL.ForumSessionArgs>>("Meeting", {
      where: ({ row, target, args: { ordinal, on } }) => {
        const mine = sql`${target.col("forumId")} = ${row.col("id")}`;
        if (ordinal !== null && ordinal !== undefined) {
          return sql`${mine} and ${target.col("ordinal")} = ${parameter(ordinal, "int")}`;
        }
        if (on === null || on === undefined) {
          throw inputError({ argument: "ordinal", problem: 'is needed to tell which session, unless "on" is given.' });
        }
        const day = parameter(on, "date");
        const last = sql`coalesce(${target.col("endsOnLatest")}, ${target.col("onLatest")})`;
        return sql`${mine} and ${day} between ${target.col("onEarliest")} and ${last}`;
      },
      // Of several meetings of one sitting, the session itself comes first, then one that was held.
      order: ({ target }) => [
        sql`${target.col("kind")} <> 'SESSION'`,
        sql`${target.col("status")} <> 'HELD'`,
        target.col("onEarliest"),
        target.col("id"),
      ],
    }),
    ledger: ledgerOf<Tables["Forum"], Traced<GQL.ForumLedgerArgs>>(({ row, args }) =>
      ledgerOfForum(row.col("id"), args.during),
    ),
    activities: activitiesOfForum,
    conflicts: conflictsOf<Tables["Forum"]>("forumId"),
    citations: citationsOf<Tables["Forum"]>("forumId"),
  })),

  objectType<GQL.ForumName>()("ForumName", "ForumName", {}, (from) => ({
    text: from.column("text"),
    language: from.column("language"),
    since: from.column("since"),
    until: from.column("until"),
  })),

  objectType<GQL.ForumMembership>()("ForumMembership", "ForumMembership", {}, (from) => ({
    ...recordFields<Tables["ForumMembership"]>("ForumMembership"),
    id: from.word("id"),
    key: from.column("key"),
    forum: from.one("Forum", "forumId"),
    party: from.one("Party", "partyId"),
    role: from.column("role"),
    since: from.column("since"),
    until: from.column("until"),
    hasEnded: from.column("hasEnded"),
    attestedOn: from.column("attestedOn"),
    attestedUntil: from.column("attestedUntil"),
    isDisputed: from.column("isDisputed"),
    note: from.prose("note"),
    conflicts: conflictsOf<Tables["ForumMembership"]>("membershipId"),
    citations: citationsOf<Tables["ForumMembership"]>("membershipId"),
  })),
];

/** The root fields of this module. */
export const forumRoots = objectType<Pick<GQL.Query, "forum" | "forums">>()("Query", null, {}, (from) => ({
  forum: from.one<"Forum", Traced<GQL.QueryForumArgs>>("Forum", {
    where: ({ target, args }) => isNamed(target, "slug", "Forum", args.slug),
  }),
  forums: from.connection("Forum", {
    order: ({ target }) => ({
      name: "name",
      terms: [{ by: alphabetical(target.col("name")), type: "text", direction: "ASC" }, byId(target.col("id"))],
    }),
  }),
}));
