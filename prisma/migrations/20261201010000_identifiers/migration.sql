-- Identifiers in other schemes: `WIKIDATA:Q668`. Most records have none, so the indexes leave them out.
ALTER TYPE "IdentifierScheme" ADD VALUE 'ISNI';
ALTER TYPE "IdentifierScheme" ADD VALUE 'OPENSANCTIONS';
ALTER TYPE "IdentifierScheme" ADD VALUE 'VIAF';

ALTER TABLE "Activity" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Activity_by_identifier" ON "Activity" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Agreement" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Agreement_by_identifier" ON "Agreement" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Document" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Document_by_identifier" ON "Document" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Forum" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Forum_by_identifier" ON "Forum" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Meeting" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Meeting_by_identifier" ON "Meeting" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Milestone" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Milestone_by_identifier" ON "Milestone" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Office" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Office_by_identifier" ON "Office" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Person" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Person_by_identifier" ON "Person" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Place" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Place_by_identifier" ON "Place" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

ALTER TABLE "Visit" ADD COLUMN "identifiers" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Visit_by_identifier" ON "Visit" USING gin ("identifiers") WITH (fastupdate = off) WHERE "identifiers" <> '{}';

-- Documents are looked up by their DOI, in which case does not matter.
CREATE INDEX "Document_by_doi" ON "Document"(lower("doi")) WHERE "doi" IS NOT NULL;
