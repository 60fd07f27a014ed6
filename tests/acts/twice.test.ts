import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newTurns } from "../../src/writing/turns.js";
import { createAsker, type Asker } from "../support/ask.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { seededServers, type Seeded } from "../support/seeded.js";
import { citing, document, recordWire, text } from "../support/wire.js";

const milestone = (key: string) => ({ key, label: `Milestone ${key}`, cite: citing() });

describe.each((await seededServers(["report"])).filter(({ skip }) => !skip))("twice is once on $name", ({ open }) => {
  let seeded: Seeded;
  let editor: Editor;
  let reader: Asker;
  let commitment: string;
  beforeAll(async () => {
    seeded = await open();
    editor = editorOf(seeded.database);
    reader = createAsker(seeded.database);
    commitment = (await recordWire(editor)).commitments.nodes[0]?.id ?? "";
  });
  afterAll(() => seeded.close());

  const recordVersion = () =>
    reader
      .ask<{ service: { recordVersion: number } }>("{ service { recordVersion } }")
      .then(({ service }) => service.recordVersion);

  it("answers a retry with the first result", async () => {
    const input = { ...milestone("once"), idempotencyKey: "k-once" };
    const first = await editor.act("recordMilestone", input, "milestone { id label }");
    expect(first).toMatchObject({ milestone: { label: "Milestone once" }, userErrors: [] });
    const version = await recordVersion();
    // The order of properties says nothing.
    const { cite, ...rest } = input;
    await expect(editor.act("recordMilestone", { cite, ...rest }, "milestone { id label }")).resolves.toEqual(first);
    expect(await recordVersion()).toBe(version);
  });

  it("a refusal does not use an idempotency key up", async () => {
    const input = {
      ...milestone("late"),
      cite: [{ document: "to-be-added", quote: text }],
      idempotencyKey: "k-faults",
    };
    expect(faultsOf(await editor.act("recordMilestone", input))).toContain("NOT_FOUND input.cite.0.document");
    await editor.act("addDocument", { ...document, key: "to-be-added" });
    const retried = await editor.act("recordMilestone", input, "milestone { key } isReplay");
    expect(retried).toEqual({ milestone: { key: "late" }, isReplay: false, userErrors: [] });
  });

  it("a replay says that it is one", async () => {
    const input = { ...milestone("replayed"), idempotencyKey: "k-replay" };
    const first = await editor.act<{ isReplay: boolean }>("recordMilestone", input, "milestone { id } isReplay");
    expect(first.isReplay).toBe(false);
    expect(await editor.act("recordMilestone", input, "milestone { id } isReplay")).toEqual({
      ...first,
      isReplay: true,
    });
  });

  it("nulls, defaults and empty lists are the same input as leaving them out", async () => {
    const input = { ...milestone("plain"), idempotencyKey: "k-plain" };
    expect((await editor.act("recordMilestone", input)).userErrors).toEqual([]);
    const cite = [{ ...citing()[0], start: null, locator: null, stance: "SUPPORTS" }];
    const same = { ...input, on: null, note: null, parties: [], draft: false, reason: null, cite };
    expect(await editor.act("recordMilestone", same, "isReplay")).toEqual({ isReplay: true, userErrors: [] });
    const other = await editor.act("recordMilestone", { ...input, draft: true });
    expect(faultsOf(other)).toEqual(["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
  });

  it("a value that is taken back is not the same input as one that is left out", async () => {
    const recorded = await editor.act<{ milestone: { id: string } }>(
      "recordMilestone",
      { ...milestone("noted"), note: "A note." },
      "milestone { id }",
    );
    const correction = { id: recorded.milestone.id, reason: "wrong", idempotencyKey: "k-null" };
    const cleared = { ...correction, corrections: [{ field: "note", value: null }] };
    expect((await editor.act("correctRecord", cleared)).userErrors).toEqual([]);
    expect(await editor.act("correctRecord", cleared, "isReplay")).toMatchObject({ isReplay: true });
    const other = await editor.act("correctRecord", { ...correction, corrections: [{ field: "note", value: "" }] });
    expect(faultsOf(other)).toEqual(["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
  });

  it("refuses another input, and another act, under a key that was used", async () => {
    await editor.act("recordMilestone", { ...milestone("used"), idempotencyKey: "k-used" });
    const other = await editor.act(
      "recordMilestone",
      { ...milestone("another"), idempotencyKey: "k-used" },
      "milestone { id }",
    );
    expect(other).toMatchObject({
      milestone: null,
      userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED", path: ["input", "idempotencyKey"] }],
    });
    const act = await editor.act("addDocument", { ...document, key: "another", idempotencyKey: "k-used" });
    expect(faultsOf(act)).toEqual(["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
  });

  it("learns nothing of another actor's key, which is free for its own", async () => {
    await editor.act("recordMilestone", { ...milestone("mine"), idempotencyKey: "k-mine" });
    const other = editorOf(seeded.database, "somebody-else");
    expect(faultsOf(await other.act("recordMilestone", { ...milestone("mine"), idempotencyKey: "k-mine" }))).toEqual([
      "DUPLICATE input.key",
    ]);
    expect(
      (await other.act("recordMilestone", { ...milestone("theirs"), idempotencyKey: "k-mine" })).userErrors,
    ).toEqual([]);
  });

  it("forgets a key after a day", async () => {
    await editor.act("recordMilestone", { ...milestone("yesterday"), idempotencyKey: "k-day" });
    await seeded.database.pool.query(
      `UPDATE "IdempotentAct" SET "at" = now() - interval '25 hours' WHERE "key" = 'k-day'`,
    );
    expect(
      (await editor.act("recordMilestone", { ...milestone("today"), idempotencyKey: "k-day" })).userErrors,
    ).toEqual([]);
    const { rows } = await seeded.database.pool.query(
      `SELECT count(*)::int AS "count" FROM "IdempotentAct" WHERE "at" < now() - interval '1 day'`,
    );
    expect(rows).toEqual([{ count: 0 }]);
  });

  it("has one effect when fifty are sent at once", async () => {
    const input = { ...milestone("fifty"), idempotencyKey: "k-fifty" };
    const before = await recordVersion();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => editor.act("recordMilestone", input, "milestone { id }")),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.userErrors).toEqual([]);
    expect(await recordVersion()).toBe(before + 1);
  });

  it("makes one of fifty that record the same thing without a key, and refuses the others", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => editor.act("recordMilestone", milestone("same"))),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(answers.flatMap(faultsOf))).toEqual(new Set(["DUPLICATE input.key"]));
  });

  interface Current {
    readonly status: string;
    readonly version: number;
  }
  const current = async (): Promise<Current> => {
    // One statement, so that the two belong together while others write.
    const { rows } = await seeded.database.pool.query<Current>(
      `SELECT "status"::text, "versionOf"('Commitment', "id") AS "version" FROM "Commitment" WHERE "id" = $1`,
      [commitment],
    );
    return rows[0] as Current;
  };
  const next = (status: string) => (status === "AGREED" ? "SIGNED" : "AGREED");

  it("does nothing to a record that has changed meanwhile, and shows it as it is", async () => {
    const { status, version } = await current();
    const report = {
      commitment,
      status: next(status),
      cite: citing("India heard about it."),
      expectedVersion: version,
    };
    const done = await editor.act("reportCommitment", report, "commitment { status }");
    expect(done).toEqual({ commitment: { status: next(status) }, userErrors: [] });
    const stale = await editor.act("reportCommitment", { ...report, status: "LAPSED" }, "commitment { id status }");
    expect(stale).toMatchObject({
      commitment: { id: commitment, status: next(status) },
      userErrors: [{ code: "CONFLICT", path: ["input", "expectedVersion"] }],
    });
    expect(stale.userErrors[0]?.message).toContain(`is at version ${String(version + 1)}, not ${String(version)}`);
    expect(await current()).toEqual({ status: next(status), version: version + 1 });
  });

  it("loses none of a hundred edits that are made at once", async () => {
    const before = await current();
    let conflicts = 0;
    const edit = async (): Promise<void> => {
      for (;;) {
        const { status, version } = await current();
        const answer = await editor.act("reportCommitment", {
          commitment,
          status: next(status),
          expectedVersion: version,
          cite: citing(),
        });
        if (answer.userErrors.length === 0) return;
        expect(faultsOf(answer)).toEqual(["CONFLICT input.expectedVersion"]);
        conflicts += 1;
      }
    };
    // Ten editors with ten edits each: a hundred that all start from the same version would try five thousand times.
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let count = 0; count < 10; count += 1) await edit();
      }),
    );
    expect((await current()).version).toBe(before.version + 100);
    expect(conflicts).toBeGreaterThan(0);
  });

  it("lets exactly one of a hundred edits of the same version through", async () => {
    const { status, version } = await current();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        editor.act("reportCommitment", { commitment, status: next(status), expectedVersion: version, cite: citing() }),
      ),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect((await current()).version).toBe(version + 1);
  });
});

describe("turns", () => {
  it("run one after the other, and a cancelled one does not admit another", async () => {
    const turns = newTurns();
    const log: string[] = [];
    let finish: () => void = () => undefined;
    const first = turns.take(
      () =>
        new Promise<void>((resolve) => {
          finish = () => {
            log.push("first");
            resolve();
          };
        }),
    );
    const gone = new AbortController();
    const second = turns.take(async () => log.push("second"), gone.signal);
    const third = turns.take(async () => log.push("third"));
    gone.abort(new Error("gone"));
    await expect(second).rejects.toThrow("gone");
    expect(log).toEqual([]);
    finish();
    await Promise.all([first, third]);
    expect(log).toEqual(["first", "third"]);
  });

  it("go on after work that failed", async () => {
    const turns = newTurns();
    await expect(
      turns.take(async () => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await expect(turns.take(async () => "yes")).resolves.toBe("yes");
  });
});
