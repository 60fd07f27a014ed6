import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SentStatement } from "../support/ask.js";
import { multiplyRecord } from "../support/multiplied.js";
import { shippedOperations } from "../support/operations.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { planShape } from "./plan.shape.js";

const operations = shippedOperations();
const times = 50;

// The plan of each statement is held in a file: what it reads, by which indexes, in which order, and which values are bound.
// A change of one shows in review. Accept it with `npx vitest run tests/plans --update`; a build server never does.
// Plans are those of the embedded database, whose version package-lock.json fixes, with the statistics of all rows.
describe("the statements of shipped operations", () => {
  let seeded: Seeded;
  const before = new Map<string, readonly SentStatement[]>();
  let counts: Record<string, number>;

  const countRecord = async () =>
    (await seeded.ask<{ service: { counts: Record<string, number> } }>(
      "{ service { counts { documents meetings participants memberships persons states forums citations } } }",
    )).service.counts;

  beforeAll(async () => {
    seeded = await openSeeded(["report", "facts"], "embedded");
    await seeded.database.pool.query("ANALYZE");
    counts = await countRecord();
  });
  afterAll(() => seeded.close());

  it.each(operations)("$name: their number and their plans", async ({ name, document, variables }) => {
    const statements = await seeded.statements(document, variables, name);
    before.set(name, statements);
    // One for each root field that is read from the record: every shipped operation has one root field.
    expect(statements).toHaveLength(1);
    const shapes: string[] = [];
    for (const { text, values } of statements) shapes.push(await planShape(seeded.database.pool, text, values));
    await expect(shapes.join("\n")).toMatchFileSnapshot(`plans/${name}.txt`);
  });

  it("carry what a client sends as values, never in their text", async () => {
    const marker = "o'brien\"--;drop";
    const question = "query Q($code: String!) { state(code: $code) { id } other: state(code: \"o'brien\\\"--;drop\") { id } }";
    const statements = await seeded.statements(question, { code: marker });
    expect(statements).toHaveLength(2);
    for (const { text, values } of statements) {
      expect(text).not.toContain("brien");
      expect(values).toEqual([marker]);
    }
  });

  describe(`once there is ${String(times)} times as much of everything`, () => {
    beforeAll(() => multiplyRecord(seeded.database, times), 120_000);

    it("there is", async () => {
      const more = await countRecord();
      expect(more).toEqual(Object.fromEntries(Object.entries(counts).map(([what, count]) => [what, count * times])));
    });

    it.each(operations)("$name sends the same", async ({ name, document, variables }) => {
      const after = await seeded.statements(document, variables, name);
      expect(after).toEqual(before.get(name));
      expect(after.length).toBeGreaterThan(0);
    });

    it("and so do lists within lists, however long they have become", async () => {
      const nested = /* GraphQL */ `
        {
          meetings(first: 100) {
            totalCount
            pageInfo { hasNextPage }
            nodes {
              participants(first: 100) { nodes { party { code memberships(first: 5) { nodes { forum { slug } } } } person { name } } }
              citations(first: 3) { totalCount nodes { document { title } } }
            }
          }
        }
      `;
      const { meetings } = await seeded.ask<{ meetings: { totalCount: number; nodes: unknown[] } }>(nested);
      expect(meetings.nodes).toHaveLength(100);
      expect(meetings.totalCount).toBeGreaterThan(2_000);
      expect(await seeded.statements(nested)).toHaveLength(1);
    });
  });
});
