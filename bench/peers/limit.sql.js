// Statements written by hand, as fast as I could make them on the schema as it is: ids are chosen from an index first,
// wide rows are joined afterwards, and each object is built once.

const participants = (limit, cells) => `json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(${cells}) ORDER BY p."position", p."id"), '[]'::json)
      FROM (SELECT * FROM "Participant" p WHERE p."meetingId" = m."id" ORDER BY p."position", p."id" LIMIT ${limit}) p
      JOIN "Party" y ON y."id" = p."partyId"
      LEFT JOIN "Person" h ON h."id" = p."personId"
      ${cells.includes("o.") ? 'LEFT JOIN "Office" o ON o."id" = p."officeId"' : ""}))`;

const wholeMeeting = `json_build_object(
    'id', m."id", 'slug', m."slug", 'title', m."title", 'kind', m."kind", 'format', m."format", 'status', m."status",
    'on', m."on", 'endsOn', m."endsOn", 'purpose', m."purpose",
    'place', CASE WHEN l."id" IS NOT NULL THEN json_build_object('city', l."city",
      'country', CASE WHEN c."id" IS NOT NULL THEN json_build_object('code', c."code", 'name', c."name") END) END,
    'sidelinesOf', CASE WHEN s."id" IS NOT NULL THEN json_build_object('slug', s."slug", 'title', s."title", 'on', s."on",
      'ordinal', s."ordinal", 'forum', CASE WHEN f."id" IS NOT NULL THEN json_build_object('slug', f."slug", 'name', f."name") END) END,
    'participants', ${participants(
      25,
      `'role', p."role", 'isExpected', p."isExpected", 'party', json_build_object('code', y."code", 'name', y."name"),
       'person', CASE WHEN h."id" IS NOT NULL THEN json_build_object('slug', h."slug", 'name', h."name") END,
       'office', CASE WHEN o."id" IS NOT NULL THEN json_build_object('title', o."title", 'kind', o."kind") END`,
    )},
    'citations', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object('stance', i."stance", 'locator', i."locator",
        'passage', CASE WHEN i."quote" IS NOT NULL THEN json_build_object('quote', i."quote", 'start', i."start", 'end', i."end") END,
        'document', json_build_object('title', i."title", 'publisher', i."publisher", 'publishedOn', i."publishedOn", 'url', i."url"))), '[]'::json)
      FROM (
        SELECT i."stance", i."locator", i."quote", i."start", i."end", d."title", d."publisher", d."publishedOn", d."url"
        FROM "Citation" i JOIN "Document" d ON d."id" = i."documentId"
        WHERE i."meetingId" = m."id"
        ORDER BY d."publishedOnEarliest" NULLS LAST, i."documentId", i."start" NULLS LAST, i."id" LIMIT 20) i)))`;

const around = `LEFT JOIN "Place" l ON l."id" = m."placeId"
    LEFT JOIN "Party" c ON c."id" = l."stateId"
    LEFT JOIN "Meeting" s ON s."id" = m."sidelinesOfId"
    LEFT JOIN "Forum" f ON f."id" = s."forumId"`;

