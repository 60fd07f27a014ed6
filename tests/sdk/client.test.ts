import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import {
  createClient,
  type MeetingStatus,
  type MeetingsQuery,
  type MeetingsQueryVariables,
} from "../../src/sdk/client.js";
import { json, startServiceStub, type ServiceStub } from "./service.stub.js";

let stub: ServiceStub;
beforeAll(async () => {
  stub = await startServiceStub();
});
afterAll(() => stub.close());

const service = { data: { service: { version: "1.2.3" } } };

describe("createClient", () => {
  it("refuses to be made without a url", () => {
    expect(() => createClient({ url: "" })).toThrow(
      new TypeError("createClient needs the url of a Sidelines service, such as https://example.org/graphql."),
    );
  });

  it("has one method for each shipped operation", () => {
    const client = createClient({ url: stub.url });
    const own = ["each", "execute", "live", "paginate", "query", "subscribe"];
    const isAct = (name: string): boolean =>
      /^(add|cite|correct|discard|dismiss|dispute|end|merge|name|publish|record|report|withdraw)[A-Z]/.test(name);
    expect(
      Object.keys(client)
        .filter((name) => !own.includes(name) && !isAct(name))
        .sort(),
    ).toEqual([
      "activities",
      "agreements",
      "claims",
      "closeMistakeReport",
      "commitments",
      "conflicts",
      "contradictions",
      "coverage",
      "decideProposals",
      "deleteSubmission",
      "document",
      "firstEncounterSince",
      "firstSince",
      "forumOn",
      "gaps",
      "history",
      "lastEncounter",
      "lastMet",
      "ledgerBetween",
      "ledgers",
      "matrix",
      "matrixChanges",
      "meetingAsKnown",
      "meetingCounts",
      "meetings",
      "node",
      "nodes",
      "officeCheck",
      "officeHolders",
      "personOn",
      "representationAt",
      "search",
      "service",
      "sharedForumChanges",
      "sharedForums",
      "sidelinesOf",
      "stateOn",
      "statements",
      "submitReport",
      "suggestions",
      "timeline",
      "timelineOfDocument",
      "timelineOfTwo",
      "topics",
      "unmetPairs",
      "visits",
    ]);
    expect(Object.keys(client.each).sort()).toEqual([
      "activities",
      "agreements",
      "claims",
      "commitments",
      "conflicts",
      "contradictions",
      "gaps",
      "ledgers",
      "matrixChanges",
      "meetingCounts",
      "meetings",
      "representationAt",
      "statements",
      "timeline",
      "timelineOfDocument",
      "timelineOfTwo",
      "unmetPairs",
      "visits",
    ]);
  });

  it("accepts a URL object", async () => {
    stub.reply(json(service));
    await expect(createClient({ url: new URL(stub.url) }).service()).resolves.toEqual(service.data);
  });
});

