import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { OperationLimits } from "./limits.js";
import {
  checkAmount,
  createScale,
  type Amount,
  type PageSizes,
  type Scale,
  type Variables,
  type Weighed,
} from "./operation.cost.js";
import { shapeOf } from "./operation.shape.js";

/** An operation of a valid document, with the variables that came with it. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
}

/** Weighs operations before they are executed. */
export interface OperationScale {
  readonly amountOf: (asked: AskedOperation) => Amount;
  /** @throws GraphQLError with the code LIMIT_EXCEEDED where an operation may return or cost too much, or a list in its arguments is too long. */
  readonly check: (asked: AskedOperation) => void;
  /** The nodes and cost of an operation; undefined if `check` rejects it. */
  readonly admit: (asked: AskedOperation) => Amount | undefined;
}

/** Page sizes where a server is given none. */
const PAGES: PageSizes = { defaultPageSize: 20, maxPageSize: 100 };

/** Makes the scale of a schema; what is known of an operation is kept with it. Limits that are left out are not kept. */
export function createOperationScale(
  schema: GraphQLSchema,
  limits: Partial<OperationLimits & PageSizes>,
): OperationScale {
  const { maxNodes = Infinity, maxCost = Infinity } = limits;
  const scales = new WeakMap<OperationDefinitionNode, Scale>();

  function scaleOf(document: DocumentNode, operation: OperationDefinitionNode): Scale {
    const shape = shapeOf(schema, document).operations.find((each) => each.operation === operation);
    if (!shape) throw new Error("The operation is not one of the document's.");
    const scale = createScale(shape, { ...PAGES, ...limits });
    scales.set(operation, scale);
    return scale;
  }

  const amountOf = ({ document, operation, variables }: AskedOperation): Weighed =>
    (scales.get(operation) ?? scaleOf(document, operation))(variables);

  return {
    amountOf,
    check: (asked) => checkAmount(amountOf(asked), limits, asked.operation),
    admit(asked) {
      const amount = amountOf(asked);
      return amount.nodes <= maxNodes && amount.cost <= maxCost && !amount.tooLong ? amount : undefined;
    },
  };
}
