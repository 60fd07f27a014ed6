import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFeed, type RecordedAct, type RecordFeed } from "../../src/live/feed.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { findTopics, type TopicArguments } from "../../src/live/topics.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const source = {
  key: "about",
  kind: "OFFICIAL_PAGE",
  title: "About",
  publisher: "The Office",
  language: "en",
  url: "https://example.org/about",
};
const cite = [{ document: source.key }];
const another = [{ document: source.key, locator: "p. 2" }];
const slug = "2024-11-22-lao-vnm-vientiane";
const seats = ["LAO", "VNM"];

let seeded: Seeded;
let editor: Editor;
let feed: RecordFeed;
beforeAll(async () => {
  seeded = await openSeeded(["report"]);
  editor = editorOf(seeded.database);
  feed = createFeed(seeded.database.pool, { onMove: () => () => undefined });
  await editor.act("addDocument", source);
});
afterAll(() => seeded.close());

/** The feed's entry of a mutation, and the mutation's payload. */
async function acted<T extends object = Record<string, unknown>>(
  name: string,
  input: object,
  selection = "",
): Promise<{ act: RecordedAct; payload: T }> {
  const before = await feed.latest();
  const payload = await editor.act<T>(name, input, selection);
  expect(faultsOf(payload)).toEqual([]);
  const acts = await feed.after(before.number);
  expect(acts).toHaveLength(1);
  return { act: acts[0] as RecordedAct, payload };
}

/** The records that a mutation affected, by the tables it changed: codes and slugs in order. */
async function affectedBy(name: string, input: object): Promise<Record<string, string[]>> {
  const { act } = await acted(name, input);
  const { rows } = await seeded.database.pool.query<{ number: number; table: string }>(
    'SELECT "number", "table" FROM "Change" WHERE "actNumber" = $1',
    [act.number],
  );
  const found: Record<string, Set<string>> = Object.fromEntries(rows.map(({ table }) => [table, new Set<string>()]));
  for (const { number, affected } of act.changes) {
    const table = rows.find((row) => row.number === number)?.table ?? "";
    const { rows: keys } = await seeded.database.pool.query<{ key: string }>(
      'SELECT past."keyOf"(i) AS "key" FROM unnest($1::text[]) AS i',
      [[...affected]],
    );
    for (const { key } of keys) found[table]?.add(key);
  }
  return Object.fromEntries(Object.entries(found).map(([table, keys]) => [table, [...keys].sort()]));
}

async function idOf(table: string, where: string): Promise<string> {
  const { rows } = await seeded.database.pool.query<{ id: string }>(`SELECT "id" FROM "${table}" WHERE ${where}`);
  return rows[0]?.id ?? "";
}

/** Whether a mutation is delivered to a subscription with these arguments. */
async function isDelivered(act: RecordedAct, args: TopicArguments): Promise<boolean> {
  return (await findTopics(seeded.database.pool, declaredRecords, args, true)).choose(act)?.length !== 0;
}

