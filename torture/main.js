// npm run torture -- [--short] [--only group,…]
// Attacks the built service and breaks what it stands on, and says what it survives.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { say } from "../bench/terminal.js";
import { openBench } from "./bench.js";
import { hasPostgres } from "./postgres.js";
import { report, runCases, writePage } from "./run.js";

const folder = dirname(fileURLToPath(import.meta.url));
const groups = [
  "protocol",
  "documents",
  "lists",
  "bytes",
  "texts",
  "leaks",
  "rights",
  "injection",
  "start",
  "copies",
  "lockfile",
  "database",
  "diagnostics",
  "clocks",
  "writes",
  "process",
  "slots",
  "growth",
  "chance",
  "soak",
];

const help = `Attacks the built service and breaks what it stands on: a real server, a real Postgres, from this machine's programs.

  npm run torture --               everything (about ten minutes)
    --short                        what can be tried in a minute or two, with smaller numbers
    --only <group,…>               ${groups.join(", ")}
    --case <text>                  only cases with this text in their names
    --seed <text>                  other chance
    --results <folder>             where to write latest.json, torture/results unless given
    --save                         write the table to docs/torture.md
    --patience <number>            all times allowed, times this; for machines that do other work as well
`;

const { values: options } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    only: { type: "string" },
    case: { type: "string" },
    seed: { type: "string", default: "sidelines" },
    patience: { type: "string", default: "1" },
    results: { type: "string" },
    save: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function main() {
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  if (process.platform !== "linux")
    throw new Error("The bench freezes and watches processes by /proc and runs on Linux only.");
  const patience = Number(options.patience);
  if (!(patience >= 1 && patience <= 20))
    throw new Error(`--patience has to be a number from 1 to 20, but is ${options.patience}`);
  const chosen = options.only?.split(",") ?? groups;
  const unknown = chosen.filter((name) => !groups.includes(name));
  if (unknown.length > 0) throw new Error(`No group is called ${unknown.join(", ")}; there are ${groups.join(", ")}`);
  if (!hasPostgres()) {
    say("skipped: no Postgres binaries on this machine");
    return 0;
  }
  execFileSync(process.execPath, [join(dirname(folder), "scripts/build.js"), "--if-stale"], {
    cwd: dirname(folder),
    stdio: "inherit",
  });
  const lists = await Promise.all(
    groups
      .filter((name) => chosen.includes(name))
      .map(async (name) => (await import(`./cases/${name}.js`)).cases.map((one) => ({ group: name, ...one }))),
  );
  const cases = lists
    .flat()
    .filter(({ name, isLong }) => (!options.case || name.includes(options.case)) && !(options.short && isLong));
  const bench = await openBench({ isShort: options.short, seed: options.seed, patience });
  try {
    const results = await runCases(cases, bench);
    const facts = { seed: options.seed, short: options.short, patience };
    if (options.save) writePage(results, facts, join(dirname(folder), "docs/torture.md"));
    return report(results, facts, options.results ?? join(folder, "results")) > 0 ? 1 : 0;
  } finally {
    await bench.close();
  }
}

process.setMaxListeners(0); // each service and each Postgres wants to be ended with this process
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(`\n${error.stack ?? error}`);
    process.exit(2);
  },
);
