-- Statements of several persons or parties, or of an institution; claims of a first meeting ever or since a day, and about
-- visits; meetings that prepare or follow up others.
ALTER TABLE "Statement" ADD COLUMN "institution" TEXT;
CREATE TABLE "StatementPerson" (
    "statementId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,

    CONSTRAINT "StatementPerson_pkey" PRIMARY KEY ("statementId","personId")
);
CREATE INDEX "StatementPerson_personId_idx" ON "StatementPerson"("personId");
ALTER TABLE "StatementPerson" ADD CONSTRAINT "StatementPerson_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "StatementPerson" ADD CONSTRAINT "StatementPerson_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "StatementParty" (
    "statementId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,

    CONSTRAINT "StatementParty_pkey" PRIMARY KEY ("statementId","partyId")
);
CREATE INDEX "StatementParty_partyId_idx" ON "StatementParty"("partyId");
ALTER TABLE "StatementParty" ADD CONSTRAINT "StatementParty_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "StatementParty" ADD CONSTRAINT "StatementParty_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TYPE "RelationKind" AS ENUM ('PREPARATORY', 'FOLLOW_UP');
CREATE TABLE "MeetingRelation" (
    "meetingId" TEXT NOT NULL,
    "otherId" TEXT NOT NULL,
    "kind" "RelationKind" NOT NULL,

    CONSTRAINT "MeetingRelation_pkey" PRIMARY KEY ("meetingId","otherId"),
    CONSTRAINT "MeetingRelation_not_to_itself" CHECK ("meetingId" <> "otherId")
);
CREATE INDEX "MeetingRelation_otherId_idx" ON "MeetingRelation"("otherId");
ALTER TABLE "MeetingRelation" ADD CONSTRAINT "MeetingRelation_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "MeetingRelation" ADD CONSTRAINT "MeetingRelation_otherId_fkey" FOREIGN KEY ("otherId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "FirstSinceClaim"
  ADD COLUMN "sinceOn" TEXT,
  ADD COLUMN "sinceOnEarliest" DATE,
  ADD COLUMN "sinceOnLatest" DATE,
  DROP CONSTRAINT "FirstSinceClaim_since_one_thing",
  ADD CONSTRAINT "FirstSinceClaim_since_one_thing" CHECK (num_nonnulls("sinceMilestoneId", "sinceMeetingId", "sinceOn") <= 1),
  ADD CONSTRAINT "FirstSinceClaim_sinceOn_partial_date" CHECK ("isPartialDate"("sinceOn", "sinceOnEarliest", "sinceOnLatest"));

CREATE TABLE "VisitClaim" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "visitId" TEXT NOT NULL,
    "level" "EncounterLevel" NOT NULL,
    "since" TEXT,
    "sinceEarliest" DATE,
    "sinceLatest" DATE,
    "words" TEXT,

    CONSTRAINT "VisitClaim_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "VisitClaim_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest"))
);
CREATE UNIQUE INDEX "VisitClaim_key_key" ON "VisitClaim"("key");
CREATE INDEX "VisitClaim_visitId_idx" ON "VisitClaim"("visitId");
ALTER TABLE "VisitClaim" ADD CONSTRAINT "VisitClaim_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Citation" ADD COLUMN "visitClaimId" TEXT,
  DROP CONSTRAINT "Citation_one_subject",
  ADD CONSTRAINT "Citation_one_subject" CHECK (num_nonnulls(
    "partyId", "personId", "officeId", "tenureId", "forumId", "membershipId", "meetingId", "participantId",
    "statusReportId", "visitId", "visitReportId", "visitClaimId", "statementId", "commitmentId", "milestoneId",
    "firstSinceClaimId", "conflictClaimId"
  ) = 1),
  ADD CONSTRAINT "Citation_visitClaimId_fkey" FOREIGN KEY ("visitClaimId") REFERENCES "VisitClaim"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "Citation_visitClaimId_key" ON "Citation"("visitClaimId");
