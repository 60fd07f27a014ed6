-- The parties and persons that chair a forum, each for a period. A term that is named after a year says that its holder
-- chairs in that year, not from which day to which.
CREATE TABLE "ChairTerm" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "forumId" TEXT NOT NULL,
    "partyId" TEXT,
    "personId" TEXT,
    "term" TEXT,
    "termEarliest" DATE,
    "termLatest" DATE,
    "since" TEXT,
    "sinceEarliest" DATE,
    "sinceLatest" DATE,
    "until" TEXT,
    "untilEarliest" DATE,
    "untilLatest" DATE,
    "hasEnded" BOOLEAN,
    "attestedOn" TEXT,
    "attestedOnEarliest" DATE,
    "attestedOnLatest" DATE,
    "isExpected" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT,

    CONSTRAINT "ChairTerm_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ChairTerm_holder" CHECK (num_nonnulls("partyId", "personId") > 0),
    CONSTRAINT "ChairTerm_term_partial_date" CHECK ("isPartialDate"("term", "termEarliest", "termLatest")),
    CONSTRAINT "ChairTerm_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest")),
    CONSTRAINT "ChairTerm_until_partial_date" CHECK ("isPartialDate"("until", "untilEarliest", "untilLatest")),
    CONSTRAINT "ChairTerm_attestedOn_partial_date" CHECK ("isPartialDate"("attestedOn", "attestedOnEarliest", "attestedOnLatest")),
    CONSTRAINT "ChairTerm_until_ended" CHECK ("until" IS NULL OR "hasEnded")
);
CREATE UNIQUE INDEX "ChairTerm_key_key" ON "ChairTerm"("key");
CREATE INDEX "ChairTerm_forumId_idx" ON "ChairTerm"("forumId");
CREATE INDEX "ChairTerm_partyId_idx" ON "ChairTerm"("partyId");
CREATE INDEX "ChairTerm_personId_idx" ON "ChairTerm"("personId");
ALTER TABLE "ChairTerm" ADD CONSTRAINT "ChairTerm_forumId_fkey" FOREIGN KEY ("forumId") REFERENCES "Forum"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ChairTerm" ADD CONSTRAINT "ChairTerm_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ChairTerm" ADD CONSTRAINT "ChairTerm_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Citation" ADD COLUMN "chairTermId" TEXT;
CREATE INDEX "Citation_chairTermId_idx" ON "Citation"("chairTermId");
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_chairTermId_fkey" FOREIGN KEY ("chairTermId") REFERENCES "ChairTerm"("id") ON DELETE CASCADE ON UPDATE CASCADE;
