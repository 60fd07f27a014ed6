import { GraphQLError, type ASTNode } from "graphql";

/** Limits on the structure of an operation, which follow from its document alone. */
export interface StructureLimits {
  /** Levels of fields, root fields being the first. */
  readonly maxDepth: number;
  /** Levels of lists within lists; a page and its entries are one list. */
  readonly maxListDepth: number;
  /** Aliases, those of a fragment counted at each of its spreads. */
  readonly maxAliases: number;
  /** Different root fields, by response key. */
  readonly maxRootFields: number;
  /** Maximum number of selections of the same place of a response. */
  readonly maxRepeatedFields: number;
  /** Directives, those of a fragment counted at each of its spreads. */
  readonly maxDirectives: number;
}

/** Limits on the amount of an operation, which depend on its variables. */
export interface AmountLimits {
  /** Objects that may be returned. */
  readonly maxNodes: number;
  /** Points, see `operation.cost.ts`. */
  readonly maxCost: number;
  /** Entries of one list in an argument, or in an input within one. */
  readonly maxListEntries: number;
}

export type OperationLimits = StructureLimits & AmountLimits;

/** A limit by the name under which the service announces it. */
export type LimitName = keyof OperationLimits;

/** A limit that was not kept. */
export interface Excess {
  readonly limit: LimitName;
  readonly allowed: number;
  readonly found: number;
  /** The response keys that lead to where it was found. */
  readonly path?: readonly string[];
  /** The path within the arguments of the field, where it was found in one. */
  readonly argument?: string;
  readonly nodes?: readonly ASTNode[];
}

const at = (path: readonly string[] = []): string => (path.length === 0 ? "" : ` (at ${path.join(".")})`);
const number = (value: number): string => value.toLocaleString("en");

/** The problem, and how to avoid it. */
const sentences: Readonly<Record<LimitName, (excess: Excess) => readonly [problem: string, wayOut: string]>> = {
  maxDepth: ({ found, path }) => [
    `The operation is ${number(found)} levels of fields deep${at(path)}`,
    "Ask for what lies deeper in an operation of its own that starts from its id or slug.",
  ],
  maxListDepth: ({ found, path }) => [
    `The operation nests ${number(found)} lists${at(path)}`,
    "Ask for the inner list in a second operation, by the ids that the first one returns.",
  ],
  maxAliases: ({ found }) => [
    `The operation holds ${number(found)} aliases`,
    "Ask for many things with one field that takes a filter or ids, or in several operations.",
  ],
  maxRootFields: ({ found }) => [
    `The operation has ${number(found)} root fields`,
    "Divide it into several operations, or ask with nodes(ids:).",
  ],
  maxRepeatedFields: ({ found, path }) => [
    `The operation asks for the same field ${number(found)} times${at(path)}`,
    "Name it once; equal fields of fragments are merged and count each time.",
  ],
  maxDirectives: ({ found }) => [
    `The operation holds ${number(found)} directives`,
    "Leave out what is not wanted instead of skipping it.",
  ],
  maxNodes: ({ found }) => [
    `The operation may return ${number(found)} objects`,
    "Ask for smaller pages with first or last, above all of the outer lists, and follow the cursors.",
  ],
  maxCost: ({ found }) => [
    `The operation costs ${number(found)} points`,
    "Ask for smaller pages with first or last, or for computed answers in operations of their own.",
  ],
  maxListEntries: ({ found, path, argument = "" }) => [
    `The list in the argument "${argument}" has ${number(found)} entries${at(path)}`,
    "Leave out what is repeated or not needed, or divide the list over several operations.",
  ],
};

/**
 * The error for a limit that was not kept.
 * @returns a GraphQLError with `extensions: { code: "LIMIT_EXCEEDED", limit, allowed, found }`, and `argument` where it is about one.
 */
export function limitError(excess: Excess): GraphQLError {
  const { limit, allowed, found, argument, nodes } = excess;
  const [problem, wayOut] = sentences[limit](excess);
  return new GraphQLError(`${problem}; the most is ${number(allowed)} (service.limits.${limit}). ${wayOut}`, {
    ...(nodes ? { nodes } : {}),
    extensions: { code: "LIMIT_EXCEEDED", limit, allowed, found, ...(argument === undefined ? {} : { argument }) },
  });
}

/** The error for a document whose fragments are merged in too many combinations to be looked at one by one. */
export function tangleError(allowed: number): GraphQLError {
  return new GraphQLError(
    "The document merges its fragments in more ways than can be followed (service.limits.maxRepeatedFields). " +
      "Name each field once instead of spreading several fragments over it.",
    { extensions: { code: "LIMIT_EXCEEDED", limit: "maxRepeatedFields", allowed } },
  );
}
