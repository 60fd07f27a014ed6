import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { importPack, importPacks } from "../../src/packs/import.js";
import {
  emptyRecord,
  faultsOf,
  packFaults,
  removeFolders,
  soundPack,
  temporaryFolder,
  writePack,
} from "../support/packs.js";
import { anyDatabase } from "../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
afterEach(() => emptyRecord(database));
afterAll(async () => {
  await removeFolders();
  await database.close();
});

async function loadSound(): Promise<void> {
  await importPack(database, await writePack(soundPack));
}

function load(files: Readonly<Record<string, string | Buffer>>) {
  return writePack(files).then((folder) => importPack(database, folder));
}

async function recordVersion(): Promise<number> {
  const { rows } = await database.pool.query<{ version: number }>(`SELECT "version" FROM "RecordVersion"`);
  return rows[0]?.version ?? -1;
}

describe("loading a pack", () => {
  it("writes what it says", async () => {
    const report = await load(soundPack);
    expect(report.rows).toMatchObject({
      Document: { created: 2, updated: 0, unchanged: 0 },
      Meeting: { created: 2 },
      Participant: { created: 2 },
      Citation: { created: 15 },
    });
    const { rows } = await database.pool.query(
      `SELECT m."status", m."onEarliest", p."key", p."isExpected", p."position" FROM "Meeting" m JOIN "Participant" p ON p."meetingId" = m."id" ORDER BY p."position"`,
    );
    expect(rows).toEqual([
      { status: "HELD", onEarliest: "2024-11-18", key: "2024-11-18-aaa-bbb/AAA", isExpected: false, position: 0 },
      { status: "HELD", onEarliest: "2024-11-18", key: "2024-11-18-aaa-bbb/BBB", isExpected: true, position: 1 },
    ]);
  });

  it("writes nothing the second time and leaves the version of the record alone", async () => {
    const folder = await writePack(soundPack);
    const first = await importPack(database, folder);
    const second = await importPack(database, folder);
    expect(second).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: first.created,
      recordVersion: first.recordVersion,
    });
    expect(await recordVersion()).toBe(first.recordVersion);
  });

  it("can be rehearsed: everything is checked, nothing kept", async () => {
    const before = await recordVersion();
    const folder = await writePack(soundPack);
    const rehearsed = await importPack(database, folder, { dryRun: true });
    expect(rehearsed).toMatchObject({ isDryRun: true, recordVersion: before });
    expect(await database.prisma.document.count()).toBe(0);
    expect((await importPack(database, folder)).created).toBe(rehearsed.created);
  });

  it("gives records the ids that follow from their keys", async () => {
    await loadSound();
    const state = await database.prisma.party.findUniqueOrThrow({ where: { code: "AAA" } });
    // printf 'sta:AAA' | sha256sum | xxd -r -p | base32 | head -c 16 | tr A-Z a-z
    expect(state.id).toBe("sta_tztgino6bkdgopcd");
  });

  it("lets two processes load the same pack at once", async () => {
    const folder = await writePack(soundPack);
    const reports = await Promise.all([importPack(database, folder), importPack(database, folder)]);
    expect(reports.map(({ created }) => created).sort((one, other) => one - other)[0]).toBe(0);
    expect(await database.prisma.meeting.count()).toBe(2);
  });

  it("reads single files, JSON too", async () => {
    const folder = await writePack({
      "one.json": JSON.stringify({
        places: [{ key: "x", city: "X" }],
        documents: [{ key: "d", kind: "REFERENCE", title: "2024", publisher: "P", language: "en" }],
      }),
    });
    await importPack(database, path.join(folder, "one.json"));
    expect(await database.prisma.document.findMany({ select: { title: true } })).toEqual([{ title: "2024" }]);
  });

  it("loads the packs that others require first, in one transaction", async () => {
    const base = await writePack({ ...soundPack, "pack.yaml": "pack: {name: base, title: Base}" });
    const more = await writePack({
      "pack.yaml": "pack: {name: more, requires: [base]}",
      "x.yaml": "states: [{code: AAA, officialName: Republic of Alpha}]",
    });
    expect((await importPacks(database, [more, base])).packs).toEqual(["base", "more"]);
    await emptyRecord(database);
    const wrong = await writePack({
      "pack.yaml": "pack: {name: wrong, requires: [base]}",
      "x.yaml": "states: [{code: CCC, name: Gamma}]",
    });
    expect(await faultsOf(importPacks(database, [base, wrong]))).toHaveLength(1);
    expect(await database.prisma.document.count()).toBe(0);
  });

  it("hints at the pack that is missing where something is not found, and only there", async () => {
    const more = await writePack({
      "pack.yaml": "pack: {name: more, requires: [base]}",
      "x.yaml": "places: [{key: x, state: AAA}]",
    });
    const error: unknown = await importPack(database, more).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: "PackError",
      total: 1,
      faults: [{ message: 'there is no state "AAA", neither given here nor in the record' }],
      hints: [
        "The pack more builds on the pack base, which is not given here; if it is not loaded yet, load it first or together with this one.",
      ],
    });
    await loadSound();
    expect(await importPack(database, more)).toMatchObject({ created: 1 });
    const faulty = await writePack({
      "pack.yaml": "pack: {name: more, requires: [base]}",
      "x.yaml": "places: [{key: y, state: AAA, cty: Y}]",
    });
    expect(await importPack(database, faulty).catch((reason: unknown) => reason)).toMatchObject({
      total: 1,
      hints: [],
    });
  });
});

