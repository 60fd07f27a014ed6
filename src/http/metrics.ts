import type { DoneStatement } from "../lib/watching.js";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** Metrics of a response. */
export interface Answered {
  /** The name of the operation; undefined where it has none or none was come to. */
  readonly operation: string | undefined;
  readonly kind: string | undefined;
  /** The source of the response. */
  readonly source: "cache" | "fast_path" | "executor";
  readonly codes: readonly string[];
  readonly durationMs: number;
}

/** Counts for operators what the service does, and says it in the form of Prometheus. */
export interface Metrics {
  /** An operation was answered, with errors or without. */
  readonly answered: (answer: Answered) => void;
  /** A request was answered with a status, whatever it was about. */
  readonly responded: (route: string | null, status: number) => void;
  /** The database was done with a statement. */
  readonly statement: (done: Pick<DoneStatement, "kind" | "durationMs" | "isFailed">) => void;
  /** Sets the source of gauges, which are read on each scrape. */
  readonly measure: (measured: Measured) => void;
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/** Values that are read on each scrape. */
export interface Measured {
  /** Operations that are executed at this moment. */
  readonly operations: () => number;
  readonly answers: () => { readonly answers: number; readonly bytes: number };
  /** Clients whose points are remembered. */
  readonly spenders: () => number;
  /** Event streams that are open. */
  readonly streams: () => number;
}

/** The connections of the database pool. */
export type Connections = () => { readonly total: number; readonly idle: number; readonly waiting: number };

/** Seconds; most reads take less than the first, what takes longer than the last is given up. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const refusals: ReadonlyMap<number, string> = new Map([
  [429, "rate"],
  [503, "load"],
]);

/**
 * The metrics of one service.
 * @param known The names of shipped operations, which are counted separately. Other names share a label, so that
 * clients cannot create any number of series.
 */
export function createMetrics(known: ReadonlySet<string>, connections: Connections): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const operations = new Counter({
    name: "sidelines_operations_total",
    help: "Operations answered, by name, kind and source.",
    labelNames: ["operation", "kind", "source"],
    registers,
  });
  const seconds = new Histogram({
    name: "sidelines_operation_duration_seconds",
    help: "Time from the request to the answer.",
    labelNames: ["operation"],
    buckets: BUCKETS,
    registers,
  });
  const errors = new Counter({
    name: "sidelines_operation_errors_total",
    help: "Answers with an error of a code.",
    labelNames: ["code"],
    registers,
  });
  const responses = new Counter({
    name: "sidelines_http_responses_total",
    help: "Requests answered outside of the fast path, by route and status.",
    labelNames: ["route", "status"],
    registers,
  });
  const refused = new Counter({
    name: "sidelines_refused_total",
    help: "Requests rejected by rate limits (rate) or for lack of capacity (load).",
    labelNames: ["reason"],
    registers,
  });
  const statements = new Histogram({
    name: "sidelines_statement_duration_seconds",
    help: "Time of SQL statements, by whether they read or belong to a write; waiting for a connection included.",
    labelNames: ["kind"],
    buckets: BUCKETS,
    registers,
  });
  const failed = new Counter({
    name: "sidelines_statement_failures_total",
    help: "SQL statements that failed or were given up.",
    labelNames: ["kind"],
    registers,
  });
  for (const kind of ["read", "write"] as const) failed.inc({ kind }, 0);
  for (const reason of refusals.values()) refused.inc({ reason }, 0);
  const gauge = (name: string, help: string, value: () => number): void =>
    void new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge("sidelines_database_connections", "Connections of the pool.", () => connections().total);
  gauge("sidelines_database_connections_idle", "Idle connections of the pool.", () => connections().idle);
  gauge("sidelines_database_connections_awaited", "Requests that wait for a connection.", () => connections().waiting);

  const nameOf = (operation: string | undefined): string =>
    operation === undefined ? "unnamed" : known.has(operation) ? operation : "other";
  return {
    answered({ operation, kind = "none", source, codes, durationMs }) {
      const name = nameOf(operation);
      operations.inc({ operation: name, kind, source });
      seconds.observe({ operation: name }, durationMs / 1_000);
      for (const code of codes) errors.inc({ code });
    },
    responded(route, status) {
      responses.inc({ route: route ?? "none", status });
      const reason = refusals.get(status);
      if (reason !== undefined) refused.inc({ reason });
    },
    statement({ kind, durationMs, isFailed }) {
      statements.observe({ kind }, durationMs / 1_000);
      if (isFailed) failed.inc({ kind });
    },
    measure({ operations: underWay, answers, spenders, streams }) {
      gauge("sidelines_operations_in_progress", "Operations that are executed at this moment.", underWay);
      gauge(
        "sidelines_cached_responses",
        "Responses that are cached until the record changes.",
        () => answers().answers,
      );
      gauge("sidelines_cached_responses_bytes", "Memory that cached responses take.", () => answers().bytes);
      gauge("sidelines_event_streams", "Event streams that are open.", streams);
      gauge("sidelines_rate_spenders", "Clients whose points are remembered.", spenders);
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
