import { z } from "zod";
import { NameOrder, PersonNameKind } from "../../generated/prisma/enums.js";
import type { Detail, OtherNames } from "../../writing/records.js";
import { given, language, line, listOf, oneOf, slug } from "../../writing/values.js";
import { identifierKeys, identifiers, nearIdentifiers, sameIdentifier } from "../identifiers.js";
import { declareRecord, reference, rows, text } from "../record.js";
import { onlyState, partyReference } from "../references.js";
import { byGivenName, namedRows, type OtherName } from "./party.rules.js";
import { duplicates, nameKeys, sameNames, sameValue, type Compared } from "../duplicates.rules.js";

const namesShape = listOf(z.strictObject({ text: line(), language: given(language()) }));

// The name that the record uses stands among the names, too, so that all of them are found in one place.
const personNames: Detail = {
  table: "PersonName",
  owner: "personId",
  identity: "text",
  columns: ["kind", "language"],
  section: "names",
  called: "text",
  keeps: ["kind"],
  givesWay: { field: "name", cells: { kind: PersonNameKind.ALIAS } },
  read(input) {
    const { name } = input;
    const primary =
      typeof name === "string" ? [{ steps: ["name"], cells: { text: name, kind: PersonNameKind.PRIMARY } }] : [];
    const others = namedRows(input["names"]).map(({ steps, cells }) => ({
      steps,
      cells: { ...cells, kind: PersonNameKind.ALIAS },
    }));
    return [...primary, ...others];
  },
  write: (rows) => ({
    names: rows
      .filter(({ kind, language }) => kind !== PersonNameKind.PRIMARY || (language ?? null) !== null)
      .map(({ text, language }) => ({ text, language })),
  }),
};

const personsCalled = `
  WITH known AS (
    SELECT p."slug" AS "key", p."name", n."text" FROM "Person" p CROSS JOIN LATERAL (
      SELECT p."name" UNION ALL SELECT unnest(p."identifiers") UNION ALL SELECT a."text" FROM "PersonName" a WHERE a."personId" = p."id") AS n("text")
    UNION ALL SELECT d."key", d."name", d."text" FROM jsonb_to_recordset($2::jsonb) AS d("key" text, "name" text, "text" text)
  )
  SELECT DISTINCT ON (g.given, k."key") g.given, k."key", k."name" FROM unnest($1::text[]) AS g(given)
  JOIN known k ON "fold"(k."text") = "fold"(g.given) ORDER BY g.given, k."key", k."name"`;

interface NamedPerson {
  readonly name?: string | undefined;
  readonly names?: z.infer<typeof namesShape> | undefined;
}

/** The persons that names can mean. */
const personsByName: OtherNames = async (database, called, desired) => {
  // A word that looks like a slug is one, misspelt perhaps.
  const names = called.filter((name) => !slug().safeParse(name).success);
  if (names.length === 0) return new Map();
  const known = desired.flatMap(({ key, input }) => {
    const { name, names: others } = input as NamedPerson;
    return [name, ...(others ?? []).map(({ text }) => text)].flatMap((text) =>
      text === undefined ? [] : [{ key, name: name ?? key, text }],
    );
  });
  database.reads?.note("Person");
  return byGivenName(names, await database.$queryRawUnsafe<OtherName[]>(personsCalled, names, JSON.stringify(known)));
};

const sameOffices: Compared = {
  columns: {
    offices: `ARRAY(SELECT t."officeId" FROM "Tenure" t WHERE t."personId" = r."id" UNION SELECT q."officeId" FROM "Participant" q WHERE q."personId" = r."id" AND q."officeId" IS NOT NULL)`,
  },
  clue: {
    points: `CASE WHEN a."offices" && b."offices" THEN 3 ELSE 0 END`,
    words: `(SELECT format('same office (%s)', min(o."title")) FROM "Office" o WHERE o."id" = ANY (a."offices") AND o."id" = ANY (b."offices"))`,
  },
};

/** A person. */
export const personRecord = declareRecord({
  table: "Person",
  label: "person",
  prefix: "per",
  plain: { collection: "persons" },
  key: { slug: slug() },
  title: "name",
  search: { kind: "PERSON", place: 1, names: ["name"], texts: ["identifiers"] },
  isTopic: true,
  properties: {
    name: text(line(), { required: true }),
    nameOrder: text(oneOf(NameOrder)),
    state: reference(partyReference(), "Party", "stateId", { only: onlyState }),
    names: rows(namesShape, personNames),
    identifiers: identifiers("WIKIDATA", "VIAF", "ISNI", "ORCID", "OPENSANCTIONS", "EVERYPOLITICIAN"),
  },
  otherNames: personsByName,
  duplicates: duplicates(
    [
      sameNames(`SELECT r."name" UNION SELECT n."text" FROM "PersonName" n WHERE n."personId" = r."id"`, {
        same: 8,
        alike: 5,
      }),
      sameValue("state", `r."stateId"`, {
        same: 3,
        different: -6,
        label: "state",
        shows: `(SELECT y."name" FROM "Party" y WHERE y."id" = a."state")`,
      }),
      sameOffices,
      sameIdentifier,
    ],
    {
      keys: [nameKeys, identifierKeys],
      near: [
        `SELECT n."personId" FROM "PersonName" n WHERE "nameKeys"(n."text") && p."keys"`,
        nearIdentifiers("Person"),
      ],
    },
  ),
  citation: { column: "personId", count: "some", isName: true },
});
