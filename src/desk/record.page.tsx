import { useCallback, useEffect, useId, useState, type FormEvent } from "react";
import { correctField, mergeInto, recordToEdit, withdrawIt, type RecordToEditQuery } from "../generated/desk.js";
import { ask, type UserError } from "./api.js";
import { Link } from "./router.js";

type Node = NonNullable<RecordToEditQuery["node"]>;

/** A record for editors: corrections, merging, withdrawal, and its history with differences. */
export function RecordPage({ id }: { readonly id: string }) {
  const [node, setNode] = useState<Node | null>(null);
  const [said, say] = useState<string | null>(null);
  const load = useCallback(() => {
    ask(recordToEdit, { id }).then(
      ({ node: found }) => {
        setNode(found);
        if (!found) say("The record holds nothing with this id.");
      },
      (error: unknown) => say((error as Error).message),
    );
  }, [id]);
  useEffect(load, [load]);
  const done = (errors: readonly UserError[] | undefined, word: string): void => {
    say(errors && errors.length > 0 ? errors.map(({ message }) => message).join(" ") : word);
    load();
  };
  const attempt = (work: () => Promise<void>): void =>
    void work().catch((error: unknown) => say((error as Error).message));
  if (!node)
    return (
      <p className="waiting" role="status">
        {said ?? "Opening the record …"}
      </p>
    );
  const history = "history" in node ? node.history.nodes : [];
  const version = "version" in node ? node.version : 0;
  const isDraft = "isDraft" in node && node.isDraft;
  return (
    <div className="record">
      <p className="crumb">
        {isDraft ? <Link to="/desk/drafts">Drafts</Link> : <a href={`/records/${id}`}>Page of the record</a>}
      </p>
      <h1>{history[0]?.title ?? node.__typename}</h1>
      <p className="meta">
        {node.__typename} · version {version} {isDraft && <span className="tag">draft</span>} <code>{id}</code>
      </p>
      {said !== null && (
        <p className="notice" role="status">
          {said}
        </p>
      )}
      {!isDraft && (
        <div className="acts">
          <Act
            title="Correct a value"
            fields={[
              ["field", "Property, as in packs: on, title, place"],
              ["value", "Right value; empty takes it back"],
              ["document", "Key of the source"],
            ]}
            onSend={({ field = "", value = "", document = "", reason = "" }) =>
              attempt(async () => {
                const input = {
                  id,
                  reason,
                  expectedVersion: version,
                  corrections: [{ field, value: value === "" ? null : value }],
                  ...(document === "" ? {} : { cite: [{ document }] }),
                };
                done((await ask(correctField, { input })).correctRecord?.userErrors, "Corrected.");
              })
            }
          />
          <Act
            title="Merge into another record"
            fields={[["into", "Id of the record that stays"]]}
            onSend={({ into = "", reason = "" }) =>
              attempt(async () => {
                const { mergeRecords } = await ask(mergeInto, { input: { id, into, reason } });
                done(mergeRecords?.userErrors, "Merged.");
              })
            }
          />
          <Act
            title="Withdraw"
            fields={[]}
            onSend={({ reason = "" }) =>
              attempt(async () => {
                const { withdrawRecord } = await ask(withdrawIt, { input: { id, reason, expectedVersion: version } });
                done(withdrawRecord?.userErrors, "Withdrawn.");
              })
            }
          />
        </div>
      )}
      <h2>History</h2>
      {history.length === 0 && <p className="empty">A draft has no history.</p>}
      <ol className="history">
        {history.map(({ kind, version: number, act, fields }) => (
          <li key={number}>
            <p>
              <strong>{kind.toLowerCase()}</strong> by {act.actor}
              {act.proposedBy.length > 0 && ` (proposed by ${act.proposedBy.join(", ")})`},{" "}
              {act.at.slice(0, 16).replace("T", " ")} UTC
              {act.reason !== null && <>: {act.reason}</>}
            </p>
            <table>
              <thead>
                <tr>
                  <th scope="col">Property</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {fields.map(({ field, before, after }, index) => (
                  <tr key={index}>
                    <th scope="row">{field}</th>
                    <td>{before === null ? "" : <del>{before}</del>}</td>
                    <td>{after === null ? "" : <ins>{after}</ins>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface ActProps {
  readonly title: string;
  readonly fields: readonly (readonly [name: string, label: string])[];
  readonly onSend: (values: Readonly<Record<string, string>>) => void;
}

/** An act on the record, with its reason. */
function Act({ title, fields, onSend }: ActProps) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    onSend(Object.fromEntries([...data].map(([name, value]) => [name, typeof value === "string" ? value.trim() : ""])));
  };
  return (
    <details>
      <summary>{title}</summary>
      <form onSubmit={submit}>
        {[...fields, ["reason", "Reason, public in the history"] as const].map(([name, label]) => (
          <div className="field" key={name}>
            <label htmlFor={`${id}-${name}`}>{label}</label>
            <input id={`${id}-${name}`} name={name} required={name !== "value" && name !== "document"} />
          </div>
        ))}
        <button className="primary">{title}</button>
      </form>
    </details>
  );
}
