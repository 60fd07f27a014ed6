import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, isScalarType } from "graphql";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/lib/root.js";

// Generators declare a type for each type of the schema. Its name must not hide one that their code relies on.
// Scalars are left out: generators map them to types of the language.

const schema = buildSchema(readFileSync(join(packageRoot(), "schema.graphql"), "utf8"));
const names = Object.values(schema.getTypeMap())
  .filter((type) => !isScalarType(type))
  .map(({ name }) => name);

describe("no type of the schema has the name of", () => {
  it("a global or utility type of TypeScript and JavaScript", () => {
    const globals = declaredIn("lib.es5.d.ts", "lib.es2015.promise.d.ts", "lib.es2015.collection.d.ts");
    expect(globals).toEqual(expect.arrayContaining(["Record", "Partial", "Error", "Promise", "Map", "Set"]));
    const all = new Set([...globals, ...Object.getOwnPropertyNames(globalThis)]);
    expect(names.filter((name) => all.has(name))).toEqual([]);
  });

  it("a keyword or builtin of Python", (context) => {
    if (spawnSync("python3", ["--version"]).status !== 0) context.skip("python3 is not installed");
    const program =
      "import builtins, json, keyword, typing; print(json.dumps(dir(builtins) + keyword.kwlist + typing.__all__))";
    const builtins = new Set(JSON.parse(execFileSync("python3", ["-c", program], { encoding: "utf8" })) as string[]);
    expect(builtins.has("Exception")).toBe(true);
    expect(names.filter((name) => builtins.has(name))).toEqual([]);
  });
});

/** Names of the types and values that a library of TypeScript declares. */
function declaredIn(...files: readonly string[]): string[] {
  const folder = join(packageRoot(), "node_modules/typescript/lib");
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.Latest);
    return source.statements.flatMap((statement) => {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return [statement.name.text];
      return ts.isVariableStatement(statement)
        ? statement.declarationList.declarations.map(({ name }) => name.getText(source))
        : [];
    });
  });
}
