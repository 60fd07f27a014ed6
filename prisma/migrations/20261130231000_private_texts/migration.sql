-- Data sets, and an access level for the text of a document. A private text is held in a column of its own, so that reads
-- of "text" never see it.

ALTER TYPE "DocumentKind" ADD VALUE 'DATASET';

-- CreateEnum
CREATE TYPE "TextAccess" AS ENUM ('PUBLIC', 'EXCERPT', 'PRIVATE');

-- AlterTable
ALTER TABLE "Document" ADD COLUMN     "access" "TextAccess" NOT NULL DEFAULT 'PUBLIC',
ADD COLUMN     "doi" TEXT,
ADD COLUMN     "edition" TEXT,
ADD COLUMN     "licence" TEXT,
ADD COLUMN     "privateText" TEXT;

-- Rules that Prisma cannot express. A private text may be held elsewhere; its digest stands for it.
ALTER TABLE "Document"
  DROP CONSTRAINT "Document_text_and_hash",
  DROP CONSTRAINT "Document_hash_of_text",
  ADD CONSTRAINT "Document_private_text_apart" CHECK (CASE WHEN "access" = 'PRIVATE' THEN "text" ELSE "privateText" END IS NULL),
  ADD CONSTRAINT "Document_private_text_present" CHECK ("privateText" <> ''),
  ADD CONSTRAINT "Document_text_and_hash"
    CHECK (CASE WHEN coalesce("text", "privateText") IS NULL THEN "sha256" IS NULL OR "access" = 'PRIVATE' ELSE "sha256" IS NOT NULL END),
  ADD CONSTRAINT "Document_hash_of_text"
    CHECK ("sha256" = encode(sha256(convert_to(coalesce("text", "privateText"), 'UTF8')), 'hex')),
  ADD CONSTRAINT "Document_hash_form" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "Document_edition_present" CHECK (btrim("edition") <> ''),
  ADD CONSTRAINT "Document_licence_present" CHECK (btrim("licence") <> ''),
  ADD CONSTRAINT "Document_doi_form" CHECK ("doi" ~ '^10\.[0-9]{4,9}/[^[:space:]]+$');

-- It became past."columnsSeen".
DROP FUNCTION IF EXISTS past."editingColumns"(name, text);
