#!/usr/bin/env node
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, Option } from "commander";
import { readConfig, type Config, type DatabaseOverrides } from "./config.js";
import { migrate, migrationState } from "./database/migrate.js";
import { DatabaseError, openDatabase, type Database } from "./database/open.js";
import { packageRoot } from "./lib/root.js";
import { exportPack, type ExportReport } from "./packs/export.js";
import { faultLine, PackError } from "./packs/faults.js";
import { importPacks, type ImportReport } from "./packs/import.js";

/** How the program ends. */
export const exitCodes = {
  /** Everything was done. */
  done: 0,
  /** What was to be loaded has faults; nothing was written. */
  faults: 1,
  /** The command, its arguments or the configuration cannot be used. */
  usage: 2,
  /** The database cannot be reached, is not up to date or failed. */
  database: 3,
  /** A fault of the program itself. */
  internal: 4,
} as const;

/** Where the program writes. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Whether somebody watches the errors, so that a line can be written over. */
  readonly isWatched: boolean;
  readonly environment?: NodeJS.ProcessEnv;
}

interface DatabaseOptions extends DatabaseOverrides {
  readonly json?: boolean;
}

interface ImportCommandOptions extends DatabaseOptions {
  readonly dryRun?: boolean;
}

const exitHelp = `
Exit codes:
  0  done
  1  what was to be loaded has faults; nothing was written
  2  the command, its arguments or the configuration cannot be used
  3  the database cannot be reached, is not up to date or failed
  4  a fault of the program itself`;

/**
 * Runs the command that the arguments name.
 * @param args without the program's own name.
 * @returns how the program is to end; `serve` comes back when the service listens, and the service goes on.
 */
export async function runCommand(args: readonly string[], output: Output): Promise<number> {
  const isJson = args.includes("--json");
  try {
    await buildProgram(output).parseAsync([...args], { from: "user" });
    return exitCodes.done;
  } catch (error) {
    return reportFailure(error, isJson, output);
  }
}

