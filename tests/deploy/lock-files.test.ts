import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { satisfies } from "semver";
import { describe, expect, it } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
}

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

/** The lock files of the project, by their paths; of a package without git, the one that is sure to be there. */
function lockFiles(): readonly string[] {
  try {
    const found = execFileSync("git", ["ls-files", "*package-lock.json", "*npm-shrinkwrap.json"], {
      cwd: root,
      encoding: "utf8",
    });
    return found.trim().split("\n");
  } catch {
    return ["package-lock.json"];
  }
}

/** The packages that are fetched by a lock file, by their places. */
function fetched(path: string): readonly (readonly [string, LockedPackage])[] {
  const { packages } = JSON.parse(read(path)) as { packages: Readonly<Record<string, LockedPackage>> };
  return Object.entries(packages).filter(([place, { link }]) => place !== "" && link !== true);
}

describe.each(lockFiles())("%s", (path) => {
  it("has a SHA-512 digest for every package that is fetched", () => {
    const packages = fetched(path);
    expect(packages.length).toBeGreaterThan(0);
    const lacking = packages.filter(([, { integrity = "" }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity));
    expect(lacking.map(([place]) => place)).toEqual([]);
  });

  it("has one digest for each version of a package, wherever it is installed", () => {
    const digests = new Map<string, Set<string>>();
    for (const [place, { version, integrity }] of fetched(path)) {
      const key = `${place.replace(/^.*node_modules\//, "")}@${version}`;
      digests.set(key, (digests.get(key) ?? new Set()).add(String(integrity)));
    }
    expect([...digests].filter(([, found]) => found.size > 1).map(([key]) => key)).toEqual([]);
  });

  it("names no registry, so that every npm takes its own", () => {
    expect(fetched(path).flatMap(([place, { resolved }]) => (resolved === undefined ? [] : [place]))).toEqual([]);
    const addresses = JSON.parse(read(path), (key, value: unknown) =>
      key === "funding" ? undefined : value,
    ) as unknown;
    expect(JSON.stringify(addresses)).not.toMatch(/https?:\/\//);
  });
});

describe("package-lock.json on the versions of Node that are supported", () => {
  // The oldest of each line; `npm ci` warns of every package that asks for a newer one.
  it.each(["20.19.0", "22.13.0", "24.0.0"])("installs without an engine warning on Node %s", (node) => {
    const unfit = fetched("package-lock.json").filter(([, { engines }]) => !satisfies(node, engines?.node ?? "*"));
    expect(unfit.map(([place, { engines }]) => `${place} needs Node ${engines?.node ?? ""}`)).toEqual([]);
  });

  it("runs the install script of no package: each one that has such a script is turned off by name", () => {
    const { allowScripts } = JSON.parse(read("package.json")) as { allowScripts: Readonly<Record<string, boolean>> };
    const scripted = fetched("package-lock.json").filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = scripted.map(([place]) => place.replace(/^.*node_modules\//, ""));
    expect(names.filter((name) => allowScripts[name] !== false)).toEqual([]);
  });
});
