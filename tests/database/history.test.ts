import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { inOneWrite, RefusedError } from "../../src/writing/transaction.js";
import { startPostgres, testDatabase, type TestPostgres } from "../support/database.js";

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe.each([
  { name: "on a Postgres server", server: postgres, skip: postgres === undefined },
  { name: "in the embedded database", server: undefined, skip: false },
])("the history of the record $name", ({ server, skip }) => {
  describe.skipIf(skip)("", () => history(server));
});

type Values = Record<string, unknown>;

function history(server: TestPostgres | undefined): void {
  let database: Database;

  beforeAll(async () => {
    database = await testDatabase(server ? { postgres: server } : {});
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await sql(
      `TRUNCATE "Party", "Document", "Person", "Forum", "Meeting", "Place", "Milestone", "Conflict", "MergedRecord" CASCADE`,
    );
    await sql(
      `INSERT INTO "Party" ("id", "kind", "code", "name") VALUES ('ind', 'STATE', 'IND', 'India'), ('chn', 'STATE', 'CHN', 'China')`,
    );
  });

  async function sql(text: string, values: unknown[] = []): Promise<Values[]> {
    return (await database.pool.query<Values>(text, values)).rows;
  }

  /** Carries out statements in one transaction, all on one connection, and gives the rows of the last one. */
  async function together(statements: readonly string[], end: "COMMIT" | "ROLLBACK" = "COMMIT"): Promise<Values[]> {
    const client = await database.pool.connect();
    try {
      await client.query("BEGIN");
      let rows: Values[] = [];
      for (const statement of statements) rows = (await client.query<Values>(statement)).rows;
      await client.query(end);
      return rows;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  }

  const knownAt = (moment: string): string[] => [
    "SET LOCAL search_path = known, public",
    `SET LOCAL sidelines.known_at = '${moment}'`,
  ];
  const editing = "SET LOCAL search_path = editing, public";
  const asEditor = (...statements: string[]): Promise<Values[]> =>
    together([editing, "SET LOCAL sidelines.actor = 'key:one'", ...statements]);

  async function lastMoment(): Promise<string> {
    const rows = await sql(`SELECT "at"::text AS at FROM "Act" ORDER BY "number" DESC LIMIT 1`);
    return String(rows[0]?.["at"]);
  }

  /**
   * The changes of a record since its latest creation, which counts as its first version; other tests use the same ids.
   */
  async function changesOf(id: string): Promise<Values[]> {
    return sql(
      `SELECT c."kind", c."version" - b."version" + 1 AS version, c."before", c."after" FROM "Change" c
      JOIN LATERAL (SELECT * FROM "Change" WHERE "recordId" = $1 AND "kind" = 'CREATED' ORDER BY "number" DESC LIMIT 1) b ON c."number" > b."number"
      WHERE c."recordId" = $1 ORDER BY c."number"`,
      [id],
    );
  }

  async function lastAct(): Promise<Values | undefined> {
    return (
      await sql(`SELECT "number", "kind", "actor", "actorName", "reason" FROM "Act" ORDER BY "number" DESC LIMIT 1`)
    )[0];
  }

  describe("acts", () => {
    it("are made once for each transaction that changes something, with what it says of itself", async () => {
      const before = await lastAct();
      await inOneWrite(
        database,
        async (statements) => {
          await statements.$executeRawUnsafe(`UPDATE "Party" SET "name" = 'Bharat' WHERE "id" = 'ind'`);
          await statements.$executeRawUnsafe(`UPDATE "Party" SET "name" = 'Zhongguo' WHERE "id" = 'chn'`);
        },
        { act: { kind: "correctRecord", actor: "key:one", actorName: "An editor", reason: "It's their own word" } },
      );
      const act = await lastAct();
      expect(act).toEqual({
        number: Number(before?.["number"]) + 1,
        kind: "correctRecord",
        actor: "key:one",
        actorName: "An editor",
        reason: "It's their own word",
      });
      expect(
        await sql(`SELECT "recordId", "kind" FROM "Change" WHERE "actNumber" = $1 ORDER BY 1`, [act?.["number"]]),
      ).toEqual([
        { recordId: "chn", kind: "CHANGED" },
        { recordId: "ind", kind: "CHANGED" },
      ]);
    });

    it("are unattributed without an actor", async () => {
      await sql(`UPDATE "Party" SET "name" = 'Bharat' WHERE "id" = 'ind'`);
      expect(await lastAct()).toMatchObject({
        kind: "unattributed",
        actor: "unattributed",
        actorName: null,
        reason: null,
      });
    });

    it("are not made where nothing changes or nothing is kept", async () => {
      const before = await lastAct();
      await sql(`UPDATE "Party" SET "name" = "name"`);
      await together([
        `UPDATE "Party" SET "name" = 'Bharat'`,
        `UPDATE "Party" SET "name" = CASE "id" WHEN 'ind' THEN 'India' ELSE 'China' END`,
      ]);
      await together([`UPDATE "Party" SET "name" = 'Bharat'`], "ROLLBACK");
      await together([`INSERT INTO "Person" ("id", "slug", "name") VALUES ('p', 'p', 'P')`, `DELETE FROM "Person"`]);
      expect(await lastAct()).toEqual(before);
    });

    it("follow each other in time, in the order of their numbers", async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          together([`INSERT INTO "Place" ("id", "key", "city") VALUES ('plc_${index}', '${index}', 'C')`]),
        ),
      );
      expect(
        await sql(
          `SELECT count(*)::int AS count FROM "Act" a JOIN "Act" b ON a."number" < b."number" AND a."at" >= b."at"`,
        ),
      ).toEqual([{ count: 0 }]);
      expect(
        await sql(`SELECT count(DISTINCT "actNumber")::int AS count FROM "Change" WHERE "table" = 'Place' AND "kind" = 'CREATED'
        AND "recordId" LIKE 'plc\\_%'`),
      ).toEqual([{ count: 20 }]);
    });
  });

  describe("changes", () => {
    it("say what was there before and after, of the columns that changed", async () => {
      await sql(`UPDATE "Party" SET "name" = 'Bharat', "officialName" = 'Republic of India' WHERE "id" = 'ind'`);
      await sql(`DELETE FROM "Party" WHERE "id" = 'ind'`);
      expect(await changesOf("ind")).toEqual([
        {
          kind: "CHANGED",
          version: 2,
          before: { name: "India", officialName: null },
          after: { name: "Bharat", officialName: "Republic of India" },
        },
        {
          kind: "WITHDRAWN",
          version: 2,
          before: { id: "ind", kind: "STATE", code: "IND", name: "Bharat", officialName: "Republic of India" },
          after: null,
        },
      ]);
    });

    it("report details under their record, and make a version of it", async () => {
      const name = { text: "Bharat", kind: "ALIAS", language: "hi", since: null, until: null };
      await sql(
        `INSERT INTO "PartyName" ("partyId", "text", "kind", "language") VALUES ('ind', 'Bharat', 'ALIAS', 'hi')`,
      );
      await sql(`UPDATE "PartyName" SET "language" = 'en'`);
      expect(await changesOf("ind")).toEqual([
        { kind: "CHANGED", version: 2, before: {}, after: { "names/Bharat": name } },
        {
          kind: "CHANGED",
          version: 3,
          before: { "names/Bharat": name },
          after: { "names/Bharat": { ...name, language: "en" } },
        },
      ]);
      await sql(`DELETE FROM "Party" WHERE "id" = 'ind'`);
      expect((await changesOf("ind")).at(-1)).toMatchObject({
        kind: "WITHDRAWN",
        before: { code: "IND", "names/Bharat": { text: "Bharat" } },
      });
    });

    it("are one for a record and an act, whatever happened within it", async () => {
      await together([
        `UPDATE "Party" SET "name" = 'One' WHERE "id" = 'ind'`,
        `UPDATE "Party" SET "name" = 'Two' WHERE "id" = 'ind'`,
        `SET CONSTRAINTS ALL IMMEDIATE`,
        `INSERT INTO "PartyName" ("partyId", "text", "kind") VALUES ('ind', 'Bharat', 'ALIAS')`,
        `UPDATE "Party" SET "name" = 'Three' WHERE "id" = 'ind'`,
      ]);
      expect(await changesOf("ind")).toMatchObject([
        { version: 2, before: { name: "India" }, after: { name: "Three", "names/Bharat": { kind: "ALIAS" } } },
      ]);
      const names = await sql(
        `SELECT "name" FROM past."Party" WHERE "id" = 'ind' ORDER BY "recordedFrom" DESC LIMIT 2`,
      );
      expect(names).toEqual([{ name: "Three" }, { name: "India" }]);
    });

    it("of a record that was merged say so, and lead to the last survivor", async () => {
      await sql(`INSERT INTO "Person" ("id", "slug", "name") VALUES ('a', 'a', 'A'), ('b', 'b', 'B'), ('c', 'c', 'C')`);
      await asEditor(`INSERT INTO "Tenure" ("id", "key", "personId", "officeId") VALUES ('ten', 'ten', 'a', 'ofc')`);
      const merge = (gone: string, survivor: string): Promise<unknown> =>
        together([
          `DELETE FROM "Person" WHERE "id" = '${gone}'`,
          `INSERT INTO "MergedRecord" ("id", "table", "key", "survivorId", "survivorKey") VALUES ('${gone}', 'Person', '${gone}', '${survivor}', '${survivor}')`,
        ]);
      await merge("a", "b");
      const between = await lastMoment();
      await merge("b", "c");
      const act = await lastAct();
      expect(await changesOf("b")).toMatchObject([{ kind: "MERGED", version: 1 }]);
      const survivors = `SELECT "id", "survivorId" FROM "MergedRecord" ORDER BY "id"`;
      expect(await sql(survivors)).toEqual([
        { id: "a", survivorId: "c" },
        { id: "b", survivorId: "c" },
      ]);
      expect(await together([...knownAt(between), survivors])).toEqual([{ id: "a", survivorId: "b" }]);
      expect(await sql(`SELECT "actNumber" AS number FROM "MergedRecord" WHERE "id" = 'b'`)).toEqual([
        { number: act?.["number"] },
      ]);
      expect(await sql(`SELECT "personId" FROM drafts."Tenure"`)).toEqual([{ personId: "c" }]);
      await sql(`SELECT "discardDrafts"('{ten}')`);
    });

    it.each([
      ["acts", `UPDATE "Act" SET "reason" = 'another'`],
      ["acts, deleted", `DELETE FROM "Act"`],
      ["changes", `UPDATE "Change" SET "version" = 9`],
      ["changes, deleted", `DELETE FROM "Change"`],
      ["all changes", `TRUNCATE "Change"`],
      ["versions", `UPDATE past."Party" SET "name" = 'Another'`],
      ["versions, added", `INSERT INTO past."Party" SELECT * FROM past."Party"`],
      ["versions, deleted", `DELETE FROM past."Party"`],
      [
        "versions, seen from elsewhere",
        `SET LOCAL sidelines.known_at = 'now'; UPDATE known."Party" SET "name" = 'Another'`,
      ],
      [
        "changes of former acts, even where history is written",
        `SET LOCAL search_path = public, "sidelines.keeping"; DELETE FROM "Change"`,
      ],
    ])("are not rewritten: %s", async (_, statement) => {
      await expect(together([statement])).rejects.toMatchObject({
        code: "23001",
        message: expect.stringMatching(/kept as (it was|they were) written/) as string,
      });
    });
  });

  describe("versions", () => {
    it("count up, and go on when a record comes back", async () => {
      const create = `INSERT INTO "Place" ("id", "key", "city") VALUES ('vientiane', 'vientiane', 'Vientiane')`;
      const version = `SELECT "versionOf"('Place', 'vientiane') AS version`;
      await sql(create);
      expect(await sql(version)).toEqual([{ version: 1 }]);
      await sql(`UPDATE "Place" SET "city" = 'Viangchan'`);
      const second = await lastMoment();
      await sql(`DELETE FROM "Place"`);
      await sql(create);
      expect(await sql(version)).toEqual([{ version: 3 }]);
      expect(await together([...knownAt(second), version])).toEqual([{ version: 2 }]);
    });

    it("count what only follows from another record", async () => {
      await sql(`INSERT INTO "Meeting" ("id", "slug", "title", "kind") VALUES ('m', 'm', 'M', 'BILATERAL')`);
      await sql(`INSERT INTO "StatusReport" ("id", "key", "meetingId", "status") VALUES ('r', 'r', 'm', 'HELD')`);
      expect(await changesOf("m")).toEqual([
        { kind: "CHANGED", version: 2, before: { status: "UNKNOWN" }, after: { status: "HELD" } },
      ]);
    });

    it("begin with what was there when a record without history is touched", async () => {
      await together([
        "SET LOCAL session_replication_role = replica",
        `INSERT INTO "Person" ("id", "slug", "name") VALUES ('p', 'p', 'P')`,
        `INSERT INTO "PersonName" ("personId", "text", "kind") VALUES ('p', 'Pe', 'ALIAS'), ('p', 'Pi', 'ALIAS')`,
      ]);
      const of = (): Promise<Values[]> => sql(`SELECT "versionOf"('Person', 'p') AS version`);
      expect(await of()).toEqual([{ version: 1 }]);
      await sql(`DELETE FROM "PersonName" WHERE "text" = 'Pe'`);
      await sql(`UPDATE "Person" SET "name" = 'Q'`);
      expect(await of()).toEqual([{ version: 3 }]);
      expect(
        await sql(
          `SELECT "kind", "before", "after" FROM "Change" WHERE "recordId" = 'p' ORDER BY "number" DESC LIMIT 2`,
        ),
      ).toEqual([
        { kind: "CHANGED", before: { name: "P" }, after: { name: "Q" } },
        { kind: "CHANGED", before: { "names/Pe": { text: "Pe", kind: "ALIAS", language: null } }, after: {} },
      ]);
    });

    it("are kept of every table of the record, but for dismissals of duplicates, which name their act", async () => {
      expect(
        await sql(`SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        AND EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'moves_record_version')
        AND (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE 'keeps\\_history\\_of\\_%') <> 4`),
      ).toEqual([{ relname: "DismissedDuplicate" }]);
    });
  });

  it("shows the record at the end of each day of a month", async () => {
    for (const seed of server ? [7, 11, 13, 17, 19] : [11]) await replayAMonth(database, seed);
  });

  it("is read by index, however many versions there are", async () => {
    await sql(`INSERT INTO "Meeting" ("id", "slug", "title", "kind", "on", "onEarliest", "onLatest")
      SELECT 'm' || i, 'm' || i, 'M', 'BILATERAL', d::text, d, d FROM generate_series(1, 2000) AS i, LATERAL (SELECT date '2020-01-01' + i AS d) AS day`);
    for (const title of ["N", "O"]) await sql(`UPDATE "Meeting" SET "title" = $1`, [title]);
    await sql(`ANALYZE past."Meeting"`);
    const planOf = async (statement: string): Promise<string> =>
      (await together([...knownAt(await lastMoment()), "SET LOCAL enable_sort = off", `EXPLAIN ${statement}`]))
        .map((row) => row["QUERY PLAN"])
        .join("\n");
    expect(await planOf(`SELECT * FROM "Meeting" WHERE "id" = 'm7'`)).toMatch(/Index.*Scan.*"Meeting_(pkey|id_idx)"/);
    expect(await planOf(`SELECT * FROM "Meeting" WHERE "slug" = 'm7'`)).toMatch(/Index.*Scan.*"Meeting_slug_key"/);
    const latest = `SELECT "id" FROM "Meeting" ORDER BY coalesce("onEarliest", '-infinity'::date) DESC, "id" DESC LIMIT 20`;
    expect(await planOf(latest)).toMatch(/Index.*Scan Backward using "Meeting_by_day"/);
    expect(await together([...knownAt(await lastMoment()), latest])).toHaveLength(20);
  });

  describe("drafts", () => {
    const meeting = (
      id: string,
      title = "M",
    ): string => `INSERT INTO "Meeting" ("id", "slug", "title", "kind", "on", "onEarliest", "onLatest")
      VALUES ('${id}', '${id}', '${title}', 'BILATERAL', '2024-11-20', '2024-11-20', '2024-11-20')`;
    const seat = (id: string, meetingId: string): string =>
      `INSERT INTO "Participant" ("id", "key", "meetingId", "partyId", "role") VALUES ('${id}', '${id}', '${meetingId}', 'ind', 'PRINCIPAL')`;
    const report = (id: string, meetingId: string): string =>
      `INSERT INTO "StatusReport" ("id", "key", "meetingId", "status") VALUES ('${id}', '${id}', '${meetingId}', 'HELD')`;
    const meetings = `SELECT "id", "status", "versionOf"('Meeting', "id") AS version, "isDraft"('Meeting', "id") AS "isDraft" FROM "Meeting" ORDER BY "id"`;

    const cited = (column: string, id: string): string =>
      `INSERT INTO "Citation" ("id", "key", "documentId", "locator", "${column}") VALUES ('cit-${id}', 'cit-${id}', 'src', 'p. 1', '${id}')`;

    beforeEach(async () => {
      await sql(
        `INSERT INTO "Document" ("id", "key", "kind", "title", "publisher", "language") VALUES ('src', 'src', 'READOUT', 'T', 'P', 'en')`,
      );
      for (const { name } of await sql(`SELECT "table" AS name FROM past."Kept"`))
        await sql(`DELETE FROM drafts."${String(name)}"`);
    });

    it("are seen by editors alone, among published records", async () => {
      await sql(meeting("published"));
      const before = await lastAct();
      await asEditor(
        meeting("drafted"),
        seat("par", "drafted"),
        report("rep", "drafted"),
        report("rep2", "published"),
        `UPDATE "Meeting" SET "title" = 'Another' WHERE "id" = 'drafted'`,
      );
      expect(await lastAct()).toEqual(before);
      expect(await sql(meetings)).toEqual([{ id: "published", status: "UNKNOWN", version: 1, isDraft: false }]);
      expect(await sql(`SELECT count(*)::int AS count FROM "StatusReport"`)).toEqual([{ count: 0 }]);
      expect(await together([...knownAt(await lastMoment()), meetings])).toEqual(await sql(meetings));
      expect(await together([editing, meetings])).toEqual([
        { id: "drafted", status: "HELD", version: 2, isDraft: true },
        { id: "published", status: "HELD", version: 1, isDraft: false },
      ]);
      expect(await together([editing, `SELECT "meetingEarliest"::text AS day FROM "Participant"`])).toEqual([
        { day: "2024-11-20" },
      ]);
      expect(await sql(`SELECT "draftedBy" FROM drafts."Meeting"`)).toEqual([{ draftedBy: "key:one" }]);
    });

    it("do not change what is published, nor take its names", async () => {
      await sql(meeting("published"));
      await expect(asEditor(`UPDATE "Meeting" SET "title" = 'Another'`)).rejects.toThrow(
        /Meeting \(published\) is published/,
      );
      await expect(asEditor(`DELETE FROM "Meeting"`)).rejects.toThrow(/Meeting \(published\) is published/);
      await expect(asEditor(meeting("published"))).rejects.toMatchObject({ code: "23505" });
      await expect(asEditor(meeting("one"), meeting("one"))).rejects.toMatchObject({ code: "23505" });
      await expect(asEditor(meeting("one", " "))).rejects.toThrow(/Meeting_title_present/);
      await asEditor(meeting("one"), `DELETE FROM "Meeting" WHERE "id" = 'one'`);
      expect(await sql(`SELECT count(*)::int AS count FROM drafts."Meeting"`)).toEqual([{ count: 0 }]);
    });

    it("are published with their parts, in one act", async () => {
      await asEditor(
        meeting("drafted"),
        seat("par", "drafted"),
        report("rep", "drafted"),
        meeting("other"),
        `INSERT INTO "Commitment" ("id", "key", "meetingId", "summary", "kind", "status") VALUES ('cmt', 'cmt', 'drafted', 'S', 'DIALOGUE', 'AGREED')`,
        `INSERT INTO "CommitmentParty" ("commitmentId", "partyId") VALUES ('cmt', 'ind')`,
        cited("meetingId", "drafted"),
        cited("participantId", "par"),
        cited("statusReportId", "rep"),
        cited("commitmentId", "cmt"),
      );
      const published = await together([
        "SET LOCAL sidelines.act = 'publishDrafts'",
        `SELECT * FROM "publishDrafts"('{drafted}') ORDER BY "id"`,
      ]);
      expect(published.slice(0, 4).map(({ table }) => table)).toEqual(Array(4).fill("Citation"));
      expect(published.slice(4)).toEqual([
        { table: "Commitment", id: "cmt" },
        { table: "Meeting", id: "drafted" },
        { table: "Participant", id: "par" },
        { table: "StatusReport", id: "rep" },
      ]);
      expect(await sql(meetings)).toEqual([{ id: "drafted", status: "HELD", version: 1, isDraft: false }]);
      expect(await sql(`SELECT "meetingEarliest"::text AS day FROM "Participant"`)).toEqual([{ day: "2024-11-20" }]);
      expect(
        await sql(
          `SELECT c."table", c."kind" FROM "Change" c JOIN "Act" a ON a."number" = c."actNumber" AND a."kind" = 'publishDrafts' ORDER BY c."number"`,
        ),
      ).toEqual(
        ["Meeting", "Participant", "StatusReport", "Commitment", "Citation", "Citation", "Citation", "Citation"].map(
          (table) => ({ table, kind: "CREATED" }),
        ),
      );
      expect(await sql(`SELECT "after" -> 'parties/ind' AS party FROM "Change" WHERE "recordId" = 'cmt'`)).toEqual([
        { party: { partyId: "ind" } },
      ]);
      expect(await together([editing, meetings])).toMatchObject([
        { id: "drafted", isDraft: false },
        { id: "other", isDraft: true },
      ]);
    });

    it("are published for a record that is there already", async () => {
      await sql(meeting("standing"));
      await asEditor(report("rep", "standing"), cited("statusReportId", "rep"));
      expect(await sql(`SELECT * FROM "publishDrafts"('{standing}')`)).toEqual([
        { table: "StatusReport", id: "rep" },
        { table: "Citation", id: "cit-rep" },
      ]);
      expect(await sql(meetings)).toEqual([{ id: "standing", status: "HELD", version: 2, isDraft: false }]);
    });

    it("are not published against the rules, nor without what they refer to", async () => {
      await asEditor(
        meeting("drafted"),
        seat("par", "drafted"),
        cited("meetingId", "drafted"),
        cited("participantId", "par"),
        `INSERT INTO "Person" ("id", "slug", "name") VALUES ('per', 'per', 'P')`,
        `UPDATE "Participant" SET "personId" = 'per'`,
        `INSERT INTO "Document" ("id", "key", "kind", "title", "publisher", "language") VALUES ('doc', 'doc', 'READOUT', 'T', 'P', 'en')`,
        `INSERT INTO "Citation" ("id", "key", "documentId", "personId") VALUES ('cit', 'cit', 'doc', 'per')`,
      );
      await expect(sql(`SELECT "publishDrafts"('{drafted}')`)).rejects.toThrow(
        "Participant par refers to Person per, which is a draft that is not to be published",
      );
      await expect(sql(`SELECT "publishDrafts"('{drafted,per,doc}')`)).rejects.toThrow(
        /citation cit has neither a passage nor a locator/,
      );
      await expect(sql(`SELECT "publishDrafts"('{unknown}')`)).rejects.toThrow(
        "nothing is drafted under the id unknown",
      );
      await expect(
        inOneWrite(database, (statements) => statements.$queryRawUnsafe(`SELECT * FROM "publishDrafts"('{drafted}')`)),
      ).rejects.toThrow(RefusedError);
      expect(
        await sql(
          `SELECT (SELECT count(*) FROM "Meeting")::int AS published, (SELECT count(*) FROM drafts."Meeting")::int AS drafted`,
        ),
      ).toEqual([{ published: 0, drafted: 1 }]);
      await asEditor(`UPDATE "Citation" SET "locator" = 'p. 1'`);
      expect(await sql(`SELECT * FROM "publishDrafts"('{drafted,per,doc}')`)).toHaveLength(7);
    });

    it("are not published as facts without a source", async () => {
      await asEditor(
        meeting("drafted"),
        seat("par", "drafted"),
        cited("meetingId", "drafted"),
        cited("participantId", "par"),
      );
      await sql(`SELECT "discardDrafts"('{cit-par}')`);
      await expect(sql(`SELECT "publishDrafts"('{drafted}')`)).rejects.toThrow("Participant par has no source");
      await expect(sql(`SELECT "publishDrafts"('{par,drafted}')`)).rejects.toThrow("Participant par has no source");
      await asEditor(cited("participantId", "par"));
      expect(await sql(`SELECT * FROM "publishDrafts"('{drafted}')`)).toHaveLength(4);
    });

    it("are thrown away with their parts, unless another one refers to them", async () => {
      await asEditor(
        meeting("drafted"),
        seat("par", "drafted"),
        meeting("other"),
        `UPDATE "Meeting" SET "sidelinesOfId" = 'drafted' WHERE "id" = 'other'`,
      );
      await expect(sql(`SELECT "discardDrafts"('{drafted}')`)).rejects.toThrow(
        "Meeting other refers to Meeting drafted, which is to be thrown away",
      );
      expect(await sql(`SELECT * FROM "discardDrafts"('{drafted,other}')`)).toHaveLength(3);
      expect(await together([editing, meetings])).toEqual([]);
    });
  });

  it("begins for a table that is new, and goes on for one that has a new column", async () => {
    await together([
      `CREATE TABLE "Treaty" ("id" text PRIMARY KEY, "title" text NOT NULL)`,
      `INSERT INTO "Treaty" VALUES ('t', 'T')`,
      `SELECT "watchRecord"('"Treaty"'), "keepHistory"('"Treaty"')`,
    ]);
    expect(await lastAct()).toMatchObject({ kind: "migration", actor: "migration" });
    const first = await lastMoment();
    await together([
      `ALTER TABLE "Treaty" ADD COLUMN "articles" int NOT NULL DEFAULT 1, ADD CONSTRAINT "Treaty_articles_few" CHECK ("articles" < 9)`,
      `SELECT "keepHistory"('"Treaty"')`,
    ]);
    await sql(`UPDATE "Treaty" SET "articles" = 2`);
    expect(await changesOf("t")).toEqual([
      { kind: "CHANGED", version: 2, before: { articles: 1 }, after: { articles: 2 } },
    ]);
    expect(await together([...knownAt(first), `SELECT * FROM "Treaty"`])).toEqual([
      { id: "t", title: "T", articles: 1 },
    ]);
    await asEditor(`INSERT INTO "Treaty" ("id", "title") VALUES ('u', 'U')`);
    await expect(asEditor(`UPDATE "Treaty" SET "articles" = 9 WHERE "id" = 'u'`)).rejects.toThrow(
      /Treaty_articles_few/,
    );
    expect(await together([editing, `SELECT * FROM "Treaty" ORDER BY "id"`])).toEqual([
      { id: "t", title: "T", articles: 2 },
      { id: "u", title: "U", articles: 1 },
    ]);
    expect(await sql(`SELECT "versionOf"('Treaty', 't') AS version`)).toEqual([{ version: 2 }]);
  });
}

