-- Search: words, look-alikes, hits and excerpts.

-- The extensions may be in another schema than the record.
DO $$
BEGIN
  PERFORM set_config('search_path', concat_ws(', ', current_setting('search_path'),
    (SELECT string_agg(DISTINCT quote_ident(n.nspname), ', ') FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE e.extname IN ('unaccent', 'pg_trgm', 'fuzzystrmatch') AND n.nspname <> ALL (current_schemas(true)))), true);
END $$;

CREATE OR REPLACE FUNCTION search."addWords"(texts text[]) RETURNS void LANGUAGE sql SET search_path FROM CURRENT
BEGIN ATOMIC
  INSERT INTO search."Word" ("word")
  SELECT n.word FROM (SELECT DISTINCT w.word FROM unnest(texts) AS t(text), unnest(tsvector_to_array("wordsOf"(left(t.text, 200000)))) AS w(word)) AS n
  WHERE length(n.word) BETWEEN 3 AND 40 AND n.word !~ '\d' AND NOT EXISTS (SELECT FROM search."Word" k WHERE k."word" = n.word COLLATE "C");
END;

-- Arguments: the columns.
CREATE OR REPLACE FUNCTION search."noteWords"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  columns text := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(TG_ARGV) AS c);
  texts text[];
BEGIN
  EXECUTE format(CASE TG_OP WHEN 'INSERT'
    THEN 'SELECT array_agg(DISTINCT t) FROM after, unnest(ARRAY[%1$s]) AS t WHERE t IS NOT NULL'
    ELSE 'SELECT array_agg(t) FROM (SELECT t FROM after, unnest(ARRAY[%1$s]) AS t WHERE t IS NOT NULL
      EXCEPT SELECT t FROM before, unnest(ARRAY[%1$s]) AS t) AS n' END, columns) INTO texts;
  IF texts IS NOT NULL THEN
    PERFORM search."addWords"(texts);
  END IF;
  RETURN NULL;
END $$;

-- Notes the words of all that is there: of what was loaded while triggers slept.
CREATE OR REPLACE FUNCTION search."noteAll"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  noted record;
  texts text[];
BEGIN
  FOR noted IN SELECT * FROM search."Noted" LOOP
    FOR texts IN EXECUTE format('SELECT array_agg(x.t) FROM (SELECT t, row_number() OVER () AS number
      FROM %I, unnest(ARRAY[%s]) AS t WHERE t IS NOT NULL) AS x GROUP BY x.number / 1000', noted."table", (
        SELECT string_agg(quote_ident(c), ', ') FROM unnest(noted."columns") AS c))
    LOOP
      PERFORM search."addWords"(texts);
    END LOOP;
  END LOOP;
END $$;

-- Words that are like a word, nearest first, at most six: those that differ by few letters, fewer in a short word, and
-- those that sound alike (Mohamed, Muhammad) and differ in at most half of their letters. None for less than four letters.
CREATE OR REPLACE FUNCTION search."alike"(asked text) RETURNS text[] LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
RETURN CASE WHEN length(asked) BETWEEN 4 AND 40 AND asked !~ '\d' THEN ARRAY(
  SELECT l.word FROM (
    SELECT k."word" AS word, levenshtein_less_equal(k."word", asked, 4) AS distance, similarity(k."word", asked) AS likeness,
      asked ~ '^[a-z]+$' AND dmetaphone(k."word") = dmetaphone(asked) AS "soundsAlike"
    FROM (
      SELECT n."word" FROM search."Word" n WHERE n."word" % asked
      UNION
      SELECT n."word" FROM search."Word" n
      WHERE asked ~ '^[a-z]+$' AND n."word" ~ '^[a-z]+$' AND dmetaphone(n."word") = dmetaphone(asked)
    ) AS k
    WHERE k."word" <> asked
  ) AS l
  WHERE l.distance <= CASE WHEN length(asked) < 6 THEN 1 WHEN length(asked) < 10 THEN 2 ELSE 3 END
    OR l."soundsAlike" AND l.distance <= greatest(2, length(asked) / 2)
  ORDER BY l.distance, l.likeness DESC, l.word
  LIMIT 6
) ELSE '{}'::text[] END;

