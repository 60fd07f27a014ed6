import { createServer, type Server } from "node:http";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { copyEmbedded } from "../support/templates.js";
import { startProgram as start, killPrograms } from "../support/program.js";

afterEach(killPrograms);

/** The embedded database of a service; run from source, that has other children as well. */
function embeddedOf(service: number): number {
  const children = readFileSync(`/proc/${service}/task/${service}/children`, "utf8").trim().split(" ").map(Number);
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("embedded/child"));
  if (found === undefined) throw new Error(`process ${service} has no embedded database`);
  return found;
}

describe("the service as a program", () => {
  it("prints its address, responds, and stops on a signal", async () => {
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
    // Within the time that requests under way have to end, because there are none.
    expect(performance.now() - began).toBeLessThan(9_000);
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

  it.skipIf(process.platform !== "linux")("says that a data folder cannot be made and ends with 3", async () => {
    const program = start({ SIDELINES_DATA_DIR: "/proc/sidelines" });
    expect(await program.ended).toBe(3);
    expect(program.errors()).toBe(
      "Sidelines cannot start: cannot use the data folder /proc/sidelines: nothing can be made there; set SIDELINES_DATA_DIR to another\n",
    );
  });

  it.skipIf(process.platform !== "linux")("ends with 3 rather than go on without what it kept in memory", async () => {
    const program = start({});
    await expect.poll(program.output, { timeout: 50_000 }).toContain("Sidelines is ready");
    process.kill(embeddedOf(program.child.pid as number), "SIGKILL");
    expect(await program.ended).toBe(3);
    expect(program.errors()).toContain(
      "Sidelines ends: the embedded database stays down: it ended (SIGKILL), and what was kept in memory only (SIDELINES_DATA_DIR=memory://) is gone with it; set SIDELINES_DATA_DIR to a folder to have it survive that\n",
    );
  });

  it.skipIf(process.platform !== "linux")(
    "goes on with what its folder holds when the embedded database is ended",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "sidelines-main-"));
      await copyEmbedded(folder);
      const program = start({ SIDELINES_DATA_DIR: folder });
      await expect.poll(program.output, { timeout: 50_000 }).toContain("Sidelines is ready");
      const address = /http:\S+/.exec(program.output())?.[0] ?? "";
      process.kill(embeddedOf(program.child.pid as number), "SIGKILL");
      await expect.poll(program.errors, { timeout: 20_000 }).toContain("the embedded database is back");
      await expect.poll(async () => (await fetch(`${address}/readyz`)).status, { timeout: 20_000 }).toBe(200);
      program.child.kill("SIGTERM");
      expect(await program.ended).toBe(0);
      await rm(folder, { recursive: true, force: true });
    },
  );

  it("says that there is no database and ends with 3, as the command line does", async () => {
    const program = start({ DATABASE_URL: "postgres://somebody:hidden@127.0.0.1:1/none" });
    expect(await program.ended).toBe(3);
    expect(program.errors()).toContain("127.0.0.1:1");
    expect(program.errors()).not.toMatch(/hidden|\n {4}at /);
  });
});