const replayed = [
  "Party",
  "PartyName",
  "Person",
  "PersonName",
  "Meeting",
  "StatusReport",
  "Participant",
  "Visit",
  "VisitMeeting",
] as const;

/** All rows of the replayed tables, in the current read view. */
const everything = `SELECT jsonb_build_object(${replayed
  .map((table) => `'${table}', (SELECT jsonb_agg(to_jsonb(t) ORDER BY to_jsonb(t)::text) FROM "${table}" t)`)
  .join(", ")})::text AS everything`;

/**
 * Thirty days of random edits, several transactions a day, some of them rolled back wholly or in part. The contents
 * after each edit are kept and compared with the record as of that moment, and just before the next one.
 */
async function replayAMonth(database: Database, seed: number): Promise<void> {
  const client: pg.PoolClient = await database.pool.connect();
  const random = randomFrom(seed);
  const held: { at: string; day: number; everything: string }[] = [];
  const see = async (): Promise<string> =>
    (await client.query<{ everything: string }>(everything)).rows[0]?.everything ?? "";
  try {
    let made = 0;
    for (let day = 1; day <= 30; day++) {
      for (let transaction = 1 + random(3); transaction > 0; transaction--) {
        await client.query("BEGIN");
        for (let edit = 1 + random(6); edit > 0; edit--) {
          await client.query("SAVEPOINT edit");
          // A record with references cannot be deleted: such an edit is rolled back, and the transaction continues.
          const isKept = await client.query(editAtRandom(random, `${seed}-${++made}`)).then(
            () => random(8) > 0,
            () => false,
          );
          if (!isKept) await client.query("ROLLBACK TO SAVEPOINT edit");
        }
        await client.query(random(5) === 0 ? "ROLLBACK" : "COMMIT");
        const { rows } = await client.query<{ at: string }>(
          `SELECT "at"::text AS at FROM "Act" ORDER BY "number" DESC LIMIT 1`,
        );
        held.push({ at: rows[0]?.at ?? "", day, everything: await see() });
      }
    }
    expect(new Set(held.map((moment) => moment.everything)).size).toBeGreaterThan(30);

    for (const [index, moment] of held.entries()) {
      const until = held.slice(index + 1).find(({ at }) => at !== moment.at)?.at;
      await client.query("BEGIN READ ONLY; SET LOCAL search_path = known, public");
      await client.query("SELECT set_config('sidelines.known_at', $1, true)", [moment.at]);
      expect(await see(), `day ${moment.day}`).toBe(moment.everything);
      if (until !== undefined) {
        await client.query(
          "SELECT set_config('sidelines.known_at', ($1::timestamptz - interval '1 millisecond')::text, true)",
          [until],
        );
        expect(await see(), `day ${moment.day}, before the next act`).toBe(moment.everything);
      }
      await client.query("COMMIT");
    }
    await retell(client);
  } finally {
    // With whatever a failure left open.
    client.release(true);
  }
}

