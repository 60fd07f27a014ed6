import { CONTROL } from "./data/verbs.js";
import { findDates, type DateMention } from "./dates.js";
import { eventNounAt, type EventNoun } from "./eventNouns.js";
import { forumAt, type ForumMention } from "./forums.js";
import type { Mention, MentionReader } from "./mentions.js";
import { isCapitalized, type Sentence, type Token } from "./text.js";
import type { Span } from "./types.js";
import { verbForm, type VerbForm } from "./verbForms.js";

export type Tense = "past" | "present" | "future";
/** Whether what the verb says is a fact, a plan, a plan of the past ("was to meet"), a wish, or what was refused. */
export type Mode = "fact" | "planned" | "pastPlan" | "wish" | "refused" | "negated";

/** A verb with its auxiliaries, and with the verb that governs it: "is expected to hold". */
export interface VerbGroup extends Span {
  readonly lemma: string;
  readonly particle: string | undefined;
  readonly tense: Tense;
  readonly mode: Mode;
  readonly passive: boolean;
  readonly perfect: boolean;
  readonly form: "finite" | "infinitive" | "ing" | "participle";
  /** The governing verb of an infinitive: "agree" in "agreed to meet". */
  readonly control: string | undefined;
}

export type Item =
  | (Span & { readonly type: "people"; readonly mentions: readonly Mention[]; readonly possessive: boolean })
  | (Span & { readonly type: "verb"; readonly verb: VerbGroup })
  | (Span & { readonly type: "event"; readonly event: EventNoun })
  | (Span & { readonly type: "forum"; readonly forum: ForumMention })
  | (Span & { readonly type: "date"; readonly date: DateMention })
  | (Span & { readonly type: "preposition"; readonly word: string })
  | (Span & { readonly type: "relative"; readonly word: string })
  | (Span & { readonly type: "subordinator"; readonly word: string })
  | (Span & { readonly type: "and"; readonly word: string })
  | (Span & { readonly type: "mark"; readonly word: string })
  | (Span & { readonly type: "quote"; readonly words: number })
  | (Span & { readonly type: "word"; readonly word: string });

export type ItemOf<T extends Item["type"]> = Extract<Item, { readonly type: T }>;

/** A verb with what belongs to it. Items keep their order in the sentence. */
export interface Clause {
  readonly verb: VerbGroup;
  readonly subject: Item | undefined;
  /** Items between the clause's beginning and its verb, less the subject. */
  readonly before: readonly Item[];
  /** Items after the verb, up to the next clause. */
  readonly after: readonly Item[];
  /** "after", "when" ... where the clause hangs on another. */
  readonly subordinator: string | undefined;
  readonly isRelative: boolean;
  /** The clause that a participle, a relative clause or a conjoined verb hangs on. */
  readonly parent: Clause | undefined;
  /** The antecedent of a relative pronoun that is not the subject. */
  readonly antecedent: Item | undefined;
  readonly start: number;
  readonly end: number;
}

export interface SentenceParse {
  readonly sentence: Sentence;
  readonly items: readonly Item[];
  readonly clauses: readonly Clause[];
}

const adverbs = new Set(
  (
    "also later then earlier separately recently jointly again both now just still already only once finally first last previously " +
    "subsequently formally officially briefly twice personally reportedly jointly together initially eventually soon shortly " +
    "afterwards thereafter meanwhile instead currently today thus however repeatedly mutually warmly virtually privately further " +
    "themselves himself herself each always never ever not no longer duly cordially therefore simultaneously immediately abruptly " +
    "publicly quietly solemnly tentatively unexpectedly effectively all"
  ).split(" "),
);
const be = new Set(["is", "are", "was", "were", "be", "been", "being", "am", "'s"]);
const have = new Set(["has", "have", "had", "having"]);
const modals: Readonly<Record<string, "future" | "would" | "wish">> = {
  will: "future",
  shall: "future",
  "'ll": "future",
  would: "would",
  may: "wish",
  might: "wish",
  could: "wish",
  can: "wish",
  should: "wish",
  must: "wish",
  cannot: "wish",
};
const controlAdjectives = new Set([
  "due",
  "set",
  "likely",
  "ready",
  "able",
  "about",
  "willing",
  "keen",
  "unlikely",
  "unable",
  "eager",
  "prepared",
]);
/** Nouns that look like verbs; they are verbs only after a word that calls for one. */
const nounLike = new Set(
  (
    "meet talk call visit host chair address head lead plan exchange patrol exercise drill attack test fire sign note review report " +
    "claim state address request demand support back help work train press push welcome mark top round launch set view cost order " +
    "contact post air tour travel place face target ban process love hope wish need focus concern stress end start answer " +
    "question challenge dispute conflict clash protest object guard fear doubt look sound move shift change turn return force order " +
    "increase boost progress advance delay brief train station supply name fight cover form base share stop win run rise fall feel read " +
    "show release transfer land post term label respect honour honor aim result limit counter lunch walk stroll transit " +
    "award present experience witness interview broadcast update quote cite hint signal treat sanction block step drop swap chat drag brief"
  ).split(" "),
);
/** Verbs whose past is their base form. */
const pastAsBase = new Set(["put", "set", "cut", "hit", "cost", "let", "read", "cast"]);
const beforeNoun = new Set(
  "the a an his her their its our this that these those of in on at for by from with no any some each every another such and two three new first second third bilateral trilateral joint military naval annual official".split(
    " ",
  ),
);

