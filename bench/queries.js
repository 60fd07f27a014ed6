// The five questions, in the words of each contestant, with the values they are asked for.
import { randomStream, zipf } from "./record/random.js";
import { dayIn, firstDay, lastDay } from "./record/make.js";
import { dayOf, dayText } from "./record/days.js";

const wholeMeeting = `
  id slug title kind format status on endsOn purpose
  place { city country { code name } }
  sidelinesOf { slug title on ordinal forum { slug name } }
  participants(first: 25) { nodes { role isExpected party { code name } person { slug name } office { title kind } } }
  citations(first: 20) { nodes { stance locator passage { quote start end } document { title publisher publishedOn url } } }`;

/** In the words of the contract, which Sidelines and every peer with a hand-written schema share. */
export const contractTexts = {
  meeting: `query Meeting($slug: String!) { meeting(slug: $slug) {${wholeMeeting} } }`,
  latest: `query Latest { meetings(first: 20) { nodes {${wholeMeeting} } } }`,
  party: `query OfParty($code: String!, $from: Date!, $to: Date!) {
  state(code: $code) {
    name
    meetings(first: 20, filter: { during: { from: $from, to: $to } }) {
      nodes { slug title kind status on place { city } participants(first: 25) { nodes { role party { code } person { name } } } }
    }
  }
}`,
  members: `query Members($slug: String!, $day: Date!) {
  forum(slug: $slug) {
    name
    memberships(first: 100, asOf: $day) { nodes { role since until hasEnded party { code name } } }
  }
}`,
  deep: `query Deep($slug: String!) {
  forum(slug: $slug) {
    name
    sessions(first: 5) {
      nodes {
        ordinal title on
        sidelineMeetings(first: 5) {
          nodes {
            title on
            participants(first: 10) {
              nodes { role party { code } person { name tenures { since until office { title } } } }
            }
          }
        }
      }
    }
  }
}`,
};

/** In the words that PostGraphile makes from the database. */
const wholeMeetingFromTables = `
  rowId slug title kind format status on endsOn purpose
  place { city state { code name } }
  sidelinesOf { slug title on ordinal forum { slug name } }
  participants(first: 25, orderBy: [POSITION_ASC, ROW_ID_ASC]) { nodes { role isExpected party { code name } person { slug name } office { title kind } } }
  citations(first: 20, orderBy: [DOCUMENT_ID_ASC, START_ASC, ROW_ID_ASC]) { nodes { stance locator quote start end document { title publisher publishedOn url } } }`;

export const tableTexts = {
  meeting: `query Meeting($slug: String!) { meetingBySlug(slug: $slug) {${wholeMeetingFromTables} } }`,
  latest: `query Latest {
  meetings(first: 20, orderBy: [ON_EARLIEST_DESC, ROW_ID_DESC], filter: { onEarliest: { isNull: false } }) { nodes {${wholeMeetingFromTables} } }
}`,
  party: `query OfParty($code: String!, $from: Date!, $to: Date!) {
  partyByCode(code: $code) {
    name
    participants(
      first: 20
      orderBy: [MEETING_EARLIEST_DESC, MEETING_ID_DESC]
      filter: { meetingEarliest: { lessThanOrEqualTo: $to }, meetingLatest: { greaterThanOrEqualTo: $from } }
    ) {
      nodes {
        meeting { slug title kind status on place { city } participants(first: 25, orderBy: [POSITION_ASC, ROW_ID_ASC]) { nodes { role party { code } person { name } } } }
      }
    }
  }
}`,
  members: `query Members($slug: String!, $day: Date!) {
  forumBySlug(slug: $slug) {
    name
    memberships: forumMemberships(
      first: 100
      filter: {
        and: [
          { or: [{ sinceLatest: { lessThanOrEqualTo: $day } }, { attestedOnLatest: { lessThanOrEqualTo: $day } }] }
          {
            or: [
              { untilEarliest: { greaterThan: $day } }
              { untilEarliest: { isNull: true }, hasEnded: { equalTo: false } }
              { untilEarliest: { isNull: true }, attestedOnLatest: { greaterThanOrEqualTo: $day } }
              { untilEarliest: { isNull: true }, attestedOnLatest: { isNull: true }, sinceLatest: { greaterThanOrEqualTo: $day } }
            ]
          }
        ]
      }
    ) { nodes { role since until hasEnded party { code name } } }
  }
}`,
  deep: `query Deep($slug: String!) {
  forumBySlug(slug: $slug) {
    name
    sessions: meetings(first: 5, orderBy: [ON_EARLIEST_DESC, ROW_ID_DESC]) {
      nodes {
        ordinal title on
        sidelineMeetings: meetingsBySidelinesOfId(first: 5, orderBy: [ON_EARLIEST_DESC, ROW_ID_DESC]) {
          nodes {
            title on
            participants(first: 10, orderBy: [POSITION_ASC, ROW_ID_ASC]) {
              nodes { role party { code } person { name tenures { nodes { since until office { title } } } } }
            }
          }
        }
      }
    }
  }
}`,
};

