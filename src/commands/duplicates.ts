import { runAct, type ActRequest } from "../acts/run.js";
import { acts } from "../acts/acts.js";
import type { Database } from "../database/open.js";
import type { StoredDuplicate } from "../packs/stored.js";

/** A change that the record rejects, with all faults. */
export class EditError extends Error {
  override readonly name = "EditError";
}

/** Options of a change from the command line. */
export interface EditOptions {
  readonly reason: string;
  readonly log: ActRequest["log"];
}

/** Merges a record into another one, both by id. `keeps` lets the second one stand where they contradict each other. */
export async function mergeRecords(
  database: Database,
  ids: { readonly id: string; readonly into: string },
  { keeps, ...options }: EditOptions & { readonly keeps: boolean },
): Promise<void> {
  await edit(database, "mergeRecords", { ...ids, ...(keeps && { prefer: "SURVIVOR" }) }, options);
}

/** Says that two records are different, so that they are not listed as likely duplicates again. */
export async function dismissDuplicate(
  database: Database,
  ids: { readonly id: string; readonly other: string },
  options: EditOptions,
): Promise<void> {
  await edit(database, "dismissDuplicate", ids, options);
}

async function edit(database: Database, name: string, input: object, { reason, log }: EditOptions): Promise<void> {
  const act = acts.get(name);
  if (act === undefined) throw new Error(`there is no mutation ${name}`);
  const { userErrors } = await runAct(
    database,
    act,
    { ...input, reason },
    { actor: "command line", actorName: null, signal: new AbortController().signal, timeout: 600_000, log },
  );
  if (userErrors.length > 0) {
    const lines = userErrors.map(({ message, path }) => `${path.slice(1).join(".") || name}: ${message}`);
    throw new EditError(["Nothing was changed.", ...lines].join("\n"));
  }
}

/** A list for people, with the commands that settle each pair. */
export function duplicatesText(pairs: readonly StoredDuplicate[]): string {
  if (pairs.length === 0) return "No likely duplicates.";
  const lines = pairs.flatMap(({ kind, isStrong, evidence, one, oneKey, other, otherKey }) => [
    `${kind} ${oneKey} and ${otherKey}${isStrong ? " (strong evidence)" : ""}`,
    ...evidence.map((phrase) => `  ${phrase}`),
    `  sidelines merge ${other} ${one} --reason "the same ${kind}"`,
    `  sidelines dismiss ${one} ${other} --reason "different"`,
  ]);
  const count = `${String(pairs.length)} ${pairs.length === 1 ? "pair" : "pairs"} of likely duplicates`;
  return [...lines, `${count}. Merge each pair (the first record goes into the second), or dismiss it for good.`].join(
    "\n",
  );
}
