import { html, joined, type Html } from "./html.js";
import { capital, plainWords } from "./words.js";

interface Identifier {
  readonly scheme: string;
  readonly value: string;
  readonly url: string | null;
}

const schemeNames: Readonly<Record<string, string>> = {
  COW: "Correlates of War",
  COW_IGO: "Correlates of War (organizations)",
  DOI: "DOI",
  EVERYPOLITICIAN: "EveryPolitician",
  GEONAMES: "GeoNames",
  GLEDITSCH_WARD: "Gleditsch and Ward",
  ISNI: "ISNI",
  M49: "UN M49",
  OPENSANCTIONS: "OpenSanctions",
  ORCID: "ORCID",
  UNTS: "UN Treaty Series",
  VIAF: "VIAF",
};

/** Identifiers of a record in other schemes, with links where the schemes have addresses; null if it has none. */
export function listIdentifiers(identifiers: readonly Identifier[], ...before: readonly string[]): Html | null {
  const entries = identifiers.map(({ scheme, value, url }) => {
    const words = `${schemeNames[scheme] ?? capital(plainWords(scheme))} ${value}`;
    return url === null
      ? html`${words}`
      : html`<a class="away" href="${url}" rel="noopener noreferrer nofollow external">${words}</a>`;
  });
  const all = [...before.map((words) => html`${words}`), ...entries];
  return all.length === 0 ? null : joined(all, ", ");
}
