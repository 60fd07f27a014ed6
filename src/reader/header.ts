import { findDates } from "./dates.js";
import type { MentionReader } from "./mentions.js";
import { placeAt, type Place } from "./places.js";
import { isCapitalized, textOf, type Sentence, type Text } from "./text.js";
import type { ReadOptions } from "./types.js";

/** Metadata of a report: its day, dateline, and agency or ministry. */
export interface Header {
  readonly publishedOn: string | undefined;
  /** The day that "today" and weekdays are counted from: the day of the dateline. */
  readonly storyDay: string | undefined;
  readonly dateline: Place | undefined;
  readonly datelineText: string | undefined;
  /** The party that titles without a state belong to. */
  readonly home: string | undefined;
  readonly sentences: readonly Sentence[];
}

/** Home states of agencies and publishers, by a part of their name or address. */
const homes: readonly (readonly [RegExp, string])[] = [
  [/\b(?:PTI|ANI|IANS|PIB)\b|press information bureau|\.in\b|times of india|the hindu/i, "IND"],
  [/\bVNA\b|vietnamplus|\.vn\b/i, "VNM"],
  [/xinhua|chinadaily|globaltimes|people\.cn|\.cn\b|china military/i, "CHN"],
  [/yonhap|yna\.co\.kr|korea herald|kbs\.co|\.kr\b/i, "KOR"],
  [/bernama|\.my\b/i, "MYS"],
  [/\bTASS\b|sputnik|interfax|\.ru\b/i, "RUS"],
  [/anadolu|dailysabah|\.tr\b/i, "TUR"],
  [/\bPNA\b|philippine news agency|\.ph\b/i, "PHL"],
  [/\bAPP\b|\bISPR\b|\.pk\b/, "PAK"],
  [/kyodo|\bNHK\b|\.jp\b/i, "JPN"],
  [/\bSPA\b|\.sa\b/, "SAU"],
  [/\bWAM\b|\.ae\b/, "ARE"],
  [/\bQNA\b|\.qa\b/, "QAT"],
  [/\bKUNA\b/, "KWT"],
  [/\bBSS\b|\.bd\b/, "BGD"],
  [/\bRSS\b|\.np\b/, "NPL"],
  [/defense\.gov|\.mil\b|pentagon|department of defense|department of war/i, "USA"],
  [/\bgov\.uk\b/i, "GBR"],
  [/\.gov\.au\b|\.au\b/i, "AUS"],
  [/antara/i, "IDN"],
  [/ukrinform|\.ua\b/i, "UKR"],
  [/\bMINDEF\b|\.sg\b/, "SGP"],
];

function homeOf(text: string): string | undefined {
  return homes.find(([pattern]) => pattern.test(text))?.[1];
}

export function readHeader(reader: MentionReader, options: ReadOptions): Header {
  const { text } = reader;
  const sentences = text.sentences.map((sentence) => ({ ...sentence }));
  let day: string | undefined;
  let place: Place | undefined;
  let datelineText: string | undefined;
  let agency: string | undefined;
  let bodySeen = 0;
  for (const [index, sentence] of text.sentences.entries()) {
    if (sentence.zone !== "body") {
      const line = readLine(reader, sentence);
      day ??= line.day;
      if (line.day === undefined && sentence.zone === "dateline")
        day ??= withYear(reader, sentence, options.publishedOn);
      if (line.place && sentence.zone === "dateline") {
        place ??= line.place;
        datelineText ??= line.words;
      }
      continue;
    }
    if (bodySeen++ > 3) break;
    const line = leadOf(reader, sentence);
    if (!line) continue;
    day ??= line.day;
    place ??= line.place;
    datelineText ??= line.words;
    agency ??= homeOf(textOf(text, sentence.start, line.end));
    (sentences[index] as { start: number }).start = line.end;
    break;
  }
  const publishedOn = options.publishedOn ?? day;
  const given = options.dateline === undefined ? undefined : placeOfName(reader, options.dateline);
  const dateline = given ?? place;
  const sources = [options.publisher, options.url].filter((value) => value !== undefined).join(" ");
  const ofPublisher = sources === "" ? undefined : homeOf(sources);
  const firstLines = text.source.slice(0, 400);
  const home =
    ofPublisher ??
    agency ??
    (/pentagon press secretary|readout of (?:acting )?secretary of (?:defense|war)/i.test(firstLines)
      ? "USA"
      : undefined) ??
    dateline?.country;
  return {
    publishedOn,
    storyDay: day ?? publishedOn,
    dateline,
    datelineText: options.dateline ?? datelineText,
    home,
    sentences: sentences.filter((sentence) => sentence.end > sentence.start),
  };
}

let nameReader: ((name: string, reader: MentionReader) => Place | undefined) | undefined;

/** Lets the entry point say how a bare name is looked up, since that takes a text of its own. */
export function setPlaceLookup(lookup: (name: string, reader: MentionReader) => Place | undefined): void {
  nameReader = lookup;
}

