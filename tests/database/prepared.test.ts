import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type Database } from "../../src/database/open.js";
import { sendFrom } from "../../src/reading/sending.js";
import { publicly } from "../../src/reading/standpoint.js";
import { createAsker } from "../support/ask.js";
import { quiet, startPostgres } from "../support/database.js";
import { copyEmbedded } from "../support/templates.js";

const postgres = await startPostgres();
const most = 20;
// One connection, so that each statement meets those before it.
const common = { poolSize: 1, statementTimeoutMs: 60_000, preparedStatements: most };

async function onServer(): Promise<Database> {
  return openDatabase({ mode: "postgres", url: (await postgres?.createDatabase()) as string, ...common }, quiet);
}

async function embedded(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), "sidelines-prepared-"));
  await copyEmbedded(folder);
  const database = await openDatabase({ mode: "embedded", dataDir: folder, ...common }, quiet);
  return { ...database, close: () => database.close().finally(() => rm(folder, { recursive: true, force: true })) };
}

afterAll(async () => postgres?.stop());

describe.each([
  ["the embedded database", embedded, false],
  ["a Postgres server", onServer, postgres === undefined],
] as const)("prepared statements of %s", (_name, open, skip) => {
  if (skip) return void it.skip("no Postgres binaries on this machine", () => undefined);
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  const names = async (): Promise<string[]> => {
    const { rows } = await database.pool.query<{ name: string }>(
      "SELECT name FROM pg_prepared_statements ORDER BY prepare_time, name",
    );
    return rows.map(({ name }) => name.replace(/^\d+:/, ""));
  };
  const send = (number: number) =>
    sendFrom(database, publicly, {
      name: `n${String(number)}`,
      text: `select $1::int + ${String(number)} as "value"`,
      values: [1],
    });

  it("are closed when more are used, the least recently used first", async () => {
    for (let number = 1; number <= most; number += 1) expect(await send(number)).toBe(String(number + 1));
    expect(await names()).toHaveLength(most);
    expect(await send(1)).toBe("2");
    expect(await send(most + 1)).toBe(String(most + 2));
    const kept = await names();
    expect(kept).toHaveLength(most);
    expect(kept).toContain("n1");
    expect(kept).not.toContain("n2");
    // Prepared again when it is used again.
    expect(await send(2)).toBe("3");
    expect(await names()).toContain("n2");
  });

  it("leave the connection usable when one of them cannot be prepared", async () => {
    const broken = { name: "broken", text: 'select "nothing" as "value" from "Nowhere"', values: [] };
    for (let time = 0; time < 3; time += 1)
      await expect(sendFrom(database, publicly, broken)).rejects.toMatchObject({ code: "42P01" });
    for (let number = 100; number < 100 + 2 * most; number += 1) expect(await send(number)).toBe(String(number + 1));
    expect(await names()).toHaveLength(most);
    await expect(sendFrom(database, publicly, broken)).rejects.toMatchObject({ code: "42P01" });
  });

  it("do not grow with the number of different queries, and new queries are still prepared", async () => {
    const fields = ["id", "slug", "title", "kind", "format", "status", "on", "endsOn", "purpose", "note", "version"];
    const { ask } = createAsker(database);
    const shapes = async (from: number, to: number): Promise<void> => {
      for (let shape = from; shape < to; shape += 1) {
        const chosen = fields.filter((_field, bit) => (shape >> bit) & 1).join(" ");
        // A statement is prepared when it is used for the third time.
        for (let time = 0; time < 3; time += 1) await ask(`{ meetings(first: 3) { nodes { ${chosen} } } }`);
      }
    };
    const megabytes = async (): Promise<number> => {
      const { rows } = await database.pool.query<{ bytes: string }>(
        "SELECT sum(total_bytes)::text AS bytes FROM pg_backend_memory_contexts",
      );
      return Number(rows[0]?.bytes) / 1024 / 1024;
    };
    await shapes(1, 30);
    const before = await megabytes();
    await shapes(30, 180);
    expect(await names()).toHaveLength(most);
    // 300 statements more, which take at least 10 MB when they are kept.
    expect((await megabytes()) - before).toBeLessThan(2);
    const latest = (await names()).at(-1);
    await shapes(180, 181);
    expect((await names()).at(-1)).not.toBe(latest);
  });
});
