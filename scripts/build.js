// Builds what git does not hold: generated sources, the service in dist/ and its playground.
//
//   node scripts/build.js              everything, from a clean dist/
//   node scripts/build.js generate     only the generated sources
//   … --if-stale                       only the steps whose inputs changed since they last succeeded; silent if none did
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, "dist/.build");

/** What every step depends on: the tools' versions and this script. */
const common = ["package-lock.json", "scripts/build.js"];

const contract = [
  "schema.graphql",
  "federation.graphql",
  "codegen.yml",
  "scripts/codegen",
  "src/operations",
  "src/pages/operations",
  "src/desk/operations",
  "src/agents/operations",
];

/**
 * The steps in the order of their needs; those of one stage run side by side.
 * `inputs` are files or folders, less those in `except`; `output` shows that the step's work is still there. A step with
 * a `config` runs only where that file is. `memory` is what its tool keeps about its output, worthless without it.
 */
const steps = [
  {
    name: "database client",
    stage: "generate",
    inputs: ["prisma/schema.prisma"],
    output: "src/generated/prisma/client.ts",
    command: [binary("prisma"), "generate"],
    // Generating needs no schema engine, but Prisma downloads one unless it is told where one is; it never starts it.
    environment: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: "1",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
  },
  {
    name: "contract types",
    stage: "generate",
    inputs: contract,
    output: "src/generated/operations.ts",
    command: [binary("@graphql-codegen/cli", "graphql-codegen"), "--config", "codegen.yml", "--errors-only"],
  },
  {
    name: "service",
    stage: "build",
    inputs: ["src", "tsconfig.json", "tsconfig.build.json", "prisma/schema.prisma", ...contract],
    except: ["src/generated", "src/playground", "src/desk"],
    output: "dist/main.js",
    memory: "dist/.tsbuildinfo",
    command: [binary("typescript", "tsc"), "-p", "tsconfig.build.json"],
  },
  {
    name: "manifest",
    stage: "build",
    inputs: ["src/operations", "src/desk/operations", "src/agents/operations", "scripts/manifest.js"],
    output: "dist/documents.manifest.json",
    command: [join(root, "scripts/manifest.js")],
  },
  {
    name: "playground",
    stage: "build",
    config: "src/playground/vite.config.ts",
    inputs: ["src/playground", "src/operations", "schema.graphql"],
    output: "dist/playground",
    command: [
      binary("vite"),
      "build",
      "src/playground",
      "--outDir",
      join(root, "dist/playground"),
      "--emptyOutDir",
      "--logLevel",
      "warn",
    ],
  },
  {
    name: "desk",
    stage: "build",
    config: "src/desk/vite.config.ts",
    inputs: ["src/desk", "src/sdk", "schema.graphql"],
    output: "dist/desk",
    command: [
      binary("vite"),
      "build",
      "src/desk",
      "--outDir",
      join(root, "dist/desk"),
      "--emptyOutDir",
      "--logLevel",
      "warn",
    ],
  },
  {
    name: "declarations",
    stage: "check",
    inputs: [
      "src/modules",
      "src/packs",
      "src/acts",
      "src/writing",
      "prisma/schema.prisma",
      "schema.graphql",
      "federation.graphql",
      "docs/packs.md",
      "scripts/declarations.js",
    ],
    output: "dist/packs/sections.js",
    command: [join(root, "scripts/declarations.js")],
  },
];

const { values, positionals } = parseArgs({ strict: false, options: { "if-stale": { type: "boolean" } } });
const { "if-stale": ifStale = false, ...options } = values;
const [unknown] = [
  ...Object.keys(options).map((name) => `--${name}`),
  ...positionals.filter((name) => name !== "generate"),
];
if (unknown) {
  console.error(`build: unknown argument "${unknown}"; give "generate" or nothing, and --if-stale if you like.`);
  process.exit(2);
}
process.exitCode = (await build(positionals.length > 0 ? ["generate"] : ["generate", "build", "check"], ifStale))
  ? 0
  : 1;

/**
 * Runs the steps of the stages, one stage after the other.
 * @returns whether all of them succeeded; a stage that failed ends the build.
 */
async function build(stages, ifStale) {
  const began = performance.now();
  const stamps = readStamps();
  const wanted = steps
    .filter(({ stage, config }) => stages.includes(stage) && (!config || existsSync(join(root, config))))
    .map((step) => ({ ...step, hash: hashOf(step) }));
  const due = wanted.filter(
    (step) => !ifStale || stamps[step.name] !== step.hash || !existsSync(join(root, step.output)),
  );
  if (due.length === 0) return true;

  // Nothing that was built from a source now deleted may stay behind.
  if (stages.includes("build") && !ifStale) rmSync(join(root, "dist"), { recursive: true, force: true });
  for (const stage of stages) {
    const results = await Promise.all(due.filter((step) => step.stage === stage).map(run));
    for (const { name, hash, succeeded } of results) stamps[name] = succeeded ? hash : undefined;
    writeStamps(stamps);
    if (results.some(({ succeeded }) => !succeeded)) return false;
  }
  report("built", began);
  return true;
}

/** Runs one step in a process of its own and prints its time, or all that it said if it failed. */
async function run(step) {
  const began = performance.now();
  if (step.memory && !existsSync(join(root, step.output))) rmSync(join(root, step.memory), { force: true });
  const child = spawn(process.execPath, step.command, { cwd: root, env: { ...process.env, ...step.environment } });
  const said = [];
  child.stdout.on("data", (chunk) => said.push(chunk));
  child.stderr.on("data", (chunk) => said.push(chunk));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  const succeeded = code === 0;
  report(succeeded ? step.name : `${step.name} FAILED`, began);
  if (!succeeded) process.stderr.write(Buffer.concat(said));
  return { ...step, succeeded };
}

function report(what, began) {
  // Not to standard output, which belongs to the command that a build comes before.
  console.error(`${what.padEnd(24)}${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s`);
}

/** The file that a package runs as a command, so that it can be started without a shell. */
function binary(name, command = name) {
  const folder = join(root, "node_modules", name);
  if (!existsSync(folder)) {
    console.error(`build: ${name} is not installed; run "npm ci" first.`);
    process.exit(2);
  }
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** A hash over the names and the contents of all that a step reads. */
function hashOf({ inputs, except = [] }) {
  const hash = createHash("sha256");
  const files = [...common, ...inputs]
    .flatMap(filesUnder)
    .filter((file) => !except.some((folder) => file.startsWith(`${folder}/`)));
  for (const file of [...new Set(files)].sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** The files under a path of the project, itself if it is one, as paths with forward slashes from the project's root. */
function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

/** The hash of each step's inputs when it last succeeded; none if there was no build or its record cannot be read. */
function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return {};
  }
}

function writeStamps(stamps) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify(stamps, null, 2)}\n`);
}
