// Who is measured, how each is started, and in which words each is asked.
import { fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { contractTexts, tableTexts } from "./queries.js";

const folder = dirname(fileURLToPath(import.meta.url));

/** Where the product is that is measured: this one, unless another built one is given for comparison. */
export const productFolder = dirname(folder);

/** Keeps no answers, so that every request is read from Postgres. */
export const uncached = { SIDELINES_CACHE_MB: "0" };

/** Settings of Sidelines that differ from its defaults; peers log nothing either. */
const sidelinesSettings = { SIDELINES_POOL_SIZE: "16", SIDELINES_SEED: "false", LOG_LEVEL: "warn", HOST: "127.0.0.1" };

/** The five questions nest deeper and cost more than the defaults allow. */
const widerLimits = { SIDELINES_MAX_COST: "20000", SIDELINES_MAX_LIST_DEPTH: "4" };

export const contestants = [
  {
    name: "limit",
    short: "Limit",
    label: "Limit: bare HTTP, one hand-written statement",
    start: peer("limit.js"),
    texts: contractTexts,
  },
  { name: "sidelines", short: "Sidelines", label: "**Sidelines**", start: sidelines(uncached), texts: contractTexts },
  {
    name: "sidelines-cached",
    short: "Sidelines, answers kept",
    label: "**Sidelines**, answers kept",
    start: sidelines({}),
    texts: contractTexts,
  },
  {
    name: "sidelines-executed",
    short: "Sidelines, graphql-js",
    label: "Sidelines, every query through graphql-js",
    start: sidelines({ ...uncached, SIDELINES_RAW_JSON: "false" }),
    texts: contractTexts,
    isOptional: true,
  },
  {
    name: "mercurius",
    short: "Mercurius",
    label: "Mercurius, JIT, batched loaders over SQL",
    start: peer("mercurius.js"),
    texts: contractTexts,
    packages: ["mercurius"],
  },
  {
    name: "postgraphile",
    short: "PostGraphile",
    label: "PostGraphile",
    start: peer("postgraphile.js"),
    texts: tableTexts,
    packages: ["postgraphile"],
  },
  {
    name: "yoga",
    short: "Yoga, Pothos, Prisma",
    label: "Yoga with Pothos' Prisma plugin",
    start: peer("yoga.js"),
    texts: contractTexts,
    packages: ["graphql-yoga", "@pothos/plugin-prisma", "@prisma/client"],
  },
  {
    name: "apollo",
    short: "Apollo, Prisma",
    label: "Apollo, Prisma resolvers, DataLoader",
    start: peer("apollo.js"),
    texts: contractTexts,
    packages: ["@apollo/server", "@prisma/client"],
  },
];

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The environment without anything that would configure a contestant behind the benchmark's back. */
export function environment(own) {
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^(SIDELINES_|PG|DATABASE_URL$|PORT$|HOST$|NODE_OPTIONS$|LOG_LEVEL$)/.test(key),
  );
  return { ...Object.fromEntries(kept), NODE_ENV: "production", ...own };
}

function peer(file) {
  return async ({ url }) => {
    const port = await freePort();
    const child = fork(join(folder, "peers", file), {
      env: environment({ DATABASE_URL: url, PORT: String(port) }),
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    return untilAnswering(child, port);
  };
}

/** The product as its users start it, over the given database. Its limits are its defaults if `limits` is empty. */
export function sidelines(settings, limits = widerLimits) {
  return async ({ url, product = productFolder, execArgv = [] }) => {
    const port = await freePort();
    const child = spawn(process.execPath, [...execArgv, join(product, "dist/main.js")], {
      cwd: product,
      env: environment({ ...sidelinesSettings, ...limits, ...settings, DATABASE_URL: url, PORT: String(port) }),
      stdio: ["ignore", "ignore", "inherit"],
    });
    return untilAnswering(child, port);
  };
}

async function untilAnswering(child, port) {
  let failure;
  child.once(
    "exit",
    (code) => (failure ??= new Error(`${child.spawnargs.at(-1)} ended with code ${code} before it answered`)),
  );
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (failure) throw failure;
    if (await answers(port)) break;
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${child.spawnargs.at(-1)} did not answer within 60 s`);
    }
    await sleep(50);
  }
  return {
    pid: child.pid,
    port,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function answers(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** One answer, for comparing. */
export async function askOnce(port, query, variables) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  if (!answer.data || answer.errors)
    throw new Error(`HTTP ${response.status}: ${JSON.stringify(answer.errors ?? answer).slice(0, 600)}`);
  return answer.data;
}

/** The versions of a contestant's packages, `name 1.2.3`. */
export function versionsOf({ packages = [] }) {
  const require = createRequire(import.meta.url);
  return packages.map((name) => {
    const file = require.resolve
      .paths(name)
      .map((path) => join(path, name, "package.json"))
      .find((path) => {
        try {
          return readFileSync(path);
        } catch {
          return false;
        }
      });
    return `${name} ${JSON.parse(readFileSync(file, "utf8")).version}`;
  });
}
