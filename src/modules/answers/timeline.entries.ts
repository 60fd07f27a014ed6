import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { literal, type Sql } from "../../reading/sql.js";

/** The SQL of an entry's fields, from its record's id. */
interface EntryKind {
  /** When it happened or began, as a partial date. */
  readonly on: (id: Sql) => Sql;
  /** When it was over, of what can last longer than a day. */
  readonly endsOn?: (id: Sql) => Sql;
  /** The event in one line. */
  readonly summary: (id: Sql) => Sql;
}

/** Role names as a reader would write them: DIALOGUE_PARTNER is "dialogue partner". */
const roleInWords = sql`replace(lower(u."role"::text), '_', ' ')`;

const membership = sql`"ForumMembership" u join "Party" y on y."id" = u."partyId" join "Forum" f on f."id" = u."forumId"`;
const tenure = sql`"Tenure" t join "Person" e on e."id" = t."personId" join "Office" o on o."id" = t."officeId" join "Party" y on y."id" = o."partyId"`;
const report = sql`"StatusReport" r left join "Citation" c on c."statusReportId" = r."id" left join "Document" d on d."id" = c."documentId"`;
const claim = sql`"FirstSinceClaim" a left join "Citation" c on c."firstSinceClaimId" = a."id" left join "Document" d on d."id" = c."documentId"`;

/** The longest statement that is quoted whole, in characters. */
const longestQuote = 240;
const statementInShort = sql`case when length(s."text") > ${sql.lit(longestQuote)} then left(s."text", ${sql.lit(longestQuote - 1)}) || '…' else s."text" end`;

/**
 * The kinds of entries. On the same day they are sorted in this order: beginnings come before events, and events before
 * statements about them.
 */
