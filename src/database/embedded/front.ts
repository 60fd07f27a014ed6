import { timingSafeEqual } from "node:crypto";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/**
 * The part of PGlite that the wire-protocol server uses. It takes frontend messages of the Postgres protocol (version
 * 3) and returns the response bytes.
 */
export interface Backend {
  send(messages: Uint8Array): Promise<Uint8Array>;
}

export interface FrontOptions {
  readonly host: string;
  /** 0 for a free port. */
  readonly port: number;
  /** Asked of every client, so that other users of the machine cannot write to the record. */
  readonly password: string;
  readonly serverVersion: string;
  /** Idle timeout of open transactions, in milliseconds. */
  readonly idleInTransactionMs: number;
  /** The backend broke in a way that no answer can be given any more. */
  onBroken(error: Error): void;
  /** The number of connected clients changed. */
  onClients(count: number): void;
  /**
   * A transaction is about to send statements that may take so many milliseconds, 0 being as long as they take; null when
   * it is over. The backend cannot keep a statement's time itself, since no timer runs while it works.
   */
  onStatementTime?(milliseconds: number | null): void;
}

export interface Front {
  readonly port: number;
  clients(): number;
  close(): Promise<void>;
}

const protocolVersion = 196_608;
const cancelRequest = 80_877_102;
const sslRequest = 80_877_103;
const gssRequest = 80_877_104;
const longestStartup = 10_000;
const longestMessage = 256 * 1024 * 1024;
// Frontend messages that the backend answers at once: Query, Sync, Flush, FunctionCall, CopyDone, CopyFail.
const answered = new Set(["Q", "S", "H", "F", "c", "f"]);

/** A client's connection: what it sent that is not yet a whole round, and the statements it has prepared. */
interface Client {
  readonly id: number;
  readonly socket: Socket;
  received: Buffer;
  round: Buffer[];
  stage: "startup" | "password" | "ready" | "gone";
  readonly prepared: Set<string>;
}

interface Round {
  readonly client: Client;
  readonly bytes: Buffer;
}

/**
 * A Postgres server in front of a backend with a single session. Clients take turns: a client holds the backend from
 * the first message of a batch until the backend is idle again, that is, for a whole transaction and at least from
 * Parse to Sync. No other client's unnamed statement can come in between. Named statements get the client's number, and
 * notifications go to all clients. The session itself is shared: all clients see SET without LOCAL, session-level
 * advisory locks and temporary tables.
 */
export async function listenInFront(backend: Backend, options: FrontOptions): Promise<Front> {
  const clients = new Set<Client>();
  const turns = takeTurns(backend, clients, options);
  let lastId = 0;

  const server = createServer({ noDelay: true }, (socket) => {
    const client: Client = {
      id: ++lastId,
      socket,
      received: Buffer.alloc(0),
      round: [],
      stage: "startup",
      prepared: new Set(),
    };
    clients.add(client);
    options.onClients(clients.size);
    const leave = (): void => {
      if (client.stage === "gone") return;
      client.stage = "gone";
      clients.delete(client);
      turns.leave(client);
      options.onClients(clients.size);
    };
    socket.on("data", (data) => {
      client.received = client.received.length === 0 ? data : Buffer.concat([client.received, data]);
      readMessages(client, options, (round) => turns.add(round));
    });
    socket.on("error", leave);
    socket.on("close", leave);
  });

  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    clients: () => clients.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.socket.destroy();
      }),
  };
}

