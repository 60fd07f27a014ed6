-- AlterEnum
ALTER TYPE "Scope" ADD VALUE 'PUBLISH' BEFORE 'ADMIN';

-- AlterTable
ALTER TABLE "Submission" ADD COLUMN "access" "TextAccess" NOT NULL DEFAULT 'PRIVATE';

-- AlterTable
ALTER TABLE "Act" ADD COLUMN "proposedBy" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- By hand: what Prisma cannot say.

-- Texts of reports that were published or drafted so far are public.
UPDATE "Submission" SET "access" = 'PUBLIC' WHERE "state" <> 'OPEN';

-- The setting sidelines.proposed_by names, as a list in JSON, the editors who drafted what the act publishes.
CREATE OR REPLACE FUNCTION "currentAct"() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  act bigint := nullif(current_setting('sidelines.act_number', true), '');
BEGIN
  IF act IS NULL THEN
    PERFORM FROM "RecordVersion" WHERE "id" = 1 FOR NO KEY UPDATE;
    INSERT INTO "Act" ("id", "kind", "actor", "actorName", "proposedBy", "reason", "at") VALUES (
      'act_' || translate(right(replace(gen_random_uuid()::text, '-', ''), 16), '0189', 'wxyz'),
      coalesce(nullif(current_setting('sidelines.act', true), ''), 'unattributed'),
      coalesce(nullif(current_setting('sidelines.actor', true), ''), 'unattributed'),
      nullif(current_setting('sidelines.actor_name', true), ''),
      ARRAY(SELECT jsonb_array_elements_text(nullif(current_setting('sidelines.proposed_by', true), '')::jsonb)),
      nullif(current_setting('sidelines.reason', true), ''),
      greatest(date_trunc('milliseconds', clock_timestamp()),
        (SELECT "at" FROM "Act" ORDER BY "number" DESC LIMIT 1) + interval '1 millisecond')
    ) RETURNING "number" INTO act;
    PERFORM set_config('sidelines.act_number', act::text, true);
  END IF;
  RETURN act;
END $$;
