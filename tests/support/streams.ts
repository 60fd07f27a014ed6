/** One message of an event stream as a browser's EventSource sees it. */
export interface StreamMessage {
  /** The id of the last event, also where this message brings none. */
  readonly id: string | undefined;
  readonly event: string;
  readonly data: unknown;
}

/** An open event stream. */
export interface OpenStream {
  readonly status: number;
  readonly headers: Headers;
  /** The next message; undefined when the stream has ended. Comments and bare ids are passed over. */
  next(): Promise<StreamMessage | undefined>;
  /** The id to come back with. */
  lastId(): string | undefined;
  /** All that came so far, as text. */
  text(): string;
  close(): void;
}

/** Parameters of a subscription. */
export interface Subscribing {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: "GET" | "POST";
}

/** Subscribes over a service's address, and reads by the rules of HTML's event streams. */
export async function subscribe(
  address: string,
  { query, variables = {}, headers = {}, method = "POST" }: Subscribing,
): Promise<OpenStream> {
  const controller = new AbortController();
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const response = await fetch(method === "GET" ? `${address}/graphql?${search.toString()}` : `${address}/graphql`, {
    method,
    signal: controller.signal,
    headers: {
      accept: "text/event-stream",
      ...(method === "POST" && { "content-type": "application/json" }),
      ...headers,
    },
    ...(method === "POST" && { body: JSON.stringify({ query, variables }) }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let all = "";
  let rest = "";
  let lastId: string | undefined;
  const waiting: StreamMessage[] = [];

  function take(block: string): void {
    const fields = block.split("\n").flatMap((line) => {
      const [, name = "", value = ""] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
      return name === "" ? [] : [[name, value] as const];
    });
    const valuesOf = (name: string) => fields.flatMap(([field, value]) => (field === name ? [value] : []));
    lastId = valuesOf("id").at(-1) ?? lastId;
    const data = valuesOf("data").join("\n");
    if (valuesOf("event").length > 0)
      waiting.push({ id: lastId, event: valuesOf("event").at(-1) ?? "", data: data === "" ? null : JSON.parse(data) });
  }

  return {
    status: response.status,
    headers: response.headers,
    lastId: () => lastId,
    text: () => all,
    close: () => controller.abort(),
    async next() {
      while (waiting.length === 0) {
        const read = await reader?.read().catch(() => undefined);
        if (!read || read.done) return undefined;
        all += read.value;
        rest += read.value;
        const blocks = rest.split("\n\n");
        rest = blocks.pop() ?? "";
        blocks.forEach(take);
      }
      return waiting.shift();
    },
  };
}

/** The data of the next message, which has to be an event without errors. */
export async function nextEvent<T>(stream: OpenStream): Promise<T & { readonly id: string }> {
  const message = await stream.next();
  if (message?.event !== "next") throw new Error(`no event came, but ${JSON.stringify(message)}`);
  const { data, errors } = message.data as { data?: { recordChanged: T }; errors?: unknown };
  if (errors !== undefined || !data) throw new Error(`an event with errors came: ${JSON.stringify(errors)}`);
  return { ...data.recordChanged, id: message.id ?? "" };
}
