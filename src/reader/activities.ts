import type { SentenceParse } from "./clauses.js";
import { afterPreposition, bareParty, partiesOf, type Participant } from "./encounters.js";
import { statePair } from "./eventNouns.js";
import type { Context } from "./rest.js";
import { isCapitalized, textOf, type Token } from "./text.js";
import type { Span } from "./types.js";

export interface Activity extends Span {
  readonly type: "EXERCISE" | "PORT_CALL" | "PATROL" | "TRAINING" | "STAFF_TALKS";
  readonly parties: string[];
  readonly name: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const nouns: readonly (readonly [RegExp, Activity["type"]])[] = [
  [/\bport (?:call|visit)\b/, "PORT_CALL"],
  [/\b(?:joint|coordinated|maritime|naval|combined) (?:[a-z]+ )?patrols?\b/, "PATROL"],
  [/\b(?:exercises?|drills?|war ?games?|manoeuvres|maneuvers)\b/, "EXERCISE"],
  [/\bstaff talks\b/, "STAFF_TALKS"],
];

/** Exercises, patrols, port calls and staff talks that were or will be held, with at least two parties. */
export function readActivities(context: Context, parse: SentenceParse, index: number): Activity[] {
  for (const clause of parse.clauses) {
    const { verb } = clause;
    const isHeld =
      /^(?:hold|conduct|stage|carry|begin|start|conclude|launch|open|take|kick|join|participate|complete|end|host|run|make|wrap|pay)$/.test(
        verb.lemma,
      );
    if (
      !isHeld ||
      verb.mode === "wish" ||
      verb.mode === "negated" ||
      verb.mode === "refused" ||
      verb.form === "infinitive"
    )
      continue;
    if (verb.lemma === "take" && verb.particle !== "part" && verb.particle !== "place") continue;
    const range =
      verb.passive || verb.lemma === "take" || verb.lemma === "begin"
        ? { start: clause.start, end: Math.max(clause.end, verb.end) }
        : { start: verb.end, end: Math.max(clause.end, verb.end) };
    const words = context.list.words(range);
    const kind = nouns.find(([pattern]) => pattern.test(words));
    if (!kind) continue;
    const people = [
      ...context.encounters.participantsOf(clause.subject),
      ...context.encounters.participantsOf(afterPreposition(clause.after, "with")),
      ...context.encounters.participantsOf(afterPreposition(clause.after, "between")),
      ...pairIn(context, range),
    ];
    const parties = partiesOf(people).size >= 2 ? [...partiesOf(people)].sort() : ofTwoCountries(context, words, index);
    if (parties.length < 2) continue;
    const dates = [...clause.before, ...clause.after].filter((item) => item.type === "date");
    const value = dates[0]
      ? context.encounters.resolveDate(dates[0].date, verb.mode === "planned" ? "future" : "past")
      : undefined;
    const [from, to] = value?.split("/") ?? [];
    return [
      {
        start: clause.start,
        end: Math.max(clause.end, verb.end),
        type: kind[1],
        parties,
        name: kind[1] === "EXERCISE" ? nameIn(context, range) : undefined,
        from,
        to,
      },
    ];
  }
  return [];
}

function pairIn(context: Context, range: Span): Participant[] {
  for (let index = range.start; index < range.end; index++) {
    const pair = statePair(context.reader, index, range.end);
    if (pair) return pair.codes.map((party) => bareParty(party, range));
  }
  return [];
}

/** "a joint patrol of the two countries' border guards": the parties of the encounter told last. */
function ofTwoCountries(context: Context, words: string, index: number): string[] {
  if (!/\b(?:two|both) (?:countries|sides|navies|armies|nations)\b/.test(words)) return [];
  const current = context.encounters.currentAt[index];
  return current ? [...partiesOf(current.participants)].sort() : [];
}

/** "Exercise Malabar", "the Ulchi Freedom Shield exercise" */
function nameIn(context: Context, range: Span): string | undefined {
  const { tokens } = context.reader.text;
  for (let index = range.start; index < range.end; index++) {
    const token = tokens[index] as Token;
    if (!/^exercises?$/.test(token.folded)) continue;
    if (isCapitalized(token) || isCapitalized(tokens[index + 1])) {
      let end = index + 1;
      while (end < range.end && (isCapitalized(tokens[end]) || tokens[end]?.type === "number")) end++;
      if (end > index + 1) return textOf(context.reader.text, index + 1, end);
    }
    let start = index;
    while (
      start > range.start &&
      isCapitalized(tokens[start - 1]) &&
      !context.reader.meaningOf(start - 1, range.end, "state")
    )
      start--;
    if (start < index) return textOf(context.reader.text, start, index);
  }
  return undefined;
}