function listen(server: Server, { host, port }: FrontOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Cuts what a client sent into messages and messages into rounds. */
function readMessages(client: Client, options: FrontOptions, add: (round: Round) => void): void {
  while (client.stage !== "gone") {
    const head = client.stage === "startup" ? 0 : 1;
    if (client.received.length < head + 4) return;
    const length = head + client.received.readInt32BE(head);
    if (length < head + 4 || length > (client.stage === "ready" ? longestMessage : longestStartup)) {
      refuse(client, "08P01", "message of impossible length");
      return;
    }
    if (client.received.length < length) return;
    const message = client.received.subarray(0, length);
    client.received = client.received.subarray(length);
    if (client.stage === "startup") start(client, message);
    else if (client.stage === "password") checkPassword(client, message, options);
    else addToRound(client, message, add);
  }
}

function start(client: Client, message: Buffer): void {
  const code = message.length >= 8 ? message.readInt32BE(4) : 0;
  if (code === sslRequest || code === gssRequest) {
    client.socket.write("N");
  } else if (code === cancelRequest) {
    // One thread runs the query and reads this, so there is never anything left to cancel.
    client.socket.end();
  } else if (code === protocolVersion) {
    client.stage = "password";
    client.socket.write(reply("R", int32(3)));
  } else {
    refuse(client, "0A000", "only version 3.0 of the Postgres protocol is spoken here");
  }
}

function checkPassword(client: Client, message: Buffer, options: FrontOptions): void {
  const given = message.subarray(5, Math.max(5, message.length - 1));
  const wanted = Buffer.from(options.password);
  if (message[0] !== "p".charCodeAt(0) || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    refuse(client, "28P01", "wrong password for the embedded database");
    return;
  }
  client.stage = "ready";
  const settings: [string, string][] = [
    ["server_version", options.serverVersion],
    ["server_encoding", "UTF8"],
    ["client_encoding", "UTF8"],
    ["DateStyle", "ISO, MDY"],
    ["integer_datetimes", "on"],
    ["standard_conforming_strings", "on"],
  ];
  client.socket.write(
    Buffer.concat([
      reply("R", int32(0)),
      ...settings.map(([name, value]) => reply("S", text(name), text(value))),
      reply("K", int32(client.id), int32(0)),
      reply("Z", Buffer.from("I")),
    ]),
  );
}

function addToRound(client: Client, message: Buffer, add: (round: Round) => void): void {
  const type = String.fromCharCode(message[0] ?? 0);
  if (type === "X") {
    client.socket.end();
    return;
  }
  client.round.push(ownStatement(client, type, message));
  if (!answered.has(type)) return;
  const bytes = Buffer.concat(client.round);
  client.round = [];
  add({ client, bytes });
}

/** Gives a named statement a name of the client's own, in Parse, Bind, and Describe or Close of a statement. */
function ownStatement(client: Client, type: string, message: Buffer): Buffer {
  let at = 5;
  if (type === "B") at = message.indexOf(0, at) + 1;
  else if (type === "D" || type === "C") {
    if (message[at] !== "S".charCodeAt(0)) return message;
    at += 1;
  } else if (type !== "P") return message;
  const end = message.indexOf(0, at);
  if (end <= at) return message;
  const name = `${client.id}:${message.toString("utf8", at, end)}`;
  if (type === "P") client.prepared.add(name);
  if (type === "C") client.prepared.delete(name);
  const body = Buffer.concat([message.subarray(5, at), Buffer.from(name), message.subarray(end)]);
  return reply(type, body);
}

interface Turns {
  add(round: Round): void;
  leave(client: Client): void;
}

/** The queue of rounds and the one client that has the backend, if any has. */
function takeTurns(backend: Backend, clients: ReadonlySet<Client>, options: FrontOptions): Turns {
  let rounds: Round[] = [];
  let owner: Client | undefined;
  let isRunning = false;
  let isBroken = false;
  let patience: NodeJS.Timeout | undefined;
  let hasOwnTime = false;
  const abandoned: Client[] = [];

  async function run(): Promise<void> {
    if (isRunning || isBroken) return;
    isRunning = true;
    try {
      for (;;) {
        const left = abandoned.shift();
        if (left) await cleanUp(left);
        const next = left ? undefined : take();
        if (!left && !next) break;
        if (next) await answer(next);
      }
    } catch (error) {
      isBroken = true;
      options.onBroken(error instanceof Error ? error : new Error(String(error)));
    } finally {
      isRunning = false;
      waitForOwner();
    }
  }

  function take(): Round | undefined {
    const index = owner ? rounds.findIndex((round) => round.client === owner) : 0;
    return index < 0 ? undefined : rounds.splice(index, 1)[0];
  }

  async function answer({ client, bytes }: Round): Promise<void> {
    owner = client;
    clearTimeout(patience);
    const time = statementTimeIn(bytes);
    if (time !== undefined) {
      hasOwnTime = true;
      options.onStatementTime?.(time);
    }
    const { own, notifications, isIdle } = readAnswer(await backend.send(bytes));
    if (client.stage !== "gone") client.socket.write(own);
    if (notifications.length > 0) {
      for (const other of clients) if (other.stage === "ready") other.socket.write(notifications);
    }
    if (isIdle) endTurn();
  }

  function endTurn(): void {
    owner = undefined;
    if (hasOwnTime) options.onStatementTime?.(null);
    hasOwnTime = false;
  }

  async function cleanUp(client: Client): Promise<void> {
    if (owner === client) {
      // Sync ends a half-sent round, ROLLBACK a transaction.
      await backend.send(Buffer.concat([reply("S"), reply("Q", text("ROLLBACK"))]));
      endTurn();
    }
    if (client.prepared.size === 0) return;
    const names = [...client.prepared].map((name) => reply("C", Buffer.from("S"), text(name)));
    await backend.send(Buffer.concat([...names, reply("S")]));
  }

  function waitForOwner(): void {
    clearTimeout(patience);
    const idler = owner;
    if (!idler) return;
    patience = setTimeout(
      () => refuse(idler, "25P03", "terminating connection due to idle-in-transaction timeout"),
      options.idleInTransactionMs,
    );
    patience.unref();
  }

  return {
    add(round) {
      rounds.push(round);
      void run();
    },
    leave(client) {
      rounds = rounds.filter((round) => round.client !== client);
      if (owner === client || client.prepared.size > 0) abandoned.push(client);
      void run();
    },
  };
}

const setsStatementTime = /SET LOCAL statement_timeout = (\d+)/;

/** The statement timeout that a batch sets for its transaction, in milliseconds; undefined if it sets none. */
function statementTimeIn(bytes: Buffer): number | undefined {
  const at = bytes.indexOf("SET LOCAL statement_timeout");
  const given = at < 0 ? undefined : setsStatementTime.exec(bytes.toString("latin1", at, at + 60))?.[1];
  return given === undefined ? undefined : Number(given);
}

/**
 * Splits a response of the backend into messages for the current client and for all clients, and returns whether a
 * transaction is open.
 */
function readAnswer(answer: Uint8Array): { own: Buffer; notifications: Buffer; isIdle: boolean } {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  const notifications: Buffer[] = [];
  const own: Buffer[] = [];
  let isIdle = false;
  let kept = 0;
  for (let at = 0; at + 5 <= bytes.length;) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    const type = bytes[at];
    if (type === 0x5a) isIdle = bytes[at + 5] === 0x49; // ReadyForQuery; status I is idle
    if (type === 0x41) {
      // NotificationResponse
      own.push(bytes.subarray(kept, at));
      notifications.push(bytes.subarray(at, end));
      kept = end;
    }
    at = end;
  }
  own.push(bytes.subarray(kept));
  return {
    // Copies: the backend's memory may be used again before the socket has sent it.
    own: Buffer.concat(own),
    notifications: Buffer.concat(notifications),
    isIdle,
  };
}

function refuse(client: Client, code: string, message: string): void {
  const fields = [`SFATAL`, `VFATAL`, `C${code}`, `M${message}`];
  client.socket.end(reply("E", ...fields.map(text), Buffer.from([0])));
  client.socket.destroySoon();
}

function reply(type: string, ...parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  return Buffer.concat([Buffer.from(type), int32(length), ...parts]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}
