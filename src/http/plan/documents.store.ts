import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import type { DocumentNode } from "graphql";

type DocumentStore = Exclude<ApolloServerOptions<BaseContext>["documentStore"], null | undefined>;

/**
 * Maximum total length of cached documents, in characters. A parsed document and its plans take about 180 bytes of
 * memory per character at worst (5,800 documents of 90 characters: 90 MB), and a few megabytes for usual operations.
 */
const MAX_CHARACTERS = 512 * 1024;

/**
 * Keeps parsed and validated documents, so that a repeated operation is neither parsed nor validated again, and what is
 * compiled for a document can be kept by its identity. Forgets the least recently used.
 */
export function createDocumentStore(maxCharacters = MAX_CHARACTERS): DocumentStore {
  const kept = new Map<string, DocumentNode>();
  let characters = 0;
  const forget = (key: string): boolean => {
    const document = kept.get(key);
    if (!document) return false;
    kept.delete(key);
    characters -= sizeOf(document);
    return true;
  };
  return {
    get: async (key) => {
      const document = kept.get(key);
      if (document) {
        kept.delete(key);
        kept.set(key, document);
      }
      return document;
    },
    set: async (key, document) => {
      forget(key);
      kept.set(key, document);
      characters += sizeOf(document);
      for (const oldest of kept.keys()) {
        if (characters <= maxCharacters) break;
        forget(oldest);
      }
    },
    delete: async (key) => forget(key),
  };
}

function sizeOf(document: DocumentNode): number {
  return document.loc?.source.body.length ?? 1;
}
