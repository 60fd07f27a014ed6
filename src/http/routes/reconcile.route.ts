import type { BaseContext } from "@apollo/server";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Authenticate } from "../../access/authenticate.js";
import { asking, ToolError, type Ask } from "../../agents/ask.js";
import {
  previewOf,
  readQueries,
  readQuery,
  reconcile,
  reconciliationManifest,
  suggestEntities,
  suggestNames,
  type Candidate,
} from "../../agents/reconcile.js";
import type { Logger } from "../../lib/log.js";
import { KEPT_POINTS, rateHeaders } from "../../limits/rates.js";
import { html } from "../../pages/html.js";
import { authenticateStage } from "../authenticate/authenticate.js";
import { agentOperations, type AgentOperationsOptions } from "../execute/agent.operations.js";
import { AgentRequest } from "../execute/agent.request.js";
import type { Client, Clients } from "../limit/clients.js";
import { charge, limitStage } from "../limit/limit.js";
import { bodyRefusal, searchOf, textOf } from "../parse/graphql.request.js";
import { createPipeline } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { createErrorFormatter } from "../respond/errors.mask.js";
import { originOf } from "./page.request.js";

/** Options of the reconciliation service. */
export interface ReconcileRoute<C extends BaseContext> extends AgentOperationsOptions<C> {
  readonly maxBodyBytes: number;
  readonly clients: Pick<Clients, "clientOf">;
  /** No credential is accepted without it. */
  readonly authenticate?: Authenticate | undefined;
}

/** The address of the reconciliation service. */
export const RECONCILE_PATH = "/reconcile";

/** A response: JSON, or a page. */
interface Answer {
  readonly type: "application/json; charset=utf-8" | "text/html; charset=utf-8";
  readonly text: string;
}

/** The work of a request, which sends its operations by `ask`. */
type Wanted = (ask: Ask) => Promise<Answer>;

/** A request to the reconciliation service. */
class ReconcileRequest<C> extends AgentRequest<C> {
  wanted: Wanted | undefined;

  constructor(
    request: FastifyRequest,
    reply: FastifyReply,
    readonly read: (parameters: URLSearchParams, request: FastifyRequest) => Wanted,
  ) {
    super(request, reply);
  }
}

const NOT_UTF8 = new Refusal(400, "BAD_REQUEST", "The body is not valid UTF-8.");

/**
 * The Reconciliation Service API at /reconcile, which OpenRefine speaks. Each query is an operation with the rights,
 * costs and limits of the client.
 */
export async function reconcileRoute<C extends BaseContext>(
  app: FastifyInstance,
  options: ReconcileRoute<C>,
): Promise<void> {
  const { maxBodyBytes } = options;
  app.removeAllContentTypeParsers();
  const form = "application/x-www-form-urlencoded";
  app.addContentTypeParser(form, { parseAs: "buffer", bodyLimit: maxBodyBytes }, (_request, body, done) =>
    done(null, body),
  );
  const handle = createPipeline<ReconcileRequest<C>, Answer, FastifyReply>("reconcile", {
    parse,
    authenticate: authenticateStage(options.authenticate),
    limit: limitStage(options),
    execute: async (request) => charge(request.client?.budget, KEPT_POINTS) ?? (await answer(request, options)),
    respond,
    refusalOf,
  });
  app.setErrorHandler((error: FastifyError, request, reply) =>
    respond(
      { reply, client: undefined },
      bodyRefusal(error, maxBodyBytes) ?? refusalOf(error, { log: request.log as Logger }),
    ),
  );
  const route = (method: ("GET" | "POST")[], url: string, read: ReconcileRequest<C>["read"]): void =>
    void app.route({
      method,
      url,
      exposeHeadRoute: false,
      bodyLimit: maxBodyBytes,
      handler: (request, reply) => handle(new ReconcileRequest<C>(request, reply, read)),
    });
  route(["GET", "POST"], RECONCILE_PATH, readReconciliation);
  for (const of of ["type", "property"] as const)
    route(
      ["GET"],
      `${RECONCILE_PATH}/suggest/${of}`,
      (given) => async () => json({ result: suggestNames(of, given.get("prefix") ?? "") }),
    );
  route(
    ["GET"],
    `${RECONCILE_PATH}/suggest/entity`,
    (given) => async (ask) => json({ result: await suggestEntities(ask, given.get("prefix") ?? "") }),
  );
  route(["GET"], `${RECONCILE_PATH}/preview`, (given) => async (ask) => {
    const found = await previewOf(ask, given.get("id") ?? "");
    if (found === undefined) throw new Refusal(404, "NOT_FOUND", "The record holds nothing with this id.");
    return preview(found);
  });
}

