import { describe, expect, it } from "vitest";
import { judgeError } from "../../src/http/respond/errors.mask.js";
import { isUnreachable } from "../../src/lib/unreachable.js";

const coded = (code: string) => Object.assign(new Error("connect failed"), { code });

describe("a database that cannot be reached", () => {
  it.each([
    "ECONNREFUSED",
    "ECONNRESET",
    "EPIPE",
    "ENOENT",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "EHOSTDOWN",
    "ENETUNREACH",
    "ENETDOWN",
    "ETIMEDOUT",
    "08006",
    "57P01",
    "57P03",
    "53300",
    "25006",
    "P1001",
    "P1002",
    "P1008",
    "P1017",
    "P2024",
  ])("is recognized by the code %s", (code) => {
    expect(isUnreachable(coded(code))).toBe(true);
    expect(judgeError(coded(code), undefined)).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    // Wrapped by what was done with it.
    expect(judgeError(new Error("the keys cannot be read", { cause: coded(code) }), undefined)).toMatchObject({
      code: "SERVICE_UNAVAILABLE",
    });
  });

  it.each([
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "Client has encountered a connection error and is not queryable",
    "timeout expired",
    "timeout exceeded when trying to connect",
    "Query read timeout",
    "Transaction API error: Unable to start a transaction in the given time.",
    "Transaction API error: Transaction already closed: Could not perform operation.",
    "Transaction API error: Transaction not found.",
  ])("is recognized by the words of the driver: %s", (message) => {
    expect(judgeError(new Error(message), undefined)).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });

  it("is recognized among the addresses of a name", () => {
    expect(isUnreachable(new AggregateError([coded("EHOSTUNREACH"), coded("ENETUNREACH")], ""))).toBe(true);
  });

  it.each(["23505", "42P01", "57014", "EACCES"])("is not meant by the code %s", (code) => {
    expect(isUnreachable(coded(code))).toBe(false);
  });
});
