-- The last day on which a source attests a period. Reports on different days attest one tenure; none contradicts another.
ALTER TABLE "Tenure"
  ADD COLUMN "attestedUntil" TEXT,
  ADD COLUMN "attestedUntilEarliest" DATE,
  ADD COLUMN "attestedUntilLatest" DATE,
  ADD CONSTRAINT "Tenure_attestedUntil_partial_date"
    CHECK ("isPartialDate"("attestedUntil", "attestedUntilEarliest", "attestedUntilLatest"));
ALTER TABLE "ForumMembership"
  ADD COLUMN "attestedUntil" TEXT,
  ADD COLUMN "attestedUntilEarliest" DATE,
  ADD COLUMN "attestedUntilLatest" DATE,
  ADD CONSTRAINT "ForumMembership_attestedUntil_partial_date"
    CHECK ("isPartialDate"("attestedUntil", "attestedUntilEarliest", "attestedUntilLatest"));
ALTER TABLE "Agreement"
  ADD COLUMN "attestedUntil" TEXT,
  ADD COLUMN "attestedUntilEarliest" DATE,
  ADD COLUMN "attestedUntilLatest" DATE,
  ADD CONSTRAINT "Agreement_attestedUntil_partial_date"
    CHECK ("isPartialDate"("attestedUntil", "attestedUntilEarliest", "attestedUntilLatest"));
ALTER TABLE "ChairTerm"
  ADD COLUMN "attestedUntil" TEXT,
  ADD COLUMN "attestedUntilEarliest" DATE,
  ADD COLUMN "attestedUntilLatest" DATE,
  ADD CONSTRAINT "ChairTerm_attestedUntil_partial_date"
    CHECK ("isPartialDate"("attestedUntil", "attestedUntilEarliest", "attestedUntilLatest"));
