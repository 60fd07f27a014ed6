-- The statuses of meetings, agreements and activities follow from reports by the same functions (prisma/sql/record.sql).
-- Their triggers go with the functions that they had, and prisma/sql/triggers.sql makes the new ones.
DROP FUNCTION IF EXISTS "settleStatus"(text[]) CASCADE;
DROP FUNCTION IF EXISTS "settleAgreements"(text[]) CASCADE;
DROP FUNCTION IF EXISTS "settleActivities"(text[]) CASCADE;
DROP FUNCTION IF EXISTS "statusFromReports"() CASCADE;
DROP FUNCTION IF EXISTS "agreementStatusFromReports"() CASCADE;
DROP FUNCTION IF EXISTS "activityStatusFromReports"() CASCADE;
DROP FUNCTION IF EXISTS "agreementAfterReports"() CASCADE;
DROP FUNCTION IF EXISTS "agreementAfterMovedReports"() CASCADE;
DROP FUNCTION IF EXISTS "agreementAfterDays"() CASCADE;
DROP FUNCTION IF EXISTS "activityAfterReports"() CASCADE;
DROP FUNCTION IF EXISTS "activityAfterMovedReports"() CASCADE;
