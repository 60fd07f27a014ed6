import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { anonymous } from "../../src/access/principal.js";
import { cacheStage, type CacheableRequest } from "../../src/http/cache/cache.js";
import { hasTag, weakTag } from "../../src/http/cache/etags.js";
import { createResponseCache, type CachedResponse } from "../../src/http/cache/response.cache.js";
import { createLogger } from "../../src/lib/log.js";
import { createRates } from "../../src/limits/rates.js";

const request = (changed: Partial<CacheableRequest> = {}): CacheableRequest => ({
  id: "1",
  raw: {} as IncomingMessage,
  log: createLogger({ level: "silent" }),
  principal: anonymous,
  client: undefined,
  namedPosition: undefined,
  position: undefined,
  heldPosition: undefined,
  cacheKey: "key",
  version: undefined,
  ...changed,
});

const response: CachedResponse = { body: "{}", contentType: "application/json", etag: undefined };

describe("the stage cache", () => {
  let version = 1;
  const cache = createResponseCache({ version: () => version, maxBytes: 100_000 });
  const positions = {
    latest: () => version,
    // Another process has written up to this position.
    reach: async (position: number) => Math.min(position, (version = 3)),
  };
  const stage = cacheStage<CachedResponse>({ cache, positions });

  it("passes a miss on with the version that is read, and finds what was stored under it", async () => {
    const miss = request();
    expect(await stage(miss)).toBeUndefined();
    expect([miss.version, miss.heldPosition]).toEqual([1, 1]);
    cache.put("key", response, 1);
    expect(await stage(request())).toBe(response);
    expect(await stage(request({ cacheKey: undefined }))).toBeUndefined();
  });

  it("waits for the position that a request names before it looks, so that nothing older is found", async () => {
    cache.put("key", response, 1);
    const later = request({ namedPosition: 2 });
    expect(await stage(later)).toBeUndefined();
    expect([later.position, later.heldPosition, later.version]).toEqual([2, 3, 3]);
  });

  it("charges one point for a hit, and refuses it to a client without", async () => {
    cache.put("key", response, version);
    const budget = createRates({ pointsPerHour: 1 }).budgetOf({ name: "a", isKnown: false });
    const client = { name: "a", budget };
    expect(await stage(request({ client }))).toBe(response);
    expect(await stage(request({ client }))).toMatchObject({ status: 429 });
  });
});

describe("entity tags", () => {
  it("are those of a text, and found among several", () => {
    const tag = weakTag("text");
    expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
    expect([hasTag(`"a", ${tag}`, tag), hasTag("*", tag), hasTag(undefined, tag), hasTag('"a"', tag)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
