import { inputPath, valueAt, type DesiredRecord, type ReferenceField } from "../records.js";

/** The key that an input means by the value of a reference. */
export function keyIn(field: ReferenceField, value: unknown): string {
  return field.spelling === undefined ? String(value) : field.spelling.toKey(value);
}

/** The keys that inputs refer to, by table. */
export function referencedKeys(records: readonly DesiredRecord[]): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  const add = (table: string, key: string): void => void keys.set(table, (keys.get(table) ?? new Set()).add(key));
  for (const { kind, input } of records) {
    for (const [name, field] of Object.entries(kind.fields)) {
      const value = field.type === "reference" ? valueAt(input, inputPath(name, field)) : undefined;
      if (field.type === "reference" && value !== undefined) add(field.to, keyIn(field, value));
    }
    for (const detail of kind.details ?? []) {
      if (detail.to === undefined) continue;
      for (const { cells } of detail.read(input)) add(detail.to, String(cells[detail.identity]));
    }
  }
  return keys;
}
