-- The digest of everything that `migrate` derives from the tables and from the declarations of the records: history tables,
-- read views, and the functions that treat every kind of record. `migrate --check` compares these digests.
CREATE TABLE past."Derived" ("part" text PRIMARY KEY, "digest" text NOT NULL);
