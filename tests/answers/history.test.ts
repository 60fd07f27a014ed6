import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeId } from "../../src/lib/ids.js";
import { inOneWrite } from "../../src/writing/transaction.js";
import { editorOf } from "../support/editors.js";
import { keeperOf, type Keeper } from "../support/keeper.js";
import { listenOver, type Listening } from "../support/listening.js";
import { seededServers, type Seeded } from "../support/seeded.js";

const slug = "2024-11-20-ind-chn-vientiane";
const title = "India and China defence ministers meet in Vientiane";
const declined = "2024-11-usa-chn-vientiane-declined";

/** Whole numbers below a bound, the same ones for the same seed (mulberry32). */
function chooser(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One edit of the record under a number of its own: something new, something else, or something gone. */
function editsOf(number: number, next: (below: number) => number): readonly string[] {
  const nth = (table: string) => `(SELECT "id" FROM "${table}" ORDER BY "id" OFFSET ${String(next(20))} LIMIT 1)`;
  const [milestone, meeting, report, seat] = [
    ["mls", `edited-${String(number)}`],
    ["mtg", `edited-${String(number)}`],
    ["rep", `r${String(number)}`],
    ["par", `p${String(number)}`],
  ].map(([prefix = "", key = ""]) => makeId(prefix, key));
  const nthSource = `(SELECT "id" FROM "Citation" WHERE "meetingId" IS NOT NULL AND "key" NOT LIKE 'edited-%' AND char_length("quote") > 1 ORDER BY "id" OFFSET ${String(next(20))} LIMIT 1)`;
  const day = `2025-01-${String((number % 28) + 1).padStart(2, "0")}`;
  const edits: readonly (readonly string[])[] = [
    [`UPDATE "Meeting" SET "title" = 'Meeting in edit ${String(number)}' WHERE "id" = ${nth("Meeting")}`],
    [`UPDATE "Party" SET "name" = "name" || '*' WHERE "id" = ${nth("Party")}`],
    [
      `UPDATE "ForumMembership" SET "note" = 'Edit ${String(number)}', "hasEnded" = NULL WHERE "id" = ${nth("ForumMembership")}`,
    ],
    [
      `INSERT INTO "PersonName" ("personId", "text", "kind") VALUES (${nth("Person")}, 'Edit ${String(number)}', 'ALIAS')`,
    ],
    [`DELETE FROM "PersonName" WHERE "kind" = 'ALIAS' AND "personId" = ${nth("Person")}`],
    [
      `UPDATE "Participant" SET "personId" = NULL, "note" = 'Edit ${String(number)}' WHERE "id" = ${nth("Participant")}`,
    ],
    // A fact keeps its last source: another one takes the place of what goes.
    [
      `INSERT INTO "Citation" ("id", "key", "documentId", "meetingId", "quote", "start", "end") SELECT '${makeId("cit", `edited-${String(number)}`)}', 'edited-${String(number)}', c."documentId", c."meetingId", left(c."quote", -1), c."start", c."end" - 1 FROM "Citation" c WHERE c."id" = ${nthSource}`,
      `DELETE FROM "Citation" WHERE "id" = ${nthSource}`,
    ],
    [
      `UPDATE "Meeting" SET "on" = '${day}', "onEarliest" = '${day}', "onLatest" = '${day}', "endsOn" = NULL, "endsOnEarliest" = NULL, "endsOnLatest" = NULL WHERE "id" = ${nth("Meeting")}`,
    ],
    [
      `INSERT INTO "Meeting" ("id", "slug", "title", "kind", "on", "onEarliest", "onLatest") VALUES ('${String(meeting)}', 'edited-${String(number)}', 'New in edit ${String(number)}', 'BILATERAL', '${day}', '${day}', '${day}')`,
      `INSERT INTO "Participant" ("id", "key", "meetingId", "partyId", "role", "position") SELECT '${String(seat)}', 'edited-${String(number)}/IND', '${String(meeting)}', "id", 'PRINCIPAL', 0 FROM "Party" WHERE "code" = 'IND'`,
      `INSERT INTO "StatusReport" ("id", "key", "meetingId", "status") VALUES ('${String(report)}', 'edited-${String(number)}/HELD', '${String(meeting)}', 'HELD')`,
    ],
  ];
  const always = [
    `INSERT INTO "Milestone" ("id", "key", "label") VALUES ('${String(milestone)}', 'edited-${String(number)}', 'Edit ${String(number)}')`,
  ];
  return [...always, ...(edits[next(edits.length)] ?? [])];
}

/** A question that looks into every corner of the record. */
const everything = /* GraphQL */ `
  query ($at: DateTime) {
    meetings(first: 70, knownAt: $at, orderBy: { field: TITLE, direction: ASC }) {
      totalCount
      nodes {
        id slug title status on endsOn version
        participants(first: 20) { totalCount nodes { id note version party { code name } person { slug names { text kind } } } }
        statusReports { status }
        citations(first: 1) { totalCount nodes { passage { quote } } }
        sidelinesOf { title }
        history(first: 2) { totalCount nodes { kind version title act { kind at actor reason } fields { field before after } } }
      }
    }
    ofIndia: meetings(first: 5, knownAt: $at, filter: { parties: ["IND"], status: HELD }) { totalCount nodes { title on } }
    forums(first: 20, knownAt: $at) { nodes { slug name memberships(first: 60, asOf: "2024-11-20") { totalCount nodes { role since until hasEnded note version party { code name } } } } }
    states(first: 100, knownAt: $at) { totalCount nodes { code name version } }
    persons(first: 100, knownAt: $at) { totalCount nodes { slug name version tenures { office { title } since } } }
    milestones(first: 100, knownAt: $at) { totalCount nodes { label version isDraft } }
    merged: nodes(ids: ["${makeId("mls", "edited-30")}", "${makeId("mls", "edited-20")}"], knownAt: $at) { ... on Milestone { label } ... on VersionedRecord { history(last: 3) { nodes { kind record { id } } } } }
    firstSinceClaims(first: 10, knownAt: $at) { nodes { verdict counterexamples { title } } }
    lastMeeting(between: ["IND", "CHN"], level: PARTIES, knownAt: $at) { title on }
    jointMemberships(parties: ["IND", "RUS"], asOf: "2024-11-20", rule: ANY_ROLE, knownAt: $at) { forum { slug } memberships { role note } }
    timeline(of: "${makeId("sta", "IND")}", first: 100, knownAt: $at) { totalCount nodes { on summary } }
    search(query: "edit", knownAt: $at) { totalCount nodes { snippet } }
    conflicts(first: 10, knownAt: $at) { nodes { field subject { ... on Meeting { title } } } }
    corrections(first: 3, knownAt: $at) { totalCount nodes { kind at reason changes(first: 5) { totalCount nodes { kind title recordId record { id } } } } }
  }
`;

const servers = await seededServers(["report", "facts"]);

describe.each(servers.filter(({ skip }) => !skip))("the record as of a moment, on $name", ({ open }) => {
  let seeded: Seeded;
  let keeper: Keeper;
  beforeAll(async () => {
    seeded = await open();
    keeper = keeperOf(seeded);
  });
  afterAll(() => seeded.close());

  const ask = <T>(document: string, variables?: Record<string, unknown>) => seeded.ask<T>(document, variables);

  it("is before a correction what the record said then, wherever one looks, and after it what it says since", async () => {
    await keeper.correct(
      "The ministry's own release speaks of delegation-level talks.",
      `UPDATE "Meeting" SET "title" = 'Plenipotentiary talks of India and China', "endsOn" = '2024-11-20', "endsOnEarliest" = '2024-11-20', "endsOnLatest" = '2024-11-20' WHERE "slug" = '${slug}'`,
    );
    const { then, before } = await keeper.moments();
    const id = makeId("mtg", slug);
    const document = /* GraphQL */ `
      query ($at: DateTime, $id: ID!, $slug: String!) {
        meeting(slug: $slug, knownAt: $at) { title endsOn version isDraft history { totalCount } }
        node: nodeAsKnown(id: $id, knownAt: $at) { ... on Meeting { title } ... on VersionedRecord { version } }
        nodes(ids: [$id], knownAt: $at) { ... on Meeting { title } }
        meetings(first: 1, knownAt: $at, filter: { parties: ["IND", "CHN"], during: { from: "2024-11-20", to: "2024-11-20" } }) { nodes { title participants { nodes { meeting { title } } } } }
        forum(slug: "admm-plus", knownAt: $at) { session(ordinal: 11) { sidelineMeetings(filter: { parties: ["CHN", "IND"] }) { nodes { title } } } }
        search(query: "plenipotentiary talks", kinds: [MEETING], knownAt: $at) { totalCount }
      }`;
    const told = (said: string, version: number, endsOn: string | null, found: number) => ({
      meeting: { title: said, endsOn, version, isDraft: false, history: { totalCount: version } },
      node: { title: said, version },
      nodes: [{ title: said }],
      meetings: {
        nodes: [{ title: said, participants: { nodes: [{ meeting: { title: said } }, { meeting: { title: said } }] } }],
      },
      forum: { session: { sidelineMeetings: { nodes: [{ title: said }] } } },
      search: { totalCount: found },
    });
    const since = told("Plenipotentiary talks of India and China", 2, "2024-11-20", 1);
    expect(await ask(document, { id, slug })).toEqual(since);
    expect(await ask(document, { id, slug, at: then })).toEqual(since);
    expect(await ask(document, { id, slug, at: before })).toEqual(told(title, 1, null, 0));
  });

  it("stands in the record's history with who changed it, when, why, and what was said before", async () => {
    const { then } = await keeper.moments();
    const { meeting } = await ask<{ meeting: { history: { nodes: unknown[] } } }>(
      `{ meeting(slug: "${slug}") { history(first: 1) { totalCount nodes { kind version recordType title record { __typename id } act { kind actor at reason changes { totalCount } } fields { field before after } } } } }`,
    );
    expect(meeting.history).toEqual({
      totalCount: 2,
      nodes: [
        {
          kind: "CHANGED",
          version: 2,
          recordType: "Meeting",
          title: "Plenipotentiary talks of India and China",
          record: { __typename: "Meeting", id: makeId("mtg", slug) },
          act: {
            kind: "correctRecord",
            actor: "Desk",
            at: `${then.slice(0, 23)}Z`,
            reason: "The ministry's own release speaks of delegation-level talks.",
            changes: { totalCount: 1 },
          },
          fields: [
            { field: "endsOn", before: null, after: "2024-11-20" },
            { field: "title", before: title, after: "Plenipotentiary talks of India and China" },
          ],
        },
      ],
    });
    const first = await ask<{ meeting: { history: { nodes: { title: string }[] } } }>(
      `{ meeting(slug: "${slug}") { history(last: 1) { nodes { kind title version act { kind } fields { field before after } } } } }`,
    );
    expect(first.meeting.history.nodes).toEqual([
      {
        kind: "CREATED",
        title,
        version: 1,
        act: { kind: "import" },
        fields: expect.arrayContaining([
          { field: "place", before: null, after: "LAO/vientiane" },
          { field: "sidelinesOf", before: null, after: "admm-plus-11" },
          { field: "status", before: null, after: "HELD" },
        ]) as unknown,
      },
    ]);
  });

  it("reports names of a person in the spelling of packs", async () => {
    const id = makeId("per", "rajnath-singh");
    await keeper.correct(
      "A spelling in use.",
      `INSERT INTO "PersonName" ("personId", "text", "kind") VALUES ('${id}', 'Rajnath-Singh', 'ALIAS')`,
    );
    await keeper.correct(
      "Not one in English.",
      `UPDATE "PersonName" SET "language" = 'hi' WHERE "personId" = '${id}' AND "text" = 'Rajnath-Singh'`,
    );
    const { person } = await ask<{ person: { history: unknown } }>(
      `{ person(slug: "rajnath-singh") { history(first: 2) { nodes { version fields { field before after } } } } }`,
    );
    expect(person.history).toEqual({
      nodes: [
        {
          version: 3,
          fields: [{ field: "names", before: "Rajnath-Singh (ALIAS)", after: "Rajnath-Singh (ALIAS, hi)" }],
        },
        { version: 2, fields: [{ field: "names", before: null, after: "Rajnath-Singh (ALIAS)" }] },
      ],
    });
  });

  it("names every record of every kind, and all that lasts has a history but acts themselves", async () => {
    const { rows } = await seeded.database.pool.query(
      `SELECT "table", "recordId" FROM "Change" WHERE past."titleOf"("recordId", "version") IS NULL OR past."keyOf"("recordId") IS NULL LIMIT 5`,
    );
    expect(rows).toEqual([]);
    const { node, record } = await ask<Record<"node" | "record", { possibleTypes: { name: string }[] }>>(
      `{ node: __type(name: "Node") { possibleTypes { name } } record: __type(name: "VersionedRecord") { possibleTypes { name } } }`,
    );
    const recorded = record.possibleTypes.map(({ name }) => name);
    expect(node.possibleTypes.map(({ name }) => name).filter((name) => !recorded.includes(name))).toEqual(["Act"]);
  });

  it("is paged, latest first, and cursors hold", async () => {
    const page = (after: string | null) =>
      ask<{
        person: {
          history: { pageInfo: { endCursor: string; hasNextPage: boolean }; edges: { node: { version: number } }[] };
        };
      }>(
        `query ($after: String) { person(slug: "rajnath-singh") { history(first: 2, after: $after) { pageInfo { endCursor hasNextPage } edges { node { version } } } } }`,
        { after },
      );
    const one = await page(null);
    expect(one.person.history.edges.map(({ node }) => node.version)).toEqual([3, 2]);
    const two = await page(one.person.history.pageInfo.endCursor);
    expect(two.person.history.edges.map(({ node }) => node.version)).toEqual([1]);
    expect(two.person.history.pageInfo.hasNextPage).toBe(false);
  });

  it("of two that were merged is both before, and afterwards the one that stands, by every name and id", async () => {
    const [gone, stays] = [makeId("per", "dong-the-second"), makeId("per", "dong-jun")];
    const cited = makeId("cit", "dong-the-second");
    await keeper.correct(
      "Recorded once more under another spelling.",
      `INSERT INTO "Person" ("id", "slug", "name") VALUES ('${gone}', 'dong-the-second', 'Dong Chun')`,
      `INSERT INTO "PersonName" ("personId", "text", "kind") VALUES ('${gone}', 'Dong Chun', 'PRIMARY')`,
      `INSERT INTO "Citation" ("id", "key", "documentId", "personId", "locator") SELECT '${cited}', 'dong-the-second', "id", '${gone}', 'p. 1' FROM "Document" ORDER BY "id" LIMIT 1`,
    );
    await keeper.merge("One and the same minister.", "Person", "dong-the-second", "dong-jun");
    const { before } = await keeper.moments();
    const document = `query ($at: DateTime) {
      person(slug: "dong-the-second", knownAt: $at) { id slug }
      node: nodeAsKnown(id: "${gone}", knownAt: $at) { id }
      nodes(ids: ["${gone}", "${stays}", "per_aaaaaaaaaaaaaaaa"], knownAt: $at) { id }
      persons(first: 1, knownAt: $at) { totalCount }
    }`;
    const {
      persons: { totalCount },
      ...now
    } = await ask<{ persons: { totalCount: number } }>(document);
    expect(now).toEqual({
      person: { id: stays, slug: "dong-jun" },
      node: { id: stays },
      nodes: [{ id: stays }, { id: stays }, null],
    });
    expect(await ask(document, { at: before })).toEqual({
      person: { id: gone, slug: "dong-the-second" },
      node: { id: gone },
      nodes: [{ id: gone }, { id: stays }, null],
      persons: { totalCount: totalCount + 1 },
    });
    const meetingsOf = (slug: string) =>
      ask<{ meetings: { totalCount: number } }>(`{ meetings(filter: { persons: ["${slug}"] }) { totalCount } }`);
    expect((await meetingsOf("dong-jun")).meetings.totalCount).toBeGreaterThan(0);
    expect(await meetingsOf("dong-the-second")).toEqual(await meetingsOf("dong-jun"));
    expect(await ask(`{ timeline(of: "${gone}", first: 1) { totalCount } }`)).toEqual(
      await ask(`{ timeline(of: "${stays}", first: 1) { totalCount } }`),
    );
    const { corrections } = await ask<{ corrections: { nodes: unknown[] } }>(
      `{ corrections(first: 1) { nodes { kind reason merged: changes(kind: MERGED) { nodes { recordId title record { id } } } } } }`,
    );
    expect(corrections.nodes).toEqual([
      {
        kind: "mergeRecords",
        reason: "One and the same minister.",
        merged: { nodes: [{ recordId: gone, title: "Dong Chun", record: { id: stays } }] },
      },
    ]);
  });

  it("keeps withdrawn records, and the log says why they were withdrawn", async () => {
    const document = `query ($at: DateTime) {
      meeting(slug: "${declined}", knownAt: $at) { status participants { totalCount } citations { totalCount } }
      node: nodeAsKnown(id: "${makeId("mtg", declined)}", knownAt: $at) { __typename }
      meetings(filter: { parties: ["USA", "CHN"] }, knownAt: $at) { totalCount }
      service { counts { meetings } }
    }`;
    const stood = await ask<{ meetings: { totalCount: number }; service: { counts: { meetings: number } } }>(document);
    await keeper.withdraw("Entered in error.", "Meeting", declined);
    const { then, before } = await keeper.moments();
    const counts = { meetings: stood.service.counts.meetings - 1 };
    const gone = {
      meeting: null,
      node: null,
      meetings: { totalCount: stood.meetings.totalCount - 1 },
      service: { counts },
    };
    expect(await ask(document)).toEqual(gone);
    expect(await ask(document, { at: then })).toEqual(gone);
    expect(await ask(document, { at: before })).toEqual({ ...stood, service: { counts } });
    const { corrections } = await ask<{ corrections: unknown }>(
      `{ corrections(first: 1, of: "${makeId("mtg", declined)}") { nodes { kind actor reason withdrawn: changes(first: 100, kind: WITHDRAWN) { nodes { recordType title record { id } } } } } }`,
    );
    expect(corrections).toEqual({
      nodes: [
        {
          kind: "withdrawRecord",
          actor: "Desk",
          reason: "Entered in error.",
          withdrawn: {
            nodes: expect.arrayContaining([
              { recordType: "Meeting", title: expect.stringContaining("sought and declined") as unknown, record: null },
            ]) as unknown,
          },
        },
      ],
    });
    expect(await ask(`{ corrections(of: "per_aaaaaaaaaaaaaaaa") { totalCount } }`)).toEqual({
      corrections: { totalCount: 0 },
    });
  });

  it("is nothing before the record began, and not asked for before its time", async () => {
    const document = `query ($at: DateTime) { meetings(knownAt: $at) { totalCount } state(code: "IND", knownAt: $at) { name } corrections(knownAt: $at) { totalCount } jointMemberships(parties: ["IND", "CHN"], asOf: "2024-11-20", rule: ANY_ROLE, knownAt: $at) { forum { slug } } }`;
    for (const at of ["2001-01-01T00:00:00Z", "0000-01-01T00:00:00Z"]) {
      expect(await ask(document, { at })).toEqual({
        meetings: { totalCount: 0 },
        state: null,
        corrections: { totalCount: 0 },
        jointMemberships: [],
      });
    }
    const { errors } = await seeded.answer(`{ state(code: "IND", knownAt: "2999-01-01T00:00:00Z") { name } }`);
    expect(errors).toEqual([
      expect.objectContaining({ code: "BAD_USER_INPUT", argument: "knownAt", path: "state", isOurs: false }),
    ]);
  });

  it("has published records only: drafts are seen by editors without a moment alone", async () => {
    const id = makeId("mls", "drafted");
    await inOneWrite(
      seeded.database,
      async (statements) => {
        await statements.$executeRawUnsafe(
          `INSERT INTO "Milestone" ("id", "key", "label") VALUES ('${id}', 'drafted', 'Not yet told')`,
        );
      },
      { isDraft: true, act: { kind: "recordMilestone", actor: "key:1" } },
    );
    const document = `query ($at: DateTime) { node: nodeAsKnown(id: "${id}", knownAt: $at) { ... on Milestone { label isDraft version } } milestones(first: 100, knownAt: $at) { nodes { id } } }`;
    const editor = editorOf(seeded.database);
    const seen = await editor.ask<{ node: unknown; milestones: { nodes: { id: string }[] } }>(document);
    expect(seen.node).toEqual({ label: "Not yet told", isDraft: true, version: 1 });
    expect(seen.milestones.nodes).toContainEqual({ id });
    const { then } = await keeper.moments();
    for (const answer of [await ask<typeof seen>(document), await editor.ask<typeof seen>(document, { at: then })]) {
      expect(answer.node).toBeNull();
      expect(answer.milestones.nodes).not.toContainEqual({ id });
    }
  });

  it("on each day of a month of edits is what the record said that day", async () => {
    const days: { readonly at: string; readonly said: unknown }[] = [];
    const next = chooser(20241120);
    for (let day = 1; day <= 31; day++) {
      for (let edit = 0; edit <= next(3); edit++)
        await keeper.correct(`Edit ${String(edit)} of day ${String(day)}`, ...editsOf(day * 10 + edit, next));
      if (day === 11) await keeper.merge("The same milestone.", "Milestone", "edited-30", "edited-20");
      if (day === 17) await keeper.withdraw("Not a milestone.", "Milestone", "edited-20");
      const { then } = await keeper.moments();
      days.push({ at: then, said: await ask(everything) });
    }
    for (const [index, { at, said }] of days.entries())
      expect(await ask(everything, { at }), `day ${String(index + 1)}`).toEqual(said);
    // They differ, or nothing would have been tried.
    expect(new Set(days.map(({ said }) => JSON.stringify(said))).size).toBe(31);
  });

  describe("over HTTP", () => {
    let service: Listening;
    beforeAll(async () => {
      service = await listenOver(seeded.database);
    });
    afterAll(() => service.close());

    async function post(query: string, variables: Record<string, unknown>): Promise<unknown> {
      const response = await fetch(`${service.address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    }

    const document = `query ($at: DateTime) { forum(slug: "brics", knownAt: $at) { name } }`;

    it("is kept and stays true while the record moves on", async () => {
      const { then } = await keeper.moments();
      const was = await post(document, { at: then });
      expect(was).toEqual(await post(document, {}));
      for (const name of ["BRICS (one)", "BRICS (two)"]) {
        await keeper.correct("Trying.", `UPDATE "Forum" SET "name" = '${name}' WHERE "slug" = 'brics'`);
        await expect.poll(() => post(document, {})).toEqual({ data: { forum: { name } } });
        // Twice: read, kept, and by the second time a known query.
        for (const time of [1, 2, 3]) expect(await post(document, { at: then }), String(time)).toEqual(was);
      }
    });

    it("is refused for a moment to come, and told once it has come", async () => {
      const at = new Date(Date.now() + 1_500).toISOString();
      for (const time of [1, 2]) {
        expect(await post(document, { at }), String(time)).toMatchObject({
          errors: [{ path: ["forum"], extensions: { code: "BAD_USER_INPUT", argument: "knownAt" } }],
        });
      }
      await expect
        .poll(() => post(document, { at }), { timeout: 60_000 })
        .toEqual({ data: { forum: { name: "BRICS (two)" } } });
    });
  });
});
