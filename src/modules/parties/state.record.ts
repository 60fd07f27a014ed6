import { PartyKind } from "../../generated/prisma/enums.js";
import { shown } from "../../lib/faults.js";
import { code } from "../../writing/values.js";
import { declareRecord, text } from "../record.js";
import { partiesByOtherNames, partyDuplicates, partyProperties } from "./party.rules.js";

/** A state. */
export const stateRecord = declareRecord({
  table: "Party",
  label: "state",
  type: "State",
  prefix: "sta",
  plain: { collection: "states" },
  key: { code: code(/^[A-Z]{3}$/, "ISO 3166-1 alpha-3 code") },
  title: "name",
  search: { kind: "STATE", place: 2, names: ["name", "officialName", "code", "alpha2"] },
  isTopic: true,
  fixed: { kind: PartyKind.STATE },
  properties: { alpha2: text(code(/^[A-Z]{2}$/, "ISO 3166-1 alpha-2 code")), ...partyProperties },
  otherNames: partiesByOtherNames,
  unique: [
    {
      columns: ["alpha2"],
      message: ({ row }, { key, row: other }) =>
        `the alpha-2 code ${shown(row["alpha2"])} belongs to ${shown(key)} (${String(other["name"])}) already`,
    },
  ],
  // Ghana and Guinea sound alike.
  duplicates: partyDuplicates(4),
  citation: { column: "partyId", count: "some", isName: true },
});
