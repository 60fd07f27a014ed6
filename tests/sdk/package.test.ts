import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { serve, type Running } from "../../src/main.js";

// Tests of the published package, which is unpacked into an empty project. It is not installed, so that it stands
// alone: the client needs none of the service's dependencies, and no network.

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
let project: string;
let packed: string[];
let service: Running;

beforeAll(async () => {
  // The service as it is started by its users, on an embedded database of its own with the seeds.
  const settings = { SIDELINES_DATA_DIR: "memory://", PORT: "0", LOG_LEVEL: "silent" };
  service = await serve(readConfig(settings), { say: () => undefined, signal: new AbortController().signal });
  project = await realpath(await mkdtemp(join(tmpdir(), "sidelines-sdk-")));
  await run(process.execPath, ["scripts/build.js", "--if-stale"], root);
  packed = await unpackInto(join(project, "node_modules"));
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  await writeFile(join(project, "consumer.ts"), consumer);
});

afterAll(async () => {
  await service.stop();
  await rm(project, { recursive: true, force: true });
});

/** Runs a program to its end; fails with all that it said. */
async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      cwd,
      timeout: 120_000,
      maxBuffer: 2 ** 24,
      shell: program === "npm" && process.platform === "win32",
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error([message, stdout, stderr].join("\n"), { cause: error });
  }
}

/** Packs the package as npm would publish it and unpacks it where an install would put it. */
async function unpackInto(modules: string): Promise<string[]> {
  await mkdir(modules);
  const report = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", modules], root);
  const [{ filename, files }] = JSON.parse(report) as [{ filename: string; files: Array<{ path: string }> }];
  await run("tar", ["-xzf", filename], modules);
  await rename(join(modules, "package"), join(modules, "sidelines"));
  return files.map(({ path }) => path);
}

/** A program as a user would write it; prints what it found out. */
const consumer = `
import { createClient, isSidelinesError, type MeetingsNode } from "sidelines/sdk";

declare const process: { readonly argv: readonly string[] };

const client = createClient({ url: process.argv[2] ?? "", fetch, headers: () => new Headers({ "x-purpose": "trial" }) });
const { service } = await client.service();
const met: string[] = [];
for await (const meeting of client.each.meetings({ parties: ["IND", "CHN"], kind: "BILATERAL", first: 1 })) met.push(lineOf(meeting));
const refused: unknown = await client.search({ query: "india", first: 101 }).catch((error: unknown) => error);
const code: string | undefined = isSidelinesError(refused) ? refused.code : undefined;
console.log(JSON.stringify({ documents: service.counts.documents, met, code }));

function lineOf({ on, status, participants }: MeetingsNode): string {
  const parties: string[] = participants.nodes.map(({ party }) => (party.__typename === "State" ? (party.alpha2 ?? party.code) : party.code));
  return [on ?? "?", status, ...parties.sort()].join(" ");
}
`;

/** Compiler options that differ between users; the rest is as strict as it gets, with the libraries checked too. */
const surroundings = {
  "Node, without the DOM": {
    module: "NodeNext",
    lib: ["ES2023"],
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  },
  "a browser, without Node": { module: "NodeNext", lib: ["ES2023", "DOM", "DOM.Iterable"], types: [] },
  "a bundler": { module: "ESNext", moduleResolution: "Bundler", lib: ["ES2022", "DOM", "DOM.Iterable"], types: [] },
};

/** Compiles files of the project and returns what the compiler says, nothing if all is well. */
async function compile(files: readonly string[], options: object): Promise<string> {
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
  };
  const compilerOptions = {
    target: "ES2022",
    skipLibCheck: false,
    verbatimModuleSyntax: true,
    outDir: "out",
    ...strict,
    ...options,
  };
  const config = join(project, "tsconfig.json");
  await writeFile(config, JSON.stringify({ compilerOptions, files }));
  return run(process.execPath, [tsc, "-p", config], project).catch((error: Error) => error.message);
}

