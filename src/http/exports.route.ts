import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Authenticate } from "../access/authenticate.js";
import type { Principal } from "../access/principal.js";
import { createAsk, type Answering, type Ask } from "../exports/ask.js";
import { calendarOf, calendarOwners, exportMeeting, exportText, mediaTypes, type CalendarOwner, type ExportFormat, type ExportLimits, type ExportSubject } from "../exports/exports.js";
import { FilterError, filterParameters, readParameters, type FilterParameter, type GivenParameters } from "../exports/filters.js";
import type { Logger } from "../lib/log.js";
import { announceBudget, tellBudget, type Clients } from "./clients.js";
import { identifyRequests, principalOf } from "./credentials.js";
import { createErrorFormatter } from "./errors.mask.js";
import type { RequestFacts } from "./graphql.route.js";
import { RETRY_AFTER_S, type LoadGate, type TurnedAway } from "./load.gate.js";
import { NO_POSITION, POSITION_HEADER, positionIn, type Positions } from "./position.js";
import { createReaderPace } from "./slow.readers.js";
import { createSlots, type NoSlot } from "./slots.js";
import { statusOf } from "./status.plugin.js";
import { KEPT_POINTS, rateError, retryAfterS, type Budget } from "../limits/rates.js";

/** What the routes of the exports are made of. */
export interface ExportRoutes {
  readonly schema: GraphQLSchema;
  /** Makes what answers one page of an export. */
  readonly answering: (facts: RequestFacts) => Answering | Promise<Answering>;
  readonly gate: LoadGate;
  /** Tells clients apart, and what each may spend. */
  readonly clients: Pick<Clients, "clientOf" | "keyOf">;
  /** How far the record has got; clients can say nothing of it without. */
  readonly positions?: Positions | undefined;
  /** Whose credentials are accepted; nobody's without it. */
  readonly authenticate?: Authenticate | undefined;
  /** The version of the record, if it is known; exports have no tags without it. */
  readonly recordVersion: () => number | undefined;
  readonly limits: ExportLimits & {
    /** Milliseconds that reading one page may take. */
    readonly queryTimeoutMs: number;
    /** Milliseconds that a reader may take nothing of its export. */
    readonly slowReaderMs: number;
    /** How often a repeatable parameter can be given; unlimited when left out. */
    readonly maxListEntries?: number;
  } & ExportSlotLimits;
}

/** Limits of exports in progress, each of which holds a page in memory. */
export interface ExportSlotLimits {
  /** In the process; 100 when left out. */
  readonly maxExports?: number;
  /** For one client: an address, or the holder of a credential; 4 when left out. */
  readonly maxExportsPerClient?: number;
}

/** Counts what the form of exports has been through, so that what was kept of an earlier one is not taken for it. */
const FORM = 1;
const MAX_EXPORTS = 100;
const MAX_EXPORTS_PER_CLIENT = 4;
/** Milliseconds an export may take from its first piece to its last. */
const LONGEST_MS = 30 * 60_000;
/** How many characters read for an export take a point: Postgres writes about as many in a tenth of a millisecond. */
const CHARACTERS_PER_POINT = 1_000;
/** How often a page that finds no room tries again, a second apart, before the export is given up. */
const MOST_TRIES = 30;

/** A refusal before the first byte. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    /** Seconds after which to come back. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** An export that has been asked for: how it is called and what it says. */
interface Asked {
  readonly format: ExportFormat;
  /** The name under which it is saved. */
  readonly file: string;
  /** Its pieces; undefined if what it is of is not in the record. */
  readonly pieces: (ask: Ask) => Promise<AsyncIterator<string> | undefined>;
}

/** Whether an export may begin, and what asks for its pages. */
interface Turn {
  readonly ask: Ask;
  readonly end: () => void;
}

/**
 * Meetings by plain GET, for spreadsheets, calendars and programs that read linked data, under addresses that last. They
 * are written as they are read, page by page, as fast as the client takes them and no longer than it stays; each page
 * goes through the gate and is paid for as an operation is.
 */
