import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declarationFaults, declarationFiles } from "../../scripts/declarations.js";
import { acts } from "../../src/acts/acts.js";
import { envelopeShape } from "../../src/acts/run.js";
import { packageRoot } from "../../src/lib/root.js";
import { isInPacksOnly } from "../../src/modules/record.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { bare } from "../../src/writing/sections.js";
import { copyEmbedded } from "../support/templates.js";
import { fieldEdits, type Edit } from "./edits.js";

const run = promisify(execFile);
const root = packageRoot();
const copied = [
  "src",
  "prisma",
  "scripts",
  "tests/support",
  "tests/recipe",
  "schema.graphql",
  "federation.graphql",
  "package.json",
  "tsconfig.json",
];

let scratch: string;
let data: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "sidelines-scratch-"));
  data = await mkdtemp(join(tmpdir(), "sidelines-scratch-data-"));
  for (const path of copied) cpSync(join(root, path), join(scratch, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"));
  await copyEmbedded(data);
});
afterAll(async () => {
  await Promise.all([scratch, data].map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Carries out edits; a text that is to stand before and is not there is a mistake in the recipe. */
function carryOut(edits: readonly Edit[]): void {
  for (const { file, after, text } of edits) {
    const path = join(scratch, file);
    if (after === undefined) {
      expect(existsSync(path), file).toBe(false);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      continue;
    }
    const before = readFileSync(path, "utf8");
    expect(before.split(after), `${file}: ${after}`).toHaveLength(2);
    writeFileSync(
      path,
      before.replace(after, () => after + text),
    );
  }
}

interface Seen {
  readonly faults: Readonly<Record<"none" | "contract" | "model", readonly string[]>>;
  readonly migrated: readonly string[];
  readonly differing: readonly string[];
  readonly userErrors: readonly unknown[];
  readonly stored: unknown;
  readonly corrected: readonly { readonly to: string }[];
  readonly yaml: readonly string[];
  readonly isOfIt: boolean;
}

describe("the recipe for a field", () => {
  let seen: Seen;
  beforeAll(async () => {
    carryOut(Object.values(fieldEdits).flat());
    const { stdout } = await run(process.execPath, ["--import", "tsx", "tests/recipe/field.ts", root, data], {
      cwd: scratch,
      maxBuffer: 16 * 1024 ** 2,
    });
    seen = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Seen;
  }, 600_000);

  it("takes five files, the migration included", () => {
    expect(
      new Set(
        Object.values(fieldEdits)
          .flat()
          .map(({ file }) => file),
      ).size,
    ).toBe(5);
  });

  it("creates, reads, corrects, merges, searches, exports and imports the field", () => {
    const live = { livestreamUrl: "https://example.org/live" };
    expect(seen.userErrors).toEqual([]);
    expect(seen.stored).toEqual({ merged: live, imported: live, search: { nodes: [{ match: live }] } });
    expect(seen.yaml).toEqual(["meetings.yaml"]);
  });

  it("keeps its history, by the migration alone", () => {
    expect(seen.migrated).toEqual(["29990101000000_livestreams"]);
    expect(seen.differing).toEqual([]);
    expect(seen.corrected).toEqual([expect.objectContaining({ to: "https://example.org/live" })]);
    expect(seen.isOfIt).toBe(true);
  });

  it("is held to each step by a message that names the field and the file", () => {
    expect(seen.faults.none).toEqual([]);
    expect(seen.faults.contract).toEqual([
      expect.stringMatching(
        /^The property livestreamUrl is missing in the input RecordMeetingInput of schema\.graphql: /,
      ),
    ]);
    expect(seen.faults.model).toEqual([
      expect.stringMatching(
        /^The field livestreamUrl of src\/modules\/meetings\/meeting\.record\.ts has no column: add Meeting\.livestreamUrl to prisma\/schema\.prisma/,
      ),
    ]);
    const undeclared = declarationFaults({
      kinds: recordKinds,
      acts: [...acts.values()],
      envelope: Object.keys(envelopeShape.shape),
      shapes: { bare, isInPacksOnly },
      datamodel: readFileSync(join(scratch, "prisma/schema.prisma"), "utf8"),
      contract: readFileSync(join(scratch, "schema.graphql"), "utf8"),
      fileOf: declarationFiles(),
    });
    expect(undeclared).toEqual([
      expect.stringMatching(
        /^The column Meeting\.livestreamUrl of prisma\/schema\.prisma is not declared: .* src\/modules\/meetings\/meeting\.record\.ts/,
      ),
      expect.stringMatching(/^The field RecordMeetingInput\.livestreamUrl of schema\.graphql is not declared: /),
    ]);
  });
});
