import { describe, expect, it } from "vitest";
import { architectureFaults, readSources } from "../support/architecture.js";

const sources = readSources(new URL("../../", import.meta.url));
const known = new Set(architectureFaults(sources));

/** New faults if these files are laid over the sources. */
function faultsWith(files: Record<string, string>): string[] {
  return architectureFaults(new Map([...sources, ...Object.entries(files)])).filter((fault) => !known.has(fault));
}

describe("the layout", () => {
  it("is read at all", () => {
    expect(sources.size).toBeGreaterThan(30);
    expect([...sources.keys()]).toContain("src/modules/forums/forums.fields.ts");
  });

  it("is kept by every source file", () => {
    expect(architectureFaults(sources)).toEqual([]);
  });

  // A check that cannot fail is worse than none.
  it.each<[what: string, files: Record<string, string>, finding: RegExp]>([
    [
      "reading that imports a module",
      {
        "src/reading/x.ts": `import { forumTypes } from "../modules/forums/forums.fields.js";\nexport const x = forumTypes;`,
      },
      /reading must not import modules/,
    ],
    [
      "reading that imports generated types, if only their types",
      {
        "src/reading/x.ts": `import type { Prisma } from "../generated/prisma/client.js";\nexport type X = Prisma.ModelName;`,
      },
      /reading must not import generated/,
    ],
    [
      "lib that imports reading",
      { "src/lib/x.ts": `import { all } from "../reading/sql.js";\nexport const x = all;` },
      /lib must not import reading/,
    ],
    [
      "lib that knows a noun",
      { "src/lib/x.ts": `export interface Meeting { readonly id: string }` },
      /knows the noun Meeting/,
    ],
    [
      "reading that knows a table",
      { "src/reading/x.ts": `export const table = "ForumMembership";` },
      /knows the noun ForumMembership/,
    ],
    [
      "a module that uses the internals of another",
      {
        "src/modules/parties/x.fields.ts": `import { forumTypes } from "../forums/forums.fields.js";\nexport const x = forumTypes;`,
      },
      /uses the internals of forums/,
    ],
    [
      "reading that goes through the writing of another module",
      {
        "src/modules/parties/x.fields.ts": `import { membershipKey } from "../forums/forums.commands.js";\nexport const x = membershipKey;`,
      },
      /uses the internals of forums/,
    ],
    [
      "a module that knows HTTP",
      { "src/modules/parties/x.ts": `import { fastify } from "fastify";\nexport const x = fastify;` },
      /modules knows no HTTP, but imports fastify/,
    ],
    [
      "a module that imports the server",
      { "src/modules/parties/x.ts": `export const x = await import("../../server.js");` },
      /modules must not import server/,
    ],
    [
      "a route that picks its own module",
      {
        "src/http/x.ts": `import { forumRoots } from "../modules/forums/forums.fields.js";\nexport const x = forumRoots;`,
      },
      /http must not import modules/,
    ],
    [
      "a page that reads by itself",
      { "src/pages/x.ts": `import { createReader } from "../reading/reader.js";\nexport const x = createReader;` },
      /pages must not import reading/,
    ],
    [
      "a page that knows its route",
      { "src/pages/x.ts": `import type { FastifyRequest } from "fastify";\nexport type X = FastifyRequest;` },
      /pages knows no HTTP, but imports fastify/,
    ],
    [
      "a file that reads the environment",
      { "src/lib/x.ts": `export const x = process.env.HOME;` },
      /reads the environment/,
    ],
    [
      "a file that imports the environment",
      { "src/http/x.ts": `import { env as e } from "node:process";\nexport const x = e;` },
      /reads the environment/,
    ],
    [
      "a client made elsewhere",
      { "src/live/x.ts": `import pg from "pg";\nexport const x = new pg.Client();` },
      /opens or borrows a connection/,
    ],
    [
      "a pool made elsewhere",
      { "src/live/x.ts": `import { Pool } from "pg";\nexport const x = new Pool();` },
      /opens or borrows a connection/,
    ],
    [
      "a kind of client made elsewhere",
      { "src/live/x.ts": `import postgres from "pg";\nexport class X extends postgres.Client {}` },
      /opens or borrows a connection/,
    ],
    [
      "a connection borrowed elsewhere",
      { "src/live/x.ts": `export const x = (database: { pool: { connect(): object } }) => database.pool.connect();` },
      /opens or borrows a connection/,
    ],
    ["an index", { "src/lib/index.ts": `export const x = 1;` }, /is an index file/],
    [
      "a barrel by another name",
      { "src/lib/x.ts": `export * from "./ids.js";\nexport * from "./errors.js";` },
      /only passes on/,
    ],
    ["a default export", { "src/lib/x.ts": `export default function x() { return 1; }` }, /default export/],
    ["a folder without a layer", { "src/helpers/x.ts": `export const x = 1;` }, /belongs to no layer/],
    [
      "a circle of types between files of modules",
      {
        "src/modules/parties/a.lists.ts": `import type { B } from "../forums/b.lists.js";\nexport type A = B;`,
        "src/modules/forums/b.lists.ts": `import type { A } from "../parties/a.lists.js";\nexport type B = A;`,
      },
      /circle: src\/modules/,
    ],
    [
      "a circle that is left at run time",
      {
        "src/lib/a.ts": `import { b } from "./b.js";\nexport const a = b;`,
        "src/lib/b.ts": `import { a } from "./a.js";\nexport const b = a;`,
      },
      /circle: src\/lib/,
    ],
  ])("finds %s", (_what, files, finding) => {
    expect(faultsWith(files)).toEqual(expect.arrayContaining([expect.stringMatching(finding)]));
  });

  it("lets a module use the lists of another, and the composition name every module", () => {
    expect(
      faultsWith({
        "src/modules/parties/x.fields.ts": `import { membershipsOf } from "../forums/forums.lists.js";\nexport const x = membershipsOf;`,
        "src/modules/parties/x.commands.ts": `import { membershipKey } from "../forums/forums.commands.js";\nexport const x = membershipKey;`,
      }),
    ).toEqual([]);
  });
});
