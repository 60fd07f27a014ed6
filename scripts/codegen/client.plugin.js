// Codegen plugin: one typed client method for each shipped operation, one walk for each that pages, one stream for each
// subscription.
// Runs after `typescript-operations`, whose `…Query` and `…QueryVariables` types it refers to.
import { readFileSync } from "node:fs";
import { Kind, TypeInfo, parse, print, stripIgnoredCharacters, visit, visitWithTypeInfo } from "graphql";

/** Names that the client itself uses beside its generated methods. */
const reserved = new Set(["each", "execute", "live", "paginate", "query", "subscribe"]);

/**
 * The code that follows the operations' types: documents, methods, walks.
 * @returns {{ prepend: string[], content: string }} what codegen puts at the head and at the end of the file.
 * @throws if an operation has no name, a name that is taken, or one of the client's own.
 */
export function plugin(schema, documents) {
  const shipped = shippedOperations(schema, documents);
  const operations = shipped.filter(({ kind }) => kind !== "subscription");
  const streams = shipped.filter(({ kind }) => kind === "subscription");
  const walks = operations.filter(({ path }) => path !== undefined);
  return {
    prepend: [
      'import type { CallOptions, Operation, Run, RunStream, Stream, StreamOptions, Walk, WalkOperation } from "../sdk/operation.js";',
    ],
    content: [
      ...shipped.map(documentCode),
      ...walks.map(pageTypesCode),
      interfaceCode("ShippedMethods", "One method for each shipped operation.", operations, methodSignature),
      makerCode("shippedMethods", "run: Run", "ShippedMethods", operations, methodBody),
      interfaceCode("ShippedWalks", "One walk for each shipped operation that pages.", walks, walkSignature),
      makerCode("shippedWalks", "walk: WalkOperation", "ShippedWalks", walks, walkBody),
      interfaceCode("ShippedStreams", "One stream for each shipped subscription.", streams, streamSignature),
      makerCode("shippedStreams", "stream: RunStream", "ShippedStreams", streams, streamBody),
    ].join("\n\n"),
  };
}

/** Every operation of the documents with what the templates below need to know of it. */
function shippedOperations(schema, documents) {
  const taken = new Set(reserved);
  return documents.flatMap(({ location }) => {
    // Read again: what codegen hands over has lost its comments, and they become the methods' documentation.
    const document = parse(readFileSync(location, "utf8"));
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    const head = commentAbove(document.definitions[0]);
    return document.definitions
      .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
      .map((node) => {
        const method = methodName(node, location, taken);
        const type = node.name.value + node.operation[0].toUpperCase() + node.operation.slice(1);
        return {
          method,
          name: node.name.value,
          kind: node.operation,
          type,
          about: commentAbove(node) || head || `Sends the operation ${node.name.value}.`,
          text: stripIgnoredCharacters([node, ...fragments].map(print).join("\n")),
          optional: node.variableDefinitions.every(
            ({ type, defaultValue }) => defaultValue || type.kind !== Kind.NON_NULL_TYPE,
          ),
          path: pagedPath(schema, node),
        };
      });
  });
}

/** `ForumOn` becomes `forumOn`. */
function methodName({ name }, location, taken) {
  if (!name) throw new Error(`${location}: a shipped operation needs a name, it becomes a method of the client.`);
  const method = name.value[0].toLowerCase() + name.value.slice(1);
  if (taken.has(method))
    throw new Error(`${location}: the client already has a method "${method}"; rename the operation.`);
  taken.add(method);
  return method;
}

/** The lines of comment that stand directly above a definition, as one text. */
function commentAbove(definition) {
  const lines = [];
  for (let token = definition.loc.startToken.prev; token?.kind === "Comment"; token = token.prev) {
    lines.unshift(token.value.trim());
  }
  return lines.join(" ");
}

/**
 * Response keys that lead to the operation's one connection that takes `$after` and selects what a walk needs: `nodes`
 * and `pageInfo { hasNextPage endCursor }`. Undefined if there is none, or if a list lies on the way.
 */
