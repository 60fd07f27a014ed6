-- AlterTable
ALTER TABLE "DeskSession" ADD COLUMN "provider" TEXT,
ADD COLUMN "subject" TEXT,
ADD COLUMN "roles" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "DeskSignIn" (
    "hash" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "returnTo" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeskSignIn_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "DeskSignIn_expiresAt_idx" ON "DeskSignIn"("expiresAt");
