import type { DeclaredRecord, DeclaredSearch } from "./registry.js";

/** SQL that follows from the declarations of the records. */
export interface DerivedScript {
  /** Its name in reports: `names of records`. */
  readonly part: string;
  readonly script: string;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const column = (alias: string, name: string): string => `${alias}.${quoted(name)}`;

/** The functions and views that treat every kind of record, each with a branch for each kind. */
export function derivedScripts(records: readonly DeclaredRecord[]): DerivedScript[] {
  return [
    { part: "names of records", script: namesScript(records) },
    { part: "guards of former names", script: guardsScript(records) },
    { part: "topics of the change feed", script: topicsScript(records) },
    { part: "source rule", script: sourcesScript(records) },
    { part: "search words", script: wordsScript(records) },
    { part: "search of records", script: searchScript(records) },
    { part: "private texts of drafts", script: draftedTexts },
  ];
}

// Tables of drafts are made after prisma/sql is applied, where the published table has the same trigger.
const draftedTexts = `
CREATE OR REPLACE TRIGGER "sets_private_text_apart" BEFORE INSERT OR UPDATE ON drafts."Document"
  FOR EACH ROW EXECUTE FUNCTION "setTextApart"();`;

/** Checks and indexes of tables that follow from the declarations. History and drafts copy them, so they come first. */
export function tableScripts(records: readonly DeclaredRecord[]): DerivedScript[] {
  return [{ part: "subjects of citations", script: subjectsScript(records) }, ...records.flatMap(indexScripts)];
}

function subjectsScript(records: readonly DeclaredRecord[]): string {
  const columns = [...new Set(records.flatMap(({ cited }) => cited?.column ?? []))];
  return `
ALTER TABLE "Citation" DROP CONSTRAINT IF EXISTS "Citation_one_subject",
  ADD CONSTRAINT "Citation_one_subject" CHECK (num_nonnulls(${columns.map(quoted).join(", ")}) = 1);`;
}

function namesScript(records: readonly DeclaredRecord[]): string {
  const branches = (cell: (record: DeclaredRecord) => string, versions: string): string =>
    records
      .flatMap((record) =>
        record.prefixes.map(
          (prefix) => `
    WHEN ${literal(prefix)} THEN (SELECT ${cell(record)} FROM past.${quoted(record.table)} p
      WHERE p."id" = $1${versions} ORDER BY p."recordedVersion" DESC LIMIT 1)`,
        ),
      )
      .join("");
  const keys = records.map(({ table, key }) => ` WHEN ${literal(table)} THEN ${literal(key)}`).join("");
  return `
CREATE OR REPLACE FUNCTION past."keyColumn"(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE kind${keys} END;

CREATE OR REPLACE FUNCTION past."keyOf"(id text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
  RETURN CASE split_part($1, '_', 1)${branches(({ key }) => column("p", key), "")} END;
END $body$;

CREATE OR REPLACE FUNCTION past."titleOf"(id text, version int) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
  RETURN CASE split_part($1, '_', 1)${branches(({ title, key }) => (title === key ? column("p", key) : `coalesce(${column("p", title)}, ${column("p", key)})`), ` AND p."recordedVersion" <= $2`)} END;
END $body$;`;
}

function guardsScript(records: readonly DeclaredRecord[]): string {
  return records
    .map(
      ({ table, key }) => `
CREATE OR REPLACE TRIGGER "refuses_former_names_of_new" AFTER INSERT ON ${quoted(table)} REFERENCING NEW TABLE AS given
  FOR EACH STATEMENT EXECUTE FUNCTION past."refuseTakenNames"();
CREATE OR REPLACE TRIGGER "refuses_former_names" AFTER UPDATE OF ${quoted(key)}, "id" ON ${quoted(table)} FOR EACH ROW
  WHEN (${column("OLD", key)} <> ${column("NEW", key)} OR OLD."id" <> NEW."id") EXECUTE FUNCTION past."refuseTakenNames"();`,
    )
    .join("\n");
}

// Reads `past`, so that it reports the same of an act at any later time.
function topicsScript(records: readonly DeclaredRecord[]): string {
  return `
CREATE OR REPLACE FUNCTION past."concerned"(kept text, record text, moment timestamptz) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT ROWS 10 AS $body$
BEGIN
  CASE kept${records.map(topicsOf).join("")}
    ELSE
      NULL;
  END CASE;
END $body$;`;
}

function topicsOf({ table, topics: { isTopic, ids, around, rows } }: DeclaredRecord): string {
  const stood = `t."recordedFrom" <= moment AND t."recordedUntil" >= moment`;
  const sources = [
    ...(ids.length === 0 ? [] : [`SELECT unnest(ARRAY[${ids.map((id) => column("t", id)).join(", ")}])`]),
    ...around.map((one) => `SELECT past."concerned"(${literal(one.table)}, ${column("t", one.column)}, moment)`),
  ];
  const lines = [
    ...(isTopic ? ["RETURN NEXT record;"] : []),
    ...(sources.length === 0
      ? []
      : [
          `RETURN QUERY SELECT n.id FROM past.${quoted(table)} t CROSS JOIN LATERAL (${sources.join(" UNION ALL ")}) AS n(id)
        WHERE t."id" = record AND ${stood};`,
        ]),
    ...rows.map(
      (
        one,
      ) => `RETURN QUERY SELECT unnest(ARRAY[${one.ids.map((id) => column("t", id)).join(", ")}]) FROM past.${quoted(one.table)} t
        WHERE ${column("t", one.by)} = record AND ${stood};`,
    ),
  ];
  return `
    WHEN ${literal(table)} THEN
      ${lines.length === 0 ? "NULL;" : lines.join("\n      ")}`;
}

function sourcesScript(records: readonly DeclaredRecord[]): string {
  const facts = records.flatMap(({ table, cited }) =>
    cited?.isRequired === true ? [{ table, by: cited.column }] : [],
  );
  const uncited = facts.map(
    ({ table, by }) =>
      `SELECT ${literal(table)} AS "table", f."id" FROM ${quoted(table)} f WHERE NOT EXISTS (SELECT FROM "Citation" c WHERE ${column("c", by)} = f."id")`,
  );
  const drafted = records
    .flatMap(({ table, cited }) => (cited === null ? [] : [{ table, by: cited.column }]))
    .map(
      ({ table, by }) =>
        `SELECT ${literal(`${table} `)} || d."id" AS "fact" FROM drafts.${quoted(table)} d WHERE d."id" = ANY ($1)
      AND NOT EXISTS (SELECT FROM drafts."Citation" c WHERE ${column("c", by)} = d."id")`,
    );
  const columns = facts.map(({ by }) => quoted(by)).join(", ");
  return `
CREATE OR REPLACE VIEW past."Uncited" AS
${uncited.join("\nUNION ALL ")};

-- Runs when the transaction commits: another citation may have taken its place, or the fact may be gone as well.
CREATE OR REPLACE FUNCTION "checkStillCited"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $body$
DECLARE
  uncited record;
  subject text := coalesce(${facts.map(({ by }) => column("OLD", by)).join(", ")});
BEGIN
  SELECT * INTO uncited FROM past."Uncited" WHERE "id" = subject;
  IF FOUND THEN
    RAISE EXCEPTION '% % would be left without a source: % was its last one', uncited."table", uncited."id", OLD."key"
      USING ERRCODE = 'check_violation', TABLE = uncited."table", CONSTRAINT = 'Citation_leaves_no_fact_uncited';
  END IF;
  RETURN NULL;
END $body$;

DROP TRIGGER IF EXISTS "Citation_leaves_no_fact_uncited" ON "Citation";
CREATE CONSTRAINT TRIGGER "Citation_leaves_no_fact_uncited" AFTER DELETE OR UPDATE OF ${columns} ON "Citation"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "checkStillCited"();

-- A draft among these ids that has no citation left. A published name may lose its last source, but no record is added
-- without one. The citations of a draft are drafts.
CREATE OR REPLACE FUNCTION past."draftUncited"(ids text[]) RETURNS text LANGUAGE sql AS $body$
${drafted.join("\nUNION ")}
ORDER BY 1 LIMIT 1 $body$;`;
}

function wordsScript(records: readonly DeclaredRecord[]): string {
  const noted = records
    .flatMap(({ table, words, details }) => [{ table, words }, ...details])
    .filter(({ words }) => words.length > 0);
  const rows = noted.map(({ table, words }) => `(${literal(table)}, ${literal(`{${words.join(",")}}`)}::name[])`);
  return `
CREATE OR REPLACE VIEW search."Noted" AS SELECT * FROM (VALUES
  ${rows.join(",\n  ")}) AS n("table", "columns");

${noted.map(wordTriggers).join("\n")}`;
}

function wordTriggers({ table, words }: { readonly table: string; readonly words: readonly string[] }): string {
  const arguments_ = words.map(literal).join(", ");
  return [quoted(table), `drafts.${quoted(table)}`]
    .map(
      (home) => `CREATE OR REPLACE TRIGGER "notes_words_of_new" AFTER INSERT ON ${home} REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search."noteWords"(${arguments_});
CREATE OR REPLACE TRIGGER "notes_words_of_changed" AFTER UPDATE ON ${home} REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search."noteWords"(${arguments_});`,
    )
    .join("\n");
}

interface Searched extends DeclaredSearch {
  readonly table: string;
}

function searchedOf(records: readonly DeclaredRecord[]): Searched[] {
  return records
    .flatMap(({ table, search }) => search.map((one) => ({ ...one, table })))
    .sort((one, other) => one.place - other.place);
}

const beginningOf = (title: string): string => `left("fold"(${title}), 200) COLLATE "C"`;
const textsOf = (texts: readonly string[], cell: (name: string) => string): string =>
  `"wordsOf"(ARRAY[${texts.map(cell).join(", ")}])`;

function indexScripts({ table, search }: DeclaredRecord): DerivedScript[] {
  return search.flatMap(({ title, texts }) => {
    if (texts.length === 0) return [];
    const index = (name: string, expression: string): string => `
DROP INDEX IF EXISTS ${quoted(`${table}_${name}`)};
CREATE INDEX ${quoted(`${table}_${name}`)} ON ${quoted(table)} ${expression};`;
    const lines = [
      index("searched_texts", `USING gin (${textsOf(texts, quoted)})`),
      ...(title === null
        ? []
        : [
            index("searched_beginning", `((${beginningOf(quoted(title))}))`),
            index("searched_title", `USING gin ("wordsOf"(${quoted(title)}))`),
          ]),
    ];
    return [{ part: `search indexes of ${table}`, script: lines.join("") }];
  });
}

function searchScript(records: readonly DeclaredRecord[]): string {
  const searched = searchedOf(records);
  const places = searched.map(({ kind, place }) => ` WHEN ${literal(kind)} THEN ${String(place)}`).join("");
  const beginnings = searched.flatMap((one) => (one.title === null ? [] : [beginningBranch(one, one.title)]));
  return `
CREATE OR REPLACE FUNCTION search."placeOf"(kind text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE kind${places} END;

-- Records whose titles begin so.
CREATE OR REPLACE FUNCTION search."entitled"(asked text, terms text[], kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $body$
DECLARE
  behind text := asked || chr(1114111);
  most CONSTANT int := 300;
BEGIN
  RETURN QUERY
  SELECT t."id", t."kind", search."placeOf"(t."kind"), CASE WHEN "fold"(t."text") = asked THEN 0 ELSE 1 END,
    search."latestFirst"(t."day"), t."text", terms
  FROM (${beginnings.join("\n    UNION ALL")}
  ) AS t("id", "kind", "text", "day");
END $body$;

-- Records that have all words of a query in their title or texts, of kinds without SQL of their own.
CREATE OR REPLACE FUNCTION search."written"(terms text[], kinds text[]) RETURNS SETOF search."Hit"
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $body$
DECLARE
  query tsquery := search."allOf"(terms);
  most CONSTANT int := 300;
BEGIN${searched
    .filter(({ texts }) => texts.length > 0)
    .map(writtenBranch)
    .join("")}
  RETURN;
END $body$;`;
}

function beginningBranch({ table, kind, day }: Searched, title: string): string {
  const beginning = beginningOf(column("t", title));
  const cells = [`t."id"`, literal(kind), column("t", title), day === null ? "NULL::date" : column("t", day)];
  return `
    (SELECT ${cells.join(", ")} FROM ${quoted(table)} t
      WHERE ${literal(kind)} = ANY (kinds) AND ${beginning} >= asked AND ${beginning} < behind
      ORDER BY ${beginning} LIMIT most)`;
}

function writtenBranch({ table, kind, place, title, day, texts }: Searched): string {
  const cell = (name: string): string => column("t", name);
  const when = day === null ? "NULL::date" : cell(day);
  const order = day === null ? `t."id" DESC` : `${cell(day)} DESC NULLS LAST, t."id" DESC`;
  const shown = texts.filter((name) => name !== title);
  const body = `concat_ws(chr(10), ${(shown.length > 0 ? shown : texts).map(cell).join(", ")})`;
  const query = (rank: number, text: string, words: string): string => `
    RETURN QUERY SELECT t."id", ${literal(kind)}, ${String(place)}, ${String(rank)}, search."latestFirst"(${when}), ${text}, terms
      FROM ${quoted(table)} t WHERE ${words} @@ query ORDER BY ${order} LIMIT most;`;
  return `
  IF ${literal(kind)} = ANY (kinds) THEN${title === null ? "" : query(2, cell(title), `"wordsOf"(${cell(title)})`)}${query(
    3,
    title === null ? body : `coalesce(nullif(${body}, ''), ${cell(title)})`,
    textsOf(texts, cell),
  )}
  END IF;`;
}
