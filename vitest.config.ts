import { defineConfig } from "vitest/config";

export default defineConfig({
  // Vitest would take graphql's ES modules and Node's importers its CommonJS; a schema of the one is none to the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["tests/**/*.test.ts"],
    // Many tests start a database or a whole service, and the first start of an embedded database takes seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A process for each file: tests set environments, open sockets and end children.
    pool: "forks",
    maxWorkers: 2,
  },
});
