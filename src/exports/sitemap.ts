import { sql } from "kysely";
import { escapeHtml } from "../lib/escape.js";
import type { Sql } from "../reading/sql.js";
import type { ReadRows } from "./ask.js";
import { jsonRow, pagesByKey } from "./tables/pages.js";

// Lists of pages for search engines, in the format of sitemaps.org.

/** Maximum number of addresses in one list, by the format. */
const MOST_ADDRESSES = 50_000;

interface Listed {
  readonly table: string;
  /** The column with the name that addresses have. */
  readonly name: string;
  readonly where?: Sql;
}

/** Records with pages of their own, by the first part of their addresses. */
const listed: Readonly<Record<string, Listed>> = {
  activities: { table: "Activity", name: "key" },
  agreements: { table: "Agreement", name: "key" },
  documents: { table: "Document", name: "id" },
  forums: { table: "Forum", name: "slug" },
  meetings: { table: "Meeting", name: "slug" },
  organizations: { table: "Party", name: "code", where: sql`t."kind" = 'ORGANIZATION'` },
  persons: { table: "Person", name: "slug" },
  states: { table: "Party", name: "code", where: sql`t."kind" = 'STATE'` },
};

/** The names of the lists. */
export const sitemaps: readonly string[] = Object.keys(listed);

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** The list of all lists. */
export function sitemapIndex(origin: string): string {
  const each = sitemaps.map(
    (name) => `<sitemap><loc>${escapeHtml(`${origin}/sitemaps/${name}.xml`)}</loc></sitemap>\n`,
  );
  return `${HEAD}<sitemapindex ${NAMESPACE}>\n${each.join("")}</sitemapindex>\n`;
}

/** The pages of the records of a kind, at most 50,000. @param name one of `sitemaps`. */
export async function* sitemapText(rows: ReadRows, name: string, origin: string): AsyncGenerator<string> {
  const list = listed[name];
  if (list === undefined) throw new Error(`There is no list of ${name}.`);
  const column = sql`t.${sql.id(list.name)}`;
  const pages = pagesByKey(
    { rows, parameters: {} },
    (isAfter, limit) =>
      sql`select ${jsonRow([sql`t."id"`, column])} from ${sql.id(list.table)} t where ${isAfter([sql`t."id"`])} and ${list.where ?? sql`true`} order by t."id" limit ${limit}`,
    1,
  );
  yield `${HEAD}<urlset ${NAMESPACE}>\n`;
  let left = MOST_ADDRESSES;
  for await (const page of pages) {
    const some = page.slice(0, left);
    left -= some.length;
    yield some
      .map(([, own]) => `<url><loc>${escapeHtml(`${origin}/${name}/${encodeURIComponent(String(own))}`)}</loc></url>\n`)
      .join("");
    if (left === 0) break;
  }
  yield "</urlset>\n";
}
