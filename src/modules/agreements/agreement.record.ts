import { AgreementKind } from "../../generated/prisma/enums.js";
import type { LookupContext, PlannedRecord } from "../../writing/records.js";
import { key, line, oneOf, prose } from "../../writing/values.js";
import { checkOrder, checkPeriod } from "../periods.rules.js";
import { date, declareRecord, periodProperties, reference, text, words } from "../record.js";
import { agreementReference, meetingReference, parties } from "../references.js";
import { topicKeys } from "../topics.js";
import { agreementReportRecord } from "./agreement-report.record.js";
import { signatoryRecord } from "./signatory.record.js";

/** An agreement of parties, with those who signed it and the reports on its status. */
export const agreementRecord = declareRecord({
  table: "Agreement",
  label: "agreement",
  prefix: "agr",
  key: { key: key() },
  title: "name",
  words: ["name", "note"],
  search: { kind: "AGREEMENT", place: 9, title: "name", day: "signedOn", texts: ["note"] },
  computed: ["status"],
  follows: {
    status: {
      published: `CASE WHEN r."id" IN (SELECT d."agreementId" FROM drafts."AgreementReport" d) THEN editing."agreementStatusWithDrafts"(r."id") ELSE r."status" END`,
      drafted: `editing."agreementStatusWithDrafts"(r."id")`,
    },
  },
  properties: {
    name: text(line()),
    kind: text(oneOf(AgreementKind), { required: true }),
    parties: parties("AgreementParty", "agreementId"),
    signedOn: date(),
    meeting: reference(meetingReference(), "Meeting", "meetingId"),
    ...periodProperties,
    parent: reference(agreementReference(), "Agreement", "parentId", { acyclic: true, tells: "none" }),
    topics: words(topicKeys()),
    note: text(prose()),
  },
  parts: { signatories: signatoryRecord, reports: agreementReportRecord },
  check: checkAgreement,
  citation: { column: "agreementId", count: "some" },
});

function checkAgreement(entry: PlannedRecord, lookup: LookupContext): void {
  checkPeriod(entry, lookup);
  checkOrder(entry, "signedOn", "until", lookup);
}
