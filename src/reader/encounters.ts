import type { Clause, Item, ItemOf, SentenceParse, VerbGroup } from "./clauses.js";
import type { DateMention, Direction } from "./dates.js";
import { isWeakHead, type EventNoun } from "./eventNouns.js";
import type { ForumMention } from "./forums.js";
import { framesOf, wishing, type Frame } from "./frames.js";
import type { Header } from "./header.js";
import { settledOffice, type Mention, type MentionReader, type Person, type PartyReason } from "./mentions.js";
import { findPlaces, type Place, type PlaceMention } from "./places.js";
import { textOf, type Token } from "./text.js";
import type { MeetingFormat, MeetingStatus, OfficeKind, Span, Tier } from "./types.js";

export type Role = "HOST" | "CHAIR" | "SPEAKER";

/** A participant in an encounter, or a party without a person. */
export interface Participant extends Span {
  readonly party: string;
  readonly reason: PartyReason;
  person: Person | undefined;
  office: OfficeKind | undefined;
  acting: boolean;
  role: Role | undefined;
  /** A bare state has no seat. */
  readonly isSeat: boolean;
  /** The person was found elsewhere in the report. */
  readonly isFilled?: boolean;
}

export interface Found<T> extends Span {
  readonly value: T;
  readonly tier: Tier;
}

export interface ForumRef {
  readonly name: string;
  readonly acronym: string | undefined;
  readonly ordinal: number | undefined;
}

export interface Encounter {
  participants: Participant[];
  /** Parties that only the name of the forum says. */
  readonly extraParties: Set<string>;
  status: Found<MeetingStatus>;
  isPastPlan: boolean;
  date: Found<string> | undefined;
  place: Found<Place> | undefined;
  format: Found<MeetingFormat> | undefined;
  series: Found<ForumRef> | undefined;
  sidelines: Found<ForumRef> | undefined;
  readonly span: Span;
  readonly sentence: number;
  readonly frame: string;
  tier: Tier;
  readonly isPrevious: boolean;
  /** A sitting of a forum of many: parties are only those of named persons. */
  readonly isSitting: boolean;
  /** The day that later "the day before" counts from. */
  readonly order: number;
}

interface Candidate {
  participants: Participant[];
  extraParties: string[];
  status: MeetingStatus;
  isPastPlan: boolean;
  span: Span;
  frame: string;
  tier: Tier;
  isPrevious: boolean;
  isSitting: boolean;
  isNew: boolean;
  /** "ahead of the Dialogue": another encounter than the one that is a sitting. */
  isApart: boolean;
  /** "when he met B in Moscow" repeats the encounter of the clause before. */
  isRetold: boolean;
  format: Found<MeetingFormat> | undefined;
  series: Found<ForumRef> | undefined;
  sidelines: Found<ForumRef> | undefined;
  date: Found<string> | undefined;
  place: Found<Place> | undefined;
}

/** Reads encounters sentence by sentence and remembers the latest. */
export class EncounterReader {
  readonly encounters: Encounter[] = [];
  /** The encounter told last when a sentence was read. */
  readonly currentAt: (Encounter | undefined)[] = [];
  /** Sentences that a frame explained. */
  readonly understood = new Set<number>();
  current: Encounter | undefined;
  subject: Person | undefined;
  /** Persons in the order of their last mention. */
  readonly recent: Person[] = [];
  readonly #resolved = new WeakMap<Mention, Participant[]>();
  readonly #reader: MentionReader;
  readonly #header: Header;
  readonly #tokens: readonly Token[];
  #anchorDay: string | undefined;
  #forum: (ForumRef & { place: Place | undefined; parties: readonly string[] }) | undefined;
  #headlineCall: boolean;
  #index = 0;
  #places: PlaceMention[] = [];
  #parse: SentenceParse | undefined;
  #previousSubject: Person | undefined;
  #pendingSidelines: (Found<ForumRef> & { readonly paragraph: number }) | undefined;

  constructor(reader: MentionReader, header: Header) {
    this.#reader = reader;
    this.#header = header;
    this.#tokens = reader.text.tokens;
    const headline = reader.text.sentences
      .filter((sentence) => sentence.zone === "headline")
      .map((sentence) => textOf(reader.text, sentence.start, sentence.end))
      .join(" ");
    this.#headlineCall = /\b(?:phone|telephone) calls?\b|\bcalls? with\b/i.test(headline);
    this.#registerForums();
  }

