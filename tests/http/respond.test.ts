import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../src/http/refusal.js";
import { startStandIn } from "../server/stand.in.js";

describe("the stage respond", () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    const limits = { maxBodyBytes: 4096, maxTokens: 200, pointsPerHour: 1 };
    const config = { limits, http: { trustedProxies: ["127.0.0.1"], uncounted: [] } };
    ({ app } = await startStandIn({ config, positions: { latest: () => 7, reach: async (position) => position } }));
  });
  afterAll(() => app.close());

  const send = (address: string, headers: Record<string, string> = {}) =>
    app.inject({
      method: "POST",
      url: "/graphql",
      headers: { "content-type": "application/json", "x-forwarded-for": address, ...headers },
      payload: JSON.stringify({ query: "{ hello }" }),
    });

  it("names the position that a response holds, and what the client may still spend", async () => {
    const { statusCode, headers } = await send("192.0.2.1");
    expect([statusCode, headers["sidelines-position"]]).toEqual([200, "7"]);
    expect(headers["ratelimit"]).toMatch(/^"anonymous";r=\d;t=\d+$/);
  });

  it.each([
    ["GraphQL", "/graphql?query={hello}", "application/json; charset=utf-8"],
    ["the first page", "/", "text/plain; charset=utf-8"],
    ["a page", "/meetings", "text/html; charset=utf-8"],
  ])("refuses %s with the same status and headers as all others", async (_what, url, type) => {
    const address = `192.0.2.${url.length + 10}`;
    await send(address);
    const { statusCode, headers } = await app.inject({ method: "GET", url, headers: { "x-forwarded-for": address } });
    expect([statusCode, headers["content-type"], headers["cache-control"]]).toEqual([429, type, "no-store"]);
    expect(headers["retry-after"]).toMatch(/^\d+$/);
    expect(headers["ratelimit"]).toMatch(/r=0/);
  });
});

describe("a refusal", () => {
  it("has the body of a GraphQL error", () => {
    const refusal = new Refusal(429, "RATE_LIMITED", "Too much.", { details: { limit: "pointsPerHour" } });
    expect(JSON.parse(refusal.body())).toEqual({
      errors: [{ message: "Too much.", extensions: { code: "RATE_LIMITED", limit: "pointsPerHour" } }],
    });
  });
});
