import { buildSchema, execute, getOperationAST, parse, type DocumentNode, type ExecutionResult } from "graphql";
import { sql } from "kysely";
import type { PageArguments } from "../../src/reading/connection.js";
import type { TypeDeclaration } from "../../src/reading/declarations.js";
import * as from from "../../src/reading/fields.js";
import { rootFieldsOf } from "../../src/reading/operation.js";
import {
  createReader,
  type Reader,
  type RootField,
  type Send,
  type SendableStatement,
} from "../../src/reading/reader.js";
import { all, enumerated, parameter } from "../../src/reading/sql.js";
import type { Leaf } from "../../src/reading/inputs.js";
import type { Standpoint } from "../../src/reading/standpoint.js";

/** A schema of another domain than the project's: reading knows no noun, and these tests hold it to that. */
export const schema = buildSchema(/* GraphQL */ `
  scalar Day
  scalar DateTime
  interface Node { id: ID! }
  interface Work { id: ID! title: String! traces(first: Int, after: String, last: Int, before: String): TraceConnection! }
  enum Genre { NOVEL POEM }
  input BookFilter { genres: [Genre!] titles: [String!] printed: Printed isBound: Boolean }
  input Printed { after: Day atLeast: Int }
  type Book implements Node & Work { id: ID! title: String! genre: Genre pages: Int! author: Author shelf: Shelf! traces(first: Int, after: String, last: Int, before: String): TraceConnection! }
  type Map implements Node & Work { id: ID! title: String! scale: Int traces(first: Int, after: String, last: Int, before: String): TraceConnection! }
  type Author implements Node { id: ID! name: String! books(first: Int, after: String, last: Int, before: String): BookConnection! }
  type Shelf { row: Int! }
  type Trace { left: String! of: Work }
  type TraceConnection { nodes: [Trace!]! }
  type BookConnection { edges: [BookEdge!]! nodes: [Book!]! pageInfo: PageInfo! totalCount: Int! }
  type BookEdge { cursor: String! node: Book! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Query {
    node(id: ID!): Node
    work(id: ID!): Work
    book(title: String!, knownAt: DateTime): Book
    books(first: Int, after: String, last: Int, before: String, filter: BookFilter): BookConnection!
    undeclared: Map
    motto: String!
  }
`);

interface BookArguments extends PageArguments {
  readonly filter?: {
    readonly genres?: readonly string[] | null;
    readonly titles?: Leaf<readonly string[]> | null;
    readonly isBound?: boolean | null;
    readonly printed?: { readonly after?: Leaf<string> | null; readonly atLeast?: Leaf<number> | null } | null;
  } | null;
}

interface Columns {
  readonly id: string;
  readonly title: string;
  readonly genre: string;
  readonly pages: number;
  readonly authorId: string;
  readonly name: string;
  readonly row: number;
  readonly scale: number;
}

const column = (name: keyof Columns) => from.column<Columns, keyof Columns>(name);

const books = from.connection<"BookConnection", Columns, Columns, BookArguments>("Book", {
  where: ({ target, args: { filter } }) => [
    filter?.genres
      ? all([sql`${target.col("genre")} in (${sql.join(filter.genres.map((genre) => enumerated(genre, "Genre")))})`])
      : undefined,
    filter?.titles ? sql`${target.col("title")} = any(${parameter(filter.titles, "text[]")})` : undefined,
    filter?.isBound ? sql`"isBound"` : undefined,
    filter?.printed?.after ? sql`"printed" > ${parameter(filter.printed.after, "date")}` : undefined,
    filter?.printed?.atLeast ? sql`"copies" >= ${parameter(filter.printed.atLeast, "int")}` : undefined,
  ],
  order: ({ target }) => ({
    name: "pages",
    terms: [
      { by: target.col("pages"), type: "int", direction: "DESC" },
      { by: target.col("id"), type: "text", direction: "ASC" },
    ],
  }),
});

/** The traces of any work by its id. */
const tracesOfId = from.connection<"TraceConnection", Columns, Columns>("Trace", {
  where: ({ row, target }) => [sql`${target.col("id")} = ${row.col("id")}`],
  order: ({ target }) => ({ name: "trace", terms: [{ by: target.col("id"), type: "text", direction: "ASC" }] }),
});
const traces = { ...tracesOfId, ofId: tracesOfId };

