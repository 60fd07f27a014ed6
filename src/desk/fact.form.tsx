import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { Combobox, type Option } from "./combobox.js";
import * as lookups from "./lookups.js";
import {
  addable,
  describe,
  fieldsOfKind,
  givenValues,
  kindLabels,
  nameOfSlug,
  offsetsOf,
  plain,
  subjectsOf,
  type FieldOfKind,
  type Kind,
  type Proposal,
  type Report,
  type Values,
} from "./report.js";

/** Words of the report with their position in characters. */
export interface Passage {
  readonly quote: string;
  readonly start: number;
}

/** A fact as an editor gives it. */
export interface GivenFact extends Passage {
  readonly kind: Kind;
  readonly about: string | null;
  readonly values: Partial<Values>;
}

interface FactFormProps {
  readonly report: Report;
  /** The proposal that is changed; without one, a fact is added. */
  readonly proposal?: Proposal;
  readonly passage: Passage | null;
  readonly subject: string | null;
  readonly onSave: (fact: GivenFact) => void | Promise<void>;
  readonly onCancel: () => void;
}

/** The form of a fact: its kind, its properties, and the words that license it. */
export function FactForm({ report, proposal, passage, subject, onSave, onCancel }: FactFormProps) {
  const [kind, setKind] = useState<Kind>(proposal?.kind ?? (subject === null ? "MEETING" : "SEAT"));
  const [about, setAbout] = useState<string | null>(proposal?.about ?? subject);
  const [values, setValues] = useState<Partial<Values>>(proposal ? givenValues(proposal.values) : {});
  const [quote, setQuote] = useState(passage?.quote ?? proposal?.quote ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const first = useRef<HTMLFormElement>(null);
  const title = useId();
  const id = useId();
  const subjects = report.proposals.filter(
    (one) => one.key !== null && (subjectsOf[kind] ?? []).includes(one.kind) && one.decision !== "REJECTED",
  );

  useEffect(() => {
    first.current?.querySelector<HTMLElement>("select, input, textarea")?.focus();
  }, []);
  // Words that are marked while the form is open become its passage.
  useEffect(() => {
    if (passage) setQuote(passage.quote);
  }, [passage]);

  const set = (changed: Partial<Values>): void =>
    setValues((before) => {
      const merged = { ...before, ...changed };
      return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== ""));
    });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const start = startOf(report.text, quote, passage ?? proposal);
    if (start === undefined)
      return setProblem("These words are not in the report. Mark them in the text, or paste them letter by letter.");
    const isNeeded = subjectsOf[kind] !== undefined && kind !== "STATEMENT";
    if (isNeeded && about === null) return setProblem("Choose what the fact is about.");
    setProblem(null);
    await onSave({ kind, about: subjectsOf[kind] ? about : null, values, quote, start });
  };
  return (
    <form
      className="fact-form"
      ref={first}
      aria-labelledby={title}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") onCancel();
      }}
    >
      <h4 id={title}>{proposal ? `Change: ${kindLabels[kind]}` : "Add a fact"}</h4>
      {!proposal && (
        <div className="field">
          <label htmlFor={`${id}-kind`}>Kind</label>
          <select id={`${id}-kind`} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
            {addable.map((one) => (
              <option key={one} value={one}>
                {kindLabels[one]}
              </option>
            ))}
          </select>
        </div>
      )}
      {!proposal && subjectsOf[kind] && (
        <div className="field">
          <label htmlFor={`${id}-about`}>Of</label>
          <select id={`${id}-about`} value={about ?? ""} onChange={(event) => setAbout(event.target.value || null)}>
            <option value="">{subjects.length === 0 ? "Add a meeting first" : "Choose"}</option>
            {subjects.map((one) => (
              <option key={one.number} value={one.key ?? ""}>
                {kindLabels[one.kind]}: {describe(one)}
              </option>
            ))}
          </select>
        </div>
      )}
      {fieldsOfKind[kind].map((field) => (
        <Field key={field.name} field={field} values={values} set={set} />
      ))}
      <div className="field wide">
        <label htmlFor={`${id}-quote`}>Words of the report (mark them in the text, or paste them)</label>
        <textarea
          id={`${id}-quote`}
          rows={3}
          required
          value={quote}
          onChange={(event) => setQuote(event.target.value)}
        />
      </div>
      {problem !== null && (
        <p className="problem wide" role="alert">
          {problem}
        </p>
      )}
      <div className="actions wide">
        <button className="primary">{proposal ? "Save and accept" : "Add"}</button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** The position of words, in characters: where they were marked, or the first place where they stand. */
