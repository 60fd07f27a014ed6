import { createContextFactory, type RequestContext } from "../../src/context.js";
import type { Database } from "../../src/database/open.js";
import { watchVersion } from "../../src/database/version.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits } from "./ask.js";

/** A service that takes requests over HTTP. */
export interface Listening {
  readonly address: string;
  close(): Promise<void>;
}

/** Serves a database as the service does, answers kept and all, on a free port of this machine; without built pages. */
export async function listenOver(database: Database): Promise<Listening> {
  const log = createLogger({ level: "silent" });
  const versions = await watchVersion(database.url, log);
  const app = await buildServer<RequestContext>({
    config: { playground: false, limits },
    schema: buildExecutableSchema(),
    createContext: createContextFactory({ database, limits, version: "0.0.0-test" }),
    recordVersion: () => versions.current(),
    answersFrom: (context) => context,
    ready: async () => true,
    log,
  });
  return {
    address: await app.listen({ host: "127.0.0.1", port: 0 }),
    close: async () => {
      await app.close();
      await versions.close();
    },
  };
}
