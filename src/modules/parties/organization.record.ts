import { PartyKind } from "../../generated/prisma/enums.js";
import { declareRecord } from "../record.js";
import { partyCode } from "../references.js";
import { partyDuplicates, partyProperties } from "./party.rules.js";

/** An organization. */
export const organizationRecord = declareRecord({
  table: "Party",
  label: "organization",
  type: "Organization",
  prefix: "org",
  plain: { collection: "organizations" },
  key: { code: partyCode() },
  title: "name",
  search: { kind: "ORGANIZATION", place: 3, names: ["name", "officialName", "code", "alpha2"] },
  isTopic: true,
  fixed: { kind: PartyKind.ORGANIZATION },
  properties: partyProperties,
  duplicates: partyDuplicates(8),
  citation: { column: "partyId", count: "some", isName: true },
});
