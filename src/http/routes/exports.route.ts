import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Authenticate } from "../../access/authenticate.js";
import { anonymous, type Principal } from "../../access/principal.js";
import type { Answering, Reading } from "../../exports/ask.js";
import {
  citedDocument,
  citedMeeting,
  citedRecord,
  citeText,
  citeTypes,
  type CitedState,
  type CitedWork,
  type CiteFormat,
} from "../../exports/cite.js";
import {
  calendarOf,
  calendarOwners,
  exportMeeting,
  exportText,
  mediaTypes,
  type CalendarOwner,
  type ExportFormat,
  type ExportLimits,
} from "../../exports/exports.js";
import {
  checkParameters,
  FilterError,
  filterParametersIn,
  readParameters,
  readTableParameters,
  type Parameters,
  type GivenParameters,
} from "../../exports/filters.js";
import { tableText, tableTypes, type TableFormat } from "../../exports/tables/formats.js";
import { dataPackage, readState, snapshotName } from "../../exports/tables/package.js";
import { matrixParameters, matrixText } from "../../exports/tables/panels.js";
import type { Table } from "../../exports/tables/table.js";
import { allTables } from "../../exports/tables/tables.js";
import { correctionsFeed, meetingFeed, type FeedPlace } from "../../exports/feeds.js";
import { sitemaps, sitemapText } from "../../exports/sitemap.js";
import type { Logger } from "../../lib/log.js";
import { KEPT_POINTS, rateHeaders } from "../../limits/rates.js";
import { authenticateStage } from "../authenticate/authenticate.js";
import { cacheStage, type CacheableRequest } from "../cache/cache.js";
import { hasTag, weakTag } from "../cache/etags.js";
import { createPages, type Pages, type PagesOptions } from "../execute/export.pages.js";
import type { RequestFacts } from "../execute/operation.facts.js";
import type { Client, Clients } from "../limit/clients.js";
import type { ConcurrencyLimiter } from "../limit/concurrency.js";
import { charge, limitStage } from "../limit/limit.js";
import { createSlots, slotRefusal, type Slots } from "../limit/slots.js";
import { namedPosition, POSITION_HEADER, type Positions } from "../parse/position.js";
import { createPipeline, type Decision } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { pacedStream } from "../respond/paced.stream.js";
import { originOf } from "./page.request.js";
import { exportRefusal } from "../respond/export.refusal.js";

