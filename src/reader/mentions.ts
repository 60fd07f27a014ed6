import type { Meaning, MeaningOf } from "./gazetteer.js";
import { gazetteer } from "./gazetteer.js";
import type { Match } from "./lexicon.js";
import { slugOf, type KnownNames, type KnownPerson } from "./names.js";
import { isCapitalized, type Text, type Token } from "./text.js";
import type { OfficeKind, Span } from "./types.js";

/** Why a mention belongs to a party. A party that only the place of the report suggests never makes a meeting. */
export type PartyReason = "said" | "title" | "record" | "list" | "home";

/** A person that the report names. */
export interface Person {
  readonly slug: string;
  /** Folded words of the name, without initials and suffixes. */
  readonly words: readonly string[];
  party: string | undefined;
  partyReason: PartyReason | undefined;
  office: OfficeKind | undefined;
  acting: boolean;
  /** Whether the report gives the office as of an earlier time. */
  former: boolean;
  /** The words that give the office. */
  officeSpan: Span | undefined;
  readonly isKnown: boolean;
}

export type MentionHead =
  "person" | "office" | "counterpart" | "party" | "institution" | "agency" | "pronoun" | "anaphor" | "people";

/** A person, office, party or body that can take part in an encounter or speak. */
export interface Mention extends Span {
  readonly head: MentionHead;
  readonly person?: Person | undefined;
  readonly party?: string | undefined;
  readonly partyReason?: PartyReason | undefined;
  readonly office?: OfficeKind | undefined;
  readonly acting?: boolean;
  readonly former?: boolean;
  readonly plural?: boolean;
  /** Folded words of a pronoun or of what points back: "he", "ministers", "sides". */
  readonly word?: string;
  readonly determiner?: string | undefined;
  readonly possessive?: boolean;
  /** One of several offices in one noun: "the defence ministers of A and B". */
  readonly many?: boolean;
  /** The demonym stands alone as an adjective: "the Chinese side" is a party, "Chinese" before another noun is not. */
  readonly form?: "name" | "demonym" | "capital";
  /** Which other way the word could be read: a city that stands for its state. */
  readonly city?: string | undefined;
}

const determiners = new Set("the a an his her their its our both another".split(" "));
const modifiers = new Set(
  (
    "visiting acting then former outgoing incoming new newly appointed fellow ex late caretaker interim senior current " +
    "long-time participating respective top veteran first second embattled newly-appointed young elected sworn reappointed federal union"
  ).split(" "),
);
const counterparts = new Set([
  "counterpart",
  "counterparts",
  "colleague",
  "colleagues",
  "opposite number",
  "homologue",
]);
const pronouns = new Set(["he", "she", "they", "him", "her", "them", "both", "it"]);
const anaphorNouns = new Set(
  (
    "minister ministers secretary president presidents leader leaders general generals admiral admirals side sides chief " +
    "chiefs two pair guest host visitor delegation delegations dignitary premier official officials commander commanders " +
    "officer officers ambassador envoy diplomat countries nations men partners parties delegates armies militaries dignitaries " +
    "governments allies neighbours neighbors commissioner chairman counterparts friends"
  ).split(" "),
);
const particles = new Set(
  "bin bint ibn al el ul de da di do dos del della von van der den ten la le du e y zu af av bte binti ben abu dan".split(
    " ",
  ),
);
const suffixes = /^(?:Jr\.?|Sr\.?|I{2,3}|IV)$/;

/** Words that are capitalized for another reason than that they are names. */
const notNames = new Set(
  (
    "the a an in on at of for and but or to from with by as he she it they we i his her their its this that these those " +
    "after before during earlier later meanwhile also both asked when while where if monday tuesday wednesday thursday friday " +
    "saturday sunday january february march april june july august september october november december press note readout " +
    "joint statement defence defense foreign ministry minister ministers meeting talks dialogue summit government state " +
    "today tomorrow yesterday according speaking following under since last next mr mrs ms dr sir new acting first second " +
    "third army navy air force armed forces military national security council chief president prime secretary general " +
    "department pentagon photo image file source updated parliament congress senate house party committee commission"
  ).split(" "),
);

const armedBodies = new Set(
  "army forces navy force staff command armed air people's defence guard corps military".split(" "),
);

interface NameMatch {
  readonly end: number;
  readonly words: readonly string[];
  readonly printed: string;
  readonly known?: KnownPerson;
}

interface TitlePhrase {
  readonly end: number;
  readonly head: "office" | "counterpart";
  readonly office: OfficeKind | undefined;
  /** Several offices at once: "the foreign and defence ministers". */
  readonly offices: readonly OfficeKind[];
  readonly plural: boolean;
  readonly acting: boolean;
  readonly former: boolean;
  readonly determiner: string | undefined;
  readonly parties: readonly string[];
  readonly partyReason: PartyReason | undefined;
}

/** A state or an organization before a title. */
interface StateBefore {
  readonly code: string;
  readonly codes: readonly string[];
  readonly end: number;
}

/** The words before a title, as far as they have been read. */
interface TitleLead {
  readonly determiner: string | undefined;
  end: number;
  acting: boolean;
  former: boolean;
  readonly parties: string[];
  partyReason: PartyReason | undefined;
}

interface TitleHead {
  readonly end: number;
  readonly head: "office" | "counterpart";
  readonly offices: OfficeKind[];
  readonly plural: boolean;
  readonly isPair: boolean;
  readonly acting: boolean;
  readonly implies?: string | undefined;
}

/** Finds who and what a text names. Reads the whole text once for names, then sentence by sentence. */
export class MentionReader {
  readonly text: Text;
  readonly persons: Person[] = [];
  readonly #tokens: readonly Token[];
  readonly #names: KnownNames | undefined;
  readonly #meanings = new Map<number, readonly Match<Meaning>[]>();
  /** The party that titles without a state belong to: the home of the agency, or the place of the report. */
  home: string | undefined;
  #isRegistering = false;
  /** The party of the ministry or seat of government named last. */
  #lastBody: string | undefined;

  constructor(text: Text, names: KnownNames | undefined, home: string | undefined) {
    this.text = text;
    this.#tokens = text.tokens;
    this.#names = names;
    this.home = home;
  }

  /** Registers all persons that the text names in full, so that "Austin" in a first sentence finds "Lloyd Austin". */
  register(): void {
    this.#isRegistering = true;
    for (const sentence of this.text.sentences) {
      if (sentence.zone !== "body") continue;
      for (let index = sentence.start; index < sentence.end;) {
        const found = this.nounPhraseAt(index, sentence.end);
        index = found ? Math.max(found.end, index + 1) : index + 1;
      }
    }
    this.#isRegistering = false;
    this.#registerPairs();
  }

