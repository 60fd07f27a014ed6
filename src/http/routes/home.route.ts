import type { FastifyInstance, FastifyReply } from "fastify";
import { KEPT_POINTS } from "../../limits/rates.js";
import type { HomeFacts } from "../../pages/home.facts.js";
import { HOME_STYLE, renderHome } from "../../pages/home.page.js";
import { charge, limitStage, type LimitOptions } from "../limit/limit.js";
import { createPipeline } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { inlinePolicy } from "../respond/page.headers.js";
import { announceRate, originOf, PageVisit, refuseInText } from "./page.request.js";
import { failure } from "./page.failure.js";

const POLICY = inlinePolicy(HOME_STYLE);

export interface HomeRoute extends LimitOptions {
  readonly facts: () => Promise<HomeFacts>;
  readonly hasPlayground: boolean;
}

/** The facts of the page; null if the record cannot be read. */
interface Home {
  readonly facts: HomeFacts | null;
}

/**
 * `/`: what the service is, what it holds, where to go. Rendered here, whole without a script, also if the record cannot
 * be read.
 */
export function homeRoute(app: FastifyInstance, options: HomeRoute): void {
  const handle = createPipeline<PageVisit, Home, FastifyReply>("home page", {
    limit: limitStage(options),
    async execute({ client, log }) {
      const facts = await options.facts().catch((error: unknown) => {
        log.warn({ err: error }, "the first page has no numbers");
        return null;
      });
      return charge(client?.budget, KEPT_POINTS) ?? { facts };
    },
    respond(visit, outcome) {
      if (outcome instanceof Refusal) return refuseInText(visit, outcome);
      const { request, reply } = visit;
      announceRate(visit);
      const today = new Date().toISOString().slice(0, 10);
      const page = renderHome({ ...outcome, origin: originOf(request), hasPlayground: options.hasPlayground, today });
      void reply.headers({ "cache-control": "no-cache", "content-security-policy": POLICY });
      return reply.type("text/html; charset=utf-8").send(page);
    },
    refusalOf: failure,
  });
  app.get("/", (request, reply) => handle(new PageVisit(request, reply)));
}
