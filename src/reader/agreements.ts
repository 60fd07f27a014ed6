import type { Clause, Item, SentenceParse } from "./clauses.js";
import { afterPreposition, partiesOf, type Encounter, type Participant } from "./encounters.js";
import { findPapers, type PaperMention } from "./papers.js";
import type { Context } from "./rest.js";
import type { Span, Tier } from "./types.js";

export interface Agreement extends Span {
  readonly parties: string[];
  readonly name: string;
  readonly acronym: string | undefined;
  readonly kind: string;
  readonly status: "SIGNED" | "RENEWED" | "ANNOUNCED" | "IN_FORCE";
  readonly on: string | undefined;
  readonly tier: Tier;
  readonly sentence: number;
  readonly signatories: Signatory[];
}

export interface Signatory extends Span {
  readonly person: string | undefined;
  readonly party: string | undefined;
  readonly as: "SIGNED" | "WITNESSED";
}

const statuses: Readonly<Record<string, Agreement["status"]>> = {
  sign: "SIGNED",
  ink: "SIGNED",
  pen: "SIGNED",
  initial: "SIGNED",
  conclude: "SIGNED",
  exchange: "SIGNED",
  renew: "RENEWED",
  extend: "RENEWED",
  adopt: "ANNOUNCED",
};

/** Papers of which a sentence says that they were signed, renewed, adopted or came into force. */
export function readAgreements(
  context: Context,
  parse: SentenceParse,
  index: number,
  known: readonly Agreement[],
): Agreement[] {
  const papers = findPapers(context.reader, parse.sentence).filter((paper) => !paper.isCounted);
  const found: Agreement[] = [];
  for (const clause of parse.clauses) {
    const agreement = fromClause(context, parse, clause, papers, index);
    if (agreement && !found.some((other) => other.start === agreement.start && other.name === agreement.name))
      found.push(agreement);
  }
  const nominal = fromSigning(context, parse, papers, index, known);
  if (nominal && found.length === 0) found.push(nominal);
  return found;
}

function fromClause(
  context: Context,
  parse: SentenceParse,
  clause: Clause,
  papers: readonly PaperMention[],
  index: number,
): Agreement | undefined {
  const { verb } = clause;
  const isForce =
    (verb.lemma === "come" || verb.lemma === "enter" || verb.lemma === "take") &&
    /\binto (?:force|effect)\b|\btakes? effect\b|\btook effect\b/.test(
      context.list.words({ start: verb.start, end: Math.min(parse.sentence.end, verb.end + 3) }),
    );
  const isNamed =
    verb.lemma === "put" &&
    /\btheir names? to\b/.test(
      context.list.words({ start: verb.start, end: Math.min(parse.sentence.end, verb.end + 5) }),
    );
  const status = isForce ? "IN_FORCE" : isNamed ? "SIGNED" : statuses[verb.lemma];
  if (status === undefined || verb.mode !== "fact" || verb.form === "infinitive") return undefined;
  if (verb.tense === "present" && !verb.perfect && !verb.passive && verb.form === "finite") return undefined;
  const passive = verb.passive || isForce || verb.form === "participle";
  const paper = passive
    ? paperBefore(papers, clause, verb.start)
    : (paperAfter(papers, clause, verb.end) ?? relativePaper(context, papers, clause));
  if (!paper) return undefined;
  if ((verb.lemma === "conclude" || verb.lemma === "exchange") && paper.kind === "deal") return undefined;
  const signers = passive
    ? context.encounters.participantsOf(afterPreposition(clause.after, "by"))
    : context.encounters.participantsOf(clause.subject);
  const partners = [
    ...context.encounters.participantsOf(afterPreposition(clause.after, "with")),
    ...context.encounters.participantsOf(peopleAfterPaper(parse, paper)),
  ];
  const parties = partiesFor(context, index, [...signers, ...partners], paper);
  if (parties.length < 2) return undefined;
  const on = status === "SIGNED" || status === "RENEWED" ? dateOf(context, clause, parse, index) : undefined;
  const span = { start: Math.min(clause.start, paper.start), end: Math.max(paper.end, verb.end) };
  return {
    ...span,
    parties,
    name: paper.name,
    acronym: paper.acronym,
    kind: paper.kind,
    status,
    on,
    sentence: index,
    tier: partiesOf([...signers, ...partners]).size >= 2 ? "sure" : "likely",
    signatories: status === "IN_FORCE" || status === "ANNOUNCED" ? [] : signatoriesOf([...signers], parties, span),
  };
}

function signatoriesOf(signers: readonly Participant[], parties: readonly string[], span: Span): Signatory[] {
  const persons = signers.filter((one) => one.person);
  if (persons.length > 0)
    return persons.map((one) => ({ ...span, person: one.person?.slug, party: undefined, as: "SIGNED" }));
  const bare = signers.filter((one) => !one.isSeat);
  if (bare.length >= 2 || (bare.length === 1 && parties.length === 2))
    return [...partiesOf(bare)].map((party) => ({ ...span, person: undefined, party, as: "SIGNED" }));
  return [];
}

function paperBefore(papers: readonly PaperMention[], clause: Clause, verbStart: number): PaperMention | undefined {
  return [...papers].reverse().find((paper) => paper.end <= verbStart && paper.start >= clause.start - 25);
}

