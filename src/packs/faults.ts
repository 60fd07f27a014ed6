import { pathText, type Fault, type FaultCode, type Place } from "../lib/faults.js";
import type { Position } from "./positions.js";

/** A fault in a pack, with its place. */
export interface PackFault {
  readonly code: FaultCode;
  /** The file, as the pack was named; null if the fault is in no file. */
  readonly file: string | null;
  /** From 1; null if unknown. */
  readonly line: number | null;
  readonly column: number | null;
  /** Path of the value in the file: `meetings[3].participants[1].role`. */
  readonly path: string;
  readonly message: string;
}

/** A fault with its place as it was written, and the pack of that place. */
export interface PlacedFault {
  readonly source: string;
  readonly place: Place;
  readonly fault: PackFault;
}

/** A pack that was rejected. Nothing was written. */
export class PackError extends Error {
  override readonly name = "PackError";
  /** By file and line. At most 1,000; `total` counts them all. */
  readonly faults: readonly PackFault[];
  readonly total: number;
  /** Possible causes, as sentences; they are no faults themselves. */
  readonly hints: readonly string[];
  /** The faults that have a place in a pack. */
  readonly places: readonly PlacedFault[];

  constructor(faults: readonly PackFault[], hints: readonly string[] = [], places: readonly PlacedFault[] = []) {
    const shown = [...faults].sort(byPlace).slice(0, mostFaults);
    super(
      [
        `${String(faults.length)} ${faults.length === 1 ? "fault" : "faults"}, nothing was written`,
        ...shown.map(faultLine),
        ...hints,
      ].join("\n"),
    );
    this.faults = shown;
    this.total = faults.length;
    this.hints = hints;
    this.places = places;
  }
}

const mostFaults = 1_000;

/** A fault on one line: `meetings.yaml:12:5: meetings[0].on: …`. */
export function faultLine({ file, line, column, path, message }: Omit<PackFault, "code">): string {
  const place = file === null ? undefined : [file, line, column].filter((part) => part !== null).join(":");
  return [place, path, message].filter((part) => part !== undefined && part !== "").join(": ");
}

interface LocatedPack {
  readonly source: string;
  readonly positionOf: (place: Place) => Position | undefined;
  readonly asWritten?: (place: Place) => Place;
}

/** Finds where faults stand. */
export function locateFaults(faults: readonly Fault[], pack: LocatedPack): PackFault[] {
  return placeFaults(faults, pack).map(({ fault }) => fault);
}

/** Finds where faults stand, and keeps their places. */
export function placeFaults(
  faults: readonly Fault[],
  { source, positionOf, asWritten = (place) => place }: LocatedPack,
): PlacedFault[] {
  return faults.map(({ code, place: given, message, other }) => {
    const place = asWritten(given);
    const position = positionOf(given);
    const first = other === undefined ? undefined : positionOf(other);
    const also =
      other?.file == null
        ? ""
        : ` (first at ${[other.file, first?.line, first?.column].filter((part) => part !== undefined).join(":")})`;
    const fault = {
      code,
      file: place.file,
      line: position?.line ?? null,
      column: position?.column ?? null,
      path: pathText(place.path),
      message: message + also,
    };
    return { source, place, fault };
  });
}

function byPlace(one: PackFault, other: PackFault): number {
  return (
    compare(one.file ?? "", other.file ?? "") ||
    (one.line ?? 0) - (other.line ?? 0) ||
    (one.column ?? 0) - (other.column ?? 0) ||
    compare(one.message, other.message)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
