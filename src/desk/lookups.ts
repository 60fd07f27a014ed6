import { lookUpForums, lookUpMeetings, lookUpParties, lookUpPersons } from "../generated/desk.js";
import { ask } from "./api.js";
import type { Option } from "./combobox.js";

/** States and organizations by name or code. */
export async function parties(query: string): Promise<readonly Option[]> {
  const { search } = await ask(lookUpParties, { query });
  return search.nodes.flatMap(({ match }) =>
    "code" in match ? [{ value: match.code, label: match.name, note: match.code }] : [],
  );
}

/** Persons by name; the last entry creates one of that name. */
export async function persons(query: string): Promise<readonly Option[]> {
  const { search } = await ask(lookUpPersons, { query });
  const found = search.nodes.flatMap(({ match }) =>
    match.__typename === "Person" ? [{ value: match.slug, label: match.name, note: "in the record" }] : [],
  );
  const slug = slugOf(query);
  if (slug === "" || found.some(({ value }) => value === slug)) return found;
  return [...found, { value: slug, label: query.trim(), note: "new person, created when you publish", isNew: true }];
}

/** Forums by name or acronym; the last entry is the text itself. */
export async function forums(query: string): Promise<readonly Option[]> {
  const { search } = await ask(lookUpForums, { query });
  const found = search.nodes.flatMap(({ match }) =>
    match.__typename === "Forum"
      ? [{ value: match.name, label: match.name, note: match.acronym ?? "in the record" }]
      : [],
  );
  if (found.some(({ value }) => value === query.trim())) return found;
  return [
    ...found,
    { value: query.trim(), label: query.trim(), note: "new forum, created when you publish", isNew: true },
  ];
}

/** Meetings by title or place. */
export async function meetings(query: string): Promise<readonly Option[]> {
  const { search } = await ask(lookUpMeetings, { query });
  return search.nodes.flatMap(({ match }) =>
    match.__typename === "Meeting" ? [{ value: match.slug, label: match.title, note: match.on ?? "no day" }] : [],
  );
}

/** A slug as the record makes it of a name. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’.]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
