import { Document, isScalar, visit } from "yaml";
import { stateName } from "./gazetteer.js";
import { slugOf } from "./names.js";

/** A fact with the properties of its kind; docs/intake.md lists them. */
export interface PackFact {
  readonly kind: string;
  readonly quote: string;
  readonly [property: string]: unknown;
}

/** The report that facts were read in. */
export interface PackedReport {
  /** The name of the pack, and the key of its document: a slug. */
  readonly name: string;
  readonly text: string;
  readonly publishedOn?: string | undefined;
  readonly title?: string | undefined;
  readonly publisher?: string | undefined;
  readonly url?: string | undefined;
  readonly kind?: string | undefined;
  /** Access to the text; public when left out. */
  readonly access?: string | undefined;
  readonly language?: string | undefined;
  readonly dateline?: string | undefined;
  readonly facts: readonly PackFact[];
  /** The records that the pack builds on; none of them is in the pack again. */
  readonly known?: KnownRecords | undefined;
}

/** The part of the record that a pack is built on. */
export interface KnownRecords {
  /** Whether a person of this slug is there. */
  person(slug: string): boolean;
  /** Whether the person is there in this office. */
  holds(person: string, office: string): boolean;
  /** The key of the office that a party's title means. */
  office(party: string, kind: string, title: string | undefined, person: string | undefined): string | undefined;
  /** The slug of a forum by its name or acronym. */
  forum(name: string): string | undefined;
  /** The slug of the sitting of a forum with a number, or next to a day. */
  session(forum: string, ordinal: unknown, day: string | undefined): string | undefined;
  /** A meeting of the record. */
  meeting(slug: string): KnownMeeting | undefined;
  /** The key of the document with the text, and its day of publication. */
  readonly document: { readonly key: string; readonly publishedOn: string | undefined } | undefined;
}

/** A meeting of the record, as far as packs on top of it need it. */
export interface KnownMeeting {
  /** Parties with a seat. */
  readonly parties: ReadonlySet<string>;
  /** The role of a party or person at it. */
  role(party: string, person: string | undefined): string | undefined;
  /** Whether the document of the report is cited for this status already. */
  isReported(status: string): boolean;
}

/** A part of a pack, and the fact that it comes from. */
export interface Mark {
  readonly path: readonly (string | number)[];
  readonly fact: PackFact;
}

/** A draft pack as a value. */
export interface PackValue {
  readonly pack: Readonly<Record<string, unknown>>;
  readonly leftOut: readonly PackFact[];
  readonly marks: readonly Mark[];
}

/** A draft pack as files: `pack.yaml` and the text of the report. */
export interface DraftPack {
  readonly files: ReadonlyMap<string, string>;
  /** Facts that no collection of a pack takes. */
  readonly leftOut: readonly PackFact[];
}

type Entry = Record<string, unknown>;

/** Writes the facts of a report as a pack in short forms, for an editor to complete and import. */
export function draftPack(report: PackedReport): DraftPack {
  const drafting = new Drafting(report);
  return {
    files: new Map([
      ["pack.yaml", yamlOf(drafting.pack())],
      ["report.txt", report.text],
    ]),
    leftOut: drafting.leftOut,
  };
}

/** The facts of a report as a pack in short forms. Its document names the file `report.txt`. */
export function packOf(report: PackedReport): PackValue {
  const drafting = new Drafting(report);
  return { pack: drafting.pack(), leftOut: drafting.leftOut, marks: drafting.marks };
}

