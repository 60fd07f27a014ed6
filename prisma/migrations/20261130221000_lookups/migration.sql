-- Indexes for two look-ups: the first and the last seat of a person in an office, and a party by one of its names.

DROP INDEX "Participant_officeId_idx";
CREATE INDEX "Participant_officeId_personId_meetingEarliest_idx" ON "Participant" ("officeId", "personId", "meetingEarliest");
CREATE INDEX "Participant_officeId_personId_meetingLatest_idx" ON "Participant" ("officeId", "personId", "meetingLatest");

CREATE INDEX "Party_called_by_name" ON "Party" ("fold"("name"));
CREATE INDEX "Party_called_officially" ON "Party" ("fold"("officialName"));
CREATE INDEX "PartyName_called" ON "PartyName" ("fold"("text"));
