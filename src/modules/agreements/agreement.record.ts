import { AgreementKind } from "../../generated/prisma/enums.js";
import type { LookupContext, PlannedRecord } from "../../writing/records.js";
import { key, line, oneOf, prose } from "../../writing/values.js";
import { identifierKeys, identifiers, nearIdentifiers, sameIdentifier } from "../identifiers.js";
import { checkOrder, checkPeriod } from "../periods.rules.js";
import { date, declareRecord, periodProperties, reference, text, words } from "../record.js";
import { agreementReference, meetingReference, parties } from "../references.js";
import { topicKeys } from "../topics.js";
import { agreementClaimRecord } from "./agreement-claim.record.js";
import { agreementReportRecord } from "./agreement-report.record.js";
import { signatoryRecord } from "./signatory.record.js";
import {
  duplicates,
  exclusion,
  nearParties,
  partySet,
  sameDays,
  sameParties,
  sameSubject,
  sameTitle,
  sameValue,
  weigh,
} from "../duplicates.rules.js";

// An agreement under another one is not that one.
const unrelatedAgreements = weigh(
  { agreementId: `r."id"`, parent: `r."parentId"` },
  `CASE WHEN a."parent" = b."agreementId" OR b."parent" = a."agreementId" THEN ${exclusion} ELSE 0 END`,
);

/** An agreement of parties, with those who signed it and the reports on its status. */
export const agreementRecord = declareRecord({
  table: "Agreement",
  label: "agreement",
  prefix: "agr",
  key: { key: key() },
  title: "name",
  search: {
    kind: "AGREEMENT",
    place: 9,
    names: ["name"],
    day: "signedOn",
    texts: ["key", "kind", "topics", "note", "identifiers"],
  },
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
    identifiers: identifiers("WIKIDATA", "UNTS"),
    note: text(prose()),
  },
  parts: { signatories: signatoryRecord, reports: agreementReportRecord, claims: agreementClaimRecord },
  duplicates: duplicates(
    [
      sameParties("AgreementParty", "agreementId"),
      sameDays("signedOn"),
      sameValue("kind", `r."kind"::text`, { same: 1, different: -2 }),
      sameTitle("name"),
      sameSubject("name", ["AgreementParty", "agreementId"]),
      weigh(
        { start: `r."sinceEarliest"`, startsBy: `r."sinceLatest"` },
        `CASE WHEN a."startsBy" < b."start" OR b."startsBy" < a."start" THEN ${exclusion} ELSE 0 END`,
      ),
      unrelatedAgreements,
      sameIdentifier,
    ],
    {
      keys: [`ARRAY[${partySet}]`, identifierKeys],
      near: [nearParties("AgreementParty", "agreementId"), nearIdentifiers("Agreement")],
    },
  ),
  check: checkAgreement,
  citation: { column: "agreementId", count: "some" },
});

function checkAgreement(entry: PlannedRecord, lookup: LookupContext): void {
  checkPeriod(entry, lookup);
  checkOrder(entry, "signedOn", "until", lookup);
}
