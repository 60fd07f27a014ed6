#!/usr/bin/env node
import { realpathSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { createKey, listKeys, revokeKey, type KeyFacts, type NewKey } from "./access/keys.js";
import { KeyError } from "./access/errors.js";
import { scopes, type Scope } from "./access/principal.js";
import { endSessions, listOpenSessions, type OpenSession } from "./access/sessions.js";
import { backUp, type BackupReport } from "./backup/backup.js";
import { checkBackup, restore, type RestoreReport } from "./backup/restore.js";
import { readConfig, type Config, type DatabaseOverrides } from "./config.js";
import { createMigration, diagnose, type Diagnosis } from "./database/diagnose.js";
import { migrate, migrationState } from "./database/migrate.js";
import { DatabaseError, openDatabase, type Database } from "./database/open.js";
import { clockText, examineClock } from "./commands/clock.js";
import type { Finding } from "./commands/doctor.js";
import { dismissDuplicate, duplicatesText, mergeRecords } from "./commands/duplicates.js";
import { watchCommand } from "./commands/watched.js";
import type { ExportFormat } from "./exports/exports.js";
import { tableTypes, type TableFormat } from "./exports/tables/formats.js";
import { FilterError, filterParametersOf, type GivenParameters } from "./exports/filters.js";
import { contractInput } from "./lib/contract.js";
import { exitCodeOf, exitCodes } from "./lib/exit-codes.js";
import { packageRoot, readVersion } from "./lib/root.js";
import type { ExportReport } from "./packs/export.js";
import { faultLine, PackError } from "./packs/faults.js";
import { importPacks, type ImportReport } from "./packs/import.js";
import { declaredRecords } from "./packs/registry.js";
import { duplicateKinds, storedDuplicates } from "./packs/stored.js";
import { isRealDay } from "./reader/dates.js";
import type { Tier } from "./reader/types.js";
import { Acknowledgement, type Acknowledged } from "./writing/acknowledgements.js";

/** Output of the program. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Whether the error output is a terminal, so that progress can overwrite a line. */
  readonly isWatched: boolean;
  readonly environment?: NodeJS.ProcessEnv;
}

interface DatabaseOptions extends DatabaseOverrides {
  readonly json?: boolean;
}

interface McpCommandOptions extends DatabaseOptions {
  readonly url?: URL;
}

interface MigrateCommandOptions extends DatabaseOptions {
  readonly check?: boolean;
  readonly create?: string;
}

interface KeyCreateOptions extends DatabaseOptions {
  readonly name: string;
  readonly scope: Scope;
  readonly expires?: Date;
}

interface ImportCommandOptions extends DatabaseOptions {
  readonly dryRun?: boolean;
  readonly acknowledge?: readonly Acknowledged[];
  readonly keepGoing?: boolean;
}

interface ClockCommandOptions extends DatabaseOptions {
  readonly redate?: boolean;
}

interface DuplicatesCommandOptions extends DatabaseOptions {
  readonly kind?: readonly string[];
}

interface DismissCommandOptions extends DatabaseOptions {
  readonly reason: string;
}

interface MergeCommandOptions extends DismissCommandOptions {
  readonly preferSurvivor?: boolean;
}

interface RestoreCommandOptions extends DatabaseOptions {
  readonly check?: boolean;
  readonly allowUnsigned?: boolean;
}

interface DraftCommandOptions {
  readonly facts?: boolean;
  readonly tier: Tier;
  readonly publishedOn?: string;
  readonly dateline?: string;
  readonly publisher?: string;
  readonly url?: string;
  readonly out?: string;
}

interface ExportCommandOptions extends DatabaseOptions {
  /** By default a pack, or for a table the ending of the file. */
  readonly format?: "pack" | ExportFormat | TableFormat;
  readonly table?: string;
  readonly withPrivateTexts?: boolean;
}

const exitHelp = `
Exit codes:
  0  success
  1  faults in the data to load; nothing was written
  2  invalid command, arguments or configuration
  3  the database is unreachable, not up to date, or failed
  4  an error of the program itself`;

/**
 * Runs a command.
 * @param args without the program's own name.
 * @returns the exit code; `serve` returns when the service listens, and the service continues.
 */
export async function runCommand(args: readonly string[], output: Output): Promise<number> {
  const isJson = args.includes("--json");
  try {
    const program = buildProgram(output);
    await program.parseAsync([...args], { from: "user" });
    return program.code;
  } catch (error) {
    return reportFailure(error, isJson, output);
  }
}

/** The commands, and the exit code unless an error is thrown. */
class Program extends Command {
  code: number = exitCodes.done;
}

