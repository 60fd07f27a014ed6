import { parseFeed } from "htmlparser2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { sitemaps } from "../../src/exports/sitemap.js";
import { limits } from "../support/ask.js";
import { keeperOf } from "../support/keeper.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { openService, type ExportService } from "./service.js";

let seeded: Seeded;
let service: ExportService;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
  service = await openService(seeded.database);
});
afterAll(async () => {
  await service.close();
  await seeded.close();
});

const get = async (url: string) => service.app.inject({ url });
/** A feed as parsed by a foreign library. */
const feedOf = async (url: string) => {
  const { statusCode, headers, body } = await get(url);
  expect(statusCode, body).toBe(200);
  expect(headers["content-type"]).toBe("application/atom+xml; charset=utf-8");
  const feed = parseFeed(body, { xmlMode: true });
  if (feed?.type !== "atom") throw new Error(`${url} is no Atom feed`);
  return { feed, body };
};
const slugsIn = (links: readonly (string | undefined)[]): string[] =>
  links.map((link) => /\/meetings\/(.*)$/.exec(link ?? "")?.[1] ?? "").sort();

describe("feeds", () => {
  it.each([
    ["/meetings.atom?party=IND&party=CHN", { parties: ["IND", "CHN"] }],
    ["/states/IND.atom?status=HELD", { parties: ["IND"], status: "HELD" }],
    ["/persons/rajnath-singh.atom", { persons: ["rajnath-singh"] }],
    ["/forums/brics.atom", { forum: "brics" }],
  ])("%s has the meetings of the list", async (url, filter) => {
    const { meetings, onSidelines } = await seeded.ask<
      Record<"meetings" | "onSidelines", { nodes: { slug: string; title: string }[] }>
    >(
      `query Of($filter: MeetingFilter, $sidelines: MeetingFilter) {
        meetings(filter: $filter, first: 50) { nodes { slug title } }
        onSidelines: meetings(filter: $sidelines, first: 50) { nodes { slug title } }
      }`,
      { filter, sidelines: "forum" in filter ? { onSidelinesOf: filter.forum } : filter },
    );
    const { feed } = await feedOf(url);
    const expected = new Set([...meetings.nodes, ...onSidelines.nodes].map(({ slug }) => slug));
    expect(slugsIn(feed.items.map(({ link }) => link))).toEqual([...expected].sort());
    expect(feed.items.every(({ id }) => /^urn:sidelines:mtg_[a-z2-7]{16}$/.test(id ?? ""))).toBe(true);
  });

  it("begin with what was changed last, and say when", async () => {
    const before = await feedOf("/meetings.atom?party=IND&party=CHN");
    const last = before.feed.items.at(-1);
    await keeperOf(seeded).correct(
      "A title with a mark & a control character.",
      `UPDATE "Meeting" SET "title" = 'Talks <b>&</b> more' WHERE 'urn:sidelines:' || "id" = '${last?.id ?? ""}'`,
    );
    await expect
      .poll(async () => (await feedOf("/meetings.atom?party=IND&party=CHN")).feed.items[0]?.id)
      .toBe(last?.id);
    const { feed, body } = await feedOf("/meetings.atom?party=IND&party=CHN");
    expect(feed.items[0]?.title).toContain("Talks <b>&</b> more (");
    expect(body).toContain("&lt;b&gt;&amp;&lt;/b&gt;");
    expect(feed.updated?.getTime()).toBeGreaterThan(before.feed.updated?.getTime() ?? Infinity);
  });

  it("of corrections name the record, the reason and the editor", async () => {
    const { feed } = await feedOf("/corrections.atom");
    expect(feed.items[0]?.title).toMatch(/^Talks <b>&<\/b> more: changed/);
    expect(feed.items[0]?.description).toMatch(/^A title with a mark & a control character\. By /);
  });

  it("are whole where pages are small", async () => {
    const small = { ...limits, maxPageSize: 7, defaultPageSize: 7, maxEventLoopDelayMs: 0 };
    const other = await openService(seeded.database, {
      config: { limits: small },
      createContext: createContextFactory({ database: seeded.database, limits: small, version: "0.0.0-test" }),
    });
    try {
      for (const url of ["/persons/rajnath-singh.atom", "/corrections.atom"]) {
        const { statusCode, body } = await other.app.inject({ url });
        expect(statusCode, body).toBe(200);
        expect(body).toBe((await get(url)).body);
      }
    } finally {
      await other.close();
    }
  });

  it("reject unknown parameters and say of an unknown name that there is none", async () => {
    expect((await get("/corrections.atom?off=x")).statusCode).toBe(400);
    expect((await get("/meetings.atom?colour=red")).statusCode).toBe(400);
    expect((await get("/states/XXX.atom")).statusCode).toBe(404);
  });
});

describe("sitemaps", () => {
  const addressesIn = (body: string): string[] =>
    [...body.matchAll(/<loc>http:\/\/localhost[^/<]*(\/[^<]*)<\/loc>/g)].map(([, path]) => path as string);

  it("list each kind of page, and each address in them is a page", async () => {
    const index = await get("/sitemap.xml");
    expect(addressesIn(index.body)).toEqual(sitemaps.map((name) => `/sitemaps/${name}.xml`));
    expect((await get("/robots.txt")).body).toMatch(/\nSitemap: http:\/\/localhost[^/]*\/sitemap\.xml\n/);
    for (const path of addressesIn(index.body)) {
      const { statusCode, body } = await get(path);
      expect(statusCode).toBe(200);
      const pages = addressesIn(body);
      if (path !== "/sitemaps/activities.xml") expect(pages.length, path).toBeGreaterThan(0);
      for (const page of [...pages.slice(0, 2), ...pages.slice(-1)])
        expect((await get(page)).statusCode, page).toBe(200);
    }
  });

  it("have as many addresses as the record has records", async () => {
    const counts = await seeded.ask<Record<string, { totalCount: number }>>(
      "{ meetings { totalCount } persons { totalCount } documents { totalCount } }",
    );
    for (const [name, { totalCount }] of Object.entries(counts))
      expect(addressesIn((await get(`/sitemaps/${name}.xml`)).body)).toHaveLength(totalCount);
  });
});
