import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { anonymous, type Principal } from "../../access/principal.js";
import type { Logger } from "../../lib/log.js";
import { rateHeaders } from "../../limits/rates.js";
import { cacheStage } from "../cache/cache.js";
import type { CachedResponse, ResponseCache } from "../cache/response.cache.js";
import {
  admit,
  executeRaw,
  leave,
  store,
  type Admission,
  type ExecutableRequest,
  type RawExecution,
} from "../execute/execute.js";
import type { LogFields, RequestContext } from "../execute/request.context.js";
import type { Client, Clients } from "../limit/clients.js";
import { limitStage } from "../limit/limit.js";
import { fallThrough, postKey, textOf } from "../parse/graphql.request.js";
import { chooseAnswerType, type AnswerType } from "../parse/media.types.js";
import { namedPosition, POSITION_HEADER, type Positions } from "../parse/position.js";
import { remember } from "../parse/remember.js";
import { createPipeline } from "../pipeline.js";
import type { PreparedRequest } from "../plan/prepared.operations.js";
import { Refusal } from "../refusal.js";
import { COMPRESS_FROM, FAST_BROTLI } from "../respond/compression.js";
import { REQUEST_ID_HEADER } from "../respond/page.headers.js";
import { cacheFields } from "./graphql.route.js";

/** The largest body that is read here, in bytes; longer ones are read by the route. */
const MAX_BYTES = 64 * 1024;

/** Options of the fast path. `C` is the context of resolvers. */
export interface FastPath<C> extends Admission {
  readonly path: string;
  readonly log: Logger;
  readonly maxBodyBytes: number;
  readonly raw: RawExecution<C>;
  readonly cache: ResponseCache | undefined;
  readonly positions: Positions | undefined;
  readonly clients: Pick<Clients, "clientOf">;
  /** False while the service closes; the route refuses requests then. */
  readonly isOpen: () => boolean;
  /** Headers of requests that only the route can answer. */
  readonly routeHeaders: readonly string[];
  /** The headers of all responses, names and values in turn, as Node takes them. */
  readonly headers: readonly string[];
  readonly createContext: (context: RequestContext, position: number | undefined) => C | Promise<C>;
  /** Called when a response has been written, with what its log line says. */
  readonly onAnswered: (log: Logger, answered: AnsweredFast) => void;
}

export interface AnsweredFast {
  readonly requestId: string;
  readonly durationMs: number;
  readonly fields: LogFields;
}

/** Takes a request from the server. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** The negotiated response. */
interface Negotiated {
  readonly type: AnswerType;
  readonly encoding: "br" | "gzip" | undefined;
  readonly namedPosition: number | undefined;
}

/** A class, because many requests of one shape are made. */
class FastRequest<C> implements ExecutableRequest<C> {
  declare readonly id: string;
  declare readonly principal: Principal;
  declare readonly startedAt: number;
  declare readonly namedPosition: number | undefined;
  declare text: string;
  declare client: Client | undefined;
  declare position: number | undefined;
  declare heldPosition: number | undefined;
  declare cacheKey: string | undefined;
  declare version: number | string | undefined;
  declare prepared: PreparedRequest | undefined;
  declare context: RequestContext | undefined;
  declare resolverContext: Promise<C> | undefined;
  declare logFields: LogFields | undefined;

  constructor(
    readonly raw: IncomingMessage,
    readonly response: ServerResponse,
    readonly negotiated: Negotiated,
    readonly body: Buffer,
    startedAt: number,
    private readonly serverLog: Logger,
  ) {
    // Assignments cost less than initializers of fields, and give all requests one shape.
    this.id = randomUUID();
    this.principal = anonymous;
    this.startedAt = startedAt;
    this.namedPosition = negotiated.namedPosition;
    this.text = "";
    this.client = undefined;
    this.position = undefined;
    this.heldPosition = undefined;
    this.cacheKey = undefined;
    this.version = undefined;
    this.prepared = undefined;
    this.context = undefined;
    this.resolverContext = undefined;
    this.logFields = undefined;
  }

  get log(): Logger {
    return this.serverLog.child({ requestId: this.id });
  }
}

/** The decision to leave a request to the route, which says what is wrong with it. */
const FALL_THROUGH = new Refusal(500, "INTERNAL_SERVER_ERROR", "The fast path left this request to the route.");

/**
 * Answers plain requests before the web framework sees them, whose hooks cost more than reading the answer: prepared
 * operations, and responses in the cache. The stages are those of the route without `authenticate`, because requests
 * with a credential do not come here. Whatever a stage refuses falls through to the route, with the body that was read
 * and the operation that was begun, so that refusals and errors come from one place.
 */
export function createFastPath<C>(options: FastPath<C>, route: Handle): Handle {
  const handle = createPipeline("fast path", stagesOf(options, route));
  // An error becomes a rejected promise, which is logged.
  const start = async (request: FastRequest<C>): Promise<void> => handle(request);
  return (raw, response) => {
    const negotiated = negotiate(raw, options);
    if (!negotiated) return route(raw, response);
    const startedAt = performance.now();
    const chunks: Buffer[] = [];
    let length = 0;
    raw.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
    });
    raw.on("end", () => {
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
      void start(new FastRequest<C>(raw, response, negotiated, body, startedAt, options.log));
    });
  };
}

