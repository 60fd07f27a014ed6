// Compares the facts that the reader proposes with those of a careful editor. docs/intake.md gives the rules.

/** A fact of a facts file: its kind, the words that license it, and what it says. */
export interface ScoredFact {
  readonly kind: string;
  readonly quote?: unknown;
  readonly id?: unknown;
  readonly of?: unknown;
  readonly [property: string]: unknown;
}

/** Properties of a kind: `which` tell one fact from another and must agree, each of `what` is worth a share. */
interface Shape {
  readonly which: readonly string[];
  readonly what: readonly string[];
  /** Properties that never differ in one fact: two persons are not one seat. */
  readonly never?: readonly string[];
}

const seat: Shape = { which: ["party"], what: ["person", "office", "acting", "role"], never: ["person"] };

const shapes: Readonly<Record<string, Shape>> = {
  meeting: { which: [], what: ["parties"] },
  date: { which: ["value"], what: [] },
  place: { which: ["country"], what: ["city"] },
  status: { which: ["value"], what: [] },
  format: { which: ["value"], what: [] },
  series: { which: ["name"], what: ["ordinal"] },
  sidelinesOf: { which: ["name"], what: ["ordinal"] },
  seat,
  expectedSeat: seat,
  statement: { which: [], what: ["speakers", "verbatim", "about"] },
  commitment: { which: [], what: ["parties", "dueOn"] },
  agreement: { which: [], what: ["name", "status", "on"] },
  signatory: { which: ["person", "party", "as"], what: [] },
  activity: { which: [], what: ["type", "name", "from", "to"] },
  visit: { which: ["person"], what: ["country", "city", "from", "to", "days", "status"] },
  claim: { which: ["type"], what: ["since"] },
  office: { which: ["person", "office"], what: ["party", "acting"] },
  membership: { which: ["forum", "party", "role"], what: [] },
  chair: { which: ["forum", "party"], what: ["term"] },
  topic: { which: ["value"], what: [] },
  attribution: { which: ["to"], what: [] },
};

export const coreKinds = [
  "meeting",
  "date",
  "place",
  "status",
  "format",
  "series",
  "sidelinesOf",
  "seat",
  "expectedSeat",
];
export const allKinds = Object.keys(shapes);

/** Facts that others hang on, in the order in which they are paired. */
const bearers = ["meeting", "visit", "agreement", "activity", "statement", "commitment"];
const freeText = new Set(["name", "city", "to", "since", "forum"]);
const lists = new Set(["parties", "speakers"]);

export interface Pair {
  readonly gold: ScoredFact;
  readonly found: ScoredFact;
  /** The shares that agree, 0 to 1. */
  readonly worth: number;
}

export interface Comparison {
  readonly gold: readonly ScoredFact[];
  readonly found: readonly ScoredFact[];
  readonly pairs: readonly Pair[];
  readonly missed: readonly ScoredFact[];
  readonly wrong: readonly ScoredFact[];
  readonly unquoted: readonly ScoredFact[];
}

/** Plain words: without accents, case, punctuation and a leading "the"; "defense" is "defence". */
function plainWords(value: unknown): string {
  const folded = String(value)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  const words = folded
    .replaceAll("defense", "defence")
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return (words.length > 1 && words[0] === "the" ? words.slice(1) : words).join(" ");
}

function isSaid(property: string, value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    value !== false &&
    value !== "" &&
    !(property === "role" && value === "PRINCIPAL")
  );
}

