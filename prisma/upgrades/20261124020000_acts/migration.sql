-- CreateTable
CREATE TABLE "IdempotentAct" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "outcome" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotentAct_pkey" PRIMARY KEY ("actor","key")
);

-- CreateIndex
CREATE INDEX "IdempotentAct_at_idx" ON "IdempotentAct"("at");

-- AlterTable
ALTER TABLE "Participant" ADD COLUMN     "isOfficeDoubtful" BOOLEAN NOT NULL DEFAULT false;

-- Somebody is doubted in an office only if there are both.
ALTER TABLE "Participant" ADD CONSTRAINT "Participant_doubt_is_about_an_office"
  CHECK (NOT "isOfficeDoubtful" OR ("personId" IS NOT NULL AND "officeId" IS NOT NULL));

SELECT "keepHistory"('"Participant"');
