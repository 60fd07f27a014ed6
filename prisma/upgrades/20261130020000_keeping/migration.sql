-- The owner of a database need not be a superuser. Functions that keep the history carried a setting of our own, which
-- Postgres lets only a superuser give to a function. They now name a schema that does not exist last in their search path,
-- as 20261124000000_history makes them in new databases. Here those of older databases are made again in that way.
CREATE OR REPLACE FUNCTION past."refuseRewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT current_setting('search_path') LIKE '%, "sidelines.keeping"' OR TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'the history of the record is kept as it was written: %.% refuses %', TG_TABLE_SCHEMA,
      TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;

DO $do$
DECLARE
  maker record;
  kept record;
BEGIN
  FOR maker IN
    SELECT pg_get_functiondef(p.oid) AS definition FROM pg_proc p
    WHERE p.pronamespace = 'past'::regnamespace AND p.proname IN ('makeKeeper', 'makeTriggers')
      AND p.prosrc LIKE '%SET sidelines.keeping = ''on''%'
  LOOP
    EXECUTE replace(maker.definition, $$SET search_path = {record} SET sidelines.keeping = 'on'$$,
      'SET search_path = {record}, "sidelines.keeping"');
  END LOOP;
  FOR kept IN SELECT k."table", k."owner" FROM past."Kept" k ORDER BY k."number" LOOP
    IF kept."owner" IS NULL THEN
      PERFORM past."makeKeeper"(kept."table");
    END IF;
    PERFORM past."makeTriggers"(kept."table");
  END LOOP;
END $do$;
