import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";

/** An entry that can be chosen. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
  /** Whether choosing it creates a record. */
  readonly isNew?: boolean;
}

interface ComboboxProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly look: (text: string) => Promise<readonly Option[]>;
  readonly onText: (text: string) => void;
  readonly onChoose: (option: Option) => void;
}

const quietMs = 150;

/** A text field with suggestions, by the ARIA pattern of an editable combo box with a list. */
export function Combobox({ label, value, hint, look, onText, onChoose }: ComboboxProps) {
  const id = useId();
  const [options, setOptions] = useState<readonly Option[]>([]);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const asked = useRef("");
  const isTyped = useRef(false);

  useEffect(() => {
    const text = value.trim();
    if (!isTyped.current || text === "") {
      setOptions([]);
      return setOpen(false);
    }
    asked.current = text;
    const timer = setTimeout(() => {
      look(text).then(
        (found) => {
          if (asked.current !== text) return;
          setOptions(found);
          setOpen(found.length > 0);
          setActive(-1);
        },
        () => setOpen(false),
      );
    }, quietMs);
    return () => clearTimeout(timer);
    // A new function for the look-up is no reason to look up again.
  }, [value]);

  const choose = (option: Option | undefined): void => {
    if (!option) return;
    isTyped.current = false;
    setOpen(false);
    onChoose(option);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return setOpen(options.length > 0);
      const step = event.key === "ArrowDown" ? 1 : -1;
      return setActive((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
    }
    if (event.key === "Enter" && isOpen && active >= 0) {
      event.preventDefault();
      return choose(options[active]);
    }
    if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <div className="combobox">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? `${id}-${String(active)}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={value}
        placeholder={hint}
        onChange={(event) => {
          isTyped.current = true;
          onText(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={`${label}: suggestions`} hidden={!isOpen}>
        {options.map((option, index) => (
          <li
            key={option.value}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === active}
            className={option.isNew ? "new" : undefined}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(option);
            }}
          >
            <span>{option.label}</span>
            {option.note !== undefined && <small>{option.note}</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}
