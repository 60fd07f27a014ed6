import { SidelinesError } from "./error.js";
import type { NodeOf, Page, Walk } from "./operation.js";

/** Fetches the page after a cursor: the first one without it. Null or undefined where there is no such list at all. */
export type FetchPage<Connection> = (after: string | undefined) => Promise<Connection | null | undefined>;

/**
 * A walk over the pages that `fetchPage` gives.
 * @param start the cursor to start after, if not from the beginning.
 * @param label the operation's name, for errors.
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

/** The cursor of the next page; refuses to go where the walk has been, which would go round for ever. */
function nextCursor({ pageInfo: { endCursor } }: Page, visited: Set<string>, label: string | undefined): string {
  if (endCursor !== null && endCursor !== undefined && !visited.has(endCursor)) {
    visited.add(endCursor);
    return endCursor;
  }
  const fault =
    endCursor === null || endCursor === undefined
      ? "a page says that more follows but gives no cursor to go on from"
      : `a page ends at a cursor that the walk has been at already, ${JSON.stringify(endCursor)}; does the operation pass $after on?`;
  throw new SidelinesError(label ? `${label}: ${fault}` : fault, { kind: "cursor", code: "CURSOR_STUCK", operation: label });
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
