import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "../../lib/log.js";
import { logFieldsOf, sourceLabel, type LogFields } from "../execute/request.context.js";
import type { Metrics } from "../metrics.js";

/** A response as its log line describes it. */
interface Answered {
  /** Left out if the log has it already. */
  readonly requestId?: string;
  readonly method: string;
  readonly route: string | null;
  readonly status: number;
  readonly durationMs: number;
  readonly fields: LogFields | undefined;
}

/** Counts a response and writes one line for it. Never the query string: variables may stand in it. */
export function logResponse(request: FastifyRequest, reply: FastifyReply, metrics: Metrics | undefined): void {
  const fields = logFieldsOf(request);
  const { method, log, routeOptions } = request;
  const { statusCode: status, elapsedTime: durationMs } = reply;
  const route = routeOptions.url ?? null;
  metrics?.responded(route, status);
  if (fields) countOperation(metrics, fields, durationMs);
  logAnswer(log as Logger, status >= 500 ? "warn" : "info", { method, route, status, durationMs, fields });
}

export function countOperation(metrics: Metrics | undefined, fields: LogFields, durationMs: number): void {
  const { operation, kind, codes } = fields;
  metrics?.answered({ operation, kind, source: sourceLabel(fields), codes, durationMs });
}

export function logAnswer(log: Logger, level: "info" | "warn", { fields, durationMs, ...answered }: Answered): void {
  if (!log.isLevelEnabled(level)) return;
  log[level](
    {
      ...answered,
      durationMs: Math.round(durationMs * 100) / 100,
      ...(fields && { operation: fields.operation, kind: fields.kind }),
      ...(fields && fields.codes.length > 0 && { codes: fields.codes }),
    },
    "answered",
  );
}
