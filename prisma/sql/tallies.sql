-- Counts of meetings by group, kept for statistics.

-- The groups of a grain that a meeting is in.
CREATE OR REPLACE FUNCTION derived."groupsOf"(grain int, counted derived."Counted") RETURNS TABLE ("firstId" text, "secondId" text, "year" int,
  "kind" "MeetingKind", "format" "MeetingFormat", "status" "MeetingStatus", "forumId" text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT NULL::text, NULL::text, counted."year", counted."kind", counted."format", counted."status", counted."forumId" WHERE grain = 0
  UNION ALL
  SELECT p.id, NULL::text, counted."year", counted."kind", counted."format", counted."status", counted."forumId"
  FROM unnest(counted."parties") AS p(id) WHERE grain = 1
  UNION ALL
  SELECT a.id, b.id, CASE grain WHEN 3 THEN counted."year" END, CASE grain WHEN 2 THEN counted."kind" END,
    CASE grain WHEN 2 THEN counted."format" END, CASE grain WHEN 2 THEN counted."status" END, NULL::text
  FROM unnest(counted."parties") AS a(id) JOIN unnest(counted."parties") AS b(id) ON a.id COLLATE "C" < b.id COLLATE "C" WHERE grain IN (2, 3);
END;

-- The groups in which some meetings are counted. Made for the other read views as well, from their rows.
CREATE OR REPLACE FUNCTION "countedAs"(ids text[]) RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  -- However little of a date is known, its year is.
  SELECT m."id", extract(year FROM m."onEarliest")::int, m."kind", m."format", m."status", coalesce(m."forumId", s."forumId"),
    ARRAY(SELECT DISTINCT p."partyId" FROM "Participant" p WHERE p."meetingId" = m."id" AND p."attendance" IS NULL)
  FROM unnest(ids) AS wanted(id) JOIN "Meeting" m ON m."id" = wanted.id LEFT JOIN "Meeting" s ON s."id" = m."sidelinesOfId";
END;

-- Counts some meetings again: removes their former groups and adds their present ones. Planned once, for ids that are
-- found by index: planning took longer than counting.
CREATE OR REPLACE FUNCTION derived."countAnew"(ids text[]) RETURNS void LANGUAGE plpgsql
SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  were derived."Counted"[] := ARRAY(SELECT c FROM derived."Counted" c WHERE c."meetingId" = ANY (ids) ORDER BY c."meetingId");
  are derived."Counted"[] := ARRAY(SELECT c FROM "countedAs"(ids) c ORDER BY c."meetingId");
  emptied tid[];
BEGIN
  IF were = are THEN
    RETURN;
  END IF;
  DELETE FROM derived."Counted" WHERE "meetingId" = ANY (ids);
  INSERT INTO derived."Counted" SELECT * FROM unnest(are);
  -- In one order, so that two who write at once wait for each other and not both.
  WITH counted AS (
    INSERT INTO derived."Tally" AS t
    SELECT grain, g.*, sum(moved."by")
    FROM (SELECT -1 AS "by", c AS counted FROM unnest(were) AS c UNION ALL SELECT 1, c FROM unnest(are) AS c) AS moved,
      generate_series(0, 3) AS grain, derived."groupsOf"(grain, moved.counted) AS g
    GROUP BY grain, g."firstId", g."secondId", g."year", g."kind", g."format", g."status", g."forumId"
    HAVING sum(moved."by") <> 0
    ORDER BY grain, g."firstId", g."secondId", g."year", g."kind", g."format", g."status", g."forumId"
    ON CONFLICT ON CONSTRAINT "Tally_group" DO UPDATE SET "meetings" = t."meetings" + EXCLUDED."meetings"
    RETURNING t.ctid AS place, t."meetings"
  )
  SELECT array_agg(c.place) INTO emptied FROM counted c WHERE c."meetings" = 0;
  -- No index finds them, and the table has millions of groups. Their rows are locked, so that they stay in their place.
  IF emptied IS NOT NULL THEN
    DELETE FROM derived."Tally" WHERE ctid = ANY (emptied);
  END IF;
END $$;

-- Counts all meetings again.
CREATE OR REPLACE FUNCTION derived."countAllAnew"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT SET work_mem = '256MB' AS $$
BEGIN
  DELETE FROM derived."Counted";
  DELETE FROM derived."Tally";
  INSERT INTO derived."Counted" SELECT * FROM "countedAs"(ARRAY(SELECT "id" FROM "Meeting"));
  INSERT INTO derived."Tally"
  SELECT grain, g.*, count(*) FROM derived."Counted" c, generate_series(0, 3) AS grain, derived."groupsOf"(grain, c) AS g
  GROUP BY grain, g."firstId", g."secondId", g."year", g."kind", g."format", g."status", g."forumId";
END $$;

CREATE OR REPLACE FUNCTION derived."afterEmptied"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM derived."countAllAnew"();
  RETURN NULL;
END $$;

-- The groups of a grain; of pairs and parties, with a party given, those that it is in.
CREATE OR REPLACE FUNCTION "meetingTally"(grain int) RETURNS SETOF derived."Tally" LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT t.* FROM derived."Tally" t WHERE t."grain" = "meetingTally".grain;
END;

CREATE OR REPLACE FUNCTION "meetingTally"(grain int, party text) RETURNS SETOF derived."Tally" LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT t.* FROM derived."Tally" t WHERE t."grain" = "meetingTally".grain AND (t."firstId" = party OR t."secondId" = party);
END;

-- As the record was known at a moment: from the meetings and seats as they were.
CREATE OR REPLACE FUNCTION known."meetingTally"(grain int) RETURNS SETOF derived."Tally" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT grain::smallint, g.*, 1 FROM known."countedAs"(ARRAY(SELECT m."id" FROM known."Meeting" m)) AS c,
    derived."groupsOf"(grain, c) AS g;
END $$;

CREATE OR REPLACE FUNCTION known."meetingTally"(grain int, party text) RETURNS SETOF derived."Tally" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT grain::smallint, g.*, 1
  FROM known."countedAs"(ARRAY(SELECT DISTINCT p."meetingId" FROM known."Participant" p WHERE p."partyId" = party)) AS c,
    derived."groupsOf"(grain, c) AS g
  WHERE g."firstId" = party OR g."secondId" = party;
END $$;

-- As editors see it: drafts add meetings, seats and reports, so that only meetings that have some are counted again.
CREATE OR REPLACE FUNCTION editing."meetingTally"(grain int) RETURNS SETOF derived."Tally" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  drafted text[] := ARRAY(SELECT d."id" FROM drafts."Meeting" d UNION SELECT d."meetingId" FROM drafts."Participant" d
    UNION SELECT d."meetingId" FROM drafts."StatusReport" d);
BEGIN
  RETURN QUERY SELECT t.* FROM derived."Tally" t WHERE t."grain" = "meetingTally".grain
  UNION ALL
  SELECT grain::smallint, g.*, moved."by"
  FROM (SELECT -1 AS "by", c AS counted FROM derived."Counted" c WHERE c."meetingId" = ANY (drafted)
    UNION ALL SELECT 1, c FROM editing."countedAs"(drafted) c) AS moved, derived."groupsOf"(grain, moved.counted) AS g;
END $$;

CREATE OR REPLACE FUNCTION editing."meetingTally"(grain int, party text) RETURNS SETOF derived."Tally" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  drafted text[] := ARRAY(SELECT d."id" FROM drafts."Meeting" d UNION SELECT d."meetingId" FROM drafts."Participant" d
    UNION SELECT d."meetingId" FROM drafts."StatusReport" d);
BEGIN
  RETURN QUERY SELECT t.* FROM derived."Tally" t WHERE t."grain" = "meetingTally".grain AND (t."firstId" = party OR t."secondId" = party)
  UNION ALL
  SELECT grain::smallint, g.*, moved."by"
  FROM (SELECT -1 AS "by", c AS counted FROM derived."Counted" c WHERE c."meetingId" = ANY (drafted)
    UNION ALL SELECT 1, c FROM editing."countedAs"(drafted) c) AS moved, derived."groupsOf"(grain, moved.counted) AS g
  WHERE g."firstId" = party OR g."secondId" = party;
END $$;

-- The groups in which meetings are counted: all of them, or those at which a party has a seat.
CREATE OR REPLACE FUNCTION "countedMeetings"() RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT c.* FROM derived."Counted" c;
END;

CREATE OR REPLACE FUNCTION "countedMeetings"(party text) RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT c.* FROM derived."Counted" c WHERE c."parties" @> ARRAY[party];
END;

-- The same in the other read views. These functions are not bound to the views of tables, which `migrate` drops and
-- makes again.
DO $make$
DECLARE
  standpoint text;
BEGIN
  -- A new database gets these views later.
  SET LOCAL check_function_bodies = off;
  FOREACH standpoint IN ARRAY ARRAY['known', 'editing'] LOOP
    EXECUTE format($create$
CREATE OR REPLACE FUNCTION %1$I."countedMeetings"() RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT m."id", extract(year FROM m."onEarliest")::int, m."kind", m."format", m."status",
    coalesce(m."forumId", s."forumId"),
    ARRAY(SELECT DISTINCT p."partyId" FROM %1$I."Participant" p WHERE p."meetingId" = m."id" AND p."attendance" IS NULL)
  FROM %1$I."Meeting" m LEFT JOIN %1$I."Meeting" s ON s."id" = m."sidelinesOfId"
$$;
CREATE OR REPLACE FUNCTION %1$I."countedMeetings"(party text) RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.* FROM %1$I."countedMeetings"() c
  WHERE c."meetingId" IN (SELECT p."meetingId" FROM %1$I."Participant" p WHERE p."partyId" = party AND p."attendance" IS NULL)
$$ $create$, standpoint);
  END LOOP;
  SET LOCAL check_function_bodies = on;
END $make$;
