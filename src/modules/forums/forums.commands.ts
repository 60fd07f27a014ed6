import { z } from "zod";
import { ForumKind, MembershipRole } from "../../generated/prisma/enums.js";
import type { Place } from "../../lib/faults.js";
import type { ChangeSet } from "../../writing/change.set.js";
import type { Detail, DesiredRecord, RecordKind, Row } from "../../writing/records.js";
import { refersTo } from "../../writing/references.js";
import { initially } from "../../writing/said.js";
import { day, flag, given, language, line, listOf, oneOf, prose, slug } from "../../writing/values.js";
import { citationsInput, addCitations } from "../documents/documents.commands.js";
import { idPrefixes } from "../ids.js";
import { numbered } from "../numbering.rules.js";
import { onlyOrganization, partyReference } from "../parties/parties.commands.js";
import { apart, checkPeriod, periodFields } from "../periods.rules.js";

/** A forum as an input gives it. An alias is a text, or a text with its language. */
export const forumInput = z.strictObject({
  slug: slug(),
  acronym: given(line(60)),
  name: given(line()),
  aliases: given(
    listOf(
      z.preprocess(
        (value) => (typeof value === "string" ? { text: value } : value),
        z.strictObject({ text: line(), language: given(language()) }),
      ),
    ),
  ),
  kind: given(oneOf(ForumKind)),
  description: given(prose()),
  foundedOn: given(day()),
  parent: given(refersTo("Forum", slug())),
  organization: given(partyReference()),
  cite: citationsInput,
});

const forumNames: Detail = {
  table: "ForumName",
  owner: "forumId",
  identity: "text",
  columns: ["language"],
  givesWay: { field: "name", cells: {} },
  read: (input) => ((input["aliases"] ?? []) as Row[]).map((cells, index) => ({ steps: ["aliases", index], cells })),
  write: (rows) => ({ aliases: rows.map(({ text, language: tag }) => ((tag ?? null) === null ? text : { text, language: tag })) }),
};

export const forumKind: RecordKind = {
  table: "Forum",
  label: "forum",
  prefix: idPrefixes.Forum,
  keyColumn: "slug",
  fields: {
    acronym: { type: "text" },
    name: { type: "text", required: true },
    kind: { type: "text" },
    description: { type: "text" },
    foundedOn: { type: "date" },
    parent: { type: "reference", to: "Forum", column: "parentId", acyclic: true },
    organization: { type: "reference", to: "Party", column: "organizationId", only: onlyOrganization },
  },
  details: [forumNames],
  citation: { column: "forumId", count: "some" },
};

/** Adds a forum. */
export function addForum(changeSet: ChangeSet, input: z.infer<typeof forumInput>, place: Place): DesiredRecord {
  return addCitations(changeSet, changeSet.add(forumKind, input.slug, place, input), input.cite);
}

/** A membership as an input gives it. */
export const membershipInput = z.strictObject({
  forum: refersTo("Forum", slug()),
  party: partyReference(),
  role: oneOf(MembershipRole),
  since: given(day()),
  until: given(day()),
  hasEnded: given(flag()),
  attestedOn: given(day()),
  isDisputed: given(initially(flag(), false)),
  note: given(prose()),
  cite: citationsInput,
});

export const membershipKind: RecordKind = {
  table: "ForumMembership",
  label: "membership",
  prefix: idPrefixes.ForumMembership,
  keyColumn: "key",
  fields: {
    forum: { type: "reference", to: "Forum", column: "forumId", required: true },
    party: { type: "reference", to: "Party", column: "partyId", required: true },
    role: { type: "text", required: true },
    ...periodFields,
    isDisputed: { type: "flag", initial: false, becomes: true },
    note: { type: "text" },
  },
  within: "forum",
  keyedBy: ["forum", "party", "role"],
  identify: numbered({ distinguishedBy: "since" }),
  check: checkPeriod,
  checkSiblings: apart("membership", ["partyId", "role"]),
  citation: { column: "membershipId", count: "some" },
};

/** Adds a membership. */
export function addMembership(changeSet: ChangeSet, input: z.infer<typeof membershipInput>, place: Place): DesiredRecord {
  const desired = changeSet.add(membershipKind, membershipKey(input), place, input);
  return addCitations(changeSet, desired, input.cite);
}

/** The key of the first membership of a party in a role. */
export function membershipKey({ forum, party, role }: { forum: string; party: string; role: string }): string {
  return `${forum}/${party}/${role}`;
}
