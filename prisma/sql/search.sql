-- Search: entries of records and names, questions, hits and excerpts. docs/search.md says how it works.

-- The extensions may be in another schema than the record.
DO $$
BEGIN
  PERFORM set_config('search_path', concat_ws(', ', current_setting('search_path'),
    (SELECT string_agg(DISTINCT quote_ident(n.nspname), ', ') FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE e.extname IN ('unaccent', 'pg_trgm', 'fuzzystrmatch') AND n.nspname <> ALL (current_schemas(true)))), true);
END $$;

-- --------------------------------------------------------------------------------------------------------- words

-- A text with a space for each character that is neither letter nor digit nor belongs to one: as long as before. Characters
-- that are not seen (soft hyphens, joiners, direction marks) belong to their word.
CREATE OR REPLACE FUNCTION search."parted"(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN regexp_replace(words, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00ac\u00ae-\u00bf\u00d7\u00f7\u060c\u061b\u061f\u06d4\u0964\u0965\u2000-\u200a\u2010-\u2029\u202f-\u205f\u2190-\u2bff\u3000-\u303f\u30fb\uff01-\uff0f\uff1a-\uff20\ufffd]', ' ', 'g');
END $$;

-- Bound to the extensions, whatever the search path is when they are called.
CREATE OR REPLACE FUNCTION search."unaccented"(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN unaccent('unaccent'::regdictionary, words);

CREATE OR REPLACE FUNCTION search."distance"(one text, other text) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN levenshtein(left(one, 60), left(other, 60));

-- A text as search compares it: without case, accents, vowel marks, invisible characters and punctuation, words parted by
-- single spaces; Persian letters as Arabic ones. It depends on no locale: ASCII, Greek and Cyrillic capitals are lowered here.
-- Hangul and kana are composed again at the end.
CREATE OR REPLACE FUNCTION "fold"(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 500 AS $$
BEGIN
  RETURN btrim(CASE
  -- Most texts are ASCII, for which little is to be done.
  WHEN octet_length(words) = length(words) THEN regexp_replace(lower(words COLLATE "C"), '[^a-z0-9]+', ' ', 'g')
  ELSE regexp_replace(search."parted"(normalize(
    translate(
      lower(search."unaccented"(regexp_replace(normalize(words, NFD),
          '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]', '', 'g')) COLLATE "C"),
      'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІЂЈЉЊЋЏҐیىکةۀٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
      'αβγδεζηθικλμνξοπρστυφχψωσабвгдежзиклмнопрстуфхцчшщъыьэюяєіђјљњћџґييكهها01234567890123456789'), NFC)),
    ' +', ' ', 'g')
END);
END $$;

-- Whether a text has letters of scripts that are written without spaces, or with particles that cling to words.
CREATE OR REPLACE FUNCTION search."isUnspaced"(words text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN words ~ '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f]';
END $$;

-- The parts by which a word of such a script is found: single letters and pairs.
CREATE OR REPLACE FUNCTION search."grams"(word text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN ARRAY(
  SELECT g.gram FROM regexp_matches(word, '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f]+|[^\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f]+', 'g') AS m(run), LATERAL (
    SELECT m.run[1] AS gram WHERE NOT search."isUnspaced"(m.run[1])
    UNION ALL
    SELECT substr(m.run[1], i, n.letters) FROM generate_series(1, length(m.run[1])) AS i, (VALUES (1), (2)) AS n(letters)
    WHERE search."isUnspaced"(m.run[1]) AND i + n.letters - 1 <= length(m.run[1])) AS g);
END $$;

-- The words of a text, as entries have them. Of long texts the first 200,000 characters count, half of that in scripts without
-- spaces: of the most varied text a tsvector holds no more.
CREATE OR REPLACE FUNCTION search."wordsIn"(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 600 AS $$
BEGIN
  RETURN (SELECT CASE
  WHEN NOT search."isUnspaced"(f.folded) THEN string_to_array(f.folded, ' ')
  ELSE ARRAY(SELECT g FROM unnest(string_to_array(left(f.folded, 100000), ' ')) AS w,
    unnest(CASE WHEN search."isUnspaced"(w) THEN search."grams"(w) ELSE ARRAY[w] END) AS g) END
  FROM (SELECT "fold"(left(words, 200000)) AS folded OFFSET 0) AS f);
END $$;

-- The same as a tsvector, by cast: no parser decides what is a word.
CREATE OR REPLACE FUNCTION search."wordsOf"(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 600 AS $$
BEGIN
  RETURN array_to_tsvector(ARRAY(SELECT left(w, 100) FROM unnest(search."wordsIn"(words)) AS w WHERE w <> ''));
END $$;

-- Words of names that are like a word, nearest first, at most six: those that differ by few letters, fewer in a short word, and
-- those that sound alike (Mohamed, Muhammad) and differ in at most a third of their letters. None for less than four letters.
CREATE OR REPLACE FUNCTION search."alike"(asked text) RETURNS text[] LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
RETURN CASE WHEN length(asked) BETWEEN 4 AND 40 AND asked !~ '\d' THEN ARRAY(
  WITH swapped AS MATERIALIZED (
    SELECT ARRAY(SELECT left(asked, i - 1) || substr(asked, i + 1, 1) || substr(asked, i, 1) || substr(asked, i + 2) FROM generate_series(1, length(asked) - 1) AS i) AS words
  )
  SELECT l.word FROM (
    SELECT k."word" AS word, CASE WHEN k."word" = ANY (s.words) THEN 0.5 ELSE levenshtein_less_equal(k."word", asked, 4) END AS distance,
      similarity(k."word", asked) AS likeness, asked ~ '^[a-z]+$' AND dmetaphone(k."word") = dmetaphone(asked) AS "soundsAlike"
    FROM swapped s, LATERAL (
      SELECT n."word" FROM search."Word" n WHERE n."isName" AND n."word" % asked
      UNION
      SELECT n."word" FROM search."Word" n WHERE n."isName" AND n."word" = ANY (s.words)
      UNION
      SELECT n."word" FROM search."Word" n
      WHERE n."isName" AND asked ~ '^[a-z]+$' AND n."word" ~ '^[a-z]+$' AND dmetaphone(n."word") = dmetaphone(asked)
    ) AS k
    WHERE k."word" <> asked
  ) AS l
  WHERE l.distance <= CASE WHEN length(asked) < 6 THEN 1 WHEN length(asked) < 10 THEN 2 ELSE 3 END
    OR l."soundsAlike" AND l.distance <= greatest(1, (length(asked) + 1) / 3)
  ORDER BY l.distance, l.likeness DESC, l.word
  LIMIT 6
) ELSE '{}'::text[] END;

-- Whether an entry has, or had, a word that begins so.
CREATE OR REPLACE FUNCTION search."isUsed"(beginning text) RETURNS boolean LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM search."Word" w WHERE w."word" >= beginning AND w."word" < beginning || chr(1114111));
END $$;

-- A word as a term of a search: by its beginning. A word of one or two letters begins too much in texts.
CREATE OR REPLACE FUNCTION search."term"(word text, is_beginning boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN nullif(to_tsquery('pg_catalog.simple', quote_literal(word) || CASE WHEN is_beginning THEN ':*' ELSE '' END)::text, '');
END $$;

-- A word as a term of a search in English prose: by its stem where it begins with it, so that meetings finds a meeting;
-- null for words that say nothing.
CREATE OR REPLACE FUNCTION search."termInProse"(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT CASE
  WHEN s.stems = '{}' THEN NULL
  WHEN length(s.stems[1]) > 3 AND starts_with(word, s.stems[1]) THEN search."term"(s.stems[1], true)
  WHEN length(s.stems[1]) > 4 AND starts_with(word, left(s.stems[1], -1)) THEN search."term"(left(s.stems[1], -1), true)
  ELSE search."term"(word, length(word) > 2)
END FROM (SELECT ts_lexize('pg_catalog.english_stem', word) AS stems) AS s);
END $$;

-- All of these terms; any of them.
CREATE OR REPLACE FUNCTION search."allOf"(terms text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(terms, ' & ')::tsquery;

CREATE OR REPLACE FUNCTION search."anyOf"(terms text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(terms, ' | ')::tsquery;

-- A word as it is spelt in Britain and in America.
CREATE OR REPLACE FUNCTION search."spellings"(word text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE
  WHEN word ~ '^(defen|offen|licen)[cs]e' THEN ARRAY[word, CASE WHEN substr(word, 6, 1) = 'c' THEN overlay(word PLACING 's' FROM 6 FOR 1) ELSE overlay(word PLACING 'c' FROM 6 FOR 1) END]
  WHEN word ~ '[iy][sz](ation|ations|e|ed|ing|er)$' AND length(word) > 7 THEN
    ARRAY[word, CASE WHEN word ~ '[iy]s' THEN regexp_replace(word, '([iy])s(ation|ations|e|ed|ing|er)$', '\1z\2') ELSE regexp_replace(word, '([iy])z(ation|ations|e|ed|ing|er)$', '\1s\2') END]
  WHEN word ~ '^(cent|theat)(re|er)s?$' THEN ARRAY[word, CASE WHEN word ~ 're' THEN regexp_replace(word, 'tre', 'ter') ELSE regexp_replace(word, 'ter', 'tre') END]
  WHEN word ~ '^(harb|lab|neighb|col)ou?r' THEN ARRAY[word, CASE WHEN word ~ 'our' THEN replace(word, 'our', 'or') ELSE replace(word, 'or', 'our') END]
  WHEN word ~ '^program(me)?s?$' THEN ARRAY['program', 'programme']
  ELSE ARRAY[word] END;
END $$;

-- A word of a question as a term: by its stem, or by the pairs of letters of a script without spaces. Null for a word that
-- says nothing.
CREATE OR REPLACE FUNCTION search."termFor"(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN search."isUnspaced"(word) THEN (
  SELECT string_agg(quote_literal(g), ' & ') FROM unnest(search."grams"(word)) AS g
  WHERE length(g) > 1 OR length(word) = 1 OR NOT search."isUnspaced"(g))
ELSE (SELECT CASE WHEN count(t.term) > 1 THEN '(' || string_agg(t.term, ' | ') || ')' ELSE min(t.term) END
  FROM (SELECT DISTINCT search."termInProse"(left(s.spelling, 100)) FROM unnest(search."spellings"(word)) AS s(spelling)) AS t(term)) END;
END $$;

-- Ranks and titles that people put before names.
CREATE OR REPLACE FUNCTION search."isTitle"(word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN word = ANY (ARRAY['general', 'gen', 'lieutenant', 'lt', 'ltgen', 'major', 'maj', 'colonel', 'col', 'brigadier', 'captain', 'capt',
  'admiral', 'adm', 'cdr', 'dr', 'prof', 'professor', 'mr', 'mrs', 'ms', 'sir', 'dame',
  'hon', 'honourable', 'honorable', 'excellency', 'shri', 'smt', 'dato', 'datuk', 
  'ret', 'retd', 'senator']);
END $$;

-- Words of ranks and offices that say nothing beside the name of a person.
CREATE OR REPLACE FUNCTION search."isOfficial"(word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN word = ANY (ARRAY['minister', 'secretary', 'president', 'premier', 'prime', 'defence', 'defense', 'foreign', 'king', 'prince', 'sheikh', 'sultan',
  'chief', 'marshal', 'commander', 'air', 'rear', 'vice', 'chancellor', 'state', 'tan', 'sri', 'seri', 'haji', 'pehin', 'lord']);
END $$;

-- Words for the sittings of a forum.
CREATE OR REPLACE FUNCTION search."isSitting"(word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN word = ANY (ARRAY['summit', 'summits', 'forum', 'conference', 'dialogue', 'gathering', 'ministerial']);
END $$;

-- The kind of record that a word of a question means.
CREATE OR REPLACE FUNCTION search."kindOf"(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN word IN ('visit', 'visits', 'trip', 'trips') THEN 'VISIT' WHEN word IN ('exercise', 'exercises', 'drill', 'drills') THEN 'ACTIVITY'
  WHEN word IN ('agreement', 'agreements', 'treaty', 'pact') THEN 'AGREEMENT' WHEN word IN ('statement', 'statements') THEN 'STATEMENT' END;
END $$;

-- Words that most meetings have: a question may leave them out, and so may a record.
CREATE OR REPLACE FUNCTION search."isGeneral"(word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN word = ANY (ARRAY['meeting', 'meetings', 'meet', 'meets', 'met', 'talks', 'talk', 'bilateral', 'versus', 'vs', 'between', 'session', 'counterpart',
  'last', 'latest', 'when', 'who', 'where', 'what', 'did', 'held', 'hold', 'holds', 'plus']);
END $$;

-- The days, months and years of a period as words of an entry.
CREATE OR REPLACE FUNCTION search."daysOf"("from" date, "to" date) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN "from" IS NULL OR "to" IS NULL OR NOT isfinite("from") OR NOT isfinite("to") OR "to" < "from" THEN '{}'::text[] ELSE
  -- A date that is known to a month has no day.
  ARRAY(SELECT 'd' || to_char("from" + i, 'YYYY-MM-DD') FROM generate_series(0, "to" - "from") AS i WHERE "to" - "from" < 16)
  || ARRAY(SELECT DISTINCT 'm' || to_char("from" + i, 'YYYY-MM') FROM generate_series(0, "to" - "from") AS i WHERE "to" - "from" < 92)
  || ARRAY(SELECT 'y' || y FROM generate_series(extract(year FROM "from")::int, least(extract(year FROM "to"), extract(year FROM "from") + 30)::int) AS y)
END;
END $$;

-- Words as a tsvector in text form, with a weight.
CREATE OR REPLACE FUNCTION search."weighted"(words text[], weight text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT string_agg(quote_literal(left(w, 100)) || ':1' || weight, ' ') FROM (SELECT DISTINCT n FROM unnest(words) AS n) AS d(w) WHERE w <> '');
END $$;

-- ------------------------------------------------------------------------------------------------------- entries

-- The entries of records, as these stand in the tables that the caller sees. search."parts" follows from the declarations.
CREATE OR REPLACE FUNCTION search."made"(ids text[]) RETURNS SETOF search."Made" LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY SELECT p."id", p."kind", coalesce(p."day", '-infinity'::date), p."twin", h.head,
    CASE WHEN p."texts" = '{}' THEN h.head ELSE h.head || b.body END, p."names"
  FROM search."parts"(ids) AS p,
    LATERAL (SELECT concat_ws(' ',
      search."weighted"(ARRAY['=' || p."id"] || ARRAY(SELECT w FROM unnest(p."names" || left(p."title", 2000)) AS t(text), unnest(search."wordsIn"(t.text)) AS w), 'A'),
      search."weighted"(ARRAY(SELECT '=' || a FROM unnest(p."about") AS a), 'B'),
      search."weighted"(search."daysOf"(p."day", p."last") || ('#' || p."ordinal") || ('%' || lower(p."kind")), 'C'))::tsvector AS head OFFSET 0) AS h,
    LATERAL (SELECT array_to_tsvector(ARRAY(SELECT left(w, 100) FROM unnest(p."texts") AS t(text), unnest(search."wordsIn"(t.text)) AS w WHERE w <> '')) AS body OFFSET 0) AS b;
END $$;

-- The ways to write names.
CREATE OR REPLACE FUNCTION search."forms"(names text[]) RETURNS TABLE ("form" smallint, "key" text, "text" text, "isMain" boolean) LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT k.form::smallint, left(k.key, 200), f.name, f.name = names[1] FROM (
    SELECT n.name, string_to_array("fold"(n.name), ' ') AS words FROM unnest(names) AS n(name)) AS f, LATERAL (
    SELECT 0, array_to_string(f.words, '')
    UNION ALL SELECT 1, (SELECT string_agg(w, ' ' ORDER BY w COLLATE "C") FROM unnest(f.words) AS w) WHERE cardinality(f.words) > 1
    UNION ALL SELECT 2, array_to_string(f.words[i:], '') FROM generate_series(2, cardinality(f.words)) AS i
    UNION ALL SELECT 3, w FROM unnest(f.words) AS w WHERE cardinality(f.words) > 1) AS k(form, key)
  WHERE k.key <> '';
END $$;

-- Brings the entries of records up to date, in one view; called with the tables of that view first in the search path.
CREATE OR REPLACE FUNCTION search."refreshIn"(wanted text, ids text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  made CONSTANT search."Made"[] := ARRAY(SELECT m FROM search."made"(ids) AS m);
  changed CONSTANT text[] := ARRAY(
    SELECT m."id" FROM unnest(made) AS m LEFT JOIN search."Entry" e ON e."id" = m."id" AND e."view" = wanted
    WHERE e."id" IS NULL OR e."kind" <> m."kind" OR e."day" <> m."day" OR e."twin" IS DISTINCT FROM m."twin" OR e."head" <> m."head" OR e."words" <> m."words");
  gone CONSTANT text[] := ARRAY(
    SELECT e."id" FROM search."Entry" e WHERE e."id" = ANY (ids) AND e."view" = wanted AND NOT EXISTS (SELECT FROM unnest(made) AS m WHERE m."id" = e."id"));
BEGIN
  -- Former words of a record are kept for questions about the past.
  IF wanted = 'public' THEN
    INSERT INTO search."Entry" AS e ("id", "view", "kind", "day", "twin", "head", "words")
    SELECT b."id", 'past', b."kind", b."day", b."twin", b."head", strip(b."words")
    FROM search."Entry" b LEFT JOIN unnest(made) AS m ON m."id" = b."id"
    WHERE b."id" = ANY (changed || gone) AND b."view" = 'public'
      AND (m."id" IS NULL OR NOT tsvector_to_array(b."words") <@ tsvector_to_array(m."words"))
    ON CONFLICT ("id", "view") DO UPDATE SET "words" = array_to_tsvector(tsvector_to_array(e."words") || tsvector_to_array(excluded."words"));
    PERFORM search."forgetPrivate"(changed || gone);
  END IF;
  IF gone <> '{}' THEN
    DELETE FROM search."Entry" e WHERE e."id" = ANY (gone) AND e."view" = wanted;
  END IF;
  IF changed <> '{}' THEN
    INSERT INTO search."Entry" AS e ("id", "view", "kind", "day", "twin", "head", "words")
    SELECT m."id", wanted, m."kind", m."day", m."twin", m."head", m."words" FROM unnest(made) AS m WHERE m."id" = ANY (changed) ORDER BY m."id"
    ON CONFLICT ("id", "view") DO UPDATE SET "kind" = excluded."kind", "day" = excluded."day", "twin" = excluded."twin",
      "head" = excluded."head", "words" = excluded."words";
    INSERT INTO search."Word" ("word", "isName")
    SELECT DISTINCT l, false FROM unnest(made) AS m, unnest(tsvector_to_array(m."words")) AS l
    WHERE m."id" = ANY (changed) AND length(l) BETWEEN 3 AND 40 AND l !~ '[\d=#%]' AND NOT EXISTS (SELECT FROM search."Word" k WHERE k."word" = l) ORDER BY 1
    ON CONFLICT ("word") DO NOTHING;
  END IF;
  IF EXISTS (SELECT FROM unnest(made) AS m WHERE m."names" <> '{}') OR EXISTS (SELECT FROM search."Name" n WHERE n."id" = ANY (gone)) THEN
    PERFORM search."refreshNames"(wanted, ids, made);
  END IF;
END $$;

-- Takes the words of private texts out of the entries by which documents and passages were found before. Titles, publishers
-- and what is cited now stay.
-- @param ids of documents, whose passages are looked at as well, and of citations.
CREATE OR REPLACE FUNCTION search."forgetPrivate"(ids text[]) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE search."Entry" e SET "words" = ts_delete(e."words", ARRAY(
    SELECT left(w, 100) FROM search."privateWords"(e."id") AS w
    EXCEPT SELECT left(w, 100) FROM past."Document" p, unnest(ARRAY[p."title", p."publisher", p."agency"]) AS t(text), unnest(search."wordsIn"(t.text)) AS w
      WHERE p."id" = e."id"))
  WHERE e."id" = ANY (ids) AND e."view" = 'past' AND e."kind" = 'DOCUMENT' AND past."isTextPrivate"(e."id");
  UPDATE search."Entry" e SET "words" = ts_delete(e."words", ARRAY(
    SELECT left(w, 100) FROM search."privateWords"(c."documentId") AS w
    EXCEPT SELECT left(w, 100) FROM past."Citation" p, unnest(search."wordsIn"(p."quote")) AS w WHERE p."id" = e."id"))
  FROM (SELECT DISTINCT p."id", p."documentId" FROM past."Citation" p WHERE p."id" = ANY (ids) OR p."documentId" = ANY (ids)) AS c
  WHERE e."id" = c."id" AND e."view" = 'past' AND e."kind" = 'PASSAGE' AND past."isTextPrivate"(c."documentId");
END $$;

-- The words of all versions of the text of a document.
CREATE OR REPLACE FUNCTION search."privateWords"(document text) RETURNS SETOF text LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
  RETURN QUERY SELECT unnest(search."wordsIn"(t.text)) FROM (
    SELECT d."privateText" AS text FROM "Document" d WHERE d."id" = document
    UNION SELECT coalesce(p."privateText", p."text") FROM past."Document" p WHERE p."id" = document) AS t;
END $$;

-- The same for their names.
CREATE OR REPLACE FUNCTION search."refreshNames"(wanted text, ids text[], made search."Made"[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH named AS MATERIALIZED (
    SELECT m."id", m."kind", f.* FROM unnest(made) AS m, search."forms"(m."names") AS f
  ),
  gone AS (
    DELETE FROM search."Name" n WHERE n."id" = ANY (ids) AND n."view" = wanted
      AND NOT EXISTS (SELECT FROM named m WHERE (m."id", m."form", m."key", m."text", m."isMain") = (n."id", n."form", n."key", n."text", n."isMain"))
    RETURNING n.*
  ),
  past AS (
    INSERT INTO search."Name" ("id", "view", "kind", "form", "key", "text", "isMain")
    SELECT g."id", 'past', g."kind", g."form", g."key", g."text", g."isMain" FROM gone g WHERE wanted = 'public'
      AND NOT EXISTS (SELECT FROM search."Name" n WHERE (n."id", n."view", n."form", n."key", n."text", n."isMain") = (g."id", 'past', g."form", g."key", g."text", g."isMain"))
  ),
  added AS (
    INSERT INTO search."Name" ("id", "view", "kind", "form", "key", "text", "isMain")
    SELECT m."id", wanted, m."kind", m."form", m."key", m."text", m."isMain" FROM named m
    WHERE NOT EXISTS (SELECT FROM search."Name" n WHERE (n."id", n."view", n."form", n."key", n."text", n."isMain") = (m."id", wanted, m."form", m."key", m."text", m."isMain"))
  )
  INSERT INTO search."Word" AS w ("word", "isName")
  SELECT DISTINCT l, true FROM named m, unnest(string_to_array("fold"(m."text"), ' ')) AS l
  WHERE m."form" = 0 AND length(l) BETWEEN 3 AND 40 AND l !~ '\d' AND NOT EXISTS (SELECT FROM search."Word" k WHERE k."word" = l AND k."isName") ORDER BY 1
  ON CONFLICT ("word") DO UPDATE SET "isName" = true;
END $$;

-- Brings the entries of records up to date, for readers, and for editors as well where drafts are concerned.
CREATE OR REPLACE FUNCTION search."refresh"(ids text[], drafted text[] DEFAULT '{}') RETURNS void LANGUAGE plpgsql
SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
  here CONSTANT text := current_setting('search_path');
  edited text[];
BEGIN
  PERFORM search."refreshIn"('public', ids);
  edited := ARRAY(SELECT unnest(drafted) UNION SELECT e."id" FROM search."Entry" e WHERE e."id" = ANY (ids) AND e."view" = 'editing');
  IF edited <> '{}' THEN
    PERFORM set_config('search_path', 'editing, ' || here, true);
    PERFORM search."refreshIn"('editing', edited);
    PERFORM set_config('search_path', here, true);
    DELETE FROM search."Entry" e USING search."Entry" p WHERE e."id" = ANY (edited) AND e."view" = 'editing'
      AND p."id" = e."id" AND p."view" = 'public' AND p."head" = e."head" AND p."words" = e."words";
    DELETE FROM search."Name" n USING search."Name" p WHERE n."id" = ANY (edited) AND n."view" = 'editing'
      AND (p."id", p."view", p."form", p."key", p."text") = (n."id", 'public', n."form", n."key", n."text");
  END IF;
END $$;

-- Rebuilds all entries, after rows were loaded while triggers were disabled. Plans that were made while the tables were
-- empty read them whole for each batch; statistics after the first, tenth and hundredth batch replace such plans.
CREATE OR REPLACE FUNCTION search."refreshAll"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  chosen text[];
  batches int := 0;
BEGIN
  DELETE FROM search."Entry" WHERE "view" <> 'past';
  DELETE FROM search."Name" WHERE "view" <> 'past';
  FOR chosen IN SELECT array_agg(n."id") FROM (SELECT i."id", row_number() OVER () AS number FROM search."ids"(false) AS i("id")) AS n GROUP BY n.number / 1000 LOOP
    PERFORM search."refresh"(chosen);
    batches := batches + 1;
    IF batches IN (1, 10, 100) THEN
      ANALYZE search."Entry", search."Name", search."Word";
    END IF;
  END LOOP;
  FOR chosen IN SELECT array_agg(n."id") FROM (SELECT i."id", row_number() OVER () AS number FROM search."ids"(true) AS i("id")) AS n GROUP BY n.number / 1000 LOOP
    PERFORM search."refresh"('{}', chosen);
  END LOOP;
END $$;

-- Notes the records whose entries follow from changed rows. Arguments: columns with their ids, or `table:column` for the records
-- of another table that refer to a row by this column.
CREATE OR REPLACE FUNCTION search."noteChange"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  named text;
  rows CONSTANT text := CASE TG_OP WHEN 'INSERT' THEN 'SELECT * FROM after' WHEN 'DELETE' THEN 'SELECT * FROM before'
    ELSE 'SELECT * FROM after UNION ALL SELECT * FROM before' END;
  source text;
BEGIN
  FOREACH named IN ARRAY TG_ARGV LOOP
    source := CASE WHEN strpos(named, ':') = 0 THEN format('SELECT r.%I FROM (%s) AS r', named, rows)
      ELSE format('SELECT t."id" FROM %1$I t WHERE t.%2$I IN (SELECT r."id" FROM (%3$s) AS r) UNION ALL SELECT t."id" FROM drafts.%1$I t WHERE t.%2$I IN (SELECT r."id" FROM (%3$s) AS r)',
        split_part(named, ':', 1), split_part(named, ':', 2), rows) END;
    EXECUTE format('INSERT INTO search."Pending" ("transaction", "id", "isDraft")
      SELECT DISTINCT pg_current_xact_id(), n."id", %L::boolean FROM (%s) AS n("id") WHERE n."id" IS NOT NULL', TG_TABLE_SCHEMA = 'drafts', source);
  END LOOP;
  INSERT INTO search."Due" VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- Forgets the entries of an emptied table. Arguments: their kinds.
CREATE OR REPLACE FUNCTION search."forgetAll"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM search."Entry" WHERE "kind" = ANY (TG_ARGV);
  DELETE FROM search."Name" WHERE "kind" = ANY (TG_ARGV);
  RETURN NULL;
END $$;

-- Refreshes the entries of all records that a transaction touched, when it commits.
CREATE OR REPLACE FUNCTION search."refreshPending"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  chosen text[];
  drafted text[];
BEGIN
  FOR chosen, drafted IN
    WITH taken AS (DELETE FROM search."Pending" p WHERE p."transaction" = NEW."transaction" RETURNING p."id", p."isDraft"),
    each AS (SELECT t."id", bool_or(t."isDraft") AS "isDraft", bool_or(NOT t."isDraft") AS "isPublic" FROM taken t GROUP BY t."id")
    SELECT coalesce(array_agg(n."id") FILTER (WHERE n."isPublic"), '{}'), coalesce(array_agg(n."id") FILTER (WHERE n."isDraft"), '{}')
    FROM (SELECT e.*, row_number() OVER (ORDER BY e."id") AS number FROM each e) AS n GROUP BY n.number / 500
  LOOP
    PERFORM search."refresh"(chosen, drafted);
  END LOOP;
  DELETE FROM search."Due" WHERE "transaction" = NEW."transaction";
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS "refreshes_entries" ON search."Due";
CREATE CONSTRAINT TRIGGER "refreshes_entries" AFTER INSERT ON search."Due" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION search."refreshPending"();

-- ----------------------------------------------------------------------------------------------------- questions

-- The day, month or year that a text names first, as a term, with the text before and behind it.
CREATE OR REPLACE FUNCTION search."readDay"(asked text, OUT term text, OUT rest text) LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  months CONSTANT text := '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?';
  -- By pattern, the places of year, month and day among what it finds.
  pattern text;
  place int[];
  found text[];
  month int;
BEGIN
  FOR pattern, place IN SELECT * FROM (VALUES
    ('\m((?:19|20)\d\d)[-/.](\d\d?)[-/.](\d\d?)\M', '{1,2,3}'::int[]),
    ('((?:19|20)\d\d)年\s*(\d\d?)月\s*(\d\d?)日', '{1,2,3}'),
    ('\m(\d\d?)[./](\d\d?)[./]((?:19|20)\d\d)\M', '{3,2,1}'),
    ('\m(\d\d?)(?:st|nd|rd|th)?(?: of)? ' || months || ',? ((?:19|20)\d\d)\M', '{3,2,1}'),
    ('\m' || months || ' (\d\d?)(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\M', '{3,1,2}'),
    ('\m((?:19|20)\d\d)[-/](\d\d?)\M', '{1,2,0}'),
    ('((?:19|20)\d\d)年\s*(\d\d?)月', '{1,2,0}'),
    ('\m' || months || ',? ((?:19|20)\d\d)\M', '{2,1,0}'),
    ('\m((?:19|20)\d\d) ' || months || '\M', '{1,2,0}'),
    ('((?:19|20)\d\d)年?', '{1,0,0}')) AS p
  LOOP
    CONTINUE WHEN asked !~* ('(?:^|\D)' || pattern || '(?:\D|$)');
    found := regexp_match(asked, pattern, 'i');
    month := CASE WHEN place[2] = 0 THEN NULL WHEN found[place[2]] ~ '^\d' THEN found[place[2]]::int
      ELSE (strpos('janfebmaraprmayjunjulaugsepoctnovdec', lower(left(found[place[2]], 3))) + 2) / 3 END;
    CONTINUE WHEN month NOT BETWEEN 1 AND 12 OR place[3] > 0 AND found[place[3]]::int NOT BETWEEN 1 AND 31;
    term := CASE WHEN month IS NULL THEN format('(''y%1$s'' | ''%1$s'')', found[place[1]])
      WHEN place[3] = 0 THEN format('''m%s-%s''', found[place[1]], lpad(month::text, 2, '0'))
      ELSE format('''d%s-%s-%s''', found[place[1]], lpad(month::text, 2, '0'), lpad(found[place[3]], 2, '0')) END;
    rest := regexp_replace(asked, pattern, ' ', 'i');
    RETURN;
  END LOOP;
END $$;

-- The number of a word such as 16th or tenth.
CREATE OR REPLACE FUNCTION search."ordinalOf"(word text) RETURNS int LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN word ~ '^\d{1,3}(st|nd|rd|th)$' THEN substring(word FROM '^\d+')::int
  ELSE array_position(ARRAY['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth',
    'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth'], word) END;
END $$;

-- The names with one of these keys that are seen from where it is called.
CREATE OR REPLACE FUNCTION search."called"(keys text[], most int) RETURNS SETOF search."Name" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF current_schema() = 'known' THEN
    RETURN QUERY SELECT n.* FROM (SELECT m.* FROM search."Name" m WHERE m."key" = ANY (keys) AND m."form" <> 2 AND m."view" <> 'editing' LIMIT most) AS n
      WHERE EXISTS (SELECT FROM search."parts"(ARRAY[n."id"]) AS p WHERE n."text" = ANY (p."names"));
  ELSIF current_schema() = 'editing' THEN
    RETURN QUERY SELECT n.* FROM search."Name" n WHERE n."key" = ANY (keys) AND n."form" <> 2 AND n."view" <> 'past' LIMIT most;
  ELSE
    RETURN QUERY SELECT n.* FROM search."Name" n WHERE n."key" = ANY (keys) AND n."form" <> 2 AND n."view" = 'public' LIMIT most;
  END IF;
END $$;

-- Reads a question: days, ordinals, the longest spans that are whole names, then words. Of the result,
--   needed   are the terms that an entry must have,
--   marked   terms to mark words by, and ids of what is named,
--   named    the ids of what it names, wholly or by a word of the name,
--   whole    the ids of what all of it names,
--   slips    words that nothing uses.
-- `is_strict` lets no word be left out.
CREATE OR REPLACE FUNCTION search."read"(asked text, is_strict boolean) RETURNS search."Question" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  -- ADMM+ is read as ADMM plus; the Thai word for state says nothing before the name of one.
  rest text := regexp_replace(regexp_replace(asked, '(\w)\+', '\1 plus ', 'g'), 'ประเทศ', '', 'g');
  read search."Question";
  words text[];
  count int;
  keys text[] := '{}';
  -- By form and key, the ids of names, and whether one is a person's.
  names jsonb;
  used boolean[];
  persons boolean := false;
  forums boolean := false;
  ids text[];
  term text;
  word text;
  optional text[] := '{}';
  later text[] := '{}';
  remaining text;
BEGIN
  read."needed" := '{}'; read."marked" := '{}'; read."named" := '{}'; read."whole" := '{}'; read."slips" := '{}';
  read."folded" := "fold"(rest);
  FOR n IN 1..3 LOOP
    SELECT d.term, d.rest INTO term, remaining FROM search."readDay"(rest) AS d;
    EXIT WHEN term IS NULL;
    read."needed" := read."needed" || term;
    rest := remaining;
  END LOOP;
  words := ARRAY(SELECT w FROM unnest(string_to_array("fold"(rest), ' ')) WITH ORDINALITY AS t(w, number) ORDER BY number LIMIT 24);
  read."words" := words;
  count := cardinality(words);
  used := array_fill(false, ARRAY[count]);
  SELECT array_agg(DISTINCT k.key) INTO keys FROM generate_series(1, count) AS i, generate_series(i, least(i + 9, count)) AS j,
    LATERAL (SELECT array_to_string(words[i:j], '')
      UNION ALL SELECT (SELECT string_agg(w, ' ' ORDER BY w COLLATE "C") FROM unnest(words[i:j]) AS w) WHERE j BETWEEN i + 1 AND i + 5) AS k(key);
  SELECT jsonb_object_agg(c.form || c.key, c.ids) INTO names FROM (
    -- A name that is 0 or 1 is whole.
    SELECT CASE c."form" WHEN 3 THEN 3 ELSE 0 END AS form, c."key", jsonb_agg(DISTINCT c."id") AS ids
    FROM search."called"(coalesce(keys, '{}'), 5000) AS c
    -- A word of a title names nothing.
    WHERE c."form" <> 3 OR c."kind" = ANY (ARRAY['PERSON', 'STATE', 'ORGANIZATION', 'FORUM', 'PLACE']) GROUP BY 1, 2) AS c;
  names := coalesce(names, '{}');
  FOR size IN REVERSE least(count, 10)..1 LOOP
    FOR i IN 1..count - size + 1 LOOP
      CONTINUE WHEN true = ANY (used[i:i + size - 1]);
      -- Small words are names only where they are written as codes are, or stand alone.
      CONTINUE WHEN size = 1 AND count > 1 AND length(words[i]) < 4 AND search."term"(words[i], false) IS NOT NULL
        AND ts_lexize('pg_catalog.english_stem', words[i]) = '{}' AND asked !~ ('\m' || upper(words[i]) || '\M');
      ids := ARRAY(SELECT jsonb_array_elements_text(coalesce(names -> ('0' || array_to_string(words[i:i + size - 1], '')), '[]') || coalesce(names -> ('0' || (
        SELECT string_agg(w, ' ' ORDER BY w COLLATE "C") FROM unnest(words[i:i + size - 1]) AS w)), '[]')));
      CONTINUE WHEN ids = '{}';
      FOR k IN i..i + size - 1 LOOP used[k] := true; END LOOP;
      persons := persons OR EXISTS (SELECT FROM unnest(ids) AS n WHERE starts_with(n, 'per_'));
      forums := forums OR EXISTS (SELECT FROM unnest(ids) AS n WHERE starts_with(n, 'frm_') OR starts_with(n, 'org_'));
      term := (SELECT string_agg(coalesce(search."termFor"(w), search."term"(w, false)), ' & ') FROM unnest(words[i:i + size - 1]) AS w);
      read."named" := read."named" || ids;
      IF size = count AND read."needed" = '{}' THEN read."whole" := ids; END IF;
      read."needed" := read."needed" || format('(%s)', concat_ws(' | ', (SELECT string_agg(DISTINCT quote_literal('=' || n), ' | ') FROM unnest(ids) AS n), '(' || nullif(term, '') || ')'));
      read."marked" := read."marked" || ARRAY(SELECT search."term"(w, false) FROM unnest(words[i:i + size - 1]) AS w) || ARRAY(SELECT DISTINCT quote_literal('=' || n) FROM unnest(ids) AS n LIMIT 8);
    END LOOP;
  END LOOP;
  -- Words that are left. A person's name makes ranks and offices before it optional.
  FOR i IN 1..count LOOP
    CONTINUE WHEN used[i];
    word := words[i];
    ids := ARRAY(SELECT jsonb_array_elements_text(coalesce(names -> ('3' || word), '[]')));
    IF cardinality(ids) BETWEEN 1 AND 40 AND NOT search."isTitle"(word) AND NOT search."isGeneral"(word) AND search."termFor"(word) IS NOT NULL THEN
      persons := persons OR EXISTS (SELECT FROM unnest(ids) AS n WHERE starts_with(n, 'per_'));
    ELSE
      ids := '{}';
    END IF;
    term := search."termFor"(word);
    IF term IS NULL AND is_strict THEN
      term := search."term"(word, false);
    END IF;
    IF term IS NULL OR NOT is_strict AND (search."isTitle"(word) OR search."isGeneral"(word)) THEN
      optional := optional || coalesce(term, search."term"(word, false));
    ELSIF NOT is_strict AND search."isOfficial"(word) THEN
      later := later || term;
    ELSIF NOT is_strict AND forums AND search."isSitting"(word) THEN
      optional := optional || term;
    ELSIF NOT is_strict AND search."kindOf"(word) IS NOT NULL THEN
      read."needed" := read."needed" || format('(%s | ''%%%s'')', term, lower(search."kindOf"(word)));
      read."marked" := read."marked" || term;
    ELSIF search."ordinalOf"(word) IS NOT NULL THEN
      read."needed" := read."needed" || format('(''#%s'' | %s)', search."ordinalOf"(word), quote_literal(word));
      read."marked" := read."marked" || quote_literal(word);
    ELSE
      IF ids = '{}' AND length(word) >= 4 AND word !~ '\d' AND NOT search."isUnspaced"(word)
        AND NOT search."isUsed"(word) AND NOT search."isUsed"(regexp_replace(term, '[^\w]', '', 'g')) THEN
        read."slips" := read."slips" || word;
      END IF;
      -- A number beside a forum may be that of its session.
      term := CASE WHEN word ~ '^\d{1,3}$' THEN format('%s | ''#%s''', term, word) ELSE term END;
      read."needed" := read."needed" || format('(%s)', concat_ws(' | ', (SELECT string_agg(quote_literal('=' || n), ' | ') FROM unnest(ids) AS n), '(' || term || ')'));
      read."marked" := read."marked" || term || ARRAY(SELECT quote_literal('=' || n) FROM unnest(ids) AS n LIMIT 8);
      read."named" := read."named" || ids;
    END IF;
  END LOOP;
  IF persons THEN optional := optional || later; ELSE read."needed" := read."needed" || later; END IF;
  read."marked" := read."marked" || later;
  -- A name is whole without the ranks before it.
  IF read."needed" = '{}' THEN
    read."needed" := optional;
  ELSIF cardinality(read."needed") = 1 AND persons AND read."whole" = '{}' AND NOT (false = ANY (ARRAY(SELECT used[i] OR search."isTitle"(words[i]) FROM generate_series(1, count) AS i))) THEN
    read."whole" := read."named";
  END IF;
  read."marked" := read."marked" || optional;
  RETURN read;
END $$;

-- The entries that have all of these terms and are seen from where it is called: at most 8,000, else the latest.
CREATE OR REPLACE FUNCTION search."having"(terms text[], kinds text[]) RETURNS SETOF search."Entry"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
DECLARE
  query CONSTANT tsquery := array_to_string(terms, ' & ')::tsquery;
  most CONSTANT int := 8000;
  found text[];
BEGIN
  IF current_schema() = 'known' THEN
    -- Candidates by present and former words, each compared with the record at the moment.
    RETURN QUERY SELECT m."id", 'public', m."kind", m."day", m."twin", m."head", m."words"
      FROM search."made"(ARRAY(
        SELECT c."id" FROM (
          SELECT e."id", e."day" FROM search."Entry" e WHERE e."words" @@ query AND e."view" = 'public' AND e."kind" = ANY (kinds)
          UNION ALL
          SELECT e."id", e."day" FROM search."Entry" e WHERE e."words" @@ query AND e."view" <> 'public' AND e."view" = 'past' AND e."kind" = ANY (kinds)) AS c
        GROUP BY c."id" ORDER BY max(c."day") = '-infinity' DESC, max(c."day") DESC, c."id" DESC LIMIT 100)) AS m
      WHERE m."words" @@ query AND m."kind" = ANY (kinds);
    RETURN;
  END IF;
  IF current_schema() = 'editing' THEN
    RETURN QUERY SELECT e.* FROM search."Entry" e WHERE e."words" @@ query AND e."view" <> 'public' AND e."view" = 'editing' AND e."kind" = ANY (kinds);
    RETURN QUERY SELECT e.* FROM search."Entry" e WHERE e."words" @@ query AND e."view" = 'public' AND e."kind" = ANY (kinds)
      AND NOT EXISTS (SELECT FROM search."Entry" d WHERE d."id" = e."id" AND d."view" = 'editing') LIMIT most;
    RETURN;
  END IF;
  found := ARRAY(SELECT e."id" FROM search."Entry" e WHERE e."words" @@ query AND e."view" = 'public' AND e."kind" = ANY (kinds) LIMIT most + 1);
  IF cardinality(found) <= most THEN
    RETURN QUERY SELECT e.* FROM unnest(found) AS f(id) JOIN search."Entry" e ON e."id" = f.id AND e."view" = 'public';
  ELSE
    RETURN QUERY SELECT e.* FROM search."Entry" e WHERE e."words" @@ query AND e."view" = 'public' AND e."kind" = ANY (kinds)
      ORDER BY e."day" DESC, e."id" DESC LIMIT 300;
  END IF;
END $$;

-- The entries of some records, as they are seen from where it is called.
CREATE OR REPLACE FUNCTION search."entries"(ids text[]) RETURNS SETOF search."Entry" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF current_schema() = 'known' THEN
    RETURN QUERY SELECT m."id", 'public', m."kind", m."day", m."twin", m."head", m."words" FROM search."made"(ids) AS m;
  ELSE
    RETURN QUERY SELECT DISTINCT ON (e."id") e.* FROM search."Entry" e WHERE e."id" = ANY (ids)
      AND (e."view" = 'public' OR e."view" = 'editing' AND current_schema() = 'editing') ORDER BY e."id", e."view" <> 'editing';
  END IF;
END $$;

-- Names that begin so, or a later word of which does, that are seen from where it is called.
CREATE OR REPLACE FUNCTION search."begun"(beginning text, kinds text[], most int) RETURNS SETOF search."Name" LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  behind CONSTANT text := beginning || chr(1114111);
  here CONSTANT text := current_schema();
  candidates search."Name"[];
BEGIN
  IF here <> 'known' THEN
    RETURN QUERY SELECT n.* FROM unnest(kinds) AS k(kind) CROSS JOIN LATERAL (
      SELECT m.* FROM search."Name" m WHERE m."kind" = k.kind AND m."form" IN (0, 2) AND m."key" >= beginning AND m."key" < behind
        AND (m."view" = 'public' OR m."view" = 'editing' AND here = 'editing')
      ORDER BY m."key", m."id" LIMIT most) AS n;
    RETURN;
  END IF;
  -- Many names of the present and the past may be none of the moment.
  candidates := ARRAY(SELECT n FROM unnest(kinds) AS k(kind) CROSS JOIN LATERAL (
    SELECT m.* FROM search."Name" m WHERE m."kind" = k.kind AND m."form" IN (0, 2) AND m."key" >= beginning AND m."key" < behind AND m."view" <> 'editing'
    ORDER BY m."key", m."id" LIMIT 10 * most) AS n);
  RETURN QUERY SELECT r."id", r."view", r."kind", r."form", r."key", r."text", r."isMain" FROM (
    SELECT c.*, row_number() OVER (PARTITION BY c."kind" ORDER BY c."key", c."id") AS number
    FROM unnest(candidates) AS c
    JOIN search."parts"(ARRAY(SELECT DISTINCT d."id" FROM unnest(candidates) AS d)) AS p ON p."id" = c."id" AND c."text" = ANY (p."names")) AS r
  WHERE r.number <= most ORDER BY r."kind", r.number;
END $$;

-- ---------------------------------------------------------------------------------------------------------- hits

-- Twice the number of other entries about a record at present, up to 400.
CREATE OR REPLACE FUNCTION search."prominence"(id text) RETURNS int LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT count(*) * 2 FROM (
    SELECT FROM search."Entry" e WHERE e."words" @@ quote_literal('=' || $1)::tsquery AND e."view" = 'public' AND e."id" <> $1 LIMIT 200) AS c);
END $$;

-- The hits of a question as it was read, best first by `rank`; at most 300 of each kind.
--   quality   0 a whole name, 1 the beginning of a name, 2 all words in names, titles and what it is about, 3 in texts
CREATE OR REPLACE FUNCTION search."ranked"(read search."Question", terms text[], kinds text[]) RETURNS SETOF search."Hit" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  query CONSTANT tsquery := array_to_string(terms, ' & ')::tsquery;
  joined CONSTANT text := replace(read."folded", ' ', '');
  begun jsonb := '{}';
  inner_ text[] := '{}';
  are_few boolean;
BEGIN
  IF length(joined) >= 1 AND cardinality(read."words") > 0 THEN
    SELECT coalesce(jsonb_object_agg(b."id", b."text"), '{}'), coalesce(array_agg(b."id") FILTER (WHERE NOT b."isFirst"), '{}') INTO begun, inner_
    FROM (SELECT DISTINCT ON (n."id") n."id", n."text", n."form" = 0 AS "isFirst"
      FROM search."begun"(joined, ARRAY(SELECT k FROM unnest(kinds) AS k WHERE search."isNamed"(k)), 50) AS n
      ORDER BY n."id", n."form", "fold"(n."text") <> read."folded", NOT n."isMain", n."text" COLLATE "C") AS b;
  END IF;
  are_few := cardinality(read."named") + (SELECT count(*) FROM jsonb_object_keys(begun)) <= 40;
  RETURN QUERY
  SELECT h."id", h."kind",
    h."quality" * 10000 + CASE
      WHEN h."quality" < 2 THEN search."placeOf"(h."kind") * 100
      WHEN h."quality" = 2 THEN least(search."priority"(h."kind") + CASE WHEN h."isNamed" THEN -60 ELSE 0 END, 99) * 50 + 4000 + least(length(h."head"), 60) / 8 * 80 - h."many"
      ELSE (search."priority"(h."kind") + 100) * 10 END,
    h."quality", h."day", h."sort", h."text", read."marked", NULL::text
  FROM (
    SELECT r.*, row_number() OVER (PARTITION BY r."kind" ORDER BY r."quality", r."day" DESC, r."id") AS number FROM (
      SELECT DISTINCT ON (coalesce(e."twin", e."id")) e."id", e."kind", e."day", e."head", e."id" = ANY (read."named") AS "isNamed",
        -- A record that is named by a part of its name comes first if many entries are about it.
        CASE WHEN (e."id" = ANY (read."named") OR begun ? e."id") AND NOT e."id" = ANY (read."whole") AND are_few THEN search."prominence"(e."id") ELSE 0 END AS "many",
        CASE WHEN e."id" = ANY (read."whole") THEN 0 WHEN begun ? e."id" AND NOT e."id" = ANY (inner_) THEN 1 WHEN begun ? e."id" OR e."head" @@ query THEN 2 ELSE 3 END AS "quality",
        CASE WHEN begun ? e."id" THEN begun ->> e."id" END AS "text",
        CASE WHEN search."isNamed"(e."kind") THEN '' ELSE search."latestFirst"(e."day") END AS "sort"
      FROM (SELECT * FROM search."having"(terms, kinds) UNION ALL
        SELECT b.* FROM search."entries"(ARRAY(SELECT jsonb_object_keys(begun)) || read."whole") AS b WHERE b."kind" = ANY (kinds)) AS e
      ORDER BY coalesce(e."twin", e."id"), e."id") AS r
  ) AS h WHERE h.number <= 300;
END $$;

-- A term that entries have which lack at most so many of these; null if these are no more.
CREATE OR REPLACE FUNCTION search."allBut"(terms text[], lacking int) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN cardinality(terms) <= lacking THEN NULL
    WHEN lacking = 0 THEN array_to_string(terms, ' & ')
    WHEN cardinality(terms) = lacking + 1 THEN format('(%s)', array_to_string(terms, ' | '))
    ELSE format('(%s & (%s) | %s)', terms[1], search."allBut"(terms[2:], lacking), search."allBut"(terms[2:], lacking - 1)) END;
END $$;

-- All hits of a question. `latin` is the question in Latin letters, for names that are on record in these.
CREATE OR REPLACE FUNCTION search."found"(asked text, kinds text[], latin text DEFAULT NULL) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET client_min_messages = warning SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
  read search."Question" := search."read"(asked, asked ~ '^\s*["“].*["”]\s*$');
  other search."Question";
  hits search."Hit"[] := '{}';
  phrases CONSTANT text[] := ARRAY(SELECT "fold"(m[1]) FROM regexp_matches(asked, '["“„«]([^"“”„«»]+)["”“»]', 'g') AS m WHERE "fold"(m[1]) <> '');
  said text[];
  corrected text;
  wanted text[];
BEGIN
  IF read."needed" = '{}' THEN
    RETURN;
  END IF;
  IF read."slips" = '{}' THEN
    hits := ARRAY(SELECT h FROM search."ranked"(read, read."needed", kinds) AS h);
  END IF;
  -- Names in other scripts may be on record in Latin letters only.
  IF latin IS NOT NULL AND NOT EXISTS (SELECT FROM unnest(hits) AS h WHERE h."quality" < 3) THEN
    hits := hits || ARRAY(SELECT h FROM search."found"(latin, kinds) AS h WHERE h."quality" < 3 OR hits = '{}');
  END IF;
  -- Slips are looked for in words that nothing uses, and in all words where nothing is found.
  IF hits = '{}' THEN
    corrected := search."corrected"(asked, CASE WHEN read."slips" = '{}' THEN read."words" ELSE read."slips" END);
    IF corrected IS NULL AND read."slips" <> '{}' THEN
      corrected := search."corrected"(asked, read."words");
    END IF;
    IF corrected IS NOT NULL THEN
      other := search."read"(corrected, false);
      hits := ARRAY(SELECT (h."id", h."kind", h."rank" + 50000, 4, h."day", h."sort", h."text", h."terms", corrected)::search."Hit"
        FROM search."ranked"(other, other."needed", kinds) AS h);
    END IF;
  END IF;
  -- Words that are each like another, of which one name has all.
  IF hits = '{}' THEN
    wanted := ARRAY(SELECT format('(%s)', concat_ws(' | ', search."termFor"(w), (SELECT string_agg(quote_literal(a), ' | ') FROM unnest(search."alike"(w)) AS a)))
      FROM unnest(read."words") AS w WHERE search."termFor"(w) IS NOT NULL LIMIT 8);
    IF wanted <> '{}' THEN
      hits := ARRAY(SELECT (h."id", h."kind", h."rank" + 50000, 4, h."day", h."sort", h."text", wanted, m.meant)::search."Hit"
        FROM search."ranked"((read."folded", '{}', wanted, wanted, '{}', '{}', '{}')::search."Question", wanted, kinds) AS h,
          LATERAL (SELECT search."meant"(asked, h."id") AS meant) AS m
        WHERE search."isNamed"(h."kind") AND h."quality" < 3 AND m.meant IS NOT NULL);
    END IF;
  END IF;
  -- Nothing has all of it: what has most.
  IF hits = '{}' AND cardinality(read."needed") BETWEEN 2 AND 10 THEN
    FOR lacking IN 1..least(cardinality(read."needed") - 1, 2) LOOP
      -- Of one group more than terms may be lacking, one is whole. So few questions take a third of the time of one for each choice.
      FOR whole_group IN 0..lacking LOOP
        wanted := ARRAY(SELECT t FROM unnest(read."needed") WITH ORDINALITY AS n(t, number) WHERE number % (lacking + 1) = whole_group)
          || search."allBut"(ARRAY(SELECT t FROM unnest(read."needed") WITH ORDINALITY AS n(t, number) WHERE number % (lacking + 1) <> whole_group), lacking);
        wanted := array_remove(wanted, NULL);
        hits := hits || ARRAY(SELECT (h."id", h."kind", h."rank" + 60000, 5, h."day", h."sort", h."text", h."terms", NULL)::search."Hit"
          FROM search."ranked"((read."folded", '{}', wanted, read."marked", read."named", '{}', '{}')::search."Question", wanted, kinds) AS h);
      END LOOP;
      EXIT WHEN hits <> '{}';
    END LOOP;
  END IF;
  -- A phrase in quotation marks is found letter by letter if there is one.
  IF phrases <> '{}' AND hits <> '{}' THEN
    said := ARRAY(SELECT p."id" FROM search."parts"(ARRAY(SELECT h."id" FROM unnest(hits) AS h ORDER BY h."rank", h."sort" LIMIT 300)) AS p
      WHERE (SELECT bool_and(strpos(' ' || "fold"(concat_ws(' ', p."title", array_to_string(p."names" || p."texts", ' '))) || ' ', ' ' || f || ' ') > 0) FROM unnest(phrases) AS f));
    IF said <> '{}' THEN
      hits := ARRAY(SELECT h FROM unnest(hits) AS h WHERE h."id" = ANY (said));
    END IF;
  END IF;
  -- The latest holders of an office follow it.
  IF 'PERSON' = ANY (kinds) THEN
    hits := hits || ARRAY(
      SELECT (t."personId", 'PERSON', o."rank" + 1, o."quality", '-infinity'::date, '', NULL, o."terms", o."meant")::search."Hit"
      FROM (SELECT h.* FROM unnest(hits) AS h WHERE h."kind" = 'OFFICE' AND h."quality" <> 3 ORDER BY h."rank", h."id" LIMIT 3) AS o
      CROSS JOIN LATERAL (SELECT n."personId" FROM "Tenure" n WHERE n."officeId" = o."id" AND n."hasEnded" IS NOT TRUE AND n."until" IS NULL
        ORDER BY n."sinceEarliest" DESC NULLS LAST, n."id" LIMIT 2) AS t);
  END IF;
  RETURN QUERY SELECT DISTINCT ON (h."id") h.* FROM unnest(hits) AS h ORDER BY h."id", h."rank";
END $$;

-- A question with other words for some of its own, as names spell them; null if nothing is like any.
CREATE OR REPLACE FUNCTION search."corrected"(asked text, slips text[]) RETURNS text LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  said text;
  is_other boolean := false;
  piece record;
  whole text;
BEGIN
  said := '';
  FOR piece IN SELECT t."word", "fold"(t."word") AS folded FROM search."tokens"(asked) AS t LOOP
    whole := NULL;
    IF piece.folded = ANY (slips) AND NOT EXISTS (SELECT FROM search."Word" w WHERE w."word" = piece.folded AND w."isName") THEN
      SELECT t."word" INTO whole FROM unnest(search."alike"(piece.folded)) WITH ORDINALITY AS a(word, number)
        CROSS JOIN LATERAL (SELECT c.* FROM search."called"(ARRAY[a.word], 20) AS c ORDER BY c."kind" = 'PERSON' DESC, c."form", c."text" COLLATE "C" LIMIT 1) AS n,
        search."tokens"(n."text") AS t
      WHERE "fold"(t."word") = a.word ORDER BY a.number LIMIT 1;
    END IF;
    is_other := is_other OR whole IS NOT NULL;
    said := concat_ws(' ', nullif(said, ''), coalesce(whole, piece."word"));
  END LOOP;
  IF is_other THEN
    RETURN said;
  END IF;
  -- The whole may be a name with letters changed, or joined otherwise.
  SELECT n."text" INTO whole FROM (
    SELECT m."text", search."distance"(m."key", replace("fold"(asked), ' ', '')) AS distance
    FROM search."begun"(left(replace("fold"(asked), ' ', ''), 3), ARRAY['PERSON', 'STATE', 'ORGANIZATION', 'FORUM', 'PLACE', 'AGREEMENT', 'ACTIVITY', 'MILESTONE'], 500) AS m WHERE m."form" = 0) AS n
  WHERE n.distance <= least(3, length(replace("fold"(asked), ' ', '')) / 5) ORDER BY n.distance, n."text" COLLATE "C" LIMIT 1;
  RETURN whole;
END $$;

-- A question in the words of a record's name: each word by the nearest of the name that has most of them.
CREATE OR REPLACE FUNCTION search."meant"(asked text, id text) RETURNS text LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT n.meant FROM (
    SELECT string_agg(coalesce(w.word, a."word"), ' ' ORDER BY a."start") AS meant, sum(coalesce(w.distance, 100)) AS distance, t.number
    FROM search."parts"(ARRAY[$2]) AS p, unnest(p."names") WITH ORDINALITY AS t(text, number), search."tokens"($1) AS a
    LEFT JOIN LATERAL (
      SELECT k."word", search."distance"("fold"(k."word"), "fold"(a."word")) AS distance FROM search."tokens"(t.text) AS k
      WHERE search."distance"("fold"(k."word"), "fold"(a."word")) <= greatest(1, (length(a."word") + 1) / 3)
      ORDER BY 2, k."start" LIMIT 1) AS w(word, distance) ON true
    GROUP BY t.number, t.text) AS n
  ORDER BY n.distance, n.number LIMIT 1);
END $$;

-- Names that begin as it is typed, or a later word of which does, and days on which something met; without any, names that
-- were probably meant. At most 20.
--   rank   0 the whole name, 1 its beginning, 2 a later word of it, 3 another spelling
CREATE OR REPLACE FUNCTION search."suggested"(typed text, kinds text[], latin text DEFAULT NULL) RETURNS SETOF search."Suggestion"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET jit = off AS $$
DECLARE
  joined text := replace("fold"(typed), ' ', '');
  named CONSTANT text[] := ARRAY(SELECT k FROM unnest(kinds) AS k WHERE search."isNamed"(k));
  period CONSTANT text[] := regexp_match(btrim(typed), '^((?:19|20)\d\d)(?:-(\d\d?))?(?:-(\d\d?)?)?$');
  other text;
  has_any boolean := false;
BEGIN
  IF period IS NOT NULL AND 'MEETING' = ANY (kinds) THEN
    RETURN QUERY SELECT d.day::text, 'MEETING', d.day, d.day::text, 1 FROM (
      SELECT DISTINCT c.day FROM (
        SELECT m."onEarliest" AS day FROM "Meeting" m
        WHERE m."onEarliest" = m."onLatest" AND to_char(m."onEarliest", 'YYYY-MM-DD') LIKE btrim(typed) || '%'
          AND coalesce(m."onEarliest", '-infinity'::date) BETWEEN make_date(period[1]::int, 1, 1) AND make_date(period[1]::int, 12, 31)
        ORDER BY coalesce(m."onEarliest", '-infinity'::date) DESC, m."id" DESC LIMIT 200) AS c
      ORDER BY c.day DESC LIMIT 8) AS d;
    has_any := has_any OR FOUND;
  END IF;
  IF joined = '' THEN
    RETURN;
  END IF;
  FOREACH other IN ARRAY ARRAY[joined, nullif(replace("fold"(latin), ' ', ''), joined), ''] LOOP
    EXIT WHEN has_any;
    CONTINUE WHEN other IS NULL;
    IF other = '' THEN
      EXIT WHEN length(joined) < 4;
      other := replace("fold"(search."corrected"(coalesce(latin, typed), string_to_array("fold"(coalesce(latin, typed)), ' '))), ' ', '');
      CONTINUE WHEN other IS NULL;
      joined := NULL;
    END IF;
    RETURN QUERY SELECT b."id", b."kind", NULL::date, b."text", b."rank" FROM (
      SELECT DISTINCT ON (n."id") n."id", n."kind", n."text",
        CASE WHEN joined IS NULL THEN 3 WHEN n."form" = 2 THEN 2 WHEN n."key" = other THEN 0 ELSE 1 END AS "rank"
      FROM search."begun"(other, named, 12) AS n ORDER BY n."id", n."form", NOT n."isMain", length(n."text"), n."text" COLLATE "C") AS b
    ORDER BY b."rank", search."placeOf"(b."kind"), length(b."text"), b."id" LIMIT 20;
    has_any := has_any OR FOUND;
  END LOOP;
END $$;

-- Days, the latest first, in the order of letters; none comes last.
CREATE OR REPLACE FUNCTION search."latestFirst"(day date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lpad((CASE WHEN isfinite(day) THEN '9999-12-31'::date - day ELSE 9999999 END)::text, 7, '0');

-- Among equal matches of words, the kinds that are usually meant come first.
CREATE OR REPLACE FUNCTION search."priority"(kind text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE kind WHEN 'STATEMENT' THEN 20 WHEN 'COMMITMENT' THEN 10 WHEN 'DOCUMENT' THEN 50 WHEN 'PASSAGE' THEN 60 WHEN 'CLAIM' THEN 40 WHEN 'VISIT_CLAIM' THEN 45
  WHEN 'PERSON' THEN 2 WHEN 'VISIT' THEN 12 WHEN 'AGREEMENT' THEN 4 WHEN 'ACTIVITY' THEN 6 WHEN 'PLACE' THEN 8 ELSE 0 END;

-- ------------------------------------------------------------------------------------------------------ excerpts

-- The words of a text, from start to end (excluded) in code points: letters, digits and what belongs to them.
CREATE OR REPLACE FUNCTION search."tokens"(words text) RETURNS TABLE ("word" text, "start" int, "end" int) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT p.piece, p.behind - length(p.piece) - 1, p.behind - 1
  FROM (SELECT t.piece, sum(length(t.piece) + 1) OVER (ORDER BY t.number)::int AS behind
    FROM string_to_table(search."parted"(words), ' ') WITH ORDINALITY AS t(piece, number)) AS p
  WHERE p.piece <> '';
END;

-- The bare words of terms, by which a text is looked through: 'minist':* and its like without quotes and marks.
CREATE OR REPLACE FUNCTION search."bareWords"(terms text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(SELECT w.word FROM (SELECT DISTINCT ON (m.match[1]) m.match[1] AS word, t.number FROM unnest(terms) WITH ORDINALITY AS t(term, number),
  regexp_matches(t.term, '''((?:[^'']|'''')+)''', 'g') AS m(match) WHERE m.match[1] !~ '^[=#%]' ORDER BY m.match[1], t.number) AS w ORDER BY w.number, w.word LIMIT 8);

-- The words of a text that any of these terms finds; of scripts without spaces the letters.
CREATE OR REPLACE FUNCTION search."marks"(words text, terms text[]) RETURNS TABLE ("start" int, "end" int) LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  query CONSTANT tsquery := search."anyOf"(terms);
  sought CONSTANT text[] := ARRAY(SELECT w FROM unnest(search."bareWords"(terms)) AS w WHERE search."isUnspaced"(w));
  token record;
  at int;
BEGIN
  FOR token IN SELECT t.* FROM search."tokens"(words) AS t ORDER BY t."start" LOOP
    IF NOT search."isUnspaced"(token."word") THEN
      IF search."wordsOf"(token."word") @@ query THEN
        RETURN QUERY SELECT token."start", token."end";
      END IF;
    ELSIF sought <> '{}' THEN
      RETURN QUERY SELECT token."start" + min(m.at), token."start" + max(m.at) + 1 FROM (
        SELECT c.at, c.at - row_number() OVER (ORDER BY c.at) AS run FROM (
          SELECT DISTINCT i + n AS at FROM unnest(sought) AS s(gram), generate_series(0, length(token."word") - length(s.gram)) AS i, generate_series(0, length(s.gram) - 1) AS n
          WHERE "fold"(substr(token."word", i + 1, length(s.gram))) = s.gram) AS c) AS m
      GROUP BY m.run ORDER BY 1;
    END IF;
  END LOOP;
END $$;

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
      WHERE search."wordsOf"(substr(left(words, looked), b, apart + 40)) @@ search."anyOf"(terms));
    found := CASE WHEN at IS NULL THEN '{}'::int[] ELSE ARRAY[greatest(1, at - apart / 4)] END;
  END IF;
  RETURN ARRAY(SELECT DISTINCT f FROM unnest(found) AS f ORDER BY f);
END $$;

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
  FROM (SELECT m.match[1] AS sentence, search."wordsOf"(m.match[1]) AS words, p."start" + sum(length(m.match[1])) OVER (PARTITION BY p."start" ORDER BY m.number)::int - length(m.match[1]) AS start
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

-- The excerpt of a hit, and its start in the text of a document; null if it is not from such a text. Names of what a record
-- is about follow in brackets where it was found by them alone.
--   words   the name by which it was found, if it is known
CREATE OR REPLACE FUNCTION search."shown"(id text, kind text, words text, terms text[]) RETURNS search."Excerpt"
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  part search."Part";
  query CONSTANT tsquery := search."anyOf"(terms);
  shown search."Excerpt";
  best search."Excerpt";
  text text;
  number int;
  most int := -1;
  count int;
  about text;
BEGIN
  IF words IS NOT NULL THEN
    RETURN (words, NULL::int);
  END IF;
  SELECT * INTO part FROM search."parts"(ARRAY[id]);
  -- The text with the most of what was asked for, names and titles first.
  FOR text, number IN SELECT t, n FROM unnest(part."names" || part."title" || part."texts") WITH ORDINALITY AS u(t, n) WHERE t IS NOT NULL ORDER BY n LOOP
    shown := coalesce(search."excerpt"(text, terms), search."excerpt"(left(text, 2000), terms));
    count := (SELECT count(*) FROM unnest(terms) AS t WHERE search."wordsOf"(shown."words") @@ t::tsquery);
    IF count > most AND (most <= 0 OR number > coalesce(cardinality(part."names"), 0)) THEN
      most := count;
      shown."start" := CASE
        WHEN kind = 'PASSAGE' THEN shown."start" + (SELECT c."start" FROM "Citation" c WHERE c."id" = $1)
        WHEN kind = 'DOCUMENT' AND number = cardinality(part."names") + 1 + cardinality(part."texts") THEN shown."start" END;
      best := shown;
    END IF;
    EXIT WHEN count >= cardinality(terms);
  END LOOP;
  IF most = 0 AND kind = 'DOCUMENT' THEN
    best := (part."title" || ' (' || array_to_string(part."texts"[:2], ', ') || ')', NULL::int);
  END IF;
  IF best."words" IS NULL THEN
    RETURN (past."keyOf"(id), NULL::int);
  END IF;
  IF best."start" IS NULL AND NOT search."isNamed"(kind) THEN
    about := (SELECT string_agg(DISTINCT coalesce(a."title", a."names"[1]), ', ')
      FROM search."parts"(ARRAY(SELECT substr(b, 2) FROM unnest(search."namedIn"(terms)) AS b WHERE substr(b, 2) = ANY (part."about"))) AS a
      WHERE NOT search."wordsOf"(best."words") @@ search."anyOf"(ARRAY(SELECT quote_literal(w) FROM unnest(a."names" || a."title") AS n, unnest(search."wordsIn"(n)) AS w WHERE w <> '')));
    best."words" := best."words" || coalesce(' (' || about || ')', '');
  END IF;
  RETURN best;
END $$;

-- The ids among terms, as entries have them.
CREATE OR REPLACE FUNCTION search."namedIn"(terms text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(SELECT DISTINCT btrim(t, '''') FROM unnest(terms) AS t WHERE starts_with(t, '''='));

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

-- Indexes of folded names follow the text of "fold".
DO $$
DECLARE
  index text;
BEGIN
  FOR index IN SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace IN (current_schema()::regnamespace, 'past'::regnamespace, 'drafts'::regnamespace) AND pg_get_indexdef(i.indexrelid) LIKE '%fold%'
  LOOP
    EXECUTE format('REINDEX INDEX %s', index);
  END LOOP;
END $$;
