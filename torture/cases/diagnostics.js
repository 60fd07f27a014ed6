// A database that dies while the service finds out why a statement was slow.
import { setTimeout as sleep } from "node:timers/promises";
import { ask, askUntilTaken } from "../service.js";

export const cases = [
  {
    name: "connections that are killed while slow statements are explained: the process lives",
    seconds: 120,
    run: async (bench) => {
      const { name, url } = await bench.database();
      const service = await bench.serve({ DATABASE_URL: url, SIDELINES_SLOW_STATEMENT_MS: "1" });
      const end = Date.now() + bench.many(10_000, 3_000);
      const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND application_name LIKE 'sidelines%'`;
      let asked = 0;
      const reader = async () => {
        while (Date.now() < end) {
          const answer = await ask(
            service,
            "{ meetings(first: 20) { nodes { title participants(first: 5) { nodes { id } } } } }",
          );
          asked += 1;
          if (answer.codes.includes("INTERNAL_SERVER_ERROR")) throw new Error(answer.text.slice(0, 200));
        }
      };
      const killer = async () => {
        while (Date.now() < end) {
          await bench.postgres.statement("postgres", kill);
          await sleep(50);
        }
      };
      await Promise.all([reader(), reader(), killer()]);
      if (!service.isAlive()) throw new Error(`the process has ended: ${service.log().slice(-300)}`);
      const answer = await askUntilTaken(service, "{ meetings { totalCount } }");
      if (!answer.json?.data) throw new Error(`does not answer afterwards: ${answer.text.slice(0, 200)}`);
      return `${asked} questions`;
    },
  },
];
