/**
 * The cost of operations, in points; change it only here. A point is about a tenth of a millisecond of Postgres with
 * the shipped record, so the most expensive allowed operation occupies a connection for about 100 ms. Pages take the
 * same time on a record fifty times as large; of the computed answers, the matrix grows with the record. Search ranks
 * at most 300 hits of a kind and quality. On 100,000 meetings it takes up to 75 ms for one or two frequent words, 160 ms for
 * seven, and 0.1 to 0.6 ms for each snippet, depending on the length of its text.
 */
export const weights = {
  /** A root field: it is a part of a statement of its own. */
  root: 1,
  /** A list, each time that it is read: a search in an index. */
  list: 0.1,
  /** An object, each time that it may be returned. */
  object: 0.02,
  /** An object of the introspection; it is in memory. */
  introspected: 0.002,
  /** Fields that are computed, each time that they are, on top of the above. */
  fields: {
    "Query.firstMeetingSince": 18,
    "Query.firstSinceClaims": 14,
    "Query.jointMembershipChanges": 30,
    "Query.jointMembershipMatrix": 180,
    "Query.jointMembershipMatrixChanges": 200,
    "Query.jointMemberships": 9,
    "Query.lastMeeting": 9,
    "Query.ledger": 60,
    "Query.lastMet": 18,
    "DocumentConnection.totalCount": 5,
    "TimelineEntryConnection.totalCount": 80,
    "RecordCounts.citations": 12,
    "RecordCounts.documents": 5,
    "RecordCounts.meetings": 8,
    "RecordCounts.memberships": 1,
    "RecordCounts.participants": 15,
    "RecordCounts.persons": 1,
    "Query.contradictions": 45,
    "Contradiction.supporting": 0.5,
    "ContradictionConnection.totalCount": 250,
    "Query.duplicates": 800,
    "Query.search": 150,
    "Query.suggestions": 20,
    "Query.commitments": 20,
    "Query.drafts": 16,
    "Query.statements": 60,
    "Query.visits": 30,
    "Query.unmetPairs": 20,
    "Query.timeline": 20,
    "Query.meetingCounts": 50,
    "Query.coverage": 120,
    "Query.gaps": 120,
    "Meeting.representation": 0.5,
    "Query.officeHolders": 4,
    "FirstSinceClaim.counterexamples": 3,
    "FirstSinceClaim.explanation": 9,
    "FirstSinceClaim.possibleCounterexamples": 6,
    "FirstSinceClaim.verdict": 3,
    "Office.vacancies": 0.5,
    "OfficeHolding.attestedUntil": 2,
    "OfficeHolding.holders": 2,
    "OfficeHolding.occupancy": 2,
    "OfficeHolding.possibleHolders": 2,
    "Participant.inOffice": 0.3,
    "Forum.ledger": 10,
    "Ledger.fulfilment": 2,
    "Meeting.ledger": 0.5,
    "Organization.ledger": 160,
    "SearchResult.didYouMean": 1,
    "SearchResult.highlights": 3,
    "SearchResult.snippet": 3,
    "SearchResult.snippetStart": 3,
    "State.ledger": 160,
    "Visit.ledger": 0.5,
  } as Readonly<Record<string, number>>,
  /** Bytes that cost a point; those of short values are in the weight of their object. */
  bytesPerPoint: 8_000,
  /** Any field that counts a whole list. */
  totalCount: 0.1,
  /**
   * As of a moment, rows are found among all versions, and statements are planned each time: points for a root field, and
   * a factor for its weight with all below it. The factor is lower than what such reads take, three times as much in the
   * median, so that pages of pairs can be read as of a moment.
   */
  asOf: { root: 7, factor: 1.1 },
  /** An entry of a list in an argument: it is compared, or looked up by an index. */
  entry: 0.05,
  /** Lists in arguments whose entries take more, by where they stand in the schema: for `each` entry, and once where there are `several`. */
  entries: {
    // Of two and more the meetings are put side by side.
    "ActivityFilter.parties": { each: 0.4 },
    "AgreementFilter.parties": { each: 0.4 },
    "MeetingFilter.parties": { each: 1, several: 20 },
    "MeetingFilter.persons": { each: 0.6, several: 15 },
    "Query._entities.representations": { each: 1.8 },
    "Query.jointMemberships.parties": { each: 0.5 },
    "Query.nodes.ids": { each: 1.8 },
    // Of each of them all pairs are compared, on two days.
    "Query.jointMembershipMatrixChanges.parties": { each: 3 },
  } as Readonly<Record<string, { readonly several?: number; readonly each?: number }>>,
} as const;

/** A requested field, as surcharges see it. */
export interface AskedField {
  /** Whether the operation is asked as of a moment, or a part of it. */
  readonly isAsOf: boolean;
  /** The value of an argument, or of an input field by its path: `filter.status`; undefined if none or null is given. */
  readonly value: (path: string) => unknown;
  /** Number of entries of a list argument, or of an input field by its path; 0 if none is given. */
  readonly entries: (path: string) => number;
  /** Whether a field is selected below it: `totalCount`. */
  readonly selects: (name: string) => boolean;
}

