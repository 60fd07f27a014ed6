import type { z } from "zod";
import type { Place } from "../../lib/faults.js";
import { eachOf, type ChangeSet } from "../../writing/change.set.js";
import type { DesiredRecord } from "../../writing/records.js";
import { addCitations } from "../documents/documents.commands.js";
import { agreementRecord } from "./agreement.record.js";
import { agreementClaimRecord } from "./agreement-claim.record.js";
import { agreementReportRecord } from "./agreement-report.record.js";
import { signatoryRecord } from "./signatory.record.js";

/** Adds an agreement with its signatories and the reports on its status. */
export function addAgreement(
  changeSet: ChangeSet,
  input: z.infer<typeof agreementRecord.input>,
  place: Place,
): DesiredRecord {
  const { key, cite, signatories, reports, claims } = input;
  const desired = addCitations(changeSet, changeSet.add(agreementRecord.kind, key, place, input), cite);
  eachOf(signatories, place, "signatories", (signatory, where) => {
    addSignatory(changeSet, key, signatory, where);
  });
  eachOf(reports, place, "reports", (report, where) => {
    addAgreementReport(changeSet, key, report, where);
  });
  eachOf(claims, place, "claims", (claim, where) => {
    addAgreementClaim(changeSet, key, claim, where);
  });
  return desired;
}

/** Adds a signatory of an agreement. */
export function addSignatory(
  changeSet: ChangeSet,
  agreement: string,
  input: z.infer<typeof signatoryRecord.input>,
  place: Place,
): DesiredRecord {
  const desired = changeSet.add(signatoryRecord.kind, `${agreement}/${input.party}`, place, { ...input, agreement });
  return addCitations(changeSet, desired, input.cite);
}

/** Adds a report on the status of an agreement. The source is a part of its key. */
export function addAgreementReport(
  changeSet: ChangeSet,
  agreement: string,
  input: z.infer<typeof agreementReportRecord.input>,
  place: Place,
): DesiredRecord {
  const document = input.cite?.[0]?.document ?? "";
  const key = `${agreement}/reports/${document}/${input.status}`;
  return addCitations(
    changeSet,
    changeSet.add(agreementReportRecord.kind, key, place, { ...input, agreement }),
    input.cite,
  );
}

/** Adds a claim about an agreement. */
export function addAgreementClaim(
  changeSet: ChangeSet,
  agreement: string,
  input: z.infer<typeof agreementClaimRecord.input>,
  place: Place,
): DesiredRecord {
  const key = `${agreement}/claims/${input.key}`;
  return addCitations(
    changeSet,
    changeSet.add(agreementClaimRecord.kind, key, place, { ...input, agreement }),
    input.cite,
  );
}
