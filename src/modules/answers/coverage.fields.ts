import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { MergedSource } from "../../reading/connection.js";
import { rowUnder, type Row } from "../../reading/declarations.js";
import type { Leaf, Traced } from "../../reading/inputs.js";
import type { Planner } from "../../reading/planner.js";
import { all, literal, parameter, type Sql } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { isOfMany, lastDay, overlaps, type MeetingRow } from "../meetings/meetings.lists.js";
import { mayCover, type PeriodColumns } from "../periods.js";
import { holdersOf, seatColumn, type Holder, type Partner } from "./holders.lists.js";

type CoverageArguments = Traced<GQL.QueryCoverageArgs>;
type GapArguments = Traced<GQL.QueryGapsArgs>;

/** The subject of a gap query, the day from which expected events are over, and the period of the gaps. */
interface Scope {
  readonly holder: Holder;
  readonly other?: Partner;
  readonly asOf: Leaf<string>;
  readonly during: CoverageArguments["during"];
}

/** The source of a kind of gap: the rows that are read, and the condition for a gap. */
interface GapSource {
  /** Names the rows: kinds of the same scan are counted in one pass over them. */
  readonly scan: string;
  readonly from: Sql;
  readonly where: readonly Sql[];
  readonly lacks: Sql;
  /** The id of the record that the gap is about. */
  readonly subject: Sql;
  readonly day: Sql;
  /** Tells gaps apart that are about the same record. */
  readonly number?: Sql;
}

interface GapKind {
  /** Nothing where gaps of this kind are not looked for. */
  readonly found: (scope: Scope) => GapSource | undefined;
  /** A sentence about the gap. */
  readonly sentence: (gap: GapColumns) => Sql;
}

/**
 * Columns for the sentence: the ids of the gap's subject and of the query's subject, the gap's number, and the period
 * in words.
 */
interface GapColumns {
  readonly subject: Sql;
  readonly number: Sql;
  readonly holder: Sql;
  readonly within: Sql;
}

/** The first and the last of the days that are asked about, each undefined where it is open. */
function daysOf(
  { during }: Scope,
  type: "date" | "text" = "date",
): { readonly from: Sql | undefined; readonly to: Sql | undefined } {
  return {
    from: during?.from ? parameter(during.from, type) : undefined,
    to: during?.to ? parameter(during.to, type) : undefined,
  };
}

/** That what lies between two days, each unknown where it is null, may lie on the days that are asked about; undefined where all days are. */
function mayLie(scope: Scope, earliest: Sql, latest: Sql): Sql | undefined {
  const { from, to } = daysOf(scope);
  return (
    (from ?? to) &&
    all([
      from && sql`coalesce(${latest}, 'infinity'::date) >= ${from}`,
      to && sql`coalesce(${earliest}, '-infinity'::date) <= ${to}`,
    ])
  );
}

/** The seats of one of whom a question is about, as a query of the ids of their meetings. A meeting without a day may lie on any. */
function meetingsOfSeats({ during }: Scope, { kind, id }: Partner): Sql {
  const found = (...within: readonly (Sql | undefined)[]) =>
    sql`select h."meetingId" from "Participant" h where ${all([sql`h.${sql.id(seatColumn[kind])} = ${id}`, ...within])}`;
  if (!during?.from && !during?.to) return found();
  const dated = overlaps(sql.ref("h.meetingEarliest"), sql.ref("h.meetingLatest"), during);
  return sql`(${found(...dated)} union all ${found(sql`coalesce(h."meetingEarliest", '-infinity'::date) = '-infinity'`)})`;
}

/** That a meeting is one of a holder, of two, or of a forum, on the days that are asked about. */
function isConcerned(scope: Scope): Sql {
  const { holder, other } = scope;
  if (holder.kind === "forum")
    return all([sql`m."forumId" = ${holder.id}`, mayLie(scope, sql.ref("m.onEarliest"), lastDay(meeting))]);
  const mine = meetingsOfSeats(scope, holder as Partner);
  return sql`m."id" in (${other ? sql`${mine} intersect ${meetingsOfSeats(scope, other)}` : mine})`;
}

const meeting: MeetingRow = rowUnder("m");

/** A meeting that was held and is no sitting in which two are two of many, as for the last time that parties met. */
const isEncounter = sql`m."status" = 'HELD' and not m."isOfMany"`;

