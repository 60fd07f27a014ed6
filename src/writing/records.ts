import type { Fault, Place, Step } from "../lib/faults.js";
import type { Statements } from "./store.js";

/** The value of a column before it is sent to the database. Days are `YYYY-MM-DD`. */
export type Cell = string | number | boolean | null | readonly string[];

/** Cells by column. A column that is not there is not known here. */
export type Row = Readonly<Record<string, Cell | undefined>>;

interface FieldBase {
  /** The path in an input; the field's name by default. */
  readonly input?: readonly [Step, ...Step[]];
  /** Whether a record cannot begin without it. */
  readonly required?: true;
}

/** A text or a value of an enum, column of the field's name. */
export interface TextField extends FieldBase {
  readonly type: "text";
  /** The default on a new record, which inputs leave out. */
  readonly initial?: string;
  /** A column of its own for values that are not public. Writers read both as one; the database parts them. */
  readonly aside?: string;
  /** The list of words that keeps other values: they are no contradiction. */
  readonly others?: string;
}

/** A whole number, column of the field's name. */
export interface NumberField extends FieldBase {
  readonly type: "number";
}

/** A partial date in three columns: `on`, `onEarliest`, `onLatest`. */
export interface DateField extends FieldBase {
  readonly type: "date";
  /** The field that keeps the latest of several days, of which this one keeps the earliest: they do not contradict. */
  readonly latest?: string;
}

/** A list of words that later inputs add to, column of the field's name. */
export interface WordsField extends FieldBase {
  readonly type: "words";
  /** The schemes of the identifiers that it lists, if it lists identifiers: `WIKIDATA:Q668`. */
  readonly schemes?: readonly string[];
}

/** Yes or no, column of the field's name. */
export interface FlagField extends FieldBase {
  readonly type: "flag";
  /** The default on a new record. */
  readonly initial?: boolean;
  /** The final value. A change to it is no contradiction, and it never changes back. */
  readonly becomes?: boolean;
}

/** Another record by its key; the column holds its id. */
export interface ReferenceField extends FieldBase {
  readonly type: "reference";
  /** The table of the other record. */
  readonly to: string;
  readonly column: string;
  /** Narrows what it may refer to: the cells that the other record must have, and what to call such a record. */
  readonly only?: { readonly label: string; readonly cells: Row };
  /** From what the input says to the key, where that is not the key itself, and back. */
  readonly spelling?: { toKey(value: unknown): string; fromKey(key: string): unknown };
  /** Whether the references must not form a cycle. */
  readonly acyclic?: true;
  /**
   * The subscribers that hear of a change: those of the other record, those that hear of changes of that record, or
   * none. Unless said otherwise the first where the other record is a topic, the second elsewhere.
   */
  readonly tells?: "it" | "around" | "none";
}

/** The id of the record it is a part of, where `parent` says which; column of the field's name. No input gives it. */
export interface OwnerField extends FieldBase {
  readonly type: "owner";
}

export type Field = OwnerField | TextField | NumberField | DateField | WordsField | FlagField | ReferenceField;

/** One row of a detail as an input gives it. `steps` leads to it from the record. */
export interface DetailEntry {
  readonly steps: readonly Step[];
  /** Cells by column; for a reference the key of the other record. */
  readonly cells: Row;
}

/** A table of rows that belong to a record and have no life of their own: names, identifiers, parties. */
export interface Detail {
  readonly table: string;
  /** The column with the id of the record. */
  readonly owner: string;
  /** The column that, with the owner, identifies a row. */
  readonly identity: string;
  /** The other columns. */
  readonly columns: readonly string[];
  /** The name of the rows in changes. */
  readonly section: string;
  /** The column with a name of the record. */
  readonly called?: string;
  /** The table that the identity refers to, where it is a reference. */
  readonly to?: string;
  /** Columns in which what the record holds stays, whatever a later input says. */
  readonly keeps?: readonly string[];
  /** Values that rows of different records cannot share. */
  readonly unique?: UniqueRows;
  /** From an input of the record to the rows. */
  read(input: Readonly<Record<string, unknown>>): readonly DetailEntry[];
  /** In a merge: the field whose text is kept in this list when another value replaces it, and the cells of its row. */
  readonly givesWay?: { readonly field: string; readonly cells: Row };
  /** From the rows, references by key, to what the input says of them: properties of the record's input. */
  write(rows: readonly Row[], record: Row): Readonly<Record<string, unknown>>;
}

