import {
  getNamedType,
  isEnumType,
  isInterfaceType,
  isListType,
  isObjectType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import type { RecordKind } from "../../writing/records.js";
import type { ColumnValue } from "./table.js";

/** A field of the contract that describes a column. */
export interface DescribedField {
  readonly description: string;
  /** The values of its enum, if it has one. */
  readonly values?: readonly ColumnValue[];
}

/** Descriptions of types and fields, from the contract. */
export interface Descriptions {
  /** The description of a type. @throws Error if it has none. */
  ofType(type: string): string;
  /**
   * The field of a type that one of some names has.
   * @throws Error if there is none.
   */
  ofField(type: string, names: readonly string[]): DescribedField;
  /** The field of the objects in a list, such as the names of a person. @throws Error if there is none. */
  ofEntry(type: string, list: string, name: string): DescribedField;
}

/** Fields of tables that the contract describes by another field, or within an object. */
const elsewhere: Readonly<Record<string, DescribedField>> = {
  "Citation.quote": { description: "The passage: the exact words of the document that state the fact." },
  "Citation.start": { description: "Position of the passage in the text, in characters from 0." },
  "Citation.end": { description: "Position after the last character of the passage." },
  "Place.state": { description: "State of the place." },
  "FirstSinceClaim.sinceMilestone": { description: "Milestone since which the source counts." },
  "FirstSinceClaim.sinceMeeting": { description: "Earlier meeting since which the source counts." },
};

/** Reads descriptions from the contract. */
export function describedBy(schema: GraphQLSchema): Descriptions {
  const fieldOf = (type: GraphQLNamedType | undefined, name: string): DescribedField | undefined => {
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    const field = type.getFields()[name];
    return field && described(field);
  };
  const must = (field: DescribedField | undefined, called: string): DescribedField => {
    if (field === undefined)
      throw new Error(
        `Tables cannot describe ${called}: add it to schema.graphql, or to src/exports/tables/contract.ts.`,
      );
    return field;
  };
  return {
    ofType: (type) => must(described(schema.getType(type) ?? {}), type).description,
    ofField: (type, names) =>
      must(
        names
          .map((name) => elsewhere[`${type}.${name}`] ?? fieldOf(schema.getType(type) ?? undefined, name))
          .find((field) => field !== undefined),
        `${type}.${String(names[0])}`,
      ),
    ofEntry(type, list, name) {
      const owner = schema.getType(type);
      const field = isObjectType(owner) ? owner.getFields()[list] : undefined;
      const entry = field && getNamedType(field.type);
      return must(
        fieldOf(entry, name) ?? (field && isList(field) ? described(field) : undefined),
        `${type}.${list}.${name}`,
      );
    },
  };
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(type));
}

function described(
  found: Partial<Pick<GraphQLField<unknown, unknown>, "type">> & { readonly description?: string | null | undefined },
): DescribedField | undefined {
  if (!found.description) return undefined;
  const description = found.description.replace(/\s+/g, " ");
  const type = found.type && getNamedType(found.type);
  if (!isEnumType(type)) return { description };
  return {
    description,
    values: type
      .getValues()
      .map(({ name, description: words }) => ({ name, description: words?.replace(/\s+/g, " ") ?? "" })),
  };
}

/** Properties that the contract knows by another name. */
const synonyms: Readonly<Record<string, string>> = { about: "subject" };

/** The names by which the contract may know a field of a record: its own, or that of the property that gives it. */
export function namesOfField(kind: RecordKind, field: string): readonly string[] {
  const [property] = kind.fields[field]?.input ?? [];
  return typeof property === "string" ? [field, property, synonyms[property] ?? property] : [field];
}