/**
 * The meetings that a query is about, as the table `meetings`, and their seats where parties met, as the table
 * `seated`. All kinds of gaps share them, so each is read once. There can be very many rows, so they have only the
 * columns that gaps need.
 */
function concernedMeetings(scope: Scope): Sql {
  return sql`"meetings" as materialized (select m."id", m."kind", m."status", ${isOfMany(meeting)} as "isOfMany", m."onEarliest" as "day", ${lastDay(meeting)} as "last", case when m."on" ~ '^[0-9-]{10}$' then 10 when m."on" is not null then 7 end as "exactness",
    m."placeId" is null and m."format" is distinct from 'CALL' and m."format" is distinct from 'VIDEO' as "lacksPlace" from "Meeting" m where ${isConcerned(scope)}),
  "seated" as materialized (select m."id" as "meetingId", m."kind", m."day", q."id", q."partyId", q."position" from "meetings" m join "Participant" q on q."meetingId" = m."id" where ${isEncounter})`;
}

const meetings = (...lacks: readonly Sql[]): GapSource => ({
  scan: "meetings",
  from: sql`"meetings" m`,
  where: [],
  lacks: all(lacks),
  subject: sql.ref("m.id"),
  day: sql.ref("m.day"),
});

/** Seats at these meetings without a person. */
const unnamedSeats: GapSource = {
  scan: "unnamed seats",
  from: sql`"meetings" m join "Participant" q on q."meetingId" = m."id"`,
  where: [sql`q."personId" is null`],
  lacks: sql`true`,
  subject: sql.ref("q.id"),
  day: sql.ref("m.day"),
};

/** The memberships of a party or in a forum; none for two parties. */
function memberships({ holder, other }: Scope, lacks: Sql): GapSource | undefined {
  if (other || holder.kind === "person") return undefined;
  const column = holder.kind === "party" ? sql`u."partyId"` : sql`u."forumId"`;
  return {
    scan: "memberships",
    from: sql`"ForumMembership" u`,
    where: [sql`${column} = ${holder.id}`],
    lacks,
    subject: sql.ref("u.id"),
    day: sql`coalesce(u."sinceEarliest", u."attestedOnEarliest")`,
  };
}

/** The tenures of a person, or in the offices of a party. */
function tenures({ holder, other }: Scope, lacks: Sql): GapSource | undefined {
  if (other || holder.kind === "forum") return undefined;
  const column = holder.kind === "party" ? sql`o."partyId"` : sql`t."personId"`;
  return {
    scan: "tenures",
    from: sql`"Tenure" t join "Office" o on o."id" = t."officeId"`,
    where: [sql`${column} = ${holder.id}`],
    lacks,
    subject: sql.ref("t.id"),
    day: sql`coalesce(t."sinceEarliest", t."attestedOnEarliest")`,
  };
}

type PeriodRow = Row<PeriodColumns & { readonly since: string | null; readonly until: string | null }>;
const membership: PeriodRow = rowUnder("u");
const tenure: PeriodRow = rowUnder("t");

/** That nothing says when a period began, and that it may have begun on the days asked about: no later than a source shows it, or than it ended. */
const lacksStart = (scope: Scope, row: PeriodRow) =>
  all([
    sql`${row.col("since")} is null`,
    mayLie(scope, sql`null::date`, sql`least(${row.col("attestedOnLatest")}, ${row.col("untilLatest")})`),
  ]);

/** That nothing says whether a period has ended, or when, and that it may have ended on the days asked about: no earlier than it began, or than a source shows it. */
const lacksEnd = (scope: Scope, row: PeriodRow) =>
  all([
    sql`(${row.col("hasEnded")} is null or (${row.col("hasEnded")} and ${row.col("until")} is null))`,
    mayLie(scope, sql`greatest(${row.col("sinceEarliest")}, ${row.col("attestedOnEarliest")})`, sql`null::date`),
  ]);

/** A text as names are looked for in it: without case and accents, a space before and after each word. */
const wordsOf = (text: Sql) => sql`' ' || "fold"(${text}) || ' '`;

