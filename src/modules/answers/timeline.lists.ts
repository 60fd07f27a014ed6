import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { MergedSource } from "../../reading/connection.js";
import type { Leaf } from "../../reading/inputs.js";
import { literal, parameter, type Sql } from "../../reading/sql.js";
import type { SubjectColumn } from "../citations.js";
import { rowUnder } from "../../reading/declarations.js";
import { isOfMany, overlaps } from "../meetings/meetings.lists.js";
import { seatColumn, type Holder, type Partner } from "./holders.lists.js";
import { rankOf } from "./timeline.entries.js";

/** The days that a timeline is narrowed to. */
export type During =
  { readonly from?: Leaf<string> | null | undefined; readonly to?: Leaf<string> | null | undefined } | null | undefined;

/** The tables and conditions of a kind of entry for a subject. */
interface Found {
  readonly from: Sql;
  readonly where: readonly (Sql | undefined)[];
  readonly repeats?: boolean;
  /** The first day of an entry where an index has them in this order, those without one last; see the migration that keeps it. */
  readonly day?: Sql;
}

/** The sources of a kind of entry, by kind of subject. Kinds that are left out have none. */
interface Finders {
  /** The id of an entry's record, and the first and last day that it can have been on. */
  readonly id: Sql;
  readonly earliest: Sql;
  readonly latest: Sql;
  readonly of: (holder: Holder) => readonly Found[];
  readonly between: (pair: readonly [Partner, Partner]) => readonly Found[];
  /** A condition for all entries, whatever the subject. */
  readonly where?: Sql;
  /** The order of those that begin on the same day, as a number from 0 to 9. */
  readonly within?: Sql;
}

const none: readonly Found[] = [];

/** The citations of a document that speak for records of a kind, joined to them. */
function cited(document: Holder, column: SubjectColumn, joined: Sql): readonly Found[] {
  const where = [
    sql`c."documentId" = ${document.id}`,
    sql`c."stance" = 'SUPPORTS'`,
    sql`${sql.id("c", column)} is not null`,
  ];
  return [{ from: sql`"Citation" c ${joined}`, where, repeats: true }];
}

/**
 * That a partner has a seat at a meeting. A scalar query, so that meetings are checked one by one in their order, each by
 * its own few seats: no index answers to "is not distinct from", which keeps Postgres from going through all that the partner has.
 */
function hasSeat({ kind, id }: Partner, meeting: Sql): Sql {
  return sql`(select true from "Participant" b where b."meetingId" = ${meeting} and b.${sql.id(seatColumn[kind])} is not distinct from ${id} limit 1)`;
}

/** So many seats are counted to tell who has fewer of them. */
const mostCounted = 10_000;

function fewSeats({ kind, id }: Partner): Sql {
  return sql`(select count(*) from (select 1 from "Participant" b where b.${sql.id(seatColumn[kind])} = ${id} limit ${sql.lit(mostCounted)}) as few)`;
}

/** The two in an order in which the first one has few seats, if any of them has: its meetings are searched for the other. */
function fewestFirst([one, other]: readonly [Partner, Partner]): readonly [Partner, Partner] {
  if (one.kind !== other.kind) return one.kind === "person" ? [one, other] : [other, one];
  const isOne = sql`(select ${fewSeats(one)} <= ${fewSeats(other)})`;
  return [
    { kind: one.kind, id: sql`(select case when ${isOne} then ${one.id} else ${other.id} end)` },
    { kind: one.kind, id: sql`(select case when ${isOne} then ${other.id} else ${one.id} end)` },
  ];
}

/** The seats, under the alias p, that lead to the meetings of a party, a person or two of them. */
function seats(holder: Partner, other?: Partner): Found {
  return {
    from: sql`"Participant" p`,
    where: [sql`p.${sql.id(seatColumn[holder.kind])} = ${holder.id}`, other && hasSeat(other, sql.ref("p.meetingId"))],
    repeats: true,
  };
}

