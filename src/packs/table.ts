import path from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import type { z } from "zod";
import { at, didYouMean, shown, type Fault, type Place } from "../lib/faults.js";
import { addCitations } from "../modules/documents/documents.commands.js";
import { addParticipant } from "../modules/meetings/meetings.commands.js";
import { newChangeSet, type ChangeSet } from "../writing/change.set.js";
import { addValidParts, type Readable } from "../writing/partial.validation.js";
import { readShape } from "../writing/sections.js";
import { refersTo } from "../writing/references.js";
import { given, line, unspeakable } from "../writing/values.js";
import { packLimits, PackFileError, readInside } from "./files.js";
import { meantCell, participationColumns, readSources, type ParticipationColumn } from "./participations.js";
import type { Position } from "./positions.js";
import { newLeftOut } from "./left.out.js";
import type { Pack } from "./read.js";
import { meetingRecord } from "../modules/meetings/meeting.record.js";
import { participantRecord } from "../modules/meetings/participant.record.js";

/** Whether a source is a participation table, by its name. */
export function isTable(source: string): boolean {
  return /\.csv$/i.test(source);
}

/** The columns without which a table says nothing. */
const neededColumns: readonly ParticipationColumn[] = ["meeting", "party", "sources"];
const knownColumns: ReadonlySet<string> = new Set(participationColumns);
/** The columns that repeat for people what others say, or what a table cannot say with its sources. */
const unusedColumns = [
  "status",
  "city",
  "country",
  "partyName",
  "officeTitle",
] as const satisfies readonly ParticipationColumn[];

/** The columns of a meeting, by the names of fields in packs. */
const meetingColumns = [
  "title",
  "kind",
  "format",
  "on",
  "endsOn",
  "place",
  "forum",
  "ordinal",
  "sidelinesOf",
  "topics",
] as const;
const seatColumns = ["party", "person", "office", "role", "attendance", "note"] as const;

// A seat without a slug names its person by a name.
const seatShape = participantRecord.input.extend({ person: given(refersTo("Person", line())) });

const meetingShape = meetingRecord.input.pick({
  slug: true,
  title: true,
  kind: true,
  format: true,
  on: true,
  endsOn: true,
  place: true,
  forum: true,
  ordinal: true,
  sidelinesOf: true,
  topics: true,
  cite: true,
});

type Cells = Readonly<Partial<Record<ParticipationColumn, string>>>;

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly Cells[];
}

/** The values of a meeting so far, and the rows that they come from. */
interface MeetingRows {
  readonly said: Record<string, unknown>;
  readonly rowOf: Map<string, number>;
  readonly first: number;
}

/**
 * Reads a participation table: every row adds a seat to its meeting, and what its other columns say of the meeting is
 * said of the meeting. Faults are gathered; their lines and columns are rows and columns of the table, the header
 * being row 1.
 */
export async function readTable(source: string, leftOut = newLeftOut()): Promise<Pack> {
  const changeSet = newChangeSet();
  const name = path.basename(source).replace(/\.csv$/i, "");
  const meetings = new Map<string, MeetingRows>();
  const table = await readCells(source, changeSet);
  const positionOf = (place: Place): Position | undefined =>
    place.file === null ? undefined : positionIn(table, meetings, place);
  if (table && checkHeader(table, source, changeSet)) {
    const rows = [...table.rows.entries()].flatMap(([row, cells]) => {
      const place: Place = { file: source, path: ["participants", row] };
      return leftOut.has(source, place) ? [] : [{ cells, row, place }];
    });
    for (const { cells, row, place } of rows) gatherMeeting(cells, row, place, meetings, changeSet);
    for (const [slug, { said, first }] of meetings)
      draftMeetingOf(slug, said, { file: source, path: ["participants", first, "meeting"] }, changeSet);
    for (const { cells, place } of rows) draftSeat(cells, place, changeSet);
  }
  const unused = unusedColumns.filter((column) => table?.rows.some((cells) => cells[column] !== undefined));
  return {
    source,
    name,
    title: undefined,
    requires: [],
    acknowledge: [],
    unusedColumns: unused,
    changeSet,
    positionOf,
  };
}

/**
 * The cells of a table as they were before an editor or a spreadsheet changed them: without the line that names the
 * delimiter, and without columns that have neither a name nor a value.
 */