function startOf(text: string, quote: string, marked: Passage | undefined): number | undefined {
  if (quote.trim() === "") return undefined;
  if (marked?.quote === quote) return marked.start;
  const at = text.indexOf(quote);
  if (at < 0) return undefined;
  return offsetsOf(text).indexOf(at);
}

interface FieldProps {
  readonly field: FieldOfKind;
  readonly values: Partial<Values>;
  readonly set: (changed: Partial<Values>) => void;
}

function Field({ field, values, set }: FieldProps) {
  const { name, label, type, hint } = field;
  const id = useId();
  const value = values[name];
  if (type === "check")
    return (
      <div className="field check">
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => set({ [name]: event.target.checked || null })}
        />
        <label htmlFor={id}>{label}</label>
      </div>
    );
  if (type === "parties" || type === "persons") return <Chips field={field} values={values} set={set} />;
  if (type === "party" || type === "person" || type === "forum" || type === "meeting")
    return <Single field={field} values={values} set={set} />;
  if (typeof type !== "string")
    return (
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <select id={id} value={String(value ?? "")} onChange={(event) => set({ [name]: event.target.value || null })}>
          <option value="">–</option>
          {type.map((one) => (
            <option key={one} value={one}>
              {plain(one)}
            </option>
          ))}
        </select>
      </div>
    );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode={type === "number" ? "numeric" : undefined}
        placeholder={hint}
        value={typeof value === "string" || typeof value === "number" ? String(value) : ""}
        onChange={(event) => {
          const text = event.target.value;
          set({ [name]: type === "number" ? Number.parseInt(text, 10) || null : text });
        }}
      />
    </div>
  );
}

const lookUps = { party: lookups.parties, person: lookups.persons, forum: lookups.forums, meeting: lookups.meetings };

/** A field for one record. */
function Single({ field: { name, label, type }, values, set }: FieldProps) {
  const value = values[name];
  const [text, setText] = useState(() =>
    typeof value !== "string" ? "" : type === "person" ? (values.personName ?? nameOfSlug(value)) : value,
  );
  const kind = type as keyof typeof lookUps;
  return (
    <Combobox
      label={label}
      value={text}
      look={lookUps[kind]}
      onText={(typed) => {
        setText(typed);
        if (kind === "person") {
          const slug = lookups.slugOf(typed);
          set({ [name]: slug || null, personName: slug === "" ? null : typed.trim() });
        } else set({ [name]: kind === "party" ? typed.trim().toUpperCase() || null : typed.trim() || null });
      }}
      onChoose={({ value: chosen, label: called, isNew }: Option) => {
        setText(kind === "party" || kind === "meeting" ? chosen : called);
        set(kind === "person" ? { person: chosen, personName: isNew ? called : null } : { [name]: chosen });
      }}
    />
  );
}

/** A field for several records. */
function Chips({ field: { name, label, type }, values, set }: FieldProps) {
  const chosen = (values[name] as readonly string[] | null | undefined) ?? [];
  const [text, setText] = useState("");
  return (
    <div className="chips wide">
      <Combobox
        label={label}
        value={text}
        hint="Add one"
        look={
          type === "parties"
            ? lookups.parties
            : async (query) => [...(await lookups.persons(query)), ...(await lookups.parties(query))]
        }
        onText={setText}
        onChoose={({ value }) => {
          setText("");
          set({ [name]: [...new Set([...chosen, value])] });
        }}
      />
      <ul aria-label={`${label}: chosen`}>
        {chosen.map((one) => (
          <li key={one}>
            {/^[A-Z]/.test(one) ? one : nameOfSlug(one)}
            <button
              type="button"
              aria-label={`Remove ${one}`}
              onClick={() => set({ [name]: chosen.filter((other) => other !== one) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
