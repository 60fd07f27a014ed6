import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/open.js";
import { faultLine, PackError, type PackFault } from "../../src/packs/faults.js";

const folders: string[] = [];

/** A folder of its own for a test; `removeFolders` takes all of them away. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "sidelines-pack-"));
  folders.push(folder);
  return folder;
}

/** Takes away what `temporaryFolder` made. */
export async function removeFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/** Writes a pack, file by file, and says where it is. */
export async function writePack(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** Takes every record out of a database. */
export async function emptyRecord({ pool }: Database): Promise<void> {
  const tables = ["Document", "Party", "Person", "Office", "Tenure", "Forum", "ForumMembership", "Place", "Meeting"];
  const others = ["Participant", "StatusReport", "Visit", "Statement", "Commitment", "Milestone", "FirstSinceClaim"];
  const all = [
    ...tables,
    ...others,
    "Agreement",
    "Signatory",
    "AgreementReport",
    "Activity",
    "ActivityReport",
    "Conflict",
    "ConflictClaim",
    "Citation",
    "MergedRecord",
    "DismissedDuplicate",
  ].map((name) => `"${name}"`);
  await pool.query(`TRUNCATE ${all.join(", ")} CASCADE`);
}

/** The faults as text: each on one line, files without their folder. */
export async function faultsOf(loading: Promise<unknown>): Promise<string[]> {
  return (await packFaults(loading)).map((fault) =>
    faultLine({ ...fault, file: fault.file === null ? null : path.basename(fault.file) }),
  );
}

/** The faults with which a loading ends; fails if it does not. */
export async function packFaults(loading: Promise<unknown>): Promise<readonly PackFault[]> {
  const error = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PackError) return error.faults;
  throw error instanceof Error ? error : new Error("the pack was loaded without a fault");
}

/** A small pack that is sound: two states, two persons with offices, a document with a text, a meeting on sidelines. */
export const soundPack: Readonly<Record<string, string>> = {
  "texts/report.txt":
    "On Monday the ministers met. They said: “We agree.” The ministers met again on Tuesday 🤝 in Alpha City.\n",
  "documents.yaml": `documents:
  - key: report
    kind: NEWS_REPORT
    title: Ministers meet
    publisher: The Paper
    language: en
    publishedOn: 2024-11-20
    textFile: texts/report.txt
  - key: page
    kind: OFFICIAL_PAGE
    title: About the forum
    publisher: The Forum
    language: en
    url: https://example.org/about
`,
  "records.yaml": `states:
  - {code: AAA, alpha2: AA, name: Alpha, cite: [page]}
  - {code: BBB, alpha2: BB, name: Beta, cite: [page]}
persons:
  - {slug: ada-able, name: Ada Able, state: AAA, cite: [page]}
  - {slug: bo-baker, name: Bo Baker, state: BBB, cite: [page]}
offices:
  - {key: AAA/defence-minister, party: AAA, title: Defence Minister, kind: DEFENCE_MINISTER, cite: [page]}
  - {key: BBB/defence-minister, party: BBB, title: Defence Minister, kind: DEFENCE_MINISTER, cite: [page]}
tenures:
  - {person: ada-able, office: AAA/defence-minister, since: 2019, hasEnded: false, cite: [page]}
forums:
  - {slug: the-forum, name: The Forum, kind: DIALOGUE, cite: [page]}
memberships:
  - {forum: the-forum, party: AAA, role: MEMBER, attestedOn: 2024-11, cite: [page]}
places:
  - {key: AAA/alpha-city, city: Alpha City, state: AAA, timeZone: Asia/Vientiane}
`,
  "meetings.yaml": `meetings:
  - slug: the-forum-1
    title: 1st Forum
    kind: SESSION
    forum: the-forum
    ordinal: 1
    on: 2024-11-19
    cite: [page]
  - slug: 2024-11-18-aaa-bbb
    title: Alpha and Beta meet
    kind: BILATERAL
    on: 2024-11-18
    place: AAA/alpha-city
    sidelinesOf: the-forum-1
    cite:
      - {document: report, quote: On Monday the ministers met.}
    participants:
      - {party: AAA, person: ada-able, office: AAA/defence-minister, role: PRINCIPAL, cite: [{document: report, quote: On Monday the ministers met.}]}
      - {party: BBB, role: PRINCIPAL, isExpected: true, cite: [page]}
    statusReports:
      - {status: HELD, reportedOn: 2024-11-20, cite: [{document: report, quote: On Monday the ministers met.}]}
    statements:
      - key: agree
        speaker: ada-able
        text: We agree.
        isVerbatim: true
        cite: [{document: report, quote: We agree., attributedTo: the ministers}]
`,
};
