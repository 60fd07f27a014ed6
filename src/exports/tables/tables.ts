import type { GraphQLSchema } from "graphql";
import { describedBy } from "./contract.js";
import { tablesOfLists } from "./lists.js";
import { recordTables, tableOfRecords } from "./records.js";
import type { Table } from "./table.js";

const made = new WeakMap<GraphQLSchema, readonly Table[]>();

/**
 * All tables of the record: one for each kind of record and for each of its lists, from the declarations of the nouns.
 * @param schema The contract, which describes their columns.
 */
export function tablesOf(schema: GraphQLSchema): readonly Table[] {
  const known = made.get(schema);
  if (known !== undefined) return known;
  const descriptions = describedBy(schema);
  const tables = recordTables.flatMap((recordTable) => [
    tableOfRecords(recordTable, descriptions),
    ...tablesOfLists(recordTable, descriptions),
  ]);
  made.set(schema, tables);
  return tables;
}
