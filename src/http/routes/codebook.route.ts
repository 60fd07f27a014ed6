import type { FastifyInstance, FastifyReply } from "fastify";
import { KEPT_POINTS } from "../../limits/rates.js";
import { CODEBOOK_STYLE, renderCodebook, type CodebookTables } from "../../pages/codebook.page.js";
import { charge, limitStage, type LimitOptions } from "../limit/limit.js";
import { createPipeline } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { inlinePolicy } from "../respond/page.headers.js";
import { failure } from "./page.failure.js";
import { announceRate, originOf, PageVisit, refuseInText, sendTagged } from "./page.request.js";

const POLICY = inlinePolicy(CODEBOOK_STYLE);

export interface CodebookRoute extends LimitOptions {
  readonly tables: CodebookTables;
  readonly hasPlayground: boolean;
}

/** `/codebook`: the tables of the record, and the meaning of their columns. */
export function codebookRoute(app: FastifyInstance, options: CodebookRoute): void {
  const { tables, hasPlayground } = options;
  const handle = createPipeline<PageVisit, string, FastifyReply>("codebook", {
    limit: limitStage(options),
    async execute({ client, request }) {
      const refusal = charge(client?.budget, KEPT_POINTS);
      return refusal ?? renderCodebook(tables, { origin: originOf(request), hasPlayground });
    },
    respond(visit, outcome) {
      if (outcome instanceof Refusal) return refuseInText(visit, outcome);
      announceRate(visit);
      void visit.reply.header("content-security-policy", POLICY);
      return sendTagged(visit, "text/html; charset=utf-8", outcome);
    },
    refusalOf: failure,
  });
  app.get("/codebook", (request, reply) => handle(new PageVisit(request, reply)));
}