interface Cursor {
  readonly tokens: readonly Token[];
  readonly limit: number;
}

function at(cursor: Cursor, index: number): string {
  return index < cursor.limit ? (cursor.tokens[index]?.folded ?? "") : "";
}

function isAdverb(word: string): boolean {
  return (
    adverbs.has(word) ||
    (/[a-z]{3}ly$/.test(word) &&
      !/^(?:family|italy|assembly|july|reply|supply|rely|ally|apply|only|early|likely|unlikely|friendly)$/.test(word))
  );
}

function skipAdverbs(cursor: Cursor, index: number): { end: number; negated: boolean } {
  let end = index;
  let negated = false;
  while (isAdverb(at(cursor, end)) || at(cursor, end) === "n't") {
    const word = at(cursor, end);
    if (word === "not" || word === "never" || (word === "no" && at(cursor, end + 1) === "longer")) negated = true;
    end++;
  }
  return { end, negated };
}

/** The words before a main verb: adverbs, "to" and auxiliaries. */
interface Auxiliaries {
  /** The first token after leading adverbs. */
  readonly start: number;
  readonly isInfinitive: boolean;
  /** The token of the main verb. */
  end: number;
  negated: boolean;
  tense: Tense | undefined;
  modal: "future" | "would" | "wish" | undefined;
  perfect: boolean;
  hasBe: boolean;
  hasDo: boolean;
}

/** The verb group that begins at a token. `isAfterPerson`: a name stands right before, so that "hosts" is a verb. */
export function verbGroupAt(
  tokens: readonly Token[],
  index: number,
  limit: number,
  isAfterPerson: boolean,
): VerbGroup | undefined {
  const first = tokens[index];
  if (first?.type !== "word" || prepositionsLikeVerbs.test(first.folded)) return undefined;
  const cursor = { tokens, limit };
  const lead = auxiliariesAt(cursor, index);
  if (lead === undefined) return undefined;
  const controlled = controlledGroup(cursor, index, lead);
  if (controlled) return controlled;
  const main = at(cursor, lead.end);
  const verb = verbForm(main) ?? guessedForm(main, cursor, lead.end);
  if (!verb) return lead.hasBe ? copula(index, lead, lead.isInfinitive ? "infinitive" : "finite") : undefined;
  const isAuxiliary = hasAuxiliary(lead);
  if (!isAuxiliary && !lead.isInfinitive && !isVerbHere(cursor, lead.end, verb, isAfterPerson)) return undefined;
  if (lead.isInfinitive && verb.form !== "base" && verb.lemma !== main && !isAuxiliary) return undefined;
  if (lead.hasBe && (verb.form === "base" || verb.form === "s") && !participlesLikeBase.has(verb.lemma)) {
    return copula(index, lead, "finite");
  }
  return mainGroup(cursor, index, lead, verb);
}

const prepositionsLikeVerbs = /^(?:following|including|regarding|concerning|according|pending|during)$/;
/** Verbs whose participle looks like their base form. */
const participlesLikeBase = new Set(["set", "put", "cut", "hit", "run", "become", "come"]);

function auxiliariesAt(cursor: Cursor, index: number): Auxiliaries | undefined {
  const { end: start, negated } = skipAdverbs(cursor, index);
  const isInfinitive = at(cursor, start) === "to";
  if (isInfinitive && start > index && !/^(?:not|never|also)$/.test(at(cursor, index))) return undefined;
  const found: Auxiliaries = {
    start,
    isInfinitive,
    end: isInfinitive ? skipAdverbs(cursor, start + 1).end : start,
    negated,
    tense: undefined,
    modal: undefined,
    perfect: false,
    hasBe: false,
    hasDo: false,
  };
  while (
    addModal(cursor, found) ||
    addDo(cursor, found) ||
    addContraction(cursor, found) ||
    addBeOrHave(cursor, found)
  ) {
    const skipped = skipAdverbs(cursor, found.end + 1);
    found.end = skipped.end;
    found.negated ||= skipped.negated;
  }
  return found;
}

function hasAuxiliary({ start, end, isInfinitive, hasDo }: Auxiliaries): boolean {
  return hasDo || end > start + (isInfinitive ? 1 : 0);
}