/** That one of these names stands in a text as words of its own; `words` as `wordsOf` has them. */
const isNamedIn = (names: Sql, words: Sql) =>
  sql`exists (select 1 from (${names}) as called("text") where position(${wordsOf(sql`called."text"`)} in ${words}) > 0)`;

const namesOfParty = (party: Sql) => sql`select y."name" from "Party" y where y."id" = ${party}
    union all select y."officialName" from "Party" y where y."id" = ${party}
    union all select n."text" from "PartyName" n where n."partyId" = ${party}`;

/** The names of those who sat for a party at a meeting. */
const namesOfSeated = (
  meetingId: Sql,
  party: Sql,
) => sql`select e."name" from "Participant" x join "Person" e on e."id" = x."personId" where x."meetingId" = ${meetingId} and x."partyId" = ${party}
    union all select n."text" from "Participant" x join "PersonName" n on n."personId" = x."personId" where x."meetingId" = ${meetingId} and x."partyId" = ${party}`;

/**
 * The bilaterals that were held, with their seats and parties; the citations of each, of its seats and of its status
 * reports; and the attributions of statements, commitments and facts about it.
 */
const accountTables = sql`"bilaterals" as materialized (select s."meetingId" as "id", array_agg(s."id") as "seats", array_agg(s."partyId") as "parties" from "seated" s where s."kind" = 'BILATERAL' group by 1),
  "cited" as materialized (select b."id", b."parties", c."documentId", c."attributedTo" from "bilaterals" b join "Citation" c on c."meetingId" = b."id"
    union all select b."id", b."parties", c."documentId", c."attributedTo" from "bilaterals" b cross join unnest(b."seats") as x("id") join "Citation" c on c."participantId" = x."id"
    union all select b."id", b."parties", c."documentId", c."attributedTo" from "bilaterals" b join "StatusReport" x on x."meetingId" = b."id" join "Citation" c on c."statusReportId" = x."id"),
  "attributed" as materialized (select s."id", s."parties", s."attributedTo" from "cited" s where s."attributedTo" is not null
    union all select b."id", b."parties", c."attributedTo" from "bilaterals" b join "Statement" x on x."meetingId" = b."id" join "Citation" c on c."statementId" = x."id" where c."attributedTo" is not null
    union all select b."id", b."parties", c."attributedTo" from "bilaterals" b join "Commitment" x on x."meetingId" = b."id" join "Citation" c on c."commitmentId" = x."id" where c."attributedTo" is not null),
  "sources" as materialized (select s."id", s."parties", d."kind", d."publisher" from "cited" s join "Document" d on d."id" = s."documentId" where d."kind" in ('JOINT_STATEMENT', 'READOUT', 'OFFICIAL_PAGE'))`;

/**
 * The parties that have given an account of each bilateral. An account is a statement recorded for it; or a joint
 * statement, or a readout or official page of the party, cited for the meeting, a seat or a status report; or a fact
 * about the meeting, a statement or a commitment that a source attributes to the party or to a participant of it. "The
 * Ministry of Defence" counts for neither: the record does not guess. Each attributed name is resolved once for all of
 * its meetings.
 */
const accounts = sql`select b."id" as "meetingId", s."partyId" from "bilaterals" b join "Statement" s on s."meetingId" = b."id" where s."partyId" is not null
  union all select s."id", unnest(s."parties") from "sources" s where s."kind" = 'JOINT_STATEMENT'
  union all select unnest(named."meetings"), named."partyId" from (
    select y."id" as "partyId", ${wordsOf(sql`s."text"`)} as "words", array_agg(s."id") as "meetings" from (
      select o."id", o."parties", o."publisher" as "text" from "sources" o where o."kind" <> 'JOINT_STATEMENT' union all select a."id", a."parties", a."attributedTo" from "attributed" a
    ) as s cross join unnest(s."parties") as y("id") group by y."id", s."text"
  ) as named where ${isNamedIn(namesOfParty(sql`named."partyId"`), sql`named."words"`)}
  union all select a."id", y."id" from "attributed" a cross join unnest(a."parties") as y("id") where ${isNamedIn(namesOfSeated(sql`a."id"`, sql`y."id"`), wordsOf(sql`a."attributedTo"`))}`;

/**
 * The sides of the bilaterals that have given no account, each once, by its first seat. Seats and accounts are put
 * beside each other and sorted, which costs the same however many of them Postgres expects.
 */
