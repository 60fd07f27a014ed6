import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse, print } from "graphql";
import { packageRoot } from "../../src/lib/root.js";

/** An operation that we ship. */
export interface ShippedOperation {
  readonly name: string;
  readonly file: string;
  /** The whole text of its file, which may hold other operations. */
  readonly document: string;
  /** The operation alone, as graphql-js prints it. */
  readonly text: string;
  /** Variables that have an answer, as the playground offers them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The queries of the project's one folder for operations, in the order of the files. */
export function shippedOperations(): readonly ShippedOperation[] {
  const folder = join(packageRoot(), "src", "operations");
  const variables = JSON.parse(readFileSync(join(folder, "variables.json"), "utf8")) as Record<
    string,
    Record<string, unknown>
  >;
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".graphql"))
    .sort();
  return files.flatMap((file) => {
    const document = readFileSync(join(folder, file), "utf8");
    return parse(document).definitions.flatMap((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION || !definition.name)
        throw new Error(`${file} holds something that is no named operation.`);
      // Streams are tested in tests/live, and mutations in tests/acts.
      if (definition.operation !== "query") return [];
      const name = definition.name.value;
      return { name, file, document, text: print(definition), variables: variables[name] ?? {} };
    });
  });
}
