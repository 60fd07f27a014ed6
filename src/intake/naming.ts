import { slugOf } from "../reader/names.js";
import type { Statements } from "../writing/store.js";

/** The most characters of a title that is made of a text. */
const longestTitle = 120;

/** The first line of a text as a title, cut between words. */
export function firstLine(text: string): string {
  const line = (text.trim().split("\n", 1)[0] ?? "").replace(/\s+/g, " ").trim();
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle).replace(/\s\S*$/, "")} …`;
}

/** The most characters of the key of a document, without a number. */
const longestKey = 80;

/** A key for the document of a report that no other document has: day, publisher and title. */
export async function documentKey(
  statements: Statements,
  {
    publishedOn,
    publisher,
    title,
  }: { readonly publishedOn: string | null; readonly publisher: string; readonly title: string },
): Promise<string> {
  const base =
    slugOf([publishedOn ?? "", publisher, title].join("-").slice(0, 2 * longestKey))
      .slice(0, longestKey)
      .replace(/-$/, "") || "report";
  const rows = await statements.$queryRawUnsafe<{ key: string }[]>(
    `SELECT "key" FROM "Document" WHERE "key" = $1 OR "key" LIKE $1 || '-%'`,
    base,
  );
  const taken = new Set(rows.map(({ key }) => key));
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}-${String(number)}`;
  return key;
}