/** A record that an input gives alone: it needs no code of its own to be read from packs and recorded by a mutation. */
export interface PlainRecord {
  /** The collection of packs. */
  readonly collection: string;
  /** The mutation; `record` and the type, unless said otherwise. */
  readonly mutation?: string;
}

/** The rules by which search finds a kind of record. Its references say the records that it is about. */
export interface SearchedKind {
  /** The value of the enum SearchKind. */
  readonly kind: string;
  /** Its place among equal matches, which is that of its value in the enum, from 1. */
  readonly place: number;
  /** Fields with its names, the first of which is in use. Rows of details add to them; questions are read by them. */
  readonly names?: readonly string[];
  /** The field with its title. */
  readonly title?: string;
  /** The date that its results are ordered by, latest first, and the date on which it ends. */
  readonly day?: string;
  readonly last?: string;
  /** The field with its number in a series. */
  readonly ordinal?: string;
  /** Fields in which words are looked for as well. */
  readonly texts?: readonly string[];
  /** A reference, and the title and day of its record that serve a record without its own. */
  readonly borrows?: { readonly by: string; readonly title?: string; readonly day?: string };
  /** The field without which a record is not found. */
  readonly needs?: string;
  /** Columns whose values, where all are equal, make records one result. */
  readonly sameBy?: readonly string[];
}

/** Something that two records of one thing have in common. */
export interface DuplicateClue {
  /** SQL for whole points over the compared columns of two records, `a` and `b`; negative where they contradict each other. */
  readonly points: string;
  /** SQL for a phrase about what they have in common, where the points, `{points}`, are above 0; none if it is no evidence. */
  readonly words?: string;
}

/** The rules by which likely duplicates of a kind are found. */
export interface DuplicateRules {
  /** The compared columns, as SQL over a row `r` of the table. */
  readonly columns: Readonly<Record<string, string>>;
  /** Lists of texts as SQL over a row `p` of these columns. Only records with a text in common are compared. */
  readonly keys: readonly string[];
  /**
   * Queries of the ids of records that can have a text in common with a row `p`, each of which an index answers. Without
   * them, a record is compared with all others.
   */
  readonly near?: readonly string[];
  readonly clues: readonly DuplicateClue[];
  /** The points from which two records are likely the same. */
  readonly least: number;
}

