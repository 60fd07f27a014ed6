-- The tables of a new database, with their checks and indexes, the schemas beside the record, and the few functions that
-- checks, defaults and indexes use. Databases of releases up to 0.2.0 come to the same state by prisma/upgrades.
--
-- All other functions, views and triggers are in prisma/sql, and are applied again when their text changes. `migrate`
-- derives history, drafts and read views of each table, and the functions for all kinds of records, from the catalog
-- and the declarations (*.record.ts).
--
-- A table has the name of its model in prisma/schema.prisma, a column that of its field.

-- ---------------------------------------------------------------------------------------------- functions of defaults

-- The act of this transaction, made when first asked for, at the latest when the transaction commits: who acts, what it
-- is called and why is read from the transaction's settings sidelines.act, .actor, .actor_name and .reason. The row that
-- all writers share, and lock last, makes acts take turns, so that their numbers, their moments and the order in which
-- they are committed agree: what stood at a moment does not change afterwards. Moments are whole milliseconds, the
-- finest that clients can speak of.
CREATE FUNCTION "currentAct"() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  act bigint := nullif(current_setting('sidelines.act_number', true), '');
BEGIN
  IF act IS NULL THEN
    PERFORM FROM "RecordVersion" WHERE "id" = 1 FOR NO KEY UPDATE;
    INSERT INTO "Act" ("id", "kind", "actor", "actorName", "reason", "at") VALUES (
      'act_' || translate(right(replace(gen_random_uuid()::text, '-', ''), 16), '0189', 'wxyz'),
      coalesce(nullif(current_setting('sidelines.act', true), ''), 'unattributed'),
      coalesce(nullif(current_setting('sidelines.actor', true), ''), 'unattributed'),
      nullif(current_setting('sidelines.actor_name', true), ''),
      nullif(current_setting('sidelines.reason', true), ''),
      greatest(date_trunc('milliseconds', clock_timestamp()),
        (SELECT "at" FROM "Act" ORDER BY "number" DESC LIMIT 1) + interval '1 millisecond')
    ) RETURNING "number" INTO act;
    PERFORM set_config('sidelines.act_number', act::text, true);
  END IF;
  RETURN act;
END $$;

-- ------------------------------------------------------------------------------------------------------- extensions

-- unaccent replaces letters that do not decompose (ø, đ, ɗ); pg_trgm finds words with letters in common, and
-- fuzzystrmatch words that sound alike. A user who may create objects in the database may create all three.
DO $$
DECLARE
  wanted text;
  path text := current_setting('search_path');
BEGIN
  FOREACH wanted IN ARRAY ARRAY['unaccent', 'pg_trgm', 'fuzzystrmatch'] LOOP
    BEGIN
      EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I', wanted);
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
      RAISE EXCEPTION 'search needs the extension % of Postgres, which could not be created (%): % CREATE EXTENSION %',
        wanted, SQLERRM, 'install the package of additional modules (postgresql-contrib) if it is lacking, and let '
        'somebody with the right CREATE on the database run', wanted;
    END;
    -- It may exist already, in another schema.
    path := concat_ws(', ', path, (
      SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
      WHERE e.extname = wanted AND n.nspname <> ALL (current_schemas(true))));
  END LOOP;
  PERFORM set_config('search_path', path, true);
END $$;

-- ---------------------------------------------------------------------------------------------------------- schemas

-- Statements read another view of the record if one of these is first in the search path (docs/architecture.md):
--
--   past      every version of every row that was committed, the present one included
--   known     views of past: the record at the moment in the setting sidelines.known_at
--   drafts    rows that are not published
--   editing   views of the record together with the drafts; a row that is written to them is a draft
CREATE SCHEMA past;
CREATE SCHEMA known;
CREATE SCHEMA drafts;
CREATE SCHEMA editing;
-- Words, hits and excerpts of search.
CREATE SCHEMA search;
-- Projections: they follow from the record, and can be rebuilt at any time.
CREATE SCHEMA derived;

-- -------------------------------------------------------------------------------- functions of checks and indexes

-- A change of these functions takes a migration that also rebuilds the checks and indexes.

-- The first day of a year, month or day: 2024, 2024-10, 2024-11-20; null for any other text.
CREATE FUNCTION "firstDayOf"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
  WHEN partial ~ '^(?!0000)[0-9]{4}$' THEN make_date(partial::int, 1, 1)
  WHEN partial ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$'
    THEN make_date(left(partial, 4)::int, right(partial, 2)::int, 1)
  WHEN partial ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
    AND right(partial, 2)::int <= extract(day FROM
      make_date(left(partial, 4)::int, substr(partial, 6, 2)::int, 1) + interval '1 month - 1 day')
    THEN make_date(left(partial, 4)::int, substr(partial, 6, 2)::int, right(partial, 2)::int)
END;

-- The last day of a year, month or day; null for any other text.
CREATE FUNCTION "lastDayOf"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE char_length(partial)
  WHEN 4 THEN ("firstDayOf"(partial) + interval '1 year - 1 day')::date
  WHEN 7 THEN ("firstDayOf"(partial) + interval '1 month - 1 day')::date
  ELSE "firstDayOf"(partial)
END;

-- The earliest day a partial date can mean: EDTF level 1, which is a year, month or day, with a mark if it is
-- approximate (~), uncertain (?) or both (%), or an interval of two of them. Null for a text that is none. Marks do not
-- change the days.
CREATE FUNCTION "earliestDay"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN partial ~ '^[0-9-]+[~?%]?(/[0-9-]+[~?%]?)?$'
  THEN "firstDayOf"(rtrim(split_part(partial, '/', 1), '~?%')) END;

-- The latest day a partial date can mean; null for a text that is none.
CREATE FUNCTION "latestDay"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN partial ~ '^[0-9-]+[~?%]?(/[0-9-]+[~?%]?)?$'
  THEN "lastDayOf"(rtrim(split_part(partial, '/', -1), '~?%')) END;

