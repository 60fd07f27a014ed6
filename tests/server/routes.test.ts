import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cachedFor } from "../../src/pages/home.facts.js";
import { contractSchema, homeFacts, listen, startStandIn } from "./stand.in.js";

describe("health", () => {
  it("lives without a database", async () => {
    const { app } = await startStandIn({ ready: () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.5")) });
    expect((await app.inject("/livez")).statusCode).toBe(200);
    const answer = await app.inject("/readyz");
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ status: "unavailable", reason: "The database does not answer." });
  });

  it("is ready when the database answers", async () => {
    const { app } = await startStandIn();
    const answer = await app.inject("/readyz");
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: "ready" }]);
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  it("does not wait for a database that hangs", async () => {
    const { app } = await startStandIn({ ready: () => new Promise(() => undefined) });
    const answer = await app.inject("/readyz");
    expect(answer.statusCode).toBe(503);
    expect(answer.json<{ reason: string }>().reason).toContain("within 900 milliseconds");
  });
});

describe("stopping", () => {
  it("finishes the request in flight, refuses new ones and ends soon", async () => {
    const { app, contexts } = await startStandIn();
    const address = await listen(app);
    const agent = new Agent({ keepAlive: true });
    const post = (query: string): Promise<{ status: number | undefined; body: string }> =>
      new Promise((resolve, reject) => {
        const call = httpRequest(
          `${address}/graphql`,
          { method: "POST", agent, headers: { "content-type": "application/json" } },
          (response) => {
            let body = "";
            response
              .on("data", (chunk: Buffer) => (body += chunk.toString()))
              .on("end", () => resolve({ status: response.statusCode, body }));
          },
        );
        call.on("error", reject);
        call.end(JSON.stringify({ query }));
      });
    await post("{ hello }"); // leaves an idle connection behind
    const inFlight = post("{ wait(milliseconds: 400) }");
    while (contexts.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const began = performance.now();
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(fetch(`${address}/livez`)).rejects.toThrow();
    expect(await inFlight).toMatchObject({ status: 200, body: expect.stringContaining("waited") as string });
    await closed;
    // The idle connection would have been kept open for longer.
    expect(performance.now() - began).toBeLessThan(9_000);
    agent.destroy();
  });
});

describe("the schema", () => {
  it("is served as text, readable from anywhere and cheap to ask for again", async () => {
    const { app } = await startStandIn({ schema: contractSchema() });
    const answer = await app.inject({ url: "/schema.graphql", headers: { "accept-encoding": "identity" } });
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(buildSchema(answer.body).getQueryType()?.getFields()).toHaveProperty("meetings");
    const again = await app.inject({
      url: "/schema.graphql",
      headers: { "if-none-match": String(answer.headers["etag"]) },
    });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });
});

describe("crawlers and browsers", () => {
  it("read what not to visit, and how to search", async () => {
    const { app } = await startStandIn();
    const robots = await app.inject("/robots.txt");
    expect(robots.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(robots.body).toMatch(/^User-agent: \*\nDisallow: \/graphql\n/);
    expect(robots.body).not.toMatch(/\/meetings|\/persons/);
    const search = await app.inject({ url: "/opensearch.xml", headers: { host: "record.example:4000" } });
    expect(search.headers["content-type"]).toContain("application/opensearchdescription+xml");
    expect(search.body).toContain('template="http://record.example:4000/search?q={searchTerms}"');
    expect((await app.inject("/")).body).toContain('rel="search"');
  });
});

describe("the first page", () => {
  it("says what there is, with numbers, ways and an example, and needs no script", async () => {
    const { app } = await startStandIn();
    const answer = await app.inject({ url: "/", headers: { host: "record.example:4000" } });
    expect(answer.statusCode).toBe(200);
    for (const text of [
      "1,234",
      "Vientiane, Laos",
      "/playground",
      "/map",
      "/schema.graphql",
      "http://record.example:4000/graphql",
      "record version 7",
    ]) {
      expect(answer.body).toContain(text);
    }
    expect(answer.body).not.toContain("<script>");
    expect(answer.headers["content-security-policy"]).toMatch(/^default-src 'none'.*style-src 'sha256-/);
    expect(answer.headers["content-security-policy"]).not.toContain("unsafe-inline");
  });

  it("shows what the record says as text", async () => {
    const { app } = await startStandIn();
    const { body } = await app.inject("/");
    expect(body).toContain("India–China &lt;b&gt;&amp; others&lt;/b&gt;");
    expect(body).not.toContain("<b>& others");
    expect(body).toContain('<option value="a-forum">A &lt;i&gt;Forum&lt;/i&gt;</option>');
  });

  it("does not repeat a Host header that is no host", async () => {
    const { app } = await startStandIn();
    const { body } = await app.inject({ url: "/", headers: { host: "x'><img src=y>" } });
    expect(body).not.toContain("<img");
  });

  it("stands without a record and says so", async () => {
    const { app } = await startStandIn({ home: () => Promise.reject(new Error("select 1")) });
    const answer = await app.inject("/");
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("unavailable at the moment");
    expect(answer.body).not.toContain("select 1");
  });

  it("asks once for many readers, and again after a failure", async () => {
    let asked = 0;
    const ask = cachedFor(1000, async () => {
      asked += 1;
      if (asked === 1) throw new Error("no");
      return homeFacts;
    });
    await expect(ask()).rejects.toThrow("no");
    await Promise.all([ask(), ask(), ask()]);
    expect(asked).toBe(2);
  });
});

describe("the page of corrections", () => {
  const act = {
    id: "act_aaaaaaaaaaaaaaaa",
    actor: "<i>Desk</i>",
    at: "2026-01-02T03:04:05.678Z",
    reason: "Why <b>not</b>?",
  };
  const none = { totalCount: 0, nodes: [] };
  const changed = {
    totalCount: 1,
    nodes: [
      {
        recordId: "mtg_aaaaaaaaaaaaaaaa",
        recordType: "Meeting",
        title: "Talks & more",
        fields: [{ field: "sidelinesOf", before: null, after: 'a"><script>' }],
      },
    ],
  };
  const facts = {
    corrections: {
      totalCount: 1,
      pageInfo: { hasNextPage: true, endCursor: "WyJjb3JyZWN0aW9ucyIsMV0" },
      nodes: [{ ...act, merged: none, withdrawn: none, changed, created: none }],
    },
  };

  it("says what the record says as text, and needs no script", async () => {
    const { app } = await startStandIn({ corrections: async () => facts });
    const answer = await app.inject("/corrections");
    expect(answer.statusCode).toBe(200);
    for (const text of [
      "Talks &amp; more",
      "Why &lt;b&gt;not&lt;/b&gt;?",
      "by &lt;i&gt;Desk&lt;/i&gt;",
      "2026-01-02 03:04 UTC",
      "sidelines of",
      "a&quot;&gt;&lt;script&gt;",
      "?of=mtg_aaaaaaaaaaaaaaaa",
      "?after=WyJjb3JyZWN0aW9ucyIsMV0",
    ]) {
      expect(answer.body).toContain(text);
    }
    expect(answer.body).not.toContain("<script>");
    expect(answer.headers["content-security-policy"]).toMatch(/^default-src 'none'.*style-src 'sha256-/);
  });

  it("asks for what the address says, where that can be an id or a cursor of the log", async () => {
    const asked: unknown[] = [];
    const { app } = await startStandIn({
      corrections: async (query) => {
        asked.push(query);
        return facts;
      },
    });
    for (const search of [
      "of=mtg_aaaaaaaaaaaaaaaa&after=WyJjb3JyZWN0aW9ucyIsMV0",
      "of=x'y",
      "after=WyJkYXRlIiwxXQ&of=a&of=b",
    ])
      await app.inject(`/corrections?${search}`);
    expect(asked).toEqual([{ of: "mtg_aaaaaaaaaaaaaaaa", after: "WyJjb3JyZWN0aW9ucyIsMV0" }, {}]);
  });

  it("says so where nothing was corrected, and where the record cannot be read", async () => {
    const nothing = { corrections: { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] } };
    const empty = await startStandIn({ corrections: async () => nothing });
    expect((await empty.app.inject("/corrections")).body).toContain("No corrections yet.");
    const { app } = await startStandIn({ corrections: () => Promise.reject(new Error("select 1")) });
    const answer = await app.inject("/corrections");
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain("unavailable at the moment");
    expect(answer.body).not.toContain("select 1");
  });
});

describe("built pages", () => {
  let pages: string;
  beforeEach(() => {
    pages = mkdtempSync(join(tmpdir(), "pages-"));
    mkdirSync(join(pages, "assets"));
    writeFileSync(join(pages, "index.html"), "<p>playground</p>");
    writeFileSync(join(pages, "map.html"), "<p>map</p>");
    writeFileSync(join(pages, "assets", "index-abc.js"), "1");
    writeFileSync(join(pages, "assets", "index-abc.js.br"), "compressed");
    writeFileSync(join(pages, "secret.txt"), "secret");
  });
  afterEach(() => rmSync(pages, { recursive: true }));

  it("come under their own policies, asked for each time", async () => {
    const { app } = await startStandIn({ pages });
    for (const [url, text, policy] of [
      ["/playground?query=%7Bhello%7D", "playground", "worker-src 'self';"],
      ["/map", "map", "worker-src 'self' blob:"],
    ] as const) {
      const answer = await app.inject(url);
      expect(answer.body).toContain(text);
      expect(answer.headers["content-type"]).toContain("text/html");
      expect(answer.headers["cache-control"]).toBe("no-cache");
      expect(answer.headers["content-security-policy"]).toContain(policy);
      expect(answer.headers["content-security-policy"]).not.toContain("http");
    }
  });

  it("have files that are kept for ever and compressed ahead", async () => {
    const { app } = await startStandIn({ pages });
    const answer = await app.inject({ url: "/playground/assets/index-abc.js", headers: { "accept-encoding": "br" } });
    expect(answer.body).toBe("compressed");
    expect(answer.headers["content-encoding"]).toBe("br");
    expect(answer.headers["content-type"]).toContain("javascript");
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  it.each([
    "/playground/assets/../secret.txt",
    "/playground/assets/%2e%2e/secret.txt",
    "/playground/assets/..%2fsecret.txt",
    "/playground/secret.txt",
    "/playground/assets/",
  ])("hold nothing else: %s", async (url) => {
    const { app } = await startStandIn({ pages });
    const answer = await app.inject(url);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toMatch(/secret$|index-abc/);
  });

  it("can be left out, and nothing points to them then", async () => {
    const { app } = await startStandIn({
      pages,
      config: { playground: false, limits: { maxBodyBytes: 4096, maxTokens: 200 } },
    });
    for (const url of ["/playground", "/map", "/playground/assets/index-abc.js"])
      expect((await app.inject(url)).statusCode).toBe(404);
    expect((await app.inject("/")).body).not.toMatch(/href="\/(playground|map)"/);
    expect((await app.inject({ url: "/graphql", headers: { accept: "text/html,*/*;q=0.8" } })).statusCode).toBe(400);
  });

  it("say how to build them where they are missing", async () => {
    rmSync(join(pages, "index.html"));
    const { app } = await startStandIn({ pages });
    const answer = await app.inject("/playground");
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain("npm run build");
  });
});

describe("every answer", () => {
  it.each(["/", "/corrections", "/graphql", "/livez", "/schema.graphql", "/nowhere"])(
    "%s bears the headers that keep browsers careful",
    async (url) => {
      const { app } = await startStandIn();
      const { headers } = await app.inject(url);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
      });
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["x-powered-by"]).toBeUndefined();
    },
  );

  it("is plain where nothing is served", async () => {
    const { app } = await startStandIn();
    const answer = await app.inject("/nowhere?x=1");
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({
      errors: [{ message: "Nothing is served at GET /nowhere.", extensions: { code: "NOT_FOUND" } }],
    });
    expect((await app.inject("/%zz")).statusCode).toBe(400);
  });

  it("is compressed when it is long and the client takes it", async () => {
    const { app } = await startStandIn();
    expect((await app.inject({ url: "/", headers: { "accept-encoding": "gzip" } })).headers["content-encoding"]).toBe(
      "gzip",
    );
    expect(
      (await app.inject({ url: "/livez", headers: { "accept-encoding": "gzip" } })).headers["content-encoding"],
    ).toBeUndefined();
  });
});
