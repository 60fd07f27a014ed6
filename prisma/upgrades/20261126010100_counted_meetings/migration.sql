-- What is asked of the meetings of somebody, or of some days, by all that there is to say of pairs, is counted meeting by meeting.
-- What each is counted as is kept with the parties that have seats there, so that neither the seats nor the sessions are looked up.
-- From where drafts or an earlier moment are seen, it is worked out from what stands there, meeting by meeting.

-- A party's meetings are found by it, be they few or a seventh of all.
CREATE INDEX "Counted_of_party" ON derived."Counted" USING GIN ("parties");

-- What meetings are counted as: all of them, or those at which a party has a seat.
CREATE FUNCTION "countedMeetings"() RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT c.* FROM derived."Counted" c;
END;

CREATE FUNCTION "countedMeetings"(party text) RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT c.* FROM derived."Counted" c WHERE c."parties" @> ARRAY[party];
END;

-- Not bound to the views of these standpoints, which may be dropped and made anew.
DO $make$
DECLARE
  standpoint text;
BEGIN
  FOREACH standpoint IN ARRAY ARRAY['known', 'editing'] LOOP
    EXECUTE format($create$
      CREATE FUNCTION %1$I."countedMeetings"() RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT m."id", extract(year FROM m."onEarliest")::int, m."kind", m."format", m."status", coalesce(m."forumId", s."forumId"),
          ARRAY(SELECT DISTINCT p."partyId" FROM %1$I."Participant" p WHERE p."meetingId" = m."id")
        FROM %1$I."Meeting" m LEFT JOIN %1$I."Meeting" s ON s."id" = m."sidelinesOfId"
      $$;
      CREATE FUNCTION %1$I."countedMeetings"(party text) RETURNS SETOF derived."Counted" LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT c.* FROM %1$I."countedMeetings"() c
        WHERE c."meetingId" IN (SELECT p."meetingId" FROM %1$I."Participant" p WHERE p."partyId" = party)
      $$ $create$, standpoint);
  END LOOP;
END $make$;
