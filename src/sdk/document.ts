import { printDocument } from "./document.print.js";
import type { Request } from "./request.js";

/** A parsed document, as `gql` or codegen's `typed-document-node` returns it. */
export interface ParsedDocument {
  readonly kind: string;
  readonly definitions: readonly unknown[];
}

/** A string object, as codegen's `documentMode: string` returns it. */
export interface DocumentString {
  readonly length: number;
  toString(): string;
  trim(): string;
}

/**
 * A document with the types of its data and variables: a TypedDocumentNode, or codegen's TypedDocumentString. Without
 * these types, the data is `unknown`.
 */
export type TypedDocument<Data, Variables> = (ParsedDocument | DocumentString) & {
  readonly __apiType?: (variables: Variables) => Data;
};

/** The last arguments of a call. Variables may be left out if all of them are optional. */
export type CallArguments<Variables, Options> = unknown extends Variables
  ? [variables?: Readonly<Record<string, unknown>>, options?: Options]
  : Record<never, never> extends Variables
    ? [variables?: Variables, options?: Options]
    : [variables: Variables, options?: Options];

// Documents are constants of the caller's program, so each is printed once.
const printed = new WeakMap<object, string>();

/**
 * The request for a document of the caller.
 * @throws TypeError if it is neither a text nor a parsed document.
 */
export function requestFor(document: unknown, variables: unknown): Request {
  if (typeof document === "string" || document instanceof String) {
    const text = document.toString();
    return { label: firstName(text), operationName: undefined, text, variables, isRepeatable: isReadOnly(text) };
  }
  if (!isParsed(document)) throw new TypeError("A document must be a text or a parsed GraphQL document.");
  const name = onlyName(document);
  const text = textOf(document);
  return { label: name, operationName: name, text, variables, isRepeatable: isReadOnly(text) };
}

/** Whether a document certainly has no mutation. */
function isReadOnly(text: string): boolean {
  return !/\bmutation\b/.test(text);
}

function isParsed(document: unknown): document is ParsedDocument {
  return (
    typeof document === "object" &&
    document !== null &&
    "definitions" in document &&
    Array.isArray(document.definitions)
  );
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

/** The name of the first operation in a text, for error messages. */
function firstName(text: string): string | undefined {
  return /(?:^|[\s}])(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/.exec(text.replace(/#[^\n\r]*/g, ""))?.[1];
}
