import { isInputObjectType, isListType, isNonNullType, isObjectType, type GraphQLInputType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeId } from "../../src/lib/ids.js";
import { namedArguments } from "../../src/modules/answers/names.lists.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { seededServers, type Seeded } from "../support/seeded.js";

const schema = buildExecutableSchema();

/** Every argument of a query and every field of an input that takes plain texts, with what the schema says of it. */
function textsAskedFor(): ReadonlyMap<string, string> {
  const isText = (type: GraphQLInputType): boolean =>
    isNonNullType(type) || isListType(type) ? isText(type.ofType) : type.name === "String";
  const found = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (
      isObjectType(type) &&
      type !== schema.getMutationType() &&
      type !== schema.getSubscriptionType() &&
      !type.name.startsWith("__")
    ) {
      for (const field of Object.values(type.getFields())) {
        for (const { name, type: of, description } of field.args)
          if (isText(of)) found.set(`${type.name}.${field.name}.${name}`, description ?? "");
      }
    }
    if (isInputObjectType(type) && type.name.endsWith("Filter")) {
      for (const { name, type: of, description } of Object.values(type.getFields()))
        if (isText(of)) found.set(`${type.name}.${name}`, description ?? "");
    }
  }
  return found;
}

describe("arguments that name records", () => {
  it("are those of the schema", () => {
    expect([...namedArguments.keys()].filter((place) => !textsAskedFor().has(place))).toEqual([]);
  });

  it("are all that the schema describes so, but for look-ups of one record, which are null where there is none", () => {
    const speaksOfNames = /\b(codes?|slugs?|by key)\b/iu;
    const others = [...textsAskedFor()]
      .filter(([place, description]) => speaksOfNames.test(description) && !namedArguments.has(place))
      .map(([place]) => place);
    expect(others.sort()).toEqual([
      "Query.forum.slug",
      "Query.meeting.slug",
      "Query.party.code",
      "Query.person.slug",
      "Query.state.code",
    ]);
  });
});

