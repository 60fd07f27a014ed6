/**
 * A syntax node, as far as printing needs it: the properties of GraphQL's executable nodes side by side. Written out
 * here because the SDK does without `graphql`, at run time and in its declarations.
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
 * The text of a parsed document. It prints what a client can send: operations and fragments.
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
  // JSON escapes a string as GraphQL does; a block string is the same string written otherwise.
  StringValue: (node) => JSON.stringify(node.value),
  ListValue: (node) => `[${print(node.values, ", ")}]`,
  ObjectValue: (node) => `{${print(node.fields, ", ")}}`,
  NamedType: (node) => print(node.name),
  ListType: (node) => `[${print(node.type)}]`,
  NonNullType: (node) => `${print(node.type)}!`,
};

/** One node or several as text; nothing for what is not there. */
function print(node: SyntaxNode | readonly SyntaxNode[] | undefined, between = ""): string {
  if (node === undefined) return "";
  if (isList(node)) return node.map((each) => print(each)).join(between);
  const printer = printers[node.kind];
  if (!printer) throw new TypeError(`A document to send holds operations and fragments only; this one holds a ${node.kind}.`);
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

/** What may follow any node that has directives and a selection. */
function tail({ directives, selectionSet }: SyntaxNode): string {
  const marks = directives?.map((each) => ` ${print(each)}`).join("") ?? "";
  return selectionSet ? `${marks} ${print(selectionSet)}` : marks;
}
