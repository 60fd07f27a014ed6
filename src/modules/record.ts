import { z } from "zod";
import { initially } from "../writing/said.js";
import { refersTo } from "../writing/references.js";
import { day, flag as flagValue, given, line, listOf } from "../writing/values.js";
import type { Detail, Field, RecordKind, ReferenceField } from "../writing/records.js";
import { citationsInput } from "./citations.js";

// The declaration of a noun. `declareRecord` makes of it the kind, by which records are read, written, merged, corrected,
// searched and followed, and the shape of its inputs in packs and mutations, so that the two cannot differ.

/** The schema of a value that may be left out. */
export type Given<S extends z.ZodType> = ReturnType<typeof given<S>>;

/** A property of an input, and the field or the rows that keep it. */
export interface Property<S extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> {
  /** The schema of the property; values that may be left out are `Given`. */
  readonly shape: S;
  /** The schema of its value, once it is given. */
  readonly value: B;
  /** The name of the field, if it is another than that of the property. */
  readonly name?: string;
  readonly field?: Field;
  readonly detail?: Detail;
  /** Properties that an input holds in a map. */
  readonly group?: Properties;
}

/** A property that is given by the record around it; only an input outside of that record has it. */
export interface OuterProperty<S extends z.ZodType = z.ZodType> extends Property<S> {
  readonly isOuter: true;
}

/** A property without which no input can say which record it means. */
export interface NamingProperty<S extends z.ZodType = z.ZodType> extends Property<S> {
  readonly isNaming: true;
}

export type Properties = Readonly<Record<string, Property>>;

type Options<F extends Field> = Omit<F, "type" | "to" | "column" | "input"> & { readonly name?: string };

/** A text, or a value of an enum. */
export function text<S extends z.ZodType>(
  shape: S,
  { name, ...options }: Options<Extract<Field, { type: "text" }>> = {},
): Property<Given<S>, S> {
  const value = options.initial === undefined ? shape : initially(shape, options.initial as z.infer<S>);
  return {
    shape: given(value),
    value,
    ...(name === undefined ? {} : { name }),
    field: { type: "text", ...options },
  };
}

/** A whole number. */
export function number<S extends z.ZodType>(shape: S): Property<Given<S>, S> {
  return { shape: given(shape), value: shape, field: { type: "number" } };
}

/** A partial date. */
export function date(
  options: Omit<Extract<Field, { type: "date" }>, "type" | "input"> = {},
): Property<Given<ReturnType<typeof day>>> {
  const value = day();
  return { shape: given(value), value, field: { type: "date", ...options } };
}

/** A list of words. */
export function words<S extends z.ZodType>(shape: S): Property<Given<S>, S> {
  return { shape: given(shape), value: shape, field: { type: "words" } };
}

/** Yes or no. */
export function flag(
  options: Omit<Extract<Field, { type: "flag" }>, "type" | "input"> = {},
): Property<Given<z.ZodBoolean>> {
  const shape = options.initial === undefined ? flagValue() : initially(flagValue(), options.initial);
  return { shape: given(shape), value: shape, field: { type: "flag", ...options } };
}

/** The fields of a record that lasts from one day to another: a tenure, a membership. */
export const periodProperties = {
  since: date(),
  until: date(),
  hasEnded: flag({ becomes: true }),
  attestedOn: date({ latest: "attestedUntil" }),
  attestedUntil: date(),
};

/** The start that a claim of a first one counts from: a day, or the words of the source; ever, without either. */
export const claimProperties = {
  since: date(),
  words: text(line(200)),
};

/** Another record, by its key. */
export function reference<S extends z.ZodType>(
  shape: S,
  to: string,
  column: string,
  { name, ...options }: Options<ReferenceField> = {},
): Property<Given<S>, S> {
  return {
    shape: given(refersTo(to, shape)),
    value: shape,
    ...(name === undefined ? {} : { name }),
    field: { type: "reference", to, column, ...options },
  };
}

/** Another record, named by more than its key. */
export function spelledReference<S extends z.ZodType>(
  shape: S,
  to: string,
  column: string,
  options: Options<ReferenceField>,
): Property<Given<S>, S> {
  return { shape: given(shape), value: shape, field: { type: "reference", to, column, ...options } };
}

/** Rows that belong to the record. */
export function rows<S extends z.ZodType>(shape: S, detail: Detail): Property<Given<S>, S> {
  return { shape: given(shape), value: shape, detail };
}

/** Properties in a map. */
export function group<P extends Properties>(properties: P): Property<Given<z.ZodObject<Shapes<P>, z.core.$strict>>> {
  const value = z.strictObject(shapesOf(properties)) as unknown as z.ZodObject<Shapes<P>, z.core.$strict>;
  return { shape: given(value), value, group: properties };
}