-- Whether a partial date and its two days are all absent, or all present and say the same.
CREATE FUNCTION "isPartialDate"(partial text, earliest date, latest date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN partial IS NULL THEN earliest IS NULL AND latest IS NULL
  ELSE coalesce(earliest = "earliestDay"(partial) AND latest = "latestDay"(partial) AND earliest <= latest, false)
END;

-- A text with a space for each character that is neither letter nor digit nor belongs to one: as long as before.
CREATE FUNCTION search."parted"(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(words, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\ufffd]', ' ', 'g');

-- A text as search compares it: without case, accents and punctuation, words parted by single spaces. It depends on no
-- locale: ASCII, Greek and Cyrillic capitals are lowered here.
CREATE FUNCTION "fold"(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
RETURN btrim(CASE
  -- Most texts are ASCII, for which little is to be done.
  WHEN octet_length(words) = length(words) THEN regexp_replace(lower(words COLLATE "C"), '[^a-z0-9]+', ' ', 'g')
  ELSE regexp_replace(search."parted"(
    translate(
      lower(unaccent('unaccent'::regdictionary,
        regexp_replace(normalize(words, NFD), '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]', '', 'g')) COLLATE "C"),
      'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІЂЈЉЊЋЏҐ',
      'αβγδεζηθικλμνξοπρστυφχψωσабвгдежзиклмнопрстуфхцчшщъыьэюяєіђјљњћџґ')),
    ' +', ' ', 'g')
END);

-- The words of texts, as an index keeps them.
CREATE FUNCTION "wordsOf"(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 600
RETURN to_tsvector('pg_catalog.simple', "fold"(words));

CREATE FUNCTION "wordsOf"(texts text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 600
RETURN to_tsvector('pg_catalog.simple', "fold"(array_to_string(texts, ' ')));

-- ---------------------------------------------------------------------------------------------------------- documents

CREATE TYPE "DocumentKind" AS ENUM ('NEWS_REPORT', 'READOUT', 'JOINT_STATEMENT', 'OFFICIAL_PAGE', 'REFERENCE');
CREATE TYPE "CitationStance" AS ENUM ('SUPPORTS', 'DISPUTES');

-- A published text that facts are cited from. Its text, if the record holds it, has a hash, so that offsets of passages
-- stay true.
CREATE TABLE "Document" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "kind" "DocumentKind" NOT NULL,
  "title" text NOT NULL,
  "titleIsOurs" boolean NOT NULL DEFAULT false,
  "publisher" text NOT NULL,
  "agency" text,
  "dateline" text,
  "language" text NOT NULL,
  "publishedOn" text,
  "publishedOnEarliest" date,
  "publishedOnLatest" date,
  "url" text,
  "text" text,
  "sha256" text,
  CONSTRAINT "Document_hash_of_text" CHECK ("sha256" = encode(sha256(convert_to("text", 'UTF8')), 'hex')),
  CONSTRAINT "Document_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Document_language_form" CHECK ("language" ~ '^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$'),
  CONSTRAINT "Document_publishedOn_partial_date"
    CHECK ("isPartialDate"("publishedOn", "publishedOnEarliest", "publishedOnLatest")),
  CONSTRAINT "Document_text_and_hash" CHECK (("text" IS NULL) = ("sha256" IS NULL)),
  CONSTRAINT "Document_text_present" CHECK ("text" <> ''),
  CONSTRAINT "Document_title_present" CHECK (btrim("title") <> ''),
  CONSTRAINT "Document_url_form" CHECK ("url" ~* '^https?://[^[:space:]]+$')
);
CREATE UNIQUE INDEX "Document_key_key" ON "Document" ("key");
CREATE INDEX "Document_by_title" ON "Document" ((left("fold"("title"), 200)) COLLATE "C");
CREATE INDEX "Document_by_title_words" ON "Document" USING gin ("wordsOf"("title")) WITH (fastupdate = off);
CREATE INDEX "Document_by_words" ON "Document" USING gin
  ("wordsOf"(ARRAY["title", "publisher", "agency", left("text", 200000)])) WITH (fastupdate = off);
CREATE INDEX "Document_id_idx" ON "Document" USING hash ("id");
CREATE INDEX "Document_publishedOnEarliest_id_idx" ON "Document" ("publishedOnEarliest", "id");

-- ------------------------------------------------------------------------------------------------------------ parties

CREATE TYPE "PartyKind" AS ENUM ('STATE', 'ORGANIZATION');
CREATE TYPE "NameKind" AS ENUM ('OFFICIAL', 'ALIAS', 'DEMONYM');
CREATE TYPE "IdentifierScheme" AS ENUM ('COW', 'GLEDITSCH_WARD', 'M49', 'WIKIDATA');
CREATE TYPE "NameOrder" AS ENUM ('GIVEN_FIRST', 'FAMILY_FIRST');
CREATE TYPE "PersonNameKind" AS ENUM ('PRIMARY', 'ALIAS');
CREATE TYPE "OfficeKind" AS ENUM (
  'HEAD_OF_STATE', 'HEAD_OF_GOVERNMENT', 'FOREIGN_MINISTER', 'DEFENCE_MINISTER', 'SECOND_DEFENCE_MINISTER',
  'DEPUTY_DEFENCE_MINISTER', 'DEPUTY_FOREIGN_MINISTER', 'DEFENCE_INDUSTRY_MINISTER', 'OTHER_MINISTER',
  'DEFENCE_SECRETARY', 'CHIEF_OF_DEFENCE', 'SERVICE_CHIEF', 'NATIONAL_SECURITY_ADVISER', 'SECRETARY_GENERAL',
  'AMBASSADOR', 'OFFICIAL', 'OTHER'
);

-- A state or an international organization.
CREATE TABLE "Party" (
  "id" text PRIMARY KEY,
  "kind" "PartyKind" NOT NULL,
  "code" text NOT NULL,
  "alpha2" text,
  "name" text NOT NULL,
  "officialName" text,
  CONSTRAINT "Party_alpha2_form" CHECK ("alpha2" IS NULL OR ("alpha2" ~ '^[A-Z]{2}$' AND "kind" = 'STATE')),
  CONSTRAINT "Party_code_form"
    CHECK (CASE "kind" WHEN 'STATE' THEN "code" ~ '^[A-Z]{3}$' ELSE "code" ~ '^[A-Z0-9][A-Za-z0-9&+-]{0,31}$' END),
  CONSTRAINT "Party_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Party_name_present" CHECK (btrim("name") <> '')
);
CREATE UNIQUE INDEX "Party_alpha2_key" ON "Party" ("alpha2");
CREATE UNIQUE INDEX "Party_code_key" ON "Party" ("code");
CREATE INDEX "Party_by_likeness" ON "Party" USING gin
  ("fold"("code") gin_trgm_ops, "fold"("alpha2") gin_trgm_ops, "fold"("name") gin_trgm_ops,
   "fold"("officialName") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "Party_by_words" ON "Party" USING gin
  ("wordsOf"(ARRAY["name", "officialName", "code"])) WITH (fastupdate = off);
CREATE INDEX "Party_id_idx" ON "Party" USING hash ("id");
CREATE INDEX "Party_kind_name_id_idx" ON "Party" ("kind", "name", "id");

-- Further names of a party, with the periods in which it bore them.
CREATE TABLE "PartyName" (
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "text" text NOT NULL,
  "kind" "NameKind" NOT NULL,
  "language" text,
  "since" text,
  "until" text,
  PRIMARY KEY ("partyId", "text"),
  CONSTRAINT "PartyName_since_partial_date" CHECK ("earliestDay"("since") IS NOT NULL OR "since" IS NULL),
  CONSTRAINT "PartyName_text_present" CHECK (btrim("text") <> ''),
  CONSTRAINT "PartyName_until_partial_date" CHECK ("earliestDay"("until") IS NOT NULL OR "until" IS NULL)
);
CREATE INDEX "PartyName_by_likeness" ON "PartyName" USING gin ("fold"("text") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "PartyName_by_words" ON "PartyName" USING gin ("wordsOf"("text")) WITH (fastupdate = off);

-- Identifiers of a party in other data sets.
CREATE TABLE "PartyIdentifier" (
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "scheme" "IdentifierScheme" NOT NULL,
  "value" text NOT NULL,
  PRIMARY KEY ("partyId", "scheme"),
  CONSTRAINT "PartyIdentifier_value_present" CHECK (btrim("value") <> '')
);
CREATE UNIQUE INDEX "PartyIdentifier_scheme_value_key" ON "PartyIdentifier" ("scheme", "value");

-- A person who held an office or took part in a meeting.
CREATE TABLE "Person" (
  "id" text PRIMARY KEY,
  "slug" text NOT NULL,
  "name" text NOT NULL,
  "nameOrder" "NameOrder",
  "stateId" text REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "Person_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Person_name_present" CHECK (btrim("name") <> ''),
  CONSTRAINT "Person_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
CREATE UNIQUE INDEX "Person_slug_key" ON "Person" ("slug");
CREATE INDEX "Person_by_words" ON "Person" USING gin ("wordsOf"("name")) WITH (fastupdate = off);
CREATE INDEX "Person_id_idx" ON "Person" USING hash ("id");
CREATE INDEX "Person_name_id_idx" ON "Person" ("name", "id");
CREATE INDEX "Person_stateId_idx" ON "Person" ("stateId");

-- Further names of a person.
CREATE TABLE "PersonName" (
  "personId" text NOT NULL REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "text" text NOT NULL,
  "kind" "PersonNameKind" NOT NULL,
  "language" text,
  PRIMARY KEY ("personId", "text"),
  CONSTRAINT "PersonName_text_present" CHECK (btrim("text") <> '')
);
CREATE INDEX "PersonName_by_words" ON "PersonName" USING gin ("wordsOf"("text")) WITH (fastupdate = off);

-- An office of a party: minister of defence, chief of defence.
CREATE TABLE "Office" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "title" text NOT NULL,
  "kind" "OfficeKind" NOT NULL,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "Office_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Office_title_present" CHECK (btrim("title") <> '')
);
CREATE UNIQUE INDEX "Office_key_key" ON "Office" ("key");
CREATE UNIQUE INDEX "Office_partyId_title_key" ON "Office" ("partyId", "title");
CREATE INDEX "Office_id_idx" ON "Office" USING hash ("id");

-- The period in which a person held an office.
CREATE TABLE "Tenure" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "acting" boolean NOT NULL DEFAULT false,
  "personId" text NOT NULL REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "officeId" text NOT NULL REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "since" text,
  "sinceEarliest" date,
  "sinceLatest" date,
  "until" text,
  "untilEarliest" date,
  "untilLatest" date,
  "hasEnded" boolean,
  "attestedOn" text,
  "attestedOnEarliest" date,
  "attestedOnLatest" date,
  "note" text,
  CONSTRAINT "Tenure_attestedOn_partial_date"
    CHECK ("isPartialDate"("attestedOn", "attestedOnEarliest", "attestedOnLatest")),
  CONSTRAINT "Tenure_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Tenure_period_order" CHECK ("sinceEarliest" <= "untilLatest"),
  CONSTRAINT "Tenure_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest")),
  CONSTRAINT "Tenure_until_means_ended" CHECK ("until" IS NULL OR "hasEnded" IS TRUE),
  CONSTRAINT "Tenure_until_partial_date" CHECK ("isPartialDate"("until", "untilEarliest", "untilLatest"))
);
CREATE UNIQUE INDEX "Tenure_key_key" ON "Tenure" ("key");
CREATE INDEX "Tenure_of_office" ON "Tenure"
  ("officeId", (coalesce("sinceEarliest", "attestedOnEarliest")) DESC NULLS LAST, "id");
CREATE INDEX "Tenure_of_person" ON "Tenure"
  ("personId", (coalesce("sinceEarliest", "attestedOnEarliest")) DESC NULLS LAST, "id");

-- ------------------------------------------------------------------------------------------------------------- forums

CREATE TYPE "ForumKind" AS ENUM (
  'ORGANIZATION', 'MINISTERIAL', 'SUMMIT', 'DIALOGUE', 'BILATERAL_SERIES', 'MINILATERAL'
);
CREATE TYPE "MembershipRole" AS ENUM (
  'MEMBER', 'DIALOGUE_PARTNER', 'PLUS_COUNTRY', 'SECTORAL_DIALOGUE_PARTNER', 'PARTNER_COUNTRY', 'OBSERVER', 'INVITED'
);

-- A series of meetings, or an organization that meets.
CREATE TABLE "Forum" (
  "id" text PRIMARY KEY,
  "slug" text NOT NULL,
  "acronym" text,
  "name" text NOT NULL,
  "kind" "ForumKind",
  "description" text,
  "foundedOn" text,
  "foundedOnEarliest" date,
  "foundedOnLatest" date,
  "endedOn" text,
  "endedOnEarliest" date,
  "endedOnLatest" date,
  "parentId" text REFERENCES "Forum" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "organizationId" text REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "Forum_endedOn_partial_date" CHECK ("isPartialDate"("endedOn", "endedOnEarliest", "endedOnLatest")),
  CONSTRAINT "Forum_foundedOn_partial_date"
    CHECK ("isPartialDate"("foundedOn", "foundedOnEarliest", "foundedOnLatest")),
  CONSTRAINT "Forum_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Forum_name_present" CHECK (btrim("name") <> ''),
  CONSTRAINT "Forum_not_its_own_parent" CHECK ("parentId" <> "id"),
  CONSTRAINT "Forum_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
CREATE UNIQUE INDEX "Forum_slug_key" ON "Forum" ("slug");
CREATE INDEX "Forum_by_likeness" ON "Forum" USING gin
  ("fold"("slug") gin_trgm_ops, "fold"("acronym") gin_trgm_ops, "fold"("name") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "Forum_by_words" ON "Forum" USING gin
  ("wordsOf"(ARRAY["acronym", "name", "slug"])) WITH (fastupdate = off);
CREATE INDEX "Forum_id_idx" ON "Forum" USING hash ("id");
CREATE INDEX "Forum_name_id_idx" ON "Forum" ("name", "id");
CREATE INDEX "Forum_organizationId_idx" ON "Forum" ("organizationId");
CREATE INDEX "Forum_parentId_idx" ON "Forum" ("parentId");

-- Further names of a forum, with the periods in which it bore them.
CREATE TABLE "ForumName" (
  "forumId" text NOT NULL REFERENCES "Forum" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "text" text NOT NULL,
  "language" text,
  "since" text,
  "until" text,
  PRIMARY KEY ("forumId", "text"),
  CONSTRAINT "ForumName_since_partial_date" CHECK ("earliestDay"("since") IS NOT NULL OR "since" IS NULL),
  CONSTRAINT "ForumName_text_present" CHECK (btrim("text") <> ''),
  CONSTRAINT "ForumName_until_partial_date" CHECK ("earliestDay"("until") IS NOT NULL OR "until" IS NULL)
);
CREATE INDEX "ForumName_by_words" ON "ForumName" USING gin ("wordsOf"("text")) WITH (fastupdate = off);

-- The period in which a party belonged to a forum, and in which role.
CREATE TABLE "ForumMembership" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "forumId" text NOT NULL REFERENCES "Forum" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "role" "MembershipRole" NOT NULL,
  "since" text,
  "sinceEarliest" date,
  "sinceLatest" date,
  "until" text,
  "untilEarliest" date,
  "untilLatest" date,
  "hasEnded" boolean,
  "attestedOn" text,
  "attestedOnEarliest" date,
  "attestedOnLatest" date,
  "isDisputed" boolean NOT NULL DEFAULT false,
  "note" text,
  CONSTRAINT "ForumMembership_attestedOn_partial_date"
    CHECK ("isPartialDate"("attestedOn", "attestedOnEarliest", "attestedOnLatest")),
  CONSTRAINT "ForumMembership_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "ForumMembership_period_order" CHECK ("sinceEarliest" <= "untilLatest"),
  CONSTRAINT "ForumMembership_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest")),
  CONSTRAINT "ForumMembership_until_means_ended" CHECK ("until" IS NULL OR "hasEnded" IS TRUE),
  CONSTRAINT "ForumMembership_until_partial_date" CHECK ("isPartialDate"("until", "untilEarliest", "untilLatest"))
);
CREATE UNIQUE INDEX "ForumMembership_key_key" ON "ForumMembership" ("key");
CREATE INDEX "ForumMembership_forumId_partyId_idx" ON "ForumMembership" ("forumId", "partyId");
CREATE INDEX "ForumMembership_partyId_forumId_idx" ON "ForumMembership" ("partyId", "forumId");

-- ----------------------------------------------------------------------------------------------------------- meetings

CREATE TYPE "MeetingKind" AS ENUM ('SESSION', 'MULTILATERAL', 'TRILATERAL', 'BILATERAL');
CREATE TYPE "MeetingFormat" AS ENUM ('IN_PERSON', 'VIDEO', 'CALL', 'PULL_ASIDE');
CREATE TYPE "MeetingStatus" AS ENUM ('UNKNOWN', 'EXPECTED', 'HELD', 'POSTPONED', 'CANCELLED', 'DECLINED', 'CALLED_OFF');
CREATE TYPE "ParticipantRole" AS ENUM (
  'PRINCIPAL', 'HOST', 'CHAIR', 'SPEAKER', 'REPRESENTATIVE', 'DELEGATE', 'OBSERVER'
);
CREATE TYPE "RelationKind" AS ENUM ('PREPARATORY', 'FOLLOW_UP');
CREATE TYPE "Attendance" AS ENUM ('INVITED', 'ABSENT');
CREATE TYPE "VisitStatus" AS ENUM ('UNKNOWN', 'PLANNED', 'MADE', 'POSTPONED', 'CANCELLED');
CREATE TYPE "CommitmentKind" AS ENUM ('JOINT_ACTION', 'DIALOGUE', 'ARRANGEMENT', 'AGREEMENT');
CREATE TYPE "CommitmentStatus" AS ENUM ('SOUGHT', 'AGREED', 'SIGNED', 'FULFILLED', 'LAPSED');

-- A city or venue.
CREATE TABLE "Place" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "city" text,
  "stateId" text REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "timeZone" text,
  CONSTRAINT "Place_city_or_state" CHECK (num_nonnulls("city", "stateId") > 0),
  CONSTRAINT "Place_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Place_timeZone_form" CHECK ("timeZone" ~ '^[A-Za-z]+[A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$')
);
CREATE UNIQUE INDEX "Place_key_key" ON "Place" ("key");
CREATE INDEX "Place_by_words" ON "Place" USING gin ("wordsOf"("city")) WITH (fastupdate = off);
CREATE INDEX "Place_id_idx" ON "Place" USING hash ("id");
CREATE INDEX "Place_stateId_idx" ON "Place" ("stateId");

-- A meeting that was expected, held, postponed or called off. Its status follows from its reports.
CREATE TABLE "Meeting" (
  "id" text PRIMARY KEY,
  "slug" text NOT NULL,
  "title" text NOT NULL,
  "kind" "MeetingKind" NOT NULL,
  "format" "MeetingFormat",
  "on" text,
  "onEarliest" date,
  "onLatest" date,
  "endsOn" text,
  "endsOnEarliest" date,
  "endsOnLatest" date,
  "placeId" text REFERENCES "Place" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "forumId" text REFERENCES "Forum" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "ordinal" int,
  "startTime" text,
  "durationMinutes" int,
  "venue" text,
  "topics" text[] DEFAULT ARRAY[]::text[],
  "sidelinesOfId" text REFERENCES "Meeting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "status" "MeetingStatus" NOT NULL DEFAULT 'UNKNOWN',
  "purpose" text,
  "note" text,
  CONSTRAINT "Meeting_duration_positive" CHECK ("durationMinutes" > 0),
  CONSTRAINT "Meeting_endsOn_needs_on" CHECK ("endsOn" IS NULL OR "on" IS NOT NULL),
  CONSTRAINT "Meeting_endsOn_partial_date" CHECK ("isPartialDate"("endsOn", "endsOnEarliest", "endsOnLatest")),
  CONSTRAINT "Meeting_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Meeting_not_on_its_own_sidelines" CHECK ("sidelinesOfId" <> "id"),
  CONSTRAINT "Meeting_on_partial_date" CHECK ("isPartialDate"("on", "onEarliest", "onLatest")),
  CONSTRAINT "Meeting_ordinal_only_with_forum" CHECK ("ordinal" IS NULL OR "forumId" IS NOT NULL),
  CONSTRAINT "Meeting_ordinal_positive" CHECK ("ordinal" > 0),
  CONSTRAINT "Meeting_period_order" CHECK ("onEarliest" <= "endsOnLatest"),
  CONSTRAINT "Meeting_session_of_forum" CHECK ("kind" <> 'SESSION' OR "forumId" IS NOT NULL),
  CONSTRAINT "Meeting_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  CONSTRAINT "Meeting_startTime_form"
    CHECK ("startTime" ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|MORNING|NOON|AFTERNOON|EVENING|NIGHT)$'),
  CONSTRAINT "Meeting_title_present" CHECK (btrim("title") <> '')
);
CREATE UNIQUE INDEX "Meeting_forumId_ordinal_key" ON "Meeting" ("forumId", "ordinal");
CREATE UNIQUE INDEX "Meeting_slug_key" ON "Meeting" ("slug");
CREATE INDEX "Meeting_by_day" ON "Meeting" ((coalesce("onEarliest", '-infinity'::date)), "id");
CREATE INDEX "Meeting_by_span" ON "Meeting" ((coalesce("endsOnLatest", "onLatest") - "onEarliest"));
CREATE INDEX "Meeting_by_title" ON "Meeting" ((left("fold"("title"), 200)) COLLATE "C");
CREATE INDEX "Meeting_by_words" ON "Meeting" USING gin ("wordsOf"("title")) WITH (fastupdate = off);
CREATE INDEX "Meeting_by_words_of_topics" ON "Meeting" USING gin ("wordsOf"("topics"));
CREATE INDEX "Meeting_forumId_onEarliest_idx" ON "Meeting" ("forumId", "onEarliest");
CREATE INDEX "Meeting_id_idx" ON "Meeting" USING hash ("id");
CREATE INDEX "Meeting_in_order_of_titles" ON "Meeting" ((left("title", 200)) COLLATE "C", "id");
CREATE INDEX "Meeting_of_forum_by_day" ON "Meeting" ("forumId", (coalesce("onEarliest", '-infinity'::date)), "id");
CREATE INDEX "Meeting_of_sessions" ON "Meeting" ("id") WHERE "kind" = 'SESSION';
CREATE INDEX "Meeting_onEarliest_id_idx" ON "Meeting" ("onEarliest", "id");
CREATE INDEX "Meeting_on_sidelines_by_day" ON "Meeting"
  ("sidelinesOfId", (coalesce("onEarliest", '-infinity'::date)), "id");
CREATE INDEX "Meeting_placeId_idx" ON "Meeting" ("placeId");
CREATE INDEX "Meeting_sidelinesOfId_onEarliest_idx" ON "Meeting" ("sidelinesOfId", "onEarliest");
CREATE INDEX "Meeting_topics_idx" ON "Meeting" USING gin ("topics");

-- A seat at a meeting. It keeps the days of its meeting, so that an index finds the meetings of a party by day.
CREATE TABLE "Participant" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "personId" text REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "officeId" text REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "role" "ParticipantRole" NOT NULL,
  "isExpected" boolean NOT NULL DEFAULT false,
  "isOfficeDoubtful" boolean NOT NULL DEFAULT false,
  "position" int NOT NULL DEFAULT 0,
  "acting" boolean NOT NULL DEFAULT false,
  "honorific" text,
  "representedPersonId" text REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "representedOfficeId" text REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "group" text,
  "groupSize" int,
  "attendance" "Attendance",
  "placeId" text REFERENCES "Place" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "note" text,
  "meetingEarliest" date,
  "meetingLatest" date,
  CONSTRAINT "Participant_doubt_is_about_an_office"
    CHECK (NOT "isOfficeDoubtful" OR ("personId" IS NOT NULL AND "officeId" IS NOT NULL)),
  CONSTRAINT "Participant_group_of_unnamed" CHECK ("group" IS NULL OR "personId" IS NULL),
  CONSTRAINT "Participant_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Participant_position_counts" CHECK ("position" >= 0),
  CONSTRAINT "Participant_size_of_group" CHECK ("groupSize" IS NULL OR ("group" IS NOT NULL AND "groupSize" > 0))
);
CREATE UNIQUE INDEX "Participant_key_key" ON "Participant" ("key");
CREATE INDEX "Participant_meetingId_position_id_idx" ON "Participant" ("meetingId", "position", "id");
CREATE INDEX "Participant_of_party_by_day" ON "Participant"
  ("partyId", (coalesce("meetingEarliest", '-infinity'::date)), "meetingId", "meetingLatest");
