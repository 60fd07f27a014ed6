/** One edit of a recipe: a text that is put after another one in a file of the project, or a new file. */
export interface Edit {
  readonly file: string;
  /** The text that stands before; none for a new file. */
  readonly after?: string;
  /** Whether the new text stands before that text instead. */
  readonly before?: true;
  readonly text: string;
}

/** "Add a field" of CONTRIBUTING.md: the address of a livestream, as a newcomer would write it. */
export const fieldEdits = {
  contract: [
    {
      file: "schema.graphql",
      after: "type Meeting implements Node & VersionedRecord {\n",
      text: '  "Address of a livestream."\n  livestreamUrl: String\n',
    },
    {
      file: "schema.graphql",
      after: "input RecordMeetingInput {\n",
      text: '  "Address of a livestream."\n  livestreamUrl: String\n',
    },
  ],
  model: [
    { file: "prisma/schema.prisma", after: "model Meeting {\n", text: "  livestreamUrl  String?\n" },
    {
      file: "prisma/migrations/29990101000000_livestreams/migration.sql",
      text: '-- AlterTable\nALTER TABLE "Meeting" ADD COLUMN     "livestreamUrl" TEXT;\n',
    },
  ],
  declaration: [
    {
      file: "src/modules/meetings/meeting.record.ts",
      after: "    purpose: text(prose()),\n",
      text: "    livestreamUrl: text(line(2_000)),\n",
    },
  ],
  reading: [
    {
      file: "src/modules/meetings/meetings.fields.ts",
      after: '    endsOn: from.column("endsOn"),\n',
      text: '    livestreamUrl: from.column("livestreamUrl"),\n',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Edit[]>>;

const page = `
  "Number of entries from the start; at most \`service { limits { maxPageSize } }\`, 20 by default."
    first: Int
    "Return entries after this cursor."
    after: String
    "Number of entries from the end; not together with \`first\`."
    last: Int
    "Return entries before this cursor."
    before: String`;

/** "Add a type" of CONTRIBUTING.md: treaties, as a newcomer would write them. */
export const typeEdits = {
  contract: [
    {
      file: "schema.graphql",
      after: "union SinceEvent = Milestone | Meeting\n",
      text: `
"A treaty."
type Treaty implements Node & VersionedRecord {
  "Permanent, opaque id; \`node\` looks it up."
  id: ID!
  "Permanent name in packs; inputs accept it instead of the id."
  key: String!
  "Title."
  title: String!
  "Content in the record's own words."
  summary: String
  "Date of signature; null if unknown."
  signedOn: PartialDate
  "The meeting at which it was signed."
  meeting: Meeting
  "Citations of this record, in the order of documents and texts."
  citations(${page}
    "Only these citations."
    filter: CitationFilter
  ): CitationConnection!
  "Version number of the record; every change increments it. Read only if selected."
  version: Int!
  "Whether the record is an unpublished draft. Only editors see drafts."
  isDraft: Boolean!
  "Changes of the record, latest first."
  history(${page}
  ): ChangeConnection!
}

"Input of \`recordTreaty\`."
input RecordTreatyInput {
  "Permanent name in packs."
  key: String!
  "Title."
  title: String!
  "Content in the record's own words."
  summary: String
  "Date of signature."
  signedOn: PartialDate
  "The meeting at which it was signed, by slug or id."
  meeting: ID
  "Sources."
  cite: [CitationInput!]!
  "Warnings to override."
  acknowledge: [Acknowledgement!]
  "Idempotency key. A retry with the same key and input within 24 hours returns the first result."
  idempotencyKey: String
  "Whether to keep the record unpublished as a draft; false by default."
  draft: Boolean
  "Reason, shown in the history."
  reason: String
}

"Result of \`recordTreaty\`."
type RecordTreatyPayload {
  "The treaty; null if the input was rejected."
  treaty: Treaty
  "Whether an earlier request with the same idempotency key did this, and the payload repeats its result."
  isReplay: Boolean!
  "Faults in the input; empty on success."
  userErrors: [UserError!]!
}
`,
    },
    {
      file: "schema.graphql",
      after: "type Query {\n",
      text: `  "A treaty by its key."
  treaty(
    "The key of the treaty."
    key: String!
    "Answer from the record as it was at this moment, which must not be in the future."
    knownAt: DateTime
  ): Treaty
`,
    },
    {
      file: "schema.graphql",
      after: "type Mutation {\n",
      text: '  "Records a treaty."\n  recordTreaty("The treaty." input: RecordTreatyInput!): RecordTreatyPayload @requires(scope: EDIT)\n',
    },
  ],
  lists: [
    { file: "schema.graphql", after: "union CitationSubject =\n", text: "  | Treaty\n" },
    { file: "schema.graphql", after: "union SearchMatch =\n", text: "  | Treaty\n" },
    {
      file: "schema.graphql",
      after: 'by the words of the source."\n  VISIT_CLAIM\n',
      text: '  "Treaties, by title and content."\n  TREATY\n',
    },
  ],
  gateways: [{ file: "federation.graphql", after: "union _Entity =\n", text: "  | Treaty\n" }],
  model: [
    {
      file: "prisma/schema.prisma",
      after: "model Milestone {\n",
      before: true,
      text: `model Treaty {
  id               String     @id
  key              String     @unique
  title            String
  summary          String?
  signedOn         String?
  signedOnEarliest DateTime?  @db.Date
  signedOnLatest   DateTime?  @db.Date
  meetingId        String?
  meeting          Meeting?   @relation(fields: [meetingId], references: [id], onDelete: Restrict)
  citations        Citation[]

  @@index([meetingId])
}

`,
    },
    {
      file: "prisma/schema.prisma",
      after: "model Citation {\n",
      text: `  treatyId          String?
  treaty            Treaty?          @relation(fields: [treatyId], references: [id], onDelete: Cascade)
`,
    },
    { file: "prisma/schema.prisma", after: "  @@index([documentId, start, id])\n", text: "  @@index([treatyId])\n" },
    { file: "prisma/schema.prisma", after: "model Meeting {\n", text: "  treaties       Treaty[]\n" },
    {
      file: "prisma/migrations/29990102000000_treaties/migration.sql",
      text: `-- CreateTable
CREATE TABLE "Treaty" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT,
    "signedOn" TEXT,
    "signedOnEarliest" DATE,
    "signedOnLatest" DATE,
    "meetingId" TEXT,

    CONSTRAINT "Treaty_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Treaty_key_key" ON "Treaty"("key");
CREATE INDEX "Treaty_meetingId_idx" ON "Treaty"("meetingId");
ALTER TABLE "Treaty" ADD CONSTRAINT "Treaty_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "Citation" ADD COLUMN     "treatyId" TEXT;
CREATE INDEX "Citation_treatyId_idx" ON "Citation"("treatyId");
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_treatyId_fkey" FOREIGN KEY ("treatyId") REFERENCES "Treaty"("id") ON DELETE CASCADE ON UPDATE CASCADE;
`,
    },
  ],
  declaration: [
    {
      file: "src/modules/meetings/treaty.record.ts",
      text: `import { key, line, prose } from "../../writing/values.js";
import { date, declareRecord, reference, text } from "../record.js";
import { meetingReference } from "../references.js";

/** A treaty. */
export const treatyRecord = declareRecord({
  table: "Treaty",
  label: "treaty",
  prefix: "try",
  plain: { collection: "treaties" },
  key: { key: key() },
  title: "title",
  search: { kind: "TREATY", place: 18, names: ["title"], day: "signedOn", texts: ["summary"] },
  properties: {
    title: text(line(), { required: true }),
    summary: text(prose()),
    signedOn: date(),
    meeting: reference(meetingReference(), "Meeting", "meetingId"),
  },
  citation: { column: "treatyId", count: "some" },
});
`,
    },
  ],
  list: [
    {
      file: "src/modules/kinds.ts",
      after: 'import type { RecordKind } from "../writing/records.js";\n',
      text: 'import { treatyRecord } from "./meetings/treaty.record.js";\n',
    },
    { file: "src/modules/kinds.ts", after: "  visitRecord,\n", text: "  treatyRecord,\n" },
  ],
  reading: [
    {
      file: "src/modules/meetings/meetings.fields.ts",
      after: "export const meetingTypes = [\n",
      text: `  objectType<GQL.Treaty>()("Treaty", "Treaty", {}, (from) => ({
    ...recordFields<Tables["Treaty"]>("Treaty"),
    id: from.word("id"),
    key: from.column("key"),
    title: from.column("title"),
    summary: from.prose("summary"),
    signedOn: from.column("signedOn"),
    meeting: from.one("Meeting", "meetingId"),
    citations: citationsOf<Tables["Treaty"]>("treatyId"),
  })),

`,
    },
    {
      file: "src/modules/meetings/meetings.fields.ts",
      after: "Pick<GQL.Query, ",
      text: '"treaty" | ',
    },
    {
      file: "src/modules/meetings/meetings.fields.ts",
      after: "  meetings: meetingsOf<Record<string, unknown>>(),\n",
      text: `    treaty: from.one<"Treaty", Traced<GQL.QueryTreatyArgs>>("Treaty", {
      where: ({ target, args }) => isNamed(target, "key", "Treaty", args.key),
    }),
`,
    },
  ],
} as const satisfies Readonly<Record<string, readonly Edit[]>>;

/** "Add a filter" of CONTRIBUTING.md: meetings by place, as a newcomer would write it. */
export const filterEdits = {
  contract: [
    {
      file: "schema.graphql",
      after: "input MeetingFilter {\n",
      text: '  "Held at this place (key)."\n  place: String\n',
    },
  ],
  condition: [
    {
      file: "src/modules/meetings/meetings.lists.ts",
      after: "  during: { names: null },\n",
      text: `  place: {
    names: named.byKey("Place", "key", "place with the key"),
    where: (row, key) =>
      sql\`\${row.col("placeId")} = (select l."id" from "Place" l where \${isNamed(rowUnder<Tables["Place"]>("l"), "key", "Place", key)})\`,
  },
`,
    },
  ],
} as const satisfies Readonly<Record<string, readonly Edit[]>>;

/** The files that edits touch. */
export function filesOf(edits: Readonly<Record<string, readonly Edit[]>>): Set<string> {
  return new Set(Object.values(edits).flatMap((some) => some.map(({ file }) => file)));
}
