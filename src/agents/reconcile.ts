import { z } from "zod";
import * as GQL from "../generated/agents.js";
import { contractEnum } from "../lib/contract.js";
import { ToolError, type Ask } from "./ask.js";

// The W3C community group's Reconciliation Service API 0.2, by which OpenRefine and others match names of a table with
// records: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

/** Maximum number of queries in one request, as the manifest says. */
export const MAX_QUERIES = 10;
/** Maximum number of candidates for one query. */
const MAX_CANDIDATES = 20;
const CANDIDATES = 5;
/** Points of a candidate with the name that the query gives. */
const EXACT = 100;
/** Points from which a candidate is a match if it is the only one. */
const MATCH = 90;
/** Points that a property adds or takes. */
const PROPERTY_POINTS = { agrees: 5, contradicts: -50 } as const;

const kinds = {
  Person: "PERSON",
  State: "STATE",
  Organization: "ORGANIZATION",
  Forum: "FORUM",
} as const satisfies Readonly<Record<string, GQL.SearchKind>>;
type TypeId = keyof typeof kinds;

/** The types of records that names are matched with. */
const types = (Object.keys(kinds) as TypeId[]).map((id) => ({ id, name: id }));
const allKinds = Object.values(kinds);

/** The properties that a query may give, besides schemes of identifiers. */
const properties = [
  { id: "state", name: "State that a person represents (code or name)" },
  { id: "office", name: "Office that a person held (title)" },
  { id: "code", name: "Code of a state or organization" },
  { id: "slug", name: "Slug of a person or forum" },
] as const;

/** The manifest of the service. @param path the address of the service. */
export function reconciliationManifest(origin: string, path: string): object {
  return {
    versions: ["0.1", "0.2"],
    name: "Sidelines, a record of defence diplomacy",
    identifierSpace: `${origin}/records/`,
    schemaSpace: `${origin}/schema.graphql#`,
    documentation: `${origin}/docs/reconcile`,
    defaultTypes: types,
    view: { url: `${origin}/records/{{id}}` },
    preview: { url: `${origin}${path}/preview?id={{id}}`, width: 400, height: 160 },
    suggest: {
      entity: { service_url: origin, service_path: `${path}/suggest/entity` },
      type: { service_url: origin, service_path: `${path}/suggest/type` },
      property: { service_url: origin, service_path: `${path}/suggest/property` },
    },
    batchSize: MAX_QUERIES,
  };
}

const propertyValue = z.union([z.string(), z.number(), z.looseObject({ id: z.string() })]);
const queryShape = z.looseObject({
  query: z.string().max(200).default(""),
  type: z.union([z.string(), z.array(z.string()).max(10)]).nullish(),
  limit: z.coerce.number().int().min(1).nullish(),
  properties: z
    .array(z.looseObject({ pid: z.string(), v: z.union([propertyValue, z.array(propertyValue).max(20)]).nullish() }))
    .max(20)
    .nullish(),
});
type Query = z.infer<typeof queryShape>;

/** A candidate, as the API has it. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly type: readonly { readonly id: string; readonly name: string }[];
  readonly score: number;
  readonly match: boolean;
}

/** The queries of a request. @throws ToolError for another form, or for too many. */
export function readQueries(text: string): ReadonlyMap<string, Query> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new ToolError("BAD_USER_INPUT", '`queries` must be a JSON object, such as {"q0": {"query": "India"}}.');
  }
  const read = z.record(z.string().max(100), queryShape).safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ToolError("BAD_USER_INPUT", `\`queries\`: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}.`);
  }
  const queries = new Map(Object.entries(read.data));
  if (queries.size > MAX_QUERIES)
    throw new ToolError("LIMIT_EXCEEDED", `Send at most ${String(MAX_QUERIES)} queries in a request (batchSize).`);
  return queries;
}

