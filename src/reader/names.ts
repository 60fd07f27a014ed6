import { Lexicon } from "./lexicon.js";
import { fold } from "./text.js";

/** A person of the record. Names carry no ranks or honorifics. */
export interface KnownPerson {
  readonly slug: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Code of the state whose offices the person holds. */
  readonly state?: string;
}

/** A forum of the record, by the names that reports use. */
export interface KnownForum {
  readonly name: string;
  readonly aliases?: readonly string[];
}

/** The names in the record. Fill it from the database or from packs; one instance serves many reports. */
export interface KnownNames {
  readonly persons: Lexicon<KnownPerson>;
  readonly forums: Lexicon<KnownForum>;
}

export function createKnownNames(persons: Iterable<KnownPerson> = [], forums: Iterable<KnownForum> = []): KnownNames {
  const names: KnownNames = { persons: new Lexicon(), forums: new Lexicon() };
  for (const person of persons) for (const form of formsOf(person)) names.persons.add(form, person);
  for (const forum of forums) for (const form of [forum.name, ...(forum.aliases ?? [])]) names.forums.add(form, forum);
  return names;
}

/** All forms that reports print: both orders of two-part names, and names without middle initials. */
function formsOf(person: KnownPerson): Set<string> {
  const forms = new Set<string>();
  for (const form of [person.name, ...(person.aliases ?? [])]) {
    const words = form.split(" ").filter((word) => !/^(?:\p{Lu}\.?|Jr\.?|Sr\.?|I{2,3}|IV)$/u.test(word));
    if (words.length < 2) continue;
    forms.add(form);
    forms.add(words.join(" "));
    if (words.length === 2) forms.add([...words].reverse().join(" "));
  }
  return forms;
}

/** A slug as the record makes it of a name. */
export function slugOf(name: string): string {
  return fold(name)
    .replace(/['’.]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
