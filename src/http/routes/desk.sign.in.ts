import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { UnjudgedError } from "../../access/errors.js";
import { SIGN_IN_MINUTES, SignInError, type SignIn } from "../../access/oidc.js";
import { anonymous } from "../../access/principal.js";
import type { Sessions } from "../../access/sessions.js";
import { SIGN_IN_PATH, type ProviderConfig } from "../../lib/oidc.providers.js";
import { createAddresses } from "../../pages/addresses.js";
import { renderNotice } from "../../pages/layout.js";
import { showSignInProblem, type ShownProblem } from "../../pages/sign.in.js";
import { PAGE_STYLE } from "../../pages/style.js";
import { cookieIn, foreignRefusal, sessionCookie } from "../authenticate/session.js";
import { charge, type LimitOptions } from "../limit/limit.js";
import { inlinePolicy } from "../respond/page.headers.js";

export interface SignInRoutes extends LimitOptions {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly hasPlayground: boolean;
}

/** The cookie that binds a sign-in to the browser that began it. */
const COOKIE = "sidelines_sign_in";
const POLICY = inlinePolicy(PAGE_STYLE);
/** Points that beginning and finishing a sign-in cost each. */
export const SIGN_IN_POINTS = 20;

const STATUS: Readonly<Record<ShownProblem, number>> = {
  expired: 400,
  elsewhere: 400,
  cancelled: 403,
  rejected: 403,
  "not-allowed": 403,
  often: 429,
  misconfigured: 503,
  unreachable: 503,
  unavailable: 503,
};

type Asked = FastifyRequest<{
  Params: { readonly provider: string };
  Querystring: { readonly return?: string | readonly string[] };
}>;

/**
 * `/desk/sign-in/<provider>` sends a browser to an OpenID provider, and `…/callback` opens a session for the account
 * that comes back. Redirects lead to the provider in the settings, or to a page of the desk.
 */
export function signInRoutes(app: FastifyInstance, options: SignInRoutes): void {
  const { signIn, clients } = options;
  const isOften = (request: FastifyRequest): boolean =>
    charge(clients.clientOf(request.raw, anonymous)?.budget, SIGN_IN_POINTS) !== undefined;

  app.get(`${SIGN_IN_PATH}/:provider`, async (request: Asked, reply) => {
    void reply.header("cache-control", "no-store");
    const provider = signIn.providers.find(({ id }) => id === request.params.provider);
    // Another site may link to the desk, but not begin a sign-in.
    if (!provider || foreignRefusal(request)) return reply.redirect("/desk", 303);
    if (isOften(request)) return show(reply, "often", { provider, options });
    if (request.host !== new URL(provider.redirectUri).host) return show(reply, "elsewhere", { provider, options });
    const { return: returnTo } = request.query;
    try {
      const begun = await signIn.begin(provider.id, typeof returnTo === "string" ? returnTo : undefined);
      return await reply.header("set-cookie", cookieOf(provider, begun.secret)).redirect(begun.url, 303);
    } catch (error) {
      return fail({ error, request, reply, provider, options });
    }
  });

  app.get(`${SIGN_IN_PATH}/:provider/callback`, async (request: Asked, reply) => {
    void reply.header("cache-control", "no-store");
    const provider = signIn.providers.find(({ id }) => id === request.params.provider);
    if (!provider) return reply.redirect("/desk", 303);
    if (isOften(request)) return show(reply, "often", { provider, options });
    const { search } = new URL(request.url, "http://localhost");
    try {
      const secret = cookieIn(request.headers, COOKIE);
      const { principal, grant, returnTo } = await signIn.finish(provider.id, search, secret);
      const opened = await options.sessions.open(principal, request.headers["user-agent"], grant);
      const protocol = isSecure(provider) ? "https" : request.protocol;
      const cookies = [sessionCookie(opened.secret, { protocol }), cookieOf(provider, undefined)];
      return await reply.header("set-cookie", cookies).redirect(returnTo, 303);
    } catch (error) {
      return fail({ error, request, reply, provider, options });
    }
  });
}

const isSecure = ({ redirectUri }: ProviderConfig): boolean => redirectUri.startsWith("https:");

/** The provider's redirect comes from another site, so the cookie is `Lax`; it is sent to the callback alone. */
function cookieOf(provider: ProviderConfig, secret: string | undefined): string {
  const { pathname } = new URL(provider.redirectUri);
  const age = secret === undefined ? 0 : SIGN_IN_MINUTES * 60;
  const secure = isSecure(provider) ? "; Secure" : "";
  return `${COOKIE}=${secret ?? ""}; Path=${pathname}; HttpOnly; SameSite=Lax; Max-Age=${String(age)}${secure}`;
}

interface Failed {
  readonly error: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly provider: ProviderConfig;
  readonly options: SignInRoutes;
}

/** Shows a problem to the editor. Administrators find those of the provider and of the settings in the log. */
function fail({ error, request, reply, provider, options }: Failed): FastifyReply {
  if (error instanceof UnjudgedError) {
    request.log.error({ err: error }, "a sign-in cannot be carried out");
    return show(reply, "unavailable", { provider, options });
  }
  if (!(error instanceof SignInError)) throw error;
  const { problem, message, subject, cause } = error;
  const facts = {
    provider: provider.id,
    problem,
    reason: message,
    cause: cause instanceof Error ? cause.message : undefined,
  };
  if (problem === "expired" || problem === "cancelled") request.log.info(facts, "a sign-in was not carried out");
  else request.log.warn(facts, "a sign-in was not carried out");
  return show(reply, problem, { provider, options, subject });
}

function show(
  reply: FastifyReply,
  problem: ShownProblem,
  {
    provider,
    options: { hasPlayground },
    subject,
  }: { readonly provider: ProviderConfig; readonly options: SignInRoutes; readonly subject?: string | undefined },
): FastifyReply {
  const { id, name, redirectUri } = provider;
  const facts = { name, subject, again: `${SIGN_IN_PATH}/${id}`, desk: `${new URL(redirectUri).origin}/desk` };
  const body = renderNotice(showSignInProblem(problem, facts), {
    hasPlayground,
    addresses: createAddresses(undefined),
  });
  if (STATUS[problem] === 429 || STATUS[problem] === 503) void reply.header("retry-after", "60");
  return reply
    .code(STATUS[problem])
    .header("content-security-policy", POLICY)
    .type("text/html; charset=utf-8")
    .send(body);
}
