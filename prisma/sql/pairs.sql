-- Joint meetings: the pairs of participants, kept for look-ups of who met whom.

-- Two keys, in whichever order, as a number. Different pairs may share one, so a query for a pair compares
-- the seats as well. Postgres keeps the hash the same, because it partitions tables by it.
CREATE OR REPLACE FUNCTION derived."pairOf"(one text, other text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(least(one COLLATE "C", other COLLATE "C") || ' ' || greatest(one COLLATE "C", other COLLATE "C"), 0);

-- The rank of a kind of office; null for OTHER. Kinds are compared as text, because values that a migration adds to the enum cannot be
-- used before it commits.
CREATE OR REPLACE FUNCTION derived."rankOf"(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN kind IN ('HEAD_OF_STATE', 'HEAD_OF_GOVERNMENT', 'SECRETARY_GENERAL') THEN 'LEADER'
  WHEN kind IN ('FOREIGN_MINISTER', 'DEFENCE_MINISTER', 'SECOND_DEFENCE_MINISTER', 'DEFENCE_INDUSTRY_MINISTER', 'OTHER_MINISTER')
    THEN 'MINISTER'
  WHEN kind IN ('DEPUTY_DEFENCE_MINISTER', 'DEPUTY_FOREIGN_MINISTER') THEN 'DEPUTY_MINISTER'
  WHEN kind = 'CHIEF_OF_DEFENCE' THEN 'CHIEF_OF_DEFENCE'
  WHEN kind IN ('DEFENCE_SECRETARY', 'SERVICE_CHIEF', 'NATIONAL_SECURITY_ADVISER', 'AMBASSADOR') THEN 'SENIOR_OFFICIAL'
  WHEN kind = 'OFFICIAL' THEN 'OFFICIAL'
END;

-- Whether a seat has a key: `<party>`, `<person>`, `<party>:<kind of office>`, `<party>:rank:<rank>`, or `<party>:person` and
-- `<party>:office` of a seat that names none.
CREATE OR REPLACE FUNCTION derived."hasKey"(party text, person text, office text, kind "OfficeKind", key text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE split_part(key, ':', 2)
  WHEN '' THEN key = party OR key = person
  WHEN 'person' THEN person IS NULL AND party = split_part(key, ':', 1)
  WHEN 'office' THEN office IS NULL AND party = split_part(key, ':', 1)
  WHEN 'rank' THEN derived."rankOf"(kind::text) = split_part(key, ':', 3) AND party = split_part(key, ':', 1)
  ELSE kind::text = split_part(key, ':', 2) AND party = split_part(key, ':', 1)
END;

-- Whether a meeting is the sitting of a forum in which two parties are two of many. The fourth dialogue of two is a sitting of their
-- series, and their meeting.
CREATE OR REPLACE FUNCTION derived."isOfMany"(kind text, forum_id text, forum_kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN forum_id IS NOT NULL AND kind IN ('SESSION', 'MULTILATERAL')
  AND coalesce(forum_kind NOT IN ('BILATERAL_SERIES', 'MINILATERAL'), true);

-- The keys of a seat by their level; two seats are compared by keys of one level. The last one is null for an office without a rank.
-- @param office the kind of its office, null for none.
CREATE OR REPLACE FUNCTION derived."keysOf"(party text, person text, office text) RETURNS TABLE ("level" int, "key" text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  VALUES (1, party), (2, coalesce(person, party || ':person')), (3, party || ':' || coalesce(office, 'office')),
    (4, party || ':' || CASE WHEN office IS NULL THEN 'office' ELSE 'rank:' || derived."rankOf"(office) END)
$$;

-- Rebuilds the pairs of some meetings.
CREATE OR REPLACE FUNCTION derived."settlePairs"(meetings text[]) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM derived."Pair" WHERE "meetingId" = ANY (meetings);
  WITH keys AS MATERIALIZED (
    SELECT DISTINCT p."meetingId", coalesce(p."meetingEarliest", '-infinity'::date) AS day,
      coalesce(p."meetingLatest", 'infinity'::date) AS last, k.level, k.key COLLATE "C" AS key
    FROM "Participant" p
    JOIN "Meeting" m ON m."id" = p."meetingId"
    LEFT JOIN LATERAL (
      SELECT p."officeId" AS "id" UNION ALL SELECT x."officeId" FROM "ParticipantOffice" x WHERE x."participantId" = p."id"
    ) AS held ON true
    LEFT JOIN "Office" o ON o."id" = held."id"
    CROSS JOIN LATERAL derived."keysOf"(p."partyId", p."personId", o."kind"::text) AS k(level, key)
    WHERE k.key IS NOT NULL AND p."attendance" IS NULL AND p."meetingId" = ANY (meetings)
      AND NOT derived."isOfMany"(m."kind"::text, m."forumId", (SELECT f."kind"::text FROM "Forum" f WHERE f."id" = m."forumId"))
  )
  INSERT INTO derived."Pair" ("pair", "day", "last", "meetingId")
  SELECT DISTINCT derived."pairOf"(a.key, b.key), a.day, a.last, a."meetingId"
  FROM keys a JOIN keys b ON b."meetingId" = a."meetingId" AND b.level = a.level AND b.key > a.key;
END $$;

CREATE OR REPLACE FUNCTION derived."afterSeats"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  moved text[];
BEGIN
  CASE TG_OP
    WHEN 'INSERT' THEN moved := ARRAY(SELECT DISTINCT "meetingId" FROM after);
    WHEN 'DELETE' THEN moved := ARRAY(SELECT DISTINCT "meetingId" FROM before);
    ELSE moved := ARRAY(
      SELECT DISTINCT unnest(ARRAY[b."meetingId", a."meetingId"]) FROM before b JOIN after a USING ("id")
      WHERE (b."meetingId", b."partyId", b."personId", b."officeId", b."attendance", b."meetingEarliest", b."meetingLatest")
        IS DISTINCT FROM (a."meetingId", a."partyId", a."personId", a."officeId", a."attendance", a."meetingEarliest", a."meetingLatest"));
  END CASE;
  IF moved <> '{}' THEN
    PERFORM derived."settlePairs"(moved);
  END IF;
  RETURN NULL;
END $$;

-- A seat that goes with its offices settles the pairs by itself.
CREATE OR REPLACE FUNCTION derived."afterOffices"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  seats text[] := CASE TG_OP WHEN 'DELETE' THEN ARRAY[OLD."participantId"] WHEN 'INSERT' THEN ARRAY[NEW."participantId"]
    ELSE ARRAY[OLD."participantId", NEW."participantId"] END;
BEGIN
  PERFORM derived."settlePairs"(ARRAY(SELECT DISTINCT "meetingId" FROM "Participant" WHERE "id" = ANY (seats)));
  RETURN NULL;
END $$;

-- Pairs that go are kept for the record as of earlier moments. Meetings that are deleted take their pairs with them, so
-- the table of pairs itself is watched.
CREATE OR REPLACE FUNCTION derived."keepFormerPairs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO derived."FormerPair" ("pair", "meetingId") SELECT DISTINCT "pair", "meetingId" FROM gone ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION derived."withoutSeats"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM derived."Pair";
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION derived."afterKind"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM derived."settlePairs"(CASE TG_TABLE_NAME WHEN 'Meeting' THEN ARRAY[NEW."id"]
    WHEN 'Forum' THEN ARRAY(SELECT "id" FROM "Meeting" WHERE "forumId" = NEW."id")
    ELSE ARRAY(SELECT "meetingId" FROM "Participant" WHERE "officeId" = NEW."id" UNION
      SELECT p."meetingId" FROM "ParticipantOffice" x JOIN "Participant" p ON p."id" = x."participantId" WHERE x."officeId" = NEW."id") END);
  RETURN NULL;
END $$;

-- The meetings, all sittings included, at which two keys have seats, by walking the seats of the one and looking for the
-- other. Made for the other standpoints as well, from the seats that stand there.
CREATE OR REPLACE FUNCTION "satTogether"(one text, other text) RETURNS TABLE ("day" date, "last" date, "meetingId" text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT DISTINCT coalesce(a."meetingEarliest", '-infinity'::date), coalesce(a."meetingLatest", 'infinity'::date), a."meetingId"
  FROM "Participant" a LEFT JOIN "Office" oa ON oa."id" = a."officeId"
  JOIN "Participant" b ON b."meetingId" = a."meetingId" LEFT JOIN "Office" ob ON ob."id" = b."officeId"
  WHERE a."attendance" IS NULL AND b."attendance" IS NULL AND (a."partyId" = split_part(one, ':', 1) OR a."personId" = one)
    AND (b."partyId" = split_part(other, ':', 1) OR b."personId" = other)
    AND (derived."hasKey"(a."partyId", a."personId", a."officeId", oa."kind", one) OR split_part(one, ':', 2) NOT IN ('', 'person', 'office') AND EXISTS (
      SELECT FROM "ParticipantOffice" x JOIN "Office" xo ON xo."id" = x."officeId"
      WHERE x."participantId" = a."id" AND derived."hasKey"(a."partyId", a."personId", xo."id", xo."kind", one)))
    AND (derived."hasKey"(b."partyId", b."personId", b."officeId", ob."kind", other) OR split_part(other, ':', 2) NOT IN ('', 'person', 'office') AND EXISTS (
      SELECT FROM "ParticipantOffice" x JOIN "Office" xo ON xo."id" = x."officeId"
      WHERE x."participantId" = b."id" AND derived."hasKey"(b."partyId", b."personId", xo."id", xo."kind", other)));
END;

-- The meetings, without sittings in which two are two of many, at which two keys may have seats: the caller compares the seats as well.
CREATE OR REPLACE FUNCTION "metTogether"(one text, other text) RETURNS TABLE ("day" date, "last" date, "meetingId" text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT p."day", p."last", p."meetingId" FROM derived."Pair" p WHERE p."pair" = derived."pairOf"(one, other);
END;

-- As the record was known at a moment: the meetings at which two keys may have had seats then, among all that ever held the
-- pair. The caller compares the seats as they were.
CREATE OR REPLACE FUNCTION known."metTogether"(one text, other text) RETURNS TABLE ("day" date, "last" date, "meetingId" text)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  -- Read once: the view would parse the setting for each row.
  moment timestamptz := current_setting('sidelines.known_at');
BEGIN
  RETURN QUERY SELECT coalesce(m."onEarliest", '-infinity'::date), coalesce(m."endsOnLatest", m."onLatest", 'infinity'::date), m."id"
  FROM (
    SELECT p."meetingId" FROM derived."Pair" p WHERE p."pair" = derived."pairOf"(one, other)
    UNION
    SELECT f."meetingId" FROM derived."FormerPair" f WHERE f."pair" = derived."pairOf"(one, other)
  ) AS ever
  JOIN past."Meeting" m ON m."id" = ever."meetingId" AND m."recordedFrom" <= moment AND moment < m."recordedUntil";
END $$;

-- As editors see it: a draft adds seats and changes none, so that only meetings with drafted seats are looked at.
CREATE OR REPLACE FUNCTION editing."metTogether"(one text, other text) RETURNS TABLE ("day" date, "last" date, "meetingId" text)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT p."day", p."last", p."meetingId" FROM derived."Pair" p WHERE p."pair" = derived."pairOf"(one, other)
  UNION
  SELECT coalesce(a."meetingEarliest", '-infinity'::date), coalesce(a."meetingLatest", 'infinity'::date), a."meetingId"
  FROM (SELECT DISTINCT d."meetingId" FROM drafts."Participant" d) AS drafted
  JOIN editing."Participant" a ON a."meetingId" = drafted."meetingId" LEFT JOIN editing."Office" oa ON oa."id" = a."officeId"
  JOIN editing."Participant" b ON b."meetingId" = drafted."meetingId" LEFT JOIN editing."Office" ob ON ob."id" = b."officeId"
  WHERE a."attendance" IS NULL AND b."attendance" IS NULL AND (derived."hasKey"(a."partyId", a."personId", a."officeId", oa."kind", one) OR split_part(one, ':', 2) NOT IN ('', 'person', 'office') AND EXISTS (
      SELECT FROM editing."ParticipantOffice" x JOIN editing."Office" xo ON xo."id" = x."officeId"
      WHERE x."participantId" = a."id" AND derived."hasKey"(a."partyId", a."personId", xo."id", xo."kind", one)))
    AND (derived."hasKey"(b."partyId", b."personId", b."officeId", ob."kind", other) OR split_part(other, ':', 2) NOT IN ('', 'person', 'office') AND EXISTS (
      SELECT FROM editing."ParticipantOffice" x JOIN editing."Office" xo ON xo."id" = x."officeId"
      WHERE x."participantId" = b."id" AND derived."hasKey"(b."partyId", b."personId", xo."id", xo."kind", other)));
END $$;

-- The stored pairs follow the functions above: they are rebuilt whenever this file changes. Pairs that meetings had before are
-- in prisma/sql/history/former-pairs.sql.
SELECT derived."settlePairs"(ARRAY(SELECT DISTINCT "meetingId" FROM "Participant"));
DELETE FROM derived."FormerPair" f USING derived."Pair" p WHERE p."pair" = f."pair" AND p."meetingId" = f."meetingId";