describe.each(await seededServers(["report", "facts"]))(
  "names that the record does not hold, on $name",
  ({ open, skip }) => {
    let seeded: Seeded;
    beforeAll(async () => {
      if (!skip) seeded = await open();
    });
    afterAll(async () => {
      if (!skip) await seeded.close();
    });

    describe.skipIf(skip)("are reported in the extensions", () => {
      const noParty = (name: string, meant = "") =>
        `The record has no state or organization with the code "${name}"${meant ? `; did you mean "${meant}"?` : "."}`;

      it.each<[question: string, argument: string, message: string]>([
        [`meetings(filter: { parties: ["IND", "XXX"] }) { totalCount }`, "filter.parties", noParty("XXX")],
        // Names and other codes are known; those with slips are not.
        [`meetings(filter: { parties: ["Inida"] }) { totalCount }`, "filter.parties", noParty("Inida", "IND")],
        [`meetings(filter: { parties: ["Veit-Nam"] }) { totalCount }`, "filter.parties", noParty("Veit-Nam", "VNM")],
        [`meetings(filter: { country: "Philipines" }) { totalCount }`, "filter.country", noParty("Philipines", "PHL")],
        [
          `meetings(filter: { persons: ["Rajnath Singh"] }) { totalCount }`,
          "filter.persons",
          `The record has no person with the slug "Rajnath Singh"; did you mean "rajnath-singh"?`,
        ],
        [
          `meetings(filter: { persons: ["Nakatani Gen"] }) { totalCount }`,
          "filter.persons",
          `The record has no person with the slug "Nakatani Gen"; did you mean "gen-nakatani"?`,
        ],
        [
          `meetings(filter: { persons: ["nobody"] }) { totalCount }`,
          "filter.persons",
          `The record has no person with the slug "nobody".`,
        ],
        [
          `meetings(filter: { forum: "BRICS" }) { totalCount }`,
          "filter.forum",
          `The record has no forum with the slug "BRICS"; did you mean "brics"?`,
        ],
        [
          `meetings(filter: { onSidelinesOf: "Shangri-La Dialog" }) { totalCount }`,
          "filter.onSidelinesOf",
          `The record has no forum with the slug "Shangri-La Dialog"; did you mean "shangri-la-dialogue"?`,
        ],
        [`meetingCounts(by: [YEAR], filter: { parties: ["XXX"] }) { totalCount }`, "filter.parties", noParty("XXX")],
        [`ledger(between: ["IND", "XXX"]) { total }`, "between", noParty("XXX")],
        [`firstSinceClaims(parties: ["XXX"]) { totalCount }`, "parties", noParty("XXX")],
        [
          `jointMemberships(parties: ["IND", "XXX"], asOf: "2024-11-20", rule: ANY_ROLE) { forum { slug } }`,
          "parties",
          noParty("XXX"),
        ],
        [
          `jointMembershipMatrix(parties: ["IND", "XXX"], asOf: "2024-11-20", rule: ANY_ROLE) { totalCount }`,
          "parties",
          noParty("XXX"),
        ],
        [
          `jointMembershipChanges(parties: ["IND", "XXX"], from: "2020-01-01", to: "2024-11-20", rule: ANY_ROLE) { kind }`,
          "parties",
          noParty("XXX"),
        ],
        [
          `jointMembershipMatrixChanges(parties: ["IND", "XXX"], from: "2020-01-01", to: "2024-11-20", rule: ANY_ROLE) { totalCount }`,
          "parties",
          noParty("XXX"),
        ],
        [`officeHolders(asOf: "2024-11-20", parties: ["XXX"]) { totalCount }`, "parties", noParty("XXX")],
        [`lastMeeting(between: ["IND", "XXX"], level: PARTIES) { slug }`, "between", noParty("XXX")],
        [`lastMet(between: ["Indai", "CHN"], level: PARTIES) { explanation }`, "between", noParty("Indai", "IND")],
        [
          `lastMet(between: ["rajnath-singh", "IND"], level: PERSONS) { explanation }`,
          "between",
          `The record has no person with the slug "IND".`,
        ],
        [
          `lastMet(between: ["IND", "CHN"], level: PARTIES, sinceMilestone: "border clashes") { explanation }`,
          "sinceMilestone",
          `The record has no milestone with the key "border clashes"; did you mean "border-clashes-2020"?`,
        ],
        [
          `firstMeetingSince(between: ["IND", "CHN"], level: PARTIES, milestone: "nothing") { explanation }`,
          "milestone",
          `The record has no milestone with the key "nothing".`,
        ],
        [
          `firstMeetingSince(between: ["IND", "CHN"], level: PARTIES, meeting: "nothing") { explanation }`,
          "meeting",
          `The record has no meeting with the slug "nothing".`,
        ],
        [
          `timeline(of: "IND") { totalCount }`,
          "of",
          `The record has no state, organization, person, forum or document with the id "IND".`,
        ],
        [
          `timeline(of: "${makeId("sta", "atlantis")}") { totalCount }`,
          "of",
          `The record has no state or organization with the id "${makeId("sta", "atlantis")}".`,
        ],
        [
          `coverage(of: "IND", asOf: "2024-11-20") { count }`,
          "of",
          `The record has no state, organization, person, forum or document with the id "IND".`,
        ],
        // Deep within an answer as well.
        [
          `meeting(slug: "2024-11-20-ind-chn-vientiane") { citations(filter: { naming: "Cihna" }) { totalCount } }`,
          "filter.naming",
          noParty("Cihna", "CHN"),
        ],
        [
          `state(code: "IND") { meetings(filter: { parties: ["Cihna"] }) { totalCount } }`,
          "filter.parties",
          noParty("Cihna", "CHN"),
        ],
      ])("%s", async (question, argument, message) => {
        const { errors, unknownNames = [] } = await seeded.answer(`{ ${question} }`);
        expect(errors).toEqual([]);
        expect(unknownNames.map((unknown) => [unknown.argument, unknown.message])).toEqual([[argument, message]]);
      });

      it("all of them, each once, with the root field that was asked", async () => {
        const { data, unknownNames } = await seeded.answer(`{
        one: meetings(filter: { parties: ["Inida", "XXX"], forum: "BRICS" }) { totalCount }
        other: ledger(between: ["IND", "CHN"]) { total }
        state(code: "IND") { meetings(filter: { parties: ["XXX"] }) { totalCount } again: meetings(first: 1, filter: { parties: ["XXX"] }) { totalCount } }
      }`);
        expect(data).toMatchObject({ one: { totalCount: 0 }, state: { meetings: { totalCount: 0 } } });
        expect(unknownNames?.map(({ field, argument, name, meant }) => [field, argument, name, meant])).toEqual([
          ["one", "filter.parties", "Inida", "IND"],
          ["one", "filter.parties", "XXX", null],
          ["one", "filter.forum", "BRICS", "brics"],
          ["state", "filter.parties", "XXX", null],
        ]);
      });

      it("in the order of the root fields, arguments and entries of the operation", async () => {
        const { unknownNames } = await seeded.answer(
          `query ($filter: MeetingFilter) {
        z: meetings(filter: { persons: ["zzz", "aaa"], forum: "no-forum", parties: ["ZZZ", "YYY"] }) { totalCount }
        ...rest
        a: jointMembershipChanges(rule: ANY_ROLE, to: "2024-01-01", parties: ["XXX", "IND"], from: "2020-01-01") { kind }
      }
      fragment rest on Query { m: meetings(filter: $filter) { totalCount } y: ledger(between: ["VVV", "IND"]) { total } }`,
          {
            filter: { parties: ["WWW"] },
          },
        );
        expect(unknownNames?.map(({ field, argument, name }) => `${field} ${argument} ${name}`)).toEqual([
          "z filter.persons zzz",
          "z filter.persons aaa",
          "z filter.forum no-forum",
          "z filter.parties ZZZ",
          "z filter.parties YYY",
          "m filter.parties WWW",
          "y between VVV",
          "a parties XXX",
        ]);
      });

      it("by the values of each request, whose plan is made once", async () => {
        const question = `query Meetings($parties: [String!]) { meetings(filter: { parties: $parties }) { totalCount } }`;
        const answer = async (variables: Record<string, unknown>) => {
          const { data, unknownNames = [] } = await seeded.answer<{ meetings: { totalCount: number } }>(
            question,
            variables,
          );
          return [data?.meetings.totalCount, ...unknownNames.map(({ name }) => name)];
        };
        const { meetings } = await seeded.ask<{ meetings: { totalCount: number } }>(`{ meetings { totalCount } }`);
        expect(await answer({ parties: ["IND", "CHN"] })).toEqual([8]);
        expect(await answer({ parties: ["IND", "XXX"] })).toEqual([0, "XXX"]);
        expect(await answer({ parties: ["CHN", "IND"] })).toEqual([8]);
        expect(await answer({ parties: [] })).toEqual([meetings.totalCount]);
        expect(await answer({})).toEqual([meetings.totalCount]);
      });

      it("without a further statement", async () => {
        expect(
          await seeded.statements(
            `{ meetings(filter: { parties: ["Inida"], persons: ["rajnath-singh"], forum: "brics" }) { totalCount } }`,
          ),
        ).toHaveLength(1);
      });

      it("but not where a moment is asked for that knew nothing yet of those who are known by now", async () => {
        const then = `knownAt: "2001-01-01T00:00:00Z"`;
        expect(await seeded.answer(`{ meetings(filter: { parties: ["IND"] }, ${then}) { totalCount } }`)).toMatchObject(
          { data: { meetings: { totalCount: 0 } }, unknownNames: [] },
        );
        expect(await seeded.answer(`{ meetings(filter: { parties: ["XXX"] }, ${then}) { totalCount } }`)).toMatchObject(
          { data: { meetings: { totalCount: 0 } }, unknownNames: [{ name: "XXX" }] },
        );
      });

      it("are reported for empty results, too", async () => {
        expect(await seeded.answer(`{ lastMeeting(between: ["IND", "XXX"], level: PARTIES) { slug } }`)).toMatchObject({
          data: { lastMeeting: null },
          unknownNames: [{ name: "XXX" }],
        });
        expect(await seeded.answer(`{ lastMeeting(between: ["LAO", "RUS"], level: PARTIES) { slug } }`)).toMatchObject({
          data: { lastMeeting: null },
          unknownNames: [],
        });
      });

      it("whatever they are made of", async () => {
        for (const name of [
          "",
          " ",
          '\'; drop table "Party"; --',
          "\u0001",
          "\u0001[]\u0001",
          "é".repeat(400),
          "💥".repeat(300),
        ]) {
          const { data, unknownNames } = await seeded.answer(
            `query Named($name: String!) { meetings(filter: { parties: [$name], forum: $name, country: $name, persons: [$name] }) { totalCount } }`,
            { name },
          );
          expect(data).toEqual({ meetings: { totalCount: 0 } });
          expect(unknownNames?.map((unknown) => unknown.name)).toEqual([name, name, name, name]);
        }
      });
    });
  },
);
