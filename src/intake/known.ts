import { createKnownNames, slugOf, type KnownForum, type KnownNames, type KnownPerson } from "../reader/names.js";
import type { KnownMeeting, KnownRecords, PackFact } from "../reader/pack.js";
import type { Statements } from "../writing/store.js";

/** The names at the latest version of the record that they were read at, by its database. */
const held = new WeakMap<object, { readonly version: string; readonly names: Promise<KnownNames> }>();

/**
 * The names of persons and forums of the record, by which reports are read; read again once the record has changed.
 * @param statements the database itself and no transaction, so that the next report finds them.
 */
export async function knownNames(statements: Statements): Promise<KnownNames> {
  // The version comes first: names that are newer than it are read once more, and older ones never stay.
  const [row] = await statements.$queryRawUnsafe<{ version: string }[]>(
    `SELECT coalesce((SELECT "version" FROM "public"."RecordVersion"), 0)::text AS "version"`,
  );
  const version = row?.version ?? "0";
  const before = held.get(statements);
  if (before?.version === version) return before.names;
  const names = readNames(statements);
  held.set(statements, { version, names });
  // The next report retries a failed read.
  names.catch(() => held.delete(statements));
  return names;
}

async function readNames(statements: Statements): Promise<KnownNames> {
  const persons = await statements.$queryRawUnsafe<(KnownPerson & { state: string | null })[]>(
    `SELECT p."slug", p."name", y."code" AS "state",
      array(SELECT n."text" FROM "PersonName" n WHERE n."personId" = p."id" ORDER BY n."text") AS "aliases"
    FROM "Person" p LEFT JOIN "Party" y ON y."id" = p."stateId" ORDER BY p."slug"`,
  );
  const forums = await statements.$queryRawUnsafe<(KnownForum & { acronym: string | null })[]>(
    `SELECT f."name", f."acronym", array(SELECT n."text" FROM "ForumName" n WHERE n."forumId" = f."id" ORDER BY n."text") AS "aliases"
    FROM "Forum" f ORDER BY f."slug"`,
  );
  return createKnownNames(
    persons.map(({ state, ...person }) => (state === null ? person : { ...person, state })),
    // An acronym counts in capitals alone.
    forums.map(({ acronym, name, aliases = [] }) => ({
      name,
      aliases: acronym === null ? aliases : [...aliases, `=${acronym}`],
    })),
  );
}

/** The report whose facts are looked up. */
export interface LookedUp {
  readonly sha256: string;
  readonly publishedOn: string | null;
  readonly facts: readonly PackFact[];
}

interface OfficeRow {
  readonly key: string;
  readonly kind: string;
  readonly party: string;
  readonly title: string;
  readonly holders: readonly string[];
}

interface SessionRow {
  readonly slug: string;
  readonly forum: string;
  readonly ordinal: number | null;
  readonly on: string | null;
}

/** Days between a session and a report that may speak of it. */
const sessionDays = 10;

/** Looks up what facts name in the record. */
export async function lookUp(statements: Statements, { sha256, facts }: LookedUp): Promise<KnownRecords> {
  const slugs = namesIn(facts, "person", "speakers");
  const persons = await rows<{ slug: string }>(
    statements,
    `SELECT "slug" FROM "Person" WHERE "slug" = ANY($1::text[])`,
    slugs,
  );
  const offices = await rows<OfficeRow>(
    statements,
    `SELECT o."key", o."kind"::text, o."title", y."code" AS "party",
      array(SELECT e."slug" FROM "Tenure" t JOIN "Person" e ON e."id" = t."personId" WHERE t."officeId" = o."id") AS "holders"
    FROM "Office" o JOIN "Party" y ON y."id" = o."partyId" WHERE y."code" = ANY($1::text[]) ORDER BY o."key"`,
    namesIn(facts, "party"),
  );
  const forums = await forumsCalled(statements, namesIn(facts, "name", "forum"));
  const sessions = await rows<SessionRow>(
    statements,
    `SELECT m."slug", f."slug" AS "forum", m."ordinal", m."on" FROM "Meeting" m JOIN "Forum" f ON f."id" = m."forumId"
    WHERE m."kind" = 'SESSION' AND f."slug" = ANY($1::text[]) ORDER BY m."onEarliest" DESC, m."slug"`,
    [...forums.values()],
  );
  const meetings = await meetingsIn(statements, facts, sha256);
  const [document] = await statements.$queryRawUnsafe<{ key: string; publishedOn: string | null }[]>(
    `SELECT "key", "publishedOn" FROM "Document" WHERE "sha256" = $1 ORDER BY "id" LIMIT 1`,
    sha256,
  );
  const known = new Set(persons.map(({ slug }) => slug));
  return {
    person: (slug) => known.has(slug),
    holds: (person, office) => offices.some(({ key, holders }) => key === office && holders.includes(person)),
    office: (party, kind, title, person) =>
      chosenOffice(
        offices.filter((one) => one.party === party && one.kind === kind),
        title,
        person,
      ),
    forum: (name) => forums.get(folded(name)),
    session: (forum, ordinal, day) =>
      chosenSession(
        sessions.filter((one) => one.forum === forum),
        ordinal,
        day,
      ),
    meeting: (slug) => meetings.get(slug),
    document: document && { key: document.key, publishedOn: document.publishedOn ?? undefined },
  };
}

