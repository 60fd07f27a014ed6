import {
  HeaderMap,
  type ApolloServerPlugin,
  type BaseContext,
  type GraphQLRequestContext,
  type HTTPGraphQLRequest,
} from "@apollo/server";
import {
  createSourceEventStream,
  execute,
  getVariableValues,
  GraphQLError,
  type ExecutionArgs,
  type GraphQLFormattedError,
} from "graphql";
import type { Logger } from "../../lib/log.js";
import { fragmentsOf, type AskedQuery } from "../../reading/operation.js";
import { collectFields } from "../../reading/planner.js";
import { slotRefusal, type NoSlot } from "../limit/slots.js";
import { createErrorFormatter } from "../respond/errors.mask.js";
import { contextOf } from "./request.context.js";
import { STREAM_TYPE, type StreamStep } from "../respond/stream.write.js";

/** A request that accepts an event stream. */
export interface StreamRequest {
  /** Whether it accepts nothing else. */
  readonly isOnly: boolean;
  /** Takes a slot for its stream; returns the limit that is reached if there is none. */
  readonly take: () => NoSlot | undefined;
  /** The stream that was opened for it. */
  opened?: AsyncIterator<StreamStep, void, void>;
}

const streamRequests = new WeakMap<HTTPGraphQLRequest, StreamRequest>();

/** Lets a request be answered with an event stream. */
export function requestStream(http: HTTPGraphQLRequest, stream: StreamRequest): void {
  streamRequests.set(http, stream);
}

/**
 * Opens the streams of subscriptions. Like all operations they have been parsed, validated, limited and checked by the
 * guard. Errors before a stream is open are answered like others.
 */
export function streamPlugin(): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, request }) => {
        const stream = request.http && streamRequests.get(request.http);
        if (operation?.operation !== "subscription") {
          if (operation && stream?.isOnly)
            throw refused(
              `A ${operation.operation} is not answered by an event stream; send the header Accept: application/json.`,
            );
          return;
        }
        if (!stream)
          throw refused(`A subscription is answered by an event stream; send the header Accept: ${STREAM_TYPE}.`);
        const full = stream.take();
        if (full) throw noSlot(full);
      },
      responseForOperation: async (asked) => {
        const { operation, request } = asked;
        const stream = request.http && streamRequests.get(request.http);
        // Apollo's types promise an operation, but it asks also where the request does not say which of several it means.
        if ((operation as typeof operation | undefined)?.operation !== "subscription" || !stream) return null;
        const errors = await open(asked, stream);
        const http = { headers: new HeaderMap(), ...(errors && { status: 500 }) };
        return { http, body: { kind: "single", singleResult: errors ? { errors } : { data: null } } };
      },
    }),
  };
}

/** Opens the stream of a subscription, or returns what is wrong with it; the status follows from that. */
async function open(
  { schema, document, operation, request, contextValue, logger }: GraphQLRequestContext<BaseContext>,
  stream: StreamRequest,
): Promise<GraphQLFormattedError[] | undefined> {
  const format = createErrorFormatter(contextOf(request.http)?.log ?? (logger as Logger));
  const describe = (error: unknown): GraphQLFormattedError =>
    format(error instanceof GraphQLError ? error.toJSON() : { message: "" }, error);
  if (!document || !operation) return undefined;
  if (asksNothing({ schema, document, operation, variables: request.variables ?? {} })) {
    return [describe(refused("The subscription asks for nothing: its field is skipped."))];
  }
  const args = {
    schema,
    document,
    contextValue,
    variableValues: request.variables,
    operationName: request.operationName,
  };
  try {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return (source.errors ?? []).map(describe);
    stream.opened = stepsOf(source as AsyncIterable<StepSource>, args, describe);
    return undefined;
  } catch (error) {
    return [describe(error)];
  }
}

/** Whether the one field of a subscription is left out, which an executor takes for a fault of its own. */
function asksNothing({ schema, document, operation, variables }: AskedQuery): boolean {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const type = schema.getSubscriptionType();
  if (!coerced || !type) return false;
  return (
    collectFields({ schema, fragments: fragmentsOf(document), variables: coerced }, type, [operation.selectionSet])
      .size === 0
  );
}

/** A step as the subscription's field gives it. */
interface StepSource {
  readonly id: string | undefined;
  readonly value?: unknown;
}

async function* stepsOf(
  source: AsyncIterable<StepSource>,
  args: ExecutionArgs,
  describe: (error: unknown) => GraphQLFormattedError,
): AsyncGenerator<StreamStep, void, void> {
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

/** Messages for rejected event streams. */
const STREAM_SLOTS = {
  client: (allowed: number) => `This client has ${allowed} event streams open already, the most at once`,
  process: (allowed: number) => `The service has ${allowed} event streams open already, the most at once`,
  wayOut: "End one first.",
};

function noSlot(full: NoSlot): GraphQLError {
  const { message, code, status, details, headers } = slotRefusal(full, STREAM_SLOTS);
  const sent = new HeaderMap(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new GraphQLError(message, { extensions: { code, ...details, http: { status, headers: sent } } });
}
