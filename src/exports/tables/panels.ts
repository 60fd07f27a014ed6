import { sql } from "kysely";
import { IdentifierScheme } from "../../generated/prisma/enums.js";
import type { JointMembershipRule } from "../../generated/schema.types.js";
import { pairsOfYear, pairsSharing, pairsThatMet, type PairsOf } from "../../modules/answers/panels.lists.js";
import type { Sql } from "../../reading/sql.js";
import { shown } from "../../lib/faults.js";
import type { Cell, Cells, ReadRows } from "../ask.js";
import { FilterError, type ExportQuery, type GivenParameters, type Parameter, type Parameters } from "../filters.js";
import { csvLines } from "./formats.js";
import { isTooLong } from "./pages.js";
import { identifierColumn } from "./records.js";
import type { Column, Table, TableQuery } from "./table.js";

// Tables that research uses directly. Their rows are pairs of parties, the lower code first.

/** Maximum number of pairs per page. */
const MAX_PAIRS = 40_000;

/** A party with its codes in the order of `partyColumns`. */
interface PartyCodes {
  readonly code: string;
  readonly cells: Cells;
}

const schemes = [IdentifierScheme.COW, IdentifierScheme.GLEDITSCH_WARD, IdentifierScheme.WIKIDATA];

/** The columns of one party of a pair. */
function partyColumns(name: string, place: "first" | "second"): Column[] {
  return [
    {
      name,
      type: "string",
      description: `Code of the ${place} party: alpha-3 of a state. Of a pair, the lower code is first.`,
      isRequired: true,
    },
    { name: `${name}Id`, type: "string", description: `Id of \`${name}\`.`, isRequired: true, refersTo: "parties" },
    ...schemes.map((scheme) => identifierColumn(scheme, name)),
  ];
}

/** Parties in the order of their codes. @throws FilterError for a code that is none. */
async function readParties(
  { rows, knownAt }: Pick<TableQuery, "rows" | "knownAt">,
  condition: Sql,
  { codes = [], kind }: { readonly codes?: readonly string[] | undefined; readonly kind: string },
): Promise<readonly PartyCodes[]> {
  const identifiers = schemes.map(
    (scheme) =>
      sql`(select max(n."value") from "PartyIdentifier" n where n."partyId" = y."id" and n."scheme" = ${sql.lit(scheme)})`,
  );
  const found = await rows(
    sql`select json_build_array(${sql.join([sql`y."code"`, sql`y."id"`, ...identifiers])}) from "Party" y where ${condition} order by y."code" collate "C"`,
    knownAt,
  );
  const parties = found.map((cells) => ({ code: String(cells[0]), cells }));
  const unknown = codes.find((code) => !parties.some((party) => party.code === code));
  if (unknown !== undefined)
    throw new FilterError(`party has to be the code of ${kind} of the record, but is ${shown(unknown)}.`);
  return parties;
}

/** The pairs of some parties: all of them, or if some are named, pairs with one named, or two if several are named. */
interface Pairs {
  readonly parties: readonly PartyCodes[];
  readonly named: ReadonlySet<string>;
}

function isWanted({ named }: Pairs, one: string, other: string): boolean {
  if (named.size === 0) return true;
  return Number(named.has(one)) + Number(named.has(other)) >= Math.min(2, named.size);
}

/** The pairs in parts that are small enough for a page, in order. */
function* partsOf(pairs: Pairs): Generator<PairsOf & { readonly firstParties: readonly PartyCodes[] }> {
  const { parties } = pairs;
  const seconds = parties.map(({ code }) => code);
  const atOnce = Math.max(1, Math.floor(MAX_PAIRS / Math.max(1, parties.length)));
  for (let at = 0; at < parties.length; at += atOnce) {
    const firstParties = parties.slice(at, at + atOnce);
    yield { firsts: firstParties.map(({ code }) => code), seconds, firstParties };
  }
}