function parse<C>(request: ReconcileRequest<C>): Refusal | undefined {
  const { request: asked } = request;
  const text = Buffer.isBuffer(asked.body) ? textOf(asked.body) : "";
  if (text === undefined) return NOT_UTF8;
  const parameters = new URLSearchParams(searchOf(asked.url));
  for (const [name, value] of new URLSearchParams(text)) parameters.append(name, value);
  try {
    request.wanted = request.read(parameters, asked);
  } catch (error) {
    return refusalOf(error, request);
  }
  return undefined;
}

function readReconciliation(given: URLSearchParams, request: FastifyRequest): Wanted {
  const [queries, query, extend] = [given.get("queries"), given.get("query"), given.get("extend")];
  if (extend !== null)
    throw new ToolError("BAD_USER_INPUT", "Data extension is not served. Ask for fields of records over GraphQL.");
  if (queries !== null) {
    const read = [...readQueries(queries)];
    return async (ask) => {
      // One after the other, so that a request takes one place among the running operations.
      const results: [string, object][] = [];
      for (const [name, one] of read) results.push([name, { result: await reconcile(ask, one) }]);
      return json(Object.fromEntries(results));
    };
  }
  if (query !== null) {
    const read = readQuery(query);
    return async (ask) => json({ result: await reconcile(ask, read) });
  }
  if (request.method === "POST")
    throw new ToolError("BAD_USER_INPUT", "The form has no parameter `queries`, a JSON object of queries.");
  return async () => json(reconciliationManifest(originOf(request), RECONCILE_PATH));
}

function json(value: object): Answer {
  return { type: "application/json; charset=utf-8", text: JSON.stringify(value) };
}

function preview({ id, name, description, type }: Candidate): Answer {
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title></head><body><p><a href="/records/${id}" target="_blank" rel="noopener">${name}</a> <small>${type.map((one) => one.name).join(", ")}</small></p><p>${description ?? ""}</p></body></html>`;
  return { type: "text/html; charset=utf-8", text: page.text };
}

/** The stage `execute`. */
async function answer<C extends BaseContext>(
  request: ReconcileRequest<C>,
  options: ReconcileRoute<C>,
): Promise<Answer> {
  const gone = new AbortController();
  request.reply.raw.once("close", () => gone.abort());
  const ask = asking(agentOperations(request, options, request.reply.raw), gone.signal);
  return (request.wanted as Wanted)(ask);
}

/** The stage `respond`. */
async function respond(
  { reply, client }: { readonly reply: FastifyReply; readonly client: Client | undefined },
  outcome: Answer | Refusal,
): Promise<FastifyReply> {
  if (client?.budget) void reply.headers(rateHeaders(client.budget));
  void reply.header("cache-control", "no-store");
  if (!(outcome instanceof Refusal)) return reply.type(outcome.type).send(outcome.text);
  return reply
    .code(outcome.status)
    .headers({ "content-type": "application/json; charset=utf-8", ...outcome.headers })
    .send(outcome.body());
}

const statusOf: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 400,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
  TIMEOUT: 503,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
};

function refusalOf(error: unknown, { log }: { readonly log: Logger }): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof ToolError) return new Refusal(statusOf[error.code] ?? 500, error.code, error.message);
  const formatted = createErrorFormatter(log)({ message: "" }, error);
  return new Refusal(500, String(formatted.extensions?.["code"]), formatted.message);
}
