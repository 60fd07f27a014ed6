import type { GraphQLResolveInfo } from "graphql";
import { GraphQLError } from "graphql";
import type { Config } from "./config.js";
import type { Database } from "./database/open.js";
import type { Logger } from "./lib/log.js";
import type { ServiceFacts } from "./modules/service/service.fields.js";
import { createReader, type Send } from "./reading/reader.js";
import { recordTypes } from "./schema.js";

/** What one request carries through its resolvers. */
export interface RequestContext {
  readonly requestId: string;
  readonly log: Logger;
  /** Reads a root field with everything selected below it. */
  read(info: GraphQLResolveInfo): Promise<unknown>;
}

/** What a request is known by before it is executed. */
export interface Request {
  readonly requestId: string;
  /** Fires when nobody waits for the answer any more; no further statement is sent then. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface ContextOptions {
  readonly database: Pick<Database, "pool" | "namedStatements">;
  readonly limits: Config["limits"];
  readonly version: string;
}

/** Makes the contexts of requests; plans are kept from one request to the next. */
export function createContextFactory({ database, limits, version }: ContextOptions): (request: Request) => RequestContext {
  const reader = createReader({ types: recordTypes, limits, namedStatements: database.namedStatements });
  const { maxDepth, maxCost, maxPageSize, defaultPageSize, maxAliases, maxTokens, maxBodyBytes } = limits;
  const facts: ServiceFacts = {
    version,
    limits: { maxDepth, maxCost, maxPageSize, defaultPageSize, maxAliases, maxTokens, maxBodyBytes },
  };
  return ({ requestId, signal, log }) => {
    const send: Send = (statement) => {
      if (signal.aborted) throw new GraphQLError("The client has gone.", { extensions: { code: "ABORTED" } });
      return database.pool.query(statement);
    };
    return { requestId, log, read: (info) => reader.read(info, send, facts) };
  };
}
