import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { MergedSource } from "../../reading/connection.js";
import type { Leaf, Traced } from "../../reading/inputs.js";
import type { Planner } from "../../reading/planner.js";
import { all, literal, parameter, type Sql } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { holdersOf, seatColumn, type Holder, type Partner } from "./holders.lists.js";

type CoverageArguments = Traced<GQL.QueryCoverageArgs>;
type GapArguments = Traced<GQL.QueryGapsArgs>;

/** Whose gaps are looked for, and from which day on what was expected is over. */
interface Scope {
  readonly holder: Holder;
  readonly other?: Partner;
  readonly asOf: Leaf<string>;
}

/** Where gaps of a kind are found: the rows that are looked at, and which of them lack something. */
interface GapSource {
  /** Names the rows: kinds of the same scan are looked for in one pass over them. */
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
  /** What is not recorded, in a sentence, over the id of the gap's subject, its number and the id of whom the question is about. */
  readonly sentence: (subject: Sql, number: Sql, holder: Sql) => Sql;
}

/** The meetings of a holder, of two, or of a forum, as a query of ids. */
function meetingIds({ holder, other }: Scope): Sql {
  if (holder.kind === "forum") return sql`(select h."id" from "Meeting" h where h."forumId" = ${holder.id})`;
  const seats = ({ kind, id }: Partner, alias: string) => sql`select ${sql.id(alias, "meetingId")} from "Participant" ${sql.id(alias)} where ${sql.id(alias, seatColumn[kind])} = ${id}`;
  const mine = seats(holder as Partner, "h");
  return other ? sql`(${mine} intersect ${seats(other, "i")})` : sql`(${mine})`;
}

const meetings = (scope: Scope, ...lacks: readonly Sql[]): GapSource => ({
  scan: "meetings",
  from: sql`"Meeting" m`,
  where: [sql`m."id" in ${meetingIds(scope)}`],
  lacks: all(lacks),
  subject: sql.ref("m.id"),
  day: sql.ref("m.onEarliest"),
});

const seats = (scope: Scope, ...lacks: readonly Sql[]): GapSource => ({
  scan: "seats",
  from: sql`"Participant" q join "Meeting" m on m."id" = q."meetingId"`,
  where: [sql`m."id" in ${meetingIds(scope)}`],
  lacks: all(lacks),
  subject: sql.ref("q.id"),
  day: sql.ref("m.onEarliest"),
});

