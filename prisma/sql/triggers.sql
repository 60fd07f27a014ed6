-- The triggers of the record, by the task of their functions. `migrate` derives others for every declared table: history,
-- the record version, search words, former names and the last source of a fact.

-- Citations and documents (record.sql, private-texts.sql).
CREATE OR REPLACE TRIGGER "Citation_stands_in_document"
  AFTER INSERT OR UPDATE OF "documentId", "quote", "start", "end", "locator" ON "Citation"
  FOR EACH ROW EXECUTE FUNCTION "checkCitation"();
-- The columns of the row count, and not those that a statement names, because the trigger below writes others.
CREATE OR REPLACE TRIGGER "Document_keeps_its_passages" AFTER UPDATE ON "Document"
  FOR EACH ROW WHEN (ROW(OLD."kind", OLD."access", OLD."text", OLD."privateText", OLD."sha256", OLD."url")
    IS DISTINCT FROM ROW(NEW."kind", NEW."access", NEW."text", NEW."privateText", NEW."sha256", NEW."url"))
  EXECUTE FUNCTION "checkCitationsOfDocument"();
CREATE OR REPLACE TRIGGER "sets_private_text_apart" BEFORE INSERT OR UPDATE ON "Document"
  FOR EACH ROW EXECUTE FUNCTION "setTextApart"();
CREATE OR REPLACE TRIGGER "leaves_no_fact_uncited_when_emptied" AFTER TRUNCATE ON "Citation"
  FOR EACH STATEMENT EXECUTE FUNCTION "checkNoneUncited"();

-- States and organizations (record.sql).
CREATE OR REPLACE TRIGGER "Party_kind_is_lasting" BEFORE UPDATE ON "Party"
  FOR EACH ROW WHEN (OLD."kind" <> NEW."kind")
  EXECUTE FUNCTION "refuseChange"('a state does not become an organization, nor an organization a state');
CREATE OR REPLACE TRIGGER "Person_state_is_a_state" AFTER INSERT OR UPDATE OF "stateId" ON "Person"
  FOR EACH ROW WHEN (NEW."stateId" IS NOT NULL) EXECUTE FUNCTION "checkPartyKind"('stateId', 'STATE');
CREATE OR REPLACE TRIGGER "Place_state_is_a_state" AFTER INSERT OR UPDATE OF "stateId" ON "Place"
  FOR EACH ROW WHEN (NEW."stateId" IS NOT NULL) EXECUTE FUNCTION "checkPartyKind"('stateId', 'STATE');
CREATE OR REPLACE TRIGGER "Forum_organization_is_an_organization" AFTER INSERT OR UPDATE OF "organizationId" ON "Forum"
  FOR EACH ROW WHEN (NEW."organizationId" IS NOT NULL)
  EXECUTE FUNCTION "checkPartyKind"('organizationId', 'ORGANIZATION');

-- Parents (record.sql).
CREATE OR REPLACE TRIGGER "Meeting_sidelines_form_no_circle" AFTER INSERT OR UPDATE OF "sidelinesOfId" ON "Meeting"
  FOR EACH ROW WHEN (NEW."sidelinesOfId" IS NOT NULL)
  EXECUTE FUNCTION "checkNoCircle"('sidelinesOfId', 'would be held on its own sidelines');
CREATE OR REPLACE TRIGGER "Forum_parents_form_no_circle" AFTER INSERT OR UPDATE OF "parentId" ON "Forum"
  FOR EACH ROW WHEN (NEW."parentId" IS NOT NULL)
  EXECUTE FUNCTION "checkNoCircle"('parentId', 'would be its own parent');
CREATE OR REPLACE TRIGGER "Agreement_parents_form_no_circle" AFTER INSERT OR UPDATE OF "parentId" ON "Agreement"
  FOR EACH ROW WHEN (NEW."parentId" IS NOT NULL) EXECUTE FUNCTION "checkNoCircle"('parentId', 'is above itself');

-- Statuses that follow from reports (record.sql).
DO $make$
DECLARE
  reported record;
