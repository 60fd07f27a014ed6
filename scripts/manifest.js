// Writes the shipped operations for the safelist and for persisted queries:
// - dist/operations.manifest.json, in Apollo's format: each operation of the client, the desk and the tools for agents,
// - dist/documents.manifest.json, texts by their SHA-256: the files of src/operations, as the playground sends them.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, print } from "graphql";
import * as pages from "./codegen/pages.plugin.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "src/operations");
const others = ["src/desk/operations", "src/agents/operations"].map((path) => join(root, path));

const documents = filesOf(folder).map((file) => readFileSync(join(folder, file), "utf8"));
const shipped = documents.flatMap((body) =>
  parse(body).definitions.map((definition) => entry(definition.name.value, definition.operation, print(definition))),
);
const operations = [...shipped, ...others.flatMap(operationsIn)];

mkdirSync(join(root, "dist"), { recursive: true });
write("operations", { format: "apollo-persisted-query-manifest", version: 1, operations });
write("documents", Object.fromEntries(documents.map((body) => [hashOf(body), body])));

function write(name, content) {
  writeFileSync(join(root, `dist/${name}.manifest.json`), `${JSON.stringify(content, null, 2)}\n`);
}

function hashOf(text) {
  return createHash("sha256").update(text).digest("hex");
}

function entry(name, type, body) {
  return { id: hashOf(body), name, type, body };
}

function filesOf(path) {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".graphql"))
    .sort();
}

/** The operations of a folder with the fragments that they spread, as the desk and the tools send them. */
function operationsIn(path) {
  const { content } = pages.plugin(
    null,
    filesOf(path).map((file) => ({ location: join(path, file) })),
  );
  const texts = [...content.matchAll(/^  text: (".*"),$/gm)].map(([, text]) => JSON.parse(text));
  return texts.map((text) => {
    const [definition] = parse(text).definitions;
    return entry(definition.name.value, definition.operation, text);
  });
}
