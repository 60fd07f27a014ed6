import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Execute } from "../agents/ask.js";
import { createAgentServer, type AgentService } from "../agents/mcp.js";
import { linksOf } from "../agents/shapes.js";
import { createClient, isSidelinesError } from "../sdk/client.js";

export interface McpCommand {
  /** The address of the service, once it answers: `http://localhost:4000`. */
  readonly address: Promise<URL>;
  /** Key that is sent to it; none when left out. */
  readonly key: string | undefined;
  readonly version: string;
  /** Logs a line; standard output belongs to the protocol. */
  readonly log: (line: string) => void;
}

/**
 * Serves the tools of agents over standard input and output, until the input ends. Their operations are sent to a
 * service, which checks rights and limits. Clients need not wait for it to list the tools.
 * @throws ServiceError if the service cannot be asked, and whatever rejects its address.
 */
export async function serveTools({ address, key, version, log }: McpCommand): Promise<void> {
  const service = address.then((url) => serviceAt(url, key));
  const onError = (problem: unknown): void => log(problem instanceof Error ? problem.message : String(problem));
  const server = serveStdio(() => createAgentServer({ version, service: () => service, onError }), {
    onerror: onError,
  });
  const ended = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
  });
  try {
    // A wrong address ends the command, and is not left for the first tool.
    await Promise.race([ended, service.then(() => ended)]);
  } finally {
    await server.close();
  }
}

/** A service that cannot be reached, or that refuses. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
}

/** Milliseconds that the service may take for its first answer. */
const FIRST_ANSWER_MS = 10_000;

async function serviceAt(url: URL, key: string | undefined): Promise<AgentService> {
  const execute = executeAt(url, key);
  const probe = await execute({ query: "{ service { version } }" }, AbortSignal.timeout(FIRST_ANSWER_MS));
  const [error] = probe.errors ?? [];
  if (error) throw new ServiceError(`The service at ${url.origin} cannot be asked: ${error.message}`);
  return { execute, links: linksOf(url.origin) };
}

function executeAt(url: URL, key: string | undefined): Execute {
  const client = createClient({
    url: new URL("/graphql", url),
    ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }),
  });
  return async ({ query, variables }, signal) => {
    try {
      return await client.execute(query, variables, { signal });
    } catch (error) {
      if (!isSidelinesError(error)) throw error;
      return { errors: [{ message: error.message, extensions: { code: error.code } }] };
    }
  };
}
