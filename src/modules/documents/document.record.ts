import { createHash } from "node:crypto";
import { DocumentKind } from "../../generated/prisma/enums.js";
import { withoutByteOrderMark } from "../../lib/characters.js";
import type { PlannedRecord, LookupContext } from "../../writing/records.js";
import { fileKey, language, letters, line, oneOf, webAddress } from "../../writing/values.js";
import { longestText } from "../citations.js";
import { date, declareRecord, flag, text } from "../record.js";
import { duplicates, type Compared } from "../duplicates.rules.js";

const sameAddress: Compared = {
  columns: { address: `"addressKey"(r."url")`, url: `r."url"` },
  clue: {
    points: `CASE WHEN a."address" = b."address" THEN 12 ELSE 0 END`,
    words: `CASE WHEN a."url" = b."url" THEN format('same address (%s)', a."url") ELSE format('same address (%s, %s)', a."url", b."url") END`,
  },
};

const sameText: Compared = {
  columns: { digest: `r."sha256"` },
  clue: { points: `CASE WHEN a."digest" = b."digest" THEN 12 ELSE 0 END`, words: `'same text'` },
};

// Titles of the record's own are given by a rule, and are the same for all reports of one publisher on a meeting.
const sameArticle: Compared = {
  columns: {
    first: `r."publishedOnEarliest"`,
    publisher: `r."publisher"`,
    title: `r."title"`,
    published: `r."publishedOn"`,
    isOurs: `r."titleIsOurs"`,
    article: `r."publishedOn" || '/' || "fold"(r."publisher") || '/' || "fold"(r."title")`,
  },
  clue: {
    points: `CASE WHEN a."article" = b."article" THEN CASE WHEN (a."isOurs" OR b."isOurs") AND a."address" <> b."address" THEN 2 ELSE 8 END ELSE 0 END`,
    words: `format('same publisher, day and title (%s, %s, %s)', a."publisher", "dayInWords"(a."published"), a."title")`,
  },
};

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
  duplicates: duplicates([sameAddress, sameText, sameArticle], {
    keys: [`ARRAY[p."address", p."digest", p."article"]`],
    near: [
      `SELECT d."id" FROM "Document" d WHERE "addressKey"(d."url") = p."address"`,
      `SELECT d."id" FROM "Document" d WHERE d."sha256" = p."digest"`,
      `SELECT d."id" FROM "Document" d WHERE d."publishedOnEarliest" = p."first" AND d."publisher" = p."publisher"`,
    ],
  }),
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
