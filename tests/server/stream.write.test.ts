import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { writeStream, type StreamEnding, type StreamStep } from "../../src/http/respond/stream.write.js";
import { settledCount, SOON } from "../support/time.js";

const times = { streamHeartbeatMs: 60_000, slowReaderMs: 100 };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Serves one stream; tells how it ended and how many steps were asked for. */
async function streaming(steps: () => AsyncGenerator<StreamStep, void, void>, stop = new AbortController().signal) {
  let asked = 0;
  let ending: StreamEnding | undefined;
  async function* counted(): AsyncGenerator<StreamStep, void, void> {
    for await (const step of steps()) {
      asked += 1;
      yield step;
    }
  }
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const describe = (error: unknown) => ({ message: `masked ${String((error as Error).message.length)}` });
    void writeStream(counted(), { response, times, stop, describe }).then((how) => (ending = how));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket: Socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  let text = "";
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  return {
    socket,
    closed,
    read: () => socket.on("data", (chunk: Buffer) => (text += chunk.toString())).resume(),
    text: () => text,
    asked: () => asked,
    ending: () => ending,
  };
}

async function* endlessly(bytes: number): AsyncGenerator<StreamStep, void, void> {
  for (let number = 0; ; number += 1) yield { id: `act_${String(number)}`, result: { data: "x".repeat(bytes) } };
}

describe("writing an event stream", () => {
  it("asks for no more than is read, and ends with a word what is not read for too long", async () => {
    const stream = await streaming(() => endlessly(1_000_000));
    stream.socket.pause();
    // Sockets hold some megabytes; what is asked for stops there, and the rest stays where it is.
    await vi.waitFor(() => expect(stream.asked()).toBeGreaterThan(0), SOON);
    const held = await settledCount(stream.asked);
    expect(held).toBeLessThan(50);
    stream.read();
    await stream.closed;
    await vi.waitFor(() => expect(stream.ending()).toBe("slow reader"), SOON);
    expect(stream.asked()).toBe(held);
    expect(stream.text()).toMatch(/"code":"SLOW_READER"[^]*event: complete/);
  });

  it("hangs up on who does not even read that", async () => {
    const stream = await streaming(() => endlessly(1_000_000));
    stream.socket.pause();
    await vi.waitFor(() => expect(stream.ending()).toBe("slow reader"), SOON);
  });

  it("says how it went wrong, and no more than clients may know", async () => {
    const stream = await streaming(async function* () {
      yield { id: "act_a", result: { data: 1 } };
      throw new Error("secret");
    });
    stream.read();
    await stream.closed;
    expect(stream.text()).toMatch(
      /id: act_a\nevent: next\ndata: \{"data":1\}\n\n[^]*event: next\ndata: \{"errors":\[\{"message":"masked 6"\}\]\}\n\n[^]*event: complete/,
    );
    expect(stream.ending()).toBe("failed");
  });

  it("completes a finished stream, and not one that stops early", async () => {
    const whole = await streaming(async function* () {
      yield { id: "act_a" };
    });
    whole.read();
    await whole.closed;
    expect(whole.text()).toMatch(/retry: 1000\n\n[^]*id: act_a\n\n[^]*event: complete\ndata:\n\n/);
    const stop = new AbortController();
    const stopped = await streaming(async function* () {
      yield { id: "act_a" };
      await new Promise(() => undefined);
    }, stop.signal);
    stopped.read();
    await vi.waitFor(() => expect(stopped.text()).toContain("id: act_a"), SOON);
    stop.abort();
    await stopped.closed;
    expect(stopped.text()).toContain(": the service is stopping");
    expect(stopped.text()).not.toContain("event: complete");
    await vi.waitFor(() => expect(stopped.ending()).toBe("stopping"), SOON);
  });

  it("notices who goes away", async () => {
    const stream = await streaming(async function* () {
      yield { id: "act_a" };
      await new Promise(() => undefined);
    });
    await vi.waitFor(() => expect(stream.asked()).toBe(1), SOON);
    stream.socket.destroy();
    await vi.waitFor(() => expect(stream.ending()).toBe("client gone"), SOON);
  });
});
