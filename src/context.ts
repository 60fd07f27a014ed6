import { setMaxListeners } from "node:events";
import { acts } from "./acts/acts.js";
import { payloadOf } from "./acts/payload.js";
import { runAct, type ActOutcome } from "./acts/run.js";
import { anonymous, type Principal } from "./access/principal.js";
import type { Config } from "./config.js";
import type { Database } from "./database/open.js";
import type { Positions } from "./database/positions.js";
import { watchStatement, watchWrite, type DoneStatement, type Watching } from "./lib/watching.js";
import type { Logger } from "./lib/log.js";
import type { Span } from "./lib/spans.js";
import type { RequestFacts, ServiceFacts } from "./modules/service/service.fields.js";
import type { Follow } from "./live/live.js";
import { tellingOnly } from "./modules/history/history.lists.js";
import { countAnswerBytes, readError, type AnswerBytes } from "./reading/answer.bytes.js";
import type { UnknownName } from "./reading/names.js";
import { createReader, type RootField, type Send, type SendableStatement } from "./reading/reader.js";
import type { WhenOver } from "./reading/reading.statement.js";
import { countRootFields, rootKeys } from "./reading/operation.js";
import { sendAtOneState, sendFrom, sendVersioned, type Source } from "./reading/sending.js";
import { editing, isSettled, publicly, standpointAt, type Standpoint } from "./reading/standpoint.js";
import { readTogether, type Together } from "./reading/together.js";
import { namedArguments } from "./modules/answers/names.lists.js";
import { contractForGateways, recordTypes, type RootReading } from "./schema.js";
import { newTurns } from "./writing/turns.js";

/** The context of one request in its resolvers. */
export interface ResolverContext extends RootReading {
  readonly requestId: string;
  /** The client on whose behalf it is executed. */
  readonly principal: Principal;
  /** Reads a root field as the JSON text that goes to the client. A failure is kept for `read`, which then gives it. */
  answer(field: RootField): Promise<string>;
  /** Executes a statement of the exports and returns its one text, in the read view of the request or of a moment. */
  rows(statement: SendableStatement, knownAt?: string): Promise<string>;
  /** The names in the arguments of what has been read by which the record holds nothing, each once. */
  unknownNames(): readonly UnknownName[];
}

/** Properties of a request that are known before it is executed. */
export interface Request {
  readonly requestId: string;
  /**
   * Aborts when the client has gone or the time limit is over. No more statements are sent then, and its reason is the
   * error.
   */
  readonly signal: AbortSignal;
  /** The reason of the abort, for checks without the signal. */
  over?(): Error | undefined;
  /** Calls back on abort, without the signal. @returns A function that unsubscribes. */
  whenOver?(listener: (reason: Error) => void): () => void;
  /** The read-your-writes token: the version of the record to read at least. By default, the latest one that this process knows. */
  readonly position?: number | undefined;
  /** The client; anonymous by default. */
  readonly principal?: Principal;
  /** The client's rate limit; undefined if it is not limited. */
  readonly rate?: RequestFacts["rate"];
  /** The name of the operation, once it is known. */
  operation?(): string | undefined;
  /** Its trace, where it is traced. */
  readonly span?: Span | undefined;
  readonly log: Logger;
  /** The event that a client which comes back has seen last. */
  readonly lastEventId?: string | undefined;
}

export interface ContextOptions {
  /** Told of every statement of reads and acts that the database is done with. */
  readonly onStatement?: (done: DoneStatement) => void;
  readonly database: Pick<
    Database,
    "pool" | "namedStatements" | "preparedStatements" | "settings" | "cancel" | "replicas"
  >;
  /** Positions of replicas; required if there are any. */
  readonly positions?: Positions;
  readonly limits: Config["limits"];
  readonly version: string;
  /** True if an editor may publish only the proposals of another editor; false when left out. */
  readonly fourEyes?: boolean;
  /** Services of the process for mutations, besides the database. */
  readonly services?: object;
  /** Follows the record; without it, subscriptions fail. */
  readonly follow?: Follow;
}

/** Maximum number of events read at once for all streams, so that connections remain for other requests. */
const readersOfEvents = 3;

