import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { seededServers, type Seeded } from "../support/seeded.js";

const source = {
  key: "about-everything",
  kind: "OFFICIAL_PAGE",
  title: "About",
  publisher: "The Office",
  language: "en",
  url: "https://example.org/about",
};
const cite = [{ document: source.key }];
const another = [{ document: source.key, locator: "p. 2" }];

const person = { slug: "pat-example", name: "Pat Example", state: "LAO", cite };
const office = { key: "LAO/minister-of-examples", title: "Minister of Examples", kind: "OTHER", cite };
const forum = { slug: "example-forum", name: "Example Forum", kind: "DIALOGUE", foundedOn: "2001", cite };

describe.each((await seededServers(["report"])).filter(({ skip }) => !skip))(
  "keeping the record on $name",
  ({ open }) => {
    let seeded: Seeded;
    let editor: Editor;
    beforeAll(async () => {
      seeded = await open();
      editor = editorOf(seeded.database);
      await editor.act("addDocument", source);
    });
    afterAll(() => seeded.close());

    /** Carries out an act that is to succeed; gives its payload. */
    async function done<T extends object>(name: string, input: object, selection: string): Promise<T> {
      const payload = await editor.act<T>(name, input, selection);
      expect(payload.userErrors).toEqual([]);
      return payload;
    }

    it("records states and organizations with their names and identifiers", async () => {
      const state = {
        code: "XAA",
        alpha2: "XA",
        name: "Exampleland",
        names: [{ text: "Exa", kind: "ALIAS" }],
        identifiers: [{ scheme: "COW", value: "999" }],
        cite,
      };
      expect(
        await done(
          "recordState",
          state,
          "state { code alpha2 names { text kind } identifiers { scheme value } citations { totalCount } }",
        ),
      ).toMatchObject({
        state: {
          code: "XAA",
          alpha2: "XA",
          names: [{ text: "Exa", kind: "ALIAS" }],
          identifiers: [{ scheme: "COW", value: "999" }],
          citations: { totalCount: 1 },
        },
      });
      expect(faultsOf(await editor.act("recordState", { ...state, alpha2: "LA" }))).toEqual(["DUPLICATE input.code"]);
      expect(faultsOf(await editor.act("recordState", { ...state, code: "XAB", alpha2: "LA" }))).toEqual([
        "CONFLICT input.alpha2",
        "CONFLICT input.identifiers.0.value",
      ]);
      const listed = (...identifiers: (readonly [scheme: string, value: string])[]) => ({
        ...state,
        code: "XAB",
        alpha2: "XB",
        identifiers: identifiers.map(([scheme, value]) => ({ scheme, value })),
      });
      expect(faultsOf(await editor.act("recordState", listed(["WIKIDATA", "Q999999"], ["COW", "999"])))).toEqual([
        "CONFLICT input.identifiers.1.value",
      ]);
      expect(faultsOf(await editor.act("recordState", listed(["COW", "998"], ["WIKIDATA", "999"])))).toEqual([
        "INVALID input.identifiers.1.value",
      ]);
      expect(faultsOf(await editor.act("recordState", listed(["COW", "998"], ["COW", "997"])))).toEqual([
        "INVALID input.identifiers.1.scheme",
      ]);
      const organization = { code: "EXO", name: "Example Organization", cite };
      expect(await done("recordOrganization", organization, "organization { code name }")).toMatchObject({
        organization: { code: "EXO" },
      });
      expect(faultsOf(await editor.act("recordOrganization", { ...organization, code: "EXP", cite: [] }))).toEqual([
        "UNCITED input",
      ]);
    });

    it("records persons, offices, places and tenures, and ends a tenure once", async () => {
      await done("recordPerson", person, "person { slug }");
      await done("recordOffice", office, "office { key party { code } }");
      expect(
        await done(
          "recordPlace",
          { key: "LAO/example-town", city: "Example Town", state: "LAO" },
          "place { key country { code } }",
        ),
      ).toMatchObject({
        place: { key: "LAO/example-town", country: { code: "LAO" } },
      });
      const recorded = await done<{ tenure: { id: string } }>(
        "recordTenure",
        { person: person.slug, office: office.key, since: "2020", cite },
        "tenure { id since person { slug } }",
      );
      expect(
        faultsOf(await editor.act("recordTenure", { person: "nobody", office: "LAO/no-office", since: "2020", cite })),
      ).toEqual(["NOT_FOUND input.office", "NOT_FOUND input.person"]);
      const { id } = recorded.tenure;
      expect(faultsOf(await editor.act("endTenure", { tenure: id, until: "2024-05", cite: [] }))).toEqual([
        "UNCITED input.cite",
      ]);
      expect(
        await done(
          "endTenure",
          { tenure: id, until: "2024-05", cite: another, expectedVersion: 1 },
          "tenure { until hasEnded citations { totalCount } }",
        ),
      ).toMatchObject({
        tenure: { until: "2024-05", hasEnded: true, citations: { totalCount: 2 } },
      });
      const stale = await editor.act<{ tenure: object }>(
        "endTenure",
        { tenure: id, until: "2023", cite, expectedVersion: 1 },
        "tenure { until }",
      );
      expect(faultsOf(stale)).toEqual(["CONFLICT input.expectedVersion"]);
      expect(stale.tenure).toEqual({ until: "2024-05" });
      expect(faultsOf(await editor.act("endTenure", { tenure: id, until: "2023", cite }))).toEqual([
        "CONFLICT input.until",
      ]);
      expect(faultsOf(await editor.act("endTenure", { tenure: "LAO/minister-of-examples/nobody", cite }))).toEqual([
        "NOT_FOUND input.tenure",
      ]);
    });

    it("records a forum and who belongs to it, disputed and ended", async () => {
      await done("recordForum", forum, "forum { slug foundedOn }");
      const recorded = await done<{ membership: { id: string } }>(
        "recordMembership",
        { forum: forum.slug, party: "LAO", role: "MEMBER", since: "2001", cite },
        "membership { id }",
      );
      const { id } = recorded.membership;
      const claims = [
        { value: "2001", cite },
        { value: "2003", cite: another },
      ];
      expect(
        faultsOf(await editor.act("disputeMembership", { membership: id, field: "since", claims: claims.slice(1) })),
      ).toEqual(["INVALID input.claims"]);
      const disputed = await done(
        "disputeMembership",
        { membership: id, field: "since", claims, resolution: "The older page." },
        "membership { isDisputed conflicts { field resolution claims { value citation { locator } } } }",
      );
      expect(disputed).toMatchObject({
        membership: {
          isDisputed: true,
          conflicts: [
            {
              field: "since",
              resolution: "The older page.",
              claims: [
                { value: "2001", citation: { locator: null } },
                { value: "2003", citation: { locator: "p. 2" } },
              ],
            },
          ],
        },
      });
      expect(
        await done(
          "endMembership",
          { membership: "example-forum/LAO/MEMBER", cite: another },
          "membership { until hasEnded }",
        ),
      ).toMatchObject({ membership: { until: null, hasEnded: true } });
    });

    it("records claims and conflicts about what is there", async () => {
      const meeting = await seeded.ask<{ meetings: { nodes: { id: string; slug: string }[] } }>(
        "{ meetings(first: 2) { nodes { id slug } } }",
      );
      const [first, second] = meeting.meetings.nodes;
      const claim = { meeting: first?.slug, key: "example", level: "PARTIES", since: { meeting: second?.id }, cite };
      expect(
        await done(
          "recordFirstSinceClaim",
          claim,
          "firstSinceClaim { level meeting { id } since { ... on Meeting { slug } } }",
        ),
      ).toMatchObject({
        firstSinceClaim: { level: "PARTIES", meeting: { id: first?.id }, since: { slug: second?.slug } },
      });
      expect(
        faultsOf(await editor.act("recordFirstSinceClaim", { ...claim, key: "more", since: { meeting: first?.id } })),
      ).toEqual(["INVALID input.since.meeting"]);
      const conflict = {
        key: "examples/1",
        field: "on",
        about: { meeting: first?.id },
        claims: [{ value: "Monday", cite }],
      };
      expect(
        await done("recordConflict", conflict, "conflict { field subject { ... on Meeting { id } } claims { value } }"),
      ).toMatchObject({
        conflict: { field: "on", subject: { id: first?.id }, claims: [{ value: "Monday" }] },
      });
      expect(
        faultsOf(
          await editor.act("recordConflict", {
            ...conflict,
            key: "examples/2",
            about: { meeting: first?.id, forum: forum.slug },
          }),
        ),
      ).toEqual(["INVALID input.about"]);
    });

    it("corrects any record, with a reason, against the version that was seen", async () => {
      const { forum: found } = await seeded.ask<{ forum: { id: string } }>(`{ forum(slug: "example-forum") { id } }`);
      const { id } = found;
      const corrected = await done(
        "correctRecord",
        {
          id,
          expectedVersion: 1,
          reason: "A slip.",
          corrections: [
            { field: "foundedOn", value: "2002-03" },
            { field: "kind", value: null },
            { field: "aliases", value: ["EF"] },
          ],
        },
        "record { id ... on Forum { foundedOn kind aliases } }",
      );
      expect(corrected).toMatchObject({ record: { id, foundedOn: "2002-03", kind: null, aliases: ["EF"] } });
      const stale = await editor.act(
        "correctRecord",
        { id, expectedVersion: 1, reason: "A slip.", corrections: [{ field: "name", value: "X" }] },
        "record { ... on Forum { name } }",
      );
      expect(faultsOf(stale)).toEqual(["CONFLICT input.expectedVersion"]);
      expect(stale).toMatchObject({ record: { name: "Example Forum" } });
      const wrong = {
        id,
        reason: "A slip.",
        corrections: [
          { field: "foundedOn", value: "yesterday" },
          { field: "parent", value: "no-forum" },
          { field: "slug", value: "x" },
        ],
      };
      expect(faultsOf(await editor.act("correctRecord", wrong))).toEqual([
        "INVALID input.corrections.0.value",
        "NOT_FOUND input.corrections.1.value",
        "INVALID input.corrections.2.field",
      ]);
      const unsaid = { id, reason: "A slip.", corrections: [{ field: "name", value: null }] };
      expect(faultsOf(await editor.act("correctRecord", unsaid))).toEqual(["MISSING input.corrections.0.value"]);
      const { person: kept } = await seeded.ask<{ person: { id: string } }>(`{ person(slug: "pat-example") { id } }`);
      const laos = await seeded.ask<{ state: { id: string } }>(`{ state(code: "VNM") { id } }`);
      expect(
        await done(
          "correctRecord",
          {
            id: kept.id,
            reason: "Another state.",
            corrections: [{ field: "state", value: laos.state.id }],
            cite: another,
          },
          "record { ... on Person { state { code } citations { totalCount } } }",
        ),
      ).toMatchObject({
        record: { state: { code: "VNM" }, citations: { totalCount: 2 } },
      });
      expect(
        faultsOf(
          await editor.act("correctRecord", {
            id: "frm_aaaaaaaaaaaaaaaa",
            reason: "None.",
            corrections: [{ field: "name", value: "X" }],
          }),
        ),
      ).toEqual(["NOT_FOUND input.id"]);
    });

    it("loses none of a hundred corrections that are made at once", async () => {
      const { person: found } = await seeded.ask<{ person: { id: string } }>(`{ person(slug: "pat-example") { id } }`);
      const { rows } = await seeded.database.pool.query<{ version: number }>(
        `SELECT "versionOf"('Person', $1) AS "version"`,
        [found.id],
      );
      const seen = rows[0]?.version ?? 0;
      const edit = (number: number): Promise<string[]> =>
        editor
          .act("correctRecord", {
            id: found.id,
            expectedVersion: seen,
            reason: "At once.",
            corrections: [{ field: "name", value: `Pat ${String(number)}` }],
          })
          .then(faultsOf);
      const outcomes = await Promise.all(Array.from({ length: 100 }, (_, index) => edit(index)));
      expect(outcomes.filter((faults) => faults.length === 0)).toHaveLength(1);
      expect(outcomes.filter(([fault]) => fault === "CONFLICT input.expectedVersion")).toHaveLength(99);
      const after = await seeded.database.pool.query<{ version: number }>(
        `SELECT "versionOf"('Person', $1) AS "version"`,
        [found.id],
      );
      expect(after.rows[0]?.version).toBe(seen + 1);
    });

    it("merges two records that are one; the survivor is read back", async () => {
      const double = await done<{ person: { id: string } }>(
        "recordPerson",
        { slug: "example-pat", name: "Example Pat", nameOrder: "FAMILY_FIRST", cite: another },
        "person { id }",
      );
      const { person: kept } = await seeded.ask<{ person: { id: string } }>(`{ person(slug: "pat-example") { id } }`);
      const input = { id: double.person.id, into: kept.id, reason: "The same person." };
      expect(faultsOf(await editor.act("mergeRecords", { ...input, into: double.person.id }))).toEqual([
        "INVALID input.into",
      ]);
      const merged = await done("mergeRecords", input, "record { id ... on Person { nameOrder names { text kind } } }");
      expect(merged).toMatchObject({ record: { id: kept.id, nameOrder: "FAMILY_FIRST" } });
      const { rows } = await seeded.database.pool.query(
        `SELECT c."kind", a."reason", a."actor", a."kind" AS "act" FROM "Change" c JOIN "Act" a ON a."number" = c."actNumber" WHERE c."recordId" = $1 ORDER BY c."number" DESC LIMIT 1`,
        [double.person.id],
      );
      expect(rows).toEqual([{ kind: "MERGED", reason: "The same person.", actor: "key:editor", act: "mergeRecords" }]);
    });

    it("withdraws a record entered in error, and not while others refer to it", async () => {
      const { forum: found } = await seeded.ask<{
        forum: { id: string; memberships: { nodes: { id: string; conflicts: { id: string }[] }[] } };
      }>(`{ forum(slug: "example-forum") { id memberships(first: 5) { nodes { id conflicts { id } } } } }`);
      const membership = found.memberships.nodes[0];
      const withdraw = (id: string | undefined) =>
        editor.act("withdrawRecord", { id, reason: "Made up." }, "withdrawnId record { id }");
      expect(faultsOf(await withdraw(found.id))).toEqual(["REFERRED_TO input.id"]);
      expect(faultsOf(await withdraw(membership?.id))).toEqual(["REFERRED_TO input.id"]);
      for (const id of [membership?.conflicts[0]?.id, membership?.id, found.id])
        expect(await withdraw(id)).toEqual({ withdrawnId: id, record: null, userErrors: [] });
      await expect(seeded.ask(`{ forum(slug: "example-forum") { id } }`)).resolves.toEqual({ forum: null });
      expect(faultsOf(await withdraw(found.id))).toEqual(["NOT_FOUND input.id"]);
    });

    it("publishes what was drafted, whole, and throws away what was not wanted", async () => {
      const draft = await done<{ person: { id: string } }>(
        "recordPerson",
        { slug: "drafted-person", name: "Drafted Person", cite, draft: true },
        "person { id isDraft }",
      );
      const { id } = draft.person;
      const seen = () =>
        seeded.ask<{ person: object | null }>(
          `{ person(slug: "drafted-person") { id isDraft version citations { totalCount } } }`,
        );
      expect(await seen()).toEqual({ person: null });
      const tenure = await done<{ tenure: { id: string } }>(
        "recordTenure",
        { person: "drafted-person", office: "LAO/minister-of-examples", since: "2021", cite, draft: true },
        "tenure { id }",
      );
      // A person is no part of a tenure, so the tenure cannot be published without it.
      expect(faultsOf(await editor.act("publishDrafts", { ids: [tenure.tenure.id] }))).toEqual([
        "REFERRED_TO input.ids",
      ]);
      expect(faultsOf(await editor.act("discardDrafts", { ids: [id] }))).toEqual(["REFERRED_TO input.ids"]);
      const discarded = await done<{ discardedIds: string[] }>(
        "discardDrafts",
        { ids: [tenure.tenure.id] },
        "discardedIds",
      );
      expect(discarded.discardedIds).toContain(tenure.tenure.id);
      expect(discarded.discardedIds.some((gone) => gone.startsWith("cit_"))).toBe(true);
      expect(
        await done("publishDrafts", { ids: [id], reason: "Confirmed." }, "records { id ... on Person { isDraft } }"),
      ).toMatchObject({ records: [{ id, isDraft: false }] });
      expect(await seen()).toEqual({ person: { id, isDraft: false, version: 1, citations: { totalCount: 1 } } });
      expect(faultsOf(await editor.act("publishDrafts", { ids: [id, "per_aaaaaaaaaaaaaaaa", "nonsense"] }))).toEqual([
        "NOT_FOUND input.ids.0",
        "NOT_FOUND input.ids.1",
        "NOT_FOUND input.ids.2",
      ]);
      expect(faultsOf(await editor.act("discardDrafts", { ids: [] }))).toEqual(["INVALID input.ids"]);
    });

    it("leaves no fact without a source: not by discarding, not by merging, not by withdrawing", async () => {
      const milestone = (key: string) => ({ key, label: `Milestone ${key}`, cite });
      const fields = "milestone { id citations { nodes { id } } }";
      interface Recorded {
        milestone: { id: string; citations: { nodes: { id: string }[] } };
      }
      const drafted = (await done<Recorded>("recordMilestone", { ...milestone("bare"), draft: true }, fields))
        .milestone;
      await done("discardDrafts", { ids: drafted.citations.nodes.map(({ id }) => id) }, "discardedIds");
      const refused = await editor.act<{ userErrors: object[] }>("publishDrafts", { ids: [drafted.id] });
      expect(refused.userErrors).toEqual([
        {
          code: "UNCITED",
          path: ["input", "ids"],
          message: `Milestone ${drafted.id} has no source; cite a passage for it first, or discard it.`,
        },
      ]);
      const [one, other] = [
        (await done<Recorded>("recordMilestone", milestone("one"), fields)).milestone,
        (await done<Recorded>("recordMilestone", milestone("other"), fields)).milestone,
      ];
      const [last, into] = [one.citations.nodes[0]?.id, other.citations.nodes[0]?.id];
      const merged = await editor.act<{ userErrors: { message: string }[] }>("mergeRecords", {
        id: last,
        into,
        reason: "The same passage.",
      });
      expect(faultsOf(merged)).toEqual(["UNCITED input.id"]);
      expect(merged.userErrors[0]?.message).toMatch(
        / is the only source of the milestone "one"; cite another one first, or withdraw the milestone\.$/,
      );
      expect(faultsOf(await editor.act("withdrawRecord", { id: last, reason: "Not this one." }))).toEqual([
        "UNCITED input.id",
      ]);
    });
  },
);
