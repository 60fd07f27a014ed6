-- AlterEnum
ALTER TYPE "Scope" ADD VALUE 'PUBLISH' BEFORE 'ADMIN';

-- AlterTable
ALTER TABLE "Submission" ADD COLUMN "access" "TextAccess" NOT NULL DEFAULT 'PRIVATE';

-- AlterTable
ALTER TABLE "Act" ADD COLUMN "proposedBy" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- By hand: what Prisma cannot say.

-- Texts of reports that were published or drafted so far are public.
UPDATE "Submission" SET "access" = 'PUBLIC' WHERE "state" <> 'OPEN';
