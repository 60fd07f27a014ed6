import { createHash } from "node:crypto";
import { DocumentKind, TextAccess } from "../../generated/prisma/enums.js";
import { withoutByteOrderMark } from "../../lib/characters.js";
import { shown } from "../../lib/faults.js";
import type { PlannedRecord, LookupContext } from "../../writing/records.js";
import type { Statements } from "../../writing/store.js";
import { code, fileKey, language, line, oneOf, pages, webAddress } from "../../writing/values.js";
import { longestText } from "../citations.js";
import { identifierKeys, identifiers, nearIdentifiers, sameIdentifier } from "../identifiers.js";
import { date, declareRecord, flag, text } from "../record.js";
import { gap } from "./passages.js";
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

const sameDoi: Compared = {
  columns: { doi: `lower(r."doi")` },
  clue: { points: `CASE WHEN a."doi" = b."doi" THEN 12 ELSE 0 END`, words: `format('same DOI (%s)', a."doi")` },
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
  search: {
    kind: "DOCUMENT",
    place: 7,
    title: "title",
    day: "publishedOn",
    // The text is the last: excerpts say where in it they stand.
    texts: ["publisher", "agency", "doi", "identifiers", "text"],
  },
  computed: ["privateText"],
  // The record as it was known is public.
  follows: { privateText: { known: "NULL::text" } },
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
    edition: text(line(100)),
    licence: text(line(200)),
    doi: text(doi()),
    identifiers: identifiers("WIKIDATA"),
    access: text(oneOf(TextAccess), { initial: TextAccess.PUBLIC }),
    text: text(pages(longestText).transform(withoutByteOrderMark), { aside: "privateText" }),
    sha256: text(code(/^[0-9a-f]{64}$/, "SHA-256 hash: 64 hexadecimal digits, in lower case")),
  },
  duplicates: duplicates([sameAddress, sameText, sameArticle, sameDoi, sameIdentifier], {
    keys: [`ARRAY[p."address", p."digest", p."article", p."doi"]`, identifierKeys],
    near: [
      `SELECT d."id" FROM "Document" d WHERE "addressKey"(d."url") = p."address"`,
      `SELECT d."id" FROM "Document" d WHERE d."sha256" = p."digest"`,
      `SELECT d."id" FROM "Document" d WHERE lower(d."doi") = p."doi"`,
      nearIdentifiers("Document"),
      `SELECT d."id" FROM "Document" d WHERE d."publishedOnEarliest" = p."first" AND d."publisher" = p."publisher"`,
    ],
  }),
  // A hash that differs follows from a text that does.
  contradiction: (field, _record, { given }) =>
    field === "sha256" && typeof given["text"] === "string" ? null : undefined,
  check: checkText,
  checkReferring: checkCitations,
});

function doi() {
  return line(300)
    .transform((value) => value.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, ""))
    .refine((value) => /^10\.\d{4,9}\/\S+$/.test(value), { error: "is no DOI: 10.1234/abc" });
}

/** SHA-256 of the UTF-8 bytes of a text, in hexadecimal. */
export function sha256Of(content: string): string {
  return createHash("sha256").update(content, "utf8").digest("hex");
}

function checkText(entry: PlannedRecord, lookup: LookupContext): void {
  const { text: content, access } = entry.row;
  const report = (field: string, message: string): void =>
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, field), message });
  if (content === "") report("text", "the text is empty");
  hashText(entry, report);
  if (typeof content === "string" && access === TextAccess.EXCERPT && !content.includes(gap))
    report(
      "text",
      `an excerpt has ${gap} where words are left out, and this text has none; the access of a whole text is PUBLIC`,
    );
  if ((entry.row["sha256"] ?? null) === null && access !== TextAccess.PUBLIC)
    report(
      "access",
      `${String(access)} is the access to a text, and there is none; give the text${access === TextAccess.PRIVATE ? ", or its sha256" : ""}`,
    );
  if (isPublished(entry))
    report("access", `the private text of ${shown(entry.key)} would become public; correct access first`);
  if (!entry.changed.has("text") || (content ?? null) !== null) return;
  // The database keeps a private text until its column is emptied.
  entry.row["privateText"] = null;
  entry.changed.add("privateText");
}

function hashText(
  { row, stored, changed, desired }: PlannedRecord,
  report: (field: string, message: string) => void,
): void {
  const { text: content, access, sha256 } = row;
  const given = desired?.input["sha256"];
  if (typeof content !== "string") {
    if (typeof given === "string" && access !== TextAccess.PRIVATE)
      report(
        "sha256",
        "the record holds no text with this hash; give the text, or access: PRIVATE if it is held elsewhere",
      );
    if (typeof given !== "string" && changed.has("text") && stored !== null) {
      row["sha256"] = null;
      changed.add("sha256");
    }
    return;
  }
  const computed = sha256Of(content);
  const isHeldElsewhere = stored !== null && (stored["text"] ?? null) === null && typeof stored["sha256"] === "string";
  const expected = typeof given === "string" ? given : isHeldElsewhere && !changed.has("sha256") ? sha256 : computed;
  if (expected !== computed) report("text", `the text has the hash ${computed}, not ${String(expected)}`);
  if (sha256 === computed) return;
  row["sha256"] = computed;
  changed.add("sha256");
}

const cited = ["kind", "access", "text", "sha256", "url"] as const;

// The citations of a document stay right when its text, or the access to it, changes. Of one fault some examples are enough.
async function checkCitations(
  database: Statements,
  entries: readonly PlannedRecord[],
  lookup: LookupContext,
): Promise<void> {
  for (const entry of entries) {
    const column = cited.find((name) => entry.changed.has(name));
    if (column === undefined || entry.desired?.revision?.type === "move") continue;
    const { text: content, access } = entry.row;
    const hash = typeof content === "string" ? { sha256: sha256Of(content) } : {};
    const whole = { ...Object.fromEntries(cited.map((name) => [name, entry.row[name] ?? null])), ...hash, access };
    database.reads?.note("Citation");
    const broken = await database.$queryRawUnsafe<{ key: string; fault: string }[]>(
      `SELECT f."key", f."fault" FROM (
        SELECT c."key", "citationFault"(jsonb_populate_record(d, $2::jsonb), c."quote", c."start", c."locator") AS "fault"
        FROM "Document" d JOIN "Citation" c ON c."documentId" = d."id" WHERE d."id" = $1) AS f
      WHERE f."fault" IS NOT NULL ORDER BY f."key" LIMIT 5`,
      entry.id,
      JSON.stringify({ ...whole, privateText: null }),
    );
    for (const { key, fault } of broken) {
      const message = `the citation ${shown(key)} ${fault}; correct or withdraw it first`;
      lookup.report({ code: "INVALID", place: lookup.placeOf(entry, column), message });
    }
  }
}

// A merge that keeps the access of its target does not give it the private text of the other one.
function isPublished({ row, changed, desired }: PlannedRecord): boolean {
  const { revision } = desired ?? {};
  const isMoved = revision?.type === "move" && revision.cells["access"] === TextAccess.PRIVATE;
  return isMoved && row["access"] !== TextAccess.PRIVATE && changed.has("text");
}
