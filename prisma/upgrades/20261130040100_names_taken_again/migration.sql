-- A name or id that was freed by a merge could be given to a new record: look-ups answered with the survivor, lists with
-- the new record. The new record keeps it; the history keeps what it once led to.
DO $$
DECLARE
  kept record;
BEGIN
  PERFORM set_config('sidelines.act', 'migration', true), set_config('sidelines.actor', 'migration', true);
  FOR kept IN SELECT k."table", coalesce(n.name, 'key') AS name FROM past."Kept" k
    LEFT JOIN (VALUES ('Party', 'code'), ('Person', 'slug'), ('Forum', 'slug'), ('Meeting', 'slug')) AS n("table", name) USING ("table")
    WHERE k."owner" IS NULL AND k."table" <> 'MergedRecord'
  LOOP
    EXECUTE format('DELETE FROM "MergedRecord" g USING %1$I t WHERE g."table" = %1$L AND (g."key" = t.%2$I OR g."id" = t."id")',
      kept."table", kept.name);
  END LOOP;
END $$;
