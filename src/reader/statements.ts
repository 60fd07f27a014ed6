import type { Clause, ItemOf, SentenceParse } from "./clauses.js";
import { SAYING } from "./data/verbs.js";
import { directObject, partiesOf, type Encounter, type Participant } from "./encounters.js";
import type { Mention } from "./mentions.js";
import type { Context } from "./rest.js";
import { textOf } from "./text.js";
import type { Span, Tier } from "./types.js";

export interface Statement extends Span {
  readonly speakers: readonly string[];
  readonly verbatim: boolean;
  readonly about: Encounter | undefined;
  readonly tier: Tier;
  readonly sentence: number;
}

export interface Source extends Span {
  /** The words printed, without article, or the slug of a named person. */
  readonly to: string;
  readonly isAgency: boolean;
}

export interface Commitment extends Span {
  readonly parties: readonly string[];
  readonly action: string;
  readonly dueOn: string | undefined;
  readonly tier: Tier;
}

/** The speaker of a clause: named persons by slug, otherwise a party. */
interface Speaker {
  readonly names: readonly string[];
  readonly people: readonly Participant[];
  readonly isBody: boolean;
  readonly isNamed: boolean;
}

const joint =
  /^(?:reaffirm|reiterate|express|condemn|underline|underscore|stress|emphasi[sz]e|affirm|declare|denounce|deplore|acknowledge|recogni[sz]e|note|highlight|call|voice|reject|urge|say|state|appreciate|praise|commend)$/;

/** Statements of one sentence. A sentence with several speakers has one for each. */
export function readStatements(context: Context, parse: SentenceParse, index: number, hasEvent: boolean): Statement[] {
  const found: { clause: Clause; speaker: Speaker }[] = [];
  for (const clause of parse.clauses) {
    if (!isSaying(clause)) continue;
    const speaker = speakerOf(context, parse, clause);
    if (!speaker || speaker.names.length === 0) continue;
    if (
      speaker.isBody &&
      (hasEvent ||
        !/^(?:say|tell|deny|add|warn|insist|accuse|claim|call|reject|urge|condemn|express|stress|reply|respond|state|declare)$/.test(
          clause.verb.lemma,
        ))
    )
      continue;
    found.push({ clause, speaker });
  }
  const quoted = quotedPerson(context, parse);
  if (quoted && !found.some(({ speaker }) => !speaker.isBody)) {
    return [
      {
        ...sentenceSpan(context, parse),
        speakers: quoted.names,
        verbatim: false,
        about: aboutOf(context, index, quoted, []),
        tier: "likely",
        sentence: index,
      },
    ];
  }
  const own = found.filter(({ speaker }) => !speaker.isBody);
  // "Jeong told Iwaya that ..., the ministry said": the ministry is the source of the statement.
  const kept = own.length > 0 ? own : found;
  const groups: { speaker: Speaker; clauses: Clause[] }[] = [];
  for (const { clause, speaker } of kept) {
    const last = groups.at(-1);
    if (last && last.speaker.names.join() === speaker.names.join()) last.clauses.push(clause);
    else groups.push({ speaker, clauses: [clause] });
  }
  return groups.map(({ speaker, clauses }, order) => {
    const span =
      groups.length === 1
        ? sentenceSpan(context, parse)
        : clauseSpan(context, parse, clauses, groups[order + 1]?.clauses[0]);
    const verbatim = hasQuote(context, parse, span);
    const about = aboutOf(context, index, speaker, clauses);
    const isNear = about !== undefined && about === context.encounters.focus && index - about.sentence <= 2;
    return {
      ...span,
      speakers: speaker.names,
      verbatim,
      about,
      tier: isNear ? tierOf(speaker, clauses) : "likely",
      sentence: index,
    };
  });
}

/** 'Austin "rejected any pretext", the Pentagon said': the words belong to the person before them. */
function quotedPerson(context: Context, parse: SentenceParse): Speaker | undefined {
  const [first, second] = parse.items;
  if (
    first?.type !== "people" ||
    second?.type !== "quote" ||
    first.mentions.some((mention) => mention.head !== "person")
  )
    return undefined;
  return speakerOfMentions(context, first.mentions, "say");
}

