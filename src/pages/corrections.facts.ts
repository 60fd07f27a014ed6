/** The part of the log of corrections that is shown. */
export interface CorrectionsQuery {
  /** The cursor of the previous page's last entry; without it, the page begins with the latest. */
  readonly after?: string;
  /** The id of a record; only its corrections are shown. */
  readonly of?: string;
}

/** A record that a mutation changed. */
export interface CorrectedRecord {
  readonly recordId: string;
  /** Its type in the schema: `Meeting`. */
  readonly recordType: string;
  readonly title: string;
}

/** The first changes of one kind, and their total. */
interface Changes<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
}

/** A changed record with the old and new value of each field. */
export interface ChangedRecord extends CorrectedRecord {
  readonly fields: readonly { readonly field: string; readonly before: string | null; readonly after: string | null }[];
}

/** A record that was merged into another one. */
export interface MergedRecord extends CorrectedRecord {
  /** The target of the merge, with its current title; null if it was deleted as well. */
  readonly record: {
    readonly id: string;
    readonly history: { readonly nodes: readonly { readonly title: string }[] };
  } | null;
}

/** One entry of the log. */
export interface Correction {
  readonly id: string;
  readonly actor: string;
  /** ISO 8601 in UTC, to the millisecond. */
  readonly at: string;
  readonly reason: string | null;
  readonly merged: Changes<MergedRecord>;
  readonly withdrawn: Changes<CorrectedRecord>;
  readonly changed: Changes<ChangedRecord>;
  readonly created: Changes<CorrectedRecord>;
}

/** Data of the corrections page. */
export interface CorrectionsFacts {
  readonly corrections: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly Correction[];
  };
}

/** The page's operation. It is executed like that of any client. */
export const CORRECTIONS_OPERATION = `query Corrections($after: String, $of: ID) {
  corrections(first: 20, after: $after, of: $of) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      actor
      at
      reason
      merged: changes(first: 3, kind: MERGED) { totalCount nodes { recordId recordType title record { id ... on VersionedRecord { history(first: 1) { nodes { title } } } } } }
      withdrawn: changes(first: 30, kind: WITHDRAWN) { totalCount nodes { recordId recordType title } }
      changed: changes(first: 6, kind: CHANGED) { totalCount nodes { recordId recordType title fields { field before after } } }
      created: changes(first: 1, kind: CREATED) { totalCount nodes { recordId recordType title } }
    }
  }
}`;
