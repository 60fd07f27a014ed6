import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { anonymous } from "../../access/principal.js";
import { createAddresses } from "../../pages/addresses.js";
import { renderNotice } from "../../pages/layout.js";
import { largestMistake, showMistakeResult, type MistakeResult } from "../../pages/mistakes.js";
import { PAGE_STYLE } from "../../pages/style.js";
import { foreignRefusal } from "../authenticate/session.js";
import type { Clients } from "../limit/clients.js";
import { inlinePolicy } from "../respond/page.headers.js";

/** A mistake that a reader reports. */
export interface Mistake {
  readonly path: string;
  readonly text: string;
  readonly contact: string | undefined;
}

/** Stores mistakes that readers report. */
export interface Mistakes {
  /** Reports that an address may send in an hour. */
  readonly perHour: number;
  /** @returns false if so many reports wait that no more are stored. */
  store(mistake: Mistake): Promise<boolean>;
}

export interface MistakesRoute {
  readonly mistakes: Mistakes;
  readonly clients: Pick<Clients, "keyOf">;
  readonly hasPlayground: boolean;
}

const POLICY = inlinePolicy(PAGE_STYLE);
const HOUR_MS = 3_600_000;
/** Addresses whose reports are counted at the same time. */
const MOST_COUNTED = 50_000;
const BODY_BYTES = 32_768;

/** `POST /mistakes`: a report of a mistake, without an account. It is stored as text and shown at the desk alone. */
export function mistakesRoute(app: FastifyInstance, { mistakes, clients, hasPlayground }: MistakesRoute): void {
  const sent = new LRUCache<string, number>({ max: MOST_COUNTED, ttl: HOUR_MS, noUpdateTTL: true });
  const take = (request: FastifyRequest): boolean => {
    const key = clients.keyOf(request.raw, anonymous);
    const count = sent.get(key) ?? 0;
    if (count >= mistakes.perHour) return false;
    sent.set(key, count + 1);
    return true;
  };
  const receive = async (request: FastifyRequest): Promise<MistakeResult> => {
    if (foreignRefusal(request)) return "foreign";
    const mistake = mistakeIn(request.body);
    if (!mistake) return "empty";
    if (!take(request)) return "often";
    return (await mistakes.store(mistake)) ? "stored" : "full";
  };
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: BODY_BYTES },
      (_request, body, done) => done(null, new URLSearchParams(body as string)),
    );
    scope.post("/mistakes", { bodyLimit: BODY_BYTES }, async (request, reply) =>
      send(reply, await receive(request), hasPlayground),
    );
  });
}

/** The report in a form; undefined without a text. Only programs fill in the hidden field. */
function mistakeIn(body: unknown): Mistake | undefined {
  if (!(body instanceof URLSearchParams)) return undefined;
  const given = (name: string, most: number): string =>
    (body.get(name) ?? "")
      .replace(/\r\n?/g, "\n")
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\p{Surrogate}/gu, "")
      .trim()
      .slice(0, most);
  const text = given("text", largestMistake);
  const path = given("page", 300);
  if (text === "" || given("website", 10) !== "" || !path.startsWith("/")) return undefined;
  return { path, text, contact: given("contact", 200) || undefined };
}

const STATUS: Readonly<Record<MistakeResult, number>> = {
  stored: 200,
  empty: 400,
  foreign: 403,
  often: 429,
  full: 503,
};

function send(reply: FastifyReply, result: MistakeResult, hasPlayground: boolean): FastifyReply {
  const body = renderNotice(showMistakeResult(result), { hasPlayground, addresses: createAddresses(undefined) });
  return reply
    .code(STATUS[result])
    .headers({ "cache-control": "no-store", "content-security-policy": POLICY })
    .type("text/html; charset=utf-8")
    .send(body);
}
