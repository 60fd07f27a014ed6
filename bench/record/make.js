// Makes a record of any size: the same seed and size, the same record, row by row.
import { createHash } from "node:crypto";
import { dayOf, dayText, noDate, partialDate } from "./days.js";
import { idOf } from "./ids.js";
import { forumOf, offices, organizations, publishers, sentence, slugOf, states, word } from "./names.js";
import { randomStream, zipf } from "./random.js";

/** The first and the last day that anything in the record happens on. */
export const firstDay = dayOf("1998-01-01");
export const lastDay = dayOf("2025-12-31");

/**
 * How many rows of each kind there are for a number of meetings. The world has only so many states; all else grows with
 * the meetings.
 */
export function sizesFor(meetings) {
  const share = meetings / 100_000;
  const scaled = (count) => Math.max(1, Math.round(count * share));
  return {
    meetings,
    sessions: scaled(2_000),
    forums: Math.min(1_000, Math.max(10, scaled(100))),
    persons: Math.max(400, scaled(5_000)),
    documents: scaled(20_000),
    states: states.length,
  };
}

/**
 * Makes the whole record.
 * @param {object} options
 * @param {string} options.seed
 * @param {number} options.meetings
 * @param {(table: string, row: unknown[]) => Promise<void> | undefined} options.write takes one row; where it returns a
 *   promise, the next row waits for it.
 * @param {(done: number, total: number) => void} options.onProgress meetings made so far.
 */
export async function makeRecord({ seed, meetings, write, onProgress }) {
  const sizes = sizesFor(meetings);
  const stream = (label) => randomStream(`${seed}/${label}`);
  const world = await makeWorld({ sizes, stream, write });
  const cite = citer({ sizes, stream, seed, write });
  await makeDocuments({ sizes, seed, write });
  for (const person of world.persons) await cite("Person", person, `persons/${person.slug}`);
  const forums = await makeForums({ sizes, stream, write, cite, world });
  await makeMeetings({ sizes, stream, write, cite, world, forums, onProgress });
}

// ------------------------------------------------------------------------------------------- parties and persons

async function makeWorld({ sizes, stream, write }) {
  const random = stream("world");
  const parties = [
    ...states.map(({ code, alpha2, name }) => ({ id: idOf("sta", code), kind: "STATE", code, alpha2, name })),
    ...organizations.map(({ code, name }) => ({
      id: idOf("org", code),
      kind: "ORGANIZATION",
      code,
      alpha2: null,
      name,
    })),
  ];
  for (const { id, kind, code, alpha2, name } of parties) await write("Party", [id, kind, code, alpha2, name, null]);
  const stateParties = parties.slice(0, sizes.states);
  for (const state of stateParties) {
    state.offices = offices.map(({ kind, title, key }) => ({
      id: idOf("ofc", `${state.code}/${key}`),
      key: `${state.code}/${key}`,
      kind,
      title,
    }));
    for (const office of state.offices)
      await write("Office", [office.id, office.key, office.title, office.kind, state.id]);
    state.places = [0, 1, 2].map(() => {
      const city = word(random, random.between(2, 3));
      return { city, key: `${state.code}/${slugOf(city)}` };
    });
    for (const place of state.places) {
      place.id = idOf("plc", place.key);
      await write("Place", [place.id, place.key, place.city, state.id]);
    }
    state.persons = [];
  }
  const persons = await makePersons({ sizes, stream, write, stateParties });
  return { parties, stateParties, persons };
}

