-- CreateEnum
CREATE TYPE "ActivityKind" AS ENUM ('EXERCISE', 'PORT_CALL', 'PATROL', 'TRAINING', 'STAFF_TALKS', 'OTHER');

-- CreateEnum
CREATE TYPE "ActivityStatus" AS ENUM ('UNKNOWN', 'PLANNED', 'UNDER_WAY', 'HELD', 'POSTPONED', 'CANCELLED');

-- AlterTable
ALTER TABLE "Citation" ADD COLUMN     "activityId" TEXT,
ADD COLUMN     "activityReportId" TEXT;

-- CreateTable
CREATE TABLE "Activity" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT,
    "kind" "ActivityKind" NOT NULL,
    "series" TEXT,
    "forumId" TEXT,
    "ordinal" INTEGER,
    "edition" TEXT,
    "from" TEXT,
    "fromEarliest" DATE,
    "fromLatest" DATE,
    "to" TEXT,
    "toEarliest" DATE,
    "toLatest" DATE,
    "placeId" TEXT,
    "units" TEXT,
    "agreementId" TEXT,
    "topics" TEXT[],
    "note" TEXT,
    "status" "ActivityStatus" NOT NULL DEFAULT 'UNKNOWN',

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActivityParty" (
    "activityId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,

    CONSTRAINT "ActivityParty_pkey" PRIMARY KEY ("activityId","partyId")
);

-- CreateTable
CREATE TABLE "ActivityReport" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "activityId" TEXT NOT NULL,
    "status" "ActivityStatus" NOT NULL,
    "reportedOn" TEXT,
    "reportedOnEarliest" DATE,
    "reportedOnLatest" DATE,

    CONSTRAINT "ActivityReport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Activity_key_key" ON "Activity"("key");

-- CreateIndex
CREATE INDEX "Activity_fromEarliest_id_idx" ON "Activity"("fromEarliest", "id");

-- CreateIndex
CREATE INDEX "Activity_forumId_idx" ON "Activity"("forumId");

-- CreateIndex
CREATE INDEX "Activity_placeId_idx" ON "Activity"("placeId");

-- CreateIndex
CREATE INDEX "Activity_agreementId_idx" ON "Activity"("agreementId");

-- CreateIndex
CREATE INDEX "ActivityParty_partyId_idx" ON "ActivityParty"("partyId");

-- CreateIndex
CREATE UNIQUE INDEX "ActivityReport_key_key" ON "ActivityReport"("key");

-- CreateIndex
CREATE INDEX "ActivityReport_activityId_id_idx" ON "ActivityReport"("activityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Citation_activityReportId_key" ON "Citation"("activityReportId");

-- CreateIndex
CREATE INDEX "Citation_activityId_idx" ON "Citation"("activityId");

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_activityReportId_fkey" FOREIGN KEY ("activityReportId") REFERENCES "ActivityReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_forumId_fkey" FOREIGN KEY ("forumId") REFERENCES "Forum"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "Agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityParty" ADD CONSTRAINT "ActivityParty_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityParty" ADD CONSTRAINT "ActivityParty_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityReport" ADD CONSTRAINT "ActivityReport_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules that Prisma cannot express.
ALTER TABLE "Activity"
  ADD CONSTRAINT "Activity_name_present" CHECK (btrim("name") <> ''),
  ADD CONSTRAINT "Activity_series_present" CHECK (btrim("series") <> ''),
  ADD CONSTRAINT "Activity_one_series" CHECK (num_nonnulls("series", "forumId") < 2),
  ADD CONSTRAINT "Activity_ordinal_in_series" CHECK ("ordinal" IS NULL OR num_nonnulls("series", "forumId") = 1),
  ADD CONSTRAINT "Activity_ordinal_positive" CHECK ("ordinal" > 0),
  ADD CONSTRAINT "Activity_from_partial_date" CHECK ("isPartialDate"("from", "fromEarliest", "fromLatest")),
  ADD CONSTRAINT "Activity_to_partial_date" CHECK ("isPartialDate"("to", "toEarliest", "toLatest")),
  ADD CONSTRAINT "Activity_period_order" CHECK ("fromEarliest" <= "toLatest");

ALTER TABLE "ActivityReport"
  ADD CONSTRAINT "ActivityReport_status_known" CHECK ("status" <> 'UNKNOWN'),
  ADD CONSTRAINT "ActivityReport_reportedOn_partial_date"
    CHECK ("isPartialDate"("reportedOn", "reportedOnEarliest", "reportedOnLatest"));
