-- What is shown of a long text takes no longer than of a short one, but for looking through its letters.

-- The bare words of terms, by which a text is looked through: 'minist':* and its like without quotes and marks.
CREATE FUNCTION search."bareWords"(terms text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(SELECT w.word FROM (SELECT DISTINCT ON (m.match[1]) m.match[1] AS word, t.number FROM unnest(terms) WITH ORDINALITY AS t(term, number),
  regexp_matches(t.term, '''((?:[^'']|'''')+)''', 'g') AS m(match) ORDER BY m.match[1], t.number) AS w ORDER BY w.number, w.word LIMIT 8);

-- Where in a long text to look for a sentence: beginnings of stretches of it, in code points from 1, at most four. Words that
-- are written as they were asked for, but for the case of ASCII letters, are found anywhere, at the beginnings of words first.
-- Where there are none, it is looked for other spellings in the first 20,000.
CREATE FUNCTION search."stretches"(words text, terms text[]) RETURNS int[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  lowered CONSTANT text := lower(words COLLATE "C");
  -- How far apart stretches begin, and how much of a text is looked at for other spellings.
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

-- As before, but that of a text of more than 2,000 characters only some stretches are looked at. Null where none of the terms
-- is found there.
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

-- What is shown of something found, and where that begins in the text of a document; null where it is of no such text.
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
