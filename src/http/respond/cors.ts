import { fastifyCors } from "@fastify/cors";
import type { FastifyInstance } from "fastify";
import { POSITION_HEADER } from "../parse/position.js";

/** Response headers that clients read besides those that browsers always show. */
const EXPOSED_HEADERS = [
  "content-disposition",
  "etag",
  "ratelimit",
  "ratelimit-policy",
  "retry-after",
  POSITION_HEADER,
  "www-authenticate",
  "x-request-id",
];

/** Headers by which pages of any origin may read a response. The service uses no cookies, so nothing else is needed. */
export const OPEN_TO_ALL = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": EXPOSED_HEADERS.join(", "),
} as const;

/** Seconds for which a browser may keep the permission. */
const MAX_AGE_S = 86_400;

/**
 * Lets pages of any origin use the routes of a scope, with any request header: tracing, client names and headers of
 * proxies differ from client to client. A preflight repeats the names that it requests, because `*` excludes
 * `authorization`.
 */
export async function openToAllOrigins(app: FastifyInstance): Promise<void> {
  await app.register(fastifyCors, {
    origin: "*",
    methods: ["GET", "HEAD", "POST"],
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: MAX_AGE_S,
    strictPreflight: false,
  });
}
