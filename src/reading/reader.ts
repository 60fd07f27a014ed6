import { createHash } from "node:crypto";
import {
  getNamedType,
  getNullableType,
  isListType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { sql } from "kysely";
import { bounded, readError } from "./answer.bytes.js";
import type { Compiled, Finish, TypeDeclaration } from "./declarations.js";
import { byId, byIds } from "./fields.js";
import { heldName, heldWith, signatureOf, traceVariables, type Input, type Leaf, type Variables } from "./inputs.js";
import { takeUnknownNames, withUnknownNames, type GivenNames, type NamedArguments, type UnknownName } from "./names.js";
import { Planner, type PageLimits } from "./planner.js";
import { compileStatement, isConstant, parameter, type Statement } from "./sql.js";
import { knownAt, momentArgument, type Standpoint } from "./standpoint.js";

/** A statement with its values; `name` is given where it may be kept prepared under it. */
export interface SendableStatement {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Sends one statement and gives the text that it reads: the first column of its only row.
 * @param standpoint from where it is to be read; left out where the field chooses none, which leaves it to the request.
 */
export interface Send {
  (statement: SendableStatement, standpoint?: Standpoint): Promise<string | null>;
  /** Watches how a field's plan is found or made. */
  readonly planning?: <T>(plan: () => T) => T;
  /** Called for each unknown identifier in the arguments. */
  readonly onUnknownName?: (unknown: UnknownName) => void;
}

export interface ReaderOptions {
  readonly types: ReadonlyMap<string, TypeDeclaration>;
  readonly limits: PageLimits;
  /** Whether statements may be kept prepared by name on their connections. */
  readonly namedStatements: boolean;
  /** Which arguments name records. */
  readonly names: NamedArguments;
}

/** A root field of an operation with its coerced variables. */
export interface RootField {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Variables;
  readonly parentType: GraphQLObjectType;
  /** The response key. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
}

/** Answers root fields, each with one statement for everything that is selected below it. */
export interface Reader {
  /**
   * The value of a root field for an executor: keyed by response keys all the way down, objects of abstract types with
   * their `__typename`.
   * @param request handed to the fields that do not come from the database.
   * @throws a GraphQLError with code BAD_USER_INPUT where an argument is not acceptable.
   */
  tree(field: RootField, send: Send, request: unknown): Promise<unknown>;
  /**
   * The objects with some ids as the value of a field, for an executor: an object or null, or a list, depending on the
   * field's type.
   * @param ids one id for an object, several for a list.
   * @param along values that declarations take by `heldWith`, by name.
   */
  held(
    field: RootField,
    ids: string | readonly string[],
    send: Send,
    request: unknown,
    along?: Variables,
  ): Promise<unknown>;
  /** The same value as JSON text for the client. Without post-processing, Postgres has written it. */
  answer(field: RootField, send: Send, request: unknown): Promise<string>;
}

interface Plan {
  readonly statement: Statement;
  readonly name: string;
  readonly checks: readonly Input<unknown>[];
  readonly names: readonly GivenNames[];
  readonly finish: Finish | undefined;
  /** From where the field asks to be read, if it does. */
  readonly standpoint: Input<Standpoint> | undefined;
  /** The number of uses. */
  uses: number;
}

/** The part of a root field that its plan lacks. */
type AskedField = Pick<RootField, "key" | "nodes" | "variables">;

/** Maximum number of cached plans per operation, one for each shape of the variables. */
const plansPerOperation = 200;
/** A statement is kept prepared from this use on. */
const worthANameFrom = 3;

/** Plans for one shape of variables: one for each combination of the values that the plans were made for. */
interface Shaped {
  readonly fixed: readonly Input<unknown>[];
  readonly plans: Map<string, Plan>;
}

/** A reader that plans each operation once per shape of its variables and keeps the plan as long as the document. */
export function createReader({ types, limits, namedStatements, names: named }: ReaderOptions): Reader {
  const operations = new WeakMap<OperationDefinitionNode, Map<string, Shaped>>();

  function planOf(field: RootField, form: PlanForm): Plan {
    let shapes = operations.get(field.operation);
    if (!shapes) operations.set(field.operation, (shapes = new Map<string, Shaped>()));
    const key = `${form} ${field.key} ${signatureOf(field.schema, field.operation, field.variables)}`;
    const shaped = shapes.get(key);
    const plan = shaped?.plans.get(valuesOf(shaped.fixed, field.variables));
    if (plan) return plan;
    const { fixed, ...fresh } = compilePlan(field, { types, limits, names: named }, form);
    if (shaped) {
      keep(shaped.plans, valuesOf(fixed, field.variables), fresh);
    } else {
      keep(shapes, key, { fixed, plans: new Map([[valuesOf(fixed, field.variables), fresh]]) });
    }
    return fresh;
  }

  function planIn({ planning }: Send, field: RootField, form: PlanForm): Plan {
    return planning ? planning(() => planOf(field, form)) : planOf(field, form);
  }

  /** The name to keep a plan's statement prepared under, if it is worth one. */
  function nameOf(plan: Plan): string | undefined {
    if (!namedStatements) return undefined;
    plan.uses += 1;
    return plan.uses < worthANameFrom ? undefined : plan.name;
  }

  async function run(plan: Plan, { key, nodes, variables }: AskedField, send: Send): Promise<string | null> {
    const { statement, checks } = plan;
    for (const check of checks) check.read(variables);
    const values = statement.values(variables);
    const standpoint = plan.standpoint?.read(variables);
    // A statement that is kept prepared is planned for the tables that are public.
    const name = standpoint ? undefined : nameOf(plan);
    const text = await send(
      name === undefined ? { text: statement.text, values } : { name, text: statement.text, values },
      standpoint,
    ).catch((error: unknown) => {
      throw readError(error, limits.maxAnswerBytes);
    });
    return text === null || plan.names.length === 0
      ? text
      : takeUnknownNames(text, plan.names, { key, name: (nodes[0] as FieldNode).name.value }, send.onUnknownName);
  }

  async function tree(plan: Plan, field: AskedField, send: Send, request: unknown): Promise<unknown> {
    const text = await run(plan, field, send);
    const value = text === null ? null : (JSON.parse(text) as unknown);
    return plan.finish ? plan.finish(value, request) : value;
  }

  return {
    tree: async (field, send, request) => tree(planIn(send, field, "tree"), field, send, request),
    held: async (field, ids, send, request, along = {}) => {
      const held = Object.entries({ ...along, [heldIds]: ids }).map(
        ([name, value]) => [heldName(name), value] as const,
      );
      return tree(
        planIn(send, field, "held"),
        { ...field, variables: { ...field.variables, ...Object.fromEntries(held) } },
        send,
        request,
      );
    },
    async answer(field, send, request) {
      const plan = planIn(send, field, "answer");
      const text = await run(plan, field, send);
      if (!plan.finish) return text ?? "null";
      return JSON.stringify(plan.finish(text === null ? null : JSON.parse(text), request));
    },
  };
}

/** The form of a plan: a root field for an executor or for a client, or held objects by their ids for an executor. */
type PlanForm = "tree" | "answer" | "held";

/** Under what the ids of objects that are held go along with them. */
const heldIds = "ids";

function compilePlan(
  field: RootField,
  { types, limits, names: named }: Pick<ReaderOptions, "types" | "limits" | "names">,
  form: PlanForm,
): Plan & Pick<Shaped, "fixed"> {
  const { schema, operation, fragments, variables } = field;
  const traced = traceVariables(schema, operation, variables);
  const planner = new Planner({
    schema,
    types,
    fragments,
    limits,
    names: named,
    form: form === "answer" ? form : "tree",
    variables: traced,
    values: variables,
  });
  const { sql: value, finish } =
    form === "held" ? compileHeld(planner, field) : planner.field(field.parentType.name, field.nodes, planner.row());
  const { checks, fixed, names } = planner;
  const whole =
    limits.maxAnswerBytes === undefined || isConstant(value) ? value : bounded(value, limits.maxAnswerBytes);
  const statement = compileStatement(sql`select ${withUnknownNames(whole, names)} as "value"`);
  const name = `s${createHash("sha1").update(statement.text).digest("base64url")}`;
  return { statement, checks, fixed, names, finish, standpoint: standpointOf(planner, field), uses: 0, name };
}

function compileHeld(planner: Planner, { parentType, nodes }: RootField): Compiled {
  const field = parentType.getFields()[(nodes[0] as FieldNode).name.value];
  if (!field) throw new Error(`${parentType.name} has no such field`);
  const type = getNamedType(field.type).name;
  const ids = heldWith(heldIds);
  const isList = isListType(getNullableType(field.type));
  const source = isList
    ? byIds<string, unknown>(type, () => parameter(ids, "text[]"))
    : byId<string, unknown>(type, () => parameter(ids, "text"));
  return source.compile({ row: planner.row(), args: {}, nodes, planner });
}

/** From where a root field asks to be read, if it does. */
function standpointOf(planner: Planner, { parentType, nodes }: RootField): Input<Standpoint> | undefined {
  const node = nodes[0] as FieldNode;
  if (!parentType.getFields()[node.name.value]?.args.some(({ name }) => name === momentArgument)) return undefined;
  const moment = planner.arguments(parentType.name, node)[momentArgument] as Leaf<string> | null | undefined;
  return moment === null || moment === undefined ? undefined : knownAt(moment, [node]);
}

function valuesOf(fixed: readonly Input<unknown>[], variables: Variables): string {
  return fixed.length === 0 ? "" : fixed.map((input) => input.read(variables)).join();
}

/** Keeps an entry, in place of the oldest one where there are many. */
function keep<V>(kept: Map<string, V>, key: string, value: V): void {
  if (kept.size >= plansPerOperation) kept.delete(kept.keys().next().value as string);
  kept.set(key, value);
}
