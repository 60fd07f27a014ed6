import { spawn } from "node:child_process";
import { join } from "node:path";
import { createClient } from "graphql-sse";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createKey } from "../../src/access/keys.js";
import type { Database } from "../../src/database/open.js";
import { packageRoot } from "../../src/lib/root.js";
import { importPacks } from "../../src/packs/import.js";
import { startPostgres, testDatabase, type TestPostgres } from "../support/database.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { listenOver, type Listening } from "../support/listening.js";
import { nextEvent, subscribe, type OpenStream, type Subscribing } from "../support/streams.js";
import { SOON } from "../support/time.js";

const source = {
  key: "about",
  kind: "OFFICIAL_PAGE",
  title: "About",
  publisher: "The Office",
  language: "en",
  url: "https://example.org/about",
};
const cite = [{ document: source.key }];
const everything = `subscription Everything($party: ID, $after: ID) {
  recordChanged(party: $party, after: $after) {
    id
    act { kind actor at reason }
    changes(first: 10) { totalCount nodes { kind version recordType title record { id isDraft ... on Person { name } } fields { field before after } } }
  }
}`;

interface Event {
  readonly act: { readonly kind: string; readonly actor: string; readonly at: string; readonly reason: string | null };
  readonly changes: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly kind: string;
      readonly recordType: string;
      readonly title: string;
      readonly record: { readonly id: string; readonly isDraft: boolean; readonly name?: string } | null;
    }[];
  };
}

const postgres: TestPostgres | undefined = await startPostgres();
afterAll(() => postgres?.stop());
const modes = [
  { name: "the embedded database", open: () => testDatabase(), isServer: false },
  ...(postgres ? [{ name: "a Postgres server", open: () => testDatabase({ postgres }), isServer: true }] : []),
];

