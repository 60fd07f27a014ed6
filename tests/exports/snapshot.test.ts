import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeSnapshot, type SnapshotReport } from "../../src/commands/snapshot.js";
import { allTables, tablesOf } from "../../src/exports/tables/tables.js";
import { limits } from "../support/ask.js";
import { removeFolders, temporaryFolder } from "../support/packs.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { openService, schema, type ExportService } from "./service.js";
import { askDuckDb } from "./table.readers.js";

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes?: number;
  readonly hash?: string;
  readonly schema: {
    readonly fields: readonly { readonly name: string; readonly type: string; readonly description: string }[];
    readonly primaryKey: readonly string[];
    readonly foreignKeys: readonly {
      readonly fields: readonly [string];
      readonly reference: { readonly resource: string; readonly fields: readonly [string] };
    }[];
  };
}
interface Package {
  readonly version?: string;
  readonly created: string;
  readonly id: string;
  readonly licenses: readonly { readonly name: string }[];
  readonly resources: readonly Resource[];
}

let seeded: Seeded;
let service: ExportService;
let folder: string;
let report: SnapshotReport;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
  service = await openService(seeded.database);
  folder = join(await temporaryFolder(), "snapshot");
  report = await snapshot(folder);
}, 120_000);
afterAll(async () => {
  await service.close();
  await seeded.close();
  await removeFolders();
});

const snapshot = (into: string, knownAt?: string): Promise<SnapshotReport> =>
  writeSnapshot(into, {
    ...{ database: seeded.database, limits, progress: () => undefined },
    parameters: knownAt === undefined ? {} : { knownAt: [knownAt] },
  });

const descriptorIn = async (of: string): Promise<Package> =>
  JSON.parse(await readFile(join(of, "datapackage.json"), "utf8")) as Package;

const digest = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");

describe("a snapshot", () => {
  it("is named by the version of the record and the moment of its last change", async () => {
    const { rows } = await seeded.database.pool.query<{ version: string; at: Date }>(
      `SELECT (SELECT "version" FROM "RecordVersion")::text AS "version", (SELECT max("at") FROM "Act") AS "at"`,
    );
    expect(report).toMatchObject({ version: rows[0]?.version, knownAt: rows[0]?.at.toISOString() });
    expect(report.name).toMatch(new RegExp(`^sidelines-${rows[0]?.version ?? ""}-\\d{8}t\\d{6}z$`));
    const { id, version, created, licenses } = await descriptorIn(folder);
    expect({ id, version, created, licences: licenses.map(({ name }) => name) }).toEqual({
      ...{ id: report.name, version: report.version, created: report.knownAt },
      licences: ["CC-BY-4.0"],
    });
  });

  it("has a file for every table, with its digest and length", async () => {
    const { resources } = await descriptorIn(folder);
    expect(resources.map(({ name }) => name)).toEqual(tablesOf(schema).records.map(({ name }) => name));
    const sums = (await readFile(join(folder, "SHA256SUMS"), "utf8")).trimEnd().split("\n");
    const listed = new Map(sums.map((line) => line.split("  ").reverse() as [string, string]));
    for (const { path, bytes, hash } of resources) {
      const content = await readFile(join(folder, path));
      expect([path, bytes, hash]).toEqual([path, content.length, `sha256:${digest(content)}`]);
      expect(listed.get(path)).toBe(digest(content));
    }
    expect(report.sha256).toBe(digest(await readFile(join(folder, "datapackage.json"))));
    expect(listed.get("datapackage.json")).toBe(report.sha256);
    expect((await readdir(folder)).sort()).toEqual(
      [...resources.map(({ path }) => path), "LICENSE.txt", "SHA256SUMS", "datapackage.json"].sort(),
    );
  });

  it("loads into DuckDB by its descriptor: types, unique keys, and references that lead somewhere", async () => {
    const { resources } = await descriptorIn(folder);
    const types: Readonly<Record<string, string>> = { integer: "BIGINT", boolean: "BOOLEAN", date: "DATE" };
    const faults = await askDuckDb(async (ask) => {
      const found: string[] = [];
      for (const { name, path, schema: described } of resources) {
        const columns = described.fields.map(({ name: column, type }) => `'${column}': '${types[type] ?? "VARCHAR"}'`);
        await ask(
          `CREATE TABLE "${name}" AS SELECT * FROM read_csv('${join(folder, path)}', header = true, auto_detect = false, quote = '"', escape = '"', delim = ',', new_line = '\\r\\n', columns = {${columns.join()}})`,
        );
        const key = described.primaryKey.map((column) => `"${column}"`).join();
        const [, [twice = ""] = []] = await ask(
          `SELECT count(*) FROM (SELECT 1 FROM "${name}" GROUP BY ${key} HAVING count(*) > 1)`,
        );
        if (twice !== "0") found.push(`${name}: ${twice} keys are there twice`);
      }
      for (const { name, schema: described } of resources) {
        for (const { fields, reference } of described.foreignKeys) {
          const other = reference.resource === "" ? name : reference.resource;
          const [, [lost = ""] = []] = await ask(
            `SELECT count(*) FROM "${name}" WHERE "${fields[0]}" IS NOT NULL AND "${fields[0]}" NOT IN (SELECT "${reference.fields[0]}" FROM "${other}")`,
          );
          if (lost !== "0") found.push(`${name}.${fields[0]}: ${lost} lead nowhere`);
        }
      }
      const [, [rows = ""] = []] = await ask(`SELECT count(*) FROM citations`);
      expect(Number(rows)).toBeGreaterThan(100);
      return found;
    });
    expect(faults).toEqual([]);
  });

  it("is the same again for good, whatever is written meanwhile", async () => {
    await seeded.database.pool.query(`UPDATE "Person" SET "name" = 'R. Singh' WHERE "slug" = 'rajnath-singh'`);
    const parent = await temporaryFolder();
    const later = await snapshot(join(parent, "later"));
    expect(later.sha256).not.toBe(report.sha256);
    expect(Number(later.version)).toBeGreaterThan(Number(report.version));
    const again = await snapshot(join(parent, "again"), report.knownAt);
    // The version of an earlier moment is not known; all tables are the same.
    expect(again.version).toBeNull();
    const [first, second] = [await descriptorIn(folder), await descriptorIn(join(parent, "again"))];
    expect(second.resources).toEqual(first.resources);
    const same = await snapshot(join(parent, "same"));
    expect(same).toEqual(later);
  });

  it("is not written over another folder", async () => {
    await expect(snapshot(folder)).rejects.toThrow("is not empty; write the snapshot into a new folder");
  });
});