export async function exportRoutes(app: FastifyInstance, options: ExportRoutes): Promise<void> {
  identifyRequests(app, options.authenticate);
  app.addHook("onSend", tellBudget);
  const { schema } = options;
  const answer = createAnswerer(options);
  const route = (url: string, handler: RouteHandlerMethod): void =>
    void app.route({ method: ["GET", "HEAD"], url, exposeHeadRoute: false, handler });
  for (const format of ["csv", "ics", "jsonld"] as const) {
    route(`/meetings.${format}`, (request, reply) =>
      answer(request, reply, () => {
        const { filter, knownAt } = readParameters(schema, parametersOf(request), undefined, options.limits.maxListEntries);
        const subject = { title: "Meetings", filters: [filter], knownAt };
        return { format, file: `meetings.${format}`, pieces: async (ask) => exportText(ask, format, subject, options.limits) };
      }),
    );
  }
  route("/meetings/:file(^[^/]+\\.jsonld$)", (request, reply) =>
    answer(request, reply, () => {
      const name = nameIn(request, ".jsonld");
      const { knownAt } = readParameters(schema, parametersOf(request), ["knownAt"]);
      return { format: "jsonld", file: `${name}.jsonld`, pieces: async (ask) => single(await exportMeeting(ask, name, knownAt, options.limits)) };
    }),
  );
  for (const owner of Object.keys(calendarOwners) as CalendarOwner[]) {
    route(`/${owner}/:file(^[^/]+\\.ics$)`, (request, reply) =>
      answer(request, reply, () => {
        const name = nameIn(request, ".ics");
        const wanted = readParameters(schema, parametersOf(request), parametersFor(owner), options.limits.maxListEntries);
        return { format: "ics", file: `${name}.ics`, pieces: async (ask) => textOf(ask, await calendarOf(ask, owner, name, wanted), options) };
      }),
    );
  }
}

function textOf(ask: Ask, subject: ExportSubject | undefined, { limits }: ExportRoutes): AsyncIterator<string> | undefined {
  return subject && exportText(ask, "ics", subject, limits);
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function single(text: string | undefined): AsyncIterator<string> | undefined {
  return text === undefined ? undefined : once(text);
}

/** A calendar of a forum says by itself which forum it is of. */
function parametersFor(owner: CalendarOwner): FilterParameter[] {
  const all = Object.keys(filterParameters) as FilterParameter[];
  return owner === "forums" ? all.filter((name) => name !== "forum" && name !== "onSidelinesOf") : all;
}

function nameIn({ params }: FastifyRequest, ending: string): string {
  return (params as { readonly file: string }).file.slice(0, -ending.length);
}

function parametersOf({ url }: FastifyRequest): GivenParameters {
  const mark = url.indexOf("?");
  const given = Object.create(null) as Record<string, string[]>; // names are the client's
  for (const [name, value] of new URLSearchParams(mark < 0 ? "" : url.slice(mark))) (given[name] ??= []).push(value);
  return given;
}

function createAnswerer(options: ExportRoutes) {
  const { maxExports = MAX_EXPORTS, maxExportsPerClient = MAX_EXPORTS_PER_CLIENT, slowReaderMs } = options.limits;
  const slots = createSlots({
    all: { limit: "maxExports", allowed: maxExports },
    perClient: { limit: "maxExportsPerClient", allowed: maxExportsPerClient },
  });
  return async (request: FastifyRequest, reply: FastifyReply, read: () => Asked): Promise<FastifyReply> => {
    try {
      const client = options.clients.clientOf(request.raw, principalOf(request));
      const budget = client?.budget;
      announceBudget(reply, budget);
      pay(budget, KEPT_POINTS);
      const asked = read();
      const position = await catchUp(request, reply, options.positions);
      const etag = tagOf(request, options.recordVersion());
      describe(request, reply, asked, etag);
      if (etag !== undefined && isKnown(request.headers["if-none-match"], etag)) return await reply.code(304).send();
      const overload = options.gate.overload();
      if (overload) throw turnedAway(overload);
      const release = slots.take(options.clients.keyOf(request.raw, principalOf(request)));
      if (typeof release !== "function") throw noSlot(release);
      const turn = takeTurn({ request, reply, budget, client: client?.name, position }, options, release);
      return await begin(request, reply, asked, turn, slowReaderMs);
    } catch (error) {
      return refuse(request, reply, error);
    }
  };
}

/** Sends the first pieces once they are there, so that what goes wrong until then is told in a status. */
async function begin(request: FastifyRequest, reply: FastifyReply, { pieces }: Asked, turn: Turn, slowReaderMs: number): Promise<FastifyReply> {
  try {
    const source = await pieces(turn.ask);
    if (!source) throw new Refusal(404, "NOT_FOUND", "The record holds nothing of this name.");
    const first = [await source.next(), await source.next()].flatMap(({ done, value }) => (done ? [] : [value]));
    if (request.method === "HEAD") {
      await source.return?.();
      turn.end();
      return reply.send();
    }
    const stream = Readable.from(taken(first, source, (reason) => stream.destroy(reason), slowReaderMs), { objectMode: false });
    stream.on("error", (error) => (request.log as Logger).warn({ err: error }, "an export came to no end"));
    // Also where the client has gone before it took anything, so that the generator never began.
    stream.once("close", () => {
      turn.end();
      void source.return?.().catch(() => undefined);
    });
    return reply.send(stream);
  } catch (error) {
    turn.end();
    throw error;
  }
}

/** Bytes that are handed over at a time, so that it shows how fast a reader takes them. */
const SLICE = 16 * 1024;

/** The pieces as the reader takes them; a reader that is too slow is left. */
async function* taken(
  first: readonly string[],
  source: AsyncIterator<string>,
  leave: (reason: Error) => void,
  slowReaderMs: number,
): AsyncGenerator<Buffer> {
  const pace = createReaderPace(slowReaderMs, () => leave(new Error("The reader takes too little of its export.")));
  async function* sliced(piece: string): AsyncGenerator<Buffer> {
    // Bytes, because a cut between two halves of a character would lose it.
    const bytes = Buffer.from(piece);
    for (let at = 0; at < bytes.length; at += SLICE) {
      const slice = bytes.subarray(at, at + SLICE);
      pace.handOver();
      yield slice;
      pace.taken(slice.length);
    }
  }
  try {
    for (const piece of first) yield* sliced(piece);
    for (let next = await source.next(); !next.done; next = await source.next()) yield* sliced(next.value);
  } finally {
    pace.end();
  }
}

/** @throws a Refusal where the points are not there. */
function pay(budget: Budget | undefined, points: number): void {
  if (!budget || budget.take(points)) return;
  const { message, extensions } = rateError(budget, points);
  const { code, ...details } = extensions;
  throw new Refusal(429, String(code), message, details, retryAfterS(budget, points));
}

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly budget: Budget | undefined;
  /** Who asks, where he is counted. */
  readonly client: string | undefined;
  /** The position of the record that the export has to hold at least. */
  readonly position: number | undefined;
}

