-- What was reported of somebody's meetings, and what was claimed of them, stands in a timeline by the day it was said, and not
-- by the days of the meetings. It is therefore kept for everybody who had a seat, in the order of these days, so that a page is
-- found without looking at all meetings.
--
-- Like the pairs, what is kept here follows from the record and can be made anew at any time: "settleAllReported" does it.

-- The kinds:  0  a report of a meeting's status, by the day it gives or else that of its document
--             1  a claim that a meeting was the first since something, by the day of its document
-- What has no day comes last.
CREATE TABLE derived."Reported" (
  "holderId" text NOT NULL,
  "kind" smallint NOT NULL,
  "day" date NOT NULL,
  "id" text NOT NULL,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("holderId", "kind", "day", "id")
);

CREATE INDEX "Reported_of_meeting" ON derived."Reported" ("meetingId");

-- What was reported and claimed of some meetings. Made for the other standpoints as well, from what stands there.
CREATE FUNCTION "reportedAt"(meetings text[]) RETURNS SETOF derived."Reported" LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT DISTINCT holder.id, said.kind, said.day, said.id, said."meetingId"
  FROM (
    SELECT 0::smallint AS kind, coalesce(r."reportedOnEarliest", d."publishedOnEarliest", 'infinity'::date) AS day, r."id", r."meetingId"
    FROM "StatusReport" r LEFT JOIN "Citation" c ON c."statusReportId" = r."id" LEFT JOIN "Document" d ON d."id" = c."documentId"
    UNION ALL
    SELECT 1::smallint, coalesce(d."publishedOnEarliest", 'infinity'::date), a."id", a."meetingId"
    FROM "FirstSinceClaim" a LEFT JOIN "Citation" c ON c."firstSinceClaimId" = a."id" LEFT JOIN "Document" d ON d."id" = c."documentId"
  ) AS said
  JOIN "Participant" p ON p."meetingId" = said."meetingId"
  CROSS JOIN LATERAL (VALUES (p."partyId"), (p."personId")) AS holder(id)
  WHERE said."meetingId" = ANY (meetings) AND holder.id IS NOT NULL;
END;

CREATE FUNCTION derived."settleReported"(meetings text[]) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM derived."Reported" WHERE "meetingId" = ANY (meetings);
  -- In one order, so that two who write at once wait for each other and not both.
  INSERT INTO derived."Reported" SELECT * FROM "reportedAt"(meetings) r ORDER BY r."holderId", r."kind", r."day", r."id";
END $$;

CREATE FUNCTION derived."settleAllReported"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM derived."Reported";
  INSERT INTO derived."Reported"
  SELECT * FROM "reportedAt"(ARRAY(SELECT "meetingId" FROM "StatusReport" UNION SELECT "meetingId" FROM "FirstSinceClaim"));
END $$;

-- After seats, reports and claims: all of them say at which meeting they are.
CREATE FUNCTION derived."afterReported"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  moved text[];
BEGIN
  CASE TG_OP
    WHEN 'INSERT' THEN moved := ARRAY(SELECT DISTINCT "meetingId" FROM after);
    WHEN 'DELETE' THEN moved := ARRAY(SELECT DISTINCT "meetingId" FROM before);
    ELSE moved := ARRAY(SELECT "meetingId" FROM before UNION SELECT "meetingId" FROM after);
  END CASE;
  IF moved <> '{}' THEN
    PERFORM derived."settleReported"(moved);
  END IF;
  RETURN NULL;
END $$;

-- After citations, by what they speak for, and after documents, by what speaks from them.
CREATE FUNCTION derived."afterReporting"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  reports text[];
  claims text[];
  moved text[];
