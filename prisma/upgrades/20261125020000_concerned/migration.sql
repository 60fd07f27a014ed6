-- Whom and what a record concerned at the moment of an act, as it stood before the act or after it: parties, persons,
-- forums and meetings, by their ids. A record concerns itself, what it names, and what the record that it is part of or
-- speaks for concerns: a seat concerns its meeting, and with it the meeting's forum, the meeting on whose sidelines it
-- is held, and whoever has a seat there. It reads what is kept in past, so that it says the same of an act at any later
-- time, whatever became of the records since.
CREATE FUNCTION past."concerned"(kept text, record text, moment timestamptz) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT ROWS 10 AS $$
BEGIN
  CASE kept
    WHEN 'Party' THEN
      RETURN NEXT record;
    WHEN 'Person' THEN
      RETURN NEXT record;
      RETURN QUERY SELECT t."stateId" FROM past."Person" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Office' THEN
      RETURN QUERY SELECT t."partyId" FROM past."Office" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Place' THEN
      RETURN QUERY SELECT t."stateId" FROM past."Place" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Tenure' THEN
      RETURN QUERY SELECT n.id FROM past."Tenure" t
        CROSS JOIN LATERAL (SELECT t."personId" UNION ALL SELECT past."concerned"('Office', t."officeId", moment)) AS n(id)
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Forum' THEN
      RETURN NEXT record;
      RETURN QUERY SELECT unnest(ARRAY[t."parentId", t."organizationId"]) FROM past."Forum" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'ForumMembership' THEN
      RETURN QUERY SELECT unnest(ARRAY[t."forumId", t."partyId"]) FROM past."ForumMembership" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Milestone' THEN
      RETURN QUERY SELECT t."partyId" FROM past."MilestoneParty" t
        WHERE t."milestoneId" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Meeting' THEN
      RETURN NEXT record;
      RETURN QUERY SELECT unnest(ARRAY[t."forumId", t."sidelinesOfId"]) FROM past."Meeting" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
      RETURN QUERY SELECT unnest(ARRAY[t."partyId", t."personId"]) FROM past."Participant" t
        WHERE t."meetingId" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Participant' THEN
      RETURN QUERY SELECT n.id FROM past."Participant" t
        CROSS JOIN LATERAL (
          SELECT unnest(ARRAY[t."partyId", t."personId"])
          UNION ALL SELECT past."concerned"('Office', t."officeId", moment)
          UNION ALL SELECT past."concerned"('Meeting', t."meetingId", moment)
        ) AS n(id)
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'StatusReport' THEN
      RETURN QUERY SELECT past."concerned"('Meeting', t."meetingId", moment) FROM past."StatusReport" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Visit' THEN
      RETURN QUERY SELECT past."concerned"('Person', t."personId", moment) FROM past."Visit" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
      RETURN QUERY SELECT t."meetingId" FROM past."VisitMeeting" t
        WHERE t."visitId" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Statement' THEN
      RETURN QUERY SELECT n.id FROM past."Statement" t
        CROSS JOIN LATERAL (
          SELECT unnest(ARRAY[t."partyId", t."personId"])
          UNION ALL SELECT past."concerned"('Office', t."officeId", moment)
          UNION ALL SELECT past."concerned"('Meeting', t."meetingId", moment)
        ) AS n(id)
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Commitment' THEN
      RETURN QUERY SELECT t."partyId" FROM past."CommitmentParty" t
        WHERE t."commitmentId" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
      RETURN QUERY SELECT past."concerned"('Meeting', t."meetingId", moment) FROM past."Commitment" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'FirstSinceClaim' THEN
      RETURN QUERY SELECT n.id FROM past."FirstSinceClaim" t
        CROSS JOIN LATERAL (
          SELECT t."sinceMeetingId"
          UNION ALL SELECT past."concerned"('Milestone', t."sinceMilestoneId", moment)
          UNION ALL SELECT past."concerned"('Meeting', t."meetingId", moment)
        ) AS n(id)
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Conflict' THEN
      RETURN QUERY SELECT n.id FROM past."Conflict" t
        CROSS JOIN LATERAL (
          SELECT past."concerned"('Meeting', t."meetingId", moment)
          UNION ALL SELECT past."concerned"('ForumMembership', t."membershipId", moment)
          UNION ALL SELECT past."concerned"('Forum', t."forumId", moment)
        ) AS n(id)
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'ConflictClaim' THEN
      RETURN QUERY SELECT past."concerned"('Conflict', t."conflictId", moment) FROM past."ConflictClaim" t
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment;
    WHEN 'Citation' THEN
      RETURN QUERY SELECT past."concerned"(s.kept, s.id, moment) FROM past."Citation" t
        CROSS JOIN LATERAL (VALUES
          ('Party', t."partyId"), ('Person', t."personId"), ('Office', t."officeId"), ('Tenure', t."tenureId"),
          ('Forum', t."forumId"), ('ForumMembership', t."membershipId"), ('Meeting', t."meetingId"),
          ('Participant', t."participantId"), ('StatusReport', t."statusReportId"), ('Visit', t."visitId"),
          ('Statement', t."statementId"), ('Commitment', t."commitmentId"), ('Milestone', t."milestoneId"),
          ('FirstSinceClaim', t."firstSinceClaimId"), ('ConflictClaim', t."conflictClaimId")
        ) AS s(kept, id)
        WHERE t."id" = record AND t."recordedFrom" <= moment AND t."recordedUntil" >= moment AND s.id IS NOT NULL;
    ELSE
      -- A document concerns nobody by itself; what cites it does.
      NULL;
  END CASE;
END $$;
