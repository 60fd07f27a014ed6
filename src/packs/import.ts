import type { Database } from "../database/open.js";
import { readRecordVersion } from "../database/version.js";
import type { WatchStatements } from "../lib/watching.js";
import { everyFactIsCited } from "../modules/documents/documents.commands.js";
import { checkOfficesHeld, markDoubtful } from "../modules/meetings/offices.commands.js";
import type { Fault } from "../lib/faults.js";
import { Acknowledgement, type Acknowledged } from "../writing/acknowledgements.js";
import { checkDuplicates } from "../writing/duplicates.js";
import type { Note, NoteKind, Plan } from "../writing/plan.js";
import { planChanges } from "../writing/planning/planner.js";
import type { Statements } from "../writing/store.js";
import { inOneWrite, RefusedError, type WritableDatabase } from "../writing/transaction.js";
import { countPlans, countRecords, writePlan, type Counts } from "../writing/write.js";
import { locateFaults, PackError, placeFaults, type PackFault } from "./faults.js";
import { newLeftOut, type LeftOut } from "./left.out.js";
import { readPack, type Pack } from "./read.js";
import { recordKinds } from "../modules/kinds.js";

/** The part of an open database that loading and writing packs needs. */
export type PackDatabase = WritableDatabase & Pick<Database, "prisma">;

/** Options of an import. */
export interface ImportOptions {
  /** Whether everything is checked, by the database too, and nothing is kept. */
  readonly dryRun?: boolean;
  /** Faults to override in all packs; a pack can also acknowledge its own. */
  readonly acknowledge?: readonly Acknowledged[];
  /** Whether entries at fault are left out, with what refers to them, and the others are loaded. */
  readonly keepGoing?: boolean;
  /** Hears what is being done, in a few words at a time. */
  readonly progress?: (step: string) => void;
  /** Is given each statement of the write. */
  readonly watch?: WatchStatements | undefined;
}

/** The result of an import. */
export interface ImportReport {
  /** The packs, in the order in which they were loaded. */
  readonly packs: readonly string[];
  /** Columns of tables that say something and were not loaded, by the table. */
  readonly unusedColumns: Readonly<Record<string, readonly string[]>>;
  /** The number of records in the packs, by collection; a record in several packs counts once. */
  readonly records: Readonly<Record<string, number>>;
  /** The rows that these are kept in, with those of their parts and citations, by table. */
  readonly rows: Readonly<Record<string, Counts>>;
  /** Rows of all tables together. */
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** The version of the record afterwards. It does not move when nothing changed. */
  readonly recordVersion: number;
  readonly isDryRun: boolean;
  /** Former names that were followed, decisions of editors that stand, and acknowledged duplicates; at most 1,000. */
  readonly notes: readonly PackNote[];
  /** The faults of entries that were left out. */
  readonly leftOut: readonly PackFault[];
}

/** A note on what a pack says, and where it says so. */
export interface PackNote extends Omit<PackFault, "code"> {
  readonly kind: NoteKind;
}

/** Loads one pack, a folder or a file; as `importPacks`. */
export function importPack(database: PackDatabase, source: string, options: ImportOptions = {}): Promise<ImportReport> {
  return importPacks(database, [source], options);
}

/**
 * Loads packs on top of what the record holds, all in one transaction: those that others require first, else in the
 * order given. With any fault nothing is written, unless `keepGoing` leaves out what is at fault.
 * @throws PackError with all faults; DatabaseError if the database fails.
 */