/** A kind of record: where it is kept, what it says, and which rules it keeps. */
export interface RecordKind {
  /** The table, which bears the name of the Prisma model. */
  readonly table: string;
  /** The GraphQL type of its records. */
  readonly type: string;
  /** The collection of packs that holds it, and the mutation that records it; none if these are written by hand. */
  readonly plain?: PlainRecord;
  /** The name of one record of the kind. */
  readonly label: string;
  /** The name of its table in exports; the plural of that of its table in the database, unless said otherwise. */
  readonly exportName?: string;
  /** The prefix of its ids. */
  readonly prefix: string;
  /** The column under which packs speak of it. */
  readonly keyColumn: string;
  /** The column with its title in the history; its key unless said otherwise. */
  readonly title?: string;
  /** The rules by which search finds it; it does not, unless said. */
  readonly search?: SearchedKind;
  /** Whether subscribers can follow it. */
  readonly isTopic?: true;
  /** The references whose subscribers hear of changes of the record that it is a part of. */
  readonly tellsOfWhole?: readonly string[];
  /**
   * Columns that a read view shows otherwise than a row `r` holds them, as SQL: in a row that is published or drafted, as
   * editors see it, and in one of a known moment.
   */
  readonly follows?: Readonly<
    Record<string, { readonly published?: string; readonly drafted?: string; readonly known?: string }>
  >;
  /** Column values that distinguish this kind from others of the table. */
  readonly fixed?: Row;
  readonly fields: Readonly<Record<string, Field>>;
  /** All properties of its inputs. Others are an error of the program. */
  readonly properties?: ReadonlySet<string>;
  /** The properties that say which record an input means, beside its key. */
  readonly naming?: readonly string[];
  /** Columns that are worked out from others and that no input gives. */
  readonly computed?: readonly string[];
  readonly details?: readonly Detail[];
  /** The reference to the record it is a part of. Its siblings are the other parts. */
  readonly within?: string;
  /**
   * The fields that the key begins with, joined by slashes; a reference counts as the key of its record, and null as a
   * word of its own. A suffix distinguishes keys with the same beginning.
   */
  readonly keyedBy?: readonly (string | null)[];
  /** The fields that no correction changes, because they say which record it is. */
  readonly lasting?: readonly string[];
  /** The record that contains it, if that is no field: the column with its id. */
  readonly parent?: (change: PlannedChange, lookup: LookupContext) => Parent | undefined;
  /**
   * The column by which citations point to it, and the required number: at least one, or exactly one. Without it,
   * citations are not allowed. A name may lose its last source later; a fact keeps one as long as it exists.
   */
  readonly citation?: { readonly column: string; readonly count: "some" | "one"; readonly isName?: true };
  /** Whether siblings keep the order in which they were given, in the column `position`. */
  readonly positioned?: true;
  /** Gives keys to what an input cannot name, and finds the records that are meant. */
  readonly identify?: (changes: readonly PlannedChange[], lookup: LookupContext) => void;
  /**
   * Consequences of a correction, computed before anything is written. It adds to `given` and may set the key. Returns
   * whether the correction is possible.
   */
  readonly follow?: (change: PlannedChange, entry: PlannedRecord, lookup: LookupContext) => boolean;
  /** Decides between a given and a stored value that differ. By default, that is a fault. */
  readonly precedence?: (stored: Row, given: Row) => Precedence;
  /**
   * The message for a field that says something else than the record, without a full stop; undefined for the usual one,
   * null if the message for an earlier field has said it.
   */
  readonly contradiction?: (field: string, record: PlannedRecord, change: PlannedChange) => string | null | undefined;
  /** Other names by which inputs refer to such records: codes of other schemes, identifiers, names. */
  readonly otherNames?: OtherNames;
  /** Rules by which likely duplicates are found; they are not looked for, unless said. */
  readonly duplicates?: DuplicateRules;
  /** Uniqueness rules: the fields, and the message for a duplicate. */
  readonly unique?: readonly Unique[];
  /** The rules that one record keeps. */
  readonly check?: (entry: PlannedRecord, lookup: LookupContext) => void;
  /** The rules that stored records which refer to these keep with them, looked up for those that change. */
  readonly checkReferring?: (
    database: Statements,
    entries: readonly PlannedRecord[],
    lookup: LookupContext,
  ) => Promise<void>;
  /** The rules that siblings keep together. */
  readonly checkSiblings?: (parent: PlannedRecord, siblings: readonly PlannedRecord[], lookup: LookupContext) => void;
}

/** The records that each of some names can mean, by name. @param desired the records of the input itself. */
export type OtherNames = (
  database: Statements,
  names: readonly string[],
  desired: readonly DesiredRecord[],
) => Promise<ReadonlyMap<string, readonly NamedRecord[]>>;

/** A record that a name can mean. */
export interface NamedRecord {
  readonly key: string;
  /** Its name in use. */
  readonly name: string;
}

/** Fields whose values, where all are known, belong to one record only. */
export interface Unique {
  readonly columns: readonly [string, ...string[]];
  /** The records that the rule is about; all, unless said otherwise. */
  readonly applies?: (row: Row) => boolean;
  /** The message for a duplicate, without a full stop. */
  readonly message: (entry: PlannedRecord, other: PlannedRecord) => string;
}