function tierOf(speaker: Speaker, clauses: readonly Clause[]): Tier {
  const isPlain = clauses.some(
    (clause) =>
      /^(?:say|tell|stress|emphasi[sz]e|add|note|reiterate|underline|underscore|warn|insist|affirm|reaffirm|state|urge)$/.test(
        clause.verb.lemma,
      ) && clause.verb.form === "finite",
  );
  return isPlain && speaker.isNamed && !speaker.isBody ? "sure" : "likely";
}

function isSaying(clause: Clause): boolean {
  const { verb } = clause;
  if (
    verb.passive ||
    verb.mode === "negated" ||
    verb.mode === "wish" ||
    verb.mode === "planned" ||
    verb.mode === "pastPlan" ||
    verb.mode === "refused"
  )
    return false;
  if (!SAYING.has(verb.lemma) || verb.form === "infinitive" || verb.form === "participle") return false;
  if (verb.form === "ing")
    return (
      clause.parent !== undefined &&
      clause.subject !== undefined &&
      /^(?:say|add|stress|emphasi[sz]e|note|underline|express|warn|insist|reiterate|affirm|highlight|underscore)$/.test(
        verb.lemma,
      )
    );
  switch (verb.lemma) {
    case "call":
      return verb.particle === "for" || verb.particle === "on" || verb.particle === "upon";
    case "point":
      return verb.particle === "out";
    case "speak":
      return (
        (clause.after[0]?.type === "word" && /^(?:highly|warmly)$/.test(clause.after[0].word)) ||
        (clause.after[0]?.type === "preposition" && clause.after[0].word === "of")
      );
    case "raise":
      return clause.after.some(
        (item) =>
          item.type === "word" && /^(?:concerns?|issue|issues|objections?|question|questions|alarm)$/.test(item.word),
      );
    case "welcome":
    case "ask":
    case "pose":
      return verb.lemma === "ask"
        ? !verb.perfect
        : verb.lemma === "welcome"
          ? directObject(clause.after) === undefined
          : false;
    case "declare":
    case "announce":
      return (
        clause.end <= verb.end + 1 ||
        clause.after.length === 0 ||
        clause.after[0]?.type === "quote" ||
        clause.after[0]?.type === "mark"
      );
    case "hope":
    case "believe":
      return true;
    default:
      return true;
  }
}

function speakerOf(context: Context, parse: SentenceParse, clause: Clause): Speaker | undefined {
  if (isPhoneCall(context, clause)) return undefined;
  const inverted = invertedSubject(parse, clause);
  const item = inverted ?? (clause.subject?.type === "people" ? clause.subject : undefined);
  if (!item) return undefined;
  if (clause.isRelative && clause.verb.lemma !== "say") return undefined;
  return speakerOfMentions(context, item.mentions, clause.verb.lemma);
}

/** "told Wang Yi by telephone" is an encounter and no statement by itself. */
function isPhoneCall(context: Context, clause: Clause): boolean {
  if (clause.verb.lemma !== "tell") return false;
  const words = context.list.words({ start: clause.verb.end, end: Math.max(clause.end, clause.verb.end) });
  return /\bby (?:tele)?phone\b/.test(words) && !/\bthat\b/.test(words);
}