function placeOfName(reader: MentionReader, name: string): Place | undefined {
  return nameReader?.(name, reader);
}

interface Lead {
  readonly end: number;
  readonly day: string | undefined;
  readonly place: Place | undefined;
  readonly words: string | undefined;
}

/** "November 27": the year of the day of publication. */
function withYear(reader: MentionReader, sentence: Sentence, publishedOn: string | undefined): string | undefined {
  const [date] = findDates(reader.text.tokens, sentence.start, sentence.end);
  const value = publishedOn === undefined ? undefined : date?.resolve(publishedOn, "past");
  return value !== undefined && value.length === 10 ? value : undefined;
}

/** A line that gives only a place and a day. */
function readLine(reader: MentionReader, sentence: Sentence): Lead {
  const { tokens } = reader.text;
  const dates = findDates(tokens, sentence.start, sentence.end);
  const day = dates
    .map((date) => (date.isRelative ? undefined : date.resolve(undefined, "near")))
    .find((value) => value !== undefined && /^\d{4}-\d\d-\d\d$/.test(value));
  const place = firstPlace(reader, sentence.start, sentence.end);
  return { end: sentence.end, day, place: place?.place, words: place?.words };
}

/** "MANILA, July 8 (PNA) -", "Siem Reap, Kingdom of Cambodia -", "New Delhi, Nov 20 (IANS)", "Canberra [Australia], April 6 (ANI):" */
function leadOf(reader: MentionReader, sentence: Sentence): Lead | undefined {
  const { text } = reader;
  const { tokens } = text;
  const limit = Math.min(sentence.end, sentence.start + 32);
  const end = leadEnd(text, sentence.start, limit);
  if (end === undefined) return undefined;
  const place = firstPlace(reader, sentence.start, end);
  const dates = findDates(tokens, sentence.start, end);
  const day = dates
    .map((date) => date.resolve(undefined, "near"))
    .find((value) => value !== undefined && /^\d{4}-\d\d-\d\d$/.test(value));
  const hasAgency = tokens.slice(sentence.start, end).some((token) => /^[(/]$/.test(token.text));
  if (!place && day === undefined && !hasAgency) return undefined;
  return { end, day, place: place?.place, words: place?.words };
}

/** The end of the lead: after a dash, "(IANS)", "(ANI):" or "/TASS/." */
function leadEnd(text: Text, start: number, limit: number): number | undefined {
  const { tokens } = text;
  let found: number | undefined;
  for (let index = start; index < limit; index++) {
    const token = tokens[index];
    const next = tokens[index + 1];
    if (!token || !next) break;
    if (/^[–—-]$/.test(token.text) && !token.glued && !next.glued)
      return isLead(text, start, index) ? index + 1 : found;
    if (/^[–—-]$/.test(token.text) && /^[–—-]$/.test(next.text)) return isLead(text, start, index) ? index + 2 : found;
    if (token.text === ")" && index > start + 1 && isLead(text, start, index)) {
      let end = index + 1;
      while (/^[-–—:.,]$/.test(tokens[end]?.text ?? "")) end++;
      found = end;
      if (tokens[index + 1]?.text === "-" || tokens[index + 1]?.text === ":" || isCapitalized(tokens[end])) {
        if (!/^[–—-]$/.test(tokens[end]?.text ?? "") && !hasDashSoon(tokens, end, limit)) return end;
      }
    }
    if (
      token.text === ":" &&
      index > start &&
      index < start + 12 &&
      isLead(text, start, index) &&
      /^\p{Lu}{3}/u.test(tokens[start]?.text ?? "")
    )
      return index + 1;
  }
  return found;
}

function hasDashSoon(tokens: Text["tokens"], from: number, limit: number): boolean {
  for (let index = from; index < Math.min(limit, from + 8); index++)
    if (/^[–—]$/.test(tokens[index]?.text ?? "")) return true;
  return false;
}

/** Whether words before a dash look like a lead: no lower-case words but "and" and "of". */
function isLead(text: Text, start: number, end: number): boolean {
  if (end - start < 1) return false;
  for (let index = start; index < end; index++) {
    const token = text.tokens[index];
    if (!token) return false;
    if (token.type === "word" && !isCapitalized(token) && !/^(?:of|and|the|de|date|al|news|agency)$/.test(token.folded))
      return false;
  }
  return true;
}

function firstPlace(reader: MentionReader, start: number, end: number): { place: Place; words: string } | undefined {
  const { tokens } = reader.text;
  for (let index = start; index < end; index++) {
    if (!isCapitalized(tokens[index])) continue;
    const shout = placeAt(reader, index, end);
    if (shout)
      return { place: shout.place, words: titleCase(textOf(reader.text, index, shout.end).split(",")[0] ?? "") };
  }
  return undefined;
}

function titleCase(words: string): string {
  return /^[\p{Lu} .-]+$/u.test(words)
    ? words.toLowerCase().replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1))
    : words;
}
