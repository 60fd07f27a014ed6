import type { FastifyInstance } from "fastify";
import type { Logger } from "../lib/log.js";
import type { HomeFacts } from "../pages/home.facts.js";
import { HOME_STYLE, renderHome } from "../pages/home.page.js";
import type { PayForPage } from "./clients.js";
import { inlinePolicy } from "./page.headers.js";

const POLICY = inlinePolicy(HOME_STYLE);

/**
 * `/`: what the service is, what it holds, where to go. Rendered here, whole without a script, also when the record
 * cannot be read.
 */
export function homeRoute(app: FastifyInstance, options: { readonly facts: () => Promise<HomeFacts>; readonly hasPlayground: boolean; readonly pay: PayForPage }): void {
  const { facts, hasPlayground, pay } = options;
  app.get("/", { onRequest: pay }, async (request, reply) => {
    const known = await facts().catch((error: unknown) => {
      (request.log as Logger).warn({ err: error }, "the first page has no numbers");
      return null;
    });
    void reply.headers({ "cache-control": "no-cache", "content-security-policy": POLICY });
    return reply.type("text/html; charset=utf-8").send(renderHome({ facts: known, origin: originOf(request), hasPlayground, today: new Date().toISOString().slice(0, 10) }));
  });
}

/** The address the client came by, for examples and canonical addresses; only a plain host is repeated on a page. */
export function originOf({ protocol, host }: { readonly protocol: string; readonly host: string }): string {
  return /^[a-z0-9.:[\]-]{1,253}$/i.test(host) ? `${protocol}://${host}` : "http://localhost:4000";
}
