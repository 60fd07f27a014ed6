-- The local start, the duration and the venue of a meeting; in a call each side has a place of its own.
ALTER TABLE "Meeting"
  ADD COLUMN "startTime" TEXT,
  ADD COLUMN "durationMinutes" INTEGER,
  ADD COLUMN "venue" TEXT,
  ADD CONSTRAINT "Meeting_startTime_form"
    CHECK ("startTime" ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|MORNING|NOON|AFTERNOON|EVENING|NIGHT)$'),
  ADD CONSTRAINT "Meeting_duration_positive" CHECK ("durationMinutes" > 0);
ALTER TABLE "Participant" ADD COLUMN "placeId" TEXT,
  ADD CONSTRAINT "Participant_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "Participant_placeId_idx" ON "Participant"("placeId");
