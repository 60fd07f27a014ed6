import { z } from "zod";
import { asking, type Ask, type Execute } from "./ask.js";
import { MOST_RESULT_BYTES, RESULT_BYTES, type Result } from "./result.js";
import type { Links } from "./shapes.js";

/** The means of a tool call. */
export interface ToolContext {
  readonly ask: Ask;
  /** Sends a request of the client's own. */
  readonly send: (request: Parameters<Execute>[0]) => ReturnType<Execute>;
  readonly links: Links;
  /** The current day in UTC, YYYY-MM-DD. */
  readonly today: string;
}

/** A tool: a question that people ask, answered by shipped operations. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** One paragraph for the model that chooses among tools. */
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly run: (input: unknown, context: ToolContext) => Promise<Result<object>>;
}

/** Declares a tool, with its input and result checked against its schemas by the compiler. */
export function tool<I extends z.ZodRawShape, O extends z.ZodRawShape>(declared: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: I;
  readonly output: O;
  readonly run: (input: z.output<z.ZodObject<I>>, context: ToolContext) => Promise<Result<z.input<z.ZodObject<O>>>>;
}): Tool {
  const input = z.strictObject(declared.input);
  return {
    ...declared,
    input,
    output: z.strictObject(declared.output),
    run: (given, context) => declared.run(input.parse(given), context),
  };
}

export const contextOf = (execute: Execute, signal: AbortSignal, links: Links): ToolContext => ({
  ask: asking(execute, signal),
  send: (request) => execute(request, signal),
  links,
  today: new Date().toISOString().slice(0, 10),
});

/** The size of a result. */
export const SIZE = {
  maxBytes: z
    .int()
    .min(2_000)
    .max(MOST_RESULT_BYTES)
    .default(RESULT_BYTES)
    .describe(`Most bytes of the result; ${RESULT_BYTES} by default.`),
};

/** Paging of lists. @param first Entries of a page by default. */
export const paging = (first: number) => ({
  first: z.int().min(1).max(50).default(first).describe("Most entries of a page; fewer if maxBytes is reached before."),
  after: z.string().optional().describe("`next` of the previous page."),
  ...SIZE,
});
