import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type Database } from "../../src/database/open.js";
import { openReplicas, type Replicas } from "../../src/database/replicas.js";
import { newPool } from "../../src/lib/connections.js";
import { createAsker } from "../support/ask.js";
import { quiet, startPostgres, testDatabase, type TestReplica } from "../support/database.js";
import { editorOf } from "../support/editors.js";

const postgres = await startPostgres();
let replica: TestReplica | undefined;
afterAll(async () => {
  await replica?.stop();
  await postgres?.stop();
});

interface Read {
  readonly service: { readonly recordVersion: string | number };
  readonly before: { readonly totalCount: number };
  readonly documents: { readonly totalCount: number };
  readonly again: { readonly recordVersion: string | number };
}

// Each write adds one document, and so the version and the number of documents differ by a constant.
const query = `{
  before: documents(first: 1) { totalCount }
  service { recordVersion }
  documents(first: 1) { totalCount nodes { title } }
  again: service { recordVersion counts { documents } }
}`;

async function write(database: Database, number: number): Promise<void> {
  await database.pool.query(
    `INSERT INTO "Document" ("id", "key", "kind", "title", "publisher", "language", "url")
     VALUES ($1, $1, 'NEWS_REPORT', $1, 'The Wire', 'en', 'https://example.org/' || $1)`,
    [`doc_state${String(number)}`],
  );
}

/** Reads beside a writer, and lists the answers that mix two states. */
async function mixed(
  database: Database,
  ask: (document: string) => Promise<Read>,
  { readers, reads }: { readonly readers: number; readonly reads: number },
): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const versions = new Set<number>();
  let isOver = false;
  const first = await ask(query);
  const offset = Number(first.service.recordVersion) - first.documents.totalCount;
  const base = Math.floor(Math.random() * 1e9);
  const writer = (async () => {
    for (let number = 0; !isOver; number += 1) {
      await write(database, base + number);
      await wait(2);
    }
  })();
  await Promise.all(
    Array.from({ length: readers }, async () => {
      for (let read = 0; read < reads; read += 1) {
        const answer = await ask(query);
        const states = [
          Number(answer.service.recordVersion),
          answer.before.totalCount + offset,
          answer.documents.totalCount + offset,
          Number(answer.again.recordVersion),
        ];
        versions.add(states[0] as number);
        if (new Set(states).size > 1) found.push(states);
      }
    }),
  );
  isOver = true;
  await writer;
  expect(versions.size).toBeGreaterThan(2);
  return found;
}

describe.each([
  ["the embedded database", false],
  ["a Postgres server", true],
] as const)("all root fields of one operation are read at one state of %s", (_name, isServer) => {
  if (isServer && !postgres) return void it.skip("no Postgres binaries on this machine", () => undefined);
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase(isServer && postgres ? { postgres } : {});
  });
  afterAll(() => database.close());

  it("by everybody, beside a writer", async () => {
    const asker = createAsker(database, { compares: false });
    expect(
      await mixed(database, (document) => asker.ask<Read>(document), { readers: 4, reads: isServer ? 100 : 25 }),
    ).toEqual([]);
  });

  it("by editors, who see drafts", async () => {
    const editor = editorOf(database, "state", { compares: false });
    expect(
      await mixed(database, (document) => editor.ask<Read>(document), { readers: 2, reads: isServer ? 50 : 15 }),
    ).toEqual([]);
  });

  it("while a field at fault is answered for itself", async () => {
    const asker = createAsker(database);
    const faulty = `{ service { recordVersion } documents(first: 1, after: "no cursor") { totalCount } }`;
    const { errors } = await asker.answer(faulty);
    expect(errors.map(({ code }) => code)).toContain("BAD_USER_INPUT");
    const ahead = `{ service { recordVersion } meetings(first: 1, knownAt: "2999-01-01T00:00:00Z") { totalCount } }`;
    expect((await asker.answer(ahead)).errors).toMatchObject([{ code: "BAD_USER_INPUT", path: "meetings" }]);
  });
});

describe.skipIf(!postgres)("all root fields of one operation are read at one state", () => {
  it("of a primary and its replica, that are at different ones", async () => {
    const url = (await postgres?.createDatabase()) as string;
    replica = await postgres?.startReplica("state");
    const database = await openDatabase({ mode: "postgres", url, poolSize: 6, statementTimeoutMs: 60_000 }, quiet);
    const replicas: Replicas = openReplicas({
      urls: [(replica as TestReplica).at(url)],
      waitMs: 0,
      primary: database.pool,
      makePool: (address) => newPool({ connectionString: address, max: 4 }),
      log: quiet,
    });
    await wait(500);
    let turn = 0;
    // Every other read goes to the replica, whatever it holds: fields of one operation are spread over both.
    const spread: Replicas = {
      read: (version, work) =>
        version > 0 || (turn += 1) % 2 === 0 ? replicas.read(version, work) : work(database.pool),
      close: () => replicas.close(),
    };
    const asker = createAsker({ ...database, replicas: spread }, { compares: false });
    try {
      expect(await mixed(database, (document) => asker.ask<Read>(document), { readers: 4, reads: 75 })).toEqual([]);
    } finally {
      await replicas.close();
      await database.close();
    }
  });
});
