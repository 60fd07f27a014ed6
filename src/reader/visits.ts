import type { Clause, Item, SentenceParse } from "./clauses.js";
import type { DateMention } from "./dates.js";
import type { Person } from "./mentions.js";
import type { Place, PlaceMention } from "./places.js";
import type { Context } from "./rest.js";
import type { Span, Tier, VisitStatus } from "./types.js";

export interface Visit extends Span {
  readonly person: Person;
  readonly country: string;
  city: string | undefined;
  from: string | undefined;
  to: string | undefined;
  days: number | undefined;
  status: VisitStatus;
  readonly tier: Tier;
  readonly sentence: number;
}

const going =
  /^(?:travel|fly|go|come|head|arrive|land|reach|visit|tour|return|touch|embark|pay|make|begin|start|conclude|undertake|wrap|leave|depart|kick)$/;

/** Journeys of named persons in one sentence. */
export function readVisits(context: Context, parse: SentenceParse, index: number): Visit[] {
  const found: Visit[] = [];
  for (const clause of parse.clauses) {
    const visit =
      fromClause(context, parse, clause, index) ??
      fromBeing(context, parse, clause, index) ??
      fromChange(context, parse, clause, index);
    if (visit && !found.some((other) => other.person === visit.person && other.country === visit.country))
      found.push(visit);
  }
  const nominal = fromNoun(context, parse, index);
  if (nominal && !found.some((other) => other.person === nominal.person)) found.push(nominal);
  return found;
}

function personOf(context: Context, item: Item | undefined): Person | undefined {
  if (item?.type !== "people" || item.mentions.length !== 1) return undefined;
  const [mention] = item.mentions;
  return mention ? context.encounters.personOf(mention) : undefined;
}

/** "A visited B", "A arrived in B", "A will travel to B", "A is paying a visit to B" */
function fromClause(context: Context, parse: SentenceParse, clause: Clause, index: number): Visit | undefined {
  const { verb } = clause;
  if (!going.test(verb.lemma) || verb.passive || verb.mode === "wish" || verb.mode === "refused") return undefined;
  const words = context.list.words({ start: verb.start, end: Math.max(clause.end, verb.end) });
  const isVisitNoun =
    /^(?:pay|make|begin|start|conclude|undertake|wrap|kick|embark|arrive)$/.test(verb.lemma) &&
    /\b(?:visit|trip|tour|journey)\b/.test(words);
  if (/^(?:pay|make|begin|start|conclude|undertake|wrap|kick|embark)$/.test(verb.lemma) && !isVisitNoun)
    return undefined;
  const person = personOf(context, clause.subject);
  if (!person) return undefined;
  const place = placeOf(context, clause, verb.lemma) ?? (isVisitNoun ? herePlace(context, clause) : undefined);
  if (!place || place.place.country === person.party) return undefined;
  if (verb.form === "infinitive") {
    const parent = clause.parent?.verb;
    const isOnTheWay = parent !== undefined && /^(?:arrive|fly|travel|leave|depart|head|come|set)$/.test(parent.lemma);
    if (!parent || !(parent.mode === "planned" || (parent.mode === "fact" && isOnTheWay))) return undefined;
  }
  if (/^(?:visit|tour)$/.test(verb.lemma) && place.place.city !== undefined && isSiteOnly(context, place))
    return undefined;
  const status: VisitStatus =
    verb.mode === "negated"
      ? "CANCELLED"
      : verb.mode === "planned" || verb.mode === "pastPlan" || clause.parent?.verb.mode === "planned"
        ? "PLANNED"
        : "MADE";
  if (verb.mode === "negated" && !/\bwould not|will not|no longer\b/.test(words)) return undefined;
  return build(
    context,
    parse,
    clause,
    index,
    person,
    place.place,
    status,
    /^(?:arrive|reach|land|touch)$/.test(verb.lemma),
  );
}

/** "arrived on Wednesday on a three-day visit": in the country that the report was sent from. */
function herePlace(context: Context, clause: Clause): PlaceMention | undefined {
  const dateline = context.header.dateline;
  if (!dateline || clause.verb.lemma !== "arrive") return undefined;
  return {
    start: clause.verb.start,
    end: clause.verb.end,
    link: "here",
    isBroad: true,
    place: { country: dateline.country, city: undefined },
  };
}

/** "visited the Air Force Academy in Colorado" is no journey to a country told by the sentence. */
function isSiteOnly(context: Context, place: PlaceMention): boolean {
  return (
    !/^(?:visit|visited|visits|visiting|tour|tours)$/.test(place.link) &&
    place.link !== "in" &&
    place.link !== "to" &&
    context.header.dateline?.country === place.place.country
  );
}