describe("faults", () => {
  it("are gathered over all files, with file, line, column and path, and nothing is written", async () => {
    const before = await recordVersion();
    const faults = await faultsOf(
      load({
        ...soundPack,
        "records.yaml":
          soundPack["records.yaml"]
            ?.replace("name: Beta", "naem: Beta")
            .replace("since: 2019,", "since: 2019-02-30,") ?? "",
        "meetings.yaml":
          soundPack["meetings.yaml"]
            ?.replace("role: PRINCIPAL, isExpected", "role: PRINCIPLE, isExpected")
            .replace("place: AAA/alpha-city", "place: AAA/alpha-cty")
            .replace("quote: We agree.", "quote: We agreed.") ?? "",
      }),
    );
    expect(faults).toEqual([
      'meetings.yaml:13:5: meetings[1].place: there is no place "AAA/alpha-cty", neither given here nor in the record; did you mean "AAA/alpha-city"?',
      'meetings.yaml:19:22: meetings[1].participants[1].role: "PRINCIPLE" is none of PRINCIPAL, HOST, CHAIR, SPEAKER, REPRESENTATIVE, DELEGATE, OBSERVER',
      expect.stringMatching(
        /^meetings\.yaml:27:35: meetings\[1\]\.statements\[0\]\.cite\[0\]\.quote: the quote is not in "report" letter by letter; the nearest passage, at 41, is "We agree"$/,
      ),
      'records.yaml:3:29: states[1].naem: "naem" is not known here; did you mean "name"?',
      'records.yaml:11:54: tenures[0].since: "2019-02-30" is no date: 2019-02 has 28 days',
    ]);
    expect(await database.prisma.document.count()).toBe(0);
    expect(await recordVersion()).toBe(before);
  });

  it("of one record do not count again for what refers to it", async () => {
    const faults = await faultsOf(
      load({
        ...soundPack,
        "records.yaml":
          soundPack["records.yaml"]?.replace(
            "slug: the-forum, name: The Forum",
            "slug: the-forum, name: [The Forum]",
          ) ?? "",
      }),
    );
    expect(faults).toEqual(["records.yaml:13:23: forums[0].name: text is wanted, and this is a list"]);
  });

  it("keep their places when entries before them are at fault as well", async () => {
    const faults = await faultsOf(
      load({
        ...soundPack,
        "meetings.yaml":
          soundPack["meetings.yaml"]
            ?.replace("role: PRINCIPAL, cite", "role: WRONG, cite")
            .replace("isExpected: true, cite: [page]", "isExpected: true, cite: [paper]") ?? "",
      }),
    );
    expect(faults.map((fault) => fault.split(": ").slice(0, 2).join(": "))).toEqual([
      "meetings.yaml:18:70: meetings[1].participants[0].role",
      "meetings.yaml:19:64: meetings[1].participants[1].cite[0].document",
    ]);
  });

  it("are found beside a malformed value, in the same record and in its parts", async () => {
    const faults = await faultsOf(
      load({
        ...soundPack,
        "x.yaml": `meetings:
  - slug: other
    title: O
    kind: BILATERAL
    on: 2024-06-31
    participants:
      - {party: AAA, role: PRINCIPLE, person: ada-abel}
      - {party: BBB, role: PRINCIPAL}
      - {role: PRINCIPAL}
      - {party: AAA, role: PRINCIPAL, cite: [pgae, {document: report, quote: Nobody met}]}
    statements: [{key: s, speaker: bo-baker, isVerbatim: true, cite: [{document: report, quote: We agree., start: x}, {document: report, quote: We disagree.}]}]
`,
      }),
    );
    expect(
      faults.map((fault) => fault.replace(/^x\.yaml:/, "").replace(/; (did you mean|the nearest|known|those).*/, "")),
    ).toEqual([
      '2:5: meetings[0]: a meeting needs at least one source in cite, and "other" has none',
      '5:5: meetings[0].on: "2024-06-31" is no date: 2024-06 has 30 days',
      '7:9: meetings[0].participants[0]: a seat needs at least one source in cite, and "other/AAA" has none',
      '7:22: meetings[0].participants[0].role: "PRINCIPLE" is none of PRINCIPAL, HOST, CHAIR, SPEAKER, REPRESENTATIVE, DELEGATE, OBSERVER',
      '7:39: meetings[0].participants[0].person: there is no person "ada-abel", neither given here nor in the record',
      '8:9: meetings[0].participants[1]: a seat needs at least one source in cite, and "other/BBB" has none',
      "9:9: meetings[0].participants[2].party: is missing: text is wanted",
      '10:46: meetings[0].participants[3].cite[0].document: there is no document "pgae", neither given here nor in the record',
      '10:71: meetings[0].participants[3].cite[1].quote: the quote is not in "report" letter by letter',
      '11:18: meetings[0].statements[0]: a new statement needs text, and "other/statements/s" has none',
      '11:108: meetings[0].statements[0].cite[0].start: a number is wanted, and this is "x"',
      '11:138: meetings[0].statements[0].cite[1].quote: the quote is not in "report" letter by letter',
    ]);
  });

  it("are found beside a reference to nothing", async () => {
    const faults = await faultsOf(
      load({
        ...soundPack,
        "x.yaml": `meetings:
  - {slug: other, kind: BILATERAL, place: nowhere, participants: [{party: XYZ, role: PRINCIPAL}, {party: AAA, person: nobody-known, role: HOST, cite: [{document: report, quote: Nobody met}]}]}
`,
      }),
    );
    expect(faults.map((fault) => fault.replace(/^x\.yaml:\d+:\d+: meetings\[0\]/, ""))).toEqual([
      ': a meeting needs at least one source in cite, and "other" has none',
      ': a new meeting needs title, and "other" has none',
      '.place: there is no place "nowhere", neither given here nor in the record',
      '.participants[0]: a seat needs at least one source in cite, and "other/XYZ" has none',
      '.participants[0].party: there is no state or organization "XYZ", neither given here nor in the record',
      '.participants[1].person: there is no person "nobody-known", neither given here nor in the record',
      '.participants[1].cite[0].quote: the quote is not in "report" letter by letter; the nearest passage, at 14, is "ministers met"',
    ]);
  });

  it("are not made up for what was left out", async () => {
    await loadSound();
    const faults = await faultsOf(
      load({
        "d.yaml": "documents: [{key: d, kind: REFERENCE, title: T, publisher: P, language: en, textFile: none.txt}]",
        "x.yaml": `meetings:
  - {slug: 2024-11-18-aaa-bbb, participants: [{party: AAA, person: ada-abel, role: OBSERVER}]}
  - {slug: other, titel: O, kind: BILATERAL, cite: [{document: d, quote: anything}]}
  - {slug: another, title: A, kind: BILATERAL, ciet: [page], statusReports: [{status: HELD, cite: [{document: 1 2}]}, {status: HELD, cite: [{document: 3 4}]}]}
`,
      }),
    );
    expect(faults.map((fault) => fault.split(": ").slice(0, 2).join(": "))).toEqual([
      "d.yaml:1:77: documents[0].textFile",
      "x.yaml:2:60: meetings[0].participants[0].person",
      "x.yaml:3:19: meetings[1].titel",
      "x.yaml:4:48: meetings[2].ciet",
      "x.yaml:4:101: meetings[2].statusReports[0].cite[0].document",
      "x.yaml:4:142: meetings[2].statusReports[1].cite[0].document",
    ]);
  });

  it("suggest what the record holds for a reference to nothing", async () => {
    await loadSound();
    const faults = await faultsOf(
      load({
        "x.yaml":
          "places: [{key: x, state: AAB}, {key: y, state: ZZZ}]\nvisits: [{key: v, person: bo-bakr, place: AAA/alpha-ctiy, cite: [page]}]",
      }),
    );
    expect(faults.map((fault) => fault.replace(/^.*there is no /, ""))).toEqual([
      'state "AAB", neither given here nor in the record; did you mean "AAA"?',
      'state "ZZZ", neither given here nor in the record',
      'person "bo-bakr", neither given here nor in the record; did you mean "bo-baker"?',
      'place "AAA/alpha-ctiy", neither given here nor in the record; did you mean "AAA/alpha-city"?',
    ]);
  });

  it("say what contradicts the record, with both values", async () => {
    await loadSound();
    expect(
      await faultsOf(
        load({
          "x.yaml":
            "meetings:\n  - slug: 2024-11-18-aaa-bbb\n    on: 2024-11-19\n    place: AAA/elsewhere\nplaces: [{key: AAA/elsewhere, city: E}]\n",
        }),
      ),
    ).toEqual([
      'x.yaml:3:5: meetings[0].on: on of the meeting "2024-11-18-aaa-bbb" is "2024-11-18" in the record and "2024-11-19" here; correcting it is an act of its own (correctRecord)',
      'x.yaml:4:5: meetings[0].place: place of the meeting "2024-11-18-aaa-bbb" is "AAA/alpha-city" in the record and "AAA/elsewhere" here; correcting it is an act of its own (correctRecord)',
    ]);
  });

  it("tell where a record was given first", async () => {
    const [fault] = await faultsOf(
      load({ "a.yaml": "places:\n  - {key: x, city: X}\n", "b.yaml": "places:\n  - {key: x, city: X}\n" }),
    );
    expect(fault).toMatch(/^b\.yaml:2:5: places\[0\]: the place "x" is given twice \(first at .*a\.yaml:2:5\)$/);
  });

  it("name facts without a source, and reports with two", async () => {
    const faults = await faultsOf(
      load({
        ...soundPack,
        "x.yaml": `milestones: [{key: m, label: Something}]
meetings:
  - {slug: other, title: O, kind: CALLS}
  - {slug: 2024-11-18-aaa-bbb-2, title: O, kind: BILATERAL, cite: [page], statusReports: [{status: HELD, cite: [page, {document: page, locator: x}]}, {status: UNKNOWN, cite: [page]}]}
`,
      }),
    );
    expect(faults.map((fault) => fault.replace(/^x\.yaml:\d+:\d+: /, ""))).toEqual([
      'milestones[0]: a milestone needs at least one source in cite, and "m" has none',
      'meetings[0]: a meeting needs at least one source in cite, and "other" has none',
      'meetings[0].kind: "CALLS" is none of SESSION, MULTILATERAL, TRILATERAL, BILATERAL',
      "meetings[1].statusReports[0].cite: a status report rests on exactly one source, and here are 2",
      'meetings[1].statusReports[1].status: "UNKNOWN" is none of EXPECTED, HELD, POSTPONED, CANCELLED, DECLINED, CALLED_OFF',
    ]);
  });

  it("keep the rules of the field", async () => {
    const faults = await faultsOf(
      load({
        ...soundPack,
        "x.yaml": `meetings:
  - {slug: no-forum, title: S, kind: SESSION, cite: [page]}
  - {slug: no-series, title: S, kind: BILATERAL, ordinal: 4, cite: [page]}
  - {slug: ends-before, title: S, kind: MULTILATERAL, on: 2024-11-20, endsOn: 2024-11-19, cite: [page]}
  - {slug: circle-a, title: S, kind: MULTILATERAL, sidelinesOf: circle-b, cite: [page]}
  - {slug: circle-b, title: S, kind: MULTILATERAL, sidelinesOf: circle-a, cite: [page]}
  - {slug: three, title: S, kind: BILATERAL, cite: [page], participants: [{party: AAA, role: PRINCIPAL, cite: [page]}, {party: BBB, role: PRINCIPAL, cite: [page]}, {party: CCC, role: PRINCIPAL, cite: [page]}]}
  - {slug: office, title: S, kind: MULTILATERAL, cite: [page], participants: [{party: AAA, office: BBB/defence-minister, role: PRINCIPAL, cite: [page]}]}
organizations: [{code: CCC, name: C, cite: [page]}]
tenures: [{person: bo-baker, office: BBB/defence-minister, since: 2020, until: 2019, cite: [page]}]
persons: [{slug: cy, name: Cy, state: CCC, cite: [page]}]
`,
      }),
    );
    expect(faults.map((fault) => fault.replace(/^x\.yaml:\d+:\d+: /, ""))).toEqual([
      'meetings[0]: the session "no-forum" needs the forum whose session it is',
      "meetings[1].ordinal: only a sitting of a forum or series is counted; give its forum",
      "meetings[2].endsOn: endsOn is 2024-11-19, which is before on, 2024-11-20",
      'meetings[3].sidelinesOf: sidelinesOf of "circle-a" leads back to it',
      'meetings[4].sidelinesOf: sidelinesOf of "circle-b" leads back to it',
      'meetings[5].participants[2]: "three" is BILATERAL, but seats 3 parties',
      'meetings[6].participants[0].office: the office "BBB/defence-minister" does not belong to AAA',
      "tenures[0].until: until is 2019, but hasEnded does not say so; give hasEnded: true",
      "tenures[0].until: until is 2019, which is before since, 2020",
      'persons[0].state: "CCC" is no state',
    ]);
  });

  it("name the record that has what belongs to one only, stored or given", async () => {
    await loadSound();
    const faults = await faultsOf(
      load({
        "x.yaml": `meetings: [{slug: again, title: 1st again, kind: SESSION, forum: the-forum, ordinal: 1, cite: [page]}]
states: [{code: CCC, alpha2: BB, name: C, cite: [page]}, {code: DDD, alpha2: DD, name: D, cite: [page]}, {code: EEE, alpha2: DD, name: E, cite: [page]}]
offices: [{key: AAA/minister, title: Defence Minister, kind: OTHER, cite: [page]}]
`,
      }),
    );
    expect(faults).toEqual([
      'x.yaml:1:77: meetings[0].ordinal: sitting 1 of this forum is "the-forum-1", so it cannot be "again" as well',
      'x.yaml:2:22: states[0].alpha2: the alpha-2 code "BB" belongs to "BBB" (Beta) already',
      'x.yaml:2:118: states[2].alpha2: the alpha-2 code "DD" belongs to "DDD" (D) already',
      'x.yaml:3:31: offices[0].title: the office "AAA/defence-minister" bears the title "Defence Minister" already',
    ]);
  });

  it("of the database, the last line, are readable and written nowhere", async () => {
    await loadSound();
    await database.pool.query(`ALTER TABLE "Person" ADD CONSTRAINT "Person_name_taboo" CHECK ("name" <> 'Taboo')`);
    const faults = await packFaults(load({ "x.yaml": "persons: [{slug: taboo, name: Taboo, cite: [page]}]" }));
    await database.pool.query(`ALTER TABLE "Person" DROP CONSTRAINT "Person_name_taboo"`);
    expect(faults).toMatchObject([
      { code: "REFUSED", message: "a record of the kind “person” breaks the rule “name taboo”" },
    ]);
    expect(await database.prisma.person.count()).toBe(2);
    expect(await database.prisma.meeting.count()).toBe(2);
  });
});

