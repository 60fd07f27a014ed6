import { Readable } from "node:stream";
import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { anonymous, type Principal } from "../../access/principal.js";
import type { Logger } from "../../lib/log.js";
import { PAGE_TOKEN_HEADER } from "../authenticate/session.js";
import type { Client } from "../limit/clients.js";
import type { ExecutableRequest } from "../execute/execute.js";
import type { RequestContext } from "../execute/request.context.js";
import type { PreparedRequest } from "../plan/prepared.operations.js";
import { COST_HEADER } from "../plan/cost.plugin.js";
import { Refusal } from "../refusal.js";
import { acceptsStream, chooseAnswerType, parseContentType, type AnswerType } from "./media.types.js";
import { namedPosition } from "./position.js";

/** The progress of a request that the fast path passes on to the route. */
export interface Resumed<C> {
  readonly requestId: string;
  /** The whole body, which has been read already. */
  readonly body: Buffer;
  /** An operation that was admitted and charged, and failed: the route finishes it. */
  readonly begun: Pick<ExecutableRequest<C>, "client" | "context" | "heldPosition" | "resolverContext"> | undefined;
}

const resumed = new WeakMap<FastifyRequest["raw"], Resumed<unknown>>();

/** Leaves a request to the route with what was done for it. */
export function fallThrough<C>(raw: FastifyRequest["raw"], done: Resumed<C>): void {
  resumed.set(raw, done);
}

/** The progress of the fast path; undefined if the route got the request directly. */
export function resumedFrom<C>(raw: FastifyRequest["raw"]): Resumed<C> | undefined {
  return resumed.get(raw) as Resumed<C> | undefined;
}

/** A request at /graphql. `C` is the context of resolvers. */
export class GraphQLRequest<C> implements ExecutableRequest<C> {
  readonly id: string;
  readonly raw: FastifyRequest["raw"];
  readonly resumed: Resumed<C> | undefined;
  /** Whether the client accepts an event stream. */
  readonly isStream: boolean;
  /** The other media type that it accepts. */
  readonly answerType: AnswerType | null;
  principal: Principal = anonymous;
  client: Client | undefined;
  namedPosition: number | undefined;
  position: number | undefined;
  heldPosition: number | undefined;
  cacheKey: string | undefined;
  version: number | string | undefined;
  prepared: PreparedRequest | undefined;
  context: RequestContext | undefined;
  resolverContext: Promise<C> | undefined;
  /** The body as parsed from JSON. */
  body: unknown;
  /** Releases the slot of its event stream. */
  releaseSlot: (() => void) | undefined;

  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
  ) {
    const { accept } = request.headers;
    this.id = request.id;
    this.raw = request.raw;
    this.resumed = resumedFrom(request.raw);
    this.isStream = acceptsStream(accept);
    this.answerType = chooseAnswerType(accept);
  }

  get log(): Logger {
    return this.request.log as Logger;
  }

  /** Whether the response can be shared between clients. */
  get isShared(): boolean {
    const { headers } = this.request;
    return (
      headers.authorization === undefined &&
      headers[PAGE_TOKEN_HEADER] === undefined &&
      headers[COST_HEADER] === undefined
    );
  }
}

const NOT_ACCEPTABLE = new Refusal(
  406,
  "BAD_REQUEST",
  "Answers come as application/json or application/graphql-response+json; the Accept header takes neither.",
);
const UNSUPPORTED_BODY = new Refusal(
  415,
  "BAD_REQUEST",
  "Send the operation as JSON in UTF-8, with the header content-type: application/json.",
);
const BATCH = new Refusal(
  400,
  "BAD_REQUEST",
  "Batches are not served. Send one operation in each request, or ask for several root fields in one operation.",
);
const COMPRESSED_BODY = new Refusal(415, "BAD_REQUEST", "Send the body uncompressed.");
const NOT_UTF8 = new Refusal(400, "BAD_REQUEST", "The body is not valid UTF-8.");

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The text of a body; undefined if it is not UTF-8. */
export function textOf(body: Buffer): string | undefined {
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}

/** The key under which the response to a POST is cached. */
export const postKey = (type: AnswerType, text: string): string => `${type} POST ${text}`;

/**
 * Makes Fastify read JSON bodies without parsing them, which `parse` does. A body that the fast path has read is
 * reused.
 */
export function readJsonBodies(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addHook("preParsing", (request, _reply, payload, done) => {
    const read = resumedFrom(request.raw);
    done(null, read ? Readable.from([read.body], { objectMode: false }) : payload);
  });
  app.addContentTypeParser("application/json", { parseAs: "buffer", bodyLimit }, (_request, body, done) =>
    done(null, body),
  );
}

