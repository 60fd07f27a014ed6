import type { ApolloServerPlugin, BaseContext, GraphQLRequest } from "@apollo/server";
import type { GraphQLError } from "graphql";
import { exchangeOf } from "./exchange.js";
import type { Amount } from "../limits/operation.cost.js";
import type { OperationScale } from "../limits/operation.limits.js";
import { rateError, retryAfterS } from "../limits/rates.js";

/** A client that sends this header, with any value, is told what its operation costs where others are not. */
export const COST_HEADER = "sidelines-cost";

/** What the plugin needs to know of the limits. */
export interface CostLimits {
  /** The most points that an operation may cost; no limit is told when left out. */
  readonly maxCost: number | undefined;
  /** Whether every answer says what its operation costs, or only those that were asked to. */
  readonly isShown: boolean;
}

/**
 * Refuses operations that may return or cost too much, or more than whoever asks has points left for, once their
 * variables are known and before they are executed. The answer says in `extensions.cost` what was weighed.
 */
export function limitsPlugin(scale: OperationScale, { maxCost, isShown }: CostLimits): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request }) => {
        if (!operation) return;
        const asked = { document, operation, variables: variablesOf(request) };
        scale.check(asked);
        const exchange = exchangeOf(request.http);
        const { cost } = scale.amountOf(asked);
        if (exchange?.budget && !exchange.spend(cost)) throw rateError(exchange.budget, cost);
      },
      willSendResponse: async ({ document, operation, request, errors, response: { body, http } }) => {
        const budget = exchangeOf(request.http)?.budget;
        const refusal = budget && errors?.find(isRateLimited);
        if (refusal) http.headers.set("retry-after", String(retryAfterS(budget, refusal.extensions["cost"] as number)));
        const isAsked = isShown || request.http?.headers.has(COST_HEADER);
        if (!isAsked || !request.http || !document || !operation || body.kind !== "single") return;
        const amount = scale.amountOf({ document, operation, variables: variablesOf(request) });
        body.singleResult.extensions = { ...body.singleResult.extensions, cost: toldCost(amount, maxCost) };
      },
    }),
  };
}

/** What an answer says in `extensions.cost`. */
export function toldCost({ cost, nodes }: Amount, maxCost: number | undefined): Readonly<Record<string, number>> {
  return { requested: cost, ...(maxCost === undefined ? {} : { limit: maxCost }), nodes };
}

function isRateLimited({ extensions }: GraphQLError): boolean {
  return extensions["code"] === "RATE_LIMITED";
}

function variablesOf({ variables }: GraphQLRequest): Readonly<Record<string, unknown>> {
  return variables ?? {};
}
