import { html, type Html } from "./html.js";
import { AddressError, type PageRequest } from "./page.js";

/** The value of a parameter; undefined if it is missing or empty. @throws AddressError for a value that is not offered. */
export function choiceIn<T extends string>(query: URLSearchParams, name: string, values: readonly T[]): T | undefined {
  const given = query.get(name);
  if (given === null || given === "") return undefined;
  const value = values.find((one) => one === given);
  if (value !== undefined) return value;
  throw new AddressError(`“${name}” must be one of ${values.join(", ")}, but is “${given.slice(0, 40)}”.`);
}

/** A select with an empty option for any value. */
export function choose<T extends string>(
  name: string,
  label: string,
  values: readonly T[],
  chosen: T | undefined,
  words: (value: T) => string,
  any = "any",
): Html {
  return html`<label>${label} <select name="${name}"><option value="">${any}</option>${values.map((one) => html`<option value="${one}"${one === chosen && html` selected`}>${words(one)}</option>`)}</select></label>`;
}

/**
 * Filters of a list that have no control in its form: the hidden fields that keep them, and a note that names them, with a
 * link to the whole list.
 */
export function linkedFilters(
  filters: Readonly<Record<string, string | readonly string[] | undefined>>,
  path: string,
  all: string,
  { addresses }: PageRequest,
): { readonly fields: Html; readonly note: Html | false } {
  const given = Object.entries(filters).map(([name, values = []]) => [name, [values].flat()] as const);
  const kept = given.filter(([, values]) => values.length > 0);
  return {
    fields: html`${kept.flatMap(([name, values]) => values.map((value) => html`<input type="hidden" name="${name}" value="${value}">`))}`,
    note:
      kept.length > 0 &&
      html`<p class="note">Filtered by ${kept.map(([name, values]) => `${name} ${values.join(", ")}`).join("; ")}. <a href="${addresses.to(path)}">${all}</a></p>`,
  };
}
