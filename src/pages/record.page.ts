import type { GraphQLSchema } from "graphql";
import { recordPage } from "../generated/pages.js";
import type { PageResult, PageRequest } from "./page.js";
import { addressOfCitation } from "./document.page.js";
import { createPlainPage } from "./plain.record.page.js";
import { addressOfConflicted, hasPage, nameSubject } from "./subjects.js";

/**
 * Redirects from any id to the page and anchor that show its record. A record that no page shows gets a page of its
 * own, with all its fields.
 */
export function answerRecord(schema: GraphQLSchema): (request: PageRequest) => Promise<PageResult> {
  const plainPage = createPlainPage(schema);
  return async (request) => {
    const { name, ask, addresses } = request;
    const { node } = await ask(recordPage, { id: name, knownAt: addresses.knownAt });
    switch (node?.__typename) {
      case "Document":
        return { kind: "moved", to: addresses.document(node.id) };
      case "Citation":
        return { kind: "moved", to: addressOfCitation(node, addresses) };
      case "Conflict":
        return { kind: "moved", to: addressOfConflicted(node.subject, node.id, addresses) };
      default:
        break;
    }
    if (node && hasPage(node)) return { kind: "moved", to: nameSubject(node, addresses).address };
    const page = node && (await plainPage(node.__typename, request));
    return page ?? { kind: "missing", what: node ? "record with a page of its own" : "record", words: name };
  };
}
