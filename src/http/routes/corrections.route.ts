import type { FastifyInstance, FastifyReply } from "fastify";
import { decodeCursor } from "../../lib/cursors.js";
import type { CorrectionsFacts, CorrectionsQuery } from "../../pages/corrections.facts.js";
import { CORRECTIONS_STYLE, renderCorrections } from "../../pages/corrections.page.js";
import { charge, limitStage, type LimitOptions } from "../limit/limit.js";
import { createPipeline } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { inlinePolicy } from "../respond/page.headers.js";
import { failure } from "./page.failure.js";
import { announceRate, originOf, PageVisit, refuseInText } from "./page.request.js";

const POLICY = inlinePolicy(CORRECTIONS_STYLE);

export interface CorrectionsRoute extends LimitOptions {
  /** @throws Refusal if the operation is not admitted for the client. */
  readonly facts: (asked: CorrectionsQuery, client: string | undefined) => Promise<CorrectionsFacts>;
  readonly hasPlayground: boolean;
  /** The cost of the page. */
  readonly points: number;
}

/** The form of an id and a cursor of this list; any other parameter of the address is ignored. */
const isAcceptable: Readonly<Record<keyof CorrectionsQuery, (text: string) => boolean>> = {
  of: (text) => /^[a-z]{3}_[a-z2-7]{16}$/.test(text),
  after: (text) => text.length <= 200 && decodeCursor("corrections", ["bigint"], text) !== undefined,
};

class CorrectionsVisit extends PageVisit {
  asked: CorrectionsQuery = {};
}

/**
 * `/corrections`: the log of corrections, merges and withdrawals with their editors and reasons; `?of=<id>` for one
 * record, `?after=<cursor>` for earlier ones. Rendered here, whole without a script, also if the record cannot be read.
 */
export function correctionsRoute(app: FastifyInstance, options: CorrectionsRoute): void {
  const handle = createPipeline<CorrectionsVisit, CorrectionsFacts, FastifyReply>("corrections page", {
    parse(visit) {
      visit.asked = readQuery(visit.request.query as Readonly<Record<string, unknown>>);
      return undefined;
    },
    limit: limitStage(options),
    async execute({ client, asked, log }) {
      const refusal = charge(client?.budget, options.points);
      if (refusal) return refusal;
      return options.facts(asked, client?.name).catch((error: unknown) => {
        log.warn({ err: error }, "the page of corrections cannot be read");
        throw error;
      });
    },
    respond(visit, outcome) {
      if (!(outcome instanceof Refusal)) return send(visit, options, 200, outcome);
      if (outcome.status === 429) return refuseInText(visit, outcome);
      void visit.reply.headers(outcome.headers);
      return send(visit, options, 503, null);
    },
    refusalOf: failure,
  });
  app.get("/corrections", (request, reply) => handle(new CorrectionsVisit(request, reply)));
}

function send(
  visit: CorrectionsVisit,
  { hasPlayground }: CorrectionsRoute,
  status: number,
  facts: CorrectionsFacts | null,
): FastifyReply {
  const { request, reply, asked } = visit;
  announceRate(visit);
  void reply.code(status).headers({ "cache-control": "no-cache", "content-security-policy": POLICY });
  const page = renderCorrections({ facts, asked, origin: originOf(request), hasPlayground });
  return reply.type("text/html; charset=utf-8").send(page);
}

function readQuery(query: Readonly<Record<string, unknown>>): CorrectionsQuery {
  const given = (name: keyof CorrectionsQuery): CorrectionsQuery => {
    const value = query[name];
    return typeof value === "string" && isAcceptable[name](value) ? { [name]: value } : {};
  };
  return { ...given("of"), ...given("after") };
}
