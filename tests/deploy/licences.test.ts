import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
// @ts-expect-error A script of the build, which has no types.
import * as licences from "../../scripts/licences.js";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}
const { installed, isTaken, listText } = licences as {
  installed(lock: unknown): Package[];
  isTaken(licence: string): boolean;
  listText(packages: readonly Package[]): string;
};
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const packages = installed(JSON.parse(read("package-lock.json")));

describe("the list of licences", () => {
  it("is up to date: node scripts/licences.js writes it", () => {
    expect(read("docs/licences.md")).toBe(listText(packages));
  });

  it("names what the service imports, and not what it is built with", () => {
    const names = packages.map(({ name }) => name);
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as {
      dependencies: object;
      devDependencies: object;
    };
    expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(names).not.toEqual(
      expect.arrayContaining(["vitest", "typescript", ...Object.keys(devDependencies).slice(0, 1)]),
    );
  });

  it("holds only licences that ask no more than to be named", () => {
    expect(packages.filter(({ licence }) => !isTaken(licence))).toEqual([]);
  });

  it.each([
    ["GPL-3.0-only", false],
    ["unknown", false],
    ["MIT", true],
    ["(MIT OR GPL-2.0-only)", true],
    ["(MIT AND BSD-3-Clause)", true],
    ["(MIT AND GPL-2.0-only)", false],
  ])("takes %s: %s", (licence, expected) => {
    expect(isTaken(licence)).toBe(expected);
  });
});
