import { key, line } from "../../writing/values.js";
import { claimProperties, declareRecord, outer, reference, text } from "../record.js";
import { agreementReference } from "../references.js";

/** A source's claim that an agreement was the first of its kind since a day, or ever. */
export const agreementClaimRecord = declareRecord({
  table: "AgreementClaim",
  label: "claim about an agreement",
  prefix: "agc",
  key: { key: key() },
  properties: {
    agreement: outer(reference(agreementReference(), "Agreement", "agreementId", { required: true, tells: "around" })),
    ...claimProperties,
    scope: text(line(200)),
  },
  within: "agreement",
  keyedBy: ["agreement"],
  citation: { column: "agreementClaimId", count: "one" },
});
