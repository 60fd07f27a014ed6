import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { composeServices } from "@theguild/federation-composition";
import { buildSchema, graphql, isObjectType, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../src/access/keys.js";
import { buildExecutableSchema } from "../../src/schema.js";
import type { Asker } from "../support/ask.js";
import { editorOf } from "../support/editors.js";
import { listenOver, type Listening } from "../support/listening.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

/** Another service of the same graph, which knows of states by their codes and of persons by their slugs. */
const atlas = `${link}
type State @key(fields: "code") { code: String! capital: String }
type Person @key(fields: "slug") { slug: String! }
type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type Query { landlocked: [State!]! travellers: [Person!]! pages: PageInfo }`;
const capitals = new Map([
  ["LAO", "Vientiane"],
  ["IND", "New Delhi"],
]);

interface Representation {
  readonly __typename: string;
  readonly code: string;
}

async function startAtlas(): Promise<{ readonly server: Server; readonly address: string }> {
  const schema = buildSchema(`${atlas.replace(link, "")}
    directive @key(fields: String!) repeatable on OBJECT
    directive @shareable on OBJECT
    scalar _Any
    union _Entity = State
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`);
  const rootValue = {
    landlocked: [{ code: "LAO", capital: "Vientiane" }],
    travellers: [{ slug: "rajnath-singh" }],
    _entities: ({ representations }: { representations: readonly Representation[] }) =>
      representations.map(({ code }) => ({ __typename: "State", code, capital: capitals.get(code) })),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables?: Record<string, unknown>;
      };
      void graphql({ schema, rootValue, source: query, variableValues: variables }).then((result) => {
        response.setHeader("content-type", "application/json").end(JSON.stringify(result));
      });
    });
  });
  return { server, address: await addressOf(server) };
}