describe("the records that a change affects", () => {
  it("are known for every table whose changes are delivered", async () => {
    const { rows } = await seeded.database.pool.query<{ table: string }>(
      'SELECT "table" FROM past."Kept" WHERE "owner" IS NULL AND "isTold" ORDER BY "table"',
    );
    const { rows: source } = await seeded.database.pool.query<{ body: string }>(
      `SELECT prosrc AS "body" FROM pg_proc WHERE oid = 'past."concerned"'::regproc`,
    );
    const named = [...(source[0]?.body ?? "").matchAll(/WHEN '(\w+)' THEN/g)].map(([, table]) => table);
    expect(rows.map(({ table }) => table)).toEqual([...named].sort());
  });

  it("a document affects no topic", async () => {
    expect(await affectedBy("addDocument", { ...source, key: "other" })).toEqual({ Document: [] });
  });

  it("persons, offices, tenures and places concern whom they name", async () => {
    expect(await affectedBy("recordPerson", { slug: "pat-example", name: "Pat Example", state: "LAO", cite })).toEqual({
      Person: ["LAO", "pat-example"],
      Citation: ["LAO", "pat-example"],
    });
    expect(
      await affectedBy("recordOffice", { key: "LAO/examples", title: "Minister of Examples", kind: "OTHER", cite }),
    ).toEqual({ Office: ["LAO"], Citation: ["LAO"] });
    expect(
      await affectedBy("recordTenure", { person: "pat-example", office: "LAO/examples", since: "2020", cite }),
    ).toEqual({ Tenure: ["LAO", "pat-example"], Citation: ["LAO", "pat-example"] });
    expect(await affectedBy("recordPlace", { key: "VNM/example-town", city: "Example Town", state: "VNM" })).toEqual({
      Place: ["VNM"],
    });
  });

  it("forums concern themselves, their parent and their organization; memberships the forum and the party, disputes of them too", async () => {
    expect(
      await affectedBy("recordForum", {
        slug: "example-forum",
        name: "Example Forum",
        kind: "DIALOGUE",
        parent: "brics",
        cite,
      }),
    ).toEqual({ Forum: ["brics", "example-forum"], Citation: ["brics", "example-forum"] });
    expect(
      await affectedBy("recordMembership", {
        forum: "example-forum",
        party: "LAO",
        role: "MEMBER",
        since: "2001",
        cite,
      }),
    ).toEqual({ ForumMembership: ["LAO", "example-forum"], Citation: ["LAO", "example-forum"] });
    const claims = [
      { value: "2001", cite },
      { value: "2003", cite: another },
    ];
    const both = ["LAO", "example-forum"];
    expect(
      await affectedBy("disputeMembership", { membership: "example-forum/LAO/MEMBER", field: "since", claims }),
    ).toEqual({ ForumMembership: both, Conflict: both, ConflictClaim: both, Citation: both });
  });

  it("a part of a meeting affects the meeting, its participants, and the meeting on whose sidelines it is held", async () => {
    const everything = ["LAO", "VNM", slug, "admm-plus-11"].sort();
    const input = {
      slug,
      title: "Laos and Vietnam meet",
      kind: "MULTILATERAL",
      on: "2024-11-22",
      sidelinesOf: "admm-plus-11",
      cite,
      participants: seats.map((party) => ({ party, role: "PRINCIPAL", cite })),
      statusReports: [{ status: "HELD", cite }],
      commitments: [{ key: "again", summary: "Meet again", kind: "DIALOGUE", status: "AGREED", parties: seats, cite }],
    };
    expect(await affectedBy("recordMeeting", input)).toEqual({
      Meeting: everything,
      Participant: everything,
      StatusReport: everything,
      Commitment: everything,
      Citation: everything,
    });
    const more = [...everything, "IND", "rajnath-singh"].sort();
    expect(
      await affectedBy("addParticipant", {
        meeting: slug,
        party: "IND",
        person: "rajnath-singh",
        role: "OBSERVER",
        cite,
      }),
    ).toEqual({ Participant: more, Citation: more });
    // The meeting's status follows from the report; one that says the same moves nothing.
    expect(
      await affectedBy("reportStatus", { meeting: slug, status: "HELD", reportedOn: "2024-11-23", cite: another }),
    ).toEqual({ StatusReport: more, Citation: more });
    const visit = await affectedBy("recordVisit", {
      key: "lao/1",
      person: "pat-example",
      from: "2024-11-22",
      meetings: [slug],
      cite,
    });
    expect(visit["Visit"]).toEqual([slug, "LAO", "pat-example"].sort());
  });

  it("a session concerns its forum", async () => {
    const told = await affectedBy("reportStatus", {
      meeting: "admm-plus-11",
      status: "HELD",
      reportedOn: "2024-11-21",
      cite,
    });
    expect(told["StatusReport"]).toEqual(expect.arrayContaining(["admm-plus", "admm-plus-11"]));
    expect(told["StatusReport"]).not.toContain(slug);
  });

  it("milestones concern their parties, and claims of a first meeting since one these, too", async () => {
    expect(
      await affectedBy("recordMilestone", {
        key: "example",
        label: "An example",
        on: "2021",
        parties: ["CHN", "IND"],
        cite,
      }),
    ).toEqual({ Milestone: ["CHN", "IND"], Citation: ["CHN", "IND"] });
    const told = await affectedBy("recordFirstSinceClaim", {
      meeting: slug,
      key: "example",
      level: "PARTIES",
      since: { milestone: "example" },
      cite,
    });
    expect(told["FirstSinceClaim"]).toEqual(["CHN", "IND", "LAO", "VNM", slug, "admm-plus-11", "rajnath-singh"].sort());
  });

  it("a correction that moves a part affects both records", async () => {
    const id = await idOf("Person", `"slug" = 'pat-example'`);
    expect(
      await affectedBy("correctRecord", {
        id,
        reason: "Another state.",
        corrections: [{ field: "state", value: "VNM" }],
      }),
    ).toEqual({ Person: ["LAO", "VNM", "pat-example"] });
    // From now on Laos has nothing to do with it.
    expect(
      await affectedBy("correctRecord", {
        id,
        reason: "A slip.",
        corrections: [{ field: "name", value: "P. Example" }],
      }),
    ).toEqual({ Person: ["VNM", "pat-example"] });
  });

  it("a withdrawal affects the records of before", async () => {
    const { act, payload } = await acted<{ participant: { id: string } }>(
      "addParticipant",
      { meeting: slug, party: "CHN", role: "OBSERVER", cite },
      "participant { id }",
    );
    expect(await isDelivered(act, { party: "CHN" })).toBe(true);
    const { act: withdrawal } = await acted("withdrawRecord", { id: payload.participant.id, reason: "Not there." });
    expect(await isDelivered(withdrawal, { party: "CHN" })).toBe(true);
    expect(await isDelivered(withdrawal, { meeting: slug })).toBe(true);
    expect(await isDelivered(withdrawal, { forum: "brics" })).toBe(false);
    const { act: after } = await acted("reportStatus", {
      meeting: slug,
      status: "EXPECTED",
      reportedOn: "2024-11-01",
      cite,
    });
    expect(await isDelivered(after, { party: "CHN" })).toBe(false);
    expect(await isDelivered(after, { party: "IND" })).toBe(true);
  });

  it("several names together choose what concerns all of them, and no name everything", async () => {
    const { act } = await acted("reportStatus", {
      meeting: slug,
      status: "EXPECTED",
      reportedOn: "2024-11-02",
      cite: [{ document: "other" }],
    });
    expect(await isDelivered(act, { party: "VNM", meeting: slug, person: "rajnath-singh" })).toBe(true);
    expect(await isDelivered(act, { party: "VNM", forum: "brics" })).toBe(false);
    expect(await isDelivered(act, { meeting: await idOf("Meeting", `"slug" = '${slug}'`) })).toBe(true);
    expect(await isDelivered(act, {})).toBe(true);
  });

  it("a merge affects both, and later changes of the target are delivered for either name", async () => {
    const { payload } = await acted<{ person: { id: string } }>(
      "recordPerson",
      { slug: "example-pat", name: "Example Pat", cite: another },
      "person { id }",
    );
    const live = await findTopics(seeded.database.pool, declaredRecords, { person: "example-pat" }, false);
    const survivor = await findTopics(seeded.database.pool, declaredRecords, { person: "pat-example" }, false);
    const into = await idOf("Person", `"slug" = 'pat-example'`);
    const { act: merger } = await acted("mergeRecords", { id: payload.person.id, into, reason: "The same person." });
    expect(live.choose(merger)?.length).toBeGreaterThan(0);
    expect(survivor.choose(merger)?.length).toBeGreaterThan(0);
    const { act } = await acted("correctRecord", {
      id: into,
      reason: "A slip.",
      corrections: [{ field: "name", value: "Pat Example" }],
    });
    expect(live.choose(act)).toHaveLength(1);
    expect(await isDelivered(act, { person: "example-pat" })).toBe(true);
  });

  it("unknown names are rejected, but withdrawn ones are accepted in a resumed subscription", async () => {
    const { act, payload } = await acted<{ person: { id: string } }>(
      "recordPerson",
      { slug: "nobody-at-all", name: "Nobody", cite },
      "person { id }",
    );
    await acted("withdrawRecord", { id: payload.person.id, reason: "Made up." });
    const unknown = { extensions: { code: "BAD_USER_INPUT", argument: "person" } };
    await expect(
      findTopics(seeded.database.pool, declaredRecords, { person: "nobody-at-all" }, false),
    ).rejects.toMatchObject(unknown);
    expect(
      (await findTopics(seeded.database.pool, declaredRecords, { person: "nobody-at-all" }, true)).choose(act),
    ).toHaveLength(2);
    for (const [argument, name] of Object.entries({
      party: "XXX",
      person: "x",
      forum: "x",
      meeting: "mtg_aaaaaaaaaaaaaaaa",
    })) {
      await expect(findTopics(seeded.database.pool, declaredRecords, { [argument]: name }, true)).rejects.toMatchObject(
        {
          extensions: { argument },
        },
      );
    }
  });
});

