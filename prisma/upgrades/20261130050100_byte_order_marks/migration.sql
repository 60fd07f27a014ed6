-- Takes byte order marks off the texts of documents. A mark says how a file is encoded and is no part of its text, so that
-- passages are counted without it. Both are changed in one statement, because a passage has to stand in its document.
WITH marked AS (
  UPDATE "Document" d SET "text" = substr(d."text", 2), "sha256" = encode(sha256(convert_to(substr(d."text", 2), 'UTF8')), 'hex')
  WHERE starts_with(d."text", U&'\FEFF') AND length(d."text") > 1
    AND NOT EXISTS (SELECT FROM "Citation" c WHERE c."documentId" = d."id" AND c."quote" = U&'\FEFF')
  RETURNING d."id"
)
UPDATE "Citation" c SET
  "quote" = CASE WHEN c."start" = 0 THEN substr(c."quote", 2) ELSE c."quote" END,
  "start" = greatest(c."start" - 1, 0),
  "end" = c."end" - 1,
  "key" = regexp_replace(c."key", '#\d+-\d+(!?)$', format('#%s-%s\1', greatest(c."start" - 1, 0), c."end" - 1))
FROM marked WHERE c."documentId" = marked."id" AND c."start" IS NOT NULL;
