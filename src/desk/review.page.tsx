import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { addMissed, deleteReport, publish as publishOperation } from "../generated/desk.js";
import { ask, DeskError, type UserError } from "./api.js";
import { Obstacle, obstacleTo } from "./publishing.js";
import { FactForm, type GivenFact, type Passage } from "./fact.form.js";
import { describe, givenValues, groupsOf, kindLabels, type Group, type Proposal, type Report } from "./report.js";
import { useReview, type Decision, type Review, type Saving } from "./review.store.js";
import { AccessField } from "./access.field.js";
import { Link, navigate } from "./router.js";
import { TextPane } from "./text.pane.js";

/** A report: its text with marked passages, and its proposals with decisions. */
export function ReviewPage({ id }: { readonly id: string }) {
  const review = useReview(id);
  const { report, problem } = review;
  if (!report)
    return problem === null ? (
      <p className="waiting" role="status">
        Opening the report …
      </p>
    ) : (
      <div className="notice" role="alert">
        <p>{problem}</p>
        <p>
          <Link to="/desk">Back to the inbox</Link>
        </p>
      </div>
    );
  return report.state === "OPEN" ? (
    <OpenReport report={report} review={review} />
  ) : (
    <DoneReport report={report} review={review} />
  );
}

const savingWords: Readonly<Record<Saving, string>> = {
  saved: "All decisions saved",
  saving: "Saving …",
  offline: "No connection. Decisions are kept on this device and sent again.",
  "signed-out": "Sign in again. Decisions are kept on this device.",
};

/** The subject of an open form: a proposal, or a new fact of a group. */
type Editing = { readonly change: number } | { readonly add: string | null };

