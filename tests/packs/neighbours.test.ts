import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPacks } from "../../src/packs/import.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

// Sentences as other reports have them, made up, in one pack by hand: what each says is read back from the record.

let seeded: Seeded;
beforeAll(async () => {
  seeded = await openSeeded(["reference"]);
  await importPacks(seeded.database, [fileURLToPath(new URL("neighbours", import.meta.url))]);
});
afterAll(() => seeded.close());

const codes = "parties { code }";
const seats = "participants(first: 20) { nodes";

describe("a sentence of a report is recorded:", () => {
  it.each<[sentence: string, question: string, answer: unknown]>([
    [
      "a numbered dialogue of three, with its duration and time of day",
      `meeting(slug: "dialogue-4") { ordinal forum { kind } startTime durationMinutes }`,
      { ordinal: 4, forum: { kind: "MINILATERAL" }, startTime: "MORNING", durationMinutes: 90 },
    ],
    [
      "chief of defence, acting minister, two offices at once, a stand-in, other ministers, invited and absent parties",
      `meeting(slug: "dialogue-4") { ${seats} { party { code } honorific office { kind } otherOffices { kind } acting
        role representedPerson { slug } group groupSize attendance } } }`,
      {
        participants: {
          nodes: [
            seat("EGY", { honorific: "General", office: { kind: "CHIEF_OF_DEFENCE" } }),
            seat("TUN", { office: { kind: "DEFENCE_MINISTER" }, acting: true, role: "HOST" }),
            seat("DZA", {
              office: { kind: "DEFENCE_MINISTER" },
              otherOffices: [{ kind: "OTHER_MINISTER" }],
              role: "REPRESENTATIVE",
              representedPerson: { slug: "nadir-larbaoui" },
            }),
            seat("TUN", { group: "other ministers", groupSize: 12 }),
            seat("LBY", { attendance: "INVITED" }),
            seat("MAR", { attendance: "ABSENT" }),
            seat("MLI", { attendance: "ABSENT" }),
          ],
        },
      },
    ],
    [
      "preparatory talks, and a follow-up",
      `meeting(slug: "dialogue-4") { relatedFrom { kind meeting { slug } } }`,
      {
        relatedFrom: [
          { kind: "PREPARATORY", meeting: { slug: "preparatory-talks" } },
          { kind: "FOLLOW_UP", meeting: { slug: "follow-up" } },
        ],
      },
    ],
    [
      "some day between 12 and 14 February",
      `meeting(slug: "preparatory-talks") { on endsOn status }`,
      { on: "2025-02-12/2025-02-14", endsOn: null, status: "HELD" },
    ],
    ["around the middle of May", `meeting(slug: "follow-up") { on status }`, { on: "2025-05~", status: "EXPECTED" }],
    [
      "a call between two capitals",
      `meeting(slug: "telephone-call") { format durationMinutes place { key } ${seats} { place { city } } } }`,
      {
        format: "CALL",
        durationMinutes: 20,
        place: null,
        participants: { nodes: [{ place: { city: "Cairo" } }, { place: { city: "Tunis" } }] },
      },
    ],
    [
      "a video meeting of two days on the sidelines of a conference that is no forum's",
      `meeting(slug: "video-meeting") { format on endsOn sidelinesOf { slug } }`,
      { format: "VIDEO", on: "2025-03-06", endsOn: "2025-03-07", sidelinesOf: { slug: "sahel-conference" } },
    ],
    ["talks declined by one side", `meeting(slug: "declined-talks") { status }`, { status: "DECLINED" }],
    [
      "had met for the first time ever",
      `meeting(slug: "first-meeting") { firstSinceClaims { isFirstEver level } }`,
      { firstSinceClaims: [{ isFirstEver: true, level: "OFFICES" }] },
    ],
    [
      "an organization invited to a session",
      `meeting(slug: "autumn-session") { on ${seats} { party { code } attendance } } }`,
      { on: null, participants: { nodes: [{ party: { code: "AFRICAN-UNION" }, attendance: "INVITED" }] } },
    ],
    [
      "signed in the presence of, under an older agreement, the first since",
      `agreement(key: "memorandum-2025") { status meeting { slug } parent { key } topics
        signatories(first: 5) { nodes { party { code } role person { slug } } }
        claims { isFirstEver since scope } }`,
      {
        status: "SIGNED",
        meeting: { slug: "dialogue-4" },
        parent: { key: "cooperation-2001" },
        topics: ["training-and-education"],
        signatories: {
          nodes: [
            { party: { code: "EGY" }, role: "SIGNED", person: null },
            { party: { code: "TUN" }, role: "SIGNED", person: null },
            { party: { code: "TUN" }, role: "WITNESSED", person: { slug: "kais-saied" } },
          ],
        },
        claims: [{ isFirstEver: false, since: "2009", scope: "between the two ministries" }],
      },
    ],
    [
      "a pact in force, renewed for five years",
      `agreement(key: "pact-2001") { kind since until reports { status on } inForce: status(asOf: "2025-03-05") }`,
      {
        kind: "ALLIANCE",
        since: "2001",
        until: "2030-03-04",
        reports: [{ status: "RENEWED", on: "2025-03-04" }],
        inForce: "RENEWED",
      },
    ],
    [
      "a memorandum that lapsed",
      `agreement(key: "memorandum-2009") { name status signedOn }`,
      { name: null, status: "EXPIRED", signedOn: "2009" },
    ],
    [
      "the seventh exercise of a series, the first since",
      `activity(key: "white-shark-25") { kind ${codes} series ordinal from status claims { since isFirstEver } }`,
      {
        kind: "EXERCISE",
        parties: [{ code: "EGY" }, { code: "TUN" }],
        series: "White Shark",
        ordinal: 7,
        from: "2025-03-10",
        status: "PLANNED",
        claims: [{ since: "2019", isFirstEver: false }],
      },
    ],
    [
      "a ship called at a port",
      `activity(key: "port-call") { kind units status place { city } }`,
      { kind: "PORT_CALL", units: "Frigate ENS Tahya Misr", status: "HELD", place: { city: "La Goulette" } },
    ],
    [
      "a patrol called off",
      `activity(key: "patrol") { kind status from }`,
      { kind: "PATROL", status: "CANCELLED", from: "2025-01" },
    ],
    ["talks of staffs", `activity(key: "staff-talks") { kind from }`, { kind: "STAFF_TALKS", from: "2025-03-05" }],
    [
      "holds the chair this year, will chair next year",
      `forum(slug: "arland-bravia-dialogue") { chairs { party { code } term isExpected } }`,
      {
        chairs: [
          { party: { code: "DZA" }, term: "2026", isExpected: true },
          { party: { code: "TUN" }, term: "2025", isExpected: false },
        ],
      },
    ],
    [
      "an observer that withdrew",
      `forum(slug: "arland-bravia-dialogue") { memberships { nodes { party { code } role since until } } }`,
      { memberships: { nodes: [{ party: { code: "JOR" }, role: "OBSERVER", since: "2023", until: "2025-02" }] } },
    ],
    [
      "first visit since, for three days; deferred by one source and called off by another",
      `person(slug: "sami-anan") { visits { nodes { place { city } from days status
        claims { since } reports { status citation { attributedTo } } } } }`,
      {
        visits: {
          nodes: [
            {
              place: { city: "Tunis" },
              from: "2025-03-02",
              days: 3,
              status: "MADE",
              claims: [{ since: "2013" }],
              reports: [{ status: "MADE", citation: { attributedTo: null } }],
            },
            {
              place: { city: "Rabat" },
              from: null,
              days: null,
              status: "CALLED_OFF",
              claims: [],
              reports: [
                { status: "POSTPONED", citation: { attributedTo: "the Navy" } },
                { status: "CALLED_OFF", citation: { attributedTo: "the spokesperson of the ministry" } },
              ],
            },
          ],
        },
      },
    ],
    [
      "jointly condemned, in their own words, and said the Navy",
      `statements { nodes { key party { code } otherParties { code } institution isVerbatim text } }`,
      {
        nodes: [
          said("together", { text: "We stand together,", isVerbatim: true }),
          said("condemned", { text: "The ministers of Egypt and Tunisia jointly condemned the attack at sea." }),
          said("navy", {
            otherParties: [],
            institution: "the Navy",
            text: "A trip to Rabat was first deferred, said the Navy",
          }),
        ],
      },
    ],
    [
      "a commitment outside any meeting",
      `commitments(filter: { openOn: "2025-06-01" }) { nodes { summary on dueOn meeting { slug } ${codes} } }`,
      {
        nodes: [
          {
            summary: "Two patrol boats for Tunisia",
            on: "2025-03-08",
            dueOn: "2026",
            meeting: null,
            parties: [{ code: "EGY" }],
          },
        ],
      },
    ],
    [
      "the same office twice, with days that sources contradict each other about",
      `person(slug: "khaled-essid") { tenures { since until acting conflicts { field claims { value } } } }`,
      {
        tenures: [
          {
            since: "2025-01",
            until: null,
            acting: true,
            conflicts: [{ field: "since", claims: [{ value: "2025-01-14" }, { value: "2025-01-16" }] }],
          },
          { since: "2014", until: "2016", acting: false, conflicts: [] },
        ],
      },
    ],
  ])("%s", async (_sentence, question, answer) => {
    const data = await seeded.ask<Record<string, unknown>>(`{ ${question} }`);
    if (question.startsWith("statements")) {
      const byKey = (one: { key: string }, other: { key: string }): number => (one.key < other.key ? -1 : 1);
      const sorted = (list: unknown) => [...(list as { nodes: { key: string }[] }).nodes].sort(byKey);
      expect(sorted(data["statements"])).toEqual(sorted(answer));
    } else expect(Object.values(data)).toEqual([answer]);
  });
});

it("AU is the code of Australia and the acronym of the African Union, so that a pack has to say which", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sidelines-acronym-"));
  const file = join(folder, "au.yaml");
  const cite = "[{ document: neighbours, quote: at the autumn session }]";
  await writeFile(
    file,
    `meetings: [{ slug: au, title: AU, kind: MULTILATERAL, cite: ${cite}, participants: [{ party: AU, role: HOST, cite: ${cite} }] }]`,
  );
  await expect(importPacks(seeded.database, [file])).rejects.toThrow(
    /AU.*(African Union.*Australia|Australia.*African Union)/,
  );
  await rm(folder, { recursive: true });
});

function seat(code: string, given: object): object {
  return {
    party: { code },
    honorific: null,
    office: null,
    otherOffices: [],
    acting: false,
    role: "PRINCIPAL",
    representedPerson: null,
    group: null,
    groupSize: null,
    attendance: null,
    ...given,
  };
}

function said(key: string, given: object): object {
  return {
    key,
    party: { code: "EGY" },
    otherParties: [{ code: "TUN" }],
    institution: null,
    isVerbatim: false,
    ...given,
  };
}
