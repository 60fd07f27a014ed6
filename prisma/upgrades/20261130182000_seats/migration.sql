-- Seats as reports have them: acting holders, stand-ins, several offices, groups, honorifics; invited and absent parties.
CREATE TYPE "Attendance" AS ENUM ('INVITED', 'ABSENT');
ALTER TABLE "Participant"
  ADD COLUMN "acting" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "honorific" TEXT,
  ADD COLUMN "representedPersonId" TEXT,
  ADD COLUMN "representedOfficeId" TEXT,
  ADD COLUMN "group" TEXT,
  ADD COLUMN "groupSize" INTEGER,
  ADD COLUMN "attendance" "Attendance",
  ADD CONSTRAINT "Participant_representedPersonId_fkey" FOREIGN KEY ("representedPersonId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Participant_representedOfficeId_fkey" FOREIGN KEY ("representedOfficeId") REFERENCES "Office"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Participant_group_of_unnamed" CHECK ("group" IS NULL OR "personId" IS NULL),
  ADD CONSTRAINT "Participant_size_of_group" CHECK ("groupSize" IS NULL OR ("group" IS NOT NULL AND "groupSize" > 0));
CREATE INDEX "Participant_representedPersonId_idx" ON "Participant"("representedPersonId");
CREATE INDEX "Participant_representedOfficeId_idx" ON "Participant"("representedOfficeId");

ALTER TABLE "Tenure" ADD COLUMN "acting" BOOLEAN NOT NULL DEFAULT false;

-- The offices of a seat beside its first one.
CREATE TABLE "ParticipantOffice" (
    "participantId" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,

    CONSTRAINT "ParticipantOffice_pkey" PRIMARY KEY ("participantId","officeId")
);
CREATE INDEX "ParticipantOffice_officeId_idx" ON "ParticipantOffice"("officeId");
ALTER TABLE "ParticipantOffice" ADD CONSTRAINT "ParticipantOffice_participantId_fkey" FOREIGN KEY ("participantId") REFERENCES "Participant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ParticipantOffice" ADD CONSTRAINT "ParticipantOffice_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
