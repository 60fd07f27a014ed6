import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase, type Database } from "../../src/database/open.js";
import { watchVersion } from "../../src/database/version.js";
import { createLogger } from "../../src/lib/log.js";
import { packageRoot } from "../../src/lib/root.js";
import { importPacks } from "../../src/packs/import.js";
import { sendFrom } from "../../src/reading/sending.js";
import { publicly } from "../../src/reading/standpoint.js";
import { createAsker, type Asker } from "../support/ask.js";
import { quiet, startPostgres } from "../support/database.js";
import { editorOf } from "../support/editors.js";
import { shippedOperations } from "../support/operations.js";
import { startPooler } from "../support/pooler.js";
import { document, meeting } from "../support/wire.js";
import { SOON } from "../support/time.js";

const server = await startPostgres();
const pooler = server && (await startPooler(server.url));
afterAll(async () => {
  await pooler?.stop();
  await server?.stop();
});

const look = '{ meeting(slug: "2024-11-20-ind-chn-vientiane") { title } }';
const common = { mode: "postgres", poolSize: 8, statementTimeoutMs: 8_000 } as const;

describe.skipIf(!pooler)("a database behind a pool that lends connections for a transaction", () => {
  let url = "";
  let throughUrl = "";
  let direct: Database;
  let pooled: Database;
  beforeAll(async () => {
    url = (await server?.createDatabase()) as string;
    throughUrl = pooler?.through(url) as string;
    direct = await openDatabase({ ...common, url }, quiet);
    pooled = await openDatabase({ ...common, url: throughUrl, directUrl: url }, quiet);
    await importPacks(
      pooled,
      ["report", "facts"].map((name) => join(packageRoot(), "seeds", name)),
    );
  });
  afterAll(async () => {
    await pooled.close();
    await direct.close();
  });

  it("answers every shipped operation as the server itself does, many at once", async () => {
    const [straight, through] = [createAsker(direct), createAsker(pooled)];
    const operations = shippedOperations();
    expect(operations.length).toBeGreaterThan(15);
    const askAll = ({ answer }: Asker) =>
      Promise.all(
        operations.map(({ document: text, name, variables }) =>
          answer(text, variables, name).then(({ data, errors }) => ({ data, errors })),
        ),
      );
    const expected = await askAll(straight);
    for (const answers of await Promise.all([1, 2, 3, 4].map(() => askAll(through)))) expect(answers).toEqual(expected);
  });

  it("prepares nothing unless the pool supports prepared statements", async () => {
    // Straight at the server, whose connections keep it, as a pool does that can.
    for (const poolKeepsStatements of [false, true]) {
      const keeping = await openDatabase({ ...common, poolSize: 1, url, directUrl: url, poolKeepsStatements }, quiet);
      const { answer } = createAsker(keeping);
      const [expected, ...others] = [await answer(look), await answer(look), await answer(look), await answer(look)];
      expect(expected.data).not.toBeNull();
      for (const other of others) expect(other.data).toEqual(expected.data);
      const { rows } = await keeping.pool.query<{ names: number }>(
        "SELECT count(*)::int AS names FROM pg_prepared_statements",
      );
      expect((rows[0]?.names ?? 0) > 0).toBe(poolKeepsStatements);
      await keeping.close();
    }
  });

  it("gives every read its settings, and leaves none of them to the next", async () => {
    const text = `select current_setting('jit') || ' ' || current_setting('random_page_cost') || ' ' || current_setting('statement_timeout') as "value"`;
    expect(await sendFrom(pooled, publicly, { text, values: [] })).toBe("off 1.1 8s");
    const settings = await Promise.all([1, 2, 3, 4].map(() => pooled.pool.query<{ value: string }>(text)));
    for (const { rows: others } of settings) expect(others).toEqual([{ value: "on 4 0" }]);
  });

  it("ends a statement that takes too long", async () => {
    const hasty = await openDatabase({ ...common, statementTimeoutMs: 100, url: throughUrl, directUrl: url }, quiet);
    await expect(sendFrom(hasty, publicly, { text: "select pg_sleep(30)", values: [] })).rejects.toMatchObject({
      code: "57014",
    });
    await hasty.close();
  });

  it("hides drafts from other clients that share the connection", async () => {
    const editor = editorOf(pooled, "pooler");
    const everybody = createAsker(pooled);
    expect((await editor.act("addDocument", document)).userErrors).toEqual([]);
    expect((await editor.act("recordMeeting", { ...meeting, draft: true })).userErrors).toEqual([]);
    const look = `{ meeting(slug: "${meeting.slug}") { isDraft } }`;
    const seen = await Promise.all(
      Array.from({ length: 40 }, (_one, at) =>
        (at % 2 === 0 ? editor : everybody).ask<{ meeting: { isDraft: boolean } | null }>(look),
      ),
    );
    expect(seen.map(({ meeting }) => meeting)).toEqual(
      seen.map((_one, at) => (at % 2 === 0 ? { isDraft: true } : null)),
    );
  });

  it("is listened to and migrated past the pool", async () => {
    expect(pooled.url).toBe(url);
    const watch = await watchVersion(pooled.url, createLogger({ level: "silent" }));
    const before = watch.current() as number;
    await pooled.pool.query(`INSERT INTO "Place"("id", "key", "city") VALUES ('plc_pooler', 'pooler', 'Pooler')`);
    await vi.waitFor(() => expect(watch.current()).toBe(before + 1), SOON);
    await watch.close();
  });

  it("names the missing setting if it is configured as a server", async () => {
    await expect(openDatabase({ ...common, url: throughUrl }, quiet)).rejects.toThrow(
      /unsupported startup parameter.*set SIDELINES_DIRECT_DATABASE_URL to the server behind it/,
    );
  });
});
