import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PUBLIC_CODES } from "../../src/http/respond/errors.mask.js";
import { createClient, isSidelinesError, SidelinesError, type ServiceErrorCode } from "../../src/sdk/client.js";
import { json, startServiceStub, type Reply, type ServiceStub } from "./service.stub.js";

let stub: ServiceStub;
beforeAll(async () => {
  stub = await startServiceStub();
});
afterAll(() => stub.close());

/** Leaves the caller waiting. */
const never: Reply = () => undefined;

/** The error of a call; fails if it is anything but a SidelinesError. */
async function failure(call: Promise<unknown>): Promise<SidelinesError> {
  const outcome: unknown = await call.then(
    () => new Error("the call succeeded"),
    (error: unknown) => error,
  );
  if (!isSidelinesError(outcome)) throw outcome;
  return outcome;
}

describe("an answer with errors", () => {
  const fault = {
    message: 'Argument "first": at most 100.',
    path: ["forum", "sessions", 0],
    locations: [{ line: 1, column: 7 }],
    extensions: { code: "BAD_USER_INPUT", argument: "first" },
  };

  it("rejects with the first one's code and path, all errors, status, request id and operation", async () => {
    stub.reply(json({ errors: [fault, { message: "another" }] }, 400, { "x-request-id": "req-7" }));
    const error = await failure(createClient({ url: stub.url }).forumOn({ slug: "admm-plus", asOf: "2024-11-20" }));
    expect(error).toBeInstanceOf(SidelinesError);
    expect(error).toMatchObject({
      name: "SidelinesError",
      message: 'ForumOn: Argument "first": at most 100. (and 1 more)',
      kind: "graphql",
      code: "BAD_USER_INPUT",
      path: ["forum", "sessions", 0],
      operation: "ForumOn",
      status: 400,
      requestId: "req-7",
      errors: [fault, { message: "another" }],
      data: undefined,
    });
  });

  it("keeps the data that the service could give beside them", async () => {
    const data = { forum: { slug: "admm-plus", name: null } };
    stub.reply(json({ data, errors: [fault] }));
    expect(
      (await failure(createClient({ url: stub.url }).forumOn({ slug: "admm-plus", asOf: "2024-11-20" }))).data,
    ).toEqual(data);
  });

  it("takes the request id from the error where no header gives it", async () => {
    stub.reply(
      json({
        data: null,
        errors: [{ message: "Internal error", extensions: { code: "INTERNAL_SERVER_ERROR", id: "in-9" } }],
      }),
    );
    expect(await failure(createClient({ url: stub.url }).service())).toMatchObject({
      requestId: "in-9",
      data: undefined,
    });
  });

  it("reads how long to wait, in seconds or as a date", async () => {
    const limited = { errors: [{ message: "Too many requests", extensions: { code: "RATE_LIMITED" } }] };
    stub.reply(
      json(limited, 429, { "retry-after": "3" }),
      json(limited, 429, { "retry-after": new Date(Date.now() + 60_000).toUTCString() }),
    );
    const client = createClient({ url: stub.url, retries: 0 });
    expect(await failure(client.service())).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 3000 });
    const { retryAfterMs } = await failure(client.service());
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it("has a code of its own where the service gives none", async () => {
    stub.reply(json({ errors: [{ message: "odd" }] }));
    expect(await failure(createClient({ url: stub.url }).service())).toMatchObject({
      code: "UNKNOWN",
      kind: "graphql",
    });
  });
});

describe("an answer that is not GraphQL", () => {
  it.each([
    [
      "a page of a proxy",
      502,
      "text/html",
      "<html>\n <h1>Bad gateway</h1>",
      "answered 502 with a response that is not GraphQL: <html> <h1>Bad gateway</h1>",
    ],
    ["nothing", 200, "application/json", "", "answered 200 with a response that is not GraphQL, an empty body"],
    [
      "other JSON",
      404,
      "application/json",
      '{"message":"Route not found"}',
      'answered 404 with a response that is not GraphQL: {"message"',
    ],
    ["no data and no errors", 200, "application/json", "{}", "answered 200"],
    ["an empty list of errors", 200, "application/json", '{"data":null,"errors":[]}', "answered 200"],
    ["data with a status of failure", 500, "application/json", '{"data":{"service":null}}', "answered 500"],
    ["a list", 200, "application/json", "[]", "answered 200"],
  ])("%s is an error of the kind http", async (_what, status, type, body, message) => {
    stub.reply((response) => response.writeHead(status, { "content-type": type, "x-request-id": "req-8" }).end(body));
    const error = await failure(createClient({ url: stub.url }).service());
    expect(error).toMatchObject({
      kind: "http",
      code: "NOT_GRAPHQL",
      status,
      requestId: "req-8",
      operation: "Service",
    });
    expect(error.message).toContain(`Service: ${stub.url} ${message}`);
  });
});

