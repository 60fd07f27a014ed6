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
  fileOf(table: string): string;
}

export function declarationFaults(project: Project): string[];
export function declarationFiles(folder?: string): (table: string) => string;
export function withPackTable(
  text: string,
  sections: readonly PackSection[],
  shapes: Pick<Shapes, "isInPacksOnly">,
): string;
