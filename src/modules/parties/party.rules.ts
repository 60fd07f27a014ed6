import { z } from "zod";
import { IdentifierScheme, NameKind } from "../../generated/prisma/enums.js";
import { shown } from "../../lib/faults.js";
import type { Detail, DuplicateRules, NamedRecord, OtherNames, Row } from "../../writing/records.js";
import { day, given, language, line, listOf, oneOf } from "../../writing/values.js";
import { duplicates, nameKeys, sameNames } from "../duplicates.rules.js";
import { identifierValue } from "../identifiers.js";
import { rows, text } from "../record.js";

// Packs map schemes to values; a list of schemes and values says the same.
function byScheme(value: unknown, context: z.RefinementCtx): unknown {
  if (!Array.isArray(value)) return value;
  const entries = (value as ({ scheme?: unknown; value?: unknown } | null)[]).map((one) => one ?? {});
  const schemes = entries.map(({ scheme }) => String(scheme));
  schemes.forEach((scheme, index) => {
    if (schemes.indexOf(scheme) === index) return;
    const message = `a party has one identifier of a scheme, and ${scheme} is given twice; leave one of them out`;
    context.addIssue({ code: "custom", path: [index, "scheme"], message });
  });
  return Object.fromEntries(entries.map((one, index) => [schemes[index], one.value]));
}

const namesShape = listOf(
  z.strictObject({
    text: line(),
    kind: oneOf(NameKind),
    language: given(language()),
    since: given(day()),
    until: given(day()),
  }),
);

const partySchemes = [
  IdentifierScheme.COW,
  IdentifierScheme.GLEDITSCH_WARD,
  IdentifierScheme.ISNI,
  IdentifierScheme.M49,
  IdentifierScheme.OPENSANCTIONS,
  IdentifierScheme.VIAF,
  IdentifierScheme.WIKIDATA,
] as const;

const identifiersShape = z.preprocess(
  byScheme,
  z.strictObject(
    Object.fromEntries(partySchemes.map((scheme) => [scheme, given(identifierValue(scheme))])) as {
      [S in (typeof partySchemes)[number]]: ReturnType<typeof given<ReturnType<typeof identifierValue>>>;
    },
  ),
);

const partyNames: Detail = {
  table: "PartyName",
  owner: "partyId",
  identity: "text",
  columns: ["kind", "language", "since", "until"],
  section: "names",
  called: "text",
  givesWay: { field: "name", cells: { kind: NameKind.ALIAS } },
  read: (input) => namedRows(input["names"]),
  write: (rows) => ({ names: rows }),
};

const partyIdentifiers: Detail = {
  table: "PartyIdentifier",
  owner: "partyId",
  identity: "scheme",
  columns: ["value"],
  section: "identifiers",
  unique: {
    columns: ["value", "scheme"],
    message: ({ scheme, value }, { key, row }) =>
      `the ${String(scheme)} identifier ${shown(value)} belongs to ${shown(key)} (${String(row["name"])}) already`,
  },
  read: (input) =>
    Object.entries((input["identifiers"] ?? {}) as Record<string, string | undefined>).flatMap(([scheme, value]) =>
      value === undefined ? [] : [{ steps: ["identifiers", scheme], cells: { scheme, value } }],
    ),
  write: (rows) => ({ identifiers: Object.fromEntries(rows.map(({ scheme, value }) => [String(scheme), value])) }),
};

/** Rows of names, from an input. */
export function namedRows(names: unknown) {
  return ((names ?? []) as Row[]).map((cells, index) => ({ steps: ["names", index], cells }));
}

/** The properties that states and organizations have in common. */
export const partyProperties = {
  name: text(line(), { required: true }),
  officialName: text(line()),
  names: rows(namesShape, partyNames),
  identifiers: rows(identifiersShape, partyIdentifiers),
};

/** Rules for duplicates of states or organizations. @param alike the points of names that sound alike. */
export const partyDuplicates = (alike: number): DuplicateRules =>
  duplicates(
    [
      sameNames(
        `SELECT r."name" UNION SELECT r."officialName" WHERE r."officialName" IS NOT NULL UNION SELECT n."text" FROM "PartyName" n WHERE n."partyId" = r."id" AND n."kind" <> 'DEMONYM'`,
        { same: 8, alike },
      ),
    ],
    // They are few, so that each is compared with all others.
    { keys: [nameKeys] },
  );

