import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import type pg from "pg";
import type { SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { newPool } from "../lib/connections.js";

/**
 * Works with Prisma's schema engine on one database. The engine is WebAssembly and needs no binary, which Prisma's
 * command line would download. Used for writing migrations and for comparing; migrations are applied by `migrate.ts`.
 *
 * @param url the database; the engine reads its version, and what it is asked to compare.
 */
export async function withSchemaEngine<T>(
  url: string,
  datamodel: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine: Engine } = await loadEngine();
  const pool = newPool({ connectionString: url, max: 1 });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(adapterFactory(pool));
    const engine = await Engine.new({ datamodels: [["schema.prisma", datamodel]] }, () => undefined, factory);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

type EngineModule = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");
let loaded: Promise<EngineModule> | undefined;

function loadEngine(): Promise<EngineModule> {
  loaded ??= instantiateEngine();
  return loaded;
}

// The part of WebAssembly that is used here. The types of Node 20 lack it, and those of browsers would bring in much
// more.
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: Record<string, unknown>): Promise<{ instance: { exports: EngineExports } }>;
};
interface EngineExports {
  __wbindgen_start(): void;
}

// The package's entry imports the .wasm file like a module, which Node 20 does only behind a flag.
async function instantiateEngine(): Promise<EngineModule> {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  (globalThis as { PRISMA_WASM_PANIC_REGISTRY?: object }).PRISMA_WASM_PANIC_REGISTRY ??= { set_message: panic };
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = await readFile(path.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  const { __wbg_set_wasm: connect } = bindings as unknown as { __wbg_set_wasm: (exports: EngineExports) => void };
  connect(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}

// The engine reports the reason of a crash here; otherwise it would fail silently.
function panic(message: string): never {
  throw new Error(`Prisma's schema engine gave up: ${message}`);
}

function adapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool, { schema: "public" });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => completeAdapter(await factory.connect()),
    connectToShadowDb: () => Promise.reject(new Error("no shadow database is made: compare with a database instead")),
  };
}

interface ResultReader {
  performIO(query: SqlQuery): Promise<{ fields: { dataTypeID: number }[] }>;
}
// Object ids of the types "char" and text.
const charType = 18;
const textType = 25;

// Two things that the engine needs and the adapter does not do. It cuts scripts at every semicolon, also at those
// within function bodies, where Postgres takes a script whole. And it refuses the catalogue's type "char", so it is
// shown text instead and the engine the right type afterwards.
function completeAdapter(adapter: Awaited<ReturnType<PrismaPg["connect"]>>): SqlDriverAdapter {
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  const charColumns = new WeakMap<SqlQuery, Set<number>>();
  const reader = adapter as unknown as ResultReader;
  const performIO = reader.performIO.bind(adapter);
  reader.performIO = async (query) => {
    const result = await performIO(query);
    const fields = [...result.fields.entries()].filter(([, field]) => field.dataTypeID === charType);
    charColumns.set(query, new Set(fields.map(([index]) => index)));
    for (const [, field] of fields) field.dataTypeID = textType;
    return result;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const chars = charColumns.get(query);
    const columnTypes = result.columnTypes.map((type, at) => (chars?.has(at) ? ColumnTypeEnum.Character : type));
    return { ...result, columnTypes };
  };
  return adapter;
}