function readRows(text: string): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const told = /^\uFEFF?"?sep=(.)"?(?:\r\n|\n|\r)/i.exec(text);
  const table = told ? text.slice(told[0].length) : text;
  const [names = [], ...rows] = parse(table, {
    bom: true,
    delimiter: told?.[1] ?? delimiterOf(table),
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const header = withoutEmptyEnd(
    names.map((column) => column.trim()),
    0,
  );
  const cells = rows.map((row) => withoutEmptyEnd(row, header.length));
  // Tables are written with LF within cells. An editor that changes line ends changes all of them.
  const isLf = cells.some((row) => row.some((cell) => /(?<!\r)\n/.test(cell)));
  return { header, rows: isLf ? cells : cells.map((row) => row.map((cell) => cell.replace(/\r\n?/g, "\n"))) };
}

/** @param least how many cells stay, empty or not. */
function withoutEmptyEnd(cells: readonly string[], least: number): readonly string[] {
  let length = cells.length;
  while (length > least && cells[length - 1]?.trim() === "") length -= 1;
  return cells.slice(0, length);
}

async function readCells(source: string, changeSet: ChangeSet): Promise<Table | undefined> {
  const place: Place = { file: source, path: [] };
  try {
    const text = await readInside(path.dirname(source), source, packLimits.file);
    const problem = unspeakable(text);
    if (problem !== undefined) throw new PackFileError(`the file ${problem}`);
    const { header, rows } = readRows(text);
    rows.forEach((cells, row) => {
      if (cells.length === header.length) return;
      changeSet.report({
        code: "INVALID",
        place: { file: source, path: ["participants", row] },
        message: `the row has ${String(cells.length)} cells, and the header ${String(header.length)}`,
      });
    });
    const whole = rows.map((cells) => (cells.length === header.length ? cells : []));
    return { header, rows: whole.map((cells) => cellsOf(header, cells)) };
  } catch (error) {
    if (error instanceof CsvError) {
      const row = Number(error["records"] ?? 0) + 1;
      changeSet.report({
        code: "UNREADABLE",
        place: { file: source, path: ["participants", row - 2] },
        message: `the row is no CSV: ${error.message}`,
      });
    } else if (error instanceof PackFileError) {
      changeSet.report({ code: "UNREADABLE", place, message: error.message });
    } else throw error;
    return undefined;
  }
}

// Spreadsheets of some countries write semicolons.
function delimiterOf(text: string): string {
  const [first = ""] = text.split(/[\r\n]/, 1);
  const counts = [",", ";", "\t"].map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
}

function cellsOf(header: readonly string[], cells: readonly string[]): Cells {
  return Object.fromEntries(
    header.flatMap((column, index) =>
      cells[index] === undefined || cells[index].trim() === "" ? [] : [[column, meantCell(cells[index])]],
    ),
  );
}

function checkHeader({ header }: Table, file: string, changeSet: ChangeSet): boolean {
  const faults = [
    ...header.flatMap((column, index): Fault[] => {
      const place: Place = { file, path: ["header", index] };
      if (!knownColumns.has(column))
        return [
          {
            code: "INVALID",
            place,
            message: `${shown(column)} is no column of a participation table${didYouMean(column, participationColumns) || `; known are ${participationColumns.join(", ")}`}`,
          },
        ];
      const first = header.indexOf(column);
      return first === index
        ? []
        : [
            {
              code: "DUPLICATE",
              place,
              message: `the column ${column} stands there twice`,
              other: { file, path: ["header", first] },
            },
          ];
    }),
    ...neededColumns
      .filter((column) => !header.includes(column))
      .map((column): Fault => ({
        code: "MISSING",
        place: { file, path: ["header"] },
        message: `a participation table needs the column ${column}`,
      })),
  ];
  faults.forEach(changeSet.report);
  return faults.length === 0;
}

// All rows of a meeting contribute its values. If two rows differ, the meeting is ambiguous.
function gatherMeeting(
  cells: Cells,
  row: number,
  place: Place,
  meetings: Map<string, MeetingRows>,
  changeSet: ChangeSet,
): void {
  const slug = cells.meeting?.trim();
  if (slug === undefined) return;
  const meeting = meetings.get(slug) ?? { said: {}, rowOf: new Map<string, number>(), first: row };
  meetings.set(slug, meeting);
  for (const column of [...meetingColumns, "meetingSources"] as const) {
    const cell = cells[column]?.trim();
    const name = column === "meetingSources" ? "cite" : column;
    if (cell === undefined) continue;
    const earlier = meeting.rowOf.get(name);
    const value = valueIn(name, cell);
    if (earlier === undefined) {
      meeting.rowOf.set(name, row);
      meeting.said[name] = value;
    } else if (JSON.stringify(meeting.said[name]) !== JSON.stringify(value)) {
      changeSet.report({
        code: "CONFLICT",
        place: at(place, column),
        message: `the table says something else of the meeting ${shown(slug)} in an earlier row`,
        other: { file: place.file, path: ["participants", earlier, column] },
      });
    }
  }
}

function valueIn(name: string, cell: string): unknown {
  if (name === "cite") return readSources(cell);
  if (name === "topics") return cell.split(/[\s,;]+/).filter((key) => key !== "");
  return name === "ordinal" ? wholeNumberOf(cell) : cell;
}

function draftMeetingOf(
  slug: string,
  said: Readonly<Record<string, unknown>>,
  place: Place,
  changeSet: ChangeSet,
): void {
  const readable: Readable = {
    shape: meetingShape,
    add: (into, input, where) => {
      const meeting = input as z.infer<typeof meetingShape>;
      addCitations(into, into.add(meetingRecord.kind, meeting.slug, where, meeting), meeting.cite);
    },
  };
  if (!draftWhole(readable, { slug, ...said }, place, changeSet)) changeSet.markInvalid(meetingRecord.kind.table, slug);
}

function draftSeat(cells: Cells, place: Place, changeSet: ChangeSet): void {
  if (Object.keys(cells).length === 0) return;
  const { meeting, isExpected, sources } = cells;
  if (meeting === undefined) {
    changeSet.report({ code: "MISSING", place: at(place, "meeting"), message: "the row names no meeting" });
    return;
  }
  const seat = {
    ...Object.fromEntries(
      seatColumns.flatMap((column) => (cells[column] === undefined ? [] : [[column, cells[column]]])),
    ),
    ...(cells.person === undefined && cells.personName !== undefined ? { person: cells.personName } : {}),
    ...(isExpected === undefined ? {} : { isExpected: truthOf(isExpected) }),
    ...(sources === undefined ? {} : { cite: readSources(sources) }),
  };
  const readable: Readable = {
    shape: cells.person === undefined ? seatShape : participantRecord.input,
    add: (into, input, where) => {
      addParticipant(into, meeting.trim(), input as z.infer<typeof participantRecord.input>, where);
    },
  };
  draftWhole(readable, seat, place, changeSet);
}

function draftWhole(
  readable: Readable,
  input: Readonly<Record<string, unknown>>,
  place: Place,
  changeSet: ChangeSet,
): boolean {
  const read = readShape(readable.shape, input, place);
  if ("value" in read) {
    readable.add(changeSet, read.value, place);
    return true;
  }
  read.faults.forEach(changeSet.report);
  return addValidParts(readable, input, place, read.faults, changeSet);
}

/** Programs that take a column for one of decimal numbers write 11.0 or 11,0 for 11. */
function wholeNumberOf(cell: string): string {
  return /^(\d+)[.,]0+$/.exec(cell)?.[1] ?? cell;
}

// Spreadsheets write TRUE.
function truthOf(cell: string): boolean | string {
  const word = cell.trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : cell;
}

function positionIn(
  table: Table | undefined,
  meetings: ReadonlyMap<string, MeetingRows>,
  { path: [part, index, ...steps] }: Place,
): Position {
  if (part === "header") return { line: 1, column: Number(index ?? 0) + 1 };
  const row = Number(index ?? 0);
  const [first = "party", second = "slug"] = steps;
  const cells = table?.rows[row];
  const isOfMeeting = first === "meeting" && steps.length > 0;
  const field = isOfMeeting ? String(second) : String(first);
  const said = isOfMeeting ? meetings.get(cells?.meeting?.trim() ?? "")?.rowOf.get(field) : undefined;
  const isByName = field === "person" && cells?.person === undefined && table?.header.includes("personName") === true;
  const column = isByName
    ? "personName"
    : field === "cite"
      ? isOfMeeting
        ? "meetingSources"
        : "sources"
      : field === "slug"
        ? "meeting"
        : field;
  return { line: (said ?? row) + 2, column: Math.max(0, table?.header.indexOf(column) ?? 0) + 1 };
}
