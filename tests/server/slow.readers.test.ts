import { createServer, type RequestListener, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { fastify, type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createClients } from "../../src/http/limit/clients.js";
import { exportRoutes } from "../../src/http/routes/exports.route.js";
import { createConcurrencyLimiter } from "../../src/http/limit/concurrency.js";
import { createReaderPace, endSlowReaders } from "../../src/http/limit/slow.readers.js";
import { createRates } from "../../src/limits/rates.js";
import { limits } from "../support/ask.js";
import { contractSchema, listen, startStandIn } from "./stand.in.js";

/** A client that speaks HTTP over a socket and can stop reading. */
interface Reader {
  readonly socket: Socket;
  /** The first line of the answer. */
  readonly status: Promise<string>;
  readonly closed: Promise<void>;
}

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** Asks for a path, takes the first piece of the answer and then nothing more. */
function stuckReader(port: number, path: string, localAddress = "127.0.0.1"): Reader {
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  sockets.push(socket);
  socket.on("error", () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: tests\r\n\r\n`);
  const status = new Promise<string>((resolve) => {
    socket.once("data", (data: Buffer) => {
      socket.pause();
      resolve(data.toString("latin1").split("\r\n", 1)[0] ?? "");
    });
    socket.once("close", () => resolve("closed"));
  });
  return { socket, status, closed: new Promise((resolve) => socket.once("close", () => resolve())) };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe("exports", () => {
  const OK = "HTTP/1.1 200 OK";
  const REFUSED = "HTTP/1.1 429 Too Many Requests";
  const apps: FastifyInstance[] = [];
  afterEach(async () => void (await Promise.all(apps.splice(0).map((app) => app.close()))));

  // Some 16 MB in 120 notes: more than the buffers of two sockets take.
  const note = "𝔸会議é".repeat(11_000);
  const seats = Array.from({ length: 120 }, (_, n) => ({
    id: `par_${n}`,
    role: "HOST",
    isExpected: false,
    attendance: null,
    note,
    person: null,
    office: null,
    party: { __typename: "State", id: "sta_1", code: "AAA", name: "A" },
    citations: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
  }));
  const meeting = {
    id: "mtg_1",
    slug: "long",
    title: "Long",
    kind: "MULTILATERAL",
    format: null,
    status: "HELD",
    on: "1950-01-01",
    endsOn: null,
    place: null,
    forum: null,
    ordinal: null,
    sidelinesOf: null,
    topics: [],
    purpose: null,
    participants: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: seats },
    citations: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
  };
  const page = JSON.stringify({ pageInfo: { hasNextPage: false, endCursor: null }, nodes: [meeting] });

  /** The exports alone, of one meeting with long notes. */
  async function listen(changed: Partial<typeof limits>): Promise<number> {
    const all = { ...limits, ...changed };
    const app = fastify({ forceCloseConnections: true });
    apps.push(app);
    endSlowReaders(app.server, all.slowReaderMs);
    await app.register(async (scope) =>
      exportRoutes(scope, {
        schema: contractSchema(),
        answering: () => ({ answer: async () => page, rows: async () => "[]" }),
        limiter: createConcurrencyLimiter({}),
        clients: createClients(createRates({}), {}),
        recordVersion: () => 1,
        limits: all,
      }),
    );
    await app.listen({ port: 0 });
    return portOf(app.server);
  }

  it("are written for a few slow readers of one address at most, and for others meanwhile", async () => {
    const port = await listen({ maxExports: 20, maxExportsPerClient: 4 });
    const readers = Array.from({ length: 20 }, () => stuckReader(port, "/meetings.csv", "127.0.0.2"));
    const statuses = await Promise.all(readers.map(({ status }) => status));
    expect(statuses.filter((status) => status === OK)).toHaveLength(4);
    expect(statuses.filter((status) => status === REFUSED)).toHaveLength(16);
    expect(await stuckReader(port, "/meetings.csv", "127.0.0.3").status).toBe(OK);
    const other = await fetch(`http://127.0.0.1:${port}/meetings.csv`);
    expect(other.status).toBe(200);
    expect((await other.text()).split(note)).toHaveLength(121);
  });

  it("name the limit that is reached: of the client, or of the process", async () => {
    const port = await listen({ maxExports: 2, maxExportsPerClient: 1 });
    expect(await stuckReader(port, "/meetings.csv", "127.0.0.2").status).toBe(OK);
    expect(await stuckReader(port, "/meetings.csv", "127.0.0.1").status).toBe(OK);
    const own = await fetch(`http://127.0.0.1:${port}/meetings.csv`);
    expect([own.status, own.headers.get("retry-after"), await own.json()]).toMatchObject([
      429,
      "1",
      { errors: [{ extensions: { code: "RATE_LIMITED", limit: "maxExportsPerClient", allowed: 1 } }] },
    ]);
    expect(await stuckReader(port, "/meetings.csv", "127.0.0.3").status).toBe("HTTP/1.1 503 Service Unavailable");
  });

  it("are closed when their reader takes nothing, and their slot is free then", async () => {
    const port = await listen({ maxExportsPerClient: 1, slowReaderMs: 2_000 });
    const reader = stuckReader(port, "/meetings.csv");
    expect(await reader.status).toBe(OK);
    expect(await stuckReader(port, "/meetings.csv").status).toBe(REFUSED);
    await vi.waitFor(async () => expect(await stuckReader(port, "/meetings.csv").status).toBe(OK), {
      timeout: 20_000,
      interval: 250,
    });
    // Bytes on their way are still read; then the connection ends, before the table does.
    let read = 0;
    reader.socket.on("data", (data: Buffer) => (read += data.length));
    reader.socket.resume();
    await reader.closed;
    expect(read).toBeLessThan(16_000_000);
  });

  it("arrive whole at a reader that pauses now and then, characters of several bytes included", async () => {
    const port = await listen({ slowReaderMs: 10_000 });
    const whole = await (await fetch(`http://127.0.0.1:${port}/meetings.csv`)).text();
    expect(whole.split(note)).toHaveLength(121);
    const { body } = await fetch(`http://127.0.0.1:${port}/meetings.csv`);
    let text = "";
    let pauses = 0;
    for await (const chunk of (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (pauses < 5 && text.length > pauses * 1_000_000) {
        pauses += 1;
        await wait(300);
      }
    }
    expect(text).toBe(whole);
  });
});