-- A word as a term of a search: by its beginning. A word of one or two letters begins too much in texts.
CREATE OR REPLACE FUNCTION search."term"(word text, is_beginning boolean) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nullif(to_tsquery('pg_catalog.simple', quote_literal(word) || CASE WHEN is_beginning THEN ':*' ELSE '' END)::text, '');

-- A word as a term of a search in English prose: by its stem where it begins with it, so that meetings finds a meeting;
-- null for words that say nothing.
CREATE OR REPLACE FUNCTION search."termInProse"(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT CASE
  WHEN s.stems = '{}' THEN NULL
  WHEN length(s.stems[1]) > 3 AND starts_with(word, s.stems[1]) THEN search."term"(s.stems[1], true)
  WHEN length(s.stems[1]) > 4 AND starts_with(word, left(s.stems[1], -1)) THEN search."term"(left(s.stems[1], -1), true)
  ELSE search."term"(word, length(word) > 2)
END FROM (SELECT ts_lexize('pg_catalog.english_stem', word) AS stems) AS s);

-- All of these terms; any of them.
CREATE OR REPLACE FUNCTION search."allOf"(terms text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(terms, ' & ')::tsquery;

CREATE OR REPLACE FUNCTION search."anyOf"(terms text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(terms, ' | ')::tsquery;

-- Days, the latest first, in the order of letters; none comes last.
CREATE OR REPLACE FUNCTION search."latestFirst"(day date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lpad((CASE WHEN isfinite(day) THEN '9999-12-31'::date - day ELSE 9999999 END)::text, 7, '0');

-- The distance of a name from the query, as text in the order of letters.
CREATE OR REPLACE FUNCTION search."farness"(asked text, name text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
RETURN lpad(round(1000 - 1000 * similarity(asked, "fold"(name)))::text, 4, '0');

-- Records called by all words of a query. Names of persons are compared once only.
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

-- Records that say all words of a query, but no meetings by their titles.
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
    RETURN QUERY SELECT m."id", 'MEETING', 5, 3, search."latestFirst"(m."onEarliest"), m."title" || ' (' || array_to_string(m."topics", ', ') || ')', terms
      FROM (SELECT t.* FROM "Meeting" t WHERE "wordsOf"(t."topics") @@ query OFFSET 0) AS m
      ORDER BY coalesce(m."onEarliest", '-infinity'::date) DESC, m."id" DESC LIMIT most;
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
  RETURN QUERY SELECT * FROM search."written"(terms, kinds);
END $$;

-- Hits with words that are like these, the nearest names first.
CREATE OR REPLACE FUNCTION search."resembling"(asked text, words text[], kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  named text[] := '{}';
  prose text[] := '{}';
  terms text;
  is_alike boolean := false;
  word text;
  number int;
BEGIN
  FOR word, number IN SELECT * FROM unnest(words) WITH ORDINALITY LOOP
    -- A query of more words than this is rarely misspelt in all of them.
    terms := CASE WHEN number <= 8 THEN (SELECT string_agg(search."term"(a, false), ' | ') FROM unnest(search."alike"(word)) AS a) END;
    is_alike := is_alike OR terms IS NOT NULL;
    named := named || ('(' || concat_ws(' | ', search."term"(word, true), terms) || ')');
    IF search."termInProse"(word) IS NOT NULL THEN
      prose := prose || ('(' || concat_ws(' | ', search."termInProse"(word), terms) || ')');
    END IF;
  END LOOP;
  IF NOT is_alike THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT h."id", h."kind", h."place", 4, search."farness"(asked, h."text") || h."sort", h."text", h."terms"
    FROM search."called"(asked, named, kinds) AS h;
  IF prose <> '{}' THEN
    RETURN QUERY SELECT h."id", h."kind", h."place", 4, h."sort", h."text", h."terms" FROM search."said"(prose, kinds) AS h;
  END IF;
END $$;

-- A folded query without the ranks and titles of the day that people put before names.
CREATE OR REPLACE FUNCTION search."withoutTitles"(folded text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT coalesce(string_agg(w, ' ' ORDER BY place), '') FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY AS t(w, place)
  WHERE w <> ALL (ARRAY['general', 'gen', 'lieutenant', 'lt', 'major', 'maj', 'colonel', 'col', 'brigadier', 'captain', 'capt', 'marshal',
    'admiral', 'adm', 'rear', 'vice', 'air', 'chief', 'commander', 'cdr', 'dr', 'prof', 'professor', 'mr', 'mrs', 'ms', 'sir', 'dame', 'lord',
    'hon', 'honourable', 'excellency', 'shri', 'smt', 'dato', 'datuk', 'seri', 'sri']));

-- All hits. Names are found by the stems of words as well where none of their kind has the words as they are.
CREATE OR REPLACE FUNCTION search."found"(asked text, kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET client_min_messages = warning SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  folded CONSTANT text := "fold"(asked);
  bare CONSTANT text := search."withoutTitles"(folded);
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
  -- Prose is searched by stems, so that a text would come before the person whose name it is: names are then found by them, too.
  lacking := ARRAY(SELECT k FROM unnest(kinds) AS k
    WHERE search."placeOf"(k) < 5 AND NOT EXISTS (SELECT FROM unnest(hits) AS h WHERE h."rank" < 2 OR h."kind" = k));
  IF lacking <> '{}' AND prose <> named AND cardinality(prose) = cardinality(named) THEN
    hits := hits || ARRAY(SELECT h FROM search."called"(folded, prose, lacking) AS h);
  END IF;
  -- Titles are no part of a name: General Dong Jun is found as Dong Jun.
  IF 'PERSON' = ANY (kinds) AND bare <> folded AND bare <> '' AND NOT EXISTS (SELECT FROM unnest(hits) AS h WHERE h."kind" = 'PERSON') THEN
    named := ARRAY(SELECT DISTINCT search."term"(w, true) FROM unnest(string_to_array(bare, ' ')) AS w WHERE search."term"(w, true) IS NOT NULL);
    IF named <> '{}' THEN
      hits := hits || ARRAY(SELECT h FROM search."called"(bare, named, ARRAY['PERSON']) AS h);
    END IF;
  END IF;
  lacking := CASE WHEN hits = '{}' THEN kinds ELSE ARRAY(SELECT k FROM unnest(kinds) AS k
    WHERE search."placeOf"(k) < 5 AND NOT EXISTS (SELECT FROM unnest(hits) AS h WHERE h."rank" < 2 OR h."kind" = k)) END;
  IF lacking <> '{}' THEN
    hits := hits || ARRAY(SELECT h FROM search."resembling"(folded, words, lacking) AS h);
  END IF;
  RETURN QUERY SELECT DISTINCT ON (h."id") h.* FROM unnest(hits) AS h ORDER BY h."id", h."rank", h."sort" COLLATE "C", h."text" COLLATE "C";
END $$;

-- The words of a text, from start to end (excluded) in code points: letters, digits and what belongs to them.
CREATE OR REPLACE FUNCTION search."tokens"(words text) RETURNS TABLE ("word" text, "start" int, "end" int) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT p.piece, p.behind - length(p.piece) - 1, p.behind - 1
  FROM (SELECT t.piece, sum(length(t.piece) + 1) OVER (ORDER BY t.number)::int AS behind
    FROM string_to_table(search."parted"(words), ' ') WITH ORDINALITY AS t(piece, number)) AS p
  WHERE p.piece <> '';
END;

-- The words of a text that any of these terms finds.
CREATE OR REPLACE FUNCTION search."marks"(words text, terms text[]) RETURNS TABLE ("start" int, "end" int) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT t."start", t."end" FROM search."tokens"(words) AS t WHERE "wordsOf"(t."word") @@ search."anyOf"(terms) ORDER BY t."start";
END;

-- The excerpt of a text around the terms. Of a text of more than 2,000 characters only some stretches are looked at. Null where
-- none of the terms is found there.
CREATE OR REPLACE FUNCTION search."excerpt"(words text, terms text[]) RETURNS search."Excerpt" LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  longest CONSTANT int := 300;
  stretch CONSTANT int := 1000;
  -- Beyond so many characters a text is not searched. A copy, for what is stored would be unpacked at each use.
  body CONSTANT text := left(words, 200000);
  pieces search."Excerpt"[];
  shown search."Excerpt" := (body, 0);
  spaces int;
  cut int;
BEGIN
  IF length(body) <= longest THEN
    RETURN shown;
  END IF;
  IF length(body) <= 2000 THEN
    pieces := ARRAY[shown];
  ELSE
    -- A stretch begins with a whole word.
    pieces := ARRAY(SELECT (substr(p.piece, p.partial + 1), p.b - 1 + p.partial)::search."Excerpt" FROM (
      SELECT s.b, s.piece, CASE WHEN s.b > 1 THEN coalesce(length(substring(s.piece FROM '^\S*\s+')), 0) ELSE 0 END AS partial
      FROM (SELECT b, substr(body, b, stretch) AS piece FROM unnest(search."stretches"(body, terms)) AS b) AS s) AS p);
    IF pieces = '{}' THEN
      RETURN NULL;
    END IF;
  END IF;
  SELECT s.sentence, s.start INTO shown
  FROM (SELECT m.match[1] AS sentence, "wordsOf"(m.match[1]) AS words, p."start" + sum(length(m.match[1])) OVER (PARTITION BY p."start" ORDER BY m.number)::int - length(m.match[1]) AS start
    FROM unnest(pieces) AS p, regexp_matches(p."words", '[^\n]*?(?:[.!?][\u0022\u2019\u201d)]*(?=\s)|\n+|$)', 'g') WITH ORDINALITY AS m(match, number)) AS s
  ORDER BY (SELECT count(*) FROM unnest(terms) AS t WHERE s.words @@ t::tsquery) DESC, s.start LIMIT 1;
  spaces := length(shown."words") - length(ltrim(shown."words"));
  shown := (substr(shown."words", spaces + 1), shown."start" + spaces);
  IF length(shown."words") > longest THEN
    cut := coalesce((SELECT min(m."start") FROM search."marks"(shown."words", terms) AS m), 0);
    -- A third of what is shown stands before the word; it begins and ends with whole words.
    cut := greatest(0, least(cut - longest / 3, length(shown."words") - longest));
    cut := coalesce((SELECT min(t."start") FROM search."tokens"(shown."words") AS t WHERE t."start" >= cut AND cut > 0), 0);
    shown := (substr(shown."words", cut + 1), shown."start" + cut);
    IF length(shown."words") > longest THEN
      -- One character more tells whether the last word is whole.
      shown."words" := coalesce(nullif(rtrim(regexp_replace(left(shown."words", longest + 1), '\S+$', '')), ''), left(shown."words", longest));
    END IF;
  END IF;
  RETURN shown;
END $$;

-- The excerpt of a hit, and its start in the text of a document; null if it is not from such a text.
CREATE OR REPLACE FUNCTION search."shown"(id text, kind text, words text, terms text[]) RETURNS search."Excerpt"
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  shown search."Excerpt";
  document record;
BEGIN
  IF words IS NOT NULL THEN
    shown := search."excerpt"(words, terms);
    IF shown IS NULL THEN
      shown := search."excerpt"(left(words, 2000), terms);
    END IF;
    shown."start" := CASE WHEN kind = 'PASSAGE' THEN shown."start" + (SELECT c."start" FROM "Citation" c WHERE c."id" = $1) END;
    RETURN shown;
  END IF;
  SELECT d."title", d."publisher", d."agency", d."text" INTO document FROM "Document" d WHERE d."id" = $1;
  shown := search."excerpt"(document."text", terms);
  IF "wordsOf"(shown."words") @@ search."anyOf"(terms) THEN
    RETURN shown;
  END IF;
  RETURN (document."title" || ' (' || concat_ws(', ', document."publisher", document."agency") || ')', NULL::int);
END $$;

CREATE OR REPLACE FUNCTION search."amongLatest"(terms text[], looked int, most int) RETURNS search."Hit"[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
BEGIN
  RETURN ARRAY(
    SELECT (m."id", 'MEETING', 5, 2, search."latestFirst"(m."onEarliest"), m."title", terms)::search."Hit"
    FROM (SELECT t."id", t."title", t."onEarliest" FROM "Meeting" t
      ORDER BY coalesce(t."onEarliest", '-infinity'::date) DESC, t."id" DESC LIMIT looked) AS m
    WHERE "wordsOf"(m."title") @@ search."allOf"(terms)
    LIMIT most);
END $$;

-- The query that was probably meant: its words as they are spelled in the hit. A word of
-- which nothing there is like stays as it was asked, and so does one that a word there begins with.
CREATE OR REPLACE FUNCTION search."meant"(asked text, words text, terms text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
BEGIN ATOMIC
  WITH held AS MATERIALIZED (
    SELECT t."word", t."start", left("fold"(t."word"), 60) AS folded FROM search."tokens"(words) AS t
    WHERE "wordsOf"(t."word") @@ search."anyOf"(terms)
  )
  SELECT string_agg(coalesce((
      SELECT h."word" FROM held h
      WHERE length(a.word) > 3 AND NOT EXISTS (SELECT FROM held b WHERE starts_with(b.folded, a.word) AND b.folded <> a.word)
        AND levenshtein(h.folded, left(a.word, 60)) <= greatest(2, length(a.word) / 2) OR h.folded = a.word
      ORDER BY levenshtein(h.folded, left(a.word, 60)), h."start" LIMIT 1), a.word), ' ' ORDER BY a.number)
  FROM string_to_table("fold"(asked), ' ') WITH ORDINALITY AS a(word, number);
END;

-- The bare words of terms, by which a text is looked through: 'minist':* and its like without quotes and marks.
CREATE OR REPLACE FUNCTION search."bareWords"(terms text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(SELECT w.word FROM (SELECT DISTINCT ON (m.match[1]) m.match[1] AS word, t.number FROM unnest(terms) WITH ORDINALITY AS t(term, number),
  regexp_matches(t.term, '''((?:[^'']|'''')+)''', 'g') AS m(match) ORDER BY m.match[1], t.number) AS w ORDER BY w.number, w.word LIMIT 8);

-- The parts of a long text in which to look for a sentence: beginnings of stretches of it, in code points from 1, at most four. Words that
-- are written as they were asked for, but for the case of ASCII letters, are found anywhere, at the beginnings of words first.
-- If there are none, other spellings are looked for in the first 20,000.
CREATE OR REPLACE FUNCTION search."stretches"(words text, terms text[]) RETURNS int[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  lowered CONSTANT text := lower(words COLLATE "C");
  -- The distance between stretches, and the length of text that is searched for other spellings.
  apart CONSTANT int := 800;
  looked CONSTANT int := 20000;
  found int[] := '{}';
  word text;
  behind int;
  at int;
BEGIN
  FOREACH word IN ARRAY search."bareWords"(terms) LOOP
    at := strpos(lowered, ' ' || word);
    IF at = 0 THEN
      at := strpos(lowered, word);
    END IF;
    behind := 0;
    -- The first places of each word, each in a stretch of its own; the second is not looked for far behind the first.
    FOR n IN 1..2 LOOP
      EXIT WHEN at = 0 OR cardinality(found) >= 4;
      found := found || greatest(1, behind + at - apart / 2);
      behind := behind + at + apart / 2;
      at := strpos(substr(lowered, behind + 1, looked), word);
    END LOOP;
    EXIT WHEN cardinality(found) >= 4;
  END LOOP;
  IF found = '{}' THEN
    at := (SELECT min(b) FROM generate_series(1, least(looked, length(words)), apart) AS b
      WHERE "wordsOf"(substr(left(words, looked), b, apart + 40)) @@ search."anyOf"(terms));
    found := CASE WHEN at IS NULL THEN '{}'::int[] ELSE ARRAY[greatest(1, at - apart / 4)] END;
  END IF;
  RETURN ARRAY(SELECT DISTINCT f FROM unnest(found) AS f ORDER BY f);
END $$;

-- The key of the record that an unknown name probably means: the nearest of the names that are equal but for case and
-- accents, have few letters changed (none of three, two of five), or most of the letters in common. Null if none is near.
-- It reads the tables of the view that it is called in, so functions of extensions are named with their schemas.
--   asked   the name as it was written; only its first 80 letters are compared
--   kind    PARTY, FORUM or MILESTONE
DO $$
DECLARE
  likeness text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
  distance text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'fuzzystrmatch');
BEGIN
  -- Loads the extension, which defines its setting. Others may not give an undefined setting to a function.
  EXECUTE format('SELECT %s.show_limit()', likeness);
  EXECUTE replace(replace($create$
CREATE OR REPLACE FUNCTION search."nearest"(asked text, kind text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET enable_seqscan = off SET pg_trgm.similarity_threshold = 0.15 AS $body$
DECLARE
  sought CONSTANT text := left("fold"(left(asked, 200)), 80);
  -- However many names look a little like it.
  most CONSTANT int := 500;
  names search."NamedKey"[];
BEGIN
  IF sought = '' THEN
    RETURN NULL;
  END IF;
  names := CASE kind
    WHEN 'PARTY' THEN ARRAY(
      (SELECT (y."code", n."text")::search."NamedKey" FROM "Party" y, unnest(ARRAY[y."code", y."alpha2", y."name", y."officialName"]) AS n("text")
      WHERE "fold"(y."code") OPERATOR({likeness}.%) sought OR "fold"(y."alpha2") OPERATOR({likeness}.%) sought
        OR "fold"(y."name") OPERATOR({likeness}.%) sought OR "fold"(y."officialName") OPERATOR({likeness}.%) sought LIMIT most)
      UNION ALL
      (SELECT (y."code", n."text")::search."NamedKey" FROM "PartyName" n JOIN "Party" y ON y."id" = n."partyId" WHERE "fold"(n."text") OPERATOR({likeness}.%) sought LIMIT most))
    WHEN 'FORUM' THEN ARRAY(
      SELECT (f."slug", n."text")::search."NamedKey" FROM "Forum" f, unnest(ARRAY[f."slug", f."acronym", f."name"]) AS n("text")
      WHERE "fold"(f."slug") OPERATOR({likeness}.%) sought OR "fold"(f."acronym") OPERATOR({likeness}.%) sought OR "fold"(f."name") OPERATOR({likeness}.%) sought LIMIT most)
    WHEN 'MILESTONE' THEN ARRAY(
      SELECT (m."key", n."text")::search."NamedKey" FROM "Milestone" m, unnest(ARRAY[m."key", m."label"]) AS n("text")
      WHERE "fold"(m."key") OPERATOR({likeness}.%) sought OR "fold"(m."label") OPERATOR({likeness}.%) sought LIMIT most)
  END;
  RETURN (
    SELECT o."key" FROM (
      SELECT c."key", {distance}.levenshtein(left(c."folded", 80), sought) AS "changed", {likeness}.similarity(c."folded", sought) AS "likeness"
      FROM (SELECT n."key", "fold"(n."text") AS "folded" FROM unnest(names) AS n WHERE n."text" IS NOT NULL) AS c
    ) AS o
    WHERE o."changed" <= greatest(least(length(sought) - 3, 2), 0) OR o."likeness" >= 0.4
    ORDER BY o."changed", o."likeness" DESC, o."key" COLLATE "C" LIMIT 1);
END $body$
$create$, '{likeness}', likeness), '{distance}', distance);
END $$;
