import { describe, expect, it } from "vitest";
import { createRates, rateError, rateHeaders, standingOf } from "../../src/limits/rates.js";

const spender = { name: "192.0.2.1", isKnown: false };
const hour = 3_600_000;

/** Rates by a clock that is set by hand. */
function ratesAt(pointsPerHour: number, keyPointsPerHour = 0) {
  const clock = { now: 0 };
  const rates = createRates({ pointsPerHour, keyPointsPerHour }, () => clock.now);
  const budget = rates.budgetOf(spender);
  if (!budget) throw new Error("nothing is counted");
  return { clock, rates, budget };
}

describe("a budget", () => {
  it("gives what is there and not a point more", () => {
    const { budget } = ratesAt(100);
    expect(budget.take(60)).toBe(true);
    expect(budget.take(41)).toBe(false);
    expect(budget.remaining()).toBe(40);
    expect(budget.take(40)).toBe(true);
    expect(budget.remaining()).toBe(0);
    expect(budget.take(1)).toBe(false);
  });

  it("fills evenly, an hour from empty to full and no further", () => {
    const { budget, clock } = ratesAt(3_600);
    budget.take(3_600);
    clock.now = 999;
    expect([budget.remaining(), budget.take(1)]).toEqual([0, false]);
    clock.now = 1_000;
    expect([budget.remaining(), budget.take(1)]).toEqual([1, true]);
    clock.now = hour / 2 + 1_000;
    expect(budget.remaining()).toBe(1_800);
    clock.now = 5 * hour;
    expect(budget.remaining()).toBe(3_600);
  });

  it("tells when points and when all of them are there", () => {
    const { budget, clock } = ratesAt(3_600);
    expect([budget.waitMs(3_600), budget.fullInMs()]).toEqual([0, 0]);
    budget.take(3_000);
    expect([budget.waitMs(600), budget.waitMs(601), budget.waitMs(700), budget.fullInMs()]).toEqual([
      0, 1_000, 100_000, 3_000_000,
    ]);
    clock.now = budget.waitMs(700);
    expect(budget.take(700)).toBe(true);
  });

  it("lets what costs more than there can be have all there is, and then waits for it", () => {
    const { budget, clock } = ratesAt(100);
    expect(budget.take(250)).toBe(true);
    expect(budget.remaining()).toBe(0);
    // 100 are owed, the most that can be, and 250 are as much as a full budget.
    expect(budget.waitMs(250)).toBe(2 * hour);
    clock.now = 2 * hour;
    expect(budget.take(250)).toBe(true);
  });

  it("takes for work that is under way what is not there yet", () => {
    const { budget } = ratesAt(100);
    budget.owe(130);
    expect(budget.remaining()).toBe(0);
    expect(budget.take(1)).toBe(false);
    expect(budget.waitMs(1)).toBe(0.31 * hour);
    budget.owe(1_000_000);
    expect(budget.fullInMs()).toBe(2 * hour);
  });
});

describe("budgets", () => {
  it("are one for each spender", () => {
    const { rates, budget } = ratesAt(100, 1_000);
    budget.take(100);
    expect(rates.budgetOf(spender)?.remaining()).toBe(0);
    expect(rates.budgetOf({ name: "192.0.2.2", isKnown: false })?.remaining()).toBe(100);
    expect(rates.budgetOf({ name: "192.0.2.1", isKnown: true })).toMatchObject({
      perHour: 1_000,
      limit: "keyPointsPerHour",
    });
  });

  it("are not kept where nothing is counted", () => {
    expect(createRates({}).budgetOf(spender)).toBeUndefined();
    expect(createRates({ pointsPerHour: 0, keyPointsPerHour: 5 }).budgetOf(spender)).toBeUndefined();
    expect(createRates({ pointsPerHour: 5 }).budgetOf({ name: "key:a", isKnown: true })).toBeUndefined();
  });

  it("take bounded memory and keep the most recent clients", () => {
    const rates = createRates({ pointsPerHour: 100 }, () => 0);
    rates.budgetOf(spender)?.take(100);
    for (let index = 0; index < 120_000; index += 1) {
      rates.budgetOf({ name: `2001:db8:${index}`, isKnown: false });
      if (index % 1_000 === 0) rates.budgetOf(spender);
    }
    expect(rates.size()).toBe(50_000);
    expect(rates.budgetOf(spender)?.remaining()).toBe(0);
  });
});

describe("the headers of a rate limit", () => {
  it("in headers", () => {
    const { budget } = ratesAt(5_000);
    expect(rateHeaders(budget)).toEqual({
      ratelimit: '"anonymous";r=5000;t=0',
      "ratelimit-policy": '"anonymous";q=5000;w=3600',
    });
    budget.take(29);
    // 29 of 5,000 are 20.88 seconds of an hour.
    expect(rateHeaders(budget).ratelimit).toBe('"anonymous";r=4971;t=21');
  });

  it("in an error that names the limit, the value and the way out", () => {
    const { budget } = ratesAt(5_000);
    budget.take(4_900);
    expect(rateError(budget, 203)).toMatchObject({
      message:
        "This takes 203 points, but 100 are left of the 5,000 that an address may spend in an hour (service.limits.pointsPerHour). " +
        "Try again in 75 seconds, ask for less, or send a key, for which more is allowed.",
      extensions: { code: "RATE_LIMITED", limit: "pointsPerHour", allowed: 5_000, cost: 203, remaining: 100 },
    });
  });

  it("as an operation asks for it", () => {
    const { budget } = ratesAt(3_600);
    budget.take(60);
    const { resetAt, ...rest } = standingOf(budget, 2);
    expect(rest).toEqual({ limit: 3_600, cost: 2, remaining: 3_540 });
    expect(Math.abs(Date.parse(resetAt) - Date.now() - 60_000)).toBeLessThan(10_000);
  });
});
