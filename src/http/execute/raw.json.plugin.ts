import { HeaderMap, type ApolloServerPlugin, type BaseContext, type GraphQLResponse } from "@apollo/server";
import type { FormattedExecutionResult, OperationDefinitionNode } from "graphql";
import type { RootField } from "../../reading/reader.js";
import { rootFieldsOf } from "../../reading/operation.js";

/** The context of resolvers, as far as raw JSON execution needs it. */
export interface RawJsonContext {
  /** Reads a root field as JSON text. */
  readonly answer: (field: RootField) => Promise<string>;
}

/** Data that is JSON text already. */
class RawJson {
  constructor(readonly json: string) {}

  /** For serializers that do not know it. */
  toJSON(): unknown {
    return JSON.parse(this.json);
  }
}

/**
 * Answers queries with the JSON that the reader returns, without an executor: it has the form of the query already.
 * Failures, and fields that are not read from the record, are left to the executor, so that errors are the same with and
 * without this plugin.
 */
export function rawJsonPlugin<C extends BaseContext>(rawFrom: (context: C) => RawJsonContext): ApolloServerPlugin<C> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({
          document,
          operation,
          request,
          schema,
          contextValue,
        }): Promise<GraphQLResponse | null> {
          // Apollo's types promise an operation, but it asks also where the request does not say which of several it means.
          if ((operation as OperationDefinitionNode | undefined)?.operation !== "query") return null;
          const fields = rootFieldsOf({ schema, document, operation, variables: request.variables ?? {} });
          if (!fields) return null;
          const json = await rawJsonOf(fields, rawFrom(contextValue));
          if (json === undefined) return null;
          const data = (request.http ? new RawJson(json) : JSON.parse(json)) as Record<string, unknown>;
          return { http: { headers: new HeaderMap() }, body: { kind: "single", singleResult: { data } } };
        },
      };
    },
  };
}

/**
 * The data of a query as JSON text.
 * @returns undefined if a root field could not be read; the context keeps the error for the executor.
 */
export async function rawJsonOf(fields: readonly RootField[], context: RawJsonContext): Promise<string | undefined> {
  const [only] = fields;
  if (fields.length === 1 && only) {
    const answer = await context.answer(only).catch(() => undefined);
    return answer === undefined ? undefined : `{${JSON.stringify(only.key)}:${answer}}`;
  }
  const answers = await Promise.allSettled(fields.map((field) => context.answer(field)));
  const members: string[] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.status === "rejected") return undefined;
    members.push(`${JSON.stringify((fields[index] as RootField).key)}:${answer.value}`);
  }
  return `{${members.join()}}`;
}

/** Writes a result as JSON; data that is text already is passed through. */
export function stringifyResult(result: FormattedExecutionResult): string {
  const { data, ...rest }: { readonly data?: unknown } = result;
  if (!(data instanceof RawJson)) return JSON.stringify(result) + "\n";
  const others = JSON.stringify(rest);
  return others === "{}" ? `{"data":${data.json}}\n` : `{"data":${data.json},${others.slice(1)}\n`;
}
