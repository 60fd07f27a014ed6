import type { Database } from "../../src/database/open.js";

const tables = [
  "Document",
  "Citation",
  "Party",
  "PartyName",
  "PartyIdentifier",
  "Person",
  "PersonName",
  "Office",
  "Tenure",
  "Forum",
  "ForumName",
  "ForumMembership",
  "ChairTerm",
];
const others = [
  "Place",
  "Meeting",
  "Participant",
  "StatusReport",
  "Visit",
  "VisitReport",
  "VisitClaim",
  "ActivityClaim",
  "AgreementClaim",
  "StatementPerson",
  "StatementParty",
  "MeetingRelation",
  "ParticipantOffice",
  "VisitMeeting",
  "Statement",
  "Commitment",
  "CommitmentParty",
  "Milestone",
  "MilestoneParty",
];

const papers = [
  "Agreement",
  "AgreementParty",
  "Signatory",
  "AgreementReport",
  "Activity",
  "ActivityParty",
  "ActivityReport",
];

/** Every row of the record, by table, in an order of its own. */
export async function wholeRecord({ pool }: Pick<Database, "pool">): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of [...tables, ...others, "FirstSinceClaim", "Conflict", "ConflictClaim", ...papers]) {
    const found = await pool.query<{ row: unknown }>(
      `SELECT to_jsonb(t) AS row FROM "${table}" t ORDER BY to_jsonb(t)::text`,
    );
    rows[table] = found.rows.map(({ row }) => row);
  }
  return rows;
}
