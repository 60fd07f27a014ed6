import { remember } from "../parse/remember.js";

/**
 * Headers that proxies, load balancers and content networks add to what they forward. A request that carries one comes
 * from elsewhere, whatever its connection says. A client may send them too: it then loses what this machine may do, and
 * gains nothing.
 */
const proxyHeaders: ReadonlySet<string> = new Set([
  "cdn-loop",
  "client-ip",
  "fastly-client-ip",
  "forwarded",
  "proxy-client-ip",
  "true-client-ip",
  "via",
  "wl-proxy-client-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "x-host",
  "x-proxyuser-ip",
  "x-remote-addr",
  "x-remote-ip",
  "x-scheme",
  "x-varnish",
]);

/** Families of such headers: `x-forwarded-for`, `x-real-ip`, `cf-connecting-ip`, `x-envoy-external-address`, ... */
const proxyPrefixes = [
  "ali-",
  "akamai-",
  "cf-",
  "cloudfront-",
  "fastly-",
  "fly-",
  "x-akamai-",
  "x-amz-cf-",
  "x-amzn-trace-",
  "x-appengine-",
  "x-arr-",
  "x-azure-",
  "x-envoy-",
  "x-forwarded",
  "x-fwd",
  "x-original-",
  "x-originating-",
  "x-real-",
  "x-vercel-",
];

/** Whether a header, by its name in lower case, is one that proxies add. */
export const isProxyHeader = remember(
  (name: string): boolean => proxyHeaders.has(name) || proxyPrefixes.some((prefix) => name.startsWith(prefix)),
);

/** Headers as Node has them, their names in lower case. */
type Headers = Readonly<Record<string, unknown>>;

/** Whether a proxy says of itself that it has forwarded a request. */
export function hasProxyHeader(headers: Headers): boolean {
  for (const name in headers) if (isProxyHeader(name)) return true;
  return false;
}
