import type { MentionReader, Person } from "./mentions.js";
import { isCapitalized, type Token } from "./text.js";
import { isPast } from "./verbForms.js";
import type { MeetingFormat, Span } from "./types.js";

/** A noun that names an encounter: "talks", "a telephone call", "the second India-Japan summit". */
export interface EventNoun extends Span {
  readonly head: string;
  readonly format: MeetingFormat | undefined;
  readonly plural: boolean;
  readonly determiner: string | undefined;
  readonly ordinal: number | undefined;
  /** "the last meeting", "their previous talks" */
  readonly isPrevious: boolean;
  /** "a possible summit", "further talks", "no meeting" */
  readonly isVague: boolean;
  readonly isTrilateral: boolean;
  readonly modifiers: readonly string[];
  /** Parties in the noun itself: "China-Vietnam talks". */
  readonly parties: readonly string[];
  /** Persons in the noun itself: "the Modi-Xi meeting". */
  readonly persons: readonly Person[];
}

const heads: Readonly<Record<string, MeetingFormat | "NONE">> = {
  meeting: "NONE",
  meetings: "NONE",
  meet: "NONE",
  talks: "NONE",
  discussions: "NONE",
  discussion: "NONE",
  dialogue: "NONE",
  dialogues: "NONE",
  conversation: "NONE",
  conversations: "NONE",
  consultations: "NONE",
  consultation: "NONE",
  negotiations: "NONE",
  summit: "NONE",
  summits: "NONE",
  call: "CALL",
  calls: "CALL",
  videoconference: "VIDEO",
  teleconference: "CALL",
  "pull-aside": "PULL_ASIDE",
  bilateral: "NONE",
  bilaterals: "NONE",
  encounter: "NONE",
  interaction: "NONE",
  interactions: "NONE",
  parleys: "NONE",
  deliberations: "NONE",
  reception: "NONE",
  audience: "NONE",
  luncheon: "NONE",
  huddle: "NONE",
  engagement: "NONE",
  engagements: "NONE",
  session: "NONE",
  dinner: "NONE",
  lunch: "NONE",
  breakfast: "NONE",
  trilateral: "NONE",
  roundtable: "NONE",
  conference: "NONE",
  forum: "NONE",
  gathering: "NONE",
  "sit-down": "NONE",
  ministerial: "NONE",
  "tete-a-tete": "NONE",
  pullaside: "PULL_ASIDE",
  "get-together": "NONE",
  contact: "NONE",
  ceremony: "NONE",
};
const longHeads: readonly (readonly [string, MeetingFormat | "NONE"])[] = [
  ["exchange of views", "NONE"],
  ["exchanges of views", "NONE"],
  ["round of talks", "NONE"],
  ["pull aside", "PULL_ASIDE"],
  ["pull - aside", "PULL_ASIDE"],
  ["sit - down", "NONE"],
  ["video conference", "VIDEO"],
  ["video link", "VIDEO"],
  ["courtesy call", "NONE"],
  ["courtesy visit", "NONE"],
  ["call - on", "NONE"],
  ["tete - a - tete", "NONE"],
  ["welcome ceremony", "NONE"],
  ["welcoming ceremony", "NONE"],
  ["round of discussions", "NONE"],
  ["round of consultations", "NONE"],
  ["one - on - one", "NONE"],
  ["face - to - face", "NONE"],
  ["get - together", "NONE"],
  ["round of negotiations", "NONE"],
  ["series of meetings", "NONE"],
  ["series of talks", "NONE"],
  ["two - plus - two", "NONE"],
];
/** Heads that are an encounter only with people beside them: "a session", "a dinner", "contact with". */
const weakHeads = new Set([
  "session",
  "dinner",
  "lunch",
  "breakfast",
  "luncheon",
  "engagement",
  "engagements",
  "contact",
  "ceremony",
  "reception",
  "audience",
  "bilateral",
  "trilateral",
  "ministerial",
  "meet",
  "dialogue",
  "dialogues",
  "call",
  "calls",
  "interaction",
  "interactions",
  "negotiations",
  "conference",
  "forum",
  "gathering",
  "one on one",
  "face to face",
  "roundtable",
]);

