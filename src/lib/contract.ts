import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse, type InputObjectTypeDefinitionNode } from "graphql";
import { packageRoot } from "./root.js";

/** An input of schema.graphql, read without the rest of it. @throws Error for an input that is not there. */
export function contractInput(name: string): InputObjectTypeDefinitionNode {
  const contract = readFileSync(join(packageRoot(), "schema.graphql"), "utf8");
  const [text] = new RegExp(`^input ${name} \\{[^]*?^\\}`, "m").exec(contract) ?? [];
  const definition = text === undefined ? undefined : parse(text, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) throw new Error(`schema.graphql has no input ${name}.`);
  return definition;
}

/** The values of an enum of schema.graphql, in its order. @throws Error for an enum that is not there. */
export function contractEnum(name: string): readonly string[] {
  const contract = readFileSync(join(packageRoot(), "schema.graphql"), "utf8");
  const [text] = new RegExp(`^enum ${name} \\{[^]*?^\\}`, "m").exec(contract) ?? [];
  const definition = text === undefined ? undefined : parse(text, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.ENUM_TYPE_DEFINITION) throw new Error(`schema.graphql has no enum ${name}.`);
  return (definition.values ?? []).map(({ name: { value } }) => value);
}
