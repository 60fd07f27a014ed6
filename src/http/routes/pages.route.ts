import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { dateTimeScalar } from "../../lib/scalars.js";
import { createAddresses } from "../../pages/addresses.js";
import { html, type Html } from "../../pages/html.js";
import { renderNotice, renderPage, type PageQuery, type Surroundings } from "../../pages/layout.js";
import { showMissing, showNowhere, showRefused } from "../../pages/missing.page.js";
import type { PageOperation } from "../../pages/operation.js";
import {
  AddressError,
  AnswerError,
  type AskPage,
  type PageResult,
  type PageRequest,
  type PageRoute,
} from "../../pages/page.js";
import { createSources } from "../../pages/sources.js";
import { SEARCH_BOX_ADDRESS, SEARCH_BOX_SCRIPT } from "../../pages/search.box.js";
import { PAGE_STYLE } from "../../pages/style.js";
import { cacheStage } from "../cache/cache.js";
import { hasTag, weakTag } from "../cache/etags.js";
import { createResponseCache } from "../cache/response.cache.js";
import { admitted, type ConcurrencyLimiter } from "../limit/concurrency.js";
import { charge, limitStage, type LimitOptions } from "../limit/limit.js";
import { createPipeline } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { inlinePolicy } from "../respond/page.headers.js";
import { failure } from "./page.failure.js";
import { announceRate, originOf, PageVisit } from "./page.request.js";

/** Options of the pages about the record. */
export interface PagesOptions extends LimitOptions {
  readonly site: readonly PageRoute[];
  /** Sends an operation as a client does; it is refused like one. */
  readonly ask: AskPage;
  /** A page in the making counts as one operation of its client. */
  readonly limiter: ConcurrencyLimiter;
  /** The cost of an operation in points. */
  readonly costOf: <D, V extends object>(operation: PageOperation<D, V>, variables: V) => number;
  /** The version of the record, if it is known; no page is cached without it. */
  readonly recordVersion: () => number | undefined;
  readonly hasPlayground: boolean;
  /** Whether pages have a form for reporting mistakes. */
  readonly takesMistakes: boolean;
}

const POLICY = inlinePolicy(PAGE_STYLE);
/** Bytes of all cached pages together. */
const CACHE_BYTES = 16 * 1024 * 1024;

/** A page or a notice as it is sent. */
interface Sent {
  readonly status: number;
  readonly body: string;
  /** The media type of a body that is no HTML. */
  readonly type?: string;
  /** The address of a redirect, which has no body. */
  readonly location?: string;
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** A page that is asked for, with what its layout needs. */
class RecordVisit extends PageVisit {
  readonly today = today();
  readonly path: string;
  readonly query: URLSearchParams;
  readonly queries = new Map<string, PageQuery>();
  knownAt: string | undefined;

