import type { ApolloServerPlugin, BaseContext, GraphQLRequest } from "@apollo/server";
import type { GraphQLError } from "graphql";
import { contextOf } from "../execute/request.context.js";
import type { Amount } from "../../limits/operation.cost.js";
import type { OperationScale } from "../../limits/operation.limits.js";
import { rateError, retryAfterS } from "../../limits/rates.js";

/** A client that sends this header, with any value, gets the cost of its operation in the response. */
export const COST_HEADER = "sidelines-cost";

/** The limits, as far as the plugin needs them. */
export interface CostLimits {
  /** The most points that an operation may cost; left out of responses if undefined. */
  readonly maxCost: number | undefined;
  /** Whether every response has the cost of its operation, or only those of requests with the header. */
  readonly isShown: boolean;
}

/**
 * Refuses operations that may return or cost too much, or more points than their client has left, once their variables
 * are known and before they are executed. The response has the cost in `extensions.cost`.
 */
export function costPlugin(scale: OperationScale, { maxCost, isShown }: CostLimits): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request }) => {
        if (!operation) return;
        const asked = { document, operation, variables: variablesOf(request) };
        scale.check(asked);
        const context = contextOf(request.http);
        const { cost } = scale.amountOf(asked);
        if (context?.budget && !context.charge(cost)) throw rateError(context.budget, cost);
      },
      willSendResponse: async ({ document, operation, request, errors, response: { body, http } }) => {
        const budget = contextOf(request.http)?.budget;
        const refusal = budget && errors?.find(isRateLimited);
        if (refusal) http.headers.set("retry-after", String(retryAfterS(budget, refusal.extensions["cost"] as number)));
        const isAsked = isShown || request.http?.headers.has(COST_HEADER);
        if (!isAsked || !request.http || !document || !operation || body.kind !== "single") return;
        const amount = scale.amountOf({ document, operation, variables: variablesOf(request) });
        body.singleResult.extensions = { ...body.singleResult.extensions, cost: shownCost(amount, maxCost) };
      },
    }),
  };
}

/** The value of `extensions.cost`. */
export function shownCost({ cost, nodes }: Amount, maxCost: number | undefined): Readonly<Record<string, number>> {
  return { requested: cost, ...(maxCost === undefined ? {} : { limit: maxCost }), nodes };
}

function isRateLimited({ extensions }: GraphQLError): boolean {
  return extensions["code"] === "RATE_LIMITED";
}

function variablesOf({ variables }: GraphQLRequest): Readonly<Record<string, unknown>> {
  return variables ?? {};
}
