-- CreateEnum
CREATE TYPE "SubmissionState" AS ENUM ('OPEN', 'DRAFTED', 'PUBLISHED');

-- CreateEnum
CREATE TYPE "ProposalKind" AS ENUM ('MEETING', 'DATE', 'PLACE', 'STATUS', 'FORMAT', 'SERIES', 'SIDELINES_OF', 'SEAT', 'EXPECTED_SEAT', 'STATEMENT', 'COMMITMENT', 'AGREEMENT', 'SIGNATORY', 'ACTIVITY', 'VISIT', 'CLAIM', 'OFFICE', 'MEMBERSHIP', 'CHAIR', 'TOPIC', 'ATTRIBUTION');

-- CreateEnum
CREATE TYPE "ProposalTier" AS ENUM ('SURE', 'LIKELY');

-- CreateEnum
CREATE TYPE "ProposalDecision" AS ENUM ('PENDING', 'ACCEPTED', 'REJECTED');

-- CreateTable
CREATE TABLE "DeskSession" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "keyId" TEXT,
    "actor" TEXT NOT NULL,
    "actorName" TEXT,
    "scope" "Scope" NOT NULL,
    "agent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeskSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" TEXT NOT NULL,
    "kind" "DocumentKind" NOT NULL,
    "title" TEXT NOT NULL,
    "publisher" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "publishedOn" TEXT,
    "dateline" TEXT,
    "url" TEXT,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "notUnderstood" JSONB NOT NULL,
    "state" "SubmissionState" NOT NULL DEFAULT 'OPEN',
    "recordIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "submittedBy" TEXT NOT NULL,
    "submittedByName" TEXT,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "submissionId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "ProposalKind" NOT NULL,
    "key" TEXT,
    "about" TEXT,
    "values" JSONB NOT NULL,
    "proposed" JSONB,
    "quote" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "tier" "ProposalTier",
    "rule" TEXT NOT NULL,
    "decision" "ProposalDecision" NOT NULL DEFAULT 'PENDING',
    "decidedBy" TEXT,
    "decidedByName" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("submissionId","number")
);

-- CreateTable
CREATE TABLE "MistakeReport" (
    "id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "contact" TEXT,
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedBy" TEXT,
    "closedByName" TEXT,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MistakeReport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DeskSession_hash_key" ON "DeskSession"("hash");

-- CreateIndex
CREATE INDEX "DeskSession_actor_createdAt_idx" ON "DeskSession"("actor", "createdAt");

-- CreateIndex
CREATE INDEX "DeskSession_keyId_idx" ON "DeskSession"("keyId");

-- CreateIndex
CREATE INDEX "Submission_state_submittedAt_id_idx" ON "Submission"("state", "submittedAt", "id");

-- CreateIndex
CREATE INDEX "Submission_submittedAt_id_idx" ON "Submission"("submittedAt", "id");

-- CreateIndex
CREATE INDEX "Submission_sha256_idx" ON "Submission"("sha256");

-- CreateIndex
CREATE INDEX "MistakeReport_sentAt_id_idx" ON "MistakeReport"("sentAt", "id");

-- AddForeignKey
ALTER TABLE "DeskSession" ADD CONSTRAINT "DeskSession_keyId_fkey" FOREIGN KEY ("keyId") REFERENCES "ApiKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma cannot say.

ALTER TABLE "DeskSession" ADD CONSTRAINT "DeskSession_id_check" CHECK ("id" ~ '^ses_[a-z2-7]{16}$');
-- A hash and nothing else: the secret of a session cannot get in here by mistake.
ALTER TABLE "DeskSession" ADD CONSTRAINT "DeskSession_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_id_check" CHECK ("id" ~ '^sub_[a-z2-7]{16}$');
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_notUnderstood_check" CHECK (jsonb_typeof("notUnderstood") = 'array');
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_number_check" CHECK ("number" > 0 AND "start" >= 0);
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_values_check"
  CHECK (jsonb_typeof("values") = 'object' AND jsonb_typeof("proposed") = 'object');
-- A pending proposal names no editor, and a decided one does.
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_decision_check"
  CHECK (("decision" = 'PENDING') = ("decidedBy" IS NULL) AND ("decidedBy" IS NULL) = ("decidedAt" IS NULL));
ALTER TABLE "MistakeReport" ADD CONSTRAINT "MistakeReport_id_check" CHECK ("id" ~ '^mis_[a-z2-7]{16}$');
ALTER TABLE "MistakeReport" ADD CONSTRAINT "MistakeReport_text_check"
  CHECK (btrim("text") <> '' AND char_length("text") <= 4000 AND char_length("path") <= 300 AND char_length("contact") <= 200);
ALTER TABLE "MistakeReport" ADD CONSTRAINT "MistakeReport_closed_check"
  CHECK (("closedBy" IS NULL) = ("closedAt" IS NULL));
