/**
 * The cost of operations, in points; change it only here. A point is about a tenth of a millisecond of Postgres with
 * the shipped record, so the most expensive allowed operation occupies a connection for about 100 ms. Pages take the
 * same time on a record fifty times as large; of the computed answers, the matrix grows with the record. Search ranks
 * at most 300 hits of a kind and quality. It took 3 to 13 ms by words, and 0.1 to 0.6 ms for each snippet, depending on
 * the length of its text.
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
    "Query.firstSinceClaims": 4,
    "Query.jointMembershipChanges": 18,
    "Query.jointMembershipMatrix": 100,
    "Query.jointMembershipMatrixChanges": 200,
    "Query.jointMemberships": 9,
    "Query.lastMeeting": 9,
    "Query.ledger": 30,
    "Query.lastMet": 18,
    "DocumentConnection.totalCount": 5,
    "TimelineEntryConnection.totalCount": 80,
    "RecordCounts.citations": 12,
    "RecordCounts.documents": 5,
    "RecordCounts.meetings": 8,
    "RecordCounts.memberships": 1,
    "RecordCounts.participants": 15,
    "RecordCounts.persons": 1,
    "Query.contradictions": 30,
    "Query.search": 100,
    "Query.timeline": 20,
    "Query.meetingCounts": 200,
    "Query.coverage": 120,
    "Query.gaps": 120,
    "Meeting.representation": 0.5,
    "Query.officeHolders": 4,
    "FirstSinceClaim.counterexamples": 3,
    "FirstSinceClaim.explanation": 9,
    "FirstSinceClaim.possibleCounterexamples": 6,
    "FirstSinceClaim.verdict": 3,
    "Office.vacancies": 0.5,
    "OfficeHolding.occupancy": 0.2,
    "Participant.inOffice": 0.3,
    "Forum.ledger": 5,
    "Ledger.fulfilment": 2,
    "Meeting.ledger": 0.5,
    "Organization.ledger": 40,
    "SearchResult.didYouMean": 1,
    "SearchResult.highlights": 3,
    "SearchResult.snippet": 3,
    "SearchResult.snippetStart": 3,
    "State.ledger": 40,
    "Visit.ledger": 0.5,
  } as Readonly<Record<string, number>>,
  /** Bytes that cost a point; those of short values are in the weight of their object. */
  bytesPerPoint: 8_000,
  /** Any field that counts a whole list. */
  totalCount: 0.1,
  /** An entry of a list in an argument: it is compared, or looked up by an index. */
  entry: 0.05,
  /** Lists in arguments whose entries take more, by where they stand in the schema: for `each` entry, and once where there are `several`. */
  entries: {
    // Of two and more the meetings are put side by side.
    "MeetingFilter.parties": { each: 0.1, several: 20 },
    "MeetingFilter.persons": { each: 0.1, several: 5 },
  } as Readonly<Record<string, { readonly several?: number; readonly each?: number }>>,
} as const;

/** Estimated bytes of fields with possibly long values. The actual size of a response is limited while it is read. */
export const bytes: Readonly<Record<string, number>> = {
  "Document.text": 40_000,
  "FieldChange.after": 400,
  "FieldChange.before": 400,
  "Passage.quote": 300,
  "Statement.text": 500,
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
    "Ledger.fulfilment": 50,
    "JointMembershipPair.forums": 10,
    "JointMembershipPairChange.parties": 2,
    // All types of the schema.
    "__Schema.types": 200,
    "__Type.fields": 10,
  } as Readonly<Record<string, number>>,
  /** Lists that are as long as one of their arguments. */
  byArgument: { "Query.nodes": "ids", "Query._entities": "representations" } as Readonly<Record<string, string>>,
} as const;
