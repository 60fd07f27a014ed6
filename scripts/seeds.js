// Writes the pack seeds/record from the tables in seeds/tables.
//
//   node scripts/seeds.js            write the pack
//   node scripts/seeds.js --check    write nothing; fail if the pack differs from what the tables say
//
// The same tables always give the same files: rows are sorted by key, titles that a table leaves out follow a rule.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseYaml, stringify } from "yaml";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = { tables: join(root, "seeds/tables"), pack: join(root, "seeds/record") };

/** The packs below the record. Their records are named here by the key alone. */
const basePacks = ["report", "facts"];

/** Columns of a meeting that list the documents of one status. */
const statusColumns = {
  held: "HELD",
  expected: "EXPECTED",
  postponed: "POSTPONED",
  cancelled: "CANCELLED",
  declined: "DECLINED",
};

const byKey = (key) => (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);

/** The rows of a table, each cell trimmed; a table that is not there has none. */
function table(name) {
  let text;
  try {
    text = readFileSync(join(folders.tables, `${name}.csv`), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
  return parseCsv(text, { columns: true, trim: true });
}

const list = (cell) => (cell ?? "").split(";").map((part) => part.trim());
const listed = (cell) => list(cell).filter(Boolean);

/** An entry without the fields that say nothing. */
function entry(fields) {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

const flag = (cell) => (cell === "" || cell === undefined ? undefined : cell === "true");

/** The collections of the packs below, by name. */
function readBase() {
  const base = {};
  for (const pack of basePacks) {
    const folder = join(root, "seeds", pack);
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
      for (const [collection, entries] of Object.entries(parseYaml(readFileSync(join(folder, file), "utf8")))) {
        if (Array.isArray(entries)) (base[collection] ??= []).push(...entries);
      }
    }
  }
  return base;
}

const base = readBase();
const tables = Object.fromEntries(
  [
    "documents",
    "persons",
    "offices",
    "tenures",
    "places",
    "states",
    "organizations",
    "forums",
    "memberships",
    "meetings",
    "seats",
    "statements",
    "commitments",
    "visits",
    "conflicts",
    "agreements",
    "activities",
    "sittings",
  ].map((name) => [name, table(name)]),
);

/** Values by key of the packs below and of a table. */
function lookup(collection, baseKey, value, tableKey = baseKey) {
  const found = new Map();
  for (const row of base[collection] ?? []) found.set(row[baseKey], found.get(row[baseKey]) ?? value(row));
  for (const row of tables[collection]) found.set(row[tableKey], value(row));
  return found;
}

const partyNames = new Map([
  ...lookup("states", "code", (row) => row.name),
  ...lookup("organizations", "code", (row) => row.name),
]);
const personNames = lookup("persons", "slug", (row) => row.name);
const officeKind = lookup("offices", "key", (row) => row.kind);
const cities = lookup("places", "key", (row) => row.city);
const forumNames = lookup("forums", "slug", (row) => row.name);
// Names of sittings that differ from the name of their forum.
const sittingNames = new Map(tables.sittings.map(({ forum, sitting }) => [forum, sitting]));
const publishedOn = new Map([
  ...(base.documents ?? []).map((row) => [row.key, row.publishedOn]),
  ...tables.documents.map((row) => [row.key, row.published]),
]);
const baseMeetings = new Set(base.meetings.map((meeting) => meeting.slug));

/** "A", "A and B", "A, B and C". */
function enumerate(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function ordinalOf(number) {
  const tail = Number(number) % 100;
  const suffix = tail > 10 && tail < 14 ? "th" : (["th", "st", "nd", "rd"][tail % 10] ?? "th");
  return `${number}${suffix}`;
}

/** The seats of a meeting as its row lists them. */
function seatsOf(meeting) {
  const [persons, offices, roles] = [list(meeting.persons), list(meeting.offices), list(meeting.roles)];
  return listed(meeting.parties).map((party, index) => ({
    party,
    person: persons[index],
    office: offices[index],
    role: roles[index],
  }));
}

/** The title of a meeting: that of the table, else one by rule from its seats, form and place. */
function titleOf(meeting) {
  if (meeting.title) return meeting.title;
  if (meeting.kind === "SESSION") {
    const name = sittingNames.get(meeting.forum) ?? forumNames.get(meeting.forum);
    return meeting.ordinal ? `${ordinalOf(meeting.ordinal)} ${name}` : unnumbered(name, meeting);
  }
  const seats = seatsOf(meeting);
  const isOfMinisters = seats.every(({ office }) => !office || officeKind.get(office) === "DEFENCE_MINISTER");
  const who = isOfMinisters
    ? `${enumerate(seats.map(({ party }) => partyNames.get(party)))} defence ministers`
    : enumerate(
        seats.map(({ party, person }) =>
          person ? `${personNames.get(person)} (${partyNames.get(party)})` : partyNames.get(party),
        ),
      );
  return `${who} ${formOf(meeting)}`;
}

/** "G20 summit in Cannes, 2011". */
function unnumbered(name, { place, day }) {
  const where = place ? ` in ${cities.get(place)}` : "";
  const what = `${name.charAt(0).toUpperCase()}${name.slice(1)}${where}`;
  return day ? `${what}, ${day.slice(0, 4)}` : what;
}

function formOf(meeting) {
  if (meeting.format === "CALL") return "talk by telephone";
  if (meeting.format === "VIDEO") return "meet by video";
  return meeting.place ? `meet in ${cities.get(meeting.place)}` : "meet";
}

function documents() {
  const subjects = new Map();
  const note = (keys, title) => {
    for (const key of keys) if (!subjects.has(key)) subjects.set(key, title);
  };
  for (const meeting of tables.meetings) {
    note(
      Object.keys(statusColumns).flatMap((column) => listed(meeting[column])),
      titleOf(meeting),
    );
  }
  for (const row of tables.seats) note(listed(row.docs), `seats at ${row.meeting}`);
  for (const row of [...tables.tenures, ...tables.persons, ...tables.offices])
    note(listed(row.docs), "holders of offices");
  return tables.documents.map((row) => ({
    ...entry({
      key: row.key,
      kind: row.kind,
      title: row.title || `${row.publisher}: ${subjects.get(row.key) ?? "report"}`,
    }),
    titleIsOurs: true,
    ...entry({ publisher: row.publisher, language: row.language, publishedOn: row.published, url: row.url }),
  }));
}

function states() {
  return tables.states.map((row) =>
    entry({
      code: row.code,
      alpha2: row.alpha2,
      name: row.name,
      officialName: row.official,
      identifiers: row.cow || row.wikidata ? entry({ COW: row.cow, WIKIDATA: row.wikidata }) : undefined,
      cite: listed(row.docs),
    }),
  );
}

function persons() {
  return tables.persons.map((row) =>
    entry({
      slug: row.slug,
      name: row.name,
      nameOrder: row.order,
      state: row.state,
      names: listed(row.names).map((text) => ({ text })),
      cite: listed(row.docs),
    }),
  );
}

function offices() {
  return tables.offices.map((row) =>
    entry({
      key: row.key,
      party: row.party,
      title: row.title,
      kind: row.kind,
      cite: listed(row.docs),
    }),
  );
}

/** Whether the period of a row can hold a day. */
const holds = (row, day) => (!row.since || row.since <= day) && (!row.until || day <= row.until);

/**
 * Tenures of the packs below whose holder has another one of the same office here: an import tells two apart only if both
 * are given.
 */
function tenuresBeside(rows) {
  const own = (known) => rows.filter((row) => row.person === known.person && row.office === known.office);
  const isOther = (known) =>
    known.since
      ? own(known).some((row) => row.since !== known.since)
      : own(known).length > 0 && !own(known).some((row) => holds(row, known.attestedOn));
  return (base.tenures ?? [])
    .filter((known) => (known.since || known.attestedOn) && isOther(known))
    .map(({ person, office, since, attestedOn, cite }) =>
      entry({ person, office, since, attestedOn: since ? "" : attestedOn, cite }),
    );
}

function tenures() {
  const rows = tables.tenures.map((row) =>
    entry({
      person: row.person,
      office: row.office,
      since: row.since,
      until: row.until,
      hasEnded: flag(row.ended),
      attestedOn: row.since ? "" : row.attested,
      note: [row.acting === "true" ? "Acting." : "", row.note].filter(Boolean).join(" "),
      cite: listed(row.docs),
    }),
  );
  return [...rows, ...tenuresBeside(rows)].sort(
    (a, b) => byKey("office")(a, b) || byKey("person")(a, b) || ((a.since ?? "") < (b.since ?? "") ? -1 : 1),
  );
}

function forums() {
  return tables.forums.map((row) =>
    entry({
      slug: row.slug,
      acronym: row.acronym,
      name: row.name,
      aliases: listed(row.aliases),
      kind: row.kind,
      description: row.description,
      foundedOn: row.founded,
      parent: row.parent,
      organization: row.organization,
      cite: listed(row.docs),
    }),
  );
}

function memberships() {
  return tables.memberships
    .map((row) =>
      entry({
        forum: row.forum,
        party: row.party,
        role: row.role,
        since: row.since,
        until: row.until,
        hasEnded: flag(row.ended),
        attestedOn: row.since ? "" : row.attested,
        note: row.note,
        cite: listed(row.docs),
      }),
    )
    .sort(
      (a, b) =>
        byKey("forum")(a, b) ||
        byKey("party")(a, b) ||
        byKey("role")(a, b) ||
        ((a.since ?? "") < (b.since ?? "") ? -1 : 1),
    );
}

/** The part of a key that names a detail within its meeting. */
const ownKey = (key) => key.slice(key.lastIndexOf("/") + 1);

function statement(row) {
  return {
    ...entry({ key: ownKey(row.key), speaker: row.person, party: row.party, office: row.office, text: row.text }),
    isVerbatim: row.verbatim === "true",
    ...entry({ topics: listed(row.topics), on: row.on, cite: listed(row.docs) }),
  };
}

function commitment(row) {
  return entry({
    key: ownKey(row.key),
    summary: row.summary,
    kind: row.kind,
    status: row.status,
    dueOn: row.due,
    parties: listed(row.parties),
    cite: listed(row.docs),
  });
}

const rowsOf = (rows, meeting) => rows.filter((row) => row.meeting === meeting).sort(byKey("key"));

function meetings() {
  const rows = new Map(tables.meetings.map((row) => [row.id, row]));
  const slugs = new Set([
    ...rows.keys(),
    ...[...tables.seats, ...tables.statements, ...tables.commitments].map((row) => row.meeting).filter(Boolean),
  ]);
  return [...slugs].sort().map((slug) => meetingOf(slug, rows.get(slug)));
}

function meetingOf(slug, row) {
  const isKnown = baseMeetings.has(slug);
  const reports = row
    ? Object.entries(statusColumns).flatMap(([column, status]) =>
        listed(row[column]).map((key) => reportOf(status, key)),
      )
    : [];
  const cite = reports.map((report) => report.cite[0]).filter((key, index, all) => all.indexOf(key) === index);
  const seats = tables.seats
    .filter((seat) => seat.meeting === slug)
    .map((seat) => entry({ ...pick(seat, ["party", "person", "office", "role", "note"]), cite: listed(seat.docs) }));
  return entry({
    slug,
    ...(row && !isKnown
      ? entry({
          title: titleOf(row),
          kind: row.kind,
          format: row.format,
          on: row.day,
          endsOn: row.ends,
          place: row.place,
          forum: row.forum,
          ordinal: row.ordinal ? Number(row.ordinal) : undefined,
          sidelinesOf: row.sidelines,
          note: row.note,
        })
      : {}),
    cite,
    participants: [...(row && !isKnown ? rowSeats(row, cite) : []), ...seats],
    statusReports: reports,
    statements: rowsOf(tables.statements, slug).map(statement),
    commitments: rowsOf(tables.commitments, slug).map(commitment),
  });
}

/** Seats of a meeting that only previews name are expected ones. */
function rowSeats(row, cite) {
  const isExpected = !row.held && !row.declined ? true : undefined;
  return seatsOf(row).map((seat) => entry({ ...seat, isExpected, cite }));
}

function reportOf(status, key) {
  return entry({ status, reportedOn: publishedOn.get(key), cite: [key] });
}

function pick(row, names) {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}

function visits() {
  return tables.visits.map((row) =>
    entry({
      key: row.key,
      person: row.person,
      place: row.place,
      from: row.from,
      to: row.to,
      purpose: row.purpose,
      // The lists are of visits that were made.
      reports: listed(row.docs).map((key) => ({ status: "MADE", cite: [key] })),
      cite: listed(row.docs),
    }),
  );
}

/** Kinds of agreements that the record names like the table, or otherwise; the rest follow from the title. */
const agreementKinds = {
  ALLIANCE: "ALLIANCE",
  TREATY: "TREATY",
  VISITING_FORCES: "STATUS_OF_FORCES",
  BASES: "BASING",
  LOGISTICS: "LOGISTICS",
  INFORMATION: "INFORMATION_SHARING",
  INFORMATION_SHARING: "INFORMATION_SHARING",
  PARTNERSHIP: "PARTNERSHIP",
  ARRANGEMENT: "ARRANGEMENT",
  DEFENCE_ARRANGEMENT: "ARRANGEMENT",
};

const agreementTitles = [
  [/memorandum/i, "MEMORANDUM"],
  [/letter of intent/i, "LETTER_OF_INTENT"],
  [/treaty/i, "TREATY"],
  [/declaration|statement/i, "JOINT_DECLARATION"],
  [/framework/i, "FRAMEWORK"],
  [/arrangement|terms of reference/i, "ARRANGEMENT"],
  [/guidelines/i, "OTHER"],
];

/** Topics of agreements, by their kind in the table. */
const agreementTopics = {
  COMMUNICATION: "hotlines",
  CYBER: "cyber",
  DISASTER_RELIEF: "humanitarian-assistance",
  EDUCATION: "training-and-education",
  EQUIPMENT: "defence-industry",
  INFORMATION: "intelligence-sharing",
  INFORMATION_SHARING: "intelligence-sharing",
  LOGISTICS: "logistics",
  MEDICINE: "humanitarian-assistance",
  TECHNOLOGY: "defence-industry",
  TRAINING: "training-and-education",
};

const agreementStatuses = { EXTENDED: "RENEWED", UPDATED: "RENEWED" };

/** A signature on a known day needs no report beside it. */
function agreements() {
  return tables.agreements.map((row) => {
    const status = agreementStatuses[row.status] ?? row.status;
    const [first] = listed(row.docs);
    return entry({
      key: row.key,
      name: row.name,
      kind:
        agreementKinds[row.kind] ??
        agreementTitles.find(([title]) => title.test(row.name))?.[1] ??
        "COOPERATION_AGREEMENT",
      parties: listed(row.parties),
      signedOn: row.signed,
      meeting: row.meeting,
      until: row.until,
      hasEnded: row.until ? true : undefined,
      topics: listed(agreementTopics[row.kind]),
      note: row.note,
      cite: listed(row.docs),
      reports: status === "SIGNED" && row.signed ? [] : [reportOf(status, first)],
    });
  });
}

/** The last day that a partial date can mean; days up to 31 sort as well as the true ones. */
const lastDay = (date) => (date.length === 10 ? date : date.length === 7 ? `${date}-31` : `${date}-12-31`);

/** A source reports an activity as held from its last day on, as planned before its first, and says nothing in between. */
function activityReports(row) {
  return listed(row.docs).flatMap((key) => {
    const published = publishedOn.get(key);
    if (!published) return [];
    if (published >= lastDay(row.end || row.start)) return [reportOf("HELD", key)];
    const isBefore = published < (row.start || row.end).slice(0, published.length);
    return isBefore || /planned|announced/i.test(row.note) ? [reportOf("PLANNED", key)] : [];
  });
}

/** The places of activities and visits of which sources give the state alone. */
function statesAsPlaces() {
  const places = [...tables.activities, ...tables.visits].map((row) => row.place);
  const states = new Set(places.filter((place) => /^[A-Z]{3}$/.test(place)));
  return [...states].map((state) => ({ key: state, state }));
}

function activities() {
  return tables.activities.map((row) => {
    const isNumber = /^\d{1,3}$/.test(row.edition);
    return entry({
      key: row.key,
      name: row.name,
      kind: row.kind === "OPERATION" ? "OTHER" : row.kind,
      parties: listed(row.parties),
      series: row.series,
      ordinal: isNumber ? Number(row.edition) : undefined,
      edition: isNumber ? undefined : row.edition,
      from: row.start,
      to: row.end,
      place: row.place,
      note: row.note,
      cite: listed(row.docs),
      reports: activityReports(row),
    });
  });
}

/** Conflicts about meetings; those about other records wait for a model that can hold them. */
function conflicts() {
  const found = new Map();
  for (const row of tables.conflicts) {
    if (!row.about.startsWith("meeting:")) continue;
    const conflict =
      found.get(row.key) ??
      entry({
        key: row.key,
        about: { meeting: row.about.slice("meeting:".length) },
        field: row.field,
        resolution: row.resolution,
        claims: [],
      });
    conflict.claims ??= [];
    for (const key of listed(row.docs))
      conflict.claims.push(entry({ value: row.value, isFollowed: flag(row.followed), cite: [key] }));
    found.set(row.key, conflict);
  }
  return [...found.values()];
}

const header = "# Written by scripts/seeds.js from seeds/tables. Change the tables, not this file.\n";

function files() {
  const collections = {
    documents: documents().sort(byKey("key")),
    states: states().sort(byKey("code")),
    organizations: tables.organizations
      .map((row) => entry({ code: row.code, name: row.name, officialName: row.official, cite: listed(row.docs) }))
      .sort(byKey("code")),
    persons: persons().sort(byKey("slug")),
    offices: offices().sort(byKey("key")),
    tenures: tenures(),
    places: [
      ...tables.places.map((row) => entry({ key: row.key, city: row.city, state: row.state, timeZone: row.timezone })),
      ...statesAsPlaces(),
    ].sort(byKey("key")),
    forums: forums().sort(byKey("slug")),
    memberships: memberships(),
    meetings: meetings(),
    visits: visits().sort(byKey("key")),
    agreements: agreements().sort(byKey("key")),
    activities: activities().sort(byKey("key")),
    conflicts: conflicts().sort(byKey("key")),
  };
  const written = {
    "pack.yaml": {
      pack: { name: "record", title: "Meetings, people and offices from public tables and pages", requires: ["facts"] },
    },
  };
  for (const [name, entries] of Object.entries(collections))
    if (entries.length > 0) written[`${name}.yaml`] = { [name]: entries };
  return Object.entries(written).map(([name, content]) => [
    name,
    header + stringify(content, { lineWidth: 120, aliasDuplicateObjects: false }),
  ]);
}

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
if (values.check) {
  const stale = files().filter(([name, text]) => {
    try {
      return readFileSync(join(folders.pack, name), "utf8") !== text;
    } catch {
      return true;
    }
  });
  if (stale.length > 0) {
    console.error(
      `seeds/record differs from seeds/tables in ${stale.map(([name]) => name).join(", ")}. Run "node scripts/seeds.js".`,
    );
    process.exitCode = 1;
  }
} else {
  mkdirSync(folders.pack, { recursive: true });
  for (const [name, text] of files()) writeFileSync(join(folders.pack, name), text);
}
