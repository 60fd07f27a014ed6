-- Dates acts again that a clock which ran ahead dated in the future: they keep their order, one millisecond apart, and
-- the last one happens now. The history changes in its dates alone. Returns how many there were, and the first and the
-- last of their former dates.
DO $make$ BEGIN EXECUTE format($create$
CREATE FUNCTION past."redateAhead"() RETURNS TABLE ("acts" int, "first" timestamptz, "last" timestamptz)
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
