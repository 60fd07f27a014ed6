// The participation table, with one row for each seat at a meeting. Columns, and how cells are written and read.
// Exports write it, and imports read it.

/**
 * The columns of a participation table, in the order in which they are written. `personName` names the person of a seat
 * whose column `person` is empty. `status`, `city`, `country`, `partyName` and `officeTitle` repeat for people what the
 * record knows by the others, and are not loaded.
 */
export const participationColumns = [
  "meeting",
  "title",
  "kind",
  "format",
  "status",
  "on",
  "endsOn",
  "place",
  "city",
  "country",
  "forum",
  "ordinal",
  "sidelinesOf",
  "topics",
  "party",
  "partyName",
  "person",
  "personName",
  "office",
  "officeTitle",
  "role",
  "isExpected",
  "attendance",
  "note",
  "sources",
  "meetingSources",
] as const;

/** A column of a participation table. */
export type ParticipationColumn = (typeof participationColumns)[number];

/** A source as a cell names it: the key of a document, or more. */
export interface SourceCell {
  readonly document: string;
  readonly quote?: string | undefined;
  readonly start?: number | undefined;
  readonly locator?: string | undefined;
  readonly attributedTo?: string | undefined;
  readonly stance?: string | undefined;
}

// Characters that begin a formula in spreadsheets, including full-width forms. Such a cell gets a leading apostrophe,
// also if it has some already, so that removing one always restores it.
const formula = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** A cell as it is written: what a spreadsheet would take for a formula gets an apostrophe before it. */
export function safeCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** A cell as it was meant: without the apostrophe that `safeCell` put before it. */
export function meantCell(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

/** Sources as a cell: one on each line, the document's key alone where nothing more is said. */
export function sourcesCell(sources: readonly SourceCell[]): string {
  return sources
    .map((source) => (Object.keys(source).length === 1 ? source.document : JSON.stringify(source)))
    .join("\n");
}

/**
 * The sources in a cell. Each line has keys of documents, separated by spaces, commas or semicolons, or one JSON
 * object. Their content is not checked.
 * @returns undefined in place of a source for invalid JSON.
 */
export function readSources(cell: string): readonly unknown[] {
  return cell
    .split(/\r\n|\r|\n/)
    .flatMap((line) =>
      line.trim().startsWith("{") ? [parsed(line)] : line.split(/[\s,;]+/).filter((key) => key !== ""),
    );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
