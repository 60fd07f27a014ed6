-- Visits are planned, made, postponed or cancelled according to reports, like meetings. A meeting of which no source tells
-- whether it was deferred or cancelled is called off.
ALTER TYPE "MeetingStatus" ADD VALUE 'CALLED_OFF';

CREATE TYPE "VisitStatus" AS ENUM ('UNKNOWN', 'PLANNED', 'MADE', 'POSTPONED', 'CANCELLED');
CREATE TABLE "VisitReport" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "visitId" TEXT NOT NULL,
    "status" "VisitStatus" NOT NULL,
    "reportedOn" TEXT,
    "reportedOnEarliest" DATE,
    "reportedOnLatest" DATE,

    CONSTRAINT "VisitReport_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "VisitReport_status_known" CHECK ("status" <> 'UNKNOWN'),
    CONSTRAINT "VisitReport_reportedOn_partial_date"
      CHECK ("isPartialDate"("reportedOn", "reportedOnEarliest", "reportedOnLatest"))
);
CREATE UNIQUE INDEX "VisitReport_key_key" ON "VisitReport"("key");
CREATE INDEX "VisitReport_visitId_reportedOnEarliest_id_idx" ON "VisitReport"("visitId", "reportedOnEarliest", "id");
ALTER TABLE "VisitReport" ADD CONSTRAINT "VisitReport_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Citation" ADD COLUMN "visitReportId" TEXT,
  DROP CONSTRAINT "Citation_one_subject",
  ADD CONSTRAINT "Citation_one_subject" CHECK (num_nonnulls(
    "partyId", "personId", "officeId", "tenureId", "forumId", "membershipId", "meetingId", "participantId",
    "statusReportId", "visitId", "visitReportId", "statementId", "commitmentId", "milestoneId", "firstSinceClaimId",
    "conflictClaimId"
  ) = 1),
  ADD CONSTRAINT "Citation_visitReportId_fkey" FOREIGN KEY ("visitReportId") REFERENCES "VisitReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "Citation_visitReportId_key" ON "Citation"("visitReportId");
