import { z } from "zod";
import { citationProperties, subjectColumns } from "../citations.js";
import { declareRecord, number, outer, owner, reference, text, type Property } from "../record.js";
import { followPassage, identifyCitations, subjectOfCitation } from "./citation.rules.js";

const { document, quote, start, locator, attributedTo, stance } = citationProperties;

// The schemas of citations are shared with the inputs of all other records.
function as<S extends z.ZodType>(shape: S, property: Property): Property<S> {
  return { ...property, shape };
}

/**
 * A citation is identified by what it speaks for, its document, its stance and its passage or locator. The record that
 * it speaks for may get its key only while the plan is made, so the citation gets its own then, too.
 */
export const citationRecord = declareRecord({
  table: "Citation",
  label: "citation",
  prefix: "cit",
  search: {
    kind: "PASSAGE",
    place: 8,
    texts: ["quote"],
    needs: "quote",
    borrows: { by: "document", day: "publishedOn" },
    sameBy: ["documentId", "start", "end"],
  },
  properties: {
    document: as(document, reference(document, "Document", "documentId", { required: true })),
    quote: as(quote, text(quote)),
    start: as(start, number(start)),
    locator: as(locator, text(locator)),
    attributedTo: as(attributedTo, text(attributedTo)),
    stance: as(stance, text(stance)),
    end: outer(number(z.never())),
    ...Object.fromEntries(subjectColumns.map((column) => [column, owner()])),
  },
  parent: subjectOfCitation,
  follow: followPassage,
  identify: identifyCitations,
});
