-- Documents that report a meeting, kept for timelines.

-- The reports and claims about some meetings. Made for the other read views as well, from their rows.
CREATE OR REPLACE FUNCTION "reportedAt"(meetings text[]) RETURNS SETOF derived."Reported" LANGUAGE sql STABLE PARALLEL SAFE
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

CREATE OR REPLACE FUNCTION derived."settleReported"(meetings text[]) RETURNS void LANGUAGE plpgsql
SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  -- Most meetings that are recorded have no reports yet.
  IF NOT EXISTS (SELECT FROM "StatusReport" r WHERE r."meetingId" = ANY (meetings))
    AND NOT EXISTS (SELECT FROM "FirstSinceClaim" a WHERE a."meetingId" = ANY (meetings))
    AND NOT EXISTS (SELECT FROM derived."Reported" r WHERE r."meetingId" = ANY (meetings)) THEN
    RETURN;
  END IF;
  DELETE FROM derived."Reported" WHERE "meetingId" = ANY (meetings);
  -- In one order, so that two who write at once wait for each other and not both.
  INSERT INTO derived."Reported" SELECT * FROM "reportedAt"(meetings) r ORDER BY r."holderId", r."kind", r."day", r."id";
END $$;

CREATE OR REPLACE FUNCTION derived."settleAllReported"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM derived."Reported";
  INSERT INTO derived."Reported"
  SELECT * FROM "reportedAt"(ARRAY(SELECT "meetingId" FROM "StatusReport" UNION SELECT "meetingId" FROM "FirstSinceClaim"));
END $$;

CREATE OR REPLACE FUNCTION derived."afterReportedEmptied"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM derived."settleAllReported"();
  RETURN NULL;
END $$;

-- The reports or claims about the meetings of a party or a person.
CREATE OR REPLACE FUNCTION "reportedOf"(holder text, kind int) RETURNS TABLE ("day" date, "id" text) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r."day", r."id" FROM derived."Reported" r WHERE r."holderId" = holder AND r."kind" = "reportedOf".kind;
END;

-- As the record was known at a moment: from the seats as they were.
CREATE OR REPLACE FUNCTION known."reportedOf"(holder text, kind int) RETURNS TABLE ("day" date, "id" text) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT r."day", r."id"
  FROM known."reportedAt"(ARRAY(SELECT p."meetingId" FROM known."Participant" p WHERE p."partyId" = holder OR p."personId" = holder)) r
  WHERE r."holderId" = holder AND r."kind" = "reportedOf".kind;
END $$;

-- As editors see it: drafts add seats, reports and claims, so that only meetings that have some are looked at.
CREATE OR REPLACE FUNCTION editing."reportedOf"(holder text, kind int) RETURNS TABLE ("day" date, "id" text) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT r."day", r."id" FROM derived."Reported" r WHERE r."holderId" = holder AND r."kind" = "reportedOf".kind
  UNION
  SELECT r."day", r."id"
  FROM editing."reportedAt"(ARRAY(SELECT d."meetingId" FROM drafts."Participant" d UNION SELECT d."meetingId" FROM drafts."StatusReport" d
    UNION SELECT d."meetingId" FROM drafts."FirstSinceClaim" d)) r
  WHERE r."holderId" = holder AND r."kind" = "reportedOf".kind;
END $$;
