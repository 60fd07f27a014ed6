/**
 * A syntax node with the properties that printing needs, from all kinds of executable nodes. The SDK does not depend on
 * `graphql`, neither at run time nor in its declarations.
 */
interface SyntaxNode {
  readonly kind: string;
  readonly operation?: string;
  readonly name?: SyntaxNode;
  readonly alias?: SyntaxNode;
  readonly variable?: SyntaxNode;
  readonly type?: SyntaxNode;
  readonly typeCondition?: SyntaxNode;
  readonly defaultValue?: SyntaxNode;
  readonly selectionSet?: SyntaxNode;
  readonly value?: SyntaxNode | string | boolean;
  readonly values?: readonly SyntaxNode[];
  readonly fields?: readonly SyntaxNode[];
  readonly selections?: readonly SyntaxNode[];
  readonly arguments?: readonly SyntaxNode[];
  readonly directives?: readonly SyntaxNode[];
  readonly variableDefinitions?: readonly SyntaxNode[];
}

/**
 * The text of a parsed document with operations and fragments.
 * @throws TypeError if the document holds anything else.
 */
export function printDocument(document: { readonly definitions: readonly unknown[] }): string {
  return print(document.definitions as readonly SyntaxNode[], "\n");
}

const printers: Readonly<Record<string, (node: SyntaxNode) => string>> = {
  OperationDefinition: (node) =>
    `${node.operation} ${print(node.name)}${within("(", node.variableDefinitions, ")")}${tail(node)}`,
  FragmentDefinition: (node) => `fragment ${print(node.name)} on ${print(node.typeCondition)}${tail(node)}`,
  VariableDefinition: (node) =>
    `${print(node.variable)}: ${print(node.type)}${node.defaultValue ? ` = ${print(node.defaultValue)}` : ""}${tail(node)}`,
  SelectionSet: (node) => `{ ${print(node.selections, " ")} }`,
  Field: (node) =>
    `${node.alias ? `${print(node.alias)}: ` : ""}${print(node.name)}${within("(", node.arguments, ")")}${tail(node)}`,
  FragmentSpread: (node) => `...${print(node.name)}${tail(node)}`,
  InlineFragment: (node) => `...${node.typeCondition ? ` on ${print(node.typeCondition)}` : ""}${tail(node)}`,
  Argument: (node) => `${print(node.name)}: ${content(node)}`,
  ObjectField: (node) => `${print(node.name)}: ${content(node)}`,
  Directive: (node) => `@${print(node.name)}${within("(", node.arguments, ")")}`,
  Name: content,
  Variable: (node) => `$${print(node.name)}`,
  IntValue: content,
  FloatValue: content,
  BooleanValue: content,
  EnumValue: content,
  NullValue: () => "null",
  // GraphQL and JSON use the same escapes. Block strings are printed as ordinary strings.
  StringValue: (node) => JSON.stringify(node.value),
  ListValue: (node) => `[${print(node.values, ", ")}]`,
  ObjectValue: (node) => `{${print(node.fields, ", ")}}`,
  NamedType: (node) => print(node.name),
  ListType: (node) => `[${print(node.type)}]`,
  NonNullType: (node) => `${print(node.type)}!`,
};

/** Prints a node or a list of nodes; an empty text for undefined. */
function print(node: SyntaxNode | readonly SyntaxNode[] | undefined, between = ""): string {
  if (node === undefined) return "";
  if (isList(node)) return node.map((each) => print(each)).join(between);
  const printer = printers[node.kind];
  if (!printer)
    throw new TypeError(`A document may only have operations and fragments, but this one has ${node.kind}.`);
  return printer(node);
}

function isList(node: SyntaxNode | readonly SyntaxNode[]): node is readonly SyntaxNode[] {
  return Array.isArray(node);
}

function content({ value }: SyntaxNode): string {
  return typeof value === "object" ? print(value) : String(value);
}

function within(open: string, nodes: readonly SyntaxNode[] | undefined, close: string): string {
  return nodes && nodes.length > 0 ? `${open}${print(nodes, ", ")}${close}` : "";
}

/** Prints the directives and selection of a node. */
function tail({ directives, selectionSet }: SyntaxNode): string {
  const marks = directives?.map((each) => ` ${print(each)}`).join("") ?? "";
  return selectionSet ? `${marks} ${print(selectionSet)}` : marks;
}
