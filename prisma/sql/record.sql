-- Rules of the record: partial dates, citations, statuses, and the version that every write moves.

-- A passage stands in its document's text, letter by letter, at its code points. A document whose text the record
-- holds is cited by passage, any other by locator or by its address; a private text that is held elsewhere is cited by
-- passage on the strength of its digest. A data set is cited by its rows, as RFC 7111 writes them.
CREATE OR REPLACE FUNCTION "citationFault"(document "Document", quote text, starts_at int, locator text) RETURNS text
LANGUAGE sql STABLE
RETURN CASE
  WHEN coalesce((document)."text", (document)."privateText") IS NULL AND quote IS NOT NULL
    AND NOT ((document)."access" = 'PRIVATE' AND (document)."sha256" IS NOT NULL)
    THEN 'cites a passage of a document whose text the record does not hold'
  WHEN (document)."access" = 'PRIVATE' AND char_length(quote) > "privatePassageLimit"()
    THEN format('cites %s characters of a private text, of which a passage has at most %s', char_length(quote), "privatePassageLimit"())
  WHEN (document)."access" = 'EXCERPT' AND strpos(substr(coalesce((document)."text", (document)."privateText"), greatest(starts_at - 2, 0) + 1,
      char_length(quote) + 2 + least(starts_at, 2)), '[…]') > 0
    THEN 'cites a passage that runs across a gap of an excerpt'
  WHEN (document)."kind" = 'DATASET' AND quote IS NULL AND coalesce(locator !~ '(^|#)(row|cell)=[1-9*]', true)
    THEN 'names no row of a data set'
  WHEN coalesce((document)."text", (document)."privateText") IS NULL AND quote IS NULL AND coalesce(locator, (document)."url") IS NULL
    THEN 'has neither a passage nor a locator, and its document has no address'
  WHEN coalesce((document)."text", (document)."privateText") IS NOT NULL AND quote IS NULL
    THEN 'names no passage of a document whose text the record holds'
  WHEN substr(coalesce((document)."text", (document)."privateText"), starts_at + 1, char_length(quote)) <> quote
    THEN 'cites a passage that does not stand in its document at its offsets'
END;

CREATE OR REPLACE FUNCTION "checkCitation"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  cited "Document";
  fault text;
BEGIN
  -- The lock keeps the text from changing between this look and the commit.
  SELECT * INTO cited FROM "Document" WHERE "id" = NEW."documentId" FOR SHARE;
  IF NOT FOUND THEN
    RETURN NULL; -- the foreign key says so better
  END IF;
  fault := "citationFault"(cited, NEW."quote", NEW."start", NEW."locator");
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'citation % %', NEW."key", fault USING ERRCODE = 'check_violation',
      TABLE = 'Citation', CONSTRAINT = 'Citation_stands_in_document';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "checkCitationsOfDocument"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  broken record;
BEGIN
  SELECT c."key", "citationFault"(NEW, c."quote", c."start", c."locator") AS fault INTO broken
  FROM "Citation" c
  WHERE c."documentId" = NEW."id" AND "citationFault"(NEW, c."quote", c."start", c."locator") IS NOT NULL
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'citation % %', broken.key, broken.fault USING ERRCODE = 'check_violation',
      TABLE = 'Document', CONSTRAINT = 'Citation_stands_in_document';
  END IF;
  RETURN NULL;
END $$;

-- A column for a state or an organization refers to a party of that kind; a party never changes its kind.
-- Arguments: the column, the kind.
CREATE OR REPLACE FUNCTION "checkPartyKind"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  party_id text := to_jsonb(NEW) ->> TG_ARGV[0];
  party_kind text := (SELECT "kind" FROM "Party" WHERE "id" = party_id);
BEGIN
  IF party_kind <> TG_ARGV[1] THEN
    RAISE EXCEPTION '%.% has to be of kind %, but % is of kind %', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1], party_id,
      party_kind USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "refuseChange"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0]
    USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END $$;

-- Sidelines and parents form no circle, however long. Arguments: the column that leads upwards, what is said.
CREATE OR REPLACE FUNCTION "checkNoCircle"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  above text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
  WHILE above IS NOT NULL LOOP
    IF above = NEW."id" THEN
      RAISE EXCEPTION '% %', coalesce(to_jsonb(NEW) ->> 'slug', to_jsonb(NEW) ->> 'key'), TG_ARGV[1]
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    EXECUTE format('SELECT %I FROM %I WHERE "id" = $1', TG_ARGV[0], TG_TABLE_NAME) INTO above USING above;
  END LOOP;
  RETURN NULL;
