import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createKey } from "../../src/access/keys.js";
import { openDatabase, type Database } from "../../src/database/open.js";
import { createClient, isSidelinesError, type Fetch } from "../../src/sdk/client.js";
import { quiet, startPostgres, type TestReplica } from "../support/database.js";
import { killPrograms, startProgram } from "../support/program.js";
import { SOON } from "../support/time.js";

const server = await startPostgres();
const common = { mode: "postgres", poolSize: 4, statementTimeoutMs: 8_000 } as const;

const document = (key: string) => ({
  key,
  kind: "NEWS_REPORT",
  title: `Report ${key}`,
  publisher: "The Wire",
  language: "en",
  publishedOn: "2026-01-02",
  url: `https://example.org/${key}`,
});
const addDocument =
  "mutation Add($input: AddDocumentInput!) { addDocument(input: $input) { document { id } userErrors { code } } }";
const countDocuments = "{ documents(first: 1) { totalCount } }";

interface Added {
  readonly addDocument: {
    readonly document: { readonly id: string } | null;
    readonly userErrors: readonly { readonly code: string }[];
  };
}
interface Counted {
  readonly documents: { readonly totalCount: number };
}

describe.skipIf(!server)("two processes over a primary and its replica", () => {
  let url = "";
  let replica: TestReplica;
  let key = "";
  let addresses: readonly string[];

  beforeAll(async () => {
    url = (await server?.createDatabase()) as string;
    const database = await openDatabase({ ...common, url }, quiet);
    ({ key } = await createKey(database.prisma, { name: "Two machines", scope: "EDIT" }));
    replica = (await server?.startReplica("standby")) as TestReplica;
    // From now on, acknowledged writes are on both machines.
    await database.pool.query("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
    await database.pool.query("SELECT pg_reload_conf()");
    await database.close();
    const [primaryAt, replicaAt] = [new URL(url), new URL(replica.at(url))];
    const settings = {
      DATABASE_URL: `postgres://postgres@${primaryAt.host},${replicaAt.host}${primaryAt.pathname}`,
      SIDELINES_REPLICA_URLS: replicaAt.href,
      LOG_LEVEL: "warn",
    };
    const programs = [startProgram(settings), startProgram(settings)];
    await Promise.all(
      programs.map(({ output, errors }) =>
        vi.waitFor(() => expect(`${output()}${errors()}`).toContain("Sidelines is ready"), { timeout: 60_000 }),
      ),
    );
    addresses = programs.map(({ output }) => /http:\S+/.exec(output())?.[0] ?? "");
  });
  afterAll(async () => {
    killPrograms();
    await replica?.stop();
    await server?.stop();
  });

  /** Sends every request to the next process, as a load balancer does. */
  const balanced = (): Fetch => {
    let turn = 0;
    return (_url, request) => fetch(`${addresses[(turn += 1) % addresses.length] as string}/graphql`, request);
  };
  const clientOf = (headers: Readonly<Record<string, string>> = {}) =>
    createClient({ url: "http://balanced.example.org/graphql", fetch: balanced(), headers, timeoutMs: 20_000 });
  const editor = () => clientOf({ authorization: `Bearer ${key}` });
  const post = (address: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const onReplica = async (work: (database: Database) => Promise<unknown>): Promise<void> => {
    const database = await openDatabase({ ...common, url: replica.at(url) }, quiet);
    await work(database).finally(() => database.close());
  };

  it("never show an older state to a writer, or to a client that sends the writer's token", async () => {
    const [writing, reading] = addresses as [string, string];
    const counted = async (address: string, headers: Record<string, string> = {}) => {
      const answer = await post(address, { query: countDocuments }, headers);
      return {
        position: Number(answer.headers.get("sidelines-position")),
        ...((await answer.json()) as { data: Counted }).data.documents,
      };
    };
    const recordMeeting =
      "mutation Record($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } userErrors { code message } } }";
    const exported = async (address: string, position: string) => {
      const answer = await fetch(`${address}/meetings.jsonld`, { headers: { "sidelines-position": position } });
      return { text: await answer.text(), position: Number(answer.headers.get("sidelines-position")) };
    };
    const before = (await counted(reading)).totalCount;
    // Others keep asking, so that the other process holds kept answers from before each write.
    let isOver = false;
    const others = [1, 2].map(async () => {
      while (!isOver) await counted(reading);
    });
    for (let written = 1; written <= 40; written += 1) {
      const isPaused = written % 20 === 0;
      // The replica stands still: what it holds is too old for the writer, though not for those who saw nothing newer.
      if (isPaused) await onReplica(({ pool }) => pool.query("SELECT pg_wal_replay_pause()"));
      const answer = await post(
        writing,
        { query: addDocument, variables: { input: document(`hammer-${String(written)}`) } },
        { authorization: `Bearer ${key}` },
      );
      const position = answer.headers.get("sidelines-position") as string;
      expect(((await answer.json()) as { data: Added }).data.addDocument.userErrors).toEqual([]);
      const [there, here] = await Promise.all([counted(reading, { "sidelines-position": position }), counted(writing)]);
      expect([there.totalCount, here.totalCount]).toEqual([before + written, before + written]);
      expect(there.position).toBeGreaterThanOrEqual(Number(position));
      if (isPaused) {
        const slug = `2026-01-02-exported-${String(written)}`;
        const input = {
          slug,
          title: "Read from elsewhere",
          kind: "BILATERAL",
          on: "2026-01-02",
          cite: [{ document: `hammer-${String(written)}` }],
        };
        const recorded = await post(
          writing,
          { query: recordMeeting, variables: { input } },
          { authorization: `Bearer ${key}` },
        );
        expect(await recorded.json()).toMatchObject({ data: { recordMeeting: { userErrors: [] } } });
        const held = recorded.headers.get("sidelines-position") as string;
        const table = await exported(reading, held);
        expect(table.text).toContain(slug);
        expect(table.position).toBeGreaterThanOrEqual(Number(held));
      }
      if (isPaused) await onReplica(({ pool }) => pool.query("SELECT pg_wal_replay_resume()"));
    }
    isOver = true;
    await Promise.all(others);
  });

  it("let a client that is sent from one to the other see what it wrote, without its doing", async () => {
    const client = editor();
    const { documents } = await client.query<Counted>(countDocuments);
    for (let written = 1; written <= 10; written += 1) {
      await client.query<Added>(addDocument, { input: document(`client-${String(written)}`) });
      expect((await client.query<Counted>(countDocuments)).documents.totalCount).toBe(documents.totalCount + written);
    }
  });

  it("answer with what there is where a position is ahead of the record, and say what is none", async () => {
    const [address] = addresses as [string];
    const ahead = await post(address, { query: countDocuments }, { "sidelines-position": "999999999" });
    expect([ahead.status, Number(ahead.headers.get("sidelines-position")) > 0]).toEqual([200, true]);
    expect((await ahead.json()) as object).toMatchObject({ data: { documents: { totalCount: 50 } } });
    const none = await post(address, { query: countDocuments }, { "sidelines-position": "tomorrow" });
    expect(none.status).toBe(400);
    expect(JSON.stringify(await none.json())).toContain("The header sidelines-position has to be a position");
    const noExport = await fetch(`${address}/meetings.csv`, { headers: { "sidelines-position": "tomorrow" } });
    expect([noExport.status, JSON.stringify(await noExport.json())]).toEqual([
      400,
      expect.stringContaining("The header sidelines-position has to be a position"),
    ]);
  });

  it("are read while the primary is lost, and written to once another is promoted, with nothing lost and no restart", async () => {
    const acknowledged: string[] = [];
    const failures: unknown[] = [];
    let isOver = false;
    let isLost = false;
    const { documents: first } = await editor().query<Counted>(countDocuments);
    const before = first.totalCount;
    const writer = editor();
    const write = async (): Promise<void> => {
      for (let next = 1; !isOver; next += 1) {
        const input = { ...document(`failover-${String(next)}`), idempotencyKey: `failover-${String(next)}` };
        for (let isDone = false; !isDone && !isOver;) {
          try {
            const { addDocument: added } = await writer.query<Added>(addDocument, { input });
            expect(added.userErrors).toEqual([]);
            acknowledged.push(input.key);
            isDone = true;
          } catch (error) {
            // As the service says it: not now, try again. An act that the loss cuts off is an internal error at times.
            const isCutOff = isLost && isSidelinesError(error, "INTERNAL_SERVER_ERROR");
            if (!isCutOff && !isSidelinesError(error, "SERVICE_UNAVAILABLE")) throw error;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        }
      }
    };
    const reads = { done: 0 };
    const reader = clientOf();
    const read = async (): Promise<void> => {
      for (let least = 0; !isOver;) {
        try {
          // Both machines hold acknowledged writes. The lost one may have shown others, too.
          const acknowledgedBefore = acknowledged.length;
          const { documents } = await reader.query<Counted>(countDocuments);
          expect(documents.totalCount).toBeGreaterThanOrEqual(isLost ? before + acknowledgedBefore : least);
          least = documents.totalCount;
          reads.done += 1;
        } catch (error) {
          failures.push(error);
        }
      }
    };
    const work = [write(), read()];
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(5), { timeout: 20_000 });
    isLost = true;
    server?.kill();
    const readsBefore = reads.done;
    await vi.waitFor(() => expect(reads.done).toBeGreaterThan(readsBefore + 20), { timeout: 20_000 });
    const writtenBefore = acknowledged.length;
    for (const address of addresses) expect((await fetch(`${address}/readyz`)).status).toBe(200);
    await replica.promote();
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(writtenBefore + 10), { timeout: 30_000 });
    isOver = true;
    await Promise.all(work);
    expect(failures).toEqual([]);

    await onReplica(async ({ pool }) => {
      const { rows } = await pool.query<{ key: string }>(`SELECT "key" FROM "Document" WHERE "key" LIKE 'failover-%'`);
      const held = new Set(rows.map(({ key: name }) => name));
      expect(held.size).toBe(rows.length);
      expect(acknowledged.filter((name) => !held.has(name))).toEqual([]);
    });
    // Both processes have the new primary, and hear of writes there.
    const client = editor();
    const { documents } = await client.query<Counted>(countDocuments);
    await client.query<Added>(addDocument, { input: document("after-failover") });
    for (const address of addresses) {
      await vi.waitFor(
        async () =>
          expect(await (await post(address, { query: countDocuments })).json()).toMatchObject({
            data: { documents: { totalCount: documents.totalCount + 1 } },
          }),
        SOON,
      );
    }
  });
});
