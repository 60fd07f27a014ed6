import { z } from "zod";
import { OfficeKind } from "../generated/prisma/enums.js";
import { gazetteer } from "../reader/gazetteer.js";
import { slugOf } from "../reader/names.js";
import { fold, tokenize } from "../reader/text.js";
import type { Fact, FactKind } from "../reader/types.js";

const id = z.string().max(20);
const words = z.string().trim().min(1).max(200);
const code = z.string().regex(/^[A-Z0-9-]{2,40}$/);
const codes = z.array(code).min(2).max(60);
const day = z.string().regex(/^\d{4}(?:-\d\d(?:-\d\d)?)?$/);
const about = { of: id };
const seat = {
  ...about,
  party: code,
  person: words.optional(),
  office: z.enum(OfficeKind).optional(),
  acting: z.boolean().optional(),
};

/** The facts that a model may propose, by kind. Other properties are left out. */
const shapes = {
  meeting: z.object({ id, parties: codes }),
  date: z.object({ ...about, value: day }),
  place: z.object({ ...about, country: code, city: words.optional() }),
  status: z.object({ ...about, value: z.enum(["EXPECTED", "HELD", "POSTPONED", "CANCELLED", "DECLINED"]) }),
  format: z.object({ ...about, value: z.enum(["IN_PERSON", "VIDEO", "CALL", "PULL_ASIDE"]) }),
  sidelinesOf: z.object({ ...about, name: words }),
  seat: z.object(seat),
  expectedSeat: z.object(seat),
  agreement: z.object({
    id,
    parties: codes,
    name: words,
    status: z.enum(["ANNOUNCED", "SIGNED", "IN_FORCE", "RENEWED"]).optional(),
  }),
  visit: z.object({
    id,
    person: words,
    country: code,
    city: words.optional(),
    status: z.enum(["PLANNED", "MADE", "POSTPONED", "CANCELLED"]),
  }),
} satisfies Partial<Record<FactKind, z.ZodObject>>;

type ModelKind = keyof typeof shapes;

/** The kinds of facts that a model is asked for, with their properties, for its instructions. */
export const modelKinds: Readonly<Record<ModelKind, readonly string[]>> = Object.fromEntries(
  Object.entries(shapes).map(([kind, shape]) => [kind, Object.keys(shape.shape)]),
) as Record<ModelKind, string[]>;

/** The answer of a model, before its facts are looked at. */
const answerShape = z.object({ facts: z.array(z.record(z.string(), z.unknown())).max(500) });

/** The most characters of a quote. */
const longestQuote = 600;

/** A proposal that was let through, and the number of those that were not, by reason. */
export interface Gated {
  readonly facts: readonly Fact[];
  readonly refused: Readonly<Record<string, number>>;
}

/**
 * Lets through what a model may propose about a text: known kinds and values, exact quotes, names that stand in the
 * quote, and parties that the text names. Facts of the rules are not proposed again.
 * @param known the facts of the rules.
 * @param model the name of the model, which is the rule of its facts.
 * @returns undefined for an answer that is no list of facts.
 */
export function gateFacts(text: string, answer: unknown, known: readonly Fact[], model: string): Gated | undefined {
  const read = answerShape.safeParse(answer);
  if (!read.success) return undefined;
  const refused: Record<string, number> = {};
  const gate = new Gate(text, known, `model:${model}`);
  // Subjects first, because others refer to them.
  const order = (fact: Readonly<Record<string, unknown>>): number => (typeof fact["id"] === "string" ? 0 : 1);
  for (const given of [...read.data.facts].sort((one, other) => order(one) - order(other))) {
    const reason = gate.take(given);
    if (reason !== undefined) refused[reason] = (refused[reason] ?? 0) + 1;
  }
  return { facts: gate.facts, refused };
}

class Gate {
  readonly facts: Fact[] = [];
  private readonly parties: ReadonlySet<string>;
  /** The ids of subjects as the model has them, with those of the proposals. */
  private readonly ids = new Map<string, string>();
  private readonly taken: Set<unknown>;

  constructor(
    private readonly text: string,
    private readonly known: readonly Fact[],
    private readonly rule: string,
  ) {
    this.parties = partiesIn(text);
    this.taken = new Set(known.map((fact) => fact["id"]));
  }

  /** Takes a fact. @returns the reason if it is refused. */
  take(given: Readonly<Record<string, unknown>>): string | undefined {
    const { kind, quote } = given;
    if (typeof kind !== "string" || !Object.hasOwn(shapes, kind)) return "unknown kind";
    const at = typeof quote === "string" ? this.positionOf(quote) : undefined;
    if (!at) return "quote not in the text";
    const read = shapes[kind as ModelKind].safeParse(given);
    if (!read.success) return "wrong values";
    const values = read.data as Readonly<Record<string, unknown>>;
    const fault = this.valueFault(values, at.quote);
    if (fault !== undefined) return fault;
    return this.add(kind as ModelKind, values, at);
  }

