// Holds schema.graphql, prisma/schema.prisma and docs/packs.md against the declarations of the records. A difference is an
// error that names the field and the file to edit.
//
//   node scripts/declarations.js           compares; needs dist/
//   node scripts/declarations.js --write   writes the table of docs/packs.md as well
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildASTSchema, getNamedType, getNullableType, isInputObjectType, isListType, parse } from "graphql";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @param {object} project `kinds` are all kinds of records, `acts` the mutations with their shapes, `envelope` the names that
 *   every mutation takes, `shapes` has the functions `bare` and `isInPacksOnly`, `datamodel` and `contract` are the texts of the two schemas, and `fileOf`
 *   finds the file that declares a table.
 * @returns {string[]} a sentence for each difference.
 */
export function declarationFaults({ kinds, acts, envelope, shapes, datamodel, contract, fileOf }) {
  return [...columnFaults(kinds, datamodel, fileOf), ...inputFaults(acts, envelope, shapes, contract)];
}

function* columnFaults(kinds, datamodel, fileOf) {
  const models = modelsOf(datamodel);
  for (const table of new Set(kinds.map((kind) => kind.table))) {
    const here = kinds.filter((kind) => kind.table === table);
    const columns = models.get(table);
    if (columns === undefined) {
      yield `The table ${table}, declared in ${fileOf(table)}, is no model of prisma/schema.prisma: add the model and write its migration.`;
      continue;
    }
    const declared = new Set(here.flatMap(columnsOfKind));
    for (const column of declared) {
      if (!columns.includes(column))
        yield `The field ${column} of ${fileOf(table)} has no column: add ${table}.${column} to prisma/schema.prisma, and write its migration with \`sidelines migrate --create\`.`;
    }
    for (const column of columns) {
      if (!declared.has(column))
        yield `The column ${table}.${column} of prisma/schema.prisma is not declared: add it to \`properties\` in ${fileOf(table)}, or to \`computed\` if it follows from others.`;
    }
  }
}

function columnsOfKind({ keyColumn, fields, fixed = {}, positioned, computed = [] }) {
  const columns = Object.entries(fields).flatMap(([name, field]) => {
    if (field.type === "reference") return [field.column];
    return field.type === "date" ? [name, `${name}Earliest`, `${name}Latest`] : [name];
  });
  return ["id", keyColumn, ...columns, ...Object.keys(fixed), ...(positioned ? ["position"] : []), ...computed];
}

/** The columns of each model; fields that are other models are relations. */
function modelsOf(datamodel) {
  const models = [...datamodel.matchAll(/^model (\w+) \{\n([^]*?)^\}/gm)];
  const names = new Set(models.map(([, name]) => name));
  const columnsIn = (body) =>
    [...body.matchAll(/^ {2}(\w+)\s+(\w+)/gm)].flatMap(([, name, type]) => (names.has(type) ? [] : [name]));
  return new Map(models.map(([, name, body]) => [name, columnsIn(body)]));
}

function* inputFaults(acts, envelope, shapes, contract) {
  const schema = buildASTSchema(parse(contract), { assumeValid: true });
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const { name, shape } of acts) {
    const [input] = mutations[name]?.args ?? [];
    if (input === undefined) {
      yield `The mutation ${name} is missing in schema.graphql: add it to Mutation, with its input and its payload.`;
      continue;
    }
    yield* objectFaults(shape, getNamedType(input.type), shapes, envelope);
  }
}

function* objectFaults(shape, type, shapes, allowed = []) {
  const properties = shape._zod.def.shape;
  const fields = type.getFields();
  for (const [name, property] of Object.entries(properties)) {
    const field = fields[name];
    if (shapes.isInPacksOnly(property)) continue;
    if (field === undefined)
      yield `The property ${name} is missing in the input ${type.name} of schema.graphql: add it there, with a description, or take it out of its .record.ts file.`;
    else yield* valueFaults(shapes.bare(property), field.type, shapes);
  }
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(properties, name) && !allowed.includes(name))
      yield `The field ${type.name}.${name} of schema.graphql is not declared: add it to \`properties\` in the .record.ts file of its record.`;
  }
}

