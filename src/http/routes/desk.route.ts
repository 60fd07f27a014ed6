import { existsSync } from "node:fs";
import { join } from "node:path";
import { fastifyStatic } from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Authenticate } from "../../access/authenticate.js";
import { CredentialError } from "../../access/errors.js";
import { anonymous, type Principal } from "../../access/principal.js";
import type { SignIn } from "../../access/oidc.js";
import { pageTokenOf, type Session, type Sessions } from "../../access/sessions.js";
import { sessionOf } from "../authenticate/authenticate.js";
import { foreignRefusal, secretIn, sessionCookie } from "../authenticate/session.js";
import { SIGN_IN_POINTS, signInRoutes } from "./desk.sign.in.js";
import { charge, type LimitOptions } from "../limit/limit.js";
import { Refusal, RETRY_AFTER_S, tryAgain } from "../refusal.js";
import { DESK_POLICY } from "../respond/page.headers.js";

/** The text of an uploaded file, with what it says about itself. */
interface UploadedText {
  readonly text: string;
  readonly title?: string | undefined;
  readonly publisher?: string | undefined;
  readonly publishedOn?: string | undefined;
  readonly url?: string | undefined;
  readonly language?: string | undefined;
}

/** Reads an uploaded file. @throws Error with a message for the editor if it cannot be read. */
export type TextOf = (upload: {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}) => Promise<UploadedText>;

export interface DeskRoutes extends LimitOptions {
  readonly authenticate: Authenticate;
  readonly sessions: Sessions;
  /** Sign-in with OpenID providers; keys alone open sessions without it. */
  readonly signIn?: SignIn;
  readonly hasPlayground: boolean;
  readonly textOf?: TextOf;
  /** The built pages; where they are missing, the desk answers 503 and says how to build them. */
  readonly folder: string;
}

/** Files whose names hold a hash of their content never change under that name. */
const FOREVER = "public, max-age=31536000, immutable";
/** Bytes of the body of a sign-in, and of an upload. */
const KEY_BYTES = 4_096;
const UPLOAD_BYTES = 20_000_000;

/** The session, as a page of the desk sees it. */
interface SignedIn {
  readonly pageToken: string;
  readonly actor: string;
  readonly name: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: string;
}

/**
 * `/desk`: the page of editors, its sessions and uploads. Answers are never cached, requests of other sites are refused,
 * and all but signing in need the page token.
 */
export async function deskRoutes(app: FastifyInstance, options: DeskRoutes): Promise<void> {
  const { folder, sessions, signIn: oidc } = options;
  const providers = oidc?.providers.map(({ id, name }) => ({ id, name })) ?? [];
  await app.register(fastifyStatic, {
    root: join(folder, "assets"),
    prefix: "/desk/assets/",
    preCompressed: true,
    cacheControl: false,
    index: false,
    setHeaders: (reply) => {
      reply.setHeader("cache-control", FOREVER);
    },
  });
  const page = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (!existsSync(join(folder, "index.html")))
      return reply
        .code(503)
        .type("text/plain; charset=utf-8")
        .send("The desk has not been built. Run: npm run build\n");
    void reply.headers({ "cache-control": "no-cache", "content-security-policy": DESK_POLICY });
    return reply.sendFile("index.html", folder, { cacheControl: false });
  };
  app.get("/desk", page);
  app.get("/desk/*", page);
  if (oidc) signInRoutes(app, { ...options, signIn: oidc });
  await app.register(async (scope) => {
    scope.addHook("onRequest", async (request, reply) => {
      void reply.header("cache-control", "no-store");
      const refusal = foreignRefusal(request);
      if (refusal) return refuse(reply, refusal);
      return undefined;
    });
    scope.setErrorHandler((error, request, reply) => refuse(reply, refusalOf(error, request)));
    scope.get("/desk/session", async (request) => ({
      session: await current(request, sessions),
      providers,
    }));
    scope.post("/desk/session", { bodyLimit: KEY_BYTES }, (request, reply) => signIn(request, reply, options));
    scope.delete("/desk/session", async (request, reply) => {
      const { session } = await sessionOf(request, sessions);
      await sessions.end(session.principal, session.id);
      return reply.header("set-cookie", sessionCookie(undefined, request)).send({ ended: 1 });
    });
    scope.get("/desk/sessions", async (request) => {
      const { session } = await sessionOf(request, sessions);
      const open = await sessions.list(session.principal);
      return { sessions: open.map((each) => ({ ...each, isCurrent: each.id === session.id })) };
    });
    scope.delete<{ Params: { readonly id: string } }>("/desk/sessions/:id", async (request) => {
      const { session } = await sessionOf(request, sessions);
      return { ended: await sessions.end(session.principal, request.params.id) };
    });
    scope.delete("/desk/sessions", async (request, reply) => {
      const { session } = await sessionOf(request, sessions);
      const ended = await sessions.end(session.principal);
      return reply.header("set-cookie", sessionCookie(undefined, request)).send({ ended });
    });
    await scope.register(async (uploads) => uploadRoute(uploads, options));
  });
}

