import { defineConfig } from "vitest/config";

export default defineConfig({
  // Vitest would take graphql's ES modules and Node's importers its CommonJS; a schema of the one is none to the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["tests/**/*.test.ts"],
    // Many tests start a database or a whole service, which takes seconds, and a minute on a slow machine that runs much else.
    // A test that proves a duration measures it; these limits only end a test that hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 15_000 } },
    // A process for each file: tests set environments, open sockets and end children.
    pool: "forks",
    maxWorkers: 2,
  },
});