export function isWeakHead(head: string): boolean {
  return weakHeads.has(head);
}

const determiners = new Set(
  "a an the his her their its this that these those another any no such several many some two three four five six both each separate our series".split(
    " ",
  ),
);
const vague = new Set(
  "possible potential future further regular any no more frequent next planned proposed eventual direct high-level constant ongoing such".split(
    " ",
  ),
);
const stops = new Set(
  (
    "in on at with to from by for of between among during after before and or but as that who which when while is are was were be has have had " +
    "will would said says told met held not also he she they it than into over under about his her their its the a an"
  ).split(" "),
);
const ordinals = (
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth " +
  "seventeenth eighteenth nineteenth twentieth"
).split(" ");
const tens: Readonly<Record<string, number>> = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60 };
const roundTens: Readonly<Record<string, number>> = { thirtieth: 30, fortieth: 40, fiftieth: 50, sixtieth: 60 };

/** An ordinal at a token: "third", "18th", "twenty-first", "inaugural". */
export function ordinalAt(tokens: readonly Token[], at: number): { value: number; end: number } | undefined {
  const word = tokens[at]?.folded ?? "";
  const digits = /^(\d+)(?:st|nd|rd|th)$/.exec(word);
  if (digits) return { value: Number(digits[1]), end: at + 1 };
  if (word === "inaugural" || word === "maiden") return { value: 1, end: at + 1 };
  const base = tens[word];
  if (base !== undefined && tokens[at + 1]?.text === "-") {
    const unit = ordinals.indexOf(tokens[at + 2]?.folded ?? "");
    if (unit > 0 && unit < 10) return { value: base + unit, end: at + 3 };
  }
  const plain = ordinals.indexOf(word);
  if (plain > 0) return { value: plain, end: at + 1 };
  const round = roundTens[word];
  return round === undefined ? undefined : { value: round, end: at + 1 };
}

/** The longest phrase of an encounter that begins at a token. */
export function eventNounAt(reader: MentionReader, at: number, limit: number): EventNoun | undefined {
  const { tokens } = reader.text;
  const word = (index: number) => (index < limit ? (tokens[index]?.folded ?? "") : "");
  let index = at;
  let determiner: string | undefined;
  if (determiners.has(word(index))) {
    determiner = word(index++);
    if (
      (determiner === "a" || determiner === "the") &&
      /^(?:series|number|string|round)$/.test(word(index)) &&
      word(index + 1) === "of"
    ) {
      if (longHead(tokens, index, limit) === undefined) {
        determiner = "several";
        index += 2;
      }
    }
  }
  const found = modifiersAndHead(reader, index, limit, at);
  return found ? { ...found, start: at, determiner } : undefined;
}

function longHead(
  tokens: readonly Token[],
  at: number,
  limit: number,
): { end: number; head: string; format: MeetingFormat | "NONE" } | undefined {
  for (const [phrase, format] of longHeads) {
    const words = phrase.split(" ");
    if (at + words.length > limit) continue;
    if (words.every((item, step) => tokens[at + step]?.folded === item))
      return { end: at + words.length, head: phrase.replace(/ - /g, " "), format };
  }
  return undefined;
}

type Parts = Omit<EventNoun, "start" | "determiner">;

/** The words of a phrase before its head, as far as they have been read. */
interface Lead {
  index: number;
  ordinal: number | undefined;
  isPrevious: boolean;
  readonly modifiers: string[];
  parties: string[];
  persons: Person[];
}

