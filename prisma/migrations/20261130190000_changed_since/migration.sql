-- Answers as of a moment begin with the record as it stands, and look at rows that were changed since. These are few.
CREATE INDEX "Participant_changed_of_party" ON past."Participant" ("partyId") WHERE "recordedUntil" < 'infinity';
CREATE INDEX "Participant_changed_of_person" ON past."Participant" ("personId") WHERE "recordedUntil" < 'infinity';
CREATE INDEX "Meeting_changed" ON past."Meeting" ("recordedUntil") WHERE "recordedUntil" < 'infinity' AND "kind" <> 'SESSION';
CREATE INDEX "Office_changed_of_party" ON past."Office" ("partyId") WHERE "recordedUntil" < 'infinity';
