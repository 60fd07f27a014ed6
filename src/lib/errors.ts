import { GraphQLError, type ASTNode } from "graphql";

/** An input error: the argument by name and, if known, the field in the document. */
export interface InputFault {
  /** The argument, or the path into it: `first`, `filter.during.from`. */
  readonly argument: string;
  /** The problem, as a sentence that begins with what was expected or found. */
  readonly problem: string;
  readonly nodes?: readonly ASTNode[];
}

/**
 * The error for something the client sent and can mend.
 * @returns a GraphQLError with `extensions.code` BAD_USER_INPUT and `extensions.argument`.
 */
export function inputError({ argument, problem, nodes }: InputFault): GraphQLError {
  return new GraphQLError(`Argument "${argument}": ${problem}`, {
    ...(nodes ? { nodes } : {}),
    extensions: { code: "BAD_USER_INPUT", argument },
  });
}
