-- What an unknown name may have been meant for is found by an index, whatever was written.

DO $$
DECLARE
  wanted text;
  path text := current_setting('search_path');
BEGIN
  FOREACH wanted IN ARRAY ARRAY['pg_trgm', 'fuzzystrmatch'] LOOP
    path := path || ', ' || (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = wanted);
  END LOOP;
  PERFORM set_config('search_path', path, true);
END $$;

-- No list of pending entries: reading would have to go through it each time.
CREATE INDEX "Party_by_likeness" ON "Party" USING gin
  ("fold"("code") gin_trgm_ops, "fold"("alpha2") gin_trgm_ops, "fold"("name") gin_trgm_ops, "fold"("officialName") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "PartyName_by_likeness" ON "PartyName" USING gin ("fold"("text") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "Forum_by_likeness" ON "Forum" USING gin
  ("fold"("slug") gin_trgm_ops, "fold"("acronym") gin_trgm_ops, "fold"("name") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "Milestone_by_likeness" ON "Milestone" USING gin ("fold"("key") gin_trgm_ops, "fold"("label") gin_trgm_ops) WITH (fastupdate = off);

DO $$
DECLARE
  kept name;
BEGIN
  FOREACH kept IN ARRAY ARRAY['Party', 'PartyName', 'Forum', 'Milestone'] LOOP
    PERFORM past."catchUp"(quote_ident(kept)::regclass, format('past.%I', kept)::regclass, false),
      past."catchUp"(quote_ident(kept)::regclass, format('drafts.%I', kept)::regclass, true);
  END LOOP;
END $$;

-- The key of what a name was meant for, as far as can be told: the nearest of the names that are the same but for case and
-- accents, have few letters changed (none of three, two of five), or most of the letters in common. Null if none is near.
-- It names the tables as they are seen from where it is called, so the functions of extensions are named with their schemas.
--   asked   the name as it was written; only its first 80 letters are compared
--   kind    PARTY, FORUM or MILESTONE
CREATE TYPE search."NamedKey" AS ("key" text, "text" text);
DO $$
DECLARE
  likeness text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
  distance text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'fuzzystrmatch');
BEGIN
  EXECUTE replace(replace($create$
CREATE FUNCTION search."nearest"(asked text, kind text) RETURNS text
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
