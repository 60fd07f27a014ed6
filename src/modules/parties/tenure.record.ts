import { prose } from "../../writing/values.js";
import { numbered } from "../numbering.rules.js";
import { apart, areApart, checkPeriod, periodContradiction } from "../periods.rules.js";
import { declareRecord, flag, naming, periodProperties, reference, text } from "../record.js";
import { officeReference, personReference } from "../references.js";

const unknownSince = "unknown";

/** A date in a key, where slashes separate parts: `2024-05~/2024-07` is `2024-05..2024-07`. */
const inKey = (date: string): string => date.replace("/", "..").replace(/[~?%]/g, "");

/** The key of a person's first tenure in an office, or of a later one that began on a day. */
export function tenureKey({
  person,
  office,
  since,
}: {
  person: string;
  office: string;
  since?: string | undefined;
}): string {
  return `${office}/${person}${since === undefined ? "" : `/${inKey(since)}`}`;
}

/**
 * The key that a tenure would have if it were loaded now. Its start may have become known after it got its key, and
 * entries that are written in this order get the same order again.
 */
export function tenureRank(key: string, since: unknown): string {
  const base = key.split("/").slice(0, 3).join("/");
  return key === base ? base : `${base}/${typeof since === "string" ? inKey(since) : unknownSince}`;
}

/** The period in which a person holds an office. */
export const tenureRecord = declareRecord({
  table: "Tenure",
  label: "tenure",
  prefix: "ten",
  properties: {
    person: naming(reference(personReference(), "Person", "personId")),
    office: naming(reference(officeReference(), "Office", "officeId")),
    acting: flag({ initial: false }),
    ...periodProperties,
    note: text(prose()),
  },
  within: "person",
  keyedBy: ["office", "person"],
  identify: numbered({
    distinguishedBy: "since",
    suffix: ({ given: said }) => (typeof said["since"] === "string" ? inKey(said["since"]) : unknownSince),
    areApart,
  }),
  contradiction: periodContradiction("tenure"),
  check: checkPeriod,
  checkSiblings: apart("tenure", ["officeId"]),
  citation: { column: "tenureId", count: "some" },
});
