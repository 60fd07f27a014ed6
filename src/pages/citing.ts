import type { Addresses } from "./addresses.js";
import type { Export } from "./page.js";

/** The files by which programs for references cite a page: BibTeX and CSL JSON. @param what names what is cited. */
export function citingOf(path: string, what: string, addresses: Addresses): Export[] {
  return [
    { label: `Cite ${what} (BibTeX)`, type: "application/x-bibtex", address: addresses.to(`${path}.bib`) },
    {
      label: `Cite ${what} (CSL JSON)`,
      type: "application/vnd.citationstyles.csl+json",
      address: addresses.to(`${path}.csl.json`),
    },
  ];
}
