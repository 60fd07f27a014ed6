// The client, in a process of its own: a fixed number of connections, each asking its next question as soon as the last
// is answered. It speaks just enough HTTP/1.1 to cost little beside what it measures.
import { connect } from "node:net";

const endOfHead = Buffer.from("\r\n\r\n");
const endOfChunks = Buffer.from("\r\n0\r\n\r\n");
const goodStart = Buffer.from('{"data":{');

function requestOf({ port, path, headers, body }) {
  const lines = [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    "connection: keep-alive",
    "content-type: application/json",
    "accept: application/json",
    ...headers,
    `content-length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ];
  return Buffer.from(lines.join("\r\n"));
}

/** One connection. `onAnswer` gets each answer's fault, if any, and says what to send next; undefined ends it. */
function openConnection(port, onAnswer, onFailure) {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let head;
  let early;
  let parts = [];
  let missing = 0;
  let isChunked = false;

  const finish = () => {
    const fault = faultOf(head, parts);
    head = undefined;
    parts = [];
    const next = onAnswer(fault);
    if (next) socket.write(next);
    else socket.end();
  };

  socket.on("data", (received) => {
    let chunk = early ? Buffer.concat([early, received]) : received;
    early = undefined;
    if (head === undefined) {
      const at = chunk.indexOf(endOfHead);
      if (at < 0) {
        early = chunk;
        return;
      }
      head = chunk.toString("latin1", 0, at);
      isChunked = /\r\ntransfer-encoding:\s*chunked/i.test(head);
      missing = isChunked ? Infinity : Number(/\r\ncontent-length:\s*(\d+)/i.exec(head)?.[1] ?? 0);
      chunk = chunk.subarray(at + 4);
    }
    parts.push(chunk);
    if (!isChunked) {
      missing -= chunk.length;
      if (missing <= 0) finish();
    } else if (endsWithLastChunk(parts)) {
      finish();
    }
  });
  socket.on("error", onFailure);
  return socket;
}

/** No JSON holds a bare line break in its text, so that the last chunk is known by its bytes. */
function endsWithLastChunk(parts) {
  const last = parts.at(-1);
  const tail = last.length >= endOfChunks.length || parts.length === 1 ? last : Buffer.concat(parts.slice(-2));
  return tail.length >= endOfChunks.length && tail.subarray(tail.length - endOfChunks.length).equals(endOfChunks);
}

function faultOf(head, parts) {
  if (!head.startsWith("HTTP/1.1 200")) return head.split("\r\n")[0];
  const start = parts[0].length >= 40 || parts.length === 1 ? parts[0] : Buffer.concat(parts.slice(0, 2));
  const at = start.indexOf(goodStart);
  return at >= 0 && at < 12 ? undefined : `unexpected answer: ${start.toString("utf8", 0, 200)}`;
}

/**
 * Asks for a time, or for a number of requests.
 * @param {{ port: number, path: string, headers: string[], bodies: string[], connections: number, milliseconds: number, most?: number }} job
 * @returns {Promise<{ requests: number, milliseconds: number, latencies: number[] }>} latencies in milliseconds, sorted.
 */
function run({ port, path, headers, bodies, connections, milliseconds, most = Infinity }) {
  const requests = bodies.map((body) => requestOf({ port, path, headers, body }));
  const latencies = [];
  const started = performance.now();
  const deadline = started + milliseconds;
  // A stride without a common divisor visits all bodies in an order that is the same for everybody.
  let cursor = 0;
  let sent = 0;
  const next = () => requests[(cursor = (cursor + 1) % requests.length)];
  return new Promise((resolve, reject) => {
    let open = connections;
    let last = started;
    const closed = () => {
      if (--open === 0)
        resolve({
          requests: latencies.length,
          milliseconds: last - started,
          latencies: Float64Array.from(latencies).sort(),
        });
    };
    for (let index = 0; index < connections; index++) {
      let sentAt = 0;
      const send = () => {
        sent++;
        sentAt = performance.now();
        return next();
      };
      const socket = openConnection(
        port,
        (fault) => {
          if (fault) {
            reject(new Error(fault));
            return undefined;
          }
          const now = performance.now();
          latencies.push(now - sentAt);
          last = now;
          return now < deadline && sent < most ? send() : undefined;
        },
        reject,
      );
      socket.once("connect", () => socket.write(send()));
      socket.once("close", closed);
    }
  });
}

process.on("disconnect", () => process.exit(0));
process.on("message", (job) => {
  run(job).then(
    ({ requests, milliseconds, latencies }) => process.send({ requests, milliseconds, latencies: [...latencies] }),
    (error) => process.send({ error: error.message }),
  );
});
