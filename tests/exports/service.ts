import type { FastifyInstance } from "fastify";
import { createContextFactory } from "../../src/context.js";
import type { Database } from "../../src/database/open.js";
import { watchVersion } from "../../src/database/version.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer, type ServerParts } from "../../src/server.js";
import type { ResolverContext } from "../../src/context.js";
import { limits } from "../support/ask.js";

/** The service over a database, not listening. */
export interface ExportService {
  readonly app: FastifyInstance;
  close(): Promise<void>;
}

/** The schema as the service has it. */
export const schema = buildExecutableSchema();
export const log = createLogger({ level: "silent" });

/** Opens the service over a database as `main` does. */
export async function openService(
  database: Database,
  parts: Partial<ServerParts<ResolverContext>> = {},
): Promise<ExportService> {
  const versions = await watchVersion(database.url, log);
  const app = await buildServer<ResolverContext>({
    // Tests that compute for long are no load.
    config: { limits: { ...limits, maxEventLoopDelayMs: 0 } },
    schema,
    createContext: createContextFactory({ database, limits, version: "0.0.0-test" }),
    ready: async () => true,
    log,
    answersFrom: (context) => context,
    exportsFrom: (context) => context,
    recordVersion: () => versions.current(),
    ...parts,
  });
  return {
    app,
    close: async () => {
      await app.close();
      await versions.close();
    },
  };
}
