import type { DuplicateClue, DuplicateRules } from "../writing/records.js";
import { quoted } from "../writing/store.js";

// The parts of declarations of duplicates. SQL over `r` reads a row of the table, over `p` its compared columns, and over
// `a` and `b` those of two records.

/** Points by which a clue excludes that two records are one. */
const excluded = -20;

/** A clue with the columns that it compares. */
export interface Compared {
  readonly columns: DuplicateRules["columns"];
  readonly clue: DuplicateClue;
}

/** Rules of the clues of a kind: records are alike from 8 points on. */
export function duplicates(
  clues: readonly Compared[],
  { keys, near }: Pick<DuplicateRules, "keys" | "near">,
): DuplicateRules {
  return {
    columns: Object.assign({}, ...clues.map(({ columns }) => columns)) as DuplicateRules["columns"],
    keys,
    ...(near && { near }),
    clues: clues.map(({ clue }) => clue),
    least: 8,
  };
}

/** The first and the last possible day. @param to the date of the end, if the record has one. */
export function sameDays(from: string, to?: string): Compared {
  const last = to === undefined ? "" : `r.${quoted(`${to}Latest`)}, `;
  return {
    columns: {
      day: `r.${quoted(from)}`,
      first: `r.${quoted(`${from}Earliest`)}`,
      last: `coalesce(${last}r.${quoted(`${from}Latest`)})`,
    },
    clue: {
      points: `"daysAgree"(a."first", a."last", a."day", b."first", b."last", b."day")`,
      words: `"agreeingDays"({points}, a."day", b."day")`,
    },
  };
}

/** The months of the compared days, for keys. */
export const months = `"monthsOf"(p."first", p."last")`;

const namesOf = (ids: string, table = "Party"): string =>
  `"listInWords"(ARRAY(SELECT n."name" FROM ${quoted(table)} n WHERE n."id" = ANY (${ids}) ORDER BY n."name"))`;

/** The parties of a record: all the same, or most of more than two. */
export function sameParties(table: string, owner: string): Compared {
  return {
    columns: {
      parties: `ARRAY(SELECT DISTINCT q."partyId" FROM ${quoted(table)} q WHERE q.${quoted(owner)} = r."id" ORDER BY 1)`,
    },
    clue: {
      points: `CASE WHEN a."parties" = b."parties" THEN CASE cardinality(a."parties") WHEN 0 THEN 0 WHEN 1 THEN 2 ELSE 4 END
        WHEN a."parties" = '{}' OR b."parties" = '{}' THEN 0 WHEN "shareInCommon"(a."parties", b."parties") >= 0.5 THEN 2 ELSE -6 END`,
      words: `format(CASE {points} WHEN 2 THEN 'parties in common (%s)' ELSE 'same parties (%s)' END,
        ${namesOf(`ARRAY(SELECT unnest(a."parties") INTERSECT SELECT unnest(b."parties"))`)})`,
    },
  };
}

/** The set of all parties, for keys. */
export const partySet = `CASE WHEN cardinality(p."parties") > 0 THEN md5(array_to_string(p."parties", ' ')) END`;

/** Ids of records that a party of a row of compared columns belongs to. */
export const nearParties = (table: string, owner: string): string =>
  `SELECT q.${quoted(owner)} FROM ${quoted(table)} q WHERE q."partyId" = p."parties"[1]`;

/** The names of a record: the same words, or words that sound alike. @param texts SQL for all names of a row `r`. */
export function sameNames(texts: string, points: { readonly same: number; readonly alike: number }): Compared {
  const agreed = `(SELECT n."points" FROM "agreeingNames"(a."names", b."names") AS n)`;
  return {
    columns: { names: `ARRAY(${texts})` },
    clue: {
      points: `CASE ${agreed} WHEN 6 THEN ${String(points.same)} WHEN 4 THEN ${String(points.alike)} ELSE 0 END`,
      words: `(SELECT CASE WHEN n."one" = n."other" THEN format('same name (%s)', n."one")
        ELSE format(CASE n."points" WHEN 6 THEN 'same name (%s, %s)' ELSE 'names that sound alike (%s, %s)' END, n."one", n."other") END
        FROM "agreeingNames"(a."names", b."names") AS n)`,
    },
  };
}

/** The keys of all names of a row of compared columns. */
export const nameKeys = `(SELECT array_agg(DISTINCT k.key) FROM unnest(p."names") AS n(name), unnest("nameKeys"(n.name)) AS k(key))`;

