import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openDatabase, type Database } from "../../src/database/open.js";
import { createPositions, type Positions } from "../../src/database/positions.js";
import type { Replicas } from "../../src/database/replicas.js";
import { watchVersion, type VersionWatch } from "../../src/database/version.js";
import { createLogger } from "../../src/lib/log.js";
import { quiet, startPostgres, type TestReplica } from "../support/database.js";
import { SOON } from "../support/time.js";

const server = await startPostgres();
const log = createLogger({ level: "silent" });
const common = { mode: "postgres", poolSize: 4, statementTimeoutMs: 8_000 } as const;

describe.skipIf(!server)("replicas of a database", () => {
  let url = "";
  let one: TestReplica;
  let two: TestReplica;
  let database: Database;
  let versions: VersionWatch;
  let positions: Positions;
  let keys = 0;

  beforeAll(async () => {
    url = (await server?.createDatabase()) as string;
    one = (await server?.startReplica("one")) as TestReplica;
    two = (await server?.startReplica("two")) as TestReplica;
    database = await openDatabase(
      { ...common, url, replicaUrls: [one.at(url), two.at(url)], replicaWaitMs: 500 },
      quiet,
    );
    versions = await watchVersion(() => database.url, log);
    positions = createPositions(database.pool, versions);
  });
  afterAll(async () => {
    await versions?.close();
    await database?.close();
    await one?.stop();
    await two?.stop();
    await server?.stop();
  });
  // Both are there, and hold all there is.
  beforeEach(async () => {
    await vi.waitFor(
      async () => expect(new Set(await wheres(6))).toEqual(new Set([portOf(one.at(url)), portOf(two.at(url))])),
      { timeout: 20_000 },
    );
  });

  const portOf = (address: string): number => Number(new URL(address).port);
  /** The server that a read used, and the number of places it saw. */
  const look = (version = positions.latest()) =>
    database.replicas?.read(version, async (pool) => {
      const { rows } = await pool.query<{ port: number; places: number }>(
        `SELECT current_setting('port')::int AS port, (SELECT count(*) FROM "Place") AS places`,
      );
      return rows[0] as { port: number; places: number };
    }) as Promise<{ port: number; places: number }>;
  const wheres = async (times: number): Promise<number[]> => {
    const ports: number[] = [];
    for (let at = 0; at < times; at += 1) ports.push((await look()).port);
    return ports;
  };
  /** Writes something; answers with its position. */
  const write = async (): Promise<number> => {
    keys += 1;
    await database.pool.query('INSERT INTO "Place"("id", "key", "city") VALUES ($1, $2, $2)', [
      `plc_${String(keys)}`,
      `place-${String(keys)}`,
    ]);
    return positions.ask();
  };
  const onReplica = async (replica: TestReplica, sql: string): Promise<void> => {
    const single = await openDatabase({ ...common, url: replica.at(url) }, quiet);
    await single.pool.query(sql);
    await single.close();
  };

  it("are read from in turns", async () => {
    const ports = await wheres(4);
    expect(ports.slice(0, 2)).toEqual(ports.slice(2));
    expect(ports).not.toContain(portOf(url));
  });

  it("show every write that this process knows of, though they hold it a moment later", async () => {
    for (let times = 0; times < 50; times += 1) {
      const position = await write();
      const { places } = await look(position);
      expect(places).toBe(keys);
    }
  });

  it("are not read from while they are behind, and again when they are not", async () => {
    await onReplica(one, "SELECT pg_wal_replay_pause()");
    const position = await write();
    expect(new Set(await wheres(4))).toEqual(new Set([portOf(two.at(url))]));
    // Both replicas may serve an older version.
    expect(new Set([(await look(position - 1)).port, (await look(position - 1)).port]).size).toBe(2);
    await onReplica(two, "SELECT pg_wal_replay_pause()");
    await write();
    expect(await look()).toEqual({ port: portOf(url), places: keys });
    await onReplica(one, "SELECT pg_wal_replay_resume()");
    await onReplica(two, "SELECT pg_wal_replay_resume()");
    await vi.waitFor(async () => expect(await wheres(2)).not.toContain(portOf(url)), SOON);
  });

  it("are waited for, but no longer than is said", async () => {
    await onReplica(one, "SELECT pg_wal_replay_pause()");
    await onReplica(two, "SELECT pg_wal_replay_pause()");
    await write();
    const waiting = look();
    await onReplica(two, "SELECT pg_wal_replay_resume()");
    const { places } = await waiting;
    expect(places).toBe(keys);
    await onReplica(one, "SELECT pg_wal_replay_resume()");
  });

  it("may be lost in the middle of a read, and are found again", async () => {
    const reads = Array.from({ length: 8 }, () =>
      (database.replicas as Replicas).read(
        positions.latest(),
        async (pool) =>
          (await pool.query<{ port: number }>("SELECT current_setting('port')::int AS port, pg_sleep(0.5)")).rows[0]
            ?.port,
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await one.kill();
    expect(new Set(await Promise.all(reads))).not.toContain(portOf(one.at(url)));
    expect(new Set(await wheres(4))).toEqual(new Set([portOf(two.at(url))]));
    await two.kill();
    expect(await look()).toEqual({ port: portOf(url), places: keys });
    await write();
    await one.restart();
    await two.restart();
    await vi.waitFor(async () => expect(new Set(await wheres(4)).size).toBe(2), { timeout: 20_000 });
    expect((await look()).places).toBe(keys);
  });

  it("are not retried for invalid statements", async () => {
    let times = 0;
    const faulty = database.replicas?.read(positions.latest(), (pool) => {
      times += 1;
      return pool.query('SELECT "nothing" FROM "Place"');
    });
    await expect(faulty).rejects.toMatchObject({ code: "42703" });
    expect(times).toBe(1);
  });

  it("do not include a server that takes writes itself", async () => {
    const odd = await openDatabase({ ...common, url, replicaUrls: [url, two.at(url)], replicaWaitMs: 500 }, quiet);
    const where = () =>
      odd.replicas?.read(
        0,
        async (pool) =>
          (await pool.query<{ port: number }>("SELECT current_setting('port')::int AS port")).rows[0]?.port,
      );
    // Until it is known that the other one is there, the primary is read as the primary.
    await vi.waitFor(async () => expect(await where()).toBe(portOf(two.at(url))), SOON);
    expect(await Promise.all([where(), where(), where()])).toEqual([1, 2, 3].map(() => portOf(two.at(url))));
    await odd.close();
  });
});
