import { readAgreements, type Agreement } from "./agreements.js";
import { readClaims, previousOf, type Claim } from "./claims.js";
import type { SentenceParse } from "./clauses.js";
import { topicsOf } from "./data/topics.js";
import type { Encounter, EncounterReader } from "./encounters.js";
import { officeOfPerson, type FactList } from "./facts.js";
import { gazetteer } from "./gazetteer.js";
import type { Header } from "./header.js";
import type { MentionReader } from "./mentions.js";
import { readActivities, type Activity } from "./activities.js";
import { readChairs, type Chair } from "./chairs.js";
import {
  readCommitments,
  readSources,
  readStatements,
  type Commitment,
  type Source,
  type Statement,
} from "./statements.js";
import { tokenize } from "./text.js";
import type { Span, Tier } from "./types.js";
import { readVisits, type Visit } from "./visits.js";

/** The input of the readers of other kinds of facts. */
export interface Context {
  readonly reader: MentionReader;
  readonly header: Header;
  readonly encounters: EncounterReader;
  readonly list: FactList;
  /** Ids of the encounters that are proposed; filled before anything is written. */
  readonly ids: Map<Encounter, string>;
}

interface Topic extends Span {
  readonly value: string;
  readonly about: Encounter;
}

/** Reads statements, visits, agreements ... sentence by sentence, beside the encounters. */
export class RestReader {
  readonly #context: Context;
  /** Whether a visit came after the last encounter. */
  #lastIsVisit = false;
  readonly #statements: Statement[] = [];
  readonly #commitments: Commitment[] = [];
  readonly #agreements: Agreement[] = [];
  readonly #visits: Visit[] = [];
  readonly #activities: Activity[] = [];
  readonly #chairs: Chair[] = [];
  readonly #topics: Topic[] = [];
  readonly #claims: { claim: Claim; of: Encounter | Visit | Agreement }[] = [];
  readonly #sources: { source: Source; of: Encounter | Visit | Agreement | Activity | Statement }[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  readSentence(parse: SentenceParse, index: number): void {
    const context = this.#context;
    const told = context.encounters.encounters.filter((encounter) => encounter.sentence === index);
    const changed = context.encounters.encounters.filter(
      (encounter) => encounter.status.start >= parse.sentence.start && encounter.status.start < parse.sentence.end,
    );
    const visits = this.#addVisits(readVisits(context, parse, index));
    const agreements = readAgreements(context, parse, index, this.#agreements);
    this.#addAgreements(agreements);
    const activities = readActivities(context, parse, index);
    this.#activities.push(...activities);
    this.#chairs.push(...readChairs(context, parse));
    if (visits.length > 0) this.#lastIsVisit = true;
    else if (told.length > 0) this.#lastIsVisit = false;
    const events = [...told, ...changed, ...visits, ...agreements, ...activities];
    const commitments = readCommitments(context, parse);
    this.#commitments.push(...commitments);
    const statements = readStatements(context, parse, index, events.length > 0);
    if (commitments.length === 0 || statements.some((statement) => statement.verbatim))
      this.#statements.push(...statements);
    this.#readSources(parse, events, statements);
    this.#readClaims(parse, events, index);
    this.#readTopics(parse, index, statements.length > 0);
  }

