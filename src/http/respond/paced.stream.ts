import { Readable } from "node:stream";
import { createReaderPace } from "../limit/slow.readers.js";

/** Bytes that are passed on at a time, so that it shows how fast a reader takes them. */
const SLICE = 16 * 1024;

/** A stream of text as fast as its reader takes it. It is destroyed if the reader is too slow. */
export function pacedStream(first: readonly string[], rest: AsyncIterator<string>, slowReaderMs: number): Readable {
  const leave = (): void => void stream.destroy(new Error("The reader takes too little of its export."));
  const stream = Readable.from(slices(first, rest, leave, slowReaderMs), { objectMode: false });
  return stream;
}

async function* slices(
  first: readonly string[],
  rest: AsyncIterator<string>,
  leave: () => void,
  slowReaderMs: number,
): AsyncGenerator<Buffer> {
  const pace = createReaderPace(slowReaderMs, leave);
  async function* sliced(piece: string): AsyncGenerator<Buffer> {
    // Bytes, because a cut between two halves of a character would lose it.
    const bytes = Buffer.from(piece);
    for (let at = 0; at < bytes.length; at += SLICE) {
      const slice = bytes.subarray(at, at + SLICE);
      pace.handOver();
      yield slice;
      pace.taken(slice.length);
    }
  }
  try {
    for (const piece of first) yield* sliced(piece);
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield* sliced(next.value);
  } finally {
    pace.end();
  }
}
