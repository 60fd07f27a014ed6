import { balanced, isolated, layoutIsAtRisk, scriptDirection } from "../lib/directions.js";

/** HTML that may be sent as it is: everything in it that came from elsewhere is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: HTML as it is, anything else as text; nothing for null, undefined and false. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * A template for HTML. Whatever is put in is text unless it is `Html`, and safe between tags and in quoted attributes.
 * Lists are joined without anything between. Text that would affect the layout of the text around it, because it is
 * written from right to left or holds direction marks, is isolated: in `<bdi>`, or by characters where no tag may stand.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const contexts = contextsOf(strings);
  return new Html(strings.reduce((text, string, index) => text + textOf(contents[index - 1], contexts[index - 1]) + string));
}

/** Text between tags of an element that has a direction of its own, so that it is not isolated. */
export function bare(text: string): Html {
  return new Html(escapeHtml(balanced(text)));
}

/** Pieces of a text that belong together; isolated as a whole if the text has to be. */
export function inOneRun(text: string, pieces: Html): Html {
  return layoutIsAtRisk(text) ? html`<bdi>${pieces}</bdi>` : pieces;
}

/** The attribute by which an element takes the direction of its text, for text that would otherwise be isolated in it. */
export function inOwnDirection(text: string): Html | null {
  return layoutIsAtRisk(text) ? html` dir="auto"` : null;
}

/** Contents with something between them, leaving out what is nothing. */
export function joined(contents: readonly Content[], between: Content): Html {
  return new Html(
    contents
      .map((content) => textOf(content))
      .filter((text) => text !== "")
      .join(textOf(between)),
  );
}

/**
 * The attributes that tell the language of what is not in that of the pages, English, and the direction of one that is
 * written from right to left; nothing where it is not known.
 */
export function inLanguage(language: string | null): Html | null {
  if (language === null || /^en(-|$)/i.test(language)) return null;
  return html` lang="${language}"${scriptDirection(language) === "rtl" && html` dir="rtl"`}`;
}

/** Text that is safe inside HTML, also in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** The place of an interpolation: between tags; in an element for text only; in an attribute that people read; in another. */
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
 * An address that somebody may follow.
 * @returns null for anything but an address on the web, so that no page leads to a script or a file.
 */
export function webAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  return /^https?:$/.test(new URL(address).protocol) ? address : null;
}
