// npm run bench -- [--quick] [--meetings 100000] [--growth] [--scale] [--start] …
// Builds a record in a Postgres of its own and measures Sidelines beside what a user would pick instead.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const folder = dirname(fileURLToPath(import.meta.url));
const root = dirname(folder);

const help = `Measures Sidelines beside its peers: same machine, same Postgres, same record, same questions.

  npm run bench --                 the whole comparison (about ten minutes)
    --quick                        short windows, few rounds (about two minutes); read the order, not the digits
    --meetings <number>            size of the record, 100000 unless given, at most 1000000
    --seed <text>                  another record of the same size
    --only <name,…>                only these contestants: limit, sidelines, sidelines-cached, sidelines-executed,
                                   mercurius, postgraphile, yoga, apollo
    --questions <name,…>           only these questions: meeting, latest, party, members, deep
    --rounds <number>              rounds per question
    --product <folder>             measure another built Sidelines than this one
    --fresh                        make the record anew
    --save                         write the results to docs/performance.md and its picture
  npm run bench -- --growth        each question at 10000, 100000 and 1000000 meetings, with what Postgres touches
  npm run bench -- --scale         one process and two, without and with a replica, through a pool, answers kept
  npm run bench -- --start         time to the first answer and memory, in both database modes
  npm run bench -- --writes        mutations of one editor and sixteen, in both database modes, and their history
    --only <mode,…>                only postgres or embedded
  npm run bench -- --answers       what each of the answers costs at 100000 and 1000000 meetings
  npm run bench -- --costs         whether the worst input of each root field and list takes the time that it costs
  npm run bench -- --search        searches of many kinds at 10000, 100000 and 1000000 meetings
    --sizes <number,…>             at these numbers of meetings instead
`;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    meetings: { type: "string", default: "100000" },
    seed: { type: "string", default: "sidelines" },
    only: { type: "string" },
    questions: { type: "string" },
    rounds: { type: "string" },
    product: { type: "string" },
    fresh: { type: "boolean", default: false },
    save: { type: "boolean", default: false },
    growth: { type: "boolean", default: false },
    scale: { type: "boolean", default: false },
    start: { type: "boolean", default: false },
    search: { type: "boolean", default: false },
    costs: { type: "boolean", default: false },
    writes: { type: "boolean", default: false },
    sizes: { type: "string" },
    answers: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function wholeNumber(name, least, most, given = options[name]) {
  const value = Number(given);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`--${name} has to be a whole number from ${least} to ${most}, but is ${given}`);
  return value;
}

async function main() {
  if (options.help) {
    process.stdout.write(help);
    return;
  }
  if (process.platform !== "linux") throw new Error("The benchmark reads CPU time from /proc and runs on Linux only.");
  const meetings = wholeNumber("meetings", 1_000, 1_000_000);
  const product = resolve(options.product ?? root);
  if (product === root)
    execFileSync(process.execPath, [join(root, "scripts/build.js"), "--if-stale"], { cwd: root, stdio: "inherit" });
  // Mutations are measured without peers.
  if (!options.writes && !existsSync(join(folder, "node_modules"))) {
    console.log("Installing the peers …");
    execFileSync("npm", ["ci"], { cwd: folder, stdio: "inherit", timeout: 280_000 });
  }
  const measures = {
    growth: "./growth.js",
    scale: "./scale.js",
    start: "./start.js",
    search: "./search.js",
    costs: "./costs.js",
    writes: "./writes.js",
    answers: "./answers.js",
  };
  const [, measure = "./compare.js"] = Object.entries(measures).find(([name]) => options[name]) ?? [];
  const command = await import(measure);
  await command.run({
    ...options,
    meetings,
    product,
    rounds: options.rounds === undefined ? undefined : wholeNumber("rounds", 1, 100),
    only: options.only?.split(","),
    questions: options.questions?.split(","),
    sizes: options.sizes?.split(",").map((size) => wholeNumber("sizes", 1_000, 1_000_000, size)),
  });
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(`\n${error.stack ?? error}`);
    process.exit(1);
  },
);