BEGIN
  CASE
    WHEN TG_TABLE_NAME = 'Document' THEN
      SELECT array_agg(c."statusReportId"), array_agg(c."firstSinceClaimId") INTO reports, claims
      FROM before b JOIN after a USING ("id") JOIN "Citation" c ON c."documentId" = a."id"
      WHERE b."publishedOnEarliest" IS DISTINCT FROM a."publishedOnEarliest" AND num_nonnulls(c."statusReportId", c."firstSinceClaimId") > 0;
    WHEN TG_OP = 'INSERT' THEN
      SELECT array_agg(c."statusReportId"), array_agg(c."firstSinceClaimId") INTO reports, claims
      FROM after c WHERE num_nonnulls(c."statusReportId", c."firstSinceClaimId") > 0;
    WHEN TG_OP = 'DELETE' THEN
      SELECT array_agg(c."statusReportId"), array_agg(c."firstSinceClaimId") INTO reports, claims
      FROM before c WHERE num_nonnulls(c."statusReportId", c."firstSinceClaimId") > 0;
    ELSE
      SELECT array_agg(c."statusReportId"), array_agg(c."firstSinceClaimId") INTO reports, claims
      FROM (SELECT * FROM before UNION ALL SELECT * FROM after) c WHERE num_nonnulls(c."statusReportId", c."firstSinceClaimId") > 0;
  END CASE;
  moved := ARRAY(SELECT r."meetingId" FROM "StatusReport" r WHERE r."id" = ANY (reports)
    UNION SELECT a."meetingId" FROM "FirstSinceClaim" a WHERE a."id" = ANY (claims));
  IF moved <> '{}' THEN
    PERFORM derived."settleReported"(moved);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION derived."afterReportedEmptied"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM derived."settleAllReported"();
  RETURN NULL;
END $$;

DO $$
DECLARE
  kept text;
  settles text;
BEGIN
  FOR kept, settles IN VALUES ('"Participant"', '"afterReported"'), ('"StatusReport"', '"afterReported"'), ('"FirstSinceClaim"', '"afterReported"'),
    ('"Citation"', '"afterReporting"') LOOP
    EXECUTE format('CREATE TRIGGER "settles_reported_of_new" AFTER INSERT ON %s REFERENCING NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION derived.%s()', kept, settles);
    EXECUTE format('CREATE TRIGGER "settles_reported_of_changed" AFTER UPDATE ON %s REFERENCING OLD TABLE AS before NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION derived.%s()', kept, settles);
    EXECUTE format('CREATE TRIGGER "settles_reported_of_gone" AFTER DELETE ON %s REFERENCING OLD TABLE AS before
      FOR EACH STATEMENT EXECUTE FUNCTION derived.%s()', kept, settles);
    EXECUTE format('CREATE TRIGGER "settles_reported_of_emptied" AFTER TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION derived."afterReportedEmptied"()', kept);
  END LOOP;
END $$;

CREATE TRIGGER "settles_reported_of_changed" AFTER UPDATE ON "Document" REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION derived."afterReporting"();

-- ------------------------------------------------------------------------------------------ from every standpoint

-- What was reported, or claimed, of the meetings of a party or a person.
CREATE FUNCTION "reportedOf"(holder text, kind int) RETURNS TABLE ("day" date, "id" text) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r."day", r."id" FROM derived."Reported" r WHERE r."holderId" = holder AND r."kind" = "reportedOf".kind;
END;

-- As the record was known at a moment: from the seats as they were.
CREATE FUNCTION known."reportedOf"(holder text, kind int) RETURNS TABLE ("day" date, "id" text) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT r."day", r."id"
  FROM known."reportedAt"(ARRAY(SELECT p."meetingId" FROM known."Participant" p WHERE p."partyId" = holder OR p."personId" = holder)) r
  WHERE r."holderId" = holder AND r."kind" = "reportedOf".kind;
END $$;

-- As editors see it: drafts add seats, reports and claims, so that only meetings that have some are looked at.
CREATE FUNCTION editing."reportedOf"(holder text, kind int) RETURNS TABLE ("day" date, "id" text) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT r."day", r."id" FROM derived."Reported" r WHERE r."holderId" = holder AND r."kind" = "reportedOf".kind
  UNION
  SELECT r."day", r."id"
  FROM editing."reportedAt"(ARRAY(SELECT d."meetingId" FROM drafts."Participant" d UNION SELECT d."meetingId" FROM drafts."StatusReport" d
    UNION SELECT d."meetingId" FROM drafts."FirstSinceClaim" d)) r
  WHERE r."holderId" = holder AND r."kind" = "reportedOf".kind;
END $$;

SELECT "makeStandpoints"();

SELECT derived."settleAllReported"();
