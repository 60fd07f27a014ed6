import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from "graphql";
import { GraphQLDateTime, GraphQLURL } from "graphql-scalars";
import { parsePartialDate } from "./partial-dates.js";

/**
 * A scalar of a library under a name of ours, passing values through as the text they are. Any string will do as a
 * literal: whether it is acceptable is decided where arguments are settled for reading, so that the error has the path
 * of the argument and the code BAD_USER_INPUT.
 */
function textScalar(name: string, accept: (text: string) => string): GraphQLScalarType<string, string> {
  return new GraphQLScalarType<string, string>({
    name,
    serialize: (value) => String(value),
    parseValue: (value) => {
      if (typeof value !== "string") throw new GraphQLError(`${name} must be given as a string.`);
      return accept(value);
    },
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING) return node.value;
      throw new GraphQLError(`${name} must be given as a string, but is ${print(node)}.`, { nodes: node });
    },
  });
}

/** `2024-11-20`: a day that exists, from year 1 to 9999. */
export const dateScalar = textScalar("Date", (text) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    throw new GraphQLError(`Expected a day such as 2024-11-20, but found ${JSON.stringify(text)}.`);
  }
  return parsePartialDate(text).text;
});

/** `2024`, `2024-10` or `2024-11-20`. */
export const partialDateScalar = textScalar("PartialDate", (text) => parsePartialDate(text).text);

/** A moment with its offset; its text is kept. */
export const dateTimeScalar = textScalar("DateTime", (text) => {
  GraphQLDateTime.parseValue(text);
  return text;
});

/** An address on the web; its text is kept. */
export const urlScalar = textScalar("URL", (text) => {
  GraphQLURL.parseValue(text);
  return text;
});
