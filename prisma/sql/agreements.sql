-- Titles and statuses of agreements and activities.

-- Names as in a sentence: A, B and C. Null of no names.
CREATE OR REPLACE FUNCTION "inSentence"(names text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE cardinality(names)
  WHEN 0 THEN NULL
  WHEN 1 THEN names[1]
  ELSE array_to_string(names[:cardinality(names) - 1], ', ') || ' and ' || names[cardinality(names)]
END;

-- A kind in words: PORT_CALL is "Port call".
CREATE OR REPLACE FUNCTION "kindInWords"(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(kind, 1) || replace(lower(substr(kind, 2)), '_', ' ');

-- The title of an agreement; of one without a title its kind and its parties.
CREATE OR REPLACE FUNCTION "agreementTitle"(agreement text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT coalesce(a."name", concat_ws(' of ', "kindInWords"(a."kind"::text), "inSentence"(ARRAY(
    SELECT p."name" FROM "AgreementParty" x JOIN "Party" p ON p."id" = x."partyId"
    WHERE x."agreementId" = a."id" ORDER BY p."name" COLLATE "C", p."id"))))
  FROM "Agreement" a WHERE a."id" = agreement);

-- The status of an agreement. Later stages come before ANNOUNCED and SIGNED, and the latest of them counts; of several on
-- that day the most final. The day of signing and the first day in force count like reports. A report counts from the
-- day that it gives, or else from its own. With as_of only what happened by that day counts, the end of the period
-- included; a report without a day then counts from the publication of its document.
CREATE OR REPLACE FUNCTION "agreementStatus"(agreement text, as_of date DEFAULT NULL) RETURNS "AgreementStatus"
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((
  SELECT e."status"
  FROM (
    SELECT r."status", coalesce(r."onLatest", r."reportedOnLatest") AS "day", d."publishedOnLatest" AS "published"
    FROM "AgreementReport" r
    LEFT JOIN "Citation" c ON c."agreementReportId" = r."id"
    LEFT JOIN "Document" d ON d."id" = c."documentId"
    WHERE r."agreementId" = agreement
    UNION ALL
    SELECT 'SIGNED', a."signedOnLatest", NULL FROM "Agreement" a WHERE a."id" = agreement AND a."signedOn" IS NOT NULL
    UNION ALL
    SELECT 'IN_FORCE', a."sinceLatest", NULL FROM "Agreement" a WHERE a."id" = agreement AND a."since" IS NOT NULL
    UNION ALL
    SELECT 'ENDED', a."untilLatest", NULL FROM "Agreement" a
    WHERE a."id" = agreement AND a."until" IS NOT NULL AND as_of IS NOT NULL
  ) AS e
  WHERE as_of IS NULL OR coalesce(e."day", e."published") <= as_of
  ORDER BY
    e."status" NOT IN ('ANNOUNCED', 'SIGNED') DESC,
    e."status" = 'SIGNED' DESC,
    coalesce(e."day", '-infinity'::date) DESC,
    array_position(ARRAY['TERMINATED', 'EXPIRED', 'SUPERSEDED', 'ENDED', 'SUSPENDED', 'RENEWED', 'IN_FORCE']::"AgreementStatus"[], e."status")
  LIMIT 1
), 'UNKNOWN'::"AgreementStatus");

-- Whether an agreement was in force on a day: its status on that day says so, or its period covers the day for certain;
-- not after its period, nor where its last day is unknown, unless a source attests the day.
CREATE OR REPLACE FUNCTION "agreementInForce"(agreement text, day date) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((
  SELECT CASE
    WHEN a."untilEarliest" <= day THEN false
    WHEN a."until" IS NULL AND a."hasEnded" THEN day <= greatest(a."attestedOnLatest", a."attestedUntilEarliest") AND a.begun
    ELSE a.status IN ('IN_FORCE', 'RENEWED') OR (a.status IN ('UNKNOWN', 'ANNOUNCED', 'SIGNED') AND a.begun
      AND (a."hasEnded" IS NOT NULL OR day <= greatest(coalesce(a."attestedOnLatest", a."sinceLatest"), a."attestedUntilEarliest")))
  END
  FROM (
    SELECT g."untilEarliest", g."until", g."hasEnded", g."attestedOnLatest", g."attestedUntilEarliest", g."sinceLatest",
      "agreementStatus"(g."id", day) AS status,
      coalesce(least(g."sinceLatest", g."attestedOnLatest") <= day, false) AS begun
    FROM "Agreement" g WHERE g."id" = agreement
  ) AS a
), false);

-- The status of an agreement with the reports that are drafted. It is bound late, since the view of agreements shows it.
CREATE OR REPLACE FUNCTION editing."agreementStatusWithDrafts"(agreement text) RETURNS "AgreementStatus"
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN editing."agreementStatus"(agreement);
END $$;

-- Titles and statuses of activities.

-- The name of an activity; of one without a name its kind and its parties.
CREATE OR REPLACE FUNCTION "activityTitle"(activity text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT coalesce(a."name", concat_ws(' of ', "kindInWords"(a."kind"::text), "inSentence"(ARRAY(
    SELECT p."name" FROM "ActivityParty" x JOIN "Party" p ON p."id" = x."partyId"
    WHERE x."activityId" = a."id" ORDER BY p."name" COLLATE "C", p."id"))))
  FROM "Activity" a WHERE a."id" = activity);

-- The status of an activity. Held once any report says so; otherwise the status reported last; of several on that day the
-- most final. With as_of only the reports known by that day count: a report without a day is known from its document's.
CREATE OR REPLACE FUNCTION "activityStatus"(activity text, as_of date DEFAULT NULL) RETURNS "ActivityStatus"
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((
  SELECT r."status"
  FROM "ActivityReport" r
  LEFT JOIN "Citation" c ON c."activityReportId" = r."id"
  LEFT JOIN "Document" d ON d."id" = c."documentId"
  WHERE r."activityId" = activity AND (as_of IS NULL OR coalesce(r."reportedOnLatest", d."publishedOnLatest") <= as_of)
  ORDER BY
    r."status" = 'HELD' DESC,
    coalesce(r."reportedOnLatest", '-infinity'::date) DESC,
    array_position(ARRAY['CANCELLED', 'POSTPONED', 'UNDER_WAY', 'PLANNED']::"ActivityStatus"[], r."status")
  LIMIT 1
), 'UNKNOWN'::"ActivityStatus");

-- The status of an activity with the reports that are drafted. It is bound late, since the view of activities shows it.
CREATE OR REPLACE FUNCTION editing."activityStatusWithDrafts"(activity text) RETURNS "ActivityStatus"
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN editing."activityStatus"(activity);
END $$;
