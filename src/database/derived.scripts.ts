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
    { part: "search entries", script: searchScript(records) },
    { part: "private texts of drafts", script: draftedTexts },
  ];
}

// Tables of drafts are made after prisma/sql is applied, where the published table has the same trigger.
const draftedTexts = `
CREATE OR REPLACE TRIGGER "sets_private_text_apart" BEFORE INSERT OR UPDATE ON drafts."Document"
  FOR EACH ROW EXECUTE FUNCTION "setTextApart"();`;

/** Checks of tables that follow from the declarations. History and drafts copy them, so they come first. */
export function tableScripts(records: readonly DeclaredRecord[]): DerivedScript[] {
  return [{ part: "subjects of citations", script: subjectsScript(records) }];
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

interface Searched extends DeclaredSearch {
  readonly table: string;
}

function searchedOf(records: readonly DeclaredRecord[]): Searched[] {
  return records
    .flatMap(({ table, search }) => search.map((one) => ({ ...one, table })))
    .sort((one, other) => one.place - other.place);
}

// A new kind, or a kind that is found by more than before, has its entries made at once.
function searchScript(records: readonly DeclaredRecord[]): string {
  const searched = searchedOf(records);
  const tables = [...new Set(searched.map(({ table }) => table))];
  const ids = (schema: string): string =>
    tables.map((table) => `SELECT t."id" FROM ${schema}${quoted(table)} t`).join("\n      UNION ALL ");
  return `
CREATE OR REPLACE FUNCTION search."placeOf"(kind text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE kind${searched.map(({ kind, place }) => ` WHEN ${literal(kind)} THEN ${String(place)}`).join("")} END;

CREATE OR REPLACE FUNCTION search."isNamed"(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN kind = ANY (ARRAY[${searched.flatMap(({ kind, names }) => (names === null ? [] : [literal(kind)])).join(", ")}]);

-- The ids of all records that search finds, or of their drafts.
CREATE OR REPLACE FUNCTION search."ids"(are_drafts boolean) RETURNS SETOF text LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $body$
BEGIN
  IF are_drafts THEN
    RETURN QUERY SELECT DISTINCT n.id FROM (
      ${ids("drafts.")}) AS n(id);
  ELSE
    RETURN QUERY SELECT n.id FROM (
      ${ids("")}) AS n(id);
  END IF;
END $body$;

-- What records are found by, as they stand in the tables that the caller sees.
CREATE OR REPLACE FUNCTION search."parts"(ids text[]) RETURNS SETOF search."Part" LANGUAGE plpgsql STABLE PARALLEL SAFE AS $body$
DECLARE
  chosen text[];
BEGIN${searched.map(partsBranch).join("")}
END $body$;
${triggersOf(searched)}
SELECT search."refreshAll"();`;
}

function partsBranch({
  table,
  kind,
  prefix,
  names,
  title,
  day,
  last,
  ordinal,
  texts,
  about,
  rows,
  borrows,
  needs,
  sameBy,
}: Searched): string {
  const cell = (name: string): string => column("t", name);
  const first = (...cells: readonly (string | null)[]): string => {
    const given = cells.filter((one) => one !== null);
    return given.length === 0 ? "NULL" : given.length === 1 ? (given[0] ?? "") : `coalesce(${given.join(", ")})`;
  };
  const lent = (name: string | null): string | null => (name === null ? null : column("b", name));
  const namesOf = (names?.rows ?? []).map(
    (one) =>
      ` || ARRAY(SELECT ${column("n", one.column)} FROM ${quoted(one.table)} n WHERE ${column("n", one.by)} = t."id" ORDER BY 1)`,
  );
  const idsOf = rows.map(
    (one) =>
      ` || ARRAY(SELECT unnest(ARRAY[${one.ids.map((id) => column("n", id)).join(", ")}]) FROM ${quoted(one.table)} n WHERE ${column("n", one.by)} = t."id")`,
  );
  const cells = [
    `t."id"`,
    `${literal(kind)}::text`,
    `${first(day && cell(day), lent(borrows?.day ?? null))}::date`,
    `${first(...last.map(cell), ...(borrows?.last ?? []).map(lent))}::date`,
    `${ordinal === null ? "NULL" : cell(ordinal)}::int`,
    `${sameBy.length === 0 ? "NULL" : sameBy.map((name) => `${cell(name)}::text`).join(" || '/' || ")}::text`,
    `${first(title && cell(title), lent(borrows?.title ?? null))}::text`,
    `array_remove(ARRAY[${(names?.columns ?? []).map(cell).join(", ")}]::text[], NULL)${namesOf.join("")}`,
    `ARRAY[${texts.map(({ column: name, isList }) => (isList ? `array_to_string(${cell(name)}, ' ')` : `${cell(name)}::text`)).join(", ")}]::text[]`,
    `ARRAY(SELECT DISTINCT a FROM unnest(ARRAY[${about.map(cell).join(", ")}]::text[]${idsOf.join("")}) AS a WHERE a IS NOT NULL)`,
  ];
  const from =
    borrows === null
      ? `${quoted(table)} t`
      : `${quoted(table)} t LEFT JOIN ${quoted(borrows.table)} b ON b."id" = ${cell(borrows.by)}`;
  return `
  chosen := ARRAY(SELECT i FROM unnest(ids) AS i WHERE starts_with(i, ${literal(`${prefix}_`)}));
  IF chosen <> '{}' THEN
    RETURN QUERY SELECT ${cells.join(",\n      ")}
    FROM ${from} WHERE t."id" = ANY (chosen)${needs === null ? "" : ` AND ${cell(needs)} IS NOT NULL`};
  END IF;`;
}

/** The triggers that note which entries follow from changed rows, by table. */
function triggersOf(searched: readonly Searched[]): string {
  const always = new Map<string, Set<string>>();
  const changed = new Map<string, Set<string>>();
  const note = (to: Map<string, Set<string>>, table: string, column: string): void => {
    to.set(table, (to.get(table) ?? new Set()).add(column));
  };
  for (const { table, names, rows, borrows } of searched) {
    note(always, table, "id");
    for (const one of [...(names?.rows ?? []), ...rows]) note(always, one.table, one.by);
    if (borrows !== null) note(changed, borrows.table, `${table}:${borrows.by}`);
  }
  const triggers = [...new Set([...always.keys(), ...changed.keys()])].flatMap((table) => {
    const [own, more] = [[...(always.get(table) ?? [])], [...(changed.get(table) ?? [])]];
    return [quoted(table), `drafts.${quoted(table)}`].map((home) => noteTriggers(home, own, more));
  });
  const kinds = [...new Set(searched.map(({ table }) => table))].map((table) => {
    const those = searched.filter((one) => one.table === table).map(({ kind }) => literal(kind));
    return `CREATE OR REPLACE TRIGGER "forgets_entries" AFTER TRUNCATE ON ${quoted(table)}
  FOR EACH STATEMENT EXECUTE FUNCTION search."forgetAll"(${those.join(", ")});`;
  });
  return [...triggers, ...kinds].join("\n");
}

function noteTriggers(home: string, own: readonly string[], more: readonly string[]): string {
  const trigger = (name: string, event: string, tables: string, columns: readonly string[]): string =>
    columns.length === 0
      ? ""
      : `
CREATE OR REPLACE TRIGGER ${quoted(name)} AFTER ${event} ON ${home} REFERENCING ${tables}
  FOR EACH STATEMENT EXECUTE FUNCTION search."noteChange"(${columns.map(literal).join(", ")});`;
  return [
    trigger("notes_entries_of_new", "INSERT", "NEW TABLE AS after", own),
    trigger("notes_entries_of_changed", "UPDATE", "OLD TABLE AS before NEW TABLE AS after", [...own, ...more]),
    trigger("notes_entries_of_gone", "DELETE", "OLD TABLE AS before", own),
  ].join("");
}
