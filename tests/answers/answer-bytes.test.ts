import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededServers, type Seeded } from "../support/seeded.js";
import { createAsker, limits } from "../support/ask.js";

describe.each(await seededServers(["report"]))("the bytes of an answer, on $name", ({ skip, open }) => {
  let seeded: Seeded;
  let asker: ReturnType<typeof createAsker>;
  let longest: { readonly id: string; readonly text: string };
  beforeAll(async () => {
    if (skip) return;
    seeded = await open();
    const { documents } = await seeded.ask<{ documents: { nodes: { id: string; text: string | null }[] } }>("{ documents(first: 100) { nodes { id text } } }");
    longest = documents.nodes.map(({ id, text }) => ({ id, text: text ?? "" })).sort((one, other) => other.text.length - one.text.length)[0] as typeof longest;
    asker = createAsker(seeded.database, { limits: { ...limits, maxAnswerBytes: Buffer.byteLength(longest.text) + 1_000 } });
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  const document = (aliases: number) => `{ document(id: "${longest.id}") { ${Array.from({ length: aliases }, (_, index) => `t${String(index)}: text`).join(" ")} } }`;
  const tooLong = { code: "LIMIT_EXCEEDED", message: expect.stringContaining("(service.limits.maxAnswerBytes)") as unknown };

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
    const { errors } = await asker.answer(`{ one: document(id: "${longest.id}") { text } other: document(id: "${longest.id}") { text } }`);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0]).toMatchObject(tooLong);
  });

  it.skipIf(skip)("are limited where many short values come to much", async () => {
    const small = createAsker(seeded.database, { limits: { ...limits, maxAnswerBytes: 2_000 } });
    expect((await small.answer("{ states(first: 10) { nodes { name } } }")).errors).toEqual([]);
    expect((await small.answer("{ states(first: 100) { nodes { id code name a: name b: name c: name d: name } } meetings(first: 100) { nodes { id title a: title b: title } } }")).errors[0]).toMatchObject(tooLong);
  });
});
