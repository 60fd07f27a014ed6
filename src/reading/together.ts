import type { SendableStatement } from "./reader.js";
import type { Standpoint } from "./standpoint.js";

/** A statement with where it is to be read from, left out where the field chooses nothing. */
export interface Wanted {
  readonly statement: SendableStatement;
  readonly standpoint: Standpoint | undefined;
}

/** The text that a statement read, and the version of the record; undefined if it is unknown. */
export interface VersionedText {
  readonly text: string | null;
  readonly version: number | undefined;
}

/** The two ways in which the root fields of one operation are read. */
export interface TogetherOptions {
  /**
   * Reads one of them.
   * @param least the version that it has to read at least.
   */
  readonly one: (wanted: Wanted, least: number) => Promise<VersionedText>;
  /** Reads all of them in one transaction that sees one state, one after the other. */
  readonly all: (wanted: readonly Wanted[], least: number) => Promise<readonly PromiseSettledResult<string | null>[]>;
  /** Whether the version identifies the state of this read view. If not, one transaction is used from the start. */
  readonly isVersioned: (standpoint: Standpoint | undefined) => boolean;
}

/** Sends one statement and gives the text that it reads. */
export type SendText = (statement: SendableStatement, standpoint?: Standpoint) => Promise<string | null>;

/** Reads the root fields of one operation at one state of the record. */
export interface Together {
  /** Does the work of one root field, which sends one statement. Its text is given when those of all others are there. */
  take<T>(work: (send: SendText) => Promise<T>): Promise<T>;
  /** Whether no more fields are waited for. */
  readonly isClosed: () => boolean;
}

/** Maximum number of rounds of re-reading outdated fields, before all are read in one transaction. */
const MOST_ROUNDS = 3;

interface Member {
  wanted: Wanted | undefined;
  read: Promise<VersionedText> | undefined;
  resolve: (text: string | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Reads root fields concurrently, each with its version of the record. Writes are rare, so the versions nearly always
 * agree. Otherwise, outdated fields are read again, and after three rounds all fields are read in one transaction.
 * @param expected The number of root fields.
 */
export function readTogether(expected: number, { one, all, isVersioned }: TogetherOptions): Together {
  const members: Member[] = [];
  let joined = 0;
  let isClosed = false;

  /** All fields that will come have come, and each has sent its statement or failed before. */
  function close(): void {
    if (isClosed) return;
    isClosed = true;
    void settle(members.filter(({ wanted }) => wanted !== undefined));
  }

  async function settle(sent: readonly Member[]): Promise<void> {
    const failed = new Set<Member>();
    let least = 0;
    const isOptimistic = sent.length < 2 || sent.every(({ wanted }) => isVersioned(wanted?.standpoint));
    for (let round = 0; isOptimistic && round <= MOST_ROUNDS; round += 1) {
      const reading = sent.filter((member) => !failed.has(member));
      const outcomes = await Promise.allSettled(
        reading.map((member) => (member.read ??= one(member.wanted as Wanted, least))),
      );
      const texts = new Map<Member, VersionedText>();
      outcomes.forEach((outcome, index) => {
        const member = reading[index] as Member;
        if (outcome.status === "fulfilled") return void texts.set(member, outcome.value);
        failed.add(member);
        member.reject(outcome.reason);
      });
      const versions = new Set([...texts.values()].map(({ version }) => version));
      if (versions.size <= 1) return void texts.forEach(({ text }, member) => member.resolve(text));
      least = Math.max(...[...versions].map((version) => version ?? 0));
      for (const [member, { version }] of texts) if (version !== least) member.read = undefined;
    }
    const left = sent.filter((member) => !failed.has(member));
    try {
      const outcomes = await all(
        left.map(({ wanted }) => wanted as Wanted),
        least,
      );
      outcomes.forEach((outcome, index) => {
        if (outcome.status === "fulfilled") left[index]?.resolve(outcome.value);
        else left[index]?.reject(outcome.reason);
      });
    } catch (error) {
      left.forEach(({ reject }) => reject(error));
    }
  }

  function arrived(): void {
    if (joined === expected) close();
  }

  return {
    isClosed: () => isClosed,
    take(work) {
      let member: Member | undefined;
      const send: SendText = (statement, standpoint) => {
        const wanted = { statement, standpoint };
        // One that comes when the others are read already is read for itself.
        if (isClosed) return one(wanted, 0).then(({ text }) => text);
        return new Promise((resolve, reject) => {
          member = { wanted, read: isVersioned(standpoint) ? one(wanted, 0) : undefined, resolve, reject };
          // Its failure is looked at with those of the others.
          member.read?.catch(() => undefined);
          members.push(member);
          joined += 1;
          arrived();
        });
      };
      // Should fewer come than expected, those that came are not left waiting.
      if (joined === 0) setImmediate(close);
      return work(send).catch((error: unknown) => {
        // A field at fault sends nothing, and is not waited for.
        if (!member && !isClosed) {
          joined += 1;
          arrived();
        }
        throw error;
      });
    },
  };
}