async function makePersons({ sizes, stream, write, stateParties }) {
  const random = stream("persons");
  const drawState = zipf(stateParties.length, 0.6, 3);
  const persons = [];
  for (let index = 0; index < sizes.persons; index++) {
    // Every state has somebody to send.
    const state = stateParties[index < stateParties.length ? index : drawState(random)];
    const name = `${word(random, 2)} ${word(random, random.between(2, 3))}`;
    const slug = `${slugOf(name)}-${index.toString(36)}`;
    const person = { id: idOf("per", slug), slug, tenures: [] };
    persons.push(person);
    state.persons.push(person);
    await write("Person", [person.id, slug, name, random.pick(["GIVEN_FIRST", "FAMILY_FIRST", null]), state.id]);
    await write("PersonName", [person.id, name, "PRIMARY"]);
    if (random.chance(0.3)) await write("PersonName", [person.id, name.split(" ").reverse().join(" "), "ALIAS"]);
    await makeTenures({ random, write, state, person });
  }
  return persons;
}

async function makeTenures({ random, write, state, person }) {
  const count = random.chance(0.55) ? (random.chance(0.1) ? 3 : 2) : 1;
  let since = random.between(firstDay - 1500, lastDay - 400);
  for (let number = 0; number < count; number++) {
    const office = random.pick(state.offices);
    if (person.tenures.some((tenure) => tenure.office === office)) continue;
    const until = since + random.between(300, 2_500);
    const isRunning = until > lastDay;
    person.tenures.push({ office, since, until });
    const key = `${office.key}/${person.slug}`;
    const hasStart = random.chance(0.85);
    await write("Tenure", [
      idOf("ten", key),
      key,
      person.id,
      office.id,
      ...(hasStart ? partialDate(since, precisionOf(random)) : noDate),
      ...(isRunning || !hasStart ? noDate : partialDate(until, precisionOf(random))),
      isRunning ? false : hasStart ? true : null,
      ...(hasStart ? noDate : partialDate(since + 30, "day")),
    ]);
    since = until + random.between(0, 700);
    if (since > lastDay) break;
  }
}

function precisionOf(random) {
  const draw = random.next();
  return draw < 0.9 ? "day" : draw < 0.97 ? "month" : "year";
}

// -------------------------------------------------------------------------------------------- documents, citations

const share = { ofDocumentsWithText: 0.6, ofMeetingsWithReports: 0.24 };

/** A document's fixed parts; they follow from its number, so that no text has to be kept. */
function documentOf(seed, index) {
  const random = randomStream(`${seed}/document/${index}`);
  const [kind, publisher] = random.pick(publishers);
  const key = `d-${index.toString().padStart(7, "0")}`;
  const hasText = random.chance(share.ofDocumentsWithText);
  const sentences = hasText
    ? Array.from({ length: random.between(5, 12) }, (_, number) => sentence(random, number))
    : [];
  return {
    id: idOf("doc", key),
    key,
    kind,
    publisher,
    day: random.between(firstDay, lastDay),
    hasDay: random.chance(0.95),
    sentences,
  };
}

async function makeDocuments({ sizes, seed, write }) {
  for (let index = 0; index < sizes.documents; index++) {
    const { id, key, kind, publisher, day, hasDay, sentences } = documentOf(seed, index);
    const text = sentences.length > 0 ? sentences.join("\n") : null;
    await write("Document", [
      id,
      key,
      kind,
      `${publisher}: report no. ${index + 1}`,
      kind !== "NEWS_REPORT",
      publisher,
      "en",
      ...(hasDay ? partialDate(day, "day") : noDate),
      `https://${slugOf(publisher)}.example/reports/${index + 1}`,
      text,
      text && createHash("sha256").update(text).digest("hex"),
    ]);
  }
}

/** Cites documents for subjects: passages where a text is held, places in the page otherwise. */
function citer({ sizes, stream, seed, write }) {
  const random = stream("citations");
  const drawDocument = zipf(sizes.documents, 0.5, 20);
  const columns = { Person: 0, Forum: 1, ForumMembership: 2, Meeting: 3, StatusReport: 4 };
  return (table, subject, subjectKey, number = 0) => {
    const document = documentOf(seed, drawDocument(random));
    const key = `${subjectKey}/${document.key}/${number}`;
    const subjects = [null, null, null, null, null];
    subjects[columns[table]] = subject.id;
    let passage = [`page ${random.between(1, 9)}`, null, null, null];
    if (document.sentences.length > 0) {
      const chosen = random.between(0, document.sentences.length - 1);
      // The texts are ASCII, so that code points and UTF-16 units are the same.
      const start = document.sentences.slice(0, chosen).reduce((sum, { length }) => sum + length + 1, 0);
      const quote = document.sentences[chosen];
      passage = [null, quote, start, start + quote.length];
    }
    return write("Citation", [
      idOf("cit", key),
      key,
      document.id,
      random.chance(0.02) ? "DISPUTES" : "SUPPORTS",
      ...passage,
      ...subjects,
    ]);
  };
}