describe("the pace of a reader", () => {
  afterEach(() => void vi.useRealTimers());

  function paceOf(creditMs: number) {
    vi.useFakeTimers();
    const tooSlow = vi.fn();
    return { pace: createReaderPace(creditMs, tooSlow), tooSlow };
  }

  it("is too slow once the time allowed has passed without a byte", () => {
    const { pace, tooSlow } = paceOf(30_000);
    pace.handOver();
    vi.advanceTimersByTime(29_999);
    expect(tooSlow).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(tooSlow).toHaveBeenCalledOnce();
  });

  it.each([
    ["below", 64, true],
    ["above", 2_048, false],
  ])("is judged by the rate in the long run: %s 1,024 bytes a second", (_name, bytesPerSecond, isTooSlow) => {
    const { pace, tooSlow } = paceOf(30_000);
    for (let second = 0; second < 300 && tooSlow.mock.calls.length === 0; second += 10) {
      pace.handOver();
      vi.advanceTimersByTime(10_000);
      pace.taken(bytesPerSecond * 10);
    }
    expect(tooSlow.mock.calls.length > 0).toBe(isTooSlow);
  });

  it("is not held against a reader while the next slice is being made", () => {
    const { pace, tooSlow } = paceOf(30_000);
    for (let turn = 0; turn < 10; turn += 1) {
      pace.handOver();
      pace.taken(1);
      vi.advanceTimersByTime(60_000);
    }
    pace.end();
    expect(tooSlow).not.toHaveBeenCalled();
  });
});

describe("answers of any kind", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(answer: RequestListener, slowReaderMs: number, keepAliveTimeout = 72_000): Promise<number> {
    const server = createServer({ keepAliveTimeout }, answer);
    servers.push(server);
    endSlowReaders(server, slowReaderMs);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return portOf(server);
  }

  it("are closed when their reader takes nothing", async () => {
    const closed = vi.fn();
    const port = await serve((_request, response) => {
      response.once("close", closed);
      response.end("x".repeat(40_000_000));
    }, 500);
    await stuckReader(port, "/").status;
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), { timeout: 20_000 });
  });

  it("go on as long as their reader takes something", async () => {
    const port = await serve((_request, response) => void response.end("x".repeat(20_000_000)), 1_000);
    const { socket } = stuckReader(port, "/");
    let read = 0;
    socket.on("data", (data: Buffer) => {
      read += data.length;
      socket.pause();
      // Three seconds in all, with no pause as long as the time allowed.
      setTimeout(() => socket.resume(), read < 6_000_000 ? 5 : 0);
    });
    await vi.waitFor(() => expect(read).toBeGreaterThanOrEqual(20_000_000), { timeout: 30_000 });
  });

  it("may take longer to be made than to be read", async () => {
    const port = await serve((_request, response) => void setTimeout(() => response.end("made"), 1_500), 300);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("made");
  });

  it.each([300, 60_000])(
    "leave no idle connection open: after the time for those, slow readers having %i ms",
    async (slowReaderMs) => {
      const port = await serve((_request, response) => void response.end("done"), slowReaderMs, 300);
      const reader = stuckReader(port, "/");
      expect(await reader.status).toBe("HTTP/1.1 200 OK");
      reader.socket.resume();
      await reader.closed;
    },
  );
});

describe("a server that stops", () => {
  it("waits for a client that reads nothing, and stops without an error when the time for that is over", async () => {
    const { app } = await startStandIn();
    await listen(app);
    const socket = connect({ port: portOf(app.server), host: "127.0.0.1" });
    sockets.push(socket);
    socket.on("error", () => undefined);
    const asked = new Promise((resolve) => app.server.once("request", resolve));
    socket.write("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n{");
    await asked;
    await expect(app.close()).resolves.toBeUndefined();
  });
});
