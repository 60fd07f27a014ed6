-- The record that a name (slug, code, key) or an id means now, for reads, mutations, imports and subscriptions alike.
-- A name belongs to one record for good, whichever way rows come.

-- The code of the party that a name means, among those published now: the name itself if it is a code, else the one
-- party with this alpha-2 code or identifier ("IN", "750", "M49:356"), else the one with this name ("Burma"). M49 and COW
-- give the same numbers to different states, so only numbers of COW and items of Wikidata are read without their scheme.
-- Null if there is no such party, or more than one. Case and accents of names make no difference.
CREATE OR REPLACE FUNCTION "partyCalled"(given text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT AS $$
DECLARE
  upper_case text := upper(given);
  folded text;
  numbering "IdentifierScheme";
  codes text[];
BEGIN
  IF EXISTS (SELECT FROM "Party" WHERE "code" = given) THEN RETURN given; END IF;
  -- Each look-up is one probe of an index, because a list may hold many names of nothing.
  codes := ARRAY(
    SELECT p."code" FROM "Party" p WHERE p."code" = upper_case
    UNION ALL SELECT p."code" FROM "Party" p WHERE p."alpha2" = upper_case
    UNION ALL SELECT p."code" FROM "PartyIdentifier" i JOIN "Party" p ON p."id" = i."partyId"
      WHERE i."scheme" IN ('COW', 'WIKIDATA') AND i."value" = upper_case);
  IF position(':' IN given) > 0 THEN
    SELECT scheme INTO numbering FROM unnest(enum_range(NULL::"IdentifierScheme")) AS scheme
      WHERE scheme::text = split_part(upper_case, ':', 1);
    codes := codes || ARRAY(SELECT p."code" FROM "PartyIdentifier" i JOIN "Party" p ON p."id" = i."partyId"
      WHERE i."scheme" = numbering AND i."value" = split_part(given, ':', 2));
  END IF;
  IF codes = '{}' AND length(given) BETWEEN 2 AND 200 THEN
    folded := "fold"(given);
    codes := ARRAY(
      SELECT p."code" FROM "Party" p WHERE "fold"(p."name") = folded
      UNION ALL SELECT p."code" FROM "Party" p WHERE "fold"(p."officialName") = folded
      UNION ALL SELECT p."code" FROM "PartyName" n JOIN "Party" p ON p."id" = n."partyId"
        WHERE "fold"(n."text") = folded AND n."kind" <> 'DEMONYM');
  END IF;
  RETURN CASE WHEN codes[1] = ALL (codes) THEN codes[1] END;
END $$;

-- These two read "MergedRecord" of the read view that they are called in, so they have no search path of their own.
-- Postgres writes them out where they are called.

-- The key that a name leads to: that of the record it was merged into; of a party the code that it means; else the name
-- itself.
CREATE OR REPLACE FUNCTION "currentKey"(kind text, name text) RETURNS TABLE ("key" text) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(
    (SELECT g."survivorKey" FROM "MergedRecord" g WHERE g."table" = kind AND g."key" = name LIMIT 1),
    CASE WHEN kind = 'Party' THEN "partyCalled"(name) END,
    name)
$$;

-- The id that an id leads to: that of the record it was merged into, else the id itself.
CREATE OR REPLACE FUNCTION "currentId"(former text) RETURNS TABLE ("id" text) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT g."survivorId" FROM "MergedRecord" g WHERE g."id" = former), former)
$$;

-- The ids of records, each with its own and with those of the records that were merged into it.
CREATE OR REPLACE FUNCTION "formerIds"(ids text[]) RETURNS TABLE ("id" text, "former" text) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT i.id, i.id FROM unnest(ids) AS i(id)
  UNION ALL SELECT g."survivorId", g."id" FROM "MergedRecord" g WHERE g."survivorId" = ANY (ids)
$$;

-- The outcome of records that had names and have them no more, one row for each name: 'merged' or 'renamed' with the id
-- and the key of the record that the name leads to now, or 'withdrawn' with the former id; and the act that did it.
-- Nothing for a name that was never taken, or that went by SQL and not by an editor's act.
CREATE OR REPLACE FUNCTION past."formerNames"(kind text, names text[])
RETURNS TABLE ("name" text, "formerId" text, "fate" text, "id" text, "key" text, "actNumber" bigint)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
  are_known boolean;
