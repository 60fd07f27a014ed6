import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { createClient, type RecordChangedSubscription, type Stream } from "../../src/sdk/client.js";
import { createKey } from "../../src/access/keys.js";
import type { Database } from "../../src/database/open.js";
import { anyDatabase } from "../support/database.js";
import { listenOver, type Listening } from "../support/listening.js";
import { json, startServiceStub, type Reply, type ServiceStub } from "./service.stub.js";

const query = "subscription { recordChanged { id } }";
const next = (id: string): string => `id: ${id}\nevent: next\ndata: {"data":{"recordChanged":{"id":"${id}"}}}\n\n`;

/** A stream of these pieces, which then ends. */
function stream(...pieces: string[]): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    for (const piece of pieces) response.write(piece);
    response.end();
  };
}

describe("a stream", () => {
  let stub: ServiceStub;
  beforeAll(async () => {
    stub = await startServiceStub();
  });
  afterAll(() => stub.close());

  const told = async (source: AsyncIterable<unknown>): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const data of source) found.push((data as { recordChanged: { id: string } }).recordChanged.id);
    return found;
  };

  it("reconnects after the last event whenever its connection ends early", async () => {
    stub.reply(
      stream("retry: 1\n\nid: act_0\n\n", next("act_1").slice(0, 30), next("act_1").slice(30)),
      (response) => response.destroy(),
      json({ errors: [{ message: "full", extensions: { code: "SERVICE_UNAVAILABLE" } }] }, 503, { "retry-after": "0" }),
      stream(":\n\n", "id: act_2\n\n"),
      stream(next("act_3"), "event: complete\ndata:\n\n"),
    );
    const client = createClient({ url: stub.url, headers: { authorization: "Bearer x" } });
    const live = client.subscribe(query);
    expect(await told(live)).toEqual(["act_1", "act_3"]);
    expect(live.lastEventId()).toBe("act_3");
    expect(stub.seen.map(({ headers }) => headers["last-event-id"])).toEqual([
      undefined,
      "act_1",
      "act_1",
      "act_1",
      "act_2",
    ]);
    expect(
      stub.seen.every(({ headers }) => headers.accept === "text/event-stream" && headers.authorization === "Bearer x"),
    ).toBe(true);
  });

  it("goes on where the caller was, also when the loop was left", async () => {
    stub.reply(stream(next("act_5"), next("act_6")), stream(next("act_7"), "event: complete\ndata:\n\n"));
    const live = createClient({ url: stub.url }).subscribe(query, {}, { lastEventId: "act_4" });
    for await (const data of live) {
      expect(data).toEqual({ recordChanged: { id: "act_5" } });
      break;
    }
    expect(await told(live)).toEqual(["act_7"]);
    expect(stub.seen.map(({ headers }) => headers["last-event-id"])).toEqual(["act_4", "act_5"]);
  });

  it("comes back by itself after reading too slowly", async () => {
    const slow = `event: next\ndata: {"errors":[{"message":"slow","extensions":{"code":"SLOW_READER"}}]}\n\nevent: complete\ndata:\n\n`;
    stub.reply(stream(next("act_1"), slow), stream(next("act_2"), "event: complete\ndata:\n\n"));
    expect(await told(createClient({ url: stub.url }).subscribe(query))).toEqual(["act_1", "act_2"]);
  });

  it("fails with what is wrong with the subscription", async () => {
    stub.reply(json({ errors: [{ message: "no such party", extensions: { code: "BAD_USER_INPUT" } }] }, 400));
    await expect(told(createClient({ url: stub.url }).subscribe(query))).rejects.toMatchObject({
      kind: "graphql",
      code: "BAD_USER_INPUT",
      status: 400,
    });
    stub.reply(json({ data: {} }));
    await expect(told(createClient({ url: stub.url }).subscribe(query))).rejects.toMatchObject({
      kind: "http",
      code: "NOT_GRAPHQL",
    });
    stub.reply(
      stream(`event: next\ndata: {"errors":[{"message":"broken","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}\n\n`),
    );
    await expect(told(createClient({ url: stub.url }).subscribe(query))).rejects.toMatchObject({
      code: "INTERNAL_SERVER_ERROR",
    });
  });

  it("gives up on a service that stays away, and on abort", async () => {
    stub.reply((response) => response.destroy());
    await expect(
      told(createClient({ url: stub.url }).subscribe(query, {}, { maxReconnects: 1 })),
    ).rejects.toMatchObject({ kind: "network" });
    expect(stub.seen).toHaveLength(2);
    const controller = new AbortController();
    stub.reply(
      (response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write(next("act_1")),
    );
    const live = createClient({ url: stub.url })
      .subscribe(query, {}, { signal: controller.signal })
      [Symbol.asyncIterator]();
    await live.next();
    const waiting = live.next();
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toMatchObject({ kind: "aborted", code: "ABORTED", cause: new Error("enough") });
  });
});

describe("the client over a service", () => {
  let database: Database;
  let service: Listening;
  beforeAll(async () => {
    database = await anyDatabase();
    service = await listenOver(database);
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  it("executes a mutation once, however often the response is lost, and delivers it once", async () => {
    const { key } = await createKey(database.prisma, { name: "desk", scope: "EDIT" });
    let lost = 0;
    const losing: typeof fetch = async (...given) => {
      const response = await fetch(...given);
      if (response.headers.get("content-type")?.startsWith("text/event-stream") || lost >= 2) return response;
      lost += 1;
      await response.text();
      throw new TypeError("the answer was lost");
    };
    const client = createClient({
      url: `${service.address}/graphql`,
      headers: { authorization: `Bearer ${key}` },
      fetch: losing,
    });
    const document = {
      key: "about",
      kind: "OFFICIAL_PAGE",
      title: "About",
      publisher: "The Office",
      language: "en",
      url: "https://example.org/about",
    } as const;
    const { addDocument } = await client.addDocument({ input: document });
    expect(addDocument).toMatchObject({ document: { key: "about", version: 1 }, userErrors: [] });
    expect(lost).toBe(2);
    const first = await database.pool.query<{ id: string }>('SELECT "id" FROM "Act" ORDER BY "number"');
    expect(first.rows).toHaveLength(1);

    const live = client.live.recordChanged({ after: first.rows[0]?.id ?? "" });
    expectTypeOf(live).toEqualTypeOf<Stream<RecordChangedSubscription>>();
    await client.recordPerson({ input: { slug: "pat-example", name: "Pat Example", cite: [{ document: "about" }] } });
    await client.recordPerson({ input: { slug: "sam-example", name: "Sam Example", cite: [{ document: "about" }] } });
    const titles: string[] = [];
    for await (const { recordChanged } of live) {
      titles.push(recordChanged.changes.nodes[0]?.title ?? "");
      if (titles.length === 2) break;
    }
    expect(titles).toEqual(["Pat Example", "Sam Example"]);
  });
});
