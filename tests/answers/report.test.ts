import { readFileSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { expectToStandIn, passagesIn, type Passage } from "../support/passages.js";
import { seededServers, type Seeded } from "../support/seeded.js";

// The sentences of the report, as printed. Every answer below rests on one of them.
const met =
  "Rajnath Singh on Wednesday held a bilateral meeting with Chinese Defence Minister Dong Jun in Laos's capital city of Vientiane";
const onTheSidelines =
  "The bilateral meeting between the two leaders was held on the sidelines of the 11th ASEAN Defence Ministers' Meeting Plus (ADMM-Plus)";
const willAttend =
  "Rajnath Singh arrived at Vientiane on a three-day visit where he will attend the 11th ADMM-Plus on November 21 and address the forum on regional and international security issues";
const expectedToMeet =
  "The Defence Minister is also expected to hold bilateral meetings with participating counterparts from Australia, Japan, Lao PDR, Malaysia, New Zealand, the Philippines, the Republic of Korea and the US.";
const firstMeeting =
  "this was the first meeting of the two Defence Ministers following the recent disengagement agreements and the meeting of Prime Minister Narendra Modi and Chinese President Xi Jinping on the sidelines of the BRICS summit";
const highestMechanism = "ADMM is the highest defence consultative and cooperative mechanism in ASEAN.";
const roadmap = "Both sides agreed to work together towards a roadmap for rebuilding mutual trust and understanding.";

const asean = ["BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"];
const dialoguePartners = ["AUS", "CHN", "IND", "JPN", "KOR", "NZL", "RUS", "USA"];

const text = readFileSync(new URL("../../seeds/report/texts/2024-11-20-menafn-ians.txt", import.meta.url), "utf8");

interface Cited {
  readonly citations: {
    readonly nodes: readonly { readonly passage: Passage; readonly attributedTo: string | null }[];
  };
}
const citations = "citations(first: 20) { nodes { attributedTo passage { quote start end } } }";
const quotesOf = ({ citations: { nodes } }: Cited) => nodes.map(({ passage }) => passage.quote);

interface Member extends Cited {
  readonly role: string;
  readonly party: { readonly code: string };
}
const membersOfForum = /* GraphQL */ `
  query Members($slug: String!) {
    forum(slug: $slug) {
      description
      parent { slug }
      ${citations}
      memberships(asOf: "2024-11-20", first: 50) {
        totalCount
        nodes { role party { code } ${citations} }
      }
    }
  }
`;
interface MembersAnswer {
  readonly forum: Cited & {
    readonly description: string;
    readonly parent: { readonly slug: string } | null;
    readonly memberships: { readonly totalCount: number; readonly nodes: readonly Member[] };
  };
}
const codesWith = (role: string, members: readonly Member[]) =>
  members
    .filter((member) => member.role === role)
    .map(({ party }) => party.code)
    .sort();

describe.each(await seededServers(["report"]))("the report alone, on $name", ({ open, skip }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    if (!skip) seeded = await open();
  });
  afterAll(async () => {
    if (!skip) await seeded.close();
  });

  /** Asks, and insists that every passage in the answer stands in the report at its offsets. */
  async function ask<T>(document: string, variables?: Record<string, unknown>): Promise<T> {
    const answer = await seeded.ask<T>(document, variables);
    expectToStandIn(text, passagesIn(answer));
    return answer;
  }

  describe.skipIf(skip)("answers", () => {
    it("1: the defence ministers of India and China met in Vientiane, in person, on the sidelines of the 11th ADMM-Plus", async () => {
      const { meetings } = await ask<{
        meetings: { totalCount: number; nodes: (Cited & Record<string, unknown>)[] };
      }>(/* GraphQL */ `
        {
          meetings(filter: { parties: ["IND", "CHN"], during: { from: "2024-11-20", to: "2024-11-20" } }) {
            totalCount
            nodes {
              on
              kind
              format
              status
              place { city country { code name } }
              sidelinesOf { ordinal forum { slug } }
              participants { nodes { role isExpected party { code } person { name } office { title kind } } }
              statusReports { status reportedOn citation { passage { quote start end } document { publisher agency dateline } } }
              ${citations}
            }
          }
        }
      `);
      expect(meetings.totalCount).toBe(1);
      const seat = (party: string, name: string) => ({
        role: "PRINCIPAL",
        isExpected: false,
        party: { code: party },
        person: { name },
        office: { title: "Defence Minister", kind: "DEFENCE_MINISTER" },
      });
      const meeting = meetings.nodes[0] as Cited;
      expect(meeting).toMatchObject({
        on: "2024-11-20",
        kind: "BILATERAL",
        format: "IN_PERSON",
        status: "HELD",
        place: { city: "Vientiane", country: { code: "LAO", name: "Laos" } },
        sidelinesOf: { ordinal: 11, forum: { slug: "admm-plus" } },
        participants: { nodes: [seat("IND", "Rajnath Singh"), seat("CHN", "Dong Jun")] },
        statusReports: [
          {
            status: "HELD",
            reportedOn: "2024-11-20",
            citation: {
              passage: {
                quote: expect.stringContaining(
                  "held a bilateral meeting with Chinese Defence Minister Dong Jun",
                ) as string,
              },
              document: { publisher: "MENAFN", agency: "IANS", dateline: "New Delhi, Nov 20" },
            },
          },
        ],
      });
      expect(quotesOf(meeting)).toEqual([met, onTheSidelines]);
    });

    it("2: the 11th ADMM-Plus is still expected, and so is Rajnath Singh's address to it", async () => {
      const { forum } = await ask<{ forum: { session: { participants: { nodes: Cited[] } } } }>(/* GraphQL */ `
        {
          forum(slug: "admm-plus") {
            session(ordinal: 11) {
              on
              status
              statusAsOf: status(asOf: "2024-11-20")
              place { city }
              statusReports { status citation { passage { quote start end } } }
              participants { nodes { role isExpected note party { code } person { name } ${citations} } }
            }
          }
        }
      `);
      expect(forum.session).toMatchObject({
        on: "2024-11-21",
        status: "EXPECTED",
        statusAsOf: "EXPECTED",
        place: { city: "Vientiane" },
        statusReports: [
          { status: "EXPECTED", citation: { passage: { quote: "he will attend the 11th ADMM-Plus on November 21" } } },
        ],
        participants: {
          nodes: [
            {
              role: "SPEAKER",
              isExpected: true,
              party: { code: "IND" },
              person: { name: "Rajnath Singh" },
              note: expect.stringContaining("regional and international security issues") as string,
            },
          ],
        },
      });
      expect(forum.session.participants.nodes.map(quotesOf)).toEqual([[willAttend]]);
    });

    it("3: ADMM-Plus has eighteen parties, ten ASEAN member states and eight Dialogue Partners, each by name", async () => {
      const { forum } = await ask<MembersAnswer>(membersOfForum, { slug: "admm-plus" });
      const { totalCount, nodes } = forum.memberships;
      expect(totalCount).toBe(18);
      expect(codesWith("MEMBER", nodes)).toEqual(asean);
      expect(codesWith("DIALOGUE_PARTNER", nodes)).toEqual(dialoguePartners);

      const printed: Record<string, string> = {
        BRN: "Brunei",
        IDN: "Indonesia",
        KHM: "Cambodia",
        LAO: "Lao PDR",
        MMR: "Myanmar",
        MYS: "Malaysia",
        PHL: "Philippines",
        SGP: "Singapore",
        THA: "Thailand",
        VNM: "Vietnam",
        AUS: "Australia",
        CHN: "China",
        IND: "India",
        JPN: "Japan",
        KOR: "South Korea",
        NZL: "New Zealand",
        RUS: "Russia",
        USA: "US",
      };
      const sentence = text.slice(text.indexOf("ADMM-Plus is a platform"));
      const offset = [...text.slice(0, text.indexOf("ADMM-Plus is a platform"))].length;
      for (const member of nodes) {
        const role =
          member.role === "MEMBER" ? "ADMM-Plus is a platform for ASEAN member states" : "its eight Dialogue Partners";
        expect(quotesOf(member), member.party.code).toEqual([role, printed[member.party.code]]);
        // Both passages stand in the one sentence that lists the parties, not where the state happens to be named before.
        for (const { passage } of member.citations.nodes) expect(passage.start).toBeGreaterThanOrEqual(offset);
        expect(sentence).toContain(role);
      }
    });

    it("4: eight more bilaterals of India are expected, with counterparts that the report does not name", async () => {
      const { forum } = await ask<{
        forum: {
          session: {
            sidelineMeetings: {
              totalCount: number;
              nodes: (Cited & { participants: { nodes: { party: { code: string } }[] } })[];
            };
          };
        };
      }>(/* GraphQL */ `
        {
          forum(slug: "admm-plus") {
            session(ordinal: 11) {
              sidelineMeetings(filter: { parties: ["IND"], status: EXPECTED }, orderBy: { field: TITLE, direction: ASC }) {
                totalCount
                nodes {
                  kind
                  on
                  status
                  participants { nodes { isExpected party { code } person { name } office { title } } }
                  ${citations}
                }
              }
            }
          }
        }
      `);
      const { totalCount, nodes } = forum.session.sidelineMeetings;
      expect(totalCount).toBe(8);
      expect(nodes.map(({ participants }) => participants.nodes[1]?.party.code)).toEqual([
        "AUS",
        "JPN",
        "LAO",
        "MYS",
        "NZL",
        "KOR",
        "PHL",
        "USA",
      ]);
      for (const meeting of nodes) {
        expect(meeting).toMatchObject({
          kind: "BILATERAL",
          on: null,
          status: "EXPECTED",
          participants: {
            nodes: [
              {
                isExpected: true,
                party: { code: "IND" },
                person: { name: "Rajnath Singh" },
                office: { title: "Defence Minister" },
              },
              { isExpected: true, person: null, office: null },
            ],
          },
        });
        expect(quotesOf(meeting)[0]).toBe(expectedToMeet);
      }
    });

    it("5: Modi and Xi met on the sidelines of the BRICS summit, on a day that the report does not give", async () => {
      const question = /* GraphQL */ `
        query Between($during: DateRange) {
          meetings(filter: { persons: ["narendra-modi", "xi-jinping"], during: $during }) {
            nodes {
              on
              endsOn
              place { city }
              status
              statusThen: status(asOf: "2024-11-20")
              sidelinesOf { on ordinal forum { slug } }
              participants { nodes { party { code } person { name } office { kind } } }
              ${citations}
            }
          }
        }
      `;
      const { meetings } = await ask<{ meetings: { nodes: Cited[] } }>(question);
      expect(meetings.nodes).toHaveLength(1);
      expect(meetings.nodes[0]).toMatchObject({
        on: null,
        endsOn: null,
        place: null,
        status: "HELD",
        statusThen: "HELD",
        sidelinesOf: { on: null, ordinal: null, forum: { slug: "brics" } },
        participants: {
          nodes: [
            { party: { code: "IND" }, person: { name: "Narendra Modi" }, office: { kind: "HEAD_OF_GOVERNMENT" } },
            { party: { code: "CHN" }, person: { name: "Xi Jinping" }, office: { kind: "HEAD_OF_STATE" } },
          ],
        },
        citations: {
          nodes: [
            {
              attributedTo: "the Ministry of Defence",
              passage: {
                quote:
                  "the meeting of Prime Minister Narendra Modi and Chinese President Xi Jinping on the sidelines of the BRICS summit",
              },
            },
          ],
        },
      });
      const within = await ask<{ meetings: { nodes: unknown[] } }>(question, {
        during: { from: "2000-01-01", to: "2024-11-20" },
      });
      expect(within.meetings.nodes, "a meeting without a date is in no period").toEqual([]);
    });

    it("6: the Ministry of Defence calls it the first meeting of the two offices since two things without a day, which cannot be judged", async () => {
      const { firstSinceClaims } = await ask<{
        firstSinceClaims: { totalCount: number; nodes: { since: { __typename: string } }[] };
      }>(/* GraphQL */ `
        {
          firstSinceClaims(parties: ["IND", "CHN"]) {
            totalCount
            nodes {
              meeting { slug }
              level
              since { __typename ... on Milestone { label on } ... on Meeting { slug on } }
              verdict
              counterexamples { slug }
              citation { attributedTo passage { quote start end } }
            }
          }
        }
      `);
      const claim = {
        meeting: { slug: "2024-11-20-ind-chn-vientiane" },
        level: "OFFICES",
        verdict: "UNVERIFIABLE",
        counterexamples: [],
        citation: { attributedTo: "the Ministry of Defence", passage: { quote: firstMeeting } },
      };
      expect(firstSinceClaims.totalCount).toBe(2);
      const bySince = [...firstSinceClaims.nodes].sort((one, other) =>
        other.since.__typename.localeCompare(one.since.__typename),
      );
      expect(bySince).toMatchObject([
        { ...claim, since: { __typename: "Milestone", label: "Disengagement agreements", on: null } },
        { ...claim, since: { __typename: "Meeting", slug: "2024-10-23-ind-chn-kazan", on: null } },
      ]);
    });

    it("7: Rajnath Singh's visit of three days: one meeting held, eight expected, one address expected", async () => {
      const { person } = await ask<{
        person: { visits: { nodes: (Cited & { meetings: { totalCount: number } })[] } };
      }>(/* GraphQL */ `
        {
          person(slug: "rajnath-singh") {
            visits {
              nodes {
                place { city country { code } }
                from
                to
                days
                ledger { held expected declined cancelled postponed addressesExpected addressesGiven }
                meetings { totalCount }
                ${citations}
              }
            }
          }
        }
      `);
      expect(person.visits.nodes).toHaveLength(1);
      expect(person.visits.nodes[0]).toMatchObject({
        place: { city: "Vientiane", country: { code: "LAO" } },
        from: null,
        to: null,
        days: 3,
        ledger: {
          held: 1,
          expected: 8,
          declined: 0,
          cancelled: 0,
          postponed: 0,
          addressesExpected: 1,
          addressesGiven: 0,
        },
        meetings: { totalCount: 10 },
      });
      expect(quotesOf(person.visits.nodes[0] as Cited)).toEqual([met, `${willAttend}.`, expectedToMeet]);
    });

    it("8: what Rajnath Singh said at the meeting, word for word", async () => {
      const { meeting } = await ask<{
        meeting: { statements: { nodes: (Cited & { isVerbatim: boolean; text: string })[] } };
      }>(/* GraphQL */ `
        {
          meeting(slug: "2024-11-20-ind-chn-vientiane") {
            statements { nodes { speaker { name } party { code } office { kind } text isVerbatim on ${citations} } }
          }
        }
      `);
      const verbatim = meeting.statements.nodes.filter(({ isVerbatim }) => isVerbatim);
      expect(verbatim).toHaveLength(1);
      const statement = verbatim[0] as Cited & { text: string };
      expect(statement).toMatchObject({
        speaker: { name: "Rajnath Singh" },
        party: { code: "IND" },
        office: { kind: "DEFENCE_MINISTER" },
        on: "2024-11-20",
        text: "We need to focus on cooperation rather than conflict. Both countries are and will continue to remain neighbours and amicable relations between India and China, the two largest nations in the world, would have positive implications for global peace and prosperity",
      });
      expect(quotesOf(statement)).toContain(`“${statement.text},” the Defence Minister said`);
    });

    it("9: both sides will work towards a roadmap for rebuilding mutual trust and understanding", async () => {
      const { meeting } = await ask<{ meeting: { commitments: { nodes: Cited[] } } }>(/* GraphQL */ `
        {
          meeting(slug: "2024-11-20-ind-chn-vientiane") {
            commitments { nodes { summary status dueOn parties { code } ${citations} } }
          }
        }
      `);
      expect(meeting.commitments.nodes).toMatchObject([
        {
          summary: expect.stringMatching(/roadmap for rebuilding mutual trust and understanding/) as string,
          status: "AGREED",
          dueOn: null,
          parties: [{ code: "CHN" }, { code: "IND" }],
        },
      ]);
      expect(meeting.commitments.nodes.map(quotesOf)).toEqual([[roadmap]]);
    });

    it("10: the border clashes of 2020, and disengagement agreements without a day", async () => {
      const { milestones } = await ask<{ milestones: { nodes: Cited[] } }>(
        `{ milestones { nodes { label on parties { code } ${citations} } } }`,
      );
      const parties = [{ code: "CHN" }, { code: "IND" }];
      expect(milestones.nodes).toMatchObject([
        { label: "Border clashes between India and China", on: "2020", parties },
        { label: "Disengagement agreements", on: null, parties },
      ]);
      expect(milestones.nodes.map(quotesOf)).toEqual([
        [expect.stringContaining("border clashes of 2020")],
        [expect.stringContaining("the recent disengagement agreements")],
      ]);
    });

    it("11: ADMM is ASEAN's highest mechanism in defence, and its members are the ten ASEAN states", async () => {
      const { forum } = await ask<MembersAnswer>(membersOfForum, { slug: "admm" });
      expect(forum.parent).toEqual({ slug: "asean" });
      expect(forum.description).toMatch(/highest/);
      expect(quotesOf(forum)).toEqual([highestMechanism]);
      expect(forum.memberships.totalCount).toBe(10);
      expect(codesWith("MEMBER", forum.memberships.nodes)).toEqual(asean);
      const { forum: parent } = await ask<MembersAnswer>(membersOfForum, { slug: "asean" });
      expect(codesWith("MEMBER", parent.memberships.nodes)).toEqual(asean);
    });

    it("12: of India's counterparts three are ASEAN states and five Dialogue Partners; of these only Russia is not met", async () => {
      const { session, members } = await ask<{
        session: {
          session: {
            sidelineMeetings: { nodes: { status: string; participants: { nodes: { party: Counterpart }[] } }[] };
          };
        };
        members: MembersAnswer["forum"];
      }>(/* GraphQL */ `
        {
          session: forum(slug: "admm-plus") {
            session(ordinal: 11) {
              sidelineMeetings(filter: { parties: ["IND"] }) {
                nodes {
                  status
                  participants {
                    nodes { party { code memberships(asOf: "2024-11-20") { nodes { role forum { slug } } } } }
                  }
                }
              }
            }
          }
          members: forum(slug: "admm-plus") {
            memberships(asOf: "2024-11-20", role: DIALOGUE_PARTNER) { nodes { role party { code } ${citations} } }
          }
        }
      `);
      const meetings = session.session.sidelineMeetings.nodes;
      const counterparts = (status: string) =>
        meetings
          .filter((meeting) => meeting.status === status)
          .flatMap(({ participants }) => participants.nodes.map(({ party }) => party))
          .filter(({ code }) => code !== "IND");
      const inAsean = (party: Counterpart) =>
        party.memberships.nodes.some(({ role, forum }) => forum.slug === "asean" && role === "MEMBER");
      const expected = counterparts("EXPECTED");
      expect(
        expected
          .filter(inAsean)
          .map(({ code }) => code)
          .sort(),
      ).toEqual(["LAO", "MYS", "PHL"]);
      expect(
        expected
          .filter((party) => !inAsean(party))
          .map(({ code }) => code)
          .sort(),
      ).toEqual(["AUS", "JPN", "KOR", "NZL", "USA"]);
      expect(counterparts("HELD").map(({ code }) => code)).toEqual(["CHN"]);

      const seen = new Set([...expected, ...counterparts("HELD")].map(({ code }) => code));
      const unmet = members.memberships.nodes.filter(({ party }) => party.code !== "IND" && !seen.has(party.code));
      expect(unmet.map(({ party }) => party.code)).toEqual(["RUS"]);
      expect(unmet.map(quotesOf)).toEqual([["its eight Dialogue Partners", "Russia"]]);
    });

    it("13: everything the report says about China, in its order", async () => {
      const { documents } = await ask<{ documents: { nodes: { id: string }[] } }>("{ documents { nodes { id } } }");
      expect(documents.nodes).toHaveLength(1);
      const { document } = await ask<{
        document: {
          text: string;
          citations: { totalCount: number; nodes: { passage: Passage; subject: { __typename: string } }[] };
        };
      }>(
        /* GraphQL */ `
          query About($id: ID!) {
            document(id: $id) {
              text
              citations(first: 100, filter: { naming: "CHN" }) {
                totalCount
                nodes { passage { quote start end } subject { __typename ... on Node { id } } }
              }
            }
          }
        `,
        { id: documents.nodes[0]?.id },
      );
      expect(document.text).toBe(text);
      const { nodes, totalCount } = document.citations;
      expect(nodes).toHaveLength(totalCount);
      expect(nodes.map(({ passage }) => passage.start)).toEqual(
        nodes.map(({ passage }) => passage.start).sort((a, b) => a - b),
      );
      expect(nodes.map(({ passage }) => passage.quote).sort()).toEqual(quotesInPack(/\b(China|Chinese)\b/).sort());
      expect(new Set(nodes.map(({ subject }) => subject.__typename))).toEqual(
        new Set([
          "State",
          "Person",
          "Office",
          "Tenure",
          "ForumMembership",
          "Meeting",
          "Participant",
          "StatusReport",
          "Visit",
          "Statement",
          "Milestone",
          "FirstSinceClaim",
        ]),
      );
      const first = nodes.find(({ subject }) => subject.__typename === "Meeting");
      expect(first?.passage.quote).toBe(met);
      expect(nodes.at(-1)).toMatchObject({ passage: { quote: "China" }, subject: { __typename: "ForumMembership" } });
    });

    it("and nothing more: no day, no name and no record that the report does not give", async () => {
      const { service } = await ask<{ service: { counts: Record<string, number> } }>(
        "{ service { counts { documents meetings persons states forums } } }",
      );
      // Ten meetings on this visit, the summit and the meeting on its sidelines; four persons; eighteen states; four forums.
      expect(service.counts).toEqual({ documents: 1, meetings: 12, persons: 4, states: 18, forums: 4 });
    });
  });
});

interface Counterpart {
  readonly code: string;
  readonly memberships: {
    readonly nodes: readonly { readonly role: string; readonly forum: { readonly slug: string } }[];
  };
}

/** Every quote of the pack's files that has such words, once for each record that cites it. */
function quotesInPack(words: RegExp): string[] {
  const folder = new URL("../../seeds/report/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const quotes: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("quote" in value && typeof value.quote === "string" && words.test(value.quote)) quotes.push(value.quote);
    Object.values(value).forEach(visit);
  };
  for (const name of files) visit(parse(readFileSync(new URL(name, folder), "utf8")));
  return quotes;
}
