import type { FastifyInstance } from "fastify";
import { sitemapIndex } from "../../exports/sitemap.js";
import { escapeHtml } from "../../lib/escape.js";
import { originOf } from "./page.request.js";

/** Paths without pages about the record, and pages of which there are as many as questions. */
const unvisited = [
  "/graphql",
  "/desk",
  "/playground",
  "/search",
  "/suggestions",
  ...["gaps", "ledger", "matrix", "offices", "statistics", "timeline"].map((page) => `/${page}?`),
];

/** `/robots.txt`, `/sitemap.xml`, and `/opensearch.xml` with which a browser searches the record from its address bar. */
export function siteRoutes(app: FastifyInstance): void {
  app.get("/robots.txt", async (request, reply) =>
    reply
      .type("text/plain; charset=utf-8")
      .header("cache-control", "max-age=86400")
      .send(
        [
          "User-agent: *",
          ...unvisited.map((path) => `Disallow: ${path}`),
          "",
          `Sitemap: ${originOf(request)}/sitemap.xml`,
          "",
        ].join("\n"),
      ),
  );
  app.get("/sitemap.xml", async (request, reply) =>
    reply
      .type("application/xml; charset=utf-8")
      .header("cache-control", "max-age=86400")
      .send(sitemapIndex(originOf(request))),
  );
  app.get("/opensearch.xml", async (request, reply) =>
    reply
      .type("application/opensearchdescription+xml; charset=utf-8")
      .header("cache-control", "max-age=86400")
      .send(searchDescription(originOf(request))),
  );
}

/** The description of the search, by OpenSearch 1.1. */
function searchDescription(origin: string): string {
  const address = escapeHtml(`${origin}/search?q={searchTerms}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Sidelines</ShortName>
<Description>Search the record of defence diplomacy</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="${address}"/>
</OpenSearchDescription>
`;
}