END $$;

-- The status of a meeting. Held once any report says so; otherwise the status reported last, a report without a day
-- counting as of the meeting's own; of several on that day the most final. With as_of only the reports known by that
-- day count: a report without a day is known from its document's, or else from the meeting's last day on.
CREATE OR REPLACE FUNCTION "meetingStatus"(meeting text, as_of date DEFAULT NULL) RETURNS "MeetingStatus"
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((
  SELECT r."status"
  FROM "StatusReport" r
  JOIN "Meeting" m ON m."id" = r."meetingId"
  LEFT JOIN "Citation" c ON c."statusReportId" = r."id"
  LEFT JOIN "Document" d ON d."id" = c."documentId"
  WHERE r."meetingId" = meeting
    AND (as_of IS NULL
      OR coalesce(r."reportedOnLatest", d."publishedOnLatest", m."endsOnLatest", m."onLatest") <= as_of)
  ORDER BY
    (r."status" = 'HELD') DESC,
    coalesce(r."reportedOnLatest", m."onLatest", '-infinity'::date) DESC,
    array_position(ARRAY['DECLINED', 'CANCELLED', 'CALLED_OFF', 'POSTPONED', 'EXPECTED'], r."status"::text)
  LIMIT 1
), 'UNKNOWN'::"MeetingStatus");

-- The status of a visit. Made once any report says so; otherwise the status reported last, a report without a day counting as
-- of the day of its document; of several on that day the most final. Without reports it follows from the visit's
-- meetings: made if one was held; otherwise from the meeting that leaves most open.
CREATE OR REPLACE FUNCTION "visitStatus"(visit text, as_of date DEFAULT NULL) RETURNS "VisitStatus"
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((
  SELECT r."status"
  FROM "VisitReport" r
  LEFT JOIN "Citation" c ON c."visitReportId" = r."id"
  LEFT JOIN "Document" d ON d."id" = c."documentId"
  WHERE r."visitId" = visit
    AND (as_of IS NULL OR coalesce(r."reportedOnLatest", d."publishedOnLatest", as_of) <= as_of)
  ORDER BY
    (r."status" = 'MADE') DESC,
    coalesce(r."reportedOnLatest", d."publishedOnLatest", '-infinity'::date) DESC,
    array_position(ARRAY['CANCELLED', 'CALLED_OFF', 'POSTPONED', 'PLANNED'], r."status"::text)
  LIMIT 1
), (
  SELECT CASE s."status"
      WHEN 'HELD' THEN 'MADE'
      WHEN 'EXPECTED' THEN 'PLANNED'
      WHEN 'DECLINED' THEN 'CANCELLED'
      ELSE s."status"::text
    END::"VisitStatus"
  FROM "VisitMeeting" v
  JOIN "Meeting" m ON m."id" = v."meetingId"
  CROSS JOIN LATERAL (
    SELECT CASE WHEN as_of IS NULL THEN m."status" ELSE "meetingStatus"(m."id", as_of) END
  ) AS s("status")
  WHERE v."visitId" = visit
  ORDER BY array_position(
    ARRAY['HELD', 'EXPECTED', 'UNKNOWN', 'POSTPONED', 'CANCELLED', 'CALLED_OFF', 'DECLINED'], s."status"::text)
  LIMIT 1
), 'UNKNOWN'::"VisitStatus");

