import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDocumentStore } from "../../src/http/plan/documents.store.js";
import { listen, startStandIn, type StandIn } from "./stand.in.js";
import { parse } from "graphql";

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  readonly extensions?: Record<string, unknown>;
}

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.app.close());

const JSON_TYPE = { "content-type": "application/json" };

async function send(
  payload: string | Buffer | object | undefined,
  headers: Record<string, string> = JSON_TYPE,
  url = "/graphql",
  method: string = "POST",
) {
  const response = await standIn.app.inject({
    method: method as "POST",
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.body,
    json: () => JSON.parse(response.body) as Answer,
  };
}

function codes(answer: Answer): unknown[] {
  return (answer.errors ?? []).map((error) => error.extensions["code"]);
}

describe("methods", () => {
  it("answers POST and GET", async () => {
    expect((await send({ query: "{ hello }" })).json()).toEqual({ data: { hello: "world" } });
    const got = await send(undefined, {}, "/graphql?query=%7Bhello%7D", "GET");
    expect(got.json()).toEqual({ data: { hello: "world" } });
  });

  it("answers a GET with the Accept header that urql sends", async () => {
    const accept =
      "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed";
    const got = await send(
      undefined,
      { accept },
      "/graphql?query=query%20Q%7Bhello%7D&operationName=Q&variables=%7B%7D",
      "GET",
    );
    expect([got.status, got.json()]).toEqual([200, { data: { hello: "world" } }]);
  });

  it("refuses mutations by GET with 405 and says what is allowed", async () => {
    for (const accept of ["application/json", "application/graphql-response+json"]) {
      const got = await send(undefined, { accept }, "/graphql?query=mutation%7Btouch%7D", "GET");
      expect(got.status).toBe(405);
      expect(got.headers["allow"]).toContain("POST");
    }
  });

  it.each(["PUT", "DELETE", "HEAD", "PATCH", "TRACE", "PROPFIND"] as const)("refuses %s with 405", async (method) => {
    const answer = await send(undefined, {}, "/graphql", method);
    expect(answer.status).toBe(405);
    expect(answer.headers["allow"]).toBe("GET, POST, OPTIONS");
  });

  it("lets any origin read, without credentials", async () => {
    const asked = await send(
      undefined,
      {
        origin: "https://example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
      },
      "/graphql",
      "OPTIONS",
    );
    expect(asked.status).toBe(204);
    expect(asked.headers["access-control-allow-origin"]).toBe("*");
    expect(asked.headers["access-control-allow-credentials"]).toBeUndefined();
    expect(asked.headers["access-control-allow-methods"]).toBe("GET, HEAD, POST");
  });

  it.each(["authorization", "traceparent", "apollographql-client-name", "x-purpose"])(
    "lets pages of other origins send the header %s",
    async (name) => {
      const headers = {
        origin: "https://example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": `content-type, ${name}`,
      };
      const asked = await send(undefined, headers, "/graphql", "OPTIONS");
      expect(String(asked.headers["access-control-allow-headers"]).split(", ")).toContain(name);
    },
  );

  it("lets pages of other origins read the headers that clients use", async () => {
    const got = await send({ query: "{ hello }" }, { origin: "https://example.org" });
    const exposed = String(got.headers["access-control-expose-headers"]).split(", ");
    const wanted = ["etag", "ratelimit", "ratelimit-policy", "retry-after", "sidelines-position", "x-request-id"];
    expect(exposed).toEqual(expect.arrayContaining(wanted));
  });

  it("sends a browser's address bar to the playground with its query", async () => {
    const got = await send(
      undefined,
      { accept: "text/html,application/xhtml+xml,*/*;q=0.8" },
      "/graphql?query=%7Bhello%7D",
      "GET",
    );
    expect(got.status).toBe(303);
    expect(got.headers["location"]).toBe("/playground?query=%7Bhello%7D");
  });
});

describe("bodies", () => {
  it.each([
    ["no content type", "{}", {}],
    ["text", '{"query":"{ hello }"}', { "content-type": "text/plain" }],
    ["a form", "query=%7Bhello%7D", { "content-type": "application/x-www-form-urlencoded" }],
    ["parts", "--x--", { "content-type": "multipart/form-data; boundary=x" }],
    ["another charset", '{"query":"{ hello }"}', { "content-type": "application/json; charset=utf-7" }],
    ["utf-16", '{"query":"{ hello }"}', { "content-type": "application/json; charset=utf-16" }],
    ["compressed", gzipSync('{"query":"{ hello }"}'), { ...JSON_TYPE, "content-encoding": "gzip" }],
  ])("refuses %s with 415, in GraphQL's shape", async (_name, body, headers) => {
    const answer = await send(body, headers);
    expect(answer.status).toBe(415);
    expect(codes(answer.json())).toEqual(["BAD_REQUEST"]);
  });

  it("takes utf-8 by any spelling", async () => {
    for (const charset of ["utf-8", "UTF-8", '"utf-8"', "utf8"]) {
      expect(
        (await send('{"query":"{ hello }"}', { "content-type": `application/json; charset=${charset}` })).status,
      ).toBe(200);
    }
  });

  it("refuses a body over the limit with 413 and names the limit", async () => {
    const answer = await send({ query: `{ hello } # ${"x".repeat(5000)}` });
    expect(answer.status).toBe(413);
    expect(codes(answer.json())).toEqual(["LIMIT_EXCEEDED"]);
    expect(answer.body).toContain("4096 bytes");
  });

  it("refuses a body over the limit that does not say how long it is", async () => {
    const address = await listen((await startStandIn()).app);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = httpRequest(`${address}/graphql`, { method: "POST", headers: JSON_TYPE }, (response) =>
        resolve(response.statusCode),
      );
      call.on("error", reject);
      for (let part = 0; part < 20; part += 1) call.write(" ".repeat(1000));
      call.end('{"query":"{ hello }"}');
    });
    expect(status).toBe(413);
  });

  it.each([
    ["not JSON", '{ "not'],
    ["empty", ""],
    ["a batch", '[{"query":"{ hello }"},{"query":"{ hello }"}]'],
    ["an empty batch", "[]"],
    ["null", "null"],
    ["a prototype key", '{"query":"{ hello }","variables":{"__proto__":{"polluted":true}}}'],
    ["a constructor key", '{"query":"{ hello }","variables":{"constructor":{"prototype":{"polluted":true}}}}'],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  ])("refuses %s with 400", async (_name, body) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(codes(answer.json())).toEqual(["BAD_REQUEST"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("answers in a form the client takes, or 406 without executing", async () => {
    const before = standIn.contexts.length;
    expect((await send({ query: "{ hello }" }, { ...JSON_TYPE, accept: "text/csv" })).status).toBe(406);
    expect(standIn.contexts.length).toBe(before);
    const both = await send(
      { query: "{ hello }" },
      { ...JSON_TYPE, accept: "application/graphql-response+json, application/json;q=0.9" },
    );
    expect(both.headers["content-type"]).toBe("application/graphql-response+json; charset=utf-8");
  });

  it("stands a Host header that is no host", async () => {
    expect((await send({ query: "{ hello }" }, { ...JSON_TYPE, host: "[" })).status).toBe(200);
  });
});

describe("status profiles", () => {
  const SPEC = { ...JSON_TYPE, accept: "application/graphql-response+json" };

  it.each([
    ["{", "GRAPHQL_PARSE_FAILED"],
    ["{ nope }", "GRAPHQL_VALIDATION_FAILED"],
    ["query A($x: Int!) { wait(milliseconds: $x) }", "BAD_USER_INPUT"],
    ["query A { hello } query B { hello }", "OPERATION_RESOLUTION_FAILURE"],
  ])("%s is 200 for JSON and 400 for the GraphQL media type", async (query, code) => {
    const old = await send({ query });
    expect([old.status, codes(old.json())]).toEqual([200, [code]]);
    expect([(await send({ query }, SPEC)).status]).toEqual([400]);
  });

  it("can be switched to true statuses", async () => {
    const strict = await startStandIn({ statusProfile: "true-status" });
    const response = await strict.app.inject({ method: "POST", url: "/graphql", payload: { query: "{ nope }" } });
    expect(response.statusCode).toBe(400);
  });
});

describe("documents", () => {
  it("shows the schema to who asks", async () => {
    expect((await send({ query: "{ __schema { queryType { name } } }" })).json().data).toEqual({
      __schema: { queryType: { name: "Query" } },
    });
  });

  it("suggests the name of a misspelt field, and at once for names of any length", async () => {
    const answer = await send({ query: "{ helo }" });
    expect(answer.body).toContain('Cannot query field \\"helo\\" on type \\"Query\\". Did you mean \\"hello\\"');
    const long = await send({ query: `{ ${"h".repeat(2_000)} }` });
    expect(long.body).not.toContain("Did you mean");
  });

  it("stops reading after the most tokens", async () => {
    const answer = await send({ query: `{ ${"hello ".repeat(300)} }` });
    expect(codes(answer.json())).toEqual(["LIMIT_EXCEEDED"]);
    expect(answer.body).toContain("200 tokens");
  });

  it("stands literals nested thousands deep", async () => {
    const patient = await startStandIn({ config: { limits: { maxBodyBytes: 65_536, maxTokens: 100_000 } } });
    const response = await patient.app.inject({
      method: "POST",
      url: "/graphql",
      payload: { query: `{ echo(text: ${"[".repeat(20_000)}${"]".repeat(20_000)}) }` },
    });
    expect(codes(JSON.parse(response.body) as Answer)).toEqual(["LIMIT_EXCEEDED"]);
    expect(response.body).not.toContain("call stack");
  });

  it("names at most five problems", async () => {
    const answer = (
      await send({ query: `{ ${Array.from({ length: 50 }, (_, index) => `x${index}`).join(" ")} }` })
    ).json();
    expect(answer.errors?.length).toBeLessThanOrEqual(6);
    const coerced = (
      await send({
        query: `query (${[..."abcdefgh"].map((name) => `$${name}: Int!`).join()}) { ${[..."abcdefgh"].map((name) => `${name}: wait(milliseconds: $${name})`).join(" ")} }`,
      })
    ).json();
    expect([...new Set(codes(coerced))]).toEqual(["BAD_USER_INPUT"]);
    expect(coerced.errors).toHaveLength(5);
  });

  it("calls a null for a required argument the client's mistake", async () => {
    const answer = await send({
      query: 'query ($flag: Boolean = true) { echo(text: "a", flag: $flag) }',
      variables: { flag: null },
    });
    expect(codes(answer.json())).toEqual(["BAD_USER_INPUT"]);
  });

  it("keeps documents by their size and forgets the least recently used", async () => {
    const store = createDocumentStore(30);
    const document = parse("{ aaaaaaaa }");
    await store.set("one", document);
    await store.set("two", document);
    await store.get("one");
    await store.set("three", document);
    expect(await store.get("two")).toBeUndefined();
    expect(await store.get("one")).toBe(document);
    expect(await store.get("three")).toBe(document);
  });

  it("gives each operation a context with its name and a live signal", async () => {
    await send({ query: "query Named { hello }", operationName: "Named" });
    expect(standIn.contexts.at(-1)).toMatchObject({ operationName: "Named" });
    expect(standIn.contexts.at(-1)?.signal.aborted).toBe(false);
  });
});

describe("time", () => {
  it("gives up an operation that takes too long, whether or not it listens", async () => {
    const impatient = await startStandIn({
      config: { limits: { maxBodyBytes: 4096, maxTokens: 200, queryTimeoutMs: 50 } },
    });
    for (const query of ["{ wait(milliseconds: 5000) }", "{ never }"]) {
      const began = performance.now();
      const response = await impatient.app.inject({ method: "POST", url: "/graphql", payload: { query } });
      // Well before the field would have answered.
      expect(performance.now() - began).toBeLessThan(4_000);
      expect(codes(JSON.parse(response.body) as Answer)).toEqual(["TIMEOUT"]);
      expect(response.statusCode).toBe(200);
    }
    await impatient.app.close();
  });

  it("tells the operation when its client has gone", async () => {
    const { app, contexts, lines } = await startStandIn();
    const address = await listen(app);
    const controller = new AbortController();
    const call = fetch(`${address}/graphql`, {
      method: "POST",
      headers: JSON_TYPE,
      body: '{"query":"{ wait(milliseconds: 20000) }"}',
      signal: controller.signal,
    });
    while (contexts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(() => contexts[0]?.signal.aborted).toBe(true);
    await app.close();
    expect(lines.filter((line) => line["level"] === "error")).toEqual([]);
  });
});
