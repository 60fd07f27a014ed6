import { at, shown, withArticle } from "../../lib/faults.js";
import { eachOf, type ChangeSet } from "../../writing/change.set.js";
import type { PlanRule } from "../../writing/plan.js";
import { isMissing, type DesiredRecord } from "../../writing/records.js";
import type { CitationInput } from "../citations.js";
import { citationRecord } from "./citation.record.js";

/** Adds the citations of a record, `cite` of its input. Returns the record itself. */
export function addCitations(
  changeSet: ChangeSet,
  about: DesiredRecord,
  cite: readonly CitationInput[] | undefined,
): DesiredRecord {
  const { citation } = about.kind;
  if (citation?.count === "one" && (cite?.length ?? 0) > 1) {
    const place = at(about.place, "cite");
    changeSet.report({
      code: "UNCITED",
      place,
      message: `${withArticle(about.kind.label)} rests on exactly one source, and here are ${String(cite?.length)}`,
    });
    return about;
  }
  eachOf(cite, about.place, "cite", (input, place) => changeSet.add(citationRecord.kind, "", place, input, about));
  return about;
}

/** Adds the sources of something new about a record that is there already: at least one. */
export function addSources(
  changeSet: ChangeSet,
  about: DesiredRecord,
  cite: readonly CitationInput[] | undefined,
): DesiredRecord {
  if ((cite ?? []).length === 0) {
    changeSet.report({
      code: "UNCITED",
      place: at(about.place, "cite"),
      message: "a new fact needs at least one source in cite",
    });
  }
  return addCitations(changeSet, about, cite);
}

/** No fact without a source: what is new has to be cited, each in the way of its kind. */
export const everyFactIsCited: PlanRule = (changes, lookup) => {
  const cited = new Set(changes.flatMap(({ desired }) => desired.about ?? []));
  for (const one of changes) {
    const { desired } = one;
    const entry = lookup.recordFor(desired);
    const wanted = desired.kind.citation;
    if (wanted === undefined || isMissing(one, "cite") || entry?.stored !== null || cited.has(desired)) continue;
    // More than one where one is wanted has been reported already.
    if (Array.isArray(desired.input["cite"]) && desired.input["cite"].length > 0) continue;
    const many = wanted.count === "one" ? "exactly one source" : "at least one source";
    lookup.report({
      code: "UNCITED",
      place: desired.place,
      message: `${withArticle(desired.kind.label)} needs ${many} in cite, and ${shown(entry.key)} has none`,
    });
  }
};
