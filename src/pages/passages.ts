import { groupedBy } from "../lib/grouped.js";

/** A passage of a text: code points from `start` up to, but not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of a text without a boundary of a passage in it. */
export interface Piece<P extends Span> {
  readonly text: string;
  /** The passages that contain the piece, longest first. */
  readonly within: readonly P[];
  /** The passages that begin with the piece. */
  readonly begins: readonly P[];
  /** The passages that end with the piece. */
  readonly ends: readonly P[];
}

/**
 * Cuts a text at every boundary of a passage. Passages may overlap in any way, and the pieces together are the text.
 * Empty passages and those outside of the text are left out.
 */
export function piecesOf<P extends Span>(text: string, passages: readonly P[]): Piece<P>[] {
  const points = [...text];
  const known = passages
    .filter(({ start, end }) => start >= 0 && start < end && end <= points.length)
    .sort(longestFirst);
  const cuts = [...new Set([0, points.length, ...known.flatMap(({ start, end }) => [start, end])])].sort(
    (one, other) => one - other,
  );
  const beginning = groupedBy(known, ({ start }) => start);
  let open: P[] = [];
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const begins = beginning.get(start) ?? [];
    open = [...open.filter((passage) => passage.end > start), ...begins].sort(longestFirst);
    return {
      text: points.slice(start, end).join(""),
      within: open,
      begins,
      ends: open.filter((passage) => passage.end === end),
    };
  });
}

function longestFirst(one: Span, other: Span): number {
  return other.end - other.start - (one.end - one.start) || one.start - other.start;
}
