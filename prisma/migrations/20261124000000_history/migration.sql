-- CreateEnum
CREATE TYPE "ChangeKind" AS ENUM ('CREATED', 'CHANGED', 'WITHDRAWN', 'MERGED');

-- CreateTable
CREATE TABLE "Act" (
    "number" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "actorName" TEXT,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Act_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "Change" (
    "number" BIGSERIAL NOT NULL,
    "actNumber" BIGINT NOT NULL,
    "table" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "kind" "ChangeKind" NOT NULL,
    "version" INTEGER NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "MergedRecord" (
    "id" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "survivorId" TEXT NOT NULL,
    "survivorKey" TEXT NOT NULL,
    "actNumber" BIGINT NOT NULL,

    CONSTRAINT "MergedRecord_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Act_id_key" ON "Act"("id");

-- CreateIndex
CREATE UNIQUE INDEX "Act_at_key" ON "Act"("at");

-- CreateIndex
CREATE INDEX "Change_actNumber_number_idx" ON "Change"("actNumber", "number");

-- CreateIndex
CREATE INDEX "Change_kind_number_idx" ON "Change"("kind", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Change_table_recordId_actNumber_key" ON "Change"("table", "recordId", "actNumber");

-- CreateIndex
CREATE INDEX "MergedRecord_table_key_idx" ON "MergedRecord"("table", "key");

-- CreateIndex
CREATE INDEX "MergedRecord_survivorId_idx" ON "MergedRecord"("survivorId");

-- What follows is written by hand. It keeps the history of every table of the record, and lets the statements that read
-- the record read it from another standpoint: the same names stand for other rows when another schema comes first in
-- the search path.
--
--   past      every version of every row that was ever committed, the one that stands included
--   known     views of past: the record as it stood at the moment in the setting sidelines.known_at
--   drafts    rows that are not published; they are here and nowhere else
--   editing   views of the record together with the drafts; what is written through them is a draft
--
-- All of it is made from the catalogue by "keepHistory" (below), never written out table by table.

CREATE SCHEMA past;
CREATE SCHEMA known;
CREATE SCHEMA drafts;
CREATE SCHEMA editing;

-- ------------------------------------------------------------------------------------------------------------- acts

-- The act of this transaction, made when first asked for: who acts, what it is called and why is read from the
-- transaction's settings sidelines.act, .actor, .actor_name and .reason. Acts take turns, so that their numbers, their
-- moments and the order in which they are committed agree: what stood at a moment does not change afterwards. Moments
-- are whole milliseconds, the finest that clients can speak of.
CREATE FUNCTION "currentAct"() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  act bigint := nullif(current_setting('sidelines.act_number', true), '');
BEGIN
  IF act IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('sidelines.write'));
    INSERT INTO "Act" ("id", "kind", "actor", "actorName", "reason", "at") VALUES (
      'act_' || translate(right(replace(gen_random_uuid()::text, '-', ''), 16), '0189', 'wxyz'),
      coalesce(nullif(current_setting('sidelines.act', true), ''), 'unattributed'),
      coalesce(nullif(current_setting('sidelines.actor', true), ''), 'unattributed'),
      nullif(current_setting('sidelines.actor_name', true), ''),
      nullif(current_setting('sidelines.reason', true), ''),
      greatest(date_trunc('milliseconds', clock_timestamp()),
        (SELECT "at" FROM "Act" ORDER BY "number" DESC LIMIT 1) + interval '1 millisecond')
    ) RETURNING "number" INTO act;
    PERFORM set_config('sidelines.act_number', act::text, true);
  END IF;
  RETURN act;
END $$;

-- Before any row is locked: who waited with a row in hand could block the one he waits for.
CREATE FUNCTION past."takeTurns"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('sidelines.write'));
  RETURN NULL;
END $$;

-- What was kept is not rewritten. The functions that keep it carry the setting; a change can be put together in several
-- steps only while its act is under way.
CREATE FUNCTION past."refuseRewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('sidelines.keeping', true) IS DISTINCT FROM 'on' OR TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'the history of the record is kept as it was written: %.% refuses %', TG_TABLE_SCHEMA,
      TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION past."refuseRewritingOfOthers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."actNumber"::text IS DISTINCT FROM current_setting('sidelines.act_number', true) THEN
    RAISE EXCEPTION 'the changes of a former act are kept as they were written' USING ERRCODE = 'restrict_violation',
      TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER "refuses_rewriting" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Act"
  FOR EACH STATEMENT EXECUTE FUNCTION past."refuseRewriting"();
CREATE TRIGGER "refuses_rewriting" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Change"
  FOR EACH STATEMENT EXECUTE FUNCTION past."refuseRewriting"();
CREATE TRIGGER "refuses_rewriting_of_others" BEFORE UPDATE OR DELETE ON "Change"
  FOR EACH ROW EXECUTE FUNCTION past."refuseRewritingOfOthers"();

-- ------------------------------------------------------------------------------------------------- what is kept, how

-- The tables whose history is kept. Rows of a detail have no life of their own: they belong to the record in
-- "ownerColumn", and a change of them is a change of that record, under "section".
CREATE TABLE past."Kept" (
  "number" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "table" text NOT NULL UNIQUE,
  "owner" text REFERENCES past."Kept" ("table"),
  "ownerColumn" text NOT NULL,
  "section" text,
  -- Whether what becomes of its rows is told in "Change".
  "isTold" boolean NOT NULL,
  -- Columns that make a row a part of the record they refer to, beside those that cascade: it is published along.
  "partOf" text[] NOT NULL,
  -- Columns that follow from other tables, as seen from editing: by column, what a published row r shows and a drafted.
  "follows" jsonb NOT NULL,
  CHECK (("owner" IS NULL) = ("section" IS NULL))
);

-- The entries of one object that the other does not have, or has otherwise.
CREATE FUNCTION past."apart"(one jsonb, other jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(one) AS e
  WHERE other -> e.key IS DISTINCT FROM e.value);

-- A row of the past without what is said about it there.
CREATE FUNCTION past."content"(kept jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN kept - '{recordedVersion,recordedFrom,recordedUntil,recordedBy}'::text[];

-- The columns of a table in their order, each written by a pattern: %1$I is its name.
CREATE FUNCTION past."columns"(kept regclass, pattern text DEFAULT '%1$I', separator text DEFAULT ', ') RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT string_agg(format(pattern, a.attname), separator ORDER BY a.attnum) FROM pg_attribute a
  WHERE a.attrelid = kept AND a.attnum > 0 AND NOT a.attisdropped);

-- The columns of a table's primary key, each written by a pattern.
CREATE FUNCTION past."keyColumns"(kept regclass, pattern text DEFAULT '%1$I', separator text DEFAULT ', ') RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT string_agg(format(pattern, a.attname), separator ORDER BY a.attnum)
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = kept AND i.indisprimary);

-- A text with {names} put in.
CREATE FUNCTION past."filled"(template text, names jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  name text;
  value text;
BEGIN
  FOR name, value IN SELECT * FROM jsonb_each_text(names) LOOP
    template := replace(template, '{' || name || '}', value);
  END LOOP;
  RETURN template;
END $$;

-- Gives a copy of a table, in past or drafts, the columns and indexes that the table has and the copy has not.
CREATE FUNCTION past."catchUp"(kept regclass, copy regclass, is_unique boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  statement text;
BEGIN
  FOR statement IN
    SELECT format('ALTER TABLE %s ADD COLUMN %I %s %s', copy, a.attname, format_type(a.atttypid, a.atttypmod),
      'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid))
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = kept AND a.attnum > 0 AND NOT a.attisdropped AND NOT EXISTS (
      SELECT FROM pg_attribute c WHERE c.attrelid = copy AND c.attname = a.attname AND NOT c.attisdropped)
    ORDER BY a.attnum
  LOOP
    EXECUTE statement;
  END LOOP;
  FOR statement IN
    SELECT regexp_replace(
      replace(pg_get_indexdef(i.indexrelid), format(' ON %I.%I ', n.nspname, t.relname), format(' ON %s ', copy)),
      '^CREATE (UNIQUE )?INDEX', CASE WHEN is_unique THEN 'CREATE \1INDEX' ELSE 'CREATE INDEX' END || ' IF NOT EXISTS')
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE i.indrelid = kept
  LOOP
    EXECUTE statement;
  END LOOP;
END $$;

-- ---------------------------------------------------------------------------------------------------- keeping it

-- Makes the function that keeps the history of a record and its details, past."keep<Table>"(ids): it compares what the
-- tables hold under these ids with what stood before the act began, and writes down the difference. However often it is
-- called within an act, and whatever was taken back meanwhile, what is kept is the difference that the act made.
CREATE FUNCTION past."makeKeeper"(kept name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
DECLARE
  told past."Kept";
  names jsonb;
  detail record;
  part jsonb;
  differs text := '';
  taken_back text := '';
  written text := '';
  known_details text := '';
  image_before text := '';
  image_after text := '';
BEGIN
  SELECT * INTO STRICT told FROM past."Kept" WHERE "table" = kept;
  FOR detail IN SELECT k.* FROM past."Kept" k WHERE k."owner" = kept ORDER BY k."number" LOOP
    part := jsonb_build_object(
      'detail', quote_ident(detail."table"),
      'owner', quote_ident(detail."ownerColumn"),
      'section', quote_literal(detail."section" || '/'),
      'identity', (SELECT quote_ident(a.attname) FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = quote_ident(detail."table")::regclass AND i.indisprimary AND a.attname <> detail."ownerColumn"),
      'ownerText', quote_literal(detail."ownerColumn"),
      'columns', past."columns"(quote_ident(detail."table")::regclass),
      'now', past."columns"(quote_ident(detail."table")::regclass, 'now.%1$I'),
      'stood', past."columns"(quote_ident(detail."table")::regclass, 'stood.%1$I'),
      'same', past."keyColumns"(quote_ident(detail."table")::regclass, 'stood.%1$I = now.%1$I', ' AND '));
    differs := differs || past."filled"($$
      OR EXISTS (SELECT {columns} FROM {detail} WHERE {owner} = t.id
        EXCEPT SELECT {columns} FROM past.{detail} WHERE {owner} = t.id AND "recordedUntil" = 'infinity')
      OR EXISTS (SELECT {columns} FROM past.{detail} WHERE {owner} = t.id AND "recordedUntil" = 'infinity'
        EXCEPT SELECT {columns} FROM {detail} WHERE {owner} = t.id)$$, part);
    taken_back := taken_back || past."filled"($$
    DELETE FROM past.{detail} WHERE {owner} = ANY (again) AND "recordedFrom" = moment;
    UPDATE past.{detail} SET "recordedUntil" = 'infinity' WHERE {owner} = ANY (again) AND "recordedUntil" = moment;$$, part);
    written := written || past."filled"($$
  UPDATE past.{detail} stood SET "recordedUntil" = moment FROM unnest(moved) AS m(id)
  WHERE stood.{owner} = m.id AND stood."recordedUntil" = 'infinity' AND NOT EXISTS (
    SELECT FROM {detail} now WHERE {same} AND ROW({now}) IS NOT DISTINCT FROM ROW({stood}));
  INSERT INTO past.{detail} ({columns}, "recordedVersion", "recordedFrom", "recordedUntil", "recordedBy")
  SELECT {now}, o."recordedVersion", moment, 'infinity', act
  FROM unnest(moved) AS m(id)
  JOIN {detail} now ON now.{owner} = m.id
  JOIN past.{table} o ON o."id" = m.id AND o."recordedUntil" = 'infinity'
  WHERE NOT EXISTS (SELECT FROM past.{detail} stood WHERE {same} AND stood."recordedUntil" = 'infinity');$$, part);
    known_details := known_details || past."filled"($$
  INSERT INTO past.{detail} ({columns}, "recordedVersion", "recordedFrom", "recordedUntil", "recordedBy")
  SELECT {now}, 1, '-infinity', 'infinity', NULL FROM {detail} now WHERE now.{owner} = ANY (ids);$$, part);
    image_before := image_before || past."filled"($$
      || coalesce((SELECT jsonb_object_agg({section} || d.{identity}, past."content"(to_jsonb(d)) - {ownerText})
        FROM past.{detail} d WHERE d.{owner} = m.id AND d."recordedFrom" < moment AND d."recordedUntil" >= moment), '{}')$$, part);
    image_after := image_after || past."filled"($$
      || coalesce((SELECT jsonb_object_agg({section} || d.{identity}, past."content"(to_jsonb(d)) - {ownerText})
        FROM past.{detail} d WHERE d.{owner} = m.id AND d."recordedUntil" = 'infinity'), '{}')$$, part);
  END LOOP;
  names := jsonb_build_object(
    'record', quote_ident(current_schema()),
    'keeper', quote_ident('keep' || kept),
    'takeOver', quote_ident('takeOver' || kept),
    'columns', past."columns"(quote_ident(kept)::regclass),
    'now', past."columns"(quote_ident(kept)::regclass, 'now.%1$I'),
    'stood', past."columns"(quote_ident(kept)::regclass, 'stood.%1$I'),
    'nameText', quote_literal(kept));

  EXECUTE past."filled"(past."filled"($template$
CREATE OR REPLACE FUNCTION past.{keeper}(touched text[]) RETURNS void LANGUAGE plpgsql
SET search_path = {record} SET sidelines.keeping = 'on' AS $body$
DECLARE
  act bigint := nullif(current_setting('sidelines.act_number', true), '');
  moment timestamptz(3) := (SELECT a."at" FROM "Act" a WHERE a."number" = act);
  again text[] := '{}';
  moved text[];
BEGIN
  IF act IS NOT NULL THEN
    again := {again};
  END IF;
  IF again <> '{}' THEN
    DELETE FROM past.{table} WHERE "id" = ANY (again) AND "recordedFrom" = moment;
    UPDATE past.{table} SET "recordedUntil" = 'infinity' WHERE "id" = ANY (again) AND "recordedUntil" = moment;{takenBack}
  END IF;
  moved := ARRAY(
    SELECT t.id FROM (SELECT u.id, min(u.place) AS place FROM unnest(touched) WITH ORDINALITY AS u(id, place) GROUP BY u.id) AS t
    LEFT JOIN {table} now ON now."id" = t.id
    LEFT JOIN past.{table} stood ON stood."id" = t.id AND stood."recordedUntil" = 'infinity'
    WHERE ROW({now}) IS DISTINCT FROM ROW({stood}){differs}
    ORDER BY t.place);
  IF again <> '{}' THEN
    DELETE FROM "Change" WHERE "actNumber" = act AND "table" = {nameText} AND "recordId" = ANY (again) AND NOT "recordId" = ANY (moved);
  END IF;
  IF moved = '{}' THEN
    RETURN;
  END IF;
  act := "currentAct"();
  moment := (SELECT a."at" FROM "Act" a WHERE a."number" = act);
  UPDATE past.{table} stood SET "recordedUntil" = moment FROM unnest(moved) AS m(id)
  WHERE stood."id" = m.id AND stood."recordedUntil" = 'infinity';
  INSERT INTO past.{table} ({columns}, "recordedVersion", "recordedFrom", "recordedUntil", "recordedBy")
  SELECT {now}, 1 + coalesce((SELECT max(p."recordedVersion") FROM past.{table} p WHERE p."id" = now."id"), 0), moment,
    'infinity', act
  FROM unnest(moved) AS m(id) JOIN {table} now ON now."id" = m.id;{written}{tell}
END $body$$template$,
    jsonb_build_object(
      'again', CASE WHEN told."isTold" THEN $$ARRAY(SELECT c."recordId" FROM unnest(touched) AS t(id)
      JOIN "Change" c ON c."table" = {nameText} AND c."recordId" = t.id AND c."actNumber" = act)$$ ELSE 'touched' END,
      'takenBack', taken_back, 'differs', differs, 'written', written,
      'tell', CASE WHEN told."isTold" THEN past."filled"($$
  INSERT INTO "Change" AS c ("actNumber", "table", "recordId", "kind", "version", "before", "after")
  SELECT act, {nameText}, m.id, k.kind::"ChangeKind", coalesce(stands."recordedVersion", stood."recordedVersion"),
    CASE k.kind WHEN 'CHANGED' THEN past."apart"(image.before, image.after) WHEN 'CREATED' THEN NULL ELSE jsonb_strip_nulls(image.before) END,
    CASE k.kind WHEN 'CHANGED' THEN past."apart"(image.after, image.before) WHEN 'CREATED' THEN jsonb_strip_nulls(image.after) END
  FROM unnest(moved) WITH ORDINALITY AS m(id, place)
  LEFT JOIN past.{table} stands ON stands."id" = m.id AND stands."recordedUntil" = 'infinity'
  LEFT JOIN past.{table} stood ON stood."id" = m.id AND stood."recordedUntil" = moment
  CROSS JOIN LATERAL (SELECT CASE
    WHEN stands."id" IS NOT NULL THEN CASE WHEN stood."id" IS NULL THEN 'CREATED' ELSE 'CHANGED' END
    WHEN EXISTS (SELECT FROM "MergedRecord" g WHERE g."id" = m.id AND g."table" = {nameText} AND g."actNumber" = act) THEN 'MERGED'
    ELSE 'WITHDRAWN'
  END AS kind) AS k
  CROSS JOIN LATERAL (SELECT
    CASE WHEN k.kind <> 'CREATED' THEN past."content"(to_jsonb(stood)){imageBefore} END AS before,
    CASE WHEN stands."id" IS NOT NULL THEN past."content"(to_jsonb(stands)){imageAfter} END AS after
  ) AS image
  ORDER BY m.place
  ON CONFLICT ("table", "recordId", "actNumber") DO UPDATE SET "kind" = excluded."kind", "version" = excluded."version",
    "before" = excluded."before", "after" = excluded."after";$$,
        jsonb_build_object('imageBefore', image_before, 'imageAfter', image_after)) ELSE '' END
    )), names || jsonb_build_object('table', quote_ident(kept)));

  -- What was loaded while triggers slept has no history: it stood, nobody knows since when and by whom.
  EXECUTE past."filled"($template$
CREATE OR REPLACE FUNCTION past.{takeOver}(ids text[]) RETURNS void LANGUAGE plpgsql
SET search_path = {record} SET sidelines.keeping = 'on' AS $body$
BEGIN
  INSERT INTO past.{table} ({columns}, "recordedVersion", "recordedFrom", "recordedUntil", "recordedBy")
  SELECT {now}, 1, '-infinity', 'infinity', NULL FROM {table} now WHERE now."id" = ANY (ids);{details}
END $body$$template$, names || jsonb_build_object('details', known_details, 'table', quote_ident(kept)));
END $make$;

-- Makes the triggers that call the keeper after each statement that wrote to a table.
CREATE FUNCTION past."makeTriggers"(kept name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
DECLARE
  told past."Kept";
  names jsonb;
BEGIN
  SELECT * INTO STRICT told FROM past."Kept" WHERE "table" = kept;
  names := jsonb_build_object(
    'record', quote_ident(current_schema()),
    'table', quote_ident(kept),
    'owner', quote_ident(coalesce(told."owner", kept)),
    'id', quote_ident(told."ownerColumn"),
    'after', quote_ident('afterWriting' || kept),
    'keeper', quote_ident('keep' || coalesce(told."owner", kept)),
    'takeOver', quote_ident('takeOver' || coalesce(told."owner", kept)),
    'columns', past."columns"(quote_ident(kept)::regclass),
    'before', past."columns"(quote_ident(kept)::regclass, 'b.%1$I'),
    'same', past."keyColumns"(quote_ident(kept)::regclass, 'b.%1$I = a.%1$I', ' AND '),
    'samePast', past."keyColumns"(quote_ident(kept)::regclass, 'p.%1$I = a.%1$I', ' AND '),
    -- A new record cannot have been there before; a new row of a detail can belong to a record that was.
    'isOwn', CASE WHEN told."owner" IS NULL THEN 'true' ELSE 'false' END);
  EXECUTE past."filled"($template$
CREATE OR REPLACE FUNCTION past.{after}() RETURNS trigger LANGUAGE plpgsql
SET search_path = {record} SET sidelines.keeping = 'on' AS $body$
DECLARE
  touched text[];
  unknown text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    touched := ARRAY(SELECT {id} FROM after);
  ELSIF TG_OP = 'UPDATE' THEN
    touched := ARRAY(SELECT unnest(ARRAY[b.{id}, a.{id}]) FROM before b FULL JOIN after a ON {same} WHERE b.* IS DISTINCT FROM a.*);
    touched := array_remove(touched, NULL);
  ELSIF TG_OP = 'DELETE' THEN
    touched := ARRAY(SELECT {id} FROM before);
  ELSE
    touched := ARRAY(SELECT {id} FROM past.{table} WHERE "recordedUntil" = 'infinity');
  END IF;
  IF touched = '{}' THEN
    RETURN NULL;
  END IF;
  IF TG_OP IN ('UPDATE', 'DELETE') OR TG_OP = 'INSERT' AND NOT {isOwn} THEN
    unknown := ARRAY(SELECT DISTINCT t.id FROM unnest(touched) AS t(id)
      WHERE NOT EXISTS (SELECT FROM past.{owner} p WHERE p."id" = t.id));
    IF unknown <> '{}' THEN
      PERFORM past.{takeOver}(unknown);
      IF TG_OP <> 'DELETE' THEN
        DELETE FROM past.{table} p USING after a WHERE {samePast} AND p.{id} = ANY (unknown);
      END IF;
      IF TG_OP <> 'INSERT' THEN
        INSERT INTO past.{table} ({columns}, "recordedVersion", "recordedFrom", "recordedUntil", "recordedBy")
        SELECT {before}, 1, '-infinity', 'infinity', NULL FROM before b WHERE b.{id} = ANY (unknown);
      END IF;
    END IF;
  END IF;
  PERFORM past.{keeper}(touched);
  RETURN NULL;
END $body$;
CREATE OR REPLACE TRIGGER "takes_turns" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION past."takeTurns"();
CREATE OR REPLACE TRIGGER "keeps_history_of_new" AFTER INSERT ON {table} REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION past.{after}();
CREATE OR REPLACE TRIGGER "keeps_history_of_changed" AFTER UPDATE ON {table} REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION past.{after}();
CREATE OR REPLACE TRIGGER "keeps_history_of_gone" AFTER DELETE ON {table} REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION past.{after}();
CREATE OR REPLACE TRIGGER "keeps_history_of_emptied" AFTER TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION past.{after}()
$template$, names);
END $make$;

-- -------------------------------------------------------------------------------------------------- standpoints

-- Makes the view of a table as it stood at the moment in sidelines.known_at.
CREATE FUNCTION past."makeKnown"(kept name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
BEGIN
  EXECUTE past."filled"($template$
CREATE OR REPLACE VIEW known.{table} AS SELECT {columns} FROM past.{table}
WHERE "recordedFrom" <= current_setting('sidelines.known_at')::timestamptz
  AND current_setting('sidelines.known_at')::timestamptz < "recordedUntil"$template$,
    jsonb_build_object('table', quote_ident(kept), 'columns', past."columns"(quote_ident(kept)::regclass)));
END $make$;

-- Functions that look into the record are bound to its tables. Makes them once more in another schema, bound to what
-- bears the same names there.
CREATE FUNCTION past."makeFunctions"(standpoint name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
DECLARE
  record_schema name := current_schema();
  definition text;
  definitions text[] := ARRAY(
    SELECT pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE p.pronamespace = quote_ident(current_schema())::regnamespace AND p.prosqlbody IS NOT NULL AND EXISTS (
      SELECT FROM pg_depend d JOIN past."Kept" k ON d.refobjid = quote_ident(k."table")::regclass
      WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass)
    ORDER BY p.oid);
BEGIN
  PERFORM set_config('search_path', format('%I, %I', standpoint, record_schema), true);
  FOREACH definition IN ARRAY definitions LOOP
    EXECUTE regexp_replace(definition, '^CREATE OR REPLACE FUNCTION ("[^"]*"|[^".]*)\.',
      format('CREATE OR REPLACE FUNCTION %I.', standpoint));
  END LOOP;
END $make$;

-- Makes "versionOf" for each standpoint: the version of a record as seen from there, 1 if no history of it was kept.
CREATE FUNCTION past."makeVersions"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
DECLARE
  standpoint record;
BEGIN
  FOR standpoint IN SELECT * FROM (VALUES
    (current_schema(), $$(SELECT p."recordedVersion" FROM past.%1$I p WHERE p."id" = $2 AND p."recordedUntil" = 'infinity')$$),
    ('known', $$(SELECT p."recordedVersion" FROM past.%1$I p WHERE p."id" = $2
      AND p."recordedFrom" <= current_setting('sidelines.known_at')::timestamptz
      AND current_setting('sidelines.known_at')::timestamptz < p."recordedUntil")$$)
  ) AS s(name, version) LOOP
    EXECUTE format($template$
CREATE OR REPLACE FUNCTION %I."versionOf"("table" text, id text) RETURNS int LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
  CASE $1%s
  END CASE;
END $body$$template$, standpoint.name, (
      SELECT string_agg(format($$
  WHEN %L THEN RETURN coalesce($$ || standpoint.version || ', 1);', k."table"), '' ORDER BY k."number")
      FROM past."Kept" k WHERE k."owner" IS NULL));
  END LOOP;
END $make$;

-- Makes all that is seen from other standpoints. To be called after a table, a column of one or a function that looks
-- into them was added; "dropStandpoints" first makes way for dropping or retyping a column.
CREATE FUNCTION "makeStandpoints"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  kept name;
  standpoint name;
BEGIN
  FOR kept IN SELECT "table" FROM past."Kept" ORDER BY "number" LOOP
    PERFORM past."makeKnown"(kept);
  END LOOP;
  FOREACH standpoint IN ARRAY ARRAY['known'] LOOP
    PERFORM past."makeFunctions"(standpoint);
  END LOOP;
  PERFORM past."makeVersions"();
END $$;

CREATE FUNCTION "dropStandpoints"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  kept record;
BEGIN
  FOR kept IN SELECT c.oid::regclass AS name FROM pg_class c JOIN past."Kept" k ON k."table" = c.relname
    WHERE c.relkind = 'v' AND c.relnamespace IN ('known'::regnamespace, 'editing'::regnamespace)
  LOOP
    EXECUTE format('DROP VIEW %s CASCADE', kept.name);
  END LOOP;
END $$;

-- Keeps the history of a table from now on; rows that are there begin it, by an act of kind migration. To be called for
-- every new table of the record, and again after a column was added; what is not said again stays as it was said first.
--
--   of, section   for a table of details: the record they belong to, and what its changes call them
--   is_told       whether "Change" tells what becomes of its rows
--   part_of       columns that make a row part of the record they refer to, beside foreign keys that cascade
--   follows       columns that are worked out from other tables, as seen while editing: by column, what is shown of a
--                 row r that is published and of one that is drafted, as SQL
--   is_last       false if more calls follow at once: only the last one makes what is seen from other standpoints
CREATE FUNCTION "keepHistory"(kept regclass, of regclass DEFAULT NULL, section text DEFAULT NULL, is_told boolean DEFAULT NULL,
  part_of text[] DEFAULT NULL, follows jsonb DEFAULT NULL, is_last boolean DEFAULT true) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  kept_name name := (SELECT relname FROM pg_class WHERE oid = kept);
  owner_name name := (SELECT relname FROM pg_class WHERE oid = of);
  copy text := format('past.%I', kept_name);
  table_name name;
BEGIN
  INSERT INTO past."Kept" AS k ("table", "owner", "ownerColumn", "section", "isTold", "partOf", "follows")
  VALUES (kept_name, owner_name, coalesce((
      SELECT a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.conrelid = kept AND c.confrelid = of AND c.confdeltype = 'c'
    ), 'id'), section, coalesce(is_told, true), coalesce(part_of, '{}'), coalesce(follows, '{}'))
  ON CONFLICT ("table") DO UPDATE SET
    "isTold" = coalesce("keepHistory".is_told, k."isTold"),
    "partOf" = coalesce("keepHistory".part_of, k."partOf"),
    "follows" = coalesce("keepHistory".follows, k."follows");
  IF to_regclass(copy) IS NULL THEN
    EXECUTE format('CREATE TABLE %s AS SELECT * FROM %s WITH NO DATA', copy, kept);
    EXECUTE format('ALTER TABLE %s ADD COLUMN "recordedVersion" int NOT NULL, ADD COLUMN "recordedFrom" timestamptz(3) NOT NULL,
      ADD COLUMN "recordedUntil" timestamptz(3) NOT NULL, ADD COLUMN "recordedBy" bigint,
      ADD CHECK ("recordedFrom" < "recordedUntil")', copy);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%s) WHERE "recordedUntil" = ''infinity''', kept_name || '_stands', copy,
      past."keyColumns"(kept));
    EXECUTE format('CREATE TRIGGER "refuses_rewriting" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION past."refuseRewriting"()', copy);
  END IF;
  PERFORM past."catchUp"(kept, copy::regclass, false);
  PERFORM past."makeKeeper"(coalesce((SELECT k."owner" FROM past."Kept" k WHERE k."table" = kept_name), kept_name));
  PERFORM past."makeTriggers"(kept_name);
  IF is_last THEN
    PERFORM "makeStandpoints"();
    IF coalesce(current_setting('sidelines.act', true), '') = '' THEN
      PERFORM set_config('sidelines.act', 'migration', true), set_config('sidelines.actor', 'migration', true);
    END IF;
    FOR table_name IN SELECT k."table" FROM past."Kept" k WHERE k."owner" IS NULL ORDER BY k."number" LOOP
      EXECUTE format('SELECT past.%I(ARRAY(SELECT "id" FROM %I))', 'keep' || table_name, table_name);
    END LOOP;
  END IF;
END $$;

CREATE VIEW known."Act" AS SELECT * FROM "Act" WHERE "at" <= current_setting('sidelines.known_at')::timestamptz;
CREATE VIEW known."Change" AS SELECT * FROM "Change"
  WHERE "actNumber" <= (SELECT a."number" FROM known."Act" a ORDER BY a."at" DESC LIMIT 1);

DO $$
DECLARE
  kept record;
BEGIN
  FOR kept IN SELECT * FROM (VALUES
    ('Document', NULL, NULL), ('Party', NULL, NULL), ('PartyName', 'Party', 'names'),
    ('PartyIdentifier', 'Party', 'identifiers'), ('Person', NULL, NULL), ('PersonName', 'Person', 'names'),
    ('Place', NULL, NULL), ('Office', NULL, NULL), ('Tenure', NULL, NULL), ('Forum', NULL, NULL),
    ('ForumName', 'Forum', 'names'), ('ForumMembership', NULL, NULL), ('Milestone', NULL, NULL),
    ('MilestoneParty', 'Milestone', 'parties'), ('Meeting', NULL, NULL), ('Participant', NULL, NULL),
    ('StatusReport', NULL, NULL), ('Visit', NULL, NULL), ('VisitMeeting', 'Visit', 'meetings'),
    ('Statement', NULL, NULL), ('Commitment', NULL, NULL), ('CommitmentParty', 'Commitment', 'parties'),
    ('FirstSinceClaim', NULL, NULL), ('Conflict', NULL, NULL), ('ConflictClaim', NULL, NULL), ('Citation', NULL, NULL)
  ) AS k(name, of, section) LOOP
    PERFORM "keepHistory"(quote_ident(kept.name)::regclass, quote_ident(kept.of)::regclass, kept.section, is_last => false);
  END LOOP;
  PERFORM "keepHistory"('"MergedRecord"', is_told => false);
  PERFORM "watchRecord"('"MergedRecord"');
END $$;
