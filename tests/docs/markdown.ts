import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/lib/root.js";

/** A fenced block of a Markdown file. */
export interface Block {
  /** The file, relative to the project, and the line of the fence: `docs/api.md:47`. */
  readonly place: string;
  /** The first word after the fence: `graphql`. */
  readonly language: string;
  /** The rest of the line: `variables`, the name of a file. */
  readonly label: string;
  readonly text: string;
}

/** Folders that hold other people's files or none to read. */
const others = new Set(["node_modules", "dist", "data", "generated"]);

/** Every Markdown file of the project, relative to it. */
export function markdownFiles(folder = ""): string[] {
  return readdirSync(join(packageRoot(), folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return others.has(entry.name) || entry.name.startsWith(".") ? [] : markdownFiles(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** The text of a file of the project. */
export function readText(file: string): string {
  return readFileSync(join(packageRoot(), file), "utf8");
}

/** The fenced blocks of a Markdown file, in their order. */
export function blocksOf(file: string): Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; place: string; info: string; lines: string[] } | undefined;
  for (const [index, line] of readText(file).split("\n").entries()) {
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (open === undefined) {
      if (fence) open = { fence: fence[1] as string, place: `${file}:${String(index + 1)}`, info: (fence[2] as string).trim(), lines: [] };
    } else if (line === open.fence) {
      const [language = "", ...label] = open.info.split(" ");
      blocks.push({ place: open.place, language, label: label.join(" "), text: open.lines.map((one) => `${one}\n`).join("") });
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  if (open) throw new Error(`${open.place}: the block is not closed`);
  return blocks;
}

/** The text of a Markdown file without its fenced blocks. */
export function proseOf(file: string): string {
  return readText(file).replace(/^(`{3,}).*\n[^]*?^\1$/gm, "");
}

/** The names by which one links to the headings of a Markdown file, as GitHub makes them. */
export function anchorsOf(file: string): Set<string> {
  const headings = [...proseOf(file).matchAll(/^#+ +(.+)$/gm)].map(([, heading]) => heading as string);
  return new Set(headings.map((heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}\p{M} _-]/gu, "").replaceAll(" ", "-")));
}