/** @param at the first token of the phrase. @param from its first token after a determiner. */
function modifiersAndHead(reader: MentionReader, from: number, limit: number, at: number): Parts | undefined {
  const { tokens } = reader.text;
  const isAfterOwner = /^(?:'s|')$/.test(tokens[at - 1]?.text.replace("’", "'") ?? "");
  const lead: Lead = { index: from, ordinal: undefined, isPrevious: false, modifiers: [], parties: [], persons: [] };
  for (let step = 0; step < 9; step++) {
    const { index, modifiers } = lead;
    const word = index < limit ? (tokens[index]?.folded ?? "") : "";
    const head = longHead(tokens, index, limit) ?? shortHead(word, index);
    const hasLead = modifiers.length > 0 || index > at || isAfterOwner;
    if (head && isHeadHere(reader, index, head.end, limit, hasLead)) {
      const { index: _index, ...rest } = lead;
      return finishHead({ ...head, ...rest }, tokens, limit);
    }
    if (addNumberOrNames(reader, lead, limit) || addPrevious(lead, word)) continue;
    if (index >= limit || !isModifier(tokens, lead, from, at)) return undefined;
    if (tokens[index]?.type === "word") modifiers.push(word);
    lead.index++;
    if (modifiers.length > 6) return undefined;
  }
  return undefined;
}

function addNumberOrNames(reader: MentionReader, lead: Lead, limit: number): boolean {
  const number = ordinalAt(reader.text.tokens, lead.index);
  if (number) {
    lead.ordinal = number.value;
    lead.index = number.end;
    return true;
  }
  const pair = lead.parties.length === 0 ? statePair(reader, lead.index, limit) : undefined;
  if (pair) {
    lead.parties = pair.codes;
    lead.index = pair.end;
    return true;
  }
  const names = lead.persons.length === 0 ? namePair(reader, lead.index, limit) : undefined;
  if (!names) return false;
  lead.persons = names.persons;
  lead.index = names.end;
  return true;
}

function addPrevious(lead: Lead, word: string): boolean {
  if (!/^(?:last|previous|latest|recent|earlier)$/.test(word)) return false;
  lead.isPrevious = word === "last" || word === "previous";
  lead.modifiers.push(word);
  lead.index++;
  return true;
}

/** Whether the next token can stand before the head of the phrase. */
function isModifier(tokens: readonly Token[], { index, modifiers }: Lead, from: number, at: number): boolean {
  const token = tokens[index];
  if (!token || stops.has(token.folded)) return false;
  if (token.type !== "word")
    return token.type !== "mark" || (token.text === "-" && !(modifiers.length === 0 && index === from));
  const isName = isCapitalized(token);
  // "cancelled talks" without an article: the word is a verb.
  if (index === at && !isName && (/[a-z]ed$/.test(token.folded) || isPast(token.folded))) return false;
  if (isName) return /^(?:U\.S\.|US|UK|ASEAN|NATO|EU)$/.test(token.text);
  return !/^(?:discussed|agreed|expressed|ministers|sides|leaders|officials|countries|forces|said|met)$/.test(
    token.folded,
  );
}

function shortHead(
  word: string,
  index: number,
): { end: number; head: string; format: MeetingFormat | "NONE" } | undefined {
  const format = heads[word];
  return format === undefined || !Object.hasOwn(heads, word) ? undefined : { end: index + 1, head: word, format };
}

