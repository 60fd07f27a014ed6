import { addCitations } from "../modules/documents/documents.commands.js";
import { declaredKinds } from "../modules/kinds.js";
import type { DeclaredKind } from "../modules/record.js";
import type { CitationInput } from "../modules/citations.js";
import { draftingAct, newRecord, type Act } from "../writing/acts.js";
import type { ChangeSet } from "../writing/change.set.js";
import type { Place } from "../lib/faults.js";
import type { DesiredRecord } from "../writing/records.js";
import { packSection, type PackSection } from "../writing/sections.js";

// Most nouns are recorded alone: an input has a key, properties and citations. Their declaration is all that packs and
// mutations need.

interface PlainKind extends DeclaredKind {
  readonly collection: string;
  readonly mutation: string;
}

const plainKinds: readonly PlainKind[] = declaredKinds.flatMap((declared) => {
  const { plain, type } = declared.kind;
  return plain === undefined
    ? []
    : [{ ...declared, collection: plain.collection, mutation: plain.mutation ?? `record${type}` }];
});

function addPlain({ kind }: DeclaredKind, changeSet: ChangeSet, input: object, place: Place): DesiredRecord {
  const { [kind.keyColumn]: key, cite } = input as Readonly<Record<string, unknown>>;
  const desired = changeSet.add(kind, String(key), place, input);
  return addCitations(changeSet, desired, cite as readonly CitationInput[] | undefined);
}

/** The collections of a pack that hold plain records. */
export const plainSections: readonly PackSection[] = plainKinds.map((plain) =>
  packSection({
    collection: plain.collection,
    kind: plain.kind,
    shape: plain.input,
    add: (changeSet, input, place) => addPlain(plain, changeSet, input, place),
    names: (key) => ({ [plain.kind.keyColumn]: key }),
  }),
);

/** The mutations that record plain records. */
export const plainActs: readonly Act[] = plainKinds.map((plain) =>
  draftingAct({
    name: plain.mutation,
    object: plain.kind.type.charAt(0).toLowerCase() + plain.kind.type.slice(1),
    shape: plain.input,
    add: (changeSet, input, place) =>
      newRecord(changeSet, addPlain(plain, changeSet, input, place), plain.kind.keyColumn),
  }),
);
