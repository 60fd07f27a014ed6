import { z } from "zod";
import { code, listOf } from "../writing/values.js";
import type { Compared } from "./duplicates.rules.js";
import { words, type Given, type Property } from "./record.js";

// Identifiers of records in other schemes. A record keeps them as `WIKIDATA:Q668`, so that it may have several of one
// scheme. States and organizations keep theirs in rows, one of each scheme.

/** A scheme of identifiers. */
interface Scheme {
  /** Its name on pages and in tables. */
  readonly label: string;
  /** Identifiers of the scheme. */
  readonly pattern: RegExp;
  /** Address of an identifier, which takes the place of `$`; none if the scheme has no addresses. */
  readonly address?: string;
}

/** The schemes, by their name in the schema. */
export const identifierSchemes = {
  COW: { label: "country number of the Correlates of War project", pattern: /^\d{1,4}$/ },
  COW_IGO: { label: "organization number of the Correlates of War project", pattern: /^\d{1,5}$/ },
  DOI: { label: "digital object identifier", pattern: /^10\.\d{4,9}\/\S{1,200}$/, address: "https://doi.org/$" },
  EVERYPOLITICIAN: {
    label: "person of EveryPolitician",
    pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  },
  GEONAMES: { label: "place of GeoNames", pattern: /^\d{1,10}$/, address: "https://www.geonames.org/$" },
  GLEDITSCH_WARD: { label: "country number of Gleditsch and Ward's list", pattern: /^\d{1,4}$/ },
  ISNI: {
    label: "International Standard Name Identifier",
    pattern: /^\d{15}[\dX]$/,
    address: "https://isni.org/isni/$",
  },
  M49: { label: "country number of the United Nations (M49)", pattern: /^\d{3}$/ },
  OPENSANCTIONS: {
    label: "entity of OpenSanctions",
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{1,100}$/,
    address: "https://www.opensanctions.org/entities/$/",
  },
  ORCID: {
    label: "identifier of researchers (ORCID)",
    pattern: /^(?:\d{4}-){3}\d{3}[\dX]$/,
    address: "https://orcid.org/$",
  },
  UNTS: { label: "registration number of the United Nations Treaty Series", pattern: /^I{1,3}-\d{1,6}$/ },
  VIAF: { label: "Virtual International Authority File", pattern: /^\d{1,22}$/, address: "https://viaf.org/viaf/$" },
  WIKIDATA: { label: "item of Wikidata", pattern: /^Q[1-9]\d{0,11}$/, address: "http://www.wikidata.org/entity/$" },
} as const satisfies Readonly<Record<string, Scheme>>;

/** The name of a scheme. */
export type SchemeName = keyof typeof identifierSchemes;

const schemeOf = (name: string): Scheme | undefined =>
  Object.hasOwn(identifierSchemes, name) ? identifierSchemes[name as SchemeName] : undefined;

/** The value of an identifier within its scheme, with a message for one that has another form. */
export function identifierValue(scheme: SchemeName) {
  const { pattern, label } = identifierSchemes[scheme];
  return code(pattern, label);
}

/** The address of an identifier; null if its scheme has no addresses. */
export function identifierAddress(scheme: string, value: string): string | null {
  const { address } = schemeOf(scheme) ?? {};
  return address === undefined ? null : address.replace("$", () => value);
}

/** The schemes whose identifiers have addresses, with what stands before and after the value. */
export const addressParts: readonly (readonly [scheme: string, before: string, after: string])[] = Object.entries(
  identifierSchemes as Readonly<Record<string, Scheme>>,
).flatMap(([name, { address }]) => {
  if (address === undefined) return [];
  const [before = "", after = ""] = address.split("$");
  return [[name, before, after] as const];
});

/** Scheme and value of an identifier as records keep it. */
export function splitIdentifier(identifier: string): { readonly scheme: string; readonly value: string } {
  const colon = identifier.indexOf(":");
  return { scheme: identifier.slice(0, colon), value: identifier.slice(colon + 1) };
}

// Packs give texts (`WIKIDATA:Q668`), or a map from schemes to a value or several; mutations a list of schemes and values.
function asTexts(given: unknown): unknown {
  if (Array.isArray(given))
    return (given as unknown[]).map((one) => (isPair(one) ? `${String(one.scheme)}:${String(one.value)}` : one));
  if (typeof given !== "object" || given === null) return given;
  return Object.entries(given).flatMap(([scheme, values]) =>
    (Array.isArray(values) ? (values as unknown[]) : [values ?? []].flat()).map(
      (value) => `${scheme}:${String(value)}`,
    ),
  );
}

function isPair(value: unknown): value is { scheme: unknown; value: unknown } {
  return typeof value === "object" && value !== null && "scheme" in value && "value" in value;
}

/** The property `identifiers` of records that have identifiers of these schemes. */
export function identifiers(...allowed: readonly SchemeName[]): Property<Given<z.ZodType<string[]>>> {
  const one = z.string().superRefine((given, context) => {
    const { scheme, value } = splitIdentifier(given);
    const known = allowed.find((name) => name === scheme);
    const message =
      known === undefined
        ? `is no identifier of a scheme that such records have, as in ${allowed[0] ?? ""}:…; schemes are ${allowed.join(", ")}`
        : identifierSchemes[known].pattern.test(value)
          ? undefined
          : `is no ${identifierSchemes[known].label}`;
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
  const shape = z.preprocess(asTexts, listOf(one, 100)) as z.ZodType<string[]>;
  return { ...words(shape), field: { type: "words", schemes: allowed } };
}

/** Evidence that two records are one: an identifier in common. */
export const sameIdentifier: Compared = {
  columns: { identifiers: `r."identifiers"` },
  clue: {
    points: `CASE WHEN a."identifiers" && b."identifiers" THEN 12 ELSE 0 END`,
    words: `format('same identifier (%s)', (SELECT min(i) FROM unnest(a."identifiers") AS i WHERE i = ANY (b."identifiers")))`,
  },
};

/** Ids of the records of a table that share an identifier with a row of compared columns. */
export const nearIdentifiers = (table: string): string =>
  `SELECT i."id" FROM "${table}" i WHERE i."identifiers" && p."identifiers" AND i."identifiers" <> '{}'`;

/** The identifiers of a row of compared columns, for keys. */
export const identifierKeys = `p."identifiers"`;
