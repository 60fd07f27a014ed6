import { shown } from "../../lib/faults.js";
import { key, line, timeZone } from "../../writing/values.js";
import { identifiers } from "../identifiers.js";
import { declareRecord, reference, text } from "../record.js";
import { onlyState, partyReference } from "../references.js";

/** A place. It is no claim and needs no source. */
export const placeRecord = declareRecord({
  table: "Place",
  label: "place",
  prefix: "plc",
  plain: { collection: "places" },
  key: { key: key() },
  search: { kind: "PLACE", place: 12, names: ["city"], texts: ["identifiers"] },
  properties: {
    city: text(line()),
    state: reference(partyReference(), "Party", "stateId", { only: onlyState }),
    timeZone: text(timeZone()),
    identifiers: identifiers("WIKIDATA", "GEONAMES", "VIAF"),
  },
  check({ key: name, row, ...entry }, lookup) {
    if ((row["city"] ?? row["stateId"] ?? null) !== null) return;
    const place = lookup.placeOf({ key: name, row, ...entry });
    lookup.report({ code: "MISSING", place, message: `the place ${shown(name)} needs a city or a state` });
  },
});
