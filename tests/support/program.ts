import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../src/lib/root.js";

/** The service as a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  /** Settles with its exit code. */
  readonly ended: Promise<number | null>;
}

const children: ChildProcess[] = [];

/** Kills every program that was started here and not yet killed. */
export function killPrograms(): void {
  for (const child of children.splice(0)) child.kill("SIGKILL");
}

/** Starts the service as a program from its sources; over an empty record in memory where nothing else is set. */
export function startProgram(environment: Readonly<Record<string, string>>): Program {
  const main = join(packageRoot(), "src/main.ts");
  const env = {
    PATH: process.env["PATH"],
    SIDELINES_DATA_DIR: "memory://",
    SIDELINES_SEED: "false",
    PORT: "0",
    ...environment,
  };
  const child = spawn(process.execPath, ["--import", "tsx", main], {
    cwd: packageRoot(),
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, output: () => output, errors: () => errors, ended };
}
