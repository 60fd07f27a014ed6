-- Who met whom is asked more often than anything else, and most pairs never met. Which meetings two took part in is
-- therefore kept pair by pair, in the order of days, so that the last one, the first one since a day, and that there is
-- none are each found by one look into an index, however often either of them met others.
--
-- What is kept here follows from the record and can be made anew at any time: "settlePairs" does it. It has no history
-- and no drafts of its own; from other standpoints the same questions are answered from what stands there.

CREATE SCHEMA derived;

-- Whoever can be the same at two meetings has a key, by level: a party and a person their ids, an office its party's id
-- and its kind (`sta_…:DEFENCE_MINISTER`). A seat that names no office has the key `sta_…:office`, and one that names
-- nobody `sta_…:person`, because anybody of that party may have sat there.

-- Two keys, in whichever order, as a number. Different pairs may share one, so that whoever looks for a pair looks at the
-- seats as well. Postgres keeps the hash the same, because it partitions tables by it.
CREATE FUNCTION derived."pairOf"(one text, other text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(least(one COLLATE "C", other COLLATE "C") || ' ' || greatest(one COLLATE "C", other COLLATE "C"), 0);

-- Whether a seat has a key.
CREATE FUNCTION derived."hasKey"(party text, person text, office text, kind "OfficeKind", key text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE split_part(key, ':', 2)
  WHEN '' THEN key = party OR key = person
  WHEN 'person' THEN person IS NULL AND party = split_part(key, ':', 1)
  WHEN 'office' THEN office IS NULL AND party = split_part(key, ':', 1)
  ELSE kind::text = split_part(key, ':', 2) AND party = split_part(key, ':', 1)
END;

-- The pairs of every meeting but forums' own sessions, where all members come together. "day" is the first day that the
-- meeting can have been on, "last" the last one.
CREATE TABLE derived."Pair" (
  "pair" bigint NOT NULL,
  "day" date NOT NULL,
  "last" date NOT NULL,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("pair", "day", "meetingId") INCLUDE ("last")
);

CREATE INDEX "Pair_of_meeting" ON derived."Pair" ("meetingId");

-- Makes the pairs of some meetings anew.
CREATE FUNCTION derived."settlePairs"(meetings text[]) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM derived."Pair" WHERE "meetingId" = ANY (meetings);
  WITH keys AS MATERIALIZED (
    SELECT DISTINCT p."meetingId", coalesce(p."meetingEarliest", '-infinity'::date) AS day,
      coalesce(p."meetingLatest", 'infinity'::date) AS last, k.level, k.key COLLATE "C" AS key
    FROM "Participant" p
    JOIN "Meeting" m ON m."id" = p."meetingId"
    LEFT JOIN "Office" o ON o."id" = p."officeId"
    CROSS JOIN LATERAL (VALUES
      (1, p."partyId"),
      (2, coalesce(p."personId", p."partyId" || ':person')),
      (3, p."partyId" || ':' || coalesce(o."kind"::text, 'office'))
    ) AS k(level, key)
    WHERE p."meetingId" = ANY (meetings) AND m."kind" <> 'SESSION'
  )
  INSERT INTO derived."Pair" ("pair", "day", "last", "meetingId")
  SELECT DISTINCT derived."pairOf"(a.key, b.key), a.day, a.last, a."meetingId"
  FROM keys a JOIN keys b ON b."meetingId" = a."meetingId" AND b.level = a.level AND b.key > a.key;
END $$;

CREATE FUNCTION derived."afterSeats"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  moved text[];
BEGIN
  CASE TG_OP
    WHEN 'INSERT' THEN moved := ARRAY(SELECT DISTINCT "meetingId" FROM after);
    WHEN 'DELETE' THEN moved := ARRAY(SELECT DISTINCT "meetingId" FROM before);
    ELSE moved := ARRAY(
      SELECT DISTINCT unnest(ARRAY[b."meetingId", a."meetingId"]) FROM before b JOIN after a USING ("id")
      WHERE (b."meetingId", b."partyId", b."personId", b."officeId", b."meetingEarliest", b."meetingLatest")
        IS DISTINCT FROM (a."meetingId", a."partyId", a."personId", a."officeId", a."meetingEarliest", a."meetingLatest"));
  END CASE;
  IF moved <> '{}' THEN
    PERFORM derived."settlePairs"(moved);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "settles_pairs_of_new" AFTER INSERT ON "Participant" REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION derived."afterSeats"();
CREATE TRIGGER "settles_pairs_of_changed" AFTER UPDATE ON "Participant" REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION derived."afterSeats"();
CREATE TRIGGER "settles_pairs_of_gone" AFTER DELETE ON "Participant" REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION derived."afterSeats"();

CREATE FUNCTION derived."withoutSeats"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM derived."Pair";
  RETURN NULL;
END $$;

CREATE TRIGGER "settles_pairs_of_emptied" AFTER TRUNCATE ON "Participant"
  FOR EACH STATEMENT EXECUTE FUNCTION derived."withoutSeats"();

CREATE FUNCTION derived."afterKind"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM derived."settlePairs"(CASE TG_TABLE_NAME WHEN 'Meeting' THEN ARRAY[NEW."id"]
    ELSE ARRAY(SELECT DISTINCT "meetingId" FROM "Participant" WHERE "officeId" = NEW."id") END);
  RETURN NULL;
END $$;

CREATE TRIGGER "settles_pairs" AFTER UPDATE ON "Meeting"
  FOR EACH ROW WHEN (OLD."kind" <> NEW."kind") EXECUTE FUNCTION derived."afterKind"();
CREATE TRIGGER "settles_pairs" AFTER UPDATE ON "Office"
  FOR EACH ROW WHEN (OLD."kind" <> NEW."kind") EXECUTE FUNCTION derived."afterKind"();

-- ------------------------------------------------------------------------------------------ from every standpoint

-- The meetings, sessions included, at which two keys have seats, by walking the seats of the one and looking for the
-- other. Made for the other standpoints as well, from the seats that stand there.
CREATE FUNCTION "satTogether"(one text, other text) RETURNS TABLE ("day" date, "last" date, "meetingId" text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT DISTINCT coalesce(a."meetingEarliest", '-infinity'::date), coalesce(a."meetingLatest", 'infinity'::date), a."meetingId"
  FROM "Participant" a LEFT JOIN "Office" oa ON oa."id" = a."officeId"
  JOIN "Participant" b ON b."meetingId" = a."meetingId" LEFT JOIN "Office" ob ON ob."id" = b."officeId"
  WHERE (a."partyId" = split_part(one, ':', 1) OR a."personId" = one)
    AND (b."partyId" = split_part(other, ':', 1) OR b."personId" = other)
    AND derived."hasKey"(a."partyId", a."personId", a."officeId", oa."kind", one)
    AND derived."hasKey"(b."partyId", b."personId", b."officeId", ob."kind", other);
END;

-- The meetings, sessions left out, at which two keys may have seats: whoever asks looks at the seats as well.
CREATE FUNCTION "metTogether"(one text, other text) RETURNS TABLE ("day" date, "last" date, "meetingId" text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT p."day", p."last", p."meetingId" FROM derived."Pair" p WHERE p."pair" = derived."pairOf"(one, other);
END;

-- As the record was known at a moment: from the seats as they were. Sessions are not left out; whoever asks does.
CREATE FUNCTION known."metTogether"(one text, other text) RETURNS TABLE ("day" date, "last" date, "meetingId" text)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT s."day", s."last", s."meetingId" FROM known."satTogether"(one, other) s;
END $$;

-- As editors see it: a draft adds seats and changes none, so that only meetings with drafted seats are looked at.
CREATE FUNCTION editing."metTogether"(one text, other text) RETURNS TABLE ("day" date, "last" date, "meetingId" text)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT p."day", p."last", p."meetingId" FROM derived."Pair" p WHERE p."pair" = derived."pairOf"(one, other)
  UNION
  SELECT coalesce(a."meetingEarliest", '-infinity'::date), coalesce(a."meetingLatest", 'infinity'::date), a."meetingId"
  FROM (SELECT DISTINCT d."meetingId" FROM drafts."Participant" d) AS drafted
  JOIN editing."Participant" a ON a."meetingId" = drafted."meetingId" LEFT JOIN editing."Office" oa ON oa."id" = a."officeId"
  JOIN editing."Participant" b ON b."meetingId" = drafted."meetingId" LEFT JOIN editing."Office" ob ON ob."id" = b."officeId"
  WHERE derived."hasKey"(a."partyId", a."personId", a."officeId", oa."kind", one)
    AND derived."hasKey"(b."partyId", b."personId", b."officeId", ob."kind", other);
END $$;

SELECT "makeStandpoints"();

SELECT derived."settlePairs"(ARRAY(SELECT "id" FROM "Meeting"));
