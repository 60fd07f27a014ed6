-- No fact without a source: what states a fact keeps one as long as it stands, whoever writes.

-- What states a fact without citing anybody. Nothing ever stands here but by SQL that goes past the rules of writing.
CREATE VIEW past."Uncited" AS
SELECT 'Tenure' AS "table", f."id" FROM "Tenure" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."tenureId" = f."id")
UNION ALL SELECT 'ForumMembership', f."id" FROM "ForumMembership" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."membershipId" = f."id")
UNION ALL SELECT 'Meeting', f."id" FROM "Meeting" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."meetingId" = f."id")
UNION ALL SELECT 'Participant', f."id" FROM "Participant" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."participantId" = f."id")
UNION ALL SELECT 'StatusReport', f."id" FROM "StatusReport" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."statusReportId" = f."id")
UNION ALL SELECT 'Visit', f."id" FROM "Visit" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."visitId" = f."id")
UNION ALL SELECT 'Statement', f."id" FROM "Statement" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."statementId" = f."id")
UNION ALL SELECT 'Commitment', f."id" FROM "Commitment" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."commitmentId" = f."id")
UNION ALL SELECT 'Milestone', f."id" FROM "Milestone" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."milestoneId" = f."id")
UNION ALL SELECT 'FirstSinceClaim', f."id" FROM "FirstSinceClaim" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."firstSinceClaimId" = f."id")
UNION ALL SELECT 'ConflictClaim', f."id" FROM "ConflictClaim" f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE c."conflictClaimId" = f."id");

-- Looks at what a citation spoke for once the transaction is through: another one may have taken its place, or the fact
-- may be gone as well.
CREATE FUNCTION "checkStillCited"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  uncited record;
  subject text := coalesce(OLD."tenureId", OLD."membershipId", OLD."meetingId", OLD."participantId", OLD."statusReportId", OLD."visitId",
    OLD."statementId", OLD."commitmentId", OLD."milestoneId", OLD."firstSinceClaimId", OLD."conflictClaimId");
BEGIN
  SELECT * INTO uncited FROM past."Uncited" WHERE "id" = subject;
  IF FOUND THEN
    RAISE EXCEPTION '% % would be left without a source: % was its last one', uncited."table", uncited."id", OLD."key"
      USING ERRCODE = 'check_violation', TABLE = uncited."table", CONSTRAINT = 'Citation_leaves_no_fact_uncited';
  END IF;
  RETURN NULL;
END $$;

-- A write that only adds, as an import does, pays nothing for it.
CREATE CONSTRAINT TRIGGER "Citation_leaves_no_fact_uncited"
  AFTER DELETE OR UPDATE OF "tenureId", "membershipId", "meetingId", "participantId", "statusReportId", "visitId", "statementId",
    "commitmentId", "milestoneId", "firstSinceClaimId", "conflictClaimId" ON "Citation"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "checkStillCited"();

-- A draft among these ids that states a fact and of whose citations none is left. Those of a draft are drafts.
CREATE FUNCTION past."draftUncited"(ids text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  uncited text;
BEGIN
  EXECUTE (SELECT string_agg(format('SELECT %1$L || '' '' || d."id" AS said FROM drafts.%1$I d WHERE d."id" = ANY ($1)
      AND NOT EXISTS (SELECT FROM drafts."Citation" c WHERE c.%2$I = d."id")', r."to", r."column"), ' UNION ')
    FROM past."References" r WHERE r."table" = 'Citation' AND r."isPart" AND r."to" NOT IN ('Party', 'Person', 'Office', 'Forum')) || ' ORDER BY 1 LIMIT 1'
  INTO uncited USING ids;
  RETURN uncited;
END $$;

CREATE OR REPLACE FUNCTION "publishDrafts"(ids text[]) RETURNS TABLE ("table" text, "id" text)
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  chosen text[] := past."withParts"(ids);
  uncited text := past."draftUncited"(chosen);
BEGIN
  PERFORM past."checkDrafted"(ids);
  IF uncited IS NOT NULL THEN
    RAISE EXCEPTION '% has no source', uncited USING ERRCODE = 'check_violation', CONSTRAINT = 'Citation_leaves_no_fact_uncited';
  END IF;
  RETURN QUERY SELECT * FROM past."takeDrafts"(chosen, true);
EXCEPTION WHEN foreign_key_violation THEN
  IF past."draftLeftOut"(chosen, true) IS NULL THEN
    RAISE;
  END IF;
  RAISE EXCEPTION '%, which is a draft that is not to be published', past."draftLeftOut"(chosen, true)
    USING ERRCODE = 'foreign_key_violation';
END $$;
