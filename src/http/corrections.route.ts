import type { FastifyInstance, FastifyRequest } from "fastify";
import { decodeCursor } from "../lib/cursors.js";
import type { Logger } from "../lib/log.js";
import type { CorrectionsFacts, CorrectionsQuery } from "../pages/corrections.facts.js";
import { CORRECTIONS_STYLE, renderCorrections } from "../pages/corrections.page.js";
import type { PayForPage } from "./clients.js";
import { originOf } from "./home.route.js";
import { RETRY_AFTER_S, TurnedAwayError, type TurnedAway } from "./load.gate.js";
import { inlinePolicy } from "./page.headers.js";

const POLICY = inlinePolicy(CORRECTIONS_STYLE);

/** What an id and a cursor of this list look like; anything else in the address is as if it were not there. */
const isAcceptable: Readonly<Record<keyof CorrectionsQuery, (text: string) => boolean>> = {
  of: (text) => /^[a-z]{3}_[a-z2-7]{16}$/.test(text),
  after: (text) => text.length <= 200 && decodeCursor("corrections", ["bigint"], text) !== undefined,
};

/**
 * `/corrections`: the log of what was corrected, merged or withdrawn, by whom and why; `?of=<id>` for one record,
 * `?after=<cursor>` for what came before. Rendered here, whole without a script, also when the record cannot be read.
 */
export function correctionsRoute(
  app: FastifyInstance,
  options: {
    readonly facts: (asked: CorrectionsQuery, client: string | undefined) => Promise<CorrectionsFacts>;
    /** Who visits; undefined where he is not counted. */
    readonly clientOf: (request: FastifyRequest) => string | undefined;
    readonly hasPlayground: boolean;
    readonly pay: PayForPage;
  },
): void {
  const { facts, clientOf, hasPlayground, pay } = options;
  app.get("/corrections", { onRequest: pay }, async (request, reply) => {
    const asked = readQuery(request.query as Readonly<Record<string, unknown>>);
    let refusal: TurnedAway | undefined;
    const known = await facts(asked, clientOf(request)).catch((error: unknown) => {
      if (error instanceof TurnedAwayError) refusal = error.refusal;
      (request.log as Logger).warn({ err: error }, "the page of corrections cannot be read");
      return null;
    });
    if (refusal) void reply.header("retry-after", RETRY_AFTER_S);
    if (refusal?.status === 429) return reply.code(429).header("cache-control", "no-store").type("text/plain; charset=utf-8").send(`${refusal.message}\n`);
    void reply.headers({ "cache-control": "no-cache", "content-security-policy": POLICY });
    return reply
      .code(known ? 200 : 503)
      .type("text/html; charset=utf-8")
      .send(renderCorrections({ facts: known, asked, origin: originOf(request), hasPlayground }));
  });
}

function readQuery(query: Readonly<Record<string, unknown>>): CorrectionsQuery {
  const given = (name: keyof CorrectionsQuery): CorrectionsQuery => {
    const value = query[name];
    return typeof value === "string" && isAcceptable[name](value) ? { [name]: value } : {};
  };
  return { ...given("of"), ...given("after") };
}
