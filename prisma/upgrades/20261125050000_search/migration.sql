-- Search: by words of names, titles and texts, found by index, from every standpoint. All of it is written by hand.
--
-- The words of each text are indexed where the text stands, as an expression over its own row. So nothing has to be kept
-- in step, and the copies of the tables in past and drafts are found by the same indexes: whoever names another schema
-- first in the search path searches what is seen from there, by the same functions.

-- ---------------------------------------------------------------------------------------------------- extensions

-- unaccent spells out letters that do not decompose (ø, đ, ɗ), pg_trgm finds words with letters in common,
-- fuzzystrmatch words that sound alike. Whoever may create objects in the database may create all three.
DO $$
DECLARE
  wanted text;
  path text := current_setting('search_path');
BEGIN
  FOREACH wanted IN ARRAY ARRAY['unaccent', 'pg_trgm', 'fuzzystrmatch'] LOOP
    BEGIN
      EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I', wanted);
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
      RAISE EXCEPTION 'search needs the extension % of Postgres, which could not be created (%): install the package of additional modules (postgresql-contrib) if it is lacking, and let somebody with the right CREATE on the database run CREATE EXTENSION %',
        wanted, SQLERRM, wanted;
    END;
    -- It may have been created before, elsewhere.
    path := path || ', ' || (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = wanted);
  END LOOP;
  PERFORM set_config('search_path', path, true);
END $$;

CREATE SCHEMA search;

-- --------------------------------------------------------------------------------------------------------- words

