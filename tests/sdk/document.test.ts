import { readFileSync, readdirSync } from "node:fs";
import type { DocumentTypeDecoration, TypedDocumentNode } from "@graphql-typed-document-node/core";
import { parse, stripIgnoredCharacters, visit, type DocumentNode } from "graphql";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { createClient, type Answer } from "../../src/sdk/client.js";
import { printDocument } from "../../src/sdk/document.print.js";
import { json, startServiceStub, type ServiceStub } from "./service.stub.js";

let stub: ServiceStub;
beforeAll(async () => {
  stub = await startServiceStub();
});
afterAll(() => stub.close());

interface ForumName {
  readonly forum: { readonly name: string } | null;
}
interface ForumNameVariables {
  readonly slug: string;
}
const text = "query ForumName($slug: String!) { forum(slug: $slug) { name } }";
const answer = { data: { forum: { name: "ADMM-Plus" } } };

/** The class that codegen's `documentMode: string` generates. */
class TypedDocumentString<Data, Variables> extends String implements DocumentTypeDecoration<Data, Variables> {
  declare __apiType?: NonNullable<DocumentTypeDecoration<Data, Variables>["__apiType"]>;
}

describe("query", () => {
  it("sends a TypedDocumentNode under its name and takes its types", async () => {
    stub.reply(json(answer));
    const document = parse(text, { noLocation: true }) as TypedDocumentNode<ForumName, ForumNameVariables>;
    const data = await createClient({ url: stub.url }).query(document, { slug: "admm-plus" });
    expectTypeOf(data).toEqualTypeOf<ForumName>();
    expect(data).toEqual(answer.data);
    expect(stub.seen[0]?.body.operationName).toBe("ForumName");
    expect(stripIgnoredCharacters(stub.seen[0]?.body.query ?? "")).toBe(stripIgnoredCharacters(text));
  });

  it("sends a TypedDocumentString as it is and takes its types", async () => {
    stub.reply(json(answer));
    const document = new TypedDocumentString<ForumName, ForumNameVariables>(text);
    const data = await createClient({ url: stub.url }).query(document, { slug: "admm-plus" });
    expectTypeOf(data).toEqualTypeOf<ForumName>();
    expect(stub.seen[0]?.body).toEqual({ query: text, variables: { slug: "admm-plus" } });
  });

  it("sends a text with the types that it is given", async () => {
    stub.reply(json(answer));
    const client = createClient({ url: stub.url });
    expectTypeOf(
      await client.query<ForumName, ForumNameVariables>(text, { slug: "admm-plus" }),
    ).toEqualTypeOf<ForumName>();
    expectTypeOf(await client.query<ForumName>(text, { slug: "admm-plus" })).toEqualTypeOf<ForumName>();
    expectTypeOf(await client.query(text)).toEqualTypeOf<unknown>();
  });

  it("takes only the variables that the types allow", () => {
    const client = createClient({ url: stub.url });
    const document = parse(text) as TypedDocumentNode<ForumName, ForumNameVariables>;
    const wrong = (): unknown[] => [
      // @ts-expect-error the variables are required
      client.query(document),
      // @ts-expect-error there is no such variable
      client.query(document, { name: "admm-plus" }),
      // @ts-expect-error the variables are required
      client.query<ForumName, ForumNameVariables>(text),
      // @ts-expect-error a number is no document
      client.query(7),
    ];
    expectTypeOf(wrong).returns.toEqualTypeOf<unknown[]>();
    const untyped: DocumentNode = parse(text);
    const unknowing = (): Promise<unknown> => client.query(untyped, { slug: "admm-plus" });
    expectTypeOf(unknowing).returns.toEqualTypeOf<Promise<unknown>>();
  });

  it("refuses what is no document", async () => {
    const client = createClient({ url: stub.url });
    await expect(client.query({} as unknown as string)).rejects.toThrow(
      "A document must be a text or a parsed GraphQL document.",
    );
    await expect(client.query(parse("type Query { a: Int }"))).rejects.toThrow(
      "operations and fragments, but this one has ObjectTypeDefinition",
    );
  });
});

describe("execute", () => {
  it("resolves with data and errors side by side, and what came with them", async () => {
    const errors = [{ message: "no", path: ["forum"], extensions: { code: "FORBIDDEN" } }];
    stub.reply(json({ data: { forum: null }, errors, extensions: { cost: 3 } }, 200, { "x-request-id": "r-1" }));
    const whole = await createClient({ url: stub.url }).execute<ForumName, ForumNameVariables>(text, {
      slug: "admm-plus",
    });
    expectTypeOf(whole).toEqualTypeOf<Answer<ForumName>>();
    expect(whole).toEqual({
      data: { forum: null },
      errors,
      extensions: { cost: 3 },
      status: 200,
      requestId: "r-1",
      retryAfterMs: undefined,
    });
  });
});

describe("printDocument", () => {
  const everything = `
    query Everything($ids: [ID!]! = ["a"], $deep: In = { a: 1, b: [1.5e3, -2], c: { d: null } } @mark, $on: Boolean) @live(every: 5) {
      alias: field(ids: $ids, text: "quote \\" \\\\ \\n \\u00e9 é 😀", block: """
        two
          lines
      """, kind: DATE, yes: true, nothing: null, empty: {}, none: []) @include(if: $on) @skip(if: false) { ...Part @mark }
      ... on Meeting @mark { id }
      ... @include(if: $on) { __typename }
      ... { id }
    }
    mutation { a }
    subscription Follow { b }
    fragment Part on Meeting @mark { id ...Other }
    fragment Other on Node { id }`;

  it("writes a text that parses to the same document", () => {
    const parsed = withoutBlocks(parse(everything, { noLocation: true }));
    expect(withoutBlocks(parse(printDocument(parsed), { noLocation: true }))).toEqual(parsed);
  });

  it("does so with every shipped operation", () => {
    const folder = new URL("../../src/operations/", import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith(".graphql"));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const parsed = parse(readFileSync(new URL(file, folder), "utf8"), { noLocation: true });
      expect(parse(printDocument(parsed), { noLocation: true })).toEqual(parsed);
    }
  });
});

/** A block string is the same value as a plain one; only the way it is written is lost. */
function withoutBlocks(document: DocumentNode): DocumentNode {
  return visit(document, { StringValue: (node) => ({ ...node, block: false }) });
}
