import { ordinalAt, statePair } from "./eventNouns.js";
import type { MentionReader } from "./mentions.js";
import { isCapitalized, textOf, type Token } from "./text.js";
import type { Span } from "./types.js";

/** A numbered or named gathering. */
export interface ForumMention extends Span {
  /** The report's words without ordinal and article. */
  readonly name: string;
  readonly acronym: string | undefined;
  readonly ordinal: number | undefined;
  /** Parties that the name says: "India-Japan", "AUKUS". */
  readonly parties: readonly string[];
  readonly determiner: string | undefined;
  /** The way in which the name was recognized: from a list, or by its form. */
  readonly source: "list" | "form";
}

/** Heads that make a run of capitals a gathering. */
const heads = new Set(
  (
    "meeting dialogue summit forum conference consultations talks exchange symposium conclave assembly ministerial retreat roundtable " +
    "exhibition expo airshow airshow congress mechanism consultation seminar session meet gathering"
  ).split(" "),
);
/** Heads of standing bodies: gatherings only with an ordinal. */
const bodyHeads = new Set("council committee commission group board".split(" "));
const lowHeads = new Set(
  "meeting summit dialogue forum conference ministerial talks consultations meet meetings gathering session exchange retreat".split(
    " ",
  ),
);
const links = new Set(["of", "for", "and", "on", "the", "&", "'s", "'", "-", "–", "to", "against"]);
const skipped = new Set(
  "annual upcoming latest regular ongoing inaugural biennial biannual two-day three-day day-long landmark forthcoming so-called this year".split(
    " ",
  ),
);

export function forumAt(reader: MentionReader, at: number, limit: number): ForumMention | undefined {
  const { tokens } = reader.text;
  const word = (index: number) => (index < limit ? (tokens[index]?.folded ?? "") : "");
  let index = at;
  let determiner: string | undefined;
  if (/^(?:the|a|an|this|its|their|his|her)$/.test(word(index))) determiner = word(index++);
  let ordinal: number | undefined;
  for (let step = 0; step < 8; step++) {
    const number = ordinalAt(tokens, index);
    if (number && number.end > index) {
      ordinal = number.value;
      index = number.end;
      if (word(index) === "-" && word(index + 1) === "ever") index += 2;
      else if (word(index) === "ever") index++;
      continue;
    }
    const isDays =
      /^(?:one|two|three|four|five)$/.test(word(index)) && word(index + 1) === "-" && word(index + 2) === "day";
    if (isDays) index += 3;
    else if (skipped.has(word(index)) && !isCapitalized(tokens[index])) index++;
    else if (word(index) === "such" && ordinal !== undefined) index++;
    else if (
      /^(?:edition|round|session|meeting|iteration|sitting)$/.test(word(index)) &&
      word(index + 1) === "of" &&
      ordinal !== undefined &&
      !isCapitalized(tokens[index])
    ) {
      index += word(index + 2) === "the" ? 3 : 2;
      while (skipped.has(word(index)) && !isCapitalized(tokens[index])) index++;
      const body = nameAt(reader, index, limit, true);
      return body ? { ...body, start: at, ordinal, determiner } : undefined;
    } else break;
  }
  const name = groupSummit(reader, index, limit) ?? nameAt(reader, index, limit, ordinal !== undefined);
  if (!name) return undefined;
  return { ...name, start: at, ordinal, determiner };
}

type Name = Omit<ForumMention, "start" | "ordinal" | "determiner">;

function nameAt(reader: MentionReader, at: number, limit: number, hasOrdinal: boolean): Name | undefined {
  return (
    longer(listedName(reader, at, limit), capitalName(reader, at, limit, hasOrdinal)) ??
    quotedName(reader, at, limit, hasOrdinal) ??
    lowName(reader, at, limit, hasOrdinal)
  );
}

function longer(a: Name | undefined, b: Name | undefined): Name | undefined {
  if (!a || !b) return a ?? b;
  return b.end > a.end ? b : a;
}

/** "a summit of the Weimar Triangle", "the meeting of the Ukraine Defense Contact Group" */
function groupSummit(reader: MentionReader, at: number, limit: number): Name | undefined {
  const { tokens } = reader.text;
  if (
    !/^(?:summit|meeting|session|gathering|conference)$/.test(tokens[at]?.folded ?? "") ||
    tokens[at + 1]?.folded !== "of"
  )
    return undefined;
  const index = tokens[at + 2]?.folded === "the" ? at + 3 : at + 2;
  const group = reader.meaningOf(index, limit, "group");
  const forum = reader.meaningOf(index, limit, "forum");
  const end = group?.end ?? forum?.end;
  if (end === undefined || end > limit) return undefined;
  const name = finish(reader, index, end, limit, "list");
  return { ...name, parties: group ? [...group.members] : name.parties };
}

