import { HeaderMap, type ApolloServerPlugin, type BaseContext, type GraphQLResponse } from "@apollo/server";
import type { FormattedExecutionResult, OperationDefinitionNode } from "graphql";
import type { RootField } from "../reading/reader.js";
import { rootFieldsOf } from "../reading/operation.js";

/** What the plugin needs of a request's context. */
export interface AnsweringContext {
  /** Reads a root field as JSON text. */
  readonly answer: (field: RootField) => Promise<string>;
}

/** Data that is JSON text already. */
class AnswerText {
  constructor(readonly json: string) {}

  /** For whoever serializes it without knowing it. */
  toJSON(): unknown {
    return JSON.parse(this.json);
  }
}

/**
 * Answers queries with what the reader returns, without walking it through an executor: the reader has already put it
 * into the form that the query asks for. Whatever goes wrong, and whatever is not read from the record, is left to the
 * executor, so that errors are the same with and without this plugin.
 */
export function answersPlugin<C extends BaseContext>(answersFrom: (context: C) => AnsweringContext): ApolloServerPlugin<C> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, request, schema, contextValue }): Promise<GraphQLResponse | null> {
          // Apollo's types promise an operation, but it asks also where the request does not say which of several it means.
          if ((operation as OperationDefinitionNode | undefined)?.operation !== "query") return null;
          const fields = rootFieldsOf({ schema, document, operation, variables: request.variables ?? {} });
          if (!fields) return null;
          const json = await answerFields(fields, answersFrom(contextValue));
          if (json === undefined) return null;
          const data = (request.http ? new AnswerText(json) : JSON.parse(json)) as Record<string, unknown>;
          return { http: { headers: new HeaderMap() }, body: { kind: "single", singleResult: { data } } };
        },
      };
    },
  };
}

/**
 * The data of a query as JSON text.
 * @returns undefined where a root field could not be read; the context keeps the reason for the executor.
 */
export async function answerFields(fields: readonly RootField[], context: AnsweringContext): Promise<string | undefined> {
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
  if (!(data instanceof AnswerText)) return JSON.stringify(result) + "\n";
  const others = JSON.stringify(rest);
  return others === "{}" ? `{"data":${data.json}}\n` : `{"data":${data.json},${others.slice(1)}\n`;
}