function buildProgram(output: Output): Program {
  const program = new Program("sidelines");
  program
    .description("An open, source-cited record of defence diplomacy, served over GraphQL.")
    .version(readVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .showHelpAfterError("(see --help)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        output.out(text);
      },
      writeErr: (text) => {
        output.err(text);
      },
    })
    .addHelpText("after", `\nSettings come from the environment; options of a command override them.\n${exitHelp}`);
  addServe(program, output);
  addMcp(program, output);
  addMigrate(program, output);
  addImport(program, output);
  addExport(program, output);
  addSnapshot(program, output);
  addBackup(program, output);
  addRestore(program, output);
  addDoctor(program, output);
  addClock(program, output);
  addDuplicates(program, output);
  addDraft(program, output);
  addKey(program, output);
  addSession(program, output);
  return program;
}

function addServe(program: Command, output: Output): void {
  withDatabaseOptions(program.command("serve"))
    .description("serve the record over HTTP; load the seeds first if it is empty")
    .addHelpText(
      "after",
      examples(
        "sidelines serve",
        "PORT=8080 sidelines serve --data-dir ./record",
        "sidelines serve --database-url postgres://localhost/sidelines",
      ),
    )
    .action(async (options: DatabaseOptions) => {
      // No other command needs a web server.
      const { serve } = await import("./main.js");
      await serve(configure(options, output), {
        say: (line) => {
          output.out(`${line}\n`);
        },
      });
    });
}

function addMcp(program: Command, output: Output): void {
  withDatabaseOptions(program.command("mcp"))
    .description("answer assistants over standard input and output (Model Context Protocol)")
    .addOption(
      new Option("--url <address>", "running service to ask; without it, the command serves the database itself")
        .argParser(parseAddress)
        .conflicts(["databaseUrl", "dataDir"]),
    )
    .addHelpText("after", examples("sidelines mcp --url http://localhost:4000", "sidelines mcp --data-dir ./record"))
    .action(async ({ url, ...options }: McpCommandOptions) => {
      const config = configure(options, output);
      const { mcpKey: key } = config;
      const log = (line: string): void => {
        output.err(`${line}\n`);
      };
      // No other command needs the protocol.
      const { serveTools } = await import("./commands/mcp.js");
      if (url) return serveTools({ address: Promise.resolve(url), key, version: readVersion(), log });
      const { serve } = await import("./main.js");
      const stop = new AbortController();
      const http = { ...config.http, host: "127.0.0.1", port: 0 };
      const running = serve({ ...config, http }, { say: log, signal: stop.signal });
      try {
        const address = running.then((service) => new URL(service.url));
        await serveTools({ address, key, version: readVersion(), log });
      } finally {
        await (await running).stop();
      }
    });
}

function parseAddress(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new InvalidArgumentError("Give the address of a service, for example http://localhost:4000.");
}

function addDraft(program: Command, output: Output): void {
  program
    .command("draft")
    .description("read reports and propose facts with the words that license them, as packs to complete and import")
    .argument(
      "<report>",
      "a file (plain text, HTML, PDF, DOCX or EML), a folder of such files, or - for standard input",
    )
    .option("--facts", "write facts files in place of packs (see docs/intake.md)")
    .addOption(
      new Option("--tier <tier>", "the least certain facts to write").choices(["sure", "likely"]).default("likely"),
    )
    .option("--published-on <day>", "day of publication, YYYY-MM-DD, where the report does not give it", parseDay)
    .option("--dateline <town>", "town that the report was sent from, where the report does not give it")
    .option("--publisher <name>", "agency, paper or ministry that published the report")
    .option("--url <address>", "address of the report")
    .option("--out <folder>", "folder for the packs, or for the facts files of several reports")
    .addHelpText(
      "after",
      examples(
        "sidelines draft report.txt --out drafts",
        "sidelines draft report.txt --facts",
        "sidelines draft press-note.pdf --published-on 2024-11-21 --out drafts",
        "sidelines draft reports --facts --tier sure --out drafts",
      ),
    )
    .action(async (path: string, options: DraftCommandOptions) => {
      // No other command needs the reader and its gazetteer.
      const { draftCommand } = await import("./reader/draft.js");
      await draftCommand(path, options, output);
    });
}

function parseDay(value: string): string {
  if (isRealDay(value)) return value;
  throw new InvalidArgumentError("Give a day as YYYY-MM-DD, for example 2024-11-21.");
}