const silentSides: GapSource = {
  scan: "silent sides",
  from: sql`(with ${accountTables} select distinct on (side."meetingId", side."partyId") side.* from (
      select s."meetingId", s."partyId", false as "hasAccount", s."position", s."id", s."day" from "seated" s where s."kind" = 'BILATERAL'
      union all select account."meetingId", account."partyId", true, null, null, null from (${accounts}) as account
    ) as side order by side."meetingId", side."partyId", side."hasAccount" desc, side."position", side."id") as q`,
  where: [sql`not q."hasAccount"`],
  lacks: sql`true`,
  subject: sql.ref("q.id"),
  day: sql.ref("q.day"),
};

/** A state that the record tells more of than names and codes. */
const takesPart = sql`(exists (select 1 from "Participant" p where p."partyId" = y."id") or exists (select 1 from "ForumMembership" f where f."partyId" = y."id"))`;

/** States without a recorded meeting with the subject: for a party all others that take part, for two parties the other one. */
function neverMet({ holder, other }: Scope): GapSource | undefined {
  const rows = { subject: sql.ref("y.id"), day: sql`null::date` };
  if (other) {
    const table = other.kind === "party" ? sql`"Party" y` : sql`"Person" y`;
    const lacks = sql`not exists (select 1 from "meetings" m where ${isEncounter})`;
    return { scan: "the other", from: table, where: [sql`y."id" = ${other.id}`], lacks, ...rows };
  }
  if (holder.kind !== "party") return undefined;
  const met = sql`select s."partyId" from "seated" s`;
  return {
    scan: "states",
    from: sql`"Party" y`,
    where: [sql`y."kind" = 'STATE'`, sql`y."id" <> ${holder.id}`, takesPart],
    lacks: sql`y."id" not in (${met})`,
    ...rows,
  };
}

/** Numbers that no session has; the days of those before and after it say on which days such a session may have been. */
function missingOrdinals(scope: Scope): GapSource | undefined {
  const { holder } = scope;
  if (holder.kind !== "forum") return undefined;
  const { from, to } = daysOf(scope);
  const noSession = (...conditions: readonly Sql[]) =>
    sql`not exists (select 1 from "Meeting" m where ${all([sql`m."forumId" = ${holder.id}`, ...conditions])})`;
  return {
    scan: "ordinals",
    from: sql`generate_series(1, (select max(m."ordinal") from "Meeting" m where m."forumId" = ${holder.id})) as missing("ordinal")`,
    where: [],
    lacks: all([
      noSession(sql`m."ordinal" = missing."ordinal"`),
      from && noSession(sql`m."ordinal" > missing."ordinal"`, sql`${lastDay(meeting)} < ${from}`),
      to && noSession(sql`m."ordinal" < missing."ordinal"`, sql`m."onEarliest" > ${to}`),
    ]),
    subject: holder.id,
    day: sql`null::date`,
    number: sql`missing."ordinal"`,
  };
}

/** Parties with a membership in a forum, running or over, at none of whose sessions they have a seat. */
function neverSeated(scope: Scope): GapSource | undefined {
  const { holder } = scope;
  if (holder.kind !== "forum") return undefined;
  const seated = sql`select q."partyId" from "meetings" m join "Participant" q on q."meetingId" = m."id"`;
  const { from, to } = daysOf(scope);
  const inForce = (from ?? to) && mayCover(membership, from ?? sql`'-infinity'::date`, to ?? sql`'infinity'::date`);
  const belongs = sql`exists (select 1 from "ForumMembership" u where ${all([sql`u."forumId" = ${holder.id}`, sql`u."partyId" = y."id"`, inForce])})`;
  return {
    scan: "members",
    from: sql`"Party" y`,
    where: [belongs],
    lacks: sql`y."id" not in (${seated})`,
    subject: sql.ref("y.id"),
    day: sql`null::date`,
  };
}

const titled = (subject: Sql, sentence: Sql) => sql`(select ${sentence} from "Meeting" m where m."id" = ${subject})`;
const seated = (subject: Sql, sentence: Sql) =>
  sql`(select ${sentence} from "Participant" q join "Meeting" m on m."id" = q."meetingId" join "Party" y on y."id" = q."partyId" where q."id" = ${subject})`;
