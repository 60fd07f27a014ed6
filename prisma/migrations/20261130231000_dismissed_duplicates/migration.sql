-- Pairs of records that an editor, or an acknowledged import, said to be different.
CREATE TABLE "DismissedDuplicate" (
  "oneId" text NOT NULL,
  "otherId" text NOT NULL,
  "table" text NOT NULL,
  "actNumber" bigint NOT NULL DEFAULT "currentAct"(),
  CONSTRAINT "DismissedDuplicate_pkey" PRIMARY KEY ("oneId", "otherId"),
  -- A pair is in one order, so that it is there once.
  CONSTRAINT "DismissedDuplicate_in_order" CHECK ("oneId" < "otherId" COLLATE "C")
);
CREATE INDEX "DismissedDuplicate_otherId_idx" ON "DismissedDuplicate" ("otherId");

-- Documents with the same text.
CREATE INDEX "Document_sha256_idx" ON "Document" ("sha256");