  constructor(
    request: FastifyRequest,
    reply: FastifyReply,
    readonly answer: PageRoute["answer"],
  ) {
    super(request, reply);
    const mark = request.url.indexOf("?");
    this.path = mark < 0 ? request.url : request.url.slice(0, mark);
    this.query = new URLSearchParams(mark < 0 ? "" : request.url.slice(mark));
  }
}

/**
 * The pages about the record: rendered here, whole without a script, from operations that any client could send. They
 * are cached until the record or the day changes, and not sent again to clients that have them.
 */
export function pagesRoute(app: FastifyInstance, options: PagesOptions): void {
  const { limiter, hasPlayground, takesMistakes, recordVersion } = options;
  const version = (): string | undefined => {
    const known = recordVersion();
    return known === undefined ? undefined : `${known} ${today()}`;
  };
  const cache = createResponseCache<Sent>({ version, maxBytes: CACHE_BYTES, largestShare: 1 });
  const surroundingsOf = ({ request, knownAt, today: day }: RecordVisit): Surroundings => ({
    origin: originOf(request),
    hasPlayground,
    takesMistakes,
    addresses: createAddresses(knownAt),
    today: day,
  });
  const handle = createPipeline<RecordVisit, Sent, FastifyReply>("page", {
    parse(visit) {
      const given = visit.query.get("knownAt") ?? "";
      if (given !== "" && !isMoment(given)) {
        const problem = `“knownAt” must be a moment such as 2024-11-20T09:30:00Z, but is “${given.slice(0, 40)}”.`;
        return addressNotice(visit, new AddressError(problem), surroundingsOf(visit));
      }
      if (given !== "") visit.knownAt = given;
      visit.cacheKey = `${originOf(visit.request)}${visit.request.url}`;
      return undefined;
    },
    limit: limitStage(options),
    cache: cacheStage<Sent>({ cache, positions: undefined }),
    async execute(visit) {
      const make = async (): Promise<Sent> => makePage(visit, surroundingsOf(visit), options);
      const made = await admitted(limiter, visit.client?.name, make);
      const { cacheKey, version: readAt } = visit;
      if (made.status === 200 && readAt !== undefined) cache.put(cacheKey as string, made, readAt);
      return made;
    },
    respond(visit, outcome) {
      announceRate(visit);
      if (!(outcome instanceof Refusal)) return send(visit.request, visit.reply, outcome);
      return send(visit.request, visit.reply.headers(outcome.headers), refusalNotice(outcome, surroundingsOf(visit)));
    },
    refusalOf(error, visit) {
      if (!(error instanceof Refusal)) visit.log.warn({ err: error }, "a page cannot be made");
      return failure(error);
    },
  });
  for (const { path, answer } of options.site) {
    app.get(path, (request, reply) => handle(new RecordVisit(request, reply, answer)));
  }
  app.get(SEARCH_BOX_ADDRESS, (_request, reply) =>
    reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .type("text/javascript; charset=utf-8")
      .send(SEARCH_BOX_SCRIPT),
  );
}

/** Whether a reader asks for a page, rather than a program for data. */
export function isPageAskedFor({ method, headers }: Pick<FastifyRequest, "method" | "headers">): boolean {
  return method === "GET" && /\btext\/html\b/.test(headers.accept ?? "");
}

/** Tells readers that there is no page at an address. */
export function answerNowhere(
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  hasPlayground: boolean,
): FastifyReply {
  const addresses = createAddresses(undefined);
  const body = renderNotice(showNowhere(path, addresses), { hasPlayground, addresses });
  return send(request, reply, { status: 404, body });
}

async function makePage(visit: RecordVisit, surroundings: Surroundings, options: PagesOptions): Promise<Sent> {
  const { name = "" } = visit.request.params as { readonly name?: string };
  const { addresses } = surroundings;
  const { path, query, today: day, queries } = visit;
  const ask = recording(charging(options, visit), queries);
  const asked: PageRequest = { name, path, query, today: day, addresses, sources: createSources(addresses), ask };
  try {
    return await sentOf(await visit.answer(asked), asked, [...queries.values()], surroundings);
  } catch (error) {
    const isAddress =
      error instanceof AddressError || (error instanceof AnswerError && error.code === "BAD_USER_INPUT");
    if (isAddress) return addressNotice(visit, error, surroundings);
    throw error;
  }
}

/** Charges the points of each operation before it is sent. @throws Refusal if they are not there. */
function charging({ ask, costOf }: PagesOptions, { client }: PageVisit): AskPage {
  const budget = client?.budget;
  if (!budget) return ask;
  return async (operation, variables) => {
    const refusal = charge(budget, costOf(operation, variables));
    if (refusal) throw refusal;
    return ask(operation, variables);
  };
}

/** Records each operation as it was last sent, except those that go on in the list of the one before. */
function recording(ask: AskPage, queries: Map<string, PageQuery>): AskPage {
  return (operation, variables) => {
    const { name, text } = operation;
    const given = stated(variables as Record<string, unknown>);
    if (!queries.has(name) || !("after" in given)) queries.set(name, { name, text, variables: given });
    return ask(operation, variables);
  };
}

function stated(variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== null));
}

async function sentOf(
  found: PageResult,
  asked: PageRequest,
  queries: readonly PageQuery[],
  surroundings: Surroundings,
): Promise<Sent> {
  if (found.kind === "page") return { status: 200, body: renderPage(found, asked.sources, queries, surroundings) };
  if (found.kind === "data") return { status: 200, body: JSON.stringify(found.data), type: "application/json" };
  if (found.kind === "moved") return { status: found.isPermanent ? 301 : 302, body: "", location: found.to };
  return { status: 404, body: renderNotice(await showMissing(found, asked), surroundings) };
}

function addressNotice({ request }: PageVisit, error: AddressError | AnswerError, surroundings: Surroundings): Sent {
  const main = showRefused(error, request.url, surroundings.addresses);
  return notice(400, "This address cannot be used", main, surroundings);
}

/** Says what a reader can do about a refusal. */
function refusalNotice({ status, message }: Refusal, surroundings: Surroundings): Sent {
  if (status === 429) return notice(429, "Too many requests", html`<p class="sum">${message}</p>`, surroundings);
  const main = html`<p class="sum" role="status">Try again shortly.</p>`;
  return notice(503, "The record is unavailable at the moment", main, surroundings);
}

function notice(status: number, title: string, main: Html, surroundings: Surroundings): Sent {
  return { status, body: renderNotice({ title, main }, surroundings) };
}

function isMoment(text: string): boolean {
  try {
    return dateTimeScalar.parseValue(text) !== undefined;
  } catch {
    return false;
  }
}

/** Statuses of notices that hold for this request alone. */
const isPassing = (status: number): boolean => status >= 500 || status === 400 || status === 429;

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, body, type = "text/html", location }: Sent,
): FastifyReply {
  const cacheControl = isPassing(status) ? "no-store" : "public, no-cache";
  void reply.code(status).headers({ "cache-control": cacheControl, "content-security-policy": POLICY });
  if (location !== undefined) return reply.header("location", location).send();
  void reply.type(`${type}; charset=utf-8`);
  if (status !== 200) return reply.send(body);
  const etag = weakTag(body);
  void reply.header("etag", etag);
  return hasTag(request.headers["if-none-match"], etag) ? reply.code(304).send() : reply.send(body);
}
