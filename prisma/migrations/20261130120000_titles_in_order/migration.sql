-- Meetings in the order of their titles. Titles have no longest length and entries of an index have one, so that the first
-- 200 characters make the order.
CREATE INDEX "Meeting_in_order_of_titles" ON "Meeting" ((left("title", 200)) COLLATE "C", "id");

SELECT past."catchUp"('"Meeting"', 'past."Meeting"', false), past."catchUp"('"Meeting"', 'drafts."Meeting"', true);

-- The counts stand in the index of the groups, so that sums over many groups are read from the index alone.
ALTER TABLE derived."Tally" DROP CONSTRAINT "Tally_group", ADD CONSTRAINT "Tally_group"
  UNIQUE NULLS NOT DISTINCT ("grain", "firstId", "secondId", "year", "kind", "format", "status", "forumId") INCLUDE ("meetings");

-- That there are not more of something than a statement may go through; otherwise it fails before it begins.
--   counted   how many there are, counted no further than one more than `most`
--   argument  of the field, which is to blame
--   problem   what is wrong with it, and what to do
CREATE FUNCTION "fewEnough"(counted bigint, most int, argument text, problem text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF counted > most THEN
    RAISE EXCEPTION '%', problem USING ERRCODE = 'SLB02', DETAIL = argument;
  END IF;
  RETURN true;
END $$;