const entryKinds: Readonly<Record<GQL.TimelineKind, EntryKind>> = {
  MILESTONE: {
    on: (id) => sql`(select k."on" from "Milestone" k where k."id" = ${id})`,
    summary: (id) => sql`(select k."label" from "Milestone" k where k."id" = ${id})`,
  },
  TENURE_END: {
    on: (id) => sql`(select t."until" from "Tenure" t where t."id" = ${id})`,
    summary: (id) =>
      sql`(select e."name" || ' ceases to be ' || o."title" || ' of ' || y."name" from ${tenure} where t."id" = ${id})`,
  },
  TENURE_START: {
    on: (id) => sql`(select t."since" from "Tenure" t where t."id" = ${id})`,
    summary: (id) =>
      sql`(select e."name" || ' becomes ' || o."title" || ' of ' || y."name" from ${tenure} where t."id" = ${id})`,
  },
  MEMBERSHIP_END: {
    on: (id) => sql`(select u."until" from "ForumMembership" u where u."id" = ${id})`,
    summary: (id) =>
      sql`(select y."name" || ': no longer ' || ${roleInWords} || ' of ' || coalesce(f."acronym", f."name") from ${membership} where u."id" = ${id})`,
  },
  MEMBERSHIP_START: {
    on: (id) => sql`(select u."since" from "ForumMembership" u where u."id" = ${id})`,
    summary: (id) =>
      sql`(select y."name" || ': ' || ${roleInWords} || ' of ' || coalesce(f."acronym", f."name") from ${membership} where u."id" = ${id})`,
  },
  VISIT: {
    on: (id) => sql`(select v."from" from "Visit" v where v."id" = ${id})`,
    endsOn: (id) => sql`(select v."to" from "Visit" v where v."id" = ${id})`,
    summary: (id) => sql`(select e."name" || ' visits ' || coalesce(l."city", s."name", 'an unnamed place')
      || case when t."status" in ('UNKNOWN', 'MADE') then '' else ' (' || replace(lower(t."status"::text), '_', ' ') || ')' end from "Visit" v
      join "Person" e on e."id" = v."personId" left join "Place" l on l."id" = v."placeId" left join "Party" s on s."id" = l."stateId"
      cross join lateral (select "visitStatus"(v."id") as "status") as t where v."id" = ${id})`,
  },
  MEETING: {
    on: (id) => sql`(select m."on" from "Meeting" m where m."id" = ${id})`,
    endsOn: (id) => sql`(select m."endsOn" from "Meeting" m where m."id" = ${id})`,
    summary: (id) =>
      sql`(select m."title" || ' (' || lower(m."status"::text) || ')' from "Meeting" m where m."id" = ${id})`,
  },
  STATUS_CHANGE: {
    on: (id) => sql`(select coalesce(r."reportedOn", d."publishedOn") from ${report} where r."id" = ${id})`,
    summary: (
      id,
    ) => sql`(select coalesce(d."publisher", 'A source') || ' reports as ' || lower(r."status"::text) || ': ' || m."title"
      from ${report} join "Meeting" m on m."id" = r."meetingId" where r."id" = ${id})`,
  },
  COMMITMENT: {
    on: (id) =>
      sql`(select coalesce(q."on", m."on") from "Commitment" q left join "Meeting" m on m."id" = q."meetingId" where q."id" = ${id})`,
    summary: (id) =>
      sql`(select q."summary" || ' (' || lower(q."status"::text) || ')' from "Commitment" q where q."id" = ${id})`,
  },
  COMMITMENT_DUE: {
    on: (id) => sql`(select q."dueOn" from "Commitment" q where q."id" = ${id})`,
    summary: (id) =>
      sql`(select 'Due: ' || q."summary" || ' (' || lower(q."status"::text) || ')' from "Commitment" q where q."id" = ${id})`,
  },
  AGREEMENT: {
    on: (id) => sql`(select g."signedOn" from "Agreement" g where g."id" = ${id})`,
    summary: (id) =>
      sql`(select "agreementTitle"(g."id") || ' (' || replace(lower(g."status"::text), '_', ' ') || ')' from "Agreement" g where g."id" = ${id})`,
  },
  ACTIVITY: {
    on: (id) => sql`(select v."from" from "Activity" v where v."id" = ${id})`,
    endsOn: (id) => sql`(select v."to" from "Activity" v where v."id" = ${id})`,
    summary: (id) =>
      sql`(select "activityTitle"(v."id") || ' (' || replace(lower(v."status"::text), '_', ' ') || ')' from "Activity" v where v."id" = ${id})`,
  },
  STATEMENT: {
    on: (id) => sql`(select s."on" from "Statement" s where s."id" = ${id})`,
    summary: (
      id,
    ) => sql`(select coalesce(e."name", y."name") || ': ' || case when s."isVerbatim" then '“' || ${statementInShort} || '”' else ${statementInShort} end
      from "Statement" s left join "Person" e on e."id" = s."personId" left join "Party" y on y."id" = s."partyId" where s."id" = ${id})`,
  },
  FIRST_SINCE_CLAIM: {
    on: (id) => sql`(select d."publishedOn" from ${claim} where a."id" = ${id})`,
    summary: (
      id,
    ) => sql`(select coalesce(d."publisher", 'A source') || ' claims: ' || m."title" || ', the first time ' || coalesce('since ' || coalesce(k."label", x."title", a."sinceOn"), 'ever')
      from ${claim} join "Meeting" m on m."id" = a."meetingId" left join "Milestone" k on k."id" = a."sinceMilestoneId" left join "Meeting" x on x."id" = a."sinceMeetingId"
      where a."id" = ${id})`,
  },
  PUBLICATION: {
    on: (id) => sql`(select d."publishedOn" from "Document" d where d."id" = ${id})`,
    summary: (id) => sql`(select d."publisher" || ' publishes: ' || d."title" from "Document" d where d."id" = ${id})`,
  },
};

const kindsInOrder = Object.keys(entryKinds) as GQL.TimelineKind[];

/**
 * The place of an entry among those that begin on the same day.
 * @param within its place among those of its kind, from 0 to 9, where it has one.
 */
export function rankOf(kind: GQL.TimelineKind, within?: Sql): Sql {
  const place = sql`${sql.lit(kindsInOrder.indexOf(kind) * 10)}::int`;
  return within ? sql`${place} + ${within}` : place;
}

/**
 * A field of an entry of any kind.
 * @param kind SQL for the name of the entry's kind.
 * @param id SQL for the id of its record.
 * @returns SQL for the text, null if it is unknown or the kind has no such field.
 */
export function ofEntry(what: keyof EntryKind, kind: Sql, id: Sql): Sql {
  const branches = kindsInOrder.flatMap((name) => {
    const say = entryKinds[name][what];
    return say ? [sql`when ${literal(name)} then ${say(id)}`] : [];
  });
  return sql`case ${kind} ${sql.join(branches, sql` `)} end`;
}
