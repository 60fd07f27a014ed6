import type { IncomingHttpHeaders } from "node:http";
import type { FastifyRequest } from "fastify";
import { isPageToken } from "../../access/sessions.js";
import { Refusal } from "../refusal.js";

/** The cookie that holds the secret of a session. */
export const SESSION_COOKIE = "sidelines_desk";
/** The header by which pages of the desk say that they sent a request. Without it the cookie is not looked at. */
export const PAGE_TOKEN_HEADER = "sidelines-page-token";

/** The value of a cookie; undefined without one. */
export function cookieIn({ cookie = "" }: IncomingHttpHeaders, name: string): string | undefined {
  const found = cookie.split(";").find((each) => each.trim().startsWith(`${name}=`));
  return found?.slice(found.indexOf("=") + 1).trim();
}

/** The secret in the cookie of a session; undefined without one. */
export const secretIn = (headers: IncomingHttpHeaders): string | undefined => cookieIn(headers, SESSION_COOKIE);

/** A cookie that no script reads and no other site sends; one without a secret deletes it. */
export function sessionCookie(secret: string | undefined, { protocol }: Pick<FastifyRequest, "protocol">): string {
  const secure = protocol === "https" ? "; Secure" : "";
  const age = secret === undefined ? 0 : 7 * 86_400;
  return `${SESSION_COOKIE}=${secret ?? ""}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${String(age)}${secure}`;
}

const FOREIGN = new Refusal(
  403,
  "FORBIDDEN",
  "This request comes from another site. Requests with a session are answered to pages of this service only.",
  { headers: { "cache-control": "no-store" } },
);

/** The refusal of a request that a browser says it sends for a page of another origin; undefined for others. */
export function foreignRefusal({
  headers,
  protocol,
  host,
}: Pick<FastifyRequest, "headers" | "protocol" | "host">): Refusal | undefined {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return FOREIGN;
  const { origin } = headers;
  // Pages that send no referrer send forms without their origin; the browser then vouches for it by the other header.
  if (origin === "null" && site === "same-origin") return undefined;
  return origin === undefined || origin === `${protocol}://${host}` ? undefined : FOREIGN;
}

/** The refusal of a request whose page token is not that of its session; undefined if it is. */
export function tokenRefusal(headers: IncomingHttpHeaders, secret: string): Refusal | undefined {
  const token = headers[PAGE_TOKEN_HEADER];
  if (typeof token === "string" && isPageToken(secret, token)) return undefined;
  const message = "The page token is not that of this session. Load the desk again.";
  return new Refusal(403, "FORBIDDEN", message, { headers: { "cache-control": "no-store" } });
}
