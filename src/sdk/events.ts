/** One message of an event stream. */
export interface StreamMessage {
  /** The event id to resume from, if there is one. */
  readonly id: string | undefined;
  /** The type of the event; empty for messages that only move the event id. */
  readonly event: string;
  readonly data: string;
}

/** The body of a response, as `fetch` returns it in Node and in browsers. */
export interface BodyStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/**
 * Reads an event stream (WHATWG HTML, section 9.2.6). Yields each message with an event or an id, and undefined for
 * comments, which are heartbeats.
 */
export async function* readMessages(body: BodyStream): AsyncGenerator<StreamMessage | undefined, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let lines: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      // A carriage return at the end may be the first half of a line break.
      const complete = rest.split(/\r\n|\n|\r(?=[^])/);
      rest = complete.pop() ?? "";
      for (const line of complete) {
        if (line !== "") {
          lines.push(line);
          continue;
        }
        yield messageOf(lines);
        lines = [];
      }
    }
  } finally {
    // Cancelling the reader stops the transfer.
    await reader.cancel().catch(() => undefined);
  }
}

function messageOf(lines: readonly string[]): StreamMessage | undefined {
  let id: string | undefined;
  let event = "";
  const data: string[] = [];
  for (const line of lines) {
    const [, field, value = ""] = /^([^:]+)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === "id") id = value;
    if (field === "event") event = value;
    if (field === "data") data.push(value);
  }
  return id === undefined && event === "" ? undefined : { id, event, data: data.join("\n") };
}
