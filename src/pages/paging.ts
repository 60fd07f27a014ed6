import { html, type Html } from "./html.js";
import type { PageRequest } from "./page.js";

/** A page of a connection. */
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

/** The paging variables of an operation. */
export interface Paging {
  readonly first: number | null;
  readonly after: string | null;
  readonly last: number | null;
  readonly before: string | null;
  readonly knownAt: string | undefined;
}

const SIZE = 50;

/** The page in the address: after a cursor, before one, or the first. */
export function pageIn({ query, addresses: { knownAt } }: PageRequest, size = SIZE): Paging {
  const before = query.get("before");
  return before === null
    ? { first: size, after: query.get("after"), last: null, before: null, knownAt }
    : { first: null, after: null, last: size, before, knownAt };
}

/** Links to the previous and next pages; null if there is only one. */
export function pager(
  path: string,
  { hasNextPage, hasPreviousPage, startCursor, endCursor }: PageInfo,
  { addresses }: PageRequest,
  parameters: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): Html | null {
  if (!hasNextPage && !hasPreviousPage) return null;
  return html`<nav class="pages" aria-label="Pages">${hasPreviousPage && startCursor !== null && html`<a rel="prev" href="${addresses.to(path, { ...parameters, before: startCursor })}">Previous</a>`}${hasNextPage && endCursor !== null && html`<a rel="next" href="${addresses.to(path, { ...parameters, after: endCursor })}">Next</a>`}</nav>`;
}

/** A page of a list that is one of several on an HTML page. */
export interface Part {
  /** Left out if counting is expensive. */
  readonly totalCount?: number;
  readonly pageInfo: Pick<PageInfo, "hasNextPage" | "endCursor">;
  readonly nodes: readonly unknown[];
}

/** The cursor of a list, from the parameter of the same name. */
export function cursorIn({ query }: PageRequest, list: string): string | undefined {
  return query.get(list) ?? undefined;
}

/**
 * Links to the next and first part of a list; null if the whole list is shown. `list` is the id of the section and the
 * parameter for the cursor.
 */
export function listPager(
  list: string,
  { totalCount, pageInfo: { hasNextPage, endCursor }, nodes }: Part,
  path: string,
  { query, addresses }: PageRequest,
): Html | null {
  const isLater = query.has(list);
  if (!isLater && !hasNextPage) return null;
  const others = Object.fromEntries(
    [...query.keys()].filter((name) => name !== list && name !== "knownAt").map((name) => [name, query.getAll(name)]),
  );
  const to = (cursor?: string): string => `${addresses.to(path, { ...others, [list]: cursor })}#${list}`;
  return html`<nav class="pages" aria-label="Pages of the list above">${totalCount !== undefined && html`<span class="note">${nodes.length.toLocaleString("en")} of ${totalCount.toLocaleString("en")}</span>`}${isLater && html`<a href="${to()}">First page</a>`}${hasNextPage && endCursor !== null && html`<a rel="next" href="${to(endCursor)}">Next</a>`}</nav>`;
}
