import { z } from "zod";
import type * as GQL from "../generated/agents.js";
import { contractEnum } from "../lib/contract.js";
import { createAddresses } from "../pages/addresses.js";
import { placeWords } from "../pages/words.js";

/** The values of an enum of the contract. */
export function valuesOf<E extends string>(name: string) {
  return z.enum(contractEnum(name) as [E, ...E[]]);
}

export const DAY = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "Give a day as YYYY-MM-DD, for example 2024-11-20.")
  .describe("A day, YYYY-MM-DD.");

/** Degrees of certainty of an answer. No answer is surer than the record. */
export const CERTAINTY = z
  .enum(["RECORDED", "UNCERTAIN", "DISPUTED", "NOT_RECORDED"])
  .describe("NOT_RECORDED does not mean that it did not happen.");
export type Certainty = z.infer<typeof CERTAINTY>;

/** The parts of every result. */
export const RESULT = {
  answer: z.string().describe("The answer in words."),
  certainty: CERTAINTY,
  notes: z.array(z.string()).describe("Everything that is uncertain, disputed, assumed or left out."),
  coverage: z.string().describe("Limits of what the record can know; quote it if something is missing."),
};

/** The parts of a result with pages. */
export const PAGE = {
  total: z.number().describe("Number of entries on all pages."),
  next: z.string().nullable().describe("Pass it as `after` for the next entries; null at the end."),
};

export const SOURCE = z.object({
  stance: z.enum(["SUPPORTS", "DISPUTES"]),
  quote: z.string().optional().describe("The exact words; missing if the record does not hold the text."),
  locator: z.string().optional(),
  attributedTo: z.string().optional(),
  title: z.string(),
  publisher: z.string(),
  publishedOn: z.string().optional(),
  url: z.string().optional(),
  document: z.string(),
  link: z.string(),
});
export type Source = z.infer<typeof SOURCE>;

/** A meeting in short. */
export const MENTION = z.object({
  slug: z.string(),
  title: z.string(),
  on: z.string().nullable(),
  endsOn: z.string().optional(),
  status: z.string(),
  kind: z.string(),
  format: z.string().optional(),
  place: z.string().optional(),
  link: z.string(),
});
export type Mention = z.infer<typeof MENTION>;

export const MEETING = MENTION.extend({
  participants: z.array(z.string()),
  conflicts: z.array(z.string()).describe("Contradictions between sources."),
  isDisputed: z.boolean().describe("True if the record follows no side of a conflict."),
  sources: z.array(SOURCE),
  sourceCount: z.number(),
});
export type MeetingItem = z.infer<typeof MEETING>;

/** Links to pages of the service. */
export interface Links {
  meeting(slug: string): string;
  person(slug: string): string;
  forum(slug: string): string;
  record(id: string): string;
  document(id: string, citation?: string): string;
}

/** @param origin Of the service, without a path: `http://localhost:4000`. */
export function linksOf(origin: string): Links {
  const addresses = createAddresses(undefined);
  return {
    meeting: (slug) => origin + addresses.meeting(slug),
    person: (slug) => origin + addresses.person(slug),
    forum: (slug) => origin + addresses.forum(slug),
    record: (id) => origin + addresses.record(id),
    document: (id, citation) => origin + addresses.document(id, citation),
  };
}

export function sourceOf(citation: GQL.AgentSourceFragment, links: Links): Source {
  const { id, stance, attributedTo, locator, passage, document } = citation;
  return {
    stance,
    ...optional({ quote: passage?.quote, locator: passage ? undefined : locator, attributedTo }),
    title: document.title,
    publisher: document.publisher,
    ...optional({ publishedOn: document.publishedOn, url: document.url }),
    document: document.id,
    link: links.document(document.id, id),
  };
}

export function mentionOf(meeting: GQL.AgentMeetingFragment, links: Links): Mention {
  const { slug, title, on, endsOn, status, kind, format, place } = meeting;
  return {
    slug,
    title,
    on,
    status,
    kind,
    ...optional({ endsOn, format, place: placeWords(place) }),
    link: links.meeting(slug),
  };
}

/** A meeting with its participants, conflicts and sources; those with the exact words come first. */
export function meetingOf(
  meeting: GQL.AgentMeetingFragment &
    GQL.AgentCitedFragment & {
      readonly participants: { readonly nodes: readonly Parameters<typeof seatOf>[0][] };
      readonly conflicts: readonly GQL.AgentConflictFragment[];
    },
  links: Links,
  mostSources: number,
): MeetingItem {
  const { participants, conflicts, quoted, citations } = meeting;
  const cited = new Map([...quoted.nodes, ...citations.nodes].map((citation) => [citation.id, citation]));
  return {
    ...mentionOf(meeting, links),
    participants: participants.nodes.map(seatOf),
    conflicts: conflicts.map(conflictOf),
    isDisputed: conflicts.some(({ isOpen }) => isOpen),
    sources: [...cited.values()].slice(0, mostSources).map((citation) => sourceOf(citation, links)),
    sourceCount: citations.totalCount,
  };
}

/** A seat: `Rajnath Singh (India, Defence Minister)`. */
export function seatOf(seat: {
  readonly party: { readonly name: string } | null;
  readonly person: { readonly name: string } | null;
  readonly office: { readonly title: string } | null;
}): string {
  const { party, person, office } = seat;
  const name = person?.name ?? "unnamed";
  const rest = [party?.name, office?.title].filter((part) => part !== undefined);
  return rest.length === 0 ? name : `${name} (${rest.join(", ")})`;
}

/** A conflict in a sentence. */
export function conflictOf(
  conflict: Omit<GQL.AgentConflictFragment, "claims"> & Partial<GQL.AgentConflictFragment>,
): string {
  const { field, resolution, isOpen, claims = [] } = conflict;
  const sides = claims.map(({ value, isFollowed }) => (isFollowed === true ? `${value} (followed)` : value)).join("; ");
  const outcome = isOpen ? "The record follows no side." : (resolution ?? "Settled.");
  return `${field}: ${[sides, outcome].filter((part) => part !== "").join(". ")}`;
}

type Optional<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Members for a spread: those that are known. */
export function optional<T extends object>(given: T): Optional<T> {
  const known = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known) as Optional<T>;
}
