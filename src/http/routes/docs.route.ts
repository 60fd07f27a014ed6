import type { FastifyInstance, FastifyReply } from "fastify";
import { KEPT_POINTS } from "../../limits/rates.js";
import { DOCS_STYLE, renderDocs, type Docs, type DocsPage, type Picture } from "../../pages/docs.page.js";
import { charge, limitStage, type LimitOptions } from "../limit/limit.js";
import { createPipeline } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { inlinePolicy } from "../respond/page.headers.js";
import { failure } from "./page.failure.js";
import { announceRate, originOf, PageVisit, refuseInText, sendTagged } from "./page.request.js";

const POLICY = inlinePolicy(DOCS_STYLE, { pictures: true });

export interface DocsRoute extends LimitOptions {
  readonly docs: Docs;
  readonly hasPlayground: boolean;
}

type Found = { readonly page: DocsPage } | { readonly picture: Picture };

/** `/docs`: the documentation of the project, from its own files. */
export function docsRoute(app: FastifyInstance, options: DocsRoute): void {
  const { docs } = options;
  const handle = createPipeline<PageVisit, Found, FastifyReply>("documentation", {
    limit: limitStage(options),
    async execute({ client, request }) {
      const refusal = charge(client?.budget, KEPT_POINTS);
      if (refusal) return refusal;
      const path = request.url.replace(/\?.*$/, "");
      const page = docs.page(path);
      if (page) return { page };
      const picture = docs.picture(path);
      if (picture) return { picture };
      throw new Refusal(404, "NOT_FOUND", "The documentation has no such page; /docs lists all of them.");
    },
    respond(visit, outcome) {
      if (outcome instanceof Refusal) return refuseInText(visit, outcome);
      announceRate(visit);
      void visit.reply.header("content-security-policy", POLICY);
      if ("picture" in outcome) return sendTagged(visit, outcome.picture.type, outcome.picture.bytes);
      const { hasPlayground } = options;
      return sendTagged(
        visit,
        "text/html; charset=utf-8",
        renderDocs(outcome.page, { origin: originOf(visit.request), hasPlayground }),
      );
    },
    refusalOf: failure,
  });
  for (const path of ["/docs", "/docs/*"]) app.get(path, (request, reply) => handle(new PageVisit(request, reply)));
}
