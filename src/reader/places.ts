import { capitalOf } from "./gazetteer.js";
import type { MentionReader } from "./mentions.js";
import { isCapitalized, type Sentence } from "./text.js";
import type { Span } from "./types.js";

/** A place: a country, and the city if the report gives one. */
export interface Place {
  readonly country: string;
  readonly city: string | undefined;
}

export interface PlaceMention extends Span {
  readonly place: Place;
  /** The preposition, or "here". */
  readonly link: string;
  /** A country without a city. */
  readonly isBroad: boolean;
}

/** All places of a sentence that a preposition makes a place: "in Hanoi", "at the Pentagon", "here". */
export function findPlaces(reader: MentionReader, sentence: Sentence, dateline: Place | undefined): PlaceMention[] {
  const { tokens } = reader.text;
  const found: PlaceMention[] = [];
  for (let index = sentence.start; index < sentence.end; index++) {
    const word = tokens[index]?.folded ?? "";
    if (word === "here" && dateline) {
      found.push({ start: index, end: index + 1, place: dateline, link: "here", isBroad: false });
      continue;
    }
    if (!/^(?:in|at|near|outside|to|into|for|reached|visited|visit|visits|visiting|tour|tours)$/.test(word)) continue;
    const place = placeAt(reader, index + 1, sentence.end, /^(?:in|at)$/.test(word));
    if (!place) continue;
    found.push({
      start: index,
      end: place.end,
      place: place.place,
      link: word,
      isBroad: place.place.city === undefined,
    });
    index = place.end - 1;
  }
  return found;
}

/** A place without its preposition. */
export function placeAt(
  reader: MentionReader,
  at: number,
  limit: number,
  isLoose = false,
): { place: Place; end: number } | undefined {
  const { tokens } = reader.text;
  const word = (index: number) => (index < limit ? (tokens[index]?.folded ?? "") : "");
  const direct = cityOrState(reader, at, limit);
  if (direct) return direct;
  let index = at;
  while (
    /^(?:the|downtown|central|nearby|neighbouring|neighboring|coastal|northern|southern|eastern|western)$/.test(
      word(index),
    )
  )
    index++;
  const capital = capitalPhrase(reader, index, limit);
  if (capital) return capital;
  const own = cityOrState(reader, index, limit);
  if (own) return own;
  return isLoose ? siteIn(reader, index, limit) : undefined;
}

function cityOrState(reader: MentionReader, at: number, limit: number): { place: Place; end: number } | undefined {
  const { tokens } = reader.text;
  if (!isCapitalized(tokens[at])) return undefined;
  const match = reader.meaning(at, limit);
  if (!match) return smallTown(reader, at, limit);
  const state =
    match.values.find((value) => value.type === "state" && value.form === "capital") ??
    match.values.find((value) => value.type === "state" && value.form === "name");
  const site = match.values.find((value) => value.type === "site");
  const town = match.values.find((value) => value.type === "town");
  if (!site && !state && !town) return undefined;
  if (isOwner(reader, match.end, limit)) {
    if (state?.type === "state" && state.form === "name") return ownedCity(reader, state.code, match.end, limit);
    return undefined;
  }
  // "New York's"; "Washington officials": an adjective, not a place
  const state2 = followingState(reader, match.end, limit);
  if (site?.type === "site" && !(state?.type === "state" && state.form === "name")) {
    return {
      place: { country: site.country, city: site.city },
      end: state2?.code === site.country ? state2.end : match.end,
    };
  }
  if (
    town?.type === "town" &&
    state2 &&
    state2.code === town.country &&
    !(state?.type === "state" && state.form === "capital" && state.code === state2.code)
  ) {
    return { place: { country: town.country, city: town.city }, end: state2.end };
  }
  if (state?.type === "state") {
    const isCity = state.form === "capital" || state.code === "SGP";
    const end = isCity && state2?.code === state.code ? state2.end : match.end;
    if (state.form === "name" && isPersonOrBody(reader, match.end, limit)) return undefined;
    return { place: { country: state.code, city: isCity ? (state.city ?? "Singapore") : undefined }, end };
  }
  if (town?.type === "town")
    return { place: { country: state2?.code ?? town.country, city: town.city }, end: state2?.end ?? match.end };
  return undefined;
}

/** "Entebbe, Uganda": a town that the lists do not have, with its state. */
function smallTown(reader: MentionReader, at: number, limit: number): { place: Place; end: number } | undefined {
  const { tokens } = reader.text;
  let end = at;
  while (
    end < limit &&
    end < at + 3 &&
    isCapitalized(tokens[end]) &&
    tokens[end]?.type === "word" &&
    !reader.meaning(end, limit)
  )
    end++;
  const state = end > at ? followingState(reader, end, limit) : undefined;
  if (!state || reader.knownPerson(at, limit)) return undefined;
  const words = tokens.slice(at, end).map((token) => token.text);
  return { place: { country: state.code, city: words.join(" ") }, end: state.end };
}

