import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { citeText } from "../../src/exports/cite.js";
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

const get = (url: string) => service.app.inject({ url, headers: { host: "example.org" } });

async function documentId(): Promise<string> {
  const { rows } = await seeded.database.pool.query<{ id: string }>(
    `SELECT "id" FROM "Document" WHERE "key" = 'menafn-ians-2024-11-20-rajnath-dong-vientiane'`,
  );
  return rows[0]?.id ?? "";
}

describe("a citation", () => {
  it("of a source names its publisher, day and address", async () => {
    const id = await documentId();
    const { document } = await seeded.ask<{ document: Record<string, string> }>(
      `{ document(id: "${id}") { title publisher agency publishedOn url language } }`,
    );
    const csl = await get(`/documents/${id}.csl.json`);
    expect(csl.headers["content-type"]).toBe("application/vnd.citationstyles.csl+json; charset=utf-8");
    expect(csl.json()).toEqual([
      {
        id: "menafn-ians-2024-11-20-rajnath-dong-vientiane",
        type: "article-newspaper",
        title: document["title"],
        author: [{ literal: document["agency"] ?? document["publisher"] }],
        publisher: document["publisher"],
        issued: { "date-parts": [(document["publishedOn"] ?? "").split("-").map(Number)] },
        language: document["language"],
        ...(document["url"] && { URL: document["url"] }),
      },
    ]);
    const bib = await get(`/documents/${id}.bib`);
    expect(bib.body).toMatch(/^@misc\{menafn-ians-2024-11-20-rajnath-dong-vientiane,\n( {2}[a-z]+ = \{.*\},\n)+\}\n$/);
    expect(bib.body).toContain("  year = {2024},\n  month = {11},\n");
  });

  it("of a meeting and of the record leads to the state of the record that was read", async () => {
    const { rows } = await seeded.database.pool.query<{ at: Date; version: string }>(
      `SELECT (SELECT max("at") FROM "Act") AS "at", (SELECT "version" FROM "RecordVersion")::text AS "version"`,
    );
    const moment = rows[0]?.at.toISOString() ?? "";
    const [meeting] = (await get("/meetings/admm-plus-11.csl.json")).json<Record<string, unknown>[]>();
    expect(meeting).toMatchObject({
      type: "dataset",
      version: rows[0]?.version,
      URL: `http://example.org/meetings/admm-plus-11?knownAt=${encodeURIComponent(moment)}`,
    });
    const { body } = await get("/datapackage.bib");
    expect(body).toContain(`@misc{sidelines-${rows[0]?.version ?? ""}-`);
    expect(body).toContain(`url = {http://example.org/datapackage.json?knownAt=${encodeURIComponent(moment)}}`);
  });

  it("is 404 for what the record does not hold", async () => {
    for (const url of ["/meetings/none.bib", "/documents/doc_none.csl.json"])
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
    expect((await get("/meetings/admm-plus-11.bib?knownAt=1999-01-01T00:00:00Z")).statusCode).toBe(404);
  });

  it("writes characters that mean something in TeX as text, and leaves ranges of days out", () => {
    const text = citeText(
      {
        ...{ id: "a b{c}", type: "webpage", title: 'R&D: 50% of "x_y" {z} \\ ~ ^ #1 $5', author: "A, B and C" },
        ...{ issued: "2024-05/2024-07", address: "https://example.org/a{b}?c=%20d e", doi: "10.1/a_b" },
      },
      "bib",
    );
    expect(text).toBe(`@misc{a-b-c-,
  author = {{A, B and C}},
  title = {{R\\&D: 50\\% of "x\\_y" \\{z\\} \\textbackslash{} \\textasciitilde{} \\textasciicircum{} \\#1 \\$5}},
  url = {https://example.org/a%7Bb%7D?c=%20d%20e},
  doi = {10.1/a\\_b},
}
`);
  });
});
