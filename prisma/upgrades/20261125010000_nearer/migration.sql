-- Answers look up what their rows refer to one by one, by ids. A hash finds a row in two pages however many there are; a
-- tree of texts takes as many as it is high, and compares ids all the way down.
CREATE INDEX "Document_id_idx" ON "Document" USING HASH ("id");
CREATE INDEX "Party_id_idx" ON "Party" USING HASH ("id");
CREATE INDEX "Person_id_idx" ON "Person" USING HASH ("id");
CREATE INDEX "Office_id_idx" ON "Office" USING HASH ("id");
CREATE INDEX "Forum_id_idx" ON "Forum" USING HASH ("id");
CREATE INDEX "Place_id_idx" ON "Place" USING HASH ("id");
CREATE INDEX "Meeting_id_idx" ON "Meeting" USING HASH ("id");

-- Tenures in the order in which persons and offices list them, so that nothing is left to sort.
CREATE INDEX "Tenure_of_person"
  ON "Tenure" ("personId", (coalesce("sinceEarliest", "attestedOnEarliest")) DESC NULLS LAST, "id");
CREATE INDEX "Tenure_of_office"
  ON "Tenure" ("officeId", (coalesce("sinceEarliest", "attestedOnEarliest")) DESC NULLS LAST, "id");
DROP INDEX "Tenure_personId_idx";
DROP INDEX "Tenure_officeId_idx";

-- What ended before a range begins is passed over in the index: a party's meetings in a month otherwise cost as many
-- visits to the table as it had meetings in the year before.
DROP INDEX "Participant_of_party_by_day";
CREATE INDEX "Participant_of_party_by_day"
  ON "Participant" ("partyId", (coalesce("meetingEarliest", '-infinity'::date)), "meetingId", "meetingLatest");
DROP INDEX "Participant_of_person_by_day";
CREATE INDEX "Participant_of_person_by_day"
  ON "Participant" ("personId", (coalesce("meetingEarliest", '-infinity'::date)), "meetingId", "meetingLatest");
