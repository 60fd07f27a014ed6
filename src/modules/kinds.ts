import type { RecordKind } from "../writing/records.js";
import { activityRecord } from "./activities/activity.record.js";
import { activityClaimRecord } from "./activities/activity-claim.record.js";
import { activityReportRecord } from "./activities/activity-report.record.js";
import { agreementRecord } from "./agreements/agreement.record.js";
import { agreementClaimRecord } from "./agreements/agreement-claim.record.js";
import { agreementReportRecord } from "./agreements/agreement-report.record.js";
import { citationRecord } from "./documents/citation.record.js";
import { chairTermRecord } from "./forums/chair-term.record.js";
import { commitmentRecord } from "./meetings/commitment.record.js";
import { conflictRecord } from "./answers/conflict.record.js";
import { conflictClaimRecord } from "./answers/conflict-claim.record.js";
import { documentRecord } from "./documents/document.record.js";
import { firstSinceClaimRecord } from "./answers/first-since-claim.record.js";
import { forumRecord } from "./forums/forum.record.js";
import { meetingRecord } from "./meetings/meeting.record.js";
import { membershipRecord } from "./forums/membership.record.js";
import { milestoneRecord } from "./meetings/milestone.record.js";
import { officeRecord } from "./parties/office.record.js";
import { organizationRecord } from "./parties/organization.record.js";
import { participantRecord } from "./meetings/participant.record.js";
import { personRecord } from "./parties/person.record.js";
import { placeRecord } from "./meetings/place.record.js";
import { signatoryRecord } from "./agreements/signatory.record.js";
import { stateRecord } from "./parties/state.record.js";
import { statementRecord } from "./meetings/statement.record.js";
import { statusReportRecord } from "./meetings/status-report.record.js";
import { tenureRecord } from "./parties/tenure.record.js";
import { visitClaimRecord } from "./meetings/visit-claim.record.js";
import { visitReportRecord } from "./meetings/visit-report.record.js";
import { visitRecord } from "./meetings/visit.record.js";
import type { DeclaredKind } from "./record.js";

/** All kinds of records, each after those it refers to: the order in which they are planned and written. */
export const declaredKinds: readonly DeclaredKind[] = [
  documentRecord,
  stateRecord,
  organizationRecord,
  personRecord,
  officeRecord,
  tenureRecord,
  forumRecord,
  membershipRecord,
  chairTermRecord,
  placeRecord,
  milestoneRecord,
  meetingRecord,
  participantRecord,
  statusReportRecord,
  statementRecord,
  commitmentRecord,
  firstSinceClaimRecord,
  visitRecord,
  agreementRecord,
  signatoryRecord,
  agreementReportRecord,
  agreementClaimRecord,
  activityRecord,
  activityReportRecord,
  activityClaimRecord,
  visitReportRecord,
  visitClaimRecord,
  conflictRecord,
  conflictClaimRecord,
  citationRecord,
];

/** The same without the shapes of their inputs. */
export const recordKinds: readonly RecordKind[] = declaredKinds.map(({ kind }) => kind);

/** The kind of a GraphQL type; undefined for a type that is no record. */
export function kindOfType(type: string): RecordKind | undefined {
  return recordKinds.find((kind) => kind.type === type);
}

/** The prefix of the ids of a GraphQL type, without the underscore. @throws Error for a type that is no record. */
export function prefixOf(type: string): string {
  const kind = kindOfType(type);
  if (kind === undefined)
    throw new Error(
      `The type ${type} is no record: declare it in a .record.ts file, and list it in src/modules/kinds.ts.`,
    );
  return kind.prefix;
}

/** The kinds that search finds, in the order of equal matches. */
export const searchedKinds: readonly string[] = recordKinds
  .flatMap(({ search }) => search ?? [])
  .sort((one, other) => one.place - other.place)
  .map(({ kind }) => kind);
