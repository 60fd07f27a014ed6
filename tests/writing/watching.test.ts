import { join } from "node:path";
import { getOperationAST, parse, execute } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scopesUpTo } from "../../src/access/principal.js";
import { createContextFactory } from "../../src/context.js";
import type { Database } from "../../src/database/open.js";
import { createLogger } from "../../src/lib/log.js";
import { packageRoot } from "../../src/lib/root.js";
import type { Span } from "../../src/lib/spans.js";
import { watchWrite, type DoneStatement } from "../../src/lib/watching.js";
import { importPacks } from "../../src/packs/import.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { inOneWrite } from "../../src/writing/transaction.js";
import { limits } from "../support/ask.js";
import { startPostgres, testDatabase } from "../support/database.js";

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const report = join(packageRoot(), "seeds/report");

describe.each([
  ["the embedded database", false],
  ["a Postgres server", true],
])("the statements of writes to %s", (_name, isServer) => {
  if (isServer && !postgres) return void it.skip("no server", () => undefined);
  let database: Database;
  let done: DoneStatement[] = [];
  const spans = { begun: 0, ended: 0, failed: 0 };
  const span: Span = {
    begin: () => ((spans.begun += 1), span),
    describe: () => undefined,
    rename: () => undefined,
    end: (error) => {
      spans.ended += 1;
      if (error !== undefined) spans.failed += 1;
    },
  };
  const tell = (statement: DoneStatement): void => void done.push(statement);
  beforeAll(async () => {
    database = await testDatabase(isServer && postgres ? { postgres } : {});
  });
  afterAll(() => database.close());
  beforeEach(() => {
    done = [];
    Object.assign(spans, { begun: 0, ended: 0, failed: 0 });
  });
  const textsOf = (): string[] => done.map(({ text }) => text);

  it("are reported during an import, including the commit, without the written values", async () => {
    const rehearsal = watchWrite({ operation: () => "import", tell });
    await importPacks(database, [report], { dryRun: true, watch: rehearsal });
    expect(textsOf()).not.toContain("COMMIT");
    done = [];
    await importPacks(database, [report], { watch: watchWrite({ operation: () => "import", span, tell }) });
    expect(textsOf().filter((text) => text.startsWith('INSERT INTO "Meeting"'))).toHaveLength(1);
    expect(textsOf().at(-1)).toBe("COMMIT");
    expect(textsOf().join("\n")).not.toContain("Vientiane");
    for (const { kind, operation, requestId, isFailed, durationMs } of done) {
      expect([kind, operation, requestId, isFailed, durationMs >= 0]).toEqual([
        "write",
        "import",
        undefined,
        false,
        true,
      ]);
    }
    expect(spans).toEqual({ begun: done.length, ended: done.length, failed: 0 });
  });

  it("are reported for a mutation by operation and request, with the reads of its payload", async () => {
    const createContext = createContextFactory({ database, limits, version: "0.0.0-test", onStatement: tell });
    const principal = { actor: "key:editor", name: "editor", scopes: scopesUpTo("EDIT") } as const;
    const document = parse(
      "mutation Add($input: AddDocumentInput!) { addDocument(input: $input) { document { title } userErrors { code } } }",
    );
    const facts = {
      requestId: "one",
      signal: new AbortController().signal,
      principal,
      log: createLogger({ level: "silent" }),
      operation: () => getOperationAST(document)?.name?.value,
      span,
    };
    const input = {
      key: "watched",
      kind: "OFFICIAL_PAGE",
      title: "Watched",
      publisher: "The Office",
      language: "en",
      url: "https://example.org/watched",
    };
    const { data, errors } = await execute({
      schema: buildExecutableSchema(),
      document,
      variableValues: { input },
      contextValue: createContext(facts),
    });
    expect([errors, data]).toEqual([undefined, { addDocument: { document: { title: "Watched" }, userErrors: [] } }]);
    const written = done.filter(({ kind }) => kind === "write");
    expect(written.map(({ text }) => text)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^INSERT INTO "Document"/), "COMMIT"]),
    );
    expect(done.filter(({ kind }) => kind === "read")).toHaveLength(1);
    expect(new Set(done.map(({ operation, requestId }) => `${String(operation)} ${String(requestId)}`))).toEqual(
      new Set(["Add one"]),
    );
    // One span more, for the plan of what is read.
    expect(spans).toEqual({ begun: done.length + 1, ended: done.length + 1, failed: 0 });
  });

  it("are reported as failed if they fail, including the commit", async () => {
    const watch = watchWrite({ span, tell });
    await expect(
      inOneWrite(database, (statements) => statements.$queryRawUnsafe("SELECT 1 / 0"), { watch }),
    ).rejects.toThrow(/division by zero/);
    expect(done.at(-1)).toMatchObject({ text: "SELECT 1 / 0", isFailed: true });
    expect(textsOf()).not.toContain("COMMIT");
    done = [];
    // That a fact keeps a source is looked at when all of its act is done.
    await expect(
      inOneWrite(database, (statements) => statements.$executeRawUnsafe('DELETE FROM "Citation"'), { watch }),
    ).rejects.toThrow();
    expect(done.filter(({ isFailed }) => isFailed).map(({ text }) => text)).toEqual(["COMMIT"]);
    expect(spans.failed).toBe(2);
  });
});
