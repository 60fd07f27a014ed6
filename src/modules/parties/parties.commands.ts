import { z } from "zod";
import { IdentifierScheme, NameKind, NameOrder, OfficeKind, PartyKind, PersonNameKind } from "../../generated/prisma/enums.js";
import { at, shown, type Place } from "../../lib/faults.js";
import type { ChangeSet } from "../../writing/change.set.js";
import type { Detail, DesiredRecord, OtherNames, RecordKind, Row } from "../../writing/records.js";
import { refersTo } from "../../writing/references.js";
import { code, day, flag, given, language, line, listOf, oneOf, prose, slug } from "../../writing/values.js";
import { citationsInput, addCitations } from "../documents/documents.commands.js";
import { idPrefixes } from "../ids.js";
import { numbered } from "../numbering.rules.js";
import { apart, checkPeriod, periodFields } from "../periods.rules.js";

/** A party's code: alpha-3 of a state or the acronym of an organization. */
export function partyCode() {
  return code(/^[A-Z0-9][A-Za-z0-9&+-]{0,31}$/, "code of a party, such as IND or ASEAN");
}

/** A party that is referred to by its code, by a code or identifier of another scheme, or by a name. */
export function partyReference() {
  return refersTo("Party", code(/^\S(?:[^\0-\x1f\x7f]{0,198}\S)?$/u, "code, identifier or name of a party"));
}

/** The key of an office: `IND/defence-minister`. */
export function officeKey() {
  return code(/^[A-Z0-9][A-Za-z0-9&+-]{0,31}\/[a-z0-9]+(?:-[a-z0-9]+)*$/, "key of an office, such as IND/defence-minister");
}

/** An office that is referred to by its key. */
export function officeReference() {
  return refersTo("Office", officeKey());
}

/** A person who is referred to by slug. */
export function personReference() {
  return refersTo("Person", slug());
}

// Packs map schemes to values; where no map can be given, a list says the same.
function byScheme(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return Object.fromEntries((value as { scheme?: unknown; value?: unknown }[]).map((one) => [String(one.scheme), one.value]));
}

const partyInput = {
  name: given(line()),
  officialName: given(line()),
  names: given(listOf(z.strictObject({ text: line(), kind: oneOf(NameKind), language: given(language()) }))),
  identifiers: given(
    z.preprocess(
      byScheme,
      z.strictObject({
        [IdentifierScheme.COW]: given(code(/^\d{1,4}$/, "number of the Correlates of War project")),
        [IdentifierScheme.WIKIDATA]: given(code(/^Q[1-9]\d{0,11}$/, "Wikidata item")),
      }),
    ),
  ),
  cite: citationsInput,
};

/** A state as an input gives it. */
export const stateInput = z.strictObject({
  code: code(/^[A-Z]{3}$/, "ISO 3166-1 alpha-3 code"),
  alpha2: given(code(/^[A-Z]{2}$/, "ISO 3166-1 alpha-2 code")),
  ...partyInput,
});

/** An organization as an input gives it. */
export const organizationInput = z.strictObject({ code: partyCode(), ...partyInput });

const partyNames: Detail = {
  table: "PartyName",
  owner: "partyId",
  identity: "text",
  columns: ["kind", "language"],
  givesWay: { field: "name", cells: { kind: NameKind.ALIAS } },
  read: (input) => namedRows(input["names"]),
  write: (rows) => ({ names: rows }),
};

