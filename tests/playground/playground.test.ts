import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse, validate, type GraphQLFieldResolver } from "graphql";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import variablesByOperation from "../../src/operations/variables.json" with { type: "json" };
import { parse as parseYaml } from "yaml";
import { makeId } from "../../src/lib/ids.js";
import { packageRoot } from "../../src/lib/root.js";
import { contractSchema, listen, startStandIn, type Context, type StandIn } from "../server/stand.in.js";
import { findBrowser, openBrowser } from "./browser.js";

const operationsFolder = join(packageRoot(), "src/operations");
const shipped = readdirSync(operationsFolder)
  .filter((name) => name.endsWith(".graphql"))
  .map((name) => ({ name, document: parse(readFileSync(join(operationsFolder, name), "utf8")) }));

describe("the variables of the shipped operations", () => {
  const operations = shipped.flatMap(({ document }) =>
    document.definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? [definition] : [])),
  );
  const given: Readonly<Record<string, Record<string, unknown>>> = variablesByOperation;

  it.each(operations.map((operation) => [operation.name?.value ?? "", operation] as const))(
    "%s has every one it needs and no other",
    (name, operation) => {
      const known = (operation.variableDefinitions ?? []).map((definition) => definition.variable.name.value);
      const needed = (operation.variableDefinitions ?? []).filter(
        (definition) => definition.type.kind === Kind.NON_NULL_TYPE && !definition.defaultValue,
      );
      const names = Object.keys(given[name] ?? {});
      expect(names).toEqual(expect.arrayContaining(needed.map((definition) => definition.variable.name.value)));
      expect(names.filter((variable) => !known.includes(variable))).toEqual([]);
    },
  );

  it("name objects by the ids that the first record gives them", () => {
    const pack = parseYaml(readFileSync(join(packageRoot(), "seeds/report/documents.yaml"), "utf8")) as {
      documents: { key: string }[];
    };
    expect(given["Document"]?.["id"]).toBe(makeId("doc", pack.documents[0]?.key ?? ""));
    expect(given["Timeline"]?.["of"]).toBe(makeId("sta", "IND"));
    expect(given["Nodes"]?.["ids"]).toEqual([
      makeId("sta", "IND"),
      makeId("frm", "admm-plus"),
      makeId("per", "rajnath-singh"),
    ]);
  });

  it("are for operations that we ship", () => {
    expect(
      Object.keys(given).filter((name) => !operations.some((operation) => operation.name?.value === name)),
    ).toEqual([]);
  });

  it("belong to operations that fit the contract", () => {
    const schema = contractSchema();
    expect(shipped.flatMap(({ document }) => validate(schema, document))).toEqual([]);
  });
});

/** Timeout for a page to show something. */
const SOON = { timeout: 15_000, interval: 100 };

const executable = findBrowser();
const isBuilt = existsSync(join(packageRoot(), "dist/playground/index.html"));
if (!executable) console.warn("SKIPPED: the playground is not tried, because no Chromium was found on the PATH.");
if (!isBuilt) console.warn("SKIPPED: the playground is not tried, because it has not been built (npm run build).");

