import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/lib/root.js";

interface Result {
  readonly group: string;
  readonly name: string;
  readonly outcome: "survived" | "failed" | "skipped";
  readonly note: string;
}

/** Runs the bench against the built service, as a user would. */
async function torture(results: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [join(packageRoot(), "torture/main.js"), "--short", "--patience", "20", "--results", results],
    { cwd: packageRoot(), stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve) => child.once("exit", resolve));
  return output;
}

it(
  "survives what attacks it and what befalls it",
  async ({ skip }) => {
    const folder = await mkdtemp(join(tmpdir(), "sidelines-torture-results-"));
    try {
      const output = await torture(folder);
      if (output.startsWith("skipped:")) skip(output.trim());
      const file = join(folder, "latest.json");
      expect(existsSync(file), output).toBe(true);
      const { results } = JSON.parse(await readFile(file, "utf8")) as { results: readonly Result[] };
      expect(results.length).toBeGreaterThan(100);
      expect(results.filter(({ outcome }) => outcome === "failed")).toEqual([]);
      // A machine may lack the rights to mount a small disk, but nothing else.
      expect(results.filter(({ outcome }) => outcome === "skipped").length).toBeLessThanOrEqual(2);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  // A minute or two where nothing else runs; it starts some thirty services.
  900_000,
);
