/**
 * Codes of a database that cannot be reached: the network (Node), connections, resources, shutdown and a server that takes
 * no writes yet (Postgres), and what Prisma makes of them.
 */
const CODES = new RegExp(
  "^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ENOENT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ETIMEDOUT" +
    "|08...|57P0[1-5]|53...|25006|P100[128]|P1017|P2024)$",
);

/** Messages of errors without a code, from the driver, its pool and Prisma. */
const TEXTS = new RegExp(
  "^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired$|Query read timeout" +
    "|timeout exceeded when trying to connect|Cannot use a pool after calling end|(Transaction API error: )?(Unable to start a transaction in the given time|Transaction already closed|Transaction not found))",
);

/** Whether an error says that the database could not be reached, did not answer in time, or broke the connection. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Node tries every address of a name and gathers what went wrong.
  if (error instanceof AggregateError && error.errors.some(isUnreachable)) return true;
  const { code } = error as { code?: unknown };
  return (typeof code === "string" && CODES.test(code)) || TEXTS.test(error.message);
}
