import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import {
  activityStatusWords,
  agreementStatusWords,
  capital,
  opening,
  placeWords,
  plainWords,
  roleWords,
  statusWords,
} from "./words.js";

/** A link to a record. */
export interface Named {
  /** The kind of record, in a word or two. */
  readonly kind: string;
  readonly label: string;
  readonly address: string;
}

type Kind = NonNullable<GQL.SubjectFragment["__typename"]>;
type SubjectOf<K extends Kind> = Extract<GQL.SubjectFragment, { readonly __typename: K }>;

/** Maximum length of the label of a statement or claim, in characters. */
const SHOWN = 90;

const naming: { readonly [K in Kind]?: (subject: SubjectOf<K>, addresses: Addresses) => Named } = {
  State: ({ code, name }, to) => ({
    kind: "State",
    label: name,
    address: to.party({ __typename: "State", code, name }),
  }),
  Organization: ({ code, name }, to) => ({
    kind: "Organization",
    label: name,
    address: to.party({ __typename: "Organization", code, name }),
  }),
  Person: ({ slug, name }, to) => ({ kind: "Person", label: name, address: to.person(slug) }),
  Office: ({ id, title, party }, to) => ({
    kind: "Office",
    label: `${title}, ${party.name}`,
    address: to.party(party, id),
  }),
  Tenure: ({ id, holder, office }, to) => ({
    kind: "In office",
    label: `${holder.name}, ${office.title} (${office.party.name})`,
    address: to.person(holder.slug, id),
  }),
  Forum: ({ slug, name }, to) => ({ kind: "Forum", label: name, address: to.forum(slug) }),
  ForumMembership: ({ id, party, forum, membershipRole }, to) => ({
    kind: "Membership",
    label: `${party.name}, ${roleWords(membershipRole).toLowerCase()} of ${forum.name}`,
    address: to.forum(forum.slug, id),
  }),
  ChairTerm: ({ id, forum }, to) => ({
    kind: "Chair",
    label: `Chair of ${forum.name}`,
    address: to.forum(forum.slug, id),
  }),
  Meeting: ({ slug, title }, to) => ({ kind: "Meeting", label: title, address: to.meeting(slug) }),
  Participant: ({ id, party, sitter, at }, to) => ({
    kind: "Seat",
    label: `${sitter ? `${sitter.name} (${party.name})` : `${party.name}, person not named`}: ${at.title}`,
    address: to.meeting(at.slug, id),
  }),
  StatusReport: ({ id, reported, at }, to) => ({
    kind: "Report",
    label: `${statusWords(reported)}: ${at.title}`,
    address: to.meeting(at.slug, id),
  }),
  AgreementClaim: ({ id }, to) => ({ kind: "Claim", label: "First agreement", address: to.record(id) }),
  ActivityClaim: ({ id }, to) => ({ kind: "Claim", label: "First activity", address: to.record(id) }),
  VisitClaim: ({ id }, to) => ({ kind: "Claim", label: "First visit", address: to.record(id) }),
  VisitReport: ({ id, said }, to) => ({
    kind: "Report",
    label: `${capital(plainWords(said))} visit`,
    address: to.record(id),
  }),
  Visit: ({ id, traveller, place }, to) => ({
    kind: "Visit",
    label: `${traveller.name} to ${placeWords(place) ?? "an unknown place"}`,
    address: to.person(traveller.slug, id),
  }),
  Statement: (subject, to) => ({
    kind: "Statement",
    label: opening(subject.text, SHOWN),
    address: addressOfStatement(subject, to),
  }),
  Commitment: ({ id, summary, madeAt }, to) => ({
    kind: "Commitment",
    label: opening(summary, SHOWN),
    address: madeAt ? to.meeting(madeAt.slug, id) : to.record(id),
  }),
  Milestone: ({ id, label }, to) => ({ kind: "Milestone", label, address: `${to.to("/milestones")}#${id}` }),
  FirstSinceClaim: ({ id, at, level }, to) => ({
    kind: "Claim of a first meeting",
    label: `${at.title}, at the level of ${plainWords(level)}`,
    address: to.meeting(at.slug, id),
  }),
  Agreement: ({ key, title }, to) => ({ kind: "Agreement", label: title, address: to.agreement(key) }),
  Signatory: ({ id, agreement, party, sitter, role }, to) => ({
    kind: role === "SIGNED" ? "Signature" : "Witness",
    label: `${sitter ? `${sitter.name} (${party.name})` : party.name}: ${agreement.title}`,
    address: to.agreement(agreement.key, id),
  }),
  AgreementReport: ({ id, agreement, status }, to) => ({
    kind: "Report",
    label: `${capital(agreementStatusWords(status))}: ${agreement.title}`,
    address: to.agreement(agreement.key, id),
  }),
  Activity: ({ key, title }, to) => ({ kind: "Activity", label: title, address: to.activity(key) }),
  ActivityReport: ({ id, activity, activityStatus }, to) => ({
    kind: "Report",
    label: `${capital(activityStatusWords(activityStatus))}: ${activity.title}`,
    address: to.activity(activity.key, id),
  }),
  ConflictClaim: ({ id, value, conflict }, to) => ({
    kind: "Contradiction",
    label: `${conflict.field}: ${opening(value, SHOWN)}`,
    address: addressOfConflicted(conflict.subject, id, to),
  }),
};

