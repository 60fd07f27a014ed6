import {
  Kind,
  parse,
  print,
  type ConstDirectiveNode,
  type DefinitionNode,
  type ObjectTypeDefinitionNode,
} from "graphql";
import type * as GQL from "../../generated/schema.types.js";
import type { Leaf } from "../../reading/inputs.js";
import { objectType } from "../declare.js";
import { keysOf, referredIds } from "./federation.lists.js";
import type { ServiceFacts } from "./service.fields.js";

/** The types for federation gateways. */
export const federationTypes = [
  objectType<GQL._Service>()("_Service", null, {}, (from) => ({
    sdl: from.fromRequest<string, ServiceFacts>(({ sdl }) => sdl),
  })),
];

/** The root fields for federation gateways. */
export const federationRoots = objectType<Pick<GQL.Query, "_service" | "_entities">>()("Query", null, {}, (from) => ({
  _service: from.group("_Service"),
  _entities: from.byIds<NonNullable<GQL._Entity["__typename"]>, { readonly representations: Leaf<readonly unknown[]> }>(
    "_Entity",
    ({ args }) => referredIds(args.representations),
  ),
}));

/** The version of the specification that the keys are written for, and the directives that are taken from it. */
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])`;

/** Types that several subgraphs may define. */
const shareable: readonly string[] = ["PageInfo"];

/**
 * The schema as a subgraph of Apollo Federation. Our own directive `@requires` is kept: only the directives named here
 * are imported from the specification.
 * @param contract The text of schema.graphql.
 */
export function federationSdl(contract: string): string {
  const document = parse(contract, { noLocation: true });
  return `${link}\n\n${print({ ...document, definitions: document.definitions.map(withDirectives) })}\n`;
}

function withDirectives(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const own = [
    ...keysOf(definition.name.value).map(keyDirective),
    ...(shareable.includes(definition.name.value) ? [directive("shareable")] : []),
  ];
  return own.length === 0
    ? definition
    : ({ ...definition, directives: [...(definition.directives ?? []), ...own] } satisfies ObjectTypeDefinitionNode);
}

function directive(name: string, args: Readonly<Record<string, string>> = {}): ConstDirectiveNode {
  const given = Object.entries(args).map(([argument, value]) => ({
    kind: Kind.ARGUMENT as const,
    name: { kind: Kind.NAME as const, value: argument },
    value: { kind: Kind.STRING as const, value },
  }));
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: name }, arguments: given };
}

function keyDirective(fields: string): ConstDirectiveNode {
  return directive("key", { fields });
}