/** Records that belong to meetings, found through the seats of participants or as part of a forum's sessions. */
function ofMeetings(
  of: Sql,
  meeting: Sql,
): Pick<Finders, "between"> & { readonly of: (holder: Holder) => readonly Found[] } {
  const through = (found: Found): Found => ({
    ...found,
    from: sql`${found.from} join ${of} on ${meeting} = p."meetingId"`,
  });
  return {
    of: (holder) => {
      if (holder.kind === "party" || holder.kind === "person") return [through(seats(holder as Partner))];
      if (holder.kind !== "forum") return none;
      return [{ from: sql`"Meeting" g join ${of} on ${meeting} = g."id"`, where: [sql`g."forumId" = ${holder.id}`] }];
    },
    between: (pair) => {
      const [one, other] = pair;
      if (one.kind !== other.kind) return [through(seats(...fewestFirst(pair)))];
      // Of two of a kind the meetings are known by pair, but for sessions, of which there are few.
      const areSeated = pair.map((partner) => hasSeat(partner, sql.ref("g.id")));
      // The condition is on both, so that a session's many seats are read only if something belongs to it.
      const areSeatedAtBoth = pair.map((partner) =>
        hasSeat(partner, sql`case when g."id" = ${meeting} then g."id" end`),
      );
      const joined = sql`join ${of} on ${meeting} = g."id"`;
      return [
        {
          from: sql`"metTogether"(${one.id}, ${other.id}) as p join "Meeting" g on g."id" = p."meetingId" ${joined}`,
          where: [sql`not ${isOfMany(rowUnder("g"))}`, ...areSeated],
          repeats: true,
        },
        { from: sql`"Meeting" g ${joined}`, where: [isOfMany(rowUnder("g")), ...areSeatedAtBoth], repeats: true },
      ];
    },
  };
}

const reportedKinds = { report: 0, claim: 1 } as const;

/** Status reports or claims about the meetings of a party or person, in the order of their days. */
function reportedOf({ id }: Holder, kind: keyof typeof reportedKinds, joined: Sql): Found {
  // The id stands in a row of its own, because Postgres looks into a function only where what it is given is looked up elsewhere.
  return {
    from: sql`(select ${id} as "id") as w, "reportedOf"(w."id", ${sql.lit(reportedKinds[kind])}) as e join ${joined}`,
    where: [],
    day: sql.ref("e.day"),
  };
}

const memberships: Omit<Finders, "id" | "earliest" | "latest"> = {
  of: (holder) => {
    if (holder.kind === "document")
      return cited(holder, "membershipId", sql`join "ForumMembership" u on u."id" = c."membershipId"`);
    if (holder.kind === "person") return none;
    const column = holder.kind === "party" ? sql`u."partyId"` : sql`u."forumId"`;
    return [{ from: sql`"ForumMembership" u`, where: [sql`${column} = ${holder.id}`] }];
  },
  // Of two parties: the memberships of both in forums that both belong or belonged to.
  between: ([one, other]) => {
    if (one.kind === "person" || other.kind === "person") return none;
    const shared = sql`exists (select 1 from "ForumMembership" w where w."forumId" = u."forumId" and w."partyId" = case when u."partyId" = ${one.id} then ${other.id} else ${one.id} end)`;
    return [{ from: sql`"ForumMembership" u`, where: [sql`u."partyId" in (${one.id}, ${other.id})`, shared] }];
  },
};

const tenures: Omit<Finders, "id" | "earliest" | "latest"> = {
  of: (holder) => {
    switch (holder.kind) {
      case "document":
        return cited(holder, "tenureId", sql`join "Tenure" t on t."id" = c."tenureId"`);
      case "party":
        return [
          { from: sql`"Office" o join "Tenure" t on t."officeId" = o."id"`, where: [sql`o."partyId" = ${holder.id}`] },
        ];
      case "person":
        return [{ from: sql`"Tenure" t`, where: [sql`t."personId" = ${holder.id}`] }];
      default:
        return none;
    }
  },
  between: () => none,
};

const commitmentsOfMeetings = ofMeetings(sql`"Commitment" q`, sql`q."meetingId"`);

function commitmentsOf(party: Holder, other?: Holder): Found {
  const both =
    other &&
    sql`exists (select 1 from "CommitmentParty" w where w."commitmentId" = z."commitmentId" and w."partyId" = ${other.id})`;
  return {
    from: sql`"CommitmentParty" z join "Commitment" q on q."id" = z."commitmentId"`,
    where: [sql`z."partyId" = ${party.id}`, both],
  };
}

