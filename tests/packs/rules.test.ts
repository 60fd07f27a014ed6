import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Database } from "../../src/database/open.js";
import { doubtfulSeats } from "../../src/modules/meetings/offices.commands.js";
import { importPacks } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, type Editor } from "../support/editors.js";
import { packFaults, removeFolders, soundPack, temporaryFolder, writePack } from "../support/packs.js";

const cite = [{ document: "page" }];

let database: Database;
let editor: Editor;
beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database);
  // Cy Cole is known to have held the office of Ada Able until she took it.
  const former = `persons: [{slug: cy-cole, name: Cy Cole, cite: [page]}]
tenures: [{person: cy-cole, office: AAA/defence-minister, since: 2010-01-01, until: 2018-01-01, hasEnded: true, cite: [page]}]`;
  const others = "states: [{code: CCC, name: Gamma, identifiers: {WIKIDATA: Q901}, cite: [page]}]";
  await importPacks(database, [
    await writePack(soundPack),
    await writePack({ "former.yaml": former, "others.yaml": others }),
  ]);
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

const json = JSON.stringify;
const codesOf = (faults: readonly { readonly code: string }[]): string[] => faults.map(({ code }) => code);

/** Loads a pack that has to be refused. */
const pack = (collections: object) => async (): Promise<string[]> =>
  codesOf(await packFaults(importPacks(database, [await writePack({ "p.json": json(collections) })])));

/** Loads a table of one row that has to be refused. */
const table = (cells: Readonly<Record<string, string>>) => async (): Promise<string[]> => {
  const row = {
    title: "A meeting",
    kind: "MULTILATERAL",
    on: "2024-05-01",
    role: "PRINCIPAL",
    sources: "page",
    meetingSources: "page",
    ...cells,
  };
  const file = path.join(await temporaryFolder(), "table.csv");
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  await writeFile(file, [Object.keys(row).join(","), Object.values(row).map(cell).join(",")].join("\r\n"));
  return codesOf(await packFaults(importPacks(database, [file])));
};

/** Sends a mutation that has to be refused. */
const act = (name: string, input: object) => async (): Promise<string[]> =>
  codesOf((await editor.act(name, input)).userErrors);

