import { readFileSync } from "node:fs";
import { scopesUpTo, type Principal } from "../../src/access/principal.js";
import type { Database } from "../../src/database/open.js";
import { schemaFile } from "../../src/schema.js";
import { createAsker, type Asker } from "./ask.js";

/** An error of a mutation, as a client gets it. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** The payload of an act. */
export type Payload<T> = T & { readonly userErrors: readonly UserError[] };

/** An editor, who writes over GraphQL. */
export interface Editor extends Asker {
  readonly principal: Principal;
  /** Carries out one act; `selection` is asked of its payload besides what is wrong. */
  act<T extends object = object>(name: string, input: object, selection?: string): Promise<Payload<T>>;
}

/** The mutations whose input can acknowledge warnings. */
const acknowledging: ReadonlySet<string> = new Set(
  [...readFileSync(schemaFile, "utf8").matchAll(/^input (\w+)Input \{\n([^}]*)\}/gm)].flatMap(
    ([, name = "", fields = ""]) =>
      /^ {2}acknowledge:/m.test(fields) ? [name.charAt(0).toLowerCase() + name.slice(1)] : [],
  ),
);

/**
 * An editor with a unique name, so that idempotency keys of different editors do not interact. Records of tests
 * are alike on purpose, so likely duplicates are acknowledged unless an input says what is.
 */
export function editorOf(
  database: Database,
  name = "editor",
  { compares = true }: { readonly compares?: boolean } = {},
): Editor {
  const principal: Principal = { actor: `key:${name}`, name, scopes: scopesUpTo("EDIT") };
  const asker = createAsker(database, { principal, compares });
  return {
    ...asker,
    principal,
    async act<T extends object>(act: string, input: object, selection = "") {
      const type = `${act.charAt(0).toUpperCase()}${act.slice(1)}Input`;
      const document = `mutation Act($input: ${type}!) { ${act}(input: $input) { ${selection} userErrors { code message path } } }`;
      const data = await asker.ask<Record<string, Payload<T>>>(document, {
        input: acknowledging.has(act) ? { acknowledge: ["LIKELY_DUPLICATE"], ...input } : input,
      });
      return data[act] as Payload<T>;
    },
  };
}

/** Faults in short: `CODE input.path`. */
export function faultsOf({ userErrors }: Payload<object>): string[] {
  return userErrors.map(({ code, path }) => `${code} ${path.join(".")}`);
}
