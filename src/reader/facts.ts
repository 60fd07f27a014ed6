import type { Encounter, ForumRef, Participant } from "./encounters.js";
import { settledOffice, type MentionReader, type Person } from "./mentions.js";
import { textOf } from "./text.js";
import type { Fact, FactKind, OfficeKind, Span, Tier } from "./types.js";

/** Collects facts with their quotes, which are cut from the text by offset. */
export class FactList {
  readonly facts: Fact[] = [];
  readonly #reader: MentionReader;
  readonly #counts = new Map<string, number>();

  constructor(reader: MentionReader) {
    this.#reader = reader;
  }

  /** The next id with a letter: "m1", "s3". */
  nextId(letter: string): string {
    const count = (this.#counts.get(letter) ?? 0) + 1;
    this.#counts.set(letter, count);
    return `${letter}${String(count)}`;
  }

  add(kind: FactKind, properties: Readonly<Record<string, unknown>>, span: Span, tier: Tier, rule: string): void {
    const quote = this.quote(span);
    const token = this.#reader.text.tokens[span.start];
    if (quote === "" || !token) return;
    this.facts.push({ kind, ...properties, quote, at: token.start, tier, rule });
  }

  quote(span: Span): string {
    return textOf(this.#reader.text, span.start, span.end);
  }

  /** Words of a span, folded for matching. */
  words(span: Span): string {
    return this.quote(span).toLowerCase().replaceAll("defense", "defence");
  }
}

/** The office that a person holds in this report, settled by the state it belongs to. */
export function officeOfPerson(person: Person, list: FactList): OfficeKind | undefined {
  if (person.office === undefined) return undefined;
  return settledOffice(person.office, person.officeSpan ? list.words(person.officeSpan) : "", person.party);
}

function forumProperties(ref: ForumRef): Record<string, unknown> {
  const name = ref.name.replace(/^(?:the|a|an) /i, "");
  return ref.ordinal === undefined ? { name } : { name, ordinal: ref.ordinal };
}

/** Whether an encounter can be proposed: two parties, or a named person who takes part in a forum's sitting. */
export function isProposable(encounter: Encounter): boolean {
  const parties = partiesOfEncounter(encounter);
  if (encounter.isSitting) {
    const hasSeat = encounter.participants.some((one) => one.isSeat);
    return (
      hasSeat ||
      (parties.length >= 2 && encounter.participants.length > 0) ||
      (parties.length === 2 && encounter.extraParties.size === 2)
    );
  }
  // The place of the report alone never makes a meeting.
  const said = new Set(encounter.participants.filter((one) => one.reason !== "home").map((one) => one.party));
  return parties.length >= 2 && said.size >= 1;
}

export function partiesOfEncounter(encounter: Encounter): string[] {
  return [...new Set([...encounter.participants.map((one) => one.party), ...encounter.extraParties])].sort();
}

const lower = (...tiers: Tier[]): Tier => (tiers.includes("likely") ? "likely" : "sure");

/** Writes an encounter and its attributes; returns the id of the meeting. */
export function writeEncounter(encounter: Encounter, list: FactList): string {
  const id = list.nextId("m");
  const { tier, frame, span } = encounter;
  // Of a gathering of many a report seldom names all who take part in one place.
  const isOfMany = encounter.isSitting && encounter.extraParties.size < 2;
  const ownTier: Tier = isOfMany || encounter.participants.some((one) => one.reason === "home") ? "likely" : tier;
  list.add("meeting", { id, parties: partiesOfEncounter(encounter) }, span, ownTier, frame);
  if (encounter.date)
    list.add(
      "date",
      { of: id, value: encounter.date.value },
      encounter.date,
      lower(ownTier, encounter.date.tier),
      `${frame}/date`,
    );
  if (encounter.place) {
    const { country, city } = encounter.place.value;
    const properties = city === undefined ? { of: id, country } : { of: id, country, city };
    list.add("place", properties, encounter.place, lower(ownTier, encounter.place.tier), `${frame}/place`);
  }
  list.add(
    "status",
    { of: id, value: encounter.status.value },
    encounter.status,
    lower(ownTier, encounter.status.tier),
    `${frame}/status`,
  );
  writeFormat(encounter, id, ownTier, list);
  if (encounter.series)
    list.add(
      "series",
      { of: id, ...forumProperties(encounter.series.value) },
      encounter.series,
      lower(ownTier, encounter.series.tier),
      `${frame}/series`,
    );
  if (encounter.sidelines)
    list.add(
      "sidelinesOf",
      { of: id, ...forumProperties(encounter.sidelines.value) },
      encounter.sidelines,
      lower(ownTier, encounter.sidelines.tier),
      `${frame}/sidelines`,
    );
  const kind = encounter.status.value === "HELD" ? "seat" : "expectedSeat";
  for (const one of encounter.participants) if (one.isSeat) writeSeat(kind, one, id, encounter, ownTier, list);
  return id;
}

/** In person where the report puts a held meeting in a place, or says who hosted or received. */
function writeFormat(encounter: Encounter, id: string, tier: Tier, list: FactList): void {
  const { format, place, status, frame } = encounter;
  if (format) {
    if (format.value !== "PULL_ASIDE" || status.value === "HELD")
      list.add("format", { of: id, value: format.value }, format, lower(tier, format.tier), `${frame}/format`);
    return;
  }
  const isHosted = encounter.participants.some((one) => one.role === "HOST");
  if (status.value !== "HELD" || (!place && !isHosted)) return;
  const span = place ?? encounter.span;
  list.add(
    "format",
    { of: id, value: "IN_PERSON" },
    span,
    place ? lower(tier, place.tier) : tier,
    `${frame}/in-person`,
  );
}

function writeSeat(
  kind: "seat" | "expectedSeat",
  one: Participant,
  id: string,
  encounter: Encounter,
  tier: Tier,
  list: FactList,
): void {
  const { person } = one;
  const properties: Record<string, unknown> = { of: id, party: one.party };
  if (person) properties["person"] = person.slug;
  const office = person ? (officeOfPerson(person, list) ?? one.office) : one.office;
  if (office !== undefined) properties["office"] = office;
  if (one.acting || person?.acting) properties["acting"] = true;
  if (one.role !== undefined) properties["role"] = one.role;
  const certain = one.reason === "home" || one.isFilled || !person || office === undefined ? "likely" : tier;
  list.add(kind, properties, { start: one.start, end: one.end }, certain, `${encounter.frame}/seat`);
}
