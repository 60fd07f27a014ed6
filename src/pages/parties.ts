import { partyNamed, type TableFragment } from "../generated/pages.js";
import { AddressError, type Found, type Meant, type PageRequest } from "./page.js";
import { opening } from "./words.js";

/** How many of those that may have been meant are offered for one name. */
const OFFERED = 3;

/**
 * The codes or names of parties that parameters give: several in one field stand between commas, codes also between spaces.
 * A name that has a space stays whole.
 */
export function partyWords(values: readonly string[]): string[] {
  const parts = values.flatMap((value) => value.split(/[,;]/)).map((part) => part.trim());
  return parts.flatMap((part) => (part.split(/\s+/).every((word) => /^[A-Z]{3,}$|^[a-z]{3}$/.test(word)) ? part.split(/\s+/) : [part])).filter((part) => part !== "");
}

/**
 * The codes of parties that are given by code, in any letters, or by name.
 * @throws AddressError for one that the record does not know, with those that may have been meant.
 */
export async function codesOf(words: readonly string[], parameter: string, request: PageRequest): Promise<string[]> {
  const codes = new Map<string, string>();
  // One after the other, so that an address with many keeps no more than one connection busy; each once.
  for (const word of new Set(words)) codes.set(word, (await partyOf(word, parameter, request)).code);
  return words.map((word) => codes.get(word) ?? word);
}

async function partyOf(word: string, parameter: string, request: PageRequest): Promise<TableFragment> {
  const { ask, addresses } = request;
  const query = word.replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 100);
  const { asTyped, inCapitals, search } = await ask(partyNamed, { code: word, capitals: word.toUpperCase(), query, isNamed: query !== "", knownAt: addresses.knownAt });
  const known = asTyped ?? inCapitals;
  if (known) return known;
  const found = (search?.nodes ?? []).flatMap(({ match }) => (match.__typename === "State" || match.__typename === "Organization" ? [match] : []));
  const named = found.find(({ name }) => isSame(name, word));
  if (named) return named;
  throw new AddressError(`“${parameter}” names no party of the record: “${opening(word, 60)}”. A state is given by its name or its ISO code, such as IND, an organization by its acronym, such as ASEAN.`, found.slice(0, OFFERED).map((party) => meant(party, word, request)));
}

/** The same address with the code of the party in the place of what was typed. */
function meant({ __typename, code, name }: TableFragment, word: string, { query, path }: PageRequest): Meant {
  const others = [...query].map(([parameter, value]): [string, string] => [parameter, partyWords([value]).includes(word) ? partyWords([value]).map((one) => (one === word ? code : one)).join(", ") : value]);
  return { kind: __typename, label: name, address: `${path}?${new URLSearchParams(others).toString()}` };
}

function isSame(one: string, other: string): boolean {
  return one.localeCompare(other, "en", { sensitivity: "base" }) === 0;
}

/** Leads to the same page by the codes of the parties where they were given otherwise; undefined where they are codes already. */
export async function byCodes(words: readonly string[], request: PageRequest): Promise<Found | undefined> {
  const codes = await codesOf(words, "party", request);
  if (codes.every((code, index) => code === words[index])) return undefined;
  const others = [...request.query].filter(([parameter]) => parameter !== "party" && parameter !== "after" && parameter !== "before");
  return { kind: "moved", to: `${request.path}?${new URLSearchParams([...others, ...codes.map((code): [string, string] => ["party", code])]).toString()}` };
}
