import { afterEach, describe, expect, it } from "vitest";
import type { FastifyInstance } from "fastify";
import { createConcurrencyLimiter } from "../../src/http/limit/concurrency.js";
import { faultySchema, startStandIn } from "./stand.in.js";

const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

describe("writes that wait", () => {
  it("do not use the slots of reads, and are rejected if there are too many", async () => {
    const schema = faultySchema();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let writing = 0;
    const touch = schema.getMutationType()?.getFields()["touch"];
    if (touch) {
      touch.resolve = async () => {
        writing += 1;
        await held;
        return "touched";
      };
    }
    const { app } = await startStandIn({
      schema,
      config: { limits: { maxBodyBytes: 4096, maxTokens: 200, maxConcurrentOperations: 4 } },
    });
    apps.push(app);
    const post = (query: string) =>
      app.inject({
        method: "POST",
        url: "/graphql",
        headers: { "content-type": "application/json", authorization: "Bearer key" },
        payload: JSON.stringify({ query }),
      });
    const writes = [post("mutation { touch }"), post("mutation { touch }")];
    await expect.poll(() => writing).toBe(2);
    for (const refused of await Promise.all([post("mutation { touch }"), post("mutation { touch }")])) {
      expect(refused.statusCode).toBe(503);
      expect(refused.headers["retry-after"]).toBe("1");
      expect(refused.json()).toMatchObject({
        errors: [
          {
            message: expect.stringContaining("carries out 2 mutations already") as string,
            extensions: { code: "SERVICE_UNAVAILABLE", allowed: 2 },
          },
        ],
      });
    }
    // All four places of reads are free.
    const reads = await Promise.all(Array.from({ length: 4 }, () => post("{ wait(milliseconds: 100) }")));
    expect(reads.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    release();
    expect((await Promise.all(writes)).map((response) => response.json<unknown>())).toEqual([
      { data: { touch: "touched" } },
      { data: { touch: "touched" } },
    ]);
    // Their slots are released.
    expect((await post("mutation { touch }")).json()).toEqual({ data: { touch: "touched" } });
  });

  it("count as what is under way until they leave", () => {
    const limiter = createConcurrencyLimiter({ maxConcurrentOperations: 2 });
    expect([
      limiter.acquire(),
      limiter.becomeWrite(),
      limiter.acquire(),
      limiter.acquire(),
      limiter.acquire()?.code,
    ]).toEqual([undefined, undefined, undefined, undefined, "SERVICE_UNAVAILABLE"]);
    expect(limiter.inside()).toBe(3);
    expect(limiter.becomeWrite()?.code).toBe("SERVICE_UNAVAILABLE");
    limiter.release(undefined, true);
    expect(limiter.inside()).toBe(2);
    expect(limiter.becomeWrite()).toBeUndefined();
  });
});
