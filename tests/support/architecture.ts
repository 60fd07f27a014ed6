import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";

/** Source files by their path from the project's root, with forward slashes: `src/lib/ids.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** One import of a source file. */
interface Import {
  /** Within the project the path of the file, otherwise the name as written. */
  readonly target: string;
  readonly isOurs: boolean;
  /** Whether the import is erased at run time. */
  readonly isTypeOnly: boolean;
}

/** All TypeScript files under src that are written by hand. */
export function readSources(root: URL): Sources {
  const names = readdirSync(new URL("src/", root), { recursive: true, encoding: "utf8" });
  return new Map(
    names
      .map((name) => `src/${name.replaceAll("\\", "/")}`)
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("src/generated/"))
      .sort()
      .map((path) => [path, readFileSync(new URL(path, root), "utf8")]),
  );
}

/**
 * Allowed imports of each layer besides itself. A layer is a folder of src, or a file directly in it. The bottom layer,
 * `lib`, is open to all.
 */
const directions: Readonly<Record<string, readonly string[]>> = {
  main: [
    "access",
    "config",
    "context",
    "database",
    "http",
    "intake",
    "live",
    "limits",
    "pages",
    "packs",
    "schema",
    "server",
    "writing",
  ],
  cli: [
    "access",
    "backup",
    "commands",
    "config",
    "context",
    "database",
    "exports",
    "main",
    "packs",
    "reader",
    "schema",
    "sdk",
    "server",
    "writing",
  ],
  commands: [
    "access",
    "acts",
    "agents",
    "backup",
    "config",
    "context",
    "database",
    "exports",
    "main",
    "packs",
    "schema",
    "sdk",
    "server",
    "writing",
  ],
  server: ["access", "context", "exports", "http", "limits", "pages", "reading", "schema"],
  http: ["access", "agents", "exports", "generated", "limits", "pages", "reading"],
  agents: ["generated", "pages"],
  pages: ["exports", "generated"],
  exports: ["generated", "modules", "packs", "reading", "writing"],
  access: ["config", "generated"],
  limits: [],
  context: ["access", "acts", "config", "database", "live", "modules", "reading", "schema", "writing"],
  schema: ["access", "context", "modules", "reading"],
  packs: ["database", "generated", "modules", "texts", "writing"],
  acts: ["database", "generated", "intake", "modules", "packs", "reading", "writing"],
  intake: ["generated", "packs", "reader", "texts", "writing"],
  live: ["database"],
  writing: ["database", "generated"],
  modules: ["access", "generated", "reading", "writing"],
  reading: [],
  reader: ["texts"],
  texts: [],
  backup: ["database"],
  database: ["config", "generated"],
  config: [],
  sdk: ["generated"],
  playground: ["operations", "sdk"],
  desk: ["generated", "playground", "sdk"],
  lib: [],
};

/** Layers that may speak HTTP. */
const httpLayers = new Set(["main", "cli", "commands", "server", "http", "playground", "desk"]);
const httpPackages = /^(fastify|@fastify\/.*|@apollo\/.*|@as-integrations\/.*|node:https?|https?)$/;

/** Words of the domain that no general part may use. Words that programs use too (document, statement, place) are left out. */
const nouns = new Set([
  "Citation",
  "Commitment",
  "FirstSinceClaim",
  "Forum",
  "ForumMembership",
  "Meeting",
  "Milestone",
  "Office",
  "Organization",
  "Participant",
  "Party",
  "Person",
  "StatusReport",
  "Tenure",
  "Visit",
  "VisitReport",
  "VisitClaim",
  "ActivityClaim",
  "AgreementClaim",
]);
const knowsNoNoun = new Set(["reading", "lib"]);

/** Everything that breaks the layout, one line each: the file and what is wrong in it. */
export function architectureFaults(sources: Sources): string[] {
  const faults: string[] = [];
  for (const [path, text] of sources) {
    const file = parsed(path, text);
    for (const fault of [...importFaults(path, file, sources), ...shapeFaults(path, file), ...wordFaults(file)]) {
      faults.push(`${path}: ${fault}`);
    }
  }
  return [...faults, ...cycleFaults(sources)];
}

const files = new Map<string, ts.SourceFile>();

function parsed(path: string, text: string): ts.SourceFile {
  const kept = files.get(path);
  if (kept?.text === text) return kept;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  files.set(path, file);
  return file;
}

/** `src/modules/forums/x.ts` → modules; `src/server.ts` → server. */
function layerOf(path: string): string {
  return (path.split("/")[1] ?? "").replace(/\.(tsx?|js)$/, "");
}

function* importFaults(path: string, file: ts.SourceFile, sources: Sources): Generator<string> {
  const layer = layerOf(path);
  const allowed = directions[layer];
  if (!allowed) {
    yield `belongs to no layer; say in tests/support/architecture.ts what "${layer}" may import`;
    return;
  }
  for (const { target, isOurs } of importsOf(path, file, sources)) {
    if (!isOurs) {
      if (!httpLayers.has(layer) && httpPackages.test(target)) yield `${layer} knows no HTTP, but imports ${target}`;
      continue;
    }
    const other = layerOf(target);
    if (other !== layer && other !== "lib" && !allowed.includes(other))
      yield `${layer} must not import ${other} (${target})`;
    yield* moduleFaults(path, target);
  }
}

/** The kind of a file: `forums.fields.ts` → fields. */
const kindOf = (path: string) => /\.([a-z]+)\.ts$/.exec(path)?.[1] ?? "";

/**
 * Exports of a module: its lists to code that reads, its commands to code that writes, and its fields and packs to the
 * two files that name every module. Files directly under modules are open to all of them.
 */
