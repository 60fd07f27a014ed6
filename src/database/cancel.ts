import pg from "pg";

/** Ends the statement that a connection works on, as far as that can be done; never fails. */
export type CancelStatement = (connection: pg.Connection) => void;

/** Timeout of a cancel request, in milliseconds. */
const patienceMs = 5_000;

interface Session {
  readonly connection: pg.Connection;
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean | object;
  readonly processID: number | null;
  readonly secretKey: number | null;
}

interface OrderingConnection extends pg.Connection {
  connect(portOrSocket: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

const sessions = new WeakMap<pg.Connection, Session>();

/** Remembers which session each connection of a pool is, so that its statements can be ended. */
export function rememberSessions(pool: pg.Pool): void {
  pool.on("connect", (client) => {
    const session = client as unknown as Session;
    sessions.set(session.connection, session);
  });
}

/**
 * Has the server end the statement of a session, by the order that the protocol has for it: it comes on a connection of
 * its own, so it needs none of the pool, and a pool of connections in between passes it on to the right server.
 */
export const cancelAtServer: CancelStatement = (working) => {
  const session = sessions.get(working);
  if (!session || session.processID === null || session.secretKey === null) return;
  const { host, port, ssl, processID, secretKey } = session;
  const order = new pg.Connection({ ssl }) as OrderingConnection;
  const leave = (): void => void order.stream.destroy();
  const timer = setTimeout(leave, patienceMs);
  timer.unref();
  const send = (): void => order.cancel(processID, secretKey);
  order.on("connect", () => (ssl ? order.requestSsl() : send()));
  order.on("sslconnect", send);
  order.on("error", leave);
  order.on("end", () => clearTimeout(timer));
  if (host.startsWith("/")) order.connect(`${host}/.s.PGSQL.${port}`);
  else order.connect(port, host);
};

/**
 * Closes the connection to the embedded database, which has no cancel request. Queued statements are dropped with the
 * connection; the running one ends by its statement timeout.
 */
export const hangUpOn: CancelStatement = (working) => void working.stream.destroy();