const declared = [
  {
    kind: "object",
    name: "Query",
    table: null,
    fields: {
      node: from.byId("Node", ({ args }) => parameter(args["id"] as Leaf<string>, "text")),
      work: from.byId("Work", ({ args }) => parameter(args["id"] as Leaf<string>, "text")),
      book: from.one<"Book", Columns, Columns>("Book", {
        where: ({ target, args }) => sql`${target.col("title")} = ${parameter(args["title"], "text")}`,
      }),
      books,
      motto: from.fromRequest((request: { motto: string }) => request.motto),
    },
  },
  {
    kind: "object",
    name: "Book",
    table: "Book",
    prefix: "bok",
    fields: {
      id: column("id"),
      title: column("title"),
      genre: column("genre"),
      pages: column("pages"),
      author: from.one<"Author", Columns, Columns>("Author", "authorId"),
      shelf: from.one<"Shelf", Columns, Columns>("Shelf", { where: () => sql`true` }),
      traces,
    },
  },
  {
    kind: "object",
    name: "Map",
    table: "Map",
    prefix: "map",
    fields: { id: column("id"), title: column("title"), scale: column("scale"), traces },
  },
  {
    kind: "object",
    name: "Trace",
    table: "Trace",
    fields: { left: column("name"), of: from.byId<string, Columns>("Work", ({ row }) => row.col("id")) },
  },
  {
    kind: "object",
    name: "Author",
    table: "Author",
    prefix: "aut",
    fields: { id: column("id"), name: column("name"), books },
  },
  { kind: "object", name: "Shelf", table: "Shelf", fields: { row: column("row") } },
] as unknown as readonly TypeDeclaration[];

/** A statement that was sent, with the standpoint it was sent from where the field chose one. */
export type Sent = SendableStatement & { readonly standpoint?: Standpoint };

/** A reader over no database at all: what it sends is kept, and what it gets is given. */
export interface Bench {
  readonly sent: Sent[];
  /** Sends what the first root field asks for and returns the statement. */
  plan(document: string, variables?: Record<string, unknown>): Promise<Sent>;
  /** The text that goes to the client when Postgres answers with this JSON. */
  answer(document: string, json: string | null, variables?: Record<string, unknown>): Promise<string>;
  /** The result of an executor over the same. */
  execute(document: string, json: string | null, variables?: Record<string, unknown>): Promise<ExecutionResult>;
}

export function createBench(options: { namedStatements?: boolean } = {}): Bench {
  const reader: Reader = createReader({
    types: new Map(declared.map((declaration) => [declaration.name, declaration])),
    limits: { defaultPageSize: 3, maxPageSize: 10 },
    namedStatements: options.namedStatements ?? false,
    names: new Map(),
  });
  const sent: Sent[] = [];
  const documents = new Map<string, DocumentNode>();
  const documentOf = (text: string) => {
    const document = documents.get(text) ?? parse(text);
    documents.set(text, document);
    return document;
  };
  const sending =
    (json: string | null): Send =>
    async (statement, standpoint) => {
      sent.push(standpoint ? { ...statement, standpoint } : statement);
      return json;
    };
  const firstField = (text: string, variables: Record<string, unknown>): RootField => {
    const document = documentOf(text);
    const operation = getOperationAST(document);
    const fields = operation && rootFieldsOf({ schema, document, operation, variables });
    if (!fields?.[0]) throw new Error("The document asks for nothing that is read.");
    return fields[0];
  };
  const request = { motto: "read" };
  return {
    sent,
    async plan(document, variables = {}) {
      await reader.answer(firstField(document, variables), sending(null), request).catch((error: unknown) => {
        // Nothing was found is not what is tried here.
        if (!(error instanceof TypeError) && !String(error).includes("must not be null")) throw error;
      });
      const statement = sent.at(-1);
      if (!statement) throw new Error("Nothing was sent.");
      return statement;
    },
    answer: (document, json, variables = {}) => reader.answer(firstField(document, variables), sending(json), request),
    execute: async (document, json, variables = {}) =>
      execute({
        schema,
        document: documentOf(document),
        variableValues: variables,
        fieldResolver: (source: Record<string, unknown> | undefined, _args, _context, info) => {
          if (info.parentType.name !== "Query") return source?.[info.path.key];
          const { operation, fragments, variableValues, parentType, fieldNodes: nodes } = info;
          return reader.tree(
            { schema, operation, fragments, variables: variableValues, parentType, key: String(info.path.key), nodes },
            sending(json),
            request,
          );
        },
      }),
  };
}
