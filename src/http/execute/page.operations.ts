import { randomUUID } from "node:crypto";
import type { ApolloServer, BaseContext } from "@apollo/server";
import { getOperationAST, parse, type DocumentNode } from "graphql";
import { anonymous } from "../../access/principal.js";
import type { OperationScale } from "../../limits/operation.limits.js";
import { CORRECTIONS_OPERATION, type CorrectionsFacts, type CorrectionsQuery } from "../../pages/corrections.facts.js";
import { HOME_OPERATION, cachedFor, toHomeFacts, type HomeFacts } from "../../pages/home.facts.js";
import { AnswerError, type AskPage } from "../../pages/page.js";
import { admitted, type ConcurrencyLimiter } from "../limit/concurrency.js";
import { QUERY_TIMEOUT_MS, type ServerParts } from "../server.parts.js";

/** The operations of our own pages: sent without HTTP, and charged and refused like those of clients. */
export interface PageOperations {
  readonly ask: AskPage;
  readonly home: () => Promise<HomeFacts>;
  /** @throws Refusal if the operation is not admitted. */
  readonly corrections: (asked: CorrectionsQuery, client: string | undefined) => Promise<CorrectionsFacts>;
  /** The cost of an operation in points. */
  readonly costOf: (operation: { readonly text: string }, variables: object) => number;
}

/** Cache time of data that is the same for all readers, in milliseconds. */
const REUSED_MS = 5_000;

type Parts<C extends BaseContext> = Pick<ServerParts<C>, "createContext" | "log" | "home" | "corrections">;

export function createPageOperations<C extends BaseContext>(
  apollo: ApolloServer<C>,
  parts: Parts<C>,
  { limiter, scale }: { readonly limiter: ConcurrencyLimiter; readonly scale: OperationScale },
): PageOperations {
  const ask: AskPage = <D, V extends object>({ name, text }: { name: string; text: string }, variables: V) =>
    execute<D, C>(apollo, parts, name, { query: text, variables: Object.fromEntries(Object.entries(variables)) });
  const askHome = async (): Promise<HomeFacts> =>
    toHomeFacts(await execute<Parameters<typeof toHomeFacts>[0], C>(apollo, parts, "Home", { query: HOME_OPERATION }));
  const askCorrections = (asked: CorrectionsQuery): Promise<CorrectionsFacts> =>
    execute<CorrectionsFacts, C>(apollo, parts, "Corrections", {
      query: CORRECTIONS_OPERATION,
      variables: { ...asked },
    });
  const { home = askHome, corrections = askCorrections } = parts;
  // All readers see the same beginning of the list: it counts for no client.
  const latest = cachedFor(REUSED_MS, () => admitted(limiter, undefined, () => corrections({})));
  return {
    ask,
    home: cachedFor(REUSED_MS, home),
    corrections: (asked, client) =>
      asked.after === undefined && asked.of === undefined
        ? latest()
        : admitted(limiter, client, () => corrections(asked)),
    costOf: costsBy(scale),
  };
}

function costsBy(scale: OperationScale): PageOperations["costOf"] {
  const documents = new Map<string, DocumentNode>();
  return ({ text }, variables) => {
    const document = documents.get(text) ?? parse(text);
    documents.set(text, document);
    const operation = getOperationAST(document);
    const given = Object.fromEntries(Object.entries(variables));
    return operation ? scale.amountOf({ document, operation, variables: given }).cost : 0;
  };
}

/**
 * The response to an operation of one of our pages.
 * @throws AnswerError with the first of the errors that a client would get.
 */
async function execute<T, C extends BaseContext>(
  apollo: ApolloServer<C>,
  { createContext, log }: Pick<Parts<C>, "createContext" | "log">,
  operationName: string,
  operation: { readonly query: string; readonly variables?: Record<string, unknown> },
): Promise<T> {
  const contextValue = await createContext({
    requestId: randomUUID(),
    signal: AbortSignal.timeout(QUERY_TIMEOUT_MS),
    principal: anonymous,
    log,
    operationName,
  });
  const { body } = await apollo.executeOperation<T & Record<string, unknown>>(operation, { contextValue });
  const { errors: [error] = [], data } = body.kind === "single" ? body.singleResult : {};
  if (error || !data) {
    const message = error?.message ?? `The operation ${operationName} of a page has no answer.`;
    throw new AnswerError(String(error?.extensions?.["code"]), message);
  }
  return data;
}
