import type { PackFact } from "../../src/reader/pack.js";
import type { Asker } from "../support/ask.js";

/** The share of a fact that the record holds: all, all but some of its properties, or nothing. */
export type Outcome = "whole" | "lossy" | "missing";

/** A fact, its outcome, and the properties that the record lacks. */
export interface Checked {
  readonly fact: PackFact;
  readonly outcome: Outcome;
  readonly lost: readonly string[];
}

interface Citation {
  readonly attributedTo: string | null;
  readonly document: { readonly key: string };
  readonly passage: { readonly quote: string } | null;
}
interface Cited {
  readonly citations: { readonly nodes: readonly Citation[] };
}
interface Coded {
  readonly code: string;
}
interface Named {
  readonly slug: string;
}
interface Office {
  readonly kind: string;
  readonly party: Coded;
}
interface Where {
  readonly city: string | null;
  readonly country: Coded | null;
}
interface ForumNames {
  readonly slug: string;
  readonly name: string;
  readonly acronym: string | null;
  readonly aliases: readonly string[];
}
interface Report {
  readonly status: string;
  readonly on?: string | null;
  readonly citation: Citation;
}
interface Seat extends Cited {
  readonly party: Coded;
  readonly person: Named | null;
  readonly office: Office | null;
  readonly otherOffices: readonly Office[];
  readonly acting: boolean;
  readonly role: string;
  readonly isExpected: boolean;
}
interface MeetingClaim {
  readonly citation: Citation;
  readonly isFirstEver: boolean;
  readonly isPreviousMeeting: boolean;
  readonly since: { readonly on: string | null; readonly label?: string } | null;
  readonly sinceOn: string | null;
}
interface Claim {
  readonly citation: Citation;
  readonly since: string | null;
  readonly words: string | null;
}
interface Membership extends Cited {
  readonly party: Coded;
  readonly role: string;
}
interface Signatory extends Membership {
  readonly person: Named | null;
}
interface Meeting extends Cited {
  readonly id: string;
  readonly slug: string;
  readonly format: string | null;
  readonly on: string | null;
  readonly endsOn: string | null;
  readonly place: Where | null;
  readonly forum: ForumNames | null;
  readonly ordinal: number | null;
  readonly sidelinesOf: { readonly forum: ForumNames | null; readonly ordinal: number | null } | null;
  readonly topics: readonly string[];
  readonly participants: { readonly nodes: readonly Seat[] };
  readonly statusReports: readonly Report[];
  readonly firstSinceClaims: readonly MeetingClaim[];
}
interface Commitment extends Cited {
  readonly parties: readonly Coded[];
  readonly dueOn: string | null;
}
interface Statement extends Cited {
  readonly speaker: Named | null;
  readonly party: Coded | null;
  readonly otherSpeakers: readonly Named[];
  readonly otherParties: readonly Coded[];
  readonly isVerbatim: boolean;
  readonly meeting: Named | null;
}
interface Agreement extends Cited {
  readonly name: string | null;
  readonly parties: readonly Coded[];
  readonly signedOn: string | null;
  readonly since: string | null;
  readonly reports: readonly Report[];
  readonly claims: readonly Claim[];
  readonly signatories: {
    readonly nodes: readonly Signatory[];
  };
}
interface Activity extends Cited {
  readonly name: string | null;
  readonly kind: string;
  readonly parties: readonly Coded[];
  readonly from: string | null;
  readonly to: string | null;
  readonly reports: readonly Report[];
}
interface Visit extends Cited {
  readonly person: Named;
  readonly place: Where | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly days: number | null;
  readonly reports: readonly Report[];
  readonly claims: readonly Claim[];
}
interface Forum extends ForumNames {
  readonly memberships: { readonly nodes: readonly Membership[] };
  readonly chairs: readonly (Cited & { readonly party: Coded | null; readonly term: string | null })[];
}
interface Person extends Named {
  readonly visits: { readonly nodes: readonly Visit[] };
  readonly tenures: readonly (Cited & { readonly acting: boolean; readonly office: Office })[];
}

/** The records that reports can give, as GraphQL returns them. */
export interface Held {
  readonly meetings: readonly Meeting[];
  readonly statements: readonly Statement[];
  readonly commitments: readonly Commitment[];
  readonly agreements: readonly Agreement[];
  readonly activities: readonly Activity[];
  readonly persons: readonly Person[];
  readonly forums: readonly Forum[];
}

