import { html, type Html } from "./html.js";
import { AddressError } from "./page.js";

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
