import { inputError } from "../../lib/errors.js";
import { joinLeaves, mapLeaf, type Leaf } from "../../reading/inputs.js";
import type { Planner } from "../../reading/planner.js";
import { parameter, type Sql } from "../../reading/sql.js";
import { survivingId } from "../history/history.lists.js";
import { prefixOf } from "../kinds.js";
import { byId } from "../history/named.lists.js";

/** The subject of a query: its kind of record, and SQL for its id. */
export interface Holder {
  readonly kind: "party" | "person" | "forum" | "document";
  readonly id: Sql;
}

/** One of two that an answer is about. */
export type Partner = Holder & { readonly kind: "party" | "person" };

const holderKinds: ReadonlyMap<string, Holder["kind"]> = new Map([
  [prefixOf("State"), "party"],
  [prefixOf("Organization"), "party"],
  [prefixOf("Person"), "person"],
  [prefixOf("Forum"), "forum"],
  [prefixOf("Document"), "document"],
]);

/** The column of seats that leads to a partner. */
export const seatColumn = { party: "partyId", person: "personId" } as const;

const named = {
  party: byId("Party", "state or organization"),
  person: byId("Person", "person"),
  forum: byId("Forum", "forum"),
  document: byId("Document", "document"),
} as const satisfies Record<Holder["kind"], object>;

/** For invalid ids. Any table would report them as unknown. */
const nothing = byId("Party", "state, organization, person, forum or document");

/** The kind of record, from the prefix of an id. It decides which tables are read, so it is part of the plan. */
function holderOf(planner: Planner, argument: string, id: Leaf<string>): Holder | undefined {
  const kind = planner.fix(mapLeaf(id, (text) => holderKinds.get(text.split("_", 1)[0] ?? "")));
  planner.names.push({ argument, names: id, of: kind ? named[kind] : nothing });
  return kind && { kind, id: survivingId(parameter(id, "text")) };
}

function isPartner(holder: Holder | undefined): holder is Partner {
  return holder?.kind === "party" || holder?.kind === "person";
}

function partnersOnly(argument: string): never {
  throw inputError({
    argument,
    problem: "has to be the id of a state, an organization or a person where two are asked about.",
  });
}

function refuseSame(of: string, other: string): void {
  if (of === other)
    throw inputError({
      argument: "with",
      problem: 'must be the id of another than "of"; leave it out for what concerns that one.',
    });
}

/**
 * The subjects of a query, from its arguments `of` and `with`.
 * @returns undefined if `of` has the prefix of another kind of record.
 * @throws An input error if one of two is neither a party nor a person or, at execution, if both are the same.
 */
export function holdersOf(
  planner: Planner,
  { of, with: other }: { readonly of: Leaf<string>; readonly with?: Leaf<string> | null | undefined },
): { readonly holder: Holder; readonly other?: Partner } | undefined {
  const holder = holderOf(planner, "of", of);
  if (other === null || other === undefined) return holder && { holder };
  const partner = holderOf(planner, "with", other);
  if (!isPartner(holder)) return partnersOnly("of");
  if (!isPartner(partner)) return partnersOnly("with");
  planner.checks.push(joinLeaves(of, other, refuseSame));
  return { holder, other: partner };
}
