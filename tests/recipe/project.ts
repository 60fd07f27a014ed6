import { readFileSync } from "node:fs";
import { join } from "node:path";
import { declarationFiles, filtersOf, type Project } from "../../scripts/declarations.js";
import { acts } from "../../src/acts/acts.js";
import { envelopeShape } from "../../src/acts/run.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { meetingFilters } from "../../src/modules/meetings/meetings.lists.js";
import { isInPacksOnly } from "../../src/modules/record.js";
import { recordTypes } from "../../src/schema.js";
import { bare } from "../../src/writing/sections.js";

/** The text of a file of a project. */
export function textIn(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

/** The parts that the build compares: the code of this process, and the schemas of a folder. */
export function projectOf(folder: string): Project {
  return {
    kinds: recordKinds,
    acts: [...acts.values()],
    envelope: Object.keys(envelopeShape.shape),
    shapes: { bare, isInPacksOnly },
    datamodel: textIn(folder, "prisma/schema.prisma"),
    contract: textIn(folder, "schema.graphql"),
    gateways: textIn(folder, "federation.graphql"),
    fileOf: declarationFiles(join(folder, "src/modules")),
    reading: [...recordTypes.keys()],
    filters: filtersOf(meetingFilters),
  };
}
