import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/lib/log.js";

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let text = "";
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  write(createLogger({ level: "trace", destination }));
  return text;
}

describe("the log", () => {
  const headers = { authorization: "Bearer secret", cookie: "session=secret", accept: "application/json" };

  it.each([
    ["headers", { headers }],
    ["a request", { req: { headers } }],
    [
      "a GraphQL request",
      { request: { variables: { slug: "secret" }, http: { headers: { authorization: "Bearer secret" } } } },
    ],
    ["variables and a credential by themselves", { variables: { slug: "secret" }, authorization: "Bearer secret" }],
  ])("hides what must not be known in %s, and says that it does", (_what, facts) => {
    const text = logged((log) => log.warn(facts, "looked at"));
    expect(text).not.toContain("secret");
    expect(text).toContain("[hidden]");
  });

  it("keeps of an error what it is, and not the values and rows that drivers attach", () => {
    const cause = Object.assign(new Error("duplicate key"), {
      code: "23505",
      detail: "Key (slug)=(secret) already exists.",
      parameters: ["secret"],
    });
    const text = logged((log) => log.error({ err: new Error("the write failed", { cause }) }, "fault"));
    expect(text).toContain("duplicate key");
    expect(text).toContain("23505");
    expect(text).not.toContain("secret");
  });
});
