import { didYouMean } from "../../lib/faults.js";
import { keysNear } from "../store.js";
import type { Planning } from "./state.js";

// The number of stored keys of each table that are compared with unresolved ones.
const mostKeys = 5_000;

/** Adds the most similar keys, given or stored, to the faults of keys without a record. */
export async function suggestKeys({ database, unresolved }: Planning): Promise<void> {
  for (const table of new Set(unresolved.map((one) => one.table))) {
    const here = unresolved.filter((one) => one.table === table);
    const keys = here.map(({ key }) => key);
    const stored = await keysNear(database, table.name, table.keyColumn, keys, mostKeys);
    const candidates = new Set([...table.byKey.keys(), ...stored]);
    for (const { key, fault } of here) fault.message += didYouMean(key, candidates);
  }
}
