import { useCallback, useEffect, useId, useRef, useState, type FormEvent } from "react";
import { closeMistake, handIn, inbox, type InboxQuery } from "../generated/desk.js";
import { ask, textOfFile } from "./api.js";
import { AccessField } from "./access.field.js";
import { Link, navigate } from "./router.js";

type Entry = InboxQuery["submissions"]["nodes"][number];
type Mistake = InboxQuery["mistakeReports"]["nodes"][number];

const states = [
  ["OPEN", "Waiting"],
  ["DRAFTED", "Drafted"],
  ["PUBLISHED", "Published"],
] as const;

/** Reports at the desk, and mistakes that readers reported. */
export function InboxPage() {
  const [state, setState] = useState<Entry["state"]>("OPEN");
  const [found, setFound] = useState<InboxQuery | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(() => {
    ask(inbox, { state }).then(
      (answer) => {
        setFound(answer);
        setProblem(null);
      },
      (error: unknown) => setProblem((error as Error).message),
    );
  }, [state]);
  useEffect(load, [load]);
  return (
    <div className="inbox">
      <div className="head">
        <h1>Inbox</h1>
        <button className="primary" onClick={() => navigate("/desk/new")}>
          Paste a report
        </button>
      </div>
      <div className="tabs" role="group" aria-label="Reports">
        {states.map(([value, label]) => (
          <button key={value} aria-pressed={state === value} onClick={() => setState(value)}>
            {label}
          </button>
        ))}
      </div>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {found?.submissions.nodes.length === 0 && (
        <p className="empty">{state === "OPEN" ? "No reports are waiting. Paste one to begin." : "No reports here."}</p>
      )}
      <ul className="reports">
        {found?.submissions.nodes.map((entry) => (
          <ReportRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {found && found.submissions.totalCount > found.submissions.nodes.length && (
        <p className="hint">
          Only the latest {found.submissions.nodes.length} of {found.submissions.totalCount} are shown.
        </p>
      )}
      {found && found.mistakeReports.nodes.length > 0 && (
        <section aria-labelledby="mistakes">
          <h2 id="mistakes">Mistakes that readers report</h2>
          <p className="hint">Text of strangers, as they sent it. Check a source before you correct anything.</p>
          <ul className="mistakes">
            {found.mistakeReports.nodes.map((mistake) => (
              <MistakeRow key={mistake.id} mistake={mistake} onClosed={load} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function ReportRow({ entry }: { readonly entry: Entry }) {
  const {
    id,
    title,
    publisher,
    publishedOn,
    submittedBy,
    parties,
    pendingCount,
    acceptedCount,
    likelyDuplicates,
    state,
  } = entry;
  return (
    <li>
      <h2>
        <Link to={`/desk/reports/${id}`}>{title}</Link>
      </h2>
      <p className="meta">
        {publisher} · {publishedOn ?? "no day"} · handed in by {submittedBy}
      </p>
      <p className="meta">
        {parties.length > 0 && <span className="parties">{parties.join(", ")}</span>}
        {state === "OPEN" && (
          <span>
            {pendingCount} to decide, {acceptedCount} accepted
          </span>
        )}
        {likelyDuplicates.length > 0 && <span className="tag">in the record already</span>}
      </p>
    </li>
  );
}

function MistakeRow({ mistake, onClosed }: { readonly mistake: Mistake; readonly onClosed: () => void }) {
  const { id, path, text, contact, sentAt } = mistake;
  const close = async (): Promise<void> => {
    await ask(closeMistake, { input: { id } });
    onClosed();
  };
  return (
    <li>
      <p className="words">{text}</p>
      <p className="meta">
        {sentAt.slice(0, 10)} · on <code>{path}</code>
        {contact !== null && ` · ${contact}`} <button onClick={() => void close()}>Dealt with</button>
      </p>
    </li>
  );
}

/** The form for a new report. A text that was not sent is kept on this device. */
export function NewReportPage() {
  const id = useId();
  const kept = useRef<Record<string, string>>(readKept());
  const [fields, setFields] = useState<Record<string, string>>(kept.current);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const change = (changed: Readonly<Record<string, string>>): void => {
    const next = { ...fields, ...changed };
    setFields(next);
    localStorage.setItem("sidelines-desk:new", JSON.stringify(next));
  };
  const set = (name: string, value: string): void => change({ [name]: value });
  const value = (name: string): string => fields[name] ?? "";
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const given = Object.fromEntries(Object.entries(fields).filter(([, text]) => text.trim() !== ""));
      const { submitReport } = await ask(handIn, { input: { publisher: "", text: "", ...given } });
      const [error] = submitReport?.userErrors ?? [];
      if (error) return setProblem(`${error.path.slice(1).join(", ")}: ${error.message}`);
      localStorage.removeItem("sidelines-desk:new");
      navigate(`/desk/reports/${submitReport?.submission?.id ?? ""}`);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const upload = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setBusy(true);
    try {
      const found = Object.entries(await textOfFile(file));
      // An editor's own words stay.
      change(Object.fromEntries(found.filter(([name]) => name === "text" || value(name).trim() === "")));
      setProblem(null);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const line = (
    name: string,
    label: string,
    more: { type?: string; placeholder?: string; required?: boolean } = {},
  ) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input id={`${id}-${name}`} value={value(name)} onChange={(event) => set(name, event.target.value)} {...more} />
    </div>
  );
  return (
    <form className="new-report" onSubmit={(event) => void submit(event)}>
      <p className="crumb">
        <Link to="/desk">Inbox</Link>
      </p>
      <h1>Paste a report</h1>
      <div className="field wide">
        <label htmlFor={`${id}-text`}>Text</label>
        <textarea
          id={`${id}-text`}
          rows={14}
          required
          value={value("text")}
          onChange={(event) => set("text", event.target.value)}
        />
      </div>
      <div className="field wide">
        <label htmlFor={`${id}-file`}>Or a file (plain text, HTML, PDF, DOCX or EML)</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".txt,.md,.htm,.html,.xhtml,.pdf,.docx,.docm,.eml,.mht,.mhtml"
          onChange={(event) => void upload(event.target.files?.[0])}
        />
      </div>
      {line("publisher", "Publisher", { required: true, placeholder: "Ministry of Defence" })}
      {line("publishedOn", "Day of publication", { type: "date" })}
      {line("dateline", "Dateline, if the text has none", { placeholder: "Vientiane" })}
      {line("url", "Web address", { type: "url", placeholder: "https://" })}
      {line("title", "Title, if not the first line")}
      <div className="field">
        <label htmlFor={`${id}-kind`}>Kind</label>
        <select
          id={`${id}-kind`}
          value={value("kind") || "NEWS_REPORT"}
          onChange={(event) => set("kind", event.target.value)}
        >
          <option value="NEWS_REPORT">News report</option>
          <option value="READOUT">Readout</option>
          <option value="JOINT_STATEMENT">Joint statement</option>
          <option value="OFFICIAL_PAGE">Official page</option>
        </select>
      </div>
      <AccessField id={`${id}-access`} value={value("access")} onChange={(access) => set("access", access)} />
      {problem !== null && (
        <p className="problem wide" role="alert">
          {problem}
        </p>
      )}
      <div className="actions wide">
        <button className="primary" disabled={isBusy}>
          {isBusy ? "Reading …" : "Read the report"}
        </button>
        <span className="hint">Nothing is published yet.</span>
      </div>
    </form>
  );
}

function readKept(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem("sidelines-desk:new") ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
