-- Few of all seats are those of speakers, and few of all meetings are sessions: ledgers count the ones, and what belongs to
-- the sessions at which two sat is looked for among the others.
CREATE INDEX "Participant_of_speakers" ON "Participant" ("partyId", "meetingId") WHERE "role" = 'SPEAKER';
CREATE INDEX "Meeting_of_sessions" ON "Meeting" ("id") WHERE "kind" = 'SESSION';

-- The same from other standpoints.
SELECT past."catchUp"('"Participant"', 'past."Participant"', false), past."catchUp"('"Participant"', 'drafts."Participant"', true),
  past."catchUp"('"Meeting"', 'past."Meeting"', false), past."catchUp"('"Meeting"', 'drafts."Meeting"', true);
