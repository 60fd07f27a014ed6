import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Tests without a database, a server or another process. */
const unit = [
  "tests/access/{guard,walk}.test.ts",
  "tests/config.test.ts",
  "tests/contract/{architecture,outbound}.test.ts",
  "tests/database/positions.test.ts",
  "tests/deploy/{deploy,licences}.test.ts",
  "tests/docs/{elision,pages}.test.ts",
  "tests/lib/*.test.ts",
  "tests/limits/*.test.ts",
  "tests/packs/positions.test.ts",
  "tests/pages/{away,passages,words}.test.ts",
  "tests/reader/*.test.ts",
  "tests/reading/*.test.ts",
  "tests/sdk/codegen.test.ts",
  "tests/server/slots.test.ts",
  "tests/words/*.test.ts",
  "tests/writing/values.test.ts",
];

/** Tests of pages in a browser. */
const browser = [
  "tests/pages/{browser,direction}.test.ts",
  "tests/playground/*.test.ts",
  "tests/desk/*.browser.test.ts",
];

const torture = ["tests/torture/*.test.ts"];

/** Tests over HTTP, and of the programs. */
const service = [
  "tests/access/credentials.test.ts",
  "tests/agents/*.test.ts",
  "tests/clients/*.test.ts",
  "tests/cli.test.ts",
  "tests/contract/http.test.ts",
  "tests/deploy/lock-files.test.ts",
  "tests/docs/examples.test.ts",
  "tests/exports/*.test.ts",
  "tests/live/*.test.ts",
  "tests/pages/*.test.ts",
  "tests/sdk/*.test.ts",
  "tests/server/*.test.ts",
];

/** Begins with the torture, which takes minutes in one file and would end alone. */
class TortureFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ project: { name } }: TestSpecification): boolean => name === "torture";
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** @param options.isolate whether each file has a process of its own. */
function project(
  name: string,
  { include, exclude = [], isolate }: { include: readonly string[]; exclude?: readonly string[]; isolate: boolean },
): TestProjectInlineConfiguration {
  return { extends: true, test: { name, include: [...include], exclude: [...exclude], isolate } };
}

export default defineConfig({
  // Vitest would take graphql's ES modules and Node's importers its CommonJS; a schema of the one is none to the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    // Many tests start a database or a whole service, which takes seconds, and a minute on a slow machine that runs much else.
    // A test that proves a duration measures it; these limits only end a test that hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 15_000 } },
    // Processes, because tests open sockets and end children. Those without `isolate` run file after file, so that the service
    // is read once and a Postgres server is started once for many.
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: TortureFirst },
    projects: [
      project("torture", { include: torture, isolate: true }),
      project("browser", { include: browser, isolate: true }),
      project("service", { include: service, exclude: [...browser, ...unit], isolate: false }),
      // All others: of statements, migrations, packs, acts and answers.
      project("db", {
        include: ["tests/**/*.test.ts"],
        exclude: [...unit, ...browser, ...torture, ...service],
        isolate: false,
      }),
      project("unit", { include: unit, isolate: false }),
    ],
  },
});
