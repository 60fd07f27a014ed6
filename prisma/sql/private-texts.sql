-- Access to the texts of documents: what is private stands apart from what everybody reads, in the record and in its history.

-- The longest passage of a private text, in characters.
CREATE OR REPLACE FUNCTION "privatePassageLimit"() RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 300;

-- Writers write "text" and "access"; a private text is moved to a column of its own, which no read of "text" sees. The
-- private text stays as long as no other one is written.
CREATE OR REPLACE FUNCTION "setTextApart"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."access" = 'PRIVATE' THEN
    NEW."privateText" := coalesce(NEW."text", NEW."privateText");
    NEW."text" := NULL;
  ELSE
    NEW."text" := coalesce(NEW."text", NEW."privateText");
    NEW."privateText" := NULL;
  END IF;
  RETURN NEW;
END $$;

-- The text of a document that a reader of this view may see. Editors also see private texts.
CREATE OR REPLACE FUNCTION "visibleText"(id text, words text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN words;

CREATE OR REPLACE FUNCTION editing."visibleText"(id text, words text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN coalesce(words, (SELECT d."privateText" FROM editing."Document" d WHERE d."id" = $1));
END $$;

-- Whether a document is private now. A merged one is as private as its survivor, and a withdrawn one as it was last.
CREATE OR REPLACE FUNCTION past."isTextPrivate"(document text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
  RETURN coalesce(
    (SELECT d."access" FROM "Document" d WHERE d."id" = document),
    (SELECT d."access" FROM "MergedRecord" m JOIN "Document" d ON d."id" = m."survivorId" WHERE m."id" = document),
    (SELECT p."access" FROM past."Document" p WHERE p."id" = document ORDER BY p."recordedVersion" DESC LIMIT 1)
  ) = 'PRIVATE';
END $$;

-- Sets texts of the history apart or back, after the access to documents changed. Former versions, which were public, of a
-- document that is private now keep their texts in "privateText", its long quotes are cut, and changes tell neither.
-- Everything comes back when the text is public again, but for versions that were private at their time.
DO $make$ BEGIN EXECUTE format($create$
CREATE OR REPLACE FUNCTION past."settleTexts"(touched text[]) RETURNS void LANGUAGE plpgsql
SET search_path = %I, "sidelines.settling", "sidelines.keeping" AS $body$
DECLARE
  document text;
  is_private boolean;
  has_moved boolean;
BEGIN
  FOR document IN
    SELECT t.id FROM unnest(touched) AS t(id)
    UNION SELECT m."id" FROM "MergedRecord" m WHERE m."table" = 'Document' AND m."survivorId" = ANY (touched)
  LOOP
    is_private := past."isTextPrivate"(document);
    UPDATE past."Document" p SET
      "text" = CASE WHEN is_private THEN NULL ELSE p."privateText" END,
      "privateText" = CASE WHEN is_private THEN p."text" END
    WHERE p."id" = document AND p."access" <> 'PRIVATE'
      AND CASE WHEN is_private THEN p."text" ELSE p."privateText" END IS NOT NULL;
    has_moved := FOUND;
    UPDATE past."Citation" c SET "quote" = left(c."quote", "privatePassageLimit"())
    WHERE is_private AND c."documentId" = document AND char_length(c."quote") > "privatePassageLimit"();
    has_moved := has_moved OR FOUND;
    UPDATE past."Citation" c SET "quote" = substr(p."text", c."start" + 1, c."end" - c."start")
    FROM past."Document" p
    WHERE NOT is_private AND c."documentId" = document AND char_length(c."quote") < c."end" - c."start" AND p."id" = document
      AND p."recordedFrom" <= c."recordedFrom" AND c."recordedFrom" < p."recordedUntil" AND p."text" IS NOT NULL;
    CONTINUE WHEN NOT (has_moved OR FOUND);
    PERFORM search."forgetPrivate"(ARRAY[document]);
    UPDATE "Change" c SET "before" = k."before", "after" = k."after"
    FROM (
      SELECT n."number",
        past."withCell"(n."before", 'text', b."text") AS "before", past."withCell"(n."after", 'text', a."text") AS "after"
      FROM "Change" n
      LEFT JOIN past."Document" b ON b."id" = n."recordId"
        AND b."recordedVersion" = n."version" - CASE n."kind" WHEN 'CHANGED' THEN 1 ELSE 0 END
      LEFT JOIN past."Document" a ON a."id" = n."recordId" AND a."recordedVersion" = n."version"
      WHERE n."table" = 'Document' AND n."recordId" = document
      UNION ALL
      SELECT n."number",
        past."withCell"(n."before", 'quote', b."quote"), past."withCell"(n."after", 'quote', a."quote")
      FROM "Change" n
      LEFT JOIN past."Citation" b ON b."id" = n."recordId"
        AND b."recordedVersion" = n."version" - CASE n."kind" WHEN 'CHANGED' THEN 1 ELSE 0 END
      LEFT JOIN past."Citation" a ON a."id" = n."recordId" AND a."recordedVersion" = n."version"
      WHERE n."table" = 'Citation' AND n."recordId" IN (SELECT o."id" FROM past."Citation" o WHERE o."documentId" = document)
    ) AS k
    WHERE c."number" = k."number" AND ROW(c."before", c."after") IS DISTINCT FROM ROW(k."before", k."after");
  END LOOP;
END $body$$create$, current_schema()); END $make$;

-- The cells of a change, one of them with another value.
CREATE OR REPLACE FUNCTION past."withCell"(told jsonb, cell text, value text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN told ? cell THEN jsonb_set(told, ARRAY[cell], coalesce(to_jsonb(value), 'null')) ELSE told END;
