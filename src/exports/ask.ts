import { parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { rootFieldsOf } from "../reading/operation.js";
import type { RootField } from "../reading/reader.js";

/**
 * Asks one of the export's own operations.
 * @returns the data, keyed by response keys.
 * @throws whatever reading throws: a GraphQLError for what the asker can mend or for the end of its time.
 */
export type Ask = (
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** Executes root fields to JSON text; a request context. */
export interface Answering {
  readonly answer: (field: RootField) => Promise<string>;
}

/**
 * Executes operations through planned reads, with one statement for each root field. Limits for clients do not apply;
 * the pages of an export bound its size.
 */
export function createAsk(schema: GraphQLSchema, { answer }: Answering): Ask {
  return async (document, variables) => {
    const operation = document.definitions.find(
      (node): node is OperationDefinitionNode => node.kind === "OperationDefinition",
    );
    const fields = operation && rootFieldsOf({ schema, document, operation, variables });
    if (!fields) throw new Error("An operation of the exports does not fit the schema or its variables.");
    const answers = await Promise.all(
      fields.map(async (field) => [field.key, JSON.parse(await answer(field)) as unknown] as const),
    );
    return Object.fromEntries(answers);
  };
}

/** An operation that is parsed once, so that it is planned once. */
export function operation(text: string): DocumentNode {
  return parse(text, { noLocation: true });
}