const belonging = (subject: Sql, sentence: Sql) =>
  sql`(select ${sentence} from "ForumMembership" u join "Party" y on y."id" = u."partyId" join "Forum" f on f."id" = u."forumId" where u."id" = ${subject})`;
const holding = (subject: Sql, sentence: Sql) =>
  sql`(select ${sentence} from "Tenure" t join "Person" e on e."id" = t."personId" join "Office" o on o."id" = t."officeId" join "Party" y on y."id" = o."partyId" where t."id" = ${subject})`;
const called = (subject: Sql) =>
  sql`coalesce((select y."name" from "Party" y where y."id" = ${subject}), (select e."name" from "Person" e where e."id" = ${subject}))`;

const role = sql`replace(lower(u."role"::text), '_', ' ')`;
const attested = (row: string) =>
  sql`coalesce('; the earliest day on which a source shows it is ' || ${sql.id(row, "attestedOn")}, '')`;

/** The verb for a seat. No seat was taken at a meeting that has not taken place. */
const seatVerb = sql`case when m."status" in ('CANCELLED', 'DECLINED', 'CALLED_OFF') then 'was to sit' when q."isExpected" or m."status" in ('EXPECTED', 'POSTPONED') then 'is to sit' else 'sat' end`;

/** The kinds of gaps in the order in which they are listed. */
const gapKinds: Readonly<Record<GQL.GapKind, GapKind>> = {
  OUTCOME_UNREPORTED: {
    found: (scope) =>
      meetings(sql`m."status" in ('EXPECTED', 'POSTPONED')`, sql`m."last" < ${parameter(scope.asOf, "date")}`),
    sentence: ({ subject: id }) =>
      titled(
        id,
        sql`'The day of “' || m."title" || '” has passed, and the last that the record holds of it is that it was ' || lower(m."status"::text) || '.'`,
      ),
  },
  MEETING_WITHOUT_STATUS: {
    found: () => meetings(sql`m."status" = 'UNKNOWN'`),
    sentence: ({ subject: id }) =>
      titled(id, sql`'No source in the record says whether “' || m."title" || '” was held.'`),
  },
  MEETING_WITHOUT_DATE: {
    found: () => meetings(sql`m."exactness" is null`),
    sentence: ({ subject: id }) =>
      titled(id, sql`'No source in the record says when “' || m."title" || '” was or is to be.'`),
  },
  MEETING_DATE_INEXACT: {
    found: () => meetings(sql`m."exactness" < 10`),
    sentence: ({ subject: id }) =>
      titled(id, sql`'The date of “' || m."title" || '” is known only as ' || m."on" || '.'`),
  },
  MEETING_WITHOUT_PLACE: {
    found: () => meetings(sql`m."lacksPlace"`),
    sentence: ({ subject: id }) =>
      titled(id, sql`'No source in the record says where “' || m."title" || '” was or is to be.'`),
  },
  SESSION_WITHOUT_SEATS: {
    found: ({ holder }) =>
      holder.kind === "forum"
        ? meetings(sql`not exists (select 1 from "Participant" x where x."meetingId" = m."id")`)
        : undefined,
    sentence: ({ subject: id }) => titled(id, sql`'The record names no participant of “' || m."title" || '”.'`),
  },
  ORDINAL_MISSING: {
    found: missingOrdinals,
    sentence: ({ subject: id, number }) =>
      sql`(select 'The record holds no session no. ' || ${number} || ' of ' || coalesce(f."acronym", f."name") || ', although it holds a later one.' from "Forum" f where f."id" = ${id})`,
  },
  SEAT_UNNAMED: {
    found: () => unnamedSeats,
    sentence: ({ subject: id }) =>
      seated(
        id,
        sql`'No source in the record names who ' || ${seatVerb} || ' for ' || y."name" || ' at “' || m."title" || '”.'`,
      ),
  },
  ACCOUNT_MISSING: {
    found: () => silentSides,
    sentence: ({ subject: id }) =>
      seated(id, sql`'The record holds no account by ' || y."name" || ' of “' || m."title" || '”.'`),
  },
  MEMBERSHIP_WITHOUT_START: {
    found: (scope) => memberships(scope, lacksStart(scope, membership)),
    sentence: ({ subject: id }) =>
      belonging(
        id,
        sql`'No source in the record says since when ' || y."name" || ' is or was ' || ${role} || ' of ' || coalesce(f."acronym", f."name") || ${attested("u")} || '.'`,
      ),
  },
  MEMBERSHIP_WITHOUT_END: {
    found: (scope) => memberships(scope, lacksEnd(scope, membership)),
    sentence: ({ subject: id }) =>
      belonging(
        id,
        sql`case when u."hasEnded" then 'No source in the record says when ' || y."name" || ' ceased to be ' else 'No source in the record says whether ' || y."name" || ' is still ' end || ${role} || ' of ' || coalesce(f."acronym", f."name") || '.'`,
      ),
  },
  TENURE_WITHOUT_START: {
    found: (scope) => tenures(scope, lacksStart(scope, tenure)),
    sentence: ({ subject: id }) =>
      holding(
        id,
        sql`'No source in the record says since when ' || e."name" || ' is or was ' || o."title" || ' of ' || y."name" || ${attested("t")} || '.'`,
      ),
  },
  TENURE_WITHOUT_END: {
    found: (scope) => tenures(scope, lacksEnd(scope, tenure)),
    sentence: ({ subject: id }) =>
      holding(
        id,
        sql`case when t."hasEnded" then 'No source in the record says when ' || e."name" || ' ceased to be ' else 'No source in the record says whether ' || e."name" || ' is still ' end || o."title" || ' of ' || y."name" || '.'`,
      ),
  },
  NO_SEAT_RECORDED: {
    found: neverSeated,
    sentence: ({ subject: id, holder, within }) =>
      sql`(select 'The record holds no seat of ' || ${called(id)} || ' at any session of ' || coalesce(f."acronym", f."name") || ${within} || '. There may have been one.' from "Forum" f where f."id" = ${holder})`,
  },
  NO_MEETING_RECORDED: {
    found: neverMet,
    sentence: ({ subject: id, holder, within }) =>
      sql`'The record holds no meeting of ' || ${called(holder)} || ' and ' || ${called(id)} || ${within} || ' that was held, sessions of forums aside. There may have been one.'`,
  },
};

