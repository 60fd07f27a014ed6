import { z } from "zod";
import { NameOrder, PersonNameKind } from "../../generated/prisma/enums.js";
import type { Detail } from "../../writing/records.js";
import { given, language, line, listOf, oneOf, slug } from "../../writing/values.js";
import { idPrefixes } from "../ids.js";
import { declareRecord, reference, rows, text } from "../record.js";
import { onlyState, partyReference } from "../references.js";
import { namedRows } from "./party.rules.js";

const namesShape = listOf(z.strictObject({ text: line(), language: given(language()) }));

// The name that the record uses stands among the names, too, so that all of them are found in one place.
const personNames: Detail = {
  table: "PersonName",
  owner: "personId",
  identity: "text",
  columns: ["kind", "language"],
  section: "names",
  words: ["text"],
  keeps: ["kind"],
  givesWay: { field: "name", cells: { kind: PersonNameKind.ALIAS } },
  read(input) {
    const { name } = input;
    const primary = typeof name === "string" ? [{ steps: ["name"], cells: { text: name, kind: PersonNameKind.PRIMARY } }] : [];
    const others = namedRows(input["names"]).map(({ steps, cells }) => ({ steps, cells: { ...cells, kind: PersonNameKind.ALIAS } }));
    return [...primary, ...others];
  },
  write: (rows) => ({
    names: rows
      .filter(({ kind, language }) => kind !== PersonNameKind.PRIMARY || (language ?? null) !== null)
      .map(({ text, language }) => ({ text, language })),
  }),
};

/** A person. */
export const personRecord = declareRecord({
  table: "Person",
  label: "person",
  prefix: idPrefixes.Person,
  key: { slug: slug() },
  title: "name",
  words: ["name"],
  isTopic: true,
  properties: {
    name: text(line(), { required: true }),
    nameOrder: text(oneOf(NameOrder)),
    state: reference(partyReference(), "Party", "stateId", { only: onlyState }),
    names: rows(namesShape, personNames),
  },
  citation: { column: "personId", count: "some", isName: true },
});
