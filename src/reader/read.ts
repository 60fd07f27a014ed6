import { parseSentence, type SentenceParse } from "./clauses.js";
import { EncounterReader } from "./encounters.js";
import { FactList, isProposable, writeEncounter } from "./facts.js";
import { readHeader, setPlaceLookup } from "./header.js";
import { MentionReader } from "./mentions.js";
import { placeAt, type Place } from "./places.js";
import { RestReader, type Context } from "./rest.js";
import { splitText, textOf } from "./text.js";
import type { NotUnderstood, Reading, ReadOptions } from "./types.js";

setPlaceLookup((name, _reader): Place | undefined => {
  const text = splitText(name);
  const reader = new MentionReader(text, undefined, undefined);
  return placeAt(reader, 0, text.tokens.length)?.place;
});

/** Words by which a sentence reports an encounter. */
const eventWords =
  /\b(?:met|meets?|meeting|meetings|talks|summit|dialogue|discussions|conversation|consultations|hosted|hosts|received|phone call|telephone call|spoke (?:with|to)|sat down|called on|pull-aside|counterparts?)\b/gi;

/**
 * Reads a report: from its text to proposed facts with exact quotes. Deterministic and offline; the same input gives
 * the same output.
 * @param source the plain text of one report.
 */
export function readReport(source: string, options: ReadOptions = {}): Reading {
  const text = splitText(source);
  const reader = new MentionReader(text, options.names, undefined);
  const header = readHeader(reader, options);
  reader.home = header.home;
  reader.register();
  const encounters = new EncounterReader(reader, header);
  const list = new FactList(reader);
  const context: Context = { reader, header, encounters, list, ids: new Map() };
  const rest = new RestReader(context);
  const parses: SentenceParse[] = [];
  for (const [index, sentence] of header.sentences.entries()) {
    if (sentence.zone !== "body") {
      encounters.currentAt[index] = encounters.current;
      continue;
    }
    const parse = parseSentence(reader, sentence);
    parses[index] = parse;
    encounters.readSentence(parse, index);
    rest.readSentence(parse, index);
  }
  encounters.finish();
  for (const encounter of encounters.encounters)
    if (isProposable(encounter)) context.ids.set(encounter, writeEncounter(encounter, list));
  rest.write();
  const { notUnderstood, eventSentences } = openSentences(parses, encounters, reader);
  return {
    ...(header.publishedOn === undefined ? {} : { publishedOn: header.publishedOn }),
    ...(header.datelineText === undefined ? {} : { dateline: header.datelineText }),
    facts: list.facts,
    notUnderstood,
    eventSentences,
  };
}

/** Sentences with a word for an encounter that no frame explains. */
function openSentences(
  parses: readonly (SentenceParse | undefined)[],
  encounters: EncounterReader,
  reader: MentionReader,
): { notUnderstood: NotUnderstood[]; eventSentences: number } {
  const notUnderstood: NotUnderstood[] = [];
  let eventSentences = 0;
  for (const [index, parse] of parses.entries()) {
    if (!parse) continue;
    const { start, end } = parse.sentence;
    const sentence = textOf(reader.text, start, end);
    const words = [...new Set([...sentence.matchAll(eventWords)].map((match) => match[0].toLowerCase()))];
    if (words.length === 0) continue;
    eventSentences++;
    const first = reader.text.tokens[start];
    if (!encounters.understood.has(index) && first) notUnderstood.push({ at: first.start, text: sentence, words });
  }
  return { notUnderstood, eventSentences };
}