/** '"...", said Austin' */
function invertedSubject(parse: SentenceParse, clause: Clause): ItemOf<"people"> | undefined {
  if (!/^(?:say|add|note|write|reply|stress|warn|tweet|explain|declare|emphasi[sz]e)$/.test(clause.verb.lemma))
    return undefined;
  const index = parse.items.findIndex((item) => item.type === "verb" && item.start === clause.verb.start);
  const before = parse.items[index - 1];
  const isAfterSpeech = before?.type === "quote" || (before?.type === "mark" && /^[,”"]$/.test(before.word));
  const next = parse.items[index + 1];
  return isAfterSpeech && next?.type === "people" && !next.possessive ? next : undefined;
}

function speakerOfMentions(context: Context, mentions: readonly Mention[], verb: string): Speaker | undefined {
  const { encounters } = context;
  const [first] = mentions;
  if (!first) return undefined;
  if (mentions.every((mention) => mention.head === "agency")) return undefined;
  if (
    mentions.some((mention) => mention.head === "institution" || (mention.office === "OFFICIAL" && !mention.person))
  ) {
    const party = first.party ?? ownerParty(context, first) ?? context.header.home;
    return party === undefined ? undefined : { names: [party], people: [], isBody: true, isNamed: false };
  }
  const people = mentions.flatMap((mention) => encounters.participants(mention));
  if (people.length === 0) return undefined;
  const persons = [...new Set(people.flatMap((one) => (one.person ? [one.person] : [])))];
  const isPlural = mentions.some((mention) => mention.plural) || (mentions.length > 1 && persons.length > 1);
  if (
    isPlural &&
    mentions.some((mention) => mention.head === "anaphor" || mention.head === "pronoun" || mention.head === "office")
  ) {
    if (!joint.test(verb)) return undefined;
    const parties = [...partiesOf(people)].sort();
    return parties.length >= 2 ? { names: parties, people, isBody: false, isNamed: false } : undefined;
  }
  if (persons.length > 0)
    return {
      names: persons.map((person) => person.slug),
      people,
      isBody: false,
      isNamed: mentions.every((mention) => mention.head === "person"),
    };
  const parties = [...partiesOf(people)].sort();
  if (first.head === "counterpart" || first.head === "office")
    return { names: parties, people, isBody: true, isNamed: false };
  return first.head === "party"
    ? { names: parties, people, isBody: parties.length === 1 && first.word === undefined, isNamed: false }
    : undefined;
}

/** "his spokesperson", "her office": the party of the person mentioned before. */
function ownerParty(context: Context, mention: Mention): string | undefined {
  if (!/^(?:his|her)$/.test(mention.determiner ?? "")) return undefined;
  return context.encounters.subject?.party ?? context.encounters.recent.at(-1)?.party;
}

/** The encounter at which it was said: the one told last in which the speaker took part. */
function aboutOf(context: Context, index: number, speaker: Speaker, clauses: readonly Clause[]): Encounter | undefined {
  const current = context.encounters.focus;
  if (!current) return undefined;
  const isIn = (encounter: Encounter, one: Participant) =>
    encounter.participants.some((other) =>
      one.person && other.person ? other.person === one.person : other.party === one.party,
    );
  const takesPart = (encounter: Encounter) =>
    speaker.people.length > 0 && speaker.people.every((one) => isIn(encounter, one));
  const listeners = clauses.flatMap((clause) => context.encounters.participantsOf(directObject(clause.after)));
  const heard = [...context.encounters.encounters]
    .reverse()
    .find(
      (encounter) =>
        !encounter.isPrevious &&
        listeners.length > 0 &&
        takesPart(encounter) &&
        listeners.every((one) => isIn(encounter, one)),
    );
  if (heard) return heard;
  if (takesPart(current)) return current;
  return [...context.encounters.encounters]
    .reverse()
    .find((encounter) => takesPart(encounter) && encounter.status.value === "HELD" && !encounter.isPrevious);
}

function sentenceSpan(_context: Context, parse: SentenceParse): Span {
  return { start: parse.sentence.start, end: parse.sentence.end };
}

/** From the clause of one speaker to the clause of the next. */
function clauseSpan(
  context: Context,
  parse: SentenceParse,
  clauses: readonly Clause[],
  next: Clause | undefined,
): Span {
  const start = Math.min(...clauses.map((clause) => clause.start));
  let end = next ? Math.max(next.start, start + 1) : parse.sentence.end;
  while (end > start + 1 && /^(?:[,;]|and|while|but)$/.test(context.reader.text.tokens[end - 1]?.folded ?? "")) end--;
  return { start, end };
}

function hasQuote(context: Context, parse: SentenceParse, span: Span): boolean {
  if (
    parse.items.some(
      (item) => item.type === "quote" && item.start >= span.start && item.end <= span.end && item.words >= 3,
    )
  )
    return true;
  return false;
}

// --- sources

const reporting = /^(?:say|tell|confirm|report|announce|disclose|add|reveal|state|inform|declare|release|cite|quote)$/;

/** The sources that a sentence names. */
export function readSources(context: Context, parse: SentenceParse): Source[] {
  const { reader } = context;
  const { tokens } = reader.text;
  const found: Source[] = [];
  const add = (span: Span, isAgency: boolean, slug?: string) => {
    const to = slug ?? textOf(reader.text, span.start, span.end).replace(/^(?:the|a|an) /i, "");
    if (to !== "" && !found.some((other) => other.to === to)) found.push({ ...span, to, isAgency });
  };
  for (const item of parse.items) {
    if (item.type !== "people") continue;
    const before = `${tokens[item.start - 2]?.folded ?? ""} ${tokens[item.start - 1]?.folded ?? ""}`;
    if (before === "according to") for (const mention of item.mentions.slice(0, 1)) addMention(context, mention, add);
  }
  for (const clause of parse.clauses) {
    if (!reporting.test(clause.verb.lemma) || clause.verb.passive || clause.verb.mode !== "fact") continue;
    if (clause.verb.lemma === "cite" || clause.verb.lemma === "quote") {
      const span = sourceWords(context, clause);
      if (span) add(span, false);
      continue;
    }
    const item = invertedSubject(parse, clause) ?? (clause.subject?.type === "people" ? clause.subject : undefined);
    const mention = item?.mentions.length === 1 ? item.mentions[0] : undefined;
    if (mention && (mention.head === "institution" || mention.head === "agency" || mention.office === "OFFICIAL"))
      addMention(context, mention, add);
    if (clause.verb.lemma === "tell") {
      const listener = directObject(clause.after)?.mentions[0];
      if (listener?.head === "agency" && mention) add(listener, true);
    }
  }
  return found;
}

function addMention(
  context: Context,
  mention: Mention,
  add: (span: Span, isAgency: boolean, slug?: string) => void,
): void {
  if (mention.head === "person") {
    if (mention.person) add(mention, false, mention.person.slug);
    return;
  }
  if (mention.head === "pronoun" || mention.head === "anaphor" || mention.head === "party") return;
  add(mention, mention.head === "agency");
}

/** "citing unnamed sources", "quoting Vietnamese officials" */
function sourceWords(context: Context, clause: Clause): Span | undefined {
  const { tokens } = context.reader.text;
  const start = clause.verb.end;
  let end = start;
  while (
    end < start + 7 &&
    tokens[end] &&
    /^(?:word|number)$/.test(tokens[end]?.type ?? "") &&
    !/^(?:as|who|that|in|on|with|and|said|for)$/.test(tokens[end]?.folded ?? "")
  )
    end++;
  return end > start ? { start, end } : undefined;
}

// --- commitments

const agreeing = /^(?:agree|pledge|undertake|commit|vow|promise|decide|resolve|consent|concur)$/;

/** The commitments of parties. */
export function readCommitments(context: Context, parse: SentenceParse): Commitment[] {
  const { encounters, reader } = context;
  for (const clause of parse.clauses) {
    const lemma =
      clause.verb.control !== undefined && agreeing.test(clause.verb.control) ? clause.verb.control : clause.verb.lemma;
    if (!agreeing.test(lemma) || clause.verb.mode === "negated" || clause.verb.passive) continue;
    if (clause.verb.mode === "planned" || clause.verb.mode === "pastPlan") continue;
    if (
      /\b(?:may|might|could|would|should|must|can)\b/.test(
        context.list.words({ start: clause.verb.start, end: clause.verb.end }),
      )
    )
      continue;
    if (clause.subject?.type !== "people") continue;
    const people = encounters.participantsOf(clause.subject);
    const parties = [...partiesOf(people)].sort();
    if (parties.length === 0) continue;
    const isJoint = parties.length >= 2;
    if (!isJoint && /^(?:agree|concur|consent|decide|resolve)$/.test(lemma)) continue;
    const after = textOf(reader.text, clause.verb.start, parse.sentence.end).toLowerCase();
    if (
      lemma === "agree" &&
      /\bagreed (?:that|with)\b/.test(after) &&
      !/\bagreed that (?:they|both|the two)\b/.test(after)
    )
      continue;
    return [
      {
        start: parse.sentence.start,
        end: parse.sentence.end,
        parties,
        action: actionOf(context, clause, parse),
        dueOn: undefined,
        tier: isJoint ? "sure" : "likely",
      },
    ];
  }
  return [];
}

/** One or two words for what is to be done: the first nouns after the verb. */
function actionOf(context: Context, clause: Clause, parse: SentenceParse): string {
  const words = context.reader.text.tokens.slice(clause.verb.start, parse.sentence.end).map((token) => token.folded);
  const known = [
    "hotline",
    "roadmap",
    "exercises",
    "patrols",
    "training",
    "exchanges",
    "dialogue",
    "working group",
    "information sharing",
    "intelligence",
    "cooperation",
    "coordination",
    "consultations",
    "talks",
    "visits",
    "funding",
  ];
  const joined = words.join(" ");
  return known.find((word) => joined.includes(word.replace(/s$/, ""))) ?? "cooperation";
}