/** Conditions of a meeting filter that are compared meeting by meeting. */
const conditions = ["kind", "format", "status", "country", "forum", "onSidelinesOf", "office", "rank"].map(
  (name) => `filter.${name}`,
);
const hasConditions = ({ value, entries }: AskedField): boolean =>
  entries("filter.topics") > 0 || conditions.some((path) => value(path) !== undefined);
const isByTitle = ({ value }: AskedField): boolean => value("orderBy.field") === "TITLE";
const isNarrowed = ({ entries }: AskedField): boolean => entries("filter.parties") + entries("filter.persons") > 0;
const when = (condition: boolean, points: number): number => (condition ? points : 0);

/** As of a moment, seats are not read from the index alone. */
const ofNames = ({ isAsOf, entries }: AskedField): number =>
  when(isAsOf && Math.max(entries("filter.parties"), entries("filter.persons")) > 1, 260);

/** A list of all meetings. A filter compares one after the other; totals and orders by title read all of them. */
function ofMeetings(asked: AskedField): number {
  const isCounted = asked.selects("totalCount");
  const ofTopics = when(asked.entries("filter.topics") > 0, 80);
  const names = ["filter.forum", "filter.onSidelinesOf", "filter.country"].filter(
    (path) => asked.value(path) !== undefined,
  );
  const isByBoth = asked.entries("filter.parties") > 0 && asked.entries("filter.persons") > 0;
  if (isNarrowed(asked))
    return 5 * names.length + when(isByBoth, 20) + ofNames(asked) + when(isCounted, 30) + when(isByTitle(asked), 100);
  const isFiltered = hasConditions(asked) || asked.value("filter.during") !== undefined;
  return (
    5 * names.length +
    ofTopics +
    when(hasConditions(asked), 60) +
    when(isCounted, asked.isAsOf ? 150 : 30) +
    when(isFiltered && isByTitle(asked), asked.isAsOf ? 500 : 350)
  );
}

/** The meetings of a party, which may be a seventh of all. */
function ofPartysMeetings(asked: AskedField): number {
  const isCounted = asked.selects("totalCount");
  if (isNarrowed(asked))
    return 90 + ofNames(asked) + when(isCounted, asked.isAsOf ? 250 : 100) + when(isByTitle(asked), 200);
  if (isByTitle(asked)) return 550;
  return hasConditions(asked) ? 250 + when(isCounted, 250) : when(isCounted, asked.isAsOf ? 80 : 30);
}

/** The meetings of a person, of which there are fewer. */
function ofPersonsMeetings(asked: AskedField): number {
  const isCounted = asked.selects("totalCount");
  return (
    when(isCounted, 4) +
    when(isNarrowed(asked), 50 + when(isCounted, 60)) +
    ofNames(asked) +
    when(hasConditions(asked), 30 + when(isCounted, 30)) +
    when(asked.entries("filter.topics") > 0, 20) +
    when(isByTitle(asked), isNarrowed(asked) ? 120 : 60)
  );
}

/** Encounters are stored by pair, but those at sittings of forums are searched if these count. */
const ofEncounters =
  (points: number) =>
  (asked: AskedField): number =>
    when(isOfSittings(asked), points) +
    when(asked.entries("between") > 2, 20) +
    when(asked.isAsOf && asked.value("formats") !== undefined, 30);

/** Whether meetings of many parties count, too. */
function isOfSittings({ value }: AskedField): boolean {
  const kinds = valuesIn(value("kinds"));
  return kinds.includes("SESSION") || kinds.includes("MULTILATERAL");
}

/** Whether the argument `of` is the id of a party, and no other is given beside it. */
const isOfParty = ({ value }: AskedField): boolean =>
  /^(?:sta|org)_/.test(String(value("of"))) && value("with") === undefined;
const isOfDocument = ({ value }: AskedField): boolean => String(value("of")).startsWith("doc_");

/** The values of an argument that is a list or a single value; none if it is left out. */
function valuesIn(given: unknown): readonly unknown[] {
  return given === undefined ? [] : Array.isArray(given) ? given : [given];
}

/** Groups by party or pair are many, and more with each dimension. */
function ofCounts(asked: AskedField): number {
  const { value, entries, isAsOf } = asked;
  const by = valuesIn(value("by"));
  const dimensions = by.length;
  const past = when(isAsOf, 40) + when(entries("filter.topics") > 0, 60);
  if (!by.includes("PAIR") && !by.includes("PARTY")) {
    const isOfDays = value("filter.during") !== undefined && !isNarrowed(asked);
    return past + when(isOfDays, isAsOf ? 200 : 120);
  }
  if (entries("filter.parties") > 0) return past + 50 + when(dimensions > 2, 180);
  return by.includes("PAIR")
    ? when(isAsOf, 230) + 100 + 180 * (dimensions - 1)
    : past + 100 + when(dimensions > 2, 180);
}

/**
 * Many words are looked for again without each of them, and without each two. Names are looked for in kinds of texts too,
 * so fewer kinds do not cost less.
 */
