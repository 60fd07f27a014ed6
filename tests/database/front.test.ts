import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { listenInFront, type Front } from "../../src/database/embedded/front.js";

const patienceMs = 3_000;
let db: PGlite;
let front: Front;
const broken: Error[] = [];
let pools: pg.Pool[] = [];

beforeAll(async () => {
  db = await PGlite.create();
  front = await listenInFront(
    { send: (messages) => db.execProtocolRaw(messages) },
    {
      host: "127.0.0.1",
      port: 0,
      password: "p",
      serverVersion: "18",
      idleInTransactionMs: patienceMs,
      onBroken: (error) => broken.push(error),
      onClients: () => undefined,
    },
  );
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  pools = [];
  await expect.poll(() => front.clients()).toBe(0);
  expect(broken).toEqual([]);
});
afterAll(async () => {
  await front.close();
  await db.close();
});

function poolOf(max: number): pg.Pool {
  const pool = new pg.Pool({
    host: "127.0.0.1",
    port: front.port,
    user: "postgres",
    password: "p",
    database: "postgres",
    max,
  });
  pool.on("error", () => undefined);
  pools.push(pool);
  return pool;
}

function cut(client: pg.PoolClient): void {
  client.on("error", () => undefined);
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

describe("clients of the embedded database", () => {
  it("get their own answers, also beside failures, transactions and prepared statements", async () => {
    const pool = poolOf(8);
    await pool.query("CREATE TABLE counted (n int PRIMARY KEY)");
    const one = async (n: number): Promise<void> => {
      if (n % 4 === 0) {
        await expect(pool.query("SELECT $1::int / 0", [n])).rejects.toThrow(/division by zero/);
      } else if (n % 4 === 1) {
        const client = await pool.connect();
        await client.query("BEGIN");
        await client.query("INSERT INTO counted VALUES ($1)", [n]);
        if (n % 8 === 1)
          await expect(client.query("INSERT INTO counted VALUES ($1)", [n])).rejects.toThrow(/duplicate/);
        await client.query("COMMIT");
        client.release();
      } else {
        const named = n % 3 === 0 ? { name: `statement ${n % 5}` } : {};
        const { rows } = await pool.query({
          ...named,
          text: `SELECT $1::text AS t, $2::int AS n, ${n % 5} AS five`,
          values: [String(n), n],
        });
        expect(rows).toEqual([{ t: String(n), n, five: n % 5 }]);
      }
    };
    await Promise.all(Array.from({ length: 800 }, (_, n) => one(n)));
    const { rows } = await pool.query("SELECT count(*)::int AS n FROM counted");
    expect(rows).toEqual([{ n: 100 }]);
  });

  it("wait for each other's transactions and see nothing of them before", async () => {
    const pool = poolOf(2);
    await pool.query("CREATE TABLE slow (n int)");
    const client = await pool.connect();
    await client.query("BEGIN; INSERT INTO slow VALUES (1)");
    const other = pool.query("SELECT count(*)::int AS n FROM slow");
    const first = await Promise.race([other, new Promise((resolve) => setTimeout(resolve, 200, "waits"))]);
    expect(first).toBe("waits");
    await client.query("ROLLBACK");
    client.release();
    expect((await other).rows).toEqual([{ n: 0 }]);
  });

  it("that vanish give back what they held", async () => {
    const pool = poolOf(3);
    await pool.query("CREATE TABLE vanished (n int)");
    const client = await pool.connect();
    await client.query({ name: "mine", text: "SELECT 1" });
    await client.query("BEGIN; INSERT INTO vanished VALUES (1)");
    cut(client);
    const { rows } = await pool.query(
      "SELECT (SELECT count(*)::int FROM vanished) AS n, (SELECT count(*)::int FROM pg_prepared_statements WHERE name LIKE '%mine') AS prepared",
    );
    client.release(true);
    expect(rows).toEqual([{ n: 0, prepared: 0 }]);
  });

  it("that keep a transaction open without a word are sent away", async () => {
    const pool = poolOf(2);
    const client = await pool.connect();
    const told = new Promise<string>((resolve) => client.once("error", (error: Error) => resolve(error.message)));
    client.on("error", () => undefined);
    await client.query("BEGIN");
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    expect(await told).toMatch(/idle-in-transaction/);
    client.release(true);
  });

  it("hear each other's notifications", async () => {
    const pool = poolOf(2);
    const [listener, speaker] = [await pool.connect(), await pool.connect()];
    const heard: unknown[] = [];
    listener.on("notification", ({ channel, payload }) => heard.push([channel, payload]));
    await listener.query("LISTEN record");
    await speaker.query("SELECT pg_notify('record', '7')");
    await expect.poll(() => heard).toEqual([["record", "7"]]);
    listener.release();
    speaker.release();
  });

  it("may send and get much", async () => {
    const { rows } = await poolOf(1).query<{ text: string }>("SELECT repeat($1, 2) AS text", ["x".repeat(2_000_000)]);
    expect(rows[0]?.text).toHaveLength(4_000_000);
  });
});
