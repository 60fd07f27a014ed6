import type { ReportAtDeskFragment } from "../generated/desk.js";
import { officeKinds } from "../lib/office.kinds.js";

export type Report = ReportAtDeskFragment;
export type Proposal = Report["proposals"][number];
export type Values = Proposal["values"];
export type Kind = Proposal["kind"];

/** Labels of the kinds of facts. */
export const kindLabels: Readonly<Record<Kind, string>> = {
  MEETING: "Meeting",
  DATE: "Date",
  PLACE: "Place",
  STATUS: "Status",
  FORMAT: "Format",
  SERIES: "Forum",
  SIDELINES_OF: "On the sidelines of",
  SEAT: "Seat",
  EXPECTED_SEAT: "Expected seat",
  STATEMENT: "Statement",
  COMMITMENT: "Commitment",
  AGREEMENT: "Agreement",
  SIGNATORY: "Signatory",
  ACTIVITY: "Activity",
  VISIT: "Visit",
  CLAIM: "Claim",
  OFFICE: "Office",
  MEMBERSHIP: "Membership",
  CHAIR: "Chair",
  TOPIC: "Topic",
  ATTRIBUTION: "Source named",
};

/** The control by which a value of a proposal is edited. */
export type FieldType =
  "parties" | "party" | "person" | "persons" | "forum" | "meeting" | "text" | "number" | "check" | readonly string[];

export interface FieldOfKind {
  readonly name: Exclude<keyof Values, "__typename" | "personName">;
  readonly label: string;
  readonly type: FieldType;
  readonly hint?: string;
}

const parties: FieldOfKind = { name: "parties", label: "Parties", type: "parties" };
const party: FieldOfKind = { name: "party", label: "Party", type: "party" };
const person: FieldOfKind = { name: "person", label: "Person", type: "person" };
const office: FieldOfKind = { name: "office", label: "Office", type: officeKinds };
const acting: FieldOfKind = { name: "acting", label: "Acting", type: "check" };
const day = "2024, 2024-11 or 2024-11-20";
const seat: readonly FieldOfKind[] = [
  party,
  person,
  office,
  acting,
  {
    name: "role",
    label: "Role",
    type: ["PRINCIPAL", "HOST", "CHAIR", "SPEAKER", "REPRESENTATIVE", "DELEGATE", "OBSERVER"],
  },
];
const sitting: readonly FieldOfKind[] = [
  { name: "name", label: "Forum", type: "forum" },
  { name: "ordinal", label: "Number of the sitting", type: "number" },
];

/** The values that facts of a kind have. */
export const fieldsOfKind: Readonly<Record<Kind, readonly FieldOfKind[]>> = {
  MEETING: [parties, { name: "sameAs", label: "Same meeting in the record", type: "meeting" }],
  DATE: [{ name: "value", label: "Day", type: "text", hint: day }],
  PLACE: [
    { name: "country", label: "Country", type: "party" },
    { name: "city", label: "City", type: "text" },
  ],
  STATUS: [{ name: "value", label: "Status", type: ["EXPECTED", "HELD", "POSTPONED", "CANCELLED", "DECLINED"] }],
  FORMAT: [{ name: "value", label: "Format", type: ["IN_PERSON", "VIDEO", "CALL", "PULL_ASIDE"] }],
  SERIES: sitting,
  SIDELINES_OF: sitting,
  SEAT: seat,
  EXPECTED_SEAT: seat,
  STATEMENT: [
    { name: "speakers", label: "Speakers", type: "persons" },
    { name: "verbatim", label: "In the speaker's own words", type: "check" },
  ],
  COMMITMENT: [
    parties,
    { name: "action", label: "Summary", type: "text" },
    { name: "dueOn", label: "Due", type: "text", hint: day },
  ],
  AGREEMENT: [
    { name: "name", label: "Name", type: "text" },
    parties,
    { name: "status", label: "Status", type: ["ANNOUNCED", "SIGNED", "IN_FORCE", "RENEWED"] },
    { name: "on", label: "Day", type: "text", hint: day },
  ],
  SIGNATORY: [party, person, { name: "as", label: "As", type: ["SIGNED", "WITNESSED"] }],
  ACTIVITY: [
    { name: "type", label: "Type", type: ["EXERCISE", "PORT_CALL", "PATROL", "TRAINING", "STAFF_TALKS"] },
    { name: "name", label: "Name", type: "text" },
    parties,
    { name: "from", label: "First day", type: "text", hint: day },
    { name: "to", label: "Last day", type: "text", hint: day },
  ],
  VISIT: [
    person,
    { name: "country", label: "Country", type: "party" },
    { name: "city", label: "City", type: "text" },
    { name: "from", label: "First day", type: "text", hint: day },
    { name: "to", label: "Last day", type: "text", hint: day },
    { name: "days", label: "Days", type: "number" },
    { name: "status", label: "Status", type: ["PLANNED", "MADE", "POSTPONED", "CANCELLED"] },
  ],
  CLAIM: [
    { name: "type", label: "Type", type: ["FIRST_SINCE", "FIRST_EVER", "PREVIOUS_MEETING"] },
    { name: "since", label: "Since", type: "text", hint: "A day, or words of the report" },
  ],
  OFFICE: [person, party, office, acting],
  MEMBERSHIP: [
    { name: "forum", label: "Forum", type: "forum" },
    party,
    {
      name: "role",
      label: "Role",
      type: [
        "MEMBER",
        "DIALOGUE_PARTNER",
        "PLUS_COUNTRY",
        "SECTORAL_DIALOGUE_PARTNER",
        "PARTNER_COUNTRY",
        "OBSERVER",
        "INVITED",
      ],
    },
  ],
  CHAIR: [{ name: "forum", label: "Forum", type: "forum" }, party, { name: "term", label: "Term", type: "text" }],
  TOPIC: [{ name: "value", label: "Topic", type: "text" }],
  ATTRIBUTION: [{ name: "to", label: "Source", type: "text" }],
};