/** One query as version 0.1 has it: a text, or a JSON object. */
export function readQuery(text: string): Query {
  const isObject = text.trimStart().startsWith("{");
  return [...readQueries(JSON.stringify({ q: isObject ? safeObject(text) : { query: text } })).values()][0] as Query;
}

function safeObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ToolError("BAD_USER_INPUT", "`query` must be a name, or a JSON object.");
  }
}

type Found = Extract<GQL.AgentReconcileQuery["search"]["nodes"][number]["match"], { readonly name: string }>;

/** The candidates for a query, the best one first. */
export async function reconcile(ask: Ask, query: Query): Promise<Candidate[]> {
  const wanted = typesOf(query);
  if (wanted.length === 0) return [];
  const given = givenProperties(query);
  const limit = Math.min(query.limit ?? CANDIDATES, MAX_CANDIDATES);
  const scored = new Map<string, { readonly found: Found; readonly score: number }>();
  const add = (record: { readonly __typename: string }, points: number): void => {
    if (!isCandidate(record) || !wanted.includes(record.__typename)) return;
    const score = Math.max(0, Math.min(EXACT, points + propertyPoints(record, given)));
    if ((scored.get(record.id)?.score ?? -1) < score) scored.set(record.id, { found: record, score });
  };
  for (const { scheme, value } of identifiersOf(query.query, given)) {
    const { identified } = await ask(GQL.agentIdentified, { scheme, value });
    for (const record of identified) add(record, EXACT);
  }
  const name = query.query.trim();
  if (name !== "") {
    const withParty = wanted.includes("State") || wanted.includes("Organization");
    const { party, search } = await ask(GQL.agentReconcile, {
      query: name,
      kinds: wanted.map((type) => kinds[type]),
      first: Math.max(limit, CANDIDATES),
      code: name,
      withParty,
    });
    if (party) add(party, EXACT);
    for (const { quality, match } of search.nodes) add(match, pointsOf(name, quality, match));
  }
  const best = [...scored.values()].sort(
    (one, other) => other.score - one.score || one.found.name.localeCompare(other.found.name, "en"),
  );
  const isOnly = best.filter(({ score }) => score >= MATCH).length === 1;
  return best.slice(0, limit).map(({ found, score }) => candidateOf(found, score, isOnly && score >= MATCH));
}

/** Records while a name is typed. */
export async function suggestEntities(ask: Ask, prefix: string): Promise<object[]> {
  if (prefix.trim() === "") return [];
  const { suggestions } = await ask(GQL.agentSuggested, { prefix: prefix.slice(0, 100), kinds: allKinds, first: 10 });
  return suggestions.nodes.flatMap(({ match }) => {
    if (match === null || !isCandidate(match)) return [];
    const { id, name, description, type } = candidateOf(match, EXACT, false);
    return [{ id, name, ...(description !== undefined && { description }), notable: type }];
  });
}

/** Types, or properties, whose id or name contains what is typed. */
export function suggestNames(of: "type" | "property", typed: string): object[] {
  const listed =
    of === "type"
      ? types
      : [...properties, ...schemes.map((scheme) => ({ id: scheme, name: `Identifier: ${scheme}` }))];
  const wanted = typed.trim().toLowerCase();
  return listed.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted));
}

/** A record for its preview; undefined if there is none. */
export async function previewOf(ask: Ask, id: string): Promise<Candidate | undefined> {
  const { node } = await ask(GQL.agentCandidateById, { id });
  return node !== null && isCandidate(node) ? candidateOf(node, EXACT, true) : undefined;
}

function isCandidate(record: { readonly __typename: string }): record is Found {
  return Object.hasOwn(kinds, record.__typename);
}

function typesOf({ type }: Query): TypeId[] {
  const given = typeof type === "string" ? [type] : (type ?? []);
  const all = types.map(({ id }) => id);
  return given.length === 0 ? all : all.filter((id) => given.some((one) => one.toLowerCase() === id.toLowerCase()));
}