/** Gatherings that the lists or the record know. */
function listedName(reader: MentionReader, at: number, limit: number): Name | undefined {
  const known = reader.knownForum(at, limit);
  const listed = reader.meaningOf(at, limit, "forum");
  const end = Math.max(known?.end ?? 0, listed?.end ?? 0);
  if (end === 0 || !isCapitalized(reader.text.tokens[at])) return undefined;
  let last = end;
  const { tokens } = reader.text;
  const next = tokens[last]?.folded ?? "";
  // "BRICS summit", "ADMM-Plus ministerial"
  if (last < limit && lowHeads.has(next) && /^(?:summit|meeting|dialogue|forum|conference)$/.test(next)) last++;
  else if (tokens[last]?.text === "-" && tokens[last + 1]?.folded === "plus") last += 2;
  else if (tokens[last]?.text === "+" && tokens[last]?.glued) last++;
  return finish(reader, at, last, limit, "list");
}

/** A run of capitals that ends in "Meeting", "Dialogue" ..., with a list of the words that may stand between. */
function capitalName(reader: MentionReader, at: number, limit: number, hasOrdinal: boolean): Name | undefined {
  const { tokens } = reader.text;
  if (!isStart(tokens[at])) return undefined;
  let end: number | undefined;
  let index = at;
  while (index < limit && index < at + 14) {
    const token = tokens[index] as Token;
    const isPart =
      isCapitalized(token) ||
      links.has(token.folded) ||
      /^\d+\+\d+$/.test(token.text) ||
      /^(?:20\d\d)$/.test(token.text);
    if (!isPart) break;
    if (index > at || !hasOrdinal) {
      const title = reader.meaningOf(index, limit, "title");
      if (
        title &&
        !title.plural &&
        title.end - index > 0 &&
        !heads.has(tokens[title.end]?.folded ?? "") &&
        !/^(?:'|'s|level)$/.test(tokens[title.end]?.text ?? "")
      )
        break;
      if (reader.knownPerson(index, limit)) break;
    }
    if (index === at && hasOrdinal && heads.has(token.folded) && tokens[at + 1]?.folded === "of") {
      const stop = capitalRun(tokens, tokens[at + 2]?.folded === "the" ? at + 3 : at + 2, limit);
      if (stop !== undefined) return finish(reader, at, stop, limit, "form");
    }
    const isHead = isCapitalized(token) && (heads.has(token.folded) || (hasOrdinal && bodyHeads.has(token.folded)));
    if (isHead && index > at) end = index + 1;
    if (token.folded === "and" && end !== undefined) break;
    index++;
  }
  if (end === undefined) return undefined;
  if (tokens[end]?.text === "-" && /^plus$/i.test(tokens[end + 1]?.text ?? "")) end += 2;
  else if (/^Plus$/.test(tokens[end]?.text ?? "")) end++;
  end = withOwner(reader, end, limit);
  const first = tokens[at] as Token;
  if (end - at < 2 || /^(?:The|A|An|This|In|On|At|During|After|Before)$/.test(first.text)) return undefined;
  return finish(reader, at, end, limit, "form");
}

/** The end of a run of capitals with "of", "and", "the" inside. */
function capitalRun(tokens: readonly Token[], from: number, limit: number): number | undefined {
  let end: number | undefined;
  for (let index = from; index < Math.min(limit, from + 9); index++) {
    const token = tokens[index] as Token;
    if (isCapitalized(token)) end = index + 1;
    else if (!/^(?:of|and|the|for|'s|'|-)$/.test(token.folded)) break;
  }
  return end;
}

function isStart(token: Token | undefined): boolean {
  return token !== undefined && (isCapitalized(token) || /^\d+\+\d+$/.test(token.text));
}

/** "Defence Ministers' Meeting of the Shanghai Cooperation Organisation" */
function withOwner(reader: MentionReader, at: number, limit: number): number {
  const { tokens } = reader.text;
  if (tokens[at]?.folded !== "of" || at >= limit) return at;
  const index = tokens[at + 1]?.folded === "the" ? at + 2 : at + 1;
  const organization = reader.meaningOf(index, limit, "organization");
  return organization ? organization.end : at;
}

