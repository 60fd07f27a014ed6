import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { runCommand, type Output } from "../../src/cli.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { importPacks } from "../../src/packs/import.js";
import { storedDuplicates } from "../../src/packs/stored.js";
import { comparedKinds, duplicateKind } from "../../src/writing/duplicates.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, type Editor } from "../support/editors.js";
import { packFaults, removeFolders, writePack } from "../support/packs.js";

let database: Database;
let editor: Editor;
beforeAll(async () => {
  database = await anyDatabase({ packs: ["reference", "report", "facts"] });
  editor = editorOf(database);
}, 120_000);
afterAll(async () => {
  await removeFolders();
  await database.close();
});

const source = `{ key: case-src, kind: NEWS_REPORT, title: Source of the cases, publisher: Test, language: en, publishedOn: 2024-05-01, url: "https://example.org/case" }`;
const seat = (party: string, person: string) =>
  `{ party: ${party}, person: ${person}, role: PRINCIPAL, cite: [case-src] }`;
const doubles = `documents:
  - ${source}
  - { key: case-same-url, kind: NEWS_REPORT, title: The same address, publisher: Other, language: en, url: "http://www.example.org/case/?utm_source=x#top" }
persons:
  - { slug: p-g, name: General Austin Lloyd, state: USA, cite: [case-src] }
meetings:
  - slug: case-duplicate
    title: Ministers of India and China meet in Vientiane
    kind: BILATERAL
    on: 2024-11-20
    place: LAO/vientiane
    cite: [case-src]
    participants: [${seat("IND", "rajnath-singh")}, ${seat("CHN", "dong-jun")}]
`;
const count = async (): Promise<number> =>
  Number((await database.pool.query<{ n: string }>(`SELECT count(*) AS n FROM "Document"`)).rows[0]?.n);
const cite = [{ document: "case-src", locator: "p. 1" }];

describe("an import of what is there already", () => {
  it("warns of each likely duplicate with its evidence, and writes nothing", async () => {
    const before = await count();
    const pack = await writePack({ "p.yaml": doubles });
    for (const dryRun of [true, false]) {
      const faults = await packFaults(importPacks(database, [pack], { dryRun }));
      expect(faults.map(({ code, path }) => `${code} ${path}`)).toEqual([
        "LIKELY_DUPLICATE documents[1]",
        "LIKELY_DUPLICATE persons[0]",
        "LIKELY_DUPLICATE meetings[0]",
      ]);
      expect(faults[0]?.message).toMatch(
        /^Same address \(.*\) as the document "case-src"; use that key if they are one, or acknowledge LIKELY_DUPLICATE to record both \(first at .*p\.yaml:2:5\)$/,
      );
      expect(faults[1]?.message).toContain('same state (United States) as the person "lloyd-austin"');
      expect(faults[2]?.message).toContain("Same day (20 November 2024), same parties (China, India)");
      expect(faults[2]?.message).toContain('as the meeting "2024-11-20-ind-chn-vientiane"');
    }
    expect(await count()).toBe(before);
  });

  it("leaves duplicates out with keepGoing, and loads the rest", async () => {
    const pack = await writePack({ "p.yaml": doubles });
    const report = await importPacks(database, [pack], { keepGoing: true, dryRun: true });
    expect(report.leftOut.map(({ code }) => code)).toEqual([
      "LIKELY_DUPLICATE",
      "LIKELY_DUPLICATE",
      "LIKELY_DUPLICATE",
    ]);
    expect(report.rows["Document"]).toMatchObject({ created: 1 });
  });

  it("records what is acknowledged, with a note, and never lists the pair again", async () => {
    const acknowledged = await writePack({
      "p.yaml": `pack: { name: p, acknowledge: [LIKELY_DUPLICATE] }\n${doubles}`,
    });
    const report = await importPacks(database, [acknowledged]);
    expect(report.notes.filter(({ kind }) => kind === "LIKELY_DUPLICATE")).toHaveLength(3);
    expect(await storedDuplicates(database)).toEqual([]);
    const { duplicates } = await editor.ask<{
      duplicates: { totalCount: number; nodes: { kind: string; dismissal: { actor: string } }[] };
    }>("{ duplicates(filter: { isDismissed: true }) { totalCount nodes { kind dismissal { actor } } } }");
    expect(duplicates.totalCount).toBe(3);
    expect(duplicates.nodes.map(({ dismissal }) => dismissal.actor)).toEqual(["import", "import", "import"]);
    // Loading it again adds nothing, so nothing is to be acknowledged.
    expect(await importPacks(database, [await writePack({ "p.yaml": doubles })])).toMatchObject({ created: 0 });
  });
});

