import { z } from "zod";
import { bare } from "./sections.js";

const initials = z.registry<{ readonly initial: unknown }>();

/** Marks a schema with the value that says the same as leaving it out. */
export function initially<S extends z.ZodType>(schema: S, initial: z.infer<S>): S {
  initials.add(schema, { initial });
  return schema;
}

/**
 * Removes empty lists and default values from an input. Two inputs with the same meaning give equal results.
 * @param value as the shape has read it, so that what was null is undefined already.
 */
export function saidIn(shape: z.core.$ZodType | undefined, value: unknown): unknown {
  const schema = bare(shape);
  const definition = schema?._zod.def;
  if (definition?.type === "array" && Array.isArray(value)) {
    return value.map((entry) => saidIn((definition as z.core.$ZodArrayDef).element, entry));
  }
  if (definition?.type !== "object" || typeof value !== "object" || value === null || Array.isArray(value))
    return value;
  const { shape: properties } = definition as z.core.$ZodObjectDef;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) =>
      isUnsaid(properties[name], entry) ? [] : [[name, saidIn(properties[name], entry)]],
    ),
  );
}

function isUnsaid(shape: z.core.$ZodType | undefined, value: unknown): boolean {
  const schema = bare(shape);
  if (value === undefined) return true;
  if (schema?._zod.def.type === "array") return Array.isArray(value) && value.length === 0;
  return schema !== undefined && initials.get(schema)?.initial === value;
}