/** "the second 2+2 dialogue", "the NATO summit", "SCO defence ministers' meeting", "India-US 2+2 ministerial dialogue" */
function lowName(reader: MentionReader, at: number, limit: number, hasOrdinal: boolean): Name | undefined {
  const { tokens } = reader.text;
  const word = (index: number) => (index < limit ? (tokens[index]?.folded ?? "") : "");
  let index = at;
  const pair = statePair(reader, index, limit);
  const single = pair
    ? undefined
    : (reader.meaningOf(index, limit, "organization") ?? reader.meaningOf(index, limit, "group"));
  let isNamed = single !== undefined;
  if (pair) index = pair.end;
  else if (single) index = single.end;
  else if (/^[A-Z][A-Z0-9]+$/.test(tokens[index]?.text ?? "") && !reader.meaning(index, limit)) {
    index++;
    isNamed = true;
  } else if (/^\d\+\d(?:\+\d)?$/.test(tokens[index]?.text ?? "")) isNamed = true;
  else if (!hasOrdinal) return undefined;
  let hasTwo = false;
  for (let step = 0; step < 8 && index < limit; step++) {
    const current = word(index);
    if (/^\d\+\d(?:\+\d)?$/.test(current)) {
      hasTwo = true;
      index++;
      if (word(index) === '"' || word(index) === "”") index++;
      const follow = word(index);
      if (
        !lowHeads.has(follow) &&
        !/^(?:ministerial|inter|foreign|format)$/.test(follow) &&
        (pair !== undefined || hasOrdinal)
      )
        return finish(reader, at, index, limit, "form");
      continue;
    }
    if (lowHeads.has(current) && word(index + 1) === "of" && index === at) return undefined;
    if (lowHeads.has(current)) {
      const next = word(index + 1);
      const end = lowHeads.has(next) && current === "ministerial" ? index + 2 : index + 1;
      const isStrong = isNamed || hasTwo || (pair !== undefined && hasOrdinal);
      return isStrong && end - at >= 2 ? finish(reader, at, withOwner(reader, end, limit), limit, "form") : undefined;
    }
    const isPart =
      /^(?:defence|foreign|ministers|ministers'|'|'s|ministerial|leaders|leaders'|chiefs|of|staff|heads|state|government|military|security|policy|strategic|and|inter-sessional|annual|trilateral|bilateral|national|industry|cooperation|joint|consultative|maritime|vice-ministerial|level|-|navy|army|air|force|working|group)$/.test(
        current,
      );
    if (!isPart) return undefined;
    index++;
  }
  return undefined;
}

/** “2+2” in quotation marks after an ordinal: 'The first such "2+2"'. */
function quotedName(reader: MentionReader, at: number, limit: number, hasOrdinal: boolean): Name | undefined {
  const { tokens } = reader.text;
  const isQuoted =
    /^["“'‘]$/.test(tokens[at]?.text ?? "") &&
    /^\d\+\d$/.test(tokens[at + 1]?.text ?? "") &&
    /^["”'’]$/.test(tokens[at + 2]?.text ?? "");
  if (!isQuoted || at + 2 >= limit || !hasOrdinal) return undefined;
  return { end: at + 3, name: tokens[at + 1]?.text ?? "", acronym: undefined, parties: [], source: "form" };
}

function finish(reader: MentionReader, start: number, last: number, limit: number, source: Name["source"]): Name {
  const { tokens } = reader.text;
  let end = last;
  let acronym: string | undefined;
  if (tokens[end]?.text === "(" && end + 2 < limit) {
    let close = end + 1;
    while (close < limit && close < end + 7 && tokens[close]?.text !== ")") close++;
    const inner = textOf(reader.text, end + 1, close);
    if (tokens[close]?.text === ")" && /^[A-Z0-9][\w+ -]{1,14}$/.test(inner)) {
      acronym = inner;
      end = close + 1;
    }
  }
  const name = textOf(reader.text, start, last).replace(/\s+/g, " ").replace(/["“”]/g, "");
  return { end, name, acronym, parties: partiesOf(reader, start, last), source };
}

function partiesOf(reader: MentionReader, start: number, end: number): string[] {
  for (let index = start; index < end; index++) {
    const pair = statePair(reader, index, end);
    if (pair) return pair.codes;
    const group = reader.meaningOf(index, end, "group");
    if (group) return [...group.members];
  }
  return [];
}
