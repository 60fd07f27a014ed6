import { createClient, isSidelinesError } from "../sdk/client.js";

/** The session of this browser, as the service describes it. */
export interface Session {
  readonly pageToken: string;
  readonly actor: string;
  readonly name: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: string;
}

/** An OpenID provider with which editors can sign in. */
export interface Provider {
  readonly id: string;
  readonly name: string;
}

/** A browser that is signed in. */
export interface OpenSession {
  readonly id: string;
  readonly agent: string | null;
  readonly createdAt: string;
  readonly usedAt: string;
  readonly expiresAt: string;
  readonly isCurrent: boolean;
}

/** A fault in the input of a mutation. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** The reason why a request failed: no connection, no session, or something else, with a sentence for the editor. */
export class DeskError extends Error {
  constructor(
    readonly reason: "connection" | "session" | "other",
    message: string,
  ) {
    super(message);
  }
}

let session: Session | null = null;
let providers: readonly Provider[] = [];
const listeners = new Set<(session: Session | null) => void>();

/** Calls back when the browser is signed in or out. @returns A function that unsubscribes. */
export function onSession(listener: (session: Session | null) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function currentSession(): Session | null {
  return session;
}

function setSession(next: Session | null): void {
  session = next;
  for (const listener of listeners) listener(next);
}

const client = createClient({
  url: "/graphql",
  headers: () => ({ "sidelines-page-token": session?.pageToken ?? "none" }),
  retries: 0,
});

/** An operation of the desk, with the types of its data and variables. */
interface Operation<D, V> {
  readonly text: string;
  readonly types?: (variables: V) => D;
}

/** Sends an operation. @throws DeskError */
export async function ask<D, V extends object>(operation: Operation<D, V>, variables: V): Promise<D> {
  try {
    return await client.query<D, V>(operation.text, ...([variables] as never));
  } catch (error) {
    throw deskError(error);
  }
}

function deskError(error: unknown): DeskError {
  if (error instanceof DeskError) return error;
  if (!isSidelinesError(error)) return new DeskError("other", error instanceof Error ? error.message : String(error));
  if (error.code === "UNAUTHENTICATED") {
    setSession(null);
    return new DeskError("session", "Your session has ended. Sign in again; nothing is lost.");
  }
  if (error.kind === "network" || error.kind === "timeout" || error.code === "SERVICE_UNAVAILABLE")
    return new DeskError("connection", "The service cannot be reached.");
  return new DeskError("other", error.errors[0]?.message ?? error.message);
}

async function call(method: string, path: string, body?: BodyInit, type?: string): Promise<Record<string, unknown>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        ...(type === undefined ? {} : { "content-type": type }),
        ...(session ? { "sidelines-page-token": session.pageToken } : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
  } catch {
    throw new DeskError("connection", "The service cannot be reached.");
  }
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return answer;
  const [first] = (answer["errors"] ?? []) as { readonly message?: string }[];
  const message = first?.message ?? `The service answered with status ${String(response.status)}.`;
  if (response.status === 401 && session) setSession(null);
  throw new DeskError(response.status === 401 ? "session" : response.status === 503 ? "connection" : "other", message);
}

/** Finds out whether this browser is signed in already. */
export async function loadSession(): Promise<Session | null> {
  const found = (await call("GET", "/desk/session")) as {
    readonly session: Session | null;
    readonly providers: readonly Provider[];
  };
  providers = found.providers;
  setSession(found.session);
  return found.session;
}

/** The providers with which editors can sign in; known after `loadSession`. */
export const knownProviders = (): readonly Provider[] => providers;

/** Signs in with a key. @throws DeskError if the key is not accepted. */
export async function signIn(key: string): Promise<void> {
  const answer = await call("POST", "/desk/session", JSON.stringify({ key }), "application/json");
  setSession(answer["session"] as Session);
}

/** Signs this browser out. */
export async function signOut(): Promise<void> {
  await call("DELETE", "/desk/session");
  setSession(null);
}

/** Signs out all browsers of this key or account. */
export async function signOutEverywhere(): Promise<void> {
  await call("DELETE", "/desk/sessions");
  setSession(null);
}

export async function listSessions(): Promise<readonly OpenSession[]> {
  return (await call("GET", "/desk/sessions"))["sessions"] as OpenSession[];
}

export async function endSession(id: string): Promise<void> {
  await call("DELETE", `/desk/sessions/${encodeURIComponent(id)}`);
}

/** The text of a file with what the file says about itself, by the fields of a new report. */
export type FileText = Readonly<
  Partial<Record<"text" | "title" | "publisher" | "publishedOn" | "url" | "language", string>>
>;

/** Reads a file. @throws DeskError if it has no text that can be read. */
export async function textOfFile(file: File): Promise<FileText> {
  const type = file.type === "" ? "application/octet-stream" : file.type;
  return call("POST", `/desk/text?${new URLSearchParams({ name: file.name }).toString()}`, file, type);
}