  /** Forums by the acronym that the report gives them: "the ADMM-Plus" later on. */
  #registerForums(): void {
    this.#anchorDay = this.#header.storyDay;
  }

  readSentence(parse: SentenceParse, index: number): void {
    this.#index = index;
    this.#parse = parse;
    this.#places = findPlaces(this.#reader, parse.sentence, this.#header.dateline);
    const before = this.encounters.length;
    const currentBefore = this.current;
    this.#noteForums(parse);
    for (const clause of parse.clauses) {
      this.#readClause(clause, parse);
      this.#noteSubject(clause);
    }
    this.#readNominals(parse);
    this.#readContinuation(parse, before, currentBefore);
    this.#notePeople(parse);
    this.currentAt[index] = this.current;
  }

  /** Last pass over all encounters: open seats, series of bilateral sittings, places of gatherings. */
  finish(): void {
    for (const encounter of this.encounters) {
      if (!encounter.isPrevious) this.#fillSeats(encounter);
      this.#shareSeries(encounter);
      this.#sharePlace(encounter);
    }
  }

  /** "his counterparts from A and B ... A's defence minister, X, said": the seat that was left open. */
  #fillSeats(encounter: Encounter): void {
    const offices = new Set(encounter.participants.flatMap((one) => officesOf(one)));
    encounter.participants = encounter.participants.map((one) => {
      if (one.person || !one.isSeat) return one;
      const wanted = one.office === undefined ? offices : new Set([one.office]);
      const ofParty = this.#reader.persons.filter(
        (person) => (person.party ?? this.#header.home) === one.party && !person.former,
      );
      const inOffice = ofParty.filter((person) => person.office !== undefined && wanted.has(person.office));
      const holders =
        inOffice.length > 0 ? inOffice : ofParty.filter((person) => person.office === undefined && person.isKnown);
      const [holder] = holders;
      if (!holder || holders.length !== 1 || encounter.participants.some((other) => other.person === holder))
        return one;
      return { ...one, person: holder, isFilled: true };
    });
  }

  /** The sittings of two states cover what their ministers did on those days. */
  #shareSeries(encounter: Encounter): void {
    if (encounter.series || encounter.isSitting || encounter.isPrevious || encounter.sidelines || encounter.format)
      return;
    const parties = partiesOf(encounter.participants);
    const sitting = this.encounters.find(
      (other) =>
        other !== encounter &&
        other.series &&
        other.isSitting &&
        other.extraParties.size === 2 &&
        sameSet(partiesWith(other.participants, other.extraParties), parties),
    );
    if (sitting?.series && sitting.status.value === encounter.status.value)
      encounter.series = { ...sitting.series, tier: "likely" };
  }

  /** A meeting on the sidelines of a gathering has the gathering's place. */
  #sharePlace(encounter: Encounter): void {
    const { sidelines } = encounter;
    if (encounter.place || !sidelines || encounter.format?.value === "CALL" || encounter.format?.value === "VIDEO")
      return;
    const other = this.encounters.find(
      (one) =>
        one !== encounter &&
        one.place &&
        ((one.sidelines && isSameForum(one.sidelines.value, sidelines.value)) ||
          (one.series && isSameForum(one.series.value, sidelines.value))),
    );
    if (other?.place)
      encounter.place = { value: other.place.value, start: sidelines.start, end: sidelines.end, tier: "likely" };
  }

  // --- resolving who is meant

  #noteSubject(clause: Clause): void {
    // A name that the reader does not know is the subject now; "he" must not mean the one before.
    const isUnknown =
      clause.subject === undefined &&
      clause.verb.form === "finite" &&
      clause.before.some(
        (item) =>
          item.type === "word" &&
          /^\p{Lu}/u.test(this.#tokens[item.start]?.text ?? "") &&
          item.start > clause.start - 1,
      );
    if (isUnknown) this.subject = undefined;
    if (clause.subject?.type !== "people") return;
    const mentions = clause.subject.mentions;
    const [only] = mentions;
    if (mentions.length !== 1 || !only) return;
    const person = only.person ?? this.#personOf(only);
    if (person) {
      this.#previousSubject = this.subject;
      this.subject = person;
    }
  }

  #notePeople(parse: SentenceParse): void {
    for (const item of parse.items) {
      if (item.type !== "people") continue;
      for (const mention of item.mentions) if (mention.person) this.touch(mention.person);
    }
  }

  touch(person: Person): void {
    const at = this.recent.indexOf(person);
    if (at >= 0) this.recent.splice(at, 1);
    this.recent.push(person);
  }

  /** The one person that a mention without a name points to. */
  personOf(mention: Mention): Person | undefined {
    return mention.person ?? this.participants(mention).find((one) => one.person)?.person;
  }

  #personOf(mention: Mention): Person | undefined {
    if (mention.person) return mention.person;
    if (mention.head === "pronoun")
      return mention.plural || mention.word === "it" ? undefined : (this.subject ?? this.#subjectAhead(mention));
    if (mention.head === "office" && mention.party === undefined && !mention.plural)
      return this.#holderOf(mention.office, mention.determiner);
    if (mention.many) return undefined;
    if (mention.head === "office" && mention.party !== undefined && !mention.plural) {
      const holders = this.#reader.persons.filter(
        (person) => person.office === mention.office && person.party === mention.party && !person.former,
      );
      return holders.length === 1 && mention.determiner !== "a" && mention.determiner !== "an" ? holders[0] : undefined;
    }
    if (mention.head === "anaphor" && !mention.plural) return this.#anaphor(mention.word ?? "", mention.party);
    return undefined;
  }

  /** "Speaking after he met B, A praised ...": the subject that comes later. */
  #subjectAhead(mention: Mention): Person | undefined {
    const later = this.#parse?.clauses.find(
      (clause) =>
        clause.subject?.type === "people" && clause.subject.start > mention.end && clause.subject.mentions.length === 1,
    );
    return later?.subject?.type === "people" ? later.subject.mentions[0]?.person : undefined;
  }

  /** "the Defence Minister": the holder of the office that the report names, the one told last if there are several. */
  #holderOf(office: OfficeKind | undefined, determiner: string | undefined): Person | undefined {
    if (office === undefined || determiner === "a" || determiner === "an") return undefined;
    const holders = this.#reader.persons.filter((person) => person.office === office && !person.former);
    const { home } = this.#header;
    const athome = holders.filter((person) => person.party === home);
    // A foreign holder is not meant if the record knows one person of the home state, whose title the report leaves out.
    const untitled = this.#reader.persons.filter(
      (person) => person.party === home && person.isKnown && person.office === undefined && !person.former,
    );
    if (athome.length === 0 && home !== undefined && untitled.length === 1) return untitled[0];
    if (holders.length === 1) return holders[0];
    if (athome.length === 1) return athome[0];
    return [...this.recent].reverse().find((person) => holders.includes(person));
  }

  #anaphor(word: string, party: string | undefined): Person | undefined {
    if (party !== undefined && !/^(?:side|delegation|delegations)$/.test(word)) {
      const own = this.#reader.persons.filter((person) => person.party === party && !person.former);
      const told = this.focus?.participants.find((one) => one.party === party && one.person)?.person;
      return told ?? (own.length === 1 ? own[0] : [...this.recent].reverse().find((person) => own.includes(person)));
    }
    const offices: Readonly<Record<string, readonly OfficeKind[]>> = {
      minister: ["DEFENCE_MINISTER", "FOREIGN_MINISTER", "DEPUTY_DEFENCE_MINISTER", "OTHER_MINISTER"],
      secretary: ["DEFENCE_MINISTER", "DEFENCE_SECRETARY", "FOREIGN_MINISTER"],
      president: ["HEAD_OF_STATE"],
      premier: ["HEAD_OF_GOVERNMENT"],
      general: ["CHIEF_OF_DEFENCE", "SERVICE_CHIEF", "DEFENCE_MINISTER"],
      admiral: ["CHIEF_OF_DEFENCE", "SERVICE_CHIEF"],
      chief: ["CHIEF_OF_DEFENCE", "SERVICE_CHIEF", "DEFENCE_MINISTER", "SECRETARY_GENERAL"],
      ambassador: ["AMBASSADOR"],
    };
    const kinds = offices[word];
    if (word === "guest" || word === "visitor" || word === "dignitary") {
      const away = [...this.recent]
        .reverse()
        .filter((person) => person.party !== undefined && person.party !== this.#header.dateline?.country);
      return away[0];
    }
    if (!kinds) return undefined;
    const known = this.#reader.persons.filter(
      (person) => person.office !== undefined && kinds.includes(person.office) && !person.former,
    );
    if (known.length === 1) return known[0];
    if (this.subject && known.includes(this.subject)) return this.subject;
    return [...this.recent].reverse().find((person) => known.includes(person));
  }

  /** Participants that a noun phrase stands for. */
  participantsOf(item: Item | undefined): Participant[] {
    if (item?.type !== "people") return [];
    this.#tellApart(item);
    return item.mentions.flatMap((mention) => this.participants(mention));
  }

  /** "He and Shoigu talked": "he" is another person, the one named last. */
  #tellApart(item: ItemOf<"people">): void {
    const pronoun = item.mentions.find((mention) => mention.head === "pronoun" && !mention.plural);
    const named = new Set(item.mentions.flatMap((mention) => (mention.person ? [mention.person] : [])));
    if (!pronoun || named.size === 0 || this.#resolved.has(pronoun)) return;
    const other =
      this.subject && !named.has(this.subject)
        ? this.subject
        : [...this.recent].reverse().find((person) => !named.has(person));
    if (other) this.#resolved.set(pronoun, this.#ofPerson(other, pronoun, pronoun));
  }

  /** The meaning of anaphora depends on their position, so the first resolution of a mention is kept. */
  participants(mention: Mention): Participant[] {
    const kept = this.#resolved.get(mention);
    if (kept) return kept.map((one) => ({ ...one }));
    const read = this.#readMention(mention);
    this.#resolved.set(mention, read);
    return read.map((one) => ({ ...one }));
  }

  #readMention(mention: Mention): Participant[] {
    const span = { start: mention.start, end: mention.end };
    if (mention.head === "person" && mention.person) return this.#ofPerson(mention.person, span, mention);
    if ((mention.head === "party" || mention.head === "institution") && mention.party !== undefined) {
      return [bareParty(mention.party, span)];
    }
    const person = this.#personOf(mention);
    if (person) return this.#ofPerson(person, span, mention);
    if ((mention.head === "office" || mention.head === "counterpart") && mention.party !== undefined) {
      const words = textOf(this.#reader.text, mention.start, mention.end)
        .toLowerCase()
        .replaceAll("defense", "defence");
      const office = settledOffice(mention.office, words, mention.party);
      return [
        {
          ...span,
          party: mention.party,
          reason: mention.partyReason ?? "said",
          person: undefined,
          office,
          acting: mention.acting ?? false,
          role: undefined,
          isSeat: true,
        },
      ];
    }
    const isMany =
      (mention.head === "pronoun" ||
        mention.head === "anaphor" ||
        (mention.head === "office" && mention.party === undefined)) &&
      mention.plural;
    if (isMany) return this.#ofMany(mention, span);
    if (
      mention.head === "office" &&
      !mention.plural &&
      mention.office !== undefined &&
      this.#header.home !== undefined
    ) {
      return [
        {
          ...span,
          party: this.#header.home,
          reason: "home",
          person: undefined,
          office: mention.office,
          acting: mention.acting ?? false,
          role: undefined,
          isSeat: true,
        },
      ];
    }
    return [];
  }

  /** "the two ministers", "they", "the theatre commanders of the two countries": the sides of the encounter told last. */
  #ofMany(mention: Mention, span: Span): Participant[] {
    // "He and B had last met in March, when they talked ...": the encounter told in the same sentence comes first.
    const focus = this.current?.sentence === this.#index ? this.current : this.focus;
    if (!focus) return [];
    if (/^(?:governments|countries|nations|armies|militaries|allies|parties)$/.test(mention.word ?? "")) {
      return [...partiesOf(focus.participants)].map((party) => bareParty(party, span));
    }
    if (mention.head === "office" && mention.office !== undefined) {
      const holders = focus.participants.filter(
        (one) => one.person !== undefined && one.person.office === mention.office,
      );
      if (holders.length >= 2) return holders.map((one) => ({ ...one, ...span }));
      return [...partiesOf(focus.participants)].map((party) => ({
        ...bareParty(party, span),
        office: mention.office,
        isSeat: true,
      }));
    }
    if (mention.word === "ministers" && this.#tokens[mention.start - 1]?.folded !== "of") this.#shareOffice(focus);
    return focus.participants.map((one) => ({ ...one, ...span, role: undefined }));
  }

  /** "his Vietnamese colleague ... the ministers": the counterpart of a minister is one. */
  #shareOffice(encounter: Encounter): void {
    const holders = encounter.participants.filter(
      (one) => one.person?.office === "DEFENCE_MINISTER" || one.person?.office === "FOREIGN_MINISTER",
    );
    const offices = new Set(holders.map((one) => one.person?.office));
    const [office] = offices;
    if (offices.size !== 1 || office === undefined) return;
    for (const one of encounter.participants) {
      if (!one.person || one.person.office !== undefined) continue;
      one.person.office = office;
      one.person.officeSpan = { start: one.start, end: one.end };
    }
  }

  /** The encounter that pointing words mean: the one told last, but not one that the report only looks back to. */
  get focus(): Encounter | undefined {
    if (this.current && !this.current.isPrevious) return this.current;
    return [...this.encounters].reverse().find((encounter) => !encounter.isPrevious) ?? this.current;
  }

  #ofPerson(person: Person, span: Span, mention: Mention): Participant[] {
    const party = person.party ?? mention.party ?? this.#header.home;
    if (party === undefined) return [];
    const reason =
      person.party === undefined && mention.party === undefined
        ? "home"
        : (person.partyReason ?? mention.partyReason ?? "home");
    return [{ ...span, party, reason, person, office: undefined, acting: false, role: undefined, isSeat: true }];
  }

  // --- clauses

  #readClause(clause: Clause, parse: SentenceParse): void {
    const { verb } = clause;
    this.participantsOf(clause.subject);
    if (verb.lemma === "be") {
      this.#readTurnToHost(clause);
      this.#readIdentity(clause);
      return;
    }
    for (const frame of framesOf(verb.lemma, verb.particle)) {
      const isRead = this.#apply(frame, clause, parse);
      if (isRead) {
        this.understood.add(this.#index);
        return;
      }
    }
    this.#readEventSubject(clause, parse);
  }

  #apply(frame: Frame, clause: Clause, parse: SentenceParse): boolean {
    switch (frame.shape) {
      case "partner":
        return !clause.verb.passive && this.#readPartner(frame, clause);
      case "object":
        return !clause.verb.passive && this.#readObject(frame, clause);
      case "hosted":
        return clause.verb.passive && this.#readHosted(frame, clause);
      case "sitting":
        return this.#readSitting(frame, clause);
      case "join":
        return !clause.verb.passive && this.#readJoin(frame, clause);
      case "change":
        return this.#readChange(frame, clause, parse);
      case "refusal":
        return this.#readRefusal(frame, clause);
    }
  }

  /** "A met B", "A and B met", "A spoke with B by phone", "A received B" */
  #readPartner(frame: Frame, clause: Clause): boolean {
    const status = this.#statusOf(clause);
    const slot = this.#partnerIn(frame, clause);
    const subject = this.#subjectParticipants(clause);
    let partners = slot ? this.participantsOf(slot.item) : [];
    if (frame.needsPerson) {
      if (!slot || partners.every((partner) => !partner.isSeat)) {
        if (!(frame.reciprocal && this.#isMutual(clause, subject))) return false;
      }
    }
    if (frame.id === "call-on" && slot && this.#isUrging(clause, slot.item)) return false;
    if (frame.id === "tell-by-phone" && !this.#isByPhone(clause)) return false;
    if (frame.id === "receive" && slot && !this.#isReception(clause)) return false;
    if (slot?.item.type === "people" && slot.item.possessive) return false;
    if (partners.length === 0 && frame.reciprocal && partiesOf(subject).size >= 2) partners = [];
    else if (partners.length === 0) {
      // "the defence ministers ... met for a 2+2": a plural subject that stands for the current encounter is no news.
      return this.#isRetold(clause, subject);
    }
    if (status === undefined) return true;
    const unsure = frame.id === "speak" && !this.#hasTalkWords(clause);
    if (frame.id === "speak" && !this.#isTalk(clause, slot)) return false;
    return this.#tell(frame, clause, subject, partners, status, { unsure, event: this.#eventIn(clause.after)?.event });
  }

  #isRetold(clause: Clause, subject: readonly Participant[]): boolean {
    return subject.length > 0 && partiesOf(subject).size >= 2 && clause.subject?.type === "people";
  }

  /** "called on China to stop": an appeal, not a visit. */
  #isUrging(clause: Clause, item: Item): boolean {
    if (item.type === "people" && item.mentions.every((mention) => mention.head === "party" || mention.plural))
      return true;
    const end = item.end;
    return (
      this.#tokens[end]?.folded === "to" &&
      this.#reader.meaningOf(end + 1, end + 2, "title") === undefined &&
      /^[a-z]+$/.test(this.#tokens[end + 1]?.text ?? "")
    );
  }

  /** "welcomed the decision" has no person; "welcomed Austin's remarks" neither. */
  #isReception(clause: Clause): boolean {
    return clause.verb.lemma !== "welcome" || clause.verb.mode !== "wish";
  }

  #isMutual(clause: Clause, subject: readonly Participant[]): boolean {
    return partiesOf(subject).size >= 2 && this.#hasTalkWords(clause);
  }

  /** "by phone", "for 40 minutes", "behind closed doors", "on the sidelines" */
  #hasTalkWords(clause: Clause): boolean {
    const words = textOf(this.#reader.text, clause.start, clause.end).toLowerCase();
    return (
      /\b(?:phone|telephone|telephonically|by video|video link|videoconference|virtually|behind closed doors|minutes|hours?|sidelines|margins|face to face|one-on-one|privately|together)\b/.test(
        words,
      ) || this.#headlineCall
    );
  }

  #isByPhone(clause: Clause): boolean {
    return /\b(?:by|over the|on the|via) (?:tele)?phone\b|\bin a (?:tele)?phone (?:call|conversation)\b/.test(
      textOf(this.#reader.text, clause.start, clause.end).toLowerCase(),
    );
  }

  #isTalk(clause: Clause, slot: { item: Item; link: string } | undefined): boolean {
    if (!slot) return true;
    if (slot.item.type !== "people" || slot.item.mentions.some((mention) => mention.head === "agency")) return false;
    if (slot.link === "to" && slot.item.mentions.every((mention) => mention.head === "party")) return false;
    return clause.verb.form !== "ing" || clause.subject !== undefined;
  }

  #subjectParticipants(clause: Clause): Participant[] {
    return this.participantsOf(clause.subject);
  }

  /** The other side: the object, or the first noun phrase after one of the frame's prepositions. */
  #partnerIn(frame: Frame, clause: Clause): { item: ItemOf<"people">; link: string } | undefined {
    for (const slot of frame.slots) {
      const item = slot === "direct" ? directObject(clause.after) : afterPreposition(clause.after, slot);
      if (item) return { item, link: slot };
    }
    // "whom Austin met": the relative pronoun stands for the object.
    if (
      clause.isRelative &&
      clause.antecedent?.type === "people" &&
      clause.antecedent !== clause.subject &&
      frame.slots.includes("direct")
    ) {
      return { item: clause.antecedent, link: "direct" };
    }
    return undefined;
  }

  /** "A held talks with B", "A and B held talks", "A held the second 2+2 with B" */
  #readObject(frame: Frame, clause: Clause): boolean {
    const object = this.#objectIn(frame, clause);
    if (!object) return false;
    if (frame.id === "pay" && !(object.item.type === "event" && object.item.event.head === "courtesy call"))
      return false;
    const status = this.#statusOf(clause);
    const event = object.item.type === "event" ? object.item.event : undefined;
    const forum = object.item.type === "forum" ? object.item.forum : undefined;
    if (event && /^(?:no|any|another)$/.test(event.determiner ?? "") && event.determiner === "no") return true;
    if (event && (event.head === "contact" || event.head === "ceremony") && frame.id !== "host-talks") return false;
    const isHeadless =
      event !== undefined &&
      /^(?:reception|welcome ceremony|welcoming ceremony|dinner|lunch|luncheon|breakfast|ceremony)$/.test(event.head);
    const sides = this.#settleSides(
      clause,
      this.#subjectParticipants(clause),
      this.#complementIn(clause.after, object.index, frame),
    );
    const subject = sides.subject;
    let partners = [...sides.partners];
    if (event && partners.length === 0 && event.parties.length > 0)
      partners = event.parties.map((party) => bareParty(party, event));
    if (event && partners.length === 0)
      partners = event.persons.flatMap((person) =>
        this.#ofPerson(person, event, { start: event.start, end: event.end, head: "person" }),
      );
    if (forum && partners.length === 0 && forum.parties.length > 0 && partiesOf(subject).size < 2)
      partners = forum.parties.map((party) => bareParty(party, forum));
    if (isHeadless && partners.length === 0) return false;
    const all = [...subject, ...partners];
    if (partiesOf(all).size < 2) {
      if (event && this.#addAttendants(clause, event, subject)) return true;
      if (
        event &&
        this.#forumOf(event) &&
        /^(?:chair|co-chair|cochair|attend|host|lead|open|address|join)$/.test(clause.verb.lemma)
      ) {
        const sitting = framesOf(clause.verb.lemma, undefined).find((other) => other.shape === "sitting");
        if (sitting) return this.#readSitting(sitting, clause);
      }
      if (event && this.#pointsBack(event)) this.#enrichFrom(clause, event);
      if (forum) return this.#readSitting({ ...frame, shape: "sitting" }, clause);
      return event !== undefined && subject.length > 0;
    }
    if (status === undefined) return true;
    const roleFrame = frame.id === "host-talks" || frame.role === "CHAIR" ? frame : { ...frame };
    if (frame.id === "hold" && forum && forum.parties.length < 2 && partners.length === 0)
      return this.#readSitting({ ...frame, shape: "sitting" }, clause);
    return this.#tell(roleFrame, clause, subject, partners, status, { event, forum, unsure: false });
  }

  /** "Foreign Minister X also attended the meeting": a seat more in the encounter told last. */
  #addAttendants(clause: Clause, event: EventNoun, subject: readonly Participant[]): boolean {
    const focus = this.current;
    if (!focus || focus.isSitting || !/^(?:attend|join|participate|take)$/.test(clause.verb.lemma)) return false;
    if (
      !/^(?:the|those|these|this|their)$/.test(event.determiner ?? "") ||
      this.#statusOf(clause) !== focus.status.value
    )
      return false;
    const known = partiesOf(focus.participants);
    const seats = subject.filter((one) => one.isSeat && one.person && known.has(one.party));
    for (const one of seats) addParticipant(focus.participants, one);
    return seats.length > 0;
  }

  /** The noun of encounter, or the forum, that is the verb's object. */
  #objectIn(frame: Frame, clause: Clause): { item: ItemOf<"event"> | ItemOf<"forum">; index: number } | undefined {
    for (const [index, item] of clause.after.entries()) {
      if (item.type === "event" || item.type === "forum") return { item, index };
      if (item.type === "people" && !item.possessive) {
        // "hosted Austin for talks": the person comes first.
        if (frame.id === "host-talks") continue;
        return undefined;
      }
      if (item.type === "preposition" && !/^(?:in|for|into|on)$/.test(item.word)) return undefined;
      if (item.type === "preposition" && item.word === "for" && frame.id !== "host-talks") return undefined;
      if (item.type === "preposition" && item.word === "on" && frame.id !== "pay") return undefined;
      if (
        item.type === "preposition" &&
        item.word === "in" &&
        !/^(?:engage|participate|take part|join|take)$/.test(clause.verb.lemma)
      ) {
        // "held in Vientiane talks with": a place between.
        continue;
      }
      if (item.type === "mark" && item.word !== "," && item.word !== "-") return undefined;
    }
    if (
      clause.isRelative &&
      clause.antecedent &&
      (clause.antecedent.type === "event" || clause.antecedent.type === "forum") &&
      clause.antecedent !== clause.subject
    ) {
      return { item: clause.antecedent, index: -1 };
    }
    return undefined;
  }

  /** The participants after the noun: "with B", "between A and B", "for B". */
  #complementIn(items: readonly Item[], from: number, frame: Frame): Participant[] {
    const found: Participant[] = [];
    for (let index = Math.max(0, from); index < items.length; index++) {
      const item = items[index] as Item;
      if (item.type === "verb") break;
      if (item.type !== "preposition" || !frame.slots.includes(item.word as never)) continue;
      const next = firstPeople(items, index + 1);
      if (!next || next.possessive) continue;
      const people = this.participantsOf(next);
      if (people.length > 0) {
        found.push(...people);
        break;
      }
    }
    return found;
  }

  /** "B was received by A" */
  #readHosted(frame: Frame, clause: Clause): boolean {
    const agent = afterPreposition(clause.after, "by");
    if (!agent) return false;
    const status = this.#statusOf(clause);
    const guests = this.#subjectParticipants(clause);
    const hosts = this.participantsOf(agent);
    if (guests.length === 0 || hosts.every((host) => !host.isSeat)) return false;
    if (status === undefined) return true;
    return this.#tell(frame, clause, guests, hosts, status, { partnerRole: "HOST" });
  }

  /** "It was the third AUKUS Defence Ministers' Meeting": the encounter told last is a sitting. */
  #readIdentity(clause: Clause): void {
    const { subject } = clause;
    const pointsBack =
      subject?.type === "event"
        ? this.#pointsBack(subject.event)
        : subject?.type === "people" && subject.mentions[0]?.word === "it";
    const isThis = /^(?:this|it)$/.test(this.#tokens[clause.verb.start - 1]?.folded ?? "");
    const forum = clause.after.find((item): item is ItemOf<"forum"> => item.type === "forum");
    const target = this.focus;
    if (
      (!pointsBack && !isThis) ||
      !forum ||
      !target ||
      target.series ||
      clause.after.indexOf(forum) > 1 ||
      clause.verb.mode !== "fact"
    )
      return;
    target.series = { value: forumRef(forum.forum), start: forum.start, end: forum.end, tier: "sure" };
    for (const party of forum.forum.parties.length > 1 ? [] : forum.forum.parties) target.extraParties.add(party);
    this.understood.add(this.#index);
  }

  /** "On Friday it was Dong's turn to host Giang" */
  #readTurnToHost(clause: Clause): void {
    const words = textOf(this.#reader.text, clause.verb.start, clause.end);
    if (!/\bturn\b/.test(words)) return;
    const host = clause.after.find((item): item is ItemOf<"people"> => item.type === "people" && item.possessive);
    const child = this.#parse?.clauses.find(
      (other) => other.verb.start >= clause.verb.end && /^(?:host|receive|welcome)$/.test(other.verb.lemma),
    );
    const guest = child ? directObject(child.after) : undefined;
    if (!host || !guest || !child) return;
    const [hosts, guests] = [this.participantsOf(host), this.participantsOf(guest)];
    const frame: Frame = { id: "turn-to-host", shape: "partner", verbs: [], slots: [], role: "HOST" };
    this.#tell(
      frame,
      {
        ...child,
        start: clause.start,
        before: clause.before,
        verb: { ...child.verb, mode: clause.verb.mode, tense: clause.verb.tense, form: "finite" },
      },
      hosts,
      guests,
      "HELD",
      {},
    );
    this.understood.add(this.#index);
  }

  /** "A will chair the ninth ADMM-Plus", "A attended the Shangri-La Dialogue" */
  #readSitting(frame: Frame, clause: Clause): boolean {
    const found = this.#sittingIn(frame, clause);
    if (!found) return false;
    const { forum, span } = found;
    const status = frame.id === "expected-at" && clause.verb.mode === "fact" ? "EXPECTED" : this.#statusOf(clause);
    const isPassive = clause.verb.passive;
    if (frame.id === "expected-at" && !isPassive) return false;
    const people =
      frame.id === "expected-at"
        ? this.#subjectParticipants(clause)
        : isPassive
          ? this.participantsOf(afterPreposition(clause.after, "by"))
          : this.#subjectParticipants(clause);
    const withPeople = this.participantsOf(
      afterPreposition(clause.after, "with") ?? afterPreposition(clause.after, "alongside"),
    );
    const seats = [...people, ...(/^co-?chair|cohost/.test(clause.verb.lemma) ? withPeople : [])].filter(
      (participant) => participant.isSeat,
    );
    if (status === undefined) return true;
    if (seats.length === 0) return false;
    const role = frame.role;
    const candidate = this.#candidate(
      frame.id,
      clause,
      status,
      seats.map((seat) => ({ ...seat, role: role ?? seat.role })),
      span,
    );
    candidate.isSitting = true;
    candidate.extraParties = forum.parties.length >= 2 ? [...forum.parties] : [];
    candidate.series = { value: forumRef(forum), ...span, tier: "sure" };
    candidate.isNew = false;
    if (clause.verb.lemma === "travel" || clause.verb.lemma === "arrive" || clause.verb.lemma === "visit")
      candidate.tier = "likely";
    this.#place(candidate);
    return true;
  }

  #sittingIn(frame: Frame, clause: Clause): { forum: ForumMention; span: Span } | undefined {
    if (/^(?:travel|arrive|visit)$/.test(clause.verb.lemma)) {
      const index = clause.after.findIndex((item) => item.type === "forum");
      const link = clause.after[index - 1];
      const item = clause.after[index];
      return item?.type === "forum" && link?.type === "preposition" && link.word === "for"
        ? { forum: item.forum, span: item }
        : undefined;
    }
    for (const [index, item] of clause.after.entries()) {
      if (item.type === "forum") {
        const link = clause.after[index - 1];
        if (
          link?.type === "preposition" &&
          /^(?:of|with|from|by|ahead|before|after|since|between|during)$/.test(link.word) &&
          !/^sidelines|margins$/.test("")
        ) {
          if (!/^(?:lead|head)$/.test(clause.verb.lemma)) return undefined;
        }
        if (
          frame.id === "address" &&
          clause.verb.lemma === "speak" &&
          !(link?.type === "preposition" && link.word === "at")
        )
          return undefined;
        if (this.#isSidelines(item.start)) return undefined;
        return { forum: item.forum, span: item };
      }
      if (item.type === "people" && !item.possessive && !/^(?:lead|head)$/.test(clause.verb.lemma)) return undefined;
      if (item.type === "event") {
        const anaphor = this.#forumOf(item.event);
        if (anaphor && !this.#isSidelines(item.start))
          return {
            forum: { ...anaphor, start: item.start, end: item.end, determiner: "the", source: "form" },
            span: item,
          };
        return undefined;
      }
    }
    if (clause.isRelative && clause.antecedent?.type === "forum" && clause.antecedent !== clause.subject)
      return { forum: clause.antecedent.forum, span: clause.antecedent };
    // "X chaired it"
    const pronoun = clause.after[0];
    if (
      pronoun?.type === "people" &&
      pronoun.mentions[0]?.word === "it" &&
      this.#forum &&
      /^(?:chair|host|attend|address|co-chair)$/.test(clause.verb.lemma)
    ) {
      return {
        forum: { ...this.#forum, start: pronoun.start, end: pronoun.end, determiner: undefined, source: "form" },
        span: pronoun,
      };
    }
    return undefined;
  }

  /** "the Meeting", "the forum", "the summit": the forum told last. */
  #forumOf(event: EventNoun): (ForumRef & { parties: readonly string[] }) | undefined {
    if (event.determiner !== "the" && event.determiner !== "this") return undefined;
    if (
      !/^(?:meeting|summit|dialogue|ministerial|session|conference|meet)$/.test(event.head) ||
      event.modifiers.length > 1
    )
      return undefined;
    return this.#forum;
  }

  /** "X joined them for a session": those named before, and who joins. */
  #readJoin(frame: Frame, clause: Clause): boolean {
    const object = directObject(clause.after);
    const word = object?.mentions[0]?.word;
    if (word !== "them" && word !== "him" && word !== "her") return false;
    const status = this.#statusOf(clause);
    const joining = this.#subjectParticipants(clause);
    const joined = object ? this.participantsOf(object) : [];
    const hasOccasion = clause.after.some((item) => item.type === "event" || item.type === "forum");
    if (status === undefined || joining.length === 0 || joined.length === 0 || !hasOccasion) return false;
    return this.#tell(frame, clause, joined, joining, status, { unsure: true });
  }

  /** "A called off talks with B", "the talks were postponed", "A has put off his visit" */
  #readChange(frame: Frame, clause: Clause, parse: SentenceParse): boolean {
    const { verb } = clause;
    if (verb.mode === "negated" || verb.mode === "wish") return false;
    const value = frame.status;
    if (value === undefined) return false;
    const span = this.#spanOf(clause);
    if (verb.passive || clause.subject?.type === "event" || clause.subject?.type === "forum") {
      const subject = clause.subject;
      if (subject?.type !== "event" && subject?.type !== "forum") return this.#changePointedTo(clause, value, span);
      const all = [...this.#ownersBefore(parse, subject), ...this.#peopleOfEvent(parse.items, subject)];
      const extra = subject.type === "forum" ? subject.forum.parties : [];
      const relative = parse.clauses.find((other) => other.isRelative && other.antecedent === subject);
      const planners = relative ? this.#subjectParticipants(relative) : [];
      const people = [...all, ...extra.map((party) => bareParty(party, subject)), ...planners];
      if (partiesOf(people).size < 2 && subject.type === "event") {
        const withHost = this.#withHost(people, relative ?? clause);
        if (partiesOf(withHost).size >= 2) return this.#placeChange(frame, clause, withHost, value, subject, relative);
      }
      if (partiesOf(people).size >= 2) return this.#placeChange(frame, clause, people, value, subject, relative);
      return subject.type === "event" && this.#changePointedTo(clause, value, span);
    }
    const object = this.#objectIn({ ...frame, id: "change" }, clause);
    const planned = object
      ? parse.clauses.find((other) => other.isRelative && other.antecedent === object.item)
      : undefined;
    if (object) {
      const people = [
        ...this.#subjectParticipants(clause),
        ...this.#complementIn(clause.after, object.index, { ...frame, slots: ["with", "between"] }),
      ];
      if (object.item.type === "event")
        people.push(...object.item.event.parties.map((party) => bareParty(party, object.item)));
      if (partiesOf(people).size >= 2) return this.#placeChange(frame, clause, people, value, object.item, planned);
      if (object.item.type === "event" && this.#pointsBack(object.item.event))
        return this.#changePointedTo(clause, value, span);
      return false;
    }
    return this.#changePlanned(clause, value, span);
  }

  /** "A, who was to hold a summit with B, has put off his visit": what was planned for the visit goes with it. */
  #changePlanned(clause: Clause, value: MeetingStatus, span: Span): boolean {
    const words = textOf(this.#reader.text, clause.verb.start, clause.end).toLowerCase();
    const person = this.#subjectParticipants(clause).find((one) => one.person)?.person;
    if (!person || !/\b(?:visit|trip|journey|tour|travel)\b/.test(words)) return false;
    const planned = this.encounters.filter(
      (encounter) => encounter.isPastPlan && encounter.participants.some((one) => one.person === person),
    );
    for (const encounter of planned) {
      encounter.status = { value, start: Math.min(encounter.span.start, span.start), end: span.end, tier: "likely" };
      encounter.isPastPlan = false;
    }
    return planned.length > 0;
  }

  /** "talks with Kazakhstan, which were to be held here": the host is the state of the place, with another reason. */
  #withHost(people: readonly Participant[], clause: Clause): Participant[] {
    const place = this.#placeIn(clause);
    const host = place?.place.country;
    if (host === undefined || people.length === 0) return [...people];
    return [...people, { ...bareParty(host, clause), reason: "home" }];
  }

  #placeChange(
    frame: Frame,
    clause: Clause,
    people: Participant[],
    value: MeetingStatus,
    item: Item,
    relative: Clause | undefined,
  ): boolean {
    const candidate = this.#candidate(frame.id, clause, value, people, {
      start: Math.min(item.start, clause.start),
      end: clause.end,
    });
    if (item.type === "forum")
      candidate.series = { value: forumRef(item.forum), start: item.start, end: item.end, tier: "sure" };
    if (relative) {
      candidate.date = this.#dateIn(relative, value) ?? candidate.date;
      candidate.place = this.#foundPlace(relative) ?? candidate.place;
    }
    if (people.some((participant) => participant.reason === "home")) candidate.tier = "likely";
    this.#place(candidate);
    return true;
  }

  /** "It was put off": the encounter or sitting told last. */
  #changePointedTo(clause: Clause, value: MeetingStatus, span: Span): boolean {
    const subject = clause.subject;
    const pointsBack =
      subject?.type === "event"
        ? this.#pointsBack(subject.event)
        : subject?.type === "people" && subject.mentions[0]?.word === "it";
    if (!pointsBack || !this.current) return false;
    if (this.current.status.value === "HELD" && value !== "HELD") return false;
    this.current.status = { value, ...span, tier: "likely" };
    return true;
  }

  /** "B declined a call from A", "China refused a request for a meeting" */
  #readRefusal(frame: Frame, clause: Clause): boolean {
    if (clause.verb.passive || clause.verb.mode === "negated" || clause.verb.mode === "wish") return false;
    const words = textOf(this.#reader.text, clause.verb.start, clause.end).toLowerCase();
    const hasEvent =
      clause.after.some((item) => item.type === "event") || /\b(?:call|meeting|talks|meet|dialogue)\b/.test(words);
    if (!hasEvent) return false;
    const subject = this.#subjectParticipants(clause);
    const others = clause.after
      .filter((item): item is ItemOf<"people"> => item.type === "people")
      .flatMap((item) => this.participantsOf(item));
    const event = this.#eventIn(clause.after);
    const all = [...subject, ...others.filter((other) => !subject.some((one) => one.party === other.party))];
    if (partiesOf(all).size !== 2) return false;
    const candidate = this.#candidate(frame.id, clause, "DECLINED", all, this.#spanOf(clause));
    if (event?.event.format)
      candidate.format = { value: event.event.format, start: event.start, end: event.end, tier: "sure" };
    candidate.tier = "likely";
    this.#place(candidate);
    return true;
  }

  /** Encounters whose noun is the subject: "talks between A and B were held in Tokyo", "the meeting took place ..." */
  #readEventSubject(clause: Clause, parse: SentenceParse): void {
    const { subject, verb } = clause;
    if (subject?.type !== "event" && subject?.type !== "forum") return;
    const isHeld = isVerbOfHolding(verb);
    if (
      subject.type === "forum" &&
      !isHeld &&
      verb.perfect &&
      verb.tense === "past" &&
      subject.forum.ordinal !== undefined
    ) {
      this.#tellEarlierSitting(subject, clause, parse);
      return;
    }
    if (!isHeld && verb.lemma !== "be") return;
    const status = this.#statusOf(clause);
    if (status === undefined) return;
    if (subject.type === "forum") return this.#readForumHeld(subject, clause, status);
    const { event } = subject;
    if (event.determiner === "no" || event.isVague) return;
    const people = [...this.#ownersBefore(parse, subject), ...this.#peopleOfEvent(parse.items, subject)];
    const agents = verb.passive
      ? this.participantsOf(afterPreposition(clause.after, "by")).filter((agent) => agent.isSeat)
      : [];
    const role = roleOfAgent(verb.lemma);
    const all = [...people, ...agents.map((agent) => ({ ...agent, role }))];
    this.understood.add(this.#index);
    const gathering = agents.length > 0 && people.length === 0 ? this.#forumOf(event) : undefined;
    if (gathering) {
      const forum: ForumMention = {
        ...gathering,
        start: subject.start,
        end: subject.end,
        determiner: "the",
        source: "form",
      };
      return this.#readForumHeld({ type: "forum", start: subject.start, end: subject.end, forum }, clause, status);
    }
    if (partiesOf(all).size < 2) {
      if (event.isPrevious) this.#tellPrevious(clause, event, status);
      else if (event.plural) this.#noteSidelines(clause);
      else if (this.#pointsBack(event)) this.#enrichFrom(clause, event);
      return;
    }
    if (event.plural && event.determiner !== "the" && !this.#hasDate(clause)) return;
    const candidate = this.#candidate("talks-held", clause, status, all, {
      start: Math.min(subject.start, clause.start),
      end: clause.end,
    });
    this.#addEvent(candidate, event);
    this.#place(candidate);
  }

  /** 'The first such "2+2", in Tokyo in April 2022, had set ...': an earlier sitting of the same two. */
  #tellEarlierSitting(subject: ItemOf<"forum">, clause: Clause, parse: SentenceParse): void {
    const focus = this.focus;
    const parties =
      subject.forum.parties.length >= 2
        ? subject.forum.parties
        : focus?.series
          ? [...partiesOf(focus.participants)]
          : [];
    if (parties.length < 2) return;
    const people = parties.map((party) => bareParty(party, subject));
    const candidate = this.#candidate("last-met", clause, "HELD", people, {
      start: subject.start,
      end: clause.verb.start,
    });
    const near = parse.items
      .slice(parse.items.indexOf(subject) + 1)
      .find((item): item is ItemOf<"date"> => item.type === "date" && item.start < clause.verb.start);
    const value = near?.date.resolve(this.#header.storyDay, "past");
    if (near && value !== undefined) candidate.date = { value, start: subject.start, end: near.end, tier: "likely" };
    const place = this.#places.find(
      (other) => other.start >= subject.end && other.end <= clause.verb.start && other.link !== "to",
    );
    if (place) candidate.place = { value: place.place, start: subject.start, end: place.end, tier: "likely" };
    candidate.series = { value: forumRef(subject.forum), start: subject.start, end: subject.end, tier: "likely" };
    candidate.isPrevious = true;
    candidate.tier = "likely";
    this.#place(candidate);
  }

  /** "The previous meeting took place in Kars in February": the same parties, without their persons. */
  #tellPrevious(clause: Clause, event: EventNoun, status: MeetingStatus): void {
    const focus = this.focus;
    if (!focus || status !== "HELD") return;
    const people = [...partiesOf(focus.participants)].map((party) => bareParty(party, event));
    if (people.length < 2) return;
    const candidate = this.#candidate("last-met", clause, status, people, this.#spanOf(clause));
    candidate.isPrevious = true;
    candidate.tier = "likely";
    this.#place(candidate);
  }

  /** "A number of bilateral meetings were held on the sidelines of the ADMM-Plus": holds for those told next. */
  #noteSidelines(clause: Clause): void {
    const found = this.#sidelinesIn(clause.start, clause.end);
    if (found && this.#parse)
      this.#pendingSidelines = { ...found, tier: "likely", paragraph: this.#parse.sentence.paragraph };
  }

  /** A sitting of a forum: it is an encounter if the forum's name says both sides, or once a person is named. */
  #readForumHeld(subject: ItemOf<"forum">, clause: Clause, status: MeetingStatus): void {
    this.understood.add(this.#index);
    const agents = clause.verb.passive
      ? this.participantsOf(afterPreposition(clause.after, "by")).filter((agent) => agent.isSeat)
      : [];
    const chairs = this.participantsOf(afterPreposition(clause.after, "with")).filter((agent) => agent.isSeat);
    const asChairs = /\bco-?chairs?\b|\bas chairs?\b/.test(
      textOf(this.#reader.text, clause.verb.end, clause.end).toLowerCase(),
    );
    const between = this.participantsOf(afterPreposition(clause.after, "between"));
    const focus = this.focus;
    const isOfFocus =
      focus?.series !== undefined &&
      subject.forum.parties.length < 2 &&
      (isSameForum(focus.series.value, subject.forum) ||
        (/2\+2/.test(focus.series.value.name) && /2\+2/.test(subject.forum.name)));
    const isEarlier =
      isOfFocus &&
      subject.forum.ordinal !== undefined &&
      subject.forum.ordinal !== focus?.series?.value.ordinal &&
      partiesOf(focus?.participants ?? []).size === 2;
    const role =
      /chair|lead|head/.test(clause.verb.lemma) || asChairs
        ? ("CHAIR" as const)
        : clause.verb.lemma === "host"
          ? ("HOST" as const)
          : undefined;
    const seats = [...agents, ...(asChairs ? chairs : [])].map((agent) => ({ ...agent, role }));
    const candidate = this.#candidate("sitting-held", clause, status, [...seats, ...between], {
      start: Math.min(subject.start, clause.start),
      end: clause.end,
    });
    candidate.isSitting = true;
    candidate.extraParties = isEarlier ? [...partiesOf(focus?.participants ?? [])] : [...subject.forum.parties];
    if (isEarlier) candidate.tier = "likely";
    candidate.series = { value: forumRef(subject.forum), start: subject.start, end: subject.end, tier: "sure" };
    this.#place(candidate);
  }

  #hasDate(clause: Clause): boolean {
    return [...clause.before, ...clause.after].some((item) => item.type === "date");
  }

  /** "Austin's call", "his meeting", "their talks": who owns the noun. */
  #ownersBefore(parse: SentenceParse, item: Item): Participant[] {
    const index = parse.items.indexOf(item);
    const before = parse.items[index - 1];
    if (before?.type === "people" && before.possessive) return this.participantsOf(before);
    if (item.type !== "event") return [];
    return this.#ownerByDeterminer(item.event, undefined);
  }

  #ownerByDeterminer(event: EventNoun, subject: readonly Participant[] | undefined): Participant[] {
    const span = { start: event.start, end: event.start + 1 };
    if (event.determiner === "his" || event.determiner === "her") {
      if (subject && subject.some((one) => one.person)) return subject.map((one) => ({ ...one }));
      return this.subject ? this.#ofPerson(this.subject, span, { ...span, head: "person" }) : [];
    }
    if (event.determiner === "their" && subject && partiesOf(subject).size >= 1)
      return subject.map((one) => ({ ...one }));
    return [];
  }

  /** "between A and B", "of A and B", "with B" after a noun of encounter. */
  #peopleOfEvent(items: readonly Item[], item: Item): Participant[] {
    const found: Participant[] = [];
    if (item.type === "event") {
      found.push(...item.event.parties.map((party) => bareParty(party, item)));
      for (const person of item.event.persons)
        found.push(...this.#ofPerson(person, item, { start: item.start, end: item.end, head: "person" }));
    }
    const index = items.indexOf(item);
    for (let next = index + 1; next < Math.min(items.length, index + 9); next++) {
      const other = items[next] as Item;
      if (other.type === "verb" || other.type === "relative" || other.type === "subordinator" || other.type === "event")
        break;
      if (other.type === "mark" && other.word !== "-") break;
      if (other.type !== "preposition" || !/^(?:between|with|among|of|involving)$/.test(other.word)) continue;
      const people = firstPeople(items, next + 1);
      if (!people || people.possessive) continue;
      const participants = this.participantsOf(people);
      const pointsBack = people.mentions.every((mention) => mention.head === "anaphor" || mention.head === "pronoun");
      if (other.word === "of" && (partiesOf(participants).size < 2 || pointsBack)) continue;
      found.push(...participants);
      if (found.length > 0) break;
    }
    return found;
  }

  // --- nouns without a verb of their own

  /** "After talks with B, A said ...", "in his meeting with B", "talks between A and B" anywhere else. */
  #readNominals(parse: SentenceParse): void {
    for (const item of parse.items) {
      if (item.type !== "event") continue;
      if (this.#isCovered(item)) continue;
      this.#readNominal(parse, item);
    }
  }

  #isCovered(item: Item): boolean {
    return this.encounters.some(
      (encounter) =>
        encounter.sentence === this.#index &&
        encounter.span.start <= item.start &&
        encounter.span.end >= item.end &&
        !this.#isSubordinate(item),
    );
  }

  /** "after his talks with C" inside a clause about another encounter. */
  #isSubordinate(item: Item): boolean {
    const before = this.#tokens[item.start - 1]?.folded ?? "";
    return (
      /^(?:after|following|before|of|since|from)$/.test(before) &&
      item.type === "event" &&
      this.#parse !== undefined &&
      this.#peopleOfEvent(this.#parse.items, item).length > 0
    );
  }

  #readNominal(parse: SentenceParse, item: ItemOf<"event">): void {
    const { event } = item;
    if (event.determiner === "no" || event.determiner === "any" || event.isVague) return;
    const clause = this.#clauseOf(parse, item);
    if (clause && this.#isWished(clause, item)) return;
    const index = parse.items.indexOf(item);
    const link = parse.items[index - 1];
    const prior = link?.type === "people" && link.possessive ? parse.items[index - 2] : link;
    const word = prior?.type === "preposition" ? prior.word : prior?.type === "subordinator" ? prior.word : undefined;
    const mode = linkMode(word, this.#tokens, prior?.start ?? item.start);
    if (mode === "none") return;
    const complement = this.#peopleOfEvent(parse.items, item);
    const owners = this.#ownersBefore(parse, item);
    const people = [...this.#speakerOf(clause, item, word, owners, complement), ...owners, ...complement];
    if (partiesOf(people).size < 2) {
      if (complement.length > 0 || people.length === 0) {
        if (this.#pointsBack(event) && clause) this.#enrichFrom(clause, event);
      }
      return;
    }
    if (isWeakHead(event.head) && !people.some((one) => one.isSeat) && event.format === undefined) return;
    if (event.plural && event.determiner === undefined && !event.isPrevious && !people.some((one) => one.person))
      return;
    const status = this.#nominalStatus(clause, item, mode);
    if (status === undefined) return;
    this.understood.add(this.#index);
    const span = {
      start: Math.min(item.start, people[0]?.start ?? item.start),
      end: Math.max(item.end, ...people.map((one) => (one.end > item.start - 40 ? one.end : item.end))),
    };
    const range = clause ?? { start: item.start, end: item.end, before: [], after: [], verb: undefined };
    const candidate = this.#candidateFor(
      complement.length > 0 && owners.length === 0 && partiesOf(complement).size >= 2 ? "talks-between" : "talks-with",
      range,
      status,
      people,
      span,
      item,
    );
    this.#addEvent(candidate, event);
    const isExplicit = partiesOf(complement).size >= 2 && people.some((one) => one.isSeat);
    if (!isExplicit || status === "EXPECTED") candidate.tier = "likely";
    if (!people.some((one) => one.isSeat)) candidate.tier = "likely";
    if (event.isPrevious) candidate.isPrevious = true;
    if (
      event.plural &&
      partiesOf(complement).size >= 2 &&
      owners.length === 0 &&
      !/^(?:talks|discussions)$/.test(event.head)
    )
      return;
    this.#place(candidate);
  }

  /** The subject of the clause if it is a side of the encounter: "A spoke after talks with B". */
  #speakerOf(
    clause: Clause | undefined,
    item: ItemOf<"event">,
    word: string | undefined,
    owners: readonly Participant[],
    complement: readonly Participant[],
  ): Participant[] {
    const people = [...owners, ...complement];
    // Read in any case, because the first reading of a mention is kept.
    const subject = clause ? this.#subjectParticipants(clause) : [];
    if (clause?.subject === item || partiesOf(people).size >= 2 || complement.length === 0) return [];
    const hasLink = word !== undefined || /^(?:his|her|their)$/.test(item.event.determiner ?? "");
    if (!hasLink || /^(?:between|among)$/.test(word ?? "")) return [];
    return subject.filter((one) => one.isSeat && !people.some((other) => other.party === one.party));
  }

  #clauseOf(parse: SentenceParse, item: Item): Clause | undefined {
    const holding = parse.clauses.filter(
      (clause) => clause.subject === item || clause.after.includes(item) || clause.before.includes(item),
    );
    return holding.find((clause) => clause.after.includes(item)) ?? holding[0];
  }

  #isWished(clause: Clause, item: Item): boolean {
    if (!clause.after.includes(item)) return false;
    if (clause.verb.mode === "wish" || clause.verb.mode === "negated") return true;
    const isObject = clause.after
      .slice(0, clause.after.indexOf(item))
      .every((other) => other.type === "word" || (other.type === "preposition" && other.word === "for"));
    return isObject && wishing.has(clause.verb.lemma);
  }

  #nominalStatus(clause: Clause | undefined, item: Item, mode: "held" | "coming" | "open"): MeetingStatus | undefined {
    if (mode === "coming") return "EXPECTED";
    if (mode === "held")
      return clause?.verb.mode === "planned" && clause.before.includes(item)
        ? "EXPECTED"
        : clause?.verb.mode === "planned" || clause?.verb.mode === "pastPlan"
          ? "EXPECTED"
          : "HELD";
    if (!clause) return undefined;
    if (clause.subject === item)
      return clause.verb.mode === "fact" && clause.verb.tense === "past" ? "HELD" : undefined;
    if (clause.verb.mode !== "fact") return undefined;
    return clause.verb.tense === "past" || clause.verb.perfect ? "HELD" : undefined;
  }

  #eventIn(items: readonly Item[]): ItemOf<"event"> | undefined {
    return items.find((item): item is ItemOf<"event"> => item.type === "event");
  }

  // --- sentences that go on about the encounter told last

  /** "the meeting", "the talks", "their second call": an encounter mentioned before. */
  #pointsBack(event: EventNoun): boolean {
    if (event.plural && event.head !== "talks") return false;
    return /^(?:the|this|that|their|his|her|its|these)$/.test(event.determiner ?? "");
  }

  /** Adds date, place, format and gathering that a later sentence gives. */
  #enrichFrom(clause: Clause, event: EventNoun | undefined): void {
    const target = this.current;
    if (!target || (event?.ordinal !== undefined && !target.isSitting && event.ordinal > 1)) return;
    const isAbout = clause.subject?.type === "event" || clause.subject?.type === "forum";
    if (!isAbout) return;
    const status = this.#statusOf(clause);
    if (
      status !== undefined &&
      status !== target.status.value &&
      !(target.status.value === "EXPECTED" && target.isPastPlan)
    )
      return;
    target.date ??= this.#dateIn(clause, target.status.value);
    target.place ??= this.#foundPlace(clause);
    target.sidelines ??= this.#sidelinesIn(clause.start, clause.end);
    target.format ??= event?.format
      ? { value: event.format, start: clause.start, end: clause.end, tier: "sure" }
      : this.#formatIn(clause);
  }

  #readContinuation(parse: SentenceParse, before: number, current: Encounter | undefined): void {
    if (this.encounters.length > before || !current || this.current !== current) return;
    const isAbout = parse.clauses.some(
      (clause) => clause.subject?.type === "event" && this.#pointsBack(clause.subject.event),
    );
    if (!isAbout) return;
    current.sidelines ??= this.#sidelinesIn(parse.sentence.start, parse.sentence.end);
  }

  // --- building a candidate

  #tell(
    frame: Frame,
    clause: Clause,
    subject: readonly Participant[],
    partners: readonly Participant[],
    status: MeetingStatus,
    extra: { event?: EventNoun | undefined; forum?: ForumMention | undefined; unsure?: boolean; partnerRole?: Role },
  ): boolean {
    const settled = this.#settleSides(clause, subject, partners);
    const left = settled.subject.map((one) => ({ ...one, role: frame.role ?? one.role }));
    const right = settled.partners.map((one) => ({
      ...one,
      role: extra.partnerRole ?? (frame.role === "CHAIR" ? ("CHAIR" as const) : one.role),
    }));
    const leftParties = partiesOf(left);
    const others = right.filter((one) => !leftParties.has(one.party) || one.isSeat);
    const rightParties = partiesOf(others.filter((one) => !leftParties.has(one.party)));
    if (leftParties.size === 0 || (rightParties.size === 0 && leftParties.size < 2)) return false;
    if (leftParties.size === 1 && rightParties.size === 0) return false;
    const span = this.#spanOf(clause);
    const groups = this.#distribute(clause, left, others, extra.event);
    for (const group of groups) {
      const candidate = this.#candidate(frame.id, clause, status, group, span);
      if (extra.event) this.#addEvent(candidate, extra.event);
      if (extra.forum)
        candidate.series = {
          value: forumRef(extra.forum),
          start: extra.forum.start,
          end: extra.forum.end,
          tier: "sure",
        };
      else candidate.series ??= this.#seriesIn(clause, candidate);
      if (frame.format) candidate.format = { value: frame.format, ...span, tier: "sure" };
      if (frame.id === "speak" && candidate.format === undefined)
        candidate.format = this.#headlineCall ? { value: "CALL", ...span, tier: "likely" } : undefined;
      if (extra.unsure || (groups.length > 1 && groups.length < 3)) candidate.tier = "likely";
      if (candidate.participants.some((one) => one.reason === "home")) candidate.tier = "likely";
      if (!candidate.participants.some((one) => one.isSeat)) candidate.tier = "likely";
      if (clause.verb.form === "infinitive" || clause.verb.form === "ing") candidate.tier = "likely";
      this.#place(candidate);
    }
    return true;
  }

  /** "met President William Ruto at State House in Nairobi": a side without a party belongs to the place. */
  #settleSides(
    clause: Clause,
    subject: readonly Participant[],
    partners: readonly Participant[],
  ): { subject: readonly Participant[]; partners: readonly Participant[] } {
    const isOpen = (side: readonly Participant[]) =>
      side.length > 0 && side.every((one) => one.reason === "home" && one.person !== undefined);
    const isSaid = (side: readonly Participant[]) => side.length > 0 && side.every((one) => one.reason !== "home");
    if (isOpen(partners) && isSaid(subject)) return { subject, partners: this.#movedHome(clause, partners, subject) };
    if (isOpen(subject) && isSaid(partners)) return { subject: this.#movedHome(clause, subject, partners), partners };
    return { subject, partners };
  }

  #movedHome(clause: Clause, open: readonly Participant[], said: readonly Participant[]): Participant[] {
    const taken = partiesOf(said);
    const options = [this.#header.home, this.#placeIn(clause)?.place.country, this.#header.dateline?.country];
    const party = options.find((code) => code !== undefined && !taken.has(code));
    if (party === undefined) return [...open];
    for (const { person } of open) {
      if (!person || person.party !== undefined) continue;
      person.party = party;
      person.partyReason = "home";
    }
    return open.map((one) => ({ ...one, party }));
  }

  /** "held bilateral meetings with his counterparts from A, B and C": one encounter for each. */
  #distribute(
    clause: Clause,
    left: Participant[],
    right: Participant[],
    event: EventNoun | undefined,
  ): Participant[][] {
    const parties = [...partiesOf(right)].filter((party) => !left.some((one) => one.party === party));
    const words = textOf(this.#reader.text, clause.start, clause.end).toLowerCase();
    const isJoint =
      event?.isTrilateral === true ||
      /\b(?:trilateral|three-way|quadrilateral|four-way|jointly|multilateral)\b/.test(words);
    const isSeparate =
      event?.plural === true ||
      /\b(?:separate|separately|respectively|individual|one after the other|bilateral meetings|bilaterals)\b/.test(
        words,
      );
    if (parties.length < 2 || isJoint || partiesOf(left).size > 1) return [[...left, ...right]];
    if (/^(?:host|receive|welcome|join|gather|convene|co-chair|chair|sit)$/.test(clause.verb.lemma) && !isSeparate)
      return [[...left, ...right]];
    if (event && !isSeparate && event.format !== undefined) return [[...left, ...right]];
    if (event && !event.plural && !isSeparate) return [[...left, ...right]];
    return parties.map((party) => [...left.map((one) => ({ ...one })), ...right.filter((one) => one.party === party)]);
  }

  #addEvent(candidate: Candidate, event: EventNoun): void {
    const isNumbered =
      event.ordinal !== undefined &&
      event.ordinal > 1 &&
      /^(?:the|their|its)$/.test(event.determiner ?? "") &&
      event.modifiers.some((word) =>
        /^(?:annual|trilateral|ministerial|defence|strategic|security|ministers|military|high|level|joint|policy|staff)$/.test(
          word,
        ),
      );
    if (isNumbered) {
      const words = textOf(this.#reader.text, event.start, event.end)
        .replace(/^(?:the|their|its) /i, "")
        .replace(/^\S+ /, "");
      candidate.series ??= {
        value: { name: words.replace(/^annual (?=\S+ \S)/, ""), acronym: undefined, ordinal: event.ordinal },
        start: event.start,
        end: event.end,
        tier: "likely",
      };
    }
    if (event.format) candidate.format = { value: event.format, start: event.start, end: event.end, tier: "sure" };
    if (event.isPrevious) candidate.isPrevious = true;
  }

  #candidate(
    frame: string,
    clause: Clause,
    status: MeetingStatus,
    people: readonly Participant[],
    span: Span,
  ): Candidate {
    return this.#candidateFor(frame, clause, status, people, span, undefined);
  }

  #candidateFor(
    frame: string,
    clause: Pick<Clause, "start" | "end" | "before" | "after"> & { readonly verb?: Clause["verb"] | undefined },
    status: MeetingStatus,
    people: readonly Participant[],
    span: Span,
    item: Item | undefined,
  ): Candidate {
    const words = textOf(this.#reader.text, clause.start, clause.end).toLowerCase();
    const full = clause.verb ? (clause as Clause) : undefined;
    const nominal = item !== undefined;
    const date = nominal ? this.#dateNear(item, status) : full ? this.#dateIn(full, status) : undefined;
    const place = nominal ? this.#placeNear(item) : full ? this.#foundPlace(full) : undefined;
    const isLast =
      full !== undefined && /\b(?:last|previously) (?:met|held|spoke|talked|hosted)\b|\bmost recently\b/.test(words);
    const settled =
      date &&
      this.#header.storyDay !== undefined &&
      status === "HELD" &&
      date.value > this.#header.storyDay &&
      date.value.length === 10
        ? "EXPECTED"
        : status;
    return {
      participants: unique(people),
      extraParties: [],
      status: settled,
      isPastPlan: full?.verb.mode === "pastPlan",
      span,
      frame,
      tier: "sure",
      isPrevious: isLast,
      isSitting: false,
      isApart:
        /\b(?:ahead of|prior to|before|after|following) the (?:dialogue|meeting|summit|talks|forum|session|conference)\b/.test(
          words,
        ),
      isRetold: full !== undefined && /^(?:when|where)$/.test(full.subordinator ?? ""),
      isNew: /\b(?:another|separate|separately|also|again|later|earlier)\b/.test(words),
      format: full && !nominal ? this.#formatIn(full) : undefined,
      series: undefined,
      sidelines: this.#sidelinesIn(clause.start, clause.end),
      date,
      place,
    };
  }

  #spanOf(clause: Clause): Span {
    const tokens = this.#tokens;
    let end = Math.max(clause.end, clause.verb.end);
    while (end > clause.verb.end && /^[,.;:]$/.test(tokens[end - 1]?.text ?? "")) end--;
    const start =
      clause.subject &&
      clause.subject.end <= clause.verb.start &&
      clause.subject.start >= (this.#parse?.sentence.start ?? 0)
        ? Math.min(clause.start, clause.subject.start)
        : clause.start;
    return { start, end };
  }

  // --- attributes

  #statusOf(clause: Clause): MeetingStatus | undefined {
    const { verb } = clause;
    switch (verb.mode) {
      case "negated":
      case "wish":
        return undefined;
      case "refused":
        return "DECLINED";
      case "planned":
      case "pastPlan":
        return "EXPECTED";
      case "fact":
        break;
    }
    if (verb.form === "infinitive") return this.#purposeStatus(clause);
    if (verb.form === "ing") {
      if (clause.subordinator === "before") return clause.parent?.verb.tense === "past" ? "HELD" : "EXPECTED";
      const parent = clause.parent;
      if (parent && (parent.verb.mode === "wish" || parent.verb.mode === "negated")) return undefined;
      return parent?.verb.mode === "planned" ? "EXPECTED" : "HELD";
    }
    if (clause.subordinator === "if" || clause.subordinator === "whether" || clause.subordinator === "unless")
      return undefined;
    return "HELD";
  }

  /** "will travel to Tokyo to meet B": as the verb it hangs on; "arrived to meet B": still to come. */
  #purposeStatus(clause: Clause): MeetingStatus | undefined {
    const parent = clause.parent;
    if (!parent) return undefined;
    if (parent.verb.mode === "planned" || parent.verb.mode === "pastPlan") return "EXPECTED";
    if (parent.verb.mode !== "fact") return undefined;
    return /^(?:arrive|fly|travel|leave|depart|head|come|land|set|be|go)$/.test(parent.verb.lemma)
      ? "EXPECTED"
      : undefined;
  }

  #direction(clause: Pick<Clause, "verb"> | undefined, status: MeetingStatus): Direction {
    const verb = clause?.verb;
    if (status === "EXPECTED") return verb?.mode === "pastPlan" ? "near" : "future";
    if (status === "HELD") return "past";
    return verb?.mode === "planned" ? "future" : "near";
  }

  #dateIn(clause: Clause, status: MeetingStatus): Found<string> | undefined {
    const own = this.#pickDate([...clause.before, ...clause.after], clause, status);
    if (own) return own;
    // Conjoined and participle clauses share the day of the clause that they hang on.
    const parent = clause.parent;
    if (!parent || clause.isRelative) return undefined;
    if (clause.subordinator === "when") {
      const found = this.#pickDate([...parent.before, ...parent.after], parent, status);
      return found ? { ...found, tier: "likely" } : undefined;
    }
    const shares = clause.subject === parent.subject || clause.verb.form !== "finite";
    if (!shares) return undefined;
    if (clause.verb.form === "finite" || clause.verb.form === "ing") {
      const found =
        this.#pickDate(parent.before, parent, status) ??
        (parent.verb.mode === clause.verb.mode ? this.#pickDate(parent.after, parent, status) : undefined);
      return found ? { ...found, tier: "likely" } : undefined;
    }
    return undefined;
  }

  #pickDate(items: readonly Item[], clause: Clause, status: MeetingStatus): Found<string> | undefined {
    const dates = items.filter((item): item is ItemOf<"date"> => item.type === "date" && !this.#isExcludedDate(item));
    const best = dates.find((item) => item.date.kind === "day" || item.date.kind === "range") ?? dates[0];
    return best ? this.#resolve(best.date, clause, status, dates.length > 1) : undefined;
  }

  /** "since 2018", "until Monday", "by 2020": no day of the encounter. */
  #isExcludedDate(item: ItemOf<"date">): boolean {
    const before = this.#tokens[item.start - 1]?.folded ?? "";
    if (/^(?:since|until|till|by|before|after)$/.test(before)) return true;
    const two = this.#tokens[item.start - 2]?.folded ?? "";
    if (
      before === "in" &&
      item.date.kind === "year" &&
      /^(?:chairmanship|ruler|war|founded|established|launched)$/.test(two)
    )
      return true;
    // "the clash in June 2020", "the 2020 clashes"
    if (before === "of" && item.date.kind !== "day") return true;
    return false;
  }

  #resolve(
    date: DateMention,
    clause: Clause,
    status: MeetingStatus,
    isOneOfSeveral: boolean,
  ): Found<string> | undefined {
    const anchor = this.#anchorDay?.slice(-10);
    const value = date.resolve(
      this.#header.storyDay,
      this.#direction(clause, status),
      date.isAnaphoric ? anchor : undefined,
    );
    if (value === undefined) return undefined;
    const tier: Tier =
      date.isAnaphoric || isOneOfSeveral || (status !== "HELD" && status !== "EXPECTED") ? "likely" : "sure";
    return {
      value,
      start: clause.verb.start < date.start ? clause.verb.start : date.start,
      end: Math.max(date.end, clause.verb.start < date.start ? date.end : clause.verb.end),
      tier,
    };
  }

  /** A date right beside a noun of encounter: "talks with B on Monday". */
  #dateNear(item: Item, status: MeetingStatus): Found<string> | undefined {
    const items = this.#parse?.items ?? [];
    const index = items.indexOf(item);
    for (let next = index + 1; next < Math.min(items.length, index + 9); next++) {
      const other = items[next] as Item;
      if (other.type === "verb" || other.type === "relative" || (other.type === "mark" && other.word === ",")) break;
      if (other.type !== "date" || this.#isExcludedDate(other)) continue;
      const direction = status === "EXPECTED" ? "future" : status === "HELD" ? "past" : "near";
      const value = other.date.resolve(
        this.#header.storyDay,
        direction,
        other.date.isAnaphoric ? this.#anchorDay : undefined,
      );
      return value === undefined ? undefined : { value, start: item.start, end: other.end, tier: "likely" };
    }
    return undefined;
  }

  #placeNear(item: Item): Found<Place> | undefined {
    const items = this.#parse?.items ?? [];
    const index = items.indexOf(item);
    const stop = items.findIndex(
      (other, at) =>
        at > index &&
        (other.type === "verb" || other.type === "relative" || (other.type === "mark" && other.word === ",")),
    );
    const end = stop < 0 ? (this.#parse?.sentence.end ?? item.end) : (items[stop] as Item).start;
    const found = this.#places.find(
      (place) =>
        place.start >= item.end && place.start < end && /^(?:in|at|here)$/.test(place.link) && this.#isAttached(place),
    );
    return found ? { value: found.place, start: item.start, end: found.end, tier: "likely" } : undefined;
  }

  places(): readonly PlaceMention[] {
    return this.#places;
  }

  resolveDate(date: DateMention, direction: Direction): string | undefined {
    return date.resolve(this.#header.storyDay, direction, date.isAnaphoric ? this.#anchorDay : undefined);
  }

  #placeIn(clause: Pick<Clause, "start" | "end" | "verb">): PlaceMention | undefined {
    const children = (this.#parse?.clauses ?? []).filter(
      (other) =>
        other.verb.start !== clause.verb.start &&
        other.start >= clause.start &&
        other.end <= clause.end &&
        (other.isRelative || other.start > clause.verb.end),
    );
    const own = this.#places.filter(
      (place) =>
        place.start >= clause.start &&
        place.end <= Math.max(clause.end, clause.verb.end) &&
        (/^(?:in|at|here|near)$/.test(place.link) ||
          (place.link === "to" && /^(?:welcome|receive|host)$/.test(clause.verb.lemma))) &&
        !children.some((child) => place.start >= child.start && place.end <= child.end) &&
        this.#isAttached(place),
    );
    const cities = own.filter((place) => !place.isBroad);
    return cities[0] ?? own[0];
  }

  /** "the situation in Ukraine" is no place of the talks: what stands before the preposition decides. */
  #isAttached(place: PlaceMention): boolean {
    if (place.link === "here") return true;
    const before = this.#tokens[place.start - 1];
    if (!before) return true;
    if (before.type === "mark" || before.type === "number") return true;
    const items = this.#parse?.items ?? [];
    const item = items.find(
      (other) => other.end === place.start || (other.start < place.start && other.end > place.start),
    );
    if (!item) return true;
    if (item.start < place.start && item.end > place.start) return item.type !== "forum";
    if (item.type !== "word") return item.type !== "and";
    return /ly$|^(?:here|sidelines|margins|together|today|headquarters|ministry|palace|office|house|base|hotel|capital|city|state|town|room|centre|center|afternoon|morning|evening|week|month|hall|doors|minutes|hour|hours|face|place|held|day|time|venue|residence|complex|both|also|again|later|earlier|visit)$/.test(
      item.word,
    );
  }

  #foundPlace(clause: Clause): Found<Place> | undefined {
    const own = this.#placeIn(clause) ?? this.#siteHere(clause);
    if (own)
      return {
        value: own.place,
        start: Math.min(clause.verb.start, own.start),
        end: Math.max(own.end, clause.verb.end),
        tier: "sure",
      };
    const parent = clause.parent;
    if (!parent || clause.isRelative || clause.verb.form === "infinitive") return undefined;
    if (clause.subject !== parent.subject) return undefined;
    const before = this.#placeIn({ ...parent, end: parent.verb.end });
    return before ? { value: before.place, start: before.start, end: before.end, tier: "likely" } : undefined;
  }

  /** "at the Army Headquarters": in the town that the report was sent from. */
  #siteHere(clause: Clause): PlaceMention | undefined {
    const { dateline } = this.#header;
    const words = textOf(this.#reader.text, clause.verb.end, Math.max(clause.end, clause.verb.end)).toLowerCase();
    const isHere =
      /\bat (?:the|his|her|general|army|naval|air) (?:[a-z'’]+ ){0,3}(?:headquarters|ministry|palace|office|house)\b/.test(
        words,
      );
    if (!dateline || !isHere) return undefined;
    return { start: clause.verb.start, end: clause.end, link: "here", isBroad: false, place: dateline };
  }

  #formatIn(clause: Clause): Found<MeetingFormat> | undefined {
    const words = textOf(this.#reader.text, clause.start, clause.end).toLowerCase();
    const span = this.#spanOf(clause);
    if (
      /\b(?:by|over the|on the|via|through|per) (?:secure )?(?:tele)?phone\b|\btelephonically\b|\b(?:tele)?phone (?:call|talks|conversation|discussion)/.test(
        words,
      )
    )
      return { value: "CALL", ...span, tier: "sure" };
    if (
      /\bvia (?:a )?(?:secure )?video\b|\bby video\b|\bvideo (?:conference|call|link|talks|conferencing)\b|\bvideoconference\b|\bvirtual(?:ly)?\b|\bonline\b|\bvideo-?conferencing\b|\bvideo-conference\b/.test(
        words,
      )
    )
      return { value: "VIDEO", ...span, tier: "sure" };
    if (/\bpull-?\s?aside\b/.test(words)) return { value: "PULL_ASIDE", ...span, tier: "sure" };
    return undefined;
  }

  // --- gatherings

  #noteForums(parse: SentenceParse): void {
    for (const item of parse.items) {
      if (item.type !== "forum") continue;
      const place =
        this.#places.find((other) => other.start >= item.end && other.start <= item.end + 4 && other.link === "in") ??
        undefined;
      const previous = this.#forum && isSameForum(this.#forum, item.forum) ? this.#forum : undefined;
      if (/^(?:last|previous)$/.test(this.#tokens[item.start]?.folded ?? "")) continue;
      this.#forum = {
        ...forumRef(item.forum),
        ordinal: item.forum.ordinal ?? previous?.ordinal,
        name: previous && item.forum.ordinal === undefined ? previous.name : item.forum.name,
        acronym: item.forum.acronym ?? previous?.acronym,
        place: place?.place ?? previous?.place,
        parties: item.forum.parties.length > 0 ? item.forum.parties : (previous?.parties ?? []),
      };
    }
  }

  get forum(): (ForumRef & { place: Place | undefined }) | undefined {
    return this.#forum;
  }

  #isSidelines(at: number): boolean {
    return (
      /^(?:sidelines|margins|margin|fringes)$/.test(this.#tokens[at - 2]?.folded ?? "") ||
      /^(?:sidelines|margins|margin|fringes)$/.test(this.#tokens[at - 1]?.folded ?? "")
    );
  }

  /** "on the sidelines of the 18th Shangri-La Dialogue", "on the margins of the forum" */
  #sidelinesIn(start: number, end: number): Found<ForumRef> | undefined {
    for (let index = start; index < end; index++) {
      if (!/^(?:sidelines|margins|margin|fringes|sideline)$/.test(this.#tokens[index]?.folded ?? "")) continue;
      const items = this.#parse?.items ?? [];
      const forum = items.find(
        (item): item is ItemOf<"forum"> => item.type === "forum" && item.start >= index && item.start <= index + 6,
      );
      if (forum) return { value: this.#fullRef(forum.forum), start: index, end: forum.end, tier: "sure" };
      const owner = items.find(
        (item): item is ItemOf<"forum"> => item.type === "forum" && item.end >= index - 1 && item.end <= index,
      );
      if (owner) return { value: this.#fullRef(owner.forum), start: owner.start, end: index + 1, tier: "sure" };
      if (this.#forum && /^(?:of|there)$/.test(this.#tokens[index + 1]?.folded ?? "")) {
        return { value: { ...this.#forum }, start: index, end: Math.min(end, index + 4), tier: "likely" };
      }
    }
    return undefined;
  }

  /** The forum with the ordinal and name that the report gave it before. */
  #fullRef(forum: ForumMention): ForumRef {
    const known = this.#forum;
    if (known && isSameForum(known, forum))
      return { name: known.name, acronym: known.acronym, ordinal: forum.ordinal ?? known.ordinal };
    return forumRef(forum);
  }

  /** "met for the second 2+2": the encounter is a sitting of its own. */
  #seriesIn(clause: Clause, candidate: Candidate): Found<ForumRef> | undefined {
    for (const [index, item] of clause.after.entries()) {
      if (
        item.type === "event" &&
        item.event.ordinal !== undefined &&
        clause.after[index - 1]?.type === "preposition"
      ) {
        const probe = { ...candidate, series: undefined } as Candidate;
        this.#addEvent(probe, { ...item.event, format: undefined, isPrevious: false });
        if (probe.series) return probe.series;
      }
      if (item.type !== "forum" || this.#isSidelines(item.start)) continue;
      const link = clause.after[index - 1];
      const word = link?.type === "preposition" ? link.word : undefined;
      const parties = new Set(candidate.participants.map((one) => one.party));
      const isOwn = item.forum.parties.length >= 2 && item.forum.parties.every((party) => parties.has(party));
      if (isOwn && /^(?:for|at|in|during)$/.test(word ?? ""))
        return { value: forumRef(item.forum), start: item.start, end: item.end, tier: "sure" };
      if (word === "for" && item.forum.ordinal !== undefined && item.forum.source === "form")
        return { value: forumRef(item.forum), start: item.start, end: item.end, tier: "likely" };
      if (/2\+2/.test(item.forum.name) && /^(?:for|at|in|during)$/.test(word ?? ""))
        return { value: forumRef(item.forum), start: item.start, end: item.end, tier: "likely" };
    }
    return undefined;
  }

  // --- merging

  /** A participant without a party, in an encounter that is not of two plain sides, belongs to the place as well. */
  #settleHomes(candidate: Candidate): void {
    const unsure = candidate.participants.filter((one) => one.reason === "home" && one.person);
    const sure = candidate.participants.filter((one) => one.reason !== "home");
    if (unsure.length !== 1 || sure.length === 0) return;
    const [one] = unsure as [Participant];
    const options = [candidate.place?.value.country, this.#header.dateline?.country, this.#header.home];
    const taken = partiesOf(sure);
    const party = options.find((code) => code !== undefined && !taken.has(code));
    if (party === undefined || party === one.party) return;
    candidate.participants = candidate.participants.map((other) => (other === one ? { ...one, party } : other));
    if (one.person && one.person.party === undefined) {
      one.person.party = party;
      one.person.partyReason = "home";
    }
  }

  #place(candidate: Candidate): Encounter {
    this.#settleHomes(candidate);
    const existing = this.#sameAs(candidate);
    const encounter = existing ?? this.#add(candidate);
    if (existing) this.#merge(existing, candidate);
    this.current = encounter;
    if (encounter.date && encounter.date.value.length === 10) this.#anchorDay = encounter.date.value;
    this.understood.add(this.#index);
    return encounter;
  }

  #add(candidate: Candidate): Encounter {
    const pending = this.#pendingSidelines;
    if (
      pending &&
      pending.paragraph === this.#parse?.sentence.paragraph &&
      !candidate.isSitting &&
      !candidate.sidelines
    )
      candidate.sidelines = pending;
    const found = (value: MeetingStatus): Found<MeetingStatus> => ({ value, ...candidate.span, tier: candidate.tier });
    const encounter: Encounter = {
      participants: candidate.participants.map((one) => ({ ...one })),
      extraParties: new Set(candidate.extraParties),
      status: found(candidate.status),
      isPastPlan: candidate.isPastPlan,
      date: candidate.date,
      place: candidate.place,
      format: candidate.format,
      series: candidate.series,
      sidelines: candidate.sidelines,
      span: candidate.span,
      sentence: this.#index,
      frame: candidate.frame,
      tier: candidate.tier,
      isPrevious: candidate.isPrevious,
      isSitting: candidate.isSitting,
      order: this.encounters.length,
    };
    this.encounters.push(encounter);
    return encounter;
  }

  /** Whether the report has told of the same encounter before. The latest that fits is taken. */
  #sameAs(candidate: Candidate): Encounter | undefined {
    return [...this.encounters].reverse().find((encounter) => this.#isSame(encounter, candidate));
  }

  #isSame(encounter: Encounter, candidate: Candidate): boolean {
    if (candidate.isRetold && encounter === this.current && encounter.sentence === this.#index) {
      return (
        sameSet(partiesOf(encounter.participants), partiesOf(candidate.participants)) &&
        samePersons(encounter.participants, candidate.participants)
      );
    }
    if (encounter.isPrevious !== candidate.isPrevious) return false;
    if (candidate.isApart && encounter.series) return false;
    if (encounter.isSitting || candidate.isSitting) {
      const [a, b] = [encounter.series?.value, candidate.series?.value];
      if (!a || !b || !isSameForum(a, b)) return this.#isSameBilateralSitting(encounter, candidate);
      if (a.ordinal !== undefined && b.ordinal !== undefined && a.ordinal !== b.ordinal) return false;
      return fitsDate(encounter.date?.value, candidate.date?.value);
    }
    const left = partiesWith(encounter.participants, encounter.extraParties);
    const right = partiesWith(candidate.participants, candidate.extraParties);
    if (!sameSet(left, right)) return false;
    if (!samePersons(encounter.participants, candidate.participants)) return false;
    if (!fitsDate(encounter.date?.value, candidate.date?.value)) return false;
    if (!fitsPlace(encounter.place?.value, candidate.place?.value)) return false;
    if (encounter.format && candidate.format && encounter.format.value !== candidate.format.value) return false;
    if (
      (encounter.format?.value === "CALL") !== (candidate.format?.value === "CALL") &&
      encounter.format !== undefined &&
      candidate.place !== undefined
    )
      return false;
    if (encounter.status.value !== candidate.status) {
      const changes = new Set(["CANCELLED", "POSTPONED", "DECLINED"]);
      if (changes.has(candidate.status) && encounter.status.value === "EXPECTED") return true;
      if (changes.has(encounter.status.value) && candidate.isPastPlan) return true;
      return false;
    }
    if (
      candidate.isNew &&
      encounter.date === undefined &&
      candidate.date !== undefined &&
      encounter.sentence !== this.#index
    )
      return !/^(?:talks-with|talks-between)$/.test(candidate.frame) && this.#index - encounter.sentence <= 1
        ? false
        : true;
    return true;
  }

  #isSameBilateralSitting(encounter: Encounter, candidate: Candidate): boolean {
    const left = partiesWith(encounter.participants, encounter.extraParties);
    const right = partiesWith(candidate.participants, candidate.extraParties);
    if (left.size < 2 || !sameSet(left, right) || (encounter.isSitting && candidate.isSitting)) return false;
    const sitting = encounter.isSitting ? encounter.extraParties : new Set(candidate.extraParties);
    if (sitting.size < 2) return false;
    return (
      encounter.status.value === candidate.status &&
      fitsDate(encounter.date?.value, candidate.date?.value) &&
      fitsPlace(encounter.place?.value, candidate.place?.value) &&
      samePersons(encounter.participants, candidate.participants)
    );
  }

  #merge(encounter: Encounter, candidate: Candidate): void {
    for (const one of candidate.participants) addParticipant(encounter.participants, one);
    for (const party of candidate.extraParties) encounter.extraParties.add(party);
    encounter.date = finer(encounter.date, candidate.date);
    encounter.place =
      encounter.place?.value.city === undefined ? (candidate.place ?? encounter.place) : encounter.place;
    encounter.format ??= candidate.format;
    encounter.series ??= candidate.series;
    encounter.sidelines ??= candidate.sidelines;
    if (candidate.status !== encounter.status.value && candidate.status !== "EXPECTED") {
      encounter.status = { value: candidate.status, ...candidate.span, tier: candidate.tier };
      encounter.isPastPlan = false;
    }
    if (encounter.tier === "likely" && candidate.tier === "sure") encounter.tier = "sure";
  }
}

// --- small parts

export function partiesOf(people: readonly Participant[]): Set<string> {
  return new Set(people.map((one) => one.party));
}

function partiesWith(people: readonly Participant[], extra: Iterable<string>): Set<string> {
  return new Set([...people.map((one) => one.party), ...extra]);
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

/** Two lists of participants can be the same encounter unless they name different persons for a party. */
function samePersons(a: readonly Participant[], b: readonly Participant[]): boolean {
  for (const party of partiesOf(a)) {
    const left = a.filter((one) => one.party === party);
    const right = b.filter((one) => one.party === party);
    const [leftNames, rightNames] = [left, right].map((list) =>
      list.flatMap((one) => (one.person ? [one.person.slug] : [])),
    ) as [string[], string[]];
    if (leftNames.length > 0 && rightNames.length > 0 && !leftNames.some((slug) => rightNames.includes(slug)))
      return false;
    const [leftOffices, rightOffices] = [left, right].map((list) => list.flatMap((one) => officesOf(one))) as [
      OfficeKind[],
      OfficeKind[],
    ];
    const isUnnamed = leftNames.length === 0 || rightNames.length === 0;
    if (
      isUnnamed &&
      leftOffices.length > 0 &&
      rightOffices.length > 0 &&
      !leftOffices.some((office) => rightOffices.includes(office))
    )
      return false;
  }
  return true;
}

function officesOf(one: Participant): OfficeKind[] {
  const office = one.office ?? one.person?.office;
  return office === undefined ? [] : [office];
}

function fitsDate(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return true;
  if (a.includes("/") || b.includes("/")) {
    const [range, other] = a.includes("/") ? [a, b] : [b, a];
    const [from = "", until = ""] = range.split("/");
    return other >= from && other <= until;
  }
  return a.startsWith(b) || b.startsWith(a);
}

function fitsPlace(a: Place | undefined, b: Place | undefined): boolean {
  if (!a || !b) return true;
  if (a.country !== b.country) return false;
  return a.city === undefined || b.city === undefined || a.city === b.city;
}

function finer(a: Found<string> | undefined, b: Found<string> | undefined): Found<string> | undefined {
  if (!a || !b) return a ?? b;
  return b.value.length > a.value.length && b.value.startsWith(a.value) ? b : a;
}

function addParticipant(list: Participant[], one: Participant): void {
  const same = list.find((other) => other.party === one.party && (other.person ? other.person === one.person : false));
  if (same) {
    same.role ??= one.role;
    return;
  }
  if (!one.isSeat) {
    if (!list.some((other) => other.party === one.party)) list.push({ ...one });
    return;
  }
  // A named person takes the seat that "the defence ministers of A and B" left open.
  const open = list.findIndex(
    (other) =>
      other.party === one.party &&
      !other.person &&
      (!other.isSeat ||
        other.office === undefined ||
        officesOf(one).length === 0 ||
        other.office === officesOf(one)[0]),
  );
  if (open >= 0) {
    const before = list[open] as Participant;
    if (!one.person && before.isSeat && one.office === undefined) {
      before.role ??= one.role;
      return;
    }
    if (one.person || !before.isSeat) {
      list[open] = {
        ...one,
        office: one.office ?? before.office,
        acting: one.acting || before.acting,
        role: one.role ?? before.role,
      };
      return;
    }
    before.role ??= one.role;
    return;
  }
  if (
    !one.person &&
    list.some(
      (other) =>
        other.party === one.party &&
        other.person &&
        (one.office === undefined || officesOf(other).includes(one.office) || officesOf(other).length === 0),
    )
  )
    return;
  list.push({ ...one });
}

function unique(people: readonly Participant[]): Participant[] {
  const list: Participant[] = [];
  for (const one of people) addParticipant(list, one);
  return list;
}

/** A party that the text names without a person. */
export function bareParty(party: string, span: Span): Participant {
  return {
    start: span.start,
    end: span.end,
    party,
    reason: "said",
    person: undefined,
    office: undefined,
    acting: false,
    role: undefined,
    isSeat: false,
  };
}

export function forumRef(forum: ForumMention): ForumRef {
  return { name: forum.name, acronym: forum.acronym, ordinal: forum.ordinal };
}

function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("defense", "defence")
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9+]+/g, " ")
    .replace(/\+/g, " plus ")
    .replace(/\s+/g, " ")
    .trim();
}

