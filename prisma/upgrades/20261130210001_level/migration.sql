-- The last step: functions of the baseline that had another text here. A change of a function that the baseline defines
-- has to come to upgraded databases as well.

-- The act of this transaction, made when first asked for, at the latest when the transaction commits: who acts, what it
-- is called and why is read from the transaction's settings sidelines.act, .actor, .actor_name and .reason. The row that
-- all writers share, and lock last, makes acts take turns, so that their numbers, their moments and the order in which
-- they are committed agree: what stood at a moment does not change afterwards. Moments are whole milliseconds, the
-- finest that clients can speak of.
CREATE OR REPLACE FUNCTION "currentAct"() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  act bigint := nullif(current_setting('sidelines.act_number', true), '');
BEGIN
  IF act IS NULL THEN
    PERFORM FROM "RecordVersion" WHERE "id" = 1 FOR NO KEY UPDATE;
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

-- The first day of a year, month or day: 2024, 2024-10, 2024-11-20; null for any other text.
CREATE OR REPLACE FUNCTION "firstDayOf"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
  WHEN partial ~ '^(?!0000)[0-9]{4}$' THEN make_date(partial::int, 1, 1)
  WHEN partial ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$'
    THEN make_date(left(partial, 4)::int, right(partial, 2)::int, 1)
  WHEN partial ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
    AND right(partial, 2)::int <= extract(day FROM
      make_date(left(partial, 4)::int, substr(partial, 6, 2)::int, 1) + interval '1 month - 1 day')
    THEN make_date(left(partial, 4)::int, substr(partial, 6, 2)::int, right(partial, 2)::int)
END;

-- The last day of a year, month or day; null for any other text.
CREATE OR REPLACE FUNCTION "lastDayOf"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE char_length(partial)
  WHEN 4 THEN ("firstDayOf"(partial) + interval '1 year - 1 day')::date
  WHEN 7 THEN ("firstDayOf"(partial) + interval '1 month - 1 day')::date
  ELSE "firstDayOf"(partial)
END;

-- The earliest day a partial date can mean: EDTF level 1, which is a year, month or day, with a mark if it is
-- approximate (~), uncertain (?) or both (%), or an interval of two of them. Null for a text that is none. Marks do not
-- change the days.
CREATE OR REPLACE FUNCTION "earliestDay"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN partial ~ '^[0-9-]+[~?%]?(/[0-9-]+[~?%]?)?$'
  THEN "firstDayOf"(rtrim(split_part(partial, '/', 1), '~?%')) END;

-- The latest day a partial date can mean; null for a text that is none.
CREATE OR REPLACE FUNCTION "latestDay"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN partial ~ '^[0-9-]+[~?%]?(/[0-9-]+[~?%]?)?$'
  THEN "lastDayOf"(rtrim(split_part(partial, '/', -1), '~?%')) END;

-- Whether a partial date and its two days are all absent, or all present and say the same.
CREATE OR REPLACE FUNCTION "isPartialDate"(partial text, earliest date, latest date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN partial IS NULL THEN earliest IS NULL AND latest IS NULL
  ELSE coalesce(earliest = "earliestDay"(partial) AND latest = "latestDay"(partial) AND earliest <= latest, false)
END;

-- For migrations: drops the read views, so that a column can be dropped or retyped. `migrate` makes them again.
CREATE OR REPLACE FUNCTION "dropStandpoints"() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kept record;
BEGIN
  FOR kept IN SELECT c.oid::regclass::text AS name FROM pg_class c JOIN past."Kept" k ON k."table" = c.relname
    WHERE c.relkind = 'v' AND c.relnamespace IN ('known'::regnamespace, 'editing'::regnamespace)
  LOOP
    EXECUTE format('DROP VIEW IF EXISTS %s CASCADE', kept.name);
  END LOOP;
END $$;
