import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededServers, type Seeded } from "../support/seeded.js";
import { createAsker, limits } from "../support/ask.js";
import { listenOver } from "../support/listening.js";

describe.each(await seededServers(["report"]))("the bytes of an answer, on $name", ({ skip, open }) => {
  let seeded: Seeded;
  let asker: ReturnType<typeof createAsker>;
  let longest: { readonly id: string; readonly text: string };
  beforeAll(async () => {
    if (skip) return;
    seeded = await open();
    const { documents } = await seeded.ask<{ documents: { nodes: { id: string; text: string | null }[] } }>(
      "{ documents(first: 100) { nodes { id text } } }",
    );
    longest = documents.nodes
      .map(({ id, text }) => ({ id, text: text ?? "" }))
      .sort((one, other) => other.text.length - one.text.length)[0] as typeof longest;
    asker = createAsker(seeded.database, {
      limits: { ...limits, maxAnswerBytes: Buffer.byteLength(longest.text) + 1_000 },
    });
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  const document = (aliases: number) =>
    `{ document(id: "${longest.id}") { ${Array.from({ length: aliases }, (_, index) => `t${String(index)}: text`).join(" ")} } }`;
  const tooLong = {
    code: "LIMIT_EXCEEDED",
    message: expect.stringContaining("(service.limits.maxAnswerBytes)") as unknown,
  };

  it.skipIf(skip)("are counted while long texts are read, and the error says which one to leave out", async () => {
    expect((await asker.answer(document(1))).errors).toEqual([]);
    const { data, errors } = await asker.answer(document(2));
    expect(data).toEqual({ document: null });
    expect(errors).toMatchObject([tooLong]);
    expect(errors[0]?.message).toContain("leave Document.text out");
  });

  it.skipIf(skip)("are counted from zero for the next statement of the same connection", async () => {
    for (let time = 0; time < 12; time += 1) expect((await asker.answer(document(1))).errors).toEqual([]);
  });

  it.skipIf(skip)("are counted for all root fields together", async () => {
    const { errors } = await asker.answer(
      `{ one: document(id: "${longest.id}") { text } other: document(id: "${longest.id}") { text } }`,
    );
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0]).toMatchObject(tooLong);
  });

  it.skipIf(skip)("are limited over HTTP, and the error says how to page", async () => {
    const service = await listenOver(seeded.database, { maxAnswerBytes: 1_000 });
    const post = async (first: number) => {
      const query = `{ meetings(first: ${String(first)}) { nodes { id title a: title b: title } } }`;
      const response = await fetch(`${service.address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
      const text = await response.text();
      return {
        size: Buffer.byteLength(text),
        ...(JSON.parse(text) as { data: unknown; errors?: { message: string; path: unknown; extensions: object }[] }),
      };
    };
    try {
      // By Apollo at first, then by the fast path.
      for (let time = 0; time < 3; time += 1) {
        expect(await post(1)).toMatchObject({ data: { meetings: { nodes: [{}] } } });
        const { data, errors, size } = await post(100);
        expect(size).toBeLessThan(1_000);
        expect(data ?? null).toBeNull();
        expect(errors).toMatchObject([
          {
            message: expect.stringContaining("1,000 bytes") as unknown,
            extensions: { code: "LIMIT_EXCEEDED", limit: "maxAnswerBytes", allowed: 1_000 },
          },
        ]);
        expect(errors?.[0]?.message).toContain(
          "Ask for fewer entries at once with first or last and follow the cursors",
        );
      }
    } finally {
      await service.close();
    }
  });

  it.skipIf(skip)("are limited where many short values come to much", async () => {
    const small = createAsker(seeded.database, { limits: { ...limits, maxAnswerBytes: 2_000 } });
    expect((await small.answer("{ states(first: 10) { nodes { name } } }")).errors).toEqual([]);
    expect(
      (
        await small.answer(
          "{ states(first: 100) { nodes { id code name a: name b: name c: name d: name } } meetings(first: 100) { nodes { id title a: title b: title } } }",
        )
      ).errors[0],
    ).toMatchObject(tooLong);
  });
});