/** The same forum by name, by acronym, or where one name is the end of the other. */
export function isSameForum(a: Pick<ForumRef, "name" | "acronym">, b: Pick<ForumRef, "name" | "acronym">): boolean {
  const keys = (ref: Pick<ForumRef, "name" | "acronym">) =>
    [ref.name, ref.acronym].filter((name) => name !== undefined).map(nameKey);
  const [left, right] = [keys(a), keys(b)];
  if (left.some((key) => right.includes(key))) return true;
  const [first, second] = [left[0] ?? "", right[0] ?? ""];
  return first !== "" && second !== "" && (first.endsWith(` ${second}`) || second.endsWith(` ${first}`));
}

/** The noun phrase right after a verb. */
export function directObject(after: readonly Item[]): ItemOf<"people"> | undefined {
  for (const item of after) {
    if (item.type === "people") return item;
    if (
      item.type === "date" ||
      (item.type === "word" && /ly$|^(?:also|both|today|again|later|separately|first|up|here|briefly)$/.test(item.word))
    )
      continue;
    return undefined;
  }
  return undefined;
}

/** The noun phrase after a preposition, with dates and places that may stand before it. */
export function afterPreposition(after: readonly Item[], word: string): ItemOf<"people"> | undefined {
  for (const [index, item] of after.entries()) {
    if (item.type === "verb") return undefined;
    if (item.type !== "preposition" && !(item.type === "word" && item.word === word)) continue;
    if ((item as { word: string }).word !== word) continue;
    const people = firstPeople(after, index + 1);
    if (people) return people;
  }
  return undefined;
}

