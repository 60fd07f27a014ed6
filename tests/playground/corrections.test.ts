import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeId } from "../../src/lib/ids.js";
import { keeperOf } from "../support/keeper.js";
import { listenOver, type Listening } from "../support/listening.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { findBrowser, openBrowser } from "./browser.js";

const executable = findBrowser();
if (!executable)
  console.warn("SKIPPED: the page of corrections is not tried, because no Chromium was found on the PATH.");

const slug = "2024-11-20-ind-chn-vientiane";

describe.skipIf(!executable)("the page of corrections in a browser", () => {
  let seeded: Seeded;
  let service: Listening;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let strangers: string[];
  let complaints: string[];

  beforeAll(async () => {
    seeded = await openSeeded(["report", "facts"]);
    const keeper = keeperOf(seeded);
    for (let edit = 1; edit <= 20; edit++)
      await keeper.correct(
        `Spelling ${String(edit)}`,
        `UPDATE "Forum" SET "description" = 'Edit ${String(edit)}' WHERE "slug" = 'brics'`,
      );
    await keeper.correct(
      "The ministry's release gives the talks another <b>name</b>.",
      `UPDATE "Meeting" SET "title" = 'Delegation-level talks of India & China', "note" = NULL WHERE "slug" = '${slug}'`,
    );
    const twice = makeId("per", "dong-twice");
    await keeper.correct(
      "A second spelling.",
      `INSERT INTO "Person" ("id", "slug", "name") VALUES ('${twice}', 'dong-twice', 'Dong Chun')`,
      `INSERT INTO "PersonName" ("personId", "text", "kind") VALUES ('${twice}', 'Dong Chun', 'PRIMARY')`,
      `INSERT INTO "Citation" ("id", "key", "documentId", "personId", "locator") SELECT '${makeId("cit", "dong-twice")}', 'dong-twice', "id", '${twice}', 'p. 1' FROM "Document" ORDER BY "id" LIMIT 1`,
    );
    await keeper.merge("One and the same minister.", "Person", "dong-twice", "dong-jun");
    await keeper.withdraw(
      "Entered in error: the meeting was not sought.",
      "Meeting",
      "2024-11-usa-chn-vientiane-declined",
    );
    service = await listenOver(seeded.database);
    browser = await openBrowser(executable ?? "");
  });
  afterAll(async () => {
    await browser.close();
    await service.close();
    await seeded.close();
  });

  beforeEach(async () => {
    [strangers, complaints] = [[], []];
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
    page = await context.newPage();
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== service.address) strangers.push(request.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
  });
  afterEach(async () => {
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  const entry = (number: number) => page.locator(".log > li").nth(number);

  it("is linked from the first page, and shows changes, author and reason", async () => {
    await page.goto(`${service.address}/`);
    await page.click("nav a:has-text('Corrections')");
    expect(await page.title()).toBe("Corrections · Sidelines");
    expect(await page.locator(".log > li").count()).toBe(20);

    expect(await entry(0).locator(".when").textContent()).toMatch(/^Withdrawn \d{4}-\d\d-\d\d \d\d:\d\d UTC by Desk$/);
    expect(await entry(0).locator("h2").textContent()).toBe(
      "Meeting of United States and China defence chiefs in Vientiane, sought and declined",
    );
    expect(await entry(0).locator(".why").textContent()).toBe("Entered in error: the meeting was not sought.");
    expect(await entry(0).locator(".note").textContent()).toMatch(/^\d+ other records also withdrawn or changed\.$/);

    expect(await entry(1).locator("h2").textContent()).toBe("Dong Chun into Dong Jun");
    // An additive correction is shown as "Added".
    expect(await entry(2).locator(".when b").textContent()).toBe("Added");
    expect(await entry(2).locator("h2").textContent()).toBe("Dong Chun");

    expect(await entry(3).locator("h2").textContent()).toBe("Delegation-level talks of India & China");
    expect(await entry(3).locator(".why").textContent()).toBe(
      "The ministry's release gives the talks another <b>name</b>.",
    );
    const fields = await entry(3).locator("dt").allTextContents();
    const values = await entry(3).locator("dd").allTextContents();
    expect(Object.fromEntries(fields.map((field, index) => [field, values[index]]))).toEqual({
      title: "India and China defence ministers meet in Vientiane → Delegation-level talks of India & China",
      note: expect.stringMatching(/one-sided\. → no longer stated$/) as unknown,
    });
  });

  it("leads to what came before, and to one record alone", async () => {
    await page.goto(`${service.address}/corrections`);
    await page.click("a:has-text('Earlier corrections')");
    expect(await page.locator(".log > li").count()).toBe(4);
    expect(await page.locator("a:has-text('Earlier corrections')").count()).toBe(0);
    expect(await entry(3).locator(".why").textContent()).toBe("Spelling 1");
    await page.click("a:has-text('Back to the latest')");
    await entry(3).locator("h2 a").click();
    expect(await page.locator("h1").textContent()).toBe("Corrections to one record");
    expect(await page.locator(".log > li").count()).toBe(1);
    await page.click("a:has-text('All corrections')");
    expect(await page.locator(".log > li").count()).toBe(20);
  });

  it.each([
    [1280, "light"],
    [390, "light"],
    [390, "dark"],
  ] as const)("fits a window %i wide, %s", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${service.address}/corrections`);
    const box = await page.locator(".log").boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  });
});
