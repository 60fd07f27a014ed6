import { GraphQLError, Kind, parse, type DocumentNode } from "graphql";
import { z } from "zod";
import { ToolError, type AgentResponse } from "../ask.js";
import { bytesOf, INCOMPLETE, textOf } from "../result.js";
import { RESULT } from "../shapes.js";
import { SIZE, tool } from "../tool.js";

export const graphql = tool({
  name: "graphql",
  title: "Ask anything else with GraphQL",
  description:
    'Runs a GraphQL query of your own, read-only, with the same limits as at /graphql. The schema is at /schema.graphql; `{ __type(name: "Query") { fields { name description } } }` lists the root fields. Select few fields and page lists with first and after.',
  input: {
    query: z.string().min(1).describe("One query; mutations and subscriptions are refused."),
    variables: z.record(z.string(), z.unknown()).optional(),
    ...SIZE,
  },
  output: {
    ...RESULT,
    data: z.unknown().describe("As GraphQL returns it; null after an error of the whole query."),
    errors: z.array(z.object({ message: z.string(), path: z.string().optional(), code: z.string().optional() })),
  },
  async run({ query, variables, maxBytes }, { send }) {
    requireQuery(query);
    const { data, errors: given = [], extensions } = await send({ query, ...(variables && { variables }) });
    const errors = given.map(({ message, path, extensions: details }) => ({
      message,
      ...(path && { path: path.join(".") }),
      ...(typeof details?.["code"] === "string" && { code: details["code"] }),
    }));
    const [first] = errors;
    if (first && (data === undefined || data === null)) {
      throw new ToolError(first.code ?? "UNKNOWN", errors.map(({ message }) => message).join(" "));
    }
    const structured = {
      answer: errors.length === 0 ? "The query has been answered." : "Only a part of the query could be answered.",
      certainty: errors.length === 0 ? ("RECORDED" as const) : ("UNCERTAIN" as const),
      notes: [...errors.map(({ message }) => message), ...unknownNames(extensions), JUDGE],
      coverage: INCOMPLETE,
      data: data ?? null,
      errors,
    };
    const result = { structured, text: textOf(structured, [JSON.stringify(structured.data)]) };
    const bytes = bytesOf(result);
    if (bytes > maxBytes) {
      throw new ToolError(
        "LIMIT_EXCEEDED",
        `The result has ${bytes} bytes, but maxBytes allows ${maxBytes}. Select fewer fields, page with a smaller first, or give a larger maxBytes.`,
      );
    }
    return result;
  },
});

/** Tokens that are parsed here; the service has a limit of its own. */
const MOST_TOKENS = 10_000;

const JUDGE =
  "The certainty is about the query. Fields such as isCertain, isDisputed, status and conflicts tell how certain the data are.";

/** @throws ToolError for a text that is no GraphQL, or that is not one query. */
function requireQuery(text: string): void {
  let document: DocumentNode;
  try {
    document = parse(text, { noLocation: true, maxTokens: MOST_TOKENS });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new ToolError("GRAPHQL_PARSE_FAILED", error.message);
  }
  const kinds = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [node.operation] : [],
  );
  const other = kinds.find((kind) => kind !== "query");
  if (other !== undefined) {
    const message = `This tool is read-only, but the text has a ${other}. Send it to /graphql with a key.`;
    throw new ToolError("FORBIDDEN", message);
  }
  if (kinds.length !== 1) {
    throw new ToolError("BAD_USER_INPUT", `The text has ${kinds.length} queries. Give exactly one.`);
  }
}

/** Names in arguments that the record does not have, with what may have been meant. */
function unknownNames(extensions: AgentResponse["extensions"]): string[] {
  const names = extensions?.["unknownNames"];
  if (!Array.isArray(names)) return [];
  return names.flatMap((name: { readonly message?: unknown }) =>
    typeof name.message === "string" ? [name.message] : [],
  );
}