/** Signs a browser in with a key or a token, which the page sends once. */
async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { authenticate, sessions, clients }: DeskRoutes,
): Promise<FastifyReply> {
  const refusal = charge(clients.clientOf(request.raw, anonymous)?.budget, SIGN_IN_POINTS);
  if (refusal) throw refusal;
  const { key } = (request.body ?? {}) as { readonly key?: unknown };
  if (typeof key !== "string" || key.trim() === "") throw new CredentialError("Give a key, which begins with sdl_.");
  const principal = await authenticate(`Bearer ${key.trim()}`);
  if (!principal.scopes.has("EDIT")) {
    const message = "This key may read but not edit. Ask for one with the scope EDIT.";
    throw new Refusal(403, "FORBIDDEN", message);
  }
  const { secret, session } = await sessions.open(principal, request.headers["user-agent"]);
  return reply.header("set-cookie", sessionCookie(secret, request)).send({ session: signedIn(secret, session) });
}

/** The session of a browser that loads the page, which has no page token yet; null if it has none or it has ended. */
async function current(request: FastifyRequest, sessions: Sessions): Promise<SignedIn | null> {
  const secret = secretIn(request.headers);
  if (secret === undefined || secret === "") return null;
  try {
    return signedIn(secret, await sessions.find(secret));
  } catch (error) {
    if (error instanceof CredentialError) return null;
    throw error;
  }
}

function signedIn(secret: string, { principal, expiresAt }: Session): SignedIn {
  const { actor, name, scopes }: Principal = principal;
  return { pageToken: pageTokenOf(secret), actor, name, scopes: [...scopes], expiresAt: expiresAt.toISOString() };
}

/** `POST /desk/text?name=report.txt`: the text of a file. Nothing is stored. */
function uploadRoute(app: FastifyInstance, { sessions, textOf }: DeskRoutes): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: UPLOAD_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  const route = {
    bodyLimit: UPLOAD_BYTES,
    // No body is received from strangers.
    onRequest: async (request: FastifyRequest) => void (await sessionOf(request, sessions)),
  };
  app.post<{ Querystring: { readonly name?: string } }>("/desk/text", route, async (request) => {
    if (!textOf) throw new Refusal(404, "NOT_FOUND", "This service reads no files.");
    const type = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
    const name = (request.query.name ?? "file").slice(0, 200);
    const bytes = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
    return textOf({ name, type, bytes }).catch((error: unknown) => {
      throw new Refusal(422, "BAD_USER_INPUT", error instanceof Error ? error.message : "The file cannot be read.");
    });
  });
}

function refusalOf(error: unknown, request: FastifyRequest): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof CredentialError) return new Refusal(401, "UNAUTHENTICATED", error.message);
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  if (statusCode === 413) return new Refusal(413, "LIMIT_EXCEEDED", "The file is too large: at most 20 MB are read.");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Refusal(statusCode, "BAD_REQUEST", message ?? "The request cannot be read.");
  request.log.error({ err: error }, "a request of the desk failed");
  const sentence = "The desk cannot be reached at the moment. Try again shortly.";
  return new Refusal(503, "SERVICE_UNAVAILABLE", sentence, { headers: tryAgain(RETRY_AFTER_S) });
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply
    .code(refusal.status)
    .headers(refusal.headers)
    .type("application/json; charset=utf-8")
    .send(refusal.body());
}
