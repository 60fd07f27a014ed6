import type { GraphQLSchema } from "graphql";
import { filterParametersIn, readParameters } from "../filters.js";
import { describedBy } from "./contract.js";
import { tablesOfLists } from "./lists.js";
import { dyadYears, edges } from "./panels.js";
import { recordTables, tableOfRecords } from "./records.js";
import type { Table } from "./table.js";

/** The tables of a schema. */
export interface Tables {
  /** One for each kind of record and for each of its lists, from the declarations of the nouns. */
  readonly records: readonly Table[];
  /** Those that follow from them: pairs of parties. */
  readonly pairs: readonly Table[];
}

const made = new WeakMap<GraphQLSchema, Tables>();

/** The tables of the record. @param schema The contract, which describes their columns. */
export function tablesOf(schema: GraphQLSchema): Tables {
  const known = made.get(schema);
  if (known !== undefined) return known;
  const descriptions = describedBy(schema);
  const records = recordTables.flatMap((recordTable) => [
    tableOfRecords(recordTable, descriptions),
    ...tablesOfLists(recordTable, descriptions),
  ]);
  const pairs = [dyadYears, edges(filterParametersIn(schema), (given) => readParameters(schema, given))];
  const tables = { records, pairs };
  made.set(schema, tables);
  return tables;
}

/** All tables of the record, and those that follow from it. */
export function allTables(schema: GraphQLSchema): readonly Table[] {
  const { records, pairs } = tablesOf(schema);
  return [...records, ...pairs];
}
