import { printDocument } from "./document.print.js";
import type { Request } from "./request.js";

/** A parsed document: what `gql` or codegen's `typed-document-node` gives. */
export interface ParsedDocument {
  readonly kind: string;
  readonly definitions: readonly unknown[];
}

/** A string in an object: what codegen's `documentMode: string` gives. */
export interface DocumentString {
  readonly length: number;
  toString(): string;
  trim(): string;
}

/**
 * A document that carries the types of its data and variables: a TypedDocumentNode, or a TypedDocumentString as codegen
 * writes it. Without those types the data is `unknown`.
 */
export type TypedDocument<Data, Variables> = (ParsedDocument | DocumentString) & {
  readonly __apiType?: (variables: Variables) => Data;
};

/** The end of a call's arguments: variables may be left out where all of them are optional. */
export type CallArguments<Variables, Options> = unknown extends Variables
  ? [variables?: Readonly<Record<string, unknown>>, options?: Options]
  : Record<never, never> extends Variables
    ? [variables?: Variables, options?: Options]
    : [variables: Variables, options?: Options];

// Printing is paid for once per document: documents are constants of the caller's program.
const printed = new WeakMap<object, string>();

/**
 * What to send for a document of the caller's own.
 * @throws TypeError if it is neither a text nor a parsed document.
 */
export function requestFor(document: unknown, variables: unknown): Request {
  if (typeof document === "string" || document instanceof String) {
    const text = document.toString();
    return { label: firstName(text), operationName: undefined, text, variables, isRepeatable: isHarmless(text) };
  }
  if (!isParsed(document)) throw new TypeError("A document must be a text or a parsed GraphQL document.");
  const name = onlyName(document);
  const text = textOf(document);
  return { label: name, operationName: name, text, variables, isRepeatable: isHarmless(text) };
}

/** Whether a text holds nothing but what can be asked as often as one likes; in doubt it does not. */
function isHarmless(text: string): boolean {
  return !/\bmutation\b/.test(text);
}

function isParsed(document: unknown): document is ParsedDocument {
  return typeof document === "object" && document !== null && "definitions" in document && Array.isArray(document.definitions);
}

function textOf(document: ParsedDocument): string {
  const known = printed.get(document);
  if (known !== undefined) return known;
  const text = printDocument(document);
  printed.set(document, text);
  return text;
}

/** The name of the one operation in a document; undefined if it has none or there are several. */
function onlyName({ definitions }: ParsedDocument): string | undefined {
  const operations = (definitions as ReadonlyArray<{ kind: string; name?: { value: string } }>).filter(
    ({ kind }) => kind === "OperationDefinition",
  );
  return operations.length === 1 ? operations[0]?.name?.value : undefined;
}

/** The first operation's name in a text, good enough to name it in an error. */
function firstName(text: string): string | undefined {
  return /(?:^|[\s}])(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/.exec(text.replace(/#[^\n\r]*/g, ""))?.[1];
}