/** Maps of plain values within records, and lists of words, are written on one line. */
function yamlOf(pack: Entry): string {
  const document = new Document(pack);
  visit(document, {
    Map(_key, node, path) {
      const isShort = path.length >= 6 || (path.length >= 5 && node.items.length <= 4);
      if (isShort && node.items.every(({ value }) => isScalar(value))) node.flow = true;
    },
    Seq(_key, node) {
      node.flow = node.items.every((item) => isScalar(item) && !/\s/.test(String(item.value)));
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

const officeTitles: Readonly<Record<string, string>> = {
  HEAD_OF_STATE: "Head of State",
  HEAD_OF_GOVERNMENT: "Head of Government",
};

/** Properties of a meeting that facts of their own give. */
const markedProperties = [
  ["on", "date"],
  ["endsOn", "date"],
  ["place", "place"],
  ["format", "format"],
  ["forum", "series"],
  ["ordinal", "series"],
  ["sidelinesOf", "sidelinesOf"],
  ["status", "status"],
] as const;

/** Collects the entries of a pack, each under its key. */
class Drafting {
  readonly leftOut: PackFact[] = [];
  readonly marks: Mark[] = [];
  private readonly known: KnownRecords | undefined;
  private readonly starts = new Map<string, number>();
  private readonly collections: Record<string, Record<string, Entry>> = {};
  private readonly facts: readonly PackFact[];
  private readonly about = new Map<string, PackFact[]>();
  /** The keys of meetings, visits and agreements, by the ids of their facts. */
  private readonly keys = new Map<string, string>();
  /** The slugs of forums, by the slugs of all their names in the report. */
  private readonly forums = new Map<string, string>();

  constructor(private readonly report: PackedReport) {
    this.facts = report.facts;
    this.known = report.known;
    for (const fact of this.facts) {
      const { of, at, quote } = fact;
      if (typeof at === "number" && !this.starts.has(quote)) this.starts.set(quote, at);
      if (typeof of === "string") this.about.set(of, [...(this.about.get(of) ?? []), fact]);
    }
  }

  pack(): Entry {
    const { title, publisher, url, publishedOn, kind, language, dateline } = this.report;
    const held = this.known?.document;
    const name = held?.key ?? this.report.name;
    for (const fact of this.of("office")) this.addOffice(fact);
    for (const fact of this.of("meeting")) this.nameMeeting(fact);
    for (const fact of this.of("visit")) this.addVisit(fact);
    for (const fact of this.of("agreement")) this.addAgreement(fact);
    for (const fact of this.of("activity")) this.addActivity(fact);
    for (const fact of this.of("meeting")) this.addMeeting(fact);
    for (const fact of this.of("statement")) this.addStatement(fact);
    for (const fact of this.of("commitment")) this.addCommitment(fact);
    for (const fact of this.of("membership")) this.addMembership(fact);
    for (const fact of this.of("claim")) this.addClaim(fact);
    for (const fact of this.of("chair")) this.addChair(fact);
    const document = without({
      kind: kind ?? "NEWS_REPORT",
      title: title ?? firstLine(this.report.text),
      titleIsOurs: title === undefined ? undefined : true,
      publisher: publisher ?? "Unknown",
      language: language ?? "en",
      dateline,
      publishedOn,
      url,
      access: this.report.access,
      textFile: "report.txt",
    });
    return {
      pack: { name: this.report.name, requires: ["reference"] },
      document: name,
      ...(held ? {} : { documents: { [name]: document } }),
      ...this.collections,
    };
  }

  private of(kind: string): PackFact[] {
    return this.facts.filter((fact) => fact.kind === kind);
  }

  /** The facts of a kind about another one. */
  private aboutIt(id: unknown, ...kinds: string[]): PackFact[] {
    return (this.about.get(String(id)) ?? []).filter(({ kind }) => kinds.includes(kind));
  }

  private value(id: unknown, kind: string, property = "value"): string | undefined {
    const [fact] = this.aboutIt(id, kind);
    return fact && textOf(fact[property]);
  }

  private mark(fact: PackFact | undefined, ...path: (string | number)[]): void {
    if (fact) this.marks.push({ path, fact });
  }

  private add(collection: string, key: string, entry: Entry, fact?: PackFact): Entry {
    const entries = (this.collections[collection] ??= {});
    if (!(key in entries)) this.mark(fact, collection, key);
    return (entries[key] ??= without(entry));
  }

  /** The key of a person, who is added. */
  private person(slug: unknown, quote: string, state?: string): string | undefined {
    const key = textOf(slug);
    if (key === undefined || this.known?.person(key)) return key;
    const office = this.of("office").find(({ person }) => person === key);
    const party = state ?? textOf(office?.["party"]);
    const printed = printedName(key, this.report.text);
    // Reports differ in initials: Lloyd J. Austin is Lloyd Austin elsewhere.
    const name = printed.replace(/(?<=\s)\p{Lu}\.\s/gu, "");
    const named = this.facts.find(({ person, personName }) => person === key && textOf(personName) !== undefined);
    const first = office ?? this.facts.find(({ person }) => person === key);
    const given = textOf(named?.["personName"]);
    const entry = {
      name: given ?? name,
      names: given !== undefined || name === printed ? undefined : [{ text: printed }],
      state: party !== undefined && stateName(party) !== undefined ? party : undefined,
      cite: this.passage(office?.quote ?? quote),
    };
    this.add("persons", key, entry, first);
    return key;
  }

  /** The key of an office, which is added. */
  private office(kind: unknown, party: string, quote: string, person?: string): string | undefined {
    const given = textOf(kind);
    if (given === undefined) return undefined;
    const isNamed =
      given !== "OTHER" && given !== "OFFICIAL" && given !== "OTHER_MINISTER" && given !== "SERVICE_CHIEF";
    const title = isNamed ? (officeTitles[given] ?? words(given)) : titleIn(quote, person);
    const known = this.known?.office(party, given, isNamed ? undefined : title, person);
    if (known !== undefined) return known;
    const key = `${party}/${isNamed ? given.toLowerCase().replace(/_/g, "-") : slugOf(title).slice(0, 60).replace(/-$/, "")}`;
    const fact = this.facts.find((one) => one.quote === quote && one["office"] === given);
    this.add("offices", key, { party, title, kind: given, cite: this.passage(quote) }, fact);
    return key;
  }

  private addOffice(fact: PackFact): void {
    const party = String(fact["party"]);
    const person = this.person(fact["person"], fact.quote, party);
    const office = this.office(fact["office"], party, fact.quote, person);
    if (person === undefined || office === undefined) return;
    const entry = this.collections["persons"]?.[person];
    if (!entry) return this.addTenure(fact, person, office);
    this.mark(fact, "persons", person, "holds", office);
    const held = (entry["holds"] ??= {}) as Entry;
    held[office] =
      fact["acting"] === true ? { acting: true, cite: this.passage(fact.quote) } : this.restingOn(fact.quote);
  }

  /** An office of a person who is known already. */
  private addTenure({ quote, acting, ...fact }: PackFact, person: string, office: string): void {
    if (!this.known || this.known.holds(person, office)) return;
    const tenures = this.list("tenures");
    this.mark({ quote, acting, ...fact }, "tenures", tenures.length);
    tenures.push(
      without({
        person,
        office,
        acting: acting === true ? true : undefined,
        attestedOn: this.report.publishedOn,
        cite: this.passage(quote),
      }),
    );
  }

  private nameMeeting({ id, parties, sameAs }: PackFact): void {
    const same = textOf(sameAs);
    if (same !== undefined) return void this.keys.set(String(id), same);
    const codes = codesOf(parties);
    const day = this.value(id, "date")?.replace("/", "-to-");
    const city = this.value(id, "place", "city");
    const base = slugOf([day ?? this.report.publishedOn ?? "undated", ...codes, city ?? ""].join("-"));
    let key = base;
    const isTaken = (one: string): boolean =>
      [...this.keys.values()].includes(one) || this.known?.meeting(one) !== undefined;
    for (let number = 2; isTaken(key); number += 1) key = `${base}-${String(number)}`;
    this.keys.set(String(id), key);
  }

  private addMeeting(fact: PackFact): void {
    const { id, parties, quote } = fact;
    const codes = codesOf(parties);
    const [series] = this.aboutIt(id, "series");
    const date = this.value(id, "date");
    const [from, to] = series ? (date?.split("/") ?? []) : [date];
    const seats = this.aboutIt(id, "seat", "expectedSeat");
    const key = this.keyOf(id);
    const isNew = textOf(fact["sameAs"]) === undefined;
    const held = isNew ? undefined : this.known?.meeting(key);
    const bare = this.bareSeats(
      codes.filter((code) => held?.parties.has(code) !== true),
      seats,
      quote,
    );
    const kind =
      codes.length === 2 ? "BILATERAL" : codes.length === 3 ? "TRILATERAL" : series ? "SESSION" : "MULTILATERAL";
    this.add("meetings", key, {
      title: isNew ? this.titleOf(fact, seats) : undefined,
      kind: isNew ? kind : undefined,
      format: this.value(id, "format"),
      on: from,
      endsOn: to,
      place: this.placeOf(this.aboutIt(id, "place")[0]),
      forum: series && this.forum(series),
      ordinal: series?.["ordinal"],
      sidelinesOf: this.sidelines(id),
      topics: isNew
        ? listOrNothing([...new Set(this.aboutIt(id, "topic").map(({ value }) => String(value)))])
        : undefined,
      cite: this.cites([quote, ...this.citedFor(id)], id),
      participants: listOrNothing([...seats.map((seat) => this.seat(seat, held)), ...bare]),
      status: held?.isReported(this.value(id, "status") ?? "") === true ? undefined : this.statusOf(id),
    });
    this.mark(fact, "meetings", key);
    for (const [property, about] of markedProperties) this.mark(this.aboutIt(id, about)[0], "meetings", key, property);
    seats.forEach((seat, index) => this.mark(seat, "meetings", key, "participants", index));
  }

  /** Passages for the day, the place, the format and the topics of a meeting. */
  private citedFor(id: unknown): string[] {
    return this.aboutIt(id, "date", "place", "format", "series", "sidelinesOf", "topic").map(({ quote }) => quote);
  }

  private statusOf(id: unknown): Entry | undefined {
    const [status] = this.aboutIt(id, "status");
    return status && { [String(status["value"])]: this.restingOn(status.quote) };
  }

  private seat(fact: PackFact, held: KnownMeeting | undefined): Entry {
    const party = String(fact["party"]);
    const person = this.person(fact["person"], fact.quote, party);
    return without({
      party,
      person,
      office: this.office(fact["office"], party, fact.quote, person),
      acting: fact["acting"] === true ? true : undefined,
      role: fact["role"] ?? held?.role(party, person),
      isExpected: fact.kind === "expectedSeat" ? true : undefined,
      cite: this.passage(fact.quote),
    });
  }

  /** Seats of parties of which the report names no person or office. */
  private bareSeats(codes: readonly string[], seats: readonly PackFact[], quote: string): Entry[] {
    const seated = new Set(seats.map(({ party }) => party));
    const cite = this.passage(quote);
    return codes.filter((code) => !seated.has(code)).map((party) => ({ party, cite }));
  }

  private titleOf({ id, parties }: PackFact, seats: readonly PackFact[]): string {
    const names = listed(codesOf(parties).map((code) => stateName(code) ?? code));
    const offices = new Set(seats.map(({ office }) => office));
    const [office] = offices;
    const who =
      offices.size === 1 && typeof office === "string" && office.endsWith("DEFENCE_MINISTER")
        ? `${names} defence ministers`
        : names;
    const city = this.value(id, "place", "city");
    const format = this.value(id, "format");
    const verb = format === "CALL" ? "talk by telephone" : format === "VIDEO" ? "talk by video" : "meet";
    return `${who} ${verb}${city === undefined ? "" : ` in ${city}`}`;
  }

  private placeOf(fact: PackFact | undefined): Entry | undefined {
    const state = textOf(fact?.["country"]);
    return state === undefined ? undefined : without({ city: fact?.["city"], state });
  }

  /** The slug of a forum, which is added under the name that the report gives it first. */
  private forum(fact: PackFact): string | undefined {
    const [name, ...others] = textsOf(fact["name"] ?? fact["forum"]);
    if (name === undefined) return undefined;
    const known = [name, ...others].flatMap((one) => this.known?.forum(one) ?? [])[0];
    if (known !== undefined) return known;
    const names = [name, ...others].map(slugOf);
    const key = names.map((one) => this.forums.get(one)).find((one) => one !== undefined) ?? slugOf(name);
    for (const one of names) this.forums.set(one, key);
    this.add("forums", key, { name, cite: this.passage(fact.quote) }, fact);
    return key;
  }

  private sidelines(id: unknown): string | undefined {
    const [fact] = this.aboutIt(id, "sidelinesOf");
    const forum = fact && this.forum(fact);
    if (!fact || forum === undefined) return undefined;
    const { ordinal } = fact;
    const held = this.of("series").find(
      (series) => this.forum(series) === forum && (ordinal === undefined || series["ordinal"] === ordinal),
    );
    if (held) return this.keyOf(held["of"]);
    const known = this.known?.session(forum, ordinal, this.value(id, "date") ?? this.report.publishedOn);
    if (known !== undefined) return known;
    const key = numbered(forum, ordinal ?? this.report.publishedOn, "-");
    this.add("meetings", key, {
      title: numbered(textOf(fact["name"]) ?? forum, ordinal, ", No. "),
      kind: "SESSION",
      forum,
      ordinal,
      cite: this.passage(fact.quote),
    });
    this.mark(fact, "meetings", key);
    return key;
  }

  private addVisit(fact: PackFact): void {
    const { id, quote, from, to, days } = fact;
    const person = this.person(fact["person"], quote);
    const place = this.placeOf(fact);
    const where = textOf(fact["city"]) ?? textOf(fact["country"]) ?? "";
    const key = slugOf([textOf(from) ?? this.report.publishedOn ?? "", person ?? "", where].join("-"));
    this.keys.set(String(id), key);
    this.mark(fact, "visits", key);
    this.add("visits", key, {
      person,
      place,
      from,
      to,
      days,
      cite: this.cites([quote], id),
      status: statusIs(fact["status"], this.restingOn(quote)),
    });
  }

  private addAgreement(fact: PackFact): void {
    const { id, parties, quote, status, on } = fact;
    const name = textOf(fact["name"]);
    const key = slugOf(
      [textOf(on) ?? this.report.publishedOn ?? "", ...codesOf(parties), name ?? "agreement"].join("-"),
    )
      .slice(0, 100)
      .replace(/-$/, "");
    this.keys.set(String(id), key);
    this.mark(fact, "agreements", key);
    this.add("agreements", key, {
      name,
      kind: agreementKind(name ?? ""),
      parties,
      signedOn: status === "SIGNED" ? on : undefined,
      cite: this.cites([quote], id),
      signatories: listOrNothing(
        this.aboutIt(id, "signatory").map((one) => {
          const held = this.of("office").find(({ person }) => person === one["person"]);
          const party = textOf(one["party"]) ?? textOf(held?.["party"]);
          const person = this.person(one["person"], one.quote, party);
          const office =
            held && party !== undefined ? this.office(held["office"], party, held.quote, person) : undefined;
          return without({ party, person, office, role: one["as"], cite: this.passage(one.quote) });
        }),
      ),
      status: statusIs(status, without({ on, cite: this.passage(quote) })),
    });
  }

  private addActivity(fact: PackFact): void {
    const { id, type, parties, quote, from, to } = fact;
    const name = textOf(fact["name"]);
    const key = slugOf(
      [textOf(from) ?? this.report.publishedOn ?? "", ...codesOf(parties), name ?? String(type)].join("-"),
    );
    this.mark(fact, "activities", key);
    this.add("activities", key, {
      name,
      kind: type,
      parties,
      from,
      to: to === from ? undefined : to,
      cite: this.cites([quote], id),
    });
  }

  private addStatement(fact: PackFact): void {
    const { id, about, speakers, verbatim, quote } = fact;
    const isParty = (speaker: string): boolean => /^[A-Z]/.test(speaker);
    const given = codesOf(speakers);
    const persons = given.filter((one) => !isParty(one)).flatMap((one) => this.person(one, quote) ?? []);
    const parties = given.filter(isParty);
    const entry = without({
      speaker: persons[0],
      party: persons.length === 0 ? parties[0] : undefined,
      otherSpeakers: listOrNothing(persons.slice(1)),
      otherParties: listOrNothing(parties.slice(persons.length === 0 ? 1 : 0)),
      text: verbatim === true ? spokenIn(quote) : quote,
      isVerbatim: verbatim === true,
      cite: this.cites([quote], id),
    });
    const meeting = this.collections["meetings"]?.[this.keys.get(String(about)) ?? ""];
    const key = this.keys.get(String(about)) ?? "";
    // Keys of statements are unique within a meeting, and a meeting of the record has some already.
    const name = meeting && this.known?.meeting(key) ? `${this.report.name}-${String(id)}`.slice(-100) : String(id);
    if (!meeting)
      this.add("statements", `${this.report.name}-${String(id)}`, { ...entry, on: this.report.publishedOn }, fact);
    else {
      ((meeting["statements"] ??= {}) as Entry)[name] = entry;
      this.mark(fact, "meetings", key, "statements", name);
    }
  }

  /** A commitment is part of a meeting of its parties, or stands alone. */
  private addCommitment(fact: PackFact): void {
    const { id, parties, action, dueOn, quote } = fact;
    const codes = codesOf(parties);
    const made = this.of("meeting").find((one) => codes.every((code) => codesOf(one["parties"]).includes(code)));
    const key = made === undefined ? undefined : this.keyOf(made["id"]);
    const meeting = key === undefined ? undefined : this.collections["meetings"]?.[key];
    const entry = without({
      summary: action,
      kind: "JOINT_ACTION",
      status: "AGREED",
      dueOn,
      parties: codes,
      cite: this.passage(quote),
    });
    const long = `${this.report.name}-${String(id)}`.slice(-100);
    if (!meeting || key === undefined) {
      this.add("commitments", long, { ...entry, on: this.report.publishedOn }, fact);
      return;
    }
    const name = this.known?.meeting(key) ? long : String(id);
    this.mark(fact, "meetings", key, "commitments", name);
    ((meeting["commitments"] ??= {}) as Entry)[name] = entry;
  }

  private addMembership(fact: PackFact): void {
    const forum = this.forum(fact);
    if (forum === undefined) return void this.leftOut.push(fact);
    this.mark(fact, "memberships", this.list("memberships").length);
    this.list("memberships").push(
      without({
        forum,
        party: fact["party"],
        role: fact["role"],
        attestedOn: this.report.publishedOn,
        cite: this.passage(fact.quote),
      }),
    );
  }

  /** A chair that a report announces has no day on which the report attests it. */
  private addChair(fact: PackFact): void {
    const forum = this.forum(fact);
    if (forum === undefined) return void this.leftOut.push(fact);
    const { publishedOn } = this.report;
    const term = textOf(fact["term"]);
    const isExpected = /\b(?:will|is to|is due to|shall)\b/.test(fact.quote);
    const isNow = !isExpected && publishedOn !== undefined && (term === undefined || publishedOn.startsWith(term));
    this.mark(fact, "chairTerms", this.list("chairTerms").length);
    this.list("chairTerms").push(
      without({
        forum,
        party: fact["party"],
        term,
        attestedOn: isNow ? publishedOn : undefined,
        isExpected: isExpected ? true : undefined,
        cite: this.passage(fact.quote),
      }),
    );
  }

  /** A claim of a report about a meeting, a visit or an agreement. */
  private addClaim(fact: PackFact): void {
    const { of, type, since, quote } = fact;
    const key = this.keys.get(String(of)) ?? "";
    for (const collection of ["visits", "agreements"]) {
      const subject = this.collections[collection]?.[key];
      if (subject) return this.addClaimOf(subject, [collection, key], fact);
    }
    const meeting = this.collections["meetings"]?.[key];
    if (!meeting) return void this.leftOut.push(fact);
    const parties = this.of("meeting").find(({ id }) => id === of)?.["parties"];
    const earlier = this.of("meeting").find(
      (one) =>
        one["id"] !== of && this.value(one["id"], "date") === since && String(one["parties"]) === String(parties),
    );
    const label = textOf(since);
    const milestone = slugOf(`${this.report.name}-${label ?? ""}`);
    if (!earlier && label !== undefined)
      this.add("milestones", milestone, {
        label: quote.slice(0, 200),
        on: isDay(label) ? label : undefined,
        parties,
        cite: this.passage(quote),
      });
    const claims = (meeting["firstSinceClaims"] ??= {}) as Entry;
    this.mark(fact, "meetings", key, "firstSinceClaims", slugOf(`${String(type)}-${label ?? ""}`));
    claims[slugOf(`${String(type)}-${label ?? ""}`)] = without({
      level: "OFFICES",
      since: earlier ? { meeting: this.keyOf(earlier["id"]) } : label === undefined ? undefined : { milestone },
      isPreviousMeeting: type === "PREVIOUS_MEETING" ? true : undefined,
      cite: this.passage(quote),
    });
  }

  /** A claim about a visit or an agreement has a day, or the words of the report. */
  private addClaimOf(subject: Entry, [collection, key]: readonly [string, string], fact: PackFact): void {
    const { type, since, quote } = fact;
    const label = textOf(since);
    const name = slugOf(`${String(type)}-${label ?? ""}`);
    this.mark(fact, collection, key, "claims", name);
    const claims = (subject["claims"] ??= {}) as Entry;
    claims[name] = without({
      level: collection === "visits" ? "OFFICES" : undefined,
      since: label !== undefined && isDay(label) ? label : undefined,
      words: label !== undefined && !isDay(label) ? label : undefined,
      cite: this.passage(quote),
    });
  }

  /** A passage; with its place, where the report has its words more than once: the first. */
  private passage(quote: string): string | Entry {
    const { text } = this.report;
    const first = text.indexOf(quote);
    if (first < 0 || text.indexOf(quote, first + 1) < 0) return quote;
    return { quote, start: [...text.slice(0, this.starts.get(quote) ?? first)].length };
  }

  /** A report or a tenure that rests on a passage: text alone, unless the passage has more than its words. */
  private restingOn(quote: string): string | Entry {
    const cite = this.passage(quote);
    return typeof cite === "string" ? cite : { cite };
  }

  /** Passages, each once, and those that say whom the report gives as its source. One that is no more than its words is text. */
  private cites(quotes: Iterable<string>, id: unknown): unknown {
    // "Kyodo reported, citing unnamed sources" names two in one passage.
    const attributed = new Map<string, string>();
    for (const { quote, to } of this.aboutIt(id, "attribution"))
      attributed.set(quote, [attributed.get(quote), textOf(to)].filter((one) => one !== undefined).join("; "));
    const plain = [...new Set(quotes)].filter((quote) => !attributed.has(quote));
    const cites = [...plain, ...attributed.keys()].map((quote): string | Entry => {
      const attributedTo = attributed.get(quote);
      const passage = this.passage(quote);
      if (typeof passage !== "string" || attributedTo !== undefined || !/\s/.test(quote))
        return without({ quote, attributedTo, ...(typeof passage === "string" ? {} : passage) });
      return passage;
    });
    return cites.length === 1 && typeof cites[0] === "string" ? cites[0] : cites;
  }

  private keyOf(id: unknown): string {
    return this.keys.get(String(id)) ?? String(id);
  }

  private list(collection: string): Entry[] {
    const lists = this.collections as Record<string, unknown>;
    return (lists[collection] ??= []) as Entry[];
  }
}

/** Whether words are a day, a month or a year. */
function isDay(text: string): boolean {
  return /^\d{4}(?:-\d\d){0,2}$/.test(text);
}

/** All names of several, or the only one. */
function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "");
}

/** The first name of several, or the only one. */
function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first !== "" ? first : undefined;
}

function codesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function listOrNothing<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function numbered(name: string, ordinal: unknown, between: string): string {
  return typeof ordinal === "number" || typeof ordinal === "string" ? `${name}${between}${String(ordinal)}` : name;
}

function statusIs(status: unknown, report: unknown): Entry | undefined {
  return typeof status === "string" ? { [status]: report } : undefined;
}

/** An entry without its empty properties. */
function without(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined && value !== null));
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${String(names.at(-1))}`;
}

function words(name: string): string {
  return name
    .toLowerCase()
    .split("_")
    .map((word) => (word === "of" ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join(" ");
}

/** The title in a passage that names a person with an office. */
function titleIn(quote: string, person: string | undefined): string {
  const name = person?.split("-").join("[\\s.’'-]+(?:\\p{Lu}\\.?\\s+)?") ?? "";
  const rest = name === "" ? quote : quote.replace(new RegExp(name, "iu"), " ");
  const title = rest
    .replace(/^[\s,;:.]+|[\s,;:.]+$/g, "")
    .replace(/\s+/g, " ")
    .replace(/^(?:the|its|his|her)\s+/i, "");
  return title.slice(0, 200) || "Official";
}

/** A name as the report prints it: the words of a slug in their order, with initials between them. */
function printedName(slug: string, text: string): string {
  const parts = slug.split("-");
  const pattern = parts.join("(?:[\\s.’'-]+\\p{Lu}\\.)?[\\s.’'-]+");
  const found = new RegExp(`(?<!\\p{L})${pattern}(?!\\p{L})`, "iu").exec(text.normalize("NFC"))?.[0];
  return (found ?? parts.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join(" ")).replace(/\s+/g, " ");
}

function firstLine(text: string): string {
  return text.trimStart().split("\n", 1)[0]?.slice(0, 200) ?? "";
}

/** The words within quotation marks. */
function spokenIn(quote: string): string {
  return /[“"]([^”"]+)[”"]/.exec(quote)?.[1] ?? quote;
}

const agreementKinds: readonly (readonly [RegExp, string])[] = [
  [/memorandum/i, "MEMORANDUM"],
  [/letter of intent/i, "LETTER_OF_INTENT"],
  [/framework/i, "FRAMEWORK"],
  [/treaty/i, "TREATY"],
  [/access|visiting forces|status of forces/i, "STATUS_OF_FORCES"],
  [/declaration/i, "JOINT_DECLARATION"],
  [/road ?map/i, "ROADMAP"],
  [/arrangement/i, "ARRANGEMENT"],
  [/agreement|accord|pact/i, "COOPERATION_AGREEMENT"],
];

function agreementKind(name: string): string {
  return agreementKinds.find(([pattern]) => pattern.test(name))?.[1] ?? "OTHER";
}
