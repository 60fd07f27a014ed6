import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { beforeEach, describe, expect, it } from "vitest";
import { anonymous } from "../../src/access/principal.js";
import type { PreparedRequest } from "../../src/http/plan/prepared.operations.js";
import { createResponseCache } from "../../src/http/cache/response.cache.js";
import { admit, executeRaw, leave, store, type ExecutableRequest } from "../../src/http/execute/execute.js";
import { createConcurrencyLimiter } from "../../src/http/limit/concurrency.js";
import { createLogger } from "../../src/lib/log.js";
import { createRates } from "../../src/limits/rates.js";

describe("the stage execute", () => {
  const trace = undefined;
  let response: ServerResponse;
  beforeEach(() => void (response = new EventEmitter() as ServerResponse));

  function request(points = 0): ExecutableRequest<string> {
    const budget = createRates({ pointsPerHour: points }).budgetOf({ name: "a", isKnown: false });
    return {
      id: "1",
      raw: { headers: {} } as IncomingMessage,
      log: createLogger({ level: "silent" }),
      principal: anonymous,
      client: { name: "a", budget },
      namedPosition: undefined,
      position: undefined,
      heldPosition: undefined,
      cacheKey: "key",
      version: 1,
      prepared: { amount: { cost: 5, nodes: 1 } } as unknown as PreparedRequest,
      context: undefined,
      resolverContext: undefined,
    };
  }
  const resolvers = () => Promise.resolve("resolvers");

  it("admits an operation, and releases its place once however often it leaves", () => {
    const limiter = createConcurrencyLimiter({ maxConcurrentOperations: 1 });
    const first = request();
    expect(admit(first, { limiter, trace }, response)).toBeUndefined();
    expect(admit(request(), { limiter, trace }, response)).toMatchObject({ status: 503 });
    leave(first, { limiter });
    leave(first, { limiter });
    expect(limiter.inside()).toBe(0);
    expect(admit(request(), { limiter, trace }, response)).toBeUndefined();
  });

  it("charges a prepared operation and returns the body, or leaves it to the executor", async () => {
    const limiter = createConcurrencyLimiter({});
    const paid = request(7);
    admit(paid, { limiter, trace }, response);
    expect(await executeRaw(paid, { execute: async () => "body" }, resolvers)).toBe("body");
    expect(paid.client?.budget?.remaining()).toBe(2);
    expect(await executeRaw(paid, { execute: () => Promise.reject(new Error("failed")) }, resolvers)).toBeUndefined();
    const poor = request(7);
    poor.client?.budget?.take(6);
    admit(poor, { limiter, trace }, response);
    expect(await executeRaw(poor, { execute: async () => "body" }, resolvers)).toBeUndefined();
  });

  it("cancels when the client disconnects, and expires when the time is up", async () => {
    const limiter = createConcurrencyLimiter({});
    const slow = request();
    admit(slow, { limiter, trace }, response);
    slow.context?.limitTime("queryTimeoutMs", 1);
    const expired = await executeRaw(slow, { execute: () => new Promise(() => undefined) }, resolvers);
    expect(expired).toMatchObject({ extensions: { code: "TIMEOUT", limit: "queryTimeoutMs" } });
    const gone = request();
    admit(gone, { limiter, trace }, response);
    response.emit("close");
    expect(gone.context?.over()).toMatchObject({ extensions: { code: "CLIENT_GONE" } });
  });

  it("stores a response unless a write overtook it", () => {
    let version = 1;
    const cache = createResponseCache({ version: () => version, maxBytes: 10_000 });
    const body = { body: "{}", contentType: "application/json", etag: undefined };
    expect(store(request(), cache, body)).toBe(body);
    expect(cache.find("key")).toBe(body);
    version = 2;
    store(request(), cache, body);
    expect(cache.find("key")).toBeUndefined();
  });
});
