import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** Sources by Content-Security-Policy directive. */
export type Policy = Readonly<Record<string, readonly string[]>>;

/** The policy of responses that are no pages: nothing is allowed. */
const CLOSED: Policy = {
  "default-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
};

/** The playground: our own scripts, workers and fonts. The editor writes style elements and attributes itself. */
export const PLAYGROUND_POLICY = policyText({
  "script-src": ["'self'"],
  "worker-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "font-src": ["'self'", "data:"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
});

/** The map: as the playground, and a layout engine in WebAssembly that starts from a blob. */
export const MAP_POLICY = policyText({
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  "worker-src": ["'self'", "blob:"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "font-src": ["'self'", "data:"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
});

/** The desk: our own scripts and styles, and requests to ourselves. Nothing is inline. */
export const DESK_POLICY = policyText({
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
});

const CLOSED_POLICY = policyText({});

/**
 * The policy of a page: one inline style, the script of the search box, and forms that ask ourselves.
 * @param pictures Whether pictures of the service are shown.
 */
export function inlinePolicy(style: string, { pictures = false }: { readonly pictures?: boolean } = {}): string {
  const hash = createHash("sha256").update(style).digest("base64");
  return policyText({
    "style-src": [`'sha256-${hash}'`],
    "img-src": pictures ? ["'self'", "data:"] : ["data:"],
    "form-action": ["'self'"],
    "script-src": ["'self'"],
    "connect-src": ["'self'"],
  });
}

function policyText(opened: Policy): string {
  return Object.entries({ ...CLOSED, ...opened })
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}

/** The headers that every answer bears, besides the number of its request. */
export const SAFE_HEADERS = {
  "content-security-policy": CLOSED_POLICY,
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** The header with the id of a request, as in the log. */
export const REQUEST_ID_HEADER = "x-request-id";

/** Hook: sets them. Pages loosen the policy for themselves. */
export async function setSafeHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers({ ...SAFE_HEADERS, [REQUEST_ID_HEADER]: request.id });
}
