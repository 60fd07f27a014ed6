import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { STAGES } from "../../src/http/pipeline.js";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/architecture.md", root), "utf8");

/** The folders under src that the tree of the page names, by their paths. */
function namedFolders(text: string): string[] {
  const tree = text.split("\nsrc/\n")[1]?.split("```")[0] ?? "";
  const parents: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent = "", name] = /^( +)([\w-]+)\/(?: |$)/.exec(line) ?? [];
    if (name === undefined) return [];
    const depth = indent.length / 2 - 1;
    parents[depth] = name;
    return [parents.slice(0, depth + 1).join("/")];
  });
}

/** The folders under src; the build writes those of generated/. */
function folders(): string[] {
  const src = fileURLToPath(new URL("src/", root));
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(src, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !path.startsWith("generated"))
    .sort();
}

describe("docs/architecture.md", () => {
  it("names every folder of src, and no other", () => {
    const named = namedFolders(page).filter((path) => path !== "generated");
    expect(named.sort()).toEqual(folders());
  });

  it("describes the stages of a request in their order", () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual([...STAGES]);
  });

  it("reads a folder within another one from the tree", () => {
    const tree = "```\nsrc/\n  a/   first\n    b/   second\n  c.ts   a file\n  d/   last\n```\n";
    expect(namedFolders(tree)).toEqual(["a", "a/b", "d"]);
  });
});
