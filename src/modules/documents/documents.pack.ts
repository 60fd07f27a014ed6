import { packSection, type PackSection } from "../../writing/sections.js";
import { addDocument } from "./documents.commands.js";
import { documentRecord } from "./document.record.js";

/** The collections of a pack that hold sources. */
export const documentSections: readonly PackSection[] = [
  packSection({
    collection: "documents",
    kind: documentRecord.kind,
    shape: documentRecord.input,
    add: addDocument,
    names: (key) => ({ key }),
  }),
];
