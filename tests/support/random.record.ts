import fc from "fast-check";
import type { Database } from "../../src/database/open.js";
import { parsePartialDate } from "../../src/lib/partial-dates.js";

/** A row as it stands in a table: columns that are left out are null. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** A small record by table, as drawn by fast-check. Days are few, so that many coincide. */
export type RandomRecord = Readonly<Record<Table, readonly Row[]>>;

/** In the order in which rows refer to each other. */
const tables = [
  "Document",
  "Party",
  "Person",
  "Office",
  "Tenure",
  "Forum",
  "ForumMembership",
  "Place",
  "Meeting",
  "Participant",
  "StatusReport",
  "Visit",
  "VisitMeeting",
  "Statement",
  "Commitment",
  "CommitmentParty",
  "Milestone",
  "MilestoneParty",
  "Agreement",
  "AgreementParty",
  "Signatory",
  "Activity",
  "ActivityParty",
  "FirstSinceClaim",
  "Conflict",
  "ConflictClaim",
  "Citation",
] as const;
type Table = (typeof tables)[number];

const text = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom("2020", "2021") },
  { weight: 2, arbitrary: fc.constantFrom("2020-01", "2020-06", "2021-01") },
  {
    weight: 4,
    arbitrary: fc.constantFrom("2020-01-01", "2020-01-15", "2020-06-01", "2020-12-31", "2021-01-01", "2021-06-30"),
  },
);

/** The three columns of a partial date. */
function dated(name: string, date: string | null): Record<string, unknown> {
  if (date === null) return {};
  const { earliest, latest } = parsePartialDate(date);
  return { [name]: date, [`${name}Earliest`]: earliest, [`${name}Latest`]: latest };
}

/** A period whose end is known only where it is over, and no earlier than its start. */
const period = fc.tuple(text, text, fc.constantFrom(true, false, null)).map(([since, until, hasEnded]) => {
  const isOrdered =
    since === null || until === null || parsePartialDate(since).earliest <= parsePartialDate(until).latest;
  return { ...dated("since", since), ...(hasEnded === true && isOrdered ? dated("until", until) : {}), hasEnded };
});

const many = <T>(arbitrary: fc.Arbitrary<T>, most: number) => fc.array(arbitrary, { maxLength: most });
const index = (count: number) => fc.nat({ max: count - 1 });

const parties = ["sta_a", "sta_b", "sta_c", "org_d"];
const persons = ["per_a", "per_b", "per_c"];
const forums = ["frm_a", "frm_b"];
const documents = ["doc_a", "doc_b"];
const officeKinds = ["DEFENCE_MINISTER", "DEPUTY_DEFENCE_MINISTER", "HEAD_OF_GOVERNMENT", "OTHER"];
const maybe = <T>(of: readonly T[]) => fc.option(fc.constantFrom(...of), { nil: null });

const fixed = {
  Party: parties.map((id, at) => ({
    id,
    kind: id.startsWith("org") ? "ORGANIZATION" : "STATE",
    code: `${"ABCD"[at] ?? ""}AA`,
    name: `Party ${String(at)}`,
  })),
  Person: persons.map((id, at) => ({
    id,
    slug: `person-${String(at)}`,
    name: `Person ${String(at)}`,
    stateId: parties[at],
  })),
  Office: parties.slice(0, 3).flatMap((partyId) =>
    officeKinds.map((kind) => ({
      id: `ofc_${partyId}_${kind}`,
      key: `${partyId}/${kind}`,
      title: kind,
      kind,
      partyId,
    })),
  ),
  Forum: forums.map((id, at) => ({ id, slug: `forum-${String(at)}`, name: `Forum ${String(at)}` })),
  Place: parties.slice(0, 3).map((stateId) => ({ id: `plc_${stateId}`, key: stateId, city: stateId, stateId })),
};

const meeting = fc.record({
  on: text,
  ends: fc.constantFrom(null, null, "2021-12-31"),
  kind: fc.constantFrom("SESSION", "BILATERAL", "BILATERAL", "TRILATERAL"),
  format: fc.constantFrom("IN_PERSON", "CALL", null),
  forum: index(forums.length),
  ordinal: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
  place: maybe(fixed.Place.map(({ id }) => id)),
  seats: many(
    fc.record({
      party: index(parties.length),
      person: maybe(persons),
      officeKind: maybe(officeKinds),
      isExpected: fc.boolean(),
      role: fc.constantFrom("PRINCIPAL", "REPRESENTATIVE"),
    }),
    4,
  ),
  reports: many(
    fc.record({
      status: fc.constantFrom("EXPECTED", "HELD", "POSTPONED", "DECLINED"),
      on: text,
      document: index(documents.length),
    }),
    3,
  ),
  statements: many(fc.record({ party: maybe(parties), person: fc.constantFrom(...persons), on: text }), 2),
  commitments: many(
    fc.record({ due: text, parties: fc.uniqueArray(fc.constantFrom(...parties), { maxLength: 3 }) }),
    1,
  ),
  claims: many(
    fc.record({
      document: index(documents.length),
      level: fc.constantFrom("PARTIES", "OFFICES", "PERSONS"),
      since: fc.nat(),
      isPrevious: fc.boolean(),
    }),
    1,
  ),
  sidelines: fc.boolean(),
});