function rows<T>(statements: Statements, statement: string, names: readonly string[]): Promise<T[]> {
  return names.length === 0 ? Promise.resolve([]) : statements.$queryRawUnsafe<T[]>(statement, names);
}

/** The names that facts give in some of their properties. */
function namesIn(facts: readonly PackFact[], ...properties: string[]): string[] {
  const found = facts.flatMap((fact) => properties.flatMap((name) => fact[name] ?? []));
  return [...new Set(found.filter((one) => typeof one === "string"))];
}

/** The office that a person holds, the only one of its kind, or the one with the title. */
function chosenOffice(
  offices: readonly OfficeRow[],
  title: string | undefined,
  person: string | undefined,
): string | undefined {
  const held = offices.filter(({ holders }) => person !== undefined && holders.includes(person));
  if (held.length > 0) return held[0]?.key;
  if (title !== undefined) return offices.find((one) => folded(one.title) === folded(title))?.key;
  return offices.length === 1 ? offices[0]?.key : undefined;
}

function chosenSession(sessions: readonly SessionRow[], ordinal: unknown, day: string | undefined): string | undefined {
  if (typeof ordinal === "number") return sessions.find((one) => one.ordinal === ordinal)?.slug;
  const at = Date.parse(day?.slice(0, 10) ?? "");
  const near = sessions.filter(({ on }) => Math.abs(Date.parse(on ?? "") - at) <= sessionDays * 86_400_000);
  return near.length === 1 ? near[0]?.slug : undefined;
}

async function forumsCalled(statements: Statements, names: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ name: string; slug: string }>(
    statements,
    `SELECT g."name", f."slug" FROM unnest($1::text[]) AS g("name") JOIN "Forum" f ON f."slug" = g."name"
      OR "fold"(f."name") = "fold"(g."name") OR "fold"(coalesce(f."acronym", '')) = "fold"(g."name")
      OR EXISTS (SELECT FROM "ForumName" n WHERE n."forumId" = f."id" AND "fold"(n."text") = "fold"(g."name"))
    ORDER BY f."slug" DESC`,
    names,
  );
  return new Map(found.map(({ name, slug }) => [folded(name), slug]));
}

interface MeetingRow {
  readonly slug: string;
  readonly seats: readonly { readonly party: string; readonly person: string | null; readonly role: string }[];
  readonly reported: readonly string[];
}

/** The meetings that facts say are the same, and those whose slugs a new meeting could get. */
async function meetingsIn(
  statements: Statements,
  facts: readonly PackFact[],
  sha256: string,
): Promise<Map<string, KnownMeeting>> {
  const starts = facts.flatMap(({ kind, value }) =>
    kind === "date" && typeof value === "string" ? value.slice(0, 10) : [],
  );
  const found = await statements.$queryRawUnsafe<MeetingRow[]>(
    `SELECT m."slug",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('party', y."code", 'person', e."slug", 'role', s."role") ORDER BY s."position"), '[]')
        FROM "Participant" s JOIN "Party" y ON y."id" = s."partyId" LEFT JOIN "Person" e ON e."id" = s."personId"
        WHERE s."meetingId" = m."id") AS "seats",
      array(SELECT r."status"::text FROM "StatusReport" r JOIN "Citation" c ON c."statusReportId" = r."id"
        JOIN "Document" d ON d."id" = c."documentId" WHERE r."meetingId" = m."id" AND d."sha256" = $3) AS "reported"
    FROM "Meeting" m WHERE m."slug" = ANY($1::text[]) OR left(m."slug", 10) = ANY($2::text[])`,
    namesIn(facts, "sameAs"),
    starts,
    sha256,
  );
  return new Map(found.map((row) => [row.slug, knownMeeting(row)]));
}

function knownMeeting({ seats, reported }: MeetingRow): KnownMeeting {
  return {
    parties: new Set(seats.map(({ party }) => party)),
    role: (party, person) =>
      (
        seats.find((seat) => seat.party === party && seat.person === (person ?? null)) ??
        seats.find((seat) => seat.party === party && seat.person === null)
      )?.role,
    isReported: (status) => reported.includes(status),
  };
}

/** A name for comparisons, without case, accents and punctuation. */
function folded(name: string): string {
  return slugOf(name);
}
