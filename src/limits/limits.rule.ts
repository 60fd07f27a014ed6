import type { FieldNode, ValidationContext, ValidationRule } from "graphql";
import { limitError, tangleError, type Excess, type StructureLimits } from "./limits.js";
import {
  deepestOf,
  isIntrospection,
  listsOf,
  shapeOf,
  type FieldShape,
  type OperationShape,
  type Shape,
} from "./operation.shape.js";

/**
 * Maximum depth below `__schema` or `__type`. The query that tools send has 13 levels, through lists of lists of types.
 * graphql-js itself limits how often introspection may return to a list.
 */
const INTROSPECTION_DEPTH = 20;

/**
 * The rule that every operation of a document keeps the limits on structure; those left out are not looked at.
 * All operations have to, also those that are not executed, as with every other rule.
 */
export function limitsRule(limits: Partial<StructureLimits>): ValidationRule {
  return (context: ValidationContext) => ({
    Document: (document) => {
      const { operations, isTangled } = shapeOf(context.getSchema(), document);
      const excesses = operations.flatMap((shape) => excessesOf(shape, limits));
      // The first of a kind says it all; a document may hold hundreds of operations.
      const firsts = new Map(excesses.toReversed().map((excess) => [excess.limit, excess]));
      for (const excess of [...firsts.values()].reverse()) context.reportError(limitError(excess));
      if (isTangled && !firsts.has("maxRepeatedFields") && limits.maxRepeatedFields !== undefined) {
        context.reportError(tangleError(limits.maxRepeatedFields));
      }
    },
  });
}

function excessesOf(shape: OperationShape, limits: Partial<StructureLimits>): readonly Excess[] {
  const { operation, root, aliases, directives } = shape;
  const excesses: Excess[] = [];
  const compare = (limit: keyof StructureLimits, found: number, place?: () => readonly FieldShape[]): void => {
    const allowed = limits[limit];
    if (allowed === undefined || found <= allowed) return;
    const steps = place?.() ?? [];
    const last = steps.at(-1);
    const nodes = last ? [last.nodes[0] as FieldNode] : [operation];
    excesses.push({ limit, allowed, found, path: steps.map(({ key }) => key), nodes });
  };
  compare("maxDepth", root.depth, () => placeOf(root, depthOf, (_field, level) => level > (limits.maxDepth ?? 0)));
  compare("maxListDepth", root.lists, () =>
    placeOf(root, allListsOf, (field) => allListsOf(field) === 1 && listsOf(field) === 1),
  );
  compare("maxAliases", aliases);
  compare("maxRootFields", root.fields.length);
  compare("maxRepeatedFields", root.repeats, () =>
    placeOf(root, repeatsOf, (field) => field.nodes.length === root.repeats),
  );
  compare("maxDirectives", directives);
  if (limits.maxDepth !== undefined && root.introspection > INTROSPECTION_DEPTH) {
    excesses.push({ limit: "maxDepth", allowed: INTROSPECTION_DEPTH, found: root.introspection, nodes: [operation] });
  }
  return excesses;
}

const depthOf = (field: FieldShape): number => (isIntrospection(field) ? 1 : 1 + deepestOf(field).depth);
const allListsOf = (field: FieldShape): number => listsOf(field) + deepestOf(field).lists;
const repeatsOf = (field: FieldShape): number => Math.max(field.nodes.length, deepestOf(field).repeats);

/**
 * The fields that lead to where most of something is found.
 * @param isThere whether a field is the place; its level is 1 for root fields.
 */
function placeOf(
  root: Shape,
  amountOf: (field: FieldShape) => number,
  isThere: (field: FieldShape, level: number) => boolean,
): readonly FieldShape[] {
  const steps: FieldShape[] = [];
  for (let shapes: readonly Shape[] = [root]; ;) {
    const fields = shapes.flatMap((shape) => shape.fields);
    const [first] = fields;
    if (!first) return steps;
    const next = fields.reduce((most, field) => (amountOf(field) > amountOf(most) ? field : most), first);
    steps.push(next);
    if (isThere(next, steps.length)) return steps;
    shapes = next.below;
  }
}
