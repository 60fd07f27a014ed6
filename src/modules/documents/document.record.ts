import { createHash } from "node:crypto";
import { DocumentKind } from "../../generated/prisma/enums.js";
import { withoutByteOrderMark } from "../../lib/characters.js";
import type { PlannedRecord, LookupContext } from "../../writing/records.js";
import { fileKey, language, letters, line, oneOf, webAddress } from "../../writing/values.js";
import { longestText } from "../citations.js";
import { date, declareRecord, flag, text } from "../record.js";

/** A source. */
export const documentRecord = declareRecord({
  table: "Document",
  label: "document",
  prefix: "doc",
  plain: { collection: "documents", mutation: "addDocument" },
  key: { key: fileKey() },
  title: "title",
  words: ["title", "publisher", "agency", "text"],
  search: { kind: "DOCUMENT", place: 7, title: "title", day: "publishedOn" },
  computed: ["sha256"],
  properties: {
    kind: text(oneOf(DocumentKind), { required: true }),
    title: text(line(), { required: true }),
    titleIsOurs: flag({ initial: false }),
    publisher: text(line(), { required: true }),
    agency: text(line()),
    dateline: text(line()),
    language: text(language(), { required: true }),
    publishedOn: date(),
    url: text(webAddress()),
    text: text(letters(longestText).transform(withoutByteOrderMark)),
  },
  check: hashText,
});

/** SHA-256 of the UTF-8 bytes of a text, in hexadecimal. */
export function sha256Of(content: string): string {
  return createHash("sha256").update(content, "utf8").digest("hex");
}

function hashText(entry: PlannedRecord, lookup: LookupContext): void {
  const { text: content } = entry.row;
  if (content === "")
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "text"), message: "the text is empty" });
  entry.row["sha256"] = typeof content === "string" ? sha256Of(content) : null;
  if (entry.changed.has("text")) entry.changed.add("sha256");
}
