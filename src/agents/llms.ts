import { agentTools } from "./tools.js";

/** The addresses that `/llms.txt` lists, by section. */
export interface Listed {
  /** Of the service, without a path. */
  readonly origin: string;
  readonly mcpPath: string;
  readonly graphqlPath: string;
  /** Exports by plain GET. */
  readonly exports: readonly { readonly path: string; readonly about: string }[];
  /** Paths of pages without parameters. */
  readonly pages: readonly string[];
}

/** The text of `/llms.txt`, as https://llmstxt.org describes it. */
export function llmsText({ origin, mcpPath, graphqlPath, exports, pages }: Listed): string {
  const link = (name: string, path: string, about: string): string => `- [${name}](${origin}${path}): ${about}`;
  return [
    "# Sidelines",
    "",
    "> An open record of defence diplomacy: who met whom, in what capacity, on the sidelines of which forum, what was said and agreed, and who belonged to which forum on a given day. Every fact cites its source, with the exact passage if the text is held.",
    "",
    "The record is not complete, and says so: results tell what is uncertain, disputed or not recorded. Reading needs no key. Rate limits are announced in the header `ratelimit`.",
    "",
    `## Tools (Model Context Protocol at ${origin}${mcpPath}, streamable HTTP)`,
    "",
    ...agentTools.map(({ name, description }) => link(name, mcpPath, description)),
    "",
    "## API",
    "",
    link("GraphQL", graphqlPath, "queries by POST or GET, `?query=…`"),
    link("Schema", "/schema.graphql", "every type and field, described"),
    "",
    "## Exports",
    "",
    ...exports.map(({ path, about }) => link(path.slice(1), path, about.replace(/\s+/g, " "))),
    "",
    "## Pages",
    "",
    ...pages.map((path) => link(path.slice(1), path, "a page for people, with every source")),
    "",
  ].join("\n");
}