function addModal(cursor: Cursor, found: Auxiliaries): boolean {
  const word = at(cursor, found.end);
  const isMonth = word === "may" && isCapitalized(cursor.tokens[found.end]) && found.end > found.start;
  if (modals[word] !== undefined && !found.isInfinitive && !isMonth) {
    found.modal = modals[word];
    found.tense = found.modal === "future" ? "future" : "present";
    if (word === "cannot") found.negated = true;
    return true;
  }
  if (!/^(?:won't|wouldn't|couldn't|can't|shouldn't)$/.test(word)) return false;
  found.modal = /^won't/.test(word) ? "future" : /^wouldn't/.test(word) ? "would" : "wish";
  found.tense = "future";
  found.negated = true;
  return true;
}

function addDo(cursor: Cursor, found: Auxiliaries): boolean {
  const word = at(cursor, found.end);
  if (found.isInfinitive || !/^(?:did|does|do|didn't|doesn't|don't)$/.test(word)) return false;
  found.hasDo = true;
  found.tense = word.startsWith("did") ? "past" : "present";
  if (word.endsWith("n't")) found.negated = true;
  return true;
}

function addContraction(cursor: Cursor, found: Auxiliaries): boolean {
  const word = at(cursor, found.end);
  if (!/^(?:isn't|wasn't|aren't|weren't|hasn't|hadn't|haven't)$/.test(word)) return false;
  found.negated = true;
  if (/^ha/.test(word)) found.perfect = true;
  else found.hasBe = true;
  found.tense = /^(?:wasn't|weren't|hadn't)/.test(word) ? "past" : "present";
  return true;
}

function addBeOrHave(cursor: Cursor, found: Auxiliaries): boolean {
  const word = at(cursor, found.end);
  if (be.has(word)) {
    found.hasBe = true;
    found.tense ??= word === "was" || word === "were" ? "past" : "present";
    return true;
  }
  if (!have.has(word) || !isParticipleAhead(cursor, found.end + 1)) return false;
  found.perfect = true;
  found.tense ??= word === "had" ? "past" : "present";
  return true;
}

/** "is to hold", "was due to meet", "is likely to visit" */
function controlledGroup(cursor: Cursor, index: number, lead: Auxiliaries): VerbGroup | undefined {
  const { end, hasBe, tense, negated, modal, perfect } = lead;
  const main = at(cursor, end);
  const isReady = main === "ready" && at(cursor, end + 1) === "to";
  if (!hasBe || !(main === "to" || controlAdjectives.has(main) || isReady)) return undefined;
  const to = main === "to" ? end : at(cursor, end + 1) === "to" ? end + 1 : undefined;
  const inner = to === undefined ? undefined : verbGroupAt(cursor.tokens, to, cursor.limit, false);
  if (inner?.form !== "infinitive") return undefined;
  return governed(index, inner, main === "to" ? "be" : main, tense ?? "present", negated, modal, perfect);
}

/** A form of "be" as the main verb. */
function copula(index: number, lead: Auxiliaries, form: VerbGroup["form"]): VerbGroup {
  const { end, tense = "present", modal, negated, perfect } = lead;
  return plain(index, end, "be", { tense, modal, negated, perfect, passive: false, form });
}

function mainGroup(cursor: Cursor, index: number, lead: Auxiliaries, verb: VerbForm): VerbGroup {
  const { tokens, limit } = cursor;
  const { hasBe, negated, modal, perfect } = lead;
  const passive = hasBe && (verb.form === "pastOrParticiple" || verb.form === "participle" || verb.form === "base");
  const end = lead.end + 1;
  const form = formOf(cursor, lead, verb);
  const isPast = /^past/.test(verb.form) || (verb.form === "base" && pastAsBase.has(verb.lemma));
  const tense = lead.tense ?? (isPast ? "past" : "present");
  if (at(cursor, end) === "to") {
    if (verb.form === "ing" && hasBe && tense === "present" && verb.lemma === "go") {
      const inner = verbGroupAt(tokens, end, limit, false);
      if (inner?.form === "infinitive") return governed(index, inner, "go", "present", negated, modal, perfect);
    }
    if (CONTROL[verb.lemma] !== undefined && !(verb.lemma === "invite" && !passive)) {
      const inner = verbGroupAt(tokens, end, limit, false);
      if (inner?.form === "infinitive") return governed(index, inner, verb.lemma, tense, negated, modal, perfect, form);
    }
  }
  return plain(index, end, verb.lemma, { tense, modal, negated, perfect, passive, form });
}

function formOf(cursor: Cursor, lead: Auxiliaries, verb: VerbForm): VerbGroup["form"] {
  if (lead.isInfinitive) return "infinitive";
  if (verb.form === "ing" && !lead.hasBe) return "ing";
  const isBeing = lead.hasBe && lead.tense === "present" && at(cursor, lead.start) === "being";
  return (verb.form === "participle" && !hasAuxiliary(lead)) || isBeing ? "participle" : "finite";
}

function isParticipleAhead(cursor: Cursor, index: number): boolean {
  const { end } = skipAdverbs(cursor, index);
  const word = at(cursor, end);
  if (be.has(word) && (word === "been" || word === "being")) return true;
  const form = verbForm(word)?.form;
  return (
    form === "participle" ||
    form === "pastOrParticiple" ||
    (form === "base" && /^(?:put|set|cut|hit|come|become|run|read|let|cost)$/.test(word)) ||
    (form === undefined && /[a-z]{3}ed$/.test(word))
  );
}

/** A verb that the lists do not have, told by its ending where its place calls for a verb. */
function guessedForm(word: string, cursor: Cursor, index: number): VerbForm | undefined {
  if (!/^[a-z]{3,}ed$/.test(word) || isCapitalized(cursor.tokens[index])) return undefined;
  const before = cursor.tokens[index - 1]?.folded ?? "";
  if (beforeNoun.has(before) && before !== "and" && before !== "that") return undefined;
  const next = at(cursor, index + 1);
  const isFollowed =
    /^(?:the|a|an|his|her|their|its|to|that|by|in|on|at|with|for|from|over|into|up|out|off|,|\.|and)$/.test(next);
  return isFollowed || isCapitalized(cursor.tokens[index + 1])
    ? { lemma: word.replace(/ed$/, ""), form: "pastOrParticiple" }
    : undefined;
}

/** Whether a word that is also a noun is a verb where it stands. */
function isVerbHere(cursor: Cursor, index: number, verb: VerbForm, isAfterPerson: boolean): boolean {
  const token = cursor.tokens[index] as Token;
  if (isCapitalized(token) && verb.form !== "ing") return false;
  const before = cursor.tokens[index - 1]?.folded ?? "";
  const isPlural =
    /^(?:they|we|who|ministers|sides|leaders|countries|chiefs|generals|both|two|nations|parties|which|that)$/.test(
      before,
    );
  if (verb.form === "ing") {
    if (verb.lemma === "meet")
      return !beforeNoun.has(before) || /^(?:of|for|by|from|and|in)$/.test(before)
        ? isObjectAhead(cursor, index + 1) &&
            (/^(?:after|before|while|when|of|by|,|and|for|since|is|are)$/.test(before) || isCapitalized(token))
        : false;
    return !(beforeNoun.has(before) && /^(?:the|a|an|his|her|their|its|no|any)$/.test(before));
  }
  if (verb.form === "base" && pastAsBase.has(verb.lemma) && isAfterPerson) return true;
  if (verb.form === "base") {
    if (isPlural && !/^(?:and|the)$/.test(cursor.tokens[index - 2]?.folded ?? "x"))
      return !nounLike.has(token.folded) || before !== "that";
    if (/^(?:and|,|to|or|not|also)$/.test(before)) return false;
    return isPlural && !nounLike.has(token.folded);
  }
  if (verb.form === "s") {
    if (isAfterPerson) return true;
    if (nounLike.has(verb.lemma) || /^(?:talks|meetings|calls|ties|sides|remarks)$/.test(token.folded)) {
      return /^(?:who|which|also|he|she|it|and)$/.test(before) && before !== "and";
    }
    return !beforeNoun.has(before);
  }
  if (
    /^(?:the|a|an|his|her|their|its|our|this|these|those|no|of|two|three|such|any|newly|highly|well|recently|so|more|most)$/.test(
      before,
    )
  )
    return false;
  if (before === "-" && token.glued) return false;
  // "planned talks", "united front": participles before a noun that follow an adjective or a preposition.
  if (/^(?:in|on|at|for|with|from|into|over|behind|of|by)$/.test(before) && verb.form === "pastOrParticiple")
    return false;
  return true;
}

function isObjectAhead(cursor: Cursor, index: number): boolean {
  const word = at(cursor, index);
  return isCapitalized(cursor.tokens[index]) || /^(?:with|the|his|her|their|in|on|a|an|u\.s\.)$/.test(word);
}

interface PlainParts {
  readonly tense: Tense;
  readonly modal: "future" | "would" | "wish" | undefined;
  readonly negated: boolean;
  readonly perfect: boolean;
  readonly passive: boolean;
  readonly form: VerbGroup["form"];
}

function plain(start: number, end: number, lemma: string, parts: PlainParts): VerbGroup {
  const mode: Mode = parts.negated
    ? "negated"
    : parts.modal === "wish"
      ? "wish"
      : parts.modal !== undefined
        ? "planned"
        : "fact";
  return {
    start,
    end,
    lemma,
    particle: undefined,
    tense: parts.tense,
    mode,
    passive: parts.passive,
    perfect: parts.perfect,
    form: parts.form,
    control: undefined,
  };
}

/** An infinitive under another verb: "is expected to hold", "agreed to meet", "had refused to see". */
function governed(
  start: number,
  inner: VerbGroup,
  control: string,
  tense: Tense,
  negated: boolean,
  modal: PlainParts["modal"],
  perfect: boolean,
  form: VerbGroup["form"] = "finite",
): VerbGroup {
  const kind = CONTROL[control] ?? "wish";
  let mode: Mode;
  if (kind === "refused") mode = negated ? "wish" : "refused";
  else if (kind === "failed" || negated) mode = "negated";
  else if (kind === "fact")
    mode = inner.mode === "fact" ? (modal === undefined ? "fact" : modal === "wish" ? "wish" : "planned") : inner.mode;
  else if (kind === "wish" || modal === "wish") mode = "wish";
  else mode = tense === "past" || perfect ? "pastPlan" : "planned";
  if (inner.mode === "negated") mode = "negated";
  if (inner.mode === "wish" && mode !== "negated" && mode !== "refused") mode = "wish";
  return { ...inner, start, tense: mode === "planned" ? "future" : tense, mode, form, control };
}

const particleVerbs: Readonly<Record<string, readonly string[]>> = {
  call: ["off", "on", "upon", "for"],
  put: ["off", "back"],
  sit: ["down"],
  take: ["part", "place", "over", "off"],
  wrap: ["up"],
  kick: ["off"],
  push: ["back"],
  set: ["off", "out"],
  pull: ["out"],
  point: ["out"],
  come: ["together"],
  get: ["together"],
  catch: ["up"],
  go: ["ahead", "on"],
  turn: ["down"],
  fly: ["to", "into"],
  look: ["forward"],
  carry: ["out"],
  fall: ["through"],
  drop: ["by", "out"],
  speak: ["out"],
  step: ["down"],
  touch: ["down"],
};

// --- items

const prepositions = new Set(
  (
    "in on at with to from by for of between among during after before ahead alongside following amid amidst over under about into " +
    "through throughout since until against towards toward via near outside inside without within upon beside besides regarding concerning " +
    "including despite as than per like across behind beyond around aboard besides onto versus prior"
  ).split(" "),
);
const relatives = new Set(["who", "which", "whom", "whose", "where"]);
const subordinators = new Set([
  "when",
  "while",
  "because",
  "if",
  "although",
  "though",
  "unless",
  "once",
  "whereas",
  "whether",
  "that",
  "so",
]);

/** Splits a sentence into items: who, verbs, encounters, forums, dates, prepositions, marks and other words. */
export function itemsOf(reader: MentionReader, sentence: Sentence): Item[] {
  const { tokens } = reader.text;
  const limit = sentence.end;
  const dates = new Map(findDates(tokens, sentence.start, limit).map((date) => [date.start, date]));
  const items: Item[] = [];
  const verbsSeen = () => lastVerbInClause(items);
  for (let index = sentence.start; index < limit;) {
    const item = itemAt(reader, index, limit, dates, items, verbsSeen());
    items.push(item);
    index = Math.max(item.end, index + 1);
  }
  return items;
}

function lastVerbInClause(items: readonly Item[]): boolean {
  for (let index = items.length - 1; index >= Math.max(0, items.length - 80); index--) {
    const item = items[index] as Item;
    if (item.type === "verb" && item.verb.form === "finite") return true;
    if (item.type === "subordinator" || item.type === "relative" || (item.type === "mark" && item.word === ";"))
      return false;
  }
  return false;
}

function itemAt(
  reader: MentionReader,
  index: number,
  limit: number,
  dates: ReadonlyMap<number, DateMention>,
  items: readonly Item[],
  hasVerb: boolean,
): Item {
  const { tokens } = reader.text;
  const token = tokens[index] as Token;
  const word = token.folded;
  const quote = quoteAt(tokens, index, limit);
  if (quote) return quote;
  const date = dates.get(index);
  if (date && !(date.kind !== "year" && reader.meaningOf(index, limit, "forum")))
    return { type: "date", start: index, end: date.end, date };
  const forum = forumAt(reader, index, limit);
  const event = eventNounAt(reader, index, limit);
  if (forum && (!event || forum.end >= event.end)) return { type: "forum", start: index, end: forum.end, forum };
  if (event) return { type: "event", start: index, end: event.end, event };
  if (token.type === "mark" && !/^(?:'s)$/.test(word)) return { type: "mark", start: index, end: index + 1, word };
  const last = items.at(-1);
  const isAfterPerson = last?.type === "people" && !last.possessive;
  const people = peopleAt(reader, index, limit, hasVerb);
  if (people && !(isVerbWord(word) && people.mentions.every((mention) => mention.head === "pronoun"))) return people;
  const verb = verbGroupAt(tokens, index, limit, isAfterPerson);
  if (verb) {
    const particle = particleVerbs[verb.lemma]?.find((item) => item === tokens[verb.end]?.folded);
    const full = particle === undefined || verb.end >= limit ? verb : { ...verb, particle, end: verb.end + 1 };
    return { type: "verb", start: index, end: full.end, verb: full };
  }
  if (relatives.has(word)) return { type: "relative", start: index, end: index + 1, word };
  if (subordinators.has(word)) return { type: "subordinator", start: index, end: index + 1, word };
  if (word === "and" || word === "but" || word === "or") return { type: "and", start: index, end: index + 1, word };
  if (prepositions.has(word)) return { type: "preposition", start: index, end: index + 1, word };
  if (people) return people;
  return { type: "word", start: index, end: index + 1, word };
}

function isVerbWord(word: string): boolean {
  return verbForm(word) !== undefined;
}

/** Direct speech as one item. Quotation marks around one or two words are only marks. */
function quoteAt(tokens: readonly Token[], index: number, limit: number): Item | undefined {
  const open = tokens[index]?.text;
  if (open !== '"' && open !== "“") return undefined;
  if (open === '"' && index > 0 && tokens[index]?.glued) return undefined;
  const close = open === '"' ? '"' : "”";
  for (let end = index + 1; end < limit; end++) {
    if (tokens[end]?.text !== close) continue;
    const words = tokens.slice(index + 1, end).filter((token) => token.type === "word").length;
    return words >= 3 ? { type: "quote", start: index, end: end + 1, words } : undefined;
  }
  const words = tokens.slice(index + 1, limit).filter((token) => token.type === "word").length;
  return words >= 3 ? { type: "quote", start: index, end: limit, words } : undefined;
}

/** A noun phrase with all that is coordinated with it: "Manalo and Teodoro", "A, B and C". */
function peopleAt(reader: MentionReader, index: number, limit: number, hasVerb: boolean): ItemOf<"people"> | undefined {
  const first = reader.nounPhraseAt(index, limit);
  if (!first) return undefined;
  let mentions = [...first.mentions];
  let { end } = first;
  let possessive = first.mentions.some((mention) => mention.possessive);
  const pending: { mentions: Mention[]; end: number; possessive: boolean }[] = [];
  let cursor = end;
  while (!possessive) {
    const link = linkAt(reader, cursor, limit);
    if (!link) break;
    const next = reader.nounPhraseAt(link.end, limit);
    if (
      !next ||
      next.mentions.some((mention) => mention.head === "pronoun" && !/^(?:he|she|him|her)$/.test(mention.word ?? ""))
    )
      break;
    if (!isSameSort([...mentions, ...pending.flatMap((item) => item.mentions)], next.mentions)) break;
    if (hasVerb && link.isAnd && startsClause(reader, next.end, limit)) break;
    if (link.isAnd) {
      for (const item of pending) mentions = [...mentions, ...inheritParty(item.mentions, mentions)];
      mentions = [...mentions, ...inheritParty(next.mentions, mentions)];
      pending.length = 0;
      ({ end } = next);
      possessive = next.mentions.some((mention) => mention.possessive);
      cursor = end;
    } else {
      pending.push({ mentions: next.mentions, end: next.end, possessive: false });
      cursor = next.end;
      if (pending.length > 12) break;
    }
  }
  return { type: "people", start: index, end, mentions, possessive };
}

/** "and", "& ", ", and", "as well as", "along with" between names; a comma only inside a list. */
function linkAt(reader: MentionReader, index: number, limit: number): { end: number; isAnd: boolean } | undefined {
  const { tokens } = reader.text;
  const word = (step: number) => (index + step < limit ? (tokens[index + step]?.folded ?? "") : "");
  if (word(0) === "and" || word(0) === "&") return { end: index + 1, isAnd: true };
  if (word(0) === "," && (word(1) === "and" || word(1) === "&")) return { end: index + 2, isAnd: true };
  if (word(0) === "as" && word(1) === "well" && word(2) === "as") return { end: index + 3, isAnd: true };
  if (word(0) === "," && word(1) === "as" && word(2) === "well" && word(3) === "as")
    return { end: index + 4, isAnd: true };
  if (word(0) === "," && index + 1 < limit) return { end: index + 1, isAnd: false };
  return undefined;
}

/** Persons and offices go together; parties and organizations go together. */
function isSameSort(left: readonly Mention[], right: readonly Mention[]): boolean {
  const sort = (mention: Mention) =>
    mention.head === "party"
      ? "party"
      : mention.head === "institution" || mention.head === "agency"
        ? "body"
        : "people";
  const [a, b] = [sort(left[0] as Mention), sort(right[0] as Mention)];
  if (a === b) return true;
  const last = left.at(-1) as Mention;
  return (a === "people" && b === "people") || sort(last) === b;
}

/** Whether a finite verb follows, so that "and" begins a clause of its own. */
function startsClause(reader: MentionReader, index: number, limit: number): boolean {
  const { tokens } = reader.text;
  let next = index;
  if (tokens[next]?.folded === ",") next++;
  const verb = verbGroupAt(tokens, next, limit, true);
  return verb !== undefined && verb.form === "finite";
}

/** "Japanese Foreign Minister A and Defence Minister B": the second has the party of the first. */
function inheritParty(next: readonly Mention[], before: readonly Mention[]): Mention[] {
  return next.map((mention) => {
    if (mention.party !== undefined && mention.partyReason !== "home") return mention;
    if (mention.head !== "person" && mention.head !== "office") return mention;
    if (mention.office === undefined) return mention;
    const donor = [...before]
      .reverse()
      .find(
        (item) => item.party !== undefined && item.partyReason === "said" && item.office !== undefined && !item.plural,
      );
    if (!donor) return mention;
    if (mention.person && (mention.person.party === undefined || mention.person.partyReason === "home")) {
      mention.person.party = donor.party;
      mention.person.partyReason = "list";
    }
    return { ...mention, party: donor.party, partyReason: "list" as const };
  });
}

// --- clauses

/** Reads the clauses of a sentence: relative clauses are lifted out, conjoined verbs share their subject. */
export function parseSentence(reader: MentionReader, sentence: Sentence): SentenceParse {
  const items = itemsOf(reader, sentence);
  const clauses: Clause[] = [];
  readClauses(items, clauses, undefined, undefined);
  return { sentence, items, clauses: clauses.sort((a, b) => a.verb.start - b.verb.start) };
}

interface Outer {
  readonly antecedent: Item;
  readonly word: string;
}

function readClauses(
  all: readonly Item[],
  clauses: Clause[],
  outer: Outer | undefined,
  parent: Clause | undefined,
): void {
  const { items, relatives: lifted } = liftRelatives(all);
  const own: Clause[] = [];
  let segmentStart = 0;
  let previous: Clause | undefined = parent;
  const verbIndexes = items.flatMap((item, index) => (item.type === "verb" ? [index] : []));
  verbIndexes.forEach((verbIndex, order) => {
    const { verb } = items[verbIndex] as ItemOf<"verb">;
    const segment = items.slice(segmentStart, verbIndex);
    const boundary = lastBoundary(segment);
    const before = boundary === undefined ? segment : segment.slice(boundary + 1);
    const boundaryItem = boundary === undefined ? undefined : segment[boundary];
    const nextVerb = verbIndexes[order + 1] ?? items.length;
    const after = items.slice(verbIndex + 1, endOfClause(items, verbIndex + 1, nextVerb));
    const isFirst = own.length === 0;
    const subject = subjectOf(before, verb, isFirst ? outer : undefined, previous, boundaryItem);
    const clause: Clause = {
      verb,
      subject,
      before: before.filter((item) => item !== subject),
      after,
      subordinator:
        boundaryItem?.type === "subordinator" || boundaryItem?.type === "preposition"
          ? boundaryItem.word
          : leadWord(before),
      isRelative: outer !== undefined && isFirst,
      parent: previous,
      antecedent: outer?.antecedent,
      start: before[0]?.start ?? verb.start,
      end: after.at(-1)?.end ?? verb.end,
    };
    own.push(clause);
    clauses.push(clause);
    if (verb.form === "finite" || previous === undefined) previous = clause;
    segmentStart = verbIndex + 1;
  });
  for (const relative of lifted) {
    const host =
      own.find((clause) => clause.start <= relative.antecedent.start && clause.end >= relative.antecedent.end) ??
      own[0] ??
      parent;
    readClauses(relative.items, clauses, { antecedent: relative.antecedent, word: relative.word }, host);
  }
}

function leadWord(before: readonly Item[]): string | undefined {
  const first = before[0];
  return first?.type === "preposition" && /^(?:after|before|since|following|as)$/.test(first.word)
    ? first.word
    : undefined;
}

/** Takes ", who was to hold a summit in Seoul," out of the items around it. */
function liftRelatives(all: readonly Item[]): {
  items: Item[];
  relatives: { items: Item[]; antecedent: Item; word: string }[];
} {
  const items: Item[] = [];
  const lifted: { items: Item[]; antecedent: Item; word: string }[] = [];
  for (let index = 0; index < all.length;) {
    const item = all[index] as Item;
    const isThat =
      item.type === "subordinator" && item.word === "that" && isNoun(all[index - 1]) && all[index + 1]?.type === "verb";
    if (item.type !== "relative" && !isThat) {
      items.push(item);
      index++;
      continue;
    }
    const antecedent = antecedentOf(items);
    const hasComma = items.at(-1)?.type === "mark" && (items.at(-1) as ItemOf<"mark">).word === ",";
    const end = relativeEnd(all, index + 1, hasComma);
    const inner = all.slice(index + 1, end);
    if (antecedent && inner.some((other) => other.type === "verb")) {
      lifted.push({ items: inner, antecedent, word: item.word });
      index = end;
      if (hasComma && all[index]?.type === "mark") {
        items.pop();
        index++;
      }
    } else {
      items.push(item);
      index++;
    }
  }
  return { items, relatives: lifted };
}

function isNoun(item: Item | undefined): boolean {
  return item?.type === "people" || item?.type === "event" || item?.type === "forum" || item?.type === "word";
}

function antecedentOf(items: readonly Item[]): Item | undefined {
  for (let index = items.length - 1; index >= 0 && index >= items.length - 8; index--) {
    const item = items[index] as Item;
    const link = items[index - 1];
    const isPlace =
      item.type === "people" &&
      link?.type === "preposition" &&
      /^(?:in|at|near|outside)$/.test(link.word) &&
      items
        .slice(0, index)
        .some((other) => other.type === "event" || other.type === "forum" || other.type === "people");
    if (isPlace) continue;
    if (item.type === "people" || item.type === "event" || item.type === "forum") return preferHead(items, index);
    if (item.type === "verb") return undefined;
  }
  return undefined;
}

/** "talks with Kazakhstan, which were to be held": what is held are the talks. */
function preferHead(items: readonly Item[], index: number): Item {
  const item = items[index] as Item;
  if (item.type !== "people") return item;
  const [link, head] = [items[index - 1], items[index - 2]];
  const isComplement = link?.type === "preposition" && /^(?:with|between|of|from)$/.test(link.word);
  return isComplement && (head?.type === "event" || head?.type === "forum") ? head : item;
}

/** The end of a relative clause: the comma before the main verb, or the second finite verb without a subject. */
function relativeEnd(all: readonly Item[], from: number, hasComma: boolean): number {
  let verbs = 0;
  let isAfterAnd = false;
  for (let index = from; index < all.length; index++) {
    const item = all[index] as Item;
    if (item.type === "mark" && (item.word === ";" || item.word === ":" || item.word === "—" || item.word === "–"))
      return index;
    if (item.type === "mark" && item.word === "," && verbs > 0 && hasComma && closesRelative(all, index)) return index;
    if (item.type === "and") isAfterAnd = true;
    if (item.type === "verb" && item.verb.form === "finite") {
      const before = all[index - 1];
      if (verbs > 0 && !hasComma && !isAfterAnd && before?.type !== "people" && before?.type !== "and") return index;
      verbs++;
      isAfterAnd = false;
    }
  }
  return all.length;
}

function closesRelative(all: readonly Item[], comma: number): boolean {
  for (let index = comma + 1; index < all.length; index++) {
    const item = all[index] as Item;
    if (item.type === "verb") return item.verb.form === "finite" || item.verb.form === "participle";
    if (
      item.type === "date" ||
      (item.type === "preposition" && index < comma + 3) ||
      (item.type === "word" && isAdverb(item.word))
    )
      continue;
    if (item.type === "people") {
      const next = all[index + 1];
      return next?.type === "verb" || (next?.type === "mark" && next.word === ",");
    }
    return item.type === "quote";
  }
  return false;
}

/** The last item of a segment that begins a clause. */
function lastBoundary(segment: readonly Item[]): number | undefined {
  for (let index = segment.length - 1; index >= 0; index--) {
    const item = segment[index] as Item;
    if (item.type === "subordinator" || item.type === "relative") return index;
    if (item.type === "mark" && /^[;:—–]$/.test(item.word)) return index;
    if (item.type === "quote") return index;
    if (
      item.type === "preposition" &&
      /^(?:after|before|since|as|until)$/.test(item.word) &&
      segment.slice(index + 1).some(isNoun)
    ) {
      // "after Shoigu spoke": a preposition with a clause of its own
      const next = segment[index + 1];
      if (next?.type === "people" && segment.length - index <= 4) return index;
    }
    if (item.type === "and" && index > 0) {
      const rest = segment.slice(index + 1);
      if (
        rest.length > 0 &&
        rest.some((other) => other.type === "people" || other.type === "event" || other.type === "forum")
      )
        return index;
    }
  }
  return undefined;
}

/** A clause's items end before the next verb's own subject, its relative pronoun or its conjunction. */
function endOfClause(items: readonly Item[], from: number, nextVerb: number): number {
  if (nextVerb >= items.length) {
    const stop = items.findIndex(
      (item, index) => index >= from && (item.type === "quote" || (item.type === "mark" && item.word === ";")),
    );
    return stop < 0 ? items.length : stop;
  }
  const segment = items.slice(from, nextVerb);
  const boundary = lastBoundary(segment);
  if (boundary !== undefined) return from + boundary;
  if (segment.at(-1)?.type === "and") return nextVerb - 1;
  const next = items[nextVerb] as ItemOf<"verb">;
  if (next.verb.form !== "finite") return nextVerb;
  // ", his ministry said": a subject right before the verb, after a comma
  for (let index = nextVerb - 1; index > from; index--) {
    const item = items[index] as Item;
    if (item.type === "mark" && item.word === ",") return index;
  }
  return nextVerb;
}

/** Finds the subject of a verb among the items before it. */
function subjectOf(
  before: readonly Item[],
  verb: VerbGroup,
  outer: Outer | undefined,
  previous: Clause | undefined,
  boundary: Item | undefined,
): Item | undefined {
  const last = before.at(-1);
  if (previous && verb.form === "finite" && last?.type === "and") return previous.subject;
  const candidates = before.filter((item, index) => isSubjectLike(item) && !isComplement(before, index));
  if (candidates.length > 0) {
    if (verb.form === "finite") return nearestSubject(before, candidates);
    if (verb.form === "ing" || verb.form === "infinitive") return candidates.at(-1);
  }
  if (outer && outer.word !== "where") return outer.antecedent;
  if (boundary?.type === "quote" && candidates.length === 0 && verb.form === "finite" && before.length === 0)
    return undefined;
  if (verb.form === "finite" && before.some((item) => item.type === "word" && !isAdverb(item.word))) {
    // "The ship docked": some other noun is the subject.
    const words = before.filter((item) => item.type === "word");
    if (words.length > 1) return undefined;
  }
  return previous?.subject;
}

function isSubjectLike(item: Item): boolean {
  return (item.type === "people" && !item.possessive) || item.type === "event" || item.type === "forum";
}

/** Whether an item hangs on a preposition or on an event before it: "with Kazakhstan", "between A and B". */
function isComplement(items: readonly Item[], index: number): boolean {
  for (let step = index - 1; step >= 0; step--) {
    const item = items[step] as Item;
    if (item.type === "preposition") return true;
    if (item.type === "people" && item.possessive) return false;
    if (item.type === "word" && !isAdverb(item.word)) continue;
    return false;
  }
  return false;
}

function nearestSubject(before: readonly Item[], candidates: readonly Item[]): Item | undefined {
  // "For Mark Esper ..., X met": the last candidate that no comma-closed apposition cuts off.
  const last = candidates.at(-1);
  const first = candidates[0];
  if (!last || !first) return undefined;
  if (first === last) return first;
  const lastIndex = before.indexOf(last);
  const comma = before.findIndex(
    (item, index) => index > before.indexOf(first) && index < lastIndex && item.type === "mark" && item.word === ",",
  );
  // "Austin, the Pentagon said, met": an apposition or an inserted clause keeps the first.
  if (comma >= 0 && before.slice(lastIndex).some((item) => item.type === "mark" && item.word === ",")) return first;
  return first.type === "event" && last.type === "people" ? first : last;
}
