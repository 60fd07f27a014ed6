-- What records are called, also those that are gone: by the keys under which packs speak of them, the last one where a
-- merger gave them another, and by their titles, names or labels, as they were at a version. Where a record has none of
-- these, its key is its title.
DO $make$
DECLARE
  called CONSTANT jsonb := '[
    ["doc", "Document", "key", "title"], ["cit", "Citation", "key", "key"], ["sta", "Party", "code", "name"],
    ["org", "Party", "code", "name"], ["per", "Person", "slug", "name"], ["ofc", "Office", "key", "title"],
    ["ten", "Tenure", "key", "key"], ["frm", "Forum", "slug", "name"], ["mbr", "ForumMembership", "key", "key"],
    ["plc", "Place", "key", "key"], ["mtg", "Meeting", "slug", "title"], ["par", "Participant", "key", "key"],
    ["rep", "StatusReport", "key", "key"], ["vis", "Visit", "key", "key"], ["stm", "Statement", "key", "text"],
    ["cmt", "Commitment", "key", "summary"], ["mls", "Milestone", "key", "label"],
    ["fsc", "FirstSinceClaim", "key", "key"], ["cnf", "Conflict", "key", "key"], ["cfc", "ConflictClaim", "key", "key"]
  ]';
BEGIN
  EXECUTE format($$
    CREATE FUNCTION past."keyOf"(id text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
    BEGIN
      RETURN CASE split_part($1, '_', 1)%s END;
    END $body$
  $$, (SELECT string_agg(format($$
        WHEN %L THEN (SELECT p.%I FROM past.%I p WHERE p."id" = $1
          ORDER BY p."recordedVersion" DESC LIMIT 1)$$, c ->> 0, c ->> 2, c ->> 1), '')
      FROM jsonb_array_elements(called) AS c));
  EXECUTE format($$
    CREATE FUNCTION past."titleOf"(id text, version int) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
    BEGIN
      RETURN CASE split_part($1, '_', 1)%s END;
    END $body$
  $$, (SELECT string_agg(format($$
        WHEN %L THEN (SELECT p.%I FROM past.%I p WHERE p."id" = $1 AND p."recordedVersion" <= $2
          ORDER BY p."recordedVersion" DESC LIMIT 1)$$, c ->> 0, c ->> 3, c ->> 1), '')
      FROM jsonb_array_elements(called) AS c));
END $make$;
