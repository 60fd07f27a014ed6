// Chance that repeats: the same seed makes the same record on every machine.

/** A 32-bit FNV-1a hash of a text, to derive seeds from labels. */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/**
 * A stream of chance (sfc32, Chris Doty-Humphrey's small fast counter generator).
 * @param {string} label streams of different labels have nothing to do with one another, so that adding draws to one
 *   table leaves all others as they were.
 */
export function randomStream(label) {
  let a = hashOf(label);
  let b = hashOf(`${label}/b`);
  let c = hashOf(`${label}/c`);
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let index = 0; index < 12; index++) next();
  /** A whole number from `low` to `high`, both included. */
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}

/**
 * Ranks drawn by Zipf's law: rank r with a weight of 1 / (r + shift) ^ exponent.
 * @returns {(random: { next: () => number }) => number} draws a rank from 0 to count - 1.
 */
export function zipf(count, exponent, shift = 1) {
  const sums = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank++) {
    total += (rank + shift) ** -exponent;
    sums[rank] = total;
  }
  return ({ next }) => {
    const wanted = next() * total;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