/** Parties commit themselves; to a person or a forum belongs what was agreed at their meetings. */
const commitments: Omit<Finders, "id" | "earliest" | "latest"> = {
  of: (holder) => {
    if (holder.kind === "party") return [withMeeting(commitmentsOf(holder))];
    const found =
      holder.kind === "document"
        ? cited(holder, "commitmentId", sql`join "Commitment" q on q."id" = c."commitmentId"`)
        : commitmentsOfMeetings.of(holder);
    return found.map(withMeeting);
  },
  between: (pair) => {
    const [one, other] = pair;
    const found =
      one.kind === "party" && other.kind === "party"
        ? [commitmentsOf(one, other)]
        : commitmentsOfMeetings.between(pair);
    return found.map(withMeeting);
  },
};

function withMeeting(found: Found): Found {
  return { ...found, from: sql`${found.from} left join "Meeting" m on m."id" = q."meetingId"` };
}

const reportsOfMeetings = ofMeetings(sql`"StatusReport" r`, sql`r."meetingId"`);

function withSource(found: Found): Found {
  return {
    ...found,
    from: sql`${found.from} join "Meeting" m on m."id" = r."meetingId" left join "Citation" rc on rc."statusReportId" = r."id" left join "Document" d on d."id" = rc."documentId"`,
  };
}

/** Of statuses reported on the same day the last of these counts. */
const strength = (status: Sql) =>
  sql`array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], ${status})`;

/** When a report counts from, by the rule of statuses, and its place among those that count from the same day. */
const reportPlace = (report: string, document: string) =>
  sql`coalesce(${sql.id(report, "reportedOnLatest")}, ${sql.id(document, "publishedOnLatest")}, m."endsOnLatest", m."onLatest", '-infinity'::date), ${strength(sql.id(report, "status"))}, ${sql.id(report, "id")}`;

/**
 * That a report says something else than those before it: once a meeting is reported as held nothing changes that, until
 * then the latest report counts. Compared with all at once, because "not in" would look for the reports before it twice.
 */
const changesSomething = sql`coalesce((select x."status" from "StatusReport" x
  left join "Citation" xc on xc."statusReportId" = x."id" left join "Document" xd on xd."id" = xc."documentId"
  where x."meetingId" = r."meetingId" and (${reportPlace("x", "xd")}) < (${reportPlace("r", "d")})
  order by (x."status" = 'HELD') desc, (${reportPlace("x", "xd")}) desc limit 1), 'UNKNOWN') <> all (array[r."status", 'HELD'])`;

const claimsOfMeetings = ofMeetings(sql`"FirstSinceClaim" a`, sql`a."meetingId"`);

function withClaimant(found: Found): Found {
  return {
    ...found,
    from: sql`${found.from} left join "Citation" ac on ac."firstSinceClaimId" = a."id" left join "Document" d on d."id" = ac."documentId"`,
  };
}

const statementsOfMeetings = ofMeetings(sql`"Statement" s`, sql`s."meetingId"`);

/** The records that a party is one of the parties of, or both of two. `z` is the party's row, and the record is joined to it by its id. */
function ofParties(table: string, owner: string, joined: Sql): (party: Holder, other?: Holder) => Found {
  const [parties, column] = [sql.table(table), sql.id(owner)];
  return (party, other) => ({
    from: sql`${parties} z join ${joined} = z.${column}`,
    where: [
      sql`z."partyId" = ${party.id}`,
      other && sql`exists (select 1 from ${parties} w where w.${column} = z.${column} and w."partyId" = ${other.id})`,
    ],
  });
}

const milestonesOf = ofParties("MilestoneParty", "milestoneId", sql`"Milestone" k on k."id"`);
const agreementsOfParty = ofParties("AgreementParty", "agreementId", sql`"Agreement" g on g."id"`);
const activitiesOfParty = ofParties("ActivityParty", "activityId", sql`"Activity" v on v."id"`);

function agreementsOfPerson(person: Holder): Found {
  return {
    from: sql`"Agreement" g`,
    where: [sql`g."id" in (select w."agreementId" from "Signatory" w where w."personId" = ${person.id})`],
  };
}

