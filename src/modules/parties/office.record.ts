import { OfficeKind } from "../../generated/prisma/enums.js";
import { shown } from "../../lib/faults.js";
import { line, listOf, oneOf } from "../../writing/values.js";
import { identifiers } from "../identifiers.js";
import { declareRecord, packsOnly, reference, text, words } from "../record.js";
import { officeKey, partyReference } from "../references.js";

/** An office. */
export const officeRecord = declareRecord({
  table: "Office",
  label: "office",
  prefix: "ofc",
  key: { key: officeKey() },
  title: "title",
  search: { kind: "OFFICE", place: 11, title: "title", texts: ["kind", "otherTitles", "identifiers"] },
  properties: {
    party: packsOnly(reference(partyReference(), "Party", "partyId", { required: true })),
    title: text(line(), { required: true, others: "otherTitles" }),
    otherTitles: words(listOf(line(), 100)),
    kind: text(oneOf(OfficeKind), { required: true }),
    identifiers: identifiers("WIKIDATA"),
  },
  keyedBy: ["party"],
  lasting: ["party"],
  unique: [
    {
      columns: ["partyId", "title"],
      message: ({ row }, other) => `the office ${shown(other.key)} bears the title ${shown(row["title"])} already`,
    },
  ],
  citation: { column: "officeId", count: "some", isName: true },
});
