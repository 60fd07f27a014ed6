import { z } from "zod";
import { at, shown, withArticle } from "../../lib/faults.js";
import { performedAct, type Act, type ActAnswer, type ActWork } from "../../writing/acts.js";
import { line, listOf } from "../../writing/values.js";
import { addCitations } from "./documents.commands.js";
import { citationInput } from "../citations.js";

const passageInput = z.strictObject({
  record: line(60),
  cite: listOf(citationInput).min(1, { error: "is empty: at least one source is wanted" }),
});

/** Mutations on sources. */
export const documentActs: readonly Act[] = [
  performedAct({ name: "citePassage", object: "record", shape: passageInput, perform: citePassage }),
];

async function citePassage(
  { record: id, cite }: z.infer<typeof passageInput>,
  work: ActWork,
): Promise<ActAnswer | undefined> {
  const { changeSet, place } = work;
  const record = await work.find(id);
  const where = at(place, "record");
  if (record === undefined) {
    changeSet.report({ code: "NOT_FOUND", place: where, message: `the record holds nothing with the id ${shown(id)}` });
    return undefined;
  }
  const { kind, key } = record;
  if (kind.citation?.count !== "some") {
    const message =
      kind.citation === undefined
        ? `${withArticle(kind.label)} is no claim and rests on no source`
        : `${withArticle(kind.label)} rests on exactly one source and has it`;
    changeSet.report({ code: "UNCITED", place: where, message });
    return undefined;
  }
  const { identify: _byWhat, ...named } = kind;
  const desired = changeSet.add(named, key, place, {});
  changeSet.expect(desired, "known", where);
  addCitations(changeSet, desired, cite);
  const plan = await work.carryOut();
  const cited = plan?.records.filter((entry) => entry.desired?.about === desired);
  return plan && { record: id, citations: (cited ?? []).map((entry) => entry.id) };
}