/** Listens on a free port of this machine; answers where GraphQL is asked there. */
async function addressOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/graphql`;
}

interface GatewayConfig {
  readonly supergraph: string;
  readonly logging: boolean;
  readonly propagateHeaders: {
    readonly fromClientToSubgraphs: (forwarded: {
      readonly request: Request;
      readonly subgraphName: string;
    }) => Readonly<Record<string, string | undefined>> | undefined;
  };
}
type GatewayRuntime = RequestListener & AsyncDisposable;

/** A gateway that listens, over services that do. */
interface Gateway {
  readonly runtime: GatewayRuntime;
  readonly server: Server;
  readonly address: string;
}

async function startGateway(supergraph: string): Promise<Gateway> {
  // Its own types change what those of graphql say of errors, for all of the project.
  const name: string = "@graphql-hive/gateway-runtime";
  const { createGatewayRuntime } = (await import(name)) as {
    createGatewayRuntime: (config: GatewayConfig) => GatewayRuntime;
  };
  const runtime = createGatewayRuntime({
    supergraph,
    logging: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request, subgraphName }) =>
        subgraphName === "sidelines" ? { authorization: request.headers.get("authorization") ?? undefined } : undefined,
    },
  });
  const server = createServer(runtime);
  return { runtime, server, address: await addressOf(server) };
}

describe("the service as a part of a federated graph", () => {
  let seeded: Seeded;
  let service: Listening;
  let other: Awaited<ReturnType<typeof startAtlas>>;
  let supergraph: string;
  let gateway: Gateway;
  let ask: Asker["ask"];
  let answer: Asker["answer"];

  beforeAll(async () => {
    seeded = await openSeeded(["report", "facts"]);
    ({ ask, answer } = seeded);
    // A busy machine is late for everything; that is not what is tried here.
    service = await listenOver(seeded.database, { maxEventLoopDelayMs: 0 });
    other = await startAtlas();
    const { _service } = await ask<{ _service: { sdl: string } }>("{ _service { sdl } }");
    const composed = composeServices([
      { name: "sidelines", url: `${service.address}/graphql`, typeDefs: parse(_service.sdl) },
      { name: "atlas", url: other.address, typeDefs: parse(atlas) },
    ]);
    expect(composed.errors ?? []).toEqual([]);
    supergraph = composed.supergraphSdl as string;
    gateway = await startGateway(supergraph);
  });
  afterAll(async () => {
    await gateway.runtime[Symbol.asyncDispose]();
    gateway.server.close();
    other.server.close();
    await service.close();
    await seeded.close();
  });

  async function askGateway(
    query: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly data?: unknown; readonly errors?: readonly unknown[] }> {
    const response = await fetch(gateway.address, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Awaited<ReturnType<typeof askGateway>>;
  }

  it("is composed with others, and asked for what they refer to", async () => {
    expect(await askGateway("{ landlocked { code name capital } travellers { name } }")).toEqual({
      data: {
        landlocked: [{ code: "LAO", name: "Laos", capital: "Vientiane" }],
        travellers: [{ name: "Rajnath Singh" }],
      },
    });
  });

  it("lets others add to what it says", async () => {
    const { data } = await askGateway(
      '{ meeting(slug: "2024-11-20-ind-chn-vientiane") { place { country { name capital } } participants(first: 4) { nodes { party { code ... on State { capital } } } } } }',
    );
    expect(data).toEqual({
      meeting: {
        place: { country: { name: "Laos", capital: "Vientiane" } },
        participants: {
          nodes: [{ party: { code: "IND", capital: "New Delhi" } }, { party: { code: "CHN", capital: null } }],
        },
      },
    });
  });

  it("gets the client's credential from the gateway, and writes on its behalf", async () => {
    const mine = "{ viewer { name scopes } landlocked { name } }";
    expect((await askGateway(mine)).data).toEqual({
      viewer: { name: null, scopes: ["READ"] },
      landlocked: [{ name: "Laos" }],
    });
    const { key } = await createKey(seeded.database.prisma, { name: "Gateway desk", scope: "EDIT" });
    const headers = { authorization: `Bearer ${key}` };
    expect((await askGateway(mine, headers)).data).toEqual({
      viewer: { name: "Gateway desk", scopes: ["READ", "EDIT"] },
      landlocked: [{ name: "Laos" }],
    });
    const act =
      'mutation { recordPerson(input: { slug: "by-the-gateway", name: "Somebody", cite: [{ document: "statesman-2024-11-18-admm-plus-plan" }] }) { person { name } userErrors { code } } }';
    expect(await askGateway(act)).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    expect(await askGateway(act, headers)).toEqual({
      data: { recordPerson: { person: { name: "Somebody" }, userErrors: [] } },
    });
  });

  it("has keys on every type of records, by ids and by the names that people write", () => {
    const schema = buildExecutableSchema();
    const records = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === "VersionedRecord"))
      .map(({ name }) => name);
    const entities = schema.getType("_Entity");
    expect(String(records.sort())).toBe(
      String([...(entities && "getTypes" in entities ? entities.getTypes() : [])].map(({ name }) => name).sort()),
    );
    for (const name of records)
      expect(supergraph).toMatch(new RegExp(`type ${name} [^{]*@join__type\\(graph: SIDELINES, key: "id"`));
    for (const [name, key] of [
      ["State", "code"],
      ["Organization", "code"],
      ["Person", "slug"],
      ["Forum", "slug"],
      ["Meeting", "slug"],
    ] as const) {
      expect(supergraph).toMatch(new RegExp(`type ${name} [^{]*@join__type\\(graph: SIDELINES, key: "${key}"`));
    }
    // Our directive `@requires` differs from the gateway's of the same name.
    expect(supergraph.includes(`requires: "`)).toBe(false);
  });

  describe("asked for entities", () => {
    const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      __typename ... on State { name } ... on Organization { name } ... on Person { name } ... on Meeting { on participants(first: 1) { totalCount } } ... on Forum { title: name } } }`;
    const find = async (...representations: unknown[]) =>
      (await ask<{ _entities: unknown[] }>(entities, { representations }))._entities;

    it("gives them in their order, and null for what there is not", async () => {
      const { meeting } = await ask<{ meeting: { id: string } }>(
        '{ meeting(slug: "2024-11-20-ind-chn-vientiane") { id } }',
      );
      expect(
        await find(
          { __typename: "State", code: "LAO" },
          { __typename: "Meeting", id: meeting.id },
          { __typename: "State", code: "XYZ" },
          { __typename: "Organization", code: "ASEAN" },
          { __typename: "Meeting", slug: "2024-11-20-ind-chn-vientiane" },
          { __typename: "Forum", slug: "brics" },
          { __typename: "Meeting", id: "mtg_aaaaaaaaaaaaaaaa" },
        ),
      ).toEqual([
        { __typename: "State", name: "Laos" },
        { __typename: "Meeting", on: "2024-11-20", participants: { totalCount: 2 } },
        null,
        { __typename: "Organization", name: "ASEAN" },
        { __typename: "Meeting", on: "2024-11-20", participants: { totalCount: 2 } },
        { __typename: "Forum", title: "BRICS" },
        null,
      ]);
      expect(await find()).toEqual([]);
    });

    it("gives none of another type", async () => {
      const { meeting } = await ask<{ meeting: { id: string } }>(
        '{ meeting(slug: "2024-11-20-ind-chn-vientiane") { id } }',
      );
      expect(
        await find(
          { __typename: "State", id: meeting.id },
          { __typename: "State", code: "ASEAN" },
          { __typename: "Organization", code: "IND" },
        ),
      ).toEqual([null, null, null]);
    });

    it("reads all of them with one statement", async () => {
      const representations = ["LAO", "IND", "CHN", "VNM"].map((code) => ({ __typename: "State", code }));
      expect(await seeded.statements(entities, { representations })).toHaveLength(1);
    });

    it.each([
      [{ __typename: "Nothing", id: "x" }, 'has to name a type of records as __typename, but names "Nothing".'],
      [{ code: "LAO" }, "has to name a type of records as __typename, but names null."],
      [{ __typename: "State" }, "has to hold code or id of the State, as text."],
      [{ __typename: "State", code: 7 }, "has to hold code or id of the State, as text."],
      [{ __typename: "State", code: "L\0" }, "has to hold code or id of the State, as text."],
      ["LAO", "has to name a type of records as __typename, but names null."],
    ])("says what is wrong with %j", async (faulty, problem) => {
      const { errors } = await answer(entities, { representations: [{ __typename: "State", code: "LAO" }, faulty] });
      expect(errors).toMatchObject([
        { code: "BAD_USER_INPUT", argument: "representations.1", message: `Argument "representations.1": ${problem}` },
      ]);
    });

    it("counts each against the limits", async () => {
      // As short as they can be: more than that a body does not hold.
      const representations = Array.from({ length: 10_001 }, () => ({ code: "LAO" }));
      const response = await fetch(`${service.address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          query: "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }",
          variables: { r: representations },
        }),
      });
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: "maxNodes" } }],
      });
    });

    it("knows records by what they were before they were merged", async () => {
      const editor = editorOf(seeded.database);
      const record = async (slug: string): Promise<string> => {
        const { person } = await editor.act<{ person: { id: string } }>(
          "recordPerson",
          { slug, name: "One Person", cite: [{ document: "statesman-2024-11-18-admm-plus-plan" }] },
          "person { id }",
        );
        return person.id;
      };
      const [id, into] = [await record("one-person"), await record("the-same-person")];
      const { userErrors } = await editor.act("mergeRecords", { id, into, reason: "They are one." });
      expect(userErrors).toEqual([]);
      const survivor = { __typename: "Person", name: "One Person" };
      expect(
        await find(
          { __typename: "Person", slug: "one-person" },
          { __typename: "Person", id },
          { __typename: "Person", slug: "the-same-person" },
        ),
      ).toEqual([survivor, survivor, survivor]);
    });
  });
});
