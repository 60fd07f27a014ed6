import { createMcpHandler, type McpHttpHandler } from "@modelcontextprotocol/server";
import type { BaseContext } from "@apollo/server";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Authenticate } from "../../access/authenticate.js";
import { createAgentServer } from "../../agents/mcp.js";
import { linksOf } from "../../agents/shapes.js";
import type { Logger } from "../../lib/log.js";
import { KEPT_POINTS, rateHeaders } from "../../limits/rates.js";
import { authenticateStage } from "../authenticate/authenticate.js";
import { foreignRefusal } from "../authenticate/session.js";
import { agentOperations, type AgentOperationsOptions } from "../execute/agent.operations.js";
import { AgentRequest } from "../execute/agent.request.js";
import type { Clients } from "../limit/clients.js";
import { charge, limitStage } from "../limit/limit.js";
import { bodyRefusal, readJsonBodies, textOf } from "../parse/graphql.request.js";
import { createPipeline } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { createErrorFormatter } from "../respond/errors.mask.js";
import { originOf } from "./page.request.js";

/** Options of the Model Context Protocol. */
export interface McpRoute<C extends BaseContext> extends AgentOperationsOptions<C> {
  readonly version: string;
  readonly maxBodyBytes: number;
  readonly clients: Pick<Clients, "clientOf">;
  /** No credential is accepted without it. */
  readonly authenticate?: Authenticate | undefined;
}

/** The address of the Model Context Protocol. */
export const MCP_PATH = "/mcp";

/** A message to the tools. */
class McpRequest<C> extends AgentRequest<C> {
  /** The message as parsed from JSON. */
  message: unknown;
}

const NOT_POST = new Refusal(
  405,
  "BAD_REQUEST",
  "The Model Context Protocol is served to POST only, without sessions.",
  {
    headers: { allow: "POST" },
  },
);
const NOT_JSON = new Refusal(
  415,
  "BAD_REQUEST",
  "Send one message as JSON in UTF-8, with content-type: application/json.",
);
const BATCH = new Refusal(400, "BAD_REQUEST", "Batches are not served: send one message in each request.");
const NO_SUBSCRIPTIONS = new Refusal(
  400,
  "BAD_REQUEST",
  "The list of tools does not change, so there is nothing to listen to.",
);

/**
 * The Model Context Protocol at /mcp, as streamable HTTP without sessions: the tools of agents, with the rights, costs
 * and limits of the client. Pages of other origins are refused, as the protocol demands.
 */
export async function mcpRoute<C extends BaseContext>(app: FastifyInstance, options: McpRoute<C>): Promise<void> {
  const { maxBodyBytes } = options;
  readJsonBodies(app, maxBodyBytes);
  const handle = createPipeline<McpRequest<C>, Response, FastifyReply>("mcp", {
    parse,
    authenticate: authenticateStage(options.authenticate),
    limit: limitStage(options),
    execute: async (request) => charge(request.client?.budget, KEPT_POINTS) ?? (await answer(request, options)),
    respond,
    refusalOf,
  });
  app.setErrorHandler((error: FastifyError, request, reply) =>
    respond(
      new McpRequest<C>(request, reply),
      bodyRefusal(error, maxBodyBytes) ?? refusalOf(error, { log: request.log as Logger }),
    ),
  );
  app.route({
    method: ["GET", "POST", "DELETE"],
    url: MCP_PATH,
    exposeHeadRoute: false,
    bodyLimit: maxBodyBytes,
    handler: (request, reply) => handle(new McpRequest<C>(request, reply)),
  });
}

/** The stage `parse`: one message of a client that is no page of another origin. */
function parse<C>(request: McpRequest<C>): Refusal | undefined {
  const { raw, request: asked } = request;
  if (raw.method !== "POST") return NOT_POST;
  const foreign = foreignRefusal(asked);
  if (foreign) return foreign;
  const text = Buffer.isBuffer(asked.body) ? textOf(asked.body) : undefined;
  if (text === undefined) return NOT_JSON;
  try {
    request.message = JSON.parse(text) as unknown;
  } catch {
    return new Refusal(400, "BAD_REQUEST", "The body is not acceptable JSON.");
  }
  if (Array.isArray(request.message)) return BATCH;
  return methodOf(request.message) === "subscriptions/listen" ? NO_SUBSCRIPTIONS : undefined;
}

function methodOf(message: unknown): unknown {
  return typeof message === "object" && message !== null ? (message as { method?: unknown }).method : undefined;
}

/** The stage `execute`. The handler of the protocol makes a server for each request, which holds no state. */
async function answer<C extends BaseContext>(request: McpRequest<C>, options: McpRoute<C>): Promise<Response> {
  const { request: asked, reply, message, log } = request;
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const handler = createMcpHandler(
    () =>
      createAgentServer({
        version: options.version,
        service: async () => ({
          execute: agentOperations(request, options, reply.raw),
          links: linksOf(originOf(asked)),
        }),
        onError: (error) => log.error({ err: error }, "a tool failed"),
      }),
    { keepAliveMs: 0 },
  );
  const { fetch: answerMessage } = handler;
  const response = await answerMessage(toFetchRequest(asked, gone.signal), { parsedBody: message });
  return completed(response, handler);
}

/** Reads a response to its end, so that the server of its request can be closed. */
async function completed(response: Response, handler: McpHttpHandler): Promise<Response> {
  try {
    const body = await response.text();
    const { status, headers } = response;
    return new Response(body === "" ? null : body, { status, headers });
  } finally {
    await handler.close();
  }
}

function toFetchRequest(request: FastifyRequest, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // The credential has been checked; no tool needs it.
    if (value !== undefined && name !== "authorization")
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return new Request(`${originOf(request)}${MCP_PATH}`, { method: "POST", headers, body: "{}", signal });
}

/** The stage `respond`. A refusal is an error of JSON-RPC, with the id of the message if there is one. */
async function respond<C>(
  { reply, client, message }: McpRequest<C>,
  outcome: Response | Refusal,
): Promise<FastifyReply> {
  if (client?.budget) void reply.headers(rateHeaders(client.budget));
  void reply.header("cache-control", "no-store");
  if (outcome instanceof Refusal) {
    const { status, headers, message: text, code, details } = outcome;
    const id = typeof message === "object" && message !== null ? ((message as { id?: unknown }).id ?? null) : null;
    const error = { code: REFUSED, message: text, data: { code, ...details } };
    return reply
      .code(status)
      .headers(headers)
      .type("application/json")
      .send(JSON.stringify({ jsonrpc: "2.0", id, error }));
  }
  const type = outcome.headers.get("content-type");
  void reply.code(outcome.status);
  if (type !== null) void reply.type(type);
  for (const name of ["allow", "mcp-protocol-version"]) {
    const value = outcome.headers.get(name);
    if (value !== null) void reply.header(name, value);
  }
  return reply.send(await outcome.text());
}

/** The code of JSON-RPC for refusals of the service; `data.code` tells them apart. */
const REFUSED = -32_000;

function refusalOf(error: unknown, { log }: { readonly log: Logger }): Refusal {
  if (error instanceof Refusal) return error;
  const formatted = createErrorFormatter(log)({ message: "" }, error);
  return new Refusal(500, String(formatted.extensions?.["code"]), formatted.message);
}
