import type { Database } from "../../src/database/open.js";
import { createAsker, type Asker } from "./ask.js";
import { anyDatabase, startPostgres, testDatabase, type TestPostgres } from "./database.js";
import type { SeedPack } from "./templates.js";

export type { SeedPack };

/** A database with some of the seeds, and a client. */
export interface Seeded extends Asker {
  readonly database: Database;
  close(): Promise<void>;
}

/**
 * A fresh database with these packs, loaded by the same import that users have.
 * @param kind the embedded database or a given server; otherwise the kind that is fastest on this machine.
 */
export async function openSeeded(packs: readonly SeedPack[], kind?: TestPostgres | "embedded"): Promise<Seeded> {
  const database = await (kind === undefined
    ? anyDatabase({ packs })
    : testDatabase({ packs, ...(kind !== "embedded" && { postgres: kind }) }));
  return { ...createAsker(database), database, close: () => database.close() };
}

/** A database server for a suite. */
export interface SeededServer {
  readonly name: string;
  /** True where this machine has no such server; why is printed. */
  readonly skip: boolean;
  open(): Promise<Seeded>;
}

/** The embedded database and, where this machine has its programs, a Postgres server: what holds on one has to hold on the other. */
export async function seededServers(packs: readonly SeedPack[]): Promise<readonly SeededServer[]> {
  const postgres = await startPostgres({ packs });
  return [
    { name: "the embedded database", skip: false, open: () => openSeeded(packs, "embedded") },
    {
      name: "a Postgres server",
      skip: postgres === undefined,
      async open() {
        const seeded = await openSeeded(packs, postgres);
        return { ...seeded, close: () => seeded.close().finally(() => postgres?.stop()) };
      },
    },
  ];
}