describe.each(modes)("event streams over $name", ({ open, isServer }) => {
  let database: Database;
  let editor: Editor;
  let service: Listening;
  const streams: OpenStream[] = [];
  const services: Listening[] = [];
  let number = 0;

  beforeAll(async () => {
    database = await open();
    await importPacks(database, [join(packageRoot(), "seeds/report")]);
    editor = editorOf(database);
    await editor.act("addDocument", source);
    service = await listenOver(database);
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close();
    await Promise.all(services.splice(0).map((other) => other.close()));
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  async function listening(asked: Partial<Subscribing> = {}, address = service.address): Promise<OpenStream> {
    const stream = await subscribe(address, { query: everything, ...asked });
    streams.push(stream);
    return stream;
  }

  /** Records a person, and gives the slug. */
  async function recordSomebody(more: object = {}): Promise<string> {
    const slug = `somebody-${String(++number)}`;
    expect(
      faultsOf(await editor.act("recordPerson", { slug, name: `Somebody ${String(number)}`, cite, ...more })),
    ).toEqual([]);
    return slug;
  }

  async function slugsOf(stream: OpenStream, count: number): Promise<string[]> {
    const found: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const { changes } = await nextEvent<Event>(stream);
      found.push(
        ...changes.nodes.flatMap(({ recordType, title }) =>
          recordType === "Person" ? [title.replace("Somebody ", "somebody-")] : [],
        ),
      );
    }
    return found;
  }

  it("deliver each mutation when it is committed: author, moment, reason and changes", async () => {
    const stream = await listening();
    expect(stream.status).toBe(200);
    expect(stream.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const slug = await recordSomebody({ reason: "Met her." });
    const event = await nextEvent<Event>(stream);
    expect(event).toMatchObject({
      id: expect.stringMatching(/^act_[a-z2-7]{16}$/) as unknown,
      act: { kind: "recordPerson", actor: "editor", reason: "Met her." },
      changes: {
        totalCount: 2,
        nodes: [
          { kind: "CREATED", recordType: "Person", record: { isDraft: false } },
          { kind: "CREATED", recordType: "Citation" },
        ],
      },
    });
    const { person } = await editor.ask<{ person: { id: string } }>(`{ person(slug: "${slug}") { id } }`);
    await editor.act("correctRecord", {
      id: person.id,
      reason: "A slip.",
      corrections: [{ field: "name", value: "Other Person" }],
    });
    await editor.act("withdrawRecord", { id: person.id, reason: "Made up." });
    const [corrected, withdrawn] = [await nextEvent<Event>(stream), await nextEvent<Event>(stream)];
    // Each event shows the record right after its mutation, however late it is read.
    expect(corrected.changes.nodes).toMatchObject([
      {
        kind: "CHANGED",
        record: { name: "Other Person" },
        fields: expect.arrayContaining([expect.objectContaining({ field: "name", after: "Other Person" })]) as unknown,
      },
    ]);
    expect(withdrawn.changes.nodes).toMatchObject([
      { kind: "WITHDRAWN", record: null },
      { kind: "WITHDRAWN", record: null },
    ]);
    const again = await listening({ headers: { "last-event-id": event.id } });
    expect(await nextEvent<Event>(again)).toEqual(corrected);
  });

  it("go on after an event, by the argument or by the header, which goes before it", async () => {
    const stream = await listening();
    const slugs = [await recordSomebody(), await recordSomebody(), await recordSomebody()];
    const first = await nextEvent<Event>(stream);
    const second = await nextEvent<Event>(stream);
    expect(await slugsOf(await listening({ variables: { after: first.id } }), 2)).toEqual(slugs.slice(1));
    expect(
      await slugsOf(await listening({ variables: { after: first.id }, headers: { "last-event-id": second.id } }), 1),
    ).toEqual(slugs.slice(2));
  });

  it("send an id to resume from at the start, and when an event was delivered to others only", async () => {
    const stream = await listening({ variables: { party: "RUS" } });
    await recordSomebody();
    const awaited = nextEvent<Event>(stream);
    await vi.waitFor(() => expect(stream.text().match(/^id: /gm)).toHaveLength(2), SOON);
    const slug = await recordSomebody({ state: "RUS" });
    const event = await awaited;
    expect(event.changes.nodes[0]?.title).toBe(slug.replace("somebody-", "Somebody "));
    expect(stream.text()).toMatch(
      /^retry: \d+\n\nid: act_[a-z2-7]{16}\n\nid: act_[a-z2-7]{16}\n\nid: act_[a-z2-7]{16}\nevent: next\n/,
    );
  });

  it("are read by browsers' EventSource (a plain GET) and by the client of graphql-sse", async () => {
    const plain = await listening({ method: "GET" });
    const slug = await recordSomebody();
    const event = await nextEvent<Event>(plain);
    expect(event.changes.nodes[0]?.title).toBe(slug.replace("somebody-", "Somebody "));
    const client = createClient({ url: `${service.address}/graphql` });
    const iterated = client.iterate<{ recordChanged: Event }>({ query: everything, variables: { after: event.id } });
    const next = await recordSomebody();
    const iteration: unknown = await iterated.next();
    expect(iteration).toMatchObject({
      value: {
        data: {
          recordChanged: {
            changes: { nodes: [{ title: next.replace("somebody-", "Somebody ") }, { kind: "CREATED" }] },
          },
        },
      },
    });
    await iterated.return?.();
    client.dispose();
  });

  it("deliver no drafts, not even to editors, until they are published", async () => {
    const { key } = await createKey(database.prisma, { name: "desk", scope: "EDIT" });
    const open = await listening();
    const editors = await listening({ headers: { authorization: `Bearer ${key}` } });
    const { person } = await editor.act<{ person: { id: string } }>(
      "recordPerson",
      { slug: "drafted", name: "Drafted", cite, draft: true },
      "person { id }",
    );
    const other = await recordSomebody();
    for (const stream of [open, editors]) expect(await slugsOf(stream, 1)).toEqual([other]);
    const unknown = await listening({
      query: `subscription { recordChanged(person: "drafted") { id } }`,
      headers: { authorization: `Bearer ${key}` },
    });
    expect(unknown.status).toBe(400);
    await editor.act("publishDrafts", { ids: [person.id] });
    for (const stream of [open, editors]) {
      const { act, changes } = await nextEvent<Event>(stream);
      expect(act.kind).toBe("publishDrafts");
      expect(changes.nodes).toMatchObject([
        { kind: "CREATED", title: "Drafted", record: { isDraft: false } },
        { kind: "CREATED", recordType: "Citation" },
      ]);
    }
  });

  it("lose nothing and repeat nothing while nothing is heard of writes", async () => {
    const stream = await listening();
    const slugs: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      slugs.push(await recordSomebody());
      if (isServer)
        await database.pool.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sidelines version'",
        );
      slugs.push(await recordSomebody(), await recordSomebody());
    }
    expect(await slugsOf(stream, slugs.length)).toEqual(slugs);
    const last = await recordSomebody();
    expect(await slugsOf(stream, 1)).toEqual([last]);
  });

  it.runIf(isServer)("outlast a database that ends all connections", async () => {
    const stream = await listening();
    const first = await recordSomebody();
    expect(await slugsOf(stream, 1)).toEqual([first]);
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()",
    );
    const second = await recordSomebody();
    expect(await slugsOf(stream, 1)).toEqual([second]);
  });

  it.runIf(isServer)("deliver mutations of other processes", async () => {
    const { key } = await createKey(database.prisma, { name: "other", scope: "EDIT" });
    const env = {
      PATH: process.env["PATH"],
      DATABASE_URL: database.url,
      SIDELINES_SEED: "false",
      PORT: "0",
      SIDELINES_PLAYGROUND: "false",
      LOG_LEVEL: "silent",
    };
    const child = spawn(process.execPath, ["--import", "tsx", join(packageRoot(), "src/main.ts")], {
      cwd: packageRoot(),
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    try {
      await expect.poll(() => said, { timeout: 50_000 }).toMatch(/ready at http/);
      const address = /http:\S+/.exec(said)?.[0] ?? "";
      const [here, there] = [await listening(), await listening({}, address)];
      const query =
        "mutation ($input: RecordPersonInput!) { recordPerson(input: $input) { person { id } userErrors { message } } }";
      const body = JSON.stringify({ query, variables: { input: { slug: "from-afar", name: "From Afar", cite } } });
      await fetch(`${address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body,
      });
      const slug = await recordSomebody();
      const [one, two] = [await nextEvent<Event>(here), await nextEvent<Event>(here)];
      expect([one.act.actor, two.act.actor]).toEqual(["other", "editor"]);
      expect(one.changes.nodes[0]?.title).toBe("From Afar");
      expect(two.changes.nodes[0]?.title).toBe(slug.replace("somebody-", "Somebody "));
      expect([await nextEvent<Event>(there), await nextEvent<Event>(there)]).toEqual([one, two]);
      // A service that stops ends its streams without `complete`, so that clients reconnect elsewhere.
      child.kill("SIGTERM");
      expect(await there.next()).toBeUndefined();
      expect(there.text()).not.toContain("event: complete");
      expect(there.lastId()).toBe(two.id);
      expect(await ended).toBe(0);
    } finally {
      child.kill("SIGKILL");
    }
  });

  it.each<[what: string, asked: Partial<Subscribing>, status: number, code: string, argument?: string]>([
    ["a name that nothing has", { variables: { party: "XXX" } }, 400, "BAD_USER_INPUT", "party"],
    ["an invalid event id", { variables: { after: "yesterday" } }, 400, "BAD_USER_INPUT", "after"],
    [
      "an event that the record does not know",
      { variables: { after: "act_aaaaaaaaaaaaaaaa" } },
      400,
      "BAD_USER_INPUT",
      "after",
    ],
    ["a header that is no event id", { headers: { "last-event-id": "7" } }, 400, "BAD_USER_INPUT", "Last-Event-ID"],
    ["a variable that does not fit", { variables: { party: { code: "IND" } } }, 400, "BAD_USER_INPUT"],
    ["a document that cannot be read", { query: "subscription {" }, 400, "GRAPHQL_PARSE_FAILED"],
    ["a field that is not there", { query: "subscription { recordMoved { id } }" }, 400, "GRAPHQL_VALIDATION_FAILED"],
    [
      "two fields",
      { query: "subscription { a: recordChanged { id } b: recordChanged { id } }" },
      400,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["none of its fields", { query: "subscription { recordChanged @skip(if: true) { id } }" }, 400, "BAD_REQUEST"],
    [
      "more than an operation may ask for",
      {
        query:
          "subscription { recordChanged { changes(first: 100) { nodes { act { changes(first: 100) { nodes { act { id } fields { field } } } } } } } }",
      },
      400,
      "LIMIT_EXCEEDED",
    ],
    ["a query", { query: "{ __typename }", method: "GET" }, 406, "BAD_REQUEST"],
    [
      "a mutation",
      { query: `mutation { discardDrafts(input: { ids: ["x"] }) { userErrors { code } } }`, method: "GET" },
      401,
      "UNAUTHENTICATED",
    ],
    ["a subscription without an event stream", { headers: { accept: "application/json" } }, 406, "BAD_REQUEST"],
    ["a credential that is none", { headers: { authorization: "Bearer sdl_nonsense" } }, 401, "UNAUTHENTICATED"],
    ["a body of another type", { headers: { "content-type": "text/plain" } }, 415, "BAD_REQUEST"],
  ])("are refused, as a whole and with a status, to %s", async (_what, asked, status, code, argument) => {
    const { method = "POST", query = everything, variables = {}, headers = {} } = asked;
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    const response = await fetch(`${service.address}/graphql${method === "GET" ? `?${search.toString()}` : ""}`, {
      method,
      headers: {
        accept: "text/event-stream",
        ...(method === "POST" && { "content-type": "application/json" }),
        ...headers,
      },
      ...(method === "POST" && { body: JSON.stringify({ query, variables }) }),
    });
    const { errors } = (await response.json()) as { errors: { extensions: { code: string; argument?: string } }[] };
    expect([response.status, errors[0]?.extensions.code, errors[0]?.extensions.argument]).toEqual([
      status,
      code,
      argument,
    ]);
  });

  it("are let in up to a number for each client and for the process, and again when one has ended", async () => {
    const few = await listenOver(database, { maxStreams: 3, maxStreamsPerAddress: 2 });
    services.push(few);
    const first = await listening({}, few.address);
    await listening({}, few.address);
    const third = await listening({}, few.address);
    expect([third.status, third.headers.get("retry-after")]).toEqual([429, "1"]);
    first.close();
    await vi.waitFor(async () => expect((await listening({}, few.address)).status).toBe(200), SOON);
    const none = await listenOver(database, { maxStreams: 0 });
    services.push(none);
    const refused = await listening({}, none.address);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    const { service: said } = await editor.ask<{ service: { limits: object } }>(
      "{ service { limits { maxStreams maxStreamsPerAddress } } }",
    );
    expect(said.limits).toEqual({ maxStreams: 500, maxStreamsPerAddress: 20 });
    // The holder of a key is another client than the address it comes from.
    const { key } = await createKey(database.prisma, { name: "reader", scope: "READ" });
    const [held, byKey] = [
      await listening({}, few.address),
      await listening({ headers: { authorization: `Bearer ${key}` } }, few.address),
    ];
    expect([held.status, byKey.status]).toEqual([429, 200]);
  });

  it("take what their operation costs and a point for each event, and go on where there is none left", async () => {
    const counting = await listenOver(database, { pointsPerHour: 60 }, { uncounted: [] });
    services.push(counting);
    // An hour's sixty points come back one a minute, which is longer than this takes.
    const left = async (): Promise<number> => {
      const response = await fetch(`${counting.address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"query":"{ __typename }"}',
      });
      await response.text();
      return Number(/;r=(\d+);/.exec(response.headers.get("ratelimit") ?? "")?.[1]);
    };
    const asking = 60 - (await left());
    const stream = await listening({}, counting.address);
    // 1 for the field, 0.04 for the event and its act, 0.2 for the list of changes and its count, 0.4 for ten changes and their records,
    // 2 for ten lists of five fields, 5 for the bytes of what stood there before and after: 8.64, whole points are taken.
    const opened = 60 - asking - 9;
    expect(Number(/;r=(\d+);/.exec(stream.headers.get("ratelimit") ?? "")?.[1])).toBe(opened);
    await recordSomebody();
    await nextEvent<Event>(stream);
    await recordSomebody();
    await nextEvent<Event>(stream);
    expect(await left()).toBe(opened - 2 - asking);
  });

  it("show that they are there when there is nothing to tell", async () => {
    const lively = await listenOver(database, { streamHeartbeatMs: 20 });
    services.push(lively);
    const stream = await listening({}, lively.address);
    void stream.next();
    await vi.waitFor(() => expect(stream.text().match(/^:$/gm)?.length).toBeGreaterThan(2), SOON);
  });

  it("do not keep a service from stopping", async () => {
    const short = await listenOver(database);
    const stream = await listening({}, short.address);
    await recordSomebody();
    await nextEvent<Event>(stream);
    const ended = stream.next();
    await short.close();
    expect(await ended).toBeUndefined();
    expect(stream.text()).toContain(": the service is stopping");
  });
});
