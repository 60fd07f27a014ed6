-- Counts and timelines are settled once for each transaction, when it commits and other writers wait for it anyway.

-- Notes the meetings of rows before they change or go: to be counted again, and to have their reports settled again.
CREATE OR REPLACE FUNCTION derived."noteFormer"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  meetings text[];
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'Citation' THEN
      meetings := ARRAY(SELECT r."meetingId" FROM "StatusReport" r WHERE r."id" IN (SELECT b."statusReportId" FROM before b)
        UNION SELECT a."meetingId" FROM "FirstSinceClaim" a WHERE a."id" IN (SELECT b."firstSinceClaimId" FROM before b));
    WHEN 'Document' THEN
      meetings := ARRAY(
        WITH said AS MATERIALIZED (
          SELECT c."statusReportId", c."firstSinceClaimId" FROM before b JOIN after a USING ("id") JOIN "Citation" c ON c."documentId" = a."id"
          WHERE b."publishedOnEarliest" IS DISTINCT FROM a."publishedOnEarliest" AND num_nonnulls(c."statusReportId", c."firstSinceClaimId") > 0)
        SELECT r."meetingId" FROM "StatusReport" r WHERE r."id" IN (SELECT s."statusReportId" FROM said s)
        UNION SELECT a."meetingId" FROM "FirstSinceClaim" a WHERE a."id" IN (SELECT s."firstSinceClaimId" FROM said s));
    ELSE
      meetings := ARRAY(SELECT DISTINCT b."meetingId" FROM before b);
  END CASE;
  IF meetings <> '{}' THEN
    INSERT INTO past."Touched" ("table", "ids") VALUES ('reported', meetings);
    IF TG_TABLE_NAME = 'Participant' THEN
      INSERT INTO past."Touched" ("table", "ids") VALUES ('counted', meetings);
    END IF;
  END IF;
  RETURN NULL;
END $$;

-- The meetings to be counted again, and those whose reports are settled again, after rows were written.
-- @param touched the ids of these rows by table, and under `counted` and `reported` the meetings that were noted before.
CREATE OR REPLACE FUNCTION derived."meetingsOfTouched"(touched jsonb, OUT counted text[], OUT reported text[])
LANGUAGE plpgsql
SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  meetings text[] := ARRAY(SELECT jsonb_array_elements_text(touched -> 'Meeting'));
  seats text[] := ARRAY(SELECT jsonb_array_elements_text(touched -> 'Participant'));
  reports text[] := ARRAY(SELECT jsonb_array_elements_text(touched -> 'StatusReport'));
  claims text[] := ARRAY(SELECT jsonb_array_elements_text(touched -> 'FirstSinceClaim'));
  citations text[] := ARRAY(SELECT jsonb_array_elements_text(touched -> 'Citation'));
  seated text[] := ARRAY(SELECT DISTINCT p."meetingId" FROM "Participant" p WHERE p."id" = ANY (seats));
  cited record;
BEGIN
  -- A meeting on the sidelines of a session is counted with the session's forum.
  counted := ARRAY(SELECT unnest(meetings) UNION SELECT unnest(seated)
    UNION SELECT jsonb_array_elements_text(touched -> 'counted')
    UNION SELECT m."id" FROM "Meeting" m WHERE m."sidelinesOfId" = ANY (meetings));
  IF citations <> '{}' THEN
    SELECT array_agg(c."statusReportId") AS reports, array_agg(c."firstSinceClaimId") AS claims INTO cited
    FROM "Citation" c WHERE c."id" = ANY (citations) AND num_nonnulls(c."statusReportId", c."firstSinceClaimId") > 0;
    reports := reports || cited.reports;
    claims := claims || cited.claims;
  END IF;
  reported := ARRAY(SELECT unnest(seated) UNION SELECT jsonb_array_elements_text(touched -> 'reported')
    UNION SELECT r."meetingId" FROM "StatusReport" r WHERE r."id" = ANY (reports)
    UNION SELECT a."meetingId" FROM "FirstSinceClaim" a WHERE a."id" = ANY (claims));
END $$;
