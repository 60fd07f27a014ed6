-- Ids are written into answers as they are, like slugs and codes; so nothing that JSON would have to escape may be one.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'Document', 'Citation', 'Party', 'Person', 'Office', 'Tenure', 'Forum', 'ForumMembership', 'Place', 'Meeting',
    'Participant', 'StatusReport', 'Visit', 'Statement', 'Commitment', 'Milestone', 'FirstSinceClaim', 'Conflict',
    'ConflictClaim'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK ("id" ~ ''^[A-Za-z0-9_-]+$'')', name, name || '_id_form');
  END LOOP;
END $$;
