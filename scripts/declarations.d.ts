import type { z } from "zod";
import type { RecordKind } from "../src/writing/records.js";
import type { PackSection } from "../src/writing/sections.js";

interface Shapes {
  bare(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined;
  isInPacksOnly(schema: z.core.$ZodType): boolean;
}

/** Everything that the declarations of the records are compared with. */
export interface Project {
  readonly kinds: readonly RecordKind[];
  readonly acts: readonly { readonly name: string; readonly shape: z.ZodObject }[];
  readonly envelope: readonly string[];
  readonly shapes: Shapes;
  readonly datamodel: string;
  readonly contract: string;
  /** The text of federation.graphql; nothing is compared with it if it is left out. */
  readonly gateways?: string;
  /** The names of the types whose fields have a source; nothing is compared with them if they are left out. */
  readonly reading?: readonly string[];
  /** The fields of filters that have a condition, by input. */
  readonly filters?: Filters;
  readonly fileOf: DeclarationFiles;
}

/** The fields of filters that have a condition, by input. */
export type Filters = Readonly<Record<string, { readonly file: string; readonly fields: readonly string[] }>>;

export function filtersOf(meetingFilters: object): Filters;

/** Finds the file that declares a table. */
export interface DeclarationFiles {
  (table: string): string;
  /** The tables of records that files declare. */
  readonly tables: readonly string[];
}

export function declarationFaults(project: Project): string[];
export function declarationFiles(folder?: string): DeclarationFiles;
export function withPackTable(
  text: string,
  sections: readonly PackSection[],
  shapes: Pick<Shapes, "isInPacksOnly">,
): string;