function firstPeople(items: readonly Item[], from: number): ItemOf<"people"> | undefined {
  for (let index = from; index < items.length && index < from + 3; index++) {
    const item = items[index] as Item;
    if (item.type === "people") return item;
    if (
      item.type === "word" &&
      /^\p{Lu}/u.test(item.word) === false &&
      index === from &&
      items
        .slice(from, from + 9)
        .every(
          (other, step, run) => other.type === "word" || run.slice(0, step).some((before) => before.type !== "word"),
        )
    ) {
      const ahead = items.slice(from, from + 10).findIndex((other) => other.type !== "word");
      const [link, people] = [items[from + ahead], items[from + ahead + 1]];
      if (ahead > 1 && link?.type === "and" && people?.type === "people") return people;
    }
    if (
      item.type === "word" &&
      /^(?:both|the|his|her|visiting|senior|then|-|officials?|leaders?|representatives|delegations?|ministers|side|top)$/.test(
        item.word,
      )
    )
      continue;
    return undefined;
  }
  return undefined;
}

/** The meaning of the word before a noun of encounter. */
function linkMode(word: string | undefined, tokens: readonly Token[], at: number): "held" | "coming" | "open" | "none" {
  if (word === undefined) return "open";
  const before = tokens[at - 1]?.folded ?? "";
  if (/^(?:during|after|following|at|in|since|from|over|through|upon)$/.test(word)) return "held";
  if (word === "of" && before === "ahead") return "coming";
  if (/^(?:ahead|before|for)$/.test(word)) {
    if (
      word === "for" &&
      /^(?:need|call|calls|called|request|requests|proposal|hope|hopes|prospects|push|pushed|ready|agenda|preparations?|conditions|asked|ground|plans?|venue|date|time|basis|opportunity)$/.test(
        before,
      )
    )
      return "none";
    return "coming";
  }
  if (/^(?:of|on|to|about|without|despite|between|with|by|as|like|than|per|toward|towards|against)$/.test(word))
    return word === "of" && /^(?:end|start|close|beginning|conclusion|course|readout|day)$/.test(before)
      ? "held"
      : "none";
  return "open";
}

/** "was held", "took place", "began" */
function isVerbOfHolding({ lemma, passive, particle }: VerbGroup): boolean {
  if (passive) return passiveVerbsOfHolding.has(lemma);
  return activeVerbsOfHolding.has(lemma) || (lemma === "take" && particle === "place");
}

const passiveVerbsOfHolding = new Set(
  (
    "hold convene conduct open conclude chair co-chair cochair host schedule plan expect arrange organise organize attend " +
    "lead head set slate complete resume restart mark follow"
  ).split(" "),
);
const activeVerbsOfHolding = new Set(
  (
    "begin start open end conclude close happen occur resume follow come last proceed continue wrap kick see bring mark " +
    "focus cover touch run go"
  ).split(" "),
);

function roleOfAgent(lemma: string): "CHAIR" | "HOST" | undefined {
  if (/^(?:chair|co-chair|cochair|lead|head)$/.test(lemma)) return "CHAIR";
  return lemma === "host" ? "HOST" : undefined;
}
