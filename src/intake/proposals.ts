import { z } from "zod";
import { OfficeKind, ProposalKind } from "../generated/prisma/enums.js";
import type { PackFact } from "../reader/pack.js";
import type { Fact, FactKind } from "../reader/types.js";
import { day, flag, given, line, listOf, oneOf, slug, whole } from "../writing/values.js";

/** The values of a proposal. */
export const proposalValues = z.strictObject({
  parties: given(listOf(line(40), 200)),
  party: given(line(40)),
  person: given(slug()),
  personName: given(line(200)),
  office: given(oneOf(OfficeKind)),
  acting: given(flag()),
  role: given(line(40)),
  value: given(line(200)),
  country: given(line(40)),
  city: given(line(200)),
  name: given(line(500)),
  ordinal: given(whole(1, 10_000)),
  forum: given(line(500)),
  speakers: given(listOf(line(120), 50)),
  verbatim: given(flag()),
  action: given(line(500)),
  dueOn: given(day()),
  status: given(line(40)),
  on: given(day()),
  from: given(day()),
  to: given(line(200)),
  days: given(whole(1, 1_000)),
  type: given(line(40)),
  as: given(line(40)),
  since: given(line(500)),
  term: given(line(200)),
  sameAs: given(slug()),
});

export type ProposalValues = z.infer<typeof proposalValues>;

const valueNames = Object.keys(proposalValues.shape);
const listNames: ReadonlySet<string> = new Set(["parties", "speakers"]);
const numberNames: ReadonlySet<string> = new Set(["ordinal", "days"]);

/** A proposal as it is stored. */
export interface ProposalRow {
  readonly number: number;
  readonly kind: ProposalKind;
  readonly key: string | null;
  readonly about: string | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly quote: string;
  readonly start: number;
}

/** The kind of proposals for a kind of facts: `SIDELINES_OF` for `sidelinesOf`. */
export function proposalKindOf(kind: FactKind): ProposalKind {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() as ProposalKind;
}

function factKindOf(kind: ProposalKind): FactKind {
  return kind.toLowerCase().replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()) as FactKind;
}

/** A fact of the reader as a proposal; its position counts characters instead of units of UTF-16. */
export function proposalOf(
  fact: Fact,
  number: number,
  text: string,
): ProposalRow & { readonly tier: "SURE" | "LIKELY"; readonly rule: string } {
  const about = fact["of"] ?? fact["about"];
  return {
    number,
    kind: proposalKindOf(fact.kind),
    key: typeof fact["id"] === "string" ? fact["id"] : null,
    about: typeof about === "string" ? about : null,
    values: valuesOf(fact),
    quote: fact.quote,
    start: [...text.slice(0, fact.at)].length,
    tier: fact.tier === "sure" ? "SURE" : "LIKELY",
    rule: fact.rule,
  };
}

function valuesOf(fact: Fact): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of valueNames) {
    const given = fact[name];
    const first: unknown = Array.isArray(given) && !listNames.has(name) ? given[0] : given;
    const value = numberNames.has(name) && typeof first === "string" && /^\d+$/.test(first) ? Number(first) : first;
    if (proposalValues.shape[name as keyof typeof proposalValues.shape].safeParse(value).success && value !== undefined)
      values[name] = value;
  }
  return values;
}

/** A proposal as a fact for a pack. */
export function factOf({ kind, key, about, values, quote, start }: ProposalRow, text: string): PackFact {
  const of = about === null ? {} : kind === "STATEMENT" ? { about } : { of: about };
  const at = [...text].slice(0, start).join("").length;
  return { ...values, ...of, ...(key === null ? {} : { id: key }), kind: factKindOf(kind), quote, at };
}

/** Kinds that others can be about, by the letter of their keys. */
export const keyLetters: Partial<Readonly<Record<ProposalKind, string>>> = {
  MEETING: "m",
  VISIT: "v",
  AGREEMENT: "a",
  ACTIVITY: "x",
  STATEMENT: "s",
  COMMITMENT: "c",
};

/** Kinds that are about a proposal of another kind. */
export const aboutKinds: Partial<Readonly<Record<ProposalKind, readonly ProposalKind[]>>> = {
  DATE: ["MEETING"],
  PLACE: ["MEETING"],
  STATUS: ["MEETING"],
  FORMAT: ["MEETING"],
  SERIES: ["MEETING"],
  SIDELINES_OF: ["MEETING"],
  SEAT: ["MEETING"],
  EXPECTED_SEAT: ["MEETING"],
  TOPIC: ["MEETING"],
  SIGNATORY: ["AGREEMENT"],
  CLAIM: ["MEETING", "VISIT", "AGREEMENT"],
  ATTRIBUTION: ["MEETING", "VISIT", "AGREEMENT", "ACTIVITY", "STATEMENT"],
};