/** "A is in B from June 1 to 4", "A was in B on a visit", "A is on a three-day visit to B" */
function fromBeing(context: Context, parse: SentenceParse, clause: Clause, index: number): Visit | undefined {
  const { verb } = clause;
  if (verb.lemma !== "be" || verb.mode === "wish") return undefined;
  const person = personOf(context, clause.subject);
  if (!person) return undefined;
  const words = context.list.words({ start: verb.start, end: Math.max(clause.end, verb.end) });
  const isVisit = /\bon (?:an?|his|her) (?:[a-z-]+ ){0,4}(?:visit|trip|tour)\b/.test(words);
  const isStay =
    clause.after[0]?.type === "preposition" &&
    clause.after[0].word === "in" &&
    (isVisit || verb.mode === "planned" || /\b(?:for|from)\b/.test(words));
  if (!isVisit && !isStay) return undefined;
  const place = placeOf(context, clause, "be");
  if (!place || place.place.country === person.party) return undefined;
  return build(
    context,
    parse,
    clause,
    index,
    person,
    place.place,
    verb.mode === "planned" ? "PLANNED" : verb.mode === "negated" ? "CANCELLED" : "MADE",
    false,
  );
}

/** "A has put off the trip to B", "A's visit to B was cancelled", "A would not be coming" */
function fromChange(context: Context, parse: SentenceParse, clause: Clause, index: number): Visit | undefined {
  const { verb } = clause;
  const change = changeOf(verb.lemma, verb.particle);
  if (!change || verb.mode === "negated" || verb.mode === "wish" || verb.form === "infinitive") {
    if (verb.lemma === "come" && verb.mode === "negated") {
      const person = personOf(context, clause.subject);
      const country = context.header.dateline?.country;
      if (
        person &&
        country !== undefined &&
        country !== person.party &&
        /\bwould not be\b|\bwill not be\b/.test(context.list.words({ start: verb.start, end: verb.end }))
      ) {
        return build(context, parse, clause, index, person, { country, city: undefined }, "CANCELLED", false);
      }
    }
    return undefined;
  }
  const range = { start: parse.sentence.start, end: parse.sentence.end };
  const words = context.list.words(range);
  if (!/\b(?:visit|trip|travel|tour|journey)\b/.test(words)) return undefined;
  const object = context.list.words({ start: verb.end, end: Math.max(clause.end, verb.end) });
  const isObject = /\b(?:visit|trip|tour)\b/.test(object);
  const isSubject = verb.passive || clause.subject === undefined || clause.subject.type !== "people";
  if (
    !isObject &&
    !isSubject &&
    !/\b(?:visit|trip|tour)\b/.test(context.list.words({ start: clause.start, end: verb.start }))
  )
    return undefined;
  const person = isObject ? personOf(context, clause.subject) : ownerOfVisit(context, parse, verb.start);
  if (!person) return undefined;
  const place = placeFor(context, parse, clause) ?? placeOfParse(context, person);
  if (!place || place.country === person.party) return undefined;
  return build(context, parse, clause, index, person, place, change, false);
}

function changeOf(lemma: string, particle: string | undefined): VisitStatus | undefined {
  if (/^(?:cancel|scrap|abort|axe)$/.test(lemma) || (lemma === "call" && particle === "off")) return "CANCELLED";
  if (
    /^(?:postpone|delay|defer|reschedule|shelve|suspend)$/.test(lemma) ||
    (lemma === "put" && (particle === "off" || particle === "back"))
  )
    return "POSTPONED";
  return undefined;
}

/** "A's visit", "the visit of A", "A's planned two-day trip" before a verb. */
function ownerOfVisit(context: Context, parse: SentenceParse, limit: number): Person | undefined {
  for (const item of parse.items) {
    if (item.start >= limit) return undefined;
    if (item.type !== "people") continue;
    const person = personOf(context, item);
    if (person && (item.possessive || /^(?:by|of)$/.test(context.reader.text.tokens[item.start - 1]?.folded ?? "")))
      return person;
  }
  return undefined;
}

function placeOf(context: Context, clause: Clause, lemma: string): PlaceMention | undefined {
  const inRange = context.encounters
    .places()
    .filter(
      (place) =>
        place.start >= clause.verb.start &&
        place.end <= Math.max(clause.end, clause.verb.end) + 6 &&
        place.start <= Math.max(clause.end, clause.verb.end),
    );
  if (lemma === "visit" || lemma === "tour" || lemma === "reach")
    return (
      inRange.find(
        (place) =>
          place.start < clause.verb.end + 1 || /^(?:visit|visited|visits|visiting|reached|tour)/.test(place.link),
      ) ?? inRange.find((place) => place.link === "in")
    );
  if (lemma === "arrive" || lemma === "land" || lemma === "be")
    return inRange.find((place) => /^(?:in|at|here|to)$/.test(place.link));
  if (lemma === "leave" || lemma === "depart") return inRange.find((place) => place.link === "for");
  return inRange.find((place) => place.link === "to" || place.link === "here");
}

