/** Which part of the log of corrections is shown. */
export interface CorrectionsQuery {
  /** The cursor after which to go on; from the latest, when left out. */
  readonly after?: string;
  /** The id of the record whose corrections alone are shown. */
  readonly of?: string;
}

/** A record that an act changed. */
export interface CorrectedRecord {
  readonly recordId: string;
  /** Its type in the schema: `Meeting`. */
  readonly recordType: string;
  readonly title: string;
}

/** A page of as many changes as the log shows of one kind, and how many there are. */
interface Changes<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
}

/** A change with what it did to each field. */
export interface ChangedRecord extends CorrectedRecord {
  readonly fields: readonly { readonly field: string; readonly before: string | null; readonly after: string | null }[];
}

/** A record that another one stands for since. */
export interface MergedRecord extends CorrectedRecord {
  /** The one that stands, by what it is called since its last change; null where it is gone as well. */
  readonly record: { readonly id: string; readonly history: { readonly nodes: readonly { readonly title: string }[] } } | null;
}

/** One act of the log. */
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

/** What the page of corrections is made of. */
export interface CorrectionsFacts {
  readonly corrections: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly Correction[];
  };
}

/** The operation that the page is made from; it goes the way of every client's. */
export const CORRECTIONS_OPERATION = `query Corrections($after: String, $of: ID) {
  corrections(first: 20, after: $after, of: $of) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      actor
      at
      reason
      merged: changes(first: 3, kind: MERGED) { totalCount nodes { recordId recordType title record { id ... on Record { history(first: 1) { nodes { title } } } } } }
      withdrawn: changes(first: 30, kind: WITHDRAWN) { totalCount nodes { recordId recordType title } }
      changed: changes(first: 6, kind: CHANGED) { totalCount nodes { recordId recordType title fields { field before after } } }
      created: changes(first: 1, kind: CREATED) { totalCount nodes { recordId recordType title } }
    }
  }
}`;
