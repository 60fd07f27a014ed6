-- Search: names win over texts that have other forms of their words, and what only resembles says what may have been meant.

-- As before, but that names are found by the stems of words as well where none of their kind has the words as they are.
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
  -- Prose is searched by stems, so that a text would come before the person whose name it is: names are then found by them, too.
  lacking := ARRAY(SELECT k FROM unnest(kinds) AS k
    WHERE search."placeOf"(k) < 5 AND NOT EXISTS (SELECT FROM unnest(hits) AS h WHERE h."rank" < 2 OR h."kind" = k));
  IF lacking <> '{}' AND prose <> named AND cardinality(prose) = cardinality(named) THEN
    hits := hits || ARRAY(SELECT h FROM search."called"(folded, prose, lacking) AS h);
  END IF;
  lacking := CASE WHEN hits = '{}' THEN kinds ELSE ARRAY(SELECT k FROM unnest(kinds) AS k
    WHERE search."placeOf"(k) < 5 AND NOT EXISTS (SELECT FROM unnest(hits) AS h WHERE h."rank" < 2 OR h."kind" = k)) END;
  IF lacking <> '{}' THEN
    hits := hits || ARRAY(SELECT h FROM search."resembling"(folded, words, lacking) AS h);
  END IF;
  RETURN QUERY SELECT DISTINCT ON (h."id") h.* FROM unnest(hits) AS h ORDER BY h."id", h."rank", h."sort" COLLATE "C", h."text" COLLATE "C";
END $$;

-- Functions of extensions are named below; they may be in a schema of their own.
SELECT set_config('search_path', concat_ws(', ', current_setting('search_path'),
  (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'fuzzystrmatch')), true);

-- What may have been meant by a question: its words as they stand in what was found by words that are like them. A word of
-- which nothing there is like stays as it was asked, and so does one that a word there begins with.
CREATE FUNCTION search."meant"(asked text, words text, terms text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
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
