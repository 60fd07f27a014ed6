// Writes dist/operations.manifest.json: the shipped operations as a manifest, for the safelist of the service and for
// gateways that take Apollo's format. Each file of src/operations is there as a whole, as the playground sends it, and each
// of its operations by itself, as the client does. The operations of the desk and of the tools for agents
// follow.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, print } from "graphql";
import * as pages from "./codegen/pages.plugin.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "src/operations");
const others = ["src/desk/operations", "src/agents/operations"].map((path) => join(root, path));

const shipped = filesOf(folder).flatMap((file) => {
  const body = readFileSync(join(folder, file), "utf8");
  const alone = parse(body).definitions.map((definition) =>
    entry(definition.name.value, definition.operation, print(definition)),
  );
  return [entry(file, alone[0].type, body), ...alone];
});
const operations = [...shipped, ...others.flatMap(operationsIn)];

mkdirSync(join(root, "dist"), { recursive: true });
writeFileSync(
  join(root, "dist/operations.manifest.json"),
  `${JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations }, null, 2)}\n`,
);

function entry(name, type, body) {
  return { id: createHash("sha256").update(body).digest("hex"), name, type, body };
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