export const statements = {
  Meeting: {
    text: `SELECT json_build_object('meeting', (SELECT ${wholeMeeting} FROM "Meeting" m ${around} WHERE m."slug" = $1))::text`,
    values: ({ slug }) => [slug],
  },
  Latest: {
    text: `SELECT json_build_object('meetings', json_build_object('nodes', (
      SELECT json_agg(${wholeMeeting} ORDER BY m."onEarliest" DESC, m."id" DESC)
      FROM (SELECT * FROM "Meeting" WHERE "onEarliest" IS NOT NULL ORDER BY "onEarliest" DESC, "id" DESC LIMIT 20) m ${around})))::text`,
    values: () => [],
  },
  OfParty: {
    // No partial date is longer than a year and no session longer than that, so the index ends the search at both sides.
    text: `SELECT json_build_object('state', (SELECT json_build_object('name', a."name", 'meetings', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object('slug', m."slug", 'title', m."title", 'kind', m."kind", 'status', m."status", 'on', m."on",
        'place', CASE WHEN l."id" IS NOT NULL THEN json_build_object('city', l."city") END,
        'participants', ${participants(25, `'role', p."role", 'party', json_build_object('code', y."code"), 'person', CASE WHEN h."id" IS NOT NULL THEN json_build_object('name', h."name") END`)})
        ORDER BY m."onEarliest" DESC, m."id" DESC), '[]'::json)
      FROM (
        SELECT DISTINCT q."meetingEarliest", q."meetingId" FROM "Participant" q
        WHERE q."partyId" = a."id" AND q."meetingEarliest" <= $3::date AND q."meetingEarliest" >= $2::date - 366 AND q."meetingLatest" >= $2::date
        ORDER BY q."meetingEarliest" DESC, q."meetingId" DESC LIMIT 20) q
      JOIN "Meeting" m ON m."id" = q."meetingId" LEFT JOIN "Place" l ON l."id" = m."placeId")))
      FROM "Party" a WHERE a."code" = $1))::text`,
    values: ({ code, from, to }) => [code, from, to],
  },
  Members: {
    text: `SELECT json_build_object('forum', (SELECT json_build_object('name', f."name", 'memberships', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object('role', b."role", 'since', b."since", 'until', b."until", 'hasEnded', b."hasEnded",
        'party', json_build_object('code', b."code", 'name', b."name"))), '[]'::json)
      FROM (
        SELECT b.*, y."code", y."name" FROM "ForumMembership" b JOIN "Party" y ON y."id" = b."partyId"
        WHERE b."forumId" = f."id" AND least(b."sinceLatest", b."attestedOnLatest") <= $2::date
          AND CASE WHEN b."untilEarliest" IS NOT NULL THEN $2::date < b."untilEarliest" WHEN b."hasEnded" IS FALSE THEN true
            ELSE $2::date <= coalesce(b."attestedOnLatest", b."sinceLatest") END
        ORDER BY y."name", b."id" LIMIT 100) b)))
      FROM "Forum" f WHERE f."slug" = $1))::text`,
    values: ({ slug, day }) => [slug, day],
  },
  Deep: {
    text: `SELECT json_build_object('forum', (SELECT json_build_object('name', f."name", 'sessions', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object('ordinal', s."ordinal", 'title', s."title", 'on', s."on", 'sidelineMeetings', json_build_object('nodes', (
        SELECT coalesce(json_agg(json_build_object('title', m."title", 'on', m."on", 'participants', ${participants(
          10,
          `'role', p."role", 'party', json_build_object('code', y."code"), 'person', CASE WHEN h."id" IS NOT NULL THEN json_build_object('name', h."name",
            'tenures', (
              SELECT coalesce(json_agg(json_build_object('since', t."since", 'until', t."until", 'office', json_build_object('title', w."title"))
                ORDER BY coalesce(t."sinceEarliest", t."attestedOnEarliest") DESC NULLS LAST, t."id"), '[]'::json)
              FROM "Tenure" t JOIN "Office" w ON w."id" = t."officeId" WHERE t."personId" = h."id")) END`,
        )})), '[]'::json)
        FROM (SELECT * FROM "Meeting" m WHERE m."sidelinesOfId" = s."id" ORDER BY coalesce(m."onEarliest", '-infinity'::date) DESC, m."id" DESC LIMIT 5) m)))
        ), '[]'::json)
      FROM (SELECT * FROM "Meeting" s WHERE s."forumId" = f."id" ORDER BY coalesce(s."onEarliest", '-infinity'::date) DESC, s."id" DESC LIMIT 5) s)))
      FROM "Forum" f WHERE f."slug" = $1))::text`,
    values: ({ slug }) => [slug],
  },
};
