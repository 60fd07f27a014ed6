import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { settings } from "../../src/config.js";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const names = new Set(settings.map(({ name }) => name));
/** Variables of the images and of Node, which are no settings of ours. */
const notOurs = /^(NODE_ENV|PG[A-Z]+|POSTGRES_[A-Z_]+|REPLICATION_PASSWORD|PRIMARY_(HOST|PORT))$/;
const strange = (given: Iterable<string>): string[] =>
  [...given].filter((name) => !names.has(name) && !notOurs.test(name));

describe("Dockerfile", () => {
  const text = read("Dockerfile");
  const instructions = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");

  it("ships what the package ships, and the licence", () => {
    const copied = instructions.filter((line) => line.startsWith("COPY --from=build")).join(" ");
    const { files } = JSON.parse(read("package.json")) as { files: string[] };
    for (const file of files.filter((name) => !name.startsWith("!"))) expect(copied).toContain(`/app/${file}`);
    for (const [, file = ""] of copied.matchAll(/\/app\/(\S+)/g))
      if (!["dist", "node_modules", "sbom.cdx.json"].includes(file))
        expect(existsSync(new URL(file, root)), file).toBe(true);
  });

  it("runs as a user other than root, and sets only settings that exist", () => {
    expect(instructions.findIndex((line) => line === "USER node")).toBeGreaterThan(
      instructions.findIndex((line) => line.startsWith("COPY --from=build")),
    );
    const set = instructions
      .filter((line) => line.startsWith("ENV "))
      .flatMap((line) => [...line.matchAll(/(\w+)=/g)].map(([, name = ""]) => name));
    expect(set).toContain("SIDELINES_DATA_DIR");
    expect(strange(set)).toEqual([]);
  });

  it("checks health at the documented path", () => {
    const health = instructions.find((line) => line.startsWith("HEALTHCHECK"));
    expect(health).toContain("/readyz");
    const command = JSON.parse(health?.slice(health.indexOf("[")) ?? "null") as string[];
    expect(command.slice(0, 2)).toEqual(["node", "-e"]);
    expect(() => new Script(command[2] ?? "syntax error")).not.toThrow();
  });

  it("starts the program by which the package is started", () => {
    const { bin } = JSON.parse(read("package.json")) as { bin: { sidelines: string } };
    expect(instructions).toContain(`ENTRYPOINT ["node", "${bin.sidelines}"]`);
    expect(instructions).toContain('CMD ["serve"]');
  });

  it("is not given what is ignored by git, nor secrets", () => {
    const ignored = read(".dockerignore").split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".git", "node_modules", "data", ".env*", "*.backup"]));
    for (const needed of ["src", "scripts", "prisma", "seeds", "schema.graphql", "codegen.yml", "tsconfig.build.json"])
      expect(ignored).not.toContain(needed);
  });
});

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly read_only?: boolean;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

describe.each(["deploy/compose.yaml", "deploy/compose.postgres.yaml"])("%s", (path) => {
  const { services, volumes } = parse(read(path), { merge: true }) as Compose;

  it("sets only what there is", () => {
    expect(strange(Object.values(services).flatMap(({ environment = {} }) => Object.keys(environment)))).toEqual([]);
  });

  it("refers to files, volumes and services that are there", () => {
    for (const [name, { volumes: mounts = [], depends_on = {} }] of Object.entries(services)) {
      expect(Object.keys(services), name).toEqual(expect.arrayContaining(Object.keys(depends_on)));
      for (const [source = ""] of mounts.map((mount) => mount.split(":"))) {
        if (source.startsWith(".")) expect(existsSync(new URL(source, new URL(path, root))), source).toBe(true);
        else expect(Object.keys(volumes)).toContain(source);
      }
    }
  });

  it("keeps the service from writing to its own files, and names a version of every image", () => {
    expect(services["sidelines"]?.read_only).toBe(true);
    for (const { image = "" } of Object.values(services))
      if (image !== "sidelines") expect(image).toMatch(/^[a-z]+:\d/);
  });
});

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: object;
}

describe("deploy/kubernetes", () => {
  const folder = "deploy/kubernetes/";
  const { resources } = parse(read(`${folder}kustomization.yaml`)) as { resources: string[] };
  const manifests = resources.flatMap((file) =>
    parseAllDocuments(read(`${folder}${file}`)).map((document) => document.toJS() as Manifest),
  );
  const ofKind = (kind: string): Manifest =>
    manifests.find((manifest) => manifest.kind === kind) ?? expect.fail(`there is no ${kind}`);

  it("lists all of its files", () => {
    expect([...resources].sort()).toEqual(
      readdirSync(new URL(folder, root))
        .filter((file) => file !== "kustomization.yaml")
        .sort(),
    );
  });

  it("names one thing throughout", () => {
    for (const { kind, metadata } of manifests) expect(metadata?.name, kind).toBe("sidelines");
  });

  it("sets only what there is, as text", () => {
    const { data = {} } = ofKind("ConfigMap");
    expect(strange(Object.keys(data))).toEqual([]);
    for (const [name, value] of Object.entries(data)) expect(typeof value, name).toBe("string");
  });

  it("runs what the checks of a restricted namespace let through", () => {
    expect(ofKind("Deployment").spec).toMatchObject({
      template: {
        spec: {
          // Variables that Kubernetes makes up for each service would look like misspelt settings.
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              readinessProbe: { httpGet: { path: "/readyz" } },
              livenessProbe: { httpGet: { path: "/livez" } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
            },
          ],
        },
      },
    });
  });
});

describe("deploy/systemd/sidelines.service", () => {
  it("sets only what there is, and is not started again with wrong settings", () => {
    const text = read("deploy/systemd/sidelines.service");
    const set = [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = ""]) =>
      line.split(" ").map((entry) => entry.split("=")[0] ?? ""),
    );
    expect(set).toContain("SIDELINES_DATA_DIR");
    expect(strange(set)).toEqual([]);
    expect(text).toMatch(/^RestartPreventExitStatus=2$/m);
  });
});
