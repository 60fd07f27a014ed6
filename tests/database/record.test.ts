import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { startPostgres, testDatabase, type TestPostgres } from "../support/database.js";

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe.each([
  { name: "on a Postgres server", server: postgres, skip: postgres === undefined },
  { name: "in the embedded database", server: undefined, skip: false },
])("the rules of the record $name", ({ server, skip }) => {
  describe.skipIf(skip)("", () => rules(server));
});

type Values = Record<string, unknown>;

function rules(server: TestPostgres | undefined): void {
  let database: Database;
  let count = 0;

  beforeAll(async () => {
    database = await testDatabase(server ? { postgres: server } : {});
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await sql(`TRUNCATE "Party", "Document", "Person", "Forum", "Meeting", "Place", "Milestone", "Conflict" CASCADE`);
    await insert("Party", { id: "ind", kind: "STATE", code: "IND", alpha2: "IN", name: "India" });
    await insert("Party", { id: "asean", kind: "ORGANIZATION", code: "ASEAN", name: "ASEAN" });
    await insert("Forum", { id: "frm", slug: "admm-plus", name: "ADMM-Plus" });
  });

  async function sql(text: string, values: unknown[] = []): Promise<Values[]> {
    return (await database.pool.query<Values>(text, values)).rows;
  }

  async function insert(table: string, values: Values): Promise<string> {
    const names = Object.keys(values).map((name) => `"${name}"`);
    const places = names.map((_, index) => `$${index + 1}`);
    await sql(`INSERT INTO "${table}" (${names.join(", ")}) VALUES (${places.join(", ")})`, Object.values(values));
    return String(values["id"]);
  }

  /** A valid row of each kind, with what a test wants otherwise. */
  const make = {
    document: (values: Values = {}) =>
      insert("Document", {
        ...identity("doc"),
        kind: "READOUT",
        title: "T",
        publisher: "P",
        language: "en",
        url: "https://example.org/a",
        ...values,
      }),
    withText: (text: string, values: Values = {}) =>
      make.document({ text, sha256: createHash("sha256").update(text).digest("hex"), ...values }),
    meeting: (values: Values = {}) => insert("Meeting", { ...named("mtg"), title: "M", kind: "BILATERAL", ...values }),
    report: (meetingId: string, status: string, values: Values = {}) =>
      insert("StatusReport", { ...identity("rep"), meetingId, status, ...values }),
    citation: (documentId: string, values: Values) => insert("Citation", { ...identity("cit"), documentId, ...values }),
    membership: (values: Values) =>
      insert("ForumMembership", { ...identity("mbr"), forumId: "frm", partyId: "ind", role: "MEMBER", ...values }),
  };
  function identity(prefix: string): { id: string; key: string } {
    const id = `${prefix}_${++count}`;
    return { id, key: id };
  }
  function named(prefix: string): { id: string; slug: string } {
    return { id: `${prefix}_${++count}`, slug: `${prefix}-${count}` };
  }
  const day = (field: string, text: string, earliest = text, latest = earliest): Values => ({
    [field]: text,
    [`${field}Earliest`]: earliest,
    [`${field}Latest`]: latest,
  });
  const refused = (work: Promise<unknown>, constraint: string): Promise<void> =>
    expect(work).rejects.toMatchObject({ code: "23514", constraint });
  const statusOf = async (id: string): Promise<unknown> =>
    (await sql(`SELECT "status" FROM "Meeting" WHERE "id" = $1`, [id]))[0]?.["status"];
  const versionNow = async (): Promise<number> =>
    Number((await sql(`SELECT "version" FROM "RecordVersion"`))[0]?.["version"]);

  describe("partial dates", () => {
    it.each([
      ["2024", "2024-01-01", "2024-12-31"],
      ["2024-02", "2024-02-01", "2024-02-29"],
      ["2023-02", "2023-02-01", "2023-02-28"],
      ["2024-11-20", "2024-11-20", "2024-11-20"],
      ["0001-12", "0001-12-01", "0001-12-31"],
    ])("%s is from %s to %s", async (text, earliest, latest) => {
      expect(await sql(`SELECT "earliestDay"($1) AS earliest, "latestDay"($1) AS latest`, [text])).toEqual([
        { earliest, latest },
      ]);
      await make.meeting(day("on", text, earliest, latest));
    });

    it.each([
      "",
      "24",
      "2024-13",
      "2024-00",
      "2024-02-30",
      "2023-02-29",
      "2024-1-1",
      "2024-11-20 ",
      "0000",
      "20241120",
      "next week",
    ])("%j is none", (text) =>
      refused(make.meeting(day("on", text, "2024-01-01", "2024-12-31")), "Meeting_on_partial_date"),
    );

    it.each([
      day("on", "2024", "2024-01-01", "2024-12-30"),
      day("on", "2024-10", "2024-10-02", "2024-10-31"),
      { on: "2024" },
      { onEarliest: "2024-01-01", onLatest: "2024-12-31" },
    ])("text and days agree: not %j", (values) => refused(make.meeting(values), "Meeting_on_partial_date"));

    it("is checked on every model that has one", async () => {
      const days = await sql(`SELECT table_name || '_' || left(column_name, -8) || '_partial_date' AS name
        FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name LIKE '%Earliest' AND column_name <> 'meetingEarliest'`);
      // Periods of names are texts alone: no list is ordered by them.
      const checks = await sql(`SELECT conname AS name FROM pg_constraint
        WHERE conname LIKE '%_partial_date' AND connamespace = 'public'::regnamespace
          AND conrelid NOT IN ('"PartyName"'::regclass, '"ForumName"'::regclass)`);
      const sorted = (rows: Values[]): unknown[] => rows.map(({ name }) => name).sort();
      expect(days.length).toBeGreaterThan(10);
      expect(sorted(checks)).toEqual(sorted(days));
    });
  });

  describe("periods", () => {
    it("begin before they end", async () => {
      await refused(
        make.membership({ ...day("since", "2020-05-02"), ...day("until", "2020-05-01"), hasEnded: true }),
        "ForumMembership_period_order",
      );
      await refused(
        make.meeting({ ...day("on", "2020-05-02"), ...day("endsOn", "2020-05-01") }),
        "Meeting_period_order",
      );
      await make.membership({
        ...day("since", "2020", "2020-01-01", "2020-12-31"),
        ...day("until", "2020-05-01"),
        hasEnded: true,
      });
    });
    it("have ended where an end is given", async () => {
      await refused(make.membership(day("until", "2020-05-01")), "ForumMembership_until_means_ended");
      await refused(
        make.membership({ ...day("until", "2020-05-01"), hasEnded: false }),
        "ForumMembership_until_means_ended",
      );
      await make.membership({ hasEnded: true });
      await make.membership({ hasEnded: null });
    });
  });

  describe("documents and citations", () => {
    const report = "Dong Jun 董军 said 👋 hello";

    it("keep a text together with its hash", async () => {
      await make.withText(report);
      await refused(make.withText(report, { sha256: "0".repeat(64) }), "Document_hash_of_text");
      await refused(make.document({ text: report }), "Document_text_and_hash");
      await refused(make.document({ sha256: "0".repeat(64) }), "Document_text_and_hash");
    });

    it("count offsets in code points", async () => {
      const id = await make.withText(report);
      await make.citation(id, { partyId: "ind", quote: "👋 hello", start: 17, end: 24 });
      await refused(
        make.citation(id, { partyId: "ind", quote: "👋 hello", start: 18, end: 25 }),
        "Citation_stands_in_document",
      );
      await refused(
        make.citation(id, { partyId: "ind", quote: "👋 hello", start: 17, end: 25 }),
        "Citation_passage_length",
      );
      await refused(make.citation(id, { partyId: "ind", quote: "Dong", start: -1, end: 3 }), "Citation_passage_length");
      await refused(
        make.citation(id, { partyId: "ind", quote: "dong", start: 0, end: 4 }),
        "Citation_stands_in_document",
      );
    });

    it("need a passage where there is a text and none where there is not", async () => {
      const held = await make.withText(report);
      const elsewhere = await make.document();
      await refused(make.citation(held, { partyId: "ind" }), "Citation_stands_in_document");
      await refused(
        make.citation(elsewhere, { partyId: "ind", quote: "Dong", start: 0, end: 4 }),
        "Citation_stands_in_document",
      );
      await refused(make.citation(held, { partyId: "ind", quote: "Dong", start: 0 }), "Citation_whole_passage");
      await make.citation(elsewhere, { partyId: "ind" });
      const unaddressed = await make.document({ url: null });
      await refused(make.citation(unaddressed, { partyId: "ind" }), "Citation_stands_in_document");
      await make.citation(unaddressed, { partyId: "ind", locator: "page 3" });
    });

    it("have one subject", async () => {
      const id = await make.document();
      await refused(make.citation(id, {}), "Citation_one_subject");
      await refused(make.citation(id, { partyId: "ind", forumId: "frm" }), "Citation_one_subject");
    });

    it("hold while the document changes", async () => {
      const id = await make.withText(report);
      await make.citation(id, { partyId: "ind", quote: "Dong", start: 0, end: 4 });
      const change = (text: string): Promise<Values[]> =>
        sql(
          `UPDATE "Document" SET "text" = $2, "sha256" = encode(sha256(convert_to($2, 'UTF8')), 'hex') WHERE "id" = $1`,
          [id, text],
        );
      await refused(change("Ding Jun"), "Citation_stands_in_document");
      await refused(
        sql(`UPDATE "Document" SET "text" = NULL, "sha256" = NULL WHERE "id" = $1`, [id]),
        "Citation_stands_in_document",
      );
      await change("Dong Jun");
    });

    it("leave no fact without a source, whichever way the last one goes", async () => {
      const [document, meeting, other] = [await make.document(), await make.meeting(), await make.meeting()];
      const facts = {
        meetingId: meeting,
        membershipId: await make.membership({ since: null }),
        statusReportId: await make.report(meeting, "HELD"),
        milestoneId: await insert("Milestone", { ...identity("mls"), label: "M" }),
      };
      const constraint = "Citation_leaves_no_fact_uncited";
      for (const [column, id] of Object.entries(facts)) {
        const last = await make.citation(document, { [column]: id, locator: "p. 1" });
        await refused(sql(`DELETE FROM "Citation" WHERE "id" = $1`, [last]), constraint);
        await refused(
          sql(`UPDATE "Citation" SET "${column}" = NULL, "forumId" = 'frm' WHERE "id" = $1`, [last]),
          constraint,
        );
        await sql(`UPDATE "Citation" SET "locator" = 'p. 2' WHERE "id" = $1`, [last]);
      }
      await refused(sql(`TRUNCATE "Citation"`), constraint);
      // A replacement may follow in the same transaction, and one of two may be deleted.
      await sql(
        `WITH gone AS (DELETE FROM "Citation" WHERE "meetingId" = $1) INSERT INTO "Citation" ("id", "key", "documentId", "meetingId") VALUES ('next', 'next', $2, $1), ('more', 'more', $2, $1)`,
        [meeting, document],
      );
      await sql(`DELETE FROM "Citation" WHERE "id" = 'more'`);
      await refused(sql(`UPDATE "Citation" SET "meetingId" = $1 WHERE "id" = 'next'`, [other]), constraint);
      // With the fact its sources go; and who is no fact needs none.
      await sql(`DELETE FROM "Meeting" WHERE "id" = $1`, [meeting]);
      expect(
        await sql(
          `SELECT count(*)::int AS count FROM "Citation" WHERE "meetingId" IS NOT NULL OR "statusReportId" IS NOT NULL`,
        ),
      ).toEqual([{ count: 0 }]);
      const ofForum = await make.citation(document, { forumId: "frm" });
      await sql(`DELETE FROM "Citation" WHERE "id" = $1`, [ofForum]);
    });

    it("are asked for by everything that refers to a source and is no name", async () => {
      const subjects = await sql(
        `SELECT "to" AS name FROM past."References" WHERE "table" = 'Citation' AND "isPart" AND "to" NOT IN ('Party', 'Person', 'Office', 'Forum') ORDER BY 1`,
      );
      const looked =
        await sql(`SELECT DISTINCT t.relname AS name FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
        JOIN pg_class t ON t.oid = d.refobjid WHERE w.ev_class = 'past."Uncited"'::regclass AND t.relname NOT IN ('Uncited', 'Citation') ORDER BY 1`);
      const [{ trigger } = {}] = await sql(
        `SELECT pg_get_triggerdef(oid) AS trigger FROM pg_trigger WHERE tgname = 'Citation_leaves_no_fact_uncited'`,
      );
      const columns = await sql(
        `SELECT "column" AS name FROM past."References" WHERE "table" = 'Citation' AND "isPart" AND "to" NOT IN ('Party', 'Person', 'Office', 'Forum')`,
      );
      expect(subjects).toHaveLength(21);
      expect(looked).toEqual(subjects);
      for (const { name } of columns) expect(trigger).toContain(`"${String(name)}"`);
    });

    it("name a document that is there", () =>
      expect(make.citation("doc_absent", { partyId: "ind" })).rejects.toMatchObject({ code: "23503" }));
  });

  describe("single records", () => {
    it("have well-formed codes", async () => {
      await refused(insert("Party", { id: "x", kind: "STATE", code: "in", name: "X" }), "Party_code_form");
      await refused(insert("Party", { id: "x", kind: "ORGANIZATION", code: "a b", name: "X" }), "Party_code_form");
      await refused(
        insert("Party", { id: "x", kind: "ORGANIZATION", code: "X1", alpha2: "XX", name: "X" }),
        "Party_alpha2_form",
      );
      await refused(insert("Person", { id: "x", slug: "Dong Jun", name: "X" }), "Person_slug_form");
    });
    it("are sessions only with a forum, and numbered only with one", async () => {
      await refused(make.meeting({ kind: "SESSION" }), "Meeting_session_of_forum");
      await refused(make.meeting({ ordinal: 3 }), "Meeting_ordinal_only_with_forum");
      await refused(make.meeting({ kind: "SESSION", forumId: "frm", ordinal: 0 }), "Meeting_ordinal_positive");
      await make.meeting({ kind: "SESSION", forumId: "frm" });
      await make.meeting({ kind: "BILATERAL", forumId: "frm", ordinal: 4 });
    });
    it("say one thing of one thing", async () => {
      const meetingId = await make.meeting();
      const milestone = await insert("Milestone", { ...identity("mls"), label: "L" });
      const claim = { ...identity("fsc"), meetingId, level: "OFFICES" };
      await refused(
        insert("FirstSinceClaim", { ...claim, sinceMilestoneId: milestone, sinceMeetingId: await make.meeting() }),
        "FirstSinceClaim_since_one_thing",
      );
      await refused(
        insert("FirstSinceClaim", { ...claim, sinceMeetingId: meetingId }),
        "FirstSinceClaim_not_since_itself",
      );
      await refused(insert("Conflict", { ...identity("cnf"), field: "on" }), "Conflict_one_subject");
      await refused(
        insert("Conflict", { ...identity("cnf"), field: "on", meetingId, forumId: "frm" }),
        "Conflict_one_subject",
      );
      await refused(insert("Place", identity("plc")), "Place_city_or_state");
      await refused(make.report(meetingId, "UNKNOWN"), "StatusReport_status_known");
      await refused(insert("Statement", { ...identity("stm"), text: "T", isVerbatim: false }), "Statement_has_speaker");
    });
  });

  describe("between records", () => {
    it("states are states and organizations organizations", async () => {
      await refused(insert("Person", { ...named("per"), name: "X", stateId: "asean" }), "Person_state_is_a_state");
      await refused(insert("Place", { ...identity("plc"), stateId: "asean" }), "Place_state_is_a_state");
      await refused(sql(`UPDATE "Forum" SET "organizationId" = 'ind'`), "Forum_organization_is_an_organization");
      await refused(
        sql(`UPDATE "Party" SET "kind" = 'STATE', "code" = 'ASN' WHERE "id" = 'asean'`),
        "Party_kind_is_lasting",
      );
      await sql(`UPDATE "Forum" SET "organizationId" = 'asean'`);
    });
    it("no meeting is on its own sidelines, however far around", async () => {
      const [a, b] = [await make.meeting(), await make.meeting()];
      const c = await make.meeting({ sidelinesOfId: b });
      await sql(`UPDATE "Meeting" SET "sidelinesOfId" = $2 WHERE "id" = $1`, [b, a]);
      await refused(
        sql(`UPDATE "Meeting" SET "sidelinesOfId" = $2 WHERE "id" = $1`, [a, c]),
        "Meeting_sidelines_form_no_circle",
      );
      await refused(
        sql(`UPDATE "Meeting" SET "sidelinesOfId" = "id" WHERE "id" = $1`, [a]),
        "Meeting_not_on_its_own_sidelines",
      );
    });
    it("no forum is its own parent", async () => {
      await insert("Forum", { id: "child", slug: "child", name: "Child", parentId: "frm" });
      await refused(sql(`UPDATE "Forum" SET "parentId" = 'child' WHERE "id" = 'frm'`), "Forum_parents_form_no_circle");
    });
  });

  describe("a meeting's status", () => {
    it("follows from its reports alone", async () => {
      const id = await make.meeting({ ...day("on", "2024-11-20"), status: "HELD" });
      expect(await statusOf(id)).toBe("UNKNOWN");
      await make.report(id, "EXPECTED", day("reportedOn", "2024-11-18"));
      expect(await statusOf(id)).toBe("EXPECTED");
      await sql(`UPDATE "Meeting" SET "status" = 'DECLINED', "note" = 'n'`);
      expect(await statusOf(id)).toBe("EXPECTED");
      const held = await make.report(id, "HELD", day("reportedOn", "2024-11-20"));
      await make.report(id, "CANCELLED", day("reportedOn", "2024-11-21"));
      expect(await statusOf(id)).toBe("HELD");
      await sql(`DELETE FROM "StatusReport" WHERE "id" = $1`, [held]);
      expect(await statusOf(id)).toBe("CANCELLED");
    });

    it("is what was reported last, the most final of one day", async () => {
      const id = await make.meeting(day("on", "2024-11-20"));
      await make.report(id, "POSTPONED", day("reportedOn", "2024-11-19"));
      await make.report(id, "EXPECTED", day("reportedOn", "2024-11-18"));
      expect(await statusOf(id)).toBe("POSTPONED");
      await make.report(id, "EXPECTED", day("reportedOn", "2024-11-19"));
      await make.report(id, "CANCELLED", day("reportedOn", "2024-11-19"));
      await make.report(id, "DECLINED", day("reportedOn", "2024-11-19"));
      expect(await statusOf(id)).toBe("DECLINED");
      // Undated, so of the meeting's own day.
      const undated = await make.report(id, "EXPECTED");
      expect(await statusOf(id)).toBe("EXPECTED");
      await sql(`UPDATE "Meeting" SET "on" = NULL, "onEarliest" = NULL, "onLatest" = NULL`);
      expect(await statusOf(id)).toBe("DECLINED");
      await sql(
        `UPDATE "StatusReport" SET "reportedOn" = '2025', "reportedOnEarliest" = '2025-01-01', "reportedOnLatest" = '2025-12-31' WHERE "id" = $1`,
        [undated],
      );
      expect(await statusOf(id)).toBe("EXPECTED");
    });

    it("moves with a report to another meeting", async () => {
      const [from, to] = [await make.meeting(), await make.meeting()];
      const report = await make.report(from, "HELD");
      await sql(`UPDATE "StatusReport" SET "meetingId" = $2 WHERE "id" = $1`, [report, to]);
      expect([await statusOf(from), await statusOf(to)]).toEqual(["UNKNOWN", "HELD"]);
    });

    it("on a day is what was known by then", async () => {
      const id = await make.meeting({ ...day("on", "2024-11-20"), ...day("endsOn", "2024-11-22") });
      await make.report(id, "EXPECTED", day("reportedOn", "2024-11-18"));
      const undated = await make.report(id, "POSTPONED");
      const onDay = async (asOf: string): Promise<unknown> =>
        (await sql(`SELECT "meetingStatus"($1, $2::date) AS status`, [id, asOf]))[0]?.["status"];
      expect([await onDay("2024-11-17"), await onDay("2024-11-18"), await onDay("2024-11-21")]).toEqual([
        "UNKNOWN",
        "EXPECTED",
        "EXPECTED",
      ]);
      // Neither the report nor its document has a day: known when the meeting was over.
      expect(await onDay("2024-11-22")).toBe("POSTPONED");
      const document = await make.document(day("publishedOn", "2024-11-19"));
      await make.citation(document, { statusReportId: undated });
      expect(await onDay("2024-11-19")).toBe("POSTPONED");
      await make.report(id, "HELD", day("reportedOn", "2024-12", "2024-12-01", "2024-12-31"));
      expect([await onDay("2024-12-30"), await onDay("2024-12-31")]).toEqual(["POSTPONED", "HELD"]);
      expect(await statusOf(id)).toBe("HELD");
    });

    it.skipIf(!server)("is right when two report at the same time", async () => {
      const id = await make.meeting();
      const [first, second] = [await database.pool.connect(), await database.pool.connect()];
      try {
        const report = `INSERT INTO "StatusReport" ("id", "key", "meetingId", "status") VALUES ($1, $1, $2, $3)`;
        await Promise.all([first.query("BEGIN"), second.query("BEGIN")]);
        await first.query(report, ["rep_one", id, "HELD"]);
        const waits = second.query(report, ["rep_two", id, "EXPECTED"]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await first.query("COMMIT");
        await waits;
        await second.query("COMMIT");
      } finally {
        // With whatever a failure left open.
        first.release(true);
        second.release(true);
      }
      expect(await statusOf(id)).toBe("HELD");
    });
  });

  it("a seat keeps its meeting's days", async () => {
    const id = await make.meeting({ ...day("on", "2024-11-20"), ...day("endsOn", "2024-11-21") });
    await insert("Participant", {
      ...identity("par"),
      meetingId: id,
      partyId: "ind",
      role: "PRINCIPAL",
      meetingEarliest: "1999-01-01",
    });
    const seat = (): Promise<Values[]> =>
      sql(`SELECT "meetingEarliest"::text AS earliest, "meetingLatest"::text AS latest FROM "Participant"`);
    expect(await seat()).toEqual([{ earliest: "2024-11-20", latest: "2024-11-21" }]);
    await sql(`UPDATE "Meeting" SET "endsOn" = NULL, "endsOnEarliest" = NULL, "endsOnLatest" = NULL`);
    expect(await seat()).toEqual([{ earliest: "2024-11-20", latest: "2024-11-20" }]);
    await sql(`UPDATE "Participant" SET "meetingLatest" = NULL`);
    expect(await seat()).toEqual([{ earliest: "2024-11-20", latest: "2024-11-20" }]);
  });

  describe("the version of the record", () => {
    it("moves once for each transaction that changes something, and tells", async () => {
      const listener = new pg.Client({ connectionString: database.url });
      await listener.connect();
      const told: string[] = [];
      listener.on("notification", ({ payload }) => told.push(payload ?? ""));
      await listener.query("LISTEN record");
      const before = await versionNow();
      const client = await database.pool.connect();
      try {
        await client.query(`BEGIN;
          INSERT INTO "Person" ("id", "slug", "name") VALUES ('p1', 'p1', 'P'), ('p2', 'p2', 'P');
          UPDATE "Forum" SET "name" = 'Another';
          DELETE FROM "Person" WHERE "id" = 'p1';
          COMMIT`);
      } finally {
        client.release();
      }
      expect(await versionNow()).toBe(before + 1);
      await expect.poll(() => told).toEqual([String(before + 1)]);
      await listener.end();
    });

    it("stays when nothing changes", async () => {
      const before = await versionNow();
      await sql(`UPDATE "Party" SET "name" = "name"`);
      await sql(`DELETE FROM "Party" WHERE "code" = 'XXX'`);
      await sql(`BEGIN; UPDATE "Party" SET "name" = 'Another'; ROLLBACK`);
      expect(await versionNow()).toBe(before);
    });

    it("is moved by every table", async () => {
      const rows = await sql(`SELECT c.relname AS name FROM pg_class c
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND c.relname NOT IN ('_prisma_migrations', 'RecordVersion', 'Act', 'Change', 'IdempotentAct', 'ApiKey',
            'DeskSession', 'DeskSignIn', 'MistakeReport', 'Proposal', 'Submission')
          AND (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE 'moves\\_record\\_version%') <> 3`);
      expect(rows).toEqual([]);
    });

    it.skipIf(!server)("lets writers of different records go on beside each other", async () => {
      const [first, second] = [await database.pool.connect(), await database.pool.connect()];
      try {
        await first.query(`BEGIN; UPDATE "Forum" SET "name" = 'First'`);
        await second.query(
          `BEGIN; SET LOCAL lock_timeout = '2s'; UPDATE "Party" SET "name" = 'Second' WHERE "id" = 'ind'; COMMIT`,
        );
        await first.query("COMMIT");
      } finally {
        // With whatever a failure left open.
        first.release(true);
        second.release(true);
      }
      expect(await sql(`SELECT "name" FROM "Party" WHERE "id" = 'ind'`)).toEqual([{ name: "Second" }]);
    });
  });

  it.each([
    ["Đặng Ngọc-Sơn", "dang ngoc son"],
    ["  LÓPEZ  Müller, “the Elder” ", "lopez muller the elder"],
    ["Straße Łódź Ærø", "strasse lodz aero"],
    ["Сергей ШОЙГУ", "сергеи шоигу"],
    ["董军 (Dong Jun)", "董军 dong jun"],
    ["ΝΊΚΟΣ Δένδιας", "νικοσ δενδιασ"],
    ["---", ""],
    ["مُحَمَّد یوسف", "محمد يوسف"],
    ["Mitt\u00adwoch in La\u200bos", "mittwoch in laos"],
    ["وین\u200cتیان", "وينتيان"],
    ["김용현", "김용현"],
    ["ガイダンス", "ガイダンス"],
  ])("search folds %j to %j", async (text, folded) => {
    expect(await sql(`SELECT "fold"($1) AS folded`, [text])).toEqual([{ folded }]);
  });

  it("pages of meetings come from an index", async () => {
    const client = await database.pool.connect();
    try {
      await client.query(
        "BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off",
      );
      const plan = async (where: string): Promise<string> => {
        const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN SELECT "id" FROM "Meeting" WHERE ${where}
          ORDER BY coalesce("onEarliest", '-infinity'::date) DESC, "id" DESC LIMIT 20`);
        return rows.map((row) => row["QUERY PLAN"]).join("\n");
      };
      expect(await plan(`(coalesce("onEarliest", '-infinity'::date), "id") < ('2024-01-01', 'x')`)).toContain(
        '"Meeting_by_day"',
      );
      expect(await plan(`"forumId" = 'frm'`)).toContain('"Meeting_of_forum_by_day"');
      expect(await plan(`"sidelinesOfId" = 'x'`)).toContain('"Meeting_on_sidelines_by_day"');
      await client.query("ROLLBACK");
    } finally {
      client.release();
    }
  });
}
