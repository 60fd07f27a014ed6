import type { SentenceParse } from "./clauses.js";
import type { Encounter, EncounterReader } from "./encounters.js";
import { officeOfPerson, type FactList } from "./facts.js";
import type { Header } from "./header.js";
import type { MentionReader } from "./mentions.js";

/** What the readers of the other kinds of facts work on. */
export interface Context {
  readonly reader: MentionReader;
  readonly header: Header;
  readonly encounters: EncounterReader;
  readonly parses: readonly (SentenceParse | undefined)[];
  readonly list: FactList;
  /** Ids of the encounters that are proposed. */
  readonly ids: ReadonlyMap<Encounter, string>;
}

export function writeRest(context: Context): void {
  writeOffices(context);
}

/** The office of every named person, as of the report. */
function writeOffices({ reader, list, header }: Context): void {
  for (const person of reader.persons) {
    const office = officeOfPerson(person, list);
    if (office === undefined || person.former || !person.officeSpan) continue;
    const party = person.party ?? header.home;
    const properties: Record<string, unknown> = { person: person.slug, office };
    if (party !== undefined) properties["party"] = party;
    if (person.acting) properties["acting"] = true;
    const tier = person.partyReason === undefined || person.partyReason === "home" || party === undefined ? "likely" : "sure";
    list.add("office", properties, person.officeSpan, tier, "title");
  }
}
