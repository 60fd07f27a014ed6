import * as GQL from "../generated/agents.js";
import { ToolError, type Ask } from "./ask.js";

/** Kinds of records that tools take by name. */
export type NamedKind = "party" | "person" | "forum";

/** A record that was named. */
export interface Named {
  readonly kind: NamedKind;
  readonly id: string;
  readonly name: string;
  /** The code of a party, or the slug of a person or forum: arguments of operations take it. */
  readonly ref: string;
}

const words: Readonly<Record<NamedKind, string>> = {
  party: "state or organization",
  person: "person",
  forum: "forum",
};
const searched: Readonly<Record<NamedKind, readonly GQL.SearchKind[]>> = {
  party: ["STATE", "ORGANIZATION"],
  person: ["PERSON"],
  forum: ["FORUM"],
};

/**
 * The record that a name means: a code, slug, acronym or any name in any script.
 * @param kinds The kinds that are possible. If a code or slug names records of several, the first kind is taken.
 * @throws ToolError with suggestions if nothing has the name, or if several records have it.
 */
export async function named(ask: Ask, given: string, kinds: readonly NamedKind[]): Promise<Named> {
  const text = given.trim();
  const variables = {
    code: text.toUpperCase(),
    slug: text.toLowerCase().replace(/\s+/g, "-"),
    parties: kinds.includes("party"),
    persons: kinds.includes("person"),
    forums: kinds.includes("forum"),
  };
  const { party, person, forum } = await ask(GQL.agentByName, variables);
  const direct = [party, person, forum].flatMap((found) => (found ? namedBy(found) : []));
  const first = kinds.flatMap((kind) => direct.filter((found) => found.kind === kind)).at(0);
  return first ?? search(ask, text, kinds);
}

async function search(ask: Ask, text: string, kinds: readonly NamedKind[]): Promise<Named> {
  const { search: results } = await ask(GQL.agentNames, {
    query: text,
    kinds: kinds.flatMap((kind) => searched[kind]),
  });
  const hits = results.nodes.flatMap(({ quality, match }) => namedBy(match).map((found) => ({ quality, found })));
  const exact = hits.filter(({ quality }) => quality === "NAME").map(({ found }) => found);
  const [only] = exact;
  if (only && exact.length === 1) return only;
  const same = exact.filter(({ name, ref }) => [name, ref].some((one) => one.toLowerCase() === text.toLowerCase()));
  const [literal] = same;
  if (literal && same.length === 1) return literal;
  const what = kinds.map((kind) => words[kind]).join(" or ");
  const suggestions = (exact.length > 1 ? exact : hits.map(({ found }) => found)).map(
    ({ name, ref }) => `${ref} (${name})`,
  );
  if (exact.length > 1) {
    throw new ToolError(
      "BAD_USER_INPUT",
      `Several records are called "${text}". Give one of: ${suggestions.join(", ")}.`,
      suggestions,
    );
  }
  const hint =
    suggestions.length > 0 ? ` Did you mean ${suggestions.join(", ")}?` : " Look for its name with the tool search.";
  throw new ToolError("NOT_FOUND", `The record has no ${what} called "${text}".${hint}`, suggestions);
}

/** A record with a name of its own; empty for other kinds of records. */
function namedBy(found: {
  readonly __typename: string;
  readonly id: string;
  readonly name?: string;
  readonly code?: string;
  readonly slug?: string;
}): readonly Named[] {
  const { __typename, id, name, code, slug } = found;
  const kind = kindsByType.get(__typename);
  const ref = code ?? slug;
  return kind && ref !== undefined && name !== undefined ? [{ kind, id, name, ref }] : [];
}

const kindsByType: ReadonlyMap<string, NamedKind> = new Map([
  ["State", "party"],
  ["Organization", "party"],
  ["Person", "person"],
  ["Forum", "forum"],
]);
