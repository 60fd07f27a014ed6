import ts from "typescript";

/** A quoted name in the SQL of a source file. */
export interface SqlName {
  readonly path: string;
  readonly line: number;
  readonly name: string;
}

/** The names of schemas, tables, columns, functions and types that a database has. */
export interface Catalog {
  readonly names: ReadonlySet<string>;
}

/** A text is SQL if it begins like a statement; fragments are SQL by their tag. */
const statement = /^\s*(select|insert|update|delete|with|declare|lock|create|alter|truncate)\s/i;

/** Stands for a value of a template. */
const value = "\u0001";

interface Text {
  readonly text: string;
  readonly line: number;
}

/** The SQL texts of a file: templates tagged `sql`, and strings that are statements. */
function sqlTexts(file: ts.SourceFile): Text[] {
  const found: Text[] = [];
  const add = (node: ts.Node, text: string): void =>
    void found.push({ text, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
  // A value stands for any text. A name that contains one is not looked up.
  const templateText = (template: ts.TemplateLiteral): string =>
    ts.isNoSubstitutionTemplateLiteral(template)
      ? template.text
      : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join(value);
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(file) === "sql") add(node, templateText(node.template));
    else if (ts.isStringLiteral(node) && statement.test(node.text)) add(node, node.text);
    else if (ts.isTemplateLiteral(node) && !ts.isTaggedTemplateExpression(node.parent)) {
      const text = templateText(node);
      if (statement.test(text)) add(node, text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const quoted = /"([^"]+)"/g;
/** Constants in SQL: texts, and the bodies of functions. */
const constants = /'(?:[^']|'')*'/g;
/** A name that the SQL itself gives: `as "name"`, `with "name" as`, `"name"(` after `as`. */
const givenNames =
  /\bas\s+"([^"]+)"|(?:\bwith(?:\s+recursive)?|,)\s+"([^"]+)"(?:\s*\([^)]*\))?(?=\s+as\b)|\bdeclare\s+"([^"]+)"/gi;
/** Names of columns that an alias gives: `as "t"("a", "b")` and `as t("a", "b")`. */
const givenColumns = /\bas\s+"?\w+"?\s*\(([^()]*)\)|\bwith(?:\s+recursive)?\s+"?\w+"?\s*\(([^()]*)\)/gi;

/** Parsing takes long, and most files have no SQL. */
const mayHoldSql = /\bsql`|["'`]\s*(select|insert|update|delete|with|declare|lock|create|alter|truncate)\s/i;

function* namesGivenIn(text: string): Generator<string> {
  for (const [, ...names] of text.matchAll(givenNames)) for (const name of names) if (name) yield name;
  for (const [, ...lists] of text.matchAll(givenColumns)) {
    for (const list of lists) for (const [, name] of (list ?? "").matchAll(quoted)) yield name as string;
  }
}

/**
 * Quoted names in SQL that neither the database has nor the SQL gives, such as names of results. SQL is put together
 * from the fragments of several files, so that a name may be given in another file than the one that uses it.
 */
export function unknownSqlNames(sources: ReadonlyMap<string, string>, { names }: Catalog): SqlName[] {
  const texts = [...sources]
    .filter(([, source]) => mayHoldSql.test(source))
    .flatMap(([path, source]) =>
      sqlTexts(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true)).map(({ text, line }) => ({
        path,
        line,
        text: text.replace(constants, "''"),
      })),
    );
  const given = new Set(texts.flatMap(({ text }) => [...namesGivenIn(text)]));
  const isKnown = (name: string): boolean => name.includes(value) || names.has(name) || given.has(name);
  return texts.flatMap(({ path, line, text }) =>
    [...text.matchAll(quoted)].flatMap(([, name = ""]) => (isKnown(name) ? [] : [{ path, line, name }])),
  );
}
