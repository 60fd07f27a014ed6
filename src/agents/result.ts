import { ToolError } from "./ask.js";
import type { Certainty, MeetingItem, Mention, Source } from "./shapes.js";

/** The result of a tool: what its output schema describes, and the same as text for clients that read only text. */
export interface Result<T> {
  readonly structured: T;
  readonly text: string;
}

/** Bytes of a result unless more is asked for, and the most that can be asked for. */
export const RESULT_BYTES = 8_000;
export const MOST_RESULT_BYTES = 64_000;

/** The limit of every answer; part of every result. */
export const INCOMPLETE = "The record is not complete: what is missing here may have happened all the same.";

/** The bytes of a result as it is sent. */
export function bytesOf({ structured, text }: Result<unknown>): number {
  return Buffer.byteLength(JSON.stringify({ content: [{ type: "text", text }], structuredContent: structured }));
}

/**
 * The first of some results, from the longest to the shortest, that is small enough.
 * @throws ToolError if even the shortest is too large.
 */
export function fitting<T>(results: Iterable<Result<T>>, maxBytes: number): Result<T> {
  let least = Infinity;
  for (const result of results) {
    const bytes = bytesOf(result);
    if (bytes <= maxBytes) return result;
    least = Math.min(least, bytes);
  }
  throw new ToolError(
    "LIMIT_EXCEEDED",
    `The shortest result has ${least} bytes, but maxBytes allows ${maxBytes}. Give a larger maxBytes, at most ${MOST_RESULT_BYTES}.`,
  );
}

/** An entry of a list with its cursor. */
export interface Entry<I> {
  readonly cursor: string;
  readonly item: I;
}

/**
 * A page of a list that is small enough: entries at its end are left for the next page; if one alone is too large, its
 * sources are.
 */
export function fittingPage<I extends object, T>(
  { entries, hasNextPage, maxBytes, lean = withoutSources }: Page<I>,
  build: (items: readonly I[], next: string | null) => Result<T>,
): Result<T> {
  function* pages(): Generator<Result<T>> {
    for (let count = entries.length; count > 0; count -= 1) {
      const isCut = count < entries.length || hasNextPage;
      const kept = entries.slice(0, count);
      yield build(
        kept.map(({ item }) => item),
        isCut ? (kept.at(-1)?.cursor ?? null) : null,
      );
    }
    const [first] = entries;
    if (!first) yield build([], null);
    else yield build([lean(first.item)], entries.length > 1 || hasNextPage ? first.cursor : null);
  }
  return fitting(pages(), maxBytes);
}

export interface Page<I> {
  readonly entries: readonly Entry<I>[];
  readonly hasNextPage: boolean;
  readonly maxBytes: number;
  /** An entry in its shortest form; without its sources by default. */
  readonly lean?: (item: I) => I;
}

function withoutSources<I extends object>(item: I): I {
  return "sources" in item ? { ...item, sources: [] } : item;
}

/** Text of the parts that all results have. */
export function textOf(
  {
    answer,
    notes,
    coverage,
    next,
  }: { answer: string; notes: readonly string[]; coverage: string; next?: string | null },
  lines: readonly string[],
): string {
  return [
    answer,
    ...lines,
    ...notes.map((note) => `Note: ${note}`),
    coverage,
    ...(typeof next === "string" ? [`More follows: repeat the call with after: "${next}".`] : []),
  ].join("\n");
}

/** A source on one line: the quote, and where it is from. */
export function sourceLine({ stance, quote, locator, publisher, publishedOn, link }: Source): string {
  const words = quote === undefined ? (locator ?? "text not held") : `“${quote}”`;
  const from = [publisher, publishedOn].filter((part) => part !== undefined).join(", ");
  return `  ${stance === "DISPUTES" ? "Disputed by" : "Source"}: ${words} (${from}) ${link}`;
}

/** A meeting on one line, with its first source below. */
export function meetingLines(meeting: Mention & Partial<MeetingItem>): string[] {
  const { title, on, endsOn, status, place, participants = [], conflicts = [], sources = [], link } = meeting;
  const days = on === null ? "undated" : endsOn === undefined ? on : `${on} to ${endsOn}`;
  const [first] = sources;
  return [
    `- ${days}: ${title}${place === undefined ? "" : `, ${place}`} [${status}] ${link}`,
    ...(participants.length > 0 ? [`  Participants: ${participants.join("; ")}`] : []),
    ...(first ? [sourceLine(first)] : []),
    ...conflicts.map((conflict) => `  Conflict: ${conflict}`),
  ];
}

/** The certainty of a list: the worst of what is in it. */
export function worstOf(found: Iterable<Certainty>): Certainty {
  const all = new Set(found);
  if (all.has("DISPUTED")) return "DISPUTED";
  if (all.has("UNCERTAIN")) return "UNCERTAIN";
  return all.has("RECORDED") ? "RECORDED" : "NOT_RECORDED";
}
