import type { Pool, PoolClient } from "pg";

interface PlanNode {
  readonly "Node Type": string;
  readonly "Join Type"?: string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "CTE Name"?: string;
  readonly "Function Name"?: string;
  readonly "Subplan Name"?: string;
  readonly "Parent Relationship"?: string;
  readonly Strategy?: string;
  readonly Plans?: readonly PlanNode[];
}

// Steps that neither read nor join, sort or group.
const silent = new Set(["Result", "Subquery Scan", "Hash", "Materialize", "Memoize", "ProjectSet"]);

/**
 * The plan of a statement, a line for each step with what it reads, without figures: "index scan of Meeting by
 * Meeting_pkey". Tables of the seeds are small enough to be read whole; where an index serves, the plan shows it.
 */
export async function planShape(pool: Pick<Pool, "connect">, text: string, values: readonly unknown[]): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL enable_seqscan = off");
    return shapeOf(await explained(client, text, values), values);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

async function explained(client: PoolClient, text: string, values: readonly unknown[]): Promise<PlanNode> {
  const { rows } = await client.query<{ "QUERY PLAN": readonly [{ Plan: PlanNode }] }>(
    `EXPLAIN (FORMAT JSON, COSTS false) ${text}`,
    [...values],
  );
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  if (plan === undefined) throw new Error("Postgres explained nothing");
  return plan;
}

function shapeOf(plan: PlanNode, values: readonly unknown[]): string {
  const bound = values.map((value, index) => `$${String(index + 1)} = ${JSON.stringify(value)}\n`);
  return `${bound.join("")}${linesOf(plan, 0).join("\n")}\n`;
}

function linesOf(node: PlanNode, depth: number): string[] {
  const isNamed = node["Subplan Name"]?.startsWith("CTE ") === true;
  const name = isNamed ? [`${"  ".repeat(depth)}${node["Subplan Name"] ?? ""}:`] : [];
  const inner = isNamed ? depth + 1 : depth;
  const isSilent = silent.has(node["Node Type"]);
  const own = isSilent ? [] : [`${"  ".repeat(inner)}${stepOf(node)}`];
  const below = isSilent ? inner : inner + 1;
  return [...name, ...own, ...(node.Plans ?? []).flatMap((one) => linesOf(one, below))];
}

function stepOf(node: PlanNode): string {
  const type = node["Node Type"];
  const read = node["Relation Name"] ?? node["CTE Name"] ?? node["Function Name"];
  const join = node["Join Type"];
  const kind = join === undefined || join === "Inner" ? type : `${type} (${join})`;
  const strategy = type === "Aggregate" && node.Strategy !== "Plain" ? ` (${node.Strategy ?? ""})` : "";
  const of = read === undefined ? "" : ` of ${read}`;
  const by = node["Index Name"] === undefined ? "" : ` by ${node["Index Name"]}`;
  return `${kind}${strategy}`.toLowerCase() + of + by;
}
