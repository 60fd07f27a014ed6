import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import { llmsText } from "../../agents/llms.js";
import { mediaTypes } from "../../exports/exports.js";
import { allTables } from "../../exports/tables/tables.js";
import { GRAPHQL_PATH } from "./graphql.route.js";
import { MCP_PATH } from "./mcp.route.js";
import { originOf } from "./page.request.js";

export interface LlmsRoute {
  readonly schema: GraphQLSchema;
  readonly hasExports: boolean;
  /** The pages about the record. */
  readonly site: readonly { readonly path: string }[];
}

/** `/llms.txt`: the tools, the API, the exports and the pages of the service, for language models. */
export function llmsRoute(app: FastifyInstance, { schema, hasExports, site }: LlmsRoute): void {
  const pages = site.map(({ path }) => path).filter((path) => !path.includes(":") && path !== "/suggestions");
  const exports = hasExports ? exportsOf(schema) : [];
  const listed = { mcpPath: MCP_PATH, graphqlPath: GRAPHQL_PATH, exports, pages };
  app.get("/llms.txt", async (request, reply) =>
    reply
      .type("text/plain; charset=utf-8")
      .header("cache-control", "max-age=3600")
      .send(llmsText({ origin: originOf(request), ...listed })),
  );
}

function exportsOf(schema: GraphQLSchema): { readonly path: string; readonly about: string }[] {
  const tables = allTables(schema).map(({ name, description }) => ({ path: `/${name}.csv`, about: description }));
  const meetings = Object.entries(mediaTypes)
    .map(([format, type]) => ({ path: `/meetings.${format}`, about: `Meetings as ${type.split(";")[0]}` }))
    .filter(({ path }) => !tables.some((table) => table.path === path));
  return [...tables, ...meetings];
}
