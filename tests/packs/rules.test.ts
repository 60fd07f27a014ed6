import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Database } from "../../src/database/open.js";
import { doubtfulSeats } from "../../src/modules/meetings/offices.commands.js";
import { importPacks } from "../../src/packs/import.js";
import { testDatabase } from "../support/database.js";
import { editorOf, type Editor } from "../support/editors.js";
import { packFaults, removeFolders, soundPack, temporaryFolder, writePack } from "../support/packs.js";

const cite = [{ document: "page" }];

let database: Database;
let editor: Editor;
beforeAll(async () => {
  database = await testDatabase();
  editor = editorOf(database);
  // Cy Cole is known to have held the office of Ada Able until she took it.
  const former = `persons: [{slug: cy-cole, name: Cy Cole, cite: [page]}]
tenures: [{person: cy-cole, office: AAA/defence-minister, since: 2010-01-01, until: 2018-01-01, hasEnded: true, cite: [page]}]`;
  await importPacks(database, [await writePack(soundPack), await writePack({ "former.yaml": former })]);
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

/** A meeting with seats, as every way in gives it. */
interface Given {
  readonly slug: string;
  readonly kind: string;
  readonly on: string;
  readonly seats: readonly { readonly party: string; readonly person?: string; readonly office?: string }[];
  /** Whether each seat cites a source. */
  readonly isUncited?: boolean;
}

const seatsOf = ({ seats, isUncited = false }: Given) => seats.map((seat) => ({ ...seat, role: "PRINCIPAL", ...(isUncited ? { cite: [] } : { cite }) }));
const meetingOf = (given: Given) => ({ slug: given.slug, title: "A meeting", kind: given.kind, on: given.on, cite, participants: seatsOf(given) });

async function throughMutation(given: Given): Promise<string[]> {
  return (await editor.act("recordMeeting", meetingOf(given))).userErrors.map(({ code }) => code);
}

async function throughPack(given: Given): Promise<string[]> {
  const pack = await writePack({ "p.json": JSON.stringify({ meetings: [meetingOf(given)] }) });
  return (await packFaults(importPacks(database, [pack]))).map(({ code }) => code);
}

async function throughTable({ slug, kind, on, seats, isUncited = false }: Given): Promise<string[]> {
  const rows = seats.map(({ party, person = "", office = "" }) => [slug, "A meeting", kind, on, party, person, office, "PRINCIPAL", isUncited ? "" : "page", "page"].join(","));
  const file = path.join(await temporaryFolder(), "table.csv");
  await writeFile(file, ["meeting,title,kind,on,party,person,office,role,sources,meetingSources", ...rows].join("\r\n"));
  return (await packFaults(importPacks(database, [file]))).map(({ code }) => code);
}

const rules: readonly (readonly [string, string, Omit<Given, "slug">])[] = [
  ["an office was held on the day", "OFFICE_NOT_HELD", { kind: "MULTILATERAL", on: "2024-05-01", seats: [{ party: "AAA", person: "cy-cole", office: "AAA/defence-minister" }] }],
  ["an office belongs to the party of the seat", "INVALID", { kind: "MULTILATERAL", on: "2024-05-01", seats: [{ party: "BBB", person: "ada-able", office: "AAA/defence-minister" }] }],
  ["a bilateral meeting has two sides", "INVALID", { kind: "BILATERAL", on: "2024-05-01", seats: [{ party: "AAA" }, { party: "BBB" }, { party: "CCC" }] }],
  ["a session has a forum", "MISSING", { kind: "SESSION", on: "2024-05-01", seats: [{ party: "AAA" }] }],
  ["every fact has a source", "UNCITED", { kind: "MULTILATERAL", on: "2024-05-01", seats: [{ party: "AAA" }], isUncited: true }],
  ["a reference leads to a record", "NOT_FOUND", { kind: "MULTILATERAL", on: "2024-05-01", seats: [{ party: "AAA", person: "nobody-known" }] }],
];

describe.each(rules)("the rule that %s", (_name, code, given) => {
  it("holds in mutations, packs and tables alike", async () => {
    await importPacks(database, [await writePack({ "c.yaml": "states: [{code: CCC, name: Gamma, cite: [page]}]" })]);
    expect(await throughMutation({ slug: "by-mutation", ...given })).toEqual([code]);
    expect(await throughPack({ slug: "by-pack", ...given })).toEqual([code]);
    expect(await throughTable({ slug: "by-table", ...given })).toEqual([code]);
  });
});

describe("an office that was not held", () => {
  const given: Given = { slug: "not-held", kind: "MULTILATERAL", on: "2024-05-01", seats: [{ party: "AAA", person: "cy-cole", office: "AAA/defence-minister" }] };

  it("is a fault with its place, and a pack can acknowledge it", async () => {
    const text = (slug: string, more = "") => `${more}meetings:\n  - {slug: ${slug}, title: M, kind: MULTILATERAL, on: 2024-05-01, cite: [page], participants: [{party: AAA, person: cy-cole,\n     office: AAA/defence-minister, role: PRINCIPAL, cite: [page]}]}`;
    expect(await packFaults(importPacks(database, [await writePack({ "p.yaml": text("m-1") })]))).toMatchObject([{ code: "OFFICE_NOT_HELD", line: 3, column: 6 }]);
    await importPacks(database, [await writePack({ "p.yaml": text("m-2", "pack: {name: p, acknowledge: [OFFICE_NOT_HELD]}\n") })]);
    await importPacks(database, [await writePack({ "p.yaml": text("m-3") })], { acknowledge: ["OFFICE_NOT_HELD"] });
    await importPacks(database, [await writePack({ "p.yaml": text("m-4").replace("role:", "isOfficeDoubtful: true, role:") })]);
    const { rows } = await database.pool.query(`SELECT DISTINCT "isOfficeDoubtful" FROM "Participant" WHERE "key" LIKE 'm-%'`);
    expect(rows).toEqual([{ isOfficeDoubtful: true }]);
    // An accepted pack can be loaded again.
    expect(await importPacks(database, [await writePack({ "p.yaml": text("m-2") })])).toMatchObject({ created: 0, updated: 0 });
  });

  it("counts the tenures that come in the same pack", async () => {
    const text = `persons: [{slug: di-dove, name: Di Dove, cite: [page]}]
tenures: [{person: di-dove, office: BBB/defence-minister, since: 2020, cite: [page]}]
meetings: [{slug: m-5, title: M, kind: MULTILATERAL, on: 2024-05-01, cite: [page], participants: [{party: BBB, person: di-dove, office: BBB/defence-minister, role: PRINCIPAL, cite: [page]}]}]`;
    expect((await importPacks(database, [await writePack({ "p.yaml": text })])).created).toBeGreaterThan(0);
  });

  it("is found again when a draft is published, and listed where it is stored", async () => {
    const free = { ...given, slug: "drafted", on: "2015-05-01" };
    const recorded = await editor.act<{ meeting: { id: string } }>("recordMeeting", { ...meetingOf(free), draft: true }, "meeting { id }");
    expect(recorded.userErrors).toEqual([]);
    const tenure = await editor.ask<{ person: { tenures: { id: string }[] } }>(`{ person(slug: "cy-cole") { tenures { id } } }`);
    const corrections = [{ field: "until", value: "2014-01-01" }];
    const corrected = await editor.act("correctRecord", { id: tenure.person.tenures[0]?.id, corrections, reason: "wrong" });
    expect(corrected.userErrors).toEqual([]);
    const published = await editor.act("publishDrafts", { ids: [recorded.meeting.id] });
    expect(published.userErrors).toMatchObject([{ code: "OFFICE_NOT_HELD", path: ["input", "ids"] }]);
    expect((await editor.act("publishDrafts", { ids: [recorded.meeting.id], acknowledge: ["OFFICE_NOT_HELD"] })).userErrors).toEqual([]);
    expect(await doubtfulSeats(database.prisma)).toEqual([]);
    await database.pool.query(`UPDATE "Participant" SET "isOfficeDoubtful" = false WHERE "key" = 'drafted/AAA'`);
    expect((await doubtfulSeats(database.prisma)).map(({ key }) => key)).toEqual(["drafted/AAA"]);
  });

  it("a draft whose name or identifier was taken meanwhile is not published, and the message names the other record", async () => {
    const input = { name: "Omega", identifiers: [{ scheme: "WIKIDATA", value: "Q999" }], cite };
    const drafted = await editor.act<{ state: { id: string } }>("recordState", { ...input, code: "OME", draft: true }, "state { id }");
    expect(drafted.userErrors).toEqual([]);
    expect((await editor.act("recordState", { ...input, code: "OMG" })).userErrors).toEqual([]);
    expect((await editor.act("publishDrafts", { ids: [drafted.state.id] })).userErrors).toMatchObject([
      { code: "CONFLICT", message: 'The WIKIDATA identifier "Q999" belongs to "OMG" (Omega) already.' },
    ]);
  });
});