function addMigrate(program: Program, output: Output): void {
  withJson(withDatabaseOptions(program.command("migrate")))
    .description("migrate the database to this version")
    .addOption(new Option("--check", "only compare the database with this version; exit with 3 on a difference"))
    .addOption(
      new Option(
        "--create <name>",
        "write the migration for a changed prisma/schema.prisma (for contributors)",
      ).conflicts(["check", "databaseUrl", "dataDir"]),
    )
    .addHelpText(
      "after",
      examples(
        "sidelines migrate",
        "sidelines migrate --check --database-url postgres://localhost/sidelines --json",
        'sidelines migrate --create "add treaties"',
      ),
    )
    .action(async (options: MigrateCommandOptions) => {
      if (options.create !== undefined) await createAndTell(options.create, options, output);
      else if (options.check === true) program.code = await checkAndTell(options, output);
      else {
        const applied = await withDatabase(options, output, ({ url }) => migrate(url, declaredRecords));
        const text = applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`;
        print(output, options, { applied }, text);
      }
    });
}

async function createAndTell(name: string, options: DatabaseOptions, output: Output): Promise<void> {
  const path = await createMigration(name, { log: logTo(output) });
  const created = path === null ? null : relative(packageRoot(), path).replaceAll("\\", "/");
  const next =
    "Read it, and add by hand the parts that Prisma cannot express: checks, triggers, search indexes. Then run\n  sidelines migrate\n  sidelines migrate --check";
  print(
    output,
    options,
    { created },
    created === null
      ? "The migrations match prisma/schema.prisma already; nothing was written."
      : `Wrote ${created}.\n${next}`,
  );
}

async function checkAndTell(options: DatabaseOptions, output: Output): Promise<number> {
  const diagnosis = await withDatabase(options, output, ({ url }) => diagnose(url, declaredRecords));
  const { pending, unknown, edited, failed, drift, underived } = diagnosis;
  const agrees = drift === null && [pending, unknown, edited, failed, underived].every((names) => names.length === 0);
  print(output, options, { agrees, ...diagnosis }, diagnosisText(diagnosis, agrees));
  return agrees ? exitCodes.done : exitCodes.database;
}

function diagnosisText(
  { applied, pending, unknown, edited, failed, drift, underived }: Diagnosis,
  agrees: boolean,
): string {
  const lists = [
    ["applied", applied],
    ["pending: `sidelines migrate` applies them", pending],
    ["unknown: a newer version of Sidelines applied them", unknown],
    ["edited: changed after they were applied here", edited],
    ["failed: started by another tool and not finished; see `prisma migrate resolve`", failed],
    [
      "underived: `sidelines migrate` makes history, read views and functions that follow from the tables and the declarations",
      underived,
    ],
  ] as const;
  const lines = lists
    .filter(([, names]) => names.length > 0)
    .flatMap(([title, names]) => [title, ...names.map((name) => `  ${name}`)]);
  const drifted =
    drift === null
      ? []
      : [
          "drift: changes that would make the tables match the schema",
          ...drift
            .trim()
            .split("\n")
            .map((line) => `  ${line}`.trimEnd()),
        ];
  return [
    ...lines,
    ...drifted,
    agrees ? "The database agrees with this version." : "The database does not agree with this version.",
  ].join("\n");
}

function addImport(program: Program, output: Output): void {
  withJson(withDatabaseOptions(program.command("import")))
    .description("load packs into the record, all or nothing")
    .argument(
      "<path...>",
      "packs (folders with *.yaml, *.yml or *.json files, or single files) or participation tables (*.csv)",
    )
    .option("--dry-run", "check everything, but write no record")
    .option("--keep-going", "leave out entries at fault and what refers to them, load the others, and list the faults")
    .addOption(
      new Option(
        "--acknowledge <what...>",
        "accept likely duplicates or seats in an office not held on that day, or restore withdrawn records",
      ).choices(Object.keys(Acknowledgement)),
    )
    .addHelpText(
      "after",
      examples(
        "sidelines import seeds/reference seeds/report seeds/facts",
        "sidelines import --dry-run my-pack",
        "sidelines import participations.csv",
        "sidelines import --json my-pack.yaml > report.json",
      ),
    )
    .action(async (paths: string[], options: ImportCommandOptions) => {
      const { dryRun = false, keepGoing = false, acknowledge = [] } = options;
      const report = await withDatabase(options, output, async (database) => {
        if (!dryRun || (await isUntouched(database))) await migrate(database.url, declaredRecords);
        else await checkMigrated(database);
        const progress = startProgress(output);
        const watched = {
          config: configure(options, output),
          database,
          version: readVersion(),
          say: (line: string) => {
            output.err(`${line}\n`);
          },
        };
        return watchCommand("import", watched, (watch) =>
          importPacks(database, paths, { dryRun, keepGoing, acknowledge, progress: progress.say, watch }),
        ).finally(progress.end);
      });
      print(output, options, report, importText(report));
      if (report.leftOut.length > 0) program.code = exitCodes.faults;
    });
}

function addExport(program: Command, output: Output): void {
  const command = withJson(withDatabaseOptions(program.command("export")))
    .description("write the record, or a part of it, as a pack, a table, a calendar or linked data")
    .argument("<target>", "for a pack, an empty or new folder; otherwise a file, or - for standard output")
    .addOption(
      new Option(
        "--format <format>",
        "output format; by default a pack, or for a table the ending of the file",
      ).choices(["pack", "ics", "jsonld", ...Object.keys(tableTypes)]),
    )
    .option("--table <name>", "a table of the record, such as statements or memberships (see docs/exports.md)")
    .option("--with-private-texts", "write private texts into the pack, which is not for everybody then");
  for (const [name, { meaning, isRepeatable }] of filterParametersOf(contractInput("MeetingFilter"))) {
    const option = new Option(
      `--${hyphened(optionOf(name))} <value>`,
      isRepeatable ? `${meaning}; repeatable` : meaning,
    );
    command.addOption(option.argParser((value, before: readonly string[] = []) => [...before, value]));
  }
  for (const [name, meaning] of matrixOptions)
    command.addOption(new Option(`--${name} <value>`, meaning).argParser((value) => [value]));
  command
    .addHelpText(
      "after",
      examples(
        "sidelines export record-2024-11",
        "sidelines export --party IND --party CHN --from 2020-01-01 ind-chn",
        "sidelines export --format csv --forum admm-plus - > admm-plus.csv",
        "sidelines export --table statements statements.jsonl",
      ),
    )
    .action(async (target: string, options: ExportCommandOptions) => {
      const { limits } = configure(options, output);
      const parameters = parametersIn(options);
      const wanted = wantedFrom(target, options);
      await withDatabase(options, output, async (database) => {
        await checkMigrated(database);
        const progress = startProgress(output);
        const { withPrivateTexts } = options;
        const request = { database, limits, parameters, withPrivateTexts, progress: progress.say };
        // No other command needs the reader and the contract.
        const { exportTableToFile, exportToFile, exportToPack } = await import("./commands/export.files.js");
        const out = (text: string): void => {
          output.out(text);
        };
        if (wanted === "pack") {
          const report = await exportToPack(target, request).finally(progress.end);
          print(output, options, report, exportText(target, report));
        } else {
          const report = await (
            typeof wanted === "string"
              ? exportToFile(target, wanted, request, out)
              : exportTableToFile(target, wanted, request, out)
          ).finally(progress.end);
          if (report) print(output, options, report, `Wrote ${number(report.bytes)} bytes to ${target}.`);
        }
      });
    });
}

interface SnapshotCommandOptions extends DatabaseOptions {
  readonly knownAt?: string;
  readonly withPairs?: boolean;
}

function addSnapshot(program: Command, output: Output): void {
  withJson(withDatabaseOptions(program.command("snapshot")))
    .description("write all tables of the record as a data package, with its version, moment and digests")
    .argument("<folder>", "an empty or new folder")
    .option("--known-at <moment>", "the record as of this moment; the current one by default")
    .option("--with-pairs", "write dyad-years and edges as well, which are large")
    .addHelpText(
      "after",
      examples("sidelines snapshot sidelines-2024-11", "sidelines snapshot --known-at 2024-11-20T09:30:00Z snapshot"),
    )
    .action(async (folder: string, { knownAt, ...options }: SnapshotCommandOptions) => {
      const { limits } = configure(options, output);
      await withDatabase(options, output, async (database) => {
        await checkMigrated(database);
        const progress = startProgress(output);
        const { writeSnapshot } = await import("./commands/snapshot.js");
        const parameters = knownAt === undefined ? {} : { knownAt: [knownAt] };
        const { withPairs } = options;
        const report = await writeSnapshot(folder, {
          ...{ database, limits, parameters, withPairs },
          progress: progress.say,
        }).finally(progress.end);
        const text = `Wrote ${report.name}: ${number(report.rows)} rows in ${number(report.files)} files to ${folder}.\nThe record as of ${report.knownAt}. SHA-256 of datapackage.json: ${report.sha256}`;
        print(output, options, report, text);
      });
    });
}

/** Options of `--table matrix` alone. */
const matrixOptions: ReadonlyMap<string, string> = new Map([
  ["on", "The day of the matrix"],
  ["rule", "The memberships that count in the matrix: FULL_MEMBERS or ANY_ROLE"],
]);

/** The pack, the form of meetings or the table that options ask for. @throws FilterError. */
function wantedFrom(
  target: string,
  { table, format }: ExportCommandOptions,
): "pack" | ExportFormat | { readonly table: string; readonly format: TableFormat } {
  const isOfTables = (name: string): name is TableFormat => Object.hasOwn(tableTypes, name);
  if (table === undefined) {
    if (format === undefined) return "pack";
    if (format === "csv" || !isOfTables(format)) return format;
    throw new FilterError(`${format} is a format of tables. Name one with --table, for example --table statements.`);
  }
  const given = format ?? (target === "-" ? "csv" : /\.([a-z]+)$/.exec(target)?.[1]) ?? "";
  if (isOfTables(given)) return { table, format: given };
  const formats = Object.keys(tableTypes);
  throw new FilterError(
    `A table is written as ${formats.join(" or ")}. Give --format, or end the name of the file with ${formats.map((one) => `.${one}`).join(" or ")}.`,
  );
}

function addBackup(program: Command, output: Output): void {
  withJson(withDatabaseOptions(program.command("backup")))
    .description("write the whole database into one file while the service runs: record, history, drafts and keys")
    .argument("<file>", "a new file")
    .option("--public", "leave out what is not public: private texts, drafts and keys")
    .addHelpText(
      "after",
      examples(
        "sidelines backup sidelines-2026-11-25.backup",
        "sidelines backup --public sidelines-2026-11-25.public.backup",
        "sidelines backup --database-url postgres://localhost/sidelines nightly.backup",
      ),
    )
    .action(async (file: string, options: DatabaseOptions & { readonly public?: boolean }) => {
      const report = await withDatabase(options, output, async ({ url }, { backupKey: key }) => {
        const progress = startProgress(output);
        const made = { software: readVersion(), key, isPublic: options.public, progress: progress.say };
        return backUp(url, file, made).finally(progress.end);
      });
      print(output, options, report, backupText(report));
    });
}

function addRestore(program: Command, output: Output): void {
  withJson(withDatabaseOptions(program.command("restore")))
    .description("restore a backup into an empty database of either kind, all or nothing")
    .argument("<file>", "a file that `sidelines backup` wrote")
    .addOption(new Option("--check", "read the backup to its end and report its contents; needs no database"))
    .addOption(
      new Option("--allow-unsigned", "accept a backup without a signature although SIDELINES_BACKUP_KEY is set"),
    )
    .addHelpText(
      "after",
      examples(
        "sidelines restore --check nightly.backup",
        "sidelines restore --data-dir ./restored nightly.backup",
        "sidelines restore --database-url postgres://localhost/empty nightly.backup",
      ),
    )
    .action(async (file: string, options: RestoreCommandOptions) => {
      const progress = startProgress(output);
      const checks = ({ backupKey: key }: Config) => ({
        key,
        allowUnsigned: options.allowUnsigned,
        progress: progress.say,
      });
      const work =
        options.check === true
          ? checkBackup(file, checks(configure(options, output)))
          : withDatabase(options, output, ({ url }, config) => restore(url, file, declaredRecords, checks(config)));
      const report = await work.finally(progress.end);
      print(output, options, report, restoreText(report));
    });
}

function addDoctor(program: Program, output: Output): void {
  withJson(withDatabaseOptions(program.command("doctor")))
    .description(
      "check everything that the service needs and report problems; change nothing, and exit with 3 on a fault",
    )
    .addHelpText(
      "after",
      examples("sidelines doctor", "sidelines doctor --database-url postgres://localhost/sidelines --json"),
    )
    .action(async ({ json, ...overrides }: DatabaseOptions) => {
      const progress = startProgress(output);
      // Other commands do not need the schema engine.
      const { examine } = await import("./commands/doctor.js");
      const findings = await examine({
        environment: output.environment,
        overrides,
        log: logTo(output),
        progress: progress.say,
      }).finally(progress.end);
      print(output, { json: json ?? false }, findings, findingsText(findings));
      if (findings.some(({ state }) => state === "fault")) program.code = exitCodes.database;
    });
}

function addClock(program: Program, output: Output): void {
  withJson(withDatabaseOptions(program.command("clock")))
    .description("report changes that are dated ahead of the database's clock, and date them again")
    .option("--redate", "date them again, once the clock is right: in their order, the last one now")
    .addHelpText(
      "after",
      examples("sidelines clock", "sidelines clock --redate --database-url postgres://localhost/sidelines"),
    )
    .action(async (options: ClockCommandOptions) => {
      const report = await withDatabase(options, output, async (database) => {
        await checkMigrated(database);
        return examineClock(database.pool, options.redate ?? false);
      });
      print(output, options, report, clockText(report));
    });
}

function addDuplicates(program: Command, output: Output): void {
  withJson(withDatabaseOptions(program.command("duplicates")))
    .description("list records that are likely the same, with what they have in common and the commands to settle them")
    .addOption(new Option("--kind <kind...>", "only these kinds of records").choices(duplicateKinds))
    .addHelpText("after", examples("sidelines duplicates", "sidelines duplicates --kind meeting person --json"))
    .action(async (options: DuplicatesCommandOptions) => {
      const pairs = await withDatabase(options, output, async (database) => {
        await checkMigrated(database);
        return storedDuplicates(database, options.kind);
      });
      print(output, options, pairs, duplicatesText(pairs));
    });
  withDatabaseOptions(program.command("merge"))
    .description(
      "merge a record into another one of the same kind: all that refers to the first one moves to the second",
    )
    .argument("<id>", "id of the record that goes")
    .argument("<into>", "id of the record that stays")
    .requiredOption("--reason <reason>", "reason, public in the history")
    .option("--prefer-survivor", "let the values of the second record stand where the two contradict each other")
    .addHelpText(
      "after",
      examples('sidelines merge per_gjsw2kfd4ymn3aqr per_dasjcc6y6hypu2sf --reason "the same person"'),
    )
    .action(async (id: string, into: string, options: MergeCommandOptions) => {
      await withDatabase(options, output, async (database) => {
        await checkMigrated(database);
        const { reason, preferSurvivor: keeps = false } = options;
        await mergeRecords(database, { id, into }, { reason, keeps, log: warnTo(output) });
      });
      output.out(`Merged ${id} into ${into}.\n`);
    });
  withDatabaseOptions(program.command("dismiss"))
    .description("say that two records are different, so that they are not listed as likely duplicates again")
    .argument("<id>", "id of one record")
    .argument("<other>", "id of the other record")
    .requiredOption("--reason <reason>", "reason, public in the history")
    .addHelpText(
      "after",
      examples('sidelines dismiss mtg_pdlbcd7wrcs6hdap mtg_h3x5azq2kfd4ymnr --reason "two talks on one day"'),
    )
    .action(async (id: string, other: string, options: DismissCommandOptions) => {
      await withDatabase(options, output, async (database) => {
        await checkMigrated(database);
        await dismissDuplicate(database, { id, other }, { reason: options.reason, log: warnTo(output) });
      });
      output.out(`Dismissed the pair ${id} and ${other}.\n`);
    });
}

// Options that filter the export, under the names of parameters.
function parametersIn(options: object): GivenParameters {
  const given = options as Readonly<Record<string, readonly string[] | undefined>>;
  const names = [...filterParametersOf(contractInput("MeetingFilter")).keys(), ...matrixOptions.keys()];
  return Object.fromEntries(
    names.flatMap((name) => (given[optionOf(name)] === undefined ? [] : [[name, given[optionOf(name)]]])),
  );
}

// On the command line, --format is the output format.
function optionOf(name: string): string {
  return name === "format" ? "meetingFormat" : name;
}

function hyphened(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function addKey(program: Command, output: Output): void {
  const key = program.command("key").description("manage API keys").allowExcessArguments(false);
  withJson(withDatabaseOptions(key.command("create")))
    .description("create a key and print it; it is shown only once")
    .requiredOption("--name <name>", "name of the owner, shown in the history")
    .addOption(
      new Option("--scope <scope>", "scope; EDIT or higher allows writing and reading drafts")
        .choices(scopes)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--expires <when>", "expiry: a number of days such as 90d, a day or a moment in UTC").argParser(
        readMoment,
      ),
    )
    .addHelpText(
      "after",
      examples(
        'sidelines key create --name "Vientiane desk" --scope EDIT --expires 90d',
        "sidelines key create --name reader --scope READ --expires 2027-01-31 --json",
      ),
    )
    .action(async (options: KeyCreateOptions) => {
      const { name, scope, expires = null } = options;
      const made = await withMigrated(options, output, ({ prisma }) =>
        createKey(prisma, { name, scope, expiresAt: expires }),
      );
      print(output, options, made, newKeyText(made));
    });
  withJson(withDatabaseOptions(key.command("list")))
    .description("list all keys, including revoked and expired ones")
    .addHelpText("after", examples("sidelines key list", "sidelines key list --json"))
    .action(async (options: DatabaseOptions) => {
      const keys = await withMigrated(options, output, ({ prisma }) => listKeys(prisma));
      print(output, options, keys, keys.length === 0 ? "There are no keys yet." : keysText(keys));
    });
  withJson(withDatabaseOptions(key.command("revoke")))
    .description("revoke a key permanently; running services reject it within seconds")
    .argument("<key>", "prefix or id of the key")
    .addHelpText("after", examples("sidelines key revoke sdl_k7q2mzty"))
    .action(async (which: string, options: DatabaseOptions) => {
      const revoked = await withMigrated(options, output, ({ prisma }) => revokeKey(prisma, which));
      print(
        output,
        options,
        revoked,
        `Revoked sdl_${revoked.prefix}…, ${revoked.name}. Running services reject it within seconds.`,
      );
    });
}

function addSession(program: Command, output: Output): void {
  const session = program.command("session").description("manage sessions of the desk").allowExcessArguments(false);
  withJson(withDatabaseOptions(session.command("list")))
    .description("list the open sessions of all editors")
    .addHelpText("after", examples("sidelines session list", "sidelines session list --json"))
    .action(async (options: DatabaseOptions) => {
      const open = await withMigrated(options, output, ({ pool }) => listOpenSessions(pool));
      print(output, options, open, open.length === 0 ? "There are no open sessions." : sessionsText(open));
    });
  withJson(withDatabaseOptions(session.command("end")))
    .description("end a session, or all of an editor; running services reject them at once")
    .argument("<session>", "id of the session, or actor as in the list")
    .addHelpText(
      "after",
      examples(
        "sidelines session end ses_5cfnlycucftsd6fi",
        'sidelines session end "oidc:https://login.example.org#ann"',
      ),
    )
    .action(async (which: string, options: DatabaseOptions) => {
      const ended = await withMigrated(options, output, ({ prisma }) => endSessions(prisma, which));
      if (ended === 0)
        throw new KeyError(`${JSON.stringify(which)} has no open session; "sidelines session list" lists them`);
      print(output, options, { ended }, `Ended ${counted(ended, "session")}.`);
    });
}

function sessionsText(open: readonly OpenSession[]): string {
  const day = (moment: Date): string => moment.toISOString().slice(0, 16).replace("T", " ");
  const rows = open.map(({ id, actor, actorName, createdAt, usedAt }) => [
    id,
    day(createdAt),
    day(usedAt),
    actor,
    actorName ?? "",
  ]);
  return tableText([["id", "since", "last used", "actor", "name"], ...rows]);
}

function readMoment(given: string): Date {
  const days = /^([1-9]\d{0,4})d$/.exec(given)?.[1];
  if (days !== undefined) return new Date(Date.now() + Number(days) * 86_400_000);
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(given);
  const moment = new Date(given);
  const isReal =
    isMoment && !Number.isNaN(moment.getTime()) && (given.length > 10 || moment.toISOString().startsWith(given));
  if (!isReal)
    throw new InvalidArgumentError(
      "It must be a number of days like 90d, a day like 2027-01-31 or a moment like 2027-01-31T18:00:00Z.",
    );
  return moment;
}

function newKeyText({ key, id, name, scope, expiresAt }: NewKey): string {
  const until = expiresAt === null ? "until it is revoked" : `until ${expiresAt.toISOString()}`;
  return `${key}\n\nThe key of ${name}: ${scope}, ${until}; its id is ${id}.\nIt is shown only once and not stored. Send it as\n  authorization: Bearer ${key}`;
}

function keysText(keys: readonly KeyFacts[]): string {
  const rows = keys.map((key) => [
    key.id,
    `sdl_${key.prefix}…`,
    key.scope,
    key.createdAt.toISOString().slice(0, 10),
    stateOf(key),
    key.name,
  ]);
  return tableText([["id", "key", "scope", "created", "state", "name"], ...rows]);
}

/** Rows with a heading, in aligned columns. */
function tableText(all: readonly (readonly string[])[]): string {
  const widths = all[0]?.map((_title, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function stateOf({ revokedAt, expiresAt }: KeyFacts): string {
  if (revokedAt !== null) return `revoked ${revokedAt.toISOString().slice(0, 10)}`;
  if (expiresAt === null) return "active";
  return `${expiresAt.getTime() <= Date.now() ? "expired" : "until"} ${expiresAt.toISOString().slice(0, 10)}`;
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

async function withDatabase<T>(
  options: DatabaseOptions,
  output: Output,
  work: (database: Database, config: Config) => Promise<T>,
): Promise<T> {
  const config = configure(options, output);
  const database = await openDatabase(config.database, logTo(output));
  try {
    return await work(database, config);
  } finally {
    await database.close();
  }
}

/** Runs work on a migrated database; a new embedded database is migrated first. */
function withMigrated<T>(
  options: DatabaseOptions,
  output: Output,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  return withDatabase(options, output, async (database) => {
    if (await isUntouched(database)) await migrate(database.url, declaredRecords);
    else await checkMigrated(database);
    return work(database);
  });
}

function warnTo(output: Output) {
  return {
    warn: (_facts: object, message: string) => {
      output.err(`${message}\n`);
    },
  };
}

function logTo(output: Output) {
  return {
    info: () => undefined,
    warn: (message: string) => {
      output.err(`${message}\n`);
    },
    error: (message: string) => {
      output.err(`${message}\n`);
    },
  };
}

// An embedded database without migrations was created for this command.
async function isUntouched({ mode, url }: Database): Promise<boolean> {
  if (mode !== "embedded") return false;
  const { applied, failed } = await migrationState(url);
  return applied.length === 0 && failed.length === 0;
}

async function checkMigrated({ url }: Database): Promise<void> {
  const { pending } = await migrationState(url);
  if (pending.length > 0)
    throw new DatabaseError("the tables of the database are not up to date; run `sidelines migrate` first");
}

// Progress overwrites its line on a terminal, and is not written elsewhere.
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

function importText(report: ImportReport): string {
  const { packs, unusedColumns, records, rows, created, updated, unchanged, recordVersion, isDryRun, notes, leftOut } =
    report;
  const tables = Object.entries(rows).filter(([, counts]) => counts.created + counts.updated > 0);
  const lines = tables.map(([table, counts]) =>
    `  ${table.padEnd(18)}${count(counts.created, "new")}${count(counts.updated, "changed")}`.trimEnd(),
  );
  const done = isDryRun ? `${packs.join(", ")} can be loaded` : `Loaded ${packs.join(", ")}`;
  const version = isDryRun ? "Nothing was written" : `The record is at version ${String(recordVersion)}`;
  const written = `${number(created)} new, ${number(updated)} changed, ${number(unchanged)} as they were`;
  const unused = Object.entries(unusedColumns).map(
    ([table, columns]) =>
      `Columns of ${table} that were not loaded: ${columns.join(", ")}. The status of a meeting follows from its reports, ` +
      "and parties, persons, offices and places are named by the columns party, person, office and place.",
  );
  return [
    `${done}: ${counted(sumOf(records), "record")} (${counted(created + updated + unchanged, "row")}: ${written}).`,
    ...lines,
    ...unused,
    ...notes.map((note) => `Note: ${faultLine(note)}.`),
    ...leftOut.map((fault) => `Left out: ${faultLine(fault)}`),
    `${version}.`,
  ].join("\n");
}

function count(amount: number, word: string): string {
  return (amount === 0 ? "" : `${number(amount).padStart(7)} ${word}`).padEnd(16);
}

function exportText(folder: string, { files, records, rows }: ExportReport): string {
  return `Wrote ${counted(sumOf(records), "record")} (${counted(sumOf(rows), "row")}) in ${counted(files.length, "file")} to ${folder}.`;
}

function backupText({ file, bytes, rows, isSigned }: BackupReport): string {
  const signed = isSigned ? "It is signed." : "It is not signed: SIDELINES_BACKUP_KEY is not set.";
  return `Wrote ${counted(sumOf(rows), "row")} of ${counted(Object.keys(rows).length, "table")} to ${file}: ${number(bytes)} bytes. It contains drafts and hashes of keys: keep it private. ${signed}`;
}

/** Sentences for the result of checking a signature. */
const signatureTexts: Readonly<Record<RestoreReport["signature"], string>> = {
  verified: "Its signature fits SIDELINES_BACKUP_KEY.",
  unchecked:
    "Its signature was not checked, because SIDELINES_BACKUP_KEY is not set: it may have been changed by hand.",
  none: "It has no signature: whether it was changed by hand could not be checked.",
};

type RestoredText = Omit<RestoreReport, "migrated"> & Partial<Pick<RestoreReport, "migrated">>;

function restoreText({ file, at, software, signature, rows, ...done }: RestoredText): string {
  const holds = `${counted(sumOf(rows), "row")} of ${counted(Object.keys(rows).length, "table")}, as of ${at}, written by Sidelines ${software}`;
  if (done.migrated === undefined) return `${file} is complete: ${holds}. ${signatureTexts[signature]}`;
  const migrated =
    done.migrated.length === 0 ? "The tables match this version." : `Applied ${done.migrated.join(", ")}.`;
  return `Restored ${holds}. ${signatureTexts[signature]} ${migrated}`;
}

function findingsText(findings: readonly Finding[]): string {
  const marks = { ok: "ok", warning: "warning", fault: "FAULT" };
  const width = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.map(({ about, state, says }) => `${marks[state].padEnd(9)}${about.padEnd(width + 2)}${says}`);
  const number = (state: Finding["state"]): number => findings.filter((finding) => finding.state === state).length;
  return [
    ...lines,
    "",
    number("fault") + number("warning") === 0
      ? "No problems found."
      : `${counted(number("fault"), "fault")}, ${counted(number("warning"), "warning")}.`,
  ].join("\n");
}

function sumOf(amounts: Readonly<Record<string, number>>): number {
  return Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
}

function counted(amount: number, word: string): string {
  return `${number(amount)} ${word}${amount === 1 ? "" : "s"}`;
}

function number(amount: number): string {
  return amount.toLocaleString("en");
}

function reportFailure(error: unknown, isJson: boolean, output: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof PackError) {
    if (isJson)
      output.out(`${JSON.stringify({ total: error.total, faults: error.faults, hints: error.hints }, null, 2)}\n`);
    else output.err(`${faultsText(error)}\n`);
    return exitCodes.faults;
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = exitCodeOf(error);
  output.err(code === exitCodes.internal ? `sidelines failed: ${message.trim()}\n` : `sidelines: ${message}\n`);
  return code;
}

function faultsText({ faults, hints, total }: PackError): string {
  const more = total - faults.length;
  const lines = faults.map(faultLine);
  if (more > 0) lines.push(`… and ${String(more)} more`);
  return [...lines, "", ...hints, `${counted(total, "fault")}; nothing was written.`].join("\n");
}

function isProgram(): boolean {
  const [, started] = process.argv;
  return started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url);
}

if (isProgram()) {
  // A reader that has enough, such as `head`, closes the pipe.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(exitCodes.done);
  });
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isWatched: process.stderr.isTTY,
  });
}