BEGIN
  FOR reported IN SELECT * FROM (VALUES
    ('Meeting', 'StatusReport', 'meetingId'), ('Agreement', 'AgreementReport', 'agreementId'), ('Activity', 'ActivityReport', 'activityId')
  ) AS r("noun", "reports", "owner") LOOP
    EXECUTE format($$
      CREATE OR REPLACE TRIGGER %4$I AFTER INSERT ON %2$I
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "statusAfterReports"(%1$L, %3$L);
      CREATE OR REPLACE TRIGGER %5$I AFTER DELETE ON %2$I
        REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "statusAfterReports"(%1$L, %3$L);
      CREATE OR REPLACE TRIGGER %6$I AFTER UPDATE ON %2$I
        REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "statusAfterMovedReports"(%1$L, %3$L);
      CREATE OR REPLACE TRIGGER %7$I BEFORE INSERT ON %1$I
        FOR EACH ROW WHEN (NEW."status" <> 'UNKNOWN') EXECUTE FUNCTION "statusFromReports"();
      CREATE OR REPLACE TRIGGER %8$I BEFORE UPDATE ON %1$I
        FOR EACH ROW WHEN (OLD."status" <> NEW."status") EXECUTE FUNCTION "statusFromReports"()$$,
      reported."noun", reported."reports", reported."owner", reported."reports" || '_insert_settles_status',
      reported."reports" || '_delete_settles_status', reported."reports" || '_update_settles_status',
      reported."noun" || '_insert_has_no_status', reported."noun" || '_status_follows_reports');
  END LOOP;
END $make$;
-- Days of agreements count like reports.
CREATE OR REPLACE TRIGGER "Agreement_insert_settles_status" AFTER INSERT ON "Agreement"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "statusAfterReports"('Agreement', 'id');
CREATE OR REPLACE TRIGGER "Agreement_days_settle_status" AFTER UPDATE ON "Agreement"
  FOR EACH ROW WHEN ((OLD."signedOn", OLD."since") IS DISTINCT FROM (NEW."signedOn", NEW."since"))
  EXECUTE FUNCTION "statusAfterDays"();

-- Days of meetings (record.sql).
CREATE OR REPLACE TRIGGER "Participant_has_days_of_meeting"
  BEFORE INSERT OR UPDATE OF "meetingId", "meetingEarliest", "meetingLatest" ON "Participant"
  FOR EACH ROW EXECUTE FUNCTION "daysOfMeeting"();
CREATE OR REPLACE TRIGGER "Meeting_moves_with_its_seats" AFTER UPDATE ON "Meeting"
  FOR EACH ROW WHEN ((OLD."onEarliest", OLD."onLatest", OLD."endsOnLatest")
    IS DISTINCT FROM (NEW."onEarliest", NEW."onLatest", NEW."endsOnLatest"))
  EXECUTE FUNCTION "afterMeetingMoved"();

-- History (history.sql).
CREATE OR REPLACE TRIGGER "refuses_rewriting" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Act"
  FOR EACH STATEMENT EXECUTE FUNCTION past."refuseRewriting"();
CREATE OR REPLACE TRIGGER "refuses_rewriting" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Change"
  FOR EACH STATEMENT EXECUTE FUNCTION past."refuseRewriting"();
CREATE OR REPLACE TRIGGER "refuses_rewriting_of_others" BEFORE UPDATE OR DELETE ON "Change"
  FOR EACH ROW EXECUTE FUNCTION past."refuseRewritingOfOthers"();
CREATE OR REPLACE TRIGGER "unites_what_refers" AFTER INSERT ON "MergedRecord"
  FOR EACH ROW EXECUTE FUNCTION past."afterMerge"();
-- Constraint triggers cannot be replaced.
DROP TRIGGER IF EXISTS "keeps_history" ON past."Touched";
CREATE CONSTRAINT TRIGGER "keeps_history" AFTER INSERT ON past."Touched" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION past."keepTouched"();

-- Lists of likely duplicates change with the pairs that are dismissed.
DROP TRIGGER IF EXISTS "moves_record_version" ON "DismissedDuplicate";
DROP TRIGGER IF EXISTS "moves_record_version_when_changed" ON "DismissedDuplicate";
DROP TRIGGER IF EXISTS "moves_record_version_when_emptied" ON "DismissedDuplicate";
SELECT "watchRecord"('"DismissedDuplicate"');