-- A text with a space for each character that is neither letter nor digit nor belongs to one: as long as before.
CREATE FUNCTION search."parted"(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(words, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\ufffd]', ' ', 'g');

-- A text as search compares it: without case, accents and punctuation, words parted by single spaces. It depends on no
-- locale: ASCII, Greek and Cyrillic capitals are lowered here.
CREATE OR REPLACE FUNCTION "fold"(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
RETURN btrim(CASE
  -- Most texts are ASCII, for which little is to be done.
  WHEN octet_length(words) = length(words) THEN regexp_replace(lower(words COLLATE "C"), '[^a-z0-9]+', ' ', 'g')
  ELSE regexp_replace(search."parted"(
    translate(
      lower(unaccent('unaccent'::regdictionary,
        regexp_replace(normalize(words, NFD), '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]', '', 'g')) COLLATE "C"),
      'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІЂЈЉЊЋЏҐ',
      'αβγδεζηθικλμνξοπρστυφχψωσабвгдежзиклмнопрстуфхцчшщъыьэюяєіђјљњћџґ')),
    ' +', ' ', 'g')
END);

-- The words of texts, as an index keeps them.
CREATE FUNCTION "wordsOf"(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 600
RETURN to_tsvector('pg_catalog.simple', "fold"(words));
CREATE FUNCTION "wordsOf"(texts text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 600
RETURN to_tsvector('pg_catalog.simple', "fold"(array_to_string(texts, ' ')));

-- Names are few enough to be compared one by one once their words are found; titles have their beginnings indexed, too.
-- Of a document's text the first 200,000 characters are searched: of the most varied text a tsvector holds no more.
-- No list of pending entries: reading would have to go through it each time.
CREATE INDEX "Person_by_words" ON "Person" USING gin ("wordsOf"("name")) WITH (fastupdate = off);
CREATE INDEX "PersonName_by_words" ON "PersonName" USING gin ("wordsOf"("text")) WITH (fastupdate = off);
CREATE INDEX "Party_by_words" ON "Party" USING gin ("wordsOf"(ARRAY["name", "officialName", "code"])) WITH (fastupdate = off);
CREATE INDEX "PartyName_by_words" ON "PartyName" USING gin ("wordsOf"("text")) WITH (fastupdate = off);
CREATE INDEX "Forum_by_words" ON "Forum" USING gin ("wordsOf"(ARRAY["acronym", "name", "slug"])) WITH (fastupdate = off);
CREATE INDEX "ForumName_by_words" ON "ForumName" USING gin ("wordsOf"("text")) WITH (fastupdate = off);
CREATE INDEX "Place_by_words" ON "Place" USING gin ("wordsOf"("city")) WITH (fastupdate = off);
CREATE INDEX "Meeting_by_words" ON "Meeting" USING gin ("wordsOf"("title")) WITH (fastupdate = off);
CREATE INDEX "Meeting_by_title" ON "Meeting" ((left("fold"("title"), 200)) COLLATE "C");
CREATE INDEX "Statement_by_words" ON "Statement" USING gin ("wordsOf"(ARRAY["text"] || "topics")) WITH (fastupdate = off);
CREATE INDEX "Document_by_title_words" ON "Document" USING gin ("wordsOf"("title")) WITH (fastupdate = off);
CREATE INDEX "Document_by_title" ON "Document" ((left("fold"("title"), 200)) COLLATE "C");
CREATE INDEX "Document_by_words" ON "Document"
  USING gin ("wordsOf"(ARRAY["title", "publisher", "agency", left("text", 200000)])) WITH (fastupdate = off);
CREATE INDEX "Citation_by_words" ON "Citation" USING gin ("wordsOf"("quote")) WITH (fastupdate = off) WHERE "quote" IS NOT NULL;

DO $$
DECLARE
  kept name;
BEGIN
  FOREACH kept IN ARRAY ARRAY['Person', 'PersonName', 'Party', 'PartyName', 'Forum', 'ForumName', 'Place', 'Meeting',
    'Statement', 'Document', 'Citation'] LOOP
    PERFORM past."catchUp"(quote_ident(kept)::regclass, format('past.%I', kept)::regclass, false),
      past."catchUp"(quote_ident(kept)::regclass, format('drafts.%I', kept)::regclass, true);
  END LOOP;
END $$;

-- ------------------------------------------------------------------------------------------- words that are alike

-- Every word of names, titles and texts, with what the record said once and what is drafted: what is misspelt is looked
-- for among them, and then searched for like any other word. A word that nothing bears any more is found nowhere. A word
-- may stand here twice, so that writers need not wait for each other.
CREATE TABLE search."Word" ("word" text COLLATE "C" NOT NULL);
CREATE INDEX "Word_by_letters" ON search."Word" USING btree ("word");
CREATE INDEX "Word_by_likeness" ON search."Word" USING gin ("word" gin_trgm_ops);
CREATE INDEX "Word_by_sound" ON search."Word" (dmetaphone("word")) WHERE "word" ~ '^[a-z]+$';

CREATE FUNCTION search."addWords"(texts text[]) RETURNS void LANGUAGE sql SET search_path FROM CURRENT
BEGIN ATOMIC
  INSERT INTO search."Word" ("word")
  SELECT n.word FROM (SELECT DISTINCT w.word FROM unnest(texts) AS t(text), unnest(tsvector_to_array("wordsOf"(left(t.text, 200000)))) AS w(word)) AS n
  WHERE length(n.word) BETWEEN 3 AND 40 AND n.word !~ '\d' AND NOT EXISTS (SELECT FROM search."Word" k WHERE k."word" = n.word COLLATE "C");
END;

-- Arguments: the columns.
CREATE FUNCTION search."noteWords"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
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

-- What words are noted of. Quotes are parts of texts.
CREATE VIEW search."Noted" AS SELECT * FROM (VALUES
  ('Person', '{name}'::name[]), ('PersonName', '{text}'), ('Party', '{name,officialName}'), ('PartyName', '{text}'),
  ('Forum', '{acronym,name}'), ('ForumName', '{text}'), ('Place', '{city}'), ('Meeting', '{title}'), ('Statement', '{text}'),
  ('Document', '{title,publisher,agency,text}')) AS n("table", "columns");

DO $$
DECLARE
  noted record;
  home text;
BEGIN
  FOR noted IN SELECT n."table", (SELECT string_agg(quote_literal(c), ', ') FROM unnest(n."columns") AS c) AS columns FROM search."Noted" n LOOP
    FOREACH home IN ARRAY ARRAY[current_schema(), 'drafts'] LOOP
      EXECUTE format('CREATE TRIGGER "notes_words_of_new" AFTER INSERT ON %I.%I REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION search."noteWords"(%s)', home, noted."table", noted.columns);
      EXECUTE format('CREATE TRIGGER "notes_words_of_changed" AFTER UPDATE ON %I.%I REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION search."noteWords"(%s)', home, noted."table", noted.columns);
    END LOOP;
  END LOOP;
END $$;

-- Notes the words of all that is there: of what was loaded while triggers slept.
CREATE FUNCTION search."noteAll"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  noted search."Noted";
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

SELECT search."noteAll"();

-- Words that are like a word, nearest first, at most six: those that differ by few letters, fewer in a short word, and
-- those that sound alike (Mohamed, Muhammad) and differ in at most half of their letters. None for less than four letters.
CREATE FUNCTION search."alike"(asked text) RETURNS text[] LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
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

-- ------------------------------------------------------------------------------------------------------- searching

-- A word as a term of a search: by its beginning. A word of one or two letters begins too much in texts.
CREATE FUNCTION search."term"(word text, is_beginning boolean) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nullif(to_tsquery('pg_catalog.simple', quote_literal(word) || CASE WHEN is_beginning THEN ':*' ELSE '' END)::text, '');

-- A word as a term of a search in English prose: by its stem where it begins with it, so that meetings finds a meeting;
-- null for words that say nothing.
CREATE FUNCTION search."termInProse"(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT CASE
  WHEN s.stems = '{}' THEN NULL
  WHEN length(s.stems[1]) > 3 AND starts_with(word, s.stems[1]) THEN search."term"(s.stems[1], true)
  WHEN length(s.stems[1]) > 4 AND starts_with(word, left(s.stems[1], -1)) THEN search."term"(left(s.stems[1], -1), true)
  ELSE search."term"(word, length(word) > 2)
END FROM (SELECT ts_lexize('pg_catalog.english_stem', word) AS stems) AS s);

-- Something found.
--   place   the place of its kind among the kinds
--   rank    how well: 0 called so, 1 its name begins so, 2 all words in its name, 3 all words in its text, 4 words that are
--           alike
--   sort    its place among those of its kind that were found as well
--   text    the name or text it was found by; null for the text of a document
--   terms   what it was found by
CREATE TYPE search."Hit" AS ("id" text, "kind" text, "place" int, "rank" int, "sort" text, "text" text, "terms" text[]);

-- All of these terms; any of them.
CREATE FUNCTION search."allOf"(terms text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(terms, ' & ')::tsquery;
CREATE FUNCTION search."anyOf"(terms text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(terms, ' | ')::tsquery;

-- Days, the latest first, in the order of letters; none comes last.
CREATE FUNCTION search."latestFirst"(day date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lpad((CASE WHEN isfinite(day) THEN '9999-12-31'::date - day ELSE 9999999 END)::text, 7, '0');

CREATE FUNCTION search."placeOf"(kind text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_position(ARRAY['PERSON', 'STATE', 'ORGANIZATION', 'FORUM', 'MEETING', 'STATEMENT', 'DOCUMENT', 'PASSAGE'], kind);

-- How far a name is from what was asked for, in the order of letters.
CREATE FUNCTION search."farness"(asked text, name text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
RETURN lpad(round(1000 - 1000 * similarity(asked, "fold"(name)))::text, 4, '0');

-- The functions that look into the record name its tables as they are seen from where they are called: they have no
-- search path of their own. What they take of one kind and rank is bounded, so that no words take long.

-- Who and what is called by all of these terms. Of many names of one, that by which it is found best.
CREATE FUNCTION search."called"(asked text, terms text[], kinds text[]) RETURNS SETOF search."Hit"
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
    ORDER BY c."id", c."rank", "wordsOf"(c."text") @@ query DESC, c."isFirst" DESC, c.folded COLLATE "C", c."text" COLLATE "C"
  )
  SELECT b."id", b."kind", search."placeOf"(b."kind"), b."rank", left("fold"(CASE b."kind"
      WHEN 'PERSON' THEN (SELECT e."name" FROM "Person" e WHERE e."id" = b."id")
      WHEN 'FORUM' THEN (SELECT coalesce(f."acronym", f."name") FROM "Forum" f WHERE f."id" = b."id")
      ELSE (SELECT y."name" FROM "Party" y WHERE y."id" = b."id") END), 100) COLLATE "C",
    b."text", terms
  FROM best b ORDER BY 4, 3, 5, 1 LIMIT 300;
END $$;

-- Meetings and documents whose titles begin so.
CREATE FUNCTION search."entitled"(asked text, terms text[], kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
DECLARE
  behind text := asked || chr(1114111);
  most CONSTANT int := 300;
BEGIN
  RETURN QUERY
  SELECT t."id", t."kind", search."placeOf"(t."kind"), CASE WHEN "fold"(t."text") = asked THEN 0 ELSE 1 END,
    search."latestFirst"(t."day"), t."text", terms
  FROM (
    (SELECT m."id", 'MEETING' AS "kind", m."title" AS "text", m."onEarliest" AS "day" FROM "Meeting" m
      WHERE 'MEETING' = ANY (kinds) AND left("fold"(m."title"), 200) COLLATE "C" >= asked AND left("fold"(m."title"), 200) COLLATE "C" < behind
      ORDER BY left("fold"(m."title"), 200) COLLATE "C" LIMIT most)
    UNION ALL
    (SELECT d."id", 'DOCUMENT', d."title", d."publishedOnEarliest" FROM "Document" d
      WHERE 'DOCUMENT' = ANY (kinds) AND left("fold"(d."title"), 200) COLLATE "C" >= asked AND left("fold"(d."title"), 200) COLLATE "C" < behind
      ORDER BY left("fold"(d."title"), 200) COLLATE "C" LIMIT most)
  ) AS t;
END $$;

-- Meetings, statements, documents and passages with all of these terms.
CREATE FUNCTION search."said"(terms text[], kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
DECLARE
  query tsquery := search."allOf"(terms);
  most CONSTANT int := 300;
  rest text[];
  held record;
BEGIN
  IF 'MEETING' = ANY (kinds) THEN
    RETURN QUERY SELECT m."id", 'MEETING', 5, 2, search."latestFirst"(m."onEarliest"), m."title", terms FROM "Meeting" m
      WHERE "wordsOf"(m."title") @@ query
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
END $$;

-- What has words that are like these, the names nearest to them first.
CREATE FUNCTION search."resembling"(asked text, words text[], kinds text[]) RETURNS SETOF search."Hit"
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
    -- Beyond so many words nobody misspells all of them.
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

-- What is found by some words, each once, by what it is found best. What merely resembles is looked for where nothing at
-- all is found or, among names, where nothing is called so and none of that kind has the words.
--   asked   as people type it
--   kinds   what is looked for
CREATE FUNCTION search."found"(asked text, kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET client_min_messages = warning AS $$
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

-- ------------------------------------------------------------------------------------------------ what is shown

-- The words of a text, from start to end (excluded) in code points: letters, digits and what belongs to them.
CREATE FUNCTION search."tokens"(words text) RETURNS TABLE ("word" text, "start" int, "end" int) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT p.piece, p.behind - length(p.piece) - 1, p.behind - 1
  FROM (SELECT t.piece, sum(length(t.piece) + 1) OVER (ORDER BY t.number)::int AS behind
    FROM string_to_table(search."parted"(words), ' ') WITH ORDINALITY AS t(piece, number)) AS p
  WHERE p.piece <> '';
END;

-- The words of a text that any of these terms finds.
CREATE FUNCTION search."marks"(words text, terms text[]) RETURNS TABLE ("start" int, "end" int) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT t."start", t."end" FROM search."tokens"(words) AS t WHERE "wordsOf"(t."word") @@ search."anyOf"(terms) ORDER BY t."start";
END;

-- What is shown of a text: all of a short one; of a longer one the sentence with most of the terms, the first of several,
-- and of a long sentence what stands around the first word that is marked. "start" is where it begins in the text, in
-- code points.
CREATE TYPE search."Excerpt" AS ("words" text, "start" int);
CREATE FUNCTION search."excerpt"(words text, terms text[]) RETURNS search."Excerpt" LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  longest CONSTANT int := 300;
  shown search."Excerpt" := (words, 0);
  spaces int;
  cut int;
BEGIN
  IF length(words) <= longest THEN
    RETURN shown;
  END IF;
  SELECT s.sentence, s.behind - length(s.sentence) INTO shown
  FROM (SELECT m.match[1] AS sentence, m.number, sum(length(m.match[1])) OVER (ORDER BY m.number)::int AS behind
    FROM regexp_matches(left(words, 200000), '[^\n]*?(?:[.!?][\u0022\u2019\u201d)]*(?=\s)|\n+|$)', 'g') WITH ORDINALITY AS m(match, number)) AS s
  ORDER BY (SELECT count(*) FROM unnest(terms) AS t WHERE "wordsOf"(s.sentence) @@ t::tsquery) DESC, s.number LIMIT 1;
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

-- What is shown of something found, and where that begins in the text of a document; null where it is of no such text.
CREATE FUNCTION search."shown"(id text, kind text, words text, terms text[]) RETURNS search."Excerpt"
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  shown search."Excerpt";
  document record;
BEGIN
  IF words IS NOT NULL THEN
    shown := search."excerpt"(words, terms);
    shown."start" := CASE WHEN kind = 'PASSAGE' THEN shown."start" + (SELECT c."start" FROM "Citation" c WHERE c."id" = $1) END;
    RETURN shown;
  END IF;
  SELECT d."title", d."publisher", d."agency", d."text" INTO document FROM "Document" d WHERE d."id" = $1;
  IF "wordsOf"(left(document."text", 200000)) @@ search."anyOf"(terms) THEN
    RETURN search."excerpt"(document."text", terms);
  END IF;
  shown."words" := document."title" || ' (' || concat_ws(', ', document."publisher", document."agency") || ')';
  RETURN shown;
END $$;
