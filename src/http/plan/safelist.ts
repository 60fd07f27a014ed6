import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  GraphQLError,
  Kind,
  parse,
  stripIgnoredCharacters,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from "graphql";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { shapeOf } from "../../limits/operation.shape.js";
import type { Logger } from "../../lib/log.js";

/** The treatment of operations outside of the safelist: accepted, accepted and logged, or rejected. */
export type SafelistMode = "off" | "log" | "enforce";

/** The operations that are known to be meant. */
export interface Safelist {
  /** Whether a document is one of them, however it is laid out and commented. */
  readonly has: (text: string) => boolean;
  /** The text of one by its SHA-256 in hexadecimal. */
  readonly textOf: (hash: string) => string | undefined;
}

/** A manifest of operations that cannot be used; the message says which file and why. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
}

/** As Apollo's tools write it, and the same as a plain map. */
const manifestForm = z.union([
  z.object({
    format: z.literal("apollo-persisted-query-manifest"),
    version: z.literal(1),
    operations: z.array(z.object({ id: z.string(), name: z.string().optional(), body: z.string() })),
  }),
  z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string()),
]);

/** Makes a safelist of the texts of documents. */
export function createSafelist(texts: Iterable<string>): Safelist {
  const byHash = new Map<string, string>();
  const laidOut = new Set<string>();
  for (const text of texts) {
    byHash.set(hashOf(text), text);
    laidOut.add(stripIgnoredCharacters(text));
  }
  return {
    textOf: (hash) => byHash.get(hash),
    has: (text) => byHash.has(hashOf(text)) || laidOut.has(stripIgnoredCharacters(text)),
  };
}

/** An operation of a manifest, or a document of several. */
export interface ListedOperation {
  readonly name: string;
  readonly body: string;
}

/**
 * Reads a manifest: Apollo's `apollo-persisted-query-manifest`, or an object of texts by their SHA-256.
 * @throws ManifestError if the file cannot be read, an id is not the SHA-256 of its text, or a text is no document.
 */
export function readManifest(path: string): readonly ListedOperation[] {
  const given = manifestForm.safeParse(readJson(path));
  if (!given.success)
    throw new ManifestError(
      `${path} is no manifest of operations: neither Apollo's format (version 1) nor an object of texts by their SHA-256.`,
    );
  const entries = Array.isArray(given.data["operations"])
    ? given.data["operations"].map(({ id, name = id, body }) => ({ id, name, body }))
    : Object.entries(given.data as Readonly<Record<string, string>>).map(([id, body]) => ({ id, name: id, body }));
  for (const { id, name, body } of entries) {
    if (hashOf(body) !== id)
      throw new ManifestError(`${path}: the id of ${JSON.stringify(name)} is not the SHA-256 of its text.`);
    try {
      parse(body);
    } catch (error) {
      throw new ManifestError(`${path}: ${JSON.stringify(name)} is no GraphQL document: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  return entries.map(({ name, body }) => ({ name, body }));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ManifestError(`The manifest of operations ${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Maximum number of operations of a document in the log, and maximum length of each name. */
const MOST_NAMED = 5;
const LONGEST_NAME = 80;

/**
 * The rule that documents must be in the safelist. Introspection is allowed as well, because the schema is public and
 * no record is read. Accepted documents are cached, so that each is checked or logged once.
 */
export function safelistRule(safelist: Safelist, mode: Exclude<SafelistMode, "off">, log: Logger): ValidationRule {
  return (context) => ({
    Document(document) {
      const text = document.loc?.source.body ?? "";
      if (safelist.has(text) || isAboutSchema(context.getSchema(), document)) return;
      const sha256Hash = hashOf(text);
      if (mode === "log") return void log.warn({ sha256Hash, operations: namesIn(document) }, "not in the safelist");
      const message =
        "The document is not in the safelist of this service, which answers no other. Send an operation that it ships, or have yours added to its manifest.";
      context.reportError(new GraphQLError(message, { extensions: { code: "QUERY_NOT_IN_SAFELIST", sha256Hash } }));
    },
  });
}

function isAboutSchema(schema: GraphQLSchema, document: DocumentNode): boolean {
  const { operations, isTangled } = shapeOf(schema, document);
  return !isTangled && operations.every(({ root }) => root.fields.every(({ name }) => /^\w*\.__/.test(name)));
}

function namesIn({ definitions }: DocumentNode): readonly string[] {
  const operations = definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value ?? ""] : [],
  );
  return operations.slice(0, MOST_NAMED).map((name) => name.slice(0, LONGEST_NAME));
}

/** Characters of texts that clients registered by their hash. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * Texts by their hash, for Apollo's persisted queries: those of the safelist need not be sent even once, and where no
 * others are answered none are kept.
 */
export function persistedTexts(safelist: Safelist, mode: SafelistMode) {
  const registered = new LRUCache<string, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (text, key) => text.length + key.length,
  });
  const hashIn = (key: string): string => key.slice(key.lastIndexOf(":") + 1);
  return {
    get: async (key: string) => safelist.textOf(hashIn(key)) ?? registered.get(key),
    set: async (key: string, text: string) => {
      if (mode !== "enforce" || safelist.has(text)) registered.set(key, text);
    },
    delete: async (key: string) => registered.delete(key),
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
