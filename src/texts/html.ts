import { Readability } from "@mozilla/readability";
import { Parser } from "htmlparser2";
import { parseHTML } from "linkedom";
import { decodePage } from "./encodings.js";
import { TextError } from "./errors.js";
import { joinParagraphs, type ExtractedText } from "./extracted.js";

/** The part of the DOM that is used here; the service is compiled without the types of browsers. */
interface PageNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
}

interface PageElement extends PageNode {
  readonly tagName: string;
  getAttribute(name: string): string | null;
  contains(other: PageElement): boolean;
  closest(selector: string): PageElement | null;
  remove(): void;
}

interface Page {
  readonly documentElement: PageElement;
  readonly body: PageElement;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  cloneNode(isDeep: boolean): Page;
}

/** Elements without words of the report. */
const withoutWords =
  "script,style,noscript,template,svg,math,canvas,iframe,object,embed,audio,video,map,dialog,nav,aside,button,input,select," +
  'textarea,[hidden],[aria-hidden="true"],[role="navigation"],[role="complementary"],[role="search"],[role="dialog"],' +
  '[role="menu"],[role="toolbar"],[role="alert"]';

/** Elements of the page around the report, unless the report itself has them. */
const aroundReport = 'header,footer,[role="banner"],[role="contentinfo"]';

const reportElements = 'article,main,[role="main"],[role="article"]';

/** The fewest characters of a report, below which a page's own marking of it is not believed. */
const shortestReport = 200;

/** Elements that are paragraphs of their own. */
const blocks = new Set(
  (
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 " +
    "h6 header hr li main ol p pre section summary table tbody tfoot thead tr ul"
  ).split(" "),
);

/** The text of a page in HTML, without what surrounds the report. */
export function htmlText(bytes: Uint8Array, name: string): ExtractedText {
  return pageText(decodePage(bytes, name), name);
}

/**
 * The text of a page. Nothing that it refers to is loaded, and no script is run.
 * @throws TextError for a page without words.
 */
export function pageText(html: string, name: string): ExtractedText {
  checkSize(html, name);
  // Without a body, words would come to lie beside the document.
  const whole = /<body\b/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
  const { document } = parseHTML(whole) as unknown as { readonly document: Page };
  const facts = factsOf(document);
  const heading = squeeze(document.querySelector("h1")?.textContent ?? "");
  for (const element of document.querySelectorAll(withoutWords)) element.remove();
  for (const element of document.querySelectorAll("[style]"))
    if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.getAttribute("style") ?? "")) element.remove();
  for (const element of document.querySelectorAll(aroundReport)) if (!element.closest(reportElements)) element.remove();
  const root = reportOf(document);
  const paragraphs = paragraphsOf(root);
  if (paragraphs.length === 0)
    throw new TextError(
      `"${name}" has no words in its HTML; a script may add them. Copy the text from the browser and paste it.`,
    );
  const title = heading !== "" ? heading : facts.title;
  const isTitled = title === undefined || paragraphs.slice(0, 3).some((paragraph) => squeeze(paragraph) === title);
  return { ...facts, title, text: joinParagraphs(isTitled ? paragraphs : [title, ...paragraphs]) };
}

/** Elements of a page, and levels of elements within others; more of them take too long to read. */
const [mostElements, mostLevels] = [200_000, 1_000];

function checkSize(html: string, name: string): void {
  let [elements, level] = [0, 0];
  const parser = new Parser({
    onopentagname() {
      elements += 1;
      level += 1;
      if (elements <= mostElements && level <= mostLevels) return;
      // The parser takes long for such pages, so that it is stopped at once.
      const message = `"${name}" has more than ${String(mostElements)} elements, or more than ${String(mostLevels)} within each other. Copy its text and paste it.`;
      throw new TextError(message);
    },
    onclosetag() {
      level -= 1;
    },
  });
  parser.end(html);
}

