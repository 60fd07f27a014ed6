import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { endingAct } from "../periods.acts.js";
import { agreementReference } from "../references.js";
import { agreementRecord } from "./agreement.record.js";
import { agreementClaimRecord } from "./agreement-claim.record.js";
import { agreementReportRecord } from "./agreement-report.record.js";
import { addAgreement, addAgreementClaim, addAgreementReport, addSignatory } from "./agreements.commands.js";
import { signatoryRecord } from "./signatory.record.js";

const toAgreement = { agreement: agreementReference() };

/** Mutations on agreements. */
export const agreementActs: readonly Act[] = [
  draftingAct({
    name: "recordAgreement",
    object: "agreement",
    shape: agreementRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addAgreement(changeSet, input, place), "key"),
  }),
  draftingAct({
    name: "addSignatory",
    object: "signatory",
    shape: signatoryRecord.input.extend(toAgreement),
    add: (changeSet, input, place) => newRecord(changeSet, addSignatory(changeSet, input.agreement, input, place)),
  }),
  draftingAct({
    name: "reportAgreement",
    object: "agreement",
    shape: agreementReportRecord.input.extend(toAgreement),
    changes: { kind: agreementRecord.kind, by: "agreement" },
    add: (changeSet, input, place) => addAgreementReport(changeSet, input.agreement, input, place),
  }),
  draftingAct({
    name: "recordAgreementClaim",
    object: "agreementClaim",
    shape: agreementClaimRecord.input.extend(toAgreement),
    add: (changeSet, input, place) =>
      newRecord(changeSet, addAgreementClaim(changeSet, input.agreement, input, place), "key"),
  }),
  endingAct("endAgreement", "agreement", agreementRecord.kind),
];
