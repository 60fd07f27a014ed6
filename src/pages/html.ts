/** HTML that may be sent as it is: everything in it that came from elsewhere is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: HTML as it is, anything else as text; nothing for null, undefined and false. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * A template for HTML. Whatever is put in is text unless it is `Html`, and safe between tags and in quoted attributes.
 * Lists are joined without anything between.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(strings.reduce((text, string, index) => text + textOf(contents[index - 1]) + string));
}

/** Contents with something between them, leaving out what is nothing. */
export function joined(contents: readonly Content[], between: Content): Html {
  return new Html(
    contents
      .map(textOf)
      .filter((text) => text !== "")
      .join(textOf(between)),
  );
}

/** The attribute that tells the language of what is not in that of the pages, English; nothing where it is not known. */
export function inLanguage(language: string | null): Html | null {
  return language === null || /^en(-|$)/i.test(language) ? null : html` lang="${language}"`;
}

/** Text that is safe inside HTML, also in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

function textOf(content: Content): string {
  if (content === null || content === undefined || content === false) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(textOf).join("");
  return escapeHtml(String(content));
}

/**
 * An address that somebody may follow.
 * @returns null for anything but an address on the web, so that no page leads to a script or a file.
 */
export function webAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  return /^https?:$/.test(new URL(address).protocol) ? address : null;
}
