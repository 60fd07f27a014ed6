-- AlterTable
ALTER TABLE "Submission" ADD COLUMN "modelFault" TEXT;