export async function importPacks(
  database: PackDatabase,
  sources: readonly string[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { keepGoing = false, progress = () => undefined } = options;
  const leftOut = newLeftOut();
  for (;;) {
    try {
      return await importWithout(leftOut, database, sources, options);
    } catch (error) {
      if (!keepGoing || !(error instanceof PackError) || !leftOut.add(error)) throw error;
      progress(`Leaving out ${String(leftOut.faults.length)} faults`);
    }
  }
}

async function importWithout(
  leftOut: LeftOut,
  database: PackDatabase,
  sources: readonly string[],
  { dryRun = false, progress = () => undefined, watch, acknowledge = [] }: ImportOptions,
): Promise<ImportReport> {
  const packs: Pack[] = [];
  for (const source of sources) {
    progress(`Reading ${source}`);
    packs.push(await readPack(source, leftOut));
  }
  const ordered = inOrder(packs);
  const plans = await inOneWrite(database, (statements) => loadAll(statements, ordered, { progress, acknowledge }), {
    act: attribution,
    isRehearsal: dryRun,
    watch,
  }).catch((error: unknown) => {
    throw error instanceof RefusedError ? new PackError([refusal(error)]) : error;
  });
  return { ...report(ordered, plans, dryRun, await readVersion(database)), leftOut: leftOut.faults };
}

const attribution = { kind: "import", actor: "import" };

async function loadAll(
  statements: Statements,
  packs: readonly Pack[],
  { progress, acknowledge }: Required<Pick<ImportOptions, "progress" | "acknowledge">>,
): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const [index, pack] of packs.entries()) {
    progress(`Checking ${pack.name}`);
    const acknowledged = new Set<string>([...acknowledge, ...pack.acknowledge]);
    const options = { acknowledged, doDecisionsStand: true };
    const plan = await planChanges(statements, recordKinds, pack.changeSet, [everyFactIsCited], options);
    const refuse = (faults: readonly Fault[]): void => {
      if (faults.length === 0) return;
      // Later packs depend on this one, so only the faults in their files can be reported.
      const later = packs.slice(index + 1).flatMap((one) => placeFaults(one.changeSet.faults, one));
      const places = [...placeFaults(faults, pack), ...later];
      throw new PackError(
        places.map(({ fault }) => fault),
        missing(pack, packs, faults),
        places,
      );
    };
    refuse(plan.faults);
    progress(`Writing ${pack.name}`);
    await writePlan(statements, plan);
    // The tenures of the pack are written by now, and count.
    const doubts = await checkOfficesHeld(statements, plan, acknowledged.has(Acknowledgement.OFFICE_NOT_HELD));
    const duplicates = await checkDuplicates(statements, recordKinds, plan, {
      isAcknowledged: acknowledged.has(Acknowledgement.LIKELY_DUPLICATE),
    });
    refuse([...doubts, ...duplicates.faults]);
    await markDoubtful(statements, plan);
    plans.push({ ...plan, notes: [...plan.notes, ...duplicates.notes] });
  }
  return plans;
}

// A pack that is not given can be in the record already; only if something is not found is it worth a word.
function missing(pack: Pack, packs: readonly Pack[], faults: readonly Fault[]): string[] {
  if (!faults.some(({ code }) => code === "NOT_FOUND")) return [];
  return pack.requires
    .filter((name) => !packs.some((one) => one.name === name))
    .map(
      (name) =>
        `The pack ${pack.name} builds on the pack ${name}, which is not given here; if it is not loaded yet, load it first or together with this one.`,
    );
}

function inOrder(packs: readonly Pack[]): Pack[] {
  const ordered = new Set<Pack>();
  const waiting = new Set<Pack>();
  function put(pack: Pack): void {
    if (ordered.has(pack) || waiting.has(pack)) return;
    waiting.add(pack);
    for (const name of pack.requires) {
      const required = packs.find((one) => one.name === name);
      if (required !== undefined) put(required);
    }
    ordered.add(pack);
  }
  packs.forEach(put);
  return [...ordered];
}

function refusal({ message }: RefusedError): PackFault {
  return { code: "REFUSED", file: null, line: null, column: null, path: "", message };
}

function report(
  packs: readonly Pack[],
  plans: readonly Plan[],
  isDryRun: boolean,
  recordVersion: number,
): Omit<ImportReport, "leftOut"> {
  const rows = countPlans(plans);
  const total = (count: keyof Counts): number => Object.values(rows).reduce((sum, counts) => sum + counts[count], 0);
  return {
    packs: packs.map(({ name }) => name),
    unusedColumns: Object.fromEntries(
      packs.flatMap(({ name, unusedColumns = [] }) => (unusedColumns.length === 0 ? [] : [[name, unusedColumns]])),
    ),
    records: countRecords(plans),
    rows,
    created: total("created"),
    updated: total("updated"),
    unchanged: total("unchanged"),
    recordVersion,
    isDryRun,
    notes: packs.flatMap((pack, index) => notesOf(pack, plans[index]?.notes ?? [])).slice(0, mostNotes),
  };
}

const mostNotes = 1_000;

function notesOf(pack: Pack, notes: readonly Note[]): PackNote[] {
  return notes.map(({ kind, place, message }) => {
    const [located] = locateFaults([{ code: "INVALID", place, message }], pack);
    const { code: _code, ...where } = located as PackFault;
    return { kind, ...where };
  });
}

function readVersion({ pool }: PackDatabase): Promise<number> {
  return readRecordVersion(pool);
}
