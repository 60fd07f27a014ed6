import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { withPackTable } from "../../scripts/declarations.js";
import { settings, type Setting } from "../../src/config.js";
import { packageRoot } from "../../src/lib/root.js";
import { isInPacksOnly } from "../../src/modules/record.js";
import { packSections } from "../../src/packs/sections.js";
import { anchorsOf, markdownFiles, proseOf, readText } from "./markdown.js";

interface Link {
  readonly from: string;
  readonly target: string;
}

const links: readonly Link[] = markdownFiles().flatMap((from) =>
  [...proseOf(from).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({ from, target: target as string })),
);

function problemOf({ from, target }: Link): string | undefined {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? from : normalize(join(dirname(from), decodeURIComponent(path)));
  if (!existsSync(join(packageRoot(), file))) return `${from}: ${target} does not exist`;
  if (anchor !== undefined && !anchorsOf(file).has(anchor)) return `${from}: ${target} is no heading there`;
  return undefined;
}

function settingRow({ name, default: value, meaning }: Setting): string {
  return `| \`${name}\` | ${value === "" ? "" : `\`${value}\``} | ${meaning.replaceAll("|", "\\|")} |`;
}

describe("the pages", () => {
  it("link to files and headings that exist", () => {
    const local = links.filter(({ target }) => !/^[a-z]+:/.test(target));
    expect(local.length).toBeGreaterThan(20);
    expect(local.flatMap((link) => problemOf(link) ?? [])).toEqual([]);
  });

  it("list every setting of src/config.ts once, with its default and meaning, and no other", () => {
    const shown = readText("docs/settings.md").match(/^\| `[A-Z_]+` \|.*$/gm) ?? [];
    expect(shown.sort()).toEqual(settings.map(settingRow).sort());
  });

  it("explain the project to a newcomer in fewer than 200 lines of README.md", () => {
    expect(readText("README.md").split("\n").length).toBeLessThan(200);
  });

  it("list the collections and properties of packs as the declarations have them", () => {
    const page = readText("docs/packs.md");
    expect(withPackTable(page, packSections, { isInPacksOnly })).toBe(page);
  });
});