const drawn = fc.record({
  documents: fc.tuple(
    ...documents.map(() =>
      fc.tuple(
        text,
        fc.constantFrom("NEWS_REPORT", "READOUT", "JOINT_STATEMENT"),
        fc.constantFrom("Party 0", "Party 1", "Nobody"),
      ),
    ),
  ),
  meetings: many(meeting, 7),
  tenures: many(fc.record({ person: fc.constantFrom(...persons), office: index(fixed.Office.length), period }), 3),
  memberships: many(fc.record({ forum: fc.constantFrom(...forums), party: fc.constantFrom(...parties), period }), 5),
  visits: many(
    fc.record({
      person: fc.constantFrom(...persons),
      place: maybe(fixed.Place.map(({ id }) => id)),
      from: text,
      meetings: fc.uniqueArray(index(7), { maxLength: 2 }),
    }),
    3,
  ),
  milestones: many(fc.record({ on: text, parties: fc.uniqueArray(fc.constantFrom(...parties), { maxLength: 3 }) }), 3),
  agreements: many(
    fc.record({
      on: text,
      parties: fc.uniqueArray(fc.constantFrom(...parties), { maxLength: 3 }),
      persons: fc.uniqueArray(fc.constantFrom(...persons), { maxLength: 2 }),
    }),
    3,
  ),
  activities: many(
    fc.record({
      from: text,
      parties: fc.uniqueArray(fc.constantFrom(...parties), { maxLength: 3 }),
      forum: maybe(forums),
    }),
    3,
  ),
  conflicts: many(
    fc.record({
      about: fc.nat(),
      field: fc.constantFrom("on", "place", "status"),
      resolution: maybe(["The first is right."]),
      claims: many(fc.record({ document: index(documents.length), isFollowed: fc.constantFrom(true, false, null) }), 3),
    }),
    4,
  ),
  cited: many(
    fc.record({
      document: fc.constantFrom(...documents),
      what: fc.nat(),
      stance: fc.constantFrom("SUPPORTS", "SUPPORTS", "DISPUTES"),
      attributedTo: maybe(["officials of Party 0", "Person 1", "the Ministry"]),
    }),
    6,
  ),
});

/** Reports from the weakest to the strongest of a day. */
const strengths = ["EXPECTED", "POSTPONED", "CANCELLED", "DECLINED", "HELD"];

/** The status that follows from reports, by the rule of the record: held if any says so, otherwise the latest. */
export function statusOf(reports: readonly { readonly status: string; readonly day: string }[]): string {
  if (reports.some(({ status }) => status === "HELD")) return "HELD";
  const last = [...reports]
    .sort((a, b) =>
      a.day < b.day ? -1 : a.day > b.day ? 1 : strengths.indexOf(a.status) - strengths.indexOf(b.status),
    )
    .at(-1);
  return last?.status ?? "UNKNOWN";
}

