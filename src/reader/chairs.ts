import type { SentenceParse } from "./clauses.js";
import { findDates } from "./dates.js";
import { forumAt } from "./forums.js";
import type { Context } from "./rest.js";
import { textOf } from "./text.js";
import type { Span } from "./types.js";

/** A state that chairs a forum, or belongs to it in some role. */
export interface Chair extends Span {
  readonly forum: string;
  readonly party: string;
  readonly term: string | undefined;
  readonly role: string | undefined;
}

/** "India holds the chairmanship of the SCO in 2023", "Indonesia will chair the ADMM-Plus in 2023" */
export function readChairs(context: Context, parse: SentenceParse): Chair[] {
  const found: Chair[] = [];
  for (const clause of parse.clauses) {
    const { verb } = clause;
    if (clause.subject?.type !== "people" || verb.passive || verb.mode === "wish" || verb.mode === "negated") continue;
    const party =
      clause.subject.mentions.length === 1 && clause.subject.mentions[0]?.head === "party"
        ? clause.subject.mentions[0].party
        : undefined;
    if (party === undefined) continue;
    const end = Math.max(clause.end, verb.end);
    const words = context.list.words({ start: verb.start, end });
    const isChair =
      verb.lemma === "chair" ||
      (/^(?:hold|assume|take|have)$/.test(verb.lemma) &&
        /\b(?:chair|chairmanship|presidency|rotating presidency)\b/.test(words));
    if (!isChair) continue;
    const forum = forumIn(context, verb.end, end);
    if (forum === undefined) continue;
    const date = findDates(context.reader.text.tokens, verb.start, end)[0];
    const value = date?.resolve(context.header.storyDay, verb.tense === "future" ? "future" : "past");
    found.push({ start: clause.start, end, forum, party, term: value?.slice(0, 4), role: undefined });
  }
  found.push(...observers(context, parse));
  return found;
}

function forumIn(context: Context, start: number, end: number): string | undefined {
  for (let index = start; index < end; index++) {
    const forum = forumAt(context.reader, index, end);
    if (forum) return forum.acronym ?? forum.name;
    const organization = context.reader.meaningOf(index, end, "organization");
    if (organization) return textOf(context.reader.text, index, organization.end);
  }
  return undefined;
}

/** "Belarus and Iran, at present observers in the SCO" */
function observers(context: Context, parse: SentenceParse): Chair[] {
  const { tokens } = context.reader.text;
  for (let index = parse.sentence.start; index < parse.sentence.end; index++) {
    if (!/^observers?$/.test(tokens[index]?.folded ?? "")) continue;
    const forum = forumIn(context, index + 1, Math.min(parse.sentence.end, index + 5));
    const people = [...parse.items]
      .reverse()
      .find((item) => item.type === "people" && item.end <= index && item.end >= index - 6);
    if (forum === undefined || people?.type !== "people" || people.mentions.some((mention) => mention.head !== "party"))
      continue;
    return people.mentions.flatMap((mention) =>
      mention.party === undefined
        ? []
        : [{ start: people.start, end: index + 4, forum, party: mention.party, term: undefined, role: "OBSERVER" }],
    );
  }
  return [];
}