-- Statuses that follow from reports: of meetings, agreements and activities. The status of a "Meeting" is what
-- "meetingStatus" says.
CREATE OR REPLACE FUNCTION "statusFunctionOf"(noun text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(noun) || 'Status';

-- Locks first and looks afterwards: a report that another transaction commits meanwhile is seen by the second statement.
CREATE OR REPLACE FUNCTION "settleStatuses"(noun text, records text[]) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  EXECUTE format('SELECT FROM %I WHERE "id" = ANY ($1) ORDER BY "id" FOR NO KEY UPDATE', noun) USING records;
  EXECUTE format('UPDATE %1$I r SET "status" = s."status"
    FROM (SELECT u."id", %2$I(u."id") AS "status" FROM unnest($1) AS u("id") OFFSET 0) AS s
    WHERE r."id" = s."id" AND r."status" <> s."status"', noun, "statusFunctionOf"(noun)) USING records;
END $$;

-- After reports, which name their record in the column TG_ARGV[1] of the noun TG_ARGV[0].
CREATE OR REPLACE FUNCTION "statusAfterReports"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  records text[];
BEGIN
  EXECUTE format('SELECT array_agg(DISTINCT c.%I) FROM changed c', TG_ARGV[1]) INTO records;
  PERFORM "settleStatuses"(TG_ARGV[0], records);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "statusAfterMovedReports"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  records text[];
BEGIN
  EXECUTE format('SELECT ARRAY(SELECT b.%1$I FROM before b UNION SELECT c.%1$I FROM changed c)', TG_ARGV[1]) INTO records;
  PERFORM "settleStatuses"(TG_ARGV[0], records);
  RETURN NULL;
END $$;

-- After days of a record that count like reports.
CREATE OR REPLACE FUNCTION "statusAfterDays"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM "settleStatuses"(TG_TABLE_NAME, ARRAY[NEW."id"]);
  RETURN NULL;
END $$;

-- A status cannot be set by hand.
CREATE OR REPLACE FUNCTION "statusFromReports"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW."status" := 'UNKNOWN';
  ELSE
    EXECUTE format('SELECT %I($1)', "statusFunctionOf"(TG_TABLE_NAME)) INTO NEW."status" USING NEW."id";
  END IF;
  RETURN NEW;
END $$;

-- A seat keeps its meeting's days.
CREATE OR REPLACE FUNCTION "daysOfMeeting"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  SELECT "onEarliest", coalesce("endsOnLatest", "onLatest") INTO NEW."meetingEarliest", NEW."meetingLatest"
  FROM "Meeting" WHERE "id" = NEW."meetingId" FOR NO KEY UPDATE;
  RETURN NEW;
END $$;

-- A meeting that moves takes its seats along, and its undated reports.
CREATE OR REPLACE FUNCTION "afterMeetingMoved"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE "Participant" SET "meetingEarliest" = NEW."onEarliest",
    "meetingLatest" = coalesce(NEW."endsOnLatest", NEW."onLatest")
  WHERE "meetingId" = NEW."id";
  PERFORM "settleStatuses"('Meeting', ARRAY[NEW."id"]);
  RETURN NULL;
END $$;

-- Moves the version once per transaction and tells every process that listens on channel record. It runs when the
-- transaction commits (a deferred constraint trigger, which has to be for each row): the one row that all writers
-- share is thus the last one they lock, so that they neither wait for each other's work nor deadlock over it.
CREATE OR REPLACE FUNCTION "moveRecordVersion"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  transaction_id bigint;
  moved bigint;
BEGIN
  transaction_id := txid_current();
  IF current_setting('sidelines.record_moved_by', true) IS NOT DISTINCT FROM transaction_id::text THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('sidelines.record_moved_by', transaction_id::text, true);
  INSERT INTO "RecordVersion" AS r ("id", "version", "movedBy") VALUES (1, 1, transaction_id)
  ON CONFLICT ("id") DO UPDATE SET "version" = r."version" + 1, "movedBy" = transaction_id
  RETURNING r."version" INTO moved;
  PERFORM pg_notify('record', moved::text);
  RETURN NULL;
END $$;

-- Lets the writes to a table move the version. `migrate` calls it for every declared table.
CREATE OR REPLACE FUNCTION "watchRecord"(watched regclass) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  EXECUTE format('CREATE CONSTRAINT TRIGGER "moves_record_version" AFTER INSERT OR DELETE ON %s
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "moveRecordVersion"()', watched);
  EXECUTE format('CREATE CONSTRAINT TRIGGER "moves_record_version_when_changed" AFTER UPDATE ON %s
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION "moveRecordVersion"()', watched);
  EXECUTE format('CREATE TRIGGER "moves_record_version_when_emptied" AFTER TRUNCATE ON %s
    FOR EACH STATEMENT EXECUTE FUNCTION "moveRecordVersion"()', watched);
END $$;

-- The last source of a fact does not go while the fact stands; not either when all citations go at once, for which Postgres asks no
-- trigger of single rows. When the facts are emptied with them, nothing is left uncited.
CREATE OR REPLACE FUNCTION "checkNoneUncited"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  uncited record;
BEGIN
  SELECT * INTO uncited FROM past."Uncited" LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% % would be left without a source', uncited."table", uncited."id"
      USING ERRCODE = 'check_violation', TABLE = uncited."table", CONSTRAINT = 'Citation_leaves_no_fact_uncited';
  END IF;
  RETURN NULL;
END $$;