/** Columns whose values, where all are known, belong to the rows of one record only. */
export interface UniqueRows {
  /** The first one is looked up. */
  readonly columns: readonly [string, ...string[]];
  /** The message for a row whose values belong to another record, without a full stop. */
  readonly message: (row: Row, other: PlannedRecord) => string;
}

/** The record that another is a part of: its id, and the column of the part that holds it. */
export interface Parent {
  readonly column: string;
  readonly id: string;
}

export type Precedence = "neither" | "stored" | "given";

/** A record as an input wants it. */
export interface DesiredRecord {
  readonly kind: RecordKind;
  /** The key; for kinds that identify their records themselves, what they start from. */
  readonly key: string;
  readonly place: Place;
  readonly input: Readonly<Record<string, unknown>>;
  /** The properties of the input that were left out because they are at fault: what they would say is not missing. */
  readonly leftOut: ReadonlySet<Step>;
  /** The record that it belongs to, if the key of that record is not known yet. */
  readonly about?: DesiredRecord;
  /** Whether the record has to be new or has to exist already; either is accepted by default. */
  readonly expected?: Expectation;
  /** Corrects or moves an existing record. Without it, values are added to the record. */
  readonly revision?: Revision;
}

/** The change of an existing record beyond added values. */
export type Revision = Correction | Move;

/** Given values replace those of the record; paths without a value clear them. */
export interface Correction {
  readonly type: "correction";
  readonly id: string;
  /** Paths of the corrected values in the input; a path to a map means everything in it. */
  readonly paths: readonly (readonly Step[])[];
}

/**
 * A record moves to the key of the desired record: into the record with this key, or, if there is none, it gets the key
 * itself. The input is empty then, and `cells` has the values.
 */
export interface Move {
  readonly type: "move";
  readonly id: string;
  /** The id of the target, unless it follows from the key. */
  readonly target?: string;
  /** The columns as they are to be, references where they lead from now on. */
  readonly cells: Row;
  /** The rows of its details, by table. */
  readonly details: ReadonlyMap<string, readonly Row[]>;
  /** Whether the other record is right where the two contradict each other. */
  readonly yields: boolean;
}

/** The expected state of a record, and the place of the fault if it differs. */
export interface Expectation {
  readonly presence: "new" | "known";
  readonly place: Place;
}

/** A desired record while it is planned. */
export interface PlannedChange {
  readonly desired: DesiredRecord;
  /** The key of the desired record, its first words under the names that these records have now. */
  name: string;
  /** Whether it names its record, or the one that this belongs to, by a former name. */
  isFollowed: boolean;
  /** The given values, by column; references are ids. Identification may add some. */
  readonly given: Record<string, Cell | undefined>;
  /** The places of the given values, by column. */
  readonly places: Map<string, Place>;
  /** Its key, once that is known. */
  key: string | undefined;
  /** The existing record that it means. */
  match: PlannedRecord | undefined;
  /** The properties of its input without a value because of a fault: left out, or a reference to nothing. */
  readonly missing: Set<Step>;
  /** Whether its record cannot be determined, so that planning skips it. */
  isInvalid: boolean;
}

/** A record as it will be after the changes. */
export interface PlannedRecord {
  readonly table: string;
  readonly id: string;
  /** As it will be. */
  key: string;
  /** The columns as they will be. */
  readonly row: Record<string, Cell | undefined>;
  /** The stored row; null for a new record. */
  readonly stored: Row | null;
  /** The columns that change. */
  readonly changed: Set<string>;
  /** Whether a row of one of its details is new or changes. */
  hasChangedDetails: boolean;
  /** The desired record; undefined for a record that was only looked up. */
  desired?: DesiredRecord;
}

