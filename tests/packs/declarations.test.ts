import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { declarationFaults, declarationFiles, filtersOf } from "../../scripts/declarations.js";
import { acts } from "../../src/acts/acts.js";
import { envelopeShape } from "../../src/acts/run.js";
import { packageRoot } from "../../src/lib/root.js";
import { meetingRecord } from "../../src/modules/meetings/meeting.record.js";
import { meetingFilters } from "../../src/modules/meetings/meetings.lists.js";
import { isInPacksOnly } from "../../src/modules/record.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { recordTypes } from "../../src/schema.js";
import { packSections } from "../../src/packs/sections.js";
import { newChangeSet } from "../../src/writing/change.set.js";
import { bare } from "../../src/writing/sections.js";

const read = (file: string): string => readFileSync(join(packageRoot(), file), "utf8");
const project = {
  kinds: recordKinds,
  acts: [...acts.values()],
  envelope: Object.keys(envelopeShape.shape),
  shapes: { bare, isInPacksOnly },
  datamodel: read("prisma/schema.prisma"),
  contract: read("schema.graphql"),
  gateways: read("federation.graphql"),
  fileOf: declarationFiles(),
  reading: [...recordTypes.keys()],
  filters: filtersOf(meetingFilters),
};

describe("the declarations of the records", () => {
  it("agree with both schemas", () => {
    expect(declarationFaults(project)).toEqual([]);
  });

  it("are held against the columns of each model", () => {
    const added = project.datamodel.replace(/^model Meeting \{/m, "model Meeting {\n  livestreamUrl String?");
    expect(declarationFaults({ ...project, datamodel: added })).toEqual([
      "The column Meeting.livestreamUrl of prisma/schema.prisma is not declared: add it to `properties` in src/modules/meetings/meeting.record.ts, or to `computed` if it follows from others.",
    ]);
    const removed = project.datamodel.replace(/^ {2}purpose .*\n/gm, "");
    expect(declarationFaults({ ...project, datamodel: removed })).toEqual([
      expect.stringMatching(
        /^The field purpose of src\/modules\/meetings\/meeting\.record\.ts has no column: add Meeting\.purpose /,
      ),
      expect.stringMatching(
        /^The field purpose of src\/modules\/meetings\/visit\.record\.ts has no column: add Visit\.purpose /,
      ),
    ]);
  });

  it("are held against the inputs of mutations", () => {
    const added = project.contract.replace(
      /^input RecordMeetingInput \{/m,
      "input RecordMeetingInput {\n  livestreamUrl: String",
    );
    expect(declarationFaults({ ...project, contract: added })).toEqual([
      expect.stringMatching(/^The field RecordMeetingInput\.livestreamUrl of schema\.graphql is not declared: /),
    ]);
    const removed = project.contract.replace(/^ {2}"[^"]*"\n {2}endsOn: PartialDate\n(?= {2}"Local start)/m, "");
    expect(removed).not.toBe(project.contract);
    expect(declarationFaults({ ...project, contract: removed })).toEqual([
      expect.stringMatching(/^The property endsOn is missing in the input RecordMeetingInput of schema\.graphql: /),
    ]);
  });

  it("are held against the list of kinds, their order and their prefixes", () => {
    const [first, ...others] = recordKinds;
    const last = others.at(-1);
    if (first === undefined || last === undefined) throw new Error("no kinds");
    expect(declarationFaults({ ...project, kinds: [...others, first] })).toContain(
      "Citation refers to Document, which comes later: list it after Document in src/modules/kinds.ts.",
    );
    expect(declarationFaults({ ...project, kinds: others })).toContain(
      "The declaration of Document in src/modules/documents/document.record.ts is not listed: add it to src/modules/kinds.ts.",
    );
    expect(
      declarationFaults({ ...project, kinds: [first, ...others.slice(0, -1), { ...last, prefix: "doc" }] }),
    ).toEqual([expect.stringMatching(/^The prefix "doc" is that of Document and of Citation: /)]);
  });

  it.each<[place: string, from: RegExp, to: string, finding: string]>([
    ["CitationSubject", /^ {2}\| Visit\n/m, "", "Visit is missing in the union CitationSubject of schema.graphql: "],
    [
      "SearchMatch",
      /^union SearchMatch =$/m,
      "$&\n  | Tenure",
      "Tenure stands in the union SearchMatch of schema.graphql, and no .record.ts file declares it by `search`.",
    ],
    ["SearchKind", /^ {2}PASSAGE$/m, "  PASSAGE\n  TENURE", "TENURE stands in the enum SearchKind of schema.graphql"],
    [
      "the order of SearchKind",
      /^ {2}PERSON$([^]*?)^ {2}STATE$/m,
      "  STATE$1  PERSON",
      "The place of PERSON in src/modules/parties/person.record.ts is 1, and 2 in the enum SearchKind of schema.graphql",
    ],
    [
      "Subscription.recordChanged",
      /^ {4}forum: ID\n/m,
      "    forums: ID\n",
      "forum is missing in the arguments of Subscription.recordChanged in schema.graphql: ",
    ],
    [
      "the interface VersionedRecord",
      /^type Visit implements Node & VersionedRecord/m,
      "type Visit implements Node",
      "The type Visit of schema.graphql is a record: let it implement Node & VersionedRecord.",
    ],
  ])("are held against %s", (_place, from, to, finding) => {
    const contract = project.contract.replace(from, to);
    expect(contract).not.toBe(project.contract);
    expect(declarationFaults({ ...project, contract })).toContainEqual(expect.stringContaining(finding));
  });

  it("are held against the entities of gateways, and against the sources of fields", () => {
    const gateways = project.gateways.replace(/ {2}\| Visit\n?/, "");
    const reading = project.reading.filter((name) => name !== "Visit");
    expect(declarationFaults({ ...project, gateways, reading })).toEqual([
      expect.stringMatching(/^Visit is missing in the union _Entity of federation\.graphql: /),
      expect.stringMatching(
        /^The fields of Visit have no source: declare them with objectType in the \.fields\.ts file/,
      ),
    ]);
  });

  it("name every table once, and every part after the record around it", () => {
    const fileOf = declarationFiles();
    for (const { table } of recordKinds) expect(fileOf(table)).toMatch(/\.record\.ts$/);
    expect(new Set(recordKinds.map(({ prefix }) => prefix)).size).toBe(recordKinds.length);
  });
});

describe("an input", () => {
  it("cannot have a property that the declaration lacks: its value would be thrown away", () => {
    const changeSet = newChangeSet();
    const input = { title: "T", livestreamUrl: "https://example.org/" };
    expect(() => changeSet.add(meetingRecord.kind, "m", { file: null, path: [] }, input)).toThrow(
      'The input of a meeting has the property "livestreamUrl", which its declaration lacks: add it to the .record.ts file of the meeting.',
    );
  });

  it("has exactly the properties that its kind reads, in packs as in parts of packs", () => {
    for (const { kind, shape } of packSections.flatMap((section) => [section, ...(section.parts ?? [])])) {
      for (const name of Object.keys(shape.shape)) expect(kind.properties, `${kind.label}.${name}`).toContain(name);
    }
  });
});
