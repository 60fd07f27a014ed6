-- Forums that ended, and the periods in which parties and forums bore a name: Swaziland until 2018.
ALTER TABLE "Forum"
  ADD COLUMN "endedOn" TEXT,
  ADD COLUMN "endedOnEarliest" DATE,
  ADD COLUMN "endedOnLatest" DATE,
  ADD CONSTRAINT "Forum_endedOn_partial_date" CHECK ("isPartialDate"("endedOn", "endedOnEarliest", "endedOnLatest"));
ALTER TABLE "PartyName"
  ADD COLUMN "since" TEXT,
  ADD COLUMN "until" TEXT,
  ADD CONSTRAINT "PartyName_since_partial_date" CHECK ("earliestDay"("since") IS NOT NULL OR "since" IS NULL),
  ADD CONSTRAINT "PartyName_until_partial_date" CHECK ("earliestDay"("until") IS NOT NULL OR "until" IS NULL);
ALTER TABLE "ForumName"
  ADD COLUMN "since" TEXT,
  ADD COLUMN "until" TEXT,
  ADD CONSTRAINT "ForumName_since_partial_date" CHECK ("earliestDay"("since") IS NOT NULL OR "since" IS NULL),
  ADD CONSTRAINT "ForumName_until_partial_date" CHECK ("earliestDay"("until") IS NOT NULL OR "until" IS NULL);
