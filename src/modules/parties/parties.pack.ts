import { packSection, type PackSection } from "../../writing/sections.js";
import { addOffice, addOrganization, addPerson, addState, addTenure } from "./parties.commands.js";
import { officeRecord } from "./office.record.js";
import { organizationRecord } from "./organization.record.js";
import { personRecord } from "./person.record.js";
import { stateRecord } from "./state.record.js";
import { tenureRecord } from "./tenure.record.js";
import { tenureRank } from "./tenure.record.js";

/** The collections of a pack that hold parties, persons and their offices. */
export const partySections: readonly PackSection[] = [
  packSection({
    collection: "states",
    kind: stateRecord.kind,
    shape: stateRecord.input,
    add: addState,
    names: (code) => ({ code }),
  }),
  packSection({
    collection: "organizations",
    kind: organizationRecord.kind,
    shape: organizationRecord.input,
    add: addOrganization,
    names: (code) => ({ code }),
  }),
  packSection({
    collection: "persons",
    kind: personRecord.kind,
    shape: personRecord.input,
    add: addPerson,
    names: (slug) => ({ slug }),
  }),
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
