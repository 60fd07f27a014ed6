import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { declarationFaults, declarationFiles } from "../../scripts/declarations.js";
import { acts } from "../../src/acts/acts.js";
import { envelopeShape } from "../../src/acts/run.js";
import { packageRoot } from "../../src/lib/root.js";
import { meetingRecord } from "../../src/modules/meetings/meeting.record.js";
import { isInPacksOnly } from "../../src/modules/record.js";
import { recordKinds } from "../../src/modules/kinds.js";
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
  fileOf: declarationFiles(),
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
    const removed = project.contract.replace(/^ {2}"[^"]*"\n {2}endsOn: PartialDate\n(?= {2}"Place, by key)/m, "");
    expect(removed).not.toBe(project.contract);
    expect(declarationFaults({ ...project, contract: removed })).toEqual([
      expect.stringMatching(/^The property endsOn is missing in the input RecordMeetingInput of schema\.graphql: /),
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
