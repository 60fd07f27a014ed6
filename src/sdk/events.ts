/** One message of an event stream. */
export interface StreamMessage {
  /** From where to go on, if it says so. */
  readonly id: string | undefined;
  /** The kind of event; empty where there is none, and nothing but the place has moved. */
  readonly event: string;
  readonly data: string;
}

/** The body of an answer as it comes in; what `fetch` gives in Node and in browsers fits. */
export interface BodyStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/**
 * Reads an event stream (WHATWG HTML, section 9.2.6). Every message that has an event or an id is given; comments, by which a
 * service shows that it is still there, are given as undefined.
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
      // A carriage return at the end may be half of a line break.
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
    // What is not read any more is not sent any more.
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