const partyIdentifiers: Detail = {
  table: "PartyIdentifier",
  owner: "partyId",
  identity: "scheme",
  columns: ["value"],
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

function namedRows(names: unknown) {
  return ((names ?? []) as Row[]).map((cells, index) => ({ steps: ["names", index], cells }));
}

interface OtherName {
  readonly given: string;
  readonly key: string;
  readonly name: string;
}

// A code of another scheme comes before a name: "750" is first the number of India.
const partiesCalled = `
  WITH known AS (
    SELECT p."code" AS "key", p."name", n."text", n."isName" FROM "Party" p CROSS JOIN LATERAL (
      SELECT p."alpha2", false
      UNION ALL SELECT i."value", false FROM "PartyIdentifier" i WHERE i."partyId" = p."id"
      UNION ALL SELECT unnest(ARRAY[p."name", p."officialName"]), true
      UNION ALL SELECT a."text", true FROM "PartyName" a WHERE a."partyId" = p."id" AND a."kind" <> 'DEMONYM'
    ) AS n("text", "isName")
    UNION ALL SELECT d."key", d."name", d."text", d."isName" FROM jsonb_to_recordset($2::jsonb) AS d("key" text, "name" text, "text" text, "isName" boolean)
  ), found AS (
    SELECT g.given, k."key", k."name", rank() OVER (PARTITION BY g.given ORDER BY k."isName") AS nearness FROM unnest($1::text[]) AS g(given)
    JOIN known k ON CASE WHEN k."isName" THEN "fold"(k."text") = "fold"(g.given) ELSE k."text" = g.given END
  )
  SELECT DISTINCT ON (given, "key") given, "key", "name" FROM found WHERE nearness = 1 ORDER BY given, "key", "name"`;

/** The states and organizations that codes of other schemes, identifiers and names can mean. */
const partiesByOtherNames: OtherNames = async (database, names, drafts) => {
  const said = drafts.flatMap(({ key, input }) => {
    const { alpha2, name, officialName, identifiers, names: others } = input as Partial<z.infer<typeof stateInput>>;
    const texts = [name, officialName, ...(others ?? []).flatMap(({ kind, text }) => (kind === NameKind.DEMONYM ? [] : [text]))];
    const rows = [...[alpha2, ...Object.values(identifiers ?? {})].map((text) => ({ text, isName: false })), ...texts.map((text) => ({ text, isName: true }))];
    return rows.flatMap(({ text, isName }) => (text === undefined ? [] : [{ key, name: name ?? key, text, isName }]));
  });
  const rows = await database.$queryRawUnsafe<OtherName[]>(partiesCalled, names, JSON.stringify(said));
  return new Map(names.flatMap((given) => {
    const found = rows.filter((row) => row.given === given);
    return found.length === 0 ? [] : [[given, found.map(({ key, name }) => ({ key, name }))] as const];
  }));
};

export const stateKind: RecordKind = {
  table: "Party",
  label: "state",
  prefix: idPrefixes.State,
  keyColumn: "code",
  fixed: { kind: PartyKind.STATE },
  fields: { alpha2: { type: "text" }, name: { type: "text", required: true }, officialName: { type: "text" } },
  otherNames: partiesByOtherNames,
  details: [partyNames, partyIdentifiers],
  unique: [
    { columns: ["alpha2"], message: ({ row }, { key, row: other }) => `the alpha-2 code ${shown(row["alpha2"])} belongs to ${shown(key)} (${String(other["name"])}) already` },
  ],
  citation: { column: "partyId", count: "some" },
};

export const organizationKind: RecordKind = {
  table: "Party",
  label: "organization",
  prefix: idPrefixes.Organization,
  keyColumn: "code",
  fixed: { kind: PartyKind.ORGANIZATION },
  fields: { name: { type: "text", required: true }, officialName: { type: "text" } },
  details: [partyNames, partyIdentifiers],
  citation: { column: "partyId", count: "some" },
};

/** Narrows a reference to a party to states. */
export const onlyState = { label: "state", cells: { kind: PartyKind.STATE } };

/** Narrows a reference to a party to organizations. */
export const onlyOrganization = { label: "organization", cells: { kind: PartyKind.ORGANIZATION } };

/** Adds a state. */
export function addState(changeSet: ChangeSet, input: z.infer<typeof stateInput>, place: Place): DesiredRecord {
  return addCitations(changeSet, changeSet.add(stateKind, input.code, place, input), input.cite);
}

/** Adds an organization. */
export function addOrganization(changeSet: ChangeSet, input: z.infer<typeof organizationInput>, place: Place): DesiredRecord {
  return addCitations(changeSet, changeSet.add(organizationKind, input.code, place, input), input.cite);
}

/** A person as an input gives it. */
export const personInput = z.strictObject({
  slug: slug(),
  name: given(line()),
  nameOrder: given(oneOf(NameOrder)),
  state: given(partyReference()),
  names: given(listOf(z.strictObject({ text: line(), language: given(language()) }))),
  cite: citationsInput,
});

// The name that the record uses stands among the names, too, so that all of them are found in one place.
const personNames: Detail = {
  table: "PersonName",
  owner: "personId",
  identity: "text",
  columns: ["kind", "language"],
  keeps: ["kind"],
  givesWay: { field: "name", cells: { kind: PersonNameKind.ALIAS } },
  read(input) {
    const { name } = input;
    const primary = typeof name === "string" ? [{ steps: ["name"], cells: { text: name, kind: PersonNameKind.PRIMARY } }] : [];
    const others = namedRows(input["names"]).map(({ steps, cells }) => ({ steps, cells: { ...cells, kind: PersonNameKind.ALIAS } }));
    return [...primary, ...others];
  },
  write: (rows) => ({
    names: rows
      .filter(({ kind, language }) => kind !== PersonNameKind.PRIMARY || (language ?? null) !== null)
      .map(({ text, language }) => ({ text, language })),
  }),
};

export const personKind: RecordKind = {
  table: "Person",
  label: "person",
  prefix: idPrefixes.Person,
  keyColumn: "slug",
  fields: {
    name: { type: "text", required: true },
    nameOrder: { type: "text" },
    state: { type: "reference", to: "Party", column: "stateId", only: onlyState },
  },
  details: [personNames],
  citation: { column: "personId", count: "some" },
};

/** Adds a person. */
export function addPerson(changeSet: ChangeSet, input: z.infer<typeof personInput>, place: Place): DesiredRecord {
  return addCitations(changeSet, changeSet.add(personKind, input.slug, place, input), input.cite);
}

/** An office as an input gives it. */
export const officeInput = z.strictObject({
  key: officeKey(),
  party: given(partyReference()),
  title: given(line()),
  kind: given(oneOf(OfficeKind)),
  cite: citationsInput,
});

export const officeKind: RecordKind = {
  table: "Office",
  label: "office",
  prefix: idPrefixes.Office,
  keyColumn: "key",
  fields: {
    party: { type: "reference", to: "Party", column: "partyId", required: true },
    title: { type: "text", required: true },
    kind: { type: "text", required: true },
  },
  keyedBy: ["party"],
  lasting: ["party"],
  unique: [
    { columns: ["partyId", "title"], message: ({ row }, other) => `the office ${shown(other.key)} bears the title ${shown(row["title"])} already` },
  ],
  citation: { column: "officeId", count: "some" },
};

/** Adds an office. Its key begins with the code of its party. */
export function addOffice(changeSet: ChangeSet, input: z.infer<typeof officeInput>, place: Place): DesiredRecord {
  const party = input.key.slice(0, input.key.indexOf("/"));
  if (input.party !== undefined && input.party !== party) {
    const message = `the key ${shown(input.key)} says that the office belongs to ${party}, not to ${input.party}`;
    changeSet.report({ code: "INVALID", place: at(place, "party"), message });
  }
  return addCitations(changeSet, changeSet.add(officeKind, input.key, place, { ...input, party }), input.cite);
}

const unknownSince = "unknown";

/**
 * The key that a tenure would have if it were loaded now. Its start may have become known after it got its key, and
 * what is written in this order gets the same order again.
 */
export function tenureRank(key: string, since: unknown): string {
  const base = key.split("/").slice(0, 3).join("/");
  return key === base ? base : `${base}/${typeof since === "string" ? since : unknownSince}`;
}

/** A tenure as an input gives it. */
export const tenureInput = z.strictObject({
  person: personReference(),
  office: officeReference(),
  since: given(day()),
  until: given(day()),
  hasEnded: given(flag()),
  attestedOn: given(day()),
  note: given(prose()),
  cite: citationsInput,
});

export const tenureKind: RecordKind = {
  table: "Tenure",
  label: "tenure",
  prefix: idPrefixes.Tenure,
  keyColumn: "key",
  fields: {
    person: { type: "reference", to: "Person", column: "personId", required: true },
    office: { type: "reference", to: "Office", column: "officeId", required: true },
    ...periodFields,
    note: { type: "text" },
  },
  within: "person",
  keyedBy: ["office", "person"],
  identify: numbered({
    distinguishedBy: "since",
    suffix: ({ given: said }) => (typeof said["since"] === "string" ? said["since"] : unknownSince),
  }),
  check: checkPeriod,
  checkSiblings: apart("tenure", ["officeId"]),
  citation: { column: "tenureId", count: "some" },
};

/** Adds a tenure. */
export function addTenure(changeSet: ChangeSet, input: z.infer<typeof tenureInput>, place: Place): DesiredRecord {
  return addCitations(changeSet, changeSet.add(tenureKind, `${input.office}/${input.person}`, place, input), input.cite);
}

/** Parties by code, as an input lists them. */
export const partyCodes = given(listOf(partyReference()));

/** A list of parties by code, as rows of a table between a record and its parties. */
export function partiesOf(table: string, owner: string): Detail {
  return {
    table,
    owner,
    identity: "partyId",
    to: "Party",
    columns: [],
    read: (input) =>
      ((input["parties"] ?? []) as string[]).map((partyId, index) => ({ steps: ["parties", index], cells: { partyId } })),
    write: (rows) => ({ parties: rows.map(({ partyId }) => partyId) }),
  };
}