function placeFor(context: Context, parse: SentenceParse, _clause: Clause): Place | undefined {
  const { tokens } = context.reader.text;
  const to = context.encounters
    .places()
    .filter(
      (place) =>
        place.start >= parse.sentence.start &&
        place.end <= parse.sentence.end &&
        (place.link === "to" || place.link === "visit"),
    );
  const near = to.find((place) => /^(?:visit|trip|travel|tour|journey)$/.test(tokens[place.start - 1]?.folded ?? ""));
  const inCity = context.encounters.places().find((place) => place.link === "in" && !place.isBroad);
  return (near ?? to[0] ?? inCity)?.place;
}

/** "has put off his visit": the place of the encounter that the person was to have. */
function placeOfParse(context: Context, person: Person): Place | undefined {
  const expected = [...context.encounters.encounters]
    .reverse()
    .find((encounter) => encounter.place && encounter.participants.some((one) => one.person === person));
  return expected?.place?.value;
}

/** "a visit to B by A", "during A's visit to B" */
function fromNoun(context: Context, parse: SentenceParse, index: number): Visit | undefined {
  const { tokens } = context.reader.text;
  const { start, end } = parse.sentence;
  for (let at = start; at < end; at++) {
    if (!/^(?:visit|trip)$/.test(tokens[at]?.folded ?? "")) continue;
    const place = context.encounters.places().find((other) => other.start === at + 1 && other.link === "to");
    if (!place) continue;
    const by =
      tokens[place.end]?.folded === "by" ? parse.items.find((item) => item.start === place.end + 1) : undefined;
    const owner = parse.items.find(
      (item) => item.type === "people" && item.possessive && item.end <= at && item.end >= at - 5,
    );
    const person = personOf(context, by ?? owner);
    if (!person || place.place.country === person.party) continue;
    const clause = parse.clauses.find((other) => other.start <= at && other.end >= at);
    const isHeld =
      /^(?:during|after|following|by|angered)$/.test(tokens[(owner?.start ?? at) - 1]?.folded ?? "") ||
      (by !== undefined && clause?.verb.tense === "past" && clause.verb.mode === "fact");
    if (!isHeld || clause?.verb.mode === "planned" || clause?.verb.mode === "wish") continue;
    const span = { start: owner?.start ?? at - 1, end: by?.end ?? place.end };
    return {
      ...span,
      person,
      country: place.place.country,
      city: place.place.city,
      from: undefined,
      to: undefined,
      days: undefined,
      status: "MADE",
      tier: "likely",
      sentence: index,
    };
  }
  return undefined;
}

function build(
  context: Context,
  parse: SentenceParse,
  clause: Clause,
  index: number,
  person: Person,
  place: Place,
  status: VisitStatus,
  isArrival: boolean,
): Visit {
  const start =
    clause.subject && clause.subject.start < clause.verb.start && clause.subject.start >= parse.sentence.start
      ? Math.min(clause.start, clause.subject.start)
      : clause.start;
  const span = { start, end: Math.max(clause.end, clause.verb.end) };
  const dates = [...clause.before, ...clause.after].filter((item) => item.type === "date").map((item) => item.date);
  const { from, to } = periodOf(context, dates, status, isArrival || dates.length === 0);
  const days = daysOf(context, span);
  return {
    ...span,
    person,
    country: place.country,
    city: place.city,
    from,
    to,
    days,
    status,
    tier: from !== undefined && (status === "MADE" || status === "PLANNED") ? "sure" : "likely",
    sentence: index,
  };
}

function periodOf(
  context: Context,
  dates: readonly DateMention[],
  status: VisitStatus,
  _isArrival: boolean,
): { from: string | undefined; to: string | undefined } {
  const direction = status === "MADE" ? "past" : status === "PLANNED" ? "future" : "near";
  for (const date of dates) {
    const before = context.reader.text.tokens[date.start - 1]?.folded ?? "";
    if (/^(?:since|until|after|before)$/.test(before)) continue;
    const value = context.encounters.resolveDate(date, direction);
    if (value === undefined) continue;
    const [from, to] = value.split("/");
    if (to !== undefined) return { from, to };
    return { from: value, to: undefined };
  }
  return { from: undefined, to: undefined };
}

function daysOf(context: Context, span: Span): number | undefined {
  const match = /\b(one|two|three|four|five|six|seven|eight|nine|ten|\d+)-day\b/.exec(context.list.words(span));
  if (!match) return undefined;
  const words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
  const at = words.indexOf(match[1] ?? "");
  return at >= 0 ? at + 1 : Number(match[1]);
}

export type { Span };
