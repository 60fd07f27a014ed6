import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/lib/root.js";
import { findBrowser, openBrowser } from "../playground/browser.js";
import { readProviders } from "../../src/lib/oidc.providers.js";
import { openProvider } from "./provider.js";
import { newReport, openDesk, seedReport, type Desk } from "./service.js";

const executable = findBrowser();
if (!executable)
  console.warn("SKIPPED: the desk is not tried in a browser, because no Chromium was found on the PATH.");
const isBuilt = existsSync(join(packageRoot(), "dist/desk/index.html"));
/** The folder for screenshots, if they are wanted. */
const shots = process.env["SIDELINES_TEST_SHOTS"];

describe.skipIf(!executable || !isBuilt)("the desk in a browser", () => {
  let desk: Desk;
  let address: string;
  let browser: Browser;
  let key: string;

  beforeAll(async () => {
    desk = await openDesk();
    key = (await desk.makeKey("EDIT", "Ann Example")).key;
    address = await desk.app.listen({ host: "127.0.0.1", port: 0 });
    browser = await openBrowser(executable ?? "");
  });
  afterAll(async () => {
    await browser.close();
    await desk.close();
  });

  interface Window {
    readonly context: BrowserContext;
    readonly page: Page;
    /** Requests to other hosts, and complaints of the browser such as violations of the policy. */
    readonly noted: string[];
  }

  async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Window> {
    const context = await browser.newContext({ viewport: { width: 1320, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const noted: string[] = [];
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== address) noted.push(request.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        noted.push(message.text());
    });
    return { context, page, noted };
  }

  async function signIn(page: Page, path = "/desk"): Promise<void> {
    await page.goto(address + path);
    await page.getByLabel("Key", { exact: true }).fill(key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("navigation", { name: "Desk" }).waitFor();
  }

  async function paste(page: Page, text: string, publisher = "MENAFN"): Promise<void> {
    await page.goto(`${address}/desk/new`);
    await page.getByLabel("Text", { exact: true }).fill(text);
    await page.getByLabel("Publisher").fill(publisher);
    await page.getByRole("button", { name: "Read the report" }).click();
    await page.getByRole("heading", { name: "Proposed facts" }).waitFor();
  }

  async function shoot(page: Page, name: string): Promise<void> {
    if (shots === undefined) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`) });
  }

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe.source);
    const result = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ["violations"] })`);
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""} ${nodes[0]?.failureSummary ?? ""}`);
  }

  /** Presses a key, and waits until the focus has moved. */
  async function press(page: Page, name: string): Promise<void> {
    await page.keyboard.press(name);
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  const saved = (page: Page): Promise<void> => page.getByText("All decisions saved").waitFor();

  it("says how to get a key, and takes one", async () => {
    const { context, page, noted } = await open();
    await page.goto(`${address}/desk`);
    expect(await page.locator("pre").textContent()).toContain("key create");
    await shoot(page, "desk-sign-in");
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Key", { exact: true }).fill("sdl_wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await signIn(page);
    expect(await violations(page)).toEqual([]);
    const policy = (await page.request.get(`${address}/desk`)).headers()["content-security-policy"];
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-inline");
    expect(noted).toEqual([]);
    await context.close();
  });

  it("proposes the bilateral, the nine seats and the ledger of the seed report with their sentences", async () => {
    const { context, page, noted } = await open();
    await signIn(page);
    await paste(page, seedReport);
    const group = page.locator(".group", { has: page.getByRole("heading", { name: /CHN – IND .* Vientiane/ }) });
    expect(await group.locator(".same").textContent()).toContain("India and China defence ministers meet in Vientiane");
    const seats = page.locator(".proposal", { has: page.locator(".kind", { hasText: /^(Seat|Expected seat)$/ }) });
    expect(await seats.count()).toBeGreaterThanOrEqual(9);
    // The ledger: eight planned meetings, each with India and one other.
    for (const party of ["MYS", "LAO", "USA", "NZL", "KOR", "AUS", "JPN", "PHL"])
      expect(await page.locator(".group-head h3", { hasText: party }).count(), party).toBeGreaterThan(0);
    for (const quote of await page.locator(".proposal .why q").allTextContents())
      expect(seedReport.replace(/\s+/g, " ")).toContain(quote.replace(/\s+/g, " "));
    expect(await page.locator(".text mark").count()).toBeGreaterThan(10);
    await shoot(page, "desk-review");
    expect(await violations(page)).toEqual([]);
    expect(noted).toEqual([]);
    await context.close();
  });

  it("takes a report from paste to published pages by keyboard alone", async () => {
    const { context, page, noted } = await open();
    await signIn(page);
    const begun = performance.now();
    await page.goto(`${address}/desk`);
    await page.getByRole("button", { name: "Paste a report" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Text", { exact: true }).focus();
    await page.keyboard.insertText(newReport);
    await page.getByLabel("Publisher").focus();
    await page.keyboard.insertText("Example agency");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Proposed facts" }).waitFor();
    const proposals = page.locator(".proposal");
    const count = await proposals.count();
    for (let tabs = 0; tabs < 60; tabs += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate("document.activeElement.matches('.proposal')")) break;
    }
    for (const key of ["Home", "r", "u", "Home"]) await press(page, key);
    for (let index = 0; index < count; index += 1) await press(page, "a");
    expect(await page.locator(".proposal.accepted").count()).toBe(count);
    await saved(page);
    await page.keyboard.press("p");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Published" }).waitFor();
    // Strangers see passages of the text and not the text, unless an editor chose otherwise.
    const { rows } = await desk.database.pool.query<{ access: string }>(
      `SELECT "access"::text FROM "Document" WHERE "publisher" = 'Example agency'`,
    );
    expect(rows).toEqual([{ access: "PRIVATE" }]);
    console.log(
      `paste to published, new report: ${String(Math.round(performance.now() - begun))} ms, ${String(count)} facts`,
    );
    await shoot(page, "desk-published");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: "Denmark and Norway defence ministers meet in Oslo" }).click();
    await page.waitForURL(/\/meetings\//);
    expect(await page.locator("h1").textContent()).toContain("Denmark and Norway");
    expect(noted).toEqual([]);
    await context.close();
  });

  it("adds a missed fact from marked words, with a person who is created on the spot", async () => {
    const { context, page } = await open();
    await signIn(page);
    await paste(page, newReport.replace("4 March", "7 May"), "Example agency");
    await page.evaluate(`(() => {
      const pieces = [...document.querySelectorAll(".text [data-start]")];
      const piece = pieces.find((one) => one.textContent.includes("maritime patrols"));
      const at = piece.textContent.indexOf("maritime patrols");
      const range = document.createRange();
      range.setStart(piece.firstChild, at);
      range.setEnd(piece.firstChild, at + "maritime patrols".length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.querySelector(".text").dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    })()`);
    await page.getByRole("group", { name: "Marked words" }).getByRole("button", { name: "Add a fact" }).click();
    const form = page.getByRole("form", { name: "Add a fact" });
    await form.getByLabel("Kind", { exact: true }).selectOption("SEAT");
    await form.getByLabel("Of", { exact: true }).selectOption({ index: 1 });
    await form.getByRole("combobox", { name: "Party" }).fill("Denm");
    await form.getByRole("option", { name: /Denmark/ }).click();
    await form.getByRole("combobox", { name: "Person" }).pressSequentially("Zoe Newperson");
    await form.getByRole("option", { name: /new person/ }).waitFor();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    expect(await form.getByLabel(/Words of the report/).inputValue()).toBe("maritime patrols");
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await page.locator(".proposal.accepted", { hasText: "Zoe Newperson" }).waitFor();
    await context.close();
  });

  it.each([
    ["the seed report", seedReport] as const,
    ...["02-seoul-visits-called-off", "08-singapore-radar-row", "11-vietnam-laos-chiefs-of-staff"].map(
      (name) => [name, readFileSync(new URL(`../reader/reports/dev/${name}.txt`, import.meta.url), "utf8")] as const,
    ),
  ])(
    "is timed from paste to published: %s",
    async (name, text) => {
      const { context, page } = await open();
      await signIn(page);
      let clicks = 0;
      const click = async (button: Locator): Promise<void> => {
        await button.click();
        clicks += 1;
      };
      const begun = performance.now();
      // One click opens the form, and one reads the report.
      await paste(page, text, "Timed agency");
      clicks += 2;
      const proposed = await page.locator(".proposal").count();
      const undecided = page.locator(".group-head").getByRole("button", { name: /^Accept \d/ });
      while ((await undecided.count()) > 0) await click(undecided.first());
      const published = page.getByRole("heading", { name: "Published" });
      const problem = page.locator(".publish > .problem");
      for (let round = 0; round < 10 && !(await published.isVisible()); round += 1) {
        await saved(page);
        await click(page.getByRole("button", { name: /^Publish \d+ facts?$/ }));
        await published.or(problem).first().waitFor();
        if (await published.isVisible()) break;
        for (const box of await page.locator(".publish input[type=checkbox]:not(:checked)").all()) await click(box);
        // A fact that contradicts the record, or depends on one that does, is left out.
        for (const fact of await page.locator(".proposal.accepted.faulty").all())
          await click(fact.getByRole("button", { name: "Reject" }));
      }
      await published.waitFor();
      const rows = await desk.database.pool.query<{ accepted: number }>(
        `SELECT count(*)::int AS "accepted" FROM "Proposal" p JOIN "Submission" s ON s."id" = p."submissionId"
      WHERE s."state" = 'PUBLISHED' AND s."publisher" = 'Timed agency' AND s."text" = $1 AND p."decision" = 'ACCEPTED'`,
        [text],
      );
      const accepted = rows.rows[0]?.accepted ?? 0;
      const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
      console.log(
        `paste to published, ${name}: ${seconds} s, ${String(clicks)} clicks, ${String(accepted)} of ${String(proposed)} facts`,
      );
      expect(accepted).toBeGreaterThan(proposed / 2);
      await context.close();
    },
    180_000,
  );

  it("publishes an excerpt when that is chosen, also after a reload", async () => {
    const { context, page } = await open();
    await signIn(page);
    const text =
      "HELSINKI, 6 June 2024 - Swedish Defence Minister Pal Jonson met Finnish Defence Minister Antti Hakkanen here on Thursday.";
    await paste(page, `${text}\n\nNothing else happened.\n`, "Excerpt agency");
    await page.getByRole("combobox", { name: "Access to the text" }).selectOption("EXCERPT");
    await page.reload();
    await page.locator(".proposal").first().waitFor();
    expect(await page.getByRole("combobox", { name: "Access to the text" }).inputValue()).toBe("EXCERPT");
    const undecided = page.locator(".group-head").getByRole("button", { name: /^Accept \d/ });
    while ((await undecided.count()) > 0) await undecided.first().click();
    await saved(page);
    await page.getByRole("button", { name: /^Publish \d+ facts?$/ }).click();
    await page.getByRole("heading", { name: "Published" }).waitFor();
    const { rows } = await desk.database.pool.query<{ text: string }>(
      `SELECT "text" FROM "Document" WHERE "publisher" = 'Excerpt agency'`,
    );
    expect(rows).toEqual([{ text: `${text}\n\n[…]\n` }]);
    await context.close();
  });

  it("reads an uploaded file, and fills in what it says about itself", async () => {
    const { context, page } = await open();
    await signIn(page);
    await page.goto(`${address}/desk/new`);
    const head = '<meta charset="utf-8"><meta property="og:site_name" content="Page agency">';
    const html = `${head}<meta property="article:published_time" content="2024-03-04"><nav>Menu</nav><p>${newReport}</p>`;
    const file = { name: "page.html", mimeType: "text/html", buffer: Buffer.from(html) };
    await page.getByLabel(/Or a file/).setInputFiles(file);
    const text = page.getByLabel("Text", { exact: true });
    await expect.poll(() => text.inputValue(), { timeout: 20_000 }).toContain("Troels Lund Poulsen");
    expect(await text.inputValue()).not.toContain("Menu");
    expect(await page.getByLabel("Publisher").inputValue()).toBe("Page agency");
    expect(await page.getByLabel("Day of publication").inputValue()).toBe("2024-03-04");
    await page
      .getByLabel(/Or a file/)
      .setInputFiles({ ...file, name: "scan.png", buffer: Buffer.from("\x89PNG", "latin1") });
    await page.getByRole("alert").filter({ hasText: "is a picture" }).waitFor();
    await context.close();
  });

  it("loses nothing when the connection drops, on reload, or when the session ends", async () => {
    const { context, page } = await open();
    await signIn(page);
    await paste(page, newReport.replace("4 March", "8 May"), "Example agency");
    const first = page.locator(".proposal").first();
    await context.setOffline(true);
    await first.getByRole("button", { name: "Accept" }).click();
    await page.getByText(/No connection/).waitFor();
    expect(await first.getAttribute("class")).toContain("accepted");
    await context.setOffline(false);
    await saved(page);
    // Another decision that is not confirmed when the page is reloaded.
    await context.route("**/graphql", (route) =>
      route.request().postData()?.includes("decideProposals") ? route.abort() : route.continue(),
    );
    await page.locator(".proposal").nth(1).getByRole("button", { name: "Accept" }).click();
    await page.getByText(/No connection/).waitFor();
    await context.unroute("**/graphql");
    await page.reload();
    await page.locator(".proposal").first().waitFor();
    await saved(page);
    expect(await page.locator(".proposal.accepted").count()).toBe(2);
    await page.reload();
    await page.locator(".proposal.accepted").nth(1).waitFor();
    // The session ends while the page is open.
    await desk.database.pool.query(`UPDATE "DeskSession" SET "endedAt" = now()`);
    await page.locator(".proposal").nth(2).getByRole("button", { name: "Accept" }).click();
    await page.getByRole("heading", { name: "Sign in again" }).waitFor();
    await page.getByLabel("Key", { exact: true }).fill(key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await saved(page);
    await page.reload();
    await page.locator(".proposal.accepted").nth(2).waitFor();
    await context.close();
  });

  it("tells the second of two editors what the first has decided", async () => {
    const [one, other] = [await open(), await open()];
    await signIn(one.page);
    await paste(one.page, newReport.replace("4 March", "9 May"), "Example agency");
    const bob = (await desk.makeKey("EDIT", "Bob Other")).key;
    await other.page.goto(one.page.url());
    await other.page.getByLabel("Key", { exact: true }).fill(bob);
    await other.page.getByRole("button", { name: "Sign in" }).click();
    await other.page.locator(".proposal").first().waitFor();
    await one.page.locator(".proposal").first().getByRole("button", { name: "Reject" }).click();
    await saved(one.page);
    await other.page.locator(".proposal").first().getByRole("button", { name: "Accept" }).click();
    await other.page.getByText(/rejected by Ann Example/).waitFor();
    await other.page.locator(".proposal.rejected").first().waitFor();
    await one.context.close();
    await other.context.close();
  });

  it("fits a phone and shows reports of mistakes as text", async () => {
    const { context, page, noted } = await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto(`${address}/meetings/2024-11-20-ind-chn-vientiane`);
    await page.getByText("Report a mistake on this page").click();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel(/What is wrong/).fill('<img src=x onerror="document.title=1">');
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("with the editors").waitFor();
    await signIn(page);
    await page.getByText('<img src=x onerror="document.title=1">').waitFor();
    expect(await page.title()).toContain("Desk");
    expect(await violations(page)).toEqual([]);
    await paste(page, seedReport);
    for (const path of ["", "/desk", "/desk/new", "/desk/drafts", "/desk/account"]) {
      if (path !== "") await page.goto(address + path);
      await page.locator("h1").waitFor();
      if (path === "") await shoot(page, "desk-phone");
      expect(await page.evaluate<number>("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(390);
      expect(await violations(page), path).toEqual([]);
    }
    expect(noted).toEqual([]);
    await context.close();
  });

  it("does not let an editor publish alone where two are asked for, and says why", async () => {
    const strict = await openDesk(["reference"], { fourEyes: true });
    const origin = await strict.app.listen({ host: "127.0.0.1", port: 0 });
    const signedIn = async (scope: "EDIT" | "PUBLISH", name: string): Promise<Window> => {
      const window = await open();
      await window.page.goto(`${origin}/desk`);
      await window.page.getByLabel("Key", { exact: true }).fill((await strict.makeKey(scope, name)).key);
      await window.page.getByRole("button", { name: "Sign in" }).click();
      await window.page.getByRole("navigation", { name: "Desk" }).waitFor();
      return window;
    };
    const ann = await signedIn("EDIT", "Ann Example");
    await ann.page.goto(`${origin}/desk/new`);
    await ann.page.getByLabel("Text", { exact: true }).fill(newReport);
    await ann.page.getByLabel("Publisher").fill("Example agency");
    await ann.page.getByRole("button", { name: "Read the report" }).click();
    const publish = (page: Page): Locator => page.getByRole("button", { name: /^Publish/ });
    await ann.page.getByText("Publishing needs the scope PUBLISH").waitFor();
    await ann.page.locator(".proposal").first().getByRole("button", { name: "Accept" }).click();
    await saved(ann.page);
    expect(await publish(ann.page).isDisabled()).toBe(true);
    expect(await ann.page.getByRole("button", { name: "Store as drafts" }).isEnabled()).toBe(true);
    const described = await publish(ann.page).getAttribute("aria-describedby");
    expect(await ann.page.locator(`#${String(described)}`).textContent()).toContain("Ask an editor who has it");
    expect(await violations(ann.page)).toEqual([]);

    // An editor with the scope publishes what others decided, and not what was decided by the same editor.
    const pat = await signedIn("PUBLISH", "Pat Example");
    await pat.page.goto(ann.page.url());
    await pat.page.locator(".proposal").first().waitFor();
    await pat.page.waitForFunction("!document.getElementById('publish').disabled");
    await pat.page.locator(".proposal").nth(1).getByRole("button", { name: "Accept" }).click();
    await saved(pat.page);
    await publish(pat.page).click();
    await pat.page.getByText("you have drafted or accepted some of this yourself").waitFor();

    await ann.page.reload();
    await ann.page.getByRole("button", { name: "Store as drafts" }).click();
    await ann.page.getByRole("heading", { name: "Stored as drafts" }).waitFor();
    expect(await publish(ann.page).isDisabled()).toBe(true);
    await ann.page.goto(`${origin}/desk/drafts`);
    await ann.page.getByRole("button", { name: "Choose all" }).click();
    await ann.page.getByText("Publishing needs the scope PUBLISH").waitFor();
    expect(await publish(ann.page).isDisabled()).toBe(true);
    expect(await ann.page.getByRole("button", { name: /^Discard/ }).isEnabled()).toBe(true);
    expect(await violations(ann.page)).toEqual([]);
    for (const { context } of [ann, pat]) await context.close();
    await strict.close();
  });

  it("signs in with an OpenID provider of another site, and returns to the page", async () => {
    // The provider needs the address of the desk, so a free port is found first.
    const free = await openDesk(["reference"]);
    const port = new URL(await free.app.listen({ host: "127.0.0.1", port: 0 })).port;
    await free.close();
    const origin = `http://127.0.0.1:${port}`;
    const redirectUri = `${origin}/desk/sign-in/ministry/callback`;
    const provider = await openProvider({ ann: { name: "Ann Example", groups: ["editors"] } }, [redirectUri]);
    const read = readProviders(
      JSON.stringify([
        {
          id: "ministry",
          name: "Ministry account",
          issuer: provider.origin,
          clientId: "public-desk",
          redirectUri,
          scopes: "openid profile groups",
          roleClaim: "groups",
          roles: { EDIT: ["editors"] },
        },
      ]),
    );
    const providers = "providers" in read ? read.providers : [];
    const corporate = await openDesk(["reference"], { providers });
    await corporate.app.listen({ host: "127.0.0.1", port: Number(port) });
    const { context, page } = await open();
    await page.goto(`${origin}/desk/drafts`);
    const button = page.getByRole("link", { name: "Sign in with Ministry account" });
    await button.waitFor();
    await shoot(page, "desk-sign-in-provider");
    expect(await violations(page)).toEqual([]);
    await button.click();
    await page.locator("input[name=login]").fill("ann");
    await page.locator("input[name=password]").fill("any");
    await page.locator("button[type=submit]").click();
    // The provider asks whether the desk may know the account.
    await page.locator("input[name=prompt][value=consent]").waitFor({ state: "attached" });
    await page.locator("button[type=submit]").click();
    await page.getByRole("heading", { name: "Drafts" }).waitFor();
    expect(page.url()).toBe(`${origin}/desk/drafts`);
    await page.getByRole("link", { name: "Ann Example" }).click();
    await page.getByText(`oidc:${provider.origin}#ann`).waitFor();
    const [session] = (await context.cookies(origin)).filter(({ name }) => name === "sidelines_desk");
    expect(session).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await button.waitFor();
    await context.close();
    await corporate.close();
    await provider.close();
  });
});