  #addVisits(visits: readonly Visit[]): Visit[] {
    const added: Visit[] = [];
    for (const visit of visits) {
      const same = this.#visits.find(
        (other) =>
          other.person === visit.person &&
          other.country === visit.country &&
          (other.status === visit.status || (other.status === "PLANNED" && visit.status !== "MADE")),
      );
      if (!same) {
        this.#visits.push(visit);
        added.push(visit);
        continue;
      }
      same.city ??= visit.city;
      same.from ??= visit.from;
      same.to ??= visit.to;
      same.days ??= visit.days;
      same.status = visit.status;
    }
    return added;
  }

  #addAgreements(agreements: readonly Agreement[]): void {
    for (const agreement of agreements) {
      const same = this.#agreements.find((other) => isSamePaper(other, agreement));
      if (same) {
        for (const signatory of agreement.signatories) {
          if (same.signatories.some((other) => other.person === signatory.person && other.party === signatory.party))
            continue;
          // Persons replace the bare parties of the first sentence.
          if (signatory.person !== undefined) dropParties(same);
          if (signatory.party === undefined || !same.signatories.some((other) => other.person !== undefined))
            same.signatories.push(signatory);
        }
      } else this.#agreements.push(agreement);
    }
  }

  #readSources(
    parse: SentenceParse,
    events: readonly (Encounter | Visit | Agreement | Activity)[],
    statements: readonly Statement[],
  ): void {
    const sources = readSources(this.#context, parse);
    if (sources.length === 0) return;
    for (const source of sources) {
      const [event] = events;
      const [statement] = statements;
      if (event) this.#sources.push({ source, of: event });
      else if (
        statement &&
        !statement.speakers.includes(source.to) &&
        this.#statements.includes(statement) &&
        !this.#isSpeaker(statement, source)
      )
        this.#sources.push({ source, of: statement });
    }
  }

  /** A body that speaks is the speaker and not its own source. */
  #isSpeaker(statement: Statement, source: Source): boolean {
    return !source.isAgency && statement.speakers.every((speaker) => /^[A-Z]+$/.test(speaker));
  }

  #readClaims(
    parse: SentenceParse,
    events: readonly (Encounter | Visit | Agreement | Activity)[],
    index: number,
  ): void {
    for (const claim of readClaims(this.#context, parse)) {
      const words = this.#context.list.words({ start: claim.start, end: parse.sentence.end });
      const isVisit = /\b(?:visit|trip)\b/.test(words);
      const own =
        !isVisit && !/\b(?:meeting|talks|time|encounter|call|conversation|summit|contact)\b/.test(words)
          ? undefined
          : events.find((event): event is Encounter | Visit =>
              isVisit ? "country" in event : "participants" in event,
            );
      const isMeeting = /\b(?:meeting|talks|time|encounter|call|conversation|summit|contact)\b/.test(words);
      const last =
        isVisit || (!isMeeting && this.#lastIsVisit) ? this.#visits.at(-1) : this.#context.encounters.currentAt[index];
      const of = own ?? last ?? (events[0] && !("type" in events[0]) ? events[0] : undefined);
      const by = /\bby an? (?:serving |sitting )?(\S+)/.exec(words)?.[1];
      if (of && "country" in of && by !== undefined && !this.#isOf(by, of)) continue;
      if (of && !this.#claims.some((other) => other.of === of && other.claim.type === claim.type))
        this.#claims.push({ claim, of });
    }
  }

  /** Whether "the first visit by a Greek minister" can be the visit of this person. */
  #isOf(demonym: string, visit: Visit): boolean {
    const state = gazetteer()
      .longest(tokenize(demonym), 0, 1)
      ?.values.find((value) => value.type === "state");
    return state?.type !== "state" || visit.person.party === undefined || state.code === visit.person.party;
  }

  /** Topics of the encounter told last, from sentences that say what was talked about. */
  #readTopics(parse: SentenceParse, index: number, hasStatement: boolean): void {
    const about = this.#context.encounters.currentAt[index];
    if (!about || about.isPrevious) return;
    if (
      /^(?:it|this|they)$/.test(this.#context.reader.text.tokens[parse.sentence.start]?.folded ?? "") &&
      !/^(?:they|both)/.test(this.#context.reader.text.tokens[parse.sentence.start]?.folded ?? "")
    )
      return;
    const isTalk = parse.clauses.some(
      (clause) =>
        /^(?:discuss|review|exchange|raise|address|focus|cover|explore|consider|tackle|speak|talk|touch|deliberate|centre|center|agree|reaffirm|pledge)$/.test(
          clause.verb.lemma,
        ) &&
        clause.verb.mode !== "negated" &&
        clause.verb.form !== "participle",
    );
    const isMeeting = about.sentence === index || parse.clauses.some((clause) => clause.subject?.type === "event");
    if (!isTalk && !(isMeeting && !hasStatement)) return;
    for (const topic of topicsOf(this.#context.list.words({ start: parse.sentence.start, end: parse.sentence.end }))) {
      if (this.#topics.some((other) => other.about === about && other.value === topic)) continue;
      if (isTalk) this.#topics.push({ value: topic, about, start: parse.sentence.start, end: parse.sentence.end });
    }
  }

  /** Writes all facts; encounters have been written before. */
  write(): void {
    this.#writeOffices();
    const ids = new Map<object, string>(this.#context.ids);
    this.#writeStatements(ids);
    this.#writeCommitments();
    this.#writeAgreements(ids);
    this.#writeActivities(ids);
    this.#writeVisits(ids);
    this.#writeChairs();
    this.#writeClaims(ids);
    this.#writeTopics();
    this.#writeSources(ids);
  }

  #writeOffices(): void {
    const { reader, list, header } = this.#context;
    for (const person of reader.persons) {
      const office = officeOfPerson(person, list);
      if (office === undefined || person.former || !person.officeSpan) continue;
      const party = person.party ?? header.home;
      const properties: Record<string, unknown> = { person: person.slug, office };
      if (party !== undefined) properties["party"] = party;
      if (person.acting) properties["acting"] = true;
      const tier: Tier =
        person.partyReason === undefined || person.partyReason === "home" || party === undefined ? "likely" : "sure";
      list.add("office", properties, person.officeSpan, tier, "title");
    }
  }

  #writeStatements(ids: Map<object, string>): void {
    const { list } = this.#context;
    for (const statement of this.#statements) {
      const id = list.nextId("s");
      ids.set(statement, id);
      const about = statement.about ? ids.get(statement.about) : undefined;
      const properties = {
        id,
        speakers: [...statement.speakers],
        verbatim: statement.verbatim,
        ...(about === undefined ? {} : { about }),
      };
      list.add("statement", properties, statement, statement.tier, "saying");
    }
  }

  #writeCommitments(): void {
    const { list } = this.#context;
    for (const { parties, action, dueOn, tier, ...span } of this.#commitments) {
      list.add(
        "commitment",
        { id: list.nextId("c"), parties, action, ...(dueOn === undefined ? {} : { dueOn }) },
        span,
        tier,
        "agreeing",
      );
    }
  }

  #writeAgreements(ids: Map<object, string>): void {
    const { list } = this.#context;
    for (const agreement of this.#agreements) {
      const id = list.nextId("a");
      ids.set(agreement, id);
      const { parties, name, status, on } = agreement;
      list.add(
        "agreement",
        { id, parties, name, status, ...(on === undefined ? {} : { on }) },
        agreement,
        agreement.tier,
        "signing",
      );
      for (const { person, party, as, ...span } of agreement.signatories) {
        list.add(
          "signatory",
          { of: id, ...(person === undefined ? { party } : { person }), as },
          span,
          agreement.tier,
          "signing",
        );
      }
    }
  }

  #writeActivities(ids: Map<object, string>): void {
    const { list } = this.#context;
    for (const activity of this.#activities) {
      const id = list.nextId("x");
      ids.set(activity, id);
      const { type, parties, name, from, to } = activity;
      const properties = {
        id,
        type,
        parties,
        ...(name === undefined ? {} : { name }),
        ...(from === undefined ? {} : { from, to: to ?? from }),
      };
      list.add("activity", properties, activity, "likely", "activity");
    }
  }

  #writeVisits(ids: Map<object, string>): void {
    const { list } = this.#context;
    for (const visit of this.#visits) {
      const id = list.nextId("v");
      ids.set(visit, id);
      const { person, country, city, from, to, days, status } = visit;
      const properties: Record<string, unknown> = { id, person: person.slug, country, status };
      for (const [key, value] of Object.entries({ city, from, to, days }))
        if (value !== undefined) properties[key] = value;
      list.add("visit", properties, visit, visit.tier, "journey");
    }
  }

  #writeChairs(): void {
    const { list } = this.#context;
    for (const { forum, party, term, role, ...span } of this.#chairs) {
      if (role === undefined)
        list.add("chair", { forum, party, ...(term === undefined ? {} : { term }) }, span, "sure", "chairmanship");
      else list.add("membership", { forum, party, role }, span, "likely", "membership");
    }
  }

  #writeClaims(ids: ReadonlyMap<object, string>): void {
    const { list } = this.#context;
    for (const { claim, of } of this.#claims) {
      const id = ids.get(of);
      if (id === undefined) continue;
      list.add(
        "claim",
        { of: id, type: claim.type, ...(claim.since === undefined ? {} : { since: claim.since }) },
        claim,
        "likely",
        "first",
      );
    }
    for (const { encounter, of } of previousOf(this.#context)) {
      const id = ids.get(of);
      if (id === undefined) continue;
      const since = encounter.date?.value;
      list.add(
        "claim",
        { of: id, type: "PREVIOUS_MEETING", ...(since === undefined ? {} : { since }) },
        encounter.span,
        "likely",
        "previous",
      );
    }
  }

  #writeTopics(): void {
    const { list, ids } = this.#context;
    for (const { value, about, ...span } of this.#topics) {
      const of = ids.get(about);
      if (of !== undefined) list.add("topic", { of, value }, span, "likely", "topic");
    }
  }

  #writeSources(ids: ReadonlyMap<object, string>): void {
    const { list } = this.#context;
    const written = new Set<string>();
    for (const { source, of } of this.#sources) {
      const id = ids.get(of);
      if (id === undefined || written.has(`${id} ${source.to}`)) continue;
      written.add(`${id} ${source.to}`);
      list.add("attribution", { of: id, to: source.to }, source, "likely", "source");
    }
  }
}

function dropParties(agreement: Agreement): void {
  const kept = agreement.signatories.filter((other) => other.person !== undefined);
  agreement.signatories.splice(0, agreement.signatories.length, ...kept);
}

/** The same paper: the same parties and name, or a later "the pact" for the one told before. */
function isSamePaper(a: Agreement, b: Agreement): boolean {
  if (a.parties.join() !== b.parties.join()) return false;
  const [left, right] = [a, b].map((paper) =>
    [paper.name.toLowerCase(), paper.acronym?.toLowerCase()].filter((name) => name !== undefined),
  ) as [string[], string[]];
  if (left.some((name) => right.includes(name))) return true;
  return (
    b.sentence - a.sentence <= 6 &&
    /^(?:pact|agreement|deal|accord|mou|memorandum|treaty|arrangement|document|paper)$/.test(b.name.toLowerCase())
  );
}
