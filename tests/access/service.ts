import { Writable } from "node:stream";
import { buildSchema, type GraphQLSchema } from "graphql";
import { createAuthenticate } from "../../src/access/authenticate.js";
import { guardRootFields, type GuardedContext } from "../../src/access/guard.js";
import { createKeyRing } from "../../src/access/key.ring.js";
import { createKey, type NewKey } from "../../src/access/keys.js";
import type { Scope } from "../../src/access/principal.js";
import { createTokenJudge, type KeySetTimes } from "../../src/access/tokens.js";
import type { JwtConfig } from "../../src/config.js";
import { createContextFactory, type ResolverContext } from "../../src/context.js";
import type { Database } from "../../src/database/open.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  /** The codes of the errors. */
  readonly codes: readonly unknown[];
}

/** A question over HTTP: an operation with its variables, and the header `authorization`. */
export interface HttpQuestion {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly authorization?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service over a database of its own, with its keys. */
export interface TestService {
  readonly database: Database;
  ask(question: HttpQuestion): Promise<HttpAnswer>;
  /** A new key that allows this. */
  makeKey(scope: Scope, options?: { readonly name?: string; readonly expiresAt?: Date }): Promise<NewKey>;
  /** The texts of the statements that operations sent so far; reading the keys is not among them. */
  readonly statements: string[];
  /** All that was written to the log, at every level. */
  readonly log: string[];
  close(): Promise<void>;
}

export interface TestServiceOptions {
  /** The contract, unless a test brings a schema of its own. */
  readonly schema?: GraphQLSchema;
  readonly database?: Database;
  readonly jwt?: JwtConfig;
  readonly times?: KeySetTimes;
  readonly maxAgeMs?: number;
}

/** Starts a service that is reached without a port. */
export async function startService({
  schema = buildExecutableSchema(),
  jwt,
  times,
  maxAgeMs = 0,
  ...given
}: TestServiceOptions = {}): Promise<TestService> {
  const database = given.database ?? (await anyDatabase());
  const statements: string[] = [];
  const log: string[] = [];
  const pool = new Proxy(database.pool, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (property === "connect") statements.push("connect");
      if (property === "query") {
        return (statement: string | { readonly text: string }, ...rest: unknown[]) => {
          statements.push(typeof statement === "string" ? statement : statement.text);
          return (value as (...all: unknown[]) => unknown).call(target, statement, ...rest);
        };
      }
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString());
      done();
    },
  });
  let version = 1;
  const app = await buildServer<ResolverContext>({
    // Tests that compute for long are no load.
    config: { limits: { ...limits, maxEventLoopDelayMs: 0 } },
    schema,
    createContext: createContextFactory({ database: { ...database, pool }, limits, version: "0.0.0-test" }),
    authenticate: createAuthenticate({
      keys: createKeyRing(database.pool, { maxAgeMs }),
      tokens: jwt && createTokenJudge(jwt, times),
    }),
    recordVersion: () => version,
    answersFrom: (context) => context,
    ready: async () => true,
    log: createLogger({ level: "trace", destination }),
  });
  return {
    database,
    statements,
    log,
    async ask({ query, variables, authorization, headers = {} }) {
      const response = await app.inject({
        method: "POST",
        url: "/graphql",
        headers: {
          "content-type": "application/json",
          ...(authorization === undefined ? {} : { authorization }),
          ...headers,
        },
        payload: JSON.stringify({ query, ...(variables && { variables }) }),
      });
      const { data, errors = [] } = response.json<Partial<Pick<HttpAnswer, "data" | "errors">>>();
      return {
        status: response.statusCode,
        headers: response.headers,
        text: response.body,
        data,
        errors,
        codes: errors.map(({ extensions }) => extensions["code"]),
      };
    },
    makeKey: (scope, { name = `${scope} key`, expiresAt } = {}) =>
      createKey(database.prisma, { name, scope, ...(expiresAt && { expiresAt }) }),
    async close() {
      version += 1;
      await app.close();
      if (!given.database) await database.close();
    },
  };
}

/** As it is sent. */
export function bearer(credential: string | NewKey): string {
  return `Bearer ${typeof credential === "string" ? credential : credential.key}`;
}

/** Fields with every requirement there is, each of which notes that it was carried out and answers with who asked. */
export function guardedSchema(): GraphQLSchema {
  const schema = buildSchema(`
    enum Scope { READ EDIT ADMIN }
    directive @requires(scope: Scope!) on FIELD_DEFINITION
    interface Node { id: String! }
    type Meeting implements Node { id: String! notes: String @requires(scope: EDIT) }
    type Person implements Node { id: String! notes: String }
    union Anything = Meeting | Person
    type Query {
      open: String
      read: String @requires(scope: READ)
      edit: String @requires(scope: EDIT)
      admin: String @requires(scope: ADMIN)
      meeting: Meeting
      node: Node
      anything: Anything
    }
    type Mutation {
      read: String @requires(scope: READ)
      edit: String @requires(scope: EDIT)
      admin: String @requires(scope: ADMIN)
      forgotten: String
    }
  `);
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      field.resolve = (_source, _args, context) => {
        const { principal } = context as GuardedContext;
        carriedOut.push(field.name);
        return ["meeting", "node", "anything"].includes(field.name)
          ? { __typename: "Meeting", id: "mtg_x", notes: principal.actor }
          : principal.actor;
      };
    }
  }
  guardRootFields(schema);
  return schema;
}

/** The fields of `guardedSchema` that were carried out, in order. */
export const carriedOut: string[] = [];