CREATE INDEX "Participant_of_person_by_day" ON "Participant"
  ("personId", (coalesce("meetingEarliest", '-infinity'::date)), "meetingId", "meetingLatest");
CREATE INDEX "Participant_of_speakers" ON "Participant" ("partyId", "meetingId") WHERE "role" = 'SPEAKER';
CREATE INDEX "Participant_officeId_idx" ON "Participant" ("officeId");
CREATE INDEX "Participant_partyId_meetingEarliest_meetingId_idx" ON "Participant"
  ("partyId", "meetingEarliest", "meetingId");
CREATE INDEX "Participant_personId_meetingEarliest_meetingId_idx" ON "Participant"
  ("personId", "meetingEarliest", "meetingId");
CREATE INDEX "Participant_placeId_idx" ON "Participant" ("placeId");
CREATE INDEX "Participant_representedOfficeId_idx" ON "Participant" ("representedOfficeId");
CREATE INDEX "Participant_representedPersonId_idx" ON "Participant" ("representedPersonId");

-- A meeting that prepared another one, or followed it up.
CREATE TABLE "MeetingRelation" (
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "otherId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "kind" "RelationKind" NOT NULL,
  PRIMARY KEY ("meetingId", "otherId"),
  CONSTRAINT "MeetingRelation_not_to_itself" CHECK ("meetingId" <> "otherId")
);
CREATE INDEX "MeetingRelation_otherId_idx" ON "MeetingRelation" ("otherId");

