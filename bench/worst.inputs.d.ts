import type { GraphQLSchema } from "graphql";

/** Names that worst inputs are about: the most frequent of a record, in descending order. */
export interface Facts {
  readonly parties: readonly string[];
  readonly partyIds: readonly string[];
  readonly strangers: readonly string[];
  readonly organization: string;
  readonly persons: readonly string[];
  readonly personIds: readonly string[];
  readonly forums: readonly string[];
  readonly forumIds: readonly string[];
  readonly country: string;
  readonly meeting: string;
  readonly host: string;
  readonly document: string;
  readonly meetingIds: readonly string[];
  readonly meetingSlugs: readonly string[];
  readonly moment: string;
}

/** An operation with the label of what is worst in it. */
export interface WorstInput {
  readonly label: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the service keeps its statement prepared; left out if it does. */
  readonly isPrepared?: boolean;
}

export function worstInputs(facts: Facts, length?: number): readonly WorstInput[];
export function asOf(inputs: readonly WorstInput[], schema: GraphQLSchema, moment: string): readonly WorstInput[];
