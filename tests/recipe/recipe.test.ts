import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declarationFaults } from "../../scripts/declarations.js";
import { packageRoot } from "../../src/lib/root.js";
import { copyEmbedded } from "../support/templates.js";
import { fieldEdits, filesOf, filterEdits, typeEdits, type Edit } from "./edits.js";
import { projectOf, textIn } from "./project.js";

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
  "codegen.yml",
  "package.json",
  "prisma.config.ts",
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
  for (const { file, after, before: isBefore, text } of edits) {
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
      before.replace(after, () => (isBefore ? text + after : after + text)),
    );
  }
}

/** Runs a script of this folder in the scratch copy. Returns the JSON that it prints. */
async function runThere<T>(script: string): Promise<T> {
  const { stdout } = await run(process.execPath, ["--import", "tsx", `tests/recipe/${script}`, root, data], {
    cwd: scratch,
    maxBuffer: 16 * 1024 ** 2,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T;
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
    seen = await runThere<Seen>("field.ts");
  }, 600_000);

  it("takes five files, the migration included", () => {
    expect(filesOf(fieldEdits).size).toBe(5);
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
      ...projectOf(root),
      datamodel: textIn(scratch, "prisma/schema.prisma"),
      contract: textIn(scratch, "schema.graphql"),
    });
    expect(undeclared).toEqual([
      expect.stringMatching(
        /^The column Meeting\.livestreamUrl of prisma\/schema\.prisma is not declared: .* src\/modules\/meetings\/meeting\.record\.ts/,
      ),
      expect.stringMatching(/^The field RecordMeetingInput\.livestreamUrl of schema\.graphql is not declared: /),
    ]);
  });
});

interface SeenFilter {
  readonly faults: Readonly<Record<"none" | "contract" | "condition", readonly string[]>>;
  readonly userErrors: readonly unknown[];
  readonly found: unknown;
  readonly unknown: unknown;
  readonly option: unknown;
  readonly exported: readonly string[];
  readonly shown: string;
}

describe("the recipe for a filter", () => {
  let seen: SeenFilter;
  beforeAll(async () => {
    carryOut(Object.values(filterEdits).flat());
    seen = await runThere<SeenFilter>("filter.ts");
  }, 600_000);

  it("takes two files", () => {
    expect([...filesOf(filterEdits)].sort()).toEqual(["schema.graphql", "src/modules/meetings/meetings.lists.ts"]);
  });

  it("filters lists of the API, exports and the page of meetings", () => {
    expect(seen.userErrors).toEqual([]);
    expect(seen.found).toEqual({ meetings: { nodes: [{ slug: "met-here" }] } });
    expect(seen.exported).toEqual([expect.stringContaining("met-here")]);
    expect(seen.shown).toContain("met-here");
    expect(seen.shown).not.toContain("met-there");
    expect(seen.shown).toContain("Filtered by place here.");
  });

  it("reports unknown names, and has an option of the command line with the words of the contract", () => {
    expect(seen.unknown).toEqual([expect.objectContaining({ argument: "filter.place", name: "nowhere" })]);
    expect(seen.option).toEqual({ meaning: "Held at this place (key)", values: "String" });
  });

  it("is held to each step by a message that names the filter and the file", () => {
    expect(seen.faults.none).toEqual([]);
    expect(seen.faults.condition).toEqual([
      "The filter MeetingFilter.place of schema.graphql has no condition: add it in src/modules/meetings/meetings.lists.ts.",
    ]);
    expect(seen.faults.contract).toContainEqual(
      "The filter place of src/modules/meetings/meetings.lists.ts is missing in the input MeetingFilter of schema.graphql: add it there, with a description.",
    );
  });
});

interface SeenType {
  readonly faults: Readonly<
    Record<"none" | "model" | "lists" | "contract" | "gateways" | "list" | "reading", readonly string[]>
  >;
  readonly unmigrated: readonly string[];
  readonly migrated: readonly string[];
  readonly differing: readonly string[];
  readonly again: readonly string[];
  readonly userErrors: readonly unknown[];
  readonly uncited: readonly unknown[];
  readonly exported: string;
  readonly found: readonly unknown[];
  readonly stored: unknown;
  readonly followed: readonly number[];
  readonly shown: { readonly title: string; readonly main: string; readonly sources: string };
}

