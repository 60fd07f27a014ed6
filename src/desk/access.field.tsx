import type { Report } from "./report.js";

export type Access = Report["access"];

const choices: readonly (readonly [Access, string, string])[] = [
  ["PRIVATE", "Private", "Everybody sees the cited passages, at most 300 characters each. Editors alone see the text."],
  ["EXCERPT", "Excerpt", "Everybody sees the paragraphs with accepted facts, and […] where others are left out."],
  ["PUBLIC", "Public", "Everybody sees the whole text. Choose it only if its licence or author allows that."],
];

/** The choice of who may read the text of a report once it is published. */
export function AccessField({
  id,
  value,
  onChange,
}: {
  readonly id: string;
  readonly value: string;
  readonly onChange: (access: Access) => void;
}) {
  const chosen = choices.find(([access]) => access === value) ?? choices[0];
  return (
    <div className="field access">
      <label htmlFor={id}>Access to the text</label>
      <select
        id={id}
        value={chosen?.[0]}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value as Access)}
      >
        {choices.map(([access, label]) => (
          <option key={access} value={access}>
            {label}
          </option>
        ))}
      </select>
      <small id={`${id}-hint`} className="hint">
        {chosen?.[2]}
      </small>
    </div>
  );
}
