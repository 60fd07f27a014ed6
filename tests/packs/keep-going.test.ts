import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPacks } from "../../src/packs/import.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const document = `documents:
  - { key: note, kind: REFERENCE, title: Note, publisher: Us, language: en, url: "https://example.org/note" }
`;

describe("an import that keeps going", () => {
  let seeded: Seeded;
  let folder: string;
  beforeAll(async () => {
    seeded = await openSeeded([]);
    folder = await mkdtemp(join(tmpdir(), "sidelines-keep-going-"));
  });
  afterAll(async () => {
    await seeded.close();
    await rm(folder, { recursive: true });
  });

  const pack = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const load = (paths: readonly string[], keepGoing = true) => importPacks(seeded.database, paths, { keepGoing });
  const states = async (): Promise<string[]> => {
    const rows = await seeded.database.prisma.party.findMany({ orderBy: { code: "asc" } });
    return rows.map(({ code }) => code);
  };

  it("loads what is right, and lists what is not and what refers to it", async () => {
    const path = await pack(
      "mixed.yaml",
      `${document}states:
  - { code: IND, name: India, cite: [note] }
  - { code: CHN, name: China, alpha2: CHINA, cite: [note] }
  - { code: XKX, name: Kosovo }
persons:
  - { slug: dong-jun, name: Dong Jun, state: XKX, cite: [note] }
  - { slug: rajnath-singh, name: Rajnath Singh, state: IND, cite: [note] }
`,
    );
    await expect(load([path], false)).rejects.toThrow("faults, nothing was written");
    expect(await states()).toEqual([]);
    const { leftOut, records } = await load([path]);
    expect(leftOut.map(({ line, code }) => [line, code])).toEqual([
      [5, "INVALID"],
      [6, "UNCITED"],
      [8, "NOT_FOUND"],
    ]);
    expect(records).toMatchObject({ documents: 1, states: 1, persons: 1 });
    expect(await states()).toEqual(["IND"]);
  });

  it("keeps a place that is written in an entry that is left out and in another one", async () => {
    const path = await pack(
      "places.yaml",
      `meetings:
  one: { title: One, kind: TALK, place: { city: Agra, state: IND }, cite: [note] }
  other: { title: Other, kind: MULTILATERAL, place: { city: Agra, state: IND }, cite: [note] }
`,
    );
    const { leftOut, records } = await load([path]);
    expect(leftOut.map(({ path: where }) => where)).toEqual(["meetings.one.kind"]);
    expect(records).toMatchObject({ meetings: 1, places: 1 });
  });

  it("leaves out rows of a table, and gives up on a file that it cannot read", async () => {
    const table = await pack(
      "rows.csv",
      "meeting,title,kind,meetingSources,party,role,sources\nhere,Talks,BILATERAL,note,IND,PRINCIPAL,note\nhere,,,,QQQ,PRINCIPAL,note\n",
    );
    const { leftOut, records } = await load([table]);
    expect(leftOut.map(({ line, code }) => [line, code])).toEqual([[3, "NOT_FOUND"]]);
    expect(records).toEqual({ participants: 1 });
    await expect(load([await pack("broken.yaml", "states: [")])).rejects.toThrow("broken.yaml:1");
  });
});
