-- CreateEnum
CREATE TYPE "Scope" AS ENUM ('READ', 'EDIT', 'ADMIN');

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scope" "Scope" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_prefix_key" ON "ApiKey"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

-- By hand: what Prisma cannot say.

ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_prefix_check" CHECK ("prefix" ~ '^[a-z2-7]{8}$');
-- A hash and nothing else: a key itself cannot get in here by mistake.
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_name_check" CHECK (btrim("name") <> '');
