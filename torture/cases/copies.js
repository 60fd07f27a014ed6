// Copies of a data folder in use.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { sidelines, spawnService } from "../service.js";

export const cases = [
  {
    name: "a copy of a running service's folder never joins the original's database",
    seconds: 120,
    run: async (bench) => {
      const folder = join(bench.folder(), "data");
      await bench.serve({ DATABASE_URL: undefined, SIDELINES_DATA_DIR: folder, SIDELINES_SEED: "false" });
      const copy = join(bench.folder(), "copy");
      cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
      const program = spawnService({ SIDELINES_DATA_DIR: copy, SIDELINES_SEED: "false" });
      bench.afterwards(() => (program.isAlive() ? program.kill() : undefined));
      const { code } = await program.ended;
      if (code === 0 || !/copied/.test(program.log()))
        throw new Error(`ends with ${code} and says ${program.log().slice(-300)}`);
      let said = "";
      try {
        sidelines({ SIDELINES_DATA_DIR: copy }, "key", "create", "--name", "copy", "--scope", "READ");
        throw new Error("a key is made in a copy that is in use elsewhere");
      } catch (error) {
        said = String(error.stderr ?? error.message);
      }
      if (!/copied/.test(said)) throw new Error(`says ${said.slice(0, 300)}`);
    },
  },
];
