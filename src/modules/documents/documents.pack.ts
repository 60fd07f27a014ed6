import { packSection, type PackSection } from "../../writing/sections.js";
import { documentInput, documentKind, addDocument } from "./documents.commands.js";

/** The collections of a pack that hold sources. */
export const documentSections: readonly PackSection[] = [
  packSection({
    collection: "documents",
    kind: documentKind,
    shape: documentInput,
    add: addDocument,
    names: (key) => ({ key }),
  }),
];
