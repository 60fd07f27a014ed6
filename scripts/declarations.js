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
 *   finds the file that declares a table. `gateways` is the text of federation.graphql, `reading` the names of the types whose fields have a source,
 *   `filters` the names of the fields of filters that have a condition, by input and with the file that has them.
 * @returns {string[]} a sentence for each difference.
 */
export function declarationFaults({
  kinds,
  acts,
  envelope,
  shapes,
  datamodel,
  contract,
  fileOf,
  gateways,
  reading,
  filters,
}) {
  const schema = buildASTSchema(parse(contract), { assumeValid: true });
  // An input of a mutation stands within that of a report as well.
  const faults = [
    ...listFaults(kinds, fileOf),
    ...subjectFaults(kinds, datamodel, fileOf),
    ...columnFaults(kinds, datamodel, fileOf),
    ...typeFaults(kinds, schema, gateways, fileOf),
    ...readingFaults(schema, reading),
    ...filterFaults(schema, filters),
    ...inputFaults(acts, envelope, shapes, schema),
  ];
  return [...new Set(faults)];
}

/** The list of kinds, their order and the prefixes of their ids. */
function* listFaults(kinds, fileOf) {
  const tables = new Set(kinds.map(({ table }) => table));
  for (const table of fileOf.tables) {
    if (!tables.has(table))
      yield `The declaration of ${table} in ${fileOf(table)} is not listed: add it to src/modules/kinds.ts.`;
  }
  const prefixes = new Map();
  const before = new Set();
  for (const { table, type, prefix, fields } of kinds) {
    before.add(table);
    if (!/^[a-z]{3}$/.test(prefix))
      yield `The prefix "${prefix}" in ${fileOf(table)} has to be three letters from a to z, such as "mtg".`;
    if (prefixes.has(prefix))
      yield `The prefix "${prefix}" is that of ${prefixes.get(prefix)} and of ${type}: give another one in ${fileOf(table)}.`;
    prefixes.set(prefix, type);
    for (const { to } of Object.values(fields)) {
      if (to !== undefined && !before.has(to))
        yield `${type} refers to ${to}, which comes later: list it after ${to} in src/modules/kinds.ts.`;
    }
  }
}

/** The columns by which citations refer to their subjects. */
function* subjectFaults(kinds, datamodel, fileOf) {
  const columns = modelsOf(datamodel).get("Citation") ?? [];
  const declared = new Map(kinds.flatMap(({ citation, table }) => (citation ? [[citation.column, table]] : [])));
  for (const [column, table] of declared) {
    if (!columns.includes(column))
      yield `The column ${column} of Citation, by which ${fileOf(table)} is cited, is missing in prisma/schema.prisma: add it there, and write its migration.`;
  }
  for (const column of columns) {
    if (column.endsWith("Id") && column !== "documentId" && !declared.has(column))
      yield `The column Citation.${column} of prisma/schema.prisma refers to nothing: no .record.ts file declares it by \`citation\`.`;
  }
}

/** The types of the contract, and the unions, enums and arguments that name kinds of records. */
function* typeFaults(kinds, schema, gateways, fileOf) {
  const sorted = (some) => [...some].sort((one, other) => one.search.place - other.search.place);
  const searched = sorted(kinds.filter(({ search }) => search !== undefined));
  for (const { type, table } of kinds) {
    const declared = schema.getType(type);
    if (declared === undefined)
      yield `The type ${type}, declared in ${fileOf(table)}, is missing in schema.graphql: add it there.`;
    else if (!declared.getInterfaces().some(({ name }) => name === "VersionedRecord"))
      yield `The type ${type} of schema.graphql is a record: let it implement Node & VersionedRecord.`;
  }
  const types = (some) => some.map(({ type }) => type);
  const membersOf = (name) => (schema.getType(name)?.getTypes() ?? []).map((member) => member.name);
  yield* nameFaults(
    "the union CitationSubject of schema.graphql",
    membersOf("CitationSubject"),
    types(kinds.filter(({ citation }) => citation !== undefined)),
    "`citation`",
  );
  yield* nameFaults("the union SearchMatch of schema.graphql", membersOf("SearchMatch"), types(searched), "`search`");
  if (gateways !== undefined) {
    const union = parse(gateways).definitions.find(({ name }) => name?.value === "_Entity");
    const entities = (union?.types ?? []).map(({ name }) => name.value);
    yield* nameFaults("the union _Entity of federation.graphql", entities, types(kinds), "`type`");
  }
  const values = (schema.getType("SearchKind")?.getValues() ?? []).map(({ name }) => name);
  yield* nameFaults(
    "the enum SearchKind of schema.graphql",
    values,
    searched.map(({ search }) => search.kind),
    "`search`",
  );
  for (const { search, table } of searched) {
    const place = values.indexOf(search.kind) + 1;
    if (place > 0 && place !== search.place)
      yield `The place of ${search.kind} in ${fileOf(table)} is ${search.place}, and ${place} in the enum SearchKind of schema.graphql: equal matches have one order.`;
  }
  const followed = kinds
    .filter(({ isTopic }) => isTopic)
    .map(({ table }) => table.charAt(0).toLowerCase() + table.slice(1));
  const topics = (schema.getSubscriptionType()?.getFields().recordChanged?.args ?? []).map(({ name }) => name);
  yield* nameFaults(
    "the arguments of Subscription.recordChanged in schema.graphql",
    topics.filter((name) => name !== "after"),
    followed,
    "`isTopic`",
  );
}

