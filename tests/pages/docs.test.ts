import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/lib/root.js";
import { openDocs } from "../../src/pages/docs.page.js";
import { openService, type ExportService } from "../exports/service.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const docs = openDocs(packageRoot(), { hasPlayground: true });
const bodyOf = (address: string): string => docs.page(address)?.main.text ?? "";
const idsOf = (address: string): Set<string> =>
  new Set([...bodyOf(address).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id as string));

describe("the documentation", () => {
  it("has a page for every file that the documentation links to", () => {
    expect(docs.addresses).toEqual(expect.arrayContaining(["/docs", "/docs/api", "/docs/seeds", "/docs/changes"]));
    const dead = docs.addresses.flatMap((address) =>
      [...bodyOf(address).matchAll(/ href="(\/docs[^"#]*)?(?:#([^"]*))?"/g)].flatMap(
        ([link, path = address, anchor]) => {
          if (!docs.page(path)) return [`${address}: ${link}`];
          return anchor === undefined || idsOf(path).has(decodeURIComponent(anchor)) ? [] : [`${address}: ${link}`];
        },
      ),
    );
    expect(dead).toEqual([]);
  });

  it("links to no file of the project by its name", () => {
    for (const address of docs.addresses) expect(bodyOf(address), address).not.toMatch(/ href="(?!https:)[^"]*\.md/);
  });

  it("shows every picture that it names", () => {
    const pictures = docs.addresses.flatMap((address) =>
      [...bodyOf(address).matchAll(/<img src="([^"]+)"/g)].map(([, source]) => source as string),
    );
    expect(pictures.length).toBeGreaterThan(4);
    expect(pictures.filter((source) => docs.picture(source) === undefined)).toEqual([]);
    expect(docs.picture("/docs/images/desk-review.png")?.bytes).toEqual(
      readFileSync(join(packageRoot(), "docs/images/desk-review.png")),
    );
  });

  it("gives nothing from outside of its folder", () => {
    for (const address of ["/docs/../package.json", "/docs/images/../../package.json", "/docs/package.json"]) {
      expect(docs.page(address)).toBeUndefined();
      expect(docs.picture(address)).toBeUndefined();
    }
  });

  it("lists the sections of a long page once, and escapes examples", () => {
    const body = bodyOf("/docs/api");
    expect(body.match(/href="#finding-things"/g)).toHaveLength(1);
    expect(body).toContain('<h2 id="finding-things">');
    expect(bodyOf("/docs/glossary")).not.toMatch(/<script/);
  });
});

describe("the route of the documentation", () => {
  let seeded: Seeded;
  let service: ExportService;
  beforeAll(async () => {
    seeded = await openSeeded(["report"]);
    service = await openService(seeded.database);
  });
  afterAll(async () => {
    await service.close();
    await seeded.close();
  });
  const get = async (url: string, headers: Record<string, string> = {}) => service.app.inject({ url, headers });

  it("serves pages and pictures with tags", async () => {
    const page = await get("/docs/api");
    expect(page.statusCode).toBe(200);
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["content-security-policy"]).toContain("img-src 'self' data:");
    expect(page.body).toContain("<h1>The API</h1>");
    expect((await get("/docs/api", { "if-none-match": String(page.headers["etag"]) })).statusCode).toBe(304);
    const picture = await get("/docs/images/desk-review.png");
    expect(picture.headers["content-type"]).toBe("image/png");
    expect(picture.rawPayload.subarray(1, 4).toString()).toBe("PNG");
  });

  it("says of an unknown page where all of them are listed", async () => {
    const missing = await get("/docs/no-such");
    expect(missing.statusCode).toBe(404);
    expect(missing.body).toBe("The documentation has no such page; /docs lists all of them.\n");
  });

  it("is linked from every page", async () => {
    for (const url of ["/", "/meetings", "/corrections"]) expect((await get(url)).body).toContain('href="/docs"');
  });
});
