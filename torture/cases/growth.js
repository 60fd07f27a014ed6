// What is kept for each connection, each query and each client, and must not only fill.
import { readFileSync } from "node:fs";
import { ask } from "../service.js";

/** Memory of the largest backend of a database, in kilobytes. */
async function backendMemory(bench, name) {
  const rows = await bench.postgres.statement("postgres", `SELECT pid FROM pg_stat_activity WHERE datname = '${name}'`);
  const sizes = rows.map(({ pid }) =>
    Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0),
  );
  return Math.max(0, ...sizes);
}

export const cases = [
  {
    name: "new query shapes for ever: the memory of a backend stays flat",
    seconds: 180,
    run: async (bench) => {
      const { name, url } = await bench.database();
      const service = await bench.serve({
        DATABASE_URL: url,
        SIDELINES_PREPARED_STATEMENTS: "50",
        SIDELINES_POOL_SIZE: "2",
      });
      const fields = ["id", "slug", "title", "kind", "format", "status", "on", "endsOn", "purpose", "note", "ordinal"];
      const shape = (number) => fields.filter((_field, bit) => (number >> bit) & 1).join(" ") || "id";
      const send = async (from, to) => {
        for (let number = from; number < to; number += 1) {
          for (let time = 0; time < 3; time += 1) {
            const answer = await ask(service, `{ meetings(first: 3) { nodes { ${shape(number)} place { city } } } }`);
            if (answer.status >= 500) throw new Error(answer.text.slice(0, 200));
          }
        }
      };
      const half = bench.many(600, 120);
      await send(1, half);
      const early = await backendMemory(bench, name);
      await send(half, half * 2);
      const late = await backendMemory(bench, name);
      if (late > early * 1.5 + 8_000) throw new Error(`a backend grows from ${early} to ${late} kB`);
      return `${early} and ${late} kB`;
    },
  },
];
