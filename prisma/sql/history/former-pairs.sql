-- Pairs that meetings had before, from the history of a database that is upgraded; see prisma/sql/pairs.sql.

-- The pairs of all versions of the seats, without those that stand. Pairs of versions that never stood together are found as
-- well; the caller compares the seats.
CREATE OR REPLACE FUNCTION derived."settleFormerPairs"() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE derived."FormerPair";
  WITH keys AS MATERIALIZED (
    SELECT DISTINCT p."meetingId", k.level, k.key COLLATE "C" AS key
    FROM past."Participant" p
    LEFT JOIN LATERAL (
      SELECT p."officeId" AS "id" UNION SELECT x."officeId" FROM past."ParticipantOffice" x WHERE x."participantId" = p."id"
    ) AS held ON true
    LEFT JOIN past."Office" o ON o."id" = held."id"
    CROSS JOIN LATERAL derived."keysOf"(p."partyId", p."personId", o."kind"::text) AS k(level, key)
    WHERE k.key IS NOT NULL AND p."attendance" IS NULL AND EXISTS (
      SELECT FROM past."Meeting" m LEFT JOIN past."Forum" f ON f."id" = m."forumId"
      WHERE m."id" = p."meetingId" AND NOT derived."isOfMany"(m."kind"::text, m."forumId", f."kind"::text))
  )
  INSERT INTO derived."FormerPair" ("pair", "meetingId")
  SELECT DISTINCT derived."pairOf"(a.key, b.key), a."meetingId"
  FROM keys a JOIN keys b ON b."meetingId" = a."meetingId" AND b.level = a.level AND b.key > a.key
  WHERE NOT EXISTS (
    SELECT FROM derived."Pair" p WHERE p."pair" = derived."pairOf"(a.key, b.key) AND p."meetingId" = a."meetingId");
END $$;

SELECT derived."settleFormerPairs"();
