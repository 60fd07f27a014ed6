import type { FastifyReply, FastifyRequest } from "fastify";
import { anonymous, type Principal } from "../../access/principal.js";
import type { Logger } from "../../lib/log.js";
import type { Client } from "../limit/clients.js";
import type { ExecutableRequest } from "./execute.js";
import type { RequestContext } from "./request.context.js";

/** A request whose answer is made of operations of agents. */
export class AgentRequest<C> implements ExecutableRequest<C> {
  readonly id: string;
  readonly raw: FastifyRequest["raw"];
  readonly namedPosition = undefined;
  readonly position = undefined;
  readonly heldPosition = undefined;
  readonly cacheKey = undefined;
  readonly prepared = undefined;
  version: undefined;
  principal: Principal = anonymous;
  client: Client | undefined;
  context: RequestContext | undefined;
  resolverContext: undefined;

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