function* nameFaults(place, there, declared, property) {
  for (const name of new Set(declared)) {
    if (!there.includes(name))
      yield `${name} is missing in ${place}: add it there, or take ${property} out of its .record.ts file.`;
  }
  for (const name of there) {
    if (!declared.includes(name))
      yield `${name} stands in ${place}, and no .record.ts file declares it by ${property}.`;
  }
}

function* readingFaults(schema, reading) {
  if (reading === undefined) return;
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => type.getInterfaces?.().some(({ name }) => name === "VersionedRecord") && !isInterface(type),
  );
  for (const { name } of own) {
    if (!reading.includes(name))
      yield `The fields of ${name} have no source: declare them with objectType in the .fields.ts file of its module.`;
  }
}

function* filterFaults(schema, filters = {}) {
  for (const [name, { file, fields }] of Object.entries(filters)) {
    const contract = Object.keys(schema.getType(name)?.getFields() ?? {});
    for (const field of contract) {
      if (!fields.includes(field))
        yield `The filter ${name}.${field} of schema.graphql has no condition: add it in ${file}.`;
    }
    for (const field of fields) {
      if (!contract.includes(field))
        yield `The filter ${field} of ${file} is missing in the input ${name} of schema.graphql: add it there, with a description.`;
    }
  }
}

/** The filters whose conditions are declared field by field. */
export function filtersOf(meetingFilters) {
  return { MeetingFilter: { file: "src/modules/meetings/meetings.lists.ts", fields: Object.keys(meetingFilters) } };
}

const isInterface = (type) => type.astNode?.kind === "InterfaceTypeDefinition";

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

function* inputFaults(acts, envelope, shapes, schema) {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  // Inputs of mutations stand within the input of a report as well, where their common fields are faults.
  const inputs = Object.values(mutations).flatMap(({ args }) => args.map(({ type }) => getNamedType(type).name));
  const allowedIn = (name) => (inputs.includes(name) ? envelope : []);
  for (const { name, shape } of acts) {
    const [input] = mutations[name]?.args ?? [];
    if (input === undefined) {
      yield `The mutation ${name} is missing in schema.graphql: add it to Mutation, with its input and its payload.`;
      continue;
    }
    yield* objectFaults(shape, getNamedType(input.type), shapes, allowedIn);
  }
}

function* objectFaults(shape, type, shapes, allowedIn) {
  const allowed = allowedIn(type.name);
  const properties = shape._zod.def.shape;
  const fields = type.getFields();
  for (const [name, property] of Object.entries(properties)) {
    const field = fields[name];
    if (shapes.isInPacksOnly(property)) continue;
    if (field === undefined)
      yield `The property ${name} is missing in the input ${type.name} of schema.graphql: add it there, with a description, or take it out of its .record.ts file.`;
    else yield* valueFaults(shapes.bare(property), field.type, shapes, allowedIn);
  }
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(properties, name) && !allowed.includes(name))
      yield `The field ${type.name}.${name} of schema.graphql is not declared: add it to \`properties\` in the .record.ts file of its record.`;
  }
}

function* valueFaults(value, type, shapes, allowedIn) {
  const isList = isListType(getNullableType(type));
  const named = getNamedType(type);
  if (!isInputObjectType(named) || value === undefined) return;
  const definition = value._zod.def;
  if (isList !== (definition.type === "array")) return;
  const item = isList ? shapes.bare(definition.element) : value;
  if (item?._zod.def.type === "object") yield* objectFaults(item, named, shapes, allowedIn);
}

/** The file that declares a table, by the tables that files name. */
export function declarationFiles(folder = join(root, "src/modules")) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".record.ts"))
    .map((name) => [`src/modules/${name.replaceAll("\\", "/")}`, readFileSync(join(folder, name), "utf8")])
    .sort();
  const naming = (pattern) =>
    files.flatMap(([file, text]) => [...text.matchAll(pattern)].map(([, table]) => [table, file]));
  const fileOf = new Map(naming(/^ {2}table: "(\w+)"/gm).reverse());
  const tables = naming(/declareRecord\(\{\n {2}table: "(\w+)"/g).map(([table]) => table);
  return Object.assign((table) => fileOf.get(table) ?? "a .record.ts file", { tables: [...new Set(tables)] });
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
  const modules = ["acts/acts.js", "acts/run.js", "packs/sections.js", "writing/sections.js", "modules/record.js"];
  const [{ acts }, { envelopeShape }, { packSections }, { bare }, { isInPacksOnly }, ...others] = await Promise.all(
    [...modules, "modules/kinds.js", "schema.js", "modules/meetings/meetings.lists.js"].map(built),
  );
  const [{ recordKinds }, { recordTypes }, { meetingFilters }] = others;
  const shapes = { bare, isInPacksOnly };
  const read = (file) => readFileSync(join(root, file), "utf8");
  const faults = declarationFaults({
    kinds: recordKinds,
    acts: [...acts.values()],
    envelope: Object.keys(envelopeShape.shape),
    shapes,
    datamodel: read("prisma/schema.prisma"),
    contract: read("schema.graphql"),
    gateways: read("federation.graphql"),
    fileOf: declarationFiles(),
    reading: [...recordTypes.keys()],
    filters: filtersOf(meetingFilters),
  });
  // An image is built without docs.
  if (existsSync(join(root, "docs/packs.md"))) faults.push(...pageFaults(read("docs/packs.md"), packSections, shapes));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
