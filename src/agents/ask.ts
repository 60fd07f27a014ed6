/** A GraphQL request of a tool. */
export interface AgentRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** An error of a GraphQL response. */
export interface AgentError {
  readonly message: string;
  readonly path?: ReadonlyArray<string | number>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The response to a request of a tool. */
export interface AgentResponse {
  readonly data?: unknown;
  readonly errors?: readonly AgentError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Executes a request on behalf of the client of a tool, with its rights and limits. Refusals are errors of the response. */
export type Execute = (request: AgentRequest, signal: AbortSignal) => Promise<AgentResponse>;

/** One of the shipped operations of the tools, with the types of its data and variables. */
export interface AgentOperation<D, V> {
  readonly name: string;
  readonly text: string;
  /** Never set; it carries the types. */
  readonly types?: (variables: V) => D;
}

/** Sends a shipped operation. @throws ToolError with the first error of the response. */
export type Ask = <D, V extends object>(operation: AgentOperation<D, V>, variables: V) => Promise<D>;

/** A failure that a tool reports: what was wrong, and the way out. */
export class ToolError extends Error {
  override readonly name = "ToolError";

  /**
   * @param code As in `extensions.code` of GraphQL errors.
   * @param suggestions Values that can be given instead.
   */
  constructor(
    readonly code: string,
    message: string,
    readonly suggestions: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The shipped operations of one tool call. */
export function asking(execute: Execute, signal: AbortSignal): Ask {
  return async <D, V extends object>({ text }: AgentOperation<D, V>, variables: V): Promise<D> => {
    const { data, errors = [] } = await execute(
      { query: text, variables: Object.fromEntries(Object.entries(variables)) },
      signal,
    );
    const [error] = errors;
    if (error) throw toolError(error);
    return data as D;
  };
}

function toolError({ message, extensions }: AgentError): ToolError {
  const code = extensions?.["code"];
  return new ToolError(typeof code === "string" ? code : "UNKNOWN", message);
}
