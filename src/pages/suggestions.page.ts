import { typeahead } from "../generated/pages.js";
import type { PageRequest, PageResult, Suggestion } from "./page.js";
import { nameFound } from "./subjects.js";
import { dateWords } from "./words.js";

/** Maximum length of what is typed, in characters. */
const LONGEST = 100;

/** Suggests names and days that begin as it is typed, as JSON for the search box. */
export async function answerSuggestions({ query, ask, addresses }: PageRequest): Promise<PageResult> {
  const prefix = (query.get("q") ?? "").trim().slice(0, LONGEST);
  if (prefix === "") return { kind: "data", data: [] };
  const { suggestions } = await ask(typeahead, { prefix, knownAt: addresses.knownAt });
  const data = suggestions.nodes.map(({ text, match }): Suggestion => {
    if (match === null)
      return { kind: "Meetings", label: dateWords(text), address: addresses.to("/search", { q: text }) };
    const { kind, label, address } = nameFound(match, addresses);
    return { kind: label === text ? kind : `${kind}: ${label}`, label: text, address };
  });
  return { kind: "data", data };
}
