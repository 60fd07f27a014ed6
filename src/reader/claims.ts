import { findDates } from "./dates.js";
import type { SentenceParse } from "./clauses.js";
import type { Encounter } from "./encounters.js";
import type { Context } from "./rest.js";
import { textOf } from "./text.js";
import type { Span } from "./types.js";

export interface Claim extends Span {
  readonly type: "FIRST_SINCE" | "FIRST_EVER" | "PREVIOUS_MEETING";
  readonly since: string | undefined;
}

/** "the first visit since ...", "for the first time since ...", "the first ever": claims about what a sentence tells. */
export function readClaims(context: Context, parse: SentenceParse): Claim[] {
  const { tokens } = context.reader.text;
  const { start, end } = parse.sentence;
  for (let at = start; at < end; at++) {
    if (tokens[at]?.folded !== "first") continue;
    if (
      !/^(?:the|for|a|very|,|s|'s|was|is|as)$/.test(tokens[at - 1]?.folded ?? "") &&
      tokens[at - 1]?.folded !== "his" &&
      tokens[at - 1]?.folded !== "their"
    )
      continue;
    const after = context.list.words({ start: at, end });
    if (/\bnot (?:be )?the$/.test(context.list.words({ start: Math.max(start, at - 3), end: at }))) continue;
    const isAbout =
      /^first(?:[- ]ever)?(?: [\w’'.-]+){0,5} (?:visit|trip|meeting|talks|time|bilateral|encounter|contact|call|conversation|summit|by|such|in-person|face-to-face|of its kind|engagement|phone|since|to be held|in)\b/.test(
        after,
      ) || /^first ever\b/.test(after);
    if (!isAbout) continue;
    const since = sinceOf(context, at, end);
    if (since) return [{ type: "FIRST_SINCE", since: since.value, start: at - 1, end: since.end }];
    if (/^first(?:-| )ever\b|\bof its kind\b|^first time (?:ever|that)\b/.test(after))
      return [{ type: "FIRST_EVER", since: undefined, start: at - 1, end: Math.min(end, at + 8) }];
    if (
      /^first (?:u\.s\.|[a-z.]+ )?(?:[\w’'.-]+ ){0,4}(?:to visit|visit (?:to [\w ]{2,20} )?by)\b/.test(after) &&
      !/\bsince\b/.test(after)
    )
      return [{ type: "FIRST_EVER", since: undefined, start: at - 1, end: Math.min(end, at + 10) }];
  }
  return [];
}

/** The date after "since", or the report's words if there is none. It also reads "in nine years". */
function sinceOf(context: Context, at: number, end: number): { value: string; end: number } | undefined {
  const { tokens } = context.reader.text;
  const story = context.header.storyDay;
  for (let index = at; index < end; index++) {
    const word = tokens[index]?.folded;
    if (word === "since") {
      const dates = findDates(tokens, index + 1, end);
      const [date] = dates;
      const value = date?.resolve(story, "past");
      if (date && value !== undefined) return { value: value.slice(0, value.length), end: date.end };
      let stop = index + 1;
      while (stop < end && stop < index + 14 && !/^[,.;]$/.test(tokens[stop]?.text ?? "")) stop++;
      return { value: textOf(context.reader.text, index + 1, stop), end: stop };
    }
    if (/^(?:in|for)$/.test(word ?? "") && /^years?$/.test(tokens[index + 2]?.folded ?? "") && story !== undefined) {
      const words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
      const text = tokens[index + 1]?.folded ?? "";
      const count = /^\d+$/.test(text) ? Number(text) : words.indexOf(text) + 1;
      if (count > 0) return { value: String(Number(story.slice(0, 4)) - count), end: index + 3 };
    }
  }
  return undefined;
}

/** A meeting that the report calls the last before this one is claimed as such of the main meeting of the same parties. */
export function previousOf(context: Context): { encounter: Encounter; of: Encounter }[] {
  const { encounters } = context.encounters;
  return encounters.flatMap((encounter) => {
    if (
      !encounter.isPrevious ||
      !context.ids.has(encounter) ||
      !/\b(?:last|previous|previously|most recent(?:ly)?)\b/.test(context.list.words(encounter.span))
    )
      return [];
    const parties = new Set(encounter.participants.map((one) => one.party));
    const of = encounters.find(
      (other) =>
        other !== encounter &&
        !other.isPrevious &&
        context.ids.has(other) &&
        [...parties].every((party) => other.participants.some((one) => one.party === party)),
    );
    return of ? [{ encounter, of }] : [];
  });
}
