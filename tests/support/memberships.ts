import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { parsePartialDate } from "../../src/lib/partial-dates.js";

interface WrittenMembership {
  readonly forum: string;
  readonly party: string;
  readonly role: string;
  readonly since?: string;
  readonly until?: string;
  readonly hasEnded?: boolean;
  readonly attestedOn?: string;
}

/** Memberships as the packs' own files state them, one for each forum, party and role, read without the service. */
export function writtenMemberships(files: readonly URL[]): readonly WrittenMembership[] {
  const merged = new Map<string, WrittenMembership>();
  for (const file of files) {
    const { memberships } = parse(readFileSync(file, "utf8")) as { memberships: readonly WrittenMembership[] };
    for (const written of memberships) {
      const key = [written.forum, written.party, written.role].join("/");
      merged.set(key, { ...merged.get(key), ...written });
    }
  }
  return [...merged.values()];
}

/**
 * Whether a membership was in force on a day for certain, said once more and differently than the service says it: from
 * the last day its start can mean, or the first day it is attested, until before the first day its end can mean.
 */
export function wasInForce(membership: WrittenMembership, day: string): boolean {
  const starts = [
    ...(membership.since === undefined ? [] : [parsePartialDate(membership.since).latest]),
    ...(membership.attestedOn === undefined ? [] : [parsePartialDate(membership.attestedOn).latest]),
  ];
  if (!starts.some((start) => start <= day)) return false;
  if (membership.until !== undefined) return day < parsePartialDate(membership.until).earliest;
  if (membership.hasEnded === false) return true;
  throw new Error(
    `The seeds hold no membership that is over on an unknown day, but found ${JSON.stringify(membership)}`,
  );
}

/** Pairs of codes that share forums on a day, with the slugs of these forums, by brute force. */
export function sharedByPairs(
  memberships: readonly WrittenMembership[],
  day: string,
  fullMembersOnly: boolean,
): Map<string, string[]> {
  const counted = memberships.filter((one) => wasInForce(one, day) && (!fullMembersOnly || one.role === "MEMBER"));
  const pairs = new Map<string, Set<string>>();
  for (const one of counted) {
    for (const other of counted) {
      if (one.forum !== other.forum || one.party >= other.party) continue;
      const pair = `${one.party}-${other.party}`;
      pairs.set(pair, (pairs.get(pair) ?? new Set()).add(one.forum));
    }
  }
  return new Map([...pairs].map(([pair, forums]) => [pair, [...forums].sort()]));
}
