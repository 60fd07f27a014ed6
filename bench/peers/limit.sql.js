// Statements written by hand and tuned by trial: rows are chosen from an index first and only with the columns they need;
// what belongs to one row is fetched by its key, which here costs Postgres less than joining; JSON is put together as
// text, which costs half of what its JSON functions do. Ids, slugs, codes, dates and enums need no escaping.

const quoted = (value) => `coalesce('"' || ${value} || '"', 'null')`;
const escaped = (value) => `coalesce(to_json(${value})::text, 'null')`;
const number = (value) => `coalesce(${value}::text, 'null')`;
const one = (object, from) => `coalesce((SELECT ${object} FROM ${from}), 'null')`;
const nodes = (cell, from, order = "") => `'{"nodes":[', (SELECT string_agg(${cell}, ','${order}) FROM ${from}), ']}'`;

const party = `(SELECT concat('{"code":"', y."code", '","name":', to_json(y."name"), '}') FROM "Party" y WHERE y."id" = p."partyId")`;
const seats = (columns, limit) =>
  `(SELECT ${columns} FROM "Participant" p WHERE p."meetingId" = m."id" ORDER BY p."position", p."id" LIMIT ${limit}) p`;

const place = one(
  `concat('{"city":', ${escaped('l."city"')}, ',"country":', ${one(`concat('{"code":"', c."code", '","name":', to_json(c."name"), '}')`, '"Party" c WHERE c."id" = l."stateId"')}, '}')`,
  '"Place" l WHERE l."id" = m."placeId"',
);
const sidelinesOf = one(
  `concat('{"slug":"', s."slug", '","title":', to_json(s."title"), ',"on":', ${quoted('s."on"')}, ',"ordinal":', ${number('s."ordinal"')},
    ',"forum":', ${one(`concat('{"slug":"', f."slug", '","name":', to_json(f."name"), '}')`, '"Forum" f WHERE f."id" = s."forumId"')}, '}')`,
  '"Meeting" s WHERE s."id" = m."sidelinesOfId"',
);
const participants = nodes(
  `concat('{"role":"', p."role", '","isExpected":', p."isExpected"::text, ',"party":', ${party},
    ',"person":', ${one(`concat('{"slug":"', h."slug", '","name":', to_json(h."name"), '}')`, '"Person" h WHERE h."id" = p."personId"')},
    ',"office":', ${one(`concat('{"title":', to_json(o."title"), ',"kind":"', o."kind", '"}')`, '"Office" o WHERE o."id" = p."officeId"')}, '}')`,
  seats('p."role", p."isExpected", p."partyId", p."personId", p."officeId"', 25),
);
const citations = nodes(
  `concat('{"stance":"', i."stance", '","locator":', ${escaped('i."locator"')},
    ',"passage":', CASE WHEN i."quote" IS NULL THEN 'null' ELSE concat('{"quote":', to_json(i."quote"), ',"start":', i."start", ',"end":', i."end", '}') END,
    ',"document":{"title":', to_json(i."title"), ',"publisher":', to_json(i."publisher"), ',"publishedOn":', ${quoted('i."publishedOn"')}, ',"url":', ${escaped('i."url"')}, '}}')`,
  `(SELECT i."stance", i."locator", i."quote", i."start", i."end", d."title", d."publisher", d."publishedOn", d."url"
    FROM "Citation" i JOIN "Document" d ON d."id" = i."documentId" WHERE i."meetingId" = m."id"
    ORDER BY d."publishedOnEarliest" NULLS LAST, i."documentId", i."start" NULLS LAST, i."id" LIMIT 20) i`,
);
const wholeMeeting = `concat('{"id":"', m."id", '","slug":"', m."slug", '","title":', to_json(m."title"), ',"kind":"', m."kind",
  '","format":', ${quoted('m."format"')}, ',"status":"', m."status", '","on":', ${quoted('m."on"')}, ',"endsOn":', ${quoted('m."endsOn"')},
  ',"purpose":', ${escaped('m."purpose"')}, ',"place":', ${place}, ',"sidelinesOf":', ${sidelinesOf},
  ',"participants":', ${participants}, ',"citations":', ${citations}, '}')`;

const inForce = `least(b."sinceLatest", b."attestedOnLatest") <= $2::date AND CASE WHEN b."untilEarliest" IS NOT NULL THEN $2::date < b."untilEarliest"
  WHEN b."hasEnded" IS FALSE THEN true ELSE $2::date <= coalesce(b."attestedOnLatest", b."sinceLatest") END`;

const tenures = `(SELECT string_agg(concat('{"since":', ${quoted('t."since"')}, ',"until":', ${quoted('t."until"')},
    ',"office":{"title":', (SELECT to_json(w."title") FROM "Office" w WHERE w."id" = t."officeId"), '}}'), ','
    ORDER BY coalesce(t."sinceEarliest", t."attestedOnEarliest") DESC NULLS LAST, t."id")
  FROM "Tenure" t WHERE t."personId" = h."id")`;

