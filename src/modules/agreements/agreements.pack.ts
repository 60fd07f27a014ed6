import { namedWithin, packSection, type PackSection } from "../../writing/sections.js";
import { agreementRecord } from "./agreement.record.js";
import { agreementClaimRecord } from "./agreement-claim.record.js";
import { agreementReportRecord } from "./agreement-report.record.js";
import { addAgreement } from "./agreements.commands.js";
import { signatoryRecord } from "./signatory.record.js";

/** The collections of a pack that hold agreements. */
export const agreementSections: readonly PackSection[] = [
  packSection({
    collection: "agreements",
    kind: agreementRecord.kind,
    shape: agreementRecord.input,
    add: addAgreement,
    names: (key) => ({ key }),
    parts: [
      {
        collection: "signatories",
        kind: signatoryRecord.kind,
        shape: signatoryRecord.input,
        short: { key: "party", text: "person", within: { office: "party" } },
      },
      { collection: "reports", kind: agreementReportRecord.kind, shape: agreementReportRecord.input },
      {
        collection: "claims",
        kind: agreementClaimRecord.kind,
        shape: agreementClaimRecord.input,
        names: namedWithin("claims"),
      },
    ],
  }),
];
