import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { anonymous } from "../../src/access/principal.js";
import { createConcurrencyLimiter } from "../../src/http/limit/concurrency.js";
import { charge, limitStage } from "../../src/http/limit/limit.js";
import type { PipelineRequest } from "../../src/http/pipeline.js";
import { overloaded } from "../../src/http/refusal.js";
import { createLogger } from "../../src/lib/log.js";
import { createRates } from "../../src/limits/rates.js";

const request = (): PipelineRequest => ({
  id: "1",
  raw: {} as IncomingMessage,
  log: createLogger({ level: "silent" }),
  principal: anonymous,
  client: undefined,
});

describe("the stage limit", () => {
  const rates = createRates({ pointsPerHour: 2 });
  const client = { name: "192.0.2.1", budget: rates.budgetOf({ name: "192.0.2.1", isKnown: false }) };
  const clients = { clientOf: () => client };

  it("finds the client, charges nothing, and refuses a client without points", () => {
    const stage = limitStage({ clients, limiter: createConcurrencyLimiter({}) });
    const first = request();
    expect(stage(first)).toBeUndefined();
    expect(first.client).toBe(client);
    expect(client.budget?.remaining()).toBe(2);
    expect(charge(client.budget, 2)).toBeUndefined();
    const refusal = stage(request());
    expect(refusal).toMatchObject({
      status: 429,
      code: "RATE_LIMITED",
      details: { limit: "pointsPerHour", allowed: 2 },
    });
    expect(Number(refusal?.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("refuses everything while the event loop is late, before it looks at the client", () => {
    const late = overloaded("Too much");
    const stage = limitStage({ clients, limiter: { overload: () => late } });
    const shed = request();
    expect(stage(shed)).toBe(late);
    expect([late.status, late.headers["retry-after"], shed.client]).toEqual([503, 1, undefined]);
  });
});
