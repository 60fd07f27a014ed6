-- History and read views: the functions that keep every version of every row, and that make the views and triggers of each table.

-- Functions that keep the history name a schema that does not exist last in their search path, and only they may write to
-- it. A custom setting would need a superuser, because Postgres lets only superusers give one to a function.
CREATE OR REPLACE FUNCTION past."refuseRewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT current_setting('search_path') LIKE '%, "sidelines.keeping"' OR TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'the history of the record is kept as it was written: %.% refuses %', TG_TABLE_SCHEMA,
      TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION past."refuseRewritingOfOthers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only the access to texts reaches back.
  IF OLD."actNumber"::text IS DISTINCT FROM current_setting('sidelines.act_number', true)
    AND NOT current_setting('search_path') LIKE '%, "sidelines.settling", "sidelines.keeping"' THEN
    RAISE EXCEPTION 'the changes of a former act are kept as they were written' USING ERRCODE = 'restrict_violation',
      TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- The entries of one object that the other does not have, or has otherwise.
CREATE OR REPLACE FUNCTION past."apart"(one jsonb, other jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(one) AS e
  WHERE other -> e.key IS DISTINCT FROM e.value);

-- A row of the past without what is said about it there, and without a private text.
CREATE OR REPLACE FUNCTION past."content"(kept jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN kept - '{recordedVersion,recordedFrom,recordedUntil,recordedBy,privateText}'::text[];

-- The columns of a table in their order, each written by a pattern: %1$I is its name.
CREATE OR REPLACE FUNCTION past."columns"(kept regclass, pattern text DEFAULT '%1$I', separator text DEFAULT ', ') RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT string_agg(format(pattern, a.attname), separator ORDER BY a.attnum) FROM pg_attribute a
  WHERE a.attrelid = kept AND a.attnum > 0 AND NOT a.attisdropped);

-- The columns of a table's primary key, each written by a pattern.
CREATE OR REPLACE FUNCTION past."keyColumns"(kept regclass, pattern text DEFAULT '%1$I', separator text DEFAULT ', ') RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT string_agg(format(pattern, a.attname), separator ORDER BY a.attnum)
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = kept AND i.indisprimary);

