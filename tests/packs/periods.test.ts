import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { audit } from "../../src/database/audit.js";
import type { Database } from "../../src/database/open.js";
import { importPack } from "../../src/packs/import.js";
import { editorOf, type Editor } from "../support/editors.js";
import { anyDatabase } from "../support/database.js";
import { emptyRecord, faultsOf, removeFolders, soundPack, writePack } from "../support/packs.js";

let database: Database;
let editor: Editor;
beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database);
});
afterEach(() => emptyRecord(database));
afterAll(async () => {
  await removeFolders();
  await database.close();
});

/** A period as packs give it. */
type Period = Readonly<Record<string, string | boolean>>;

const membership = { forum: "the-forum", party: "BBB", role: "MEMBER", cite: ["page"] };
const tenure = { person: "bo-baker", office: "BBB/defence-minister", cite: ["page"] };
const kinds = { memberships: membership, tenures: tenure } as const;
const names = { memberships: "the-forum/BBB/MEMBER", tenures: "BBB/defence-minister/bo-baker" } as const;
const collections = Object.keys(kinds) as (keyof typeof kinds)[];

async function loadSound(): Promise<void> {
  await importPack(database, await writePack(soundPack));
}

function load(collection: keyof typeof kinds, ...periods: readonly Period[]) {
  const lines = periods.map((period) => `  - ${JSON.stringify({ ...kinds[collection], ...period })}`);
  return writePack({ "periods.yaml": [`${collection}:`, ...lines, ""].join("\n") }).then((folder) =>
    importPack(database, folder),
  );
}

describe.each(collections)("impossible periods of %s", (collection) => {
  it.each([
    ["covers no day", { since: "2021-03-01", until: "2021-03-01" }],
    ["covers no day", { since: "2021-03-31", until: "2021-03" }],
    ["covers no day", { since: "2021-12-31", until: "2021" }],
    ["is before since", { since: "2021-03-02", until: "2021-03-01" }],
    ["is before since", { since: "2021-03", until: "2021-02" }],
    ["is before since", { since: "2021", until: "2020-12-31" }],
  ])("are refused with the place of until: %s, %o", async (says, period) => {
    await loadSound();
    const faults = await faultsOf(load(collection, { ...period, hasEnded: true }));
    expect(faults).toEqual([
      expect.stringMatching(
        new RegExp(`^periods\\.yaml:2:\\d+: ${collection}\\[0\\]\\.until: until is ${period.until}.*${says}`),
      ) as string,
    ]);
  });

  it.each([
    [{ since: "2021-03-01", until: "2021-03-02" }],
    [{ since: "2021-03", until: "2021-03" }],
    [{ since: "2021", until: "2021" }],
    [{ since: "2021-03-30", until: "2021-03" }],
    [{ since: "2021", until: "2021-01-02" }],
  ])("are not those that cover a day in one of their meanings: %o", async (period) => {
    await loadSound();
    expect(await load(collection, { ...period, hasEnded: true })).toMatchObject({ created: 2 });
  });

  it("are those that were attested before they began or after they ended", async () => {
    await loadSound();
    expect(await faultsOf(load(collection, { since: "2021-03-01", attestedOn: "2021-02" }))).toEqual([
      expect.stringContaining("attestedOn is 2021-02, which is before since, 2021-03-01"),
    ]);
    expect(await faultsOf(load(collection, { until: "2021-03-01", hasEnded: true, attestedOn: "2021-03-01" }))).toEqual(
      [expect.stringContaining("the period does not cover its end")],
    );
    expect(
      await load(collection, { since: "2021-03", until: "2021-05", hasEnded: true, attestedOn: "2021-03-01" }),
    ).toMatchObject({ created: 2 });
  });
});

