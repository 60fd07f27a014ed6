import { html, type Html } from "./html.js";
import type { PageRequest } from "./page.js";

/** A page of a list, as answers have it. */
export interface Connected<T> {
  readonly totalCount: number;
  readonly pageInfo: PageInfo;
  readonly nodes: readonly T[];
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** The variables by which an operation pages. */
export interface Paging {
  readonly first: number | null;
  readonly after: string | null;
  readonly last: number | null;
  readonly before: string | null;
  readonly knownAt: string | undefined;
}

const SIZE = 50;

/** The part of a list that an address asks for: what comes after a cursor, or before one; otherwise the beginning. */
export function pageIn({ query, addresses: { knownAt } }: PageRequest, size = SIZE): Paging {
  const before = query.get("before");
  return before === null ? { first: size, after: query.get("after"), last: null, before: null, knownAt } : { first: null, after: null, last: size, before, knownAt };
}

/** The way to the pages before and after; nothing where there is only one. */
export function pagesOf(path: string, { hasNextPage, hasPreviousPage, startCursor, endCursor }: PageInfo, { addresses }: PageRequest, kept: Readonly<Record<string, string | readonly string[] | undefined>> = {}): Html | null {
  if (!hasNextPage && !hasPreviousPage) return null;
  return html`<nav class="pages" aria-label="Further pages">${hasPreviousPage && startCursor !== null && html`<a rel="prev" href="${addresses.to(path, { ...kept, before: startCursor })}">Previous page</a>`}${hasNextPage && endCursor !== null && html`<a rel="next" href="${addresses.to(path, { ...kept, after: endCursor })}">Next page</a>`}</nav>`;
}

/** A part of a list within a page, as answers have it. */
export interface Part {
  /** Where it is worth its counting. */
  readonly totalCount?: number;
  readonly pageInfo: Pick<PageInfo, "hasNextPage" | "endCursor">;
  readonly nodes: readonly unknown[];
}

/** The cursor after which an address wants a list within a page to go on, by a parameter of the list's own. */
export function cursorIn({ query }: PageRequest, list: string): string | undefined {
  return query.get(list) ?? undefined;
}

/**
 * The way on through a list of which a page shows a part, and back to its beginning; nothing where it shows the whole. The
 * list is called as its section and as the parameter with its cursor.
 */
export function wayOn(list: string, { totalCount, pageInfo: { hasNextPage, endCursor }, nodes }: Part, path: string, { query, addresses }: PageRequest): Html | null {
  const isLater = query.has(list);
  if (!isLater && !hasNextPage) return null;
  const others = Object.fromEntries([...query.keys()].filter((name) => name !== list && name !== "knownAt").map((name) => [name, query.getAll(name)]));
  const to = (cursor?: string): string => `${addresses.to(path, { ...others, [list]: cursor })}#${list}`;
  return html`<nav class="pages" aria-label="More of the list above">${totalCount !== undefined && html`<span class="note">${nodes.length.toLocaleString("en")} of ${totalCount.toLocaleString("en")}</span>`}${isLater && html`<a href="${to()}">From the beginning</a>`}${hasNextPage && endCursor !== null && html`<a rel="next" href="${to(endCursor)}">The next ones</a>`}</nav>`;
}
