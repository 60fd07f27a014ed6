import { z } from "zod";
import { ForumKind } from "../../generated/prisma/enums.js";
import type { Detail, Row } from "../../writing/records.js";
import { day, given, language, line, listOf, oneOf, prose, slug } from "../../writing/values.js";
import { identifierKeys, identifiers, sameIdentifier } from "../identifiers.js";
import { date, declareRecord, reference, rows, text } from "../record.js";
import { forumReference, onlyOrganization, partyReference } from "../references.js";
import { duplicates, nameKeys, sameNames } from "../duplicates.rules.js";

// An alias is a text, or a text with its language.
const aliasesShape = listOf(
  z.preprocess(
    (value) => (typeof value === "string" ? { text: value } : value),
    z.strictObject({ text: line(), language: given(language()), since: given(day()), until: given(day()) }),
  ),
);

const forumNames: Detail = {
  table: "ForumName",
  owner: "forumId",
  identity: "text",
  columns: ["language", "since", "until"],
  section: "names",
  called: "text",
  givesWay: { field: "name", cells: {} },
  read: (input) => ((input["aliases"] ?? []) as Row[]).map((cells, index) => ({ steps: ["aliases", index], cells })),
  write: (rows) => ({
    aliases: rows.map(({ text, ...more }) =>
      Object.values(more).every((value) => (value ?? null) === null) ? text : { text, ...more },
    ),
  }),
};

/** A forum. */
export const forumRecord = declareRecord({
  table: "Forum",
  label: "forum",
  prefix: "frm",
  plain: { collection: "forums" },
  key: { slug: slug() },
  title: "name",
  search: { kind: "FORUM", place: 4, names: ["name", "acronym", "slug"], texts: ["description", "identifiers"] },
  isTopic: true,
  properties: {
    acronym: text(line(60)),
    name: text(line(), { required: true }),
    aliases: rows(aliasesShape, forumNames),
    kind: text(oneOf(ForumKind)),
    description: text(prose()),
    foundedOn: date(),
    endedOn: date(),
    parent: reference(forumReference(), "Forum", "parentId", { acyclic: true }),
    organization: reference(partyReference(), "Party", "organizationId", { only: onlyOrganization }),
    identifiers: identifiers("WIKIDATA", "COW_IGO", "VIAF", "ISNI", "OPENSANCTIONS"),
  },
  duplicates: duplicates(
    [
      sameNames(
        `SELECT r."name" UNION SELECT r."acronym" WHERE r."acronym" IS NOT NULL UNION SELECT n."text" FROM "ForumName" n WHERE n."forumId" = r."id"`,
        { same: 8, alike: 8 },
      ),
      sameIdentifier,
    ],
    // They are few, so that each is compared with all others.
    { keys: [nameKeys, identifierKeys] },
  ),
  citation: { column: "forumId", count: "some", isName: true },
});