const kindsInOrder = Object.keys(gapKinds) as GQL.GapKind[];

/** The subject of a query; undefined for records without meetings. */
function scopeOf(planner: Planner, args: CoverageArguments): Scope | undefined {
  const holders = holdersOf(planner, args);
  if (!holders || holders.holder.kind === "document") return undefined;
  return { ...holders, asOf: args.asOf, during: args.during };
}

const tableOf = { party: "Party", person: "Person", forum: "Forum", document: "Document" } as const;

/** Nothing is said of what the record does not know at all. */
const isKnown = ({ kind, id }: Holder) =>
  sql`exists (select 1 from ${sql.table(tableOf[kind])} h where h."id" = ${id})`;

interface NamedSource extends GapSource {
  readonly kind: GQL.GapKind;
}

/** The sources of gaps, kind by kind in their order, as far as the subject can have them. */
function sourcesOf(scope: Scope, kinds: readonly GQL.GapKind[] = kindsInOrder): readonly NamedSource[] {
  return kindsInOrder.flatMap((kind) => {
    const source = kinds.includes(kind) ? gapKinds[kind].found(scope) : undefined;
    return source ? [{ kind, ...source, where: [isKnown(scope.holder), ...source.where] }] : [];
  });
}

const rankOf = (kind: GQL.GapKind) => sql`${sql.lit(kindsInOrder.indexOf(kind))}::int`;

/** The days that are asked about in words, to be put behind what is said of them. */
function inWords(scope: Scope): Sql {
  const { from, to } = daysOf(scope, "text");
  const words = (day: Sql): Sql => sql`"dayInWords"(${day})`;
  if (from)
    return to ? sql`' from ' || ${words(from)} || ' to ' || ${words(to)}` : sql`' from ' || ${words(from)} || ' on'`;
  return to ? sql`' up to ' || ${words(to)}` : sql`''::text`;
}

/** The gaps of a kind, one by one. */
function merged(scope: Scope, { kind, from, where, lacks, subject, day, number = sql`0` }: NamedSource): MergedSource {
  return {
    from,
    where: [...where, lacks],
    columns: {
      rank: rankOf(kind),
      day: sql`coalesce(${day}, 'infinity'::date)`,
      key: subject,
      number: sql`${number}::int`,
      kind: sql`${literal(kind)}::text`,
      holder: scope.holder.id,
      within: inWords(scope),
    },
  };
}

