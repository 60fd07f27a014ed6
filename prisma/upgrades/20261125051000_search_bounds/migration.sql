-- Search, for words that most meetings have. Found by their words, all of them would have to be put in order to tell which are
-- the latest. Where many of the latest have them, the latest are gone through instead, and no more than a few thousand.

CREATE FUNCTION search."amongLatest"(terms text[], looked int, most int) RETURNS search."Hit"[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
BEGIN
  RETURN ARRAY(
    SELECT (m."id", 'MEETING', 5, 2, search."latestFirst"(m."onEarliest"), m."title", terms)::search."Hit"
    FROM (SELECT t."id", t."title", t."onEarliest" FROM "Meeting" t
      ORDER BY coalesce(t."onEarliest", '-infinity'::date) DESC, t."id" DESC LIMIT looked) AS m
    WHERE "wordsOf"(m."title") @@ search."allOf"(terms)
    LIMIT most);
END $$;

-- As before, but that names of persons are not compared once more.
CREATE OR REPLACE FUNCTION search."called"(asked text, terms text[], kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
DECLARE
  query tsquery := search."allOf"(terms);
  most CONSTANT int := 2000;
  sorted text[] := ARRAY(SELECT w FROM unnest(string_to_array(asked, ' ')) AS w ORDER BY w COLLATE "C");
BEGIN
  RETURN QUERY
  WITH named("id", "kind", "text", "isFirst") AS (
    (SELECT e."id", 'PERSON', e."name", true FROM "Person" e
      WHERE 'PERSON' = ANY (kinds) AND "wordsOf"(e."name") @@ query LIMIT most)
    UNION ALL
    (SELECT n."personId", 'PERSON', n."text", false FROM "PersonName" n
      WHERE 'PERSON' = ANY (kinds) AND "wordsOf"(n."text") @@ query LIMIT most)
    UNION ALL
    (SELECT y."id", y."kind"::text, t.text, t.text = y."name" FROM "Party" y, unnest(ARRAY[y."name", y."officialName", y."code"]) AS t(text)
      WHERE t.text IS NOT NULL AND "wordsOf"(ARRAY[y."name", y."officialName", y."code"]) @@ query AND y."kind"::text = ANY (kinds) LIMIT most)
    UNION ALL
    (SELECT y."id", y."kind"::text, n."text", false FROM "PartyName" n JOIN "Party" y ON y."id" = n."partyId"
      WHERE "wordsOf"(n."text") @@ query AND y."kind"::text = ANY (kinds) LIMIT most)
    UNION ALL
    (SELECT f."id", 'FORUM', t.text, t.text IS NOT DISTINCT FROM f."acronym" FROM "Forum" f, unnest(ARRAY[f."acronym", f."name", f."slug"]) AS t(text)
      WHERE t.text IS NOT NULL AND 'FORUM' = ANY (kinds) AND "wordsOf"(ARRAY[f."acronym", f."name", f."slug"]) @@ query LIMIT most)
    UNION ALL
    (SELECT n."forumId", 'FORUM', n."text", false FROM "ForumName" n
      WHERE 'FORUM' = ANY (kinds) AND "wordsOf"(n."text") @@ query LIMIT most)
  ), compared AS (
    SELECT n.*, CASE
        WHEN n.folded = asked OR ARRAY(SELECT w FROM unnest(string_to_array(n.folded, ' ')) AS w ORDER BY w COLLATE "C") = sorted THEN 0
        WHEN starts_with(n.folded, asked) THEN 1
        ELSE 2 END AS "rank"
    FROM (SELECT m.*, "fold"(m."text") AS folded FROM named m OFFSET 0) AS n
  ), best AS (
    SELECT DISTINCT ON (c."id") c."id", c."kind", c."rank", c."text" FROM compared c
    ORDER BY c."id", c."rank", CASE c."kind" WHEN 'PERSON' THEN true ELSE "wordsOf"(c."text") @@ query END DESC, c."isFirst" DESC, c.folded COLLATE "C", c."text" COLLATE "C"
  )
  SELECT b."id", b."kind", search."placeOf"(b."kind"), b."rank", left("fold"(CASE b."kind"
      WHEN 'PERSON' THEN (SELECT e."name" FROM "Person" e WHERE e."id" = b."id")
      WHEN 'FORUM' THEN (SELECT coalesce(f."acronym", f."name") FROM "Forum" f WHERE f."id" = b."id")
      ELSE (SELECT y."name" FROM "Party" y WHERE y."id" = b."id") END), 100) COLLATE "C",
    b."text", terms
  FROM best b ORDER BY 4, 3, 5, 1 LIMIT 300;
END $$;

-- As before, but for meetings by their titles.
CREATE OR REPLACE FUNCTION search."said"(terms text[], kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
DECLARE
  query tsquery := search."allOf"(terms);
  most CONSTANT int := 300;
  rest text[];
  held record;
  latest search."Hit"[];
BEGIN
  IF 'MEETING' = ANY (kinds) THEN
    latest := search."amongLatest"(terms, 100, most);
    IF cardinality(latest) >= 20 THEN
      latest := search."amongLatest"(terms, 2000, most);
    END IF;
    IF cardinality(latest) = most THEN
      RETURN QUERY SELECT * FROM unnest(latest);
    ELSE
      RETURN QUERY SELECT m."id", 'MEETING', 5, 2, search."latestFirst"(m."onEarliest"), m."title", terms
        FROM (SELECT t.* FROM "Meeting" t WHERE "wordsOf"(t."title") @@ query OFFSET 0) AS m
        ORDER BY coalesce(m."onEarliest", '-infinity'::date) DESC, m."id" DESC LIMIT most;
    END IF;
    FOR held IN SELECT l."id", l."city" FROM "Place" l WHERE "wordsOf"(l."city") @@ search."anyOf"(terms) ORDER BY l."id" LIMIT 20 LOOP
      rest := ARRAY(SELECT t FROM unnest(terms) AS t WHERE NOT "wordsOf"(held."city") @@ t::tsquery);
      RETURN QUERY SELECT m."id", 'MEETING', 5, 3, search."latestFirst"(m."onEarliest"), m."title" || ' (' || held."city" || ')', terms
        FROM "Meeting" m
        WHERE m."placeId" = held."id" AND (rest = '{}' OR "wordsOf"(m."title") @@ search."allOf"(rest))
        ORDER BY coalesce(m."onEarliest", '-infinity'::date) DESC, m."id" DESC LIMIT most;
    END LOOP;
  END IF;
  IF 'STATEMENT' = ANY (kinds) THEN
    RETURN QUERY SELECT s."id", 'STATEMENT', 6, 3, search."latestFirst"(s."onEarliest"), s."text", terms FROM "Statement" s
      WHERE "wordsOf"(ARRAY[s."text"] || s."topics") @@ query LIMIT most;
  END IF;
  IF 'DOCUMENT' = ANY (kinds) THEN
    RETURN QUERY SELECT d."id", 'DOCUMENT', 7, 2, search."latestFirst"(d."publishedOnEarliest"), d."title", terms FROM "Document" d
      WHERE "wordsOf"(d."title") @@ query ORDER BY d."publishedOnEarliest" DESC NULLS LAST, d."id" DESC LIMIT most;
    RETURN QUERY SELECT d."id", 'DOCUMENT', 7, 3, search."latestFirst"(d."publishedOnEarliest"), NULL::text, terms FROM "Document" d
      WHERE "wordsOf"(ARRAY[d."title", d."publisher", d."agency", left(d."text", 200000)]) @@ query
      ORDER BY d."publishedOnEarliest" DESC NULLS LAST, d."id" DESC LIMIT most;
  END IF;
  IF 'PASSAGE' = ANY (kinds) THEN
    RETURN QUERY SELECT DISTINCT ON (c."documentId", c."start", c."end") c."id", 'PASSAGE', 8, 3,
        search."latestFirst"(d."publishedOnEarliest") || c."documentId" || lpad(c."start"::text, 8, '0'), c."quote", terms
      FROM (SELECT t."id", t."documentId", t."start", t."end", t."quote" FROM "Citation" t
        WHERE t."quote" IS NOT NULL AND "wordsOf"(t."quote") @@ query LIMIT most) AS c
      JOIN "Document" d ON d."id" = c."documentId"
      ORDER BY c."documentId", c."start", c."end", c."id";
  END IF;
END $$;

-- As before; no other process is worth waking for what takes so little.
CREATE OR REPLACE FUNCTION search."found"(asked text, kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET client_min_messages = warning SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  folded CONSTANT text := "fold"(asked);
  words CONSTANT text[] := ARRAY(SELECT DISTINCT w COLLATE "C" FROM unnest(string_to_array(folded, ' ')) AS w
    WHERE search."term"(w, true) IS NOT NULL ORDER BY 1);
  prose CONSTANT text[] := ARRAY(SELECT t FROM unnest(words) AS w, search."termInProse"(w) AS t WHERE t IS NOT NULL);
  named text[];
  hits search."Hit"[];
  lacking text[];
BEGIN
  IF words = '{}' THEN
    RETURN;
  END IF;
  named := ARRAY(SELECT search."term"(w, true) FROM unnest(words) AS w);
  hits := ARRAY(SELECT h FROM search."called"(folded, named, kinds) AS h)
    || ARRAY(SELECT h FROM search."entitled"(folded, named, kinds) AS h);
  IF prose <> '{}' THEN
    hits := hits || ARRAY(SELECT h FROM search."said"(prose, kinds) AS h);
  END IF;
  lacking := CASE WHEN hits = '{}' THEN kinds ELSE ARRAY(SELECT k FROM unnest(kinds) AS k
    WHERE search."placeOf"(k) < 5 AND NOT EXISTS (SELECT FROM unnest(hits) AS h WHERE h."rank" < 2 OR h."kind" = k)) END;
  IF lacking <> '{}' THEN
    hits := hits || ARRAY(SELECT h FROM search."resembling"(folded, words, lacking) AS h);
  END IF;
  RETURN QUERY SELECT DISTINCT ON (h."id") h.* FROM unnest(hits) AS h ORDER BY h."id", h."rank", h."sort" COLLATE "C", h."text" COLLATE "C";
END $$;