describe.each(collections)("overlapping periods of %s", (collection) => {
  const key = names[collection];

  it.each<[string, Period, Period]>([
    ["days", { since: "2001-01-01", until: "2010-01-01", hasEnded: true }, { since: "2005-01-01", hasEnded: false }],
    ["years", { since: "2001", until: "2010", hasEnded: true }, { since: "2005", until: "2007", hasEnded: true }],
    [
      "a month and a day",
      { since: "2001-05", hasEnded: false },
      { since: "2001-06-01", until: "2001-06-02", hasEnded: true },
    ],
    [
      "a day of attestation",
      { since: "2001", attestedOn: "2004-05-02" },
      { since: "2003", until: "2005", hasEnded: true },
    ],
  ])("are refused with both places: %s", async (_what, one, other) => {
    await loadSound();
    const faults = await faultsOf(load(collection, one, other));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(
      new RegExp(
        `^periods\\.yaml:3:\\d+: ${collection}\\[1\\]\\.since: the \\w+ "${key}/[^"]+" \\(since ${String(other["since"])}, .*\\) overlaps "${key}" \\(since`,
      ),
    );
    expect(faults[0]).toMatch(
      /let one end on the day on which the other begins, or give both as one \(first at .*periods\.yaml:2:5\)$/,
    );
  });

  it("are refused beside what the record holds and the pack says again", async () => {
    await loadSound();
    const held = { since: "2001", until: "2010", hasEnded: true };
    await load(collection, held);
    const faults = await faultsOf(load(collection, held, { since: "2005", hasEnded: false }));
    expect(faults).toEqual([
      expect.stringMatching(
        new RegExp(
          `^periods\\.yaml:3:.*overlaps "${key}" \\(since 2001, until 2010\\).*or give both as one \\(first at .*periods\\.yaml:2:5\\)$`,
        ),
      ) as string,
    ]);
    expect(await load(collection, held)).toMatchObject({ created: 0, updated: 0 });
  });

  it("are refused in a later pack, with both periods and what to write", async () => {
    await loadSound();
    await load(collection, { since: "2001", until: "2010", hasEnded: true });
    const [fault, ...others] = await faultsOf(load(collection, { since: "2005", until: "2012", hasEnded: true }));
    expect(others).toEqual([]);
    expect(fault).toMatch(
      new RegExp(
        `\\.since: the \\w+ "${key}" is since 2001, until 2010 in the record and since 2005, until 2012 here, and the two overlap; if it is the same \\w+, correct the wrong date \\(correctRecord\\), else let one end on the day on which the other begins, or before$`,
      ),
    );
  });

  it("of a later pack that are apart from the stored one are a second one", async () => {
    await loadSound();
    await load(collection, { since: "2001", until: "2010", hasEnded: true });
    const later = { since: "2010", until: "2012", hasEnded: true };
    expect(await load(collection, later)).toMatchObject({ created: 2, updated: 0 });
    expect(await load(collection, later)).toMatchObject({ created: 0, updated: 0 });
    expect(await load(collection, { since: "1990", until: "1995-02", hasEnded: true })).toMatchObject({
      created: 2,
      updated: 0,
    });
  });

  it.each<[string, Period, Period]>([
    [
      "that touch",
      { since: "2001-01-01", until: "2005-01-01", hasEnded: true },
      { since: "2005-01-01", hasEnded: false },
    ],
    ["with a gap", { since: "2001", until: "2004", hasEnded: true }, { since: "2006", hasEnded: false }],
    ["that may touch", { since: "2001", until: "2005", hasEnded: true }, { since: "2005", hasEnded: false }],
    ["of unknown end", { since: "2001" }, { since: "2005", hasEnded: false }],
    ["that have ended on an unknown day", { since: "2001", hasEnded: true }, { since: "2005", hasEnded: false }],
  ])("are not those %s", async (_what, one, other) => {
    await loadSound();
    expect(await load(collection, one, other)).toMatchObject({ created: 4 });
  });

  it("are found by the doctor where they are stored already, as are periods of no days", async () => {
    await loadSound();
    await load(collection, { since: "2001", until: "2005", hasEnded: true }, { since: "2005", hasEnded: false });
    expect(await audit(database.url)).toEqual([]);
    const table = collection === "tenures" ? "Tenure" : "ForumMembership";
    await database.pool.query(
      `UPDATE "${table}" SET "since" = '2003', "sinceEarliest" = '2003-01-01', "sinceLatest" = '2003-12-31' WHERE "since" = '2005'`,
    );
    const faults = await audit(database.url);
    expect(faults).toMatchObject([
      { rule: expect.stringMatching(/^no two (?:tenure|membership)s of the same overlap$/) as string, count: 1 },
    ]);
    expect(faults[0]?.examples[0]).toContain(`${key} and ${key}/`);
    await database.pool.query(
      `UPDATE "${table}" SET "until" = '2001-01-01', "untilEarliest" = '2001-01-01', "untilLatest" = '2001-01-01' WHERE "since" = '2001'`,
    );
    expect(await audit(database.url)).toMatchObject([
      { rule: expect.stringMatching(/^every (?:tenure|membership) covers a day$/) as string, count: 1 },
    ]);
  });
});

