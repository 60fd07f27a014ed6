import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContextFactory, type ResolverContext } from "../../src/context.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits as usual } from "../support/ask.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const told = {
  path: ["meetings"],
  argument: "filter.parties",
  name: "Inida",
  meant: "IND",
  message: 'The record has no state or organization with the code "Inida"; did you mean "IND"?',
};

/** A busy machine is late for everything; that is not tested here. */
const limits = { ...usual, maxEventLoopDelayMs: 0 };

describe.each([
  ["passed on as Postgres wrote them", true],
  ["put together by the executor", false],
])("names that the record does not hold, in answers %s", (_how, isDirect) => {
  let seeded: Seeded;
  let app: FastifyInstance;
  let url: string;

  beforeAll(async () => {
    seeded = await openSeeded(["report"]);
    app = await buildServer<ResolverContext>({
      config: { limits, showCost: true },
      schema: buildExecutableSchema(),
      createContext: createContextFactory({ database: seeded.database, limits, version: "0.0.0-test" }),
      ready: async () => true,
      log: createLogger({ level: "silent" }),
      ...(isDirect ? { answersFrom: (context) => context } : {}),
      namesFrom: (context) => context,
      recordVersion: () => 1,
    });
    url = `${await app.listen({ host: "127.0.0.1", port: 0 })}/graphql`;
  });
  afterAll(async () => {
    await app.close();
    await seeded.close();
  });

  const query = "query Meetings($parties: [String!]) { meetings(filter: { parties: $parties }) { totalCount } }";
  const ask = async (parties: readonly string[]) => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables: { parties } }),
    });
    return (await answer.json()) as {
      data: unknown;
      extensions: { unknownNames?: unknown; omittedUnknownNames?: number; cost: unknown };
    };
  };

  it("are reported beside the data and the cost, also for prepared queries and cached responses", async () => {
    for (let time = 0; time < 4; time++) {
      const { data, extensions } = await ask(["Inida"]);
      expect(data).toEqual({ meetings: { totalCount: 0 } });
      expect(extensions).toEqual({ unknownNames: [told], cost: expect.objectContaining({ requested: 33 }) as unknown });
      expect((await ask(["IND"])).extensions).not.toHaveProperty("unknownNames");
    }
  });

  it("are listed up to twenty, and the others are counted", async () => {
    const unknown = (count: number) => Array.from({ length: count }, (_, index) => `no-party-${String(index)}`);
    // The first answer comes from the executor, the next ones by the fast path and from the cache.
    for (let time = 0; time < 3; time++) {
      const { extensions } = await ask(unknown(25));
      const named = extensions.unknownNames as readonly { readonly name: string }[];
      expect(new Set(named.map(({ name }) => name)).size).toBe(20);
      expect(unknown(25)).toEqual(expect.arrayContaining(named.map(({ name }) => name)));
      expect(extensions.omittedUnknownNames).toBe(5);
      expect((await ask(unknown(20))).extensions).not.toHaveProperty("omittedUnknownNames");
    }
  });

  it("are reported for GET requests", async () => {
    const answer = await fetch(
      `${url}?${new URLSearchParams({ query, variables: JSON.stringify({ parties: ["Inida"] }) }).toString()}`,
    );
    expect(await answer.json()).toMatchObject({
      data: { meetings: { totalCount: 0 } },
      extensions: { unknownNames: [told] },
    });
  });
});
