import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { gunzipSync } from "node:zlib";
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
} from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAuthenticate } from "../../src/access/authenticate.js";
import { createKeyRing } from "../../src/access/key.ring.js";
import { createKey } from "../../src/access/keys.js";
import { backUp } from "../../src/backup/backup.js";
import { restore } from "../../src/backup/restore.js";
import { audit } from "../../src/database/audit.js";
import type { Database } from "../../src/database/open.js";
import { mediaTypes } from "../../src/exports/exports.js";
import { tableTypes } from "../../src/exports/tables/formats.js";
import { allTables } from "../../src/exports/tables/tables.js";
import { createLogger } from "../../src/lib/log.js";
import { exportPack } from "../../src/packs/export.js";
import { importPacks } from "../../src/packs/import.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { openService, schema, type ExportService } from "../exports/service.js";
import { createAsker, type Asker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, type Editor } from "../support/editors.js";
import { listenOver } from "../support/listening.js";
import { faultsOf, removeFolders, temporaryFolder, writePack } from "../support/packs.js";
import { nextEvent, subscribe } from "../support/streams.js";

// Every way out of the service is walked: root fields in all read views, streams, routes, exports, backups and the log. The
// lists of ways come from the code, so that a new way is walked, or fails here until it says how.

/** Words that stand in private texts only; the last ones were public before. */
const secrets = [
  "quuxomarel", // before the cited passage
  "zibblewick", // after it
  "frobnatter", // in a former version of a text that was private all the time
  "wozzlethorp", // in a withdrawn text
  "plonkendale", // in a text that was public, and so was its history
  "grumblefeld", // in a long passage of that text, which was cited while it was public
  "snorkelvane", // in a public text that was merged into a private one
  "drabblequick", // in a draft
];
/** Words of cited passages, which everybody may see. */
const cited = ["kelpbarrow", "mistlequay"];

const planted = `The quuxomarel delegation arrived. The kelpbarrow ministers met in Delhi. The zibblewick talks went on.`;
const formerly = `The frobnatter delegation arrived. The kelpbarrow ministers met in Delhi. The talks went on.`;
const long = `The mistlequay ministers spoke ${"of peace and of ships, ".repeat(14)}and of the grumblefeld treaty.`;
const once = `A plonkendale day in Delhi. ${long} Nothing else was said.`;

const sources = (entries: object[]): string => JSON.stringify({ documents: entries });
const about = { kind: "NEWS_REPORT", publisher: "The Daily", language: "en" };
const planned = [{ document: "planted", quote: "kelpbarrow ministers met in Delhi" }];
const pack = {
  "pack.yaml": JSON.stringify({ pack: { name: "planted", title: "Planted texts" } }),
  "documents.yaml": sources([
    { key: "planted", title: "Planted", ...about, publishedOn: "2024-11-20", access: "PRIVATE", textFile: "a.txt" },
    { key: "once", title: "Once", ...about, publishedOn: "2024-11-21", textFile: "b.txt" },
  ]),
  "a.txt": formerly,
  "b.txt": once,
  "records.yaml": JSON.stringify({
    states: [
      { code: "IND", name: "India", cite: planned },
      { code: "CHN", name: "China", cite: planned },
    ],
    organizations: [{ code: "ORG", name: "Organization", cite: planned }],
    persons: [
      { slug: "one", name: "One", state: "IND", cite: planned },
      { slug: "two", name: "Two", state: "CHN", cite: [{ document: "once", quote: long }] },
    ],
    forums: [{ slug: "forum", name: "Forum", acronym: "FRM", kind: "SUMMIT", cite: planned }],
    places: [{ key: "IND/delhi", city: "Delhi", state: "IND" }],
    meetings: [
      {
        slug: "meeting",
        title: "Ministers meet in Delhi",
        kind: "BILATERAL",
        on: "2024-11-20",
        place: "IND/delhi",
        cite: planned,
        participants: [
          { party: "IND", person: "one", role: "PRINCIPAL", cite: planned },
          { party: "CHN", person: "two", role: "PRINCIPAL", cite: planned },
        ],
        statusReports: [{ status: "HELD", reportedOn: "2024-11-20", cite: planned }],
      },
    ],
  }),
};

