-- Search by entries: a row for each record that can be found, and a row for each way to write a name. Both are derived
-- from the tables, and refreshed when a transaction commits. Their functions are in prisma/sql/search.sql; triggers and
-- the functions for each kind follow from the declarations.

DO $$
DECLARE
  old record;
  gone text;
BEGIN
  -- Triggers and indexes by the words of single columns, in the tables and in their copies.
  FOR old IN SELECT g.tgname AS name, g.tgrelid::regclass::text AS "table" FROM pg_trigger g
    WHERE NOT g.tgisinternal AND g.tgfoid = to_regproc('search."noteWords"')
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', old.name, old."table");
  END LOOP;
  FOR old IN SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace IN (current_schema()::regnamespace, 'past'::regnamespace, 'drafts'::regnamespace)
      AND pg_get_indexdef(i.indexrelid) ~ '"wordsOf"\(|"left"\((\w+\.)?fold\('
  LOOP
    EXECUTE format('DROP INDEX %s', old.name);
  END LOOP;
  FOREACH gone IN ARRAY ARRAY(SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'search'::regnamespace AND p.proname NOT IN ('parted', 'nearest') OR p.proname = 'wordsOf' AND p.pronamespace = current_schema()::regnamespace)
  LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', gone);
  END LOOP;
END $$;

DROP VIEW IF EXISTS search."Noted";
DROP TYPE IF EXISTS search."Hit", search."Excerpt";
DROP TABLE search."Word";
DELETE FROM past."Derived" WHERE "part" LIKE 'search %' OR "part" = 'prisma/sql/search.sql';

-- Entries of the records that search finds. `view` is public for a published record, editing for one with drafts in it, past for former words
-- of a record, which are never forgotten.
CREATE TABLE search."Entry" (
  "id" text COLLATE "C" NOT NULL,
  "view" text COLLATE "C" NOT NULL CHECK ("view" IN ('public', 'editing', 'past')),
  "kind" text COLLATE "C" NOT NULL,
  -- The first day; -infinity if it is unknown.
  "day" date NOT NULL,
  -- Entries with the same text are found once.
  "twin" text COLLATE "C",
  -- Names and titles (A), ids (B), and days, years, ordinals and kinds (C).
  "head" tsvector NOT NULL,
  -- The same, and the words of texts.
  "words" tsvector NOT NULL,
  PRIMARY KEY ("id", "view")
);
-- No lists of pending entries: reading would have to go through them each time.
CREATE INDEX "Entry_by_words" ON search."Entry" USING gin ("words") WITH (fastupdate = off) WHERE "view" = 'public';
CREATE INDEX "Entry_by_other_words" ON search."Entry" USING gin ("words") WITH (fastupdate = off) WHERE "view" <> 'public';
CREATE INDEX "Entry_by_day" ON search."Entry" ("day" DESC, "id" DESC) WHERE "view" = 'public';

-- Names, by each way to write them: 0 whole and joined, 1 its words in the order of letters, 2 joined from a later word on,
-- 3 one of its words.
CREATE TABLE search."Name" (
  "id" text COLLATE "C" NOT NULL,
  "view" text COLLATE "C" NOT NULL CHECK ("view" IN ('public', 'editing', 'past')),
  "kind" text COLLATE "C" NOT NULL,
  "form" smallint NOT NULL,
  "key" text COLLATE "C" NOT NULL,
  "text" text NOT NULL,
  -- Whether it is the name in use.
  "isMain" boolean NOT NULL
);
CREATE INDEX "Name_by_id" ON search."Name" ("id");
CREATE INDEX "Name_by_key" ON search."Name" ("key");
CREATE INDEX "Name_by_beginning" ON search."Name" ("kind", "key") WHERE "form" IN (0, 2);

-- Words that entries have or had. Slips are corrected by words of names only.
CREATE TABLE search."Word" ("word" text COLLATE "C" PRIMARY KEY, "isName" boolean NOT NULL);
DO $$
DECLARE
  wanted text;
  path text := current_setting('search_path');
BEGIN
  FOREACH wanted IN ARRAY ARRAY['pg_trgm', 'fuzzystrmatch'] LOOP
    path := path || ', ' || (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = wanted);
  END LOOP;
  PERFORM set_config('search_path', path, true);
END $$;
CREATE INDEX "Word_by_likeness" ON search."Word" USING gin ("word" gin_trgm_ops) WHERE "isName";
CREATE INDEX "Word_by_sound" ON search."Word" (dmetaphone("word")) WHERE "isName" AND "word" ~ '^[a-z]+$';

-- Records whose entries a transaction has to refresh, and transactions that have such records.
CREATE TABLE search."Pending" ("transaction" xid8 NOT NULL, "id" text COLLATE "C" NOT NULL, "isDraft" boolean NOT NULL);
CREATE INDEX "Pending_by_transaction" ON search."Pending" ("transaction");
CREATE TABLE search."Due" ("transaction" xid8 PRIMARY KEY);

-- The names, texts, days and references by which a record is found.
CREATE TYPE search."Part" AS (
  "id" text, "kind" text, "day" date, "last" date, "ordinal" int, "twin" text, "title" text, "names" text[], "texts" text[],
  "about" text[]);

-- An entry as it has to be, with the names of its record.
CREATE TYPE search."Made" AS (
  "id" text, "kind" text, "day" date, "twin" text, "head" tsvector, "words" tsvector, "names" text[]);

-- A result: see search."found".
CREATE TYPE search."Hit" AS (
  "id" text, "kind" text, "rank" int, "quality" int, "day" date, "sort" text, "text" text, "terms" text[], "meant" text);

-- A question as it is read: see search."read".
CREATE TYPE search."Question" AS (
  "folded" text, "words" text[], "needed" text[], "marked" text[], "named" text[], "whole" text[], "slips" text[]);

-- A name or a day to choose while it is typed: see search."suggested".
CREATE TYPE search."Suggestion" AS ("id" text, "kind" text, "day" date, "text" text, "rank" int);

-- A piece of a text, with its start in it.
CREATE TYPE search."Excerpt" AS ("words" text, "start" int);