/** Marks a property without which no input can say which record it means. */
export function naming<B extends z.ZodType>(property: Property<z.ZodType, B>): NamingProperty<B> {
  const field = property.field === undefined ? {} : { field: { ...property.field, required: true } as Field };
  return { ...property, ...field, shape: property.value, isNaming: true };
}

/** The id of the record that it is a part of, which no input gives. */
export function owner(): OuterProperty {
  return { shape: z.never(), value: z.never(), field: { type: "owner" }, isOuter: true };
}

const inPacksOnly = new WeakSet<z.core.$ZodType>();

/** Marks a property that packs give and mutations do not: they express it in another way. */
export function packsOnly<P extends Property>(property: P): P {
  inPacksOnly.add(property.shape);
  return property;
}

/** Whether only packs give the property with this schema. */
export function isInPacksOnly(shape: z.core.$ZodType): boolean {
  return inPacksOnly.has(shape);
}

/** Marks a field that an input within the record around it leaves out. */
export function outer<S extends z.ZodType>(property: Property<S>): OuterProperty<S> {
  return { ...property, isOuter: true };
}

type Shapes<P extends Properties> = {
  -readonly [K in keyof P as P[K] extends OuterProperty ? never : K]: P[K]["shape"];
};
type Parts = Readonly<Record<string, { readonly input: z.ZodObject }>>;
type PartShapes<P extends Parts> = { -readonly [K in keyof P]: Given<z.ZodArray<P[K]["input"]>> };
type CiteShape<C> = C extends undefined ? unknown : { cite: typeof citationsInput };

/** The input of a record: its naming properties, its fields and rows, its citations, and its parts. */
type Input<N, P extends Properties, C, Q extends Parts> = z.ZodObject<
  N & Shapes<P> & CiteShape<C> & PartShapes<Q>,
  z.core.$strict
>;

/** A kind of record, and the shape of its inputs. */
export interface DeclaredKind<I extends z.ZodObject = z.ZodObject> {
  readonly kind: RecordKind;
  readonly input: I;
}

type Derived = "type" | "keyColumn" | "fields" | "details" | "properties" | "naming";

/** The declaration of a noun. */
export interface Declaration<
  N extends z.ZodRawShape,
  P extends Properties,
  C extends RecordKind["citation"],
  Q extends Parts,
> extends Omit<RecordKind, Derived | "citation"> {
  /** The property that names a record, which is its key; none if the key follows from other properties. */
  readonly key?: N;
  /** The GraphQL type; the name of the table, unless said otherwise. */
  readonly type?: string;
  /** In the order in which exports write them. */
  readonly properties: P;
  readonly citation?: C;
  /** Records that an input holds in lists. */
  readonly parts?: Q;
}

/** Makes a kind and its shape of a declaration. */
export function declareRecord<
  N extends z.ZodRawShape = Record<never, never>,
  P extends Properties = Properties,
  C extends RecordKind["citation"] = undefined,
  Q extends Parts = Record<never, never>,
>({ key, properties, parts, ...rest }: Declaration<N, P, C, Q>): DeclaredKind<Input<N, P, C, Q>> {
  const fields: Record<string, Field> = {};
  const details: Detail[] = [];
  for (const [step, property] of Object.entries(properties)) addProperty([step], property, fields, details);
  const lists = Object.fromEntries(
    Object.entries(parts ?? {}).map(([name, part]) => [name, given(listOf(part.input))]),
  );
  const shape = {
    ...key,
    ...shapesOf(properties),
    ...(rest.citation === undefined ? {} : { cite: citationsInput }),
    ...lists,
  };
  const marked = (mark: string) =>
    Object.entries(properties).flatMap(([name, property]) => (mark in property ? [name] : []));
  const kind: RecordKind = {
    ...(rest as Omit<RecordKind, Derived>),
    type: rest.type ?? rest.table,
    keyColumn: Object.keys(key ?? {})[0] ?? "key",
    fields,
    properties: new Set([...Object.keys(shape), ...marked("isOuter")]),
    naming: marked("isNaming"),
    ...(details.length === 0 ? {} : { details }),
  };
  return { kind, input: z.strictObject(shape) as unknown as Input<N, P, C, Q> };
}

function addProperty(
  path: readonly [string, ...string[]],
  property: Property,
  fields: Record<string, Field>,
  details: Detail[],
): void {
  const name = property.name ?? path.at(-1) ?? "";
  const isElsewhere = path.length > 1 || path[0] !== name;
  if (property.field !== undefined) fields[name] = isElsewhere ? { ...property.field, input: path } : property.field;
  if (property.detail !== undefined) details.push(property.detail);
  for (const [step, inner] of Object.entries(property.group ?? {}))
    addProperty([...path, step], inner, fields, details);
}

function shapesOf<P extends Properties>(properties: P): Shapes<P> {
  const inner = Object.entries(properties).filter(([, property]) => !("isOuter" in property));
  return Object.fromEntries(inner.map(([name, { shape }]) => [name, shape])) as Shapes<P>;
}