/** Whether the word is the noun and not a verb or an adjective: "bilateral" before "talks" is none. */
function isHeadHere(reader: MentionReader, at: number, end: number, limit: number, hasLead: boolean): boolean {
  const { tokens } = reader.text;
  const head = tokens[at]?.folded ?? "";
  const next = end < limit ? (tokens[end]?.folded ?? "") : "";
  if (heads[next] !== undefined && Object.hasOwn(heads, next)) return false;
  if (/^(?:bilateral|trilateral|ministerial|courtesy)$/.test(head) && end - at === 1) {
    if (!hasLead) return false;
    return tokens[end]?.type === "mark" || end >= limit || /^(?:with|in|on|at|between|and|was|is|by|here)$/.test(next);
  }
  if (/^(?:call|meet|contact|dinner|lunch|breakfast|session|ceremony|audience)$/.test(head) && !hasLead) return false;
  const isDated =
    next === "on" &&
    /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}|january|february|march|april|may|june|july|august|september|october|november|december|[a-z]{3,4}\.)$/.test(
      tokens[end + 1]?.folded ?? "",
    );
  if ((head === "call" || head === "calls") && isDated) return true;
  if (head === "call" || head === "calls")
    return (
      !/^(?:for|to|on|upon|off|itself|themselves)$/.test(next) ||
      /^(?:phone|telephone|video|secure|virtual|conference|courtesy)$/.test(tokens[at - 1]?.folded ?? "")
    );
  if (head === "meeting" && !hasLead) {
    const before = tokens[at - 1]?.folded ?? "";
    if (
      /^(?:of|for|in|after|before|by|,|and|while|when|are|is|were|was)$/.test(before) &&
      (isCapitalized(tokens[end]) || /^(?:with|the|his|her|their)$/.test(next))
    )
      return false;
    return !isCapitalized(tokens[end]);
  }
  if (head === "one" || head === "face") return /^(?:with|meeting|talks|between|in|,|\.)$/.test(next);
  return true;
}

function finishHead(
  parts: {
    head: string;
    format: MeetingFormat | "NONE";
    end: number;
    ordinal: number | undefined;
    isPrevious: boolean;
    modifiers: string[];
    parties: string[];
    persons: Person[];
  },
  tokens: readonly Token[],
  _limit: number,
): Parts {
  const { modifiers } = parts;
  let format = parts.format === "NONE" ? undefined : parts.format;
  if (modifiers.some((word) => /^(?:phone|telephone|telephonic)$/.test(word))) format = "CALL";
  else if (modifiers.some((word) => /^(?:video|virtual|online|videoconference)$/.test(word))) format = "VIDEO";
  if (parts.head === "courtesy call") format = undefined;
  if (parts.head.startsWith("call") && modifiers.includes("courtesy")) format = undefined;
  const last = tokens[parts.end - 1]?.folded ?? parts.head;
  return {
    ...parts,
    format,
    plural: /(?:meetings|calls|dialogues|conversations|summits|bilaterals|interactions|engagements)$/.test(last),
    isVague: modifiers.some((word) => vague.has(word)),
    isTrilateral:
      modifiers.some((word) => /^(?:trilateral|three|quadrilateral|four)$/.test(word)) || parts.head === "trilateral",
  };
}

/** "China-Vietnam", "U.S.-Japan-Philippines", "Sino-Indian" */
export function statePair(
  reader: MentionReader,
  at: number,
  limit: number,
): { codes: string[]; end: number } | undefined {
  const { tokens } = reader.text;
  const codes: string[] = [];
  let index = at;
  let end = at;
  while (index < limit) {
    const match = reader.meaningOf(index, limit, "state") ?? reader.meaningOf(index, limit, "organization");
    if (!match) break;
    codes.push(match.code);
    end = match.end;
    if (!/^[-–—/]$/.test(tokens[end]?.text ?? "")) break;
    index = end + 1;
  }
  return codes.length >= 2 && new Set(codes).size === codes.length ? { codes, end } : undefined;
}

/** "Modi-Xi", "Austin-Dong" */
function namePair(reader: MentionReader, at: number, limit: number): { persons: Person[]; end: number } | undefined {
  const { tokens } = reader.text;
  const [first, dash, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (at + 2 >= limit || !/^[-–]$/.test(dash?.text ?? "") || !isCapitalized(first) || !isCapitalized(second))
    return undefined;
  const find = (token: Token | undefined) =>
    reader.persons.filter((person) => person.words.includes(token?.folded ?? ""));
  const [left, right] = [find(first), find(second)];
  return left.length === 1 && right.length === 1 && left[0] !== right[0]
    ? { persons: [left[0] as Person, right[0] as Person], end: at + 3 }
    : undefined;
}
