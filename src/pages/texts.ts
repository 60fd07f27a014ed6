import * as operations from "../generated/pages.js";
import { CORRECTIONS_OPERATION } from "./corrections.facts.js";
import { HOME_OPERATION } from "./home.facts.js";

/** The operations of the service's own pages, by name. Pages show some of them to their readers. */
export const pageOperations: readonly { readonly name: string; readonly text: string }[] = [
  { name: "Home", text: HOME_OPERATION },
  { name: "Corrections", text: CORRECTIONS_OPERATION },
  ...Object.values(operations).map(({ name, text }) => ({ name, text })),
];
