-- CreateEnum
CREATE TYPE "AgreementKind" AS ENUM ('ALLIANCE', 'TREATY', 'STATUS_OF_FORCES', 'BASING', 'LOGISTICS', 'INFORMATION_SHARING', 'COOPERATION_AGREEMENT', 'FRAMEWORK', 'PARTNERSHIP', 'MEMORANDUM', 'ARRANGEMENT', 'LETTER_OF_INTENT', 'JOINT_DECLARATION', 'ROADMAP', 'OTHER');

-- CreateEnum
CREATE TYPE "AgreementStatus" AS ENUM ('UNKNOWN', 'ANNOUNCED', 'SIGNED', 'IN_FORCE', 'RENEWED', 'SUSPENDED', 'SUPERSEDED', 'EXPIRED', 'TERMINATED', 'ENDED');

-- CreateEnum
CREATE TYPE "SignatoryRole" AS ENUM ('SIGNED', 'WITNESSED');

-- AlterTable
ALTER TABLE "Citation" ADD COLUMN     "agreementId" TEXT,
ADD COLUMN     "agreementReportId" TEXT,
ADD COLUMN     "signatoryId" TEXT;

-- CreateTable
CREATE TABLE "Agreement" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT,
    "kind" "AgreementKind" NOT NULL,
    "signedOn" TEXT,
    "signedOnEarliest" DATE,
    "signedOnLatest" DATE,
    "meetingId" TEXT,
    "parentId" TEXT,
    "since" TEXT,
    "sinceEarliest" DATE,
    "sinceLatest" DATE,
    "until" TEXT,
    "untilEarliest" DATE,
    "untilLatest" DATE,
    "hasEnded" BOOLEAN,
    "attestedOn" TEXT,
    "attestedOnEarliest" DATE,
    "attestedOnLatest" DATE,
    "topics" TEXT[],
    "note" TEXT,
    "status" "AgreementStatus" NOT NULL DEFAULT 'UNKNOWN',

    CONSTRAINT "Agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AgreementParty" (
    "agreementId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,

    CONSTRAINT "AgreementParty_pkey" PRIMARY KEY ("agreementId","partyId")
);

-- CreateTable
CREATE TABLE "Signatory" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "agreementId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,
    "personId" TEXT,
    "officeId" TEXT,
    "role" "SignatoryRole" NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Signatory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AgreementReport" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "agreementId" TEXT NOT NULL,
    "status" "AgreementStatus" NOT NULL,
    "on" TEXT,
    "onEarliest" DATE,
    "onLatest" DATE,
    "reportedOn" TEXT,
    "reportedOnEarliest" DATE,
    "reportedOnLatest" DATE,

    CONSTRAINT "AgreementReport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Agreement_key_key" ON "Agreement"("key");

-- CreateIndex
CREATE INDEX "Agreement_signedOnEarliest_id_idx" ON "Agreement"("signedOnEarliest", "id");

-- CreateIndex
CREATE INDEX "Agreement_meetingId_idx" ON "Agreement"("meetingId");

-- CreateIndex
CREATE INDEX "Agreement_parentId_idx" ON "Agreement"("parentId");

-- CreateIndex
CREATE INDEX "AgreementParty_partyId_idx" ON "AgreementParty"("partyId");

-- CreateIndex
CREATE UNIQUE INDEX "Signatory_key_key" ON "Signatory"("key");

-- CreateIndex
CREATE INDEX "Signatory_agreementId_position_id_idx" ON "Signatory"("agreementId", "position", "id");

-- CreateIndex
CREATE INDEX "Signatory_partyId_idx" ON "Signatory"("partyId");

-- CreateIndex
CREATE INDEX "Signatory_personId_agreementId_idx" ON "Signatory"("personId", "agreementId");

-- CreateIndex
CREATE INDEX "Signatory_officeId_idx" ON "Signatory"("officeId");

-- CreateIndex
CREATE UNIQUE INDEX "AgreementReport_key_key" ON "AgreementReport"("key");

-- CreateIndex
CREATE INDEX "AgreementReport_agreementId_id_idx" ON "AgreementReport"("agreementId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Citation_agreementReportId_key" ON "Citation"("agreementReportId");

-- CreateIndex
CREATE INDEX "Citation_agreementId_idx" ON "Citation"("agreementId");

-- CreateIndex
CREATE INDEX "Citation_signatoryId_idx" ON "Citation"("signatoryId");

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "Agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_signatoryId_fkey" FOREIGN KEY ("signatoryId") REFERENCES "Signatory"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_agreementReportId_fkey" FOREIGN KEY ("agreementReportId") REFERENCES "AgreementReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agreement" ADD CONSTRAINT "Agreement_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agreement" ADD CONSTRAINT "Agreement_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgreementParty" ADD CONSTRAINT "AgreementParty_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "Agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgreementParty" ADD CONSTRAINT "AgreementParty_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signatory" ADD CONSTRAINT "Signatory_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "Agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signatory" ADD CONSTRAINT "Signatory_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signatory" ADD CONSTRAINT "Signatory_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signatory" ADD CONSTRAINT "Signatory_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgreementReport" ADD CONSTRAINT "AgreementReport_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "Agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules that Prisma cannot express.
ALTER TABLE "Agreement"
  ADD CONSTRAINT "Agreement_name_present" CHECK (btrim("name") <> ''),
  ADD CONSTRAINT "Agreement_not_its_own_parent" CHECK ("parentId" <> "id"),
  ADD CONSTRAINT "Agreement_signedOn_partial_date" CHECK ("isPartialDate"("signedOn", "signedOnEarliest", "signedOnLatest")),
  ADD CONSTRAINT "Agreement_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest")),
  ADD CONSTRAINT "Agreement_until_partial_date" CHECK ("isPartialDate"("until", "untilEarliest", "untilLatest")),
  ADD CONSTRAINT "Agreement_attestedOn_partial_date"
    CHECK ("isPartialDate"("attestedOn", "attestedOnEarliest", "attestedOnLatest")),
  ADD CONSTRAINT "Agreement_period_order" CHECK ("sinceEarliest" <= "untilLatest"),
  ADD CONSTRAINT "Agreement_until_means_ended" CHECK ("until" IS NULL OR "hasEnded" IS TRUE);

ALTER TABLE "Signatory" ADD CONSTRAINT "Signatory_position_counts" CHECK ("position" >= 0);

ALTER TABLE "AgreementReport"
  ADD CONSTRAINT "AgreementReport_status_known" CHECK ("status" <> 'UNKNOWN'),
  ADD CONSTRAINT "AgreementReport_on_partial_date" CHECK ("isPartialDate"("on", "onEarliest", "onLatest")),
  ADD CONSTRAINT "AgreementReport_reportedOn_partial_date"
    CHECK ("isPartialDate"("reportedOn", "reportedOnEarliest", "reportedOnLatest"));
