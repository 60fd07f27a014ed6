-- Meetings in the order of their titles. Titles have no longest length and entries of an index have one, so that the first
-- 200 characters make the order.
CREATE INDEX "Meeting_in_order_of_titles" ON "Meeting" ((left("title", 200)) COLLATE "C", "id");

SELECT past."catchUp"('"Meeting"', 'past."Meeting"', false), past."catchUp"('"Meeting"', 'drafts."Meeting"', true);

-- The counts stand in the index of the groups, so that sums over many groups are read from the index alone.
ALTER TABLE derived."Tally" DROP CONSTRAINT "Tally_group", ADD CONSTRAINT "Tally_group"
  UNIQUE NULLS NOT DISTINCT ("grain", "firstId", "secondId", "year", "kind", "format", "status", "forumId") INCLUDE ("meetings");
