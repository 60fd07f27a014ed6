import { getNamedType, isCompositeType, isEnumType, isLeafType, isObjectType, type GraphQLSchema } from "graphql";
import type { GraphQLField, GraphQLObjectType } from "graphql";
import type { SourceFragment } from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { facts } from "./lists.js";
import type { PageOperation } from "./operation.js";
import type { Page, PageRequest } from "./page.js";
import { capital, plainWords, timeOf } from "./words.js";

// The page of a record whose type has no page of its own: all fields of the type as the schema has them, with the
// record's sources.

/** The names under which records have their titles, the best first. */
const titles = ["title", "name", "label", "summary", "slug", "code", "key"] as const;

/** Fields that say nothing about the noun itself. */
const hidden = new Set<string>(["id", "key", "slug", "version", "isDraft"]);

/** Most entries of a list on the page. */
const most = 20;

const sources = `citations(first: ${String(most)}) { nodes {
  id stance attributedTo locator passage { quote start end }
  document { id title titleIsOurs language publisher publishedOn url } } }`;

type Values = Readonly<Record<string, unknown>>;
interface Found {
  readonly node: Values | null;
}
interface Asked {
  readonly id: string;
  readonly knownAt: string | undefined;
}

/** The page of the record with the id that the request names. */
export type PlainPage = (type: string, request: PageRequest) => Promise<Page | undefined>;

/** Makes the pages of records whose types have none, from the schema. */
export function createPlainPage(schema: GraphQLSchema): PlainPage {
  return async (name, request) => {
    const type = schema.getType(name);
    if (!isRecord(type)) return undefined;
    const { node } = await request.ask(operationFor(type), { id: request.name, knownAt: request.addresses.knownAt });
    return node === null ? undefined : pageOf(type, node, request);
  };
}

function isRecord(type: unknown): type is GraphQLObjectType {
  return isObjectType(type) && type.getInterfaces().some((one) => one.name === "VersionedRecord");
}

/** Fields without arguments, which are values, records, or lists of them. */
function shownFields(type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
  return Object.values(type.getFields()).filter(
    ({ name, args, type: of }) =>
      args.length === 0 && !hidden.has(name) && (isLeafType(getNamedType(of)) || titleOf(getNamedType(of)) !== null),
  );
}

/** The field with the title of a type; null for a type without titles, such as a connection. */
function titleOf(type: unknown): string | null {
  if (!isCompositeType(type) || !("getFields" in (type as GraphQLObjectType))) return null;
  const fields = (type as GraphQLObjectType).getFields();
  return "id" in fields ? (titles.find((name) => name in fields) ?? null) : null;
}

function operationFor(type: GraphQLObjectType): PageOperation<Found, Asked> {
  const fields = shownFields(type).map(({ name, type: of }) => {
    const title = titleOf(getNamedType(of));
    return title === null ? name : `${name} { id title: ${title} }`;
  });
  const own = titles.filter((name) => name in type.getFields());
  const selection = [...new Set([...own, ...fields]), ...("citations" in type.getFields() ? [sources] : [])];
  const text = `query ${type.name}Page($id: ID!, $knownAt: DateTime) {
  node: nodeAsKnown(id: $id, knownAt: $knownAt) { ... on ${type.name} { ${selection.join(" ")} } }
}`;
  return { name: `${type.name}Page`, text };
}

function pageOf(type: GraphQLObjectType, node: Values, request: PageRequest): Page {
  const { addresses } = request;
  const titleField = titles.find((name) => typeof node[name] === "string") ?? "key";
  const title = textOf(node[titleField]);
  const kind = wordsOf(type.name);
  const { nodes = [] } = (node["citations"] ?? {}) as { readonly nodes?: readonly SourceFragment[] };
  const rows = shownFields(type).flatMap((field): [string, Html][] => {
    const shown = field.name === titleField ? undefined : shownValue(field, node[field.name], request);
    return shown === undefined ? [] : [[wordsOf(field.name), shown]];
  });
  return {
    kind: "page",
    title,
    description: `${kind} in the record of defence diplomacy, with its sources.`,
    canonical: `/records/${encodeURIComponent(request.name)}`,
    section: "/search",
    main: html`<p class="kicker">${kind}</p><h1>${title}${request.sources.cite(nodes)}</h1>${facts(rows)}
<p class="aside"><a href="${addresses.to("/corrections", { of: request.name })}">Changes of this record</a></p>`,
  };
}

function shownValue(field: GraphQLField<unknown, unknown>, value: unknown, request: PageRequest): Html | undefined {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  if (Array.isArray(value))
    return joined(
      value.slice(0, most).flatMap((one) => shownValue(field, one, request) ?? []),
      ", ",
    );
  if (typeof value === "object") {
    const { id, title } = value as { readonly id: string; readonly title: string | null };
    return html`<a href="${request.addresses.record(id)}">${title ?? id}</a>`;
  }
  const type = getNamedType(field.type);
  if (isEnumType(type)) return html`${plainWords(textOf(value))}`;
  if (type.name === "PartialDate") return timeOf(textOf(value));
  return html`${typeof value === "boolean" ? (value ? "yes" : "no") : textOf(value)}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A name of the schema in words: `signedOn` → Signed on. */
function wordsOf(name: string): string {
  return capital(name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}
