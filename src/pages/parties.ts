import { partyNamed, type TableFragment } from "../generated/pages.js";
import { AddressError, type PageResult, type Suggestion, type PageRequest } from "./page.js";
import { opening } from "./words.js";

/** Maximum number of suggestions for a name. */
const OFFERED = 3;

/**
 * The codes or names of parties in parameters. Commas and semicolons separate them; spaces separate codes, but not the
 * words of a name.
 */
export function partyWords(values: readonly string[]): string[] {
  const parts = values.flatMap((value) => value.split(/[,;]/)).map((part) => part.trim());
  return parts
    .flatMap((part) =>
      part.split(/\s+/).every((word) => /^[A-Z]{3,}$|^[a-z]{3}$/.test(word)) ? part.split(/\s+/) : [part],
    )
    .filter((part) => part !== "");
}

/**
 * The codes of parties that are given by code, in any case, or by name.
 * @throws AddressError with suggestions for an unknown party.
 */
export async function codesOf(words: readonly string[], parameter: string, request: PageRequest): Promise<string[]> {
  const codes = new Map<string, string>();
  // In sequence, so that an address with many parties occupies a single connection.
  for (const word of new Set(words)) codes.set(word, (await partyOf(word, parameter, request)).code);
  return words.map((word) => codes.get(word) ?? word);
}

async function partyOf(word: string, parameter: string, request: PageRequest): Promise<TableFragment> {
  const { ask, addresses } = request;
  const query = word
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .slice(0, 100);
  const { asTyped, inCapitals, search } = await ask(partyNamed, {
    code: word,
    capitals: word.toUpperCase(),
    query,
    isNamed: query !== "",
    knownAt: addresses.knownAt,
  });
  const known = asTyped ?? inCapitals;
  if (known) return known;
  const found = (search?.nodes ?? []).flatMap(({ match }) =>
    match.__typename === "State" || match.__typename === "Organization" ? [match] : [],
  );
  const named = found.find(({ name }) => isSame(name, word));
  if (named) return named;
  throw new AddressError(
    `We don’t know a state or organization called “${opening(word, 60)}” (in “${parameter}”). Give a state by its name or ISO code, such as IND, and an organization by its acronym, such as ASEAN.`,
    found.slice(0, OFFERED).map((party) => suggestionFor(party, word, request)),
  );
}

/** The same address with the code of the party instead of the given word. */
function suggestionFor(
  { __typename, code, name }: TableFragment,
  word: string,
  { query, path }: PageRequest,
): Suggestion {
  const others = [...query].map(([parameter, value]): [string, string] => [
    parameter,
    partyWords([value]).includes(word)
      ? partyWords([value])
          .map((one) => (one === word ? code : one))
          .join(", ")
      : value,
  ]);
  return { kind: __typename, label: name, address: `${path}?${new URLSearchParams(others).toString()}` };
}

function isSame(one: string, other: string): boolean {
  return one.localeCompare(other, "en", { sensitivity: "base" }) === 0;
}

/** Words of this shape are codes; other words may be names, and codes of other lists. */
const codeShape = /^[A-Z][A-Z0-9&+-]{2,}$/;

/**
 * A redirect to the same page with codes instead of names; undefined if all are codes already.
 * @param isEmpty whether the page lists nothing, because of an unknown code perhaps.
 */
export async function redirectToCodes(
  words: readonly string[],
  isEmpty: boolean,
  request: PageRequest,
  parameter = "party",
): Promise<PageResult | undefined> {
  if (words.length === 0 || (!isEmpty && words.every((word) => codeShape.test(word)))) return undefined;
  const codes = await codesOf(words, parameter, request);
  if (codes.every((code, index) => code === words[index])) return undefined;
  const others = [...request.query].filter(([name]) => name !== parameter && name !== "after" && name !== "before");
  return {
    kind: "moved",
    to: `${request.path}?${new URLSearchParams([...others, ...codes.map((code): [string, string] => [parameter, code])]).toString()}`,
  };
}
