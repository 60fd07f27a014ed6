import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the stub saw it. */
export interface SeenRequest {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly query: string;
    readonly operationName?: string;
    readonly variables?: Record<string, unknown>;
  };
}

/** Answers one request; the response is left open if it ends nothing. */
export type Reply = (response: ServerResponse, request: SeenRequest) => void;

/** An HTTP server on a free local port that answers by the replies it is given and keeps what it was asked. */
export interface ServiceStub {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Sets the replies: each is used once, the last one for all that follow. */
  readonly reply: (...replies: Reply[]) => void;
  readonly close: () => Promise<void>;
}

/** Starts a stub that rejects all requests until it has a reply. */
export async function startServiceStub(): Promise<ServiceStub> {
  const seen: SeenRequest[] = [];
  const replies: Reply[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as SeenRequest["body"];
      const asked = { method: request.method, headers: request.headers, body };
      seen.push(asked);
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      if (reply) reply(response, asked);
      else response.writeHead(500).end("no reply was set");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    seen,
    reply: (...next) => {
      seen.length = 0;
      replies.splice(0, replies.length, ...next);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Replies with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response
      .writeHead(status, { "content-type": "application/graphql-response+json", ...headers })
      .end(JSON.stringify(body));
  };
}
