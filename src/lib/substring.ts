// At worst, `indexOf` takes time in proportion to the text times the passage: minutes for a text of megabytes. The length of a short
// passage bounds that.
const SHORT = 64;

/**
 * The first position at which a passage occurs in a text, in UTF-16 units; -1 if there is none.
 * Takes time in proportion to the text, also for a passage that repeats itself (Knuth, Morris and Pratt).
 */
export function positionOf(text: string, passage: string, from = 0): number {
  if (passage.length <= SHORT) return text.indexOf(passage, from);
  const borders = bordersOf(passage);
  let matched = 0;
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && passage.charCodeAt(matched) !== unit) matched = borders[matched - 1] ?? 0;
    if (passage.charCodeAt(matched) === unit) matched += 1;
    if (matched === passage.length) return at + 1 - matched;
  }
  return -1;
}

/** For each prefix of a passage, the length of the longest shorter prefix that is also its end. */
function bordersOf(passage: string): Uint32Array {
  const borders = new Uint32Array(passage.length);
  let border = 0;
  for (let at = 1; at < passage.length; at += 1) {
    const unit = passage.charCodeAt(at);
    while (border > 0 && passage.charCodeAt(border) !== unit) border = borders[border - 1] ?? 0;
    if (passage.charCodeAt(border) === unit) border += 1;
    borders[at] = border;
  }
  return borders;
}
