import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import GithubSlugger from "github-slugger";
import { parse as parseGraphql } from "graphql";
import { lexer, Marked, type Tokens, type TokensList } from "marked";
import { escapeHtml } from "../lib/escape.js";
import { renderFrame } from "./frame.js";
import { html, Html } from "./html.js";
import { PAGE_STYLE } from "./style.js";

// The documentation of the project, from its own files.

/** Styles of the pages of the documentation. */
export const DOCS_STYLE = `${PAGE_STYLE}
.doc h2{margin-top:2.4rem}
.doc img{max-width:100%;height:auto;border:1px solid var(--line);border-radius:6px}
.doc code{font:.88em var(--mono);overflow-wrap:anywhere}
.doc pre code{font:inherit}
.doc pre+p.try{margin-top:-.3rem;font-size:.93rem}
.doc .contents{margin:0 0 1.6rem;border:1px solid var(--line);border-radius:7px;padding:.8rem 1.1rem;max-width:44rem}
.doc .contents h2{border:0;margin:0 0 .3rem;padding:0;font-size:1rem}
.doc .contents ul{columns:16rem 2;margin:0;padding-left:1.1rem}
`;

/** Lists of contents are for pages with at least so many sections. */
const LEAST_SECTIONS = 4;
/** Files outside `docs/` that the documentation links to, by their names under `/docs/`. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  changes: "CHANGELOG.md",
  contributing: "CONTRIBUTING.md",
  readme: "README.md",
  security: "SECURITY.md",
  seeds: "seeds/README.md",
};
const START = "docs/README.md";
const PICTURES: Readonly<Record<string, string>> = { png: "image/png", svg: "image/svg+xml" };

/** A picture of the documentation. */
export interface Picture {
  readonly type: string;
  readonly bytes: Buffer;
}

/** A page of the documentation. */
export interface DocsPage {
  readonly title: string;
  /** The first paragraph, for search engines. */
  readonly description: string;
  readonly address: string;
  readonly main: Html;
}

/** The pages and pictures of the documentation by their addresses. Each is read when it is first asked for. */
export interface Docs {
  readonly page: (address: string) => DocsPage | undefined;
  readonly picture: (address: string) => Picture | undefined;
  /** All addresses of pages. */
  readonly addresses: readonly string[];
}

/**
 * The documentation in a folder of the project.
 * @param hasPlayground Whether operations are linked to the playground.
 */
export function openDocs(root: string, { hasPlayground }: { readonly hasPlayground: boolean }): Docs {
  const files = filesIn(root);
  const pictures = picturesIn(root);
  const pages = new Map<string, DocsPage>();
  const addressOf = new Map([...files].map(([address, file]) => [file, address]));
  return {
    addresses: [...files.keys()],
    page(address) {
      const file = files.get(address);
      if (file === undefined) return undefined;
      const made = pages.get(address) ?? readPage(root, { file, address, addressOf, hasPlayground });
      pages.set(address, made);
      return made;
    },
    picture(address) {
      const [, path, ending = ""] = /^\/docs\/((?:images\/)?[a-z0-9.-]+\.(png|svg))$/.exec(address) ?? [];
      const type = PICTURES[ending];
      if (path === undefined || type === undefined || !pictures.has(path)) return undefined;
      return { type, bytes: readFileSync(join(root, "docs", path)) };
    },
  };
}

/** Renders a page of the documentation. */
export function renderDocs(
  page: DocsPage,
  { origin, hasPlayground }: Readonly<{ origin: string; hasPlayground: boolean }>,
): string {
  return renderFrame({
    title: `${page.title} · Sidelines`,
    description: page.description,
    style: DOCS_STYLE,
    hasPlayground,
    address: `${origin}${page.address}`,
    main: html`${page.address !== "/docs" && html`<p class="kind"><a href="/docs">Documentation</a></p>`}<div class="doc">${page.main}</div>`,
    footer: html`<span>An open record of defence diplomacy.</span>`,
  });
}

/** Files by the addresses of their pages. */
function filesIn(root: string): ReadonlyMap<string, string> {
  const markdown = (folder: string): string[] =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .sort()
      .map((name) => `${folder}/${name}`);
  return new Map([
    ["/docs", START],
    ...[...markdown("docs"), ...markdown("docs/decisions")]
      .filter((file) => file !== START)
      .map((file) => [`/${file.replace(/\.md$/, "")}`, file] as const),
    ...Object.entries(ELSEWHERE).map(([name, file]) => [`/docs/${name}`, file] as const),
  ]);
}

function picturesIn(root: string): ReadonlySet<string> {
  const names = (folder: string): string[] => readdirSync(join(root, "docs", folder));
  return new Set([...names("."), ...names("images").map((name) => `images/${name}`)]);
}

interface Source {
  readonly file: string;
  readonly address: string;
  readonly addressOf: ReadonlyMap<string, string>;
  readonly hasPlayground: boolean;
}