/** The sources of each kind of entry, except for meetings, which are found through seats in the order of days. */
const finders: Readonly<Record<Exclude<GQL.TimelineKind, "MEETING">, Finders>> = {
  MILESTONE: {
    id: sql.ref("k.id"),
    earliest: sql.ref("k.onEarliest"),
    latest: sql.ref("k.onLatest"),
    of: (holder) => {
      if (holder.kind === "document")
        return cited(holder, "milestoneId", sql`join "Milestone" k on k."id" = c."milestoneId"`);
      return holder.kind === "party" ? [milestonesOf(holder)] : none;
    },
    between: ([one, other]) => (one.kind === "party" && other.kind === "party" ? [milestonesOf(one, other)] : none),
  },
  TENURE_END: {
    ...tenures,
    id: sql.ref("t.id"),
    earliest: sql.ref("t.untilEarliest"),
    latest: sql.ref("t.untilLatest"),
    where: sql`t."hasEnded"`,
  },
  TENURE_START: {
    ...tenures,
    id: sql.ref("t.id"),
    earliest: sql.ref("t.sinceEarliest"),
    latest: sql.ref("t.sinceLatest"),
  },
  MEMBERSHIP_END: {
    ...memberships,
    id: sql.ref("u.id"),
    earliest: sql.ref("u.untilEarliest"),
    latest: sql.ref("u.untilLatest"),
    where: sql`u."hasEnded"`,
  },
  MEMBERSHIP_START: {
    ...memberships,
    id: sql.ref("u.id"),
    earliest: sql.ref("u.sinceEarliest"),
    latest: sql.ref("u.sinceLatest"),
  },
  VISIT: {
    id: sql.ref("v.id"),
    earliest: sql.ref("v.fromEarliest"),
    latest: sql`coalesce(v."toLatest", v."fromLatest")`,
    of: (holder) => {
      switch (holder.kind) {
        case "document":
          return cited(holder, "visitId", sql`join "Visit" v on v."id" = c."visitId"`);
        case "party":
          return [
            { from: sql`"Person" e join "Visit" v on v."personId" = e."id"`, where: [sql`e."stateId" = ${holder.id}`] },
          ];
        case "person":
          return [{ from: sql`"Visit" v`, where: [sql`v."personId" = ${holder.id}`] }];
        default:
          return none;
      }
    },
    // For two states: visits of a person of one to the other. Otherwise: visits of a person during which the two met.
    between: ([one, other]) => {
      if (one.kind === "party" && other.kind === "party") {
        const there = sql`l."stateId" = case when e."stateId" = ${one.id} then ${other.id} else ${one.id} end`;
        return [
          {
            from: sql`"Person" e join "Visit" v on v."personId" = e."id" join "Place" l on l."id" = v."placeId"`,
            where: [sql`e."stateId" in (${one.id}, ${other.id})`, there],
          },
        ];
      }
      const met = (whom: Partner) =>
        sql`exists (select 1 from "VisitMeeting" w where w."visitId" = v."id" and ${hasSeat(whom, sql.ref("w.meetingId"))})`;
      return [
        [one, other],
        [other, one],
      ].flatMap(([who, whom]) =>
        who?.kind === "person" && whom
          ? [{ from: sql`"Visit" v`, where: [sql`v."personId" = ${who.id}`, met(whom)] }]
          : [],
      );
    },
  },
  STATUS_CHANGE: {
    id: sql.ref("r.id"),
    earliest: sql`coalesce(r."reportedOnEarliest", d."publishedOnEarliest")`,
    latest: sql`coalesce(r."reportedOnLatest", d."publishedOnLatest")`,
    of: (holder) => {
      if (holder.kind === "document")
        return cited(holder, "statusReportId", sql`join "StatusReport" r on r."id" = c."statusReportId"`).map(
          withSource,
        );
      const found =
        holder.kind === "forum"
          ? reportsOfMeetings.of(holder)
          : [reportedOf(holder, "report", sql`"StatusReport" r on r."id" = e."id"`)];
      return found.map(withSource);
    },
    between: (pair) => reportsOfMeetings.between(pair).map(withSource),
    where: changesSomething,
    within: strength(sql.ref("r.status")),
  },
  COMMITMENT: {
    ...commitments,
    id: sql.ref("q.id"),
    earliest: sql`coalesce(q."onEarliest", m."onEarliest")`,
    latest: sql`coalesce(q."onLatest", m."endsOnLatest", m."onLatest")`,
  },
  COMMITMENT_DUE: {
    ...commitments,
    id: sql.ref("q.id"),
    earliest: sql.ref("q.dueOnEarliest"),
    latest: sql.ref("q.dueOnLatest"),
    where: sql`q."dueOn" is not null`,
  },
  AGREEMENT: {
    id: sql.ref("g.id"),
    earliest: sql.ref("g.signedOnEarliest"),
    latest: sql.ref("g.signedOnLatest"),
    of: (holder) => {
      switch (holder.kind) {
        case "document":
          return cited(holder, "agreementId", sql`join "Agreement" g on g."id" = c."agreementId"`);
        case "party":
          return [agreementsOfParty(holder)];
        case "person":
          return [agreementsOfPerson(holder)];
        default:
          return none;
      }
    },
    // Of two parties: agreements of both. Otherwise: agreements that a person signed or witnessed, with the other among them.
    between: ([one, other]) => {
      if (one.kind === "party" && other.kind === "party") return [agreementsOfParty(one, other)];
      const [person, partner] = one.kind === "person" ? [one, other] : [other, one];
      const found = agreementsOfPerson(person);
      const also =
        partner.kind === "person"
          ? sql`g."id" in (select w."agreementId" from "Signatory" w where w."personId" = ${partner.id})`
          : sql`g."id" in (select w."agreementId" from "AgreementParty" w where w."partyId" = ${partner.id})`;
      return [{ ...found, where: [...found.where, also] }];
    },
  },
  ACTIVITY: {
    id: sql.ref("v.id"),
    earliest: sql.ref("v.fromEarliest"),
    latest: sql`coalesce(v."toLatest", v."fromLatest")`,
    of: (holder) => {
      switch (holder.kind) {
        case "document":
          return cited(holder, "activityId", sql`join "Activity" v on v."id" = c."activityId"`);
        case "party":
          return [activitiesOfParty(holder)];
        case "forum":
          return [{ from: sql`"Activity" v`, where: [sql`v."forumId" = ${holder.id}`] }];
        default:
          return none;
      }
    },
    between: ([one, other]) =>
      one.kind === "party" && other.kind === "party" ? [activitiesOfParty(one, other)] : none,
  },
  STATEMENT: {
    id: sql.ref("s.id"),
    earliest: sql.ref("s.onEarliest"),
    latest: sql.ref("s.onLatest"),
    of: (holder) => {
      if (holder.kind === "document")
        return cited(holder, "statementId", sql`join "Statement" s on s."id" = c."statementId"`);
      if (holder.kind === "forum") return statementsOfMeetings.of(holder);
      const column = sql.id(seatColumn[holder.kind]);
      const joint = sql.table(holder.kind === "party" ? "StatementParty" : "StatementPerson");
      return [
        { from: sql`"Statement" s`, where: [sql`s.${column} = ${holder.id}`] },
        {
          from: sql`${joint} j join "Statement" s on s."id" = j."statementId"`,
          where: [sql`j.${column} = ${holder.id}`],
        },
      ];
    },
    // Statements of one of the two at or about their meetings.
    between: (pair) =>
      statementsOfMeetings.between(pair).map((found) => ({
        ...found,
        where: [
          ...found.where,
          sql`(${sql.join(
            pair.map(({ kind, id }) => sql`s.${sql.id(seatColumn[kind])} = ${id}`),
            sql` or `,
          )})`,
        ],
      })),
  },
  FIRST_SINCE_CLAIM: {
    id: sql.ref("a.id"),
    earliest: sql.ref("d.publishedOnEarliest"),
    latest: sql.ref("d.publishedOnLatest"),
    of: (holder) => {
      if (holder.kind === "document")
        return cited(holder, "firstSinceClaimId", sql`join "FirstSinceClaim" a on a."id" = c."firstSinceClaimId"`).map(
          withClaimant,
        );
      const found =
        holder.kind === "forum"
          ? claimsOfMeetings.of(holder)
          : [reportedOf(holder, "claim", sql`"FirstSinceClaim" a on a."id" = e."id"`)];
      return found.map(withClaimant);
    },
    between: (pair) => claimsOfMeetings.between(pair).map(withClaimant),
  },
  PUBLICATION: {
    id: sql.ref("d.id"),
    earliest: sql.ref("d.publishedOnEarliest"),
    latest: sql.ref("d.publishedOnLatest"),
    of: (holder) =>
      holder.kind === "document" ? [{ from: sql`"Document" d`, where: [sql`d."id" = ${holder.id}`] }] : none,
    between: () => none,
  },
};

