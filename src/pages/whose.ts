import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, type Html } from "./html.js";
import { AddressError, type PageRequest } from "./page.js";
import { nameSubject, type Named } from "./subjects.js";
import { listed } from "./words.js";

/** The records that a page is about, given by their ids. These are variables of its operation. */
export interface Whose {
  /** All of the ids. */
  readonly whose: readonly string[];
  readonly of: string;
  readonly with: string | undefined;
}

/** The ids in the parameters `of` and `with`. @throws AddressError without `of`. */
export function whoseIn({ query }: PageRequest, what: string, kinds: string): Whose {
  const [of, other] = [query.get("of"), query.get("with") || undefined];
  if (!of)
    throw new AddressError(`${what} needs “of”, the id of ${kinds}. “with” takes the id of another party or person.`);
  return { whose: other === undefined ? [of] : [of, other], of, with: other };
}

/** A link to the record with an id; undefined for records without such pages. */
export function nameWhose(node: GQL.WhoseFragment, addresses: Addresses): Named | undefined {
  switch (node.__typename) {
    case "Document":
      return { kind: "Source", label: node.title, address: addresses.document(node.id) };
    case "State":
    case "Organization":
    case "Person":
    case "Forum":
    case "Meeting":
    case "Visit":
      return nameSubject(node, addresses);
    default:
      return undefined;
  }
}

/** The names and links of several records, joined; undefined if one of them has no such page. */
export function nameTogether(
  nodes: readonly (GQL.WhoseFragment | null)[],
  addresses: Addresses,
): { readonly name: string; readonly links: Html } | undefined {
  const named = nodes.map((node) => node && nameWhose(node, addresses)).filter((one) => !!one);
  if (named.length < nodes.length) return undefined;
  return {
    name: named.map(({ label }) => label).join(" and "),
    links: listed(named.map(({ label, address }) => html`<a href="${address}">${label}</a>`)),
  };
}
