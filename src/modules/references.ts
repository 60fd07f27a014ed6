import { PartyKind } from "../generated/prisma/enums.js";
import type { Detail } from "../writing/records.js";
import { refersTo } from "../writing/references.js";
import { code, key, listOf, slug } from "../writing/values.js";
import { rows } from "./record.js";

/** A party's code: alpha-3 of a state or the acronym of an organization. */
export function partyCode() {
  return code(/^[A-Z0-9][A-Za-z0-9&+-]{0,31}$/, "code of a party, such as IND or ASEAN");
}

/** A party that is referred to by its code, by a code or identifier of another scheme, or by a name. */
export function partyReference() {
  return refersTo("Party", code(/^\S(?:[^\0-\x1f\x7f]{0,198}\S)?$/u, "code, identifier or name of a party"));
}

/** The key of an office: `IND/defence-minister`. */
export function officeKey() {
  return code(
    /^[A-Z0-9][A-Za-z0-9&+-]{0,31}\/[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "key of an office, such as IND/defence-minister",
  );
}

/** An office that is referred to by its key. */
export function officeReference() {
  return refersTo("Office", officeKey());
}

/** A person who is referred to by slug. */
export function personReference() {
  return refersTo("Person", slug());
}

/** A meeting that is referred to by its slug. */
export function meetingReference() {
  return refersTo("Meeting", slug());
}

/** A place that is referred to by its key. */
export function placeReference() {
  return refersTo("Place", key());
}

/** A forum that is referred to by its slug. */
export function forumReference() {
  return refersTo("Forum", slug());
}

/** An agreement that is referred to by its key. */
export function agreementReference() {
  return refersTo("Agreement", key());
}

/** An activity that is referred to by its key. */
export function activityReference() {
  return refersTo("Activity", key());
}

/** Narrows a reference to a party to states. */
export const onlyState = { label: "state", cells: { kind: PartyKind.STATE } };

/** Narrows a reference to a party to organizations. */
export const onlyOrganization = { label: "organization", cells: { kind: PartyKind.ORGANIZATION } };

/** A list of parties by code, kept in a table between a record and its parties. */
export function parties(table: string, owner: string) {
  const detail: Detail = {
    table,
    owner,
    identity: "partyId",
    to: "Party",
    columns: [],
    section: "parties",
    read: (input) =>
      ((input["parties"] ?? []) as string[]).map((partyId, index) => ({
        steps: ["parties", index],
        cells: { partyId },
      })),
    write: (held) => ({ parties: held.map(({ partyId }) => partyId) }),
  };
  return rows(listOf(partyReference()), detail);
}