describe("quotes", () => {
  const cite = (text: string) =>
    load({ ...soundPack, "x.yaml": `milestones:\n  - key: m\n    label: M\n    cite: [${text}]\n` });

  it("are found letter by letter, at their code points", async () => {
    await cite("{document: report, quote: in Alpha City.}");
    const citation = await database.prisma.citation.findFirstOrThrow({ where: { milestone: { key: "m" } } });
    // The emoji before it is one code point and two UTF-16 units.
    const text = [...(soundPack["texts/report.txt"] ?? "")];
    expect(text.slice(citation.start ?? 0, citation.end ?? 0).join("")).toBe("in Alpha City.");
  });

  it("that are not there suggest the nearest passage", async () => {
    expect(await faultsOf(cite('{document: report, quote: "they said \\"we agree\\""}'))).toEqual([
      'x.yaml:4:31: milestones[0].cite[0].quote: the quote is not in "report" letter by letter; the nearest passage, at 29, is "They said: “We agree"',
    ]);
  });

  it("that occur several times need a start, which is checked", async () => {
    expect(await faultsOf(cite("{document: report, quote: ministers met}"))).toEqual([
      'x.yaml:4:31: milestones[0].cite[0].quote: the quote is in "report" several times, at 14, 56; say which with start',
    ]);
    expect(await faultsOf(cite("{document: report, quote: ministers met, start: 15}"))).toEqual([
      'x.yaml:4:53: milestones[0].cite[0].start: the quote does not start at 15 in "report" but at 14, 56',
    ]);
    await cite("{document: report, quote: ministers met, start: 56}");
  });

  it("are wanted where the text is held, and not where it is not", async () => {
    expect(await faultsOf(cite("report, {document: report, locator: page 1}, {document: page, quote: x}"))).toEqual([
      'x.yaml:4:12: milestones[0].cite[0]: the record holds the text of "report"; a citation of it needs a quote',
      'x.yaml:4:20: milestones[0].cite[1]: the record holds the text of "report"; a citation of it needs a quote beside its locator',
      'x.yaml:4:74: milestones[0].cite[2].quote: the record does not hold the text of "page", so a passage of it cannot be checked; give a locator instead',
    ]);
  });

  it("need no start again when the record knows the citation", async () => {
    await cite("{document: report, quote: ministers met, start: 56}");
    const again = await writePack({
      "x.yaml":
        "milestones:\n  - key: m\n    cite: [{document: report, quote: ministers met, start: 56, attributedTo: somebody}]\n",
    });
    expect(await importPack(database, again)).toMatchObject({ created: 0, updated: 1 });
  });
});