describe("the feed", () => {
  it("gives every act once and in order, however small the pages", async () => {
    const whole = await feed.after(0);
    const small = createFeed(seeded.database.pool, { onMove: () => () => undefined }, { pageSize: 3 });
    const found: RecordedAct[] = [];
    for (let acts = await small.after(0); acts.length > 0; acts = await small.after(found.at(-1)?.number ?? 0))
      found.push(...acts);
    const { rows } = await seeded.database.pool.query<{ act: string; changes: number }>(
      'SELECT a."id" AS "act", count(*)::int AS "changes" FROM "Act" a JOIN "Change" c ON c."actNumber" = a."number" GROUP BY a."number" ORDER BY a."number"',
    );
    expect(found.map(({ id, changes }) => ({ act: id, changes: changes.length }))).toEqual(rows);
    expect(found[0]).toEqual(whole[0]);
  });

  it("reads what several ask for at once only once", async () => {
    let statements = 0;
    const counting = {
      query: (...given: unknown[]) => (
        (statements += 1),
        (seeded.database.pool.query as (...all: unknown[]) => unknown)(...given)
      ),
    };
    const shared = createFeed(
      counting as typeof seeded.database.pool,
      { onMove: () => () => undefined },
      { pageSize: 100_000 },
    );
    const { number } = await shared.latest();
    statements = 0;
    const both = await Promise.all([shared.after(number - 1), shared.after(number - 1)]);
    expect(both[0]).toBe(both[1]);
    expect(await shared.after(number - 1)).toBe(both[0]);
    expect(statements).toBe(1);
  });
});