/** A source of the merged list: rows with what they are put in order by and what their fields are found by. */
function source(kind: GQL.TimelineKind, day: Sql, id: Sql, found: Found, within?: Sql): MergedSource {
  return { columns: { day, rank: rankOf(kind, within), entryId: id, kind: sql`${literal(kind)}::text` }, ...found };
}

/** A partial date is no longer than a year: what reaches into a range begins no earlier than so many days before it. */
const longestDate = 366;

/** Entries in the order of an index, or few enough to be put in order one by one; those without a day come last. */
function sorted(
  kind: Exclude<GQL.TimelineKind, "MEETING">,
  { id, earliest, latest, where, within }: Finders,
  { day, ...found }: Found,
  during: During,
): MergedSource {
  const from = during?.from ? parameter(during.from, "date") : undefined;
  const to = during?.to ? parameter(during.to, "date") : undefined;
  const days = [
    from && sql`${latest} >= ${from}`,
    to && sql`${earliest} <= ${to}`,
    day && from && sql`${day} >= ${from} - ${sql.lit(longestDate)}`,
    day && to && sql`${day} <= ${to}`,
  ];
  return source(
    kind,
    day ?? sql`coalesce(${earliest}, 'infinity'::date)`,
    id,
    { ...found, where: [...found.where, where, ...days] },
    within,
  );
}

