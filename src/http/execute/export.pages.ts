import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { createAsk, createReadRows, type Answering, type Reading } from "../../exports/ask.js";
import type { Budget } from "../../limits/rates.js";
import type { CacheableRequest } from "../cache/cache.js";
import type { ConcurrencyLimiter } from "../limit/concurrency.js";
import { RETRY_AFTER_S } from "../refusal.js";
import type { RequestFacts } from "./operation.facts.js";

export interface PagesOptions {
  readonly schema: GraphQLSchema;
  /** Makes what answers one page. */
  readonly answering: (facts: RequestFacts) => Answering | Promise<Answering>;
  readonly limiter: Pick<ConcurrencyLimiter, "acquire" | "release">;
  /** Milliseconds that reading one page may take, and the bytes that it may have. */
  readonly limits: { readonly queryTimeoutMs: number; readonly maxAnswerBytes?: number };
}

/** The pages of one export. A page that is not admitted is a Refusal. */
export interface Pages extends Reading {
  /** Ends the export; no page is read afterwards. */
  readonly end: () => void;
}

/** Milliseconds that an export may take from its first piece to its last. */
const LONGEST_MS = 30 * 60_000;
/** Characters read for an export that cost a point: Postgres writes about as many in a tenth of a millisecond. */
const CHARACTERS_PER_POINT = 1_000;
/** Maximum number of retries, one second apart, for a later page that is not admitted. The export then fails. */
const MAX_TRIES = 30;

/**
 * Reads the pages of one export until the client has disconnected or the time is up.
 * @param onEnd called once the export has ended.
 */
export function createPages(
  request: CacheableRequest,
  response: ServerResponse,
  options: PagesOptions,
  onEnd: () => void,
): Pages {
  const { schema, answering, limiter, limits } = options;
  const { client, principal, position, id, log } = request;
  const controller = new AbortController();
  const cancel = (message: string, code: string): void =>
    controller.abort(new GraphQLError(message, { extensions: { code } }));
  const onClose = (): void => cancel("The client went away.", "CLIENT_GONE");
  const deadline = setTimeout(() => cancel("The export took too long.", "TIMEOUT"), LONGEST_MS);
  response.once("close", onClose);
  let tries = 1;
  let isOver = false;
  const page = async <T>(read: (admitted: Answering) => Promise<T>): Promise<T> => {
    await acquire(limiter, client?.name, { tries, signal: controller.signal });
    // The first page is shed like an operation; an export that has begun waits.
    tries = MAX_TRIES;
    try {
      const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(limits.queryTimeoutMs)]);
      const facts = { requestId: id, signal, principal, log, ...(position !== undefined && { position }) };
      return await read(charged(await answering(facts), client?.budget));
    } finally {
      limiter.release(client?.name);
    }
  };
  return {
    ask: (document, variables) => page((admitted) => createAsk(schema, admitted)(document, variables)),
    rows: (query, knownAt) => page((admitted) => createReadRows(admitted, limits.maxAnswerBytes)(query, knownAt)),
    end() {
      if (isOver) return;
      isOver = true;
      clearTimeout(deadline);
      response.off("close", onClose);
      onClose();
      onEnd();
    },
  };
}

/**
 * Charges what is read by its length: pages of an export are as large as pages may be, so that their cost by selection
 * says little. An export that has begun is not cut off; missing points are owed.
 */
function charged(answering: Answering, budget: Budget | undefined): Answering {
  if (!budget) return answering;
  const charge = (text: string): string => {
    budget.owe(Math.ceil(text.length / CHARACTERS_PER_POINT));
    return text;
  };
  return {
    answer: async (field) => charge(await answering.answer(field)),
    rows: async (statement, knownAt) => charge(await answering.rows(statement, knownAt)),
  };
}

async function acquire(
  limiter: PagesOptions["limiter"],
  client: string | undefined,
  { tries, signal }: { readonly tries: number; readonly signal: AbortSignal },
): Promise<void> {
  for (let left = tries; ; left -= 1) {
    signal.throwIfAborted();
    const full = limiter.acquire(client);
    if (!full) return;
    if (left <= 1) throw full;
    await wait(RETRY_AFTER_S * 1_000, undefined, { signal });
  }
}
