/** A habit of style.md's list that a sentence has. */
export interface Finding {
  readonly rule: string;
  readonly sentence: string;
}

interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly advice: string;
}

// A question may begin with these words; a statement may not.
const relative =
  /^(what|who|whom|whoever|whomever|whose|where|wherever|whichever|how(?! to\b)|of what|of whom|to whom|with whom|that which)\b(?!.*\?["')\]]*$)/i;

/** The habits, most of them words. A pattern is matched against one sentence. */
export const rules: readonly Rule[] = [
  { name: "clause first", pattern: relative, advice: "begin with a noun or an imperative" },
  {
    name: "person",
    pattern: /\b(nobody|somebody|someone|whoever|whomever|whosoever|no one)\b/i,
    advice: 'a process, request or client is "it"; name the reader, editor or client',
  },
  { name: "anew", pattern: /\banew\b/i, advice: "say again, or rebuild" },
  {
    name: "told",
    pattern: /\b(is|are|was|were|be|been|being|gets?) told\b|\btells? (of|whom|it that)\b/i,
    advice: "say reports, returns, receives or logs",
  },
  {
    name: "became",
    pattern: /\bwhat (has |have )?(became|becomes|become) of\b|\bbecomes? of\b/i,
    advice: "say status or outcome",
  },
  {
    name: "translated",
    pattern:
      /\b(turn(s|ed)? away|let go of|come(s)? to (an|no) end|had at once|bring(s)? along|amiss|in hand|nothing of it|for (his|its) own sake|by itself alone|of (his|her) own|heed(s|ed)?|for want of|what is lacking|as it (were|stood)|hand(s|ed)? (over|on) to|given back|taken for|hold(s)? to that|cannot be had|can be had|it does as well|do(es)? as well)\b/i,
    advice: "use the standard term, such as reject, release, end, missing, bring, own, honour, pass",
  },
  { name: "he for a process", pattern: /\b(he|his|him|himself)\b/i, advice: "say it, they or the role" },
];

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** The sentences of a text. Abbreviations do not end one; a colon or a semicolon does not either. */
export function sentencesOf(text: string): string[] {
  const parts: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const before = parts.at(-1);
    if (before !== undefined && (/\b(e\.g|i\.e|etc|vs|cf|No|St|Dr)\.\s*$/.test(before) || /^[a-z]/.test(segment)))
      parts[parts.length - 1] = before + segment;
    else parts.push(segment);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** Ends of a main clause: what follows is read as a sentence of its own. */
const clauseEnd = /[;:](?=\s)/;

/** The longest clause of a published text in words. style.md says about 25; a few more are a matter of taste. */
export const longestClause = 30;

/** An enumeration is easier to follow than a sentence of the same length. */
const longestList = 50;

/** Number of words; text in parentheses does not make a sentence harder to follow and is not counted. */
function lengthOf(clause: string): number {
  return clause.match(/[\p{L}\p{N}][\p{L}\p{N}'’./_-]*/gu)?.length ?? 0;
}

function isTooLong(clause: string): boolean {
  const isList = clause.split(", ").length > 3;
  return lengthOf(clause) > (isList ? longestList : longestClause);
}

/** Examples of other texts, such as "as he said": the rules are not about their words. */
const quotation = /"[^"]*"/g;

/** The findings in a text, each with its sentence. */
export function findingsIn(text: string, { isPublished }: { readonly isPublished: boolean }): Finding[] {
  const isLong = (sentence: string): boolean =>
    sentence
      .replace(/\([^)]*\)/g, "")
      .split(clauseEnd)
      .some(isTooLong);
  return [
    ...sentencesOf(text.replace(quotation, "X")).flatMap((sentence) =>
      rules.filter(({ pattern }) => pattern.test(sentence)).map(({ name }) => ({ rule: name, sentence })),
    ),
    ...(isPublished
      ? sentencesOf(text)
          .filter(isLong)
          .map((sentence) => ({ rule: "long sentence", sentence }))
      : []),
  ];
}
