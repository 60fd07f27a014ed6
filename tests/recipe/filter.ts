// Runs in a scratch copy of the project in which the recipe "Add a filter" was carried out, and prints what it saw as JSON.
//
//   tsx tests/recipe/filter.ts <folder of the project before the recipe> <data folder>
import { declarationFaults, filtersOf } from "../../scripts/declarations.js";
import { exportToFile } from "../../src/commands/export.files.js";
import { openDatabase } from "../../src/database/open.js";
import { filterParametersOf } from "../../src/exports/filters.js";
import { contractInput } from "../../src/lib/contract.js";
import { meetingFilters } from "../../src/modules/meetings/meetings.lists.js";
import { answerMeetings } from "../../src/pages/meetings.page.js";
import { createAddresses } from "../../src/pages/addresses.js";
import type { Page } from "../../src/pages/page.js";
import { createSources } from "../../src/pages/sources.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { limits } from "../support/ask.js";
import { quiet } from "../support/database.js";
import { editorOf } from "../support/editors.js";
import { projectOf, textIn } from "./project.js";

const [before = "", dataDir = ""] = process.argv.slice(2);
const project = projectOf(process.cwd());
const { place: _place, ...others } = meetingFilters as Readonly<Record<string, unknown>>;
const faults = {
  none: declarationFaults(project),
  contract: declarationFaults({ ...project, contract: textIn(before, "schema.graphql") }),
  condition: declarationFaults({ ...project, filters: filtersOf(others) }),
};

const database = await openDatabase({ mode: "embedded", dataDir, poolSize: 4, statementTimeoutMs: 600_000 }, quiet);
try {
  const editor = editorOf(database);
  const userErrors: unknown[] = [];
  const act = async (name: string, input: object): Promise<void> => {
    userErrors.push(...(await editor.act(name, input)).userErrors);
  };
  await act("addDocument", {
    key: "filter-page",
    kind: "OFFICIAL_PAGE",
    title: "Page",
    publisher: "P",
    language: "en",
    url: "https://example.org/",
  });
  const cite = [{ document: "filter-page" }];
  for (const place of ["here", "there"]) {
    await act("recordPlace", { key: place, city: place });
    await act("recordMeeting", { slug: `met-${place}`, title: `Met ${place}`, kind: "MULTILATERAL", place, cite });
  }
  const meetings = (place: string): string => `{ meetings(filter: { place: "${place}" }) { nodes { slug } } }`;
  const found = await editor.ask(meetings("here"));
  const unknown = (await editor.answer(meetings("nowhere"))).unknownNames;

  let exported = "";
  const request = { database, limits, parameters: { place: ["here"] }, progress: () => undefined };
  await exportToFile("-", "jsonld", request, (text) => {
    exported += text;
  });
  const addresses = createAddresses(undefined);
  const page = await answerMeetings(buildExecutableSchema())({
    name: "",
    path: "/meetings",
    query: new URLSearchParams({ place: "here" }),
    today: "2024-12-01",
    ask: <D>({ text }: { readonly text: string }, variables: object) =>
      editor.ask<D>(text, variables as Readonly<Record<string, unknown>>),
    addresses,
    sources: createSources(addresses),
  });
  console.log(
    JSON.stringify({
      faults,
      userErrors,
      found,
      unknown,
      option: filterParametersOf(contractInput("MeetingFilter")).get("place"),
      exported: exported.match(/"identifier":\s*"met-\w+"/g),
      shown: (page as Page).main.text,
    }),
  );
} finally {
  await database.close();
}
