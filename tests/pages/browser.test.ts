import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openService, type ExportService } from "../exports/service.js";
import { findBrowser, openBrowser } from "../playground/browser.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const executable = findBrowser();
if (!executable)
  console.warn("SKIPPED: the pages are not tried in a browser, because no Chromium was found on the PATH.");

const DOCUMENT = "/documents/doc_qcotwrr32o2rdgjz";
const MEETING = "/meetings/2024-11-20-ind-chn-vientiane";

const pages = [
  "/",
  "/documents",
  DOCUMENT,
  "/meetings",
  MEETING,
  "/persons",
  "/persons/rajnath-singh",
  "/states",
  "/states/IND",
  "/organizations/ASEAN",
  "/forums",
  "/forums/admm-plus",
  "/forums/brics",
  "/forums/asean",
  "/offices?on=2023-11-15",
  "/pairs",
  "/pairs/IND-CHN",
  "/pairs/USA-CHN",
  "/matrix?on=2024-11-20",
  "/matrix?on=2024-11-20&rule=FULL_MEMBERS",
  "/statistics",
  "/matrix/changes?from=2023-12-31&to=2024-12-31",
  "/matrix/changes?from=2023-12-31&to=2024-12-31&party=IND&party=EGY",
  "/ledger?party=IND&party=CHN",
  `/timeline?of=${DOCUMENT.split("/").at(-1) ?? ""}`,
  "/gaps?of=sta_aelleeud5xsw2wrf",
  "/claims",
  "/conflicts?subject=MEETING&open=yes",
  "/milestones",
  "/corrections",
  "/statements",
  "/commitments",
  "/visits",
  "/agreements",
  "/activities",
  "/codebook",
  "/docs",
  "/docs/api",
  "/docs/desk",
  "/docs/performance",
  "/search",
  "/search?q=singh",
  "/search?q=vientiane+meetings&kind=MEETING",
  "/search?q=Vientinae",
  "/search?q=qqqq",
  "/persons/nobody",
  `${MEETING}?knownAt=2001-01-01T00:00:00Z`,
  "/meetings?colour=red",
  "/meetings?party=Kora&from=2024-99-99",
  "/pairs/IND-XXX",
  "/matrix/changes",
];