/** Makes the contexts of requests; plans are kept from one request to the next. */
export function createContextFactory({
  database,
  positions,
  limits,
  version,
  fourEyes = false,
  services,
  follow,
  onStatement,
}: ContextOptions): (request: Request) => ResolverContext {
  const reader = createReader({
    types: recordTypes,
    limits,
    namedStatements: database.namedStatements,
    names: namedArguments,
  });
  const service: ServiceFacts = {
    version,
    startedAt: new Date().toISOString(),
    limits,
    requiresReview: fourEyes,
    sdl: contractForGateways(),
  };
  const factsOfAll: RequestFacts = { ...service, principal: anonymous };
  const lanes = Array.from({ length: readersOfEvents }, () => newTurns());
  let nextLane = 0;
  return (request) => {
    const { requestId, principal = anonymous, rate } = request;
    const facts: RequestFacts = principal === anonymous && !rate ? factsOfAll : { ...service, principal, rate };
    const own = standpointOf(principal);
    const requestOver: WhenOver = (listener) => request.whenOver?.(listener) ?? whenAborted(request.signal, listener);
    /** Reads where the record is held at a version at least: on the primary, or on a replica where that will do. */
    const readOn = <T>(
      standpoints: readonly Standpoint[],
      work: (source: Source) => Promise<T>,
      seen = 0,
    ): Promise<T> => {
      if (request.over) {
        const reason = request.over();
        if (reason) throw reason;
      } else {
        request.signal.throwIfAborted();
      }
      const { replicas } = database;
      if (!replicas || hasActed || !standpoints.every(isSettled)) return work(database);
      const least = Math.max(positions?.latest() ?? 0, request.position ?? 0, seen);
      return replicas.read(least, (pool) => work({ ...database, pool }));
    };
    const reads: Watching = {
      kind: "read",
      requestId,
      operation: () => request.operation?.(),
      span: request.span,
      tell: onStatement,
    };
    const unknown: UnknownName[] = [];
    const onUnknownName = (name: UnknownName): void => {
      unknown.push(name);
    };
    /** A root field of the operation that was read. */
    let asked: RootField | undefined;
    const noteAsked = (field: RootField): RootField => (asked = field);
    const noting = { ...planningIn(request.span), onUnknownName };
    /** One of the two ways to answer: what it reads is counted together, and its root fields are read at one state. */
    const newReading = (): Reading => {
      const bytes = countAnswerBytes(limits.maxAnswerBytes);
      const whenOver: WhenOver = (listener) => both(requestOver(listener), bytes.whenOver(listener));
      const count = (statement: SendableStatement, standpoint: Standpoint): Promise<string | null> =>
        readOn([standpoint], (source) => sendFrom(source, standpoint, statement, whenOver)).then((text) =>
          bytes.count(statement, text),
        );
      const watched: Send = (statement, standpoint = own) =>
        watchStatement(reads, statement.text, () => count(statement, standpoint), statement.name);
      const send: Send = Object.assign(
        onStatement || request.span
          ? watched
          : (statement: SendableStatement, standpoint = own) => count(statement, standpoint),
        noting,
      );
      /** The root fields of an operation that has several. */
      let group: { readonly operation: RootField["operation"]; readonly together: Together } | undefined;
      const groupOf = (field: RootField): Together | undefined => {
        if (field.operation.operation !== "query") return undefined;
        if (group?.operation === field.operation && !group.together.isClosed()) return group.together;
        const expected = countRootFields(field);
        if (expected < 2) return undefined;
        const together = readTogether(expected, {
          one: async ({ statement, standpoint = own }, seen) => {
            const read = await watchStatement(
              reads,
              statement.text,
              () => readOn([standpoint], (source) => sendVersioned(source, standpoint, statement, whenOver), seen),
              statement.name,
            );
            bytes.count(statement, read.text);
            return read;
          },
          all: async (wanted, seen) => {
            const all = wanted.map(({ statement, standpoint = own }) => ({ statement, standpoint }));
            const text = all.map(({ statement }) => statement.text).join("; ");
            const read = await watchStatement(reads, text, () =>
              readOn(
                all.map(({ standpoint }) => standpoint),
                (source) => sendAtOneState(source, all, whenOver),
                seen,
              ),
            );
            read.forEach((outcome, index) =>
              bytes.count(
                all[index]?.statement as SendableStatement,
                outcome.status === "fulfilled" ? outcome.value : null,
              ),
            );
            return read;
          },
          // Drafts move no version.
          isVersioned: (standpoint = own) => standpoint.kind !== "editing",
        });
        group = { operation: field.operation, together };
        return together;
      };
      return {
        bytes,
        send,
        read(field, work) {
          const together = groupOf(field);
          return together ? together.take((sending) => work(Object.assign(sending, noting))) : work(send);
        },
      };
    };
    let answers: Reading | undefined;
    let executed: Reading | undefined;
    const trees = (): Reading => (executed ??= newReading());
    let hasActed = false;
    let deadline: number | undefined;
    const act = async (name: string, input: unknown): Promise<ActOutcome> => {
      const known = acts.get(name);
      if (!known) throw new Error(`No act ${name} is declared`);
      // The mutations of one operation have its time together.
      deadline ??= performance.now() + limits.mutationTimeoutMs;
      const timeout = Math.max(1, deadline - performance.now());
      hasActed = true;
      const outcome = await runAct(database, known, input, {
        actor: principal.actor,
        actorName: principal.name,
        services,
        review: { isRequired: fourEyes, mayPublish: principal.scopes.has("PUBLISH") },
        signal: request.signal,
        timeout,
        log: request.log,
        watch: watchWrite(reads),
      });
      // From now on, this process serves no older state.
      await positions?.ask();
      return outcome;
    };
    let failures: Map<string, unknown> | undefined; // most requests have none
    return {
      requestId,
      principal,
      unknownNames: () => (asked === undefined || unknown.length === 0 ? [] : eachOnce(unknown, rootKeys(asked))),
      read: ({ schema, operation, fragments, variableValues: variables, parentType, fieldNodes: nodes, path }) => {
        const key = String(path.key);
        const tooLong = answers?.bytes.over();
        if (tooLong) return Promise.reject(tooLong);
        if (failures?.has(key)) return Promise.reject(failures.get(key));
        const field = noteAsked({ schema, operation, fragments, variables, parentType, key, nodes });
        return trees().read(field, (send) => reader.tree(field, send, facts));
      },
      act: async (input, info) =>
        payloadOf(info, await act(info.fieldName, input), (field, ids) => reader.held(field, ids, trees().send, facts)),
      follow(args, { schema, operation, fragments, variableValues: variables, parentType, fieldNodes: nodes, path }) {
        if (!follow) throw new Error("Subscriptions are not available in this context.");
        const field = { schema, operation, fragments, variables, parentType, key: String(path.key), nodes };
        const { signal, log, lastEventId } = request;
        return follow(args, {
          signal,
          log,
          lastEventId,
          read: (done, chosen) => {
            // Events are about published changes, so streams never read drafts.
            const asOf: Send = (statement) =>
              sendFrom(database, { kind: "known", at: done.at, hasPassed: true }, statement, requestOver);
            const lane = lanes[(nextLane = (nextLane + 1) % lanes.length)] as (typeof lanes)[number];
            return lane.take(() => reader.held(field, done.id, asOf, facts, { [tellingOnly]: chosen }), signal);
          },
        });
      },
      answer: (field) =>
        (answers ??= newReading())
          .read(noteAsked(field), (send) => reader.answer(field, send, facts))
          .catch((error: unknown) => {
            (failures ??= new Map()).set(field.key, error);
            throw error;
          }),
      async rows(statement, moment) {
        const standpoint = moment === undefined ? own : standpointAt(moment);
        try {
          return (await newReading().send(statement, standpoint)) ?? "";
        } catch (error) {
          throw readError(error, limits.maxAnswerBytes);
        }
      },
    };
  };
}

