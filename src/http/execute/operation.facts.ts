import type { Principal } from "../../access/principal.js";
import type { Logger } from "../../lib/log.js";
import type { Span } from "../../lib/spans.js";
import type { RateStanding } from "../../limits/rates.js";
import type { RequestContext } from "./request.context.js";

/** Properties of the HTTP request for the context of resolvers. */
export interface RequestFacts {
  readonly requestId: string;
  /** The position of the record that the response has to hold at least. */
  readonly position?: number | undefined;
  /** Fires when the client has disconnected or the time is up; the reason is the error to fail with. */
  readonly signal: AbortSignal;
  /** The reason for which the signal has fired; it costs less than the signal. */
  over?(): Error | undefined;
  /** Calls back when the signal fires, without making a signal; returns a function that ends this. */
  whenOver?(listener: (reason: Error) => void): () => void;
  /** On whose behalf the operation is executed. */
  readonly principal: Principal;
  /** The rate limit of the client; undefined, or left out, if points are not counted. */
  readonly rate?: (() => RateStanding | undefined) | undefined;
  /** The name of the operation, once it is known. */
  operation?(): string | undefined;
  /** Its trace, if it is traced. */
  readonly span?: Span | undefined;
  readonly log: Logger;
  /** As the client sent it; not yet checked. */
  readonly operationName?: string | undefined;
  /** The last event of a stream that the client has seen, by its header; not yet checked. */
  readonly lastEventId?: string | undefined;
}

/** Properties of a request besides its context. */
export type RequestDetails = Pick<RequestFacts, "operationName" | "position" | "lastEventId">;

/** The facts of a request for the context of its resolvers. */
export function factsOf(context: RequestContext, details: RequestDetails = {}): RequestFacts {
  return new ContextFacts(context, details);
}

/** A class for the same reason as RequestContext; the signal and the log are made on the first use. */
class ContextFacts implements RequestFacts {
  readonly requestId: string;
  readonly principal: Principal;
  readonly span: Span | undefined;
  readonly rate: RequestFacts["rate"];
  readonly operationName: string | undefined;
  readonly position: number | undefined;
  readonly lastEventId: string | undefined;
  readonly #context: RequestContext;

  constructor(context: RequestContext, { operationName, position, lastEventId }: RequestDetails) {
    this.#context = context;
    this.requestId = context.requestId;
    this.principal = context.principal;
    this.span = context.span;
    this.rate = context.budget && (() => context.rate());
    this.operationName = operationName;
    this.position = position;
    this.lastEventId = lastEventId;
  }

  get signal(): AbortSignal {
    return this.#context.signal;
  }

  get log(): Logger {
    return this.#context.log;
  }

  over(): Error | undefined {
    return this.#context.over();
  }

  whenOver(listener: (reason: Error) => void): () => void {
    return this.#context.whenOver(listener);
  }

  operation(): string | undefined {
    return this.#context.logFields.operation;
  }
}