let database: Database;
let editor: Editor;
let anybody: Asker;
let service: ExportService;
const keys: Record<string, string> = {};
const log: string[] = [];
/** The moments of all acts. */
let moments: string[];
/** The ids of all records that there are or were, by their prefix. */
let ids: string[];

const secretsIn = (text: string): string[] => secrets.filter((secret) => text.toLowerCase().includes(secret));
/** Leaks as `way: word`. */
const leaks = (way: string, text: string): string[] => secretsIn(text).map((secret) => `${way}: ${secret}`);

async function idOf(key: string): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(`SELECT "id" FROM editing."Document" WHERE "key" = $1`, [
    key,
  ]);
  return rows[0]?.id ?? "";
}

async function done(name: string, input: object): Promise<void> {
  expect([name, (await editor.act(name, input)).userErrors]).toEqual([name, []]);
}

const correct = (id: string, field: string, value: unknown): Promise<void> =>
  done("correctRecord", { id, reason: "As agreed.", corrections: [{ field, value }] });

beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database, "desk", { compares: false });
  anybody = createAsker(database, { compares: false });
  await importPacks(database, [await writePack(pack)]);
  await correct(await idOf("planted"), "text", planted);
  // The passage of a text that becomes private is cut down to what the fact needs.
  const { rows } = await database.pool.query<{ id: string }>(
    `SELECT "id" FROM "Citation" WHERE char_length("quote") > 300`,
  );
  await correct(rows[0]?.id ?? "", "quote", "The mistlequay ministers spoke");
  await correct(await idOf("once"), "access", "PRIVATE");
  await done("addDocument", { ...about, key: "gone", title: "Gone", access: "PRIVATE", text: "A wozzlethorp day." });
  await done("withdrawRecord", { id: await idOf("gone"), reason: "Not a source." });
  await done("addDocument", { ...about, key: "twin", title: "Twin", text: "A snorkelvane day." });
  const merged = { id: await idOf("twin"), into: await idOf("planted"), prefer: "SURVIVOR", reason: "One source." };
  await done("mergeRecords", merged);
  const draft = { ...about, key: "draft", title: "Draft", draft: true };
  await done("addDocument", { ...draft, access: "PRIVATE", text: "A drabblequick day." });
  const acts = await database.pool.query<{ at: string }>(
    `SELECT to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "at" FROM "Act" ORDER BY "number"`,
  );
  moments = acts.rows.map(({ at }) => at);
  const all = await database.pool.query<{ id: string }>(
    declaredRecords.map(({ table }) => `SELECT DISTINCT "id" FROM past."${table}"`).join(" UNION "),
  );
  ids = all.rows.map(({ id }) => id);
  for (const scope of ["READ", "EDIT"] as const)
    keys[scope] = `Bearer ${(await createKey(database.prisma, { name: scope, scope, expiresAt: null })).key}`;
  const destination = new Writable({
    write(chunk: Buffer, _encoding, next) {
      log.push(chunk.toString());
      next();
    },
  });
  service = await openService(database, {
    log: createLogger({ level: "trace", destination }),
    authenticate: createAuthenticate({ keys: createKeyRing(database.pool), tokens: undefined }),
  });
});
afterAll(async () => {
  await service.close();
  await database.close();
  await removeFolders();
});

// ------------------------------------------------------------------------------------------------- everything a type says

/** Literals for required arguments, by their type. */
const required: Readonly<Record<string, string>> = { Date: `"2024-11-20"`, ID: `"none"`, String: `"none"`, Int: "10" };

