import type { FieldNode } from "graphql";
import { sql } from "kysely";
import { decodeCursor, encodeCursor, type CursorValue } from "../lib/cursors.js";
import { inputError } from "../lib/errors.js";
import type { Beside } from "./beside.js";
import type { Compiled, Finish, Row } from "./declarations.js";
import { mapLeaf, type Input, type Leaf } from "./inputs.js";
import { assemble, finishList, typename, type Planner } from "./planner.js";
import { all, jsonArray, jsonObject, jsonRows, jsonOf, literal, parameter, type Sql } from "./sql.js";

/** One value that a list is ordered by. Never null; the last of an order is unique. */
export interface OrderTerm {
  readonly by: Sql;
  /** The same value where it is looked for, if that is elsewhere: see `Through`. */
  readonly seek?: Sql;
  readonly type: "text" | "date" | "int" | "bigint";
  readonly direction: "ASC" | "DESC";
}

/** A total order with a name that cursors carry. */
export interface Order {
  readonly name: string;
  readonly terms: readonly OrderTerm[];
}

/** The rows of a connection. */
export interface ConnectionSource {
  /** The type of the entries. */
  readonly type: string;
  /** The rows, under the alias of `row`: a table or a query. */
  readonly from: Sql;
  readonly row: Row;
  readonly where: readonly (Sql | undefined)[];
  readonly order: Order;
  readonly through?: Through | undefined;
  /** Instead of `from` and `where`: the sources that the rows are merged from. */
  readonly merged?: Merged | undefined;
  /** A joined row for each entry, whose columns may be part of the order. */
  readonly beside?: (Beside & { readonly order: () => Order }) | undefined;
}

/**
 * Another table through which the rows of a list are found, because that is where an index has them in order: the seats
 * of a party lead to its meetings. A row that is found more than once is listed once. The terms of the order say by
 * `seek` where their values are found in it; the last of them is the key.
 */
export interface Through {
  /** The table with its alias. */
  readonly table: Sql;
  /** The id of the row it leads to. */
  readonly key: Sql;
  readonly where: readonly (Sql | undefined)[];
}

/**
 * A list that is merged from several sources. Each is searched by itself in the order of the list, and no further than
 * the page reaches, so that a search ends early wherever an index has the rows of a source in that order.
 */
export interface Merged {
  readonly sources: readonly MergedSource[];
  /** The columns that hold the values of the order, term by term. */
  readonly orderedBy: readonly string[];
  /** Common table expressions of all sources. */
  readonly shared?: Sql;
  /**
   * Whether the first sort key is constant within each source, and sources are in its order. Sources before the cursor
   * are then skipped, and so are those after a full page.
   */
  readonly isConsecutive?: boolean;
}

/** One source of a merged list. */
export interface MergedSource {
  /** The columns of its rows, by name: in all sources the same in the same order. */
  readonly columns: Readonly<Record<string, Sql>>;
  /** One or more tables with their aliases. */
  readonly from: Sql;
  readonly where: readonly (Sql | undefined)[];
  /** Whether it can find a row more than once; it is listed once. */
  readonly repeats?: boolean;
}

/** The arguments of a connection; each is null or absent where not given. */
export interface PageArguments {
  readonly first?: Leaf<number> | null | undefined;
  readonly after?: Leaf<string> | null | undefined;
  readonly last?: Leaf<number> | null | undefined;
  readonly before?: Leaf<string> | null | undefined;
}

/** Which part of each entry a response key wants. */
interface View {
  readonly compiled: Compiled;
}

interface Wanted {
  readonly views: View[];
  /** Builds the value of one response key from the rows. */
  readonly builders: { readonly key: string; readonly build: (read: Read, request: unknown) => unknown }[];
  needsCursors: boolean;
  needsMore: boolean;
  needsOpposite: boolean;
  needsTotal: boolean;
}

/** The result of a statement for a connection. */
interface Read {
  /** Entries in the order of the list, cut to the page; each is an array of views and perhaps the cursor's values. */
  readonly entries: readonly (readonly unknown[])[];
  readonly cursorAt: (entry: readonly unknown[]) => string;
  readonly hasMore: boolean;
  readonly hasOpposite: boolean;
  readonly isBackward: boolean;
  readonly total: number;
}

/**
 * A page of a list, computed in SQL. Rows are selected and limited first, and only those on the page become JSON.
 * @param connectionType the name of the connection's GraphQL type.
 */
