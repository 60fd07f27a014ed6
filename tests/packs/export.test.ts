import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { packageRoot } from "../../src/lib/root.js";
import { exportPack, yamlText } from "../../src/packs/export.js";
import { ExportError } from "../../src/packs/folders.js";
import { importPack, importPacks } from "../../src/packs/import.js";
import { readPositioned } from "../../src/packs/positions.js";
import { anyDatabase } from "../support/database.js";
import { wholeRecord } from "../support/record.js";
import { emptyRecord, removeFolders, soundPack, temporaryFolder, writePack } from "../support/packs.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
afterEach(() => emptyRecord(database));
afterAll(async () => {
  await removeFolders();
  await database.close();
});

async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.sort().map(async (file) => [path.relative(folder, file), await readFile(file, "utf8")]),
  );
  return Object.fromEntries(contents) as Record<string, string>;
}

async function exported(): Promise<string> {
  const folder = path.join(await temporaryFolder(), "pack");
  await exportPack(database, folder);
  return folder;
}

// Loads what was exported into an empty record, and exports it again.
async function again(first: string): Promise<string> {
  await emptyRecord(database);
  await importPack(database, first);
  return exported();
}

describe("an export", () => {
  it("of everything we ship gives the same record when it is loaded, and the same bytes when that is exported", async () => {
    await importPacks(
      database,
      ["report", "facts"].map((name) => path.join(packageRoot(), "seeds", name)),
    );
    const record = await wholeRecord(database);
    const first = await exported();
    const second = await again(first);
    expect(await wholeRecord(database)).toEqual(record);
    expect(await filesOf(second)).toEqual(await filesOf(first));
    expect(record["Citation"]?.length).toBeGreaterThan(1000);
  });

  it("keeps every kind of record and field, also what text is hard to write", async () => {
    await importPack(database, await writePack({ ...soundPack, "full.yaml": fullPack }));
    const record = await wholeRecord(database);
    expect(Object.entries(record).filter(([, rows]) => rows.length === 0)).toEqual([]);
    const first = await exported();
    const second = await again(first);
    expect(await wholeRecord(database)).toEqual(record);
    expect(await filesOf(second)).toEqual(await filesOf(first));
  });

  it("loaded on top of its own record changes nothing", async () => {
    await importPack(database, await writePack({ ...soundPack, "full.yaml": fullPack }));
    const { recordVersion } = await importPack(database, await exported());
    expect(await importPack(database, await exported())).toMatchObject({ created: 0, updated: 0, recordVersion });
  });

  it("of some meetings holds them as they are with what they need, and loads into an empty record", async () => {
    await importPacks(
      database,
      ["report", "facts"].map((name) => path.join(packageRoot(), "seeds", name)),
    );
    const record = await wholeRecord(database);
    const all = (record["Meeting"] as { id: string }[]).map(({ id }) => id);
    const choices = fc.sample(fc.subarray(all, { minLength: 1, maxLength: 6 }), { numRuns: 5, seed: 7 });
    const packs: [readonly string[], string][] = [];
    for (const meetings of choices) {
      const folder = path.join(await temporaryFolder(), "part");
      await exportPack(database, folder, { meetings });
      packs.push([meetings, folder]);
    }
    for (const [meetings, first] of packs) {
      await emptyRecord(database);
      await importPack(database, first);
      const part = await wholeRecord(database);
      for (const [table, rows] of Object.entries(part))
        expect(record[table], table).toEqual(expect.arrayContaining(rows));
      expect((part["Meeting"] as { id: string }[]).map(({ id }) => id)).toEqual(expect.arrayContaining([...meetings]));
      for (const table of ["Participant", "StatusReport", "Commitment"] as const) {
        const of = (rows: unknown[] = []) =>
          (rows as { meetingId: string }[]).filter(({ meetingId }) => meetings.includes(meetingId));
        expect(of(part[table]), table).toEqual(of(record[table]));
      }
      expect([part["Tenure"], part["Visit"]]).toEqual([[], []]);
      expect(await filesOf(await exported())).toEqual({
        ...(await filesOf(first)),
        "pack.yaml": expect.any(String) as string,
      });
    }
  });

  it("goes into a new folder only, and leaves nothing behind when it fails", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "mine.txt"), "mine");
    await expect(exportPack(database, folder)).rejects.toThrow(ExportError);
    await expect(exportPack(database, path.join(folder, "mine.txt"))).rejects.toThrow(ExportError);
    await expect(exportPack(database, path.join(folder, "mine.txt", "x"))).rejects.toThrow(ExportError);
    expect(await readdir(folder)).toEqual(["mine.txt"]);
  });

  it("of an empty record is a pack that says nothing", async () => {
    const folder = await exported();
    expect(Object.keys(await filesOf(folder))).toEqual(["pack.yaml"]);
    expect(await importPack(database, folder)).toMatchObject({ created: 0 });
  });
});

