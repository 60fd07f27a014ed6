// The worst input that each root field accepts: the most frequent names, the longest lists, names without a record.
import { parse, print, visit, Kind } from "graphql";

/**
 * Names that worst inputs are about: the most frequent of a record, in descending order.
 * @typedef {object} Facts
 * @property {readonly string[]} parties codes
 * @property {readonly string[]} partyIds
 * @property {readonly string[]} strangers codes of two who met least among the most frequent
 * @property {string} organization a code
 * @property {readonly string[]} persons slugs
 * @property {readonly string[]} personIds
 * @property {readonly string[]} forums slugs
 * @property {readonly string[]} forumIds
 * @property {string} country code of the country with most meetings
 * @property {string} meeting slug of the meeting with most seats
 * @property {string} host slug of the meeting with most meetings on its sidelines
 * @property {string} document id of the most cited document
 * @property {readonly string[]} meetingIds
 * @property {readonly string[]} meetingSlugs
 * @property {string} moment after which nothing was written
 */

/** Reads the facts of a record, through what runs a query of SQL. @returns {Promise<Facts>} */
export async function factsOf(database) {
  const column = async (text) => (await database.query({ text, rowMode: "array" })).rows.map(([value]) => value);
  const parties = await database.query(
    `SELECT y."id", y."code" FROM "Participant" p JOIN "Party" y ON y."id" = p."partyId" GROUP BY 1, 2 ORDER BY count(*) DESC, 2 LIMIT 200`,
  );
  const persons = await database.query(
    `SELECT y."id", y."slug" FROM "Participant" p JOIN "Person" y ON y."id" = p."personId" GROUP BY 1, 2 ORDER BY count(*) DESC, 2 LIMIT 200`,
  );
  const forums = await database.query(
    `SELECT f."id", f."slug" FROM "Meeting" m JOIN "Forum" f ON f."id" = m."forumId" GROUP BY 1, 2 ORDER BY count(*) DESC, 2 LIMIT 2`,
  );
  const strangers = await column(`
    WITH most AS (SELECT "partyId" AS id FROM "Participant" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 40),
    together AS (SELECT "firstId", "secondId", sum("meetings") AS meetings FROM derived."Tally" WHERE "grain" = 2 GROUP BY 1, 2),
    pair AS (
      SELECT a.id AS one, b.id AS other FROM most a JOIN most b ON a.id COLLATE "C" < b.id COLLATE "C" LEFT JOIN together t ON t."firstId" = a.id AND t."secondId" = b.id
      ORDER BY coalesce(t.meetings, 0), 1, 2 LIMIT 1)
    SELECT y."code" FROM pair JOIN "Party" y ON y."id" IN (pair.one, pair.other) ORDER BY 1`);
  const [organization] = await column(
    `SELECT y."code" FROM "Party" y LEFT JOIN "Participant" p ON y."id" = p."partyId" WHERE y."kind" = 'ORGANIZATION' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const [country] = await column(
    `SELECT c."code" FROM "Meeting" m JOIN "Place" l ON l."id" = m."placeId" JOIN "Party" c ON c."id" = l."stateId" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const [meeting] = await column(
    `SELECT m."slug" FROM "Meeting" m JOIN "Participant" p ON p."meetingId" = m."id" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const [host] = await column(
    `SELECT m."slug" FROM "Meeting" m JOIN "Meeting" s ON s."sidelinesOfId" = m."id" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const [document] = await column(`SELECT "documentId" FROM "Citation" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`);
  const [moment] = await column(`SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);
  return {
    parties: parties.rows.map(({ code }) => code),
    partyIds: parties.rows.map(({ id }) => id),
    strangers,
    organization,
    persons: persons.rows.map(({ slug }) => slug),
    personIds: persons.rows.map(({ id }) => id),
    forums: forums.rows.map(({ slug }) => slug),
    forumIds: forums.rows.map(({ id }) => id),
    country,
    meeting,
    host,
    document,
    meetingIds: await column(`SELECT "id" FROM "Meeting" ORDER BY "id" LIMIT 200`),
    meetingSlugs: await column(`SELECT "slug" FROM "Meeting" ORDER BY "id" LIMIT 200`),
    moment,
  };
}

const unknown = (length) => Array.from({ length }, (_, index) => `Z${(1e6 + index).toString(36).toUpperCase()}QX`);

/** What every list of parties or persons is tried with. */
const namesOf = ({ most, length }) => [
  ["unknown", unknown(length)],
  ["known", most.slice(0, length)],
  ["two", most.slice(0, 2)],
  ["one, the others unknown", [most[0], ...unknown(length - 1)]],
];

const formats = ["IN_PERSON", "VIDEO", "CALL", "PULL_ASIDE"];
const kinds = ["MULTILATERAL", "TRILATERAL", "BILATERAL", "SESSION"];
const timelineKinds = [
  "AGREEMENT",
  "ACTIVITY",
  "MILESTONE",
  "TENURE_END",
  "TENURE_START",
  "MEMBERSHIP_END",
  "MEMBERSHIP_START",
  "VISIT",
  "MEETING",
  "STATUS_CHANGE",
  "COMMITMENT",
  "COMMITMENT_DUE",
  "STATEMENT",
  "FIRST_SINCE_CLAIM",
  "PUBLICATION",
];
const gapKinds = [
  "OUTCOME_UNREPORTED",
  "MEETING_WITHOUT_STATUS",
  "MEETING_WITHOUT_DATE",
  "MEETING_DATE_INEXACT",
  "MEETING_WITHOUT_PLACE",
  "SESSION_WITHOUT_SEATS",
  "ORDINAL_MISSING",
  "SEAT_UNNAMED",
  "ACCOUNT_MISSING",
  "MEMBERSHIP_WITHOUT_START",
  "MEMBERSHIP_WITHOUT_END",
  "TENURE_WITHOUT_START",
  "TENURE_WITHOUT_END",
  "NO_SEAT_RECORDED",
  "NO_MEETING_RECORDED",
];
const searchKinds = [
  "PERSON",
  "STATE",
  "ORGANIZATION",
  "FORUM",
  "MEETING",
  "STATEMENT",
  "DOCUMENT",
  "PASSAGE",
  "AGREEMENT",
  "ACTIVITY",
  "OFFICE",
  "PLACE",
  "VISIT",
  "MILESTONE",
  "COMMITMENT",
  "CLAIM",
  "VISIT_CLAIM",
];
const searches = [
  "defence ministers",
  "ministers",
  "minister meeting cooperation dialogue country visit talks",
  "a",
  "qqqx qqqy qqqz",
  "xianglaw dialouge mnister defense cooperaton",
  "minister meeting cooperation dialogue country visit talks defence security forum",
  "India China United States Japan Moscow 2020",
  "2024",
];

const groupings = [
  "[PAIR]",
  "[PAIR, YEAR]",
  "[PAIR, KIND]",
  "[PAIR, KIND, FORMAT]",
  "[PAIR, FORMAT, STATUS]",
  "[PARTY]",
  "[PARTY, YEAR]",
  "[PARTY, FORUM]",
  "[PARTY, YEAR, STATUS]",
  "[PARTY, YEAR, FORUM]",
  "[YEAR]",
  "[FORUM, YEAR]",
  "[YEAR, KIND, STATUS]",
  "[YEAR, FORUM, STATUS]",
];

/**
 * Operations with the labels of what is worst in them.
 * @param {Facts} facts
 * @param {number} length entries of each list; as many as are accepted.
 * @returns {{ label: string, text: string, variables: Record<string, unknown> }[]}
 */
export function worstInputs(facts, length = 100) {
  const lists = {
    facts,
    ofParties: [...namesOf({ most: facts.parties, length }), ["two who hardly met", facts.strangers]],
    ofPersons: namesOf({ most: facts.persons, length }),
    length,
  };
  return [listsOfFilters, listsOfNouns, listsOfEncounters, listsOfAnswers, listsOfIds]
    .flatMap((make) => inputsOf(make, lists))
    .concat(
      [meetings, documents, parties, personsAndForums, timelines, counts, searchesAndService].flatMap((make) =>
        inputsOf(make, facts),
      ),
    );
}

/** The operations that a function adds: one by one, or one for each of several lists. */
function inputsOf(make, about) {
  const found = [];
  const add = (label, text, variables = {}) => found.push({ label, text, variables });
  const given = (label, declared, lists, text) => {
    for (const [how, list] of lists) add(`${label}: ${how}`, `query (${declared}) ${text}`, { list });
  };
  make(add, about, given);
  return found;
}

/** Filters of meetings, with lists of several makes. */
function listsOfFilters(add, { facts, ofParties, ofPersons }, given) {
  const { parties, persons } = facts;
  for (const [name, lists] of [
    ["parties", ofParties],
    ["persons", ofPersons],
  ]) {
    const asked = (rest) => `{ meetings(first: 1, filter: { ${name}: $list }${rest}`;
    given(`meetings(filter.${name})`, "$list: [String!]", lists, `${asked(") { nodes { id } } }")}`);
    given(`meetings(filter.${name}), total`, "$list: [String!]", lists, `${asked(") { totalCount } }")}`);
    given(
      `meetings(filter.${name}), by title`,
      "$list: [String!]",
      lists,
      `${asked(", orderBy: { field: TITLE, direction: ASC }) { nodes { id } } }")}`,
    );
    for (const [label, from] of [
      ["state.meetings", `state(code: "${parties[0]}") { meetings`],
      ["organization.meetings", `organization(code: "${facts.organization}") { meetings`],
      ["person.meetings", `person(slug: "${persons[0]}") { meetings`],
      ["forum.sessions", `forum(slug: "${facts.forums[0]}") { sessions`],
      ["meeting.sidelineMeetings", `meeting(slug: "${facts.host}") { sidelineMeetings`],
    ]) {
      given(
        `${label}(filter.${name})`,
        "$list: [String!]",
        lists,
        `{ ${from}(first: 1, filter: { ${name}: $list }) { nodes { id } } } }`,
      );
      given(
        `${label}(filter.${name}), total`,
        "$list: [String!]",
        lists,
        `{ ${from}(first: 1, filter: { ${name}: $list }) { totalCount } } }`,
      );
      given(
        `${label}(filter.${name}), by title`,
        "$list: [String!]",
        lists,
        `{ ${from}(first: 1, filter: { ${name}: $list }, orderBy: { field: TITLE, direction: DESC }) { nodes { id } } } }`,
      );
    }
    given(
      `visit.meetings(filter.${name})`,
      "$list: [String!]",
      lists,
      `{ person(slug: "${persons[0]}") { visits(first: 20) { nodes { meetings(first: 1, filter: { ${name}: $list }) { totalCount nodes { id } } } } } }`,
    );
    given(
      `meetingCounts(filter.${name})`,
      "$list: [String!]",
      lists,
      `{ meetingCounts(by: [YEAR], first: 1, filter: { ${name}: $list }) { totalCount } }`,
    );
    given(
      `meetingCounts(filter.${name}), pairs`,
      "$list: [String!]",
      lists,
      `{ meetingCounts(by: [PAIR, YEAR, STATUS], first: 1, filter: { ${name}: $list }) { totalCount } }`,
    );
    given(
      `meetingCounts(filter.${name}), parties`,
      "$list: [String!]",
      lists,
      `{ meetingCounts(by: [PARTY, YEAR, FORUM], first: 1, filter: { ${name}: $list }) { totalCount } }`,
    );
  }
  given(
    "meetings(filter.parties, filter.persons)",
    "$list: [String!]",
    ofParties,
    `{ meetings(first: 1, filter: { parties: $list, persons: ["${persons[0]}", "${persons[1]}"] }) { totalCount nodes { id } } }`,
  );
  add(
    "meetingCounts of one party, by pair and year",
    `{ meetingCounts(by: [PAIR, YEAR], first: 100, filter: { parties: ["${parties[0]}"] }) { totalCount nodes { count } } }`,
  );
  add(
    "meetingCounts of one party, by party, year and status",
    `{ meetingCounts(by: [PARTY, YEAR, STATUS], first: 100, filter: { parties: ["${parties[0]}"] }) { totalCount nodes { count } } }`,
  );
}

/** The last and first encounters, at each level. */
function listsOfEncounters(add, { ofParties, ofPersons }) {
  for (const [level, lists] of [
    ["PARTIES", ofParties],
    ["OFFICES, office: DEFENCE_MINISTER", ofParties],
    ["PERSONS", ofPersons],
  ]) {
    for (const [how, list] of lists) {
      const variables = { list, formats, kinds };
      const declared = "query ($list: [String!]!, $formats: [MeetingFormat!], $kinds: [MeetingKind!])";
      const asked = `between: $list, level: ${level}, formats: $formats, kinds: $kinds`;
      const encounter = "{ explanation isCertain meeting { title } contenders { title } contenderCount }";
      add(`lastMeeting(between), ${level}: ${how}`, `${declared} { lastMeeting(${asked}) { id } }`, variables);
      add(`lastMet(between), ${level}: ${how}`, `${declared} { lastMet(${asked}) ${encounter} }`, variables);
      add(
        `lastMet(between), ${level}, video: ${how}`,
        `query ($list: [String!]!) { lastMet(between: $list, level: ${level}, formats: [VIDEO]) { explanation contenderCount } }`,
        { list },
      );
      add(
        `firstMeetingSince(between), ${level}: ${how}`,
        `${declared} { firstMeetingSince(${asked}, day: "1900-01-01") ${encounter} }`,
        variables,
      );
      add(
        `firstMeetingSince(between), ${level}, video: ${how}`,
        `query ($list: [String!]!) { firstMeetingSince(between: $list, level: ${level}, day: "1900-01-01", formats: [VIDEO]) { explanation contenderCount } }`,
        { list },
      );
    }
  }
}

/** Lists of the other computed answers. */
function listsOfAnswers(add, { facts, ofParties }, given) {
  given(
    "ledger(between)",
    "$list: [String!]!",
    ofParties,
    `{ ledger(between: $list) { total announced held open addressesExpected addressesGiven fulfilment { period announced held } } }`,
  );
  given(
    "firstSinceClaims(parties)",
    "$list: [String!]",
    ofParties,
    `{ firstSinceClaims(first: 1, parties: $list) { totalCount nodes { id } } }`,
  );
  add(
    "firstSinceClaims, all that is computed",
    `query ($formats: [MeetingFormat!]) {
      firstSinceClaims(first: 20) {
        nodes { verdict(formats: $formats) explanation(formats: $formats) counterexamples(formats: $formats) { id } possibleCounterexamples(formats: $formats) { id } }
      }
    }`,
    { formats },
  );
  given(
    "jointMemberships(parties)",
    "$list: [String!]!",
    ofParties,
    `{ jointMemberships(parties: $list, asOf: "2024-06-01", rule: ANY_ROLE, includeUncertain: true) { forum { slug } memberships { role } } }`,
  );
  given(
    "jointMembershipChanges(parties)",
    "$list: [String!]!",
    ofParties,
    `{ jointMembershipChanges(parties: $list, from: "2000-01-01", to: "2024-06-01", rule: ANY_ROLE, includeUncertain: true) { kind forum { slug } before { role } after { role } } }`,
  );
  const pairs = [...ofParties, ["all", null]];
  given(
    "jointMembershipMatrix(parties)",
    "$list: [String!]",
    pairs,
    `{ jointMembershipMatrix(parties: $list, asOf: "2024-06-01", rule: ANY_ROLE, first: 100) { totalCount nodes { count } } }`,
  );
  // The rule takes at most 40 parties.
  for (const [how, asked] of [
    ["parties", ""],
    ["ministers", "office: DEFENCE_MINISTER, "],
    ["leaders", "rank: LEADER, "],
    [
      "of all kinds and formats",
      "kinds: [BILATERAL, TRILATERAL, MULTILATERAL, SESSION], formats: [IN_PERSON, VIDEO, CALL, PULL_ASIDE], ",
    ],
  ])
    given(
      `unmetPairs(parties), ${how}`,
      "$list: [String!]!",
      ofParties.map(([label, list]) => [label, list.slice(0, 40)]),
      `{ unmetPairs(parties: $list, ${asked}first: 100) { totalCount nodes { explanation possibleCount possible { title } } } }`,
    );
  given(
    "jointMembershipMatrix(parties), forums",
    "$list: [String!]",
    pairs,
    `{ jointMembershipMatrix(parties: $list, asOf: "2024-06-01", rule: ANY_ROLE, first: 100) { nodes { count parties { code } forums { slug } } } }`,
  );
  given(
    "jointMembershipMatrixChanges(parties)",
    "$list: [String!]",
    pairs,
    `{ jointMembershipMatrixChanges(parties: $list, from: "2000-01-01", to: "2024-06-01", rule: ANY_ROLE, first: 100) { totalCount nodes { before after } } }`,
  );
  given(
    "jointMembershipMatrixChanges(parties), forums",
    "$list: [String!]",
    pairs,
    `{ jointMembershipMatrixChanges(parties: $list, from: "2000-01-01", to: "2024-06-01", rule: ANY_ROLE, first: 50) { nodes { parties { code } gained { slug } lost { slug } roleChanged { slug } } } }`,
  );
  given(
    "officeHolders(parties)",
    "$list: [String!]",
    pairs,
    `{ officeHolders(parties: $list, asOf: "2024-06-01", first: 100) { totalCount nodes { occupancy office { title } holders { person { name } } possibleHolders { person { name } } } } }`,
  );
  for (const [label, of] of [
    ["party", facts.partyIds[0]],
    ["person", facts.personIds[0]],
  ]) {
    given(
      `timeline(kinds) of a ${label}`,
      "$list: [TimelineKind!]",
      [
        ["all", timelineKinds],
        ["status changes", ["STATUS_CHANGE"]],
        ["meetings", ["MEETING"]],
      ],
      `{ timeline(of: "${of}", kinds: $list, first: 1) { totalCount nodes { on } } }`,
    );
    given(
      `timeline(kinds) of a ${label}, one entry`,
      "$list: [TimelineKind!]",
      [
        ["all", timelineKinds],
        ["status changes", ["STATUS_CHANGE"]],
      ],
      `{ timeline(of: "${of}", kinds: $list, first: 1) { nodes { on } } }`,
    );
    given(
      `gaps(kinds) of a ${label}`,
      "$list: [GapKind!]",
      [
        ["all", gapKinds],
        ["seats", ["SEAT_UNNAMED"]],
      ],
      `{ gaps(of: "${of}", kinds: $list, asOf: "2026-01-01", first: 1) { totalCount nodes { kind } } }`,
    );
  }
  given(
    "search(kinds)",
    "$list: [SearchKind!]",
    [
      ["all", searchKinds],
      ["passages", ["PASSAGE"]],
      ["meetings", ["MEETING"]],
    ],
    `{ search(query: "defence ministers meeting", kinds: $list, first: 1) { totalCount nodes { kind } } }`,
  );
  given(
    "suggestions(kinds)",
    "$list: [SearchKind!]",
    [
      ["all", searchKinds],
      ["persons", ["PERSON"]],
    ],
    `{ suggestions(prefix: "ma", kinds: $list, first: 1) { totalCount nodes { kind } } }`,
  );
}

/** The topics of records, as many as there may be entries. */
const ofTopics = (length) => [
  ["one", ["maritime-security"]],
  ["many", Array.from({ length }, (_, index) => (index % 2 === 0 ? "maritime-security" : "cyber"))],
];

/** Lists of parties and topics in filters of agreements, activities, statements and meetings. */
function listsOfNouns(add, { facts, length, ofParties }, given) {
  const { parties, persons } = facts;
  for (const [label, from, end] of [
    ["agreements", "agreements", ""],
    ["activities", "activities", ""],
    ["state.agreements", `state(code: "${parties[0]}") { agreements`, " }"],
    ["state.activities", `state(code: "${parties[0]}") { activities`, " }"],
    ["organization.agreements", `organization(code: "${facts.organization}") { agreements`, " }"],
    ["organization.activities", `organization(code: "${facts.organization}") { activities`, " }"],
    ["person.agreements", `person(slug: "${persons[0]}") { agreements`, " }"],
    ["forum.activities", `forum(slug: "${facts.forums[0]}") { activities`, " }"],
    ["meeting.agreements", `meeting(slug: "${facts.meeting}") { agreements`, " }"],
    ["agreement.children", `agreement(key: "none") { children`, " }"],
    ["agreement.activities", `agreement(key: "none") { activities`, " }"],
  ])
    for (const [name, lists] of [
      ["parties", ofParties],
      ["topics", ofTopics(length)],
    ])
      given(
        `${label}(filter.${name})`,
        "$list: [String!]",
        lists,
        `{ ${from}(first: 1, filter: { ${name}: $list }) { totalCount nodes { id } }${end} }`,
      );
  given(
    "commitments(filter.parties)",
    "$list: [String!]",
    ofParties,
    `{ commitments(first: 1, filter: { parties: $list }) { totalCount nodes { id } } }`,
  );
  for (const [label, from, end] of [
    ["statements", "statements", ""],
    ["person.statements", `person(slug: "${persons[0]}") { statements`, " }"],
    ["meeting.statements", `meeting(slug: "${facts.meeting}") { statements`, " }"],
    ["meetings", "meetings", ""],
    ["state.meetings", `state(code: "${parties[0]}") { meetings`, " }"],
    ["organization.meetings", `organization(code: "${facts.organization}") { meetings`, " }"],
    ["person.meetings", `person(slug: "${persons[0]}") { meetings`, " }"],
    ["forum.sessions", `forum(slug: "${facts.forums[0]}") { sessions`, " }"],
    ["meeting.sidelineMeetings", `meeting(slug: "${facts.host}") { sidelineMeetings`, " }"],
    ["visit.meetings", `person(slug: "${persons[0]}") { visits(first: 20) { nodes { meetings`, " } } }"],
  ])
    given(
      `${label}(filter.topics)`,
      "$list: [String!]",
      ofTopics(length),
      `{ ${from}(first: 1, filter: { topics: $list }) { totalCount nodes { id } }${end} }`,
    );
  given(
    "meetingCounts(filter.topics)",
    "$list: [String!]",
    ofTopics(length),
    `{ meetingCounts(by: [YEAR], first: 1, filter: { topics: $list, parties: ["${parties[0]}"] }) { totalCount } }`,
  );
}

/** Lists of ids and of keys. */
function listsOfIds(add, { facts, length }, given) {
  given(
    "nodes(ids)",
    "$list: [ID!]!",
    [
      ["known", facts.meetingIds.slice(0, length)],
      ["repeated", Array(length).fill(facts.meetingIds[0])],
      ["unknown", unknown(length).map((name) => `mtg_${name}`)],
      ["of another kind", unknown(length)],
    ],
    `{ nodes(ids: $list) { id ... on Meeting { title status } } }`,
  );
  const entities = [
    ["known", facts.meetingSlugs.slice(0, length).map((slug) => ({ __typename: "Meeting", slug }))],
    ["unknown", unknown(length).map((slug) => ({ __typename: "Person", slug }))],
  ];
  given(
    "_entities(representations)",
    "$list: [_Any!]!",
    entities,
    `{ _entities(representations: $list) { __typename ... on Meeting { title } } }`,
  );
}

/** The meetings root field and one meeting, with as much as they return. */
function meetings(add, { partyIds, forums, country, meeting, host }) {
  const meetingNodes = "nodes { id slug title on }";
  add(
    "names without a record, in every argument",
    `{ meetings(first: 1, filter: { parties: ["Nbody", "Idnia"], persons: ["No Body"], forum: "Frum of none", onSidelinesOf: "Sidelnes", country: "Atlantys" }) { nodes { id } } }`,
  );
  add("meetings", `{ meetings(first: 100) { totalCount ${meetingNodes} } }`);
  add("meetings, total", `{ meetings(first: 1) { totalCount } }`);
  add(
    "meetings, with seats",
    `{ meetings(first: 20) { nodes { title on participants(first: 100) { nodes { role party { code } person { name } office { title } } } } } }`,
  );
  add(
    "meetings, offices checked",
    `{ meetings(first: 10) { nodes { participants(first: 50) { nodes { inOffice { verdict } isOfficeDoubtful } } } } }`,
  );
  add(
    "meetings, representation",
    `{ meetings(first: 100) { nodes { representation { seats heads ministers deputies others unknown expected } } } }`,
  );
  add("meetings of a country, total", `{ meetings(first: 1, filter: { country: "${country}" }) { totalCount } }`);
  for (const direction of ["first", "last"]) {
    add(
      `meetings of a country, forum and format, ${direction}`,
      `{ meetings(${direction}: 100, filter: { country: "${country}", format: VIDEO, forum: "${forums[0]}" }) { totalCount ${meetingNodes} } }`,
    );
    add(
      `meetings by title, ${direction}`,
      `{ meetings(${direction}: 100, orderBy: { field: TITLE, direction: ASC }) { ${meetingNodes} } }`,
    );
  }
  add(
    "meetings on the sidelines of a forum",
    `{ meetings(first: 100, filter: { onSidelinesOf: "${forums[0]}" }) { totalCount ${meetingNodes} } }`,
  );
  add(
    "meetings on the sidelines of a forum, by title",
    `{ meetings(first: 1, filter: { onSidelinesOf: "${forums[0]}" }, orderBy: { field: TITLE, direction: DESC }) { nodes { id } } }`,
  );
  for (const filter of [
    `status: POSTPONED, kind: TRILATERAL, format: CALL, country: "${country}"`,
    "status: DECLINED, kind: SESSION",
    "format: PULL_ASIDE",
    `country: "ATA"`,
    `forum: "none"`,
  ]) {
    add(
      `meetings, few of { ${filter} }`,
      `{ meetings(first: 100, filter: { ${filter} }) { totalCount ${meetingNodes} } }`,
    );
    add(
      `meetings by title, few of { ${filter} }`,
      `{ meetings(first: 100, filter: { ${filter} }, orderBy: { field: TITLE, direction: ASC }) { ${meetingNodes} } }`,
    );
  }
  add(
    "meetings during a day of long ago",
    `{ meetings(first: 100, filter: { during: { from: "1900-01-01", to: "1900-01-01" } }) { totalCount ${meetingNodes} } }`,
  );
  add(
    "meetings during all days, by title",
    `{ meetings(first: 100, filter: { during: { from: "1900-01-01", to: "2100-01-01" } }, orderBy: { field: TITLE, direction: ASC }) { totalCount ${meetingNodes} } }`,
  );
  add(
    "meeting",
    `{ meeting(slug: "${meeting}") { title participants(first: 100) { nodes { party { code } person { name } citations(first: 5) { nodes { passage { quote } } } } } } }`,
  );
  add(
    "meeting, all that is computed",
    `{ meeting(slug: "${host}") { representation { seats } ledger { total held entries(first: 100) { totalCount nodes { status isOpen } } } sidelineMeetings(first: 100) { totalCount } } }`,
  );
  add(
    "meeting, history",
    `{ meeting(slug: "${meeting}") { version history(first: 20) { totalCount nodes { fields { field before after } } } } }`,
  );
  add(
    "node",
    `{ node(id: "${partyIds[0]}") { ... on State { name meetings(first: 100) { totalCount nodes { title } } } } }`,
  );
  add("identified", `{ identified(scheme: WIKIDATA, value: "Q668") { id ... on State { name } } }`);
  add(
    "node as known",
    `{ nodeAsKnown(id: "${partyIds[0]}") { ... on State { name meetings(first: 100) { totalCount nodes { title } } } } }`,
  );
}

/** Documents. */
function documents(add, { partyIds, document }) {
  add("documents", `{ documents(first: 100) { totalCount nodes { title publisher } } }`);
  add(
    "documents of a kind and publisher",
    `{ documents(first: 100, filter: { kind: JOINT_STATEMENT, publisher: "none", published: { from: "1990-01-01" } }) { totalCount nodes { title publisher } } }`,
  );
  add("documents, texts", `{ documents(first: 100) { nodes { text } } }`);
  add(
    "document, citations",
    `{ document(id: "${document}") { title text citations(first: 100) { totalCount nodes { passage { quote } subject { __typename } } } } }`,
  );
  add(
    "document, citations that name a record",
    `{ document(id: "${document}") { citations(first: 100, filter: { naming: "${partyIds[0]}", hasPassage: true }) { totalCount nodes { id } } } }`,
  );
}

/** States and organizations. */
function parties(add, { parties: codes, organization, country }) {
  const [most] = codes;
  add("states", `{ states(first: 100) { totalCount nodes { name names { text } } } }`);
  add("states, meetings", `{ states(first: 100) { nodes { meetings(first: 1) { nodes { title } } } } }`);
  add("state", `{ state(code: "${most}") { name meetings(first: 100) { totalCount nodes { title } } } }`);
  add(
    "state, meetings by title",
    `{ state(code: "${most}") { meetings(first: 100, orderBy: { field: TITLE, direction: ASC }) { totalCount nodes { title } } } }`,
  );
  add(
    "state, few meetings",
    `{ state(code: "${most}") { meetings(first: 100, filter: { status: POSTPONED, kind: TRILATERAL, country: "${country}" }) { totalCount nodes { title } } } }`,
  );
  add("state, ledger", `{ state(code: "${most}") { ledger { total announced held open fulfilment { period } } } }`);
  add(
    "state, ledger entries",
    `{ state(code: "${most}") { ledger { entries(first: 100, status: CANCELLED) { totalCount nodes { status announcedBy { status } confirmedBy { status } } } } } }`,
  );
  add(
    "state, offices and vacancies",
    `{ state(code: "${most}") { offices { title vacancies { from } tenures { since } } } }`,
  );
  add(
    "state, memberships",
    `{ state(code: "${most}") { memberships(first: 100, asOf: "2024-06-01", includeUncertain: true) { totalCount nodes { role forum { slug } } } citations(first: 100) { totalCount } } }`,
  );
  add(
    "organization",
    `{ organization(code: "${organization}") { name meetings(first: 100) { totalCount nodes { title } } ledger { total held } } }`,
  );
  add("party", `{ party(code: "${most}") { name meetings(first: 100) { totalCount nodes { title } } } }`);
}

/** Persons, forums and milestones. */
function personsAndForums(add, { persons, forums, country }) {
  add(
    "person",
    `{ person(slug: "${persons[0]}") { name meetings(first: 100) { totalCount nodes { title } } tenures { since } statements(first: 100) { totalCount } visits(first: 100) { totalCount } } }`,
  );
  add(
    "person, few meetings",
    `{ person(slug: "${persons[0]}") { meetings(first: 100, filter: { status: POSTPONED, kind: TRILATERAL, country: "${country}" }) { totalCount nodes { title } } } }`,
  );
  add(
    "person, meetings by title",
    `{ person(slug: "${persons[0]}") { meetings(first: 100, orderBy: { field: TITLE, direction: ASC }) { totalCount nodes { title } } } }`,
  );
  add("persons", `{ persons(first: 100) { totalCount nodes { name } } }`);
  add("persons, meetings", `{ persons(first: 100) { nodes { meetings(first: 1) { totalCount nodes { title } } } } }`);
  add("forums", `{ forums(first: 100) { totalCount nodes { name } } }`);
  add(
    "forums, members",
    `{ forums(first: 50) { nodes { memberships(first: 100, asOf: "2024-06-01") { totalCount nodes { role } } sessions(first: 1) { totalCount } } } }`,
  );
  add(
    "forum",
    `{ forum(slug: "${forums[0]}") { sessions(first: 100) { totalCount nodes { on representation { seats heads ministers } } } } }`,
  );
  add(
    "forum, sessions by title",
    `{ forum(slug: "${forums[0]}") { sessions(first: 100, orderBy: { field: TITLE, direction: ASC }) { nodes { title } } } }`,
  );
  add(
    "forum, session",
    `{ forum(slug: "${forums[0]}") { session(on: "2024-06-01") { title } conflicts { id } citations(first: 100) { totalCount } } }`,
  );
  add(
    "forum, ledger",
    `{ forum(slug: "${forums[0]}") { ledger { total announced held open addressesExpected addressesGiven fulfilment(by: MONTH) { period announced } entries(first: 100) { totalCount } } } }`,
  );
  add("agreements", `{ agreements(first: 100) { totalCount nodes { title status } } }`);
  // Of the desk: a service has few reports there, and editors alone read them.
  add("submission", `{ submission(id: "sub_aaaaaaaaaaaaaaaa") { title proposals { quote } } }`);
  add("submissions", `{ submissions(first: 100, filter: { state: OPEN }) { totalCount nodes { title } } }`);
  add("drafts", `{ drafts(first: 100, filter: { recordType: "Meeting" }) { totalCount nodes { title } } }`);
  add("mistakeReports", `{ mistakeReports(first: 100, filter: { isOpen: true }) { totalCount nodes { path } } }`);
  add("activities", `{ activities(first: 100) { totalCount nodes { title status } } }`);
  add("agreement", `{ agreement(key: "none") { title status } }`);
  add("activity", `{ activity(key: "none") { title status } }`);
  add("topics", `{ topics { key description } }`);
  add("statements", `{ statements(first: 100) { totalCount nodes { text } } }`);
  add("commitments", `{ commitments(first: 100) { totalCount nodes { summary } } }`);
  add("visits", `{ visits(first: 100) { totalCount nodes { status } } }`);
  add("visits(filter.status)", `{ visits(first: 100, filter: { status: MADE }) { totalCount nodes { status } } }`);
  add("milestones", `{ milestones(first: 100) { totalCount nodes { label } } }`);
}

/** Timelines, coverage and gaps, and the last meeting. */
function timelines(add, { parties: codes, partyIds, personIds, forumIds, document }) {
  add("lastMeeting", `{ lastMeeting(between: ["${codes[0]}", "${codes[1]}"], level: PARTIES) { id } }`);
  for (const [label, [of, other]] of [
    ["party", partyIds],
    ["person", personIds],
    ["forum", [forumIds[0]]],
    ["document", [document]],
  ]) {
    if (label !== "document") {
      add(`coverage of a ${label}`, `{ coverage(of: "${of}", asOf: "2026-01-01") { kind count } }`);
      add(
        `gaps of a ${label}`,
        `{ gaps(of: "${of}", asOf: "2026-01-01", first: 100) { totalCount nodes { kind sentence subject { __typename } } } }`,
      );
      add(`gaps of a ${label}, one`, `{ gaps(of: "${of}", asOf: "2026-01-01", first: 1) { nodes { kind } } }`);
    }
    add(
      `timeline of a ${label}`,
      `{ timeline(of: "${of}", first: 100) { totalCount nodes { on summary entry { __typename } } } }`,
    );
    add(`timeline of a ${label}, one entry`, `{ timeline(of: "${of}", first: 1) { nodes { on } } }`);
    add(
      `timeline of a ${label}, the last`,
      `{ timeline(of: "${of}", last: 100, during: { from: "1950-01-01", to: "2026-01-01" }) { nodes { on summary } } }`,
    );
    if (!other) continue;
    add(
      `timeline of two of a kind, a ${label}`,
      `{ timeline(of: "${of}", with: "${other}", first: 100) { totalCount nodes { on summary } } }`,
    );
    add(
      `timeline of two of a kind, a ${label}, one entry`,
      `{ timeline(of: "${of}", with: "${other}", first: 1) { nodes { on } } }`,
    );
    add(
      `coverage of two of a kind, a ${label}`,
      `{ coverage(of: "${of}", with: "${other}", asOf: "2026-01-01") { kind count } }`,
    );
    add(
      `gaps of two of a kind, a ${label}`,
      `{ gaps(of: "${of}", with: "${other}", asOf: "2026-01-01", first: 100) { totalCount nodes { kind sentence } } }`,
    );
  }
  add(
    "timeline of a party and a person",
    `{ timeline(of: "${partyIds[0]}", with: "${personIds[0]}", first: 100) { totalCount nodes { on summary } } }`,
  );
}

/** Counts of meetings. */
function counts(add, { country, forums }) {
  for (const by of groupings) {
    add(`meetingCounts by ${by}`, `{ meetingCounts(by: ${by}, first: 100) { totalCount nodes { count } } }`);
    add(`meetingCounts by ${by}, one`, `{ meetingCounts(by: ${by}, first: 1) { nodes { count } } }`);
    add(
      `meetingCounts by ${by}, in the order of groups`,
      `{ meetingCounts(by: ${by}, orderBy: GROUP, first: 1) { nodes { count parties { code } } } }`,
    );
  }
  for (const by of ["[PAIR, FORUM]", "[PAIR, YEAR, FORUM]", "[PARTY, YEAR, FORUM]", "[YEAR]"]) {
    for (const [label, filter] of [
      ["during a year", `during: { from: "2024-01-01", to: "2024-12-31" }`],
      ["in a country", `country: "${country}"`],
      ["of a forum", `forum: "${forums[0]}"`],
      ["on the sidelines of a forum", `onSidelinesOf: "${forums[0]}"`],
    ]) {
      add(
        `meetingCounts by ${by}, ${label}`,
        `{ meetingCounts(by: ${by}, first: 20, filter: { ${filter} }) { totalCount nodes { count } } }`,
      );
    }
  }
  add(
    "meetingCounts by [YEAR], during all days",
    `{ meetingCounts(by: [YEAR], first: 20, filter: { during: { from: "1900-01-01" } }) { totalCount nodes { count } } }`,
  );
  add(
    "meetingCounts by [PAIR], of a kind, format and status",
    `{ meetingCounts(by: [PAIR], first: 20, filter: { kind: BILATERAL, format: IN_PERSON, status: HELD }) { totalCount nodes { count } } }`,
  );
}

/** Searches, the history and the service. */
function searchesAndService(add, { partyIds, meetingIds }) {
  for (const prefix of ["a", "ma", "minister", "2024", "xianglaw dialouge"]) {
    add(
      `suggestions "${prefix}"`,
      `query ($prefix: String!) { suggestions(prefix: $prefix, first: 20) { totalCount nodes { kind text match { __typename } } } }`,
      { prefix },
    );
  }
  for (const query of searches) {
    add(
      `search "${query}"`,
      `query ($query: String!) { search(query: $query, first: 20) { totalCount nodes { kind match { __typename } } } }`,
      { query },
    );
    add(`search "${query}", one`, `query ($query: String!) { search(query: $query, first: 1) { nodes { kind } } }`, {
      query,
    });
    add(
      `search "${query}", snippets`,
      `query ($query: String!) { search(query: $query, first: 40) { nodes { snippet } } }`,
      { query },
    );
    add(
      `search "${query}", highlights`,
      `query ($query: String!) { search(query: $query, first: 40) { nodes { snippet snippetStart highlights { start end } didYouMean } } }`,
      { query },
    );
  }
  add("conflicts", `{ conflicts(first: 100) { totalCount nodes { id } } }`);
  add(
    "conflicts about a meeting",
    `{ conflicts(first: 100, filter: { about: "${meetingIds[0]}", isOpen: true, subject: MEETING }) { totalCount nodes { id follows { value } } } }`,
  );
  add(
    "contradictions",
    `{ contradictions(first: 100) { totalCount nodes { kind supporting { id } disputing { id } } } }`,
  );
  add(
    "duplicates",
    `{ duplicates(first: 100) { totalCount nodes { kind strength points evidence record { version } other { version } dismissal { at } } } }`,
  );
  add(
    "duplicates of each kind",
    `{ duplicates(first: 100, filter: { kinds: [DOCUMENT, STATE, ORGANIZATION, PERSON, FORUM, MEETING, VISIT, AGREEMENT, ACTIVITY] }) { nodes { kind } } }`,
  );
  add("contradictions, one", `{ contradictions(first: 1) { nodes { kind } } }`);
  add("corrections", `{ corrections(first: 100) { totalCount nodes { kind at } } }`);
  add("corrections of a party", `{ corrections(first: 100, of: "${partyIds[0]}") { totalCount nodes { kind at } } }`);
  add(
    "corrections, changes",
    `{ corrections(first: 10) { nodes { changes(first: 10) { nodes { title fields { field before after } } } } } }`,
  );
  add(
    "service",
    `{ service { version recordVersion counts { documents meetings participants memberships persons states forums citations } } }`,
  );
  add("rateLimit and viewer", `{ rateLimit { cost } viewer { name scopes } }`);
  add("_service", `{ _service { sdl } }`);
}

/**
 * The same operations as of a moment, those of them that can be asked so. Their statements are not kept prepared.
 * @param {ReturnType<typeof worstInputs>} inputs
 * @param {import("graphql").GraphQLSchema} schema
 * @param {string} moment
 */
export function asOf(inputs, schema, moment) {
  const fields = schema.getQueryType().getFields();
  return inputs.flatMap((input) => {
    let isChanged = false;
    const document = visit(parse(input.text), {
      OperationDefinition: (operation) => ({
        ...operation,
        selectionSet: {
          ...operation.selectionSet,
          selections: operation.selectionSet.selections.map((field) => {
            if (!fields[field.name.value]?.args.some(({ name }) => name === "knownAt")) return field;
            isChanged = true;
            const argument = {
              kind: Kind.ARGUMENT,
              name: { kind: Kind.NAME, value: "knownAt" },
              value: { kind: Kind.STRING, value: moment },
            };
            return { ...field, arguments: [...(field.arguments ?? []), argument] };
          }),
        },
      }),
    });
    return isChanged
      ? [{ ...input, label: `${input.label}, as of a moment`, text: print(document), isPrepared: false }]
      : [];
  });
}
