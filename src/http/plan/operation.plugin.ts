import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { GraphQLError } from "graphql";
import { contextOf } from "../execute/request.context.js";
import type { ConcurrencyLimiter } from "../limit/concurrency.js";

/** Time limits of operations in milliseconds. */
export interface TimeLimits {
  readonly query: number;
  readonly mutation: number;
}

/** Records the operation for the log, counts mutations as writes, and starts the clock. */
export function operationPlugin(
  limits: TimeLimits,
  limiter: Pick<ConcurrencyLimiter, "becomeWrite">,
): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ request, operation, operationName }) => {
        const context = contextOf(request.http);
        if (!context || !operation) return;
        if (operationName) context.logFields.operation = operationName;
        context.logFields.kind = operation.operation;
        // A stream lasts; its reads have a time limit of their own.
        if (operation.operation === "subscription") return;
        if (operation.operation === "query") return context.limitTime("queryTimeoutMs", limits.query);
        const full = limiter.becomeWrite();
        if (full)
          throw new GraphQLError(full.message, {
            extensions: { ...full.details, code: full.code, http: { status: full.status } },
          });
        context.isWrite = true;
        context.limitTime("mutationTimeoutMs", limits.mutation);
      },
    }),
  };
}
