-- AlterTable
ALTER TABLE "FirstSinceClaim" ADD COLUMN     "isPreviousMeeting" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "ConflictClaim" ADD COLUMN     "isFollowed" BOOLEAN;

-- By hand: what Prisma cannot say.

-- Only a meeting can be the one at which some last met.
ALTER TABLE "FirstSinceClaim" ADD CONSTRAINT "FirstSinceClaim_previous_is_a_meeting"
  CHECK (NOT "isPreviousMeeting" OR "sinceMeetingId" IS NOT NULL);

-- Where reports of one meeting exclude each other, and where a source disputes what the record holds, is looked for in
-- all of the record; there are few of them.
CREATE INDEX "StatusReport_of_failure" ON "StatusReport" ("meetingId", "id") WHERE "status" IN ('DECLINED', 'CANCELLED');
CREATE INDEX "Citation_that_disputes" ON "Citation" ("id") WHERE "stance" = 'DISPUTES';

SELECT "keepHistory"('"FirstSinceClaim"', is_last => false), "keepHistory"('"StatusReport"', is_last => false),
  "keepHistory"('"Citation"', is_last => false);
SELECT "keepHistory"('"ConflictClaim"');
