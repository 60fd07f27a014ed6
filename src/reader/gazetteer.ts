import { ORGANIZATIONS, GROUPS, SITES, STATES } from "./data/states.js";
import { AGENCIES, FORUMS, INSTITUTIONS, REGIONS } from "./data/terms.js";
import { honorifics, ranks, titles, type Title } from "./data/titles.js";
import { TOWNS } from "./data/towns.js";
import { Lexicon } from "./lexicon.js";

/** A meaning of a phrase of the gazetteer; phrases may be ambiguous. */
export type Meaning =
  | {
      readonly type: "state";
      readonly code: string;
      readonly form: "name" | "demonym" | "capital";
      readonly city?: string;
    }
  | { readonly type: "town"; readonly city: string; readonly country: string }
  | { readonly type: "site"; readonly country: string; readonly city: string | undefined }
  | { readonly type: "organization"; readonly code: string }
  | { readonly type: "group"; readonly name: string; readonly members: readonly string[] }
  | ({ readonly type: "title" } & Title)
  | { readonly type: "rank" }
  | { readonly type: "honorific" }
  | { readonly type: "region" }
  | { readonly type: "agency" }
  | { readonly type: "institution"; readonly party: string | undefined }
  | { readonly type: "forum"; readonly name: string };

export type MeaningOf<T extends Meaning["type"]> = Extract<Meaning, { readonly type: T }>;

const items = (list: string) =>
  list
    .split(/[;\n]/)
    .map((item) => item.trim())
    .filter(Boolean);
const lines = (list: string) => list.split("\n").filter(Boolean);
const names = (list: string | undefined) => (list ?? "").split("/").filter(Boolean);

let shared: Lexicon<Meaning> | undefined;

/** The phrases that the reader knows by itself; built once. */
export function gazetteer(): Lexicon<Meaning> {
  shared ??= build();
  return shared;
}

function build(): Lexicon<Meaning> {
  const lexicon = new Lexicon<Meaning>();
  addTowns(lexicon);
  addStates(lexicon);
  for (const line of lines(SITES)) {
    const [name = "", country = "", city] = line.split("|");
    lexicon.add(name, { type: "site", country, city: city === "" ? undefined : city });
  }
  for (const line of lines(ORGANIZATIONS)) {
    const [code = "", list] = line.split("|");
    for (const name of names(list)) lexicon.add(name, { type: "organization", code });
  }
  for (const line of lines(GROUPS)) {
    const [name = "", members] = line.split("|");
    lexicon.add(`=${name}`, { type: "group", name, members: names(members) });
  }
  for (const [phrase, title] of titles()) lexicon.add(phrase, { type: "title", ...title });
  for (const rank of items(ranks)) lexicon.add(rank, { type: "rank" });
  for (const honorific of items(honorifics)) lexicon.add(honorific, { type: "honorific" });
  for (const region of items(REGIONS)) lexicon.add(region, { type: "region" });
  for (const agency of items(AGENCIES)) lexicon.add(agency, { type: "agency" });
  for (const item of items(INSTITUTIONS)) {
    const [name = "", party] = item.split("|");
    lexicon.add(name, { type: "institution", party: party === "" ? undefined : party });
  }
  for (const name of items(FORUMS)) lexicon.add(name, { type: "forum", name: name.replace(/^=/, "") });
  return lexicon;
}

function addTowns(lexicon: Lexicon<Meaning>): void {
  for (const line of lines(TOWNS)) {
    const [country = "", list] = line.split("|");
    for (const city of names(list)) lexicon.add(city, { type: "town", city, country });
  }
}

/** The city that a capital's further names stand for. */
const capitals = new Map<string, string>();
const stateNames = new Map<string, string>();

function addStates(lexicon: Lexicon<Meaning>): void {
  for (const line of lines(STATES)) {
    const [code = "", name = "", demonyms, capital = "", further, cities] = line.split("|");
    stateNames.set(code, name.replace(/^=/, ""));
    for (const form of [name, ...names(further)]) lexicon.add(form, { type: "state", code, form: "name" });
    for (const demonym of names(demonyms)) lexicon.add(demonym, { type: "state", code, form: "demonym" });
    if (capital !== "") {
      const city = capital.replace(/^=/, "");
      capitals.set(code, city);
      lexicon.add(capital, { type: "state", code, form: "capital", city });
      if (code === "SGP") continue;
    }
    for (const city of names(cities)) lexicon.add(city, { type: "state", code, form: "capital", city });
  }
}

export function capitalOf(code: string): string | undefined {
  gazetteer();
  return capitals.get(code);
}

export function isState(code: string): boolean {
  gazetteer();
  return stateNames.has(code);
}

export function stateName(code: string): string | undefined {
  gazetteer();
  return stateNames.get(code);
}
