import { z } from "zod";
import { Prisma } from "../generated/prisma/browser.js";
import { CitationStance } from "../generated/prisma/enums.js";
import { initially } from "../writing/said.js";
import { refersTo } from "../writing/references.js";
import { fileKey, given, line, listOf, oneOf, pages, whole } from "../writing/values.js";

/** A column of Citation that refers to a subject. */
export type SubjectColumn = Exclude<Extract<Prisma.CitationScalarFieldEnum, `${string}Id`>, "documentId">;

/** The columns of Citation that refer to a subject, as the model has them; exactly one of them is set. */
export const subjectColumns: readonly SubjectColumn[] = Object.values(Prisma.CitationScalarFieldEnum).filter(
  (column): column is SubjectColumn => column.endsWith("Id") && column !== "documentId",
);

/** The longest text of a document, in UTF-16 units. */
export const longestText = 4_000_000;

/** The properties of a citation as an input gives it. */
export const citationProperties = {
  document: refersTo("Document", fileKey()),
  quote: given(pages(20_000)),
  start: given(whole(0, longestText)),
  locator: given(line(2_000)),
  attributedTo: given(line()),
  stance: given(initially(oneOf(CitationStance), CitationStance.SUPPORTS)),
};

/** A citation, property by property. */
export const citationShape = z.strictObject(citationProperties);

/** A citation as an input gives it: a document's key alone, or more. */
export const citationInput = z.preprocess(
  (value) => (typeof value === "string" ? { document: value } : value),
  citationShape,
);

/** The citations of a record. */
export const citationsInput = given(listOf(citationInput));

export type CitationInput = z.infer<typeof citationInput>;
