-- Holders of offices on a day, from tenures and from all that attests a person in office.

-- Whether an office of a kind has one holder at a time, so that a tenure ends before the next one begins.
CREATE OR REPLACE FUNCTION derived."hasOneHolder"(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN kind IN ('HEAD_OF_STATE', 'HEAD_OF_GOVERNMENT', 'FOREIGN_MINISTER', 'DEFENCE_MINISTER', 'SECOND_DEFENCE_MINISTER',
  'DEFENCE_INDUSTRY_MINISTER', 'DEFENCE_SECRETARY', 'CHIEF_OF_DEFENCE', 'NATIONAL_SECURITY_ADVISER', 'SECRETARY_GENERAL');

-- The days of the tenures of an office, ends included: those that a tenure covers for certain, null where there are none, and
-- those that it may cover, open where a day is null. Every seat that was taken, every statement and every signature in
-- office attests it, and a source that says it is still running attests the day of its publication. A tenure is certain from its start or first
-- attestation to its end or last attestation. Of offices with one holder, no tenure reaches into the certain days of another
-- person. Made for the other read views as well, from their rows.
CREATE OR REPLACE FUNCTION "tenureDays"(office text) RETURNS TABLE ("tenureId" text, "certainFrom" date, "certainTo" date,
  "possibleFrom" date, "possibleTo" date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH tenure AS (
    SELECT t."id", t."personId", t."acting", t."hasEnded", t."sinceLatest", t."untilEarliest", t."attestedOnLatest", t."attestedUntilEarliest", coalesce(t."sinceEarliest", '-infinity'::date) AS "from", coalesce(t."untilLatest" - 1, 'infinity'::date) AS "to"
    FROM "Tenure" t WHERE t."officeId" = office
  ),
  -- Of several tenures of one person that may have been running, the one that began last is attested. Seats are many, so only
  -- the first and the last one of each tenure are looked for.
  seat AS (
    SELECT t."id", (
      SELECT s."meetingLatest" FROM "Participant" s JOIN "Meeting" m ON m."id" = s."meetingId" AND m."status" = 'HELD'
      WHERE s."officeId" = office AND s."personId" = t."personId" AND NOT s."isExpected" AND NOT s."isOfficeDoubtful"
        AND s."attendance" IS NULL AND s."meetingEarliest" <= t."to" AND s."meetingLatest" >= t."from" AND (t."acting" OR NOT s."acting")
        AND NOT EXISTS (
          SELECT FROM tenure u WHERE u."personId" = t."personId" AND (u."from", t."id") > (t."from", u."id")
            AND u."from" <= s."meetingLatest" AND s."meetingEarliest" <= u."to" AND (u."acting" OR NOT s."acting"))
      ORDER BY s."meetingLatest" LIMIT 1
    ) AS "first", (
      SELECT s."meetingEarliest" FROM "Participant" s JOIN "Meeting" m ON m."id" = s."meetingId" AND m."status" = 'HELD'
      WHERE s."officeId" = office AND s."personId" = t."personId" AND NOT s."isExpected" AND NOT s."isOfficeDoubtful"
        AND s."attendance" IS NULL AND s."meetingEarliest" <= t."to" AND s."meetingLatest" >= t."from" AND (t."acting" OR NOT s."acting")
        AND NOT EXISTS (
          SELECT FROM tenure u WHERE u."personId" = t."personId" AND (u."from", t."id") > (t."from", u."id")
            AND u."from" <= s."meetingLatest" AND s."meetingEarliest" <= u."to" AND (u."acting" OR NOT s."acting"))
      ORDER BY s."meetingEarliest" DESC LIMIT 1
    ) AS "last"
    FROM tenure t
  ),
  seen AS (
    SELECT s."personId", s."acting", s."meetingEarliest" AS "first", s."meetingLatest" AS "last"
    FROM "ParticipantOffice" x JOIN "Participant" s ON s."id" = x."participantId"
      JOIN "Meeting" m ON m."id" = s."meetingId" AND m."status" = 'HELD'
    WHERE s."personId" IS NOT NULL AND NOT s."isExpected" AND s."attendance" IS NULL
      AND s."meetingEarliest" IS NOT NULL AND x."officeId" = office
    UNION ALL
    SELECT s."personId", false, s."onEarliest", s."onLatest"
    FROM "Statement" s WHERE s."personId" IS NOT NULL AND s."onEarliest" IS NOT NULL AND s."officeId" = office
    UNION ALL
    SELECT s."personId", false, a."signedOnEarliest", a."signedOnLatest"
    FROM "Signatory" s JOIN "Agreement" a ON a."id" = s."agreementId"
    WHERE s."personId" IS NOT NULL AND a."signedOnEarliest" IS NOT NULL AND s."officeId" = office
  ),
  attested AS (
    SELECT a."id", min(a."first") AS "first", max(a."last") AS "last" FROM (
      SELECT seat."id", seat."first", seat."last" FROM seat
      UNION ALL
      SELECT w."id", seen."last", seen."first" FROM seen CROSS JOIN LATERAL (
        SELECT t."id" FROM tenure t WHERE t."personId" = seen."personId" AND t."from" <= seen."last" AND seen."first" <= t."to"
          AND (t."acting" OR NOT seen."acting")
        ORDER BY t."from" DESC, t."id" LIMIT 1
      ) AS w
    ) AS a GROUP BY a."id"
  ),
  running AS (
    SELECT t."id", max(d."publishedOnEarliest") AS "last"
    FROM tenure t JOIN "Citation" c ON c."tenureId" = t."id" AND c."stance" = 'SUPPORTS' JOIN "Document" d ON d."id" = c."documentId"
    WHERE t."hasEnded" IS FALSE AND d."publishedOnEarliest" BETWEEN t."from" AND t."to" GROUP BY t."id"
  ),
  known AS (
    SELECT t."id", t."personId", t."acting", t."from", t."to", least(t."sinceLatest", t."attestedOnLatest", a."first", r."last") AS "first",
      CASE WHEN t."untilEarliest" IS NOT NULL THEN t."untilEarliest" - 1
        ELSE greatest(coalesce(t."attestedOnLatest", t."sinceLatest"), t."attestedUntilEarliest", a."last", r."last") END AS "last"
    FROM tenure t LEFT JOIN attested a ON a."id" = t."id" LEFT JOIN running r ON r."id" = t."id"
  ),
  certain AS (SELECT "id", "personId", "acting", "first", "last" FROM known WHERE "first" <= "last")
  SELECT k."id", c."first", c."last", nullif(greatest(k."from", b."after"), '-infinity'::date), nullif(least(k."to", b."before"), 'infinity'::date)
  FROM known k LEFT JOIN certain c ON c."id" = k."id"
  CROSS JOIN LATERAL (
    SELECT max(o."last") FILTER (WHERE o."last" < c."first") + 1 AS "after", min(o."first") FILTER (WHERE o."first" > c."last") - 1 AS "before"
    FROM certain o JOIN "Office" f ON f."id" = office AND derived."hasOneHolder"(f."kind"::text)
    WHERE o."personId" <> k."personId" AND NOT o."acting"
  ) AS b;
END;

-- The tenures of an office on a day, each with whether it covers the day for certain. Of an office with one holder, no tenure
-- may cover the certain days of another person.
CREATE OR REPLACE FUNCTION "tenuresOn"(office text, day date) RETURNS TABLE ("tenureId" text, "isCertain" boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH found AS (
    SELECT d."tenureId", coalesce(day BETWEEN d."certainFrom" AND d."certainTo", false) AS "isCertain"
    FROM "tenureDays"(office) d
    WHERE day BETWEEN d."certainFrom" AND d."certainTo"
      OR day BETWEEN coalesce(d."possibleFrom", '-infinity'::date) AND coalesce(d."possibleTo", 'infinity'::date)
  )
  SELECT f."tenureId", f."isCertain" FROM found f
  WHERE f."isCertain" OR NOT EXISTS (
    SELECT FROM found g JOIN "Tenure" t ON t."id" = g."tenureId" JOIN "Office" o ON o."id" = t."officeId"
    WHERE g."isCertain" AND NOT t."acting" AND derived."hasOneHolder"(o."kind"::text));
END;