/** Whether a record stands on a page of the site that is made for its type. */
export function hasPage(node: { readonly __typename: string }): node is GQL.SubjectFragment {
  return node.__typename in naming;
}

/** A link to the record that a citation supports, at its place on the page. */
export function nameSubject(subject: GQL.SubjectFragment, addresses: Addresses): Named {
  // The type of the entry follows from `__typename`, which TypeScript cannot infer.
  const named = naming[subject.__typename] as
    ((subject: GQL.SubjectFragment, addresses: Addresses) => Named) | undefined;
  return named === undefined ? nameAny(subject, addresses) : named(subject, addresses);
}

/** A link to a record of a type that has no words here: to its plain page. */
function nameAny({ __typename, id }: { readonly __typename: string; readonly id: string }, to: Addresses): Named {
  const kind = capital(__typename.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
  return { kind, label: kind, address: to.record(id) };
}

/** A statement is on the page of its meeting or, without one, on that of its speaker. */
function addressOfStatement(
  { id, about, speaker }: Pick<SubjectOf<"Statement">, "id" | "about" | "speaker">,
  to: Addresses,
): string {
  if (about) return to.meeting(about.slug, id);
  return speaker ? to.person(speaker.slug, id) : to.record(id);
}

/** A record about which sources contradict each other. */
export type Conflicted =
  | { readonly __typename: "Meeting" | "Forum"; readonly slug: string }
  | { readonly __typename: "ForumMembership"; readonly forum: { readonly slug: string } }
  | OtherConflicted;

/** The address of a conflict: on the page of its record, or for a membership on that of its forum. */
export function addressOfConflicted(subject: Conflicted, anchor: string, to: Addresses): string {
  switch (subject.__typename) {
    case "ForumMembership":
      return to.forum(subject.forum.slug, anchor);
    case "Meeting":
      return to.meeting(subject.slug, anchor);
    case "Forum":
      return to.forum(subject.slug, anchor);
    default:
      return nameConflicted(subject, to).address;
  }
}

/** Other records that sources contradict each other about. */
type OtherConflicted =
  | { readonly __typename: "Agreement" | "Activity"; readonly key: string; readonly title: string }
  | {
      readonly __typename: "Tenure" | "Visit";
      readonly id: string;
      readonly person: { readonly slug: string; readonly name: string };
    };

/** A link to a tenure, an agreement, an activity or a visit that sources contradict each other about. */
export function nameConflicted(
  subject: OtherConflicted,
  to: Addresses,
): { readonly label: string; readonly address: string } {
  switch (subject.__typename) {
    case "Agreement":
      return { label: subject.title, address: to.agreement(subject.key) };
    case "Activity":
      return { label: subject.title, address: to.activity(subject.key) };
    case "Tenure":
      return { label: `Tenure of ${subject.person.name}`, address: to.person(subject.person.slug, subject.id) };
    default:
      return { label: `Visit of ${subject.person.name}`, address: to.person(subject.person.slug, subject.id) };
  }
}

/** A link to a search result. */
export function nameFound(found: GQL.FoundFragment, addresses: Addresses): Named {
  // Other types than these have no fields of their own in the fragment.
  const any: { readonly __typename: string; readonly id: string } = found;
  switch (found.__typename) {
    case "Document":
      return { kind: "Source", label: found.title, address: addresses.document(found.id) };
    case "State":
    case "Organization":
      return { kind: found.__typename, label: found.name, address: addresses.party(found) };
    case "Person":
      return { kind: "Person", label: found.name, address: addresses.person(found.slug) };
    case "Forum":
      return { kind: "Forum", label: found.name, address: addresses.forum(found.slug) };
    case "Meeting":
      return { kind: "Meeting", label: found.title, address: addresses.meeting(found.slug) };
    case "Agreement":
      return { kind: "Agreement", label: found.title, address: addresses.agreement(found.key) };
    case "Activity":
      return { kind: "Activity", label: found.title, address: addresses.activity(found.key) };
    case "Statement":
      return { kind: "Statement", label: opening(found.text, SHOWN), address: addressOfStatement(found, addresses) };
    case "Office":
    case "Visit":
    case "Milestone":
    case "Commitment":
    case "FirstSinceClaim":
      return nameSubject(found, addresses);
    case "Place":
      return { kind: "Place", label: placeWords(found) ?? "Place", address: addresses.record(found.id) };
    case "Citation":
      return { kind: "Passage", label: found.document.title, address: addresses.record(found.id) };
    default:
      return nameAny(any, addresses);
  }
}