function OpenReport({ report, review }: { readonly report: Report; readonly review: Review }) {
  const groups = useMemo(() => groupsOf(report.proposals), [report.proposals]);
  const order = useMemo(() => groups.flatMap(({ proposals }) => proposals), [groups]);
  const [current, setCurrent] = useState<number | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [passage, setPassage] = useState<Passage | null>(null);
  const [said, say] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const selected =
    order.find(({ number }) => number === current) ?? order.find(({ decision }) => decision === "PENDING") ?? order[0];

  const focus = (number: number): void => {
    setCurrent(number);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-number="${String(number)}"]`)?.focus());
  };
  const decide = (proposals: readonly Proposal[], decision: Proposal["decision"]): void => {
    const changed = proposals.filter((one) => one.decision !== decision);
    if (changed.length === 0) return;
    review.decide(changed.map(({ number }): Decision => ({ number, decision })));
    const word = decision === "ACCEPTED" ? "Accepted" : decision === "REJECTED" ? "Rejected" : "Reopened";
    say(
      changed.length === 1
        ? `${word}: ${kindLabels[(changed[0] as Proposal).kind]}`
        : `${word} ${String(changed.length)} facts`,
    );
  };
  const step = (from: Proposal | undefined, by: number): void => {
    const index = order.findIndex((one) => one === from);
    const next = order[Math.min(order.length - 1, Math.max(0, index + by))];
    if (next) focus(next.number);
  };
  const undo = (): void => {
    review.undo();
    say("Taken back");
  };

  // Keys count while a proposal has the focus, so that they are in the way of no other control.
  const onKey = (event: KeyboardEvent, proposal: Proposal, group: Group): void => {
    if (event.target !== event.currentTarget || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      return undo();
    }
    if (event.ctrlKey || event.metaKey) return;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => step(proposal, 1),
      j: () => step(proposal, 1),
      ArrowUp: () => step(proposal, -1),
      k: () => step(proposal, -1),
      Home: () => step(order[0], 0),
      End: () => step(order.at(-1), 0),
      a: () => {
        decide([proposal], "ACCEPTED");
        step(proposal, 1);
      },
      A: () => decide(group.proposals, "ACCEPTED"),
      r: () => {
        decide([proposal], "REJECTED");
        step(proposal, 1);
      },
      R: () => decide(group.proposals, "REJECTED"),
      c: () => setEditing({ change: proposal.number }),
      n: () => setEditing({ add: group.head?.key ?? null }),
      u: undo,
      p: () => document.getElementById("publish")?.focus(),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const saveChange = (proposal: Proposal, { values, quote, start }: GivenFact): void => {
    review.decide([{ number: proposal.number, decision: "ACCEPTED", values, quote, start }]);
    setEditing(null);
    setPassage(null);
    focus(proposal.number);
  };
  const saveNew = async ({ kind, about, values, quote, start }: GivenFact): Promise<void> => {
    const input = { submission: report.id, kind, about, values, quote, start, idempotencyKey: crypto.randomUUID() };
    try {
      const { addProposal } = await ask(addMissed, { input });
      const [error] = addProposal?.userErrors ?? [];
      if (addProposal?.submission) review.put(addProposal.submission);
      if (error) return say(error.message);
      setEditing(null);
      setPassage(null);
      const added = addProposal?.submission?.proposals.at(-1);
      if (added) focus(added.number);
      say(`Added: ${kindLabels[kind]}`);
    } catch (error) {
      say(error instanceof DeskError ? error.message : String(error));
    }
  };
  const cite = (): void => {
    if (!passage || !selected) return;
    review.decide([{ number: selected.number, decision: "ACCEPTED", ...passage }]);
    say(`Cited for ${kindLabels[selected.kind]}`);
    setPassage(null);
    getSelection()?.removeAllRanges();
    focus(selected.number);
  };
  const addForm = (subject: string | null) => (
    <FactForm report={report} passage={passage} subject={subject} onSave={saveNew} onCancel={() => setEditing(null)} />
  );
  const sure = order.filter(({ tier, decision }) => tier === "SURE" && decision === "PENDING");
  return (
    <div className="review">
      <ReportHead report={report} />
      {review.conflicts.length > 0 && (
        <div className="notice conflict" role="alert">
          <ul>
            {review.conflicts.map((sentence, index) => (
              <li key={index}>{sentence}</li>
            ))}
          </ul>
          <button onClick={review.dismissConflicts}>Understood</button>
        </div>
      )}
      <div className="columns">
        <section className="source" aria-labelledby="source">
          <h2 id="source">Report</h2>
          <TextPane report={report} current={selected} onSelect={focus} onMark={setPassage} />
          {passage && (
            <div className="marked" role="group" aria-label="Marked words">
              <q>{passage.quote.length > 120 ? `${passage.quote.slice(0, 120)} …` : passage.quote}</q>
              {selected && <button onClick={cite}>Cite for “{kindLabels[selected.kind]}”</button>}
              <button onClick={() => setEditing({ add: selected ? (selected.key ?? selected.about) : null })}>
                Add a fact
              </button>
              <button onClick={() => setPassage(null)}>Dismiss</button>
            </div>
          )}
        </section>
        <section className="proposals" aria-labelledby="facts" ref={list}>
          <div className="head">
            <h2 id="facts">Proposed facts</h2>
            <div className="tools">
              {sure.length > 0 && (
                <button onClick={() => decide(sure, "ACCEPTED")}>Accept the {sure.length} sure ones</button>
              )}
              <button onClick={undo} disabled={!review.canUndo}>
                Undo
              </button>
              <Keys />
            </div>
          </div>
          {groups.map((group) => (
            <section key={group.id} className="group" aria-labelledby={`group-${group.id}`}>
              <GroupHead
                group={group}
                review={review}
                onDecide={decide}
                onAdd={() => setEditing({ add: group.head?.key ?? null })}
              />
              <ul>
                {group.proposals.map((proposal) =>
                  editing && "change" in editing && editing.change === proposal.number ? (
                    <li key={proposal.number}>
                      <FactForm
                        report={report}
                        proposal={proposal}
                        passage={passage}
                        subject={null}
                        onSave={(fact) => saveChange(proposal, fact)}
                        onCancel={() => {
                          setEditing(null);
                          focus(proposal.number);
                        }}
                      />
                    </li>
                  ) : (
                    <ProposalItem
                      key={proposal.number}
                      proposal={proposal}
                      isCurrent={proposal === selected}
                      faults={review.faults.get(proposal.number) ?? []}
                      onFocus={() => setCurrent(proposal.number)}
                      onKey={(event) => onKey(event, proposal, group)}
                      onDecide={(decision) => decide([proposal], decision)}
                      onChange={() => setEditing({ change: proposal.number })}
                    />
                  ),
                )}
              </ul>
              {editing &&
                "add" in editing &&
                editing.add !== null &&
                editing.add === group.head?.key &&
                addForm(editing.add)}
            </section>
          ))}
          {editing && "add" in editing && !groups.some(({ head }) => head && head.key === editing.add) && addForm(null)}
          {!editing && (
            <p>
              <button onClick={() => setEditing({ add: null })}>Add a fact that was missed</button>
            </p>
          )}
          {report.notUnderstood.length > 0 && (
            <section className="group" aria-labelledby="unread">
              <h3 id="unread">Sentences not understood</h3>
              <p className="hint">Each has a word for an encounter. Facts may be missing here.</p>
              <ul>
                {report.notUnderstood.map(({ start, text }) => (
                  <li key={start} className="unread">
                    <q>{text}</q>
                    <button
                      onClick={() => {
                        setPassage({ quote: text, start });
                        setEditing({ add: null });
                      }}
                    >
                      Add a fact from it
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </section>
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <PublishBar report={report} review={review} onFault={focus} />
    </div>
  );
}

function ReportHead({ report }: { readonly report: Report }) {
  const { title, publisher, publishedOn, dateline, url, state, submittedBy, likelyDuplicates } = report;
  return (
    <header className="report-head">
      <p className="crumb">
        <Link to="/desk">Inbox</Link>
      </p>
      <h1>{title}</h1>
      <p className="meta">
        {[publisher, publishedOn ?? "no day", dateline].filter(Boolean).join(" · ")}
        {url !== null && (
          <>
            {" · "}
            <a href={url} rel="noreferrer noopener" target="_blank">
              source
            </a>
          </>
        )}
        {" · handed in by "}
        {submittedBy}
      </p>
      {state === "OPEN" && report.modelFault !== null && (
        <p className="hint">No facts of the model: {report.modelFault}. These are the facts of the rules.</p>
      )}
      {state === "OPEN" && likelyDuplicates.length > 0 && (
        <p className="duplicate">
          In the record already:{" "}
          {likelyDuplicates.map(({ id, title: called, publisher: by }) => (
            <a key={id} href={`/documents/${id}`}>
              {called} ({by})
            </a>
          ))}
          . Publishing confirms what it says.
        </p>
      )}
    </header>
  );
}

function Keys() {
  const keys = [
    ["↓ ↑ or J K", "next, previous"],
    ["A", "accept"],
    ["R", "reject"],
    ["Shift A, Shift R", "the whole group"],
    ["C", "change"],
    ["N", "add a fact"],
    ["U", "undo"],
    ["P", "to publishing"],
  ];
  return (
    <details className="keys">
      <summary>Keys</summary>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

interface GroupHeadProps {
  readonly group: Group;
  readonly review: Review;
  readonly onDecide: (proposals: readonly Proposal[], decision: Proposal["decision"]) => void;
  readonly onAdd: () => void;
}

function GroupHead({ group, review, onDecide, onAdd }: GroupHeadProps) {
  const { id, title, head, proposals } = group;
  const open = proposals.filter(({ decision }) => decision === "PENDING");
  return (
    <div className="group-head">
      <h3 id={`group-${id}`}>{title}</h3>
      <div className="tools">
        {open.length > 0 && (
          <>
            <button onClick={() => onDecide(open, "ACCEPTED")}>Accept {open.length}</button>
            <button onClick={() => onDecide(open, "REJECTED")}>Reject</button>
          </>
        )}
        {head && <button onClick={onAdd}>Add</button>}
      </div>
      {head?.kind === "MEETING" && <SameMeeting head={head} review={review} />}
    </div>
  );
}

/** Says which meeting of the record a proposed one is, and lets the editor confirm or deny it. */
function SameMeeting({ head, review }: { readonly head: Proposal; readonly review: Review }) {
  const { sameAs } = head.values;
  const others = head.likelyDuplicates.filter(({ slug }) => slug !== sameAs);
  const set = (slug: string | null): void => {
    const { sameAs: _before, ...values } = givenValues(head.values);
    review.decide([
      { number: head.number, decision: head.decision, values: slug === null ? values : { ...values, sameAs: slug } },
    ]);
  };
  if (sameAs === null && others.length === 0) return null;
  const named = head.likelyDuplicates.find(({ slug }) => slug === sameAs);
  return (
    <div className="same">
      {sameAs !== null && (
        <p>
          <strong>Same meeting</strong> as <a href={`/meetings/${sameAs}`}>{named?.title ?? sameAs}</a>: publishing
          confirms it. <button onClick={() => set(null)}>It is another one</button>
        </p>
      )}
      {sameAs === null &&
        others.map(({ slug, title }) => (
          <p key={slug}>
            <strong>Likely duplicate:</strong> <a href={`/meetings/${slug}`}>{title}</a>{" "}
            <button onClick={() => set(slug)}>Same meeting</button>
          </p>
        ))}
    </div>
  );
}

interface ProposalItemProps {
  readonly proposal: Proposal;
  readonly isCurrent: boolean;
  readonly faults: readonly UserError[];
  readonly onFocus: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onDecide: (decision: Proposal["decision"]) => void;
  readonly onChange: () => void;
}

const decisionWords: Readonly<Record<Proposal["decision"], string>> = {
  PENDING: "to decide",
  ACCEPTED: "accepted",
  REJECTED: "rejected",
};

function ProposalItem({ proposal, isCurrent, faults, onFocus, onKey, onDecide, onChange }: ProposalItemProps) {
  const { number, kind, tier, rule, quote, decision, decidedBy } = proposal;
  return (
    <li
      className={["proposal", decision.toLowerCase(), isCurrent ? "current" : "", faults.length > 0 ? "faulty" : ""]
        .join(" ")
        .trim()}
      data-number={number}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={`${kindLabels[kind]}: ${describe(proposal)}, ${decisionWords[decision]}`}
      onFocus={onFocus}
      onKeyDown={onKey}
    >
      <p className="what">
        <span className="kind">{kindLabels[kind]}</span> <span className="value">{describe(proposal)}</span>
        <span
          className={`tier ${tier?.toLowerCase() ?? "own"}`}
          title={tier === "LIKELY" ? "Inferred: needs a look" : undefined}
        >
          {tier === null ? "added" : tier.toLowerCase()}
        </span>
      </p>
      <p className="why">
        <q>{quote}</q> <code>{rule}</code>
      </p>
      {faults.map(({ message }, index) => (
        <p key={index} className="problem">
          {message}
        </p>
      ))}
      <div className="buttons">
        <button
          aria-pressed={decision === "ACCEPTED"}
          className="accept"
          onClick={() => onDecide(decision === "ACCEPTED" ? "PENDING" : "ACCEPTED")}
        >
          Accept
        </button>
        <button
          aria-pressed={decision === "REJECTED"}
          className="reject"
          onClick={() => onDecide(decision === "REJECTED" ? "PENDING" : "REJECTED")}
        >
          Reject
        </button>
        <button onClick={onChange}>Change</button>
        {decidedBy !== null && decision !== "PENDING" && <small>{decidedBy}</small>}
      </div>
    </li>
  );
}

/** Warnings that an editor can override when publishing. */
const overrides = {
  OFFICE_NOT_HELD: "Record doubtful offices with a mark",
  LIKELY_DUPLICATE: "Record likely duplicates as different records",
} as const;
type Warning = keyof typeof overrides;

interface PublishBarProps {
  readonly report: Report;
  readonly review: Review;
  readonly onFault: (number: number) => void;
}

function PublishBar({ report, review, onFault }: PublishBarProps) {
  const [isBusy, setBusy] = useState(false);
  const [acknowledged, setAcknowledged] = useState<readonly Warning[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const { proposals } = report;
  const { access, setAccess } = review;
  const count = (decision: Proposal["decision"]) => proposals.filter((one) => one.decision === decision).length;
  const [accepted, pending, rejected] = [count("ACCEPTED"), count("PENDING"), count("REJECTED")];
  const faulty = [...review.faults.keys()].filter((number) => number > 0);
  const general = review.faults.get(0) ?? [];
  const obstacle = obstacleTo(review.requiresReview);
  const found = new Set([...review.faults.values()].flat().map(({ code }) => code));
  const warnings = (Object.keys(overrides) as Warning[]).filter((warning) => found.has(warning));
  const send = async (draft: boolean): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const input = {
        submission: report.id,
        expectedVersion: report.version,
        draft,
        access: access ?? report.access,
        acknowledge: acknowledged,
      };
      const { publishSubmission } = await ask(publishOperation, { input });
      const errors = publishSubmission?.userErrors ?? [];
      review.setFaults(errors);
      if (publishSubmission?.submission) review.put(publishSubmission.submission);
      const [first] = errors;
      if (first)
        setProblem(errors.length === 1 ? first.message : `${String(errors.length)} faults. Nothing was written.`);
      const number = Number(errors.find(({ path }) => path[1] === "proposals")?.path[2]);
      if (number > 0) onFault(number);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const canSend = accepted > 0 && review.saving === "saved" && !isBusy;
  return (
    <section className="publish" aria-label="Publishing">
      <p className="counts">
        <strong>{accepted}</strong> accepted, <strong>{pending}</strong> to decide, <strong>{rejected}</strong> rejected
        <span className={`saving ${review.saving}`} role="status">
          {savingWords[review.saving]}
        </span>
      </p>
      <div className="right">
        {faulty.length > 0 && (
          <button className="problem" onClick={() => onFault(faulty[0] as number)}>
            {faulty.length === 1 ? "1 fact contradicts" : `${String(faulty.length)} facts contradict`} the record or
            another
          </button>
        )}
        {warnings.map((warning) => (
          <label className="check" key={warning}>
            <input
              type="checkbox"
              checked={acknowledged.includes(warning)}
              onChange={({ target }) =>
                setAcknowledged((those) =>
                  target.checked ? [...those, warning] : those.filter((one) => one !== warning),
                )
              }
            />{" "}
            {overrides[warning]}
          </label>
        ))}
        <AccessField id="access" value={access ?? report.access} onChange={setAccess} />
        <DeleteButton report={report} />
        <button disabled={!canSend} onClick={() => void send(true)}>
          Store as drafts
        </button>
        <button
          id="publish"
          className="primary"
          disabled={!canSend || obstacle !== null}
          aria-describedby={obstacle === null ? undefined : "obstacle"}
          onClick={() => void send(false)}
        >
          {isBusy ? "Publishing …" : `Publish ${String(accepted)} ${accepted === 1 ? "fact" : "facts"}`}
        </button>
      </div>
      <Obstacle id="obstacle" reason={obstacle} />
      {(problem !== null || general.length > 0) && (
        <p className="problem" role="alert">
          {problem ?? general[0]?.message}
        </p>
      )}
    </section>
  );
}

function DeleteButton({ report }: { readonly report: Report }) {
  const [isAsked, setAsked] = useState(false);
  const remove = async (): Promise<void> => {
    await ask(deleteReport, { input: { submission: report.id } });
    navigate("/desk");
  };
  if (!isAsked) return <button onClick={() => setAsked(true)}>Delete</button>;
  return (
    <>
      <button className="danger" onClick={() => void remove()}>
        Delete the report
      </button>
      <button onClick={() => setAsked(false)}>Keep it</button>
    </>
  );
}

/** A report that was published or stored as drafts. */
function DoneReport({ report, review }: { readonly report: Report; readonly review: Review }) {
  const isDrafted = report.state === "DRAFTED";
  const obstacle = obstacleTo(review.requiresReview);
  const [problem, setProblem] = useState<string | null>(null);
  const publishDrafts = async (): Promise<void> => {
    setProblem(null);
    try {
      const { publishSubmission } = await ask(publishOperation, {
        input: { submission: report.id, expectedVersion: report.version },
      });
      if (publishSubmission?.submission) review.put(publishSubmission.submission);
      setProblem(publishSubmission?.userErrors[0]?.message ?? null);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const shown = report.records.flatMap((record) =>
    record && "title" in record && record.__typename !== "Document" ? [record] : [],
  );
  const others = report.records.flatMap((record) => (record && !shown.includes(record as never) ? [record] : []));
  return (
    <div className="review done">
      <ReportHead report={report} />
      <section className="result" aria-labelledby="result">
        <h2 id="result">{isDrafted ? "Stored as drafts" : "Published"}</h2>
        <p>
          {isDrafted
            ? "Only editors see these records. Publish them together when they are right."
            : "These pages show what the report says."}
        </p>
        <ul className="records">
          {shown.map((record) => (
            <li key={record.id}>
              <span className="kind">{record.__typename}</span>
              {isDrafted ? (
                <Link to={`/desk/records/${record.id}`}>{record.title}</Link>
              ) : (
                <a href={`/records/${record.id}`}>{record.title}</a>
              )}
            </li>
          ))}
        </ul>
        {others.length > 0 && (
          <details>
            <summary>{others.length} further records: persons, offices, places, sources</summary>
            <ul className="records">
              {others.map((record) => (
                <li key={record.id}>
                  <span className="kind">{record.__typename}</span>
                  <a href={isDrafted ? `/desk/records/${record.id}` : `/records/${record.id}`}>
                    {"name" in record ? record.name : "title" in record ? record.title : record.id}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        )}
        {isDrafted && (
          <div>
            <button
              className="primary"
              disabled={obstacle !== null}
              aria-describedby={obstacle === null ? undefined : "obstacle"}
              onClick={() => void publishDrafts()}
            >
              Publish all of it
            </button>
            <Obstacle id="obstacle" reason={obstacle} />
          </div>
        )}
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
      </section>
      <details className="source">
        <summary>Text of the report</summary>
        <p className="text">{report.text}</p>
      </details>
    </div>
  );
}
