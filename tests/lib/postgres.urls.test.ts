import { describe, expect, it } from "vitest";
import { serversOf, urlsIn, whereOf } from "../../src/lib/postgres.urls.js";

describe("the URL of a database", () => {
  it.each([
    ["postgres://u:p@one:5432/record", ["postgres://u:p@one:5432/record"]],
    ["postgres://one,two/record", ["postgres://one/record", "postgres://two/record"]],
    [
      "postgresql://u:a,b@one:5432,[::1]:5433/record?sslmode=require",
      ["postgresql://u:a,b@one:5432/record?sslmode=require", "postgresql://u:a,b@[::1]:5433/record?sslmode=require"],
    ],
    ["postgres:///record?host=/run/pg", ["postgres:///record?host=/run/pg"]],
  ])("names its servers: %s", (url, servers) => {
    expect(serversOf(url)).toEqual(servers);
  });

  it("stands in a list, with commas of its own or without", () => {
    expect(urlsIn("postgres://one/record, postgresql://two,three/record")).toEqual([
      "postgres://one/record",
      "postgresql://two,three/record",
    ]);
    expect(urlsIn("postgres://u:a,b@one/record")).toEqual(["postgres://u:a,b@one/record"]);
  });

  it("is shown without user and password", () => {
    expect(whereOf("postgres://u:secret@one:5432/the%20record")).toBe("the database the record at one:5432");
    expect(whereOf("postgres:///record?host=/run/pg")).toBe("the database record at /run/pg");
  });
});