-- Pairs of participants (pairs.sql).
CREATE OR REPLACE TRIGGER "settles_pairs_of_new" AFTER INSERT ON "Participant"
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION derived."afterSeats"();
CREATE OR REPLACE TRIGGER "settles_pairs_of_changed" AFTER UPDATE ON "Participant"
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION derived."afterSeats"();
CREATE OR REPLACE TRIGGER "settles_pairs_of_gone" AFTER DELETE ON "Participant"
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION derived."afterSeats"();
CREATE OR REPLACE TRIGGER "settles_pairs_of_emptied" AFTER TRUNCATE ON "Participant"
  FOR EACH STATEMENT EXECUTE FUNCTION derived."withoutSeats"();
CREATE OR REPLACE TRIGGER "settles_pairs" AFTER INSERT OR UPDATE OR DELETE ON "ParticipantOffice"
  FOR EACH ROW EXECUTE FUNCTION derived."afterOffices"();
CREATE OR REPLACE TRIGGER "settles_pairs" AFTER UPDATE ON "Meeting"
  FOR EACH ROW WHEN (OLD."kind" <> NEW."kind" OR OLD."forumId" IS DISTINCT FROM NEW."forumId")
  EXECUTE FUNCTION derived."afterKind"();
CREATE OR REPLACE TRIGGER "settles_pairs" AFTER UPDATE ON "Forum"
  FOR EACH ROW WHEN (OLD."kind" IS DISTINCT FROM NEW."kind") EXECUTE FUNCTION derived."afterKind"();
CREATE OR REPLACE TRIGGER "settles_pairs" AFTER UPDATE ON "Office"
  FOR EACH ROW WHEN (OLD."kind" <> NEW."kind") EXECUTE FUNCTION derived."afterKind"();
CREATE OR REPLACE TRIGGER "keeps_former_pairs" AFTER DELETE ON derived."Pair" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION derived."keepFormerPairs"();

-- Counts of meetings, and reports and claims by day (tallies.sql, reported.sql). They are settled at commit, by the
-- trigger "keeps_history" (history.sql, settling.sql); earlier versions settled them after each statement.
DO $make$
DECLARE
  retired record;
  noted name;
  emptied record;
BEGIN
  FOR retired IN SELECT * FROM (VALUES
    ('Meeting', 'counts_new'), ('Meeting', 'counts_changed'), ('Meeting', 'counts_no_gone'),
    ('Participant', 'counts_with_new'), ('Participant', 'counts_with_changed'), ('Participant', 'counts_without_gone'),
    ('Participant', 'settles_reported_of_new'), ('StatusReport', 'settles_reported_of_new'),
    ('FirstSinceClaim', 'settles_reported_of_new'), ('Citation', 'settles_reported_of_new')
  ) AS r("table", "trigger") LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', retired."trigger", retired."table");
  END LOOP;
  FOREACH noted IN ARRAY ARRAY['Participant', 'StatusReport', 'FirstSinceClaim', 'Citation'] LOOP
    EXECUTE format($$
      CREATE OR REPLACE TRIGGER "settles_reported_of_changed" AFTER UPDATE ON %1$I
        REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION derived."noteFormer"();
      CREATE OR REPLACE TRIGGER "settles_reported_of_gone" AFTER DELETE ON %1$I
        REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION derived."noteFormer"()$$, noted);
  END LOOP;
  FOR emptied IN SELECT * FROM (VALUES
    ('Meeting', 'counts_none_of_emptied', 'afterEmptied'), ('Participant', 'counts_none_of_emptied', 'afterEmptied'),
    ('Participant', 'settles_reported_of_emptied', 'afterReportedEmptied'), ('StatusReport', 'settles_reported_of_emptied', 'afterReportedEmptied'),
    ('FirstSinceClaim', 'settles_reported_of_emptied', 'afterReportedEmptied'), ('Citation', 'settles_reported_of_emptied', 'afterReportedEmptied')
  ) AS e("table", "trigger", "function") LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION derived.%I()',
      emptied."trigger", emptied."table", emptied."function");
  END LOOP;
END $make$;
CREATE OR REPLACE TRIGGER "settles_reported_of_changed" AFTER UPDATE ON "Document"
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION derived."noteFormer"();
DROP FUNCTION IF EXISTS derived."afterCounted"(), derived."afterSeatsOfCounted"(), derived."afterReported"(), derived."afterReporting"();