const citation = "{ attributedTo document { key } passage { quote } }";
const cited = `citations(first: 100) { nodes ${citation} }`;
const where = "place { city country { code } }";
const forumNames = "slug name acronym aliases";
const sitting = `{ ordinal forum { ${forumNames} } }`;
const office = "{ kind party { code } }";
const claims = `{ citation ${citation} since words }`;
const lists: Readonly<Record<keyof Held, string>> = {
  meetings: `id slug format on endsOn ${where} forum { ${forumNames} } ordinal sidelinesOf ${sitting} topics ${cited}
    participants(first: 100) { nodes { party { code } person { slug } office ${office} otherOffices ${office} acting role isExpected ${cited} } }
    statusReports { status citation ${citation} }
    firstSinceClaims { citation ${citation} isFirstEver isPreviousMeeting sinceOn since { ... on Meeting { on } ... on Milestone { on label } } }`,
  statements: `speaker { slug } party { code } otherSpeakers { slug } otherParties { code } isVerbatim meeting { slug } ${cited}`,
  commitments: `parties { code } dueOn ${cited}`,
  agreements: `name parties { code } signedOn since claims ${claims} reports { status on citation ${citation} } ${cited}
    signatories(first: 100) { nodes { party { code } person { slug } role ${cited} } }`,
  activities: `name kind parties { code } from to reports { status citation ${citation} } ${cited}`,
  persons: `slug tenures { acting office ${office} ${cited} }
    visits(first: 50) { nodes { person { slug } ${where} from to days reports { status citation ${citation} } claims ${claims} ${cited} } }`,
  forums: `${forumNames} memberships(first: 100) { nodes { party { code } role ${cited} } } chairs { party { code } term ${cited} }`,
};

