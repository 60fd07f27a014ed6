import type { z } from "zod";
import { at, didYouMean, shown, type Fault, type Place } from "../lib/faults.js";
import type { ChangeSet } from "./change.set.js";
import { valueAt, type RecordKind, type Row } from "./records.js";
import { issueText } from "./values.js";

/** A collection of a pack: what its entries look like, what they mean, and which records make one again. */
export interface PackSection {
  /** The name of the collection. */
  readonly collection: string;
  readonly kind: RecordKind;
  /** The shape of an entry. */
  readonly shape: z.ZodObject;
  /** Adds what an entry says. The value has passed the shape. */
  readonly add: (changeSet: ChangeSet, input: unknown, place: Place) => void;
  /** The properties of an entry that name it, from the key of its record. */
  readonly names: (key: string) => Readonly<Record<string, unknown>>;
  /** Which records of the kind stand in this collection; all, unless said otherwise. */
  readonly holds?: (row: Row) => boolean;
  /** The sort key of entries; by default their keys. */
  readonly rank?: (key: string, row: Row) => string;
  /** The short form of its entries. */
  readonly short?: ShortForm;
  /** The collections within an entry, by name. */
  readonly parts?: readonly PackPart[];
}

/** A collection within the entries of another one. */
export interface PackPart {
  readonly collection: string;
  readonly kind: RecordKind;
  readonly shape: z.ZodObject;
  /** The properties of an entry that name it, from the key of its record and of the record it is a part of. */
  readonly names?: (key: string, whole: string) => Readonly<Record<string, unknown>>;
  /** The short form of its entries in packs. */
  readonly short?: ShortForm;
}

/** A list written as a map: `{ IND: { person: rajnath-singh } }` for a list of seats. */
export interface ShortForm {
  /** The property that the names in the map are. */
  readonly key: string;
  /** The property that text alone is; `cite` if left out. */
  readonly text?: string;
  /** Another name of the map. */
  readonly alias?: string;
  /** Values of properties that are left out. */
  readonly initial?: Readonly<Record<string, string>>;
  /** Values of properties that are left out of a new entry, which is known by having one of some properties. */
  readonly ofNew?: { readonly by: readonly string[]; readonly values: Readonly<Record<string, string | boolean>> };
  /** A property that is the words of the passage, if a new entry leaves it out. */
  readonly quoted?: string;
  /** Properties whose key begins with that of another one: `defence-minister` of `IND` is `IND/defence-minister`. */
  readonly within?: Readonly<Record<string, string>>;
}

/** A section whose entries have the type of its shape. */
export function packSection<S extends z.ZodObject>(
  section: Omit<PackSection, "shape" | "add"> & {
    shape: S;
    readonly add: (changeSet: ChangeSet, input: z.infer<S>, place: Place) => void;
  },
): PackSection {
  const { add, ...rest } = section;
  // The reader calls `add` only with what `shape` let through.
  return {
    ...rest,
    add: (changeSet, input, place) => {
      add(changeSet, input as z.infer<S>, place);
    },
  };
}

/**
 * Checks a value against a shape; unknown properties are faults too.
 * @returns the value as the shape reads it, or what is wrong with it.
 */
export function readShape<S extends z.ZodType>(
  shape: S,
  value: unknown,
  place: Place,
): { readonly value: z.infer<S> } | { readonly faults: Fault[] } {
  const result = shape.safeParse(value, { reportInput: true });
  if (result.success) return { value: result.data };
  return { faults: result.error.issues.flatMap((issue) => faultsOf(issue, shape, value, place)) };
}

function faultsOf(issue: z.core.$ZodIssue, shape: z.ZodType, value: unknown, place: Place): Fault[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys") {
    const known = propertiesAt(shape, path);
    return issue.keys.map((name) => ({
      code: "INVALID",
      place: at(place, ...path, name),
      message: `${shown(name)} is not known here${didYouMean(name, known) || (known.length > 0 ? `; known are ${known.join(", ")}` : "")}`,
    }));
  }
  return [
    {
      code: "INVALID",
      place: at(place, ...path),
      message: issueText(issue, valueAt(value, path) ?? (path.length === 0 ? value : undefined)),
    },
  ];
}

// Walks down the definition of a shape as far as its parts say what is inside them.
function propertiesAt(shape: z.ZodType, path: readonly (string | number)[]): string[] {
  let schema: z.core.$ZodType | undefined = bare(shape);
  for (const step of path) {
    const definition: z.core.$ZodTypeDef | undefined = schema?._zod.def;
    if (definition?.type === "object") schema = (definition as z.core.$ZodObjectDef).shape[step];
    else if (definition?.type === "array") schema = (definition as z.core.$ZodArrayDef).element;
    else return [];
    schema = bare(schema);
  }
  const definition = schema?._zod.def;
  return definition?.type === "object" ? Object.keys((definition as z.core.$ZodObjectDef).shape) : [];
}

/** The inner schema, without optionality and preprocessing. */
export function bare(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const definition = schema?._zod.def;
  switch (definition?.type) {
    case "optional":
    case "nullable":
      return bare((definition as z.core.$ZodOptionalDef).innerType);
    case "pipe": {
      const { in: before, out: after } = definition as z.core.$ZodPipeDef;
      return bare(before._zod.def.type === "transform" ? after : before);
    }
    default:
      return schema;
  }
}

/** Names of entries of a part by their key within the list of the whole: `whole/list/key`. */
export function namedWithin(list: string): NonNullable<PackPart["names"]> {
  return (key, whole) => ({ key: key.slice(`${whole}/${list}/`.length) });
}
