// The statements that a contestant really sends, with the plans that Postgres really runs, from Postgres' own log.
import { setTimeout as sleep } from "node:timers/promises";

const explainSettings = {
  session_preload_libraries: "auto_explain",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_buffers": "on",
  "auto_explain.log_timing": "off",
  "auto_explain.log_format": "json",
};

/** Has every new connection to a database log its plans. @returns undoes it. */
export async function explainEverything(client) {
  const { rows } = await client.query("SELECT quote_ident(current_database()) AS name");
  const database = rows[0].name;
  // A first load makes the library's settings known to the server.
  await client.query("LOAD 'auto_explain'");
  for (const [name, value] of Object.entries(explainSettings))
    await client.query(`ALTER DATABASE ${database} SET ${name} = '${value}'`);
  return async () => {
    for (const name of Object.keys(explainSettings)) await client.query(`ALTER DATABASE ${database} RESET ${name}`);
  };
}

/**
 * The plans logged while something is done.
 * @returns {Promise<{ text: string, milliseconds: number, plan: object }[]>}
 */
export async function plansDuring(server, act) {
  let log = "";
  const stop = server.listen((chunk) => (log += chunk));
  try {
    await act();
    // The log comes by a pipe of its own, and may come after the answer.
    await sleep(300);
  } finally {
    stop();
  }
  return parsePlans(log);
}

function parsePlans(log) {
  const found = [];
  // Lines after the first of an entry begin with a tab.
  for (const entry of log.split(/\n(?!\t)/)) {
    const match = /duration: ([\d.]+) ms {2}plan:\n([\s\S]*)$/.exec(entry);
    if (!match) continue;
    const explained = JSON.parse(match[2].replace(/^\t/gm, ""));
    found.push({ text: explained["Query Text"], milliseconds: Number(match[1]), plan: explained.Plan });
  }
  return found;
}

const scans = /Scan$/;

/**
 * What a plan touched: rows read from tables and indexes, those filtered out again included, pages of shared memory, and
 * how it came to them.
 */
export function touchedBy(plan) {
  const touched = {
    rows: 0,
    pages: (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0),
    ways: new Map(),
  };
  visit(plan, touched);
  return touched;
}

function visit(node, touched) {
  const loops = node["Actual Loops"] ?? 0;
  const type = node["Node Type"];
  if (scans.test(type) && (node["Relation Name"] || node["Index Name"])) {
    const rows =
      ((node["Actual Rows"] ?? 0) +
        (node["Rows Removed by Filter"] ?? 0) +
        (node["Rows Removed by Index Recheck"] ?? 0)) *
      loops;
    // A bitmap's rows are read once, by the heap scan above it.
    if (type !== "Bitmap Index Scan") touched.rows += rows;
    if (loops > 0)
      touched.ways.set(`${type.replace(" Scan", "")} ${node["Index Name"] ?? node["Relation Name"]}`, true);
  } else if (loops > 0 && /Sort|Hash Join|Merge Join/.test(type)) {
    touched.ways.set(type, true);
  }
  for (const child of node.Plans ?? []) visit(child, touched);
}
