import { key, prose } from "../../writing/values.js";
import { numbered } from "../numbering.rules.js";
import { declareRecord, flag, naming, outer, reference, text } from "../record.js";

/** The statement of one source in a conflict. */
export const conflictClaimRecord = declareRecord({
  table: "ConflictClaim",
  label: "claim in a conflict",
  prefix: "cfc",
  properties: {
    conflict: outer(reference(key(), "Conflict", "conflictId", { required: true })),
    value: naming(text(prose())),
    isFollowed: flag(),
  },
  within: "conflict",
  keyedBy: ["conflict", null],
  positioned: true,
  identify: numbered({ distinguishedBy: "value" }),
  citation: { column: "conflictClaimId", count: "one" },
});