interface NamedParty {
  readonly alpha2?: string | undefined;
  readonly name?: string | undefined;
  readonly officialName?: string | undefined;
  readonly identifiers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly names?: z.infer<typeof namesShape> | undefined;
}

/** A record that a given name can mean. */
export interface OtherName {
  readonly given: string;
  readonly key: string;
  readonly name: string;
}

/** The schemes whose values are read without the name of the scheme; M49 and COW give the same numbers to other states. */
const plainSchemes: readonly string[] = [IdentifierScheme.COW, IdentifierScheme.WIKIDATA];

// A code of another scheme comes before a name: "750" is first the number of India, and so is "M49:356". An acronym in the
// same letters is as near as a code: "AU" can be Australia and the African Union.
const partiesCalled = `
  WITH known AS (
    SELECT p."code" AS "key", p."name", n."text", n."isName" FROM "Party" p CROSS JOIN LATERAL (
      SELECT unnest(ARRAY[p."code", p."alpha2"]), false
      UNION ALL SELECT i."scheme"::text || ':' || i."value", false FROM "PartyIdentifier" i WHERE i."partyId" = p."id"
      UNION ALL SELECT i."value", false FROM "PartyIdentifier" i WHERE i."partyId" = p."id" AND i."scheme" IN ('COW', 'WIKIDATA')
      UNION ALL SELECT unnest(ARRAY[p."name", p."officialName"]), true
      UNION ALL SELECT a."text", true FROM "PartyName" a WHERE a."partyId" = p."id" AND a."kind" <> 'DEMONYM'
    ) AS n("text", "isName")
    UNION ALL SELECT d."key", d."name", d."text", d."isName" FROM jsonb_to_recordset($2::jsonb) AS d("key" text, "name" text, "text" text, "isName" boolean)
  ), found AS (
    SELECT g.given, k."key", k."name", rank() OVER (PARTITION BY g.given ORDER BY k."isName" AND k."text" <> g.given) AS nearness FROM unnest($1::text[]) AS g(given)
    JOIN known k ON CASE WHEN k."isName" THEN "fold"(k."text") = "fold"(g.given) ELSE upper(k."text") = upper(g.given) END
  )
  SELECT DISTINCT ON (given, "key") given, "key", "name" FROM found WHERE nearness = 1 ORDER BY given, "key", "name"`;

/** The states and organizations that codes of other schemes, identifiers and names can mean. */
export const partiesByOtherNames: OtherNames = async (database, names, desired) => {
  const said = desired.flatMap(({ key, input }) => {
    const { alpha2, name, officialName, identifiers, names: others } = input as NamedParty;
    const texts = [
      name,
      officialName,
      ...(others ?? []).flatMap(({ kind, text }) => (kind === NameKind.DEMONYM ? [] : [text])),
    ];
    const rows = [
      { text: alpha2, isName: false },
      ...Object.entries(identifiers ?? {}).flatMap(([scheme, value]) => [
        { text: value && `${scheme}:${value}`, isName: false },
        ...(plainSchemes.includes(scheme) ? [{ text: value, isName: false }] : []),
      ]),
      ...texts.map((text) => ({ text, isName: true })),
    ];
    return rows.flatMap(({ text, isName }) => (text === undefined ? [] : [{ key, name: name ?? key, text, isName }]));
  });
  database.reads?.note("Party");
  const rows = await database.$queryRawUnsafe<OtherName[]>(partiesCalled, names, JSON.stringify(said));
  return byGivenName(names, rows);
};

/** The records found for each of the names that inputs give. */
export function byGivenName(
  names: readonly string[],
  rows: readonly OtherName[],
): ReadonlyMap<string, readonly NamedRecord[]> {
  const found = names.map(
    (given) => [given, rows.filter((row) => row.given === given).map(({ key, name }) => ({ key, name }))] as const,
  );
  return new Map(found.filter(([, records]) => records.length > 0));
}