describe("mutations", () => {
  const person = { slug: "ng-eng-hen-2", name: "Eng Hen Ng", state: "SGP", cite };

  it("refuse a likely duplicate, and write nothing until it is acknowledged", async () => {
    const refused = await editor.act("recordPerson", { ...person, acknowledge: [] });
    expect(refused.userErrors).toMatchObject([{ code: "LIKELY_DUPLICATE", path: ["input"] }]);
    expect(refused.userErrors[0]?.message).toContain('as the person "ng-eng-hen"');
    expect(await editor.ask(`{ person(slug: "ng-eng-hen-2") { id } }`)).toEqual({ person: null });
    const draft = await editor.act<{ person: { id: string } }>(
      "recordPerson",
      { ...person, draft: true },
      "person { id }",
    );
    expect(draft.userErrors).toEqual([]);
    const published = await editor.act("publishDrafts", { ids: [draft.person.id], acknowledge: [] });
    expect(published.userErrors).toMatchObject([{ code: "LIKELY_DUPLICATE", path: ["input", "ids"] }]);
    await editor.act("discardDrafts", { ids: [draft.person.id] });
  });

  it("dismiss a listed pair for good, or merge it, also from the command line", async () => {
    await database.pool.query(
      `INSERT INTO "Person" ("id", "slug", "name", "stateId") SELECT 'per_' || v.id, v.slug, v.name, p."id" FROM "Party" p,
        (VALUES ('aaaaaaaaaaaaaaaa', 'dong-2', 'Jun Dong'), ('aaaaaaaaaaaaaaab', 'dong-3', 'Dong Jun')) AS v(id, slug, name) WHERE p."code" = 'CHN'`,
    );
    await database.pool.query(
      `INSERT INTO "Citation" ("id", "key", "documentId", "personId", "locator") SELECT 'cit_' || substr(p."id", 5), p."slug" || '/1', d."id", p."id", 'p. 1'
        FROM "Person" p, "Document" d WHERE p."slug" IN ('dong-2', 'dong-3') AND d."key" = 'case-src'`,
    );
    const pairs = await storedDuplicates(database);
    expect(pairs).toHaveLength(3);
    const { duplicates } = await editor.ask<{
      duplicates: { nodes: { record: { id: string }; other: { id: string }; evidence: string[] }[] };
    }>(
      "{ duplicates(filter: { kinds: [PERSON] }) { nodes { record { ... on Node { id } } other { ... on Node { id } } evidence } } }",
    );
    expect(duplicates.nodes).toHaveLength(3);
    expect(duplicates.nodes[0]?.evidence.join()).toMatch(/same name \(.*Dong/);
    const lines: string[] = [];
    const output: Output = { out: (text) => void lines.push(text), err: () => undefined, isWatched: false };
    const [first, second] = ["per_aaaaaaaaaaaaaaaa", "per_aaaaaaaaaaaaaaab"];
    const dismissed = await editor.act(
      "dismissDuplicate",
      { id: second, other: first, reason: "Father and son." },
      "records { id }",
    );
    expect(dismissed).toMatchObject({ userErrors: [], records: [{ id: second }, { id: first }] });
    expect(await storedDuplicates(database)).toHaveLength(2);
    const itself = await editor.act("dismissDuplicate", { id: first, other: first, reason: "The same." });
    expect(itself.userErrors).toMatchObject([{ code: "INVALID", path: ["input", "other"] }]);
    if (database.url.startsWith("postgres")) {
      const at = ["--database-url", database.url];
      expect(await runCommand(["duplicates", "--kind", "person", ...at], output)).toBe(0);
      expect(lines.join("")).toContain("sidelines merge per_");
    }
    // The decision about a merged record is about the survivor.
    const [survivor] = (
      await database.pool.query<{ id: string }>(`SELECT "id" FROM "Person" WHERE "slug" = 'dong-jun'`)
    ).rows;
    expect(
      (await editor.act("mergeRecords", { id: second, into: survivor?.id, reason: "The same.", prefer: "SURVIVOR" }))
        .userErrors,
    ).toEqual([]);
    expect(await storedDuplicates(database)).toEqual([]);
  });
});

it("every kind of which duplicates are looked for has its value in the contract", () => {
  const values = (
    buildExecutableSchema().getType("DuplicateKind") as unknown as { getValues(): { name: string }[] }
  ).getValues();
  expect(comparedKinds(recordKinds).map(duplicateKind).sort()).toEqual(values.map(({ name }) => name).sort());
});
