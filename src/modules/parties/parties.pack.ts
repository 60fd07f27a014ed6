import { packSection, type PackSection } from "../../writing/sections.js";
import {
  draftOffice,
  draftOrganization,
  draftPerson,
  draftState,
  draftTenure,
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
    draft: draftState,
    names: (code) => ({ code }),
  }),
  packSection({
    collection: "organizations",
    kind: organizationKind,
    shape: organizationInput,
    draft: draftOrganization,
    names: (code) => ({ code }),
  }),
  packSection({
    collection: "persons",
    kind: personKind,
    shape: personInput,
    draft: draftPerson,
    names: (slug) => ({ slug }),
  }),
  packSection({
    collection: "offices",
    kind: officeKind,
    shape: officeInput,
    draft: draftOffice,
    names: (key) => ({ key }),
  }),
  packSection({
    collection: "tenures",
    kind: tenureKind,
    shape: tenureInput,
    draft: draftTenure,
    names: () => ({}),
    rank: (key, { since }) => tenureRank(key, since),
  }),
];
