import { Writable } from "node:stream";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import type { FastifyInstance } from "fastify";
import type { Authenticate } from "../../src/access/authenticate.js";
import { scopesUpTo } from "../../src/access/principal.js";
import { createLogger } from "../../src/lib/log.js";
import { packageRoot } from "../../src/lib/root.js";
import { buildServer, type HomeFacts, type RequestFacts, type ServerParts } from "../../src/server.js";

/** The contract itself, without resolvers: every field answers null. */
export function contractSchema(): GraphQLSchema {
  return buildSchema(readFileSync(join(packageRoot(), "schema.graphql"), "utf8"));
}

type Resolver = GraphQLFieldResolver<unknown, Context, Readonly<Record<string, unknown>>>;

/** Internal failures that a request can cause in a server. */
export const faults: Record<string, Resolver> = {
  sql: () => {
    throw Object.assign(new Error('duplicate key value violates unique constraint "Party_code_key"'), {
      code: "23505",
      detail: "Key (code)=(IND) already exists.",
    });
  },
  path: () => {
    throw new Error("ENOENT: no such file or directory, open '/srv/sidelines/secret.txt'");
  },
  text: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- code we call may do so
    throw 'select * from "Meeting"';
  },
  nothing: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- code we call may do so
    throw undefined;
  },
  impostor: () => {
    throw Object.assign(new Error("select 1"), { extensions: { code: "BAD_USER_INPUT" } });
  },
  unknownCode: () => {
    throw new GraphQLError("select 2", { extensions: { code: "P2002" } });
  },
  mendable: () => {
    throw new GraphQLError('Argument "on": 2024-13 is no date.', {
      extensions: { code: "BAD_USER_INPUT", argument: "on", stacktrace: ["at /srv"] },
    });
  },
  refused: () => {
    throw Object.assign(new AggregateError([], ""), {
      cause: Object.assign(new Error("connect ECONNREFUSED 10.0.0.5:5432"), { code: "ECONNREFUSED" }),
    });
  },
  slowStatement: () => {
    throw Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
  },
  nul: () => {
    throw Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: "22021" });
  },
  many: () => Array.from({ length: 9 }, () => new Error("inner secret")),
};

/** The text that a statement without tables selects, whether or not the record version is selected beside it. */
export function constantOf(statement: string): string | undefined {
  const version = 'select (select "version" from "public"."RecordVersion")::text as "version", ';
  const plain = statement.startsWith(version) ? `select ${statement.slice(version.length)}` : statement;
  return /^select '((?:[^']|'')*)'::text as "value"$/.exec(plain)?.[1]?.replaceAll("''", "'");
}

/** The context of the stand-in. */
export interface Context {
  readonly request: RequestFacts;
}

/** A small schema whose fields fail, wait or answer as their names say. */
export function faultySchema(): GraphQLSchema {
  const schema = buildSchema(`
    type Query {
      hello: String!
      echo(text: String, flag: Boolean! = true): String
      wait(milliseconds: Int!): String
      never: String
      ${Object.keys(faults)
        .filter((name) => name !== "many")
        .map((name) => `${name}: String`)
        .join("\n")}
      many: [String]
    }
    enum Scope { READ EDIT ADMIN }
    directive @requires(scope: Scope!) on FIELD_DEFINITION
    type Mutation { touch: String @requires(scope: READ) }
  `);
  const fields = schema.getQueryType()?.getFields() ?? {};
  const answer = (name: string, resolve: Resolver): void => {
    const field = fields[name];
    if (field) field.resolve = resolve as GraphQLFieldResolver<unknown, unknown>;
  };
  answer("hello", () => "world");
  answer("echo", (_source, args) => String(args["text"]));
  answer("wait", async (_source, args, context) => {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, Number(args["milliseconds"]));
      context.request.signal.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(context.request.signal.reason as Error);
      });
    });
    return "waited";
  });
  answer("never", () => new Promise(() => undefined));
  for (const [name, resolve] of Object.entries(faults)) answer(name, resolve);
  const touch = schema.getMutationType()?.getFields()["touch"];
  if (touch) touch.resolve = () => "touched";
  return schema;
}

/** Lets everybody in who brings a credential, whatever it is. */
export const acceptAll: Authenticate = async () => ({ actor: "key:any", name: null, scopes: scopesUpTo("READ") });

export const homeFacts: HomeFacts = {
  version: "1.2.3",
  recordVersion: 7,
  counts: {
    meetings: 1234,
    participants: 56,
    persons: 7,
    states: 18,
    forums: 4,
    memberships: 40,
    documents: 12,
    citations: 345,
  },
  limits: { maxDepth: 12, maxCost: 1000, maxPageSize: 100 },
  latest: [
    {
      slug: "a-meeting",
      title: "India–China <b>& others</b>",
      on: "2024-11-20",
      status: "HELD",
      place: { city: "Vientiane", country: { name: "Laos" } },
      sidelinesOf: { title: "11th ADMM-Plus" },
    },
    { slug: "a-meeting", title: "Undated", on: null, status: "HELD", place: null, sidelinesOf: null },
  ],
  forums: [{ slug: "a-forum", name: "A <i>Forum</i>", acronym: null }],
};

/** A server over a stand-in, and what it wrote to its log. */
export interface StandIn {
  readonly app: FastifyInstance;
  readonly lines: Record<string, unknown>[];
  readonly contexts: RequestFacts[];
}

export async function startStandIn(parts: Partial<ServerParts<Context>> = {}): Promise<StandIn> {
  const lines: Record<string, unknown>[] = [];
  const contexts: RequestFacts[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trim().split("\n")) lines.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  });
  const app = await buildServer<Context>({
    config: { limits: { maxBodyBytes: 4096, maxTokens: 200 } },
    schema: faultySchema(),
    createContext: (request) => {
      contexts.push(request);
      return { request };
    },
    ready: async () => true,
    authenticate: acceptAll,
    log: createLogger({ level: "debug", destination }),
    home: async () => homeFacts,
    ...parts,
  });
  return { app, lines, contexts };
}

/** Listens on a free port of this machine; answers the address without a path. */
export async function listen(app: FastifyInstance): Promise<string> {
  return app.listen({ host: "127.0.0.1", port: 0 });
}