it("two persons may hold one office at the same time", async () => {
  await loadSound();
  const tenures = [
    { ...tenure, since: "2001", hasEnded: false },
    { ...tenure, person: "ada-able", office: "BBB/defence-minister", since: "2001", hasEnded: false },
  ];
  const folder = await writePack({ "tenures.yaml": JSON.stringify({ tenures }) });
  expect(await importPack(database, folder)).toMatchObject({ created: 4 });
});

describe("mutations", () => {
  const cite = [{ document: "page" }];

  it("refuse periods as packs do: when they record, end and correct", async () => {
    await loadSound();
    const { cite: _cite, ...named } = membership;
    const record = (period: Period) =>
      editor.act<{ membership: { id: string } }>(
        "recordMembership",
        { ...named, ...period, cite },
        "membership { id }",
      );
    expect((await record({ since: "2001-01-01", until: "2001-01-01", hasEnded: true })).userErrors).toMatchObject([
      { code: "INVALID", path: ["input", "until"] },
    ]);
    const first = await record({ since: "2001", attestedOn: "2004" });
    expect(first.userErrors).toEqual([]);
    expect((await record({ since: "2003", hasEnded: false })).userErrors).toMatchObject([
      { code: "INVALID", path: ["input", "since"], message: expect.stringContaining("overlaps") as string },
    ]);
    expect((await record({ since: "2006", hasEnded: false })).userErrors).toEqual([]);
    const ended = await editor.act("endMembership", { membership: first.membership.id, until: "2008", cite });
    expect(ended.userErrors).toMatchObject([
      { code: "INVALID", message: expect.stringContaining("(since 2001, until 2008) overlaps") as string },
    ]);
    const correct = (field: string, value: string) =>
      editor.act("correctRecord", {
        id: first.membership.id,
        reason: "A slip.",
        corrections: [{ field, value }],
        cite,
      });
    expect((await correct("attestedOn", "2000")).userErrors).toMatchObject([{ code: "INVALID" }]);
    expect((await correct("attestedOn", "2007")).userErrors).toMatchObject([
      { code: "INVALID", message: expect.stringContaining("overlaps") as string },
    ]);
    expect(
      (await editor.act("endMembership", { membership: first.membership.id, until: "2006", cite })).userErrors,
    ).toEqual([]);
  });

  it("refuse to publish a draft that overlaps what was published after it was drafted", async () => {
    await loadSound();
    const { cite: _cite, ...named } = tenure;
    const former = { since: "2001", until: "2003", hasEnded: true };
    await load("tenures", former);
    const drafted = await editor.act<{ tenure: { id: string } }>(
      "recordTenure",
      { ...named, since: "2006", hasEnded: false, cite, draft: true },
      "tenure { id }",
    );
    expect(drafted.userErrors).toEqual([]);
    await load("tenures", former, { since: "2004", hasEnded: false });
    const { id } = drafted.tenure;
    const published = await editor.act("publishDrafts", { ids: [id] });
    expect(published.userErrors).toMatchObject([
      {
        code: "INVALID",
        path: ["input", "ids"],
        message: expect.stringMatching(
          /^The tenure "[^"]+" \(since .*\) overlaps "[^"]+" \(since .*\); let one end on the day on which the other begins, or give both as one\.$/,
        ) as string,
      },
    ]);
    expect((await editor.act("discardDrafts", { ids: [id] })).userErrors).toEqual([]);
    expect(await audit(database.url)).toEqual([]);
  });
});