const noGaps: MergedSource = {
  columns: {
    rank: sql`0::int`,
    day: sql`'infinity'::date`,
    key: sql`''::text`,
    number: sql`0::int`,
    kind: sql`''::text`,
    holder: sql`''::text`,
    within: sql`''::text`,
  },
  from: sql`(select 1) as nothing`,
  where: [sql`false`],
};

/** The number of gaps of each kind, including zero. */
function counts(scope: Scope | undefined): Sql {
  if (!scope) return sql`(select ''::text as "kind", 0 as "rank", 0 as "count" where false)`;
  const scans = new Map<string, NamedSource[]>();
  for (const source of sourcesOf(scope)) scans.set(source.scan, [...(scans.get(source.scan) ?? []), source]);
  const rows = [...scans.values()].flatMap((sources) => {
    const [first] = sources;
    if (!first) return [];
    const counted = sources.map(
      ({ lacks }, index) => sql`(count(*) filter (where ${lacks}))::int as ${sql.id(String(index))}`,
    );
    const values = sources.map(
      ({ kind }, index) => sql`(${literal(kind)}::text, ${rankOf(kind)}, scan.${sql.id(String(index))})`,
    );
    return [
      sql`select found.* from (select ${sql.join(counted)} from ${first.from} where ${all(first.where)}) as scan cross join lateral (values ${sql.join(values)}) as found("kind", "rank", "count")`,
    ];
  });
  return sql`(with ${concernedMeetings(scope)} select * from (${sql.join(rows, sql` union all `)}) as found where ${isKnown(scope.holder)})`;
}

function sentence(kind: Sql, gap: GapColumns): Sql {
  const branches = kindsInOrder.map((name) => sql`when ${literal(name)} then ${gapKinds[name].sentence(gap)}`);
  return sql`case ${kind} ${sql.join(branches, sql` `)} end`;
}

/** Gaps of the record. */
export const coverageTypes = [
  objectType<GQL.CoverageCount>()("CoverageCount", null, {}, (from) => ({
    kind: from.expression<GQL.GapKind>(({ row }) => row.col("kind")),
    count: from.expression<number>(({ row }) => row.col("count")),
  })),

  objectType<GQL.Gap>()("Gap", null, {}, (from) => ({
    kind: from.expression<GQL.GapKind>(({ row }) => row.col("kind")),
    sentence: from.expression<string>(({ row }) =>
      sentence(row.col("kind"), {
        subject: row.col("key"),
        number: row.col("number"),
        holder: row.col("holder"),
        within: row.col("within"),
      }),
    ),
    subject: from.byId("GapSubject", ({ row }) => row.col("key")),
  })),
];

/** The root fields for coverage. */
export const coverageRoots = objectType<Pick<GQL.Query, "coverage" | "gaps">>()("Query", null, {}, (from) => ({
  coverage: from.list<"CoverageCount", CoverageArguments>("CoverageCount", {
    from: ({ planner, args }) => counts(scopeOf(planner, args)),
    where: () => sql`true`,
    order: ({ target }) => [target.col("rank")],
  }),
  gaps: from.connection<"Gap", GapArguments>("Gap", {
    merged: ({ planner, args }) => {
      const kinds = args.kinds && args.kinds.length > 0 ? args.kinds : undefined;
      const scope = scopeOf(planner, args);
      const sources = scope ? sourcesOf(scope, kinds).map((source) => merged(scope, source)) : [];
      const orderedBy = ["rank", "day", "key", "number"];
      if (!scope || sources.length === 0) return { sources: [noGaps], orderedBy };
      return { sources, orderedBy, shared: concernedMeetings(scope), isConsecutive: true };
    },
    order: ({ target }) => ({
      name: "gaps",
      terms: [
        { by: target.col("rank"), type: "int", direction: "ASC" },
        { by: target.col("day"), type: "date", direction: "ASC" },
        { by: target.col("key"), type: "text", direction: "ASC" },
        { by: target.col("number"), type: "int", direction: "ASC" },
      ],
    }),
  }),
}));