describe("/datapackage.json", () => {
  it("describes every table, at addresses that stay as they are", async () => {
    const answer = await service.app.inject({ url: "/datapackage.json", headers: { host: "example.org" } });
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    const { resources, version, created } = answer.json<Package>();
    expect(resources.map(({ name }) => name)).toEqual(allTables(schema).map(({ name }) => name));
    expect(version).toMatch(/^\d+$/);
    for (const { name, path, schema: described } of resources.slice(0, 5)) {
      expect(path).toBe(`http://example.org/${name}.csv?knownAt=${encodeURIComponent(created)}`);
      const { body, statusCode } = await service.app.inject(path.replace("http://example.org", ""));
      expect([statusCode, body.split("\r\n")[0]]).toEqual([200, described.fields.map((field) => field.name).join(",")]);
    }
  });
});

describe("/codebook", () => {
  it("describes every table and column for people, with its values", async () => {
    const { body, statusCode, headers } = await service.app.inject("/codebook");
    expect(statusCode).toBe(200);
    for (const { name, columns } of allTables(schema)) {
      expect(body).toContain(`<h2 id="${name}">`);
      expect(body).toContain(`href="/${name}.csv"`);
      for (const column of columns) expect(body).toContain(`<code>${column.name}</code>`);
    }
    expect(body).toContain("<code>BILATERAL</code>");
    const again = await service.app.inject({ url: "/codebook", headers: { "if-none-match": String(headers["etag"]) } });
    expect(again.statusCode).toBe(304);
  });
});

describe("CITATION.cff", () => {
  it("has the version and the licence of the package", async () => {
    const { version, license } = JSON.parse(await readFile("package.json", "utf8")) as Record<string, string>;
    const citation = parse(await readFile("CITATION.cff", "utf8")) as Record<string, Record<string, string>>;
    expect(citation).toMatchObject({ "cff-version": "1.2.0", version, license });
    expect(citation["preferred-citation"]).toMatchObject({ version, license: "CC-BY-4.0" });
  });
});