-- The offices of a seat beside its first one.
CREATE TABLE "ParticipantOffice" (
  "participantId" text NOT NULL REFERENCES "Participant" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "officeId" text NOT NULL REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("participantId", "officeId")
);
CREATE INDEX "ParticipantOffice_officeId_idx" ON "ParticipantOffice" ("officeId");

-- The report of one source on the status of a meeting.
CREATE TABLE "StatusReport" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "status" "MeetingStatus" NOT NULL,
  "reportedOn" text,
  "reportedOnEarliest" date,
  "reportedOnLatest" date,
  CONSTRAINT "StatusReport_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "StatusReport_reportedOn_partial_date"
    CHECK ("isPartialDate"("reportedOn", "reportedOnEarliest", "reportedOnLatest")),
  CONSTRAINT "StatusReport_status_known" CHECK ("status" <> 'UNKNOWN')
);
CREATE UNIQUE INDEX "StatusReport_key_key" ON "StatusReport" ("key");
CREATE INDEX "StatusReport_meetingId_reportedOnEarliest_id_idx" ON "StatusReport"
  ("meetingId", "reportedOnEarliest", "id");
CREATE INDEX "StatusReport_of_failure" ON "StatusReport"
  ("meetingId", "id") WHERE "status" IN ('DECLINED', 'CANCELLED');

