import { readFileSync } from "node:fs";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { createAuthenticate } from "../../src/access/authenticate.js";
import { createKeyRing } from "../../src/access/key.ring.js";
import { createKey, type NewKey } from "../../src/access/keys.js";
import type { Scope } from "../../src/access/principal.js";
import { createSignIn } from "../../src/access/oidc.js";
import { createSessions } from "../../src/access/sessions.js";
import type { ProviderConfig } from "../../src/lib/oidc.providers.js";
import type { Database } from "../../src/database/open.js";
import { createContextFactory } from "../../src/context.js";
import { createMistakes } from "../../src/intake/mistakes.js";
import type { DeskServices } from "../../src/intake/submissions.acts.js";
import { textOf } from "../../src/intake/upload.js";
import { openService } from "../exports/service.js";
import { limits } from "../support/ask.js";
import { openSeeded, type SeedPack } from "../support/seeded.js";

/** The report that the record starts with. */
export const seedReport = readFileSync(
  new URL("../../seeds/report/texts/2024-11-20-menafn-ians.txt", import.meta.url),
  "utf8",
);

/** A report of an event that the record does not hold. */
export const newReport = `OSLO, 4 March 2024 - Danish Defence Minister Troels Lund Poulsen met Norwegian Defence Minister Bjorn Arild Gram here on Monday.

The two ministers signed a letter of intent on maritime patrols.
`;

/** A proposal, as far as tests look into it. */
export interface FoundProposal {
  readonly number: number;
  readonly kind: string;
  readonly quote: string;
  readonly start: number;
  readonly version: number;
  readonly values: { readonly sameAs: string | null };
}

/** A report at the desk. */
export interface FoundSubmission {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly acceptedCount: number;
  readonly proposals: readonly FoundProposal[];
  readonly likelyDuplicates: readonly unknown[];
  readonly records: readonly { readonly __typename: string; readonly slug?: string }[];
}

interface Payload {
  readonly submission: FoundSubmission;
  readonly userErrors: readonly unknown[];
}

interface Listed<T = unknown> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
}

interface Refusal {
  readonly message: string;
  readonly extensions: { readonly code: string };
}

/** An answer of GraphQL, with the fields that tests ask for. */
export interface Answer {
  readonly status: number;
  readonly data: {
    readonly submitReport: Payload;
    readonly decideProposals: Payload;
    readonly addProposal: Payload;
    readonly publishSubmission: Payload;
    readonly deleteSubmission: unknown;
    readonly submission: unknown;
    readonly submissions: Listed;
    readonly drafts: Listed;
    readonly mistakeReports: Listed<{ readonly id: string }>;
    readonly closeMistakeReport: unknown;
    readonly node: unknown;
    readonly viewer: { readonly name: string };
  };
  readonly errors?: readonly Refusal[];
}

/** A session in the list of a browser. */
export interface ListedSession {
  readonly id: string;
  readonly isCurrent: boolean;
}

/** A desk over a database of its own. */
export interface Desk {
  readonly app: FastifyInstance;
  readonly database: Database;
  makeKey(scope: Scope, name?: string): Promise<NewKey>;
  /** Signs a browser in. */
  signIn(key: NewKey | string): Promise<Browser>;
  close(): Promise<void>;
}

/** A browser with its cookie and page token. */
export interface Browser {
  readonly cookie: string;
  readonly token: string;
  readonly response: LightMyRequestResponse;
  ask(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export async function openDesk(
  packs: readonly SeedPack[] = ["reference", "report", "facts"],
  {
    mistakesPerHour = 3,
    fourEyes = false,
    services = {},
    providers = [],
  }: {
    readonly mistakesPerHour?: number;
    readonly fourEyes?: boolean;
    readonly services?: DeskServices;
    readonly providers?: readonly ProviderConfig[];
  } = {},
): Promise<Desk> {
  const seeded = await openSeeded(packs);
  const { database } = seeded;
  const signIn = createSignIn(database.pool, providers);
  const service = await openService(database, {
    authenticate: createAuthenticate({ keys: createKeyRing(database.pool, { maxAgeMs: 0 }) }),
    sessions: createSessions(database.pool, signIn.scopeOf),
    signIn,
    mistakes: createMistakes(database.pool, mistakesPerHour),
    textOf,
    createContext: createContextFactory({ database, limits, version: "0.0.0-test", fourEyes, services }),
  });
  const { app } = service;
  return {
    app,
    database,
    makeKey: (scope, name = `${scope} key`) => createKey(database.prisma, { name, scope }),
    async signIn(key) {
      const response = await app.inject({
        method: "POST",
        url: "/desk/session",
        payload: { key: typeof key === "string" ? key : key.key },
      });
      const cookie = String(response.headers["set-cookie"] ?? "").split(";", 1)[0] ?? "";
      const token = response.json<{ session?: { pageToken: string } }>().session?.pageToken ?? "";
      return {
        cookie,
        token,
        response,
        ask: (query, variables, headers) => ask(app, { cookie, token, query, variables, headers }),
      };
    },
    async close() {
      await service.close();
      await seeded.close();
    },
  };
}

async function ask(
  app: FastifyInstance,
  {
    cookie,
    token,
    query,
    variables,
    headers,
  }: {
    readonly cookie: string;
    readonly token: string;
    readonly query: string;
    readonly variables?: object | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
  },
): Promise<Answer> {
  const response = await app.inject({
    method: "POST",
    url: "/graphql",
    headers: { "content-type": "application/json", cookie, "sidelines-page-token": token, ...headers },
    payload: JSON.stringify({ query, variables }),
  });
  return { ...response.json<Omit<Answer, "status">>(), status: response.statusCode };
}
