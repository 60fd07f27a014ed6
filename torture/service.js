// Sidelines as its users run it: the built program as a process of its own, and the ways to talk to it.
import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** How many times the usual time things may take. */
let patience = 1;

/** Lets everything take so many times as long, for machines that do other work as well. */
export function havePatience(times) {
  patience = times;
}

/** The environment without anything that would configure the service behind the bench's back. */
function environment(own) {
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^(SIDELINES_|PG|DATABASE_URL$|PORT$|HOST$|NODE_OPTIONS$|LOG_LEVEL$|VITEST|NODE_ENV$)/.test(key),
  );
  return { ...Object.fromEntries(kept), NODE_ENV: "production", HOST: "127.0.0.1", PORT: "0", ...own };
}

/**
 * Settings for a program whose memory is watched: its heap has a bound. Without one the runtime lets garbage lie for as long as the
 * machine has memory, and a program that keeps things looks like one that does not. One that keeps too much ends.
 */
export const heapOf = (megabytes) => ({ NODE_OPTIONS: `--max-old-space-size=${megabytes}` });

/** The processes that one has started: the service's embedded database runs in a child of its own. */
export function childrenOf(pid) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

/** Sends processes a signal, as far as they are still there. */
export function signalAll(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

/**
 * Ends a service at once. A child of it that is frozen would stay behind, since it cannot notice that its parent has gone; thawed, it
 * notices.
 */
function killTree(child) {
  const children = childrenOf(child.pid);
  child.kill("SIGKILL");
  signalAll(children, "SIGCONT");
}

/** Starts the program without waiting for anything. */
export function spawnService(env) {
  const child = spawn(process.execPath, [join(root, "dist/main.js")], {
    cwd: root,
    env: environment(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => (output += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk) => (log = (log + chunk).slice(-4_000_000)));
  // However the bench ends, nothing of it stays behind.
  const end = () => killTree(child);
  process.once("exit", end);
  const ended = new Promise((resolve) =>
    child.once("exit", (code, signal) => {
      process.off("exit", end);
      resolve({ code, signal });
    }),
  );
  return {
    child,
    ended,
    output: () => output,
    log: () => log,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      killTree(child);
      await ended;
    },
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => killTree(child), 15_000);
      const how = await ended;
      clearTimeout(timer);
      return how;
    },
  };
}

/** Starts the service and waits until it says where it is. */
export async function startService(env, { within = 60_000 * patience } = {}) {
  const program = spawnService(env);
  const deadline = Date.now() + within;
  for (;;) {
    const port = /ready at http:\/\/[^:]+:(\d+)/.exec(program.output())?.[1];
    if (port) return { ...program, port: Number(port), url: `http://127.0.0.1:${port}` };
    if (!program.isAlive()) throw new Error(`The service ended before it was ready: ${program.log().slice(-600)}`);
    if (Date.now() > deadline) {
      await program.kill();
      throw new Error(`The service was not ready within ${within / 1000} s: ${program.log().slice(-600)}`);
    }
    await sleep(25);
  }
}

/** Runs the command line over a database. @returns what it prints. */
export function sidelines(env, ...args) {
  return execFileSync(process.execPath, [join(root, "dist/cli.js"), ...args], {
    cwd: root,
    env: environment(env),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000 * patience,
  });
}

/**
 * One request by HTTP. A body that is no string is sent as JSON.
 * @returns {Promise<{ status: number, headers: Headers, text: string, json: any, ms: number, codes: string[] }>}
 */
export async function request(
  service,
  path,
  { method = "POST", headers = {}, body, signal, timeoutMs = 30_000 * patience } = {},
) {
  const began = performance.now();
  const response = await fetch(service.url + path, {
    method,
    headers,
    body: body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    redirect: "manual",
    signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) : AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const codes = Array.isArray(json?.errors) ? json.errors.map(({ extensions }) => extensions?.code) : [];
  return { status: response.status, headers: response.headers, text, json, ms: performance.now() - began, codes };
}

/** A GraphQL request as clients send it. */
export function ask(service, query, variables, { authorization, headers = {}, ...rest } = {}) {
  return request(service, "/graphql", {
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      ...(authorization ? { authorization } : {}),
      ...headers,
    },
    body: { query, ...(variables && { variables }) },
    ...rest,
  });
}

/**
 * As a client asks that keeps to what it is told: what is turned away with a Retry-After is asked again after that time.
 * A busy machine sheds, and a case that is about the answers has to come by them.
 * @returns the first answer that is none such, or the last one when the time is up.
 */
export async function askUntilTaken(service, query, variables, { withinMs = 60_000 * patience, ...options } = {}) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask(service, query, variables, options);
    const seconds = answer.status === 503 ? Number(answer.headers.get("retry-after") ?? NaN) : NaN;
    if (Number.isNaN(seconds) || Date.now() + seconds * 1_000 > deadline) return answer;
    await sleep(seconds * 1_000, undefined, { signal: options.signal });
  }
}

/**
 * Bytes as they are, for what no HTTP client would send.
 * @returns what came back until the connection was closed or the time was up.
 */
export function raw(service, bytes, { waitMs = 1_500 } = {}) {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect({ port: service.port, host: "127.0.0.1" });
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(received);
    };
    const timer = setTimeout(done, waitMs);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (/^HTTP\/1\.1 \d+[^]*\r\n\r\n/.test(received)) setTimeout(done, 30);
    });
    socket.on("error", done);
    socket.on("close", done);
    socket.write(bytes, () => undefined);
  });
}
