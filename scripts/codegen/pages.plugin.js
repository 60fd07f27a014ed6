// Codegen plugin: the texts of the operations of the pages and of the desk, each with the fragments that it needs.
// Runs after `typescript-operations`, whose `…Query` and `…QueryVariables` types it refers to.
import { readFileSync } from "node:fs";
import { Kind, parse, visit } from "graphql";

/**
 * One constant for each operation: `meetingPage` for `query MeetingPage`.
 * @returns {{ prepend: string[], content: string }} what codegen puts at the head and at the end of the file.
 */
export function plugin(_schema, documents) {
  const definitions = documents.flatMap(({ location }) => definitionsIn(readFileSync(location, "utf8")));
  const fragments = new Map(
    definitions
      .filter(({ node }) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.node.name.value, definition]),
  );
  const operations = definitions.filter(({ node }) => node.kind === Kind.OPERATION_DEFINITION);
  return {
    prepend: ['import type { PageOperation } from "../pages/operation.js";'],
    content: operations.map((operation) => constantCode(operation.node, textOf(operation, fragments))).join("\n\n"),
  };
}

/** Definitions as they are written, with what they spread. */
function definitionsIn(source) {
  return parse(source).definitions.map((node) => {
    const spread = new Set();
    visit(node, { FragmentSpread: ({ name }) => void spread.add(name.value) });
    return { node, spread, text: source.slice(node.loc.start, node.loc.end) };
  });
}

function textOf(operation, fragments) {
  const needed = new Set();
  const add = ({ spread }) => {
    for (const name of spread) {
      if (needed.has(name)) continue;
      needed.add(name);
      add(fragments.get(name));
    }
  };
  add(operation);
  return [operation, ...[...needed].map((name) => fragments.get(name))].map(({ text }) => text).join("\n\n");
}

function constantCode({ name: { value: name }, operation }, text) {
  const kind = operation === "mutation" ? "Mutation" : "Query";
  const constant = name[0].toLowerCase() + name.slice(1);
  return `export const ${constant}: PageOperation<${name}${kind}, ${name}${kind}Variables> = {\n  name: ${JSON.stringify(name)},\n  text: ${JSON.stringify(text)},\n};`;
}
