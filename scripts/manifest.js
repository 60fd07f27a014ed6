// Writes dist/operations.manifest.json: the shipped operations as a manifest, for the safelist of the service and for
// gateways that take Apollo's format. Each file of src/operations is there as a whole, as the playground sends it, and each
// of its operations by itself, as the client does.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, print } from "graphql";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "src/operations");

const operations = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".graphql"))
  .sort()
  .flatMap((file) => {
    const body = readFileSync(join(folder, file), "utf8");
    const alone = parse(body).definitions.map((definition) =>
      entry(definition.name.value, definition.operation, print(definition)),
    );
    return [entry(file, alone[0].type, body), ...alone];
  });

mkdirSync(join(root, "dist"), { recursive: true });
writeFileSync(
  join(root, "dist/operations.manifest.json"),
  `${JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations }, null, 2)}\n`,
);

function entry(name, type, body) {
  return { id: createHash("sha256").update(body).digest("hex"), name, type, body };
}
