import type { Span } from "./spans.js";

/** A statement that the database is done with. */
export interface DoneStatement {
  readonly text: string;
  /** Whether it was sent for a read, or within the transaction of a write. */
  readonly kind: "read" | "write";
  /** Waiting for a connection included; that of a write has one. */
  readonly durationMs: number;
  readonly isFailed: boolean;
  /** The name of the operation, or what else it was sent for. */
  readonly operation: string | undefined;
  /** Undefined for what no request asked for, such as loading packs. */
  readonly requestId: string | undefined;
}

/** The purpose of statements, and their listeners. */
export interface Watching {
  readonly kind: DoneStatement["kind"];
  readonly operation?: (() => string | undefined) | undefined;
  readonly requestId?: string | undefined;
  /** The parent span. */
  readonly span?: Span | undefined;
  readonly tell?: ((done: DoneStatement) => void) | undefined;
}

/** Executes a statement and reports its duration. @param name The name of the prepared statement, if it is prepared. */
export async function watchStatement<T>(
  { kind, operation, requestId, span, tell }: Watching,
  text: string,
  send: () => Promise<T>,
  name?: string,
): Promise<T> {
  const begun = performance.now();
  const traced = span?.begin("statement", {
    "db.system.name": "postgresql",
    "db.query.text": text,
    "sidelines.prepared": name,
  });
  const done = (error?: unknown): void => {
    traced?.end(error);
    tell?.({
      text,
      kind,
      durationMs: performance.now() - begun,
      isFailed: error !== undefined,
      operation: operation?.(),
      requestId,
    });
  };
  try {
    const result = await send();
    done();
    return result;
  } catch (error) {
    done(error);
    throw error;
  }
}

/** Is given each statement of a write with what sends it: sends it, and gives back what comes. */
export type WatchStatements = <T>(text: string, send: () => Promise<T>) => Promise<T>;

/** Watches the statements of a write. @returns undefined without listeners. */
export function watchWrite(watching: Omit<Watching, "kind">): WatchStatements | undefined {
  if (!watching.tell && !watching.span) return undefined;
  return (text, send) => watchStatement({ ...watching, kind: "write" }, text, send);
}
