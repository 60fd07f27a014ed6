import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import type { Logger } from "../lib/log.js";
import { dateTimeScalar } from "../lib/scalars.js";
import { KEPT_POINTS, rateError, rateHeaders, retryAfterS, type Budget } from "../limits/rates.js";
import { createAddresses } from "../pages/addresses.js";
import { html, type Html } from "../pages/html.js";
import { renderNotice, renderPage, type Question, type Surroundings } from "../pages/layout.js";
import { showMissing, showNowhere, showRefused } from "../pages/missing.page.js";
import type { PageOperation } from "../pages/operation.js";
import { AddressError, AnswerError, type AskPage, type Found, type PageRequest, type PageRoute } from "../pages/page.js";
import { createSources } from "../pages/sources.js";
import { PAGE_STYLE } from "../pages/style.js";
import type { Client } from "./clients.js";
import { originOf } from "./home.route.js";
import { inTurn, RETRY_AFTER_S, TurnedAwayError, type LoadGate } from "./load.gate.js";
import { inlinePolicy } from "./page.headers.js";

/** What the pages about the record are made of. */
export interface PagesOptions {
  readonly site: readonly PageRoute[];
  /** Asks as a client would; refuses as one would be refused. */
  readonly ask: AskPage;
  /** Who visits; undefined where he is not counted. */
  readonly clientOf: (request: FastifyRequest) => Client | undefined;
  /** Takes on pages as it does operations: one that is made is one of its visitor's. */
  readonly gate: LoadGate;
  /** What an operation costs, in points. */
  readonly costOf: <D, V extends object>(operation: PageOperation<D, V>, variables: V) => number;
  /** The version of the record, if it is known; pages are made anew for everybody without it. */
  readonly recordVersion: () => number | undefined;
  readonly hasPlayground: boolean;
}

const POLICY = inlinePolicy(PAGE_STYLE);
/** Characters of pages that are kept together. */
const KEPT_CHARACTERS = 8 * 1024 * 1024;

/** An answer as it is sent. */
interface Sent {
  readonly status: number;
  readonly body: string;
  /** Where it leads instead of having a body. */
  readonly location?: string;
  /** After how many seconds to come back, where it was refused for a time. */
  readonly retryAfter?: number;
}

/** A page that was made before, of one version of the record and of one day. */
interface Kept {
  readonly of: string;
  readonly body: string;
}

/**
 * The pages about the record: rendered here, whole without a script. They are made from operations that any client could
 * send, are kept until the record or the day changes, and are not sent again to who has them.
 */
export function pagesRoute(app: FastifyInstance, options: PagesOptions): void {
  const kept = new LRUCache<string, Kept>({ maxSize: KEPT_CHARACTERS, sizeCalculation: ({ body }) => body.length + 1 });
  for (const { path, answer } of options.site) {
    app.get(path, async (request, reply) => {
      const today = new Date().toISOString().slice(0, 10);
      const version = options.recordVersion();
      const key = `${originOf(request)}${request.url}`;
      const of = `${version} ${today}`;
      const known = version === undefined ? undefined : kept.get(key);
      const client = options.clientOf(request);
      const budget = client?.budget;
      if (known?.of === of && (budget?.take(KEPT_POINTS) ?? true)) return send(request, reply, { status: 200, body: known.body }, budget);
      // What is kept needs no room.
      const made = await makePage(request, answer, today, { ...options, ask: paying(options, budget), client: client?.name });
      if (made.status === 200 && version !== undefined) kept.set(key, { of, body: made.body });
      return send(request, reply, made, budget);
    });
  }
}

/** Whether somebody asks for a page that there is not, rather than a program for an answer. */
export function isPageAskedFor({ method, headers }: Pick<FastifyRequest, "method" | "headers">): boolean {
  return method === "GET" && /\btext\/html\b/.test(headers.accept ?? "");
}

/** Answers where no page is, for people. */
export function answerNowhere(request: FastifyRequest, reply: FastifyReply, path: string, hasPlayground: boolean): FastifyReply {
  const addresses = createAddresses(undefined);
  return send(request, reply, { status: 404, body: renderNotice(showNowhere(path, addresses), { hasPlayground, addresses }) }, undefined);
}

/** How a page is made for somebody. */
interface Making extends Pick<PagesOptions, "ask" | "gate" | "hasPlayground"> {
  /** Whose page it is; undefined where he is not counted. */
  readonly client: string | undefined;
}

