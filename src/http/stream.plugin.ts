import { HeaderMap, type ApolloServerPlugin, type BaseContext, type GraphQLRequestContext, type HTTPGraphQLRequest } from "@apollo/server";
import { createSourceEventStream, execute, getVariableValues, GraphQLError, type ExecutionArgs, type GraphQLFormattedError } from "graphql";
import type { Logger } from "../lib/log.js";
import { fragmentsOf, type AskedQuery } from "../reading/operation.js";
import { collectFields } from "../reading/planner.js";
import { createErrorFormatter } from "./errors.mask.js";
import { exchangeOf } from "./exchange.js";
import { RETRY_AFTER_S } from "./load.gate.js";
import type { NoSlot } from "./slots.js";
import type { StreamStep } from "./stream.write.js";

/** A request that takes an event stream for an answer. */
export interface StreamWish {
  /** Whether it takes nothing else. */
  readonly isOnly: boolean;
  /** Takes a place for its stream; says which limit is reached where there is none. */
  readonly take: () => NoSlot | undefined;
  /** The stream that was opened for it. */
  opened?: AsyncIterator<StreamStep, void, void>;
}

const wishes = new WeakMap<HTTPGraphQLRequest, StreamWish>();

/** Lets a request be answered with an event stream. */
export function wishForStream(http: HTTPGraphQLRequest, wish: StreamWish): void {
  wishes.set(http, wish);
}

/** The media type of event streams. */
export const STREAM_TYPE = "text/event-stream";

/**
 * Opens the streams of subscriptions. They come here as all operations do: parsed, validated, within the limits, allowed
 * by the guard; what is wrong with one before its stream is open is answered like any other error.
 */
export function streamPlugin(): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, request }) => {
        const wish = request.http && wishes.get(request.http);
        if (operation?.operation !== "subscription") {
          if (operation && wish?.isOnly) throw refused(`A ${operation.operation} is not answered by an event stream; send the header Accept: application/json.`);
          return;
        }
        if (!wish) throw refused(`A subscription is answered by an event stream; send the header Accept: ${STREAM_TYPE}.`);
        const full = wish.take();
        if (full) throw noSlot(full);
      },
      responseForOperation: async (asked) => {
        const { operation, request } = asked;
        const wish = request.http && wishes.get(request.http);
        // Apollo's types promise an operation, but it asks also where the request does not say which of several it means.
        if ((operation as typeof operation | undefined)?.operation !== "subscription" || !wish) return null;
        const errors = await open(asked, wish);
        const http = { headers: new HeaderMap(), ...(errors && { status: 500 }) };
        return { http, body: { kind: "single", singleResult: errors ? { errors } : { data: null } } };
      },
    }),
  };
}

/** Opens the stream of a subscription, or returns what is wrong with it; the status follows from that. */
async function open({ schema, document, operation, request, contextValue, logger }: GraphQLRequestContext<BaseContext>, wish: StreamWish): Promise<GraphQLFormattedError[] | undefined> {
  const format = createErrorFormatter(exchangeOf(request.http)?.log ?? (logger as Logger));
  const describe = (error: unknown): GraphQLFormattedError => format(error instanceof GraphQLError ? error.toJSON() : { message: "" }, error);
  if (!document || !operation) return undefined;
  if (asksNothing({ schema, document, operation, variables: request.variables ?? {} })) return [describe(refused("The subscription asks for nothing: its field is skipped."))];
  const args = { schema, document, contextValue, variableValues: request.variables, operationName: request.operationName };
  try {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return (source.errors ?? []).map(describe);
    wish.opened = stepsOf(source as AsyncIterable<StepSource>, args, describe);
    return undefined;
  } catch (error) {
    return [describe(error)];
  }
}

/** Whether the one field of a subscription is left out, which an executor takes for a fault of its own. */
function asksNothing({ schema, document, operation, variables }: AskedQuery): boolean {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const type = schema.getSubscriptionType();
  return !!coerced && !!type && collectFields({ schema, fragments: fragmentsOf(document), variables: coerced }, type, [operation.selectionSet]).size === 0;
}

/** A step as the subscription's field gives it. */
interface StepSource {
  readonly id: string | undefined;
  readonly value?: unknown;
}

async function* stepsOf(source: AsyncIterable<StepSource>, args: ExecutionArgs, describe: (error: unknown) => GraphQLFormattedError): AsyncGenerator<StreamStep, void, void> {
  for await (const step of source) {
    if (step.value === undefined) {
      yield { id: step.id };
      continue;
    }
    const { data, errors } = await execute({ ...args, rootValue: step });
    yield { id: step.id, result: { ...(errors && { errors: errors.map(describe) }), data } };
  }
}

function refused(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 406 } } });
}

function noSlot({ limit, allowed, isPerClient }: NoSlot): GraphQLError {
  const message = isPerClient
    ? `This client has ${allowed} event streams open already, the most at once (service.limits.${limit}). ` +
      "End one first."
    : `The service has ${allowed} event streams open already, the most at once (service.limits.${limit}). ` +
      `Try again in ${RETRY_AFTER_S} second.`;
  const http = { status: isPerClient ? 429 : 503, headers: new HeaderMap([["retry-after", String(RETRY_AFTER_S)]]) };
  const code = isPerClient ? "RATE_LIMITED" : "SERVICE_UNAVAILABLE";
  return new GraphQLError(message, { extensions: { code, limit, allowed, http } });
}
