import type { Review } from "./acts.js";
import type { Statements } from "./store.js";

/** The reasons why an editor may not publish something, as sentences without a full stop. */
export function reviewFaults({ isRequired, mayPublish }: Review, isOwn: boolean): string[] {
  if (!isRequired) return [];
  if (!mayPublish) return ["publishing needs the scope PUBLISH on this service; ask an editor who has it"];
  return isOwn
    ? [
        "you have drafted or accepted some of this yourself; on this service another editor with the scope PUBLISH publishes it",
      ]
    : [];
}

/** Names the editors who proposed what the act of this transaction publishes; the history keeps their names. */
export async function nameProposers(statements: Statements, names: readonly string[]): Promise<void> {
  await statements.$queryRawUnsafe(
    `SELECT set_config('sidelines.proposed_by', $1, true) AS "set"`,
    names.length === 0 ? "" : JSON.stringify(names),
  );
}
