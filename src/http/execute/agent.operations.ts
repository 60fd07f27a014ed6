import { HeaderMap, type ApolloServer, type BaseContext, type HTTPGraphQLRequest } from "@apollo/server";
import type { ServerResponse } from "node:http";
import type { AgentResponse, Execute } from "../../agents/ask.js";
import { Refusal } from "../refusal.js";
import { createErrorFormatter } from "../respond/errors.mask.js";
import { admit, leave, type Admission, type ExecutableRequest } from "./execute.js";
import { factsOf, type RequestFacts } from "./operation.facts.js";
import type { LogFields, RequestContext } from "./request.context.js";

export interface AgentOperationsOptions<C extends BaseContext> extends Admission {
  readonly apollo: ApolloServer<C>;
  readonly createContext: (facts: RequestFacts) => C | Promise<C>;
  /** Called after each operation. */
  readonly onOperation: (fields: LogFields, durationMs: number) => void;
}

/**
 * Executes the operations of one tool call as those at /graphql: each is admitted, checked against the rights of the
 * credential, charged and limited in time, and canceled when the client disconnects. A refusal is an error of its
 * response.
 */
export function agentOperations<C extends BaseContext>(
  request: ExecutableRequest<C>,
  options: AgentOperationsOptions<C>,
  response: ServerResponse,
): Execute {
  return async (operation) => {
    const beganAt = performance.now();
    const full = admit(request, options, response);
    if (full) return refused(full);
    const context = request.context as RequestContext;
    try {
      return await execute(operation, context, request, options);
    } catch (error) {
      const formatted = createErrorFormatter(request.log)({ message: "" }, error);
      return { errors: [formatted] };
    } finally {
      options.onOperation(context.logFields, performance.now() - beganAt);
      leave(request, options);
    }
  };
}

async function execute<C extends BaseContext>(
  operation: Parameters<Execute>[0],
  context: RequestContext,
  request: ExecutableRequest<C>,
  { apollo, createContext }: AgentOperationsOptions<C>,
): Promise<AgentResponse> {
  const headers = new HeaderMap([
    ["accept", "application/json"],
    ["content-type", "application/json"],
  ]);
  const http: HTTPGraphQLRequest = { method: "POST", headers, search: "", body: { ...operation } };
  context.attachTo(http);
  const executed = apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: http,
    context: async () => createContext(factsOf(context, { position: request.position })),
  });
  const first = await Promise.race([executed, context.expired]);
  context.settle();
  if (!("headers" in first)) {
    context.logFields.codes.push("TIMEOUT");
    return { errors: [{ message: first.message, extensions: first.extensions }] };
  }
  if (first.body.kind !== "complete") throw new Error("An answer in several parts was made for a tool.");
  return JSON.parse(first.body.string) as AgentResponse;
}

function refused({ message, code, details }: Refusal): AgentResponse {
  return { errors: [{ message, extensions: { code, ...details } }] };
}