function* valueFaults(value, type, shapes) {
  const isList = isListType(getNullableType(type));
  const named = getNamedType(type);
  if (!isInputObjectType(named) || value === undefined) return;
  const definition = value._zod.def;
  if (isList !== (definition.type === "array")) return;
  const item = isList ? shapes.bare(definition.element) : value;
  if (item?._zod.def.type === "object") yield* objectFaults(item, named, shapes);
}

/** The file that declares a table, by the tables that files name. */
export function declarationFiles(folder = join(root, "src/modules")) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".record.ts"),
  );
  const tables = files
    .sort()
    .flatMap((name) =>
      [...readFileSync(join(folder, name), "utf8").matchAll(/^ {2}table: "(\w+)"/gm)].map(([, table]) => [
        table,
        `src/modules/${name.replaceAll("\\", "/")}`,
      ]),
    );
  const fileOf = new Map(tables.reverse());
  return (table) => fileOf.get(table) ?? "a .record.ts file";
}

const tableHead = "| collection | an entry |\n|---|---|\n";

/** The table of collections in docs/packs.md, from the declarations. */
function packTable(sections, { isInPacksOnly }) {
  const lines = (section) => [
    row(`\`${section.collection}\``, section, isInPacksOnly),
    ...(section.parts ?? []).map((part) => row(`\` \` ${part.collection}`, part, isInPacksOnly)),
  ];
  const whole = sections.flatMap(lines);
  return `${tableHead}${whole.join("\n")}\n`;
}

function row(collection, { kind, shape, parts = [] }, isInPacksOnly) {
  const lists = new Set(parts.map((part) => part.collection));
  const entries = Object.keys(shape.shape).flatMap((name) =>
    lists.has(name) ? [] : [propertyText(name, kind, isInPacksOnly(shape.shape[name]))],
  );
  return `| ${collection} | ${entries.join(", ")}${lists.size === 0 ? "" : ", and the lists below"} |`;
}

function propertyText(name, { keyColumn, fields, citation, naming = [], table }, isOptional) {
  const inside = Object.values(fields).filter((field) => field.input?.[0] === name && field.input.length > 1);
  const shown = name === "text" && table === "Document" ? "textFile" : name;
  const map = inside.length === 0 ? "" : ` (\`{ ${inside.map((field) => field.input[1]).join(" }` or `{ ")} }\`)`;
  if (name === keyColumn || naming.includes(name)) return `**${shown}**`;
  if (name === "cite") return citation?.count === "one" ? "*cite* (one)" : "*cite*";
  const field = Object.entries(fields).find(([fieldName, one]) => (one.input?.[0] ?? fieldName) === name)?.[1];
  const isRequired = !isOptional && (inside.length > 0 || field?.required === true);
  return (isRequired ? `*${shown}*` : shown) + map;
}

/** The text of docs/packs.md with the table as it has to be. */
export function withPackTable(text, sections, shapes) {
  const start = text.indexOf(tableHead);
  const end = text.indexOf("\n\n", start);
  return text.slice(0, start) + packTable(sections, shapes).trimEnd() + text.slice(end);
}

/** Writes the table of docs/packs.md if asked to; otherwise reports a table that is not current. */
function pageFaults(page, sections, shapes) {
  const current = withPackTable(page, sections, shapes);
  if (current === page) return [];
  if (!process.argv.includes("--write"))
    return ["The table of collections in docs/packs.md is not current: run `node scripts/declarations.js --write`."];
  writeFileSync(join(root, "docs/packs.md"), current);
  return [];
}

async function main() {
  const built = (file) => import(pathToFileURL(join(root, "dist", file)).href);
  const [{ acts }, { envelopeShape }, { packSections, recordKinds }, { bare }, { isInPacksOnly }] = await Promise.all(
    ["acts/acts.js", "acts/run.js", "packs/sections.js", "writing/sections.js", "modules/record.js"].map(built),
  );
  const shapes = { bare, isInPacksOnly };
  const read = (file) => readFileSync(join(root, file), "utf8");
  const faults = declarationFaults({
    kinds: recordKinds,
    acts: [...acts.values()],
    envelope: Object.keys(envelopeShape.shape),
    shapes,
    datamodel: read("prisma/schema.prisma"),
    contract: read("schema.graphql"),
    fileOf: declarationFiles(),
  });
  // An image is built without docs.
  if (existsSync(join(root, "docs/packs.md"))) faults.push(...pageFaults(read("docs/packs.md"), packSections, shapes));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
