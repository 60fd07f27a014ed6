import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPack } from "../../src/packs/import.js";
import { startPostgres } from "../support/database.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { removeFolders, writePack } from "../support/packs.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { citing, document, quote, recordWire, type Recorded } from "../support/wire.js";

const postgres = await startPostgres({ packs: ["report"] });
afterAll(async () => {
  await removeFolders();
  await postgres?.stop();
});

const many = 16;

/** A meeting on a day of its own, as an editor records it. */
const meetingOn = (day: string, slug = `${day}-lao-vnm-beside`) => ({
  slug,
  title: `Laos and Vietnam meet on ${day}`,
  kind: "BILATERAL",
  on: day,
  cite: citing(),
  participants: [
    { party: "LAO", role: "PRINCIPAL", cite: citing() },
    { party: "VNM", role: "PRINCIPAL", cite: citing() },
  ],
  statusReports: [{ status: "HELD", cite: citing() }],
});
const dayOf = (number: number): string => new Date(Date.UTC(1990, 0, 1 + number * 40)).toISOString().slice(0, 10);

// The embedded database has a single session, so that writes follow each other there.
describe.skipIf(!postgres)("acts beside each other", () => {
  let seeded: Seeded;
  let editors: readonly Editor[];
  let wire: Recorded;
  let stranger: pg.Client;
  beforeAll(async () => {
    seeded = await openSeeded(["report"], postgres);
    const { database } = seeded;
    editors = Array.from({ length: many }, (_, index) => editorOf(database, `editor-${index}`, { compares: false }));
    wire = await recordWire(editorOf(database));
    stranger = new pg.Client({ connectionString: database.url });
    await stranger.connect();
  });
  afterAll(async () => {
    await stranger.end();
    await seeded.close();
  });

  const rowsOf = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await stranger.query<T>(text, values)).rows;
  const version = async (): Promise<number> =>
    Number((await rowsOf<{ version: string }>('SELECT "version" FROM "RecordVersion"'))[0]?.version);
  const all = <T>(work: (editor: Editor, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(editors.map((editor, index) => work(editor, index)));

  it("record different meetings, each in one act, in an order that follows their acknowledgements", async () => {
    const before = await version();
    const done: { id: string; sent: number; acknowledged: number }[] = [];
    await all(async (editor, index) => {
      for (let round = 0; round < 3; round += 1) {
        const sent = performance.now();
        const input = meetingOn(dayOf(index * 3 + round));
        const payload = await editor.act<{ meeting: { id: string } }>("recordMeeting", input, "meeting { id }");
        expect(payload.userErrors).toEqual([]);
        done.push({ id: payload.meeting.id, sent, acknowledged: performance.now() });
      }
    });
    const positions = new Map(
      (
        await rowsOf<{ recordId: string; actNumber: string; at: Date; count: number }>(
          `SELECT c."recordId", c."actNumber", a."at", count(*) OVER (PARTITION BY c."actNumber")::int AS "count"
          FROM "Change" c JOIN "Act" a ON a."number" = c."actNumber" WHERE c."recordId" = ANY ($1) AND c."kind" = 'CREATED'`,
          [done.map(({ id }) => id)],
        )
      ).map(({ recordId, actNumber, at, count }) => [recordId, { number: Number(actNumber), at: at.getTime(), count }]),
    );
    const acts = done.map((act) => {
      const position = positions.get(act.id);
      if (position === undefined) throw new Error(`the history lacks ${act.id}`);
      return { ...act, ...position };
    });
    expect(acts.every(({ count }) => count === 1)).toBe(true);
    for (const later of acts) {
      for (const earlier of acts.filter(({ acknowledged }) => acknowledged < later.sent)) {
        expect(later.number).toBeGreaterThan(earlier.number);
        expect(later.at).toBeGreaterThan(earlier.at);
      }
    }
    expect(new Set(acts.map(({ at }) => at)).size).toBe(done.length);
    expect((await version()) - before).toBe(done.length);
  });

  it("leave the counts and timelines that a rebuild gives", async () => {
    const kept = async (): Promise<unknown[]> => [
      await rowsOf(
        `SELECT * FROM derived."Tally" ORDER BY "grain", "firstId", "secondId", "year", "kind", "format", "status", "forumId"`,
      ),
      await rowsOf('SELECT * FROM derived."Counted" ORDER BY "meetingId"'),
      await rowsOf('SELECT * FROM derived."Reported" ORDER BY "holderId", "kind", "day", "id"'),
    ];
    const stored = await kept();
    await stranger.query('BEGIN; SELECT derived."countAllAnew"(), derived."settleAllReported"()');
    const rebuilt = await kept();
    await stranger.query("ROLLBACK");
    expect(stored).toEqual(rebuilt);
  });

  it("go on while another one waits", async () => {
    const held = editorOf(seeded.database, "held", { compares: false });
    await held.act("addDocument", { ...document, key: "held", url: null });
    await stranger.query("BEGIN");
    await stranger.query(`SELECT FROM "Document" WHERE "key" = 'held' FOR UPDATE`);
    let isDone = false;
    const waiting = held
      .act("recordMilestone", { key: "held", label: "Held", cite: [{ document: "held", quote }] })
      .finally(() => (isDone = true));
    await expect
      .poll(
        async () => (await rowsOf(`SELECT FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0`)).length,
        { interval: 20 },
      )
      .toBe(1);
    const others = await all((editor, index) =>
      editor.act("recordMilestone", { key: `beside-${index}`, label: `Beside ${index}`, cite: citing() }),
    );
    expect(others.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(isDone).toBe(false);
    await stranger.query("ROLLBACK");
    expect(await waiting).toEqual({ userErrors: [] });
  });

  it("record one thing once, and the others learn that it is there", async () => {
    const outcomes = await all((editor) => editor.act("recordMeeting", meetingOn("2001-02-03"), "meeting { id }"));
    expect(outcomes.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(outcomes.flatMap(faultsOf))).toEqual(new Set(["DUPLICATE input.slug"]));
  });

  it("notice that they record the same meeting under different names", async () => {
    const outcomes = await all((editor, index) =>
      editor.act("recordMeeting", { ...meetingOn("2002-03-04", `alike-${index}`), acknowledge: [] }, "meeting { id }"),
    );
    expect(outcomes.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(outcomes.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)))).toEqual(
      new Set(["LIKELY_DUPLICATE"]),
    );
  });

  it("number the seats that they add to one meeting without gaps", async () => {
    const [editor] = editors as [Editor];
    const input = { ...meetingOn("2004-05-06"), kind: "MULTILATERAL", participants: [] };
    const { meeting: held } = await editor.act<{ meeting: { id: string } }>("recordMeeting", input, "meeting { id }");
    const outcomes = await all((one) =>
      one.act("addParticipant", { meeting: held.id, party: "THA", role: "PRINCIPAL", cite: citing() }),
    );
    expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const seats = await rowsOf<{ position: number }>(
      'SELECT "position" FROM "Participant" WHERE "meetingId" = $1 ORDER BY "position"',
      [held.id],
    );
    expect(seats.map(({ position }) => position)).toEqual(seats.map((_, index) => (seats[0]?.position ?? 0) + index));
    expect(seats).toHaveLength(many);
  });

  it("change one version of a record once", async () => {
    const commitment = wire.commitments.nodes[0]?.id ?? "";
    const versionOf = async (): Promise<number | undefined> =>
      (await rowsOf<{ version: number }>(`SELECT "versionOf"('Commitment', $1) AS "version"`, [commitment]))[0]
        ?.version;
    const expectedVersion = await versionOf();
    const outcomes = await all((editor) =>
      editor.act("reportCommitment", { commitment, status: "SIGNED", expectedVersion, cite: citing() }),
    );
    expect(outcomes.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(outcomes.flatMap(faultsOf))).toEqual(new Set(["CONFLICT input.expectedVersion"]));
    expect(await versionOf()).toBe((expectedVersion ?? 0) + 1);
  });

  it("are done once for one idempotency key", async () => {
    const [editor] = editors as [Editor];
    const before = await version();
    const input = { ...meetingOn("2003-04-05"), idempotencyKey: "k-beside" };
    const outcomes = await Promise.all(
      Array.from({ length: many }, () =>
        editor.act<{ meeting: { id: string }; isReplay: boolean }>("recordMeeting", input, "meeting { id } isReplay"),
      ),
    );
    expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(outcomes.map(({ meeting: { id } }) => id)).size).toBe(1);
    expect(outcomes.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect((await version()) - before).toBe(1);
  });

  it("lose nothing while packs are loaded", async () => {
    const pack = await writePack({
      "wire.yaml": `meetings:
  - slug: 1980-01-01-lao-vnm-pack
    title: Laos and Vietnam defence ministers meet early
    kind: BILATERAL
    on: 1980-01-01
    cite: [{ document: ${document.key}, quote: "${quote}" }]
`,
    });
    const before = await version();
    const [report, outcomes] = await Promise.all([
      importPack(seeded.database, pack),
      all((editor, index) => editor.act("recordMeeting", meetingOn(dayOf(100 + index)), "meeting { id }")),
    ]);
    expect(report.rows).toMatchObject({ Meeting: { created: 1 } });
    expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect((await version()) - before).toBe(many + 1);
  });
});