describe("YAML as we write it", () => {
  // Whatever can be stored: no NUL and other control characters, no half of a surrogate pair.
  const sound = fc
    .oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "null",
        "~",
        "true",
        "2024",
        "1e3",
        "- a",
        "a: b",
        "#x",
        "",
        " ",
        "\n",
        "a\n\nb ",
        "\u0085",
        "\u2028",
        "'",
        '"',
        "|",
        ">",
        "a\n  b",
        "\ta",
        "é",
        "👍",
        "x\n",
        "\r\n",
        "%",
        "@",
        "`",
        "---",
        "...",
      ),
    )
    .filter((text) => !/\p{Surrogate}/u.test(text) && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text));
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: "small" }, sound, fc.boolean(), tie("list"), tie("map")),
    list: fc.array(tie("any"), { maxLength: 4, minLength: 1 }),
    map: fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,10}$/), tie("any"), { maxKeys: 4, minKeys: 1 }),
  })).map;

  it("reads back as the same value", () => {
    fc.assert(
      fc.property(value, (written) => {
        const read = readPositioned(yamlText(written));
        expect(read.faults).toEqual([]);
        expect(JSON.parse(JSON.stringify(read.value))).toEqual(JSON.parse(JSON.stringify(written)));
      }),
      { numRuns: 500 },
    );
  });
});

