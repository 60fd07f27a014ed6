// Runs in a scratch copy of the project in which the recipe "Add a type" was carried out, and prints what it saw as JSON.
//
//   tsx tests/recipe/type.ts <folder of the project before the recipe> <data folder>
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { declarationFaults } from "../../scripts/declarations.js";
import { withClient } from "../../src/database/client.js";
import { derive, differences } from "../../src/database/derive.js";
import { migrate } from "../../src/database/migrate.js";
import { openDatabase } from "../../src/database/open.js";
import { findTopics } from "../../src/live/topics.js";
import { createAddresses } from "../../src/pages/addresses.js";
import { createPlainPage } from "../../src/pages/plain.record.page.js";
import { createSources } from "../../src/pages/sources.js";
import { exportPack } from "../../src/packs/export.js";
import { importPacks } from "../../src/packs/import.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { quiet } from "../support/database.js";
import { editorOf } from "../support/editors.js";
import { projectOf, textIn } from "./project.js";

const [before = "", dataDir = ""] = process.argv.slice(2);
const project = projectOf(process.cwd());
const isOld = (name: string): boolean => name !== "Treaty";
const faults = {
  none: declarationFaults(project),
  model: declarationFaults({ ...project, datamodel: textIn(before, "prisma/schema.prisma") }),
  lists: declarationFaults({
    ...project,
    contract: project.contract.replaceAll("  | Treaty\n", "").replace(/^.*Treaties, by title.*\n {2}TREATY\n/m, ""),
  }),
  contract: declarationFaults({ ...project, contract: textIn(before, "schema.graphql") }),
  gateways: declarationFaults({ ...project, gateways: textIn(before, "federation.graphql") }),
  list: declarationFaults({
    ...project,
    kinds: project.kinds.filter(({ table }) => isOld(table)),
    acts: project.acts.filter(({ name }) => name !== "recordTreaty"),
  }),
  reading: declarationFaults({ ...project, reading: (project.reading ?? []).filter(isOld) }),
};

const database = await openDatabase({ mode: "embedded", dataDir, poolSize: 4, statementTimeoutMs: 600_000 }, quiet);
try {
  const unmigrated = await withClient(database.url, "test", (client) => differences(client, declaredRecords));
  const migrated = await migrate(database.url, declaredRecords);
  const differing = await withClient(database.url, "test", (client) => differences(client, declaredRecords));
  const again = await withClient(database.url, "test", (client) => derive(client, declaredRecords, true));
  const editor = editorOf(database);
  const userErrors: unknown[] = [];
  const act = async (name: string, input: object): Promise<void> => {
    userErrors.push(...(await editor.act(name, input)).userErrors);
  };
  const cite = [{ document: "treaty-page" }];
  await act("addDocument", {
    key: "treaty-page",
    kind: "OFFICIAL_PAGE",
    title: "Page",
    publisher: "P",
    language: "en",
    url: "https://example.org/",
  });
  await act("recordMeeting", { slug: "signing", title: "Signing", kind: "MULTILATERAL", on: "2024-11-20", cite });
  const treaty = { title: "Accord on Zebrafish", meeting: "signing", cite };
  await act("recordTreaty", {
    ...treaty,
    key: "accord",
    summary: "Both sides share quokka data.",
    signedOn: "2024-11",
  });
  await act("recordTreaty", { ...treaty, key: "same" });
  const uncited = await editor.act("recordTreaty", { ...treaty, key: "uncited", cite: [] });
  const idOf = async (key: string): Promise<string> =>
    (await editor.ask<{ treaty: { id: string } }>(`{ treaty(key: "${key}") { id } }`)).treaty.id;
  const [id, other] = [await idOf("accord"), await idOf("same")];
  await act("correctRecord", { id, corrections: [{ field: "signedOn", value: "2024-11-20" }], reason: "Precise." });
  await act("mergeRecords", { id: other, into: id, reason: "The same treaty." });

  const pack = join(mkdtempSync(join(tmpdir(), "sidelines-recipe-")), "pack");
  await exportPack(database, pack);
  const exported = readFileSync(join(pack, "treaties.yaml"), "utf8");
  await importPacks(database, [pack]);
  const more = `${pack}.yaml`;
  writeFileSync(more, "treaties:\n  - { key: imported, title: Imported, cite: [treaty-page] }\n");
  await importPacks(database, [more]);

  const search = async (query: string): Promise<unknown> =>
    (
      await editor.ask<{ search: { nodes: unknown } }>(
        `{ search(query: "${query}") { nodes { kind quality snippet match { ... on Treaty { key } } } } }`,
      )
    ).search.nodes;
  const found = [];
  for (const query of ["accord on zebra", "zebrafish", "quokka", "zebrafihs"]) found.push(await search(query));
  const stored = await editor.ask(`{
    treaty(key: "same") { key signedOn meeting { slug } citations { totalCount } history { nodes { kind title } } }
    imported: treaty(key: "imported") { title }
    node(id: "${id}") { __typename }
    _entities(representations: [{ __typename: "Treaty", id: "${id}" }]) { __typename }
  }`);

  const { rows } = await database.pool.query<{ topics: string[] }>(
    `SELECT ARRAY(SELECT past."concerned"(c."table", c."recordId", a."at")) AS "topics"
      FROM "Change" c JOIN "Act" a ON a."number" = c."actNumber" WHERE c."recordId" = $1 AND c."kind" = 'CREATED'`,
    [id],
  );
  const topics = await findTopics(database.pool, declaredRecords, { meeting: "signing" }, false);
  const change = { number: 1, affected: new Set(rows[0]?.topics), merger: undefined };
  const followed = topics.choose({ number: 1, id: "act", at: "", changes: [change] });

  const addresses = createAddresses(undefined);
  const sources = createSources(addresses);
  const page = await createPlainPage(buildExecutableSchema())("Treaty", {
    name: id,
    path: `/records/${id}`,
    query: new URLSearchParams(),
    today: "2024-12-01",
    ask: <D>({ text }: { readonly text: string }, variables: object) =>
      editor.ask<D>(text, variables as Readonly<Record<string, unknown>>),
    addresses,
    sources,
  });
  const shown = page && { title: page.title, main: page.main.text, sources: sources.list()?.text };
  console.log(
    JSON.stringify({
      faults,
      unmigrated,
      migrated,
      differing,
      again,
      userErrors,
      uncited: uncited.userErrors,
      exported,
      found,
      stored,
      followed,
      shown,
    }),
  );
} finally {
  await database.close();
}