function likeness(a: unknown, b: unknown): number {
  const [left, right] = [new Set([a ?? []].flat()), new Set([b ?? []].flat())];
  const shared = [...left].filter((item) => right.has(item)).length;
  const all = left.size + right.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** Any of the editor's values counts; of several proposed values the first is looked at. */
function agrees(property: string, gold: unknown, found: unknown): boolean {
  const [goldSaid, foundSaid] = [isSaid(property, gold), isSaid(property, found)];
  if (!goldSaid || !foundSaid) return goldSaid === foundSaid;
  if (lists.has(property)) return likeness(gold, found) === 1;
  const form = freeText.has(property) ? plainWords : String;
  const first = form([found].flat()[0]);
  return [gold].flat().some((value) => form(value) === first);
}

/** Where words stand in a text. */
function* occurrences(text: string, words: string): Generator<number> {
  for (let at = words === "" ? -1 : text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) yield at;
}

/** The part of the shorter quote that both have in common. */
function sharedWords(text: string, a: unknown, b: unknown): number {
  if (typeof a !== "string" || typeof b !== "string") return 0;
  let most = 0;
  for (const left of occurrences(text, a)) {
    for (const right of occurrences(text, b)) {
      most = Math.max(most, Math.min(left + a.length, right + b.length) - Math.max(left, right));
    }
  }
  return most / Math.min(a.length, b.length);
}

/** Pairs what was found in one report with what is to be found. */
export function compareFacts(text: string, gold: readonly ScoredFact[], found: readonly ScoredFact[]): Comparison {
  const names = new Map<unknown, unknown>(); // id of a found fact -> id of the editor's
  const isQuoted = ({ quote }: ScoredFact) => typeof quote === "string" && quote !== "" && text.includes(quote);
  const dayOf = (facts: readonly ScoredFact[], id: unknown) =>
    facts.find(({ kind, of }) => kind === "date" && of === id)?.["value"];
  const pairs: Pair[] = [];
  const used = new Set<ScoredFact>();

  const valueOf = (fact: ScoredFact, property: string) => {
    if (property !== "about" || fact.about === undefined) return fact[property];
    return gold.includes(fact) ? fact[property] : (names.get(fact[property]) ?? "nothing that was paired");
  };
  const worthOf = (one: ScoredFact, other: ScoredFact): number => {
    const { which, what, never = [] } = shapes[one.kind] as Shape;
    const isSame = (property: string) => agrees(property, valueOf(one, property), valueOf(other, property));
    const differs = (property: string) =>
      isSaid(property, one[property]) && isSaid(property, other[property]) && !isSame(property);
    if (!which.every(isSame) || never.some(differs)) return 0;
    const told = what.filter(
      (property) => isSaid(property, valueOf(one, property)) || isSaid(property, valueOf(other, property)),
    );
    return (1 + told.filter(isSame).length) / (1 + told.length);
  };
  const rankOf = (one: ScoredFact, other: ScoredFact): number => {
    const worth = worthOf(one, other);
    if (worth === 0) return 0;
    const shared = isQuoted(other) ? sharedWords(text, one.quote, other.quote) : 0;
    const { kind } = one;
    if (kind === "statement" || kind === "commitment") return shared >= 0.5 ? worth + shared : 0;
    if (kind === "meeting" || kind === "agreement" || kind === "activity") {
      const alike = likeness(one["parties"], other["parties"]);
      if (alike < 0.5) return 0;
      const day = kind === "meeting" ? dayOf(gold, one.id) : undefined;
      return worth + alike + (day !== undefined && day === dayOf(found, other.id) ? 1 : 0) + shared / 100;
    }
    const hangsOnSame = one.of === undefined ? other.of === undefined : names.get(other.of) === one.of;
    return hangsOnSame ? worth + shared / 100 : 0;
  };

  for (const kind of [...bearers, ...allKinds.filter((name) => !bearers.includes(name))]) {
    const [ours, theirs] = [gold.filter((fact) => fact.kind === kind), found.filter((fact) => fact.kind === kind)];
    const open = ours.flatMap((one) =>
      theirs.map((other) => ({ one, other, rank: rankOf(one, other) * (isQuoted(other) ? 1 : 0.001) })),
    );
    for (const { one, other } of open.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank)) {
      if (used.has(one) || used.has(other)) continue;
      used.add(one).add(other);
      if (other.id !== undefined) names.set(other.id, one.id);
      if (isQuoted(other)) pairs.push({ gold: one, found: other, worth: worthOf(one, other) });
    }
  }
  const paired = new Set(pairs.flatMap((pair) => [pair.gold, pair.found]));
  return {
    gold,
    found,
    pairs,
    missed: gold.filter((fact) => !paired.has(fact)),
    wrong: found.filter((fact) => !paired.has(fact)),
    unquoted: found.filter((fact) => !isQuoted(fact)),
  };
}

export interface Rate {
  readonly gold: number;
  readonly found: number;
  readonly right: number;
  readonly precision: number | undefined;
  readonly recall: number | undefined;
  readonly f1: number | undefined;
}

/** Precision, recall and F1 over several reports, for the kinds given. */
export function rateOf(comparisons: readonly Comparison[], kinds: readonly string[]): Rate {
  const count = (facts: readonly ScoredFact[]) => facts.filter(({ kind }) => kinds.includes(kind)).length;
  const gold = comparisons.reduce((sum, comparison) => sum + count(comparison.gold), 0);
  const found = comparisons.reduce((sum, comparison) => sum + count(comparison.found), 0);
  const pairs = comparisons.flatMap((comparison) => comparison.pairs).filter((pair) => kinds.includes(pair.gold.kind));
  const right = pairs.reduce((sum, pair) => sum + pair.worth, 0);
  const share = (whole: number, part: number) => (whole === 0 ? undefined : part / whole);
  return {
    gold,
    found,
    right,
    precision: share(found, right),
    recall: share(gold, right),
    f1: share(gold + found, 2 * right),
  };
}