/** What each question is called in tables. */
export const questions = [
  { name: "meeting", label: "one meeting in full" },
  { name: "latest", label: "the latest twenty in full" },
  { name: "party", label: "a party's meetings in a period" },
  { name: "members", label: "a forum's members on a day" },
  { name: "deep", label: "forum → sessions → sidelines → participants → tenures" },
];

/**
 * The values that each question is asked with: hundreds, drawn by a seed, so that no row is asked for twice in a row.
 * @param {import("pg").ClientBase} client
 * @returns {Promise<Record<string, object[]>>} variables by question.
 */
export async function drawVariables(client, { seed, count = 400 }) {
  const random = randomStream(`${seed}/questions`);
  const list = async (statement) =>
    (await client.query({ text: statement, rowMode: "array" })).rows.map(([value]) => value);
  const sessions = await list(`SELECT "slug" FROM "Meeting" WHERE "kind" = 'SESSION' ORDER BY "id" LIMIT 20000`);
  const others = await list(`SELECT "slug" FROM "Meeting" WHERE "kind" <> 'SESSION' ORDER BY "id" LIMIT 20000`);
  const forums = await list(`SELECT "slug" FROM "Forum" ORDER BY "id"`);
  // Parties in the order of how often they meet, and so of how often they are asked for.
  const parties = await list(
    `SELECT y."code" FROM "Participant" p JOIN "Party" y ON y."id" = p."partyId" WHERE y."kind" = 'STATE' GROUP BY 1 ORDER BY count(*) DESC, 1`,
  );
  const drawParty = zipf(parties.length, 0.7, 2);
  const times = (make) => Array.from({ length: count }, make);
  return {
    // One in ten is a session with its many seats.
    meeting: times(() => ({ slug: random.pick(random.chance(0.1) ? sessions : others) })),
    latest: [{}],
    party: times(() => {
      const length = random.pick([30, 90, 365, 1_095]);
      const from = dayOf(dayIn(random, firstDay, lastDay - length));
      return { code: parties[drawParty(random)], from: dayText(from), to: dayText(from + length) };
    }),
    members: times(() => ({ slug: random.pick(forums), day: dayIn(random) })),
    deep: times(() => ({ slug: random.pick(forums) })),
  };
}

// ------------------------------------------------------------------------------------------------- comparing answers

const bytes = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Brings an answer of any contestant into one shape, so that answers can be compared: what PostGraphile calls by the
 * names of tables gets the contract's names, and lists whose order only the contract defines are put into one order.
 */
export function normalise(question, data) {
  const answer = structuredClone(data);
  const meetings = {
    meeting: () => [(answer.meeting ??= take(answer, "meetingBySlug"))],
    latest: () => answer.meetings.nodes,
    party: () => {
      answer.state ??= take(answer, "partyByCode");
      if (answer.state?.participants)
        answer.state.meetings = { nodes: take(answer.state, "participants").nodes.map(({ meeting }) => meeting) };
      return answer.state?.meetings.nodes ?? [];
    },
    members: () => {
      answer.forum ??= take(answer, "forumBySlug");
      answer.forum?.memberships.nodes.sort((a, b) => bytes(a.party.code + a.role, b.party.code + b.role));
      return [];
    },
    deep: () => {
      answer.forum ??= take(answer, "forumBySlug");
      const sideline = answer.forum?.sessions.nodes.flatMap(({ sidelineMeetings }) => sidelineMeetings.nodes) ?? [];
      for (const { participants } of sideline) for (const { person } of participants.nodes) normaliseTenures(person);
      return [];
    },
  };
  for (const meeting of meetings[question]()) normaliseMeeting(meeting);
  return JSON.stringify(answer, sortedKeys);
}

function take(object, key) {
  const value = object[key];
  Reflect.deleteProperty(object, key);
  return value;
}

function normaliseMeeting(meeting) {
  if (!meeting) return;
  if ("rowId" in meeting) meeting.id = take(meeting, "rowId");
  if (meeting.place && "state" in meeting.place) meeting.place.country = take(meeting.place, "state");
  for (const citation of meeting.citations?.nodes ?? []) {
    if ("passage" in citation) continue;
    const [quote, start, end] = ["quote", "start", "end"].map((key) => take(citation, key));
    citation.passage = quote === null ? null : { quote, start, end };
  }
  meeting.citations?.nodes.sort((a, b) => bytes(JSON.stringify(a, sortedKeys), JSON.stringify(b, sortedKeys)));
}

function normaliseTenures(person) {
  if (!person) return;
  if (person.tenures.nodes) person.tenures = person.tenures.nodes;
  person.tenures.sort((a, b) => bytes(JSON.stringify(a, sortedKeys), JSON.stringify(b, sortedKeys)));
}

function sortedKeys(_key, value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => bytes(a, b)));
}
