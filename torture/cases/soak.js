// A long stretch of work, with memory watched.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { residentMegabytes } from "../../bench/processes.js";
import { documentDrawer, mutate } from "../documents.js";
import { askUntilTaken, heapOf } from "../service.js";

export const cases = [
  {
    name: "50,000 requests, answers kept as by default: memory is steady",
    isLong: true,
    seconds: 900,
    run: async (bench) => {
      const service = await bench.serve({ SIDELINES_CACHE_MB: undefined, LOG_LEVEL: "error", ...heapOf(384) });
      const random = bench.random("soak");
      const operations = readFileSync(join(bench.root, "src/operations/01-meetings.graphql"), "utf8");
      const draw = documentDrawer(bench.schema, random, await bench.ids());
      const fixed = Array.from({ length: 200 }, draw);
      const question = () => {
        const kind = random.next();
        if (kind < 0.6) return random.pick(fixed);
        return kind < 0.8
          ? draw()
          : kind < 0.9
            ? mutate(operations, random)
            : "{ meetings(first: 20) { nodes { id title participants(first: 5) { nodes { id party { name } } } } } }";
      };
      const memory = [];
      const total = 50_000;
      const every = total / 10;
      let sent = 0;
      let faults = 0;
      const worker = async () => {
        while (sent < total) {
          if (++sent % every === 0) memory.push(Math.round(residentMegabytes(service.child.pid)));
          const leaves = random.chance(0.01);
          const answer = await askUntilTaken(
            service,
            question(),
            undefined,
            leaves ? { signal: AbortSignal.timeout(3) } : {},
          ).catch((error) => {
            if (!leaves) throw error;
            return undefined;
          });
          if (answer && answer.status >= 500) faults += 1;
        }
      };
      await Promise.all(Array.from({ length: 12 }, worker));
      if (faults > 0) throw new Error(`${faults} answers are faults of ours`);
      // The first fifth fills caches to their bounds.
      const [early, late] = [Math.max(...memory.slice(2, 5)), Math.max(...memory.slice(7))];
      if (late > early * 1.25 + 30) throw new Error(`memory grows: ${memory.join(", ")} MB`);
      return `${memory.join(", ")} MB`;
    },
  },
];
