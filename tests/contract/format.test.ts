import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const cwd = fileURLToPath(new URL("../../", import.meta.url));
const prettier = fileURLToPath(new URL("../../node_modules/prettier/bin/prettier.cjs", import.meta.url));

it("every file is formatted; `npm run format` does it", async () => {
  const checked = await run(process.execPath, [prettier, "--list-different", "."], { cwd }).catch(
    (failed: { readonly stdout: string; readonly stderr: string }) => failed,
  );
  expect([checked.stdout, checked.stderr]).toEqual(["", ""]);
});
