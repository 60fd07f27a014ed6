-- What a party or a person said, in the order of a timeline: what has no day comes last.
CREATE INDEX "Statement_of_party_by_day" ON "Statement" ("partyId", (coalesce("onEarliest", 'infinity'::date)), "id");
CREATE INDEX "Statement_of_person_by_day" ON "Statement" ("personId", (coalesce("onEarliest", 'infinity'::date)), "id");

-- The same from other standpoints.
SELECT past."catchUp"('"Statement"', 'past."Statement"', false), past."catchUp"('"Statement"', 'drafts."Statement"', true);