function paperAfter(papers: readonly PaperMention[], clause: Clause, verbEnd: number): PaperMention | undefined {
  return papers.find((paper) => paper.start >= verbEnd && paper.start <= Math.max(clause.end, verbEnd + 12));
}

/** "the Agreement ..., which the three governments signed": the paper stands before the relative pronoun. */
function relativePaper(context: Context, papers: readonly PaperMention[], clause: Clause): PaperMention | undefined {
  const { tokens } = context.reader.text;
  return [...papers].reverse().find((paper) => {
    if (paper.end > clause.verb.start) return false;
    for (let index = paper.end; index < clause.verb.start; index++)
      if (/^(?:which|that)$/.test(tokens[index]?.folded ?? "")) return true;
    return false;
  });
}

/** "an agreement between A and B", "a pact with B" */
function peopleAfterPaper(parse: SentenceParse, paper: PaperMention): Item | undefined {
  for (const [at, item] of parse.items.entries()) {
    if (item.start < paper.end || item.start > paper.end + 14) continue;
    if (item.type === "preposition" && /^(?:between|with)$/.test(item.word)) {
      const next = parse.items[at + 1];
      if (next?.type === "people") return next;
    }
    if (item.type === "verb") return undefined;
  }
  return undefined;
}

function partiesFor(context: Context, index: number, people: readonly Participant[], _paper: PaperMention): string[] {
  const said = partiesOf(people);
  if (said.size >= 2) return [...said].sort();
  const current = context.encounters.focus;
  if (!current) return [...said].sort();
  const parties = partiesOf(current.participants);
  return [...said].every((party) => parties.has(party)) ? [...parties].sort() : [...said].sort();
}

function dateOf(context: Context, clause: Clause, parse: SentenceParse, index: number): string | undefined {
  const later = parse.items.filter(
    (item) => item.type === "date" && item.start >= clause.verb.end && !clause.after.includes(item),
  );
  const items = [...clause.before, ...clause.after, ...later];
  const date = items.find(
    (item) =>
      item.type === "date" &&
      !/^(?:since|until|by|before|after)$/.test(context.reader.text.tokens[item.start - 1]?.folded ?? ""),
  );
  if (date?.type === "date") return context.encounters.resolveDate(date.date, "past");
  const current = context.encounters.currentAt[index] ?? context.encounters.current;
  const isNear =
    current !== undefined && index - current.sentence <= 3 && current.status.value === "HELD" && !current.isPrevious;
  return isNear && current.date && !current.date.value.includes("/") && current.date.value.length === 10
    ? current.date.value
    : undefined;
}

/** "watched the signing of a memorandum", "the signing of a pact between A and B", "witnessed the signing" */
function fromSigning(
  context: Context,
  parse: SentenceParse,
  papers: readonly PaperMention[],
  index: number,
  known: readonly Agreement[],
): Agreement | undefined {
  const { tokens } = context.reader.text;
  let at: number | undefined;
  for (let token = parse.sentence.start; token < parse.sentence.end; token++) {
    if (tokens[token]?.folded === "signing" && /^(?:the|of|ceremony|a)$/.test(tokens[token - 1]?.folded ?? ""))
      at = token;
  }
  if (at === undefined) return undefined;
  const signing = at;
  const clause = parse.clauses.find(
    (other) =>
      other.verb.start < signing &&
      other.verb.end <= signing &&
      /^(?:witness|watch|oversee|attend|see)$/.test(other.verb.lemma) &&
      other.verb.mode === "fact",
  );
  const witnesses = clause ? witnessesOf(context, clause, parse) : [];
  const paper = papers.find((other) => other.start > signing && other.start <= signing + 4);
  if (!paper) {
    const last = known.at(-1);
    if (last && witnesses.length > 0) last.signatories.push(...witnesses);
    return undefined;
  }
  if (!clause || clause.verb.mode !== "fact") return undefined;
  const between = context.encounters.participantsOf(peopleAfterPaper(parse, paper));
  const parties = partiesFor(context, index, partiesOf(between).size >= 2 ? between : [], paper);
  if (parties.length < 2) return undefined;
  return {
    start: signing - 1,
    end: paper.end,
    parties,
    name: paper.name,
    acronym: paper.acronym,
    kind: paper.kind,
    status: "SIGNED",
    on: dateOf(context, clause, parse, index),
    tier: "likely",
    sentence: index,
    signatories: witnesses,
  };
}

function witnessesOf(context: Context, clause: Clause, parse: SentenceParse): Signatory[] {
  const people = [...context.encounters.participantsOf(clause.subject)];
  const did = parse.items.findIndex((item) =>
    /\bas did\b/.test(context.list.words({ start: item.start, end: Math.min(parse.sentence.end, item.start + 2) })),
  );
  const more = did < 0 ? undefined : parse.items.slice(did).find((item) => item.type === "people");
  people.push(...context.encounters.participantsOf(more));
  const span = { start: clause.start, end: parse.sentence.end };
  return people
    .filter((one) => one.person)
    .map((one) => ({ ...span, person: one.person?.slug, party: undefined, as: "WITNESSED" as const }));
}

export function aboutCurrent(context: Context, index: number): Encounter | undefined {
  return context.encounters.currentAt[index];
}
