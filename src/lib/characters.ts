// Characters that people do not see, or take for others, by the names that Unicode gives them.

/** Names of characters that are mistaken for others or not seen at all. */
const names: ReadonlyMap<number, string> = new Map([
  [0x0009, "CHARACTER TABULATION"],
  [0x000a, "LINE FEED"],
  [0x000c, "FORM FEED"],
  [0x000d, "CARRIAGE RETURN"],
  [0x0020, "SPACE"],
  [0x0022, "QUOTATION MARK"],
  [0x0027, "APOSTROPHE"],
  [0x002d, "HYPHEN-MINUS"],
  [0x0060, "GRAVE ACCENT"],
  [0x0085, "NEXT LINE"],
  [0x00a0, "NO-BREAK SPACE"],
  [0x00ad, "SOFT HYPHEN"],
  [0x00b4, "ACUTE ACCENT"],
  [0x02bc, "MODIFIER LETTER APOSTROPHE"],
  [0x0300, "COMBINING GRAVE ACCENT"],
  [0x0301, "COMBINING ACUTE ACCENT"],
  [0x0302, "COMBINING CIRCUMFLEX ACCENT"],
  [0x0303, "COMBINING TILDE"],
  [0x0308, "COMBINING DIAERESIS"],
  [0x030a, "COMBINING RING ABOVE"],
  [0x030c, "COMBINING CARON"],
  [0x0327, "COMBINING CEDILLA"],
  [0x034f, "COMBINING GRAPHEME JOINER"],
  [0x061c, "ARABIC LETTER MARK"],
  [0x180e, "MONGOLIAN VOWEL SEPARATOR"],
  [0x2002, "EN SPACE"],
  [0x2003, "EM SPACE"],
  [0x2007, "FIGURE SPACE"],
  [0x2009, "THIN SPACE"],
  [0x200a, "HAIR SPACE"],
  [0x200b, "ZERO WIDTH SPACE"],
  [0x200c, "ZERO WIDTH NON-JOINER"],
  [0x200d, "ZERO WIDTH JOINER"],
  [0x200e, "LEFT-TO-RIGHT MARK"],
  [0x200f, "RIGHT-TO-LEFT MARK"],
  [0x2010, "HYPHEN"],
  [0x2011, "NON-BREAKING HYPHEN"],
  [0x2012, "FIGURE DASH"],
  [0x2013, "EN DASH"],
  [0x2014, "EM DASH"],
  [0x2015, "HORIZONTAL BAR"],
  [0x2018, "LEFT SINGLE QUOTATION MARK"],
  [0x2019, "RIGHT SINGLE QUOTATION MARK"],
  [0x201a, "SINGLE LOW-9 QUOTATION MARK"],
  [0x201c, "LEFT DOUBLE QUOTATION MARK"],
  [0x201d, "RIGHT DOUBLE QUOTATION MARK"],
  [0x201e, "DOUBLE LOW-9 QUOTATION MARK"],
  [0x2026, "HORIZONTAL ELLIPSIS"],
  [0x2028, "LINE SEPARATOR"],
  [0x2029, "PARAGRAPH SEPARATOR"],
  [0x202a, "LEFT-TO-RIGHT EMBEDDING"],
  [0x202b, "RIGHT-TO-LEFT EMBEDDING"],
  [0x202c, "POP DIRECTIONAL FORMATTING"],
  [0x202d, "LEFT-TO-RIGHT OVERRIDE"],
  [0x202e, "RIGHT-TO-LEFT OVERRIDE"],
  [0x202f, "NARROW NO-BREAK SPACE"],
  [0x2032, "PRIME"],
  [0x2033, "DOUBLE PRIME"],
  [0x2060, "WORD JOINER"],
  [0x2066, "LEFT-TO-RIGHT ISOLATE"],
  [0x2067, "RIGHT-TO-LEFT ISOLATE"],
  [0x2068, "FIRST STRONG ISOLATE"],
  [0x2069, "POP DIRECTIONAL ISOLATE"],
  [0x2212, "MINUS SIGN"],
  [0x3000, "IDEOGRAPHIC SPACE"],
  [0xfeff, "ZERO WIDTH NO-BREAK SPACE, the byte order mark"],
]);

/** Whether a character is not seen: it takes no room, or only guides how others are laid out. */
export function isInvisible(character: string): boolean {
  return /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u.test(character);
}

/** A character by its number and, if it is one of those that are mistaken or not seen, its name: `U+00AD SOFT HYPHEN`. */
export function characterName(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const number = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  const name = names.get(point);
  if (name !== undefined) return `${number} ${name}`;
  const script = ["Cyrillic", "Greek"].find((one) => new RegExp(`^\\p{Script=${one}}$`, "u").test(character));
  if (script !== undefined) return `${number} (${script} "${character}")`;
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `${number} "${character}"` : number;
}

/** A byte order mark at the start of a file or a text, which says how it is encoded and is no part of it. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

// Control characters (C0 and C1), line and paragraph separators, and characters that change the direction until they
// are reversed. Direction marks (U+200E, U+200F, U+061C) are allowed, because they end with the word and occur in
// names.
const unsafe = /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** The first character in a line that cannot be displayed, or that changes the layout around it. */
export function unsafeInLine(text: string): string | undefined {
  return unsafe.exec(text)?.[0];
}

/** The first invisible character. */
export function firstInvisible(text: string): string | undefined {
  return /[\0-\x1f\x7f-\x9f\p{Default_Ignorable_Code_Point}\p{Cf}]/u.exec(text)?.[0];
}

/** A text with invisible characters as escapes, in the syntax of JSON, GraphQL and quoted YAML. */
export function escapeInvisible(text: string): string {
  return text.replace(/[\x7f-\x9f\u2028\u2029\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, escapeCharacter);
}

/** A character as an escape: `\u00AD`. */
export function escapeCharacter(character: string): string {
  const units = Array.from({ length: character.length }, (_unit, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).toUpperCase().padStart(4, "0")}`).join("");
}

/** The mark of words that are left out of a text. */
export const gapMark = "[…]";