export function compileConnection(
  planner: Planner,
  connectionType: string,
  nodes: readonly FieldNode[],
  args: PageArguments,
  source: ConnectionSource,
): Compiled {
  const page = readPage(planner, nodes, args, source.order);
  if (page.cursor) planner.checks.push(page.cursor);
  const plain = page.isBackward ? undefined : plainConnection(planner, connectionType, nodes, page, source);
  if (plain) return plain;
  const wanted = readSelection(planner, connectionType, nodes, source);
  const rows = pageOfRows(page, wanted, source);
  const parts: [string, Sql][] = [["rows", rows]];
  if (wanted.needsTotal) {
    parts.push(["total", countOf(source)]);
  }
  if (wanted.needsOpposite && page.cursor !== undefined) {
    parts.push(["opposite", existsOnOtherSide(page, page.cursor, source)]);
  }
  return { sql: jsonObject(parts), finish: finishConnection(wanted, page, source.order) };
}

/**
 * Whether there are entries on the other side of the cursor. The cursor's own entry is not on the page, so it counts.
 */
function existsOnOtherSide(page: Page, cursor: Leaf<readonly CursorValue[]>, source: ConnectionSource): Sql {
  const beyond = (seek?: readonly Sql[]) =>
    beyondCursor(
      source.order,
      cursor,
      page.isBackward ? "after" : "before",
      "included",
      seek,
      source.merged?.isConsecutive,
    );
  if (source.merged)
    return sql`(exists (select 1 from ${mergedRows(source, source.merged, { beyond, limit: 1 })}))::text`;
  const { from, where } = searched(source);
  const ordered = source.beside ? sql`${from}${source.beside.join}` : from;
  return sql`(exists (select 1 from ${ordered} where ${all([...where, beyond()])}))::text`;
}

/** The fields of a connection that Postgres can write by itself. */
const plainFields = new Set(["nodes", "totalCount", "__typename"]);

/**
 * A page with entries and total only, which Postgres writes as the final JSON.
 * @returns undefined if more is selected.
 */
function plainConnection(
  planner: Planner,
  type: string,
  nodes: readonly FieldNode[],
  page: Page,
  source: ConnectionSource,
): Compiled | undefined {
  const pairs: [string, Sql][] = [];
  const finishes: [string, Finish][] = [];
  const selection = planner.select(type, nodes);
  // Looked at before anything is compiled: what lies below would otherwise be compiled twice, and so at every level.
  if ([...selection.values()].some(([node]) => !plainFields.has((node as FieldNode).name.value))) return undefined;
  for (const [key, fieldNodes] of selection) {
    switch ((fieldNodes[0] as FieldNode).name.value) {
      case "nodes": {
        const { sql: cell, finish } = planner.object(source.type, fieldNodes, source.row);
        pairs.push([key, rowsOfPage(cell, page, page.size, source)]);
        const finishAll = finishList(finish);
        if (finishAll) finishes.push([key, finishAll]);
        break;
      }
      case "totalCount":
        pairs.push([key, countOf(source)]);
        break;
      default:
        pairs.push([key, typename(type)]);
    }
  }
  return assemble({ pairs, finishes });
}

/** The tables and conditions of a list. */
function searched({ row, from, where, through }: ConnectionSource): {
  readonly from: Sql;
  readonly where: readonly (Sql | undefined)[];
} {
  if (!through) return { from, where };
  if (!where.some(Boolean)) return { from: through.table, where: through.where };
  // A scalar query stays where it is, so that rows are checked one by one in the order of the index.
  const fulfilled = sql`(select ${all(where)} from ${from} where ${row.col("id")} = ${through.key})`;
  return { from: through.table, where: [...through.where, fulfilled] };
}

/** The part of the sources that a merged list reads. */
interface Reach {
  /** The condition for rows beyond the cursor, from a source's sort keys. */
  readonly beyond?: ((seek: readonly Sql[]) => Sql) | undefined;
  readonly limit?: number;
  readonly direction?: (term: OrderTerm) => Sql;
  readonly isBackward?: boolean;
}

