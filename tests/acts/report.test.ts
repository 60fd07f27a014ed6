import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editorOf, type Editor, type Payload } from "../support/editors.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { blocksOf } from "../docs/markdown.js";

let seeded: Seeded;
let editor: Editor;
beforeAll(async () => {
  seeded = await openSeeded(["reference"]);
  editor = editorOf(seeded.database);
});
afterAll(() => seeded.close());

interface Recorded {
  readonly created: number | null;
  readonly changed: number | null;
  readonly records: readonly { readonly id: string }[] | null;
}

const selection = "created changed records { id }";

/** The example of docs/editing.md. */
const blocks = blocksOf("docs/editing.md");
const place = blocks.findIndex(({ label }) => label === "report");
const operation = blocks[place]?.text ?? "";
const { input } = JSON.parse(blocks[place + 1]?.text ?? "{}") as { input: Record<string, object[]> };

async function count(table: string): Promise<number> {
  const { rows } = await seeded.database.pool.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM "${table}"`,
  );
  return rows[0]?.count ?? -1;
}

describe("a report", () => {
  it("in a dry run is checked, and nothing is written", async () => {
    const checked = await editor.act<Recorded>("recordReport", { ...input, dryRun: true }, selection);
    expect(checked).toEqual({ created: 7, changed: 0, records: [], userErrors: [] });
    expect(await count("Meeting")).toBe(0);
  });

  it("with faults is rejected whole, each fault at the path of its entry", async () => {
    const [meeting] = input["meetings"] ?? [];
    const { userErrors, created } = await editor.act<Recorded>(
      "recordReport",
      {
        ...input,
        meetings: [{ ...meeting, topics: ["cheese"], forum: "no-such-forum" }],
        statements: [
          {
            key: "x",
            party: "KEN",
            text: "Yes.",
            isVerbatim: true,
            cite: [{ document: "sesame-readout", quote: "never said" }],
          },
        ],
        persons: [{ ...input["persons"]?.[0], draft: true }],
      },
      selection,
    );
    expect(created).toBeNull();
    expect(userErrors.map(({ code, path }) => `${code} ${path.join(".")}`).sort()).toEqual([
      "INVALID input.meetings.0.topics.0",
      "INVALID input.persons.0.draft",
      "MISQUOTED input.statements.0.cite.0.quote",
      "NOT_FOUND input.meetings.0.forum",
    ]);
    expect(await count("Meeting")).toBe(0);
  });

  it("as on the page is recorded in one act, in whatever order its lists refer to each other", async () => {
    const { recordReport: recorded } = await editor.ask<{ recordReport: Payload<Recorded> }>(operation, { input });
    expect(recorded).toMatchObject({ created: 7, changed: 0, userErrors: [] });
    expect(recorded.records).toHaveLength(7);
    expect(
      await editor.ask(
        `{ meeting(slug: "2025-03-04-ken-fra-nairobi") { status topics participants { nodes { party { code } person { name } } } } }`,
      ),
    ).toEqual({
      meeting: {
        status: "HELD",
        topics: ["maritime-security"],
        participants: {
          nodes: [
            { party: { code: "KEN" }, person: { name: "Kofi Sesame" } },
            { party: { code: "FRA" }, person: null },
          ],
        },
      },
    });
    const { rows } = await seeded.database.pool.query(
      `SELECT count(*)::int AS "acts" FROM "Act" WHERE "kind" = 'recordReport'`,
    );
    expect(rows).toEqual([{ acts: 1 }]);
  });

  it("sent again changes nothing, and another one completes what is there", async () => {
    expect(await editor.act<Recorded>("recordReport", input, selection)).toEqual({
      created: 0,
      changed: 0,
      records: [],
      userErrors: [],
    });
    const more = {
      persons: [
        {
          slug: "kofi-sesame",
          name: "Kofi Sesame",
          nameOrder: "GIVEN_FIRST",
          cite: [{ document: "sesame-readout", quote: "Kofi Sesame" }],
        },
      ],
      commitments: [
        {
          meeting: "2025-03-04-ken-fra-nairobi",
          key: "one",
          summary: "To talk.",
          kind: "DIALOGUE",
          status: "AGREED",
          cite: [{ document: "sesame-readout", quote: "They spoke about piracy" }],
        },
      ],
    };
    expect(await editor.act<Recorded>("recordReport", more, selection)).toMatchObject({
      created: 1,
      changed: 1,
      userErrors: [],
    });
  });

  it("as a draft stays unpublished, and a retry with the same key is a replay", async () => {
    const report = {
      draft: true,
      idempotencyKey: "report-1",
      milestones: [{ key: "day", label: "A day", on: "2025", cite: [{ document: "sesame-readout", quote: "today" }] }],
    };
    const recorded = await editor.act<Recorded>("recordReport", report, `${selection} isReplay`);
    expect(recorded).toMatchObject({ created: 1, isReplay: false, userErrors: [] });
    expect(await editor.act<Recorded>("recordReport", report, "created isReplay")).toMatchObject({
      created: 1,
      isReplay: true,
    });
    expect(await count("Milestone")).toBe(0);
  });
});