function buildProgram(output: Output): Command {
  const program = new Command("sidelines")
    .description("An open, source-cited record of defence diplomacy, served over GraphQL.")
    .version(readVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .showHelpAfterError("(--help shows what there is)")
    .exitOverride()
    .configureOutput({ writeOut: (text) => { output.out(text); }, writeErr: (text) => { output.err(text); } })
    .addHelpText("after", `\nSettings are read from the environment; the options of a command go before them.\n${exitHelp}`);
  addServe(program, output);
  addMigrate(program, output);
  addImport(program, output);
  addExport(program, output);
  return program;
}

function addServe(program: Command, output: Output): void {
  withDatabaseOptions(program.command("serve"))
    .description("serve the record over HTTP; an empty one is filled with the seeds first")
    .addHelpText("after", examples("sidelines serve", "PORT=8080 sidelines serve --data-dir ./record", "sidelines serve --database-url postgres://localhost/sidelines"))
    .action(async (options: DatabaseOptions) => {
      // The service brings a web server along, which no other command needs.
      const { serve } = await import("./main.js");
      await serve(configure(options, output), { say: (line) => { output.out(`${line}\n`); } });
    });
}

function addMigrate(program: Command, output: Output): void {
  withJson(withDatabaseOptions(program.command("migrate")))
    .description("bring the tables of the database up to date")
    .addHelpText("after", examples("sidelines migrate", "sidelines migrate --database-url postgres://localhost/sidelines --json"))
    .action(async (options: DatabaseOptions) => {
      const applied = await withDatabase(options, output, ({ url }) => migrate(url));
      const text = applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`;
      print(output, options, { applied }, text);
    });
}

function addImport(program: Command, output: Output): void {
  withJson(withDatabaseOptions(program.command("import")))
    .description("load packs of records on top of what the record holds: all of them, or with any fault nothing")
    .argument("<path...>", "packs: folders with *.yaml, *.yml or *.json files, or single such files")
    .option("--dry-run", "check everything, write nothing")
    .addHelpText("after", examples("sidelines import seeds/report seeds/facts", "sidelines import --dry-run my-pack", "sidelines import --json my-pack.yaml > report.json"))
    .action(async (paths: string[], options: ImportCommandOptions) => {
      const { dryRun = false } = options;
      const report = await withDatabase(options, output, async (database) => {
        if (dryRun) await checkMigrated(database);
        else await migrate(database.url);
        const progress = startProgress(output);
        return importPacks(database, paths, { dryRun, progress: progress.say }).finally(progress.end);
      });
      print(output, options, report, importText(report));
    });
}

function addExport(program: Command, output: Output): void {
  withJson(withDatabaseOptions(program.command("export")))
    .description("write the whole record as a pack, one file for each collection and the texts beside")
    .argument("<folder>", "a folder that is empty or does not exist yet")
    .addHelpText("after", examples("sidelines export record-2024-11", "sidelines export --data-dir ./record copy"))
    .action(async (folder: string, options: DatabaseOptions) => {
      const report = await withDatabase(options, output, async (database) => {
        await checkMigrated(database);
        const progress = startProgress(output);
        return exportPack(database, folder, { progress: progress.say }).finally(progress.end);
      });
      print(output, options, report, exportText(folder, report));
    });
}

function withDatabaseOptions(command: Command): Command {
  return command
    .addOption(new Option("--database-url <url>", "Postgres to use, instead of DATABASE_URL").conflicts("dataDir"))
    .addOption(new Option("--data-dir <folder>", "folder of the embedded database, instead of SIDELINES_DATA_DIR"))
    .allowExcessArguments(false);
}

function withJson(command: Command): Command {
  return command.option("--json", "print the report as JSON");
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n${exitHelp}`;
}

function configure({ databaseUrl, dataDir }: DatabaseOptions, { environment }: Output): Config {
  return readConfig(environment, { databaseUrl, dataDir });
}

async function withDatabase<T>(options: DatabaseOptions, output: Output, work: (database: Database) => Promise<T>): Promise<T> {
  const config = configure(options, output);
  const log = {
    info: () => undefined,
    warn: (message: string) => { output.err(`${message}\n`); },
    error: (message: string) => { output.err(`${message}\n`); },
  };
  const database = await openDatabase(config.database, log);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function checkMigrated({ url }: Database): Promise<void> {
  const { pending } = await migrationState(url);
  if (pending.length > 0) throw new DatabaseError("the tables of the database are not up to date; run `sidelines migrate` first");
}

// Progress is for people: written over itself where somebody watches, and not at all elsewhere.
function startProgress(output: Output) {
  const clear = "\r\u001b[K";
  return {
    say: (step: string): void => {
      if (output.isWatched) output.err(`${clear}${step} …`);
    },
    end: (): void => {
      if (output.isWatched) output.err(clear);
    },
  };
}

function print(output: Output, { json = false }: DatabaseOptions, report: object, text: string): void {
  output.out(json ? `${JSON.stringify(report, null, 2)}\n` : `${text}\n`);
}

function importText({ packs, records, created, updated, unchanged, recordVersion, isDryRun }: ImportReport): string {
  const tables = Object.entries(records).filter(([, counts]) => counts.created + counts.updated > 0);
  const lines = tables.map(([table, counts]) => `  ${table.padEnd(18)}${count(counts.created, "new")}${count(counts.updated, "changed")}`.trimEnd());
  const done = isDryRun ? `${packs.join(", ")} can be loaded` : `Loaded ${packs.join(", ")}`;
  const version = isDryRun ? "Nothing was written" : `The record is at version ${String(recordVersion)}`;
  return [`${done}: ${String(created)} new, ${String(updated)} changed, ${String(unchanged)} as they were.`, ...lines, `${version}.`].join("\n");
}

function count(number: number, word: string): string {
  return (number === 0 ? "" : `${String(number).padStart(7)} ${word}`).padEnd(16);
}

function exportText(folder: string, { files, records }: ExportReport): string {
  const total = Object.values(records).reduce((sum, number) => sum + number, 0);
  return `Wrote ${String(total)} records in ${String(files.length)} files to ${folder}.`;
}

// What people can mend is told in a sentence; the name of an error says whose fault it is.
const codeOfError: Readonly<Record<string, number>> = {
  ConfigError: exitCodes.usage,
  ExportError: exitCodes.usage,
  StartError: exitCodes.usage,
  DatabaseError: exitCodes.database,
  EmbeddedError: exitCodes.database,
  MigrationError: exitCodes.database,
};

function reportFailure(error: unknown, isJson: boolean, output: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof PackError) {
    if (isJson) output.out(`${JSON.stringify({ total: error.total, faults: error.faults }, null, 2)}\n`);
    else output.err(`${faultsText(error)}\n`);
    return exitCodes.faults;
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error ? codeOfError[error.name] : undefined;
  output.err(code === undefined ? `sidelines failed: ${message.trim()}\n` : `sidelines: ${message}\n`);
  return code ?? exitCodes.internal;
}

function faultsText({ faults, total }: PackError): string {
  const more = total - faults.length;
  const lines = faults.map(faultLine);
  if (more > 0) lines.push(`… and ${String(more)} more`);
  return [...lines, "", `${String(total)} ${total === 1 ? "fault" : "faults"}; nothing was written.`].join("\n");
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: string }).version;
}

function isProgram(): boolean {
  const [, started] = process.argv;
  return started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url);
}

if (isProgram()) {
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isWatched: process.stderr.isTTY,
  });
}
