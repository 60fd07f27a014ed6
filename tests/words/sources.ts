import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse, visit } from "graphql";
import ts from "typescript";
import { packageRoot } from "../../src/lib/root.js";

/** A piece of prose: a paragraph, list item, table cell, description, comment, error message or test title. */
export interface Prose {
  /** The file, relative to the project, and the line: `docs/api.md:47`. */
  readonly place: string;
  readonly text: string;
  /** Whether the piece is a text on its own, so that long sentences count. Comments and titles are not. */
  readonly isPublished: boolean;
}

const read = (file: string): string => readFileSync(join(packageRoot(), file), "utf8");

const skipped = new Set(["node_modules", "generated", "dist", "data"]);

/** The files below a folder whose names end so, relative to the project, without generated ones; `depth` 0 is the folder alone. */
export function files(folder: string, ending: RegExp, depth = Infinity): string[] {
  return readdirSync(join(packageRoot(), folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return depth === 0 || skipped.has(entry.name) || entry.name.startsWith(".") ? [] : files(path, ending, depth - 1);
    return ending.test(entry.name) ? [path] : [];
  });
}

/** Inline code stands for a noun, and a link for its words. */
function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/`[^`]*`/g, "X")
    .replace(/<https?:[^>]*>/g, "X")
    .replace(/\*\*|__/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Parts of a page that a benchmark writes; its words belong to the program. */
const generated = /<!-- ((?:bench|torture)[^ ]*) -->[^]*?<!-- \/\1 -->/g;

/** The paragraphs, headings, list items and table cells of a Markdown text, without code blocks and generated parts. */
export function markdownProse(file: string, whole = read(file)): Prose[] {
  const text = whole.replace(generated, (part) => part.replace(/[^\n]/g, ""));
  const pieces: { line: number; text: string }[] = [];
  let fence: string | undefined;
  let isOpen = false;
  for (const [index, raw] of text.split("\n").entries()) {
    const marker = /^\s*(`{3,})/.exec(raw)?.[1];
    if (marker !== undefined) fence = fence === undefined ? marker : marker.length >= fence.length ? undefined : fence;
    const content = raw.replace(/^\s*(?:[-*+]|\d+\.|#+|>)\s+/, "");
    const startsPiece = content !== raw;
    if (fence !== undefined || marker !== undefined || raw.trim() === "" || raw.startsWith("<!--")) isOpen = false;
    else if (raw.trimStart().startsWith("|")) {
      for (const cell of raw.split(/(?<!\\)\|/).slice(1, -1)) pieces.push({ line: index + 1, text: cell });
      isOpen = false;
    } else if (isOpen && !startsPiece) (pieces.at(-1) as { text: string }).text += ` ${raw}`;
    else {
      pieces.push({ line: index + 1, text: content });
      isOpen = !raw.startsWith("#");
    }
  }
  return pieces.map((piece) => ({
    place: `${file}:${String(piece.line)}`,
    text: plain(piece.text),
    isPublished: true,
  }));
}

/** The descriptions of a GraphQL schema. */
export function schemaProse(file: string): Prose[] {
  const pieces: Prose[] = [];
  visit(parse(read(file)), {
    enter(node) {
      if (!("description" in node) || node.description?.kind !== Kind.STRING) return;
      const { value, loc } = node.description;
      for (const paragraph of value.split(/\n\s*\n|\n(?=\s*- )/)) {
        pieces.push({
          place: `${file}:${String(loc?.startToken.line ?? 0)}`,
          text: plain(paragraph.replace(/^\s*- /, "")),
          isPublished: true,
        });
      }
    },
  });
  return pieces;
}

/** The comments of an SQL text or a GraphQL document; lines that follow each other are one piece. */
export function lineComments(file: string, marker: "--" | "#"): Prose[] {
  const pieces: { line: number; text: string }[] = [];
  let last = -2;
  for (const [index, raw] of read(file).split("\n").entries()) {
    const comment = new RegExp(`^\\s*${marker}\\s?(.*)$`).exec(raw)?.[1];
    if (comment === undefined) continue;
    if (last === index - 1 && comment.trim() !== "") (pieces.at(-1) as { text: string }).text += ` ${comment}`;
    else pieces.push({ line: index + 1, text: comment });
    last = comment.trim() === "" ? -2 : index;
  }
  return pieces.map((piece) => ({
    place: `${file}:${String(piece.line)}`,
    text: plain(piece.text),
    isPublished: false,
  }));
}

/** The comments of a TypeScript file, and its texts: string literals with at least three words that are not code. */
export function typescriptProse(file: string): Prose[] {
  const text = read(file);
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const placeOf = (position: number): string =>
    `${file}:${String(source.getLineAndCharacterOfPosition(position).line + 1)}`;
  return [...commentsOf(source, placeOf), ...textsOf(source, placeOf)];
}

function commentsOf(source: ts.SourceFile, placeOf: (position: number) => string): Prose[] {
  const ranges = new Map<number, ts.CommentRange>();
  const collect = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [])
      ranges.set(range.pos, range);
    for (const range of ts.getTrailingCommentRanges(source.text, node.getEnd()) ?? []) ranges.set(range.pos, range);
    // Tokens too: a comment may stand before the `|` of a union.
    for (const child of node.getChildren(source)) collect(child);
  };
  collect(source);
  const pieces: { position: number; end: number; text: string }[] = [];
  for (const range of [...ranges.values()].sort((one, other) => one.pos - other.pos)) {
    const raw = source.text.slice(range.pos, range.end);
    if (range.kind === ts.SyntaxKind.MultiLineCommentTrivia) {
      const content = raw.replace(/^\/\*+|\*+\/$/g, "").replace(/^\s*\* ?/gm, "");
      for (const part of content.split(/\n\s*\n|^@\w+ (?:\{[^}]*\} )?(?:\w+ )?/m))
        pieces.push({ position: range.pos, end: -1, text: part });
    } else {
      const before = pieces.at(-1);
      const content = raw.replace(/^\/\/\s?/, "");
      if (before !== undefined && before.end >= 0 && /^\r?\n\s*$/.test(source.text.slice(before.end, range.pos))) {
        before.text += ` ${content}`;
        before.end = range.end;
      } else pieces.push({ position: range.pos, end: range.end, text: content });
    }
  }
  return pieces.map(({ position, text }) => ({ place: placeOf(position), text: plain(text), isPublished: false }));
}

/** Words that code in strings has and prose does not: SQL, GraphQL, markup, addresses. */
const code = /[{}<>]|\b(SELECT|INSERT|UPDATE|DELETE|CREATE|WHERE|RETURNING|FROM)\b|:\/\/|^[\w-]+(, ?[\w-]+)*$/;

function textsOf(source: ts.SourceFile, placeOf: (position: number) => string): Prose[] {
  const pieces: Prose[] = [];
  const visitNode = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && !/^(html|label)$/.test(node.tag.getText(source))) return;
    if (ts.isImportDeclaration(node) || isWordList(node)) return;
    const text = textOf(node);
    if (text !== undefined && text.split(/\s+/).length >= 3 && !code.test(text)) {
      pieces.push({ place: placeOf(node.getStart(source)), text: plain(text), isPublished: false });
    }
    ts.forEachChild(node, visitNode);
  };
  visitNode(source);
  return pieces;
}

/** Whether a node is a list of words, `"a b c".split(" ")`, which is data and not prose. */
function isWordList(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "split"
  );
}

/** The text of a string literal or template, with `X` for each value in it; undefined for other nodes. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `X${literal.text}`).join("");
}