async function idOf(kind: string, key: string): Promise<string> {
  const column = kind === "Party" ? "code" : ["Person", "Forum", "Meeting"].includes(kind) ? "slug" : "key";
  const { rows } = await database.pool.query<{ id: string }>(`SELECT "id" FROM "${kind}" WHERE "${column}" = $1`, [
    key,
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no ${kind} ${key}`);
  return row.id;
}

/** Corrects a record in a way that has to be refused. */
const correction = (kind: string, key: string, field: string, value: unknown) => async (): Promise<string[]> =>
  codesOf(
    (
      await editor.act("correctRecord", {
        id: await idOf(kind, key),
        reason: "A slip.",
        corrections: [{ field, value }],
      })
    ).userErrors,
  );

/**
 * Drafts something sound, lets something happen, and publishes the draft, which has to be refused.
 * @param happens the change in between: SQL, with the id of the draft as $1, or mutations.
 */
const publication =
  (object: string, name: string, input: object, happens: string | (() => Promise<void>)) =>
  async (): Promise<string[]> => {
    const drafted = await editor.act<Record<string, { id: string }>>(
      name,
      { ...input, draft: true },
      `${object} { ${object === "record" ? "... on VersionedRecord { id }" : "id"} }`,
    );
    expect(drafted.userErrors).toEqual([]);
    const id = drafted[object]?.id ?? "";
    if (typeof happens === "string") expect((await database.pool.query(happens, [id])).rowCount).toBeGreaterThan(0);
    else await happens();
    const refused = codesOf((await editor.act("publishDrafts", { ids: [id] })).userErrors);
    expect((await editor.act("discardDrafts", { ids: [id] })).userErrors).toEqual([]);
    return refused;
  };

const done = async (name: string, input: object): Promise<void> => {
  expect((await editor.act(name, input)).userErrors).toEqual([]);
};

const meeting = (slug: string, more: object = {}) => ({
  slug,
  title: "A meeting",
  kind: "MULTILATERAL",
  on: "2024-05-01",
  cite,
  ...more,
});
const seat = (party: string, more: object = {}) => ({ party, role: "PRINCIPAL", cite, ...more });
const person = (slug: string, more: object = {}) => ({ slug, name: "A Person", cite, ...more });
const state = (code: string, more: object = {}) => ({ code, name: `State ${code}`, cite, ...more });
const tenure = (more: object) => ({ person: "cy-cole", office: "BBB/defence-minister", cite, ...more });
const visit = (key: string, more: object) => ({ key, person: "ada-able", cite, ...more });
const notHeld = { person: "cy-cole", office: "AAA/defence-minister" };
const held = "2024-11-18-aaa-bbb";
const misquote = { document: "report", quote: "The ministers never met." };

const ways = ["pack", "table", "mutation", "correction", "publication"] as const;

/** The attempts to break a rule through each way in; a text says why it cannot be broken that way. */
type Attempts = Readonly<Record<(typeof ways)[number], (() => Promise<string[]>) | string>>;

const noTable = "a table has meetings and seats only";

const rules: readonly (readonly [rule: string, code: string, attempts: Attempts])[] = [
  [
    "an office was held on the day",
    "OFFICE_NOT_HELD",
    {
      pack: pack({ meetings: [meeting("r-1", { participants: [seat("AAA", notHeld)] })] }),
      table: table({ meeting: "r-1", party: "AAA", ...notHeld }),
      mutation: act("recordMeeting", meeting("r-1", { participants: [seat("AAA", notHeld)] })),
      correction: correction("Participant", `${held}/AAA`, "person", "cy-cole"),
      publication: publication(
        "meeting",
        "recordMeeting",
        meeting("r-1", { on: "2015-05-01", participants: [seat("AAA", notHeld)] }),
        `UPDATE drafts."Meeting" SET "on" = '2024-05-01', "onEarliest" = '2024-05-01', "onLatest" = '2024-05-01' WHERE "id" = $1`,
      ),
    },
  ],
  [
    "an office belongs to the party of the seat",
    "INVALID",
    {
      pack: pack({ meetings: [meeting("r-2", { participants: [seat("BBB", { office: "AAA/defence-minister" })] })] }),
      table: table({ meeting: "r-2", party: "BBB", office: "AAA/defence-minister" }),
      mutation: act(
        "recordMeeting",
        meeting("r-2", { participants: [seat("BBB", { office: "AAA/defence-minister" })] }),
      ),
      correction: correction("Participant", `${held}/BBB`, "office", "AAA/defence-minister"),
      publication: publication(
        "participant",
        "addParticipant",
        { meeting: "the-forum-1", ...seat("BBB", { office: "BBB/defence-minister" }) },
        `UPDATE drafts."Participant" SET "officeId" = (SELECT "id" FROM "Office" WHERE "key" = 'AAA/defence-minister') WHERE "id" = $1`,
      ),
    },
  ],
  [
    "a bilateral meeting has two sides",
    "INVALID",
    {
      pack: pack({ meetings: [{ slug: held, participants: [seat("CCC")] }] }),
      table: table({ meeting: held, party: "CCC", title: "", kind: "", on: "", meetingSources: "" }),
      mutation: act("addParticipant", { meeting: held, ...seat("CCC") }),
      correction: async () => {
        await importPacks(database, [
          await writePack({
            "p.json": json({ meetings: [meeting("r-3", { participants: [seat("AAA"), seat("BBB"), seat("CCC")] })] }),
          }),
        ]);
        return correction("Meeting", "r-3", "kind", "BILATERAL")();
      },
      publication: publication(
        "meeting",
        "recordMeeting",
        meeting("r-3b", { participants: [seat("AAA"), seat("BBB"), seat("CCC")] }),
        `UPDATE drafts."Meeting" SET "kind" = 'BILATERAL' WHERE "id" = $1`,
      ),
    },
  ],
  [
    "a session is held by a forum",
    "MISSING",
    {
      pack: pack({ meetings: [meeting("r-4", { kind: "SESSION" })] }),
      table: table({ meeting: "r-4", party: "AAA", kind: "SESSION" }),
      mutation: act("recordMeeting", meeting("r-4", { kind: "SESSION" })),
      correction: correction("Meeting", "2024-11-18-aaa-bbb", "kind", "SESSION"),
      publication: "the tables refuse such a row, drafted or not",
    },
  ],
  [
    "a session has a number of its own",
    "CONFLICT",
    {
      pack: pack({ meetings: [meeting("r-5", { kind: "SESSION", forum: "the-forum", ordinal: 1 })] }),
      table: table({ meeting: "r-5", party: "AAA", kind: "SESSION", forum: "the-forum", ordinal: "1" }),
      mutation: act("recordMeeting", meeting("r-5", { kind: "SESSION", forum: "the-forum", ordinal: 1 })),
      correction: async () => {
        await done("recordMeeting", meeting("r-5", { kind: "SESSION", forum: "the-forum", ordinal: 2 }));
        return correction("Meeting", "r-5", "ordinal", 1)();
      },
      publication: publication(
        "meeting",
        "recordMeeting",
        meeting("r-5b", { kind: "SESSION", forum: "the-forum", ordinal: 3 }),
        () => done("recordMeeting", meeting("r-5c", { kind: "SESSION", forum: "the-forum", ordinal: 3 })),
      ),
    },
  ],
  [
    "an identifier belongs to one record",
    "CONFLICT",
    {
      pack: pack({ states: [state("DDD", { identifiers: { WIKIDATA: "Q901" } })] }),
      table: noTable,
      mutation: act("recordState", state("DDD", { identifiers: [{ scheme: "WIKIDATA", value: "Q901" }] })),
      correction: correction("Party", "BBB", "identifiers.WIKIDATA", "Q901"),
      publication: publication(
        "state",
        "recordState",
        state("EEE", { identifiers: [{ scheme: "WIKIDATA", value: "Q902" }] }),
        () => done("recordState", state("FFF", { identifiers: [{ scheme: "WIKIDATA", value: "Q902" }] })),
      ),
    },
  ],
  [
    "a period covers a day",
    "INVALID",
    {
      pack: pack({ tenures: [tenure({ since: "2021-03-01", until: "2021-03-01", hasEnded: true })] }),
      table: noTable,
      mutation: act("recordTenure", tenure({ since: "2021-03-01", until: "2021-03-01", hasEnded: true })),
      correction: correction("Tenure", "AAA/defence-minister/cy-cole", "until", "2010-01-01"),
      publication: publication(
        "tenure",
        "recordTenure",
        tenure({ since: "2021-03-01", until: "2021-04-01", hasEnded: true }),
        `UPDATE drafts."Tenure" SET "until" = '2021-03-01', "untilEarliest" = '2021-03-01', "untilLatest" = '2021-03-01' WHERE "id" = $1`,
      ),
    },
  ],
  [
    "periods of the same do not overlap",
    "INVALID",
    {
      pack: pack({
        memberships: [
          { forum: "the-forum", party: "BBB", role: "MEMBER", since: "2001", until: "2010", hasEnded: true, cite },
          { forum: "the-forum", party: "BBB", role: "MEMBER", since: "2005", cite },
        ],
      }),
      table: noTable,
      mutation: act("recordTenure", { ...tenure({ since: "2012", hasEnded: false }), office: "AAA/defence-minister" }),
      correction: async () => {
        for (const period of [
          { since: "2001", until: "2003", hasEnded: true },
          { since: "2005", hasEnded: false },
        ]) {
          await done("recordTenure", { ...tenure(period), person: "bo-baker" });
        }
        return correction("Tenure", "BBB/defence-minister/bo-baker", "until", "2007-01-01")();
      },
      publication: publication(
        "tenure",
        "recordTenure",
        { ...tenure({ since: "1990", until: "1993", hasEnded: true }), person: "bo-baker" },
        () => done("recordTenure", { ...tenure({ since: "1991", until: "1994", hasEnded: true }), person: "bo-baker" }),
      ),
    },
  ],
  [
    "the days of a record are in order",
    "INVALID",
    {
      pack: pack({ visits: [visit("r-9", { from: "2024-03-04", to: "2024-03-01" })] }),
      table: table({ meeting: "r-9", party: "AAA", endsOn: "2024-04-30" }),
      mutation: act("recordVisit", visit("r-9", { from: "2024-03-04", to: "2024-03-01" })),
      correction: correction("Meeting", held, "endsOn", "2024-11-17"),
      publication: "the tables refuse such a row, drafted or not",
    },
  ],
  [
    "a visit is as long as its days",
    "INVALID",
    {
      pack: pack({ visits: [visit("r-9b", { from: "2024-03-04", to: "2024-03-05", days: 30 })] }),
      table: noTable,
      mutation: act("recordVisit", visit("r-9b", { from: "2024-03-04", to: "2024-03-05", days: 1 })),
      correction: async () => {
        await done("recordVisit", visit("r-9c", { from: "2024-03-04", to: "2024-03", days: 28 }));
        return correction("Visit", "r-9c", "days", 29)();
      },
      publication: publication(
        "visit",
        "recordVisit",
        visit("r-9d", { from: "2024-03-04", to: "2024-03-05", days: 2 }),
        `UPDATE drafts."Visit" SET "days" = 3 WHERE "id" = $1`,
      ),
    },
  ],
  [
    "a quote stands in its document",
    "MISQUOTED",
    {
      pack: pack({ persons: [person("r-10", { cite: [misquote] })] }),
      table: table({ meeting: "r-10", party: "AAA", sources: json(misquote) }),
      mutation: act("recordPerson", person("r-10", { cite: [misquote] })),
      correction: async () => {
        const { rows } = await database.pool.query<{ id: string }>(
          `SELECT "id" FROM "Citation" WHERE "quote" IS NOT NULL LIMIT 1`,
        );
        return codesOf(
          (
            await editor.act("correctRecord", {
              id: rows[0]?.id,
              reason: "A slip.",
              corrections: [{ field: "quote", value: misquote.quote }],
            })
          ).userErrors,
        );
      },
      publication: publication(
        "person",
        "recordPerson",
        person("r-10", { cite: [{ document: "report", quote: "On Monday the ministers met." }] }),
        `UPDATE drafts."Citation" SET "start" = 1, "end" = "end" + 1 WHERE "personId" = $1`,
      ),
    },
  ],
  [
    "a reference leads to a record",
    "NOT_FOUND",
    {
      pack: pack({ visits: [{ key: "r-11", person: "nobody-known", cite }] }),
      table: table({ meeting: "r-11", party: "AAA", person: "nobody-known" }),
      mutation: act("recordVisit", { key: "r-11", person: "nobody-known", cite }),
      correction: correction("Person", "ada-able", "state", "ZZZ"),
      publication:
        "a draft refers by id, and the database holds that; one that refers to another draft is the next rule",
    },
  ],
  [
    "a draft refers to no other draft",
    "REFERRED_TO",
    {
      pack: "a pack has no drafts",
      table: "a table has no drafts",
      mutation: "a draft can be referred to by drafts only",
      correction: "a draft can be referred to by drafts only",
      publication: async () => {
        await done("recordPerson", { ...person("r-12"), draft: true });
        return publication("visit", "recordVisit", { key: "r-12", person: "r-12", cite }, async () =>
          Promise.resolve(),
        )();
      },
    },
  ],
  [
    "a former name is never given again",
    "DUPLICATE",
    {
      pack: "a pack repeats its source, so that a former name is followed, with a note",
      table: "a table refers to records, and a former name is followed, with a note",
      mutation: async () => {
        await done("recordPerson", person("r-13"));
        await done("mergeRecords", {
          id: await idOf("Person", "r-13"),
          into: await idOf("Person", "cy-cole"),
          prefer: "SURVIVOR",
          reason: "the same",
        });
        return act("recordPerson", person("r-13"))();
      },
      correction: "a name cannot be corrected",
      publication: publication(
        "person",
        "recordPerson",
        person("r-13b"),
        `UPDATE drafts."Person" SET "slug" = 'r-13' WHERE "id" = $1`,
      ),
    },
  ],
  [
    "a withdrawn record returns only if that is acknowledged",
    "WITHDRAWN",
    {
      pack: "an import leaves it withdrawn, with a note",
      table: "an import leaves it withdrawn, with a note",
      mutation: async () => {
        await done("recordPerson", person("r-14"));
        await done("withdrawRecord", { id: await idOf("Person", "r-14"), reason: "entered in error" });
        return act("recordPerson", person("r-14"))();
      },
      correction: "a name cannot be corrected",
      publication: publication("person", "recordPerson", person("r-14b"), async () => {
        await done("recordPerson", person("r-14b"));
        await done("withdrawRecord", { id: await idOf("Person", "r-14b"), reason: "entered in error" });
      }),
    },
  ],
  [
    "every fact has a source",
    "UNCITED",
    {
      pack: pack({ persons: [person("r-15", { cite: [] })] }),
      table: table({ meeting: "r-15", party: "AAA", sources: "" }),
      mutation: act("recordPerson", person("r-15", { cite: [] })),
      correction: "a correction takes no source away",
      publication: publication(
        "visit",
        "recordVisit",
        visit("r-15", {}),
        `DELETE FROM drafts."Citation" WHERE "visitId" = $1`,
      ),
    },
  ],
  [
    "every name has a source",
    "UNCITED",
    {
      pack: pack({ states: [state("RST", { cite: [] })] }),
      table: "a table names parties, and adds none",
      mutation: act("recordState", state("RST", { cite: [] })),
      correction: "a correction takes no source away",
      publication: publication(
        "state",
        "recordState",
        state("RST"),
        `DELETE FROM drafts."Citation" WHERE "partyId" = $1`,
      ),
    },
  ],
  [
    "a title holds no character that turns the text around it",
    "INVALID",
    {
      pack: pack({ meetings: [meeting("r-16", { title: "A \u202Emeeting" })] }),
      table: table({ meeting: "r-16", party: "AAA", title: "A \u202Emeeting" }),
      mutation: act("recordMeeting", meeting("r-16", { title: "A \u202Emeeting" })),
      correction: correction("Meeting", held, "title", "A \u202Emeeting"),
      publication: publication(
        "meeting",
        "recordMeeting",
        meeting("r-16"),
        `UPDATE drafts."Meeting" SET "title" = 'A ' || chr(8238) || 'meeting' WHERE "id" = $1`,
      ),
    },
  ],
];

describe.each(rules)("the rule that %s", (_name, code, attempts) => {
  it.each(ways)("holds through this way in: %s", async (way) => {
    const attempt = attempts[way];
    if (typeof attempt === "string") expect(attempt).not.toBe("");
    else expect(await attempt()).toEqual([code]);
  });
});

describe("an office that was not held", () => {
  it("is a fault with its place, and a pack can acknowledge it", async () => {
    const text = (slug: string, more = "") =>
      `${more}meetings:\n  - {slug: ${slug}, title: M, kind: MULTILATERAL, on: 2024-05-01, cite: [page], participants: [{party: AAA, person: cy-cole,\n     office: AAA/defence-minister, role: PRINCIPAL, cite: [page]}]}`;
    expect(await packFaults(importPacks(database, [await writePack({ "p.yaml": text("m-1") })]))).toMatchObject([
      { code: "OFFICE_NOT_HELD", line: 3, column: 6 },
    ]);
    await importPacks(database, [
      await writePack({ "p.yaml": text("m-2", "pack: {name: p, acknowledge: [OFFICE_NOT_HELD, LIKELY_DUPLICATE]}\n") }),
    ]);
    await importPacks(database, [await writePack({ "p.yaml": text("m-3") })], {
      acknowledge: ["OFFICE_NOT_HELD", "LIKELY_DUPLICATE"],
    });
    const marked = text("m-4").replace("role:", "isOfficeDoubtful: true, role:");
    await importPacks(database, [await writePack({ "p.yaml": marked })], { acknowledge: ["LIKELY_DUPLICATE"] });
    const { rows } = await database.pool.query(
      `SELECT DISTINCT "isOfficeDoubtful" FROM "Participant" WHERE "key" LIKE 'm-%'`,
    );
    expect(rows).toEqual([{ isOfficeDoubtful: true }]);
    // An accepted pack can be loaded again.
    expect(await importPacks(database, [await writePack({ "p.yaml": text("m-2") })])).toMatchObject({
      created: 0,
      updated: 0,
    });
  });

  it("is a fault among the other offices of a seat, too, and when its person is corrected", async () => {
    const text = (slug: string, person: string, acknowledged = "") => `${acknowledged}
offices: [{key: AAA/deputy-premier, party: AAA, title: Deputy Premier, kind: DEPUTY_DEFENCE_MINISTER, cite: [page]}]
meetings: [{slug: ${slug}, title: M, kind: MULTILATERAL, on: 2024-05-01, cite: [page], participants: [{party: AAA, person: ${person},
   office: AAA/deputy-premier, otherOffices: [AAA/defence-minister], role: PRINCIPAL, cite: [page]}]}]`;
    const load = async (pack: string) => importPacks(database, [await writePack({ "p.yaml": pack })]);
    const sound = "pack: {name: p, acknowledge: [LIKELY_DUPLICATE]}";
    expect(await packFaults(load(text("n-1", "cy-cole", sound)))).toMatchObject([
      {
        code: "OFFICE_NOT_HELD",
        line: 4,
        column: 47,
        message: expect.stringContaining("AAA/defence-minister") as string,
      },
    ]);
    const acknowledge = "pack: {name: p, acknowledge: [OFFICE_NOT_HELD, LIKELY_DUPLICATE]}";
    expect((await load(text("n-1", "cy-cole", acknowledge))).created).toBeGreaterThan(0);
    expect(await load(text("n-1", "cy-cole", acknowledge))).toMatchObject({ created: 0, updated: 0 });
    const seatAt = async (slug: string) => {
      const { rows } = await database.pool.query<{ id: string; isOfficeDoubtful: boolean }>(
        `SELECT s."id", s."isOfficeDoubtful" FROM "Participant" s JOIN "Meeting" m ON m."id" = s."meetingId" WHERE m."slug" = $1`,
        [slug],
      );
      return rows[0];
    };
    expect(await seatAt("n-1")).toMatchObject({ isOfficeDoubtful: true });
    expect((await load(text("n-2", "ada-able", sound))).created).toBeGreaterThan(0);
    const corrected = await editor.act("correctRecord", {
      id: (await seatAt("n-2"))?.id,
      reason: "A slip.",
      corrections: [{ field: "person", value: "cy-cole" }],
    });
    expect(codesOf(corrected.userErrors)).toEqual(["OFFICE_NOT_HELD"]);
  });

  it("counts the tenures that come in the same pack", async () => {
    const text = `persons: [{slug: di-dove, name: Di Dove, cite: [page]}]
tenures: [{person: di-dove, office: BBB/defence-minister, since: 2020, cite: [page]}]
meetings: [{slug: m-5, title: M, kind: MULTILATERAL, on: 2024-05-01, cite: [page], participants: [{party: BBB, person: di-dove, office: BBB/defence-minister, role: PRINCIPAL, cite: [page]}]}]`;
    expect((await importPacks(database, [await writePack({ "p.yaml": text })])).created).toBeGreaterThan(0);
  });

  it("is found again when a draft is published, and listed where it is stored", async () => {
    const free = meeting("drafted", { on: "2015-05-01", participants: [seat("AAA", notHeld)] });
    const recorded = await editor.act<{ meeting: { id: string } }>(
      "recordMeeting",
      { ...free, draft: true },
      "meeting { id }",
    );
    expect(recorded.userErrors).toEqual([]);
    const holder = await editor.ask<{ person: { tenures: { id: string }[] } }>(
      `{ person(slug: "cy-cole") { tenures { id } } }`,
    );
    const corrections = [{ field: "until", value: "2014-01-01" }];
    const corrected = await editor.act("correctRecord", {
      id: holder.person.tenures[0]?.id,
      corrections,
      reason: "wrong",
    });
    expect(corrected.userErrors).toEqual([]);
    const published = await editor.act("publishDrafts", { ids: [recorded.meeting.id] });
    expect(published.userErrors).toMatchObject([{ code: "OFFICE_NOT_HELD", path: ["input", "ids"] }]);
    expect(
      (
        await editor.act("publishDrafts", {
          ids: [recorded.meeting.id],
          acknowledge: ["OFFICE_NOT_HELD", "LIKELY_DUPLICATE"],
        })
      ).userErrors,
    ).toEqual([]);
    expect(await doubtfulSeats(database.prisma)).toEqual([]);
    await database.pool.query(`UPDATE "Participant" SET "isOfficeDoubtful" = false WHERE "key" = 'drafted/AAA'`);
    expect((await doubtfulSeats(database.prisma)).map(({ key }) => key)).toEqual(["drafted/AAA"]);
  });

  it("a draft whose name or identifier was taken meanwhile is not published, and the message names the other record", async () => {
    const input = { name: "Omega", identifiers: [{ scheme: "WIKIDATA", value: "Q999" }], cite };
    const drafted = await editor.act<{ state: { id: string } }>(
      "recordState",
      { ...input, code: "OME", draft: true },
      "state { id }",
    );
    expect(drafted.userErrors).toEqual([]);
    expect((await editor.act("recordState", { ...input, code: "OMG" })).userErrors).toEqual([]);
    expect((await editor.act("publishDrafts", { ids: [drafted.state.id] })).userErrors).toMatchObject([
      { code: "CONFLICT", message: 'The WIKIDATA identifier "Q999" belongs to "OMG" (Omega) already.' },
    ]);
  });
});
