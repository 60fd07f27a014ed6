// Runs in a scratch copy of the project in which the recipe "Add a field" was carried out, and prints what it saw as JSON.
//
//   tsx tests/recipe/field.ts <folder of the project before the recipe> <data folder>
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { declarationFaults } from "../../scripts/declarations.js";
import { withClient } from "../../src/database/client.js";
import { differences } from "../../src/database/derive.js";
import { migrate } from "../../src/database/migrate.js";
import { openDatabase } from "../../src/database/open.js";
import { exportPack } from "../../src/packs/export.js";
import { importPacks } from "../../src/packs/import.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { quiet } from "../support/database.js";
import { editorOf } from "../support/editors.js";
import { projectOf, textIn } from "./project.js";

const [before = "", dataDir = ""] = process.argv.slice(2);
const scratch = process.cwd();
const live = "https://example.org/live";

const project = projectOf(scratch);
const faults = {
  none: declarationFaults(project),
  contract: declarationFaults({ ...project, contract: textIn(before, "schema.graphql") }),
  model: declarationFaults({ ...project, datamodel: textIn(before, "prisma/schema.prisma") }),
};

const database = await openDatabase({ mode: "embedded", dataDir, poolSize: 4, statementTimeoutMs: 600_000 }, quiet);
try {
  const migrated = await migrate(database.url, declaredRecords);
  const differing = await withClient(database.url, "test", (client) => differences(client, declaredRecords));
  const editor = editorOf(database);
  const cite = ["page"];
  const userErrors: unknown[] = [];
  const act = async (name: string, input: object): Promise<void> => {
    userErrors.push(...(await editor.act(name, input)).userErrors);
  };
  const meeting = (slug: string, more: object = {}): object => ({
    slug,
    title: "A meeting that is streamed",
    kind: "MULTILATERAL",
    on: "2024-11-20",
    cite: [{ document: "page" }],
    ...more,
  });
  await act("addDocument", {
    key: "page",
    kind: "OFFICIAL_PAGE",
    title: "Page",
    publisher: "P",
    language: "en",
    url: "https://example.org/",
  });
  await act("recordMeeting", meeting("streamed", { livestreamUrl: "https://example.org/soon" }));
  await act("recordMeeting", meeting("again"));
  const idOf = async (slug: string): Promise<string> =>
    (await editor.ask<{ meeting: { id: string } }>(`{ meeting(slug: "${slug}") { id } }`)).meeting.id;
  const [id, other] = [await idOf("streamed"), await idOf("again")];
  await act("correctRecord", { id, corrections: [{ field: "livestreamUrl", value: live }], reason: "It moved." });
  await act("mergeRecords", { id, into: other, reason: "The same meeting." });
  const exported = mkdtempSync(join(tmpdir(), "sidelines-recipe-"));
  const pack = join(exported, "pack");
  await exportPack(database, pack);
  await importPacks(database, [pack]);
  writeFileSync(
    join(exported, "more.yaml"),
    `meetings:\n  - { slug: imported, title: Imported, kind: MULTILATERAL, livestreamUrl: "${live}", cite: [${cite.join()}] }\n`,
  );
  await importPacks(database, [join(exported, "more.yaml")]);
  const stored = await editor.ask(`{
    merged: meeting(slug: "again") { livestreamUrl }
    imported: meeting(slug: "imported") { livestreamUrl }
    search(query: "streamed", kinds: [MEETING]) { nodes { match { ... on Meeting { livestreamUrl } } } }
  }`);
  const changes = `SELECT c."after" ->> 'livestreamUrl' AS "to", ARRAY(SELECT past."concerned"(c."table", c."recordId", a."at")) AS "topics"
    FROM "Change" c JOIN "Act" a ON a."number" = c."actNumber" WHERE c."recordId" = $1 AND c."kind" = 'CHANGED'`;
  const { rows } = await database.pool.query<{ to: string; topics: string[] }>(changes, [id]);
  const yaml = readdirSync(pack).filter((file) =>
    /^livestreamUrl|livestreamUrl:/m.test(readFileSync(join(pack, file), { encoding: "utf8" })),
  );
  console.log(
    JSON.stringify({
      faults,
      migrated,
      differing,
      userErrors,
      stored,
      corrected: rows,
      yaml,
      isOfIt: JSON.stringify(rows).includes(id),
    }),
  );
} finally {
  await database.close();
}
