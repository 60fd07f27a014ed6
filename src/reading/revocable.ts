import pg from "pg";
import type { SendableStatement } from "./reader.js";

/** Ends the statement that a connection works on, as far as that can be done; never fails. */
export type CancelStatement = (connection: pg.Connection) => void;

/** Calls back when nobody waits for an answer any more; returns a function that ends this. */
export type WhenOver = (listener: (reason: Error) => void) => () => void;

type Callback = (error: Error | undefined, result?: unknown) => void;

/**
 * A statement that can be given up: before it is sent it is not sent any more, and while the database works on it that
 * is told to stop. A connection on which a statement was given up is not used again, because the order to stop may
 * arrive when it already works on the next one.
 */
export class Revocable extends pg.Query {
  /** Set by the client that it is given to, unless it is set. */
  declare callback?: Callback;
  #connection: pg.Connection | undefined;
  #reason: Error | undefined;
  readonly #cancel: CancelStatement;

  constructor({ name, text, values }: SendableStatement, cancel: CancelStatement) {
    super(name === undefined ? { text, values } : { name, text, values });
    this.#cancel = cancel;
  }

  /** Called by the client when it is this statement's turn; what is returned is what it fails with. */
  override submit = (connection: pg.Connection): Error | undefined => {
    this.#connection = connection;
    return this.#reason ?? (pg.Query.prototype.submit.call(this, connection) as unknown as Error | undefined);
  };

  giveUp(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    const { callback } = this;
    // Also what has come to its end by now is nothing that anybody waits for.
    if (callback) this.callback = () => callback(reason);
    if (this.#connection) this.#cancel(this.#connection);
  }
}
