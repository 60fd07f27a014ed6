import { fastify, type FastifyReply, type FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { GraphQLRequest, operationNameOf, parseStage, toApolloRequest } from "../../src/http/parse/graphql.request.js";
import { Refusal } from "../../src/http/refusal.js";

const parse = parseStage<unknown>(fastify());

function request(method: "GET" | "POST", headers: Record<string, string>, body?: string | Buffer, url = "/graphql") {
  const raw = { method, headers, url };
  const given = { id: "1", raw, method, url, headers, body: body === undefined ? undefined : Buffer.from(body) };
  return new GraphQLRequest<unknown>(given as unknown as FastifyRequest, {} as FastifyReply);
}

const json = { "content-type": "application/json" };

describe("the stage parse of GraphQL", () => {
  it("reads the body, the name of the operation, and the key of its response", () => {
    const body = '{"query":"query Q { a }","operationName":"Q"}';
    const parsed = request("POST", { ...json, "sidelines-position": "12" }, body);
    expect(parse(parsed)).toBeUndefined();
    expect([parsed.body, operationNameOf(parsed)]).toEqual([JSON.parse(body), "Q"]);
    expect([parsed.cacheKey, parsed.namedPosition]).toEqual([`application/json POST ${body}`, 12]);
  });

  it.each([
    ["a credential", { authorization: "Bearer x" }],
    ["the question what it costs", { "sidelines-cost": "1" }],
  ])("gives a request with %s no key: its response is its own", (_what, headers) => {
    const parsed = request("POST", { ...json, ...headers }, '{"query":"{ a }"}');
    expect([parse(parsed), parsed.cacheKey]).toEqual([undefined, undefined]);
  });

  it.each([
    ["accepts no JSON", { ...json, accept: "text/plain" }, "{}", 406],
    ["has another type", { "content-type": "text/plain" }, "{}", 415],
    ["has another charset", { "content-type": "application/json; charset=utf-16" }, "{}", 415],
    ["is compressed", { ...json, "content-encoding": "gzip" }, "{}", 415],
    ["is not UTF-8", json, Buffer.from([0x22, 0xff, 0x22]), 400],
    ["is empty", json, "", 400],
    ["is not JSON", json, "{", 400],
    ["reaches into prototypes", json, '{"__proto__":{}}', 400],
    ["names a position that is none", { ...json, "sidelines-position": "-1" }, "{}", 400],
  ])("refuses a request that %s", (_what, headers, body, status) => {
    const refusal = parse(request("POST", headers, body));
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal?.status).toBe(status);
  });

  it("turns a GET that accepts nothing but a stream into a POST for Apollo", () => {
    const url = `/graphql?${new URLSearchParams({ query: "subscription { a }", variables: '{"b":1}' }).toString()}`;
    const stream = request("GET", { accept: "text/event-stream" }, undefined, url);
    expect(parse(stream)).toBeUndefined();
    expect(toApolloRequest(stream)).toMatchObject({
      method: "POST",
      search: "",
      body: { query: "subscription { a }", variables: { b: 1 } },
    });
    const both = request("GET", { accept: "application/json, text/event-stream" }, undefined, url);
    expect(toApolloRequest(both)).toMatchObject({ method: "GET", body: undefined });
  });
});