  /**
   * "The defence ministers of South Korea and Japan met. Jeong Kyeong-doo and Takeshi Iwaya talked ...": names without
   * a title, as many as the parties and in their order, right after the offices.
   */
  #registerPairs(): void {
    this.#settleGenerals();
    const sentences = this.text.sentences.filter((sentence) => sentence.zone === "body");
    for (const [index, sentence] of sentences.entries()) {
      const offices = this.#officesIn(sentence.start, sentence.end);
      if (!offices) continue;
      for (const next of sentences.slice(index, index + 3)) {
        const names = this.#plainNames(next.start, next.end, offices.length);
        if (!names) continue;
        for (const [at, office] of offices.entries())
          this.#personOf(names[at] as NameMatch, listedPhrase(office), office);
        break;
      }
    }
  }

  /** A secretary-general without an organization is the one of the organization that the report names first. */
  #settleGenerals(): void {
    const open = this.persons.filter((person) => person.office === "SECRETARY_GENERAL" && person.party === undefined);
    if (open.length === 0) return;
    for (let index = 0; index < this.#tokens.length; index++) {
      const organization = this.meaningOf(index, this.#tokens.length, "organization");
      if (!organization) continue;
      for (const person of open) {
        person.party = organization.code;
        person.partyReason = "list";
      }
      return;
    }
  }

  /** Offices of several parties that one noun phrase gives without names. */
  #officesIn(start: number, end: number): readonly Mention[] | undefined {
    for (let index = start; index < end; index++) {
      const phrase = this.titlePhraseAt(index, end);
      if (!phrase?.plural || phrase.parties.length < 2 || phrase.offices.length > 0 || phrase.office === undefined)
        continue;
      const { mentions } = this.#perParty(index, phrase, []);
      const isOpen = phrase.parties.every(
        (party) => !this.persons.some((person) => person.party === party && person.office === phrase.office),
      );
      return isOpen ? mentions : undefined;
    }
    return undefined;
  }

  /** Exactly so many unknown full names in one list: "A and B", "A, B and C". */
  #plainNames(start: number, end: number, count: number): NameMatch[] | undefined {
    for (let index = start; index < end; index++) {
      const names: NameMatch[] = [];
      let at = index;
      for (;;) {
        const token = this.#token(at);
        const name = token && isNamePart(token) && at < end ? this.#nameWords(at, end) : undefined;
        const isOther = this.meaning(at, end)?.values.some((value) => value.type !== "town");
        if (!name || name.words.length < 2 || name.known || isOther) break;
        names.push(name);
        at = name.end;
        if (names.length === count) return names;
        const link = this.#word(at, end);
        if (link === ",") at += this.#word(at + 1, end) === "and" ? 2 : 1;
        else if (link === "and") at++;
        else break;
      }
    }
    return undefined;
  }

  meaning(at: number, limit: number): Match<Meaning> | undefined {
    const matches = this.#matches(at);
    for (let index = matches.length - 1; index >= 0; index--) {
      const match = matches[index] as Match<Meaning>;
      if (match.end <= limit) return match;
    }
    return undefined;
  }

  #matches(at: number): readonly Match<Meaning>[] {
    const kept = this.#meanings.get(at);
    if (kept) return kept;
    const isWord = this.#tokens[at] !== undefined && this.#tokens[at].type !== "mark";
    const matches = isWord ? gazetteer().all(this.#tokens, at, this.#tokens.length) : [];
    this.#meanings.set(at, matches);
    return matches;
  }

  meaningOf<T extends Meaning["type"]>(
    at: number,
    limit: number,
    type: T,
  ): (MeaningOf<T> & { end: number }) | undefined {
    const matches = this.#matches(at);
    for (let index = matches.length - 1; index >= 0; index--) {
      const match = matches[index] as Match<Meaning>;
      if (match.end > limit) continue;
      // A region hides the state in its name: "South China Sea".
      if (match.values.some((item) => item.type === "region") && type !== "region") return undefined;
      const value = match.values.find((item) => item.type === type);
      if (value) return { ...(value as MeaningOf<T>), end: match.end };
    }
    return undefined;
  }

  knownForum(at: number, limit: number): { end: number; name: string } | undefined {
    const match = this.#names?.forums.longest(this.#tokens, at, limit);
    const forum = match?.values[0];
    return match && forum ? { end: match.end, name: forum.name } : undefined;
  }

  /** Whether a name of a person that the record or this report knows begins here. */
  knownPerson(at: number, limit: number): boolean {
    return this.#names?.persons.longest(this.#tokens, at, limit) !== undefined;
  }

  #token(at: number): Token | undefined {
    return this.#tokens[at];
  }

  #word(at: number, limit: number): string {
    return at < limit ? (this.#tokens[at]?.folded ?? "") : "";
  }

  /** The mentions of one noun phrase that begins at a token, without what it is coordinated with. */
  nounPhraseAt(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    const token = this.#token(at);
    if (!token || token.type === "mark" || at >= limit) return undefined;
    if (token.type === "number" && !/^\d/.test(token.text)) return undefined;
    const found =
      this.#titled(at, limit) ??
      this.#ranked(at, limit) ??
      this.#named(at, limit) ??
      this.#body(at, limit) ??
      this.#party(at, limit) ??
      this.#pronoun(at, limit) ??
      this.#anaphor(at, limit);
    if (!found || found.mentions.length === 0) return undefined;
    return this.#withPossessive(found, limit);
  }

  #withPossessive(found: { end: number; mentions: Mention[] }, limit: number): { end: number; mentions: Mention[] } {
    const mark = this.#word(found.end, limit);
    if (mark !== "'s" && !(mark === "'" && this.#token(found.end)?.glued)) return found;
    if (mark === "'" && !/s$/.test(this.#word(found.end - 1, limit))) return found;
    return { end: found.end + 1, mentions: found.mentions.map((mention) => ({ ...mention, possessive: true })) };
  }

  // --- titles

  /** A state as an adjective or owner before a title: "Chinese", "China's", "U.S.", "Seoul's", "NATO". */
  #stateBefore(at: number, limit: number): StateBefore | undefined {
    const state = this.meaningOf(at, limit, "state") ?? this.meaningOf(at, limit, "organization");
    const group = state ? undefined : this.meaningOf(at, limit, "group");
    const codes = state ? [state.code] : (group?.members ?? []);
    const [code] = codes;
    if (code === undefined) return undefined;
    let end = state?.end ?? group?.end ?? at;
    if (this.#word(end, limit) === "'s" || (this.#word(end, limit) === "'" && this.#token(end)?.glued)) end++;
    return { code, codes, end };
  }

  /** A list of states: "South Korea, Japan and the United States". */
  statesAt(at: number, limit: number): { codes: string[]; end: number } | undefined {
    const codes: string[] = [];
    let index = at;
    let end = at;
    while (index < limit) {
      if (/^(?:the|both|neighbouring|host|fellow)$/.test(this.#word(index, limit))) index++;
      const match = this.meaning(index, limit);
      const values = match?.values ?? [];
      const named = values.find((value) => value.type === "state" && value.form !== "demonym");
      const state =
        named ??
        values.find((value) => value.type === "state") ??
        values.find((value) => value.type === "organization");
      if (!match || (state?.type !== "state" && state?.type !== "organization")) break;
      if (state.type === "state" && state.form === "demonym" && isCapitalized(this.#token(match.end))) break;
      codes.push(state.code);
      end = match.end;
      index = end;
      if (this.#word(index, limit) === "(") {
        const close = this.#closing(index, limit);
        if (close !== undefined && close - index <= 4) index = end = close + 1;
      }
      const link = this.#word(index, limit);
      if (link === "," && /^(?:and|&)$/.test(this.#word(index + 1, limit))) index += 2;
      else if (link === "," || link === "and" || link === "&") index++;
      else break;
    }
    return codes.length > 0 ? { codes, end } : undefined;
  }

  #closing(at: number, limit: number): number | undefined {
    for (let index = at + 1; index < limit && index < at + 12; index++)
      if (this.#word(index, limit) === ")") return index;
    return undefined;
  }

  /** A title with what stands before and after it, without the name. */
  titlePhraseAt(at: number, limit: number): TitlePhrase | undefined {
    const lead = this.#titleLead(at, limit);
    const head = lead && this.#titleHead(lead.end, limit);
    if (!lead || !head) return undefined;
    const { acting, former, determiner } = lead;
    const unit = this.#afterUnits(head.end, limit);
    this.#addImpliedParty(lead, head);
    const after = this.#ownerAfter(this.#skipAcronym(unit, limit), limit, head.offices[0]);
    if (after && after.parties.length > 0 && lead.parties.length === 0) {
      lead.parties.push(...after.parties);
      lead.partyReason = "said";
    }
    return {
      end: this.#skipAcronym(after ? after.end : this.#skipAcronym(unit, limit), limit),
      head: head.head,
      office: officeOf(head.offices),
      offices: head.isPair ? head.offices.map((office) => officeOf([office]) ?? office) : [],
      plural: head.plural,
      acting: acting || head.acting,
      former,
      determiner,
      parties: lead.parties,
      partyReason: lead.partyReason,
    };
  }

  /** The words before a title: "the former Chinese", "a senior Pentagon". */
  #titleLead(at: number, limit: number): TitleLead | undefined {
    const first = this.#word(at, limit);
    const determiner = determiners.has(first) ? first : undefined;
    const lead: TitleLead = {
      determiner,
      end: determiner === undefined ? at : at + 1,
      acting: false,
      former: false,
      parties: [],
      partyReason: undefined,
    };
    for (;;) {
      const word = this.#word(lead.end, limit);
      // "President of ..." and "Ambassador" are titles even where the phrase before them is a state.
      if (this.meaningOf(lead.end, limit, "title") && !modifiers.has(word)) return lead;
      const state = this.#stateBefore(lead.end, limit);
      if (state) {
        if (!this.#addState(lead, state, at, limit)) return undefined;
      } else if (!this.#addInstitution(lead, limit) && !this.#addModifier(lead, limit)) return lead;
    }
  }

  /** @returns whether the phrase can still be one of a title. */
  #addState(lead: TitleLead, state: StateBefore, start: number, limit: number): boolean {
    if (lead.parties.length > 0 && !this.#isListed(lead.end, start, limit)) return false;
    lead.parties.push(...state.codes);
    lead.partyReason = "said";
    lead.end = state.end;
    const link = this.#word(state.end, limit);
    if (link === "-" && this.#stateBefore(state.end + 1, limit)) return false;
    if (link !== "," && link !== "and" && link !== "&") return true;
    const next = state.end + (this.#word(state.end + 1, limit) === "and" ? 2 : 1);
    if (this.#stateBefore(next, limit) && this.#hasPluralHead(next, limit)) lead.end = next;
    return true;
  }

  #addInstitution(lead: TitleLead, limit: number): boolean {
    const implied = lead.parties.length === 0 ? this.#ownerInstitution(lead.end, limit) : undefined;
    if (!implied) return false;
    lead.parties.push(implied.party);
    lead.partyReason = "said";
    lead.end = implied.end;
    return true;
  }

  #addModifier(lead: TitleLead, limit: number): boolean {
    const word = this.#word(lead.end, limit);
    if (modifiers.has(word)) {
      if (/^(?:acting|interim|caretaker)$/.test(word)) lead.acting = true;
      if (/^(?:former|then|ex|late|outgoing)$/.test(word)) lead.former = word !== "outgoing";
      lead.end++;
      if (this.#word(lead.end, limit) === "-" && this.#token(lead.end)?.glued) lead.end++;
      return true;
    }
    if (!/^(?:country|nation|kingdom|republic|island)$/.test(word)) return false;
    if (this.#word(lead.end + 1, limit) !== "'s") return false;
    lead.end += 2;
    return true;
  }

  /** The end of "Department" and the like after a title. */
  #afterUnits(at: number, limit: number): number {
    let end = at;
    const isUnit = (word: string) => /^(?:department|headquarters|committee)$/.test(word);
    while (isUnit(this.#word(end, limit)) && isCapitalized(this.#token(end))) end++;
    return end;
  }

  #addImpliedParty(lead: TitleLead, head: TitleHead): void {
    if (lead.parties.length > 0) return;
    const isOfBody = /^(?:its|their)$/.test(lead.determiner ?? "") && head.offices.includes("OFFICIAL");
    if (isOfBody && this.#lastBody !== undefined) {
      lead.parties.push(this.#lastBody);
      lead.partyReason = "said";
    } else if (head.implies !== undefined) {
      lead.parties.push(head.implies);
      lead.partyReason = "title";
    }
  }

  #isListed(at: number, start: number, _limit: number): boolean {
    const before = this.#tokens[at - 1]?.folded ?? "";
    return at > start && /^(?:,|and|&)$/.test(before);
  }

  #hasPluralHead(at: number, limit: number): boolean {
    for (let index = at; index < limit && index < at + 12; index++) {
      const word = this.#word(index, limit);
      if (/^(?:counterparts|colleagues)$/.test(word)) return true;
      const title = this.meaningOf(index, limit, "title");
      if (title) return title.plural;
      if (/^(?:and|,|&|the)$/.test(word) || this.#stateBefore(index, limit)) continue;
      if (/^(?:foreign|defence|national)$/.test(word)) continue;
      if (this.#tokens[index - 1] && this.#stateBefore(index - 1, limit)) return false;
    }
    return false;
  }

  /** "a Pentagon spokesperson", "the Kremlin spokesman" */
  #ownerInstitution(at: number, limit: number): { party: string; end: number } | undefined {
    const institution = this.meaningOf(at, limit, "institution");
    if (!institution) return undefined;
    const next = institution.end;
    const skip = this.#word(next, limit) === "'s" ? next + 1 : next;
    if (!this.meaningOf(skip, limit, "title")) return undefined;
    const party = institution.party ?? this.home;
    return party === undefined ? undefined : { party, end: skip };
  }

  #titleHead(at: number, limit: number): TitleHead | undefined {
    const pair = this.#pairedTitle(at, limit);
    if (pair) return pair;
    const first = this.#word(at, limit);
    const second = `${first} ${this.#word(at + 1, limit)}`;
    if (counterparts.has(first) || counterparts.has(second)) {
      const isLong = counterparts.has(second);
      return {
        end: at + (isLong ? 2 : 1),
        head: "counterpart",
        offices: [],
        plural: /s$/.test(first),
        isPair: false,
        acting: false,
      };
    }
    const title = this.meaningOf(at, limit, "title");
    if (!title) return undefined;
    const offices = [title.kind];
    let { end, implies } = title;
    let acting = false;
    for (;;) {
      const link = this.#word(end, limit);
      const isList = link === "," && this.#word(end + 1, limit) === "and";
      const step = /^(?:and|&|cum)$/.test(link) ? 1 : isList ? 2 : 0;
      if (step === 0 || title.plural) break;
      let next = end + step;
      if (this.#word(next, limit) === "the") next++;
      if (this.#word(next, limit) === "acting") {
        acting = true;
        next++;
      }
      if (this.#word(next, limit) === "concurrently") next++;
      const other = this.meaningOf(next, limit, "title");
      if (!other || other.plural) {
        const extended = this.#extendedPortfolio(end, limit);
        if (extended !== undefined) end = extended;
        break;
      }
      offices.push(other.kind);
      implies ??= other.implies;
      end = other.end;
    }
    return { end, head: "office", offices, plural: title.plural, isPair: false, acting, implies };
  }

  /** "Minister of Defence and Security Affairs": the words that go on with the portfolio. */
  #extendedPortfolio(at: number, limit: number): number | undefined {
    const pattern =
      /^(?:security|veterans?|military|aerospace|affairs|sports?|civil|protection|home|interior|emergencies|production|urban|urbanism|nuclear|energy|maritime|space)$/;
    let index = at + 1;
    while (index < limit && isCapitalized(this.#token(index)) && pattern.test(this.#word(index, limit))) index++;
    return index > at + 1 ? index : undefined;
  }

  /** "the foreign and defence ministers" */
  #pairedTitle(at: number, limit: number) {
    const words = [0, 1, 2, 3].map((step) => this.#word(at + step, limit));
    const [first, link, second, head] = words;
    if (link !== "and" && link !== "&") return undefined;
    const kinds: Partial<Record<string, OfficeKind>> = {
      foreign: "FOREIGN_MINISTER",
      defence: "DEFENCE_MINISTER",
      external: "FOREIGN_MINISTER",
    };
    const [one, two] = [kinds[first ?? ""], kinds[second ?? ""]];
    if (
      !one ||
      !two ||
      one === two ||
      !/^(?:ministers|secretaries|chiefs|ministerial)$/.test(head ?? "") ||
      head === "ministerial"
    )
      return undefined;
    return {
      end: at + 4,
      head: "office" as const,
      offices: [one, two],
      plural: true,
      isPair: true,
      acting: false,
      implies: undefined,
    };
  }

  #skipAcronym(at: number, limit: number): number {
    if (this.#word(at, limit) !== "(") return at;
    const close = this.#closing(at, limit);
    return close !== undefined &&
      close - at <= 4 &&
      /^\p{Lu}/u.test(this.#token(at + 1)?.text ?? "") &&
      !this.meaningOf(at + 1, limit, "state")
      ? close + 1
      : at;
  }

  /** "of China", "for Australia", "of the Vietnam People's Army", "to India", "of the ministry in Beijing", "for Policy" */
  #ownerAfter(
    at: number,
    limit: number,
    office: OfficeKind | undefined,
  ): { end: number; parties: string[] } | undefined {
    const link = this.#word(at, limit);
    if (!/^(?:of|for|from|to|in|at)$/.test(link)) return undefined;
    let index = at + 1;
    if (this.#word(index, limit) === "the") index++;
    if (link === "to" || link === "in" || link === "at") {
      if (link === "to" && office === "AMBASSADOR") {
        const states = this.statesAt(index, limit);
        return states ? { end: states.end, parties: [] } : undefined;
      }
      return undefined;
    }
    if (
      /^(?:both|two|respective)$/.test(this.#word(index, limit)) &&
      /^(?:countries|nations|sides|states|armies|militaries)$/.test(this.#word(index + 1, limit))
    ) {
      return { end: index + 2, parties: [] };
    }
    const body = this.#armedBody(index, limit);
    if (body) return body;
    const states = this.statesAt(index, limit);
    if (states) {
      const next = this.#word(states.end, limit);
      if (next === "'s" && states.codes.length === 1) {
        // "commander of China's navy", "Chairman of Pakistan's Joint Chiefs of Staff Committee"
        return { end: this.#bodyWords(states.end + 1, limit), parties: states.codes };
      }
      return { end: states.end, parties: states.codes };
    }
    const organization = this.meaningOf(index, limit, "institution");
    if (organization && this.#word(organization.end, limit) === "in") {
      const city = this.meaningOf(organization.end + 1, limit, "state");
      if (city) return { end: city.end, parties: [city.code] };
    }
    if (link === "for" || link === "of") {
      let end = index;
      while (
        end < limit &&
        end < index + 7 &&
        (isCapitalized(this.#token(end)) || /^(?:and|of|-|the|for|&|on)$/.test(this.#word(end, limit)))
      ) {
        if (this.meaningOf(end, limit, "rank") && end > index) break;
        end++;
      }
      while (end > index && /^(?:and|of|-|the|for|&|on)$/.test(this.#word(end - 1, limit))) end--;
      if (end > index && end - index <= 4 && link === "for") return { end, parties: [] };
    }
    return undefined;
  }

  #bodyWords(at: number, limit: number): number {
    let index = at;
    while (index < limit && index < at + 7) {
      const word = this.#word(index, limit);
      const isPart = isCapitalized(this.#token(index))
        ? !this.meaningOf(index, limit, "rank")
        : armedBodies.has(word) || word === "of" || word === "the";
      if (this.#token(index)?.type !== "word" || !isPart) break;
      index++;
    }
    return index;
  }

  /** "the Vietnam People's Army", "the Chinese People's Liberation Army", "the Armed Forces of the Philippines" */
  #armedBody(at: number, limit: number): { end: number; parties: string[] } | undefined {
    let party: string | undefined;
    let bodyEnd: number | undefined;
    let index = at;
    while (index < limit && index < at + 9) {
      const word = this.#word(index, limit);
      const state = this.meaningOf(index, limit, "state") ?? this.meaningOf(index, limit, "organization");
      if (state) {
        party ??= state.code;
        index = state.end;
        if (bodyEnd !== undefined) bodyEnd = index;
      } else if (armedBodies.has(word) && (isCapitalized(this.#token(index)) || party !== undefined)) {
        index++;
        bodyEnd = index;
      } else if (
        isCapitalized(this.#token(index)) &&
        !this.meaningOf(index, limit, "rank") &&
        word !== "-" &&
        bodyEnd === undefined
      )
        index++;
      else if (word === "'s" || word === "-" || word === "'") index++;
      else if (word === "of" && bodyEnd !== undefined) index += this.#word(index + 1, limit) === "the" ? 2 : 1;
      else break;
      if (
        bodyEnd !== undefined &&
        party !== undefined &&
        this.#word(index, limit) !== "of" &&
        !armedBodies.has(this.#word(index, limit))
      )
        break;
    }
    return party !== undefined && bodyEnd !== undefined
      ? { end: Math.max(bodyEnd, at + 1), parties: [party] }
      : undefined;
  }

  // --- names

  /** Ranks and honorifics before a name. */
  #skipRanks(at: number, limit: number): number {
    let index = at;
    for (;;) {
      const match = this.meaning(index, limit);
      const isRank = match?.values.some((value) => value.type === "rank" || value.type === "honorific");
      if (!match || !isRank) return index;
      if (
        !isCapitalized(this.#token(index)) &&
        !(this.#word(index, limit) === "the" && isCapitalized(this.#token(index + 1)))
      )
        return index;
      // "General Secretary", "Secretary General": a longer title wins over its first word.
      if (match.values.some((value) => value.type === "title" && value.kind !== "AMBASSADOR") && match.end - index > 1)
        return index;
      if (
        index > at &&
        match.values.some((value) => value.type === "title") &&
        this.#nameWords(match.end, limit) === undefined
      )
        return index;
      index = match.end;
      if (this.#word(index, limit) === "(") {
        const close = this.#closing(index, limit);
        if (close !== undefined && close - index <= 3) index = close + 1;
      }
    }
  }

  #nameWords(at: number, limit: number): NameMatch | undefined {
    const known = this.#names?.persons.longest(this.#tokens, at, limit);
    const words: string[] = [];
    let printed = "";
    let index = at;
    while (index < limit && words.length < 7) {
      const token = this.#token(index) as Token;
      if (token.text === "-" && token.glued && words.length > 0) {
        const next = this.#token(index + 1);
        if (!next || next.type !== "word" || !next.glued) break;
        words.push(next.folded);
        printed += `-${next.text}`;
        index += 2;
        continue;
      }
      if (/^[“"‘'(]$/.test(token.text) && words.length > 0 && isNickname(this.#tokens, index, limit)) {
        index += 3;
        continue;
      }
      if (suffixes.test(token.text)) {
        if (words.length === 0) break;
        index++;
        continue;
      }
      if (token.text === "," && suffixes.test(this.#token(index + 1)?.text ?? "") && words.length > 0) {
        index += 2;
        continue;
      }
      const isParticle = words.length > 0 && particles.has(token.folded) && token.type === "word";
      if (isParticle && !isCapitalized(token)) {
        if (!this.#continuesName(index + 1, limit)) break;
      } else if (!isNamePart(token) || !this.#canContinue(index, limit, words.length, at)) break;
      words.push(token.folded);
      printed += (printed === "" ? "" : " ") + token.text;
      index++;
    }
    if (words.length === 0 && !known) return undefined;
    index = this.#afterSuffix(index, limit);
    if (known && known.end >= index) {
      const end = this.#afterSuffix(known.end, limit);
      return { end, words: foldedWords(this.#tokens, at, known.end), printed, known: known.values[0] as KnownPerson };
    }
    if (words.length === 0) return undefined;
    return known && known.end > at
      ? { end: index, words, printed, known: known.values[0] as KnownPerson }
      : { end: index, words, printed };
  }

  #afterSuffix(at: number, limit: number): number {
    const token = at < limit ? this.#token(at) : undefined;
    const end = token && suffixes.test(token.text) ? at + 1 : at;
    const isAside =
      this.#word(end, limit) === "(" &&
      this.#word(end + 2, limit) === ")" &&
      /^(?:retired|retd|rtd|ret|r|l|left|right|centre|center)\.?$/.test(this.#word(end + 1, limit));
    return isAside ? end + 3 : end;
  }

  #continuesName(at: number, limit: number): boolean {
    const word = this.#word(at, limit);
    const next = at < limit ? this.#token(at) : undefined;
    if (next?.text === "-") return isCapitalized(this.#token(at + 1));
    return isCapitalized(next) ? !notNames.has(word) : particles.has(word) && isCapitalized(this.#token(at + 1));
  }

  /** Whether a capitalized word can be part of a name here: not a weekday, a title, or a state before a title. */
  #canContinue(at: number, limit: number, length: number, start: number): boolean {
    const word = this.#word(at, limit);
    if (notNames.has(word)) return false;
    const match = this.meaning(at, limit);
    if (!match) return true;
    const types = match.values.map((value) => value.type);
    if (types.includes("title") && match.end - at > 1) return false;
    if (types.includes("title") && length > 0) return false;
    if (
      types.includes("institution") ||
      types.includes("agency") ||
      types.includes("region") ||
      types.includes("group")
    )
      return false;
    if (types.includes("organization") && length > 0) return false;
    if (types.includes("forum") && match.end - at > 1) return false;
    const state = match.values.find((value) => value.type === "state");
    if (state) {
      // "Ron Mark", "Hassan Sheikh Mohamud", "Michael Jordan": the last word of a name may be a place.
      if (length === 0)
        return (
          at === start &&
          isCapitalized(this.#token(match.end)) &&
          !this.#isTitleAt(match.end, limit) &&
          match.end - at === 1 &&
          state.form !== "demonym"
        );
      return (
        !this.#isTitleAt(match.end, limit) &&
        this.#word(match.end, limit) !== "'s" &&
        length < 2 &&
        match.end - at === 1 &&
        state.form !== "demonym"
      );
    }
    return true;
  }

  #isTitleAt(at: number, limit: number): boolean {
    return this.meaningOf(at, limit, "title") !== undefined;
  }

  /** "the Chinese Defence Minister, General Dong Jun", "Raksha Mantri Shri Rajnath Singh", "his counterparts from A and B" */
  #titled(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    const phrase = this.titlePhraseAt(at, limit) ?? this.#namedHead(at, limit);
    if (!phrase) return undefined;
    if (phrase.plural) return this.#titledMany(at, phrase, limit);
    if (!phrase.plural && phrase.parties.length > 1) return this.#perParty(at, phrase, []);
    const name = this.#nameAfterTitle(phrase, limit);
    if (name && name.words.length > 0) {
      const person = this.#personOf(name, phrase, { start: at, end: name.end });
      if (person) return this.#finishNamed(at, name.end, person, phrase, limit);
    }
    if (!this.#isOffice(at, phrase)) return undefined;
    const mention: Mention = {
      start: at,
      end: phrase.end,
      head: phrase.head,
      office: phrase.office,
      acting: phrase.acting,
      former: phrase.former,
      determiner: phrase.determiner,
      party: phrase.parties[0],
      partyReason: phrase.partyReason,
      plural: false,
    };
    return { end: phrase.end, mentions: [mention] };
  }

  /** "The head of Ukraine's navy, Vice Admiral X, ...": a loose title counts where a name follows. */
  #namedHead(at: number, limit: number): TitlePhrase | undefined {
    const loose = this.#looseTitle(at, limit);
    if (!loose || this.#word(loose.end, limit) !== ",") return undefined;
    const start = this.#skipRanks(loose.end + 1, limit);
    const name = this.#nameWords(start, limit);
    return name && (start > loose.end + 1 || name.known) ? loose : undefined;
  }

  /** A lower-case one-word title points back: "the president"; "chairman" and "commander" alone are common words. */
  #isOffice(at: number, phrase: TitlePhrase): boolean {
    if (phrase.head === "counterpart" || phrase.parties.length > 0) return true;
    const length = phrase.end - at - (phrase.determiner === undefined ? 0 : 1);
    return length > 1 || phrase.office !== "OTHER";
  }

  #nameAfterTitle(phrase: TitlePhrase, limit: number): NameMatch | undefined {
    const direct = this.#skipRanks(phrase.end, limit);
    const name = this.#nameWords(direct, limit);
    if (name) return name;
    // "the Secretary of Defense of the United States, Mr Lloyd Austin, met ..."
    const dash = this.#word(phrase.end, limit);
    if (dash !== "," && dash !== "—" && dash !== "–") return undefined;
    const next = this.#skipRanks(phrase.end + 1, limit);
    const after = this.#nameWords(next, limit);
    if (!after || this.#titledStart(phrase.end + 1, limit)) return undefined;
    if (after.words.length < 2 && !this.#find(after)) return undefined;
    const follow = this.#word(after.end, limit);
    const isClosed =
      /^(?:,|\.|;|\)|and|—|–|)$/.test(follow) || after.end >= limit || this.#word(after.end, limit) === "of";
    return isClosed || next > phrase.end + 1 ? after : undefined;
  }

  /** Whether another titled person begins here: "the foreign minister, Defence Minister X and ..." is a list. */
  #titledStart(at: number, limit: number): boolean {
    const other = this.titlePhraseAt(at, limit);
    if (!other) return false;
    const match = this.meaning(at, limit);
    return !match?.values.some((value) => value.type === "rank" || value.type === "honorific");
  }

  #titledMany(at: number, phrase: TitlePhrase, limit: number): { end: number; mentions: Mention[] } | undefined {
    const names = this.#nameList(phrase, limit);
    if (names.length > 0) {
      const mentions = names.map((name, index): Mention => {
        const party =
          phrase.parties.length === names.length
            ? phrase.parties[index]
            : phrase.parties.length === 1
              ? phrase.parties[0]
              : undefined;
        const one = { ...phrase, parties: party === undefined ? [] : [party] };
        const person = this.#personOf(name, one, { start: index === 0 ? at : name.start, end: name.end });
        const start = index === 0 ? at : name.start;
        return {
          start,
          end: name.end,
          head: "person",
          person,
          party: person?.party,
          partyReason: person?.partyReason,
          office: person?.office,
        };
      });
      const last = names.at(-1);
      const end = last ? this.#skipOwner(last.end, limit, mentions) : phrase.end;
      return { end, mentions };
    }
    return this.#perParty(at, phrase, phrase.offices);
  }

  /** One mention for each party (and each of several offices): "the defence ministers of South Korea and Japan". */
  #perParty(at: number, phrase: TitlePhrase, offices: readonly OfficeKind[]): { end: number; mentions: Mention[] } {
    const base = {
      start: at,
      end: phrase.end,
      head: phrase.head,
      acting: phrase.acting,
      former: phrase.former,
      determiner: phrase.determiner,
    };
    const kinds = offices.length > 0 ? offices : [phrase.office];
    if (phrase.parties.length === 0)
      return { end: phrase.end, mentions: [{ ...base, plural: true, office: phrase.office }] };
    const mentions = phrase.parties.flatMap((party) =>
      kinds.map((office) => ({
        ...base,
        party,
        partyReason: phrase.partyReason,
        office: office,
        many: true,
        plural: phrase.parties.length === 1 && offices.length === 0,
      })),
    );
    return { end: phrase.end, mentions };
  }

  /** Names after a plural title: ", Lloyd Austin and Yasukazu Hamada", "Rajnath Singh and Dong Jun" */
  #nameList(phrase: TitlePhrase, limit: number): (NameMatch & { start: number })[] {
    const opener = this.#word(phrase.end, limit);
    const isOpened = /^[,—–:-]$/.test(opener);
    let index = isOpened ? phrase.end + 1 : phrase.end;
    while (/^[-—–]$/.test(this.#word(index, limit))) index++;
    const names: (NameMatch & { start: number })[] = [];
    let hasLink = false;
    for (;;) {
      if (this.titlePhraseAt(index, limit)?.head === "office" && this.#titledStart(index, limit)) return [];
      const start = this.#skipRanks(index, limit);
      const name = this.#nameWords(start, limit);
      if (!name) break;
      names.push({ ...name, start: index });
      index = name.end;
      const owner = /^(?:of|from)$/.test(this.#word(index, limit))
        ? this.statesAt(this.#word(index + 1, limit) === "the" ? index + 2 : index + 1, limit)
        : undefined;
      if (owner && owner.codes.length >= 1) index = this.#firstStateEnd(index, limit) ?? index;
      const link = this.#word(index, limit);
      if (link === "and" || link === "&") {
        hasLink = true;
        index++;
      } else if (link === "," && !hasLink) index += this.#word(index + 1, limit) === "and" ? 2 : 1;
      else break;
    }
    return names.length >= 2 && hasLink ? names : [];
  }

  #firstStateEnd(at: number, limit: number): number | undefined {
    const index = this.#word(at + 1, limit) === "the" ? at + 2 : at + 1;
    return this.meaningOf(index, limit, "state")?.end;
  }

  #skipOwner(at: number, limit: number, _mentions: readonly Mention[]): number {
    if (!/^(?:of|from)$/.test(this.#word(at, limit))) return at;
    return this.#firstStateEnd(at, limit) ?? at;
  }

  /** "General Li Shangfu", "Mr Rajnath Singh, Minister of Defence of India,", "Secretary Austin" */
  #ranked(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    // "Gen Nakatani" is a name that the record knows, not a rank.
    if (this.#names?.persons.longest(this.#tokens, at, limit)) return undefined;
    const start = at;
    const index = this.#skipRanks(start, limit);
    if (index === start) return undefined;
    const name = this.#nameWords(index, limit);
    if (!name) return undefined;
    const apposition = this.#appositionAt(name.end, limit);
    const existing = this.#find(name, this.#rankOffice(at, limit));
    if (!existing && !apposition && !name.known && name.words.length < 2) return undefined;
    const person = this.#personOf(name, apposition?.phrase, { start: at, end: apposition?.end ?? name.end });
    if (!person) return undefined;
    return this.#finishNamed(at, name.end, person, apposition?.phrase, limit, apposition?.end);
  }

  /** "President X" and "Minister X" say the office too; used to tell namesakes apart. */
  #rankOffice(at: number, limit: number): OfficeKind | undefined {
    return this.meaningOf(at, limit, "title")?.kind;
  }

  /** "Lloyd Austin", "Wang Yi, the head of ...", "Austin" */
  #named(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    const token = this.#token(at);
    if (!token || !isNamePart(token)) return undefined;
    const name = this.#nameWords(at, limit);
    if (!name) return undefined;
    const apposition = name.words.length >= 2 || name.known ? this.#appositionAt(name.end, limit) : undefined;
    if (!name.known && !apposition) {
      const existing = this.#find(name);
      if (existing) return this.#finishNamed(at, name.end, existing, undefined, limit);
      const shorter = this.#knownStart(at, limit, name);
      if (shorter) return this.#finishNamed(at, shorter.end, shorter.person, undefined, limit);
      return undefined;
    }
    const person = this.#personOf(name, apposition?.phrase, { start: at, end: apposition?.end ?? name.end });
    if (!person) return undefined;
    return this.#finishNamed(at, name.end, person, apposition?.phrase, limit, apposition?.end);
  }

  /** A person whose name is the beginning of a longer run of capitals: "Austin Monday". */
  #knownStart(at: number, limit: number, name: NameMatch): { person: Person; end: number } | undefined {
    for (let end = name.end - 1; end > at; end--) {
      const words = foldedWords(this.#tokens, at, end);
      const person = this.#find({ end, words, printed: "" });
      if (person && end <= limit) return { person, end };
    }
    return undefined;
  }

  /** ", Minister of Defence of India," or ", the head of the party's office," after a name. */
  #appositionAt(at: number, limit: number): { end: number; phrase: TitlePhrase } | undefined {
    const opener = this.#word(at, limit);
    if (opener !== "," && opener !== "(" && opener !== "—" && opener !== "–") {
      // Frames read "John Healey is the defence secretary".
      return undefined;
    }
    const close = opener === "(" ? ")" : ",";
    let index = at + 1;
    if (this.#word(index, limit) === "who" && /^(?:is|was)$/.test(this.#word(index + 1, limit))) index += 2;
    const phrase = this.titlePhraseAt(index, limit) ?? this.#looseTitle(index, limit);
    if (!phrase || phrase.plural) return undefined;
    const name = this.#nameWords(this.#skipRanks(phrase.end, limit), limit);
    if (name && !this.meaningOf(phrase.end, limit, "state")) return undefined;
    let end = phrase.end;
    // The rest of the apposition up to its comma, as long as no verb could follow.
    for (let step = 0; step < 8 && end < limit; step++) {
      const word = this.#word(end, limit);
      if (word === close || word === "." || word === ";") break;
      if (
        /^(?:met|said|held|told|spoke|and|led|chaired|hosted|received|signed|will|is|was|has|had|arrived|agreed)$/.test(
          word,
        )
      )
        break;
      end++;
    }
    const word = this.#word(end, limit);
    if (end >= limit || /^[,.;)]$/.test(word) || word === "and" || word === "") {
      return { end: word === close && opener !== "," ? end + 1 : end, phrase };
    }
    return { end: phrase.end, phrase };
  }

  /** "the head of the Communist Party's foreign affairs office", "commander of the U.S. Pacific Command" */
  #looseTitle(at: number, limit: number): TitlePhrase | undefined {
    let index = at;
    let former = false;
    const determiner = determiners.has(this.#word(index, limit)) ? this.#word(index++, limit) : undefined;
    if (/^(?:then|former)$/.test(this.#word(index, limit))) {
      former = true;
      index++;
    }
    const state = this.#stateBefore(index, limit);
    if (state) index = state.end;
    const word = this.#word(index, limit);
    if (
      !/^(?:head|chief|director|chair|chairman|chairwoman|chairperson|leader|speaker|deputy|commander|coordinator|adviser|advisor|member|envoy|undersecretary|secretary)$/.test(
        word,
      )
    )
      return undefined;
    if (!/^(?:of|for|to)$/.test(this.#word(index + 1, limit)) && !state) return undefined;
    const parties: string[] = state ? [state.code] : [];
    let end = index + 1;
    while (end < limit && end < index + 14) {
      const stop = this.#word(end, limit);
      if (/^[,.;]$/.test(stop)) break;
      const owner = this.meaningOf(end, limit, "state");
      if (owner && parties.length === 0) parties.push(owner.code);
      end = owner ? owner.end : end + 1;
    }
    const body = this.#tokens
      .slice(index, end)
      .map((token) => token.folded)
      .join(" ");
    const isService = /^(?:head|chief|commander) of .*\b(?:navy|army|air force|ground forces|land forces)$/.test(body);
    const isOfficial = word === "director" || word === "adviser" || word === "advisor";
    return {
      end,
      head: "office",
      office: isService ? "SERVICE_CHIEF" : isOfficial ? "OFFICIAL" : "OTHER",
      offices: [],
      plural: false,
      acting: false,
      former,
      determiner,
      parties,
      partyReason: isService || parties.length > 0 ? "said" : undefined,
    };
  }

  /** Ends a named mention: apposition, "of India", "(India)". */
  #finishNamed(
    at: number,
    nameEnd: number,
    person: Person,
    phrase: TitlePhrase | undefined,
    limit: number,
    appositionEnd?: number,
  ): { end: number; mentions: Mention[] } {
    let end = appositionEnd ?? nameEnd;
    if (appositionEnd === undefined) {
      const link = this.#word(end, limit);
      if (link === "of" || link === "from") {
        const index = this.#word(end + 1, limit) === "the" ? end + 2 : end + 1;
        const state = this.meaningOf(index, limit, "state");
        if (state && state.form === "name" && !(state.code === person.party)) {
          if (person.party === undefined || person.partyReason === "home") {
            person.party = state.code;
            person.partyReason = "said";
          }
          end = state.end;
        } else if (state?.form === "name") end = state.end;
      } else if (link === "(" && this.#closing(end, limit) !== undefined) {
        const close = this.#closing(end, limit) as number;
        const state = this.meaningOf(end + 1, limit, "state");
        if (state && state.end === close && person.party === undefined) {
          person.party = state.code;
          person.partyReason = "said";
          end = close + 1;
        } else if (close - end <= 2) end = close + 1;
      } else if (!phrase || phrase.head === "counterpart" || phrase.office === undefined) {
        const apposition = this.#appositionAt(end, limit);
        if (apposition) {
          this.#enrich(person, apposition.phrase, { start: at, end: apposition.end });
          end = apposition.end;
        }
      }
    }
    const mention: Mention = {
      start: at,
      end,
      head: "person",
      person,
      party: person.party,
      partyReason: person.partyReason,
      office: person.office,
      acting: phrase?.acting ?? false,
      determiner: phrase?.determiner,
    };
    return { end, mentions: [mention] };
  }

  // --- persons

  #find(name: NameMatch, office?: OfficeKind): Person | undefined {
    if (name.known) {
      const slug = name.known.slug;
      return this.persons.find((person) => person.slug === slug);
    }
    const words = plainWords(name.words);
    if (words.length === 0) return undefined;
    const fitting = this.persons.filter((person) => isPartOfName(words, person.words));
    if (fitting.length <= 1) return fitting[0];
    const same = fitting.filter((person) => office !== undefined && person.office === office);
    if (same.length === 1) return same[0];
    const family = fitting.filter((person) => person.words.at(-1) === words.at(-1) || person.words[0] === words[0]);
    return family.length === 1 ? family[0] : undefined;
  }

  /** The person of a name with title; made where the text has not named it before. */
  #personOf(name: NameMatch, phrase: TitlePhrase | undefined, span: Span): Person | undefined {
    const existing = this.#find(name, phrase?.office);
    const isSame = existing && !(phrase && this.#isOther(existing, name, phrase));
    if (isSame) {
      if (phrase) this.#enrich(existing, phrase, span);
      return existing;
    }
    const words = plainWords(name.words);
    if (
      !name.known &&
      words.length < 2 &&
      !(words.length === 1 && phrase && this.#isRegistering === false && !existing)
    )
      return undefined;
    if (!name.known && words.length === 1 && !(phrase && phrase.head === "office")) return undefined;
    const slug = name.known?.slug ?? slugOf(withoutSuffix(name.printed));
    if (slug === "") return undefined;
    const person: Person = {
      slug,
      words: name.known ? mergedWords(name.known.name, words) : words,
      party: undefined,
      partyReason: undefined,
      office: undefined,
      acting: false,
      former: false,
      officeSpan: undefined,
      isKnown: name.known !== undefined,
    };
    this.persons.push(person);
    if (phrase) this.#enrich(person, phrase, span);
    if (name.known?.state !== undefined && person.party === undefined) {
      person.party = name.known.state;
      person.partyReason = "record";
    }
    return person;
  }

  /** Namesakes: a title with another party, or another office, of a name with fewer words. */
  #isOther(person: Person, name: NameMatch, phrase: TitlePhrase): boolean {
    if (name.known) return false;
    const words = plainWords(name.words);
    if (words.length >= 2 && words.length >= person.words.length && !sameWords(words, person.words)) return true;
    const party = phrase.parties[0];
    return (
      party !== undefined &&
      person.party !== undefined &&
      person.partyReason === "said" &&
      party !== person.party &&
      words.length > 1 &&
      !sameWords(words, person.words)
    );
  }

  #enrich(person: Person, phrase: TitlePhrase, span: Span): void {
    const party = phrase.parties[0];
    if (
      party !== undefined &&
      (person.party === undefined ||
        person.partyReason === "home" ||
        (person.partyReason === "record" && phrase.partyReason === "said" && phrase.parties.length === 1))
    ) {
      person.party = party;
      person.partyReason = phrase.partyReason;
    }
    if (phrase.office === undefined) return;
    if (
      person.office === undefined ||
      (person.former && !phrase.former) ||
      rankOf(phrase.office) < rankOf(person.office)
    ) {
      if (person.office !== undefined && phrase.former && !person.former) return;
      person.office = phrase.office;
      person.officeSpan = span;
      person.former = phrase.former;
    }
    if (phrase.acting) person.acting = true;
  }

  // --- parties, institutions, pronouns

  /** "the Pentagon", "its Defence Ministry", "the ministry in Seoul", "Reuters" */
  #body(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    let index = at;
    const determiner = determiners.has(this.#word(index, limit)) ? this.#word(index++, limit) : undefined;
    const agency = this.meaningOf(index, limit, "agency");
    if (agency) return { end: agency.end, mentions: [{ start: at, end: agency.end, head: "agency", determiner }] };
    const state = this.#stateBefore(index, limit);
    if (state) index = state.end;
    const institution = this.meaningOf(index, limit, "institution");
    if (!institution) return undefined;
    let party = state?.code ?? institution.party;
    let { end } = institution;
    if (this.#word(end, limit) === "in" || this.#word(end, limit) === "of") {
      const owner = this.meaningOf(this.#word(end + 1, limit) === "the" ? end + 2 : end + 1, limit, "state");
      if (owner) {
        party = owner.code;
        end = owner.end;
      }
    }
    const isNamed =
      isCapitalized(this.#token(index)) || state !== undefined || determiner !== undefined || party !== undefined;
    if (!isNamed) return undefined;
    if (party !== undefined) this.#lastBody = party;
    return { end, mentions: [{ start: at, end, head: "institution", party, partyReason: "said", determiner }] };
  }

  /** A state, a capital that stands for it, or an organization; "the Chinese side". */
  #party(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    let index = at;
    if (/^(?:the|both|neighbouring|host)$/.test(this.#word(index, limit))) index++;
    const match = this.meaning(index, limit);
    if (!match) return this.#bodiesOf(at, limit);
    const region = match.values.find((value) => value.type === "region");
    if (region) return undefined;
    const group = match.values.find((value) => value.type === "group");
    const state = match.values.find((value) => value.type === "state");
    const organization = match.values.find((value) => value.type === "organization");
    if (state) {
      const side =
        /^(?:side|delegation|government|authorities|military|armed|navy|army|forces|team|party|officials)$/.test(
          this.#word(match.end, limit),
        );
      if (state.form === "demonym" && !side) return undefined;
      const end = side ? match.end + 1 : match.end;
      return {
        end,
        mentions: [
          {
            start: at,
            end,
            head: "party",
            party: state.code,
            partyReason: "said",
            form: state.form,
            city: state.city,
            ...(side ? { word: this.#word(match.end, limit) } : {}),
          },
        ],
      };
    }
    const bodies = this.#bodiesOf(at, limit);
    if (bodies) return bodies;
    if (organization)
      return {
        end: match.end,
        mentions: [
          { start: at, end: match.end, head: "party", party: organization.code, partyReason: "said", form: "name" },
        ],
      };
    if (group) {
      const mentions = group.members.map((party): Mention => ({
        start: at,
        end: match.end,
        head: "party",
        party,
        partyReason: "said",
        form: "name",
      }));
      return { end: match.end, mentions };
    }
    return undefined;
  }

  /** "the navies of Italy and Egypt", "the leaders of Japan and Fiji" */
  #bodiesOf(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    let index = at;
    if (/^(?:the|senior|top)$/.test(this.#word(index, limit))) index++;
    const isAir = /^(?:air|armed|coast|special)$/.test(this.#word(index, limit));
    const word = this.#word(isAir ? index + 1 : index, limit);
    if (!/^(?:navies|armies|governments|militaries|forces|guards|leaders|delegations|representatives)$/.test(word))
      return undefined;
    const link = isAir ? index + 2 : index + 1;
    if (!/^(?:of|from)$/.test(this.#word(link, limit))) return undefined;
    const states = this.statesAt(link + 1, limit);
    if (!states || states.codes.length < 2) return undefined;
    const isPeople = /^(?:leaders|delegations|representatives)$/.test(word);
    const mentions = states.codes.map((party): Mention => ({
      start: at,
      end: states.end,
      head: isPeople ? "office" : "party",
      party,
      partyReason: "said",
      many: true,
      form: "name",
    }));
    return { end: states.end, mentions };
  }

  #pronoun(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    const word = this.#word(at, limit);
    if (!pronouns.has(word)) return undefined;
    const next = this.#word(at + 1, limit);
    if (
      word === "her" &&
      this.#token(at + 1)?.type === "word" &&
      !/^(?:in|on|at|by|with|that|to|for|and|as|during|there|here|on)$/.test(next)
    )
      return undefined;
    if (word === "both" && anaphorNouns.has(next)) return undefined;
    if (
      word === "both" &&
      this.#token(at + 1)?.type === "word" &&
      !/^(?:agreed|said|met|discussed|will|are|were|have|had|expressed|also|of)$/.test(next)
    )
      return undefined;
    return {
      end: at + 1,
      mentions: [{ start: at, end: at + 1, head: "pronoun", word, plural: /^(?:they|them|both)$/.test(word) }],
    };
  }

  /** "the two ministers", "both sides", "the Secretary", "the guest" */
  #anaphor(at: number, limit: number): { end: number; mentions: Mention[] } | undefined {
    const first = this.#word(at, limit);
    if (!/^(?:the|both|his|her|their|these|two)$/.test(first)) return undefined;
    let index = at + 1;
    let count: number | undefined = first === "both" || first === "two" ? 2 : undefined;
    const owner = this.#stateBefore(index, limit);
    if (
      owner &&
      (anaphorNouns.has(this.#word(owner.end, limit)) ||
        /^(?:visiting|defence|top)$/.test(this.#word(owner.end, limit)))
    )
      index = owner.end;
    for (;;) {
      const word = this.#word(index, limit);
      if (/^(?:two|three|four|five|six)$/.test(word)) count = ["two", "three", "four", "five", "six"].indexOf(word) + 2;
      else if (
        !/^(?:visiting|senior|top|defence|foreign|military|army|navy|national|respective|host|visiting|same|young|indian|chinese)$/.test(
          word,
        )
      )
        break;
      if (
        !anaphorNouns.has(this.#word(index + 1, limit)) &&
        !/^(?:visiting|senior|top|defence|foreign|military|army|navy|national)$/.test(this.#word(index + 1, limit))
      ) {
        if (count !== undefined && index > at) break;
        return undefined;
      }
      index++;
    }
    const word = this.#word(index, limit);
    if (!anaphorNouns.has(word)) return undefined;
    const end = index + 1;
    const plural =
      /(?:[^s]s|men|two|pair|armies|countries)$/.test(word) && word !== "two"
        ? true
        : word === "two" || word === "pair";
    const party = owner && index >= owner.end ? { party: owner.code, partyReason: "said" as const } : {};
    return {
      end,
      mentions: [
        { start: at, end, head: "anaphor", word, plural: plural || count !== undefined, determiner: first, ...party },
      ],
    };
  }
}

function isNamePart(token: Token): boolean {
  return token.type === "word" && /^\p{Lu}/u.test(token.text);
}

function isNickname(tokens: readonly Token[], at: number, limit: number): boolean {
  const close = tokens[at + 2];
  return at + 2 < limit && close !== undefined && /^[”"’')]$/.test(close.text) && isCapitalized(tokens[at + 1]);
}

function foldedWords(tokens: readonly Token[], start: number, end: number): string[] {
  const words: string[] = [];
  for (let index = start; index < end; index++) {
    const token = tokens[index] as Token;
    if (token.type === "word") words.push(token.folded);
  }
  return words;
}

function listedPhrase(office: Mention): TitlePhrase {
  return {
    end: office.end,
    head: "office",
    office: office.office,
    offices: [],
    plural: false,
    acting: false,
    former: false,
    determiner: undefined,
    parties: office.party === undefined ? [] : [office.party],
    partyReason: "list",
  };
}

/** Words of a name without initials. */
function plainWords(words: readonly string[]): string[] {
  const plain = words.filter((word) => !/^[a-z]\.?$/.test(word) && !/^(?:jr|sr|ii|iii|iv)\.?$/.test(word));
  return plain.length > 0 ? plain : [...words];
}

function withoutSuffix(printed: string): string {
  return printed.replace(/,? (?:Jr\.?|Sr\.?|I{2,3}|IV)$/u, "");
}

function mergedWords(name: string, words: readonly string[]): string[] {
  const known = plainWords(slugOf(name).split("-"));
  return [...new Set([...known, ...words])];
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word) => b.includes(word));
}

function isPartOfName(words: readonly string[], name: readonly string[]): boolean {
  return words.every((word) => name.includes(word));
}

/** Which of several titles of one person counts: a lower number goes first. */
const officeRanks: Readonly<Record<OfficeKind, number>> = {
  HEAD_OF_STATE: 0,
  HEAD_OF_GOVERNMENT: 1,
  DEFENCE_MINISTER: 2,
  FOREIGN_MINISTER: 3,
  DEPUTY_DEFENCE_MINISTER: 4,
  DEPUTY_FOREIGN_MINISTER: 5,
  CHIEF_OF_DEFENCE: 6,
  DEFENCE_SECRETARY: 7,
  SERVICE_CHIEF: 8,
  NATIONAL_SECURITY_ADVISER: 9,
  SECRETARY_GENERAL: 10,
  OTHER_MINISTER: 11,
  AMBASSADOR: 12,
  OFFICIAL: 13,
  OTHER: 14,
};

function rankOf(office: OfficeKind): number {
  return officeRanks[office];
}

const secretariesAreMinisters = new Set(["GBR", "USA", "PHL", "KEN", "MEX", "HND", "GTM"]);
const secretariesAreOfficials = new Set([
  "IND",
  "PAK",
  "LKA",
  "BGD",
  "AUS",
  "MYS",
  "NPL",
  "NZL",
  "MDV",
  "BTN",
  "FJI",
  "ZAF",
]);

/** The office that one or several titles of one person stand for. */
function officeOf(kinds: readonly OfficeKind[]): OfficeKind | undefined {
  const best = [...kinds].sort((a, b) => rankOf(a) - rankOf(b))[0];
  return best;
}

/** Corrects what a title means for the state it belongs to: a defence secretary is a minister or a civil servant. */
export function settledOffice(
  office: OfficeKind | undefined,
  words: string,
  party: string | undefined,
): OfficeKind | undefined {
  if (office === undefined || party === undefined) return office;
  const isSecretary = /\bsecretary\b/.test(words) && !/\bcabinet secretary\b|\bsecretary of state\b/.test(words);
  if (office === "DEFENCE_MINISTER" && isSecretary && !/minister|raksha|chief/.test(words)) {
    if (secretariesAreMinisters.has(party)) return office;
    return secretariesAreOfficials.has(party) ? "DEFENCE_SECRETARY" : office;
  }
  if (office === "FOREIGN_MINISTER" && /\bforeign secretary\b/.test(words) && !/minister/.test(words)) {
    return secretariesAreOfficials.has(party) ? "OFFICIAL" : office;
  }
  if (office === "OTHER" && /\bjoint chiefs\b/.test(words) && /^(?:the )?chairman|, (?:the )?chairman/.test(words))
    return "CHIEF_OF_DEFENCE";
  if (
    office === "CHIEF_OF_DEFENCE" &&
    /\b(?:white house|presidential|president's|minister's|his|her) chief of staff\b/.test(words)
  )
    return "OFFICIAL";
  if (office === "HEAD_OF_STATE" && party === "EU") return "OTHER";
  if (office === "CHIEF_OF_DEFENCE" && party === "GBR" && /general staff/.test(words)) return "SERVICE_CHIEF";
  if (office === "CHIEF_OF_DEFENCE" && /\b(?:british|indian) army\b/.test(words)) return "SERVICE_CHIEF";
  return office;
}
