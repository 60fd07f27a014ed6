import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { createClient, type MeetingsNode, type MeetingsPage, type TimelineNode } from "../../src/sdk/client.js";
import { json, startServiceStub, type Reply, type ServiceStub } from "./service.stub.js";

let stub: ServiceStub;
beforeAll(async () => {
  stub = await startServiceStub();
});
afterAll(() => stub.close());

/** A service that holds this many meetings, `m0` first, and pages them two by two. */
function holding(total: number): Reply {
  return (response, request) => {
    const { after } = request.body.variables ?? {};
    const start = typeof after === "string" ? Number(after) + 1 : 0;
    const numbers = [start, start + 1].filter((number) => number < total);
    const pageInfo = { hasNextPage: start + 2 < total, endCursor: numbers.length > 0 ? String(numbers.at(-1)) : null };
    const nodes = numbers.map((number) => ({ id: `m${number}` }));
    const connection = { totalCount: total, pageInfo, nodes, edges: nodes.map((node) => ({ node })) };
    json({ data: { meetings: connection, timeline: connection } })(response, request);
  };
}

const cursors = (): unknown[] => stub.seen.map(({ body }) => body.variables?.["after"]);

describe("each", () => {
  it("walks all pages by their end cursors, in order", async () => {
    stub.reply(holding(5));
    const ids: string[] = [];
    for await (const meeting of createClient({ url: stub.url }).each.meetings({ parties: ["IND"], first: 2 })) {
      expectTypeOf(meeting).toEqualTypeOf<MeetingsNode>();
      ids.push(meeting.id);
    }
    expect(ids).toEqual(["m0", "m1", "m2", "m3", "m4"]);
    expect(stub.seen.map(({ body }) => body.variables)).toEqual([
      { parties: ["IND"], first: 2 },
      { parties: ["IND"], first: 2, after: "1" },
      { parties: ["IND"], first: 2, after: "3" },
    ]);
  });

  it("walks nothing where there is nothing", async () => {
    stub.reply(holding(0));
    expect(await createClient({ url: stub.url }).each.meetings().toArray()).toEqual([]);
    expect(stub.seen).toHaveLength(1);
  });

  it("fetches a page only when it is asked for, and none after the loop is left", async () => {
    stub.reply(holding(100));
    const walk = createClient({ url: stub.url }).each.timeline({ of: "pty_1" });
    expect(stub.seen).toHaveLength(0);
    for await (const entry of walk) {
      expectTypeOf(entry).toEqualTypeOf<TimelineNode>();
      break;
    }
    expect(stub.seen).toHaveLength(1);
  });

  it("starts again with each loop, and after a given cursor", async () => {
    stub.reply(holding(4));
    const walk = createClient({ url: stub.url }).each.meetings({ after: "1" });
    expect((await walk.toArray()).map(({ id }) => id)).toEqual(["m2", "m3"]);
    expect((await walk.toArray()).map(({ id }) => id)).toEqual(["m2", "m3"]);
    expect(cursors()).toEqual(["1", "1"]);
  });

  it("gathers no more than it is asked for", async () => {
    stub.reply(holding(100));
    const walk = createClient({ url: stub.url }).each.meetings();
    expect(await walk.toArray(3)).toHaveLength(3);
    expect(stub.seen).toHaveLength(2);
    expect(await walk.toArray(0)).toEqual([]);
    expect(stub.seen).toHaveLength(2);
    expect(await walk.toArray(2)).toHaveLength(2);
    expect(stub.seen).toHaveLength(3);
  });

  it("goes page by page", async () => {
    stub.reply(holding(3));
    const pages: Array<[number, number]> = [];
    for await (const page of createClient({ url: stub.url }).each.meetings().pages()) {
      expectTypeOf(page).toEqualTypeOf<MeetingsPage>();
      pages.push([page.totalCount, page.nodes.length]);
    }
    expect(pages).toEqual([
      [3, 2],
      [3, 1],
    ]);
  });

  it("throws at the page that failed, after the entries before it", async () => {
    stub.reply(holding(100), json({ errors: [{ message: "down", extensions: { code: "INTERNAL_SERVER_ERROR" } }] }));
    const ids: string[] = [];
    const walk = async (): Promise<void> => {
      for await (const { id } of createClient({ url: stub.url }).each.meetings()) ids.push(id);
    };
    await expect(walk()).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR", operation: "Meetings" });
    expect(ids).toEqual(["m0", "m1"]);
  });

  it("hands its options to every call", async () => {
    stub.reply(holding(100));
    const controller = new AbortController();
    const walk = async (): Promise<void> => {
      for await (const { id } of createClient({ url: stub.url }).each.meetings({}, { signal: controller.signal })) {
        if (id === "m1") controller.abort();
      }
    };
    await expect(walk()).rejects.toMatchObject({ kind: "aborted" });
    expect(stub.seen).toHaveLength(1);
  });
});