BEGIN
  -- Most names were never those of a former version, which is sooner found out than the rest is planned.
  EXECUTE format('SELECT EXISTS (SELECT FROM past.%I p WHERE p.%I = ANY ($1) AND p."recordedUntil" <> ''infinity'')',
    kind, past."keyColumn"(kind)) INTO are_known USING names;
  IF NOT are_known THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE format($q$
    SELECT f."name", f."formerId", f."fate", f."id", f."key", f."number" FROM (
      SELECT DISTINCT ON (p.%2$I) p.%2$I AS "name", p."id" AS "formerId", c."id", live.%2$I AS "key", a."number",
        CASE WHEN live."id" IS NULL THEN CASE WHEN a."kind" = 'withdrawRecord' THEN 'withdrawn' END
          WHEN c."id" <> p."id" THEN 'merged' ELSE 'renamed' END AS "fate"
      FROM past.%1$I p
      CROSS JOIN LATERAL "currentId"(p."id") AS c
      LEFT JOIN %1$I live ON live."id" = c."id"
      LEFT JOIN LATERAL (
        SELECT max(l."recordedUntil") AS "at" FROM past.%1$I l WHERE live."id" IS NULL AND l."id" = c."id") AS ended ON true
      JOIN "Act" a ON a."at" = coalesce(ended."at", p."recordedUntil")
      WHERE p.%2$I = ANY ($1) AND p."recordedUntil" <> 'infinity'
        AND (c."id" <> p."id" OR a."kind" NOT IN ('import', 'migration', 'unattributed'))
      ORDER BY p.%2$I, p."recordedUntil" DESC) AS f
    WHERE f."fate" IS NOT NULL$q$, kind, past."keyColumn"(kind)) USING names;
END $$;

-- The records of a table that have a name of another one: its key leads to another record or was withdrawn with it, or
-- its id was merged away. Under another prefix, a withdrawn name may return, as when a state is an organization.
-- @param ids those that are looked at; all if null.
CREATE OR REPLACE FUNCTION past."takenNames"(kind text, ids text[] DEFAULT NULL)
RETURNS TABLE ("id" text, "name" text, "fate" text, "formerId" text, "owner" text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
  present text[];
  names text[];
BEGIN
  EXECUTE format('SELECT ARRAY(SELECT t.%2$I FROM %1$I t WHERE t."id" = ANY ($1)),
    ARRAY(SELECT DISTINCT t.%2$I FROM %1$I t JOIN past.%1$I p ON p.%2$I = t.%2$I
    WHERE ($1 IS NULL OR t."id" = ANY ($1)) AND p."id" <> t."id" AND p."recordedUntil" <> ''infinity'')',
    kind, past."keyColumn"(kind)) INTO present, names USING ids;
  -- Rows that are written seldom have one.
  IF ids IS NOT NULL AND names = '{}' AND NOT EXISTS (
    SELECT FROM "MergedRecord" g WHERE g."table" = kind AND (g."key" = ANY (present) OR g."id" = ANY (ids))) THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE format($q$
    SELECT t."id", t.%2$I, f."fate", f."formerId", coalesce(f."key", f."name")
    FROM past."formerNames"(%1$L, $1) f JOIN %1$I t ON t.%2$I = f."name"
    WHERE f."id" <> t."id" AND (f."fate" <> 'withdrawn' OR split_part(f."id", '_', 1) = split_part(t."id", '_', 1))
      AND ($2 IS NULL OR t."id" = ANY ($2))
    UNION
    SELECT t."id", t.%2$I, 'merged', g."id", g."survivorKey" FROM "MergedRecord" g
    JOIN %1$I t ON (t.%2$I = g."key" OR t."id" = g."id")
    WHERE g."table" = %1$L AND ($2 IS NULL OR t."id" = ANY ($2))$q$,
    kind, past."keyColumn"(kind)) USING names, ids;
END $$;

-- Refuses rows that come to have a name of another record. Each table of records has triggers that call it.
CREATE OR REPLACE FUNCTION past."refuseTakenNames"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  ids text[];
  taken record;
BEGIN
  IF TG_LEVEL = 'STATEMENT' THEN
    ids := ARRAY(SELECT "id" FROM given);
  ELSE
    ids := ARRAY[NEW."id"];
  END IF;
  SELECT * INTO taken FROM past."takenNames"(TG_TABLE_NAME, ids) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '%', CASE taken."fate"
      WHEN 'withdrawn' THEN format('"%s" is the name of a record that was withdrawn, and no other record can have it', taken."name")
      ELSE format('"%s" is a former name of "%s"; a former name is never given again', taken."name", taken."owner") END
      USING ERRCODE = 'unique_violation', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
