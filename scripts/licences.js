// Lists what the service is made of that others wrote, with its licence, from package-lock.json: docs/licences.md.
//
//   node scripts/licences.js            writes the list
//   node scripts/licences.js --check    ends with 1 if the list is not up to date, or a licence is none that we take
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const list = join(root, "docs/licences.md");

/** Licences that ask no more of whoever passes the service on than to name their authors. */
const taken = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "MIT-0",
  "CC0-1.0",
  "Unlicense",
  "PostgreSQL",
]);

/**
 * The packages of a lock file that are installed with the service.
 * @returns name, version and licence of each, in the order of names; a version that occurs twice once.
 */
export function installed(lock) {
  const found = new Map();
  for (const [path, { version, license, dev, devOptional, optional, peer }] of Object.entries(lock.packages)) {
    if (path === "" || dev || devOptional || optional || peer) continue;
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    found.set(`${name}@${version}`, { name, version, licence: license ?? "unknown" });
  }
  return [...found.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  );
}

/** Whether a licence is one that we take; of several to choose from one, of several together each. */
export function isTaken(licence) {
  return licence
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => taken.has(one)));
}

/** The list as Markdown. */
export function listText(packages) {
  const counts = new Map();
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const summary = [...counts].sort(([, a], [, b]) => b - a);
  return [
    "# Licences of the dependencies",
    "",
    "Sidelines itself has the [MIT licence](../LICENSE). These packages are installed with it, with their licence texts in",
    "`node_modules`. `node scripts/licences.js` writes this list from `package-lock.json`. A test checks that it is complete,",
    "and rejects any licence that requires more than attribution. Packages for building and testing are not shipped and not",
    "listed. `dist/playground/licences.md`, which the build writes, lists packages bundled into `/playground` and `/map`.",
    "`npm run sbom` prints a bill of materials in CycloneDX.",
    "",
    `| licence | packages |`,
    "|---|---|",
    ...summary.map(([licence, count]) => `| ${licence} | ${count} |`),
    `| all | ${packages.length} |`,
    "",
    "| package | version | licence |",
    "|---|---|---|",
    ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = installed(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  const text = listText(packages);
  const strange = packages.filter(({ licence }) => !isTaken(licence));
  for (const { name, version, licence } of strange)
    console.error(`licences: ${name} ${version} is under ${licence}, which is none that we take`);
  if (!process.argv.includes("--check")) writeFileSync(list, text);
  else if (readFileSync(list, "utf8") !== text) {
    console.error("licences: docs/licences.md is not up to date; run node scripts/licences.js");
    process.exitCode = 1;
  }
  if (strange.length > 0) process.exitCode = 1;
}