/**
 * Lets the record catch up with the position that a request names, and says the one that is reached.
 * @throws a Refusal where what is named is no position.
 */
async function catchUp(request: FastifyRequest, reply: FastifyReply, positions: Positions | undefined): Promise<number | undefined> {
  const named = positionIn(request.headers[POSITION_HEADER]);
  if (named === "unreadable") throw new Refusal(400, "BAD_REQUEST", NO_POSITION);
  const position = named === undefined ? undefined : await positions?.reach(named);
  if (positions) void reply.header(POSITION_HEADER, positions.latest());
  return position;
}

/** What asks for the pages of one export until the client has gone or its time is up. */
function takeTurn({ request, reply, budget, client, position }: Visit, { schema, answering, gate, limits }: ExportRoutes, left: () => void): Turn {
  const principal: Principal = principalOf(request);
  const controller = new AbortController();
  const hangUp = (): void => controller.abort(new GraphQLError("The client went away.", { extensions: { code: "CLIENT_GONE" } }));
  const deadline = setTimeout(() => controller.abort(new GraphQLError("The export took too long.", { extensions: { code: "TIMEOUT" } })), LONGEST_MS);
  reply.raw.once("close", hangUp);
  let tries = 1;
  let isOver = false;
  return {
    async ask(document, variables) {
      await enter(gate, client, { tries, signal: controller.signal });
      // The first page is turned away as an operation is; whoever has begun waits for his turn.
      tries = MOST_TRIES;
      try {
        const time = AbortSignal.timeout(limits.queryTimeoutMs);
        const signal = AbortSignal.any([controller.signal, time]);
        const context = await answering({ requestId: request.id, signal, principal, log: request.log as Logger, ...(position !== undefined && { position }) });
        return await createAsk(schema, paid(context, budget))(document, variables);
      } finally {
        gate.leave(client);
      }
    },
    end() {
      if (isOver) return;
      isOver = true;
      clearTimeout(deadline);
      reply.raw.off("close", hangUp);
      hangUp();
      left();
    },
  };
}

