/**
 * The facts about one kind of record that the database needs: its history, its source rule, its search entries, its
 * names and its topics in the change feed follow from them.
 */
export interface DeclaredRecord {
  /** The table, which has the name of the Prisma model. */
  readonly table: string;
  /** The prefixes of ids, without the underscore. */
  readonly prefixes: readonly string[];
  /** The column with the key. */
  readonly key: string;
  /** The column with the title that the history shows. */
  readonly title: string;
  readonly details: readonly DeclaredDetail[];
  /** Columns that make a record a part of the one they refer to: it is published along. */
  readonly partOf: readonly string[];
  /** Columns that a read view shows otherwise than a row `r` holds them, as SQL: by column. */
  readonly follows: Readonly<Record<string, SeenColumn>>;
  /** The column of Citation that refers to it, and whether a record needs a citation; null if it is never cited. */
  readonly cited: { readonly column: string; readonly isRequired: boolean } | null;
  /** The search results of its kinds. */
  readonly search: readonly DeclaredSearch[];
  /** The subscribers that receive its changes. */
  readonly topics: DeclaredTopics;
}

/** SQL for a column of a row `r` that is published or drafted, as editors see it, or of a row of a known moment. */
export interface SeenColumn {
  readonly published?: string;
  readonly drafted?: string;
  readonly known?: string;
}

/** The rules by which search finds a kind of record. */
export interface DeclaredSearch {
  /** The name of the kind in search. */
  readonly kind: string;
  /** Its place among equal matches. */
  readonly place: number;
  /** The prefix of its ids, without the underscore. */
  readonly prefix: string;
  /** The columns with its names, and tables of further names; null for kinds without names. */
  readonly names: {
    readonly columns: readonly string[];
    readonly rows: readonly { readonly table: string; readonly by: string; readonly column: string }[];
  } | null;
  /** The column with its title. */
  readonly title: string | null;
  /** The columns with its first day and its last. */
  readonly day: string | null;
  readonly last: readonly string[];
  /** The column with its number in a series. */
  readonly ordinal: string | null;
  /** Further columns with words, which may hold lists. */
  readonly texts: readonly { readonly column: string; readonly isList: boolean }[];
  /** Columns with ids of what it is about, and rows with further ids. */
  readonly about: readonly string[];
  readonly rows: readonly { readonly table: string; readonly by: string; readonly ids: readonly string[] }[];
  /** The record whose title or day serves one without its own. */
  readonly borrows: {
    readonly by: string;
    readonly table: string;
    readonly title: string | null;
    readonly day: string | null;
    readonly last: readonly string[];
  } | null;
  /** The column without which a record is not found. */
  readonly needs: string | null;
  /** Columns whose values, where all are equal, make records one result. */
  readonly sameBy: readonly string[];
}

/** A table of rows that belong to a record. */
export interface DeclaredDetail {
  readonly table: string;
  /** The column with the id of the record. */
  readonly owner: string;
  /** The name of these rows in changes: `names`. */
  readonly section: string;
}

/** The tables of records: each record's own, followed by those of its details. */
export function tablesOf(records: readonly DeclaredRecord[]): string[] {
  return records.flatMap(({ table, details }) => [table, ...details.map((detail) => detail.table)]);
}

/** The records whose followers hear of a change. */
export interface DeclaredTopics {
  /** Whether the record itself can be followed. */
  readonly isTopic: boolean;
  /** References to records that can be followed. */
  readonly ids: readonly string[];
  /** References to records whose own topics count. */
  readonly around: readonly { readonly column: string; readonly table: string }[];
  /** Rows that refer to the record, and references in them to records that can be followed. */
  readonly rows: readonly { readonly table: string; readonly by: string; readonly ids: readonly string[] }[];
}

/** Models of prisma/schema.prisma that hold no records; every other model is declared in a `.record.ts` file. */
export const serviceModels: readonly string[] = [
  "Act",
  "ApiKey",
  "Change",
  "DeskSession",
  "DeskSignIn",
  "DismissedDuplicate",
  "IdempotentAct",
  "MergedRecord",
  "MistakeReport",
  "Proposal",
  "RecordVersion",
  "Submission",
];
