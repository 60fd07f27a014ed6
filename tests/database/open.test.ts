import { createServer, type AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DatabaseError, openDatabase, type Database } from "../../src/database/open.js";
import { quiet, startPostgres, testDatabase, type TestPostgres } from "../support/database.js";

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe.each([
  { name: "on a Postgres server", server: postgres, skip: postgres === undefined },
  { name: "embedded", server: undefined, skip: false },
])("an open database $name", ({ server, skip }) => {
  describe.skipIf(skip)("", () => {
    let database: Database;
    beforeAll(async () => {
      database = await testDatabase(server ? { postgres: server } : {});
    });
    afterAll(() => database.close());

    it("says what it is", () => {
      expect(database.mode).toBe(server ? "postgres" : "embedded");
      expect(database.url).toMatch(/^postgres:\/\//);
    });

    it("gives days as text and bigint as numbers where they are exact", async () => {
      const { rows } = await database.pool
        .query(`SELECT date '2024-11-20' AS day, NULL::date AS none, 7::bigint AS small,
        9007199254740993::bigint AS large, '2024-11-20 12:00+00'::timestamptz AS moment`);
      expect(rows).toEqual([
        {
          day: "2024-11-20",
          none: null,
          small: 7,
          large: "9007199254740993",
          moment: new Date("2024-11-20T12:00:00Z"),
        },
      ]);
    });

    it("is written through Prisma, days and big numbers included", async () => {
      const day = new Date("2024-11-20");
      await database.prisma.meeting.create({
        data: {
          id: "mtg_1",
          slug: "m",
          title: "M",
          kind: "BILATERAL",
          on: "2024-11-20",
          onEarliest: day,
          onLatest: day,
        },
      });
      expect(await database.prisma.meeting.findUnique({ where: { slug: "m" } })).toMatchObject({
        onLatest: day,
        status: "UNKNOWN",
      });
      expect(await database.prisma.recordVersion.findUniqueOrThrow({ where: { id: 1 } })).toMatchObject({
        version: 1n,
      });
      const { rows } = await database.pool.query(`SELECT "onLatest" FROM "Meeting"`);
      expect(rows).toEqual([{ onLatest: "2024-11-20" }]);
    });

    it("tells Prisma which rule was broken", async () => {
      const created = database.prisma.person.create({ data: { id: "per_1", slug: "Not A Slug", name: "N" } });
      await expect(created).rejects.toThrow(/Person_slug_form/);
    });

    it("rolls back what fails in a transaction of Prisma's", async () => {
      const work = database.prisma.$transaction(async (tx) => {
        await tx.person.create({ data: { id: "per_2", slug: "p", name: "N" } });
        throw new Error("changed my mind");
      });
      await expect(work).rejects.toThrow("changed my mind");
      expect(await database.prisma.person.count()).toBe(0);
    });

    it("answers many at once, by named statements if it says so", async () => {
      const named = database.namedStatements ? { name: "double" } : {};
      const answers = await Promise.all(
        Array.from({ length: 200 }, async (_, n) => {
          const { rows } = await database.pool.query<{ twice: number }>({
            ...named,
            text: "SELECT $1::int * 2 AS twice",
            values: [n],
          });
          return rows[0]?.twice;
        }),
      );
      expect(answers).toEqual(Array.from({ length: 200 }, (_, n) => 2 * n));
    });

    it("may be closed twice", async () => {
      const other = server ? await testDatabase({ postgres: server }) : undefined;
      await other?.close();
      await other?.close();
    });
  });
});

describe.skipIf(!postgres)("a Postgres server", () => {
  const server = postgres as TestPostgres;
  let database: Database | undefined;
  afterEach(() => database?.close());
  const common = { mode: "postgres" as const, poolSize: 2, statementTimeoutMs: 300 };

  it("ends statements over their time, and goes on", async () => {
    database = await openDatabase({ ...common, url: await server.createDatabase() }, quiet);
    await expect(database.pool.query("SELECT pg_sleep(5)")).rejects.toThrow(/statement timeout/);
    expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  it("may break connections without breaking the service", async () => {
    const warnings: string[] = [];
    database = await openDatabase(
      { ...common, url: await server.createDatabase() },
      { ...quiet, warn: (message) => warnings.push(message) },
    );
    await database.pool.query("SELECT 1");
    const other = await openDatabase({ ...common, url: server.url }, quiet);
    await other.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sidelines' AND pid <> pg_backend_pid()`,
    );
    await other.close();
    await expect.poll(() => warnings.join("\n")).toMatch(/a connection to the database broke/);
    expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  it("that refuses is not asked again", async () => {
    const url = new URL(server.url);
    url.pathname = "/absent";
    const opened = openDatabase({ ...common, url: url.href }, quiet);
    await expect(opened).rejects.toThrow(DatabaseError);
    await expect(opened).rejects.toThrow(
      /the database absent at 127\.0\.0\.1:\d+ refuses: database "absent" does not exist/,
    );
  });
});

describe("a database in memory, with which everything would be gone", () => {
  it("is not killed for a slow statement, but for one that never ends", async () => {
    const said: string[] = [];
    const database = await openDatabase(
      { mode: "embedded", dataDir: undefined, poolSize: 4, statementTimeoutMs: 400 },
      { ...quiet, error: (message) => said.push(message) },
    );
    let hasEnded = false;
    void database.lost?.then(() => (hasEnded = true));
    try {
      await database.pool.query("CREATE TABLE kept AS SELECT 42 AS answer");
      await database.pool.query(
        "DO $$ DECLARE until timestamptz := clock_timestamp() + interval '2 seconds'; BEGIN WHILE clock_timestamp() < until LOOP NULL; END LOOP; END $$",
      );
      expect((await database.pool.query("SELECT answer FROM kept")).rows).toEqual([{ answer: 42 }]);
      expect(hasEnded).toBe(false);
      await expect(database.pool.query("DO $$ BEGIN LOOP NULL; END LOOP; END $$")).rejects.toThrow();
      expect((await database.lost)?.message).toMatch(/what was kept in memory only/);
      expect(said.join("\n")).toMatch(/has not answered for 4000 ms/);
    } finally {
      await database.close();
    }
  });
});

describe("a server that is not there", () => {
  it("is waited for, and then named without its password", async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const warnings: string[] = [];
    const url = `postgres://user:secret@127.0.0.1:${port}/record`;
    const opened = openDatabase(
      { mode: "postgres", url, poolSize: 1, statementTimeoutMs: 1_000 },
      { ...quiet, warn: (message) => warnings.push(message) },
    );
    await expect(opened).rejects.toThrow(
      /the database record at 127\.0\.0\.1:\d+ does not answer after 10 attempts: .*ECONNREFUSED/,
    );
    expect(warnings).toHaveLength(9);
    expect(warnings.join()).not.toContain("secret");
  });
});
