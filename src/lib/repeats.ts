/** A log line with the number of repetitions that were suppressed. */
export interface Repeated {
  readonly notLogged?: number;
}

/**
 * Writes a line unless one of its kind was written recently.
 * @param kind Lines of one kind are counted together.
 * @param id The line's id.
 * @param write Writes the line, at once or later for all suppressed ones.
 * @returns The id of the line that represents this one.
 */
export type LimitRepeats = (kind: string, id: string, write: (repeated: Repeated) => void) => string;

interface Kind {
  readonly id: string;
  left: number;
  write: (repeated: Repeated) => void;
}

/** Maximum number of kinds that are counted separately; all others share one. */
const MOST_KINDS = 1_000;

/** Writes a line of each kind at most once per interval; the next one has the number of suppressed lines. */
export function limitRepeats(everyMs = 1_000): LimitRepeats {
  const kinds = new Map<string, Kind>();

  function open(kind: string, entry: Kind): void {
    kinds.set(kind, entry);
    setTimeout(() => {
      kinds.delete(kind);
      if (entry.left === 0) return;
      entry.write(entry.left === 1 ? {} : { notLogged: entry.left - 1 });
      open(kind, { ...entry, left: 0 });
    }, everyMs).unref();
  }

  return (given, id, write) => {
    const kind = kinds.has(given) || kinds.size < MOST_KINDS ? given : "others";
    const known = kinds.get(kind);
    if (known) {
      known.left += 1;
      known.write = write;
      return known.id;
    }
    write({});
    open(kind, { id, left: 0, write });
    return id;
  };
}

/** The kind of a failure: what it is and says, and that of its cause. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause } = error;
  const { code } = error as { code?: unknown };
  return `${name} ${String(code)} ${message}${cause === undefined ? "" : ` < ${kindOf(cause)}`}`.slice(0, 1_000);
}
