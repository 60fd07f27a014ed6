import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { exchangeOf } from "./exchange.js";

/** How long operations may take, in milliseconds. */
export interface TimeLimits {
  readonly query: number;
  readonly mutation: number;
}

/** Notes what is being executed for the log, and starts its clock. */
export function operationPlugin(limits: TimeLimits): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ request, operation, operationName }) => {
        const exchange = exchangeOf(request.http);
        if (!exchange || !operation) return;
        if (operationName) exchange.facts.operation = operationName;
        exchange.facts.kind = operation.operation;
        // A stream is there to last; what it reads has its own time.
        if (operation.operation === "subscription") return;
        if (operation.operation === "mutation") exchange.limitTime("mutationTimeoutMs", limits.mutation);
        else exchange.limitTime("queryTimeoutMs", limits.query);
      },
    }),
  };
}
