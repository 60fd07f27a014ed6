import { channel } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Principal } from "../access/principal.js";
import type { Logger } from "../lib/log.js";
import type { Client } from "./limit/clients.js";
import { Refusal } from "./refusal.js";

/** The stages between a request and its response, in their order. A kind of request may leave some out. */
export const STAGES = ["parse", "authenticate", "limit", "cache", "plan", "execute", "respond"] as const;
export type StageName = (typeof STAGES)[number];

/** Publishes `{ kind, stage }` when a stage begins. */
export const stageChannel = channel("sidelines.request.stage");

/** A request as all stages know it. Each kind adds what its own stages need. */
export interface PipelineRequest {
  readonly id: string;
  readonly raw: IncomingMessage;
  readonly log: Logger;
  /** On whose behalf it is made: anonymous unless `authenticate` finds a credential. */
  principal: Principal;
  /** Found by `limit`; undefined if the requests of this client are not counted. */
  client: Client | undefined;
}

/** The decision of a stage: a result or a refusal ends the request, undefined passes it on to the next stage. */
export type Decision<R> = R | Refusal | undefined;

/** A stage before `respond`. An error that it throws ends the request like a refusal. */
export type Stage<X, R> = (request: X) => Decision<R> | Promise<Decision<R>>;

/** The stages of one kind of request. `createPipeline` runs them in the order of `STAGES`. */
export interface Stages<X, R, T> {
  readonly parse?: Stage<X, R>;
  readonly authenticate?: Stage<X, R>;
  readonly limit?: Stage<X, R>;
  readonly cache?: Stage<X, R>;
  readonly plan?: Stage<X, R>;
  readonly execute: Stage<X, R>;
  /** Writes the response, whichever stage decided on it. */
  readonly respond: (request: X, outcome: R | Refusal) => T | Promise<T>;
  /** The refusal that a client gets for an error of a stage. */
  readonly refusalOf: (error: unknown, request: X) => Refusal;
  /** Releases what the stages acquired; called after the response. */
  readonly release?: (request: X) => void;
}

/**
 * Connects stages to one path from a request to its response. A request whose stages do not wait is answered at once:
 * the fast path needs no promise for a cache hit.
 * @param kind a name of the path for `stageChannel`.
 */
export function createPipeline<X, R, T>(kind: string, stages: Stages<X, R, T>): (request: X) => T | Promise<T> {
  const { respond, refusalOf, release } = stages;
  const steps = STAGES.flatMap((name) => {
    const run = name === "respond" ? undefined : stages[name];
    return run ? [{ name, run }] : [];
  });
  const publish = (stage: StageName): void => {
    if (stageChannel.hasSubscribers) stageChannel.publish({ kind, stage });
  };

  /** Runs the stages from one on until one of them decides. */
  function decide(request: X, from: number): R | Refusal | Promise<R | Refusal> {
    for (let index = from; index < steps.length; index += 1) {
      const { name, run } = steps[index] as (typeof steps)[number];
      publish(name);
      let decision: ReturnType<typeof run>;
      try {
        decision = run(request);
      } catch (error) {
        return refusalOf(error, request);
      }
      if (decision instanceof Promise) {
        return decision.then(
          (decided) => decided ?? decide(request, index + 1),
          (error: unknown) => refusalOf(error, request),
        );
      }
      if (decision !== undefined) return decision;
    }
    throw new Error(`No stage of the ${kind} pipeline decided on a response.`);
  }

  function finish(request: X, outcome: R | Refusal): T | Promise<T> {
    publish("respond");
    let isWaiting = false;
    try {
      const response = respond(request, outcome);
      if (!(response instanceof Promise)) return response;
      isWaiting = true;
      return release ? response.finally(() => release(request)) : response;
    } finally {
      if (!isWaiting) release?.(request);
    }
  }

  return (request) => {
    const outcome = decide(request, 0);
    return outcome instanceof Promise ? outcome.then((decided) => finish(request, decided)) : finish(request, outcome);
  };
}