function pagedPath(schema, operation) {
  const types = new TypeInfo(schema);
  const trail = [];
  let found;
  visit(
    operation,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          trail.push({ key: (node.alias ?? node.name).value, isList: String(types.getType()).startsWith("[") });
          if (!takesAfter(node) || !selectsPages(node) || trail.some(({ isList }) => isList)) return;
          if (found)
            throw new Error(`Operation ${operation.name.value} pages two lists by $after; a walk cannot tell which.`);
          found = trail.map(({ key }) => key);
        },
        leave() {
          trail.pop();
        },
      },
    }),
  );
  return found;
}

function takesAfter(field) {
  return field.arguments.some(
    ({ name, value }) => name.value === "after" && value.kind === Kind.VARIABLE && value.name.value === "after",
  );
}

function selectsPages(field) {
  const pageInfo = selected(field, "pageInfo");
  return [
    selected(field, "nodes"),
    pageInfo,
    pageInfo && selected(pageInfo, "hasNextPage"),
    pageInfo && selected(pageInfo, "endCursor"),
  ].every(Boolean);
}

function selected(field, name) {
  return field.selectionSet?.selections.find(
    (node) => node.kind === Kind.FIELD && !node.alias && node.name.value === name,
  );
}

function documentCode({ method, name, kind, type, text }) {
  return `const ${method}Operation: Operation<${type}, ${type}Variables> = {\n  name: ${JSON.stringify(name)},\n  kind: ${JSON.stringify(kind)},\n  text: ${JSON.stringify(text)},\n};`;
}

function pageTypesCode({ method, name, type, path }) {
  const page = path.reduce((code, key, depth) => `${depth > 0 ? `NonNullable<${code}>` : code}["${key}"]`, type);
  return [
    `/** One page of \`${method}\`. */\nexport type ${name}Page = ${path.length > 1 ? `NonNullable<${page}>` : page};`,
    `/** One entry of \`${method}\`. */\nexport type ${name}Node = ${name}Page["nodes"][number];`,
  ].join("\n\n");
}

function interfaceCode(name, about, operations, signature) {
  const members = operations.map((operation) => `  /** ${comment(operation.about)} */\n  ${signature(operation)}`);
  return `/** ${about} */\nexport interface ${name} {\n${members.join("\n\n")}\n}`;
}

function makerCode(name, parameter, type, operations, body) {
  const about = `Makes the ${type.replace("Shipped", "").toLowerCase()} out of what sends one operation.`;
  return `/** ${about} */\nexport function ${name}(${parameter}): ${type} {\n  return {\n${operations.map((operation) => `    ${body(operation)},`).join("\n")}\n  };\n}`;
}

function parameters({ type, optional }) {
  return `variables${optional ? "?" : ""}: ${type}Variables, options?: CallOptions`;
}

function methodSignature(operation) {
  return `readonly ${operation.method}: (${parameters(operation)}) => Promise<${operation.type}>;`;
}

function methodBody({ method }) {
  return `${method}: (variables, options) => run(${method}Operation, variables, options)`;
}

function walkSignature(operation) {
  return `readonly ${operation.method}: (${parameters(operation)}) => Walk<${operation.name}Page, ${operation.name}Node>;`;
}

function walkBody({ method, path }) {
  return `${method}: (variables, options) => walk(${method}Operation, variables, (data) => data.${path.join("?.")}, options)`;
}

function streamSignature({ method, type, optional }) {
  return `readonly ${method}: (variables${optional ? "?" : ""}: ${type}Variables, options?: StreamOptions) => Stream<${type}>;`;
}

function streamBody({ method }) {
  return `${method}: (variables, options) => stream(${method}Operation, variables, options)`;
}

/** Keeps a text from ending the comment that it is put in. */
function comment(text) {
  return text.replaceAll("*/", "* /");
}
