import { createRequire } from "node:module";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport, type Transport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { packageRoot } from "../../src/lib/root.js";

/** The result of a tool as a client gets it. */
export interface Called {
  readonly text: string;
  readonly structured: Record<string, unknown>;
  readonly isError: boolean;
  /** Bytes of the whole result as JSON. */
  readonly bytes: number;
}

const clients: Client[] = [];
/** A program that starts a database first takes a minute on a busy machine; the client gives up after that. */
const patient = { timeout: 250_000 };

export async function closeClients(): Promise<void> {
  await Promise.all(clients.splice(0).map((client) => client.close()));
}

/** @param mode `auto` speaks the newest version of the protocol, `legacy` the versions before 2026. */
async function connected(transport: Transport, mode: "auto" | "legacy"): Promise<Client> {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
  clients.push(client);
  await client.connect(transport, patient);
  return client;
}

/** The official client over streamable HTTP. */
export function overHttp(
  url: string,
  mode: "auto" | "legacy" = "auto",
  headers: Readonly<Record<string, string>> = {},
): Promise<Client> {
  return connected(new StreamableHTTPClientTransport(new URL("/mcp", url), { requestInit: { headers } }), mode);
}

/** The official client over standard input and output of the program. */
export function overStdio(args: readonly string[], mode: "auto" | "legacy" = "auto"): Promise<Client> {
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const command = ["--import", tsx, join(packageRoot(), "src/cli.ts"), "mcp", ...args];
  return connected(new StdioClientTransport({ command: process.execPath, args: command, stderr: "pipe" }), mode);
}

export async function call(client: Client, name: string, given: Record<string, unknown>): Promise<Called> {
  const result = await client.callTool({ name, arguments: given }, patient);
  const [first] = result.content;
  return {
    text: first?.type === "text" ? first.text : "",
    structured: result.structuredContent as Record<string, unknown>,
    isError: result.isError === true,
    bytes: Buffer.byteLength(JSON.stringify(result)),
  };
}
