/** The two forms of an answer, as the GraphQL-over-HTTP specification names them. */
export type AnswerType = "application/json" | "application/graphql-response+json";

/** In the order of preference where a client has none. */
const OFFERED: readonly AnswerType[] = ["application/json", "application/graphql-response+json"];

interface Range {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

interface Fit {
  readonly quality: number;
  readonly specificity: number;
  readonly position: number;
}

/**
 * Which form of answer a client takes, by its Accept header (RFC 9110, section 12.5.1): the best quality wins, then the
 * more exact range, then the client's order. No header accepts anything; null means that nothing we have will do.
 */
export function chooseAnswerType(accept: string | undefined): AnswerType | null {
  if (accept === undefined || accept.trim() === "") return "application/json";
  const ranges = accept.split(",").flatMap(parseRange);
  let best: { type: AnswerType; fit: Fit } | null = null;
  for (const type of OFFERED) {
    const fit = fitOf(type, ranges);
    if (fit && fit.quality > 0 && (!best || isBetter(fit, best.fit))) best = { type, fit };
  }
  return best?.type ?? null;
}

/** Whether a client would rather have a page than data, as a browser's address bar does. */
export function prefersPage(accept: string | undefined): boolean {
  if (!accept?.includes("text/html")) return false;
  const ranges = accept.split(",").flatMap(parseRange);
  const page = fitOf("text/html", ranges);
  return (
    !!page &&
    OFFERED.every((type) => {
      const fit = fitOf(type, ranges);
      return !fit || isBetter(page, fit);
    })
  );
}

/** Whether a client takes an event stream; it has to say so in as many words. */
export function acceptsStream(accept: string | undefined): boolean {
  if (!accept?.includes("event-stream")) return false;
  return accept
    .split(",")
    .flatMap(parseRange)
    .some(({ type, subtype, quality }) => type === "text" && subtype === "event-stream" && quality > 0);
}

function parseRange(text: string): Range[] {
  const [media = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const [type, subtype] = media.split("/");
  if (!type || !subtype) return [];
  const weight = parameters.find((parameter) => parameter.startsWith("q="));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return [{ type, subtype, quality: Number.isFinite(quality) ? quality : 0 }];
}

/** The client's preference for a media type. The most specific matching range counts. */
function fitOf(media: string, ranges: readonly Range[]): Fit | null {
  const [type, subtype] = media.split("/");
  let best: Fit | null = null;
  ranges.forEach((range, position) => {
    const specificity =
      range.type === type
        ? range.subtype === subtype
          ? 2
          : range.subtype === "*"
            ? 1
            : -1
        : range.type === "*"
          ? 0
          : -1;
    if (specificity >= 0 && (!best || specificity > best.specificity))
      best = { quality: range.quality, specificity, position };
  });
  return best;
}

function isBetter(one: Fit, other: Fit): boolean {
  if (one.quality !== other.quality) return one.quality > other.quality;
  if (one.specificity !== other.specificity) return one.specificity > other.specificity;
  return one.position < other.position;
}

/** The media type of a request body. */
export interface BodyType {
  readonly essence: string;
  readonly charset: string | undefined;
}

/** The usual content type. */
const plainJson: BodyType = { essence: "application/json", charset: undefined };

/** Reads a Content-Type header; undefined when there is none. Names are lower-cased, quotes removed. */
export function parseContentType(header: string | undefined): BodyType | undefined {
  if (header === "application/json") return plainJson;
  if (header === undefined || header.trim() === "") return undefined;
  const [essence = "", ...parameters] = header.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  return { essence, charset: charset?.slice("charset=".length).replace(/^"(.*)"$/, "$1") };
}