/**
 * Meetings, which can be thousands, in the order of an index: those with a day and those without are found apart, because
 * the index has the latter first and a timeline has them last.
 */
function meetingsInOrder(
  found: Found,
  columns: { readonly id: Sql; readonly earliest: Sql; readonly latest: Sql },
  during: During,
): readonly MergedSource[] {
  const indexed = sql`coalesce(${columns.earliest}, '-infinity'::date)`;
  const dated = [sql`${indexed} > '-infinity'`, ...overlaps(columns.earliest, columns.latest, during)];
  const sources = [source("MEETING", indexed, columns.id, { ...found, where: [...found.where, ...dated] })];
  if (!during?.from && !during?.to) {
    const undated = sql`${indexed} = '-infinity'`;
    sources.push(source("MEETING", sql`'infinity'::date`, columns.id, { ...found, where: [...found.where, undated] }));
  }
  return sources;
}

const seatDays = {
  id: sql.ref("p.meetingId"),
  earliest: sql.ref("p.meetingEarliest"),
  latest: sql.ref("p.meetingLatest"),
};
const meetingDays = {
  id: sql.ref("m.id"),
  earliest: sql.ref("m.onEarliest"),
  latest: sql`coalesce(m."endsOnLatest", m."onLatest")`,
};

/** The meetings of a holder. */
function meetings(holder: Holder, during: During): readonly MergedSource[] {
  switch (holder.kind) {
    case "forum":
      return meetingsInOrder({ from: sql`"Meeting" m`, where: [sql`m."forumId" = ${holder.id}`] }, meetingDays, during);
    case "document": {
      // A source that is cited for a seat or a status report counts for the meeting.
      const join = sql`left join "Participant" cp on cp."id" = c."participantId" left join "StatusReport" cr on cr."id" = c."statusReportId"
        join "Meeting" m on m."id" = coalesce(c."meetingId", cp."meetingId", cr."meetingId")`;
      const where = [sql`c."documentId" = ${holder.id}`, sql`c."stance" = 'SUPPORTS'`];
      return meetingsInOrder({ from: sql`"Citation" c ${join}`, where, repeats: true }, meetingDays, during);
    }
    default:
      return meetingsInOrder(seats(holder as Partner), seatDays, during);
  }
}

/** The subject and filters of a timeline. */
export interface TimelineQuestion {
  readonly holder: Holder;
  /** The other one, where it is the timeline of two. */
  readonly other?: Partner | undefined;
  readonly kinds: readonly GQL.TimelineKind[];
  readonly during: During;
}

/** The sources that a timeline is merged from. */
export function timelineSources({ holder, other, kinds, during }: TimelineQuestion): readonly MergedSource[] {
  return kinds.flatMap((kind) => {
    if (kind === "MEETING") {
      return other
        ? meetingsInOrder(seats(...fewestFirst([holder as Partner, other])), seatDays, during)
        : meetings(holder, during);
    }
    const finder = finders[kind];
    const found = other ? finder.between([holder as Partner, other]) : finder.of(holder);
    return found.map((place) => sorted(kind, finder, place, during));
  });
}

/** A source without any entries, for a timeline that no kind of entries is looked for in. */
export const noEntries: MergedSource = source("MEETING", sql`'infinity'::date`, sql`''::text`, {
  from: sql`(select 1) as nothing`,
  where: [sql`false`],
});

/** The columns by which a timeline is in order. */
export const timelineColumns = ["day", "rank", "entryId"] as const;