describe("a shipped method", () => {
  it("posts its operation by name, with the variables, and resolves with the data", async () => {
    stub.reply(json({ data: { meetings: { totalCount: 0 } } }));
    const client = createClient({ url: stub.url });
    expect(await client.meetings({ parties: ["IND", "CHN"], from: "2020-01-01" })).toEqual({
      meetings: { totalCount: 0 },
    });
    const [request] = stub.seen;
    expect(request?.method).toBe("POST");
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(request?.headers.accept).toBe("application/graphql-response+json, application/json;q=0.9");
    expect(request?.body).toEqual({
      operationName: "Meetings",
      query: expect.stringMatching(/^query Meetings\(/) as string,
      variables: { parties: ["IND", "CHN"], from: "2020-01-01" },
    });
  });

  it("has typed variables and results", () => {
    const client = createClient({ url: stub.url });
    expectTypeOf(client.meetings).toEqualTypeOf<
      (variables?: MeetingsQueryVariables, options?: Parameters<typeof client.meetings>[1]) => Promise<MeetingsQuery>
    >();
    expectTypeOf<MeetingsQuery["meetings"]["nodes"][number]["status"]>().toEqualTypeOf<MeetingStatus>();
    expectTypeOf(client.forumOn).parameter(0).toEqualTypeOf<{
      slug: string;
      asOf: string;
      role?:
        | "DIALOGUE_PARTNER"
        | "INVITED"
        | "MEMBER"
        | "OBSERVER"
        | "PARTNER_COUNTRY"
        | "PLUS_COUNTRY"
        | "SECTORAL_DIALOGUE_PARTNER"
        | null
        | undefined;
    }>();
    const wrong = (): unknown[] => [
      // @ts-expect-error a required variable is missing
      client.forumOn({ slug: "admm-plus" }),
      // @ts-expect-error variables are required
      client.forumOn(),
      // @ts-expect-error there is no such status
      client.meetings({ status: "MET" }),
      // @ts-expect-error there is no such variable
      client.meetings({ states: ["IND"] }),
      // @ts-expect-error this operation takes none
      client.service({ verbose: true }),
    ];
    expectTypeOf(wrong).returns.toEqualTypeOf<unknown[]>();
  });

  it("distinguishes kinds of parties by __typename", () => {
    type Participant = MeetingsQuery["meetings"]["nodes"][number]["participants"]["nodes"][number];
    type State = Extract<Participant["party"], { __typename: "State" }>;
    expectTypeOf<State["alpha2"]>().toEqualTypeOf<string | null>();
  });
});

describe("unknown names", () => {
  const unknown = {
    path: ["meetings"],
    argument: "filter.parties",
    name: "India",
    meant: "IND",
    message: "The record has none.",
  };
  const answer = {
    data: { meetings: { totalCount: 0 } },
    extensions: { cost: { requested: 1 }, unknownNames: [unknown, { ...unknown, name: "Chin" }] },
  };

  it("are reported one by one beside the data", async () => {
    stub.reply(json(answer), json({ data: answer.data }));
    const told: unknown[] = [];
    const client = createClient({ url: stub.url, onUnknownName: (name) => told.push(name) });
    expect(await client.meetings({ parties: ["India", "Chin"] })).toEqual(answer.data);
    expect(told).toEqual([unknown, { ...unknown, name: "Chin" }]);
    await client.meetings({ parties: ["IND"] });
    expect(told).toHaveLength(2);
  });

  it("reject the call if the callback throws", async () => {
    stub.reply(json(answer));
    const client = createClient({
      url: stub.url,
      onUnknownName: ({ name }) => {
        throw new Error(`who is ${name}?`);
      },
    });
    await expect(client.meetings({ parties: ["India"] })).rejects.toThrow("who is India?");
  });

  it("change nothing without a callback", async () => {
    stub.reply(json(answer));
    expect(await createClient({ url: stub.url }).meetings({ parties: ["India"] })).toEqual(answer.data);
  });
});

describe("headers", () => {
  it("come from an object, and a call's own go before them", async () => {
    stub.reply(json(service));
    const client = createClient({ url: stub.url, headers: { Authorization: "Bearer a", "x-from": "test" } });
    await client.service({}, { headers: { authorization: "Bearer b" } });
    expect(stub.seen[0]?.headers).toMatchObject({ authorization: "Bearer b", "x-from": "test" });
  });

  it("come from a Headers object, and undefined leaves one out", async () => {
    stub.reply(json(service));
    const client = createClient({ url: stub.url, headers: new Headers({ authorization: "Bearer a" }) });
    await client.service({}, { headers: { Authorization: undefined } });
    expect(stub.seen[0]?.headers).not.toHaveProperty("authorization");
  });

  it("come from an asynchronous function, once for each call", async () => {
    stub.reply(json(service));
    let renewed = 0;
    const client = createClient({
      url: stub.url,
      headers: async () => ({ authorization: `Bearer ${(renewed += 1)}` }),
    });
    await client.service();
    await client.service();
    expect(stub.seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer 1", "Bearer 2"]);
  });

  it("say how far the record had got by the latest answer, and never less", async () => {
    stub.reply(
      json(service),
      json(service, 200, { "sidelines-position": "12" }),
      json(service, 200, { "sidelines-position": "9" }),
      json(service),
    );
    const client = createClient({ url: stub.url });
    for (let call = 0; call < 4; call += 1) await client.service();
    expect(stub.seen.map(({ headers }) => headers["sidelines-position"])).toEqual([undefined, undefined, "12", "12"]);
  });

  it("pass on what their function throws, as it is", async () => {
    const refused = new Error("no token");
    const client = createClient({ url: stub.url, headers: () => Promise.reject(refused) });
    await expect(client.service()).rejects.toBe(refused);
  });
});

describe("a fetch of one's own", () => {
  it("is used in place of the built-in one", async () => {
    const asked: string[] = [];
    const client = createClient({
      url: "/graphql",
      fetch: async (url, { method, body }) => {
        asked.push(`${method} ${url} ${body.slice(0, 9)}`);
        return Response.json(service);
      },
    });
    expect(await client.service()).toEqual(service.data);
    expect(asked).toEqual(['POST /graphql {"query":']);
  });

  it("may be the built-in one itself", async () => {
    stub.reply(json(service));
    await expect(createClient({ url: stub.url, fetch }).service()).resolves.toEqual(service.data);
  });
});
