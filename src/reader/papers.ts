import type { MentionReader } from "./mentions.js";
import { isCapitalized, textOf, type Sentence, type Token } from "./text.js";
import type { Span } from "./types.js";

/** An agreement, memorandum, declaration ... that a report names. */
export interface PaperMention extends Span {
  /** The report's words without article; a paper without a title goes by its kind. */
  readonly name: string;
  readonly kind: string;
  /** A bare number of papers is none. */
  readonly isCounted: boolean;
  readonly acronym: string | undefined;
}

const heads = new Set(
  (
    "agreement agreements memorandum memoranda mou pact treaty framework arrangement protocol accord declaration charter " +
    "roadmap convention plan programme program contract letter communique implementing statement document deal"
  ).split(" "),
);
const longKinds = [
  "memorandum of understanding",
  "memorandum of cooperation",
  "memorandum of intent",
  "memorandum of agreement",
  "letter of intent",
  "statement of intent",
  "declaration of intent",
  "letter of offer and acceptance",
  "terms of reference",
  "letter of agreement",
  "action plan",
  "plan of action",
  "implementing arrangement",
  "technical arrangement",
  "note verbale",
  "status of forces agreement",
  "mutual logistics support agreement",
  "reciprocal access agreement",
  "general security of military information agreement",
  "visiting forces agreement",
  "defence cooperation agreement",
  "memoranda of understanding",
  "work plan",
  "programme of cooperation",
  "security agreement",
  "security pact",
  "framework agreement",
  "joint declaration",
  "cooperation agreement",
];

/** All papers of a sentence. */
export function findPapers(reader: MentionReader, sentence: Sentence): PaperMention[] {
  const found: PaperMention[] = [];
  for (let index = sentence.start; index < sentence.end; index++) {
    const paper = paperAt(reader, index, sentence.end);
    if (!paper) continue;
    found.push(paper);
    index = paper.end - 1;
  }
  return found;
}

export function paperAt(reader: MentionReader, at: number, limit: number): PaperMention | undefined {
  return capitalPaper(reader, at, limit) ?? plainPaper(reader, at, limit);
}

const links = new Set(["of", "for", "and", "on", "the", "&", "'s", "-", "–", "to", "in", "between"]);

/** "the Agreement for Cooperation Related to Naval Nuclear Propulsion", "a Reciprocal Access Agreement (RAA)" */
function capitalPaper(reader: MentionReader, at: number, limit: number): PaperMention | undefined {
  const { tokens } = reader.text;
  const first = tokens[at];
  if (!first || !isCapitalized(first) || first.folded === "the" || first.folded === "a") return undefined;
  if (reader.meaningOf(at, limit, "title") || reader.knownPerson(at, limit)) return undefined;
  let headAt: number | undefined;
  let end = at;
  for (let index = at; index < Math.min(limit, at + 16); index++) {
    const token = tokens[index] as Token;
    if (isCapitalized(token)) {
      if (heads.has(token.folded) && token.folded !== "statement" && headAt === undefined) headAt = index;
      end = index + 1;
    } else if (!links.has(token.folded)) break;
    else if (/^(?:on|in)$/.test(token.folded) && isDateOrPlace(reader, index + 1, limit)) break;
    else if (
      token.folded === "between" ||
      (headAt !== undefined && token.folded === "and" && !isCapitalized(tokens[index + 1]))
    )
      break;
  }
  if (headAt === undefined) return undefined;
  const head = tokens[headAt] as Token;
  if (end - at === 1 && head.folded !== "mou") return undefined;
  if (/^(?:plan|program|programme|document|letter|contract|deal|charter|convention)$/.test(head.folded) && end - at < 2)
    return undefined;
  const name = textOf(reader.text, at, end).replace(/\s+/g, " ");
  const after = acronymAfter(reader, end, limit);
  return {
    start: withDeterminer(tokens, at),
    end: after?.end ?? end,
    name,
    kind: head.folded,
    isCounted: isCounted(tokens, at),
    acronym: after?.acronym,
  };
}

function isDateOrPlace(reader: MentionReader, at: number, limit: number): boolean {
  const word = reader.text.tokens[at]?.folded ?? "";
  if (
    /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/.test(
      word,
    )
  )
    return true;
  return /^(?:state|town|site)$/.test(reader.meaning(at, limit)?.values[0]?.type ?? "");
}

function acronymAfter(reader: MentionReader, at: number, limit: number): { acronym: string; end: number } | undefined {
  const { tokens } = reader.text;
  if (tokens[at]?.text !== "(" || at + 2 >= limit || tokens[at + 2]?.text !== ")") return undefined;
  return { acronym: tokens[at + 1]?.text ?? "", end: at + 3 };
}

function withDeterminer(tokens: readonly Token[], at: number): number {
  return /^(?:a|an|the|two|three|several|its)$/.test(tokens[at - 1]?.folded ?? "") ? at - 1 : at;
}

function isCounted(tokens: readonly Token[], at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 3); index--) {
    if (tokens[index + 1]?.text === "-") continue;
    if (
      /^(?:two|three|four|five|six|seven|eight|nine|ten|several|many|various|some|\d+|both|other)$/.test(
        tokens[index]?.folded ?? "",
      )
    )
      return true;
  }
  return false;
}

/** "a memorandum of understanding on defence cooperation", "a letter of intent", "the pact" */
function plainPaper(reader: MentionReader, at: number, limit: number): PaperMention | undefined {
  const { tokens } = reader.text;
  for (const kind of longKinds) {
    const words = kind.split(" ");
    if (at + words.length <= limit && words.every((word, step) => tokens[at + step]?.folded === word)) {
      const end = at + words.length;
      const after = acronymAfter(reader, end, limit);
      return {
        start: withDeterminer(tokens, at),
        end: after?.end ?? end,
        name: textOf(reader.text, at, end),
        kind,
        isCounted: isCounted(tokens, at) || kind.startsWith("memoranda"),
        acronym: after?.acronym,
      };
    }
  }
  const word = tokens[at]?.folded ?? "";
  if (
    !/^(?:agreement|pact|mou|treaty|accord|protocol|arrangement|memorandum|deal|contract|roadmap|declaration)$/.test(
      word,
    )
  )
    return undefined;
  return {
    start: withDeterminer(tokens, at),
    end: at + 1,
    name: tokens[at]?.text ?? word,
    kind: word,
    isCounted: isCounted(tokens, at),
    acronym: undefined,
  };
}