const offers: Readonly<Record<string, readonly string[]>> = {
  "": ["record"],
  fields: ["lists"],
  record: ["record"],
  lists: ["lists"],
  commands: ["commands", "record"],
  pack: ["commands", "record"],
  acts: ["commands", "record"],
  "packs/": ["pack", "commands", "record"],
  "acts/": ["acts", "commands"],
  "schema/": ["fields"],
  "context/": ["fields", "lists"],
  "exports/": ["lists"],
};

function* moduleFaults(path: string, target: string): Generator<string> {
  const inModule = /^src\/modules\/([^/]+)\//;
  const theirs = inModule.exec(target)?.[1];
  if (theirs === undefined || inModule.exec(path)?.[1] === theirs) return;
  const user = layerOf(path) === "modules" ? kindOf(path) : `${layerOf(path)}/`;
  if (!offers[user]?.includes(kindOf(target))) yield `uses the internals of ${theirs} (${target})`;
}

function importsOf(path: string, file: ts.SourceFile, sources: Sources): Import[] {
  return written(file).map(({ specifier, isTypeOnly }) => {
    const isOurs = specifier.startsWith(".");
    const joined = posix.join(posix.dirname(path), specifier);
    const source = [joined.replace(/\.js$/, ".ts"), joined.replace(/\.js$/, ".tsx")].find((name) => sources.has(name));
    return { target: isOurs ? (source ?? joined) : specifier, isOurs, isTypeOnly };
  });
}

interface WrittenImport {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

/** The imports of a file as they are written. A file is walked once, however often the sources are checked. */
const written = oncePerFile((file): WrittenImport[] => {
  const found: WrittenImport[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push({ specifier: specifier.text, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isErased(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
});

function oncePerFile<T>(find: (file: ts.SourceFile) => T): (file: ts.SourceFile) => T {
  const found = new WeakMap<ts.SourceFile, T>();
  return (file) => {
    const kept = found.get(file);
    if (kept !== undefined) return kept;
    const fresh = find(file);
    found.set(file, fresh);
    return fresh;
  };
}

function isErased(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const { name, namedBindings } = clause;
  return (
    !name &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

const isConfig = (path: string) => /\.config\.ts$/.test(path);

function* shapeFaults(path: string, file: ts.SourceFile): Generator<string> {
  if (/\/index\.tsx?$/.test(path)) yield "is an index file; import from the file that holds the thing";
  const statements = [...file.statements];
  const passesOn = (node: ts.Statement) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined;
  if (statements.length > 0 && statements.every(passesOn)) yield "only passes on what other files hold";
  if (isConfig(path)) return;
  for (const node of statements) {
    const isDefault =
      ts.isExportAssignment(node) ||
      (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword));
    if (isDefault) yield "has a default export";
  }
}

const wordFaults = oncePerFile((file): string[] => {
  const path = file.fileName;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (path !== "src/config.ts" && readsEnvironment(node))
      found.push("reads the environment; only src/config.ts does");
    if (
      knowsNoNoun.has(layerOf(path)) &&
      (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) &&
      nouns.has(node.text)
    ) {
      found.push(`knows the noun ${node.text}`);
    }
    if (path !== connections && opensConnection(node))
      found.push(`opens or borrows a connection; only ${connections} does`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...new Set(found)];
});

/** The one file that hands out connections to a database, each with an error listener. */
const connections = "src/lib/connections.ts";

/** `pg.Client` or `pg.Pool` as a value, either of them imported by name, and `pool.connect()`. */
function opensConnection(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    const { expression, name } = node;
    if (ts.isIdentifier(expression) && expression.text === "pg") return ["Client", "Pool"].includes(name.text);
    return name.text === "connect" && /pool\)?$/i.test(expression.getText());
  }
  if (
    !ts.isImportDeclaration(node) ||
    !ts.isStringLiteral(node.moduleSpecifier) ||
    !/^pg(-pool)?$/.test(node.moduleSpecifier.text)
  )
    return false;
  const { importClause } = node;
  if (!importClause || importClause.isTypeOnly) return false;
  if (node.moduleSpecifier.text === "pg-pool" || importClause.name?.text !== (importClause.name && "pg")) return true;
  const { namedBindings } = importClause;
  return (
    namedBindings !== undefined &&
    (ts.isNamespaceImport(namedBindings) || namedBindings.elements.some(({ isTypeOnly }) => !isTypeOnly))
  );
}

function readsEnvironment(node: ts.Node): boolean {
  const isProcess = (expression: ts.Node) => ts.isIdentifier(expression) && expression.text === "process";
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === "env";
  if (ts.isElementAccessExpression(node)) {
    return (
      isProcess(node.expression) &&
      ts.isStringLiteralLike(node.argumentExpression) &&
      node.argumentExpression.text === "env"
    );
  }
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return false;
  const bindings = node.importClause?.namedBindings;
  return (
    /^(node:)?process$/.test(node.moduleSpecifier.text) &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.some(({ name, propertyName }) => (propertyName ?? name).text === "env")
  );
}

/** Circles of imports: between files of the modules of any kind, elsewhere such as are left at run time. */
function cycleFaults(sources: Sources): string[] {
  const graph = new Map(
    [...sources].map(([path, text]) => {
      const file = parsed(path, text);
      const counts = ({ isOurs, isTypeOnly, target }: Import) =>
        isOurs &&
        sources.has(target) &&
        (!isTypeOnly || (layerOf(path) === "modules" && layerOf(target) === "modules"));
      return [
        path,
        importsOf(path, file, sources)
          .filter(counts)
          .map(({ target }) => target),
      ];
    }),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      circles.push(`circle: ${[...trail.slice(start), path].join(" → ")}`);
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return circles;
}