-- A visit to a place, with the meetings during it.
CREATE TABLE "Visit" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "personId" text NOT NULL REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "placeId" text REFERENCES "Place" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "from" text,
  "fromEarliest" date,
  "fromLatest" date,
  "to" text,
  "toEarliest" date,
  "toLatest" date,
  "days" int,
  "purpose" text,
  CONSTRAINT "Visit_days_positive" CHECK ("days" > 0),
  CONSTRAINT "Visit_from_partial_date" CHECK ("isPartialDate"("from", "fromEarliest", "fromLatest")),
  CONSTRAINT "Visit_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Visit_period_order" CHECK ("fromEarliest" <= "toLatest"),
  CONSTRAINT "Visit_to_partial_date" CHECK ("isPartialDate"("to", "toEarliest", "toLatest"))
);
CREATE UNIQUE INDEX "Visit_key_key" ON "Visit" ("key");
CREATE INDEX "Visit_personId_fromEarliest_id_idx" ON "Visit" ("personId", "fromEarliest", "id");
CREATE INDEX "Visit_placeId_idx" ON "Visit" ("placeId");

CREATE TYPE "EncounterLevel" AS ENUM ('PERSONS', 'OFFICES', 'PARTIES');

-- A source's claim that a visit was the first since a day, or ever.
CREATE TABLE "VisitClaim" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "visitId" text NOT NULL REFERENCES "Visit" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "level" "EncounterLevel" NOT NULL,
  "since" text,
  "sinceEarliest" date,
  "sinceLatest" date,
  "words" text,
  CONSTRAINT "VisitClaim_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest"))
);
CREATE UNIQUE INDEX "VisitClaim_key_key" ON "VisitClaim" ("key");
CREATE INDEX "VisitClaim_visitId_idx" ON "VisitClaim" ("visitId");

-- The report of one source on the status of a visit.
CREATE TABLE "VisitReport" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "visitId" text NOT NULL REFERENCES "Visit" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "status" "VisitStatus" NOT NULL,
  "reportedOn" text,
  "reportedOnEarliest" date,
  "reportedOnLatest" date,
  CONSTRAINT "VisitReport_reportedOn_partial_date"
    CHECK ("isPartialDate"("reportedOn", "reportedOnEarliest", "reportedOnLatest")),
  CONSTRAINT "VisitReport_status_known" CHECK ("status" <> 'UNKNOWN')
);
CREATE UNIQUE INDEX "VisitReport_key_key" ON "VisitReport" ("key");
CREATE INDEX "VisitReport_visitId_reportedOnEarliest_id_idx" ON "VisitReport" ("visitId", "reportedOnEarliest", "id");

-- The meetings of a visit.
CREATE TABLE "VisitMeeting" (
  "visitId" text NOT NULL REFERENCES "Visit" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("visitId", "meetingId")
);
CREATE INDEX "VisitMeeting_meetingId_idx" ON "VisitMeeting" ("meetingId");

-- Words of a person or party, as a source gives them.
CREATE TABLE "Statement" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "personId" text REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "partyId" text REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "officeId" text REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "meetingId" text REFERENCES "Meeting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "institution" text,
  "text" text NOT NULL,
  "isVerbatim" boolean NOT NULL,
  "topics" text[],
  "on" text,
  "onEarliest" date,
  "onLatest" date,
  "position" int NOT NULL DEFAULT 0,
  CONSTRAINT "Statement_has_speaker" CHECK (num_nonnulls("personId", "partyId") > 0),
  CONSTRAINT "Statement_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Statement_on_partial_date" CHECK ("isPartialDate"("on", "onEarliest", "onLatest")),
  CONSTRAINT "Statement_position_counts" CHECK ("position" >= 0),
  CONSTRAINT "Statement_text_present" CHECK (btrim("text") <> '')
);
CREATE UNIQUE INDEX "Statement_key_key" ON "Statement" ("key");
CREATE INDEX "Statement_by_words" ON "Statement" USING gin
  ("wordsOf"(ARRAY["text"] || "topics")) WITH (fastupdate = off);
CREATE INDEX "Statement_meetingId_position_id_idx" ON "Statement" ("meetingId", "position", "id");
CREATE INDEX "Statement_of_party_by_day" ON "Statement" ("partyId", (coalesce("onEarliest", 'infinity'::date)), "id");
CREATE INDEX "Statement_of_person_by_day" ON "Statement" ("personId", (coalesce("onEarliest", 'infinity'::date)), "id");
CREATE INDEX "Statement_officeId_idx" ON "Statement" ("officeId");
CREATE INDEX "Statement_partyId_idx" ON "Statement" ("partyId");
CREATE INDEX "Statement_personId_onEarliest_id_idx" ON "Statement" ("personId", "onEarliest", "id");

-- Further persons who made a statement.
CREATE TABLE "StatementPerson" (
  "statementId" text NOT NULL REFERENCES "Statement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "personId" text NOT NULL REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("statementId", "personId")
);
CREATE INDEX "StatementPerson_personId_idx" ON "StatementPerson" ("personId");

-- Further parties that made a statement.
CREATE TABLE "StatementParty" (
  "statementId" text NOT NULL REFERENCES "Statement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("statementId", "partyId")
);
CREATE INDEX "StatementParty_partyId_idx" ON "StatementParty" ("partyId");

-- Something that parties sought or agreed to do.
CREATE TABLE "Commitment" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "summary" text NOT NULL,
  "kind" "CommitmentKind" NOT NULL,
  "status" "CommitmentStatus" NOT NULL,
  "dueOn" text,
  "dueOnEarliest" date,
  "dueOnLatest" date,
  "position" int NOT NULL DEFAULT 0,
  CONSTRAINT "Commitment_dueOn_partial_date" CHECK ("isPartialDate"("dueOn", "dueOnEarliest", "dueOnLatest")),
  CONSTRAINT "Commitment_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Commitment_position_counts" CHECK ("position" >= 0),
  CONSTRAINT "Commitment_summary_present" CHECK (btrim("summary") <> '')
);
CREATE UNIQUE INDEX "Commitment_key_key" ON "Commitment" ("key");
CREATE INDEX "Commitment_meetingId_position_id_idx" ON "Commitment" ("meetingId", "position", "id");

-- The parties of a commitment.
CREATE TABLE "CommitmentParty" (
  "commitmentId" text NOT NULL REFERENCES "Commitment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("commitmentId", "partyId")
);
CREATE INDEX "CommitmentParty_partyId_idx" ON "CommitmentParty" ("partyId");

