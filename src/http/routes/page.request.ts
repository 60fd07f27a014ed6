import type { FastifyReply, FastifyRequest } from "fastify";
import { anonymous } from "../../access/principal.js";
import type { Logger } from "../../lib/log.js";
import { rateHeaders } from "../../limits/rates.js";
import type { CacheableRequest } from "../cache/cache.js";
import { hasTag, weakTag } from "../cache/etags.js";
import type { Client } from "../limit/clients.js";
import type { Refusal } from "../refusal.js";

/** A request for a page. Pages are the same for all clients: a credential is not looked at. */
export class PageVisit implements CacheableRequest {
  readonly id: string;
  readonly raw: FastifyRequest["raw"];
  readonly principal = anonymous;
  readonly namedPosition = undefined;
  client: Client | undefined;
  position: number | undefined;
  heldPosition: number | undefined;
  cacheKey: string | undefined;
  version: number | string | undefined;

  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
  ) {
    this.id = request.id;
    this.raw = request.raw;
  }

  get log(): Logger {
    return this.request.log as Logger;
  }
}

/** Sets the headers that say what the client may still spend. */
export function announceRate({ client, reply }: Pick<PageVisit, "client" | "reply">): void {
  if (client?.budget) void reply.headers(rateHeaders(client.budget));
}

/** Sends a page or picture with a tag of its content; not again to a client that has it. */
export function sendTagged({ request, reply }: PageVisit, type: string, body: string | Buffer): FastifyReply {
  const tag = weakTag(body);
  void reply.headers({ "cache-control": "no-cache", etag: tag });
  return hasTag(request.headers["if-none-match"], tag) ? reply.code(304).send() : reply.type(type).send(body);
}

/** Refuses in one sentence of plain text. */
export function refuseInText(visit: PageVisit, { status, headers, message }: Refusal): FastifyReply {
  announceRate(visit);
  return visit.reply.code(status).headers(headers).type("text/plain; charset=utf-8").send(`${message}\n`);
}

/** The address the client used, for examples and canonical addresses; only a plain host is repeated on a page. */
export function originOf({ protocol, host }: { readonly protocol: string; readonly host: string }): string {
  return /^[a-z0-9.:[\]-]{1,253}$/i.test(host) ? `${protocol}://${host}` : "http://localhost:4000";
}