/** Told one after the other, the changes of the persons and their names lead to what the record holds. */
async function retell(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ recordId: string; kind: string; before: Values | null; after: Values | null }>(
    `SELECT "recordId", "kind", "before", "after" FROM "Change" WHERE "table" = 'Person' ORDER BY "number"`,
  );
  const persons = new Map<string, Values>();
  for (const { recordId, kind, before, after } of rows) {
    if (kind === "WITHDRAWN" || kind === "MERGED") persons.delete(recordId);
    else {
      const stays = Object.entries(persons.get(recordId) ?? {}).filter(
        ([field]) => before === null || !(field in before),
      );
      persons.set(recordId, { ...Object.fromEntries(stays), ...after });
    }
  }
  const told = [...persons].flatMap(([id, { name, ...rest }]) => [
    `${id} ${String(name)}`,
    ...Object.keys(rest)
      .filter((key) => key.startsWith("names/"))
      .map((key) => `${id} ${key}`),
  ]);
  const stands = await client.query<{ line: string }>(
    `SELECT "id" || ' ' || "name" AS line FROM "Person" UNION ALL SELECT "personId" || ' names/' || "text" FROM "PersonName"`,
  );
  expect(told.sort()).toEqual(stands.rows.map(({ line }) => line).sort());
}

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function editAtRandom(random: (below: number) => number, made: string): string {
  const word = `w${made}`;
  const some = (table: string, key = "id"): string =>
    `(SELECT "${key}" FROM "${table}" ORDER BY md5("${key}" || '${word}') LIMIT 1)`;
  const day = `2024-11-${String(1 + random(28)).padStart(2, "0")}`;
  const status = ["EXPECTED", "HELD", "POSTPONED", "CANCELLED"][random(4)] ?? "HELD";
  const code = String.fromCharCode(...[0, 0, 0].map(() => 65 + random(26)));
  const edits = [
    `INSERT INTO "Party" ("id", "kind", "code", "name") VALUES ('${word}', 'STATE', '${code}', '${word}')`,
    `INSERT INTO "Person" ("id", "slug", "name") SELECT '${word}-' || i, '${word}-' || i, 'P' FROM generate_series(1, ${1 + random(5)}) AS i`,
    `INSERT INTO "PersonName" ("personId", "text", "kind") SELECT "id", '${word}', 'ALIAS' FROM "Person" ORDER BY md5("id" || '${word}') LIMIT 3`,
    `INSERT INTO "PartyName" ("partyId", "text", "kind") VALUES (${some("Party")}, '${word}', 'ALIAS')`,
    `INSERT INTO "Meeting" ("id", "slug", "title", "kind", "on", "onEarliest", "onLatest") VALUES ('${word}', '${word}', 'M', 'BILATERAL', '${day}', '${day}', '${day}')`,
    `INSERT INTO "StatusReport" ("id", "key", "meetingId", "status") VALUES ('${word}', '${word}', ${some("Meeting")}, '${status}')`,
    `INSERT INTO "Participant" ("id", "key", "meetingId", "partyId", "personId", "role") VALUES ('${word}', '${word}', ${some("Meeting")}, ${some("Party")}, ${some("Person")}, 'PRINCIPAL')`,
    `INSERT INTO "Visit" ("id", "key", "personId") VALUES ('${word}', '${word}', ${some("Person")})`,
    `INSERT INTO "VisitMeeting" ("visitId", "meetingId") VALUES (${some("Visit")}, ${some("Meeting")})`,
    `UPDATE "Person" SET "name" = '${word}' WHERE "id" = ${some("Person")}`,
    `UPDATE "Person" SET "stateId" = ${some("Party")} WHERE md5("id" || '${word}') < '4'`,
    `UPDATE "PersonName" SET "language" = CASE WHEN "language" IS NULL THEN 'en' END WHERE md5("text" || '${word}') < '4'`,
    `UPDATE "PersonName" SET "personId" = ${some("Person")} WHERE "text" = ${some("PersonName", "text")}`,
    `UPDATE "Meeting" SET "on" = '${day}', "onEarliest" = '${day}', "onLatest" = '${day}' WHERE "id" = ${some("Meeting")}`,
    `UPDATE "StatusReport" SET "status" = '${status}' WHERE md5("id" || '${word}') < '4'`,
    `UPDATE "Party" SET "id" = '${word}' WHERE "id" = ${some("Party")}`,
    `DELETE FROM "Person" WHERE "id" = ${some("Person")}`,
    `DELETE FROM "PersonName" WHERE md5("text" || '${word}') < '3'`,
    `DELETE FROM "StatusReport" WHERE "id" = ${some("StatusReport")}`,
    `DELETE FROM "Participant" WHERE md5("id" || '${word}') < '3'`,
    `DELETE FROM "VisitMeeting" WHERE md5("visitId" || '${word}') < '8'`,
    `DELETE FROM "Visit" WHERE "id" = ${some("Visit")}`,
    `DELETE FROM "Meeting" WHERE "id" = ${some("Meeting")}`,
    `DELETE FROM "PartyName" WHERE "text" = ${some("PartyName", "text")}`,
  ];
  return edits[random(edits.length)] ?? "SELECT 1";
}