function readPage(root: string, source: Source): DocsPage {
  const tokens = lexer(readFileSync(join(root, source.file), "utf8"));
  const isTitle = (token: Tokens.Generic): boolean => token.type === "heading" && token["depth"] === 1;
  const title = plain(tokens.find(isTitle));
  const intro = tokens.find(({ type }) => type === "paragraph");
  const body = tokens.filter((token) => !isTitle(token) && !isOwnContents(token)) as TokensList;
  body.links = tokens.links;
  const sections: Section[] = [];
  const rendered = new Marked({ renderer: rendererFor(source, title, sections) }).parser(body);
  const main = html`<h1>${title}</h1>${contents(sections)}${new Html(rendered)}`;
  return { title, description: plain(intro).slice(0, 200), address: source.address, main };
}

/** A section of a page, for its list of contents. */
interface Section {
  readonly id: string;
  readonly heading: string;
}

function contents(sections: readonly Section[]): Html | null {
  if (sections.length < LEAST_SECTIONS) return null;
  const links = sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`);
  return html`<nav class="contents" aria-label="Contents"><h2>Contents</h2><ul>${links}</ul></nav>`;
}

/** Whether a list leads to sections of its own page only, as the list of contents does. */
function isOwnContents(token: Tokens.Generic): boolean {
  if (token.type !== "list") return false;
  return (token as Tokens.List).items.every(({ text }) => /^\[[^\]]*\]\(#[^)]*\)$/.test(text));
}

/** The text of a token without its marks. */
function plain(token: Tokens.Generic | undefined): string {
  if (token === undefined) return "";
  const inner = token.tokens;
  const text = inner && inner.length > 0 ? inner.map(plain).join("") : String((token as { text?: string }).text ?? "");
  return text.replace(/\s+/g, " ");
}

/**
 * Renders headings, links, pictures, code and tables as pages of the service have them.
 * @param sections Receives the sections, in the order in which they are rendered.
 */
function rendererFor({ file, addressOf, hasPlayground }: Source, title: string, sections: Section[]) {
  const slugs = new GithubSlugger();
  slugs.slug(title);
  let examples = 0;
  let tables = 0;
  const linked = (href: string): string | undefined => {
    if (/^(?:https?:|mailto:|#)/.test(href)) return href;
    const [path = "", anchor] = href.split("#");
    const target = normalize(join(dirname(file), decodeURIComponent(path))).replace(/\/$/, "");
    const found = addressOf.get(target) ?? (target === "docs/decisions" ? "/docs/architecture#decisions" : undefined);
    return found === undefined ? undefined : `${found}${anchor === undefined ? "" : `#${anchor}`}`;
  };
  return {
    heading(this: { parser: { parseInline: (tokens: Tokens.Generic[]) => string } }, token: Tokens.Heading): string {
      const level = String(token.depth);
      const heading = plain(token);
      const id = slugs.slug(heading);
      if (token.depth === 2) sections.push({ id, heading });
      return `<h${level} id="${id}">${this.parser.parseInline(token.tokens)}</h${level}>\n`;
    },
    link(this: { parser: { parseInline: (tokens: Tokens.Generic[]) => string } }, token: Tokens.Link): string {
      const text = this.parser.parseInline(token.tokens);
      const href = linked(token.href);
      // Files of the project that have no page here are named only.
      return href === undefined ? text : `<a href="${escapeHtml(href)}">${text}</a>`;
    },
    image({ href, text }: Tokens.Image): string {
      const path = /^https?:/.test(href) ? href : `/${normalize(join(dirname(file), href))}`;
      return `<img src="${escapeHtml(path)}" alt="${escapeHtml(text)}" loading="lazy">`;
    },
    code({ text, lang }: Tokens.Code): string {
      const shown = `<pre tabindex="0" role="region" aria-label="Example ${String(++examples)}"><code>${escapeHtml(text)}</code></pre>\n`;
      if (lang !== "graphql" || !hasPlayground || !isOperation(text)) return shown;
      const there = `/playground?${new URLSearchParams({ query: text }).toString()}`;
      return `${shown}<p class="try"><a href="${escapeHtml(there)}">Open in the playground</a></p>\n`;
    },
    table(this: { parser: { parseInline: (tokens: Tokens.Generic[]) => string } }, token: Tokens.Table): string {
      const cell = (name: "th" | "td", { tokens }: Tokens.TableCell): string =>
        `<${name}>${this.parser.parseInline(tokens)}</${name}>`;
      // A corner of the table is no heading.
      const head = token.header.map((one) => cell(one.text === "" ? "td" : "th", one)).join("");
      const rows = token.rows.map((row) => `<tr>${row.map((one) => cell("td", one)).join("")}</tr>\n`).join("");
      return `<div class="wide" tabindex="0" role="region" aria-label="Table ${String(++tables)}"><table><thead><tr>${head}</tr></thead>\n<tbody>${rows}</tbody></table></div>\n`;
    },
  };
}

/** Whether a text is an operation that the playground can show. */
function isOperation(text: string): boolean {
  try {
    return parseGraphql(text, { noLocation: true }).definitions.some(({ kind }) => kind === "OperationDefinition");
  } catch {
    return false;
  }
}
