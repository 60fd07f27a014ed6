import { z } from "zod";
import { at } from "../lib/faults.js";
import { draftingAct, type Act } from "../writing/acts.js";
import type { RecordKind } from "../writing/records.js";
import { refersTo } from "../writing/references.js";
import { day, given, key } from "../writing/values.js";
import { addSources } from "./documents/documents.commands.js";
import { citationsInput } from "./citations.js";

/**
 * The act that says of what lasts for a period that it has ended, and when if a source says so. Its input names the
 * record under `object`, by key or id.
 */
export function endingAct(name: string, object: string, kind: RecordKind): Act {
  // An input with its own key needs no identification.
  const { identify: _identify, ...named } = kind;
  return draftingAct({
    name,
    object,
    shape: z.strictObject({ [object]: refersTo(kind.table, key()), until: given(day()), cite: citationsInput }),
    changes: { kind, by: object },
    add(changeSet, input, place) {
      const { [object]: ended, until, cite } = input as Ending;
      const desired = changeSet.add(named, String(ended), place, { until, hasEnded: true });
      changeSet.expect(desired, "known", at(place, object));
      return addSources(changeSet, desired, cite);
    },
  });
}

type Ending = Readonly<Record<string, string | undefined>> & { readonly cite?: z.infer<typeof citationsInput> };
