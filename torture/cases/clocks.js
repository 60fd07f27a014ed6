// Clocks that ran ahead.
import { ask } from "../service.js";

export const cases = [
  {
    name: "a last change dated a day ahead: the record can be read, also as it was known",
    run: async (bench) => {
      const { name, url } = await bench.database();
      await bench.postgres.statement(
        name,
        `INSERT INTO "Act" ("id", "kind", "actor", "at") VALUES ('act_ahead', 'test', 'test', date_trunc('milliseconds', now() + interval '1 day'))`,
      );
      await bench.postgres.statement(
        name,
        `INSERT INTO "Document" ("id", "key", "kind", "title", "publisher", "language", "url") VALUES ('doc_later', 'later', 'NEWS_REPORT', 'Later', 'Wire', 'en', 'https://example.org/later')`,
      );
      const service = await bench.serve({ DATABASE_URL: url });
      const [{ at }] = await bench.postgres.statement(
        name,
        `SELECT to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM "Act" ORDER BY "number" OFFSET 1 LIMIT 1`,
      );
      for (const query of [
        "{ meetings(first: 1) { totalCount } }",
        `{ meetings(first: 1, knownAt: "${at}") { totalCount } }`,
      ]) {
        const answer = await ask(service, query);
        bench.assertWell(answer);
        if (!answer.json.data?.meetings) throw new Error(answer.text.slice(0, 200));
      }
    },
  },
];
