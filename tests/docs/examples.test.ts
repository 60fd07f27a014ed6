import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { createLogger } from "../../src/lib/log.js";
import { packageRoot } from "../../src/lib/root.js";
import { serve, type Running } from "../../src/main.js";
import { copyEmbedded } from "../support/templates.js";
import { differences } from "./elision.js";
import { blocksOf, type Block } from "./markdown.js";

const run = promisify(execFile);
const typescript = ["--import", createRequire(import.meta.url).resolve("tsx")];
const shownAddress = "http://localhost:4000";

/** Pages whose questions, commands and programs are tried. */
const pages = ["README.md", "docs/access.md", "docs/api.md", "docs/packs.md", "docs/questions.md", "docs/sdk.md"];

/** Something a page tells its reader to do, and what it says will come of it. */
interface Example {
  readonly asked: Block;
  readonly variables?: Block | undefined;
  readonly shown: Block;
}

function examplesOf(page: string): Example[] {
  const blocks = blocksOf(page);
  return blocks.flatMap((asked, index) => {
    const isAsked = asked.language === "graphql" || asked.language === "js" || /^(curl|npm run -s sidelines)/.test(asked.text);
    if (!isAsked || !["graphql", "js", "sh"].includes(asked.language)) return [];
    const [next, afterNext] = blocks.slice(index + 1);
    const [variables, shown] = next?.label === "variables" ? [next, afterNext] : [undefined, next];
    if (shown === undefined || !["json", "text"].includes(shown.language) || shown.label !== "") return [];
    return [{ asked, variables, shown }];
  });
}

const all = pages.flatMap(examplesOf);
const questions = all.filter(({ asked }) => asked.language === "graphql");
const requests = all.filter(({ asked }) => asked.text.startsWith("curl"));
const commands = all.filter(({ asked }) => asked.text.startsWith("npm run"));
const programs = all.filter(({ asked }) => asked.language === "js");

let folder: string;
let service: Running;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-docs-"));
  await copyEmbedded(join(folder, "data"));
  const config = readConfig({ PORT: "0", SIDELINES_DATA_DIR: join(folder, "data") });
  const log = createLogger({ level: "silent" });
  service = await serve(config, { log, say: () => undefined, signal: new AbortController().signal });
  for (const { label, text } of pages.flatMap(blocksOf).filter(({ label: name }) => /^[\w/-]+\.\w+$/.test(name) || /\.(yaml|txt)$/.test(name))) {
    const file = join(folder, label);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
});

afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

/** @param real an answer; what it says beside the data, its cost and unknown names, is shown by one example each, and left out of all others. */
function compare(shown: Block, real: string): void {
  const expected = JSON.parse(shown.text) as { readonly extensions?: unknown };
  const { extensions, ...rest } = JSON.parse(real) as { readonly extensions?: unknown };
  expect(["cost", "unknownNames"]).toEqual(expect.arrayContaining(Object.keys(extensions ?? {})));
  expect(differences(expected, expected.extensions === undefined ? rest : { ...rest, extensions }), `${shown.place} does not show what is answered:\n${real}`).toEqual([]);
}

describe("the examples on the pages", () => {
  it("is all found", () => {
    // Every question of these pages has its answer behind it.
    const asked = pages.flatMap(blocksOf).filter(({ language }) => language === "graphql");
    expect(questions.map(({ asked: { place } }) => place)).toEqual(asked.map(({ place }) => place));
    expect([questions.length, requests.length, commands.length, programs.length].every((count) => count > 0)).toBe(true);
  });

  it.each(questions.map((example) => [example.asked.place, example] as const))("%s is answered as shown", async (_, { asked, variables, shown }) => {
    const body = JSON.stringify({ query: asked.text.trimEnd(), variables: variables && (JSON.parse(variables.text) as unknown) });
    const response = await fetch(`${service.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
    compare(shown, await response.text());
  });

  const hasCurl = spawnSync("curl", ["--version"]).status === 0;
  if (!hasCurl) console.log("skipped: no curl on this machine");
  it.skipIf(!hasCurl).each(requests.map((example) => [example.asked.place, example] as const))("%s is answered as shown", async (_, { asked, shown }) => {
    const { stdout } = await run("sh", ["-c", asked.text.replaceAll(shownAddress, service.url)]);
    compare(shown, stdout);
  });

  it.each(commands.map((example) => [example.asked.place, example] as const))("%s prints what is shown", async (_, { asked, shown }) => {
    const args = asked.text.trim().split(/\s+/).slice("npm run -s sidelines --".split(" ").length);
    const cli = [...typescript, join(packageRoot(), "src/cli.ts"), ...args];
    const env = { ...process.env, SIDELINES_DATA_DIR: join(folder, "data") };
    const done = await run(process.execPath, cli, { cwd: folder, env }).catch((error: unknown) => error as { stdout: string; stderr: string });
    expect(done.stdout + done.stderr, asked.place).toBe(shown.text);
  });

  it.each(programs.map((example) => [example.asked.place, example] as const))("%s prints what is shown", async (_, { asked, shown }) => {
    const file = join(folder, "program.mts");
    const client = join(packageRoot(), "src/sdk/client.ts");
    await writeFile(file, asked.text.replace("sidelines/sdk", client).replaceAll(shownAddress, service.url));
    const { stdout } = await run(process.execPath, [...typescript, file], { cwd: folder });
    expect(stdout, asked.place).toBe(shown.text);
  });
});
