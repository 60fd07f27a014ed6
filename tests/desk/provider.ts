import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

/** A person who can sign in with the provider of a test. */
export interface Person {
  readonly name: string;
  readonly groups: readonly string[];
}

/** A server that is started on a free port, or on a given one. */
export interface Server {
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function listen(handlerOf: (origin: string) => Promise<RequestListener>, port = 0): Promise<Server> {
  let handler: RequestListener = () => undefined;
  const server = createServer((request, response) => handler(request, response));
  // By name, so that browsers take the desk at 127.0.0.1 for another site.
  await new Promise<void>((done, reject) => server.once("error", reject).listen(port, "localhost", done));
  const bound = (server.address() as AddressInfo).port;
  const origin = `http://localhost:${String(bound)}`;
  handler = await handlerOf(origin);
  return {
    origin,
    port: bound,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Starts node `oidc-provider` with clients of the desk. Its forms take the names of the persons, with any password. */
export function openProvider(
  people: Readonly<Record<string, Person>>,
  redirectUris: readonly string[],
  port = 0,
): Promise<Server> {
  return listen(async (issuer) => {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const client = (id: string, method: "client_secret_basic" | "client_secret_post" | "none") => ({
      client_id: id,
      ...(method === "none" ? {} : { client_secret: "the-secret-of-the-desk" }),
      redirect_uris: redirectUris,
      token_endpoint_auth_method: method,
    });
    const provider = new Provider(issuer, {
      clients: [client("desk", "client_secret_basic"), client("public-desk", "none")],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "one" }] },
      cookies: { keys: ["only for tests"] },
      claims: { openid: ["sub"], profile: ["name"], groups: ["groups"] },
      findAccount: (_context, id) => {
        const person = people[id];
        return person && { accountId: id, claims: () => ({ sub: id, ...person }) };
      },
    });
    const handle = provider.callback();
    return (request: IncomingMessage, response: ServerResponse) => handle(request, response);
  }, port);
}

/** The cookies of a person's browser at the provider. */
class Jar {
  readonly #cookies = new Map<string, string>();
  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
  get text(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

/**
 * Signs in at the provider as a person does, through its forms.
 * @returns The address of the desk to which the provider sends the browser.
 */
export async function passProvider(start: string, login: string): Promise<URL> {
  const jar = new Jar();
  const { origin } = new URL(start);
  let next = new URL(start);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20; step++) {
    const response = await fetch(next, {
      redirect: "manual",
      headers: { cookie: jar.text },
      ...(form && { method: "POST", body: form }),
    });
    jar.take(response);
    form = undefined;
    const to = response.headers.get("location");
    if (to !== null) {
      next = new URL(to, next);
      if (next.origin !== origin) return next;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined)
      throw new Error(`no form at ${next.href}: ${String(response.status)} ${page.slice(0, 300)}`);
    form = new URLSearchParams({ prompt, ...(prompt === "login" && { login, password: "any" }) });
  }
  throw new Error("the provider never sent the browser back");
}
