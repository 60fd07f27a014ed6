import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { documentInput, draftDocument } from "./documents.commands.js";

/** What editors do about sources. */
export const documentActs: readonly Act[] = [
  draftingAct({
    name: "addDocument",
    object: "document",
    shape: documentInput,
    draft: (drafts, input, place) => newRecord(drafts, draftDocument(drafts, input, place), "key"),
  }),
];