describe("no answer", () => {
  it("is an error of the kind network that gives the reason", async () => {
    const gone = await startServiceStub();
    await gone.close();
    const error = await failure(createClient({ url: gone.url }).service());
    expect(error).toMatchObject({ kind: "network", code: "NETWORK_ERROR", operation: "Service", status: undefined });
    expect(error.message).toMatch(/^Service: no answer from http:.*: .*ECONNREFUSED/);
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it("is what a connection broken in the middle of a body counts as", async () => {
    stub.reply((response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write('{"data":', () => response.destroy());
    });
    expect(await failure(createClient({ url: stub.url }).service())).toMatchObject({ kind: "network" });
  });

  it("ends after the client's timeout, or the call's own", async () => {
    stub.reply(never);
    const client = createClient({ url: stub.url, timeoutMs: 40 });
    expect(await failure(client.service())).toMatchObject({
      kind: "timeout",
      code: "CLIENT_TIMEOUT",
      message: "Service: no full answer within 40 ms",
    });
    expect((await failure(client.service({}, { timeoutMs: 30 }))).message).toBe("Service: no full answer within 30 ms");
  });

  it("ends on time while the body is still coming", async () => {
    stub.reply((response) => response.writeHead(200, { "content-type": "application/json" }).write('{"data":'));
    expect(await failure(createClient({ url: stub.url, timeoutMs: 60 }).service())).toMatchObject({ kind: "timeout" });
  });

  it("ends on time where headers or fetch know nothing of signals", async () => {
    const hanging = () => new Promise<never>(() => undefined);
    expect(await failure(createClient({ url: stub.url, timeoutMs: 20, headers: hanging }).service())).toMatchObject({
      kind: "timeout",
    });
    expect(await failure(createClient({ url: stub.url, timeoutMs: 20, fetch: hanging }).service())).toMatchObject({
      kind: "timeout",
    });
  });

  it("waits for as long as it takes with Infinity", async () => {
    stub.reply((response) =>
      setTimeout(() => json({ data: { service: {} } })(response, { method: "", headers: {}, body: { query: "" } }), 50),
    );
    await expect(createClient({ url: stub.url, timeoutMs: Infinity }).service()).resolves.toEqual({ service: {} });
  });

  it.each([0, -1, Number.NaN])("refuses %s as a timeout", async (timeoutMs) => {
    await expect(createClient({ url: stub.url, timeoutMs }).service()).rejects.toThrow(
      `above 0, or Infinity; it is ${timeoutMs}.`,
    );
  });

  it("ends when the call's or the client's signal fires, with its reason as the cause", async () => {
    stub.reply(never);
    const [whole, single] = [new AbortController(), new AbortController()];
    const client = createClient({ url: stub.url, signal: whole.signal });
    const first = failure(client.service({}, { signal: single.signal }));
    single.abort("left the page");
    expect(await first).toMatchObject({
      kind: "aborted",
      code: "ABORTED",
      message: "Service: the call was aborted",
      cause: "left the page",
    });
    const second = failure(client.service());
    whole.abort();
    expect(await second).toMatchObject({ kind: "aborted" });
  });

  it("sends nothing where the signal has fired already", async () => {
    stub.reply(never);
    expect(await failure(createClient({ url: stub.url }).service({}, { signal: AbortSignal.abort() }))).toMatchObject({
      kind: "aborted",
    });
    expect(stub.seen).toEqual([]);
  });

  it("closes the connection, so that the service can stop working", async () => {
    const closed = new Promise<void>((resolve) => stub.reply((response) => response.once("close", resolve)));
    await failure(createClient({ url: stub.url, timeoutMs: 30 }).service());
    await closed;
  });

  it("leaves no listener on a signal that lives long", async () => {
    stub.reply(json({ data: { service: {} } }));
    const { signal } = new AbortController();
    let listeners = 0;
    const counted = new Proxy(signal, {
      get: (target, name) => {
        if (name === "addEventListener")
          return (...given: Parameters<AbortSignal["addEventListener"]>) => (
            (listeners += 1),
            target.addEventListener(...given)
          );
        if (name === "removeEventListener")
          return (...given: Parameters<AbortSignal["removeEventListener"]>) => (
            (listeners -= 1),
            target.removeEventListener(...given)
          );
        return Reflect.get(target, name, target) as unknown;
      },
    });
    await createClient({ url: stub.url, signal: counted }).service();
    expect(listeners).toBe(0);
  });
});

describe("isSidelinesError", () => {
  const error = new SidelinesError("no", { kind: "graphql", code: "FORBIDDEN" });

  it("asks for one of the codes where there are any", () => {
    expect(isSidelinesError(error)).toBe(true);
    expect(isSidelinesError(error, "UNAUTHENTICATED", "FORBIDDEN")).toBe(true);
    expect(isSidelinesError(error, "BAD_USER_INPUT")).toBe(false);
  });

  it.each([[new Error("no")], [{ kind: "graphql", code: "FORBIDDEN" }], [null], ["FORBIDDEN"]])(
    "is not taken in by %s",
    (other) => {
      expect(isSidelinesError(other)).toBe(false);
    },
  );
});

describe("the known codes", () => {
  it("are those that the service lets through", () => {
    const known: Record<ServiceErrorCode, true> = {
      BAD_REQUEST: true,
      BAD_USER_INPUT: true,
      CONFLICT: true,
      FORBIDDEN: true,
      GRAPHQL_PARSE_FAILED: true,
      GRAPHQL_VALIDATION_FAILED: true,
      INTERNAL_SERVER_ERROR: true,
      LIMIT_EXCEEDED: true,
      NOT_FOUND: true,
      OPERATION_RESOLUTION_FAILURE: true,
      PERSISTED_QUERY_NOT_FOUND: true,
      PERSISTED_QUERY_NOT_SUPPORTED: true,
      QUERY_NOT_IN_SAFELIST: true,
      RATE_LIMITED: true,
      SERVICE_UNAVAILABLE: true,
      TIMEOUT: true,
      UNAUTHENTICATED: true,
    };
    expect(Object.keys(known).sort()).toEqual([...PUBLIC_CODES, "INTERNAL_SERVER_ERROR"].sort());
  });
});
