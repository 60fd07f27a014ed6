import type { FastifyInstance } from "fastify";
import type { Logger } from "../../lib/log.js";
import { kindOf, limitRepeats, type LimitRepeats } from "../../lib/repeats.js";

/** Timeout of the database check, in milliseconds. */
const PATIENCE_MS = 900;

/**
 * `/livez`: the process runs and its event loop turns. `/readyz`: the record can be read; 503 with the reason otherwise.
 * @param ready false or an error when the database does not answer.
 */
export function healthRoutes(app: FastifyInstance, { ready }: { readonly ready: () => Promise<boolean> }): void {
  const repeats = limitRepeats();
  let isStopping = false;
  app.addHook("preClose", async () => {
    isStopping = true;
  });
  app.get("/livez", async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "alive" }));
  app.get("/readyz", async (request, reply) => {
    const reason = isStopping ? "The service is stopping." : await reasonAgainst(ready, request.log as Logger, repeats);
    void reply.header("cache-control", "no-store");
    return reason === null ? reply.send({ status: "ready" }) : reply.code(503).send({ status: "unavailable", reason });
  });
}

async function reasonAgainst(
  ready: () => Promise<boolean>,
  log: Logger,
  repeats: LimitRepeats,
): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), PATIENCE_MS);
  });
  try {
    const answer = await Promise.race([ready(), late]);
    if (answer === "late") return `The database did not answer within ${PATIENCE_MS} milliseconds.`;
    return answer ? null : "The database does not answer.";
  } catch (error) {
    repeats(kindOf(error), "", (repeated) => log.warn({ ...repeated, err: error }, "not ready"));
    return "The database does not answer.";
  } finally {
    clearTimeout(timer);
  }
}
