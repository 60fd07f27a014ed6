import { SignatoryRole } from "../../generated/prisma/enums.js";
import { oneOf } from "../../writing/values.js";
import { checkOfficeOfParty } from "../offices.rules.js";
import { numbered } from "../numbering.rules.js";
import { declareRecord, naming, outer, reference, text } from "../record.js";
import { agreementReference, officeReference, partyReference, personReference } from "../references.js";

/** A party, or a person for it, that signed an agreement or witnessed the signing. */
export const signatoryRecord = declareRecord({
  table: "Signatory",
  label: "signatory",
  prefix: "sig",
  tellsOfWhole: ["party", "person"],
  properties: {
    agreement: outer(reference(agreementReference(), "Agreement", "agreementId", { required: true })),
    party: naming(reference(partyReference(), "Party", "partyId")),
    person: reference(personReference(), "Person", "personId"),
    office: reference(officeReference(), "Office", "officeId"),
    role: text(oneOf(SignatoryRole), { initial: SignatoryRole.SIGNED }),
  },
  within: "agreement",
  keyedBy: ["agreement", "party"],
  positioned: true,
  identify: numbered({
    distinguishedBy: "personId",
    areApart: (given, stored) => roleOf(given) !== roleOf(stored),
  }),
  check: checkOfficeOfParty,
  citation: { column: "signatoryId", count: "some" },
});

function roleOf({ role }: { readonly role?: unknown }): unknown {
  return role ?? SignatoryRole.SIGNED;
}
