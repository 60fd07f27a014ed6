// The lock file, which says byte by byte what is installed.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const cases = [
  {
    name: "every package of the lock file has a digest, and none an address",
    run: async (bench) => {
      const { packages } = JSON.parse(readFileSync(join(bench.root, "package-lock.json"), "utf8"));
      const entries = Object.entries(packages).filter(([path, { link }]) => path !== "" && !link);
      const without = entries.filter(([, { integrity }]) => !/^sha(384|512)-/.test(integrity ?? ""));
      if (without.length > 0)
        throw new Error(`${without.length} of ${entries.length} have none, such as ${without[0][0]}`);
      const addressed = entries.filter(([, { resolved }]) => resolved !== undefined);
      if (addressed.length > 0)
        throw new Error(`${addressed.length} say where they come from, such as ${addressed[0][0]}`);
      return `${entries.length} packages`;
    },
  },
];
