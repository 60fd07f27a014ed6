/** Messages to the process of the embedded database. `start` is the first one and is sent once. */
export type ChildOrder = StartOrder | { readonly type: "stop" } | { readonly type: "ping" };

export interface StartOrder {
  readonly type: "start";
  /** Null keeps everything in memory. */
  readonly dataDir: string | null;
  /** 0 for a free port. */
  readonly port: number;
  readonly password: string;
  /**
   * Time without a response after which it counts as hung, in milliseconds, for statements without their own timeout.
   */
  readonly hungAfterMs: number;
}

/**
 * Messages from the process. `taken`: another process has the data folder. `stays`: it was asked to stop, but others
 * use it.
 */
export type ChildMessage =
  | { readonly type: "ready"; readonly port: number }
  | { readonly type: "taken" }
  | { readonly type: "stays" }
  | {
      readonly type: "failed";
      readonly message: string;
      /** Of the operating system's error, if it was one. */
      readonly code: string | null;
      /** Whether the data in the folder are damaged. */
      readonly isDamage: boolean;
    }
  /** A transaction gives its statements another time than the usual one, 0 for as long as they take; null when it is over. */
  | { readonly type: "time"; readonly milliseconds: number | null }
  | { readonly type: "pong" };