  private add(
    kind: ModelKind,
    { id: own, of, person, ...values }: Readonly<Record<string, unknown>>,
    { quote, start }: { readonly quote: string; readonly start: number },
  ): string | undefined {
    const subject = typeof of === "string" ? this.ids.get(of) : undefined;
    if (of !== undefined && subject === undefined) return "about nothing";
    const named = typeof person === "string" ? { person: slugOf(person), personName: person } : {};
    const fact: Fact = {
      ...values,
      ...named,
      ...(subject === undefined ? {} : { of: subject }),
      kind,
      quote,
      at: start,
      tier: "likely",
      rule: this.rule,
    };
    const same = [...this.known, ...this.facts].find((one) => isSame(one, fact));
    if (typeof own === "string") {
      if (this.ids.has(own)) return "an id given twice";
      const sameId = same?.["id"];
      this.ids.set(own, typeof sameId === "string" ? sameId : this.newId(kind));
      if (!same) this.facts.push({ ...fact, id: this.ids.get(own) });
    } else if (!same) this.facts.push(fact);
    return same ? "proposed already" : undefined;
  }

  private newId(kind: ModelKind): string {
    const letter = kind === "meeting" ? "m" : kind === "agreement" ? "a" : "v";
    let count = 1;
    while (this.taken.has(`${letter}${String(count)}`)) count += 1;
    this.taken.add(`${letter}${String(count)}`);
    return `${letter}${String(count)}`;
  }

  /** The words of the text that a quote is, whatever white space it has; it has to be there once or more. */
  private positionOf(quote: string): { readonly quote: string; readonly start: number } | undefined {
    const trimmed = quote.trim();
    if (trimmed.length < 3 || trimmed.length > longestQuote) return undefined;
    const exact = this.text.indexOf(trimmed);
    if (exact >= 0) return { quote: trimmed, start: exact };
    const pattern = trimmed.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const found = new RegExp(pattern.join("\\s+"), "u").exec(this.text);
    return found ? { quote: found[0], start: found.index } : undefined;
  }

  private valueFault(values: Readonly<Record<string, unknown>>, quote: string): string | undefined {
    const { parties = [], party, country, person, city, name, value } = values;
    const named = [...(parties as string[]), party, country].filter((one) => typeof one === "string");
    if (named.some((one) => !this.parties.has(one))) return "party not in the text";
    if (new Set(parties as string[]).size !== (parties as string[]).length) return "wrong values";
    const said = ` ${folded(quote)} `;
    const lastName = typeof person === "string" ? folded(person).split(" ").at(-1) : undefined;
    if (lastName !== undefined && !said.includes(` ${lastName} `)) return "person not in the quote";
    for (const one of [city, name])
      if (typeof one === "string" && !said.includes(` ${folded(one)} `)) return "name not in the quote";
    if (typeof value === "string" && /^\d{4}/.test(value) && !saysDay(value, quote)) return "day not in the quote";
    return undefined;
  }
}

/** Words without accents, case and punctuation. */
function folded(words: string): string {
  return slugOf(fold(words)).replaceAll("-", " ");
}

/** True if a quote can mean a day: it has its number or year, or a word such as "today" that counts from the report. */
function saysDay(value: string, quote: string): boolean {
  const [year = "", , dayOfMonth] = value.split("-");
  if (/\b(?:today|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i.test(quote)) return true;
  return new RegExp(`\\b${dayOfMonth === undefined ? year : String(Number(dayOfMonth))}(?:st|nd|rd|th)?\\b`).test(
    quote,
  );
}

/** True for two facts of one kind about the same subject with the same values. */
function isSame(one: Fact, other: Fact): boolean {
  if (one.kind !== other.kind || one["of"] !== other["of"]) return false;
  if (other.kind === "meeting" || other.kind === "agreement")
    return String([...asList(one["parties"])].sort()) === String([...asList(other["parties"])].sort());
  if (other.kind === "seat" || other.kind === "expectedSeat")
    return one["party"] === other["party"] && (one["person"] === other["person"] || other["person"] === undefined);
  if (other.kind === "visit") return one["person"] === other["person"] && one["country"] === other["country"];
  return true;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The codes of all states and organizations that a text names, by name, demonym, capital, town or group. */
export function partiesIn(text: string): ReadonlySet<string> {
  const tokens = tokenize(text);
  const found = new Set<string>();
  for (let index = 0; index < tokens.length; index += 1)
    for (const { values } of gazetteer().all(tokens, index, tokens.length))
      for (const meaning of values) {
        if (meaning.type === "state" || meaning.type === "organization") found.add(meaning.code);
        if (meaning.type === "town" || meaning.type === "site") found.add(meaning.country);
        if (meaning.type === "group") for (const member of meaning.members) found.add(member);
      }
  return found;
}
