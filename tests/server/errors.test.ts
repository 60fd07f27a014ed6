import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faults, startStandIn, type StandIn } from "./stand.in.js";

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: Record<string, unknown>;
  }[];
  readonly extensions?: Record<string, unknown>;
}

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.app.close());

async function ask(
  query: string,
  headers: Record<string, string> = {},
): Promise<{ answer: Answer; body: string; id: string }> {
  const response = await standIn.app.inject({
    method: "POST",
    url: "/graphql",
    headers,
    payload: { query, variables: { secret: "s3cret-value" } },
  });
  return {
    answer: JSON.parse(response.body) as Answer,
    body: response.body,
    id: String(response.headers["x-request-id"]),
  };
}

/** Nothing of ours may be read off an answer. */
const LEAKS =
  /select |constraint|Party_code_key|ENOENT|ECONNREFUSED|10\.0\.0\.5|\/srv|node_modules|\.ts:|\.js:|P2002|inner secret|stacktrace/i;

describe("errors", () => {
  it.each(["sql", "path", "text", "nothing", "impostor", "unknownCode"])(
    "masks %s and logs it under the id it gives",
    async (field) => {
      const before = standIn.lines.length;
      const { answer, body, id } = await ask(`query Broken { ${field} }`);
      expect(body).not.toMatch(LEAKS);
      const error = answer.errors[0];
      expect(answer.errors).toHaveLength(1);
      expect(error?.message).toBe(`Something went wrong on our side. Quote this id when you report it: ${id}`);
      expect(error?.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", id });
      expect(error?.path).toEqual([field]);
      const logged = standIn.lines.slice(before).filter((line) => line["level"] === "error");
      expect(logged).toHaveLength(1);
      expect(logged[0]).toMatchObject({ id, requestId: id, operation: "Broken", path: field });
      expect(logged[0]?.["err"]).toHaveProperty("message");
    },
  );

  it("keeps the whole error in the log, but not the row it was about", async () => {
    await ask("{ sql }");
    const errors = standIn.lines.flatMap((line) =>
      line["level"] === "error" ? [line["err"] as Record<string, unknown>] : [],
    );
    const err = errors.find(({ code }) => code === "23505") as Record<string, unknown>;
    expect(err["message"]).toContain("Party_code_key");
    expect(err["stack"]).toContain("stand.in.ts");
    expect(err["code"]).toBe("23505");
    expect(err).not.toHaveProperty("detail");
  });

  it("lets through what was made for clients, without a stack", async () => {
    const before = standIn.lines.length;
    const { answer } = await ask("{ mendable }");
    expect(answer.errors[0]).toMatchObject({
      message: 'Argument "on": 2024-13 is no date.',
      extensions: { code: "BAD_USER_INPUT", argument: "on" },
    });
    expect(answer.errors[0]?.extensions).not.toHaveProperty("stacktrace");
    expect(standIn.lines.slice(before).filter((line) => line["level"] === "error")).toEqual([]);
  });

  it("says that the record cannot be reached, not where it is", async () => {
    const { answer, body } = await ask("{ refused }");
    expect(answer.errors[0]?.extensions["code"]).toBe("SERVICE_UNAVAILABLE");
    expect(body).not.toMatch(LEAKS);
  });

  it("calls a statement over its time a timeout", async () => {
    const { answer, body } = await ask("{ slowStatement }");
    expect(answer.errors[0]?.extensions["code"]).toBe("TIMEOUT");
    expect(body).not.toContain("canceling");
    expect(answer.errors[0]?.extensions["limit"]).toBe("statementTimeoutMs");
  });

  it("calls a character that no record can hold the client's mistake", async () => {
    const { answer, body } = await ask("{ nul }");
    expect(answer.errors[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
    expect(body).not.toContain("byte sequence");
  });

  it("lists five errors and counts the rest", async () => {
    const before = standIn.lines.length;
    const { answer, body } = await ask("{ many }");
    expect(answer.errors).toHaveLength(5);
    expect(answer.extensions).toEqual({ omittedErrors: 4 });
    expect(body).not.toMatch(LEAKS);
    // Of one kind: the first is written at once, and the others are counted.
    const logged = () =>
      standIn.lines.slice(before).filter(({ err }) => (err as Error | undefined)?.message === "inner secret");
    await expect
      .poll(() => logged().reduce((sum, { notLogged = 0 }) => sum + 1 + Number(notLogged), 0), { timeout: 5_000 })
      .toBe(5);
    expect(logged()).toHaveLength(2);
  });

  it("masks a context that cannot be made", async () => {
    const broken = await startStandIn({
      createContext: () => {
        throw new Error("password authentication failed for user sidelines at /srv");
      },
    });
    const response = await broken.app.inject({ method: "POST", url: "/graphql", payload: { query: "{ hello }" } });
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toMatch(/password|srv/);
    expect(response.body).toContain("Quote this id");
    expect(broken.lines.some((line) => JSON.stringify(line).includes("password authentication"))).toBe(true);
  });

  it("knows every fault of the stand-in", () => expect(Object.keys(faults)).toHaveLength(11));
});

describe("the log", () => {
  it("says who was asked what, how long it took and how it ended", async () => {
    await ask("query Fine { hello }", { authorization: "Bearer t0ken" });
    const line = standIn.lines.at(-1);
    expect(line).toMatchObject({
      level: "info",
      msg: "answered",
      method: "POST",
      route: "/graphql",
      status: 200,
      operation: "Fine",
      kind: "query",
    });
    expect(line?.["durationMs"]).toBeTypeOf("number");
    expect(line?.["requestId"]).toMatch(/^[0-9a-f-]{36}$/);
    await ask("{ nope }");
    expect(standIn.lines.at(-1)).toMatchObject({ codes: ["GRAPHQL_VALIDATION_FAILED"] });
  });

  it("holds neither tokens nor variables, nor the query string", async () => {
    await ask("query A($secret: String) { echo(text: $secret) }", { authorization: "Bearer t0ken" });
    await standIn.app.inject({
      method: "GET",
      url: "/graphql?query=%7Bhello%7D&variables=%7B%22s%22%3A%22s3cret-value%22%7D",
    });
    await standIn.app.inject({ method: "GET", url: "/nowhere?variables=s3cret-value" });
    const log = JSON.stringify(standIn.lines);
    expect(log).not.toContain("s3cret-value");
    expect(log).not.toContain("t0ken");
  });
});