describe("the package", () => {
  it("holds the client, the contract, the model and the seeds", () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "dist/generated/operations.js",
        "dist/sdk/client.d.ts",
        "dist/sdk/client.js",
        "package.json",
        "prisma.config.ts",
        "prisma/schema.prisma",
        "schema.graphql",
      ]),
    );
    expect(packed.filter((path) => path.startsWith("seeds/"))).not.toEqual([]);
  });

  it("holds no sources, tests, settings or data", () => {
    expect(
      packed.filter((path) =>
        /^(src|tests|bench|scripts|data|node_modules)\/|(^|\/)\.env|\.(log|tsbuildinfo)$/.test(path),
      ),
    ).toEqual([]);
  });

  it("opens one door to the client and none beside it", async () => {
    const probe = (name: string): Promise<string> =>
      run(process.execPath, ["--input-type=module", "-e", `await import(${JSON.stringify(name)})`], project);
    await probe("sidelines/sdk");
    await expect(probe("sidelines/dist/sdk/client.js")).rejects.toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});

describe("a strict consumer", () => {
  it.each(Object.entries(surroundings))("compiles in %s", async (_where, options) => {
    expect(await compile(["consumer.ts"], options)).toBe("");
  });

  it("gets type errors for wrong uses", async () => {
    await writeFile(
      join(project, "wrong.ts"),
      'import { createClient } from "sidelines/sdk";\nvoid createClient({ url: "/" }).forumOn({ slug: "admm" });\n',
    );
    expect(await compile(["wrong.ts"], surroundings["a bundler"])).toContain("Property 'asOf' is missing");
  });

  it("runs in Node", async () => {
    expect(await compile(["consumer.ts"], surroundings["Node, without the DOM"])).toBe("");
    expect(JSON.parse(await run(process.execPath, ["out/consumer.js", `${service.url}/graphql`], project))).toEqual({
      documents: 1246,
      met: [
        "2025-08-30 HELD CN IN",
        "2025-06-26 HELD CN IN",
        "2024-11-20 HELD CN IN",
        "2024-10-23 HELD CN IN",
        "2023-04-27 HELD CN IN",
        "2023 HELD CN IN",
        "2022 HELD CN IN",
        "2020-09-04 HELD CN IN",
        "2019-10 HELD CN IN",
      ],
      code: "BAD_USER_INPUT",
    });
  });

  it("can copy every example of the guide", async () => {
    const guide = await readFile(join(root, "docs/sdk.md"), "utf8");
    const examples = [...guide.matchAll(/```ts\n([^]*?)```/g)].map(([, code = ""], index) => ({
      file: `example${index}.ts`,
      code,
    }));
    expect(examples.length).toBeGreaterThan(3);
    for (const { file, code } of examples) await writeFile(join(project, file), code);
    expect(
      await compile(
        examples.map(({ file }) => file),
        surroundings["a browser, without Node"],
      ),
    ).toBe("");
  });
});

describe("a bundle for browsers", () => {
  /** The client bundled and minified the way an application would have it. */
  async function bundle(): Promise<{ code: string; modules: string[]; imports: string[] }> {
    const entry = join(project, "entry.js");
    await writeFile(
      entry,
      'import { createClient } from "sidelines/sdk";\nglobalThis.client = createClient({ url: globalThis.address });\n',
    );
    const output = await build({
      root: project,
      configFile: false,
      logLevel: "silent",
      build: {
        write: false,
        minify: true,
        modulePreload: false,
        rollupOptions: { input: entry, output: { format: "iife" } },
      },
    });
    if (!("output" in output)) throw new Error("One bundle was expected.");
    const [chunk, ...others] = output.output;
    expect(others).toEqual([]);
    return {
      code: chunk.code,
      modules: Object.keys(chunk.modules),
      imports: [...chunk.imports, ...chunk.dynamicImports],
    };
  }

  it("holds nothing but the client, and little of it", async () => {
    const { code, modules, imports } = await bundle();
    const ours = join(project, "node_modules/sidelines/dist").split(sep).join("/");
    expect(imports).toEqual([]);
    expect(
      modules.filter(
        (path) =>
          !path.startsWith(`${ours}/sdk/`) && !path.startsWith(`${ours}/generated/`) && !path.endsWith("/entry.js"),
      ),
    ).toEqual([]);
    // Some sixty operations as texts are most of it.
    expect(gzipSync(code).length).toBeLessThan(12 * 1024);
  });

  it("runs where there is nothing of Node", async () => {
    const { code } = await bundle();
    const web = { address: `${service.url}/graphql`, fetch, AbortController, setTimeout, clearTimeout };
    const page = createContext(web);
    runInContext(code, page);
    const answered = (await runInContext("client.service()", page)) as { service: { counts: object } };
    expect(answered.service.counts).toMatchObject({ documents: 1246, meetings: 879 });
    expect(runInContext("typeof process + typeof Buffer + typeof require", page)).toBe("undefined".repeat(3));
  });
});