/**
 * Unknown names in the order of the root fields, which are read in any order. Aliases may repeat a field: only its first
 * use reports a name.
 */
function eachOnce(unknown: readonly UnknownName[], keys: readonly string[]): readonly UnknownName[] {
  const sorted = [...unknown].sort((one, other) => keys.indexOf(one.field) - keys.indexOf(other.field));
  const first = new Map<string, UnknownName>();
  for (const name of sorted) {
    const key = `${name.asked} ${name.argument} ${name.name}`;
    if (!first.has(key)) first.set(key, name);
  }
  return [...first.values()];
}

/** One of the two ways in which the root fields of an operation are read. */
interface Reading {
  readonly bytes: AnswerBytes;
  readonly send: Send;
  readonly read: <T>(field: RootField, work: (send: Send) => Promise<T>) => Promise<T>;
}

/** Has planning be traced, where anything is. */
function planningIn(span: Span | undefined): Pick<Send, "planning"> {
  if (!span) return {};
  return {
    planning(plan) {
      const traced = span.begin("plan");
      try {
        return plan();
      } finally {
        traced.end();
      }
    },
  };
}

function both(one: () => void, other: () => void): () => void {
  return () => {
    one();
    other();
  };
}

/** Calls back when a signal fires, at once if it has; returns a function that ends this. */
function whenAborted(signal: AbortSignal, listener: (reason: Error) => void): () => void {
  const tell = (): void => listener(signal.reason as Error);
  if (signal.aborted) tell();
  else {
    // An operation has a statement for each of its root fields, all of them under way at once: no sign of a leak.
    setMaxListeners(0, signal);
    signal.addEventListener("abort", tell, { once: true });
  }
  return () => signal.removeEventListener("abort", tell);
}

/** The read view of a client that gives no moment. Editors see drafts as well. */
export function standpointOf({ scopes }: Principal): Standpoint {
  return scopes.has("EDIT") ? editing : publicly;
}