async function makePage(request: FastifyRequest, answer: PageRoute["answer"], today: string, { ask, gate, client, hasPlayground }: Making): Promise<Sent> {
  const mark = request.url.indexOf("?");
  const query = new URLSearchParams(mark < 0 ? "" : request.url.slice(mark));
  const given = query.get("knownAt") ?? "";
  const knownAt = isMoment(given) ? given : undefined;
  const addresses = createAddresses(knownAt);
  const surroundings: Surroundings = { origin: originOf(request), hasPlayground, addresses, today };
  const questions = new Map<string, Question>();
  const { name = "" } = request.params as { readonly name?: string };
  const asked: PageRequest = { name, path: mark < 0 ? request.url : request.url.slice(0, mark), query, today, addresses, sources: createSources(addresses), ask: noting(ask, questions) };
  try {
    if (given !== "" && knownAt === undefined) throw new AddressError(`“knownAt” has to be a moment such as 2024-11-20T09:30:00Z, but is “${given.slice(0, 40)}”.`);
    return await inTurn(gate, client, async () => sentOf(await answer(asked), asked, [...questions.values()], surroundings));
  } catch (error) {
    return refused(request, error, surroundings);
  }
}

/** Takes the points of each operation before it is asked. */
function paying({ ask, costOf }: PagesOptions, budget: Budget | undefined): AskPage {
  if (!budget) return ask;
  return async (operation, variables) => {
    const points = costOf(operation, variables);
    if (budget.take(points)) return ask(operation, variables);
    throw new SpentError(retryAfterS(budget, points), rateError(budget, points).message);
  };
}

/** Thrown where a client has spent what it may. */
class SpentError extends Error {
  constructor(
    /** Seconds after which the points are there. */
    readonly retryAfter: number,
    message: string,
  ) {
    super(message);
  }
}

/** Notes each operation as it was asked last, but for those that go on in the list of the one before. */
function noting(ask: AskPage, questions: Map<string, Question>): AskPage {
  return (operation, variables) => {
    const { name, text } = operation;
    const given = stated(variables as Record<string, unknown>);
    if (!questions.has(name) || !("after" in given)) questions.set(name, { name, text, variables: given });
    return ask(operation, variables);
  };
}

function stated(variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== null));
}

async function sentOf(found: Found, asked: PageRequest, questions: readonly Question[], surroundings: Surroundings): Promise<Sent> {
  if (found.kind === "page") return { status: 200, body: renderPage(found, asked.sources, questions, surroundings) };
  if (found.kind === "moved") return { status: found.isLasting ? 301 : 302, body: "", location: found.to };
  return { status: 404, body: renderNotice(await showMissing(found, asked), surroundings) };
}

/** Says what went wrong, as far as whoever asks can do something about it. */
function refused(request: FastifyRequest, error: unknown, surroundings: Surroundings): Sent {
  const notice = (status: number, title: string, message: Html): Sent => ({ status, body: renderNotice({ title, main: message }, surroundings) });
  if (error instanceof AddressError || (error instanceof AnswerError && error.code === "BAD_USER_INPUT")) {
    return notice(400, "This address cannot be used", showRefused(error, request.url, surroundings.addresses));
  }
  const tooMuch = (seconds: number): Sent => ({ ...notice(429, "Too much was asked at once", html`<p class="sum">${(error as Error).message}</p>`), retryAfter: seconds });
  if (error instanceof SpentError) return tooMuch(error.retryAfter);
  if (error instanceof TurnedAwayError && error.refusal.status === 429) return tooMuch(RETRY_AFTER_S);
  (request.log as Logger).warn({ err: error }, "a page cannot be made");
  return { ...notice(503, "The record cannot be read at the moment", html`<p class="sum" role="status">Try again shortly.</p>`), retryAfter: RETRY_AFTER_S };
}

function isMoment(text: string): boolean {
  try {
    return dateTimeScalar.parseValue(text) !== undefined;
  } catch {
    return false;
  }
}

function send(request: FastifyRequest, reply: FastifyReply, { status, body, location, retryAfter }: Sent, budget: Budget | undefined): FastifyReply {
  void reply.code(status).headers({ "cache-control": status >= 500 || status === 400 || status === 429 ? "no-store" : "public, no-cache", "content-security-policy": POLICY });
  if (budget) void reply.headers(rateHeaders(budget));
  if (retryAfter !== undefined) void reply.header("retry-after", retryAfter);
  if (location !== undefined) return reply.header("location", location).send();
  void reply.type("text/html; charset=utf-8");
  if (status !== 200) return reply.send(body);
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  void reply.header("etag", etag);
  return isKnown(request.headers["if-none-match"], etag) ? reply.code(304).send() : reply.send(body);
}

function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(",").some((tag) => tag.trim() === etag || tag.trim() === "*");
}