/** A small random record. */
export const randomRecord: fc.Arbitrary<RandomRecord> = drawn.map((draw) => {
  const rows: Record<Table, Row[]> = Object.fromEntries(tables.map((table) => [table, []])) as never;
  Object.assign(rows, Object.fromEntries(Object.entries(fixed).map(([table, of]) => [table, [...of]])));
  documents.forEach((id, at) => {
    const [on, kind, publisher] = draw.documents[at] ?? [null, "NEWS_REPORT", ""];
    rows.Document.push({
      id,
      key: id,
      kind,
      title: id,
      publisher,
      language: "en",
      url: "https://example.org/",
      titleIsOurs: false,
      ...dated("publishedOn", on),
    });
  });
  let citations = 0;
  const cite = (
    documentId: string,
    subject: Record<string, string>,
    said: { readonly stance: string; readonly attributedTo?: string | null } = { stance: "SUPPORTS" },
  ) => {
    const id = `cit_${String(++citations)}`;
    rows.Citation.push({ id, key: id, documentId, ...said, ...subject });
  };
  const taken = new Set<string>();
  draw.meetings.forEach((one, at) => {
    const id = `mtg_${String(at)}`;
    const isSession = one.kind === "SESSION";
    const place = `${String(one.forum)}/${String(one.ordinal)}`;
    const ordinal = isSession && !taken.has(place) ? one.ordinal : null;
    taken.add(place);
    const days = dated("on", one.on);
    const ends = one.on !== null && one.ends !== null ? dated("endsOn", one.ends) : {};
    const session = rows.Meeting.find(({ kind }) => kind === "SESSION");
    const dayOf = (report: (typeof one.reports)[number]) =>
      (report.on === null ? undefined : parsePartialDate(report.on).latest) ??
      (days["onLatest"] as string | undefined) ??
      "";
    rows.Meeting.push({
      id,
      slug: `meeting-${String(at)}`,
      title: `Meeting ${String(at)}`,
      kind: one.kind,
      format: one.format,
      ...days,
      ...ends,
      placeId: one.place,
      forumId: isSession ? forums[one.forum] : null,
      ordinal,
      sidelinesOfId: !isSession && one.sidelines ? (session?.id ?? null) : null,
      status: statusOf(one.reports.map((report) => ({ status: report.status, day: dayOf(report) }))),
    });
    one.seats.forEach((seat, position) => {
      const partyId = parties[seat.party] ?? "";
      const officeId =
        seat.officeKind === null || partyId.startsWith("org") ? null : `ofc_${partyId}_${seat.officeKind}`;
      rows.Participant.push({
        id: `par_${String(at)}_${String(position)}`,
        key: `${id}/${String(position)}`,
        meetingId: id,
        partyId,
        personId: seat.person,
        officeId,
        role: seat.role,
        isExpected: seat.isExpected,
        isOfficeDoubtful: false,
        position,
        meetingEarliest: days["onEarliest"],
        meetingLatest: ends["endsOnLatest"] ?? days["onLatest"],
      });
    });
    one.reports.forEach((report, number) => {
      const reportId = `rep_${String(at)}_${String(number)}`;
      rows.StatusReport.push({
        id: reportId,
        key: reportId,
        meetingId: id,
        status: report.status,
        ...dated("reportedOn", report.on),
      });
      cite(documents[report.document] ?? "", { statusReportId: reportId });
    });
    one.statements.forEach((said, number) => {
      const statementId = `stm_${String(at)}_${String(number)}`;
      rows.Statement.push({
        id: statementId,
        key: statementId,
        personId: said.person,
        partyId: said.party,
        meetingId: id,
        text: "Words",
        isVerbatim: true,
        topics: [],
        position: number,
        ...dated("on", said.on),
      });
    });
    one.commitments.forEach((agreed, number) => {
      const commitmentId = `cmt_${String(at)}_${String(number)}`;
      rows.Commitment.push({
        id: commitmentId,
        key: commitmentId,
        meetingId: id,
        summary: "To meet",
        kind: "DIALOGUE",
        status: "AGREED",
        position: number,
        ...dated("dueOn", agreed.due),
      });
      agreed.parties.forEach((partyId) => rows.CommitmentParty.push({ id: "", commitmentId, partyId }));
    });
  });
  draw.tenures.forEach((one, at) =>
    rows.Tenure.push({
      id: `ten_${String(at)}`,
      key: `ten_${String(at)}`,
      personId: one.person,
      officeId: fixed.Office[one.office]?.id,
      ...one.period,
    }),
  );
  draw.memberships.forEach((one, at) =>
    rows.ForumMembership.push({
      id: `mbr_${String(at)}`,
      key: `mbr_${String(at)}`,
      forumId: one.forum,
      partyId: one.party,
      role: "MEMBER",
      isDisputed: false,
      ...one.period,
    }),
  );
  draw.visits.forEach((one, at) => {
    rows.Visit.push({
      id: `vis_${String(at)}`,
      key: `vis_${String(at)}`,
      personId: one.person,
      placeId: one.place,
      ...dated("from", one.from),
    });
    for (const number of one.meetings)
      if (rows.Meeting[number])
        rows.VisitMeeting.push({ id: "", visitId: `vis_${String(at)}`, meetingId: `mtg_${String(number)}` });
  });
  [{ on: "2020", parties: [] }, ...draw.milestones].forEach((one, at) => {
    rows.Milestone.push({
      id: `mls_${String(at)}`,
      key: `mls_${String(at)}`,
      label: `Milestone ${String(at)}`,
      ...dated("on", one.on),
    });
    one.parties.forEach((partyId) => rows.MilestoneParty.push({ id: "", milestoneId: `mls_${String(at)}`, partyId }));
  });
  draw.agreements.forEach((one, at) => {
    const id = `agr_${String(at)}`;
    const status = one.on === null ? "UNKNOWN" : "SIGNED";
    rows.Agreement.push({ id, key: id, kind: "TREATY", topics: [], status, ...dated("signedOn", one.on) });
    one.parties.forEach((partyId) => rows.AgreementParty.push({ id: "", agreementId: id, partyId }));
    one.persons.forEach((personId, position) => {
      const key = `sig_${String(at)}_${String(position)}`;
      rows.Signatory.push({ id: key, key, agreementId: id, partyId: "sta_a", personId, role: "SIGNED", position });
    });
  });
  draw.activities.forEach((one, at) => {
    const id = `acy_${String(at)}`;
    const status = "UNKNOWN";
    rows.Activity.push({
      id,
      key: id,
      kind: "PATROL",
      forumId: one.forum,
      topics: [],
      status,
      ...dated("from", one.from),
    });
    one.parties.forEach((partyId) => rows.ActivityParty.push({ id: "", activityId: id, partyId }));
  });
  draw.meetings.forEach(({ claims }, at) => {
    const events = [...rows.Milestone, ...rows.Meeting].map(({ id }) => id).filter((id) => id !== `mtg_${String(at)}`);
    claims.forEach((said, number) => {
      const claimId = `fsc_${String(at)}_${String(number)}`;
      const since = events[said.since % events.length] ?? "";
      const isMeeting = since.startsWith("mtg");
      rows.FirstSinceClaim.push({
        id: claimId,
        key: claimId,
        meetingId: `mtg_${String(at)}`,
        level: said.level,
        ...(isMeeting ? { sinceMeetingId: since } : { sinceMilestoneId: since }),
        isPreviousMeeting: isMeeting && said.isPrevious,
      });
      cite(documents[said.document] ?? "", { firstSinceClaimId: claimId });
    });
  });
  const disputed = [...rows.Meeting, ...rows.ForumMembership, ...rows.Forum].map(({ id }) => id);
  const subjectColumn: Readonly<Record<string, string>> = { mtg: "meetingId", mbr: "membershipId", frm: "forumId" };
  draw.conflicts.forEach((one, at) => {
    const id = `cnf_${String(at)}`;
    const subject = disputed[one.about % disputed.length] ?? "";
    rows.Conflict.push({
      id,
      key: id,
      field: one.field,
      resolution: one.resolution,
      [subjectColumn[subject.slice(0, 3)] ?? ""]: subject,
    });
    one.claims.forEach((said, position) => {
      const claimId = `cfc_${String(at)}_${String(position)}`;
      rows.ConflictClaim.push({
        id: claimId,
        key: claimId,
        conflictId: id,
        value: `Value ${String(position)}`,
        isFollowed: said.isFollowed,
        position,
      });
      cite(documents[said.document] ?? "", { conflictClaimId: claimId });
    });
  });
  const citable = (
    [
      "Meeting",
      "Participant",
      "ForumMembership",
      "Tenure",
      "Visit",
      "Statement",
      "Commitment",
      "Milestone",
      "Agreement",
      "Activity",
    ] as const
  ).flatMap((table) =>
    rows[table].map(({ id }) => ({
      column: table === "ForumMembership" ? "membershipId" : `${table[0]?.toLowerCase() ?? ""}${table.slice(1)}Id`,
      id,
    })),
  );
  for (const { document, what, ...said } of draw.cited) {
    const subject = citable[what % citable.length];
    if (subject) cite(document, { [subject.column]: subject.id }, said);
  }
  return rows;
});

/**
 * Makes a database hold exactly these rows. Triggers are disabled meanwhile, and derived rows are copied or rebuilt.
 */
export async function loadRandomRecord({ pool }: Pick<Database, "pool">, record: RandomRecord): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    for (const table of tables) await client.query(`delete from "${table}"`);
    for (const table of tables) {
      if (record[table].length === 0) continue;
      const columns = [...new Set(record[table].flatMap((row) => Object.keys(row)))].filter(
        (name) => name !== "id" || record[table][0]?.id !== "",
      );
      const names = columns.map((name) => `"${name}"`).join();
      await client.query(
        `insert into "${table}" (${names}) select ${names} from jsonb_populate_recordset(null::"${table}", $1)`,
        [JSON.stringify(record[table])],
      );
    }
    await client.query(`delete from derived."Pair"`);
    await client.query(`select derived."settlePairs"(array(select "id" from "Meeting"))`);
    await client.query(`select derived."countAllAnew"()`);
    await client.query(`select derived."settleAllReported"()`);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
