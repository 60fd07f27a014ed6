import { createHash } from "node:crypto";
import type { GraphQLObjectType, GraphQLResolveInfo, OperationDefinitionNode } from "graphql";
import type { Finish, TypeDeclaration } from "./declarations.js";
import { signatureOf, traceVariables, type Variables } from "./inputs.js";
import { Planner, type PageLimits } from "./planner.js";
import { compileStatement, type Statement } from "./sql.js";
import { sql } from "kysely";

/** Sends one statement; `name` is given where the statement may be kept prepared under it. */
export type Send = (statement: {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}) => Promise<{ readonly rows: readonly Record<string, unknown>[] }>;

export interface ReaderOptions {
  readonly types: ReadonlyMap<string, TypeDeclaration>;
  readonly limits: PageLimits;
  /** Whether statements may be kept prepared by name on their connections. */
  readonly namedStatements: boolean;
}

/** Answers root fields. */
export interface Reader {
  /**
   * Reads everything that is selected below a root field with one statement.
   * @param request handed to the fields that do not come from the database.
   * @returns the value of the root field, keyed by response keys all the way down.
   * @throws a GraphQLError with code BAD_USER_INPUT where an argument is not acceptable.
   */
  read(info: GraphQLResolveInfo, send: Send, request: unknown): Promise<unknown>;
}

interface Plan {
  readonly statement: Statement;
  readonly name: string;
  readonly finish: Finish | undefined;
}

/** How many shapes of variables are kept for one operation. */
const plansPerOperation = 200;

/** A reader that plans each operation once per shape of its variables and keeps the plan as long as the document. */
export function createReader({ types, limits, namedStatements }: ReaderOptions): Reader {
  const plans = new WeakMap<OperationDefinitionNode, Map<string, Plan>>();

  function planOf(info: GraphQLResolveInfo): Plan {
    const kept = plans.get(info.operation) ?? new Map<string, Plan>();
    plans.set(info.operation, kept);
    const key = `${info.path.key} ${signatureOf(info.schema, info.operation, info.variableValues)}`;
    let plan = kept.get(key);
    if (!plan) {
      plan = compilePlan(info, types, limits);
      if (kept.size >= plansPerOperation) kept.delete(kept.keys().next().value as string);
      kept.set(key, plan);
    }
    return plan;
  }

  return {
    async read(info, send, request) {
      const { statement, name, finish } = planOf(info);
      const values = statement.values(info.variableValues as Variables);
      const { rows } = await send(namedStatements ? { name, text: statement.text, values } : { text: statement.text, values });
      const value = rows[0]?.["value"] ?? null;
      return finish && value !== null ? finish(value, request) : value;
    },
  };
}

function compilePlan(info: GraphQLResolveInfo, types: ReaderOptions["types"], limits: PageLimits): Plan {
  const planner = new Planner({
    schema: info.schema,
    types,
    fragments: info.fragments,
    variables: traceVariables(info.schema, info.operation, info.variableValues as Variables),
    limits,
  });
  const parent: GraphQLObjectType = info.parentType;
  const { sql: value, finish } = planner.field(parent.name, info.fieldNodes, planner.row());
  const statement = compileStatement(sql`select ${value} as "value"`);
  const name = `s${createHash("sha1").update(statement.text).digest("base64url")}`;
  return { statement, name, finish };
}
