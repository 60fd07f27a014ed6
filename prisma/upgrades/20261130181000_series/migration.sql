-- A meeting of any kind may be a sitting of a forum: the fourth 2+2 dialogue is a bilateral, and one of a series.
ALTER TYPE "ForumKind" ADD VALUE 'BILATERAL_SERIES';
ALTER TYPE "ForumKind" ADD VALUE 'MINILATERAL';
ALTER TABLE "Meeting" DROP CONSTRAINT "Meeting_forum_only_of_sessions",
  ADD CONSTRAINT "Meeting_session_of_forum" CHECK ("kind" <> 'SESSION' OR "forumId" IS NOT NULL);

-- Whether a sitting counts as a meeting of two depends on its kind, and on the kind of its forum.
DROP TRIGGER "settles_pairs" ON "Meeting";
CREATE TRIGGER "settles_pairs" AFTER UPDATE ON "Meeting"
  FOR EACH ROW WHEN (OLD."kind" <> NEW."kind" OR OLD."forumId" IS DISTINCT FROM NEW."forumId")
  EXECUTE FUNCTION derived."afterKind"();
CREATE TRIGGER "settles_pairs" AFTER UPDATE ON "Forum"
  FOR EACH ROW WHEN (OLD."kind" IS DISTINCT FROM NEW."kind") EXECUTE FUNCTION derived."afterKind"();
