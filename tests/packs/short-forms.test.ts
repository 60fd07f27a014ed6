import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { locateFaults } from "../../src/packs/faults.js";
import { readPack } from "../../src/packs/read.js";
import { packSections } from "../../src/packs/sections.js";
import { writtenOut } from "../../src/packs/short.forms.js";

const published = new Map([["note", "2023-04-27"]]);
const out = (file: Record<string, unknown>) => writtenOut(file, packSections, published);

describe("the short form of a pack", () => {
  it("text as cite is a quote from the document of the file", () => {
    const { file } = out({ document: "note", persons: [{ slug: "li-shangfu", cite: "General Li Shangfu" }] });
    expect(file).toEqual({
      persons: [{ slug: "li-shangfu", cite: [{ document: "note", quote: "General Li Shangfu" }] }],
    });
  });

  it("in a list, text with spaces is a quote and text without is the key of a document", () => {
    const cite = ["other-note", "General Li Shangfu", { quote: "Li" }, { document: "third", locator: "p. 2" }];
    const { file } = out({ document: "note", persons: [{ slug: "li-shangfu", cite }] });
    expect(file["persons"]).toEqual([
      {
        slug: "li-shangfu",
        cite: [
          "other-note",
          { document: "note", quote: "General Li Shangfu" },
          { document: "note", quote: "Li" },
          { document: "third", locator: "p. 2" },
        ],
      },
    ]);
  });

  it("changes no file without short forms", () => {
    const file = {
      pack: { name: "plain" },
      persons: [{ slug: "li-shangfu", cite: ["a", { document: "b", quote: "Li" }] }],
      meetings: [{ slug: "one", participants: [{ party: "IND", role: "HOST" }], statusReports: [{ status: "HELD" }] }],
    };
    expect(out(file).file).toEqual({
      ...file,
      meetings: [{ slug: "one", participants: [{ party: "IND", role: "HOST" }], statusReports: [{ status: "HELD" }] }],
    });
  });

  it("a map of records gives their keys; seats stand under their party, and cite what their meeting cites", () => {
    const { file } = out({
      document: "note",
      meetings: {
        "2023-04-27-ind-chn": {
          title: "India and China",
          cite: "met in New Delhi",
          status: "HELD",
          participants: {
            IND: { person: "rajnath-singh", office: "defence-minister", cite: "Shri Rajnath Singh" },
            CHN: "li-shangfu",
          },
          statements: { peace: { speaker: "rajnath-singh", text: "Peace at the border comes first." } },
        },
      },
    });
    const met = [{ document: "note", quote: "met in New Delhi" }];
    expect(file["meetings"]).toEqual([
      {
        slug: "2023-04-27-ind-chn",
        title: "India and China",
        kind: "BILATERAL",
        cite: met,
        statusReports: [{ status: "HELD", reportedOn: "2023-04-27", cite: met }],
        participants: [
          {
            party: "IND",
            role: "PRINCIPAL",
            person: "rajnath-singh",
            office: "IND/defence-minister",
            cite: [{ document: "note", quote: "Shri Rajnath Singh" }],
          },
          { party: "CHN", role: "PRINCIPAL", person: "li-shangfu", cite: met },
        ],
        statements: [
          {
            key: "peace",
            speaker: "rajnath-singh",
            text: "Peace at the border comes first.",
            isVerbatim: false,
            cite: met,
          },
        ],
      },
    ]);
  });

  it("new entries leave out what follows from their keys, passages and parties", () => {
    const { file } = out({
      document: "note",
      offices: { "IND/defence-minister": { title: "Raksha Mantri", kind: "DEFENCE_MINISTER", cite: "Raksha Mantri" } },
      meetings: { talks: { title: "Talks", place: "Lao Cai, VNM", participants: ["IND", "CHN"], cite: "met there" } },
      statements: {
        said: { speaker: "rajnath-singh", cite: "Singh said that peace comes first." },
        quoted: { speaker: "rajnath-singh", isVerbatim: true, cite: "“Peace,” Singh said, “comes first.”" },
        known: { cite: "Singh said it again." },
      },
      commitments: { hotline: { summary: "A hotline", cite: "a hotline" } },
    });
    const cite = (quote: string) => [{ document: "note", quote }];
    const seat = { role: "PRINCIPAL", cite: cite("met there") };
    expect(file).toEqual({
      offices: [
        {
          key: "IND/defence-minister",
          party: "IND",
          title: "Raksha Mantri",
          kind: "DEFENCE_MINISTER",
          cite: cite("Raksha Mantri"),
        },
      ],
      meetings: [
        {
          slug: "talks",
          title: "Talks",
          kind: "BILATERAL",
          place: "VNM/lao-cai",
          cite: cite("met there"),
          participants: [
            { party: "IND", ...seat },
            { party: "CHN", ...seat },
          ],
        },
      ],
      places: [{ key: "VNM/lao-cai", city: "Lao Cai", state: "VNM" }],
      statements: [
        {
          key: "said",
          speaker: "rajnath-singh",
          text: "Singh said that peace comes first.",
          isVerbatim: false,
          cite: cite("Singh said that peace comes first."),
        },
        {
          key: "quoted",
          speaker: "rajnath-singh",
          text: "Peace, […] comes first.",
          isVerbatim: true,
          cite: cite("“Peace,” Singh said, “comes first.”"),
        },
        { key: "known", cite: cite("Singh said it again.") },
      ],
      commitments: [
        { key: "hotline", summary: "A hotline", kind: "JOINT_ACTION", status: "AGREED", cite: cite("a hotline") },
      ],
    });
  });

  it("a place is written where it is meant, and added once", () => {
    const place = { city: "Xi’an", state: "CHN" };
    const { file } = out({ meetings: { one: { place }, other: { place } } });
    expect(file).toEqual({
      meetings: [
        { slug: "one", place: "CHN/xi-an" },
        { slug: "other", place: "CHN/xi-an" },
      ],
      places: [{ key: "CHN/xi-an", ...place }],
    });
  });

  it("the offices that a person holds are tenures, attested on the day of the document", () => {
    const { file } = out({
      document: "note",
      persons: {
        "li-shangfu": { state: "CHN", cite: "Li Shangfu", holds: { "defence-minister": "Minister Li", "X/y": null } },
      },
    });
    expect(file["tenures"]).toEqual([
      {
        person: "li-shangfu",
        office: "CHN/defence-minister",
        attestedOn: "2023-04-27",
        cite: [{ document: "note", quote: "Minister Li" }],
      },
      {
        person: "li-shangfu",
        office: "X/y",
        attestedOn: "2023-04-27",
        cite: [{ document: "note", quote: "Li Shangfu" }],
      },
    ]);
  });
});

describe("a fault in a short form", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sidelines-short-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("has the line and the path that were written", async () => {
    const path = join(folder, "faulty.yaml");
    await writeFile(
      path,
      `document: note
meetings:
  2023-04-27-ind-chn:
    title: India and China
    kind: BILATERAL
    cite: met in New Delhi
    participants:
      IND: { person: rajnath-singh }
      CHN: { person: li-shangfu, rolle: HOST }
persons:
  li-shangfu: { name: Li Shangfu, state: CHN, cite: Li Shangfu, holds: { defence-minister: { sinse: 2023 } } }
`,
    );
    const pack = await readPack(path);
    const faults = locateFaults(pack.changeSet.faults, pack).map(({ line, path: where, message }) => [
      line,
      where,
      message,
    ]);
    expect(faults).toEqual([
      [9, "meetings.2023-04-27-ind-chn.participants.CHN.rolle", expect.stringContaining("did you mean")],
      [11, "persons.li-shangfu.holds.defence-minister.sinse", expect.stringContaining("did you mean")],
    ]);
  });
});