/** The memberships of a party or in a forum; of two they are nobody's business. */
function memberships({ holder, other }: Scope, lacks: Sql): GapSource | undefined {
  if (other || holder.kind === "person") return undefined;
  const column = holder.kind === "party" ? sql`u."partyId"` : sql`u."forumId"`;
  return { scan: "memberships", from: sql`"ForumMembership" u`, where: [sql`${column} = ${holder.id}`], lacks, subject: sql.ref("u.id"), day: sql`coalesce(u."sinceEarliest", u."attestedOnEarliest")` };
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

const endUnknown = (row: string) => sql`(${sql.id(row, "hasEnded")} is null or (${sql.id(row, "hasEnded")} and ${sql.id(row, "until")} is null))`;

/** That one of these names stands in a text as words of its own. */
const isNamedIn = (names: Sql, text: Sql) => sql`exists (select 1 from (${names}) as called("text") where position(' ' || "fold"(called."text") || ' ' in ' ' || "fold"(${text}) || ' ') > 0)`;

const namesOfParty = sql`select y."name" from "Party" y where y."id" = q."partyId"
    union all select y."officialName" from "Party" y where y."id" = q."partyId"
    union all select n."text" from "PartyName" n where n."partyId" = q."partyId"`;

/** The names of those who sat for the party of the seat q at its meeting. */
const namesOfSeated = sql`select e."name" from "Participant" x join "Person" e on e."id" = x."personId" where x."meetingId" = q."meetingId" and x."partyId" = q."partyId"
    union all select n."text" from "Participant" x join "PersonName" n on n."personId" = x."personId" where x."meetingId" = q."meetingId" and x."partyId" = q."partyId"`;

/** What is cited for the meeting m, for its seats and for what became of it; and for what was said and agreed there. */
const citationsOf = {
  meeting: sql`select c."documentId", c."attributedTo" from "Citation" c where c."meetingId" = m."id"
      union all select c."documentId", c."attributedTo" from "Participant" x join "Citation" c on c."participantId" = x."id" where x."meetingId" = m."id"
      union all select c."documentId", c."attributedTo" from "StatusReport" x join "Citation" c on c."statusReportId" = x."id" where x."meetingId" = m."id"`,
  words: sql`select c."documentId", c."attributedTo" from "Statement" x join "Citation" c on c."statementId" = x."id" where x."meetingId" = m."id"
      union all select c."documentId", c."attributedTo" from "Commitment" x join "Citation" c on c."commitmentId" = x."id" where x."meetingId" = m."id"`,
};

/**
 * That the party of the seat q has given an account of the meeting m: a statement is recorded for it; or a source is cited
 * for the meeting, a seat or a status of it that is a joint statement, or a readout or an official page of the party; or
 * what any source says of the meeting, or of what was said or agreed there, is attributed to the party or to somebody who
 * sat there for it. "The Ministry of Defence" is nobody's: the record does not guess whose.
 */
const hasAccount = sql`(exists (select 1 from "Statement" s where s."meetingId" = m."id" and s."partyId" = q."partyId")
  or exists (select 1 from (${citationsOf.meeting}) as source
    join "Document" d on d."id" = source."documentId"
    where d."kind" = 'JOINT_STATEMENT' or (d."kind" in ('READOUT', 'OFFICIAL_PAGE') and ${isNamedIn(namesOfParty, sql`d."publisher"`)}))
  or exists (select 1 from (${citationsOf.meeting} union all ${citationsOf.words}) as source
    where source."attributedTo" is not null and (${isNamedIn(namesOfParty, sql`source."attributedTo"`)} or ${isNamedIn(namesOfSeated, sql`source."attributedTo"`)})))`;

/** Each party once, however many seats it has. */
const isFirstSeat = sql`not exists (select 1 from "Participant" x where x."meetingId" = q."meetingId" and x."partyId" = q."partyId" and (x."position", x."id") < (q."position", q."id"))`;

/** A meeting that was held and is no forum's own session, as for the last time that parties met. */
const isEncounter = sql`m."status" = 'HELD' and m."kind" <> 'SESSION'`;

/** Whom somebody is not recorded to have met: for a party all other states, for two the other of them. */
function neverMet(scope: Scope): GapSource | undefined {
  const { holder, other } = scope;
  const met = sql`select 1 from "Meeting" m where m."id" in ${meetingIds(scope)} and ${isEncounter}`;
  if (other) {
    const table = other.kind === "party" ? sql`"Party" y` : sql`"Person" y`;
    return { scan: "the other", from: table, where: [sql`y."id" = ${other.id}`], lacks: sql`not exists (${met})`, subject: sql.ref("y.id"), day: sql`null::date` };
  }
  if (holder.kind !== "party") return undefined;
  const others = sql`select b."partyId" from "Participant" b join "Meeting" m on m."id" = b."meetingId" where m."id" in ${meetingIds(scope)} and ${isEncounter}`;
  return { scan: "states", from: sql`"Party" y`, where: [sql`y."kind" = 'STATE'`, sql`y."id" <> ${holder.id}`], lacks: sql`y."id" not in (${others})`, subject: sql.ref("y.id"), day: sql`null::date` };
}

function missingOrdinals({ holder }: Scope): GapSource | undefined {
  if (holder.kind !== "forum") return undefined;
  return {
    scan: "ordinals",
    from: sql`generate_series(1, (select max(m."ordinal") from "Meeting" m where m."forumId" = ${holder.id})) as missing("ordinal")`,
    where: [],
    lacks: sql`not exists (select 1 from "Meeting" m where m."forumId" = ${holder.id} and m."ordinal" = missing."ordinal")`,
    subject: holder.id,
    day: sql`null::date`,
    number: sql`missing."ordinal"`,
  };
}

/** Parties with a membership in a forum, running or over, at none of whose sessions they have a seat. */
function neverSeated({ holder }: Scope): GapSource | undefined {
  if (holder.kind !== "forum") return undefined;
  const seated = sql`select q."partyId" from "Meeting" m join "Participant" q on q."meetingId" = m."id" where m."forumId" = ${holder.id}`;
  const belongs = sql`exists (select 1 from "ForumMembership" u where u."forumId" = ${holder.id} and u."partyId" = y."id")`;
  return { scan: "members", from: sql`"Party" y`, where: [belongs], lacks: sql`y."id" not in (${seated})`, subject: sql.ref("y.id"), day: sql`null::date` };
}

const titled = (subject: Sql, sentence: Sql) => sql`(select ${sentence} from "Meeting" m where m."id" = ${subject})`;
const seated = (subject: Sql, sentence: Sql) =>
  sql`(select ${sentence} from "Participant" q join "Meeting" m on m."id" = q."meetingId" join "Party" y on y."id" = q."partyId" where q."id" = ${subject})`;
const belonging = (subject: Sql, sentence: Sql) =>
  sql`(select ${sentence} from "ForumMembership" u join "Party" y on y."id" = u."partyId" join "Forum" f on f."id" = u."forumId" where u."id" = ${subject})`;
const holding = (subject: Sql, sentence: Sql) =>
  sql`(select ${sentence} from "Tenure" t join "Person" e on e."id" = t."personId" join "Office" o on o."id" = t."officeId" join "Party" y on y."id" = o."partyId" where t."id" = ${subject})`;
const called = (subject: Sql) => sql`coalesce((select y."name" from "Party" y where y."id" = ${subject}), (select e."name" from "Person" e where e."id" = ${subject}))`;

const role = sql`replace(lower(u."role"::text), '_', ' ')`;
const attested = (row: string) => sql`coalesce('; the earliest day on which a source shows it is ' || ${sql.id(row, "attestedOn")}, '')`;

/** The kinds of gaps in the order in which they are listed. */
const gapKinds: Readonly<Record<GQL.GapKind, GapKind>> = {
  OUTCOME_UNREPORTED: {
    found: (scope) => meetings(scope, sql`m."status" in ('EXPECTED', 'POSTPONED')`, sql`coalesce(m."endsOnLatest", m."onLatest") < ${parameter(scope.asOf, "date")}`),
    sentence: (id) => titled(id, sql`'The day of “' || m."title" || '” has passed, and the last that the record holds of it is that it was ' || lower(m."status"::text) || '.'`),
  },
  MEETING_WITHOUT_STATUS: {
    found: (scope) => meetings(scope, sql`m."status" = 'UNKNOWN'`),
    sentence: (id) => titled(id, sql`'No source in the record says whether “' || m."title" || '” was held.'`),
  },
  MEETING_WITHOUT_DATE: {
    found: (scope) => meetings(scope, sql`m."on" is null`),
    sentence: (id) => titled(id, sql`'No source in the record says when “' || m."title" || '” was or is to be.'`),
  },
  MEETING_DATE_INEXACT: {
    found: (scope) => meetings(scope, sql`length(m."on") < 10`),
    sentence: (id) => titled(id, sql`'The date of “' || m."title" || '” is known only as ' || m."on" || '.'`),
  },
  MEETING_WITHOUT_PLACE: {
    found: (scope) => meetings(scope, sql`m."placeId" is null`, sql`m."format" is distinct from 'CALL'`, sql`m."format" is distinct from 'VIDEO'`),
    sentence: (id) => titled(id, sql`'No source in the record says where “' || m."title" || '” was or is to be.'`),
  },
  SESSION_WITHOUT_SEATS: {
    found: (scope) =>
      scope.holder.kind === "forum" ? meetings(scope, sql`not exists (select 1 from "Participant" x where x."meetingId" = m."id")`) : undefined,
    sentence: (id) => titled(id, sql`'The record names nobody who took part in “' || m."title" || '”.'`),
  },
  ORDINAL_MISSING: {
    found: missingOrdinals,
    sentence: (id, number) => sql`(select 'The record holds no session no. ' || ${number} || ' of ' || coalesce(f."acronym", f."name") || ', although it holds a later one.' from "Forum" f where f."id" = ${id})`,
  },
  SEAT_UNNAMED: {
    found: (scope) => seats(scope, sql`q."personId" is null`),
    sentence: (id) => seated(id, sql`'No source in the record names who ' || case when q."isExpected" then 'is to sit' else 'sat' end || ' for ' || y."name" || ' at “' || m."title" || '”.'`),
  },
  ACCOUNT_MISSING: {
    found: (scope) => seats(scope, sql`m."kind" = 'BILATERAL'`, sql`m."status" = 'HELD'`, isFirstSeat, sql`not ${hasAccount}`),
    sentence: (id) => seated(id, sql`'The record holds no account by ' || y."name" || ' of “' || m."title" || '”.'`),
  },
  MEMBERSHIP_WITHOUT_START: {
    found: (scope) => memberships(scope, sql`u."since" is null`),
    sentence: (id) => belonging(id, sql`'No source in the record says since when ' || y."name" || ' is or was ' || ${role} || ' of ' || coalesce(f."acronym", f."name") || ${attested("u")} || '.'`),
  },
  MEMBERSHIP_WITHOUT_END: {
    found: (scope) => memberships(scope, endUnknown("u")),
    sentence: (id) =>
      belonging(id, sql`case when u."hasEnded" then 'No source in the record says when ' || y."name" || ' ceased to be ' else 'No source in the record says whether ' || y."name" || ' is still ' end || ${role} || ' of ' || coalesce(f."acronym", f."name") || '.'`),
  },
  TENURE_WITHOUT_START: {
    found: (scope) => tenures(scope, sql`t."since" is null`),
    sentence: (id) => holding(id, sql`'No source in the record says since when ' || e."name" || ' is or was ' || o."title" || ' of ' || y."name" || ${attested("t")} || '.'`),
  },
  TENURE_WITHOUT_END: {
    found: (scope) => tenures(scope, endUnknown("t")),
    sentence: (id) =>
      holding(id, sql`case when t."hasEnded" then 'No source in the record says when ' || e."name" || ' ceased to be ' else 'No source in the record says whether ' || e."name" || ' is still ' end || o."title" || ' of ' || y."name" || '.'`),
  },
  NO_SEAT_RECORDED: {
    found: neverSeated,
    sentence: (id, _number, holder) =>
      sql`(select 'The record holds no seat of ' || ${called(id)} || ' at any session of ' || coalesce(f."acronym", f."name") || '. It does not say that there was none.' from "Forum" f where f."id" = ${holder})`,
  },
  NO_MEETING_RECORDED: {
    found: neverMet,
    sentence: (id, _number, holder) =>
      sql`'The record holds no meeting of ' || ${called(holder)} || ' and ' || ${called(id)} || ' that was held, sessions of forums aside. It does not say that there was none.'`,
  },
};

const kindsInOrder = Object.keys(gapKinds) as GQL.GapKind[];

/** Whom a question is about; undefined where it is about nothing that has meetings. */
function scopeOf(planner: Planner, args: CoverageArguments): Scope | undefined {
  const holders = holdersOf(planner, args);
  if (!holders || holders.holder.kind === "document") return undefined;
  return { ...holders, asOf: args.asOf };
}

const tableOf = { party: "Party", person: "Person", forum: "Forum", document: "Document" } as const;

/** Nothing is said of what the record does not know at all. */
const isKnown = ({ kind, id }: Holder) => sql`exists (select 1 from ${sql.table(tableOf[kind])} h where h."id" = ${id})`;

interface NamedSource extends GapSource {
  readonly kind: GQL.GapKind;
}

/** Kinds of gaps that are looked for in the same rows. */
interface Scan {
  readonly holder: Sql;
  readonly from: Sql;
  readonly where: readonly Sql[];
  readonly sources: readonly NamedSource[];
}

/** Where gaps are looked for, by the kinds that there are for such a holder. */
function scansOf(scope: Scope | undefined, kinds: readonly GQL.GapKind[] = kindsInOrder): readonly Scan[] {
  if (!scope) return [];
  const scans = new Map<string, NamedSource[]>();
  for (const kind of kindsInOrder) {
    const source = kinds.includes(kind) ? gapKinds[kind].found(scope) : undefined;
    if (source) scans.set(source.scan, [...(scans.get(source.scan) ?? []), { kind, ...source }]);
  }
  return [...scans.values()].flatMap((sources) => {
    const [first] = sources;
    return first ? [{ holder: scope.holder.id, from: first.from, where: [isKnown(scope.holder), ...first.where], sources }] : [];
  });
}

const rankOf = (kind: GQL.GapKind) => sql`${sql.lit(kindsInOrder.indexOf(kind))}::int`;

/** The gaps of a scan, one by one. */
function merged({ holder, from, where, sources }: Scan): MergedSource {
  const rows = sources.map(({ kind, lacks, subject, day, number = sql`0` }) => sql`(${rankOf(kind)}, ${literal(kind)}::text, ${lacks}, ${subject}, ${day}, ${number}::int)`);
  return {
    from: sql`${from} cross join lateral (values ${sql.join(rows)}) as gap("rank", "kind", "lacks", "subject", "day", "number")`,
    where: [...where, sql`gap."lacks"`],
    columns: { rank: sql.ref("gap.rank"), day: sql`coalesce(gap."day", 'infinity'::date)`, key: sql.ref("gap.subject"), number: sql.ref("gap.number"), kind: sql.ref("gap.kind"), holder },
  };
}

const noGaps: MergedSource = {
  columns: { rank: sql`0::int`, day: sql`'infinity'::date`, key: sql`''::text`, number: sql`0::int`, kind: sql`''::text`, holder: sql`''::text` },
  from: sql`(select 1) as nothing`,
  where: [sql`false`],
};

/** How many gaps there are of each kind that is looked for, those of which there are none included. */
function counts(scope: Scope | undefined): Sql {
  const scans = scansOf(scope);
  if (!scope || scans.length === 0) return sql`(select ''::text as "kind", 0 as "rank", 0 as "count" where false)`;
  const rows = scans.map(({ from, where, sources }) => {
    const counted = sources.map(({ lacks }, index) => sql`(count(*) filter (where ${lacks}))::int as ${sql.id(String(index))}`);
    const values = sources.map(({ kind }, index) => sql`(${literal(kind)}::text, ${rankOf(kind)}, scan.${sql.id(String(index))})`);
    return sql`select found.* from (select ${sql.join(counted)} from ${from} where ${all(where)}) as scan cross join lateral (values ${sql.join(values)}) as found("kind", "rank", "count")`;
  });
  return sql`(select * from (${sql.join(rows, sql` union all `)}) as found where ${isKnown(scope.holder)})`;
}

function sentence(kind: Sql, ...of: Parameters<GapKind["sentence"]>): Sql {
  const branches = kindsInOrder.map((name) => sql`when ${literal(name)} then ${gapKinds[name].sentence(...of)}`);
  return sql`case ${kind} ${sql.join(branches, sql` `)} end`;
}

/** What the record does not hold. */
export const coverageTypes = [
  objectType<GQL.CoverageCount>()("CoverageCount", null, {}, (from) => ({
    kind: from.expression<GQL.GapKind>(({ row }) => row.col("kind")),
    count: from.expression<number>(({ row }) => row.col("count")),
  })),

  objectType<GQL.Gap>()("Gap", null, {}, (from) => ({
    kind: from.expression<GQL.GapKind>(({ row }) => row.col("kind")),
    sentence: from.expression<string>(({ row }) => sentence(row.col("kind"), row.col("key"), row.col("number"), row.col("holder"))),
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
      const sources = scansOf(scopeOf(planner, args), kinds).map(merged);
      return { sources: sources.length > 0 ? sources : [noGaps], orderedBy: ["rank", "day", "key", "number"] };
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
