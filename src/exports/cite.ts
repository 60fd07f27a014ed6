import { operation, type Ask } from "./ask.js";

/** The formats of a citation, by the ending of its address. */
export const citeTypes = {
  bib: "application/x-bibtex; charset=utf-8",
  "csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
} as const;

/** A format of citations. */
export type CiteFormat = keyof typeof citeTypes;

/** A work to cite. */
export interface CitedWork {
  /** The name of the entry. */
  readonly id: string;
  readonly type: "article-newspaper" | "webpage" | "report" | "dataset" | "document";
  readonly title: string;
  /** The publisher, in the place of an author. */
  readonly author: string;
  readonly publisher?: string | null;
  /** Partial date, as the record has it. */
  readonly issued?: string | null;
  readonly language?: string | null;
  readonly address?: string | null;
  readonly doi?: string | null;
  readonly version?: string | null;
}

const documentById = operation(`query CiteDocument($id: ID!, $knownAt: DateTime) {
  found: document(id: $id, knownAt: $knownAt) { key kind title publisher agency publishedOn language url doi edition }
}`);
const meetingBySlug = operation(`query CiteMeeting($slug: String!, $knownAt: DateTime) {
  found: meeting(slug: $slug, knownAt: $knownAt) { slug title }
}`);

interface FoundDocument {
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly publisher: string;
  readonly agency: string | null;
  readonly publishedOn: string | null;
  readonly language: string;
  readonly url: string | null;
  readonly doi: string | null;
  readonly edition: string | null;
}

const types: Readonly<Record<string, CitedWork["type"]>> = {
  NEWS_REPORT: "article-newspaper",
  READOUT: "document",
  JOINT_STATEMENT: "document",
  OFFICIAL_PAGE: "webpage",
  REFERENCE: "report",
  DATASET: "dataset",
};

/** A source of the record as a work to cite. @returns undefined if there is none. */
export async function citedDocument(ask: Ask, id: string, knownAt?: string): Promise<CitedWork | undefined> {
  const { found } = (await ask(documentById, { id, knownAt })) as { readonly found: FoundDocument | null };
  if (!found) return undefined;
  const { key, kind, title, publisher, agency, publishedOn, language, url, doi, edition } = found;
  return {
    ...{ id: key, type: types[kind] ?? "document", title, author: agency ?? publisher, publisher, language, doi },
    ...{ issued: publishedOn, address: url, version: edition },
  };
}

/** The part of the record that is cited: a page of one state. */
export interface CitedState {
  readonly origin: string;
  readonly knownAt: string;
  readonly version: string | undefined;
}

/** A meeting of the record as a work to cite, as of a moment. @returns undefined if there is none. */
export async function citedMeeting(ask: Ask, slug: string, state: CitedState): Promise<CitedWork | undefined> {
  const { found } = (await ask(meetingBySlug, { slug, knownAt: state.knownAt })) as {
    readonly found: { readonly slug: string; readonly title: string } | null;
  };
  return found ? ofRecord(found.slug, found.title, `/meetings/${found.slug}`, state) : undefined;
}

/** The whole record in one state as a work to cite. @param name The name of its snapshot. */
export function citedRecord(name: string, state: CitedState): CitedWork {
  return ofRecord(name, "The record of Sidelines", "/datapackage.json", state);
}

function ofRecord(id: string, title: string, path: string, { origin, knownAt, version }: CitedState): CitedWork {
  const address = `${origin}${path}?${new URLSearchParams({ knownAt }).toString()}`;
  return {
    ...{ id, type: "dataset", title, author: "Sidelines", publisher: "Sidelines", language: "en", address },
    issued: knownAt.slice(0, 10),
    ...(version !== undefined && { version }),
  };
}

/** A citation as text in a format. */
export function citeText(work: CitedWork, format: CiteFormat): string {
  return format === "bib" ? bibTex(work) : `${JSON.stringify([cslOf(work)], null, 2)}\n`;
}

/** The numbers of a date: year, month and day as far as they are known; undefined for a range. */
function dateParts(date: string | null | undefined): readonly number[] | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?$/.exec(date ?? "") ?? [];
  return year === undefined
    ? undefined
    : [year, month, day].flatMap((part) => (part === undefined ? [] : [Number(part)]));
}

function cslOf({ id, type, title, author, publisher, issued, language, address, doi, version }: CitedWork): object {
  const parts = dateParts(issued);
  return {
    ...{ id, type, title, author: [{ literal: author }] },
    ...(publisher && { publisher }),
    ...(parts && { issued: { "date-parts": [parts] } }),
    ...(language && { language }),
    ...(address && { URL: address }),
    ...(doi && { DOI: doi }),
    ...(version && { version }),
  };
}

/** Characters that mean something in TeX. */
const special: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  ...Object.fromEntries([..."{}%$&#_"].map((character) => [character, `\\${character}`])),
};

function tex(text: string): string {
  return text.replace(/[\\~^{}%$&#_]/g, (character) => special[character] ?? character).replace(/\s+/g, " ");
}

function bibTex({ id, title, author, publisher, issued, language, address, doi, version }: CitedWork): string {
  const [year, month, day] = dateParts(issued) ?? [];
  const fields: readonly (readonly [name: string, value: string | undefined])[] = [
    // Double braces keep a name whole, and the capitals of a title.
    ["author", `{${tex(author)}}`],
    ["title", `{${tex(title)}}`],
    ["publisher", publisher ? tex(publisher) : undefined],
    ["year", year?.toString()],
    ["month", month?.toString()],
    ["day", day?.toString()],
    ["language", language ?? undefined],
    // Addresses are verbatim in BibTeX. They are encoded already but for characters that end them there.
    ["url", address ? address.replace(/[\s{}\\]/g, encodeURIComponent) : undefined],
    ["doi", doi ? tex(doi) : undefined],
    ["version", version ? tex(version) : undefined],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},\n`]));
  return `@misc{${id.replace(/[^A-Za-z0-9.:_-]/g, "-")},\n${lines.join("")}}\n`;
}
