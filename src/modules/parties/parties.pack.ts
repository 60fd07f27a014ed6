import { packSection, type PackSection } from "../../writing/sections.js";
import { addOffice, addTenure } from "./parties.commands.js";
import { officeRecord } from "./office.record.js";
import { tenureRecord } from "./tenure.record.js";
import { tenureRank } from "./tenure.record.js";

/** The collections of a pack that hold parties, persons and their offices. */
export const partySections: readonly PackSection[] = [
  packSection({
    collection: "offices",
    kind: officeRecord.kind,
    shape: officeRecord.input,
    add: addOffice,
    names: (key) => ({ key }),
  }),
  packSection({
    collection: "tenures",
    kind: tenureRecord.kind,
    shape: tenureRecord.input,
    add: addTenure,
    names: () => ({}),
    rank: (key, { since }) => tenureRank(key, since),
  }),
];
