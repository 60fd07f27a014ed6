import { AgreementStatus } from "../../generated/prisma/enums.js";
import { oneOfBut } from "../../writing/values.js";
import { checkOrder } from "../periods.rules.js";
import { date, declareRecord, naming, outer, reference, text } from "../record.js";
import { agreementReference } from "../references.js";

/** The status of an agreement by one source. */
export const agreementReportRecord = declareRecord({
  table: "AgreementReport",
  label: "report on an agreement",
  prefix: "agp",
  properties: {
    agreement: outer(reference(agreementReference(), "Agreement", "agreementId", { required: true })),
    status: naming(text(oneOfBut(AgreementStatus, ["UNKNOWN"]))),
    on: date(),
    reportedOn: date(),
  },
  within: "agreement",
  keyedBy: ["agreement"],
  lasting: ["status"],
  check: (entry, lookup) => {
    checkOrder(entry, "on", "reportedOn", lookup);
  },
  citation: { column: "agreementReportId", count: "one" },
});
