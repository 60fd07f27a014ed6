/** The certainty of a fact: `sure` facts follow from the grammar of one passage, `likely` ones need a check. */
export type Tier = "sure" | "likely";

export const factKinds = [
  "meeting",
  "date",
  "place",
  "status",
  "format",
  "series",
  "sidelinesOf",
  "seat",
  "expectedSeat",
  "statement",
  "commitment",
  "agreement",
  "signatory",
  "activity",
  "visit",
  "claim",
  "office",
  "membership",
  "chair",
  "topic",
  "attribution",
] as const;

export type FactKind = (typeof factKinds)[number];

export type OfficeKind =
  | "HEAD_OF_STATE"
  | "HEAD_OF_GOVERNMENT"
  | "FOREIGN_MINISTER"
  | "DEFENCE_MINISTER"
  | "DEPUTY_DEFENCE_MINISTER"
  | "DEPUTY_FOREIGN_MINISTER"
  | "DEFENCE_SECRETARY"
  | "CHIEF_OF_DEFENCE"
  | "SERVICE_CHIEF"
  | "NATIONAL_SECURITY_ADVISER"
  | "SECRETARY_GENERAL"
  | "AMBASSADOR"
  | "OTHER_MINISTER"
  | "OFFICIAL"
  | "OTHER";

export type MeetingStatus = "EXPECTED" | "HELD" | "POSTPONED" | "CANCELLED" | "DECLINED";
export type MeetingFormat = "IN_PERSON" | "VIDEO" | "CALL" | "PULL_ASIDE";
export type VisitStatus = "PLANNED" | "MADE" | "POSTPONED" | "CANCELLED";

/** A proposed fact. Properties depend on the kind; docs/intake.md lists them. */
export interface Fact {
  readonly kind: FactKind;
  /** Words of the report that license the fact, letter by letter. */
  readonly quote: string;
  /** Start of the quote in the text. */
  readonly at: number;
  readonly tier: Tier;
  /** The rule that made the fact. */
  readonly rule: string;
  readonly [property: string]: unknown;
}

/** A sentence that reports an encounter but matches no frame. */
export interface NotUnderstood {
  readonly at: number;
  readonly text: string;
  readonly words: readonly string[];
}

export interface Reading {
  readonly publishedOn?: string;
  readonly dateline?: string;
  readonly facts: readonly Fact[];
  readonly notUnderstood: readonly NotUnderstood[];
  /** The number of sentences with a word for an encounter. The share not understood is relative to it. */
  readonly eventSentences: number;
}

export interface ReadOptions {
  /** The day the report was published, `YYYY-MM-DD`. */
  readonly publishedOn?: string | undefined;
  /** The town the report was sent from. */
  readonly dateline?: string | undefined;
  readonly publisher?: string | undefined;
  readonly url?: string | undefined;
  readonly names?: import("./names.js").KnownNames | undefined;
}

/** A span of tokens, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
