import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packageRoot } from "../lib/root.js";
import { createKnownNames, type KnownForum, type KnownNames, type KnownPerson } from "./names.js";

interface SeedPerson {
  readonly slug: string;
  readonly name: string;
  readonly state?: string;
  readonly names?: readonly { readonly text: string }[];
}

interface SeedForum {
  readonly name: string;
  readonly acronym?: string;
  readonly aliases?: readonly string[];
}

/** The names that the shipped seeds give, for reading without a database. */
export function seedNames(): KnownNames {
  const persons = listIn<SeedPerson>("persons").map(({ slug, name, state, names = [] }): KnownPerson => ({
    slug,
    name,
    aliases: names.map(({ text }) => text),
    ...(state === undefined ? {} : { state }),
  }));
  const forums = listIn<SeedForum>("forums").map(({ name, acronym, aliases = [] }): KnownForum => ({
    name,
    aliases: acronym === undefined ? aliases : [...aliases, `=${acronym}`],
  }));
  return createKnownNames(persons, forums);
}

function listIn<T>(kind: "persons" | "forums"): readonly T[] {
  const path = join(packageRoot(), "seeds/facts", `${kind}.yaml`);
  return (parse(readFileSync(path, "utf8")) as Readonly<Record<string, readonly T[]>>)[kind] ?? [];
}
