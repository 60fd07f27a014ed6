import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Scalar,
} from "yaml";
import type { Step } from "../lib/faults.js";

/** A line and a column of a file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML syntax error. */
export interface SyntaxFault {
  readonly position: Position;
  readonly message: string;
}

/** A file as values, with the position of each. */
export interface PositionedFile {
  /** Maps as objects without prototype, lists as arrays; every scalar is text, true, false or null. */
  readonly value: unknown;
  /** The position of a value; for an unknown path, that of its last existing step. */
  positionOf(path: readonly Step[]): Position;
  readonly faults: readonly SyntaxFault[];
}

interface Located {
  readonly offset: number;
  readonly inside: Map<Step, Located>;
}

// Packs nest to six levels; this is far beyond, and far below what would exhaust the stack.
const deepest = 50;
const mostFaults = 100;

/**
 * Reads YAML (JSON is YAML) and keeps where everything stands. Numbers and dates stay text as written, so that `2024-10`
 * or `007` loses nothing; only true, false and null are more than text. Anchors, aliases and tags are no part of a
 * pack: what a file says should be where it is said, and cannot grow when it is read.
 */
export function readPositioned(text: string): PositionedFile {
  const lines = new LineCounter();
  const faults: SyntaxFault[] = [];
  const root: Located = { offset: 0, inside: new Map() };
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const report = (offset: number, message: string): void => {
    if (faults.length < mostFaults) faults.push({ position: position(offset), message });
  };

  const nesting = nestingOf(text);
  let value: unknown;
  if (nesting !== undefined) {
    faults.push({ position: { line: 1, column: 1 }, message: nesting });
  } else {
    const document = parsed(text, lines);
    if (document === undefined) report(0, "nests too deep");
    for (const { pos, message } of [...(document?.errors ?? []), ...(document?.warnings ?? [])])
      report(pos[0], message);
    value = document === undefined || faults.length > 0 ? undefined : plain(document.contents, root, 0);
  }

  function plain(node: Node | null, located: Located, depth: number): unknown {
    if (node === null) return null;
    const offset = node.range?.[0] ?? 0;
    if (depth > deepest) return fail(offset, `nests deeper than ${String(deepest)} levels`);
    if (isAlias(node))
      return fail(offset, `*${node.source} refers to an anchor; a pack says everything where it belongs`);
    if ("anchor" in node && node.anchor !== undefined) report(offset, `&${node.anchor} is an anchor; a pack has none`);
    if (node.tag !== undefined && node.tag !== null && !node.tag.startsWith("tag:yaml.org,2002:"))
      report(offset, `${node.tag} is a tag; a pack has none`);
    if (isMap(node)) return plainMap(node.items, located, depth);
    if (isSeq(node))
      return node.items.map((item, index) =>
        plain(item as Node, locate(located, index, offsetOf(item) ?? offset), depth + 1),
      );
    return isScalar(node) ? plainScalar(node) : fail(offset, "is nothing that a pack can hold");
  }

  function plainMap(items: readonly unknown[], located: Located, depth: number): unknown {
    const map = Object.create(null) as Record<string, unknown>;
    for (const item of items) {
      if (!isPair(item)) continue;
      const offset = offsetOf(item.key) ?? 0;
      const name = isScalar(item.key) ? String(item.key.value) : undefined;
      if (name === undefined) {
        report(offset, "a name has to be text");
        continue;
      }
      map[name] = plain(item.value as Node | null, locate(located, name, offset), depth + 1);
    }
    return map;
  }

  function fail(offset: number, message: string): null {
    report(offset, message);
    return null;
  }

  function positionOf(path: readonly Step[]): Position {
    let located = root;
    for (const step of path) {
      const next = located.inside.get(step);
      if (next === undefined) break;
      located = next;
    }
    return position(located.offset);
  }

  return { value, positionOf, faults };
}

function parsed(text: string, lines: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { schema: "failsafe", lineCounter: lines, prettyErrors: false, logLevel: "error" });
  } catch (error) {
    // The stack came to its end at what `nestingOf` did not see.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function locate(located: Located, step: Step, offset: number): Located {
  const inside: Located = { offset, inside: new Map() };
  located.inside.set(step, inside);
  return inside;
}

function offsetOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0];
}

// The core schema of YAML 1.2 without numbers. Quoted scalars are texts.
function plainScalar(node: Scalar): string | boolean | null {
  const text = String(node.value);
  if (node.type !== "PLAIN") return text;
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  return /^(?:false|False|FALSE)$/.test(text) ? false : text;
}

// The parser calls itself for every level, so that thousands of brackets would exhaust the stack before it can say so.
// Counts brackets without looking at quotes: a text may hold some that are not closed, but not by the thousand.
const mostBrackets = 500;

function nestingOf(text: string): string | undefined {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5b || unit === 0x7b) open += 1;
    else if ((unit === 0x5d || unit === 0x7d) && open > 0) open -= 1;
    if (open > mostBrackets) return `opens more than ${String(mostBrackets)} brackets without closing them`;
  }
  // Block collections nest by indentation: `- - - -` or ever deeper lines.
  const longest = /^(?:[ \t]*(?:- |\? ))+/gm;
  for (const match of text.matchAll(longest)) {
    if (match[0].replace(/[^-?]/g, "").length > deepest) return `nests deeper than ${String(deepest)} levels`;
  }
  return undefined;
}