/** The view of rules: the records as they will be, as far as the change set touches them. */
export interface LookupContext {
  /** The record with this id, if it was looked up. */
  byId(table: string, id: Cell | undefined): PlannedRecord | undefined;
  /** The record that a desired record was matched with or became. */
  recordFor(desired: DesiredRecord): PlannedRecord | undefined;
  /** The records whose column holds this id, as far as they were looked up. */
  siblings(table: string, column: string, id: Cell | undefined): readonly PlannedRecord[];
  /** The place of a record or column in the input. */
  placeOf(entry: PlannedRecord, column?: string): Place;
  report(fault: Fault): void;
  /** Whether the rules are applied to what is stored, too, and not only to what changes. */
  readonly areAllChecked: boolean;
}

/** The columns that a field fills. */
export function columnsOf(name: string, field: Field): readonly [string, ...string[]] {
  switch (field.type) {
    case "reference":
      return [field.column];
    case "date":
      return [name, `${name}Earliest`, `${name}Latest`];
    default:
      return [name];
  }
}

/** Whether all days that the date of a row can mean are days that the same date of another row can mean. */
export function isDateWithin(name: string, inner: Row, outer: Row): boolean {
  const [from, to] = [inner[`${name}Earliest`], inner[`${name}Latest`]];
  const [earliest, latest] = [outer[`${name}Earliest`], outer[`${name}Latest`]];
  // Days are YYYY-MM-DD, and compare as text.
  const areKnown = [from, to, earliest, latest].every((day) => typeof day === "string");
  return areKnown && String(earliest) <= String(from) && String(to) <= String(latest);
}

/** A column by its name; one whose values stand in two columns by both. */
export type ReadColumn = string | { readonly name: string; readonly aside: string };

/** The columns of a table for writers, who read values that are not public as well. */
export function columnsOfTable(kinds: readonly RecordKind[], table: string): ReadColumn[] {
  const asides = new Map(
    kinds.flatMap((kind) =>
      Object.entries(kind.fields).flatMap(([name, field]) =>
        kind.table === table && field.type === "text" && field.aside !== undefined
          ? [[name, field.aside] as const]
          : [],
      ),
    ),
  );
  return publicColumnsOf(kinds, table).map((name) => {
    const aside = asides.get(name);
    return aside === undefined ? name : { name, aside };
  });
}

/** The columns of a table in which its kinds keep what inputs say: ids, keys, fields; of dates their text. */
export function publicColumnsOf(kinds: readonly RecordKind[], table: string): string[] {
  const here = kinds.filter((kind) => kind.table === table);
  const columns = here.flatMap((kind) => [
    "id",
    kind.keyColumn,
    ...Object.keys(kind.fixed ?? {}),
    ...Object.entries(kind.fields).map(([name, field]) => columnsOf(name, field)[0]),
    ...(kind.positioned ? ["position"] : []),
  ]);
  return [...new Set(columns)];
}

/** The reference of a part to the record that it is within; undefined for a record that is no part. */
export function wholeOf({ within, fields }: Pick<RecordKind, "within" | "fields">): ReferenceField | undefined {
  const field = within === undefined ? undefined : fields[within];
  return field?.type === "reference" ? field : undefined;
}

/** The column with the key of the records of a table. */
export function keyColumnOf(kinds: readonly RecordKind[], table: string): string {
  return kinds.find((kind) => kind.table === table)?.keyColumn ?? "key";
}

/** The path of a field in an input. */
export function inputPath(name: string, field: Field): readonly [Step, ...Step[]] {
  return field.input ?? [name];
}

/**
 * Whether what stands under a property of an input is at fault already. A name that was left out and is none of the
 * kind's may be that one, misspelt.
 */
export function isMissing({ missing, desired: { kind } }: PlannedChange, property: Step): boolean {
  if (missing.size === 0 || missing.has(property)) return missing.size > 0;
  const known = propertiesOf(kind);
  return [...missing].some((name) => !known.has(name));
}

/** The properties of an input that give the fields and the citations of a kind. */
export function propertiesOf({ fields }: RecordKind): Set<Step> {
  return new Set([...Object.entries(fields).map(([name, field]) => inputPath(name, field)[0]), "cite"]);
}

/** The value at a path of an input; undefined if it is missing. */
export function valueAt(input: unknown, path: readonly Step[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<Step, unknown>)[step];
  }
  return value ?? undefined;
}
