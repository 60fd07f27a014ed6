// Documents drawn from the contract: valid ones by chance, and shipped ones with something broken in them.
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";

/** Values by which arguments find something in the seeds. */
const strings = [
  "2024-11-20-ind-chn-vientiane",
  "admm-plus",
  "brics",
  "rajnath-singh",
  "IND",
  "CHN",
  "RUS",
  "dong-jun",
  "nobody-of-this-name",
  "",
];
const days = ["2024-11-20", "2024-11", "2024", "2016-01-01", "1999-12-31", "2024-02-29"];
const numbers = [1, 2, 3, 11];

/**
 * Draws valid queries.
 * @param {import("graphql").GraphQLSchema} schema
 * @param ids of things that the record holds.
 * @returns {() => string}
 */
export function documentDrawer(schema, random, ids) {
  const drawer = new DocumentDrawer(schema, random, ids);
  return () => drawer.draw();
}

class DocumentDrawer {
  #schema;
  #random;
  #ids;

  constructor(schema, random, ids) {
    this.#schema = schema;
    this.#random = random;
    this.#ids = ids;
  }

  draw() {
    const random = this.#random;
    const roots = Object.values(this.#schema.getQueryType().getFields());
    const fields = Array.from({ length: random.chance(0.2) ? 2 : 1 }, (_, index) => {
      const field = random.pick(roots);
      const type = getNamedType(field.type);
      const given = this.#arguments(field);
      return `r${index}: ${field.name}${given}${isLeafType(type) ? "" : ` ${this.#select(type, 5, isPaged(field) ? 1 : 2)}`}`;
    });
    return `query Drawn { ${fields.join(" ")} }`;
  }

  #select(type, depth, lists) {
    const random = this.#random;
    const fields = isAbstractType(type)
      ? type.getFields
        ? Object.values(type.getFields())
        : []
      : Object.values(type.getFields());
    const parts = random.chance(0.3) ? ["__typename"] : [];
    const usable = fields.filter(
      (field) => isLeafType(getNamedType(field.type)) || (depth > 0 && (!isPaged(field) || lists > 0)),
    );
    for (let count = random.between(1, 4); count > 0 && usable.length > 0; count--) {
      const field = usable.splice(random.between(0, usable.length - 1), 1)[0];
      const inner = getNamedType(field.type);
      // The same name with other arguments on another type must not meet in one place.
      const name =
        random.chance(0.15) || isAbstractType(type)
          ? `${field.name}_${random.between(1, 9)}${type.name}: ${field.name}`
          : field.name;
      const below = isLeafType(inner) ? "" : ` ${this.#select(inner, depth - 1, lists - (isPaged(field) ? 1 : 0))}`;
      parts.push(`${name}${this.#arguments(field)}${below}`);
    }
    if (isAbstractType(type) && depth > 0) {
      const possible = random.pick(this.#schema.getPossibleTypes(type));
      parts.push(`... on ${possible.name} ${this.#select(possible, depth - 1, lists)}`);
    }
    return `{ ${(parts.length > 0 ? parts : ["__typename"]).join(" ")} }`;
  }

  #arguments({ args }) {
    const random = this.#random;
    const chosen = args.flatMap((argument) => {
      if (argument.name === "first") return random.chance(0.7) ? [`first: ${random.between(1, 3)}`] : [];
      // A cursor is no value that one could guess, and two ends of a list are not asked for at once.
      if (["after", "before", "last", "knownAt"].includes(argument.name)) return [];
      return isNonNullType(argument.type) || random.chance(0.25)
        ? [`${argument.name}: ${this.#value(argument.type)}`]
        : [];
    });
    return chosen.length > 0 ? `(${chosen.join(", ")})` : "";
  }

  #value(type) {
    const random = this.#random;
    if (isNonNullType(type)) return this.#value(type.ofType);
    if (isListType(type))
      return `[${Array.from({ length: random.between(1, 3) }, () => this.#value(type.ofType)).join(", ")}]`;
    if (!isInputObjectType(type)) return this.#leaf(type);
    const given = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || random.chance(0.3));
    return `{${given.map((field) => `${field.name}: ${this.#value(field.type)}`).join(", ")}}`;
  }

  #leaf(type) {
    const random = this.#random;
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    switch (type.name) {
      case "Int":
      case "Float":
        return String(random.pick(numbers));
      case "Boolean":
        return String(random.chance(0.5));
      case "ID":
        return JSON.stringify(random.chance(0.8) ? random.pick(this.#ids) : random.pick(strings));
      case "Date":
        return JSON.stringify(random.pick(days.filter(({ length }) => length === 10)));
      case "PartialDate":
        return JSON.stringify(random.pick(days));
      case "DateTime":
        return '"2026-01-01T00:00:00Z"';
      default:
        return JSON.stringify(random.pick(strings));
    }
  }
}

function isPaged(field) {
  return isListType(getNullableType(field.type)) || field.args.some(({ name }) => name === "first");
}

const noise = [
  "{",
  "}",
  "(",
  ")",
  '"',
  "\\",
  "$",
  "@",
  "...",
  "!",
  "0",
  "-1",
  "1e999",
  "null",
  "\u0000",
  "\ud800",
  "\u202e",
  "#",
  '"""',
  "query",
  "fragment F on F",
  "[",
  "]",
  ":",
  "é",
  "🕊",
];

/** Breaks a document somewhere, or in several places. */
export function mutate(text, random) {
  let broken = text;
  for (let times = random.between(1, 4); times > 0; times--) {
    const at = random.between(0, broken.length);
    const length = random.between(0, 12);
    const put = random.chance(0.5)
      ? random.pick(noise)
      : random.chance(0.5)
        ? broken.slice(random.between(0, broken.length)).slice(0, 30)
        : "";
    broken = broken.slice(0, at) + put + broken.slice(at + length);
  }
  return broken;
}
