import type { DeclaredRecord } from "./registry.js";

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
  ];
}

function namesScript(records: readonly DeclaredRecord[]): string {
  const branches = (cell: (record: DeclaredRecord) => string, versions: string): string =>
    records
      .flatMap((record) =>
        record.prefixes.map(
          (prefix) => `
    WHEN ${literal(prefix)} THEN (SELECT ${column("p", cell(record))} FROM past.${quoted(record.table)} p
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
  RETURN CASE split_part($1, '_', 1)${branches(({ key }) => key, "")} END;
END $body$;

CREATE OR REPLACE FUNCTION past."titleOf"(id text, version int) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
BEGIN
  RETURN CASE split_part($1, '_', 1)${branches(({ title }) => title, ` AND p."recordedVersion" <= $2`)} END;
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
  const drafted = facts.map(
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

DROP TRIGGER "Citation_leaves_no_fact_uncited" ON "Citation";
CREATE CONSTRAINT TRIGGER "Citation_leaves_no_fact_uncited" AFTER DELETE OR UPDATE OF ${columns} ON "Citation"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "checkStillCited"();

-- A draft among these ids that states a fact and has no citation left. The citations of a draft are drafts.
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