// ------------------------------------------------------------------------------------------------------- forums

const roles = ["MEMBER", "MEMBER", "MEMBER", "DIALOGUE_PARTNER", "PARTNER_COUNTRY", "OBSERVER"];

async function makeForums({ sizes, stream, write, cite, world }) {
  const random = stream("forums");
  const drawParty = zipf(world.stateParties.length, 0.6, 4);
  const forums = [];
  for (let index = 0; index < sizes.forums; index++) {
    const { slug, name, acronym, kind } = forumOf(index);
    const founded = random.between(firstDay - 3_000, firstDay + 2_000);
    const forum = { id: idOf("frm", slug), slug, name, founded, members: [], sessions: [] };
    forums.push(forum);
    await write("Forum", [forum.id, slug, acronym, name, kind, ...partialDate(founded, "year")]);
    await cite("Forum", forum, `forums/${slug}`);
    // From 85 members of the largest to 15 of the smallest.
    const size = Math.round(85 - (70 * index) / Math.max(1, sizes.forums - 1));
    const chosen = new Set();
    while (chosen.size < size) chosen.add(world.stateParties[drawParty(random)]);
    for (const party of chosen) {
      forum.members.push(party);
      await makeMembership({ random, write, cite, forum, party });
    }
  }
  return forums;
}

async function makeMembership({ random, write, cite, forum, party }) {
  const key = `${forum.slug}/${party.code}/${random.pick(roles)}`;
  const since = forum.founded + (random.chance(0.5) ? 0 : random.between(0, 6_000));
  const fate = random.next();
  const hasStart = random.chance(0.8);
  const hasEnded = fate < 0.82 ? false : fate < 0.95 ? true : null;
  const until =
    hasEnded && random.chance(0.8) ? partialDate(since + random.between(800, 6_000), precisionOf(random)) : noDate;
  const membership = { id: idOf("mbr", key) };
  await write("ForumMembership", [
    membership.id,
    key,
    forum.id,
    party.id,
    key.split("/")[2],
    ...(hasStart ? partialDate(since, precisionOf(random)) : noDate),
    ...until,
    hasEnded,
    ...(hasStart ? noDate : partialDate(since + 200, "day")),
    random.chance(0.01),
  ]);
  await cite("ForumMembership", membership, `memberships/${key}`);
}

// ----------------------------------------------------------------------------------------------------- meetings

async function makeMeetings({ sizes, stream, write, cite, world, forums, onProgress }) {
  const maker = new MeetingMaker({ stream, write, cite, world });
  const sessions = await makeSessions({ sizes, stream, forums, maker });
  onProgress(sessions.length, sizes.meetings);
  const random = stream("meetings");
  const drawSession = zipf(sessions.length, 0.6, 10);
  for (let index = sessions.length; index < sizes.meetings; index++) {
    const session = random.chance(0.3) ? sessions[drawSession(random)] : undefined;
    await maker.meeting(index, session);
    if (index % 1_000 === 0) onProgress(index, sizes.meetings);
  }
  onProgress(sizes.meetings, sizes.meetings);
}

