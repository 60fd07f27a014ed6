/** One edit of a recipe: a text that is put after another one in a file of the project, or a new file. */
export interface Edit {
  readonly file: string;
  /** The text that stands before; none for a new file. */
  readonly after?: string;
  readonly text: string;
}

/** "Add a field" of CONTRIBUTING.md: the address of a livestream, as a newcomer would write it. */
export const fieldEdits = {
  contract: [
    {
      file: "schema.graphql",
      after: "type Meeting implements Node & Record {\n",
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
