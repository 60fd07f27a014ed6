import { createAuthenticate } from "../../src/access/authenticate.js";
import { createKeyRing } from "../../src/access/key.ring.js";
import { createContextFactory, type ResolverContext } from "../../src/context.js";
import type { Database } from "../../src/database/open.js";
import { watchVersion } from "../../src/database/version.js";
import type { ClientsConfig } from "../../src/http/limit/clients.js";
import { createLogger } from "../../src/lib/log.js";
import { createFeed } from "../../src/live/feed.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { createFollow } from "../../src/live/live.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits } from "./ask.js";

/** A service that takes requests over HTTP. */
export interface Listening {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves a database as the service does, answers kept, events told and all, on a free port of this machine; without built
 * pages.
 * @param changed limits that differ from those announced by default.
 * @param http from where clients are taken to come.
 */
export async function listenOver(
  database: Database,
  changed: Partial<typeof limits> = {},
  http: ClientsConfig = {},
): Promise<Listening> {
  const log = createLogger({ level: "silent" });
  const versions = await watchVersion(() => database.url, log);
  const feed = createFeed(database.pool, versions);
  // Tests that compute for long are no load.
  const kept = { ...limits, maxEventLoopDelayMs: 0, ...changed };
  const app = await buildServer<ResolverContext>({
    config: { playground: false, limits: kept, http },
    schema: buildExecutableSchema(),
    createContext: createContextFactory({
      database,
      limits: kept,
      version: "0.0.0-test",
      follow: createFollow(database.pool, feed, declaredRecords),
    }),
    authenticate: createAuthenticate({ keys: createKeyRing(database.pool), tokens: undefined }),
    recordVersion: () => versions.current(),
    answersFrom: (context) => context,
    ready: async () => true,
    log,
  });
  return {
    address: await app.listen({ host: "127.0.0.1", port: 0 }),
    close: async () => {
      await app.close();
      feed.close();
      await versions.close();
    },
  };
}
