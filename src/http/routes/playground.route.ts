import { existsSync } from "node:fs";
import { join } from "node:path";
import { fastifyStatic } from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { MAP_POLICY, PLAYGROUND_POLICY } from "../respond/page.headers.js";

/** Files whose names hold a hash of their content never change under that name. */
const FOREVER = "public, max-age=31536000, immutable";
const ASK_EACH_TIME = "no-cache";

/**
 * `/playground` and `/map`: pages that were bundled when the service was built. Nothing in them comes from another host.
 * @param folder the built pages; where they are missing, both answer 503 and say how to build them.
 */
export async function playgroundRoutes(app: FastifyInstance, { folder }: { readonly folder: string }): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(folder, "assets"),
    prefix: "/playground/assets/",
    preCompressed: true,
    cacheControl: false,
    index: false,
    decorateReply: true,
    setHeaders: (reply) => {
      reply.setHeader("cache-control", FOREVER);
      // A worker runs under the policy that its own script came with.
      reply.setHeader("content-security-policy", PLAYGROUND_POLICY);
    },
  });
  const page = (file: string, policy: string) => async (_request: unknown, reply: FastifyReply) => {
    if (!existsSync(join(folder, file))) {
      return reply
        .code(503)
        .type("text/plain; charset=utf-8")
        .send("This page has not been built. Run: npm run build\n");
    }
    void reply.headers({ "cache-control": ASK_EACH_TIME, "content-security-policy": policy });
    return reply.sendFile(file, folder, { cacheControl: false });
  };
  app.get("/playground", page("index.html", PLAYGROUND_POLICY));
  app.get("/map", page("map.html", MAP_POLICY));
  for (const path of ["/playground/", "/map/"]) {
    app.get(path, async (request, reply) => reply.redirect(path.slice(0, -1) + request.url.slice(path.length), 308));
  }
}
