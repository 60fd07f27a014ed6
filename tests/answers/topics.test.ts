import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { importPacks } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, type Editor } from "../support/editors.js";
import { faultsOf as packFaults, removeFolders, soundPack, writePack } from "../support/packs.js";

const more = `meetings:
  - {slug: sea, title: Talks at sea, kind: BILATERAL, on: 2024-02-01, topics: [maritime-security, cyber], cite: [page],
      participants: [{party: AAA, role: HOST, cite: [page]}, {party: BBB, role: PRINCIPAL, cite: [page]}],
      statements: [{key: one, party: AAA, text: Ships are safe., isVerbatim: false, topics: [Maritime security], cite: [page]}]}
  - {slug: nets, title: Talks by video, kind: BILATERAL, on: 2024-03-01, topics: [cyber], cite: [page],
      participants: [{party: AAA, role: HOST, cite: [page]}]}
statements:
  - {key: late, speaker: bo-baker, text: Nets are safe., isVerbatim: false, topics: [cyber], on: 2024-05-01, cite: [page]}
  - {key: joint, party: BBB, otherSpeakers: [bo-baker], otherParties: [AAA], text: All is safe., isVerbatim: false, topics: [cyber, maritime-security], on: 2024-04-01, cite: [page]}
`;

let database: Database;
let editor: Editor;
beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database);
  await importPacks(database, [await writePack(soundPack), await writePack({ "more.yaml": more })]);
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

async function meetings(filter: string): Promise<string[]> {
  const { meetings: found } = await editor.ask<{ meetings: { nodes: { slug: string }[] } }>(
    `{ meetings(filter: { ${filter} }) { nodes { slug } } }`,
  );
  return found.nodes.map(({ slug }) => slug);
}

async function statements(filter: string): Promise<string[]> {
  const { statements: found } = await editor.ask<{ statements: { nodes: { text: string }[] } }>(
    `{ statements(filter: { ${filter} }) { nodes { text } } }`,
  );
  return found.nodes.map(({ text }) => text);
}

describe("topics of meetings", () => {
  it("filter lists by all of them, beside other filters", async () => {
    expect(await meetings(`topics: ["cyber"]`)).toEqual(["nets", "sea"]);
    expect(await meetings(`topics: ["cyber", "maritime-security"]`)).toEqual(["sea"]);
    expect(await meetings(`topics: ["cyber"], parties: ["BBB"]`)).toEqual(["sea"]);
    expect(await meetings(`topics: []`)).toContain("the-forum-1");
    await expect(meetings(`topics: ["cheese"]`)).rejects.toThrow("is none. Topics: maritime-security, ");
  });

  it("narrow counts, and the meetings of a party", async () => {
    expect(
      await editor.ask(`{
        meetingCounts(by: [YEAR], filter: { topics: ["cyber"] }) { nodes { year count } }
        state(code: "BBB") { meetings(filter: { topics: ["cyber"] }) { nodes { slug topics } } }
      }`),
    ).toEqual({
      meetingCounts: { nodes: [{ year: 2024, count: 2 }] },
      state: { meetings: { nodes: [{ slug: "sea", topics: ["maritime-security", "cyber"] }] } },
    });
  });

  it("are words that search finds a meeting by", async () => {
    const { search } = await editor.ask<{ search: { nodes: { match: { slug?: string } }[] } }>(
      `{ search(query: "maritime security", kinds: [MEETING]) { nodes { match { ... on Meeting { slug } } } } }`,
    );
    expect(search.nodes.map(({ match }) => match.slug)).toEqual(["sea"]);
  });

  it("are recorded, corrected and kept in the history", async () => {
    const cite = [{ document: "page" }];
    expect(
      await editor.act("recordMeeting", {
        slug: "new",
        title: "New",
        kind: "BILATERAL",
        topics: ["space", "cheese"],
        cite,
      }),
    ).toMatchObject({ userErrors: [{ code: "INVALID", path: ["input", "topics", "1"] }] });
    const recorded = await editor.act<{ meeting: { id: string; topics: string[] } }>(
      "recordMeeting",
      { slug: "new", title: "New", kind: "BILATERAL", topics: ["space"], cite },
      "meeting { id topics }",
    );
    expect(recorded.meeting.topics).toEqual(["space"]);
  });

  it("of a pack are faults unless they are of the list", async () => {
    const pack = await writePack({ "p.yaml": "meetings: [{slug: sea, topics: [fish]}]" });
    expect(await packFaults(importPacks(database, [pack]))).toEqual([
      expect.stringMatching(/"fish" is no topic; known are maritime-security, /),
    ]);
  });
});

describe("statements", () => {
  it("are listed latest first, one without a day on that of its meeting", async () => {
    expect((await statements('during: { from: "2024-02-01", to: "2024-06-01" }')).slice(0, 3)).toEqual([
      "Nets are safe.",
      "All is safe.",
      "Ships are safe.",
    ]);
  });

  it("are filtered by topics, by key or in words, and by speaker, party and meeting", async () => {
    expect(await statements(`topics: ["maritime-security"]`)).toEqual(["All is safe.", "Ships are safe."]);
    expect(await statements(`topics: ["maritime-security", "cyber"]`)).toEqual(["All is safe."]);
    expect(await statements(`topics: ["cyber"], speaker: "bo-baker"`)).toEqual(["Nets are safe.", "All is safe."]);
    expect(await statements(`topics: ["maritime-security"], party: "AAA"`)).toEqual([
      "All is safe.",
      "Ships are safe.",
    ]);
    expect(await statements(`meeting: "sea"`)).toEqual(["Ships are safe."]);
    await expect(statements(`topics: ["cheese"]`)).rejects.toThrow("is none. Topics: ");
  });

  it("of a meeting and of a person take the same filter", async () => {
    expect(
      await editor.ask(`{
        meeting(slug: "sea") { statements(filter: { topics: ["cyber"] }) { totalCount } }
        person(slug: "bo-baker") { statements(filter: { topics: ["maritime-security"] }) { nodes { text } } }
      }`),
    ).toEqual({
      meeting: { statements: { totalCount: 0 } },
      person: { statements: { nodes: [{ text: "All is safe." }] } },
    });
  });
});
