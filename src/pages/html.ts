import { escapeHtml } from "../lib/escape.js";
import { balanced, isolated, layoutIsAtRisk, scriptDirection } from "../lib/directions.js";

/** Safe HTML, in which all interpolated text is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/**
 * Values in a template. `Html` is inserted unchanged and other values as escaped text; null, undefined and false are
 * left out.
 */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * A template tag for HTML. Interpolated values are escaped unless they are `Html`; they are safe between tags and in
 * quoted attributes. Lists are joined without a separator. Text that could reorder the text around it, because it is
 * written right to left or contains direction marks, is isolated: in `<bdi>`, or by control characters where tags are
 * not allowed.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const contexts = contextsOf(strings);
  return new Html(
    strings.reduce((text, string, index) => text + textOf(contents[index - 1], contexts[index - 1]) + string),
  );
}

/** Text that is not isolated, for elements that set their own direction. */
export function bare(text: string): Html {
  return new Html(escapeHtml(balanced(text)));
}

/** Pieces of one text. They are isolated together if the text has to be. */
export function inOneRun(text: string, pieces: Html): Html {
  return layoutIsAtRisk(text) ? html`<bdi>${pieces}</bdi>` : pieces;
}

/** The `dir="auto"` attribute, for elements whose text would otherwise be isolated. */
export function inOwnDirection(text: string): Html | null {
  return layoutIsAtRisk(text) ? html` dir="auto"` : null;
}

/** Joins contents with a separator and leaves out empty ones. */
export function joined(contents: readonly Content[], between: Content): Html {
  return new Html(
    contents
      .map((content) => textOf(content))
      .filter((text) => text !== "")
      .join(textOf(between)),
  );
}

/**
 * The `lang` attribute for texts in other languages than English, with `dir` for right-to-left ones; null if the language
 * is unknown.
 */
export function inLanguage(language: string | null): Html | null {
  if (language === null || /^en(-|$)/i.test(language)) return null;
  return html` lang="${language}"${scriptDirection(language) === "rtl" && html` dir="rtl"`}`;
}

/** The place of an interpolation: between tags, in a text-only element, in an attribute that is read out, or in another attribute. */
type Context = "content" | "text" | "words" | "value";

const contextsOfTemplates = new WeakMap<TemplateStringsArray, readonly Context[]>();

function contextsOf(strings: TemplateStringsArray): readonly Context[] {
  const known = contextsOfTemplates.get(strings);
  if (known) return known;
  let before = "";
  const contexts = strings.slice(0, -1).map((string) => contextAfter((before += string)));
  contextsOfTemplates.set(strings, contexts);
  return contexts;
}

const readAttributes: ReadonlySet<string> = new Set(["title", "aria-label", "alt", "content", "placeholder", "label"]);

function contextAfter(before: string): Context {
  const [, attribute] = /([\w:-]+)="[^"]*$/.exec(before) ?? [];
  if (attribute !== undefined) return readAttributes.has(attribute) ? "words" : "value";
  return /<(?:title|option|textarea|text|tspan)\b[^<>]*>[^<]*$/.test(before) ? "text" : "content";
}

function textOf(content: Content, context: Context = "content"): string {
  if (content === null || content === undefined || content === false) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map((one) => textOf(one, context)).join("");
  const text = String(content);
  if (context === "value" || !layoutIsAtRisk(text)) return escapeHtml(text);
  return context === "content" ? `<bdi>${escapeHtml(balanced(text))}</bdi>` : escapeHtml(isolated(text));
}

/**
 * An address that is safe to link to.
 * @returns null for other schemes than HTTP, so that no page links to a script or a file.
 */
export function webAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  return /^https?:$/.test(new URL(address).protocol) ? address : null;
}
