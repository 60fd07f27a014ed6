import type { IncomingMessage } from "node:http";
import { isIP, isIPv6, type Socket } from "node:net";
import { hostname } from "node:os";
import proxyAddress from "@fastify/proxy-addr";
import { isKnown, type Principal } from "../../access/principal.js";
import type { Budget, Rates, Spender } from "../../limits/rates.js";
import { hasProxyHeader } from "./proxy.headers.js";
import { remember } from "../parse/remember.js";

/** From where clients are taken to come. Addresses and networks as in `10.0.0.0/8`; `loopback` is this machine. */
export interface ClientsConfig {
  /** Proxies whose word for the address of a client is taken, in the header `x-forwarded-for`; none when left out. */
  readonly trustedProxies?: readonly string[];
  /** Clients whose requests are not counted, unless a proxy has forwarded them; this machine when left out. */
  readonly uncounted?: readonly string[];
}

/** Whether an address belongs to some; as `@fastify/proxy-addr` has it. */
export type Trust = (address: string, hop: number) => boolean;

/** One whose requests are counted. */
export interface Client {
  /** The client's key for its concurrent requests. */
  readonly name: string;
  /** The client's rate limit; undefined without one. */
  readonly budget: Budget | undefined;
}

/** Tells clients apart, and what each may spend. */
export interface Clients {
  /** The client of a request; undefined if it is not limited. */
  readonly clientOf: (request: IncomingMessage, principal: Principal) => Client | undefined;
  /**
   * Tells clients apart where slots are shared, those that are not counted too: by credential, or else by address. The
   * address that `x-forwarded-for` gives is taken from a trusted proxy alone; all else that a proxy forwards has the
   * address of the proxy.
   */
  readonly keyOf: (request: IncomingMessage, principal: Principal) => string;
  /** Whether a request comes from this machine, and not through a proxy on it. */
  readonly isLocal: (request: IncomingMessage) => boolean;
  /** Which proxies are trusted. */
  readonly trust: Trust;
}

const THIS_MACHINE = ["loopback"];

/** Tells clients apart by their credential, or else by their address. */
export function createClients(rates: Rates, { trustedProxies = [], uncounted = THIS_MACHINE }: ClientsConfig): Clients {
  const trust = amongst(trustedProxies);
  const isUncounted = amongst(uncounted);
  const isTrusting = trustedProxies.length > 0;
  const peers = new WeakMap<Socket, Peer>();

  /** A connection has one peer, which is looked at once. */
  function peerOf({ socket }: IncomingMessage): Peer {
    let peer = peers.get(socket);
    if (!peer) {
      const address = socket.remoteAddress ?? "";
      peers.set(
        socket,
        (peer = { name: spenderName(address), isUncounted: address !== "" && isUncounted(address, 0) }),
      );
    }
    return peer;
  }

  function addressOf(request: IncomingMessage): string {
    return isTrusting ? spenderName(proxyAddress(request, trust)) : peerOf(request).name;
  }

  function spenderOf(request: IncomingMessage, principal: Principal): Spender | undefined {
    // A proxy on this machine is not this machine: what it forwards comes from elsewhere.
    if (peerOf(request).isUncounted && !isForwarded(request)) return undefined;
    if (isKnown(principal)) return { name: principal.actor, isKnown: true };
    return { name: addressOf(request), isKnown: false };
  }

  return {
    trust,
    isLocal: (request) => isLoopback(request.socket.remoteAddress ?? "") && !isForwarded(request),
    keyOf: (request, principal) => (isKnown(principal) ? `key ${principal.actor}` : addressOf(request)),
    clientOf(request, principal) {
      const spender = spenderOf(request, principal);
      return spender && { name: spender.name, budget: rates.budgetOf(spender) };
    },
  };
}

const isOfThisMachine = amongst(THIS_MACHINE);
/** True for an address of this machine. Every request asks, and parsing the address takes longest, so answers are kept. */
const isLoopback = remember((address: string): boolean => isOfThisMachine(address, 0));

/**
 * Whether a request came through a proxy: by the headers that proxies add, or, on a connection from this machine, by a
 * host that is not this machine's. Proxies that add nothing pass on the host that their client asked for.
 */
function isForwarded({ headers, socket }: IncomingMessage): boolean {
  return hasProxyHeader(headers) || (isLoopback(socket.remoteAddress ?? "") && !isThisMachine(headers.host));
}

const ownNames: ReadonlySet<string> = new Set(["localhost", "ip6-localhost", hostname().toLowerCase()]);

/** Whether a Host header names this machine: `localhost:4000`, `127.0.0.1`, `[::1]:4000`. */
const isThisMachine = remember((host: string | undefined): boolean => {
  if (host === undefined) return false;
  const name = host
    .replace(/:\d*$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .toLowerCase();
  return ownNames.has(name) || name.endsWith(".localhost") || (isIP(name) !== 0 && isLoopback(name));
});

interface Peer {
  readonly name: string;
  readonly isUncounted: boolean;
}

function amongst(addresses: readonly string[]): Trust {
  return addresses.length === 0 ? () => false : proxyAddress.compile([...addresses]);
}

/**
 * The client key of an address. A customer with IPv6 gets a network of at least 64 bits, so all its addresses count as
 * one. An IPv4 address is the same in either notation.
 */
export function spenderName(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.split("%")[0] as string).split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => "0"), ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")
    .concat("::/64");
}