/** Reads the pairs of a part; one that is longer than an answer may be is read in halves. */
async function readPairs(
  rows: ReadRows,
  knownAt: string | undefined,
  part: PairsOf,
  query: (part: PairsOf) => Sql,
): Promise<readonly Cells[]> {
  try {
    return await rows(query(part), knownAt);
  } catch (error) {
    const { firsts } = part;
    if (!isTooLong(error) || firsts.length < 2) throw error;
    const half = Math.ceil(firsts.length / 2);
    const [one, other] = [firsts.slice(0, half), firsts.slice(half)];
    return [
      ...(await readPairs(rows, knownAt, { ...part, firsts: one }, query)),
      ...(await readPairs(rows, knownAt, { ...part, firsts: other }, query)),
    ];
  }
}

// ---------------------------------------------------------------------------------------------------------- dyad-years

const party: Parameter = {
  meaning: "Code of a party; pairs with it, or among several if it is repeated",
  isRepeatable: true,
};

/** One row for each pair of states and year. */
export const dyadYears: Table = {
  name: "dyad-years",
  title: "Dyad-years",
  description:
    "Shared memberships and meetings of each pair of states in each year. One row for each pair of all states of the record and each year, also if both counts are 0 or a state did not exist yet.",
  columns: [
    { name: "year", type: "integer", description: "Calendar year.", isRequired: true },
    ...partyColumns("party1", "first"),
    ...partyColumns("party2", "second"),
    {
      name: "jointMemberships",
      type: "integer",
      description: "Forums of which both have a role, for certain, on 31 December of the year.",
      isRequired: true,
    },
    {
      name: "jointFullMemberships",
      type: "integer",
      description:
        "Forums of which both are full members, for certain, on 31 December of the year (rule of the Correlates of War project).",
      isRequired: true,
    },
    {
      name: "meetings",
      type: "integer",
      description: "Meetings that were held with both, and that began in the year, or at the earliest then.",
      isRequired: true,
    },
  ],
  key: ["year", "party1Id", "party2Id"],
  parameters: new Map<string, Parameter>([
    ["from", { meaning: "First year; by default that of the first membership or meeting of the record", isYear: true }],
    ["to", { meaning: "Last year; by default the current one, or that of `knownAt`", isYear: true }],
    ["party", party],
  ]),
  pages: pagesOfDyadYears,
};

async function* pagesOfDyadYears(query: TableQuery): AsyncGenerator<readonly Cells[]> {
  const { rows, knownAt, parameters } = query;
  const codes = parameters["party"];
  const parties = await readParties(query, sql`y."kind" = 'STATE'`, { codes, kind: "a state" });
  const pairs: Pairs = { parties, named: new Set(codes) };
  const [from, to] = await yearsOf(query);
  for (let year = from; year <= to; year += 1) {
    for (const part of partsOf(pairs)) {
      const found = await readPairs(rows, knownAt, part, (some) => pairsOfYear(year, some));
      const counts = new Map(found.map(([one, other, ...all]) => [`${String(one)} ${String(other)}`, all]));
      const page = part.firstParties.flatMap((one) => {
        const others = parties.slice(parties.indexOf(one) + 1).filter((other) => isWanted(pairs, one.code, other.code));
        return others.map((other) => {
          const all = counts.get(`${one.code} ${other.code}`) ?? [0, 0, 0];
          return [year, ...one.cells, ...other.cells, ...all];
        });
      });
      if (page.length > 0) yield page;
    }
  }
}

/** The first and the last year. */
async function yearsOf({ rows, knownAt, parameters }: TableQuery): Promise<readonly [number, number]> {
  const [from, to] = [parameters["from"]?.[0], parameters["to"]?.[0]];
  const [[first, now] = []] = await rows(
    sql`select json_build_array(
      extract(year from least((select min(u."sinceEarliest") from "ForumMembership" u), (select min(m."onEarliest") from "Meeting" m)))::int,
      extract(year from now() at time zone 'UTC')::int)`,
    knownAt,
  );
  const current = knownAt === undefined ? Number(now) : new Date(knownAt).getUTCFullYear();
  const last = to === undefined ? current : Number(to);
  return [from === undefined ? (typeof first === "number" ? first : last + 1) : Number(from), last];
}

// --------------------------------------------------------------------------------------------------------------- edges