describe.skipIf(!executable)("the pages in a browser", () => {
  let seeded: Seeded;
  let service: ExportService;
  let address: string;
  let browser: Browser;

  beforeAll(async () => {
    seeded = await openSeeded(["report", "facts"]);
    service = await openService(seeded.database);
    address = await service.app.listen({ host: "127.0.0.1", port: 0 });
    browser = await openBrowser(executable ?? "");
  });
  afterAll(async () => {
    await browser.close();
    await service.close();
    await seeded.close();
  });

  /** A window; whatever is asked of another host, or complained of, is noted. */
  async function open(
    options: Parameters<Browser["newContext"]>[0] = {},
  ): Promise<{ context: BrowserContext; page: Page; noted: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const noted: string[] = [];
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== address) noted.push(request.url());
    });
    page.on("console", (message) => {
      // A status is the answer that was wanted here.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        noted.push(message.text());
    });
    return { context, page, noted };
  }

  it.each(["light", "dark"] as const)("have nothing serious that axe finds, %s", async (colorScheme) => {
    const { context, page, noted } = await open({ viewport: { width: 1280, height: 900 }, colorScheme });
    const found: string[] = [];
    for (const path of pages) {
      await page.goto(address + path);
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      await page.evaluate(axe.source);
      // Colours are all that the scheme changes.
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run(document, { resultTypes: ["violations"]${colorScheme === "dark" ? ', runOnly: ["color-contrast"]' : ""} })`,
      );
      for (const { id, impact, nodes } of violations)
        found.push(`${path}: ${String(impact)} ${id}: ${nodes[0]?.html ?? ""} ${nodes[0]?.failureSummary ?? ""}`);
    }
    expect(found).toEqual([]);
    expect(noted).toEqual([]);
    await context.close();
  });

  it.each([
    [360, "light"],
    [1280, "dark"],
  ] as const)("fit a window %i wide without a script, and ask no other host", async (width, colorScheme) => {
    const { context, page, noted } = await open({
      viewport: { width, height: 780 },
      javaScriptEnabled: false,
      colorScheme,
    });
    const wide: string[] = [];
    for (const path of pages) {
      await page.goto(address + path);
      const heading = page.locator("h1");
      expect(await heading.count(), path).toBe(1);
      expect(await heading.isVisible(), path).toBe(true);
      const scrolled = await page.evaluate<number>("document.documentElement.scrollWidth");
      if (scrolled > width) wide.push(`${path}: ${String(scrolled)}`);
    }
    expect(wide).toEqual([]);
    expect(noted).toEqual([]);
    await context.close();
  });

  it("suggest names in the search box, by keyboard and by mouse, as screen readers expect", async () => {
    const { context, page, noted } = await open({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/persons`);
    const box = page.getByRole("combobox", { name: "Search the record" });
    await box.fill("rajn");
    const option = page.getByRole("option", { name: /Rajnath Singh/ });
    await option.waitFor();
    expect(await box.getAttribute("aria-expanded")).toBe("true");
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ["violations"] })`);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
    await box.press("ArrowDown");
    expect(await option.getAttribute("aria-selected")).toBe("true");
    expect(await box.getAttribute("aria-activedescendant")).toBe(await option.getAttribute("id"));
    await box.press("Escape");
    expect(await box.getAttribute("aria-expanded")).toBe("false");
    await box.press("ArrowDown");
    await option.waitFor();
    await box.press("ArrowDown");
    await box.press("Enter");
    await page.waitForURL(`${address}/persons/rajnath-singh`);
    await page.getByRole("combobox", { name: "Search the record" }).fill("2024-11-20");
    await page.getByRole("option", { name: /20 November 2024/ }).click();
    await page.waitForURL(`${address}/search?q=2024-11-20`);
    // Without a choice, the box asks for results.
    await page.getByRole("combobox", { name: "Search the record" }).fill("singh");
    await page.getByRole("combobox", { name: "Search the record" }).press("Enter");
    await page.waitForURL(`${address}/search?q=singh`);
    expect(noted).toEqual([]);
    await context.close();
  });

  it("lead without a script from a marked passage to the record that it supports, and back into the text", async () => {
    const { context, page } = await open({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
    await page.goto(address + DOCUMENT);
    await page.locator(".text a.m", { hasText: "Dong Jun" }).first().click();
    const [, anchor] = page.url().split("#");
    expect(anchor).toMatch(/^p\d+$/);
    const entry = page.locator(`#${anchor ?? ""}`);
    expect(await entry.locator("q").textContent()).toContain("Dong Jun");
    await entry.locator("a", { hasText: /^Dong Jun$/ }).click();
    expect(await page.locator("h1").textContent()).toContain("Dong Jun");

    // And from a source of a record to the very passage.
    await page.goto(address + MEETING);
    await page
      .locator(".sources li", { has: page.locator("q") })
      .first()
      .locator('a[href^="/records/cit_"]')
      .click();
    expect(page.url()).toMatch(/\/documents\/doc_qcotwrr32o2rdgjz#cit_[a-z2-7]{16}$/);
    expect(
      await page
        .locator(`[id="${page.url().split("#")[1] ?? ""}"]`)
        .locator("xpath=..")
        .getAttribute("class"),
    ).toMatch(/^m/);
    await context.close();
  });

  it("are walked with the keyboard: first to the content, every link in sight once it is reached", async () => {
    const { context, page } = await open({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/forums/brics`);
    await page.keyboard.press("Tab");
    const skip = page.locator(".skip:focus");
    expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    expect(page.url()).toMatch(/#main$/);
    await page.keyboard.press("Tab");
    expect(await page.locator("main :focus").count()).toBe(1);
    const outline = await page.evaluate<string>("getComputedStyle(document.activeElement).outlineStyle");
    expect(outline).toBe("solid");
    await context.close();
  });

  it("are printed black on white, in columns as wide as the paper, with the addresses of sources and of the page, without forms", async () => {
    const { context, page } = await open({ viewport: { width: 680, height: 960 }, colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    await page.goto(address + MEETING);
    const styleOf = (selector: string, name: string, part?: string): Promise<string> =>
      page.evaluate<string>(
        `getComputedStyle(document.querySelector(${JSON.stringify(selector)}), ${JSON.stringify(part ?? null)}).getPropertyValue(${JSON.stringify(name)})`,
      );
    expect([await styleOf("body", "background-color"), await styleOf("body", "color")]).toEqual([
      "rgb(255, 255, 255)",
      "rgb(0, 0, 0)",
    ]);
    for (const hidden of ["header nav", ".find", ".query", ".download", "body > .page > footer"])
      expect(await page.locator(hidden).isVisible(), hidden).toBe(false);
    expect(await styleOf(".stacked td", "display")).toBe("table-cell");
    expect(await page.locator(".printed").textContent()).toMatch(
      new RegExp(`^${address}${MEETING} · Sidelines, the record on `),
    );
    expect(await styleOf(".sources .away", "content", "::after")).toContain(
      await page.locator(".sources .away").first().getAttribute("href"),
    );
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(680);
    expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
    await context.close();
  });

  it("keep the words beside milestones clear of the line of today, in a timeline of which one has no day", async () => {
    const { context, page } = await open({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/pairs/IND-CHN`);
    const today = await page.locator("svg path.today").boundingBox();
    const words = await page.locator("svg text.over").all();
    expect(words.length).toBeGreaterThanOrEqual(3);
    for (const one of words) {
      const box = await one.boundingBox();
      if (!today || !box) throw new Error("not drawn");
      expect(box.x + box.width < today.x || box.x > today.x + today.width, (await one.textContent()) ?? "").toBe(true);
    }
    await context.close();
  });

  it("ask by plain forms: a day of the matrix, two parties, and the search of any page", async () => {
    const { context, page } = await open({ javaScriptEnabled: false });
    await page.goto(`${address}/matrix`);
    await page.fill("input[name=on]", "2011-01-01");
    await page.check("input[value=FULL_MEMBERS]");
    await page.click("main button");
    expect(await page.locator("h1").textContent()).toBe("Shared forums on 1 January 2011");
    expect(page.url()).toContain("rule=FULL_MEMBERS");
    await page.goto(`${address}/pairs`);
    await page.fill("input[name=one]", "usa");
    await page.fill("input[name=other]", "CHN");
    await page.click("main button");
    expect(await page.locator("h1").textContent()).toBe("United States and China");
    await page.goto(`${address}/`);
    await page.selectOption("select[name=forum]", "admm-plus");
    await page.fill("form[action='/forums'] input[name=on]", "2024-11-20");
    await page.click("form[action='/forums'] button");
    expect(await page.locator("#on-the-day").textContent()).toBe("Membership on 20 November 2024");
    await page.fill("input[name=q]", "nakatani gen");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=/);
    expect(await page.locator(".rows a").first().textContent()).toBe("Gen Nakatani");
    await context.close();
  });
});
