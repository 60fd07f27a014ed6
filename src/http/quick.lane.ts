import type { IncomingMessage, ServerResponse } from "node:http";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip, type BrotliOptions } from "node:zlib";
import { anonymous } from "../access/principal.js";
import type { AnswersCache, KeptAnswer } from "./answers.cache.js";
import { handOver, openExchange, type Exchange, type HandedOver } from "./exchange.js";
import type { KnownRequest, QuickAnswers } from "./known.queries.js";
import type { Clients } from "./clients.js";
import type { LoadGate } from "./load.gate.js";
import { chooseAnswerType, type AnswerType } from "./media.types.js";
import { REQUEST_ID_HEADER } from "./page.headers.js";
import { POSITION_HEADER, positionIn, type Positions } from "./position.js";
import { remember } from "./remember.js";
import type { Logger } from "../lib/log.js";
import type { Span } from "../lib/spans.js";
import { KEPT_POINTS, rateHeaders, type Budget } from "../limits/rates.js";

/** The largest body that is read here, in bytes; longer ones are the route's. */
const mostBytes = 64 * 1024;

/** Answers shorter than this are not worth compressing, in bytes. */
export const COMPRESS_FROM = 1_024;
/** Level 4 of 11: near gzip's cost, better than its size. */
export const FAST_BROTLI: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** What the lane needs of the server it belongs to. `C` is the context of a request. */
export interface QuickLane<C> extends QuickAnswers<C> {
  readonly path: string;
  readonly log: Logger;
  readonly maxBodyBytes: number;
  readonly cache: AnswersCache | undefined;
  readonly positions: Pick<Positions, "latest"> | undefined;
  readonly gate: LoadGate;
  readonly clients: Pick<Clients, "clientOf">;
  /** Whether anything is taken at all; nothing is while the server closes. */
  readonly isOpen: () => boolean;
  /** Headers by which a request asks for something that only the route does. */
  readonly routeHeaders: readonly string[];
  /** The headers that all answers have alike, names and values in turn, as Node takes them. */
  readonly headers: readonly string[];
  readonly createContext: (exchange: Exchange) => C | Promise<C>;
  /** Begins the trace of an operation, where operations are traced. */
  readonly trace: ((headers: IncomingMessage["headers"]) => Span) | undefined;
  /** Called when an answer has been written, with what its log line says. */
  readonly onAnswered: (log: Logger, answered: { readonly requestId: string; readonly durationMs: number; readonly facts: Exchange["facts"] }) => void;
}

/** Takes a request from the server. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Answers plain requests for known queries, and those whose answer is kept, before the web framework looks at them: its
 * hooks cost more than reading the answer does. It takes only what it can answer exactly as the route would; all else
 * goes on to the route, with the body that was read and what was begun.
 */
export function createQuickLane<C>(lane: QuickLane<C>, route: Handle): Handle {
  return (request, response) => {
    const wish = wishOf(request, lane);
    if (!wish) return route(request, response);
    const startedAt = performance.now();
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
    });
    request.on("end", () => {
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
      void answerIn(lane, route, { request, response, wish, body, requestId: randomUUID(), startedAt });
    });
  };
}

/** How an answer is wanted. */
interface Wish {
  readonly type: AnswerType;
  readonly encoding: "br" | "gzip" | undefined;
}

/** @returns undefined where the request is not plain enough for the lane. */
function wishOf<C>({ method, url, headers }: IncomingMessage, lane: QuickLane<C>): Wish | undefined {
  if (method !== "POST" || url !== lane.path || !lane.isOpen()) return undefined;
  const length = Number(headers["content-length"]);
  if (!(length > 0 && length <= Math.min(mostBytes, lane.maxBodyBytes)) || headers["transfer-encoding"] !== undefined) return undefined;
  if (headers["content-type"] !== "application/json" || headers["content-encoding"] !== undefined) return undefined;
  if (lane.routeHeaders.some((name) => headers[name] !== undefined)) return undefined;
  if (!isReached(headers[POSITION_HEADER], lane)) return undefined;
  const encoding = encodingOf(headers["accept-encoding"]);
  if (encoding === null || lane.gate.overload()) return undefined;
  const type = typeOf(headers.accept);
  return type ? { type, encoding } : undefined;
}

/** Whether the record has got as far as a request has to see; to wait until it has is the route's. */
function isReached<C>(header: string | readonly string[] | undefined, { positions }: QuickLane<C>): boolean {
  const position = positionIn(header);
  return position === undefined || (typeof position === "number" && position <= (positions?.latest() ?? 0));
}

const typeOf = remember(chooseAnswerType);

