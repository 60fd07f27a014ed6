import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { startProgram as start, killPrograms } from "../support/program.js";

afterEach(killPrograms);

describe("the service as a program", () => {
  it("says where it is, answers, and stops when it is told to", async () => {
    const program = start({});
    await expect.poll(program.output, { timeout: 50_000 }).toMatch(/^Sidelines is ready at http:\/\/localhost:\d+$/m);
    const address = /http:\S+/.exec(program.output())?.[0] ?? "";
    expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ status: "ready" });
    const answer = await fetch(`${address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ service { counts { meetings } } }" }),
    });
    expect(await answer.json()).toMatchObject({ data: { service: { counts: { meetings: 0 } } } });
    expect(await (await fetch(address)).text()).toContain("meetings and sessions");

    const began = performance.now();
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(program.errors()).not.toMatch(/"level":"(warn|error|fatal)"/);
  });

  it("names the port that is taken and ends with 2", async () => {
    const other: Server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const program = start({ PORT: String(port) });
    expect(await program.ended).toBe(2);
    expect(program.errors()).toContain(`Port ${port} is taken on 127.0.0.1.`);
    expect(program.errors()).not.toContain("    at ");
    other.close();
  });

  it("names every setting that cannot be used and ends with 2", async () => {
    const program = start({ PORT: "70000", LOG_LEVEL: "loud" });
    expect(await program.ended).toBe(2);
    expect(program.errors()).toMatch(/PORT .*65535[^]*LOG_LEVEL/);
    expect(program.errors()).not.toContain("    at ");
  });

  it("says that there is no database and ends with 3, as the command line does", async () => {
    const program = start({ DATABASE_URL: "postgres://somebody:hidden@127.0.0.1:1/none" });
    expect(await program.ended).toBe(3);
    expect(program.errors()).toContain("127.0.0.1:1");
    expect(program.errors()).not.toMatch(/hidden|\n {4}at /);
  });
});