function dayColumns(which: "first" | "last"): Column[] {
  const name = `${which}On`;
  return [
    { name: `${which}Meeting`, type: "string", description: `Slug of their ${which} meeting.`, isRequired: true },
    {
      name,
      type: "string",
      description: `Day of their ${which} meeting. As precise as the source: 2024, 2024-11 or 2024-11-20.`,
    },
    { name: `${name}Earliest`, type: "date", description: `Earliest possible day of \`${name}\`.` },
    { name: `${name}Latest`, type: "date", description: `Latest possible day of \`${name}\`.` },
  ];
}

/**
 * The network of parties that met.
 * @param filters Parameters of the filter of meetings.
 * @param read Reads that filter from parameters.
 */
export function edges(filters: Parameters, read: (given: GivenParameters) => ExportQuery): Table {
  return {
    name: "edges",
    title: "Edges",
    description:
      "The network of states and organizations that met. One row for each pair that took part in the same meetings; held ones, unless `status` asks for others.",
    columns: [
      ...partyColumns("party1", "first"),
      ...partyColumns("party2", "second"),
      { name: "meetings", type: "integer", description: "Number of meetings with both.", isRequired: true },
      ...dayColumns("first"),
      ...dayColumns("last"),
    ],
    key: ["party1Id", "party2Id"],
    parameters: new Map([...[...filters].filter(([name]) => name !== "knownAt"), ["party", party]]),
    pages: (query) => pagesOfEdges(query, read),
  };
}

async function* pagesOfEdges(
  query: TableQuery,
  read: (given: GivenParameters) => ExportQuery,
): AsyncGenerator<readonly Cells[]> {
  const { rows, knownAt, parameters } = query;
  const { party: codes, ...others } = parameters;
  const { parties: _named, ...filter } = read({ status: ["HELD"], ...others }).filter;
  const parties = await readParties(query, sql`true`, { codes, kind: "a state or organization" });
  const pairs: Pairs = { parties, named: new Set(codes) };
  const byCode = new Map(parties.map(({ code, cells }) => [code, cells]));
  for (const part of partsOf(pairs)) {
    const found = await readPairs(rows, knownAt, part, (some) => pairsThatMet(filter, some));
    const page = found.flatMap(([one, other, ...cells]) => {
      const [first, second] = [byCode.get(String(one)), byCode.get(String(other))];
      if (!first || !second || !isWanted(pairs, String(one), String(other))) return [];
      return [[...first, ...second, ...cells]];
    });
    if (page.length > 0) yield page;
  }
}

// -------------------------------------------------------------------------------------------------------------- matrix

/** The parameters of the matrix. */
export const matrixParameters: Parameters = new Map<string, Parameter>([
  ["on", { meaning: "The day; today by default", isDay: true }],
  ["rule", { meaning: "The memberships that count; FULL_MEMBERS by default", values: "JointMembershipRule" }],
  ["party", { meaning: "Code of a party of the matrix; all by default", isRepeatable: true }],
]);

/**
 * The numbers of forums that parties share on a day as CSV: a row and a column for each party, in the order of their codes.
 * The diagonal has the number of forums of each party.
 * @param today The day by default.
 */
export async function* matrixText({ rows, knownAt, parameters }: TableQuery, today: string): AsyncGenerator<string> {
  const day = parameters["on"]?.[0] ?? today;
  const rule = (parameters["rule"]?.[0] ?? "FULL_MEMBERS") as JointMembershipRule;
  const named = parameters["party"];
  const parties = await readParties({ rows, knownAt }, sql`true`, { codes: named, kind: "a state or organization" });
  const all = parties.map(({ code }) => code).filter((code) => named === undefined || named.includes(code));
  const shared = new Map<string, Cell>();
  for (const [one, other, count = 0] of await rows(pairsSharing(day, rule, all), knownAt)) {
    shared.set(`${String(one)} ${String(other)}`, count);
    shared.set(`${String(other)} ${String(one)}`, count);
  }
  const codes = named === undefined ? all.filter((code) => shared.has(`${code} ${code}`)) : all;
  yield csvLines([["party", ...codes]]);
  for (const code of codes)
    yield csvLines([[code, ...codes.map((other) => String(shared.get(`${code} ${other}`) ?? 0))]]);
}