-- An event that meetings are dated by: a war, a treaty.
CREATE TABLE "Milestone" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "label" text NOT NULL,
  "on" text,
  "onEarliest" date,
  "onLatest" date,
  "note" text,
  CONSTRAINT "Milestone_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Milestone_label_present" CHECK (btrim("label") <> ''),
  CONSTRAINT "Milestone_on_partial_date" CHECK ("isPartialDate"("on", "onEarliest", "onLatest"))
);
CREATE UNIQUE INDEX "Milestone_key_key" ON "Milestone" ("key");
CREATE INDEX "Milestone_by_likeness" ON "Milestone" USING gin
  ("fold"("key") gin_trgm_ops, "fold"("label") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "Milestone_onEarliest_id_idx" ON "Milestone" ("onEarliest", "id");

-- The parties of a milestone.
CREATE TABLE "MilestoneParty" (
  "milestoneId" text NOT NULL REFERENCES "Milestone" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("milestoneId", "partyId")
);
CREATE INDEX "MilestoneParty_partyId_idx" ON "MilestoneParty" ("partyId");

-- --------------------------------------------------------------------------------------------------------- agreements

CREATE TYPE "AgreementKind" AS ENUM (
  'ALLIANCE', 'TREATY', 'STATUS_OF_FORCES', 'BASING', 'LOGISTICS', 'INFORMATION_SHARING', 'COOPERATION_AGREEMENT',
  'FRAMEWORK', 'PARTNERSHIP', 'MEMORANDUM', 'ARRANGEMENT', 'LETTER_OF_INTENT', 'JOINT_DECLARATION', 'ROADMAP', 'OTHER'
);
CREATE TYPE "AgreementStatus" AS ENUM (
  'UNKNOWN', 'ANNOUNCED', 'SIGNED', 'IN_FORCE', 'RENEWED', 'SUSPENDED', 'SUPERSEDED', 'EXPIRED', 'TERMINATED', 'ENDED'
);
CREATE TYPE "SignatoryRole" AS ENUM ('SIGNED', 'WITNESSED');

-- A treaty, arrangement or other agreement. Its status follows from its reports and days.
CREATE TABLE "Agreement" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "name" text,
  "kind" "AgreementKind" NOT NULL,
  "signedOn" text,
  "signedOnEarliest" date,
  "signedOnLatest" date,
  "meetingId" text REFERENCES "Meeting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "parentId" text REFERENCES "Agreement" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "since" text,
  "sinceEarliest" date,
  "sinceLatest" date,
  "until" text,
  "untilEarliest" date,
  "untilLatest" date,
  "hasEnded" boolean,
  "attestedOn" text,
  "attestedOnEarliest" date,
  "attestedOnLatest" date,
  "topics" text[],
  "note" text,
  "status" "AgreementStatus" NOT NULL DEFAULT 'UNKNOWN',
  CONSTRAINT "Agreement_attestedOn_partial_date"
    CHECK ("isPartialDate"("attestedOn", "attestedOnEarliest", "attestedOnLatest")),
  CONSTRAINT "Agreement_name_present" CHECK (btrim("name") <> ''),
  CONSTRAINT "Agreement_not_its_own_parent" CHECK ("parentId" <> "id"),
  CONSTRAINT "Agreement_period_order" CHECK ("sinceEarliest" <= "untilLatest"),
  CONSTRAINT "Agreement_signedOn_partial_date"
    CHECK ("isPartialDate"("signedOn", "signedOnEarliest", "signedOnLatest")),
  CONSTRAINT "Agreement_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest")),
  CONSTRAINT "Agreement_until_means_ended" CHECK ("until" IS NULL OR "hasEnded" IS TRUE),
  CONSTRAINT "Agreement_until_partial_date" CHECK ("isPartialDate"("until", "untilEarliest", "untilLatest"))
);
CREATE UNIQUE INDEX "Agreement_key_key" ON "Agreement" ("key");
CREATE INDEX "Agreement_meetingId_idx" ON "Agreement" ("meetingId");
CREATE INDEX "Agreement_parentId_idx" ON "Agreement" ("parentId");
CREATE INDEX "Agreement_signedOnEarliest_id_idx" ON "Agreement" ("signedOnEarliest", "id");

-- The parties of an agreement.
CREATE TABLE "AgreementParty" (
  "agreementId" text NOT NULL REFERENCES "Agreement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("agreementId", "partyId")
);
CREATE INDEX "AgreementParty_partyId_idx" ON "AgreementParty" ("partyId");

-- A party, or a person for it, that signed an agreement or witnessed the signing.
CREATE TABLE "Signatory" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "agreementId" text NOT NULL REFERENCES "Agreement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "personId" text REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "officeId" text REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "role" "SignatoryRole" NOT NULL,
  "position" int NOT NULL DEFAULT 0,
  CONSTRAINT "Signatory_position_counts" CHECK ("position" >= 0)
);
CREATE UNIQUE INDEX "Signatory_key_key" ON "Signatory" ("key");
CREATE INDEX "Signatory_agreementId_position_id_idx" ON "Signatory" ("agreementId", "position", "id");
CREATE INDEX "Signatory_officeId_idx" ON "Signatory" ("officeId");
CREATE INDEX "Signatory_partyId_idx" ON "Signatory" ("partyId");
CREATE INDEX "Signatory_personId_agreementId_idx" ON "Signatory" ("personId", "agreementId");

-- The report of one source on the status of an agreement.
CREATE TABLE "AgreementReport" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "agreementId" text NOT NULL REFERENCES "Agreement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "status" "AgreementStatus" NOT NULL,
  "on" text,
  "onEarliest" date,
  "onLatest" date,
  "reportedOn" text,
  "reportedOnEarliest" date,
  "reportedOnLatest" date,
  CONSTRAINT "AgreementReport_on_partial_date" CHECK ("isPartialDate"("on", "onEarliest", "onLatest")),
  CONSTRAINT "AgreementReport_reportedOn_partial_date"
    CHECK ("isPartialDate"("reportedOn", "reportedOnEarliest", "reportedOnLatest")),
  CONSTRAINT "AgreementReport_status_known" CHECK ("status" <> 'UNKNOWN')
);
CREATE UNIQUE INDEX "AgreementReport_key_key" ON "AgreementReport" ("key");
CREATE INDEX "AgreementReport_agreementId_id_idx" ON "AgreementReport" ("agreementId", "id");

-- --------------------------------------------------------------------------------------------------------- activities

CREATE TYPE "ActivityKind" AS ENUM ('EXERCISE', 'PORT_CALL', 'PATROL', 'TRAINING', 'STAFF_TALKS', 'OTHER');
CREATE TYPE "ActivityStatus" AS ENUM ('UNKNOWN', 'PLANNED', 'UNDER_WAY', 'HELD', 'POSTPONED', 'CANCELLED');

-- An exercise, port call, patrol or other activity. Its status follows from its reports.
CREATE TABLE "Activity" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "name" text,
  "kind" "ActivityKind" NOT NULL,
  "series" text,
  "forumId" text REFERENCES "Forum" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "ordinal" int,
  "edition" text,
  "from" text,
  "fromEarliest" date,
  "fromLatest" date,
  "to" text,
  "toEarliest" date,
  "toLatest" date,
  "placeId" text REFERENCES "Place" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "units" text,
  "agreementId" text REFERENCES "Agreement" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "topics" text[],
  "note" text,
  "status" "ActivityStatus" NOT NULL DEFAULT 'UNKNOWN',
  CONSTRAINT "Activity_from_partial_date" CHECK ("isPartialDate"("from", "fromEarliest", "fromLatest")),
  CONSTRAINT "Activity_name_present" CHECK (btrim("name") <> ''),
  CONSTRAINT "Activity_one_series" CHECK (num_nonnulls("series", "forumId") < 2),
  CONSTRAINT "Activity_ordinal_in_series" CHECK ("ordinal" IS NULL OR num_nonnulls("series", "forumId") = 1),
  CONSTRAINT "Activity_ordinal_positive" CHECK ("ordinal" > 0),
  CONSTRAINT "Activity_period_order" CHECK ("fromEarliest" <= "toLatest"),
  CONSTRAINT "Activity_series_present" CHECK (btrim("series") <> ''),
  CONSTRAINT "Activity_to_partial_date" CHECK ("isPartialDate"("to", "toEarliest", "toLatest"))
);
CREATE UNIQUE INDEX "Activity_key_key" ON "Activity" ("key");
CREATE INDEX "Activity_agreementId_idx" ON "Activity" ("agreementId");
CREATE INDEX "Activity_forumId_idx" ON "Activity" ("forumId");
CREATE INDEX "Activity_fromEarliest_id_idx" ON "Activity" ("fromEarliest", "id");
CREATE INDEX "Activity_placeId_idx" ON "Activity" ("placeId");

-- The parties of an activity.
CREATE TABLE "ActivityParty" (
  "activityId" text NOT NULL REFERENCES "Activity" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "partyId" text NOT NULL REFERENCES "Party" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("activityId", "partyId")
);
CREATE INDEX "ActivityParty_partyId_idx" ON "ActivityParty" ("partyId");

-- The report of one source on the status of an activity.
CREATE TABLE "ActivityReport" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "activityId" text NOT NULL REFERENCES "Activity" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "status" "ActivityStatus" NOT NULL,
  "reportedOn" text,
  "reportedOnEarliest" date,
  "reportedOnLatest" date,
  CONSTRAINT "ActivityReport_reportedOn_partial_date"
    CHECK ("isPartialDate"("reportedOn", "reportedOnEarliest", "reportedOnLatest")),
  CONSTRAINT "ActivityReport_status_known" CHECK ("status" <> 'UNKNOWN')
);
CREATE UNIQUE INDEX "ActivityReport_key_key" ON "ActivityReport" ("key");
CREATE INDEX "ActivityReport_activityId_id_idx" ON "ActivityReport" ("activityId", "id");

-- ------------------------------------------------------------------------------------------------------------ answers