/** The same title, or a similar one. */
export function sameTitle(column: string): Compared {
  return {
    columns: { title: `r.${quoted(column)}` },
    clue: {
      points: `coalesce(CASE WHEN "titlesAgree"(a."title", b."title") >= 0.95 THEN 4 WHEN "titlesAgree"(a."title", b."title") >= 0.5 THEN 2 ELSE 0 END, 0)`,
      words: `CASE WHEN a."title" = b."title" THEN format('same title (%s)', a."title") ELSE format('similar titles (%s, %s)', a."title", b."title") END`,
    },
  };
}

// Words that titles of many agreements and activities share, as they are folded.
const commonWords = `{a,agreement,agreements,an,and,arrangement,at,between,bilateral,declaration,exercise,for,in,intent,joint,letter,
  memorandum,mou,of,on,pact,statement,the,to,treaty,trilateral,understanding,with}`;

/**
 * The subject of a title: its words without those of the parties and those that many titles share. Titles of different
 * subjects exclude each other.
 * @param parties the table that lists the parties, with the column of their record.
 */
export function sameSubject(column: string, parties: readonly [table: string, owner: string]): Compared {
  const [table, owner] = parties.map(quoted);
  const called = `SELECT y."id", y."name" AS "text" FROM "Party" y UNION ALL SELECT n."partyId", n."text" FROM "PartyName" n`;
  return {
    columns: {
      subject: `ARRAY(SELECT s.word FROM string_to_table("fold"(r.${quoted(column)}), ' ') AS s(word) WHERE s.word !~ '^[0-9]+$' AND s.word <> ALL ('${commonWords}')
        EXCEPT SELECT w.word FROM ${table ?? ""} q JOIN (${called}) AS c ON c."id" = q."partyId", string_to_table("fold"(c."text"), ' ') AS w(word) WHERE q.${owner ?? ""} = r."id")`,
    },
    clue: {
      points: `CASE WHEN a."subject" = '{}' OR b."subject" = '{}' THEN 0 WHEN "shareInCommon"(a."subject", b."subject") >= 0.5 THEN 3
        WHEN a."subject" && b."subject" THEN 0 ELSE -6 END`,
    },
  };
}

/** A value of which two records have the same or contradict each other. */
export function sameValue(
  name: string,
  value: string,
  {
    same = 0,
    different = 0,
    label,
    shows,
  }: {
    readonly same?: number;
    readonly different?: number;
    /** Its name in evidence; it is no evidence if not said. */
    readonly label?: string;
    /** SQL for the value in words over `a`; the value itself if not said. */
    readonly shows?: string;
  },
): Compared {
  return {
    columns: { [name]: value },
    clue: {
      points: `CASE WHEN a.${quoted(name)} = b.${quoted(name)} THEN ${String(same)} WHEN a.${quoted(name)} <> b.${quoted(name)} THEN ${String(different)} ELSE 0 END`,
      ...(label !== undefined && { words: `format('same ${label} (%s)', ${shows ?? `a.${quoted(name)}`})` }),
    },
  };
}

/** The place: the same, another one, or another state. */
export function samePlace({ different }: { readonly different: number }): Compared {
  return {
    columns: {
      place: `r."placeId"`,
      city: `(SELECT y."city" FROM "Place" y WHERE y."id" = r."placeId")`,
      land: `(SELECT y."stateId" FROM "Place" y WHERE y."id" = r."placeId")`,
    },
    clue: {
      points: `coalesce(CASE WHEN a."place" = b."place" THEN 2 WHEN a."land" <> b."land" THEN ${String(excluded / 2)}
        WHEN a."land" = b."land" AND (a."city" IS NULL OR b."city" IS NULL) THEN 1
        WHEN a."place" <> b."place" THEN ${String(different)} END, 0)`,
      words: `format(CASE {points} WHEN 2 THEN 'same place (%s)' ELSE 'same state (%s)' END,
        coalesce(a."city", b."city", (SELECT y."name" FROM "Party" y WHERE y."id" = a."land")))`,
    },
  };
}

/** A clue that is no evidence, and only has weight. */
export function weigh(columns: DuplicateRules["columns"], points: string): Compared {
  return { columns, clue: { points } };
}

/** Points for what excludes that two records are one. */
export const exclusion = String(excluded);
