// The worst input that each root field accepts: those of whom there is most, the longest lists, names that nobody bears.

const none = (length) => Array.from({ length }, (_, index) => `Z${(1e6 + index).toString(36).toUpperCase()}QX`);

/** What every list of parties or persons is tried with. */
const listsOf = ({ most, length }) => [
  ["nobody's", none(length)],
  ["known", most.slice(0, length)],
  ["two", most.slice(0, 2)],
  ["one, and nobody's", [most[0], ...none(length - 1)]],
];

/**
 * Operations with the labels of what is worst in them.
 * @param database what runs a query of SQL.
 * @param length entries of each list.
 * @returns {Promise<{ label: string, text: string, variables: Record<string, unknown> }[]>}
 */
export async function worstInputs(database, length = 100) {
  const column = async (text) => (await database.query({ text, rowMode: "array" })).rows.map(([value]) => value);
  const parties = await column(`SELECT y."code" FROM "Participant" p JOIN "Party" y ON y."id" = p."partyId" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 200`);
  const partyIds = await column(`SELECT "partyId" FROM "Participant" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2`);
  const persons = await column(`SELECT y."slug" FROM "Participant" p JOIN "Person" y ON y."id" = p."personId" GROUP BY y."slug" ORDER BY count(*) DESC, 1 LIMIT 200`);
  const [person] = await column(`SELECT "personId" FROM "Participant" WHERE "personId" IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`);
  const forums = await column(`SELECT f."slug" FROM "Meeting" m JOIN "Forum" f ON f."id" = m."forumId" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2`);
  const [forumId] = await column(`SELECT "forumId" FROM "Meeting" WHERE "forumId" IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`);
  const [country] = await column(`SELECT c."code" FROM "Meeting" m JOIN "Place" l ON l."id" = m."placeId" JOIN "Party" c ON c."id" = l."stateId" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`);
  const [busiest] = await column(`SELECT m."slug" FROM "Meeting" m JOIN "Participant" p ON p."meetingId" = m."id" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`);
  const [document] = await column(`SELECT "documentId" FROM "Citation" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`);
  const meetings = await column(`SELECT "id" FROM "Meeting" ORDER BY "id" LIMIT 200`);
  const slugs = await column(`SELECT "slug" FROM "Meeting" ORDER BY "id" LIMIT 200`);
  const found = [];
  const add = (label, text, variables = {}) => found.push({ label, text, variables });
  const given = (label, declared, lists, text, others = {}) => {
    for (const [how, list] of lists) add(`${label}: ${how}`, `query (${declared}) ${text}`, { list, ...others });
  };
  const ofParties = listsOf({ most: parties, length });
  const ofPersons = listsOf({ most: persons, length });
  const meetingNodes = "nodes { id slug title on }";

  // Lists in arguments.
  given("meetings(filter.parties)", "$list: [String!]", ofParties, `{ meetings(first: 1, filter: { parties: $list }) { nodes { id } } }`);
  given("meetings(filter.parties), total", "$list: [String!]", ofParties, `{ meetings(first: 1, filter: { parties: $list }) { totalCount } }`);
  given("meetings(filter.parties), by title", "$list: [String!]", ofParties, `{ meetings(first: 1, filter: { parties: $list }, orderBy: { field: TITLE, direction: ASC }) { nodes { id } } }`);
  given("meetings(filter.persons)", "$list: [String!]", ofPersons, `{ meetings(first: 1, filter: { persons: $list }) { nodes { id } } }`);
  given("meetings(filter.persons), total", "$list: [String!]", ofPersons, `{ meetings(first: 1, filter: { persons: $list }) { totalCount } }`);
  given("meetings(filter.persons), knownAt", "$list: [String!]", ofPersons, `{ meetings(first: 1, filter: { persons: $list }, knownAt: "2026-11-01T00:00:00Z") { nodes { id } } }`);
  given("state.meetings(filter.persons)", "$list: [String!]", ofPersons, `{ state(code: "${parties[0]}") { meetings(first: 1, filter: { persons: $list }) { nodes { id } } } }`);
  given("meetingCounts(filter.parties)", "$list: [String!]", ofParties, `{ meetingCounts(by: [YEAR], first: 1, filter: { parties: $list }) { totalCount } }`);
  given("meetingCounts(filter.parties), pairs", "$list: [String!]", ofParties, `{ meetingCounts(by: [PAIR, YEAR, STATUS], first: 1, filter: { parties: $list }) { totalCount } }`);
  given("meetingCounts(filter.persons)", "$list: [String!]", ofPersons, `{ meetingCounts(by: [PARTY, YEAR], first: 1, filter: { persons: $list }) { totalCount } }`);
  for (const [level, lists] of [["PARTIES", ofParties], ["OFFICES, office: DEFENCE_MINISTER", ofParties], ["PERSONS", ofPersons]]) {
    for (const [how, list] of lists) {
      const variables = { list: list.length < 2 ? [...list, "X"] : list };
      add(`lastMeeting(between), ${level}: ${how}`, `query ($list: [String!]!) { lastMeeting(between: $list, level: ${level}) { id } }`, variables);
      add(`lastMet(between), ${level}: ${how}`, `query ($list: [String!]!) { lastMet(between: $list, level: ${level}, formats: [VIDEO]) { explanation contenderCount } }`, variables);
      add(`firstMeetingSince(between), ${level}: ${how}`, `query ($list: [String!]!) { firstMeetingSince(between: $list, level: ${level}, day: "1900-01-01", formats: [VIDEO]) { explanation contenderCount } }`, variables);
    }
  }
  given("ledger(between)", "$list: [String!]!", ofParties, `{ ledger(between: $list) { total announced held open addressesExpected addressesGiven fulfilment { period announced held } } }`);
  given("firstSinceClaims(parties)", "$list: [String!]", ofParties, `{ firstSinceClaims(first: 1, parties: $list) { totalCount nodes { id } } }`);
  given("jointMemberships(parties)", "$list: [String!]!", ofParties, `{ jointMemberships(parties: $list, asOf: "2024-06-01", rule: ANY_ROLE, includeUncertain: true) { forum { slug } } }`);
  given("jointMembershipChanges(parties)", "$list: [String!]!", ofParties, `{ jointMembershipChanges(parties: $list, from: "2000-01-01", to: "2024-06-01", rule: ANY_ROLE, includeUncertain: true) { kind } }`);
  given("jointMembershipMatrix(parties)", "$list: [String!]", ofParties, `{ jointMembershipMatrix(parties: $list, asOf: "2024-06-01", rule: ANY_ROLE, first: 100) { totalCount nodes { count } } }`);
  given("jointMembershipMatrixChanges(parties)", "$list: [String!]", ofParties, `{ jointMembershipMatrixChanges(parties: $list, from: "2000-01-01", to: "2024-06-01", rule: ANY_ROLE, first: 100) { totalCount } }`);
  given("officeHolders(parties)", "$list: [String!]", ofParties, `{ officeHolders(parties: $list, asOf: "2024-06-01", first: 100) { totalCount nodes { office { title } } } }`);
  given("nodes(ids)", "$list: [ID!]!", [["known", meetings.slice(0, length)], ["repeated", Array(length).fill(meetings[0])], ["nobody's", none(length).map((name) => `mtg_${name}`)]], `{ nodes(ids: $list) { id } }`);
  given("_entities(representations)", "$list: [_Any!]!", [["known", slugs.slice(0, length).map((slug) => ({ __typename: "Meeting", slug }))], ["nobody's", none(length).map((slug) => ({ __typename: "Person", slug }))]], `{ _entities(representations: $list) { __typename } }`);
  given("timeline(kinds)", "$list: [TimelineKind!]", [["all", ["MEETING", "STATUS_CHANGE", "MILESTONE", "TENURE_BEGIN", "MEMBERSHIP_BEGIN", "VISIT"]]], `{ timeline(of: "${partyIds[0]}", kinds: $list, first: 1) { totalCount nodes { on } } }`);
  add("names that nobody bears, in every argument", `{ meetings(first: 1, filter: { parties: ["Nbody", "Idnia"], persons: ["No Body"], forum: "Frum of none", onSidelinesOf: "Sidelnes", country: "Atlantys" }) { nodes { id } } }`);

  // Root fields, asked for as much as they give.
  add("meetings", `{ meetings(first: 100) { totalCount ${meetingNodes} } }`);
  add("meetings, with seats", `{ meetings(first: 50) { nodes { title on participants(first: 100) { nodes { role party { code name } person { name } office { title } } } } } }`);
  add("meetings of a country, total", `{ meetings(first: 1, filter: { country: "${country}" }) { totalCount } }`);
  add("meetings of a country, forum and format, last", `{ meetings(last: 100, filter: { country: "${country}", format: VIDEO, forum: "${forums[0]}" }) { totalCount ${meetingNodes} } }`);
  add("meetings on the sidelines of a forum", `{ meetings(first: 100, filter: { onSidelinesOf: "${forums[0]}" }) { totalCount ${meetingNodes} } }`);
  add("meetings of a status and kind, none", `{ meetings(first: 100, filter: { status: POSTPONED, kind: CALL, format: AUDIO, country: "${country}" }) { totalCount ${meetingNodes} } }`);
  add("meetings, by title", `{ meetings(first: 100, orderBy: { field: TITLE, direction: ASC }) { ${meetingNodes} } }`);
  add("meetings, as known at a moment", `{ meetings(first: 100, knownAt: "2026-11-01T00:00:00Z") { totalCount ${meetingNodes} } }`);
  add("meeting", `{ meeting(slug: "${busiest}") { title participants(first: 100) { nodes { party { code } person { name } citations(first: 5) { nodes { passage { quote } } } } } } }`);
  add("documents", `{ documents(first: 100) { totalCount nodes { title publisher } } }`);
  add("documents, texts", `{ documents(first: 100) { nodes { text } } }`);
  add("document, citations", `{ document(id: "${document}") { title text citations(first: 100) { totalCount nodes { passage { quote } subject { __typename } } } } }`);
  add("states", `{ states(first: 100) { totalCount nodes { name names { text } } } }`);
  add("state", `{ state(code: "${parties[0]}") { name meetings(first: 100) { totalCount nodes { title } } } }`);
  add("state, ledger", `{ state(code: "${parties[0]}") { ledger { total announced held open fulfilment { period } } } }`);
  add("state, offices and vacancies", `{ state(code: "${parties[0]}") { offices(first: 100) { nodes { title vacancies { from } } } } }`);
  add("party", `{ party(code: "${parties[0]}") { name } }`);
  add("person", `{ person(slug: "${persons[0]}") { name meetings(first: 100) { totalCount nodes { title } } } }`);
  add("persons", `{ persons(first: 100) { totalCount nodes { name } } }`);
  add("forums", `{ forums(first: 100) { totalCount nodes { name } } }`);
  add("forum", `{ forum(slug: "${forums[0]}") { sessions(first: 100) { totalCount nodes { on representation { seats heads ministers } } } } }`);
  add("forum, ledger", `{ forum(slug: "${forums[0]}") { ledger { total announced held open } } }`);
  add("milestones", `{ milestones(first: 100) { totalCount nodes { label } } }`);
  add("lastMeeting", `{ lastMeeting(between: ["${parties[0]}", "${parties[1]}"], level: PARTIES) { id } }`);
  for (const [label, of] of [["party", partyIds[0]], ["person", person], ["forum", forumId]]) {
    add(`timeline of a ${label}`, `{ timeline(of: "${of}", first: 100) { totalCount nodes { on summary entry { __typename } } } }`);
    add(`coverage of a ${label}`, `{ coverage(of: "${of}", asOf: "2026-01-01") { kind count } }`);
    add(`gaps of a ${label}`, `{ gaps(of: "${of}", asOf: "2026-01-01", first: 100) { totalCount nodes { kind summary } } }`);
  }
  add("timeline of two", `{ timeline(of: "${partyIds[0]}", with: "${partyIds[1]}", first: 100) { totalCount nodes { on summary } } }`);
  add("coverage of two", `{ coverage(of: "${partyIds[0]}", with: "${partyIds[1]}", asOf: "2026-01-01") { kind count } }`);
  for (const by of ["[PAIR]", "[PAIR, YEAR]", "[PARTY]", "[PARTY, YEAR, STATUS]", "[FORUM, YEAR]"]) add(`meetingCounts by ${by}`, `{ meetingCounts(by: ${by}, first: 20) { totalCount nodes { count } } }`);
  add("meetingCounts by pair, a year", `{ meetingCounts(by: [PAIR, FORUM], first: 20, filter: { during: { from: "2024-01-01", to: "2024-12-31" } }) { totalCount nodes { count } } }`);
  add("meetingCounts of a country", `{ meetingCounts(by: [PAIR, FORUM], first: 20, filter: { country: "${country}" }) { totalCount nodes { count } } }`);
  for (const query of ["defence ministers", "ministers", "minister meeting cooperation dialogue country visit talks", "a", "qqqx qqqy qqqz", "xianglaw dialouge mnister defense cooperaton"]) {
    add(`search "${query}"`, `query ($query: String!) { search(query: $query, first: 20) { totalCount nodes { kind match { __typename } } } }`, { query });
    add(`search "${query}", snippets`, `query ($query: String!) { search(query: $query, first: 40) { nodes { snippet } } }`, { query });
    add(`search "${query}", highlights`, `query ($query: String!) { search(query: $query, first: 40) { nodes { snippet snippetStart highlights { start end } didYouMean } } }`, { query });
  }
  add("conflicts", `{ conflicts(first: 100) { totalCount nodes { id } } }`);
  add("contradictions", `{ contradictions(first: 100) { totalCount nodes { kind } } }`);
  add("corrections", `{ corrections(first: 100) { totalCount nodes { kind at } } }`);
  add("corrections, changes", `{ corrections(first: 10) { nodes { changes(first: 10) { nodes { title fields { field before after } } } } } }`);
  add("service", `{ service { version recordVersion counts { documents meetings participants memberships persons states forums citations } } }`);
  add("viewer, rateLimit and _service", `{ rateLimit { cost } _service { sdl } }`);
  return found;
}
