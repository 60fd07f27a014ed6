import type * as GQL from "../generated/pages.js";

/** Links to pages of the service. Each link keeps the moment as of which the record is read. */
export interface Addresses {
  /** The moment, as the request gave it; undefined for the current record. */
  readonly knownAt: string | undefined;
  /** A page by its path and parameters. A list repeats a parameter; undefined ones are left out. */
  to(path: string, query?: Readonly<Record<string, string | readonly string[] | undefined>>): string;
  meeting(slug: string, anchor?: string): string;
  person(slug: string, anchor?: string): string;
  forum(slug: string, anchor?: string): string;
  party(party: GQL.TableFragment, anchor?: string): string;
  document(id: string, anchor?: string): string;
  agreement(key: string, anchor?: string): string;
  activity(key: string, anchor?: string): string;
  pair(one: string, other: string): string;
  /** The page of any record, by its id. */
  record(id: string): string;
}

/** @param knownAt The moment that every link keeps. */
export function createAddresses(knownAt: string | undefined): Addresses {
  const to: Addresses["to"] = (path, query = {}) => {
    const given = Object.entries({ ...query, knownAt }).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    );
    return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
  };
  const under =
    (folder: string) =>
    (name: string, anchor?: string): string =>
      `${to(`/${folder}/${encodeURIComponent(name)}`)}${anchor === undefined ? "" : `#${anchor}`}`;
  return {
    knownAt,
    to,
    meeting: under("meetings"),
    person: under("persons"),
    forum: under("forums"),
    party: ({ __typename, code }, anchor) => under(__typename === "State" ? "states" : "organizations")(code, anchor),
    document: under("documents"),
    agreement: under("agreements"),
    activity: under("activities"),
    pair: (one, other) => to(`/pairs/${encodeURIComponent(one)}-${encodeURIComponent(other)}`),
    record: under("records"),
  };
}