describe.skipIf(!executable || !isBuilt)("the playground in a browser", () => {
  let standIn: StandIn;
  let address: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let strangers: string[];
  let complaints: string[];
  let asked: { query: string; variables: unknown }[];

  beforeAll(async () => {
    const schema = contractSchema();
    const meetings = schema.getQueryType()?.getFields()["meetings"];
    const nothing = { totalCount: 0, pageInfo: { hasNextPage: false, hasPreviousPage: false }, edges: [], nodes: [] };
    if (meetings)
      meetings.resolve = (() => nothing) as GraphQLFieldResolver<unknown, Context> as GraphQLFieldResolver<
        unknown,
        unknown
      >;
    standIn = await startStandIn({ schema, config: { limits: { maxBodyBytes: 262_144, maxTokens: 2_000 } } });
    address = await listen(standIn.app);
    browser = await openBrowser(executable ?? "");
  });
  afterAll(async () => {
    await browser.close();
    await standIn.app.close();
  });

  beforeEach(async () => {
    strangers = [];
    complaints = [];
    asked = [];
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.on("request", (request) => {
      const { protocol, origin, pathname } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== address) strangers.push(request.url());
      if (pathname === "/graphql") asked.push(request.postDataJSON() as (typeof asked)[number]);
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
  });
  afterEach(() => context.close());

  async function open(path: string): Promise<void> {
    await page.goto(address + path);
    await page.waitForSelector(".graphiql-execute-button");
    await expect
      .poll(() => page.locator(".graphiql-query-editor .view-line").first().textContent(), SOON)
      .toMatch(/\S/);
  }

  it("runs the first shipped operation with its variables, shows the documentation and sends no other requests", async () => {
    await open("/playground");
    expect(await page.locator(".graphiql-tab").count()).toBe(shipped.length);
    await page.click(".graphiql-execute-button");
    await expect.poll(() => page.locator(".result-window").textContent(), SOON).toContain("totalCount");
    const last = asked.at(-1);
    expect(last?.query).toContain("query Meetings");
    expect(last?.variables).toEqual(variablesByOperation.Meetings);

    await page.click('button[aria-label="Show Documentation Explorer"]');
    await page.click(".graphiql-doc-explorer a:has-text('Query')");
    await page.waitForSelector("text=Meetings of all kinds, planned and held");
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("isolates the direction of every text in a result", async () => {
    await open("/playground");
    await page.click(".graphiql-execute-button");
    await expect.poll(() => page.locator(".result-window").textContent(), SOON).toContain("totalCount");
    const directions = await page.evaluate(
      '[...document.querySelectorAll(".result-window .view-line > span > span")].map((text) => getComputedStyle(text).unicodeBidi)',
    );
    expect(new Set(directions as string[])).toEqual(new Set(["isolate"]));
  });

  it("opens a tab with what the address asks for", async () => {
    const query = "query Linked { meetings(first: 1) { totalCount } }";
    await open(`/playground?${new URLSearchParams({ query, variables: '{"a":1}' }).toString()}`);
    expect(
      await page.locator(".graphiql-tab-active, .graphiql-tab[aria-selected=true]").first().textContent(),
    ).toContain("Linked");
    await page.click(".graphiql-execute-button");
    await expect.poll(() => page.locator(".result-window").textContent(), SOON).toContain("totalCount");
    expect(asked.at(-1)).toMatchObject({ query, variables: { a: 1 } });
  });

  it("says what may be asked where the service answers only operations that it knows, and leads back to them", async () => {
    const strict = await startStandIn({ schema: contractSchema(), safelist: { mode: "enforce", operations: [] } });
    const origin = await listen(strict.app);
    await page.goto(`${origin}/playground?${new URLSearchParams({ query: "{ meetings { totalCount } }" }).toString()}`);
    await page.waitForSelector(".graphiql-execute-button");
    expect(await page.locator(".refused").count()).toBe(0);
    // On a busy machine the first click may come before the editor has taken over what the address asks for.
    const refusal = async (): Promise<string> => {
      await page.click(".graphiql-execute-button");
      return (await page.locator(".refused").allTextContents()).join();
    };
    await expect.poll(refusal, SOON).toContain("This service answers only operations that it knows.");
    await page.click(".refused button");
    await expect.poll(() => page.locator(".graphiql-tab").count(), SOON).toBe(shipped.length);
    expect(page.url()).toBe(`${origin}/playground`);
    await strict.app.close();
  });

  it("keeps a tab's variables when the page is opened again", async () => {
    await open("/playground");
    await page.locator(".graphiql-tab").nth(1).click();
    await expect.poll(() => page.locator(".graphiql-query-editor").textContent(), SOON).toContain("ForumOn");
    await page.waitForTimeout(800); // tabs are stored after a pause
    await open("/playground");
    await expect
      .poll(() => page.locator(".graphiql-editors").textContent(), SOON)
      .toContain('"slug": "admm-plus"'.replaceAll(" ", "\u00a0"));
  });

  it("checks operations as they are typed, in a worker, under the policy", async () => {
    await open(`/playground?${new URLSearchParams({ query: "{ nosuchfield }" }).toString()}`);
    await page.waitForSelector(".squiggly-error", { state: "attached", timeout: 20_000 });
    expect(complaints).toEqual([]);
  });

  it("fits a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open("/playground");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await page.click('button[aria-label="Show Documentation Explorer"]');
    await page.waitForSelector(".graphiql-doc-explorer");
  });

  it("draws the map of types, from here alone", async () => {
    await page.goto(`${address}/map`);
    await page.waitForSelector("#map svg .node", { timeout: 30_000, state: "attached" });
    expect(await page.locator("#map svg .node").count()).toBeGreaterThan(20);
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("needs no script for the first page", async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const first = await plain.newPage();
    await first.goto(address);
    expect(await first.textContent("h1")).toContain("Defence diplomacy on record");
    expect(await first.locator(".counts dd").first().isVisible()).toBe(true);
    await plain.close();
  });
});
