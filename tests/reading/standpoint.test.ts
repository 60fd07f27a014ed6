import type pg from "pg";
import { describe, expect, it } from "vitest";
import { sendFrom } from "../../src/reading/sending.js";
import { editing, publicly, type Standpoint } from "../../src/reading/standpoint.js";
import { createBench } from "./library.js";

const asked = `query Q($title: String!, $moment: DateTime) { book(title: $title, knownAt: $moment) { title } }`;

describe("a root field that asks for a moment", () => {
  it("sends the statement it always sends, from where the record was known at that moment", async () => {
    const bench = createBench({ namedStatements: true });
    for (let times = 0; times < 4; times++) await bench.plan(asked, { title: "Emma" });
    const plain = bench.sent.at(-1);
    expect(plain?.name).toBeDefined();
    expect(plain).not.toHaveProperty("standpoint");
    for (let times = 0; times < 4; times++) await bench.plan(asked, { title: "Emma", moment: "2024-11-20T09:30:00Z" });
    const then = bench.sent.at(-1);
    expect(then).toEqual({
      text: plain?.text,
      values: ["Emma"],
      standpoint: { kind: "known", at: "2024-11-20T09:30:00.000000Z" },
    });
  });

  it.each([
    ["2024-11-20T15:00:00.5+05:30", "2024-11-20T09:30:00.500000Z"],
    ["2024-11-20T09:30:00.1234567Z", "2024-11-20T09:30:00.123456Z"],
    ["1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"],
    ["0000-12-31T23:59:59Z", "-infinity"],
  ])("given as %s reads it as %s", async (moment, at) => {
    const bench = createBench();
    await bench.plan(asked, { title: "Emma", moment });
    await bench.plan(`{ book(title: "Emma", knownAt: "${moment}") { title } }`);
    expect(bench.sent.map(({ standpoint }) => standpoint)).toEqual([
      { kind: "known", at },
      { kind: "known", at },
    ]);
  });

  it("leaves the choice to the request where the moment is null", async () => {
    const bench = createBench();
    await bench.plan(asked, { title: "Emma", moment: null });
    expect(bench.sent).toEqual([expect.not.objectContaining({ standpoint: expect.anything() as unknown })]);
  });

  it.each(["yesterday", "2024-11-20", "2024-13-20T09:30:00Z"])("refuses %s before anything is sent", async (moment) => {
    const bench = createBench();
    await expect(bench.plan(asked, { title: "Emma", moment })).rejects.toMatchObject({
      extensions: { code: "BAD_USER_INPUT", argument: "knownAt" },
    });
    expect(bench.sent).toEqual([]);
  });
});

/** A pool of one connection that records its statements and its release. */
function notingPool(answer: (text: string) => { rows: unknown[] } | Error = () => ({ rows: [] })) {
  const notes: string[] = [];
  const listeners = new Set<(error: Error) => void>();
  const query = (
    statement: string | { text: string; values?: readonly unknown[]; name?: string },
    done?: (error: Error | null, value?: string | null) => void,
  ) => {
    const { text, values = [], name = "" } = typeof statement === "string" ? { text: statement } : statement;
    notes.push([text.split("\n")[0], ...values, ...(name === "" ? [] : [`as ${name}`])].join(" | "));
    const result = answer(text);
    const failure = result instanceof Error ? result : null;
    // A statement that reads calls back; the driver's own queries promise their rows.
    if (done)
      return failure ? done(failure) : done(null, (result as { rows: { value?: string }[] }).rows[0]?.value ?? null);
    return failure ? Promise.reject(failure) : Promise.resolve(result);
  };
  const client = {
    query,
    on: (_event: string, listener: (error: Error) => void) => listeners.add(listener),
    off: (_event: string, listener: (error: Error) => void) => listeners.delete(listener),
    release: (error?: Error) => notes.push(error ? `thrown away: ${error.message}` : "given back"),
  };
  const pool = { query, connect: async () => client } as unknown as Pick<pg.Pool, "query" | "connect">;
  return { pool, notes, listeners, breaks: (error: Error) => listeners.forEach((listener) => listener(error)) };
}

const known: Standpoint = { kind: "known", at: "2024-11-20T09:30:00.000000Z" };
const statement = { name: "s1", text: "select $1", values: ["Emma"] };

describe("sending a statement", () => {
  it("from where the public stands takes nothing more than sending it", async () => {
    const { pool, notes } = notingPool();
    await sendFrom({ pool }, publicly, statement);
    expect(notes).toEqual(["select $1 | Emma | as s1"]);
  });

  it("from elsewhere happens where the names of tables mean others, can only read, and keeps nothing prepared", async () => {
    const { pool, notes, listeners } = notingPool((text) => ({
      rows: [{ value: text === statement.text ? "[]" : null, now: null }],
    }));
    expect(await sendFrom({ pool }, editing, statement)).toBe("[]");
    expect(await sendFrom({ pool }, known, statement)).toBe("[]");
    expect(notes).toEqual([
      "BEGIN READ ONLY",
      "SELECT set_config('search_path', $1, true) | editing, public",
      "select $1 | Emma",
      "ROLLBACK",
      "given back",
      "BEGIN READ ONLY",
      "SELECT set_config('search_path', $1, true), set_config('sidelines.known_at', $2, true), | known, public | 2024-11-20T09:30:00.000000Z",
      "select $1 | Emma",
      "ROLLBACK",
      "given back",
    ]);
    expect(listeners.size).toBe(0);
  });

  it("from a moment that has not come by the database's clock is refused", async () => {
    const { pool, notes } = notingPool(() => ({ rows: [{ now: "2024-11-20T09:29:59.000000Z" }] }));
    await expect(sendFrom({ pool }, known, statement)).rejects.toMatchObject({
      message: expect.stringContaining("2024-11-20T09:29:59.000000Z") as string,
      extensions: { code: "BAD_USER_INPUT", argument: "knownAt" },
    });
    expect(notes).not.toContain("select $1 | Emma");
    expect(notes.slice(-2)).toEqual(["ROLLBACK", "given back"]);
  });

  it("that fails passes the failure on and gives the connection back", async () => {
    const { pool, notes } = notingPool((text) =>
      text === statement.text ? new Error("canceling statement") : { rows: [] },
    );
    await expect(sendFrom({ pool }, editing, statement)).rejects.toThrow("canceling statement");
    expect(notes.slice(-2)).toEqual(["ROLLBACK", "given back"]);
  });

  it("over a connection that breaks throws the connection away, and the reason is the first one", async () => {
    const { pool, notes, breaks } = notingPool((text) => {
      if (text === statement.text) breaks(new Error("reset by peer"));
      return text === "ROLLBACK" || text === statement.text ? new Error(`no connection for ${text}`) : { rows: [] };
    });
    await expect(sendFrom({ pool }, editing, statement)).rejects.toThrow("no connection for select $1");
    expect(notes.at(-1)).toBe("thrown away: no connection for ROLLBACK");
  });
});
