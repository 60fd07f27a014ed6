-- The topics that a meeting was about, by key. Lists are filtered by them, and search finds meetings by their words.
ALTER TABLE "Meeting" ADD COLUMN "topics" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "Meeting_topics_idx" ON "Meeting" USING GIN ("topics");
CREATE INDEX "Meeting_by_words_of_topics" ON "Meeting" USING GIN ("wordsOf"("topics"));