/** Reads everything that reports can give, page by page. */
export async function readHeld({ ask }: Asker): Promise<Held> {
  const held: Record<string, unknown[]> = {};
  for (const [list, fields] of Object.entries(lists)) {
    const nodes: unknown[] = (held[list] = []);
    for (let after: string | null = null; ;) {
      const answer: Record<string, Page> = await ask<Record<string, Page>>(
        `query Held($after: String) { ${list}(first: 50, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      const page = answer[list];
      nodes.push(...(page?.nodes ?? []));
      if (page?.pageInfo.hasNextPage !== true) break;
      after = page.pageInfo.endCursor;
    }
  }
  return held as unknown as Held;
}

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type Test = readonly [property: string, holds: boolean];

/** Facts of one report against the record. @param document the key of the report's document. */
export function check(facts: readonly PackFact[], held: Held, document: string): readonly Checked[] {
  return new Check(facts, held, document).all();
}

/** A record that facts are about, with all that its parts cite. */
interface Subject {
  readonly kind: string;
  readonly record: object;
  readonly citations: readonly Citation[];
}

class Check {
  private readonly subjects = new Map<string, Subject>();
  private readonly meetings: readonly Meeting[];

  constructor(
    private readonly facts: readonly PackFact[],
    private readonly held: Held,
    private readonly document: string,
  ) {
    this.meetings = held.meetings.filter((meeting) => this.isCited(...citationsOf(meeting)));
  }

  all(): readonly Checked[] {
    const found = new Map<PackFact, Checked>();
    const things = ["meeting", "visit", "agreement", "activity", "statement", "commitment"];
    for (const kind of things)
      for (const fact of this.facts) if (fact.kind === kind) found.set(fact, this.checkThing(fact));
    for (const fact of this.facts) if (!found.has(fact)) found.set(fact, this.judge(fact, this.detailsOf(fact)));
    return this.facts.flatMap((fact) => found.get(fact) ?? []);
  }

  private isCited(...citations: readonly Citation[]): boolean {
    return citations.some(({ document }) => document.key === this.document);
  }

  /** True if a passage that a record cites contains the quote of the fact, or lies within it. */
  private quotes(citations: readonly Citation[], { quote }: PackFact): boolean {
    const words = new Set(wordsOf(quote));
    return citations.some(({ document, passage }) => {
      if (document.key !== this.document || passage === null) return false;
      const given = wordsOf(passage.quote);
      const shared = given.filter((word) => words.has(word)).length;
      return shared >= Math.min(words.size, given.length) / 2;
    });
  }

  /** The best of the records that a fact can mean: the first test says which one it is, the others its properties. */
  private judge(fact: PackFact, candidates: readonly (readonly Test[])[]): Checked {
    const lost = candidates
      .filter(([[, isIt] = ["", false]]) => isIt)
      .map((tests) => tests.flatMap(([property, holds]) => (holds ? [] : [property])))
      .sort((one, other) => one.length - other.length)[0];
    if (lost === undefined) return { fact, outcome: "missing", lost: [] };
    return { fact, outcome: lost.length === 0 ? "whole" : "lossy", lost };
  }

  private checkThing(fact: PackFact): Checked {
    const taken = new Set([...this.subjects.values()].map(({ record }) => record));
    const open = this.candidatesOf(fact).filter(({ subject }) => !taken.has(subject.record));
    const lostBy = ({ tests }: Candidate): number => tests.filter(([, holds]) => !holds).length;
    const fit = ({ likeness, tests }: Candidate): number => likeness - tests.filter(([, holds]) => !holds).length;
    const [best] = open
      .filter(({ tests: [[, isIt] = ["", false]] }) => isIt)
      .sort((one, other) => fit(other) - fit(one) || lostBy(one) - lostBy(other));
    if (!best) return { fact, outcome: "missing", lost: [] };
    this.subjects.set(String(fact["id"]), best.subject);
    return this.judge(fact, [best.tests]);
  }

  private candidatesOf(fact: PackFact): readonly Candidate[] {
    const { held } = this;
    switch (fact.kind) {
      case "meeting":
        return this.meetings.map((meeting) => {
          const parties = meeting.participants.nodes.map(({ party }) => party.code);
          return {
            subject: { kind: "meeting", record: meeting, citations: citationsOf(meeting) },
            likeness: this.likenessOf(fact, meeting),
            tests: [
              ["meeting", overlap(fact["parties"], parties) >= 0.5],
              ["parties", sameSet(fact["parties"], parties)],
              ["quote", this.quotes(citationsOf(meeting), fact)],
            ],
          };
        });
      case "visit":
        return held.persons
          .flatMap(({ visits }) => visits.nodes)
          .map((visit) => {
            const citations = [...citationsIn(visit), ...reported(visit.reports), ...reported(visit.claims)];
            return {
              subject: { kind: "visit", record: visit, citations },
              likeness: 0,
              tests: [
                ["visit", visit.person.slug === fact["person"] && this.isCited(...citations)],
                ["country", isSame(fact["country"], visit.place?.country?.code)],
                ["city", isSame(fact["city"], visit.place?.city)],
                ["from", isSame(fact["from"], visit.from)],
                ["to", isSame(fact["to"], visit.to)],
                ["days", isSame(fact["days"], visit.days)],
                ["status", this.hasReport(visit.reports, fact["status"])],
              ],
            };
          });
      case "agreement":
        return held.agreements.map((agreement) => {
          const signed = agreement.signatories.nodes.flatMap(citationsIn);
          const citations = [
            ...citationsIn(agreement),
            ...reported(agreement.reports),
            ...signed,
            ...reported(agreement.claims),
          ];
          const status = fact["status"];
          const isSigned = status === "SIGNED" && agreement.signedOn !== null;
          const days = [agreement.since, agreement.signedOn, ...agreement.reports.map(({ on }) => on)];
          return {
            subject: { kind: "agreement", record: agreement, citations },
            likeness: 0,
            tests: [
              ["agreement", sameSet(fact["parties"], codes(agreement.parties)) && this.isCited(...citations)],
              ["name", isNamed(fact["name"], [agreement.name])],
              ["status", status === undefined || isSigned || this.hasReport(agreement.reports, status)],
              ["on", fact["on"] === undefined || days.some((day) => day === fact["on"])],
            ],
          };
        });
      case "activity":
        return held.activities.map((activity) => ({
          subject: {
            kind: "activity",
            record: activity,
            citations: [...citationsIn(activity), ...reported(activity.reports)],
          },
          likeness: 0,
          tests: [
            ["activity", sameSet(fact["parties"], codes(activity.parties)) && this.isCited(...citationsIn(activity))],
            ["type", activity.kind === fact["type"]],
            ["name", isNamed(fact["name"], [activity.name])],
            ["from", isSame(fact["from"], activity.from)],
            ["to", isSame(fact["to"], activity.to ?? activity.from)],
          ],
        }));
      case "statement":
        return held.statements.map((statement) => {
          const { speaker, party, otherSpeakers, otherParties } = statement;
          const persons = [speaker?.slug, ...otherSpeakers.map(({ slug }) => slug)];
          const parties = [speaker === null ? party?.code : undefined, ...codes(otherParties)];
          const speakers = [...persons, ...parties].filter((one) => one !== undefined);
          const about = this.subjects.get(String(fact["about"]))?.record as Meeting | undefined;
          return {
            subject: { kind: "statement", record: statement, citations: citationsIn(statement) },
            likeness: 0,
            tests: [
              ["statement", this.quotes(citationsIn(statement), fact) && overlap(fact["speakers"], speakers) > 0],
              ["speakers", sameSet(fact["speakers"], speakers)],
              ["verbatim", statement.isVerbatim === (fact["verbatim"] ?? false)],
              ["about", fact["about"] === undefined || (about !== undefined && statement.meeting?.slug === about.slug)],
            ],
          };
        });
      default:
        return held.commitments.map((commitment) => ({
          subject: { kind: "commitment", record: commitment, citations: citationsIn(commitment) },
          likeness: 0,
          tests: [
            ["commitment", this.quotes(citationsIn(commitment), fact)],
            ["parties", sameSet(fact["parties"], codes(commitment.parties))],
            ["dueOn", isSame(fact["dueOn"], commitment.dueOn)],
          ],
        }));
    }
  }

  /** The number of a meeting's own facts that a record has. */
  private likenessOf({ id }: PackFact, meeting: Meeting): number {
    const facts = this.facts.filter(({ of, kind }) => of === id && meetingKinds.has(kind));
    const subject: Subject = { kind: "meeting", record: meeting, citations: citationsOf(meeting) };
    return facts.filter((fact) => this.judge(fact, this.detailsOfMeeting(fact, subject)).outcome === "whole").length;
  }

  private hasReport(reports: readonly Report[], status: unknown): boolean {
    return status === undefined || reports.some((report) => report.status === status && this.isCited(report.citation));
  }

  private detailsOf(fact: PackFact): readonly (readonly Test[])[] {
    const { held } = this;
    switch (fact.kind) {
      case "office":
        return held.persons.flatMap(({ slug, tenures }) =>
          tenures.map((tenure) => [
            [
              "office",
              slug === fact["person"] && tenure.office.kind === fact["office"] && this.isCited(...citationsIn(tenure)),
            ] as const,
            ["party", isSame(fact["party"], tenure.office.party.code)] as const,
            ["acting", tenure.acting === (fact["acting"] ?? false)] as const,
          ]),
        );
      case "membership":
        return held.forums.flatMap((forum) =>
          forum.memberships.nodes.map((membership) => [
            [
              "membership",
              isForum(fact["forum"], forum) &&
                membership.party.code === fact["party"] &&
                this.isCited(...citationsIn(membership)),
            ] as const,
            ["role", membership.role === fact["role"]] as const,
          ]),
        );
      case "chair":
        return held.forums.flatMap((forum) =>
          forum.chairs.map((term) => [
            [
              "chair",
              isForum(fact["forum"], forum) && term.party?.code === fact["party"] && this.isCited(...citationsIn(term)),
            ] as const,
            ["term", isSame(fact["term"], term.term)] as const,
          ]),
        );
      default: {
        const subject = this.subjects.get(String(fact["of"]));
        return subject ? this.detailsOfSubject(fact, subject) : [];
      }
    }
  }

  private detailsOfSubject(fact: PackFact, subject: Subject): readonly (readonly Test[])[] {
    if (fact.kind === "attribution") {
      return subject.citations.map(({ document, attributedTo }) => [
        ["attribution", document.key === this.document && isAmong(fact["to"], attributedTo)],
      ]);
    }
    if (fact.kind === "signatory") {
      return (subject.record as Agreement).signatories.nodes.map((signatory) => [
        [
          "signatory",
          fact["person"] === undefined
            ? signatory.party.code === fact["party"]
            : signatory.person?.slug === fact["person"],
        ],
        ["as", signatory.role === fact["as"]],
      ]);
    }
    if (fact.kind === "claim" && subject.kind !== "meeting") {
      const { claims: list } = subject.record as Visit | Agreement;
      return list.map(({ citation: source, since, words }) => [
        ["claim", this.isCited(source) && isClaim(fact["type"], since ?? words)],
        ["since", fact["since"] === undefined || since === fact["since"] || sameWords(words, fact["since"])],
      ]);
    }
    return subject.kind === "meeting" ? this.detailsOfMeeting(fact, subject) : [];
  }

  private detailsOfMeeting(fact: PackFact, subject: Subject): readonly (readonly Test[])[] {
    const meeting = subject.record as Meeting;
    const { value } = fact as { readonly value?: unknown };
    switch (fact.kind) {
      case "date":
        return [[["date", value === meeting.on || value === `${meeting.on ?? ""}/${meeting.endsOn ?? ""}`]]];
      case "place":
        return [
          [
            ["country", isSame(fact["country"], meeting.place?.country?.code) && meeting.place !== null],
            ["city", isSame(fact["city"], meeting.place?.city)],
          ],
        ];
      case "status":
        return [[["status", this.hasReport(meeting.statusReports, value)]]];
      case "format":
        return [[["format", meeting.format === value]]];
      case "series":
      case "sidelinesOf": {
        const sitting = fact.kind === "series" ? meeting : meeting.sidelinesOf;
        return [
          [
            ["name", sitting?.forum != null && isForum(fact["name"], sitting.forum)],
            ["ordinal", isSame(fact["ordinal"], sitting?.ordinal)],
          ],
        ];
      }
      case "topic":
        return [[["topic", meeting.topics.includes(String(value))]]];
      case "seat":
      case "expectedSeat":
        return meeting.participants.nodes.map((seat) => {
          const offices = [seat.office, ...seat.otherOffices].map((one) => one?.kind);
          return [
            ["seat", seat.party.code === fact["party"] && isSame(fact["person"], seat.person?.slug)],
            ["office", fact["office"] === undefined || offices.some((kind) => kind === fact["office"])],
            ["acting", seat.acting === (fact["acting"] ?? false)],
            ["role", fact["role"] === undefined || seat.role === fact["role"]],
          ];
        });
      case "claim":
        return meeting.firstSinceClaims.map((claim) => {
          const type = claim.isPreviousMeeting ? "PREVIOUS_MEETING" : claim.isFirstEver ? "FIRST_EVER" : "FIRST_SINCE";
          const days = [claim.sinceOn, claim.since?.on];
          const isSince = days.includes(String(fact["since"])) || sameWords(claim.since?.label, fact["since"]);
          return [
            ["claim", this.isCited(claim.citation) && type === fact["type"]],
            ["since", fact["since"] === undefined || isSince],
          ];
        });
      default:
        return [];
    }
  }
}

interface Candidate {
  readonly subject: Subject;
  /** The number of facts about it that the record has. */
  readonly likeness: number;
  readonly tests: readonly Test[];
}

const meetingKinds = new Set(["date", "place", "status", "format", "series", "sidelinesOf", "seat", "expectedSeat"]);

function citationsIn({ citations }: Cited): readonly Citation[] {
  return citations.nodes;
}

function reported(reports: readonly { readonly citation: Citation }[]): readonly Citation[] {
  return reports.map(({ citation: source }) => source);
}

/** All that a meeting and its parts cite. */
function citationsOf(meeting: Meeting): readonly Citation[] {
  return [
    ...citationsIn(meeting),
    ...meeting.participants.nodes.flatMap(citationsIn),
    ...reported(meeting.statusReports),
    ...reported(meeting.firstSinceClaims),
  ];
}

function codes(parties: readonly Coded[]): readonly string[] {
  return parties.map(({ code }) => code);
}

/** A property that a fact does not have may be anything. */
function isSame(given: unknown, held: unknown): boolean {
  if (given === undefined || given === null) return true;
  return given === held || (typeof held === "string" && typeof given === "string" && sameWords(held, given));
}

function isClaim(type: unknown, since: string | null): boolean {
  return type === (since === null ? "FIRST_EVER" : "FIRST_SINCE");
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
}

/** True if the record has one of the names that a fact gives. */
function isNamed(given: unknown, names: readonly (string | null)[]): boolean {
  return given === undefined || textsOf(given).some((name) => names.some((one) => sameWords(one, name)));
}

function isForum(given: unknown, { name, acronym, aliases }: ForumNames): boolean {
  return isNamed(given, [name, acronym, ...aliases]);
}

/** True if a fact names one of these sources, which semicolons separate. A person is compared by slug. */
function isAmong(given: unknown, attributedTo: string | null): boolean {
  const sources = (attributedTo ?? "").split(/;\s*/).map((one) => wordsOf(one).join(" "));
  return textsOf(given).some((one) => sources.includes(wordsOf(one.replace(/-/g, " ")).join(" ")));
}

function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/defense/g, "defence");
  const words = plain.replace(/['’]/g, "").split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== "" && word !== "the");
}

function sameWords(held: string | null | undefined, given: unknown): boolean {
  return typeof held === "string" && typeof given === "string" && wordsOf(held).join(" ") === wordsOf(given).join(" ");
}

/** Jaccard index of two sets. */
function overlap(given: unknown, held: readonly string[]): number {
  const [one, other] = [new Set(textsOf(given)), new Set(held)];
  const all = new Set([...one, ...other]);
  return all.size === 0 ? 0 : [...one].filter((item) => other.has(item)).length / all.size;
}

function sameSet(given: unknown, held: readonly string[]): boolean {
  return overlap(given, held) === 1;
}
