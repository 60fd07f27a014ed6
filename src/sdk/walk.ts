import { SidelinesError } from "./error.js";
import type { NodeOf, Page, Walk } from "./operation.js";

/** Fetches the page after a cursor, or the first one. Null or undefined if the list does not exist. */
export type FetchPage<Connection> = (after: string | undefined) => Promise<Connection | null | undefined>;

/**
 * An iteration over the pages that `fetchPage` returns.
 * @param start The cursor to start after; undefined for the first page.
 * @param label The operation's name, for errors.
 */
export function walkPages<Connection extends Page>(
  fetchPage: FetchPage<Connection>,
  start: string | undefined,
  label: string | undefined,
): Walk<Connection, NodeOf<Connection>> {
  type Node = NodeOf<Connection>;
  const pages = (): AsyncGenerator<Connection, void, undefined> => pagesFrom(fetchPage, start, label);
  async function* nodes(): AsyncGenerator<Node, void, undefined> {
    for await (const page of pages()) yield* nodesOf(page);
  }
  return {
    pages,
    [Symbol.asyncIterator]: nodes,
    toArray: (limit = Infinity) => gather(nodes(), limit),
  };
}

async function* pagesFrom<Connection extends Page>(
  fetchPage: FetchPage<Connection>,
  start: string | undefined,
  label: string | undefined,
): AsyncGenerator<Connection, void, undefined> {
  const visited = new Set(start === undefined ? [] : [start]);
  let after = start;
  for (;;) {
    const page = await fetchPage(after);
    if (!page) return;
    yield page;
    if (!page.pageInfo.hasNextPage) return;
    after = nextCursor(page, visited, label);
  }
}

/** The cursor of the next page. @throws SidelinesError for a repeated cursor, which would never end. */
function nextCursor({ pageInfo: { endCursor } }: Page, visited: Set<string>, label: string | undefined): string {
  if (endCursor !== null && endCursor !== undefined && !visited.has(endCursor)) {
    visited.add(endCursor);
    return endCursor;
  }
  const fault =
    endCursor === null || endCursor === undefined
      ? "a page has hasNextPage but no endCursor"
      : `two pages end at the same cursor, ${JSON.stringify(endCursor)}. Check that the operation passes $after to the connection`;
  throw new SidelinesError(label ? `${label}: ${fault}` : fault, {
    kind: "cursor",
    code: "CURSOR_STUCK",
    operation: label,
  });
}

function nodesOf<Connection extends Page>(page: Connection): ReadonlyArray<NodeOf<Connection>> {
  const nodes = "nodes" in page ? page.nodes : page.edges.map(({ node }) => node);
  return nodes as ReadonlyArray<NodeOf<Connection>>;
}

async function gather<Node>(nodes: AsyncGenerator<Node, void, undefined>, limit: number): Promise<Node[]> {
  const gathered: Node[] = [];
  if (limit <= 0) return gathered;
  for await (const node of nodes) {
    gathered.push(node);
    if (gathered.length >= limit) break;
  }
  return gathered;
}
