import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { survivingId } from "../history/history.lists.js";
import { byId } from "../orders.js";

type TimelineArguments = Traced<GQL.QueryTimelineArgs>;

/** Role names as a reader would write them: DIALOGUE_PARTNER is "dialogue partner". */
const roleInWords = sql`replace(lower(u."role"::text), '_', ' ')`;

/** Everything that happened around a party, a person or a forum, one row each. Ids tell which of them is meant. */
function happenings({ of }: TimelineArguments): Sql {
  const id = survivingId(parameter(of, "text"));
  return sql`(
    select m."id" as "entryId", m."on", m."onEarliest" as "earliest", coalesce(m."endsOnLatest", m."onLatest") as "latest",
      m."title" || ' (' || lower(m."status"::text) || ')' as "summary" from "Meeting" m
      where m."forumId" = ${id} or m."id" in (select p."meetingId" from "Participant" p where p."partyId" = ${id})
      or m."id" in (select p."meetingId" from "Participant" p where p."personId" = ${id})
    union all
    select v."id", v."from", v."fromEarliest", coalesce(v."toLatest", v."fromLatest"),
      e."name" || ' visits ' || coalesce(l."city", s."name", 'an unnamed place') from "Visit" v
      join "Person" e on e."id" = v."personId" left join "Place" l on l."id" = v."placeId" left join "Party" s on s."id" = l."stateId"
      where v."personId" = ${id} or e."stateId" = ${id}
    union all
    select u."id", u."since", u."sinceEarliest", u."sinceLatest",
      y."name" || ': ' || ${roleInWords} || ' of ' || coalesce(f."acronym", f."name") from "ForumMembership" u
      join "Party" y on y."id" = u."partyId" join "Forum" f on f."id" = u."forumId"
      where u."partyId" = ${id} or u."forumId" = ${id}
    union all
    select t."id", t."since", t."sinceEarliest", t."sinceLatest", e."name" || ' becomes ' || o."title" || ' of ' || y."name" from "Tenure" t
      join "Person" e on e."id" = t."personId" join "Office" o on o."id" = t."officeId" join "Party" y on y."id" = o."partyId"
      where t."personId" = ${id} or o."partyId" = ${id}
    union all
    select k."id", k."on", k."onEarliest", k."onLatest", k."label" from "Milestone" k
      join "MilestoneParty" q on q."milestoneId" = k."id" where q."partyId" = ${id}
  )`;
}

/** What happened around somebody, in order. */
export const timelineTypes = [
  objectType<GQL.TimelineEntry>()("TimelineEntry", null, {}, (from) => ({
    on: from.expression(({ row }) => row.col("on")),
    summary: from.expression(({ row }) => row.col("summary")),
    entry: from.byId("TimelineSubject", ({ row }) => row.col("entryId")),
  })),
];

/** The root field for timelines. */
export const timelineRoots = objectType<Pick<GQL.Query, "timeline">>()("Query", null, {}, (from) => ({
  timeline: from.connection<"TimelineEntry", TimelineArguments>("TimelineEntry", {
    from: ({ args }) => happenings(args),
    where: ({ target, args: { during } }) => [
      during?.from ? sql`${target.col("latest")} >= ${parameter(during.from, "date")}` : undefined,
      during?.to ? sql`${target.col("earliest")} <= ${parameter(during.to, "date")}` : undefined,
    ],
    order: ({ target }) => ({
      name: "timeline",
      terms: [
        { by: sql`coalesce(${target.col("earliest")}, 'infinity'::date)`, type: "date", direction: "ASC" },
        byId(target.col("entryId")),
      ],
    }),
  }),
}));
