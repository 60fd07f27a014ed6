import { EncounterLevel } from "../../generated/prisma/enums.js";
import { refersTo } from "../../writing/references.js";
import { key, oneOf } from "../../writing/values.js";
import { claimProperties, declareRecord, outer, reference, text } from "../record.js";

/** A source's claim that a visit was the first since a day, or ever. */
export const visitClaimRecord = declareRecord({
  table: "VisitClaim",
  label: "claim about a visit",
  prefix: "vcl",
  key: { key: key() },
  search: { kind: "VISIT_CLAIM", place: 17, texts: ["words"], borrows: { by: "visit", title: "purpose", day: "from" } },
  properties: {
    visit: outer(reference(refersTo("Visit", key()), "Visit", "visitId", { required: true, tells: "around" })),
    level: text(oneOf(EncounterLevel), { required: true }),
    ...claimProperties,
  },
  within: "visit",
  keyedBy: ["visit"],
  citation: { column: "visitClaimId", count: "one" },
});