/** Kinds that an editor can add, those of records first. */
export const addable: readonly Kind[] = [
  "MEETING",
  "SEAT",
  "EXPECTED_SEAT",
  "DATE",
  "PLACE",
  "STATUS",
  "FORMAT",
  "SERIES",
  "SIDELINES_OF",
  "STATEMENT",
  "COMMITMENT",
  "AGREEMENT",
  "SIGNATORY",
  "ACTIVITY",
  "VISIT",
  "CLAIM",
  "OFFICE",
  "MEMBERSHIP",
];

/** Kinds of which a fact of a kind can be about one. */
export const subjectsOf: Partial<Readonly<Record<Kind, readonly Kind[]>>> = {
  DATE: ["MEETING"],
  PLACE: ["MEETING"],
  STATUS: ["MEETING"],
  FORMAT: ["MEETING"],
  SERIES: ["MEETING"],
  SIDELINES_OF: ["MEETING"],
  SEAT: ["MEETING"],
  EXPECTED_SEAT: ["MEETING"],
  SIGNATORY: ["AGREEMENT"],
  CLAIM: ["MEETING", "VISIT"],
  STATEMENT: ["MEETING"],
};

/** The values of a proposal without those that are null. */
export function givenValues(values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => name !== "__typename" && value !== null && value !== undefined),
  );
}

/** A word of the schema in plain letters: `Deputy defence minister`. */
export function plain(word: string): string {
  const text = word.toLowerCase().replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A slug as a name, for persons who have no other name here. */
export function nameOfSlug(slug: string): string {
  return slug
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** A fact in a few words. */
export function describe({ kind, values }: Pick<Proposal, "kind" | "values">): string {
  const { value, parties: codes, party: code, person: slug, personName, office: held, name, ordinal } = values;
  const who = slug === null ? null : (personName ?? nameOfSlug(slug));
  const list = (...parts: (string | null | undefined | false)[]): string => parts.filter(Boolean).join(" · ");
  const title = held !== null && plain(held);
  switch (kind) {
    case "MEETING":
      return (codes ?? []).join(" – ");
    case "STATUS":
    case "FORMAT":
      return plain(value ?? "");
    case "PLACE":
      return list(values.city, values.country);
    case "SERIES":
    case "SIDELINES_OF":
      return list(name, ordinal !== null && `No. ${String(ordinal)}`);
    case "SEAT":
    case "EXPECTED_SEAT":
    case "OFFICE":
      return list(code, who, title, values.acting === true && "acting", values.role !== null && plain(values.role));
    case "STATEMENT":
      return list(
        (values.speakers ?? []).map((one) => (/^[A-Z]/.test(one) ? one : nameOfSlug(one))).join(", "),
        values.verbatim === true && "own words",
      );
    case "COMMITMENT":
      return list((codes ?? []).join(", "), values.action, values.dueOn !== null && `due ${values.dueOn}`);
    case "AGREEMENT":
      return list(
        name ?? "Agreement",
        (codes ?? []).join(", "),
        values.status !== null && plain(values.status),
        values.on,
      );
    case "SIGNATORY":
      return list(code, who, values.as !== null && plain(values.as));
    case "ACTIVITY":
      return list(values.type !== null && plain(values.type), name, (codes ?? []).join(", "), values.from);
    case "VISIT":
      return list(who, values.city ?? values.country, values.from, values.status !== null && plain(values.status));
    case "CLAIM":
      return list(values.type !== null && plain(values.type), values.since);
    case "MEMBERSHIP":
    case "CHAIR":
      return list(values.forum, code, values.role !== null && plain(values.role), values.term);
    case "ATTRIBUTION":
      return values.to ?? "";
    default:
      return value ?? "";
  }
}

/** Proposals that belong together: a meeting, a visit or an agreement with all about it. */
export interface Group {
  readonly id: string;
  readonly head: Proposal | undefined;
  readonly title: string;
  readonly proposals: readonly Proposal[];
}

/** Proposals by meeting and visit; those about nothing stand at the end. */
export function groupsOf(proposals: readonly Proposal[]): Group[] {
  const heads = proposals.filter(
    ({ kind, key }) => key !== null && ["MEETING", "VISIT", "AGREEMENT", "ACTIVITY"].includes(kind),
  );
  const groups = heads.map((head): Group => {
    const about = proposals.filter((one) => one.about === head.key);
    return { id: head.key ?? "", head, title: titleOf(head, about), proposals: [head, ...about] };
  });
  const placed = new Set(groups.flatMap((group) => group.proposals));
  const rest = proposals.filter((one) => !placed.has(one));
  if (rest.length > 0) groups.push({ id: "rest", head: undefined, title: "Other facts", proposals: rest });
  return groups;
}

function titleOf(head: Proposal, about: readonly Proposal[]): string {
  if (head.kind !== "MEETING") return `${kindLabels[head.kind]}: ${describe(head)}`;
  const value = (kind: Kind) => about.find((one) => one.kind === kind && one.decision !== "REJECTED");
  const place = value("PLACE")?.values;
  const forum = value("SERIES");
  const who = forum ? describe(forum) : (head.values.parties ?? []).join(" – ");
  return [who, value("DATE")?.values.value, place?.city ?? place?.country].filter(Boolean).join(" · ");
}

/** The position of each character of a text in units of UTF-16. */
export function offsetsOf(text: string): readonly number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    offsets.push(at);
    at += character.length;
  }
  offsets.push(at);
  return offsets;
}
