import type { ApolloServerPlugin, BaseContext, GraphQLRequest } from "@apollo/server";
import type { OperationScale } from "../limits/operation.limits.js";

/** A client that sends this header, with any value, is told what its operation costs. */
export const COST_HEADER = "sidelines-cost";

/**
 * Refuses operations that may return or cost too much, once their variables are known and before they are executed.
 * On request the answer says in `extensions.cost` what was weighed; other answers are left as they are, since they may
 * be passed on as text.
 */
export function limitsPlugin(scale: OperationScale, maxCost: number | undefined): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request }) => {
        if (operation) scale.check({ document, operation, variables: variablesOf(request) });
      },
      willSendResponse: async ({ document, operation, request, response: { body } }) => {
        if (!request.http?.headers.has(COST_HEADER) || !document || !operation || body.kind !== "single") return;
        const { cost: requested, nodes } = scale.amountOf({ document, operation, variables: variablesOf(request) });
        const limit = maxCost === undefined ? {} : { limit: maxCost };
        body.singleResult.extensions = { ...body.singleResult.extensions, cost: { requested, ...limit, nodes } };
      },
    }),
  };
}

function variablesOf({ variables }: GraphQLRequest): Readonly<Record<string, unknown>> {
  return variables ?? {};
}
