import { McpServer } from "@modelcontextprotocol/server";
import { ToolError, type Execute } from "./ask.js";
import type { Links } from "./shapes.js";
import { contextOf, type Tool } from "./tool.js";
import { agentTools } from "./tools.js";

/** The service as tools use it. */
export interface AgentService {
  readonly execute: Execute;
  readonly links: Links;
}

/** The service as a server of the Model Context Protocol. */
export interface AgentServer {
  readonly version: string;
  /** The means of the tools; a call waits until they are there. */
  readonly service: () => Promise<AgentService>;
  /** Logs an error that is not the client's. */
  readonly onError: (error: unknown) => void;
}

const INSTRUCTIONS =
  "Sidelines is an open record of defence diplomacy: who met whom, in what capacity, on the sidelines of which forum, what was said and agreed, and who belonged to which forum on a given day. Every fact cites its source. Answer from the results only, quote the passages, and give their links. Repeat the certainty, notes and coverage of a result: UNCERTAIN and DISPUTED answers are not facts, and NOT_RECORDED does not mean that something did not happen. Dates such as 2024-10 are as precise as the sources.";

/** A server with all tools. A transport connects it once. */
export function createAgentServer(options: AgentServer): McpServer {
  const { version } = options;
  const info = { name: "sidelines", title: "Sidelines", version };
  const server = new McpServer(info, { capabilities: { tools: {} }, instructions: INSTRUCTIONS });
  for (const tool of agentTools) register(server, tool, options);
  return server;
}

function register(server: McpServer, tool: Tool, { service, onError }: AgentServer): void {
  const { name, title, description, input, output } = tool;
  const annotations = { title, readOnlyHint: true, openWorldHint: false };
  const config = { title, description, inputSchema: input, outputSchema: output, annotations };
  server.registerTool(name, config, async (given: unknown, { mcpReq: { signal } }) => {
    try {
      const { execute, links } = await service();
      const { structured, text } = await tool.run(given, contextOf(execute, signal, links));
      return { content: [{ type: "text", text }], structuredContent: { ...structured } };
    } catch (error) {
      if (!(error instanceof ToolError)) onError(error);
      return failure(error);
    }
  });
}

/** A failed call: what was wrong, and the way out, as text. */
function failure(error: unknown) {
  const { code, message } =
    error instanceof ToolError
      ? error
      : { code: "INTERNAL_SERVER_ERROR", message: "The tool failed. Try again later." };
  return { isError: true, content: [{ type: "text" as const, text: `${code}: ${message}` }] };
}
