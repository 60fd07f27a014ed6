import { buildSchema } from "graphql";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { packageRoot } from "../../src/lib/root.js";
import { createClient, type RecordPersonMutation, type RecordPersonMutationVariables } from "../../src/sdk/client.js";
import { json, startServiceStub, type Reply, type ServiceStub } from "./service.stub.js";

let stub: ServiceStub;
beforeAll(async () => {
  stub = await startServiceStub();
});
afterAll(() => stub.close());

const recorded = { recordPerson: { person: null, userErrors: [] } };
const input = { slug: "pat-example", name: "Pat Example", cite: [{ document: "about" }] };
const breaks: Reply = (response) => response.destroy();
const full = json({ errors: [{ message: "full", extensions: { code: "SERVICE_UNAVAILABLE" } }] }, 503, {
  "retry-after": "0",
});
const keys = (): unknown[] =>
  stub.seen.map(({ body }) => (body.variables?.["input"] as { idempotencyKey?: unknown }).idempotencyKey);

describe("acts", () => {
  it("have a method each, for every act of the contract", () => {
    const mutations = Object.keys(
      buildSchema(readFileSync(join(packageRoot(), "schema.graphql"), "utf8"))
        .getMutationType()
        ?.getFields() ?? {},
    );
    expect(mutations.length).toBeGreaterThan(25);
    const client = createClient({ url: stub.url });
    expect(mutations.filter((name) => !(name in client))).toEqual([]);
  });

  it("have typed input and payloads", () => {
    const client = createClient({ url: stub.url });
    expectTypeOf(client.recordPerson).parameter(0).toEqualTypeOf<RecordPersonMutationVariables>();
    expectTypeOf(client.recordPerson).returns.resolves.toEqualTypeOf<RecordPersonMutation>();
    expectTypeOf<NonNullable<RecordPersonMutation["recordPerson"]>["userErrors"][number]["path"]>().toEqualTypeOf<
      readonly string[]
    >();
    const wrong = (): unknown[] => [
      // @ts-expect-error acts take one input
      client.recordPerson(input),
      // @ts-expect-error there is no such status
      client.reportStatus({ input: { meeting: "x", status: "MET", cite: [] } }),
      // @ts-expect-error a person needs a name
      client.recordPerson({ input: { slug: "x", cite: [] } }),
    ];
    expectTypeOf(wrong).returns.toEqualTypeOf<unknown[]>();
  });

  it("go under a key of their own, a new one for each call, unless the caller gives one", async () => {
    stub.reply(json({ data: recorded }));
    const client = createClient({ url: stub.url });
    await client.recordPerson({ input });
    await client.recordPerson({ input });
    await client.recordPerson({ input: { ...input, idempotencyKey: "mine" } });
    const [first, second, third] = keys();
    expect(first).toMatch(/^sdk-[0-9a-f]{32}$/);
    expect(second).toMatch(/^sdk-[0-9a-f]{32}$/);
    expect(second).not.toBe(first);
    expect(third).toBe("mine");
    expect(input).not.toHaveProperty("idempotencyKey");
  });

  it("are sent again under the same key when the connection breaks or there is no room", async () => {
    stub.reply(breaks, full, json({ data: recorded }));
    expect(await createClient({ url: stub.url }).recordPerson({ input })).toEqual(recorded);
    expect(new Set(keys()).size).toBe(1);
    expect(stub.seen).toHaveLength(3);
  });

  it("are not sent for ever", async () => {
    stub.reply(full);
    await expect(createClient({ url: stub.url }).recordPerson({ input })).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      status: 503,
    });
    expect(stub.seen).toHaveLength(3);
    stub.reply(breaks);
    await expect(createClient({ url: stub.url, retries: 1 }).recordPerson({ input })).rejects.toMatchObject({
      code: "NETWORK_ERROR",
    });
    expect(stub.seen).toHaveLength(2);
    stub.reply(full);
    await expect(createClient({ url: stub.url }).recordPerson({ input }, { retries: 0 })).rejects.toMatchObject({
      status: 503,
    });
    expect(stub.seen).toHaveLength(1);
    await expect(createClient({ url: stub.url }).recordPerson({ input }, { retries: -1 })).rejects.toThrow(TypeError);
  });

  it("are not kept waiting longer than the call may take, nor for a service that wants to be left alone", async () => {
    stub.reply(
      json({ errors: [{ message: "full", extensions: { code: "RATE_LIMITED" } }] }, 429, { "retry-after": "3600" }),
    );
    await expect(createClient({ url: stub.url }).recordPerson({ input })).rejects.toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMs: 3_600_000,
    });
    expect(stub.seen).toHaveLength(1);
    stub.reply(
      json({ errors: [{ message: "full", extensions: { code: "SERVICE_UNAVAILABLE" } }] }, 503, {
        "retry-after": "20",
      }),
    );
    await expect(createClient({ url: stub.url }).recordPerson({ input }, { timeoutMs: 300 })).rejects.toMatchObject({
      code: "CLIENT_TIMEOUT",
    });
    expect(stub.seen).toHaveLength(1);
  });

  it("are never sent again where they are a mutation of the caller's own, whose key the client does not know", async () => {
    const text = "mutation Own($input: RecordPersonInput!) { recordPerson(input: $input) { userErrors { code } } }";
    stub.reply(full);
    await expect(createClient({ url: stub.url }).query(text, { input })).rejects.toMatchObject({ status: 503 });
    expect(stub.seen).toHaveLength(1);
    expect(keys()).toEqual([undefined]);
  });

  it("are not sent again because of what is wrong with them", async () => {
    stub.reply(json({ errors: [{ message: "no", extensions: { code: "FORBIDDEN" } }] }, 403));
    await expect(createClient({ url: stub.url }).recordPerson({ input })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(stub.seen).toHaveLength(1);
  });
});

describe("queries", () => {
  it("are sent again as well", async () => {
    stub.reply(breaks, json({ data: { service: { version: "1" } } }));
    expect(await createClient({ url: stub.url }).query("{ service { version } }")).toEqual({
      service: { version: "1" },
    });
    expect(stub.seen).toHaveLength(2);
  });
});