/**
 * The stage `parse` of GraphQL over HTTP: the accepted media type, the position that the client names, and the body,
 * which is uncompressed `application/json` in UTF-8. Keys that reach into prototypes are refused.
 */
export function parseStage<C>(app: FastifyInstance): (request: GraphQLRequest<C>) => Refusal | undefined {
  const parseJson = app.getDefaultJsonParser("error", "error");
  /** @returns the fault of a text that is not JSON. */
  const readJson = (request: GraphQLRequest<C>, text: string): Refusal | undefined => {
    let fault: Refusal | undefined;
    // Fastify's parser calls back at once.
    void parseJson(request.request, text, (error, value) => {
      if (!error) request.body = value;
      else fault = new Refusal(400, "BAD_REQUEST", jsonFault(text, error.message));
    });
    return fault;
  };
  const readBody = (request: GraphQLRequest<C>): Refusal | undefined => {
    const { headers, body } = request.request;
    const encoding = headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") return COMPRESSED_BODY;
    const type = parseContentType(headers["content-type"]);
    if (type?.essence !== "application/json") return UNSUPPORTED_BODY;
    if (type.charset !== undefined && type.charset !== "utf-8" && type.charset !== "utf8") return UNSUPPORTED_BODY;
    const text = textOf((body as Buffer | undefined) ?? Buffer.alloc(0));
    if (text === undefined) return NOT_UTF8;
    const fault = readJson(request, text);
    if (fault) return fault;
    if (Array.isArray(request.body)) return BATCH;
    if (request.answerType && request.isShared) request.cacheKey = postKey(request.answerType, text);
    return undefined;
  };
  return (request) => {
    const { answerType, isStream, raw } = request;
    if (answerType === null && !isStream) return NOT_ACCEPTABLE;
    const named = namedPosition(raw.headers);
    if (named instanceof Refusal) return named;
    request.namedPosition = named;
    if (raw.method === "POST") return readBody(request);
    if (answerType && request.isShared) request.cacheKey = `${answerType} GET ${searchOf(request.request.url)}`;
    return undefined;
  };
}

function jsonFault(text: string, problem: string): string {
  if (text.trim() === "") return "The body is empty; send a JSON object with a query.";
  return `The body is not acceptable JSON: ${problem}`;
}

/** The refusal of a request whose body Fastify could not read; undefined for other errors. */
export function bodyRefusal(error: unknown, maxBodyBytes: number): Refusal | undefined {
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    const problem = `The body is larger than ${maxBodyBytes} bytes, the most that is read (service.limits.maxBodyBytes).`;
    return new Refusal(413, "LIMIT_EXCEEDED", problem, { details: { limit: "maxBodyBytes", allowed: maxBodyBytes } });
  }
  if (statusCode === 415) return UNSUPPORTED_BODY;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Refusal(statusCode, "BAD_REQUEST", message ?? "");
  }
  return undefined;
}

/** The query string of an address with its question mark; empty if there is none. */
export function searchOf(url: string): string {
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark);
}

export function operationNameOf<C>({ body, request }: GraphQLRequest<C>): string | undefined {
  const given: unknown =
    typeof body === "object" && body !== null
      ? (body as Record<string, unknown>)["operationName"]
      : new URLSearchParams(searchOf(request.url)).get("operationName");
  return typeof given === "string" ? given : undefined;
}

export function lastEventIdOf({ headers }: FastifyRequest): string | undefined {
  const given = headers["last-event-id"];
  const id = Array.isArray(given) ? given.join() : given;
  return id === "" ? undefined : id;
}

/** Clients of event streams read errors by their status. */
const TRUE_STATUS_TYPE = "application/graphql-response+json";

/**
 * The request as Apollo takes it, with the chosen media type as the only one accepted. A request that accepts nothing
 * but a stream may subscribe by GET, as browsers' `EventSource` does; Apollo itself takes queries alone by GET.
 */
export function toApolloRequest<C>({ request, answerType, body }: GraphQLRequest<C>): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  headers.set("accept", answerType ?? TRUE_STATUS_TYPE);
  const search = searchOf(request.url);
  if (request.method !== "GET" || answerType !== null) return { method: request.method, headers, search, body };
  headers.set("content-type", "application/json");
  return { method: "POST", headers, search: "", body: bodyOfSearch(new URLSearchParams(search)) };
}

/** The body that says what a query string says. */
function bodyOfSearch(search: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...search].map(([name, value]) => {
      if (name !== "variables" && name !== "extensions") return [name, value];
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        throw new Refusal(400, "BAD_REQUEST", `The parameter "${name}" has to be JSON.`);
      }
    }),
  );
}
