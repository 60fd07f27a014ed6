import { recordPage } from "../generated/pages.js";
import type { PageResult, PageRequest } from "./page.js";
import { addressOfCitation } from "./document.page.js";
import { addressOfConflicted, nameSubject } from "./subjects.js";

/** Redirects from any id to the page and anchor that show its record. */
export async function answerRecord({ name, ask, addresses }: PageRequest): Promise<PageResult> {
  const { node } = await ask(recordPage, { id: name, knownAt: addresses.knownAt });
  if (!node) return { kind: "missing", what: "record", words: name };
  switch (node.__typename) {
    case "Act":
    case "Place":
      return { kind: "missing", what: "record with a page of its own", words: name };
    case "Document":
      return { kind: "moved", to: addresses.document(node.id) };
    case "Citation":
      return { kind: "moved", to: addressOfCitation(node, addresses) };
    case "Conflict":
      return { kind: "moved", to: addressOfConflicted(node.subject, node.id, addresses) };
    default:
      return { kind: "moved", to: nameSubject(node, addresses).address };
  }
}
