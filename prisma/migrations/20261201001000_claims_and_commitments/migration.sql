-- Claims of sources that an agreement or an activity was the first since a day, or ever.
CREATE TABLE "AgreementClaim" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "agreementId" TEXT NOT NULL,
    "since" TEXT,
    "sinceEarliest" DATE,
    "sinceLatest" DATE,
    "words" TEXT,
    "scope" TEXT,

    CONSTRAINT "AgreementClaim_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "AgreementClaim_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
    CONSTRAINT "AgreementClaim_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest"))
);
CREATE UNIQUE INDEX "AgreementClaim_key_key" ON "AgreementClaim"("key");
CREATE INDEX "AgreementClaim_agreementId_idx" ON "AgreementClaim"("agreementId");
ALTER TABLE "AgreementClaim" ADD CONSTRAINT "AgreementClaim_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "Agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Citation" ADD COLUMN "agreementClaimId" TEXT;
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_agreementClaimId_fkey" FOREIGN KEY ("agreementClaimId") REFERENCES "AgreementClaim"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "Citation_agreementClaimId_key" ON "Citation"("agreementClaimId");

CREATE TABLE "ActivityClaim" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "activityId" TEXT NOT NULL,
    "since" TEXT,
    "sinceEarliest" DATE,
    "sinceLatest" DATE,
    "words" TEXT,
    "scope" TEXT,

    CONSTRAINT "ActivityClaim_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ActivityClaim_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
    CONSTRAINT "ActivityClaim_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest"))
);
CREATE UNIQUE INDEX "ActivityClaim_key_key" ON "ActivityClaim"("key");
CREATE INDEX "ActivityClaim_activityId_idx" ON "ActivityClaim"("activityId");
ALTER TABLE "ActivityClaim" ADD CONSTRAINT "ActivityClaim_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Citation" ADD COLUMN "activityClaimId" TEXT;
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_activityClaimId_fkey" FOREIGN KEY ("activityClaimId") REFERENCES "ActivityClaim"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "Citation_activityClaimId_key" ON "Citation"("activityClaimId");

-- Commitments made outside any meeting, with the day on which they were made.
ALTER TABLE "Commitment" ALTER COLUMN "meetingId" DROP NOT NULL;
ALTER TABLE "Commitment" ADD COLUMN "on" TEXT, ADD COLUMN "onEarliest" DATE, ADD COLUMN "onLatest" DATE;
ALTER TABLE "Commitment" ADD CONSTRAINT "Commitment_on_partial_date" CHECK ("isPartialDate"("on", "onEarliest", "onLatest"));

-- Several meetings can belong to one numbered sitting; only sessions have their number for themselves.
DROP INDEX "Meeting_forumId_ordinal_key";
CREATE INDEX "Meeting_forumId_ordinal_idx" ON "Meeting"("forumId", "ordinal");
CREATE UNIQUE INDEX "Meeting_session_ordinal_key" ON "Meeting"("forumId", "ordinal") WHERE "kind" = 'SESSION';

-- Titles that other sources give an office.
ALTER TABLE "Office" ADD COLUMN "otherTitles" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Ids of tables that came later have the form of all others.
ALTER TABLE "Agreement" ADD CONSTRAINT "Agreement_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$');
ALTER TABLE "AgreementReport" ADD CONSTRAINT "AgreementReport_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$');
ALTER TABLE "Signatory" ADD CONSTRAINT "Signatory_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$');
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$');
ALTER TABLE "ActivityReport" ADD CONSTRAINT "ActivityReport_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$');
ALTER TABLE "VisitReport" ADD CONSTRAINT "VisitReport_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$');
ALTER TABLE "VisitClaim" ADD CONSTRAINT "VisitClaim_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$');
ALTER TABLE "ChairTerm" ADD CONSTRAINT "ChairTerm_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$');

-- A visit of which a source does not say whether it was deferred or cancelled.
ALTER TYPE "VisitStatus" ADD VALUE 'CALLED_OFF';

-- Conflicts between sources about tenures, agreements, activities and visits.
ALTER TABLE "Conflict"
  ADD COLUMN "tenureId" TEXT REFERENCES "Tenure"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD COLUMN "agreementId" TEXT REFERENCES "Agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD COLUMN "activityId" TEXT REFERENCES "Activity"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD COLUMN "visitId" TEXT REFERENCES "Visit"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  DROP CONSTRAINT "Conflict_one_subject",
  ADD CONSTRAINT "Conflict_one_subject"
    CHECK (num_nonnulls("meetingId", "membershipId", "forumId", "tenureId", "agreementId", "activityId", "visitId") = 1);
CREATE INDEX "Conflict_tenureId_idx" ON "Conflict"("tenureId");
CREATE INDEX "Conflict_agreementId_idx" ON "Conflict"("agreementId");
CREATE INDEX "Conflict_activityId_idx" ON "Conflict"("activityId");
CREATE INDEX "Conflict_visitId_idx" ON "Conflict"("visitId");
