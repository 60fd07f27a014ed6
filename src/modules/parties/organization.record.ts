import { PartyKind } from "../../generated/prisma/enums.js";
import { idPrefixes } from "../ids.js";
import { declareRecord } from "../record.js";
import { partyCode } from "../references.js";
import { partyProperties } from "./party.rules.js";

/** An organization. */
export const organizationRecord = declareRecord({
  table: "Party",
  label: "organization",
  prefix: idPrefixes.Organization,
  key: { code: partyCode() },
  title: "name",
  words: ["name", "officialName"],
  isTopic: true,
  fixed: { kind: PartyKind.ORGANIZATION },
  properties: partyProperties,
  citation: { column: "partyId", count: "some", isName: true },
});