describe("the recipe for a type", () => {
  let seen: SeenType;
  beforeAll(async () => {
    carryOut(Object.values(typeEdits).flat());
    await run(process.execPath, ["scripts/build.js", "generate"], { cwd: scratch });
    seen = await runThere<SeenType>("type.ts");
  }, 600_000);

  it("takes seven files, the migration included", () => {
    expect([...filesOf(typeEdits)].sort()).toEqual([
      "federation.graphql",
      "prisma/migrations/29990102000000_treaties/migration.sql",
      "prisma/schema.prisma",
      "schema.graphql",
      "src/modules/kinds.ts",
      "src/modules/meetings/meetings.fields.ts",
      "src/modules/meetings/treaty.record.ts",
    ]);
  });

  it("creates, reads, corrects and merges records of it, and refers to them from other services", () => {
    expect(seen.userErrors).toEqual([]);
    expect(seen.uncited).toEqual([expect.objectContaining({ code: "UNCITED" })]);
    expect(seen.stored).toEqual({
      treaty: {
        key: "accord",
        signedOn: "2024-11-20",
        meeting: { slug: "signing" },
        citations: { totalCount: 1 },
        history: { nodes: expect.arrayContaining([{ kind: "CREATED", title: "Accord on Zebrafish" }]) as unknown },
      },
      imported: { title: "Imported" },
      node: { __typename: "Treaty" },
      _entities: [{ __typename: "Treaty" }],
    });
  });

  it("exports and imports them", () => {
    expect(seen.exported).toContain("key: accord");
    expect(seen.exported).toContain("meeting: signing");
    expect(seen.exported).not.toContain("key: same");
  });

  it("finds them by the beginning of a title, by its words, by a text and by similar words", () => {
    const hit = { kind: "TREATY", match: { key: "accord" } };
    const title = "Accord on Zebrafish";
    expect(seen.found).toEqual([
      [{ ...hit, quality: "BEGINNING", snippet: title }],
      [{ ...hit, quality: "WORDS", snippet: title }],
      [{ ...hit, quality: "TEXT", snippet: "Both sides share quokka data." }],
      [expect.objectContaining({ ...hit, quality: "RESEMBLANCE" })],
    ]);
  });

  it("follows them in the change feed, by the meeting that they name", () => {
    expect(seen.followed).toEqual([1]);
  });

  it("shows them on a page, with their fields and sources", () => {
    expect(seen.shown.title).toBe("Accord on Zebrafish");
    expect(seen.shown.main).toContain("<dt>Signed on</dt><dd>");
    expect(seen.shown.main).toContain("20 November 2024");
    expect(seen.shown.main).toMatch(/<dt>Meeting<\/dt><dd><a href="\/records\/mtg_\w+">Signing<\/a>/);
    expect(seen.shown.sources).toContain("https://example.org/");
  });

  it("is derived in the database by the migration alone", () => {
    expect(seen.unmigrated).toEqual([
      `The table "Treaty" is declared as a record and does not exist: write its migration.`,
    ]);
    expect(seen.migrated).toEqual(["29990102000000_treaties"]);
    expect(seen.differing).toEqual([]);
    expect(seen.again).toEqual([]);
  });

  it("is held to each step by a message that names what is missing, and where", () => {
    const { faults } = seen;
    expect(faults.none).toEqual([]);
    expect(faults.model).toContainEqual(
      "The table Treaty, declared in src/modules/meetings/treaty.record.ts, is no model of prisma/schema.prisma: add the model and write its migration.",
    );
    expect(faults.model).toContainEqual(
      expect.stringMatching(
        /^The column treatyId of Citation, by which src\/modules\/meetings\/treaty\.record\.ts is cited, is missing/,
      ),
    );
    expect(faults.lists).toEqual([
      expect.stringMatching(/^Treaty is missing in the union CitationSubject of schema\.graphql: /),
      expect.stringMatching(/^Treaty is missing in the union SearchMatch of schema\.graphql: /),
      expect.stringMatching(/^TREATY is missing in the enum SearchKind of schema\.graphql: /),
    ]);
    expect(faults.contract).toContainEqual(
      "The type Treaty, declared in src/modules/meetings/treaty.record.ts, is missing in schema.graphql: add it there.",
    );
    expect(faults.contract).toContainEqual(
      "The mutation recordTreaty is missing in schema.graphql: add it to Mutation, with its input and its payload.",
    );
    expect(faults.gateways).toEqual([
      expect.stringMatching(/^Treaty is missing in the union _Entity of federation\.graphql: /),
    ]);
    expect(faults.list).toContainEqual(
      "The declaration of Treaty in src/modules/meetings/treaty.record.ts is not listed: add it to src/modules/kinds.ts.",
    );
    expect(faults.reading).toEqual([
      "The fields of Treaty have no source: declare them with objectType in the .fields.ts file of its module.",
    ]);
    // Without its declaration.
    const undeclared = declarationFaults({
      ...projectOf(root),
      datamodel: textIn(scratch, "prisma/schema.prisma"),
      contract: textIn(scratch, "schema.graphql"),
    });
    expect(undeclared).toContainEqual(
      expect.stringMatching(/^Treaty stands in the union CitationSubject of schema\.graphql, and no \.record\.ts file/),
    );
  });
});
