import pg from "pg";
import { PREPARED_BY_DEFAULT, usePrepared } from "../lib/prepared.statements.js";
import type { SendableStatement } from "./reader.js";

/** Ends the statement that a connection works on, as far as that can be done; never fails. */
export type CancelStatement = (connection: pg.Connection) => void;

/** Calls back on abort. @returns A function that unsubscribes. */
export type WhenOver = (listener: (reason: Error) => void) => () => void;

type Done = (error: Error | null, value?: string | null) => void;

/** Internals of the driver's connection, which its types leave out. */
interface Wire {
  readonly stream: { readonly cork: () => void; readonly uncork: () => void };
  readonly submittedNamedStatements: Record<string, string>;
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(portal: { readonly statement: string; readonly values: readonly unknown[] }): void;
  execute(portal: { readonly portal: string; readonly rows: number }): void;
  sync(): void;
}

const { prepareValue } = (pg as unknown as { readonly utils: { readonly prepareValue: (value: unknown) => unknown } })
  .utils;

/**
 * A statement that reads one text: the last column of its only row, or null without a row. A column before it is the
 * version of the record. The driver accepts it instead of its own query, as it does a cursor, and calls the methods
 * below for each message.
 *
 * The result's type is known, so it needs no description message, and no rows are built.
 *
 * It can be cancelled. Before it is sent, it is skipped; while it runs, the server is asked to cancel it. Its
 * connection is not reused then, because the cancel request could reach the next statement.
 */
export class ReadingStatement {
  readonly name: string;
  readonly text: string;
  /** As the protocol has them. */
  readonly values: readonly unknown[];
  readonly #cancel: CancelStatement | undefined;
  readonly #mostPrepared: number;
  #connection: pg.Connection | undefined;
  #reason: Error | undefined;
  #value: string | null = null;
  /** The version of the record that it read, where it asks for that. */
  version: number | undefined;
  /** Called once with the result. The pool or the direct sender sets it. */
  callback: Done | undefined;

  /**
   * @param cancel Cancels the running statement. Without it, the statement runs to its end.
   * @param mostPrepared Maximum number of prepared statements of its connection.
   */
  constructor(
    { name = "", text, values }: SendableStatement,
    cancel: CancelStatement | undefined,
    mostPrepared = PREPARED_BY_DEFAULT,
  ) {
    this.name = name;
    this.text = text;
    this.values = values.map((value) => prepareValue(value));
    this.#cancel = cancel;
    this.#mostPrepared = mostPrepared;
  }

  /** Called when the connection is free for this statement. @returns An error if the statement fails at once. */
  submit(connection: pg.Connection): Error | undefined {
    this.#connection = connection;
    return this.#reason ?? this.#send(connection);
  }

  /** All messages go out in one piece. A statement with a name is parsed once on each connection, for as long as that keeps it. */
  #send(connection: pg.Connection): Error | undefined {
    const { name, text } = this;
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    try {
      if (name === "" || usePrepared(connection, name, this.#mostPrepared)) {
        wire.parse({ name, text });
        if (name !== "") wire.submittedNamedStatements[name] = text;
      }
      wire.bind({ statement: name, values: this.values });
      wire.execute({ portal: "", rows: 0 });
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
    return undefined;
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#value = fields.at(-1) ?? null;
    if (fields.length > 1) this.version = Number(fields[0]);
  }

  handleCommandComplete(): void {
    // There is one command, and its row has come.
  }

  handleReadyForQuery(): void {
    this.callback?.(null, this.#value);
  }

  handleError(error: Error): void {
    this.callback?.(error);
  }

  giveUp(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    const { callback } = this;
    // A statement that has just ended fails as well, because no client waits for it.
    if (callback) this.callback = () => callback(reason);
    if (this.#connection) this.#cancel?.(this.#connection);
  }
}