-- A source's claim that a meeting was the first since something.
CREATE TABLE "FirstSinceClaim" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "level" "EncounterLevel" NOT NULL,
  "sinceMilestoneId" text REFERENCES "Milestone" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "sinceMeetingId" text REFERENCES "Meeting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "sinceOn" text,
  "sinceOnEarliest" date,
  "sinceOnLatest" date,
  "isPreviousMeeting" boolean NOT NULL DEFAULT false,
  CONSTRAINT "FirstSinceClaim_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "FirstSinceClaim_not_since_itself" CHECK ("sinceMeetingId" <> "meetingId"),
  CONSTRAINT "FirstSinceClaim_previous_is_a_meeting" CHECK (NOT "isPreviousMeeting" OR "sinceMeetingId" IS NOT NULL),
  CONSTRAINT "FirstSinceClaim_sinceOn_partial_date"
    CHECK ("isPartialDate"("sinceOn", "sinceOnEarliest", "sinceOnLatest")),
  CONSTRAINT "FirstSinceClaim_since_one_thing"
    CHECK (num_nonnulls("sinceMilestoneId", "sinceMeetingId", "sinceOn") <= 1)
);
CREATE UNIQUE INDEX "FirstSinceClaim_key_key" ON "FirstSinceClaim" ("key");
CREATE INDEX "FirstSinceClaim_meetingId_idx" ON "FirstSinceClaim" ("meetingId");
CREATE INDEX "FirstSinceClaim_sinceMeetingId_idx" ON "FirstSinceClaim" ("sinceMeetingId");
CREATE INDEX "FirstSinceClaim_sinceMilestoneId_idx" ON "FirstSinceClaim" ("sinceMilestoneId");

-- Sources that contradict each other about one record.
CREATE TABLE "Conflict" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "field" text NOT NULL,
  "resolution" text,
  "meetingId" text REFERENCES "Meeting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "membershipId" text REFERENCES "ForumMembership" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "forumId" text REFERENCES "Forum" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "Conflict_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Conflict_one_subject" CHECK (num_nonnulls("meetingId", "membershipId", "forumId") = 1)
);
CREATE UNIQUE INDEX "Conflict_key_key" ON "Conflict" ("key");
CREATE INDEX "Conflict_forumId_idx" ON "Conflict" ("forumId");
CREATE INDEX "Conflict_meetingId_idx" ON "Conflict" ("meetingId");
CREATE INDEX "Conflict_membershipId_idx" ON "Conflict" ("membershipId");

-- The claim of one source in a conflict.
CREATE TABLE "ConflictClaim" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "conflictId" text NOT NULL REFERENCES "Conflict" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "value" text NOT NULL,
  "isFollowed" boolean,
  "position" int NOT NULL DEFAULT 0,
  CONSTRAINT "ConflictClaim_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "ConflictClaim_position_counts" CHECK ("position" >= 0),
  CONSTRAINT "ConflictClaim_value_present" CHECK (btrim("value") <> '')
);
CREATE UNIQUE INDEX "ConflictClaim_key_key" ON "ConflictClaim" ("key");
CREATE INDEX "ConflictClaim_conflictId_position_idx" ON "ConflictClaim" ("conflictId", "position");

-- The number of committed writes to the record: one row, moved by triggers.
CREATE TABLE "RecordVersion" (
  "id" int PRIMARY KEY DEFAULT 1,
  "version" bigint NOT NULL DEFAULT 0,
  "movedBy" bigint NOT NULL DEFAULT 0,
  CONSTRAINT "RecordVersion_one_row" CHECK ("id" = 1)
);

-- ---------------------------------------------------------------------------------------------------------- citations

-- The place of one fact in one document. That it has exactly one subject is a check that `migrate` derives from the
-- declarations.
CREATE TABLE "Citation" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL,
  "documentId" text NOT NULL REFERENCES "Document" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "stance" "CitationStance" NOT NULL DEFAULT 'SUPPORTS',
  "attributedTo" text,
  "locator" text,
  "quote" text,
  "start" int,
  "end" int,
  "partyId" text REFERENCES "Party" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "personId" text REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "officeId" text REFERENCES "Office" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "tenureId" text REFERENCES "Tenure" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "forumId" text REFERENCES "Forum" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "membershipId" text REFERENCES "ForumMembership" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "meetingId" text REFERENCES "Meeting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "participantId" text REFERENCES "Participant" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "statusReportId" text REFERENCES "StatusReport" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "visitId" text REFERENCES "Visit" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "visitReportId" text REFERENCES "VisitReport" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "visitClaimId" text REFERENCES "VisitClaim" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "statementId" text REFERENCES "Statement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "commitmentId" text REFERENCES "Commitment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "milestoneId" text REFERENCES "Milestone" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "firstSinceClaimId" text REFERENCES "FirstSinceClaim" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "conflictClaimId" text REFERENCES "ConflictClaim" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "agreementId" text REFERENCES "Agreement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "signatoryId" text REFERENCES "Signatory" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "agreementReportId" text REFERENCES "AgreementReport" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "activityId" text REFERENCES "Activity" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "activityReportId" text REFERENCES "ActivityReport" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "Citation_id_form" CHECK ("id" ~ '^[A-Za-z0-9_-]+$'),
  CONSTRAINT "Citation_passage_length"
    CHECK ("quote" <> '' AND "start" >= 0 AND "end" - "start" = char_length("quote")),
  CONSTRAINT "Citation_whole_passage" CHECK (num_nonnulls("quote", "start", "end") IN (0, 3))
);
CREATE UNIQUE INDEX "Citation_activityReportId_key" ON "Citation" ("activityReportId");
CREATE UNIQUE INDEX "Citation_agreementReportId_key" ON "Citation" ("agreementReportId");
CREATE UNIQUE INDEX "Citation_conflictClaimId_key" ON "Citation" ("conflictClaimId");
CREATE UNIQUE INDEX "Citation_firstSinceClaimId_key" ON "Citation" ("firstSinceClaimId");
CREATE UNIQUE INDEX "Citation_key_key" ON "Citation" ("key");
CREATE UNIQUE INDEX "Citation_statusReportId_key" ON "Citation" ("statusReportId");
CREATE UNIQUE INDEX "Citation_visitClaimId_key" ON "Citation" ("visitClaimId");
CREATE UNIQUE INDEX "Citation_visitReportId_key" ON "Citation" ("visitReportId");
CREATE INDEX "Citation_activityId_idx" ON "Citation" ("activityId");
CREATE INDEX "Citation_agreementId_idx" ON "Citation" ("agreementId");
CREATE INDEX "Citation_by_words" ON "Citation" USING gin
  ("wordsOf"("quote")) WITH (fastupdate = off) WHERE "quote" IS NOT NULL;
CREATE INDEX "Citation_commitmentId_idx" ON "Citation" ("commitmentId");
CREATE INDEX "Citation_documentId_start_id_idx" ON "Citation" ("documentId", "start", "id");
CREATE INDEX "Citation_forumId_idx" ON "Citation" ("forumId");
CREATE INDEX "Citation_meetingId_idx" ON "Citation" ("meetingId");
CREATE INDEX "Citation_membershipId_idx" ON "Citation" ("membershipId");
CREATE INDEX "Citation_milestoneId_idx" ON "Citation" ("milestoneId");
CREATE INDEX "Citation_officeId_idx" ON "Citation" ("officeId");
CREATE INDEX "Citation_participantId_idx" ON "Citation" ("participantId");
CREATE INDEX "Citation_partyId_idx" ON "Citation" ("partyId");
CREATE INDEX "Citation_personId_idx" ON "Citation" ("personId");
CREATE INDEX "Citation_signatoryId_idx" ON "Citation" ("signatoryId");
CREATE INDEX "Citation_statementId_idx" ON "Citation" ("statementId");
CREATE INDEX "Citation_tenureId_idx" ON "Citation" ("tenureId");
CREATE INDEX "Citation_that_disputes" ON "Citation" ("id") WHERE "stance" = 'DISPUTES';
CREATE INDEX "Citation_visitId_idx" ON "Citation" ("visitId");

-- ------------------------------------------------------------------------------------------------------------ history

-- Written by triggers alone, in the transaction that changes the record. Every version of every row is in schema
-- `past`.

CREATE TYPE "ChangeKind" AS ENUM ('CREATED', 'CHANGED', 'WITHDRAWN', 'MERGED');