-- A text with {names} put in.
CREATE OR REPLACE FUNCTION past."filled"(template text, names jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  name text;
  value text;
BEGIN
  FOR name, value IN SELECT * FROM jsonb_each_text(names) LOOP
    template := replace(template, '{' || name || '}', value);
  END LOOP;
  RETURN template;
END $$;

-- The act of the transaction; the first call notes it. The setting sidelines.proposed_by names, as a list in JSON, the
-- editors who drafted what the act publishes.
CREATE OR REPLACE FUNCTION "currentAct"() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  act bigint := nullif(current_setting('sidelines.act_number', true), '');
BEGIN
  IF act IS NULL THEN
    PERFORM FROM "RecordVersion" WHERE "id" = 1 FOR NO KEY UPDATE;
    INSERT INTO "Act" ("id", "kind", "actor", "actorName", "proposedBy", "reason", "at") VALUES (
      'act_' || translate(right(replace(gen_random_uuid()::text, '-', ''), 16), '0189', 'wxyz'),
      coalesce(nullif(current_setting('sidelines.act', true), ''), 'unattributed'),
      coalesce(nullif(current_setting('sidelines.actor', true), ''), 'unattributed'),
      nullif(current_setting('sidelines.actor_name', true), ''),
      ARRAY(SELECT jsonb_array_elements_text(nullif(current_setting('sidelines.proposed_by', true), '')::jsonb)),
      nullif(current_setting('sidelines.reason', true), ''),
      greatest(date_trunc('milliseconds', clock_timestamp()),
        (SELECT "at" FROM "Act" ORDER BY "number" DESC LIMIT 1) + interval '1 millisecond')
    ) RETURNING "number" INTO act;
    PERFORM set_config('sidelines.act_number', act::text, true);
  END IF;
  RETURN act;
END $$;

-- Gives a copy of a table, in past or drafts, the columns and indexes of the table. A copy in past has no defaults, one
-- in drafts those of the table.
CREATE OR REPLACE FUNCTION past."catchUp"(kept regclass, copy regclass, is_unique boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  statement text;
BEGIN
  FOR statement IN
    SELECT format('ALTER TABLE %s ADD COLUMN %I %s %s %s', copy, a.attname, format_type(a.atttypid, a.atttypmod),
      'COLLATE ' || nullif(a.attcollation, 0)::regcollation, 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid))
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = kept AND a.attnum > 0 AND NOT a.attisdropped AND NOT EXISTS (
      SELECT FROM pg_attribute c WHERE c.attrelid = copy AND c.attname = a.attname AND NOT c.attisdropped)
    ORDER BY a.attnum
  LOOP
    EXECUTE statement;
  END LOOP;
  FOR statement IN
    SELECT format('ALTER TABLE %s ALTER COLUMN %I %s', copy, a.attname,
      CASE WHEN is_unique THEN 'SET NOT NULL' ELSE 'DROP DEFAULT' END)
    FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    JOIN pg_attribute c ON c.attrelid = copy AND c.attname = a.attname AND NOT c.attisdropped
    WHERE a.attrelid = kept AND CASE WHEN is_unique THEN a.attnotnull AND NOT c.attnotnull ELSE c.atthasdef END
    UNION ALL
    SELECT format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', copy, a.attname)
    FROM pg_attribute a JOIN pg_attribute c ON c.attrelid = copy AND c.attname = a.attname AND NOT c.attisdropped
    WHERE is_unique AND a.attrelid = kept AND a.attnum > 0 AND NOT a.attisdropped AND c.attnotnull AND NOT a.attnotnull
  LOOP
    EXECUTE statement;
  END LOOP;
  FOR statement IN
    WITH wanted AS (
      SELECT x.relname AS name, regexp_replace(
        replace(pg_get_indexdef(i.indexrelid), format(' ON %I.%I ', n.nspname, t.relname), format(' ON %s ', copy)),
        '^CREATE (UNIQUE )?INDEX', CASE WHEN is_unique THEN 'CREATE \1INDEX' ELSE 'CREATE INDEX' END) AS definition,
        -- An index leaves out nulls: no query looks for them, and most of a citation's columns are null.
        (SELECT ' WHERE ' || quote_ident(min(a.attname)) || ' IS NOT NULL' FROM pg_attribute a
          WHERE i.indnatts = 1 AND NOT i.indisunique AND i.indpred IS NULL
            AND a.attrelid = kept AND a.attnum = i.indkey[0] AND NOT a.attnotnull) AS condition
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      WHERE i.indrelid = kept
    ), there AS (
      SELECT i.indexrelid, x.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      WHERE i.indrelid = copy AND x.relname <> (SELECT relname FROM pg_class WHERE oid = kept) || '_stands'
    ), changed AS (
      SELECT coalesce(w.name, t.name) AS name, t.indexrelid, w.definition, w.condition
      FROM wanted w FULL JOIN there t ON t.name = w.name
      WHERE regexp_replace(w.definition, ' WHERE .*', '') IS DISTINCT FROM regexp_replace(t.definition, ' WHERE .*', '')
    )
    SELECT s.statement FROM changed c, LATERAL (VALUES
      (1, 'DROP INDEX ' || c.indexrelid::regclass),
      (2, c.definition || coalesce(c.condition, ''))
    ) AS s(place, statement)
    WHERE s.statement IS NOT NULL ORDER BY c.name, s.place
  LOOP
    EXECUTE statement;
  END LOOP;
END $$;

-- Makes the function that keeps the history of a record and its details, past."keep<Table>"(ids): it compares what the
-- tables hold under these ids with what stood before the act, and writes down the difference. It runs when the
-- transaction commits; should it run more than once, what it wrote for the act before is worked out again. It is
-- planned once, for ids that are found by index, whatever the tables held at the time.
CREATE OR REPLACE FUNCTION past."makeKeeper"(kept name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
DECLARE
  told past."Kept";
  names jsonb;
  detail record;
  part jsonb;
  differs text := '';
  taken_back text := '';
  closed text := '';
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
    closed := closed || past."filled"($$
    UPDATE past.{detail} stood SET "recordedUntil" = moment FROM unnest(moved) AS m(id)
    WHERE stood.{owner} = m.id AND stood."recordedUntil" = 'infinity' AND NOT EXISTS (
      SELECT FROM {detail} now WHERE {same} AND ROW({now}) IS NOT DISTINCT FROM ROW({stood}));$$, part);
    written := written || past."filled"($$
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
SET search_path = {record}, "sidelines.keeping" SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $body$
DECLARE
  act bigint := nullif(current_setting('sidelines.act_number', true), '');
  moment timestamptz(3) := (SELECT a."at" FROM "Act" a WHERE a."number" = act);
  again text[] := '{}';
  moved text[];
  are_known boolean;
BEGIN
  IF act IS NOT NULL THEN
    again := {again};
  END IF;
  IF again <> '{}' THEN
    DELETE FROM past.{table} WHERE "id" = ANY (again) AND "recordedFrom" = moment;
    UPDATE past.{table} SET "recordedUntil" = 'infinity' WHERE "id" = ANY (again) AND "recordedUntil" = moment;{takenBack}
    DELETE FROM "Change" WHERE "actNumber" = act AND "table" = {nameText} AND "recordId" = ANY (again);
  END IF;
  SELECT coalesce(array_agg(t.id ORDER BY t.place), '{}'), coalesce(bool_or(stood."id" IS NOT NULL), false) INTO moved, are_known
  FROM (SELECT u.id, min(u.place) AS place FROM unnest(touched) WITH ORDINALITY AS u(id, place) GROUP BY u.id) AS t
  LEFT JOIN {table} now ON now."id" = t.id
  LEFT JOIN LATERAL (
    SELECT * FROM past.{table} p WHERE p."id" = t.id AND p."recordedUntil" = 'infinity' OFFSET 0) AS stood ON true
  WHERE ROW({now}) IS DISTINCT FROM ROW({stood}){differs};
  IF moved = '{}' THEN
    RETURN;
  END IF;
  act := "currentAct"();
  moment := (SELECT a."at" FROM "Act" a WHERE a."number" = act);
  IF are_known THEN
    UPDATE past.{table} stood SET "recordedUntil" = moment FROM unnest(moved) AS m(id)
    WHERE stood."id" = m.id AND stood."recordedUntil" = 'infinity';{closed}
  END IF;
  INSERT INTO past.{table} ({columns}, "recordedVersion", "recordedFrom", "recordedUntil", "recordedBy")
  SELECT {now}, 1 + coalesce((SELECT max(p."recordedVersion") FROM past.{table} p WHERE p."id" = now."id"), 0), moment,
    'infinity', act
  FROM unnest(moved) AS m(id) JOIN {table} now ON now."id" = m.id;{written}{tell}
END $body$$template$,
    jsonb_build_object(
      'again', CASE WHEN told."isTold" THEN $$ARRAY(SELECT c."recordId" FROM "Change" c
      WHERE c."actNumber" = act AND c."table" = {nameText} AND c."recordId" = ANY (touched))$$ ELSE 'touched' END,
      'takenBack', taken_back, 'differs', differs, 'closed', closed, 'written', written,
      'tell', CASE WHEN told."isTold" THEN past."filled"($$
  INSERT INTO "Change" ("actNumber", "table", "recordId", "kind", "version", "before", "after")
  SELECT act, {nameText}, m.id, k.kind::"ChangeKind", coalesce(stands."recordedVersion", stood."recordedVersion"),
    CASE k.kind WHEN 'CHANGED' THEN past."apart"(image.before, image.after) ELSE jsonb_strip_nulls(image.before) END,
    CASE k.kind WHEN 'CHANGED' THEN past."apart"(image.after, image.before) ELSE jsonb_strip_nulls(image.after) END
  FROM unnest(moved) WITH ORDINALITY AS m(id, place)
  LEFT JOIN LATERAL (
    SELECT * FROM past.{table} p WHERE p."id" = m.id AND p."recordedUntil" = 'infinity' OFFSET 0) AS stands ON true
  LEFT JOIN LATERAL (
    SELECT * FROM past.{table} p WHERE p."id" = m.id AND p."recordedUntil" = moment OFFSET 0) AS stood ON true
  CROSS JOIN LATERAL (SELECT CASE
    WHEN stands."id" IS NOT NULL THEN CASE WHEN stood."id" IS NULL THEN 'CREATED' ELSE 'CHANGED' END
    WHEN EXISTS (SELECT FROM "MergedRecord" g WHERE g."id" = m.id AND g."table" = {nameText} AND g."actNumber" = act) THEN 'MERGED'
    ELSE 'WITHDRAWN'
  END AS kind OFFSET 0) AS k
  CROSS JOIN LATERAL (SELECT
    CASE WHEN k.kind <> 'CREATED' THEN past."content"(to_jsonb(stood)){imageBefore} END AS before,
    CASE WHEN stands."id" IS NOT NULL THEN past."content"(to_jsonb(stands)){imageAfter} END AS after
  OFFSET 0) AS image
  ORDER BY m.place;$$,
        jsonb_build_object('imageBefore', image_before, 'imageAfter', image_after)) ELSE '' END
    )), names || jsonb_build_object('table', quote_ident(kept)));

  -- Rows that were loaded while triggers were disabled have no history: their start and their author are unknown.
  EXECUTE past."filled"($template$
CREATE OR REPLACE FUNCTION past.{takeOver}(ids text[]) RETURNS void LANGUAGE plpgsql
SET search_path = {record}, "sidelines.keeping" AS $body$
BEGIN
  INSERT INTO past.{table} ({columns}, "recordedVersion", "recordedFrom", "recordedUntil", "recordedBy")
  SELECT {now}, 1, '-infinity', 'infinity', NULL FROM {table} now WHERE now."id" = ANY (ids);{details}
END $body$$template$, names || jsonb_build_object('details', known_details, 'table', quote_ident(kept)));
END $make$;

-- Runs when the transaction commits. History comes first: it locks the row of the version, for which all other writers
-- wait, so that no two of them are in each other's way over counts.
CREATE OR REPLACE FUNCTION past."keepTouched"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  touched jsonb;
  moved record;
  kept record;
  documents text[];
BEGIN
  WITH gone AS (DELETE FROM past."Touched" RETURNING "table", "ids")
  SELECT jsonb_object_agg(t."table", t.ids) INTO touched
  FROM (SELECT g."table", jsonb_agg(u.id) AS ids FROM gone g, unnest(g."ids") AS u(id) GROUP BY g."table") AS t;
  IF touched IS NULL THEN
    RETURN NULL;
  END IF;
  moved := derived."meetingsOfTouched"(touched);
  FOR kept IN
    SELECT k."table", ARRAY(SELECT jsonb_array_elements_text(touched -> k."table")) AS ids
    FROM past."Kept" k WHERE touched ? k."table" ORDER BY k."number"
  LOOP
    EXECUTE format('SELECT past.%I($1)', 'keep' || kept."table") USING kept.ids;
    IF kept."table" = 'Document' THEN
      documents := kept.ids;
    END IF;
  END LOOP;
  IF documents IS NOT NULL THEN
    PERFORM past."settleTexts"(documents);
  END IF;
  IF moved.counted <> '{}' THEN
    PERFORM derived."countAnew"(moved.counted);
  END IF;
  IF moved.reported <> '{}' THEN
    PERFORM derived."settleReported"(moved.reported);
  END IF;
  RETURN NULL;
END $$;

-- Lets other writers wait for the commit of this transaction, and says whether an act that was committed after another
-- one has changed any of the reads of this one.
-- @param reads objects with the table and, unless all of it was read, the column and the values that were looked for.
CREATE OR REPLACE FUNCTION past."settleReads"(since bigint, reads jsonb) RETURNS boolean LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM FROM "RecordVersion" WHERE "id" = 1 FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    INSERT INTO "RecordVersion" ("id", "version", "movedBy") VALUES (1, 0, txid_current()) ON CONFLICT DO NOTHING;
    PERFORM FROM "RecordVersion" WHERE "id" = 1 FOR NO KEY UPDATE;
  END IF;
  RETURN EXISTS (
    SELECT FROM "Change" c
    JOIN jsonb_to_recordset(reads) AS r("table" text, "column" text, "values" text[]) ON r."table" = c."table"
    WHERE c."actNumber" > since AND (r."column" IS NULL OR (r."column" = 'id' AND c."recordId" = ANY (r."values"))
      OR c."before" ->> r."column" = ANY (r."values") OR c."after" ->> r."column" = ANY (r."values")));
END $$;

-- Makes the triggers that note what each statement wrote to.
CREATE OR REPLACE FUNCTION past."makeTriggers"(kept name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
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
    'ownerText', quote_literal(coalesce(told."owner", kept)),
    'takeOver', quote_ident('takeOver' || coalesce(told."owner", kept)),
    'columns', past."columns"(quote_ident(kept)::regclass),
    'before', past."columns"(quote_ident(kept)::regclass, 'b.%1$I'),
    'same', past."keyColumns"(quote_ident(kept)::regclass, 'b.%1$I = a.%1$I', ' AND '),
    'samePast', past."keyColumns"(quote_ident(kept)::regclass, 'p.%1$I = a.%1$I', ' AND '),
    'formerOfNew', CASE WHEN told."owner" IS NULL THEN $$'{}'$$ ELSE 'touched' END);
  EXECUTE past."filled"($template$
CREATE OR REPLACE FUNCTION past.{after}() RETURNS trigger LANGUAGE plpgsql
SET search_path = {record}, "sidelines.keeping" AS $body$
DECLARE
  touched text[];
  -- Records that were there before, or that the new rows of a detail were added to.
  former text[] := '{}';
  unknown text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    touched := ARRAY(SELECT {id} FROM after);
    former := {formerOfNew};
  ELSIF TG_OP = 'UPDATE' THEN
    touched := ARRAY(SELECT unnest(ARRAY[b.{id}, a.{id}]) FROM before b FULL JOIN after a ON {same} WHERE b.* IS DISTINCT FROM a.*);
    touched := array_remove(touched, NULL);
    former := ARRAY(SELECT {id} FROM before);
  ELSIF TG_OP = 'DELETE' THEN
    touched := ARRAY(SELECT {id} FROM before);
    former := touched;
  ELSE
    touched := ARRAY(SELECT {id} FROM past.{table} WHERE "recordedUntil" = 'infinity');
  END IF;
  IF touched = '{}' THEN
    RETURN NULL;
  END IF;
  IF former <> '{}' THEN
    unknown := ARRAY(
      SELECT t.id FROM unnest(former) AS t(id) WHERE NOT EXISTS (SELECT FROM past.{owner} p WHERE p."id" = t.id)
      EXCEPT SELECT unnest(q."ids") FROM past."Touched" q WHERE q."table" = {ownerText});
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
  INSERT INTO past."Touched" ("table", "ids") VALUES ({ownerText}, touched);
  RETURN NULL;
END $body$;
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

-- The columns of a table as they are seen in a row r that is published or drafted, while editing, or of a known moment: those
-- that follow from other tables are worked out with what is drafted there, and a private text is not known.
CREATE OR REPLACE FUNCTION past."columnsSeen"(kept name, kind text) RETURNS text LANGUAGE sql STABLE SET search_path FROM CURRENT
RETURN (SELECT string_agg(coalesce(k."follows" -> a.attname ->> kind, 'r.' || quote_ident(a.attname)) || ' AS ' || quote_ident(a.attname),
    ', ' ORDER BY a.attnum)
  FROM past."Kept" k JOIN pg_attribute a ON a.attrelid = quote_ident(k."table")::regclass AND a.attnum > 0 AND NOT a.attisdropped
  WHERE k."table" = kept);

-- Makes the view of a table at the moment in sidelines.known_at.
CREATE OR REPLACE FUNCTION past."makeKnown"(kept name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
BEGIN
  EXECUTE past."filled"($template$
CREATE OR REPLACE VIEW known.{table} AS SELECT {columns} FROM past.{table} r
WHERE r."recordedFrom" <= current_setting('sidelines.known_at')::timestamptz
  AND current_setting('sidelines.known_at')::timestamptz < r."recordedUntil"$template$,
    jsonb_build_object('table', quote_ident(kept), 'columns', past."columnsSeen"(kept, 'known')));
END $make$;

-- Makes the view of a table together with its drafts, and what happens to rows that are written to it: they are drafts.
CREATE OR REPLACE FUNCTION past."makeEditing"(kept name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
DECLARE
  statement text;
  -- A draft whose details change is another version of it.
  touch_owner text := coalesce((SELECT format($$
    UPDATE drafts.%I SET "draftedVersion" = "draftedVersion" + 1 WHERE "id" = %%s.%I;$$, k."owner", k."ownerColumn")
    FROM past."Kept" k WHERE k."table" = kept AND k."owner" IS NOT NULL), '');
BEGIN
  EXECUTE format('CREATE OR REPLACE VIEW editing.%I AS SELECT %s FROM %I r UNION ALL SELECT %s FROM drafts.%I r', kept,
    past."columnsSeen"(kept, 'published'), kept, past."columnsSeen"(kept, 'drafted'), kept);
  FOR statement IN
    SELECT format('ALTER VIEW editing.%I ALTER COLUMN %I SET DEFAULT %s', kept, a.attname, pg_get_expr(d.adbin, d.adrelid))
    FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE d.adrelid = quote_ident(kept)::regclass
  LOOP
    EXECUTE statement;
  END LOOP;
  EXECUTE past."filled"($template$
CREATE OR REPLACE FUNCTION editing.{draft}() RETURNS trigger LANGUAGE plpgsql SET search_path = {record} AS $body$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF {isTaken} THEN
      RAISE EXCEPTION 'a published record of % already has the id or key of this draft: %', {nameText}, ROW({newKey})
        USING ERRCODE = 'unique_violation', TABLE = {nameText};
    END IF;
    INSERT INTO drafts.{table} ({columns}) VALUES ({new});{touchNew}
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' THEN
    IF NEW IS NOT DISTINCT FROM OLD THEN
      RETURN NEW;
    END IF;
    UPDATE drafts.{table} d SET {sets}, "draftedVersion" = d."draftedVersion" + 1,
      "draftedBy" = coalesce(nullif(current_setting('sidelines.actor', true), ''), 'unattributed') WHERE {isOld};
    IF FOUND THEN{touchNew}
      RETURN NEW;
    END IF;
  ELSE
    DELETE FROM drafts.{table} d WHERE {isOld};
    IF FOUND THEN{touchOld}
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '% % is published: a draft adds to what is published and does not change it', {nameText}, ROW({oldKey})
    USING ERRCODE = 'restrict_violation', TABLE = {nameText};
END $body$;
CREATE OR REPLACE TRIGGER "drafts" INSTEAD OF INSERT OR UPDATE OR DELETE ON editing.{table}
  FOR EACH ROW EXECUTE FUNCTION editing.{draft}()
$template$, jsonb_build_object(
    'record', quote_ident(current_schema()), 'table', quote_ident(kept), 'nameText', quote_literal(kept),
    'draft', quote_ident('draft' || kept),
    'columns', past."columns"(quote_ident(kept)::regclass),
    'new', past."columns"(quote_ident(kept)::regclass, 'NEW.%1$I'),
    'sets', past."columns"(quote_ident(kept)::regclass, '%1$I = NEW.%1$I'),
    'isOld', past."keyColumns"(quote_ident(kept)::regclass, 'd.%1$I = OLD.%1$I', ' AND '),
    'oldKey', past."keyColumns"(quote_ident(kept)::regclass, 'OLD.%1$I'),
    'newKey', past."keyColumns"(quote_ident(kept)::regclass, 'NEW.%1$I'),
    'isTaken', (SELECT string_agg(format('EXISTS (SELECT FROM %I x WHERE %s)', kept, u.same), ' OR ' ORDER BY u.same) FROM (
      SELECT string_agg(format('x.%1$I = NEW.%1$I', a.attname), ' AND ' ORDER BY a.attnum) AS same
      FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = quote_ident(kept)::regclass AND i.indisunique AND i.indexprs IS NULL AND i.indpred IS NULL
      GROUP BY i.indexrelid) AS u),
    'touchNew', format(touch_owner, 'NEW'), 'touchOld', format(touch_owner, 'OLD')));
END $make$;

-- Functions that look into the record are bound to its tables. Makes them once more in another schema, bound to what
-- bears the same names there.
CREATE OR REPLACE FUNCTION past."makeFunctions"(standpoint name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
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

-- Makes a function of a table's name and an id: for each record an expression, in which %1$I is its table and $2 the id.
CREATE OR REPLACE FUNCTION past."makeLookUp"(standpoint name, name text, type text, expression text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
BEGIN
  EXECUTE format($template$
CREATE OR REPLACE FUNCTION %I.%s("table" text, id text) RETURNS %s LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
  CASE $1%s
  END CASE;
END $body$$template$, standpoint, name, type, (
    SELECT string_agg(format('
  WHEN %L THEN RETURN ', k."table") || format(expression || ';', k."table"), '' ORDER BY k."table")
    FROM past."Kept" k WHERE k."owner" IS NULL));
END $make$;

-- Makes "versionOf" and "isDraft" for each standpoint: the version of a record as seen from there, 1 if no history of it
-- was kept, and whether it is seen there without being published.
CREATE OR REPLACE FUNCTION past."makeVersions"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $make$
DECLARE
  standpoint record;
BEGIN
  FOR standpoint IN SELECT * FROM (VALUES
    (current_schema(), $$(SELECT p."recordedVersion" FROM past.%1$I p WHERE p."id" = $2 AND p."recordedUntil" = 'infinity')$$),
    ('known', $$(SELECT p."recordedVersion" FROM past.%1$I p WHERE p."id" = $2
      AND p."recordedFrom" <= current_setting('sidelines.known_at')::timestamptz
      AND current_setting('sidelines.known_at')::timestamptz < p."recordedUntil")$$),
    ('editing', $$(SELECT d."draftedVersion" FROM drafts.%1$I d WHERE d."id" = $2),
      (SELECT p."recordedVersion" FROM past.%1$I p WHERE p."id" = $2 AND p."recordedUntil" = 'infinity')$$)
  ) AS s(name, version) LOOP
    PERFORM past."makeLookUp"(standpoint.name, '"versionOf"', 'int', 'coalesce(' || standpoint.version || ', 1)');
    PERFORM past."makeLookUp"(standpoint.name, '"isDraft"', 'boolean',
      CASE standpoint.name WHEN 'editing' THEN 'EXISTS (SELECT FROM drafts.%1$I d WHERE d."id" = $2)' ELSE 'false' END);
  END LOOP;
END $make$;

-- Makes all that is seen from other standpoints. `migrate` calls it after a change of the tables; a migration that drops or
-- retypes a column calls "dropStandpoints" first.
CREATE OR REPLACE FUNCTION "makeStandpoints"() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  kept name;
  standpoint name;
BEGIN
  FOR kept IN SELECT "table" FROM past."Kept" ORDER BY "number" LOOP
    PERFORM past."makeKnown"(kept), past."makeEditing"(kept);
  END LOOP;
  FOREACH standpoint IN ARRAY ARRAY['known', 'editing'] LOOP
    PERFORM past."makeFunctions"(standpoint);
  END LOOP;
  PERFORM past."makeVersions"();
END $$;

-- Keeps the history of a table from now on; rows that are there begin it, by an act of kind migration. `migrate`
-- calls it for every declared table, and again after a change of its columns.
--
--   of, section   for a table of details: the record they belong to, and what its changes call them
--   is_told       whether "Change" lists changes of its rows
--   part_of       columns that make a row part of the record they refer to, beside foreign keys that cascade
--   follows       columns that are worked out from other tables, as seen while editing: by column, what is shown of a
--                 row r that is published and of one that is drafted, as SQL
--   is_last       false if more calls follow at once: only the last one makes what is seen from other standpoints
CREATE OR REPLACE FUNCTION "keepHistory"(kept regclass, of regclass DEFAULT NULL, section text DEFAULT NULL, is_told boolean DEFAULT NULL,
  part_of text[] DEFAULT NULL, follows jsonb DEFAULT NULL, is_last boolean DEFAULT true) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  kept_name name := (SELECT relname FROM pg_class WHERE oid = kept);
  owner_name name := (SELECT relname FROM pg_class WHERE oid = of);
  copy text := format('past.%I', kept_name);
  draft text := format('drafts.%I', kept_name);
  table_name name;
  statement text;
  ids text[];
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
  IF to_regclass(draft) IS NULL THEN
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS)', draft, kept);
    EXECUTE format('ALTER TABLE %s ADD COLUMN "draftedBy" text NOT NULL
        DEFAULT coalesce(nullif(current_setting(''sidelines.actor'', true), ''''), ''unattributed''),
      ADD COLUMN "draftedAt" timestamptz(3) NOT NULL DEFAULT now(), ADD COLUMN "draftedVersion" int NOT NULL DEFAULT 1', draft);
  END IF;
  PERFORM past."catchUp"(kept, copy::regclass, false), past."catchUp"(kept, draft::regclass, true);
  -- The rules of single rows hold for drafts as well, as they are now.
  FOR statement IN
    WITH checks AS (SELECT conrelid, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE contype = 'c'),
      wanted AS (SELECT conname, definition FROM checks WHERE conrelid = kept),
      there AS (SELECT conname, definition FROM checks WHERE conrelid = draft::regclass)
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', draft, conname) FROM (TABLE there EXCEPT TABLE wanted) AS gone
    UNION ALL
    SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', draft, conname, definition) FROM (TABLE wanted EXCEPT TABLE there) AS lacking
  LOOP
    EXECUTE statement;
  END LOOP;
  PERFORM past."makeKeeper"(coalesce((SELECT k."owner" FROM past."Kept" k WHERE k."table" = kept_name), kept_name));
  PERFORM past."makeTriggers"(kept_name);
  IF is_last THEN
    PERFORM "makeStandpoints"();
    IF coalesce(current_setting('sidelines.act', true), '') = '' THEN
      PERFORM set_config('sidelines.act', 'migration', true), set_config('sidelines.actor', 'migration', true);
    END IF;
    FOR table_name IN SELECT k."table" FROM past."Kept" k WHERE k."owner" IS NULL ORDER BY k."number" LOOP
      EXECUTE format('SELECT ARRAY(SELECT "id" FROM %I)', table_name) INTO ids;
      IF ids <> '{}' THEN
        EXECUTE format('SELECT past.%I($1)', 'keep' || table_name) USING ids;
      END IF;
    END LOOP;
  END IF;
END $$;

-- The references between tables with history: the column of each, and whether it makes a row a part of the other.
CREATE OR REPLACE VIEW past."References" AS
SELECT k."table", k."owner" IS NOT NULL AS "isDetail", a.attname AS "column", p."table" AS "to",
  c.confdeltype = 'c' OR a.attname = ANY (k."partOf") AS "isPart"
FROM pg_constraint c
JOIN pg_class t ON t.oid = c.conrelid
JOIN past."Kept" k ON k."table" = t.relname
JOIN pg_class r ON r.oid = c.confrelid
JOIN past."Kept" p ON p."table" = r.relname
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f';

-- These ids and those of all drafts that are part of what they stand for.
CREATE OR REPLACE FUNCTION past."withParts"(ids text[]) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  statement text := (SELECT string_agg(format('SELECT "id" FROM drafts.%I WHERE %I = ANY ($1)', "table", "column"), ' UNION ')
    FROM past."References" WHERE "isPart" AND NOT "isDetail");
  narrower text[];
BEGIN
  ids := ARRAY(SELECT DISTINCT unnest(ids));
  WHILE cardinality(narrower) IS DISTINCT FROM cardinality(ids) LOOP
    narrower := ids;
    EXECUTE format('SELECT ARRAY(SELECT unnest($1) UNION (%s))', statement) INTO ids USING ids;
  END LOOP;
  RETURN ids;
END $$;

-- A draft that refers to another one, of which the one that is said is among these ids and the other is not.
CREATE OR REPLACE FUNCTION past."draftLeftOut"(ids text[], is_referring_chosen boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  left_out text;
BEGIN
  EXECUTE (SELECT string_agg(format('SELECT %1$L || '' '' || d.%4$I || '' refers to '' || %3$L || '' '' || t."id" AS said
      FROM drafts.%1$I d JOIN drafts.%3$I t ON t."id" = d.%2$I
      WHERE (d.%4$I = ANY ($1)) = $2 AND (t."id" = ANY ($1)) <> $2', r."table", r."column", r."to", k."ownerColumn"), ' UNION ')
    FROM past."References" r JOIN past."Kept" k USING ("table")) || ' ORDER BY 1 LIMIT 1'
  INTO left_out USING ids, is_referring_chosen;
  RETURN left_out;
END $$;

-- Refuses ids under which nothing is drafted.
CREATE OR REPLACE FUNCTION past."checkDrafted"(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  missing text;
BEGIN
  EXECUTE 'SELECT i.id FROM unnest($1) AS i(id) EXCEPT ('
    || (SELECT string_agg(format('SELECT %I FROM drafts.%I', "ownerColumn", "table"), ' UNION ALL ') FROM past."Kept") || ' UNION ALL '
    || (SELECT string_agg(format('SELECT %I FROM drafts.%I', "column", "table"), ' UNION ALL ') FROM past."References" WHERE "isPart")
    || ') LIMIT 1' INTO missing USING ids;
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'nothing is drafted under the id %', missing USING ERRCODE = 'check_violation';
  END IF;
END $$;

-- Takes the drafts with these ids out of schema drafts, what others refer to first; published ones are added to the
-- record. Tells which they were, without their details.
CREATE OR REPLACE FUNCTION past."takeDrafts"(ids text[], are_published boolean) RETURNS TABLE ("table" text, "id" text)
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE
  kept record;
BEGIN
  FOR kept IN
    WITH RECURSIVE depth("table", level) AS (
      SELECT k."table", 0 FROM past."Kept" k
      UNION SELECT r."table", d.level + 1 FROM depth d JOIN past."References" r ON r."to" = d."table" AND r."table" <> r."to"
    )
    SELECT k."table" AS name, k."owner" IS NOT NULL AS "isDetail", k."ownerColumn",
      past."columns"(quote_ident(k."table")::regclass) AS columns
    FROM past."Kept" k JOIN depth d ON d."table" = k."table" GROUP BY k."number" ORDER BY max(d.level), k."number"
  LOOP
    RETURN QUERY EXECUTE format('WITH taken AS (DELETE FROM drafts.%I WHERE %I = ANY ($1) RETURNING %s)', kept.name,
        kept."ownerColumn", kept.columns)
      || CASE WHEN are_published
        THEN format(', put AS (INSERT INTO %1$I (%2$s) SELECT %2$s FROM taken)', kept.name, kept.columns) ELSE '' END
      || format(' SELECT %L, %I FROM taken WHERE $2', kept.name, kept."ownerColumn") USING ids, NOT kept."isDetail";
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION "publishDrafts"(ids text[]) RETURNS TABLE ("table" text, "id" text)
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  chosen text[] := past."withParts"(ids);
  uncited text := past."draftUncited"(chosen);
BEGIN
  PERFORM past."checkDrafted"(ids);
  IF uncited IS NOT NULL THEN
    RAISE EXCEPTION '% has no source', uncited USING ERRCODE = 'check_violation', CONSTRAINT = 'Citation_leaves_no_fact_uncited';
  END IF;
  RETURN QUERY SELECT * FROM past."takeDrafts"(chosen, true);
EXCEPTION WHEN foreign_key_violation THEN
  IF past."draftLeftOut"(chosen, true) IS NULL THEN
    RAISE;
  END IF;
  RAISE EXCEPTION '%, which is a draft that is not to be published', past."draftLeftOut"(chosen, true)
    USING ERRCODE = 'foreign_key_violation';
END $$;

-- Throws away the drafts with these ids and all that is drafted as part of them; refuses while another draft refers to
-- one of them. Tells what was thrown away.
CREATE OR REPLACE FUNCTION "discardDrafts"(ids text[]) RETURNS TABLE ("table" text, "id" text)
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  chosen text[] := past."withParts"(ids);
  left_out text := past."draftLeftOut"(chosen, false);
BEGIN
  PERFORM past."checkDrafted"(ids);
  IF left_out IS NOT NULL THEN
    RAISE EXCEPTION '%, which is to be thrown away', left_out USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN QUERY SELECT * FROM past."takeDrafts"(chosen, false);
END $$;

-- Former names of a record that is merged now lead to the survivor of both, and drafts refer to it.
CREATE OR REPLACE FUNCTION past."afterMerge"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  reference record;
BEGIN
  UPDATE "MergedRecord" SET "survivorId" = NEW."survivorId", "survivorKey" = NEW."survivorKey"
  WHERE "table" = NEW."table" AND "survivorId" = NEW."id";
  FOR reference IN SELECT "table", "column" FROM past."References" WHERE "to" = NEW."table" LOOP
    EXECUTE format('UPDATE drafts.%I SET %I = $2 WHERE %2$I = $1', reference."table", reference."column")
    USING NEW."id", NEW."survivorId";
  END LOOP;
  RETURN NULL;
END $$;

-- The status of a meeting with the reports that are drafted. It is bound late, since the view of meetings shows it.
CREATE OR REPLACE FUNCTION editing."statusWithDrafts"(meeting text) RETURNS "MeetingStatus" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN editing."meetingStatus"(meeting);
END $$;

CREATE OR REPLACE VIEW known."Act" AS SELECT * FROM "Act" WHERE "at" <= current_setting('sidelines.known_at')::timestamptz;

CREATE OR REPLACE VIEW known."Change" AS SELECT * FROM "Change"
  WHERE "actNumber" <= (SELECT a."number" FROM known."Act" a ORDER BY a."at" DESC LIMIT 1);

-- Dates acts again that a clock which ran ahead dated in the future: they keep their order, one millisecond apart, and
-- the last one happens now. The history changes in its dates alone. Returns how many there were, and the first and the
-- last of their former dates.
DO $make$ BEGIN EXECUTE format($create$
CREATE OR REPLACE FUNCTION past."redateAhead"() RETURNS TABLE ("acts" int, "first" timestamptz, "last" timestamptz)
LANGUAGE plpgsql SET search_path = %I, "sidelines.keeping" AS $body$
DECLARE
  present timestamptz;
  before timestamptz[];
  after timestamptz[];
  kept record;
BEGIN
  -- No act begins meanwhile.
  PERFORM FROM "RecordVersion" WHERE "id" = 1 FOR UPDATE;
  present := date_trunc('milliseconds', clock_timestamp());
  SELECT array_agg(a."at" ORDER BY a."number") INTO before FROM "Act" a WHERE a."at" > present;
  acts := coalesce(cardinality(before), 0);
  first := before[1];
  last := before[acts];
  IF acts = 0 THEN
    RETURN NEXT;
    RETURN;
  END IF;
  after := ARRAY(SELECT present - (acts - i.number) * interval '1 millisecond' FROM generate_series(1, acts) AS i(number));
  IF after[1] <= (SELECT max(a."at") FROM "Act" a WHERE a."at" <= present) THEN
    RAISE EXCEPTION 'there is no room for %% acts since the one before them; try again in a minute', acts
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  FOR kept IN SELECT k."table" FROM past."Kept" k LOOP
    EXECUTE format($update$
      UPDATE past.%%I p SET
        "recordedFrom" = coalesce((SELECT m.new FROM unnest($1, $2) AS m(old, new) WHERE m.old = p."recordedFrom"), p."recordedFrom"),
        "recordedUntil" = coalesce((SELECT m.new FROM unnest($1, $2) AS m(old, new) WHERE m.old = p."recordedUntil"), p."recordedUntil")
      WHERE p."recordedFrom" = ANY ($1) OR p."recordedUntil" = ANY ($1)$update$, kept."table") USING before, after;
  END LOOP;
  UPDATE "Act" a SET "at" = m.new FROM unnest(before, after) AS m(old, new) WHERE a."at" = m.old;
  UPDATE "RecordVersion" SET "version" = "version" + 1 WHERE "id" = 1;
  PERFORM pg_notify('record', (SELECT r."version" FROM "RecordVersion" r WHERE r."id" = 1)::text);
  RETURN NEXT;
END $body$$create$, current_schema()); END $make$;