/** The rows of all sources of a merged list as far as they are wanted, under the alias of the list's row. */
function mergedRows(
  { row, order }: ConnectionSource,
  merged: Merged,
  { beyond, limit, direction, isBackward }: Reach = {},
): Sql {
  const { sources, orderedBy, shared, isConsecutive } = merged;
  const found = ({ columns, from, where, repeats }: MergedSource, isWanted?: Sql): Sql => {
    const seek = orderedBy.map((name) => columns[name] as Sql);
    const chosen = sql.join(Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.id(name)}`));
    const once = repeats ? sql`distinct on (${sql.join(seek)}) ` : sql``;
    const sorted = direction
      ? sql` order by ${sql.join(order.terms.map((term, index) => sql`${seek[index] as Sql} ${direction(term)}`))}`
      : sql``;
    const cut = limit === undefined ? sql`` : sql` limit ${sql.lit(limit)}`;
    return sql`(select ${once}${chosen} from ${from} where ${all([isWanted, ...where, beyond?.(seek)])}${sorted}${cut})`;
  };
  const [first, ...others] = isBackward ? [...sources].reverse() : sources;
  const tables = shared ? [shared] : [];
  if (!first || !isConsecutive || limit === undefined || others.length === 0) {
    const parts = sql.join(
      sources.map((source) => found(source)),
      sql` union all `,
    );
    return sql`(${tables.length > 0 ? sql`with ${sql.join(tables)} ` : sql``}${parts}) as ${sql.ref(row.alias)}`;
  }
  // Each step has the rows so far. Postgres skips a scan whose condition is constantly false.
  const step = (index: number) => sql.id(`${row.alias}_${String(index)}`);
  tables.push(sql`${step(0)} as materialized ${found(first)}`);
  for (const [index, source] of others.entries()) {
    const isWanted = sql`(select count(*) from ${step(index)}) < ${sql.lit(limit)}`;
    tables.push(
      sql`${step(index + 1)} as materialized (select * from ${step(index)} union all ${found(source, isWanted)})`,
    );
  }
  return sql`(with ${sql.join(tables)} select * from ${step(others.length)}) as ${sql.ref(row.alias)}`;
}

function countOf(source: ConnectionSource): Sql {
  if (source.merged) return sql`(select count(*)::text from ${mergedRows(source, source.merged)})`;
  const { from, where } = searched(source);
  // Counting distinct values sorts them; selecting them first does not.
  if (source.through)
    return sql`(select count(*)::text from (select distinct ${source.through.key} from ${from} where ${all(where)}) as ${sql.ref(`${source.row.alias}_counted`)})`;
  return sql`(select count(*)::text from ${from} where ${all(where)})`;
}

const seekOf = ({ by, seek }: OrderTerm): Sql => seek ?? by;

interface Page {
  readonly isBackward: boolean;
  /** Part of the plan, because Postgres would replan a statement with an unknown limit each time, or plan it badly. */
  readonly size: number;
  readonly cursor: Input<readonly CursorValue[]> | undefined;
}

function readPage(planner: Planner, nodes: readonly FieldNode[], args: PageArguments, order: Order): Page {
  const { first, last, after, before } = args;
  const isBackward = last !== null && last !== undefined;
  if (isBackward && first !== null && first !== undefined) {
    throw inputError({ argument: "last", problem: 'cannot be combined with "first"; give one of the two.', nodes });
  }
  if (isBackward ? after : before) {
    const [wrong, size] = isBackward ? ["after", "last"] : ["before", "first"];
    throw inputError({ argument: wrong, problem: `cannot be combined with paging by "${size}".`, nodes });
  }
  const name = isBackward ? "last" : "first";
  const { maxPageSize, defaultPageSize } = planner.limits;
  const size = planner.fix((isBackward ? last : first) ?? defaultPageSize);
  if (size < 1 || size > maxPageSize) {
    const wayOut = size > maxPageSize ? " Follow the cursors for more." : "";
    throw inputError({
      argument: name,
      problem: `must be from 1 to ${maxPageSize} (service.limits.maxPageSize), but is ${size}.${wayOut}`,
      nodes,
    });
  }
  const given = isBackward ? before : after;
  if (given === null || given === undefined) return { isBackward, size, cursor: undefined };
  const types = order.terms.map(({ type }) => type);
  const cursor = mapLeaf(given, (text: string) => {
    const values = decodeCursor(order.name, types, text);
    if (values) return values;
    throw inputError({
      argument: isBackward ? "before" : "after",
      problem: "is not a cursor of this list; use a cursor that came with one of its pages and the same order.",
      nodes,
    });
  });
  return { isBackward, size, cursor };
}

function readSelection(planner: Planner, type: string, nodes: readonly FieldNode[], source: ConnectionSource): Wanted {
  const wanted: Wanted = {
    views: [],
    builders: [],
    needsCursors: false,
    needsMore: false,
    needsOpposite: false,
    needsTotal: false,
  };
  for (const [key, fieldNodes] of planner.select(type, nodes)) {
    const build = readConnectionField(planner, type, fieldNodes, source, wanted);
    wanted.builders.push({ key, build });
  }
  return wanted;
}

function addView(
  planner: Planner,
  nodes: readonly FieldNode[],
  source: ConnectionSource,
  wanted: Wanted,
): (entry: readonly unknown[], request: unknown) => unknown {
  const index = wanted.views.length;
  const compiled = planner.object(source.type, nodes, source.row);
  wanted.views.push({ compiled });
  const { finish } = compiled;
  return finish ? (entry, request) => finish(entry[index], request) : (entry) => entry[index];
}

function readConnectionField(
  planner: Planner,
  type: string,
  nodes: readonly FieldNode[],
  source: ConnectionSource,
  wanted: Wanted,
): (read: Read, request: unknown) => unknown {
  switch ((nodes[0] as FieldNode).name.value) {
    case "nodes": {
      const view = addView(planner, nodes, source, wanted);
      return (read, request) => read.entries.map((entry) => view(entry, request));
    }
    case "edges": {
      const fields = readEdgeFields(planner, planner.typeOfField(type, "edges"), nodes, source, wanted);
      return (read, request) =>
        read.entries.map((entry) =>
          Object.fromEntries(fields.map(({ key, build }) => [key, build(read, entry, request)])),
        );
    }
    case "pageInfo": {
      const fields = readPageInfoFields(planner, nodes, wanted);
      return (read) => Object.fromEntries(fields.map(({ key, build }) => [key, build(read)]));
    }
    case "totalCount":
      wanted.needsTotal = true;
      return (read) => read.total;
    default:
      return () => type;
  }
}

function readEdgeFields(
  planner: Planner,
  edgeType: string,
  nodes: readonly FieldNode[],
  source: ConnectionSource,
  wanted: Wanted,
) {
  const fields: { key: string; build: (read: Read, entry: readonly unknown[], request: unknown) => unknown }[] = [];
  for (const [key, fieldNodes] of planner.select(edgeType, nodes)) {
    const name = (fieldNodes[0] as FieldNode).name.value;
    if (name === "cursor") {
      wanted.needsCursors = true;
      fields.push({ key, build: (read, entry) => read.cursorAt(entry) });
    } else if (name === "node") {
      const view = addView(planner, fieldNodes, source, wanted);
      fields.push({ key, build: (_read, entry, request) => view(entry, request) });
    } else {
      fields.push({ key, build: () => edgeType });
    }
  }
  return fields;
}

function readPageInfoFields(planner: Planner, nodes: readonly FieldNode[], wanted: Wanted) {
  const fields: { key: string; build: (read: Read) => unknown }[] = [];
  for (const [key, fieldNodes] of planner.select("PageInfo", nodes)) {
    switch ((fieldNodes[0] as FieldNode).name.value) {
      case "hasNextPage":
        wanted.needsMore = true;
        wanted.needsOpposite = true;
        fields.push({ key, build: (read) => (read.isBackward ? read.hasOpposite : read.hasMore) });
        break;
      case "hasPreviousPage":
        wanted.needsMore = true;
        wanted.needsOpposite = true;
        fields.push({ key, build: (read) => (read.isBackward ? read.hasMore : read.hasOpposite) });
        break;
      case "startCursor":
      case "endCursor": {
        wanted.needsCursors = true;
        const place = (fieldNodes[0] as FieldNode).name.value === "startCursor" ? 0 : -1;
        fields.push({
          key,
          build: (read) => {
            const entry = read.entries.at(place);
            return entry ? read.cursorAt(entry) : null;
          },
        });
        break;
      }
      default:
        fields.push({ key, build: () => "PageInfo" });
    }
  }
  return fields;
}

/** The rows of the page as a JSON array of arrays, nearest to the cursor first. */
function pageOfRows(page: Page, wanted: Wanted, source: ConnectionSource): Sql {
  const cells = wanted.views.map(({ compiled }) => compiled.sql);
  if (wanted.needsCursors)
    cells.push(jsonArray((source.beside?.order() ?? source.order).terms.map(({ by }) => jsonOf(by))));
  if (cells.length === 0 && !wanted.needsMore) return literal("[]");
  const limit = wanted.needsMore ? page.size + 1 : page.size;
  return rowsOfPage(jsonArray(cells), page, limit, source);
}

/** One JSON value per row. Rows are chosen first, so that only those on the page are turned into JSON. */
function rowsOfPage(cell: Sql, page: Page, limit: number, source: ConnectionSource): Sql {
  const { order, row, through, beside } = source;
  const beyond =
    page.cursor &&
    ((seek?: readonly Sql[]) =>
      beyondCursor(
        order,
        page.cursor as Leaf<readonly CursorValue[]>,
        page.isBackward ? "before" : "after",
        undefined,
        seek,
        source.merged?.isConsecutive,
      ));
  const direction = (term: OrderTerm) => sql.raw((term.direction === "DESC") !== page.isBackward ? "desc" : "asc");
  const sorted = sql.join(order.terms.map((term) => sql`${seekOf(term)} ${direction(term)}`));
  if (source.merged) {
    const rows = mergedRows(source, source.merged, { beyond, limit, direction, isBackward: page.isBackward });
    return jsonRows(
      cell,
      sql`from (select ${sql.ref(row.alias)}.* from ${rows} order by ${sorted} limit ${sql.lit(limit)}) as ${sql.ref(row.alias)}`,
    );
  }
  const { from, where } = searched(source);
  const found = sql`from ${from}${beside?.join ?? sql``} where ${all([...where, beyond?.()])} order by ${sorted} limit ${sql.lit(limit)}`;
  if (!through) {
    return jsonRows(
      cell,
      sql`from (select ${sql.ref(row.alias)}.*${beside?.carried() ?? sql``} ${found}) as ${sql.ref(row.alias)}`,
    );
  }
  // Equal rows follow each other in the order of the list, so that the limit ends the search.
  const place = (index: number) => sql.ref(`${row.alias}_found.${index}`);
  const places = sql.join(order.terms.map((term, index) => sql`${seekOf(term)} as ${sql.ref(String(index))}`));
  const keys = sql`select distinct on (${sql.join(order.terms.map(seekOf))}) ${places} ${found}`;
  const join = sql`${row.col("id")} = ${place(order.terms.length - 1)}`;
  const again = order.terms.map((term, index) => sql`${place(index)} ${direction(term)}`);
  return jsonRows(cell, sql`from (${keys}) as ${sql.ref(`${row.alias}_found`)} join ${source.from} on ${join}`, again);
}

/**
 * The condition for rows on one side of a cursor, optionally with its own row.
 * @param seek Expressions for the sort keys, if they differ from those of the order.
 * @param isApart Whether the first key is constant within a source, which then decides whether the source is read at
 * all.
 */
function beyondCursor(
  order: Order,
  cursor: Leaf<readonly CursorValue[]>,
  side: "before" | "after",
  own?: "included",
  seek: readonly Sql[] = order.terms.map(seekOf),
  isApart = false,
): Sql {
  const values = order.terms.map(({ type }, index) =>
    parameter(
      mapLeaf(cursor, (all) => all[index] ?? null),
      type,
    ),
  );
  const compare = ({ direction }: OrderTerm, isLast: boolean) =>
    sql.raw(`${(direction === "ASC") === (side === "after") ? ">" : "<"}${own && isLast ? "=" : ""}`);
  const last = order.terms.length - 1;
  if (new Set(order.terms.map(({ direction }) => direction)).size === 1) {
    const beyond = sql`(${sql.join(seek)}) ${compare(order.terms[last] as OrderTerm, true)} (${sql.join(values)})`;
    return all([isApart && sql`${seek[0]} ${compare(order.terms[0] as OrderTerm, false)}= ${values[0]}`, beyond]);
  }
  const alternatives = order.terms.map((term, index) => {
    const equal = order.terms.slice(0, index).map((_earlier, i) => sql`${seek[i] as Sql} = ${values[i] as Sql}`);
    return all([...equal, sql`${seek[index]} ${compare(term, index === last)} ${values[index]}`]);
  });
  return sql`(${sql.join(alternatives, sql` or `)})`;
}

function finishConnection(wanted: Wanted, page: Page, order: Order): Finish {
  const cursorPlace = wanted.views.length;
  const cursorAt = (entry: readonly unknown[]) => encodeCursor(order.name, entry[cursorPlace] as CursorValue[]);
  return (value, request) => {
    const { rows, total, opposite } = value as {
      rows: (readonly unknown[])[];
      total?: number;
      opposite?: boolean;
    };
    const hasMore = rows.length > page.size;
    if (hasMore) rows.length = page.size;
    if (page.isBackward) rows.reverse();
    const read: Read = {
      entries: rows,
      cursorAt,
      hasMore,
      hasOpposite: opposite ?? false,
      isBackward: page.isBackward,
      total: total ?? 0,
    };
    const connection: Record<string, unknown> = {};
    for (const { key, build } of wanted.builders) connection[key] = build(read, request);
    return connection;
  };
}
