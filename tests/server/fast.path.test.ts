import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { request, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits as usual } from "../support/ask.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { acceptAll } from "./stand.in.js";

const json = { "content-type": "application/json" };
const small = { query: "query Small { meetings(first: 2) { nodes { slug } } }" };
const large = {
  query:
    "query Large { meetings(first: 50) { nodes { slug title status participants { nodes { party { name } } } } } }",
};

/** The framework's event for a request that reaches a route. */
const handling = "tracing:fastify.request.handler:start";

/** A busy machine is late for everything; that is not what is tried here. */
const limits = { ...usual, maxEventLoopDelayMs: 0 };

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe("prepared operations over HTTP", () => {
  let seeded: Seeded;
  let app: FastifyInstance;
  let port: number;
  const lines: Record<string, unknown>[] = [];
  /** Number of requests that reached the framework's route. */
  let routed = 0;
  const countRouted = (): void => void (routed += 1);

  beforeAll(async () => {
    seeded = await openSeeded(["report"]);
    const log = createLogger({
      level: "info",
      destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    });
    subscribe(handling, countRouted);
    app = await buildServer({
      config: { limits },
      schema: buildExecutableSchema(),
      createContext: createContextFactory({ database: seeded.database, limits, version: "0.0.0-test" }),
      ready: async () => true,
      authenticate: acceptAll,
      log,
      answersFrom: (context) => context,
      recordVersion: () => 1,
      positions: { latest: () => 7, reach: async (position) => position },
    });
    await app.listen({ host: "127.0.0.1", port: 0 });
    port = (app.server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    unsubscribe(handling, countRouted);
    await app.close();
    await seeded.close();
  });

  /** Asks over a socket. @returns the answer, and whether the framework had a hand in it. */
  async function ask(
    body: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Got & { readonly wasRouted: boolean }> {
    const before = routed;
    const got = await new Promise<Got>((resolve, reject) => {
      const sent = request(
        {
          host: "127.0.0.1",
          port,
          path: "/graphql",
          method: "POST",
          headers: { ...json, "content-length": String(Buffer.byteLength(body)), ...headers },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer
            .on("data", (chunk: Buffer) => chunks.push(chunk))
            .on("end", () =>
              resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }),
            );
        },
      );
      sent.on("error", reject).end(body);
    });
    return { ...got, wasRouted: routed > before };
  }

  const known = async (question: object): Promise<void> => {
    await ask(JSON.stringify(question), { "sidelines-cost": "1" }); // by the route, which learns it and keeps nothing
  };

  it("are answered before the framework looks at them, as it would answer them", async () => {
    for (const question of [small, large]) {
      await known(question);
      for (const encoding of [undefined, "br", "gzip"]) {
        const accepted = encoding === undefined ? {} : { "accept-encoding": encoding };
        const text = JSON.stringify({ ...question, variables: { encoding } });
        const direct = await ask(text, accepted);
        expect(direct.wasRouted).toBe(false);
        const routedAnswer = await app.inject({
          method: "POST",
          url: "/graphql",
          payload: text,
          headers: { ...json, ...accepted },
        });
        expect(direct.status).toBe(200);
        const comparable = (headers: object) =>
          Object.entries(headers)
            .filter(([name]) => !["x-request-id", "date", "connection", "keep-alive"].includes(name))
            .sort();
        expect(comparable(direct.headers)).toEqual(comparable(routedAnswer.headers));
        expect(direct.body).toEqual(routedAnswer.rawPayload);
        const unpacked =
          direct.headers["content-encoding"] === "br"
            ? brotliDecompressSync(direct.body)
            : direct.headers["content-encoding"] === "gzip"
              ? gunzipSync(direct.body)
              : direct.body;
        expect(JSON.parse(unpacked.toString())).toHaveProperty("data.meetings.nodes");
      }
    }
  });

  it("are compressed only where that is worth it", async () => {
    await known(small);
    await known(large);
    expect((await ask(JSON.stringify(small), { "accept-encoding": "br" })).headers["content-encoding"]).toBeUndefined();
    expect((await ask(JSON.stringify(large), { "accept-encoding": "gzip, br" })).headers["content-encoding"]).toBe(
      "br",
    );
  });

  it("are kept until the record changes, and logged with their own id", async () => {
    await known(small);
    const text = JSON.stringify({ ...small, variables: { fresh: true } });
    const first = await ask(text);
    const again = await ask(text);
    expect(again.body).toEqual(first.body);
    expect(again.wasRouted).toBe(false);
    const line = lines.find(({ requestId }) => requestId === first.headers["x-request-id"]);
    expect(line).toMatchObject({
      method: "POST",
      route: "/graphql",
      status: 200,
      operation: "Small",
      kind: "query",
      msg: "answered",
    });
  });

  it.each([
    ["are not known yet", { query: "{ meetings(first: 3) { totalCount } }" }, {}],
    ["come with a credential", small, { authorization: "Bearer x" }],
    ["ask what they cost", small, { "sidelines-cost": "1" }],
    ["weigh encodings", small, { "accept-encoding": "br;q=0.5, gzip" }],
    ["might reach into prototypes", { ...small, extensions: null, variables: { constructor: 1 } }, {}],
  ])("go by the route where they %s", async (_why, question, headers) => {
    if (question === small) await known(small);
    const { wasRouted } = await ask(JSON.stringify(question), headers);
    expect(wasRouted).toBe(true);
  });

  it("go by the route with the body that was read: what is wrong with it is said there", async () => {
    expect(await ask("{")).toMatchObject({ status: 400 });
    expect(await ask("null")).toMatchObject({ status: 400 });
    expect(await ask(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ status: 400 });
    expect(await ask(JSON.stringify(small), { "content-type": "text/plain" })).toMatchObject({ status: 415 });
  });

  it("are finished by the route where they fail, which says why", async () => {
    const paged = { query: "query Paged($after: String) { meetings(first: 1, after: $after) { nodes { slug } } }" };
    await known(paged);
    expect((await ask(JSON.stringify(paged))).wasRouted).toBe(false);
    const failed = await ask(JSON.stringify({ ...paged, variables: { after: "nonsense" } }));
    expect(failed.wasRouted).toBe(true);
    expect(failed.headers["sidelines-position"]).toBe("7");
    expect(JSON.parse(failed.body.toString())).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT", argument: "after" } }],
    });
    // Nothing is left behind that would fill the service up.
    for (let round = 0; round < limits.maxConcurrentOperations + 10; round += 1) {
      await ask(JSON.stringify({ ...paged, variables: { after: "nonsense" } }));
    }
    expect((await ask(JSON.stringify(paged))).status).toBe(200);
  });
});
