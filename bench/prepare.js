// Generates what the Prisma peers need from the product's own schema: a client in JavaScript and Pothos' view of it.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const root = dirname(folder);
const target = join(folder, "node_modules/.prisma");

const generators = `generator client {
  provider = "prisma-client-js"
  output   = "${join(target, "client")}"
}

generator pothos {
  provider          = "${process.execPath} ${join(folder, "node_modules/@pothos/plugin-prisma/bin/generator.js")}"
  clientOutput      = "./client"
  output            = "${join(target, "pothos.ts")}"
  generateDatamodel = "true"
  documentation     = "false"
}
`;

/** Generates unless it is done already for the schema as it is now. */
export function prepareClients() {
  const model = readFileSync(join(root, "prisma/schema.prisma"), "utf8").replace(
    /generator client \{[^}]*\}\n/,
    generators,
  );
  const kept = join(target, "bench.prisma");
  if (existsSync(kept) && readFileSync(kept, "utf8") === model && existsSync(join(target, "client/index.js"))) return;
  mkdirSync(target, { recursive: true });
  // Prisma looks for its client from where the schema is, and not from within node_modules.
  const draft = join(folder, "data/bench.prisma");
  mkdirSync(dirname(draft), { recursive: true });
  writeFileSync(draft, model);
  const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
  execFileSync(process.execPath, [cli, "generate", "--schema", draft], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    timeout: 120_000,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: "1",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
  });
  writeFileSync(join(target, "pothos.js"), datamodelOf(readFileSync(join(target, "pothos.ts"), "utf8")));
  writeFileSync(kept, model);
}

/** Pothos writes TypeScript; at run time only its one function is of use. */
function datamodelOf(source) {
  const body = /export function getDatamodel\(\)[^{]*(\{[\s\S]*)$/.exec(source)?.[1];
  if (!body) throw new Error("Pothos' generator wrote no getDatamodel()");
  return `export function getDatamodel() ${body}`;
}