describe("a pack on top of another", () => {
  it("makes known what was unknown and unites lists", async () => {
    await loadSound();
    const report = await load({
      "x.yaml": `states: [{code: AAA, officialName: Republic of Alpha, names: [{text: Alphan, kind: DEMONYM}], identifiers: {COW: 007}}]
meetings:
  - slug: 2024-11-18-aaa-bbb
    format: VIDEO
    cite: [page]
    participants: [{party: BBB, isExpected: false, person: bo-baker, role: REPRESENTATIVE, cite: [page]}]
`,
    });
    expect(report.rows).toMatchObject({
      Party: { updated: 1 },
      Meeting: { updated: 1 },
      Participant: { created: 0, updated: 1 },
      Citation: { created: 1, unchanged: 1 },
    });
    const seat = await database.prisma.participant.findUniqueOrThrow({
      where: { key: "2024-11-18-aaa-bbb/BBB" },
      include: { person: true },
    });
    expect(seat).toMatchObject({
      isExpected: false,
      role: "REPRESENTATIVE",
      position: 1,
      person: { slug: "bo-baker" },
    });
    expect(await database.prisma.partyIdentifier.findMany()).toMatchObject([{ scheme: "COW", value: "007" }]);
  });

  it("never undoes a confirmed seat, an end or a dispute", async () => {
    await loadSound();
    const ended =
      "tenures: [{person: ada-able, office: AAA/defence-minister, until: 2024-12, hasEnded: true}]\nmemberships: [{forum: the-forum, party: AAA, role: MEMBER, isDisputed: true}]\n";
    await load({ "x.yaml": ended });
    const version = await recordVersion();
    const report = await load({
      "x.yaml": `tenures: [{person: ada-able, office: AAA/defence-minister, hasEnded: false}]
memberships: [{forum: the-forum, party: AAA, role: MEMBER, isDisputed: false}]
meetings: [{slug: 2024-11-18-aaa-bbb, participants: [{party: AAA, person: bo-baker, role: OBSERVER, isExpected: true}]}]
`,
    });
    expect(report).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    expect(await recordVersion()).toBe(version);
  });

  it("finds the seat, the tenure and the membership that are meant among several", async () => {
    await loadSound();
    await load({
      "x.yaml": `meetings: [{slug: big, title: B, kind: MULTILATERAL, cite: [page], participants: [
  {party: AAA, role: DELEGATE, cite: [page]}, {party: AAA, person: ada-able, role: PRINCIPAL, cite: [page]}, {party: AAA, role: OBSERVER, cite: [page]}]}]
tenures: [{person: bo-baker, office: BBB/defence-minister, since: 2001, until: 2005, hasEnded: true, cite: [page]},
  {person: bo-baker, office: BBB/defence-minister, since: 2010, cite: [page]}]
`,
    });
    const report = await load({
      "x.yaml": `meetings: [{slug: big, participants: [{party: AAA, person: ada-able, note: Spoke first., cite: [page]}]}]
tenures: [{person: bo-baker, office: BBB/defence-minister, since: 2010, note: Second term.}]
`,
    });
    expect(report).toMatchObject({ created: 0, updated: 2 });
    expect(
      await database.prisma.participant.findMany({
        where: { meeting: { slug: "big" } },
        orderBy: { position: "asc" },
        select: { key: true, note: true },
      }),
    ).toEqual([
      { key: "big/AAA", note: null },
      { key: "big/AAA/2", note: "Spoke first." },
      { key: "big/AAA/3", note: null },
    ]);
    expect(
      await database.prisma.tenure.findMany({
        where: { person: { slug: "bo-baker" } },
        orderBy: { key: "asc" },
        select: { key: true, note: true },
      }),
    ).toEqual([
      { key: "BBB/defence-minister/bo-baker", note: null },
      { key: "BBB/defence-minister/bo-baker/2010", note: "Second term." },
    ]);
  });
});

