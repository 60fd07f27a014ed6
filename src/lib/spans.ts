/** A piece of work that is traced, within another one or by itself. */
export interface Span {
  /** Begins a piece of work within this one. */
  begin(name: string, attributes?: Readonly<Record<string, string | number | undefined>>): Span;
  /** Says more of it. */
  describe(attributes: Readonly<Record<string, string | number | undefined>>): void;
  /** Gives it another name. */
  rename(name: string): void;
  /** @param error what it failed with. */
  end(error?: unknown): void;
}

/** Starts spans, optionally within a span of the client. */
export interface Tracer {
  /** @param headers of the request, which may name a piece of work by W3C's `traceparent`. */
  begin(name: string, headers: Readonly<Record<string, string | string[] | undefined>>): Span;
  /** Sends what is not sent yet. */
  close(): Promise<void>;
}