function stagesOf<C>(options: FastPath<C>, route: Handle) {
  const { raw, cache, positions } = options;
  return {
    parse(request: FastRequest<C>) {
      const text = textOf(request.body);
      if (text === undefined) return FALL_THROUGH;
      request.text = text;
      request.cacheKey = postKey(request.negotiated.type, text);
      return undefined;
    },
    limit: limitStage(options),
    cache: cacheStage<CachedResponse>({ cache, positions }),
    plan(request: FastRequest<C>) {
      const prepared = find(raw, request.text);
      const budget = request.client?.budget;
      if (!prepared || (budget && budget.remaining() < prepared.amount.cost)) return FALL_THROUGH;
      request.prepared = prepared;
      return undefined;
    },
    async execute(request: FastRequest<C>) {
      const full = admit(request, options, request.response);
      if (full) return full;
      const context = request.context as RequestContext;
      const make = async (): Promise<C> => options.createContext(context, request.position);
      const body = await executeRaw(request, raw, () => (request.resolverContext ??= make()));
      if (typeof body !== "string") return FALL_THROUGH;
      const { operation } = (request.logFields = context.logFields);
      request.logFields.source = "fast path";
      leave(request, options);
      const contentType = `${request.negotiated.type}; charset=utf-8`;
      return store(request, cache, { body, contentType, etag: undefined, operation });
    },
    respond(request: FastRequest<C>, outcome: CachedResponse | Refusal): void | Promise<void> {
      if (!(outcome instanceof Refusal)) return send(options, request, outcome);
      const { client, context, heldPosition, resolverContext } = request;
      const begun = context && { client, context, heldPosition, resolverContext };
      fallThrough<C>(request.raw, { requestId: request.id, body: request.body, begun });
      route(request.raw, request.response);
    },
    // The route finds the same error, and answers with it.
    refusalOf: () => FALL_THROUGH,
  };
}

/** @returns undefined if the headers of a request ask for something that only the route does. */
function negotiate<C>({ method, url, headers }: IncomingMessage, options: FastPath<C>): Negotiated | undefined {
  if (method !== "POST" || url !== options.path || !options.isOpen()) return undefined;
  const length = Number(headers["content-length"]);
  if (!(length > 0 && length <= Math.min(MAX_BYTES, options.maxBodyBytes))) return undefined;
  if (headers["transfer-encoding"] !== undefined || headers["content-encoding"] !== undefined) return undefined;
  if (headers["content-type"] !== "application/json") return undefined;
  if (options.routeHeaders.some((name) => headers[name] !== undefined)) return undefined;
  const named = namedPosition(headers);
  if (named instanceof Refusal) return undefined;
  const encoding = encodingOf(headers["accept-encoding"]);
  const type = typeOf(headers.accept);
  return type && encoding !== null ? { type, encoding, namedPosition: named } : undefined;
}

const typeOf = remember(chooseAnswerType);

/** The encoding that a client accepts, if it does not weigh them; null leaves the choice to the route. */
const encodingOf = remember((accepted: string | undefined): Negotiated["encoding"] | null => {
  if (accepted === undefined) return undefined;
  const names = accepted.split(",").map((name) => name.trim().toLowerCase());
  if (names.some((name) => name.includes(";") || name === "*")) return null;
  return names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : null;
});

/** Keys that might reach into prototypes once they are parsed, perhaps escaped. */
const suspicious = /__proto__|constructor|\\u/;

/** The prepared operation that a body asks for. The route says what is wrong with a body. */
function find<C>(raw: RawExecution<C>, text: string): PreparedRequest | undefined {
  if (suspicious.test(text)) return undefined;
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? raw.find(body) : undefined;
  } catch {
    return undefined;
  }
}

const compressed = { br: promisify(brotliCompress), gzip: promisify(gzip) };

function send<C>(options: FastPath<C>, request: FastRequest<C>, answer: CachedResponse): void | Promise<void> {
  const { response, heldPosition, client, id } = request;
  const { body, contentType } = answer;
  const { encoding } = request.negotiated;
  const headers = [...options.headers, REQUEST_ID_HEADER, id, "content-type", contentType, "cache-control", "no-store"];
  if (heldPosition !== undefined) headers.push(POSITION_HEADER, String(heldPosition));
  if (client?.budget) headers.push(...Object.entries(rateHeaders(client.budget)).flat());
  const write = (content: string | Buffer, length: number): void => {
    headers.push("content-length", String(length));
    response.writeHead(200, headers);
    response.end(content);
    const fields = request.logFields ?? cacheFields(answer);
    options.onAnswered(options.log, { requestId: id, durationMs: performance.now() - request.startedAt, fields });
  };
  const length = Buffer.byteLength(body);
  if (!encoding || length < COMPRESS_FROM) return write(body, length);
  headers.push("vary", "accept-encoding", "content-encoding", encoding);
  const packing = encoding === "br" ? compressed.br(body, FAST_BROTLI) : compressed.gzip(body);
  return packing.then((packed) => write(packed, packed.length));
}