/** The element of the report: the one that the page marks, or the one with most sentences. */
function reportOf(document: Page): PageElement {
  const marked = [...document.querySelectorAll(reportElements)].filter(
    (element) => squeeze(element.textContent ?? "").length >= shortestReport,
  );
  // The innermost mark that holds all the others or is the only one.
  const innermost = marked.filter((element) => !marked.some((other) => other !== element && element.contains(other)));
  if (innermost.length === 1 && innermost[0]) return innermost[0];
  const outer = marked.find((element) => innermost.every((other) => element.contains(other)));
  if (outer) return outer;
  // The library names the types of browsers, which the service is compiled without.
  const readable = new Readability<PageElement>(document.cloneNode(true), {
    serializer: (element: unknown) => element as PageElement,
    maxElemsToParse: mostElements,
  }).parse();
  const content = readable?.content;
  const all = document.body;
  if (!content || squeeze(content.textContent ?? "").length < shortestReport) return all;
  return content;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The paragraphs below an element, in the order of the page. */
function paragraphsOf(root: PageElement): string[] {
  const paragraphs: string[] = [];
  let current = "";
  const close = (): void => {
    // Two line breaks in a row end a paragraph.
    for (const part of current.split(/\n\s*\n/)) if (part.trim() !== "") paragraphs.push(part);
    current = "";
  };
  const visit = (node: PageNode, isVerbatim: boolean): void => {
    if (node.nodeType === 3) {
      const words = node.textContent ?? "";
      current += isVerbatim ? words : words.replace(/[\s\u200b]+/g, " ").replaceAll("\u00ad", "");
      return;
    }
    if (node.nodeType !== 1) return;
    const element = node as PageElement;
    const name = element.tagName.toLowerCase();
    if (name === "br") {
      current = `${current.replace(/ +$/, "")}\n`;
      return;
    }
    if (name === "sup" && /^\[?\d{1,3}\]?$/.test(squeeze(element.textContent ?? ""))) return;
    const isBlock = blocks.has(name);
    if (isBlock) close();
    if (name === "q") current += "“";
    for (const child of element.childNodes) visit(child, isVerbatim || name === "pre");
    if (name === "q") current += "”";
    if (name === "td" || name === "th") current += "\t";
    if (isBlock) close();
  };
  visit(root, false);
  close();
  return paragraphs.map((paragraph) => paragraph.replace(/ *\t */g, " ").trim());
}

/** The facts about a page in its head. */
function factsOf(document: Page): Omit<ExtractedText, "text"> {
  const meta = (...names: string[]): string | undefined => {
    for (const name of names) {
      const element = document.querySelector(`meta[property="${name}"],meta[name="${name}"],meta[itemprop="${name}"]`);
      const content = squeeze(element?.getAttribute("content") ?? "");
      if (content !== "") return content.slice(0, 500);
    }
    return undefined;
  };
  const data = linkedFacts(document);
  const published =
    meta("article:published_time", "datePublished", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date") ??
    data.publishedOn ??
    document.querySelector("article time[datetime],main time[datetime]")?.getAttribute("datetime") ??
    undefined;
  const canonical = meta("og:url") ?? document.querySelector('link[rel="canonical"]')?.getAttribute("href");
  const language = document.documentElement.getAttribute("lang") ?? "";
  const day = dayOf(published);
  return {
    title: meta("og:title") ?? data.title ?? textOrNone(document.querySelector("title")?.textContent),
    publisher: meta("og:site_name", "dcterms.publisher", "dc.publisher") ?? data.publisher,
    publishedOn: day,
    url: /^https?:\/\//i.test(canonical ?? "") ? (canonical ?? undefined) : undefined,
    language: /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language) ? language : undefined,
  };
}

function textOrNone(text: string | null | undefined): string | undefined {
  const squeezed = squeeze(text ?? "");
  return squeezed === "" ? undefined : squeezed;
}

/** The day of a time stamp, in the time zone that it was written in. */
export function dayOf(stamp: string | undefined): string | undefined {
  const day = /^(\d{4}-\d\d-\d\d)(?:[T ]|$)/.exec(stamp?.trim() ?? "")?.[1];
  return day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ? day : undefined;
}

/** Headline, publisher and day of an article in JSON-LD. */
function linkedFacts(document: Page): Pick<ExtractedText, "title" | "publisher" | "publishedOn"> {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    for (const item of itemsIn(script.textContent ?? "")) {
      const { headline, datePublished, publisher } = item;
      if (typeof headline !== "string" && typeof datePublished !== "string") continue;
      const { name } = (publisher ?? {}) as { readonly name?: unknown };
      return {
        title: typeof headline === "string" ? textOrNone(headline) : undefined,
        publisher: typeof name === "string" ? textOrNone(name) : undefined,
        publishedOn: typeof datePublished === "string" ? datePublished : undefined,
      };
    }
  }
  return {};
}

function itemsIn(json: string): Readonly<Record<string, unknown>>[] {
  try {
    const found: unknown = JSON.parse(json);
    const items: unknown[] = Array.isArray(found)
      ? found
      : [found, ...(((found as Record<string, unknown> | null)?.["@graph"] as unknown[] | undefined) ?? [])];
    return items.filter((item): item is Record<string, unknown> => typeof item === "object" && item !== null);
  } catch {
    // The page is read without it.
    return [];
  }
}