-- One transaction that changed the record, with its author and reason.
CREATE TABLE "Act" (
  "number" bigserial PRIMARY KEY,
  "id" text NOT NULL,
  "kind" text NOT NULL,
  "actor" text NOT NULL,
  "actorName" text,
  "reason" text,
  "at" timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX "Act_at_key" ON "Act" ("at");
CREATE UNIQUE INDEX "Act_id_key" ON "Act" ("id");

-- The change that an act made to one record, its details included.
CREATE TABLE "Change" (
  "number" bigserial PRIMARY KEY,
  "actNumber" bigint NOT NULL,
  "table" text NOT NULL,
  "recordId" text NOT NULL,
  "kind" "ChangeKind" NOT NULL,
  "version" int NOT NULL,
  "before" jsonb,
  "after" jsonb
);
CREATE UNIQUE INDEX "Change_table_recordId_actNumber_key" ON "Change" ("table", "recordId", "actNumber");
CREATE INDEX "Change_actNumber_number_idx" ON "Change" ("actNumber", "number");
CREATE INDEX "Change_kind_number_idx" ON "Change" ("kind", "number");

-- A record that turned out to be another one, which answers in its place. A deletion for that reason adds this row, in
-- the same transaction.
CREATE TABLE "MergedRecord" (
  "id" text PRIMARY KEY,
  "table" text NOT NULL,
  "key" text NOT NULL,
  "survivorId" text NOT NULL,
  "survivorKey" text NOT NULL,
  "actNumber" bigint NOT NULL DEFAULT "currentAct"()
);
CREATE INDEX "MergedRecord_survivorId_idx" ON "MergedRecord" ("survivorId");
CREATE INDEX "MergedRecord_table_key_idx" ON "MergedRecord" ("table", "key");

-- --------------------------------------------------------------------------------------------------------------- acts

-- The result of a mutation with an idempotency key, kept for a day.
CREATE TABLE "IdempotentAct" (
  "actor" text NOT NULL,
  "key" text NOT NULL,
  "digest" text NOT NULL,
  "outcome" jsonb NOT NULL,
  "at" timestamptz(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("actor", "key")
);
CREATE INDEX "IdempotentAct_at_idx" ON "IdempotentAct" ("at");

-- ------------------------------------------------------------------------------------------------------------- access

CREATE TYPE "Scope" AS ENUM ('READ', 'EDIT', 'ADMIN');

-- A key for writers. It is stored as a hash alone, so that a key cannot get in here by mistake.
CREATE TABLE "ApiKey" (
  "id" text PRIMARY KEY,
  "prefix" text NOT NULL,
  "hash" text NOT NULL,
  "name" text NOT NULL,
  "scope" "Scope" NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" timestamptz(3),
  "revokedAt" timestamptz(3),
  CONSTRAINT "ApiKey_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "ApiKey_name_check" CHECK (btrim("name") <> ''),
  CONSTRAINT "ApiKey_prefix_check" CHECK ("prefix" ~ '^[a-z2-7]{8}$')
);
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey" ("hash");
CREATE UNIQUE INDEX "ApiKey_prefix_key" ON "ApiKey" ("prefix");

-- --------------------------------------------------------------------------------------------- history of all tables

-- The tables whose history is kept. Rows of a detail belong to the record in "ownerColumn", and a change of them is a
-- change of that record, under "section".
CREATE TABLE past."Kept" (
  "number" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "table" text NOT NULL UNIQUE,
  "owner" text REFERENCES past."Kept" ("table"),
  "ownerColumn" text NOT NULL,
  "section" text,
  -- Whether "Change" lists changes of its rows.
  "isTold" boolean NOT NULL,
  -- Columns that make a row a part of the record they refer to, beside those that cascade: it is published along.
  "partOf" text[] NOT NULL,
  -- Columns that follow from other tables, as editors see them: by column, what a published and a drafted row r shows.
  "follows" jsonb NOT NULL,
  CHECK (("owner" IS NULL) = ("section" IS NULL))
);

-- The rows that the present transaction wrote to, until it commits. No other transaction sees them.
CREATE UNLOGGED TABLE past."Touched" ("table" text NOT NULL, "ids" text[] NOT NULL);

-- The digest of each part that `migrate` derived.
CREATE TABLE past."Derived" ("part" text PRIMARY KEY, "digest" text NOT NULL);

-- For migrations: drops the read views, so that a column can be dropped or retyped. `migrate` makes them again.
CREATE FUNCTION "dropStandpoints"() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kept record;
BEGIN
  FOR kept IN SELECT c.oid::regclass::text AS name FROM pg_class c JOIN past."Kept" k ON k."table" = c.relname
    WHERE c.relkind = 'v' AND c.relnamespace IN ('known'::regnamespace, 'editing'::regnamespace)
  LOOP
    EXECUTE format('DROP VIEW IF EXISTS %s CASCADE', kept.name);
  END LOOP;
END $$;

-- ----------------------------------------------------------------------------------------------------------- search

-- Every word of names, titles and texts, former and drafted ones included. A misspelt word of a query is compared with
-- them. A word may have two rows, so that writers do not wait for each other.
CREATE TABLE search."Word" ("word" text COLLATE "C" NOT NULL);
CREATE INDEX "Word_by_letters" ON search."Word" ("word");
CREATE INDEX "Word_by_likeness" ON search."Word" USING gin ("word" gin_trgm_ops);
CREATE INDEX "Word_by_sound" ON search."Word" (dmetaphone("word")) WHERE "word" ~ '^[a-z]+$';

-- A record that was found.
--   place   the place of its kind among the kinds
--   rank    0 named so, 1 its name begins so, 2 all words in its name, 3 all words in its text, 4 similar words
--   sort    its place among those of its kind
--   text    the name or text that matched; null for the text of a document
--   terms   the words that matched
CREATE TYPE search."Hit" AS ("id" text, "kind" text, "place" int, "rank" int, "sort" text, "text" text, "terms" text[]);

-- The part of a text that is shown. "start" is its offset in the text, in code points.
CREATE TYPE search."Excerpt" AS ("words" text, "start" int);

-- A name that an unknown name is compared with, and the key of its record.
CREATE TYPE search."NamedKey" AS ("key" text, "text" text);

-- ------------------------------------------------------------------------------------------------------ projections

-- Pairs of participants (prisma/sql/pairs.sql), of every meeting but the sessions of forums, where all members meet.
-- "day" is the first day that the meeting can have been on, "last" the last one.
CREATE TABLE derived."Pair" (
  "pair" bigint NOT NULL,
  "day" date NOT NULL,
  "last" date NOT NULL,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("pair", "day", "meetingId") INCLUDE ("last")
);
CREATE INDEX "Pair_of_meeting" ON derived."Pair" ("meetingId");

-- The groups in which each meeting is counted. "forumId" is the forum of its session, or of the session on whose
-- sidelines it was held.
CREATE TABLE derived."Counted" (
  "meetingId" text PRIMARY KEY,
  "year" int,
  "kind" "MeetingKind" NOT NULL,
  "format" "MeetingFormat",
  "status" "MeetingStatus" NOT NULL,
  "forumId" text,
  -- Each party with a seat, once.
  "parties" text[] NOT NULL
);
CREATE INDEX "Counted_of_party" ON derived."Counted" USING gin ("parties");

-- The number of meetings in a group. The grain defines the groups; other columns are null:
--   0  all meetings, by year, kind, format, status and forum
--   1  the same by party, "firstId"
--   2  by pair of parties, kind, format and status
--   3  by pair of parties and year
-- The index of groups includes the number, so that sums over many groups read the index alone.
CREATE TABLE derived."Tally" (
  "grain" smallint NOT NULL,
  "firstId" text,
  "secondId" text,
  "year" int,
  "kind" "MeetingKind",
  "format" "MeetingFormat",
  "status" "MeetingStatus",
  "forumId" text,
  "meetings" int NOT NULL,
  CONSTRAINT "Tally_group" UNIQUE NULLS NOT DISTINCT
    ("grain", "firstId", "secondId", "year", "kind", "format", "status", "forumId") INCLUDE ("meetings")
);
CREATE INDEX "Tally_of_second" ON derived."Tally" ("grain", "secondId") WHERE "secondId" IS NOT NULL;
CREATE INDEX "Tally_of_none" ON derived."Tally" ("grain") WHERE "meetings" = 0;

-- Status reports (kind 0) and claims (kind 1) for every party and person with a seat at their meeting, in the order of
-- their days: the day of the report, or else of its document. Those without a day come last.
CREATE TABLE derived."Reported" (
  "holderId" text NOT NULL,
  "kind" smallint NOT NULL,
  "day" date NOT NULL,
  "id" text NOT NULL,
  "meetingId" text NOT NULL REFERENCES "Meeting" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("holderId", "kind", "day", "id")
);
CREATE INDEX "Reported_of_meeting" ON derived."Reported" ("meetingId");
