import { afterAll, expect, it, vi } from "vitest";
import { openDatabase } from "../../src/database/open.js";
import { quiet, startPostgres } from "../support/database.js";
import { killPrograms, startProgram } from "../support/program.js";

const server = await startPostgres();
afterAll(async () => {
  killPrograms();
  await server?.stop();
});

// Kubernetes starts them in any order, without waiting.
it.skipIf(!server)(
  "three services that start at once on a database without tables fill it once, and all come up",
  async () => {
    const url = (await server?.createDatabase({ empty: true })) as string;
    const programs = [1, 2, 3].map(() =>
      startProgram({ DATABASE_URL: url, SIDELINES_SEED: "true", LOG_LEVEL: "warn" }),
    );
    await Promise.all(
      programs.map(({ output, errors }) =>
        vi.waitFor(() => expect(`${output()}${errors()}`).toContain("Sidelines is ready"), {
          timeout: 110_000,
          interval: 250,
        }),
      ),
    );
    const database = await openDatabase({ mode: "postgres", url, poolSize: 2, statementTimeoutMs: 8_000 }, quiet);
    try {
      const { rows } = await database.pool.query(
        `SELECT (SELECT count(*)::int FROM "Document") AS documents, (SELECT count(*)::int FROM "Act") AS acts, (SELECT "version"::int FROM "RecordVersion") AS version`,
      );
      expect(rows).toEqual([{ documents: 1246, acts: 1, version: 1 }]);
    } finally {
      await database.close();
    }
  },
);
