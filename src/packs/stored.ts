import { citationRecord } from "../modules/documents/citation.record.js";
import { documentRecord } from "../modules/documents/document.record.js";
import { doubtfulSeats } from "../modules/meetings/offices.commands.js";
import { faultsOfStored, idsOf, takenNames, type StoredFault } from "../writing/stored.js";
import type { PackDatabase } from "./import.js";
import { recordKinds } from "../modules/kinds.js";
import { packSections } from "./sections.js";

/** Keys of stored seats that an import rejects unless it is acknowledged: a person in an office not held on that day. */
export async function rejectedSeats({ prisma }: PackDatabase): Promise<string[]> {
  return (await doubtfulSeats(prisma)).map(({ key }) => key);
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