function literalFor(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalFor(type.ofType);
  if (isListType(type)) return `[${literalFor(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "";
  return required[type.name] ?? "{}";
}

function givenFor(args: readonly GraphQLArgument[]): string {
  const given = args.flatMap(({ name, type, defaultValue }) => {
    if (name === "first") return ["first: 20"];
    // A session is asked for by its number, or by its day.
    if (name === "ordinal") return ["ordinal: 1"];
    return isNonNullType(type) && defaultValue === undefined ? [`${name}: ${literalFor(type)}`] : [];
  });
  return given.length === 0 ? "" : `(${given.join(", ")})`;
}

/** A selection of everything that a type says, and of what it leads to in so many steps. */
function everythingOf(type: GraphQLNamedType, steps: number, prefix = ""): string {
  if (isAbstractType(type)) {
    const parts = schema
      .getPossibleTypes(type)
      .map((one) => `... on ${one.name} ${everythingOf(one, steps, `${one.name}_`)}`);
    return `{ __typename ${parts.join(" ")} }`;
  }
  if (!isObjectType(type)) return "";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const start = `${prefix}${field.name}: ${field.name}${givenFor(field.args)}`;
    if (isLeafType(named)) return [start];
    const isList = named.name.endsWith("Connection");
    if (["edges", "pageInfo"].includes(field.name) || (steps === 0 && !["Passage", "FieldChange"].includes(named.name)))
      return [];
    return [`${start} ${everythingOf(named, isList ? steps : Math.max(0, steps - 1))}`];
  });
  return `{ __typename ${fields.join(" ")} }`;
}

// ------------------------------------------------------------------------------------------------------------ root fields

const between = `between: ["IND", "CHN"]`;
const period = `from: "2020-01-01", to: "2025-01-01"`;
const rule = "rule: ANY_ROLE";

/** The arguments with which each root field is asked. */
async function questions(): Promise<Readonly<Record<string, readonly string[]>>> {
  const documents = await Promise.all(["planted", "once"].map(idOf));
  const things = [...secrets, ...secrets.map((secret) => `${secret.slice(0, -2)}x`), "ministers", "delhi", ...cited];
  return {
    _entities: documents.map((id) => `representations: [{ __typename: "Document", id: "${id}" }]`),
    _service: [""],
    activities: [""],
    activity: [`key: "none"`],
    agreement: [`key: "none"`],
    agreements: [""],
    commitments: [""],
    conflicts: [""],
    contradictions: [""],
    corrections: ["first: 50", ...documents.map((of) => `first: 50, of: "${of}"`)],
    coverage: [`of: "${await partyId()}", asOf: "2025-01-01"`],
    document: documents.map((id) => `id: "${id}"`),
    documents: [""],
    firstMeetingSince: [`${between}, level: PARTIES, day: "2020-01-01"`],
    firstSinceClaims: [""],
    forum: [`slug: "forum"`],
    forums: [""],
    gaps: [`of: "${await partyId()}", asOf: "2025-01-01"`],
    identified: [`scheme: DOI, value: "10.1234/private"`],
    jointMembershipChanges: [`parties: ["IND", "CHN"], ${period}, ${rule}`],
    jointMembershipMatrix: [`asOf: "2024-11-20", ${rule}`],
    jointMembershipMatrixChanges: [`${period}, ${rule}`],
    jointMemberships: [`parties: ["IND", "CHN"], asOf: "2024-11-20", ${rule}`],
    lastMeeting: [`${between}, level: PARTIES`],
    lastMet: [`${between}, level: PARTIES`],
    ledger: [between],
    meeting: [`slug: "meeting"`],
    meetingCounts: ["by: [PARTY]"],
    meetings: [""],
    milestones: [""],
    node: ids.map((id) => `id: "${id}"`),
    nodeAsKnown: ids.map((id) => `id: "${id}"`),
    nodes: [`ids: [${documents.map((id) => `"${id}"`).join(", ")}]`],
    officeHolders: [`asOf: "2024-11-20"`],
    organization: [`code: "ORG"`],
    party: [`code: "IND"`],
    person: [`slug: "one"`, `slug: "two"`],
    persons: [""],
    rateLimit: [""],
    search: things.map((query) => `query: "${query}"`),
    service: [""],
    state: [`code: "IND"`],
    states: [""],
    statements: [""],
    suggestions: things.map((prefix) => `prefix: "${prefix}"`),
    timeline: documents.map((of) => `of: "${of}"`),
    topics: [""],
    unmetPairs: [`parties: ["IND", "CHN"]`],
    viewer: [""],
    visits: [""],
  };
}

async function partyId(): Promise<string> {
  const { party } = await anybody.ask<{ party: { id: string } }>(`{ party(code: "IND") { id } }`);
  return party.id;
}

/** Root fields that clients without the scope EDIT may ask for; tests/access/walk.test.ts holds which are not. */
const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ astNode }) =>
  (astNode?.directives ?? []).every(
    ({ name, arguments: given = [] }) =>
      name.value !== "requires" || !given.some(({ value }) => value.kind === "EnumValue" && value.value === "EDIT"),
  ),
);

it("every root field has a question here, and no other has one", async () => {
  expect(Object.keys(await questions()).sort()).toEqual(roots.map(({ name }) => name).sort());
});

it("no root field tells a private word, now or as of any moment", async () => {
  const found: string[] = [];
  const seen = new Set<string>();
  // At first, before the second text became private, and at the end.
  const some = [0, 2, moments.length - 1].flatMap((index) => moments[index] ?? []);
  const asked = await questions();
  for (const { name, args, type } of roots) {
    const isDated = args.some((argument) => argument.name === "knownAt");
    const isAny = name.startsWith("node") && name !== "nodes";
    for (const given of asked[name] ?? []) {
      // A record of any kind is asked with all that it leads to where it is a document or a citation, or by itself.
      const steps = isAny && !/"(doc|cit)_/.test(given) ? 0 : 1;
      for (const moment of [undefined, ...(isDated ? some : [])]) {
        const all = [given, moment === undefined ? "" : `knownAt: "${moment}"`].filter((one) => one !== "").join(", ");
        const named = getNamedType(type);
        const selection = isLeafType(named) ? "" : everythingOf(named, steps);
        const answer = await anybody.answer(`{ ${name}${all === "" ? "" : `(${all})`} ${selection} }`);
        expect([name, all, answer.errors]).toEqual([name, all, []]);
        const text = JSON.stringify(answer.data);
        found.push(...leaks(`${name}(${all})`, text));
        for (const word of cited) if (text.includes(word)) seen.add(word);
        const isSecret = secrets.some((secret) => given.includes(secret.slice(0, -2)));
        if (name === "search" && isSecret)
          expect([all, answer.data]).toMatchObject([all, { search: { totalCount: 0 } }]);
      }
    }
  }
  expect(found).toEqual([]);
  // The walk goes where passages are.
  expect([...seen].sort()).toEqual([...cited].sort());
}, 600_000);

// ---------------------------------------------------------------------------------------------------------------- streams

it("no stream tells a private word of all that ever happened", async () => {
  const streams = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  expect(streams.map(({ name }) => name)).toEqual(["recordChanged"]);
  const { rows } = await database.pool.query<{ id: string }>(`SELECT "id" FROM "Act" ORDER BY "number"`);
  const listening = await listenOver(database, { maxOperationDepth: 50 } as object);
  const fields = `id act { kind reason changes(first: 100) { nodes { title fields { field before after } } } }
    changes(first: 100) { nodes { title fields { field before after }
      record { id ... on Document { text access sha256 } ... on Citation { passage { quote } } } } }`;
  const query = `subscription { recordChanged(after: "${rows[0]?.id ?? ""}") { ${fields} } }`;
  const stream = await subscribe(listening.address, { query });
  try {
    for (let count = 1; count < rows.length; count += 1) await nextEvent(stream);
    expect(leaks("recordChanged", stream.text())).toEqual([]);
  } finally {
    stream.close();
    await listening.close();
  }
});

// ------------------------------------------------------------------------------------------------------- routes and pages

/** The routes of a service by their patterns, as Fastify draws them. */
function routesOf(drawn: string): string[] {
  const above: string[] = [];
  return drawn.split("\n").flatMap((line) => {
    const [, lead = "", segment = "", methods] = /^((?:│ {3}| {4})*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line) ?? [];
    if (segment === "") return [];
    const depth = lead.length / 4;
    above.splice(depth, above.length, segment);
    return methods?.includes("GET") === true ? [above.join("")] : [];
  });
}

/** Addresses of a route, with values for its parameters. */
async function addressesOf(route: string): Promise<string[]> {
  const [, one, several] = /\\\.(?:([a-z]+)|\(\?:(.+)\))\$\)$/.exec(route) ?? [];
  const endings = (several ?? one)?.replaceAll("\\", "").split("|") ?? [];
  const path = route.replace(/\/:.*$|\*$/, "");
  if (!/[:*]/.test(route)) return [route];
  const names: Record<string, readonly string[]> = {
    "/meetings": ["meeting"],
    "/forums": ["forum"],
    "/states": ["IND"],
    "/organizations": ["ORG"],
    "/persons": ["one", "two"],
    "/pairs": ["IND-CHN"],
    "/records": ids,
    "/documents": await Promise.all(["planted", "once"].map(idOf)),
    "/agreements": ["none"],
    "/activities": ["none"],
    "/playground/": ["index.html"],
    "/docs": ["exports"],
  };
  const known = names[path];
  if (known === undefined) throw new Error(`say here which addresses of ${route} are visited`);
  const written = known.map((name) => `${path.replace(/\/$/, "")}/${name}`);
  return endings.length === 0 ? written : written.flatMap((name) => endings.map((ending) => `${name}.${ending}`));
}

const parameters = ["", ...secrets.map((secret) => `?q=${secret}`), "?q=ministers", "?q=kelpbarrow"];

it("no route tells a private word, with any credential that only reads", async () => {
  const routes = routesOf(service.app.printRoutes({ commonPrefix: false }));
  expect(routes).toContain("/documents/:name");
  const found: string[] = [];
  const waiting = (await Promise.all(routes.map(addressesOf))).flat();
  waiting.push(...parameters.map((search) => `/search${search}`));
  for (const moment of moments) {
    waiting.push(`/documents/${await idOf("once")}?knownAt=${moment}`);
    waiting.push(...["/documents.csv", "/citations.jsonl"].map((table) => `${table}?knownAt=${moment}`));
  }
  const visited = new Set<string>();
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (visited.has(address) || visited.size > 700) continue;
    visited.add(address);
    for (const authorization of [undefined, keys["READ"]]) {
      const headers = authorization === undefined ? {} : { authorization };
      const { body, headers: answered, statusCode } = await service.app.inject({ url: address, headers });
      if (routes.includes(address) && address !== "/readyz")
        expect([address, statusCode < 500]).toEqual([address, true]);
      // A page of search results repeats what was asked for.
      const shown = body.replaceAll(decodeURIComponent(/[?&]q=([^&]*)/.exec(address)?.[1] ?? "\0"), "");
      found.push(...leaks(`${address} ${authorization === undefined ? "" : "READ"}`, shown));
      const links = [...body.matchAll(/href="(\/[^"#]*)/g)].map(([, link = ""]) => link.replaceAll("&amp;", "&"));
      waiting.push(...links, ...(typeof answered["location"] === "string" ? [answered["location"]] : []));
    }
  }
  expect(found).toEqual([]);
}, 600_000);

it("the page of a private source shows its cited passages and its digest", async () => {
  const { body } = await service.app.inject({ url: `/documents/${await idOf("planted")}` });
  expect(body).toContain("kelpbarrow ministers met in Delhi");
  expect(body).toContain("Not public");
  expect(body).toMatch(/<code>[0-9a-f]{64}<\/code>/);
});

it("editors see private texts, other clients do not get their answers, and the log has no word of them", async () => {
  const query = `{ document(id: "${await idOf("planted")}") { text access sha256 } documents { nodes { text } } }`;
  const ask = async (authorization: string | undefined, method: "GET" | "POST"): Promise<string> => {
    const headers = {
      "content-type": "application/json",
      "apollo-require-preflight": "1",
      ...(authorization && { authorization }),
    };
    const url = method === "GET" ? `/graphql?query=${encodeURIComponent(query)}` : "/graphql";
    const payload = method === "POST" ? { payload: JSON.stringify({ query }) } : {};
    return (await service.app.inject({ method, url, headers, ...payload })).body;
  };
  for (const method of ["GET", "POST"] as const) {
    // Prepared operations and stored responses come with repetition.
    for (let time = 0; time < 4; time += 1) {
      expect(secretsIn(await ask(keys["EDIT"], method))).toEqual(
        expect.arrayContaining(["quuxomarel", "zibblewick", "plonkendale", "drabblequick"]),
      );
      expect(secretsIn(await ask(undefined, method))).toEqual([]);
      expect(secretsIn(await ask(keys["READ"], method))).toEqual([]);
    }
  }
  expect(leaks("log", log.join("\n"))).toEqual([]);
});

// ---------------------------------------------------------------------------------------------------- exports and backups

async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
}

it("every kind of export is a route that was walked", () => {
  const routes = routesOf(service.app.printRoutes({ commonPrefix: false }));
  for (const format of Object.keys(mediaTypes)) expect(routes).toContain(`/meetings.${format}`);
  for (const { name } of allTables(schema))
    for (const format of Object.keys(tableTypes)) expect(routes).toContain(`/${name}.${format}`);
});

it("a pack for everybody has no private word, and loads with its passages and digests", async () => {
  const folder = join(await temporaryFolder(), "public");
  await exportPack(database, folder);
  const text = await textsIn(folder);
  expect(leaks("pack", text)).toEqual([]);
  expect(text).toContain("kelpbarrow ministers met in Delhi");
  const other = await anyDatabase();
  try {
    await importPacks(other, [folder]);
    const loaded = await createAsker(other).ask<{ documents: { nodes: object[] } }>(
      "{ documents { nodes { key access text sha256 citations { nodes { passage { quote start end } } } } } }",
    );
    const here = await anybody.ask<{ documents: { nodes: object[] } }>(
      "{ documents { nodes { key access text sha256 citations { nodes { passage { quote start end } } } } } }",
    );
    expect(loaded).toEqual(here);
    // The text itself can be given later, if it is the one of the digest; then passages are checked.
    const wrong = sources([{ key: "planted", title: "Planted", ...about, access: "PRIVATE", textFile: "a.txt" }]);
    expect(await faultsOf(importPacks(other, [await writePack({ "pack.yaml": wrong, "a.txt": formerly })]))).toEqual([
      expect.stringMatching(/the text has the hash [0-9a-f]{64}, not [0-9a-f]{64}$/) as unknown,
    ]);
    await importPacks(other, [await writePack({ "pack.yaml": wrong, "a.txt": planted })]);
    expect(await audit(other.url)).toEqual([]);
    // The pack changes nothing where the texts are held.
    const again = await importPacks(database, [folder]);
    expect(Object.values(again.rows).map(({ created, updated }) => created + updated)).not.toContain(1);
  } finally {
    await other.close();
  }
});

it("a pack with private texts has them, and loads", async () => {
  const folder = join(await temporaryFolder(), "whole");
  await exportPack(database, folder, { withPrivateTexts: true });
  expect(secretsIn(await textsIn(folder)).sort()).toEqual(["grumblefeld", "plonkendale", "quuxomarel", "zibblewick"]);
  const other = await anyDatabase();
  try {
    await importPacks(other, [folder]);
    expect(await audit(other.url)).toEqual([]);
  } finally {
    await other.close();
  }
});

it("a public backup has no private word, and restores to a sound record", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "public.backup");
  await backUp(database.url, file, { software: "test", isPublic: true });
  expect(leaks("public backup", gunzipSync(await readFile(file)).toString("utf8"))).toEqual([]);
  const whole = join(folder, "whole.backup");
  await backUp(database.url, whole, { software: "test" });
  expect(secretsIn(gunzipSync(await readFile(whole)).toString("utf8"))).toEqual(secrets);
  const other = await anyDatabase();
  try {
    await restore(other.url, file, declaredRecords);
    expect(await audit(other.url)).toEqual([]);
    const { search } = await createAsker(other).ask<{ search: { totalCount: number } }>(
      `{ search(query: "Delhi") { totalCount } }`,
    );
    expect(search.totalCount).toBeGreaterThan(0);
    const words = `SELECT "word" FROM search."Word" WHERE "word" = 'delhi'`;
    expect((await other.pool.query(words)).rowCount).toBe(1);
  } finally {
    await other.close();
  }
});

// --------------------------------------------------------------------------------------------------------------- database

it("no public table and no view of a moment holds a private word, but for the column of private texts", async () => {
  const { rows: tables } = await database.pool.query<{ schema: string; name: string }>(
    `SELECT schemaname AS "schema", tablename AS "name" FROM pg_tables WHERE schemaname IN ('public', 'derived')
       OR schemaname = 'search' AND tablename <> 'Word'
     UNION ALL SELECT 'known', viewname FROM pg_views WHERE schemaname = 'known'`,
  );
  const found: string[] = [];
  for (const { schema: home, name } of tables) {
    for (const moment of home === "known" ? moments : [moments.at(-1)]) {
      const client = await database.pool.connect();
      try {
        await client.query("SELECT set_config('sidelines.known_at', $1, false)", [moment]);
        const { rows } = await client.query<{ row: string }>(
          `SELECT (to_jsonb(t) - CASE $1 WHEN 'known' THEN '' ELSE 'privateText' END)::text AS "row" FROM "${home}"."${name}" t`,
          [home],
        );
        found.push(...leaks(`${home}.${name}`, rows.map(({ row }) => row).join("\n")));
      } finally {
        client.release();
      }
    }
  }
  expect(found).toEqual([]);
  expect(await audit(database.url)).toEqual([]);
});

it("a text that is public again has its history back", async () => {
  const id = await idOf("once");
  await correct(id, "access", "PUBLIC");
  const asKnown = (moment: string): Promise<unknown> =>
    anybody.ask(`{ document(id: "${id}", knownAt: "${moment}") { access text } }`);
  expect(await asKnown(moments[0] ?? "")).toEqual({ document: { access: "PUBLIC", text: once } });
  const person = await anybody.ask(
    `{ person(slug: "two", knownAt: "${moments[0] ?? ""}") { citations { nodes { passage { quote } } } } }`,
  );
  expect(person).toEqual({ person: { citations: { nodes: [{ passage: { quote: long } }] } } });
  const between = moments[3] ?? "";
  expect(await asKnown(between)).toEqual({ document: { access: "PRIVATE", text: null } });
  const { document } = await anybody.ask<{ document: { history: { nodes: { fields: { after: string }[] }[] } } }>(
    `{ document(id: "${id}") { history { nodes { fields { after } } } } }`,
  );
  expect(document.history.nodes.at(-1)?.fields.map(({ after }) => after)).toContain(once);
  expect(await audit(database.url)).toEqual([]);
});
