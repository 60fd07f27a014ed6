import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { GraphQLError } from "graphql";
import { exchangeOf } from "./exchange.js";
import type { LoadGate } from "./load.gate.js";

/** How long operations may take, in milliseconds. */
export interface TimeLimits {
  readonly query: number;
  readonly mutation: number;
}

/** Notes what is being executed for the log, gives mutations a place among the writes, and starts the clock. */
export function operationPlugin(limits: TimeLimits, gate: Pick<LoadGate, "becomeWrite">): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ request, operation, operationName }) => {
        const exchange = exchangeOf(request.http);
        if (!exchange || !operation) return;
        if (operationName) exchange.facts.operation = operationName;
        exchange.facts.kind = operation.operation;
        // A stream is there to last; what it reads has its own time.
        if (operation.operation === "subscription") return;
        if (operation.operation === "query") return exchange.limitTime("queryTimeoutMs", limits.query);
        const full = gate.becomeWrite();
        if (full) throw new GraphQLError(full.message, { extensions: { ...full.details, code: full.code, http: { status: full.status } } });
        exchange.isWrite = true;
        exchange.limitTime("mutationTimeoutMs", limits.mutation);
      },
    }),
  };
}