type Given = ReadonlyMap<string, readonly string[]>;

function givenProperties({ properties: given }: Query): Given {
  return new Map(
    (given ?? []).map(({ pid, v }) => {
      const values = v === null || v === undefined ? [] : Array.isArray(v) ? v : [v];
      return [pid, values.map((value) => (typeof value === "object" ? value.id : String(value)))] as const;
    }),
  );
}

const schemes = contractEnum("IdentifierScheme") as GQL.IdentifierScheme[];

/** Identifiers of other registers that a query gives, as `WIKIDATA:Q668` or as properties. */
function identifiersOf(query: string, given: Given): { scheme: GQL.IdentifierScheme; value: string }[] {
  const named = schemes.flatMap((scheme) => (given.get(scheme) ?? []).map((value) => ({ scheme, value })));
  const [, prefix = "", value = ""] = /^\s*([A-Za-z_0-9]+):(\S+)\s*$/.exec(query) ?? [];
  const scheme = schemes.find((one) => one === prefix.toUpperCase());
  return scheme === undefined ? named : [...named, { scheme, value }];
}

const pointsByQuality: Readonly<Record<GQL.SearchQuality, number>> = {
  NAME: MATCH,
  BEGINNING: 60,
  WORDS: 50,
  RESEMBLANCE: 40,
  TEXT: 20,
  PART: 20,
};

function pointsOf(query: string, quality: GQL.SearchQuality, match: { readonly __typename: string }): number {
  const isSame = isCandidate(match) && namesOf(match).some((name) => folded(name) === folded(query));
  return isSame ? EXACT : pointsByQuality[quality];
}

function namesOf(found: Found): string[] {
  switch (found.__typename) {
    case "Person":
      return [found.name, found.slug, ...found.names.map(({ text }) => text)];
    case "State":
    case "Organization":
      return [found.name, found.code, found.officialName ?? "", ...found.names.map(({ text }) => text)];
    case "Forum":
      return [found.name, found.slug, found.acronym ?? "", ...found.aliases];
  }
}

/** Points of the properties: those of the query that the record has or contradicts. Unknown ones are ignored. */
function propertyPoints(found: Found, given: Given): number {
  let points = 0;
  for (const [pid, values] of given) {
    const held = heldValues(found, pid);
    if (held.length === 0 || values.length === 0) continue;
    const isSame = values.some((value) => held.some((one) => folded(one) === folded(value)));
    points += isSame ? PROPERTY_POINTS.agrees : pid === "office" ? 0 : PROPERTY_POINTS.contradicts;
  }
  return points;
}

function heldValues(found: Found, pid: string): readonly string[] {
  switch (pid) {
    case "state":
      return found.__typename === "Person" && found.state !== null ? [found.state.code, found.state.name] : [];
    case "office":
      return found.__typename === "Person" ? found.tenures.map(({ office }) => office.title) : [];
    case "code":
      return "code" in found ? [found.code] : [];
    case "slug":
      return "slug" in found ? [found.slug] : [];
    default:
      return [];
  }
}

function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function candidateOf(found: Found, score: number, match: boolean): Candidate {
  const description = descriptionOf(found);
  return {
    id: found.id,
    name: found.name,
    ...(description !== "" && { description }),
    type: types.filter(({ id }) => id === found.__typename),
    score,
    match,
  };
}

function descriptionOf(found: Found): string {
  switch (found.__typename) {
    case "Person": {
      const offices = [...new Set(found.tenures.map(({ office }) => `${office.title} (${office.party.code})`))];
      return [found.state?.name, ...offices.slice(0, 3)].filter((part) => part !== undefined).join("; ");
    }
    case "State":
    case "Organization":
      return [found.code, found.officialName].filter((part) => part !== null).join("; ");
    case "Forum":
      return [found.acronym, found.foundedOn].filter((part) => part !== null).join("; ");
  }
}
