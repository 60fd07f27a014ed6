// Names are short; comparing longer ones is not worth its time.
const longest = 120;
const mostCandidates = 20_000;

/**
 * The candidate nearest to a name by edit distance, case aside.
 * @returns undefined if none is within a third of the name's length (at least one edit).
 */
export function similarTo(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > longest) return undefined;
  const wanted = name.toLowerCase();
  let best: { candidate: string; distance: number } | undefined;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > mostCandidates) break;
    const within = Math.min(
      best === undefined ? Infinity : best.distance - 1,
      Math.max(1, Math.floor(name.length / 3)),
    );
    if (candidate.length > longest || Math.abs(candidate.length - name.length) > within) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), within);
    if (distance <= within) best = { candidate, distance };
  }
  return best?.candidate;
}

/**
 * Insertions, deletions, replacements and exchanges of two neighbours from one text to the other (optimal string
 * alignment); anything above `within` may be returned as is.
 */
export function editDistance(one: string, other: string, within = Infinity): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  let before = previous;
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      const isExchanged =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const exchanged = isExchanged ? (before[column - 2] ?? 0) + 1 : Infinity;
      const value = Math.min(replaced, exchanged, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(value);
      least = Math.min(least, value);
    }
    if (least > within + 1) return least;
    before = previous;
    previous = current;
  }
  return previous[other.length] ?? 0;
}