/**
 * Has what is read be paid for by its length: pages of an export are as large as pages may be, so that what they might
 * hold says little of what they do. What has begun is not cut off; what is missing is owed.
 */
function paid(answering: Answering, budget: Budget | undefined): Answering {
  if (!budget) return answering;
  return {
    async answer(field) {
      const text = await answering.answer(field);
      budget.owe(Math.ceil(text.length / CHARACTERS_PER_POINT));
      return text;
    },
  };
}

async function enter(gate: LoadGate, client: string | undefined, { tries, signal }: { readonly tries: number; readonly signal: AbortSignal }): Promise<void> {
  for (let left = tries; ; left -= 1) {
    signal.throwIfAborted();
    const full = gate.enter(client);
    if (!full) return;
    if (left <= 1) throw turnedAway(full);
    await wait(RETRY_AFTER_S * 1_000, undefined, { signal });
  }
}

function noSlot({ limit, allowed, isPerClient }: NoSlot): Refusal {
  const message = isPerClient
    ? `${allowed} exports are written for this client already, the most at once (service.limits.${limit}). ` +
      "Read one to its end first."
    : `The service writes ${allowed} exports already, the most at once (service.limits.${limit}). ` +
      `Try again in ${RETRY_AFTER_S} second.`;
  const [status, code] = isPerClient ? [429, "RATE_LIMITED"] as const : [503, "SERVICE_UNAVAILABLE"] as const;
  return new Refusal(status, code, message, { limit, allowed }, RETRY_AFTER_S);
}

function turnedAway({ status, code, message, details = {} }: TurnedAway): Refusal {
  return new Refusal(status, code, message, details, RETRY_AFTER_S);
}

function describe(request: FastifyRequest, reply: FastifyReply, { format, file }: Asked, etag: string | undefined): void {
  void reply.headers({
    "content-type": mediaTypes[format],
    // Names may hold what is no letter of a header; those of records are plain.
    "content-disposition": `${format === "jsonld" ? "inline" : "attachment"}; filename="${file.replace(/[^A-Za-z0-9._-]/g, "_")}"`,
    "cache-control": request.headers.authorization === undefined ? "public, no-cache" : "private, no-store",
    vary: "Authorization",
    ...(etag === undefined ? {} : { etag }),
  });
}

/** The tag of an export: what was asked for, and the version of the record that answers. Drafts do not move that. */
function tagOf({ url, headers }: FastifyRequest, version: number | undefined): string | undefined {
  if (version === undefined || headers.authorization !== undefined) return undefined;
  return `W/"${createHash("sha256").update(`${FORM} ${version} ${url}`).digest("base64url").slice(0, 27)}"`;
}

function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(",").some((tag) => tag.trim() === etag || tag.trim() === "*");
}

/** Answers for what went wrong before the first byte, in the shape of GraphQL's errors. */
function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { status, code, message, details, retryAfter } = refusalOf(request, error);
  for (const name of ["etag", "content-disposition"]) reply.removeHeader(name);
  const seconds = retryAfter ?? (status === 503 ? RETRY_AFTER_S : undefined);
  if (seconds !== undefined) void reply.header("retry-after", seconds);
  return reply.code(status).headers({ "cache-control": "no-store", "content-type": "application/json; charset=utf-8" }).send(JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] }));
}

function refusalOf(request: FastifyRequest, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof FilterError) return new Refusal(400, "BAD_USER_INPUT", error.message);
  const timely = error instanceof DOMException && error.name === "TimeoutError" ? new GraphQLError("The page took too long. Ask for less: a narrower filter.", { extensions: { code: "TIMEOUT" } }) : error;
  const extensions = timely instanceof GraphQLError ? timely.extensions : {};
  const { message, extensions: { code, ...details } = {} } = createErrorFormatter(request.log as Logger)({ message: "", extensions }, timely);
  return new Refusal(statusOf(String(code), "true-status", undefined), String(code), message, details);
}