/** Options of the routes of exports. */
export interface ExportRoutes {
  readonly schema: GraphQLSchema;
  /** Makes what answers one page of an export. */
  readonly answering: (facts: RequestFacts) => Answering | Promise<Answering>;
  readonly limiter: ConcurrencyLimiter;
  readonly clients: Pick<Clients, "clientOf" | "keyOf">;
  /** Clients can name no position without them. */
  readonly positions?: Positions | undefined;
  /** No credential is accepted without it. */
  readonly authenticate?: Authenticate | undefined;
  /** The version of the record, if it is known; exports have no tags without it. */
  readonly recordVersion: () => number | undefined;
  readonly limits: ExportLimits & {
    /** Milliseconds that reading one page may take. */
    readonly queryTimeoutMs: number;
    /** Milliseconds that a reader may take nothing of its export. */
    readonly slowReaderMs: number;
    /** Bytes that one page may have; unlimited by default. */
    readonly maxAnswerBytes?: number;
    /** Maximum number of values of a repeatable parameter; unlimited by default. */
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

/** Counts changes of the form of exports, so that a cached export of an earlier form is not used. */
const FORM = 1;
const MAX_EXPORTS = 100;
const MAX_EXPORTS_PER_CLIENT = 4;

/** An export: its name and its text. */
interface Wanted {
  readonly type: string;
  /** The name under which it is saved. */
  readonly file: string;
  /** Whether browsers show it and do not save it. */
  readonly isInline?: boolean;
  /** Its pieces; undefined if the record has no such thing. */
  readonly pieces: (reading: Reading) => Promise<AsyncIterator<string> | undefined>;
}

/** A request for an export. */
class ExportRequest implements CacheableRequest {
  readonly id: string;
  readonly raw: FastifyRequest["raw"];
  principal: Principal = anonymous;
  client: Client | undefined;
  namedPosition: number | undefined;
  position: number | undefined;
  heldPosition: number | undefined;
  cacheKey: string | undefined;
  version: number | string | undefined;
  /** Read from the address by `parse`. */
  wanted: Wanted | undefined;
  /** Of the response; undefined if it is private. */
  etag: string | undefined;

  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    readonly read: (request: FastifyRequest) => Wanted,
  ) {
    this.id = request.id;
    this.raw = request.raw;
  }

  get log(): Logger {
    return this.request.log as Logger;
  }
}

/** The first pieces of an export, and the others; or the knowledge that the client has it already. */
type Result = Begun | typeof NOT_MODIFIED;
interface Begun {
  readonly first: readonly string[];
  readonly rest: AsyncIterator<string>;
  readonly pages: Pages;
}
const NOT_MODIFIED = Symbol("not modified");

/**
 * The record by plain GET: tables, and meetings as calendars and linked data, under addresses that last. They are written
 * as they are read, page by page, as fast as the client takes them and no longer than it stays. Each page is admitted and
 * charged as an operation is.
 */
export async function exportRoutes(app: FastifyInstance, options: ExportRoutes): Promise<void> {
  const { schema, limits } = options;
  const handle = createExportPipeline(options);
  const route = (url: string, read: (request: FastifyRequest) => Wanted): void =>
    void app.route({
      method: ["GET", "HEAD"],
      url,
      exposeHeadRoute: false,
      handler: (request, reply) => handle(new ExportRequest(request, reply, read)),
    });
  const parametersIn = (request: FastifyRequest, allowed?: Parameters) =>
    readParameters(schema, parametersOf(request), allowed, limits.maxListEntries);

  for (const format of ["csv", "ics", "jsonld"] as const) {
    route(`/meetings.${format}`, (request) => {
      const { filter, knownAt } = parametersIn(request);
      const subject = { title: "Meetings", filters: [filter], knownAt };
      const pieces: Wanted["pieces"] = async ({ ask }) => exportText(ask, format, subject, limits);
      return exported(format, `meetings.${format}`, pieces);
    });
  }
  route("/meetings.atom", (request) => {
    const { filter, knownAt } = parametersIn(request);
    const subject = { title: "Meetings", filters: [filter], knownAt };
    const pieces: Wanted["pieces"] = async ({ ask }) =>
      single(await meetingFeed(ask, subject, placeOf(request), limits));
    return { type: FEED_TYPE, file: "meetings.atom", isInline: true, pieces };
  });
  route("/corrections.atom", (request) => {
    const given = parametersOf(request);
    checkParameters(schema, given, correctionsParameters, limits.maxListEntries ?? Infinity);
    const of = given["of"]?.[0];
    const pieces: Wanted["pieces"] = async ({ ask }) =>
      single(await correctionsFeed(ask, of, placeOf(request), limits));
    return { type: FEED_TYPE, file: "corrections.atom", isInline: true, pieces };
  });
  for (const name of sitemaps) {
    route(`/sitemaps/${name}.xml`, (request) => ({
      type: SITEMAP_TYPE,
      file: `${name}.xml`,
      isInline: true,
      pieces: async ({ rows }) => sitemapText(rows, name, originOf(request)),
    }));
  }
  for (const table of allTables(schema)) {
    for (const format of Object.keys(tableTypes) as TableFormat[]) {
      const file = `${table.name}.${format}`;
      route(`/${file}`, (request) => {
        const query = readTableParameters(schema, parametersOf(request), table, limits.maxListEntries);
        const pieces: Wanted["pieces"] = async ({ rows }) => tableText(table, format, { ...query, rows });
        return { type: tableTypes[format], file, pieces };
      });
    }
  }
  route("/datapackage.json", (request) => {
    const { knownAt } = readTableParameters(schema, parametersOf(request), { parameters: new Map() });
    const origin = originOf(request);
    const pieces: Wanted["pieces"] = async ({ rows }) => {
      const state = await readState(rows, knownAt);
      const moment = new URLSearchParams({ knownAt: state.knownAt }).toString();
      const path = ({ name }: Table): string => `${origin}/${name}.csv?${moment}`;
      const descriptor = dataPackage(allTables(schema), state, (table) => ({ path: path(table) }));
      return single(`${JSON.stringify(descriptor, null, 2)}\n`);
    };
    return { type: "application/json; charset=utf-8", file: "datapackage.json", isInline: true, pieces };
  });
  route("/matrix.csv", (request) => {
    const offered = { parameters: matrixParameters };
    const query = readTableParameters(schema, parametersOf(request), offered, limits.maxListEntries);
    const today = new Date().toISOString().slice(0, 10);
    const pieces: Wanted["pieces"] = async ({ rows }) => matrixText({ ...query, rows }, today);
    return { type: tableTypes.csv, file: "matrix.csv", pieces };
  });
  const momentOnly = new Map([...filterParametersIn(schema)].filter(([name]) => name === "knownAt"));
  const cited = (
    request: FastifyRequest,
    [name, format]: readonly [name: string, format: CiteFormat],
    work: (reading: Reading, state: CitedState) => Promise<CitedWork | undefined>,
  ): Wanted => {
    const { knownAt } = parametersIn(request, momentOnly);
    const pieces: Wanted["pieces"] = async (reading) => {
      const state = { origin: originOf(request), ...(await readState(reading.rows, knownAt)) };
      const found = await work(reading, state);
      return single(found && citeText(found, format));
    };
    return { type: citeTypes[format], file: `${name}.${format}`, pieces };
  };
  // The router takes one pattern at a place.
  route("/meetings/:file(^[^/]+\\.(?:jsonld|bib|csl\\.json)$)", (request) => {
    const [name, format] = splitAtEnding(request, ["jsonld", ...citeFormats]);
    if (format !== "jsonld") return cited(request, [name, format], ({ ask }, state) => citedMeeting(ask, name, state));
    const { knownAt } = parametersIn(request, momentOnly);
    const pieces: Wanted["pieces"] = async ({ ask }) => single(await exportMeeting(ask, name, knownAt, limits));
    return exported("jsonld", `${name}.jsonld`, pieces);
  });
  route("/documents/:file(^[^/]+\\.(?:bib|csl\\.json)$)", (request) => {
    const [name, format] = splitAtEnding(request, citeFormats);
    return cited(request, [name, format], ({ ask }, { knownAt }) => citedDocument(ask, name, knownAt));
  });
  for (const format of citeFormats) {
    route(`/datapackage.${format}`, (request) =>
      cited(request, ["sidelines", format], async (_reading, state) => citedRecord(snapshotName(state), state)),
    );
  }
  for (const owner of Object.keys(calendarOwners) as CalendarOwner[]) {
    route(`/${owner}/:file(^[^/]+\\.(?:ics|atom)$)`, (request) => {
      const [name, ending] = splitAtEnding(request, ["ics", "atom"]);
      const parameters = parametersIn(request, parametersFor(schema, owner));
      const pieces: Wanted["pieces"] = async ({ ask }) => {
        const subject = await calendarOf(ask, owner, name, parameters);
        if (ending === "ics") return subject && exportText(ask, "ics", subject, limits);
        return subject && single(await meetingFeed(ask, subject, placeOf(request), limits));
      };
      if (ending === "ics") return exported("ics", `${name}.ics`, pieces);
      return { type: FEED_TYPE, file: `${name}.atom`, isInline: true, pieces };
    });
  }
}

const FEED_TYPE = "application/atom+xml; charset=utf-8";
const SITEMAP_TYPE = "application/xml; charset=utf-8";

function placeOf(request: FastifyRequest): FeedPlace {
  return { origin: originOf(request), path: request.url };
}

function exported(format: ExportFormat, file: string, pieces: Wanted["pieces"]): Wanted {
  return { type: mediaTypes[format], file, isInline: format === "jsonld", pieces };
}

function createExportPipeline(options: ExportRoutes): (request: ExportRequest) => FastifyReply | Promise<FastifyReply> {
  const { limits, positions, recordVersion } = options;
  const { maxExports = MAX_EXPORTS, maxExportsPerClient = MAX_EXPORTS_PER_CLIENT } = limits;
  const slots = createSlots({
    all: { limit: "maxExports", allowed: maxExports },
    perClient: { limit: "maxExportsPerClient", allowed: maxExportsPerClient },
  });
  const catchUp = cacheStage<Result>({ cache: undefined, positions });
  return createPipeline<ExportRequest, Result, FastifyReply>("export", {
    parse(request) {
      request.wanted = request.read(request.request);
      const named = namedPosition(request.raw.headers);
      if (named instanceof Refusal) return named;
      request.namedPosition = named;
      return undefined;
    },
    authenticate: authenticateStage(options.authenticate),
    limit: limitStage(options),
    // Exports are cached by clients alone, with a tag.
    async cache(request) {
      await catchUp(request);
      request.etag = tagOf(request.request, recordVersion());
      if (request.etag === undefined || !hasTag(request.raw.headers["if-none-match"], request.etag)) return undefined;
      return charge(request.client?.budget, KEPT_POINTS) ?? NOT_MODIFIED;
    },
    execute: (request) => begin(request, options, slots),
    respond: (request, outcome) => respond(request, outcome, limits.slowReaderMs),
    refusalOf: (error, { log }) =>
      error instanceof FilterError ? new Refusal(400, "BAD_USER_INPUT", error.message) : exportRefusal(error, log),
  });
}

/** The stage `execute`: reads the first pieces, so that what fails until then has a status. */
async function begin(
  request: ExportRequest,
  options: PagesOptions & ExportRoutes,
  slots: Slots,
): Promise<Decision<Result>> {
  const refusal = charge(request.client?.budget, KEPT_POINTS);
  if (refusal) return refusal;
  const release = slots.take(options.clients.keyOf(request.raw, request.principal));
  if (typeof release !== "function") return slotRefusal(release, EXPORT_SLOTS);
  const pages = createPages(request, request.reply.raw, options, release);
  try {
    const rest = await request.wanted?.pieces(pages);
    if (!rest) throw new Refusal(404, "NOT_FOUND", "The record holds nothing of this name.");
    const first = [await rest.next(), await rest.next()].flatMap(({ done, value }) => (done ? [] : [value]));
    return { first, rest, pages };
  } catch (error) {
    pages.end();
    throw error;
  }
}

const EXPORT_SLOTS = {
  client: (allowed: number) => `${allowed} exports are written for this client already, the most at once`,
  process: (allowed: number) => `The service writes ${allowed} exports already, the most at once`,
  wayOut: "Read one to its end first.",
};

/** The stage `respond`. */
async function respond(request: ExportRequest, outcome: Result | Refusal, slowReaderMs: number): Promise<FastifyReply> {
  const { reply, client, heldPosition } = request;
  if (client?.budget) void reply.headers(rateHeaders(client.budget));
  if (heldPosition !== undefined) void reply.header(POSITION_HEADER, heldPosition);
  if (outcome instanceof Refusal) {
    const headers = {
      "cache-control": "no-store",
      "content-type": "application/json; charset=utf-8",
      ...outcome.headers,
    };
    return reply.code(outcome.status).headers(headers).send(outcome.body());
  }
  describe(request);
  if (outcome === NOT_MODIFIED) return reply.code(304).send();
  const { first, rest, pages } = outcome;
  if (request.raw.method === "HEAD") {
    await rest.return?.();
    pages.end();
    return reply.send();
  }
  const stream = pacedStream(first, rest, slowReaderMs);
  stream.on("error", (error) => request.log.warn({ err: error }, "an export came to no end"));
  // Also if the client has gone before it took anything, so that the generator never began.
  stream.once("close", () => {
    pages.end();
    void rest.return?.().catch(() => undefined);
  });
  return reply.send(stream);
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function single(text: string | undefined): AsyncIterator<string> | undefined {
  return text === undefined ? undefined : once(text);
}

/** The name in an address, and its ending. @param endings Those that the pattern of the route allows. */
function splitAtEnding<E extends string>({ params }: FastifyRequest, endings: readonly E[]): [name: string, ending: E] {
  const { file } = params as { readonly file: string };
  const ending = endings.find((one) => file.endsWith(`.${one}`));
  if (ending === undefined) throw new Error("The pattern of a route lets another ending pass.");
  return [file.slice(0, -ending.length - 1), ending];
}

const citeFormats = Object.keys(citeTypes) as CiteFormat[];
/** The parameters of the feed of corrections. */
const correctionsParameters: Parameters = new Map([["of", { meaning: "Only corrections of the record with this id" }]]);

/** A calendar of a forum says by itself which forum it is of. */
function parametersFor(schema: GraphQLSchema, owner: CalendarOwner): Parameters {
  const all = [...filterParametersIn(schema)];
  return new Map(owner === "forums" ? all.filter(([name]) => name !== "forum" && name !== "onSidelinesOf") : all);
}

function parametersOf({ url }: FastifyRequest): GivenParameters {
  const mark = url.indexOf("?");
  const given = Object.create(null) as Record<string, string[]>; // names are the client's
  for (const [name, value] of new URLSearchParams(mark < 0 ? "" : url.slice(mark))) (given[name] ??= []).push(value);
  return given;
}

/** The headers of an export. */
function describe({ reply, wanted, principal, etag }: ExportRequest): void {
  const { type, file, isInline = false } = wanted as Wanted;
  // Names may hold characters that a header cannot; those of records are plain.
  const name = file.replace(/[^A-Za-z0-9._-]/g, "_");
  void reply.headers({
    "content-type": type,
    "content-disposition": `${isInline ? "inline" : "attachment"}; filename="${name}"`,
    "cache-control": principal === anonymous ? "public, no-cache" : "private, no-store",
    vary: "Authorization",
    ...(etag === undefined ? {} : { etag }),
  });
}

/** The tag of an export: what was asked for, and the version of the record. Drafts do not change the version. */
function tagOf({ url, headers }: FastifyRequest, version: number | undefined): string | undefined {
  if (version === undefined || headers.authorization !== undefined) return undefined;
  return weakTag(`${FORM} ${version} ${url}`);
}