describe("files", () => {
  const withText = (textFile: string) =>
    `documents: [{key: d, kind: REFERENCE, title: T, publisher: P, language: en, textFile: ${JSON.stringify(textFile)}}]`;

  it.each([
    ["../outside.txt", "leads out of the pack"],
    ["texts/../../outside.txt", "leads out of the pack"],
    ["/etc/passwd", "is an absolute path"],
    ["C:\\Windows\\win.ini", "is no relative path"],
    ["C:/Windows/win.ini", "is an absolute path"],
    ["link.txt", "is a link that leads out of the pack"],
    ["folder/inside.txt", "is a link that leads out of the pack"],
    ["none.txt", "there is no such file"],
    [".", "leads out of the pack"],
    ["", "leads out of the pack"],
    ["with\0nul.txt", "is no relative path"],
  ])("%j is not read as a text", async (textFile, problem) => {
    const outside = await temporaryFolder();
    await writeFile(path.join(outside, "inside.txt"), "secret");
    const folder = await writePack({ "x.yaml": withText(textFile) });
    await symlink(path.join(outside, "inside.txt"), path.join(folder, "link.txt"));
    await symlink(outside, path.join(folder, "folder"));
    const faults = await faultsOf(importPack(database, folder));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(problem);
  });

  it("of records may not be links out of the pack either", async () => {
    const outside = await writePack({ "x.yaml": "places: []" });
    const folder = await writePack({ "a.yaml": "places: []" });
    await symlink(path.join(outside, "x.yaml"), path.join(folder, "x.yaml"));
    expect(await faultsOf(importPack(database, folder))).toEqual(["x.yaml: is a link that leads out of the pack"]);
  });

  it("with bytes that are no text are named", async () => {
    const faults = await faultsOf(
      load({
        "a.yaml": Buffer.from([0x61, 0xff, 0xfe]),
        "b.yaml": "places: [{key: x, city: 'a\0b'}]",
        "c.yaml": 'places: [{key: x, city: "\\uD800"}, {key: y, city: "\\0"}]',
        "d.yaml": withText("d.txt"),
        "d.txt": Buffer.from([0x61, 0x00]),
      }),
    );
    expect(faults).toEqual([
      "a.yaml: is no UTF-8 text",
      "b.yaml: the file holds the control character U+0000",
      expect.stringMatching(/^c\.yaml:1:19: places\[0\]\.city: .* holds half of a surrogate pair/),
      expect.stringMatching(/^c\.yaml:1:45: places\[1\]\.city: .* holds the control character U\+0000$/),
      'd.yaml:1:77: documents[0].textFile: "d.txt" holds the control character U+0000',
    ]);
  });

  it("that are too large are not read", async () => {
    const faults = await faultsOf(
      load({
        "a.yaml": Buffer.alloc(17 * 1024 * 1024, 0x20),
        "b.yaml": withText("b.txt"),
        "b.txt": Buffer.alloc(9 * 1024 * 1024, 0x61),
      }),
    );
    expect(faults).toEqual([
      "a.yaml: has 17825792 bytes; at most 16777216 are read",
      'b.yaml:1:77: documents[0].textFile: "b.txt" has 9437184 bytes; at most 8388608 are read',
    ]);
  });

  it("that are no YAML are named with the line", async () => {
    expect(
      await faultsOf(load({ "a.yaml": "places:\n  - {key: x\n  - y\n", "b.yaml": "- a\n", "c.yaml": "palces: []\n" })),
    ).toEqual([
      expect.stringMatching(/^a\.yaml:\d:\d+: /),
      "b.yaml:1:1: a file of a pack is a map of collections",
      'c.yaml:1:1: palces: "palces" is no collection; did you mean "places"?',
    ]);
  });

  it("that are not there, or no pack, are named", async () => {
    const folder = await temporaryFolder();
    expect((await faultsOf(importPack(database, path.join(folder, "none"))))[0]).toContain("there is no such file");
    expect((await faultsOf(importPack(database, folder)))[0]).toContain("it is no pack");
  });
});