/** "Hekou, China": the state after a comma. */
function followingState(reader: MentionReader, at: number, limit: number): { code: string; end: number } | undefined {
  const { tokens } = reader.text;
  const isOpened = tokens[at]?.text === "," || tokens[at]?.text === "(" || tokens[at]?.text === "[";
  if (at >= limit || !isOpened) return undefined;
  const state = reader.meaningOf(at + 1, limit, "state");
  if (!state || state.form !== "name" || isOwner(reader, state.end, limit)) return undefined;
  const close = tokens[at]?.text === "," ? 0 : 1;
  return { code: state.code, end: state.end + close };
}

function isOwner(reader: MentionReader, at: number, limit: number): boolean {
  const word = at < limit ? (reader.text.tokens[at]?.folded ?? "") : "";
  return word === "'s" || (word === "'" && reader.text.tokens[at]?.glued === true);
}

/** "U.S. officials": the state is an adjective of what follows. */
function isPersonOrBody(reader: MentionReader, at: number, limit: number): boolean {
  return reader.meaningOf(at, limit, "title") !== undefined || reader.meaningOf(at, limit, "institution") !== undefined;
}

/** "Laos's capital city of Vientiane", "the Lao capital, Vientiane", "the Lao capital" */
function capitalPhrase(reader: MentionReader, at: number, limit: number): { place: Place; end: number } | undefined {
  const { tokens } = reader.text;
  const word = (index: number) => (index < limit ? (tokens[index]?.folded ?? "") : "");
  const state = reader.meaningOf(at, limit, "state");
  let index = at;
  let code: string | undefined;
  if (state) {
    code = state.code;
    index = isOwner(reader, state.end, limit) ? state.end + 1 : state.end;
  }
  if (word(index) !== "capital") return undefined;
  index++;
  if (word(index) === "city") index++;
  if (/^(?:of|,)$/.test(word(index))) {
    const next = reader.meaningOf(index + 1, limit, "state");
    if (next && next.form === "capital") return { place: { country: next.code, city: next.city }, end: next.end };
    const town = reader.meaningOf(index + 1, limit, "town");
    if (town && word(index) === "of") return { place: { country: town.country, city: town.city }, end: town.end };
  }
  const named = reader.meaningOf(index, limit, "state");
  if (named?.form === "capital") return { place: { country: named.code, city: named.city }, end: named.end };
  if (code === undefined) return undefined;
  return { place: { country: code, city: capitalOf(code) }, end: index };
}

/** "Japan's Hiroshima" */
function ownedCity(
  reader: MentionReader,
  code: string,
  at: number,
  limit: number,
): { place: Place; end: number } | undefined {
  const town = reader.meaningOf(at + 1, limit, "town") ?? reader.meaningOf(at + 1, limit, "site");
  if (town && town.country === code) return { place: { country: code, city: town.city }, end: town.end };
  const capital = capitalPhrase(reader, at + 1, limit);
  if (capital) return capital;
  return undefined;
}

/** "State House in Nairobi", "the ministry's headquarters in Nairobi", "Malacañang Palace in Manila" */
function siteIn(reader: MentionReader, at: number, limit: number): { place: Place; end: number } | undefined {
  const { tokens } = reader.text;
  for (let index = at; index < Math.min(limit, at + 9); index++) {
    const token = tokens[index];
    if (!token) return undefined;
    if (/^(?:in|outside|near)$/.test(token.folded) && index > at) {
      const next =
        cityOrState(reader, tokens[index + 1]?.folded === "the" ? index + 2 : index + 1, limit) ??
        capitalPhrase(reader, tokens[index + 1]?.folded === "the" ? index + 2 : index + 1, limit);
      if (next) return next;
      continue;
    }
    const isPart =
      isCapitalized(token) ||
      token.text === "," ||
      /^(?:'s|the|of|ministry|headquarters|guest|house|palace|office|base|defence|state|government|presidential|official|residence|army|navy|air|force|general|staff|hotel|complex|centre|center|border|gate|and|de|la|al|-)$/.test(
        token.folded,
      );
    if (token.text === "," && index > at) break;
    if (!isPart) return undefined;
  }
  // "at the Old Royal Naval College in Greenwich, London": the last named part is the city.
  return afterComma(reader, at, limit);
}

function afterComma(reader: MentionReader, at: number, limit: number): { place: Place; end: number } | undefined {
  const { tokens } = reader.text;
  for (let index = at; index < Math.min(limit, at + 12); index++) {
    const token = tokens[index];
    if (!token) return undefined;
    if (token.text === ",") return cityOrState(reader, index + 1, limit);
    if (!isCapitalized(token) && !/^(?:of|in|the|'s|and|at)$/.test(token.folded)) return undefined;
  }
  return undefined;
}
