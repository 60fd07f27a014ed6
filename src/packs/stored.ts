import { citationRecord } from "../modules/documents/citation.record.js";
import { documentRecord } from "../modules/documents/document.record.js";
import { doubtfulSeats } from "../modules/meetings/offices.commands.js";
import { faultsOfStored, idsOf, takenNames, type StoredFault } from "../writing/stored.js";
import { comparedKinds, findDuplicates } from "../writing/duplicates.js";
import type { PackDatabase } from "./import.js";
import { recordKinds } from "../modules/kinds.js";
import { packSections } from "./sections.js";

/** Keys of stored seats that an import rejects unless it is acknowledged: a person in an office not held on that day. */
export async function rejectedSeats({ prisma }: PackDatabase): Promise<string[]> {
  return (await doubtfulSeats(prisma)).map(({ key }) => key);
}

/** A pair of records that are likely the same. */
export interface StoredDuplicate {
  readonly kind: string;
  readonly isStrong: boolean;
  /** Evidence, in phrases. */
  readonly evidence: readonly string[];
  /** The ids and keys of both. */
  readonly one: string;
  readonly oneKey: string;
  readonly other: string;
  readonly otherKey: string;
}

/** The kinds of records of which duplicates are looked for, as words of a command. */
export const duplicateKinds: readonly string[] = comparedKinds(recordKinds).map(({ label }) => label);

/** The pairs that are likely the same and were not dismissed, the most alike of each kind first. */
export async function storedDuplicates(
  { prisma }: PackDatabase,
  labels: readonly string[] = duplicateKinds,
): Promise<StoredDuplicate[]> {
  const found: StoredDuplicate[] = [];
  for (const kind of comparedKinds(recordKinds)) {
    if (!labels.includes(kind.label)) continue;
    for (const { kind: of, ...pair } of await findDuplicates(prisma, kind)) found.push({ kind: of.label, ...pair });
  }
  return found;
}

const shapes = packSections.flatMap((section) => [section, ...(section.parts ?? [])]);

// Records are looked at some at a time, so that a large record takes no more memory. Documents hold long texts.
const atOnce = 2_000;
const documentsAtOnce = 50;

/**
 * The faults of the record that imports and mutations reject now: earlier versions, or SQL, let them in. Passages are
 * checked by the audit of the database.
 * @param progress hears which records are looked at.
 */
export async function storedFaults(
  { prisma }: PackDatabase,
  progress: (label: string) => void = () => undefined,
): Promise<StoredFault[]> {
  progress("former names");
  const faults = await takenNames(prisma, recordKinds);
  for (const kind of recordKinds) {
    if (kind === citationRecord.kind) continue;
    progress(`every ${kind.label}`);
    for await (const ids of idsOf(prisma, kind, kind === documentRecord.kind ? documentsAtOnce : atOnce)) {
      faults.push(...(await faultsOfStored(prisma, { kinds: recordKinds, shapes }, ids)));
    }
  }
  // Of two records that contradict each other, each is looked at.
  const seen = new Set<string>();
  return faults.filter(({ message }) => !seen.has(message) && seen.add(message));
}
