// Who may what.
import { createHmac } from "node:crypto";
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { request, ask } from "../service.js";

const document = (key, more = {}) => ({
  key,
  kind: "NEWS_REPORT",
  title: `Document ${key}`,
  publisher: "The Wire",
  language: "en",
  publishedOn: "2024-11-22",
  text: "The ministers met.",
  // Documents are alike on purpose.
  acknowledge: ["LIKELY_DUPLICATE"],
  ...more,
});
const add =
  "mutation ($input: AddDocumentInput!) { addDocument(input: $input) { document { id title } userErrors { code message path } } }";

/** The least that a type of the contract takes. */
function least(type) {
  if (isNonNullType(type)) return least(type.ofType);
  if (isListType(type)) return [least(type.ofType)];
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
        .map((field) => [field.name, least(field.type)]),
    );
  if (isEnumType(type)) return type.getValues()[0].name;
  return (
    {
      Int: 1,
      Float: 1,
      Boolean: false,
      Date: "2024-01-01",
      PartialDate: "2024",
      DateTime: "2024-01-01T00:00:00Z",
      URL: "https://example.org/",
    }[getNamedType(type).name] ?? "x"
  );
}

const version = async (service) =>
  (await ask(service, "{ service { recordVersion } }")).json.data.service.recordVersion;

/** Every act there is, sent with some credential, has to be refused with one of these codes. */
const everyAct = (name, authorizationOf, codes) => ({
  name,
  run: async (bench) => {
    const { service, schema } = bench;
    const before = await version(service);
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    for (const field of fields) {
      const variables = Object.fromEntries(field.args.map((argument) => [argument.name, least(argument.type)]));
      const declared = field.args.map((argument) => `$${argument.name}: ${argument.type}`).join(", ");
      const passed = field.args.map((argument) => `${argument.name}: $${argument.name}`).join(", ");
      const answer = await ask(
        service,
        `mutation (${declared}) { ${field.name}(${passed}) { __typename } }`,
        variables,
        { authorization: authorizationOf(bench) },
      );
      bench.assertWell(answer);
      if (!codes.some((code) => answer.codes.includes(code)))
        throw new Error(`${field.name} answers ${answer.text.slice(0, 200)}`);
    }
    if ((await version(service)) !== before) throw new Error("the record has changed");
    return `${fields.length} acts`;
  },
});

const base64 = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const claims = {
  iss: "https://issuer.example",
  aud: "sidelines",
  sub: "somebody",
  scope: "EDIT",
  exp: Math.floor(Date.now() / 1_000) + 3_600,
};
const forged = {
  "of no algorithm": `${base64({ alg: "none" })}.${base64(claims)}.`,
  "signed with a word": (() => {
    const head = `${base64({ alg: "HS256", typ: "JWT" })}.${base64(claims)}`;
    return `${head}.${createHmac("sha256", "secret").update(head).digest("base64url")}`;
  })(),
  "that has expired": `${base64({ alg: "RS256", kid: "1" })}.${base64({ ...claims, exp: 1 })}.${base64("x")}`,
  "whose key lies inside": `${base64({ alg: "RS256", jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } })}.${base64(claims)}.${base64("x")}`,
  "whose key lies elsewhere": `${base64({ alg: "RS256", jku: "http://127.0.0.1:1/keys", kid: "../../etc/passwd" })}.${base64(claims)}.${base64("x")}`,
  "that is none": "x".repeat(5_000),
  "of our form that was never made": `sdl_${"a".repeat(8)}_${"b".repeat(43)}`,
};

export const cases = [
  everyAct("every act without a credential", () => undefined, ["UNAUTHENTICATED"]),
  everyAct("every act with a key that may only read", ({ keys }) => keys.read, ["FORBIDDEN"]),
  ...Object.entries(forged).map(([what, token]) => ({
    name: `a credential ${what}`,
    run: async (bench) => {
      for (const query of ["{ service { version } }", "mutation { __typename }"]) {
        const answer = await ask(bench.service, query, undefined, { authorization: `Bearer ${token}` });
        bench.assertWell(answer, { statuses: [401, 400, 431] });
      }
    },
  })),
  {
    name: "drafts: by id, in lists, totals, search and exports",
    run: async (bench) => {
      const { service, keys } = bench;
      const totals = "{ meetings { totalCount } service { counts { meetings documents } } }";
      const before = (await ask(service, totals)).text;
      const added = await ask(
        service,
        add,
        { input: document("torture-draft", { draft: true }) },
        { authorization: keys.edit },
      );
      const { id } = added.json.data.addDocument.document;
      const meeting = {
        slug: "2024-11-22-torture-draft",
        title: "A drafted zanzibar meeting",
        kind: "BILATERAL",
        draft: true,
        cite: [{ document: "torture-draft", quote: "The ministers met" }],
      };
      const recorded = await ask(
        service,
        "mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } userErrors { message } } }",
        { input: meeting },
        { authorization: keys.edit },
      );
      const held = recorded.json.data.recordMeeting.meeting?.id;
      if (!held) throw new Error(`the draft was not made: ${recorded.text.slice(0, 300)}`);
      const seen = await ask(
        service,
        "query ($id: ID!) { node(id: $id) { id } }",
        { id: held },
        { authorization: keys.edit },
      );
      if (seen.json.data.node?.id !== held) throw new Error("its editor does not see it");
      for (const one of [id, held]) {
        const answer = await ask(service, "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }", {
          id: one,
        });
        if (answer.json.data.node !== null || answer.json.data.nodes[0] !== null)
          throw new Error("the public sees it by its id");
      }
      const others = await ask(
        service,
        '{ meeting(slug: "2024-11-22-torture-draft") { id } search(query: "zanzibar", first: 5) { nodes { __typename } } }',
      );
      if (others.json.data.meeting || others.json.data.search.nodes.length > 0) throw new Error("the public finds it");
      if ((await ask(service, totals)).text !== before) throw new Error("totals count it");
      for (const path of [
        "/export/meetings.csv",
        "/export/meetings.ics",
        "/export/meetings.jsonld",
        "/meetings.csv",
        "/meetings.ics",
        "/meetings.jsonld",
        "/corrections",
        "/",
      ]) {
        const page = await request(service, path, { method: "GET" });
        if (page.text.includes("zanzibar") || page.text.includes(held)) throw new Error(`${path} shows it`);
      }
      const readers = await ask(
        service,
        "query ($id: ID!) { node(id: $id) { id } }",
        { id: held },
        { authorization: "Bearer nobody" },
      );
      bench.assertWell(readers, { statuses: [401] });
    },
  },
  {
    name: "an idempotency key of another actor",
    run: async (bench) => {
      const { service, keys } = bench;
      const input = { ...document("torture-idem-one"), idempotencyKey: "shared-key" };
      const mine = await ask(service, add, { input }, { authorization: keys.edit });
      if (!mine.json.data.addDocument.document) throw new Error(mine.text.slice(0, 300));
      const theirs = await ask(
        service,
        add,
        { input: { ...document("torture-idem-two"), idempotencyKey: "shared-key" } },
        { authorization: keys.other },
      );
      if (theirs.json.data.addDocument.document?.title !== "Document torture-idem-two")
        throw new Error(`another actor gets ${theirs.text.slice(0, 300)}`);
      const none = await ask(service, add, { input }, {});
      if (!none.codes.includes("UNAUTHENTICATED")) throw new Error("it answers somebody without a key");
    },
  },
];
