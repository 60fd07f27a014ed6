import { key, line, prose } from "../../writing/values.js";
import { identifiers } from "../identifiers.js";
import { date, declareRecord, text } from "../record.js";
import { parties } from "../references.js";

/** A dated event that meetings are measured against. */
export const milestoneRecord = declareRecord({
  table: "Milestone",
  label: "milestone",
  prefix: "mls",
  plain: { collection: "milestones" },
  key: { key: key() },
  title: "label",
  search: { kind: "MILESTONE", place: 14, names: ["label"], day: "on", texts: ["note", "identifiers"] },
  properties: {
    label: text(line(), { required: true }),
    on: date(),
    note: text(prose()),
    parties: parties("MilestoneParty", "milestoneId"),
    identifiers: identifiers("WIKIDATA"),
  },
  citation: { column: "milestoneId", count: "some" },
});