const fullPack = `
organizations: [{code: ORG, name: Organization, names: [{text: The Org, kind: ALIAS, language: en}], identifiers: {WIKIDATA: Q42}, cite: [page]}]
states: [{code: CCC, name: "null", names: [{text: "true", kind: ALIAS}, {text: Gammic, kind: DEMONYM}], identifiers: {COW: "007", WIKIDATA: Q7}, cite: [{document: page, stance: DISPUTES, locator: "page 2"}, {document: page, locator: "page 3", attributedTo: "The Office: it says"}]}]
persons: [{slug: name-name, name: Name Name, nameOrder: FAMILY_FIRST, names: [{text: Name Name, language: ja-Latn}, {text: "名前", language: ja}], cite: [page]}]
forums: [{slug: sub, name: Sub, acronym: "2024", aliases: [One, {text: Zwei, language: de}], parent: the-forum, organization: ORG, foundedOn: 1967, description: "  Lines\\nand\\n\\n  more lines \\\\ ", cite: [page]}]
memberships:
  - {forum: sub, party: CCC, role: OBSERVER, since: 2001-05, until: 2003, hasEnded: true, cite: [page]}
  - {forum: sub, party: CCC, role: OBSERVER, since: 2010, isDisputed: true, note: "x: y", cite: [page]}
tenures:
  - {person: bo-baker, office: BBB/defence-minister, since: 2001, until: 2005, hasEnded: true, cite: [page]}
  - {person: bo-baker, office: BBB/defence-minister, since: 2010, cite: [page]}
  - {person: bo-baker, office: BBB/defence-minister, attestedOn: 2020, cite: [page]}
offices: [{key: AAA/head, party: AAA, title: Head, kind: HEAD_OF_STATE, cite: [page]}]
milestones: [{key: clash, label: The clash, on: 2020, parties: [CCC, AAA], note: n, cite: [page]}]
chairTerms:
  - {forum: sub, party: AAA, term: 2023, attestedOn: 2023-05, cite: [page]}
  - {forum: sub, person: name-name, since: 2019, until: 2020, hasEnded: true, isExpected: true, note: n, cite: [page]}
meetings:
  - slug: big
    title: Big
    kind: MULTILATERAL
    format: VIDEO
    on: 2024-10~
    endsOn: 2024-12/2025-01
    startTime: "10:30"
    durationMinutes: 60
    venue: A hall
    relations: [{meeting: the-forum-1, kind: FOLLOW_UP}]
    topics: [cyber, maritime-security]
    purpose: p
    note: "yes"
    cite: [page]
    participants:
      - {party: CCC, role: OBSERVER, note: first, cite: [page]}
      - {party: AAA, office: AAA/defence-minister, otherOffices: [AAA/head], acting: true, role: HOST, place: AAA/alpha-city, cite: [page]}
      - {party: AAA, group: others, groupSize: 3, attendance: ABSENT, representedOffice: AAA/head, role: DELEGATE, cite: [page]}
      - {party: CCC, person: name-name, role: PRINCIPAL, isExpected: true, cite: [page]}
      - {party: CCC, role: DELEGATE, cite: [page]}
    statements:
      - {key: z, party: CCC, text: "Line one.\\nLine two.", isVerbatim: false, topics: [peace, "on"], on: 2024-10-30, cite: [page]}
      - {key: a, speaker: name-name, text: No., isVerbatim: true, cite: [page]}
      - {key: joint, party: CCC, institution: the Navy, otherSpeakers: [bo-baker], otherParties: [AAA], text: Yes., isVerbatim: true, cite: [page]}
    commitments:
      - {key: k, summary: They will talk., kind: DIALOGUE, status: AGREED, dueOn: 2025, parties: [CCC, AAA], cite: [page]}
    firstSinceClaims:
      - {key: one, level: OFFICES, since: {milestone: clash}, cite: [page]}
      - {key: two, level: PARTIES, since: {meeting: the-forum-1}, cite: [{document: report, quote: met, start: 24}]}
      - {key: three, level: PARTIES, since: {on: 2003}, cite: [page]}
      - {key: four, level: PARTIES, cite: [page]}
statements: [{key: alone, speaker: bo-baker, office: BBB/defence-minister, text: Alone., isVerbatim: true, cite: [page]}]
visits: [{key: bo/alpha, person: bo-baker, place: AAA/alpha-city, from: 2024-11-17, to: 2024-11, days: 3, purpose: p, meetings: [the-forum-1, 2024-11-18-aaa-bbb], reports: [{status: PLANNED, reportedOn: 2024-11, cite: [page]}], claims: [{key: first, level: OFFICES, since: 2003, words: in years, cite: [page]}], cite: [page]}]
agreements:
  - {key: paper, kind: TREATY, parties: [CCC, AAA], name: "no", signedOn: 2001-05, meeting: big, since: 2002, until: 2010, hasEnded: true, topics: [trade, cyber], note: "x: y", cite: [page], signatories: [{party: CCC, person: name-name, role: WITNESSED, cite: [page]}, {party: AAA, cite: [page]}], reports: [{status: TERMINATED, on: 2010, reportedOn: 2011, cite: [page]}], claims: [{key: first, since: 2000, words: in a century, scope: "of its: kind", cite: [page]}]}
  - {key: under, kind: OTHER, parent: paper, cite: [page]}
activities:
  - {key: drill, kind: EXERCISE, name: Drill, parties: [CCC, AAA], series: Drill, ordinal: 2, edition: "007", from: 2024, to: 2024-12, place: AAA/alpha-city, units: "Ten\\nships", agreement: paper, topics: [exercises], note: n, cite: [page], reports: [{status: PLANNED, reportedOn: 2023, cite: [page]}], claims: [{key: first, cite: [page]}]}
conflicts:
  - {key: c/1, field: "on", about: {meeting: big}, claims: [{value: b, cite: [page]}, {value: a, cite: [page]}]}
  - {key: c/2, field: role, resolution: Open., about: {membership: {forum: sub, party: CCC, role: OBSERVER, period: 2}}, claims: [{value: x, cite: [page]}]}
  - {key: c/3, field: foundedOn, about: {forum: sub}}
`;