/** The encodings that a client takes, where it does not weigh them; null leaves the choice to the route. */
const encodingOf = remember((accepted: string | undefined): Wish["encoding"] | null => {
  if (accepted === undefined) return undefined;
  const names = accepted.split(",").map((name) => name.trim().toLowerCase());
  if (names.some((name) => name.includes(";") || name === "*")) return null;
  return names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : null;
});

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly wish: Wish;
  readonly body: Buffer;
  readonly requestId: string;
  /** Of `performance.now()`. */
  readonly startedAt: number;
}

async function answerIn<C>(lane: QuickLane<C>, route: Handle, visit: Visit): Promise<void> {
  const { request, response, wish, body, requestId } = visit;
  const goOn = (begun?: HandedOver["begun"]): void => {
    handOver(request, { requestId, body, ...(begun && { begun }) });
    route(request, response);
  };
  const text = textOf(body);
  if (text === undefined) return goOn();
  const key = `${wish.type} POST ${text}`;
  const kept = lane.cache?.find(key);
  // What is read from here on holds this, and perhaps more.
  const position = lane.positions?.latest();
  const client = lane.clients.clientOf(request, anonymous);
  const budget = client?.budget;
  // Why nothing more is taken on, and how many points are missing, is said by the route.
  if (kept) return !budget || budget.take(KEPT_POINTS) ? send(lane, visit, { body: kept.body, contentType: kept.contentType, position, budget }, { way: "kept", kind: "query", ...(kept.operation !== undefined && { operation: kept.operation }), codes: [] }) : goOn();
  const known = find(lane, text);
  if (!known || (budget && budget.remaining() < known.amount.cost)) return goOn();
  if (lane.gate.enter(client?.name)) return goOn();

  const version = lane.cache?.version();
  const span = lane.trace?.(request.headers);
  const exchange = openExchange({ requestId, principal: anonymous, budget, span, log: () => lane.log.child({ requestId }), response });
  exchange.spend(known.amount.cost);
  let context: Promise<C> | undefined;
  const make = async (): Promise<C> => lane.createContext(exchange);
  const answer = lane.answer(known, exchange, () => (context ??= make())).catch(() => undefined);
  const answered = await Promise.race([answer, exchange.expired]);
  if (typeof answered !== "string") return goOn({ exchange, context });
  exchange.facts.way = "quick";
  exchange.close();
  lane.gate.leave(client?.name);
  const fresh = { body: answered, contentType: `${wish.type}; charset=utf-8`, etag: undefined, operation: exchange.facts.operation };
  if (version !== undefined) lane.cache?.keep(key, fresh, version);
  return send(lane, visit, { body: fresh.body, contentType: fresh.contentType, position, budget }, exchange.facts);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function textOf(body: Buffer): string | undefined {
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}

/** What might reach into prototypes once it is parsed, perhaps spelt with escapes. */
const suspicious = /__proto__|constructor|\\u/;

/** The known query that a body asks for. What is wrong with a body is said by the route. */
function find<C>(lane: QuickLane<C>, text: string): KnownRequest | undefined {
  if (suspicious.test(text)) return undefined;
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? lane.find(body) : undefined;
  } catch {
    return undefined;
  }
}

/** An answer with the position of the record that it holds, and what its client may still spend. */
type PlacedAnswer = Pick<KeptAnswer, "body" | "contentType"> & { readonly position: number | undefined; readonly budget: Budget | undefined };

const compressed = { br: promisify(brotliCompress), gzip: promisify(gzip) };

async function send<C>(lane: QuickLane<C>, { response, wish, requestId, startedAt }: Visit, answer: PlacedAnswer, facts: Exchange["facts"]): Promise<void> {
  const { body, contentType, position, budget } = answer;
  const length = Buffer.byteLength(body);
  const headers = [...lane.headers, REQUEST_ID_HEADER, requestId, "content-type", contentType, "cache-control", "no-store"];
  if (position !== undefined) headers.push(POSITION_HEADER, String(position));
  if (budget) headers.push(...Object.entries(rateHeaders(budget)).flat());
  const { encoding } = wish;
  if (encoding && length >= COMPRESS_FROM) {
    const packed = await (encoding === "br" ? compressed.br(body, FAST_BROTLI) : compressed.gzip(body));
    headers.push("vary", "accept-encoding", "content-encoding", encoding, "content-length", String(packed.length));
    response.writeHead(200, headers);
    response.end(packed);
  } else {
    headers.push("content-length", String(length));
    response.writeHead(200, headers);
    response.end(body);
  }
  lane.onAnswered(lane.log, { requestId, durationMs: performance.now() - startedAt, facts });
}
