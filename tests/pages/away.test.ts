import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("../../src/pages/", import.meta.url);

describe("links to addresses of sources", () => {
  const links = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) =>
      [...readFileSync(new URL(name, folder), "utf8").matchAll(/<a [^>]*class="away"[^>]*>/g)].map(
        ([link]) => `${name}: ${link}`,
      ),
    );

  it("send no referrer, pass no rank, and give the page no handle", () => {
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !link.includes('rel="noopener noreferrer nofollow external"'))).toEqual([]);
  });
});
