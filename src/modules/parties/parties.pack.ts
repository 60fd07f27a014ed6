import { packSection, type PackSection } from "../../writing/sections.js";
import {
  addOffice,
  addOrganization,
  addPerson,
  addState,
  addTenure,
  officeInput,
  officeKind,
  organizationInput,
  organizationKind,
  personInput,
  personKind,
  stateInput,
  stateKind,
  tenureInput,
  tenureKind,
  tenureRank,
} from "./parties.commands.js";

/** The collections of a pack that hold parties, persons and their offices. */
export const partySections: readonly PackSection[] = [
  packSection({
    collection: "states",
    kind: stateKind,
    shape: stateInput,
    add: addState,
    names: (code) => ({ code }),
  }),
  packSection({
    collection: "organizations",
    kind: organizationKind,
    shape: organizationInput,
    add: addOrganization,
    names: (code) => ({ code }),
  }),
  packSection({
    collection: "persons",
    kind: personKind,
    shape: personInput,
    add: addPerson,
    names: (slug) => ({ slug }),
  }),
  packSection({
    collection: "offices",
    kind: officeKind,
    shape: officeInput,
    add: addOffice,
    names: (key) => ({ key }),
  }),
  packSection({
    collection: "tenures",
    kind: tenureKind,
    shape: tenureInput,
    add: addTenure,
    names: () => ({}),
    rank: (key, { since }) => tenureRank(key, since),
  }),
];