export const statements = {
  Meeting: {
    text: `SELECT concat('{"meeting":', ${one(wholeMeeting, '"Meeting" m WHERE m."slug" = $1')}, '}')`,
    values: ({ slug }) => [slug],
  },
  Latest: {
    text: `SELECT concat('{"meetings":', ${nodes(
      wholeMeeting,
      `(SELECT m."id", m."slug", m."title", m."kind", m."format", m."status", m."on", m."endsOn", m."purpose", m."placeId", m."sidelinesOfId"
        FROM "Meeting" m WHERE m."onEarliest" IS NOT NULL ORDER BY m."onEarliest" DESC, m."id" DESC LIMIT 20) m`,
    )}, '}')`,
    values: () => [],
  },
  OfParty: {
    // No partial date is longer than a year and no session longer than that, so the index ends the search at both sides.
    text: `SELECT concat('{"state":', ${one(
      `concat('{"name":', to_json(a."name"), ',"meetings":', ${nodes(
        `concat('{"slug":"', m."slug", '","title":', to_json(m."title"), ',"kind":"', m."kind", '","status":"', m."status", '","on":', ${quoted('m."on"')},
          ',"place":', ${one(`concat('{"city":', ${escaped('l."city"')}, '}')`, '"Place" l WHERE l."id" = m."placeId"')},
          ',"participants":', ${nodes(
            `concat('{"role":"', p."role", '","party":{"code":"', (SELECT y."code" FROM "Party" y WHERE y."id" = p."partyId"),
              '"},"person":', ${one(`concat('{"name":', to_json(h."name"), '}')`, '"Person" h WHERE h."id" = p."personId"')}, '}')`,
            seats('p."role", p."partyId", p."personId"', 25),
          )}, '}')`,
        `(SELECT DISTINCT q."meetingEarliest", q."meetingId" FROM "Participant" q
          WHERE q."partyId" = a."id" AND q."meetingEarliest" <= $3::date AND q."meetingEarliest" >= $2::date - 366 AND q."meetingLatest" >= $2::date
          ORDER BY q."meetingEarliest" DESC, q."meetingId" DESC LIMIT 20) q JOIN "Meeting" m ON m."id" = q."meetingId"`,
        ' ORDER BY q."meetingEarliest" DESC, q."meetingId" DESC',
      )}, '}')`,
      '"Party" a WHERE a."code" = $1',
    )}, '}')`,
    values: ({ code, from, to }) => [code, from, to],
  },
  Members: {
    text: `SELECT concat('{"forum":', ${one(
      `concat('{"name":', to_json(f."name"), ',"memberships":', ${nodes(
        `concat('{"role":"', b."role", '","since":', ${quoted('b."since"')}, ',"until":', ${quoted('b."until"')}, ',"hasEnded":', ${number('b."hasEnded"')},
          ',"party":{"code":"', b."code", '","name":', to_json(b."name"), '}}')`,
        `(SELECT b."role", b."since", b."until", b."hasEnded", y."code", y."name" FROM "ForumMembership" b JOIN "Party" y ON y."id" = b."partyId"
          WHERE b."forumId" = f."id" AND ${inForce} ORDER BY y."name", b."id" LIMIT 100) b`,
      )}, '}')`,
      '"Forum" f WHERE f."slug" = $1',
    )}, '}')`,
    values: ({ slug, day }) => [slug, day],
  },
  Deep: {
    text: `SELECT concat('{"forum":', ${one(
      `concat('{"name":', to_json(f."name"), ',"sessions":', ${nodes(
        `concat('{"ordinal":', ${number('s."ordinal"')}, ',"title":', to_json(s."title"), ',"on":', ${quoted('s."on"')}, ',"sidelineMeetings":', ${nodes(
          `concat('{"title":', to_json(m."title"), ',"on":', ${quoted('m."on"')}, ',"participants":', ${nodes(
            `concat('{"role":"', p."role", '","party":{"code":"', (SELECT y."code" FROM "Party" y WHERE y."id" = p."partyId"), '"},"person":',
              ${one(`concat('{"name":', to_json(h."name"), ',"tenures":[', ${tenures}, ']}')`, '"Person" h WHERE h."id" = p."personId"')}, '}')`,
            seats('p."role", p."partyId", p."personId"', 10),
          )}, '}')`,
          `(SELECT m."id", m."title", m."on" FROM "Meeting" m WHERE m."sidelinesOfId" = s."id" ORDER BY coalesce(m."onEarliest", '-infinity'::date) DESC, m."id" DESC LIMIT 5) m`,
        )}, '}')`,
        `(SELECT s."id", s."title", s."on", s."ordinal" FROM "Meeting" s WHERE s."forumId" = f."id" ORDER BY coalesce(s."onEarliest", '-infinity'::date) DESC, s."id" DESC LIMIT 5) s`,
      )}, '}')`,
      '"Forum" f WHERE f."slug" = $1',
    )}, '}')`,
    values: ({ slug }) => [slug],
  },
};
