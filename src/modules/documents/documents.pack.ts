import { packSection, type PackSection } from "../../writing/sections.js";
import { documentInput, documentKind, draftDocument } from "./documents.commands.js";

/** The collections of a pack that hold sources. */
export const documentSections: readonly PackSection[] = [
  packSection({
    collection: "documents",
    kind: documentKind,
    shape: documentInput,
    draft: draftDocument,
    names: (key) => ({ key }),
  }),
];
