// Mercurius with its JIT and its loaders, over pg: one prepared statement per loader and batch.
import { fastify } from "fastify";
import mercurius from "mercurius";
import pg from "pg";
import { connections, contract, passageOf, typeOfParty } from "./contract.js";
import { announce, settings } from "./process.js";

const pool = new pg.Pool({ connectionString: settings.url, max: connections, min: connections });
// Dates stay text, as the partial dates beside them are.
const statements = new Map();

/** Sends a statement that Postgres keeps prepared. */
async function ask(text, values) {
  let name = statements.get(text);
  if (!name) statements.set(text, (name = `s${statements.size}`));
  return (await pool.query({ name, text, values })).rows;
}

const columns = {
  Meeting: `m."id", m."slug", m."title", m."kind", m."format", m."status", m."on", m."endsOn", m."purpose", m."ordinal", m."placeId", m."forumId", m."sidelinesOfId"`,
  Party: `"id", "kind", "code", "name"`,
  Person: `"id", "slug", "name"`,
  Office: `"id", "title", "kind"`,
  Forum: `"id", "slug", "name"`,
  Place: `"id", "city", "stateId"`,
  Document: `"id", "title", "publisher", "publishedOn", "url"`,
};

/** A loader of one row each by an id that the object holds. */
function one(table, column) {
  const text = `SELECT ${columns[table].replaceAll("m.", "")} FROM "${table}" WHERE "id" = ANY ($1)`;
  return async (queries) => {
    const ids = [...new Set(queries.map(({ obj }) => obj[column]).filter((id) => id !== null))];
    if (ids.length === 0) return queries.map(() => null);
    const byId = new Map((await ask(text, [ids])).map((row) => [row.id, row]));
    return queries.map(({ obj }) => byId.get(obj[column]) ?? null);
  };
}

/** A loader of rows of each object; fields with other arguments make batches of their own. */
function many(text, values, wrap) {
  return async (queries) => {
    const batches = new Map();
    for (const { obj, params } of queries) {
      const key = JSON.stringify(params);
      const batch = batches.get(key) ?? { params, ids: new Set(), rows: new Map() };
      batch.ids.add(obj.id);
      batches.set(key, batch);
    }
    await Promise.all(
      [...batches.values()].map(async (batch) => {
        for (const row of await ask(text, [[...batch.ids], ...values(batch.params)])) {
          const rows = batch.rows.get(row.owner);
          if (rows) rows.push(row);
          else batch.rows.set(row.owner, [row]);
        }
      }),
    );
    return queries.map(({ obj, params }) => wrap(batches.get(JSON.stringify(params)).rows.get(obj.id) ?? []));
  };
}

const page = (rows) => ({ nodes: rows });
const list = (rows) => rows;
const first = ({ first: size }) => [size ?? 20];

/** For each owner the first rows of its own, by a lateral join that ends where the page is full. */
const perOwner = (select) =>
  `SELECT o."id" AS "owner", x.* FROM unnest($1::text[]) AS o("id") CROSS JOIN LATERAL (${select}) x`;

const loaders = {
  Meeting: {
    place: one("Place", "placeId"),
    forum: one("Forum", "forumId"),
    sidelinesOf: one("Meeting", "sidelinesOfId"),
    sidelineMeetings: many(
      perOwner(
        `SELECT ${columns.Meeting} FROM "Meeting" m WHERE m."sidelinesOfId" = o."id" ORDER BY m."onEarliest" DESC, m."id" DESC LIMIT $2`,
      ),
      first,
      page,
    ),
    participants: many(
      perOwner(
        `SELECT p."id", p."role", p."isExpected", p."partyId", p."personId", p."officeId" FROM "Participant" p WHERE p."meetingId" = o."id" ORDER BY p."position", p."id" LIMIT $2`,
      ),
      first,
      page,
    ),
    citations: many(
      perOwner(`SELECT c."id", c."stance", c."locator", c."quote", c."start", c."end", c."documentId" FROM "Citation" c JOIN "Document" d ON d."id" = c."documentId"
        WHERE c."meetingId" = o."id" ORDER BY d."publishedOnEarliest" NULLS LAST, c."documentId", c."start" NULLS LAST, c."id" LIMIT $2`),
      first,
      page,
    ),
  },
  Place: { country: one("Party", "stateId") },
  Participant: { party: one("Party", "partyId"), person: one("Person", "personId"), office: one("Office", "officeId") },
  Citation: { document: one("Document", "documentId") },
  Person: {
    tenures: many(
      `SELECT "personId" AS "owner", "id", "since", "until", "officeId" FROM "Tenure" WHERE "personId" = ANY ($1)
        ORDER BY coalesce("sinceEarliest", "attestedOnEarliest") DESC NULLS LAST, "id"`,
      () => [],
      list,
    ),
  },
  Tenure: { office: one("Office", "officeId") },
  State: {
    meetings: many(
      perOwner(`SELECT ${columns.Meeting} FROM "Participant" p JOIN "Meeting" m ON m."id" = p."meetingId"
        WHERE p."partyId" = o."id" AND p."meetingEarliest" <= $4::date AND p."meetingLatest" >= $3::date
        ORDER BY p."meetingEarliest" DESC, p."meetingId" DESC LIMIT $2`),
      ({ first: size, filter }) => [size ?? 20, filter.during.from, filter.during.to],
      page,
    ),
  },
  Forum: {
    sessions: many(
      perOwner(
        `SELECT ${columns.Meeting} FROM "Meeting" m WHERE m."forumId" = o."id" ORDER BY m."onEarliest" DESC, m."id" DESC LIMIT $2`,
      ),
      first,
      page,
    ),
    memberships: many(
      perOwner(`SELECT b."id", b."role", b."since", b."until", b."hasEnded", b."partyId" FROM "ForumMembership" b JOIN "Party" y ON y."id" = b."partyId"
        WHERE b."forumId" = o."id" AND least(b."sinceLatest", b."attestedOnLatest") <= $3::date
          AND CASE WHEN b."untilEarliest" IS NOT NULL THEN $3::date < b."untilEarliest" WHEN b."hasEnded" IS FALSE THEN true
            ELSE $3::date <= coalesce(b."attestedOnLatest", b."sinceLatest") END
        ORDER BY y."name", b."id" LIMIT $2`),
      ({ first: size, asOf }) => [size ?? 20, asOf],
      page,
    ),
  },
  ForumMembership: { party: one("Party", "partyId") },
};

const oneRow = async (text, values) => (await ask(text, values))[0] ?? null;

const resolvers = {
  Query: {
    meeting: (_, { slug }) => oneRow(`SELECT ${columns.Meeting} FROM "Meeting" m WHERE m."slug" = $1`, [slug]),
    meetings: async (_, { first: size }) =>
      page(
        await ask(
          `SELECT ${columns.Meeting} FROM "Meeting" m WHERE m."onEarliest" IS NOT NULL ORDER BY m."onEarliest" DESC, m."id" DESC LIMIT $1`,
          [size ?? 20],
        ),
      ),
    state: (_, { code }) =>
      oneRow(`SELECT ${columns.Party} FROM "Party" WHERE "code" = $1 AND "kind" = 'STATE'`, [code]),
    forum: (_, { slug }) => oneRow(`SELECT ${columns.Forum} FROM "Forum" WHERE "slug" = $1`, [slug]),
  },
  Citation: { passage: passageOf },
  Party: { resolveType: typeOfParty },
};

const app = fastify();
await app.register(mercurius, { schema: contract, resolvers, loaders, jit: 1, graphiql: false });
await app.listen({ port: settings.port, host: "127.0.0.1" });
announce();
