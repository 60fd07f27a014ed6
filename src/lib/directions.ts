// Isolation of text that is written from right to left or that has direction characters, so that it does not affect the
// text around it.

const rightToLeft = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}";
const directional = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069";
const isolatedPart = /\u2068[^\u2066-\u2069]*\u2069/gu;
const risky = new RegExp(`[${rightToLeft}${directional}]`, "u");

/** Whether a text can change the layout of left-to-right text around it. Its own isolates are safe. */
export function layoutIsAtRisk(text: string): boolean {
  return risky.test(text) && risky.test(text.replace(isolatedPart, ""));
}

const openIsolate = /[\u2066-\u2068]/u;
const closeIsolate = "\u2069";

/**
 * A text with balanced isolates: open ones are closed at its end, and unmatched ends are removed. Embeddings and
 * overrides end with the isolate that contains them.
 */
export function balanced(text: string): string {
  if (!/[\u2066-\u2069]/u.test(text)) return text;
  let open = 0;
  const kept = [...text].filter((character) => {
    if (openIsolate.test(character)) open += 1;
    if (character !== closeIsolate) return true;
    open -= 1;
    return open >= 0 || ((open = 0), false);
  });
  return kept.join("") + closeIsolate.repeat(open);
}

/** A text between the isolate characters U+2068 and U+2069, for places without markup. */
export function isolated(text: string): string {
  return `\u2068${balanced(text)}${closeIsolate}`;
}

/** A text for use in a sentence, isolated if it could change the sentence's layout. */
export function alone(text: string): string {
  return layoutIsAtRisk(text) ? isolated(text) : text;
}

const rightToLeftScripts: ReadonlySet<string> = new Set([
  "Adlm",
  "Arab",
  "Hebr",
  "Mand",
  "Mend",
  "Nkoo",
  "Rohg",
  "Samr",
  "Syrc",
  "Thaa",
  "Yezi",
]);

/** The direction in which a language is written, by its BCP 47 tag; left to right if it is unknown. */
export function scriptDirection(language: string): "ltr" | "rtl" {
  try {
    return rightToLeftScripts.has(new Intl.Locale(language).maximize().script ?? "") ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}