async function makeSessions({ sizes, stream, forums, maker }) {
  const random = stream("sessions");
  const weights = forums.map((_, rank) => (rank + 5) ** -0.4);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sessions = [];
  for (const [rank, forum] of forums.entries()) {
    const left = sizes.sessions - sessions.length;
    const isLast = rank === forums.length - 1;
    const count = isLast
      ? Math.max(1, left)
      : Math.max(1, Math.min(left - (forums.length - rank - 1), Math.round((weights[rank] / total) * sizes.sessions)));
    const start = Math.max(firstDay, forum.founded);
    for (let ordinal = 1; ordinal <= count; ordinal++) {
      const day = Math.round(start + ((lastDay - start) * ordinal) / count) - random.between(0, 60);
      sessions.push(await maker.session(forum, ordinal, day));
    }
  }
  // Some sessions draw many meetings to their sidelines, most few; which ones, is up to chance.
  for (let index = sessions.length - 1; index > 0; index--) {
    const other = random.between(0, index);
    [sessions[index], sessions[other]] = [sessions[other], sessions[index]];
  }
  return sessions;
}

/** Draws meetings and writes them with their seats, reports and citations. */
class MeetingMaker {
  #random;
  #write;
  #cite;
  #parties;
  #drawParty;
  #drawPerson;
  #slugs = new Set();

  constructor({ stream, write, cite, world: { stateParties } }) {
    this.#random = stream("meeting");
    this.#write = write;
    this.#cite = cite;
    this.#parties = stateParties;
    this.#drawParty = zipf(stateParties.length, 0.9, 2);
    this.#drawPerson = new Map(stateParties.map((state) => [state, zipf(state.persons.length, 1)]));
  }