describe("a cursor that does not move", () => {
  const page = (endCursor: string | null): Reply =>
    json({ data: { meetings: { pageInfo: { hasNextPage: true, endCursor }, nodes: [] } } });

  it.each([
    ["stands still", ["a", "a"], 2],
    ["goes round", ["a", "b", "a"], 3],
    ["comes back to the start", ["start"], 1],
  ])("is refused where it %s", async (_what, ends, calls) => {
    stub.reply(...ends.map(page));
    const walk = createClient({ url: stub.url }).each.meetings({ after: "start" });
    await expect(walk.toArray()).rejects.toMatchObject({ kind: "cursor", code: "CURSOR_STUCK", operation: "Meetings" });
    expect(stub.seen).toHaveLength(calls);
  });

  it("is refused where there is none though more follows", async () => {
    stub.reply(page(null));
    await expect(createClient({ url: stub.url }).each.meetings().toArray()).rejects.toThrow(
      "Meetings: a page has hasNextPage but no endCursor",
    );
  });
});

describe("paginate", () => {
  interface Ids {
    readonly meetings: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly edges: ReadonlyArray<{ readonly node: { readonly id: string } }>;
    } | null;
  }
  const text =
    "query Ids($after: String) { meetings(after: $after) { pageInfo { hasNextPage endCursor } edges { node { id } } } }";

  it("walks a document of one's own, by edges too", async () => {
    stub.reply(holding(3));
    const document = parse(text) as TypedDocumentNode<Ids, { readonly after?: string | null }>;
    const walk = createClient({ url: stub.url }).paginate(document, {}, (data) => data.meetings);
    const nodes = await walk.toArray();
    expectTypeOf(nodes).toEqualTypeOf<Array<{ readonly id: string }>>();
    expect(nodes.map(({ id }) => id)).toEqual(["m0", "m1", "m2"]);
  });

  it("walks a text", async () => {
    stub.reply(holding(3));
    const walk = createClient({ url: stub.url }).paginate(text, {}, (data: Ids) => data.meetings);
    expect(await walk.toArray()).toHaveLength(3);
  });

  it("walks a method of the client", async () => {
    stub.reply(holding(3));
    const client = createClient({ url: stub.url });
    const nodes = await client.paginate(client.meetings, { parties: ["IND"] }, (data) => data.meetings).toArray();
    expectTypeOf(nodes).toEqualTypeOf<MeetingsNode[]>();
    expect(nodes).toHaveLength(3);
    const wrong = (): unknown[] => [
      // @ts-expect-error there is no such variable
      client.paginate(client.meetings, { states: ["IND"] }, (data) => data.meetings),
      // @ts-expect-error that is no connection
      client.paginate(client.meetings, {}, (data) => data.meetings.nodes),
      // @ts-expect-error that operation takes no cursor
      client.paginate(client.search, { query: "admm" }, (data) => data.search),
    ];
    expectTypeOf(wrong).returns.toEqualTypeOf<unknown[]>();
  });

  it("is empty where there is no such list", async () => {
    stub.reply(json({ data: { meetings: null } }));
    expect(
      await createClient({ url: stub.url })
        .paginate(text, {}, (data: Ids) => data.meetings)
        .toArray(),
    ).toEqual([]);
  });
});