function ofSearch({ value, isAsOf }: AskedField): number {
  const query = value("query");
  const words = typeof query === "string" ? Math.min(query.trim().split(/\s+/).length, 10) : 0;
  const extra = Math.max(120 * words - 480, value("kinds") === undefined ? 0 : 170, 0);
  return isAsOf ? 380 + Math.min(extra, 300) : extra;
}

/** Entries of two are looked for at each of their meetings, and as of a moment, status changes at each of a party's. */
function ofTimeline(asked: AskedField): number {
  const { value, isAsOf } = asked;
  const given = value("kinds");
  const kinds = valuesIn(given);
  const hasKind = (kind: string): boolean => given === undefined || kinds.includes(kind);
  const isOfTwo = value("with") !== undefined;
  const counts = (points: number): number => when(asked.selects("totalCount"), points);
  if (isOfTwo) {
    const isDear = isAsOf && (hasKind("MEETING") || hasKind("STATUS_CHANGE"));
    return when(isOfDocument(asked), 50) + (isDear ? 330 + counts(380) : 30 + counts(given === undefined ? 230 : 310));
  }
  if (given === undefined) return when(isOfDocument(asked), 50);
  const ofKinds = counts(isOfParty(asked) ? 460 : 80);
  const isOfPastStatus = isAsOf && kinds.includes("STATUS_CHANGE");
  return ofKinds + when(isOfPastStatus, isOfParty(asked) ? 950 + counts(800) : 300);
}

/** Points that a field costs on top of its weight, by its arguments and selection, each time that it is read. */
export const surcharges: Readonly<Record<string, ((asked: AskedField) => number) | undefined>> = {
  "Document.citations": ({ value }) => when(value("filter.naming") !== undefined, 30),
  "Organization.meetings": ofPartysMeetings,
  "Person.meetings": ofPersonsMeetings,
  "Query.documents": (asked) => when(asked.selects("totalCount"), asked.isAsOf ? 100 : 45),
  "Meeting.sidelineMeetings": ({ isAsOf, entries }) => when(isAsOf && entries("filter.persons") > 1, 60),
  "Organization.ledger": ({ isAsOf }) => when(isAsOf, 80),
  "Query.firstMeetingSince": (asked) => ofEncounters(720)(asked) + when(asked.isAsOf, 15),
  "Query.contradictions": ({ isAsOf }) => when(isAsOf, 150),
  "Query.coverage": (asked) =>
    when(isOfParty(asked), asked.isAsOf ? 450 : 250) + when(asked.isAsOf && asked.value("with") !== undefined, 80),
  "Query.gaps": (asked) =>
    40 +
    when(asked.isAsOf, 220) +
    when(asked.value("kinds") !== undefined, 100) +
    when(isOfParty(asked), asked.selects("totalCount") ? 450 : 100),
  "Query.jointMembershipMatrixChanges": ({ entries }) => when(entries("parties") === 0, 660),
  "Query.lastMeeting": (asked) => ofEncounters(260)(asked) + when(asked.isAsOf, 20),
  "Query.lastMet": ofEncounters(520),
  "Query.meetingCounts": ofCounts,
  "Query.meetings": ofMeetings,
  "Query.persons": (asked) => when(asked.selects("totalCount"), asked.isAsOf ? 14 : 4),
  "Query.search": ofSearch,
  "Query.suggestions": ({ isAsOf }) => when(isAsOf, 20),
  "Query.timeline": ofTimeline,
  "State.ledger": ({ isAsOf }) => when(isAsOf, 80),
  // Each pair is looked for by itself.
  "Query.unmetPairs": (asked) => {
    const parties = asked.entries("parties");
    const pairs = (parties * (parties - 1)) / 2;
    return Math.ceil(pairs * (isOfSittings(asked) ? 60 : asked.isAsOf ? 1.4 : 0.6));
  },
  "State.meetings": ofPartysMeetings,
};

/** Estimated bytes of fields with possibly long values. The actual size of a response is limited while it is read. */
export const bytes: Readonly<Record<string, number>> = {
  "Document.text": 40_000,
  "FieldChange.after": 400,
  "FieldChange.before": 400,
  "MistakeReport.text": 500,
  "Passage.quote": 300,
  "Proposal.quote": 200,
  "Statement.text": 500,
  "Submission.text": 10_000,
  "_Service.sdl": 180_000,
};

/** Estimated number of entries of lists without pages. */
export const sizes = {
  /** Names, parties, reports, tenures: such lists are short. */
  unpaged: 5,
  fields: {
    "Query.jointMembershipChanges": 20,
    "Query.jointMemberships": 20,
    "Query.coverage": 15,
    "JointMembershipPair.parties": 2,
    "UnmetPair.parties": 2,
    "UnmetPair.possible": 20,
    "Ledger.fulfilment": 50,
    "JointMembershipPair.forums": 10,
    "JointMembershipPairChange.parties": 2,
    "Submission.proposals": 100,
    // All types of the schema.
    "__Schema.types": 200,
    "__Type.fields": 10,
  } as Readonly<Record<string, number>>,
  /** Lists that are as long as one of their arguments. */
  byArgument: { "Query.nodes": "ids", "Query._entities": "representations" } as Readonly<Record<string, string>>,
} as const;