  #seatsOf(count, among) {
    const parties = new Set();
    while (parties.size < count)
      parties.add(
        among && this.#random.chance(0.8) ? this.#random.pick(among) : this.#parties[this.#drawParty(this.#random)],
      );
    return [...parties];
  }

  #personOn(state, day) {
    if (this.#random.chance(0.1)) return [null, null];
    const person = state.persons[this.#drawPerson.get(state)(this.#random)];
    const tenure = person.tenures.find(({ since, until }) => since <= day && day < until) ?? person.tenures[0];
    return [person.id, this.#random.chance(0.95) ? (tenure?.office.id ?? null) : null];
  }

  async #store({
    kind,
    slug: wanted,
    title,
    format,
    days,
    ends,
    place,
    forum,
    ordinal,
    sidelinesOf,
    parties,
    purpose,
  }) {
    const slug = this.#slugs.has(wanted) ? `${wanted}-${this.#slugs.size.toString(36)}` : wanted;
    this.#slugs.add(slug);
    const id = idOf("mtg", slug);
    const status = await this.#report(id, slug, days);
    await this.#write("Meeting", [
      id,
      slug,
      title,
      kind,
      format,
      ...days,
      ...ends,
      place?.id ?? null,
      forum?.id ?? null,
      ordinal ?? null,
      sidelinesOf?.id ?? null,
      status,
      purpose,
    ]);
    const latest = ends[2] ?? days[2];
    for (const [position, party] of parties.entries()) {
      const [personId, officeId] = this.#personOn(party, days[1] ? dayOf(days[1]) : lastDay);
      const role = kind !== "SESSION" ? "PRINCIPAL" : position === 0 ? "HOST" : position === 1 ? "CHAIR" : "PRINCIPAL";
      const key = `${slug}/${party.code}`;
      await this.#write("Participant", [
        idOf("par", key),
        key,
        id,
        party.id,
        personId,
        officeId,
        role,
        status === "EXPECTED",
        position,
        days[1],
        latest,
      ]);
    }
    await this.#cite("Meeting", { id }, `meetings/${slug}`);
    if (this.#random.chance(0.07)) {
      for (let number = this.#random.between(1, 2); number > 0; number--)
        await this.#cite("Meeting", { id }, `meetings/${slug}`, number);
    }
    return { id, days };
  }

  /** Reports of what became of a meeting; @returns the status that follows: held once anybody says so, else the last. */
  async #report(meetingId, slug, days) {
    if (!this.#random.chance(share.ofMeetingsWithReports)) return "UNKNOWN";
    const day = days[1] ? dayOf(days[1]) : this.#random.between(firstDay, lastDay);
    const fate = this.#random.next();
    const ledger =
      fate < 0.65
        ? [["HELD", 1]]
        : fate < 0.85
          ? [
              ["EXPECTED", -9],
              ["HELD", 2],
            ]
          : fate < 0.93
            ? [["EXPECTED", -5]]
            : fate < 0.96
              ? [
                  ["EXPECTED", -20],
                  ["POSTPONED", -3],
                ]
              : fate < 0.98
                ? [
                    ["EXPECTED", -20],
                    ["CANCELLED", -2],
                  ]
                : [
                    ["EXPECTED", -10],
                    ["DECLINED", -4],
                  ];
    for (const [status, offset] of ledger) {
      const key = `${slug}/reports/${status.toLowerCase()}`;
      const statusReport = { id: idOf("rep", key) };
      await this.#write("StatusReport", [statusReport.id, key, meetingId, status, ...partialDate(day + offset, "day")]);
      await this.#cite("StatusReport", statusReport, `reports/${key}`);
    }
    return ledger.at(-1)[0];
  }

  async session(forum, ordinal, day) {
    const among = forum.members;
    const parties = this.#seatsFrom(among, Math.min(among.length, this.#random.between(12, 24)));
    const length = this.#random.between(0, 2);
    const stored = await this.#store({
      kind: "SESSION",
      slug: `${forum.slug}-${ordinal}`,
      title: `${forum.name}, session ${ordinal}`,
      format: "IN_PERSON",
      days: partialDate(day, "day"),
      ends: length > 0 ? partialDate(day + length, "day") : noDate,
      place: this.#random.pick(parties[0].places),
      forum,
      ordinal,
      parties,
      purpose: null,
    });
    return { id: stored.id, day, parties, place: this.#random.pick(parties[0].places) };
  }

  #seatsFrom(list, count) {
    const chosen = new Set();
    while (chosen.size < count) chosen.add(this.#random.pick(list));
    return [...chosen];
  }

  async meeting(index, aside) {
    const draw = this.#random.next();
    const [kind, count] =
      draw < 0.9 ? ["BILATERAL", 2] : draw < 0.96 ? ["TRILATERAL", 3] : ["MULTILATERAL", this.#random.between(4, 7)];
    const parties = this.#seatsOf(count, aside?.parties);
    const precision = this.#random.next();
    // The closer to the present, the more is known.
    const day = aside
      ? aside.day + this.#random.between(0, 1)
      : Math.round(firstDay + (lastDay - firstDay) * Math.sqrt(this.#random.next()));
    const days =
      aside || precision < 0.88
        ? partialDate(day, "day")
        : precision < 0.96
          ? partialDate(day, "month")
          : precision < 0.98
            ? partialDate(day, "year")
            : noDate;
    const isRemote = !aside && this.#random.chance(0.1);
    const place = aside?.place ?? (isRemote ? undefined : this.#random.pick(parties[0].places));
    const codes = parties
      .slice(0, 3)
      .map(({ code }) => code.toLowerCase())
      .join("-");
    await this.#store({
      kind,
      slug: [days[0] ?? "undated", codes, place ? slugOf(place.city) : "remote"].join("-"),
      title: `${parties
        .slice(0, 3)
        .map(({ name }) => name)
        .join(", ")}: ministers of defence${place ? ` in ${place.city}` : ""}`,
      format: isRemote ? this.#random.pick(["VIDEO", "CALL"]) : this.#random.chance(0.9) ? "IN_PERSON" : null,
      days,
      ends: noDate,
      place,
      sidelinesOf: aside,
      parties,
      purpose: this.#random.chance(0.2) ? sentence(this.#random, index) : null,
    });
  }
}

/** A day in the span of the record, for questions. */
export function dayIn(random, from = firstDay, to = lastDay) {
  return dayText(random.between(from, to));
}
